/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/vary.h"

#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"

#define COUNT_MAX 1000000

weir_vary_unit weir_vary_unit_of(const weir_plan *plan, const char *name)
{
	const weir_parameter *parameter = weir_plan_find_parameter(plan, name);
	if (!parameter)
		return strcmp(name, "recovery_lag") == 0 || strcmp(name, "late_months") == 0 ||
		                       weir_ends_with(name, strlen(name), ".fails_month") ?
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

/* --- values ----------------------------------------------------------------------------------------------------- */

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
		return weir_cents_parse(text, strlen(text), weir_plan_deal(plan)->currency_digits, out) ==
		       WEIR_PARSE_OK;
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

/* --- ranges ----------------------------------------------------------------------------------------------------- */

/* Ten times an amount of the deal; all classes together where that is none, or more than they are. */
static double most_money(const weir_deal *deal, double cents)
{
	double issue = 0;
	for (int i = 0; i < deal->class_count; i++)
		issue += deal->classes[i].size_cents;
	return cents > 0 && cents <= issue ? 10 * cents : issue;
}

/* Levels and factors of a deal are of any size. */
static void number_range(double *from, double *to, const char *name, const weir_parameter *parameter)
{
	if (strcmp(name, "royalty_factor") == 0)
		*to = 2;
	if (strcmp(name, "rate_shift") == 0) {
		*from = -0.1;
		*to = 0.1;
	}
	if (!parameter || !(parameter->any_sign || parameter->type == WEIR_TYPE_NUMBER))
		return;
	if (parameter->value < 0)
		*from = 10 * parameter->value;
	else if (10 * parameter->value > 1)
		*to = 10 * parameter->value;
}

void weir_vary_default_range(double *from, double *to, const weir_plan *plan, const char *name)
{
	const weir_parameter *parameter = weir_plan_find_parameter(plan, name);
	const weir_deal *deal = weir_plan_deal(plan);
	const weir_periods *periods = weir_plan_periods(plan);
	double value = parameter ? parameter->value : 0;
	*from = 0;
	*to = 1;
	switch (weir_vary_unit_of(plan, name)) {
	case WEIR_VARY_MONEY:
		*to = most_money(deal, value);
		break;
	case WEIR_VARY_MONTHS:
		*from = strcmp(name, "late_months") == 0; /* late means a month at least */
		*to = 120;
		break;
	case WEIR_VARY_DATE:
		*from = parameter && parameter->type == WEIR_TYPE_DAYS ? 0 : deal->start;
		*to = *from == 0 ? 365 : periods->items[periods->count - 1].payment + 1;
		break;
	case WEIR_VARY_RATE:
		number_range(from, to, name, parameter);
		break;
	case WEIR_VARY_FLAG:
		break;
	}
}
