#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes data files into a C table.
# Usage: embed.sh OUTPUT SRCDIR NAME=PATH ...
# NAME is what weir_share_read is asked for ("calendars/CN-work.csv"), PATH the file, found as it is or below SRCDIR.
# The output depends on the names and the bytes only; names come out sorted. OUTPUT is replaced whole.
set -eu
LC_ALL=C
export LC_ALL

test $# -ge 2 || { printf 'usage: embed.sh OUTPUT SRCDIR NAME=PATH ...\n' >&2; exit 2; }
output=$1
srcdir=$2
shift 2
partial=$output.part
trap 'rm -f "$partial"' EXIT
IFS='
'
list=$(for pair in "$@"; do printf '%s\n' "$pair"; done | sort -u)

bytes_of() {
	file=$1
	test -r "$file" || file=$srcdir/$1
	test -r "$file" || { printf 'embed.sh: cannot read %s\n' "$1" >&2; exit 1; }
	od -An -v -tu1 "$file" | sed -e 's/^ *//' -e 's/  */,/g' -e 's/$/,/'
}

{
	printf '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
	printf '/* Made by build-aux/embed.sh from share and templates; do not edit. */\n'
	printf '#include "io/embedded.h"\n'
	number=0
	for pair in $list; do
		printf '\nstatic const unsigned char file_%d[] = {\n' "$number"
		bytes_of "${pair#*=}"
		printf '0 };\n'
		number=$((number + 1))
	done
	printf '\nconst weir_embedded weir_embedded_files[] = {\n'
	number=0
	for pair in $list; do
		printf '\t{ "%s", file_%d, sizeof file_%d - 1 },\n' "${pair%%=*}" "$number" "$number"
		number=$((number + 1))
	done
	printf '\t{ 0, 0, 0 }\n};\n\nconst size_t weir_embedded_count = %d;\n' "$number"
} > "$partial"
mv "$partial" "$output"
trap - EXIT
