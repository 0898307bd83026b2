/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot.c: foots the tables, within a row and from one row to the next, and has the other files tie them to each other;
 * the identities are those that tables.def states. */
#include <stdint.h>
#include <string.h>

#include "base/money.h"
#include "report/foot_int.h"

#define MOST_TERMS 10

void weir_foot_complain(weir_footing *foot, const weir_table *table, size_t row, const char *what, double expected,
                        double found)
{
	char a[40], b[40];
	weir_cents_format(expected, foot->results->currency_digits, a);
	weir_cents_format(found, foot->results->currency_digits, b);
	foot->breaks++;
	weir_diag_error(foot->diags, FOOTING, (weir_place){ 0 },
	                "table \"%s\", row %zu: %s: expected %s, found %s; report this as a fault of the program",
	                table->id, row + 1, what, a, b);
}

const weir_cell *weir_foot_cell(const weir_table *table, size_t row, const char *column)
{
	const weir_cell *cell = weir_table_cell(table, row, weir_table_column(table, column));
	return cell && cell->present ? cell : NULL;
}

double weir_foot_amount(const weir_table *table, size_t row, const char *column)
{
	const weir_cell *cell = weir_foot_cell(table, row, column);
	return cell ? cell->number : 0;
}

const char *weir_foot_word(const weir_table *table, size_t row, const char *column)
{
	const weir_cell *cell = weir_foot_cell(table, row, column);
	return cell ? weir_cell_word(cell) : "";
}

int weir_foot_says(const weir_table *table, size_t row, const char *column, const char *word)
{
	return strcmp(weir_foot_word(table, row, column), word) == 0;
}

double weir_foot_sum(const weir_table *table, const char *column)
{
	double sum = 0;
	for (size_t row = 0; row < table->row_count; row++)
		sum += weir_foot_amount(table, row, column);
	return sum;
}

/* --- sums within a row --- */

typedef struct identity {
	const char *table, *what;
	const char *plus[MOST_TERMS], *minus[MOST_TERMS];
	const char *result;
} identity;

static const identity identities[] = {
	{ "periods",
	  "available is opening cash and all that came in",
	  { "opening_cash", "pool_principal", "pool_income", "pool_recovered", "other_in", "support_in" },
	  { NULL },
	  "available" },
	{ "periods",
	  "closing cash is available less all that was paid",
	  { "available" },
	  { "taxes_paid", "fees_paid", "senior_interest_paid", "senior_principal_paid", "support_repaid", "reserve_net",
	    "subordinated_paid", "other_out" },
	  "closing_cash" },
	{ "classes",
	  "closing is opening less principal and write-down",
	  { "opening" },
	  { "principal_paid", "written_down" },
	  "closing" },
	{ "classes", "unpaid interest is due less paid", { "interest_due" }, { "interest_paid" }, "interest_unpaid" },
	{ "trace", "left is available less paid", { "available" }, { "paid" }, "left" },
	{ "trace", "unpaid is due less paid", { "due" }, { "paid" }, "unpaid" },
	{ "accounts", "closing is opening and in less out", { "opening", "in" }, { "out" }, "closing" },
	{ "calls", "proceeds are the price less costs", { "price" }, { "costs" }, "proceeds" },
	{ "payment",
	  "total is interest, principal and residual",
	  { "interest_paid", "principal_paid", "residual_paid" },
	  { NULL },
	  "total" },
	{ "ledger_collections",
	  "total is both ledgers and neither",
	  { "income", "principal", "neither" },
	  { NULL },
	  "both" },
	{ "ledger_collections",
	  "last report's total is both ledgers and neither",
	  { "income_last", "principal_last", "neither_last" },
	  { NULL },
	  "both_last" },
	{ "ledger_payments",
	  "total is both ledgers and neither",
	  { "income", "principal", "neither" },
	  { NULL },
	  "both" },
	{ "ledger_payments",
	  "last report's total is both ledgers and neither",
	  { "income_last", "principal_last", "neither_last" },
	  { NULL },
	  "both_last" },
	{ "ledger_balances",
	  "closing is opening, received and transferred in less paid and transferred out",
	  { "opening", "received", "moved_in" },
	  { "paid", "moved_out" },
	  "closing" },
	{ "disposal", "not recovered is defaulted less recovered", { "defaulted" }, { "recovered" }, "open" },
	{ "series",
	  "net loss is defaulted less recovered",
	  { "defaulted_total" },
	  { "recovered_total" },
	  "lost_total" },
	{ "collection_plan",
	  "total is principal, income and recovered",
	  { "principal", "income", "recovered" },
	  { NULL },
	  "total" },
	{ "fee_payments",
	  "carried on is carried forward and accrued less paid and dropped",
	  { "carried", "charged" },
	  { "paid", "dropped" },
	  "unpaid" },
	{ "note_dues",
	  "carried on is carried forward and newly due less paid and dropped",
	  { "carried", "accrued" },
	  { "paid", "dropped" },
	  "unpaid" },
	{ "excess_cash",
	  "retained is the excess less where it went",
	  { "excess" },
	  { "to_reserves", "subordinated", "elsewhere" },
	  "retained" },
	{ "coverage_build",
	  "debt service due is senior interest and principal due",
	  { "interest_due", "principal_due" },
	  { NULL },
	  "denominator" },
};

static void check_identity(weir_footing *foot, const identity *rule)
{
	const weir_table *table = weir_results_table(foot->results, rule->table);
	if (!table)
		return;
	for (size_t row = 0; row < table->row_count; row++) {
		double expected = 0;
		for (int i = 0; i < MOST_TERMS && rule->plus[i]; i++)
			expected += weir_foot_amount(table, row, rule->plus[i]);
		for (int i = 0; i < MOST_TERMS && rule->minus[i]; i++)
			expected -= weir_foot_amount(table, row, rule->minus[i]);
		double found = weir_foot_amount(table, row, rule->result);
		if (found != expected)
			weir_foot_complain(foot, table, row, rule->what, expected, found);
	}
}

static void check_carried(weir_footing *foot)
{
	const weir_table *trace = weir_results_table(foot->results, "trace");
	for (size_t row = 0; trace && row < trace->row_count; row++) {
		double unpaid = weir_foot_amount(trace, row, "unpaid"),
		       carried = weir_foot_amount(trace, row, "carried");
		if (carried > unpaid)
			weir_foot_complain(foot, trace, row, "carried forward is at most what is unpaid", unpaid,
			                   carried);
	}
}

/* A class is repaid what it is owed, no more. */
static void check_repayment(weir_footing *foot)
{
	const weir_table *classes = weir_results_table(foot->results, "classes");
	for (size_t row = 0; classes && row < classes->row_count; row++) {
		double opening = weir_foot_amount(classes, row, "opening"),
		       paid = weir_foot_amount(classes, row, "principal_paid");
		if (paid > opening)
			weir_foot_complain(foot, classes, row, "principal paid is at most the opening balance", opening,
			                   paid);
	}
}

/* --- from one row to the next of the same kind --- */

typedef struct chain {
	const char *table, *what;
	const char *keys[3];
	/* the row before's `from`, less this row's `minus`, with its `plus` (NULL: nothing) = this row's `to` */
	const char *from, *minus[3], *plus, *to;
} chain;

static const chain chains[] = {
	{ "periods",
	  "opening cash is the last closing cash",
	  { NULL },
	  "closing_cash",
	  { NULL },
	  NULL,
	  "opening_cash" },
	{ "periods",
	  "pool balance is the last one less principal received, defaulted and sold",
	  { NULL },
	  "pool_balance",
	  { "pool_principal", "pool_defaulted", "pool_sold" },
	  NULL,
	  "pool_balance" },
	{ "classes", "opening is the class's last closing", { "class" }, "closing", { NULL }, NULL, "opening" },
	{ "accounts", "opening is the account's last closing", { "account" }, "closing", { NULL }, NULL, "opening" },
	{ "support",
	  "outstanding is the last one less repaid and with what was drawn",
	  { "support" },
	  "outstanding",
	  { "repaid" },
	  "drawn",
	  "outstanding" },
	{ "covers",
	  "settled to date is the last one with what was settled",
	  { "cover" },
	  "paid_total",
	  { NULL },
	  "settled",
	  "paid_total" },
	{ "cover_shares",
	  "paid to date is the last one with what was paid",
	  { "cover", "party", "of" },
	  "paid_total",
	  { NULL },
	  "paid",
	  "paid_total" },
	{ "ledger_collections",
	  "last report is the period before",
	  { "item" },
	  "income",
	  { NULL },
	  NULL,
	  "income_last" },
	{ "ledger_collections",
	  "last report is the period before",
	  { "item" },
	  "principal",
	  { NULL },
	  NULL,
	  "principal_last" },
	{ "ledger_collections",
	  "last report is the period before",
	  { "item" },
	  "neither",
	  { NULL },
	  NULL,
	  "neither_last" },
	{ "ledger_payments", "last report is the period before", { "item" }, "income", { NULL }, NULL, "income_last" },
	{ "ledger_payments",
	  "last report is the period before",
	  { "item" },
	  "principal",
	  { NULL },
	  NULL,
	  "principal_last" },
	{ "ledger_payments",
	  "last report is the period before",
	  { "item" },
	  "neither",
	  { NULL },
	  NULL,
	  "neither_last" },
	{ "ledger_moves", "last report is the period before", { "direction" }, "amount", { NULL }, NULL, "last" },
	{ "ledger_balances",
	  "opening cash is the ledger's last closing cash",
	  { "ledger" },
	  "closing",
	  { NULL },
	  NULL,
	  "opening" },
	{ "fee_payments",
	  "carried forward is what the last period carried on",
	  { "fee", "kind" },
	  "unpaid",
	  { NULL },
	  NULL,
	  "carried" },
	{ "note_dues",
	  "carried forward is what the last period carried on",
	  { "class", "kind" },
	  "unpaid",
	  { NULL },
	  NULL,
	  "carried" },
	{ "series",
	  "defaults to date are the last ones and the new",
	  { NULL },
	  "defaulted_total",
	  { NULL },
	  "defaulted",
	  "defaulted_total" },
	{ "series",
	  "recoveries to date are the last ones and the new",
	  { NULL },
	  "recovered_total",
	  { NULL },
	  "recovered",
	  "recovered_total" },
	{ "trace",
	  "available is what the step before left",
	  { "period", "waterfall", "source" },
	  "left",
	  { NULL },
	  NULL,
	  "available" },
};

static weir_status check_chain(weir_footing *foot, const chain *rule)
{
	const weir_table *table = weir_results_table(foot->results, rule->table);
	weir_foot_rows index = { 0 };
	weir_status status = WEIR_OK;
	for (size_t row = 0; table && row < table->row_count; row++) {
		size_t last;
		WEIR_TRY(weir_foot_rows_find(&index, weir_foot_key_of(foot, table, row, rule->keys), row, &last));
		if (last == SIZE_MAX)
			continue;
		double expected = weir_foot_amount(table, last, rule->from);
		for (int i = 0; i < 3 && rule->minus[i]; i++)
			expected -= weir_foot_amount(table, row, rule->minus[i]);
		if (rule->plus)
			expected += weir_foot_amount(table, row, rule->plus);
		double found = weir_foot_amount(table, row, rule->to);
		if (found != expected)
			weir_foot_complain(foot, table, row, rule->what, expected, found);
	}
out:
	weir_foot_rows_free(&index);
	return status;
}

/* Every summed amount is a whole number of cents, and its total is exact: the same as in integers. */
static void check_totals(weir_footing *foot, const weir_table *table)
{
	for (int c = 0; c < table->column_count; c++) {
		if (table->columns[c].type != WEIR_CELL_MONEY)
			continue;
		double sum = 0;
		__int128 exact = 0;
		for (size_t row = 0; row < table->row_count; row++) {
			const weir_cell *cell = weir_table_cell(table, row, c);
			if (!cell->present)
				continue;
			double cents = cell->number;
			if (!(cents <= WEIR_CENTS_MAX && cents >= -WEIR_CENTS_MAX) ||
			    cents != (double)(int64_t)cents) {
				weir_foot_complain(foot, table, row, "an amount is a whole number of cents", 0, 0);
				return;
			}
			exact += (int64_t)cents;
			sum += cents;
		}
		if (table->columns[c].summed == WEIR_SUM_FLOW && (__int128)sum != exact)
			weir_foot_complain(foot, table, table->row_count, "a total is exact", (double)exact, sum);
	}
}

weir_status weir_results_foot(const weir_results *results, weir_diags *diags)
{
	weir_footing foot = { .results = results, .diags = diags };
	weir_status status;
	WEIR_TRY(weir_arena_create(&foot.arena));
	for (size_t i = 0; i < results->table_count; i++)
		check_totals(&foot, results->tables[i]);
	for (size_t i = 0; i < sizeof identities / sizeof *identities; i++)
		check_identity(&foot, &identities[i]);
	check_carried(&foot);
	check_repayment(&foot);
	for (size_t i = 0; i < sizeof chains / sizeof *chains; i++)
		WEIR_TRY(check_chain(&foot, &chains[i]));
	WEIR_TRY(weir_foot_ties(&foot));
	weir_foot_studies(&foot);
	weir_foot_stress(&foot);
	weir_foot_offering(&foot);
	weir_foot_life(&foot);
	weir_foot_key(&foot);
	WEIR_TRY(weir_foot_flows(&foot));
	WEIR_TRY(weir_foot_ledgers(&foot));
	WEIR_TRY(weir_foot_servicing(&foot));
	if (foot.breaks > 0)
		status = WEIR_INTERNAL;
out:
	weir_arena_destroy(foot.arena);
	return status;
}
