# SPDX-License-Identifier: GPL-3.0-or-later
# The table variants: interest + principal + rest = paid; difference = paid less what the deal as written pays; over all classes
# and the fees the differences of a reading make nothing (all cash is paid out at the end), unless cash is left: then at most 0.
BEGIN { FS = "," }
function cents(text) { sub(/\./, "", text); return text + 0 }
FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
{
	key = $at["scenario"] " " $at["class"]
	if ($at["class"] != "taxes-and-fees" &&
	    cents($at["interest"]) + cents($at["principal"]) + cents($at["rest"]) != cents($at["paid"])) {
		print "line " FNR ": interest, principal and rest do not make " $at["paid"]
		bad = 1
	}
	if ($at["variant"] == "as-written") {
		written[key] = cents($at["paid"])
		next
	}
	if (cents($at["paid"]) - written[key] != cents($at["difference"])) {
		print "line " FNR ": the difference is not " $at["difference"]
		bad = 1
	}
	sum[$at["scenario"] " " $at["variant"]] += cents($at["difference"])
	rows++
}
END {
	for (s in sum)
		if (sum[s] != 0) {
			print s ": the differences make " sum[s] " cents"
			bad = 1
		}
	if (rows == 0) {
		print "no rows"
		bad = 1
	}
	exit bad
}
