#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reports that people send out, from three deals, looked at from outside: every table that a report must have is there
# in both languages (tests/lib/report-codes.txt); results and documents follow their schemas; pages pass a browser at the
# width of a desktop and of a phone; Word files and workbooks pass LibreOffice with all tables; PDFs are sound, have their
# fonts and the page's figures; all is the same the second time. What needs a tool that is not installed is skipped.
#   sh tests/run-reports.sh     prints TAP
set -u
LC_ALL=C.UTF-8
export LC_ALL
weir=${WEIR-./weir}
case $weir in /*) ;; *) weir=$PWD/$weir ;; esac
top=${WEIR_SRCDIR-$(dirname "$0")/..}
top=$(cd "$top" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$top/tests/lib/reports.sh"

# print_all FOLDER LANG FORMATS: every report, each from a deal that it is for.
print_all() {
	"$weir" run --quiet --lang "$2" --format "$3" --report-number 2023-2 --prepared-by "Manager & Co" --period 2 \
		--template abs,prospectus,stress,key,term-sheet "$top/deals/ex2-secondary-licence/deal.xml" --out "$1/abs" &&
		"$weir" run --quiet --lang "$2" --format "$3" --template abn "$top/deals/ledger-abn/deal.xml" --out "$1/abn" &&
		"$weir" run --quiet --lang "$2" --format "$3" --template form-10d "$top/deals/biopharma-shelf/phase-1.xml" --out "$1/us"
}

all=html,pdf,docx,xlsx,document
if print_all "$work/zh" zh $all 2> "$work/said" && print_all "$work/en" en html,document 2>> "$work/said"; then
	ok 'every report is printed'
else
	fail 'every report is printed' "$work/said"
	echo "1..$number"
	exit 0
fi

# --- what must be there
for lang in zh en; do
	cat "$work/$lang"/*/*.html | grep -oE 'data-code="[^"]*"' | sed -e 's/data-code="//' -e 's/"//' | tr ' ' '\n' | sort -u > "$work/codes"
	sort -u "$top/tests/lib/report-codes.txt" | comm -23 - "$work/codes" > "$work/lost"
	judge "every table that reports must have is there ($lang)" "$work/lost"
done
: > "$work/lost"
grep -c . "$top/tests/lib/report-codes.txt" | grep -qx 98 || echo 'the list has lost codes' > "$work/lost"
judge 'the list of such tables is whole' "$work/lost"
: > "$work/lost"
for page in "$work"/*/abs/abs.html; do
	grep -q 'Manager &amp; Co' "$page" && grep -q '2023-2' "$page" || echo "$page: no number or maker" >> "$work/lost"
	grep -q '资产支持证券定期报告内容与格式指引\|guide to the content and format of periodic reports' "$page" || echo "$page: no rule" >> "$work/lost"
done
judge 'the head says number, maker and rule' "$work/lost"
# names of formulas, and functions of theirs; tests/unit/report_fixture.c has the same for the tables of every deal
formula='(^|[^A-Za-z0-9_.])(pool|servicing)\.(balance|principal|income|collected|defaulted|cumulative|overdue|scheduled|lost)'
formula="$formula"'|(^|[^A-Za-z0-9_.])classes\.[a-z]|(^|[^A-Za-z0-9_.])deal\.(legal_final|cutoff|closing|start|missed)'
formula="$formula"'|[A-Za-z0-9_]\.(balance|due|paid|unpaid|interest_|principal_|yield_|target|coupon|drawn|outstanding|failed|is_paid)'
formula="$formula"'|(^|[^A-Za-z])(min|max|if|top|previous|trailing|cumulative|next_interest)\('
: > "$work/lost"
for page in $(find "$work/zh" "$work/en" -name '*.html' | sort); do
	page_text "$page" | grep -nE "$formula" | sed "s|^|${page#"$work"/}: |" >> "$work/lost"
done
judge 'no page shows a formula' "$work/lost"
if has xmllint; then
	: > "$work/lost"
	"$weir" structure --quiet --format document "$top/deals/ex7-copyright-abn/deal.xml" --out "$work/structure" 2>> "$work/lost"
	"$weir" rating --quiet --asset-class lease --base-default 2.1% "$top/deals/ex7-copyright-abn/deal.xml" --out "$work/study" 2>> "$work/lost"
	cp "$work/study/tables/rating_targets.xml" "$work/study/results.xml" 2>> "$work/lost"
	for part in results document; do
		find "$work" -name "*$part.xml" -exec xmllint --noout --schema "$top/share/$part.xsd" {} + 2>&1 | grep -v ' validates$' >> "$work/lost"
	done
	judge 'results and documents follow their schemas' "$work/lost"
	: > "$work/lost"
	for part in results document; do
		path='//*[local-name()="element" or local-name()="attribute" or local-name()="complexType" or local-name()="simpleType"]'
		xmllint --xpath "$path[@name][not(*[local-name()='annotation'])]/@name" "$top/share/$part.xsd" >> "$work/lost" 2> /dev/null
	done
	judge 'the schemas say what every element and attribute is' "$work/lost"
	: > "$work/lost"
	find "$work" -name '*.document.xml' | while read -r document; do
		for path in '//*[local-name()="table"][not(*[local-name()="row"])]' '//*[local-name()="list"][not(*)]' \
			'//*[local-name()="section"][count(*) < 2]' '//*[local-name()="see"][not(@code = //@code)]'; do
			found=$(xmllint --xpath "count($path)" "$document" 2>&1)
			[ "$found" = 0 ] || echo "${document#"$work"/}: $found times $path" >> "$work/lost"
		done
	done
	judge 'no table, list or section is empty' "$work/lost"
else
	skip 'results and documents follow their schemas' xmllint
fi

# --- a browser
# browse PAGES: what the browser says of them.
browse() {
	timeout 100 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --allow-file-access-from-files \
		--user-data-dir="$work/browser" --enable-logging=stderr --virtual-time-budget=600000 \
		--dump-dom "file://$top/tests/lib/page-check.html?$1" > "$work/dom" 2> "$work/log"
	sed -n '/<pre/,/<\/pre/p' "$work/dom" | sed -e 's/.*<pre[^>]*>//' -e 's/<\/pre>.*//' | grep .
	grep CONSOLE "$work/log"
}
if has chromium; then
	pages=$(find "$work/zh" "$work/en" -name '*.html' | sort)
	browse "$(echo "$pages" | sed 's|^|file://|' | paste -sd, -)" > "$work/found"
	grep -vx "checked $(($(echo "$pages" | wc -l) * 2))" "$work/found" > "$work/lost"
	grep -q '^checked' "$work/found" || tail -n 5 "$work/log" >> "$work/lost"
	judge 'a browser shows the pages at two widths, with nothing wrong and no request' "$work/lost"
	# and would say so
	sed -e 's|<h1>.*</h1>|<h3>no</h3><img src="https://example.invalid/x.png"><p style="color:#ccc;width:2000px">pale</p>|' \
		-e 's|<th scope="col"|<th|' "$work/en/abs/key.html" > "$work/bad.html"
	browse "file://$work/bad.html" > "$work/found"
	: > "$work/lost"
	for words in '0 h1' 'h0 to h3' 'th without scope' 'without alt' 'contrast 1.6' 'pixels wide at 390' 'CONSOLE.*example.invalid'; do
		grep -q "$words" "$work/found" || echo "not found: $words" >> "$work/lost"
	done
	judge 'and finds what is wrong with a page' "$work/lost"
else
	skip 'a browser shows the pages' chromium
fi

# --- PDF
: > "$work/lost"
: > "$work/lost2"
for page in $(find "$work/zh" -name '*.html' | sort); do
	pdf=${page%.html}.pdf
	if has qpdf; then
		qpdf --check "$pdf" > "$work/said" 2>&1 || cat "$work/said" >> "$work/lost"
	fi
	if has pdffonts; then
		pdffonts "$pdf" | tail -n +3 | grep -v 'yes yes yes' >> "$work/lost"
	fi
	if has pdftotext; then
		page_text "$page" | figures > "$work/figures"
		[ -s "$work/figures" ] || echo "$page has no figures" >> "$work/lost2"
		pdftotext -raw "$pdf" "$work/pdf.txt"
		missing "$work/figures" "$work/pdf.txt" | sed "s|^|$(basename "$pdf"): |" >> "$work/lost2"
	fi
done
if has qpdf && has pdffonts; then judge 'PDFs are sound and have their fonts' "$work/lost"; else skip 'PDFs are sound and have their fonts' 'qpdf or pdffonts'; fi
if has pdftotext; then judge 'every figure of the pages is the same text in the PDFs' "$work/lost2"; else skip 'figures of the PDFs' pdftotext; fi
if has pdfinfo; then
	: > "$work/lost"
	[ "$(pdfinfo "$work/zh/abs/key.pdf" | sed -n 's/^Pages: *//p')" = 1 ] || echo "$(pdfinfo "$work/zh/abs/key.pdf" | grep Pages)" > "$work/lost"
	judge 'the key investor sheet is one page' "$work/lost"
else
	skip 'the key investor sheet is one page' pdfinfo
fi

# Outlines: the term sheet of EX7 is one that cairo 1.16 leaves a glyph out of when it picks glyphs from the whole font.
ink=${WEIR_BUILDDIR-.}/tests/ink
if has pdftotext && has pdftoppm && [ -x "$ink" ]; then
	: > "$work/lost"
	"$weir" run --quiet --lang zh --format pdf --template term-sheet "$top/deals/ex7-copyright-abn/deal.xml" --out "$work/zh/ex7" 2>> "$work/lost"
	looked=0
	for pdf in "$work"/zh/*/*.pdf; do
		mkdir "$work/pages"
		pdftotext -bbox "$pdf" "$work/words" && pdftoppm -r 100 -gray "$pdf" "$work/pages/p"
		"$ink" "$work/words" "$work"/pages/p-*.pgm > "$work/found" 2>&1 || grep -v '^looked' "$work/found" | sed "s|^|$(basename "$pdf"): |" >> "$work/lost"
		looked=$((looked + $(sed -n 's/^looked at //p' "$work/found")))
		rm -r "$work/pages"
	done
	[ $looked -gt 20000 ] || echo "only $looked characters were looked at" >> "$work/lost"
	judge 'every Chinese character of the PDFs is seen on its page' "$work/lost"
	# and would be missed
	printf 'P5\n827 1170\n255\n' > "$work/white.pgm"
	head -c 967590 /dev/zero | tr '\0' '\377' >> "$work/white.pgm"
	pdftotext -bbox -l 1 "$work/zh/ex7/term-sheet.pdf" "$work/words"
	: > "$work/lost"
	"$ink" "$work/words" "$work/white.pgm" > "$work/found"
	[ $? = 1 ] && [ "$(grep -c 'is blank' "$work/found")" -gt 200 ] || cat "$work/found" > "$work/lost"
	judge 'and is missed on a white one' "$work/lost"
else
	skip 'every Chinese character of the PDFs is seen on its page' 'pdftotext, pdftoppm or tests/ink'
fi
if has pdftotext; then
	: > "$work/lost"
	for pdf in "$work"/zh/*/*.pdf; do
		pdftotext -bbox "$pdf" "$work/words"
		awk -v pdf="$(basename "$pdf")" -f "$top/tests/lib/totals.awk" "$work/words" >> "$work/lost"
	done
	judge 'no total begins a page' "$work/lost"
else
	skip 'no total begins a page' pdftotext
fi

# --- Word files and workbooks
if has unzip; then
	: > "$work/lost"
	: > "$work/lost2"
	for page in $(find "$work/zh" -name '*.html' | sort); do
		name=$(basename "$page" .html)
		rm -rf "$work/docx" "$work/xlsx"
		unzip -q "${page%.html}.docx" -d "$work/docx" && unzip -q "${page%.html}.xlsx" -d "$work/xlsx"
		page_text "$page" | figures > "$work/figures"
		sed -e 's|</w:p>|\n|g' -e 's|<w:instrText[^<]*<|<|g' "$work/docx/word/document.xml" | sed -e 's|<[^>]*>||g' > "$work/docx.txt"
		missing "$work/figures" "$work/docx.txt" | sed "s|^|$name: |" >> "$work/lost"
		sheet_text "$work/xlsx" > "$work/xlsx.txt"
		row_text "$page" | figures > "$work/rows"
		missing "$work/rows" "$work/xlsx.txt" | sed "s|^|$name: |" >> "$work/lost2"
		grep -q '<f>[^<]*[“"=+@-]' "$work/xlsx/xl/sharedStrings.xml" && echo "$name: a text is a formula" >> "$work/lost2"
	done
	judge 'every figure of the pages is the same text in the Word files' "$work/lost"
	judge 'every figure of the rows is the same text in the workbooks' "$work/lost2"
else
	skip 'figures of Word files and workbooks' unzip
fi
if has soffice && has xmllint; then
	: > "$work/lost"
	mkdir "$work/word" "$work/office"
	for page in $(find "$work/zh" -name '*.html'); do
		cp "${page%.html}.docx" "$work/word/"
	done
	timeout 200 soffice "-env:UserInstallation=file://$work/soffice" --headless --convert-to html --outdir "$work/office" "$work"/word/*.docx > "$work/said" 2>&1
	for page in $(find "$work/zh" -name '*.html'); do
		name=$(basename "$page" .html)
		tables=$(xmllint --xpath 'count(//*[local-name()="table"])' "${page%.html}.document.xml")
		rows=$(xmllint --xpath 'count(//*[local-name()="row"])' "${page%.html}.document.xml")
		shown=$(grep -ci '<table' "$work/office/$name.html") shown_rows=$(grep -ci '<tr' "$work/office/$name.html")
		[ "$shown" -ge "$tables" ] && [ "$shown_rows" -ge "$((rows + tables))" ] ||
			echo "$name: $shown of $tables tables, $shown_rows of $rows rows and heads" >> "$work/lost"
	done
	judge 'LibreOffice opens the Word files with all tables and rows' "$work/lost"
	: > "$work/lost"
	timeout 200 soffice "-env:UserInstallation=file://$work/soffice" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' --outdir "$work/office" \
		"$work"/zh/abs/abs.xlsx "$work"/zh/abs/prospectus.xlsx "$work"/zh/abn/abn.xlsx > "$work/said" 2>&1
	for book in abs/abs abs/prospectus abn/abn; do
		sheets=$(unzip -l "$work/zh/$book.xlsx" | grep -c 'worksheets/sheet') shown=$(find "$work/office" -name "${book#*/}-*.csv" -size +1c | wc -l)
		# a sheet of nothing but charts is an empty text
		[ "$shown" -ge "$((sheets - 1))" ] || echo "$book: $shown of $sheets sheets" >> "$work/lost"
		grep -l '#REF!\|#NAME?\|#VALUE!\|Err:5' "$work/office/${book#*/}"-*.csv >> "$work/lost" 2> /dev/null
	done
	judge 'LibreOffice opens the workbooks with all sheets, and no formula fails' "$work/lost"
else
	skip 'LibreOffice opens Word files and workbooks' 'soffice or xmllint'
fi

# --- the same bytes
: > "$work/lost"
TZ=Pacific/Auckland "$weir" run --quiet --lang zh --format html,pdf,docx,xlsx --template abn "$top/deals/ledger-abn/deal.xml" --out "$work/again" 2> /dev/null
for file in "$work/again"/abn.*; do
	cmp "$file" "$work/zh/abn/$(basename "$file")" >> "$work/lost" 2>&1
done
[ "$(ls "$work/again"/abn.* | wc -l)" = 4 ] || echo 'not four files' >> "$work/lost"
"$weir" report --quiet --lang zh --format html,pdf,docx,xlsx --template prospectus --period 2 "$work/zh/abs/results.xml" --out "$work/later" 2>> "$work/lost"
for format in html pdf docx xlsx; do
	cmp "$work/later.$format" "$work/zh/abs/prospectus.$format" >> "$work/lost" 2>&1
done
judge 'a second run, and weir report from results.xml, give the same bytes' "$work/lost"
echo "1..$number"
