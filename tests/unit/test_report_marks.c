/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What blocks are known by: codes, numbers, links; the list of reports and the rule in force. */
#define _GNU_SOURCE /* memmem */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/catalog.h"
#include "report/docx.h"
#include "report/document.h"
#include "report/html.h"
#include "report/pdf.h"
#include "report/report.h"
#include "report/tables.h"
#include "report/transform.h"
#include "report_fixture.h"

Suite *weir_suite_report_marks(void);

static weir_diags diags;
static weir_document *document;

static void setup(void)
{
	diags = (weir_diags){ 0 };
	document = NULL;
}

static void teardown(void)
{
	weir_document_destroy(document);
	weir_diags_free(&diags);
}

static xmlDoc *parse(const char *body)
{
	weir_text xml = { 0 };
	xmlDoc *tree = NULL;
	weir_text_printf(&xml, "<document xmlns='urn:weir:document:1' lang='en'>%s</document>", body);
	ck_assert_int_eq(weir_xml_parse(&tree, "document", xml.data, xml.length, &diags), WEIR_OK);
	weir_text_free(&xml);
	return tree;
}

static weir_status read_document(const char *body)
{
	xmlDoc *tree = parse(body);
	weir_status status = weir_document_read(&document, tree, &diags);
	xmlFreeDoc(tree);
	return status;
}

#define TABLE(attributes) "<table" attributes "><columns><column/></columns><row><cell><t lang='en'>x</t></cell></row></table>"

static const char linked[] =
	"<section id='one'><title><t lang='en'>First</t></title>"
	"<p code=' P-1 '><t lang='en'>a <see code='T-2'/>, <see code='S-1'/> &amp; <see code='P-1'/>; <see code='N-1'>none</see></t></p>"
	TABLE(" code='T-1  T-2'") TABLE(" code='T-2 T-3'")
	"</section>"
	"<section id='two' code='S-1'><title><t lang='en'>Second</t><t lang='zh'>二</t></title>"
	"<section id='below' code='S-2'><title><t lang='en'>Below</t></title><note><t lang='en'>x<see code='T-3'/></t></note></section>"
	TABLE("") "</section>";

START_TEST(blocks_are_numbered_and_linked)
{
	ck_assert_int_eq(read_document(linked), WEIR_OK);
	const weir_block *one = document->blocks, *p = one->children, *first = p->next, *second = first->next;
	const weir_block *two = one->next, *below = two->children, *last = below->next;
	ck_assert_int_eq(one->mark.number, 1);
	ck_assert_int_eq(two->mark.number, 2);
	ck_assert_int_eq(below->mark.number, 0); /* only those of the top level have numbers */
	ck_assert_int_eq(first->table->mark.number, 1);
	ck_assert_int_eq(second->table->mark.number, 2);
	ck_assert_int_eq(last->table->mark.number, 3);
	/* every code is an anchor once: T-2 belongs to the first table, so that the second one's anchor is T-3 */
	ck_assert_str_eq(first->table->mark.codes, "T-1 T-2");
	ck_assert_str_eq(first->table->mark.anchor, "T-1");
	ck_assert_str_eq(second->table->mark.anchor, "T-3");
	ck_assert_ptr_null(last->table->mark.anchor);
	ck_assert_str_eq(p->text.en, "a Table 1, Section 2 & Section 1; none");
	ck_assert_int_eq(p->link_count, 3);
	ck_assert_ptr_eq(p->links[0].to, first);
	ck_assert_uint_eq(p->links[0].from, 2);
	ck_assert_uint_eq(p->links[0].length, strlen("Table 1"));
	ck_assert_ptr_eq(p->links[1].to, two);
	ck_assert_ptr_eq(p->links[2].to, p);
	ck_assert_str_eq(below->children->text.en, "xTable 2");
	ck_assert_ptr_eq(below->children->links[0].to, second);
	/* a document in one language has no text of the other */
	ck_assert_ptr_null(two->text.zh);
}
END_TEST

START_TEST(links_are_in_every_format)
{
	static const char style[] = "p{}";
	weir_text html = { 0 }, pdf = { 0 };
	weir_report_options options = { .lang = "en", .style_text = style, .style_length = sizeof style - 1 };
	ck_assert_int_eq(read_document(linked), WEIR_OK);
	ck_assert_int_eq(weir_html_write(&html, document, &options), WEIR_OK);
	ck_assert_ptr_nonnull(strstr(html.data, "<p id=\"P-1\" data-code=\"P-1\">a <a href=\"#T-1\">Table 1</a>, <a href=\"#two\">Section 2</a> "
	                                        "&amp; <a href=\"#P-1\">Section 1</a>; none</p>"));
	ck_assert_ptr_nonnull(strstr(html.data, "id=\"T-1\" data-code=\"T-1 T-2\""));
	ck_assert_ptr_nonnull(strstr(html.data, "id=\"T-3\" data-code=\"T-2 T-3\""));
	ck_assert_ptr_nonnull(strstr(html.data, "<section id=\"two\" class=\"level1\" data-code=\"S-1\">"));
	ck_assert_int_eq(weir_pdf_write(&pdf, document, NULL, &diags), WEIR_OK);
	int found = 0;
	for (size_t i = 0; i + 14 < pdf.length; i++)
		found += memcmp(pdf.data + i, "/Subtype /Link", 14) == 0;
	ck_assert_int_eq(found, 4); /* three of the paragraph, one of the note */
	ck_assert_str_eq(pdf.data + pdf.length - 6, "%%EOF\n");
	weir_text_free(&html);
	weir_text_free(&pdf);
}
END_TEST

START_TEST(a_sheet_is_one_page_without_numbers)
{
	weir_text pdf = { 0 }, xml = { 0 };
	xmlDoc *tree = NULL;
	weir_text_add(&xml, "<document xmlns='urn:weir:document:1' lang='en' layout='sheet'>");
	for (int i = 0; i < 40; i++)
		weir_text_printf(&xml, "<section id='s%d' %s><title><t lang='en'>S</t></title>" TABLE("") TABLE("") "</section>", i,
		                 i == 0 ? "wide='yes'" : "");
	weir_text_add(&xml, "</document>");
	ck_assert_int_eq(weir_xml_parse(&tree, "document", xml.data, xml.length, &diags), WEIR_OK);
	ck_assert_int_eq(weir_document_read(&document, tree, &diags), WEIR_OK);
	ck_assert_int_eq(document->is_sheet, 1);
	ck_assert_int_eq(document->blocks->mark.number, 0);
	ck_assert_int_eq(weir_pdf_write(&pdf, document, NULL, &diags), WEIR_OK);
	ck_assert_ptr_nonnull(memmem(pdf.data, pdf.length, "/Count 1\n", 9)); /* pages */
	xmlFreeDoc(tree);
	weir_text_free(&xml);
	weir_text_free(&pdf);
}
END_TEST

static const char *const no_documents[] = {
	"<p><t lang='en'>x <b>y</b></t></p>",
	"<p><x/></p>",
	"<note><t lang='en'><see/><br/></t></note>",
};

START_TEST(what_paragraphs_cannot_have_is_refused)
{
	ck_assert_int_eq(read_document(no_documents[_i]), WEIR_INPUT);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_SCHEMA);
}
END_TEST

/* --- the list of reports ---------------------------------------------------------------------------------------- */

static const char catalog_xml[] =
	"<reports xmlns='urn:weir:reports:1'><report id='a' file='a.xsl' en='A' zh='甲' needs=' stress  offering'>"
	"<rule id='north' venue='北' from='2023-02-10' en='N' zh='北'/>"
	"<rule id='law' kind='abs' from='2023-09-20' en='L' zh='法'/>"
	"<rule id='new' from='2023-06-21' en='New' zh='新'/>"
	"<rule id='old' from='2023-01-01' to='2023-06-21' en='Old' zh='旧'/></report>"
	"<report id='b' file='b.xsl' en='B' zh='乙' about='closing'><rule id='old' from='2023-03-20' en='O' zh='旧'/></report></reports>";

/* The licence fixture: closing 2023-03-20; payments 2023-06-20, 2023-09-20 … */
START_TEST(the_rule_of_the_day_is_found)
{
	weir_catalog *catalog = NULL;
	weir_results *results;
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LICENCE), WEIR_OK);
	ck_assert_int_eq(weir_catalog_read(&catalog, "reports.xml", catalog_xml, strlen(catalog_xml), &diags), WEIR_OK);
	const weir_report_entry *a = weir_catalog_find(catalog, "a"), *b = weir_catalog_find(catalog, "b");
	ck_assert_ptr_null(weir_catalog_find(catalog, "c"));
	ck_assert_uint_eq(a->needs, WEIR_NEED_OFFERING | WEIR_NEED_STRESS);
	ck_assert_str_eq(weir_catalog_rule(a, results, 1)->id, "old"); /* 2023-06-20: a day before the new one */
	ck_assert_str_eq(weir_catalog_rule(a, results, 2)->id, "new");
	ck_assert_ptr_null(weir_catalog_rule(a, results, 99)); /* no such day */
	/* the fixture says neither what kind of deal it is nor where it is listed; now it does */
	weir_table *terms = (weir_table *)weir_results_table(results, "terms");
	weir_cell *row = weir_table_add_row(results, terms);
	row[WEIR_COL_terms_item] = weir_cell_key("kind", NULL, NULL);
	row[WEIR_COL_terms_value] = weir_cell_key("abs", NULL, NULL);
	row[WEIR_COL_terms_value].type = WEIR_CELL_TEXT;
	ck_assert_str_eq(weir_catalog_rule(a, results, 1)->id, "old");
	ck_assert_str_eq(weir_catalog_rule(a, results, 2)->id, "law"); /* on its first day */
	row = weir_table_add_row(results, terms);
	row[WEIR_COL_terms_item] = weir_cell_key("venue", NULL, NULL);
	row[WEIR_COL_terms_value] = weir_cell_text("North market", "华北市场");
	row[WEIR_COL_terms_value].type = WEIR_CELL_TEXT;
	ck_assert_str_eq(weir_catalog_rule(a, results, 2)->id, "north");
	ck_assert_str_eq(weir_catalog_rule(b, results, 99)->id, "old"); /* of the closing date, its first day */
	weir_catalog_destroy(catalog);
	weir_results_destroy(results);
}
END_TEST

static const struct bad_catalog {
	const char *xml, *words;
} bad_catalogs[] = {
	{ "<reports><report id='a' file='a.xsl' en='A' zh='B' needs='gold'/></reports>", "names needs that there are not" },
	{ "<reports><report id='a' file='a.xsl' en='A' zh='B' about='noon'/></reports>", "is nothing that a report can be about" },
	{ "<reports><report file='a.xsl' en='A' zh='B'/></reports>", "\"id\" is missing or empty" },
	{ "<reports><report id='a' file='' en='A' zh='B'/></reports>", "\"file\" is missing or empty" },
	{ "<reports><report id='a' file='a' en='A' zh='B'><rule id='r' en='R' zh='R' from='2023-13-01'/></report></reports>", "is no date" },
	{ "<reports><report id='a' file='a' en='A' zh='B'><rule id='r' en='R' zh='R'/></report></reports>", "\"from\" is missing" },
	{ "<rules/>", "is no list of reports" },
};

START_TEST(bad_lists_are_refused)
{
	weir_catalog *catalog = NULL;
	const struct bad_catalog *bad = &bad_catalogs[_i];
	ck_assert_int_eq(weir_catalog_read(&catalog, "mine.xml", bad->xml, strlen(bad->xml), &diags), WEIR_INPUT);
	ck_assert_ptr_null(catalog);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "\"mine.xml\", line 1"));
	ck_assert_msg(strstr(diags.items[0].text, bad->words) != NULL, "%s", diags.items[0].text);
}
END_TEST

START_TEST(short_memory_leaves_nothing)
{
	for (long n = 1;; n++) {
		weir_catalog *catalog = NULL;
		weir_alloc_fail_from(n);
		weir_status status = weir_catalog_read(&catalog, "reports.xml", catalog_xml, strlen(catalog_xml), &diags);
		weir_alloc_fail_from(0);
		if (status == WEIR_OK) {
			weir_catalog_destroy(catalog);
			ck_assert_int_gt(n, 1);
			break;
		}
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
	}
	xmlDoc *tree = parse(linked);
	for (long n = 1;; n++) {
		weir_alloc_fail_from(n);
		weir_status status = weir_document_read(&document, tree, &diags);
		weir_alloc_fail_from(0);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		ck_assert_int_lt(n, 1000);
	}
	xmlFreeDoc(tree);
}
END_TEST

Suite *weir_suite_report_marks(void)
{
	Suite *suite = suite_create("report_marks");
	TCase *marks = tcase_create("marks"), *lists = tcase_create("lists");
	tcase_add_checked_fixture(marks, setup, teardown);
	tcase_add_test(marks, blocks_are_numbered_and_linked);
	tcase_add_test(marks, links_are_in_every_format);
	tcase_add_test(marks, a_sheet_is_one_page_without_numbers);
	tcase_add_loop_test(marks, what_paragraphs_cannot_have_is_refused, 0, (int)(sizeof no_documents / sizeof *no_documents));
	suite_add_tcase(suite, marks);
	tcase_add_checked_fixture(lists, setup, teardown);
	tcase_add_test(lists, the_rule_of_the_day_is_found);
	tcase_add_loop_test(lists, bad_lists_are_refused, 0, (int)(sizeof bad_catalogs / sizeof *bad_catalogs));
	tcase_add_test(lists, short_memory_leaves_nothing);
	suite_add_tcase(suite, lists);
	return suite;
}
