/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.h: exact rational numbers on a stack, so that a rule of a deal reads in C as it reads in its
 * documents. */
#ifndef WEIR_TESTS_REF_NUMBER_H
#define WEIR_TESTS_REF_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* A number never changes once it is made. It lives until num_release goes back behind it. One thread. */
typedef const struct num_value *num;

/* The place on the stack from which num_release frees. */
size_t num_mark(void);
void num_release(size_t mark);

/* Frees the stack itself, at the end of a program. */
void num_free_all(void);

num num_whole(int64_t value);
num num_ratio(int64_t numerator, int64_t denominator);
num num_scaled(int64_t units, int scale); /* units x 10^-scale */

/* The decimal of at most 12 places that a double stands for: 0.0359 is 359/10000. */
num num_decimal(double value);

num num_add(num a, num b);
num num_subtract(num a, num b);
num num_multiply(num a, num b);
num num_divide(num a, num b); /* b must not be 0 */
num num_least(num a, num b);
num num_most(num a, num b);

/* base^(top / bottom) for base >= 0, top >= 0, bottom > 0. Exact where the result is rational; else within
 * 2^-256, which no rounding to cents can notice: an irrational number times a rational one is never a half.
 */
num num_power(num base, int top, int bottom);

/* -1, 0 or 1. */
int num_compare(num a, num b);
int num_sign(num a);

/* To a whole number, half away from zero; and to `digits` decimals. */
int64_t num_round(num a);
num num_round_to(num a, int digits);

/* To a whole number, down (towards minus infinity). */
int64_t num_floor(num a);

#endif
