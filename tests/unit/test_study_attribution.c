/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_attribution.c: Shapley values by hand, exact to the cent, and what counts as one factor. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/attribution.h"
#include "support_deal.h"

Suite *weir_suite_study_attribution(void);

static engine_deal d;
static weir_factors factors;
static weir_attribution found;
static const weir_metric *metric;

/* Receipts of 2,600.00 four times: 10,400.00. */
static const char scenarios[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
	"<scenario id=\"two\"><receipts factor=\"90%\"/><set name=\"haircut\" value=\"20%\"/></scenario>\n"
	"<scenario id=\"three\"><receipts factor=\"90%\"/><receipts factor=\"90%\"/><receipts factor=\"90%\"/></scenario>\n"
	"<scenario id=\"mild\"><default total=\"3%\" timing=\"even\"/><prepay cpr=\"5%\"/><recovery rate=\"30%\" lag=\"2 months\"/>"
	"<late obligor=\"O1\" share=\"10%\" months=\"2\"/></scenario>\n"
	"<scenario id=\"severe\"><rate add=\"-50bp\"/><recovery rate=\"21%\" lag=\"2 months\"/><default total=\"9%\" "
	"timing=\"even\"/><prepay cpr=\"5%\"/><recovery rate=\"10%\" channel=\"disposal\"/>"
	"<receipts obligor=\"largest\" part=\"income\" factor=\"50%\"/></scenario>\n"
	"<scenario id=\"many\" include=\"severe three two\"><late share=\"10%\" months=\"3\"/><coupon add=\"1%\"/>"
	"<supporter-default party=\"G\" month=\"7\"/></scenario>\n"
	"</scenarios>\n";

static void setup(void)
{
	io_enter();
	io_write("scenarios.xml", scenarios);
	engine_open_text(&d, SUPPORT_DEAL);
}

static void teardown(void)
{
	engine_close(&d);
	io_leave();
}

static const weir_scenario *scenario(const char *id)
{
	weir_scenario *one = id ? (weir_scenario *)(uintptr_t)weir_scenarios_find(&d.scenarios, id) : NULL;
	ck_assert(!id || one);
	if (one)
		weir_block_settle_scenario(d.plan, one, &d.load.diags);
	return one;
}

static void list(const char *from, const char *to)
{
	ck_assert_int_eq(weir_factors_list(&factors, d.arena, scenario(from), scenario(to)), WEIR_OK);
}

static void attribute(const char *formula, const char *from, const char *to)
{
	ck_assert_int_eq(weir_metric_parse(&metric, d.arena, d.plan, NULL, formula, (weir_place){ 0 }, WEIR_TYPE_ERROR,
	                                   &d.load.diags),
	                 WEIR_OK);
	weir_attribution_terms terms = { .from = scenario(from), .to = scenario(to), .factors = &factors,
		                         .metrics = &metric, .metric_count = 1 };
	ck_assert_int_eq(weir_attribution_measure(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
}

static void expect_part(int number, const char *name, double alone, double last, double shapley)
{
	const weir_part *p = &found.parts[number];
	ck_assert_str_eq(factors.names[number], name);
	ck_assert_msg(p->alone == alone && p->last == last && p->shapley == shapley, "%s: %.12g %.12g %.12g", name,
	              p->alone, p->last, p->shapley);
}

static void group(const char *text, weir_status wanted)
{
	const char *unknown;
	size_t length;
	ck_assert_int_eq(weir_factors_group(&factors, d.arena, text, &unknown, &length), wanted);
}

/* --- values by hand --------------------------------------------------------------------------------------------- */

/* x 0.9: 9,360.00; x 0.8: 8,320.00; both: 7,488.00. Alone -1,040.00 and -2,080.00, last -832.00 and -1,872.00, Shapley the
 * means of both; together 208.00 less is lost than one by one. */
START_TEST(two_factors)
{
	list(NULL, "two");
	ck_assert_int_eq(factors.count, 2);
	attribute("inflow", NULL, "two");
	ck_assert_double_eq(found.from[0], 1040000);
	ck_assert_double_eq(found.to[0], 748800);
	ck_assert_double_eq(found.total[0], -291200);
	ck_assert_double_eq(found.interaction[0], 20800);
	expect_part(0, "receipts", -104000, -83200, -93600);
	expect_part(1, "set haircut", -208000, -187200, -197600);
}
END_TEST

/* One cent that only three equal factors bring together: a third each, so that the first gets it whole. 10,400.00 x 0.9 and
 * x 0.81 are above 8,000.00, x 0.729 is not. */
START_TEST(a_cent_is_not_parted)
{
	list(NULL, "three");
	attribute("if(inflow < 8000.00 yuan, 0.01 yuan, 0.00 yuan)", NULL, "three");
	ck_assert_double_eq(found.total[0], 1);
	ck_assert_double_eq(found.interaction[0], 1);
	expect_part(0, "receipts", 0, 1, 1);
	expect_part(1, "receipts (2)", 0, 1, 0);
	expect_part(2, "receipts (3)", 0, 1, 0);
	/* the other way round: a cent less */
	attribute("if(inflow < 8000.00 yuan, 0.00 yuan, 0.01 yuan)", NULL, "three");
	ck_assert_double_eq(found.parts[0].shapley + found.parts[1].shapley + found.parts[2].shapley, -1);
	/* a number: thirds of 9 places */
	attribute("if(inflow < 8000.00 yuan, 1, 0)", NULL, "three");
	expect_part(0, "receipts", 0, 1, 0.333333334);
	expect_part(1, "receipts (2)", 0, 1, 0.333333333);
	expect_part(2, "receipts (3)", 0, 1, 0.333333333);
}
END_TEST

/* v of the sets of three factors a, b, c that count for themselves, with weights: the Shapley value is
 * 2/6 alone + 1/6 + 1/6 behind one other + 2/6 behind both. Here a takes 10 % off all, b half of the income of the largest
 * obligor (the only one), c 20 %: with 10,000.00 of principal and 400.00 of income, in cents
 *   v() 1,040,000  a 936,000  b 1,020,000  c 832,000  ab 918,000  ac 748,800  bc 816,000  abc 734,400
 *   a: (2 x -104,000 - 102,000 - 83,200 + 2 x -81,600) / 6 = -556,400 / 6 = -92,733.33
 *   b: (2 x -20,000 - 18,000 - 16,000 + 2 x -14,400) / 6 = -102,800 / 6 = -17,133.33
 *   c: (2 x -208,000 - 187,200 - 204,000 + 2 x -183,600) / 6 = -1,174,400 / 6 = -195,733.33
 * Floors -92,734, -17,134, -195,734 make -305,602, the total is -305,600: two cents go back, the remainders being equal, to
 * the first two. */
START_TEST(three_factors)
{
	weir_shock shocks[3];
	weir_scenario three = { .shocks = shocks, .shock_count = 3 };
	const weir_scenario *severe = scenario("severe"), *two = scenario("two");
	shocks[0] = two->shocks[0];
	shocks[1] = severe->shocks[5];
	shocks[2] = two->shocks[1];
	ck_assert_int_eq(weir_factors_list(&factors, d.arena, NULL, &three), WEIR_OK);
	ck_assert_int_eq(weir_metric_parse(&metric, d.arena, d.plan, NULL, "inflow", (weir_place){ 0 }, WEIR_TYPE_MONEY,
	                                   &d.load.diags),
	                 WEIR_OK);
	weir_attribution_terms terms = { .to = &three, .factors = &factors, .metrics = &metric, .metric_count = 1 };
	ck_assert_int_eq(weir_attribution_measure(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
	ck_assert_double_eq(found.total[0], -305600);
	ck_assert_double_eq(found.interaction[0], -305600 + 104000 + 20000 + 208000);
	expect_part(0, "receipts", -104000, -81600, -92733);
	expect_part(1, "receipts income largest-1", -20000, -14400, -17133);
	expect_part(2, "set haircut", -208000, -183600, -195734);
}
END_TEST

/* --- factors ---------------------------------------------------------------------------------------------------- */

/* From mild to severe: prepayment is the same; default and recovery by collection change; lateness goes; the rest comes. */
START_TEST(what_differs)
{
	static const char *const wanted[] = { "late obligor O1", "rate", "recovery", "default", "recovery disposal",
		                              "receipts income largest-1" };
	list("mild", "severe");
	ck_assert_int_eq(factors.count, 6);
	ck_assert_int_eq(factors.change_count, 7);
	for (int i = 0; i < factors.count; i++)
		ck_assert_str_eq(factors.names[i], wanted[i]);
	ck_assert_ptr_null(factors.changes[0].to);    /* lateness */
	ck_assert_ptr_null(factors.changes[1].from);  /* the rate */
	ck_assert_double_eq(factors.changes[2].from->value, 0.3);
	ck_assert_double_eq(factors.changes[2].to->value, 0.21);
	ck_assert_int_eq(factors.changes[4].factor, -1);
	list("severe", "severe");
	ck_assert_int_eq(factors.count, 0);
}
END_TEST

START_TEST(groups)
{
	list("mild", "severe");
	group("default+recovery", WEIR_OK);
	ck_assert_int_eq(factors.count, 4);
	ck_assert_str_eq(factors.names[0], "late obligor O1");
	ck_assert_str_eq(factors.names[1], "rate");
	ck_assert_str_eq(factors.names[2], "default+recovery"); /* both recoveries are in it */
	ck_assert_str_eq(factors.names[3], "receipts income largest-1");
	for (int i = 0; i < factors.change_count; i++)
		ck_assert_int_eq(factors.changes[i].factor,
		                 ((const int[]){ 0, 1, 2, 2, -1, 2, 3 })[i]);
	group("default", WEIR_NO);
	group("rate+", WEIR_NO);
	group("+rate", WEIR_NO);
	group("rat", WEIR_NO);
	group("rate+rate", WEIR_NO);
	group("late obligor O1+receipts income largest-1", WEIR_OK); /* whole names */
	ck_assert_int_eq(factors.count, 3);
}
END_TEST

/* Whatever is grouped, the ends stay, and the parts add up. */
START_TEST(parts_add_up)
{
	static const char *const formulas[] = { "subordinated_paid", "support_in", "A.wal", "A.unpaid + inflow" };
	for (int m = 0; m < 4; m++)
		for (int grouped = 0; grouped < 2; grouped++) {
			list("mild", "severe");
			if (grouped)
				group("default+recovery", WEIR_OK);
			attribute(formulas[m], "mild", "severe");
			double unit = weir_metric_type(metric) == WEIR_TYPE_MONEY ? 1 : 1e9, sum = 0, alone = 0;
			for (int i = 0; i < factors.count; i++) {
				sum += weir_round_half_away(found.parts[i].shapley * unit);
				alone += weir_round_half_away(found.parts[i].alone * unit);
			}
			double total = weir_round_half_away(found.total[0] * unit);
			ck_assert_double_eq(sum, total);
			ck_assert_double_eq(alone + weir_round_half_away(found.interaction[0] * unit), total);
		}
}
END_TEST

/* All twelve at once, and the ends are the runs of the scenarios themselves. */
START_TEST(twelve_factors)
{
	double from[WEIR_LANES], to[WEIR_LANES];
	list("mild", "many");
	ck_assert_int_gt(factors.count, WEIR_ATTRIBUTION_MOST);
	group("receipts", WEIR_OK);
	while (factors.count > WEIR_ATTRIBUTION_MOST)
		group("rate+late", WEIR_OK);
	attribute("A.unpaid + support_in", "mild", "many");
	double sum = 0;
	for (int i = 0; i < factors.count; i++)
		sum += found.parts[i].shapley;
	ck_assert_double_eq(sum, found.total[0]);
	weir_block *block = engine_run(&d, scenario("mild"), 0);
	weir_lane_reader reader = { d.plan, weir_block_result(block), weir_block_rows(block) };
	ck_assert_int_eq(weir_metric_read(from, metric, &reader, 1), WEIR_OK);
	weir_block_destroy(block);
	block = engine_run(&d, scenario("many"), 0);
	reader = (weir_lane_reader){ d.plan, weir_block_result(block), weir_block_rows(block) };
	ck_assert_int_eq(weir_metric_read(to, metric, &reader, 1), WEIR_OK);
	weir_block_destroy(block);
	ck_assert(found.from[0] == from[0] && found.to[0] == to[0] && found.total[0] == to[0] - from[0]);
}
END_TEST

/* Where a figure has no value in some set, what can be said is: alone and last, but no share. */
START_TEST(a_figure_without_value)
{
	list(NULL, "two");
	attribute("A.first_short", NULL, "two"); /* with support nothing is ever short */
	ck_assert(isnan(found.from[0]) && isnan(found.total[0]) && isnan(found.interaction[0]));
	ck_assert(isnan(found.parts[0].shapley) && isnan(found.parts[0].alone));
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	const weir_scenario *mild = scenario("mild"), *severe = scenario("severe");
	list("mild", "severe");
	attribute("A.yield", "mild", "severe");
	for (long n = 1;; n += 1 + n / 40) {
		const char *unknown;
		size_t length;
		weir_arena *arena = NULL;
		weir_diags complaints = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&arena);
		if (status == WEIR_OK)
			status = weir_factors_list(&factors, arena, mild, severe);
		if (status == WEIR_OK)
			status = weir_factors_group(&factors, arena, "default+recovery", &unknown, &length);
		weir_attribution_terms terms = { .from = mild, .to = severe, .factors = &factors, .metrics = &metric,
			                         .metric_count = 1 };
		if (status == WEIR_OK)
			status = weir_attribution_measure(&found, arena, d.plan, &terms, &complaints);
		weir_alloc_fail_from(0);
		weir_arena_destroy(arena);
		weir_diags_free(&complaints);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 20);
}
END_TEST

Suite *weir_suite_study_attribution(void)
{
	Suite *suite = suite_create("study_attribution");
	TCase *test = tcase_create("study_attribution");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 60);
	tcase_add_test(test, two_factors);
	tcase_add_test(test, a_cent_is_not_parted);
	tcase_add_test(test, three_factors);
	tcase_add_test(test, what_differs);
	tcase_add_test(test, groups);
	tcase_add_test(test, parts_add_up);
	tcase_add_test(test, twelve_factors);
	tcase_add_test(test, a_figure_without_value);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
