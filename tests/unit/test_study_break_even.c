/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_break_even.c: the largest stress survived: a deal whose outcome changes three times, to the billionth. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "engine_fixture.h"
#include "study/break_even.h"

Suite *weir_suite_study_break_even(void);

/* Four receipts of 2500.00; A wants 8000.00 and nothing else. SUB takes 300.00 before A, unless the first receipt is
 * below 2200.00. Cents, each receipt 250,000 x (1 - h) rounded half away from zero:
 *   with the leak A wants receipts of at least 230,000:    250,000 (1 - h) >= 229,999.5, h at most 0.080002
 *   the leak stops with a receipt of at most 219,999:      250,000 (1 - h) <  219,999.5, h above 0.120002
 *   without the leak A wants receipts of at least 200,000: 250,000 (1 - h) >= 199,999.5, h at most 0.200002 */
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
static weir_break_even found;

static void setup(void)
{
	io_enter();
	engine_open_text(&d, engine_text((const double[]){ 250000, 250000, 250000, 250000 },
	                                 (const double[]){ 0, 0, 0, 0 }, leak));
}

static void teardown(void)
{
	engine_close(&d);
	io_leave();
}

static void find(weir_break_even_terms terms)
{
	ck_assert_int_eq(weir_break_even_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
}

static const weir_break_even_terms haircut = { .vary = "haircut", .class_number = -1, .from = 0, .to = 0.5 };

static void expect_crossing(int number, double below, int survives_below)
{
	ck_assert_int_lt(number, found.count);
	ck_assert_msg(found.crossings[number].below == below, "crossing at %.12f", found.crossings[number].below);
	ck_assert_int_eq(found.crossings[number].survives_below, survives_below);
}

START_TEST(all_three_crossings)
{
	for (int i = 0; i < 4; i++) {
		weir_break_even_terms terms = haircut;
		terms.class_number = i % 2 ? 0 : -1; /* all seniors, and the only one */
		terms.survival = i < 2 ? WEIR_SURVIVE_BOTH : WEIR_SURVIVE_FIRST_LOSS;
		find(terms);
		ck_assert_int_eq(found.count, 3);
		expect_crossing(0, 0.080002, 1);
		expect_crossing(1, 0.120002, 0);
		expect_crossing(2, 0.200002, 1);
		ck_assert(found.survives_from && !found.survives_to && !found.monotone);
		ck_assert_double_eq(found.largest, 0.080002); /* without a break */
	}
}
END_TEST

/* Run by itself, each value is the last before the change, and a billionth more the first behind it. */
START_TEST(values_are_exact)
{
	static const double below[] = { 0.080002, 0.120002, 0.200002 };
	static const int survives[] = { 1, 0, 1 };
	const weir_scenario *scenarios[6] = { NULL };
	double values[6];
	weir_overlay overlay = { .name = "haircut", .values = values };
	weir_run_options options = { .trace_lane = -1 };
	weir_block *block;
	for (int i = 0; i < 6; i++)
		values[i] = below[i / 2] + i % 2 * 1e-9;
	ck_assert_int_eq(weir_block_create(&block, d.plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_run(block, scenarios, 6, &overlay, 1, &d.load.diags), WEIR_OK);
	const double *left = weir_run_final(weir_block_result(block), weir_plan_registers(d.plan)->classes[0].balance);
	for (int i = 0; i < 6; i++)
		ck_assert_msg((left[i] == 0) == (i % 2 ? !survives[i / 2] : survives[i / 2]), "%.9f leaves %.0f",
		              values[i], left[i]);
	weir_block_destroy(block);
}
END_TEST

START_TEST(what_a_part_of_the_range_says)
{
	weir_break_even_terms terms = haircut;
	terms.to = 0.05;
	find(terms); /* survives throughout */
	ck_assert(found.count == 0 && found.survives_from && found.survives_to && found.monotone);
	ck_assert_double_eq(found.largest, 0.05);
	terms.to = 0.11;
	find(terms); /* from surviving to failing */
	ck_assert(found.count == 1 && found.monotone && found.largest == 0.080002);
	terms.from = 0.09;
	find(terms); /* fails throughout */
	ck_assert(found.count == 0 && !found.survives_from && !found.survives_to && isnan(found.largest));
	terms.to = 0.15;
	find(terms); /* from failing to surviving: no largest stress */
	ck_assert(found.count == 1 && !found.monotone && isnan(found.largest));
	expect_crossing(0, 0.120002, 0);
	terms = haircut;
	terms.from = -0.5; /* more than promised */
	terms.to = 0.1;
	find(terms);
	ck_assert(found.count == 1 && found.largest == 0.080002);
}
END_TEST

/* Pass-through principal is never missed: only what is unpaid at the end tells. */
START_TEST(nothing_is_missed_here)
{
	weir_break_even_terms terms = haircut;
	terms.survival = WEIR_SURVIVE_FIRST_MISSED;
	find(terms);
	ck_assert(found.count == 0 && found.survives_to);
}
END_TEST

/* On top of 95 % of receipts: 237,500 (1 - h) >= 229,999.5 is h at most 0.031581052631…; 237,500 (1 - h) < 219,999.5 is
 * h above 0.073686315789…; 199,999.5: 0.157896842105… */
START_TEST(on_top_of_a_scenario)
{
	weir_shock most = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.95 };
	weir_scenario scenario = { .node = { .id = "S95" }, .shocks = &most, .shock_count = 1 };
	weir_break_even_terms terms = haircut;
	terms.scenario = &scenario;
	find(terms);
	ck_assert_int_eq(found.count, 3);
	expect_crossing(0, 0.031581052, 1);
	expect_crossing(1, 0.073686315, 0);
	expect_crossing(2, 0.157896842, 1);
}
END_TEST

/* A parameter: behind A, the trustee's rate changes nothing for A; EX1's coupon does. */
START_TEST(a_rate_can_be_varied)
{
	weir_break_even_terms terms = haircut;
	terms.vary = "trustee.rate";
	terms.to = 1;
	find(terms);
	ck_assert(found.count == 0 && found.survives_to);
	engine_close(&d);
	engine_open(&d, "deals/ex1-patent-licence/deal.xml");
	terms.vary = "A.coupon";
	find(terms);
	ck_assert(found.count == 1 && found.monotone && found.largest > 0.0359);
	const weir_scenario *scenarios[2] = { NULL };
	double values[2] = { found.largest, found.largest + 1e-9 };
	weir_overlay overlay = { .name = "A.coupon", .values = values };
	weir_run_options options = { .trace_lane = -1 };
	weir_block *block;
	ck_assert_int_eq(weir_block_create(&block, d.plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_run(block, scenarios, 2, &overlay, 1, &d.load.diags), WEIR_OK);
	const double *missed = weir_run_final(weir_block_result(block), weir_plan_registers(d.plan)->missed);
	ck_assert(missed[0] == 0 && missed[1] == 1);
	weir_block_destroy(block);
}
END_TEST

START_TEST(an_unknown_name_is_complained_about)
{
	weir_break_even_terms terms = haircut;
	terms.vary = "trustee.late";
	ck_assert_int_eq(weir_break_even_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(
		&d.load,
		"-:*: error: there is no number \"trustee.late\" to set; did you mean \"trustee.rate\"? \"weir plan\" "
		"lists the parameters [unknown-parameter]");
}
END_TEST

Suite *weir_suite_study_break_even(void)
{
	Suite *suite = suite_create("study_break_even");
	TCase *test = tcase_create("study_break_even");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, all_three_crossings);
	tcase_add_test(test, values_are_exact);
	tcase_add_test(test, what_a_part_of_the_range_says);
	tcase_add_test(test, nothing_is_missed_here);
	tcase_add_test(test, on_top_of_a_scenario);
	tcase_add_test(test, a_rate_can_be_varied);
	tcase_add_test(test, an_unknown_name_is_complained_about);
	suite_add_tcase(suite, test);
	return suite;
}
