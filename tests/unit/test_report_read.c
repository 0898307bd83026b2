/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_read.c: a results.xml read back is the results that were written; what is none is refused; tables copied. */
#include <check.h>
#include <string.h>

#include "base/alloc.h"
#include "report_fixture.h"
#include "structuring_fixture.h"

Suite *weir_suite_report_read(void);

/* The results of a sample deal, the second with a structure and its studies. */
static weir_results *make(int number)
{
	weir_results *results = NULL;
	ck_assert_int_eq(report_fixture_create(&results, number), WEIR_OK);
	if (number == REPORT_FIXTURE_LEASEBACK)
		structuring_fixture_add(results);
	return results;
}

/* Every table reads back as it was written, and what is written of it then is written so for ever. (A total of shares may move
 * by 1e-12 the first time: the file has them to 12 decimals.) */
START_TEST(what_was_written_is_read)
{
	for (int number = 0; number < 2; number++) {
		weir_results *made = make(number), *read = NULL, *again = NULL;
		weir_diags diags = { 0 };
		weir_text first = { 0 }, second = { 0 }, third = { 0 };
		ck_assert_int_eq(weir_results_set_scenario(made, "late", "Late & later", NULL), WEIR_OK);
		weir_results_write_xml(made, &first);
		ck_assert_msg(weir_results_read_xml(&read, "r.xml", first.data, first.length, &diags) == WEIR_OK, "%s",
		              diags.count ? diags.items[0].text : "");
		ck_assert_uint_eq(read->table_count, made->table_count);
		ck_assert_uint_eq(read->fact_count, made->fact_count);
		ck_assert_uint_eq(read->disclosure_count, made->disclosure_count);
		ck_assert_str_eq(read->scenario_en, "Late & later");
		for (size_t i = 0; i < made->table_count; i++) {
			weir_text a = { 0 }, b = { 0 };
			weir_table_write_csv(made->tables[i], 2, &a);
			weir_table_write_csv(read->tables[i], 2, &b);
			ck_assert_msg(a.length == b.length && memcmp(a.data, b.data, a.length) == 0, "table %s",
			              made->tables[i]->id);
			ck_assert_int_eq(made->tables[i]->csv, read->tables[i]->csv);
			weir_text_free(&a);
			weir_text_free(&b);
		}
		weir_results_write_xml(read, &second);
		ck_assert_int_eq(weir_results_read_xml(&again, "r.xml", second.data, second.length, &diags), WEIR_OK);
		weir_results_write_xml(again, &third);
		ck_assert_uint_eq(second.length, third.length);
		ck_assert_int_eq(memcmp(second.data, third.data, second.length), 0);
		ck_assert_int_eq(weir_results_foot(read, &diags), WEIR_OK);
		weir_text_free(&first);
		weir_text_free(&second);
		weir_text_free(&third);
		weir_results_destroy(made);
		weir_results_destroy(read);
		weir_results_destroy(again);
	}
}
END_TEST

#define HEAD "<results xmlns='urn:weir:results:1' currency='CNY' currency-digits='2'><deal id='d'/>"
#define TABLE(rows)                                                                                                \
	HEAD "<table id='t' csv='yes'><columns><column id='a' type='money'/><column id='m' type='mixed'/></columns>"       \
	     "<row>" rows "</row></table></results>"

/* Files that are refused, and words of the complaint. */
static const struct refused {
	const char *xml, *words;
} refused[] = {
	{ "<results/>", "is no results file of weir" },
	{ "<results xmlns='urn:weir:results:1'><deal id='d'/></results>", "is no results file of weir" },
	{ "<results xmlns='urn:weir:results:1' currency='CNY' currency-digits='99'><deal id='d'/></results>",
	  "is no results file of weir" },
	{ "<results xmlns='urn:other' currency='CNY' currency-digits='2'><deal id='d'/></results>",
	  "is no results file of weir" },
	{ HEAD "<table id='t'/></results>", "a table wants an id and columns" },
	{ HEAD "<table id='t'><columns><column id='a' type='sum'/></columns></table></results>",
	  "a column wants an id and a type" },
	{ HEAD "<table id='t'><columns><column id='a' type='rate' decimals='40'/></columns></table></results>",
	  "decimals are 0 to 12" },
	{ HEAD "<table id='t'><columns><column id='a' type='rate'/></columns></table>"
	       "<table id='t'><columns><column id='a' type='rate'/></columns></table></results>",
	  "a table stands twice" },
	{ TABLE("<cell col='b'>1.00</cell>"), "a cell names no column of its table" },
	{ TABLE("<cell col='a'>1.005</cell>"), "a cell's value cannot be read" },
	{ TABLE("<cell col='a'>much</cell>"), "a cell's value cannot be read" },
	{ TABLE("<cell col='m'>1</cell>"), "a cell of a mixed column wants a type" },
	{ TABLE("<cell col='m' type='date'>2024-02-31</cell>"), "a cell's value cannot be read" },
	{ "<!DOCTYPE results><results/>", "document type" },
	{ "<results", "line 1" },
	{ "", "Document is empty" },
};

START_TEST(what_is_no_results_file_is_refused)
{
	weir_results *read = NULL;
	weir_diags diags = { 0 };
	const char *text = refused[_i].xml;
	ck_assert_int_eq(weir_results_read_xml(&read, "r.xml", text, strlen(text), &diags), WEIR_INPUT);
	ck_assert_ptr_null(read);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_msg(strstr(diags.items[0].text, refused[_i].words) != NULL, "%s", diags.items[0].text);
	ck_assert_msg(strstr(diags.items[0].text, "\"r.xml\"") != NULL, "%s", diags.items[0].text);
	weir_diags_free(&diags);
}
END_TEST

/* A table that this version does not know keeps its columns and cells; an empty cell stays empty. */
START_TEST(unknown_tables_are_kept)
{
	static const char text[] = TABLE("<cell col='m' type='rate'>0.0359</cell>");
	weir_results *read = NULL;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_results_read_xml(&read, "r.xml", text, sizeof text - 1, &diags), WEIR_OK);
	const weir_table *table = weir_results_table(read, "t");
	ck_assert_ptr_nonnull(table);
	ck_assert_int_eq(weir_table_cell(table, 0, 0)->present, 0);
	ck_assert(weir_table_cell(table, 0, 1)->number == 0.0359);
	ck_assert_int_eq(weir_table_cell(table, 0, 1)->type, WEIR_CELL_RATE);
	weir_results_destroy(read);
}
END_TEST

/* A copy outlives what it was made of, and takes the place of a table of the same id. */
START_TEST(copied_tables_stand_alone)
{
	weir_results *from = make(REPORT_FIXTURE_LEASEBACK), *to = make(REPORT_FIXTURE_LICENCE);
	size_t before = to->table_count;
	weir_text wanted = { 0 }, found = { 0 };
	weir_table_write_csv(weir_results_table(from, "certificate"), 2, &wanted);
	ck_assert_int_eq(weir_results_copy_table(to, weir_results_table(from, "certificate")), WEIR_OK);
	ck_assert_int_eq(weir_results_copy_table(to, weir_results_table(from, "certificate")), WEIR_OK);
	ck_assert_int_eq(weir_results_copy_table(to, weir_results_table(from, "capital")), WEIR_OK);
	weir_results_destroy(from);
	ck_assert_uint_eq(to->table_count, before + 1);
	weir_table_write_csv(weir_results_table(to, "certificate"), 2, &found);
	ck_assert_str_eq(found.data, wanted.data);
	ck_assert_uint_eq(weir_results_table(to, "capital")->row_count, 4);
	weir_text_free(&wanted);
	weir_text_free(&found);
	weir_results_destroy(to);
}
END_TEST

START_TEST(short_memory_is_reported)
{
	static const char text[] = HEAD "<scenario id='s'/><fact id='seed'>3</fact><disclosure severity='warning' code='ip-status'>"
		                       "x</disclosure><table id='t' csv='yes'><columns><column id='a' type='text'/></columns>"
		                       "<row><cell col='a' en='one' zh='一'/></row></table></results>";
	for (long nth = 1;; nth++) {
		weir_results *read = NULL, *copy = NULL;
		weir_diags diags = { 0 };
		weir_alloc_fail_from(nth);
		weir_status status = weir_results_read_xml(&read, "r.xml", text, sizeof text - 1, &diags);
		if (status == WEIR_OK)
			status = weir_results_create(&copy, "c", NULL, NULL, "CNY", 2);
		if (status == WEIR_OK)
			status = weir_results_copy_table(copy, read->tables[0]);
		weir_alloc_fail_from(0);
		ck_assert_msg(status == WEIR_OK || status == WEIR_NO_MEMORY, "%d at %ld", (int)status, nth);
		weir_diags_free(&diags);
		weir_results_destroy(read);
		weir_results_destroy(copy);
		if (status == WEIR_OK)
			break;
	}
}
END_TEST

Suite *weir_suite_report_read(void)
{
	Suite *suite = suite_create("report_read");
	TCase *tests = tcase_create("read");
	tcase_add_test(tests, what_was_written_is_read);
	tcase_add_loop_test(tests, what_is_no_results_file_is_refused, 0, (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tests, unknown_tables_are_kept);
	tcase_add_test(tests, copied_tables_stand_alone);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	return suite;
}
