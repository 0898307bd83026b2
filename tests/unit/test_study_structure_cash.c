/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_structure_cash.c: sizes that cash cannot repay, by hand; and which payments wait for which. */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "engine_fixture.h"
#include "study/structure_cash.h"
#include "study/structure_order.h"

Suite *weir_suite_study_structure_cash(void);

/* --- sizes ------------------------------------------------------------------------------------------------------ */

/* Two periods that bring 100.00 each. */
static const double cash[] = { 10000, 20000 };
static const double ten[] = { 0.1, 0.1 }, twenty[] = { 0.2, 0.2 }, four[] = { 0.04, 0.04 };

/* The largest size of class 0 that is allowed, in cents; the others as given. */
static double largest(const weir_cash_condition *condition, double *sizes)
{
	double low = 0, high = 100000;
	while (high - low > 1) {
		sizes[0] = floor((low + high) / 2);
		if (weir_cash_allows(condition, sizes))
			low = sizes[0];
		else
			high = sizes[0];
	}
	return low;
}

/* Interest at once: the value at 10 % of what comes in, 10,000 / 1.1 + 10,000 / 1.21 = 17,355.37 (a cent is left to
 * rounding). Late interest that bears none: 1.1 T + 0.1 (T - 10,000) = 20,000, T = 17,500. */
START_TEST(one_class)
{
	double sizes[1];
	weir_cash_condition c = { .periods = 2, .cash = cash, .rates = { ten }, .repaid_count = 1, .prompt = 1 };
	double most = largest(&c, sizes);
	ck_assert_msg(most >= 17355 && most <= 17357, "%.0f", most);
	c.prompt = 0;
	most = largest(&c, sizes);
	ck_assert_msg(most >= 17499 && most <= 17502, "%.0f", most);
	static const double free_of[] = { 0, 0 };
	c.rates[0] = free_of;
	most = largest(&c, sizes);
	ck_assert_msg(most >= 19999 && most <= 20001, "%.0f", most);
}
END_TEST

/* 50.00 of another class at 4 %, 2.00 a period, go first: p1 = 10,000 - 200 - 0.1 T; T = 20,000 - 400 - 0.1 T - 0.1 (T - p1),
 * 1.21 T = 20,580, T = 17,008.26. */
START_TEST(another_class_ahead)
{
	double sizes[2] = { 0, 5000 };
	weir_cash_condition c = { .periods = 2, .cash = cash, .rates = { ten, four }, .repaid = { 0 }, .repaid_count = 1,
		                  .ahead = { 1 }, .ahead_count = 1, .prompt = 1 };
	double most = largest(&c, sizes);
	ck_assert_msg(most >= 17008 && most <= 17010, "%.0f", most);
}
END_TEST

/* Class 0 (10 %) before class 1 (20 %, 50.00). First period: 0.1 a + 1,000 of interest, p1 = 9,000 - 0.1 a, all of it to
 * class 0 when it is that large. Second: 0.1 (a - p1) + 1,000: a + 5,000 = 20,000 - 1,000 - 0.1 a - 1,000 - 0.1 (1.1 a - 9,000),
 * 1.21 a = 13,900, a = 11,487.60. Without an order the one at 20 % may be repaid first: p1 = 9,000 - 0.1 a repays its
 * 5,000 and 4,000 - 0.1 a of class 0: a + 5,000 = 20,000 - 1,000 - 0.1 a - 0.1 (a - 4,000 + 0.1 a), 1.21 a = 14,400,
 * a = 11,900.83. */
START_TEST(two_classes_in_order_and_without)
{
	double sizes[2] = { 0, 5000 };
	weir_cash_condition c = { .periods = 2, .cash = cash, .rates = { ten, twenty }, .repaid = { 0, 1 },
		                  .repaid_count = 2, .prompt = 1, .chained = 1 };
	double most = largest(&c, sizes);
	ck_assert_msg(most >= 11487 && most <= 11489, "%.0f", most);
	c.chained = 0;
	most = largest(&c, sizes);
	ck_assert_msg(most >= 11900 && most <= 11903, "%.0f", most);
	sizes[0] = 8000;
	/* what both may make when neither is below 8,000 and 5,000: the rest x bears 10 %. p1 = 10,000 - 0.1 (8,000 + x) -
	 * 1,000 = 8,200 - 0.1 x. 13,000 + x = 20,000 - 1,800 - 0.1 x - 0.1 (8,000 + x - 3,200 + 0.1 x), 1.21 x = 4,720,
	 * x = 3,900.83 */
	double total = weir_cash_most_total(&c, sizes, 50000);
	ck_assert_msg(total >= 16900 && total <= 16904, "%.2f", total);
	ck_assert_double_eq(weir_cash_most_total(&c, sizes, 14000), 14000);
}
END_TEST

/* No bound on cash: every size is possible. */
START_TEST(cash_without_bound)
{
	static const double endless[] = { INFINITY, INFINITY };
	double sizes[1] = { 1e15 };
	weir_cash_condition c = { .periods = 2, .cash = endless, .rates = { ten }, .repaid_count = 1, .prompt = 1 };
	ck_assert(weir_cash_allows(&c, sizes));
	ck_assert_double_eq(weir_cash_most_total(&c, sizes, 3e15), 3e15);
}
END_TEST

/* --- order ------------------------------------------------------------------------------------------------------ */

#define TOP                                                                                                          \
	"<accounts><account id=\"cash\" receives=\"all\"/><reserve id=\"spare\" target=\"10.00\"/></accounts>\n"       \
	"<classes><class id=\"A\" size=\"5000.00\" coupon=\"4%%\"><principal style=\"pass-through\"/></class>\n"        \
	"<class id=\"B\" size=\"3000.00\" coupon=\"6%%\"%s><principal style=\"pass-through\"/></class>\n"               \
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"  \
	"<waterfalls><waterfall id=\"normal\">"
#define BOTTOM "<keep until=\"B is paid\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n"

/* Whether B's principal waits for: A's interest, A's balance; and A's principal for B's interest. */
static void expect_waits(const char *extra, const char *steps, int interest, int balance, int other)
{
	engine_deal d;
	char body[4096];
	static const double receipts[] = { 300000, 300000, 300000, 300000 }, none[] = { 0, 0, 0, 0 };
	snprintf(body, sizeof body, TOP "%s" BOTTOM, extra, steps);
	engine_open_text(&d, engine_text(receipts, none, body));
	const weir_deal *deal = d.load.deal;
	const weir_paid_part rate = WEIR_PAID_INTEREST, principal = WEIR_PAID_PRINCIPAL;
	ck_assert_msg(weir_order_waits(deal, 1, principal, 0, rate) == interest, "A.interest: %s", steps);
	ck_assert_msg(weir_order_waits(deal, 1, principal, 0, principal) == balance, "A.balance: %s", steps);
	ck_assert_msg(weir_order_waits(deal, 0, principal, 1, rate) == other, "B.interest: %s", steps);
	engine_close(&d);
}

#define RELEASE "<release account=\"spare\" to=\"cash\" all=\"yes\"/>"
#define FILL "<fill account=\"spare\"/>"
#define PAY(what) "<pay what=\"" what "\"/>"
#define PRO_RATA(what) "<pay what=\"" what "\" share=\"pro-rata\"/>"
#define INTEREST PRO_RATA("senior.interest")
#define UNITS " rounding=\"unit\" unit=\"100.00\""

static const struct {
	const char *extra, *steps;
	int interest, balance, other;
} orders[] = {
	{ "", RELEASE PAY("A.interest") PAY("B.interest") FILL PAY("A.principal") PAY("B.principal"), 1, 1, 1 },
	{ "", RELEASE FILL PRO_RATA("classes.senior.interest") PAY("A.principal") PAY("B.principal"), 1, 1, 1 },
	{ "", RELEASE FILL PAY("A.interest") PAY("A.principal") PAY("B.interest") PAY("B.principal"), 1, 1, 0 },
	/* the balance by its own name, and in one step one after the other */
	{ "", RELEASE FILL INTEREST PAY("A.balance B.balance"), 1, 1, 1 },
	/* cash that flows in between */
	{ "", FILL INTEREST PAY("A.principal") RELEASE PAY("B.principal"), 0, 0, 1 },
	/* side by side, limited, conditional, from another account */
	{ "", RELEASE FILL INTEREST PRO_RATA("A.principal B.principal"), 1, 0, 1 },
	{ "", RELEASE FILL INTEREST "<pay what=\"A.principal\" limit=\"100.00\"/>" PAY("B.principal"), 1, 0, 1 },
	{ "", RELEASE FILL INTEREST "<pay what=\"A.principal\" when=\"period above 1\"/>" PAY("B.principal"), 1, 0, 1 },
	{ "", RELEASE FILL "<when test=\"period above 0\">" INTEREST "</when>" PAY("A.principal") PAY("B.principal"),
	  0, 1, 0 },
	{ "", FILL INTEREST PAY("A.principal") "<pay what=\"B.principal\" from=\"spare\"/>" RELEASE, 0, 0, 1 },
	/* paid a first time before A */
	{ "", RELEASE FILL "<pay what=\"B.principal\" limit=\"1.00\"/>" INTEREST PAY("A.principal") PAY("B.principal"),
	  0, 0, 1 },
	/* B's interest rounded for each unit may leave a rest that A's principal gets */
	{ UNITS, RELEASE FILL PAY("A.interest") PAY("B.interest") PAY("A.principal") PAY("B.principal"), 1, 1, 0 },
};

START_TEST(who_waits_for_whom)
{
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		expect_waits(orders[i].extra, orders[i].steps, orders[i].interest, orders[i].balance, orders[i].other);
}
END_TEST

/* A support's purse may pay what it covers directly. */
START_TEST(supports_prove_nothing)
{
	engine_deal d;
	engine_open(&d, "tests/deals/shortfall-cap/deal.xml");
	ck_assert_int_eq(d.status, WEIR_OK);
	for (int x = 0; x < d.load.deal->class_count; x++)
		for (int y = 0; y < d.load.deal->class_count; y++)
			ck_assert(!weir_order_waits(d.load.deal, x, WEIR_PAID_PRINCIPAL, y, WEIR_PAID_INTEREST));
	engine_close(&d);
}
END_TEST

Suite *weir_suite_study_structure_cash(void)
{
	Suite *suite = suite_create("study/structure_cash");
	TCase *sizes = tcase_create("sizes"), *order = tcase_create("order");
	tcase_add_test(sizes, one_class);
	tcase_add_test(sizes, another_class_ahead);
	tcase_add_test(sizes, two_classes_in_order_and_without);
	tcase_add_test(sizes, cash_without_bound);
	suite_add_tcase(suite, sizes);
	tcase_add_checked_fixture(order, io_enter, io_leave);
	tcase_add_test(order, who_waits_for_whom);
	tcase_add_test(order, supports_prove_nothing);
	suite_add_tcase(suite, order);
	return suite;
}
