/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_stress.c: grids and lists of scenarios: each row as its scenario run alone, and figures by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "study/measures.h"
#include "study/stress.h"
#include "support_deal.h"

Suite *weir_suite_study_stress(void);

static engine_deal d;
static weir_stress found;

static void setup(void)
{
	io_enter();
	d = (engine_deal){ 0 };
}

static void teardown(void)
{
	if (d.arena)
		engine_close(&d);
	io_leave();
}

static void stress(weir_stress_terms terms)
{
	ck_assert_int_eq(weir_stress_run(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_OK);
}

static int same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

/* A row and what weir_measure says of the same scenario, run in a lane of its own. */
static void compare_row(const weir_stress_row *row, const weir_scenario *scenario, const char *name)
{
	weir_deal_figures f;
	weir_block *block;
	weir_overlay overlay = { .name = name, .values = row->values };
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	double inflow = 0, defaulted = 0, recovered = 0, support = 0, unpaid = 0;
	ck_assert_int_eq(weir_block_create(&block, d.plan, &options), WEIR_OK);
	ck_assert_int_eq(weir_block_run(block, &scenario, 1, &overlay, 1, &d.load.diags), WEIR_OK);
	ck_assert_int_eq(weir_measure(&f, d.arena, d.plan, weir_block_result(block), weir_block_rows(block), 0), WEIR_OK);
	weir_block_destroy(block);
	for (int k = 1; k < d.periods.count; k++) {
		inflow += f.periods[k].pool_principal + f.periods[k].pool_income + f.periods[k].pool_recovered;
		defaulted += f.periods[k].pool_defaulted;
		recovered += f.periods[k].pool_recovered;
		support += f.periods[k].support_in;
	}
	engine_demand(row->inflow == inflow && row->defaulted == defaulted && row->recovered == recovered, "pool");
	engine_demand(same(row->coverage_min, f.coverage_min) && same(row->coverage_total, f.coverage_total), "coverage");
	engine_demand(row->support_drawn == support && row->subordinated_paid == f.subordinated_total, "paid");
	engine_demand(row->missed == f.missed, "missed");
	for (int i = 0; i < d.load.deal->class_count; i++) {
		const weir_stress_class *c = &row->classes[i];
		const weir_class_figures *k = &f.classes[i];
		engine_demand(same(c->wal_years, k->wal_years) && c->first_principal == k->first_principal &&
		                      c->last_principal == k->last_principal,
		              "life of class %d", i);
		engine_demand(c->interest == k->interest_total && c->principal == k->principal_total &&
		                      c->rest == k->rest_total,
		              "class %d is paid", i);
		if (!d.load.deal->classes[i].subordinated)
			unpaid += c->interest_short + c->principal_short;
	}
	engine_demand(unpaid == f.unpaid_at_end_cents, "unpaid");
	engine_demand(row->senior_interest_short + row->senior_principal_short == unpaid, "short");
	engine_demand(row->survives == (!f.missed && unpaid == 0), "survives");
}

static void compare_all(const char *path)
{
	const weir_scenario *scenarios[10];
	weir_stress_axis axis = { .name = "haircut", .from = 0, .to = 0.12, .step = 0.0037 }; /* 33 values: not a block */
	weir_stress_terms terms = { .scenarios = scenarios, .axes = &axis, .axis_count = 1 };
	engine_open(&d, path);
	scenarios[terms.scenario_count++] = NULL;
	for (int i = 0; i < d.scenarios.count && i < 9; i++)
		scenarios[terms.scenario_count++] = &d.scenarios.items[i];
	stress(terms);
	ck_assert_uint_eq(found.count, (size_t)terms.scenario_count * 33);
	for (size_t r = 0; r < found.count; r++) {
		const weir_stress_row *row = &found.rows[r];
		engine_demand(row->scenario == (int)(r / 33) && row->values[0] == (double)(r % 33 * 37) / 10000, "row %zu", r);
		compare_row(row, scenarios[row->scenario], axis.name);
	}
	engine_close(&d);
}

START_TEST(rows_are_their_scenarios)
{
	compare_all("deals/ex3-sale-leaseback/deal.xml");
	compare_all("deals/ex7-copyright-abn/deal.xml");
	compare_all("tests/deals/pro-rata-shortage-last/deal.xml");
}
END_TEST

/* The last axis moves fastest; values are exact decimals and cents; an end that no step hits is left out. */
START_TEST(order_of_a_grid)
{
	static const double h[] = { 0.1, 0.2, 0.3 }, amount[] = { 0, 7, 14 };
	weir_stress_axis axes[] = { { "haircut", 0.1, 0.3, 0.1 }, { "flat.amount", 0, 20, 7 } };
	engine_open_text(&d, SUPPORT_DEAL);
	stress((weir_stress_terms){ .axes = axes, .axis_count = 2 });
	ck_assert_uint_eq(found.count, 9);
	for (int r = 0; r < 9; r++) {
		ck_assert(found.rows[r].values[0] == h[r / 3] && found.rows[r].values[1] == amount[r % 3]);
		ck_assert_int_eq(found.rows[r].scenario, 0);
	}
	stress((weir_stress_terms){ 0 });
	ck_assert_uint_eq(found.count, 1);
}
END_TEST

static void expect_refusal(weir_stress_axis *axes, int count, const char *complaint)
{
	weir_stress_terms terms = { .axes = axes, .axis_count = count };
	ck_assert_int_eq(weir_stress_run(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load, complaint);
}

START_TEST(what_cannot_be_varied)
{
	weir_stress_axis wide[] = { { "haircut", 0, 0.9, 0.0001 }, { "A.coupon", 0, 0.9, 0.0001 } };
	engine_open_text(&d, SUPPORT_DEAL);
	expect_refusal(&(weir_stress_axis){ "hair_cut", 0, 1, 0.1 }, 1,
	               "-:*: error: there is no number \"hair_cut\" to set; did you mean \"haircut\"? * [unknown-parameter]");
	expect_refusal(&(weir_stress_axis){ "haircut", 0.2, 0.1, 0.1 }, 1,
	               "-:*: error: \"haircut\" cannot go from 0.2 to 0.1 by 0.1; give a step above 0 and an end not below "
	               "the start [out-of-range]");
	expect_refusal(&(weir_stress_axis){ "haircut", 0, 0.1, 0 }, 1,
	               "-:*: error: \"haircut\" cannot go from 0 to 0.1 by 0; * [out-of-range]");
	expect_refusal(&(weir_stress_axis){ "haircut", 0, INFINITY, 0.1 }, 1,
	               "-:*: error: \"haircut\" cannot go from 0 to inf by 0.1; * [out-of-range]");
	expect_refusal(wide, 2,
	               "-:*: error: more than 1000000 scenarios in one study; take larger steps, or vary fewer numbers "
	               "[out-of-range]");
}
END_TEST

/* support_deal.h, with 20 % less of each receipt. */
START_TEST(with_without_and_failing_support)
{
	static const double unpaid_without[] = { 52000, 102020, 150040, 196040 };
	weir_stress_axis axis = { "haircut", 0.2, 0.2, 0.1 };
	weir_stress_terms terms = { .axes = &axis, .axis_count = 1 };
	engine_open_text(&d, SUPPORT_DEAL);
	stress(terms);
	const weir_stress_row *row = found.rows;
	ck_assert(row->survives && !row->missed && row->first_short == WEIR_DATE_NONE);
	ck_assert_double_eq(row->support_drawn, 193000);
	ck_assert_double_eq(row->inflow, 4 * 208000);
	ck_assert_double_eq(row->defaulted, 200000);
	ck_assert_double_eq(row->classes[0].interest, 10000 + 7500 + 5000 + 2500);
	/* without support: 2,080.00 for 2,600.00; all 8,320.00 for 10,000.00 and the interest of 250.00 */
	ck_assert_double_eq_tol(row->coverage_min, 2080.0 / 2600, 1e-15);
	ck_assert_double_eq_tol(row->coverage_total, 8320.0 / 10250, 1e-15);
	terms.variant.support = WEIR_WITHOUT_SUPPORT;
	stress(terms);
	row = found.rows;
	ck_assert(!row->survives && row->missed && row->support_drawn == 0);
	ck_assert_int_eq(row->first_short, weir_date_parse("2024-03-15", 10));
	ck_assert_double_eq(row->senior_principal_short, unpaid_without[3]);
	ck_assert_double_eq(row->senior_interest_short, 0);
	ck_assert_double_eq(row->classes[0].missed_most, unpaid_without[3]);
	ck_assert_double_eq(row->classes[0].interest, 10000 + 8020 + 6020 + 4000);
	ck_assert_int_eq(row->classes[0].last_principal, weir_date_parse("2024-12-15", 10));
	terms.variant = (weir_variant){ WEIR_SUPPORTER_FAILS, 0, 7 };
	stress(terms);
	row = found.rows;
	ck_assert(!row->survives && row->missed);
	ck_assert_double_eq(row->support_drawn, 52000 + 49500);
	ck_assert_double_eq(row->senior_principal_short, 91970);
	ck_assert_int_eq(row->first_short, weir_date_parse("2024-09-15", 10));
	ck_assert_double_eq(row->classes[0].missed_most, 91970);
	/* the residual class is owed nothing */
	ck_assert(row->classes[1].survives && row->classes[1].principal_short == 0);
}
END_TEST

START_TEST(variants_that_make_no_sense)
{
	weir_stress_terms terms = { .variant = { WEIR_SUPPORTER_FAILS, 0, -1 } };
	engine_open_text(&d, SUPPORT_DEAL);
	ck_assert_int_eq(weir_stress_run(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load,
	          "-:*: error: \"G\" cannot fail in month \"-1\"; count months from the cut-off date, from 0 [out-of-range]");
	engine_close(&d);
	engine_open(&d, "deals/ex1-patent-licence/deal.xml");
	terms.variant.month = 3;
	ck_assert_int_eq(weir_stress_run(&found, d.arena, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	io_expect(&d.load, "*deal.xml:*: error: \"originator\" supports nothing, so that its failing changes nothing; name a "
	                   "party of a support [unknown-parameter]");
	terms.variant = (weir_variant){ .support = WEIR_WITHOUT_SUPPORT };
	stress(terms); /* there is none: as with it */
	ck_assert_int_eq(found.rows[0].survives, 1);
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_stress_axis axis = { "haircut", 0, 0.9, 0.01 };
	weir_stress_terms terms = { .axes = &axis, .axis_count = 1, .variant = { .support = WEIR_WITHOUT_SUPPORT } };
	weir_status status = WEIR_NO_MEMORY;
	long n;
	engine_open_text(&d, SUPPORT_DEAL);
	for (n = 1; status == WEIR_NO_MEMORY && n < 1000; n++) {
		weir_alloc_fail_from(n);
		status = weir_stress_run(&found, d.arena, d.plan, &terms, &d.load.diags);
	}
	weir_alloc_fail_from(0);
	ck_assert_int_eq(status, WEIR_OK);
	ck_assert_int_gt(n, 10);
}
END_TEST

Suite *weir_suite_study_stress(void)
{
	Suite *suite = suite_create("study_stress");
	TCase *test = tcase_create("study_stress");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, rows_are_their_scenarios);
	tcase_add_test(test, order_of_a_grid);
	tcase_add_test(test, what_cannot_be_varied);
	tcase_add_test(test, with_without_and_failing_support);
	tcase_add_test(test, variants_that_make_no_sense);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
