/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/price_lanes.h"

#include <string.h>

#define MOST_LANES 3

/* Whether a contract's receipts follow a rate index: a moved rate reaches what bears interest only. */
static int follows_index(const weir_contract *c)
{
	return c->index >= 0 && c->kind != WEIR_CONTRACT_ROYALTY && c->kind != WEIR_CONTRACT_RECEIVABLE;
}

static int bears_fixed_rate(const weir_contract *c)
{
	return c->index < 0 && c->kind != WEIR_CONTRACT_ROYALTY && c->kind != WEIR_CONTRACT_RECEIVABLE;
}

/* The case's scenario with room for `more` shocks behind its own. */
static weir_scenario *copy_scenario(weir_arena *arena, const weir_scenario *base, size_t more)
{
	size_t own = base ? (size_t)base->shock_count : 0;
	weir_scenario *made = weir_arena_alloc(arena, sizeof *made);
	weir_shock *shocks = weir_arena_array(arena, own + more + 1, sizeof *shocks);
	if (!made || !shocks)
		return NULL;
	*made = base ? *base : (weir_scenario){ .node = { .id = "base" } };
	if (own)
		memcpy(shocks, base->shocks, own * sizeof *shocks);
	made->shocks = shocks;
	return made;
}

/* Moves the rates of indexed contracts: one shock for all where every rate follows an index, else one for each. */
static weir_scenario *move_rates(weir_arena *arena, const weir_deal *deal, const weir_scenario *base, double value,
                                 weir_date settlement)
{
	const weir_pool_terms *pool = &deal->pool;
	int indexed = 0, fixed = 0;
	for (int i = 0; i < pool->contract_count; i++) {
		indexed += follows_index(&pool->contracts[i]);
		fixed += bears_fixed_rate(&pool->contracts[i]);
	}
	weir_scenario *made = copy_scenario(arena, base, fixed ? (size_t)indexed : 1);
	weir_shock shock = { .kind = WEIR_SHOCK_RATE,
		             .scope = fixed ? WEIR_SCOPE_CONTRACT : WEIR_SCOPE_ALL,
		             .value = value,
		             .from = settlement == WEIR_DATE_NONE ? settlement : settlement + 1,
		             .to = WEIR_DATE_NONE };
	if (!made)
		return NULL;
	if (!fixed)
		made->shocks[made->shock_count++] = shock;
	for (int i = 0; fixed && i < pool->contract_count; i++)
		if (follows_index(&pool->contracts[i])) {
			shock.target = pool->contracts[i].id;
			made->shocks[made->shock_count++] = shock;
		}
	return made;
}

static weir_scenario *leave_calls(weir_arena *arena, const weir_scenario *base)
{
	weir_scenario *made = copy_scenario(arena, base, 1);
	if (made)
		made->shocks[made->shock_count++] = (weir_shock){ .kind = WEIR_SHOCK_SET,
			                                          .target = "calls.off",
			                                          .value = 1,
			                                          .from = WEIR_DATE_NONE,
			                                          .to = WEIR_DATE_NONE };
	return made;
}

/* The case's settings, the same in every lane. */
static weir_status spread_settings(weir_overlay **out, weir_arena *arena, const weir_case *one, int count)
{
	weir_overlay *overlays = weir_arena_array(arena, one->set_count + 1, sizeof *overlays);
	double *values = weir_arena_array(arena, (one->set_count + 1) * MOST_LANES, sizeof *values);
	if (!overlays || !values)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < one->set_count; i++) {
		overlays[i] = one->sets[i];
		overlays[i].values = values + i * MOST_LANES;
		for (int lane = 0; lane < count; lane++)
			values[i * MOST_LANES + (size_t)lane] = one->sets[i].values[0];
	}
	*out = overlays;
	return WEIR_OK;
}

static int has_index(const weir_deal *deal)
{
	for (int i = 0; i < deal->pool.contract_count; i++)
		if (follows_index(&deal->pool.contracts[i]))
			return 1;
	return 0;
}

weir_status weir_price_lanes_run(weir_price_run *out, weir_session *s, const weir_case *one, int moved,
                                 weir_date settlement)
{
	const weir_scenario *scenarios[MOST_LANES];
	const weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_overlay *overlays;
	weir_status status;
	int count = 0;
	out->lanes = (weir_price_lanes){ NULL, -1, -1, -1 };
	WEIR_TRY(weir_arena_create(&out->arena));
	if (moved && has_index(s->deal)) {
		out->lanes.up = count;
		scenarios[count++] = move_rates(out->arena, s->deal, one->scenario, WEIR_CURVE_SHIFT, settlement);
		out->lanes.down = count;
		scenarios[count++] = move_rates(out->arena, s->deal, one->scenario, -WEIR_CURVE_SHIFT, settlement);
	}
	if (weir_call_date(s->plan, one->outcome.run, one->outcome.lane) != WEIR_DATE_NONE &&
	    weir_plan_find_parameter(s->plan, "calls.off")) {
		out->lanes.uncalled = count;
		scenarios[count++] = leave_calls(out->arena, one->scenario);
	}
	for (int i = 0; i < count; i++)
		if (!scenarios[i])
			return WEIR_NO_MEMORY;
	if (count == 0)
		return WEIR_OK;
	WEIR_TRY(spread_settings(&overlays, out->arena, one, count));
	WEIR_TRY(weir_block_create(&out->block, s->plan, &options));
	WEIR_TRY(weir_block_run(out->block, scenarios, count, overlays, (int)one->set_count, &s->call));
	out->lanes.run = weir_block_result(out->block);
out:
	return status;
}

void weir_price_lanes_free(weir_price_run *run)
{
	weir_block_destroy(run->block);
	weir_arena_destroy(run->arena);
	*run = (weir_price_run){ 0 };
}
