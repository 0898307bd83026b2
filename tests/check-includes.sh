#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The one direction of the rooms, checked on the sources: a room includes only rooms of a lower floor; an outside
# library has one home; the rooms that compute call no library and do no I/O; memory comes through the seam.
#   sh tests/check-includes.sh [ROOT]     prints TAP; complaints as file:line: text
set -u
root=${1-${WEIR_SRCDIR-$(dirname "$0")/..}}
cd "$root" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find src -name '*.[ch]' -o -name '*.def' | grep -v '^src/io/embedded\.c$' | LC_ALL=C sort > "$work/files"

# One program for all rules: comments and texts are blanked first, so that words in them do not count.
cat > "$work/rules.awk" << 'END'
BEGIN {
	split("base:0 time:1 math:1 digest:1 archive:1 lang:2 deal:3 pool:4 engine:5 study:6 io:7 book:7 report:7 api:8 cli:9",
	      pairs, " ")
	for (i in pairs) {
		split(pairs[i], pair, ":")
		floor_of[pair[1]] = pair[2] + 0
	}
	# rooms that do no I/O and call no library ("math" counts only below vec)
	split("base time lang deal pool engine", names, " ")
	for (i in names)
		pure[names[i]] = 1
	# what the pure rooms may include: <stdlib.h> gives no input or output but the allocator, which has its own rule
	split("assert ctype errno float inttypes limits math stdarg stdbool stddef stdint stdio stdlib string", names, " ")
	for (i in names)
		plain[names[i] ".h"] = 1
	# an outside library's headers and its homes
	home("^libxml/", "io report")
	home("^libxslt/", "report")
	home("^libexslt/", "report")
	home("^gsl/", "math")
	home("^csv\\.h$", "io")
	home("^glpk\\.h$", "math")
	home("^openssl/", "digest")
	home("^sqlite3\\.h$", "book")
	home("^(cairo|pango|hb[.-]|ft2build)", "report")
	home("^xlsxwriter", "report")
	home("^zip\\.h$", "archive")
	home("^omp\\.h$", "study")
	home("^(check|gmp|mpi)\\.h$", "")
	bracket = "[ \t]*[(]"
	libm = "(exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sincos|asin|acos|atan|atan2|sinh|cosh|tanh|" \
	       "asinh|acosh|atanh|erf|erfc|tgamma|lgamma|cbrt|hypot)[fl]?"
	output = "(v?f?printf|v?sprintf|v?dprintf|fopen|freopen|fdopen|fclose|fread|fwrite|fputs|fputc|puts|putchar|" \
	         "putc|getc|getchar|fgets|fgetc|v?f?s?scanf|perror|remove|rename|tmpfile|fflush|getenv|system|exit|" \
	         "abort|time|clock|rand|srand)"
	memory = "(malloc|calloc|realloc|reallocarray|free|strdup|strndup|aligned_alloc|posix_memalign|asprintf)"
}

function home(pattern, rooms) {
	homes[++libraries] = pattern
	home_rooms[libraries] = " " rooms " "
}

function complain(rule, text) {
	print rule "\t" FILENAME ":" FNR ": " text
}

# The line without comments and texts; `inside` remembers a comment over several lines.
function code(line,    out, i, c, two, quote) {
	out = ""
	quote = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		two = substr(line, i, 2)
		if (inside) {
			if (two == "*/") {
				inside = 0
				i++
			}
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote) {
				quote = ""
				out = out c
			}
		} else if (two == "/*") {
			inside = 1
			out = out " "
			i++
		} else if (two == "//")
			break
		else {
			if (c == "\"" || c == "'")
				quote = c
			out = out c
		}
	}
	return out
}

# Whether a function of the pattern is called: its name not part of a longer one, nor a member.
function calls(line, pattern) {
	return match(line, "(^|[^A-Za-z0-9_.>])" pattern bracket)
}

function called() {
	word = substr($0, RSTART, RLENGTH)
	gsub(/^[^a-z]+|[ \t(]+$/, "", word)
	return word
}

function check_own(path,    other) {
	other = path
	if (path !~ /\//) {
		complain("floors", "include \"" path "\" by its room, as \"" room "/" path "\"")
		return
	}
	sub(/\/.*/, "", other)
	if (!(other in floor_of))
		complain("floors", "\"" path "\" is in no room of the house")
	else if (other != room && floor_of[other] >= floor_of[room])
		complain("floors", "\"" room "\" must not include \"" path "\": \"" other "\" is not on a lower floor")
}

function check_outside(path,    i) {
	if (is_pure && !(path in plain))
		complain("pure", "\"" room "\" does no I/O and calls no library: take <" path "> elsewhere")
	for (i = 1; i <= libraries; i++)
		if (path ~ homes[i] && (vec || index(home_rooms[i], " " room " ") == 0))
			complain("homes", "<" path "> does not belong in \"" room "\"; its home is" \
			         (home_rooms[i] == "  " ? " no room" : home_rooms[i]))
}

FNR == 1 {
	inside = 0
	split(FILENAME, parts, "/")
	room = parts[2]
	vec = FILENAME ~ /^src\/math\/vec\//
	is_pure = (room in pure) || vec
	if (!(room in floor_of))
		complain("floors", "\"" room "\" is no room of the house: give it a floor in DESIGN and here")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	check_own(quoted[2])
	next
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	path = $0
	sub(/^[^<]*</, "", path)
	sub(/>.*/, "", path)
	check_outside(path)
	next
}

{
	$0 = code($0)
	if (/^[ \t]*#[ \t]*pragma[ \t]+omp/ && room != "study")
		complain("homes", "OpenMP has its home in study, not in \"" room "\"")
	if (is_pure && calls($0, libm))
		complain("digits", "\"" called() "\" differs between machines: use math/vec")
	if (is_pure && calls($0, output))
		complain("pure", "\"" room "\" does no I/O: \"" called() "\" belongs elsewhere")
	if (is_pure && /(^|[^A-Za-z0-9_])(stdin|stdout|stderr|FILE)([^A-Za-z0-9_]|$)/)
		complain("pure", "\"" room "\" does no I/O: a stream belongs elsewhere")
	if (FILENAME != "src/base/alloc.c" && calls($0, memory))
		complain("seam", "\"" called() "\" goes around the seam: use base/alloc.h or base/arena.h")
}
END

tr '\n' '\0' < "$work/files" | xargs -0 awk -f "$work/rules.awk" > "$work/complaints" || exit 2

echo '1..7'
report() { # rule, text
	sed -n "s/^$1	/# /p" "$work/complaints" > "$work/rule"
	if [ -s "$work/rule" ]; then
		echo "not ok - $2"
		cat "$work/rule"
	else
		echo "ok - $2"
	fi
}
report floors 'a room includes only rooms of a lower floor'
report homes 'an outside library has one home'
report pure 'the rooms that compute do no input or output'
report digits 'the rooms that compute call no function of libm'
report seam 'memory comes through the seam'

if [ "$(wc -l < "$work/files")" -gt 20 ]; then
	echo 'ok - the sources were found'
else
	echo 'not ok - the sources were found'
fi
if sh build-aux/update-lists.sh --check > "$work/lists" 2>&1; then
	echo "ok - the build's lists are current"
else
	echo "not ok - the build's lists are current"
	sed 's/^/# /' "$work/lists"
fi
