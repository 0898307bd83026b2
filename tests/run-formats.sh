#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same figures in every format. One deal's report is printed as HTML, PDF, DOCX and XLSX: every amount, rate and date of
# the HTML page is the same text in PDF and DOCX and, after its number format, in the spreadsheet; the files are sound, do
# not hang on the time zone or the locale, and go when another run does not write them. What needs a tool that is not
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
number=0

ok() {
	number=$((number + 1))
	echo "ok $number - $1"
}

# fail TEXT [FILE]: with the first lines of what is wrong.
fail() {
	number=$((number + 1))
	echo "not ok $number - $1"
	[ -z "${2-}" ] || head -n 12 "$2" | sed 's/^/# /'
}

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2 is not installed"
}

has() {
	command -v "$1" > /dev/null 2>&1
}

# judge TEXT FILE: passes when the file of complaints is empty.
judge() {
	if [ -s "$2" ]; then fail "$1" "$2"; else ok "$1"; fi
}

# Amounts, rates and dates of a text, each once. "15%" of a table and "15.00%" are different texts.
figures() {
	grep -oE '(−)?[0-9][0-9,]*\.[0-9]+%?|(−)?[0-9]+%|[0-9]{4}-[0-9]{2}-[0-9]{2}' | sort -u
}

# missing FIGURES TEXT: those that the text does not have.
missing() {
	figures < "$2" > "$work/there"
	comm -23 "$1" "$work/there"
}

# The page without its style, its drawings and the data behind charts, which are drawings elsewhere.
page_text() {
	tr '\n' ' ' < "$1" | sed -e 's|<style.*</style>||' -e 's|<tr|\n<tr|g' -e 's|<svg|\n<svg|g' -e 's|</svg>|</svg>\n|g' \
		-e 's|<details|\n<details|g' -e 's|</details>|</details>\n|g' |
		awk '/^<svg/ { next } /^<details/ { inside = 1 } !inside { print } /<\/details>/ { inside = 0 }' |
		sed -e 's|<[^>]*>| |g'
}

# Rows of tables but totals, which a sheet has for all its rows only.
row_text() {
	tr '\n' ' ' < "$1" | sed -e 's|<details|\n<details|g' -e 's|</details>|</details>\n|g' -e 's|<tr|\n<tr|g' -e 's|</tr>|</tr>\n|g' |
		awk '/^<details/ { inside = 1 } /^<tr>/ && !inside { print } /<\/details>/ { inside = 0 }' | sed -e 's|<[^>]*>| |g'
}

# sheet_text FOLDER: the cells of an unpacked workbook as they are shown: numbers after their formats, texts.
cat > "$work/sheets.awk" << 'END'
# The numbers of a style, from styles.xml (records end with ">").
FILENAME ~ /styles\.xml$/ {
	if ($0 ~ /<numFmt /) {
		id = $0; sub(/.*numFmtId="/, "", id); sub(/".*/, "", id)
		code = $0; sub(/.*formatCode="/, "", code); sub(/".*/, "", code)
		codes[id] = code
	} else if ($0 ~ /<cellXfs/)
		styles = 1
	else if ($0 ~ /<\/cellXfs/)
		styles = 0
	else if (styles && $0 ~ /<xf /) {
		id = $0; sub(/.*numFmtId="/, "", id); sub(/".*/, "", id)
		format_of[count++] = id
	}
	next
}
/<c r=/ {
	style = 0
	if ($0 ~ / s="/) { style = $0; sub(/.* s="/, "", style); sub(/".*/, "", style) }
	text = $0 ~ / t="(s|str)"/
	next
}
/<\/v$/ && !text {
	value = $0; sub(/<\/v$/, "", value)
	print show(value, codes[format_of[style]])
}
function show(value, code,    parts, decimals, most, percent, digits, sign) {
	if (code == "yyyy-mm-dd")
		return day(value - 25569)
	split(code, parts, ";")
	percent = parts[1] ~ /%/
	sub(/%/, "", parts[1])
	decimals = parts[1] ~ /\./ ? parts[1] : "."
	sub(/.*\./, "", decimals)
	most = length(decimals)
	gsub(/#/, "", decimals)
	sign = value < 0 ? "−" : ""
	if (value < 0)
		value = -value
	# a sheet rounds the decimal of 15 digits, half away from zero
	value = sprintf("%.15g", value * (percent ? 100 : 1))
	digits = sprintf("%." most "f", value + (value + 0) * 1e-15)
	if (most > length(decimals))
		while (length(digits) - index(digits, ".") > length(decimals) && digits ~ /0$/)
			digits = substr(digits, 1, length(digits) - 1)
	if (digits + 0 == 0)
		sign = ""
	return sign group(digits) (percent ? "%" : "")
}
function group(digits,    whole, rest, at) {
	at = index(digits, ".")
	whole = at ? substr(digits, 1, at - 1) : digits
	rest = at ? substr(digits, at) : ""
	while (whole ~ /^[0-9]+[0-9][0-9][0-9]/ && match(whole, /[0-9][0-9][0-9](,|$)/) && RSTART > 1 && whole !~ /^[0-9][0-9]?[0-9]?(,|$)/) {
		at = RSTART
		whole = substr(whole, 1, at - 1) "," substr(whole, at)
	}
	return whole rest
}
# The day of a number of days since 1970-01-01, by the civil calendar (days from 1 March of year 0).
function day(days,    era, of_era, year, of_year, month) {
	days += 719468
	era = int(days / 146097)
	of_era = days - era * 146097
	year = int((of_era - int(of_era / 1460) + int(of_era / 36524) - int(of_era / 146096)) / 365)
	of_year = of_era - (365 * year + int(year / 4) - int(year / 100))
	month = int((5 * of_year + 2) / 153)
	of_year = of_year - int((153 * month + 2) / 5) + 1
	return sprintf("%04d-%02d-%02d", year + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9, of_year)
}
END
sheet_text() {
	for part in "$1/xl/styles.xml" "$1"/xl/worksheets/sheet*.xml; do
		tr '>' '\n' < "$part" > "$part.lines"
	done
	mv "$1/xl/styles.xml.lines" "$work/styles.xml"
	cat "$1"/xl/worksheets/sheet*.xml.lines > "$work/sheets.lines"
	awk -f "$work/sheets.awk" "$work/styles.xml" "$work/sheets.lines"
	sed -e 's|</t>|\n|g' "$1/xl/sharedStrings.xml" | sed -e 's|<[^>]*>||g' # dates and clauses inside texts
}

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
"$weir" run --quiet --format pdf "$deal" --out "$out" 2> /dev/null
for format in html docx xlsx; do
	[ ! -e "$out/report.$format" ] || echo "report.$format is there" >> "$work/lost"
done
[ -s "$out/report.pdf" ] || echo 'report.pdf is not there' >> "$work/lost"
"$weir" run --quiet --format none "$deal" --out "$out" 2> /dev/null
[ ! -e "$out/report.pdf" ] || echo 'report.pdf is still there' >> "$work/lost"
judge 'reports of an earlier run go' "$work/lost"
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
