#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports in Chinese are Chinese: every notice of every deal has a Chinese text, and no English sentence stands in the
# Chinese texts of the results, nor in the section of disclosures. Three English words in a row make a sentence; formulas
# of a deal file, names of files and identifiers are none. A brief run ($WEIR_BRIEF) takes every fifth deal.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
deals=$(grep -l '^<deal ' "$WEIR_SRCDIR"/deals/*/*.xml)
[ -z "${WEIR_BRIEF-}" ] || deals=$(echo "$deals" | sed -n '1~5p')
set -- $deals
echo "1..$(($# * 3))"
number=0
failed=0
english='[A-Za-z]\{2,\}[ ,;:]\{1,2\}[a-z]\{2,\}[ ,;:]\{1,2\}[a-z]\{2,\}'

# tell NAME FILE: passes when the file is empty; else its first lines are shown
tell()
{
	number=$((number + 1))
	if [ -s "$2" ]; then
		failed=1
		echo "not ok $number - $1"
		head -n 5 "$2" | cut -c 1-300 | sed 's/^/# /'
	else
		echo "ok $number - $1"
	fi
}

for deal; do
	name=$(basename "$(dirname "$deal")")/$(basename "$deal" .xml)
	rm -rf out
	if ! "$WEIR" run --quiet --lang zh --format html --template stress,prospectus --out out "$deal" > said 2>&1; then
		echo "does not run" > missing
		tell "$name runs" said
		tell "$name: Chinese notices" missing
		tell "$name: Chinese texts" missing
		continue
	fi
	grep -o '<disclosure .*</disclosure>' out/results.xml | grep -v ' zh="[^"]*[^ -~][^"]*"' > missing
	tell "$name: every notice has a Chinese text" missing
	# what a formula of the deal file says stands as written in the columns of formulas
	grep -v '<cell col="\(formula\|condition\)"' out/results.xml | grep -o ' zh="[^"]*"' |
		grep -e "$english" > sentences
	tell "$name: no English sentence in the results' Chinese texts" sentences
	sed -n '/id="disclosures"/,/<\/section>/p' out/stress.html out/prospectus.html |
		sed -e 's/<[^>]*>/ /g' | grep -e "$english" > sentences
	tell "$name: no English sentence among the disclosures" sentences
done
exit $failed
