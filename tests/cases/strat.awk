# SPDX-License-Identifier: GPL-3.0-or-later
# strat.awk: every stratification of a strat.csv makes 100 % of contracts and amount, and the same pool.
#   awk -f strat.awk -v NAME=… strat.csv

# One record's fields, quotes aside; a quoted field may hold commas.
function split_record(line, fields,    count, quoted, i, c) {
	count = 1
	fields[1] = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\"")
			quoted = !quoted
		else if (c == "," && !quoted)
			fields[++count] = ""
		else
			fields[count] = fields[count] c
	}
	return count
}

FNR == 1 {
	if ($0 != "table,by,band,band_2,band_3,contracts,contracts_share,obligors,principal,receivable,share,cumulative_share,rate,remaining_term") {
		print NAME ": another header"
		failed = 1
	}
	next
}

{
	split_record($0, f)
	by[f[1]] = f[2]
	contracts[f[1]] += f[6]
	contract_steps[f[1]] += int(f[7] * 10000 + 0.5)
	cents[f[1]] += int(f[9] * 100 + 0.5)
	steps[f[1]] += int(f[11] * 10000 + 0.5)
	last[f[1]] = f[12]
}

END {
	for (t in by) {
		if (contract_steps[t] != 10000)
			print NAME ", by " by[t] ": contracts make " contract_steps[t] / 100 " %"
		if (steps[t] != 10000 && cents[t] > 0)
			print NAME ", by " by[t] ": amounts make " steps[t] / 100 " %"
		if (last[t] != 1 && cents[t] > 0)
			print NAME ", by " by[t] ": the last cumulative share is " last[t]
		if (contracts[t] != contracts[1] || cents[t] != cents[1])
			print NAME ", by " by[t] ": another pool"
		failed = failed || contract_steps[t] != 10000 || (steps[t] != 10000 && cents[t] > 0) || \
		         contracts[t] != contracts[1] || cents[t] != cents[1] || (last[t] != 1 && cents[t] > 0)
	}
	exit failed ? 1 : 0
}
