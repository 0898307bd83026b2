/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <math.h>
#include <string.h>

#define LARGEST_SCALE 18
#define RATE_PLACES 12
#define RATE_UNIT 1e12 /* exact in a double */

static const double powers_of_ten[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	                                1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };

weir_parse weir_decimal_parse(const char *text, size_t length, weir_decimal *out)
{
	const char *p = text, *end = text + length;
	int negative = 0, scale = 0, digits = 0, point = 0;
	int64_t units = 0;
	if (p < end && (*p == '-' || *p == '+'))
		negative = *p++ == '-';
	for (; p < end; p++) {
		if (*p == '.' && !point) {
			point = 1;
			continue;
		}
		if (*p < '0' || *p > '9')
			return WEIR_PARSE_SYNTAX;
		if (units > (INT64_MAX - 9) / 10)
			return WEIR_PARSE_RANGE;
		units = units * 10 + (*p - '0');
		digits++;
		scale += point;
	}
	if (digits == 0 || (point && scale == 0))
		return WEIR_PARSE_SYNTAX;
	while (scale > LARGEST_SCALE && units % 10 == 0) {
		units /= 10;
		scale--;
	}
	if (scale > LARGEST_SCALE)
		return WEIR_PARSE_DIGITS;
	*out = (weir_decimal){ negative ? -units : units, scale };
	return WEIR_PARSE_OK;
}

double weir_decimal_double(weir_decimal decimal)
{
	while (decimal.scale > 0 && decimal.units % 10 == 0) {
		decimal.units /= 10;
		decimal.scale--;
	}
	if (decimal.units < (int64_t)1 << 53 && decimal.units > -((int64_t)1 << 53))
		return (double)decimal.units / powers_of_ten[decimal.scale];
	weir_quad exact = (weir_quad)decimal.units / (weir_quad)powers_of_ten[decimal.scale];
	return (double)exact;
}

weir_parse weir_cents_parse(const char *text, size_t length, int digits, double *cents)
{
	weir_decimal decimal;
	weir_parse result = weir_decimal_parse(text, length, &decimal);
	if (result != WEIR_PARSE_OK)
		return result;
	while (decimal.scale > digits) {
		if (decimal.units % 10 != 0)
			return WEIR_PARSE_DIGITS;
		decimal.units /= 10;
		decimal.scale--;
	}
	for (; decimal.scale < digits; decimal.scale++) {
		if (decimal.units > INT64_MAX / 10 || decimal.units < -(INT64_MAX / 10))
			return WEIR_PARSE_RANGE;
		decimal.units *= 10;
	}
	double value = (double)decimal.units;
	if (value > WEIR_CENTS_MAX || value < -WEIR_CENTS_MAX)
		return WEIR_PARSE_RANGE;
	*cents = value;
	return WEIR_PARSE_OK;
}

/* Splits off the unit behind a number: its power of ten, or -1 for an unknown unit. */
static int unit_places(const char *unit, size_t length)
{
	if (length == 0)
		return 0;
	if (length == 1 && *unit == '%')
		return 2;
	if ((length == 2 && (memcmp(unit, "bp", 2) == 0 || memcmp(unit, "BP", 2) == 0)) ||
	    (length == 3 && memcmp(unit, "bps", 3) == 0))
		return 4;
	if (length == 3 && memcmp(unit, "\xE2\x80\xB0", 3) == 0) /* ‰ */
		return 3;
	return -1;
}

weir_parse weir_rate_parse(const char *text, size_t length, double *rate)
{
	size_t number = 0;
	while (number < length && (strchr("+-.", text[number]) || (text[number] >= '0' && text[number] <= '9')))
		number++;
	size_t unit = number;
	while (unit < length && text[unit] == ' ')
		unit++;
	int places = unit_places(text + unit, length - unit);
	if (number == 0)
		return WEIR_PARSE_SYNTAX;
	if (places < 0)
		return WEIR_PARSE_UNIT;
	weir_decimal decimal;
	weir_parse result = weir_decimal_parse(text, number, &decimal);
	if (result != WEIR_PARSE_OK)
		return result;
	if (places == 0 && decimal.units != 0)
		return WEIR_PARSE_UNIT;
	decimal.scale += places;
	while (decimal.scale > RATE_PLACES) {
		if (decimal.units % 10 != 0)
			return WEIR_PARSE_DIGITS;
		decimal.units /= 10;
		decimal.scale--;
	}
	*rate = weir_decimal_double(decimal);
	return *rate > 4000 || *rate < -4000 ? WEIR_PARSE_RANGE : WEIR_PARSE_OK;
}

int weir_cents_format(double cents, int digits, char *buffer)
{
	char reversed[40];
	int length = 0, written = 0;
	int64_t units = (int64_t)(cents < 0 ? -cents : cents);
	do {
		if (written == digits && digits > 0)
			reversed[length++] = '.';
		reversed[length++] = (char)('0' + units % 10);
		units /= 10;
		written++;
	} while (units > 0 || written <= digits);
	int at = 0;
	if (cents < 0 && cents != 0)
		buffer[at++] = '-';
	while (length > 0)
		buffer[at++] = reversed[--length];
	buffer[at] = '\0';
	return at;
}

int weir_cents_format_grouped(double cents, int digits, char *buffer)
{
	char plain[40];
	int length = weir_cents_format(cents, digits, plain), at = 0;
	int sign = plain[0] == '-', whole = length - (digits > 0 ? digits + 1 : 0);
	for (int i = 0; i < length; i++) {
		if (i > sign && i < whole && (whole - i) % 3 == 0)
			buffer[at++] = ',';
		buffer[at++] = plain[i];
	}
	buffer[at] = '\0';
	return at;
}

double weir_round_half_away(double value)
{
	double size = fabs(value);
	if (!(size < 4503599627370496.0)) /* 2^52: whole already; and what is no number */
		return value;
	double whole = (double)(int64_t)size;
	if (size - whole >= 0.5) /* exact: both are below 2^52 */
		whole += 1;
	return value < 0 ? -whole : whole;
}

double weir_round_quad(weir_quad value)
{
	weir_quad size = value < 0 ? -value : value;
	if (!(size < (weir_quad)WEIR_CENTS_MAX * 4)) /* or no number */
		return (double)value;
	int64_t whole = (int64_t)size;
	weir_quad rest = size - (weir_quad)whole;
	/* 2^-104 of the value: some sixteen roundings of 2^-113, doubled; and never less than 2^-104 of a cent */
	weir_quad error = (size > 1 ? size : 1) * (weir_quad)4.930380657631324e-32;
	if (rest >= (weir_quad)0.5 - error)
		whole++;
	return value < 0 ? -(double)whole : (double)whole;
}

weir_quad weir_quad_from_decimal(double value)
{
	double scaled = value * RATE_UNIT;
	if (!(fabs(scaled) < 4503599627370496.0))
		return (weir_quad)value;
	double units = weir_round_half_away(scaled);
	if (units / RATE_UNIT != value)
		return (weir_quad)value;
	return (weir_quad)units / (weir_quad)RATE_UNIT;
}

double weir_rate_normal(double value)
{
	return weir_round_half_away(value * RATE_UNIT) / RATE_UNIT;
}
