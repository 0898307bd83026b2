# SPDX-License-Identifier: GPL-3.0-or-later
# Two tables classes.csv: from period `from` (1) on both pay every class the same interest, principal and rest to the cent, and
# leave the same balance. The second may go on after the first ends (a tail): nothing is paid there.
BEGIN {
	FS = ","
	split("interest_paid interest_unpaid principal_paid principal_unpaid residual_paid closing", names, " ")
	if (!from)
		from = 1
}
FNR == 1 {
	file++
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}
$1 < from { next }
file == 1 {
	last = $1
	for (i = 1; i <= 6; i++)
		first[$1, $2, i] = $column[names[i]]
	rows++
	next
}
$1 <= last {
	for (i = 1; i <= 6; i++)
		if (first[$1, $2, i] != $column[names[i]]) {
			printf "period %s, class %s: %s is %s, then %s\n", $1, $2, names[i], first[$1, $2, i], $column[names[i]]
			wrong = 1
		}
	rows--
	next
}
{
	for (i = 1; i <= 5; i++)
		if ($column[names[i]] + 0 != 0) {
			printf "period %s, class %s, after the end: %s is %s\n", $1, $2, names[i], $column[names[i]]
			wrong = 1
		}
}
END {
	if (file != 2 || rows) {
		print "the tables do not have the same rows"
		wrong = 1
	}
	exit wrong
}
