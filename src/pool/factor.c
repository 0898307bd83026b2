/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/factor.h"

#include "base/lanes.h"
#include "base/money.h"

/* Two factors miss their decimals by at most 2^-53 of themselves, the two products are rounded by as much
 * again: below 4.5e-16 of the result. A little more, for the bound's own rounding. */
#define PRODUCTS_ERROR 5e-16

#define UNITS 1e12 /* exact in a double */

typedef unsigned __int128 wide;

/* The 10^-12 units of a double's size; 0 when the double is no decimal of at most 12 places. */
static int units_of(double value, uint64_t *out)
{
	double size = __builtin_fabs(value);
	if (!(size * UNITS < WEIR_CENTS_MAX * 2))
		return 0;
	double units = weir_round_half_away(size * UNITS);
	*out = (uint64_t)units;
	return units / UNITS == size;
}

/* Takes the zeros behind a decimal away. Returns the power of ten that its units are now of. */
static uint64_t strip(uint64_t *units)
{
	uint64_t power = (uint64_t)UNITS;
	while (power > 1 && *units % 10 == 0) {
		*units /= 10;
		power /= 10;
	}
	return power;
}

/* size x a x b / 10^24 as a quotient of whole numbers. Returns 0 when it does not fit. */
static int exact_quotient(uint64_t size, uint64_t a, uint64_t b, wide *product, wide *divisor)
{
	*divisor = (wide)UNITS;
	if (b == (uint64_t)UNITS || a == (uint64_t)UNITS) /* the other factor is 1 */
		return !__builtin_mul_overflow((wide)size, (wide)(a == (uint64_t)UNITS ? b : a), product);
	*divisor = (wide)strip(&a) * strip(&b);
	return !__builtin_mul_overflow((wide)size * a, (wide)b, product);
}

double weir_factor_rest(double share)
{
	uint64_t units;
	return units_of(share, &units) ? weir_rate_normal(1 - share) : 1 - share;
}

double weir_factor_product(double a, double b)
{
	return (double)(weir_quad_from_decimal(a) * weir_quad_from_decimal(b));
}

double weir_factor_round(double amount_cents, double a, double b)
{
	uint64_t units_a, units_b;
	wide product, divisor;
	double size = __builtin_fabs(amount_cents);
	if (!(size < WEIR_CENTS_MAX) || !units_of(a, &units_a) || !units_of(b, &units_b) ||
	    !exact_quotient((uint64_t)size, units_a, units_b, &product, &divisor))
		return weir_round_quad(amount_cents * weir_quad_from_decimal(a) * weir_quad_from_decimal(b));
	wide whole = product / divisor;
	double rounded = (double)whole + ((product - whole * divisor) * 2 >= divisor);
	return (amount_cents < 0) ^ (a < 0) ^ (b < 0) ? -rounded : rounded;
}

double weir_factor_scale(double amount_cents, double a, double b)
{
	double distance, product = amount_cents * a * b, size = __builtin_fabs(product);
	double whole = weir_round_or_flag(product, size * PRODUCTS_ERROR, &distance);
	return distance > 0 && size < WEIR_CENTS_MAX ? whole : weir_factor_round(amount_cents, a, b);
}

double weir_factor_places(double a, double b)
{
	return weir_factor_scale(weir_round_half_away(a * UNITS), b, 1) / UNITS;
}
