# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of reports share: TAP, and the figures of a page, of a text and of a workbook. It wants $work, a folder.
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
	echo "ok $number - $1 # SKIP $2 is not ${WEIR_BRIEF:+asked in a brief run or not }installed"
}

# has TOOL: whether it is there; in a brief run the large ones, which have seen the same files, are not asked.
has() {
	case ${WEIR_BRIEF-}$1 in yeschromium | yessoffice) return 1 ;; esac
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

# Rows of tables but heads, and totals, which a sheet has for all its rows only.
row_text() {
	tr '\n' ' ' < "$1" | sed -e 's|<details|\n<details|g' -e 's|</details>|</details>\n|g' -e 's|<tr|\n<tr|g' -e 's|</tr>|</tr>\n|g' |
		awk '/^<details/ { inside = 1 } /^<tr>/ && !/<th scope="col"/ && !inside { print } /<\/details>/ { inside = 0 }' | sed -e 's|<[^>]*>| |g'
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
