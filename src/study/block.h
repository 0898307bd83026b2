/* SPDX-License-Identifier: GPL-3.0-or-later */
/* block.h: scenarios as lanes: the pool projected and the plan run for up to WEIR_LANES of them at once. */
#ifndef WEIR_STUDY_BLOCK_H
#define WEIR_STUDY_BLOCK_H

#include "engine/plan.h"
#include "engine/run.h"

/* A value laid over the scenarios' lanes: of any name that weir_block_knows. */
typedef struct weir_overlay {
	const char *name;
	const double *values; /* one for each lane of the block */
	weir_place place;     /* for complaints; nowhere when it came from the command line */
} weir_overlay;

typedef struct weir_block weir_block;

/* Takes all memory that runs of this plan need. */
weir_status weir_block_create(weir_block **out, const weir_plan *plan, const weir_run_options *options);
void weir_block_destroy(weir_block *block);

/* Its runs know no actuals from now on: all is projected from the contracts' terms. */
void weir_block_leave_actuals(weir_block *block);

/* Runs `count` lanes (1 .. WEIR_LANES): lane l has scenarios[l] (NULL: the base case) with the overlays on top.
 * Complains about unknown names (UNKNOWN_PARAMETER, UNKNOWN_ID) with WEIR_INPUT. */
weir_status weir_block_run(weir_block *block, const weir_scenario *const *scenarios, int count,
                           const weir_overlay *overlays, int overlay_count, weir_diags *diags);

/* Runs the scenarios of the last weir_block_run once more on the pool rows that they gave, with these overlays in
 * place of the last ones on its first `count` lanes (at most as many as it had): for searches that leave the pool alone,
 * at the cost of the run only. Complains about names that are no
 * parameters of the plan (UNKNOWN_PARAMETER) and values below 0 where none can be (OUT_OF_RANGE). */
weir_status weir_block_overlay(weir_block *block, const weir_overlay *overlays, int overlay_count, int count,
                               weir_diags *diags);

/* A parameter's values in the lanes, [WEIR_LANES]; `parameter` is its place in weir_plan_parameters. */
const double *weir_block_value(const weir_block *block, int parameter);

/* Runs the last block's lanes, with the settings they had, once more on its pool rows, which the caller may have changed
 * (weir_block_own_rows). */
weir_status weir_block_rerun(weir_block *block, weir_diags *diags);
weir_pool_rows *weir_block_own_rows(weir_block *block);

const weir_run *weir_block_result(const weir_block *block);
const weir_pool_rows *weir_block_rows(const weir_block *block);
const weir_pool_shocks *weir_block_shocks(const weir_block *block, int lane);

/* Reads the values that a scenario of a file sets in the units of their parameters (weir_shock.text). Complains about
 * names that no scenario can set (UNKNOWN_PARAMETER) and values that are none of the parameter (BAD_VALUE). A scenario
 * of a file is settled before it runs. */
void weir_block_settle_scenario(const weir_plan *plan, weir_scenario *scenario, weir_diags *diags);

/* Complains that a name cannot be set, with the nearest that can. */
void weir_block_complain_unknown(const weir_plan *plan, const char *name, weir_place place, weir_diags *diags);

/* Whether a name can be overlaid: a parameter of the plan, a number of the pool (weir_pool_knows), or
 * PARTY.fails_month of a party with the parameter PARTY.fails_on. */
int weir_block_knows(const weir_plan *plan, const char *name);

#endif
