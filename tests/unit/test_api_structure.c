/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_structure.c: structures through weir.h: tables, the deal as written and run again, no answer, wrong requests. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_structure(void);

#define COUNTER "tests/deals/greedy-counter-example/deal.xml"

static weir_session *session;
static weir_structure_answer answer;

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

static int structure(const char *deal, const char *targets, const char *write)
{
	weir_structure_request request = { .targets = targets, .write = write };
	weir_session_close(session);
	ck_assert_int_eq(weir_session_open(&session, deal), WEIR_EXIT_DONE);
	return weir_session_structure(session, &request, &answer);
}

static void expect_csv(const char *table, const char *wanted)
{
	char *csv = weir_session_table(session, 0, table);
	ck_assert_msg(csv && strstr(csv, wanted), "no \"%s\" in\n%s", wanted, csv ? csv : "");
	weir_text_release(csv);
}

static const char *last_message(void)
{
	size_t count = weir_session_message_count(session);
	return count ? weir_session_message(session, count - 1, NULL) : "";
}

static char *file_text(const char *path)
{
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	char *text = calloc(1, 1 << 20);
	ck_assert_uint_gt(fread(text, 1, (1 << 20) - 1, file), 0);
	fclose(file);
	return text;
}

/* The written deal is the deal but for the two sizes, and sized again it stays as it is. */
START_TEST(the_deal_as_written)
{
	char *path = strdup(io_write("written.xml", ""));
	ck_assert_int_eq(structure(COUNTER, NULL, path), WEIR_EXIT_DONE);
	ck_assert(answer.found && answer.proven && !answer.top_down_passes);
	ck_assert(answer.value == 4316000000 && answer.bound == 4316000000);
	expect_csv("structure", "A,chosen,,13520000.00,");
	expect_csv("structure", "OWN,fixed,,10000.00,");
	expect_csv("certificate", "as-found,,pass,B,less_30,,,,\n");
	expect_csv("certificate", "one-lot-more,A,fail,B,less_30,2035-01-15,7034.59,,\n");
	expect_csv("certificate", "top-down,,fail,A,half,2035-01-15,14671185.44,,\n");
	expect_csv("structure_search", "proceeds,43160000.00,43160000.00,0,1,46280000.00,0,");
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "proceeds 43,160,000.00; none of the "));
	char *before = file_text(COUNTER), *after = file_text(path);
	char *one = io_replace(before, "size=\"35070000.00\"", "size=\"13520000.00\"");
	char *wanted = io_replace(one, "size=\"11210000.00\"", "size=\"29640000.00\"");
	ck_assert_str_eq(after, wanted);
	weir_session_close(session);
	session = NULL;
	ck_assert_int_eq(weir_session_open(&session, path), WEIR_EXIT_DONE);
	const char *scenarios[] = { "tests/deals/greedy-counter-example/scenarios.xml#half",
		                    "tests/deals/greedy-counter-example/scenarios.xml#less_30" };
	weir_stress_request stress = { .scenarios = scenarios, .scenario_count = 2 };
	ck_assert_int_eq(weir_session_stress(session, &stress), WEIR_EXIT_DONE);
	char *csv = weir_session_table(session, 0, "stress");
	ck_assert_msg(strstr(csv, "half,45367733.37,") && strstr(csv, ",A,") && strstr(csv, "pass"), "%s", csv);
	weir_text_release(csv);
	free(path);
	free(before);
	free(after);
	free(one);
	free(wanted);
}
END_TEST

#define CHOSEN "<choose name=\"B.coupon\" from=\"2%\" to=\"6%\" step=\"2%\"/>"

/* A chosen coupon of a sized class is one number, written once. */
START_TEST(a_chosen_coupon_is_written_once)
{
	char *path = strdup(io_write("written.xml", ""));
	const char *asked = io_write("structure.xml", "<structure xmlns=\"urn:weir:structure:1\" lot=\"1000000.00\"><class id=\"B\" "
	                                              "survives=\"half\" test=\"first-missed\" most=\"13000000.00\"/>" CHOSEN
	                                              "<require formula=\"B.coupon = 4%\"/></structure>");
	ck_assert_int_eq(structure(COUNTER, asked, path), WEIR_EXIT_DONE);
	char *before = file_text(COUNTER), *after = file_text(path);
	char *size = io_replace(before, "size=\"11210000.00\" coupon=\"9%\"", "size=\"13000000.00\" coupon=\"4%\"");
	ck_assert_str_eq(after, size);
	free(path);
	free(before);
	free(after);
	free(size);
}
END_TEST

/* The coupon of a class that is not sized is in the table as it was chosen. */
START_TEST(a_chosen_coupon_of_another_class)
{
	const char *asked = "<structure xmlns=\"urn:weir:structure:1\" lot=\"1000000.00\"><class id=\"A\" survives=\"half\"/>"
	                    "%s</structure>";
	char text[1024];
	snprintf(text, sizeof text, asked, CHOSEN "<require formula=\"B.coupon = 4%\"/>");
	ck_assert_int_eq(structure(COUNTER, io_write("structure.xml", text), NULL), WEIR_EXIT_DONE);
	char *csv = weir_session_table(session, 0, "structure");
	const char *row = csv ? strstr(csv, "\nB,fixed,") : NULL;
	ck_assert_msg(row && strstr(row, ",0.04,") && strstr(row, ",0.04,") < strchr(row + 1, '\n'), "%s", csv ? csv : "");
	weir_text_release(csv);
}
END_TEST

/* What cannot be written is said before the search. */
START_TEST(a_number_inside_a_formula_cannot_be_written)
{
	char *path = strdup(io_write("written.xml", ""));
	const char *asked = io_write("structure.xml", "<structure xmlns=\"urn:weir:structure:1\" lot=\"1000.00\"><class id=\"A\" "
	                                              "survives=\"S0\" most=\"20000.00\"/><choose name=\"thin.threshold\" from=\"1\" "
	                                              "to=\"2\" step=\"1\"/></structure>");
	ck_assert_int_eq(structure("tests/deals/coupon-and-fee-raised/deal.xml", asked, path), WEIR_EXIT_INPUT);
	ck_assert_ptr_nonnull(strstr(last_message(), "\"thin.threshold\" stands in no place of its own"));
	ck_assert_int_eq(weir_session_result_count(session), 0);
	free(path);
}
END_TEST

START_TEST(nothing_survives)
{
	const char *path = io_write("structure.xml",
	                            "<structure xmlns=\"urn:weir:structure:1\" lot=\"10000.00\"><class id=\"A\" survives=\"half\" "
	                            "least=\"45000000.00\" most=\"46000000.00\"/></structure>");
	ck_assert_int_eq(structure(COUNTER, path, NULL), WEIR_EXIT_NO);
	ck_assert(!answer.found && answer.proven && isnan(answer.value));
	expect_csv("certificate", "least,,fail,A,half,2035-01-15,");
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "no structure survives what is asked: proven for all 101"));
}
END_TEST

/* A limit that breaks at one lot more is told in the unit of its value. */
START_TEST(limits_are_named)
{
	static const struct {
		const char *body, *claim;
	} limits[] = {
		{ "<class id=\"A\" most=\"9000000.00\" survives=\"half\"/>", "one-lot-more,A,limit,A,,,,most,10000000.00\n" },
		{ "<class id=\"A\" survives=\"half\" wal-most=\"1.25\"/>", "one-lot-more,A,limit,A,,,,wal-most,1." },
		{ "<class id=\"A\" survives=\"half\"/><require formula=\"A.size + B.size &lt;= 20000000.00\"/>",
		  "one-lot-more,A,limit,,,,,A.size + B.size <= 20000000.00,20210000.00\n" },
		{ "<class id=\"A\" survives=\"half\"/><rest class=\"OWN\" of=\"21210000.00\" least=\"10%\"/>",
		  "one-lot-more,A,limit,OWN,,,,rest,2000000.00\n" }, /* 10 % are 2,121,000.00; 10,000,000.00 - 8 lots */
	};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		char text[1024];
		snprintf(text, sizeof text, "<structure xmlns=\"urn:weir:structure:1\" lot=\"1000000.00\">%s</structure>",
		         limits[i].body);
		ck_assert_int_eq(structure(COUNTER, io_write("structure.xml", text), NULL), WEIR_EXIT_DONE);
		expect_csv("certificate", limits[i].claim);
	}
}
END_TEST

START_TEST(there_is_no_file)
{
	ck_assert_int_eq(structure("tests/deals/two-firms/deal.xml", NULL, NULL), WEIR_EXIT_IO);
	ck_assert_ptr_nonnull(strstr(last_message(), "there is no \"tests/deals/two-firms/structure.xml\""));
	ck_assert_int_eq(structure(COUNTER, "none.xml", NULL), WEIR_EXIT_IO);
	ck_assert_int_eq(structure(COUNTER, NULL, "no/such/folder/deal.xml"), WEIR_EXIT_IO);
	ck_assert_int_eq(weir_session_result_count(session), 0);
}
END_TEST

static int stop(void *context, double done)
{
	(void)context;
	(void)done;
	return 0;
}

START_TEST(stopped)
{
	weir_structure_request request = { .progress = stop };
	ck_assert_int_eq(weir_session_open(&session, COUNTER), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_structure(session, &request, &answer), WEIR_EXIT_INTERRUPTED);
}
END_TEST

/* The bound of a proof that may try nothing is that of the whole lattice's cash. */
START_TEST(a_proof_of_few_points)
{
	weir_structure_request request = { .proof = 1 };
	ck_assert_int_eq(weir_session_open(&session, COUNTER), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_structure(session, &request, &answer), WEIR_EXIT_DONE);
	ck_assert(answer.found && !answer.proven && answer.bound > answer.value && answer.bound < 5000000000);
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "not proven"));
}
END_TEST

START_TEST(memory_may_be_short)
{
	char *structure_path = strdup(io_write(
	        "structure.xml", "<structure xmlns=\"urn:weir:structure:1\" lot=\"8000000.00\"><coupons curve=\"cgb\" spreads=\"abs\" "
	                         "step=\"5bp\"/><class id=\"A1\" grade=\"AAA\" survives=\"S1\" family=\"lease\" "
	                         "expected-loss=\"table\"/><rest class=\"SUB\" of=\"pool.balance_initial\"/><losses mean=\"4%\" "
	                         "deviation=\"2%\" points=\"4\"/></structure>"));
	char *written = strdup(io_write("written.xml", ""));
	int failed = 0;
	ck_assert_int_eq(weir_session_open(&session, "deals/ex3-sale-leaseback/deal.xml"), WEIR_EXIT_DONE);
	for (long n = 1;; n += 1 + n / 23) {
		weir_structure_request request = { .targets = structure_path, .write = written, .proof = 1 };
		weir_alloc_fail_from(n);
		int status = weir_session_structure(session, &request, &answer);
		weir_alloc_fail_from(0);
		if (status != WEIR_EXIT_INTERNAL) {
			ck_assert(status == WEIR_EXIT_DONE || status == WEIR_EXIT_NO);
			break;
		}
		failed++;
	}
	ck_assert_int_gt(failed, 20);
	free(structure_path);
	free(written);
}
END_TEST

Suite *weir_suite_api_structure(void)
{
	Suite *suite = suite_create("api/structure");
	TCase *all = tcase_create("structure");
	tcase_set_timeout(all, 120);
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, the_deal_as_written);
	tcase_add_test(all, a_chosen_coupon_is_written_once);
	tcase_add_test(all, a_chosen_coupon_of_another_class);
	tcase_add_test(all, a_number_inside_a_formula_cannot_be_written);
	tcase_add_test(all, nothing_survives);
	tcase_add_test(all, limits_are_named);
	tcase_add_test(all, there_is_no_file);
	tcase_add_test(all, stopped);
	tcase_add_test(all, a_proof_of_few_points);
	tcase_add_test(all, memory_may_be_short);
	suite_add_tcase(suite, all);
	return suite;
}
