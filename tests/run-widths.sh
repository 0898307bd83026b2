#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same digits on any machine: every deal and scenario, run by the program (vector code chosen for this processor)
# and by a copy of it built without vector code and with other optimisation, must give the same bytes in every file.
# In a brief run ($WEIR_BRIEF, as under sanitizers) the program runs alone: it is to end well on all of them.
set -u
plain=$WEIR_BUILDDIR/tests/weir-plain
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
count=0

# What the copy writes of the deal at hand is the same.
same() {
	[ -n "${WEIR_BRIEF-}" ] || { "$plain" run "$deal" "$@" --out two && diff -r one two > differences; }
}

for deal in "$WEIR_SRCDIR"/deals/*/*.xml "$WEIR_SRCDIR"/tests/deals/*/deal.xml "$WEIR_SRCDIR"/bench/*.xml; do
	[ -f "$deal" ] || continue
	folder=$(dirname "$deal")
	file=$(basename "$deal" .xml)
	grep -q "^<deal " "$deal" || continue
	count=$((count + 1))
	name=$(basename "$folder")/$file
	set -- --quiet --contracts --format none
	scenarios=$folder/stress.xml
	[ "$file" = deal ] && [ -f "$folder/scenarios.xml" ] && scenarios=$folder/scenarios.xml
	if [ -f "$scenarios" ]; then
		for id in $(sed -n 's/.*<scenario[^>]* id="\([^"]*\)".*/\1/p' "$scenarios"); do
			set -- "$@" --scenario "$scenarios#$id"
		done
	fi
	rm -rf one two
	if "$WEIR" run "$deal" "$@" --out one && same "$@"; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
		head -n 5 differences 2> /dev/null | sed 's/^/# /'
	fi
done
echo "1..$count"
