/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random small deals, written as XML so that they pass through the loader like any other. */
#include "ref/random_deal.h"

#include <inttypes.h>
#include <string.h>

#include "ref/dice.h"
#include "time/date.h"

/* A deal in the making: what later parts must know about earlier ones. */
typedef struct draft {
	FILE *to;
	dice d;
	weir_date start, first;
	int months, payments; /* between payments; how many */
	int end_of_month;
	int64_t pool_cents; /* about */
	int classes, fees, triggers;
	int has_solved; /* a fee on what is paid */
	int has_sub, has_reserve, has_split_accounts, has_trust, has_index;
	int fee_surcharge[8]; /* which fees have a surcharge */
	int residual[8], yields[8], senior_interest[8];
} draft;

static const char *const class_ids[] = { "A", "B", "C", "D", "E" };

static void amount(draft *x, const char *name, int64_t cents)
{
	fprintf(x->to, " %s=\"%" PRId64 ".%02" PRId64 "\"", name, cents / 100, cents % 100);
}

/* A rate in percent with up to four decimals. */
static void rate(draft *x, const char *name, int64_t low, int64_t high)
{
	int64_t units = dice_between(&x->d, low, high);
	fprintf(x->to, " %s=\"%" PRId64 ".%04" PRId64 "%%\"", name, units / 10000, units % 10000);
}

static void date(draft *x, const char *name, weir_date day)
{
	char text[11];
	fprintf(x->to, " %s=\"%s\"", name, weir_date_format(day, text));
}

/* Payment date k from 0, unadjusted. */
static weir_date payment_date(const draft *x, int k)
{
	weir_date day = weir_date_add_months(x->first, x->months * k);
	return x->end_of_month && x->first == weir_date_month_end(x->first) ? weir_date_month_end(day) : day;
}

/* Day counts of contracts, which have no coupon periods of their own. */
static const char *contract_day_count(draft *x)
{
	return DICE_PICK(&x->d, "ACT/365F", "ACT/365F", "ACT/360", "30E/360", "30/360 US", "ACT/ACT ISDA",
	                 "ACT/365.25", "1/1", "BUS/252");
}

static const char *day_count(draft *x)
{
	if (dice_percent(&x->d, 10))
		return DICE_PICK(&x->d, "ACT/ACT ICMA", "30E/360 ISDA");
	return contract_day_count(x);
}

static void write_dates(draft *x)
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
	date(x, "cutoff", x->start - (weir_date)dice_between(&x->d, 0, 40));
	date(x, "closing", x->start);
	date(x, "legal-final", weir_date_add_months(x->first, x->months * x->payments + 30));
	fprintf(x->to, ">\n\t\t<payment");
	date(x, "first", x->first);
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
	fprintf(x->to, "\t\t<accrual day-count=\"%s\" dates=\"%s\"/>\n", day_count(x),
	        DICE_PICK(&x->d, "unadjusted", "unadjusted", "adjusted"));
	fprintf(x->to, "\t\t<calculation offset=\"-%d business days\"/>\n", (int)dice_between(&x->d, 0, 12));
	if (dice_percent(&x->d, 50))
		fprintf(x->to, "\t\t<transfer offset=\"-%d business days\"/>\n",
		        (int)dice_between(&x->d, 0, 7));
	fprintf(x->to, "\t</dates>\n");
}

static void write_indexes(draft *x)
{
	if (!(x->has_index = dice_percent(&x->d, 30)))
		return;
	fprintf(x->to, "\t<indexes>\n\t\t<index id=\"LPR\">\n");
	for (int i = -1; i < 6; i++) {
		fprintf(x->to, "\t\t\t<fixing");
		date(x, "date", weir_date_add_months(x->start, 5 * i - 7));
		rate(x, "rate", 20000, 60000);
		fprintf(x->to, "/>\n");
	}
	fprintf(x->to, "\t\t</index>\n\t</indexes>\n");
}

/* When a contract's receipts begin, and how many there are. */
static int write_rhythm(draft *x, weir_date *first, int *every)
{
	int count = (int)dice_between(&x->d, 1, 8);
	*every = (int[]){ 1, 3, 3, 6, 12, 2 }[dice_between(&x->d, 0, 5)];
	*first = x->start + (weir_date)dice_between(&x->d, 3, 150);
	date(x, "first-due", *first);
	fprintf(x->to, " every=\"%d months\" instalments=\"%d\"", *every, count);
	return count;
}

static void write_loan(draft *x)
{
	weir_date first;
	int every;
	int64_t cents = dice_between(&x->d, 1000000, 900000000);
	x->pool_cents += cents;
	fprintf(x->to, " kind=\"%s\"",
	        DICE_PICK(&x->d, "licence", "loan", "loan", "leaseback", "secondary-licence"));
	amount(x, "amount", cents);
	rate(x, "rate", 0, 99999);
	if (x->has_index && dice_percent(&x->d, 40))
		fprintf(x->to, " index=\"LPR\"");
	int count = write_rhythm(x, &first, &every);
	const char *style = DICE_PICK(&x->d, "level", "level-principal", "bullet", "interest-only");
	fprintf(x->to, " repayment=\"%s\"", style);
	if (strcmp(style, "interest-only") == 0)
		fprintf(x->to, " interest-only=\"%d\"", (int)dice_between(&x->d, 0, count - 1));
	if (dice_percent(&x->d, 40)) {
		fprintf(x->to, " interest-basis=\"days\" day-count=\"%s\"", contract_day_count(x));
		date(x, "start", first - (weir_date)dice_between(&x->d, 5, 60));
	}
	fprintf(x->to, "/>\n");
}

static void write_listed(draft *x)
{
	int64_t left = dice_between(&x->d, 1000000, 300000000);
	int rows = (int)dice_between(&x->d, 1, 4), listed = dice_percent(&x->d, 50);
	weir_date day = x->start + (weir_date)dice_between(&x->d, 3, 90);
	x->pool_cents += left;
	fprintf(x->to, " kind=\"loan\" repayment=\"explicit\"");
	amount(x, "amount", left);
	rate(x, "rate", 10000, 90000);
	fprintf(x->to, " interest-basis=\"days\" day-count=\"%s\"", contract_day_count(x));
	date(x, "start", x->start - 3);
	fprintf(x->to, ">\n");
	for (int i = 0; i < rows; i++) {
		int64_t part = i + 1 == rows ? left : dice_between(&x->d, 0, left);
		fprintf(x->to, "\t\t\t<instalment");
		date(x, "date", day);
		amount(x, "principal", part);
		if (listed)
			amount(x, "income", dice_between(&x->d, 0, 5000000));
		fprintf(x->to, "/>\n");
		left -= part;
		day += (weir_date)dice_between(&x->d, 10, 200);
	}
	fprintf(x->to, "\t\t</contract>\n");
}

static void write_receivable(draft *x)
{
	int64_t face = dice_between(&x->d, 1000000, 500000000);
	x->pool_cents += face;
	fprintf(x->to, " kind=\"receivable\"");
	amount(x, "face", face);
	rate(x, "discount", 0, 120000);
	if (dice_percent(&x->d, 50))
		fprintf(x->to, " discount-years=\"%d.%02d\"", (int)dice_between(&x->d, 0, 3),
		        (int)dice_between(&x->d, 0, 99));
	date(x, "first-due", x->start + (weir_date)dice_between(&x->d, 5, 900));
	fprintf(x->to, "/>\n");
}

static void write_royalty_rows(draft *x, int count, int a_year, int tiers, weir_date first)
{
	if (tiers)
		fprintf(x->to, "\t\t\t<tier up-to=\"4000000.00\" rate=\"5.25%%\"/><tier up-to=\"9000000.50\" "
		               "rate=\"4%%\"/>"
		               "<tier rate=\"2.125%%\"/>\n");
	if (dice_percent(&x->d, 20)) {
		fprintf(x->to, "\t\t\t<milestone");
		date(x, "date", first + (weir_date)dice_between(&x->d, 0, (count - 1) * 336 / a_year));
		amount(x, "amount", dice_between(&x->d, 1, 10000000));
		fprintf(x->to, "/>\n");
	}
	if (dice_percent(&x->d, 20))
		for (int i = 0; i < count; i++)
			fprintf(x->to, "\t\t\t<growth factor=\"%d.%d%%\"/>\n",
			        (int)dice_between(&x->d, 50, 130), (int)dice_between(&x->d, 0, 9));
	if (a_year > 1 && dice_percent(&x->d, 30)) {
		int left = 1000;
		for (int i = 0; i < a_year; i++) {
			int part = i + 1 == a_year ? left : (int)dice_between(&x->d, 0, left);
			fprintf(x->to, "\t\t\t<season share=\"%d.%d%%\"/>\n", part / 10, part % 10);
			left -= part;
		}
	}
	for (int i = 0; dice_percent(&x->d, 25) && i < 2; i++) {
		fprintf(x->to, "\t\t\t<step-down");
		date(x, "from", first + 90 + i * 200);
		fprintf(x->to, " factor=\"%d%%\"/>\n", (int)dice_between(&x->d, 40, 100));
	}
}

static void write_royalty(draft *x)
{
	int every, tiers = dice_percent(&x->d, 30);
	weir_date first;
	fprintf(x->to, " kind=\"royalty\"");
	int count = write_rhythm(x, &first, &every);
	int64_t yearly = dice_between(&x->d, 1000000, 200000000);
	x->pool_cents += yearly;
	if (tiers || dice_percent(&x->d, 50)) {
		amount(x, "sales-first-year", tiers ? 10 * yearly : 25 * yearly);
		if (!tiers)
			rate(x, "royalty-rate", 20000, 60000);
	} else {
		amount(x, "royalty-first-year", yearly);
	}
	if (dice_percent(&x->d, 70))
		fprintf(x->to, " growth=\"%d.%d%%\"", (int)dice_between(&x->d, -40, 30),
		        (int)dice_between(&x->d, 0, 9));
	if (dice_percent(&x->d, 40))
		amount(x, "minimum", dice_between(&x->d, yearly / 4, yearly));
	if (dice_percent(&x->d, 40))
		amount(x, "cap", dice_between(&x->d, yearly / 2 + yearly, 2 * yearly));
	rate(x, "principal-share", 500000, 1000000);
	if (dice_percent(&x->d, 30))
		fprintf(x->to, " lag-months=\"%d\"", (int)dice_between(&x->d, 0, 4));
	fprintf(x->to, ">\n");
	write_royalty_rows(x, count, 12 / every, tiers, first);
	fprintf(x->to, "\t\t</contract>\n");
}

static void write_pool(draft *x)
{
	int64_t contracts = dice_between(&x->d, 1, 6);
	fprintf(x->to, "\t<pool>\n");
	if ((x->has_trust = dice_percent(&x->d, 25))) {
		fprintf(x->to, "\t\t<trust id=\"layer\" lag-days=\"%d\"", (int)dice_between(&x->d, 0, 9));
		rate(x, "expense-rate", 0, 30000);
		fprintf(x->to, "/>\n");
	}
	for (int c = 1; c <= contracts; c++) {
		int64_t kind = dice_between(&x->d, 0, 9);
		fprintf(x->to, "\t\t<contract id=\"K%d\" obligor=\"O%d\"", c,
		        c == 1 ? 1 : (int)dice_between(&x->d, 1, 4));
		if (x->has_trust && dice_percent(&x->d, 60))
			fprintf(x->to, " through=\"layer\"");
		if (kind < 6)
			write_loan(x);
		else if (kind < 7)
			write_listed(x);
		else if (kind < 8)
			write_receivable(x);
		else
			write_royalty(x);
	}
	fprintf(x->to, "\t</pool>\n");
}

static void write_accounts(draft *x)
{
	x->has_reserve = dice_percent(&x->d, 50);
	x->has_split_accounts = dice_percent(&x->d, 30);
	fprintf(x->to, "\t<accounts>\n\t\t<account id=\"cash\" receives=\"%s\"",
	        x->has_split_accounts ? "income recovered" : "all");
	if (dice_percent(&x->d, 30))
		amount(x, "initial", dice_between(&x->d, 0, 5000000));
	fprintf(x->to, "/>\n");
	if (x->has_split_accounts)
		fprintf(x->to, "\t\t<account id=\"corpus\" receives=\"principal\"/>\n");
	if (x->has_reserve) {
		fprintf(x->to, "\t\t<reserve id=\"liquidity\" target=\"%s\"",
		        DICE_PICK(&x->d, "1.5 * next_interest(A)", "2.75% * classes.senior.balance",
		                  "12345.67", "max(1% * A.size, 3 * next_interest(A))", "pool.balance * 2%"));
		if (dice_percent(&x->d, 50))
			amount(x, "initial", dice_between(&x->d, 0, 3000000));
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
			date(x, "date", payment_date(x, k));
			amount(x, "amount",
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
		date(x, "maturity", payment_date(x, (int)dice_between(&x->d, 0, x->payments - 1)));
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
	rate(x, "coupon", 10000, 80000);
	if (choice == 1)
		fprintf(x->to, " interest=\"with-principal\"");
	if (dice_percent(&x->d, 25))
		fprintf(x->to, " day-count=\"%s\"", day_count(x));
	return choice == 1;
}

static void write_class(draft *x, int number)
{
	int sub = x->has_sub && number + 1 == x->classes;
	int unit = !sub && !x->has_split_accounts && dice_percent(&x->d, 35);
	int64_t size = x->pool_cents / x->classes * dice_between(&x->d, 50, 130) / 100 +
	               dice_between(&x->d, 1, 99999);
	if (unit)
		size = size / 10000 * 10000 + 10000;
	fprintf(x->to, "\t\t<class id=\"%s\"", sub ? "SUB" : class_ids[number]);
	amount(x, "size", size);
	if (sub)
		fprintf(x->to, " rank=\"subordinated\"");
	if (unit)
		fprintf(x->to, " rounding=\"unit\" digits=\"%d\"", (int)dice_between(&x->d, 2, 4));
	if (sub && (x->yields[number] = dice_percent(&x->d, 50))) {
		rate(x, "period-yield", 10000, 90000);
		fprintf(x->to, " period-yield-unpaid=\"%s\"", DICE_PICK(&x->d, "drop", "carry"));
	}
	if (sub && dice_percent(&x->d, 70)) {
		x->residual[number] = 1;
		fprintf(x->to, ">\n\t\t\t<principal style=\"residual\"/>\n");
	} else {
		int with_principal = write_interest(x, number);
		fprintf(x->to, ">\n");
		write_principal(x, with_principal);
		if (x->senior_interest[number] && dice_percent(&x->d, 15)) {
			fprintf(x->to, "\t\t\t<coupon-step");
			date(x, "from", x->start + (weir_date)dice_between(&x->d, 20, 500));
			rate(x, "coupon", 10000, 90000);
			fprintf(x->to, "/>\n");
		}
	}
	fprintf(x->to, "\t\t</class>\n");
}

static const char *class_id(const draft *x, int c)
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
	        x->classes > 1 ? class_id(x, x->classes - 1) : "");
	fprintf(x->to, "\t</classes>\n");
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
		amount(x, "amount", dice_between(&x->d, 1, 5000000));
	} else if (dice_percent(&x->d, 15)) {
		fprintf(x->to, " formula=\"min(1000.00 + 0.5%% * pool.income, 50000.00)\"");
	} else {
		fprintf(x->to, " base=\"%s\"", bases[dice_between(&x->d, 0, 9)]);
		rate(x, "rate", 1, 9999);
		if (dice_percent(&x->d, 60))
			fprintf(x->to, " day-count=\"%s\"", day_count(x));
	}
	if (dice_percent(&x->d, 25))
		fprintf(x->to, " frequency=\"yearly\"");
	else if (dice_percent(&x->d, 15))
		fprintf(x->to, " frequency=\"once\" period=\"%d\"", (int)dice_between(&x->d, 1, x->payments));
	if (dice_percent(&x->d, 20))
		fprintf(x->to, " cap=\"%s\"",
		        DICE_PICK(&x->d, "5000.00", "0.01% * pool.balance", "A.balance * 1bp"));
	if (dice_percent(&x->d, 20))
		amount(x, "cap-yearly", dice_between(&x->d, 100, 3000000));
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
		} else if (!x->has_solved && dice_percent(&x->d, 12)) {
			x->has_solved = 1;
			fprintf(x->to, "\t\t<fee id=\"fee%d\" base=\"%s\" rate=\"%s\" solve=\"paid\"", f,
			        DICE_PICK(&x->d, "classes.senior.paid", "A.paid",
			                  "classes.senior.interest_paid"),
			        DICE_PICK(&x->d, "0.005%", "0.37%", "2.5%"));
		} else {
			fprintf(x->to, "\t\t<fee id=\"fee%d\"", f);
			write_fee_amount(x);
		}
		fprintf(x->to, " unpaid=\"%s\"/>\n", DICE_PICK(&x->d, "drop", "carry"));
	}
	fprintf(x->to, "\t</fees>\n");
}

/* Named formulas; fees name "measure", triggers "worry". */
static void write_values(draft *x)
{
	fprintf(x->to, "\t<values>\n\t\t<value id=\"measure\" formula=\"%s\"/>\n",
	        DICE_PICK(&x->d, "max(ends.balance - pool.balance, 0.00)",
	                  "abs(pool.balance - classes.all.balance) / 7",
	                  "if(period at least 3, A.balance, 1000.55)",
	                  "round(pool.income * 33.333%, 0) + previous(pool.income / 3, 7.77)",
	                  "max(trailing(pool.collected, 3, 100.00) - A.size * top(2), 0.00)",
	                  "min(cumulative(pool.income, 0.00), 12345.67 + share(O1) * pool.balance)"));
	fprintf(x->to, "\t\t<value id=\"worry\" formula=\"%s\"/>\n\t</values>\n",
	        DICE_PICK(&x->d, "pool.overdue / max(pool.balance, 0.01) above 10%",
	                  "date at least deal.last_payment - 6 months",
	                  "previous(pool.cumulative_default_rate, 0%) above 2.5% and not A is paid",
	                  "pool.principal below pool.scheduled_principal or A.coupon above 6%",
	                  "date above deal.start + 1 year"));
}

static void write_triggers(draft *x)
{
	x->triggers = (int)dice_between(&x->d, 0, 2);
	if (x->triggers == 0)
		return;
	fprintf(x->to, "\t<triggers>\n");
	for (int i = 0; i < x->triggers; i++) {
		int after = dice_percent(&x->d, 50);
		const char *before_test = DICE_PICK(
			&x->d, "pool.cumulative_default_rate above 5%", "pool.collected below A.interest_due",
			"previous(A.interest_unpaid, 0.00) above 0.00",
			"trailing(pool.defaulted, 2, 0.00) at least 100000.00", "period at least 3", "worry",
			"A.interest_unpaid above 0.00",
			"cumulative(pool.defaulted, 0.00) &gt; 7% * pool.balance_initial");
		const char *after_test =
			DICE_PICK(&x->d, "A.interest_unpaid above 0.00", "A.principal_unpaid above 0.00",
		                  "cash.balance below 10000.00", "deal.missed", "worry",
		                  "previous(cash.balance, 0.00) above cash.balance",
		                  "pool.balance below 20% * pool.balance_initial",
		                  "classes.senior.balance above pool.balance");
		fprintf(x->to, "\t\t<trigger id=\"t%d\" tested=\"%s\" test=\"%s\" sticky=\"%s\"/>\n", i,
		        after ? "after" : "before", after ? after_test : before_test,
		        DICE_PICK(&x->d, "yes", "no"));
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
		fprintf(x->to, "\t\t\t<pay what=\"%s.%s\"", class_id(x, c), what);
		write_from(x);
		if (dice_percent(&x->d, 10))
			fprintf(x->to, " when=\"period at least 2\"");
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
		fprintf(x->to, " when=\"%s\"", when);
	fprintf(x->to, ">\n");
	write_fee_steps(x);
	if (dice_percent(&x->d, 50)) {
		write_payments(x, "interest");
		write_reserve_step(x);
		write_payments(x, "principal");
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
	write_dates(&x);
	fprintf(to, "\t<parties>\n");
	for (int i = 1; i <= 4; i++)
		fprintf(to, "\t\t<party id=\"O%d\" role=\"obligor\" en=\"obligor %d\"/>\n", i, i);
	fprintf(to, "\t</parties>\n");
	write_indexes(&x);
	write_pool(&x);
	write_accounts(&x);
	write_classes(&x);
	write_fees(&x);
	write_values(&x);
	write_triggers(&x);
	write_waterfalls(&x);
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
