# SPDX-License-Identifier: GPL-3.0-or-later
# A run's summary against one row of data/results.csv, to the digits printed there.
#   awk -v deal=ex1 -v scenario=S0 -f summary.awk data/results.csv tables/summary.csv
BEGIN { FS = "," }
FNR == 1 { file++ }
file == 1 && FNR == 1 {
	for (i = 3; i <= NF; i++)
		head[i] = $i
	columns = NF
}
file == 1 && $1 == deal && $2 == scenario {
	for (i = 3; i <= columns; i++)
		wanted[head[i]] = $i
	found = 1
}
file == 2 && $2 == "" { got[$1] = $3 }
END {
	if (!found) {
		print "no row of " deal " " scenario
		exit 1
	}
	for (i = 3; i <= columns; i++) {
		name = head[i]
		value = got[name]
		if (name ~ /^coverage/ && value != "")
			value = sprintf("%.4f", value) # six decimals there, four here
		if (value != wanted[name]) {
			print name ": expected " wanted[name] ", got " value
			bad = 1
		}
	}
	exit bad
}
