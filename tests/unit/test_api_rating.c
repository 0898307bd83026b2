/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_rating.c: rating, sensitivity and attribution through weir.h, while all goes well and while memory is short. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"
#include "support_deal.h"

Suite *weir_suite_api_rating(void);

static weir_session *session;

static const char scenarios[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
	"<scenario id=\"mild\"><default total=\"3%\" timing=\"even\"/></scenario>\n"
	"<scenario id=\"severe\"><default total=\"9%\" timing=\"even\"/><receipts factor=\"90%\"/>"
	"<set name=\"haircut\" value=\"20%\"/></scenario>\n"
	"</scenarios>\n";

static void setup(void)
{
	io_enter();
	io_write("scenarios.xml", scenarios);
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", SUPPORT_DEAL)), WEIR_EXIT_DONE);
}

static void teardown(void)
{
	weir_session_close(session);
	io_leave();
}

/* Fails unless a table has this text. */
static void expect(const char *table, const char *text)
{
	char *csv = weir_session_table(session, 0, table);
	ck_assert_msg(csv != NULL, "there is no table %s", table);
	ck_assert_msg(strstr(csv, text) != NULL, "no \"%s\" in\n%s", text, csv);
	weir_text_release(csv);
}

static const char *const mild[] = { "mild" };
static const weir_rating_request rating = { .asset_class = "lease", .base_default = "2.3%", .scenarios = mild,
	                                    .scenario_count = 1 };

/* Of V, in parts of 341 days, V (67 + 0.75 x 90 + 0.5 x 92 + 0.25 x 92) / 341 = 0.596774 V of the principal defaults, and of
 * the income of 100.00 each time V (67 + 157 + 249 + 341) / 341, 238.71 V together. A is due 10,250.00 of 10,400.00: G, good
 * for 3,000.00, lets it survive 6,206.45 V = 3,150.00, V = 0.507536, and 0.302885 defaults. AAA asks 11.5 %. Without G
 * nothing may be lost: no grade. */
START_TEST(grades_with_and_without_support)
{
	weir_rating_request request = rating;
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_DONE);
	expect("rating", "A,on,mild,0.302885");
	expect("rating", ",1,AAA,0.115,0.187885");
	expect("rating", "A,off,mild,0.000");
	expect("rating", ",1,none,,,BB-,0.0275");
	expect("rating_scenarios", "A,off,mild,0.000");
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "no agency's published table"));
	request.support = "fail:G@0";
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_DONE);
	expect("rating", "A,fail:G@0,mild,0.000");
	request.class_id = "SUB"; /* who is owed nothing loses nothing, which is no grade */
	request.support = "on";
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_INPUT);
	expect("rating", "A,fail:G@0,mild,0.000");
}
END_TEST

/* A that wants more than the pool brings fails without any default; the grade that the deal gives it has a target, 11.5 %, and
 * no margin. */
START_TEST(a_class_that_fails_at_once)
{
	char *text = io_replace(SUPPORT_DEAL, "size=\"10000.00\" coupon=\"4%\"",
	                        "size=\"20000.00\" rating=\"AAAsf\" coupon=\"4%\"");
	weir_session_close(session);
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", text)), WEIR_EXIT_DONE);
	free(text);
	ck_assert_int_eq(weir_session_rating(session, &rating), WEIR_EXIT_DONE);
	expect("rating", "A,off,mild,,1,fails,,,,,AAAsf,0.115,\n");
	ck_assert_ptr_null(strstr(weir_session_summary(session), "922"));
}
END_TEST

/* More than AAA's 5.0 x 2.3 % has defaulted; what a rating searches cannot be set. */
START_TEST(what_rating_refuses)
{
	static const char *const total[] = { "recovery=0%", "default_total=50%" }, *const rate[] = { "cdr=2%" };
	static const char *const haircut[] = { "haircut=5%" };
	weir_rating_request request = rating;
	request.defaulted = "11.5%"; /* AAA asks for that much */
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_DONE);
	request.defaulted = "11.6%";
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_INPUT);
	request = rating;
	request.sets = total;
	request.set_count = 2;
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_INPUT);
	request.sets = rate;
	request.set_count = 1;
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_INPUT);
	request.sets = haircut;
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_DONE);
	request = (weir_rating_request){ .asset_class = "npl", .scenarios = mild, .scenario_count = 1 };
	request.sets = rate;
	request.set_count = 1;
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_DONE);
	request.sets = haircut;
	ck_assert_int_eq(weir_session_rating(session, &request), WEIR_EXIT_INPUT);
}
END_TEST

static const char *const inflow[] = { "inflow", "A.unpaid" };
static const char *const sets[] = { "A.coupon=4.5%", "G.fails_month=7", "haircut=10%" };
static const weir_sensitivity_request swings = { .metrics = inflow, .metric_count = 1, .sets = sets, .set_count = 2 };

START_TEST(swings_of_a_session)
{
	ck_assert_int_eq(weir_session_sensitivity(session, &swings), WEIR_EXIT_DONE);
	expect("tornado", "inflow,1,late_share,0,0,0.2,10400.00,");
	expect("tornado", "inflow,2,haircut,0,0,0.05,10400.00,10400.00,9880.00,0.00,-520.00,520.00");
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "haircut"));
	weir_sensitivity_request request = swings;
	request.set_count = 3;
	ck_assert_int_eq(weir_session_sensitivity(session, &request), WEIR_EXIT_DONE);
	expect("tornado", ",A.coupon,0.045,0.0405,0.0495,9360.00,");
}
END_TEST

/* From 3 % to 9 % of defaults and on, 10 % and 20 % of receipts are lost; with support off, from what is severe already. */
static const weir_attribution_request parts = { .scenario = "severe", .from = "mild", .metrics = inflow,
	                                        .metric_count = 2, .support = "off", .sets = sets, .set_count = 3 };

START_TEST(parts_of_a_session)
{
	ck_assert_int_eq(weir_session_attribute(session, &parts), WEIR_EXIT_DONE);
	expect("attribution", "inflow,default,,,");
	expect("attribution", "inflow,receipts,,,"); /* that of the scenario: what is set is the same in both */
	expect("attribution", "A.unpaid,interaction,,,");
	weir_attribution_request request = parts;
	request.from = "severe";
	ck_assert_int_eq(weir_session_attribute(session, &request), WEIR_EXIT_INPUT);
	expect("attribution", "inflow,set haircut,,,"); /* what went wrong leaves the session as it was */
}
END_TEST

static int stop(void *context, double done)
{
	(void)context;
	return done < 0;
}

START_TEST(studies_can_be_stopped)
{
	weir_rating_request grades = rating;
	weir_sensitivity_request tornado = swings;
	weir_attribution_request attribution = parts;
	grades.progress = tornado.progress = attribution.progress = stop;
	ck_assert_int_eq(weir_session_rating(session, &grades), WEIR_EXIT_INTERRUPTED);
	ck_assert_int_eq(weir_session_sensitivity(session, &tornado), WEIR_EXIT_INTERRUPTED);
	ck_assert_int_eq(weir_session_attribute(session, &attribution), WEIR_EXIT_INTERRUPTED);
}
END_TEST

/* Every early point of failure of each study, then every few. */
START_TEST(memory_may_be_short)
{
	for (int study = 0; study < 3; study++) {
		int failed = 0;
		for (long n = 1;; n += 1 + n / 60) {
			weir_alloc_fail_from(n);
			int exit = study == 0 ? weir_session_rating(session, &rating) :
			           study == 1 ? weir_session_sensitivity(session, &swings) :
			                        weir_session_attribute(session, &parts);
			weir_alloc_fail_from(0);
			if (exit == WEIR_EXIT_DONE)
				break;
			ck_assert_int_eq(exit, WEIR_EXIT_INTERNAL);
			failed++;
		}
		ck_assert_int_gt(failed, 30);
	}
}
END_TEST

Suite *weir_suite_api_rating(void)
{
	Suite *suite = suite_create("api_rating");
	TCase *test = tcase_create("api_rating");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 120);
	tcase_add_test(test, grades_with_and_without_support);
	tcase_add_test(test, a_class_that_fails_at_once);
	tcase_add_test(test, what_rating_refuses);
	tcase_add_test(test, swings_of_a_session);
	tcase_add_test(test, parts_of_a_session);
	tcase_add_test(test, studies_can_be_stopped);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
