# SPDX-License-Identifier: GPL-3.0-or-later
# One cell of a table is one cell of another: column `left` of the first row of the first file for which all of `where`
# ("class=A scenario=late") holds, column `right` of the first such row of the second for which all of `of` holds, `plus` added.
#   awk -v left=haircut -v where="class=A" -v right=value -v of="support=none" -f tie.awk ONE TWO
function find_columns(    i) {
	delete column
	for (i = 1; i <= NF; i++)
		column[$i] = i
}
function holds(text,    parts, condition, count, i) {
	count = split(text, parts, " ")
	for (i = 1; i <= count; i++) {
		split(parts[i], condition, "=")
		if (!(condition[1] in column))
			return 0
		if ($column[condition[1]] != condition[2])
			return 0
	}
	return 1
}
BEGIN { FS = "," }
FNR == 1 { file++; find_columns(); next }
file == 1 && !found_one && holds(where) { one = $column[left]; found_one = left in column }
file == 2 && !found_two && holds(of) { two = $column[right]; found_two = right in column }
END {
	if (!found_one || !found_two) {
		print "there is no such row or column: " left " where " where ", " right " where " of
		exit 1
	}
	apart = one - two - plus
	if (one == "" || two == "" || (one == one + 0) != (two == two + 0) || apart > 1e-10 || apart < -1e-10) {
		print left " where " where " is " one ", " right " where " of " is " two
		exit 1
	}
}
