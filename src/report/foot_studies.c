/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_studies.c: foots the tables of studies: a structure, prices, sensitivities, attributions, grades, a selection,
 * the pool stratified. Amounts hold to the cent, other numbers to the decimals that are written. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/foot_int.h"

#define NEAR 1e-9

static void complain(weir_footing *foot, const weir_table *table, size_t row, const char *what, double expected,
                     double found)
{
	if (foot->breaks++ >= WEIR_FOOT_MOST_SAID)
		return;
	weir_diag_error(foot->diags, FOOTING, (weir_place){ 0 },
	                "table \"%s\", row %zu: %s: expected %.12g, found %.12g; report this as a fault of the program",
	                table->id, row + 1, what, expected, found);
}

static int is_money(const weir_table *table, size_t row, const char *column)
{
	int c = weir_table_column(table, column);
	const weir_cell *cell = weir_table_cell(table, row, c);
	return cell && weir_cell_type_of(&table->columns[c], cell) == WEIR_CELL_MONEY;
}

/* How far the cell may be from what `terms` other cells make: nothing in money; else what rounding them all to the
 * decimals of the file makes, for results that were read back. */
static double room_of(const weir_table *table, size_t row, const char *column, double expected, int terms)
{
	int c = weir_table_column(table, column);
	const weir_cell *cell = weir_table_cell(table, row, c);
	if (is_money(table, row, column))
		return 0;
	int decimals = cell && table->columns[c].type == WEIR_CELL_MIXED ? cell->decimals : table->columns[c].decimals;
	double unit = 1;
	for (int i = 0; i < decimals; i++)
		unit /= 10;
	return NEAR * fmax(1, fabs(expected)) + (terms + 1) * unit / 2;
}

static void expect_sum(weir_footing *foot, const weir_table *table, size_t row, const char *column, const char *what,
                       double expected, int terms)
{
	double found = weir_foot_amount(table, row, column);
	if (!(fabs(found - expected) <= room_of(table, row, column, expected, terms)))
		complain(foot, table, row, what, expected, found);
}

static void expect(weir_footing *foot, const weir_table *table, size_t row, const char *column, const char *what,
                   double expected)
{
	expect_sum(foot, table, row, column, what, expected, 2);
}

static int same_word(const weir_table *table, size_t a, size_t b, const char *column)
{
	const weir_cell *one = weir_foot_cell(table, a, column), *other = weir_foot_cell(table, b, column);
	return one && other && strcmp(weir_cell_word(one), weir_cell_word(other)) == 0;
}

/* --- structures ------------------------------------------------------------------------------------------------- */

/* What ranks behind a class is the shares of all classes that attach lower. */
static void check_attachments(weir_footing *foot, const char *id)
{
	const weir_table *table = weir_results_table(foot->results, id);
	for (size_t row = 0; table && row < table->row_count; row++) {
		double own = weir_foot_amount(table, row, "subordination"), behind = 0;
		if (!weir_foot_cell(table, row, "subordination"))
			continue;
		for (size_t other = 0; other < table->row_count; other++)
			if (weir_foot_amount(table, other, "subordination") < own - NEAR)
				behind += weir_foot_amount(table, other, "share");
		expect(foot, table, row, "subordination", "subordination is the shares of what attaches lower", behind);
	}
}

static void check_structure(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "structure");
	double total = table ? weir_foot_sum(table, "size") : 0;
	for (size_t row = 0; table && row < table->row_count; row++) {
		double size = weir_foot_amount(table, row, "size"), price = weir_foot_amount(table, row, "price");
		if (weir_foot_cell(table, row, "price"))
			expect(foot, table, row, "proceeds", "proceeds are size x price / 100",
			       weir_round_quad((weir_quad)size * weir_quad_from_decimal(price) / 100));
		if (total > 0)
			expect(foot, table, row, "share", "share is size of all sizes", size / total);
	}
	if (table && table->row_count > 0 && fabs(weir_foot_sum(table, "share") - 1) > NEAR)
		complain(foot, table, table->row_count, "shares add up to the whole", 1, weir_foot_sum(table, "share"));
}

/* The structure is the capital that was run. */
static void check_capital(weir_footing *foot)
{
	static const char *const columns[] = { "size", "coupon", "share", "subordination" };
	const weir_table *structure = weir_results_table(foot->results, "structure");
	const weir_table *capital = weir_results_table(foot->results, "capital");
	for (size_t row = 0; structure && capital && row < structure->row_count; row++) {
		const weir_cell *class = weir_foot_cell(structure, row, "class");
		size_t at = 0;
		while (class && at < capital->row_count && !weir_foot_says(capital, at, "class", weir_cell_word(class)))
			at++;
		if (!class || at == capital->row_count) {
			complain(foot, structure, row, "the class stands in table \"capital\"", 1, 0);
			continue;
		}
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
			if (weir_foot_cell(structure, row, columns[c]) && weir_foot_cell(capital, at, columns[c]))
				expect(foot, structure, row, columns[c], "the structure is the capital that was run",
				       weir_foot_amount(capital, at, columns[c]));
	}
}

/* A claim that something fails says when and by how much; the search's gap is what it states. */
static void check_certificate(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "certificate");
	const weir_table *search = weir_results_table(foot->results, "structure_search");
	for (size_t row = 0; table && row < table->row_count; row++)
		if (weir_foot_says(table, row, "result", "fail") &&
		    !(weir_foot_cell(table, row, "date") && weir_foot_amount(table, row, "amount") > 0))
			complain(foot, table, row, "what fails says when and by how much", 1, 0);
	for (size_t row = 0; search && row < search->row_count; row++)
		if (weir_foot_amount(search, row, "proven") != 0 && weir_foot_cell(search, row, "gap"))
			expect(foot, search, row, "gap", "what is proven has no gap", 0);
}

/* --- prices ----------------------------------------------------------------------------------------------------- */

static void check_prices(weir_footing *foot)
{
	static const char *const tables[] = { "price", "measures" };
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
		const weir_table *table = weir_results_table(foot->results, tables[t]);
		for (size_t row = 0; table && row < table->row_count; row++)
			if (weir_foot_cell(table, row, "dirty") && weir_foot_cell(table, row, "accrued"))
				expect(foot, table, row, "dirty",
				       "the dirty price is the clean one with what has accrued",
				       weir_foot_amount(table, row, "clean") + weir_foot_amount(table, row, "accrued"));
	}
}

/* A class's key-rate durations add up to its last row. */
static void check_key_rates(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "key_rates");
	double sum = 0;
	int points = 0;
	for (size_t row = 0; table && row < table->row_count; row++, points++) {
		if (row == 0 || !same_word(table, row - 1, row, "class") || !same_word(table, row - 1, row, "scenario"))
			sum = points = 0;
		if (weir_foot_cell(table, row, "rate"))
			sum += weir_foot_amount(table, row, "duration");
		else if (weir_foot_cell(table, row, "duration"))
			expect_sum(foot, table, row, "duration", "the last row is the sum of the points", sum, points);
	}
}

static void check_forward_balances(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "forward_balances");
	for (size_t row = 1; table && row < table->row_count; row++)
		if (same_word(table, row - 1, row, "class") && same_word(table, row - 1, row, "scenario") &&
		    weir_foot_cell(table, row, "period") && weir_foot_cell(table, row - 1, "balance") &&
		    weir_foot_cell(table, row, "principal"))
			expect(foot, table, row, "balance", "balance is the last one less principal",
			       weir_foot_amount(table, row - 1, "balance") - weir_foot_amount(table, row, "principal"));
}

/* --- sensitivities and attributions ----------------------------------------------------------------------------- */

static void check_tornado(weir_footing *foot)
{
	static const struct {
		const char *change, *at;
	} sides[] = { { "change_low", "at_low" }, { "change_high", "at_high" } };
	const weir_table *table = weir_results_table(foot->results, "tornado");
	for (size_t row = 0; table && row < table->row_count; row++)
		for (size_t i = 0; i < 2; i++)
			if (weir_foot_cell(table, row, sides[i].change))
				expect(foot, table, row, sides[i].change,
				       "a change is the figure less the one at the base",
				       weir_foot_amount(table, row, sides[i].at) -
				               weir_foot_amount(table, row, "at_base"));
}

/* What the factors make adds up to the way from the first figure to the second. */
static void check_attribution(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "attribution");
	double shapley = 0, alone = 0;
	int factors = 0;
	for (size_t row = 0; table && row < table->row_count; row++, factors++) {
		if (row == 0 || !same_word(table, row - 1, row, "metric"))
			shapley = alone = factors = 0;
		if (!weir_foot_says(table, row, "factor", "total")) {
			shapley += weir_foot_amount(table, row, "shapley");
			alone += weir_foot_amount(table, row, "alone");
			continue;
		}
		if (!weir_foot_cell(table, row, "shapley"))
			continue;
		expect_sum(foot, table, row, "shapley", "the factors' Shapley values add up to the total", shapley,
		           factors);
		expect_sum(foot, table, row, "alone", "what the factors make alone, with the interaction, is the total",
		           alone, factors);
		if (weir_foot_cell(table, row, "from") && weir_foot_cell(table, row, "to"))
			expect(foot, table, row, "shapley", "the total is the way from one figure to the other",
			       weir_foot_amount(table, row, "to") - weir_foot_amount(table, row, "from"));
	}
}

/* --- grades and selections -------------------------------------------------------------------------------------- */

static void check_rating(weir_footing *foot)
{
	static const struct {
		const char *margin, *target;
	} margins[] = { { "margin", "target" }, { "published_margin", "published_target" } };
	const weir_table *table = weir_results_table(foot->results, "rating");
	for (size_t row = 0; table && row < table->row_count; row++)
		for (size_t i = 0; i < 2; i++) {
			double margin = weir_foot_amount(table, row, margins[i].margin);
			double way = weir_foot_amount(table, row, "breakeven") -
			             weir_foot_amount(table, row, margins[i].target);
			/* of what must come back the margin counts the other way */
			if (weir_foot_cell(table, row, margins[i].margin) && fabs(fabs(margin) - fabs(way)) > NEAR)
				complain(foot, table, row, "a margin is the way from the target to the break-even", way,
				         margin);
		}
}

/* The shares of what is chosen make the whole. */
static void check_selection(weir_footing *foot)
{
	const weir_table *table = weir_results_table(foot->results, "selection");
	double shares = 0, principal = 0;
	for (size_t row = 0; table && row < table->row_count; row++)
		if (weir_foot_amount(table, row, "chosen") != 0) {
			shares += weir_foot_amount(table, row, "share");
			principal += weir_foot_amount(table, row, "principal");
		}
	if (principal > 0 && fabs(shares - 1) > NEAR)
		complain(foot, table, table->row_count, "the shares of what is chosen make the whole", 1, shares);
}

/* --- stratifications -------------------------------------------------------------------------------------------- */

/* Every one counts the whole pool, and its shares make the whole. */
static void check_stratifications(weir_footing *foot)
{
	static const char *const columns[] = { "contracts", "principal", "receivable", "contracts_share", "share" };
	const weir_table *table = weir_results_table(foot->results, "strat");
	for (size_t c = 0; table && c < sizeof columns / sizeof *columns; c++) {
		double first = NAN, sum = 0;
		for (size_t row = 0; row < table->row_count; row++) {
			double number = weir_foot_amount(table, row, "table");
			sum += weir_foot_amount(table, row, columns[c]);
			if (row + 1 < table->row_count && weir_foot_amount(table, row + 1, "table") == number)
				continue;
			first = isnan(first) ? sum : first;
			if (fabs(sum - first) > NEAR)
				complain(foot, table, row, "every stratification counts the whole pool", first, sum);
			sum = 0;
		}
	}
}

void weir_foot_studies(weir_footing *foot)
{
	check_attachments(foot, "structure");
	check_attachments(foot, "capital");
	check_structure(foot);
	check_capital(foot);
	check_certificate(foot);
	check_prices(foot);
	check_key_rates(foot);
	check_forward_balances(foot);
	check_tornado(foot);
	check_attribution(foot);
	check_rating(foot);
	check_selection(foot);
	check_stratifications(foot);
}
