/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/curve.h"

#include "math/vec/elementary.h"

#define SWEEPS 500       /* of the par bootstrap; a dozen are enough for curves of markets */
#define SETTLED 1e-15    /* a sweep that moves no discount factor by more ends it */
#define SAME_TIME 1e-9   /* years */
#define NEWTON_STEPS 6   /* from a rate that is the yield but for an odd first period: the error is squared each time */

/* --- monotone convex -------------------------------------------------------------------------------------------- */

static double discrete_forward(const weir_curve *c, int i)
{
	return (c->logs[i] - c->logs[i - 1]) / (c->years[i] - c->years[i - 1]);
}

/* Keeps a forward rate between 0 and twice the least of the discrete ones beside it, unless that one is negative: HW's
 * condition for positive forwards. */
static double keep_positive(double forward, double least)
{
	if (least < 0)
		return forward;
	if (forward < 0)
		return 0;
	return forward > 2 * least ? 2 * least : forward;
}

/* The instantaneous forwards at the points (HW, "The monotone convex method", steps 1 to 3): all are estimated before
 * any is held positive, so that those at the ends follow from what was estimated beside them. */
static void find_forwards(weir_curve *c)
{
	int n = c->count;
	double first = discrete_forward(c, 1), last = discrete_forward(c, n);
	double *f = c->forwards;
	if (n == 1) {
		f[0] = f[1] = first;
		return;
	}
	for (int i = 1; i < n; i++) {
		double part = (c->years[i] - c->years[i - 1]) / (c->years[i + 1] - c->years[i - 1]);
		f[i] = part * discrete_forward(c, i + 1) + (1 - part) * discrete_forward(c, i);
	}
	f[0] = keep_positive(first - 0.5 * (f[1] - first), first);
	f[n] = keep_positive(last - 0.5 * (f[n - 1] - last), last);
	for (int i = 1; i < n; i++) {
		double before = discrete_forward(c, i), behind = discrete_forward(c, i + 1);
		f[i] = keep_positive(f[i], before < behind ? before : behind);
	}
}

/* g of HW at x in [0, 1], and its integral from 0. */
typedef struct convex {
	double value, integral;
} convex;

/* A parabola from g0 at 0 down or up to its vertex `flat` at `bend`, and one from there to g1 at 1. */
static convex two_pieces(double x, double bend, double g0, double flat, double g1)
{
	convex g;
	if (x < bend) {
		double u = (bend - x) / bend;
		g.value = flat + (g0 - flat) * u * u;
		g.integral = flat * x + (g0 - flat) * bend * (1 - u * u * u) / 3;
	} else {
		double u = bend < 1 ? (x - bend) / (1 - bend) : 0;
		g.value = flat + (g1 - flat) * u * u;
		g.integral = flat * x + (g0 - flat) * bend / 3 + (g1 - flat) * (1 - bend) * u * u * u / 3;
	}
	return g;
}

/* For g(0) = g0, g(1) = g1 and a mean of 0. The regions are those of HW's figure: (i) one quadratic, (ii) flat at
 * first, (iii) flat at the end, (iv) two quadratics, same signs. */
static convex convex_at(double g0, double g1, double x)
{
	double sum = g1 + 2 * g0, other = g0 + 2 * g1;
	if (g0 == 0 && g1 == 0)
		return (convex){ 0, 0 };
	if (g0 != 0 && g1 != 0 && (g0 < 0) != (g1 < 0)) {
		if ((g0 < 0) == (sum > 0) && sum != 0) /* (ii): |g1| > 2 |g0| */
			return two_pieces(x, sum / (g1 - g0), g0, g0, g1);
		if ((g0 < 0) == (other < 0) && other != 0) /* (iii): |g1| < |g0| / 2 */
			return two_pieces(x, 3 * g1 / (g1 - g0), g0, g1, g1);
		return (convex){ g0 * (1 - 4 * x + 3 * x * x) + g1 * (-2 * x + 3 * x * x),
			         g0 * (x - 2 * x * x + x * x * x) + g1 * (-x * x + x * x * x) }; /* (i) */
	}
	return two_pieces(x, g1 / (g1 + g0), g0, -g0 * g1 / (g0 + g1), g1); /* (iv) */
}

static convex convex_of(const weir_curve *c, int i, double years)
{
	double forward = discrete_forward(c, i);
	double x = (years - c->years[i - 1]) / (c->years[i] - c->years[i - 1]);
	return convex_at(c->forwards[i - 1] - forward, c->forwards[i] - forward, x);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* The interval (t_(i-1), t_i] that holds a time; 0 before the first, count + 1 behind the last point. */
static int interval_of(const weir_curve *c, double years)
{
	int low = 0, high = c->count + 1; /* t_low < years <= t_high */
	if (!(years > 0))
		return 0;
	while (high - low > 1) {
		int middle = (low + high) / 2;
		if (c->years[middle] < years)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static double zero_at(const weir_curve *c, int i)
{
	return c->logs[i] / c->years[i];
}

/* The slope of a linear zero rate in interval i (2 .. count). */
static double zero_slope(const weir_curve *c, int i)
{
	return (zero_at(c, i) - zero_at(c, i - 1)) / (c->years[i] - c->years[i - 1]);
}

/* -ln D(t). */
static double log_at(const weir_curve *c, double t)
{
	int i = interval_of(c, t), n = c->count;
	if (c->interpolation == WEIR_CURVE_MONOTONE_CONVEX) {
		if (i == 0)
			return c->forwards[0] * t;
		if (i > n)
			return c->logs[n] + c->forwards[n] * (t - c->years[n]);
		return c->logs[i - 1] + discrete_forward(c, i) * (t - c->years[i - 1]) +
		       (c->years[i] - c->years[i - 1]) * convex_of(c, i, t).integral;
	}
	if (i <= 1)
		return zero_at(c, 1) * t;
	if (c->interpolation == WEIR_CURVE_LINEAR_ZERO) {
		if (i > n)
			return zero_at(c, n) * t;
		return (zero_at(c, i - 1) + zero_slope(c, i) * (t - c->years[i - 1])) * t;
	}
	i = i > n ? n : i;
	return c->logs[i - 1] + discrete_forward(c, i) * (t - c->years[i - 1]);
}

double weir_curve_discount(const weir_curve *curve, double from, double to)
{
	return weir_exp(log_at(curve, from) - log_at(curve, to));
}

double weir_curve_rate(const weir_curve *curve, double from, double to, weir_compounding compounding)
{
	double growth = (log_at(curve, to) - log_at(curve, from)) / (to - from);
	if (compounding == WEIR_COMPOUND_CONTINUOUS)
		return growth;
	return weir_compounding_rate(compounding, weir_exp(-growth * (to - from)), to - from);
}

double weir_curve_forward(const weir_curve *curve, double years)
{
	int i = interval_of(curve, years), n = curve->count;
	if (curve->interpolation == WEIR_CURVE_MONOTONE_CONVEX) {
		if (i == 0 || i > n)
			return curve->forwards[i == 0 ? 0 : n];
		return discrete_forward(curve, i) + convex_of(curve, i, years).value;
	}
	if (i <= 1)
		return zero_at(curve, 1);
	if (curve->interpolation == WEIR_CURVE_LOG_LINEAR_DISCOUNT)
		return discrete_forward(curve, i > n ? n : i);
	if (i > n)
		return zero_at(curve, n);
	return zero_at(curve, i - 1) + zero_slope(curve, i) * (2 * years - curve->years[i - 1]);
}

static int coupons_before_last(double years, int frequency)
{
	int count = (int)((years - SAME_TIME) * frequency);
	return count < 0 ? 0 : count;
}

/* What coupons of 1 a year, `frequency` times a year back from `to`, are worth at `from`; but for the last one, whose
 * time in years comes out as *last. */
static double annuity(const weir_curve *c, double from, double to, int frequency, double *last)
{
	double step = 1.0 / frequency, worth = 0;
	int whole = coupons_before_last(to - from, frequency);
	for (int k = whole; k > 0; k--) {
		double accrues = k == whole ? to - whole * step - from : step;
		worth += accrues * weir_curve_discount(c, from, to - k * step);
	}
	*last = whole > 0 ? step : to - from;
	return worth;
}

double weir_curve_par(const weir_curve *curve, double from, double to, int frequency)
{
	double last, worth = annuity(curve, from, to, frequency, &last), end = weir_curve_discount(curve, from, to);
	return (1 - end) / (worth + last * end);
}

/* What that bond is worth at a yield, less 1, and the slope. */
static weir_discount bond_less_par(double coupon, double years, int frequency, double yield)
{
	weir_compounding compounding = weir_compounding_of_times(frequency);
	double step = 1.0 / frequency;
	int whole = coupons_before_last(years, frequency);
	weir_discount worth = weir_compounding_discount(compounding, yield, years);
	double last = 1 + coupon * (whole > 0 ? step : years);
	worth.value = worth.value * last - 1;
	worth.slope *= last;
	for (int k = whole; k > 0; k--) {
		double accrues = k == whole ? years - whole * step : step;
		weir_discount d = weir_compounding_discount(compounding, yield, years - k * step);
		worth.value += coupon * accrues * d.value;
		worth.slope += coupon * accrues * d.slope;
	}
	return worth;
}

double weir_curve_par_yield(const weir_curve *curve, double from, double to, int frequency)
{
	double coupon = weir_curve_par(curve, from, to, frequency);
	double yield = coupons_before_last(to - from, frequency) > 0 ?
	                       coupon :
	                       weir_curve_rate(curve, from, to, weir_compounding_of_times(frequency));
	for (int i = 0; i < NEWTON_STEPS; i++) {
		weir_discount worth = bond_less_par(coupon, to - from, frequency, yield);
		yield -= worth.value / worth.slope;
	}
	return yield;
}

double weir_curve_bump(const weir_curve *curve, int point, double years)
{
	const double *t = curve->years;
	if (years <= t[point]) {
		if (point == 1)
			return 1;
		return years <= t[point - 1] ? 0 : (years - t[point - 1]) / (t[point] - t[point - 1]);
	}
	if (point == curve->count)
		return 1;
	return years >= t[point + 1] ? 0 : (t[point + 1] - years) / (t[point + 1] - t[point]);
}

/* --- building --------------------------------------------------------------------------------------------------- */

/* Zero and forward quotes; also the start of the par bootstrap, which takes par rates for zero rates. */
static weir_status take_rates(weir_curve *c, const weir_curve_terms *terms, weir_compounding compounding, int *fault)
{
	for (int i = 1; i <= terms->count; i++) {
		int is_forward = terms->quotes == WEIR_QUOTE_FORWARD;
		double years = terms->years[i - 1] - (is_forward ? c->years[i - 1] : 0);
		double rate = terms->rates[i - 1];
		*fault = i - 1;
		if (!weir_compounding_allows(compounding, rate, years))
			return WEIR_NO;
		double factor = weir_compounding_discount(compounding, rate, years).value;
		if (!(factor > 0) || factor > 1e300)
			return WEIR_NO;
		c->years[i] = terms->years[i - 1];
		c->logs[i] = (is_forward ? c->logs[i - 1] : 0) - weir_log(factor);
	}
	return WEIR_OK;
}

/* One bond worth par gives the discount factor of its end, the others taken as they are; *moved the largest change. */
static weir_status bootstrap_point(weir_curve *c, int i, double rate, int frequency, double *moved)
{
	double last, before = weir_exp(-c->logs[i]);
	double worth = annuity(c, 0, c->years[i], frequency, &last);
	double factor = (1 - rate * worth) / (1 + rate * last);
	if (!(factor > 0) || !(1 + rate * last > 0) || factor > 1e300)
		return WEIR_NO;
	double change = factor > before ? factor - before : before - factor;
	*moved = change > *moved ? change : *moved;
	c->logs[i] = -weir_log(factor);
	return WEIR_OK;
}

static weir_status bootstrap(weir_curve *c, const weir_curve_terms *terms, int *fault)
{
	double moved = 1;
	for (int sweep = 0; sweep < SWEEPS && moved > SETTLED; sweep++) {
		moved = 0;
		for (int i = 1; i <= terms->count; i++) {
			*fault = i - 1;
			if (bootstrap_point(c, i, terms->rates[i - 1], terms->frequency, &moved) != WEIR_OK)
				return WEIR_NO;
			if (c->interpolation == WEIR_CURVE_MONOTONE_CONVEX)
				find_forwards(c);
		}
	}
	return moved <= 1e-12 ? WEIR_OK : WEIR_NO;
}

weir_status weir_curve_build(weir_curve *out, const weir_curve_terms *terms, int *fault)
{
	int ignored, is_par = terms->quotes == WEIR_QUOTE_PAR;
	fault = fault ? fault : &ignored;
	*out = (weir_curve){ .interpolation = terms->interpolation, .count = terms->count };
	weir_compounding compounding = is_par ? weir_compounding_of_times(terms->frequency) : terms->compounding;
	weir_status status = take_rates(out, terms, compounding, fault);
	if (status != WEIR_OK)
		return status;
	if (out->interpolation == WEIR_CURVE_MONOTONE_CONVEX)
		find_forwards(out);
	return is_par ? bootstrap(out, terms, fault) : WEIR_OK;
}
