# SPDX-License-Identifier: GPL-3.0-or-later
# What supporters paid and got back: the identities of tables/support.csv, covers.csv and cover_shares.csv, in whole cents and
# exactly, and their sums against periods.csv. A deal without one of the tables has none of it.
#   awk -v dir=out/tables -f support.awk out/tables/periods.csv
BEGIN { FS = "," }

function complain(text) {
	print text
	complaints++
}

function cents(text) {
	sub(/\./, "", text)
	return text + 0
}

# The fields of the next line of a table by their names; 0 at its end.
function next_line(table,    file, fields, count, i, line) {
	file = dir "/" table ".csv"
	if (!(table in width)) {
		width[table] = 0
		if ((getline line < file) <= 0)
			return 0
		width[table] = split(line, fields, ",")
		for (i = 1; i <= width[table]; i++)
			head[table, i] = fields[i]
	}
	if (width[table] == 0 || (getline line < file) <= 0)
		return 0
	count = split(line, fields, ",")
	if (count != width[table])
		complain(table ": " count " fields, the header " width[table])
	for (i = 1; i <= width[table]; i++)
		at[head[table, i]] = fields[i]
	return 1
}

function must(what, left, right) {
	checked++
	if (left != right)
		complain(what ": " sprintf("%.0f is not %.0f", left, right) " cents")
}

FNR == 1 {
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}

{
	support_in[$1] = cents($column["support_in"])
	support_repaid[$1] = cents($column["support_repaid"])
	pool_sold[$1] = cents($column["pool_sold"])
}

END {
	while (next_line("support")) {
		tables["support"] = 1
		period = at["period"]
		id = at["support"]
		if (id in outstanding)
			must("outstanding of " id " in " period, cents(at["outstanding"]),
			     outstanding[id] - cents(at["repaid"]) + cents(at["drawn"]))
		outstanding[id] = cents(at["outstanding"])
		drawn[period] += cents(at["drawn"])
		repaid[period] += cents(at["repaid"]) + cents(at["interest_paid"])
		if (cents(at["called"]) > cents(at["shortfall"]))
			complain(id " was called for more than was missing in " period)
		if (at["available"] != "" && cents(at["called"]) > cents(at["available"]))
			complain(id " was called for more than was available in " period)
		if (cents(at["outstanding"]) < 0 || cents(at["drawn"]) < 0 || cents(at["repaid"]) < 0)
			complain(id " is below zero in " period)
	}
	while (next_line("covers")) {
		tables["covers"] = 1
		period = at["period"]
		id = at["cover"]
		if (id in settled)
			must("settled to date by " id " in " period, cents(at["paid_total"]), settled[id] + cents(at["settled"]))
		settled[id] = cents(at["paid_total"])
		drawn[period] += cents(at["paid"])
		paid[period, id] = cents(at["paid"])
		if (cents(at["settled"]) > cents(at["claimed"]))
			complain(id " settled more than was claimed in " period)
	}
	while (next_line("cover_shares"))
		shares[at["period"], at["cover"]] += cents(at["paid"])
	for (key in paid)
		must("the shares of a cover", shares[key], paid[key])
	while (next_line("calls"))
		sold[at["period"]] += cents(at["balance_sold"])
	for (period in support_in) {
		must("support_in of " period, support_in[period], drawn[period] + 0)
		must("support_repaid of " period, support_repaid[period], repaid[period] + 0)
		must("pool_sold of " period, pool_sold[period], sold[period] + 0)
	}
	if (!checked)
		complain("nothing was checked")
	exit complaints > 0
}
