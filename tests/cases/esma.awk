# SPDX-License-Identifier: GPL-3.0-or-later
# esma.awk: in an Annex 12 report each line's available funds are those of the line before plus its amount, receipts stand before
# payments, and the balance ends where it is said to.
#   awk -f esma.awk -v END_WITH=12.34 esma-annex12.xml

function cents(text) {
	sub(/\./, "", text)
	return text + 0
}

/<AmtPdDurgPrd>/ { part = 1 }
/<AvlblFndPst>/ { part = 2 }
/<Amt / && part {
	value = $0
	gsub(/.*<Amt [^>]*>|<\/Amt>.*/, "", value)
	value = cents(value)
}
/<Sgn>/ && part {
	if ($0 ~ /false/)
		value = -value
	if (part == 1) {
		amount = value
	} else {
		lines++
		if (value != post + amount) {
			print "line " lines ": " post " + " amount " is not " value
			failed = 1
		}
		if (amount > 0 && paying) {
			print "line " lines ": a receipt behind a payment"
			failed = 1
		}
		paying = paying || amount < 0
		post = value
	}
	part = 0
}

END {
	if (lines < 3 || post != cents(END_WITH)) {
		print lines " lines end with " post " cents, not with " END_WITH
		failed = 1
	}
	exit failed
}
