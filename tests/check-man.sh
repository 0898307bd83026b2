#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every option that `weir COMMAND --help` prints stands in the command's man page with the same value, and every option
# of a man page in the help; every command has a page, and every page is well formed; the deal of weir-deal.5 runs.
set -eu
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
top=${WEIR_SRCDIR-$(cd "$(dirname "$0")/.." && pwd)}
man=$top/docs/man
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0
failed=0

# result FILE TEXT: fails when FILE is not empty, and shows it.
result() {
	number=$((number + 1))
	if [ ! -s "$1" ]; then
		echo "ok $number - $2"
	else
		failed=1
		echo "not ok $number - $2"
		sed 's/^/# /' "$1"
	fi
}

# The options of a help text and of a man page, one a line: "--out DIR".
options_of_help() {
	sed -n 's/^  \(--[^ ]*\( [A-Z=]\{1,\}\)\{0,1\}\)  .*/\1/p' | sort
}
options_of_page() {
	sed -n 's/^\.It Fl \\-\([^ ]*\)/--\1/p' "$1" | sed 's/ Ar / /' | sort
}

"$weir" --help | sed -n '/^commands$/,/^$/s/^  \([a-z]*\) .*/\1/p' > "$work/commands"
[ -s "$work/commands" ] || { echo 'Bail out! weir --help lists no commands'; exit 1; }

echo "1..$(($(wc -l < "$work/commands") + $(find "$man" -name '*.[15]' | wc -l) + 3))"

while read -r command; do
	: > "$work/why"
	page=$man/weir-$command.1
	if [ -e "$page" ]; then
		"$weir" "$command" --help | options_of_help > "$work/help"
		options_of_page "$page" > "$work/page"
		diff -u --label "weir $command --help" --label "weir-$command.1" "$work/help" "$work/page" > "$work/why" || true
		[ -s "$work/help" ] || echo "the help lists no options" >> "$work/why"
	else
		echo "there is no docs/man/weir-$command.1" > "$work/why"
	fi
	result "$work/why" "weir $command: the help and the man page have the same options"
done < "$work/commands"

# Pages of commands that are not there, and commands that weir.1 does not name.
find "$man" -name 'weir-*.1' | sed 's|.*/weir-||; s|\.1$||' | sort > "$work/pages"
sort "$work/commands" | diff - "$work/pages" > "$work/why" || true
result "$work/why" 'a page for every command, and a command for every page'
sed -n 's/^\.It Cm //p' "$man/weir.1" | diff "$work/commands" - > "$work/why" || true
result "$work/why" 'weir.1 lists the commands in the order of the help'

for page in "$man"/*.[15]; do
	name=$(basename "$page")
	: > "$work/why"
	if command -v groff > /dev/null 2>&1 && groff -mdoc -Tascii /dev/null > /dev/null 2>&1; then
		groff -mdoc -Tutf8 -ww "$page" 2>&1 > /dev/null | grep -v "can't break line" > "$work/why" || true
		result "$work/why" "$name is well formed"
	else
		number=$((number + 1))
		echo "ok $number - $name # SKIP groff is not installed"
	fi
done

mkdir "$work/deal"
sed -n '/^\.Bd -literal$/,/^\.Ed$/{ /^\./d; p; }' "$man/weir-deal.5" > "$work/deal/deal.xml"
: > "$work/why"
(cd "$work" && "$weir" run --strict --quiet --out out deal/deal.xml) > "$work/log" 2>&1 || cp "$work/log" "$work/why"
[ -s "$work/out/results.xml" ] || echo "no results" >> "$work/why"
result "$work/why" 'the deal of weir-deal.5 runs'
exit $failed
