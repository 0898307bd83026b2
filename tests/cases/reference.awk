# SPDX-License-Identifier: GPL-3.0-or-later
# Every number of a reference table (data/exN-base.csv) against a run's tables, to the last digit.
#   awk -f reference.awk BASE.csv periods.csv classes.csv     prints what differs; exits 1 when something does
# The reference's columns and weir's: docs of the reference are in data/README.md.
BEGIN {
	FS = ","
	split("calc_date:calculation_date pay_date:payment_date pay_date_adj:adjusted_date days:days " \
	      "pool_principal:pool_principal pool_income:pool_income tax:taxes fees:fees available:available " \
	      "to_sub:subordinated_paid account_end:closing_cash coverage_incl_carry:coverage " \
	      "coverage_period:coverage_period", pairs, " ")
	for (i in pairs) {
		split(pairs[i], pair, ":")
		column[pair[1]] = pair[2]
	}
	split("int:interest_paid prin:principal_paid bal:closing", pairs, " ")
	for (i in pairs) {
		split(pairs[i], pair, ":")
		of_class[pair[1]] = pair[2]
	}
}

# Whole cents of "1234567.89".
function cents(text) {
	if (text !~ /^-?[0-9]+\.[0-9][0-9]$/)
		complain("\"" text "\" is no amount")
	sub(/\./, "", text)
	return text + 0
}

function complain(text) {
	print text
	bad = 1
}

function compare(period, name, wanted, got) {
	compared++
	if (wanted != got "")
		complain("period " period ", " name ": expected " wanted ", got " got)
}

FNR == 1 {
	file++
	for (i = 1; i <= NF; i++)
		head[file, i] = $i
	columns[file] = NF
	next
}
file == 1 {
	order[++periods] = $1
	for (i = 2; i <= NF; i++)
		base[$1, head[1, i]] = $i
}
file == 2 {
	for (i = 2; i <= NF; i++)
		table[$1, head[2, i]] = $i
}
file == 3 {
	for (i = 3; i <= NF; i++)
		classes[$1, $2, head[3, i]] = $i
	if ($2 != "SUB")
		for (i = 3; i <= NF; i++)
			if (head[3, i] == "interest_due")
				interest[$1] += cents($i)
}

END {
	for (p = 1; p <= periods; p++)
		for (i = 2; i <= columns[1]; i++) {
			name = head[1, i]
			k = order[p]
			wanted = base[k, name]
			part = name
			sub(/_.*/, "", part)
			class = substr(name, length(part) + 2)
			if (name in column)
				compare(k, name, wanted, table[k, column[name]])
			else if (name == "int_due")
				compare(k, name, cents(wanted), interest[k])
			else if (name == "prin_due_sched")
				compare(k, name, cents(wanted), cents(table[k, "senior_due"]) - interest[k])
			else if (part in of_class)
				compare(k, name, wanted, classes[k, class, of_class[part]])
			else
				complain("no column of weir's stands for " name)
		}
	if (compared != periods * (columns[1] - 1) || !compared)
		complain("compared " compared + 0 " numbers of " periods * (columns[1] - 1))
	exit bad
}
