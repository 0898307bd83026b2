/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_rating.c: targets, laws and expected losses by hand, and the default rate that a class just survives. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine_fixture.h"
#include "io/load.h"
#include "io/rating_csv.h"
#include "study/rating_limit.h"
#include "support_deal.h"

Suite *weir_suite_study_rating(void);

/* --- laws ------------------------------------------------------------------------------------------------------- */

/* Rates of 1 %, 2 % and 4 %: the logarithms lie ln 2 apart, so that their mean is ln 2 % and their sample standard deviation
 * ln 2 x sqrt((1 + 0 + 1) / 2) = ln 2. (A mean in the place of the deviation, as one published estimator has it, would give
 * -3.9.) */
START_TEST(deviation_is_the_standard_deviation)
{
	weir_log_normal law;
	ck_assert(weir_log_normal_of_rates(&law, (const double[]){ 0.01, 0.02, 0.04 }, 3));
	ck_assert_double_eq_tol(law.mean, -3.912023005428146, 1e-15);
	ck_assert_double_eq_tol(law.deviation, 0.693147180559945, 1e-15);
	ck_assert(!weir_log_normal_of_rates(&law, (const double[]){ 0.01 }, 1));
	ck_assert(!weir_log_normal_of_rates(&law, (const double[]){ 0.01, 0 }, 2));
}
END_TEST

/* 4 % with a deviation of 3 %: ln(1 + 9/16) = 2 ln(5/4); mean ln 0.04 - ln(5/4) = ln 0.032. */
START_TEST(law_of_moments)
{
	weir_log_normal law;
	ck_assert(weir_log_normal_of_moments(&law, 0.04, 0.03));
	ck_assert_double_eq_tol(law.mean, -3.442019376182410, 1e-15);
	ck_assert_double_eq_tol(law.deviation, 0.668047230836578, 1e-15); /* sqrt(0.446287102628419...) */
	ck_assert(!weir_log_normal_of_moments(&law, 0, 0.03));
	ck_assert(!weir_log_normal_of_moments(&law, 0.04, -0.01));
}
END_TEST

/* What is exceeded with a probability has that probability above it; half of the rates lie below e^mean. */
START_TEST(quantiles_and_probabilities)
{
	weir_log_normal law = { -3.9, 0.45 }, certain = { -3.9, 0 };
	for (int i = 1; i < 20; i++) {
		double p = i / 20.0 - 0.0173;
		double distance = (log(weir_log_normal_exceeded(&law, p)) - law.mean) / law.deviation;
		ck_assert_double_eq_tol(erfc(-distance / sqrt(2)) / 2, 1 - p, 1e-14);
	}
	ck_assert_double_eq_tol(weir_log_normal_exceeded(&law, 0.5), 0.020241911445804, 1e-15); /* e^-3.9 */
	ck_assert_double_eq_tol(weir_log_normal_exceeded(&certain, 0.01), 0.020241911445804, 1e-15);
}
END_TEST

/* --- targets ---------------------------------------------------------------------------------------------------- */

static weir_grade_tables tables;
static weir_arena *arena;
static weir_sources sources;
static weir_diags diags;

static void setup(void)
{
	io_enter();
	sources = (weir_sources){ 0 };
	diags = (weir_diags){ 0 };
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
}

static void teardown(void)
{
	weir_arena_destroy(arena);
	weir_sources_free(&sources);
	weir_diags_free(&diags);
	io_leave();
}

static const weir_grade_table *shipped(const char *asset_class)
{
	ck_assert_int_eq(weir_grade_tables_load(&tables, arena, &sources, NULL, &diags), WEIR_OK);
	const weir_grade_table *table = weir_grade_tables_find(&tables, asset_class);
	ck_assert_ptr_nonnull(table);
	return table;
}

static int grade(const weir_grade_table *table, const char *name)
{
	for (int i = 0; i < table->count; i++)
		if (strcmp(table->grades[i].grade, name) == 0)
			return i;
	ck_abort_msg("no grade %s", name);
}

/* Leases, 2.3 % expected: AAA 5.0 x 2.3 % = 11.5 %, BBB+ 2.5 x = 5.75 %. 0.9 % has defaulted and 80 % of the principal is
 * left: (11.5 - 0.9) / 0.8 = 13.25 %; with 30 % recovered, support of 70 % of that. */
START_TEST(multiples)
{
	weir_target targets[20];
	const weir_grade_table *lease = shipped("lease");
	weir_target_terms terms = { .base_default = 0.023, .left = 1, .recovery = 0.3 };
	weir_targets_find(targets, lease, &terms);
	ck_assert_double_eq(targets[grade(lease, "AAA")].rate, 0.115);
	ck_assert_double_eq(targets[grade(lease, "AAA")].required_support, 0.0805);
	ck_assert_double_eq(targets[grade(lease, "BBB+")].rate, 0.0575);
	ck_assert_int_eq(targets[grade(lease, "BBB+")].derived, 0);
	ck_assert_int_eq(weir_targets_reached(targets, lease->count, 0.0575), grade(lease, "BBB+"));
	ck_assert_int_eq(weir_targets_reached(targets, lease->count, 0.057499999), grade(lease, "BBB"));
	ck_assert_int_eq(weir_targets_reached(targets, lease->count, 0.0275), -1); /* BB-: 2.76 % */
	ck_assert_int_eq(weir_targets_reached(targets, lease->count, NAN), -1);
	terms.defaulted = 0.009;
	terms.left = 0.8;
	weir_targets_find(targets, lease, &terms);
	ck_assert_double_eq(targets[grade(lease, "AAA")].of_initial, 0.115);
	ck_assert_double_eq(targets[grade(lease, "AAA")].rate, 0.1325);
	ck_assert_double_eq(targets[grade(lease, "AAA")].required_support, 0.09275);
}
END_TEST

/* Small businesses: 20.5 x 7 % is more than all. BBB- has no number: BBB's 5.5 x 2 % = 11 % / 1.1. */
START_TEST(all_at_most_and_the_next_better_grade)
{
	weir_target targets[20];
	const weir_grade_table *small = shipped("small-business");
	weir_target_terms terms = { .base_default = 0.07, .left = 1 };
	weir_targets_find(targets, small, &terms);
	ck_assert_double_eq(targets[0].rate, 1);
	terms.base_default = 0.02;
	weir_targets_find(targets, small, &terms);
	ck_assert_double_eq(targets[grade(small, "BBB")].rate, 0.11);
	ck_assert_double_eq(targets[grade(small, "BBB-")].rate, 0.1);
	ck_assert_int_eq(targets[grade(small, "BBB-")].derived, 1);
	terms.defaulted = 0.12;
	weir_targets_find(targets, small, &terms);
	ck_assert_double_eq(targets[grade(small, "BBB")].rate, 0); /* more than that has defaulted */
}
END_TEST

/* exp(-3.9 + 0.45 x inverse normal(1 - p)), with p 0.06 %, 0.22 %, 7.96 % of leases, by 30 digits of mpmath; BB and BB-
 * have no probability. */
START_TEST(log_normal_targets)
{
	static const struct {
		const char *grade;
		double rate;
		int derived;
	} wanted[] = { { "AAA", 0.086942878342, 0 }, { "AA+", 0.072918235980, 0 }, { "BB+", 0.038139502000, 0 },
		       { "BB", 0.034672274545, 1 },  { "BB-", 0.031520249587, 1 } };
	weir_target targets[20];
	const weir_grade_table *lease = shipped("lease");
	weir_target_terms terms = { .by_law = 1, .law = { -3.9, 0.45 }, .left = 1 };
	weir_targets_find(targets, lease, &terms);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const weir_target *t = &targets[grade(lease, wanted[i].grade)];
		ck_assert_msg(t->rate == wanted[i].rate && t->derived == wanted[i].derived, "%s: %.15f", wanted[i].grade,
		              t->rate);
	}
}
END_TEST

/* --- expected losses -------------------------------------------------------------------------------------------- */

/* AA-: 0.0105 % at 2 years, 0.0325 % at 3, 0.0556 % at 4. Half-way the logarithm is that of the geometric mean,
 * sqrt(1.05e-4 x 3.25e-4); at 3.37 years 3.25e-4 x (5.56 / 3.25)^0.37. */
START_TEST(losses_between_years)
{
	weir_loss_table table;
	ck_assert_int_eq(weir_loss_table_load(&table, arena, &sources, NULL, &diags), WEIR_OK);
	const weir_loss_grade *aa = weir_loss_table_find(&table, "AA-");
	ck_assert_ptr_nonnull(aa);
	ck_assert_int_eq(aa->label, WEIR_LABEL_ASSUMPTION);
	ck_assert_double_eq(weir_loss_at(aa, 2.5), 0.000184729532);
	ck_assert_double_eq(weir_loss_at(aa, 3.37), 0.000396427880);
	ck_assert_double_eq(weir_loss_at(aa, 4), 0.000556);
	ck_assert_double_eq(weir_loss_at(aa, 0.3), 0.000017);
	ck_assert_double_eq(weir_loss_at(aa, 30), 0.0022);
	ck_assert(isnan(weir_loss_at(aa, NAN)));
	ck_assert_ptr_null(weir_loss_table_find(&table, "Aa3"));
}
END_TEST

/* --- files ------------------------------------------------------------------------------------------------------ */

static void expect(const char *wanted)
{
	io_load load = { .sources = &sources, .diags = diags };
	ck_assert_uint_eq(diags.count, 1);
	io_expect(&load, wanted);
	weir_diags_free(&diags);
	diags = (weir_diags){ 0 };
}

static void refuse_targets(const char *records, const char *wanted)
{
	char text[1000];
	snprintf(text, sizeof text, "grade,asset-class,multiple-of,multiple,target-probability\n%s", records);
	weir_status status = weir_grade_tables_load(&tables, arena, &sources, io_write("t.csv", text), &diags);
	ck_assert_int_eq(status, WEIR_INPUT);
	expect(wanted);
}

START_TEST(targets_out_of_order)
{
	refuse_targets("AAA,film,default,4,1%\nAA,film,default,4.5,2%\n",
	               "t.csv:3:1: error: grade \"AA\" asks for more stress than the better \"AAA\" before it; list grades best "
	               "first [out-of-range]");
	refuse_targets("AAA,film,default,4,1%\nAA+,film,default,,\nAA,film,default,4.5,2%\n",
	               "t.csv:4:1: error: grade \"AA\" asks for more stress than*");
	refuse_targets("AAA,film,default,4,1%\nAA,film,default,3,0.5%\n",
	               "t.csv:3:1: error: grade \"AA\" is less likely to default than the better \"AAA\" before it*");
	refuse_targets("AAA,film,recovery,0.9,\nAA,film,recovery,0.8,\n", "t.csv:3:1: error: grade \"AA\" asks for more*");
	refuse_targets("AAA,film,default,4,\nAA,film,recovery,0.8,\n",
	               "t.csv:3:1: error: the multiples for \"film\" are of defaults in one record*");
	refuse_targets("AAA,film,default,4,\nAAA,film,default,3,\n",
	               "t.csv:3:1: error: the grade \"AAA\" has the id of the grade at*");
	refuse_targets("AAA,film,default,4,100%\n", "t.csv:2:1: error: the probability of grade \"AAA\" is none*");
	refuse_targets("AAA,film,defaults,4,1%\n", "t.csv:2:10: error: *");
	refuse_targets("", "t.csv:1:1: error: the table of rating targets has no records*");
}
END_TEST

/* A house's own table: two classes of assets in turns. */
START_TEST(own_targets)
{
	const char *path = io_write("t.csv", "grade,asset-class,multiple-of,multiple\nAAA,film,default,4\nAAA,music,default,3\n"
	                                     "AA,film,default,3.5\n");
	ck_assert_int_eq(weir_grade_tables_load(&tables, arena, &sources, path, &diags), WEIR_OK);
	const weir_grade_table *film = weir_grade_tables_find(&tables, "film");
	ck_assert_int_eq(tables.count, 2);
	ck_assert_int_eq(film->count, 2);
	ck_assert_double_eq(film->grades[1].multiple, 3.5);
	ck_assert(isnan(film->grades[1].probability));
	ck_assert_ptr_null(weir_grade_tables_find(&tables, "lease"));
}
END_TEST

static void refuse_losses(const char *records, const char *wanted)
{
	char text[1000];
	weir_loss_table table;
	snprintf(text, sizeof text, "grade,years,expected-loss\n%s", records);
	ck_assert_int_eq(weir_loss_table_load(&table, arena, &sources, io_write("l.csv", text), &diags), WEIR_INPUT);
	expect(wanted);
}

START_TEST(losses_out_of_order)
{
	refuse_losses("AAA,2,0.1%\nAAA,1,0.2%\n", "l.csv:3:1: error: behind 2 years grade \"AAA\" wants more years*");
	refuse_losses("AAA,1,0.2%\nAAA,2,0.1%\n", "l.csv:3:1: error: behind 1 years grade \"AAA\" wants more years*");
	refuse_losses("AAA,1,0.2%\nAA,1,0.3%\nAAA,2,0.4%\n", "l.csv:4:1: error: grade \"AAA\" stands in two places*");
	refuse_losses("AAA,1,0%\n", "l.csv:2:1: error: an expected loss lies above 0% and is at most 100%; correct it*");
	refuse_losses("AAA,0,1%\n", "l.csv:2:1: error: an average life of 0 years has no expected loss*");
}
END_TEST

START_TEST(histories)
{
	double *rates;
	int count;
	const char *path = io_write("h.csv", "pool,cumulative-default\n2019-1,1%\n,2%\n2020-2,4%\n");
	ck_assert_int_eq(weir_default_history_load(&rates, &count, arena, &sources, path, &diags), WEIR_OK);
	ck_assert_int_eq(count, 3);
	ck_assert_double_eq(rates[2], 0.04);
	path = io_write("h.csv", "cumulative-default\n1%\n0%\n");
	ck_assert_int_eq(weir_default_history_load(&rates, &count, arena, &sources, path, &diags), WEIR_INPUT);
	expect("h.csv:3:1: error: a default rate of 0% has no place in a log-normal law*");
	path = io_write("h.csv", "cumulative-default\n1%\n");
	ck_assert_int_eq(weir_default_history_load(&rates, &count, arena, &sources, path, &diags), WEIR_INPUT);
	expect("-:*: error: *has one rate, which tells nothing*");
	ck_assert_int_eq(weir_default_history_load(&rates, &count, arena, &sources, "no such file", &diags), WEIR_IO);
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	const char *path = io_write("h.csv", "cumulative-default\n1%\n2%\n");
	for (long n = 1;; n += 1 + n / 50) {
		double *rates;
		int count;
		weir_loss_table losses;
		weir_arena *own = NULL;
		weir_sources files = { 0 };
		weir_diags complaints = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_grade_tables_load(&tables, own, &files, NULL, &complaints);
		if (status == WEIR_OK)
			status = weir_loss_table_load(&losses, own, &files, NULL, &complaints);
		if (status == WEIR_OK)
			status = weir_default_history_load(&rates, &count, own, &files, path, &complaints);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		weir_sources_free(&files);
		weir_diags_free(&complaints);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 10);
}
END_TEST

/* --- the default rate that a class just survives ---------------------------------------------------------------- */

static engine_deal d;
static weir_rating_limit limit;

/* Four receipts of 2,500.00 on days 67 to 341; A gets everything until it has `size`. */
static void open_pool(const char *size)
{
	char body[1000];
	snprintf(body, sizeof body,
	         "<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	         "<classes><class id=\"A\" size=\"%s\" interest=\"none\"><principal style=\"pass-through\"/></class>\n"
	         "<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	         "<waterfalls><waterfall id=\"normal\"><pay what=\"A.principal\"/><pay what=\"SUB.rest\"/></waterfall>"
	         "</waterfalls>\n",
	         size);
	engine_open_text(&d, engine_text((const double[]){ 250000, 250000, 250000, 250000 },
	                                 (const double[]){ 0, 0, 0, 0 }, body));
}

static void find(const weir_scenario *scenario, weir_variant variant)
{
	weir_rating_terms terms = { .scenario = scenario, .class_number = 0, .variant = variant };
	ck_assert_int_eq(weir_rating_limit_find(&limit, d.plan, &terms, &d.load.diags), WEIR_OK);
}

/* A scenario whose defaults fall before the first receipt: all in the first twentieth of the life. Its own total of 3 %
 * gives way to the one that is searched. */
static const char early[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
	"<scenario id=\"early\"><default total=\"3%\" "
	"timing=\"100% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0% 0%\"/></scenario>\n"
	"<scenario id=\"recovered\" include=\"early\"><recovery rate=\"50%\" lag=\"1 months\"/></scenario>\n"
	"<scenario id=\"prepaid\" include=\"recovered\"><prepay cpr=\"20%\"/></scenario></scenarios>\n";

/* With a share V gone, A gets 10,000.00 x (1 - V), rounded: 8,000.00 of it while V is at most 0.2000005. */
START_TEST(what_defaults_at_once)
{
	io_write("scenarios.xml", early);
	open_pool("8000.00");
	find(weir_scenarios_find(&d.scenarios, "early"), (weir_variant){ 0 });
	ck_assert_double_eq(limit.total, 0.2000005);
	ck_assert_double_eq(limit.rate, 0.2);
	ck_assert(limit.monotone && limit.way == WEIR_RATING_AS_IT_IS);
	engine_close(&d);
}
END_TEST

/* The base case has no timing: evenly over 341 days, so that what is lost at the receipts is V x 67/341 of 10,000.00,
 * V x 90/341 of 7,500.00, V x 92/341 of 5,000.00 and of 2,500.00: V x 203.5/341 in all, at most 2,000.00. */
START_TEST(evenly_without_a_timing)
{
	open_pool("8000.00");
	find(NULL, (weir_variant){ 0 });
	ck_assert_double_eq_tol(limit.total, 0.2 * 341 / 203.5, 1e-6);
	ck_assert_double_eq_tol(limit.rate, 0.2, 1e-6);
	engine_close(&d);
}
END_TEST

/* A of 4,900.00. Half of what defaults comes back: even of V = 100 % A gets 5,000.00, which is too much to survive. With
 * 45 % recovered A gets 10,000.00 (1 - 0.55 V): V at most 0.51 / 0.55. */
START_TEST(less_is_recovered)
{
	io_write("scenarios.xml", early);
	open_pool("4900.00");
	find(weir_scenarios_find(&d.scenarios, "recovered"), (weir_variant){ 0 });
	ck_assert_int_eq(limit.way, WEIR_RATING_LESS_RECOVERY);
	ck_assert_double_eq_tol(limit.total, 0.51 / 0.55, 2e-6);
	ck_assert_double_eq_tol(limit.rate, 0.51 / 0.55, 2e-6);
	find(weir_scenarios_find(&d.scenarios, "prepaid"), (weir_variant){ 0 }); /* the same: all defaults at once */
	ck_assert_int_eq(limit.way, WEIR_RATING_LESS_RECOVERY);
	engine_close(&d);
}
END_TEST

/* A of 1,000.00 survives with 45 % recovered too; then V of every principal is lost and nothing recovered. Receipts of
 * round(250,000 x (1 - V)) cents, each at least 25,000: V at most 0.900002. */
START_TEST(in_the_end_by_principal)
{
	io_write("scenarios.xml", early);
	open_pool("1000.00");
	find(weir_scenarios_find(&d.scenarios, "recovered"), (weir_variant){ 0 });
	ck_assert_int_eq(limit.way, WEIR_RATING_BY_PRINCIPAL);
	ck_assert_double_eq(limit.total, 0.900002);
	ck_assert_double_eq(limit.rate, 0.9);
	ck_assert_str_eq(weir_rating_way_text(limit.way), "by-principal");
	find(weir_scenarios_find(&d.scenarios, "prepaid"), (weir_variant){ 0 });
	ck_assert_int_eq(limit.way, WEIR_RATING_BY_PRINCIPAL);
	ck_assert_double_eq_tol(limit.rate, 0.9, 1e-6); /* prepayments are rounded too */
	/* the scenario that others share is as it was */
	const weir_scenario *prepaid = weir_scenarios_find(&d.scenarios, "prepaid");
	ck_assert_double_eq(prepaid->shocks[1].value, 0.5);
	ck_assert_double_eq(prepaid->shocks[2].values[0], 0.2);
	engine_close(&d);
}
END_TEST

START_TEST(fails_without_defaults)
{
	open_pool("10000.01");
	find(NULL, (weir_variant){ 0 });
	ck_assert(isnan(limit.rate) && isnan(limit.total));
	engine_close(&d);
}
END_TEST

/* G pays what A misses, 3,000.00 in all; without it A misses its first due date as soon as a cent is gone. */
START_TEST(with_support_and_without)
{
	engine_open_text(&d, SUPPORT_DEAL);
	find(NULL, (weir_variant){ 0 });
	ck_assert(limit.rate > 0.29 && limit.rate < 0.31);
	find(NULL, (weir_variant){ .support = WEIR_WITHOUT_SUPPORT });
	ck_assert(limit.rate < 0.00001);
	engine_close(&d);
}
END_TEST

/* A scenario of EX3 with defaults of so many billionths, from a file like any other. */
static const weir_scenario *written(long billionths)
{
	static weir_scenarios file;
	char text[1000];
	snprintf(text, sizeof text,
	         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"s\">"
	         "<prepay cpr=\"5%%\"/><default total=\"%ld.%07ld%%\" timing=\"front-20\"/>"
	         "<recovery rate=\"30%%\" lag=\"12 months\"/></scenario></scenarios>",
	         billionths / 10000000, billionths % 10000000);
	ck_assert_int_eq(weir_scenarios_load(&file, d.load.deal, io_write("s.xml", text), &d.load.diags), WEIR_OK);
	return &file.items[0];
}

/* What is found is the last total that a plain run of the scenario survives, and what defaults in that run. */
START_TEST(a_limit_is_a_run)
{
	for (int k = 0; k < 3; k++) {
		engine_open(&d, "deals/ex3-sale-leaseback/deal.xml");
		weir_rating_terms terms = { .scenario = written(30000000), .class_number = k };
		ck_assert_int_eq(weir_rating_limit_find(&limit, d.plan, &terms, &d.load.diags), WEIR_OK);
		ck_assert_int_eq(limit.way, WEIR_RATING_AS_IT_IS);
		long largest = (long)(limit.total * 1e9 + 0.5);
		for (int more = 0; more < 2; more++) {
			char survives[WEIR_LANES];
			double defaulted = 0;
			weir_block *block = engine_run(&d, written(largest + more), 0);
			const weir_pool_rows *rows = weir_block_rows(block);
			weir_survival_read(survives, d.plan, weir_block_result(block), k, WEIR_SURVIVE_BOTH);
			ck_assert_int_eq(survives[0], !more);
			for (int p = 1; p < d.periods.count; p++)
				defaulted += rows->column[WEIR_POOL_DEFAULTED][p][0];
			ck_assert(more || defaulted / d.pool->principal_cents == limit.rate);
			weir_block_destroy(block);
		}
		engine_close(&d);
	}
}
END_TEST

START_TEST(a_pool_without_principal)
{
	weir_rating_terms terms = { .class_number = 0 };
	engine_open_text(&d, engine_text((const double[]){ 0, 0, 0, 0 }, (const double[]){ 100, 100, 100, 100 },
	                                 "<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	                                 "<classes><class id=\"A\" size=\"2.00\" interest=\"none\"><principal "
	                                 "style=\"pass-through\"/></class></classes>\n"
	                                 "<waterfalls><waterfall id=\"normal\"><pay what=\"A.principal\"/><pay "
	                                 "what=\"A.rest\"/></waterfall></waterfalls>\n"));
	ck_assert_int_eq(weir_rating_limit_find(&limit, d.plan, &terms, &d.load.diags), WEIR_INPUT);
	engine_close(&d);
}
END_TEST

START_TEST(limits_while_memory_is_short)
{
	int failed = 0;
	io_write("scenarios.xml", early);
	open_pool("1000.00");
	weir_rating_terms terms = { .scenario = weir_scenarios_find(&d.scenarios, "prepaid") };
	for (long n = 1;; n += 1 + n / 20) {
		weir_diags complaints = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_rating_limit_find(&limit, d.plan, &terms, &complaints);
		weir_alloc_fail_from(0);
		weir_diags_free(&complaints);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 20);
	engine_close(&d);
}
END_TEST

Suite *weir_suite_study_rating(void)
{
	Suite *suite = suite_create("study_rating");
	TCase *test = tcase_create("study_rating");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_set_timeout(test, 60);
	tcase_add_test(test, deviation_is_the_standard_deviation);
	tcase_add_test(test, law_of_moments);
	tcase_add_test(test, quantiles_and_probabilities);
	tcase_add_test(test, multiples);
	tcase_add_test(test, all_at_most_and_the_next_better_grade);
	tcase_add_test(test, log_normal_targets);
	tcase_add_test(test, losses_between_years);
	tcase_add_test(test, targets_out_of_order);
	tcase_add_test(test, own_targets);
	tcase_add_test(test, losses_out_of_order);
	tcase_add_test(test, histories);
	tcase_add_test(test, memory_may_be_short);
	tcase_add_test(test, what_defaults_at_once);
	tcase_add_test(test, evenly_without_a_timing);
	tcase_add_test(test, less_is_recovered);
	tcase_add_test(test, in_the_end_by_principal);
	tcase_add_test(test, fails_without_defaults);
	tcase_add_test(test, with_support_and_without);
	tcase_add_test(test, a_limit_is_a_run);
	tcase_add_test(test, a_pool_without_principal);
	tcase_add_test(test, limits_while_memory_is_short);
	suite_add_tcase(suite, test);
	return suite;
}
