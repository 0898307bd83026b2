/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_support.c: support drawn, delayed, returned and repaid, calls, counted triggers: worked out by hand. */
#include <check.h>
#include <stdio.h>

#include "engine_fixture.h"

Suite *weir_suite_engine_support(void);

/* Collected: 1300.00, 700.00, 1300.00, 8300.00. Class A: 10,000.00 at 8 %, 2 % a quarter (30E/360); its balance is to
 * fall to 9,000.00, 8,000.00, 7,000.00 and nothing. Without support it is paid
 *   1: 200.00 + 1000.00, left 100.00        2: 180.00 + 520.00 of 1000.00
 *   3: 8,480.00 x 2 % = 169.60 + 1130.40 of 1480.00        4: 7,349.60 x 2 % = 146.99 + 7349.60, left 803.41 */
static const double principal[] = { 100000, 40000, 100000, 800000 }, income[] = { 30000, 30000, 30000, 30000 };

#define ACCOUNT "<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
#define SUB "<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
#define CLASSES                                                                                                        \
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"target\"><row period=\"1\" share=\"90%\"/>"  \
	"<row period=\"2\" share=\"80%\"/><row period=\"3\" share=\"70%\"/><row period=\"4\" share=\"0%\"/></principal></class>\n" SUB
#define COVERS "covers=\"A.interest A.principal\""

static engine_deal hand;
static weir_block *block;

static void setup(void)
{
	io_enter();
	hand = (engine_deal){ 0 };
	block = NULL;
}

static void teardown(void)
{
	weir_block_destroy(block);
	if (hand.arena)
		engine_close(&hand);
	io_leave();
}

static void run_hand(const char *body)
{
	engine_open_text(&hand, engine_text(principal, income, body));
	block = engine_run(&hand, NULL, 1);
}

static void expect(const char *name, double first, double second, double third, double fourth)
{
	const double cents[] = { first, second, third, fourth };
	for (int p = 1; p <= 4; p++)
		ck_assert_msg(engine_value(&hand, block, name, p) == cents[p - 1], "%s in period %d: %.2f, by hand %.2f", name, p,
		              engine_value(&hand, block, name, p) / 100, cents[p - 1] / 100);
}

/* Drawn in period 2: 1000.00 - 520.00. Period 3: 8,000.00 x 2 % = 160.00, principal 1000.00, so 140.00 comes back;
 * period 4: 140.00 + 7000.00, then the other 340.00, and 820.00 is left. */
START_TEST(a_draw_is_repaid)
{
	run_hand(ACCOUNT CLASSES
	         "<support><shortfall-payer id=\"payer\" party=\"backer\" " COVERS " cap=\"600.00\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal payer.repay SUB.rest\"/></waterfall></waterfalls>");
	expect("payer.shortfall", 0, 48000, 0, 0);
	expect("payer.drawn", 0, 48000, 0, 0);
	expect("payer.outstanding", 0, 48000, 34000, 0);
	expect("payer.repaid", 0, 0, 14000, 34000);
	expect("payer.available", 60000, 60000, 12000, 12000); /* what is repaid does not restore the cap */
	expect("A.principal_paid", 100000, 100000, 100000, 700000);
	expect("A.principal_unpaid", 0, 0, 0, 0);
	expect("SUB.rest_paid", 10000, 0, 0, 82000);
}
END_TEST

/* The first pays 300.00 of the 480.00, the second its whole capacity of 170.00; 10.00 stays unpaid. Period 3: 8,010.00 x
 * 2 % = 160.20, principal 1010.00, left 129.80 for the second. Period 4: 140.00 + 7000.00; 40.20 + 300.00; left 819.80. */
START_TEST(payers_are_called_in_order)
{
	run_hand(ACCOUNT CLASSES
	         "<support><shortfall-payer id=\"two\" party=\"second\" order=\"2\" " COVERS "/>\n"
	         "<shortfall-payer id=\"one\" party=\"backer\" order=\"1\" " COVERS " cap-period=\"300.00\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal two.repay one.repay SUB.rest\"/></waterfall>"
	         "</waterfalls>");
	expect("one.shortfall", 0, 48000, 0, 0);
	expect("two.shortfall", 0, 18000, 0, 0);
	expect("one.drawn", 0, 30000, 0, 0);
	expect("two.drawn", 0, 17000, 0, 0);
	expect("second.capacity", 17000, 0, 0, 0); /* nor is its capacity */
	expect("A.principal_unpaid", 0, 1000, 0, 0);
	expect("A.interest_paid", 20000, 18000, 16020, 14000);
	expect("two.repaid", 0, 0, 12980, 4020);
	expect("one.repaid", 0, 0, 0, 30000);
	expect("SUB.rest_paid", 10000, 0, 0, 81980);
}
END_TEST

/* Called on 10 June (period 2), due two months later, so it arrives with the calculation of 9 September. By then A needs
 * 349.60 of the 480.00; the rest goes back the same day. Period 4: 140.00 + 7000.00, repaid 349.60, left 810.40. */
START_TEST(a_delayed_draw_returns_what_it_no_longer_needs)
{
	run_hand(ACCOUNT CLASSES
	         "<support><shortfall-payer id=\"payer\" party=\"backer\" " COVERS " delay=\"2 months\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal payer.repay SUB.rest\"/></waterfall></waterfalls>");
	expect("payer.shortfall", 0, 48000, 0, 0);
	expect("payer.drawn", 0, 0, 34960, 0);
	expect("payer.returned", 0, 0, 13040, 0);
	expect("payer.drawn_total", 0, 48000, 34960, 34960);
	expect("A.principal_unpaid", 0, 48000, 0, 0);
	expect("A.interest_paid", 20000, 18000, 16960, 14000);
	expect("payer.repaid", 0, 0, 0, 34960);
	expect("SUB.rest_paid", 10000, 0, 0, 81040);
}
END_TEST

/* Five months: called on 10 June, it comes with the calculation of 9 December (period 4). In period 3 the missing 349.60 are
 * on their way already; in period 4 nothing is missing any more. */
START_TEST(what_is_under_way_is_not_called_again)
{
	run_hand(ACCOUNT CLASSES
	         "<support><shortfall-payer id=\"payer\" party=\"backer\" " COVERS " delay=\"5 months\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal payer.repay SUB.rest\"/></waterfall></waterfalls>");
	expect("payer.shortfall", 0, 48000, 34960, 0);
	expect("payer.drawn_total", 0, 48000, 48000, 0);
	expect("payer.returned", 0, 0, 0, 48000);
	expect("payer.drawn", 0, 0, 0, 0);
	expect("A.principal_unpaid", 0, 48000, 34960, 0);
	expect("SUB.rest_paid", 10000, 0, 0, 80341);
}
END_TEST

/* Commitment 400.00: its fee is 1 % a year of what is not drawn, its interest 6 % of what is.
 *   1: fee 1.00; 200.00 + 1000.00; left 99.00
 *   2: fee 1.00; 180.00; 519.00 of 1000.00, short by 481.00: all 400.00 are drawn, 81.00 stay unpaid
 *   3: interest 400.00 x 1.5 % = 6.00; 8,081.00 x 2 % = 161.62; 1081.00; left 51.38 come back
 *   4: fee 51.38 x 0.25 % = 0.12845, 0.13; interest 348.62 x 1.5 % = 5.2293, 5.23; 140.00 + 7000.00; 348.62; left 806.02 */
START_TEST(a_facility_costs_and_revolves)
{
	run_hand(ACCOUNT CLASSES
	         "<support><liquidity id=\"lf\" party=\"backer\" " COVERS " limit=\"400.00\" draw-rate=\"6%\" "
	         "commitment-rate=\"1%\" day-count=\"30E/360\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"lf.fee lf.interest A.interest A.principal lf.repay SUB.rest\"/>"
	         "</waterfall></waterfalls>");
	expect("lf.fee_paid", 100, 100, 0, 13);
	expect("lf.interest_paid", 0, 0, 600, 523);
	expect("lf.drawn", 0, 40000, 0, 0);
	expect("lf.repaid", 0, 0, 5138, 34862);
	expect("lf.drawn_total", 0, 40000, 34862, 0);
	expect("lf.available", 40000, 40000, 0, 5138);
	expect("A.principal_unpaid", 0, 8100, 0, 0);
	expect("SUB.rest_paid", 9900, 0, 0, 80602);
}
END_TEST

/* A covers only interest: nothing is missing of it, for the cash pays interest first. B's interest of 5.00 a quarter
 * (2 % of 250.00) stands behind A's principal: missing in periods 2 and 3. */
START_TEST(scope_is_what_it_says)
{
	run_hand(ACCOUNT
	         "<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"target\"><row period=\"1\" share=\"90%\"/>"
	         "<row period=\"2\" share=\"80%\"/><row period=\"3\" share=\"70%\"/><row period=\"4\" share=\"0%\"/></principal></class>\n"
	         "<class id=\"B\" size=\"250.00\" coupon=\"8%\"><principal style=\"bullet\" maturity=\"2024-12-15\"/></class>\n" SUB
	         "<support><guarantee id=\"g\" party=\"backer\" covers=\"A.interest B.interest\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal B.interest B.principal g.repay SUB.rest\"/>"
	         "</waterfall></waterfalls>");
	expect("g.drawn", 0, 500, 500, 0);
	expect("B.interest_unpaid", 0, 0, 0, 0);
	expect("A.principal_unpaid", 0, 48000, 34960, 0);
	/* 4: 8300.00 - 146.99 - 7349.60 - 5.00 - 250.00 = 548.41, less 10.00 repaid */
	expect("g.repaid", 0, 0, 0, 1000);
	expect("SUB.rest_paid", 9500, 0, 0, 53841);
}
END_TEST

/* A passes through all it gets, so it misses nothing before the last period: then its balance counts.
 *   1: 200.00 + 1100.00     2: 8,900.00: 178.00 + 522.00     3: 8,378.00: 167.56 + 1132.44
 *   4: 7,245.56: 144.91 + 7245.56 of 8155.09. To miss something the coupon is 24 %: 6 % a quarter
 *   1: 600.00 + 700.00      2: 9,300.00: 558.00 + 142.00      3: 9,158.00: 549.48 + 750.52
 *   4: 8,407.48: 504.45 (504.4488) + 7795.55, so 611.93 is missing */
START_TEST(a_balance_counts_at_the_end)
{
	run_hand(ACCOUNT "<classes><class id=\"A\" size=\"10000.00\" coupon=\"24%\"><principal style=\"pass-through\"/></class>\n" SUB
	         "<support><guarantee id=\"g\" party=\"backer\" " COVERS "/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal g.repay SUB.rest\"/></waterfall></waterfalls>");
	expect("g.drawn", 0, 0, 0, 61193);
	expect("A.principal_paid", 70000, 14200, 75052, 840748);
	expect("A.balance", 930000, 915800, 840748, 0);
}
END_TEST

/* Tops up to 900.00 of collections: 200.00 in period 2, from 170.00 of capacity.
 *   2: 870.00 - 180.00 = 690.00 of principal      3: 8,310.00: 166.20 + 1133.80 of 1310.00
 *   4: 7,176.20: 143.52 (143.524) + 7176.20, repaid 170.00, left 810.28 */
START_TEST(a_top_up_has_no_purse)
{
	run_hand(ACCOUNT CLASSES
	         "<support><top-up id=\"aid\" party=\"second\" amount=\"max(900.00 - pool.collected, 0.00)\" to=\"cash\"/></support>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal aid.repay SUB.rest\"/></waterfall></waterfalls>");
	expect("aid.drawn", 0, 17000, 0, 0);
	expect("A.principal_paid", 100000, 69000, 113380, 717620);
	expect("SUB.rest_paid", 10000, 0, 0, 81028);
	expect("aid.outstanding", 0, 17000, 17000, 0);
}
END_TEST

/* Tests that hold: "below 1500.00" in periods 1 to 3, not in 4. Two in a row fire; one clean one cures, or two do. */
START_TEST(tests_are_counted)
{
	run_hand(ACCOUNT CLASSES
	         "<triggers><trigger id=\"ONE\" tested=\"before\" consecutive=\"2\" test=\"pool.collected below 1500.00\"/>\n"
	         "<trigger id=\"TWO\" tested=\"before\" consecutive=\"2\" cure=\"2\" test=\"pool.collected below 1500.00\"/>\n"
	         "<trigger id=\"ALT\" tested=\"before\" consecutive=\"2\" test=\"pool.collected below 1000.00\"/>\n"
	         "<trigger id=\"CURE\" tested=\"before\" cure=\"2\" test=\"pool.collected below 1000.00\"/>\n"
	         "<trigger id=\"STAY\" tested=\"before\" consecutive=\"3\" sticky=\"yes\" test=\"pool.collected below 1500.00\"/></triggers>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal\"/><pay what=\"SUB.rest\" "
	         "when=\"not (ONE and TWO and ALT and CURE and STAY)\"/></waterfall></waterfalls>");
	expect("ONE", 0, 1, 1, 0);
	expect("TWO", 0, 1, 1, 1);
	expect("ALT", 0, 0, 0, 0);
	expect("CURE", 0, 1, 1, 0);
	expect("STAY", 0, 0, 1, 1);
	for (int t = 0; t < 5; t++)
		ck_assert(!weir_plan_registers(hand.plan)->triggers[t].negated);
}
END_TEST

/* One comparison under an odd number of "not"s fires where it fails; one beside another does not. */
START_TEST(a_negated_test_is_known)
{
	run_hand(ACCOUNT CLASSES
	         "<triggers><trigger id=\"A1\" tested=\"after\" test=\"not pool.collected above 1.00\"/>\n"
	         "<trigger id=\"A2\" tested=\"after\" test=\"not (not (pool.collected above 1.00))\"/>\n"
	         "<trigger id=\"A3\" tested=\"after\" test=\"(not pool.collected above 1.00) or A.balance below 1.00\"/></triggers>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal\"/><pay what=\"SUB.rest\" "
	         "when=\"not (A1 and A2 and A3)\"/></waterfall></waterfalls>");
	ck_assert(weir_plan_registers(hand.plan)->triggers[0].negated);
	ck_assert(!weir_plan_registers(hand.plan)->triggers[1].negated);
	ck_assert(!weir_plan_registers(hand.plan)->triggers[2].negated);
}
END_TEST

/* The pool stands at 9,400.00 and 9,000.00. With 9,000.00 or less it is sold for 90 %, costs 100.00: 8,000.00 net in
 * period 2. 700.00 + 8000.00 - 180.00 = 8520.00 of 9,000.00; nothing more comes, so 9.60 of interest a quarter is
 * missed: 480.00 x 2 %. */
START_TEST(a_sold_pool_pays_no_more)
{
	run_hand(ACCOUNT CLASSES
	         "<calls><clean-up id=\"call\" when=\"pool.balance at most 9000.00\" price=\"90% * pool.balance\" cost=\"100.00\"/></calls>\n"
	         "<waterfalls><waterfall id=\"called\" when=\"call\"><pay what=\"A.interest A.balance SUB.rest\"/></waterfall>"
	         "<waterfall id=\"w\"><pay what=\"A.interest A.principal SUB.rest\"/></waterfall></waterfalls>");
	expect("call", 0, 1, 1, 1);
	expect("call.proceeds", 0, 800000, 0, 0);
	expect("call.costs", 0, 10000, 0, 0);
	expect("pool.balance", 940000, 0, 0, 0);
	expect("pool.principal", 100000, 40000, 0, 0);
	expect("A.principal_paid", 100000, 852000, 0, 0);
	expect("A.interest_unpaid", 0, 0, 960, 1920);
}
END_TEST

/* The coupon rises by 50 bp in the period after a test that held after the waterfall (period 2), the fee from 0.4 % to
 * 0.6 % a year of the balance: 3: 8,480.00 + what the fee took. Fees: 10,000.00 x 0.1 % = 10.00; 9.00; raised 8,489.00
 * x 0.15 % = 12.7335, 12.73; then 0.1 % of what is left. */
START_TEST(events_raise_coupons_and_fees)
{
	run_hand(ACCOUNT
	         "<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/>"
	         "<raise when=\"LOW\" add=\"50bp\"/></class>\n" SUB
	         "<fees><fee id=\"servicer\" base=\"A.balance\" rate=\"0.4%\" day-count=\"30E/360\" raised-when=\"LOW\" "
	         "raised-rate=\"0.6%\"/></fees>\n"
	         "<triggers><trigger id=\"LOW\" tested=\"after\" test=\"pool.collected below 1000.00\"/></triggers>\n"
	         "<waterfalls><waterfall id=\"w\"><pay what=\"servicer A.interest A.principal\"/><pay what=\"SUB.rest\"/></waterfall>"
	         "</waterfalls>");
	/* 1: 10.00 + 200.00 + 1090.00   2: 8,910.00: 8.91 + 178.20 + 512.89   3: 8,397.11: 12.595665, 12.60; 2.125 %:
	 * 178.4385875, 178.44; 1108.96   4: 7,288.15: 7.28815, 7.29; 145.763, 145.76; 7288.15 */
	expect("A.coupon", 0.08, 0.08, 0.085, 0.08);
	expect("servicer.paid", 1000, 891, 1260, 729);
	expect("A.interest_paid", 20000, 17820, 17844, 14576);
	expect("A.principal_paid", 109000, 51289, 110896, 728815);
}
END_TEST

/* Period 1 buys for 400.00 at 98 %: 408.16 of principal (400 / 0.98 = 408.1633), back in three parts: 136.05, 136.06,
 * 136.05 (cumulative 136.0533, 272.1067, 408.16); income 6 % a year: 6.12 (6.1224), 4.08 (272.11 x 1.5 % = 4.08165),
 * 2.04 (136.05 x 1.5 % = 2.04075). A is paid
 *   1: 200.00 + 700.00                            2: 842.17 - 186.00 = 656.17
 *   3: 8,643.83: 172.88 + 1267.26 of 1643.83      4: 7,376.57: 147.53 + 7376.57, left 913.99 */
START_TEST(a_purchase_pays_back)
{
	run_hand(ACCOUNT CLASSES
	         "<revolvings><revolving id=\"aid\" periods=\"3\" price=\"98%\" rate=\"6%\" day-count=\"30E/360\"/></revolvings>\n"
	         "<waterfalls><waterfall id=\"w\"><purchase to=\"aid\" amount=\"400.00\" when=\"period = 1\"/>"
	         "<pay what=\"A.interest A.principal SUB.rest\"/></waterfall></waterfalls>");
	expect("aid.purchased", 40000, 0, 0, 0);
	expect("aid.balance", 40816, 27211, 13605, 0);
	expect("aid.principal", 0, 13605, 13606, 13605);
	expect("aid.income", 0, 612, 408, 204);
	expect("A.principal_paid", 70000, 65617, 126726, 737657);
	expect("SUB.rest_paid", 0, 0, 0, 91399);
}
END_TEST

/* A formula of a support cannot use what only its own call, or a later one's, tells. */
START_TEST(a_support_does_not_ask_itself)
{
	engine_try_text(&hand, engine_text(principal, income,
	        ACCOUNT CLASSES
	        "<support><shortfall-payer id=\"one\" party=\"backer\" " COVERS " when=\"two.shortfall above 1.00\"/>\n"
	        "<shortfall-payer id=\"two\" party=\"backer\" order=\"2\" " COVERS " when=\"two.available above 1.00\"/></support>\n"
	        "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal one.repay two.repay SUB.rest\"/></waterfall></waterfalls>"));
	ck_assert_int_eq(hand.status, WEIR_INPUT);
	ck_assert_uint_eq(hand.load.diags.errors, 2);
	for (size_t i = 0; i < hand.load.diags.count; i++)
		ck_assert_int_eq(hand.load.diags.items[i].code, WEIR_CODE_NOT_YET_KNOWN);
}
END_TEST

START_TEST(nothing_is_covered_twice)
{
	engine_try_text(&hand, engine_text(principal, income,
	        ACCOUNT CLASSES
	        "<support><shortfall-payer id=\"one\" party=\"backer\" covers=\"A.interest classes.senior.interest A.principal "
	        "A.balance\"/></support>\n"
	        "<waterfalls><waterfall id=\"w\"><pay what=\"A.interest A.principal one.repay SUB.rest\"/></waterfall></waterfalls>"));
	ck_assert_int_eq(hand.status, WEIR_INPUT);
	ck_assert_uint_eq(hand.load.diags.errors, 2);
}
END_TEST

Suite *weir_suite_engine_support(void)
{
	Suite *suite = suite_create("engine_support");
	TCase *cases = tcase_create("by hand");
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_draw_is_repaid);
	tcase_add_test(cases, payers_are_called_in_order);
	tcase_add_test(cases, a_delayed_draw_returns_what_it_no_longer_needs);
	tcase_add_test(cases, what_is_under_way_is_not_called_again);
	tcase_add_test(cases, a_facility_costs_and_revolves);
	tcase_add_test(cases, a_support_does_not_ask_itself);
	tcase_add_test(cases, nothing_is_covered_twice);
	tcase_add_test(cases, scope_is_what_it_says);
	tcase_add_test(cases, a_balance_counts_at_the_end);
	tcase_add_test(cases, a_top_up_has_no_purse);
	tcase_add_test(cases, tests_are_counted);
	tcase_add_test(cases, a_negated_test_is_known);
	tcase_add_test(cases, a_sold_pool_pays_no_more);
	tcase_add_test(cases, events_raise_coupons_and_fees);
	tcase_add_test(cases, a_purchase_pays_back);
	suite_add_tcase(suite, cases);
	return suite;
}
