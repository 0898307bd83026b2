/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/compounding.h"

#include "base/text.h"
#include "math/vec/elementary.h"

static const struct {
	const char *text;
	int times; /* a year; 0: not a whole number of times */
} compoundings[] = { { "annual", 1 },   { "semi-annual", 2 }, { "quarterly", 4 },
	             { "monthly", 12 }, { "continuous", 0 },  { "simple", 0 } };

const char *weir_compounding_text(weir_compounding compounding)
{
	return compoundings[compounding].text;
}

int weir_compounding_parse(const char *text, size_t length)
{
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++)
		if (weir_is_word(text, length, compoundings[c].text))
			return c;
	return -1;
}

int weir_compounding_times(weir_compounding compounding)
{
	return compoundings[compounding].times;
}

weir_compounding weir_compounding_of_times(int times)
{
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++)
		if (compoundings[c].times == times && times > 0)
			return (weir_compounding)c;
	return WEIR_COMPOUND_ANNUAL;
}

int weir_compounding_allows(weir_compounding compounding, double rate, double years)
{
	if (!(rate > -1e300 && rate < 1e300))
		return 0;
	if (compounding == WEIR_COMPOUND_CONTINUOUS)
		return 1;
	if (compounding == WEIR_COMPOUND_SIMPLE)
		return 1 + rate * years > 0;
	return 1 + rate / compoundings[compounding].times > 0;
}

weir_discount weir_compounding_discount(weir_compounding compounding, double rate, double years)
{
	weir_discount d;
	if (compounding == WEIR_COMPOUND_SIMPLE) {
		d.value = 1 / (1 + rate * years);
		d.slope = -years * d.value * d.value;
		d.bend = -2 * years * d.slope * d.value;
	} else if (compounding == WEIR_COMPOUND_CONTINUOUS) {
		d.value = weir_exp(-rate * years);
		d.slope = -years * d.value;
		d.bend = -years * d.slope;
	} else {
		double f = compoundings[compounding].times, growth = 1 + rate / f;
		d.value = weir_pow(growth, -f * years);
		d.slope = -years * d.value / growth;
		d.bend = -(years + 1 / f) * d.slope / growth;
	}
	return d;
}

double weir_compounding_rate(weir_compounding compounding, double factor, double years)
{
	double f = compoundings[compounding].times;
	if (compounding == WEIR_COMPOUND_SIMPLE)
		return (1 / factor - 1) / years;
	if (compounding == WEIR_COMPOUND_CONTINUOUS)
		return -weir_log(factor) / years;
	return f * (weir_pow(factor, -1 / (f * years)) - 1);
}
