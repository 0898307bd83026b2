/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_stress_prices.c: what classes live and yield in each of several scenarios: decrements, lives, prices by speed.
 */
#include <math.h>

#include "report/fill_run.h"
#include "report/fill_stress.h"

#define COL WEIR_RUN_COL

/* --- balances over time ----------------------------------------------------------------------------------------- */

/* Whether a period's payment is the last within a year of the start. */
static int ends_year(const weir_outcome *o, int period)
{
	int last = weir_fill_period_count(o) - 1;
	weir_date start = weir_fill_period(o, weir_fill_opening(o))->payment, next = WEIR_DATE_NONE;
	if (period >= last || period == weir_fill_opening(o))
		return 1;
	for (int year = 1; next == WEIR_DATE_NONE || next < weir_fill_period(o, period)->payment; year++)
		next = weir_date_add_months(start, 12 * year);
	return weir_fill_period(o, period + 1)->payment > next;
}

weir_status weir_fill_decrement(const weir_stress_course *c)
{
	const weir_outcome *o = c->frame->outcome;
	const weir_deal *deal = weir_fill_terms_of(o);
	int periods = weir_fill_period_count(o);
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, c->frame->results, WEIR_TABLE_decrement);
	for (int i = 0; i < deal->class_count && status == WEIR_OK; i++)
		for (int run = 0; run < c->frame->count && deal->classes[i].style != WEIR_STYLE_RESIDUAL; run++) {
			const double *shares =
				c->shares + ((size_t)run * (size_t)deal->class_count + (size_t)i) * (size_t)periods;
			for (int k = weir_fill_opening(o); k < periods; k++) {
				weir_cell *row = weir_table_add_row(c->frame->results, table);
				if (!row)
					return WEIR_NO_MEMORY;
				COL(decrement, class) = weir_fill_id(&deal->classes[i].node);
				COL(decrement, scenario) = c->frame->names[run];
				COL(decrement, period) = weir_cell_number(k);
				COL(decrement, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
				COL(decrement, share) = weir_cell_number(shares[k]);
				COL(decrement, yearly) = weir_cell_number(ends_year(o, k));
			}
		}
	return status;
}

/* --- at a price ------------------------------------------------------------------------------------------------- */

weir_status weir_fill_scenario_yield(const weir_stress_frame *frame, weir_table *table, int run, int class_number,
                                     const weir_priced *p)
{
	const weir_class *class = &weir_fill_terms_of(frame->outcome)->classes[class_number];
	weir_cell *row = weir_table_add_row(frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(scenario_yields, class) = weir_fill_id(&class->node);
	COL(scenario_yields, scenario) = frame->names[run];
	COL(scenario_yields, clean) = weir_cell_number(class->issue_price);
	COL(scenario_yields, wal) = weir_cell_number(p->life.wal_years);
	COL(scenario_yields, first_principal) = weir_fill_day(p->life.first_principal);
	COL(scenario_yields, last_principal) = weir_fill_day(p->life.last_principal);
	COL(scenario_yields, unpaid) = weir_cell_number(p->flows.unpaid_cents);
	COL(scenario_yields, flag) = weir_fill_price_outcome(p, class->style);
	if (p->has_price) {
		COL(scenario_yields, clean) = weir_cell_number(p->price.clean);
		COL(scenario_yields, yield) = weir_cell_number(p->price.yield);
		COL(scenario_yields, modified) = weir_cell_number(p->price.modified_years);
	}
	return WEIR_OK;
}

weir_status weir_fill_price_speed(const weir_stress_frame *frame, weir_table *table, int run, int class_number,
                                  double clean, const weir_priced *p, const weir_rate_curve *curve)
{
	weir_cell *row = weir_table_add_row(frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(price_speed, class) = weir_fill_id(&weir_fill_terms_of(frame->outcome)->classes[class_number].node);
	COL(price_speed, scenario) = frame->names[run];
	COL(price_speed, clean) = weir_cell_number(clean);
	COL(price_speed, wal) = weir_cell_number(p->life.wal_years);
	if (p->has_price) {
		COL(price_speed, yield) = weir_cell_number(p->price.yield);
		COL(price_speed, modified) = weir_cell_number(p->price.modified_years);
	}
	if (p->has_price && curve) {
		COL(price_speed, spread) = weir_cell_number(p->curve.nominal_spread);
		COL(price_speed, margin) = weir_cell_number(p->curve.discount_margin);
		COL(price_speed, curve) = weir_fill_id(&curve->node);
	}
	return WEIR_OK;
}

/* --- break-evens ------------------------------------------------------------------------------------------------ */

weir_status weir_fill_breakeven_cell(const weir_stress_frame *frame, weir_table *table, int class_number,
                                     const weir_breakeven_cell *cell)
{
	weir_cell *row = weir_table_add_row(frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(breakeven_matrix, class) = weir_fill_id(&weir_fill_terms_of(frame->outcome)->classes[class_number].node);
	COL(breakeven_matrix, quantity) = cell->quantity;
	COL(breakeven_matrix, row) = cell->row;
	COL(breakeven_matrix, column) = cell->column;
	COL(breakeven_matrix, first_loss) = weir_fill_limit(cell->first_loss.value, cell->first_loss.whole);
	COL(breakeven_matrix, first_loss_defaulted) = weir_cell_number(cell->first_loss.defaulted_share);
	COL(breakeven_matrix, yield_break) = weir_fill_limit(cell->yield_break.value, cell->yield_break.whole);
	COL(breakeven_matrix, yield_break_defaulted) = weir_cell_number(cell->yield_break.defaulted_share);
	return WEIR_OK;
}
