/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_memory.c: deals with support, from compilation to the studies, while memory runs out ever later. */
#include <check.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/break_even.h"
#include "study/financing_cost.h"
#include "study/support_dependence.h"

Suite *weir_suite_study_memory(void);

/* Everything that one attempt makes; freed whatever became of it. */
typedef struct attempt {
	weir_arena *arena;
	weir_periods periods;
	weir_pool *pool;
	weir_plan *plan;
	weir_block *block;
	weir_diags diags;
} attempt;

static weir_status run_scenarios(attempt *a, const weir_scenarios *scenarios)
{
	weir_status status;
	const weir_scenario *lanes[WEIR_LANES];
	weir_run_options options = { .trace_lane = 0, .record_all = 1 };
	int count = 0;
	for (int s = 0; s < scenarios->count && count < WEIR_LANES; s++)
		lanes[count++] = &scenarios->items[s];
	WEIR_TRY(weir_block_create(&a->block, a->plan, &options));
	status = weir_block_run(a->block, lanes, count, NULL, 0, &a->diags);
out:
	return status;
}

static weir_status try_all(attempt *a, const weir_deal *deal, const weir_scenarios *scenarios)
{
	weir_status status;
	weir_support_dependence dependence;
	weir_financing_costs costs;
	weir_break_even found;
	weir_break_even_terms terms = { .vary = "haircut", .from = 0, .to = 1, .class_number = -1 };
	*a = (attempt){ 0 };
	WEIR_TRY(weir_arena_create(&a->arena));
	WEIR_TRY(weir_deal_periods(&a->periods, a->arena, deal, &a->diags));
	WEIR_TRY(weir_pool_create(&a->pool, a->arena, deal, &a->diags));
	WEIR_TRY(weir_plan_create(&a->plan, deal, a->pool, &a->periods, &a->diags));
	WEIR_TRY(run_scenarios(a, scenarios));
	WEIR_TRY(weir_support_dependence_find(&dependence, a->arena, a->plan, &(weir_support_dependence_terms){ 0 }, &a->diags));
	WEIR_TRY(weir_financing_cost_measure(&costs, a->arena, a->pool));
	status = weir_break_even_find(&found, a->arena, a->plan, &terms, &a->diags);
out:
	return status;
}

static void free_all(attempt *a)
{
	weir_block_destroy(a->block);
	weir_plan_destroy(a->plan);
	weir_arena_destroy(a->arena);
	weir_diags_free(&a->diags);
}

static const char *const deals[] = {
	"deals/xixian-risk-pool/operator-led.xml",
	"deals/ex6-trademark-royalty/supported.xml",
	"deals/ex8-trust-loans/supported.xml",
	"deals/revolving-receivables/deal.xml",
	"deals/ex2-secondary-licence/midlife.xml",
};

/* Every early point of failure, then every few: what is left out is a different one for each deal. */
START_TEST(memory_may_be_short)
{
	engine_deal d;
	int failed = 0;
	engine_open(&d, deals[_i]);
	ck_assert_int_eq(d.status, WEIR_OK);
	for (long n = 1;; n += 1 + n / 97) {
		attempt a;
		weir_alloc_fail_from(n);
		weir_status status = try_all(&a, d.load.deal, &d.scenarios);
		weir_alloc_fail_from(0);
		free_all(&a);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 100);
	engine_close(&d);
}
END_TEST

Suite *weir_suite_study_memory(void)
{
	Suite *suite = suite_create("study_memory");
	TCase *test = tcase_create("study_memory");
	tcase_add_checked_fixture(test, io_enter, io_leave);
	tcase_set_timeout(test, 120);
	tcase_add_loop_test(test, memory_may_be_short, 0, sizeof deals / sizeof *deals);
	suite_add_tcase(suite, test);
	return suite;
}
