/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_sensitivity.c: swings by hand on the deal of support_deal.h: which numbers, how far, in what order. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/scenario_number.h"
#include "study/sensitivity.h"
#include "support_deal.h"

Suite *weir_suite_study_sensitivity(void);

static engine_deal d;
static weir_sensitivity found;
static const weir_metric *metrics[4];
static int metric_count;

static const char scenarios[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
	"<scenario id=\"fewer\"><receipts factor=\"80%\"/></scenario>\n"
	"<scenario id=\"stressed\"><default cdr=\"4% 90%\"/><prepay smm=\"2%\"/><recovery rate=\"95%\" lag=\"4 months\"/>"
	"<late share=\"30%\" months=\"3\"/><rate add=\"-50bp\"/><valuation cut=\"20%\"/>"
	"<set name=\"A.coupon\" value=\"5%\"/></scenario>\n"
	"<scenario id=\"total\"><default total=\"40%\" timing=\"even\"/></scenario></scenarios>\n";

static void setup(void)
{
	io_enter();
	io_write("scenarios.xml", scenarios);
	engine_open_text(&d, SUPPORT_DEAL);
	metric_count = 0;
}

static void teardown(void)
{
	engine_close(&d);
	io_leave();
}

static const weir_scenario *scenario(const char *id)
{
	weir_scenario *one = (weir_scenario *)(uintptr_t)weir_scenarios_find(&d.scenarios, id);
	ck_assert_ptr_nonnull(one);
	weir_block_settle_scenario(d.plan, one, &d.load.diags);
	return one;
}

static void look_at(const char *formula)
{
	ck_assert_int_eq(weir_metric_parse(&metrics[metric_count++], d.arena, d.plan, NULL, formula, (weir_place){ 0 },
	                                   WEIR_TYPE_ERROR, &d.load.diags),
	                 WEIR_OK);
}

static weir_status measure(const weir_swing_number *numbers, int count, const char *id, weir_variant variant)
{
	weir_sensitivity_terms terms = { .scenario = id ? scenario(id) : NULL,
		                         .variant = variant,
		                         .numbers = numbers,
		                         .number_count = count,
		                         .metrics = metrics,
		                         .metric_count = metric_count };
	return weir_sensitivity_measure(&found, d.arena, d.plan, &terms, &d.load.diags);
}

static const weir_variant with_support = { 0 }, without_support = { .support = WEIR_WITHOUT_SUPPORT };

/* --- which numbers ---------------------------------------------------------------------------------------------- */

static weir_swing_number *numbers;
static int count;

static void list(const char *id, double share)
{
	ck_assert_int_eq(weir_swing_numbers_list(&numbers, &count, d.arena, d.plan, id ? scenario(id) : NULL, share,
	                                         &d.load.diags),
	                 WEIR_OK);
}

static void expect_number(const char *name, double base, double low, double high)
{
	for (int i = 0; i < count; i++)
		if (strcmp(numbers[i].name, name) == 0) {
			ck_assert_msg(numbers[i].base == base && numbers[i].low == low && numbers[i].high == high,
			              "%s: %.12g from %.12g to %.12g", name, numbers[i].base, numbers[i].low, numbers[i].high);
			return;
		}
	ck_abort_msg("%s is not listed", name);
}

/* A number that nothing says how far to vary. */
static void expect_alone(const char *name, double base)
{
	for (int i = 0; i < count; i++)
		if (strcmp(numbers[i].name, name) == 0) {
			ck_assert_msg(numbers[i].base == base || (isnan(base) && isnan(numbers[i].base)), "%s: %.12g", name,
			              numbers[i].base);
			ck_assert(isnan(numbers[i].low) && isnan(numbers[i].high));
			return;
		}
	ck_abort_msg("%s is not listed", name);
}

static void expect_absent(const char *name)
{
	for (int i = 0; i < count; i++)
		ck_assert_str_ne(numbers[i].name, name);
}

START_TEST(numbers_of_the_base_case)
{
	list(NULL, 0.1);
	expect_number("A.size", 1000000, 900000, 1100000);
	expect_number("A.coupon", 0.04, 0.036, 0.044);
	expect_number("support.off", 0, 0, 1);
	expect_number("G.fails_on", WEIR_DATE_LAST + 1, WEIR_DATE_LAST + 1, weir_deal_cutoff(d.load.deal));
	expect_number("haircut", 0, 0, 0.05);
	expect_number("cdr", 0, 0, 0.02);
	expect_number("cpr", 0, 0, 0.1);
	expect_number("late_share", 0, 0, 0.2);
	expect_number("rate_shift", 0, -0.005, 0.005);
	expect_alone("flat.amount", 0); /* a tenth of nothing */
	expect_alone("recovery", 0);
	expect_alone("recovery_lag", NAN);
	expect_alone("royalty_factor", 1);
	expect_alone("default_total", 0);
	expect_absent("scenario.default");
}
END_TEST

/* What the scenario says is varied by its size, in place of the one-sided stresses of the same kind; a parameter from the
 * value that the scenario sets. */
START_TEST(numbers_of_a_scenario)
{
	list("stressed", 0.25);
	expect_number("scenario.default", 1, 0.75, 1.25);
	expect_number("scenario.prepay", 1, 0.75, 1.25);
	expect_number("scenario.recovery", 1, 0.75, 1.25);
	expect_number("scenario.late", 1, 0.75, 1.25);
	expect_number("scenario.rate", 1, 0.75, 1.25);
	expect_number("scenario.valuation", 1, 0.75, 1.25);
	expect_number("A.coupon", 0.05, 0.0375, 0.0625);
	expect_number("recovery_lag", 4, 0, 10);
	expect_alone("recovery", 0.95);
	expect_alone("late_months", 3);
	expect_alone("cdr", 0);
	expect_alone("cpr", 0);
	expect_alone("late_share", 0);
	expect_alone("rate_shift", 0);
	expect_absent("scenario.receipts");
	ck_assert(!weir_scenario_is_scaled(scenario("stressed"), "scenario.receipts"));
	ck_assert(weir_scenario_is_scaled(scenario("fewer"), "scenario.receipts"));
	ck_assert(!weir_scenario_is_scaled(NULL, "scenario.receipts"));
}
END_TEST

/* --- how far ---------------------------------------------------------------------------------------------------- */

/* support_deal.h: with receipts x 0.8, 1,930.00 is drawn; without support 1,960.40 is unpaid. Interest at 4 % is 100.00,
 * 75.00, 50.00, 25.00; at 3.6 % 90.00 … : 225.00, at 4.4 % 275.00. */
START_TEST(swings_by_hand)
{
	static const weir_swing_number some[] = { { "A.coupon", 0.04, 0.036, 0.044 },
		                                  { "late_share", 0, 0, 0 },
		                                  { "haircut", 0, 0, 0.2 } };
	look_at("support_in");
	look_at("A.interest");
	ck_assert_int_eq(measure(some, 3, NULL, with_support), WEIR_OK);
	ck_assert_double_eq(found.base[0], 0);
	ck_assert_int_eq(found.swings[0].number, 2); /* the haircut's is the widest */
	ck_assert_double_eq(found.swings[0].at_low, 0);
	ck_assert_double_eq(found.swings[0].at_high, 193000);
	ck_assert_double_eq(found.swings[0].swing, 193000);
	ck_assert_int_eq(found.swings[1].number, 0); /* nothing is drawn for a higher coupon: of equals the first */
	ck_assert_int_eq(found.swings[2].number, 1);
	ck_assert_double_eq(found.base[1], 25000);
	const weir_swing *interest = &found.swings[3];
	ck_assert_int_eq(interest[0].number, 0);
	ck_assert_double_eq(interest[0].at_low, 22500);
	ck_assert_double_eq(interest[0].at_high, 27500);
	ck_assert_double_eq(interest[0].swing, 5000);
	ck_assert_double_eq(interest[1].swing, 0);
}
END_TEST

START_TEST(swings_without_support)
{
	static const weir_swing_number some[] = { { "haircut", 0, 0, 0.2 } };
	look_at("A.unpaid");
	ck_assert_int_eq(measure(some, 1, NULL, without_support), WEIR_OK);
	ck_assert_double_eq(found.swings[0].at_high, 196040);
}
END_TEST

/* What a factor takes off is multiplied: 20 % x 0 is nothing, x 0.5 a tenth, x 6 would be more than all. Receipts come to
 * 10,400.00. */
START_TEST(factors_of_a_scenario)
{
	static const weir_swing_number some[] = { { "scenario.receipts", 1, 0, 1 }, { "scenario.receipts", 1, 0.5, 6 } };
	look_at("inflow");
	ck_assert_int_eq(measure(some, 2, "fewer", with_support), WEIR_OK);
	ck_assert_double_eq(found.base[0], 832000);
	ck_assert_int_eq(found.swings[0].number, 1);
	ck_assert_double_eq(found.swings[0].at_low, 936000);
	ck_assert_double_eq(found.swings[0].at_high, 0);
	ck_assert_double_eq(found.swings[0].swing, 936000);
	ck_assert_double_eq(found.swings[1].at_low, 1040000);
	ck_assert_double_eq(found.swings[1].at_high, 832000);
}
END_TEST

/* Of a total V of 40 % evenly V x 203.5 / 341 of 10,000.00 defaults (test_study_rating.c); x 3 it would be above all,
 * and is all. */
START_TEST(totals_of_a_scenario)
{
	static const weir_swing_number some[] = { { "scenario.default", 1, 0.5, 3 } };
	look_at("defaulted");
	ck_assert_int_eq(measure(some, 1, "total", with_support), WEIR_OK);
	ck_assert_double_eq_tol(found.base[0], 0.4 * 203.5 / 341 * 1e6, 3);
	ck_assert_double_eq_tol(found.swings[0].at_low, 0.2 * 203.5 / 341 * 1e6, 3);
	ck_assert_double_eq_tol(found.swings[0].at_high, 203.5 / 341 * 1e6, 3);
}
END_TEST

/* A number laid over the scenario is the same as a scenario that says so. */
START_TEST(a_swing_is_a_run)
{
	static const weir_swing_number some[] = { { "scenario.default", 1, 0.5, 1.5 },
		                                  { "scenario.recovery", 1, 0.5, 1.5 },
		                                  { "G.fails_month", NAN, 0, 7 },
		                                  { "recovery_lag", 4, 0, 10 },
		                                  { "A.coupon", 0.05, 0.0375, 0.0625 } };
#define DEFAULTS "<default cdr=\"4% 90%\"/>"
#define RECOVERED "<recovery rate=\"95%\" lag=\"4 months\"/>"
	static const char *const written[] = {
		"<default cdr=\"2% 45%\"/>" RECOVERED,
		"<default cdr=\"6% 100%\"/>" RECOVERED,
		DEFAULTS "<recovery rate=\"47.5%\" lag=\"4 months\"/>",
		DEFAULTS "<recovery rate=\"100%\" lag=\"4 months\"/>",
		DEFAULTS RECOVERED "<supporter-default party=\"G\" date=\"2023-12-15\"/>",
		DEFAULTS RECOVERED "<supporter-default party=\"G\" month=\"7\"/>",
		DEFAULTS "<recovery rate=\"95%\"/>",
		DEFAULTS "<recovery rate=\"95%\" lag=\"10 months\"/>",
		DEFAULTS RECOVERED "<set name=\"A.coupon\" value=\"3.75%\"/>",
		DEFAULTS RECOVERED "<set name=\"A.coupon\" value=\"6.25%\"/>",
	};
	char text[8000], *at = text;
	at += sprintf(at, "%.*s", (int)(strstr(scenarios, "<scenario ") - scenarios), scenarios);
	at += sprintf(at, "<scenario id=\"base\">%s</scenario>", DEFAULTS RECOVERED);
	for (int i = 0; i < 10; i++)
		at += sprintf(at, "<scenario id=\"run%d\">%s</scenario>", i, written[i]);
	strcpy(at, "</scenarios>");
	engine_close(&d);
	io_write("scenarios.xml", text);
	engine_open_text(&d, SUPPORT_DEAL);
	look_at("subordinated_paid + support_in + A.interest");
	ck_assert_int_eq(measure(some, 5, "base", with_support), WEIR_OK);
	for (int n = 0; n < 5; n++)
		for (int i = 0; i < 5; i++) {
			const weir_swing *swing = &found.swings[i];
			for (int high = 0; high < 2 && swing->number == n; high++) {
				char id[8];
				double value[WEIR_LANES];
				sprintf(id, "run%d", n * 2 + high);
				weir_block *block = engine_run(&d, scenario(id), 0);
				weir_lane_reader reader = { d.plan, weir_block_result(block), weir_block_rows(block) };
				ck_assert_int_eq(weir_metric_read(value, metrics[0], &reader, 1), WEIR_OK);
				ck_assert_msg(value[0] == (high ? swing->at_high : swing->at_low), "%s: %.2f %.2f", id, value[0],
				              high ? swing->at_high : swing->at_low);
				weir_block_destroy(block);
			}
		}
}
END_TEST

/* A date that never comes has no value, and what then comes is the widest swing. */
START_TEST(a_figure_without_value)
{
	static const weir_swing_number some[] = { { "A.coupon", 0.04, 0.036, 0.04 }, { "haircut", 0, 0, 0.2 } };
	look_at("A.first_short");
	ck_assert_int_eq(measure(some, 2, NULL, without_support), WEIR_OK);
	ck_assert(isnan(found.base[0]));
	ck_assert_int_eq(found.swings[0].number, 1);
	ck_assert(isnan(found.swings[0].swing) && isnan(found.swings[0].at_low));
	ck_assert_double_eq(found.swings[0].at_high, weir_date_from_ymd(2024, 3, 15));
	ck_assert_double_eq(found.swings[1].swing, 0);
}
END_TEST

/* More numbers than a block has lanes; the 40th stands in the second block. */
START_TEST(several_blocks)
{
	weir_swing_number some[100];
	for (int i = 0; i < 100; i++)
		some[i] = (weir_swing_number){ "haircut", 0, 0, i / 1000.0 };
	look_at("inflow");
	ck_assert_int_eq(measure(some, 100, NULL, with_support), WEIR_OK);
	for (int i = 0; i < 100; i++) {
		ck_assert_int_eq(found.swings[i].number, 99 - i);
		ck_assert_double_eq(found.swings[i].swing, 10400.0 * (99 - i) / 10);
	}
}
END_TEST

static int stop(void *context, double done)
{
	(void)done;
	return ++*(int *)context < 2;
}

START_TEST(refusals_and_stops)
{
	static const weir_swing_number unknown[] = { { "A.cupon", 0, 0, 1 } }, lost[] = { { "scenario.late", 1, 0, 2 } },
	                               months[] = { { "late_months", 1, 0, 2.5 } };
	weir_swing_number many[100];
	int asked = 0;
	look_at("inflow");
	ck_assert_int_eq(measure(unknown, 1, NULL, with_support), WEIR_INPUT);
	ck_assert_int_eq(measure(lost, 1, "fewer", with_support), WEIR_INPUT); /* which says nothing of lateness */
	ck_assert_int_eq(measure(months, 1, NULL, with_support), WEIR_INPUT);
	for (int i = 0; i < 100; i++)
		many[i] = (weir_swing_number){ "haircut", 0, 0, 0.1 };
	weir_sensitivity_terms terms = { .numbers = many, .number_count = 100, .metrics = metrics, .metric_count = 1,
		                         .go_on = stop, .context = &asked };
	ck_assert_int_eq(weir_sensitivity_measure(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INTERRUPTED);
	ck_assert_int_eq(asked, 2);
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	const weir_scenario *stressed = scenario("stressed");
	look_at("A.yield");
	for (long n = 1;; n += 1 + n / 40) {
		weir_arena *arena = NULL;
		weir_diags complaints = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&arena);
		if (status == WEIR_OK)
			status = weir_swing_numbers_list(&numbers, &count, arena, d.plan, stressed, 0.1, &complaints);
		int varied = 0;
		for (int i = 0; status == WEIR_OK && i < count; i++)
			if (!isnan(numbers[i].low))
				numbers[varied++] = numbers[i];
		weir_sensitivity_terms terms = { .scenario = stressed, .numbers = numbers, .number_count = varied,
			                         .metrics = metrics, .metric_count = 1 };
		if (status == WEIR_OK)
			status = weir_sensitivity_measure(&found, arena, d.plan, &terms, &complaints);
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

Suite *weir_suite_study_sensitivity(void)
{
	Suite *suite = suite_create("study_sensitivity");
	TCase *test = tcase_create("study_sensitivity");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 60);
	tcase_add_test(test, numbers_of_the_base_case);
	tcase_add_test(test, numbers_of_a_scenario);
	tcase_add_test(test, swings_by_hand);
	tcase_add_test(test, swings_without_support);
	tcase_add_test(test, factors_of_a_scenario);
	tcase_add_test(test, totals_of_a_scenario);
	tcase_add_test(test, a_swing_is_a_run);
	tcase_add_test(test, a_figure_without_value);
	tcase_add_test(test, several_blocks);
	tcase_add_test(test, refusals_and_stops);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
