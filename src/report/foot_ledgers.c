/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_ledgers.c: ties the tables of tables_ledgers.def to the periods, the trace, the accounts and each other, period
 * by period. What holds within one of these tables stands in foot.c. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"
#include "report/foot_int.h"

#define MOST_COLUMNS 6
#define MOST_WORDS 8
#define MOST_SIDES 3
#define NEAR 1e-9

/* Amounts of a table: of all its rows, or of those whose word in `by` is one of `words` (`without`: is none of
 * them). */
typedef struct amounts {
	const char *table, *columns[MOST_COLUMNS];
	const char *by, *words[MOST_WORDS];
	int without, positive; /* positive: only what is above 0 */
	const char *present[2];/* only rows in which these are given */
	int minus;             /* counts against */
} amounts;

/* By period, both sides are the same to the cent. */
typedef struct tie {
	const char *what;
	amounts left[MOST_SIDES], right[MOST_SIDES];
} tie;

#define MOVES "transfer", "fill", "release"
#define OF(id, ...) .table = id, .columns = { __VA_ARGS__ }
#define WHERE(column, ...) .by = column, .words = { __VA_ARGS__ }
#define BUT(column, ...) .by = column, .words = { __VA_ARGS__ }, .without = 1

static const tie ties[] = {
	{ "collections of both ledgers are what came in",
	  { { OF("ledger_collections", "both"), BUT("item", "carried-forward") } },
	  { { OF("periods", "pool_principal", "pool_income", "pool_recovered", "other_in", "support_in") } } },
	{ "what both ledgers carry forward is the opening cash",
	  { { OF("ledger_collections", "both"), WHERE("item", "carried-forward") } },
	  { { OF("periods", "opening_cash") } } },
	{ "taxes of both ledgers",
	  { { OF("ledger_payments", "both"), WHERE("item", "paid-tax", "paid-surcharge") } },
	  { { OF("periods", "taxes_paid") } } },
	{ "fees of both ledgers",
	  { { OF("ledger_payments", "both"), WHERE("item", "paid-servicing", "paid-other-fees", "paid-support-fee") } },
	  { { OF("periods", "fees_paid") } } },
	{ "what supporters get from both ledgers",
	  { { OF("ledger_payments", "both"), WHERE("item", "paid-support-interest", "paid-support-repaid") } },
	  { { OF("periods", "support_repaid") } } },
	{ "what notes and assets take from both ledgers",
	  { { OF("ledger_payments", "both"), WHERE("item", "paid-note-interest", "paid-note-principal",
	                                           "paid-note-yield", "paid-note-rest", "purchase", "lost") } },
	  { { OF("periods", "senior_interest_paid", "senior_principal_paid", "subordinated_paid", "other_out") } } },
	{ "payments of both ledgers are those of the trace",
	  { { OF("ledger_payments", "both") } },
	  { { OF("trace", "paid"), BUT("what", MOVES, "return", "purchase-price", "costs"), .positive = 1 } } },
	{ "transfers are those of the trace",
	  { { OF("ledger_transfers", "amount"), .present = { "from", "to" } } },
	  { { OF("trace", "paid"), WHERE("what", MOVES), .positive = 1 } } },
	{ "transfers from the income to the principal ledger",
	  { { OF("ledger_moves", "amount"), WHERE("direction", "income-to-principal") } },
	  { { OF("ledger_transfers", "amount"), WHERE("direction", "income-to-principal") } } },
	{ "transfers from the principal to the income ledger",
	  { { OF("ledger_moves", "amount"), WHERE("direction", "principal-to-income") } },
	  { { OF("ledger_transfers", "amount"), WHERE("direction", "principal-to-income") } } },
	{ "transfers in all", { { OF("ledger_moves", "amount") } }, { { OF("ledger_transfers", "amount") } } },
	{ "what goes to reserves, net",
	  { { OF("ledger_moves", "amount"), WHERE("direction", "to-reserve") },
	    { OF("ledger_moves", "amount"), WHERE("direction", "from-reserve"), .minus = 1 } },
	  { { OF("periods", "reserve_net") } } },
	{ "what the reconciliation receives is what the ledgers collect",
	  { { OF("ledger_balances", "received") } },
	  { { OF("ledger_collections", "both"), BUT("item", "carried-forward") } } },
	{ "what the reconciliation pays is what the ledgers pay",
	  { { OF("ledger_balances", "paid") } },
	  { { OF("ledger_payments", "both") } } },
	{ "the ledgers close with the closing cash",
	  { { OF("ledger_balances", "closing"), BUT("ledger", "ledger-reserve") } },
	  { { OF("periods", "closing_cash") } } },
	{ "ledgers and reserves close as the accounts do",
	  { { OF("ledger_balances", "closing") } },
	  { { OF("accounts", "closing") } } },
	{ "the contracts' principal is the pool balance",
	  { { OF("pool_features", "current"), WHERE("item", "balance") } },
	  { { OF("periods", "pool_balance") } } },
	{ "defaults of the series", { { OF("series", "defaulted") } }, { { OF("periods", "pool_defaulted") } } },
	{ "prepayments of the series", { { OF("series", "prepaid") } }, { { OF("periods", "pool_prepaid") } } },
	{ "recoveries of the series", { { OF("series", "recovered") } }, { { OF("periods", "pool_recovered") } } },
	{ "contracts in disposal are the defaults to date",
	  { { OF("disposal", "defaulted") } },
	  { { OF("series", "defaulted_total") } } },
	{ "recoveries in disposal are those to date",
	  { { OF("disposal", "recovered") } },
	  { { OF("series", "recovered_total") } } },
	{ "contracts overdue",
	  { { OF("series", "overdue") } },
	  { { OF("overdue", "principal"),
	      WHERE("bucket", "overdue-30", "overdue-60", "overdue-90", "overdue-more") } } },
	{ "contracts overdue for more than 30 days",
	  { { OF("series", "overdue_30") } },
	  { { OF("overdue", "principal"), WHERE("bucket", "overdue-60", "overdue-90", "overdue-more") } } },
	{ "contracts overdue for more than 90 days",
	  { { OF("series", "severe") } },
	  { { OF("overdue", "principal"), WHERE("bucket", "overdue-more") } } },
	{ "collections to come",
	  { { OF("collection_plan", "total") } },
	  { { OF("periods", "pool_principal", "pool_income", "pool_recovered") } } },
	{ "the pool that collections come from",
	  { { OF("collection_plan", "closing") } },
	  { { OF("periods", "pool_balance") } } },
	{ "taxes and fees paid", { { OF("fee_payments", "paid") } }, { { OF("periods", "taxes_paid", "fees_paid") } } },
	{ "taxes and fees accrued", { { OF("fee_payments", "charged") } }, { { OF("periods", "taxes", "fees") } } },
	{ "distributions to the notes",
	  { { OF("note_dues", "paid") } },
	  { { OF("classes", "interest_paid", "principal_paid", "residual_paid") } } },
	{ "interest to the notes",
	  { { OF("note_dues", "paid"), WHERE("kind", "interest") } },
	  { { OF("classes", "interest_paid") } } },
	{ "shortfall of interest, carried on or not",
	  { { OF("note_dues", "unpaid", "dropped"), WHERE("kind", "interest") } },
	  { { OF("classes", "interest_unpaid") } } },
	{ "excess cash is what taxes, fees, senior classes and supporters leave",
	  { { OF("excess_cash", "excess") } },
	  { { OF("periods", "available") },
	    { OF("periods", "taxes_paid", "fees_paid", "senior_interest_paid", "senior_principal_paid",
	         "support_repaid"),
	      .minus = 1 } } },
	{ "retained cash", { { OF("excess_cash", "retained") } }, { { OF("periods", "closing_cash") } } },
	{ "cash collected for debt service",
	  { { OF("coverage_build", "collected") } },
	  { { OF("periods", "pool_principal", "pool_income", "pool_recovered") } } },
	{ "debt service due", { { OF("coverage_build", "denominator") } }, { { OF("periods", "senior_due") } } },
};

static int is_counted(const amounts *a, const weir_table *table, size_t row)
{
	for (int i = 0; i < 2 && a->present[i]; i++)
		if (!weir_foot_cell(table, row, a->present[i]))
			return 0;
	const weir_cell *cell = a->by ? weir_foot_cell(table, row, a->by) : NULL;
	if (!a->by)
		return 1;
	for (int i = 0; cell && i < MOST_WORDS && a->words[i]; i++)
		if (strcmp(weir_cell_word(cell), a->words[i]) == 0)
			return !a->without;
	return a->without;
}

/* Adds the amounts to sums[period]; 0 when the table is not there. */
static int add_amounts(const weir_results *results, const amounts *a, double *sums, size_t count)
{
	const weir_table *table = weir_results_table(results, a->table);
	for (size_t row = 0; table && row < table->row_count; row++) {
		double period = weir_foot_amount(table, row, "period");
		if (!(period >= 0 && period < (double)count) || !is_counted(a, table, row))
			continue;
		for (int c = 0; c < MOST_COLUMNS && a->columns[c]; c++) {
			double amount = weir_foot_amount(table, row, a->columns[c]);
			if (!a->positive || amount > 0)
				sums[(size_t)period] += a->minus ? -amount : amount;
		}
	}
	return table != NULL;
}

static void name_side(weir_text *to, const amounts *side)
{
	for (int s = 0; s < MOST_SIDES && side[s].table; s++)
		for (int c = 0; c < MOST_COLUMNS && side[s].columns[c]; c++)
			weir_text_printf(to, "%s%s.%s", side[s].minus ? " - " : s + c ? " + " : "", side[s].table,
			                 side[s].columns[c]);
}

static weir_status complain(weir_footing *foot, const tie *t, int period, double left, double right)
{
	weir_text what = { 0 };
	const weir_table *table = weir_results_table(foot->results, t->left[0].table);
	size_t row = 0;
	while (row < table->row_count && weir_foot_amount(table, row, "period") != period)
		row++;
	weir_text_printf(&what, "%s: in period %d ", t->what, period);
	name_side(&what, t->left);
	weir_text_add(&what, " is ");
	name_side(&what, t->right);
	int failed = what.failed;
	if (!failed)
		weir_foot_complain(foot, table, row, what.data, right, left);
	weir_text_free(&what);
	return failed ? WEIR_NO_MEMORY : WEIR_OK;
}

static weir_status check_tie(weir_footing *foot, const tie *t, size_t first, size_t count)
{
	double *left = weir_arena_array(foot->arena, count, sizeof *left);
	double *right = weir_arena_array(foot->arena, count, sizeof *right);
	int has = 1;
	weir_status status = left && right ? WEIR_OK : WEIR_NO_MEMORY;
	for (int s = 0; status == WEIR_OK && s < MOST_SIDES; s++) {
		if (t->left[s].table)
			has &= add_amounts(foot->results, &t->left[s], left, count);
		if (t->right[s].table)
			has &= add_amounts(foot->results, &t->right[s], right, count);
	}
	for (size_t k = first; status == WEIR_OK && has && k < count; k++)
		if (left[k] != right[k])
			status = complain(foot, t, (int)k, left[k], right[k]);
	return status;
}

/* --- ratios, and what is added up from the end ------------------------------------------------------------------ */

static const struct {
	const char *table, *part, *whole, *ratio, *what;
} ratios[] = {
	{ "series", "overdue", "pool_balance", "overdue_rate", "the overdue share is of the pool balance" },
	{ "series", "overdue_30", "pool_balance", "delinquency", "delinquency is of the pool balance" },
	{ "series", "severe", "pool_balance", "severe_rate", "the severe delinquency rate is of the pool balance" },
	{ "series", "recovered_total", "defaulted_total", "recovery_rate",
	  "the recovery rate is recovered of defaulted" },
	{ "coverage_build", "numerator", "denominator", "coverage", "coverage is its numerator by its denominator" },
};

static void check_ratios(weir_footing *foot)
{
	for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
		const weir_table *table = weir_results_table(foot->results, ratios[i].table);
		for (size_t row = 0; table && row < table->row_count; row++) {
			const weir_cell *ratio = weir_foot_cell(table, row, ratios[i].ratio);
			double whole = weir_foot_amount(table, row, ratios[i].whole);
			double part = weir_foot_amount(table, row, ratios[i].part);
			/* results that are read back hold a ratio of six or twelve decimals */
			if (ratio && !(fabs(ratio->number - part / whole) <= NEAR * fabs(part / whole) + 5.1e-7))
				weir_foot_complain(foot, table, row, ratios[i].what, part,
				                   weir_round_half_away(ratio->number * whole));
		}
	}
}

static void check_collections_to_come(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "collection_plan");
	double to_come = 0;
	for (size_t row = table ? table->row_count : 0; row-- > 0;) {
		to_come += weir_foot_amount(table, row, "total");
		if (weir_foot_amount(table, row, "to_come") != to_come)
			weir_foot_complain(foot, table, row,
			                   "what is to come is this period's total and all later ones", to_come,
			                   weir_foot_amount(table, row, "to_come"));
	}
}

#define UNIT_ROUNDING 5.1e-5 /* of a face of 100, an amount per unit with two decimals is off by at most half of one */

/* Interest over balance is the coupon. */
static void check_interest(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "note_dues");
	for (size_t row = 0; table && row < table->row_count; row++) {
		double opening = weir_foot_amount(table, row, "opening"),
		       found = weir_foot_amount(table, row, "accrued");
		double expected =
			opening * weir_foot_amount(table, row, "coupon") * weir_foot_amount(table, row, "fraction");
		if (weir_foot_cell(table, row, "fraction") && fabs(found - expected) > 1 + opening * UNIT_ROUNDING)
			weir_foot_complain(foot, table, row, "interest is coupon on the opening balance",
			                   weir_round_half_away(expected), found);
	}
}

static void check_numerators(weir_footing *foot)
{
	static const struct {
		const char *column;
		int sign;
	} parts[] = { { "opening_cash", 1 }, { "collected", 1 }, { "other_in", 1 },
		      { "lost", -1 },        { "taxes", -1 },    { "fees", -1 } };
	const weir_table *table = weir_results_table(foot->results, "coverage_build");
	for (size_t row = 0; table && row < table->row_count; row++) {
		double sum = 0, found = weir_foot_amount(table, row, "numerator");
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			sum += parts[i].sign * weir_foot_amount(table, row, parts[i].column);
		if (found != (sum > 0 ? sum : 0))
			weir_foot_complain(foot, table, row,
			                   "the numerator is cash and collections less losses, taxes and fees", sum,
			                   found);
	}
}

weir_status weir_foot_ledgers(weir_footing *foot)
{
	const weir_table *periods = weir_results_table(foot->results, "periods");
	weir_status status = WEIR_OK;
	if (!periods || periods->row_count < 2)
		return WEIR_OK;
	/* the first row is the closing's, or a mid-life start's */
	size_t first = (size_t)weir_foot_amount(periods, 1, "period");
	size_t count = (size_t)weir_foot_amount(periods, periods->row_count - 1, "period") + 1;
	for (size_t i = 0; status == WEIR_OK && i < sizeof ties / sizeof *ties; i++)
		status = check_tie(foot, &ties[i], first, count);
	check_ratios(foot);
	check_collections_to_come(foot);
	check_numerators(foot);
	check_interest(foot);
	return status;
}
