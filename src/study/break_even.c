/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/break_even.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define SCAN_BLOCKS 8
#define SCAN_POINTS (SCAN_BLOCKS * WEIR_LANES + 1)
#define STEPS_PER_UNIT 1e9

typedef struct search {
	weir_block *block;
	const weir_plan *plan;
	const weir_break_even_terms *terms;
	weir_diags *diags;
} search;

static int owes(const weir_run *run, int register_number, int lane)
{
	return register_number >= 0 && weir_run_final(run, register_number)[lane] > 0;
}

static int owed_in_period(const weir_run *run, int register_number, int period, int lane)
{
	const double *lanes = weir_run_record(run, register_number, period);
	return lanes && lanes[lane] > 0;
}

static int class_survives(const search *s, const weir_run *run, int number, int lane)
{
	const weir_class_registers *c = &weir_plan_registers(s->plan)->classes[number];
	if (s->terms->survival != WEIR_SURVIVE_FIRST_MISSED &&
	    (owes(run, c->balance, lane) || owes(run, c->interest_unpaid, lane)))
		return 0;
	if (s->terms->survival == WEIR_SURVIVE_FIRST_LOSS)
		return 1;
	for (int p = 1; p < weir_plan_periods(s->plan)->count; p++)
		if (owed_in_period(run, c->interest_unpaid, p, lane) || owed_in_period(run, c->principal_unpaid, p, lane))
			return 0;
	return 1;
}

static int survives(const search *s, const weir_run *run, int lane)
{
	const weir_deal *deal = weir_plan_deal(s->plan);
	if (s->terms->class_number >= 0)
		return class_survives(s, run, s->terms->class_number, lane);
	for (int i = 0; i < deal->class_count; i++)
		if (!deal->classes[i].subordinated && !class_survives(s, run, i, lane))
			return 0;
	return 1;
}

static double value_at(int64_t steps)
{
	return (double)steps / STEPS_PER_UNIT;
}

/* Runs one block of points and tells which survive. */
static weir_status try_points(search *s, const int64_t *steps, int count, char *outcome)
{
	weir_status status;
	const weir_scenario *scenarios[WEIR_LANES] = { NULL };
	double values[WEIR_LANES];
	for (int l = 0; l < count; l++) {
		scenarios[l] = s->terms->scenario;
		values[l] = value_at(steps[l]);
	}
	weir_overlay overlay = { .name = s->terms->vary, .values = values };
	WEIR_TRY(weir_block_run(s->block, scenarios, count, &overlay, 1, s->diags));
	for (int l = 0; l < count; l++)
		outcome[l] = (char)survives(s, weir_block_result(s->block), l);
out:
	return status;
}

/* Narrows (low, high), whose ends differ, to neighbouring steps: 64 points at a time. */
static weir_status refine(search *s, int64_t low, int64_t high, int at_low, weir_crossing *out)
{
	weir_status status = WEIR_OK;
	while (high - low > 1) {
		int64_t steps[WEIR_LANES];
		char outcome[WEIR_LANES];
		int count = high - low - 1 < WEIR_LANES ? (int)(high - low - 1) : WEIR_LANES;
		for (int l = 0; l < count; l++)
			steps[l] = low + (int64_t)((__int128)(high - low) * (l + 1) / (count + 1));
		WEIR_TRY(try_points(s, steps, count, outcome));
		int64_t next_low = low, next_high = high;
		for (int l = 0; l < count && next_high == high; l++) {
			if (outcome[l] == at_low)
				next_low = steps[l];
			else
				next_high = steps[l];
		}
		low = next_low;
		high = next_high;
	}
	*out = (weir_crossing){ value_at(low), at_low };
out:
	return status;
}

static weir_status scan(search *s, int64_t *steps, char *outcome, int64_t from, int64_t to)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < SCAN_POINTS; i++)
		steps[i] = from + (int64_t)((__int128)(to - from) * i / (SCAN_POINTS - 1));
	for (int i = 0; i < SCAN_POINTS; i += WEIR_LANES) {
		int count = SCAN_POINTS - i < WEIR_LANES ? SCAN_POINTS - i : WEIR_LANES;
		WEIR_TRY(try_points(s, steps + i, count, outcome + i));
	}
out:
	return status;
}

static void conclude(weir_break_even *out, const weir_break_even_terms *terms)
{
	out->monotone = out->count == 0 || (out->count == 1 && out->crossings[0].survives_below);
	out->largest = !out->survives_from ? NAN : out->count ? out->crossings[0].below : terms->to;
}

/* Registers whose history a class's survival needs. */
static int list_records(const weir_plan *plan, int *records)
{
	int count = 0;
	for (int i = 0; i < weir_plan_deal(plan)->class_count; i++) {
		const weir_class_registers *c = &weir_plan_registers(plan)->classes[i];
		if (c->interest_unpaid >= 0)
			records[count++] = c->interest_unpaid;
		if (c->principal_unpaid >= 0)
			records[count++] = c->principal_unpaid;
	}
	return count;
}

weir_status weir_break_even_find(weir_break_even *out, weir_arena *arena, const weir_plan *plan,
                                 const weir_break_even_terms *terms, weir_diags *diags)
{
	weir_status status = WEIR_NO_MEMORY;
	search s = { .plan = plan, .terms = terms, .diags = diags };
	size_t classes = (size_t)weir_plan_deal(plan)->class_count;
	int64_t *steps = weir_arena_array(arena, SCAN_POINTS, sizeof *steps);
	char *outcome = weir_arena_array(arena, SCAN_POINTS, 1);
	int *records = weir_arena_array(arena, classes * 2 + 1, sizeof *records);
	*out = (weir_break_even){ 0 };
	out->crossings = weir_arena_array(arena, SCAN_POINTS, sizeof *out->crossings);
	if (!steps || !outcome || !records || !out->crossings)
		return WEIR_NO_MEMORY;
	weir_run_options options = { .trace_lane = -1, .records = records,
		                     .record_count = list_records(plan, records) };
	WEIR_TRY(weir_block_create(&s.block, plan, &options));
	WEIR_TRY(scan(&s, steps, outcome, (int64_t)weir_round_half_away(terms->from * STEPS_PER_UNIT),
	              (int64_t)weir_round_half_away(terms->to * STEPS_PER_UNIT)));
	for (int i = 0; i + 1 < SCAN_POINTS; i++)
		if (outcome[i] != outcome[i + 1])
			WEIR_TRY(refine(&s, steps[i], steps[i + 1], outcome[i], &out->crossings[out->count++]));
	out->survives_from = outcome[0];
	out->survives_to = outcome[SCAN_POINTS - 1];
	conclude(out, terms);
out:
	weir_block_destroy(s.block);
	return status;
}
