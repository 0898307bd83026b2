/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/break_even.h"

#include <math.h>
#include <stdint.h>

#include "study/lane_figures.h"

#define SCAN_BLOCKS 8
#define MOST_POINTS (SCAN_BLOCKS * WEIR_LANES + 1)

typedef struct search {
	weir_block *block;
	const weir_plan *plan;
	const weir_break_even_terms *terms;
	weir_diags *diags;
	double steps_per_unit;
	weir_overlay variant;  /* laid over too when variant_count is 1 */
	int variant_count;
	weir_scenario *laid;   /* [lanes] the scenario with the terms' shock behind it; NULL without that shock */
} search;

static double value_at(const search *s, int64_t steps)
{
	return (double)steps / s->steps_per_unit;
}

/* Each lane's own copy of the scenario, with room for the shock. */
static weir_status lay_shock(search *s, weir_arena *arena)
{
	const weir_scenario *base = s->terms->scenario;
	int own = base ? base->shock_count : 0;
	if (!s->terms->shock)
		return WEIR_OK;
	s->laid = weir_arena_array(arena, WEIR_LANES, sizeof *s->laid);
	for (int l = 0; s->laid && l < WEIR_LANES; l++) {
		weir_shock *shocks = weir_arena_array(arena, (size_t)own + 1, sizeof *shocks);
		if (!shocks)
			return WEIR_NO_MEMORY;
		for (int i = 0; i < own; i++)
			shocks[i] = base->shocks[i];
		shocks[own] = *s->terms->shock;
		s->laid[l] = base ? *base : (weir_scenario){ 0 };
		s->laid[l].shocks = shocks;
		s->laid[l].shock_count = own + 1;
	}
	return s->laid ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status run_values(search *s, const double *values, int count)
{
	const weir_scenario *scenarios[WEIR_LANES] = { NULL };
	weir_overlay overlays[] = { { .name = s->terms->vary, .values = values }, s->variant };
	int first = s->laid != NULL;
	for (int l = 0; l < count; l++) {
		scenarios[l] = s->laid ? &s->laid[l] : s->terms->scenario;
		if (!s->laid)
			continue;
		weir_shock *shock = &s->laid[l].shocks[s->laid[l].shock_count - 1];
		shock->value = shock->kind == WEIR_SHOCK_RECEIPTS ? weir_rate_normal(1 - values[l]) : values[l];
	}
	return weir_block_run(s->block, scenarios, count, overlays + first, 1 - first + s->variant_count, s->diags);
}

/* Runs one block of points and tells which survive. */
static weir_status try_points(search *s, const int64_t *steps, int count, char *outcome)
{
	weir_status status;
	double values[WEIR_LANES] = { 0 };
	char survives[WEIR_LANES];
	for (int l = 0; l < count; l++)
		values[l] = value_at(s, steps[l]);
	WEIR_TRY(run_values(s, values, count));
	weir_survival_read(survives, s->plan, weir_block_result(s->block), s->terms->class_number, s->terms->survival);
	for (int l = 0; l < count; l++)
		outcome[l] = survives[l];
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
	*out = (weir_crossing){ .below = value_at(s, low), .survives_below = at_low };
out:
	return status;
}

static weir_status scan(search *s, int64_t *steps, char *outcome, int count, int64_t from, int64_t to)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < count; i++)
		steps[i] = from + (int64_t)((__int128)(to - from) * i / (count - 1));
	for (int i = 0; i < count; i += WEIR_LANES) {
		int lanes = count - i < WEIR_LANES ? count - i : WEIR_LANES;
		WEIR_TRY(try_points(s, steps + i, lanes, outcome + i));
	}
out:
	return status;
}

static void read_defaulted(double *shares, const search *s, int count)
{
	weir_lane_reader reader = { s->plan, weir_block_result(s->block), weir_block_rows(s->block) };
	for (int l = 0; l < count; l++)
		shares[l] = weir_lane_defaulted_share(&reader, l);
}

/* Runs the crossings once more, and the largest value, for what defaults there. */
static weir_status add_defaulted(search *s, weir_break_even *out)
{
	weir_status status = WEIR_OK;
	double values[WEIR_LANES] = { 0 }, shares[WEIR_LANES];
	for (int i = 0; i < out->count; i += WEIR_LANES) {
		int lanes = out->count - i < WEIR_LANES ? out->count - i : WEIR_LANES;
		for (int l = 0; l < lanes; l++)
			values[l] = out->crossings[i + l].below;
		WEIR_TRY(run_values(s, values, lanes));
		read_defaulted(shares, s, lanes);
		for (int l = 0; l < lanes; l++)
			out->crossings[i + l].defaulted_share = shares[l];
	}
	if (isnan(out->largest))
		goto out;
	WEIR_TRY(run_values(s, &out->largest, 1));
	read_defaulted(&out->largest_defaulted_share, s, 1);
out:
	return status;
}

static void conclude(weir_break_even *out, double to)
{
	out->monotone = out->count == 0 || (out->count == 1 && out->crossings[0].survives_below);
	out->largest = !out->survives_from ? NAN : out->count ? out->crossings[0].below : to;
	out->largest_defaulted_share = NAN;
}

static weir_status search_range(search *s, weir_break_even *out, int64_t *steps, char *outcome)
{
	weir_status status;
	int64_t from = (int64_t)weir_round_half_away(s->terms->from * s->steps_per_unit);
	int64_t to = (int64_t)weir_round_half_away(s->terms->to * s->steps_per_unit);
	int count = to - from + 1 < MOST_POINTS ? (int)(to - from + 1) : MOST_POINTS;
	if (count < 2) {
		weir_diag_error(s->diags, OUT_OF_RANGE, (weir_place){ 0 },
		                "the range of \"%s\" holds less than one step; give a lower end below its upper end",
		                s->terms->vary ? s->terms->vary : "default_total");
		return WEIR_INPUT;
	}
	WEIR_TRY(scan(s, steps, outcome, count, from, to));
	for (int i = 0; i + 1 < count; i++)
		if (outcome[i] != outcome[i + 1])
			WEIR_TRY(refine(s, steps[i], steps[i + 1], outcome[i], &out->crossings[out->count++]));
	out->survives_from = outcome[0];
	out->survives_to = outcome[count - 1];
	conclude(out, value_at(s, to));
	status = add_defaulted(s, out);
out:
	return status;
}

weir_status weir_break_even_find(weir_break_even *out, weir_arena *arena, const weir_plan *plan,
                                 const weir_break_even_terms *terms, weir_diags *diags)
{
	weir_status status = WEIR_NO_MEMORY;
	search s = { .plan = plan, .terms = terms, .diags = diags };
	s.steps_per_unit = weir_vary_steps(terms->vary ? weir_vary_unit_of(plan, terms->vary) : WEIR_VARY_RATE);
	size_t classes = (size_t)weir_plan_deal(plan)->class_count;
	int64_t *steps = weir_arena_array(arena, MOST_POINTS, sizeof *steps);
	char *outcome = weir_arena_array(arena, MOST_POINTS, 1);
	int *records = weir_arena_array(arena, classes * 2 + 2, sizeof *records);
	*out = (weir_break_even){ .step = 1 / s.steps_per_unit };
	out->crossings = weir_arena_array(arena, MOST_POINTS, sizeof *out->crossings);
	if (!steps || !outcome || !records || !out->crossings)
		return WEIR_NO_MEMORY;
	weir_run_options options = { .trace_lane = -1, .records = records,
		                     .record_count = weir_survival_records(records, plan) };
	if (weir_plan_registers(plan)->sold >= 0)
		records[options.record_count++] = weir_plan_registers(plan)->sold;
	WEIR_TRY(weir_variant_overlay(&s.variant, &s.variant_count, arena, plan, terms->variant, diags));
	WEIR_TRY(lay_shock(&s, arena));
	WEIR_TRY(weir_block_create(&s.block, plan, &options));
	status = search_range(&s, out, steps, outcome);
out:
	weir_block_destroy(s.block);
	return status;
}
