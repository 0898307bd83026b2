/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/eligibility.h"

#include "study/candidates.h"

/* The criteria as rules of a selection, which is how candidates are tested. */
static weir_status make_rules(weir_selection_rules *rules, weir_arena *arena, const weir_deal *deal)
{
	*rules = (weir_selection_rules){ .node = deal->node, .measure = WEIR_MEASURE_PRINCIPAL };
	rules->rules = weir_arena_array(arena, (size_t)deal->criterion_count + 1, sizeof *rules->rules);
	if (!rules->rules)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->criterion_count; i++)
		if (deal->criteria[i].formula.text) /* one without was complained about */
			rules->rules[rules->rule_count++] = (weir_rule){ .node = deal->criteria[i].node,
				                                         .kind = WEIR_RULE_ELIGIBLE,
				                                         .of = deal->criteria[i].formula };
	return WEIR_OK;
}

weir_status weir_eligibility_check(const weir_pool *pool, weir_diags *diags)
{
	weir_arena *arena = NULL;
	weir_selection_rules rules;
	weir_candidates candidates = { 0 };
	weir_status status;
	if (pool->deal->criterion_count == 0)
		return WEIR_OK;
	WEIR_TRY(weir_arena_create(&arena));
	WEIR_TRY(make_rules(&rules, arena, pool->deal));
	status = weir_candidates_create(&candidates, arena, pool, &rules, diags);
out:
	weir_candidates_free(&candidates);
	weir_arena_destroy(arena);
	return status;
}

/* Fills one criterion's row. */
static void test_one(weir_eligibility *out, const weir_candidates *candidates, int criterion, char *out_of_all)
{
	char *fails = out->fails + (size_t)criterion * (size_t)out->contracts;
	for (int c = 0; c < out->contracts; c++) {
		weir_quad value;
		const char *lacks = NULL;
		int known = weir_candidates_evaluate(&value, &lacks, candidates, candidates->tests[criterion], c);
		fails[c] = !known || value == 0;
		out->failed[criterion] += fails[c];
		out_of_all[c] |= fails[c];
	}
}

weir_status weir_eligibility_test(weir_eligibility *out, weir_arena *arena, const weir_pool *pool)
{
	const weir_deal *deal = pool->deal;
	weir_selection_rules rules;
	weir_candidates candidates = { 0 };
	weir_diags said = { 0 };
	weir_status status = WEIR_NO_MEMORY;
	*out = (weir_eligibility){ .criteria = deal->criterion_count, .contracts = deal->pool.contract_count };
	size_t contracts = (size_t)out->contracts;
	out->failed = weir_arena_array(arena, (size_t)out->criteria + 1, sizeof *out->failed);
	out->fails = weir_arena_array(arena, (size_t)out->criteria * contracts + 1, 1);
	char *any = weir_arena_array(arena, contracts + 1, 1);
	if (!out->failed || !out->fails || !any)
		goto out;
	WEIR_TRY(make_rules(&rules, arena, deal));
	WEIR_TRY(weir_candidates_create(&candidates, arena, pool, &rules, &said));
	for (int i = 0; i < out->criteria; i++)
		test_one(out, &candidates, i, any);
	for (size_t c = 0; c < contracts; c++)
		out->eligible += !any[c];
out:
	weir_candidates_free(&candidates);
	weir_diags_free(&said);
	return status;
}
