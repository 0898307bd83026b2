/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve_condition.c: where a condition comes to hold and ceases: points kept wherever something may change, then
 * every change among them narrowed, then the intervals. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/solve_int.h"

#define TURNS_TOGETHER 3 /* of one stretch between two points: below, equal, above */

static int compare_points(const void *a, const void *b)
{
	const weir_solve_point *x = a, *y = b;
	return (x->step > y->step) - (x->step < y->step);
}

int weir_solve_sort(weir_solve_point *points, int count)
{
	int kept = 0;
	qsort(points, (size_t)count, sizeof *points, compare_points);
	for (int i = 0; i < count; i++)
		if (kept == 0 || points[i].step != points[kept - 1].step)
			points[kept++] = points[i];
	return kept;
}

/* --- what is kept --------------------------------------------------------------------------------------------- */

void weir_solve_keep(weir_solve_search *s, const weir_solve_point *points, int count)
{
	for (int i = 0; i < count; i++)
		if (s->kept_count < WEIR_SOLVE_KEPT)
			s->kept[s->kept_count++] = points[i];
		else
			s->out->more++;
}

int weir_solve_has_turned(const weir_solve_search *s)
{
	for (int i = 1; i < s->kept_count; i++)
		if (s->kept[i].holds != s->kept[0].holds)
			return 1;
	return 0;
}

void weir_solve_load_part(weir_solve_search *s, int part)
{
	s->part = part;
	s->side_type = weir_metric_part_type(s->terms->until, part);
	s->count = s->out->scanned;
	memcpy(s->points, s->kept, (size_t)s->count * sizeof *s->points);
	for (int i = 0; i < s->count; i++)
		s->points[i].residual = s->parts[(size_t)part * WEIR_SOLVE_POINTS + (size_t)i];
}

/* Whether an outcome may change twice between two points because its sides change order there. Those of the whole
 * formula change it as they do, but for "!=". */
static int is_turn(const weir_solve_search *s, const weir_solve_point *low, const weir_solve_point *high)
{
	int first = weir_solve_sign(low), second = weir_solve_sign(high);
	if (high->step - low->step == 1 || isnan(low->residual) || isnan(high->residual))
		return 0;
	return s->part >= 0 ? first != second : first * second < 0 && low->holds == high->holds;
}

/* The neighbours on both sides of every change of order from one point to another. */
static weir_status keep_turns(weir_solve_search *s, const weir_solve_point *from, const weir_solve_point *to)
{
	weir_status status = WEIR_OK;
	weir_solve_point low = *from;
	for (int i = 0; i < TURNS_TOGETHER && weir_solve_sign(&low) != weir_solve_sign(to); i++) {
		weir_solve_point high = *to;
		WEIR_TRY(weir_solve_narrow(s, &low, &high, WEIR_SOLVE_HAS_SIGN, 0, NULL));
		weir_solve_keep(s, &low, 1);
		weir_solve_keep(s, &high, 1);
		low = high;
	}
out:
	return status;
}

weir_status weir_solve_turns(weir_solve_search *s, const weir_solve_point *points, int count)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i + 1 < count; i++) {
		if (points[i].holds != points[i + 1].holds)
			weir_solve_keep(s, &points[i], 2);
		if (is_turn(s, &points[i], &points[i + 1]))
			WEIR_TRY(keep_turns(s, &points[i], &points[i + 1]));
	}
out:
	return status;
}

/* --- intervals ------------------------------------------------------------------------------------------------ */

static void add_interval(weir_solve_search *s, int64_t from, int64_t to)
{
	if (from == s->from && to == s->to)
		weir_solve_add(s, WEIR_SOLUTION_ALWAYS, from, from, to);
	if (from > s->from)
		weir_solve_add(s, WEIR_SOLUTION_BEGINS, from, from, to);
	if (to < s->to)
		weir_solve_add(s, WEIR_SOLUTION_CEASES, to, from, to);
}

weir_status weir_solve_add_intervals(weir_solve_search *s)
{
	weir_status status = WEIR_OK;
	int count = s->kept_count = weir_solve_sort(s->kept, s->kept_count);
	int64_t from = s->from;
	for (int i = 0; i + 1 < count; i++) {
		weir_solve_point low = s->kept[i], high = s->kept[i + 1];
		if (low.holds == high.holds)
			continue;
		WEIR_TRY(weir_solve_narrow(s, &low, &high, WEIR_SOLVE_IS_HOLDING, 0, NULL));
		if (low.holds)
			add_interval(s, from, low.step);
		from = high.step;
	}
	if (s->kept[count - 1].holds)
		add_interval(s, from, s->to);
out:
	return status;
}
