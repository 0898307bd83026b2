/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_measures.c: figures of a run: coverage, missed and unpaid amounts, average life and yield of a class. */
#include <check.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine_fixture.h"
#include "study/measures.h"
#include "support_deal.h"

Suite *weir_suite_study_measures(void);

static engine_deal d;
static weir_block *block;
static weir_deal_figures figures;

static void setup(void)
{
	io_enter();
	d = (engine_deal){ 0 };
	block = NULL;
}

static void teardown(void)
{
	weir_block_destroy(block);
	if (d.arena)
		engine_close(&d);
	io_leave();
}

static void measure(const char *scenario)
{
	block = engine_run(&d, scenario ? weir_scenarios_find(&d.scenarios, scenario) : NULL, 0);
	ck_assert_int_eq(weir_measure(&figures, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0),
	                 WEIR_OK);
}

/* --- coverage --------------------------------------------------------------------------------------------------- */

/* EX5 by hand (INPUTS.md; EX5_base.csv has the same), periods 1 and 2, cents:
 *   collected 20,600 x 10,000.00 x 4.98 % / 4 = 2,564,700.00
 *   VAT 2,564,700.00 / 1.03 x 3 % = 74,700.00, surcharge 8,964.00
 *   custodian 200,000,000.00 x 0.01 % x 91/365 = 4,986.30; manager 206,000,000.00 x 0.05 % x 91/365 = 25,679.45;
 *   registrar 0.005 % x 1,894,794.52 = 94.74: 30,760.49. In period 2 with 92 days 5,041.10, 25,961.64, 95.78: 31,098.52
 *   senior due 200,000,000.00 x 3.8 % x 91/365 = 1,894,794.52; 92/365: 1,915,616.44
 *   cash after period 1: 2,564,700.00 - 83,664.00 - 30,760.49 - 1,894,794.52 = 555,480.99 */
START_TEST(coverage_of_ex5)
{
	engine_open(&d, "deals/ex5-micro-loans/deal.xml");
	measure("S0");
	const weir_period_figures *one = &figures.periods[1], *two = &figures.periods[2];
	ck_assert_double_eq(one->available, 256470000);
	ck_assert_double_eq(one->taxes, 8366400);
	ck_assert_double_eq(one->fees, 3076049);
	ck_assert_double_eq(two->fees, 3109852);
	ck_assert_double_eq(one->senior_due, 189479452);
	ck_assert_double_eq(two->opening_cash, 55548099);
	ck_assert_double_eq_tol(one->coverage, (256470000.0 - 8366400 - 3076049) / 189479452, 1e-15);
	ck_assert_double_eq_tol(one->coverage, 1.293162, 5e-7);
	ck_assert_double_eq(one->coverage_period, one->coverage);
	ck_assert_double_eq_tol(two->coverage, (55548099.0 + 256470000 - 8366400 - 3109852) / 191561644, 1e-15);
	ck_assert_double_eq_tol(two->coverage_period, (256470000.0 - 8366400 - 3109852) / 191561644, 1e-15);
	ck_assert_double_eq_tol(two->cumulative_coverage,
	                        (2 * 256470000.0 - 2 * 8366400 - 3076049 - 3109852) / (189479452 + 191561644), 1e-15);
	/* period 4: the fixed 50,000.00 and 0.005 % of 201,894,794.52; 210,188,823.07 before taxes and fees */
	ck_assert_double_eq_tol(figures.periods[4].coverage, (21018882307.0 - 8366400 - 9076049) / 20189479452, 1e-15);
	ck_assert_double_eq(figures.coverage_min, figures.periods[4].coverage);
	/* all collected 216,258,800.00; taxes 334,656.00; fees 183,718.02; interest paid 7,620,821.92 */
	ck_assert_double_eq_tol(figures.coverage_total,
	                        (21625880000.0 - 33465600 - 18371802) / (20000000000 + 762082192), 1e-15);
	ck_assert_int_eq(figures.missed, 0);
	ck_assert_double_eq(figures.unpaid_at_end_cents, 0);
	ck_assert_double_eq(figures.subordinated_total, 811960406);
	ck_assert_double_eq(figures.uncollected_cents, 0);
	ck_assert(isnan(figures.periods[0].coverage) && figures.periods[0].other_in == 20600000000);
}
END_TEST

/* What is carried is due again but not new. tests/deals/pro-rata-shortage-last: 1001.53 fall due each period;
 * 612.06 and 728.35 come in; 389.47 is carried into period 2, 662.65 into period 3. */
START_TEST(carried_amounts_count_once_in_the_cumulative_figure)
{
	engine_open(&d, "tests/deals/pro-rata-shortage-last/deal.xml");
	measure("S0");
	ck_assert_double_eq_tol(figures.periods[1].coverage, 61206.0 / 100153, 1e-15);
	ck_assert_double_eq(figures.periods[2].senior_due, 139100);
	ck_assert_double_eq(figures.periods[2].senior_new_due, 100153);
	ck_assert_double_eq_tol(figures.periods[2].coverage, 72835.0 / 139100, 1e-15);
	ck_assert_double_eq_tol(figures.periods[2].cumulative_coverage, (61206.0 + 72835) / (2 * 100153), 1e-15);
	/* period 3: 66265 + 100153 of interest and 31117.00 + 20145.00 + 9582.00 of principal; 63,000.00 come in */
	ck_assert_double_eq(figures.periods[3].senior_interest_due, 166418);
	ck_assert_double_eq(figures.periods[3].senior_principal_due, 6084400);
	ck_assert_double_eq_tol(figures.coverage_min, 72835.0 / 139100, 1e-15);
	ck_assert_int_eq(figures.missed, 1); /* though all is paid in the end */
	ck_assert_double_eq(figures.unpaid_at_end_cents, 0);
}
END_TEST

/* Half of the receipts: 1000.00 of interest and 30,500.00 of principal in period 3. By hand, class by class:
 * interest of 3 x 1001.53 less 306.03 and 364.18 (364.175) is 2334.38 due, all paid; 29,165.62 for 60,844.00 of
 * principal. */
START_TEST(what_is_unpaid_at_the_end)
{
	weir_shock half = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.5, .from = WEIR_DATE_NONE,
		            .to = WEIR_DATE_NONE };
	weir_scenario scenario = { .node = { .id = "HALF" }, .shocks = &half, .shock_count = 1 };
	engine_open(&d, "tests/deals/pro-rata-shortage-last/deal.xml");
	block = engine_run(&d, &scenario, 0);
	ck_assert_int_eq(weir_measure(&figures, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0),
	                 WEIR_OK);
	ck_assert_double_eq(figures.unpaid_at_end_cents, 6084400 - 2916562);
	ck_assert_double_eq(figures.classes[0].unpaid_at_end + figures.classes[1].unpaid_at_end +
	                            figures.classes[2].unpaid_at_end,
	                    6084400 - 2916562);
	ck_assert_double_eq(figures.classes[3].unpaid_at_end, 0); /* nothing is owed to the residual class */
	ck_assert_int_eq(figures.missed, 1);
	/* net collected / (original size + interest paid + interest unpaid) */
	ck_assert_double_eq_tol(figures.coverage_total, (30603.0 + 36418 + 3150000) / (6084400 + 300459), 1e-15);
	ck_assert(isnan(figures.classes[3].wal_years) && isnan(figures.classes[3].yield_at_issue));
}
END_TEST

/* --- life of a class -------------------------------------------------------------------------------------------- */

/* Collected 1300.00, 700.00, 1300.00, 8300.00 on 15 March (91 days after the start), June (183), September (275),
 * December 2024 (366). A: 10,000.00 at 8 %, quarters of 2 %, passed through:
 *   200.00 + 1100.00 | 178.00 + 522.00 | 167.56 + 1132.44 | 144.91 (144.9112) + 7245.56; 909.53 to SUB
 */
static const double principal[] = { 100000, 40000, 100000, 800000 }, income[] = { 30000, 30000, 30000, 30000 };
static const double days[] = { 91, 183, 275, 366 };

#define SUB                                                                                                            \
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"

static void measure_hand(const char *classes, const char *pays)
{
	char body[2000];
	snprintf(
		body, sizeof body,
		"<accounts><account id=\"cash\" receives=\"all\"/></accounts><classes>%s%s<waterfalls><waterfall "
		"id=\"normal\"><pay what=\"%s\"/><keep until=\"classes.senior.balance = 0\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>",
		classes, SUB, pays);
	engine_open_text(&d, engine_text(principal, income, body));
	measure(NULL);
}

/* What amounts are worth at an effective annual rate. */
static double worth(const double *amounts, double rate)
{
	double sum = 0;
	for (int k = 0; k < 4; k++)
		sum += amounts[k] * pow(1 + rate, -days[k] / 365);
	return sum;
}

static double yield_by_halving(const double *amounts, double price)
{
	double low = -0.5, high = 5;
	for (int i = 0; i < 200; i++) {
		double middle = (low + high) / 2;
		*(worth(amounts, middle) > price ? &low : &high) = middle;
	}
	return low;
}

START_TEST(life_of_a_class)
{
	const double paid[] = { 130000, 70000, 130000, 14491 + 724556 };
	measure_hand("<class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>",
	             "A.interest A.principal");
	const weir_class_figures *a = &figures.classes[0];
	ck_assert_double_eq(a->principal_total, 1000000);
	ck_assert_double_eq(a->interest_total, 20000 + 17800 + 16756 + 14491);
	ck_assert_double_eq(figures.classes[1].rest_total, 90953);
	ck_assert_double_eq(figures.subordinated_total, 90953);
	/* (1100.00 x 91 + 522.00 x 183 + 1132.44 x 275 + 7245.56 x 366) / 365 / 10,000.00 */
	ck_assert_double_eq_tol(
		a->wal_years, (110000.0 * 91 + 52200.0 * 183 + 113244.0 * 275 + 724556.0 * 366) / 365 / 1000000, 1e-14);
	ck_assert_int_eq(a->first_principal, weir_date_parse("2024-03-15", 10));
	ck_assert_int_eq(a->last_principal, weir_date_parse("2024-12-15", 10));
	ck_assert_double_eq_tol(a->yield_at_issue, yield_by_halving(paid, 1000000), 1e-9);
	ck_assert_double_eq_tol(worth(paid, a->yield_at_issue), 1000000, 1e-3);
}
END_TEST

/* One payment has a yield in closed form: 9,500.00 for 10,000.00 after 366 days. */
START_TEST(yield_of_a_single_payment)
{
	measure_hand(
		"<class id=\"Z\" size=\"10000.00\" interest=\"none\" issue-price=\"95\"><principal style=\"bullet\" "
		"maturity=\"2024-12-15\"/></class>",
		"Z.principal");
	ck_assert_double_eq_tol(figures.classes[0].yield_at_issue, pow(100.0 / 95, 365.0 / 366) - 1, 1e-10);
	ck_assert_double_eq_tol(figures.classes[0].wal_years, 366.0 / 365, 1e-15);
	ck_assert_double_eq(figures.periods[0].other_in, 950000 + 50000);
}
END_TEST

/* --- support and a mid-life start (support_deal.h) -------------------------------------------------------------- */

static weir_shock less = { .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_ALL, .value = 0.8, .from = WEIR_DATE_NONE,
	                   .to = WEIR_DATE_NONE };
static const weir_scenario less_scenario = { .node = { .id = "LESS" }, .shocks = &less, .shock_count = 1 };

static void measure_less(const char *text)
{
	engine_open_text(&d, text);
	block = engine_run(&d, &less_scenario, 0);
	ck_assert_int_eq(weir_measure(&figures, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0),
	                 WEIR_OK);
}

/* What G pays is support, not coverage. */
START_TEST(support_in_periods)
{
	static const double drawn[] = { 0, 52000, 49500, 47000, 44500 }, due[] = { 0, 260000, 257500, 255000, 252500 };
	measure_less(SUPPORT_DEAL);
	for (int k = 1; k <= 4; k++) {
		const weir_period_figures *p = &figures.periods[k];
		ck_assert_double_eq(p->support_in, drawn[k]);
		ck_assert_double_eq(p->available, 208000 + drawn[k]);
		ck_assert_double_eq(p->net, 208000);
		ck_assert_double_eq(p->senior_due, due[k]);
		ck_assert_double_eq_tol(p->coverage, 208000 / due[k], 1e-15);
		ck_assert(p->support_repaid == 0 && p->other_in == 0 && p->closing_cash == 0);
	}
	ck_assert_int_eq(figures.missed, 0);
}
END_TEST

/* From 15 June 2024 with 5,000.00 of A and 10.00 in the account: 2,080.00 come for 2,550.00, 460.00 are drawn; then 445.00. A's
 * payments: 2,550.00 after 92 days and 2,525.00 after 183. */
START_TEST(from_a_mid_life_start)
{
	measure_less(SUPPORT_DEAL_AND("100.00", "0.00",
	                              "<opening date=\"2024-06-15\"><class id=\"A\" balance=\"5000.00\"/>"
	                              "<class id=\"SUB\" balance=\"500.00\"/><account id=\"cash\" cash=\"10.00\"/></opening>"));
	const weir_period_figures *start = &figures.periods[2], *three = &figures.periods[3], *four = &figures.periods[4];
	ck_assert(start->opening_cash == 1000 && start->available == 1000 && start->closing_cash == 1000);
	ck_assert(start->pool_balance == 500000 && start->other_in == 0 && start->other_out == 0 && isnan(start->coverage));
	ck_assert(figures.periods[1].available == 0 && isnan(figures.periods[1].coverage));
	ck_assert(three->opening_cash == 1000 && three->support_in == 46000 && four->support_in == 44500);
	ck_assert_double_eq_tol(three->coverage, 2090.0 / 2550, 1e-15);
	ck_assert_double_eq_tol(four->cumulative_coverage, (10 + 2 * 2080.0) / (2550 + 2525), 1e-15);
	ck_assert_double_eq_tol(figures.coverage_total, (10 + 2 * 2080.0) / (5000 + 75), 1e-15);
	ck_assert_double_eq_tol(figures.classes[0].wal_years, (92 + 183) / 2.0 / 365, 1e-15);
	ck_assert_double_eq(figures.classes[0].interest_total, 5000 + 2500);
	double r = 1 + figures.classes[0].yield_at_issue;
	ck_assert_double_eq_tol(2550 * pow(r, -92.0 / 365) + 2525 * pow(r, -183.0 / 365), 5000, 1e-8);
}
END_TEST

/* --- every deal ------------------------------------------------------------------------------------------------- */

/* The identities of periods.csv (INTERFACE.md), to the cent, in every scenario beside the deal: with supports,
 * covers, calls, revolving purchases, mid-life starts and losses at the servicer where a deal has them. */
static void check_identities(engine_deal *deal, const weir_scenario *scenario)
{
	weir_deal_figures f;
	weir_block *run = engine_run(deal, scenario, 0);
	const char *id = deal->load.deal->node.id, *name = scenario ? scenario->node.id : "base";
	int first = deal->periods.first > 1 ? deal->periods.first : 1;
	ck_assert_int_eq(weir_measure(&f, deal->arena, deal->plan, weir_block_result(run), weir_block_rows(run), 0), WEIR_OK);
	for (int k = first - 1; k < deal->periods.count; k++) {
		const weir_period_figures *p = &f.periods[k];
		double senior = p->senior_interest_paid + p->senior_principal_paid;
		engine_demand(p->available == p->opening_cash + p->pool_principal + p->pool_income + p->pool_recovered +
		                                      p->other_in + p->support_in,
		              "%s %s %d: available", id, name, k);
		engine_demand(p->available - p->taxes_paid - p->fees_paid - senior - p->support_repaid - p->reserve_net -
		                              p->subordinated_paid - p->other_out ==
		                      p->closing_cash,
		              "%s %s %d: closing cash", id, name, k);
		engine_demand(k == first - 1 || p->opening_cash == f.periods[k - 1].closing_cash, "%s %s %d: opening cash",
		              id, name, k);
	}
	weir_block_destroy(run);
}

static void check_deal(engine_deal *deal)
{
	check_identities(deal, NULL);
	for (int i = 0; i < deal->scenarios.count; i++)
		check_identities(deal, &deal->scenarios.items[i]);
}

START_TEST(identities_of_every_deal)
{
	glob_t supported;
	engine_each_deal(check_deal);
	ck_assert_int_eq(glob("deals/*/supported.xml", 0, NULL, &supported), 0);
	for (size_t i = 0; i < supported.gl_pathc; i++) {
		engine_deal deal;
		engine_open(&deal, supported.gl_pathv[i]);
		ck_assert_msg(deal.status == WEIR_OK, "%s does not compile", supported.gl_pathv[i]);
		check_deal(&deal);
		engine_close(&deal);
	}
	globfree(&supported);
}
END_TEST

Suite *weir_suite_study_measures(void)
{
	Suite *suite = suite_create("study_measures");
	TCase *test = tcase_create("study_measures");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, coverage_of_ex5);
	tcase_add_test(test, carried_amounts_count_once_in_the_cumulative_figure);
	tcase_add_test(test, what_is_unpaid_at_the_end);
	tcase_add_test(test, life_of_a_class);
	tcase_add_test(test, yield_of_a_single_payment);
	tcase_add_test(test, support_in_periods);
	tcase_add_test(test, from_a_mid_life_start);
	tcase_add_test(test, identities_of_every_deal);
	suite_add_tcase(suite, test);
	return suite;
}
