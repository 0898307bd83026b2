/* SPDX-License-Identifier: GPL-3.0-or-later */
/* date.h: calendar dates as serial day numbers in the proleptic Gregorian calendar. */
#ifndef WEIR_TIME_DATE_H
#define WEIR_TIME_DATE_H

#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01; weir accepts years 1900 to 2199. */
typedef int32_t weir_date;

#define WEIR_DATE_NONE INT32_MIN /* "no date given" */
#define WEIR_DATE_FIRST (-25567) /* 1900-01-01 */
#define WEIR_DATE_LAST 84005     /* 2199-12-31 */

/* The date of a year, month (1-12) and day; WEIR_DATE_NONE when there is no such day or the year is out of
 * range. */
weir_date weir_date_from_ymd(int year, int month, int day);

/* Splits a date; any out pointer may be NULL. */
void weir_date_to_ymd(weir_date date, int *year, int *month, int *day);

/* Reads YYYY-MM-DD that fills the span; WEIR_DATE_NONE when it is no date. */
weir_date weir_date_parse(const char *text, size_t length);

/* Writes YYYY-MM-DD and a NUL (11 bytes); an empty text for WEIR_DATE_NONE. Returns `buffer`. */
char *weir_date_format(weir_date date, char *buffer);

/* 1 = Monday ... 7 = Sunday (ISO 8601). */
int weir_date_weekday(weir_date date);

/* The same day of the month `months` later (or earlier), clipped to the month's end: 31 January + 1 = 28
 * February. Step schedules from their first date, not from the last one, or clipping sticks. WEIR_DATE_NONE
 * when the result leaves the years 1900 to 2199, or for WEIR_DATE_NONE. */
weir_date weir_date_add_months(weir_date date, int months);

/* The last day of the date's month; WEIR_DATE_NONE for WEIR_DATE_NONE. */
weir_date weir_date_month_end(weir_date date);

/* Whether the year has a 29 February. */
int weir_date_is_leap_year(int year);

/* Days of a month (1-12); 0 for another month. */
int weir_date_days_in_month(int year, int month);

#endif
