/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_price.c: classes at a price, a yield or a spread: their rows in the tables of prices. */
#include <stdio.h>
#include <string.h>

#include "report/fill_run.h"

#define COL WEIR_RUN_COL

const weir_pricing weir_pricing_at_issue = { .settlement = WEIR_DATE_NONE,
	                                     .compounding = WEIR_COMPOUND_ANNUAL,
	                                     .day_count = WEIR_ACT_365F,
	                                     .clean = NAN,
	                                     .yield = NAN,
	                                     .spread = NAN };

static const weir_curve_price no_curve = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

/* --- one class -------------------------------------------------------------------------------------------------- */

/* The rate of return of paying the dirty price at settlement, and all that comes after. */
static weir_status find_irr(weir_priced *p, weir_arena *arena)
{
	const weir_flows *f = &p->flows.flows;
	weir_date *dates = weir_arena_array(arena, (size_t)f->count + 1, sizeof *dates);
	double *amounts = weir_arena_array(arena, (size_t)f->count + 1, sizeof *amounts);
	int count = 1;
	if (!dates || !amounts)
		return WEIR_NO_MEMORY;
	dates[0] = p->terms.settlement;
	amounts[0] = -p->price.dirty_cents;
	for (int i = 0; i < f->count; i++) {
		if (f->dates[i] <= p->terms.settlement)
			continue;
		dates[count] = f->dates[i];
		amounts[count++] = f->principal[i] + f->other[i];
	}
	return weir_irr_find(&p->irr, dates, amounts, count);
}

/* The yield at which a class of a grade is offered; NAN when nobody offers it. */
static double yield_by_grade(weir_priced *p, const char *rating, const weir_pricing *pricing)
{
	const weir_grade_spread *grade = rating ? weir_spreads_grade(pricing->spreads, rating) : NULL;
	p->no_grade = !grade;
	if (!grade || !(p->life.wal_years > 0))
		return NAN;
	return weir_curve_yield_at(pricing->curve, &p->terms, p->life.wal_years,
	                           weir_grade_spread_at(grade, p->life.wal_years));
}

static weir_status price_at_spread(weir_priced *p, const weir_pricing *pricing)
{
	weir_curve_flows flows;
	double value = NAN;
	weir_status status = weir_curve_flows_read(&flows, &p->flows.flows, &p->terms, pricing->curve);
	if (status == WEIR_OK)
		value = weir_value_at_spread(&flows, pricing->spread);
	weir_curve_flows_free(&flows);
	if (status == WEIR_OK && !isfinite(value))
		status = WEIR_NO;
	if (status != WEIR_OK)
		return status;
	return weir_price_at_clean(&p->price, &p->flows.flows, &p->terms,
	                           (value - p->terms.accrued_cents) * 100 / p->terms.face_cents);
}

/* Prices what has been read; nothing has a price of which nothing is outstanding. */
static weir_status find_price(weir_priced *p, const weir_class *class, const weir_pricing *pricing)
{
	const weir_flows *flows = &p->flows.flows;
	int is_given = !isnan(pricing->clean) || !isnan(pricing->yield) || !isnan(pricing->spread);
	double yield = pricing->yield;
	if (!(p->flows.face_cents > 0))
		return WEIR_NO;
	if (!isnan(pricing->spread))
		return price_at_spread(p, pricing);
	if (!is_given && pricing->spreads) {
		yield = yield_by_grade(p, class->rating, pricing);
		if (isnan(yield))
			return WEIR_NO;
	}
	if (!isnan(yield))
		return weir_price_at_yield(&p->price, flows, &p->terms, yield);
	return weir_price_at_clean(&p->price, flows, &p->terms,
	                           isnan(pricing->clean) ? class->issue_price : pricing->clean);
}

static weir_status price_it(weir_priced *p, const weir_class *class, const weir_pricing *pricing)
{
	weir_status status = find_price(p, class, pricing);
	p->has_price = status == WEIR_OK;
	return status == WEIR_NO ? WEIR_OK : status;
}

/* The class's payments in a lane beside the priced one; NULL in *out when there is no such lane. */
static weir_status read_lane(const weir_flows **out, weir_class_flows *flows, weir_arena *arena, const weir_outcome *o,
                             const weir_price_lanes *lanes, int class_number, int lane, weir_date settlement)
{
	*out = NULL;
	if (!lanes || !lanes->run || lane < 0)
		return WEIR_OK;
	*out = &flows->flows;
	return weir_class_flows_read(flows, arena, o->plan, lanes->run, class_number, lane, settlement);
}

/* `arena` is for the lanes only. */
static weir_status hold_against_curve(weir_priced *p, weir_arena *arena, const weir_outcome *o, int class_number,
                                      const weir_pricing *pricing, const weir_price_lanes *lanes)
{
	weir_class_flows up, down;
	weir_curve_case of = { .flows = &p->flows.flows,
		               .terms = &p->terms,
		               .curve = pricing->curve,
		               .dirty_cents = p->price.dirty_cents,
		               .yield = p->price.yield,
		               .wal_years = p->life.wal_years };
	weir_date day = p->terms.settlement;
	weir_status status;
	WEIR_TRY(read_lane(&of.up, &up, arena, o, lanes, class_number, lanes ? lanes->up : -1, day));
	WEIR_TRY(read_lane(&of.down, &down, arena, o, lanes, class_number, lanes ? lanes->down : -1, day));
	status = weir_curve_measure(&p->curve, &of);
	if (status == WEIR_NO)
		status = WEIR_OK;
out:
	return status;
}

/* Whether the class is paid anything on or behind a date. */
static int is_paid_from(const weir_priced *p, weir_date date)
{
	const weir_flows *flows = &p->flows.flows;
	for (int i = 0; i < flows->count; i++)
		if (flows->dates[i] >= date && flows->principal[i] + flows->other[i] != 0)
			return 1;
	return 0;
}

/* The yields at the same price: as called, and with no call exercised. */
static weir_status find_call_yields(weir_priced *p, weir_arena *arena, const weir_outcome *o, int class_number,
                                    const weir_price_lanes *lanes)
{
	weir_class_flows uncalled;
	const weir_flows *flows;
	weir_price price;
	weir_status status;
	weir_date called = weir_call_date(o->plan, o->run, o->lane);
	if (called == WEIR_DATE_NONE || !is_paid_from(p, called)) {
		p->yield_to_maturity = p->price.yield;
		return WEIR_OK;
	}
	p->call_date = called;
	p->yield_to_call = p->price.yield;
	WEIR_TRY(read_lane(&flows, &uncalled, arena, o, lanes, class_number, lanes ? lanes->uncalled : -1,
	                   p->terms.settlement));
	if (!flows)
		return WEIR_OK;
	status = weir_price_at_clean(&price, flows, &p->terms, p->price.clean);
	if (status == WEIR_OK)
		p->yield_to_maturity = price.yield;
	if (status == WEIR_NO)
		status = WEIR_OK;
out:
	return status;
}

weir_status weir_price_class(weir_priced *out, weir_arena *arena, const weir_outcome *o, int class_number,
                             const weir_pricing *pricing, const weir_price_lanes *lanes)
{
	weir_status status;
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_date start = weir_fill_opening(o) > 0 ? deal->opening : deal->start;
	weir_date settlement = pricing->settlement == WEIR_DATE_NONE ? start : pricing->settlement;
	*out = (weir_priced){ .curve = no_curve,
		              .yield_to_call = NAN,
		              .yield_to_maturity = NAN,
		              .call_date = WEIR_DATE_NONE };
	WEIR_TRY(weir_class_flows_read(&out->flows, arena, o->plan, o->run, class_number, o->lane, settlement));
	out->terms = weir_class_price_terms(o->plan, &out->flows, settlement, pricing->compounding, pricing->day_count);
	weir_life_measure(&out->life, &out->flows.flows, &out->terms);
	WEIR_TRY(price_it(out, &deal->classes[class_number], pricing));
	if (!out->has_price)
		return WEIR_OK;
	WEIR_TRY(find_irr(out, arena));
	WEIR_TRY(find_call_yields(out, arena, o, class_number, lanes));
	if (pricing->curve)
		WEIR_TRY(hold_against_curve(out, arena, o, class_number, pricing, lanes));
out:
	return status;
}

/* --- the columns of measures ------------------------------------------------------------------------------------ */

weir_cell weir_fill_price_outcome(const weir_priced *p, weir_class_style style)
{
	if (p->flows.unpaid_cents > 0)
		return weir_cell_key("unpaid", "Not paid in full", "未足额兑付");
	if (!(p->flows.face_cents > 0))
		return weir_cell_key("nothing-left", "Nothing outstanding", "无未偿余额");
	if (p->no_grade)
		return weir_cell_key("no-grade", "No spread for its grade", "无对应级别利差");
	if (!p->has_price)
		return weir_cell_key("no-yield", "No yield", "无收益率");
	if (p->price.yields.count > 1)
		return weir_cell_key("several-yields", "Several yields", "收益率不唯一");
	if (style == WEIR_STYLE_RESIDUAL) /* nothing is due to it, so that nothing is paid in full */
		return weir_cell_key("residual", "Gets what is left", "获取剩余收益");
	return weir_cell_key("repaid", "Paid in full", "足额兑付");
}

static void fill_worth(weir_cell *row, const weir_priced *p)
{
	COL(measures, clean) = weir_cell_number(p->price.clean);
	COL(measures, accrued) = weir_cell_number(p->price.accrued);
	COL(measures, dirty) = weir_cell_number(p->price.dirty);
	COL(measures, yield) = weir_cell_number(p->price.yield);
	COL(measures, irr) = weir_cell_number(p->irr.count == 1 ? p->irr.values[0] : NAN);
	COL(measures, macaulay) = weir_cell_number(p->price.macaulay_years);
	COL(measures, modified) = weir_cell_number(p->price.modified_years);
	COL(measures, convexity) = weir_cell_number(p->price.convexity_years2);
	COL(measures, dv01) = weir_cell_number(p->price.dv01);
}

static void fill_measures(weir_cell *row, const weir_priced *p, const weir_outcome *o, int class_number,
                          const weir_pricing *pricing)
{
	const char *compounding = weir_compounding_text(pricing->compounding);
	const char *day_count = weir_day_count_text(pricing->day_count);
	COL(measures, class) = weir_fill_id(&weir_fill_terms_of(o)->classes[class_number].node);
	COL(measures, settlement) = weir_fill_day(p->terms.settlement);
	COL(measures, compounding) = weir_fill_word(compounding);
	COL(measures, day_count) = weir_cell_text(day_count, day_count);
	COL(measures, wal) = weir_cell_number(p->life.wal_years);
	COL(measures, first_principal) = weir_fill_day(p->life.first_principal);
	COL(measures, last_principal) = weir_fill_day(p->life.last_principal);
	COL(measures, principal) = weir_cell_number(p->life.principal_cents);
	COL(measures, other) = weir_cell_number(p->life.other_cents);
	COL(measures, unpaid) = weir_cell_number(p->flows.unpaid_cents);
	COL(measures, flag) = weir_fill_price_outcome(p, weir_fill_terms_of(o)->classes[class_number].style);
	if (p->has_price)
		fill_worth(row, p);
}

weir_status weir_fill_measure_row(weir_cell **out, weir_results *results, weir_table *table, const weir_outcome *o,
                                  int class_number, const weir_pricing *pricing)
{
	weir_priced p;
	weir_status status = weir_price_class(&p, results->arena, o, class_number, pricing, NULL);
	weir_cell *row = status == WEIR_OK ? weir_table_add_row(results, table) : NULL;
	if (!row)
		return WEIR_NO_MEMORY;
	*out = row;
	fill_measures(row, &p, o, class_number, pricing);
	return WEIR_OK;
}

/* --- the tables of prices --------------------------------------------------------------------------------------- */

/* One class of one scenario on its way into them. */
typedef struct price_filler {
	const weir_price_tables *tables;
	const weir_outcome *o;
	const weir_pricing *pricing;
	const weir_price_lanes *lanes;
	const weir_priced *p;
	int class_number;
} price_filler;

static weir_cell scenario_cell(const price_filler *f)
{
	return weir_cell_text(f->tables->scenario, f->tables->scenario);
}

static weir_cell class_cell(const price_filler *f)
{
	return weir_fill_id(&weir_fill_terms_of(f->o)->classes[f->class_number].node);
}

static weir_status add_price(const price_filler *f)
{
	const weir_priced *p = f->p;
	const weir_curve_price *c = &p->curve;
	weir_cell *row = weir_table_add_row(f->tables->results, f->tables->price);
	if (!row)
		return WEIR_NO_MEMORY;
	fill_measures(row, p, f->o, f->class_number, f->pricing);
	COL(price, scenario) = scenario_cell(f);
	COL(price, yield_to_call) = weir_cell_number(p->yield_to_call);
	COL(price, call_date) = weir_fill_day(p->call_date);
	COL(price, yield_to_maturity) = weir_cell_number(p->yield_to_maturity);
	if (!f->pricing->curve)
		return WEIR_OK;
	COL(price, curve) = weir_fill_id(&f->pricing->curve->node);
	COL(price, z_spread) = weir_cell_number(c->z_spread);
	COL(price, curve_yield) = weir_cell_number(c->curve_yield);
	COL(price, nominal_spread) = weir_cell_number(c->nominal_spread);
	COL(price, discount_margin) = weir_cell_number(c->discount_margin);
	COL(price, effective_duration) = weir_cell_number(c->effective_duration_years);
	COL(price, effective_convexity) = weir_cell_number(c->effective_convexity_years2);
	COL(price, spread_duration) = weir_cell_number(c->spread_duration_years);
	return WEIR_OK;
}

/* The same payments at another price. */
static weir_status add_price_yield(const price_filler *f, double clean)
{
	weir_priced p = *f->p;
	weir_pricing at = *f->pricing;
	const weir_class *class = &weir_fill_terms_of(f->o)->classes[f->class_number];
	at.yield = at.spread = NAN;
	at.clean = clean;
	p.no_grade = 0;
	p.curve = no_curve;
	weir_status status = price_it(&p, class, &at);
	if (status == WEIR_OK && p.has_price && at.curve)
		status = hold_against_curve(&p, NULL, f->o, f->class_number, &at, NULL);
	weir_cell *row = status == WEIR_OK ? weir_table_add_row(f->tables->results, f->tables->price_yield) : NULL;
	if (!row)
		return WEIR_NO_MEMORY;
	COL(price_yield, scenario) = scenario_cell(f);
	COL(price_yield, class) = class_cell(f);
	COL(price_yield, clean) = weir_cell_number(clean);
	COL(price_yield, wal) = weir_cell_number(p.life.wal_years);
	COL(price_yield, first_principal) = weir_fill_day(p.life.first_principal);
	COL(price_yield, last_principal) = weir_fill_day(p.life.last_principal);
	COL(price_yield, unpaid) = weir_cell_number(p.flows.unpaid_cents);
	COL(price_yield, flag) = weir_fill_price_outcome(&p, class->style);
	if (!p.has_price)
		return WEIR_OK;
	COL(price_yield, dirty) = weir_cell_number(p.price.dirty);
	COL(price_yield, yield) = weir_cell_number(p.price.yield);
	COL(price_yield, z_spread) = weir_cell_number(p.curve.z_spread);
	COL(price_yield, nominal_spread) = weir_cell_number(p.curve.nominal_spread);
	COL(price_yield, modified) = weir_cell_number(p.price.modified_years);
	COL(price_yield, convexity) = weir_cell_number(p.price.convexity_years2);
	COL(price_yield, dv01) = weir_cell_number(p.price.dv01);
	return WEIR_OK;
}

static weir_status add_key_rate(const price_filler *f, weir_cell tenor, double rate, double duration)
{
	weir_cell *row = weir_table_add_row(f->tables->results, f->tables->key_rates);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(key_rates, scenario) = scenario_cell(f);
	COL(key_rates, class) = class_cell(f);
	COL(key_rates, tenor) = tenor;
	COL(key_rates, rate) = weir_cell_number(rate);
	COL(key_rates, duration) = weir_cell_number(duration);
	COL(key_rates, dv01) = weir_cell_number(duration * f->p->price.dirty / 10000);
	return WEIR_OK;
}

/* "3 months", "3个月"; texts in the arena. */
static weir_cell tenor_cell(weir_arena *arena, const weir_schedule_terms *tenor)
{
	static const char *const units[][2] = { [WEIR_STEP_DAYS] = { "day", "日" },
		                                [WEIR_STEP_WEEKS] = { "week", "周" },
		                                [WEIR_STEP_MONTHS] = { "month", "个月" },
		                                [WEIR_STEP_YEARS] = { "year", "年" } };
	char en[64], zh[64];
	snprintf(en, sizeof en, "%d %s%s", tenor->step, units[tenor->unit][0], tenor->step == 1 ? "" : "s");
	snprintf(zh, sizeof zh, "%d%s", tenor->step, units[tenor->unit][1]);
	return weir_cell_text(weir_arena_text(arena, en, strlen(en)), weir_arena_text(arena, zh, strlen(zh)));
}

static weir_status add_key_rates(const price_filler *f)
{
	const weir_rate_curve *curve = f->pricing->curve;
	weir_arena *arena = f->tables->results->arena;
	double *durations = weir_arena_array(arena, (size_t)curve->count + 1, sizeof *durations), all = 0;
	if (!durations)
		return WEIR_NO_MEMORY;
	if (!f->p->has_price || isnan(f->p->curve.z_spread))
		return WEIR_OK;
	weir_status status = weir_key_rates_measure(durations, &f->p->flows.flows, &f->p->terms, curve,
	                                            f->p->curve.z_spread);
	for (int k = 0; k < curve->count && status == WEIR_OK; k++) {
		weir_cell tenor = tenor_cell(arena, &curve->tenors[k]);
		status = tenor.en && tenor.zh ? add_key_rate(f, tenor, curve->rates[k], durations[k]) : WEIR_NO_MEMORY;
		all += durations[k];
	}
	if (status == WEIR_OK)
		status = add_key_rate(f, weir_cell_key("all", "All", "合计"), NAN, all);
	return status == WEIR_NO ? WEIR_OK : status;
}

/* period < 0: at settlement. */
static weir_status add_balance(const price_filler *f, int period, weir_date date, double principal, double other,
                               double balance)
{
	weir_cell *row = weir_table_add_row(f->tables->results, f->tables->forward_balances);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(forward_balances, scenario) = scenario_cell(f);
	COL(forward_balances, class) = class_cell(f);
	COL(forward_balances, period) = weir_cell_number(period < 0 ? NAN : period);
	COL(forward_balances, date) = weir_fill_day(date);
	COL(forward_balances, principal) = weir_cell_number(principal);
	COL(forward_balances, other) = weir_cell_number(other);
	COL(forward_balances, balance) = weir_cell_number(balance);
	COL(forward_balances, factor) = weir_cell_number(balance / f->p->flows.face_cents);
	return WEIR_OK;
}

static weir_status add_balances(const price_filler *f)
{
	const weir_flows *flows = &f->p->flows.flows;
	int first = weir_plan_periods(f->o->plan)->first;
	double face = f->p->flows.face_cents;
	if (!(face > 0))
		return WEIR_OK;
	weir_status status = add_balance(f, -1, f->p->terms.settlement, NAN, NAN, face);
	for (int i = 0; i < flows->count && status == WEIR_OK; i++) {
		if (flows->dates[i] <= f->p->terms.settlement)
			continue;
		status = add_balance(f, i + (first > 1 ? first : 1), flows->dates[i], flows->principal[i],
		                     flows->other[i], f->p->flows.balances[i]);
	}
	return status;
}

weir_status weir_fill_price(const weir_price_tables *tables, const weir_outcome *o, int class_number,
                            const weir_pricing *pricing, const weir_price_lanes *lanes)
{
	weir_priced p;
	const price_filler f = { tables, o, pricing, lanes, &p, class_number };
	weir_status status;
	WEIR_TRY(weir_price_class(&p, tables->results->arena, o, class_number, pricing, lanes));
	if (tables->price)
		WEIR_TRY(add_price(&f));
	for (int i = 0; tables->price_yield && i < tables->price_count; i++)
		WEIR_TRY(add_price_yield(&f, tables->prices[i]));
	if (tables->key_rates && pricing->curve)
		WEIR_TRY(add_key_rates(&f));
	if (tables->forward_balances)
		WEIR_TRY(add_balances(&f));
out:
	return status;
}
