/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time/date.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define DAYS_TO_1970 719468  /* from 0000-03-01 to 1970-01-01 */
#define DAYS_PER_ERA 146097  /* the Gregorian calendar repeats every 400 years */
#define THURSDAY_OFFSET 3    /* 1970-01-01 was a Thursday, three days after a Monday */

int weir_date_is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int weir_date_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (month < 1 || month > 12)
		return 0;
	return month == 2 && weir_date_is_leap_year(year) ? 29 : days[month - 1];
}

/* Years are counted from 1 March, so that the leap day is a year's last day; then the months March ...
 * February start on day (153 m + 2) / 5 of the year: five months hold 153 days, in the pattern 31 30 31
 * 30 31. */
weir_date weir_date_from_ymd(int year, int month, int day)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > weir_date_days_in_month(year, month))
		return WEIR_DATE_NONE;
	int march_year = month > 2 ? year : year - 1;
	int march_month = month > 2 ? month - 3 : month + 9;
	int leap_days = march_year / 4 - march_year / 100 + march_year / 400;
	return 365 * march_year + leap_days + (153 * march_month + 2) / 5 + day - 1 - DAYS_TO_1970;
}

void weir_date_to_ymd(weir_date date, int *year, int *month, int *day)
{
	int64_t days = (int64_t)date + DAYS_TO_1970;
	int64_t era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int in_era = (int)(days - era * DAYS_PER_ERA);
	/* take the leap days out: one each 4 years (1461 days), none each 100 (36524), one each 400 (last
	 * day) */
	int year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int march_month = (5 * in_year + 2) / 153;
	int calendar_month = march_month < 10 ? march_month + 3 : march_month - 9;
	if (year)
		*year = (int)(era * 400) + year_of_era + (calendar_month <= 2);
	if (month)
		*month = calendar_month;
	if (day)
		*day = in_year - (153 * march_month + 2) / 5 + 1;
}

/* The number in `count` digits at `text`, or -1. */
static int digits_at(const char *text, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

weir_date weir_date_parse(const char *text, size_t length)
{
	if (length != 10 || text[4] != '-' || text[7] != '-')
		return WEIR_DATE_NONE;
	return weir_date_from_ymd(digits_at(text, 4), digits_at(text + 5, 2), digits_at(text + 8, 2));
}

static char *put_digits(char *at, int value, int count)
{
	for (int i = count; i-- > 0; value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + count;
}

char *weir_date_format(weir_date date, char *buffer)
{
	char *at = buffer;
	if (date != WEIR_DATE_NONE) {
		int year, month, day;
		weir_date_to_ymd(date, &year, &month, &day);
		at = put_digits(at, year, 4);
		*at++ = '-';
		at = put_digits(at, month, 2);
		*at++ = '-';
		at = put_digits(at, day, 2);
	}
	*at = '\0';
	return buffer;
}

int weir_date_weekday(weir_date date)
{
	int from_monday = (int)(((int64_t)date + THURSDAY_OFFSET) % 7);
	return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

weir_date weir_date_add_months(weir_date date, int months)
{
	int year, month, day;
	if (date == WEIR_DATE_NONE)
		return WEIR_DATE_NONE;
	weir_date_to_ymd(date, &year, &month, &day);
	int64_t total = (int64_t)year * 12 + (month - 1) + months;
	if (total < FIRST_YEAR * 12 || total > LAST_YEAR * 12 + 11)
		return WEIR_DATE_NONE;
	year = (int)(total / 12);
	month = (int)(total % 12) + 1;
	int last = weir_date_days_in_month(year, month);
	return weir_date_from_ymd(year, month, day < last ? day : last);
}

weir_date weir_date_month_end(weir_date date)
{
	int year, month;
	if (date == WEIR_DATE_NONE)
		return WEIR_DATE_NONE;
	weir_date_to_ymd(date, &year, &month, NULL);
	return weir_date_from_ymd(year, month, weir_date_days_in_month(year, month));
}
