/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_class_measures.c: prices, yields, durations and lives of dated payments against printed examples, closed
 * forms and finite differences. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/class_measures.h"

Suite *weir_suite_study_class_measures(void);

enum { MOST = 60 };

/* A bond: `count` payments of `coupon` every `months` months after `start`, and 100 with the last. Cents x 1000,
 * so that coupons such as 2.75 are whole. */
static weir_date dates[MOST];
static double principal[MOST], other[MOST];

static weir_date day(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

static weir_flows bond(const char *start, int months, int count, double coupon)
{
	for (int i = 0; i < count; i++) {
		dates[i] = weir_date_add_months(day(start), months * (i + 1));
		other[i] = coupon * 1000;
		principal[i] = i == count - 1 ? 100000 : 0;
	}
	return (weir_flows){ dates, principal, other, count };
}

static weir_price_terms terms_of(const char *settlement, weir_compounding compounding, weir_day_count day_count)
{
	return (weir_price_terms){ .settlement = day(settlement),
		                   .compounding = compounding,
		                   .day_count = day_count,
		                   .face_cents = 100000 };
}

#define NEAR(value, wanted, places) ck_assert_double_eq_tol(value, wanted, 0.5001 * pow(10, -(places)))

/* --- printed examples ------------------------------------------------------------------------------------------- */

/* Hull, Options, Futures, and Other Derivatives, 8th edition, section 4.8: three years, 10 % semi-annual, yield 12
 * % continuously compounded: worth 94.213, duration 2.653; at 12.1 % worth 93.963. With semi-annual compounding
 * the yield is 12.3673 % and the modified duration 2.499. */
START_TEST(hull_duration)
{
	weir_price p;
	weir_flows flows = bond("2021-05-15", 6, 6, 5);
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_CONTINUOUS, WEIR_D30E_360);
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, 0.12), WEIR_OK);
	NEAR(p.dirty, 94.213, 3);
	NEAR(p.macaulay_years, 2.653, 3);
	ck_assert_double_eq_tol(p.modified_years, p.macaulay_years, 1e-14);
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, 0.121), WEIR_OK);
	NEAR(p.dirty, 93.963, 3);
	terms.compounding = WEIR_COMPOUND_SEMI_ANNUAL;
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, 0.123673), WEIR_OK);
	NEAR(p.dirty, 94.213, 3);
	NEAR(p.modified_years, 2.499, 3);
	/* section 4.4: two years, 6 % semi-annual, 98.39: 6.76 % */
	flows = bond("2021-05-15", 6, 4, 3);
	terms.compounding = WEIR_COMPOUND_CONTINUOUS;
	ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, 98.39), WEIR_OK);
	NEAR(p.yield, 0.0676, 4);
	ck_assert(p.yields.count == 1 && p.yields.certain);
}
END_TEST

/* Fabozzi, Bond Markets, Analysis and Strategies, chapter 4: prices of bonds of 5 and 25 years, paying
 * semi-annually, and their Macaulay and modified durations at a yield of 9 %. */
START_TEST(fabozzi_price_volatility)
{
	static const struct {
		double coupon;
		int years;
		double at_6, at_9, macaulay, modified;
	} bonds[] = {
		{ 9, 5, 112.7953, 100.0000, 4.13, 3.96 },  { 9, 25, 138.5946, 100.0000, 10.33, 9.88 },
		{ 6, 5, 100.0000, 88.1309, 4.35, 4.16 },   { 6, 25, 100.0000, 70.3570, 11.10, 10.62 },
		{ 0, 5, 74.4094, 64.3928, 5.00, 4.78 },    { 0, 25, 22.8107, 11.0710, 25.00, 23.92 },
	};
	for (size_t i = 0; i < sizeof bonds / sizeof *bonds; i++) {
		weir_price p;
		weir_flows flows = bond("2021-05-15", 6, bonds[i].years * 2, bonds[i].coupon / 2);
		weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_SEMI_ANNUAL, WEIR_D30E_360);
		ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, 0.06), WEIR_OK);
		NEAR(p.clean, bonds[i].at_6, 4);
		ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, 0.09), WEIR_OK);
		NEAR(p.clean, bonds[i].at_9, 4);
		NEAR(p.macaulay_years, bonds[i].macaulay, 2);
		NEAR(p.modified_years, bonds[i].modified, 2);
	}
}
END_TEST

/* MathWorks, Financial Toolbox, example of bnddurp: 5.5 % semi-annual, settlement 2 August 1999, maturity 15 June 2004,
 * actual/actual, at clean prices of 106, 100 and 98. Accrued: 48 of the 183 days from 15 June. */
START_TEST(between_coupon_dates)
{
	static const struct {
		double clean, modified, macaulay;
	} wanted[] = { { 106, 4.2400, 4.3275 }, { 100, 4.1925, 4.3077 }, { 98, 4.1759, 4.3007 } };
	weir_flows flows = bond("1999-06-15", 6, 10, 2.75);
	weir_price_terms terms = terms_of("1999-08-02", WEIR_COMPOUND_SEMI_ANNUAL, WEIR_ACT_ACT_ICMA);
	terms.accrued_cents = 2750.0 * 48 / 183;
	terms.day_count_terms = (weir_day_count_terms){ .period_start = day("1999-06-15"),
		                                        .period_end = day("1999-12-15"),
		                                        .periods_per_year = 2 };
	for (int i = 0; i < 3; i++) {
		weir_price p;
		ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, wanted[i].clean), WEIR_OK);
		NEAR(p.modified_years, wanted[i].modified, 4);
		NEAR(p.macaulay_years, wanted[i].macaulay, 4);
		ck_assert_double_eq_tol(p.clean, wanted[i].clean, 1e-10);
		ck_assert_double_eq_tol(p.accrued, 2.75 * 48 / 183, 1e-14);
		ck_assert_double_eq_tol(p.dirty, p.clean + p.accrued, 1e-12);
	}
}
END_TEST

/* --- closed forms ----------------------------------------------------------------------------------------------- */

/* One payment after t years: f times a year P' / P = -t / (1 + y/f) and P'' / P = t (t + 1/f) / (1 + y/f)^2;
 * continuously -t and t^2; simple -t d and 2 t^2 d^2 with d = 1 / (1 + y t). 512 days are 1.4027… years. */
START_TEST(one_payment)
{
	const double y = 0.0437, t = 512.0 / 365;
	weir_date due = day("2022-10-09");
	double face = 100000, none = 0;
	weir_flows flows = { &due, &face, &none, 1 };
	ck_assert_int_eq(due - day("2021-05-15"), 512);
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++) {
		static const double times[] = { 1, 2, 4, 12, 0, 0 };
		weir_price p;
		weir_price_terms terms = terms_of("2021-05-15", (weir_compounding)c, WEIR_ACT_365F);
		double g = times[c] > 0 ? 1 + y / times[c] : 1 + y * t, value, modified, convexity;
		ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, y), WEIR_OK);
		if (c == WEIR_COMPOUND_CONTINUOUS) {
			value = 100 * exp(-y * t);
			modified = t;
			convexity = t * t;
		} else if (c == WEIR_COMPOUND_SIMPLE) {
			value = 100 / g;
			modified = t / g;
			convexity = 2 * t * t / g / g;
		} else {
			value = 100 * pow(g, -times[c] * t);
			modified = t / g;
			convexity = t * (t + 1 / times[c]) / g / g;
		}
		ck_assert_double_eq_tol(p.dirty, value, 1e-12);
		ck_assert_double_eq_tol(p.macaulay_years, t, 1e-14);
		ck_assert_double_eq_tol(p.modified_years, modified, 1e-14);
		ck_assert_double_eq_tol(p.convexity_years2, convexity, 1e-13);
		ck_assert_double_eq_tol(p.dv01, value * modified / 10000, 1e-14);
		ck_assert_double_eq_tol(p.dv01_cents, 1000 * value * modified / 10000, 1e-11);
	}
}
END_TEST

/* 100.50 after two years for 101.30: (100.50 / 101.30)^(1/2) - 1, below 0. For 30.00: 83.02… %. */
START_TEST(negative_and_high_yields)
{
	weir_date due = day("2023-05-15");
	double face = 100000, interest = 500;
	weir_flows flows = { &due, &face, &interest, 1 };
	weir_price_terms terms = terms_of("2021-05-15", WEIR_COMPOUND_ANNUAL, WEIR_ACT_365F);
	weir_price p;
	ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, 101.3), WEIR_OK);
	ck_assert_double_eq_tol(p.yield, sqrt(100.5 / 101.3) - 1, 1e-15);
	ck_assert(p.yield < 0);
	ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, 30), WEIR_OK);
	ck_assert_double_eq_tol(p.yield, sqrt(100.5 / 30) - 1, 1e-14);
	terms.compounding = WEIR_COMPOUND_SIMPLE;
	ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, 101.3), WEIR_OK);
	ck_assert_double_eq_tol(p.yield, (100.5 / 101.3 - 1) / 2, 1e-15);
	/* simple: not below -1 / 2 years */
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, -0.5), WEIR_NO);
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, -0.499), WEIR_OK);
	ck_assert_double_eq_tol(p.dirty, 100.5 / (1 - 0.998), 1e-9);
	terms.compounding = WEIR_COMPOUND_QUARTERLY;
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, -4), WEIR_NO);
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, NAN), WEIR_NO);
	/* nothing is left to be paid, or the price is negative */
	ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, -3), WEIR_NO);
	ck_assert(p.yields.count == 0 && p.yields.certain);
	terms.settlement = due;
	ck_assert_int_eq(weir_price_at_clean(&p, &flows, &terms, 99), WEIR_NO);
	ck_assert_int_eq(weir_price_at_yield(&p, &flows, &terms, 0.01), WEIR_NO);
}
END_TEST

/* -100 + 230 x - 132 x^2 = -100 (1 - 1.1 x) (1 - 1.2 x) is 0 at x = 1 / 1.1 and 1 / 1.2: 10 % and 20 %. -100 + 200
 * x - 150 x^2 is never 0: its discriminant is 40,000 - 60,000. -100 + 110 x has one. Years are of 365 days. */
START_TEST(several_or_no_rates_of_return)
{
	const weir_date when[] = { day("2021-03-01"), day("2022-03-01"), day("2023-03-01") };
	weir_yields found;
	ck_assert_int_eq(weir_irr_find(&found, when, (const double[]){ -10000, 23000, -13200 }, 3), WEIR_OK);
	ck_assert_int_eq(found.count, 2);
	ck_assert_double_eq_tol(found.values[0], 0.1, 1e-12);
	ck_assert_double_eq_tol(found.values[1], 0.2, 1e-12);
	ck_assert_int_eq(found.certain, 1); /* no more than two changes of sign */
	ck_assert_int_eq(weir_irr_find(&found, when, (const double[]){ -10000, 20000, -15000 }, 3), WEIR_OK);
	ck_assert(found.count == 0 && !found.certain);
	ck_assert_int_eq(weir_irr_find(&found, when, (const double[]){ -10000, 11000, 0 }, 3), WEIR_OK);
	ck_assert(found.count == 1 && found.certain);
	ck_assert_double_eq_tol(found.values[0], 0.1, 1e-15);
	ck_assert_int_eq(weir_irr_find(&found, when, (const double[]){ 10000, 11000, 17 }, 3), WEIR_OK);
	ck_assert(found.count == 0 && found.certain);
	/* of the borrower's side, and two amounts on the first date: 99.00 in, 101.97 out after 730 days */
	ck_assert_int_eq(weir_irr_find(&found, (const weir_date[]){ when[0], when[0], when[2] },
	                               (const double[]){ 10000, -100, -10197 }, 3),
	                 WEIR_OK);
	ck_assert_int_eq(found.count, 1);
	ck_assert_double_eq_tol(found.values[0], sqrt(101.97 / 99) - 1, 1e-15);
	/* a day's payment: far out, and found */
	ck_assert_int_eq(weir_irr_find(&found, (const weir_date[]){ when[0], when[0] + 1 }, (const double[]){ -10000, 10700 },
	                               2),
	                 WEIR_OK);
	ck_assert_int_eq(found.count, 1);
	ck_assert_double_eq_tol(found.values[0] / (pow(1.07, 365) - 1), 1, 1e-11);
}
END_TEST

/* --- properties ------------------------------------------------------------------------------------------------- */

static const weir_date odd_dates[] = { 19000, 19047, 19131, 19224, 19411, 19777, 20123 };
static const double odd_principal[] = { 0, 1234567, 333333, 0, 2500001, 777777, 5154322 };
static const double odd_other[] = { 81234, 79001, 66666, 61234, 59000, 31415, 27182 };
static const weir_flows odd = { odd_dates, odd_principal, odd_other, 7 };

static weir_price_terms odd_terms(int compounding, int day_count)
{
	return (weir_price_terms){ .settlement = 18999 - 13,
		                   .compounding = (weir_compounding)compounding,
		                   .day_count = (weir_day_count)day_count,
		                   .day_count_terms = { .period_start = 18900, .period_end = 19083, .periods_per_year = 2 },
		                   .face_cents = 10000000,
		                   .accrued_cents = 23456.7 };
}

static const weir_day_count rules[] = { WEIR_ACT_365F, WEIR_ACT_360, WEIR_ACT_ACT_ISDA, WEIR_ACT_ACT_ICMA, WEIR_D30_360_US,
	                                WEIR_D30E_360 };

/* At yields of either sign, the slopes are those of the price by central differences, whose errors are of the order of
 * h^2 P''' and of rounding / h and / h^2. */
START_TEST(slopes_agree_with_differences)
{
	static const double yields[] = { -0.031, 0, 0.00417, 0.0523, 0.38 };
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++)
		for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
			for (size_t y = 0; y < sizeof yields / sizeof *yields; y++) {
				weir_price at, up[2], down[2];
				weir_price_terms terms = odd_terms(c, rules[r]);
				static const double h[] = { 1e-5, 1e-4 };
				ck_assert_int_eq(weir_price_at_yield(&at, &odd, &terms, yields[y]), WEIR_OK);
				for (int i = 0; i < 2; i++) {
					weir_price_at_yield(&up[i], &odd, &terms, yields[y] + h[i]);
					weir_price_at_yield(&down[i], &odd, &terms, yields[y] - h[i]);
				}
				double slope = (up[0].dirty - down[0].dirty) / (2 * h[0]);
				double bend = (up[1].dirty - 2 * at.dirty + down[1].dirty) / (h[1] * h[1]);
				engine_demand(fabs(at.modified_years + slope / at.dirty) < 2e-8,
				              "%d %zu %zu: modified %.12g, %.12g", c, r, y, at.modified_years,
				              -slope / at.dirty);
				engine_demand(fabs(at.convexity_years2 - bend / at.dirty) < 2e-5,
				              "%d %zu %zu: convexity %.12g, %.12g", c, r, y, at.convexity_years2,
				              bend / at.dirty);
				engine_demand(fabs(at.dv01 + slope / 10000) < 2e-9, "%d %zu %zu: dv01", c, r, y);
				engine_demand(fabs(at.dv01_cents - at.dv01 * 100000) < 1e-8, "%d %zu %zu: dv01", c, r,
				              y);
			}
}
END_TEST

START_TEST(price_of_yield_of_price)
{
	static const double prices[] = { 35.71, 88.8801, 99.99, 100, 100.01, 103.3, 187.3 };
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++)
		for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
			for (size_t i = 0; i < sizeof prices / sizeof *prices; i++) {
				weir_price of_price, of_yield;
				weir_price_terms terms = odd_terms(c, rules[r]);
				ck_assert_int_eq(weir_price_at_clean(&of_price, &odd, &terms, prices[i]), WEIR_OK);
				ck_assert(of_price.yields.count == 1 && of_price.yields.certain);
				ck_assert_int_eq(weir_price_at_yield(&of_yield, &odd, &terms, of_price.yield), WEIR_OK);
				engine_demand(fabs(of_yield.clean - prices[i]) < 1e-10, "%d %zu %zu: %.15g", c, r, i,
				              of_yield.clean);
			}
}
END_TEST

/* The same value at yields that mean the same: (1 + y/f)^f = e^c. */
START_TEST(compoundings_agree)
{
	weir_price p, of[WEIR_COMPOUND_CONTINUOUS];
	weir_price_terms terms = odd_terms(WEIR_COMPOUND_CONTINUOUS, WEIR_ACT_365F);
	ck_assert_int_eq(weir_price_at_yield(&p, &odd, &terms, 0.0417), WEIR_OK);
	for (int c = 0; c < WEIR_COMPOUND_CONTINUOUS; c++) {
		static const double times[] = { 1, 2, 4, 12 };
		terms.compounding = (weir_compounding)c;
		ck_assert_int_eq(weir_price_at_clean(&of[c], &odd, &terms, p.clean), WEIR_OK);
		ck_assert_double_eq_tol(of[c].yield, times[c] * (exp(0.0417 / times[c]) - 1), 1e-14);
		ck_assert_double_eq_tol(of[c].macaulay_years, p.macaulay_years, 1e-12);
	}
}
END_TEST

START_TEST(words)
{
	for (int c = 0; c < WEIR_COMPOUNDING_COUNT; c++) {
		const char *text = weir_compounding_text((weir_compounding)c);
		ck_assert_int_eq(weir_compounding_parse(text, strlen(text)), c);
	}
	ck_assert_int_eq(weir_compounding_parse("annually", 8), -1);
}
END_TEST

/* --- life, and a class of a run --------------------------------------------------------------------------------- */

/* After 19047: principal 3,333.33 x 84 days, 25,000.01 x 364, 7,777.77 x 730, 51,543.22 x 1076, of 87,654.33 in
 * all; of a face of 100,000.00 12,345.67 stay unpaid. */
START_TEST(life_after_settlement)
{
	weir_life life;
	weir_price_terms terms = odd_terms(WEIR_COMPOUND_ANNUAL, WEIR_ACT_365F);
	terms.settlement = 19047;
	weir_life_measure(&life, &odd, &terms);
	ck_assert_double_eq(life.principal_cents, 8765433);
	ck_assert_double_eq(life.other_cents, 66666 + 61234 + 59000 + 31415 + 27182);
	ck_assert_double_eq_tol(life.wal_years,
	                        (333333.0 * 84 + 2500001.0 * 364 + 777777.0 * 730 + 5154322.0 * 1076) / 365 / 8765433, 1e-14);
	ck_assert_int_eq(life.first_principal, 19131);
	ck_assert_int_eq(life.last_principal, 20123);
	ck_assert_double_eq(life.unpaid_cents, 1234567);
	terms.settlement = 20123;
	weir_life_measure(&life, &odd, &terms);
	ck_assert(isnan(life.wal_years) && life.first_principal == WEIR_DATE_NONE && life.unpaid_cents == 10000000);
}
END_TEST

static const char body[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n"
	"<class id=\"B\" size=\"2000.00\" coupon=\"4%\" interest=\"with-principal\"><principal style=\"bullet\" "
	"maturity=\"2024-12-15\"/></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest A.principal B.interest B.principal SUB.rest\"/>"
	"</waterfall></waterfalls>\n";

/* Quarters of 2 % for A, 30E/360. A gets 200.00 + 1100.00 on 15 March, 178.00 + 522.00 on 15 June, 167.56 +
 * 1132.44 on 15 September, 144.91 + 7245.56 on 15 December. On 30 July 8,378.00 are outstanding and 45 of 90 days
 * of 167.56 have accrued: 83.78. B gets the last 909.53: nothing of it before, so 2,000.00 x 4 % x 225/360 = 50.00
 * have accrued since 15 December 2023; in the end 80.00 of interest and 829.53 of principal are paid. */
START_TEST(class_at_a_settlement_date)
{
	engine_deal d;
	weir_class_flows k;
	io_enter();
	engine_open_text(&d, engine_text((const double[]){ 100000, 40000, 100000, 800000 },
	                                 (const double[]){ 30000, 30000, 30000, 30000 }, body));
	weir_block *block = engine_run(&d, NULL, 0);
	const weir_run *run = weir_block_result(block);
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, run, 0, 0, day("2024-07-30")), WEIR_OK);
	ck_assert_double_eq(k.face_cents, 837800);
	ck_assert_double_eq_tol(k.accrued_cents, 8378, 1e-9);
	ck_assert_double_eq(k.arrears_cents, 0);
	ck_assert_double_eq(k.unpaid_cents, 0);
	ck_assert_int_eq(k.flows.count, 4);
	ck_assert_double_eq(k.flows.principal[2], 113244);
	ck_assert_double_eq(k.flows.other[3], 14491);
	ck_assert_int_eq(k.flows.dates[1], day("2024-06-15"));
	/* at par, between payments: 8,378.00 + 83.78 buy 1,300.00 after 47 days and 7,390.47 after 138 */
	weir_price p;
	weir_price_terms terms =
		weir_class_price_terms(d.plan, &k, day("2024-07-30"), WEIR_COMPOUND_SIMPLE, WEIR_ACT_365F);
	ck_assert_int_eq(weir_price_at_clean(&p, &k.flows, &terms, 100), WEIR_OK);
	ck_assert_double_eq_tol(130000 / (1 + p.yield * 47 / 365) + (724556 + 14491) / (1 + p.yield * 138 / 365), 837800 + 8378,
	                        1e-6);
	weir_yields irr;
	ck_assert_int_eq(weir_irr_find(&irr, (const weir_date[]){ day("2024-07-30"), k.flows.dates[2], k.flows.dates[3] },
	                               (const double[]){ -p.dirty_cents, 130000, 724556 + 14491 }, 3),
	                 WEIR_OK);
	ck_assert_int_eq(irr.count, 1);
	ck_assert_double_eq_tol(130000 * pow(1 + irr.values[0], -47.0 / 365) +
	                                (724556 + 14491) * pow(1 + irr.values[0], -138.0 / 365),
	                        837800 + 8378, 1e-6);
	/* ICMA: 46 of the quarter's 92 days are left to 15 September */
	terms = weir_class_price_terms(d.plan, &k, day("2024-07-31"), WEIR_COMPOUND_CONTINUOUS, WEIR_ACT_ACT_ICMA);
	ck_assert_int_eq(weir_price_at_yield(&p, &k.flows, &terms, 0.05), WEIR_OK);
	ck_assert_double_eq_tol(p.dirty_cents,
	                        130000 * exp(-0.05 * 46 / 92 / 4) + (724556 + 14491) * exp(-0.05 * (46.0 / 92 + 1) / 4), 1e-6);
	/* repaid: nothing to price */
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, run, 0, 0, day("2024-12-15")), WEIR_OK);
	terms = weir_class_price_terms(d.plan, &k, day("2024-12-15"), WEIR_COMPOUND_ANNUAL, WEIR_ACT_365F);
	ck_assert(k.face_cents == 0 && k.accrued_cents == 0);
	ck_assert_int_eq(weir_price_at_clean(&p, &k.flows, &terms, 100), WEIR_NO);
	/* on a payment date its payment is made */
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, run, 0, 0, day("2024-03-15")), WEIR_OK);
	ck_assert(k.face_cents == 890000 && k.accrued_cents == 0);
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, run, 1, 0, day("2024-07-30")), WEIR_OK);
	ck_assert_double_eq_tol(k.accrued_cents, 5000, 1e-9);
	ck_assert_double_eq(k.unpaid_cents, 200000 - 82953);
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, run, 2, 0, day("2023-12-15")), WEIR_OK);
	ck_assert(k.face_cents == 50000 && k.accrued_cents == 0 && k.unpaid_cents == 0);
	weir_block_destroy(block);
	engine_close(&d);
	io_leave();
}
END_TEST

/* What has accrued, in cents, of class A (0) or B (1) of the deal with one word of its dates replaced. */
static double accrued_with(const char *word, const char *instead, int class_number, const char *settlement)
{
	engine_deal d;
	weir_class_flows k;
	char text[8192];
	const char *plain = engine_text((const double[]){ 100000, 40000, 100000, 800000 },
	                                (const double[]){ 30000, 30000, 30000, 30000 }, body);
	const char *place = strstr(plain, word);
	snprintf(text, sizeof text, "%.*s%s%s", (int)(place - plain), plain, instead, place + strlen(word));
	engine_open_text(&d, text);
	weir_block *block = engine_run(&d, NULL, 0);
	ck_assert_int_eq(weir_class_flows_read(&k, d.arena, d.plan, weir_block_result(block), class_number, 0, day(settlement)),
	                 WEIR_OK);
	weir_block_destroy(block);
	engine_close(&d);
	return k.accrued_cents;
}

/* Accrual dates stay where they are while payments move: what counts is whether the money has come. 15 June 2024 is a
 * Saturday. */
START_TEST(accrued_around_a_moved_payment)
{
	io_enter();
	/* paid on Monday the 17th: on Sunday the quarter's 178.00 are still to come, and one day on 8,378.00 has run */
	ck_assert_double_eq_tol(accrued_with("none", "following", 0, "2024-06-16"), 17800 + 837800 * 0.08 / 360, 1e-9);
	ck_assert_double_eq_tol(accrued_with("none", "following", 0, "2024-06-17"), 2 * 837800 * 0.08 / 360, 1e-9);
	ck_assert_double_eq_tol(accrued_with("none", "following", 1, "2024-06-16"), 200000 * 0.04 * 181 / 360, 1e-9);
	/* paid on Friday the 14th: nothing is left of the quarter on that day, nor on the next */
	ck_assert_double_eq(accrued_with("none", "preceding", 0, "2024-06-14"), 0);
	ck_assert_double_eq(accrued_with("none", "preceding", 0, "2024-06-15"), 0);
	ck_assert_double_eq_tol(accrued_with("none", "preceding", 0, "2024-06-13"), 890000 * 0.08 * 88 / 360, 1e-9);
	io_leave();
}
END_TEST

/* 1/1 counts a whole period as one, whatever its days: of 8 % a quarter 31 of 91 days have run on 15 January. */
START_TEST(accrued_of_a_period_counted_as_one)
{
	io_enter();
	ck_assert_double_eq(accrued_with("30E/360", "1/1", 0, "2023-12-15"), 0);
	ck_assert_double_eq_tol(accrued_with("30E/360", "1/1", 0, "2024-01-15"), 1000000 * 0.08 * 31 / 91, 1e-9);
	io_leave();
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_price_terms terms = odd_terms(WEIR_COMPOUND_ANNUAL, WEIR_ACT_365F);
	weir_price p;
	weir_yields found;
	for (long n = 1; n <= 2; n++) {
		weir_alloc_fail_from(n);
		ck_assert_int_eq(weir_price_at_clean(&p, &odd, &terms, 99), WEIR_NO_MEMORY);
		weir_alloc_fail_from(n);
		ck_assert_int_eq(weir_price_at_yield(&p, &odd, &terms, 0.01), WEIR_NO_MEMORY);
		weir_alloc_fail_from(n);
		ck_assert_int_eq(weir_irr_find(&found, odd_dates, odd_other, 7), WEIR_NO_MEMORY);
	}
	weir_alloc_fail_from(0);
	ck_assert_int_eq(weir_price_at_clean(&p, &odd, &terms, 99), WEIR_OK);
}
END_TEST

Suite *weir_suite_study_class_measures(void)
{
	Suite *suite = suite_create("study_class_measures");
	TCase *test = tcase_create("study_class_measures");
	tcase_add_test(test, hull_duration);
	tcase_add_test(test, fabozzi_price_volatility);
	tcase_add_test(test, between_coupon_dates);
	tcase_add_test(test, one_payment);
	tcase_add_test(test, negative_and_high_yields);
	tcase_add_test(test, several_or_no_rates_of_return);
	tcase_add_test(test, slopes_agree_with_differences);
	tcase_add_test(test, price_of_yield_of_price);
	tcase_add_test(test, compoundings_agree);
	tcase_add_test(test, words);
	tcase_add_test(test, life_after_settlement);
	tcase_add_test(test, class_at_a_settlement_date);
	tcase_add_test(test, accrued_around_a_moved_payment);
	tcase_add_test(test, accrued_of_a_period_counted_as_one);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
