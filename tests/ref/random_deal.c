/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random small deals, written as XML so that they pass through the loader like any other. */
#include "ref/random_deal.h"

#include <inttypes.h>
#include <string.h>

#include "ref/random_int.h"

static const char *const class_ids[] = { "A", "B", "C", "D", "E" };

void draft_amount(draft *x, const char *name, int64_t cents)
{
	fprintf(x->to, " %s=\"%" PRId64 ".%02" PRId64 "\"", name, cents / 100, cents % 100);
}

/* A rate in percent with up to four decimals. */
void draft_rate(draft *x, const char *name, int64_t low, int64_t high)
{
	int64_t units = dice_between(&x->d, low, high);
	fprintf(x->to, " %s=\"%" PRId64 ".%04" PRId64 "%%\"", name, units / 10000, units % 10000);
}

void draft_date(draft *x, const char *name, weir_date day)
{
	char text[11];
	fprintf(x->to, " %s=\"%s\"", name, weir_date_format(day, text));
}

/* Payment date k from 0, unadjusted. */
weir_date draft_payment_date(const draft *x, int k)
{
	weir_date day = weir_date_add_months(x->first, x->months * k);
	return x->end_of_month && x->first == weir_date_month_end(x->first) ? weir_date_month_end(day) : day;
}

/* Day counts of contracts, which have no coupon periods of their own. */
const char *draft_contract_day_count(draft *x)
{
	return DICE_PICK(&x->d, "ACT/365F", "ACT/365F", "ACT/360", "30E/360", "30/360 US", "ACT/ACT ISDA",
	                 "ACT/365.25", "1/1", "BUS/252");
}

const char *draft_day_count(draft *x)
{
	if (dice_percent(&x->d, 10))
		return DICE_PICK(&x->d, "ACT/ACT ICMA", "30E/360 ISDA");
	return draft_contract_day_count(x);
}

/* Payment dates behind the regular ones. */
static void write_tail(draft *x)
{
	weir_date last = draft_payment_date(x, x->payments - 1);
	int months = (int[]){ 1, 3, 6 }[dice_between(&x->d, 0, 2)];
	fprintf(x->to, "\t\t<tail every=\"%d months\"", months);
	draft_date(x, "until", weir_date_add_months(last, months * (int)dice_between(&x->d, 1, 4)) + 10);
	if (dice_percent(&x->d, 30))
		draft_date(x, "first", last + (weir_date)dice_between(&x->d, 20, 27));
	fprintf(x->to, "/>\n");
}

void draft_dates(draft *x)
{
	weir_date origin = weir_date_from_ymd(2023, 1, 1);
	x->start = origin + (weir_date)dice_between(&x->d, 0, 600);
	x->months = (int[]){ 1, 3, 3, 6, 12 }[dice_between(&x->d, 0, 4)];
	x->payments = (int)dice_between(&x->d, 2, 9);
	x->first = weir_date_add_months(x->start, x->months);
	if (dice_percent(&x->d, 40))
		x->first += (weir_date)dice_between(&x->d, -12, 40);
	if (dice_percent(&x->d, 15))
		x->first = weir_date_month_end(x->first);
	fprintf(x->to, "\t<dates");
	if (dice_percent(&x->d, 90))
		draft_date(x, "cutoff", x->start - (weir_date)dice_between(&x->d, 0, 40));
	draft_date(x, "closing", x->start);
	draft_date(x, "legal-final", weir_date_add_months(x->first, x->months * x->payments + 30));
	fprintf(x->to, ">\n\t\t<payment");
	draft_date(x, "first", x->first);
	if (x->months % 12 == 0 && dice_percent(&x->d, 50))
		fprintf(x->to, " every=\"%d year\"", x->months / 12);
	else
		fprintf(x->to, " every=\"%d months\"", x->months);
	x->end_of_month = dice_percent(&x->d, 25);
	if (x->end_of_month)
		fprintf(x->to, " end-of-month=\"yes\"");
	fprintf(x->to, " count=\"%d\" adjust=\"%s\" calendar=\"%s\"/>\n", x->payments,
	        DICE_PICK(&x->d, "none", "following", "following", "modified-following", "preceding"),
	        DICE_PICK(&x->d, "CN-work", "CN-work", "weekends", "TARGET"));
	fprintf(x->to, "\t\t<accrual day-count=\"%s\" dates=\"%s\"/>\n", draft_day_count(x),
	        DICE_PICK(&x->d, "unadjusted", "unadjusted", "adjusted"));
	fprintf(x->to, "\t\t<calculation offset=\"-%d business days\"/>\n", (int)dice_between(&x->d, 0, 12));
	if (dice_percent(&x->d, 50))
		fprintf(x->to, "\t\t<transfer offset=\"-%d business days\"/>\n",
		        (int)dice_between(&x->d, 0, 7));
	if (x->has_tail)
		write_tail(x);
	fprintf(x->to, "\t</dates>\n");
}

static void write_accounts(draft *x)
{
	if (dice_percent(&x->d, 25)) {
		fprintf(x->to, "\t<closing");
		draft_amount(x, "costs", dice_between(&x->d, 1, 300000));
		fprintf(x->to, "/>\n");
	}
	x->has_reserve = dice_percent(&x->d, 50);
	x->has_split_accounts = dice_percent(&x->d, 30);
	fprintf(x->to, "\t<accounts>\n\t\t<account id=\"cash\" receives=\"%s\"",
	        x->has_split_accounts ? "income recovered" : "all");
	if (dice_percent(&x->d, 30))
		draft_amount(x, "initial", dice_between(&x->d, 0, 5000000));
	fprintf(x->to, "/>\n");
	if (x->has_split_accounts)
		fprintf(x->to, "\t\t<account id=\"corpus\" receives=\"principal\"/>\n");
	if (x->has_reserve) {
		fprintf(x->to, "\t\t<reserve id=\"liquidity\" target=\"%s\"",
		        DICE_PICK(&x->d, "1.5 * next_interest(A)", "2.75% * classes.senior.balance",
		                  "12345.67", "max(1% * A.size, 3 * next_interest(A))", "pool.balance * 2%",
		                  "payments_held * next_interest(A)",
		                  "max(floor, 1.25% * pool.balance / parts)"));
		if (dice_percent(&x->d, 50))
			draft_amount(x, "initial", dice_between(&x->d, 0, 3000000));
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t</accounts>\n");
}

/* Target balances, falling; or planned amounts, together at most the size. */
static void write_rows(draft *x, int target)
{
	int left = 1000;
	for (int k = 1; k <= x->payments; k++) {
		int part = (int)dice_between(&x->d, 0, k == x->payments ? left : left / 2);
		if (target && k == x->payments)
			part = left;
		left -= part;
		if (!target || k == x->payments || dice_percent(&x->d, 80))
			fprintf(x->to, "\t\t\t\t<row period=\"%d\" share=\"%d.%d%%\"/>\n", k,
			        (target ? left : part) / 10, (target ? left : part) % 10);
	}
}

/* Amounts by date: planned, on some of the payment dates. */
static void write_dated_rows(draft *x)
{
	fprintf(x->to, "\t\t\t<principal style=\"planned\">\n");
	for (int k = 0; k < x->payments; k++)
		if (k == 0 || dice_percent(&x->d, 60)) {
			fprintf(x->to, "\t\t\t\t<row");
			draft_date(x, "date", draft_payment_date(x, k));
			draft_amount(x, "amount",
			             dice_between(&x->d, 0, x->pool_cents / x->classes / x->payments / 3));
			fprintf(x->to, "/>\n");
		}
	fprintf(x->to, "\t\t\t</principal>\n");
}

/* Interest with principal wants principal that falls due. */
static void write_principal(draft *x, int falls_due)
{
	switch (dice_between(&x->d, falls_due, 5)) {
	case 0:
		fprintf(x->to, "\t\t\t<principal style=\"pass-through\"/>\n");
		break;
	case 1:
		fprintf(x->to, "\t\t\t<principal style=\"bullet\"");
		draft_date(x, "maturity",
		           draft_payment_date(x, (int)dice_between(&x->d, 0, x->payments - 1)));
		fprintf(x->to, "/>\n");
		break;
	case 2:
		fprintf(x->to, "\t\t\t<principal style=\"target\" follows=\"pool\" digits=\"%d\"/>\n",
		        (int)dice_between(&x->d, 0, 5));
		break;
	case 3:
		fprintf(x->to, "\t\t\t<principal style=\"target\">\n");
		write_rows(x, 1);
		fprintf(x->to, "\t\t\t</principal>\n");
		break;
	case 4:
		fprintf(x->to, "\t\t\t<principal style=\"planned\">\n");
		write_rows(x, 0);
		fprintf(x->to, "\t\t\t</principal>\n");
		break;
	default:
		write_dated_rows(x);
	}
}

/* Returns whether interest comes with principal. Class A always pays interest: formulas name it. */
static int write_interest(draft *x, int number)
{
	int64_t choice = dice_between(&x->d, number == 0, 9);
	x->senior_interest[number] = choice > 0;
	if (choice == 0) {
		fprintf(x->to, " interest=\"none\"");
		return 0;
	}
	draft_rate(x, "coupon", 10000, 80000);
	if (choice == 1)
		fprintf(x->to, " interest=\"with-principal\"");
	if (dice_percent(&x->d, 25))
		fprintf(x->to, " day-count=\"%s\"", draft_day_count(x));
	return choice == 1;
}

/* A higher coupon while a condition holds. */
static void write_raise(draft *x)
{
	fprintf(x->to, "\t\t\t<raise when=\"%s\"",
	        x->triggers ? DICE_PICK(&x->d, "t0", "not t0", "deal.missed")
	                    : DICE_PICK(&x->d, "deal.missed", "period at least 3",
	                                "pool.balance below 60% * pool.balance_initial"));
	draft_rate(x, "add", 500, 20000);
	fprintf(x->to, "/>\n");
}

static void write_class(draft *x, int number)
{
	int sub = x->has_sub && number + 1 == x->classes;
	int unit = !sub && !x->has_split_accounts && dice_percent(&x->d, x->supports ? 1 : 35);
	int64_t size = x->pool_cents / x->classes * dice_between(&x->d, 50, 130) / 100 +
	               dice_between(&x->d, 1, 99999);
	if (unit)
		size = size / 10000 * 10000 + 10000;
	x->sizes[number] = size;
	fprintf(x->to, "\t\t<class id=\"%s\"", sub ? "SUB" : class_ids[number]);
	draft_amount(x, "size", size);
	if (dice_percent(&x->d, 20)) /* sizes of whole steps of 5.00 come to half a cent */
		fprintf(x->to, " issue-price=\"%d.%d\"", (int)dice_between(&x->d, 90, 101),
		        (int)dice_between(&x->d, 0, 9));
	else if (dice_percent(&x->d, 15))
		fprintf(x->to, " issue-price=\"%d.%04d\"", (int)dice_between(&x->d, 90, 101),
		        (int)dice_between(&x->d, 0, 9999));
	if (sub)
		fprintf(x->to, " rank=\"subordinated\"");
	if (unit)
		fprintf(x->to, " rounding=\"unit\" digits=\"%d\"", (int)dice_between(&x->d, 2, 4));
	if (sub && (x->yields[number] = dice_percent(&x->d, 50))) {
		draft_rate(x, "period-yield", 10000, 90000);
		fprintf(x->to, " period-yield-unpaid=\"%s\"", DICE_PICK(&x->d, "drop", "carry"));
	}
	if (sub && dice_percent(&x->d, 70)) {
		x->residual[number] = 1;
		fprintf(x->to, ">\n\t\t\t<principal style=\"residual\"/>\n");
	} else {
		int with_principal = write_interest(x, number);
		fprintf(x->to, ">\n");
		write_principal(x, with_principal);
		if (x->senior_interest[number] && dice_percent(&x->d, with_principal ? 2 : 15))
			write_raise(x);
		if (x->senior_interest[number] && dice_percent(&x->d, with_principal ? 2 : 15)) {
			fprintf(x->to, "\t\t\t<coupon-step");
			draft_date(x, "from", x->start + (weir_date)dice_between(&x->d, 20, 500));
			draft_rate(x, "coupon", 10000, 90000);
			fprintf(x->to, "/>\n");
		}
	}
	fprintf(x->to, "\t\t</class>\n");
}

const char *draft_class_id(const draft *x, int c)
{
	return x->has_sub && c + 1 == x->classes ? "SUB" : class_ids[c];
}

static void write_classes(draft *x)
{
	x->classes = (int)dice_between(&x->d, 1, 5);
	x->has_sub = x->classes > 1 && dice_percent(&x->d, 75);
	fprintf(x->to, "\t<classes>\n");
	for (int c = 0; c < x->classes; c++)
		write_class(x, c);
	fprintf(x->to, "\t\t<group id=\"ends\" of=\"A%s%s\"/>\n", x->classes > 1 ? " " : "",
	        x->classes > 1 ? draft_class_id(x, x->classes - 1) : "");
	fprintf(x->to, "\t</classes>\n");
}

/* A higher rate or amount while a condition holds. */
static void write_raised(draft *x, int by_amount)
{
	fprintf(x->to, " raised-when=\"%s\"",
	        x->triggers ? DICE_PICK(&x->d, "t0", "period at least 2")
	                    : DICE_PICK(&x->d, "deal.missed", "period at least 2"));
	if (by_amount)
		draft_amount(x, "raised-amount", dice_between(&x->d, 1, 9000000));
	else
		draft_rate(x, "raised-rate", 1, 19999);
}

static void write_fee_amount(draft *x)
{
	static const char *const bases[] = { "classes.senior.balance",
		                             "classes.all.balance",
		                             "pool.collected",
		                             "classes.senior.due",
		                             "A.balance",
		                             "pool.balance",
		                             "A.interest_due",
		                             "max(pool.income - 1000.00, 0.00)",
		                             "measure",
		                             "classes.ends.balance" };
	if (dice_percent(&x->d, 20)) {
		draft_amount(x, "amount", dice_between(&x->d, 1, 5000000));
		if (dice_percent(&x->d, 25))
			write_raised(x, 1);
	} else if (dice_percent(&x->d, 15)) {
		fprintf(x->to, " formula=\"min(1000.00 + 0.5%% * pool.income, 50000.00)\"");
	} else {
		fprintf(x->to, " base=\"%s\"", bases[dice_between(&x->d, 0, 9)]);
		draft_rate(x, "rate", 1, 9999);
		if (dice_percent(&x->d, 60))
			fprintf(x->to, " day-count=\"%s\"", draft_day_count(x));
		if (dice_percent(&x->d, 25))
			write_raised(x, 0);
	}
	if (dice_percent(&x->d, 25))
		fprintf(x->to, " frequency=\"yearly\"");
	else if (dice_percent(&x->d, 15))
		fprintf(x->to, " frequency=\"once\" period=\"%d\"", (int)dice_between(&x->d, 1, x->payments));
	if (dice_percent(&x->d, 20))
		fprintf(x->to, " cap=\"%s\"",
		        DICE_PICK(&x->d, "5000.00", "0.01% * pool.balance", "A.balance * 1bp"));
	if (dice_percent(&x->d, 20))
		draft_amount(x, "cap-yearly", dice_between(&x->d, 100, 3000000));
}

static void write_fees(draft *x)
{
	x->fees = (int)dice_between(&x->d, 1, 5);
	fprintf(x->to, "\t<fees>\n");
	for (int f = 0; f < x->fees; f++) {
		if (f == 0 && dice_percent(&x->d, 70)) {
			fprintf(x->to,
			        "\t\t<tax id=\"fee%d\" base=\"pool.income\" rate=\"3%%\" gross=\"included\"",
			        f);
			x->fee_surcharge[f] = dice_percent(&x->d, 80);
			if (x->fee_surcharge[f])
				fprintf(x->to, " surcharge=\"12%%\"");
		} else if (!x->has_solved && dice_percent(&x->d, x->supports ? 1 : 12)) {
			x->has_solved = 1;
			fprintf(x->to, "\t\t<fee id=\"fee%d\" base=\"%s\" rate=\"%s\" solve=\"paid\"", f,
			        DICE_PICK(&x->d, "classes.senior.paid", "A.paid",
			                  "classes.senior.interest_paid"),
			        DICE_PICK(&x->d, "0.005%", "0.37%", "2.5%"));
			if (dice_percent(&x->d, 25))
				write_raised(x, 0);
		} else {
			fprintf(x->to, "\t\t<fee id=\"fee%d\"", f);
			write_fee_amount(x);
		}
		fprintf(x->to, " unpaid=\"%s\"/>\n", DICE_PICK(&x->d, "drop", "carry"));
	}
	fprintf(x->to, "\t</fees>\n");
}

/* Numbers under a name, which studies may set; and names that stand for them. */
static void write_constants(draft *x)
{
	fprintf(x->to, "\t\t<value id=\"payments_held\" formula=\"%s\"/>\n",
	        DICE_PICK(&x->d, "1.5", "3", "0.75", "parts"));
	fprintf(x->to, "\t\t<value id=\"parts\" formula=\"%d\"/>\n", (int)dice_between(&x->d, 1, 9));
	fprintf(x->to, "\t\t<value id=\"floor\" formula=\"%d.%02d yuan\"/>\n",
	        (int)dice_between(&x->d, 0, 99999), (int)dice_between(&x->d, 0, 99));
	fprintf(x->to, "\t\t<value id=\"limit_rate\" formula=\"%s\"/>\n",
	        DICE_PICK(&x->d, "5%", "-2.5%", "0.125%", "1200bp"));
	fprintf(x->to, "\t\t<value id=\"turn\" formula=\"%s\"/>\n",
	        weir_date_format(draft_payment_date(x, (int)dice_between(&x->d, 0, x->payments)) - 3,
	                         (char[11]){ 0 }));
}

/* Named formulas; fees name "measure", triggers "worry". */
static void write_values(draft *x)
{
	fprintf(x->to, "\t<values>\n");
	write_constants(x);
	fprintf(x->to, "\t\t<value id=\"measure\" formula=\"%s\"/>\n",
	        DICE_PICK(&x->d, "max(ends.balance - pool.balance, 0.00)",
	                  "abs(pool.balance - classes.all.balance) / 7",
	                  "if(period at least 3, A.balance, 1000.55)",
	                  "round(pool.income * 33.333%, 0) + previous(pool.income / 3, 7.77)",
	                  "max(trailing(pool.collected, 3, 100.00) - A.size * top(2), 0.00)",
	                  "min(cumulative(pool.income, 0.00), 12345.67 + share(O1) * pool.balance)",
	                  "max(floor - pool.income, 0.00) / parts",
	                  "pool.balance * max(-limit_rate, limit_rate)",
	                  "previous(pool.income, floor) + trailing(pool.collected / parts, 2, 2 * floor / 7)",
	                  "if(date above turn, pool.balance, floor)"));
	draft_levels(x);
	fprintf(x->to, "\t\t<value id=\"worry\" formula=\"%s\"/>\n\t</values>\n",
	        x->has_levels
	                ? "pool.cumulative_default_rate above limit_now"
	                : DICE_PICK(&x->d, "pool.overdue / max(pool.balance, 0.01) above 10%",
	                            "date at least deal.last_payment - 6 months",
	                            "previous(pool.cumulative_default_rate, 0%) above 2.5% and not A is paid",
	                            "pool.principal below pool.scheduled_principal or A.coupon above 6%",
	                            "pool.cumulative_default_rate above limit_rate", "date at least turn",
	                            "classes.senior.balance / max(pool.balance, floor) above parts",
	                            "date above deal.start + 1 year"));
}

/* A test of who stands behind the deal; the other one where it has none. */
static const char *support_test(draft *x, int after, const char *other)
{
	if (x->supports && after)
		return DICE_PICK(&x->d, "S1.drawn above 0.00", "S1.outstanding above 10000.00",
		                 "S1.shortfall above 2 * S1.available", "P1.failed");
	if (x->supports)
		return DICE_PICK(&x->d, "S1.outstanding above 10000.00", "S1.drawn_total above 50000.00",
		                 "previous(S1.drawn, 0.00) above 0.00", "period at least 3");
	if (x->covers)
		return DICE_PICK(&x->d, "G1.claimed above 0.00", "G1.paid above 0.00",
		                 "G1.paid_total above 1000.00", "G1.settled below G1.claimed");
	return other;
}

static void write_triggers(draft *x)
{
	if (x->triggers == 0)
		return;
	fprintf(x->to, "\t<triggers>\n");
	for (int i = 0; i < x->triggers; i++) {
		int after = dice_percent(&x->d, 50), sticky = dice_percent(&x->d, 40);
		const char *before_test = DICE_PICK(
			&x->d, "pool.cumulative_default_rate above 5%", "pool.collected below A.interest_due",
			"previous(A.interest_unpaid, 0.00) above 0.00",
			"trailing(pool.defaulted, 2, 0.00) at least 100000.00", "period at least 3", "worry",
			"A.interest_unpaid above 0.00",
			"cumulative(pool.defaulted, 0.00) &gt; 7% * pool.balance_initial",
			"not (pool.cumulative_default_rate at most limit_rate)", "not not (period &gt; 2)",
			"-2.5% above -pool.cumulative_default_rate", "pool.collected below floor");
		const char *after_test =
			DICE_PICK(&x->d, "A.interest_unpaid above 0.00", "A.principal_unpaid above 0.00",
		                  "cash.balance below 10000.00", "deal.missed", "worry",
		                  "previous(cash.balance, 0.00) above cash.balance",
		                  "pool.balance below 20% * pool.balance_initial",
		                  "classes.senior.balance above pool.balance", "date above 2024-09-01",
		                  "A.balance at most 70% * A.size", "1000000.00 at least cash.balance");
		if (dice_percent(&x->d, 30))
			before_test = after_test = support_test(x, after, before_test);
		fprintf(x->to, "\t\t<trigger id=\"t%d\" tested=\"%s\" test=\"%s\" sticky=\"%s\" kind=\"%s\"",
		        i, after ? "after" : "before", after ? after_test : before_test,
		        sticky ? "yes" : "no",
		        DICE_PICK(&x->d, "acceleration", "default", "servicer-removal", "other"));
		if (dice_percent(&x->d, 40))
			fprintf(x->to, " consecutive=\"%d\"", (int)dice_between(&x->d, 1, 3));
		if (!sticky && dice_percent(&x->d, 40))
			fprintf(x->to, " cure=\"%d\"", (int)dice_between(&x->d, 1, 3));
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t</triggers>\n");
}

static void write_from(draft *x)
{
	if (x->has_split_accounts)
		fprintf(x->to, " from=\"%s\"",
		        DICE_PICK(&x->d, "cash corpus", "corpus cash", "cash corpus", "corpus", "cash"));
}

static void write_sharing(draft *x)
{
	if (dice_percent(&x->d, 60))
		fprintf(x->to, " share=\"pro-rata\" split=\"%s\"",
		        DICE_PICK(&x->d, "cumulative", "last", "first", "largest-remainder"));
}

static void write_fee_steps(draft *x)
{
	fprintf(x->to, "\t\t\t<pay what=\"");
	for (int f = 0; f < x->fees; f++)
		fprintf(x->to, "%sfee%d%s", f ? " " : "", f, "");
	fprintf(x->to, "\"");
	write_sharing(x);
	fprintf(x->to, " from=\"%s\"/>\n", x->has_split_accounts ? "cash corpus" : "cash");
	for (int f = 0; f < x->fees; f++)
		if (x->fee_surcharge[f])
			fprintf(x->to, "\t\t\t<pay what=\"fee%d.surcharge\"/>\n", f);
}

static void write_payments(draft *x, const char *what)
{
	int together = dice_percent(&x->d, 60), last = x->has_sub ? x->classes - 1 : x->classes, any = 0;
	if (strcmp(what, "interest") == 0) {
		for (int c = 0; c < last; c++)
			any = any || x->senior_interest[c];
		if (!any)
			return;
	}
	if (together) {
		fprintf(x->to, "\t\t\t<pay what=\"classes.senior.%s\"", what);
		write_sharing(x);
		write_from(x);
		if (dice_percent(&x->d, 10))
			fprintf(x->to, " limit=\"60%% * pool.collected\"");
		fprintf(x->to, "/>\n");
		return;
	}
	for (int c = 0; c < last; c++) {
		if (strcmp(what, "interest") == 0 && !x->senior_interest[c])
			continue;
		fprintf(x->to, "\t\t\t<pay what=\"%s.%s\"", draft_class_id(x, c), what);
		write_from(x);
		if (dice_percent(&x->d, 10))
			fprintf(x->to, " when=\"%s\"",
			        x->supports
			                ? DICE_PICK(&x->d, "period at least 2", "S1.drawn = 0.00",
			                            "S1.available above 1.00", "P1.capacity above 30000.00")
			        : x->covers ? DICE_PICK(&x->d, "G1.paid = 0.00", "G1.available above 1000.00")
			        : x->has_calls ? "not clean_up"
			                       : "period at least 2");
		fprintf(x->to, "/>\n");
	}
}

static void write_reserve_step(draft *x)
{
	if (!x->has_reserve)
		return;
	switch (dice_between(&x->d, 0, 3)) {
	case 0:
		fprintf(x->to, "\t\t\t<release account=\"liquidity\" to=\"cash\"/>\n\t\t\t<fill "
		               "account=\"liquidity\"/>\n");
		break;
	case 1:
		fprintf(x->to, "\t\t\t<fill account=\"liquidity\"/>\n\t\t\t<release account=\"liquidity\" "
		               "to=\"cash\" "
		               "all=\"yes\" when=\"classes.senior.balance = 0.00\"/>\n");
		break;
	case 2:
		fprintf(x->to, "\t\t\t<transfer from=\"liquidity\" to=\"cash\" amount=\"%s\"/>\n",
		        DICE_PICK(&x->d, "A.interest_unpaid", "10% * liquidity.balance", "333.33"));
		fprintf(x->to,
		        "\t\t\t<fill account=\"liquidity\"/>\n\t\t\t<release account=\"liquidity\"/>\n");
		break;
	default:
		fprintf(x->to, "\t\t\t<release account=\"liquidity\" to=\"cash\" all=\"yes\"/>\n\t\t\t<fill "
		               "account=\"liquidity\" when=\"classes.senior.balance above 0.00\"/>\n");
	}
}

static void write_sub(draft *x)
{
	int c = x->classes - 1;
	if (!x->has_sub)
		return;
	if (x->yields[c])
		fprintf(x->to, "\t\t\t<pay what=\"SUB.yield\"/>\n");
	if (!x->residual[c] && x->senior_interest[c])
		fprintf(x->to, "\t\t\t<pay what=\"SUB.interest\"/>\n");
	if (dice_percent(&x->d, 60))
		fprintf(x->to, "\t\t\t<keep until=\"%s\"/>\n",
		        DICE_PICK(&x->d, "classes.senior.balance = 0.00", "A is paid", "period at least 2"));
	if (!x->residual[c])
		fprintf(x->to, "\t\t\t<pay what=\"SUB.principal\"/>\n");
	if (x->residual[c] || dice_percent(&x->d, 50)) {
		fprintf(x->to, "\t\t\t<pay what=\"SUB.rest\"");
		if (x->has_split_accounts)
			fprintf(x->to, " from=\"cash corpus\"");
		fprintf(x->to, "/>\n");
	}
}

static void write_waterfall(draft *x, const char *id, const char *when)
{
	fprintf(x->to, "\t\t<waterfall id=\"%s\"", id);
	if (when)
		fprintf(x->to, " when=\"%s%s\"", when,
		        x->supports ? DICE_PICK(&x->d, "", "", " or S1.drawn above 50000.00",
		                                " and not P1.failed")
		                    : "");
	fprintf(x->to, ">\n");
	write_fee_steps(x);
	draft_support_steps(x, 0);
	if (dice_percent(&x->d, 50)) {
		write_payments(x, "interest");
		write_reserve_step(x);
		draft_purchase_step(x);
		write_payments(x, dice_percent(&x->d, 15) ? "balance" : "principal");
	} else {
		write_reserve_step(x);
		write_payments(x, "interest");
		fprintf(x->to, "\t\t\t<when test=\"%s\">\n",
		        x->has_solved ? "period at least 2"
		                      : DICE_PICK(&x->d, "period at least 2", "cash.balance above 500.00"));
		write_payments(x, "principal");
		fprintf(x->to, "\t\t\t</when>\n");
		if (x->has_split_accounts)
			fprintf(x->to, "\t\t\t<transfer from=\"corpus\" to=\"cash\"/>\n");
	}
	draft_support_steps(x, 1);
	write_sub(x);
	fprintf(x->to, "\t\t</waterfall>\n");
}

static void write_waterfalls(draft *x)
{
	fprintf(x->to, "\t<waterfalls>\n");
	if (x->triggers > 1)
		write_waterfall(x, "w1", "t1");
	if (x->triggers > 0)
		write_waterfall(x, "w0", "t0");
	write_waterfall(x, "normal", NULL);
	fprintf(x->to, "\t</waterfalls>\n");
}

int random_deal_print(FILE *to, uint64_t seed)
{
	draft x = { .to = to, .d = { seed } };
	fprintf(to,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<deal xmlns=\"urn:weir:deal:1\" "
	        "id=\"random-%" PRIu64 "\" kind=\"abs\" currency=\"CNY\">\n\t<name en=\"random\"/>\n",
	        seed);
	draft_choose_support(&x);
	draft_dates(&x);
	draft_parties(&x);
	draft_indexes(&x);
	draft_pool(&x);
	write_accounts(&x);
	write_classes(&x);
	write_fees(&x);
	write_values(&x);
	write_triggers(&x);
	write_waterfalls(&x);
	draft_support(&x);
	draft_events(&x);
	fprintf(to, "</deal>\n");
	return !ferror(to);
}

int random_deal_write(const char *path, uint64_t seed)
{
	FILE *to = fopen(path, "w");
	if (!to)
		return 0;
	int written = random_deal_print(to, seed);
	return fclose(to) == 0 && written;
}
