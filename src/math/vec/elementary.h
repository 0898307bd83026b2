/* SPDX-License-Identifier: GPL-3.0-or-later */
/* elementary.h: exponential, logarithm, power and the normal distribution in pure arithmetic, the same bits
 * everywhere.
 *
 * The C library's versions give different bits on machines with and without fused multiply-add (DESIGN
 * section 4). These use only + - * / and square roots of doubles in a fixed order, so any machine with IEEE
 * 754 doubles, rounding to nearest, gives the same digits when the file is compiled without contraction
 * (-ffp-contract=off) and without excess precision. One unit (ulp) below is the spacing of doubles at the
 * result. */
#ifndef WEIR_MATH_VEC_ELEMENTARY_H
#define WEIR_MATH_VEC_ELEMENTARY_H

/* e^x. Error below 0.501 units; below 2^-1022 it may be 1 unit of 2^-1074. Infinity above ln of the largest
 * double, 0 far below, NaN for NaN. */
double weir_exp(double x);

/* Natural logarithm. Error below 0.501 units. -infinity for 0, NaN below 0. */
double weir_log(double x);

/* x^y for x >= 0; NaN for x < 0. The value has a relative error below 2^-60 before its one rounding, so that
 * powers which are doubles come out exactly; y = 1/2 gives the correctly rounded square root. Below 2^-1022
 * as weir_exp. x^0 and 1^y are 1. */
double weir_pow(double x, double y);

/* The standard normal distribution function: the probability of a value <= x. Relative error below 10 units,
 * in the lower tail too, down to 2^-1022 (x about -37.5). */
double weir_normal_cdf(double x);

/* The probability of a value > x, with the same relative error in the upper tail. */
double weir_normal_tail(double x);

/* The x whose distribution function is p. Relative error below 8 units for p <= 1/2 and for the exact 1 - p
 * above; -infinity for 0, infinity for 1, NaN outside. */
double weir_normal_quantile(double p);

#endif
