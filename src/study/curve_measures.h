/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curve_measures.h: dated payments against a yield curve: spreads, and what a move of the curve does to their value.
 *
 * Payments a_i at t_i years after settlement (by the price's day count) are discounted at the curve's zero rates z_i
 * from settlement to their dates, compounded as the price's yield is, plus a spread s:
 *   V(s) = sum a_i d(z_i + s, t_i)                                                     (math/compounding.h)
 * The Z-spread (zero-volatility, static spread) is the s at which V is the dirty price (F. J. Fabozzi, Fixed Income
 * Analysis, 2nd edition, 2007, chapter 6, "Zero-volatility spread"). It is negative where the curve alone makes the
 * payments worth less than their price.
 *
 * The nominal spread is the yield, compounded at the curve's frequency, less the yield of a bond of the weighted
 * average life that the curve makes worth par (Fabozzi, ibid., "Nominal spread"; at the average life, as
 * mortgage-backed securities are compared with Treasuries: Fabozzi, Bond Markets, Analysis and Strategies).
 *
 * The discount margin m discounts from one payment date to the next at the curve's simple forward rate F_k for that
 * time plus m: D_k = D_(k-1) / (1 + (F_k + m) (t_k - t_(k-1))); at the m sought the payments are worth the dirty price
 * (Fabozzi, ibid., "Discount margin", with forward rates in the place of one assumed index).
 *
 * Effective duration and convexity: the curve's zero rates move by h both ways, the Z-spread stays, payments that
 * follow an index are those of the moved index (Fabozzi, ibid., chapter 7, "Effective duration", "Effective
 * convexity"):
 *   (V- - V+) / (2 V h)      (V- + V+ - 2 V) / (V h^2)
 * Key-rate durations are -dV/db_k / V for zero rates moved by b_k times the bump of point k, payments held; the bumps
 * add up to 1, so the durations add up to the spread duration -V'(s) / V (T. S. Y. Ho, Key Rate Durations, Journal of
 * Fixed Income 2 (2), 1992). */
#ifndef WEIR_STUDY_CURVE_MEASURES_H
#define WEIR_STUDY_CURVE_MEASURES_H

#include "deal/market.h"
#include "study/class_measures.h"

#define WEIR_CURVE_SHIFT 0.0025 /* h */

/* Payments that lie after settlement, against a curve. Zero-initialise; free with weir_curve_flows_free. */
typedef struct weir_curve_flows {
	double *block;           /* one allocation behind the arrays */
	double *amounts, *years; /* [count] not 0 in all; years from settlement, by the price's day count */
	double *zeros;           /* [count] the curve's rates from settlement, compounded as the price's yield */
	double *tenors;          /* [count] years from settlement, by the curve's day count */
	double *gaps, *forwards; /* [count] years since the payment date before, and the curve's simple rate for them */
	int count;
	weir_compounding compounding;
} weir_curve_flows;

/* Reads the payments; amounts must not be negative. WEIR_NO when settlement lies before the curve's date or nothing is
 * paid after it. */
weir_status weir_curve_flows_read(weir_curve_flows *out, const weir_flows *flows, const weir_price_terms *terms,
                                  const weir_rate_curve *curve);
void weir_curve_flows_free(weir_curve_flows *flows);

/* V(s), in cents; NAN where a rate is below what its compounding allows. */
double weir_value_at_spread(const weir_curve_flows *flows, double spread);

/* The spread at which they are worth so much; WEIR_NO when there is none (a value that is not above 0). */
weir_status weir_spread_at_value(double *spread, const weir_curve_flows *flows, double value_cents);

/* The same with a discount margin. */
double weir_value_at_margin(const weir_curve_flows *flows, double margin);
weir_status weir_margin_at_value(double *margin, const weir_curve_flows *flows, double value_cents);

/* What a class is against a curve at a price. NAN where there is none. */
typedef struct weir_curve_price {
	double z_spread, discount_margin;
	double curve_yield, nominal_spread; /* of a par bond of the WAL; the yield less it: at the curve's frequency */
	double spread_duration_years, spread_convexity_years2;
	double effective_duration_years, effective_convexity_years2;
} weir_curve_price;

/* What is measured. */
typedef struct weir_curve_case {
	const weir_flows *flows;
	const weir_flows *up, *down; /* with the index WEIR_CURVE_SHIFT higher and lower; NULL: as `flows` */
	const weir_price_terms *terms;
	const weir_rate_curve *curve;
	double dirty_cents, yield;   /* the yield in the terms' compounding */
	double wal_years;
} weir_curve_case;

/* WEIR_NO when there is no Z-spread. */
weir_status weir_curve_measure(weir_curve_price *out, const weir_curve_case *of);

/* The yield, in the terms' compounding, that stands `spread` above the curve's yield for `years`: the inverse of the
 * nominal spread. NAN when no rate does. */
double weir_curve_yield_at(const weir_rate_curve *curve, const weir_price_terms *terms, double years, double spread);

/* The key-rate durations at a spread: out[k] of the curve's point k, [curve->count]. WEIR_NO as
 * weir_curve_flows_read. */
weir_status weir_key_rates_measure(double *out, const weir_flows *flows, const weir_price_terms *terms,
                                   const weir_rate_curve *curve, double spread);

#endif
