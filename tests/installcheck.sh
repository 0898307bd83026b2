#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A program builds against the installed header and library through pkg-config, and runs; the installed weir runs.
# The build passes CC, CFLAGS, PKG_CONFIG, PKG_CONFIG_PATH, libdir and bindir.
set -eu
: "$CC" "$CFLAGS" "$PKG_CONFIG" "$libdir" "$bindir"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PKG_CONFIG_PATH
if [ -n "${DESTDIR-}" ]; then
	PKG_CONFIG_SYSROOT_DIR=$DESTDIR
	export PKG_CONFIG_SYSROOT_DIR
fi
cat > "$work/user.c" << 'END'
#include <weir.h>

int main(void)
{
	return 0;
}
END
# shellcheck disable=SC2086,SC2046
$CC $CFLAGS -Wall -Wextra -Werror -Wno-unused-command-line-argument -o "$work/user" "$work/user.c" \
	$("$PKG_CONFIG" --cflags --libs weir) 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
LD_LIBRARY_PATH=$libdir "$work/user"
"$bindir/weir" --version
echo 'installcheck: a program builds with weir.pc and runs'
