# SPDX-License-Identifier: GPL-3.0-or-later
# The row "on" of tables/dependence.csv is the run itself, which summary.csv and periods.csv tell of.
#   awk -f dependence.awk tables/dependence.csv tables/summary.csv tables/periods.csv
BEGIN { FS = "," }

function cents(text) {
	sub(/\./, "", text)
	return text + 0
}

function must(what, left, right) {
	if (left != right) {
		print what ": " left " is not " right
		complaints++
	}
}

FNR == 1 {
	file++
	for (i = 1; i <= NF; i++)
		at[file, $i] = i
	next
}

file == 1 && $1 == "on" {
	found = 1
	coverage_min = $at[1, "coverage_min"]
	coverage_total = $at[1, "coverage_total"]
	missed = $at[1, "missed"]
	short_of = cents($at[1, "interest_short"]) + cents($at[1, "principal_short"])
	drawn = cents($at[1, "support_drawn"])
	subordinated = cents($at[1, "subordinated_paid"])
}

file == 2 && $2 == "" { metric[$1] = $3 }
file == 3 { support_in += cents($at[3, "support_in"]) }

END {
	must("a row with support", found, 1)
	must("coverage_min", metric["coverage_min"], coverage_min)
	must("coverage_total", metric["coverage_total"], coverage_total)
	must("missed", metric["missed"], missed)
	must("unpaid at the end", cents(metric["unpaid_at_end"]), short_of)
	must("subordinated", cents(metric["subordinated_total"]), subordinated)
	must("support received", support_in, drawn)
	exit complaints > 0
}
