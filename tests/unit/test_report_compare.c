/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/compare.h"
#include "report/fill_key.h"
#include "report_fixture.h"

Suite *weir_suite_report_compare(void);

Suite *weir_suite_report_compare(void);

static weir_results *read_back(const weir_results *results)
{
	weir_text xml = { 0 };
	weir_results *read = NULL;
	weir_diags diags = { 0 };
	weir_results_write_xml(results, &xml);
	ck_assert_int_eq(weir_results_read_xml(&read, "r", xml.data, xml.length, &diags), WEIR_OK);
	weir_text_free(&xml);
	return read;
}

/* Two copies of the same results, and their comparison. */
static weir_results *one, *other;
static weir_text told;
static weir_comparison c;

static void setup(void)
{
	weir_results *results;
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LICENCE), WEIR_OK);
	one = read_back(results);
	other = read_back(results);
	weir_results_destroy(results);
	told = (weir_text){ 0 };
	c = (weir_comparison){ .to = &told, .file = "results.xml" };
}

static void teardown(void)
{
	weir_alloc_fail_from(0);
	weir_results_destroy(one);
	weir_results_destroy(other);
	weir_text_free(&told);
}

static void compare(void)
{
	ck_assert_int_eq(weir_compare_results(&c, one, other), WEIR_OK);
}

static void expect(size_t differences, const char *wanted)
{
	ck_assert_uint_eq(c.differences, differences);
	ck_assert_str_eq(told.data ? told.data : "", wanted);
}

static weir_table *table_of(weir_results *results, const char *id)
{
	return (weir_table *)weir_results_table(results, id);
}

START_TEST(the_same)
{
	compare();
	expect(0, "");
}
END_TEST

START_TEST(a_cent)
{
	weir_table *periods = table_of(other, "periods");
	int column = weir_table_column(periods, "pool_income");
	char wanted[256];
	char was[64], is[64];
	weir_cell *cell = &periods->cells[3 * (size_t)periods->column_count + (size_t)column];
	strcpy(was, weir_cell_plain(periods, column, cell, 2, is));
	cell->number += 1;
	snprintf(wanted, sizeof wanted,
	         "results.xml: table \"periods\", row 4 (3), column \"pool_income\": the bundle has \"%s\", the run gives \"%s\"\n", was,
	         weir_cell_plain(periods, column, cell, 2, is));
	compare();
	expect(1, wanted);
}
END_TEST

START_TEST(empty_cells)
{
	weir_table *periods = table_of(other, "periods");
	int column = weir_table_column(periods, "payment_date");
	char is[64], wanted[256];
	weir_cell *cell = &periods->cells[(size_t)periods->column_count + (size_t)column];
	snprintf(wanted, sizeof wanted,
	         "results.xml: table \"periods\", row 2 (1), column \"payment_date\": the bundle has \"%s\", the run gives none\n",
	         weir_cell_plain(periods, column, cell, 2, is));
	cell->present = 0;
	compare();
	expect(1, wanted);
}
END_TEST

START_TEST(rows_and_tables)
{
	weir_table *periods = table_of(other, "periods");
	char wanted[512];
	size_t rows = periods->row_count--;
	snprintf(wanted, sizeof wanted,
	         "results.xml: table \"periods\", number of rows: the bundle has \"%zu\", the run gives \"%zu\"\n", rows, rows - 1);
	compare();
	expect(1, wanted);
	told.length = 0;
	c.differences = 0;
	one->table_count--;
	periods->row_count++;
	snprintf(wanted, sizeof wanted, "results.xml: table: the bundle has none, the run gives \"%s\"\n",
	         one->tables[one->table_count]->id);
	compare();
	expect(1, wanted);
	/* a later engine may have a table more, not one less */
	told.length = 0;
	c.differences = 0;
	c.may_add = 1;
	compare();
	ck_assert_uint_eq(c.differences, 0);
	weir_results *first = one;
	one = other;
	other = first;
	snprintf(wanted, sizeof wanted, "results.xml: table: the bundle has \"%s\", the run gives none\n",
	         first->tables[first->table_count]->id);
	compare();
	expect(1, wanted);
}
END_TEST

START_TEST(facts)
{
	for (size_t i = 0; i < one->fact_count; i++)
		if (strcmp(one->facts[i].id, "engine_version") == 0)
			one->facts[i].value = "9.9";
	compare();
	expect(0, "");
	ck_assert_int_eq(weir_results_add_fact(one, "options", "--set A.coupon=4%"), WEIR_OK);
	compare();
	expect(1, "results.xml: options: the bundle has \"--set A.coupon=4%\", the run gives none\n");
}
END_TEST

START_TEST(only_some_are_told)
{
	weir_table *trace = table_of(other, "trace");
	int column = weir_table_column(trace, "left");
	size_t lines = 0;
	for (size_t row = 0; row < 27; row++) {
		weir_cell *cell = &trace->cells[row * (size_t)trace->column_count + (size_t)column];
		*cell = weir_cell_number(-777);
	}
	compare();
	ck_assert_uint_eq(c.differences, 27);
	for (const char *p = told.data; (p = strchr(p, '\n')); p++)
		lines++;
	ck_assert_uint_eq(lines, WEIR_DIFFERENCES_TOLD);
}
END_TEST

START_TEST(memory_short)
{
	weir_table *periods = table_of(other, "periods");
	periods->cells[weir_table_column(periods, "available")].number += 1;
	weir_status status = WEIR_NO_MEMORY;
	for (long n = 1; status != WEIR_OK; n++) {
		ck_assert_int_lt(n, 1000);
		weir_text_free(&told);
		told = (weir_text){ 0 };
		c.differences = 0;
		weir_alloc_fail_from(n);
		status = weir_compare_results(&c, one, other);
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
	}
	ck_assert_uint_eq(c.differences, 1);
}
END_TEST

/* --- CSV -------------------------------------------------------------------------------------------------------- */

static void expect_csv(const char *published, const char *made, int may_add, size_t differences, const char *wanted)
{
	told.length = 0;
	c = (weir_comparison){ .to = &told, .file = "a.csv", .may_add = may_add };
	ck_assert_int_eq(weir_compare_csv(&c, published, made), WEIR_OK);
	ck_assert_uint_eq(c.differences, differences);
	ck_assert_str_eq(differences ? told.data : "", wanted);
}

START_TEST(csv_tables)
{
	static const char table[] = "period,paid,note\n1,10.01,\"a,b\n\"\"c\"\"\"\n2,20.02,x\n";
	expect_csv(table, table, 0, 0, "");
	expect_csv("period,paid\n1,10.01\n2,20.02\n", "period,paid\n1,10.01\n2,20.03\n", 0, 1,
	           "a.csv: row 2 (2), column \"paid\": the bundle has \"20.02\", the run gives \"20.03\"\n");
	/* columns are found by their names: a later engine's column more, in another place */
	expect_csv("period,paid\n1,10.01\n", "period,new,paid\n1,7,10.01\n", 1, 0, "");
	expect_csv("period,paid\n1,10.01\n", "period,new,paid\n1,7,10.01\n", 0, 1,
	           "a.csv: column: the bundle has none, the run gives \"new\"\n");
	expect_csv("period,paid\n1,10.01\n", "period\n1\n", 0, 1, "a.csv: column: the bundle has \"paid\", the run gives none\n");
	expect_csv("period,paid\n1,1.00\n2,2.00\n", "period,paid\n1,1.00\n", 0, 2,
	           "a.csv: row 2 (2), column \"period\": the bundle has \"2\", the run gives none\n"
	           "a.csv: row 2 (2), column \"paid\": the bundle has \"2.00\", the run gives none\n");
	/* the same fields, but not the same bytes */
	expect_csv("a\n1", "a\n1\n", 0, 1,
	           "a.csv: text: the bundle has \"other line ends, or another order of columns\", the run gives \"the same fields\"\n");
	expect_csv("\"never closed", "a\n1\n", 0, 2,
	           "a.csv: column: the bundle has \"\"never closed\", the run gives none\n"
	           "a.csv: column: the bundle has none, the run gives \"a\"\n");
	expect_csv("", "", 0, 0, "");
	/* nothing reaches a terminal that it would obey */
	expect_csv("a\n\x1B[2J\xC2\x9B" "0m\n", "a\n1\n", 0, 1,
	           "a.csv: row 1 (?[2J?0m), column \"a\": the bundle has \"?[2J?0m\", the run gives \"1\"\n");
}
END_TEST

/* --- what fees cost --------------------------------------------------------------------------------------------- */

static void add_payment(weir_results *results, weir_table *table, int period, const char *fee, double paid)
{
	weir_cell *row = weir_table_add_row(results, table);
	row[WEIR_COL_fee_payments_period] = weir_cell_number(period);
	row[WEIR_COL_fee_payments_fee] = weir_cell_key(fee, fee, NULL);
	row[WEIR_COL_fee_payments_kind] = weir_cell_key("fee", NULL, NULL);
	row[WEIR_COL_fee_payments_paid] = weir_cell_number(paid);
}

static void add_class(weir_results *results, weir_table *table, double opening, int days)
{
	weir_cell *row = weir_table_add_row(results, table);
	row[WEIR_COL_classes_opening] = weir_cell_number(opening);
	row[WEIR_COL_classes_days] = weir_cell_number(days);
}

/* 10,000.00 for 91 days and 5,000.00 for 182: 1,820,000 yuan-days. The trustee gets 100.01 + 50.02 = 150.03, which is
 * 150.03 x 365 / 1,820,000 = 3.00884340...% a year; the bank 7.03: 0.14098626...%. */
START_TEST(fees_over_the_life)
{
	weir_results *results;
	weir_table *payments, *classes;
	char buffer[64];
	ck_assert_int_eq(weir_results_create(&results, "d", "d", NULL, "CNY", 2), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&payments, results, WEIR_TABLE_fee_payments), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&classes, results, WEIR_TABLE_classes), WEIR_OK);
	add_payment(results, payments, 1, "trustee", 10001);
	add_payment(results, payments, 1, "bank", 703);
	add_payment(results, payments, 2, "trustee", 5002);
	add_class(results, classes, 1000000, 91);
	add_class(results, classes, 500000, 182);
	ck_assert_int_eq(weir_fill_key(results, NULL), WEIR_OK);
	const weir_table *cost = weir_results_table(results, "fee_cost");
	ck_assert_uint_eq(cost->row_count, 2);
	ck_assert_str_eq(weir_table_cell(cost, 0, WEIR_COL_fee_cost_fee)->key, "trustee");
	ck_assert_double_eq(weir_table_cell(cost, 0, WEIR_COL_fee_cost_paid)->number, 15003);
	ck_assert_str_eq(weir_cell_plain(cost, WEIR_COL_fee_cost_annual, weir_table_cell(cost, 0, WEIR_COL_fee_cost_annual), 2,
	                                 buffer),
	                 "0.030088434066");
	ck_assert_double_eq(weir_table_cell(cost, 1, WEIR_COL_fee_cost_paid)->number, 703);
	ck_assert_str_eq(weir_cell_plain(cost, WEIR_COL_fee_cost_annual, weir_table_cell(cost, 1, WEIR_COL_fee_cost_annual), 2,
	                                 buffer),
	                 "0.001409862637");
	weir_results_destroy(results);
}
END_TEST

/* A cent more in fee_cost than its payments add up to is told, with both tables. */
START_TEST(fees_foot)
{
	weir_results *results;
	weir_table *payments;
	weir_diags diags = { 0 };
	int told_of_it = 0;
	ck_assert_int_eq(weir_results_create(&results, "d", "d", NULL, "CNY", 2), WEIR_OK);
	ck_assert_int_eq(weir_results_add_standard(&payments, results, WEIR_TABLE_fee_payments), WEIR_OK);
	add_payment(results, payments, 1, "trustee", 10001);
	ck_assert_int_eq(weir_fill_key(results, NULL), WEIR_OK);
	table_of(results, "fee_cost")->cells[WEIR_COL_fee_cost_paid].number += 1;
	weir_results_foot(results, &diags);
	for (size_t i = 0; i < diags.count; i++)
		told_of_it |= strstr(diags.items[i].text, "fee_cost") && strstr(diags.items[i].text, "fee_payments");
	ck_assert_int_eq(told_of_it, 1);
	weir_diags_free(&diags);
	weir_results_destroy(results);
}
END_TEST

Suite *weir_suite_report_compare(void)
{
	Suite *suite = suite_create("report_compare");
	TCase *tc = tcase_create("all");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_same);
	tcase_add_test(tc, a_cent);
	tcase_add_test(tc, empty_cells);
	tcase_add_test(tc, rows_and_tables);
	tcase_add_test(tc, facts);
	tcase_add_test(tc, only_some_are_told);
	tcase_add_test(tc, memory_short);
	tcase_add_test(tc, csv_tables);
	tcase_add_test(tc, fees_over_the_life);
	tcase_add_test(tc, fees_foot);
	suite_add_tcase(suite, tc);
	return suite;
}
