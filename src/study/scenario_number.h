/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scenario_number.h: a scenario with one number changed, so that lanes of a block may each change another one. */
#ifndef WEIR_STUDY_SCENARIO_NUMBER_H
#define WEIR_STUDY_SCENARIO_NUMBER_H

#include "engine/plan.h"

/* "scenario.KIND" (default, prepay, recovery, late, rate, receipts, valuation): all that a scenario says of a kind, as
 * a number whose value is a multiple of that. */
#define WEIR_SCALED_KINDS 7
const char *weir_scaled_kind_name(int kind);

/* Whether a name is one of scenario.KIND, and of a kind that the scenario has. */
int weir_scenario_is_scaled(const weir_scenario *scenario, const char *name);

/* Whether a scenario says something of a kind that has a size: not what happens to everything on one day. Factors of
 * every sort are WEIR_SHOCK_RECEIPTS. */
int weir_scenario_has_kind(const weir_scenario *scenario, weir_shock_kind kind);

/* The collection rate of all contracts that a scenario says last; 0 when it says none. And its total of defaults over the life of
 * all contracts; NAN. */
double weir_scenario_recovery(const weir_scenario *scenario);
double weir_scenario_default_total(const weir_scenario *scenario);

/* The scenario `base` (NULL: the base case) with a number at a value, as another shock behind its own, or of
 * scenario.KIND with its shocks multiplied; shares stay between 0 and 100 %. The name is one that weir_block_knows and
 * must live as long; a haircut comes on top of the scenario's own. In the arena. WEIR_INPUT: months that are none. */
weir_status weir_scenario_set_number(weir_scenario *out, weir_arena *arena, const weir_plan *plan,
                                     const weir_scenario *base, const char *name, double value);

#endif
