# SPDX-License-Identifier: GPL-3.0-or-later
# The rows of a table for which all of `where` ("period=2 class=A") holds must have, each column added up, the numbers of
# `want` ("interest_paid=12.50 closing=0.00"). A want of 0 may have no row; every other one needs at least one.
BEGIN { FS = ","; conditions = split(where, condition, " "); wants = split(want, wanted, " ") }
FNR == 1 {
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}
{
	for (i = 1; i <= conditions; i++) {
		split(condition[i], part, "=")
		if (!(part[1] in column)) {
			print "there is no column " part[1]
			exit failed = 1
		}
		if ($column[part[1]] != part[2])
			next
	}
	rows++
	for (i = 1; i <= wants; i++) {
		split(wanted[i], part, "=")
		if (!(part[1] in column)) {
			print "there is no column " part[1]
			exit failed = 1
		}
		sum[i] += $column[part[1]]
	}
}
END {
	if (failed)
		exit 1
	for (i = 1; i <= wants; i++) {
		split(wanted[i], part, "=")
		apart = sum[i] - part[2]
		if (apart > 0.000001 || apart < -0.000001 || (!rows && part[2] != 0)) {
			printf "%s: %s is %.12g in %d rows, wanted %s\n", where, part[1], sum[i], rows, part[2]
			failed = 1
		}
	}
	exit failed
}
