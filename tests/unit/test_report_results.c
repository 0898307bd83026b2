/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_results.c: the tree of tables, its plain texts, CSV, and results.xml with its totals. */
#include <check.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/format.h"
#include "report_fixture.h"

Suite *weir_suite_report_results(void);

static const weir_column columns[] = {
	{ "name", "Name", "名称", WEIR_CELL_TEXT, 0, WEIR_SUM_NONE, WEIR_GROUP_KIND },
	{ "period", "Period", "期次", WEIR_CELL_INTEGER, 0, WEIR_SUM_NONE, WEIR_GROUP_TIME },
	{ "paid", "Paid", "实付", WEIR_CELL_MONEY, 0, WEIR_SUM_FLOW, WEIR_GROUP_NONE },
	{ "balance", "Balance", "余额", WEIR_CELL_MONEY, 0, WEIR_SUM_STOCK, WEIR_GROUP_NONE },
	{ "rate", "Rate", "利率", WEIR_CELL_RATE, 12, WEIR_SUM_NONE, WEIR_GROUP_NONE },
	{ "ratio", "Ratio", "倍数", WEIR_CELL_NUMBER, 6, WEIR_SUM_NONE, WEIR_GROUP_NONE },
	{ "on", "On", "日期", WEIR_CELL_DATE, 0, WEIR_SUM_NONE, WEIR_GROUP_NONE },
	{ "any", "Any", "任意", WEIR_CELL_MIXED, 0, WEIR_SUM_NONE, WEIR_GROUP_NONE },
};

static weir_results *results;
static weir_table *table;

static void add(const char *name, double period, double paid, double balance)
{
	weir_cell *row = weir_table_add_row(results, table);
	ck_assert_ptr_nonnull(row);
	row[0] = weir_cell_text(name, NULL);
	row[1] = weir_cell_number(period);
	row[2] = weir_cell_number(paid);
	row[3] = weir_cell_number(balance);
	row[4] = weir_cell_number(0.0359);
	row[5] = weir_cell_number(1.1249919);
	row[6] = weir_cell_number(weir_date_from_ymd(2024, 2, 29));
	row[7] = weir_cell_typed(WEIR_CELL_RATE, 4, -0.12345);
}

static void setup(void)
{
	ck_assert_int_eq(weir_results_create(&results, "d-1", "A & B", "甲<乙>", "CNY", 2), WEIR_OK);
	ck_assert_int_eq(weir_results_add_table(&table, results, "sample", "Sample", "样表", columns, 8, 1),
	                 WEIR_OK);
	add("A", 1, 12345, 100001);
	add("B", 1, -700, 20003);
	add("A", 2, 1, 5);
	add("B", 2, NAN, 7);
}

static void teardown(void)
{
	weir_results_destroy(results);
}

static const char *plain(size_t row, int column)
{
	static char buffer[64];
	return weir_cell_plain(table, column, weir_table_cell(table, row, column), 2, buffer);
}

START_TEST(plain_texts)
{
	ck_assert_str_eq(plain(0, 0), "A");
	ck_assert_str_eq(plain(0, 1), "1");
	ck_assert_str_eq(plain(0, 2), "123.45");
	ck_assert_str_eq(plain(1, 2), "-7.00");
	ck_assert_str_eq(plain(3, 2), "");
	ck_assert_str_eq(plain(0, 4), "0.0359");
	ck_assert_str_eq(plain(0, 5), "1.124992");
	ck_assert_str_eq(plain(0, 6), "2024-02-29");
	ck_assert_str_eq(plain(0, 7), "-0.1235"); /* -0.12345 lies beyond the half in binary */
	table->cells[2].number = -0.0;
	ck_assert_str_eq(plain(0, 2), "0.00");
}
END_TEST

START_TEST(finds_tables_and_columns)
{
	ck_assert_ptr_eq(weir_results_table(results, "sample"), table);
	ck_assert_ptr_null(weir_results_table(results, "none"));
	ck_assert_int_eq(weir_table_column(table, "ratio"), 5);
	ck_assert_int_eq(weir_table_column(table, "rati"), -1);
	ck_assert_ptr_null(weir_table_cell(table, 4, 0));
	ck_assert_ptr_null(weir_table_cell(table, 0, -1));
}
END_TEST

/* What a spreadsheet would run is disarmed; numbers keep their minus; quotes are doubled. */
START_TEST(csv_is_quoted_and_guarded)
{
	static const struct {
		const char *text, *field;
	} cases[] = {
		{ "=1+2", "'=1+2" },
		{ "+1", "'+1" },
		{ "-1", "'-1" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "\t=1", "\"'\t=1\"" },
		{ "|calc", "'|calc" },
		{ "a=b", "a=b" },
		{ "a,b", "\"a,b\"" },
		{ "say \"x\"", "\"say \"\"x\"\"\"" },
		{ "two\nlines", "\"two\nlines\"" },
		{ "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		weir_text csv = { 0 };
		char expected[80];
		table->row_count = 1;
		table->cells[0] = weir_cell_text(cases[i].text, NULL);
		table->cells[2] = weir_cell_number(-12345);
		weir_table_write_csv(table, 2, &csv);
		snprintf(expected, sizeof expected, "\n%s,1,-123.45,1000.01,", cases[i].field);
		ck_assert_ptr_nonnull(strstr(csv.data, expected));
		weir_text_free(&csv);
	}
}
END_TEST

START_TEST(csv_has_the_contracts_columns)
{
	static const struct {
		weir_table_number number;
		const char *header;
	} tables[] = {
		{ WEIR_TABLE_periods,
		  "period,calculation_date,payment_date,adjusted_date,days,pool_principal,pool_income,pool_"
		  "recovered,"
		  "pool_defaulted,pool_balance,other_in,support_in,opening_cash,available,taxes,fees,senior_due,"
		  "senior_interest_paid,senior_principal_paid,support_repaid,reserve_net,subordinated_paid,other_"
		  "out,"
		  "closing_cash,coverage,coverage_period,cumulative_coverage,taxes_paid,fees_paid,pool_prepaid,"
		  "pool_disposal,pool_overdue,pool_sold,lost\n" },
		{ WEIR_TABLE_classes,
		  "period,class,opening,coupon,days,interest_due,interest_paid,interest_unpaid,principal_due,"
		  "principal_paid,principal_unpaid,written_down,residual_paid,closing,per100_interest,per100_"
		  "principal,"
		  "factor\n" },
		{ WEIR_TABLE_trace, "period,date,waterfall,step,clause,payee,what,source,due,available,paid,unpaid,"
		                    "carried,left,reason\n" },
		{ WEIR_TABLE_accounts, "period,account,opening,in,out,closing,target\n" },
		{ WEIR_TABLE_tests,
		  "period,test,value,threshold,status,effect,distance,held,needed,clean,cure\n" },
		{ WEIR_TABLE_support, "period,support,party,called,shortfall,available,drawn,returned,repaid,outstanding,"
		                      "interest_paid,fee_paid,call_date,pay_date\n" },
		{ WEIR_TABLE_covers, "period,cover,party,claimed,settled,paid,paid_total,available\n" },
		{ WEIR_TABLE_cover_shares, "period,cover,party,of,paid,paid_total\n" },
		{ WEIR_TABLE_supporters, "period,party,failed,capacity\n" },
		{ WEIR_TABLE_calls, "period,call,status,balance_sold,price,costs,proceeds\n" },
		{ WEIR_TABLE_revolving, "period,asset,purchased,principal,income,defaulted,balance\n" },
		{ WEIR_TABLE_measures,
		  "class,settlement,compounding,day_count,clean,accrued,dirty,yield,irr,wal,first_principal,"
		  "last_principal,macaulay,modified,convexity,dv01,principal,other,unpaid,flag\n" },
		{ WEIR_TABLE_dependence, "support,coverage_min,coverage_total,interest_short,principal_short,first_short,"
		                         "missed,support_drawn,subordinated_paid,pass\n" },
		{ WEIR_TABLE_breakeven, "vary,class,test,scenario,support,value,crossing,monotone,defaulted\n" },
		{ WEIR_TABLE_reverse, "class,test,set,size,obligors,share\n" },
		{ WEIR_TABLE_summary, "metric,class,value,unit\n" },
		{ WEIR_TABLE_contracts,
		  "period,due_date,contract,obligor,principal_due,income_due,received,status,prepaid,defaulted,late,late_date\n" },
	};
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		weir_text csv = { 0 };
		weir_table *made;
		ck_assert_int_eq(weir_results_add_standard(&made, results, tables[i].number), WEIR_OK);
		ck_assert_int_eq(made->csv, 1);
		weir_table_write_csv(made, 2, &csv);
		ck_assert_str_eq(csv.data, tables[i].header);
		weir_text_free(&csv);
	}
}
END_TEST

static xmlDoc *parse_results(const weir_results *from)
{
	weir_text xml = { 0 };
	weir_results_write_xml(from, &xml);
	ck_assert_int_eq(weir_text_status(&xml), WEIR_OK);
	xmlDoc *document = xmlReadMemory(xml.data, (int)xml.length, "results.xml", NULL, XML_PARSE_NONET);
	ck_assert_ptr_nonnull(document);
	weir_text_free(&xml);
	return document;
}

static void assert_xpath(xmlDoc *document, const char *path, const char *expected)
{
	xmlXPathContext *context = xmlXPathNewContext(document);
	xmlXPathRegisterNs(context, (const xmlChar *)"r", (const xmlChar *)"urn:weir:results:1");
	xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)path, context);
	ck_assert_ptr_nonnull(found);
	xmlChar *text = xmlXPathCastToString(found);
	ck_assert_msg(strcmp((char *)text, expected) == 0, "%s is \"%s\", not \"%s\"", path, (char *)text,
	              expected);
	xmlFree(text);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
}

/* By hand: paid 123.45 - 7.00 + 0.01 = 116.46 in all; A 123.46, B -7.00; period 1 116.45, period 2 0.01. Balances add
 * up only within a period: 1000.01 + 200.03 = 1200.04 and 0.05 + 0.07 = 0.12. */
START_TEST(xml_has_totals)
{
	xmlDoc *document = parse_results(results);
	assert_xpath(document, "string(//r:total[not(@by)]/r:cell[@col='paid'])", "116.46");
	assert_xpath(document, "count(//r:total[not(@by)]/r:cell)", "1");
	assert_xpath(document, "string(//r:total[@by='name'][@key='A']/r:cell[@col='paid'])", "123.46");
	assert_xpath(document, "string(//r:total[@by='name'][@key='B']/r:cell[@col='paid'])", "-7.00");
	assert_xpath(document, "count(//r:total[@by='name']/r:cell[@col='balance'])", "0");
	assert_xpath(document, "string(//r:total[@by='period'][@key='1']/r:cell[@col='paid'])", "116.45");
	assert_xpath(document, "string(//r:total[@by='period'][@key='1']/r:cell[@col='balance'])", "1200.04");
	assert_xpath(document, "string(//r:total[@by='period'][@key='2']/r:cell[@col='balance'])", "0.12");
	assert_xpath(document, "count(//r:row[4]/r:cell[@col='paid'])", "0");
	assert_xpath(document, "string(//r:row[1]/r:cell[@col='any']/@type)", "rate");
	assert_xpath(document, "string(//r:deal/@zh)", "甲<乙>");
	xmlFreeDoc(document);
}
END_TEST

START_TEST(xml_follows_the_schema)
{
	xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt("share/results.xsd");
	xmlSchema *schema = xmlSchemaParse(parser);
	ck_assert_ptr_nonnull(schema);
	for (int number = 0; number < 3; number++) {
		weir_results *made = results;
		if (number < 2)
			ck_assert_int_eq(report_fixture_create(&made, number), WEIR_OK);
		xmlSchemaValidCtxt *valid = xmlSchemaNewValidCtxt(schema);
		xmlDoc *document = parse_results(made);
		ck_assert_int_eq(xmlSchemaValidateDoc(valid, document), 0);
		xmlFreeDoc(document);
		xmlSchemaFreeValidCtxt(valid);
		if (number < 2)
			weir_results_destroy(made);
	}
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
}
END_TEST

START_TEST(disclosures_are_kept)
{
	weir_diags diags = { 0 };
	weir_diag_disclosure(&diags, ASSUMPTION, (weir_place){ 0 }, "sales of \"%s\" <are> assumed",
	                     "“%s”的<销售额>为假设", "T1");
	weir_diag_error(&diags, BAD_DATE, (weir_place){ 0 }, "not for the report");
	ck_assert_int_eq(weir_results_add_disclosures(results, &diags), WEIR_OK);
	weir_diags_free(&diags);
	weir_diag_warning(&diags, CONCENTRATION, (weir_place){ 0 }, "one obligor", "单一债务人");
	ck_assert_int_eq(weir_results_add_disclosures(results, &diags), WEIR_OK);
	weir_diags_free(&diags);
	ck_assert_uint_eq(results->disclosure_count, 2);
	xmlDoc *document = parse_results(results);
	assert_xpath(document, "string(//r:disclosure[1])", "sales of \"T1\" <are> assumed");
	assert_xpath(document, "string(//r:disclosure[1]/@zh)", "“T1”的<销售额>为假设");
	assert_xpath(document, "string(//r:disclosure[2]/@severity)", "warning");
	assert_xpath(document, "string(//r:disclosure[2]/@zh)", "单一债务人");
	xmlFreeDoc(document);
}
END_TEST

START_TEST(short_memory_is_reported)
{
	for (long nth = 1;; nth++) {
		weir_results *made = NULL;
		weir_text xml = { 0 };
		weir_alloc_fail_from(nth);
		weir_status status = report_fixture_create(&made, REPORT_FIXTURE_LEASEBACK);
		if (status == WEIR_OK) {
			weir_results_write_xml(made, &xml);
			status = weir_text_status(&xml);
		}
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		weir_text_free(&xml);
		weir_results_destroy(made);
		if (status == WEIR_OK)
			break;
	}
}
END_TEST

/* Decimal rounding by hand; U+2212 is the minus. */
static const struct format_case {
	const char *value;
	int is_rate, decimals, at_least;
	const char *expected;
} formats[] = {
	{ "1234567.89", 0, -1, 0, "1,234,567.89" },
	{ "999.995", 0, 2, 0, "1,000.00" },
	{ "0.005", 0, 2, 0, "0.01" },
	{ "-0.004", 0, 2, 0, "0.00" },
	{ "-1234.5", 0, 2, 0,
	  "\xE2\x88\x92"
	  "1,234.50" },
	{ "100", 0, -1, 0, "100" },
	{ "1000", 0, -1, 0, "1,000" },
	{ "0.0359", 1, 2, 0, "3.59%" },
	{ "0.03595", 1, 2, 0, "3.60%" },
	{ "0.03595", 1, 2, 1, "3.595%" },
	{ "0.05", 1, 2, 1, "5.00%" },
	{ "1", 1, 2, 0, "100.00%" },
	{ "0.136842", 1, -1, 0, "13.6842%" },
	{ "208.447047", 0, 4, 0, "208.4470" },
	{ "nan", 0, 2, 0, "nan" },
};

START_TEST(readers_numbers)
{
	weir_text text = { 0 };
	weir_format_decimal(&text, formats[_i].value, formats[_i].is_rate, formats[_i].decimals,
	                    formats[_i].at_least);
	ck_assert_str_eq(text.data, formats[_i].expected);
	weir_text_free(&text);
}
END_TEST

Suite *weir_suite_report_results(void)
{
	Suite *suite = suite_create("report_results");
	TCase *tests = tcase_create("results");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, plain_texts);
	tcase_add_test(tests, finds_tables_and_columns);
	tcase_add_test(tests, csv_is_quoted_and_guarded);
	tcase_add_test(tests, csv_has_the_contracts_columns);
	tcase_add_test(tests, xml_has_totals);
	tcase_add_test(tests, xml_follows_the_schema);
	tcase_add_test(tests, disclosures_are_kept);
	tcase_add_test(tests, short_memory_is_reported);
	tcase_add_loop_test(tests, readers_numbers, 0, (int)(sizeof formats / sizeof *formats));
	suite_add_tcase(suite, tests);
	return suite;
}
