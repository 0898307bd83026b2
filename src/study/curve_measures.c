/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/curve_measures.h"

#include <math.h>

#include "base/alloc.h"
#include "math/roots.h"

/* --- payments against a curve ----------------------------------------------------------------------------------- */

/* Appends what is paid on one date; *last is the curve's time of the payment date before. */
static void take_payment(weir_curve_flows *f, const weir_rate_curve *curve, double start, double *last, double time,
                         double years)
{
	int i = f->count++;
	double gap = years - (i > 0 ? f->years[i - 1] : 0);
	f->years[i] = years;
	f->tenors[i] = time - start;
	f->gaps[i] = gap;
	f->forwards[i] = gap > 0 ? (weir_curve_discount(&curve->curve, time, *last) - 1) / gap : 0;
	f->zeros[i] = weir_compounding_rate(f->compounding, weir_curve_discount(&curve->curve, start, time), years);
	*last = time;
}

static weir_status take_memory(weir_curve_flows *f, int count)
{
	size_t most = (size_t)count + 1;
	f->block = weir_alloc_zero(6 * most, sizeof *f->block);
	if (!f->block)
		return WEIR_NO_MEMORY;
	f->amounts = f->block;
	f->years = f->amounts + most;
	f->zeros = f->years + most;
	f->tenors = f->zeros + most;
	f->gaps = f->tenors + most;
	f->forwards = f->gaps + most;
	return WEIR_OK;
}

weir_status weir_curve_flows_read(weir_curve_flows *out, const weir_flows *flows, const weir_price_terms *terms,
                                  const weir_rate_curve *curve)
{
	double start = weir_rate_curve_years(curve, terms->settlement), last = start, paid = 0;
	*out = (weir_curve_flows){ .compounding = terms->compounding };
	if (terms->settlement < curve->date)
		return WEIR_NO;
	weir_status status = take_memory(out, flows->count);
	for (int i = 0; status == WEIR_OK && i < flows->count; i++) {
		double amount = flows->principal[i] + flows->other[i];
		double years = weir_price_years(terms, flows->dates[i]);
		if (flows->dates[i] <= terms->settlement || !(years > 0))
			continue;
		if (out->count == 0 || years > out->years[out->count - 1])
			take_payment(out, curve, start, &last, weir_rate_curve_years(curve, flows->dates[i]), years);
		out->amounts[out->count - 1] += amount;
		paid += amount;
	}
	if (status == WEIR_OK && !(paid > 0))
		status = WEIR_NO;
	return status;
}

void weir_curve_flows_free(weir_curve_flows *flows)
{
	weir_free(flows->block);
	*flows = (weir_curve_flows){ 0 };
}

/* --- values ----------------------------------------------------------------------------------------------------- */

/* V, V' and V'' by the spread. */
static weir_discount value_at(const weir_curve_flows *f, double spread)
{
	weir_discount sum = { 0, 0, 0 };
	for (int i = 0; i < f->count; i++) {
		double rate = f->zeros[i] + spread;
		if (!weir_compounding_allows(f->compounding, rate, f->years[i]))
			return (weir_discount){ NAN, NAN, NAN };
		weir_discount d = weir_compounding_discount(f->compounding, rate, f->years[i]);
		sum.value += f->amounts[i] * d.value;
		sum.slope += f->amounts[i] * d.slope;
		sum.bend += f->amounts[i] * d.bend;
	}
	return sum;
}

double weir_value_at_spread(const weir_curve_flows *flows, double spread)
{
	return value_at(flows, spread).value;
}

double weir_value_at_margin(const weir_curve_flows *f, double margin)
{
	double factor = 1, sum = 0;
	for (int i = 0; i < f->count; i++) {
		double growth = 1 + (f->forwards[i] + margin) * f->gaps[i];
		if (!(growth > 0))
			return NAN;
		factor /= growth;
		sum += f->amounts[i] * factor;
	}
	return sum;
}

/* --- searches --------------------------------------------------------------------------------------------------- */

typedef struct spread_search {
	const weir_curve_flows *flows;
	double (*value)(const weir_curve_flows *flows, double spread);
	double wanted;
} spread_search;

static double worth_less_wanted(double spread, void *context)
{
	const spread_search *s = context;
	return s->value(s->flows, spread) - s->wanted;
}

/* Every spread or margin lies above this, which is negative: rates beyond have no discount factor. */
static double least_spread(const weir_curve_flows *f, int is_margin)
{
	double least = -HUGE_VAL;
	int times = weir_compounding_times(f->compounding);
	for (int i = 0; i < f->count; i++) {
		double bound = least;
		if (is_margin)
			bound = -1 / f->gaps[i] - f->forwards[i];
		else if (f->compounding == WEIR_COMPOUND_SIMPLE)
			bound = -1 / f->years[i] - f->zeros[i];
		else if (times > 0)
			bound = -times - f->zeros[i];
		least = bound > least ? bound : least;
	}
	return least;
}

/* Amounts that are not negative are worth less the higher the spread: from 0 outwards, one bracket holds the only
 * root. */
static weir_status find_spread(double *out, spread_search *s, int is_margin)
{
	double least = least_spread(s->flows, is_margin), at_zero = worth_less_wanted(0, s), near = 0;
	*out = NAN;
	if (!(s->wanted > 0) || isnan(at_zero))
		return WEIR_NO;
	if (at_zero == 0) {
		*out = 0;
		return WEIR_OK;
	}
	for (int k = 1; k <= 60; k++) {
		double width = ldexp(0.01, k), far = at_zero > 0 ? width : -width;
		if (at_zero < 0 && isfinite(least))
			far = least * (1 - ldexp(1, -k));
		double at_far = worth_less_wanted(far, s);
		if (isnan(at_far))
			return WEIR_NO;
		if (at_far == 0 || (at_far < 0) != (at_zero < 0))
			return near < far ? weir_root_find(out, worth_less_wanted, s, near, far) :
			                    weir_root_find(out, worth_less_wanted, s, far, near);
		near = far;
	}
	return WEIR_NO;
}

weir_status weir_spread_at_value(double *spread, const weir_curve_flows *flows, double value_cents)
{
	spread_search search = { flows, weir_value_at_spread, value_cents };
	return find_spread(spread, &search, 0);
}

weir_status weir_margin_at_value(double *margin, const weir_curve_flows *flows, double value_cents)
{
	spread_search search = { flows, weir_value_at_margin, value_cents };
	return find_spread(margin, &search, 1);
}

/* --- measures --------------------------------------------------------------------------------------------------- */

/* The rate that discounts `years` as another one does under another compounding; NAN when that has no factor. */
static double same_rate(double rate, weir_compounding from, weir_compounding to, double years)
{
	if (from == to)
		return rate;
	if (!weir_compounding_allows(from, rate, years))
		return NAN;
	return weir_compounding_rate(to, weir_compounding_discount(from, rate, years).value, years);
}

double weir_curve_yield_at(const weir_rate_curve *curve, const weir_price_terms *terms, double years, double spread)
{
	double yield = weir_rate_curve_yield(curve, terms->settlement, years);
	return same_rate(yield + spread, weir_compounding_of_times(curve->frequency), terms->compounding, years);
}

static void measure_nominal(weir_curve_price *out, const weir_curve_case *of)
{
	if (!(of->wal_years > 0))
		return;
	weir_compounding compounding = weir_compounding_of_times(of->curve->frequency);
	out->curve_yield = weir_rate_curve_yield(of->curve, of->terms->settlement, of->wal_years);
	out->nominal_spread = same_rate(of->yield, of->terms->compounding, compounding, of->wal_years) -
	                      out->curve_yield;
}

/* The value with the curve moved, at the same spread. */
static weir_status value_moved(double *out, const weir_curve_case *of, const weir_flows *flows, double rate)
{
	weir_curve_flows moved;
	weir_status status = weir_curve_flows_read(&moved, flows ? flows : of->flows, of->terms, of->curve);
	*out = status == WEIR_OK ? weir_value_at_spread(&moved, rate) : NAN;
	weir_curve_flows_free(&moved);
	return status == WEIR_NO_MEMORY ? status : WEIR_OK;
}

static weir_status measure_effective(weir_curve_price *out, const weir_curve_case *of)
{
	double value, up, down, h = WEIR_CURVE_SHIFT;
	weir_status status;
	WEIR_TRY(value_moved(&value, of, of->flows, out->z_spread));
	WEIR_TRY(value_moved(&up, of, of->up, out->z_spread + h));
	WEIR_TRY(value_moved(&down, of, of->down, out->z_spread - h));
	out->effective_duration_years = (down - up) / (2 * value * h);
	out->effective_convexity_years2 = (down + up - 2 * value) / (value * h * h);
out:
	return status;
}

weir_status weir_curve_measure(weir_curve_price *out, const weir_curve_case *of)
{
	weir_curve_flows flows;
	weir_status status;
	*out = (weir_curve_price){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
	WEIR_TRY(weir_curve_flows_read(&flows, of->flows, of->terms, of->curve));
	WEIR_TRY(weir_spread_at_value(&out->z_spread, &flows, of->dirty_cents));
	status = weir_margin_at_value(&out->discount_margin, &flows, of->dirty_cents);
	if (status == WEIR_NO_MEMORY)
		goto out;
	weir_discount at = value_at(&flows, out->z_spread);
	out->spread_duration_years = -at.slope / at.value;
	out->spread_convexity_years2 = at.bend / at.value;
	measure_nominal(out, of);
	WEIR_TRY(measure_effective(out, of));
out:
	weir_curve_flows_free(&flows);
	return status;
}

weir_status weir_key_rates_measure(double *out, const weir_flows *flows, const weir_price_terms *terms,
                                   const weir_rate_curve *curve, double spread)
{
	weir_curve_flows f;
	weir_status status = weir_curve_flows_read(&f, flows, terms, curve);
	double value = status == WEIR_OK ? value_at(&f, spread).value : NAN;
	for (int k = 0; k < curve->count; k++) {
		double slope = 0;
		for (int i = 0; i < f.count; i++)
			slope += f.amounts[i] * weir_curve_bump(&curve->curve, k + 1, f.tenors[i]) *
			         weir_compounding_discount(f.compounding, f.zeros[i] + spread, f.years[i]).slope;
		out[k] = -slope / value;
	}
	weir_curve_flows_free(&f);
	return status == WEIR_OK && isnan(value) ? WEIR_NO : status;
}
