/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/lane_figures.h"

#include <math.h>
#include <string.h>

#include "pool/actuals.h"

#define EACH_LANE for (int l = 0; l < WEIR_LANES; l++)

static const weir_lane nothing;

/* A register at a period's end; zeros for one that the plan does not have. */
static const double *record(const weir_lane_reader *r, int register_number, int period)
{
	const double *lanes = weir_run_record(r->run, register_number, period);
	return lanes ? lanes : nothing;
}

static void add(double *restrict to, const double *restrict lanes)
{
	EACH_LANE to[l] += lanes[l];
}

static void add_record(double *restrict to, const weir_lane_reader *r, int register_number, int period)
{
	const double *lanes = weir_run_record(r->run, register_number, period);
	if (lanes)
		add(to, lanes);
}

static void set(double *restrict to, double value)
{
	EACH_LANE to[l] = value;
}

double weir_years_from_start(const weir_plan *plan, weir_date date)
{
	const weir_deal *deal = weir_plan_deal(plan);
	weir_date from = weir_plan_periods(plan)->first > 1 ? deal->opening : deal->start;
	return (double)(date - from) / 365.0;
}

/* --- one period ------------------------------------------------------------------------------------------------- */

/* Adds cash outside reserves at the end of a period, or inside them. */
static void add_cash(double *to, const weir_lane_reader *r, int reserves, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_plan_map *map = weir_plan_registers(r->plan);
	for (int i = 0; i < deal->account_count; i++)
		if (deal->accounts[i].is_reserve == reserves)
			add_record(to, r, map->accounts[i].balance, period);
}

/* The pool's rows as the deal gets them: nothing once a call has sold the pool, in a period before this one. */
static void read_pool(weir_period_lanes *p, const weir_lane_reader *r, int period)
{
	const weir_plan_map *map = weir_plan_registers(r->plan);
	const double *sold = record(r, map->sold, period - 1), *sold_now = record(r, map->sold, period);
	const weir_pool_rows *rows = r->rows;
	EACH_LANE
	{
		int has = sold[l] == 0;
		p->pool_principal[l] = has ? rows->column[WEIR_POOL_PRINCIPAL][period][l] : 0;
		p->pool_income[l] = has ? rows->column[WEIR_POOL_INCOME][period][l] : 0;
		p->pool_recovered[l] = has ? rows->column[WEIR_POOL_RECOVERED][period][l] : 0;
		p->pool_defaulted[l] = has ? rows->column[WEIR_POOL_DEFAULTED][period][l] : 0;
		p->pool_balance[l] = sold_now[l] == 0 ? rows->column[WEIR_POOL_BALANCE][period][l] : 0;
	}
}

static void add_charges(weir_period_lanes *p, const weir_lane_reader *r, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_plan_map *map = weir_plan_registers(r->plan);
	for (int i = 0; i < deal->fee_count; i++) {
		double *charged = deal->fees[i].is_tax ? p->taxes : p->fees;
		double *paid = deal->fees[i].is_tax ? p->taxes_paid : p->fees_paid;
		add_record(charged, r, map->fees[i].charge, period);
		add_record(charged, r, map->surcharges[i].charge, period);
		add_record(paid, r, map->fees[i].paid, period);
		add_record(paid, r, map->surcharges[i].paid, period);
	}
}

/* A facility's commitment fee is a fee of the deal; interest on what is drawn goes with its repayment. */
static void add_supports(weir_period_lanes *p, const weir_lane_reader *r, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_plan_map *map = weir_plan_registers(r->plan);
	for (int i = 0; map->supports && i < deal->support_count; i++) {
		const weir_support_registers *s = &map->supports[i];
		const double *due = record(r, s->fee_due, period), *carried = record(r, s->fee_unpaid, period - 1);
		add_record(p->support_in, r, s->drawn, period);
		add_record(p->support_repaid, r, s->repaid, period);
		add_record(p->support_repaid, r, s->interest_paid, period);
		EACH_LANE p->fees[l] += due[l] - carried[l];
		add_record(p->fees_paid, r, s->fee_paid, period);
	}
	for (int i = 0; map->covers && i < deal->cover_count; i++)
		add_record(p->support_in, r, map->covers[i].paid, period);
}

static void add_others(weir_period_lanes *p, const weir_lane_reader *r, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_plan_map *map = weir_plan_registers(r->plan);
	for (int i = 0; map->calls && i < deal->call_count; i++)
		add_record(p->other_in, r, map->calls[i].proceeds, period);
	for (int i = 0; map->revolvings && i < deal->revolving_count; i++) {
		add_record(p->other_in, r, map->revolvings[i].principal, period);
		add_record(p->other_in, r, map->revolvings[i].income, period);
		add_record(p->other_out, r, map->revolvings[i].purchased, period);
		add_record(p->purchased, r, map->revolvings[i].purchased, period);
	}
	add_record(p->other_out, r, map->lost, period);
}

static void add_senior(weir_period_lanes *p, const weir_lane_reader *r, const weir_class *k,
                       const weir_class_registers *c, int period)
{
	const double *interest_due = record(r, c->interest_due, period);
	const double *interest_carried = record(r, c->interest_unpaid, period - 1);
	const double *principal_due = nothing, *principal_carried = nothing;
	if (k->style != WEIR_STYLE_PASS_THROUGH) {
		principal_due = record(r, c->principal_due, period);
		if (k->style != WEIR_STYLE_PLANNED)
			principal_carried = record(r, c->principal_unpaid, period - 1);
	}
	EACH_LANE
	{
		p->senior_interest_due[l] += interest_due[l];
		p->senior_principal_due[l] += principal_due[l];
		p->senior_new_due[l] += interest_due[l] - interest_carried[l] + principal_due[l] - principal_carried[l];
	}
	add_record(p->senior_interest_paid, r, c->interest_paid, period);
	add_record(p->senior_principal_paid, r, c->principal_paid, period);
}

static void add_classes(weir_period_lanes *p, const weir_lane_reader *r, int period)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	for (int i = 0; i < deal->class_count; i++) {
		const weir_class_registers *c = &weir_plan_registers(r->plan)->classes[i];
		/* a senior class that shares in the rest takes it outside its due amounts */
		double *rest = deal->classes[i].subordinated ? p->subordinated_paid : p->other_out;
		add_record(rest, r, c->yield_paid, period);
		add_record(rest, r, c->rest_paid, period);
		if (deal->classes[i].subordinated) {
			add_record(p->subordinated_paid, r, c->interest_paid, period);
			add_record(p->subordinated_paid, r, c->principal_paid, period);
		} else {
			add_senior(p, r, &deal->classes[i], c, period);
		}
	}
}

static inline double at_least_nothing(double cents)
{
	return cents > 0 ? cents : 0;
}

/* Coverage counts what the assets bring, sold or bought ones too, less what a servicer lost; never outside support.
 * Where charges take more than there is, nothing is covered: 0. */
static void cover(weir_period_lanes *p, const weir_lane_reader *r, int period)
{
	const double *lost = record(r, weir_plan_registers(r->plan)->lost, period);
	EACH_LANE
	{
		double collected = p->pool_principal[l] + p->pool_income[l] + p->pool_recovered[l];
		double due = p->senior_interest_due[l] + p->senior_principal_due[l];
		p->available[l] = p->opening_cash[l] + collected + p->other_in[l] + p->support_in[l];
		p->net[l] = collected - p->taxes[l] - p->fees[l] + p->other_in[l] - lost[l];
		p->senior_due[l] = due;
		p->coverage[l] = due > 0 ? at_least_nothing(p->opening_cash[l] + p->net[l]) / due : NAN;
		p->coverage_period[l] = due > 0 ? at_least_nothing(p->net[l]) / due : NAN;
	}
}

void weir_period_lanes_read(weir_period_lanes *out, const weir_lane_reader *reader, int period)
{
	weir_lane before = { 0 };
	memset(out, 0, sizeof *out);
	read_pool(out, reader, period);
	add_cash(out->opening_cash, reader, 0, period - 1);
	add_cash(out->closing_cash, reader, 0, period);
	add_cash(before, reader, 1, period - 1);
	add_cash(out->reserve_net, reader, 1, period);
	EACH_LANE out->reserve_net[l] -= before[l];
	add_charges(out, reader, period);
	add_supports(out, reader, period);
	add_others(out, reader, period);
	add_classes(out, reader, period);
	cover(out, reader, period);
}

double weir_lane_defaulted_share(const weir_lane_reader *reader, int lane)
{
	const weir_periods *periods = weir_plan_periods(reader->plan);
	const weir_pool_rows *rows = reader->rows;
	int known = weir_pool_known_to(weir_plan_pool(reader->plan), periods);
	int sold_register = weir_plan_registers(reader->plan)->sold;
	double sum = 0, standing = rows->column[WEIR_POOL_BALANCE][known][lane];
	for (int k = known + 1; k < periods->count && record(reader, sold_register, k - 1)[lane] == 0; k++)
		sum += rows->column[WEIR_POOL_DEFAULTED][k][lane];
	return standing > 0 ? sum / standing : NAN;
}

void weir_lane_proceeds(double *out, const weir_lane_reader *reader)
{
	const weir_plan_map *map = weir_plan_registers(reader->plan);
	set(out, 0);
	for (int i = 0; i < weir_plan_deal(reader->plan)->class_count; i++) {
		const double *size = weir_run_final(reader->run, map->classes[i].size);
		double proceeds = weir_plan_class_proceeds(reader->plan, i, size[0]);
		for (int l = 0; l < WEIR_LANES; l++) {
			if (l > 0 && size[l] != size[l - 1])
				proceeds = weir_plan_class_proceeds(reader->plan, i, size[l]);
			out[l] += proceeds;
		}
	}
}

void weir_opening_lanes_read(weir_period_lanes *out, const weir_lane_reader *reader)
{
	const weir_deal *deal = weir_plan_deal(reader->plan);
	int first = weir_plan_periods(reader->plan)->first, mid_life = first > 1;
	memset(out, 0, sizeof *out);
	EACH_LANE out->pool_balance[l] = reader->rows->column[WEIR_POOL_BALANCE][first - 1][l];
	add_cash(out->closing_cash, reader, 0, first - 1);
	if (mid_life) {
		add(out->opening_cash, out->closing_cash);
		add(out->available, out->closing_cash);
	} else {
		weir_lane_proceeds(out->other_in, reader);
		add_cash(out->reserve_net, reader, 1, 0);
		for (int l = 0; l < WEIR_LANES; l++) {
			double cash = out->closing_cash[l] + out->reserve_net[l];
			out->other_out[l] =
				weir_plan_purchase_at(reader->plan, out->other_in[l], cash) + deal->closing_costs_cents;
		}
		add(out->available, out->other_in);
	}
	set(out->coverage, NAN);
	set(out->coverage_period, NAN);
	set(out->cumulative_coverage, NAN);
}

/* --- totals ----------------------------------------------------------------------------------------------------- */

void weir_total_lanes_start(weir_total_lanes *out, const weir_lane_reader *reader)
{
	int before = weir_plan_periods(reader->plan)->first - 1;
	memset(out, 0, sizeof *out);
	add_cash(out->net, reader, 0, before);
	add_cash(out->net, reader, 1, before);
	set(out->coverage_min, NAN);
}

void weir_total_lanes_add(weir_total_lanes *totals, weir_period_lanes *period)
{
	weir_total_lanes *t = totals;
	EACH_LANE
	{
		t->inflow[l] += period->pool_principal[l] + period->pool_income[l] + period->pool_recovered[l];
		t->defaulted[l] += period->pool_defaulted[l];
		t->recovered[l] += period->pool_recovered[l];
		t->net[l] += period->net[l] - period->purchased[l]; /* what is bought comes back: once is enough */
		t->due[l] += period->senior_new_due[l];
		t->interest[l] += period->senior_interest_paid[l];
		t->support_in[l] += period->support_in[l];
		t->subordinated_paid[l] += period->subordinated_paid[l];
	}
	EACH_LANE period->cumulative_coverage[l] = t->due[l] > 0 ? t->net[l] / t->due[l] : NAN;
	EACH_LANE
	{
		double coverage = period->coverage[l]; /* NAN is neither below nor above */
		int less = coverage < t->coverage_min[l] || (isnan(t->coverage_min[l]) && !isnan(coverage));
		t->coverage_min[l] = less ? coverage : t->coverage_min[l];
	}
}

void weir_total_lanes_finish(weir_total_lanes *totals, const weir_lane_reader *reader)
{
	const weir_deal *deal = weir_plan_deal(reader->plan);
	const weir_periods *periods = weir_plan_periods(reader->plan);
	const weir_plan_map *map = weir_plan_registers(reader->plan);
	int before = periods->first - 1, last = periods->count - 1;
	weir_lane senior = { 0 }, unpaid = { 0 };
	for (int i = 0; i < deal->class_count; i++)
		if (!deal->classes[i].subordinated) {
			add_record(senior, reader, map->classes[i].balance, before);
			add_record(unpaid, reader, map->classes[i].interest_unpaid, last);
			add_record(totals->unpaid_at_end, reader, map->classes[i].balance, last);
			add_record(totals->unpaid_at_end, reader, map->classes[i].interest_unpaid, last);
		}
	EACH_LANE
	{
		double owed = senior[l] + totals->interest[l] + unpaid[l];
		totals->coverage_total[l] = owed > 0 ? totals->net[l] / owed : NAN;
	}
	memcpy(totals->missed, record(reader, map->missed, last), sizeof(weir_lane));
}

/* --- one class -------------------------------------------------------------------------------------------------- */

static void add_class_period(weir_class_lanes *k, double *weighted, const weir_lane_reader *r,
                             const weir_class_registers *c, int period)
{
	weir_date date = weir_plan_periods(r->plan)->items[period].adjusted;
	double years = weir_years_from_start(r->plan, date), none = WEIR_DATE_NONE;
	const double *principal = record(r, c->principal_paid, period);
	const double *interest = record(r, c->interest_unpaid, period), *due = record(r, c->principal_unpaid, period);
	add_record(k->interest, r, c->interest_paid, period);
	add_record(k->interest, r, c->yield_paid, period);
	add_record(k->rest, r, c->rest_paid, period);
	EACH_LANE
	{
		double missed = interest[l] + due[l];
		weighted[l] += principal[l] * years;
		k->principal[l] += principal[l];
		k->first_principal[l] =
			principal[l] > 0 && k->first_principal[l] == none ? date : k->first_principal[l];
		k->last_principal[l] = principal[l] > 0 ? date : k->last_principal[l];
		k->missed_most[l] = missed > k->missed_most[l] ? missed : k->missed_most[l];
		k->first_short[l] = missed > 0 && k->first_short[l] == none ? date : k->first_short[l];
	}
}

void weir_class_lanes_read(weir_class_lanes *out, const weir_lane_reader *reader, int class_number)
{
	const weir_periods *periods = weir_plan_periods(reader->plan);
	const weir_class *terms = &weir_plan_deal(reader->plan)->classes[class_number];
	const weir_class_registers *c = &weir_plan_registers(reader->plan)->classes[class_number];
	int last = periods->count - 1;
	double none = WEIR_DATE_NONE;
	weir_lane weighted = { 0 };
	memset(out, 0, sizeof *out);
	set(out->first_principal, none);
	set(out->last_principal, none);
	set(out->first_short, none);
	for (int k = periods->first; k <= last; k++)
		add_class_period(out, weighted, reader, c, k);
	add_record(out->interest_short, reader, c->interest_unpaid, last);
	if (terms->style != WEIR_STYLE_RESIDUAL)
		add_record(out->principal_short, reader, c->balance, last);
	EACH_LANE
	{
		int is_short = out->interest_short[l] + out->principal_short[l] > 0;
		out->wal_years[l] = out->principal[l] > 0 ? weighted[l] / out->principal[l] : NAN;
		if (is_short && out->first_short[l] == none)
			out->first_short[l] = periods->items[last].adjusted;
	}
}
