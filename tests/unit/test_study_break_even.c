/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_break_even.c: the largest stress survived: a deal whose outcome changes three times, to the billionth. */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "engine_fixture.h"
#include "study/break_even.h"
#include "support_deal.h"

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
	terms.from = -0.5; /* more than promised is no haircut */
	terms.to = 0.1;
	ck_assert_int_eq(weir_break_even_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
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
	weir_shock most = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.95, .from = WEIR_DATE_NONE,
		            .to = WEIR_DATE_NONE };
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

/* --- other numbers, and support (support_deal.h) ---------------------------------------------------------------- */

static weir_scenario less_scenario(weir_shock *less)
{
	*less = (weir_shock){ .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.8, .from = WEIR_DATE_NONE,
		              .to = WEIR_DATE_NONE };
	return (weir_scenario){ .node = { .id = "LESS" }, .shocks = less, .shock_count = 1 };
}

static void open_backed(const char *text)
{
	engine_close(&d);
	engine_open_text(&d, text);
}

/* With support the four receipts c = round(250,000 x) + round(10,000 x), x = 1 - h, may miss 3,000.00 of 10,250.00
 * in all: 4 c >= 725,000, c >= 181,250: 174,279 + 6,971, from x = 0.697114 on (250,000 x = 174,278.5). Without, c
 * >= 260,000 in the first period: 250,000 x >= 249,999.5. Where it breaks, 10,000.00 - 4 round(250,000 x) of
 * 10,000.00 has defaulted: 4 x 75,721 = 302,884 and 0. */
START_TEST(with_and_without_support)
{
	weir_break_even_terms terms = haircut;
	open_backed(SUPPORT_DEAL);
	find(terms);
	ck_assert(found.count == 1 && found.monotone);
	ck_assert_double_eq(found.largest, 0.302886);
	ck_assert_double_eq_tol(found.crossings[0].defaulted_share, 0.302884, 1e-15);
	ck_assert_double_eq(found.largest_defaulted_share, found.crossings[0].defaulted_share);
	terms.variant.support = WEIR_WITHOUT_SUPPORT;
	find(terms);
	ck_assert(found.count == 1 && found.monotone);
	ck_assert_double_eq(found.largest, 0.000002);
	ck_assert_double_eq(found.largest_defaulted_share, 0);
	/* G fails after the second payment: in the third c >= 255,000 is needed, in the fourth 252,500, and in the first two
	 * 2,600.00 + 2,575.00 - 2 c <= 3,000.00: 245,192 and 9,808 of income, 250,000 x >= 245,191.5 */
	terms.variant = (weir_variant){ WEIR_SUPPORTER_FAILS, 0, 7 };
	find(terms);
	ck_assert(found.count == 1 && found.monotone);
	ck_assert_double_eq(found.largest, 0.019234);
}
END_TEST

/* The month and the date from which G pays nothing, with 20 % less of each receipt: it is needed on 15 December
 * 2024, 12 months after the closing; one that fails on that day fails A. */
START_TEST(months_and_dates_step_by_one)
{
	weir_shock less;
	weir_scenario scenario = less_scenario(&less);
	weir_break_even_terms terms = { .vary = "G.fails_month", .class_number = 0, .from = 0, .to = 24, .scenario = &scenario };
	open_backed(SUPPORT_DEAL);
	find(terms);
	ck_assert(found.count == 1 && !found.monotone && !found.survives_from && found.survives_to);
	expect_crossing(0, 12, 0);
	ck_assert(isnan(found.largest) && found.step == 1);
	terms.vary = "G.fails_on";
	terms.from = weir_date_parse("2023-12-15", 10);
	terms.to = weir_date_parse("2026-12-15", 10); /* more days than points: refined */
	find(terms);
	ck_assert_int_eq(found.count, 1);
	expect_crossing(0, weir_date_parse("2024-12-15", 10), 0);
}
END_TEST

/* A fee of up to what is left: 2,637.21 come in for 2,600.00 in the first period. */
START_TEST(amounts_step_by_a_cent)
{
	weir_break_even_terms terms = { .vary = "flat.amount", .class_number = -1, .from = 0, .to = 1000000,
		                        .variant = { .support = WEIR_WITHOUT_SUPPORT } };
	open_backed(SUPPORT_DEAL_WITH("137.21", "10.00"));
	find(terms);
	ck_assert(found.count == 1 && found.monotone);
	ck_assert_double_eq(found.largest, 3721);
	terms.to = 3722;
	find(terms);
	ck_assert(found.count == 1 && found.largest == 3721);
	terms.to = 0;
	ck_assert_int_eq(weir_break_even_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load, "-:*: error: the range of \"flat.amount\" holds less than one step; give a lower end below its upper "
	                   "end [out-of-range]");
}
END_TEST

/* A default rate is an input; what defaults is an outcome (RULES.md 6.4). With V of the original principal
 * defaulting evenly over the 341 days to the last receipt, the receipts on days 67, 157, 249 and 341 find
 * 10,000.00, 7,500.00, 5,000.00 and 2,500.00 scheduled: V (67 + 0.75 x 90 + 0.5 x 92 + 0.25 x 92) / 341 = V x
 * 0.59677… defaults, to the cents of 10,000.00. Of the income, a hundredth of what is performing, as much is lost;
 * together at most 3,000.00, as above. */
START_TEST(default_rates_and_what_defaults)
{
	weir_break_even_terms terms = haircut;
	open_backed(SUPPORT_DEAL);
	terms.vary = "default_total";
	terms.to = 1;
	find(terms);
	ck_assert(found.count == 1 && found.monotone);
	ck_assert_double_eq_tol(found.largest_defaulted_share,
	                        found.largest * (67 + 0.75 * 90 + 0.5 * 92 + 0.25 * 92) / 341, 1e-5);
	ck_assert(found.largest_defaulted_share > 0.29 && found.largest_defaulted_share < 0.31);
}
END_TEST

/* Where a break-even is flagged monotone, values below it pass and values above it fail; and its neighbours are a step
 * apart. */
static void check_monotone(engine_deal *deal)
{
	weir_break_even b;
	weir_break_even_terms terms = { .vary = "haircut", .class_number = -1, .from = 0, .to = 1 };
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	const weir_scenario *scenarios[WEIR_LANES] = { NULL };
	double values[WEIR_LANES];
	char survives[WEIR_LANES];
	uint32_t random = 98765;
	weir_block *block;
	ck_assert_int_eq(weir_break_even_find(&b, deal->arena, deal->plan, &terms, &deal->load.diags), WEIR_OK);
	if (!b.monotone || b.count == 0)
		return;
	for (int l = 0; l < WEIR_LANES; l++) {
		random = random * 1664525u + 1013904223u;
		double share = (double)random / 4294967296.0, from = l % 2 ? b.largest + 1e-9 : 0;
		values[l] = l < 2 ? b.largest + l * 1e-9 : from + share * ((l % 2 ? 1 : b.largest) - from);
	}
	weir_overlay overlay = { .name = "haircut", .values = values };
	ck_assert_int_eq(weir_block_create(&block, deal->plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_run(block, scenarios, WEIR_LANES, &overlay, 1, &deal->load.diags), WEIR_OK);
	weir_survival_read(survives, deal->plan, weir_block_result(block), -1, WEIR_SURVIVE_BOTH);
	for (int l = 0; l < WEIR_LANES; l++)
		engine_demand(survives[l] == (l % 2 == 0), "%s: %.12f, break-even %.12f", deal->load.deal->node.id, values[l],
		              b.largest);
	weir_block_destroy(block);
}

START_TEST(monotone_means_so)
{
	engine_each_deal(check_monotone);
}
END_TEST

START_TEST(units_of_names)
{
	open_backed(SUPPORT_DEAL);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "haircut"), WEIR_VARY_RATE);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "cdr"), WEIR_VARY_RATE);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "recovery_lag"), WEIR_VARY_MONTHS);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "late_months"), WEIR_VARY_MONTHS);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "G.fails_month"), WEIR_VARY_MONTHS);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "G.fails_on"), WEIR_VARY_DATE);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "A.coupon"), WEIR_VARY_RATE);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "flat.amount"), WEIR_VARY_MONEY);
	ck_assert_int_eq(weir_vary_unit_of(d.plan, "support.off"), WEIR_VARY_FLAG);
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
	tcase_add_test(test, with_and_without_support);
	tcase_add_test(test, months_and_dates_step_by_one);
	tcase_add_test(test, amounts_step_by_a_cent);
	tcase_add_test(test, default_rates_and_what_defaults);
	tcase_add_test(test, units_of_names);
	tcase_add_test(test, monotone_means_so);
	suite_add_tcase(suite, test);
	return suite;
}
