/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.h: regular dates, unadjusted and adjusted to business days. */
#ifndef WEIR_TIME_SCHEDULE_H
#define WEIR_TIME_SCHEDULE_H

#include "base/arena.h"
#include "time/calendar.h"

typedef enum weir_step_unit {
	WEIR_STEP_DAYS,
	WEIR_STEP_WEEKS,
	WEIR_STEP_MONTHS,
	WEIR_STEP_YEARS
} weir_step_unit;

/* What the documents say: "quarterly from 2023-06-20, eight dates". */
typedef struct weir_schedule_terms {
	weir_date first;
	weir_date last;   /* WEIR_DATE_NONE: by count */
	int count;        /* 0: by last date; with both, whichever ends the dates first */
	int step;         /* every `step` units; > 0 */
	weir_step_unit unit;
	int end_of_month; /* a first date on a month's end keeps every date on its month's end */
	weir_roll roll;
	const weir_calendar *calendar; /* NULL only with WEIR_ROLL_NONE */
} weir_schedule_terms;

typedef struct weir_schedule {
	int count;
	const weir_date *unadjusted; /* [count], strictly increasing */
	const weir_date *adjusted;   /* [count], not decreasing */
} weir_schedule;

/* Makes the dates in `arena`. By last date: the last is the greatest step that does not pass `last`.
 * WEIR_INPUT when the terms make no dates (count and last both absent, step not positive, last before first,
 * a date outside the years 1900 to 2199, no calendar for a roll, or more than 10,000 dates); the caller words
 * the message. */
weir_status weir_schedule_create(weir_schedule *out, weir_arena *arena, const weir_schedule_terms *terms);

#endif
