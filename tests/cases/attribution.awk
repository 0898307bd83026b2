# SPDX-License-Identifier: GPL-3.0-or-later
# attribution.csv: of every figure, the Shapley values add up to the total, and what factors make alone with the interaction
# too; each exactly, in the figure's last digit. Rows of figures that have no value in some set are passed over.
BEGIN { FS = ","; OFMT = CONVFMT = "%.17g" }
function complain(text) {
	print FILENAME ": " NAME ": " text
	bad = 1
}
# Twelve places of a large amount are more than a double holds, so parts before and behind the point are added apart.
function add(text, sums, key,    sign, parts, digits) {
	sign = text ~ /^-/ ? -1 : 1
	sub(/^-/, "", text)
	split(text, parts, ".")
	digits = substr(parts[2] "000000000000", 1, 12)
	sums[key, "whole"] += sign * parts[1]
	sums[key, "part"] += sign * digits
}
function equal(a, b,    carry) {
	return (sums[a, "whole"] - sums[b, "whole"]) * 1e12 + sums[a, "part"] - sums[b, "part"] == 0
}
FNR == 1 { next }
$2 == "total" {
	if ($7 != "") {
		add($7, sums, $1 " total")
		if ($1 in shared && !equal($1 " shapley", $1 " total"))
			complain($1 ": the Shapley values do not add up to " $7)
		if ($1 in interacted && !equal($1 " alone", $1 " total"))
			complain($1 ": alone and interaction do not add up to " $7)
		checked++
	}
	next
}
{
	if ($5 != "")
		add($5, sums, $1 " alone")
	if ($2 == "interaction" && $5 != "")
		interacted[$1] = 1
	if ($7 != "") {
		add($7, sums, $1 " shapley")
		shared[$1] = 1
	}
}
END {
	if (!checked)
		complain("nothing was checked")
	exit bad
}
