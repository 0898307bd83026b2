/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve_narrow.c: a search's values tried in blocks, and a change between two of them narrowed to neighbours. */
#include <math.h>

#include "math/roots.h"
#include "study/solve_int.h"

#define WINDOW (WEIR_LANES / 2) /* points around a guess */

double weir_solve_value(const weir_solve_search *s, int64_t step)
{
	return (double)step / s->steps_per_unit;
}

/* --- running points ------------------------------------------------------------------------------------------- */

weir_lane_reader weir_solve_reader(const weir_solve_search *s)
{
	return (weir_lane_reader){ s->plan, weir_block_result(s->block), weir_block_rows(s->block) };
}

/* The first block of a search that leaves the pool alone has all its lanes, for those after it. */
static weir_status run_points(weir_solve_search *s, const weir_solve_point *points, int count)
{
	const weir_scenario *scenarios[WEIR_LANES];
	int lanes = s->settings ? WEIR_LANES : count;
	for (int l = 0; l < lanes; l++) {
		scenarios[l] = s->terms->scenario;
		s->values[l] = weir_solve_value(s, points[l < count ? l : count - 1].step);
	}
	if (s->settings && s->out->runs++ > 0)
		return weir_block_overlay(s->block, s->settings, s->setting_count, count, s->diags);
	s->out->runs += !s->settings;
	return weir_block_run(s->block, scenarios, lanes, s->overlays, s->overlay_count, s->diags);
}

static weir_status read_sides(weir_solve_search *s, weir_solve_point *points, int count)
{
	weir_metric_sides sides;
	weir_lane_reader reader = weir_solve_reader(s);
	weir_status status = weir_metric_read_sides(&sides, s->terms->until, &reader, count);
	for (int l = 0; status == WEIR_OK && l < count; l++) {
		weir_solve_point *p = &points[l];
		p->holds = sides.holds[l] == 1;
		p->rest = sides.rest[l] == 1;
		p->residual = s->is_equation && p->holds ? 0 : sides.left[l] - sides.right[l];
		if (fabs(p->residual) < s->nearest_by) {
			s->nearest_by = fabs(p->residual);
			s->nearest = p->step;
			s->out->nearest_residual = p->residual;
		}
	}
	return status;
}

static weir_status read_flags(weir_solve_search *s, weir_solve_point *points, int count)
{
	double holds[WEIR_LANES];
	weir_lane_reader reader = weir_solve_reader(s);
	weir_status status = weir_metric_read(holds, s->terms->until, &reader, count);
	for (int l = 0; status == WEIR_OK && l < count; l++) {
		points[l].holds = holds[l] == 1;
		points[l].rest = 1;
		points[l].residual = NAN;
	}
	return status;
}

/* The sides of a part; the outcome of the whole. */
static weir_status read_part(weir_solve_search *s, weir_solve_point *points, int count)
{
	double difference[WEIR_LANES], holds[WEIR_LANES];
	weir_lane_reader reader = weir_solve_reader(s);
	weir_status status =
		weir_metric_read_part(difference, holds, s->terms->until, s->part, &reader, count);
	for (int l = 0; status == WEIR_OK && l < count; l++) {
		points[l].holds = holds[l] == 1;
		points[l].rest = 1;
		points[l].residual = difference[l];
	}
	return status;
}

static weir_status read_points(weir_solve_search *s, weir_solve_point *points, int count)
{
	if (s->part >= 0)
		return read_part(s, points, count);
	return s->has_sides ? read_sides(s, points, count) : read_flags(s, points, count);
}

weir_status weir_solve_try(weir_solve_search *s, weir_solve_point *points, int count)
{
	weir_status status;
	int scans = WEIR_SOLVE_SCAN + 2; /* with the ends */
	WEIR_TRY(run_points(s, points, count));
	WEIR_TRY(read_points(s, points, count));
	double done = s->out->runs < scans ? s->out->runs / (2.0 * scans) : 1 - scans / (2.0 * s->out->runs);
	if (s->terms->go_on && !s->terms->go_on(s->terms->context, done))
		return WEIR_INTERRUPTED;
out:
	return status;
}

weir_status weir_solve_between(weir_solve_search *s, const weir_solve_point *low, const weir_solve_point *high,
                               weir_solve_point *out, int *count)
{
	int64_t width = high->step - low->step;
	int inner = width - 1 < WEIR_LANES ? (int)(width - 1) : WEIR_LANES;
	out[0] = *low;
	for (int l = 0; l < inner; l++)
		out[l + 1].step = low->step + (int64_t)((__int128)width * (l + 1) / (inner + 1));
	out[inner + 1] = *high;
	*count = inner + 2;
	return inner > 0 ? weir_solve_try(s, out + 1, inner) : WEIR_OK;
}

/* --- narrowing a change --------------------------------------------------------------------------------------- */

int weir_solve_sign(const weir_solve_point *p)
{
	return (p->residual > 0) - (p->residual < 0);
}

static int property_of(const weir_solve_point *p, weir_solve_property which, double as_near)
{
	switch (which) {
	case WEIR_SOLVE_IS_HOLDING:
		return p->holds;
	case WEIR_SOLVE_IS_THERE:
		return !isnan(p->residual);
	case WEIR_SOLVE_HAS_SIGN:
		return weir_solve_sign(p);
	case WEIR_SOLVE_IS_EQUAL:
		return p->residual == 0;
	default:
		return fabs(p->residual) <= as_near;
	}
}

/* The cubic through four points, over steps from the first. */
typedef struct cubic {
	double x[4], y[4];
} cubic;

static double cubic_at(double x, void *context)
{
	const cubic *c = context;
	double sum = 0;
	for (int i = 0; i < 4; i++) {
		double term = c->y[i];
		for (int k = 0; k < 4; k++)
			if (k != i)
				term *= (x - c->x[k]) / (c->x[i] - c->x[k]);
		sum += term;
	}
	return sum;
}

/* Where the difference is likely to be 0 between points[at] and the next; in *status only what is no answer to
 * that. */
static int64_t guess_root(const weir_solve_point *points, int count, int at, weir_status *status)
{
	int first = at - 1 < 0 ? 0 : at - 1;
	cubic c;
	double root;
	int64_t origin = points[at].step, middle = origin + (points[at + 1].step - origin) / 2;
	if (first + 4 > count)
		first = count - 4;
	for (int i = 0; i < 4; i++) {
		if (first < 0 || isnan(points[first + i].residual))
			return middle;
		c.x[i] = (double)(points[first + i].step - origin);
		c.y[i] = points[first + i].residual;
	}
	weir_status found = weir_root_find(&root, cubic_at, &c, 0, (double)(points[at + 1].step - origin));
	*status = found == WEIR_NO_MEMORY ? found : WEIR_OK;
	return found == WEIR_OK ? origin + (int64_t)root : middle;
}

/* Steps to try in (low, high): evenly, and next to the guess where there is one. Rising, none twice. */
static int choose_steps(weir_solve_point *out, int64_t low, int64_t high, int64_t guess, int has_guess)
{
	int64_t width = high - low, start = guess - WINDOW / 2;
	int even = has_guess ? WEIR_LANES - WINDOW : WEIR_LANES, count = 0;
	if (width - 1 <= WEIR_LANES) {
		for (int64_t step = low + 1; step < high; step++)
			out[count++].step = step;
		return count;
	}
	start = start <= low ? low + 1 : start + WINDOW > high ? high - WINDOW : start;
	int64_t next = has_guess ? start : high, end = has_guess ? start + WINDOW : high;
	for (int i = 1; i <= even || next < end;) {
		int64_t evenly = i <= even ? low + (int64_t)((__int128)width * i / (even + 1)) : high;
		int64_t step = next < end && next <= evenly ? next : evenly;
		next += step == next && next < end;
		i += step == evenly;
		if (step > low && step < high && (count == 0 || out[count - 1].step < step))
			out[count++].step = step;
	}
	return count;
}

static void note_change(double *to, const weir_solve_point *low, const weir_solve_point *high)
{
	if (to && high->step - low->step >= WEIR_SOLVE_SMOOTH)
		*to = fabs(high->residual - low->residual);
}

weir_status weir_solve_narrow(weir_solve_search *s, weir_solve_point *low, weir_solve_point *high,
                              weir_solve_property which, double as_near, double *change)
{
	weir_status status = WEIR_OK;
	weir_solve_point points[WEIR_SOLVE_TOGETHER];
	int at_low = property_of(low, which, as_near), count = 2, at = 0;
	points[0] = *low;
	points[1] = *high;
	while (points[at + 1].step - points[at].step > 1) {
		weir_solve_point a = points[at], b = points[at + 1];
		int64_t guess = which == WEIR_SOLVE_HAS_SIGN ? guess_root(points, count, at, &status) : 0;
		if (status != WEIR_OK)
			return status;
		note_change(change, &a, &b);
		int has_guess = which == WEIR_SOLVE_HAS_SIGN && count > 2;
		int inner = choose_steps(points + 1, a.step, b.step, guess, has_guess);
		points[0] = a;
		points[inner + 1] = b;
		count = inner + 2;
		WEIR_TRY(weir_solve_try(s, points + 1, inner));
		for (at = 0; at + 2 < count && property_of(&points[at + 1], which, as_near) == at_low; at++)
			continue;
	}
	*low = points[at];
	*high = points[at + 1];
out:
	return status;
}
