/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_deal_check.c: checks of a deal's meaning, and look-ups by id. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "deal/scenario.h"
#include "reference_deals.h"

Suite *weir_suite_deal_check(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal; /* reference deal 5: twelve loans, concentration below 15 % and above 50 % */

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
	deal = reference_deal(arena, 5);
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

static int count_of(weir_code code)
{
	int count = 0;
	for (size_t i = 0; i < diags.count; i++)
		count += diags.items[i].code == code;
	return count;
}

static void check(void)
{
	weir_diags_free(&diags);
	weir_deal_check(deal, &diags);
}

/* After a check: one complaint of the code, with the severity and the words. */
static void complains(weir_code code, weir_severity severity, const char *words)
{
	check();
	ck_assert_msg(count_of(code) == 1, "%d complaints", count_of(code));
	for (size_t i = 0; i < diags.count; i++)
		if (diags.items[i].code == code) {
			ck_assert_int_eq(diags.items[i].severity, severity);
			ck_assert_msg(strstr(diags.items[i].text, words) != NULL, "%s", diags.items[i].text);
		}
}

START_TEST(a_sound_deal)
{
	check();
	ck_assert_uint_eq(diags.count, 0);
}
END_TEST

START_TEST(concentration_at_its_limits)
{
	/* 150 of 1000 is 15 % exactly; the largest five owe 150 + 88 + 87 + 87 + 87 = 499, then 500 */
	double sums[] = { 60, 150, 87, 87, 87, 88, 86, 85, 80, 86 }, total = 1000;
	deal->pool.obligor_count = 10;
	weir_deal_disclose_concentration(deal, sums, total, &diags);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "\"B02\" owes 15.00%"));
	sums[5] = 89; /* 500 */
	weir_diags_free(&diags);
	weir_deal_disclose_concentration(deal, sums, total, &diags);
	ck_assert_uint_eq(diags.count, 2);
	sums[1] = 149;
	weir_diags_free(&diags);
	weir_deal_disclose_concentration(deal, sums, total, &diags);
	ck_assert_uint_eq(diags.count, 0);
}
END_TEST

START_TEST(dates)
{
	deal->cutoff = date_of(20230415);
	complains(WEIR_CODE_DATE_ORDER, WEIR_ERROR, "cut-off \"2023-04-15\" is after the closing \"2023-04-14\"");
	deal->cutoff = WEIR_DATE_NONE;
	deal->legal_final = deal->closing;
	complains(WEIR_CODE_DATE_ORDER, WEIR_ERROR, "legal final date \"2023-04-14\"");
	deal->legal_final = WEIR_DATE_NONE;
	weir_date fixings[] = { date_of(20230101), date_of(20230201), date_of(20230201) };
	weir_index index = { .node.id = "LPR", .dates = fixings, .count = 3 };
	deal->indexes = &index;
	deal->index_count = 1;
	complains(WEIR_CODE_DATE_ORDER, WEIR_ERROR, "fixing \"2023-02-01\" of index \"LPR\"");
	deal->index_count = 0;
	deal->cutoff = date_of(20230414);
	deal->pool.contracts[2].first_due = date_of(20230413);
	complains(WEIR_CODE_CONTRACT_TERMS, WEIR_WARNING, "\"B03\" pays from \"2023-04-13\", before the cut-off");
}
END_TEST

static weir_ip ip[3];
static int links[4] = { 0, 1, 2, 1 };

/* B01 stands on items P1 and P2, B02 on P3 and P2; the loans end on 2024-03-25. */
static void add_ip(void)
{
	for (int i = 0; i < 3; i++)
		ip[i] = (weir_ip){ .id = i == 0 ? "P1" : i == 1 ? "P2" : "P3",
			           .expires = date_of(20240325),
			           .filed = WEIR_DATE_NONE,
			           .granted = WEIR_DATE_NONE,
			           .annuity_paid_to = WEIR_DATE_NONE,
			           .pledge_number = "Y2023-1",
			           .valuation_cents = NAN };
	deal->pool.ip = ip;
	deal->pool.ip_count = 3;
	deal->pool.contract_ip = links;
	deal->pool.contract_ip_count = 4;
	deal->pool.contracts[0].ip_count = deal->pool.contracts[1].ip_count = 2;
	deal->pool.contracts[1].ip_first = 2;
}

START_TEST(ip_that_expires)
{
	add_ip();
	check();
	ck_assert_uint_eq(diags.count, 0); /* expiry on the last due date is in time */
	ip[2].expires = date_of(20240324);
	ip[2].expires_derived = 1;
	complains(WEIR_CODE_IP_EXPIRES, WEIR_WARNING,
	          "item \"P3\" of contract \"B02\" expires on \"2024-03-24\" by its statutory term, before the "
	          "contract's last payment is due on \"2024-03-25\"");
	ip[2].expires = WEIR_DATE_NONE;
	ip[1].expires = date_of(20240101); /* behind both contracts */
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_IP_EXPIRES), 2);
}
END_TEST

START_TEST(ip_not_in_force)
{
	add_ip();
	ip[0].status = WEIR_IP_LAPSED;
	complains(WEIR_CODE_IP_STATUS, WEIR_WARNING, "\"P1\" is lapsed");
	ip[0].status = WEIR_IP_INVALIDATED;
	complains(WEIR_CODE_IP_STATUS, WEIR_WARNING, "\"P1\" is invalidated");
	ip[0].status = WEIR_IP_PENDING;
	complains(WEIR_CODE_IP_STATUS, WEIR_DISCLOSURE, "\"P1\" is applied for");
	ip[0].status = WEIR_IP_VALID;
	ip[0].disputed = 1;
	complains(WEIR_CODE_IP_STATUS, WEIR_DISCLOSURE, "\"P1\" is in dispute");
	ip[0].disputed = 0;
	ip[0].annuity_paid_to = date_of(20230414); /* the cut-off itself: not overdue */
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_IP_STATUS), 0);
	ip[0].annuity_paid_to = date_of(20230413);
	complains(WEIR_CODE_IP_STATUS, WEIR_WARNING, "annuity of item \"P1\" is paid to \"2023-04-13\" only");
}
END_TEST

START_TEST(pledges_without_registration)
{
	add_ip();
	ip[1].pledge_number = NULL;
	complains(WEIR_CODE_IP_STATUS, WEIR_DISCLOSURE, "2 of 4 pledges behind loans have no registration number (first: "
	                                                "item \"P2\" of contract \"B01\")");
	deal->pool.contracts[0].kind = WEIR_CONTRACT_LICENCE;
	complains(WEIR_CODE_IP_STATUS, WEIR_DISCLOSURE, "1 of 2 pledges");
}
END_TEST

START_TEST(amounts_that_must_agree)
{
	weir_contract *contract = &deal->pool.contracts[4];
	contract->upfront_cents = 1499999999;
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_SIZE_MISMATCH), 0); /* a loan has no first layer */
	contract->kind = WEIR_CONTRACT_SECONDARY_LICENCE;
	complains(WEIR_CODE_SIZE_MISMATCH, WEIR_WARNING,
	          "\"B05\" pays \"14999999.99\" up front and gets back \"15000000.00\"");
	contract->upfront_cents = contract->amount_cents;
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_SIZE_MISMATCH), 0);
	contract->deposit_cents = contract->amount_cents;
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_CONTRACT_TERMS), 0);
	contract->deposit_cents += 1;
	complains(WEIR_CODE_CONTRACT_TERMS, WEIR_WARNING, "deposit \"15000000.01\" of contract \"B05\"");
}
END_TEST

/* A class of 1,000,000.00 with rows that hold shares (or, above 1, cents). */
static void add_class(weir_class_style style, int count, const double *values)
{
	static weir_class class;
	static weir_schedule_row rows[8];
	for (int i = 0; i < count; i++)
		rows[i] = (weir_schedule_row){ .period = i + 1,
			                       .share = values[i] > 1.5 ? NAN : values[i],
			                       .amount_cents = values[i] > 1.5 ? values[i] : NAN };
	class = (weir_class){ .node.id = "A", .size_cents = 100000000, .style = style, .rows = rows, .row_count = count };
	deal->classes = &class;
	deal->class_count = 1;
}

START_TEST(shares_above_the_whole)
{
	add_class(WEIR_STYLE_PLANNED, 4, (double[]){ 0.1, 0.2, 0.3, 0.4 });
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_SHARE_SUM), 0);
	add_class(WEIR_STYLE_PLANNED, 6, (double[]){ 0.1, 0.1, 0.1, 0.1, 0.3, 0.300000000001 });
	complains(WEIR_CODE_SHARE_SUM, WEIR_ERROR, "planned principal of class \"A\"");
	add_class(WEIR_STYLE_PLANNED, 2, (double[]){ 0.25, 75000000 });
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_SHARE_SUM), 0);
	add_class(WEIR_STYLE_PLANNED, 2, (double[]){ 0.25, 75000001 });
	complains(WEIR_CODE_SHARE_SUM, WEIR_ERROR, "more than its size");
}
END_TEST

START_TEST(targets_never_grow)
{
	add_class(WEIR_STYLE_TARGET, 4, (double[]){ 0.883, 0.763, 0.763, 0 });
	check();
	ck_assert_uint_eq(diags.errors, 0);
	add_class(WEIR_STYLE_TARGET, 3, (double[]){ 0.5, 0.500000000001, 0 });
	complains(WEIR_CODE_SCHEDULE, WEIR_ERROR, "target 2 of class \"A\" is above the one before");
	add_class(WEIR_STYLE_TARGET, 2, (double[]){ 1.2, 0 });
	complains(WEIR_CODE_SHARE_SUM, WEIR_ERROR, "target 1 of class \"A\" is 120% of its size");
	add_class(WEIR_STYLE_TARGET, 2, (double[]){ 50000000, 0.6 });
	complains(WEIR_CODE_SCHEDULE, WEIR_ERROR, "target 2");
}
END_TEST

START_TEST(assumptions_are_disclosed_once_a_kind)
{
	weir_step child = { .node = { .id = "child", .note = "Assumption: order" } };
	weir_step step = { .node.id = "step", .kind = WEIR_STEP_WHEN, .children = &child, .child_count = 1 };
	weir_waterfall waterfall = { .node.id = "normal", .steps = &step, .step_count = 1 };
	deal->waterfalls = &waterfall;
	deal->waterfall_count = 1;
	add_ip();
	ip[0].note = "illustrative";
	ip[2].note = "ILLUSTRATIVE number";
	ip[1].note = "an illustrative note that does not begin so";
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_ASSUMPTION), 2);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "2 of 3 IP items"));
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "\"P1\", illustrative"));
	ck_assert_ptr_nonnull(strstr(diags.items[1].text, "1 of 2 steps"));
	ck_assert_ptr_nonnull(strstr(diags.items[1].text, "\"child\""));
}
END_TEST

/* One of one goes without numbers; of several the Chinese text counts, names the first by its Chinese name and quotes the
 * Chinese note. An English note alone is not quoted: its first word tells what it is. */
START_TEST(assumptions_are_disclosed_in_chinese)
{
	weir_waterfall waterfall = { .node = { .id = "normal", .note = "illustrative clauses" } };
	weir_account accounts[3] = {
		{ .node = { .id = "a", .zh = "收款账户" } },
		{ .node = { .id = "b", .zh = "储备账户", .note = "assumption: 2 %", .note_zh = "假设：2%" } },
		{ .node = { .id = "c", .note_zh = "示例账户" } },
	};
	deal->waterfalls = &waterfall;
	deal->waterfall_count = 1;
	deal->accounts = accounts;
	deal->account_count = 3;
	add_ip();
	for (int i = 0; i < 3; i++)
		ip[i].note = "illustrative number";
	ip[0].note_zh = "示例编号";
	check();
	ck_assert_int_eq(count_of(WEIR_CODE_ASSUMPTION), 3);
	ck_assert_str_eq(diags.items[0].zh, "3项知识产权均非交易文件的约定（首项：P1，示例编号）");
	ck_assert_str_eq(diags.items[1].zh, "3个账户中，2个并非交易文件的约定（首项：储备账户，假设：2%）");
	ck_assert_str_eq(diags.items[1].text,
		"2 of 3 accounts: not a term of the documents (first: \"b\", assumption: 2 %)");
	ck_assert_str_eq(diags.items[2].zh, "分配顺序并非交易文件的约定（示例）");
}
END_TEST

START_TEST(memory_may_run_out)
{
	deal->cutoff = date_of(20230415); /* after the closing: a complaint that finds no memory */
	weir_alloc_fail_from(1);
	weir_deal_check(deal, &diags);
	weir_alloc_fail_from(0);
	ck_assert_int_eq(weir_diags_status(&diags), WEIR_NO_MEMORY);
}
END_TEST

START_TEST(finding_and_naming)
{
	weir_party parties[] = { { .node.id = "lessor" }, { .node.id = "bank" } };
	weir_account accounts[] = { { .node.id = "collection" } };
	weir_fee fees[] = { { .node.id = "vat" }, { .node.id = "manager" } };
	weir_class classes[] = { { .node.id = "A" }, { .node = { 0 } }, { .node.id = "SUB" } };
	deal->parties = parties;
	deal->party_count = 2;
	deal->accounts = accounts;
	deal->account_count = 1;
	deal->fees = fees;
	deal->fee_count = 2;
	deal->classes = classes;
	deal->class_count = 3;
	ck_assert_int_eq(weir_deal_find_party(deal, "bank"), 1);
	ck_assert_int_eq(weir_deal_find_party(deal, "vat"), -1);
	ck_assert_int_eq(weir_deal_find_account(deal, "collection"), 0);
	ck_assert_int_eq(weir_deal_find_account(deal, NULL), -1);
	ck_assert_int_eq(weir_deal_find_fee(deal, "manager"), 1);
	ck_assert_int_eq(weir_deal_find_fee(deal, "Manager"), -1);
	ck_assert_int_eq(weir_deal_find_class(deal, "SUB"), 2);
	ck_assert_int_eq(weir_deal_find_class(deal, "B"), -1);
	weir_node node = { .id = "A", .zh = "优先" };
	ck_assert_str_eq(weir_node_name(&node, 0), "优先");
	node.en = "senior";
	ck_assert_str_eq(weir_node_name(&node, 0), "senior");
	ck_assert_str_eq(weir_node_name(&node, 1), "优先");
	node.zh = node.en = NULL;
	ck_assert_str_eq(weir_node_name(&node, 1), "A");
	weir_scenario items[] = { { .node.id = "S0" }, { .node.id = "S1" } };
	weir_scenarios scenarios = { .items = items, .count = 2 };
	ck_assert_ptr_eq(weir_scenarios_find(&scenarios, "S1"), &items[1]);
	ck_assert_ptr_null(weir_scenarios_find(&scenarios, "S2"));
	ck_assert_str_eq(weir_contract_kind_text(WEIR_CONTRACT_SECONDARY_LICENCE), "secondary-licence");
	ck_assert_str_eq(weir_ip_kind_text(WEIR_IP_UTILITY_MODEL), "utility-model");
}
END_TEST

/* --- support -------------------------------------------------------------------------------------------- */

START_TEST(supports_that_cover_nothing)
{
	weir_class classes[] = { { .node.id = "A", .size_cents = 7000000, .style = WEIR_STYLE_PASS_THROUGH },
		                 { .node.id = "SUB", .size_cents = 500, .style = WEIR_STYLE_RESIDUAL } };
	const char *items[] = { "A.interest", "SUB.rest", "SUB.principal", "A.principal" };
	weir_place places[4] = { { 0 } };
	weir_support support = { .node.id = "g", .covers = { 4, items, places } };
	deal->classes = classes;
	deal->class_count = 2;
	deal->supports = &support;
	deal->support_count = 1;
	complains(WEIR_CODE_STEP_INVALID, WEIR_ERROR, "\"SUB.principal\" is never due, so \"g\" covers nothing");
	items[2] = "A.interest";
	items[2] = "manager";
	check();
	ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

START_TEST(notes_without_a_structure_are_disclosed)
{
	weir_noted noted[] = { { .kind = "tails", .kind_zh = "期末兑付安排", .note = "assumption: half a year" },
		               { .kind = "trusts", .kind_zh = "信托要素", .note = "as written" },
		               { .kind = "trusts", .kind_zh = "信托要素" },
		               { .kind = "trusts", .kind_zh = "信托要素", .note = "Illustrative expense" } };
	deal->noted = noted;
	deal->noted_count = 4;
	check();
	ck_assert_uint_eq(diags.count, 2);
	ck_assert_str_eq(diags.items[0].text,
		"1 of 1 tails: not a term of the documents (first: assumption: half a year)");
	ck_assert_str_eq(diags.items[1].text,
		"1 of 3 trusts: not a term of the documents (first: Illustrative expense)");
	ck_assert_str_eq(diags.items[1].zh, "3项信托要素中，1项并非交易文件的约定（首项：示例）");
}
END_TEST

Suite *weir_suite_deal_check(void)
{
	Suite *suite = suite_create("deal_check");
	TCase *tests = tcase_create("check");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_sound_deal);
	tcase_add_test(tests, concentration_at_its_limits);
	tcase_add_test(tests, dates);
	tcase_add_test(tests, ip_that_expires);
	tcase_add_test(tests, ip_not_in_force);
	tcase_add_test(tests, pledges_without_registration);
	tcase_add_test(tests, amounts_that_must_agree);
	tcase_add_test(tests, shares_above_the_whole);
	tcase_add_test(tests, targets_never_grow);
	tcase_add_test(tests, assumptions_are_disclosed_once_a_kind);
	tcase_add_test(tests, assumptions_are_disclosed_in_chinese);
	tcase_add_test(tests, memory_may_run_out);
	tcase_add_test(tests, finding_and_naming);
	tcase_add_test(tests, supports_that_cover_nothing);
	tcase_add_test(tests, notes_without_a_structure_are_disclosed);
	suite_add_tcase(suite, tests);
	return suite;
}
