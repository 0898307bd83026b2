/* SPDX-License-Identifier: GPL-3.0-or-later */
/* market.h: market data beside a deal: yield curves and spreads by grade, as their file gives them, and read at dates.
 *
 * Time runs from a curve's date by its day count. What is seen from a later date (a settlement, a closing) comes from
 * the curve's forward rates. */
#ifndef WEIR_DEAL_MARKET_H
#define WEIR_DEAL_MARKET_H

#include "deal/scenario.h"
#include "math/curve.h"
#include "time/day_count.h"

/* A yield curve. */
typedef struct weir_rate_curve {
	weir_node node;
	weir_date date;              /* the market's day */
	weir_curve_quotes quotes;
	weir_compounding compounding; /* of zero and forward quotes */
	int frequency;               /* of par quotes, and of par rates that are read from it: coupons a year */
	weir_day_count day_count;    /* of its times */
	weir_curve_interpolation interpolation;
	const char *source, *source_zh; /* where its numbers come from, or NULL */
	weir_trust_label label;
	weir_schedule_terms *tenors; /* [count] as written: "3 months", "7 days" */
	double *years, *rates;       /* [count] the points: years by the day count */
	weir_place *places;          /* [count] */
	int count;
	weir_curve curve;            /* made of them */
} weir_rate_curve;

/* The spread of one grade over a curve, by years of weighted average life. */
typedef struct weir_grade_spread {
	weir_node node;              /* the grade as written: "AAA", "AA+" */
	double *years, *spreads;     /* [count] rising years; natural numbers: 45bp is 0.0045 */
	int count;
} weir_grade_spread;

typedef struct weir_spreads {
	weir_node node;
	weir_date date;
	const char *source, *source_zh;
	weir_trust_label label;
	weir_grade_spread *grades;
	int grade_count;
} weir_spreads;

/* A market file; everything in the deal's arena. */
typedef struct weir_market {
	weir_rate_curve *curves;
	int curve_count;
	weir_spreads *spreads;
	int spreads_count;
} weir_market;

/* The item of an id, or NULL. */
const weir_rate_curve *weir_market_curve(const weir_market *market, const char *id);
const weir_spreads *weir_market_spreads(const weir_market *market, const char *id);
const weir_grade_spread *weir_spreads_grade(const weir_spreads *spreads, const char *grade);

/* Years from the curve's date to a date, by its day count; negative before it. */
double weir_rate_curve_years(const weir_rate_curve *curve, weir_date date);

/* The curve's par rate for `years` from `from` (not before the curve's date): the coupon at the curve's frequency. What
 * a coupon is compared with: coupon = this at the WAL + the grade's spread. */
double weir_rate_curve_par(const weir_rate_curve *curve, weir_date from, double years);

/* The yield of that bond, compounded at the curve's frequency: what a yield is compared with. */
double weir_rate_curve_yield(const weir_rate_curve *curve, weir_date from, double years);

/* The spread at a life of `years`: linear between the points, the first and last one's outside. */
double weir_grade_spread_at(const weir_grade_spread *grade, double years);

#endif
