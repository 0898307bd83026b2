#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the text cases of tests/cases (described there in README.md) through the built program; prints TAP.
#   sh tests/run-cases.sh [FILE.case]...
set -eu
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
top=${WEIR_SRCDIR-$(dirname "$0")/..}
top=$(cd "$top" && pwd)
start=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Where the commands of a case run: an empty folder that sees the deals.
fresh_folder() {
	rm -rf "$work/here"
	mkdir "$work/here"
	ln -s "$top/deals" "$work/here/deals"
	ln -s "$top/tests" "$work/here/tests"
	ln -s "$top/tests/cases/data" "$work/here/data"
	: > "$work/out"
	: > "$work/err"
	cd "$work/here"
}

number=0
failed=0
title=

# wrong TEXT [FILE]: notes why the case fails.
wrong() {
	{
		echo "$where: $1"
		[ $# = 1 ] || sed 's/^/    /' "$2"
	} >> "$work/why"
}

end_case() {
	[ -n "$title" ] || return 0
	number=$((number + 1))
	if [ -s "$work/why" ]; then
		failed=1
		echo "not ok $number - $title"
		sed 's/^/# /' "$work/why"
	else
		echo "ok $number - $title"
	fi
	title=
}

# look NAME FILE WORD TEXT: one expectation of a text.
look() {
	case $3 in
	has) grep -qF -e "$4" "$2" || wrong "$1 lacks \"$4\":" "$2" ;;
	lacks) ! grep -qF -e "$4" "$2" || wrong "$1 has \"$4\":" "$2" ;;
	empty) [ ! -s "$2" ] || wrong "$1 is not empty:" "$2" ;;
	is)
		if ! diff -u "$work/text" "$2" > "$work/diff"; then
			wrong "$1 is not as expected:" "$work/diff"
		fi
		;;
	*) wrong "there is no expectation \"$3\"" ;;
	esac
}

# obey LINE: one line of a case. $deal is the file that a "for" line has reached.
obey() {
	word=${1%% *}
	rest=${1#"$word"}
	rest=${rest# }
	case $word in
	run)
		got=0
		eval "\"\$weir\" $rest" > "$work/out" 2> "$work/err" < /dev/null || got=$?
		ran=$rest
		wanted=0
		;;
	exit) wanted=$rest ;;
	stdout) look "standard output" "$work/out" "${rest%% *}" "${rest#* }" ;;
	stderr) look "standard error" "$work/err" "${rest%% *}" "${rest#* }" ;;
	file)
		path=${rest%% *}
		rest=${rest#"$path"}
		rest=${rest# }
		case ${rest%% *} in
		absent) [ ! -e "$path" ] || wrong "$path is there" ;;
		exists) [ -s "$path" ] || wrong "$path is not there, or empty" ;;
		*) if [ -f "$path" ]; then look "$path" "$path" "${rest%% *}" "${rest#* }"; else wrong "no $path"; fi ;;
		esac
		;;
	awk)
		eval "set -- $rest"
		program=$1
		shift
		eval "set -- $(for one in "$@"; do case $one in *=*) printf " -v '%s'" "$one" ;; esac; done) \
			-f '$top/tests/cases/$program.awk' \
			$(for one in "$@"; do case $one in *=*) ;; *) printf " '%s'" "$one" ;; esac; done)"
		awk "$@" > "$work/awk" 2>&1 || wrong "$program:" "$work/awk"
		;;
	*) wrong "there is no instruction \"$word\"" ;;
	esac
}

# The exit status is looked at when all that is said about a command was read.
check_status() {
	[ -z "$ran" ] || [ "$got" = "$wanted" ] ||
		wrong "weir $ran: exit status $got, expected $wanted:" "$work/err"
	ran=
}

# one_case TITLE FILE FIRST LAST: the instructions between two lines of a file.
one_case() {
	title=$1
	: > "$work/why"
	fresh_folder
	ran=
	sed -n "$3,$4p" "$2" > "$work/lines"
	line=$(($3 - 1))
	while IFS= read -r text; do
		line=$((line + 1))
		where=${2##*/}:$line
		case $text in
		'' | '#'* | '| '* | '|' | 'for '*) continue ;;
		'run '*) check_status ;;
		esac
		# the lines behind "is" are the text
		awk -v line="$((line - $3 + 1))" '
			NR > line && /^\|/ { sub(/^\| ?/, ""); print; next }
			NR > line { exit }
		' "$work/lines" > "$work/text"
		obey "$text"
	done < "$work/lines"
	check_status
	end_case
}

# run_file FILE: its cases, each from its line "case TITLE" to the next. A line "for PATTERN..." repeats the case.
run_file() {
	awk '/^case / { if (first) print first, NR - 1; first = NR + 1 } END { if (first) print first, NR }' "$1" \
		> "$work/spans"
	while read -r first last; do
		name=$(sed -n "$((first - 1))s/^case //p" "$1")
		patterns=$(sed -n "$first,${last}s/^for //p" "$1")
		if [ -z "$patterns" ]; then
			one_case "$name" "$1" "$first" "$last"
			continue
		fi
		for deal in $(cd "$top" && ls $patterns); do
			one_case "$name: ${deal%/deal.xml}" "$1" "$first" "$last"
		done
	done < "$work/spans"
}

[ $# -gt 0 ] || set -- "$top"/tests/cases/*.case
for file in "$@"; do
	case $file in /*) ;; *) file=$start/$file ;; esac
	run_file "$file"
done
echo "1..$number"
exit $failed
