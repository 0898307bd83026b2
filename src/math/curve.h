/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curve.h: a yield curve from par, zero or forward quotes: discount factors, zero, forward and par rates at any time.
 *
 * Time is in years from the curve's date, by a day count that the caller chose. D(t) is the value at the curve's date
 * of 1 paid at t; z(t) = -ln D(t) / t the continuously compounded zero rate; f(t) = -d ln D(t) / dt the instantaneous
 * forward rate (P. S. Hagan and G. West, Interpolation Methods for Curve Construction, Applied Mathematical Finance 13
 * (2), 2006; "HW" below).
 *   zero quotes     D(t_i) = d(rate_i, t_i)                                        (math/compounding.h)
 *   forward quotes  D(t_i) = D(t_(i-1)) d(rate_i, t_i - t_(i-1)); the first from today
 *   par quotes      a bond worth 1 pays rate_i / f at t_i - k/f, as many as lie after today; the first one for its
 *                   shorter time when it is odd: 1 = rate_i sum a_k D(t_k) + D(t_i). The rates between the quotes come
 *                   from the interpolation, by the iteration of HW (bootstrap until nothing moves).
 * Between points, for t_(i-1) < t < t_i:
 *   linear zero            z is linear (HW, "linear on rates")
 *   log-linear discount    ln D is linear: the forward rate is constant (HW, "linear on the log of discount factors",
 *                          "raw")
 *   monotone convex        HW, section "The monotone convex method": f(t) = f^d_i + g(x), positive where the discrete
 *                          forwards are; where one is negative the bounds that keep f positive do not bind it. f is
 *                          continuous, but where a bound leaves it no room (f at one end is the discrete forward).
 *                          Order: every f_i is estimated, those at the ends from the estimates beside them (f_0 =
 *                          f^d_1 - (f_1 - f^d_1) / 2), and only then all are bounded. So do FinanceModels.jl and DROP,
 *                          and tf-quant-finance forms the ends the same way, all after HW's second paper (Methods for
 *                          Constructing a Yield Curve, WILMOTT, May 2008); with the bounds first the ends would differ.
 * Before the first point z is constant (monotone convex: the method's own first interval, from t = 0). After the last
 * one the linear-zero curve keeps its zero rate, the others their last forward rate.
 * The digits are the same on any machine (math/vec). */
#ifndef WEIR_MATH_CURVE_H
#define WEIR_MATH_CURVE_H

#include "base/status.h"
#include "math/compounding.h"

typedef enum weir_curve_quotes { WEIR_QUOTE_PAR, WEIR_QUOTE_ZERO, WEIR_QUOTE_FORWARD } weir_curve_quotes;

typedef enum weir_curve_interpolation {
	WEIR_CURVE_LINEAR_ZERO,
	WEIR_CURVE_LOG_LINEAR_DISCOUNT,
	WEIR_CURVE_MONOTONE_CONVEX
} weir_curve_interpolation;

#define WEIR_CURVE_POINTS_MAX 200

/* What a curve is made of. */
typedef struct weir_curve_terms {
	weir_curve_quotes quotes;
	weir_curve_interpolation interpolation;
	weir_compounding compounding; /* of zero and forward quotes */
	int frequency;                /* of par quotes: coupons a year, from 1 */
	const double *years;          /* [count] rising, above 0 */
	const double *rates;          /* [count] */
	int count;                    /* 1 .. WEIR_CURVE_POINTS_MAX */
} weir_curve_terms;

/* A curve; a plain value. */
typedef struct weir_curve {
	weir_curve_interpolation interpolation;
	int count;
	double years[WEIR_CURVE_POINTS_MAX + 1];    /* [0] is today: 0 */
	double logs[WEIR_CURVE_POINTS_MAX + 1];     /* -ln D at the points; [0] is 0 */
	double forwards[WEIR_CURVE_POINTS_MAX + 1]; /* monotone convex: instantaneous, at the points */
} weir_curve;

/* Builds the curve. WEIR_NO when the quotes have none: a rate that its compounding does not allow, or par rates at
 * which no positive discount factors make the bonds worth 1; then *fault (may be NULL) is the number of the quote. */
weir_status weir_curve_build(weir_curve *out, const weir_curve_terms *terms, int *fault);

/* The value at `from` of 1 paid at `to`; years from the curve's date, from 0; `to` may lie before `from`. */
double weir_curve_discount(const weir_curve *curve, double from, double to);

/* The rate from `from` to `to` (not the same): a zero rate where `from` is 0, else a forward rate. */
double weir_curve_rate(const weir_curve *curve, double from, double to, weir_compounding compounding);

/* The instantaneous forward rate; at a point where it jumps, the one before. */
double weir_curve_forward(const weir_curve *curve, double years);

/* The coupon, `frequency` times a year, of a bond from `from` to `to` (later) that is worth par at `from`: a par rate,
 * seen from a later date a forward par rate. An odd first period is short; up to 1 / frequency years it is the simple
 * rate. */
double weir_curve_par(const weir_curve *curve, double from, double to, int frequency);

/* The yield, compounded `frequency` times a year (1, 2, 4 or 12), of that bond: its coupon when its periods are whole,
 * the zero rate when it has one payment; on a flat curve of that compounding always the flat rate. */
double weir_curve_par_yield(const weir_curve *curve, double from, double to, int frequency);

/* A key rate's bump at `years`, between 0 and 1: 1 at the point, falling linearly to 0 at the points beside it; that of
 * the first point is 1 before it, of the last one 1 behind it. The bumps of all points add up to 1 everywhere (T. S. Y.
 * Ho, Key Rate Durations: Measures of Interest Rate Risks, Journal of Fixed Income 2 (2), 1992). Point 1 .. count. */
double weir_curve_bump(const weir_curve *curve, int point, double years);

#endif
