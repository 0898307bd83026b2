/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/scenario_number.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* --- what a scenario says of a kind ----------------------------------------------------------------------------- */

static const struct {
	const char *name;
	weir_shock_kind kind;
} scaled_kinds[WEIR_SCALED_KINDS] = {
	{ "scenario.default", WEIR_SHOCK_DEFAULT },   { "scenario.prepay", WEIR_SHOCK_PREPAY },
	{ "scenario.recovery", WEIR_SHOCK_RECOVERY }, { "scenario.late", WEIR_SHOCK_LATE },
	{ "scenario.rate", WEIR_SHOCK_RATE },         { "scenario.receipts", WEIR_SHOCK_RECEIPTS },
	{ "scenario.valuation", WEIR_SHOCK_VALUATION },
};

/* Factors of every sort are one kind; what happens to all on one day has no size. */
static int is_of_kind(const weir_shock *shock, weir_shock_kind kind)
{
	if (kind == WEIR_SHOCK_RECEIPTS)
		return shock->kind == kind || shock->kind == WEIR_SHOCK_FX || shock->kind == WEIR_SHOCK_DECAY;
	if (shock->kind != kind)
		return 0;
	return (kind != WEIR_SHOCK_DEFAULT && kind != WEIR_SHOCK_PREPAY) || shock->profile != WEIR_PROFILE_DATE;
}

int weir_scenario_has_kind(const weir_scenario *scenario, weir_shock_kind kind)
{
	for (int i = 0; scenario && i < scenario->shock_count; i++)
		if (is_of_kind(&scenario->shocks[i], kind))
			return 1;
	return 0;
}

/* The place of a name in scaled_kinds; -1: another name. */
static int scaled_kind(const char *name)
{
	for (int i = 0; i < WEIR_SCALED_KINDS; i++)
		if (strcmp(scaled_kinds[i].name, name) == 0)
			return i;
	return -1;
}

int weir_scenario_is_scaled(const weir_scenario *scenario, const char *name)
{
	int kind = scaled_kind(name);
	return kind >= 0 && weir_scenario_has_kind(scenario, scaled_kinds[kind].kind);
}

const char *weir_scaled_kind_name(int kind)
{
	return scaled_kinds[kind].name;
}

static double at_most_all(double share)
{
	return share > 1 ? 1 : share;
}

/* A shock x a multiple. Of factors it is what they take off that is multiplied; shares stay at the whole at most. */
static weir_status scale_shock(weir_shock *shock, double multiple, weir_arena *arena)
{
	int spread = (shock->kind == WEIR_SHOCK_DEFAULT || shock->kind == WEIR_SHOCK_PREPAY) &&
	             shock->profile != WEIR_PROFILE_CURVE && shock->value_count > 0;
	if (shock->kind == WEIR_SHOCK_RECEIPTS || shock->kind == WEIR_SHOCK_FX) {
		double factor = weir_rate_normal(1 - (1 - shock->value) * multiple);
		shock->value = factor > 0 ? factor : 0;
	} else if (shock->kind == WEIR_SHOCK_RATE) {
		shock->value = weir_rate_normal(shock->value * multiple);
	} else if (!spread) {
		shock->value = at_most_all(weir_rate_normal(shock->value * multiple));
	} else {
		double *values = weir_arena_array(arena, (size_t)shock->value_count, sizeof *values);
		if (!values)
			return WEIR_NO_MEMORY;
		for (int i = 0; i < shock->value_count; i++)
			values[i] = at_most_all(weir_rate_normal(shock->values[i] * multiple));
		shock->values = values;
	}
	return WEIR_OK;
}

double weir_scenario_recovery(const weir_scenario *scenario)
{
	double rate = 0;
	for (int i = 0; scenario && i < scenario->shock_count; i++) {
		const weir_shock *shock = &scenario->shocks[i];
		if (shock->kind == WEIR_SHOCK_RECOVERY && shock->scope == WEIR_SCOPE_ALL &&
		    shock->channel == WEIR_CHANNEL_COLLECTION)
			rate = shock->value;
	}
	return rate;
}

double weir_scenario_default_total(const weir_scenario *scenario)
{
	for (int i = 0; scenario && i < scenario->shock_count; i++) {
		const weir_shock *shock = &scenario->shocks[i];
		if (shock->kind == WEIR_SHOCK_DEFAULT && shock->scope == WEIR_SCOPE_ALL &&
		    shock->profile == WEIR_PROFILE_CURVE)
			return shock->value;
	}
	return NAN;
}

/* --- a scenario with one number changed ------------------------------------------------------------------------- */

/* The shock that gives a number a value; it goes behind the scenario's own. */
static weir_status shock_for(weir_shock *out, weir_arena *arena, const char *name, double value,
                             const weir_scenario *base, const weir_plan *plan)
{
	static const char months[] = ".fails_month";
	weir_status status = weir_pool_knows(name) ? weir_pool_shock_named(out, name, value, base) : WEIR_NO;
	if (status != WEIR_NO)
		return status;
	*out = (weir_shock){ .kind = WEIR_SHOCK_SET,
		             .target = name,
		             .value = value,
		             .from = WEIR_DATE_NONE,
		             .to = WEIR_DATE_NONE };
	if (!weir_ends_with(name, strlen(name), months) || weir_plan_find_parameter(plan, name))
		return WEIR_OK;
	out->kind = WEIR_SHOCK_SUPPORTER;
	out->from_month = (int)value;
	out->target = weir_arena_text(arena, name, strlen(name) - strlen(months));
	return out->target ? WEIR_OK : WEIR_NO_MEMORY;
}

weir_status weir_scenario_set_number(weir_scenario *out, weir_arena *arena, const weir_plan *plan,
                                     const weir_scenario *base, const char *name, double value)
{
	weir_status status = WEIR_OK;
	int own = base ? base->shock_count : 0, kind = scaled_kind(name);
	weir_shock *shocks = weir_arena_array(arena, (size_t)own + 1, sizeof *shocks);
	if (!shocks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < own; i++)
		shocks[i] = base->shocks[i];
	*out = base ? *base : (weir_scenario){ 0 };
	out->shocks = shocks;
	out->shock_count = own + (kind < 0);
	if (kind < 0)
		return shock_for(&shocks[own], arena, name, value, base, plan);
	for (int i = 0; i < own && status == WEIR_OK; i++)
		if (is_of_kind(&shocks[i], scaled_kinds[kind].kind))
			status = scale_shock(&shocks[i], value, arena);
	return status;
}
