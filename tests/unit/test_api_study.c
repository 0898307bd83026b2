/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_study.c: support in the tables, studies and prices through weir.h, on the deal of docs/support.md, whose numbers
 * are worked out there by hand. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/diag.h"
#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_api_study(void);

#define TWO_FIRMS "tests/deals/two-firms/deal.xml"
#define DEFAULT "tests/deals/two-firms/scenarios.xml#default"
#define LATE "tests/deals/two-firms/scenarios.xml#late"

#define PROMISE                                                                                                        \
	"<support><shortfall-payer id=\"first\" party=\"group\" order=\"1\" covers=\"A.interest A.principal\" "        \
	"cap=\"300000.00\" call=\"T-7\" pay=\"T-5\"/><shortfall-payer id=\"second\" party=\"surety\" order=\"2\" "      \
	"covers=\"A.interest A.principal\"/></support>"

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

/* Opens two-firms with lines put at its marks. */
static void open_with(const char *support, const char *steps)
{
	char *text, *with_support, *whole;
	size_t size;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_file_read(&text, &size, TWO_FIRMS, &diags), WEIR_OK);
	with_support = io_replace(text, "<!-- support -->", support);
	whole = io_replace(with_support, "<!-- steps -->", steps);
	int exit = weir_session_open(&session, io_write("deal.xml", whole));
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%s",
	              weir_session_message_count(session) ? weir_session_message(session, 0, NULL) : "");
	free(text);
	free(with_support);
	free(whole);
	weir_diags_free(&diags);
}

static void run_scenario(const char *scenario, const char *set)
{
	weir_request request = { .scenarios = &scenario, .scenario_count = scenario ? 1 : 0, .sets = &set,
		                 .set_count = set ? 1 : 0 };
	int exit = weir_session_run(session, &request);
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%s",
	              weir_session_message(session, weir_session_message_count(session) - 1, NULL));
}

/* Fails unless a table has this line. */
static void expect_line(const char *table, const char *line)
{
	char wanted[600];
	char *csv = weir_session_table(session, 0, table);
	ck_assert_msg(csv != NULL, "there is no table %s", table);
	snprintf(wanted, sizeof wanted, "\n%s\n", line);
	ck_assert_msg(strstr(csv, wanted) != NULL, "no line \"%s\" in\n%s", line, csv);
	weir_text_release(csv);
}

/* A field of the first line of a table that begins with `start`. */
static const char *field(const char *table, const char *start, int column)
{
	static char text[4][200];
	static int at;
	char *csv = weir_session_table(session, 0, table), *line = csv;
	ck_assert_msg(csv != NULL, "there is no table %s", table);
	while (line && strncmp(line, start, strlen(start)) != 0) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	ck_assert_msg(line != NULL, "no line of %s begins with \"%s\"", table, start);
	for (int k = 0; k < column; k++)
		line = strchr(line, ',') + 1;
	at = (at + 1) % 4;
	snprintf(text[at], sizeof text[at], "%.*s", (int)strcspn(line, ",\n"), line);
	weir_text_release(csv);
	return text[at];
}

static size_t count_lines(const char *table)
{
	size_t count = 0;
	char *csv = weir_session_table(session, 0, table);
	ck_assert_ptr_nonnull(csv);
	for (const char *at = csv; *at; at++)
		count += *at == '\n';
	weir_text_release(csv);
	return count;
}

static const char *last_message(void)
{
	return weir_session_message(session, weir_session_message_count(session) - 1, NULL);
}

/* --- support in the tables -------------------------------------------------------------------------------------- */

/* The two payers of docs/support.md: 225,875.00 of 300,000.00 in period 3, the rest and 343,250.00 in period 4. T-7 of
 * 2025-12-20 (unadjusted, a Saturday) over working days: 12-19, 18, 17, 16, 15, 12, 11; T-5: 12-15. */
START_TEST(two_payers_in_order)
{
	open_with(PROMISE, "");
	run_scenario(DEFAULT, NULL);
	expect_line("support", "2,first,group,0.00,0.00,300000.00,0.00,0.00,0.00,0.00,0.00,0.00,,");
	expect_line("support", "3,first,group,225875.00,225875.00,300000.00,225875.00,0.00,0.00,225875.00,0.00,0.00,"
	                       "2025-12-11,2025-12-15");
	expect_line("support", "3,second,surety,0.00,0.00,2000000.00,0.00,0.00,0.00,0.00,0.00,0.00,,");
	ck_assert_str_eq(field("support", "4,first,", 4), "417375.00");
	ck_assert_str_eq(field("support", "4,first,", 6), "74125.00");
	ck_assert_str_eq(field("support", "4,second,", 4), "343250.00");
	ck_assert_str_eq(field("support", "4,second,", 9), "343250.00");
	expect_line("supporters", "4,surety,0,1656750.00"); /* 2,000,000.00 less 343,250.00 */
	expect_line("supporters", "4,group,0,");            /* not limited */
	ck_assert_str_eq(field("summary", "support_drawn,,", 2), "643250.00");
	ck_assert_str_eq(field("summary", "support_outstanding,,", 2), "643250.00");
	ck_assert_str_eq(field("summary", "covers_paid,,", 2), "0.00");
	ck_assert_str_eq(field("periods", "4,", 11), "417375.00");
	ck_assert_str_eq(field("dependence", "on,", 9), "pass");
	ck_assert_str_eq(field("dependence", "off,", 9), "fail");
	ck_assert_str_eq(field("dependence", "off,", 5), "2025-12-20");
	/* 225,875.00, its interest of a quarter at 3.2 %, 1,807.00, and 417,375.00 */
	ck_assert_str_eq(field("dependence", "off,", 4), "645057.00");
	ck_assert_str_eq(field("dependence", "fail:group@0,", 9), "pass");
	ck_assert_str_eq(field("dependence", "fail:surety@0,", 9), "fail");
	ck_assert_str_eq(field("dependence", "fail:surety@0,", 4), "343250.00");
}
END_TEST

/* Two months of delay: called in period 3, paid in 4; the 74,125.00 called in period 4 never come. */
START_TEST(called_is_not_yet_drawn)
{
	open_with("<support><shortfall-payer id=\"first\" party=\"group\" covers=\"A.interest A.principal\" "
	          "cap=\"300000.00\" delay=\"2 months\"/></support>",
	          "");
	run_scenario(DEFAULT, NULL);
	expect_line("support", "3,first,group,225875.00,225875.00,300000.00,0.00,0.00,0.00,0.00,0.00,0.00,,");
	expect_line("support", "4,first,group,74125.00,419182.00,74125.00,225875.00,0.00,0.00,225875.00,0.00,0.00,,");
	ck_assert_str_eq(field("summary", "unpaid_at_end,,", 2), "419182.00");
}
END_TEST

/* The liquidity line: drawn 394,500.00 in period 1, repaid in period 2 with 3,945.00 and a fee of 756.88. */
START_TEST(a_line_is_drawn_and_repaid)
{
	open_with("<support><liquidity id=\"line\" party=\"bank\" covers=\"A.interest A.principal\" limit=\"500000 yuan\" "
	          "draw-rate=\"4%\" commitment-rate=\"0.5%\"/></support>",
	          "<pay what=\"line.fee\"/><pay what=\"line.interest\"/><pay what=\"line.repay\"/>");
	run_scenario(LATE, NULL);
	expect_line("support", "1,line,bank,394500.00,394500.00,500000.00,394500.00,0.00,0.00,394500.00,0.00,0.00,,");
	expect_line("support", "2,line,bank,0.00,0.00,105500.00,0.00,0.00,394500.00,0.00,3945.00,756.88,,");
	ck_assert_str_eq(field("periods", "2,", 19), "398445.00"); /* repaid with interest */
	ck_assert_str_eq(field("periods", "2,", 28), "756.88");    /* the commitment fee is a fee */
	ck_assert_str_eq(field("summary", "support_outstanding,,", 2), "0.00");
}
END_TEST

/* Deposit 185,000.00, surety 80 % of 2,590,000.00 up to its 2,000,000.00, lender 215,000.00 of its 400,000.00. */
START_TEST(covers_answer_in_order)
{
	open_with("<support><deposit id=\"deposits\" party=\"lender\" order=\"1\"/>"
	          "<contract-guarantee id=\"surety_pays\" party=\"surety\" contracts=\"L2\" of=\"80%\" order=\"2\"/>"
	          "<repurchase id=\"buy_back\" party=\"lender\" order=\"3\"/></support>",
	          "");
	run_scenario(DEFAULT, NULL);
	expect_line("covers", "2,deposits,lender,185000.00,185000.00,185000.00,185000.00,");
	ck_assert_str_eq(field("covers", "2,surety_pays,", 4), "2000000.00");
	ck_assert_str_eq(field("covers", "2,buy_back,", 3), "590000.00");
	ck_assert_str_eq(field("covers", "2,buy_back,", 4), "215000.00");
	expect_line("cover_shares", "2,surety_pays,surety,0.8,2000000.00,2000000.00");
	expect_line("cover_shares", "4,surety_pays,surety,0.8,0.00,2000000.00");
	expect_line("supporters", "2,lender,0,0.00");
	expect_line("supporters", "2,surety,0,0.00");
	ck_assert_str_eq(field("periods", "2,", 11), "2400000.00");
	ck_assert_str_eq(field("summary", "covers_paid,,", 2), "2400000.00");
	run_scenario(DEFAULT, "surety.fails_on=2025-09-20");
	expect_line("supporters", "1,surety,0,2000000.00");
	expect_line("supporters", "2,surety,1,2000000.00");
	ck_assert_str_eq(field("covers", "2,surety_pays,", 5), "0.00");
}
END_TEST

/* --- requests --------------------------------------------------------------------------------------------------- */

START_TEST(a_bad_request_leaves_the_session_as_it_was)
{
	const char *bad[] = { "A.cupon=4%" }, *good[] = { "A.coupon=4%" };
	open_with(PROMISE, "");
	size_t first = weir_session_message_count(session);
	for (size_t i = 1; i <= 3; i++) { /* the same fault is told each time */
		weir_request request = { .sets = bad, .set_count = 1 };
		ck_assert_int_eq(weir_session_run(session, &request), WEIR_EXIT_INPUT);
		ck_assert_uint_eq(weir_session_message_count(session), first + i);
	}
	ck_assert_int_eq(weir_session_run(session, &(weir_request){ .sets = good, .set_count = 1 }), WEIR_EXIT_DONE);
	char *text;
	ck_assert_int_eq(weir_session_why(session, "Z", "2025-06-20", NULL, NULL, 0, &text), WEIR_EXIT_INPUT);
	ck_assert_int_eq(weir_session_why(session, "A", "2025-06-20", NULL, NULL, 0, &text), WEIR_EXIT_DONE);
	weir_text_release(text);
	ck_assert_uint_eq(weir_session_message_count(session), first + 4);
}
END_TEST

START_TEST(values_are_read_by_their_kind)
{
	static const struct {
		const char *name, *text;
		double value;
	} good[] = {
		{ "haircut", "2.5%", 0.025 },      { "A.coupon", "25bp", 0.0025 },
		{ "recovery_lag", "18", 18 },      { "recovery_lag", "18 months", 18 },
		{ "group.fails_month", "1 month", 1 },
		{ "group.fails_on", "2025-06-20", 20259 }, /* days from 1970-01-01: 55 x 365 + 14 leap days + 170 */
		{ "support.off", "yes", 1 },       { "support.off", "no", 0 },
		{ "first.cap", "1234.56", 123456 },
	};
	static const struct {
		const char *name, *text, *message;
	} bad[] = {
		{ "haircut", "5", "\"5\" is no value for \"haircut\"; write a rate with its unit, such as 4% or 25bp" },
		{ "group.fails_on", "20/6/2025", "write a date such as 2024-06-20" },
		{ "support.off", "maybe", "write yes or no" },
		{ "late_months", "six", "write a whole number of months, such as 12" },
		{ "first.cap", "12.345", "write an amount such as 1000.00" },
		{ "first.capp", "1.00", "there is no number \"first.capp\" to set; did you mean \"first.cap\"?" },
	};
	double value;
	open_with(PROMISE, "");
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ck_assert_int_eq(weir_session_read_value(session, good[i].name, good[i].text, &value), WEIR_EXIT_DONE);
		ck_assert_msg(value == good[i].value, "%s=%s: %.17g", good[i].name, good[i].text, value);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(weir_session_read_value(session, bad[i].name, bad[i].text, &value), WEIR_EXIT_INPUT);
		ck_assert_msg(strstr(last_message(), bad[i].message) != NULL, "%s", last_message());
	}
}
END_TEST

START_TEST(support_switched_off_by_hand)
{
	open_with(PROMISE, "");
	run_scenario(DEFAULT, "support.off=yes");
	ck_assert_str_eq(field("summary", "support_drawn,,", 2), "0.00");
	ck_assert_str_eq(field("summary", "unpaid_at_end,,", 2), field("dependence", "off,", 4));
}
END_TEST

/* --- studies ---------------------------------------------------------------------------------------------------- */

/* A cell of a grid is the run with the same settings. */
START_TEST(a_grid_is_its_runs)
{
	const char *varied[] = { "haircut=0%:20%:10%", "recovery=0%:50%:50%" }, *scenarios[] = { DEFAULT };
	weir_stress_request request = { .varied = varied, .varied_count = 2, .scenarios = scenarios, .scenario_count = 1 };
	open_with(PROMISE, "");
	ck_assert_int_eq(weir_session_stress(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(count_lines("stress"), 1 + 3 * 2 * 2); /* a row for each of two classes */
	const char *drawn = field("stress", "default,0.1,0.5,", 8), *short_of = field("stress", "default,0.1,0.5,", 15);
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "coverage_min"));
	const char *sets[] = { "haircut=10%", "recovery=50%" };
	weir_request run = { .scenarios = scenarios, .scenario_count = 1, .sets = sets, .set_count = 2 };
	ck_assert_int_eq(weir_session_run(session, &run), WEIR_EXIT_DONE);
	ck_assert_str_eq(drawn, field("summary", "support_drawn,,", 2));
	ck_assert_str_eq(short_of, field("summary", "unpaid_at_end,,", 2));
	ck_assert(atof(drawn) > 0);
}
END_TEST

START_TEST(families_come_from_files_and_from_weir)
{
	const char *shipped[] = { "ip" }, *file[] = { "tests/deals/two-firms/scenarios.xml" },
	           *one[] = { "tests/deals/two-firms/scenarios.xml#late" }, *wrong[] = { "ip#no-such" };
	weir_stress_request request = { .families = shipped, .family_count = 1 };
	open_with(PROMISE, "");
	ck_assert_int_eq(weir_session_stress(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_ge(count_lines("stress"), 20);
	request.families = file;
	ck_assert_int_eq(weir_session_stress(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(count_lines("stress"), 1 + 2 * 2);
	request.families = one;
	request.support = "off";
	ck_assert_int_eq(weir_session_stress(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(count_lines("stress"), 1 + 2);
	ck_assert_str_eq(field("stress", "late,", 8), "A");
	ck_assert_str_eq(field("stress", "late,", 14), "394500.00"); /* docs/support.md: what the line would bring */
	ck_assert_str_eq(field("stress", "late,", 19), "fail");
	request.families = wrong;
	ck_assert_int_eq(weir_session_stress(session, &request), WEIR_EXIT_INPUT);
	ck_assert_ptr_nonnull(strstr(last_message(), "there is no family and no scenario \"no-such\" in \"ip\""));
}
END_TEST

START_TEST(stress_complains_about_what_it_cannot_vary)
{
	static const struct {
		const char *vary, *support, *message;
	} wrong[] = {
		{ "cdr", NULL, "\"cdr\" varies nothing; write NAME=FROM:TO:STEP, such as cdr=0%:10%:1%" },
		{ "cdr=0%:10%", NULL, "varies nothing" },
		{ "cdx=0%:10%:1%", NULL, "there is no number \"cdx\" to set; did you mean \"cdr\"?" },
		{ "cdr=0:10:1", NULL, "\"10\" is no value for \"cdr\"" },
		{ "cdr=0%:10%:1%", "sometimes", "\"sometimes\" says nothing about support; write on, off, or fail:PARTY@MONTH" },
		{ "cdr=0%:10%:1%", "fail:grup@3", "there is no party \"grup\"" },
		{ "cdr=0%:10%:1%", "fail:appraiser", "\"appraiser\" supports nothing" },
	};
	open_with(PROMISE, "");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		weir_stress_request request = { .varied = &wrong[i].vary, .varied_count = 1, .support = wrong[i].support };
		ck_assert_int_eq(weir_session_stress(session, &request), WEIR_EXIT_INPUT);
		ck_assert_msg(strstr(last_message(), wrong[i].message) != NULL, "%s", last_message());
	}
}
END_TEST

/* Firm one owes 63 % of what is promised and firm two 37 %, A is 80 % of the pool: without either of them it is not
 * repaid, so each alone is a smallest set. */
START_TEST(either_firm_breaks_the_class)
{
	weir_reverse_answer answer;
	weir_reverse_request request = { .class_id = "A" };
	open_with("", "");
	ck_assert_int_eq(weir_session_reverse(session, &request, &answer), WEIR_EXIT_DONE);
	ck_assert_int_eq(answer.size, 1);
	ck_assert_uint_eq(answer.breaking, 2);
	ck_assert_int_eq(answer.names, 2);
	expect_line("reverse", "A,first-missed-or-loss,1,1,F1,0.63");
	expect_line("reverse", "A,first-missed-or-loss,2,1,F2,0.37");
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "A: 1 of 2 obligors break it; 2 sets of that size do\n"));
	request.month = -1;
	ck_assert_int_eq(weir_session_reverse(session, &request, &answer), WEIR_EXIT_INPUT);
}
END_TEST

/* The group's promise has no limit of capacity but 300,000.00 of cap; the surety's 2,000,000.00. */
START_TEST(break_even_with_and_without_support)
{
	weir_break_even_answer on, off;
	weir_break_even_request request = { .vary = "haircut", .class_id = "A" };
	open_with(PROMISE, "");
	ck_assert_int_eq(weir_session_break_even(session, &request, &on, NULL), WEIR_EXIT_DONE);
	double without = atof(field("breakeven", "haircut,A,first-missed-or-loss,base,off,", 5));
	double no_group = atof(field("breakeven", "haircut,A,first-missed-or-loss,base,fail:group@0,", 5));
	double no_surety = atof(field("breakeven", "haircut,A,first-missed-or-loss,base,fail:surety@0,", 5));
	ck_assert(without > 0 && without < no_surety && no_surety < no_group && no_group < on.largest);
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "haircut: A, without support: survived up to "));
	request.support = "off";
	ck_assert_int_eq(weir_session_break_even(session, &request, &off, NULL), WEIR_EXIT_DONE);
	ck_assert_uint_eq(count_lines("breakeven"), 2);
	ck_assert(fabs(off.largest - without) < 1e-9);
	for (int more = 0; more < 2; more++) { /* the last value that passes, and the next */
		char haircut[64];
		const char *sets[] = { "support.off=yes", haircut };
		snprintf(haircut, sizeof haircut, "haircut=%.7f%%", off.largest * 100 + more * 1e-7);
		ck_assert_int_eq(weir_session_run(session, &(weir_request){ .sets = sets, .set_count = 2 }), WEIR_EXIT_DONE);
		int failed = atoi(field("summary", "missed,,", 2)) || atof(field("summary", "unpaid_at_end,,", 2)) > 0;
		ck_assert_int_eq(failed, more);
	}
}
END_TEST

/* How long must the group last? In the default it is called in periods 3 and 4, 2025-12-20 and 2026-03-20. Months count
 * from the cut-off 2025-03-01: failing in month 12, on 2026-03-01, it misses the last call; in month 13 no longer. What
 * defaults is 2,775,000.00 of 10,000,000.00. */
START_TEST(a_month_is_varied_in_whole_months)
{
	weir_break_even_answer answer;
	weir_break_even_request request = { .vary = "group.fails_month", .scenario = DEFAULT, .support = "on" };
	open_with("<support><shortfall-payer id=\"first\" party=\"group\" covers=\"A.interest A.principal\"/></support>", "");
	ck_assert_int_eq(weir_session_break_even(session, &request, &answer, NULL), WEIR_EXIT_DONE);
	ck_assert_int_eq(answer.survives, 0);
	ck_assert_int_eq(answer.monotone, 0);
	expect_line("breakeven", "group.fails_month,senior,first-missed-or-loss," DEFAULT ",on,12,fails-to,0,0.2775");
	ck_assert_str_eq(weir_session_summary(session),
	                 "group.fails_month: all senior classes, with support: fails up to 12 months and is survived beyond\n");
}
END_TEST

static int stop_at_once(void *context, double done)
{
	*(double *)context = done;
	return 0;
}

START_TEST(a_study_can_be_stopped)
{
	double done = -1;
	const char *varied[] = { "haircut=0%:50%:10bp" };
	weir_stress_request stress = { .varied = varied, .varied_count = 1, .progress = stop_at_once, .context = &done };
	open_with(PROMISE, "");
	ck_assert_int_eq(weir_session_stress(session, &stress), WEIR_EXIT_INTERRUPTED);
	ck_assert(done >= 0 && done < 1);
	ck_assert_uint_eq(weir_session_result_count(session), 0);
	stress.progress = NULL;
	ck_assert_int_eq(weir_session_stress(session, &stress), WEIR_EXIT_DONE);
}
END_TEST

/* --- prices ----------------------------------------------------------------------------------------------------- */

/* A pays 3.2 % a year in equal quarters of 30E/360, so at 3.2 % a year compounded quarterly it is worth its face. A quarter
 * of the principal comes at 0.25, 0.5, 0.75 and 1 year: WAL 0.625. Discounted at 0.8 % a quarter, 25.8, 25.6, 25.4 and
 * 25.2 are 25.595238, 25.195263, 24.800024 and 24.409475; weighted by time 0.620059 years, / 1.008 = 0.615138. */
START_TEST(at_its_coupon_a_class_is_worth_its_face)
{
	weir_price_request request = { .class_id = "A", .yield = "3.2%", .compounding = "quarterly", .day_count = "30E/360" };
	open_with("", "");
	ck_assert_int_eq(weir_session_price(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(count_lines("price"), 2);
	ck_assert_str_eq(field("price", "A,", 4), "100.000000");
	ck_assert_str_eq(field("price", "A,", 9), "0.625000");
	ck_assert_str_eq(field("price", "A,", 12), "0.620059");
	ck_assert_str_eq(field("price", "A,", 13), "0.615138");
	ck_assert_str_eq(field("price", "A,", 19), "repaid");
	request.yield = NULL;
	request.price = "100";
	ck_assert_int_eq(weir_session_price(session, &request), WEIR_EXIT_DONE);
	ck_assert_str_eq(field("price", "A,", 7), "0.032");
	request.settlement = "2025-05-05"; /* 45 days of 30E/360 after the start: half of 0.8 */
	ck_assert_int_eq(weir_session_price(session, &request), WEIR_EXIT_DONE);
	ck_assert_str_eq(field("price", "A,", 5), "0.400000");
	ck_assert_str_eq(field("price", "A,", 6), "100.400000");
}
END_TEST

START_TEST(an_unpaid_class_is_flagged)
{
	const char *scenarios[] = { DEFAULT, LATE };
	weir_price_request request = { .scenarios = scenarios, .scenario_count = 2 };
	open_with("", "");
	ck_assert_int_eq(weir_session_price(session, &request), WEIR_EXIT_DONE);
	ck_assert_uint_eq(count_lines("price"), 1 + 2 * 2);
	ck_assert_str_eq(field("price", "A,", 19), "unpaid");
	ck_assert_str_eq(field("price", "A,", 20), "default");
	ck_assert(atof(field("price", "A,", 7)) < 0); /* less comes back than was paid: a negative yield */
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "class SUB, scenario late\n"));
}
END_TEST

START_TEST(price_complains)
{
	static const struct {
		weir_price_request request;
		const char *message;
	} wrong[] = {
		{ { .price = "100", .yield = "4%" }, "a price and a yield together leave nothing to find" },
		{ { .price = "-3" }, "\"-3\" is no price" },
		{ { .yield = "4" }, "\"4\" is no yield; write it with its unit" },
		{ { .compounding = "daily" }, "\"daily\" is no compounding; use annual" },
		{ { .day_count = "ACT/7" }, "\"ACT/7\" is no day count" },
		{ { .day_count = "1/1" }, "\"1/1\" does not count the years to a payment here" },
		{ { .settlement = "2025-03-19" }, "lies before the deal's start" },
		{ { .settlement = "soon" }, "\"soon\" is no date" },
		{ { .class_id = "B" }, "there is no class \"B\"" },
	};
	open_with("", "");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		ck_assert_int_eq(weir_session_price(session, &wrong[i].request), WEIR_EXIT_INPUT);
		ck_assert_msg(strstr(last_message(), wrong[i].message) != NULL, "%s", last_message());
	}
}
END_TEST

/* --- why -------------------------------------------------------------------------------------------------------- */

static void why(const char *id, const char *date, const char *const *wanted)
{
	char *text;
	ck_assert_int_eq(weir_session_why(session, id, date, DEFAULT, NULL, 0, &text), WEIR_EXIT_DONE);
	for (; *wanted; wanted++)
		ck_assert_msg(strstr(text, *wanted) != NULL, "no \"%s\" in\n%s", *wanted, text);
	weir_text_release(text);
}

START_TEST(why_support_was_called)
{
	open_with(PROMISE, "");
	why("first", "2026-03-20",
	    (const char *const[]){ "support first, period 4, payment date 2026-03-20", "missing without it     417,375.00",
	                           "A.principal          417,375.00", "available              74,125.00",
	                           "cap less drawn so far 74,125.00", "called                 74,125.00",
	                           "because                its limits allowed no more", NULL });
	why("second", "2025-12-20",
	    (const char *const[]){ "missing without it     0.00", "nothing was missing without it", NULL });
	why("A", "2026-03-20",
	    (const char *const[]){ "from      first", "from      second", "support second of surety",
	                           "capacity of surety 2,000,000.00 before the draw", "all that was missing was called",
	                           NULL });
}
END_TEST

START_TEST(why_an_event_switched_the_waterfall)
{
	char *text;
	size_t size;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_file_read(&text, &size, TWO_FIRMS, &diags), WEIR_OK);
	char *one = io_replace(text, "<!-- support -->",
	                       "<triggers><trigger id=\"bad\" test=\"pool.cumulative_default_rate above 10%\" "
	                       "consecutive=\"2\" tested=\"before\" clause=\"15.1\"/></triggers>");
	char *two = io_replace(one, "<!-- orders -->",
	                       "<waterfall id=\"quick\" when=\"bad\"><pay what=\"A.interest\"/><pay what=\"A.balance\"/>"
	                       "<pay what=\"SUB.rest\"/></waterfall>");
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", two)), WEIR_EXIT_DONE);
	/* 2,775,000.00 of 10,000,000.00 default in period 2: held once, then twice */
	why("bad", "2025-09-20",
	    (const char *const[]){ "trigger bad, clause 15.1, tested before the waterfall", ": 27.75% against 10%: holds",
	                           "held in a row          1 of the 2 that fire it", "state                  not fired",
	                           NULL });
	why("bad", "2025-12-20",
	    (const char *const[]){ "held in a row          2 of the 2 that fire it", "state                  fires now", NULL });
	why("A", "2025-12-20",
	    (const char *const[]){ "waterfall quick was chosen, for the first time after another one, because bad", NULL });
	run_scenario(DEFAULT, NULL);
	ck_assert_str_eq(field("tests", "2,bad,", 6), "-0.1775"); /* past the threshold */
	ck_assert_str_eq(field("tests", "1,bad,", 6), "0.1");     /* 10 % away */
	ck_assert_str_eq(field("tests", "2,bad,", 7), "1");
	ck_assert_str_eq(field("tests", "2,bad,", 8), "2");
	free(text);
	free(one);
	free(two);
	weir_diags_free(&diags);
}
END_TEST

Suite *weir_suite_api_study(void)
{
	Suite *suite = suite_create("api_study");
	TCase *test = tcase_create("api_study");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, two_payers_in_order);
	tcase_add_test(test, called_is_not_yet_drawn);
	tcase_add_test(test, a_line_is_drawn_and_repaid);
	tcase_add_test(test, covers_answer_in_order);
	tcase_add_test(test, a_bad_request_leaves_the_session_as_it_was);
	tcase_add_test(test, values_are_read_by_their_kind);
	tcase_add_test(test, support_switched_off_by_hand);
	tcase_add_test(test, a_grid_is_its_runs);
	tcase_add_test(test, families_come_from_files_and_from_weir);
	tcase_add_test(test, stress_complains_about_what_it_cannot_vary);
	tcase_add_test(test, either_firm_breaks_the_class);
	tcase_add_test(test, break_even_with_and_without_support);
	tcase_add_test(test, a_month_is_varied_in_whole_months);
	tcase_add_test(test, a_study_can_be_stopped);
	tcase_add_test(test, at_its_coupon_a_class_is_worth_its_face);
	tcase_add_test(test, an_unpaid_class_is_flagged);
	tcase_add_test(test, price_complains);
	tcase_add_test(test, why_support_was_called);
	tcase_add_test(test, why_an_event_switched_the_waterfall);
	suite_add_tcase(suite, test);
	return suite;
}
