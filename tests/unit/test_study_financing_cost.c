/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_financing_cost.c: what obligors pay in all, by hand, with and without subsidies. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/financing_cost.h"

Suite *weir_suite_study_financing_cost(void);

/* From the closing on 15 December 2023 it is 183 days to 15 June 2024 and 366 to 15 December 2024. O1: 1,000.00,
 * of which 400.00 and 31.00 of interest come first, 600.00 and 18.50 then. O2: K2 700.00 and 42.00 at the end; K3
 * 300.00 and 9.00 after 183 days. O3 owes nothing. */
static const char text[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id=\"costs\" kind=\"abs\" currency=\"CNY\">\n"
	"<dates closing=\"2023-12-15\" start=\"2023-12-20\" legal-final=\"2026-12-15\">\n"
	"<payment first=\"2024-06-30\" every=\"6 months\" count=\"2\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"30E/360\" dates=\"unadjusted\"/><calculation offset=\"-5 business days\"/></dates>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"One\" amount=\"1000.00\" repayment=\"explicit\">\n"
	"<instalment date=\"2024-06-15\" principal=\"400.00\" income=\"31.00\"/>\n"
	"<instalment date=\"2024-12-15\" principal=\"600.00\" income=\"18.50\"/></contract>\n"
	"<contract id=\"K2\" kind=\"loan\" obligor=\"O2\" obligor-en=\"Two\" amount=\"700.00\" repayment=\"explicit\">\n"
	"<instalment date=\"2024-12-15\" principal=\"700.00\" income=\"42.00\"/></contract>\n"
	"<contract id=\"K3\" kind=\"loan\" obligor=\"O2\" obligor-en=\"Two\" amount=\"300.00\" repayment=\"explicit\">\n"
	"<instalment date=\"2024-06-15\" principal=\"300.00\" income=\"9.00\"/></contract></pool>\n"
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"2000.00\" coupon=\"2%\"><principal style=\"pass-through\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal\"/></waterfall></waterfalls></deal>\n";

static engine_deal d;
static weir_financing_costs found;

static void setup(void)
{
	io_enter();
	engine_open_text(&d, text);
}

static void teardown(void)
{
	engine_close(&d);
	io_leave();
}

static void measure(weir_obligor_cost *costs, int cost_count, weir_subsidy *subsidies, int subsidy_count)
{
	d.load.deal->costs = costs;
	d.load.deal->cost_count = cost_count;
	d.load.deal->subsidies = subsidies;
	d.load.deal->subsidy_count = subsidy_count;
	ck_assert_int_eq(weir_financing_cost_measure(&found, d.arena, d.pool), WEIR_OK);
	ck_assert_int_eq(found.count, 3);
	ck_assert(found.items[0].obligor == 0 && found.items[1].obligor == 1 && found.items[2].obligor == -1);
}

/* The i of a x^2 + b x = c with x = (1 + i)^(-183/365). */
static double rate_of(double a, double b, double c)
{
	double x = (sqrt(b * b + 4 * a * c) - b) / (2 * a);
	return pow(x, -365.0 / 183) - 1;
}

/* Without any costs: O1's average is (1,000.00 x 183 + 600.00 x 183) / 366 = 800.00; 49.50 a 366/365 years. O2: K2
 * 700.00 throughout, K3 half of the time: 850.00; 51.00. */
START_TEST(interest_alone)
{
	measure(NULL, 0, NULL, 0);
	const weir_financing_cost *f = found.items;
	ck_assert(f[0].financed == 100000 && f[0].interest == 4950 && f[0].costs_all == 0 && f[0].subsidies_all == 0);
	ck_assert_double_eq_tol(f[0].average_financing, 80000, 1e-9);
	ck_assert_double_eq_tol(f[0].years, 366.0 / 365, 1e-15);
	ck_assert_double_eq_tol(f[0].rate_before, 49.5 / 800 * 365 / 366, 1e-15);
	ck_assert_double_eq(f[0].rate_after, f[0].rate_before);
	ck_assert_double_eq_tol(f[0].irr_before, rate_of(618.5, 431, 1000), 1e-13);
	ck_assert_double_eq_tol(f[1].rate_before, 51.0 / 850 * 365 / 366, 1e-15);
	ck_assert_double_eq_tol(f[1].irr_before, rate_of(742, 309, 1000), 1e-13);
	ck_assert_double_eq_tol(f[2].rate_before, 100.5 / 1650 * 365 / 366, 1e-15);
	ck_assert_double_eq_tol(f[2].irr_before, rate_of(618.5 + 742, 431 + 309, 2000), 1e-13);
	ck_assert_int_eq(f[2].last_due, weir_date_parse("2024-12-15", 10));
}
END_TEST

#define OPEN .cap_obligor_cents = INFINITY, .cap_cents = INFINITY, .annual_rate = NAN

/* O1: appraisal 0.55 % of 1,000.00 = 5.50 at the start; guarantee 1 % a year: 1,000.00 x 183/365 % = 5.0137 ->
 * 5.01 and 600.00 x 183/365 % = 3.0082 -> 3.01. Subsidies: half of the interest, 24.75, as 24.75 x 31 / 49.5 =
 * 15.50 and the rest, 9.25; 80 % of 8.02 = 6.416 -> 6.42 at the end. */
START_TEST(costs_and_subsidies_of_one_obligor)
{
	weir_obligor_cost costs[] = {
		{ .kind = WEIR_COST_APPRAISAL, .rate = 0.0055, .amount_cents = NAN },
		{ .kind = WEIR_COST_GUARANTEE, .rate = 0.01, .annual = 1, .amount_cents = NAN },
	};
	weir_subsidy subsidies[] = { { .kind = WEIR_SUBSIDY_INTEREST, .rate = 0.5, OPEN },
		                     { .kind = WEIR_SUBSIDY_GUARANTEE, .rate = 0.8, OPEN } };
	measure(costs, 2, subsidies, 2);
	const weir_financing_cost *f = found.items;
	ck_assert_double_eq(f->costs[WEIR_COST_APPRAISAL], 550);
	ck_assert_double_eq(f->costs[WEIR_COST_GUARANTEE], 802);
	ck_assert_double_eq(f->costs_all, 1352);
	ck_assert_double_eq(f->subsidies[WEIR_SUBSIDY_INTEREST], 2475);
	ck_assert_double_eq(f->subsidies[WEIR_SUBSIDY_GUARANTEE], 642);
	ck_assert_double_eq(f->subsidies_all, 3117);
	ck_assert_double_eq_tol(f->rate_before, (49.5 + 13.52) / 800 * 365 / 366, 1e-15);
	ck_assert_double_eq_tol(f->rate_after, (49.5 + 13.52 - 31.17) / 800 * 365 / 366, 1e-15);
	ck_assert_double_eq_tol(f->irr_before, rate_of(618.5 + 3.01, 431 + 5.01, 994.5), 1e-13);
	ck_assert_double_eq_tol(f->irr_after, rate_of(618.5 + 3.01 - 9.25 - 6.42, 431 + 5.01 - 15.5, 994.5), 1e-13);
}
END_TEST

/* Interest subsidy of 2 % a year on the balance: O1 (1,000.00 + 600.00) x 183/365 x 2 % = 16.0438 -> 16.04, of
 * which 1000/1600 = 10.025 -> 10.03 first and 6.01 then; O2 (700.00 x 366 + 300.00 x 183) / 365 x 2 % = 17.0466 ->
 * 17.05, but with K2 alone eligible 14.0384 -> 14.04, of which at most 10.00 for one obligor, and for all 17.77:
 * O1 10.00, O2 7.77. */
START_TEST(caps_and_eligible_contracts)
{
	char k1_k2[] = { 1, 1, 0 };
	weir_subsidy yearly[] = { { .kind = WEIR_SUBSIDY_INTEREST, .annual_rate = 0.02, .cap_obligor_cents = INFINITY,
		                    .cap_cents = INFINITY } };
	measure(NULL, 0, yearly, 1);
	ck_assert_double_eq(found.items[0].subsidies[WEIR_SUBSIDY_INTEREST], 1604);
	ck_assert_double_eq(found.items[1].subsidies[WEIR_SUBSIDY_INTEREST], 1705);
	ck_assert_double_eq(found.items[2].subsidies[WEIR_SUBSIDY_INTEREST], 3309);
	ck_assert_double_eq_tol(found.items[0].irr_after, rate_of(618.5 - 6.01, 431 - 10.03, 1000), 1e-13);
	yearly[0].contracts = k1_k2;
	measure(NULL, 0, yearly, 1);
	ck_assert_double_eq(found.items[1].subsidies_all, 1404);
	yearly[0].cap_obligor_cents = 1000;
	yearly[0].cap_cents = 1777;
	measure(NULL, 0, yearly, 1);
	ck_assert_double_eq(found.items[0].subsidies_all, 1000);
	ck_assert_double_eq(found.items[1].subsidies_all, 777);
	ck_assert_double_eq(found.items[2].subsidies_all, 1777);
	/* 10.00 x 1000/1600 = 6.25 with the first interest; K2's comes all at the end */
	ck_assert_double_eq_tol(found.items[0].irr_after, rate_of(618.5 - 3.75, 431 - 6.25, 1000), 1e-13);
	ck_assert_double_eq_tol(found.items[1].irr_after, rate_of(742 - 7.77, 309, 1000), 1e-13);
	ck_assert_double_eq_tol(found.items[2].irr_after, rate_of(1360.5 - 3.75 - 7.77, 740 - 6.25, 2000), 1e-13);
}
END_TEST

/* Fixed amounts for each contract that bears them; a subsidy of the amount raised; each kind's subsidy for its own
 * costs. */
START_TEST(every_kind)
{
	char k3[] = { 0, 0, 1 };
	weir_obligor_cost costs[] = {
		{ .kind = WEIR_COST_INSURANCE, .amount_cents = 1111 },
		{ .kind = WEIR_COST_SERVICE, .rate = 0.003, .amount_cents = NAN, .contracts = k3 },
		{ .kind = WEIR_COST_APPRAISAL, .rate = 0.001, .amount_cents = NAN },
	};
	weir_subsidy subsidies[] = { { .kind = WEIR_SUBSIDY_INSURANCE, .rate = 0.3, OPEN },
		                     { .kind = WEIR_SUBSIDY_SERVICE, .rate = 1, OPEN },
		                     { .kind = WEIR_SUBSIDY_APPRAISAL, .rate = 0.25, OPEN },
		                     { .kind = WEIR_SUBSIDY_ISSUE, .rate = 0.0123, OPEN } };
	measure(costs, 3, subsidies, 4);
	const weir_financing_cost *o2 = &found.items[1], *all = &found.items[2];
	ck_assert(o2->costs[WEIR_COST_INSURANCE] == 2222 && o2->costs[WEIR_COST_SERVICE] == 90);
	ck_assert(o2->costs[WEIR_COST_APPRAISAL] == 70 + 30);
	ck_assert_double_eq(o2->subsidies[WEIR_SUBSIDY_INSURANCE], 667); /* 666.6 */
	ck_assert_double_eq(o2->subsidies[WEIR_SUBSIDY_SERVICE], 90);
	ck_assert_double_eq(o2->subsidies[WEIR_SUBSIDY_APPRAISAL], 25);
	ck_assert_double_eq(o2->subsidies[WEIR_SUBSIDY_ISSUE], 1230);
	ck_assert_double_eq(o2->subsidies_all, 667 + 90 + 25 + 1230);
	ck_assert_double_eq_tol(o2->irr_after, rate_of(742 - 20.12, 309, 1000 - 24.12), 1e-13);
	ck_assert_double_eq(found.items[0].subsidies[WEIR_SUBSIDY_INSURANCE], 333);
	ck_assert_double_eq(all->subsidies[WEIR_SUBSIDY_INSURANCE], 1000);
	ck_assert_double_eq(all->costs_all, found.items[0].costs_all + o2->costs_all);
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_subsidy subsidy = { .kind = WEIR_SUBSIDY_ISSUE, .rate = 0.01, OPEN };
	weir_status status = WEIR_NO_MEMORY;
	d.load.deal->subsidies = &subsidy;
	d.load.deal->subsidy_count = 1;
	for (long n = 1; status == WEIR_NO_MEMORY && n < 1000; n++) {
		weir_alloc_fail_from(n);
		status = weir_financing_cost_measure(&found, d.arena, d.pool);
	}
	weir_alloc_fail_from(0);
	ck_assert_int_eq(status, WEIR_OK);
}
END_TEST

Suite *weir_suite_study_financing_cost(void)
{
	Suite *suite = suite_create("study_financing_cost");
	TCase *test = tcase_create("study_financing_cost");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, interest_alone);
	tcase_add_test(test, costs_and_subsidies_of_one_obligor);
	tcase_add_test(test, caps_and_eligible_contracts);
	tcase_add_test(test, every_kind);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
