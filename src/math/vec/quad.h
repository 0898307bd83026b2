/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quad.h: powers and roots in quadruple precision, for contract schedules whose cents must be exact. */
#ifndef WEIR_MATH_VEC_QUAD_H
#define WEIR_MATH_VEC_QUAD_H

#include "base/money.h"

/* base^n by repeated squaring in a fixed order; relative error below |n| 2^-112. base^0 is 1; a negative n
 * divides 1 by the power. The caller sees that base is not 0 with a negative n. */
weir_quad weir_quad_pow_integer(weir_quad base, int n);

/* base^(numerator / denominator), for instance (1 + rate)^(91/365), while denominator x |log2 base| stays
 * below 16,000 (with 365 that takes bases up to 2^43). The whole part of the exponent is a power, the rest a
 * root found by Newton's method; relative error below (8 + |numerator / denominator|) 2^-112, that is 2^-108
 * for exponents up to 8. Not a number unless base > 0 and denominator > 0. */
weir_quad weir_quad_root_pow(weir_quad base, int numerator, int denominator);

#endif
