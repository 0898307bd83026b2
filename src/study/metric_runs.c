/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/metric_runs.h"

#include <math.h>

#include "study/block.h"

typedef struct study {
	const weir_plan *plan;
	const weir_metric_runs *runs;
	weir_block *block;
	weir_overlay variant;
	int variant_count;
	double *values;
	weir_diags *diags;
} study;

static weir_status read_metrics(study *s, int first, int count)
{
	weir_status status = WEIR_OK;
	weir_lane_reader reader = { s->plan, weir_block_result(s->block), weir_block_rows(s->block) };
	for (int m = 0; m < s->runs->metric_count && status == WEIR_OK; m++) {
		weir_lane lanes;
		int is_date = weir_metric_type(s->runs->metrics[m]) == WEIR_TYPE_DATE;
		double *values = &s->values[(size_t)m * (size_t)s->runs->run_count + (size_t)first];
		status = weir_metric_read(lanes, s->runs->metrics[m], &reader, count);
		for (int l = 0; l < count && status == WEIR_OK; l++)
			values[l] = is_date && lanes[l] >= WEIR_NEVER ? NAN : lanes[l];
	}
	return status;
}

static weir_status run_block(study *s, weir_arena *arena, int first, int count)
{
	weir_status status;
	const weir_scenario *lanes[WEIR_LANES];
	weir_scenario *scenarios = weir_arena_array(arena, WEIR_LANES, sizeof *scenarios);
	if (!scenarios)
		return WEIR_NO_MEMORY;
	for (int l = 0; l < count; l++) {
		WEIR_TRY(s->runs->make(s->runs->context, &scenarios[l], arena, first + l, s->diags));
		lanes[l] = &scenarios[l];
	}
	WEIR_TRY(weir_block_run(s->block, lanes, count, &s->variant, s->variant_count, s->diags));
	status = read_metrics(s, first, count);
out:
	return status;
}

static weir_status run_blocks(study *s)
{
	weir_status status = WEIR_OK;
	const weir_metric_runs *r = s->runs;
	for (int first = 0; first < r->run_count && status == WEIR_OK; first += WEIR_LANES) {
		weir_arena *arena;
		int left = r->run_count - first, count = left < WEIR_LANES ? left : WEIR_LANES;
		status = weir_arena_create(&arena);
		if (status != WEIR_OK)
			break;
		status = run_block(s, arena, first, count);
		weir_arena_destroy(arena);
		if (status == WEIR_OK && r->go_on &&
		    !r->go_on(r->go_on_context, (double)(first + count) / r->run_count))
			status = WEIR_INTERRUPTED;
	}
	return status;
}

weir_status weir_metric_runs_measure(double *values, const weir_plan *plan, const weir_metric_runs *runs,
                                     weir_diags *diags)
{
	weir_status status;
	weir_arena *arena;
	study s = { .plan = plan, .runs = runs, .values = values, .diags = diags };
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	status = weir_arena_create(&arena);
	if (status != WEIR_OK)
		return status;
	WEIR_TRY(weir_variant_overlay(&s.variant, &s.variant_count, arena, plan, runs->variant, diags));
	WEIR_TRY(weir_block_create(&s.block, plan, &options));
	status = run_blocks(&s);
out:
	weir_block_destroy(s.block);
	weir_arena_destroy(arena);
	return status;
}
