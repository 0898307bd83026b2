/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compounding.h: how yearly rates compound: discount factors from rates, their slopes, and rates from factors.
 *
 * With a yearly rate y and t years (J. C. Hull, Options, Futures, and Other Derivatives, 8th edition, 2012, sections
 * 4.2 and 4.4):
 *   f times a year  d = (1 + y/f)^(-f t)      continuously  d = e^(-y t)      simple  d = 1 / (1 + y t)
 * Rates are natural numbers: 4 % is 0.04, and may be negative. The digits are the same on any machine (math/vec). */
#ifndef WEIR_MATH_COMPOUNDING_H
#define WEIR_MATH_COMPOUNDING_H

#include <stddef.h>

typedef enum weir_compounding {
	WEIR_COMPOUND_ANNUAL,
	WEIR_COMPOUND_SEMI_ANNUAL,
	WEIR_COMPOUND_QUARTERLY,
	WEIR_COMPOUND_MONTHLY,
	WEIR_COMPOUND_CONTINUOUS,
	WEIR_COMPOUND_SIMPLE,
	WEIR_COMPOUNDING_COUNT
} weir_compounding;

/* The words of commands and files: "annual", "semi-annual" …; -1 when there is none of that text. */
const char *weir_compounding_text(weir_compounding compounding);
int weir_compounding_parse(const char *text, size_t length);

/* How often a year it compounds; 0 for continuously and simple. */
int weir_compounding_times(weir_compounding compounding);

/* The compounding of so many times a year (1, 2, 4 or 12); annual for other numbers. */
weir_compounding weir_compounding_of_times(int times);

/* d(y, t), and its first and second derivative by y. */
typedef struct weir_discount {
	double value, slope, bend;
} weir_discount;

/* Whether a rate has a discount factor at `years`: above -100 % x f; simple: above -1 / years; continuously always. */
int weir_compounding_allows(weir_compounding compounding, double rate, double years);

/* The factor and its slopes; the rate must be allowed. */
weir_discount weir_compounding_discount(weir_compounding compounding, double rate, double years);

/* The rate at which `years` (not 0) discount by `factor` (above 0). */
double weir_compounding_rate(weir_compounding compounding, double factor, double years);

#endif
