/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_life.c: what was collected, and paid, against the same deal's forecast without actuals (tables_life.def). */
#include <string.h>

#include "deal/occurrences.h"
#include "pool/actuals.h"
#include "report/fill_run.h"

#define COL WEIR_RUN_COL
#define ALERT 0.8 /* of the forecast; less is a reportable event (RULES.md section 2.4) */

static weir_cell basis_cell(const weir_outcome *o, int period)
{
	return weir_actuals_have(o->actuals, period) ? weir_cell_key("actual", "actual", "实际") :
	                                               weir_cell_key("projected", "projected", "预测");
}

static double ratio_of(double actual, double forecast)
{
	return forecast > 0 ? actual / forecast : NAN;
}

static weir_cell flag_cell(double ratio, double cumulative)
{
	if (ratio < ALERT && cumulative < ALERT)
		return weir_cell_key("both", "period and to date", "当期及累计");
	if (ratio < ALERT)
		return weir_cell_key("period", "period", "当期");
	if (cumulative < ALERT)
		return weir_cell_key("cumulative", "to date", "累计");
	return weir_cell_key("none", "no", "否");
}

static void join(weir_text *text, const char *more, const char *between)
{
	weir_text_printf(text, "%s%s", text->length ? between : "", more);
}

static const char *keep(weir_results *results, weir_text *text)
{
	const char *copy = weir_text_keep(text, results->arena);
	results->failed |= !copy;
	return copy;
}

/* Why the period's collections differ, as the events file says; empty when it does not. */
static weir_cell reason_cell(weir_results *results, const weir_outcome *o, int period)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_cell cell = { 0 };
	for (int i = -1; (i = weir_occurrences_next(o->occurrences, WEIR_OCCURRENCE_REASON, period, i)) >= 0;) {
		const weir_occurrence *is = &o->occurrences->items[i];
		join(&en, weir_occurrence_text(is->en, is->zh, 0), "; ");
		join(&zh, weir_occurrence_text(is->en, is->zh, 1), "；");
	}
	if (en.length || en.failed)
		cell = weir_cell_text(keep(results, &en), keep(results, &zh));
	weir_text_free(&en);
	weir_text_free(&zh);
	return cell;
}

static weir_status fill_pool(weir_results *results, const weir_outcome *o, const weir_outcome *forecast)
{
	weir_table *table;
	double forecast_to_date = 0, actual_to_date = 0;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_life);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *was = &forecast->figures->periods[k], *is = &o->figures->periods[k];
		double expected = was->pool_principal + was->pool_income + was->pool_recovered;
		double actual = is->pool_principal + is->pool_income + is->pool_recovered;
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		forecast_to_date += expected;
		actual_to_date += actual;
		double ratio = ratio_of(actual, expected), cumulative = ratio_of(actual_to_date, forecast_to_date);
		COL(life, period) = weir_cell_number(k);
		COL(life, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
		COL(life, basis) = basis_cell(o, k);
		COL(life, forecast_principal) = weir_cell_number(was->pool_principal);
		COL(life, forecast_income) = weir_cell_number(was->pool_income);
		COL(life, forecast_recovered) = weir_cell_number(was->pool_recovered);
		COL(life, forecast) = weir_cell_number(expected);
		COL(life, actual_principal) = weir_cell_number(is->pool_principal);
		COL(life, actual_income) = weir_cell_number(is->pool_income);
		COL(life, actual_recovered) = weir_cell_number(is->pool_recovered);
		COL(life, actual) = weir_cell_number(actual);
		COL(life, difference) = weir_cell_number(actual - expected);
		COL(life, ratio) = weir_cell_number(ratio);
		COL(life, cumulative_forecast) = weir_cell_number(forecast_to_date);
		COL(life, cumulative_actual) = weir_cell_number(actual_to_date);
		COL(life, cumulative_ratio) = weir_cell_number(cumulative);
		COL(life, flag) = flag_cell(ratio, cumulative);
		COL(life, reason) = reason_cell(results, o, k);
	}
	return status;
}

/* What a class is paid in a period. */
typedef struct paid {
	double interest, principal, residual, closing;
} paid;

static paid paid_to(const weir_outcome *o, int class_number, int period)
{
	const weir_class_registers *r = &weir_fill_map(o)->classes[class_number];
	return (paid){ .interest = weir_fill_recorded(o, r->interest_paid, period) +
		                   (r->yield_due >= 0 ? weir_fill_recorded(o, r->yield_paid, period) : 0),
		       .principal = weir_fill_recorded(o, r->principal_paid, period),
		       .residual = weir_fill_recorded(o, r->rest_paid, period),
		       .closing = weir_fill_recorded(o, r->balance, period) };
}

static weir_status add_class(weir_results *results, weir_table *table, const weir_outcome *o,
                             const weir_outcome *forecast, int number, int period)
{
	paid was = paid_to(forecast, number, period), is = paid_to(o, number, period);
	double expected = was.interest + was.principal + was.residual,
	       actual = is.interest + is.principal + is.residual;
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(life_classes, period) = weir_cell_number(period);
	COL(life_classes, class) = weir_fill_id(&weir_fill_terms_of(o)->classes[number].node);
	COL(life_classes, basis) = basis_cell(o, period);
	COL(life_classes, forecast_interest) = weir_cell_number(was.interest);
	COL(life_classes, actual_interest) = weir_cell_number(is.interest);
	COL(life_classes, forecast_principal) = weir_cell_number(was.principal);
	COL(life_classes, actual_principal) = weir_cell_number(is.principal);
	COL(life_classes, forecast_residual) = weir_cell_number(was.residual);
	COL(life_classes, actual_residual) = weir_cell_number(is.residual);
	COL(life_classes, forecast) = weir_cell_number(expected);
	COL(life_classes, actual) = weir_cell_number(actual);
	COL(life_classes, difference) = weir_cell_number(actual - expected);
	COL(life_classes, forecast_closing) = weir_cell_number(was.closing);
	COL(life_classes, closing) = weir_cell_number(is.closing);
	return WEIR_OK;
}

weir_status weir_fill_life(weir_results *results, const weir_outcome *o)
{
	const weir_outcome *forecast = o->forecast ? o->forecast : o;
	weir_table *table;
	weir_status status = fill_pool(results, o, forecast);
	if (status == WEIR_OK)
		status = weir_results_add_standard(&table, results, WEIR_TABLE_life_classes);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
		for (int i = 0; status == WEIR_OK && i < weir_fill_terms_of(o)->class_count; i++)
			status = add_class(results, table, o, forecast, i, k);
	return status;
}
