/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_offering.c: ties the tables of a prospectus to each other, to the run and to the pool. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/foot_int.h"

#define NEAR 1e-9
#define UNIT_ROUNDING 5.1e-5 /* of a face of 100, an amount per unit with two decimals is off by at most half of one */

static const weir_table *table_of(const weir_footing *foot, const char *id)
{
	return weir_results_table(foot->results, id);
}

/* The first row that says so; -1 when none does. */
static long row_that_says(const weir_table *table, const char *column, const char *text)
{
	for (size_t row = 0; table && row < table->row_count; row++)
		if (weir_foot_says(table, row, column, text))
			return (long)row;
	return -1;
}

/* `found`, told as a cell, against `expected`, told by `of`: another table and its cell. */
static void expect(weir_footing *foot, const weir_table *table, size_t row, const char *column, double found,
                   double expected, const char *of, double room)
{
	if (fabs(found - expected) <= room || (isnan(found) && isnan(expected)))
		return;
	if (foot->breaks++ < WEIR_FOOT_MOST_SAID)
		weir_diag_error(
			foot->diags, FOOTING, (weir_place){ 0 },
			"table \"%s\", row %zu, column \"%s\": found %.15g, but %s is %.15g; report this as a fault of the "
			"program",
			table->id, row + 1, column, found, of, expected);
}

static void expect_cell(weir_footing *foot, const weir_table *table, size_t row, const char *column, double expected,
                        const char *of, double room)
{
	expect(foot, table, row, column, weir_foot_amount(table, row, column), expected, of, room);
}

/* All of a column, over the rows whose `by` says `text` (NULL: all rows). */
static double sum_where(const weir_table *table, const char *column, const char *by, const char *text)
{
	double sum = 0;
	for (size_t row = 0; table && row < table->row_count; row++)
		if (!text || weir_foot_says(table, row, by, text))
			sum += weir_foot_amount(table, row, column);
	return sum;
}

/* The sum of a column is a figure that another table states. */
static void expect_sum(weir_footing *foot, const char *id, const char *column, double expected, const char *of,
                       double room)
{
	const weir_table *table = table_of(foot, id);
	if (table && table->row_count > 0)
		expect(foot, table, table->row_count - 1, column, sum_where(table, column, NULL, NULL), expected, of,
		       room);
}

/* An item of pool_overview; NAN when it is not told. */
static double overview(const weir_footing *foot, const char *key)
{
	const weir_table *table = table_of(foot, "pool_overview");
	long row = row_that_says(table, "item", key);
	return row < 0 ? NAN : weir_foot_amount(table, (size_t)row, "value");
}

/* What distributions count: principal, or where there is none what is due in all. */
static double pool_amount(const weir_footing *foot)
{
	double principal = overview(foot, "pool_principal");
	return principal > 0 ? principal : overview(foot, "pool_receivable");
}

/* --- securities ------------------------------------------------------------------------------------------------- */

static void check_classes(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "offered_classes"), *capital = table_of(foot, "capital");
	double pool = pool_amount(foot);
	for (size_t row = 0; table && row < table->row_count; row++) {
		long at = row_that_says(capital, "class", weir_foot_word(table, row, "class"));
		double size = weir_foot_amount(table, row, "size");
		if (at >= 0)
			expect_cell(foot, table, row, "size", weir_foot_amount(capital, (size_t)at, "size"),
			            "size of the class in table \"capital\"", 0);
		if (weir_foot_cell(table, row, "pool_share") && pool > 0)
			expect_cell(foot, table, row, "pool_share", size / pool,
			            "size of the pool in table \"pool_overview\"", NEAR);
	}
	if (table)
		expect_sum(foot, "offered_classes", "size", overview(foot, "issue_total"),
		           "item issue_total in table \"pool_overview\"", 0);
}

/* Average lives are the same wherever they stand. */
static void check_lives(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "offered_classes"), *prices = table_of(foot, "pricing_helper");
	for (size_t row = 0; prices && row < prices->row_count; row++) {
		long at = row_that_says(table, "class", weir_foot_word(prices, row, "class"));
		if (weir_foot_says(prices, row, "scenario", "plain") && at >= 0 && weir_foot_cell(prices, row, "wal"))
			expect_cell(foot, prices, row, "wal", weir_foot_amount(table, (size_t)at, "wal"),
			            "wal of the class in table \"offered_classes\"", 2e-6);
	}
}

static void check_dates(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "payment_dates"), *periods = table_of(foot, "periods");
	for (size_t row = 0; table && row < table->row_count; row++) {
		double number = weir_foot_amount(table, row, "period");
		expect_cell(foot, table, row, "days",
		            weir_foot_amount(table, row, "accrual_end") - weir_foot_amount(table, row, "accrual_start"),
		            "the time from accrual_start to accrual_end", 0);
		for (size_t p = 0; periods && p < periods->row_count; p++)
			if (weir_foot_amount(periods, p, "period") == number)
				expect_cell(foot, table, row, "payment_date",
				            weir_foot_amount(periods, p, "payment_date"),
				            "payment_date of the period in table \"periods\"", 0);
	}
}

static void check_closing(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "closing_flows");
	if (table && table->row_count > 0)
		expect(foot, table, table->row_count - 1, "amount", sum_where(table, "amount", "side", "use"),
		       sum_where(table, "amount", "side", "source"), "the sum of the sources in the same table", 0);
}

/* --- the pool --------------------------------------------------------------------------------------------------- */

static void check_eligibility(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "eligibility");
	for (size_t row = 0; table && row < table->row_count; row++) {
		expect_cell(foot, table, row, "tested",
		            weir_foot_amount(table, row, "passed") + weir_foot_amount(table, row, "failed"),
		            "passed and failed together", 0);
		expect_cell(foot, table, row, "tested", overview(foot, "contract_count"),
		            "item contract_count in table \"pool_overview\"", 0);
	}
}

/* Every distribution has the totals of the overview. */
static void check_distributions(weir_footing *foot)
{
	static const char *const columns[][2] = { { "contracts", "contract_count" },
		                                  { "principal", "pool_principal" },
		                                  { "receivable", "pool_receivable" } };
	const weir_table *table = table_of(foot, "strat");
	if (!table_of(foot, "pool_overview"))
		return;
	for (size_t c = 0; table && c < sizeof columns / sizeof *columns; c++) {
		char of[100];
		double sum = 0;
		snprintf(of, sizeof of, "item %s in table \"pool_overview\"", columns[c][1]);
		for (size_t row = 0; row < table->row_count; row++) {
			double number = weir_foot_amount(table, row, "table");
			sum += weir_foot_amount(table, row, columns[c][0]);
			if (row + 1 < table->row_count && weir_foot_amount(table, row + 1, "table") == number)
				continue;
			expect(foot, table, row, columns[c][0], sum, overview(foot, columns[c][1]), of, 0);
			sum = 0;
		}
	}
}

static void check_pool(weir_footing *foot)
{
	static const char principal[] = "item pool_principal in table \"pool_overview\"";
	static const char receivable[] = "item pool_receivable in table \"pool_overview\"";
	static const char contracts[] = "item contract_count in table \"pool_overview\"";
	const weir_table *assets = table_of(foot, "asset_forecast");
	if (!table_of(foot, "pool_overview"))
		return;
	expect_sum(foot, "top_obligors", "amount", pool_amount(foot), "the pool's amount in table \"pool_overview\"",
	           0);
	expect_sum(foot, "top_obligors", "share", 1, "the whole", 1e-6);
	expect_sum(foot, "top_obligors", "contracts", overview(foot, "contract_count"), contracts, 0);
	expect_sum(foot, "contract_terms", "principal", overview(foot, "pool_principal"), principal, 0);
	expect_sum(foot, "vintages", "principal", overview(foot, "pool_principal"), principal, 0);
	expect_sum(foot, "vintages", "contracts", overview(foot, "contract_count"), contracts, 0);
	expect_sum(foot, "asset_forecast", "principal", overview(foot, "pool_principal"), principal, 0);
	expect_sum(foot, "asset_forecast", "total", overview(foot, "pool_receivable"), receivable, 0);
	for (size_t row = 0; assets && row < assets->row_count; row++)
		expect_cell(foot, assets, row, "total",
		            weir_foot_amount(assets, row, "principal") + weir_foot_amount(assets, row, "income"),
		            "principal and income together", 0);
	if (!isnan(overview(foot, "ip-appraised")))
		expect_sum(foot, "ip_terms", "valuation", overview(foot, "ip-appraised"),
		           "item ip-appraised in table \"pool_overview\"", 0);
}

/* --- cash ------------------------------------------------------------------------------------------------------- */

static void check_amortisation(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "amortisation");
	for (size_t row = 0; table && row < table->row_count; row++) {
		expect_cell(foot, table, row, "closing",
		            weir_foot_amount(table, row, "opening") - weir_foot_amount(table, row, "principal"),
		            "opening less principal", 0);
		if (row > 0 &&
		    strcmp(weir_foot_word(table, row, "subject"), weir_foot_word(table, row - 1, "subject")) == 0)
			expect_cell(foot, table, row, "opening", weir_foot_amount(table, row - 1, "closing"),
			            "the closing before it", 0);
		else if (row == 0 && table_of(foot, "closing_flows"))
			expect_cell(foot, table, row, "opening", overview(foot, "pool_principal"),
			            "item pool_principal in table \"pool_overview\"", 0);
	}
}

/* A class of table capital that ranks senior. */
static int is_senior(const weir_footing *foot, const char *class)
{
	const weir_table *capital = table_of(foot, "capital");
	long row = row_that_says(capital, "class", class);
	return row >= 0 && weir_foot_says(capital, (size_t)row, "rank", "senior");
}

/* What the classes get in a period. */
typedef struct paid_sums {
	double interest, principal, junior;
} paid_sums;

static paid_sums paid_in(const weir_footing *foot, double period)
{
	const weir_table *table = table_of(foot, "offered_payments");
	paid_sums sums = { 0 };
	for (size_t row = 0; table && row < table->row_count; row++) {
		double interest = weir_foot_amount(table, row, "interest_paid");
		double principal = weir_foot_amount(table, row, "principal_paid");
		if (weir_foot_amount(table, row, "period") != period)
			continue;
		if (is_senior(foot, weir_foot_word(table, row, "class"))) {
			sums.interest += interest;
			sums.principal += principal;
		} else {
			sums.junior += interest + principal + weir_foot_amount(table, row, "other_paid");
		}
	}
	return sums;
}

static int has_actuals(const weir_footing *foot)
{
	for (size_t i = 0; i < foot->results->fact_count; i++)
		if (strncmp(foot->results->facts[i].id, "actual", 6) == 0)
			return 1;
	return 0;
}

/* Where the run was the base case itself its periods are the forecast's. */
static void check_periods(weir_footing *foot, const weir_table *table, size_t row)
{
	static const char *const columns[] = {
		"pool_principal", "pool_income",          "pool_recovered",        "taxes_paid",
		"fees_paid",      "senior_interest_paid", "senior_principal_paid", "subordinated_paid"
	};
	const weir_table *periods = table_of(foot, "periods");
	if (foot->results->scenario_id || has_actuals(foot))
		return;
	for (size_t p = 0; periods && p < periods->row_count; p++)
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
			if (weir_foot_amount(periods, p, "period") == weir_foot_amount(table, row, "period"))
				expect_cell(foot, table, row, columns[c], weir_foot_amount(periods, p, columns[c]),
				            "that column of the period in table \"periods\"", 0);
}

static void check_forecast(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "base_forecast");
	for (size_t row = 0; table && row < table->row_count; row++) {
		paid_sums paid = paid_in(foot, weir_foot_amount(table, row, "period"));
		expect_cell(foot, table, row, "total_in",
		            weir_foot_amount(table, row, "pool_principal") +
		                    weir_foot_amount(table, row, "pool_income") +
		                    weir_foot_amount(table, row, "pool_recovered") +
		                    weir_foot_amount(table, row, "other_in"),
		            "what comes in together", 0);
		expect_cell(foot, table, row, "senior_interest_paid", paid.interest,
		            "the interest of the senior classes in table \"offered_payments\"", 0);
		expect_cell(foot, table, row, "senior_principal_paid", paid.principal,
		            "the principal of the senior classes in table \"offered_payments\"", 0);
		expect_cell(foot, table, row, "subordinated_paid", paid.junior,
		            "what the other classes get in table \"offered_payments\"", 0);
		check_periods(foot, table, row);
	}
}

/* No class gets more principal than its size; interest is coupon on balance. */
static void check_payments(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "offered_payments"), *classes = table_of(foot, "offered_classes");
	for (size_t row = 0; classes && row < classes->row_count; row++) {
		const char *class = weir_foot_word(classes, row, "class");
		double paid = sum_where(table, "principal_paid", "class", class),
		       size = weir_foot_amount(classes, row, "size");
		if (paid > size)
			expect(foot, classes, row, "size", size, paid,
			       "the principal paid in table \"offered_payments\"", 0);
	}
	for (size_t row = 0; table && row < table->row_count; row++) {
		double opening = weir_foot_amount(table, row, "opening");
		if (weir_foot_cell(table, row, "accrued"))
			expect_cell(foot, table, row, "accrued",
			            opening * weir_foot_amount(table, row, "coupon") *
			                    weir_foot_amount(table, row, "fraction"),
			            "coupon on the opening balance", 1 + opening * UNIT_ROUNDING);
	}
}

static void check_fees(weir_footing *foot)
{
	const weir_table *forecast = table_of(foot, "base_forecast"), *taxes = table_of(foot, "tax_sample");
	if (forecast)
		expect_sum(foot, "fee_schedule", "projected",
		           sum_where(forecast, "taxes_paid", NULL, NULL) + sum_where(forecast, "fees_paid", NULL, NULL),
		           "taxes and fees paid in table \"base_forecast\"", 0);
	for (size_t row = 0; taxes && row < taxes->row_count; row++) {
		double rate = weir_foot_amount(taxes, row, "rate"), base = weir_foot_amount(taxes, row, "base");
		weir_quad r = weir_quad_from_decimal(rate), due = (weir_quad)base * r;
		if (weir_foot_amount(taxes, row, "gross") != 0)
			due /= 1 + r;
		if (weir_foot_cell(taxes, row, "base") && weir_foot_cell(taxes, row, "rate"))
			expect_cell(foot, taxes, row, "charge", weir_round_quad(due), "the rate on the base", 0);
		expect_cell(foot, taxes, row, "total",
		            weir_foot_amount(taxes, row, "charge") + weir_foot_amount(taxes, row, "surcharge"),
		            "tax and surcharges together", 0);
		for (size_t p = 0; forecast && p < forecast->row_count; p++)
			if (weir_foot_amount(forecast, p, "period") == weir_foot_amount(taxes, row, "period") &&
			    weir_foot_amount(taxes, row, "paid") > weir_foot_amount(forecast, p, "taxes_paid"))
				expect_cell(foot, taxes, row, "paid", weir_foot_amount(forecast, p, "taxes_paid"),
				            "taxes_paid of the period in table \"base_forecast\"", 0);
	}
}

/* What stands behind a class is its share of the issue. */
static void check_enhancement(weir_footing *foot)
{
	const weir_table *table = table_of(foot, "enhancement_quantities"), *capital = table_of(foot, "capital");
	for (size_t row = 0; table && row < table->row_count; row++) {
		long at = row_that_says(capital, "class", weir_foot_word(table, row, "subject"));
		if (weir_foot_says(table, row, "measure", "subordination") && at >= 0 &&
		    weir_foot_cell(capital, (size_t)at, "subordination"))
			expect_cell(foot, table, row, "ratio", weir_foot_amount(capital, (size_t)at, "subordination"),
			            "subordination of the class in table \"capital\"", NEAR);
		if (weir_foot_says(table, row, "measure", "over-collateralisation"))
			expect_cell(foot, table, row, "amount", pool_amount(foot) - overview(foot, "issue_total"),
			            "the pool less the issue in table \"pool_overview\"", 0);
	}
}

void weir_foot_offering(weir_footing *foot)
{
	check_classes(foot);
	check_lives(foot);
	check_dates(foot);
	check_closing(foot);
	check_eligibility(foot);
	check_distributions(foot);
	check_pool(foot);
	check_amortisation(foot);
	check_forecast(foot);
	check_payments(foot);
	check_fees(foot);
	check_enhancement(foot);
}
