#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every broken deal and tape of tests/bad gives its message, and nothing is written.
#
# A case is NAME.expected beside NAME.xml, or beside a folder NAME with deal.xml and the files that it refers to. The
# expected file holds what `weir check` prints on the standard error when it runs in tests/bad; lines that start with #
# at its top say more: "# options --strict" is given to weir, "# exit 3" is the exit status when it is not 2, "# command
# price --curve INPUT#c DEAL" is run in the place of check, with the input for INPUT: for files that are no deals. To add a
# case, write the input, run `sh tests/run-bad.sh --write NAME`, and read what it wrote: is it right, is it at the right
# place, does it say what to do? Some inputs are too long to keep and are made here.
set -eu
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
top=${WEIR_SRCDIR-$(cd "$(dirname "$0")/.." && pwd)}
cd "$top/tests/bad"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${1-}" = --write ]; then
	name=$2
	input=$name.xml
	[ -d "$name" ] && input=$name/deal.xml
	{ grep '^# ' "$name.expected" 2> /dev/null || true; } > "$work/head"
	options=$(sed -n 's/^# options //p' "$work/head")
	command=$(sed -n "s|INPUT|$input|g; s/^# command //p" "$work/head")
	"$weir" ${command:-check $options "$input"} > /dev/null 2> "$work/err" || true
	cat "$work/head" "$work/err" > "$name.expected"
	cat "$name.expected"
	exit 0
fi

number=0
failed=0

# result STATUS TEXT: one line of TAP; a failure prints the file $work/why as a comment.
result() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		failed=1
		echo "not ok $number - $2"
		sed 's/^/# /' "$work/why"
	fi
}

# complains NAME INPUT EXPECTED STATUS OPTIONS...: one case, in the working folder.
complains() {
	name=$1 input=$2 expected=$3 wanted=$4
	shift 4
	: > "$work/why"
	got=0
	"$weir" check "$@" "$input" > "$work/out" 2> "$work/err" || got=$?
	bad=0
	[ "$got" = "$wanted" ] || { bad=1; echo "exit status $got, expected $wanted" >> "$work/why"; }
	cmp -s "$expected" "$work/err" || { bad=1; diff -u "$expected" "$work/err" >> "$work/why" || true; }
	[ ! -s "$work/out" ] || { bad=1; echo "printed on the standard output:" | cat - "$work/out" >> "$work/why"; }
	got=0
	"$weir" run "$@" --out "$work/tables" "$input" > /dev/null 2>&1 || got=$?
	[ "$got" = "$wanted" ] || { bad=1; echo "run: exit status $got, expected $wanted" >> "$work/why"; }
	[ ! -e "$work/tables" ] || { bad=1; echo "run wrote something" >> "$work/why"; rm -rf "$work/tables"; }
	result $bad "$name"
}

# refuses NAME EXPECTED STATUS COMMAND...: one case of another command, which writes nothing.
refuses() {
	name=$1 expected=$2 wanted=$3
	shift 3
	: > "$work/why"
	got=0
	"$weir" "$@" > "$work/out" 2> "$work/err" || got=$?
	bad=0
	[ "$got" = "$wanted" ] || { bad=1; echo "exit status $got, expected $wanted" >> "$work/why"; }
	cmp -s "$expected" "$work/err" || { bad=1; diff -u "$expected" "$work/err" >> "$work/why" || true; }
	[ ! -s "$work/out" ] || { bad=1; echo "printed on the standard output:" | cat - "$work/out" >> "$work/why"; }
	result $bad "$name"
}

set -- *.expected
for input in *.xml */deal.xml; do
	name=${input%/deal.xml}
	name=${name%.xml}
	[ -e "$name.expected" ] || set -- "$@" "$name.missing"
done
made=6
echo "1..$(($# + made))"
for file in "$@"; do
	name=${file%.*}
	if [ "$file" = "$name.missing" ]; then
		echo "there is no $name.expected" > "$work/why"
		result 1 "$name"
		continue
	fi
	input=$name.xml
	[ -d "$name" ] && input=$name/deal.xml
	status=$(sed -n 's/^# exit //p' "$file")
	grep -v '^# ' "$file" > "$work/expected" || true
	command=$(sed -n "s|INPUT|$input|g; s/^# command //p" "$file")
	if [ -n "$command" ]; then
		refuses "$name" "$work/expected" "${status:-2}" $command
		continue
	fi
	# the options of a case are words without blanks
	complains "$name" "$input" "$work/expected" "${status:-2}" $(sed -n 's/^# options //p' "$file")
done

# Made here: a fault behind line 65,535, where the XML library stops to count.
{
	sed -n '1,2p' date-does-not-exist.xml
	awk 'BEGIN { for (i = 0; i < 70000; i++) print "<!-- " i " -->" }'
	sed -n '3,$p' date-does-not-exist.xml
} > "$work/long.xml"
sed "s|^date-does-not-exist.xml:4:|$work/long.xml:70004:|" date-does-not-exist.expected > "$work/expected"
complains "a fault on line 70,004" "$work/long.xml" "$work/expected" 2

# A tape with 300 bad records: 200 are listed, the others counted.
mkdir "$work/rows"
cp tape-bad-rate/deal.xml "$work/rows/deal.xml"
{
	sed -n 1p tape-bad-rate/tape.csv
	awk 'BEGIN { for (i = 1; i <= 300; i++) print "L" i ",licence,F01,F,100.00,7.2,level,2023-06-01,3 months,4" }'
} > "$work/rows/tape.csv"
awk -v file="$work/rows/tape.csv" 'BEGIN {
	for (i = 1; i <= 200; i++)
		print file ":" i + 1 ":" length("L" i ",licence,F01,F,100.00,") + 1 \
			": error: \"7.2\" is not a rate; write it with its unit, such as 7.2% [bad-rate]"
	print file ":302:1: error: 100 more errors in this tape are not listed; correct the 200 above first [bad-value]"
}' > "$work/expected"
complains "a tape with 300 bad records" "$work/rows/deal.xml" "$work/expected" 2

echo "weir: error: cannot read \"no-such-deal.xml\": there is no such file; correct its name [file-unreadable]" \
	> "$work/expected"
complains "a deal that is not there" no-such-deal.xml "$work/expected" 3
echo "weir: error: cannot read \"$work\": it is a folder [file-unreadable]" > "$work/expected"
complains "a folder instead of a deal" "$work" "$work/expected" 3

# Several deals in one call: each is checked, and the worst exit status counts.
: > "$work/why"
got=0
"$weir" check "$top/deals/ex1-patent-licence/deal.xml" rate-without-unit.xml fee-never-paid.xml \
	> "$work/out" 2> "$work/err" || got=$?
cat rate-without-unit.expected fee-never-paid.expected > "$work/expected"
bad=0
[ $got = 2 ] || { bad=1; echo "exit status $got" >> "$work/why"; }
cmp -s "$work/expected" "$work/err" || { bad=1; diff -u "$work/expected" "$work/err" >> "$work/why" || true; }
grep -q 'ex1-patent-licence/deal.xml: ok$' "$work/out" || { bad=1; echo "the good deal is not ok" >> "$work/why"; }
result $bad "several deals in one call"

# What a run writes stays when a later run fails.
"$weir" run --quiet --format none --out "$work/kept" "$top/deals/ex1-patent-licence/deal.xml"
(cd "$work/kept" && find . -type f -exec cksum {} + | sort) > "$work/before"
"$weir" run --quiet --format none --out "$work/kept" rate-without-unit.xml > /dev/null 2>&1 || true
(cd "$work/kept" && find . -type f -exec cksum {} + | sort) > "$work/after"
cp "$work/after" "$work/why"
bad=0
cmp -s "$work/before" "$work/after" || bad=1
result $bad "a failed run leaves earlier results alone"
exit $failed
