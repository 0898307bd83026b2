/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calendar.h: which days are business days, read from data, and how dates move to them. */
#ifndef WEIR_TIME_CALENDAR_H
#define WEIR_TIME_CALENDAR_H

#include "base/arena.h"
#include "base/diag.h"
#include "time/date.h"

typedef struct weir_calendar weir_calendar;

typedef enum weir_roll {
	WEIR_ROLL_NONE,               /* stays, business day or not */
	WEIR_ROLL_FOLLOWING,          /* next business day (顺延) */
	WEIR_ROLL_MODIFIED_FOLLOWING, /* next, but the previous one when that leaves the month */
	WEIR_ROLL_PRECEDING           /* previous business day */
} weir_roll;

/* Where the text of another calendar comes from, for a file that says "based-on,ID". */
typedef struct weir_calendar_library {
	/* Gives the text of calendar `id` (NUL-terminated) and its source number; the text stays the
	 * library's and must live until weir_calendar_parse returns. WEIR_NO when there is none (the parser
	 * then says so at the line); any other failure is passed on: the library has complained itself. */
	weir_status (*read)(void *context, const char *id, const char **text, size_t *length,
	                    uint32_t *source);
	void *context; /* handed to `read` */
} weir_calendar_library;

/* Reads a calendar from the text of its data file (format: share/calendars/README.md) into `arena`.
 * `source` is the number the text has in the load's sources, for messages. `library` may be NULL: then a file
 * that is based on another one is an error. WEIR_INPUT when a text has errors; all of them are in `diags`. */
weir_status weir_calendar_parse(weir_calendar **out, weir_arena *arena, const char *text, size_t length,
                                uint32_t source, const weir_calendar_library *library, weir_diags *diags);

/* The calendar's id ("CN-work"), as its file says. */
const char *weir_calendar_id(const weir_calendar *calendar);

/* Title in English (0) or Chinese (1). */
const char *weir_calendar_title(const weir_calendar *calendar, int chinese);

/* Where the data come from, as the file says, for the notes of a report; empty when it does not say. */
const char *weir_calendar_source(const weir_calendar *calendar);

/* The first and the last date the data cover. Dates outside go by their weekday (and by rules without years)
 * and are provisional. A calendar made of rules alone covers 1900-01-01 to 2199-12-31 unless its file says
 * otherwise. */
weir_date weir_calendar_known_from(const weir_calendar *calendar);
weir_date weir_calendar_known_until(const weir_calendar *calendar);

/* Whether the date is a business day; no date outside the years 1900 to 2199 is. */
int weir_calendar_is_business_day(const weir_calendar *calendar, weir_date date);

/* The date moved to a business day by the roll; WEIR_DATE_NONE when the years 1900 to 2199 have none. */
weir_date weir_calendar_adjust(const weir_calendar *calendar, weir_date date, weir_roll roll);

/* The date `days` business days later (earlier when negative), the date itself not counted; 0 gives the date.
 * WEIR_DATE_NONE when that leaves the years 1900 to 2199. */
weir_date weir_calendar_add_business_days(const weir_calendar *calendar, weir_date date, int days);

/* Business days in [start, end): for BUS/252. Negative when end is before start. */
int weir_calendar_business_days_between(const weir_calendar *calendar, weir_date start, weir_date end);

#endif
