/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_support_dependence.c: with support, without, and with each supporter failing, by hand. */
#include <check.h>

#include "engine_fixture.h"
#include "study/support_dependence.h"
#include "support_deal.h"

Suite *weir_suite_study_support_dependence(void);

static engine_deal d;
static weir_support_dependence found;

static void setup(void)
{
	io_enter();
}

static void teardown(void)
{
	engine_close(&d);
	io_leave();
}

/* support_deal.h with 20 % less of each receipt. G failing from month 0 is no support at all; from month 7 two
 * draws are made; from month 13 on nothing changes. */
START_TEST(one_supporter)
{
	static const int months[] = { 0, 7, 13 };
	static const double unpaid[] = { 0, 196040, 196040, 91970, 0 };
	weir_shock less = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.8, .from = WEIR_DATE_NONE,
		            .to = WEIR_DATE_NONE };
	weir_scenario scenario = { .node = { .id = "LESS" }, .shocks = &less, .shock_count = 1 };
	weir_support_dependence_terms terms = { .scenario = &scenario, .months = months, .month_count = 3 };
	engine_open_text(&d, SUPPORT_DEAL);
	ck_assert_int_eq(weir_support_dependence_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
	ck_assert_int_eq(found.count, 5);
	for (int r = 0; r < 5; r++) {
		ck_assert_double_eq(found.rows[r].result.senior_principal_short, unpaid[r]);
		ck_assert_int_eq(found.rows[r].result.classes[0].survives, unpaid[r] == 0);
	}
	ck_assert_int_eq(found.rows[0].variant.support, WEIR_WITH_SUPPORT);
	ck_assert_int_eq(found.rows[1].variant.support, WEIR_WITHOUT_SUPPORT);
	ck_assert(found.rows[3].variant.support == WEIR_SUPPORTER_FAILS && found.rows[3].variant.month == 7);
	ck_assert_double_eq(found.rows[0].result.support_drawn, 193000);
	ck_assert_double_eq(found.rows[4].result.support_drawn, 193000);
	terms = (weir_support_dependence_terms){ 0 };
	ck_assert_int_eq(weir_support_dependence_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
	ck_assert_int_eq(found.count, 3);
}
END_TEST

START_TEST(no_support)
{
	weir_support_dependence_terms terms = { 0 };
	engine_open(&d, "deals/ex1-patent-licence/deal.xml");
	ck_assert_int_eq(weir_support_dependence_find(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
	ck_assert_int_eq(found.count, 1);
}
END_TEST

Suite *weir_suite_study_support_dependence(void)
{
	Suite *suite = suite_create("study_support_dependence");
	TCase *test = tcase_create("study_support_dependence");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, one_supporter);
	tcase_add_test(test, no_support);
	suite_add_tcase(suite, test);
	return suite;
}
