/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time/day_count.h"

#include <string.h>

static const struct {
	const char *text, *aliases;
} rules[] = {
#define DAY_COUNT_TEXT(name, text, aliases) { text, aliases },
	WEIR_DAY_COUNT_LIST(DAY_COUNT_TEXT)
#undef DAY_COUNT_TEXT
};

int weir_day_count_parse(const char *text, size_t length)
{
	for (int i = 0; i < WEIR_DAY_COUNT_COUNT; i++)
		if (strlen(rules[i].text) == length && memcmp(rules[i].text, text, length) == 0)
			return i;
	return -1;
}

const char *weir_day_count_text(weir_day_count rule)
{
	return rules[rule].text;
}

const char *weir_day_count_aliases(weir_day_count rule)
{
	return rules[rule].aliases;
}

/* --- actual days ------------------------------------------------------------------- */

/* Days of [start, end) that fall in leap years. */
static int days_in_leap_years(weir_date start, weir_date end)
{
	int year, last_year, days = 0;
	weir_date_to_ymd(start, &year, NULL, NULL);
	weir_date_to_ymd(end, &last_year, NULL, NULL);
	for (; year <= last_year; year++) {
		if (!weir_date_is_leap_year(year))
			continue;
		weir_date from = weir_date_from_ymd(year, 1, 1), until = from + 366;
		if (from < start)
			from = start;
		if (until > end)
			until = end;
		days += until - from;
	}
	return days;
}

/* ISDA 2006 Definitions, section 4.16(b): days in a leap year over 366 plus the other days over 365. */
static weir_year_fraction act_act_isda(weir_date start, weir_date end)
{
	int days = end - start, leap = days_in_leap_years(start, end);
	if (leap == 0)
		return (weir_year_fraction){ days, 365, days };
	if (leap == days)
		return (weir_year_fraction){ days, 366, days };
	return (weir_year_fraction){ (int64_t)leap * 365 + (int64_t)(days - leap) * 366, 365 * 366, days };
}

static int64_t greatest_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* sum += numerator / denominator, in lowest terms. */
static void add_fraction(weir_year_fraction *sum, int64_t numerator, int64_t denominator)
{
	int64_t shared = greatest_divisor(sum->denominator, denominator);
	int64_t top = sum->numerator * (denominator / shared) + numerator * (sum->denominator / shared);
	int64_t bottom = sum->denominator / shared * denominator;
	int64_t common = greatest_divisor(top, bottom);
	sum->numerator = top / common;
	sum->denominator = bottom / common;
}

/* The start of notional period `index` (0 is the one that the terms give). Months are stepped from the bound
 * with the later day of the month, so that 30 November ... 28 February goes on to 30 May; with `end_of_month`
 * to 31 May. Frequencies that are no whole months (weekly, every 28 days) step by the length of the given
 * period. */
static weir_date notional_start(const weir_day_count_terms *terms, int index)
{
	if (12 % terms->periods_per_year != 0)
		return terms->period_start + index * (terms->period_end - terms->period_start);
	int months = 12 / terms->periods_per_year, start_day, end_day;
	weir_date_to_ymd(terms->period_start, NULL, NULL, &start_day);
	weir_date_to_ymd(terms->period_end, NULL, NULL, &end_day);
	weir_date date = end_day > start_day ? weir_date_add_months(terms->period_end, (index - 1) * months) :
	                                       weir_date_add_months(terms->period_start, index * months);
	return terms->end_of_month ? weir_date_month_end(date) : date;
}

/* ICMA Rule 251.1(iii), the same as ISDA 2006 Definitions, section 4.16(c): in each notional period the days
 * that accrue over (days of that period x periods in a year). Irregular periods are cut at the notional
 * periods' bounds. */
static weir_year_fraction act_act_icma(weir_date start, weir_date end, const weir_day_count_terms *terms)
{
	weir_year_fraction sum = { 0, 1, end - start };
	if (!terms || terms->periods_per_year <= 0 || terms->period_end <= terms->period_start)
		return sum;
	int index = 0;
	while (notional_start(terms, index) > start)
		index--;
	for (weir_date from = start; from < end; index++) {
		weir_date period_start = notional_start(terms, index),
		          period_end = notional_start(terms, index + 1);
		if (period_start == WEIR_DATE_NONE || period_end == WEIR_DATE_NONE)
			break; /* beyond the years that weir knows */
		if (period_end <= start)
			continue;
		weir_date until = period_end < end ? period_end : end;
		add_fraction(&sum, until - from,
		             (int64_t)(period_end - period_start) * terms->periods_per_year);
		from = until;
	}
	return sum;
}

/* --- months of 30 days ------------------------------------------------------------- */

typedef struct day_of_year {
	int year, month, day;
} day_of_year;

static day_of_year split(weir_date date)
{
	day_of_year parts;
	weir_date_to_ymd(date, &parts.year, &parts.month, &parts.day);
	return parts;
}

static int is_february_end(day_of_year d)
{
	return d.month == 2 && d.day == weir_date_days_in_month(d.year, 2);
}

/* 360 (Y2 - Y1) + 30 (M2 - M1) + (D2 - D1), over 360: the frame of ISDA 2006 Definitions, sections 4.16(f) to
 * (h). */
static weir_year_fraction thirty_360(day_of_year start, day_of_year end)
{
	int days = 360 * (end.year - start.year) + 30 * (end.month - start.month) + (end.day - start.day);
	return (weir_year_fraction){ days, 360, days };
}

/* 30/360 US: J. J. Mayle, Standard Securities Calculation Methods, volume 1 (SIA, 3rd edition 1993), the
 * 30/360 rule with end of February; NASD Uniform Practice Code, section 11620. Without its first two lines it
 * is "30/360", "bond basis" of ISDA 2006 Definitions, section 4.16(f). */
static weir_year_fraction thirty_360_us(weir_date start, weir_date end)
{
	day_of_year d1 = split(start), d2 = split(end);
	int from_february_end = is_february_end(d1);
	if (from_february_end && is_february_end(d2))
		d2.day = 30;
	if (from_february_end)
		d1.day = 30;
	if (d2.day == 31 && d1.day >= 30)
		d2.day = 30;
	if (d1.day == 31)
		d1.day = 30;
	return thirty_360(d1, d2);
}

/* ISDA 2006 Definitions, section 4.16(g): a 31st is a 30th. */
static weir_year_fraction thirty_e_360(weir_date start, weir_date end)
{
	day_of_year d1 = split(start), d2 = split(end);
	if (d1.day == 31)
		d1.day = 30;
	if (d2.day == 31)
		d2.day = 30;
	return thirty_360(d1, d2);
}

/* ISDA 2006 Definitions, section 4.16(h): a 31st and the last day of February are a 30th, but an end on the
 * last day of February that is the maturity (termination date) stays. */
static weir_year_fraction thirty_e_360_isda(weir_date start, weir_date end, const weir_day_count_terms *terms)
{
	day_of_year d1 = split(start), d2 = split(end);
	int is_maturity = terms && end == terms->maturity;
	if (d1.day == 31 || is_february_end(d1))
		d1.day = 30;
	if (d2.day == 31 || (is_february_end(d2) && !is_maturity))
		d2.day = 30;
	return thirty_360(d1, d2);
}

/* --- all rules --------------------------------------------------------------------- */

weir_year_fraction weir_day_count_fraction(weir_day_count rule, weir_date start, weir_date end,
                                           const weir_day_count_terms *terms)
{
	if (end < start) {
		weir_year_fraction f = weir_day_count_fraction(rule, end, start, terms);
		return (weir_year_fraction){ -f.numerator, f.denominator, -f.days };
	}
	int days = end - start;
	switch (rule) {
	case WEIR_ACT_365F: /* ISDA 2006 Definitions, section 4.16(d) */
		return (weir_year_fraction){ days, 365, days };
	case WEIR_ACT_360: /* ISDA 2006 Definitions, section 4.16(e) */
		return (weir_year_fraction){ days, 360, days };
	case WEIR_ACT_ACT_ISDA:
		return act_act_isda(start, end);
	case WEIR_ACT_ACT_ICMA:
		return act_act_icma(start, end, terms);
	case WEIR_D30_360_US:
		return thirty_360_us(start, end);
	case WEIR_D30E_360:
		return thirty_e_360(start, end);
	case WEIR_D30E_360_ISDA:
		return thirty_e_360_isda(start, end, terms);
	case WEIR_ACT_365_25: /* the mean Julian year of 365.25 = 1461 / 4 days (IAU Style Manual 1989,
	                         section 5.15) */
		return (weir_year_fraction){ (int64_t)days * 4, 1461, days };
	case WEIR_ONE_ONE: /* ISDA 2006 Definitions, section 4.16(a) */
		return (weir_year_fraction){ 1, 1, days };
	case WEIR_BUS_252: /* ANBIMA, Metodologia de Cálculo de Títulos Públicos Federais: first day in, last
	                      day out */
		if (terms && terms->calendar)
			days = weir_calendar_business_days_between(terms->calendar, start, end);
		return (weir_year_fraction){ terms && terms->calendar ? days : 0, 252, days };
	case WEIR_DAY_COUNT_COUNT:
		break;
	}
	return (weir_year_fraction){ 0, 1, days };
}
