/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time/schedule.h"

#define MOST_DATES 10000

/* Date number `index` before any adjustment; stepped from the first date, so that a short month does not
 * shorten the months behind it. WEIR_DATE_NONE beyond the years weir knows. */
static weir_date unadjusted_date(const weir_schedule_terms *terms, int index)
{
	int64_t steps = (int64_t)index * terms->step;
	if (terms->unit == WEIR_STEP_DAYS || terms->unit == WEIR_STEP_WEEKS) {
		int64_t date = terms->first + steps * (terms->unit == WEIR_STEP_WEEKS ? 7 : 1);
		return date > WEIR_DATE_LAST ? WEIR_DATE_NONE : (weir_date)date;
	}
	int64_t months = steps * (terms->unit == WEIR_STEP_YEARS ? 12 : 1);
	if (months > INT32_MAX)
		return WEIR_DATE_NONE;
	weir_date date = weir_date_add_months(terms->first, (int)months);
	if (terms->end_of_month && weir_date_month_end(terms->first) == terms->first)
		return weir_date_month_end(date);
	return date;
}

/* How many dates the terms make, or -1 when that is too many or a counted date is beyond the last year. */
static int count_dates(const weir_schedule_terms *terms)
{
	for (int i = 0;; i++) {
		if (terms->count > 0 && i == terms->count)
			return i;
		weir_date date = unadjusted_date(terms, i);
		if (terms->last != WEIR_DATE_NONE && (date == WEIR_DATE_NONE || date > terms->last))
			return i;
		if (date == WEIR_DATE_NONE || i == MOST_DATES)
			return -1;
	}
}

static int are_sound(const weir_schedule_terms *terms)
{
	if (terms->first < WEIR_DATE_FIRST || terms->first > WEIR_DATE_LAST || terms->step <= 0)
		return 0;
	if (terms->count < 0 || (terms->count == 0 && terms->last == WEIR_DATE_NONE))
		return 0;
	if (terms->last != WEIR_DATE_NONE && terms->last < terms->first)
		return 0;
	return terms->calendar || terms->roll == WEIR_ROLL_NONE;
}

weir_status weir_schedule_create(weir_schedule *out, weir_arena *arena, const weir_schedule_terms *terms)
{
	int count = are_sound(terms) ? count_dates(terms) : -1;
	if (count <= 0)
		return WEIR_INPUT;
	weir_date *unadjusted = weir_arena_array(arena, (size_t)count, sizeof *unadjusted);
	weir_date *adjusted = weir_arena_array(arena, (size_t)count, sizeof *adjusted);
	if (!unadjusted || !adjusted)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count; i++) {
		unadjusted[i] = unadjusted_date(terms, i);
		adjusted[i] = terms->roll == WEIR_ROLL_NONE ?
		                      unadjusted[i] :
		                      weir_calendar_adjust(terms->calendar, unadjusted[i], terms->roll);
		if (adjusted[i] == WEIR_DATE_NONE)
			return WEIR_INPUT;
	}
	*out = (weir_schedule){ .count = count, .unadjusted = unadjusted, .adjusted = adjusted };
	return WEIR_OK;
}
