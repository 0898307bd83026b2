/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_edges.c: figures of studies where two classes, or earlier payments, would be mistaken for one another. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "engine_fixture.h"
#include "study/class_measures.h"
#include "study/financing_cost.h"
#include "study/measures.h"
#include "study/stress.h"

Suite *weir_suite_study_edges(void);

static engine_deal d;

static void setup(void)
{
	io_enter();
}

static void teardown(void)
{
	engine_close(&d);
	io_leave();
}

static weir_date day(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

/* A is owed 8,000.00 x 4 % / 4 = 80.00 a quarter, B behind it 2,000.00 x 8 % / 4 = 40.00. 121.00, 91.00 and 71.00 come in:
 * all is paid in March, B misses 29.00 on 15 June, A misses 9.00 on 15 September. The row is short from B's day on,
 * though A comes first in the file. */
static const char two_seniors[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"8000.00\" coupon=\"4%\"><principal style=\"bullet\" maturity=\"2024-12-15\"/></class>\n"
	"<class id=\"B\" size=\"2000.00\" coupon=\"8%\"><principal style=\"bullet\" maturity=\"2024-12-15\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest B.interest A.principal B.principal SUB.rest\"/>"
	"</waterfall></waterfalls>\n";

START_TEST(first_short_of_any_senior_class)
{
	weir_stress found;
	engine_open_text(&d, engine_text((const double[]){ 100, 100, 100, 1200000 },
	                                 (const double[]){ 12000, 9000, 7000, 90000 }, two_seniors));
	ck_assert_int_eq(weir_stress_run(&found, d.arena, d.plan, &(weir_stress_terms){ 0 }, &d.load.diags), WEIR_OK);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_int_eq(found.rows[0].classes[0].first_short, day("2024-09-15"));
	ck_assert_int_eq(found.rows[0].classes[1].first_short, day("2024-06-15"));
	ck_assert_int_eq(found.rows[0].first_short, day("2024-06-15"));
	ck_assert_double_eq(found.rows[0].senior_interest_short + found.rows[0].senior_principal_short, 0);
	ck_assert(!found.rows[0].survives);
}
END_TEST

/* B repays 500.00 on 15 March with its interest since 15 December, 500.00 x 4 % x 90/360 = 5.00. On 30 July, 225 days
 * behind the start, interest on the 1,500.00 that are left has accrued: 1,500.00 x 4 % x 225/360 = 37.50. */
static const char repays_early[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"B\" size=\"2000.00\" coupon=\"4%\" interest=\"with-principal\"><principal style=\"planned\">"
	"<row period=\"1\" amount=\"500.00\"/><row period=\"4\" amount=\"1500.00\"/></principal></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"B.interest B.principal SUB.rest\"/></waterfall></waterfalls>\n";

START_TEST(accrued_without_what_was_paid)
{
	weir_class_flows k;
	engine_open_text(&d, engine_text((const double[]){ 60000, 10000, 10000, 180000 },
	                                 (const double[]){ 1000, 1000, 1000, 1000 }, repays_early));
	weir_block *block = engine_run(&d, NULL, 0);
	const weir_run *run = weir_block_result(block);
	ck_assert_double_eq(engine_value(&d, block, "B.interest_paid", 1), 500);
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, run, 0, 0, day("2024-07-30")), WEIR_OK);
	ck_assert_double_eq(k.face_cents, 150000);
	ck_assert_double_eq_tol(k.accrued_cents, 3750, 1e-9);
	weir_block_destroy(block);
}
END_TEST

/* A takes 10,000.00 x 8 % / 4 = 200.00 a quarter, then the line's fee, 1,000.00 x 4 % / 4 = 10.00. 200.00 come in first:
 * the fee of March stays, and in June 20.00 are due and paid, of which only 10.00 are June's. */
static const char line_of_credit[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest LINE.fee A.principal LINE.repay SUB.rest\"/></waterfall>"
	"</waterfalls>\n"
	"<support><liquidity id=\"LINE\" party=\"backer\" covers=\"A.interest\" limit=\"1000 yuan\" commitment-rate=\"4%\" "
	"day-count=\"30E/360\"/></support>\n";

START_TEST(a_carried_fee_is_charged_once)
{
	weir_deal_figures f;
	engine_open_text(&d, engine_text((const double[]){ 100, 100, 100, 1100000 },
	                                 (const double[]){ 19900, 25000, 25000, 90000 }, line_of_credit));
	weir_block *block = engine_run(&d, NULL, 0);
	ck_assert_int_eq(weir_measure(&f, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0), WEIR_OK);
	ck_assert(f.periods[1].fees == 1000 && f.periods[1].fees_paid == 0);
	ck_assert(f.periods[2].fees == 1000 && f.periods[2].fees_paid == 2000);
	ck_assert(f.periods[3].fees == 1000 && f.periods[3].fees_paid == 1000);
	weir_block_destroy(block);
}
END_TEST

/* Two firms borrow 1,000.00 each on 15 December 2022 without interest; O1 repays after 730 days, O2 after 365, each
 * with a grant of 10 % on that day. Together 2,000.00 = 900.00 v + 900.00 v^2 with v = 1 / (1 + i): v = (sqrt(1 + 80/9) -
 * 1) / 2. */
static const char two_firms[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"grants\" kind=\"abs\" currency=\"CNY\">\n"
	"<dates closing=\"2022-12-15\" start=\"2022-12-15\" legal-final=\"2026-12-15\">\n"
	"<payment first=\"2023-12-31\" every=\"12 months\" count=\"2\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/><calculation offset=\"-5 business days\"/></dates>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" amount=\"1000.00\" repayment=\"explicit\">\n"
	"<instalment date=\"2024-12-14\" principal=\"1000.00\" income=\"0.00\"/></contract>\n"
	"<contract id=\"K2\" kind=\"loan\" obligor=\"O2\" obligor-en=\"Two\" amount=\"1000.00\" repayment=\"explicit\">\n"
	"<instalment date=\"2023-12-15\" principal=\"1000.00\" income=\"0.00\"/></contract></pool>\n"
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"2000.00\" coupon=\"2%\"><principal style=\"pass-through\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal\"/></waterfall></waterfalls></deal>\n";

START_TEST(grants_come_with_each_firms_last_payment)
{
	weir_financing_costs found;
	weir_subsidy grant = { .kind = WEIR_SUBSIDY_ISSUE, .rate = 0.1, .annual_rate = NAN, .cap_obligor_cents = INFINITY,
		               .cap_cents = INFINITY };
	engine_open_text(&d, two_firms);
	d.load.deal->subsidies = &grant;
	d.load.deal->subsidy_count = 1;
	ck_assert_int_eq(weir_financing_cost_measure(&found, d.arena, d.pool), WEIR_OK);
	ck_assert_int_eq(found.count, 3);
	ck_assert_double_eq_tol(found.items[0].irr_after, sqrt(0.9) - 1, 1e-12);
	ck_assert_double_eq_tol(found.items[1].irr_after, 0.9 - 1, 1e-12);
	ck_assert_double_eq_tol(found.items[2].irr_before, 0, 1e-12);
	ck_assert_double_eq_tol(found.items[2].irr_after, 2 / (sqrt(1 + 80.0 / 9) - 1) - 1, 1e-12);
}
END_TEST

/* 300.00 come in each quarter, A's interest takes 10,000.00 x 8 % / 4 = 200.00 at first: 1.5 times. The servicer fails on
 * 25 May and loses a month's collections, all of the second quarter's. */
static const char with_servicer[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal SUB.rest\"/></waterfall></waterfalls>\n"
	"<servicing party=\"backer\" transfer=\"1 month\"/>\n";

START_TEST(coverage_without_what_was_lost)
{
	weir_deal_figures f;
	weir_shock fails = { .kind = WEIR_SHOCK_SERVICER, .scope = WEIR_SCOPE_ALL, .from = day("2024-05-25"),
		             .to = WEIR_DATE_NONE, .months = -1 };
	weir_scenario scenario = { .node = { .id = "LOST" }, .shocks = &fails, .shock_count = 1 };
	engine_open_text(&d, engine_text((const double[]){ 10000, 10000, 10000, 970000 },
	                                 (const double[]){ 20000, 20000, 20000, 20000 }, with_servicer));
	weir_block *block = engine_run(&d, &scenario, 0);
	ck_assert_int_eq(weir_measure(&f, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0), WEIR_OK);
	ck_assert_double_eq(engine_value(&d, block, "servicing.lost", 2), 30000);
	ck_assert_double_eq(f.periods[1].coverage_period, 1.5);
	ck_assert_double_eq(f.periods[2].coverage_period, 0);
	ck_assert_double_eq(f.periods[2].coverage, 0);
	weir_block_destroy(block);
}
END_TEST

/* A plans to repay 500.00 twice. March: 310.00 for 1,000.00 x 4 % / 4 = 10.00 and 300.00. June: 720.00 for 7.00 and 500.00.
 * What fell due anew is 510.00 + 507.00; the 200.00 that March missed are not due twice. */
static const char behind_plan[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"1000.00\" coupon=\"4%\"><principal style=\"planned\">"
	"<row period=\"1\" amount=\"500.00\"/><row period=\"2\" amount=\"500.00\"/></principal></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal SUB.rest\"/></waterfall></waterfalls>\n";

START_TEST(cumulative_coverage_of_a_plan)
{
	weir_deal_figures f;
	engine_open_text(&d, engine_text((const double[]){ 30000, 70000, 10000, 20000 },
	                                 (const double[]){ 1000, 2000, 1000, 1000 }, behind_plan));
	weir_block *block = engine_run(&d, NULL, 0);
	ck_assert_int_eq(weir_measure(&f, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0), WEIR_OK);
	ck_assert_double_eq(engine_value(&d, block, "A.principal_unpaid", 1), 20000);
	ck_assert_double_eq_tol(f.periods[1].cumulative_coverage, 310.0 / 510, 1e-15);
	ck_assert_double_eq_tol(f.periods[2].cumulative_coverage, (310.0 + 720) / (510 + 507), 1e-15);
	weir_block_destroy(block);
}
END_TEST

/* 50.00 of March's 300.00 buy assets that bring 50.00 and 50.00 x 4 % / 4 = 0.50 in June. A is owed 200.00, then 199.00 on
 * the 9,950.00 that are left: money that was spent and comes back is counted once, (300.00 - 50.00 + 350.50) / 399.00. */
static const char with_purchase[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest\"/><purchase to=\"TOP\" from=\"cash\" amount=\"50 yuan\" "
	"when=\"period = 1\"/><pay what=\"A.principal SUB.rest\"/></waterfall></waterfalls>\n"
	"<revolvings><revolving id=\"TOP\" periods=\"1\" price=\"100%\" rate=\"4%\" day-count=\"30E/360\" to=\"cash\"/>"
	"</revolvings>\n";

START_TEST(what_is_bought_is_counted_once)
{
	weir_deal_figures f;
	engine_open_text(&d, engine_text((const double[]){ 10000, 10000, 10000, 970000 },
	                                 (const double[]){ 20000, 20000, 20000, 20000 }, with_purchase));
	weir_block *block = engine_run(&d, NULL, 0);
	ck_assert_int_eq(weir_measure(&f, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0), WEIR_OK);
	ck_assert_double_eq(engine_value(&d, block, "A.interest_due", 2), 19900);
	ck_assert_double_eq_tol(f.periods[1].cumulative_coverage, 250.0 / 200, 1e-15);
	ck_assert_double_eq_tol(f.periods[2].cumulative_coverage, 600.5 / 399, 1e-15);
	weir_block_destroy(block);
}
END_TEST

/* 200.00 of 1,000.00 fall due between the cut-off date and the closing: as if paid on it. 800.00 are left for 365 days,
 * with 40.00 of interest: 5 %. */
static const char due_before_closing[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"early\" kind=\"abs\" currency=\"CNY\">\n"
	"<dates cutoff=\"2022-11-15\" closing=\"2022-12-15\" start=\"2022-12-15\" legal-final=\"2026-12-15\">\n"
	"<payment first=\"2023-12-31\" every=\"12 months\" count=\"2\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/><calculation offset=\"-5 business days\"/></dates>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" amount=\"1000.00\" repayment=\"explicit\">\n"
	"<instalment date=\"2022-12-01\" principal=\"200.00\" income=\"0.00\"/>\n"
	"<instalment date=\"2023-12-15\" principal=\"800.00\" income=\"40.00\"/></contract></pool>\n"
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"2000.00\" coupon=\"2%\"><principal style=\"pass-through\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal\"/></waterfall></waterfalls></deal>\n";

START_TEST(what_fell_due_before_the_closing)
{
	weir_financing_costs found;
	engine_open_text(&d, due_before_closing);
	ck_assert_int_eq(weir_financing_cost_measure(&found, d.arena, d.pool), WEIR_OK);
	ck_assert_double_eq_tol(found.items[0].average_financing, 80000, 1e-9);
	ck_assert_double_eq_tol(found.items[0].rate_before, 0.05, 1e-15);
	ck_assert_double_eq_tol(found.items[0].irr_before, 0.05, 1e-12);
}
END_TEST

Suite *weir_suite_study_edges(void)
{
	Suite *suite = suite_create("study_edges");
	TCase *test = tcase_create("study_edges");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, first_short_of_any_senior_class);
	tcase_add_test(test, accrued_without_what_was_paid);
	tcase_add_test(test, a_carried_fee_is_charged_once);
	tcase_add_test(test, coverage_without_what_was_lost);
	tcase_add_test(test, cumulative_coverage_of_a_plan);
	tcase_add_test(test, what_is_bought_is_counted_once);
	tcase_add_test(test, what_fell_due_before_the_closing);
	tcase_add_test(test, grants_come_with_each_firms_last_payment);
	suite_add_tcase(suite, test);
	return suite;
}
