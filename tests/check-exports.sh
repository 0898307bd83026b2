#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The shared library exports what weir.h declares, and nothing else.
set -u
library=
for candidate in "$WEIR_BUILDDIR"/.libs/libweir.so "$WEIR_BUILDDIR"/.libs/libweir.dylib; do
	[ -e "$candidate" ] && library=$candidate
done
if [ -z "$library" ]; then
	echo '1..0 # SKIP no shared library was built'
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# what a sanitizer adds of its own, and the marks of the linker that other libraries ask for, are no exports of ours
${NM:-nm} -D --defined-only "$library" | awk '$2 ~ /[TDBRVWi]/ { print $3 }' |
	grep -v -e '^__' -e '^_init$' -e '^_fini$' -e '^_edata$' -e '^_end$' | sort -u > "$work/exported"
# declarations: comments out, then every weir_name before a parenthesis
sed -e 's|/\*.*\*/||' -e '/\/\*/,/\*\//d' "$WEIR_SRCDIR/src/api/weir.h" |
	grep -o 'weir_[a-z0-9_]* *(' | tr -d ' (' | sort -u > "$work/declared"

echo '1..3'
report() { # text, file with what is wrong
	if [ -s "$2" ]; then
		echo "not ok - $1"
		sed 's/^/# /' "$2"
	else
		echo "ok - $1"
	fi
}
comm -23 "$work/exported" "$work/declared" > "$work/extra"
comm -13 "$work/exported" "$work/declared" > "$work/absent"
report 'every exported symbol is declared in weir.h' "$work/extra"
report 'every function of weir.h is exported' "$work/absent"
: > "$work/none"
[ -s "$work/exported" ] || echo 'no symbol at all' > "$work/none"
report 'the library exports something' "$work/none"
