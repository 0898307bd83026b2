/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing_measures.c: what a prescribed report wants of a period that no column of the results holds as it is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "report/filing_int.h"

weir_filing_value weir_filing_number(double number)
{
	return (weir_filing_value){ .present = !isnan(number), .number = number };
}

weir_filing_value weir_filing_text(const char *text)
{
	return (weir_filing_value){ .present = text != NULL, .text = text, .number = NAN };
}

static const weir_cell *cell_of(const weir_table *table, size_t row, const char *column)
{
	int number = table ? weir_table_column(table, column) : -1;
	const weir_cell *cell = number >= 0 ? weir_table_cell(table, row, number) : NULL;
	return cell && cell->present ? cell : NULL;
}

double weir_filing_cell(const weir_table *table, size_t row, const char *column)
{
	const weir_cell *cell = cell_of(table, row, column);
	return cell ? cell->number : NAN;
}

const char *weir_filing_word(const weir_table *table, size_t row, const char *column, int shown)
{
	const weir_cell *cell = cell_of(table, row, column);
	if (!cell)
		return "";
	if (shown && (cell->en || cell->zh))
		return cell->en ? cell->en : cell->zh;
	return weir_cell_word(cell);
}

long weir_filing_period_row(const weir_results *results, int period)
{
	const weir_table *periods = weir_results_table(results, "periods");
	for (size_t row = 0; periods && row < periods->row_count; row++)
		if (weir_filing_cell(periods, row, "period") == period)
			return (long)row;
	return -1;
}

int weir_filing_days(const weir_results *results, int period)
{
	const weir_table *periods = weir_results_table(results, "periods");
	long row = weir_filing_period_row(results, period), from = row > 0 ? row - 1 : 0;
	if (row < 0 || (size_t)from + 1 >= periods->row_count)
		return 0;
	double first = weir_filing_cell(periods, (size_t)from, "calculation_date");
	double last = weir_filing_cell(periods, (size_t)from + 1, "calculation_date");
	return last > first ? (int)(last - first) : 0;
}

/* The sum of a column over rows of a period, with `to_date` of those before it too; 0 over no rows. */
static double sum(const weir_results *results, const char *table_id, const char *column, int period, int to_date)
{
	const weir_table *table = weir_results_table(results, table_id);
	double total = 0;
	for (size_t row = 0; table && row < table->row_count; row++) {
		double at = weir_filing_cell(table, row, "period"), amount = weir_filing_cell(table, row, column);
		if ((at == period || (to_date && at < period)) && !isnan(amount))
			total += amount;
	}
	return total;
}

/* 1 - (1 - share of the pool)^(periods a year), by whole powers: the same digits everywhere. */
static double annualised(const weir_results *results, int period, const char *column)
{
	double before = 0, left = 1;
	int days = weir_filing_days(results, period);
	static const char *const parts[] = { "pool_balance", "pool_principal", "pool_defaulted", "pool_sold" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		before += sum(results, "periods", parts[i], period, 0);
	double flow = sum(results, "periods", column, period, 0);
	if (before <= 0 || days == 0)
		return flow == 0 ? 0 : NAN;
	for (int n = days < 365 ? (730 + days) / (2 * days) : 1; n > 0; n--)
		left *= 1 - flow / before;
	return 1 - left;
}

static double overcollateralisation(const weir_results *results, int period)
{
	double owed = sum(results, "classes", "closing", period, 0);
	return owed > 0 ? sum(results, "periods", "pool_balance", period, 0) / owed : NAN;
}

static double excess_spread(const weir_results *results, int period)
{
	return sum(results, "classes", "residual_paid", period, 0) + sum(results, "periods", "closing_cash", period, 0);
}

static double cash_trapped(const weir_results *results, int period)
{
	return sum(results, "periods", "closing_cash", period, 0) > 0 ||
	       sum(results, "periods", "reserve_net", period, 0) > 0;
}

static double trigger_hit(const weir_results *results, int period)
{
	const weir_table *tests = weir_results_table(results, "tests");
	for (size_t row = 0; tests && row < tests->row_count; row++)
		if (weir_filing_cell(tests, row, "period") == period && cell_of(tests, row, "effect") &&
		    strcmp(weir_filing_word(tests, row, "status", 0), "hit") == 0)
			return 1;
	return 0;
}

static double liquidity_drawn(const weir_results *results, int period)
{
	const weir_table *terms = weir_results_table(results, "support_terms"),
			 *support = weir_results_table(results, "support");
	double drawn = NAN;
	for (size_t t = 0; terms && t < terms->row_count; t++) {
		if (strcmp(weir_filing_word(terms, t, "kind", 0), "liquidity") != 0)
			continue;
		drawn = isnan(drawn) ? 0 : drawn;
		for (size_t row = 0; support && row < support->row_count; row++)
			if (weir_filing_cell(support, row, "period") == period &&
			    weir_filing_cell(support, row, "drawn") > 0 &&
			    strcmp(weir_filing_word(support, row, "support", 0),
			           weir_filing_word(terms, t, "support", 0)) == 0)
				drawn = 1;
	}
	return drawn;
}

static double in_default(const weir_results *results, int period)
{
	double open = sum(results, "periods", "pool_defaulted", period, 1) -
	              sum(results, "periods", "pool_recovered", period, 1);
	return open > 0 ? open : 0;
}

/* The share of the pool in the band of table arrears that begins with so many days. Without rows of the period nothing
 * is overdue, unless the pool is too large to be walked contract by contract: then nobody knows since when. */
static double arrears(const weir_results *results, int period, int days)
{
	const weir_table *table = weir_results_table(results, "arrears");
	double share = sum(results, "periods", "pool_overdue", period, 0) == 0 ? 0 : NAN;
	for (size_t row = 0; table && row < table->row_count; row++)
		if (weir_filing_cell(table, row, "period") == period &&
		    weir_filing_cell(table, row, "days_from") == days)
			share = weir_filing_cell(table, row, "share");
	return share;
}

static double prepayment_rate(const weir_results *results, int period)
{
	return annualised(results, period, "pool_prepaid");
}

static double default_rate(const weir_results *results, int period)
{
	return annualised(results, period, "pool_defaulted");
}

weir_status weir_filing_measure(weir_filing_value *out, const weir_results *results, int period, const char *name)
{
	static const struct {
		const char *name;
		double (*measure)(const weir_results *results, int period);
	} measures[] = { { "overcollateralisation", overcollateralisation },
		         { "prepayment-rate", prepayment_rate },
		         { "default-rate", default_rate },
		         { "excess-spread", excess_spread },
		         { "cash-trapped", cash_trapped },
		         { "trigger-hit", trigger_hit },
		         { "liquidity-drawn", liquidity_drawn },
		         { "in-default", in_default } };
	if (strcmp(name, "deal-name") == 0) {
		*out = weir_filing_text(results->en ? results->en : results->zh);
		return WEIR_OK;
	}
	if (strncmp(name, "arrears-", 8) == 0) {
		*out = weir_filing_number(arrears(results, period, atoi(name + 8)));
		return WEIR_OK;
	}
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		if (strcmp(measures[i].name, name) == 0) {
			*out = weir_filing_number(measures[i].measure(results, period));
			return WEIR_OK;
		}
	return WEIR_NO;
}
