/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_servicing.c: ties the tables of tables_servicing.def to the periods, the payments and each other. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/foot_int.h"

#define MOST_COLUMNS 4
#define MOST_WORDS 6
#define NEAR 2e-6 /* numbers of six decimals that were rounded */

/* Amounts of a table, added up by period. */
typedef struct side {
	const char *table, *columns[MOST_COLUMNS];
	const char *by, *words[MOST_WORDS]; /* only rows whose word in `by` is one of them; "income-": begins so */
	int without;                        /* 1: with none of them */
	const char *present;                /* only rows in which this is given */
	int to_date, last;                  /* of all periods up to it; of the period before */
} side;

typedef struct tie {
	const char *what;
	side left, right;
} tie;

#define PERIODS(...) { .table = "periods", .columns = { __VA_ARGS__ } }
#define POOL_WORDS { "principal-", "pool-principal" }

static const tie ties[] = {
	{ "opening pool is the last closing pool",
	  { .table = "key_figures", .columns = { "opening_pool" } },
	  { .table = "periods", .columns = { "pool_balance" }, .last = 1 } },
	{ "closing pool is that of the periods",
	  { .table = "key_figures", .columns = { "closing_pool" } },
	  PERIODS("pool_balance") },
	{ "collections are those of the periods",
	  { .table = "key_figures", .columns = { "collected" } },
	  PERIODS("pool_principal", "pool_income", "pool_recovered") },
	{ "senior balance is that of the forecast",
	  { .table = "key_figures", .columns = { "senior_closing" } },
	  { .table = "forecast", .columns = { "senior_balance" } } },
	{ "payments confirmed are those of the classes",
	  { .table = "confirmation", .columns = { "amount" } },
	  { .table = "payment", .columns = { "total" } } },
	{ "sources add up to the uses",
	  { .table = "funds_in", .columns = { "amount" } },
	  { .table = "funds_out", .columns = { "amount" } } },
	{ "sources but for what reserves release are what was available",
	  { .table = "funds_in", .columns = { "amount" }, .by = "item", .words = { "reserve-release" }, .without = 1 },
	  PERIODS("available") },
	{ "principal received is that of the periods",
	  { .table = "funds_in", .columns = { "amount" }, .by = "item", .words = POOL_WORDS },
	  PERIODS("pool_principal") },
	{ "income received is that of the periods",
	  { .table = "funds_in", .columns = { "amount" }, .by = "item", .words = { "income-", "pool-income" } },
	  PERIODS("pool_income") },
	{ "recoveries are those of the periods",
	  { .table = "funds_in", .columns = { "amount" }, .by = "item", .words = { "recovered-", "pool-recovered" } },
	  PERIODS("pool_recovered") },
	{ "the pool's balance is that of the periods",
	  { .table = "pool_report", .columns = { "current" }, .by = "item", .words = { "pool-balance" } },
	  PERIODS("pool_balance") },
	{ "the buckets add up to the pool's closing balance",
	  { .table = "overdue", .columns = { "principal" }, .by = "bucket", .words = { "normal", "overdue-" } },
	  PERIODS("pool_balance") },
	{ "the buckets' sum is the pool's closing balance",
	  { .table = "overdue", .columns = { "principal" }, .by = "bucket", .words = { "pool-balance" } },
	  PERIODS("pool_balance") },
	{ "arrears by days are the overdue buckets",
	  { .table = "arrears", .columns = { "principal" } },
	  { .table = "overdue", .columns = { "principal" }, .by = "bucket", .words = { "overdue-" } } },
	{ "what is overdue is that of the periods",
	  { .table = "overdue", .columns = { "overdue" }, .by = "bucket", .words = { "normal", "overdue-" } },
	  PERIODS("pool_overdue") },
	{ "defaulted is what was given up to date",
	  { .table = "overdue", .columns = { "principal" }, .by = "bucket", .words = { "defaulted" } },
	  { .table = "periods", .columns = { "pool_defaulted" }, .to_date = 1 } },
	{ "the obligors' balances add up to the pool's",
	  { .table = "obligor_status", .columns = { "balance" } },
	  PERIODS("pool_balance") },
	{ "what the obligors paid is what the pool brought",
	  { .table = "obligor_status", .columns = { "paid" } },
	  PERIODS("pool_principal", "pool_income") },
	{ "what supports and covers gave is the support received",
	  { .table = "enhancement_use", .columns = { "used" }, .present = "provider" },
	  PERIODS("support_in") },
	{ "the largest obligor is that of the pool's status",
	  { .table = "concentration_now", .columns = { "balance" }, .by = "measure", .words = { "top1" } },
	  { .table = "pool_report", .columns = { "current" }, .by = "item", .words = { "obligor-most" } } },
	/* left out when nothing defaulted */
	{ "defaulted principal is what was given up to date",
	  { .table = "default_register", .columns = { "defaulted" } },
	  { .table = "periods", .columns = { "pool_defaulted" }, .to_date = 1 } },
	{ "what defaults brought is what was recovered",
	  { .table = "default_register",
	    .columns = { "recovered" },
	    .by = "status",
	    .words = { "all-contracts" },
	    .without = 1 },
	  PERIODS("pool_recovered") },
};


/* --- sums by period --------------------------------------------------------------------------------------------- */

/* A word that ends with a dash stands for all that begin so. */
static int is_word(const char *word, const char *wanted)
{
	size_t length = strlen(wanted);
	return wanted[length - 1] == '-' ? strncmp(word, wanted, length) == 0 : strcmp(word, wanted) == 0;
}

static int is_counted(const side *s, const weir_table *table, size_t row)
{
	const weir_cell *by = s->by ? weir_foot_cell(table, row, s->by) : NULL;
	int named = 0;
	if (s->present && !weir_foot_cell(table, row, s->present))
		return 0;
	for (int i = 0; by && i < MOST_WORDS && s->words[i]; i++)
		named |= is_word(weir_cell_word(by), s->words[i]);
	return !s->by || named != s->without;
}

/* The sums of a side for the periods 0 .. count - 1, in the pass's arena; NULL when memory is short. */
static double *sums_of(weir_footing *foot, const side *s, int count)
{
	const weir_table *table = weir_results_table(foot->results, s->table);
	double *sums = weir_arena_array(foot->arena, (size_t)count + 1, sizeof *sums);
	for (size_t row = 0; sums && row < table->row_count; row++) {
		int period = (int)weir_foot_amount(table, row, "period") + s->last;
		if (period < 0 || period >= count || !is_counted(s, table, row))
			continue;
		for (int c = 0; c < MOST_COLUMNS && s->columns[c]; c++)
			sums[period] += weir_foot_amount(table, row, s->columns[c]);
	}
	for (int k = 1; sums && s->to_date && k < count; k++)
		sums[k] += sums[k - 1];
	return sums;
}

static int most_period(const weir_table *table)
{
	double most = 0;
	for (size_t row = 0; row < table->row_count; row++)
		most = fmax(most, weir_foot_amount(table, row, "period"));
	return (int)most;
}

/* Compares both sides in every period that the left table's reports have, from `first` on. */
static weir_status check_tie(weir_footing *foot, const tie *t, int first, int count)
{
	const weir_table *left = weir_results_table(foot->results, t->left.table);
	const weir_table *right = weir_results_table(foot->results, t->right.table);
	if (!left || !right)
		return WEIR_OK;
	double *found = sums_of(foot, &t->left, count), *expected = sums_of(foot, &t->right, count);
	if (!found || !expected)
		return WEIR_NO_MEMORY;
	for (int k = first; k < count; k++)
		if (found[k] != expected[k]) {
			char what[300];
			snprintf(what, sizeof what, "period %d: %s (table \"%s\")", k, t->what, t->right.table);
			weir_foot_complain(foot, left, left->row_count, what, expected[k], found[k]);
		}
	return WEIR_OK;
}

/* --- within rows ------------------------------------------------------------------------------------------------ */

static void expect_cents(weir_footing *foot, const weir_table *table, size_t row, const char *column, const char *what,
                         double expected)
{
	double found = weir_foot_amount(table, row, column);
	if (found != expected)
		weir_foot_complain(foot, table, row, what, expected, found);
}

static double per_hundred(const weir_table *table, size_t row, const char *column, double face)
{
	return face > 0 ? weir_foot_amount(table, row, column) / face * 100 : 0;
}

static void check_confirmation(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "confirmation");
	const weir_table *payment = weir_results_table(foot->results, "payment");
	for (size_t row = 0; table && row < table->row_count; row++) {
		double amount = weir_foot_amount(table, row, "amount"), total = weir_foot_amount(table, row, "total");
		double per100 = weir_foot_amount(table, row, "per100_interest") +
		                weir_foot_amount(table, row, "per100_principal");
		double wanted = per_hundred(table, row, "amount", weir_foot_amount(table, row, "face"));
		expect_cents(foot, table, row, "total", "total is amount and registrar fee",
		             amount + weir_foot_amount(table, row, "registrar_fee"));
		expect_cents(foot, table, row, "transfer", "what is transferred is the total and the over-transfer",
		             total + weir_foot_amount(table, row, "over_transfer"));
		if (payment && row < payment->row_count)
			expect_cents(foot, table, row, "amount", "the amount is the class's total of table \"payment\"",
			             weir_foot_amount(payment, row, "total"));
		if (fabs(per100 - wanted) > NEAR)
			weir_foot_complain(foot, table, row, "per 100 times the face is the amount", wanted, per100);
	}
}

/* trace_report has the rows of trace, with what came in apart from what was paid. */
static void check_trace(weir_footing *foot)
{
	static const char *const columns[] = { "period", "available", "left" };
	const weir_table *table = weir_results_table(foot->results, "trace_report");
	const weir_table *trace = weir_results_table(foot->results, "trace");
	for (size_t row = 0; table && trace && row < table->row_count; row++) {
		double received = weir_foot_amount(table, row, "received"), paid = weir_foot_amount(table, row, "paid");
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
			expect_cents(foot, table, row, columns[c], "the row is the one of table \"trace\"",
			             weir_foot_amount(trace, row, columns[c]));
		expect_cents(foot, table, row, "left", "left is available and received less paid",
		             weir_foot_amount(table, row, "available") + received - paid);
		expect_cents(foot, table, row, "unpaid", "unpaid is due less paid",
		             weir_foot_amount(table, row, "due") - paid);
		if (received < 0 || paid < 0)
			weir_foot_complain(foot, table, row, "what came in is no payment below 0", 0,
			                   fmin(received, paid));
	}
}

/* What pledged rights secure is of the pool, and makes the ratios shown. */
static void check_pledges(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "ip_cover");
	const weir_table *figures = weir_results_table(foot->results, "key_figures");
	double sum = 0;
	size_t at = 0;
	for (size_t row = 0; table && figures && row < table->row_count; row++) {
		double value = weir_foot_amount(table, row, "valuation"),
		       period = weir_foot_amount(table, row, "period");
		double now = weir_foot_amount(table, row, "ltv") * weir_foot_amount(table, row, "in_force");
		double then = weir_foot_amount(table, row, "ltv_cutoff") * value;
		if (weir_foot_amount(table, row, "in_force") > 0 &&
		    fabs(now - weir_foot_amount(table, row, "balance")) > 0.5)
			weir_foot_complain(foot, table, row, "the ratio times the value is the balance",
			                   weir_foot_amount(table, row, "balance"), now);
		if (value > 0 && fabs(then - weir_foot_amount(table, row, "secured")) > 0.5)
			weir_foot_complain(foot, table, row,
			                   "the ratio at the cut-off times the value is what was secured",
			                   weir_foot_amount(table, row, "secured"), then);
		sum += weir_foot_amount(table, row, "balance");
		if (row + 1 < table->row_count && weir_foot_amount(table, row + 1, "period") == period)
			continue;
		while (at + 1 < figures->row_count && weir_foot_amount(figures, at, "period") < period)
			at++;
		if (sum > weir_foot_amount(figures, at, "closing_pool"))
			weir_foot_complain(foot, table, row, "what is secured is of the pool (table \"key_figures\")",
			                   weir_foot_amount(figures, at, "closing_pool"), sum);
		sum = 0;
	}
}

static void check_accounts(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "account_report");
	for (size_t row = 0; table && row < table->row_count; row++)
		if (weir_foot_cell(table, row, "required"))
			expect_cents(foot, table, row, "gap", "the gap is what is missing of what is required",
			             fmax(0, weir_foot_amount(table, row, "required") -
			                             weir_foot_amount(table, row, "closing")));
}

static void check_default_rows(weir_footing *foot)
{
	static const char *const parts[] = { "from_obligor", "from_ip",   "from_guarantor",
		                             "from_deposit", "from_fund", "from_other" };
	const weir_table *table = weir_results_table(foot->results, "default_register");
	for (size_t row = 0; table && row < table->row_count; row++) {
		double sum = 0;
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			sum += weir_foot_amount(table, row, parts[i]);
		expect_cents(foot, table, row, "recovered_total",
		             "what was recovered to date is the sum of where it came from", sum);
	}
}

/* Every report counts the same contracts: those in buckets, defaulted or settled. */
static void check_contracts(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "overdue");
	double sum = 0, first = NAN;
	for (size_t row = 0; table && row < table->row_count; row++) {
		const weir_cell *bucket = weir_foot_cell(table, row, "bucket");
		const char *word = bucket ? weir_cell_word(bucket) : "";
		if (strcmp(word, "pool-balance") != 0 && strcmp(word, "part-defaulted") != 0)
			sum += weir_foot_amount(table, row, "contracts");
		if (row + 1 < table->row_count &&
		    weir_foot_amount(table, row + 1, "period") == weir_foot_amount(table, row, "period"))
			continue;
		first = isnan(first) ? sum : first;
		if (sum != first)
			weir_foot_complain(foot, table, row, "every report counts all contracts", first * 100,
			                   sum * 100);
		sum = 0;
	}
}

/* What has left the pool before its time holds at least what was sold. */
static void check_redeemed(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "overdue");
	const weir_table *periods = weir_results_table(foot->results, "periods");
	double sold = 0;
	size_t at = 0;
	for (size_t row = 0; table && periods && row < table->row_count; row++) {
		const weir_cell *bucket = weir_foot_cell(table, row, "bucket");
		double period = weir_foot_amount(table, row, "period"),
		       found = weir_foot_amount(table, row, "principal");
		if (!bucket || strcmp(weir_cell_word(bucket), "redeemed") != 0)
			continue;
		for (; at < periods->row_count && weir_foot_amount(periods, at, "period") <= period; at++)
			sold += weir_foot_amount(periods, at, "pool_sold");
		if (found < sold)
			weir_foot_complain(foot, table, row,
			                   "what was redeemed holds what was sold (table \"periods\")", sold, found);
	}
}

/* test_report has the rows of tests; rates with six decimals, and distances of days and periods in words. */
static void check_tests(weir_footing *foot)
{
	static const char *const columns[] = { "period", "value", "threshold", "distance" };
	const weir_table *table = weir_results_table(foot->results, "test_report");
	const weir_table *tests = weir_results_table(foot->results, "tests");
	for (size_t row = 0; table && tests && row < table->row_count; row++)
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
			const weir_cell *cell = weir_foot_cell(table, row, columns[c]);
			double of = weir_foot_amount(tests, row, columns[c]);
			if (cell && (cell->en || cell->zh))
				continue;
			if (fabs(weir_foot_amount(table, row, columns[c]) - of) > 6e-7)
				weir_foot_complain(foot, table, row, "the test's row is the one of table \"tests\"", of,
				                   weir_foot_amount(table, row, columns[c]));
		}
}

/* risk_sharing has the rows of cover_shares. */
static void check_risk_sharing(weir_footing *foot)
{
	static const char *const columns[] = { "period", "paid", "paid_total" };
	const weir_table *table = weir_results_table(foot->results, "risk_sharing");
	const weir_table *shares = weir_results_table(foot->results, "cover_shares");
	for (size_t row = 0; table && shares && row < table->row_count; row++)
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
			expect_cents(foot, table, row, columns[c],
			             "the share's row is the one of table \"cover_shares\"",
			             weir_foot_amount(shares, row, columns[c]));
}

/* The default rate is that of the series, and so of the events that test it. */
static void check_default_rate(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "key_figures");
	const weir_table *series = weir_results_table(foot->results, "series");
	for (size_t row = 0; table && series && row < table->row_count && row < series->row_count; row++) {
		double found = weir_foot_amount(table, row, "default_rate"),
		       expected = weir_foot_amount(series, row, "default_rate");
		if (fabs(found - expected) > NEAR)
			weir_foot_complain(foot, table, row, "the default rate is that of table \"series\"",
			                   expected * 100, found * 100);
	}
}

static void check_coverage(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "key_figures");
	const weir_table *periods = weir_results_table(foot->results, "periods");
	size_t at = 0;
	for (size_t row = 0; table && periods && row < table->row_count; row++) {
		double period = weir_foot_amount(table, row, "period"),
		       found = weir_foot_amount(table, row, "coverage");
		while (at < periods->row_count && weir_foot_amount(periods, at, "period") < period)
			at++;
		double expected = at < periods->row_count ? weir_foot_amount(periods, at, "coverage") : 0;
		if (fabs(found - expected) > NEAR)
			weir_foot_complain(foot, table, row, "coverage is that of table \"periods\"", expected * 100,
			                   found * 100);
	}
}

weir_status weir_foot_servicing(weir_footing *foot)
{
	const weir_table *figures = weir_results_table(foot->results, "key_figures");
	weir_status status = WEIR_OK;
	if (!figures || figures->row_count == 0)
		return WEIR_OK;
	int first = (int)weir_foot_amount(figures, 0, "period"), count = most_period(figures) + 1;
	for (size_t i = 0; status == WEIR_OK && i < sizeof ties / sizeof *ties; i++)
		status = check_tie(foot, &ties[i], first, count);
	check_confirmation(foot);
	check_trace(foot);
	check_pledges(foot);
	check_accounts(foot);
	check_default_rows(foot);
	check_contracts(foot);
	check_redeemed(foot);
	check_tests(foot);
	check_risk_sharing(foot);
	check_coverage(foot);
	check_default_rate(foot);
	return status;
}
