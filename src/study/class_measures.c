/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/class_measures.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "math/roots.h"
#include "math/vec/elementary.h"

/* --- value and slopes ------------------------------------------------------------------------------------------- */

/* Payments after settlement. */
typedef struct payments {
	double *amounts, *years;
	int count;
} payments;

static int is_in_range(const payments *p, weir_compounding compounding, double yield)
{
	return p->count > 0 && weir_compounding_allows(compounding, yield, p->years[p->count - 1]);
}

static void value_payments(weir_price *out, const payments *p, const weir_price_terms *terms, double yield)
{
	double value = 0, slope = 0, bend = 0, timed = 0, per_100 = 100 / terms->face_cents;
	for (int i = 0; i < p->count; i++) {
		weir_discount d = weir_compounding_discount(terms->compounding, yield, p->years[i]);
		value += p->amounts[i] * d.value;
		slope += p->amounts[i] * d.slope;
		bend += p->amounts[i] * d.bend;
		timed += p->amounts[i] * d.value * p->years[i];
	}
	out->yield = yield;
	out->dirty_cents = value;
	out->dirty = value * per_100;
	out->accrued = terms->accrued_cents * per_100;
	out->clean = out->dirty - out->accrued;
	out->macaulay_years = timed / value;
	out->modified_years = -slope / value;
	out->convexity_years2 = bend / value;
	out->dv01_cents = -slope / 10000;
	out->dv01 = out->dv01_cents * per_100;
}

/* --- yields ----------------------------------------------------------------------------------------------------- */

/* The search runs over w: compounded, the growth a year is e^w; under simple interest y = (e^w - 1) / the last t.
 * Either way every allowed yield has one w, and w = 0 is a yield of 0. */
typedef struct yield_search {
	const double *amounts, *years;
	int count;
	double price;
	weir_compounding compounding;
} yield_search;

static double yield_of(const yield_search *s, double w)
{
	int times = weir_compounding_times(s->compounding);
	switch (s->compounding) {
	case WEIR_COMPOUND_CONTINUOUS:
		return w;
	case WEIR_COMPOUND_SIMPLE:
		return (weir_exp(w) - 1) / s->years[s->count - 1];
	default:
		return times * (weir_exp(w / times) - 1);
	}
}

static double worth_less_price(double w, void *context)
{
	const yield_search *s = context;
	double worth = -s->price, yield = yield_of(s, w);
	int is_simple = s->compounding == WEIR_COMPOUND_SIMPLE;
	for (int i = 0; i < s->count; i++)
		if (s->amounts[i] != 0)
			worth += s->amounts[i] *
			         (is_simple ? 1 / (1 + yield * s->years[i]) : weir_exp(-w * s->years[i]));
	return worth;
}

/* Changes of sign in (-price, amounts…); zeros do not count. */
static int count_sign_changes(const yield_search *s)
{
	double last = -s->price;
	int changes = 0;
	for (int i = 0; i < s->count; i++) {
		if (s->amounts[i] == 0)
			continue;
		changes += last != 0 && (last < 0) != (s->amounts[i] < 0);
		last = s->amounts[i];
	}
	return changes;
}

static void add_root(weir_yields *out, yield_search *s, double low, double high)
{
	double w;
	if (out->count < WEIR_MOST_YIELDS && weir_root_find(&w, worth_less_price, s, low, high) == WEIR_OK)
		out->values[out->count++] = yield_of(s, w);
}

/* Exactly one root: widen until it is inside. */
static void find_only(weir_yields *out, yield_search *s)
{
	for (double wide = 1; wide <= 4096 && out->count == 0; wide *= 2)
		add_root(out, s, -wide, wide);
	out->certain = out->count == 1;
}

static void scan(weir_yields *out, yield_search *s, int most)
{
	enum { STEPS = 4000 };
	double low = -10, at_low = worth_less_price(low, s);
	for (int i = 1; i <= STEPS; i++) {
		double high = (i - STEPS / 2) * (20.0 / STEPS), at_high = worth_less_price(high, s);
		if (at_low != 0 && (at_high == 0 || (at_low < 0) != (at_high < 0)))
			add_root(out, s, low, high);
		low = high;
		at_low = at_high;
	}
	out->certain = out->count == most;
}

void weir_yields_find(weir_yields *out, const double *amounts, const double *years, int count, double price,
                      weir_compounding compounding)
{
	yield_search s = { amounts, years, count, price, compounding };
	int changes = count_sign_changes(&s), positive = price > 0;
	*out = (weir_yields){ 0 };
	for (int i = 0; i < count; i++)
		positive &= amounts[i] >= 0;
	if (changes == 0)
		out->certain = 1;
	else if (changes == 1 && (positive || compounding != WEIR_COMPOUND_SIMPLE))
		find_only(out, &s);
	else
		scan(out, &s, changes);
}

weir_status weir_irr_find(weir_yields *out, const weir_date *dates, const double *amounts, int count)
{
	double price = 0;
	int later = 0;
	double *years = weir_alloc_zero((size_t)count + 1, sizeof *years);
	double *after = weir_alloc_zero((size_t)count + 1, sizeof *after);
	weir_status status = years && after ? WEIR_OK : WEIR_NO_MEMORY;
	for (int i = 0; status == WEIR_OK && i < count; i++) {
		if (dates[i] == dates[0]) {
			price -= amounts[i];
			continue;
		}
		years[later] = (double)(dates[i] - dates[0]) / 365.0;
		after[later++] = amounts[i];
	}
	*out = (weir_yields){ 0 };
	if (status == WEIR_OK)
		weir_yields_find(out, after, years, later, price, WEIR_COMPOUND_ANNUAL);
	weir_free(years);
	weir_free(after);
	return status;
}

/* --- prices ----------------------------------------------------------------------------------------------------- */

double weir_price_years(const weir_price_terms *terms, weir_date date)
{
	weir_year_fraction f =
		weir_day_count_fraction(terms->day_count, terms->settlement, date, &terms->day_count_terms);
	return (double)f.numerator / (double)f.denominator;
}

/* Takes memory for, and reads, the payments after settlement. */
static weir_status read_payments(payments *p, const weir_flows *flows, const weir_price_terms *terms)
{
	*p = (payments){ .amounts = weir_alloc_zero((size_t)flows->count + 1, sizeof *p->amounts),
		         .years = weir_alloc_zero((size_t)flows->count + 1, sizeof *p->years) };
	if (!p->amounts || !p->years)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < flows->count; i++) {
		double amount = flows->principal[i] + flows->other[i];
		if (flows->dates[i] <= terms->settlement || amount == 0)
			continue;
		p->amounts[p->count] = amount;
		p->years[p->count++] = weir_price_years(terms, flows->dates[i]);
	}
	return WEIR_OK;
}

static void free_payments(payments *p)
{
	weir_free(p->amounts);
	weir_free(p->years);
}

weir_status weir_price_at_yield(weir_price *out, const weir_flows *flows, const weir_price_terms *terms, double yield)
{
	payments p;
	weir_status status;
	*out = (weir_price){ 0 };
	WEIR_TRY(read_payments(&p, flows, terms));
	if (!(terms->face_cents > 0) || !is_in_range(&p, terms->compounding, yield)) {
		status = WEIR_NO;
		goto out;
	}
	value_payments(out, &p, terms, yield);
	out->yields = (weir_yields){ .values = { yield }, .count = 1, .certain = 1 };
out:
	free_payments(&p);
	return status;
}

weir_status weir_price_at_clean(weir_price *out, const weir_flows *flows, const weir_price_terms *terms, double clean)
{
	payments p;
	weir_status status;
	*out = (weir_price){ 0 };
	WEIR_TRY(read_payments(&p, flows, terms));
	if (terms->face_cents > 0)
		weir_yields_find(&out->yields, p.amounts, p.years, p.count,
		                 clean * terms->face_cents / 100 + terms->accrued_cents, terms->compounding);
	if (out->yields.count == 0) {
		status = WEIR_NO;
		goto out;
	}
	double nearest = out->yields.values[0];
	for (int i = 1; i < out->yields.count; i++)
		nearest = fabs(out->yields.values[i]) < fabs(nearest) ? out->yields.values[i] : nearest;
	value_payments(out, &p, terms, nearest);
out:
	free_payments(&p);
	return status;
}

/* --- life ------------------------------------------------------------------------------------------------------- */

void weir_life_measure(weir_life *out, const weir_flows *flows, const weir_price_terms *terms)
{
	double weighted = 0;
	*out = (weir_life){ .first_principal = WEIR_DATE_NONE, .last_principal = WEIR_DATE_NONE };
	for (int i = 0; i < flows->count; i++) {
		if (flows->dates[i] <= terms->settlement)
			continue;
		out->principal_cents += flows->principal[i];
		out->other_cents += flows->other[i];
		if (!(flows->principal[i] > 0))
			continue;
		weighted += flows->principal[i] * weir_price_years(terms, flows->dates[i]);
		if (out->first_principal == WEIR_DATE_NONE)
			out->first_principal = flows->dates[i];
		out->last_principal = flows->dates[i];
	}
	out->wal_years = out->principal_cents > 0 ? weighted / out->principal_cents : NAN;
	out->unpaid_cents = terms->face_cents - out->principal_cents;
}

/* --- a class of a run ------------------------------------------------------------------------------------------- */

typedef struct class_reader {
	const weir_plan *plan;
	const weir_run *run;
	const weir_class *terms;
	const weir_class_registers *registers;
	int lane;
} class_reader;

static double value(const class_reader *r, int register_number, int period)
{
	const double *lanes = weir_run_record(r->run, register_number, period);
	return lanes ? lanes[r->lane] : 0;
}

/* What day counts need for a part of a payment period. */
static weir_day_count_terms period_terms(const weir_plan *plan, int period)
{
	const weir_deal *deal = weir_plan_deal(plan);
	const weir_period *p = &weir_plan_periods(plan)->items[period];
	int months = deal->payment.unit == WEIR_STEP_YEARS  ? 12 * deal->payment.step :
	             deal->payment.unit == WEIR_STEP_MONTHS ? deal->payment.step :
	                                                      0;
	return (weir_day_count_terms){ .period_start = p->accrual_start,
		                       .period_end = p->accrual_end,
		                       .periods_per_year = months > 0 && 12 % months == 0 ? 12 / months : 1,
		                       .end_of_month = deal->payment.end_of_month,
		                       .maturity = deal->legal_final,
		                       .calendar = deal->calendar };
}

/* What has accrued on the balance of a period from its accrual start to `to`, not rounded. 1/1 counts any part of a
 * period as one; there the part is that of its days. */
static double accrued_in(const class_reader *r, int period, weir_date to)
{
	const weir_period *p = &weir_plan_periods(r->plan)->items[period];
	weir_day_count_terms terms = period_terms(r->plan, period);
	weir_year_fraction f = weir_day_count_fraction(r->terms->day_count, p->accrual_start, to, &terms);
	double part = (double)f.numerator / (double)f.denominator;
	if (r->terms->day_count == WEIR_ONE_ONE)
		part *= (double)(to - p->accrual_start) / (double)(p->accrual_end - p->accrual_start);
	return value(r, r->registers->balance, period - 1) * value(r, r->registers->coupon, period) * part;
}

/* Interest of what has run of each accrual period whose payment is still to come; where interest comes with principal,
 * also of those before, less what was paid. */
static double accrued_at(const class_reader *r, weir_date settlement)
{
	const weir_periods *periods = weir_plan_periods(r->plan);
	double sum = 0;
	if (r->terms->interest == WEIR_INTEREST_NONE)
		return 0;
	for (int k = periods->first > 1 ? periods->first : 1; k < periods->count; k++) {
		const weir_period *p = &periods->items[k];
		if (p->adjusted > settlement && p->accrual_start < settlement)
			sum += accrued_in(r, k, settlement < p->accrual_end ? settlement : p->accrual_end);
		else if (p->adjusted <= settlement && r->terms->interest == WEIR_INTEREST_WITH_PRINCIPAL)
			sum += accrued_in(r, k, p->accrual_end) - value(r, r->registers->interest_paid, k);
	}
	return sum;
}

weir_status weir_class_flows_read(weir_class_flows *out, weir_arena *arena, const weir_plan *plan, const weir_run *run,
                                  int class_number, int lane, weir_date settlement)
{
	const weir_periods *periods = weir_plan_periods(plan);
	const weir_class_registers *c = &weir_plan_registers(plan)->classes[class_number];
	class_reader r = { plan, run, &weir_plan_deal(plan)->classes[class_number], c, lane };
	int first = periods->first > 1 ? periods->first : 1, last = periods->count - 1, count = 0;
	weir_date *dates = weir_arena_array(arena, (size_t)periods->count, sizeof *dates);
	double *principal = weir_arena_array(arena, (size_t)periods->count, sizeof *principal);
	double *other = weir_arena_array(arena, (size_t)periods->count, sizeof *other);
	double *balances = weir_arena_array(arena, (size_t)periods->count, sizeof *balances);
	*out = (weir_class_flows){ 0 };
	if (!dates || !principal || !other || !balances)
		return WEIR_NO_MEMORY;
	out->face_cents = value(&r, c->balance, first - 1);
	out->arrears_cents = value(&r, c->interest_unpaid, first - 1);
	for (int k = first; k <= last; k++, count++) {
		dates[count] = periods->items[k].adjusted;
		principal[count] = value(&r, c->principal_paid, k);
		other[count] =
		        value(&r, c->interest_paid, k) + value(&r, c->yield_paid, k) + value(&r, c->rest_paid, k);
		balances[count] = value(&r, c->balance, k);
		if (dates[count] <= settlement) {
			out->face_cents = balances[count];
			out->arrears_cents = value(&r, c->interest_unpaid, k);
		}
	}
	out->flows = (weir_flows){ dates, principal, other, count };
	out->balances = balances;
	out->accrued_cents = accrued_at(&r, settlement);
	if (r.terms->style != WEIR_STYLE_RESIDUAL)
		out->unpaid_cents = value(&r, c->balance, last) + value(&r, c->interest_unpaid, last);
	return WEIR_OK;
}

weir_date weir_call_date(const weir_plan *plan, const weir_run *run, int lane)
{
	const weir_periods *periods = weir_plan_periods(plan);
	const weir_plan_map *map = weir_plan_registers(plan);
	for (int k = periods->first; k < periods->count; k++)
		for (int i = 0; i < weir_plan_deal(plan)->call_count; i++) {
			int flag = map->calls[i].flag;
			const double *flags = flag < 0 ? NULL : weir_run_record(run, flag, k);
			if (flags && flags[lane] != 0)
				return periods->items[k].adjusted;
		}
	return WEIR_DATE_NONE;
}

weir_price_terms weir_class_price_terms(const weir_plan *plan, const weir_class_flows *k, weir_date settlement,
                                        weir_compounding compounding, weir_day_count day_count)
{
	const weir_periods *periods = weir_plan_periods(plan);
	int period = periods->first > 1 ? periods->first : 1;
	while (period < periods->count - 1 && periods->items[period].accrual_end <= settlement)
		period++;
	return (weir_price_terms){ .settlement = settlement,
		                   .compounding = compounding,
		                   .day_count = day_count,
		                   .day_count_terms = period_terms(plan, period),
		                   .face_cents = k->face_cents,
		                   .accrued_cents = k->accrued_cents };
}
