/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>

#include "base/alloc.h"
#include "report/shares.h"
#include "report/tables.h"

Suite *weir_suite_report_shares(void);

static const weir_column columns[] = {
	{ "period", "Period", "期次", WEIR_CELL_INTEGER, 0, WEIR_SUM_NONE, WEIR_GROUP_TIME },
	{ "share", "Share", "占比", WEIR_CELL_RATE, 12, WEIR_SUM_STOCK, WEIR_GROUP_NONE },
	{ "cumulative_share", "Cumulative", "累计占比", WEIR_CELL_RATE, 12, WEIR_SUM_NONE, WEIR_GROUP_NONE },
};

static weir_results *results;
static weir_table *table;

static void open_table(void)
{
	ck_assert_int_eq(weir_results_create(&results, "d", "d", "d", "CNY", 2), WEIR_OK);
	ck_assert_int_eq(weir_results_add_table(&table, results, "uses", "Uses", "运用", columns, 3, 0), WEIR_OK);
}

static void close_table(void)
{
	weir_results_destroy(results);
}

static void add(double period, double share)
{
	weir_cell *row = weir_table_add_row(results, table);
	ck_assert_ptr_nonnull(row);
	row[0] = weir_cell_number(period);
	row[1] = weir_cell_number(share);
}

static void shown_are(const double *wanted, int count)
{
	double shown[16];
	ck_assert_int_eq(weir_shares_show(shown, table, 1), WEIR_OK);
	for (int i = 0; i < count; i++)
		if (isnan(wanted[i]))
			ck_assert(isnan(shown[i]));
		else
			ck_assert_double_eq(shown[i], wanted[i]);
}

START_TEST(thirds_add_up)
{
	/* 33.333 % three times: 99.99 %, so the first of the equal remainders is raised */
	for (int i = 0; i < 3; i++)
		add(1, 1.0 / 3);
	shown_are((double[]){ 0.3334, 0.3333, 0.3333 }, 3);
}
END_TEST

START_TEST(largest_remainders_are_raised)
{
	/* 12.3456, 45.6789, 41.9755 %: down to 12.34, 45.67, 41.97 = 99.98; remainders .56, .89, .55: two to give */
	add(1, 0.123456);
	add(1, 0.456789);
	add(1, 0.419755);
	shown_are((double[]){ 0.1235, 0.4568, 0.4197 }, 3);
}
END_TEST

START_TEST(each_time_adds_up_by_itself)
{
	/* 0.00006 and 0.99994: down to 0 and 0.9999, the larger remainder is the first's (.6 against .4) */
	add(1, 0.00006);
	add(1, 0.99994);
	add(2, 0.5);
	add(2, NAN);
	add(2, 0.5);
	shown_are((double[]){ 0.0001, 0.9999, 0.5, NAN, 0.5 }, 5);
}
END_TEST

START_TEST(a_whole_that_is_no_whole_keeps_its_own_total)
{
	/* 20.004 % and 30.004 % are 50.008 %, printed 50.01 %: the first of the equal remainders is raised */
	add(1, 0.20004);
	add(1, 0.30004);
	shown_are((double[]){ 0.2001, 0.3 }, 2);
}
END_TEST

START_TEST(running_sums_follow_what_is_printed)
{
	/* 16.565, 16.56, 66.875 %: down 16.56, 16.56, 66.87 = 99.99, the first remainder of .5 is raised. The running sums
	 * themselves, 16.565, 33.125 and 100 %, may be printed 16.56 (a double below the half) and 33.13 */
	static const double shares[] = { 0.16565, 0.1656, 0.66875 };
	double shown[3], sum = 0;
	for (int i = 0; i < 3; i++) {
		add(1, shares[i]);
		sum += shares[i];
		table->cells[(size_t)(3 * i + 2)] = weir_cell_number(sum);
	}
	ck_assert(weir_shares_are_summed(table, 2));
	ck_assert(!weir_shares_are_summed(table, 0));
	ck_assert_int_eq(weir_shares_show(shown, table, 2), WEIR_OK);
	ck_assert_double_eq(shown[0], 0.1657);
	ck_assert_double_eq(shown[1], 0.3313);
	ck_assert_double_eq(shown[2], 1.0);
}
END_TEST

/* The terms print of the largest obligor what the table of obligors prints of it: 16.565 % raised to 16.57 %. */
START_TEST(terms_follow_the_table_of_obligors)
{
	static const weir_column item[] = { { "item", "Item", "项目", WEIR_CELL_TEXT, 0, WEIR_SUM_NONE, WEIR_GROUP_NONE },
		                            { "value", "Value", "内容", WEIR_CELL_MIXED, 0, WEIR_SUM_NONE, WEIR_GROUP_NONE } };
	static const weir_column share[] = { { "share", "Share", "占比", WEIR_CELL_RATE, 12, WEIR_SUM_FLOW, WEIR_GROUP_NONE } };
	static const double shares[] = { 0.16565, 0.1656, 0.66875 };
	double shown;
	weir_table *terms, *obligors;
	ck_assert_int_eq(weir_results_add_table(&terms, results, "terms", "Terms", "要素", item, 2, 0), WEIR_OK);
	for (int i = 0; i < 2; i++) {
		weir_cell *row = weir_table_add_row(results, terms);
		row[0] = weir_cell_key(i ? "top1_share" : "obligors", "E", "Z");
		row[1] = weir_cell_number(0.16565);
	}
	ck_assert_int_eq(weir_shares_show_term(&shown, results, terms, 1, 1), WEIR_OK);
	ck_assert(isnan(shown)); /* no table of obligors */
	ck_assert_int_eq(weir_results_add_table(&obligors, results, "obligors", "Obligors", "债务人", share, 1, 0), WEIR_OK);
	for (int i = 0; i < 3; i++)
		weir_table_add_row(results, obligors)[0] = weir_cell_number(shares[i]);
	ck_assert_int_eq(weir_shares_show_term(&shown, results, terms, 1, 1), WEIR_OK);
	ck_assert_double_eq(shown, 0.1657);
	ck_assert_int_eq(weir_shares_show_term(&shown, results, terms, 0, 1), WEIR_OK);
	ck_assert(isnan(shown)); /* another item */
	ck_assert_int_eq(weir_shares_show_term(&shown, results, terms, 1, 0), WEIR_OK);
	ck_assert(isnan(shown)); /* its name */
}
END_TEST

/* Seven shares of a seventh: 10,000 hundredths of a percent are 1,428 each and 4 over, so the first four print 14.29 %, the others
 * 14.28 %: the first five together 71.44 %, not 5/7 = 71.43 %. */
START_TEST(largest_five_follow_what_is_printed)
{
	weir_table *top, *measures;
	double shown;
	ck_assert_int_eq(weir_results_add_standard(&top, results, WEIR_TABLE_top_obligors), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&measures, results, WEIR_TABLE_strat_measures), WEIR_OK);
	for (int i = 1; i <= 7; i++) {
		weir_cell *row = weir_table_add_row(results, top);
		if (i < 7) /* the last row is that of all others */
			row[WEIR_COL_top_obligors_rank] = weir_cell_number(i);
		row[WEIR_COL_top_obligors_share] = weir_cell_number(1.0 / 7);
		row[WEIR_COL_top_obligors_cumulative_share] = weir_cell_number(i / 7.0);
	}
	static const struct {
		const char *by, *measure;
		double wanted;
	} rows[] = { { "pool", "top1", 0.1429 },     { "pool", "top5", 0.7144 },      { "pool", "top10", NAN },
		     { "pool", "herfindahl", NAN }, { "industry", "top5", NAN } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		weir_cell *row = weir_table_add_row(results, measures);
		row[WEIR_COL_strat_measures_by] = weir_cell_key(rows[i].by, NULL, NULL);
		row[WEIR_COL_strat_measures_measure] = weir_cell_key(rows[i].measure, NULL, NULL);
		row[WEIR_COL_strat_measures_value] = weir_cell_typed(WEIR_CELL_RATE, 12, 0.5);
		ck_assert_int_eq(weir_shares_show_term(&shown, results, measures, i, WEIR_COL_strat_measures_value), WEIR_OK);
		if (isnan(rows[i].wanted))
			ck_assert(isnan(shown));
		else
			ck_assert_double_eq_tol(shown, rows[i].wanted, 1e-12);
	}
}
END_TEST

START_TEST(memory_may_run_out)
{
	double shown[2];
	add(1, 1);
	weir_alloc_fail_from(1);
	weir_status status = weir_shares_show(shown, table, 1);
	weir_alloc_fail_from(0);
	ck_assert_int_eq(status, WEIR_NO_MEMORY);
}
END_TEST

Suite *weir_suite_report_shares(void)
{
	Suite *suite = suite_create("report_shares");
	TCase *tests = tcase_create("shares");
	tcase_add_checked_fixture(tests, open_table, close_table);
	tcase_add_test(tests, thirds_add_up);
	tcase_add_test(tests, largest_remainders_are_raised);
	tcase_add_test(tests, each_time_adds_up_by_itself);
	tcase_add_test(tests, a_whole_that_is_no_whole_keeps_its_own_total);
	tcase_add_test(tests, running_sums_follow_what_is_printed);
	tcase_add_test(tests, terms_follow_the_table_of_obligors);
	tcase_add_test(tests, largest_five_follow_what_is_printed);
	tcase_add_test(tests, memory_may_run_out);
	suite_add_tcase(suite, tests);
	return suite;
}
