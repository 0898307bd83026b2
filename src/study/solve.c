/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/solve_int.h"

#define SETTLED_CENTS 100 /* sides that differ by less are no jump */
#define EXACT_RATIO 1e-9

const char *weir_solution_word(weir_solution_kind kind)
{
	static const char *const words[] = {
#define WORD(name, word) word,
		WEIR_SOLUTION_KINDS(WORD)
#undef WORD
	};
	return words[kind];
}

/* --- solutions of an equation --------------------------------------------------------------------------------- */

/* Of the steps from .. to, what the deal says; else the one with the most noughts at its end, and of those the
 * nearest to the middle. Dates, months and flags: the first. */
static int64_t choose_value(const weir_solve_search *s, int64_t from, int64_t to)
{
	weir_vary_unit unit = weir_vary_unit_of(s->plan, s->terms->vary);
	const weir_parameter *parameter = weir_plan_find_parameter(s->plan, s->terms->vary);
	double own = parameter ? weir_round_half_away(parameter->value * s->steps_per_unit) : NAN;
	int64_t best = from, middle = from + (to - from) / 2;
	if (own >= (double)from && own <= (double)to && own / s->steps_per_unit == parameter->value)
		return (int64_t)own;
	if (unit != WEIR_VARY_RATE && unit != WEIR_VARY_MONEY)
		return from;
	for (int64_t power = 1; power <= (int64_t)1e17; power *= 10) {
		int64_t below = middle / power * power;
		below -= below > middle ? power : 0;
		if (below >= from && middle - below <= below + power - middle)
			best = below;
		else if (below + power <= to)
			best = below + power;
		else if (below >= from)
			best = below;
		else
			break;
	}
	return best;
}

void weir_solve_add(weir_solve_search *s, weir_solution_kind kind, int64_t value, int64_t from, int64_t to)
{
	weir_solve *out = s->out;
	if (out->count == WEIR_MOST_SOLUTIONS) {
		out->more++;
		return;
	}
	out->items[out->count++] = (weir_solution){ .kind = kind,
		                                    .value = weir_solve_value(s, value),
		                                    .from = weir_solve_value(s, from),
		                                    .to = weir_solve_value(s, to),
		                                    .residual = NAN,
		                                    .residual_below = NAN,
		                                    .residual_above = NAN };
}

static void add_around(weir_solve_search *s, weir_solution_kind kind, int64_t from, int64_t to)
{
	weir_solve_add(s, kind, choose_value(s, from, to), from, to);
}

/* Points first .. last are solutions; what is around them may be, as far as the points before and behind. */
static weir_status add_equal(weir_solve_search *s, const weir_solve_point *points, int count, int first, int last)
{
	weir_status status = WEIR_OK;
	int open_below = first == 0 || isnan(points[first - 1].residual);
	int open_above = last == count - 1 || isnan(points[last + 1].residual);
	weir_solve_point from = points[first], to = points[last], below, above;
	weir_solution_kind kind = WEIR_SOLUTION_ROOT;
	if (!open_below) {
		below = points[first - 1];
		WEIR_TRY(weir_solve_narrow(s, &below, &from, WEIR_SOLVE_IS_EQUAL, 0, NULL));
	}
	if (!open_above) {
		above = points[last + 1];
		WEIR_TRY(weir_solve_narrow(s, &to, &above, WEIR_SOLVE_IS_EQUAL, 0, NULL));
	}
	if (!open_below && !open_above && weir_solve_sign(&below) == weir_solve_sign(&above))
		kind = WEIR_SOLUTION_TOUCHES;
	else if (from.step == s->from && to.step == s->to)
		kind = WEIR_SOLUTION_ALWAYS;
	add_around(s, kind, from.step, to.step);
out:
	return status;
}

static double lesser(double a, double b)
{
	return b < a ? b : a;
}

static double greater(double a, double b)
{
	return b > a ? b : a;
}

/* How near the sides must come to count as equal but for the unit that they are counted in. */
static double counted_unit(const weir_solve_search *s)
{
	switch (s->side_type) {
	case WEIR_TYPE_MONEY:
		return 1;
	case WEIR_TYPE_DATE:
	case WEIR_TYPE_DAYS:
	case WEIR_TYPE_MONTHS:
		return 0;
	default:
		return EXACT_RATIO;
	}
}

/* Whether the sides pass each other at once: they change more between two neighbouring values than over a long
 * stretch beside them. */
static int is_jump(const weir_solve_search *s, const weir_solve_point *low, const weir_solve_point *high,
                   double long_change)
{
	double settled = s->side_type == WEIR_TYPE_MONEY ? SETTLED_CENTS : counted_unit(s);
	double least = lesser(fabs(low->residual), fabs(high->residual));
	return least > settled && fabs(high->residual - low->residual) > long_change / 2;
}

/* What the sides change in the widest step beside points[at] and the next; INFINITY where there is none. */
static double change_beside(const weir_solve_point *points, int count, int at)
{
	double most = -1;
	if (at > 0)
		most = fabs(points[at].residual - points[at - 1].residual);
	if (at + 2 < count)
		most = greater(most, fabs(points[at + 2].residual - points[at + 1].residual));
	return most >= 0 ? most : INFINITY;
}

/* Values next to each other on both sides of a change of order, none of them equal: all that come as near as the
 * nearest. */
static weir_status add_nearest(weir_solve_search *s, const weir_solve_point *start, const weir_solve_point *low,
                               const weir_solve_point *high, const weir_solve_point *end, double long_change)
{
	weir_status status = WEIR_OK;
	double a = fabs(low->residual), b = fabs(high->residual), least = lesser(a, b);
	weir_solve_point first = *start, from = a <= b ? *low : *high, last = *end, to = b <= a ? *high : *low;
	if (is_jump(s, low, high, long_change)) {
		weir_solve_add(s, WEIR_SOLUTION_JUMP, from.step, low->step, high->step);
		return WEIR_OK;
	}
	if (a <= b && fabs(first.residual) > least)
		WEIR_TRY(weir_solve_narrow(s, &first, &from, WEIR_SOLVE_IS_AS_NEAR, least, NULL));
	else if (a <= b)
		from = first;
	if (b <= a && fabs(last.residual) > least)
		WEIR_TRY(weir_solve_narrow(s, &to, &last, WEIR_SOLVE_IS_AS_NEAR, least, NULL));
	else if (b <= a)
		to = last;
	add_around(s, WEIR_SOLUTION_ROOT, from.step, to.step);
out:
	return status;
}

/* points[at] and the next are of opposite order. */
static weir_status add_crossing(weir_solve_search *s, const weir_solve_point *points, int count, int at)
{
	weir_status status;
	weir_solve_point low = points[at], high = points[at + 1], to, above = points[at + 1];
	int is_step = high.step - low.step == 1;
	double change = is_step ? 16 * change_beside(points, count, at) : fabs(high.residual - low.residual);
	WEIR_TRY(weir_solve_narrow(s, &low, &high, WEIR_SOLVE_HAS_SIGN, 0, &change));
	if (isnan(high.residual)) /* they do not meet: in between they do not exist */
		return WEIR_OK;
	if (high.residual != 0)
		return add_nearest(s, &points[at], &low, &high, &points[at + 1], change);
	to = high;
	WEIR_TRY(weir_solve_narrow(s, &to, &above, WEIR_SOLVE_IS_EQUAL, 0, NULL));
	add_around(s, WEIR_SOLUTION_ROOT, high.step, to.step);
out:
	return status;
}

/* Every change of order among the points, and every run of equal ones. Wide changes are looked at with 64 points
 * first, because they may hold several. */
static weir_status add_roots(weir_solve_search *s, const weir_solve_point *points, int count, int look_closer)
{
	weir_status status = WEIR_OK;
	weir_solve_point inner[WEIR_SOLVE_TOGETHER];
	int inner_count;
	for (int i = 0; i < count; i++) {
		int last = i;
		if (points[i].residual == 0) {
			while (last + 1 < count && points[last + 1].residual == 0)
				last++;
			WEIR_TRY(add_equal(s, points, count, i, last));
			i = last;
		} else if (i + 1 < count && weir_solve_sign(&points[i]) * weir_solve_sign(&points[i + 1]) < 0) {
			if (look_closer && points[i + 1].step - points[i].step > WEIR_LANES) {
				WEIR_TRY(weir_solve_between(s, &points[i], &points[i + 1], inner, &inner_count));
				WEIR_TRY(add_roots(s, inner, inner_count, 0));
			} else {
				WEIR_TRY(add_crossing(s, points, count, i));
			}
		}
	}
out:
	return status;
}

/* --- where the sides come near without changing order --------------------------------------------------------- */

static double distance(const weir_solve_point *p)
{
	return fabs(p->residual);
}

/* Of another order; of a condition, of another outcome or of opposite order. */
static int differ(const weir_solve_search *s, const weir_solve_point *a, const weir_solve_point *b)
{
	int first = weir_solve_sign(a), second = weir_solve_sign(b);
	return s->is_equation ? first != second : a->holds != b->holds || first * second < 0;
}

/* Points first .. last are as near as each other, and nearer than the points beside them, all of one order (of a
 * condition: of one outcome). 0 at the ends of what is known. */
static int is_least(const weir_solve_search *s, const weir_solve_point *points, int count, int first, int last)
{
	if (first == 0 || last == count - 1 || isnan(points[first].residual))
		return 0;
	for (int i = first - 1; i <= last + 1; i++)
		if (isnan(points[i].residual) || differ(s, &points[i], &points[first]))
			return 0;
	return distance(&points[first - 1]) > distance(&points[first]) &&
	       distance(&points[last + 1]) > distance(&points[last]);
}

/* A least that is far compared with how fast the sides move beside it hides nothing. */
static int may_touch(const weir_solve_search *s, const weir_solve_point *points, int first, int last)
{
	double least = distance(&points[first]);
	double slope = greater(distance(&points[first - 1]) - least, distance(&points[last + 1]) - least);
	return least <= 4 * slope + counted_unit(s);
}

/* Whether the points between the first and the last tell something new: another order, or another outcome. */
static int has_change(const weir_solve_search *s, const weir_solve_point *points, int count)
{
	for (int i = 1; i + 1 < count; i++)
		if (differ(s, &points[i], &points[0]))
			return 1;
	return 0;
}

/* The nearest of the points; of equal ones the first. */
static int find_least(const weir_solve_point *points, int count)
{
	int least = 0;
	for (int i = 1; i < count; i++)
		if (distance(&points[i]) < distance(&points[least]))
			least = i;
	return least;
}

/* Three values next to each other with the least in the middle, and how much farther off the ends of a long
 * stretch around them are; below 0 when there was none. */
typedef struct valley {
	weir_solve_point low, middle, high;
	double depth;
} valley;

/* Whether the sides are equal there but for the steps of the number or of the money: what they move between
 * neighbours is as much as they lack, and next to nothing of what they move on the way there, so that no jump
 * ends the approach. */
static int is_touch(const weir_solve_search *s, const valley *v)
{
	double least = distance(&v->middle), moves = greater(distance(&v->low), distance(&v->high)) - least;
	return least <= counted_unit(s) || (least <= moves && moves <= v->depth / 2);
}

static weir_status judge_touch(weir_solve_search *s, const valley *v, const weir_solve_point *start,
                               const weir_solve_point *end)
{
	weir_status status = WEIR_OK;
	double least = distance(&v->middle);
	weir_solve_point first = *start, from = v->middle, to = v->middle, last = *end;
	if (!s->is_equation || !is_touch(s, v))
		return WEIR_OK;
	WEIR_TRY(weir_solve_narrow(s, &first, &from, WEIR_SOLVE_IS_AS_NEAR, least, NULL));
	WEIR_TRY(weir_solve_narrow(s, &to, &last, WEIR_SOLVE_IS_AS_NEAR, least, NULL));
	add_around(s, WEIR_SOLUTION_TOUCHES, from.step, to.step);
out:
	return status;
}

/* Looks closer and closer where the sides come nearest between two points of one order. */
static weir_status follow_least(weir_solve_search *s, const weir_solve_point *start, const weir_solve_point *end)
{
	weir_status status = WEIR_OK;
	weir_solve_point points[WEIR_SOLVE_TOGETHER];
	valley v = { .low = *start, .high = *end, .depth = -1 };
	int count;
	while (v.high.step - v.low.step > 1) {
		WEIR_TRY(weir_solve_between(s, &v.low, &v.high, points, &count));
		if (has_change(s, points, count))
			return s->is_equation ? add_roots(s, points, count, 0) : weir_solve_turns(s, points, count);
		int least = find_least(points, count);
		if (least == 0 || least == count - 1)
			return WEIR_OK;
		v.middle = points[least];
		if (v.high.step - v.low.step >= WEIR_SOLVE_SMOOTH)
			v.depth = greater(distance(&v.low), distance(&v.high)) - distance(&v.middle);
		v.low = points[least - 1];
		v.high = points[least + 1];
		if (v.high.step - v.low.step == 2)
			return judge_touch(s, &v, start, end);
	}
out:
	return status;
}

/* Whether a least may hide between the end of what is known and the point beside it. */
static int may_hide(const weir_solve_search *s, const weir_solve_point *end, const weir_solve_point *beside)
{
	double least = distance(end), slope = distance(beside) - least;
	return !isnan(slope) && slope > 0 && least <= 4 * slope + counted_unit(s) && !differ(s, end, beside);
}

static int is_known(const weir_solve_search *s, int at)
{
	return at >= 0 && at < s->count && !isnan(s->points[at].residual);
}

/* Every least among the points of the scan. */
static weir_status add_leasts(weir_solve_search *s)
{
	weir_status status = WEIR_OK;
	const weir_solve_point *points = s->points;
	for (int first = 0; first < s->count; first++) {
		int last = first;
		if (!is_known(s, first))
			continue;
		int below = is_known(s, first - 1), above = is_known(s, first + 1);
		if (!below && above && may_hide(s, &points[first], &points[first + 1]))
			WEIR_TRY(follow_least(s, &points[first], &points[first + 1]));
		if (!above && below && may_hide(s, &points[first], &points[first - 1]))
			WEIR_TRY(follow_least(s, &points[first - 1], &points[first]));
		while (last + 1 < s->count && points[last + 1].residual == points[first].residual)
			last++;
		if (is_least(s, points, s->count, first, last) && may_touch(s, points, first, last))
			WEIR_TRY(follow_least(s, &points[first - 1], &points[last + 1]));
		first = last;
	}
out:
	return status;
}

/* Nothing was found: where the sides come nearest, so that the answer says how near. */
static weir_status follow_nearest(weir_solve_search *s)
{
	int least = -1;
	for (int i = 0; i < s->count; i++)
		if (is_known(s, i) && (least < 0 || distance(&s->points[i]) < distance(&s->points[least])))
			least = i;
	if (least < 0)
		return WEIR_OK;
	int low = is_known(s, least - 1) ? least - 1 : least, high = is_known(s, least + 1) ? least + 1 : least;
	return follow_least(s, &s->points[low], &s->points[high]);
}

/* --- the search ----------------------------------------------------------------------------------------------- */

/* What the block says of the points from `first` on, for every part of a condition. */
static weir_status read_parts(weir_solve_search *s, int first, int count)
{
	weir_status status = WEIR_OK;
	double difference[WEIR_LANES];
	weir_lane_reader reader = weir_solve_reader(s);
	for (int part = 0; part < s->part_count; part++) {
		WEIR_TRY(weir_metric_read_part(difference, NULL, s->terms->until, part, &reader, count));
		memcpy(s->parts + (size_t)part * WEIR_SOLVE_POINTS + first, difference,
		       (size_t)count * sizeof *s->parts);
	}
out:
	return status;
}

static weir_status scan(weir_solve_search *s)
{
	weir_status status = WEIR_OK;
	int64_t width = s->to - s->from;
	int count = width + 1 < WEIR_SOLVE_POINTS ? (int)(width + 1) : WEIR_SOLVE_POINTS;
	for (int i = 0; i < count; i++)
		s->points[i].step = s->from + (int64_t)((__int128)width * i / (count - 1));
	for (int i = 0; i < count; i += WEIR_LANES) {
		int together = count - i < WEIR_LANES ? count - i : WEIR_LANES;
		WEIR_TRY(weir_solve_try(s, s->points + i, together));
		WEIR_TRY(read_parts(s, i, together));
	}
	s->count = s->out->scanned = count;
	s->out->scanned_all = count == width + 1;
out:
	return status;
}

/* Adds to the points the last values at which the sides exist, next to those at which they do not. */
static weir_status add_edges(weir_solve_search *s)
{
	weir_status status = WEIR_OK;
	int count = s->count;
	for (int i = 0; i + 1 < count; i++) {
		weir_solve_point low = s->points[i], high = s->points[i + 1];
		if (isnan(low.residual) == isnan(high.residual))
			continue;
		WEIR_TRY(weir_solve_narrow(s, &low, &high, WEIR_SOLVE_IS_THERE, 0, NULL));
		s->points[s->count++] = low;
		s->points[s->count++] = high;
	}
	s->count = weir_solve_sort(s->points, s->count);
out:
	return status;
}

/* Where a condition may change between the points of the scan: where its sides change order, or come near. */
static weir_status look_between(weir_solve_search *s)
{
	weir_status status;
	WEIR_TRY(add_edges(s));
	WEIR_TRY(weir_solve_turns(s, s->points, s->count));
	status = add_leasts(s);
out:
	return status;
}

static weir_status search_condition(weir_solve_search *s)
{
	weir_status status = WEIR_OK;
	weir_solve_keep(s, s->points, s->count);
	if (s->has_sides)
		WEIR_TRY(look_between(s));
	if (s->has_sides && !s->points[0].holds && !weir_solve_has_turned(s))
		WEIR_TRY(follow_nearest(s));
	for (int part = 0; part < s->part_count; part++) {
		weir_solve_load_part(s, part);
		WEIR_TRY(look_between(s));
	}
	s->part = -1;
	status = weir_solve_add_intervals(s);
out:
	return status;
}

static weir_status search_equation(weir_solve_search *s)
{
	weir_status status;
	WEIR_TRY(add_edges(s));
	WEIR_TRY(add_roots(s, s->points, s->count, 1));
	WEIR_TRY(add_leasts(s));
	if (s->out->count == 0)
		WEIR_TRY(follow_nearest(s));
out:
	return status;
}

static int compare_solutions(const void *a, const void *b)
{
	const weir_solution *x = a, *y = b; /* what begins and ceases at one value begins first */
	return x->value != y->value ? (x->value > y->value) - (x->value < y->value) : (int)x->kind - (int)y->kind;
}

/* What the closing brings less what it takes, in the first lane. */
static double read_closing_gap(const weir_solve_search *s)
{
	weir_period_lanes closing;
	weir_lane_reader reader = weir_solve_reader(s);
	weir_opening_lanes_read(&closing, &reader);
	return weir_plan_closing_gap(s->plan, closing.other_in[0], closing.closing_cash[0] + closing.reserve_net[0]);
}

/* Runs what was found by itself, with the values beside it; `rest` tells whether the other conditions hold. */
static weir_status read_solution(weir_solve_search *s, weir_solution *found, int *rest)
{
	weir_status status;
	int64_t steps[] = { (int64_t)weir_round_half_away(found->value * s->steps_per_unit),
		            (int64_t)weir_round_half_away(found->from * s->steps_per_unit) - 1,
		            (int64_t)weir_round_half_away(found->to * s->steps_per_unit) + 1 };
	weir_solve_point points[3];
	double *residuals[] = { &found->residual, &found->residual_below, &found->residual_above };
	for (int i = 0; i < 3; i++) {
		int outside = steps[i] < s->from || steps[i] > s->to;
		points[i] = (weir_solve_point){ .step = outside ? steps[0] : steps[i] };
	}
	WEIR_TRY(weir_solve_try(s, points, 3));
	for (int i = 0; i < 3; i++)
		*residuals[i] = steps[i] < s->from || steps[i] > s->to ? NAN : points[i].residual;
	found->closing_gap_cents = read_closing_gap(s);
	*rest = points[0].rest;
out:
	return status;
}

static weir_status conclude(weir_solve_search *s)
{
	weir_status status = WEIR_OK;
	weir_solve *out = s->out;
	int kept = 0, rest;
	qsort(out->items, (size_t)out->count, sizeof *out->items, compare_solutions);
	for (int i = 0; i < out->count; i++) {
		int jumps = out->items[i].kind == WEIR_SOLUTION_JUMP;
		WEIR_TRY(read_solution(s, &out->items[i], &rest));
		out->refused += !rest && !jumps;
		if (!rest)
			continue;
		out->found += !jumps;
		out->items[kept++] = out->items[i];
	}
	out->count = kept;
	if (s->nearest_by < INFINITY)
		out->nearest = weir_solve_value(s, s->nearest);
out:
	return status;
}

/* The ends of the range first, so that one that cannot be is complained about once. */
static weir_status try_ends(weir_solve_search *s)
{
	weir_solve_point ends[] = { { .step = s->from }, { .step = s->to } };
	return weir_solve_try(s, ends, 2);
}

static weir_status search_range(weir_solve_search *s)
{
	weir_status status;
	WEIR_TRY(try_ends(s));
	WEIR_TRY(scan(s));
	WEIR_TRY(s->is_equation ? search_equation(s) : search_condition(s));
	status = conclude(s);
out:
	return status;
}

static weir_status set_range(weir_solve_search *s)
{
	const weir_solve_terms *terms = s->terms;
	s->steps_per_unit = weir_vary_steps(weir_vary_unit_of(s->plan, terms->vary));
	s->from = (int64_t)weir_round_half_away(terms->from * s->steps_per_unit);
	s->to = (int64_t)weir_round_half_away(terms->to * s->steps_per_unit);
	s->out->step = 1 / s->steps_per_unit;
	s->out->from = weir_solve_value(s, s->from);
	s->out->to = weir_solve_value(s, s->to);
	if (s->from < s->to)
		return WEIR_OK;
	weir_diag_error(s->diags, OUT_OF_RANGE, (weir_place){ 0 },
	                "the range of \"%s\" holds less than one step; give a lower end below its upper end",
	                terms->vary);
	return WEIR_INPUT;
}

/* A search for a parameter of the plan projects the pool once, unless a set is neither a parameter nor a number
 * of the pool (a supporter's month). */
static void find_settings(weir_solve_search *s)
{
	const weir_solve_terms *terms = s->terms;
	int varies_pool = !weir_plan_find_parameter(s->plan, terms->vary);
	for (int i = 0; i < terms->set_count; i++) {
		const char *name = terms->sets[i].name;
		varies_pool |= !weir_plan_find_parameter(s->plan, name) && !weir_pool_knows(name);
	}
	for (int i = 0; i < s->overlay_count; i++)
		if (weir_plan_find_parameter(s->plan, s->overlays[i].name))
			s->settings[s->setting_count++] = s->overlays[i];
	s->settings = varies_pool ? NULL : s->settings;
}

/* The sets, then the varied number, then the variant; whatever memory the search needs. */
static weir_status prepare(weir_solve_search *s, weir_arena *arena)
{
	weir_status status;
	const weir_solve_terms *terms = s->terms;
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_overlay variant;
	int variant_count;
	s->points = weir_arena_array(arena, 3 * WEIR_SOLVE_POINTS, sizeof *s->points);
	s->kept = weir_arena_array(arena, s->is_equation ? 1 : WEIR_SOLVE_KEPT, sizeof *s->kept);
	s->parts = weir_arena_array(arena, (size_t)s->part_count * WEIR_SOLVE_POINTS + 1, sizeof *s->parts);
	s->values = weir_arena_array(arena, WEIR_LANES, sizeof *s->values);
	s->overlays = weir_arena_array(arena, (size_t)terms->set_count + 2, sizeof *s->overlays);
	s->settings = weir_arena_array(arena, (size_t)terms->set_count + 2, sizeof *s->settings);
	s->out->items = weir_arena_array(arena, WEIR_MOST_SOLUTIONS, sizeof *s->out->items);
	if (!s->points || !s->kept || !s->parts || !s->values || !s->overlays || !s->settings || !s->out->items)
		return WEIR_NO_MEMORY;
	if (terms->set_count)
		memcpy(s->overlays, terms->sets, (size_t)terms->set_count * sizeof *s->overlays);
	s->overlay_count = terms->set_count;
	s->overlays[s->overlay_count++] = (weir_overlay){ .name = terms->vary, .values = s->values };
	WEIR_TRY(weir_variant_overlay(&variant, &variant_count, arena, s->plan, terms->variant, s->diags));
	if (variant_count)
		s->overlays[s->overlay_count++] = variant;
	find_settings(s);
	status = weir_block_create(&s->block, s->plan, &options);
out:
	return status;
}

weir_status weir_solve_find(weir_solve *out, weir_arena *arena, const weir_plan *plan, const weir_solve_terms *terms,
                            weir_diags *diags)
{
	weir_status status;
	weir_operation operation = weir_metric_comparison(terms->until);
	weir_solve_search s = { .plan = plan,
		                .terms = terms,
		                .diags = diags,
		                .out = out,
		                .nearest_by = INFINITY,
		                .has_sides = operation != WEIR_OP_CONSTANT,
		                .is_equation = operation == WEIR_OP_EQUAL,
		                .part = -1,
		                .side_type = weir_metric_side_type(terms->until) };
	*out = (weir_solve){ .nearest = NAN, .nearest_residual = NAN };
	s.part_count = s.is_equation ? 0 : weir_metric_part_count(terms->until);
	WEIR_TRY(set_range(&s));
	WEIR_TRY(prepare(&s, arena));
	status = search_range(&s);
out:
	weir_block_destroy(s.block);
	return status;
}
