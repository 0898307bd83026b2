/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sensitivity.h: what each assumption moves: every number by itself, low and high, on figures of the run (a
 * tornado). */
#ifndef WEIR_STUDY_SENSITIVITY_H
#define WEIR_STUDY_SENSITIVITY_H

#include "study/metrics.h"
#include "study/variant.h"
#include "study/vary.h"

/* One assumption: a name that weir_block_knows, its values in its unit (vary.h), or scenario.KIND
 * (scenario_number.h). */
typedef struct weir_swing_number {
	const char *name;
	double base;      /* as it is in the scenario; NAN: not known */
	double low, high; /* both NAN: nothing says how far it could go */
} weir_swing_number;

/* The numbers of a deal in a scenario, in the arena, with sensible lows and highs:
 *   parameters of the plan, and scenario.KIND of what the scenario has: by `share` (0.1: a tenth) down and up; months
 *     and days by one at least. None for values of 0, and those without a limit
 *   flags: as they are, and turned over
 *   fails_on of a party that does not fail: as it is, and failing from the cut-off date on. None for other dates
 *   of the pool, where the scenario says nothing of the kind, one-sided: haircut and income_cut 0 to 5 %, cdr 0 to 2 %,
 *     cpr 0 to 10 %, late_share 0 to 20 %; rate_shift -50 to 50 basis points; with royalties royalty_factor by `share`;
 *     with recoveries recovery_lag by 6 months. None for its other numbers */
weir_status weir_swing_numbers_list(weir_swing_number **out, int *count, weir_arena *arena, const weir_plan *plan,
                                    const weir_scenario *scenario, double share, weir_diags *diags);

typedef struct weir_sensitivity_terms {
	const weir_scenario *scenario;      /* NULL: the base case */
	weir_variant variant;
	const weir_swing_number *numbers;
	int number_count;
	const weir_metric *const *metrics;
	int metric_count;
	int (*go_on)(void *context, double done); /* NULL, or asked between blocks: 0 stops the study */
	void *context;
} weir_sensitivity_terms;

/* One number on one metric. NAN where the metric has no value; a date that never comes has none. */
typedef struct weir_swing {
	int number;
	double at_low, at_high;
	double swing; /* largest less smallest of base, low and high; NAN when one has no value and another has */
} weir_swing;

typedef struct weir_sensitivity {
	double *base;       /* [metrics] */
	weir_swing *swings; /* [metrics][numbers]: the widest first, those without a swing's value before all; of
	                       equals the one listed first */
} weir_sensitivity;

/* Each number's low and high is a run of its own. Complaints: UNKNOWN_PARAMETER, OUT_OF_RANGE; WEIR_INTERRUPTED. */
weir_status weir_sensitivity_measure(weir_sensitivity *out, weir_arena *arena, const weir_plan *plan,
                                     const weir_sensitivity_terms *terms, weir_diags *diags);

#endif
