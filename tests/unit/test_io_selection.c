/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selection files: what they read as, what is said about broken ones, the tape that is written, and memory that runs out. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io/load.h"
#include "io/selection.h"
#include "io_fixture.h"

Suite *weir_suite_io_selection(void);

#define HEAD "<selection xmlns=\"urn:weir:selection:1\" id=\"t\" currency=\"CNY\" cutoff=\"2025-01-15\">\n"
#define GOAL "<objective goal=\"spread\"/></selection>"
#define TAPE                                                                                     \
	"id,kind,obligor,obligor-en,amount,rate,repayment,first-due,every,instalments\n"         \
	"a,loan,fa,\"A, B\",100.00,6%,bullet,2025-07-15,6 months,2\n"                            \
	"b,loan,fb,B,200.00,5%,bullet,2025-07-15,6 months,2\n"

static char tape_path[512], rules_path[512];

static void write_files(const char *tape, const char *rules)
{
	snprintf(tape_path, sizeof tape_path, "%s", io_write("candidates.csv", tape));
	snprintf(rules_path, sizeof rules_path, "%s", io_write("selection.xml", rules));
}

/* The messages of a selection, one a line, without the folder. */
static const char *messages(const char *tape, const char *rules, int *exit_status)
{
	static char text[8192];
	weir_session *session;
	weir_select_answer answer;
	size_t length = 0;
	write_files(tape, rules);
	weir_select_request request = { .tape = tape_path, .rules = rules_path };
	*exit_status = weir_session_select(&session, &request, &answer);
	ck_assert_ptr_nonnull(session);
	text[0] = '\0';
	for (size_t i = 0; i < weir_session_message_count(session); i++) {
		const char *message = weir_session_message(session, i, NULL), *slash = message;
		for (const char *p = message; *p && *p != ' '; p++)
			slash = *p == '/' ? p + 1 : slash;
		length += (size_t)snprintf(text + length, sizeof text - length, "%s\n", slash);
	}
	weir_session_close(session);
	return text;
}

/* Fails unless the rules (behind HEAD) give an input error whose messages hold the text. */
static void refuse(const char *tape, const char *rules, const char *wanted)
{
	char whole[4096];
	int status;
	snprintf(whole, sizeof whole, HEAD "%s", rules);
	const char *said = messages(tape, whole, &status);
	ck_assert_msg(status == WEIR_EXIT_INPUT && strstr(said, wanted), "wanted \"%s\", exit status %d, said:\n%s", wanted,
	              status, said);
}

START_TEST(what_a_selection_file_says)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal;
	weir_selection_rules *rules;
	write_files("id,kind,obligor,obligor-en,amount,rate,repayment,first-due,every,instalments,profit,since,ok,words\n"
	            "a,loan,fa,A,100.00,6%,bullet,2025-07-15,6 months,2,-12.34,2001-02-03,yes,one two\n"
	            "b,loan,fb,B,200.00,5%,bullet,2025-07-15,6 months,2,,,,\n",
	            "<selection xmlns=\"urn:weir:selection:1\" id=\"p1\" currency=\"CNY\" cutoff=\"2025-01-15\" "
	            "measure=\"receivable\" zh=\"池\"><column id=\"profit\" type=\"money\"/><column id=\"since\" "
	            "type=\"date\"/><column id=\"ok\" type=\"flag\"/><column id=\"words\" type=\"text\"/>"
	            "<amount id=\"size\" least=\"100.5\" most=\"300\"/><share id=\"largest\" by=\"obligor\" top=\"3\" "
	            "most=\"62.5%\" measure=\"principal\"/><average id=\"mean\" of=\"rate\" most=\"5.5%\" "
	            "weight=\"contracts\"/><objective goal=\"total\" of=\"profit\" direction=\"minimise\"/></selection>");
	weir_status status = weir_selection_load(&deal, &rules, &sources, tape_path, rules_path, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	ck_assert_str_eq(deal->node.id, "p1");
	ck_assert_str_eq(deal->node.zh, "池");
	ck_assert_int_eq(deal->closing, deal->cutoff);
	ck_assert_int_eq(rules->measure, WEIR_MEASURE_RECEIVABLE);
	ck_assert_int_eq(rules->rule_count, 3);
	ck_assert_double_eq(rules->rules[0].least, 10050);
	ck_assert_int_eq(rules->rules[1].top, 3);
	ck_assert_double_eq(rules->rules[1].most, 0.625);
	ck_assert(isnan(rules->rules[1].least));
	ck_assert_int_eq(rules->rules[1].measure, WEIR_MEASURE_PRINCIPAL);
	ck_assert_int_eq(rules->rules[2].measure, WEIR_MEASURE_CONTRACTS);
	ck_assert_str_eq(rules->rules[2].most_value.text, "5.5%");
	ck_assert_int_eq(rules->objective.goal, WEIR_GOAL_TOTAL);
	ck_assert(rules->objective.minimise);
	const weir_tape_value *a = &rules->extras[0], *b = &rules->extras[4];
	ck_assert_double_eq(a[0].number, -1234);
	ck_assert_int_eq(a[1].date, weir_date_parse("2001-02-03", 10));
	ck_assert_int_eq(a[2].flag, 1);
	ck_assert_str_eq(a[3].text, "one two");
	ck_assert(isnan(b[0].number) && b[1].date == WEIR_DATE_NONE && b[2].flag == -1 && !b[3].text);
	weir_deal_destroy(deal);
	weir_sources_free(&sources);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(broken_rules)
{
	refuse(TAPE, "<amount id=\"size\"/>" GOAL, "selection.xml:2:1: error: the limit \"size\" has no least and no most");
	refuse(TAPE, "<amount id=\"size\" least=\"5\" most=\"4\"/>" GOAL, "has its least above its most");
	refuse(TAPE, "<share id=\"s\" most=\"5%\"/>" GOAL, "the share \"s\" is of everything; give by or of");
	refuse(TAPE, "<share id=\"s\" by=\"obligor\" least=\"5%\"/>" GOAL, "wants at least a share of each text");
	refuse(TAPE, "<share id=\"s\" by=\"obligor\" most=\"0.15\"/>" GOAL, "\"0.15\" is not a rate");
	refuse(TAPE, "<share id=\"s\" by=\"industri\" most=\"15%\"/>" GOAL,
	       "selection.xml:2:19: error: there is no column of texts \"industri\"; did you mean \"industry\"?");
	refuse(TAPE, "<share id=\"s\" by=\"ip_kind\" top=\"2\" most=\"15%\"/>" GOAL, "may have several texts of \"ip_kind\"");
	refuse(TAPE, "<share id=\"s\" by=\"grade\" of=\"guaranteed\" most=\"15%\"/>" GOAL, "has of and by");
	refuse(TAPE, "<share id=\"s\" of=\"guaranteed\" top=\"2\" most=\"15%\"/>" GOAL, "has value or top without by");
	refuse(TAPE, "<amount id=\"s\" by=\"grade\" top=\"2\" least=\"15\"/>" GOAL, "only most goes with top");
	refuse(TAPE, "<include id=\"i\"/>" GOAL, "\"i\" lists nothing");
	refuse(TAPE, "<include id=\"i\" contracts=\"a z\"/>" GOAL,
	       "selection.xml:2:30: error: the tape has no contract \"z\"");
	refuse(TAPE, "<exclude id=\"i\" obligors=\"fz\"/>" GOAL, "the tape has no obligor \"fz\"");
	refuse(TAPE, "<eligible id=\"e\" formula=\"rates at least 4%\"/>" GOAL, "did you mean \"rate\"?");
	refuse(TAPE, "<eligible id=\"e\" formula=\"rate at least 4\"/>" GOAL, "stands for a rate but has no unit");
	refuse(TAPE, "<eligible id=\"e\" formula=\"grade = A\"/>" GOAL, "\"grade\" is a column of texts; write among(grade");
	refuse(TAPE, "<eligible id=\"e\" formula=\"among(grad, A)\"/>" GOAL, "did you mean \"grade\"?");
	refuse(TAPE, "<eligible id=\"e\" formula=\"previous(rate, 0%) above 4%\"/>" GOAL, "has no earlier periods");
	refuse(TAPE, "<eligible id=\"e\" formula=\"among(kind)\"/>" GOAL, "\"among\" wants a column and texts");
	refuse(TAPE, "<eligible id=\"e\" formula=\"given(kind, rate)\"/>" GOAL, "\"given\" wants one column");
	refuse(TAPE, "<eligible id=\"e\" formula=\"f\"/><eligible id=\"f\" formula=\"guaranteed\"/>" GOAL,
	       "\"f\" stands below this formula");
	refuse(TAPE, "<eligible id=\"rate\" formula=\"guaranteed\"/>" GOAL, "\"rate\" is a name that every candidate has");
	refuse(TAPE, "<eligible id=\"e\" formula=\"guaranteed\"/><amount id=\"e\" most=\"5\"/>" GOAL, "ids are given once");
	refuse(TAPE, "<average id=\"m\" of=\"rate\" most=\"rate\"/>" GOAL, "unknown-name");
	refuse(TAPE, "<average id=\"m\" of=\"principal * 100000 / 1 yuan\" most=\"5\"/>" GOAL, "is larger than 4000000");
	refuse(TAPE, "<scale id=\"k\" column=\"grade\"><value is=\"A\" as=\"1\"/><value is=\"A\" as=\"2\"/></scale>" GOAL,
	       "\"A\" stands twice");
	refuse(TAPE, "<scale id=\"k\" column=\"grade\" type=\"rate\"><value is=\"A\" as=\"x\"/></scale>" GOAL, "unknown-name");
	refuse(TAPE, "</selection>", "a selection has one <objective>, not 0");
	refuse(TAPE, "<objective goal=\"number\"/>" GOAL, "a selection has one <objective>, not 2");
	refuse(TAPE, "<objective goal=\"average\"/></selection>", "this goal needs a formula; give of");
	refuse(TAPE, "<objective goal=\"number\" of=\"rate\"/></selection>", "of goes with the goals spread");
	refuse(TAPE, "<column id=\"rate\" type=\"rate\"/>" GOAL, "every tape may have the column \"rate\"");
	refuse(TAPE, "<column id=\"score\" type=\"nubmer\"/>" GOAL, "it takes number, rate, money");
	refuse(TAPE, "<amuont id=\"size\" most=\"5\"/>" GOAL, "did you mean <amount>?");
	refuse("id,kind,obligor,amount,profit\n", "<column id=\"profit\" type=\"money\"/>" GOAL, "has no records");
	refuse("id,kind,obligor,amount,proft\na,loan,b,1,2\n", "<column id=\"profit\" type=\"money\"/>" GOAL,
	       "candidates.csv:1:24: error: the tape has no column \"proft\"; did you mean \"profit\"?");
	refuse(TAPE "c,loan,fc,C,100.00,6%,bullet,2025-07-15,6 months,2,9\n", GOAL, "candidates.csv:4:1: error: the record has 11");
	refuse(TAPE "c,loan,fc,C,100.001,6%,bullet,2025-07-15,6 months,2\n", GOAL, "candidates.csv:4:13: error: \"100.001\"");
	refuse(TAPE "b,loan,fc,C,100,6%,bullet,2025-07-15,6 months,2\n", GOAL, "has the id of the contract");
}
END_TEST

START_TEST(a_file_that_is_not_there)
{
	weir_session *session;
	weir_select_answer answer;
	write_files(TAPE, HEAD GOAL);
	weir_select_request request = { .tape = "no-such-tape.csv", .rules = rules_path };
	ck_assert_int_eq(weir_session_select(&session, &request, &answer), WEIR_EXIT_IO);
	ck_assert_ptr_nonnull(session);
	ck_assert_uint_ge(weir_session_message_count(session), 1);
	ck_assert_int_eq(weir_session_write_tables(session, "nowhere"), WEIR_EXIT_INPUT);
	weir_session_close(session);
	request = (weir_select_request){ .tape = tape_path, .rules = "no-such-rules.xml" };
	ck_assert_int_eq(weir_session_select(&session, &request, &answer), WEIR_EXIT_IO);
	weir_session_close(session);
}
END_TEST

/* Comments, the header and the chosen records stay as they were; a column that only the rules know goes. */
START_TEST(the_chosen_rows)
{
	static const char tape[] = "\xEF\xBB\xBF# illustrative\n"
		"id,staff,kind,obligor,obligor-en,amount,rate,repayment,first-due,every,instalments,note\r\n"
		"a,5,loan,fa,\"A, \"\"the\"\" firm\",100.00,6%,bullet,2025-07-15,6 months,2,\"two\nlines, one note\"\r\n"
		"\r\n"
		"b,\"7\",loan,fb,B,200.00,5%,bullet,2025-07-15,6 months,2,\r\n"
		"c,7,loan,fc,C , 300.00 ,5%,bullet,2025-07-15,6 months,2,x";
	weir_session *session;
	weir_select_answer answer;
	char path[600], *text = NULL;
	size_t size;
	weir_diags diags = { 0 };
	write_files(tape, HEAD "<column id=\"staff\" type=\"number\"/><exclude id=\"no_b\" contracts=\"b\"/>"
	                  "<objective goal=\"number\"/></selection>");
	weir_select_request request = { .tape = tape_path, .rules = rules_path };
	ck_assert_int_eq(weir_session_select(&session, &request, &answer), WEIR_EXIT_DONE);
	ck_assert_int_eq(answer.contracts, 2);
	ck_assert_double_eq(answer.objective, 2);
	snprintf(path, sizeof path, "%s", io_write("chosen.csv", ""));
	ck_assert_int_eq(weir_session_write_selection(session, path), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_file_read(&text, &size, path, &diags), WEIR_OK);
	ck_assert_str_eq(text, "# illustrative\n"
	                       "id,kind,obligor,obligor-en,amount,rate,repayment,first-due,every,instalments,note\n"
	                       "a,loan,fa,\"A, \"\"the\"\" firm\",100.00,6%,bullet,2025-07-15,6 months,2,"
	                       "\"two\nlines, one note\"\n"
	                       "c,loan,fc,C , 300.00 ,5%,bullet,2025-07-15,6 months,2,x\n");
	weir_free(text);
	weir_session_close(session);
	/* nothing chosen: nothing to write */
	write_files(TAPE, HEAD "<amount id=\"size\" least=\"1000\"/>" GOAL);
	ck_assert_int_eq(weir_session_select(&session, &request, &answer), WEIR_EXIT_NO);
	ck_assert(answer.impossible && !answer.found);
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "size at least 1,000.00"));
	ck_assert_int_eq(weir_session_write_selection(session, path), WEIR_EXIT_INPUT);
	weir_session_close(session);
}
END_TEST

/* Every allocation of a selection fails once; each time it is said, and nothing is lost. */
static void run_out(const char *rules, int wanted)
{
	int status = WEIR_EXIT_INTERNAL;
	long nth = 1;
	write_files(TAPE "c,loan,fc,C,300.00,4.5%,bullet,2025-07-15,6 months,2\n", rules);
	for (; status == WEIR_EXIT_INTERNAL && nth < 20000; nth++) {
		weir_session *session;
		weir_select_answer answer;
		weir_select_request request = { .tape = tape_path, .rules = rules_path };
		weir_alloc_fail_from(nth);
		status = weir_session_select(&session, &request, &answer);
		weir_alloc_fail_from(0);
		ck_assert_msg(status == WEIR_EXIT_INTERNAL || status == wanted, "allocation %ld: exit status %d", nth, status);
		weir_session_close(session);
	}
	ck_assert_int_gt(nth, 50);
}

START_TEST(memory_runs_out)
{
	run_out(HEAD "<column id=\"profit\" type=\"money\"/><scale id=\"k\" column=\"grade\"><value is=\"A\" as=\"1\"/></scale>"
	        "<eligible id=\"e\" formula=\"among(kind, loan, licence) and rate at least 4%\"/>"
	        "<include id=\"must\" contracts=\"b\"/><together id=\"one\" by=\"obligor\"/>"
	        "<share id=\"s\" by=\"obligor\" top=\"2\" most=\"90%\"/><number id=\"n\" by=\"obligor\" least=\"2\" most=\"3\"/>"
	        "<average id=\"m\" of=\"rate\" least=\"4%\"/>" GOAL, WEIR_EXIT_DONE);
	run_out(HEAD "<amount id=\"size\" least=\"1000\"/><number id=\"n\" by=\"obligor\" most=\"2\"/>" GOAL, WEIR_EXIT_NO);
}
END_TEST

Suite *weir_suite_io_selection(void)
{
	Suite *suite = suite_create("io_selection");
	TCase *files = tcase_create("files");
	tcase_add_checked_fixture(files, io_enter, io_leave);
	tcase_set_timeout(files, 300);
	tcase_add_test(files, what_a_selection_file_says);
	tcase_add_test(files, broken_rules);
	tcase_add_test(files, a_file_that_is_not_there);
	tcase_add_test(files, the_chosen_rows);
	tcase_add_test(files, memory_runs_out);
	suite_add_tcase(suite, files);
	return suite;
}
