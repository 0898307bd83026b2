/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class_measures.h: what dated payments are worth: price, yield, duration, convexity, average life.
 *
 * With payments a_i at t_i years after the settlement date and the yield y, the value is P(y) = sum a_i d(y, t_i),
 * where d is the discount factor of math/compounding.h. From it
 *   Macaulay duration  sum t_i a_i d(y, t_i) / P      modified duration  -P'(y) / P      convexity  P''(y) / P
 *   value of a basis point (DV01)  -P'(y) / 10,000
 * (J. C. Hull, Options, Futures, and Other Derivatives, 8th edition, 2012, sections 4.8 and 4.9; F. J. Fabozzi, Bond
 * Markets, Analysis and Strategies, chapter 4.) f times a year the modified is the Macaulay duration / (1 + y/f),
 * continuously both are the same.
 *
 * A payment on the settlement date goes to the seller. Prices are for 100 of what is outstanding at settlement;
 * dirty = clean + accrued interest. Rates are natural numbers: 4 % is 0.04, and may be negative. */
#ifndef WEIR_STUDY_CLASS_MEASURES_H
#define WEIR_STUDY_CLASS_MEASURES_H

#include "engine/run.h"
#include "math/compounding.h"
#include "time/day_count.h"

/* Dated payments of one class, dates not falling. Amounts in cents. */
typedef struct weir_flows {
	const weir_date *dates;    /* when the money comes: adjusted */
	const double *principal;
	const double *other;       /* interest, and all else that is not principal */
	int count;
} weir_flows;

/* How time and yield are counted, and from when. */
typedef struct weir_price_terms {
	weir_date settlement;
	weir_compounding compounding;
	weir_day_count day_count;                  /* of the t_i */
	weir_day_count_terms day_count_terms;      /* what that rule needs */
	double face_cents;                         /* outstanding at settlement; above 0 */
	double accrued_cents;                      /* interest accrued and not due yet */
} weir_price_terms;

/* Years from settlement to a date, by the terms' day count. */
double weir_price_years(const weir_price_terms *terms, weir_date date);

/* Yields at which payments are worth a price. Two payments of different sign may make none or several. */
#define WEIR_MOST_YIELDS 8
typedef struct weir_yields {
	double values[WEIR_MOST_YIELDS]; /* rising */
	int count;   /* 0: there is none */
	int certain; /* 1: there are no others; 0: others may lie closer together than the search steps, or far out */
} weir_yields;

/* Prices and DV01 for 100 of face, years, years squared. */
typedef struct weir_price {
	double yield, clean, dirty, accrued;
	double dirty_cents;
	double macaulay_years, modified_years, convexity_years2;
	double dv01, dv01_cents; /* fall of the value when the yield rises by a basis point, by the slope */
	weir_yields yields;      /* of a price: all yields found; the one nearest to 0 is `yield`. Of a yield: itself */
} weir_price;

/* All yields at which `amounts` paid at `years` are worth `price` together; years not falling, all above 0. One
 * change of sign in (-price, amounts…) means exactly one yield where it is compounded (a generalised polynomial
 * has no more roots than changes of sign: G. Pólya and G. Szegő, Problems and Theorems in Analysis II, part V,
 * problem 77), and amounts that are all positive mean exactly one under simple interest. Else the search goes from
 * e^-10 to e^10 (growth a year) in steps of 0.5 % and says that it is not certain. */
void weir_yields_find(weir_yields *out, const double *amounts, const double *years, int count, double price,
                      weir_compounding compounding);

/* The internal rates of return of dated amounts of either sign, effective a year, ACT/365F from the first date. */
weir_status weir_irr_find(weir_yields *out, const weir_date *dates, const double *amounts, int count);

/* The value of the flows at a yield, and its slopes. WEIR_NO when the yield is not above its compounding's least one
 * (-100 % x f; simple: -1 / the last t), no payment lies after settlement, or nothing is outstanding. */
weir_status weir_price_at_yield(weir_price *out, const weir_flows *flows, const weir_price_terms *terms, double yield);

/* The same from a clean price. WEIR_NO when no yield gives that price; then out->yields.count is 0. */
weir_status weir_price_at_clean(weir_price *out, const weir_flows *flows, const weir_price_terms *terms, double clean);

/* The life of what is paid after settlement. */
typedef struct weir_life {
	double wal_years;                          /* sum(principal x years) / sum(principal); NAN when none is paid */
	weir_date first_principal, last_principal; /* the principal window; WEIR_DATE_NONE when none is paid */
	double principal_cents, other_cents;       /* paid in all */
	double unpaid_cents;                       /* of the face, what is not repaid by the last flow */
} weir_life;

void weir_life_measure(weir_life *out, const weir_flows *flows, const weir_price_terms *terms);

/* A class of a run that recorded every register, as flows and terms at a settlement date. */
typedef struct weir_class_flows {
	weir_flows flows;       /* of all periods, also those before settlement */
	const double *balances; /* [flows.count] outstanding after each payment */
	double face_cents;      /* balance at settlement, payments of that date made */
	double accrued_cents;   /* by the class's rule, of each accrual period whose payment is still to come, also of
	                           one that ended on a holiday; interest that comes with principal: from the start
	                           date, less what was paid */
	double arrears_cents;   /* interest due and unpaid at settlement: part of what is bought, not of the accrued */
	double unpaid_cents;    /* balance and interest still unpaid at the end; not of residual classes */
} weir_class_flows;

/* Arrays in `arena`. `settlement` not before the deal's start; WEIR_NO_MEMORY is the only failure. */
weir_status weir_class_flows_read(weir_class_flows *out, weir_arena *arena, const weir_plan *plan, const weir_run *run,
                                  int class_number, int lane, weir_date settlement);

/* The first payment date on which a call sold the pool, in a run that recorded every register; WEIR_DATE_NONE: none
 * did. */
weir_date weir_call_date(const weir_plan *plan, const weir_run *run, int lane);

/* The terms for pricing it: its face and accrued interest, and what the day count needs from the deal. */
weir_price_terms weir_class_price_terms(const weir_plan *plan, const weir_class_flows *k, weir_date settlement,
                                        weir_compounding compounding, weir_day_count day_count);

#endif
