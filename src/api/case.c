/* SPDX-License-Identifier: GPL-3.0-or-later */
/* case.c: one scenario of a session, run with its trace and every register kept. */
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "base/path.h"
#include "pool/actuals.h"
#include "study/scenario_number.h"
#include "study/terms_as_run.h"

int weir_session_is_shipped(const char *path)
{
	return !strchr(path, '/') && !strstr(path, ".xml");
}

weir_status weir_session_load_scenarios(weir_session *s, const char *path, weir_scenarios *out)
{
	const weir_scenario *base = weir_session_is_shipped(path) ? weir_scenarios_find(&s->scenarios, "base") : NULL;
	weir_status status = weir_scenarios_load_over(out, s->deal, path, base, &s->call);
	for (int i = 0; status == WEIR_OK && i < out->count; i++)
		weir_block_settle_scenario(s->plan, &out->items[i], &s->call);
	return status == WEIR_OK ? weir_session_judge(s) : status;
}

/* FILE#ID: loads the file into the session's deal and finds the scenario. */
static weir_status find_in_file(weir_session *s, const char *path, const char *id, const weir_scenario **out)
{
	weir_scenarios scenarios = { 0 };
	weir_status status = weir_session_load_scenarios(s, path, &scenarios);
	if (status != WEIR_OK)
		return status;
	*out = weir_scenarios_find(&scenarios, id);
	if (*out)
		return WEIR_OK;
	weir_diag_error(&s->call, UNKNOWN_SCENARIO, (weir_place){ 0 }, "there is no scenario \"%s\" in \"%s\"", id,
	                path);
	return WEIR_INPUT;
}

weir_status weir_session_find_scenario(weir_session *s, const char *name, const weir_scenario **out)
{
	*out = NULL;
	if (!name)
		return WEIR_OK;
	const char *id, *path = weir_path_file(s->arena, name, &id);
	if (!path)
		return WEIR_NO_MEMORY;
	if (id)
		return find_in_file(s, path, id, out);
	*out = weir_scenarios_find(&s->scenarios, name);
	if (*out)
		return WEIR_OK;
	const char *ids[64];
	size_t count = 0;
	for (int i = 0; i < s->scenarios.count && count < 64; i++)
		ids[count++] = s->scenarios.items[i].node.id;
	const char *near = weir_nearest_name(name, strlen(name), ids, count);
	weir_diag_error(&s->call, UNKNOWN_SCENARIO, (weir_place){ 0 },
	                "there is no scenario \"%s\" in scenarios.xml beside the deal%s%s%s", name,
	                near ? "; did you mean \"" : count ? "; give one of its ids, or FILE#ID" : "; give FILE#ID",
	                near ? near : "", near ? "\"?" : "");
	return WEIR_INPUT;
}

weir_status weir_session_read_sets(weir_session *s, const char *const *sets, size_t count, weir_overlay **out,
                                   weir_arena *arena)
{
	weir_overlay *overlays = *out = weir_arena_array(arena, count + 1, sizeof *overlays);
	if (!overlays)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(sets[i], '=');
		char *name = weir_arena_text(arena, sets[i], equals ? (size_t)(equals - sets[i]) : strlen(sets[i]));
		double *values = weir_arena_array(arena, WEIR_LANES, sizeof *values);
		if (!name || !values)
			return WEIR_NO_MEMORY;
		if (!equals) {
			weir_diag_error(
				&s->call, UNKNOWN_PARAMETER, (weir_place){ 0 },
				"\"%s\" sets nothing; write NAME=VALUE with a parameter that \"weir plan\" lists, or "
				"haircut=5%%",
				sets[i]);
			continue;
		}
		if (!weir_block_knows(s->plan, name)) {
			weir_block_complain_unknown(s->plan, name, (weir_place){ 0 }, &s->call);
			continue;
		}
		if (weir_session_parse_value(s, name, equals + 1, &values[0]) == WEIR_NO_MEMORY)
			return WEIR_NO_MEMORY;
		for (int l = 1; l < WEIR_LANES; l++)
			values[l] = values[0];
		overlays[i] = (weir_overlay){ .name = name, .values = values };
	}
	return weir_session_judge(s);
}

/* Formulas can make amounts that are too large to be whole cents in a double: the first one is told. */
static weir_status check_sizes(weir_session *s, const weir_run *run)
{
	for (int p = 0; p < s->periods.count; p++)
		for (int r = 0; r < weir_plan_register_count(s->plan); r++) {
			const double *lanes = weir_run_record(run, r, p);
			if (!lanes || weir_plan_register_type(s->plan, r) != WEIR_TYPE_MONEY ||
			    (lanes[0] <= WEIR_CENTS_MAX && lanes[0] >= -WEIR_CENTS_MAX))
				continue;
			weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
			                "\"%s\" passes in period %d what weir can hold; check the amounts behind it",
			                weir_plan_register_name(s->plan, r), p);
			return WEIR_INPUT;
		}
	return WEIR_OK;
}

/* Sizes, or cash in accounts, that were set may leave the closing with a gap: no money pays the pool's price. */
static weir_status check_closing(weir_session *s, const weir_deal_figures *figures)
{
	char in[WEIR_CENTS_TEXT], out[WEIR_CENTS_TEXT];
	const weir_period_figures *closing = &figures->periods[0];
	double gap = weir_plan_closing_gap(s->plan, closing->other_in, closing->closing_cash + closing->reserve_net);
	if (gap == 0)
		return WEIR_OK;
	weir_cents_format(closing->other_in, s->deal->currency_digits, in);
	weir_cents_format(closing->other_in - gap, s->deal->currency_digits, out);
	weir_diag_error(
		&s->call, NOT_CLOSED, s->deal->closing_place,
		"the closing does not balance with what was set: the classes bring %s, purchase price, costs and "
		"opening cash take %s; set sizes that make them equal",
		in, out);
	return WEIR_INPUT;
}

/* What is collected behind a call that has sold the pool is nothing to the deal. */
static void check_sold(weir_session *s, const weir_run *run)
{
	const weir_pool_actuals *actuals = s->pool->actuals;
	int sold = weir_plan_registers(s->plan)->sold;
	for (int k = actuals->first; sold >= 0 && k < actuals->last; k++) {
		const double *gone = weir_run_record(run, sold, k);
		if (!gone || gone[0] == 0)
			continue;
		weir_diag_warning(
			&s->call, NO_EFFECT, (weir_place){ 0 },
			"the pool is sold in period %d by a call, so what \"%s\" has behind it goes to the buyer; where "
			"the call was not made, run with --set calls.off=yes",
			"第%d期行使回购权后资产池已出售，“%s”中其后的回收归受让方所有；如未行使，请使用--set calls.off=yes",
			k, actuals->source);
		return;
	}
}

/* What the file says was spent on purchases, where the order of payments leaves less for them. */
static void check_spent(weir_session *s, const weir_run *run)
{
	const weir_bought *told = s->pool->actuals->bought;
	char paid[WEIR_CENTS_TEXT], spent[WEIR_CENTS_TEXT];
	for (int i = 0; told && i < s->deal->revolving_count; i++)
		for (int k = s->periods.first; k <= told->last; k++) {
			double wanted = told->cents[WEIR_BOUGHT_SPENT][i * told->period_count + k];
			const double *lanes =
				weir_run_record(run, weir_plan_registers(s->plan)->revolvings[i].purchased, k);
			if (!lanes || lanes[0] >= wanted)
				continue;
			weir_cents_format(wanted, s->deal->currency_digits, spent);
			weir_cents_format(lanes[0], s->deal->currency_digits, paid);
			weir_diag_warning(
				&s->call, SIZE_MISMATCH, (weir_place){ 0 },
				"\"%s\" has %s spent on \"%s\" in period %d, and the deal's order of payments leaves "
				"%s for it; check the file's receipts, and what else was paid",
				"“%s”载明以%s购买“%s”（第%d期），而按交易文件的分配顺序可用于购买的资金为%s；"
				"请核对回收款及其他支付",
				s->pool->actuals->source, spent, s->deal->revolvings[i].node.id, k, paid);
		}
}

/* The same without actuals: what they are held against. */
static weir_status run_forecast(weir_case *one, weir_session *s)
{
	weir_status status;
	weir_run_options options = { .trace_lane = 0, .record_all = 1 };
	weir_outcome *forecast = &one->forecast;
	WEIR_TRY(weir_block_create(&one->forecast_block, s->plan, &options));
	weir_block_leave_actuals(one->forecast_block);
	WEIR_TRY(weir_block_run(one->forecast_block, &one->scenario, 1, one->sets, (int)one->set_count, &s->call));
	WEIR_TRY(check_sizes(s, weir_block_result(one->forecast_block)));
	*forecast = one->outcome;
	forecast->actuals = NULL;
	forecast->run = weir_block_result(one->forecast_block);
	forecast->rows = weir_block_rows(one->forecast_block);
	forecast->shocks = weir_block_shocks(one->forecast_block, 0);
	WEIR_TRY(weir_terms_as_run(&forecast->terms, one->arena, s->plan, forecast->run, 0));
	WEIR_TRY(weir_measure(&one->forecast_figures, one->arena, s->plan, forecast->run, forecast->rows, 0));
	forecast->figures = &one->forecast_figures;
	one->outcome.forecast = forecast;
out:
	return status;
}

weir_status weir_case_run(weir_case *out, weir_session *s, const char *scenario, const char *const *sets,
                          size_t set_count)
{
	weir_status status = WEIR_INPUT;
	*out = (weir_case){ 0 };
	WEIR_TRY(weir_session_find_scenario(s, scenario, &out->scenario));
	WEIR_TRY(weir_arena_create(&out->arena));
	weir_overlay *overlays;
	WEIR_TRY(weir_session_read_sets(s, sets, set_count, &overlays, out->arena));
	out->sets = overlays;
	out->set_count = set_count;
	weir_run_options options = { .trace_lane = 0, .record_all = 1 };
	WEIR_TRY(weir_block_create(&out->block, s->plan, &options));
	WEIR_TRY(weir_block_run(out->block, &out->scenario, 1, overlays, (int)set_count, &s->call));
	WEIR_TRY(check_sizes(s, weir_block_result(out->block)));
	WEIR_TRY(weir_terms_as_run(&out->outcome.terms, out->arena, s->plan, weir_block_result(out->block), 0));
	WEIR_TRY(weir_measure(&out->figures, out->arena, s->plan, weir_block_result(out->block),
	                      weir_block_rows(out->block), 0));
	WEIR_TRY(check_closing(s, &out->figures));
	out->outcome = (weir_outcome){ .plan = s->plan,
		                       .terms = out->outcome.terms,
		                       .run = weir_block_result(out->block),
		                       .rows = weir_block_rows(out->block),
		                       .shocks = weir_block_shocks(out->block, 0),
		                       .scenario = out->scenario,
		                       .figures = &out->figures,
		                       .actuals = s->pool->actuals,
		                       .occurrences = s->occurrences };
	if (s->pool->actuals) {
		check_sold(s, out->outcome.run);
		check_spent(s, out->outcome.run);
		WEIR_TRY(run_forecast(out, s));
	}
out:
	if (status != WEIR_OK)
		weir_case_free(out);
	return status;
}

weir_status weir_session_settle(weir_session *s, weir_arena *arena, const weir_scenario *base, const weir_overlay *sets,
                                size_t count, const weir_scenario **out)
{
	weir_status status = WEIR_OK;
	*out = base;
	if (count == 0)
		return WEIR_OK;
	weir_scenario *made = weir_arena_alloc(arena, sizeof *made);
	if (!made)
		return WEIR_NO_MEMORY;
	*made = base ? *base : (weir_scenario){ .node = { .id = "base" } };
	for (size_t i = 0; i < count && status == WEIR_OK; i++) {
		weir_scenario so_far = *made;
		status = weir_scenario_set_number(made, arena, s->plan, &so_far, sets[i].name, sets[i].values[0]);
		if (status == WEIR_INPUT)
			weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
			                "\"%s\" cannot be %.10g; give whole months from 0 to 1200", sets[i].name,
			                sets[i].values[0]);
	}
	*out = made;
	return status;
}

weir_status weir_session_settle_sets(weir_session *s, weir_arena *arena, const weir_scenario *base,
                                     const char *const *sets, size_t count, const weir_scenario **out)
{
	weir_overlay *overlays;
	weir_status status = weir_session_read_sets(s, sets, count, &overlays, arena);
	return status == WEIR_OK ? weir_session_settle(s, arena, base, overlays, count, out) : status;
}

weir_status weir_case_compare(weir_case *one, weir_session *s)
{
	weir_status status;
	const weir_deal *deal = s->deal;
	weir_support_dependence_terms terms = { .survival = WEIR_SURVIVE_BOTH };
	if (deal->support_count + deal->cover_count > 0) {
		WEIR_TRY(weir_session_settle(s, one->arena, one->scenario, one->sets, one->set_count, &terms.scenario));
		WEIR_TRY(weir_support_dependence_find(&one->dependence, one->arena, s->plan, &terms, &s->call));
		one->outcome.dependence = &one->dependence;
	}
	if (deal->cost_count + deal->subsidy_count > 0 || deal->financing_mode) {
		WEIR_TRY(weir_financing_cost_measure(&one->costs, one->arena, s->pool));
		one->outcome.costs = &one->costs;
	}
	status = WEIR_OK;
out:
	return status;
}

void weir_case_free(weir_case *one)
{
	weir_block_destroy(one->block);
	weir_block_destroy(one->forecast_block);
	weir_arena_destroy(one->arena);
	*one = (weir_case){ 0 };
}
