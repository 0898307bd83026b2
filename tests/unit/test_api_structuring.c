/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_structuring.c: the structuring report through weir.h, and reports printed from a results.xml. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_structuring(void);

static weir_session *session;
static char *path, *messages;

static void setup(void)
{
	io_enter();
	session = NULL;
	path = messages = NULL;
}

static void forget_report(void)
{
	weir_text_release(path);
	weir_text_release(messages);
	path = messages = NULL;
}

static void teardown(void)
{
	forget_report();
	weir_session_close(session);
	io_leave();
}

/* A path in the test's folder, valid until the next call. */
static const char *in_folder(const char *name)
{
	static char full[4096];
	const char *some = io_write("some", "");
	snprintf(full, sizeof full, "%.*s%s", (int)(strrchr(some, '/') - some) + 1, some, name);
	return full;
}

static char *file_text(const char *name)
{
	enum { MOST = 1 << 22 };
	FILE *file = fopen(name, "rb");
	ck_assert_msg(file != NULL, "no %s", name);
	char *text = calloc(1, MOST);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_lt(fread(text, 1, MOST - 1, file), MOST - 1);
	fclose(file);
	return text;
}

static void expect_text(const char *name, const char *wanted)
{
	char *text = file_text(name);
	ck_assert_msg(strstr(text, wanted) != NULL, "no \"%s\" in %s", wanted, name);
	free(text);
}

static void expect_csv(const char *table, const char *wanted)
{
	char *csv = weir_session_table(session, 0, table);
	ck_assert_msg(csv && strstr(csv, wanted), "no \"%s\" in\n%s", wanted, csv ? csv : "");
	weir_text_release(csv);
}

/* EX7's structure: its classes, run, are the capital; each scenario of the certificate has its line of what is left; prices,
 * sensitivities and an attribution stand beside it. */
START_TEST(the_structure_is_run_and_told)
{
	weir_structure_request request = { 0 };
	weir_structure_answer answer;
	char folder[4096];
	snprintf(folder, sizeof folder, "%s", in_folder("out"));
	weir_structuring_request report = { .folder = folder, .lang = "en" };
	ck_assert_int_eq(weir_session_open(&session, "deals/ex7-copyright-abn/deal.xml"), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_structure(session, &request, &answer), WEIR_EXIT_DONE);
	char *structure = weir_session_table(session, 0, "structure");
	ck_assert_int_eq(weir_session_write_structuring(session, &report), WEIR_EXIT_DONE);
	ck_assert_uint_eq(weir_session_result_count(session), 1);
	char *kept = weir_session_table(session, 0, "structure");
	ck_assert_str_eq(structure, kept);
	weir_text_release(structure);
	weir_text_release(kept);
	expect_csv("tornado", "A.yield,1,");
	expect_csv("tornado", "coverage_min,1,");
	expect_csv("attribution", "coverage_total,");
	expect_csv("structure_margins", "scenario,defaulted,recovered,inflow,coverage_min,coverage_total,left,missed,unpaid\n");
	expect_csv("price_yield", "base,A,97.000000,");
	expect_csv("periods", "\n1,");
	expect_text(in_folder("out/structuring.html"), "<section id=\"certificate\"");
	expect_text(in_folder("out/structuring.html"), "<section id=\"sensitivity\"");
	expect_text(in_folder("out/results.xml"), "<table id=\"capital\"");
	expect_text(in_folder("out/tables/certificate.csv"), "one-lot-more");
	/* another study of the session is none the worse */
	weir_price_request price = { .class_id = "A" };
	ck_assert_int_eq(weir_session_price(session, &price), WEIR_EXIT_DONE);
	/* and the file prints again, as both reports */
	weir_report_request again = { .results = in_folder("out/results.xml"), .template = "structuring", .lang = "en" };
	char *first = file_text(in_folder("out/structuring.html"));
	again.results = in_folder("out/results.xml");
	ck_assert_int_eq(weir_report_write(&again, &path, &messages), WEIR_EXIT_DONE);
	ck_assert_str_eq(path, in_folder("out/structuring.html"));
	char *second = file_text(path);
	ck_assert_int_eq(strcmp(first, second), 0);
	free(first);
	free(second);
}
END_TEST

/* Nothing survives: the report has the certificate of that, and no run. */
START_TEST(no_structure_is_told)
{
	weir_structure_answer answer;
	char targets[4096];
	snprintf(targets, sizeof targets, "%s", io_write("none.xml", "<structure xmlns=\"urn:weir:structure:1\" lot=\"1000000.00\">"
	                                           "<class id=\"A\" survives=\"S1\" least=\"150000000.00\" most=\"151000000.00\"/>"
	                                           "</structure>"));
	weir_structure_request request = { .targets = targets };
	char folder[4096];
	snprintf(folder, sizeof folder, "%s", in_folder("out"));
	weir_structuring_request report = { .folder = folder, .lang = "en" };
	ck_assert_int_eq(weir_session_open(&session, "deals/ex1-patent-licence/deal.xml"), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_structure(session, &request, &answer), WEIR_EXIT_NO);
	ck_assert_int_eq(weir_session_write_structuring(session, &report), WEIR_EXIT_DONE);
	expect_text(in_folder("out/structuring.html"), "No structure survives what is asked");
	expect_text(in_folder("out/structuring.html"), "The least sizes");
	ck_assert_ptr_null(weir_session_table(session, 0, "periods"));
}
END_TEST

START_TEST(a_report_wants_a_structure)
{
	weir_structuring_request report = { .folder = in_folder("out") };
	ck_assert_int_eq(weir_session_open(&session, "deals/ex1-patent-licence/deal.xml"), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_write_structuring(session, &report), WEIR_EXIT_INPUT);
	weir_request run = { 0 };
	ck_assert_int_eq(weir_session_run(session, &run), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_write_structuring(session, &report), WEIR_EXIT_INPUT);
	ck_assert_uint_eq(weir_session_result_count(session), 1);
	ck_assert_ptr_nonnull(strstr(weir_session_message(session, weir_session_message_count(session) - 1, NULL),
	                             "there is no structure to report on"));
}
END_TEST

#define RESULTS                                                                                                    \
	"<results xmlns='urn:weir:results:1' currency='CNY' currency-digits='2'><deal id='d' en='Small'/>"                 \
	"<table id='classes' csv='yes'><columns><column id='period' type='integer'/><column id='class' type='text'/>"      \
	"<column id='opening' type='money'/><column id='principal_paid' type='money'/><column id='closing' type='money'/>" \
	"</columns><row><cell col='period'>1</cell><cell col='class' en='A'/><cell col='opening'>7.00</cell>"             \
	"<cell col='principal_paid'>3.21</cell><cell col='closing'>3.79</cell></row></table></results>"

#define OWN                                                                                                        \
	"<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns='urn:weir:document:1' "      \
	"xmlns:r='urn:weir:results:1'><xsl:include href='common.xsl'/><xsl:template match='/'><document lang='{$lang}'>"   \
	"<head><title><t lang='en'>Mine</t></title></head><p><t lang='en'>closing <xsl:value-of "                          \
	"select=\"key('table', 'classes')/r:row/r:cell[@col='closing']\"/></t></p></document></xsl:template></xsl:stylesheet>"

START_TEST(a_template_of_ones_own)
{
	char results[4096], template[4096];
	snprintf(results, sizeof results, "%s", io_write("results.xml", RESULTS));
	snprintf(template, sizeof template, "%s", io_write("mine.xsl", OWN));
	weir_report_request request = { .results = results, .template = template, .lang = "en" };
	ck_assert_int_eq(weir_report_write(&request, &path, &messages), WEIR_EXIT_DONE);
	ck_assert_ptr_null(messages);
	ck_assert_str_eq(path, in_folder("mine.html"));
	expect_text(path, "closing 3.79");
	forget_report();
	char out[4096];
	snprintf(out, sizeof out, "%s", in_folder("deep/er/page.html"));
	request.out = out;
	ck_assert_int_eq(weir_report_write(&request, &path, &messages), WEIR_EXIT_DONE);
	ck_assert_str_eq(path, out);
	expect_text(out, "<title>Mine</title>");
}
END_TEST

/* What goes wrong is told, and nothing is written. */
START_TEST(wrong_requests_are_refused)
{
	char good[4096], changed[4096];
	snprintf(good, sizeof good, "%s", io_write("results.xml", RESULTS));
	char *text = io_replace(RESULTS, "3.79", "3.80");
	snprintf(changed, sizeof changed, "%s", io_write("changed.xml", text));
	free(text);
	const struct {
		weir_report_request request;
		int exit_status;
		const char *words;
	} cases[] = {
		{ { .results = in_folder("none.xml") }, WEIR_EXIT_IO, "cannot read" },
		{ { .results = changed }, WEIR_EXIT_INPUT,
		  "does not add up: table \"classes\", row 1: closing is opening less principal and write-down: expected 3.79, "
		  "found 3.80; it was changed" },
		{ { .results = good, .template = "invester" }, WEIR_EXIT_INPUT, "did you mean \"investor\"?" },
		{ { .results = good, .template = "other" }, WEIR_EXIT_INPUT, "use investor, structuring, abs," },
		{ { .results = good, .template = "no/such.xsl" }, WEIR_EXIT_IO, "cannot read" },
		{ { .results = good, .lang = "fr" }, WEIR_EXIT_INPUT, "\"fr\" is no language" },
		{ { .results = "deals/ex1-patent-licence/deal.xml" }, WEIR_EXIT_INPUT, "is no results file of weir" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_msg(weir_report_write(&cases[i].request, &path, &messages) == cases[i].exit_status, "case %zu: %s", i,
		              messages ? messages : "");
		ck_assert_ptr_null(path);
		ck_assert_msg(messages && strstr(messages, cases[i].words), "case %zu: %s", i, messages ? messages : "");
		forget_report();
	}
}
END_TEST

/* Any allocation may fail: the answer is then that, and no page. (libxml2's own memory is not behind the seam.) */
START_TEST(short_memory_is_reported)
{
	char results[4096], template[4096];
	snprintf(results, sizeof results, "%s", io_write("results.xml", RESULTS));
	snprintf(template, sizeof template, "%s", io_write("mine.xsl", OWN));
	weir_report_request request = { .results = results, .template = template, .lang = "both" };
	for (long nth = 1;; nth++) {
		weir_alloc_fail_from(nth);
		int status = weir_report_write(&request, &path, &messages);
		weir_alloc_fail_from(0);
		ck_assert_msg(status == WEIR_EXIT_DONE || status == WEIR_EXIT_INTERNAL, "%d at %ld", status, nth);
		ck_assert_int_eq(path != NULL, status == WEIR_EXIT_DONE);
		forget_report();
		if (status == WEIR_EXIT_DONE)
			break;
	}
}
END_TEST

/* The same of the whole composition, at every so many allocations; then the session serves the next request. */
START_TEST(short_memory_leaves_the_session_whole)
{
	char deal[4096], folder[4096];
	io_write("scenarios.xml", "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"less\"><receipts factor=\"97%\"/>"
	                          "</scenario></scenarios>");
	io_write("structure.xml", "<structure xmlns=\"urn:weir:structure:1\" lot=\"100000.00\">"
	                          "<class id=\"A\" survives=\"less\" least=\"6000000.00\" most=\"6500000.00\"/></structure>");
	snprintf(deal, sizeof deal, "%s", io_write("deal.xml", io_deal));
	snprintf(folder, sizeof folder, "%s", in_folder("out"));
	weir_structuring_request report = { .folder = folder, .no_report = 1 };
	weir_structure_request request = { 0 };
	weir_structure_answer answer;
	ck_assert_int_eq(weir_session_open(&session, deal), WEIR_EXIT_DONE);
	int status = WEIR_EXIT_INTERNAL;
	for (long nth = 1; status != WEIR_EXIT_DONE; nth += nth < 60 ? 1 : nth / 12) {
		ck_assert_int_eq(weir_session_structure(session, &request, &answer), WEIR_EXIT_DONE);
		weir_alloc_fail_from(nth);
		status = weir_session_write_structuring(session, &report);
		weir_alloc_fail_from(0);
		ck_assert_msg(status == WEIR_EXIT_DONE || status == WEIR_EXIT_INTERNAL, "%d at %ld", status, nth);
	}
	expect_csv("tornado", "A.yield,1,");
	weir_request run = { 0 };
	ck_assert_int_eq(weir_session_run(session, &run), WEIR_EXIT_DONE);
}
END_TEST

Suite *weir_suite_api_structuring(void)
{
	Suite *suite = suite_create("api_structuring");
	TCase *tests = tcase_create("structuring");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, the_structure_is_run_and_told);
	tcase_add_test(tests, no_structure_is_told);
	tcase_add_test(tests, a_report_wants_a_structure);
	tcase_add_test(tests, a_template_of_ones_own);
	tcase_add_test(tests, wrong_requests_are_refused);
	tcase_add_test(tests, short_memory_is_reported);
	tcase_add_test(tests, short_memory_leaves_the_session_whole);
	suite_add_tcase(suite, tests);
	return suite;
}
