/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_block.c: what scenarios and overlays do to the terms of a deal, lane by lane. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "engine_fixture.h"

Suite *weir_suite_study_block(void);

/* A at 8 %; B at 6 %, from the third period on (15 June) 5 %; M below them at 4 %. */
static const char body[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"6000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"B\" size=\"3000.00\" coupon=\"6%\"><coupon-step from=\"2024-06-15\" coupon=\"5%\"/>"
	"<principal style=\"pass-through\"/></class>\n"
	"<class id=\"M\" size=\"1000.00\" coupon=\"4%\" rank=\"subordinated\"><principal style=\"residual\"/></class>"
	"</classes>\n"
	"<fees><fee id=\"trustee\" base=\"pool.collected\" rate=\"1%\"/><fee id=\"flat\" amount=\"10.00\"/></fees>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"trustee flat A.interest B.interest M.interest A.principal "
	"B.principal\"/><pay what=\"M.rest\"/></waterfall></waterfalls>\n";

static engine_deal d;
static weir_block *block;

static void setup(void)
{
	io_enter();
	engine_open_text(&d, engine_text((const double[]){ 100000, 40000, 100000, 800000 },
	                                 (const double[]){ 30000, 30000, 30000, 30000 }, body));
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	ck_assert_int_eq(weir_block_create(&block, d.plan, &options), WEIR_OK);
}

static void teardown(void)
{
	weir_block_destroy(block);
	engine_close(&d);
	io_leave();
}

static double value(const char *name, int period, int lane)
{
	const double *lanes = weir_run_record(weir_block_result(block), weir_plan_find_register(d.plan, name), period);
	ck_assert_msg(lanes != NULL, "no register \"%s\" was kept", name);
	return lanes[lane];
}

#define SHOCK(k, s, t, v)                                                                                              \
	(weir_shock)                                                                                                   \
	{                                                                                                              \
		.kind = WEIR_SHOCK_##k, .scope = WEIR_SCOPE_##s, .target = t, .value = v                               \
	}

static weir_scenario scenario_of(weir_shock *shocks, int count)
{
	return (weir_scenario){ .node = { .id = "X" }, .shocks = shocks, .shock_count = count };
}

/* Lane 0 base, 1 all + 50bp, 2 senior + 50bp, 3 class B + 50bp, 4 class A + 10bp and senior + 10bp, 5 A.coupon = 7.25 %,
 * 6 A.coupon = 7.25 % and class A + 5bp. Steps move with their class. Sums are decimals: 6 % + 0.5 % is 0.065. */
START_TEST(shocks_to_coupons)
{
	weir_shock shocks[] = {
		SHOCK(COUPON, ALL, NULL, 0.005),     SHOCK(COUPON, SENIOR, NULL, 0.005),
		SHOCK(COUPON, CLASS, "B", 0.005),    SHOCK(COUPON, CLASS, "A", 0.001),
		SHOCK(COUPON, SENIOR, NULL, 0.001),  SHOCK(SET, ALL, "A.coupon", 0.0725),
		SHOCK(SET, ALL, "A.coupon", 0.0725), SHOCK(COUPON, CLASS, "A", 0.0005),
	};
	weir_scenario made[] = { scenario_of(shocks, 1),     scenario_of(shocks + 1, 1), scenario_of(shocks + 2, 1),
		                 scenario_of(shocks + 3, 2), scenario_of(shocks + 5, 1), scenario_of(shocks + 6, 2) };
	const weir_scenario *scenarios[] = { NULL, &made[0], &made[1], &made[2], &made[3], &made[4], &made[5] };
	static const double wanted[][4] = { /* A; B in periods 2 and 3; M */
		                            { 0.08, 0.06, 0.05, 0.04 },    { 0.085, 0.065, 0.055, 0.045 },
		                            { 0.085, 0.065, 0.055, 0.04 }, { 0.08, 0.065, 0.055, 0.04 },
		                            { 0.082, 0.061, 0.051, 0.04 }, { 0.0725, 0.06, 0.05, 0.04 },
		                            { 0.073, 0.06, 0.05, 0.04 }
	};
	ck_assert_int_eq(weir_block_run(block, scenarios, 7, NULL, 0, &d.load.diags), WEIR_OK);
	for (int l = 0; l < 7; l++) {
		ck_assert_msg(value("A.coupon", 1, l) == wanted[l][0], "lane %d: %.17g", l, value("A.coupon", 1, l));
		ck_assert_msg(value("B.coupon", 2, l) == wanted[l][1], "lane %d: %.17g", l, value("B.coupon", 2, l));
		ck_assert_msg(value("B.coupon", 3, l) == wanted[l][2], "lane %d: %.17g", l, value("B.coupon", 3, l));
		ck_assert_msg(value("M.coupon", 1, l) == wanted[l][3], "lane %d: %.17g", l, value("M.coupon", 1, l));
	}
	/* 6,000.00 at 8 % and 8.5 % for a quarter; 3,000.00 at 6 % and 6.5 % */
	ck_assert_double_eq(value("A.interest_due", 1, 0), 12000);
	ck_assert_double_eq(value("A.interest_due", 1, 1), 12750);
	ck_assert_double_eq(value("B.interest_due", 1, 3), 4875);
	ck_assert_double_eq(value("A.coupon", 1, WEIR_LANES - 1), 0.073); /* the last lane repeated */
}
END_TEST

/* Overlays come after the scenario; of an amount too; a haircut multiplies with the scenario's own. */
START_TEST(overlays)
{
	weir_shock shocks[] = { SHOCK(SET, ALL, "haircut", 0.1), SHOCK(SET, ALL, "trustee.rate", 0.02),
		                SHOCK(SET, ALL, "flat.amount", 1234) };
	weir_scenario stressed = scenario_of(shocks, 3);
	const weir_scenario *scenarios[] = { NULL, &stressed, &stressed };
	weir_overlay overlays[] = { { .name = "haircut", .values = (const double[]){ 0.2, 0, 0.2 } },
		                    { .name = "trustee.rate", .values = (const double[]){ 0.03, 0.04, 0.05 } } };
	ck_assert_int_eq(weir_block_run(block, scenarios, 3, overlays, 2, &d.load.diags), WEIR_OK);
	ck_assert_double_eq(weir_block_shocks(block, 0)->haircut, 0.2);
	ck_assert_double_eq(weir_block_shocks(block, 1)->haircut, 0.1);
	ck_assert_double_eq(weir_block_shocks(block, 2)->haircut, 0.28); /* 1 - 0.9 x 0.8 */
	/* 1300.00 less 20 %, 10 %, 28 %; at 3 %, 4 %, 5 % */
	ck_assert_double_eq(value("trustee.due", 1, 0), 3120);
	ck_assert_double_eq(value("trustee.due", 1, 1), 4680);
	ck_assert_double_eq(value("trustee.due", 1, 2), 4680);
	ck_assert_double_eq(value("flat.due", 1, 0), 1000);
	ck_assert_double_eq(value("flat.due", 1, 1), 1234);
	/* nothing of it is left for the next run */
	ck_assert_int_eq(weir_block_run(block, (const weir_scenario *[]){ NULL }, 1, NULL, 0, &d.load.diags), WEIR_OK);
	ck_assert_double_eq(value("trustee.due", 1, 0), 1300);
	ck_assert_double_eq(weir_block_shocks(block, 0)->haircut, 0);
}
END_TEST

static void expect_refusal(weir_shock shock, const char *overlay, const char *complaint)
{
	weir_scenario made = scenario_of(&shock, 1);
	const weir_scenario *scenarios[] = { shock.target ? &made : NULL };
	weir_overlay one = { .name = overlay, .values = (const double[]){ 0.01 } };
	ck_assert_int_eq(weir_block_run(block, scenarios, 1, &one, overlay != NULL, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load, complaint);
}

START_TEST(unknown_names_are_complained_about)
{
	expect_refusal(
		SHOCK(SET, ALL, "A.cupon", 0.04), NULL,
		"-:*: error: there is no number \"A.cupon\" to set; did you mean \"A.coupon\"? \"weir plan\" lists the "
		"parameters [unknown-parameter]");
	expect_refusal(SHOCK(COUPON, CLASS, "C", 0.04), NULL, "-:*: error: there is no class \"C\" [unknown-id]");
	expect_refusal((weir_shock){ 0 }, "A.balance",
	               "-:*: error: there is no number \"A.balance\" to set;* [unknown-parameter]");
	expect_refusal(
		(weir_shock){ 0 }, "hair_cut",
		"-:*: error: there is no number \"hair_cut\" to set; did you mean \"haircut\"? \"weir plan\" lists the "
		"parameters [unknown-parameter]");
	ck_assert_uint_eq(d.load.diags.errors, 4);
	ck_assert(weir_block_knows(d.plan, "haircut") && weir_block_knows(d.plan, "B.coupon_shift"));
	ck_assert(!weir_block_knows(d.plan, "A.balance") && !weir_block_knows(d.plan, ""));
}
END_TEST

/* B pays 6 %, from June 5 %: less 5 % its least coupon is 0, and a hundredth of a basis point less is none. */
START_TEST(no_step_of_a_coupon_falls_below_nothing)
{
	weir_shock shock = SHOCK(COUPON, CLASS, "B", -0.05);
	weir_scenario made = scenario_of(&shock, 1);
	const weir_scenario *scenario = &made;
	ck_assert_int_eq(weir_block_run(block, &scenario, 1, NULL, 0, &d.load.diags), WEIR_OK);
	double low = 0.049;
	weir_overlay overlay = { .name = "B.coupon", .values = &low }; /* in the first period 4.9 % - 5 % */
	ck_assert_int_eq(weir_block_overlay(block, &overlay, 1, 1, &d.load.diags), WEIR_INPUT);
	weir_diags_free(&d.load.diags);
	shock.value = -0.050001;
	ck_assert_int_eq(weir_block_run(block, &scenario, 1, NULL, 0, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load, "-:*: error: \"B.coupon\" would be below 0; set or add values that leave it at 0 or above "
	                   "[out-of-range]");
}
END_TEST

/* What a file writes is read in the parameter's unit: 12.34 yuan are 1,234 cents, 1.5 % is 0.015. */
START_TEST(values_of_files_are_read_in_their_units)
{
	weir_shock shocks[] = { SHOCK(SET, ALL, "flat.amount", NAN), SHOCK(SET, ALL, "trustee.rate", NAN),
		                SHOCK(SET, ALL, "haircut", NAN), SHOCK(SET, ALL, "A.coupon", 0.07) };
	static const char *const texts[] = { "12.34", "1.5%", "250bp", NULL };
	static const double wanted[] = { 1234, 0.015, 0.025, 0.07 };
	weir_scenario made = scenario_of(shocks, 4);
	for (int i = 0; i < 4; i++)
		shocks[i].text = texts[i];
	weir_block_settle_scenario(d.plan, &made, &d.load.diags);
	ck_assert_uint_eq(d.load.diags.errors, 0);
	for (int i = 0; i < 4; i++)
		ck_assert_msg(shocks[i].value == wanted[i], "%s: %.17g", shocks[i].target, shocks[i].value);
	shocks[0].text = "2%";
	shocks[1].text = "0.015";
	weir_block_settle_scenario(d.plan, &made, &d.load.diags);
	io_expect(&d.load, "-:*: error: \"2%\" is no value for \"flat.amount\"; write an amount such as 1000.00 [bad-value]");
	io_expect(&d.load, "-:*: error: \"0.015\" is no value for \"trustee.rate\"; write a rate with its unit, such as 4% or "
	                   "25bp [bad-value]");
}
END_TEST

/* Numbers of the pool that studies vary have elements of their own: set would change nothing. */
START_TEST(numbers_of_studies_are_not_set)
{
	weir_shock shock = SHOCK(SET, ALL, "cdr", 0.5);
	weir_scenario made = scenario_of(&shock, 1);
	const weir_scenario *scenario = &made;
	ck_assert_int_eq(weir_block_run(block, &scenario, 1, NULL, 0, &d.load.diags), WEIR_INPUT);
	weir_block_settle_scenario(d.plan, &made, &d.load.diags); /* says the same */
	ck_assert_uint_eq(d.load.diags.errors, 1);
	io_expect(&d.load, "-:*: error: \"cdr\" is a number that studies vary; in a scenario write <default cdr=\"2%\"/> "
	                   "[unknown-parameter]");
}
END_TEST

/* A haircut is a part of the receipts, in a scenario and laid over one; of several lanes the first is told. */
START_TEST(haircuts_are_from_0_to_all)
{
	static const double edge[] = { 0, 1 }, below[] = { 0.01, -0.0013, -0.2 }, above[] = { 1.013 };
	const weir_scenario *none[3] = { NULL };
	weir_overlay overlay = { .name = "haircut", .values = edge };
	ck_assert_int_eq(weir_block_run(block, none, 2, &overlay, 1, &d.load.diags), WEIR_OK);
	overlay.values = below;
	ck_assert_int_eq(weir_block_run(block, none, 3, &overlay, 1, &d.load.diags), WEIR_INPUT);
	overlay.values = above;
	ck_assert_int_eq(weir_block_run(block, none, 1, &overlay, 1, &d.load.diags), WEIR_INPUT);
	weir_shock shock = SHOCK(SET, ALL, "haircut", -0.07);
	weir_scenario made = scenario_of(&shock, 1);
	none[0] = &made;
	ck_assert_int_eq(weir_block_run(block, none, 1, NULL, 0, &d.load.diags), WEIR_INPUT);
	ck_assert_uint_eq(d.load.diags.errors, 3);
	io_expect(&d.load, "-:*: error: a haircut of -0.13% is no part of the receipts; give 0% to 100% [out-of-range]");
	io_expect(&d.load, "-:*: error: a haircut of 101.3% is no part of the receipts; give 0% to 100% [out-of-range]");
	io_expect(&d.load, "-:*: error: a haircut of -7% is no part of the receipts; give 0% to 100% [out-of-range]");
}
END_TEST

START_TEST(scenarios_are_checked_without_running)
{
	weir_shock shocks[] = { SHOCK(SET, ALL, "haircut", 0.1), SHOCK(SET, ALL, "flat.amount", 100),
		                SHOCK(SET, ALL, "flat.rate", 0.1), SHOCK(SET, ALL, "trusty.rate", 0.1) };
	weir_scenario made = scenario_of(shocks, 4);
	weir_block_settle_scenario(d.plan, &made, &d.load.diags);
	ck_assert_uint_eq(d.load.diags.errors, 2);
	io_expect(&d.load, "-:*: error: there is no number \"flat.rate\" to set;* [unknown-parameter]");
	io_expect(&d.load, "-:*: error: there is no number \"trusty.rate\" to set; did you mean \"trustee.rate\"?* "
	                   "[unknown-parameter]");
}
END_TEST

/* A scenario's addition stays on top of what is laid over the coupon: 4.1 % + 1 % = 5.1 %; so it does when the run is
 * repeated with other overlays: 7.25 % + 1 %. B's step of 5 % too. */
START_TEST(additions_stay_on_top_of_overlays)
{
	weir_shock shock = SHOCK(COUPON, ALL, NULL, 0.01);
	weir_scenario more = scenario_of(&shock, 1);
	const weir_scenario *scenario = &more;
	double coupon = 0.041, other = 0.0725;
	weir_overlay overlay = { .name = "A.coupon", .values = &coupon }, again = { .name = "A.coupon", .values = &other };
	ck_assert_int_eq(weir_block_run(block, &scenario, 1, &overlay, 1, &d.load.diags), WEIR_OK);
	ck_assert_double_eq(value("A.coupon", 1, 0), 0.051);
	ck_assert_int_eq(weir_block_overlay(block, &again, 1, 1, &d.load.diags), WEIR_OK);
	ck_assert_double_eq(value("A.coupon", 1, 0), 0.0825);
	ck_assert_double_eq(value("B.coupon", 4, 0), 0.06);
	ck_assert_int_eq(weir_block_overlay(block, NULL, 0, 1, &d.load.diags), WEIR_OK);
	ck_assert_double_eq(value("A.coupon", 1, 0), 0.09);
}
END_TEST

START_TEST(repeated_runs_complain_as_first_ones)
{
	const weir_scenario *base = NULL;
	double below = -1, half = 0.5;
	weir_overlay bad[] = { { .name = "A.size", .values = &below }, { .name = "haircut", .values = &half } };
	ck_assert_int_eq(weir_block_run(block, &base, 1, NULL, 0, &d.load.diags), WEIR_OK);
	ck_assert_int_eq(weir_block_overlay(block, &bad[0], 1, 1, &d.load.diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(io_complaint(&d.load, 0), "\"A.size\" would be below 0"));
	ck_assert_int_eq(weir_block_overlay(block, &bad[1], 1, 1, &d.load.diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(io_complaint(&d.load, 1), "haircut"));
}
END_TEST

/* Every lane with its own sizes, coupons and cash at the closing; the run repeated on the same pool rows gives what a run
 * from the start gives, in every register of every period. */
static void check_repeated(engine_deal *deal)
{
	enum { MOST = 64 };
	static double values[MOST][WEIR_LANES];
	weir_overlay laid[MOST];
	const weir_scenario *scenarios[WEIR_LANES];
	int parameters, count = 0;
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	weir_block *first, *second;
	const weir_parameter *parameter = weir_plan_parameters(deal->plan, &parameters);
	for (int p = 0; p < parameters && count < MOST; p++) {
		if (parameter[p].type != WEIR_TYPE_MONEY && parameter[p].type != WEIR_TYPE_RATE)
			continue;
		for (int l = 0; l < WEIR_LANES; l++)
			values[count][l] = weir_round_half_away(parameter[p].value * 1e9 * (1 + (l % 7) * 0.03125)) / 1e9;
		for (int l = 0; parameter[p].type == WEIR_TYPE_MONEY && l < WEIR_LANES; l++)
			values[count][l] = weir_round_half_away(values[count][l]);
		laid[count] = (weir_overlay){ .name = parameter[p].name, .values = values[count] };
		count++;
	}
	for (int l = 0; l < WEIR_LANES; l++)
		scenarios[l] = deal->scenarios.count ? &deal->scenarios.items[l % deal->scenarios.count] : NULL;
	ck_assert_int_eq(weir_block_create(&first, deal->plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_create(&second, deal->plan, &options), WEIR_OK);
	weir_status status = weir_block_run(first, scenarios, WEIR_LANES, laid, count, &deal->load.diags);
	engine_demand(status == WEIR_OK, "%s: %s", deal->load.deal->node.id, io_complaint(&deal->load, 0));
	ck_assert_int_eq(weir_block_run(second, scenarios, WEIR_LANES, NULL, 0, &deal->load.diags), WEIR_OK);
	ck_assert_int_eq(weir_block_overlay(second, laid, count, WEIR_LANES, &deal->load.diags), WEIR_OK);
	for (int r = 0; r < weir_plan_register_count(deal->plan); r++)
		for (int p = 0; p < deal->periods.count; p++) {
			const double *a = weir_run_record(weir_block_result(first), r, p);
			const double *b = weir_run_record(weir_block_result(second), r, p);
			engine_demand(!a || memcmp(a, b, sizeof(weir_lane)) == 0, "%s: \"%s\" of period %d differs",
			              deal->load.deal->node.id, weir_plan_register_name(deal->plan, r), p);
		}
	weir_block_destroy(first);
	weir_block_destroy(second);
}

START_TEST(repeated_runs_equal_first_ones)
{
	engine_each_deal(check_repeated);
}
END_TEST

Suite *weir_suite_study_block(void)
{
	Suite *suite = suite_create("study_block");
	TCase *test = tcase_create("study_block");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, shocks_to_coupons);
	tcase_add_test(test, additions_stay_on_top_of_overlays);
	tcase_add_test(test, repeated_runs_complain_as_first_ones);
	tcase_add_test(test, overlays);
	tcase_add_test(test, unknown_names_are_complained_about);
	tcase_add_test(test, no_step_of_a_coupon_falls_below_nothing);
	tcase_add_test(test, values_of_files_are_read_in_their_units);
	tcase_add_test(test, numbers_of_studies_are_not_set);
	tcase_add_test(test, haircuts_are_from_0_to_all);
	tcase_add_test(test, scenarios_are_checked_without_running);
	suite_add_tcase(suite, test);
	TCase *every = tcase_create("every_deal");
	tcase_set_timeout(every, 120);
	tcase_add_test(every, repeated_runs_equal_first_ones);
	suite_add_tcase(suite, every);
	return suite;
}
