# SPDX-License-Identifier: GPL-3.0-or-later
# The identities of the tables, in whole cents and exactly; and that each table goes on where the period before ended.
#   awk -f identities.awk tables/periods.csv tables/classes.csv tables/accounts.csv tables/trace.csv
# They are described with the tables in the manual. "due" of a receipt is negative: it is money that comes in.
BEGIN { FS = "," }

function complain(text) {
	if (++complaints <= 20)
		print FILENAME ": line " FNR ": " text
}

# Whole cents of a column; an empty cell counts as none.
function cents(name,    text) {
	if (!((file, name) in at)) {
		complain("there is no column " name)
		return 0
	}
	text = $at[file, name]
	if (text == "")
		return 0
	if (text !~ /^-?[0-9]+\.[0-9][0-9]$/)
		complain(name " is no amount: \"" text "\"")
	if (text ~ /^-0\.00$/)
		complain(name " is a negative zero")
	sub(/\./, "", text)
	return text + 0
}

function text_of(name) {
	return $at[file, name]
}

function must(name, left, right) {
	checked++
	if (left != right)
		complain(name ": " sprintf("%.0f is not %.0f", left, right) " cents")
}

function at_least_zero(name) {
	if (cents(name) < 0)
		complain(name " is below zero: " text_of(name))
}

FNR == 1 {
	file++
	for (i = 1; i <= NF; i++)
		at[file, $i] = i
	width = NF
	next
}

NF != width { complain(NF " fields, the header " width) }
{ rows[file]++ }

file == 1 { # periods
	must("available", cents("available"), cents("opening_cash") + cents("pool_principal") + cents("pool_income") + \
	     cents("pool_recovered") + cents("other_in") + cents("support_in"))
	must("closing_cash", cents("closing_cash"), cents("available") - cents("taxes_paid") - cents("fees_paid") - \
	     cents("senior_interest_paid") - cents("senior_principal_paid") - cents("support_repaid") - \
	     cents("reserve_net") - cents("subordinated_paid") - cents("other_out"))
	if (FNR > 2) {
		must("opening_cash", cents("opening_cash"), cash)
		must("period", $1, last_period + 1)
	} else if ($1 != 0) { # a start in mid-life: balances, no flows
		must("available at the start", cents("available"), cents("opening_cash"))
		must("closing_cash at the start", cents("closing_cash"), cents("opening_cash"))
	}
	if (FNR == 2 && first < 0)
		complain("the first period is " first)
	last_period = $1
	cash = cents("closing_cash")
	at_least_zero("closing_cash")
	at_least_zero("subordinated_paid")
	at_least_zero("taxes_paid")
	at_least_zero("fees_paid")
}

file == 2 { # classes
	must("closing", cents("closing"), cents("opening") - cents("principal_paid") - cents("written_down"))
	must("interest_unpaid", cents("interest_unpaid"), cents("interest_due") - cents("interest_paid"))
	must("principal_unpaid", cents("principal_unpaid"), cents("principal_due") - cents("principal_paid"))
	if (text_of("class") in balance)
		must("opening of " text_of("class"), cents("opening"), balance[text_of("class")])
	balance[text_of("class")] = cents("closing")
	at_least_zero("closing")
	at_least_zero("interest_paid")
	at_least_zero("principal_paid")
	at_least_zero("interest_unpaid")
	at_least_zero("principal_unpaid")
}

file == 3 { # accounts
	must("closing", cents("closing"), cents("opening") + cents("in") - cents("out"))
	if (text_of("account") in held)
		must("opening of " text_of("account"), cents("opening"), held[text_of("account")])
	held[text_of("account")] = cents("closing")
	at_least_zero("closing")
	at_least_zero("in")
	at_least_zero("out")
}

file == 4 { # trace
	must("left", cents("left"), cents("available") - cents("paid"))
	must("unpaid", cents("unpaid"), cents("due") - cents("paid"))
	if (cents("carried") > cents("unpaid"))
		complain("carried " text_of("carried") " is more than unpaid " text_of("unpaid"))
	at_least_zero("left")
	at_least_zero("carried")
	# along one waterfall and account, a row finds what the one before left (what comes in between is a row too)
	chain = text_of("period") SUBSEP text_of("waterfall") SUBSEP text_of("source")
	if (chain in left)
		must("available, the row before left", cents("available"), left[chain])
	left[chain] = cents("left")
	if (text_of("reason") == "" || text_of("payee") == "" || text_of("what") == "")
		complain("a row without reason, payee or what")
}

END {
	for (i = 1; i <= 4; i++)
		if (!rows[i]) {
			print "table " i " is empty"
			complaints++
		}
	if (complaints > 20)
		print complaints - 20 " more"
	exit complaints > 0
}
