/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/vec/quad.h"

#include <math.h>

#include "math/vec/elementary.h"

/* base^n, n >= 0, taking the bits of n from the lowest. */
static weir_quad power(weir_quad base, unsigned n)
{
	weir_quad result = 1;
	for (;; base *= base) {
		if (n & 1)
			result *= base;
		n >>= 1;
		if (n == 0)
			return result;
	}
}

weir_quad weir_quad_pow_integer(weir_quad base, int n)
{
	return n < 0 ? 1 / power(base, 0u - (unsigned)n) : power(base, (unsigned)n);
}

static unsigned greatest_divisor(unsigned a, unsigned b)
{
	while (b) {
		unsigned rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* base^(top / bottom), 0 < top < bottom, as the root of y^bottom = base^top. Newton squares the start's error
 * of 2^-52 (times (bottom - 1) / 2) in each step; the third step only removes rounding. The correction is
 * computed from q = base^top / y^bottom, whose error 2 bottom 2^-113 is divided by bottom. */
static weir_quad root(weir_quad base, int top, int bottom)
{
	weir_quad target = power(base, (unsigned)top);
	weir_quad y = (weir_quad)weir_pow((double)base, (double)top / bottom);
	for (int step = 0; step < 3; step++)
		y += y * (target / power(y, (unsigned)bottom) - 1) / bottom;
	return y;
}

weir_quad weir_quad_root_pow(weir_quad base, int numerator, int denominator)
{
	if (!(base > 0) || denominator <= 0)
		return (weir_quad)NAN;
	unsigned size = numerator < 0 ? 0u - (unsigned)numerator : (unsigned)numerator;
	int divisor = (int)greatest_divisor((unsigned)denominator, size);
	numerator /= divisor;
	denominator /= divisor;
	int whole = numerator / denominator, rest = numerator % denominator;
	if (rest < 0) {
		rest += denominator;
		whole--;
	}
	weir_quad result = weir_quad_pow_integer(base, whole);
	return rest == 0 ? result : result * root(base, rest, denominator);
}
