/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/measures.h"

#include <math.h>

#include "math/roots.h"
#include "math/vec/elementary.h"

typedef struct reader {
	const weir_plan *plan;
	const weir_run *run;
	const weir_pool_rows *rows;
	int lane;
} reader;

static double value(const reader *r, int register_number, int period)
{
	const double *lanes = weir_run_record(r->run, register_number, period);
	return lanes ? lanes[r->lane] : 0;
}

static double pool_value(const reader *r, weir_pool_column column, int period)
{
	return r->rows->column[column][period][r->lane];
}

/* Cash outside reserves at the end of a period, and inside them. */
static double cash(const reader *r, int reserves, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_plan_map *map = weir_plan_registers(r->plan);
	double sum = 0;
	for (int i = 0; i < deal->account_count; i++)
		if (deal->accounts[i].is_reserve == reserves)
			sum += value(r, map->accounts[i].balance, period);
	return sum;
}

static void add_charges(weir_period_figures *p, const reader *r, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_plan_map *map = weir_plan_registers(r->plan);
	for (int i = 0; i < deal->fee_count; i++) {
		double charged = value(r, map->fees[i].charge, period) + value(r, map->surcharges[i].charge, period);
		double paid = value(r, map->fees[i].paid, period) + value(r, map->surcharges[i].paid, period);
		*(deal->fees[i].is_tax ? &p->taxes : &p->fees) += charged;
		*(deal->fees[i].is_tax ? &p->taxes_paid : &p->fees_paid) += paid;
	}
}

static void add_senior(weir_period_figures *p, const reader *r, const weir_class *k,
                       const weir_class_registers *c, int period)
{
	double interest_due = value(r, c->interest_due, period), principal_due = 0, principal_carried = 0;
	if (k->style != WEIR_STYLE_PASS_THROUGH) {
		principal_due = value(r, c->principal_due, period);
		principal_carried = k->style == WEIR_STYLE_PLANNED ? 0 : value(r, c->principal_unpaid, period - 1);
	}
	p->senior_interest_due += interest_due;
	p->senior_principal_due += principal_due;
	p->senior_new_due += interest_due - value(r, c->interest_unpaid, period - 1) + principal_due - principal_carried;
	p->senior_interest_paid += value(r, c->interest_paid, period);
	p->senior_principal_paid += value(r, c->principal_paid, period);
}

static void add_classes(weir_period_figures *p, const reader *r, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	for (int i = 0; i < deal->class_count; i++) {
		const weir_class_registers *c = &weir_plan_registers(r->plan)->classes[i];
		double rest = value(r, c->yield_paid, period) + value(r, c->rest_paid, period);
		if (deal->classes[i].subordinated) {
			p->subordinated_paid += rest + value(r, c->interest_paid, period) +
			                        value(r, c->principal_paid, period);
		} else {
			add_senior(p, r, &deal->classes[i], c, period);
			p->other_out += rest; /* a senior class that shares in the rest */
		}
	}
	p->senior_due = p->senior_interest_due + p->senior_principal_due;
}

static void measure_period(weir_period_figures *p, const reader *r, int period)
{
	p->pool_principal = pool_value(r, WEIR_POOL_PRINCIPAL, period);
	p->pool_income = pool_value(r, WEIR_POOL_INCOME, period);
	p->pool_recovered = pool_value(r, WEIR_POOL_RECOVERED, period);
	p->pool_defaulted = pool_value(r, WEIR_POOL_DEFAULTED, period);
	p->pool_balance = pool_value(r, WEIR_POOL_BALANCE, period);
	p->opening_cash = cash(r, 0, period - 1);
	p->closing_cash = cash(r, 0, period);
	p->reserve_net = cash(r, 1, period) - cash(r, 1, period - 1);
	double collected = p->pool_principal + p->pool_income + p->pool_recovered;
	p->available = p->opening_cash + collected;
	add_charges(p, r, period);
	add_classes(p, r, period);
	double net = collected - p->taxes - p->fees;
	p->coverage = p->senior_due > 0 ? (p->opening_cash + net) / p->senior_due : NAN;
	p->coverage_period = p->senior_due > 0 ? net / p->senior_due : NAN;
}

static void measure_closing(weir_period_figures *p, const reader *r)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	p->pool_balance = pool_value(r, WEIR_POOL_BALANCE, 0);
	p->other_in = weir_plan_proceeds_cents(r->plan);
	p->other_out = weir_plan_purchase_cents(r->plan) + deal->closing_costs_cents;
	p->reserve_net = cash(r, 1, 0);
	p->closing_cash = cash(r, 0, 0);
	p->available = p->other_in;
	p->coverage = p->coverage_period = p->cumulative_coverage = NAN;
}

/* What a class's payments are worth at an effective annual rate, less its price. */
typedef struct yield_context {
	const double *amounts, *years;
	int count;
	double price;
} yield_context;

static double worth_less_price(double rate, void *context)
{
	const yield_context *c = context;
	double worth = -c->price;
	for (int i = 0; i < c->count; i++)
		if (c->amounts[i] != 0)
			worth += c->amounts[i] * weir_pow(1 + rate, -c->years[i]);
	return worth;
}

static double years_from_start(const weir_plan *plan, weir_date date)
{
	return (double)(date - weir_plan_deal(plan)->start) / 365.0;
}

static weir_status measure_class(weir_class_figures *k, weir_arena *arena, const reader *r, int number)
{
	const weir_periods *periods = weir_plan_periods(r->plan);
	const weir_class *terms = &weir_plan_deal(r->plan)->classes[number];
	const weir_class_registers *c = &weir_plan_registers(r->plan)->classes[number];
	double *amounts = weir_arena_array(arena, (size_t)periods->count, sizeof *amounts);
	double *years = weir_arena_array(arena, (size_t)periods->count, sizeof *years);
	double weighted = 0;
	if (!amounts || !years)
		return WEIR_NO_MEMORY;
	*k = (weir_class_figures){ .first_principal = WEIR_DATE_NONE, .last_principal = WEIR_DATE_NONE };
	for (int p = 1; p < periods->count; p++) {
		double principal = value(r, c->principal_paid, p);
		double interest = value(r, c->interest_paid, p) + value(r, c->yield_paid, p);
		double rest = value(r, c->rest_paid, p);
		years[p] = years_from_start(r->plan, periods->items[p].adjusted);
		amounts[p] = principal + interest + rest;
		weighted += principal * years[p];
		k->principal_total += principal;
		k->interest_total += interest;
		k->rest_total += rest;
		if (principal > 0) {
			if (k->first_principal == WEIR_DATE_NONE)
				k->first_principal = periods->items[p].adjusted;
			k->last_principal = periods->items[p].adjusted;
		}
	}
	int last = periods->count - 1;
	k->unpaid_at_end = terms->subordinated ? 0 :
	                                         value(r, c->balance, last) + value(r, c->interest_unpaid, last);
	k->wal_years = k->principal_total > 0 ? weighted / k->principal_total : NAN;
	yield_context context = { amounts, years, periods->count, terms->size_cents * terms->issue_price / 100 };
	if (weir_root_find(&k->yield_at_issue, worth_less_price, &context, -0.99, 100) != WEIR_OK)
		k->yield_at_issue = NAN;
	return WEIR_OK;
}

static void measure_totals(weir_deal_figures *out, const reader *r)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	int count = weir_plan_periods(r->plan)->count;
	double reserve = out->periods[0].closing_cash + out->periods[0].reserve_net, net = reserve, due = 0;
	double senior = 0, interest = 0, interest_unpaid = 0;
	out->coverage_min = NAN;
	for (int k = 1; k < count; k++) {
		weir_period_figures *p = &out->periods[k];
		net += p->pool_principal + p->pool_income + p->pool_recovered - p->taxes - p->fees;
		due += p->senior_new_due;
		p->cumulative_coverage = due > 0 ? net / due : NAN;
		interest += p->senior_interest_paid;
		out->subordinated_total += p->subordinated_paid;
		if (!isnan(p->coverage) && !(p->coverage >= out->coverage_min))
			out->coverage_min = p->coverage;
	}
	for (int i = 0; i < deal->class_count; i++)
		if (!deal->classes[i].subordinated) {
			senior += deal->classes[i].size_cents;
			interest_unpaid += value(r, weir_plan_registers(r->plan)->classes[i].interest_unpaid, count - 1);
			out->unpaid_at_end_cents += out->classes[i].unpaid_at_end;
		}
	double owed = senior + interest + interest_unpaid;
	out->coverage_total = owed > 0 ? net / owed : NAN;
	out->missed = value(r, weir_plan_registers(r->plan)->missed, count - 1) != 0;
	out->uncollected_cents = r->rows->uncollected_cents[r->lane];
}

weir_status weir_measure(weir_deal_figures *out, weir_arena *arena, const weir_plan *plan, const weir_run *run,
                         const weir_pool_rows *rows, int lane)
{
	weir_status status = WEIR_NO_MEMORY;
	const weir_deal *deal = weir_plan_deal(plan);
	int count = weir_plan_periods(plan)->count;
	reader r = { plan, run, rows, lane };
	*out = (weir_deal_figures){ 0 };
	out->periods = weir_arena_array(arena, (size_t)count, sizeof *out->periods);
	out->classes = weir_arena_array(arena, (size_t)deal->class_count + 1, sizeof *out->classes);
	if (!out->periods || !out->classes)
		return WEIR_NO_MEMORY;
	measure_closing(&out->periods[0], &r);
	for (int k = 1; k < count; k++)
		measure_period(&out->periods[k], &r, k);
	for (int i = 0; i < deal->class_count; i++)
		WEIR_TRY(measure_class(&out->classes[i], arena, &r, i));
	measure_totals(out, &r);
	status = WEIR_OK;
out:
	return status;
}
