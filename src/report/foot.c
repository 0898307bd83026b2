/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot.c: foots the tables and ties them to each other; the identities are those that tables.def states. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
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

double weir_foot_amount(const weir_table *table, size_t row, const char *column)
{
	const weir_cell *cell = weir_table_cell(table, row, weir_table_column(table, column));
	return cell && cell->present ? cell->number : 0;
}

/* The word or number of a cell, as a text to look rows up by. */
static const char *key_text(const weir_footing *foot, const weir_table *table, size_t row, const char *column,
                            char *buffer)
{
	int c = weir_table_column(table, column);
	const weir_cell *cell = weir_table_cell(table, row, c);
	return cell ? weir_cell_plain(table, c, cell, foot->results->currency_digits, buffer) : "";
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

/* --- rows found by their keys --- */

/* Rows by a key made of up to three columns. */
typedef struct row_index {
	weir_names numbers; /* key -> position in rows */
	size_t *rows;
	size_t count, capacity;
} row_index;

static void free_index(row_index *index)
{
	weir_names_free(&index->numbers);
	weir_free(index->rows);
}

/* The key of a row in `buffer` (in the arena when it is to be kept); NULL when memory is short. */
static const char *make_key(weir_footing *foot, const weir_table *table, size_t row, const char *const *columns)
{
	weir_text key = { 0 };
	char buffer[64];
	for (int i = 0; i < 3 && columns[i]; i++) {
		weir_text_add(&key, i ? "\n" : "");
		weir_text_add(&key, key_text(foot, table, row, columns[i], buffer));
	}
	char *kept = key.failed ? NULL : weir_arena_text(foot->arena, key.data ? key.data : "", key.length);
	weir_text_free(&key);
	return kept;
}

/* The last row put under the key in `*row`, or SIZE_MAX; then puts `now` (unless it is SIZE_MAX) in its place. */
static weir_status find_row(row_index *index, const char *key, size_t now, size_t *row)
{
	if (!key)
		return WEIR_NO_MEMORY;
	int number = weir_names_find(&index->numbers, key, strlen(key));
	*row = number < 0 ? SIZE_MAX : index->rows[number];
	if (now == SIZE_MAX)
		return WEIR_OK;
	if (number >= 0) {
		index->rows[number] = now;
		return WEIR_OK;
	}
	if (!WEIR_GROW(index->rows, index->count, index->capacity))
		return WEIR_NO_MEMORY;
	index->rows[index->count] = now;
	return weir_names_put(&index->numbers, key, strlen(key), (int)index->count++);
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
	row_index index = { 0 };
	weir_status status = WEIR_OK;
	for (size_t row = 0; table && row < table->row_count; row++) {
		size_t last;
		WEIR_TRY(find_row(&index, make_key(foot, table, row, rule->keys), row, &last));
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
	free_index(&index);
	return status;
}

/* --- from one table to another --- */

/* Columns of the same name hold the same value in rows with the same keys. */
typedef struct echo {
	const char *table, *of;
	const char *keys[3];
} echo;

static const echo echoes[] = {
	{ "payment", "classes", { "period", "class" } },
	{ "forecast", "periods", { "period" } },
	{ "account_report", "accounts", { "period", "account" } },
	{ "notes", "classes", { "period", "class" } },
	{ "series", "periods", { "period" } },
	{ "coverage_build", "periods", { "period" } },
	{ "collection_plan", "periods", { "period" } },
};

static weir_status index_rows(weir_footing *foot, row_index *index, const weir_table *table, const char *const *keys)
{
	size_t last;
	weir_status status = WEIR_OK;
	for (size_t row = 0; row < table->row_count && status == WEIR_OK; row++)
		status = find_row(index, make_key(foot, table, row, keys), row, &last);
	return status;
}

static void compare_rows(weir_footing *foot, const weir_table *table, size_t row, const weir_table *of, size_t of_row)
{
	for (int c = 0; c < table->column_count; c++) {
		const weir_cell *a = weir_table_cell(table, row, c);
		const weir_cell *b = weir_table_cell(of, of_row, weir_table_column(of, table->columns[c].id));
		if (!b || table->columns[c].type == WEIR_CELL_TEXT || (!a->present && !b->present))
			continue;
		if (a->present != b->present || a->number != b->number) {
			char what[160];
			snprintf(what, sizeof what, "column \"%s\" is the one of table \"%s\"",
			         table->columns[c].id, of->id);
			weir_foot_complain(foot, table, row, what, b->number, a->number);
		}
	}
}

static weir_status check_echo(weir_footing *foot, const echo *rule)
{
	const weir_table *table = weir_results_table(foot->results, rule->table);
	const weir_table *of = weir_results_table(foot->results, rule->of);
	row_index index = { 0 };
	weir_status status = WEIR_OK;
	if (!table || !of)
		return WEIR_OK;
	WEIR_TRY(index_rows(foot, &index, of, rule->keys));
	for (size_t row = 0; row < table->row_count; row++) {
		size_t of_row;
		WEIR_TRY(find_row(&index, make_key(foot, table, row, rule->keys), SIZE_MAX, &of_row));
		if (of_row == SIZE_MAX)
			weir_foot_complain(foot, table, row, "the row stands in the table it repeats", 1, 0);
		else
			compare_rows(foot, table, row, of, of_row);
	}
out:
	free_index(&index);
	return status;
}

/* Adds up `columns` of the rows of `period`, and of those only whose rank is `wanted` (`ranks` NULL: all). */
static double sum_of_period(const weir_table *table, double period, const char *const *columns,
                            const unsigned char *ranks, unsigned char wanted)
{
	double sum = 0;
	for (size_t row = 0; row < table->row_count; row++) {
		if (weir_foot_amount(table, row, "period") != period || (ranks && ranks[row] != wanted))
			continue;
		for (int i = 0; i < 3 && columns[i]; i++)
			sum += weir_foot_amount(table, row, columns[i]);
	}
	return sum;
}

enum { RANK_UNKNOWN, RANK_SENIOR, RANK_SUBORDINATED };

/* The rank of every row of classes, from capital; NULL when memory is short. */
static unsigned char *ranks_of(weir_footing *foot, const weir_table *classes, const weir_table *capital)
{
	static const char *const key[3] = { "class" };
	row_index index = { 0 };
	unsigned char *ranks = weir_alloc_zero(classes->row_count, 1);
	weir_status status = ranks ? WEIR_OK : WEIR_NO_MEMORY;
	if (ranks)
		status = index_rows(foot, &index, capital, key);
	for (size_t row = 0; status == WEIR_OK && row < classes->row_count; row++) {
		size_t at;
		char buffer[64];
		status = find_row(&index, make_key(foot, classes, row, key), SIZE_MAX, &at);
		if (status != WEIR_OK || at == SIZE_MAX)
			continue;
		int senior = strcmp(key_text(foot, capital, at, "rank", buffer), "senior") == 0;
		ranks[row] = senior ? RANK_SENIOR : RANK_SUBORDINATED;
	}
	free_index(&index);
	if (status == WEIR_OK)
		return ranks;
	weir_free(ranks);
	return NULL;
}

/* The classes' payments add up to the columns of periods, by rank. */
static weir_status check_classes_against_periods(weir_footing *foot)
{
	static const struct {
		const char *column, *what, *parts[3];
		unsigned char rank;
	} ties[] = {
		{ "senior_interest_paid", "interest of the senior classes", { "interest_paid" }, RANK_SENIOR },
		{ "senior_principal_paid", "principal of the senior classes", { "principal_paid" }, RANK_SENIOR },
		{ "subordinated_paid",
		  "payments of the subordinated classes",
		  { "interest_paid", "principal_paid", "residual_paid" },
		  RANK_SUBORDINATED },
	};
	const weir_table *periods = weir_results_table(foot->results, "periods");
	const weir_table *classes = weir_results_table(foot->results, "classes");
	const weir_table *capital = weir_results_table(foot->results, "capital");
	if (!periods || !classes || !capital)
		return WEIR_OK;
	unsigned char *ranks = ranks_of(foot, classes, capital);
	if (!ranks)
		return WEIR_NO_MEMORY;
	for (size_t row = 0; row < periods->row_count; row++)
		for (size_t i = 0; i < sizeof ties / sizeof *ties; i++) {
			double expected = sum_of_period(classes, weir_foot_amount(periods, row, "period"),
			                                ties[i].parts, ranks, ties[i].rank);
			double found = weir_foot_amount(periods, row, ties[i].column);
			if (found != expected)
				weir_foot_complain(foot, periods, row, ties[i].what, expected, found);
		}
	weir_free(ranks);
	return WEIR_OK;
}

/* What supporters gave and got back, and what a call sold, are the columns of periods; a cover is its shares. */
static void check_support(weir_footing *foot)
{
	static const struct {
		const char *column, *what;
		struct {
			const char *table, *columns[3];
		} parts[2];
	} ties[] = {
		{ "support_in",
		  "drawn and covers' payments",
		  { { "support", { "drawn" } }, { "covers", { "paid" } } } },
		{ "support_in",
		  "drawn and the shares' payments",
		  { { "support", { "drawn" } }, { "cover_shares", { "paid" } } } },
		{ "support_repaid", "repaid, with interest", { { "support", { "repaid", "interest_paid" } } } },
		{ "pool_sold", "sold by calls", { { "calls", { "balance_sold" } } } },
	};
	const weir_table *periods = weir_results_table(foot->results, "periods");
	for (size_t i = 0; periods && i < sizeof ties / sizeof *ties; i++)
		for (size_t row = 0; row < periods->row_count; row++) {
			double sum = 0, found = weir_foot_amount(periods, row, ties[i].column);
			double period = weir_foot_amount(periods, row, "period");
			int has = 0;
			for (int p = 0; p < 2 && ties[i].parts[p].table; p++) {
				const weir_table *part = weir_results_table(foot->results, ties[i].parts[p].table);
				sum += part ? sum_of_period(part, period, ties[i].parts[p].columns, NULL, 0) : 0;
				has |= part != NULL;
			}
			if (has && sum != found)
				weir_foot_complain(foot, periods, row, ties[i].what, sum, found);
		}
}

/* A class's size is its first opening balance; behind a mid-life start the first row is a later one. */
static weir_status check_sizes(weir_footing *foot)
{
	static const char *const key[3] = { "class" };
	const weir_table *classes = weir_results_table(foot->results, "classes");
	const weir_table *capital = weir_results_table(foot->results, "capital");
	row_index sizes = { 0 }, seen = { 0 };
	weir_status status = WEIR_OK;
	if (!classes || !capital)
		return WEIR_OK;
	WEIR_TRY(index_rows(foot, &sizes, capital, key));
	for (size_t row = 0; row < classes->row_count; row++) {
		size_t at, before;
		const char *class = make_key(foot, classes, row, key);
		WEIR_TRY(find_row(&sizes, class, SIZE_MAX, &at));
		WEIR_TRY(find_row(&seen, class, row, &before));
		if (at == SIZE_MAX)
			weir_foot_complain(foot, classes, row, "the class stands in table \"capital\"", 1, 0);
		else if (before == SIZE_MAX && weir_foot_amount(classes, row, "period") == 1 &&
		         weir_foot_amount(capital, at, "size") != weir_foot_amount(classes, row, "opening"))
			weir_foot_complain(foot, classes, row, "the first opening is the class's size",
			         weir_foot_amount(capital, at, "size"), weir_foot_amount(classes, row, "opening"));
	}
out:
	free_index(&sizes);
	free_index(&seen);
	return status;
}

static int has_period(const weir_table *table, double period)
{
	for (size_t row = 0; row < table->row_count; row++)
		if (weir_foot_amount(table, row, "period") == period)
			return 1;
	return 0;
}

/* By period, sources are what was available, and uses are the sources. The closing may be left out of both. */
static void check_sources(weir_footing *foot)
{
	static const struct {
		const char *table, *what;
	} sides[] = { { "sources", "sources add up to available" }, { "uses", "uses add up to available" } };
	static const char *const columns[3] = { "amount" };
	const weir_table *periods = weir_results_table(foot->results, "periods");
	for (size_t i = 0; periods && i < sizeof sides / sizeof *sides; i++) {
		const weir_table *side = weir_results_table(foot->results, sides[i].table);
		for (size_t row = 0; side && row < periods->row_count; row++) {
			double period = weir_foot_amount(periods, row, "period"),
			       available = weir_foot_amount(periods, row, "available");
			if (period == 0 && !has_period(side, 0))
				continue;
			double sum = sum_of_period(side, period, columns, NULL, 0);
			if (sum != available)
				weir_foot_complain(foot, periods, row, sides[i].what, available, sum);
		}
	}
}

static double sum_of(const weir_table *table, const char *column)
{
	double sum = 0;
	for (size_t row = 0; row < table->row_count; row++)
		sum += weir_foot_amount(table, row, column);
	return sum;
}

/* The pool is the same whatever it is sorted by. */
static void check_pool(weir_footing *foot)
{
	static const char *const tables[] = { "strat_industry", "strat_region", "strat_kind" };
	static const char *const columns[] = { "principal", "receivable", "contracts" };
	const weir_table *obligors = weir_results_table(foot->results, "obligors");
	for (size_t t = 0; obligors && t < sizeof tables / sizeof *tables; t++) {
		const weir_table *table = weir_results_table(foot->results, tables[t]);
		for (size_t c = 0; table && c < sizeof columns / sizeof *columns; c++) {
			double expected = sum_of(obligors, columns[c]), found = sum_of(table, columns[c]);
			if (found != expected)
				weir_foot_complain(foot, table, table->row_count,
				                   "the pool's total is that of the obligors", expected, found);
		}
	}
}

/* What all obligors pay and get is what each of them does; the row of all is the last. */
static void check_financing(weir_footing *foot)
{
	static const char *const columns[] = { "financed",          "interest",          "appraisal",
		                               "guarantee",         "insurance",         "service",
		                               "subsidy_interest",  "subsidy_appraisal", "subsidy_guarantee",
		                               "subsidy_insurance", "subsidy_issue",     "subsidy_service" };
	const weir_table *table = weir_results_table(foot->results, "financing_cost");
	for (size_t c = 0; table && table->row_count > 0 && c < sizeof columns / sizeof *columns; c++) {
		size_t last = table->row_count - 1;
		double all = weir_foot_amount(table, last, columns[c]), sum = sum_of(table, columns[c]) - all;
		if (sum != all)
			weir_foot_complain(foot, table, last, "all obligors together are the sum of them", sum, all);
	}
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
	for (size_t i = 0; i < sizeof chains / sizeof *chains; i++)
		WEIR_TRY(check_chain(&foot, &chains[i]));
	for (size_t i = 0; i < sizeof echoes / sizeof *echoes; i++)
		WEIR_TRY(check_echo(&foot, &echoes[i]));
	WEIR_TRY(check_classes_against_periods(&foot));
	WEIR_TRY(check_sizes(&foot));
	check_support(&foot);
	check_financing(&foot);
	check_sources(&foot);
	check_pool(&foot);
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
