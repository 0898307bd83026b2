/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_life.c: ties what was collected and paid against its forecast (tables_life.def) to the periods and classes. */
#include <string.h>

#include "report/foot_int.h"

#define MOST_PARTS 3

/* Within a row: `total` is the sum of the parts. */
static void check_sum(weir_footing *foot, const weir_table *table, size_t row, const char *total,
                      const char *const parts[MOST_PARTS], const char *what)
{
	double sum = 0, found = weir_foot_amount(table, row, total);
	for (int i = 0; i < MOST_PARTS; i++)
		sum += weir_foot_amount(table, row, parts[i]);
	if (sum != found)
		weir_foot_complain(foot, table, row, what, sum, found);
}

static void check_difference(weir_footing *foot, const weir_table *table, size_t row)
{
	double expected = weir_foot_amount(table, row, "actual") - weir_foot_amount(table, row, "forecast");
	double found = weir_foot_amount(table, row, "difference");
	if (expected != found)
		weir_foot_complain(foot, table, row, "difference is actual less forecast", expected, found);
}

/* The row of the other table with the same period, and class where it has one; behind the last when there is none. */
static size_t twin_row(const weir_table *table, size_t row, const weir_table *other, int with_class)
{
	int class = weir_table_column(table, "class"), other_class = weir_table_column(other, "class");
	for (size_t i = 0; i < other->row_count; i++) {
		if (weir_foot_amount(other, i, "period") != weir_foot_amount(table, row, "period"))
			continue;
		if (!with_class || strcmp(weir_cell_word(weir_table_cell(table, row, class)),
		                          weir_cell_word(weir_table_cell(other, i, other_class))) == 0)
			return i;
	}
	return other->row_count;
}

/* Column pairs, ours and theirs, that are the same. */
static void check_against(weir_footing *foot, const weir_table *table, size_t row, const char *other_id,
                          const char *const (*pairs)[2], size_t count, int with_class)
{
	const weir_table *other = weir_results_table(foot->results, other_id);
	size_t at = other ? twin_row(table, row, other, with_class) : 0;
	if (!other)
		return;
	if (at == other->row_count) {
		weir_foot_complain(foot, table, row, with_class ? "the row stands in table \"classes\"" :
		                                                  "the row stands in table \"periods\"", 1, 0);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		double expected = weir_foot_amount(other, at, pairs[i][1]),
		       found = weir_foot_amount(table, row, pairs[i][0]);
		if (expected != found)
			weir_foot_complain(foot, table, row,
			                   with_class ? "what was paid is that of table \"classes\"" :
			                                "what was collected is that of table \"periods\"",
			                   expected, found);
	}
}

static void check_pool(weir_footing *foot, const weir_table *table)
{
	static const char *const forecast[] = { "forecast_principal", "forecast_income", "forecast_recovered" };
	static const char *const actual[] = { "actual_principal", "actual_income", "actual_recovered" };
	static const char *const pairs[][2] = { { "actual_principal", "pool_principal" },
		                                { "actual_income", "pool_income" },
		                                { "actual_recovered", "pool_recovered" } };
	double forecast_to_date = 0, actual_to_date = 0;
	for (size_t row = 0; row < table->row_count; row++) {
		check_sum(foot, table, row, "forecast", forecast, "forecast is its parts");
		check_sum(foot, table, row, "actual", actual, "actual is its parts");
		check_difference(foot, table, row);
		forecast_to_date += weir_foot_amount(table, row, "forecast");
		actual_to_date += weir_foot_amount(table, row, "actual");
		if (weir_foot_amount(table, row, "cumulative_forecast") != forecast_to_date)
			weir_foot_complain(foot, table, row, "cumulative forecast is the sum to date", forecast_to_date,
			                   weir_foot_amount(table, row, "cumulative_forecast"));
		if (weir_foot_amount(table, row, "cumulative_actual") != actual_to_date)
			weir_foot_complain(foot, table, row, "cumulative actual is the sum to date", actual_to_date,
			                   weir_foot_amount(table, row, "cumulative_actual"));
		check_against(foot, table, row, "periods", pairs, sizeof pairs / sizeof *pairs, 0);
	}
}

static void check_classes(weir_footing *foot, const weir_table *table)
{
	static const char *const forecast[] = { "forecast_interest", "forecast_principal", "forecast_residual" };
	static const char *const actual[] = { "actual_interest", "actual_principal", "actual_residual" };
	static const char *const pairs[][2] = { { "actual_interest", "interest_paid" },
		                                { "actual_principal", "principal_paid" },
		                                { "actual_residual", "residual_paid" },
		                                { "closing", "closing" } };
	for (size_t row = 0; row < table->row_count; row++) {
		check_sum(foot, table, row, "forecast", forecast, "forecast is its parts");
		check_sum(foot, table, row, "actual", actual, "actual is its parts");
		check_difference(foot, table, row);
		check_against(foot, table, row, "classes", pairs, sizeof pairs / sizeof *pairs, 1);
	}
}

void weir_foot_life(weir_footing *foot)
{
	const weir_table *pool = weir_results_table(foot->results, "life");
	const weir_table *classes = weir_results_table(foot->results, "life_classes");
	if (pool)
		check_pool(foot, pool);
	if (classes)
		check_classes(foot, classes);
}
