/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_session.c: the public interface, weir.h and nothing else; and what it does when memory is short. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_session(void);

/* The smallest deal of tests/deals with its scenarios. */
#define SMALLEST "tests/deals/pro-rata-shortage-last/deal.xml"
#define EX3 "deals/ex3-sale-leaseback/deal.xml"

static weir_session *session;
static char out[256]; /* a folder that does not exist yet */

static void setup(void)
{
	io_enter();
	snprintf(out, sizeof out, "%s", io_write("marker", ""));
	strcpy(strrchr(out, '/'), "/out");
	session = NULL;
}

static void teardown(void)
{
	weir_alloc_fail_from(0);
	weir_session_close(session);
	io_leave();
}

static void open_deal(const char *path)
{
	int exit = weir_session_open(&session, path);
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%s: %d: %s", path, exit,
	              session && weir_session_message_count(session) ? weir_session_message(session, 0, NULL) : "");
}

/* Whether a message reads `text`, with its severity. */
static void expect_message(const char *text, int wanted)
{
	int severity = -1;
	for (size_t i = 0; i < weir_session_message_count(session); i++)
		if (strcmp(weir_session_message(session, i, &severity), text) == 0) {
			ck_assert_int_eq(severity, wanted);
			return;
		}
	for (size_t i = 0; i < weir_session_message_count(session); i++)
		fprintf(stderr, "# %s\n", weir_session_message(session, i, NULL));
	ck_abort_msg("no message: %s", text);
}

static int is_there(const char *name)
{
	char path[512];
	snprintf(path, sizeof path, "%s%s", out, name);
	return access(path, F_OK) == 0;
}

/* The field `column` of the table's first line that begins with `start`; fails without. */
static const char *field(const char *csv, const char *start, int column)
{
	static char text[200];
	const char *line = csv;
	while (line && strncmp(line, start, strlen(start)) != 0) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	ck_assert_msg(line != NULL, "no line begins with \"%s\"", start);
	for (int k = 0; k < column; k++)
		line = strchr(line, ',') + 1;
	snprintf(text, sizeof text, "%.*s", (int)strcspn(line, ",\n"), line);
	return text;
}

START_TEST(opens_runs_and_gives_tables)
{
	const char *scenarios[] = { "S0", "T90", "S0" };
	weir_request request = { .scenarios = scenarios, .scenario_count = 3 };
	open_deal(SMALLEST);
	ck_assert_uint_eq(weir_session_result_count(session), 0);
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(weir_session_result_count(session), 2); /* asked twice, run once */
	ck_assert_str_eq(weir_session_result_scenario(session, 0), "S0");
	ck_assert_str_eq(weir_session_result_scenario(session, 1), "T90");
	ck_assert_str_eq(weir_session_result_scenario(session, 2), "");
	char *csv = weir_session_table(session, 0, "classes");
	ck_assert_ptr_nonnull(csv);
	/* the deal's comment: 612.06 in proportion 311.17 : 402.90 : 287.46, the last class taking the rest */
	ck_assert_str_eq(field(csv, "1,A,", 6), "190.16");
	ck_assert_str_eq(field(csv, "1,B,", 6), "246.22");
	ck_assert_str_eq(field(csv, "1,C,", 6), "175.68");
	ck_assert_str_eq(field(csv, "2,C,", 6), "209.04");
	weir_text_release(csv);
	csv = weir_session_table(session, 1, "periods");
	/* 90 % of 612.06, rounded: 550.854 */
	ck_assert_str_eq(field(csv, "1,", 6), "550.85");
	weir_text_release(csv);
	ck_assert_ptr_null(weir_session_table(session, 0, "contracts")); /* not asked for */
	ck_assert_ptr_null(weir_session_table(session, 0, "no-such"));
	ck_assert_ptr_null(weir_session_table(session, 7, "periods"));
	request = (weir_request){ .contracts = 1 };
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(weir_session_result_count(session), 1); /* in place of the earlier ones */
	ck_assert_str_eq(weir_session_result_scenario(session, 0), "");
	csv = weir_session_table(session, 0, "contracts");
	ck_assert_ptr_nonnull(csv);
	ck_assert_str_eq(field(csv, "2,2024-06-18,", 5), "728.35"); /* nothing of principal, this income */
	weir_text_release(csv);
}
END_TEST

START_TEST(sets_are_laid_over_scenarios)
{
	const char *sets[] = { "A.coupon=1.5%", "haircut=25bp" }, *scenarios[] = { "T90" };
	weir_request request = { .sets = sets, .set_count = 2, .scenarios = scenarios, .scenario_count = 1 };
	open_deal(SMALLEST);
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_DONE);
	char *csv = weir_session_table(session, 0, "classes");
	ck_assert_str_eq(field(csv, "1,A,", 5), "466.76"); /* 31117.00 x 1.5 % = 466.755: half away from zero */
	weir_text_release(csv);
	csv = weir_session_table(session, 0, "periods");
	/* 612.06 x 0.9 x 0.9975 = 549.476865 */
	ck_assert_str_eq(field(csv, "1,", 6), "549.48");
	weir_text_release(csv);
}
END_TEST

START_TEST(writes_everything_or_says_what_is_wrong)
{
	const char *scenarios[] = { "S0", "T70" };
	weir_request request = { .folder = out, .scenarios = scenarios, .scenario_count = 2 };
	open_deal(SMALLEST);
	ck_assert_str_eq(weir_session_folder(session), "");
	ck_assert_int_eq(weir_session_write(session, &request), WEIR_EXIT_DONE);
	ck_assert_str_eq(weir_session_folder(session), out);
	ck_assert(is_there("/S0/report.html") && is_there("/S0/results.xml") && is_there("/T70/tables/trace.csv"));
	ck_assert(!is_there("/report.html"));
	strcat(out, "-one");
	request = (weir_request){ .folder = out, .no_report = 1 };
	ck_assert_int_eq(weir_session_write(session, &request), WEIR_EXIT_DONE);
	ck_assert(is_there("/results.xml") && is_there("/tables/periods.csv") && !is_there("/report.html"));
	strcat(out, "-bad");
	const char *sets[] = { "A.cupon=4%", "B.coupon=4", "coupon" };
	request = (weir_request){ .folder = out, .sets = sets, .set_count = 3 };
	ck_assert_int_eq(weir_session_write(session, &request), WEIR_EXIT_INPUT);
	expect_message(
		"weir: error: there is no number \"A.cupon\" to set; did you mean \"A.coupon\"? \"weir plan\" lists "
		"the parameters [unknown-parameter]",
		0);
	expect_message(
		"weir: error: \"4\" is no value for \"B.coupon\"; write a rate with its unit, such as 4% or 25bp "
		"[bad-value]",
		0);
	expect_message(
		"weir: error: \"coupon\" sets nothing; write NAME=VALUE with a parameter that \"weir plan\" lists, or "
		"haircut=5% [unknown-parameter]",
		0);
	ck_assert(!is_there(""));
}
END_TEST

START_TEST(an_unwritable_folder_is_an_io_failure)
{
	char below[300];
	open_deal(SMALLEST);
	snprintf(below, sizeof below, "%s", io_write("file", "not a folder"));
	strcat(below, "/x");
	weir_request request = { .folder = below, .no_report = 1 };
	size_t before = weir_session_message_count(session);
	ck_assert_int_eq(weir_session_write(session, &request), WEIR_EXIT_IO);
	ck_assert_uint_eq(weir_session_message_count(session), before + 1);
	ck_assert_ptr_nonnull(strstr(weir_session_message(session, before, NULL), "[file-unwritable]"));
}
END_TEST

START_TEST(a_broken_deal_has_a_session_with_all_its_messages)
{
	char *one = io_replace(io_deal, "rate=\"0.05%\"", "rate=\"0.05\"");
	char *two = io_replace(one, "A.principal\"", "A.principle\"");
	char *csv = (char *)"", *text = (char *)"";
	weir_break_even_answer answer;
	weir_break_even_request vary = { .vary = "haircut" };
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", two)), WEIR_EXIT_INPUT);
	ck_assert_ptr_nonnull(session);
	int severity = -1, last = 0, errors = 0;
	for (size_t i = 0; i < weir_session_message_count(session); i++) { /* in the order of their places */
		const char *at = strstr(weir_session_message(session, i, &severity), "deal.xml:");
		ck_assert_ptr_nonnull(at);
		ck_assert_int_ge(atoi(at + 9), last);
		last = atoi(at + 9);
		errors += severity == 0;
	}
	ck_assert_int_eq(errors, 2);
	ck_assert_ptr_null(weir_session_message(session, 1000, NULL));
	ck_assert_int_eq(weir_session_run(session, &(weir_request){ 0 }), WEIR_EXIT_INPUT);
	ck_assert_int_eq(weir_session_write(session, &(weir_request){ .folder = out }), WEIR_EXIT_INPUT);
	ck_assert(!is_there(""));
	ck_assert_int_eq(weir_session_plan(session, &text), WEIR_EXIT_INPUT);
	ck_assert_ptr_null(text);
	ck_assert_int_eq(weir_session_why(session, "A", "2023-07-14", NULL, NULL, 0, &text), WEIR_EXIT_INPUT);
	ck_assert_ptr_null(text);
	ck_assert_int_eq(weir_session_break_even(session, &vary, &answer, &csv), WEIR_EXIT_INPUT);
	ck_assert_ptr_null(csv);
	free(one);
	free(two);
}
END_TEST

START_TEST(a_deal_that_is_not_there_is_an_io_failure)
{
	ck_assert_int_eq(weir_session_open(&session, "deals/no-such/deal.xml"), WEIR_EXIT_IO);
	ck_assert_ptr_nonnull(session);
	ck_assert_uint_eq(weir_session_message_count(session), 1);
	ck_assert_int_eq(weir_session_run(session, &(weir_request){ 0 }), WEIR_EXIT_INPUT);
}
END_TEST

/* EX3, class A1, 28 March 2023 (RESULTS.md; by hand: 125,000,000.00 x 5 % x 181/365 = 3,099,315.068…). */
START_TEST(why_tells_step_formula_and_what_bound_it)
{
	char *text, *same;
	open_deal(EX3);
	ck_assert_int_eq(weir_session_why(session, "A1", "2023-03-28", "S0", NULL, 0, &text), WEIR_EXIT_DONE);
	ck_assert_ptr_nonnull(strstr(text, "class A1, period 2, payment date 2023-03-28, paid on 2023-03-28, "));
	ck_assert_ptr_nonnull(strstr(text, "interest of A1\n  step      3 of waterfall \"normal\", clause 11.3(c)\n"));
	ck_assert_ptr_nonnull(strstr(text, "principal of A1\n  step      4 of waterfall "));
	ck_assert_ptr_nonnull(strstr(text, "because   paid in full\n"));
	ck_assert_ptr_nonnull(strstr(text, "round(A1.balance [125,000,000.00] * A1.coupon [5%] * 181/365)"));
	ck_assert_ptr_nonnull(strstr(text, "  paid      3,099,315.07\n"));
	ck_assert_int_eq(weir_session_why(session, "A1", "2023-03-28", NULL, NULL, 0, &same), WEIR_EXIT_DONE);
	ck_assert_str_ne(text, same); /* scenario S0 and scenario base: the first line names it */
	ck_assert_str_eq(strchr(text, '\n'), strchr(same, '\n'));
	weir_text_release(text);
	weir_text_release(same);
	ck_assert_int_eq(weir_session_why(session, "Z", "2024-06-21", NULL, NULL, 0, &text), WEIR_EXIT_INPUT);
	ck_assert_ptr_null(text);
	expect_message("weir: error: there is no class \"Z\", and no support or event; the deal has A1, A2, A3, SUB [unknown-id]", 0);
	expect_message(
		"weir: error: the deal pays nothing on 2024-06-21; give a payment date: 2024-03-28 or 2024-09-28 "
		"[schedule]",
		0);
}
END_TEST

START_TEST(why_wants_a_date)
{
	char *text;
	open_deal(EX3);
	ck_assert_int_eq(weir_session_why(session, "A", "20 June 2024", NULL, NULL, 0, &text), WEIR_EXIT_INPUT);
	expect_message("weir: error: \"20 June 2024\" is no date; write it as 2024-06-20 [bad-date]", 0);
}
END_TEST

START_TEST(plan_is_the_program_as_text)
{
	char *text;
	open_deal(SMALLEST);
	ck_assert_int_eq(weir_session_plan(session, &text), WEIR_EXIT_DONE);
	ck_assert_int_eq(strncmp(text, "plan of pro-rata-shortage-last: ", 32), 0);
	ck_assert_ptr_nonnull(strstr(text, "\n  A.coupon = "));
	weir_text_release(text);
}
END_TEST

/* RESULTS.md pins the numbers (tests/cases); here the answer and its table agree, and the value is exact: a haircut of
 * it passes, a billionth more does not. */
START_TEST(break_even_answers_and_its_value_is_the_last_that_passes)
{
	weir_break_even_answer answer, missed;
	weir_break_even_request request = { .vary = "haircut", .scenario = "S0" };
	char *csv;
	open_deal("deals/ex1-patent-licence/deal.xml");
	ck_assert_int_eq(weir_session_break_even(session, &request, &answer, &csv), WEIR_EXIT_DONE);
	ck_assert_int_eq(answer.survives, 1);
	ck_assert_int_eq(answer.has_limit, 1);
	ck_assert_int_eq(answer.crossing_count, 1);
	ck_assert_int_eq(answer.monotone, 1);
	ck_assert(answer.largest > 0 && answer.largest < 1);
	char value[40];
	snprintf(value, sizeof value, "%.9f", answer.largest);
	ck_assert_str_eq(field(csv, "haircut,senior,first-missed-or-loss,S0,none,", 5), value);
	ck_assert_str_eq(field(csv, "haircut,senior,", 6), "survives-to");
	weir_text_release(csv);
	for (int more = 0; more < 2; more++) {
		char set[64];
		const char *sets[] = { set };
		snprintf(set, sizeof set, "haircut=%.7f%%", answer.largest * 100 + more * 1e-7);
		ck_assert_int_eq(weir_session_run(session, &(weir_request){ .sets = sets, .set_count = 1 }),
		                 WEIR_EXIT_DONE);
		char *summary = weir_session_table(session, 0, "summary");
		int failed = atoi(field(summary, "missed,,", 2)) || atof(field(summary, "unpaid_at_end,,", 2)) > 0;
		ck_assert_msg(failed == more, "haircut %s: %d", set, failed);
		weir_text_release(summary);
	}
	request.test = "first-missed";
	request.class_id = "A";
	ck_assert_int_eq(weir_session_break_even(session, &request, &missed, NULL), WEIR_EXIT_DONE);
	ck_assert(missed.largest >= answer.largest);
	request.test = "second-missed";
	ck_assert_int_eq(weir_session_break_even(session, &request, &missed, NULL), WEIR_EXIT_INPUT);
}
END_TEST

START_TEST(break_even_complains_about_what_it_cannot_vary)
{
	static const struct {
		weir_break_even_request request;
		const char *message;
	} wrong[] = {
		{ { .vary = "haircat" },
		  "weir: error: there is no number \"haircat\" to set; did you mean \"haircut\"? \"weir plan\" lists the "
		  "parameters [unknown-parameter]" },
		{ { .vary = "haircut", .from = 0.5, .to = 0.5 },
		  "weir: error: the range of a break-even wants a lower end below its upper end, both below 1000000 "
		  "[out-of-range]" },
		{ { .vary = "haircut", .class_id = "AA" },
		  "weir: error: there is no class \"AA\"; the deal has A, B, C, SUB [unknown-id]" },
		{ { .vary = "haircut", .scenario = "SX" },
		  "weir: error: there is no scenario \"SX\" in scenarios.xml beside the deal; did you mean \"S0\"? "
		  "[unknown-scenario]" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		weir_break_even_answer answer;
		open_deal(SMALLEST);
		ck_assert_int_eq(weir_session_break_even(session, &wrong[i].request, &answer, NULL), WEIR_EXIT_INPUT);
		expect_message(wrong[i].message, 0);
		weir_session_close(session);
		session = NULL;
	}
}
END_TEST

START_TEST(scenarios_come_from_another_file_too)
{
	char name[300];
	const char *names[] = { name };
	snprintf(name, sizeof name, "%s#HALF",
	         io_write("mine.xml", "<scenarios xmlns=\"urn:weir:scenarios:1\">"
	                              "<scenario id=\"HALF\"><receipts factor=\"50%\"/></scenario></scenarios>"));
	weir_request request = { .scenarios = names, .scenario_count = 1 };
	open_deal(SMALLEST);
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_DONE);
	ck_assert_str_eq(weir_session_result_scenario(session, 0), "HALF");
	char *csv = weir_session_table(session, 0, "periods");
	ck_assert_str_eq(field(csv, "1,", 6), "306.03"); /* half of 612.06 */
	weir_text_release(csv);
	strcpy(strrchr(name, '#'), "#FULL");
	ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_INPUT);
	ck_assert_uint_eq(weir_session_result_count(session), 0);
}
END_TEST

/* --- memory is short -------------------------------------------------------------------------------------------- */

/* Opens the smallest deal, runs it, writes tables, results and the report, and reads the messages. `asked` gets how
 * many allocations came before these: a message is told even when memory is short. */
static int whole_life(long *asked)
{
	const char *scenarios[] = { "T90" };
	weir_request request = { .folder = out, .scenarios = scenarios, .scenario_count = 1, .contracts = 1 };
	weir_session *s;
	int exit = weir_session_open(&s, SMALLEST);
	if (exit == WEIR_EXIT_DONE)
		exit = weir_session_write(s, &request);
	*asked = weir_alloc_count();
	for (size_t i = 0; s && i < weir_session_message_count(s); i++)
		ck_assert_ptr_nonnull(weir_session_message(s, i, NULL));
	weir_session_close(s);
	return exit;
}

/* After the first 400 failing places, which hold the whole load, the loop goes on by this prime: with every place of the
 * 7000 the suite would take minutes under the sanitizers. WEIR_TEST_STRIDE=1 takes them all. */
static long stride(void)
{
	const char *given = getenv("WEIR_TEST_STRIDE");
	return given && atol(given) > 0 ? atol(given) : 97;
}

/* Every allocation through the seam in turn, from the n-th on: the answer is "no memory", nothing is left in the
 * folder, and (told by the leak checker at the end) nothing in memory. */
START_TEST(every_failing_allocation_ends_cleanly)
{
	long step = stride(), places = 0, asked;
	for (long n = 1;; n += n < 400 ? 1 : step) {
		weir_alloc_fail_from(n);
		int exit = whole_life(&asked), reached = asked >= n;
		weir_alloc_fail_from(0);
		if (!reached) {
			ck_assert_int_eq(exit, WEIR_EXIT_DONE);
			break;
		}
		ck_assert_msg(exit == WEIR_EXIT_INTERNAL, "allocation %ld: exit %d", n, exit);
		ck_assert_msg(!is_there(""), "allocation %ld left a file", n);
		places++;
	}
	ck_assert_int_gt(places, 400);
	ck_assert(is_there("/report.html") && is_there("/results.xml") && is_there("/tables/contracts.csv"));
}
END_TEST

/* The same for what a session answers without writing. The session stays usable: after the failures it answers. */
static int ask(int which, char **text)
{
	weir_break_even_request vary = { .vary = "haircut", .from = 0, .to = 0.5 };
	weir_break_even_answer answer;
	static const char *const grid[] = { "cdr=0%:20%:10%" }, *const families[] = { "ip" };
	static const char *const tables[] = { "stress", "reverse", "price" };
	weir_stress_request stress = { .varied = grid, .varied_count = 1, .families = families, .family_count = 1 };
	weir_reverse_answer set;
	int exit;
	*text = NULL;
	switch (which) {
	case 0:
		return weir_session_plan(session, text);
	case 1:
		return weir_session_why(session, "B", "2024-04-09", "T70", NULL, 0, text);
	case 2:
		return weir_session_break_even(session, &vary, &answer, text);
	case 4:
		exit = weir_session_stress(session, &stress);
		break;
	case 5:
		exit = weir_session_reverse(session, &(weir_reverse_request){ .month = 3 }, &set);
		break;
	case 6:
		exit = weir_session_price(session, &(weir_price_request){ .yield = "4%" });
		break;
	default:
		*text = weir_session_table(session, 0, "trace");
		return *text ? WEIR_EXIT_DONE : WEIR_EXIT_INTERNAL;
	}
	if (exit == WEIR_EXIT_DONE)
		*text = weir_session_table(session, 0, tables[which - 4]);
	return exit == WEIR_EXIT_DONE && !*text ? WEIR_EXIT_INTERNAL : exit;
}

START_TEST(answers_survive_failing_allocations)
{
	char *text;
	open_deal(SMALLEST);
	ck_assert_int_eq(weir_session_run(session, &(weir_request){ 0 }), WEIR_EXIT_DONE);
	for (long n = 1;; n += 1 + n / 40) { /* every early one; of the many later ones, which are much alike, a sample */
		weir_alloc_fail_from(n);
		int exit = ask(_i, &text);
		int reached = weir_alloc_count() >= n;
		weir_alloc_fail_from(0);
		if (!reached) {
			ck_assert_int_eq(exit, WEIR_EXIT_DONE);
			ck_assert_ptr_nonnull(text);
			weir_text_release(text);
			break;
		}
		ck_assert_msg(exit == WEIR_EXIT_INTERNAL && !text, "question %d, allocation %ld: exit %d", _i, n, exit);
	}
	int severity;
	for (size_t i = 0; i < weir_session_message_count(session); i++) {
		weir_session_message(session, i, &severity);
		ck_assert_int_ne(severity, 0);
	}
}
END_TEST

Suite *weir_suite_api_session(void)
{
	Suite *suite = suite_create("api_session");
	TCase *test = tcase_create("api_session");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, opens_runs_and_gives_tables);
	tcase_add_test(test, sets_are_laid_over_scenarios);
	tcase_add_test(test, writes_everything_or_says_what_is_wrong);
	tcase_add_test(test, an_unwritable_folder_is_an_io_failure);
	tcase_add_test(test, a_broken_deal_has_a_session_with_all_its_messages);
	tcase_add_test(test, a_deal_that_is_not_there_is_an_io_failure);
	tcase_add_test(test, why_tells_step_formula_and_what_bound_it);
	tcase_add_test(test, why_wants_a_date);
	tcase_add_test(test, plan_is_the_program_as_text);
	tcase_add_test(test, break_even_answers_and_its_value_is_the_last_that_passes);
	tcase_add_test(test, break_even_complains_about_what_it_cannot_vary);
	tcase_add_test(test, scenarios_come_from_another_file_too);
	tcase_add_test(test, every_failing_allocation_ends_cleanly);
	tcase_add_loop_test(test, answers_survive_failing_allocations, 0, 7);
	suite_add_tcase(suite, test);
	return suite;
}
