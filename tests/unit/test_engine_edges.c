/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_edges.c: dates and orders on which support and events turn, one day or one period off being another deal. */
#include <check.h>

#include "engine_fixture.h"

Suite *weir_suite_engine_edges(void);

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

/* A level holds from the first payment on or after its date: 15 June is a payment date. It holds at the closing too. */
static const char with_levels[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<values><levels id=\"limit\"><level value=\"3.7%\"/><level from=\"2024-06-15\" value=\"5.9%\"/>"
	"<level from=\"2024-09-16\" value=\"8.3%\"/></levels></values>\n"
	"<triggers><trigger id=\"stop\" kind=\"warning\" tested=\"before\" test=\"pool.cumulative_default_rate above limit\"/>"
	"</triggers>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal SUB.rest\" when=\"not stop\"/>"
	"<pay what=\"A.principal A.interest SUB.rest\"/></waterfall></waterfalls>\n";

START_TEST(levels_by_date)
{
	static const double wanted[] = { 0.037, 0.037, 0.059, 0.059, 0.083 };
	engine_open_text(&d, engine_text((const double[]){ 10000, 10000, 10000, 970000 },
	                                 (const double[]){ 20000, 20000, 20000, 20000 }, with_levels));
	weir_block *block = engine_run(&d, NULL, 0);
	for (int k = 0; k <= 4; k++)
		ck_assert_double_eq(engine_value(&d, block, "limit", k), wanted[k]);
	weir_block_destroy(block);
}
END_TEST

/* The loans are sold on 15 June, once less than 9,850.00 is left: 9,800.00 for half of that. A cost below 0 is none, and a
 * servicer that fails in August has nothing of the plan's in its hands any more. */
static const char with_sale[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal SUB.rest\"/></waterfall></waterfalls>\n"
	"<servicing party=\"backer\" transfer=\"1 month\"/>\n"
	"<calls><clean-up id=\"sale\" when=\"pool.balance below 9850 yuan\" price=\"50% * pool.balance\" "
	"cost=\"1000 yuan - pool.balance\" to=\"cash\"/></calls>\n";

START_TEST(a_sale_ends_what_can_be_lost)
{
	weir_shock fails = { .kind = WEIR_SHOCK_SERVICER, .scope = WEIR_SCOPE_ALL, .from = weir_date_parse("2024-08-25", 10),
		             .to = WEIR_DATE_NONE, .months = -1 };
	weir_scenario scenario = { .node = { .id = "LATE" }, .shocks = &fails, .shock_count = 1 };
	engine_open_text(&d, engine_text((const double[]){ 10000, 10000, 10000, 970000 },
	                                 (const double[]){ 20000, 20000, 20000, 20000 }, with_sale));
	weir_block *block = engine_run(&d, &scenario, 0);
	ck_assert_double_eq(engine_value(&d, block, "sale", 1), 0);
	ck_assert_double_eq(engine_value(&d, block, "sale", 2), 1);
	ck_assert_double_eq(engine_value(&d, block, "sale.costs", 2), 0);
	ck_assert_double_eq(engine_value(&d, block, "sale.proceeds", 2), 490000);
	ck_assert_double_eq(engine_value(&d, block, "sale.proceeds", 3), 0);
	ck_assert_double_eq(engine_value(&d, block, "servicing.lost", 3), 0);
	ck_assert_double_eq(engine_value(&d, block, "A.interest_paid", 3), 0);
	weir_block_destroy(block);
}
END_TEST

Suite *weir_suite_engine_edges(void)
{
	Suite *suite = suite_create("engine_edges");
	TCase *test = tcase_create("engine_edges");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, levels_by_date);
	tcase_add_test(test, a_sale_ends_what_can_be_lost);
	suite_add_tcase(suite, test);
	return suite;
}
