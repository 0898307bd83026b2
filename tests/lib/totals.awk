# SPDX-License-Identifier: GPL-3.0-or-later
# Reads what pdftotext -bbox says of a PDF; complains about totals (合计 in the first column) with fewer than
# two rows between them and the head of their table at the top of a page. A line of words is a row; the running head
# stands above 66 points.
function place(name) {
	match($0, name "=\"[0-9.]*")
	return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 2) + 0
}

/<page / {
	page++
	lines = 0
	last = -9
	split("", seen)
}

/<word / {
	top = place("yMin")
	if (top < 66)
		next
	text = $0
	gsub(/.*">|<\/word>/, "", text)
	key = int(top + 0.5)
	if (!(key in seen) && !((key - 1) in seen) && !((key + 1) in seen)) {
		seen[key] = 1
		lines++
	}
	if (place("xMin") < 58 && text == "合计") {
		above = 0
		for (at in seen)
			above += at + 1 < key
		if (above < 3)
			print pdf " page " page ": a total below " above " lines"
	}
}
