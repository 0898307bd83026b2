/* SPDX-License-Identifier: GPL-3.0-or-later */
/* money.h: whole cents held in doubles, decimals, and the one rounding rule, decided exactly.
 *
 * An amount is a whole number of the currency's minor unit in a double (DESIGN section 3). Below 2^53 sums and
 * differences of such numbers are exact. A computed value is rounded once, when it becomes money, half away from zero.
 * A double product may miss an exact half by its rounding error; where it lies within that error of a half, the value
 * is computed again in quadruple precision. A rational with a denominator below 2^52 that is not a half lies further
 * from it than that computation's error, so the second answer is the exact one. */
#ifndef WEIR_BASE_MONEY_H
#define WEIR_BASE_MONEY_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>

/* Largest amount weir accepts or computes, in cents: 2^51, about 22 trillion yuan. */
#define WEIR_CENTS_MAX 2251799813685248.0

/* Quadruple precision, from the compiler, the same bits everywhere. */
#if LDBL_MANT_DIG == 113
typedef long double weir_quad;
#else
typedef __float128 weir_quad;
#endif

/* units x 10^-scale, 0 <= scale <= 18 */
typedef struct weir_decimal {
	int64_t units;
	int scale;
} weir_decimal;

typedef enum weir_parse {
	WEIR_PARSE_OK,
	WEIR_PARSE_SYNTAX, /* not a number */
	WEIR_PARSE_DIGITS, /* more decimal places than allowed */
	WEIR_PARSE_RANGE,  /* too large */
	WEIR_PARSE_UNIT    /* a rate without % or bp, or a unit that is not one */
} weir_parse;

/* Reads [+-]digits[.digits] that fills the whole span. No exponent, no separators, no spaces. */
weir_parse weir_decimal_parse(const char *text, size_t length, weir_decimal *out);

/* The double nearest to the decimal (exact division of two exact doubles when |units| < 2^53). */
double weir_decimal_double(weir_decimal decimal);

/* Reads an amount such as 36000000.00 into whole cents; `digits` is the currency's number of decimals. */
weir_parse weir_cents_parse(const char *text, size_t length, int digits, double *cents);

/* Reads a rate with its unit: 3.59%, 25bp, 2.5‰. Gives it in natural units (3.59% is 0.0359).
 * A bare 0 is allowed; any other bare number is WEIR_PARSE_UNIT. At most 12 decimal places in natural units. */
weir_parse weir_rate_parse(const char *text, size_t length, double *rate);

/* Writes cents as 1234567.89 (`digits` decimals, no separators) and returns the length; `buffer` holds 40 bytes. */
int weir_cents_format(double cents, int digits, char *buffer);

/* Room for either form of an amount, the NUL included. */
#define WEIR_CENTS_TEXT 48

/* The same with thousands parted by commas, for people: 1,234,567.89. `buffer` holds WEIR_CENTS_TEXT bytes. */
int weir_cents_format_grouped(double cents, int digits, char *buffer);

/* Rounds to a whole number, half away from zero, for values that are exact already. */
double weir_round_half_away(double value);

/* Rounds a quadruple-precision value to whole cents, half away from zero; what lies within the computation's error of
 * a half counts as that half. */
double weir_round_quad(weir_quad value);

/* A decimal of at most 12 places that came through a double, back as the exact decimal; a double that is no such
 * decimal comes back as itself. (Rates are decimals with at most 12 places; their nearest double identifies them
 * while they are below 4000 in size.) */
weir_quad weir_quad_from_decimal(double value);

/* The double nearest to `value` when it is taken as a decimal with 12 places: use after adding two rates, so that
 * 0.0359 + 0.005 is the same double as 0.0409. */
double weir_rate_normal(double value);

#endif
