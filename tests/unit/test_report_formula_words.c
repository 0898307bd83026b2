/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_formula_words.c: formulas in the words of documents, in both languages. */
#include <check.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "report/formula_words.h"

Suite *weir_suite_report_formula_words(void);

static weir_session *session;

static void setup(void)
{
	ck_assert_int_eq(weir_session_open(&session, "deals/ledger-abn/deal.xml"), WEIR_EXIT_DONE);
}

static void teardown(void)
{
	weir_session_close(session);
}

static const struct {
	const char *formula, *en, *zh;
} told[] = {
	{ "classes.senior.balance = 0", "the outstanding principal balance of the senior classes is zero", "优先级票据未偿本金余额为零" },
	{ "A.interest_unpaid > 0 yuan", "the unpaid interest on Senior A is more than zero", "优先A级未付利息高于零" },
	{ "date at least deal.legal_final", "the payment date is not earlier than the legal final maturity date", "兑付日不早于法定到期日" },
	{ "not accelerate and A is paid", "\"Acceleration event\" has not occurred or is over, and Senior A has been repaid in full",
	  "“加速清偿事件”未发生或已消除，且优先A级本金已全部偿付" },
	{ "pool.balance / pool.balance_initial < 10%",
	  "the ratio of the outstanding principal of the pool to the principal of the pool at the cut-off date is less than 10%",
	  "资产池未偿本金余额与初始资产池本金余额之比低于10%" },
	{ "min(trap.balance, 3% * A.balance, 1000.50 yuan)",
	  "the least of the balance of Excess spread account, 3% of the outstanding principal balance of Senior A and CNY 1,000.50",
	  "超额利差账户余额、优先A级未偿本金余额的3%与1,000.50元中的较低者" },
	{ "max(A.balance - B.balance, 0 yuan)",
	  "the greater of (the outstanding principal balance of Senior A less the outstanding principal balance of Senior B) and zero",
	  "（优先A级未偿本金余额减优先B级未偿本金余额）与零中的较高者" },
	{ "if(A is paid, 0 yuan, gap)", "zero if Senior A has been repaid in full, otherwise \"Gap of the income ledger\"",
	  "若优先A级本金已全部偿付，则为零；否则为“收入分账户缺口”" },
	{ "(accelerate or defaulted) and period > 2",
	  "(\"Acceleration event\" has occurred and is not over, or \"Event of default\" has occurred and is not over), and the number of "
	  "the payment period is more than 2",
	  "（“加速清偿事件”已发生且未消除，或“违约事件”已发生且未消除），且兑付期次高于2" },
	{ "not (pool.balance above 0)", "it is not so that the outstanding principal of the pool is more than zero",
	  "不满足“资产池未偿本金余额高于零”" },
	{ "deal.missed", "a senior amount has not been paid in full when due", "优先级票据本息未能按期足额偿付" },
	{ "next_interest(A) / 2", "the interest of the next period on Senior A divided by 2", "优先A级下一期应付利息除以2" },
	{ "top(3)", "the share of the 3 largest obligors in the pool's receivables", "前3大债务人占资产池应收总额的比例" },
	{ "vat.surcharge.due", "the amounts due on the surcharges on VAT", "增值税附加税费应付金额" },
	{ "previous(pool.overdue, 0 yuan)", "the principal overdue at the end of the preceding period", "上期末的资产池逾期本金" },
	{ "trailing(pool.income, 4, 0 yuan)", "the pool income collected in the period over the last 4 periods together",
	  "最近4期当期资产池收入回收款合计" },
	{ "nonsense +", "nonsense +", "nonsense +" },
};

START_TEST(in_both_languages)
{
	weir_formula formula = { .text = told[_i].formula };
	weir_text en = { 0 }, zh = { 0 };
	ck_assert_int_eq(weir_formula_words(&en, &zh, session->plan, &formula, WEIR_TYPE_ERROR), WEIR_OK);
	ck_assert_str_eq(en.data, told[_i].en);
	ck_assert_str_eq(zh.data, told[_i].zh);
	weir_text_free(&en);
	weir_text_free(&zh);
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_formula formula = { .text = told[8].formula };
	int failed = 0;
	for (long n = 1;; n++, failed++) {
		weir_text en = { 0 }, zh = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_formula_words(&en, &zh, session->plan, &formula, WEIR_TYPE_FLAG);
		weir_alloc_fail_from(0);
		int whole = zh.data && strcmp(zh.data, told[8].zh) == 0;
		weir_text_free(&en);
		weir_text_free(&zh);
		ck_assert(status == WEIR_NO_MEMORY || (status == WEIR_OK && whole));
		if (status == WEIR_OK)
			break;
	}
	ck_assert_int_gt(failed, 3);
}
END_TEST

Suite *weir_suite_report_formula_words(void)
{
	Suite *suite = suite_create("report_formula_words");
	TCase *test = tcase_create("report_formula_words");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_loop_test(test, in_both_languages, 0, (int)(sizeof told / sizeof *told));
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
