/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_variants.c: other readings of a small deal through weir.h: opened, checked, run beside the deal as written. The
 * amounts are worked out by hand from the terms of io_deal: one loan of 8,000,000.00 at 4.98 %, class A of 7,000,000.00 at
 * 3.8 %, a manager's fee of 0.05 % of A; accrual periods of 91, 92, 92 and 91 days over 365. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_variants(void);

static weir_session *session;

static void setup(void)
{
	io_enter();
	session = NULL;
}

static void teardown(void)
{
	weir_session_close(session);
	io_leave();
}

/* io_deal with variants, as a file; `variant` NULL: as written. */
static int open_deal(const char *variants, const char *variant)
{
	char *text = io_replace(io_deal, "</deal>", variants);
	weir_session_close(session);
	int exit = weir_session_open_variant(&session, io_write("deal.xml", text), variant, NULL, 0);
	ck_assert_ptr_nonnull(session);
	free(text);
	return exit;
}

#define DEARER                                                                                                          \
	"<variants><variant id=\"dearer\" clause=\"8.1\" en=\"The fee is six basis points\"><fee id=\"manager\" "       \
	"base=\"classes.all.balance\" rate=\"0.06%\" day-count=\"ACT/365F\"/></variant>"
#define AT_ONCE                                                                                                         \
	"<variant id=\"at-once\" en=\"The fee is paid a year\"><fee id=\"manager\" base=\"classes.all.balance\" "         \
	"rate=\"0.05%\" day-count=\"ACT/365F\" frequency=\"yearly\"/></variant></variants></deal>"

/* The text of the first message, its folder cut off. */
static const char *message(size_t number)
{
	const char *text = weir_session_message(session, number, NULL), *file = text ? strstr(text, "deal.xml") : NULL;
	return file ? file : text ? text : "";
}

/* The fee is 7,000,000 x 0.05 % x 91/365 = 872.60 and x 92/365 = 882.19, each twice: 3,509.58; at 0.06 % 1,047.12 and
 * 1,058.63: 4,211.50. The loan brings 99,600.00 a quarter and A's interest is 66,317.81 or 67,046.58, so A loses nothing. */
START_TEST(the_money_at_stake_is_shown_to_the_cent)
{
	weir_variants_request request = { 0 };
	ck_assert_int_eq(open_deal(DEARER AT_ONCE, NULL), WEIR_EXIT_DONE);
	ck_assert_uint_eq(weir_session_variant_count(session), 2);
	ck_assert_str_eq(weir_session_variant(session, 1), "at-once");
	ck_assert_ptr_null(weir_session_variant(session, 2));
	ck_assert_int_eq(weir_session_variants(session, &request), WEIR_EXIT_DONE);
	char *csv = weir_session_table(session, 0, "variants");
	ck_assert_ptr_nonnull(strstr(csv, "base,as-written,,A,266728.78,7000000.00,0.00,7266728.78,,,,"));
	ck_assert_ptr_nonnull(strstr(csv, "base,as-written,,taxes-and-fees,,,,3509.58,,,,,,,\n"));
	ck_assert_ptr_nonnull(strstr(csv, "base,dearer,8.1,A,266728.78,7000000.00,0.00,7266728.78,0.00,0.00,,"));
	ck_assert_ptr_nonnull(strstr(csv, "base,dearer,8.1,taxes-and-fees,,,,4211.50,701.92,701.92,2023-07-14,"));
	/* all of it in the fourth period: before it 872.60 + 882.19 + 882.19 = 2,636.98 less had been paid */
	ck_assert_ptr_nonnull(strstr(csv, "base,at-once,,taxes-and-fees,,,,3509.58,0.00,-2636.98,2023-07-14,"));
	weir_text_release(csv);
	ck_assert_str_eq(weir_session_summary(session),
	                 "scenario base, against the deal as written\n"
	                 "  dearer (clause 8.1): The fee is six basis points\n"
	                 "    taxes and fees: +701.92 in all; first on 2023-07-14\n"
	                 "  at-once: The fee is paid a year\n"
	                 "    taxes and fees: +0.00 in all; -2,636.98 by 2024-01-15; first on 2023-07-14\n");
}
END_TEST

START_TEST(one_reading_is_opened_and_run)
{
	weir_request request = { 0 };
	ck_assert_int_eq(open_deal(DEARER AT_ONCE, "dearer"), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_DONE);
	char *csv = weir_session_table(session, 0, "trace");
	ck_assert_ptr_nonnull(strstr(csv, ",1047.12,"));
	ck_assert_ptr_null(strstr(csv, ",872.60,"));
	weir_text_release(csv);
	int severity = 0;
	ck_assert_str_eq(message(2), "deal.xml:27:11: disclosure: this is the reading \"dearer\" of clause 8.1, not the deal "
	                             "as written: The fee is six basis points [assumption]");
	weir_session_message(session, 2, &severity);
	ck_assert_int_eq(severity, 2);
}
END_TEST

START_TEST(an_unknown_reading_is_an_error)
{
	ck_assert_int_eq(open_deal(DEARER AT_ONCE, "dear"), WEIR_EXIT_INPUT);
	ck_assert_str_eq(message(0), "weir: error: the deal has no variant \"dear\"; it has dearer, at-once [unknown-id]");
	ck_assert_int_eq(open_deal("</deal>", "dear"), WEIR_EXIT_INPUT);
	ck_assert_str_eq(message(0), "weir: error: the deal has no variant \"dear\", and no other; leave --variant out "
	                             "[unknown-id]");
	weir_variants_request request = { 0 };
	ck_assert_int_eq(open_deal("</deal>", NULL), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_variants(session, &request), WEIR_EXIT_INPUT);
}
END_TEST

/* Each complaint once, at its place, with the readings that it comes from only where the place does not tell. */
START_TEST(a_check_reads_every_variant)
{
	ck_assert_int_eq(open_deal("<variants>\n<variant id=\"v\"><fee id=\"manger\" amount=\"1.00\"/></variant>\n"
	                           "<variant id=\"w\"><fee id=\"manager\" amount=\"1.0.0\"/></variant>\n"
	                           "<variant id=\"x\"><waterfall id=\"normal\"><pay what=\"A.interest A.principal\"/></waterfall>"
	                           "</variant></variants></deal>", NULL), WEIR_EXIT_DONE);
	size_t before = weir_session_message_count(session);
	ck_assert_int_eq(weir_session_check_variants(session), WEIR_EXIT_INPUT);
	ck_assert_uint_eq(weir_session_message_count(session), before + 3);
	ck_assert_ptr_nonnull(strstr(message(before), "error: no step pays the fee \"manager\""));
	ck_assert_ptr_nonnull(strstr(message(before), "(in the variant \"x\")"));
	ck_assert_str_eq(message(before + 1), "deal.xml:28:26: error: the variant \"v\" has fee \"manger\", which the deal does "
	                                      "not have in its <fees>; did you mean \"manager\"? [unknown-id]");
	ck_assert_ptr_eq(strstr(message(before + 2), "deal.xml:29:43: error: "), message(before + 2));
	/* again: nothing that was not said */
	before = weir_session_message_count(session);
	ck_assert_int_eq(weir_session_check_variants(session), WEIR_EXIT_INPUT);
	ck_assert_uint_eq(weir_session_message_count(session), before);
}
END_TEST

/* A whole section stands for the deal's, or is added; a prefix that the variant declares goes with its elements. */
START_TEST(sections_and_terms_are_replaced)
{
	weir_request request = { 0 };
	ck_assert_int_eq(open_deal("<variants><variant id=\"v\" xmlns:w=\"urn:weir:deal:1\">"
	                           "<w:triggers><w:trigger id=\"late\" tested=\"before\" test=\"period = 9\"/></w:triggers>"
	                           "<w:waterfalls><w:waterfall id=\"after\" when=\"late\"><w:pay what=\"A.interest\"/>"
	                           "</w:waterfall><w:waterfall id=\"usual\"><w:pay what=\"manager A.interest A.principal\"/>"
	                           "</w:waterfall></w:waterfalls><w:accrual day-count=\"ACT/360\" dates=\"unadjusted\"/>"
	                           "</variant></variants></deal>", "v"), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_DONE);
	char *csv = weir_session_table(session, 0, "classes");
	/* 7,000,000 x 3.8 % x 91/360 = 67,238.89 */
	ck_assert_ptr_nonnull(strstr(csv, ",67238.89,"));
	weir_text_release(csv);
	csv = weir_session_table(session, 0, "trace");
	ck_assert_ptr_nonnull(strstr(csv, ",usual,"));
	weir_text_release(csv);
}
END_TEST

START_TEST(memory_may_end_anywhere)
{
	weir_variants_request request = { 0 };
	int failed = 0;
	ck_assert_int_eq(open_deal(DEARER AT_ONCE, NULL), WEIR_EXIT_DONE);
	for (long n = 1; n < 400000; n += n < 300 ? 1 : 97) {
		weir_alloc_fail_from(n);
		int exit = weir_session_variants(session, &request);
		weir_alloc_fail_from(0);
		if (exit == WEIR_EXIT_DONE)
			break;
		ck_assert_int_eq(exit, WEIR_EXIT_INTERNAL);
		failed++;
	}
	ck_assert_int_gt(failed, 150);
	for (long n = 1; n < 400000; n += n < 300 ? 1 : 97) {
		weir_alloc_fail_from(n);
		int exit = weir_session_check_variants(session);
		weir_alloc_fail_from(0);
		if (exit == WEIR_EXIT_DONE)
			break;
		ck_assert_int_eq(exit, WEIR_EXIT_INTERNAL);
	}
	ck_assert_int_eq(weir_session_variants(session, &request), WEIR_EXIT_DONE);
}
END_TEST

Suite *weir_suite_api_variants(void)
{
	Suite *suite = suite_create("api_variants");
	TCase *all = tcase_create("all");
	tcase_set_timeout(all, 60);
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, the_money_at_stake_is_shown_to_the_cent);
	tcase_add_test(all, one_reading_is_opened_and_run);
	tcase_add_test(all, an_unknown_reading_is_an_error);
	tcase_add_test(all, a_check_reads_every_variant);
	tcase_add_test(all, sections_and_terms_are_replaced);
	tcase_add_test(all, memory_may_end_anywhere);
	suite_add_tcase(suite, all);
	return suite;
}
