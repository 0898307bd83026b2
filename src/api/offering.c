/* SPDX-License-Identifier: GPL-3.0-or-later */
/* offering.c: what a prospectus needs beside the run: the pool's distributions, the case in which nothing defaults and
 * nothing is prepaid, and the scenarios beside the deal, side by side. */
#include "api/session.h"
#include "report/fill_offering.h"
#include "study/terms_as_run.h"

#define MOST_CASES 12 /* of the pricing helper */

typedef struct offering_work {
	weir_session *s;
	weir_arena *arena;
	weir_block *block;
	const weir_scenario *scenarios[MOST_CASES];
	weir_deal_figures figures[MOST_CASES];
	weir_offer_case cases[MOST_CASES];
	int count;
} offering_work;

/* Nothing first, then the scenario of the run, then those beside the deal, each once. */
static void list_scenarios(offering_work *w, const weir_scenario *own)
{
	w->scenarios[w->count++] = NULL;
	if (own)
		w->scenarios[w->count++] = own;
	for (int i = 0; i < w->s->scenarios.count && w->count < MOST_CASES; i++)
		if (&w->s->scenarios.items[i] != own)
			w->scenarios[w->count++] = &w->s->scenarios.items[i];
}

/* Every case sees what --set has set, and projects from the contracts' terms. */
static weir_status spread_sets(weir_overlay **out, offering_work *w, const weir_case *one)
{
	weir_overlay *overlays = *out = weir_arena_array(w->arena, one->set_count + 1, sizeof *overlays);
	if (!overlays)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < one->set_count; i++)
		overlays[i] = one->sets[i];
	return WEIR_OK;
}

static weir_status run_cases(offering_work *w, const weir_case *one)
{
	const weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_overlay *overlays;
	const weir_deal *terms;
	weir_status status;
	WEIR_TRY(spread_sets(&overlays, w, one));
	WEIR_TRY(weir_block_create(&w->block, w->s->plan, &options));
	weir_block_leave_actuals(w->block);
	WEIR_TRY(weir_block_run(w->block, w->scenarios, w->count, overlays, (int)one->set_count, &w->s->call));
	for (int l = 0; l < w->count; l++) {
		WEIR_TRY(weir_terms_as_run(&terms, w->arena, w->s->plan, weir_block_result(w->block), l));
		WEIR_TRY(weir_measure(&w->figures[l], w->arena, w->s->plan, weir_block_result(w->block),
		                      weir_block_rows(w->block), l));
		w->cases[l] = (weir_offer_case){ .outcome = { .plan = w->s->plan,
			                                      .terms = terms,
			                                      .run = weir_block_result(w->block),
			                                      .rows = weir_block_rows(w->block),
			                                      .shocks = weir_block_shocks(w->block, l),
			                                      .scenario = w->scenarios[l],
			                                      .figures = &w->figures[l],
			                                      .lane = l },
			                         .scenario = w->scenarios[l] };
	}
out:
	return status;
}

weir_status weir_session_add_offering(weir_session *s, weir_case *one, weir_results *results)
{
	weir_status status;
	offering_work work = { .s = s };
	weir_strat_ground ground;
	WEIR_TRY(weir_arena_create(&work.arena));
	list_scenarios(&work, one->scenario);
	WEIR_TRY(run_cases(&work, one));
	WEIR_TRY(weir_session_add_distributions(s, &ground, work.arena, results));
	const weir_offering offering = { work.cases, work.count, &ground };
	status = weir_fill_offering(results, &offering);
out:
	weir_block_destroy(work.block);
	weir_arena_destroy(work.arena);
	return status;
}
