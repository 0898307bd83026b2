/* SPDX-License-Identifier: GPL-3.0-or-later */
/* factor.h: amounts times scenario factors, as exact decimals and rounded once. */
#ifndef WEIR_POOL_FACTOR_H
#define WEIR_POOL_FACTOR_H

/* Factors are decimals of at most 12 places that came through doubles (money.h); any other double stands
 * for itself. */

/* 1 - share: for a decimal the double nearest to the exact difference. */
double weir_factor_rest(double share);

/* The double nearest to a x b. A product that has at most 12 places comes out as that decimal's double. */
double weir_factor_product(double a, double b);

/* amount_cents x a x b, rounded half away from zero. Decided in whole numbers for decimals whose product
 * fits 128 bits, else in quadruple precision. */
double weir_factor_round(double amount_cents, double a, double b);

/* The same digits as weir_factor_round, sooner where the product is not near a tie. */
double weir_factor_scale(double amount_cents, double a, double b);

/* a x b rounded to 12 places; `a` has at most 12 and is below 2000 in size. */
double weir_factor_places(double a, double b);

#endif
