/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/support_dependence.h"

typedef struct study {
	weir_support_dependence *out;
	weir_arena *arena;
	const weir_plan *plan;
	const weir_support_dependence_terms *terms;
	weir_diags *diags;
} study;

static weir_status add_row(study *s, weir_variant variant)
{
	weir_stress found;
	weir_stress_terms terms = { .scenarios = &s->terms->scenario,
		                    .scenario_count = 1,
		                    .variant = variant,
		                    .survival = s->terms->survival };
	weir_status status = weir_stress_run(&found, s->arena, s->plan, &terms, s->diags);
	if (status == WEIR_OK)
		s->out->rows[s->out->count++] = (weir_support_dependence_row){ variant, found.rows[0] };
	return status;
}

static weir_status add_failing(study *s, int party)
{
	static const int at_once = 0;
	const int *months = s->terms->month_count > 0 ? s->terms->months : &at_once;
	int count = s->terms->month_count > 0 ? s->terms->month_count : 1;
	weir_status status = WEIR_OK;
	for (int m = 0; m < count && status == WEIR_OK; m++)
		status = add_row(s, (weir_variant){ WEIR_SUPPORTER_FAILS, party, months[m] });
	return status;
}

weir_status weir_support_dependence_find(weir_support_dependence *out, weir_arena *arena, const weir_plan *plan,
                                         const weir_support_dependence_terms *terms, weir_diags *diags)
{
	weir_status status;
	const weir_deal *deal = weir_plan_deal(plan);
	study s = { out, arena, plan, terms, diags };
	int months = terms->month_count > 0 ? terms->month_count : 1;
	*out = (weir_support_dependence){ 0 };
	out->rows = weir_arena_array(arena, (size_t)deal->party_count * (size_t)months + 2, sizeof *out->rows);
	if (!out->rows)
		return WEIR_NO_MEMORY;
	WEIR_TRY(add_row(&s, (weir_variant){ 0 }));
	if (deal->support_count + deal->cover_count == 0)
		goto out;
	WEIR_TRY(add_row(&s, (weir_variant){ .support = WEIR_WITHOUT_SUPPORT }));
	for (int p = 0; p < deal->party_count; p++)
		if (weir_deal_is_supporter(deal, p))
			WEIR_TRY(add_failing(&s, p));
out:
	return status;
}
