/* SPDX-License-Identifier: GPL-3.0-or-later */
/* case.c: one scenario of a session, run with its trace and every register kept. */
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "study/terms_as_run.h"

/* A name that is no path: a file that comes with weir. */
static int is_shipped(const char *path)
{
	return !strchr(path, '/') && !strstr(path, ".xml");
}

weir_status weir_session_load_scenarios(weir_session *s, const char *path, weir_scenarios *out)
{
	const weir_scenario *base = is_shipped(path) ? weir_scenarios_find(&s->scenarios, "base") : NULL;
	weir_status status = weir_scenarios_load_over(out, s->deal, path, base, &s->call);
	for (int i = 0; status == WEIR_OK && i < out->count; i++)
		weir_block_settle_scenario(s->plan, &out->items[i], &s->call);
	return status == WEIR_OK ? weir_session_judge(s) : status;
}

/* FILE#ID: loads the file into the session's deal and finds the scenario. */
static weir_status find_in_file(weir_session *s, const char *name, const char *hash, const weir_scenario **out)
{
	char path[4096];
	weir_scenarios scenarios = { 0 };
	if ((size_t)(hash - name) >= sizeof path) {
		weir_diag_error(&s->call, UNKNOWN_SCENARIO, (weir_place){ 0 }, "the path in \"%s\" is too long", name);
		return WEIR_INPUT;
	}
	memcpy(path, name, (size_t)(hash - name));
	path[hash - name] = '\0';
	weir_status status = weir_session_load_scenarios(s, path, &scenarios);
	if (status != WEIR_OK)
		return status;
	*out = weir_scenarios_find(&scenarios, hash + 1);
	if (*out)
		return WEIR_OK;
	weir_diag_error(&s->call, UNKNOWN_SCENARIO, (weir_place){ 0 }, "there is no scenario \"%s\" in \"%s\"", hash + 1,
	                path);
	return WEIR_INPUT;
}

weir_status weir_session_find_scenario(weir_session *s, const char *name, const weir_scenario **out)
{
	*out = NULL;
	if (!name)
		return WEIR_OK;
	const char *hash = strrchr(name, '#');
	if (hash)
		return find_in_file(s, name, hash, out);
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

static weir_status read_settings(weir_session *s, const char *const *sets, size_t count, weir_overlay *overlays,
                                 double *values, weir_arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(sets[i], '=');
		char *name = weir_arena_text(arena, sets[i], equals ? (size_t)(equals - sets[i]) : strlen(sets[i]));
		if (!name)
			return WEIR_NO_MEMORY;
		if (!equals) {
			weir_diag_error(&s->call, UNKNOWN_PARAMETER, (weir_place){ 0 },
			                "\"%s\" sets nothing; write NAME=VALUE with a parameter that \"weir plan\" lists, or "
			                "haircut=5%%",
			                sets[i]);
			continue;
		}
		if (!weir_block_knows(s->plan, name)) {
			weir_block_complain_unknown(s->plan, name, (weir_place){ 0 }, &s->call);
			continue;
		}
		if (weir_session_parse_value(s, name, equals + 1, &values[i]) == WEIR_NO_MEMORY)
			return WEIR_NO_MEMORY;
		overlays[i] = (weir_overlay){ .name = name, .values = &values[i] };
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
	double purchase = closing->other_out - s->deal->closing_costs_cents;
	double cash = closing->closing_cash + closing->reserve_net;
	if (s->periods.first > 1 || s->deal->class_count == 0 ||
	    (purchase >= 0 && closing->other_in == closing->other_out + cash))
		return WEIR_OK;
	weir_cents_format(closing->other_in, s->deal->currency_digits, in);
	weir_cents_format((purchase < 0 ? s->deal->closing_costs_cents : closing->other_out) + cash, s->deal->currency_digits, out);
	weir_diag_error(&s->call, NOT_CLOSED, s->deal->closing_place,
	                "the closing does not balance with what was set: the classes bring %s, purchase price, costs and "
	                "opening cash take %s; set sizes that make them equal",
	                in, out);
	return WEIR_INPUT;
}

weir_status weir_case_run(weir_case *out, weir_session *s, const char *scenario, const char *const *sets,
                          size_t set_count)
{
	weir_status status = WEIR_INPUT;
	*out = (weir_case){ 0 };
	WEIR_TRY(weir_session_find_scenario(s, scenario, &out->scenario));
	WEIR_TRY(weir_arena_create(&out->arena));
	weir_overlay *overlays = weir_arena_array(out->arena, set_count + 1, sizeof *overlays);
	double *values = weir_arena_array(out->arena, set_count + 1, sizeof *values);
	if (!overlays || !values) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	WEIR_TRY(read_settings(s, sets, set_count, overlays, values, out->arena));
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
		                       .figures = &out->figures };
out:
	if (status != WEIR_OK)
		weir_case_free(out);
	return status;
}

/* A setting as a shock behind the scenario's own. */
static weir_shock setting_shock(const weir_scenario *so_far, const char *name, double value)
{
	static const char month[] = ".fails_month";
	weir_shock shock = { .kind = WEIR_SHOCK_SET, .target = name, .value = value, .from = WEIR_DATE_NONE,
		             .to = WEIR_DATE_NONE };
	size_t length = strlen(name), tail = sizeof month - 1;
	if (strcmp(name, "haircut") != 0 && weir_pool_knows(name) &&
	    weir_pool_shock_named(&shock, name, value, so_far) == WEIR_OK)
		return shock;
	if (length > tail && strcmp(name + length - tail, month) == 0) {
		shock.kind = WEIR_SHOCK_SUPPORTER;
		shock.from_month = (int)value;
	}
	return shock;
}

/* The scenario with what was set on top of it, for studies, which take scenarios only. */
static weir_status settled_scenario(weir_case *one, const weir_scenario **out)
{
	const weir_scenario *base = one->scenario;
	int own = base ? base->shock_count : 0;
	*out = base;
	if (one->set_count == 0)
		return WEIR_OK;
	weir_scenario *made = weir_arena_alloc(one->arena, sizeof *made);
	weir_shock *shocks = weir_arena_array(one->arena, (size_t)own + one->set_count, sizeof *shocks);
	if (!made || !shocks)
		return WEIR_NO_MEMORY;
	*made = base ? *base : (weir_scenario){ .node = { .id = "base" } };
	if (own)
		memcpy(shocks, base->shocks, (size_t)own * sizeof *shocks);
	made->shocks = shocks;
	made->shock_count = own;
	for (size_t i = 0; i < one->set_count; i++) {
		const weir_overlay *set = &one->sets[i];
		shocks[own + (int)i] = setting_shock(made, set->name, set->values[0]);
		if (shocks[own + (int)i].kind == WEIR_SHOCK_SUPPORTER) {
			const char *dot = strrchr(set->name, '.');
			shocks[own + (int)i].target = weir_arena_text(one->arena, set->name, (size_t)(dot - set->name));
			if (!shocks[own + (int)i].target)
				return WEIR_NO_MEMORY;
		}
		made->shock_count++;
	}
	*out = made;
	return WEIR_OK;
}

weir_status weir_case_compare(weir_case *one, weir_session *s)
{
	weir_status status;
	const weir_deal *deal = s->deal;
	weir_support_dependence_terms terms = { .survival = WEIR_SURVIVE_BOTH };
	if (deal->support_count + deal->cover_count > 0) {
		WEIR_TRY(settled_scenario(one, &terms.scenario));
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
	weir_arena_destroy(one->arena);
	*one = (weir_case){ 0 };
}
