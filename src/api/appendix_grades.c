/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appendix_grades.c: how far each class survives on top of each scenario, block-wise, and what grades ask of it. */
#include <math.h>
#include <string.h>

#include "api/appendix.h"
#include "io/rating_csv.h"
#include "pool/actuals.h"
#include "study/scenario_number.h"

/* The searches of an appendix: by case of support and scenario, one of each of these. */
typedef enum limit_kind { LIMIT_HAIRCUT, LIMIT_DEFAULT, LIMIT_RECOVERY, LIMIT_KINDS } limit_kind;

typedef struct grade_study {
	weir_appendix *a;
	int count;                 /* scenarios that are searched, the first ones of the frame */
	int kinds;                 /* of searches: LIMIT_KINDS, or 1 where nothing can default */
	weir_variant variants[2];
	int variant_count;
	weir_limit_test *tests;    /* a class that is owed something each */
	int test_count;
	const weir_scenario **laid;/* [variants][count] scenarios with the case of support in them */
	weir_limit_search *searches;
	weir_limit *limits;        /* [variants][count][kinds][tests] */
	weir_rating_way *ways;     /* [variants][count][tests] */
} grade_study;

/* --- targets ---------------------------------------------------------------------------------------------------- */

/* What the expected scenario lets default: its total, or what in fact defaults. */
static double expected_default(const weir_appendix *a)
{
	double opening = a->s->pool->opening_cents;
	double total = weir_scenario_default_total(a->expected);
	if (!isnan(total))
		return total;
	return opening > 0 ? weir_rate_normal(a->found.rows[a->frame.count].defaulted / opening) : 0;
}

static weir_status read_targets(weir_appendix *a)
{
	weir_grade_tables tables;
	const weir_pool *pool = a->s->pool;
	weir_status status = weir_grade_tables_load(&tables, a->arena, &a->s->sources, NULL, &a->s->call);
	if (status != WEIR_OK)
		return status;
	a->grades.table = weir_grade_tables_find(&tables, a->asset_class);
	if (!a->grades.table) {
		weir_diag_error(&a->s->call, UNKNOWN_ID, (weir_place){ 0 },
		                "there are no targets for assets \"%s\"; add them to rating-targets.csv",
		                a->asset_class);
		return WEIR_INPUT;
	}
	weir_target *targets = weir_arena_array(a->arena, (size_t)a->grades.table->count + 1, sizeof *targets);
	if (!targets)
		return WEIR_NO_MEMORY;
	a->base_default = expected_default(a);
	a->grades.targets = targets;
	a->grades.terms = (weir_target_terms){ .base_default = a->base_default,
		                               .left = 1,
		                               .recovery = weir_scenario_recovery(a->expected) };
	if (weir_pool_standing_cents(pool) > 0)
		weir_target_terms_stand(&a->grades.terms, pool);
	if (!a->grades.table->of_recovery)
		weir_targets_find(targets, a->grades.table, &a->grades.terms);
	return WEIR_OK;
}

/* --- searches --------------------------------------------------------------------------------------------------- */

static weir_status list_cases(grade_study *g)
{
	const weir_deal *deal = g->a->s->deal;
	g->variant_count = deal->support_count + deal->cover_count > 0 ? 2 : 1;
	g->variants[1].support = WEIR_WITHOUT_SUPPORT;
	g->tests = weir_arena_array(g->a->arena, (size_t)deal->class_count + 1, sizeof *g->tests);
	if (!g->tests)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->class_count; i++)
		if (deal->classes[i].style != WEIR_STYLE_RESIDUAL)
			g->tests[g->test_count++] =
				(weir_limit_test){ .class_number = i, .survival = WEIR_SURVIVE_BOTH };
	return WEIR_OK;
}

/* The scenarios with support, then without it. */
static weir_status lay_cases(grade_study *g)
{
	weir_appendix *a = g->a;
	size_t count = (size_t)g->count;
	weir_status status = WEIR_OK;
	g->laid = weir_arena_array(a->arena, 2 * count + 1, sizeof *g->laid);
	if (!g->laid)
		return WEIR_NO_MEMORY;
	memcpy(g->laid, a->frame.scenarios, count * sizeof *g->laid);
	for (size_t i = 0; g->variant_count > 1 && i < count && status == WEIR_OK; i++) {
		weir_scenario *made = weir_arena_alloc(a->arena, sizeof *made);
		if (!made)
			return WEIR_NO_MEMORY;
		g->laid[count + i] = made;
		status = weir_scenario_set_number(made, a->arena, a->s->plan, a->frame.scenarios[i], "support.off", 1);
	}
	return status;
}

/* What is searched on top of one scenario. */
static weir_status make_searches(weir_limit_search *out, grade_study *g, const weir_scenario *scenario)
{
	weir_status status;
	int found;
	out[LIMIT_HAIRCUT].scenario = scenario;
	WEIR_TRY(weir_pool_shock_named(&out[LIMIT_HAIRCUT].shock, "haircut", 0, scenario));
	if (g->kinds < LIMIT_KINDS)
		goto out;
	out[LIMIT_RECOVERY] = (weir_limit_search){ .scenario = scenario, .from_above = 1 };
	WEIR_TRY(weir_pool_shock_named(&out[LIMIT_RECOVERY].shock, "recovery", 0, scenario));
	weir_scenario *bare = weir_arena_alloc(g->a->arena, sizeof *bare);
	if (!bare)
		return WEIR_NO_MEMORY;
	out[LIMIT_DEFAULT].scenario = bare;
	status = weir_rating_search_make(bare, &out[LIMIT_DEFAULT].shock, g->a->arena, scenario, WEIR_RATING_AS_IT_IS,
	                                 &found);
out:
	return status;
}

static int run_count(const grade_study *g)
{
	return g->variant_count * g->count;
}

static weir_limit *limit_at(const grade_study *g, int run, limit_kind kind, int test)
{
	return &g->limits[((size_t)run * (size_t)g->kinds + kind) * (size_t)g->test_count + (size_t)test];
}

/* Whether some class survives so much in a run that it is searched again. */
static int is_searched_again(const grade_study *g, int run, int test)
{
	return weir_rating_is_too_much(limit_at(g, run, LIMIT_DEFAULT, test)->value);
}

static weir_status find_all(grade_study *g, weir_limit *out, const weir_limit_search *searches, int count)
{
	const weir_limit_terms terms = { searches, count, g->tests, g->test_count, g->a->is_large };
	return weir_limits_find(out, g->a->arena, g->a->s->plan, &terms, &g->a->s->call);
}

/* One of the harder ways, for the runs that some class survives too easily. */
static weir_status search_harder(grade_study *g, weir_rating_way way)
{
	weir_status status;
	int count = 0, found, *runs = weir_arena_array(g->a->arena, (size_t)run_count(g) + 1, sizeof *runs);
	weir_limit_search *searches = weir_arena_array(g->a->arena, (size_t)run_count(g) + 1, sizeof *searches);
	weir_limit *limits =
		weir_arena_array(g->a->arena, (size_t)run_count(g) * (size_t)g->test_count + 1, sizeof *limits);
	if (!runs || !searches || !limits)
		return WEIR_NO_MEMORY;
	for (int run = 0; run < run_count(g); run++) {
		int again = 0;
		for (int t = 0; t < g->test_count; t++)
			again |= is_searched_again(g, run, t);
		weir_scenario *made = again ? weir_arena_alloc(g->a->arena, sizeof *made) : NULL;
		if (!again)
			continue;
		if (!made)
			return WEIR_NO_MEMORY;
		WEIR_TRY(weir_rating_search_make(made, &searches[count].shock, g->a->arena, g->laid[run], way, &found));
		searches[count].scenario = made;
		runs[count] = run;
		count += found;
	}
	WEIR_TRY(find_all(g, limits, searches, count));
	for (int i = 0; i < count; i++)
		for (int t = 0; t < g->test_count; t++)
			if (is_searched_again(g, runs[i], t)) {
				*limit_at(g, runs[i], LIMIT_DEFAULT, t) = limits[i * g->test_count + t];
				g->ways[runs[i] * g->test_count + t] = way;
			}
out:
	return status;
}

static weir_status find_limits(grade_study *g)
{
	weir_status status;
	weir_appendix *a = g->a;
	size_t searches = (size_t)run_count(g) * (size_t)g->kinds, tests = (size_t)g->test_count;
	g->searches = weir_arena_array(a->arena, searches + 1, sizeof *g->searches);
	g->limits = weir_arena_array(a->arena, searches * tests + 1, sizeof *g->limits);
	g->ways = weir_arena_array(a->arena, (size_t)run_count(g) * tests + 1, sizeof *g->ways);
	if (!g->searches || !g->limits || !g->ways)
		return WEIR_NO_MEMORY;
	for (int run = 0; run < run_count(g); run++)
		WEIR_TRY(make_searches(&g->searches[run * g->kinds], g, g->laid[run]));
	WEIR_TRY(find_all(g, g->limits, g->searches, (int)searches));
	for (int way = WEIR_RATING_LESS_PREPAYMENT; g->kinds == LIMIT_KINDS && way <= WEIR_RATING_BY_PRINCIPAL; way++)
		WEIR_TRY(search_harder(g, (weir_rating_way)way));
out:
	return status;
}

/* --- by class --------------------------------------------------------------------------------------------------- */

/* One kind of limits of a class in a case of support, scenario by scenario; NULL without memory. */
static const weir_limit *column_of(const grade_study *g, int variant, limit_kind kind, int test)
{
	int count = g->count;
	weir_limit *column = weir_arena_array(g->a->arena, (size_t)count + 1, sizeof *column);
	for (int i = 0; column && i < count; i++)
		column[i] = *limit_at(g, variant * count + i, kind, test);
	return column;
}

static weir_status add_class(grade_study *g, int variant, int test)
{
	weir_appendix *a = g->a;
	weir_stress_limits *l = &a->limits[a->limit_count++];
	weir_rating_way *ways = weir_arena_array(a->arena, (size_t)g->count + 1, sizeof *ways);
	*l = (weir_stress_limits){ .class_number = g->tests[test].class_number,
		                   .variant = g->variants[variant],
		                   .scenario_count = g->count };
	l->haircuts = column_of(g, variant, LIMIT_HAIRCUT, test);
	if (!ways || !l->haircuts)
		return WEIR_NO_MEMORY;
	if (g->kinds < LIMIT_KINDS)
		return WEIR_OK;
	for (int i = 0; i < g->count; i++)
		ways[i] = g->ways[(variant * g->count + i) * g->test_count + test];
	l->ways = ways;
	l->defaults = column_of(g, variant, LIMIT_DEFAULT, test);
	l->recoveries = column_of(g, variant, LIMIT_RECOVERY, test);
	return l->defaults && l->recoveries ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status sort_limits(grade_study *g)
{
	weir_status status = WEIR_OK;
	weir_appendix *a = g->a;
	a->limits = weir_arena_array(a->arena, (size_t)g->test_count * 2 + 1, sizeof *a->limits);
	if (!a->limits)
		return WEIR_NO_MEMORY;
	for (int t = 0; t < g->test_count; t++)
		for (int v = 0; v < g->variant_count && status == WEIR_OK; v++)
			status = add_class(g, v, t);
	return status;
}

weir_status weir_appendix_grade(weir_appendix *a)
{
	static const double multiples[] = { 0.5, 1, 1.5, 2, 3 };
	weir_status status;
	grade_study g = { .a = a };
	g.kinds = strcmp(a->asset_class, WEIR_ASSETS_BY_RECEIPTS) == 0 ? 1 : LIMIT_KINDS;
	WEIR_TRY(read_targets(a));
	WEIR_TRY(list_cases(&g));
	g.count = a->is_large ? 1 : a->frame.count;
	WEIR_TRY(lay_cases(&g));
	if (!a->is_huge) {
		WEIR_TRY(find_limits(&g));
		WEIR_TRY(sort_limits(&g));
	}
	WEIR_TRY(weir_fill_stress_breakeven(&a->frame, &a->grades, a->limits, a->limit_count));
	WEIR_TRY(weir_fill_stress_support(&a->frame, &a->grades));
	/* of receipts a grade asks the same, whatever is expected to default */
	int by_receipts = a->grades.table->of_recovery;
	status = weir_fill_rating_sensitivity(&a->frame, &a->grades, by_receipts ? multiples + 1 : multiples,
	                                      by_receipts ? 1 : (int)(sizeof multiples / sizeof *multiples), a->limits,
	                                      a->limit_count);
out:
	return status;
}
