/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/vary.h"

#include <stdlib.h>
#include <string.h>

#include "base/money.h"

#define COUNT_MAX 1000000

static int ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);
	return length >= tail && strcmp(text + length - tail, end) == 0;
}

weir_vary_unit weir_vary_unit_of(const weir_plan *plan, const char *name)
{
	const weir_parameter *parameter = weir_plan_find_parameter(plan, name);
	if (!parameter)
		return strcmp(name, "recovery_lag") == 0 || strcmp(name, "late_months") == 0 ||
		                       ends_with(name, ".fails_month") ?
		               WEIR_VARY_MONTHS :
		               WEIR_VARY_RATE;
	switch (parameter->type) {
	case WEIR_TYPE_MONEY:
		return WEIR_VARY_MONEY;
	case WEIR_TYPE_DATE:
	case WEIR_TYPE_DAYS:
		return WEIR_VARY_DATE;
	case WEIR_TYPE_MONTHS:
		return WEIR_VARY_MONTHS;
	case WEIR_TYPE_FLAG:
		return WEIR_VARY_FLAG;
	default:
		return WEIR_VARY_RATE;
	}
}

double weir_vary_steps(weir_vary_unit unit)
{
	return unit == WEIR_VARY_RATE ? 1e9 : 1;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

int weir_vary_parse_count(double *out, const char *text, const char *word)
{
	char *end;
	long count = strtol(text, &end, 10);
	if (end == text || count > COUNT_MAX || count < -COUNT_MAX)
		return 0;
	while (*end == ' ')
		end++;
	size_t length = strlen(word);
	if (*end && !(strncmp(end, word, length) == 0 && (!end[length] || strcmp(end + length, "s") == 0)))
		return 0;
	*out = (double)count;
	return 1;
}

static int parse_flag(double *out, const char *text)
{
	static const char *const words[] = { "no", "yes", "0", "1", "false", "true" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], text) == 0) {
			*out = (double)(i % 2);
			return 1;
		}
	return 0;
}

/* A day; of a parameter that counts days, their number. */
static int parse_day(double *out, const char *text, int counts)
{
	weir_date date = counts ? WEIR_DATE_NONE : weir_date_parse(text, strlen(text));
	if (counts)
		return weir_vary_parse_count(out, text, "day");
	if (date == WEIR_DATE_NONE)
		return 0;
	*out = date;
	return 1;
}

static int parse_rate(double *out, const char *text, int plain)
{
	weir_decimal decimal;
	if (weir_rate_parse(text, strlen(text), out) == WEIR_PARSE_OK)
		return 1;
	if (!plain || weir_decimal_parse(text, strlen(text), &decimal) != WEIR_PARSE_OK)
		return 0;
	*out = weir_decimal_double(decimal);
	return 1;
}

static int parse_months(double *out, const char *text)
{
	double months;
	if (!weir_vary_parse_count(&months, text, "month") || months < 0)
		return 0;
	*out = months;
	return 1;
}

int weir_vary_parse(double *out, const weir_plan *plan, const char *name, const char *text)
{
	const weir_parameter *parameter = weir_plan_find_parameter(plan, name);
	weir_type type = parameter ? parameter->type : WEIR_TYPE_RATE;
	switch (weir_vary_unit_of(plan, name)) {
	case WEIR_VARY_MONEY:
		return weir_cents_parse(text, strlen(text), weir_plan_deal(plan)->currency_digits, out) == WEIR_PARSE_OK;
	case WEIR_VARY_MONTHS:
		return parse_months(out, text);
	case WEIR_VARY_DATE:
		return parse_day(out, text, type == WEIR_TYPE_DAYS);
	case WEIR_VARY_FLAG:
		return parse_flag(out, text);
	default:
		return parse_rate(out, text, type == WEIR_TYPE_NUMBER);
	}
}

const char *weir_vary_advice(weir_vary_unit unit)
{
	static const char *const advice[] = {
		[WEIR_VARY_RATE] = "write a rate with its unit, such as 4% or 25bp",
		[WEIR_VARY_MONEY] = "write an amount such as 1000.00",
		[WEIR_VARY_MONTHS] = "write a whole number of months, such as 12",
		[WEIR_VARY_DATE] = "write a date such as 2024-06-20",
		[WEIR_VARY_FLAG] = "write yes or no",
	};
	return advice[unit];
}
