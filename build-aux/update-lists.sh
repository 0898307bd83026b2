#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rewrites the lists of files in the build (Makefile.am and its fragments), of suites (tests/unit/suites.def) and of
# fuzz targets (tests/fuzz/fuzz.mk) from the files that are there. Run it after adding, renaming or removing a file.
#   sh build-aux/update-lists.sh           rewrites what changed and names it
#   sh build-aux/update-lists.sh --check   changes nothing; exits 1 when a list is not current, and names it
#
# A list in a fragment is an assignment whose lines each end in a backslash but the last; what stands around it stays.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.."

check=0
[ "${1-}" = --check ] && check=1
stale=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# settle FILE: puts $work/new in the place of FILE when they differ (or only says so).
settle() {
	cmp -s "$work/new" "$1" && return 0
	stale=1
	if [ $check = 1 ]; then
		echo "not current: $1"
	else
		cat "$work/new" > "$1"
		echo "updated: $1"
	fi
}

# list FILE VARIABLE FOLDER: makes the paths on standard input the value of VARIABLE in FILE. Paths below FOLDER are
# written with %D%.
list() {
	sed "s|^$3/|%D%/|" | sort > "$work/paths"
	awk -v variable="$2" -v paths="$work/paths" '
		function put(operator,    line, all) {
			while ((getline line < paths) > 0)
				all = all " \\\n\t" line
			close(paths)
			print variable " " operator all
		}
		skipping { skipping = /\\$/; next }
		$1 == variable && ($2 == "=" || $2 == "+=") && !done {
			put($2)
			done = 1
			skipping = /\\$/
			next
		}
		{ print }
		END { if (!done) put("+=") }
	' "$1" > "$work/new"
	settle "$1"
}

# Files that git would keep, or all where there is no git (a release).
files() {
	if [ -e .git ]; then
		git ls-files --cached --others --exclude-standard -- "$@" | while read -r path; do
			[ -e "$path" ] && echo "$path"
		done
	else
		find "$@" -type f 2> /dev/null || true
	fi
}

# The unit program's suites, in the order of their files' names.
{
	echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'
	echo '/* Every suite once: X(name) stands for Suite *weir_suite_name(void). Kept by build-aux/update-lists.sh. */'
	for test in tests/unit/test_*.c; do
		sed -n 's/^Suite \*weir_suite_\([a-z0-9_]*\)(void)$/X(\1)/p' "$test"
	done
} > "$work/new"
settle tests/unit/suites.def

# The public header apart, which is installed.
for fragment in src/*/room.mk; do
	room=$(dirname "$fragment")
	variable=$(awk '/^(libweir_(hot|core)_la|weir)_SOURCES/ { print $1; exit }' "$fragment")
	files "$room" | grep -E '\.(c|h|def)$' | grep -v -e '^src/api/weir\.h$' -e '^src/io/embedded\.c$' |
		list "$fragment" "$variable" "$room"
done

files share templates | grep -v -e '\.mk$' | list share/share.mk WEIR_SHARE_FILES none
files deals reports | grep -v -e '\.mk$' -e '-out/' | list deals/deals.mk WEIR_DEAL_FILES none
files docs bench | grep -v -e '^docs/man/' | list Makefile.am WEIR_DOC_FILES none
files docs/man | list Makefile.am WEIR_MAN_PAGES none
files tests/unit | grep -E '\.(c|h|def|inc)$' |
	list tests/unit/unit.mk tests_unit_unit_SOURCES tests/unit
files tests/ref | grep -E '\.(c|h)$' | list tests/ref/ref.mk %C%_twin_SOURCES tests/ref
files tests | grep -E '^tests/(check|run)-[^/]*\.sh$' | list tests/tests.mk WEIR_SHELL_TESTS tests
files tests | awk '
	/\.mk$/ { next }
	/^tests\/fuzz\// { if (/^tests\/fuzz\/corpus\// || /\.(dict|sh|h)$/) print; next }
	/^tests\/(unit|ref)\// { if (/\.(csv|xml|txt|md)$/) print; next }
	/^tests\/[^\/]*\// { print }
' | list tests/tests.mk WEIR_TEST_FILES tests

# The fuzz targets: the part of the fragment behind its comment is made here.
{
	sed '/^$/,$d' tests/fuzz/fuzz.mk
	for target in tests/fuzz/fuzz_*.c; do
		[ -e "$target" ] || continue
		name=$(basename "$target" .c)
		sed "s/NAME/${name#fuzz_}/g" << 'END'

check_PROGRAMS += %D%/replay_NAME
%C%_replay_NAME_SOURCES = %D%/replay.c %D%/fuzz_NAME.c
%C%_replay_NAME_LDADD = libweir_core.la $(WEIR_LIBS)
if FUZZERS
noinst_PROGRAMS += %D%/fuzz_NAME
%C%_fuzz_NAME_SOURCES = %D%/fuzz_NAME.c
%C%_fuzz_NAME_LDFLAGS = $(AM_LDFLAGS) $(WEIR_FUZZ)
%C%_fuzz_NAME_LDADD = libweir_core.la $(WEIR_LIBS)
endif
END
	done
} > "$work/new"
settle tests/fuzz/fuzz.mk

if [ $check = 1 ] && [ $stale = 1 ]; then
	echo 'run: sh build-aux/update-lists.sh'
	exit 1
fi
