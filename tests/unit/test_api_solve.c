/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_solve.c: solving through weir.h, on the deal of docs/support.md: A has 8,000,000.00, repaid in
 * quarters, 30E/360, so that all its interest is c x (8 + 6 + 4 + 2) million / 4 = 5,000,000 c. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_solve(void);

#define TWO_FIRMS "tests/deals/two-firms/deal.xml"

static weir_session *session;
static weir_solve_answer answer;

static void setup(void)
{
	io_enter();
	session = NULL;
	ck_assert_int_eq(weir_session_open(&session, TWO_FIRMS), WEIR_EXIT_DONE);
}

static void teardown(void)
{
	weir_session_close(session);
	io_leave();
}

static const char *last_message(void)
{
	size_t count = weir_session_message_count(session);
	return count ? weir_session_message(session, count - 1, NULL) : "";
}

static int solve(const char *vary, const char *until)
{
	weir_solve_request request = { .vary = vary, .until = until };
	return weir_session_solve(session, &request, &answer);
}

static void expect_csv(const char *wanted)
{
	char *csv = weir_session_table(session, 0, "solve");
	ck_assert_msg(csv && strstr(csv, wanted), "no \"%s\" in\n%s", wanted, csv ? csv : "");
	weir_text_release(csv);
}

START_TEST(one_root)
{
	ck_assert_int_eq(solve("A.coupon", "A.interest = 160000.00"), WEIR_EXIT_DONE);
	ck_assert(answer.found == 1 && answer.value == 0.032 && answer.residual == 0);
	ck_assert_str_eq(answer.kind, "root");
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "3.2%: root, met exactly; so it is from "));
	expect_csv("A.coupon,A.interest = 160000.00,base,none,root,0.032,");
}
END_TEST

/* Four amounts of c x 2,000,000, 1,500,000, 1,000,000 and 500,000: each is rounded by itself. From 160,000.00 on it
 * holds; the first value of it lies within 4 half cents, 4e-9. */
START_TEST(an_interval)
{
	ck_assert_int_eq(solve("A.coupon=3%:4%", "A.interest >= 160000.00"), WEIR_EXIT_DONE);
	ck_assert(answer.found == 1 && fabs(answer.value - 0.032) < 5e-9 && answer.residual >= 0 && answer.residual < 5);
	ck_assert_str_eq(answer.kind, "begins");
	expect_csv(",begins,0.0319999");
}
END_TEST

START_TEST(none)
{
	size_t messages = weir_session_message_count(session);
	ck_assert_int_eq(solve("A.coupon=0%:1%", "A.interest = 160000.00"), WEIR_EXIT_NO);
	ck_assert(answer.found == 0 && isnan(answer.value) && !answer.kind);
	ck_assert(answer.nearest == 0.01 && answer.nearest_residual == 5000000 - 16000000);
	expect_csv(",nearest,0.01,,,-110000.00,,,");
	ck_assert_uint_eq(weir_session_message_count(session), messages); /* no is an answer, no complaint */
}
END_TEST

START_TEST(scenarios_sets_and_support)
{
	const char *sets[] = { "A.size=4000000.00" };
	weir_solve_request request = { .vary = "A.coupon", .until = "A.interest = 160000.00", .sets = sets, .set_count = 1,
		                       .scenario = "tests/deals/two-firms/scenarios.xml#late", .support = "off" };
	ck_assert_int_eq(weir_session_solve(session, &request, &answer), WEIR_EXIT_DONE);
	ck_assert(answer.found == 1 && answer.value == 0.064); /* half the class, twice the coupon */
	expect_csv("A.coupon,A.interest = 160000.00,late,");
}
END_TEST

START_TEST(a_bad_request_leaves_the_session_as_it_was)
{
	static const char *const bad[][3] = {
		{ "A.cupon", "A.survives", "did you mean \"A.coupon\"?" },
		{ "=1%:2%", "A.survives", "names no number to vary" },
		{ "A.coupon=1%:2%:3%", "A.survives", "names no number to vary" },
		{ "A.coupon=1%:x", "A.survives", "\"x\" is no value for \"A.coupon\"" },
		{ "A.coupon=2%:1%", "A.survives", "is empty" },
		{ "A.coupon", "A.survive", "did you mean \"A.survives\"?" },
		{ "A.coupon", "A.wal", "where a condition is needed" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(solve(bad[i][0], bad[i][1]), WEIR_EXIT_INPUT);
		ck_assert_msg(strstr(last_message(), bad[i][2]) != NULL, "%s", last_message());
	}
	ck_assert_int_eq(solve("A.coupon", "A.interest = 160000.00"), WEIR_EXIT_DONE);
	ck_assert(answer.value == 0.032);
}
END_TEST

static int stop(void *context, double done)
{
	(void)context;
	return done < 0.3;
}

START_TEST(it_can_be_stopped)
{
	weir_solve_request request = { .vary = "A.coupon", .until = "A.survives", .progress = stop };
	ck_assert_int_eq(weir_session_solve(session, &request, &answer), WEIR_EXIT_INTERRUPTED);
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	for (long n = 1;; n += 1 + n / 30) {
		weir_alloc_fail_from(n);
		int status = solve("A.coupon", "A.yield = 4%");
		weir_alloc_fail_from(0);
		if (status == WEIR_EXIT_DONE)
			break;
		ck_assert_int_eq(status, WEIR_EXIT_INTERNAL);
		failed++;
	}
	ck_assert_int_gt(failed, 30);
}
END_TEST

/* A cell that lost its text would read as one that has none: such results are not kept. */
START_TEST(results_with_a_lost_text_are_not_kept)
{
	static char text[1 << 20];
	weir_results *results;
	memset(text, 'x', sizeof text - 1);
	ck_assert_int_eq(weir_session_new_results(session, NULL, &results), WEIR_OK);
	weir_alloc_fail_from(1);
	weir_session_text_cell(results, text);
	weir_alloc_fail_from(0);
	ck_assert_int_eq(weir_session_keep(session, results), WEIR_NO_MEMORY);
}
END_TEST

Suite *weir_suite_api_solve(void)
{
	Suite *suite = suite_create("api_solve");
	TCase *test = tcase_create("api_solve");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, one_root);
	tcase_add_test(test, an_interval);
	tcase_add_test(test, none);
	tcase_add_test(test, scenarios_sets_and_support);
	tcase_add_test(test, a_bad_request_leaves_the_session_as_it_was);
	tcase_add_test(test, it_can_be_stopped);
	tcase_add_test(test, memory_may_be_short);
	tcase_add_test(test, results_with_a_lost_text_are_not_kept);
	suite_add_tcase(suite, test);
	return suite;
}
