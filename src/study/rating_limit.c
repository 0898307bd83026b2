/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/rating_limit.h"

#include <math.h>

#include "pool/actuals.h"

#define SURVIVES_TOO_MUCH 0.95 /* a total above this is searched again, harder */
#define HARDER 0.9

const char *weir_rating_way_text(weir_rating_way way)
{
	static const char *const texts[] = { "as-it-is", "less-prepayment", "less-recovery", "by-principal" };
	return texts[way];
}

/* A default total that takes the place of what the scenario says of all contracts' defaults. */
static int is_replaced(const weir_shock *shock)
{
	return shock->kind == WEIR_SHOCK_DEFAULT && shock->scope == WEIR_SCOPE_ALL;
}

/* The scenario without its own defaults, in the arena; `total` gets the shock to search with. */
static weir_status take_defaults_out(weir_scenario *out, weir_shock *total, weir_arena *arena,
                                     const weir_scenario *scenario)
{
	int count = scenario ? scenario->shock_count : 0;
	*out = scenario ? *scenario : (weir_scenario){ 0 };
	*total = (weir_shock){ .kind = WEIR_SHOCK_DEFAULT,
		               .profile = WEIR_PROFILE_CURVE,
		               .from = WEIR_DATE_NONE,
		               .to = WEIR_DATE_NONE };
	out->shocks = weir_arena_array(arena, (size_t)count + 1, sizeof *out->shocks);
	out->shock_count = 0;
	if (!out->shocks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count; i++) {
		const weir_shock *shock = &scenario->shocks[i];
		if (!is_replaced(shock)) {
			out->shocks[out->shock_count++] = *shock;
		} else if (shock->profile == WEIR_PROFILE_CURVE) {
			total->values = shock->values;
			total->value_count = shock->value_count;
		}
	}
	return WEIR_OK;
}

/* Multiplies a prepayment's rates, which other scenarios may share. */
static weir_status shrink_profile(weir_shock *shock, weir_arena *arena)
{
	double *values = weir_arena_array(arena, (size_t)shock->value_count + 1, sizeof *values);
	if (!values)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < shock->value_count; i++)
		values[i] = weir_rate_normal(shock->values[i] * HARDER);
	shock->values = values;
	return WEIR_OK;
}

/* x 0.9 of what the scenario has of a kind: `*found` tells whether it has any. */
static weir_status shrink(weir_scenario *scenario, weir_shock_kind kind, weir_arena *arena, int *found)
{
	weir_status status = WEIR_OK;
	*found = 0;
	for (int i = 0; i < scenario->shock_count && status == WEIR_OK; i++) {
		weir_shock *shock = &scenario->shocks[i];
		if (shock->kind != kind || shock->profile == WEIR_PROFILE_DATE)
			continue;
		*found = 1;
		if (kind == WEIR_SHOCK_PREPAY && shock->profile != WEIR_PROFILE_CURVE && shock->value_count > 0)
			status = shrink_profile(shock, arena);
		else
			shock->value = weir_rate_normal(shock->value * HARDER);
	}
	return status;
}

/* Makes the search harder in the way at hand. `*found`: 0 where that changes nothing. */
static weir_status make_harder(weir_rating_way way, weir_scenario *scenario, weir_shock *total, weir_arena *arena,
                               int *found)
{
	*found = 1;
	if (way == WEIR_RATING_LESS_PREPAYMENT)
		return shrink(scenario, WEIR_SHOCK_PREPAY, arena, found);
	if (way == WEIR_RATING_LESS_RECOVERY)
		return shrink(scenario, WEIR_SHOCK_RECOVERY, arena, found);
	*total = (weir_shock){ .kind = WEIR_SHOCK_RECEIPTS,
		               .part = WEIR_PART_PRINCIPAL,
		               .from = WEIR_DATE_NONE,
		               .to = WEIR_DATE_NONE };
	return WEIR_OK;
}

weir_status weir_rating_search_make(weir_scenario *out, weir_shock *shock, weir_arena *arena,
                                    const weir_scenario *scenario, weir_rating_way way, int *found)
{
	weir_status status = take_defaults_out(out, shock, arena, scenario);
	*found = 1;
	for (int w = WEIR_RATING_LESS_PREPAYMENT; w <= (int)way && status == WEIR_OK; w++)
		status = make_harder((weir_rating_way)w, out, shock, arena, found);
	return status;
}

int weir_rating_is_too_much(double total)
{
	return total > SURVIVES_TOO_MUCH;
}

static weir_status search(weir_rating_limit *out, weir_arena *arena, const weir_plan *plan,
                          const weir_rating_terms *terms, const weir_scenario *scenario, const weir_shock *total,
                          weir_diags *diags)
{
	weir_break_even found;
	weir_break_even_terms search_terms = { .shock = total,
		                               .class_number = terms->class_number,
		                               .survival = terms->survival,
		                               .from = 0,
		                               .to = 1,
		                               .scenario = scenario,
		                               .variant = terms->variant };
	weir_status status = weir_break_even_find(&found, arena, plan, &search_terms, diags);
	if (status != WEIR_OK)
		return status;
	out->rate = found.survives_from ? found.largest_defaulted_share : NAN;
	out->total = found.survives_from ? found.largest : NAN;
	out->monotone = found.monotone;
	return WEIR_OK;
}

/* As it is, then harder and harder while the class survives too much. */
static weir_status try_ways(weir_rating_limit *out, weir_arena *arena, const weir_plan *plan,
                            const weir_rating_terms *terms, weir_diags *diags)
{
	weir_status status;
	weir_scenario scenario;
	weir_shock total;
	WEIR_TRY(take_defaults_out(&scenario, &total, arena, terms->scenario));
	WEIR_TRY(search(out, arena, plan, terms, &scenario, &total, diags));
	for (int way = WEIR_RATING_LESS_PREPAYMENT;
	     way <= WEIR_RATING_BY_PRINCIPAL && weir_rating_is_too_much(out->total); way++) {
		int found;
		WEIR_TRY(make_harder((weir_rating_way)way, &scenario, &total, arena, &found));
		if (!found)
			continue;
		WEIR_TRY(search(out, arena, plan, terms, &scenario, &total, diags));
		out->way = (weir_rating_way)way;
	}
out:
	return status;
}

weir_status weir_rating_limit_find(weir_rating_limit *out, const weir_plan *plan, const weir_rating_terms *terms,
                                   weir_diags *diags)
{
	weir_status status;
	weir_arena *arena = NULL;
	*out = (weir_rating_limit){ .way = WEIR_RATING_AS_IT_IS };
	if (!(weir_pool_standing_cents(weir_plan_pool(plan)) > 0)) {
		weir_diag_error(diags, UNSUPPORTED, (weir_place){ 0 },
		                "the pool has no principal%s, so that no default rate says what a class survives; use "
		                "targets that are multiples of what the pool brings in, such as those of npl",
		                weir_plan_pool(plan)->actuals ? " left behind the actuals" : "");
		return WEIR_INPUT;
	}
	WEIR_TRY(weir_arena_create(&arena));
	status = try_ways(out, arena, plan, terms, diags);
out:
	weir_arena_destroy(arena);
	return status;
}
