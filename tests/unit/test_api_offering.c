/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_offering.c: the tables of a prospectus: a deal worked out by hand, sentences in both languages, criteria that are refused,
 * every tie broken once, short memory. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_offering(void);

static weir_session *session;
static weir_case one;
static weir_results *results;

/* 10,000,000.00 in four quarters at 6 %: 150,000.00, 112,500.00, 75,000.00 and 37,500.00 of interest. A 8,000,000.00 at 3.2 %. */
static const char deal_text[] =
	"<deal xmlns=\"urn:weir:deal:1\" id=\"offered\" kind=\"abs\" currency=\"CNY\">\n"
	"<dates cutoff=\"2025-03-01\" closing=\"2025-03-20\" legal-final=\"2027-03-20\">\n"
	"<payment first=\"2025-06-20\" every=\"3 months\" count=\"4\" adjust=\"none\" calendar=\"CN-work\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/><calculation offset=\"-10 business days\"/></dates>\n"
	"<parties><party id=\"lender\" role=\"originator servicer\" en=\"Lender\" zh=\"贷款人\"/>\n"
	"<party id=\"keeper\" role=\"manager\" en=\"Keeper\" zh=\"管理人\"/></parties>\n"
	"<pool><contract id=\"L1\" kind=\"loan\" obligor=\"F1\" obligor-en=\"Firm one\" obligor-zh=\"甲企业\" amount=\"6300000.00\"\n"
	"rate=\"6%\" repayment=\"level-principal\" first-due=\"2025-06-01\" every=\"3 months\" instalments=\"4\" industry=\"chips\"/>\n"
	"<contract id=\"L2\" kind=\"loan\" obligor=\"F2\" obligor-en=\"Firm two\" obligor-zh=\"乙企业\" amount=\"3700000.00\"\n"
	"rate=\"6%\" repayment=\"level-principal\" first-due=\"2025-06-01\" every=\"3 months\" instalments=\"4\" industry=\"films\"/></pool>\n"
	"<eligibility><criterion id=\"is_loan\" formula=\"among(kind, loan)\" en=\"Loans only\" zh=\"仅限贷款\" clause=\"4(a)\"/>\n"
	"<criterion id=\"small\" formula=\"is_loan and principal at most 5000000.00\" en=\"At most five million\" zh=\"不超过500万元\"/>\n"
	"<criterion id=\"valued\" formula=\"ltv at most 60%\" en=\"Loan to value\" zh=\"质押率\"/></eligibility>\n"
	"<accounts><account id=\"collection\" en=\"Plan account\" zh=\"专项计划账户\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"8000000.00\" coupon=\"3.2%\" en=\"Senior A\" zh=\"优先级\">\n"
	"<principal style=\"target\"><row period=\"1\" share=\"75%\"/><row period=\"2\" share=\"50%\"/><row period=\"3\" share=\"25%\"/>\n"
	"<row period=\"4\" share=\"0%\"/></principal></class>\n"
	"<class id=\"SUB\" size=\"2000000.00\" rank=\"subordinated\" en=\"Junior\" zh=\"次级\"><principal style=\"residual\"/></class></classes>\n"
	"<fees><tax id=\"vat\" en=\"VAT\" zh=\"增值税\" base=\"pool.income\" rate=\"3%\" gross=\"included\" surcharge=\"12%\"/>\n"
	"<fee id=\"keeping\" en=\"Keeping fee\" zh=\"管理费\" amount=\"5000.00\" cap-yearly=\"20000.00\" payee=\"keeper\"/></fees>\n"
	"<triggers><trigger id=\"thin\" kind=\"acceleration\" en=\"Thin\" zh=\"加速清偿事件\" clause=\"9.1\" consecutive=\"2\" cure=\"3\" tested=\"before\"\n"
	"test=\"pool.cumulative_default_rate above 10%\"/></triggers>\n"
	"<waterfalls><waterfall id=\"fast\" when=\"thin\" en=\"Accelerated\" zh=\"加速清偿分配\"><pay what=\"vat keeping\"/>\n"
	"<pay what=\"A.interest\"/><pay what=\"A.balance\"/><pay when=\"A is paid\" what=\"SUB.rest\"/></waterfall>\n"
	"<waterfall id=\"normal\" clause=\"8\" en=\"Usual\" zh=\"正常分配\"><pay clause=\"8(a)\" what=\"vat\"/><pay what=\"keeping\"/>\n"
	"<pay what=\"A.interest A.principal\" limit=\"50% * pool.balance_initial\"/><keep until=\"A is paid\"/><pay what=\"SUB.rest\"/>\n"
	"</waterfall></waterfalls></deal>\n";

static void setup(void)
{
	io_enter();
	session = NULL;
	results = NULL;
	one = (weir_case){ 0 };
}

static void teardown(void)
{
	weir_results_destroy(results);
	weir_case_free(&one);
	weir_session_close(session);
	io_leave();
}

static weir_status fill(const char *scenario)
{
	weir_status status;
	WEIR_TRY(weir_session_begin(session));
	WEIR_TRY(weir_case_run(&one, session, scenario, NULL, 0));
	WEIR_TRY(weir_case_compare(&one, session));
	WEIR_TRY(weir_session_new_results(session, one.scenario, &results));
	WEIR_TRY(weir_fill_run(results, &one.outcome, 0));
	WEIR_TRY(weir_fill_deal(results, &one.outcome));
	status = weir_session_add_offering(session, &one, results);
out:
	return weir_session_end(session, status) == WEIR_EXIT_DONE ? WEIR_OK : status;
}

static void open_and_fill(const char *path)
{
	int opened = weir_session_open(&session, path);
	ck_assert_msg(opened == WEIR_EXIT_DONE, "%s", weir_session_message(session, 0, NULL));
	ck_assert_int_eq(fill(NULL), WEIR_OK);
}

static void open_by_hand(void)
{
	open_and_fill(io_write("deal.xml", deal_text));
}

static const weir_table *table_of(const char *id)
{
	const weir_table *table = weir_results_table(results, id);
	ck_assert_msg(table && table->row_count > 0, "no table \"%s\"", id);
	return table;
}

static const weir_cell *cell_of(const char *id, size_t row, const char *column)
{
	const weir_table *table = table_of(id);
	int number = weir_table_column(table, column);
	ck_assert_msg(number >= 0 && row < table->row_count, "no cell %s, row %zu, %s", id, row, column);
	return weir_table_cell(table, row, number);
}

static void expect(const char *id, size_t row, const char *column, double wanted)
{
	const weir_cell *cell = cell_of(id, row, column);
	ck_assert_msg(cell->present && fabs(cell->number - wanted) < 1e-9 * fmax(1, fabs(wanted)), "%s, row %zu, %s: %.12g, not %.12g",
	              id, row, column, cell->number, wanted);
}

static void expect_text(const char *id, size_t row, const char *column, const char *en, const char *zh)
{
	const weir_cell *cell = cell_of(id, row, column);
	ck_assert_str_eq(cell->en ? cell->en : "", en);
	ck_assert_str_eq(cell->zh ? cell->zh : "", zh);
}

/* The row of a table whose cell has that word. */
static size_t row_of(const char *id, const char *column, const char *word)
{
	const weir_table *table = table_of(id);
	for (size_t row = 0; row < table->row_count; row++)
		if (strcmp(weir_cell_word(cell_of(id, row, column)), word) == 0)
			return row;
	ck_abort_msg("no row of \"%s\" has \"%s\"", id, word);
}

START_TEST(securities_by_hand)
{
	open_by_hand();
	/* a quarter of A on each date, 92, 184, 275 and 365 days from the closing */
	expect("offered_classes", 0, "wal", (92 + 184 + 275 + 365) / 4.0 / 365);
	expect("pricing_helper", 0, "wal", (92 + 184 + 275 + 365) / 4.0 / 365);
	expect("offered_classes", 0, "pool_share", 0.8);
	expect("offered_classes", 0, "ce", 0.2);
	expect("offered_classes", 1, "ce", 0);
	expect_text("offered_classes", 0, "support", "none", "无");
	expect_text("offered_classes", 0, "holder", "Qualified investors", "合格投资者");
	expect("payment_dates", 0, "days", 92);
	expect("payment_dates", 3, "days", 90);
	/* sources 8,000,000.00 and 2,000,000.00; all of it buys the pool */
	ck_assert_uint_eq(table_of("closing_flows")->row_count, 3);
	expect("closing_flows", 0, "share", 0.8);
	expect("closing_flows", 2, "amount", 1000000000);
	/* 3.2 % of 8,000,000.00 for a quarter of 360 days */
	expect("offered_payments", 0, "accrued", 6400000);
	expect("offered_payments", 0, "fraction", 0.25);
	expect("offered_payments", 3, "opening", 200000000);
	expect("offered_payments", 3, "closing", 0);
}
END_TEST

START_TEST(pool_by_hand)
{
	open_by_hand();
	expect("pool_overview", row_of("pool_overview", "item", "contract-total"), "value", 1000000000);
	expect("pool_overview", row_of("pool_overview", "item", "pool_receivable"), "value", 1037500000);
	expect("pool_overview", row_of("pool_overview", "item", "oc-ratio"), "value", 0);
	expect("pool_overview", row_of("pool_overview", "item", "guaranteed-share"), "value", 0);
	ck_assert_uint_eq(table_of("top_obligors")->row_count, 2);
	expect("top_obligors", 0, "share", 0.63);
	expect("top_obligors", 1, "cumulative_share", 1);
	/* both have 15 % and more; 6,300,000.00 with interest of 94,500, 70,875, 47,250 and 23,625 */
	ck_assert_uint_eq(table_of("important_debtors")->row_count, 2);
	expect("important_debtors", 0, "receivable", 653625000);
	/* three instalments of 1,575,000.00 fall into 2025, one into 2026 */
	expect("asset_forecast", 0, "year", 2025);
	expect("asset_forecast", 0, "principal", 472500000);
	expect("asset_forecast", 0, "income", 21262500);
	expect("asset_forecast", 1, "total", 157500000 + 2362500);
	expect("amortisation", 0, "principal", 250000000);
	expect("amortisation", 3, "closing", 0);
	expect("amortisation", 0, "share", 0.25);
	/* both begin three months before their first payment */
	expect_text("vintages", 0, "vintage", "2025", "2025");
	expect("vintages", 0, "amount", 1000000000);
	expect("contract_terms", 1, "fee", 370000000 + 13875000);
	expect_text("contract_terms", 0, "creditor", "Lender", "贷款人");
	expect_text("contract_terms", 0, "repayment", "Level principal, every 3 months, 4 payments", "等额本金，每3个月，共4期");
}
END_TEST

START_TEST(criteria_are_tested)
{
	open_by_hand();
	expect("eligibility", 0, "passed", 2);
	expect("eligibility", 0, "failed", 0);
	expect("eligibility", 1, "passed", 1);
	expect_text("eligibility", 1, "failing", "L1", "L1");
	/* neither has IP: what cannot be worked out is not met */
	expect("eligibility", 2, "failed", 2);
	expect_text("eligibility", 2, "failing", "L1, L2", "L1、L2");
	ck_assert_str_eq(cell_of("eligibility", 0, "clause")->en, "4(a)");
	ck_assert(!cell_of("eligibility", 1, "clause")->present);
}
END_TEST

START_TEST(taxes_and_fees_by_hand)
{
	open_by_hand();
	/* 150,000.00 / 1.03 x 3 % = 4,368.932…; 12 % of 4,368.93 = 524.2716 */
	expect("tax_sample", 0, "period", 1);
	expect("tax_sample", 0, "base", 15000000);
	expect("tax_sample", 0, "charge", 436893);
	expect("tax_sample", 0, "surcharge", 52427);
	expect("tax_sample", 0, "total", 489320);
	expect("tax_sample", 0, "paid", 489320);
	/* 4,368.93 + 3,276.70 + 2,184.47 + 1,092.23, and 524.27 + 393.20 + 262.14 + 131.07 */
	expect("fee_schedule", 0, "projected", 1092233 + 131068);
	expect("fee_schedule", 1, "projected", 2000000);
	expect_text("fee_schedule", 0, "formula",
	            "the pool income collected in the period / (1 + 3%) × 3%, and surcharges of 12% of the tax",
	            "当期资产池收入回收款÷（1+3%）×3%，另加税额12%的附加税费");
	expect_text("fee_schedule", 1, "formula", "CNY 5,000.00", "5,000.00元");
	expect_text("fee_schedule", 1, "cap", "CNY 20,000.00 in 12 months", "20,000.00元（每12个月）");
	expect_text("fee_schedule", 1, "rank", "2", "2");
	expect_text("fee_schedule", 0, "clause", "8(a)", "8(a)");
	expect_text("fee_schedule", 1, "clause", "8", "8");
	expect_text("fee_schedule", 1, "source", "Plan account", "专项计划账户");
}
END_TEST

START_TEST(enhancement_and_risks_by_hand)
{
	open_by_hand();
	/* 375,000.00 of income less 12,233.01, 20,000.00 and interest of 160,000.00; over 10, 7.5, 5 and 2.5 million for 92, 92, 91 and
	 * 90 days */
	size_t life = row_of("enhancement_quantities", "measure", "excess-spread-life");
	expect("enhancement_quantities", life, "amount", 18276699);
	expect("enhancement_quantities", life, "ratio", 182766.99 / ((920e6 + 690e6 + 455e6 + 225e6) / 365));
	expect("enhancement_quantities", row_of("enhancement_quantities", "measure", "subordination"), "amount", 200000000);
	expect("enhancement_quantities", row_of("enhancement_quantities", "measure", "subordination"), "ratio", 0.2);
	expect("enhancement_quantities", row_of("enhancement_quantities", "measure", "over-collateralisation"), "amount", 0);
	/* without servicing terms: the most of one collection period, 2,500,000.00 and 150,000.00 */
	expect("risk_inputs", row_of("risk_inputs", "figure", "commingled-period"), "value", 265000000);
	expect("risk_inputs", row_of("risk_inputs", "figure", "top1"), "value", 0.63);
	expect_text("risk_inputs", row_of("risk_inputs", "figure", "originator-services"), "value", "Lender", "贷款人");
}
END_TEST

START_TEST(triggers_in_sentences)
{
	open_by_hand();
	expect("trigger_terms", 0, "threshold", 0.1);
	expect_text("trigger_terms", 0, "text",
	            "\"Thin\" occurs where the cumulative default rate of the pool is more than 10% (tested on each payment date, before the "
	            "distribution; 2 tests in a row). Consequence: chooses the waterfall \"Accelerated\". The event is over once the "
	            "condition has failed in 3 tests in a row.",
	            "“加速清偿事件”指：资产池累计违约率高于10%（每个兑付日，于分配前测试；须连续2次成立）。触发后果：启用分配方案“加速清偿分配”。"
	            "解除：条件连续3次不成立后解除。");
	expect_text("trigger_terms", 0, "kind", "Acceleration event", "加速清偿事件");
}
END_TEST

START_TEST(orders_in_sentences)
{
	static const char *const sentences[][2] = {
		{ "On a payment date on which \"Thin\" has occurred and is not over, money is applied in this order:",
		  "于兑付日，若“加速清偿事件”已发生且未消除，则按以下顺序分配：" },
		{ "Out of the Plan account, pay the VAT with surcharges and the Keeping fee (not more than CNY 20,000.00 in 12 months), in "
		  "this order.",
		  "从专项计划账户中依次支付增值税及附加税费、管理费（每12个月合计不超过20,000.00元）。" },
		{ "Out of the Plan account, pay the interest due on Senior A.", "从专项计划账户中支付优先级资产支持证券当期应付利息。" },
		{ "Out of the Plan account, pay the principal of Senior A, up to the outstanding balance.",
		  "从专项计划账户中支付优先级资产支持证券本金（以未偿本金余额为限）。" },
		{ "If Senior A has been repaid in full: out of the Plan account, pay all that is left to the holders of Junior.",
		  "若优先级本金已全部偿付，则从专项计划账户中向次级资产支持证券持有人分配全部剩余资金。" },
		{ "On a payment date on which no other order applies, money is applied in this order:",
		  "于兑付日，若不适用其他分配顺序，则按以下顺序分配：" },
		{ NULL, NULL },
		{ NULL, NULL },
		{ "Out of the Plan account, pay the interest due on Senior A and the principal due on Senior A, in this order, but under "
		  "this item in all not more than 50% of the principal of the pool at the cut-off date.",
		  "从专项计划账户中依次支付优先级资产支持证券当期应付利息和优先级资产支持证券当期应付本金，本项合计不超过初始资产池本金余额的50%。" },
		{ "Unless Senior A has been repaid in full, keep all that is left in the Plan account for the next payment date and pay "
		  "nothing under the items below.",
		  "除非优先级本金已全部偿付，剩余资金全部留存于专项计划账户，转入下期分配，不进行以下各项分配。" },
	};
	open_by_hand();
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
		if (sentences[i][0])
			expect_text("waterfall_text", i, "text", sentences[i][0], sentences[i][1]);
}
END_TEST

/* Licences back to firms have two layers; a pool of royalties says what depends on sales. */
START_TEST(structures_in_sentences)
{
	open_and_fill("deals/ex2-secondary-licence/deal.xml");
	ck_assert_ptr_nonnull(strstr(cell_of("structure_text", 0, "text")->en, "First licence: the firms license their rights"));
	ck_assert_ptr_nonnull(strstr(cell_of("structure_text", 0, "text")->en, "up front, CNY 301,000,000.00."));
	ck_assert_ptr_nonnull(strstr(cell_of("structure_text", 1, "text")->zh, "第二层许可"));
	ck_assert_uint_eq(table_of("contract_terms")->row_count, 22);
	expect_text("contract_terms", 0, "layer", "First licence", "第一层许可");
	expect("contract_terms", 0, "fee", 300000000);
	ck_assert(!cell_of("contract_terms", 0, "principal")->present);
	/* 14.95 % at most: nobody is important */
	ck_assert_ptr_null(weir_results_table(results, "important_debtors"));
	expect_text("ip_terms", 0, "method", "Income approach", "收益法");
	expect_text("ip_terms", 0, "licence", "Exclusive", "独占许可");
	expect_text("ip_terms", 0, "contracts", "L01", "L01");
}
END_TEST

START_TEST(royalties_depend_on_sales)
{
	open_and_fill("deals/ex7-copyright-abn/deal.xml");
	expect("risk_inputs", row_of("risk_inputs", "figure", "royalty-share"), "value", 1);
	expect("closing_flows", table_of("closing_flows")->row_count - 1, "amount", 150000000); /* cash into the account */
	expect("eligibility", 2, "failed", 0);
}
END_TEST

/* Formulas of criteria speak of one contract, and their faults are told where they stand. */
START_TEST(criteria_that_are_refused)
{
	static const char *const faults[][2] = {
		{ "ltv at most 60%\"", "pool.balance above 0\"" },   { "ltv at most 60%\"", "among(colour, red)\"" },
		{ "ltv at most 60%\"", "previous(ltv, 0) above 1\"" }, { "ltv at most 60%\"", "ltv\"" },
		{ "id=\"valued\"", "id=\"principal\"" },             { "id=\"valued\"", "id=\"A\"" },
	};
	static const char *const codes[] = { "[unknown-name]", "[unknown-column]", "[formula-call]", "[formula-type]", "[bad-id]",
		                             "[duplicate-id]" };
	char *text = io_replace(deal_text, faults[_i][0], faults[_i][1]);
	int said = 0;
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", text)), WEIR_EXIT_INPUT);
	const char *message = "";
	for (size_t i = 0; i < 5; i++) {
		message = weir_session_message(session, i, NULL);
		said |= message && strstr(message, codes[_i]) && strstr(message, "deal.xml:1");
		if (!message)
			break;
	}
	ck_assert_msg(said, "no %s", codes[_i]);
	free(text);
}
END_TEST

/* --- ties ------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *table;
	size_t row;
	const char *column, *says;
} broken[] = {
	{ "offered_classes", 0, "size", "table \"capital\"" },
	{ "offered_classes", 1, "size", "issue_total in table \"pool_overview\"" },
	{ "offered_classes", 0, "pool_share", "table \"pool_overview\"" },
	{ "pricing_helper", 0, "wal", "table \"offered_classes\"" },
	{ "payment_dates", 1, "days", "accrual_start" },
	{ "payment_dates", 1, "payment_date", "table \"periods\"" },
	{ "closing_flows", 2, "amount", "sum of the sources" },
	{ "eligibility", 1, "failed", "passed and failed" },
	{ "eligibility", 0, "tested", "table \"pool_overview\"" },
	{ "strat", 0, "principal", "pool_principal in table \"pool_overview\"" },
	{ "strat", 0, "contracts", "contract_count in table \"pool_overview\"" },
	{ "top_obligors", 0, "amount", "table \"pool_overview\"" },
	{ "top_obligors", 0, "share", "the whole" },
	{ "contract_terms", 0, "principal", "table \"pool_overview\"" },
	{ "asset_forecast", 0, "principal", "pool_principal" },
	{ "asset_forecast", 1, "total", "pool_receivable" },
	{ "asset_forecast", 1, "income", "principal and income" },
	{ "amortisation", 1, "closing", "opening less principal" },
	{ "amortisation", 2, "opening", "the closing before it" },
	{ "amortisation", 0, "opening", "table \"pool_overview\"" },
	{ "base_forecast", 0, "total_in", "comes in together" },
	{ "base_forecast", 1, "pool_income", "table \"periods\"" },
	{ "base_forecast", 1, "senior_interest_paid", "table \"offered_payments\"" },
	{ "offered_payments", 1, "principal_paid", "senior classes in table" },
	{ "offered_payments", 7, "other_paid", "subordinated_paid" },
	{ "fee_schedule", 1, "projected", "table \"base_forecast\"" },
	{ "tax_sample", 0, "charge", "the rate on the base" },
	{ "tax_sample", 0, "total", "tax and surcharges" },
	{ "tax_sample", 0, "paid", "taxes_paid of the period" },
	{ "enhancement_quantities", 0, "ratio", "table \"capital\"" },
	{ "enhancement_quantities", 1, "amount", "the pool less the issue" },
};

START_TEST(ties_that_break)
{
	weir_diags diags = { 0 };
	open_by_hand();
	weir_status status = weir_results_foot(results, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		weir_cell *cell = (weir_cell *)(uintptr_t)cell_of(broken[i].table, broken[i].row, broken[i].column);
		const weir_table *table = table_of(broken[i].table);
		weir_cell_type type = weir_cell_type_of(&table->columns[weir_table_column(table, broken[i].column)], cell);
		int said = 0;
		ck_assert_msg(cell->present, "%s.%s is empty", broken[i].table, broken[i].column);
		double kept = cell->number;
		cell->number += type == WEIR_CELL_RATE || type == WEIR_CELL_NUMBER ? 0.0001 : 1;
		weir_diags complaints = { 0 };
		ck_assert_msg(weir_results_foot(results, &complaints) == WEIR_INTERNAL, "%s.%s", broken[i].table, broken[i].column);
		for (size_t n = 0; n < complaints.count; n++)
			said |= strstr(complaints.items[n].text, broken[i].says) != NULL;
		ck_assert_msg(said, "%s.%s: %s", broken[i].table, broken[i].column, complaints.items[0].text);
		weir_diags_free(&complaints);
		cell->number = kept;
	}
	/* a coupon that is not the one interest was made with: by more than amounts per unit are rounded */
	weir_cell *coupon = (weir_cell *)(uintptr_t)cell_of("offered_payments", 0, "coupon");
	weir_diags complaints = { 0 };
	coupon->number += 0.0005;
	ck_assert_int_eq(weir_results_foot(results, &complaints), WEIR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(complaints.items[0].text, "coupon on the opening balance"));
	weir_diags_free(&complaints);
	weir_diags_free(&diags);
}
END_TEST

/* A year's principal beyond the size of the class. */
START_TEST(principal_beyond_the_size)
{
	weir_diags complaints = { 0 };
	int said = 0;
	open_by_hand();
	weir_cell *paid = (weir_cell *)(uintptr_t)cell_of("offered_payments", 0, "principal_paid");
	paid->number += 1;
	ck_assert_int_eq(weir_results_foot(results, &complaints), WEIR_INTERNAL);
	for (size_t n = 0; n < complaints.count; n++)
		said |= strstr(complaints.items[n].text, "the principal paid in table \"offered_payments\"") != NULL;
	ck_assert(said);
	weir_diags_free(&complaints);
}
END_TEST

/* What is written and read back still foots: figures are rounded to the decimals of the file then. */
START_TEST(read_back_it_foots)
{
	static const char *const deals[] = { "deals/ex2-secondary-licence/midlife.xml", "deals/ex7-copyright-abn/supported.xml",
		                             "deals/ledger-abn/deal.xml", "deals/xixian-risk-pool/government-led.xml",
		                             "tests/deals/unit-rounding/deal.xml", "tests/deals/yield-cap-carry/deal.xml",
		                             "tests/deals/usd-music/deal.xml", "deals/revolving-receivables/deal.xml" };
	weir_text xml = { 0 };
	weir_diags diags = { 0 };
	weir_results *again = NULL;
	open_and_fill(deals[_i]);
	weir_results_write_xml(results, &xml);
	ck_assert_int_eq(weir_text_status(&xml), WEIR_OK);
	ck_assert_int_eq(weir_results_read_xml(&again, "results.xml", xml.data, xml.length, &diags), WEIR_OK);
	weir_status status = weir_results_foot(again, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	weir_results_destroy(again);
	weir_text_free(&xml);
	weir_diags_free(&diags);
}
END_TEST

/* The forecast of an offering is that of the base case, whatever was run. */
START_TEST(stressed_runs_keep_the_base_case)
{
	static const char scenarios[] = "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"bad\" en=\"Bad\" zh=\"差\">"
	                                "<default contract=\"L2\" date=\"2025-05-01\"/></scenario></scenarios>\n";
	weir_diags diags = { 0 };
	io_write("scenarios.xml", scenarios);
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", deal_text)), WEIR_EXIT_DONE);
	ck_assert_int_eq(fill("bad"), WEIR_OK);
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
	/* 2,650,000.00 come in, of which F2's part is not in the run */
	expect("base_forecast", 0, "total_in", 265000000);
	ck_assert_double_lt(cell_of("periods", 1, "pool_principal")->number, 250000000);
	/* the helper prices both */
	expect_text("pricing_helper", 0, "scenario", "No defaults, no prepayments", "零违约、零早偿");
	expect_text("pricing_helper", 2, "scenario", "Bad", "差");
	weir_diags_free(&diags);
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	ck_assert_int_eq(weir_session_open(&session, io_write("deal.xml", deal_text)), WEIR_EXIT_DONE);
	for (long n = 1;; n += 1 + n / 20) {
		weir_alloc_fail_from(n);
		weir_status status = fill(NULL);
		weir_alloc_fail_from(0);
		int done = status == WEIR_OK && !results->failed;
		ck_assert_msg(done || status == WEIR_NO_MEMORY || (results && results->failed), "%d at %ld", status, n);
		weir_results_destroy(results);
		results = NULL;
		weir_case_free(&one);
		if (done)
			break;
		failed++;
	}
	ck_assert_int_gt(failed, 30);
}
END_TEST

Suite *weir_suite_api_offering(void)
{
	Suite *suite = suite_create("api_offering");
	TCase *test = tcase_create("api_offering");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 60);
	tcase_add_test(test, securities_by_hand);
	tcase_add_test(test, pool_by_hand);
	tcase_add_test(test, criteria_are_tested);
	tcase_add_test(test, taxes_and_fees_by_hand);
	tcase_add_test(test, enhancement_and_risks_by_hand);
	tcase_add_test(test, triggers_in_sentences);
	tcase_add_test(test, orders_in_sentences);
	tcase_add_test(test, structures_in_sentences);
	tcase_add_test(test, royalties_depend_on_sales);
	tcase_add_loop_test(test, criteria_that_are_refused, 0, 6);
	tcase_add_test(test, ties_that_break);
	tcase_add_test(test, principal_beyond_the_size);
	tcase_add_loop_test(test, read_back_it_foots, 0, 8);
	tcase_add_test(test, stressed_runs_keep_the_base_case);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
