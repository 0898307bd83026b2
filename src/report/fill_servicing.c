/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing.c: the tables of the holders' reports: what happened in each period. */
#include "report/fill_servicing.h"

/* The period in which a call sells the pool. */
static int period_of_sale(const weir_outcome *o)
{
	int k = weir_fill_first(o);
	while (k < weir_fill_period_count(o) && weir_fill_recorded(o, weir_fill_map(o)->sold, k) == 0)
		k++;
	return k;
}

static weir_status start(weir_serviced *s)
{
	const weir_pool *pool = weir_plan_pool(s->o->plan);
	size_t cells = (size_t)s->count * (size_t)(pool->deal->pool.obligor_count + 1);
	s->sold = period_of_sale(s->o);
	s->by_contract = pool->receipt_count <= WEIR_SERVICING_MOST_RECEIPTS && cells <= WEIR_SERVICING_MOST_CELLS;
	s->states = weir_arena_array(s->f.scratch, (size_t)s->count, sizeof *s->states);
	if (!s->states)
		return WEIR_NO_MEMORY;
	return s->by_contract ? weir_servicing_walk(s) : WEIR_OK;
}

weir_status weir_fill_servicing(weir_results *results, const weir_outcome *outcome)
{
	static weir_status (*const fillers[])(weir_serviced *) = {
		weir_servicing_tables, weir_servicing_funds, weir_servicing_pool, weir_servicing_support,
		weir_servicing_events,
	};
	weir_serviced s = { .f = { .results = results,
		                    .outcome = outcome,
		                    .deal = weir_fill_terms_of(outcome),
		                    .pool = weir_plan_pool(outcome->plan),
		                    .periods = weir_plan_periods(outcome->plan) },
		             .o = outcome,
		             .first = weir_fill_first(outcome),
		             .count = weir_fill_period_count(outcome) };
	weir_status status;
	WEIR_TRY(weir_arena_create(&s.f.scratch));
	WEIR_TRY(start(&s));
	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		WEIR_TRY(fillers[i](&s));
	if (s.f.failed)
		status = WEIR_NO_MEMORY;
out:
	weir_arena_destroy(s.f.scratch);
	return status;
}
