/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_break_evens.c: many break-evens in one go: by hand, and the same as one at a time. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/break_even.h"
#include "study/break_evens.h"

Suite *weir_suite_study_break_evens(void);

/* Four receipts of 2500.00; A wants 8000.00 and nothing else. SUB takes 300.00 before A, unless the first receipt is below 2200.00
 * (test_study_break_even.c derives where A survives: up to 8.0002 %, and again from 12.0003 % to 20.0002 %). */
static const char leak[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"8000.00\" interest=\"none\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<fees><fee id=\"trustee\" base=\"pool.collected\" rate=\"0.0001%\"/></fees>\n"
	"<triggers><trigger id=\"STOP\" tested=\"before\" sticky=\"yes\" "
	"test=\"pool.collected below 2200.00 and period = 1\"/></triggers>\n"
	"<waterfalls><waterfall id=\"stopped\" when=\"STOP\"><pay what=\"A.principal\"/><pay what=\"trustee\"/>"
	"<keep until=\"A is paid\"/><pay what=\"SUB.rest\"/></waterfall>\n"
	"<waterfall id=\"normal\"><pay what=\"SUB.rest\" limit=\"300.00\"/><pay what=\"A.principal\"/>"
	"<pay what=\"trustee\"/><keep until=\"A is paid\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n";

static engine_deal d;
static int is_open;

static void setup(void)
{
	io_enter();
	is_open = 0;
}

static void teardown(void)
{
	if (is_open)
		engine_close(&d);
	io_leave();
}

static weir_limit_search search_of(const char *name, const weir_scenario *scenario, int from_above)
{
	weir_limit_search search = { .scenario = scenario, .from_above = from_above };
	ck_assert_int_eq(weir_pool_shock_named(&search.shock, name, 0, scenario), WEIR_OK);
	return search;
}

START_TEST(by_hand)
{
	weir_limit found[6];
	engine_open_text(&d, engine_text((const double[]){ 250000, 250000, 250000, 250000 }, (const double[]){ 0, 0, 0, 0 }, leak));
	is_open = 1;
	const weir_limit_search searches[] = { search_of("haircut", NULL, 0), search_of("haircut", NULL, 1) };
	/* A is to get 6000.00 in all: with the leak every receipt of 2200.00 or more leaves it 4 x 1900.00 and more; without it
	 * 4 receipts of 1500.00: 250,000 (1 - h) >= 149,999.5, h at most 0.400002 */
	const weir_limit_test tests[] = { { .class_number = 0 }, { .class_number = -1 }, { .class_number = 0, .paid_back = 600000 } };
	ck_assert_int_eq(weir_limits_find(found, d.arena, d.plan, &(weir_limit_terms){ searches, 2, tests, 3, 0 }, &d.load.diags), WEIR_OK);
	ck_assert_msg(found[0].value == 0.080002, "%.12f", found[0].value);
	ck_assert_msg(found[1].value == 0.080002, "%.12f", found[1].value);
	ck_assert_msg(found[2].value == 0.400002, "%.12f", found[2].value);
	ck_assert(!found[0].whole && !found[2].whole);
	/* of 10,000.00 each receipt gives up 250,000 - round(250,000 x 0.919998) = 20,000.5 -> 20,000 or 20,001 cents */
	ck_assert_msg(fabs(found[0].defaulted_share - 0.08) < 1e-4, "%.12f", found[0].defaulted_share);
	/* nothing is survived with everything taken off */
	for (int t = 3; t < 6; t++)
		ck_assert(isnan(found[t].value) && !found[t].whole && isnan(found[t].defaulted_share));
}
END_TEST

/* Where a single search calls `largest`, this finds the same, on top of every scenario, of seniors and of each class. */
static void compare(const weir_scenario *scenario, const char *name)
{
	weir_limit found[16];
	weir_limit_test tests[16] = { { .class_number = -1 } };
	int count = 1;
	const weir_deal *deal = weir_plan_deal(d.plan);
	for (int i = 0; i < deal->class_count && count < 16; i++)
		if (deal->classes[i].style != WEIR_STYLE_RESIDUAL)
			tests[count++].class_number = i;
	const weir_limit_search search = search_of(name, scenario, 0);
	ck_assert_int_eq(weir_limits_find(found, d.arena, d.plan, &(weir_limit_terms){ &search, 1, tests, count, 0 }, &d.load.diags), WEIR_OK);
	for (int t = 0; t < count; t++) {
		weir_break_even one;
		weir_break_even_terms terms = {
			.vary = name, .class_number = tests[t].class_number, .from = 0, .to = 1, .scenario = scenario
		};
		ck_assert_int_eq(weir_break_even_find(&one, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
		ck_assert_msg(found[t].value == one.largest || (isnan(found[t].value) && isnan(one.largest)),
		              "%s, %s, class %d: %.12f, not %.12f", scenario ? scenario->node.id : "base", name,
		              tests[t].class_number, found[t].value, one.largest);
		ck_assert_int_eq(found[t].whole, one.count == 0 && one.survives_from);
		ck_assert(found[t].defaulted_share == one.largest_defaulted_share ||
		          (isnan(found[t].defaulted_share) && isnan(one.largest_defaulted_share)));
	}
}

static const char *const deals[] = { "deals/ex2-secondary-licence/supported.xml", "deals/ex3-sale-leaseback/deal.xml",
	                             "deals/ledger-abn/deal.xml", "deals/ex6-trademark-royalty/deal.xml" };

START_TEST(as_one_at_a_time)
{
	engine_open(&d, deals[_i]);
	is_open = 1;
	compare(NULL, "haircut");
	for (int i = 0; i < d.scenarios.count && i < 3; i++)
		compare(&d.scenarios.items[i], i % 2 ? "income_cut" : "haircut");
}
END_TEST

/* The searches share blocks: each finds what it finds alone. */
START_TEST(together_as_alone)
{
	enum { COUNT = 9 };
	weir_limit together[COUNT * 2], alone[2];
	weir_limit_search searches[COUNT];
	const weir_limit_test tests[] = { { .class_number = 0 }, { .class_number = 0, .survival = WEIR_SURVIVE_FIRST_LOSS } };
	engine_open(&d, "deals/ex3-sale-leaseback/deal.xml");
	is_open = 1;
	for (int i = 0; i < COUNT; i++)
		searches[i] = search_of(i % 3 == 0 ? "haircut" : i % 3 == 1 ? "default_total" : "late_share",
		                        i < d.scenarios.count ? &d.scenarios.items[i] : NULL, i % 2);
	ck_assert_int_eq(weir_limits_find(together, d.arena, d.plan, &(weir_limit_terms){ searches, COUNT, tests, 2, 0 }, &d.load.diags), WEIR_OK);
	for (int i = 0; i < COUNT; i++) {
		ck_assert_int_eq(weir_limits_find(alone, d.arena, d.plan, &(weir_limit_terms){ &searches[i], 1, tests, 2, 0 }, &d.load.diags), WEIR_OK);
		for (int t = 0; t < 2; t++)
			ck_assert(alone[t].value == together[i * 2 + t].value ||
			          (isnan(alone[t].value) && isnan(together[i * 2 + t].value)));
	}
	ck_assert_int_eq(weir_limits_find(together, d.arena, d.plan, &(weir_limit_terms){ searches, 0, tests, 2, 0 }, &d.load.diags), WEIR_OK);
}
END_TEST

/* A quick search ends less than a millionth below the answer. */
START_TEST(quick_ones_are_near)
{
	weir_limit exact[3], quick[3];
	const weir_limit_test tests[] = { { .class_number = 0 }, { .class_number = 1 }, { .class_number = 2 } };
	engine_open(&d, "deals/ex3-sale-leaseback/deal.xml");
	is_open = 1;
	const weir_limit_search search = search_of("haircut", NULL, 0);
	weir_limit_terms terms = { &search, 1, tests, 3, 0 };
	ck_assert_int_eq(weir_limits_find(exact, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
	terms.quick = 1;
	ck_assert_int_eq(weir_limits_find(quick, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
	for (int t = 0; t < 3; t++)
		ck_assert_msg(quick[t].value <= exact[t].value && quick[t].value > exact[t].value - 1e-6, "%.9f, %.9f",
		              quick[t].value, exact[t].value);
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_limit found[2];
	const weir_limit_test test = { .class_number = -1 };
	int failed = 0;
	engine_open(&d, "tests/deals/two-firms/deal.xml");
	is_open = 1;
	const weir_limit_search searches[] = { search_of("haircut", NULL, 0), search_of("default_total", NULL, 0) };
	for (long n = 1;; n++) {
		weir_arena *arena;
		ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
		weir_alloc_fail_from(n);
		weir_status status = weir_limits_find(found, arena, d.plan, &(weir_limit_terms){ searches, 2, &test, 1, 0 }, &d.load.diags);
		weir_alloc_fail_from(0);
		weir_arena_destroy(arena);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 10);
	/* 10,375,000.00 comes in all and 8,160,000.00 is due, to the rounding of eight receipts */
	ck_assert_msg(fabs(found[0].value - 2215.0 / 10375) < 1e-8, "%.12f", found[0].value);
}
END_TEST

Suite *weir_suite_study_break_evens(void)
{
	Suite *suite = suite_create("study_break_evens");
	TCase *test = tcase_create("study_break_evens");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, by_hand);
	tcase_add_loop_test(test, as_one_at_a_time, 0, (int)(sizeof deals / sizeof *deals));
	tcase_add_test(test, together_as_alone);
	tcase_add_test(test, quick_ones_are_near);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
