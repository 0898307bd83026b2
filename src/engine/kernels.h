/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h: loops over lanes, one for each equation; plain C that the compiler turns into vector code. */
#ifndef WEIR_ENGINE_KERNELS_H
#define WEIR_ENGINE_KERNELS_H

#include <stdint.h>

#include "base/lanes.h"
#include "engine/plan_int.h"
#include "time/day_count.h"

#if defined(__clang__)
#define EACH_LANE _Pragma("clang loop vectorize(assume_safety)") for (int l = 0; l < WEIR_LANES; l++)
#else
#define EACH_LANE _Pragma("GCC ivdep") for (int l = 0; l < WEIR_LANES; l++)
#endif

#define KERNEL static inline __attribute__((always_inline))

/* A product of three doubles, each within half a unit in the last place of its true value, is within 5 x 2^-53 of the
 * true product; 2^-49 leaves room for two more operations. */
#define PRODUCT_ERROR 1.7763568394002505e-15

KERNEL double lesser(double a, double b)
{
	return a < b ? a : b;
}

KERNEL double greater(double a, double b)
{
	return a > b ? a : b;
}

/* out = round(a * b * f); the answer is not 0 when some lane lies too near to half a cent to tell. */
KERNEL int64_t round_product(double *out, const double *a, const double *b, double f)
{
	int64_t doubt = 0;
	EACH_LANE
	{
		double x = a[l] * b[l] * f, distance;
		out[l] = weir_round_or_flag(x, __builtin_fabs(x) * PRODUCT_ERROR, &distance);
		doubt |= -(int64_t)(distance <= 0);
	}
	return doubt;
}

/* Whether rounding x to a whole number is in doubt, as the block's rounding sees it. */
static inline int is_in_doubt(double x)
{
	double distance;
	weir_round_or_flag(x, __builtin_fabs(x) * PRODUCT_ERROR, &distance);
	return distance <= 0;
}

/* round(a * b * f) of one lane, decided exactly: in integers, as the rate is a decimal; in quadruple precision for the
 * rest (a rate that was worked out, or numbers too large for 128 bits). */
static inline double product_exactly(double a, double b, const weir_year_fraction *f)
{
	double units = b * 1e12;
	int64_t whole_units = (int64_t)(units + 0.5);
	if (a >= 0 && a <= WEIR_CENTS_MAX && units >= 0 && units < 4e12 && (double)whole_units / 1e12 == b &&
	    f->numerator >= 0 && f->numerator < 1 << 20 && f->denominator < 1 << 20) {
		unsigned __int128 product = (unsigned __int128)(uint64_t)a * (uint64_t)whole_units * (uint64_t)f->numerator;
		uint64_t divisor = 1000000000000u * (uint64_t)f->denominator;
		uint64_t quotient = (uint64_t)(product / divisor);
		uint64_t rest = (uint64_t)(product - (unsigned __int128)quotient * divisor);
		return (double)(quotient + (rest >= divisor - rest));
	}
	return weir_round_quad((weir_quad)a * weir_quad_from_decimal(b) * (weir_quad)f->numerator /
	                       (weir_quad)f->denominator);
}

/* How much the exact answer of each lane differs from the rounded one: 0 but in the rare lanes that lie on a half. */
static inline void product_corrections(double *more, const double *a, const double *b, double f,
                                       const weir_year_fraction *exact)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		double distance, x = a[l] * b[l] * f;
		double whole = weir_round_or_flag(x, __builtin_fabs(x) * PRODUCT_ERROR, &distance);
		more[l] = distance <= 0 ? product_exactly(a[l], b[l], exact) - whole : 0;
	}
}

/* out = round(a * b / (1 + b)) */
KERNEL int64_t round_gross(double *out, const double *a, const double *b)
{
	int64_t doubt = 0;
	EACH_LANE
	{
		double x = a[l] * b[l] / (1 + b[l]), distance;
		out[l] = weir_round_or_flag(x, __builtin_fabs(x) * PRODUCT_ERROR, &distance);
		doubt |= -(int64_t)(distance <= 0);
	}
	return doubt;
}

static inline void settle_gross(double *out, const double *a, const double *b)
{
	for (int l = 0; l < WEIR_LANES; l++)
		if (is_in_doubt(a[l] * b[l] / (1 + b[l]))) {
			weir_quad rate = weir_quad_from_decimal(b[l]);
			out[l] = weir_round_quad((weir_quad)a[l] * rate / (1 + rate));
		}
}

/* paid = min(cash, owed) in every lane. */
KERNEL void pay_plain(double *cash, double *owed, double *paid)
{
	EACH_LANE
	{
		double p = lesser(cash[l], owed[l]);
		cash[l] -= p;
		owed[l] -= p;
		paid[l] += p;
	}
}

/* The same, with a balance that falls by what is paid. */
KERNEL void pay_principal(double *cash, double *owed, double *paid, double *balance)
{
	EACH_LANE
	{
		double p = lesser(cash[l], owed[l]);
		cash[l] -= p;
		owed[l] -= p;
		paid[l] += p;
		balance[l] -= p;
	}
}

/* The only payment of something due: sets what is paid and unpaid. `balance` and `mask` may be NULL. */
KERNEL void pay_once(double *cash, double *unpaid, double *paid, double *balance, const double *due,
                     const double *mask)
{
	if (mask)
		EACH_LANE
		{
			double p = mask[l] != 0 ? lesser(cash[l], due[l]) : 0;
			cash[l] -= p;
			unpaid[l] = due[l] - p;
			paid[l] = p;
		}
	else
		EACH_LANE
		{
			double p = lesser(cash[l], due[l]);
			cash[l] -= p;
			unpaid[l] = due[l] - p;
			paid[l] = p;
		}
	if (balance)
		EACH_LANE balance[l] -= paid[l];
}

/* What can be paid: at most the cash, what is owed and the limit (may be NULL), in lanes whose mask (may be NULL) is
 * set. The limit falls by it. Amounts are selected, never multiplied. */
KERNEL void payment(double *p, const double *cash, const double *owed, double *limit, const double *mask)
{
	EACH_LANE p[l] = lesser(cash[l], owed[l]);
	if (limit)
		EACH_LANE p[l] = lesser(p[l], greater(limit[l], 0));
	if (mask)
		EACH_LANE p[l] = mask[l] != 0 ? p[l] : 0;
	if (limit)
		EACH_LANE limit[l] -= p[l];
}

static inline weir_quad power_of_ten(int n)
{
	weir_quad power = 1;
	for (; n > 0; n--)
		power *= 10;
	return power;
}

/* A class's units in one lane. */
typedef struct units_here {
	double units;
	int shift;
} units_here;

static inline units_here units_in_lane(const weir_unit_step *step, const weir_lane *R, int l)
{
	return (units_here){ R[step->size][l] / step->unit_cents, step->shift };
}

/* Whole steps of a class that rounds for each unit, in cents. */
static inline double steps_to_cents(const units_here *unit, double steps)
{
	weir_quad cents = (weir_quad)steps * (weir_quad)unit->units;
	return weir_round_quad(unit->shift >= 0 ? cents / power_of_ten(unit->shift) : cents * power_of_ten(-unit->shift));
}

/* An amount per unit rounded to its decimals, times the units. */
static inline double round_per_unit(const units_here *unit, weir_quad cents)
{
	if (unit->units == 0) /* a class of no size */
		return 0;
	weir_quad steps = cents / (weir_quad)unit->units;
	steps = unit->shift >= 0 ? steps * power_of_ten(unit->shift) : steps / power_of_ten(-unit->shift);
	return steps_to_cents(unit, weir_round_quad(steps));
}

/* The greatest whole number of steps that is not above `amount`, in cents; `owed` itself when all of it is there. */
static inline double whole_steps(double amount, double owed, const units_here *unit)
{
	if (amount >= owed)
		return owed;
	weir_quad steps = (weir_quad)amount / (weir_quad)unit->units;
	steps = unit->shift >= 0 ? steps * power_of_ten(unit->shift) : steps / power_of_ten(-unit->shift);
	double whole = (double)(int64_t)steps;
	while (whole > 0 && steps_to_cents(unit, whole) > amount)
		whole -= 1;
	while (steps_to_cents(unit, whole + 1) <= amount)
		whole += 1;
	return steps_to_cents(unit, whole);
}

#endif
