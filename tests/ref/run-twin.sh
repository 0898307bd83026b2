#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every deal of the tree and its variants with its scenarios and those that weir ships, and with actuals (those beside it,
# and random ones); 150 random deals, without and with random actuals; the properties of 40 that pay purely in sequence;
# and the texts of 60 with other numbers, by the twin and by the engine. By hand:
# tests/ref/twin --random 5000 1 --properties 500 1 --texts 1000 1
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
set --
for deal in "$WEIR_SRCDIR"/deals/*/*.xml "$WEIR_SRCDIR"/tests/deals/*/*.xml; do
	grep -qs '^<deal ' "$deal" && set -- "$@" "$deal"
done
cd "$work" && "$WEIR_BUILDDIR"/tests/ref/twin --random 150 1 --properties 40 1 --texts 60 1 "$@"
