#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same figures in every format. One deal's report is printed as HTML, PDF, DOCX and XLSX: every amount, rate and date of
# the HTML page is the same text in PDF and DOCX and, after its number format, in the spreadsheet; the files are sound, do
# not hang on the time zone or the locale, and stay, named, when another run does not write them. What needs a tool that is not
# installed is skipped, and said so.
#   sh tests/run-formats.sh     prints TAP
set -u
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
top=${WEIR_SRCDIR-$(dirname "$0")/..}
top=$(cd "$top" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
deal=$top/deals/ex3-sale-leaseback/supported.xml

. "$top/tests/lib/reports.sh"

out=$work/out
if ! "$weir" run --quiet --lang zh --format html,pdf,docx,xlsx "$deal" --out "$out" 2> "$work/said"; then
	fail 'a report in four formats is written' "$work/said"
	echo "1..$number"
	exit 0
fi
ok 'a report in four formats is written'
page_text "$out/report.html" | figures > "$work/figures"
if [ "$(wc -l < "$work/figures")" -gt 300 ]; then ok 'the page has figures'; else fail 'the page has figures' "$work/figures"; fi

# --- PDF
if has pdftotext; then
	pdftotext -raw "$out/report.pdf" "$work/pdf.txt"
	missing "$work/figures" "$work/pdf.txt" > "$work/lost"
	judge 'every figure of the page is the same text in the PDF' "$work/lost"
else
	skip 'every figure of the page is the same text in the PDF' pdftotext
fi
if has pdffonts; then
	pdffonts "$out/report.pdf" | tail -n +3 | grep -v 'yes yes yes' > "$work/lost"
	pdffonts "$out/report.pdf" | tail -n +3 | grep -q . || echo 'there are no fonts' >> "$work/lost"
	judge 'every font of the PDF is embedded' "$work/lost"
else
	skip 'every font of the PDF is embedded' pdffonts
fi
if has qpdf; then
	: > "$work/lost"
	qpdf --check "$out/report.pdf" > "$work/said" 2>&1 || cp "$work/said" "$work/lost"
	judge 'qpdf finds no fault in the PDF' "$work/lost"
else
	skip 'qpdf finds no fault in the PDF' qpdf
fi

# --- DOCX and XLSX
if has unzip; then
	: > "$work/lost"
	for format in docx xlsx; do
		mkdir "$work/$format"
		unzip -q "$out/report.$format" -d "$work/$format" >> "$work/lost" 2>&1
	done
	judge 'the archives unpack' "$work/lost"
	sed -e 's|</w:p>|\n|g' -e 's|<w:instrText[^<]*<|<|g' "$work/docx/word/document.xml" | sed -e 's|<[^>]*>||g' > "$work/docx.txt"
	missing "$work/figures" "$work/docx.txt" > "$work/lost"
	judge 'every figure of the page is the same text in the Word file' "$work/lost"
	sheet_text "$work/xlsx" > "$work/xlsx.txt"
	row_text "$out/report.html" | figures > "$work/rows"
	missing "$work/rows" "$work/xlsx.txt" > "$work/lost"
	judge 'every figure of the rows is the same text in the sheets, after its number format' "$work/lost"
	if has xmllint; then
		find "$work/docx" "$work/xlsx" \( -name '*.xml' -o -name '*.rels' \) -exec xmllint --noout {} + > "$work/lost" 2>&1
		judge 'every part is well-formed' "$work/lost"
	else
		skip 'every part is well-formed' xmllint
	fi
else
	skip 'figures of the Word file and the sheets' unzip
fi

# --- the same bytes
zone=Pacific/Auckland locale=$(locale -a 2> /dev/null | grep -iE '^(de|fr|zh)_.*utf-?8' | head -n 1)
mkdir "$work/scratch"
TZ=$zone LC_ALL=${locale:-C} LANG=${locale:-C} TMPDIR=$work/scratch "$weir" run --quiet --lang zh --format pdf,docx,xlsx \
	"$deal" --out "$work/again" 2> /dev/null
: > "$work/lost"
for format in pdf docx xlsx; do
	cmp "$out/report.$format" "$work/again/report.$format" >> "$work/lost" 2>&1
done
judge 'another time zone, locale and moment give the same bytes' "$work/lost"
find "$work/scratch" -type f > "$work/lost"
judge 'nothing is left where passing files stood' "$work/lost"

# --- formats that are not asked for
: > "$work/lost"
echo 'edited by hand' > "$out/report.docx"
cp "$out/report.html" "$work/before.html"
"$weir" run --format pdf "$deal" --out "$out" > /dev/null 2> "$work/said" || echo 'it failed' >> "$work/lost"
for format in html docx xlsx; do
	grep "^weir: warning: .*\"$out/report.$format\".*of an earlier run and not of these results" "$work/said" |
		grep -q . || echo "report.$format is not named" >> "$work/lost"
done
[ "$(grep -c 'earlier run' "$work/said")" = 1 ] || echo 'not one line' >> "$work/lost"
grep -q 'report.pdf' "$work/said" && echo 'report.pdf is new and named' >> "$work/lost"
grep -q 'earlier run' "$out/results.xml" && echo 'results.xml tells of it' >> "$work/lost"
cmp "$work/before.html" "$out/report.html" >> "$work/lost" 2>&1
[ "$(cat "$out/report.docx")" = 'edited by hand' ] || echo 'report.docx is another' >> "$work/lost"
"$weir" run --quiet --format none "$deal" --out "$out" > "$work/said" 2>&1 || echo 'it failed' >> "$work/lost"
[ -s "$work/said" ] && echo 'not quiet' >> "$work/lost"
[ -s "$out/report.pdf" ] || echo 'report.pdf is gone' >> "$work/lost"
judge 'reports of an earlier run stay and are named' "$work/lost"
: > "$work/lost"
for list in html,doc ,pdf pdf, '' none,pdf; do
	"$weir" run --quiet --format "$list" "$deal" --out "$work/none" > /dev/null 2> "$work/said"
	[ $? = 2 ] && grep -q 'is not supported' "$work/said" || echo "--format '$list' is taken" >> "$work/lost"
done
[ ! -e "$work/none" ] || echo 'something was written' >> "$work/lost"
judge 'lists of formats that make no sense are refused' "$work/lost"

# --- the same from results.xml
: > "$work/lost"
"$weir" report --quiet "$work/again/results.xml" --lang zh --format pdf,xlsx --out "$work/copy" 2>> "$work/lost"
cmp "$work/copy.pdf" "$work/again/report.pdf" >> "$work/lost" 2>&1
[ -s "$work/copy.xlsx" ] || echo 'copy.xlsx is not there' >> "$work/lost"
judge 'weir report prints the same from results.xml' "$work/lost"

# --- the look of an institution
: > "$work/lost"
mkdir "$work/style"
printf '%s' 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' |
	base64 -d > "$work/style/mark.png"
echo '<style accent="#7a1f5c" logo="mark.png"/>' > "$work/style/style.xml"
echo 'h1 { letter-spacing: .2em }' > "$work/style/style.css"
"$weir" run --quiet --format html,pdf,docx,xlsx --style "$work/style" "$deal" --out "$work/own" 2> "$work/said" ||
	cp "$work/said" "$work/lost"
for word in 'letter-spacing: .2em' '--accent:#7a1f5c' 'data:image/png;base64,iVBORw0KGgo'; do
	grep -qF -e "$word" "$work/own/report.html" || echo "no $word" >> "$work/lost"
done
if has unzip; then
	unzip -l "$work/own/report.docx" | grep -q word/media/logo.png || echo 'no logo in the Word file' >> "$work/lost"
	unzip -p "$work/own/report.docx" word/styles.xml | grep -q 7a1f5c || echo 'no colour in the Word file' >> "$work/lost"
	unzip -p "$work/own/report.xlsx" xl/styles.xml | grep -qi 7a1f5c || echo 'no colour in the sheets' >> "$work/lost"
fi
judge 'a style folder gives colour, logo and style sheet to every format' "$work/lost"
: > "$work/lost"
echo 'no picture' > "$work/style/mark.png"
"$weir" run --quiet --style "$work/style" "$deal" --out "$work/none" > /dev/null 2> "$work/said"
[ $? = 2 ] && grep -q 'is no PNG picture' "$work/said" || echo 'a logo that is none is taken' >> "$work/lost"
"$weir" run --quiet --style "$work/scratch" "$deal" --out "$work/none" > /dev/null 2> "$work/said"
[ $? = 2 ] && grep -q 'holds neither style.xml nor style.css' "$work/said" || echo 'an empty style is taken' >> "$work/lost"
[ ! -e "$work/none" ] || echo 'something was written' >> "$work/lost"
judge 'a style that makes no sense is refused' "$work/lost"

# --- LibreOffice opens them
if has soffice; then
	: > "$work/lost"
	for format in docx xlsx; do
		timeout 240 soffice "-env:UserInstallation=file://$work/office" --headless --convert-to pdf --outdir "$work/$format-pdf" \
			"$work/again/report.$format" > "$work/said" 2>&1
		[ -s "$work/$format-pdf/report.pdf" ] || { echo "$format:"; cat "$work/said"; } >> "$work/lost"
	done
	if has pdftotext && [ -s "$work/docx-pdf/report.pdf" ]; then
		pdftotext -raw "$work/docx-pdf/report.pdf" "$work/docx-pdf.txt"
		missing "$work/figures" "$work/docx-pdf.txt" >> "$work/lost"
	fi
	judge 'LibreOffice opens the Word file and the sheets, and shows every figure of the first' "$work/lost"
else
	skip 'LibreOffice opens the Word file and the sheets' soffice
fi
echo "1..$number"
