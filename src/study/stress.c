/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/stress.h"

#include <math.h>
#include <stdint.h>

#include "study/lane_figures.h"

/* An axis in whole steps. */
typedef struct axis {
	const char *name;
	int64_t from, step, count;
	double steps_per_unit;
} axis;

typedef struct study {
	const weir_plan *plan;
	const weir_stress_terms *terms;
	weir_block *block;
	axis *axes;
	weir_lane *lanes;        /* [axes] values of the block at hand */
	weir_overlay *overlays;  /* [axes + 1] */
	int overlay_count;
	double *values;          /* [rows][axes] */
	weir_stress_class *classes; /* [rows][classes] */
} study;

/* --- the grid --------------------------------------------------------------------------------------------------- */

static weir_status resolve_axis(axis *out, const weir_plan *plan, const weir_stress_axis *terms, weir_diags *diags)
{
	if (!weir_block_knows(plan, terms->name)) {
		weir_block_complain_unknown(plan, terms->name, (weir_place){ 0 }, diags);
		return WEIR_INPUT;
	}
	double steps = weir_vary_steps(weir_vary_unit_of(plan, terms->name));
	*out = (axis){ .name = terms->name, .steps_per_unit = steps };
	if (fabs(terms->from * steps) < WEIR_CENTS_MAX && fabs(terms->to * steps) < WEIR_CENTS_MAX &&
	    fabs(terms->step * steps) < WEIR_CENTS_MAX) {
		int64_t to = (int64_t)weir_round_half_away(terms->to * steps);
		out->from = (int64_t)weir_round_half_away(terms->from * steps);
		out->step = (int64_t)weir_round_half_away(terms->step * steps);
		if (out->step > 0 && to >= out->from) {
			out->count = (to - out->from) / out->step + 1;
			return WEIR_OK;
		}
	}
	weir_diag_error(
		diags, OUT_OF_RANGE, (weir_place){ 0 },
		"\"%s\" cannot go from %.10g to %.10g by %.10g; give a step above 0 and an end not below the start",
		terms->name, terms->from, terms->to, terms->step);
	return WEIR_INPUT;
}

/* How many rows there are; 0, having complained, when they are too many. */
static size_t count_rows(const study *s, weir_diags *diags)
{
	int64_t rows = s->terms->scenario_count > 0 ? s->terms->scenario_count : 1;
	for (int a = 0; a < s->terms->axis_count && rows <= WEIR_STRESS_MOST; a++)
		rows = s->axes[a].count > WEIR_STRESS_MOST ? WEIR_STRESS_MOST + 1 : rows * s->axes[a].count;
	if (rows <= WEIR_STRESS_MOST)
		return (size_t)rows;
	weir_diag_error(diags, OUT_OF_RANGE, (weir_place){ 0 },
	                "more than %d scenarios in one study; take larger steps, or vary fewer numbers",
	                WEIR_STRESS_MOST);
	return 0;
}

/* Row `number` as a scenario and values: the last axis moves fastest. */
static void place_row(weir_stress_row *row, double *values, const study *s, size_t number)
{
	for (int a = s->terms->axis_count - 1; a >= 0; a--) {
		const axis *x = &s->axes[a];
		values[a] = (double)(x->from + (int64_t)(number % (size_t)x->count) * x->step) / x->steps_per_unit;
		number /= (size_t)x->count;
	}
	row->scenario = (int)number;
	row->values = values;
}

/* --- one block -------------------------------------------------------------------------------------------------- */

static weir_status run_block(study *s, const weir_stress_row *rows, int count, weir_diags *diags)
{
	const weir_scenario *scenarios[WEIR_LANES] = { NULL };
	for (int l = 0; l < count; l++) {
		if (s->terms->scenario_count > 0)
			scenarios[l] = s->terms->scenarios[rows[l].scenario];
		for (int a = 0; a < s->terms->axis_count; a++)
			s->lanes[a][l] = rows[l].values[a];
	}
	return weir_block_run(s->block, scenarios, count, s->overlays, s->overlay_count, diags);
}

static void take_totals(weir_stress_row *rows, int count, const weir_lane_reader *reader)
{
	const weir_periods *periods = weir_plan_periods(reader->plan);
	weir_total_lanes t;
	weir_period_lanes period;
	weir_total_lanes_start(&t, reader);
	for (int k = periods->first; k < periods->count; k++) {
		weir_period_lanes_read(&period, reader, k);
		weir_total_lanes_add(&t, &period);
	}
	weir_total_lanes_finish(&t, reader);
	for (int l = 0; l < count; l++) {
		rows[l].inflow = t.inflow[l];
		rows[l].defaulted = t.defaulted[l];
		rows[l].recovered = t.recovered[l];
		rows[l].coverage_min = t.coverage_min[l];
		rows[l].coverage_total = t.coverage_total[l];
		rows[l].support_drawn = t.support_in[l];
		rows[l].subordinated_paid = t.subordinated_paid[l];
		rows[l].missed = t.missed[l] != 0;
	}
}

static void take_class(weir_stress_row *rows, weir_stress_class *classes, int count, const study *s,
                       const weir_lane_reader *reader, int number)
{
	weir_class_lanes k;
	char survives[WEIR_LANES];
	size_t stride = (size_t)weir_plan_deal(s->plan)->class_count;
	int senior = !weir_plan_deal(s->plan)->classes[number].subordinated;
	weir_class_lanes_read(&k, reader, number);
	weir_survival_read(survives, s->plan, reader->run, number, s->terms->survival);
	for (int l = 0; l < count; l++) {
		weir_stress_row *row = &rows[l];
		weir_stress_class *c = &classes[(size_t)l * stride + (size_t)number];
		*c = (weir_stress_class){ .interest_short = k.interest_short[l],
			                  .principal_short = k.principal_short[l],
			                  .missed_most = k.missed_most[l],
			                  .interest = k.interest[l],
			                  .principal = k.principal[l],
			                  .rest = k.rest[l],
			                  .wal_years = k.wal_years[l],
			                  .first_principal = (weir_date)k.first_principal[l],
			                  .last_principal = (weir_date)k.last_principal[l],
			                  .first_short = (weir_date)k.first_short[l],
			                  .survives = survives[l] };
		if (!senior)
			continue;
		row->senior_interest_short += c->interest_short;
		row->senior_principal_short += c->principal_short;
		row->survives &= c->survives;
		if (c->first_short != WEIR_DATE_NONE &&
		    (row->first_short == WEIR_DATE_NONE || c->first_short < row->first_short))
			row->first_short = c->first_short;
	}
}

static weir_status take_block(study *s, weir_stress *out, size_t first, weir_diags *diags)
{
	size_t classes = (size_t)weir_plan_deal(s->plan)->class_count, axes = (size_t)s->terms->axis_count;
	int count = out->count - first < WEIR_LANES ? (int)(out->count - first) : WEIR_LANES;
	weir_stress_row *rows = &out->rows[first];
	for (int l = 0; l < count; l++) {
		size_t number = first + (size_t)l;
		rows[l].first_short = WEIR_DATE_NONE;
		rows[l].survives = 1;
		rows[l].classes = &s->classes[number * classes];
		place_row(&rows[l], &s->values[number * axes], s, number);
	}
	weir_status status = run_block(s, rows, count, diags);
	if (status != WEIR_OK)
		return status;
	weir_lane_reader reader = { s->plan, weir_block_result(s->block), weir_block_rows(s->block) };
	take_totals(rows, count, &reader);
	for (int i = 0; i < (int)classes; i++)
		take_class(rows, &s->classes[first * classes], count, s, &reader, i);
	return s->terms->look ? s->terms->look(s->terms->look_context, rows, count, &reader) : WEIR_OK;
}

/* --- the study -------------------------------------------------------------------------------------------------- */

static weir_status prepare(study *s, weir_stress *out, weir_arena *arena, weir_diags *diags)
{
	weir_status status;
	size_t axes = (size_t)s->terms->axis_count, classes = (size_t)weir_plan_deal(s->plan)->class_count;
	int variants;
	s->axes = weir_arena_array(arena, axes + 1, sizeof *s->axes);
	s->lanes = weir_arena_array(arena, axes + 1, sizeof *s->lanes);
	s->overlays = weir_arena_array(arena, axes + 1, sizeof *s->overlays);
	if (!s->axes || !s->lanes || !s->overlays)
		return WEIR_NO_MEMORY;
	for (size_t a = 0; a < axes; a++) {
		WEIR_TRY(resolve_axis(&s->axes[a], s->plan, &s->terms->axes[a], diags));
		s->overlays[a] = (weir_overlay){ .name = s->axes[a].name, .values = s->lanes[a] };
	}
	WEIR_TRY(weir_variant_overlay(&s->overlays[axes], &variants, arena, s->plan, s->terms->variant, diags));
	s->overlay_count = (int)axes + variants;
	out->count = count_rows(s, diags);
	if (out->count == 0)
		return WEIR_INPUT;
	out->rows = weir_arena_array(arena, out->count, sizeof *out->rows);
	s->values = weir_arena_array(arena, out->count * axes + 1, sizeof *s->values);
	s->classes = weir_arena_array(arena, out->count * classes + 1, sizeof *s->classes);
	return out->rows && s->values && s->classes ? WEIR_OK : WEIR_NO_MEMORY;
out:
	return status;
}

weir_status weir_stress_run(weir_stress *out, weir_arena *arena, const weir_plan *plan, const weir_stress_terms *terms,
                            weir_diags *diags)
{
	weir_status status;
	study s = { .plan = plan, .terms = terms };
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	*out = (weir_stress){ 0 };
	WEIR_TRY(prepare(&s, out, arena, diags));
	WEIR_TRY(weir_block_create(&s.block, plan, &options));
	for (size_t first = 0; first < out->count; first += WEIR_LANES) {
		WEIR_TRY(take_block(&s, out, first, diags));
		if (terms->go_on && !terms->go_on(terms->context, (double)first / (double)out->count)) {
			status = WEIR_INTERRUPTED;
			goto out;
		}
	}
out:
	weir_block_destroy(s.block);
	return status;
}
