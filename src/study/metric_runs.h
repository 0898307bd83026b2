/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric_runs.h: many scenarios made one by one and run in blocks, and what metrics say of each. */
#ifndef WEIR_STUDY_METRIC_RUNS_H
#define WEIR_STUDY_METRIC_RUNS_H

#include "study/metrics.h"
#include "study/variant.h"

typedef struct weir_metric_runs {
	/* Makes the scenario of a run, in `arena`, which lives until its block has run. */
	weir_status (*make)(void *context, weir_scenario *out, weir_arena *arena, int run, weir_diags *diags);
	void *context;
	int run_count;
	weir_variant variant;
	const weir_metric *const *metrics;
	int metric_count;
	int (*go_on)(void *context, double done); /* NULL, or asked between blocks: 0 stops */
	void *go_on_context;
} weir_metric_runs;

/* `values` is [metrics][runs]; a date that never comes is NAN, as what else has no value. Complaints: as weir_block_run
 * and `make`; WEIR_INTERRUPTED when go_on said so. */
weir_status weir_metric_runs_measure(double *values, const weir_plan *plan, const weir_metric_runs *runs,
                                     weir_diags *diags);

#endif
