#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every deal of the tree and 150 random ones, by the twin and by the engine. By hand: tests/ref/twin --random 5000 1
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
set --
for deal in "$WEIR_SRCDIR"/deals/*/deal.xml "$WEIR_SRCDIR"/tests/deals/*/deal.xml; do
	[ -f "$deal" ] && set -- "$@" "$deal"
done
cd "$work" && "$WEIR_BUILDDIR"/tests/ref/twin --random 150 1 "$@"
