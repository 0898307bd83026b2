/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structuring_fixture.h"

#include <check.h>
#include <math.h>

#include "time/date.h"

/* Irregular numbers, by hand: prices fall as yields rise, parts add up to their totals. */

static weir_table *add_table(weir_results *results, weir_table_number number)
{
	weir_table *table = NULL;
	ck_assert_int_eq(weir_results_add_standard(&table, results, number), WEIR_OK);
	return table;
}

static weir_cell *add_row(weir_results *results, weir_table *table)
{
	weir_cell *row = weir_table_add_row(results, table);
	ck_assert_ptr_nonnull(row);
	return row;
}

static weir_cell word(const char *text)
{
	return weir_cell_text(text, text);
}

static weir_cell rate(double number)
{
	return weir_cell_typed(WEIR_CELL_RATE, 12, number);
}

static weir_cell number(double value)
{
	return weir_cell_typed(WEIR_CELL_NUMBER, 6, value);
}

static weir_cell cents(double value)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, value);
}

static const weir_table *capital_of(const weir_results *results)
{
	const weir_table *capital = weir_results_table(results, "capital");
	ck_assert_ptr_nonnull(capital);
	return capital;
}

static weir_cell of_capital(const weir_results *results, size_t row, int column)
{
	return *weir_table_cell(capital_of(results), row, column);
}

#define FROM_CAPITAL(column) of_capital(results, i, WEIR_COL_capital_##column)

static void add_structure(weir_results *results)
{
	weir_table *table = add_table(results, WEIR_TABLE_structure);
	for (size_t i = 0; i < capital_of(results)->row_count; i++) {
		weir_cell *row = add_row(results, table);
		double size = FROM_CAPITAL(size).number;
		row[WEIR_COL_structure_class] = FROM_CAPITAL(class);
		row[WEIR_COL_structure_part] = weir_cell_key("chosen", "Chosen", "选定");
		row[WEIR_COL_structure_size] = FROM_CAPITAL(size);
		row[WEIR_COL_structure_share] = FROM_CAPITAL(share);
		row[WEIR_COL_structure_subordination] = FROM_CAPITAL(subordination);
		row[WEIR_COL_structure_coupon] = FROM_CAPITAL(coupon);
		row[WEIR_COL_structure_price] = weir_cell_number(99.2507);
		row[WEIR_COL_structure_proceeds] = weir_cell_number(floor(size * 992507 / 1000000 + 0.5));
	}
	table = add_table(results, WEIR_TABLE_structure_choices);
	weir_cell *row = add_row(results, table);
	row[WEIR_COL_structure_choices_name] = word("reserve_months");
	row[WEIR_COL_structure_choices_value] = weir_cell_typed(WEIR_CELL_INTEGER, 0, 4);
}

#undef FROM_CAPITAL
#define COL(table, column) row[WEIR_COL_##table##_##column]

static void add_certificate(weir_results *results)
{
	weir_table *table = add_table(results, WEIR_TABLE_certificate);
	weir_cell class = of_capital(results, 0, WEIR_COL_capital_class);
	weir_cell scenario = weir_cell_key("late", "30 % late", "三成延迟");
	weir_cell *row = add_row(results, table);
	COL(certificate, claim) = weir_cell_key("as-found", "As found", "所得结构");
	COL(certificate, result) = weir_cell_key("pass", "Pass", "通过");
	COL(certificate, class) = class;
	COL(certificate, scenario) = scenario;
	row = add_row(results, table);
	COL(certificate, claim) = weir_cell_key("one-lot-more", "One lot more", "增加一手");
	COL(certificate, moved) = class;
	COL(certificate, result) = weir_cell_key("fail", "Fail", "不通过");
	COL(certificate, class) = class;
	COL(certificate, scenario) = scenario;
	COL(certificate, date) = weir_cell_number(weir_date_parse("2024-03-28", 10));
	COL(certificate, amount) = weir_cell_number(1628730);
	table = add_table(results, WEIR_TABLE_structure_margins);
	row = add_row(results, table);
	COL(structure_margins, scenario) = scenario;
	COL(structure_margins, defaulted) = weir_cell_number(311);
	COL(structure_margins, coverage_min) = weir_cell_number(1.0374);
	COL(structure_margins, coverage_total) = weir_cell_number(1.0821);
	COL(structure_margins, left) = weir_cell_number(4656177225);
	table = add_table(results, WEIR_TABLE_structure_search);
	row = add_row(results, table);
	COL(structure_search, objective) = weir_cell_key("proceeds", "Proceeds", "募集资金");
	COL(structure_search, value) = cents(69600000000);
	COL(structure_search, bound) = cents(69600000000);
	COL(structure_search, gap) = weir_cell_number(0);
	COL(structure_search, proven) = weir_cell_number(1);
	COL(structure_search, lattice) = weir_cell_number(34367238);
	COL(structure_search, starts) = weir_cell_number(3);
}

/* Two classes at three prices in two scenarios. */
static void add_yields(weir_results *results)
{
	static const char *const scenarios[] = { "base", "late" };
	weir_table *table = add_table(results, WEIR_TABLE_price_yield);
	for (size_t s = 0; s < 2; s++)
		for (size_t c = 0; c < 2; c++)
			for (int p = 0; p < 3; p++) {
				weir_cell *row = add_row(results, table);
				COL(price_yield, scenario) = word(scenarios[s]);
				COL(price_yield, class) = of_capital(results, c, WEIR_COL_capital_class);
				COL(price_yield, clean) = weir_cell_number(99 + p);
				COL(price_yield, yield) =
					weir_cell_number(0.0617 - 0.0091 * p - 0.0013 * (double)s + 0.0004 * (double)c);
				COL(price_yield, wal) = weir_cell_number(1.56 + 0.12 * (double)s);
			}
	table = add_table(results, WEIR_TABLE_price);
	weir_cell *row = add_row(results, table);
	COL(price, scenario) = word("base");
	COL(price, class) = of_capital(results, 0, WEIR_COL_capital_class);
	COL(price, clean) = weir_cell_number(99.2507);
	COL(price, accrued) = weir_cell_number(0.4131);
	COL(price, dirty) = weir_cell_number(99.2507 + 0.4131);
	COL(price, yield) = weir_cell_number(0.0531);
	COL(price, curve) = weir_cell_key("cgb", "Government bonds", "国债");
	COL(price, z_spread) = weir_cell_number(0.0311);
	table = add_table(results, WEIR_TABLE_key_rates);
	static const struct {
		const char *tenor;
		double quote, duration;
	} points[] = { { "1 year", 0.021, 0.3362 }, { "2 years", 0.0225, 0.7061 }, { "all", NAN, 1.0423 } };
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		row = add_row(results, table);
		COL(key_rates, scenario) = word("base");
		COL(key_rates, class) = of_capital(results, 0, WEIR_COL_capital_class);
		COL(key_rates, tenor) = word(points[i].tenor);
		COL(key_rates, rate) = weir_cell_number(points[i].quote);
		COL(key_rates, duration) = weir_cell_number(points[i].duration);
	}
}

static void add_swing(weir_results *results, weir_table *table, const char *name, double low, double high)
{
	double base = 1.1043;
	weir_cell *row = add_row(results, table);
	COL(tornado, metric) = word("coverage_min");
	COL(tornado, rank) = weir_cell_number((double)table->row_count);
	COL(tornado, number) = word(name);
	COL(tornado, low) = rate(0);
	COL(tornado, high) = rate(0.05);
	COL(tornado, at_base) = number(base);
	COL(tornado, at_low) = number(low);
	COL(tornado, at_high) = number(high);
	COL(tornado, change_low) = number(low - base);
	COL(tornado, change_high) = number(high - base);
	COL(tornado, swing) = number(fmax(base, fmax(low, high)) - fmin(base, fmin(low, high)));
}

static void add_part(weir_results *results, weir_table *table, weir_cell factor, double alone, double shapley)
{
	weir_cell *row = add_row(results, table);
	COL(attribution, metric) = word("coverage_total");
	COL(attribution, factor) = factor;
	COL(attribution, alone) = number(alone);
	COL(attribution, shapley) = number(shapley);
}

/* 1.1056 less 0.0311 and 0.0272 is 1.0473; alone they make 0.0302 and 0.0263, together 0.0018 more. */
static void add_sensitivity(weir_results *results)
{
	weir_table *table = add_table(results, WEIR_TABLE_tornado);
	add_swing(results, table, "haircut", 1.1043, 1.0491);
	add_swing(results, table, "rate_shift", 1.0937, 1.1149);
	add_swing(results, table, "an unknown number", 1.1043, 1.1039);
	table = add_table(results, WEIR_TABLE_attribution);
	add_part(results, table, word("default"), -0.0302, -0.0311);
	add_part(results, table, word("late contract L1"), -0.0263, -0.0272);
	add_part(results, table, weir_cell_key("interaction", "Interaction", "交互影响"), -0.0018, NAN);
	add_part(results, table, weir_cell_key("total", "Total", "合计"), -0.0583, -0.0583);
	weir_cell *row = &table->cells[3 * (size_t)table->column_count];
	COL(attribution, from) = number(1.1056);
	COL(attribution, to) = number(1.0473);
}

static void add_grades(weir_results *results)
{
	weir_table *table = add_table(results, WEIR_TABLE_rating);
	for (size_t i = 0; i < 2; i++) {
		weir_cell *row = add_row(results, table);
		COL(rating, class) = of_capital(results, 0, WEIR_COL_capital_class);
		COL(rating, support) = i ? weir_cell_key("off", "without support", "不含增信") :
		                           weir_cell_key("on", "with support", "含增信");
		COL(rating, breakeven) = weir_cell_number(i ? 0.1037 : 0.1211);
		COL(rating, grade) = word(i ? "AA+" : "AAA");
		COL(rating, target) = weir_cell_number(0.0945);
		COL(rating, margin) = weir_cell_number(i ? 0.0092 : 0.0266);
	}
	table = add_table(results, WEIR_TABLE_selection);
	weir_cell *row = add_row(results, table);
	COL(selection, contract) = word("K1");
	COL(selection, principal) = weir_cell_number(1234567);
	COL(selection, chosen) = weir_cell_number(1);
	COL(selection, share) = weir_cell_number(1);
	table = add_table(results, WEIR_TABLE_selection_limits);
	row = add_row(results, table);
	COL(selection_limits, limit) = word("region");
	COL(selection_limits, bound) = rate(0.4);
	COL(selection_limits, value) = rate(0.3977);
	COL(selection_limits, binds) = weir_cell_number(1);
}

void structuring_fixture_add(weir_results *results)
{
	add_structure(results);
	add_certificate(results);
	add_yields(results);
	add_sensitivity(results);
	add_grades(results);
}
