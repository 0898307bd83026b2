/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_stress.c: ties the tables of a stress-test appendix and those by scenario to the run and to each other. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/foot_int.h"

/* Half of the last decimal that a file keeps of the cell; nothing of money. */
static double room_of(const weir_table *table, size_t row, const char *column)
{
	int c = weir_table_column(table, column);
	const weir_cell *cell = weir_table_cell(table, row, c);
	weir_cell_type type = cell ? weir_cell_type_of(&table->columns[c], cell) : WEIR_CELL_INTEGER;
	int decimals = cell && table->columns[c].type == WEIR_CELL_MIXED ? cell->decimals : table->columns[c].decimals;
	if (type != WEIR_CELL_NUMBER && type != WEIR_CELL_RATE)
		return 0;
	return 0.5 * pow(10, -decimals);
}

/* The cell is `expected`, which `of` says it should be ("that of table \"periods\""), within `room` beside its own
 * rounding. */
static void expect(weir_footing *foot, const weir_table *table, size_t row, const char *column, const char *of,
                   double expected, double room)
{
	const weir_cell *cell = weir_foot_cell(table, row, column);
	double found = cell ? cell->number : NAN;
	if (isnan(found) && isnan(expected))
		return;
	if (fabs(found - expected) <= (room_of(table, row, column) + room) * 1.000001 + 1e-12 * fabs(expected))
		return;
	if (foot->breaks++ < WEIR_FOOT_MOST_SAID)
		weir_diag_error(
			foot->diags, FOOTING, (weir_place){ 0 },
			"table \"%s\", row %zu, column \"%s\": expected %.12g, which is %s, found %.12g; report this as a "
			"fault of the program",
			table->id, row + 1, column, expected, of, found);
}

/* The cell is another one, of another table or the same. */
static void tie(weir_footing *foot, const weir_table *table, size_t row, const char *column, const weir_table *other,
                size_t other_row, const char *other_column)
{
	char of[300];
	const weir_cell *cell = weir_foot_cell(other, other_row, other_column);
	snprintf(of, sizeof of, "table \"%s\", row %zu, column \"%s\"", other->id, other_row + 1, other_column);
	expect(foot, table, row, column, of, cell ? cell->number : NAN, room_of(other, other_row, other_column));
}

/* The row whose columns have these words, from `from` on; the row count when there is none. `second` NULL: one column.
 */
static size_t find(const weir_table *table, size_t from, const char *first, const char *word, const char *second,
                   const char *other)
{
	for (size_t row = from; row < table->row_count; row++)
		if (weir_foot_says(table, row, first, word) && (!second || weir_foot_says(table, row, second, other)))
			return row;
	return table->row_count;
}

/* --- the run's own scenario ------------------------------------------------------------------------------------- */

/* The first row is the run that the results are of: its summary, and the sums of its periods. */
static void check_first(weir_footing *foot, const weir_table *results)
{
	static const char *const of_summary[][2] = { { "coverage_min", "coverage_min" },
		                                     { "coverage_total", "coverage_total" },
		                                     { "subordinated_paid", "subordinated_total" } };
	static const char *const of_periods[][2] = { { "defaulted", "pool_defaulted" },
		                                     { "recovered", "pool_recovered" },
		                                     { "support_drawn", "support_in" } };
	const weir_table *summary = weir_results_table(foot->results, "summary");
	const weir_table *periods = weir_results_table(foot->results, "periods");
	for (size_t i = 0; summary && i < sizeof of_summary / sizeof *of_summary; i++) {
		size_t row = find(summary, 0, "metric", of_summary[i][1], NULL, NULL);
		if (row < summary->row_count)
			tie(foot, results, 0, of_summary[i][0], summary, row, "value");
	}
	for (size_t i = 0; periods && i < sizeof of_periods / sizeof *of_periods; i++)
		expect(foot, results, 0, of_periods[i][0], "the sum of table \"periods\"",
		       weir_foot_sum(periods, of_periods[i][1]), 0);
	if (periods)
		expect(foot, results, 0, "pool_inflow", "the sum of table \"periods\", principal, income and recovered",
		       weir_foot_sum(periods, "pool_principal") + weir_foot_sum(periods, "pool_income") +
		               weir_foot_sum(periods, "pool_recovered"),
		       0);
}

/* The row of periods with a number. */
static size_t period_row(const weir_table *periods, double number)
{
	size_t row = 0;
	while (row < periods->row_count && weir_foot_amount(periods, row, "period") != number)
		row++;
	return row;
}

/* A column by period of the first scenario is that of the periods. */
static void check_periods(weir_footing *foot, const char *id, const char *const *columns, size_t count)
{
	const weir_table *table = weir_results_table(foot->results, id);
	const weir_table *periods = weir_results_table(foot->results, "periods");
	for (size_t row = 0; table && periods && row < table->row_count; row++) {
		if (weir_table_column(table, "scenario") >= 0 &&
		    strcmp(weir_foot_word(table, row, "scenario"), weir_foot_word(table, 0, "scenario")) != 0)
			break;
		size_t at = period_row(periods, weir_foot_amount(table, row, "period"));
		for (size_t c = 0; c < count && at < periods->row_count; c++)
			tie(foot, table, row, columns[c], periods, at, columns[c]);
	}
}

/* --- by scenario ------------------------------------------------------------------------------------------------ */

/* The least coverage of a scenario is the least of its periods. */
static void check_least(weir_footing *foot, const weir_table *results)
{
	const weir_table *coverage = weir_results_table(foot->results, "stress_coverage");
	size_t at = 0;
	for (size_t row = 0; coverage && row < results->row_count; row++) {
		const char *scenario = weir_foot_word(results, row, "scenario");
		double least = NAN;
		for (; at < coverage->row_count && weir_foot_says(coverage, at, "scenario", scenario); at++) {
			const weir_cell *cell = weir_foot_cell(coverage, at, "coverage");
			if (cell && !(cell->number >= least))
				least = cell->number;
		}
		expect(foot, results, row, "coverage_min", "the least of table \"stress_coverage\"", least, 5e-7);
	}
}

static int is_senior(const weir_table *capital, const char *class)
{
	size_t row = find(capital, 0, "class", class, NULL, NULL);
	return weir_foot_says(capital, row, "rank", "senior");
}

/* What classes lack and get adds up to the scenario's senior shortfall and to what the subordinated get. */
static void check_classes(weir_footing *foot, const weir_table *results)
{
	const weir_table *classes = weir_results_table(foot->results, "stress_classes");
	const weir_table *capital = weir_results_table(foot->results, "capital");
	size_t at = 0;
	for (size_t row = 0; classes && capital && row < results->row_count; row++) {
		double interest = 0, principal = 0, paid = 0;
		for (; at < classes->row_count &&
		       strcmp(weir_foot_word(classes, at, "scenario"), weir_foot_word(results, row, "scenario")) == 0;
		     at++) {
			if (is_senior(capital, weir_foot_word(classes, at, "class"))) {
				interest += weir_foot_amount(classes, at, "interest_short");
				principal += weir_foot_amount(classes, at, "principal_short");
				continue;
			}
			paid += weir_foot_amount(classes, at, "interest_paid") +
			        weir_foot_amount(classes, at, "principal_paid") +
			        weir_foot_amount(classes, at, "residual_paid");
		}
		expect(foot, results, row, "interest_short", "the senior classes' of table \"stress_classes\"",
		       interest, 0);
		expect(foot, results, row, "principal_short", "the senior classes' of table \"stress_classes\"",
		       principal, 0);
		expect(foot, results, row, "subordinated_paid", "what table \"stress_classes\" pays the others", paid,
		       0);
	}
}

/* --- grades and support ----------------------------------------------------------------------------------------- */

/* A margin is the way between target and break-even; which way round says the method. */
static void check_margins(weir_footing *foot, const char *id)
{
	const weir_table *table = weir_results_table(foot->results, id);
	for (size_t row = 0; table && row < table->row_count; row++) {
		const weir_cell *margin = weir_foot_cell(table, row, "margin");
		double way = weir_foot_amount(table, row, "breakeven") - weir_foot_amount(table, row, "target");
		if (margin)
			expect(foot, table, row, "margin", "the way from its target to its break-even",
			       margin->number * way < 0 ? -way : way, 1e-12);
	}
}

static void check_required(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "stress_support");
	for (size_t row = 0; table && row < table->row_count; row++) {
		if (weir_foot_cell(table, row, "target"))
			expect(foot, table, row, "required", "its target less what is recovered",
			       weir_foot_amount(table, row, "target") * (1 - weir_foot_amount(table, row, "recovery")),
			       1e-12);
		if (weir_foot_cell(table, row, "gap"))
			expect(foot, table, row, "gap", "what is provided less what is required",
			       weir_foot_amount(table, row, "provided") - weir_foot_amount(table, row, "required"),
			       1e-12);
	}
}

/* The cases that table dependence has too are the same. */
static void check_dependence(weir_footing *foot)
{
	static const char *const columns[] = { "coverage_min",    "coverage_total", "interest_short",
		                               "principal_short", "support_drawn",  "subordinated_paid" };
	const weir_table *table = weir_results_table(foot->results, "stress_dependence");
	const weir_table *other = weir_results_table(foot->results, "dependence");
	for (size_t row = 0; table && other && row < other->row_count; row++) {
		size_t at = find(table, 0, "support", weir_foot_word(other, row, "support"), NULL, NULL);
		for (size_t c = 0; at < table->row_count && c < sizeof columns / sizeof *columns; c++)
			tie(foot, table, at, columns[c], other, row, columns[c]);
	}
}

/* With nothing laid over a run in which nothing defaults, the grid's corner is the run. */
static void check_corner(weir_footing *foot, const weir_table *results)
{
	const weir_table *grid = weir_results_table(foot->results, "stress_grid");
	for (size_t row = 0; grid && row < grid->row_count; row++)
		if (weir_foot_amount(results, 0, "defaulted") == 0 && weir_foot_amount(grid, row, "down_value") == 0 &&
		    weir_foot_amount(grid, row, "across_value") == 0)
			tie(foot, grid, row, "coverage_total", results, 0, "coverage_total");
}

static void check_corridor(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "funds_corridor");
	for (size_t row = 0; table && row < table->row_count; row++) {
		double cover = weir_foot_amount(table, row, "cover");
		if (!weir_foot_cell(table, row, "cover"))
			continue;
		expect(foot, table, row, "cover", "its funds over the interest due",
		       weir_foot_amount(table, row, "funds") / weir_foot_amount(table, row, "interest_due"), 0);
		if (weir_foot_amount(table, row, "cover_low") > cover + 1e-6)
			expect(foot, table, row, "cover_low", "not above the cover of the run", cover, 0);
		if (weir_foot_amount(table, row, "cover_high") < cover - 1e-6)
			expect(foot, table, row, "cover_high", "not below the cover of the run", cover, 0);
	}
}

static void check_path(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "coverage_path");
	for (size_t row = 0; table && row < table->row_count; row++)
		if (weir_foot_cell(table, row, "ltv"))
			expect(foot, table, row, "ltv", "the senior balance over the pool's",
			       weir_foot_amount(table, row, "senior_balance") /
			               weir_foot_amount(table, row, "pool_balance"),
			       0);
}

/* --- lives and prices ------------------------------------------------------------------------------------------- */

/* A class's balances begin with all of it, and end in its scenario with what is not repaid. */
static void check_decrement(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "decrement");
	for (size_t row = 0; table && row < table->row_count; row++)
		if ((row == 0 ||
		     strcmp(weir_foot_word(table, row - 1, "class"), weir_foot_word(table, row, "class")) != 0 ||
		     strcmp(weir_foot_word(table, row - 1, "scenario"), weir_foot_word(table, row, "scenario")) != 0) &&
		    weir_foot_cell(table, row, "share"))
			expect(foot, table, row, "share", "the whole at the start", 1, 0);
}

/* The day on which a period was paid, by table periods; NAN when it is not there. */
static double day_of(const weir_table *periods, double period)
{
	for (size_t row = 0; row < periods->row_count; row++)
		if (weir_foot_amount(periods, row, "period") == period)
			return weir_foot_amount(periods, row, "adjusted_date");
	return NAN;
}

/* The average life of T7 is that of the balances of T6: years, ACT/365F, of what is repaid from one row to the next,
 * from the settlement of the class. */
static void check_lives(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "decrement");
	const weir_table *yields = weir_results_table(foot->results, "scenario_yields");
	const weir_table *measures = weir_results_table(foot->results, "measures");
	const weir_table *periods = weir_results_table(foot->results, "periods");
	for (size_t row = 0; yields && table && measures && periods && row < yields->row_count; row++) {
		const char *class = weir_foot_word(yields, row, "class");
		const char *scenario = weir_foot_word(yields, row, "scenario");
		size_t at = find(table, 0, "class", class, "scenario", scenario);
		size_t of = find(measures, 0, "class", class, NULL, NULL);
		double weighted = 0, repaid = 0;
		if (at == table->row_count || of == measures->row_count || !weir_foot_cell(yields, row, "wal"))
			continue;
		for (size_t next = at + 1;
		     next < table->row_count && strcmp(weir_foot_word(table, next, "class"), class) == 0 &&
		     strcmp(weir_foot_word(table, next, "scenario"), scenario) == 0;
		     next++) {
			double part =
				weir_foot_amount(table, next - 1, "share") - weir_foot_amount(table, next, "share");
			weighted += part * (day_of(periods, weir_foot_amount(table, next, "period")) -
			                    weir_foot_amount(measures, of, "settlement"));
			repaid += part;
		}
		if (repaid > 0)
			expect(foot, yields, row, "wal", "the average life of the balances in table \"decrement\"",
			       weighted / repaid / 365, 1e-6);
	}
}

/* The run's own scenario, the first of each class, is that of the class measures; T1 takes its average life from them.
 */
static void check_yields(weir_footing *foot)
{
	static const char *const columns[] = { "clean", "wal",      "first_principal", "last_principal",
		                               "yield", "modified", "unpaid" };
	const weir_table *table = weir_results_table(foot->results, "scenario_yields");
	const weir_table *measures = weir_results_table(foot->results, "measures");
	for (size_t row = 0; table && measures && row < table->row_count; row++) {
		const char *class = weir_foot_word(table, row, "class");
		size_t at = find(measures, 0, "class", class, NULL, NULL);
		if (at == measures->row_count || find(table, 0, "class", class, NULL, NULL) != row)
			continue;
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
			if (weir_foot_cell(measures, at, columns[c]))
				tie(foot, table, row, columns[c], measures, at, columns[c]);
	}
}

/* A price by speed has the life of its scenario, and at the issue price its yield. */
static void check_speeds(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "price_speed");
	const weir_table *yields = weir_results_table(foot->results, "scenario_yields");
	for (size_t row = 0; table && yields && row < table->row_count; row++) {
		size_t at = find(yields, 0, "class", weir_foot_word(table, row, "class"), "scenario",
		                 weir_foot_word(table, row, "scenario"));
		if (at == yields->row_count)
			continue;
		tie(foot, table, row, "wal", yields, at, "wal");
		if (weir_foot_cell(table, row, "yield") &&
		    weir_foot_amount(table, row, "clean") == weir_foot_amount(yields, at, "clean"))
			tie(foot, table, row, "yield", yields, at, "yield");
	}
}

void weir_foot_stress(weir_footing *foot)
{
	static const char *const coverage[] = { "coverage" }, *const path[] = { "coverage", "coverage_period",
		                                                                "pool_balance" };
	const weir_table *results = weir_results_table(foot->results, "stress_results");
	if (results && results->row_count > 0) {
		check_first(foot, results);
		check_least(foot, results);
		check_classes(foot, results);
		check_corner(foot, results);
	}
	check_periods(foot, "stress_coverage", coverage, sizeof coverage / sizeof *coverage);
	check_periods(foot, "coverage_path", path, sizeof path / sizeof *path);
	check_margins(foot, "stress_breakeven");
	check_margins(foot, "rating_sensitivity");
	check_required(foot);
	check_dependence(foot);
	check_corridor(foot);
	check_path(foot);
	check_decrement(foot);
	check_lives(foot);
	check_yields(foot);
	check_speeds(foot);
}
