/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_diff.c: what two small deals differ in, told as a person would tell it. Every expectation is written from the
 * two texts. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"
#include "study/diff_int.h"

Suite *weir_suite_study_diff(void);

#define HEAD                                                                                                           \
	"<deal xmlns=\"urn:weir:deal:1\" id=\"d\" kind=\"abs\" currency=\"CNY\">"                                      \
	"<dates closing=\"2023-04-14\" legal-final=\"2026-04-14\">"                                                    \
	"<payment first=\"2023-07-14\" every=\"3 months\" count=\"4\" adjust=\"following\" calendar=\"CN-work\"/>"       \
	"<accrual day-count=\"ACT/365F\" dates=\"unadjusted\"/><calculation offset=\"-10 business days\"/></dates>"      \
	"<parties><party id=\"lender\" role=\"originator servicer\" en=\"Lender\"/>"                                   \
	"<party id=\"bank\" role=\"custodian\" en=\"Bank\"/></parties>"                                                \
	"<pool><contract id=\"B01\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"8000000.00\" "           \
	"rate=\"4.98%\" repayment=\"bullet\" first-due=\"2023-06-25\" every=\"3 months\" instalments=\"4\"/></pool>"   \
	"<accounts><account id=\"cash\"/><reserve id=\"buffer\" target=\"2 * next_interest(A)\"/></accounts>"
#define CLASSES                                                                                                        \
	"<classes><class id=\"A\" en=\"Senior A\" size=\"5000000.00\" coupon=\"3.8%\"><principal style=\"bullet\" "    \
	"maturity=\"2024-04-14\"/></class><class id=\"B\" en=\"Senior B\" size=\"1500000.00\" coupon=\"4.2%\">"        \
	"<principal style=\"planned\"><row period=\"3\" share=\"1%\"/><row period=\"4\" share=\"99%\"/></principal>"  \
	"</class><class id=\"SUB\" size=\"500000.00\" rank=\"subordinated\"/></classes>"
#define FEES                                                                                                           \
	"<fees><fee id=\"manager\" base=\"classes.all.balance\" rate=\"0.05%\" day-count=\"ACT/365F\" "               \
	"payee=\"bank\"/></fees>"
#define STEPS                                                                                                          \
	"<waterfalls><waterfall id=\"normal\"><pay what=\"manager\"/><pay what=\"A.interest\"/>"                       \
	"<pay what=\"B.interest\"/><pay what=\"A.principal\"/><pay what=\"B.principal\"/><fill account=\"buffer\"/>"   \
	"<when test=\"classes.senior.balance = 0\"><release account=\"buffer\" all=\"yes\"/></when>"                   \
	"<keep until=\"classes.senior.balance = 0\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>"
#define DEAL HEAD CLASSES FEES STEPS "</deal>"

static weir_session *older, *session;

static weir_session *open_text(const char *name, const char *text)
{
	weir_session *opened;
	int exit = weir_session_open(&opened, io_write(name, text)), severity;
	const char *said = NULL;
	for (size_t i = 0; exit != WEIR_EXIT_DONE && (said = weir_session_message(opened, i, &severity)) && severity; i++)
		;
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%s", said ? said : "?");
	return opened;
}

static void setup(void)
{
	io_enter();
	older = open_text("old.xml", DEAL);
	session = NULL;
}

static void teardown(void)
{
	weir_session_close(older);
	weir_session_close(session);
	io_leave();
}

/* Another older deal. */
static void reopen(const char *text)
{
	weir_session_close(older);
	older = NULL;
	older = open_text("old.xml", text);
}

/* What the summary says of the deal in `text` against DEAL. */
static void expect(const char *text, const char *wanted)
{
	weir_diff_request request = { 0 };
	weir_session_close(session);
	session = NULL;
	session = open_text("new.xml", text);
	int exit = weir_session_diff(session, older, &request);
	ck_assert_str_eq(weir_session_summary(session), wanted);
	ck_assert_int_eq(exit, strcmp(wanted, "the deals are the same in meaning\n") == 0 ? WEIR_EXIT_DONE : WEIR_EXIT_NO);
}

/* The same with one piece of DEAL replaced by another. */
static void expect_with(const char *old, const char *new, const char *wanted)
{
	char *text = io_replace(DEAL, old, new);
	expect(text, wanted);
	free(text);
}

#define SAME "the deals are the same in meaning\n"

START_TEST(what_only_looks_different_is_the_same)
{
	expect(DEAL, SAME);
	expect_with("coupon=\"3.8%\"", "coupon=\"3.80%\"", SAME);
	expect_with("coupon=\"3.8%\"", "coupon=\"380bp\"", SAME);
	expect_with("size=\"5000000.00\" coupon=\"3.8%\"", "coupon=\"3.8%\"\n  size=\"5000000\"", SAME);
	expect_with("<account id=\"cash\"/>", "<account receives=\"recovered  income principal\" id=\"cash\" initial=\"0\"/>",
	            SAME);
	expect_with("<pay what=\"manager\"/>", "<pay what=\"manager\" share=\"sequential\" split=\"cumulative\" from=\"cash\"/>", SAME);
	expect_with("<keep until=\"classes.senior.balance = 0\"/>", "<keep until=\"(0.00 = (senior.balance))\"/>",
	            "step normal 8 (keep until (0.00 = (senior.balance))), when: classes.senior.balance = 0.00 -> "
	            "0.00 = classes.senior.balance\n1 difference\n");
	expect_with("<keep until=\"classes.senior.balance = 0\"/>", "<keep until=\" senior.balance  equals 0.00 CNY \"/>", SAME);
	expect_with("2 * next_interest(A)", "(200% * next_interest( A ))", SAME);
	expect_with("every=\"3 months\" count=\"4\" adjust", "every=\"3 months\" end-of-month=\"no\" count=\"4\" adjust", SAME);
	expect_with("rate=\"0.05%\" day-count=\"ACT/365F\"", "rate=\"5bp\" frequency=\"every-period\" unpaid=\"drop\" "
	            "day-count=\"ACT/365F\"", SAME);
	expect_with("<accounts>", "<closing purchase-price=\"7000000.00\" costs=\"0.00\"/><accounts>", SAME);
	expect_with("<row period=\"3\" share=\"1%\"/>", "<row share=\"1.0%\" period=\"3\"/><!-- a remark -->", SAME);
}
END_TEST

/* DEAL with a value that a trigger and a step use. */
static char *with_formula(const char *formula, const char *test)
{
	char text[1024];
	snprintf(text, sizeof text, "<values><value id=\"v\" formula=\"%s\"/></values><triggers><trigger id=\"t\" "
	                            "tested=\"after\" test=\"%s\"/></triggers><waterfalls>", formula, test);
	char *deal = io_replace(DEAL, "<waterfalls>", text);
	char *used = io_replace(deal, "<pay what=\"SUB.rest\"/>", "<pay what=\"SUB.rest\" when=\"not t\" limit=\"v\"/>");
	free(deal);
	return used;
}

START_TEST(formulas_are_compared_as_they_are_understood)
{
	static const struct {
		const char *old, *new, *old_test, *new_test, *wanted;
	} rows[] = {
		{ "min(A.balance, min(B.balance, 5000.00))", "min( min(A.balance,B.balance) , 5000)", "A is paid",
		  "A.is_paid", "value v, formula: min(A.balance, min(B.balance, 5000.00)) -> min(A.balance, B.balance, 5000.00)\n"
		               "1 difference\n" },
		{ "5% * A.balance + (B.balance)", "0.05 * A.balance + B.balance", "A.balance at most 1000.00",
		  "A.balance is not above 1000", SAME },
		{ "if(t, A.balance, trailing(pool.collected, 2))", "if (t , A.balance, trailing(pool.collected,2))",
		  "pool.cumulative_default_rate is above 400bp", "pool.cumulative_default_rate &gt; 4.0%", SAME },
		{ "share(B01) * A.balance", "top(1) * A.balance", "not (date below 2023-10-01)", "not date &lt; 2023-10-01",
		  "value v, formula: share(B01) * A.balance -> top(1) * A.balance\n1 difference\n" },
		{ "1000 CNY", "1000.00 CNY", "period = 2 and A.balance = 0", "(period equals 2) and (A.balance equals 0.00)", SAME },
		{ "A.balance - B.balance - 1.00", "A.balance - (B.balance - 1.00)", "previous(A.balance, 0) above 0",
		  "previous( A.balance , 0.00 ) above 0.00",
		  "value v, formula: A.balance - B.balance - 1.00 -> A.balance - (B.balance - 1.00)\n1 difference\n" }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *old = with_formula(rows[i].old, rows[i].old_test), *new = with_formula(rows[i].new, rows[i].new_test);
		reopen(old);
		expect(new, rows[i].wanted);
		free(old);
		free(new);
	}
}
END_TEST

START_TEST(terms_change_in_the_words_of_the_field)
{
	expect_with("coupon=\"3.8%\"", "coupon=\"3.95%\"", "class A, coupon: 3.8% -> 3.95%\n1 difference\n");
	expect_with("size=\"500000.00\"", "size=\"600000.00\"",
	            "class SUB, size: 500,000.00 -> 600,000.00\n1 difference\n");
	expect_with("<row period=\"3\" share=\"1%\"/><row period=\"4\" share=\"99%\"/>",
	            "<row period=\"2\" share=\"1%\"/><row period=\"4\" share=\"99%\"/>",
	            "class B, plan-share 3: 1% -> none\nclass B, plan-share 2: none -> 1%\n2 differences\n");
	expect_with("2 * next_interest(A)", "3 * next_interest(A)",
	            "account buffer, target: 2 * next_interest(A) -> 3 * next_interest(A)\n1 difference\n");
	expect_with("legal-final=\"2026-04-14\"", "legal-final=\"2027-04-14\"",
	            "dates, legal-final: 2026-04-14 -> 2027-04-14\n1 difference\n");
	expect_with("rate=\"4.98%\"", "rate=\"5.10%\"", "contract B01, rate: 4.98% -> 5.1%\n1 difference\n");
	expect_with("payee=\"bank\"", "payee=\"lender\"", "fee manager, payee: bank -> lender\n1 difference\n");
	expect_with("<dates closing", "<dates note=\"as agreed\" closing",
	            "remarks dates: added: Note as agreed\n1 difference\n");
}
END_TEST

START_TEST(a_renamed_element_is_one_difference)
{
	char *steps = io_replace(DEAL, "<class id=\"A\"", "<class id=\"A1\"");
	static const char *const names[][2] = { { "next_interest(A)", "next_interest(A1)" },
		                                { "what=\"A.interest\"", "what=\"A1.interest\"" },
		                                { "what=\"A.principal\"", "what=\"A1.principal\"" } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *next = io_replace(steps, names[i][0], names[i][1]);
		free(steps);
		steps = next;
	}
	expect(steps, "class A1: renamed from A to A1\n1 difference\n");
	free(steps);
	char *party = io_replace(DEAL, "<party id=\"bank\"", "<party id=\"keeper\""), *both;
	both = io_replace(party, "payee=\"bank\"", "payee=\"keeper\"");
	expect(both, "party keeper: renamed from bank to keeper\n1 difference\n");
	free(party);
	free(both);
	/* the contract says all the same once its obligor is known by its new name */
	char *contract = io_replace(DEAL, "id=\"B01\" kind=\"loan\" obligor=\"B01\"", "id=\"B99\" kind=\"loan\" obligor=\"F99\"");
	expect(contract, "obligor F99: renamed from B01 to F99\ncontract B99: renamed from B01 to B99\n2 differences\n");
	free(contract);
	/* one of another amount is another one */
	contract = io_replace(DEAL, "id=\"B01\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"8000000.00\"",
	                      "id=\"B99\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"8100000.00\"");
	expect(contract, "contract B01: removed: Kind loan; Obligor B01; Amount 8,000,000.00; Rate 4.98%; First due 2023-06-25; "
	                 "Every 3 months; Instalments 4; Repayment bullet; Day count ACT/365F\n"
	                 "contract B99: added: Kind loan; Obligor B01; Amount 8,100,000.00; Rate 4.98%; First due 2023-06-25; "
	                 "Every 3 months; Instalments 4; Repayment bullet; Day count ACT/365F\n2 differences\n");
	free(contract);
}
END_TEST

START_TEST(another_element_is_no_renamed_one)
{
	expect_with("<party id=\"bank\" role=\"custodian\" en=\"Bank\"/>",
	            "<party id=\"bank\" role=\"custodian\" en=\"Bank\"/><party id=\"trust\" role=\"trustee\"/>",
	            "party trust: added: Roles trustee\n1 difference\n");
	char *fees = io_replace(DEAL, "<fee id=\"manager\" base=\"classes.all.balance\" rate=\"0.05%\" day-count=\"ACT/365F\" "
	                              "payee=\"bank\"/>", "<fee id=\"audit\" amount=\"70000.00\" frequency=\"yearly\"/>");
	char *both = io_replace(fees, "what=\"manager\"", "what=\"audit\"");
	expect(both, "fee manager: removed: Base classes.all.balance; Rate 0.05%; Payee bank; Day count ACT/365F\n"
	             "fee audit: added: Amount 70,000.00; Frequency yearly\n"
	             "step normal 1 (pay manager): removed: Kind pay; Pays manager\n"
	             "step normal 1 (pay audit): added: Kind pay; Pays audit\n4 differences\n");
	free(fees);
	free(both);
}
END_TEST

START_TEST(a_step_that_moves_is_one_difference)
{
	/* SUB's rest behind the fee: past seven others, which keep their order among themselves */
	char *without = io_replace(DEAL, "<pay what=\"B.interest\"/>", ""), *moved;
	moved = io_replace(without, "<pay what=\"manager\"/>", "<pay what=\"manager\"/><pay what=\"B.interest\"/>");
	expect(moved, "step normal 3 (pay A.interest): moved from 2 to 3\n1 difference\n");
	free(without);
	free(moved);
	without = io_replace(DEAL, "<fill account=\"buffer\"/>", "");
	moved = io_replace(without, "<pay what=\"manager\"/>", "<fill account=\"buffer\"/><pay what=\"manager\"/>");
	expect(moved, "step normal 1 (fill buffer): moved from 6 to 1\n1 difference\n");
	free(without);
	free(moved);
}
END_TEST

START_TEST(steps_change_join_and_move_inside)
{
	expect_with("<pay what=\"A.interest\"/><pay what=\"B.interest\"/>",
	            "<pay what=\"A.interest B.interest\" share=\"pro-rata\"/>",
	            "step normal 3 (pay B.interest): removed: Kind pay; Pays B.interest\n"
	            "step normal 2 (pay A.interest B.interest), what: A.interest -> A.interest B.interest\n"
	            "step normal 2 (pay A.interest B.interest), share: sequential -> pro-rata\n3 differences\n");
	char *without = io_replace(DEAL, "<fill account=\"buffer\"/>", ""), *inside;
	inside = io_replace(without, "<release account=\"buffer\" all=\"yes\"/></when>",
	                    "<release account=\"buffer\" all=\"yes\"/></when><when test=\"A.balance above 0\">"
	                    "<fill account=\"buffer\"/></when>");
	expect(inside, "step normal 7 (when A.balance above 0): added: Kind when; Condition A.balance > 0.00\n"
	               "step normal 7.1 (fill buffer): moved from 6 to 7.1\n2 differences\n");
	free(without);
	free(inside);
	/* a condition around the same steps is the same step */
	expect_with("<when test=\"classes.senior.balance = 0\">", "<when test=\"A.balance = 0\">",
	            "step normal 7 (when A.balance = 0), when: classes.senior.balance = 0.00 -> A.balance = 0.00\n"
	            "1 difference\n");
}
END_TEST

START_TEST(an_order_that_counts_is_told)
{
	/* classes in another order: groups pay them in it */
	expect(HEAD "<classes><class id=\"B\" en=\"Senior B\" size=\"1500000.00\" coupon=\"4.2%\">"
	            "<principal style=\"planned\"><row period=\"3\" share=\"1%\"/><row period=\"4\" share=\"99%\"/></principal>"
	            "</class><class id=\"A\" en=\"Senior A\" size=\"5000000.00\" coupon=\"3.8%\"><principal style=\"bullet\" "
	            "maturity=\"2024-04-14\"/></class><class id=\"SUB\" size=\"500000.00\" rank=\"subordinated\"/></classes>"
	            FEES STEPS "</deal>",
	       "class A: moved from 1 to 2\n1 difference\n");
	/* parties in another order: nothing */
	expect_with("<parties><party id=\"lender\" role=\"originator servicer\" en=\"Lender\"/>"
	            "<party id=\"bank\" role=\"custodian\" en=\"Bank\"/></parties>",
	            "<parties><party id=\"bank\" role=\"custodian\" en=\"Bank\"/>"
	            "<party id=\"lender\" role=\"servicer originator\" en=\"Lender\"/></parties>", SAME);
}
END_TEST

#define SCENARIOS(shocks, more)                                                                                        \
	"<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"S1\"><receipts factor=\"95%\"/>" shocks "</scenario>" \
	more "</scenarios>"

/* Shocks are known by their place and what they say: one that is put before another is one difference. */
START_TEST(scenarios_beside_both_are_compared)
{
	static const struct {
		const char *text, *wanted;
	} rows[] = {
		{ SCENARIOS("", ""), SAME },
		{ SCENARIOS("<late share=\"10%\" months=\"3\"/>", ""),
		  "scenario S1, shock 2: none -> kind late, value 0.1, months 3 months\n1 difference\n" },
		{ "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"S1\"><coupon add=\"10bp\"/>"
		  "<receipts factor=\"95.00%\"/></scenario></scenarios>",
		  "scenario S1, shock 1: none -> kind coupon, value 0.001\n1 difference\n" },
		{ "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"S1\"><receipts factor=\"90%\"/></scenario></scenarios>",
		  "scenario S1, shock 1: kind receipts, value 0.95 -> kind receipts, value 0.9\n1 difference\n" },
		{ SCENARIOS("", "<scenario id=\"S2\" en=\"Two\"><coupon add=\"25bp\"/></scenario>"),
		  "scenario S2: added: English name Two; Shock 1 kind coupon, value 0.0025\n1 difference\n" }
	};
	io_write("scenarios.xml", SCENARIOS("", ""));
	reopen(DEAL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		io_write("scenarios.xml", rows[i].text);
		expect(DEAL, rows[i].wanted);
	}
}
END_TEST

/* A longest part that rises, of those where hand-picking is easy: 3 1 2 4 keeps 1 2 4. */
START_TEST(the_longest_rise_is_kept)
{
	static const struct {
		int positions[8];
		size_t count;
		const char *kept;
	} rows[] = { { { 3, 1, 2, 4 }, 4, "0111" },
		     { { 9, 2, 3, 4, 5, 6, 1 }, 7, "0111110" },
		     { { 4, 3, 2, 1 }, 4, "0001" },
		     { { 7 }, 1, "1" },
		     { { 0 }, 0, "" } };
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		char kept[8];
		ck_assert_int_eq(weir_longest_rise(rows[r].positions, rows[r].count, kept), WEIR_OK);
		for (size_t i = 0; i < rows[r].count; i++)
			ck_assert_msg(kept[i] == rows[r].kept[i] - '0', "row %zu, place %zu", r, i);
	}
}
END_TEST

/* Wherever memory ends, nothing is lost and the session answers that. */
START_TEST(memory_may_end_anywhere)
{
	weir_diff_request request = { .effect = 1 };
	char *text = io_replace(DEAL, "<fill account=\"buffer\"/>", "<fill account=\"buffer\" when=\"A.balance above 0\"/>");
	session = open_text("new.xml", text);
	int failed = 0;
	for (long n = 1; n < 200000; n += n < 400 ? 1 : 61) {
		weir_alloc_fail_from(n);
		int exit = weir_session_diff(session, older, &request);
		weir_alloc_fail_from(0);
		if (exit == WEIR_EXIT_NO)
			break;
		ck_assert_int_eq(exit, WEIR_EXIT_INTERNAL);
		failed++;
	}
	ck_assert_int_gt(failed, 300);
	ck_assert_int_eq(weir_session_diff(session, older, &request), WEIR_EXIT_NO);
	free(text);
}
END_TEST

START_TEST(the_effect_is_shown_for_every_class)
{
	/* B at 4.2 %: 1,500,000 x 4.2 % x 91/365 = 15,706.85, twice x 92/365 = 15,879.45, then 1,485,000 x 4.2 % x 91/365 =
	 * 15,549.78; at 4.5 %: 16,828.77, twice 17,013.70, 16,660.48. A: 190,000 x 91/365 = 47,369.86 and x 92/365 =
	 * 47,890.41, each twice, in both. */
	weir_diff_request request = { .effect = 1 };
	char *text = io_replace(DEAL, "coupon=\"4.2%\"", "coupon=\"4.5%\"");
	session = open_text("new.xml", text);
	ck_assert_int_eq(weir_session_diff(session, older, &request), WEIR_EXIT_NO);
	char *csv = weir_session_table(session, 0, "diff_effect");
	ck_assert_ptr_nonnull(strstr(csv, "base,A,interest,190520.54,190520.54,0.00\n"));
	ck_assert_ptr_nonnull(strstr(csv, "base,B,interest,63015.53,67516.65,4501.12\n"));
	weir_text_release(csv);
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), "class B, coupon: 4.2% -> 4.5%\n1 difference\n"));
	free(text);
}
END_TEST

Suite *weir_suite_study_diff(void)
{
	Suite *suite = suite_create("study_diff");
	TCase *all = tcase_create("all");
	tcase_set_timeout(all, 60);
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, what_only_looks_different_is_the_same);
	tcase_add_test(all, formulas_are_compared_as_they_are_understood);
	tcase_add_test(all, terms_change_in_the_words_of_the_field);
	tcase_add_test(all, a_renamed_element_is_one_difference);
	tcase_add_test(all, another_element_is_no_renamed_one);
	tcase_add_test(all, a_step_that_moves_is_one_difference);
	tcase_add_test(all, steps_change_join_and_move_inside);
	tcase_add_test(all, an_order_that_counts_is_told);
	tcase_add_test(all, scenarios_beside_both_are_compared);
	tcase_add_test(all, the_longest_rise_is_kept);
	tcase_add_test(all, memory_may_end_anywhere);
	tcase_add_test(all, the_effect_is_shown_for_every_class);
	suite_add_tcase(suite, all);
	return suite;
}
