/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_pdf.c: where tables go over to the next page, and that pages end whatever stands on them. */
#include <check.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/pdf.h"
#include "report/pdf_breaks.h"

Suite *weir_suite_report_pdf(void);

#define MOST_ROWS 32

/* --- breaks -------------------------------------------------------------------------------------------------- */

static weir_doc_row kinds[MOST_ROWS];
static double heights[MOST_ROWS];

/* One letter a row: b of the body, g head of a group, t total; all 17 points high. */
static pdf_rows rows(const char *letters)
{
	int count = 0;
	for (; letters[count]; count++) {
		heights[count] = 17;
		kinds[count] = (weir_doc_row){ .kind = letters[count] == 'g' ? WEIR_ROW_GROUP :
			                               letters[count] == 't' ? WEIR_ROW_TOTAL :
			                                                       WEIR_ROW_BODY };
	}
	return (pdf_rows){ kinds, heights, count };
}

/* Where the table may break: a bar before each such row. */
static void check_breaks(const char *letters, const char *wanted)
{
	char found[2 * MOST_ROWS] = "";
	const pdf_rows table = rows(letters);
	for (int r = 0; r < table.count; r++) {
		strcat(found, pdf_may_break(&table, r) ? "|" : "");
		strncat(found, &letters[r], 1);
	}
	ck_assert_str_eq(found, wanted);
}

START_TEST(few_rows_and_totals_are_never_alone)
{
	check_breaks("bbbb", "bbbb"); /* two above leave but two below */
	check_breaks("bbbbb", "bb|bbb");
	check_breaks("bbbbbbb", "bb|b|b|bbb");
	check_breaks("bbbbbt", "bb|b|bbt"); /* two rows go with the total */
	check_breaks("bbbt", "bbbt");
	check_breaks("bbtbbbt", "bbt|b|bbt"); /* behind a total in the middle; two rows with the last */
	check_breaks("bbbbttt", "bb|bbttt");
	check_breaks("gbbbgbbbb", "gbb|b|gbbbb"); /* not within two rows of a group's head */
	check_breaks("gbtgbtgbt", "gbt|gbt|gbt");
	check_breaks("ggggg", "gg|ggg");
	check_breaks("", "");
}
END_TEST

START_TEST(a_page_takes_what_may_stand_on_it)
{
	pdf_rows table = rows("bbbbbbbt");
	ck_assert_int_eq(pdf_part_end(&table, 0, 136.5), 8); /* 8 x 17 = 136 */
	ck_assert_int_eq(pdf_part_end(&table, 0, 135.5), 5); /* seven fit, but the total takes two along */
	ck_assert_int_eq(pdf_part_end(&table, 0, 60), 3);
	ck_assert_int_eq(pdf_part_end(&table, 0, 33), 0); /* one row does not begin a table */
	ck_assert_int_eq(pdf_part_end(&table, 3, 51), 5);
	ck_assert_int_eq(pdf_part_end(&table, 5, 50.9), 5); /* nor may the last three be parted */
	ck_assert_int_eq(pdf_part_end(&table, 5, 51), 8);
	ck_assert_double_eq(pdf_first_rows(&table), 34);
	table = rows("gbbb");
	ck_assert_double_eq(pdf_first_rows(&table), 68);
	heights[2] = 40.25;
	ck_assert_double_eq(pdf_first_rows(&table), 91.25);
	ck_assert_int_eq(pdf_part_end(&table, 0, 91), 0);
	table = rows("");
	ck_assert_double_eq(pdf_first_rows(&table), 0);
	ck_assert_int_eq(pdf_part_end(&table, 0, 10), 0);
}
END_TEST

/* --- documents ----------------------------------------------------------------------------------------------- */

static weir_text xml;

static void begin(const char *attributes)
{
	xml = (weir_text){ 0 };
	weir_text_printf(&xml,
	                 "<document xmlns=\"urn:weir:document:1\" lang=\"zh\"%s><head><kicker/>"
	                 "<title><t lang=\"zh\">标题</t></title><footer/><fields/></head>",
	                 attributes);
}

/* How many pages the document has. */
static int print(void)
{
	weir_document *document;
	weir_diags diags = { 0 };
	weir_text made = { 0 };
	int pages = 0;
	weir_text_add(&xml, "</document>");
	xmlDoc *tree = xmlReadMemory(xml.data, (int)xml.length, "document", NULL, XML_PARSE_HUGE);
	ck_assert_ptr_nonnull(tree);
	weir_status status = weir_document_read(&document, tree, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	xmlFreeDoc(tree);
	ck_assert_int_eq(weir_pdf_write(&made, document, NULL, &diags), WEIR_OK);
	static const char page[] = "/MediaBox [";
	for (size_t i = 0; i + sizeof page <= made.length; i++)
		pages += memcmp(made.data + i, page, sizeof page - 1) == 0;
	weir_document_destroy(document);
	weir_text_free(&made);
	weir_text_free(&xml);
	weir_diags_free(&diags);
	return pages;
}

static void add_paragraphs(int count)
{
	for (int i = 0; i < count; i++)
		weir_text_add(&xml, "<p><t lang=\"zh\">一行。</t></p>");
}

static void add_table(int rows_wanted)
{
	weir_text_add(&xml,
	              "<table><caption><t lang=\"zh\">表</t></caption><columns><column><t lang=\"zh\">列</t></column>"
	              "</columns>");
	for (int r = 0; r < rows_wanted; r++)
		weir_text_add(&xml, "<row><cell><t lang=\"zh\">行</t></cell></row>");
	weir_text_add(&xml, "<row kind=\"total\"><cell><t lang=\"zh\">合计</t></cell></row></table>");
}

/* A sheet whose wide part leaves no room, and a row that is higher than all of it: one page, however small. */
START_TEST(a_sheet_without_room_ends)
{
	begin(" layout=\"sheet\"");
	weir_text_add(&xml, "<section id=\"w\" wide=\"yes\"><title><t lang=\"zh\">宽</t></title>");
	add_paragraphs(60);
	weir_text_add(&xml, "</section><section id=\"n\"><title><t lang=\"zh\">窄</t></title><table><columns>"
	                    "<column><t lang=\"zh\">列</t></column></columns><row><cell><t lang=\"zh\">");
	for (int i = 0; i < 800; i++)
		weir_text_add(&xml, "很长的一格");
	weir_text_add(&xml, "</t></cell></row></table></section>");
	ck_assert_int_eq(print(), 1);
}
END_TEST

/* A small table with its heading stands on the page at whose end it begins, or whole on the next: the pages are as many
 * as without it, or one more, whatever stands above. */
START_TEST(a_table_begins_anywhere)
{
	for (int above = 0; above < 44; above += 3) {
		int pages[2];
		for (int with = 0; with < 2; with++) {
			begin("");
			weir_text_add(&xml, "<section id=\"s\"><title><t lang=\"zh\">节</t></title>");
			add_paragraphs(above);
			weir_text_add(&xml, "<section id=\"u\"><title><t lang=\"zh\">小节</t></title><p><t lang=\"zh\">"
			                    "见下表。</t></p>");
			if (with)
				add_table(7);
			weir_text_add(&xml, "</section></section>");
			pages[with] = print();
		}
		ck_assert_msg(pages[1] - pages[0] == 0 || pages[1] - pages[0] == 1, "%d above: %d", above,
		              pages[1] - pages[0]);
	}
}
END_TEST

Suite *weir_suite_report_pdf(void)
{
	Suite *suite = suite_create("report_pdf");
	TCase *tests = tcase_create("pages");
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, few_rows_and_totals_are_never_alone);
	tcase_add_test(tests, a_page_takes_what_may_stand_on_it);
	tcase_add_test(tests, a_sheet_without_room_ends);
	tcase_add_test(tests, a_table_begins_anywhere);
	suite_add_tcase(suite, tests);
	return suite;
}
