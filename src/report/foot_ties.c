/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_ties.c: ties the tables of every run to each other: classes, support, sources and uses to the periods; the pool.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/foot_int.h"

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

static weir_status index_rows(weir_footing *foot, weir_foot_rows *index, const weir_table *table,
                              const char *const *keys)
{
	size_t last;
	weir_status status = WEIR_OK;
	for (size_t row = 0; row < table->row_count && status == WEIR_OK; row++)
		status = weir_foot_rows_find(index, weir_foot_key_of(foot, table, row, keys), row, &last);
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
			snprintf(what, sizeof what, "column \"%s\" is the one of table \"%s\"", table->columns[c].id,
			         of->id);
			weir_foot_complain(foot, table, row, what, b->number, a->number);
		}
	}
}

static weir_status check_echo(weir_footing *foot, const echo *rule)
{
	const weir_table *table = weir_results_table(foot->results, rule->table);
	const weir_table *of = weir_results_table(foot->results, rule->of);
	weir_foot_rows index = { 0 };
	weir_status status = WEIR_OK;
	if (!table || !of)
		return WEIR_OK;
	WEIR_TRY(index_rows(foot, &index, of, rule->keys));
	for (size_t row = 0; row < table->row_count; row++) {
		size_t of_row;
		WEIR_TRY(weir_foot_rows_find(&index, weir_foot_key_of(foot, table, row, rule->keys), SIZE_MAX,
		                             &of_row));
		if (of_row == SIZE_MAX)
			weir_foot_complain(foot, table, row, "the row stands in the table it repeats", 1, 0);
		else
			compare_rows(foot, table, row, of, of_row);
	}
out:
	weir_foot_rows_free(&index);
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
	weir_foot_rows index = { 0 };
	unsigned char *ranks = weir_alloc_zero(classes->row_count, 1);
	weir_status status = ranks ? WEIR_OK : WEIR_NO_MEMORY;
	if (ranks)
		status = index_rows(foot, &index, capital, key);
	for (size_t row = 0; status == WEIR_OK && row < classes->row_count; row++) {
		size_t at;
		status = weir_foot_rows_find(&index, weir_foot_key_of(foot, classes, row, key), SIZE_MAX, &at);
		if (status != WEIR_OK || at == SIZE_MAX)
			continue;
		ranks[row] = weir_foot_says(capital, at, "rank", "senior") ? RANK_SENIOR : RANK_SUBORDINATED;
	}
	weir_foot_rows_free(&index);
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
	weir_foot_rows sizes = { 0 }, seen = { 0 };
	weir_status status = WEIR_OK;
	if (!classes || !capital)
		return WEIR_OK;
	WEIR_TRY(index_rows(foot, &sizes, capital, key));
	for (size_t row = 0; row < classes->row_count; row++) {
		size_t at, before;
		const char *class = weir_foot_key_of(foot, classes, row, key);
		WEIR_TRY(weir_foot_rows_find(&sizes, class, SIZE_MAX, &at));
		WEIR_TRY(weir_foot_rows_find(&seen, class, row, &before));
		if (at == SIZE_MAX)
			weir_foot_complain(foot, classes, row, "the class stands in table \"capital\"", 1, 0);
		else if (before == SIZE_MAX && weir_foot_amount(classes, row, "period") == 1 &&
		         weir_foot_amount(capital, at, "size") != weir_foot_amount(classes, row, "opening"))
			weir_foot_complain(foot, classes, row, "the first opening is the class's size",
			                   weir_foot_amount(capital, at, "size"),
			                   weir_foot_amount(classes, row, "opening"));
	}
out:
	weir_foot_rows_free(&sizes);
	weir_foot_rows_free(&seen);
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

/* The pool is the same whatever it is sorted by. */
static void check_pool(weir_footing *foot)
{
	static const char *const tables[] = { "strat_industry", "strat_region", "strat_kind" };
	static const char *const columns[] = { "principal", "receivable", "contracts" };
	const weir_table *obligors = weir_results_table(foot->results, "obligors");
	for (size_t t = 0; obligors && t < sizeof tables / sizeof *tables; t++) {
		const weir_table *table = weir_results_table(foot->results, tables[t]);
		for (size_t c = 0; table && c < sizeof columns / sizeof *columns; c++) {
			double expected = weir_foot_sum(obligors, columns[c]), found = weir_foot_sum(table, columns[c]);
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
		double all = weir_foot_amount(table, last, columns[c]), sum = weir_foot_sum(table, columns[c]) - all;
		if (sum != all)
			weir_foot_complain(foot, table, last, "all obligors together are the sum of them", sum, all);
	}
}

weir_status weir_foot_ties(weir_footing *foot)
{
	weir_status status;
	for (size_t i = 0; i < sizeof echoes / sizeof *echoes; i++)
		WEIR_TRY(check_echo(foot, &echoes[i]));
	WEIR_TRY(check_classes_against_periods(foot));
	WEIR_TRY(check_sizes(foot));
	check_support(foot);
	check_financing(foot);
	check_sources(foot);
	check_pool(foot);
out:
	return status;
}
