/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_formats.c: documents as PDF and DOCX, results as XLSX: any document, the same bytes, nothing lost. */
#include <check.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/alloc.h"
#include "report/column_widths.h"
#include "report/docx.h"
#include "report/latin_width.h"
#include "report/pdf.h"
#include "report/sheet_fit.h"
#include "report/sheet_formats.h"
#include "report/sheet_formulas.h"
#include "report/style.h"
#include "report/xlsx.h"
#include "report_fixture.h"

Suite *weir_suite_report_formats(void);

static weir_text xml, made;
static weir_diags diags;
static weir_document *document;

static void setup(void)
{
	xml = made = (weir_text){ 0 };
	diags = (weir_diags){ 0 };
	document = NULL;
}

static void teardown(void)
{
	weir_document_destroy(document);
	weir_text_free(&xml);
	weir_text_free(&made);
	weir_diags_free(&diags);
}

/* --- documents ----------------------------------------------------------------------------------------------- */

static void begin(const char *lang)
{
	weir_text_printf(
		&xml,
		"<document xmlns=\"urn:weir:document:1\" lang=\"%s\"><head>"
		"<kicker><t lang=\"en\">Kind</t></kicker><title><t lang=\"en\">A title</t><t lang=\"zh\">标题</t></title>"
		"<footer><t lang=\"en\">A footer</t></footer><contents><t lang=\"en\">Contents</t></contents>"
		"<fields><field><label><t lang=\"en\">Deal</t></label><cell><t lang=\"en\">d-1</t></cell></field></fields>"
		"</head>",
		lang);
}

static void read_xml(void)
{
	weir_text_add(&xml, "</document>");
	xmlDoc *tree = xmlReadMemory(xml.data, (int)xml.length, "document", NULL, XML_PARSE_HUGE);
	ck_assert_ptr_nonnull(tree);
	weir_status status = weir_document_read(&document, tree, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	xmlFreeDoc(tree);
}

/* Every kind of block, wide and upright sections, section titles with marks that mean something elsewhere. */
static void read_every_kind(const char *lang)
{
	begin(lang);
	weir_text_add(
		&xml,
		"<section id=\"a'b\"><title><t lang=\"en\">One &amp; 'more' &lt;two&gt;</t></title>"
		"<p><t lang=\"en\">A paragraph.</t></p><note tone=\"bad\"><t lang=\"en\">A warning</t></note>"
		"<tiles><tile><label><t lang=\"en\">Issue size</t></label><cell type=\"money\">1234567.89</cell>"
		"<text><t lang=\"zh\">元</t></text></tile></tiles>"
		"<fields><field><label><t lang=\"en\">Coupon</t></label><cell type=\"rate\" decimals=\"2+\">0.03591</cell></field></fields>"
		"<list ordered=\"yes\"><item><label><t lang=\"en\">(a)</t></label><text><t lang=\"en\">a step</t></text></item></list>"
		"<table><caption><t lang=\"en\">Cash</t></caption><unit><t lang=\"en\">Amounts in CNY</t></unit><columns>"
		"<column head=\"yes\"><t lang=\"en\">Date</t></column><column type=\"money\"><t lang=\"en\">Paid</t></column></columns>"
		"<row kind=\"group\"><cell><t lang=\"en\">Group</t></cell></row>"
		"<row><cell type=\"date\">2024-06-20</cell><cell type=\"money\">-77.10</cell></row>"
		"<row kind=\"total\"><cell><t lang=\"en\">Total</t></cell><cell type=\"money\">-77.10</cell></row></table></section>"
		"<section id=\"w\" wide=\"yes\"><title><t lang=\"zh\">宽页</t></title>"
		"<chart kind=\"bars\"><title><t lang=\"en\">Bars</t></title><description><t lang=\"en\">What it shows</t></description>"
		"<data-label><t lang=\"en\">Data</t></data-label><x><title><t lang=\"en\">Name</t></title><item><t lang=\"en\">P</t></item></x>"
		"<y type=\"money\"/><series><name><t lang=\"en\">S</t></name><v>5.25</v></series></chart><page-break/>"
		"<section id=\"x\" break=\"before\"><title><t lang=\"en\">Below</t></title></section></section>"
		"<section id=\"y\"><title><t lang=\"en\">Last</t></title><table><columns><column><t lang=\"en\">Nothing</t></column>"
		"</columns></table></section>");
	read_xml();
}

static void write_pdf(weir_text *to)
{
	weir_status status = weir_pdf_write(to, document, &(weir_pdf_options){ .created = "2024-06-20T00:00:00Z" },
	                                    &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
}

static void write_docx(weir_text *to)
{
	weir_status status = weir_docx_write(to, document, NULL, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
}

/* How often `words` stand in the bytes. */
static int count_of(const weir_text *bytes, const char *words)
{
	int count = 0;
	size_t length = strlen(words);
	for (size_t i = 0; i + length <= bytes->length; i++)
		count += memcmp(bytes->data + i, words, length) == 0;
	return count;
}

/* --- archives ------------------------------------------------------------------------------------------------ */

/* The bytes of a part of an archive; the caller frees them. */
static char *part_of(const weir_text *archive, const char *name)
{
	zip_error_t error;
	zip_stat_t about;
	zip_source_t *source = zip_source_buffer_create(archive->data, archive->length, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
	ck_assert_ptr_nonnull(zip);
	ck_assert_msg(zip_stat(zip, name, 0, &about) == 0, "%s", name);
	char *bytes = malloc(about.size + 1);
	zip_file_t *file = zip_fopen(zip, name, 0);
	ck_assert(bytes && file && zip_fread(file, bytes, about.size) == (zip_int64_t)about.size);
	bytes[about.size] = '\0';
	zip_fclose(file);
	zip_discard(zip);
	return bytes;
}

/* Every part that is XML is well-formed. Gives how many there are. */
static int check_parts(const weir_text *archive)
{
	zip_error_t error;
	int parsed = 0;
	zip_source_t *source = zip_source_buffer_create(archive->data, archive->length, 0, &error);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
	ck_assert_ptr_nonnull(zip);
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
		const char *name = zip_get_name(zip, (zip_uint64_t)i, 0), *dot = strrchr(name, '.');
		if (strcmp(dot, ".xml") != 0 && strcmp(dot, ".rels") != 0)
			continue;
		char *text = part_of(archive, name);
		xmlDoc *tree = xmlReadMemory(text, (int)strlen(text), name, NULL, XML_PARSE_HUGE);
		ck_assert_msg(tree != NULL, "%s", name);
		xmlFreeDoc(tree);
		free(text);
		parsed++;
	}
	zip_discard(zip);
	return parsed;
}

/* A number that an XPath expression gives in a part; elements are named by local-name(). */
static double evaluate(const weir_text *archive, const char *part, const char *expression)
{
	char *text = part_of(archive, part);
	xmlDoc *tree = xmlReadMemory(text, (int)strlen(text), part, NULL, XML_PARSE_HUGE);
	xmlXPathContext *context = xmlXPathNewContext(tree);
	xmlXPathObject *found = xmlXPathEval((const xmlChar *)expression, context);
	ck_assert_ptr_nonnull(found);
	double number = xmlXPathCastToNumber(found);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	xmlFreeDoc(tree);
	free(text);
	return number;
}

#define BODY "word/document.xml"

/* --- documents in every format ------------------------------------------------------------------------------- */

START_TEST(every_kind_of_block_is_printed)
{
	static const char *const languages[] = { "en", "zh", "both" };
	for (int i = 0; i < 3; i++) {
		weir_text again = { 0 };
		read_every_kind(languages[i]);
		write_pdf(&made);
		write_pdf(&again);
		ck_assert_uint_eq(made.length, again.length);
		ck_assert_int_eq(memcmp(made.data, again.data, made.length), 0);
		ck_assert_int_eq(memcmp(made.data, "%PDF-1.", 7), 0);
		/* the chart; what breaks before */
		ck_assert_int_eq(count_of(&made, "/MediaBox [ 0 0 841.89 595.276 ]"), 2);
		ck_assert_int_ge(count_of(&made, "/MediaBox [ 0 0 595.276 841.89 ]"), 2);
		ck_assert_int_eq(count_of(&made, "(19700101"), 0);
		ck_assert_int_ge(count_of(&made, "(20240620"), 1);
		weir_text_free(&made);
		weir_text_free(&again);
		write_docx(&made);
		write_docx(&again);
		ck_assert_uint_eq(made.length, again.length);
		ck_assert_int_eq(memcmp(made.data, again.data, made.length), 0);
		ck_assert_int_eq(check_parts(&made), 11);
		weir_text_free(&again);
		weir_text_free(&made);
		teardown();
		setup();
	}
}
END_TEST

START_TEST(word_gets_real_tables_and_fields)
{
	read_every_kind("en");
	write_docx(&made);
	char *body = part_of(&made, BODY);
	static const char *const wanted[] = { "<w:tblHeader/>",
		                              "SEQ Table \\* ARABIC",
		                              "SEQ Figure \\* ARABIC",
		                              "w:anchor=\"Table_1\"",
		                              "w:name=\"Table_1\"",
		                              "w:orient=\"landscape\"",
		                              "<w:pageBreakBefore/>",
		                              "<w:titlePg/>",
		                              "descr=\"What it shows\"",
		                              "1,234,567.89",
		                              "3.591%",
		                              "−77.10" };
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		ck_assert_msg(strstr(body, wanted[i]) != NULL, "%s", wanted[i]);
	ck_assert_ptr_nonnull(strstr(body, " TOC \\o "));
	free(body);
	/* a table without a caption has that of its section */
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='p'][.//*[local-name()='pStyle'][@*='Caption']]"
	                                "[contains(., 'Last')])") == 1);
	/* two sheets of paper turn twice: three page formats */
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='sectPr'])") == 3);
	/* every bookmark that something leads to is there */
	ck_assert(
		evaluate(
			&made, BODY,
			"count(//*[local-name()='hyperlink']"
			"[not(@*[local-name()='anchor'] = //*[local-name()='bookmarkStart']/@*[local-name()='name'])])") ==
		0);
}
END_TEST

/* Fourteen columns as a list of patents has them: the long title gets the room that numbers and dates leave. In 7 points
 * "ZL201921685024.1" takes (611 + 556 + 13 x 556 + 278 ...)/1000 em, about 60 points; its column must not be twice that. */
START_TEST(a_long_text_gets_the_room_of_a_wide_table)
{
	begin("zh");
	weir_text_add(&xml, "<section id=\"s\" wide=\"yes\"><title><t lang=\"zh\">知识产权</t></title><table><caption>"
	                    "<t lang=\"zh\">状态</t></caption><columns>");
	for (int c = 0; c < 14; c++)
		weir_text_printf(&xml, "<column><t lang=\"zh\">列%d</t></column>", c);
	weir_text_add(&xml, "</columns>");
	for (int r = 0; r < 20; r++) {
		weir_text_add(&xml, "<row><cell><t lang=\"zh\">ZL201921685024.1</t></cell>"
		                    "<cell><t lang=\"zh\">一种方言语音识别模型的控制方法及系统和装置与介质</t></cell>");
		for (int c = 2; c < 14; c++)
			weir_text_add(&xml, "<cell type=\"date\">2029-01-03</cell>");
		weir_text_add(&xml, "</row>");
	}
	weir_text_add(&xml, "</table></section>");
	read_xml();
	write_docx(&made);
	double number = evaluate(&made, BODY, "number((//*[local-name()='gridCol'])[3]/@*[local-name()='w'])");
	double title = evaluate(&made, BODY, "number((//*[local-name()='gridCol'])[4]/@*[local-name()='w'])");
	ck_assert_msg(number > 60 * 20 && number < 80 * 20, "%g", number);
	ck_assert_msg(title > 10 * 7 * 20, "%g", title); /* ten characters a line at least */
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='tbl'][2]//*[local-name()='sz'][@*='14'])") > 280);
	/* of twenty rows those at the beginning and the end stay with their neighbours: the first, and the two before the last */
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='tbl'][2]/*[local-name()='tr'][.//*[local-name()='keepNext']])") == 3);
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='tbl'][2]/*[local-name()='tr'][not(.//*[local-name()='cantSplit'])])") == 0);
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='tblCaption'][@*='状态'])") == 1);
	ck_assert(evaluate(&made, "docProps/core.xml", "count(//*[local-name()='language'][. = 'zh-CN'])") == 1);
}
END_TEST

/* A sheet with more in it is set smaller, in Word as in print. */
static double sheet_type(int rows)
{
	weir_text_free(&xml);
	weir_text_free(&made);
	weir_document_destroy(document);
	document = NULL;
	weir_text_add(&xml, "<document xmlns=\"urn:weir:document:1\" lang=\"en\" layout=\"sheet\"><head><kicker><t lang=\"en\">"
	                    "Kind</t></kicker><title><t lang=\"en\">A title</t></title><footer><t lang=\"en\">F</t></footer></head>"
	                    "<section id=\"s\"><title><t lang=\"en\">S</t></title><table><columns><column><t lang=\"en\">A</t>"
	                    "</column></columns>");
	for (int r = 0; r < rows; r++)
		weir_text_add(&xml, "<row><cell><t lang=\"en\">a</t></cell></row>");
	weir_text_add(&xml, "</table></section>");
	read_xml();
	write_docx(&made);
	return evaluate(&made, "word/styles.xml", "number(//*[local-name()='style'][@*='TableText']//*[local-name()='sz']/@*)");
}

START_TEST(a_full_sheet_is_set_smaller)
{
	ck_assert(sheet_type(20) == 12); /* 16 half points x 0.8, rounded down */
	double least = weir_sheet_scale(document, 0.9);
	ck_assert(least == 0.9);
	ck_assert(sheet_type(140) < 12);
	/* 8 lines of head, 2 of the section's, 3 of the table's, 140 rows of 1.25 */
	double scale = weir_sheet_scale(document, 0.9);
	ck_assert_double_eq_tol(scale * scale * (8 + 2 + 3 + 140 * 1.25), 95, 1e-9);
}
END_TEST

/* Arial: A 667, B 667, C 722, 1 556 thousandths; a bold letter at most 56 more; a Chinese character 1,000, and 200 between it
 * and Latin. */
START_TEST(widths_are_those_of_the_font)
{
	ck_assert_double_eq_tol(weir_latin_width("ABC1", 10, 0), 26.12, 1e-9);
	ck_assert_double_eq_tol(weir_latin_width("ABC1", 10, 1), 26.12 + 1.68, 1e-9);
	ck_assert_double_eq_tol(weir_latin_width("优先A级", 10, 0), 30 + 6.67 + 4, 1e-9);
	ck_assert_double_eq_tol(weir_latin_width("−1", 10, 0), 5.84 + 5.56, 1e-9);
}
END_TEST

static void begin_table(int columns)
{
	weir_text_add(
		&xml,
		"<section id=\"s\" wide=\"yes\"><title><t lang=\"en\">S</t></title><table><caption><t lang=\"en\">Big</t>"
		"</caption><columns>");
	for (int c = 0; c < columns; c++)
		weir_text_printf(&xml, "<column type=\"%s\"><t lang=\"en\">Column %d</t></column>",
		                 c ? "money" : "text", c);
	weir_text_add(&xml, "</columns>");
}

static void end_table(void)
{
	weir_text_add(&xml, "</table></section>");
	read_xml();
}

/* Sixty columns of amounts do not fit any page: they stand in parts, each as wide as the page at most. */
START_TEST(a_table_of_sixty_columns_is_cut_in_parts)
{
	begin("en");
	begin_table(60);
	for (int r = 0; r < 3; r++) {
		weir_text_printf(&xml, "<row><cell><t lang=\"en\">row %d</t></cell>", r);
		for (int c = 1; c < 60; c++)
			weir_text_printf(&xml, "<cell type=\"money\">%d.%02d</cell>", 7000000 + 1013 * c + r, c);
		weir_text_add(&xml, "</row>");
	}
	end_table();
	write_docx(&made);
	char *body = part_of(&made, BODY);
	for (int c = 1; c < 60; c++) {
		char amount[32];
		snprintf(amount, sizeof amount, ">7,%03d,%03d.%02d<", (1013 * c + 2) / 1000, (1013 * c + 2) % 1000, c);
		ck_assert_msg(strstr(body, amount) != NULL, "%s", amount);
	}
	free(body);
	ck_assert(evaluate(&made, BODY,
	                   "count(//*[local-name()='tbl'][sum(.//*[local-name()='gridCol']/@*) > 14799])") == 0);
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='t'][. = 'row 1'])") >
	          2); /* each part has its row heads */
	weir_text_free(&made);
	write_pdf(&made);
}
END_TEST

START_TEST(five_thousand_rows_run_over_pages)
{
	begin("en");
	begin_table(3);
	for (int r = 0; r < 5000; r++)
		weir_text_printf(
			&xml,
			"<row><cell><t lang=\"en\">row %d</t></cell><cell type=\"money\">%d.07</cell><cell/></row>", r,
			r);
	end_table();
	write_docx(&made);
	ck_assert(evaluate(&made, BODY, "count(//*[local-name()='tr'][not(.//*[local-name()='tblHeader'])])") >= 5000);
	weir_text_free(&made);
	write_pdf(&made);
	/* a landscape page holds 478 points, a row about 16: between 25 and 40 of them */
	ck_assert_int_ge(count_of(&made, "/MediaBox [ 0 0 841.89"), 5000 / 40);
	ck_assert_int_le(count_of(&made, "/MediaBox [ 0 0 841.89"), 5000 / 25 + 1);
}
END_TEST

/* Words that no line holds are broken, not lost; rows higher than a page do not hang. */
START_TEST(very_long_words_and_rows_end)
{
	begin("both");
	begin_table(2);
	weir_text_add(&xml, "<row><cell><t lang=\"en\">");
	for (int i = 0; i < 3000; i++)
		weir_text_add(&xml, "unbreakable");
	weir_text_add(&xml, "</t><t lang=\"zh\">");
	for (int i = 0; i < 4000; i++)
		weir_text_add(&xml, "很长的词");
	weir_text_add(&xml, "</t></cell><cell type=\"money\">1.01</cell></row>");
	end_table();
	write_pdf(&made);
	ck_assert_int_ge(count_of(&made, "/MediaBox [ 0 0 841.89"), 5); /* 33,000 letters and 16,000 characters */
	weir_text_free(&made);
	write_docx(&made);
	check_parts(&made);
}
END_TEST

/* Pictures and fonts of the style are in every format. */
START_TEST(style_is_read_and_used)
{
	static const char good[] =
		"<style accent=\"#7a1f5c\" latin=\"Liberation Serif\" chinese=\"宋体\" logo=\"mark.png\"/>";
	static const char *const bad[][2] = {
		{ "<style accent=\"red\"/>", "\"accent\" cannot be \"red\"" },
		{ "<style latin=\"a,b\"/>", "\"latin\" cannot be \"a,b\"" },
		{ "<style logo=\"../x.png\"/>", "\"logo\" cannot be" },
		{ "<style colour=\"#000000\"/>", "a style has no \"colour\"" },
		{ "<look/>", "is no style" },
		{ "<style accent=\"#ffffff\"/>", "its contrast is 1.0 to 1" },
	};
	weir_style style;
	weir_arena *arena;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(weir_style_read(&style, arena, "style.xml", bad[i][0], strlen(bad[i][0]), &diags),
		                 WEIR_INPUT);
		ck_assert_msg(strstr(diags.items[i].text, bad[i][1]) != NULL, "%s", diags.items[i].text);
	}
	ck_assert_int_eq(weir_style_read(&style, arena, "style.xml", good, sizeof good - 1, &diags), WEIR_OK);
	ck_assert_str_eq(style.accent, "#7a1f5c");
	ck_assert_str_eq(style.logo_name, "mark.png");
	ck_assert_int_eq(weir_style_set_logo(&style, "mark.png", "GIF89a", 6, &diags), WEIR_INPUT);
	read_every_kind("en");
	ck_assert_int_eq(weir_docx_write(&made, document, &(weir_docx_options){ .style = &style }, &diags), WEIR_OK);
	char *styles = part_of(&made, "word/styles.xml");
	ck_assert_ptr_nonnull(strstr(styles, "w:color w:val=\"7a1f5c\""));
	ck_assert_ptr_nonnull(strstr(styles, "w:ascii=\"Liberation Serif\""));
	ck_assert_ptr_nonnull(strstr(styles, "w:eastAsia=\"宋体\""));
	ck_assert_ptr_null(strstr(styles, "16365"));
	free(styles);
	weir_arena_destroy(arena);
}
END_TEST

/* #ff8800 is 0.2126 + 0.7152 x ((136 / 255 + 0.055) / 1.055)^2.4 = 0.3887 light: 1.05 / 0.4387 = 2.39. #767676, the lightest grey
 * of 4.5 to 1, is not warned of. */
START_TEST(little_contrast_is_warned_of)
{
	static const char orange[] = "<style accent=\"#FF8800\"/>", grey[] = "<style accent=\"#767676\"/>";
	weir_style style;
	weir_arena *arena;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_int_eq(weir_style_read(&style, arena, "style.xml", grey, sizeof grey - 1, &diags), WEIR_OK);
	ck_assert_uint_eq(diags.count, 0);
	ck_assert_int_eq(weir_style_read(&style, arena, "style.xml", orange, sizeof orange - 1, &diags), WEIR_OK);
	ck_assert_uint_eq(diags.warnings, 1);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "its contrast is 2.4 to 1"));
	weir_arena_destroy(arena);
}
END_TEST

/* DejaVu Sans or another of the usual ones may be missing, a font of this name always is. */
START_TEST(a_font_that_is_not_there_is_told)
{
	const weir_style style = { .latin = "No Such Font At All", .chinese = "sans-serif" };
	read_every_kind("en");
	ck_assert_int_eq(weir_pdf_write(&made, document, &(weir_pdf_options){ .style = &style }, &diags), WEIR_OK);
	ck_assert_uint_eq(diags.warnings, 1);
	ck_assert_ptr_nonnull(strstr(diags.items[diags.count - 1].text, "the font \"No Such Font At All\""));
}
END_TEST

/* --- spreadsheets -------------------------------------------------------------------------------------------- */

static weir_status write_xlsx(weir_text *to, const weir_results *results)
{
	return weir_xlsx_write(to, results, &(weir_xlsx_options){ .lang = "en", .created = "2024-06-20T00:00:00Z" },
	                       &diags);
}

START_TEST(sheets_hold_numbers_and_live_last_steps)
{
	weir_results *results;
	weir_text again = { 0 };
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LEASEBACK), WEIR_OK);
	ck_assert_int_eq(write_xlsx(&made, results), WEIR_OK);
	ck_assert_int_eq(write_xlsx(&again, results), WEIR_OK);
	ck_assert_uint_eq(made.length, again.length);
	ck_assert_int_eq(memcmp(made.data, again.data, made.length), 0);
	weir_text_free(&again);
	ck_assert_int_gt(check_parts(&made), 10);
	int number = 0;
	while (strcmp(results->tables[number]->id, "periods") != 0)
		number++;
	char sheet[64];
	snprintf(sheet, sizeof sheet, "xl/worksheets/sheet%d.xml", number + 2); /* the first one is the contents */
	const weir_table *periods = results->tables[number];
	const weir_sheet_formula *available = weir_sheet_formula_of("periods", "available");
	ck_assert_ptr_nonnull(available);
	for (size_t row = 0; row < periods->row_count; row++)
		ck_assert_double_eq(weir_sheet_formula_value(available, periods, row),
		                    weir_table_cell(periods, row, weir_table_column(periods, "available"))->number);
	/* each row's available and closing cash, and the sums below */
	ck_assert(evaluate(&made, sheet, "count(//*[local-name()='f'])") >= 2.0 * (double)periods->row_count);
	ck_assert(evaluate(&made, sheet, "count(//*[local-name()='f'][starts-with(., 'SUM(')])") > 5);
	ck_assert(evaluate(&made, sheet, "count(//*[local-name()='pane'][@state='frozen'])") == 1);
	double sum = 0;
	for (size_t row = 0; row < periods->row_count; row++)
		sum += weir_table_cell(periods, row, weir_table_column(periods, "pool_principal"))->number;
	char total[160];
	snprintf(total, sizeof total, "count(//*[local-name()='c'][*[local-name()='f'][starts-with(., 'SUM(')]]"
	                              "[*[local-name()='v'] = %.2f])", sum / 100);
	ck_assert(evaluate(&made, sheet, total) >= 1);
	weir_results_destroy(results);
}
END_TEST

/* What users write stays text: a sheet has formulas of weir's own only. */
START_TEST(text_never_becomes_a_formula)
{
	static const weir_column columns[] = { { .id = "note", .en = "=Note", .zh = "说明", .type = WEIR_CELL_TEXT } };
	static const char *const texts[] = { "=1+1",
		                             "+1",
		                             "-1",
		                             "@SUM(A1)",
		                             "\t=2",
		                             "a\x01\x1fz",
		                             "http://example.org/x",
		                             "_x0041_",
		                             "" };
	weir_results *results;
	weir_table *table;
	ck_assert_int_eq(weir_results_create(&results, "=cmd|' /C calc'!A0", "=Deal [1]", NULL, "CNY", 2), WEIR_OK);
	ck_assert_int_eq(weir_results_add_table(&table, results, "notes", "=A:long/name?[with*marks\\ that goes on",
	                                        "说明", columns, 1, 1),
	                 WEIR_OK);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		weir_cell *row = weir_table_add_row(results, table);
		ck_assert_ptr_nonnull(row);
		row[0] = weir_cell_text(texts[i], NULL);
	}
	ck_assert_int_eq(weir_results_add_table(&table, results, "none", "Empty", "空表", columns, 1, 1), WEIR_OK);
	ck_assert_int_eq(write_xlsx(&made, results), WEIR_OK);
	check_parts(&made);
	for (int sheet = 1; sheet <= 3; sheet++) {
		char name[64];
		snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", sheet);
		ck_assert(evaluate(&made, name, "count(//*[local-name()='f'])") == 0);
	}
	ck_assert(evaluate(&made, "xl/sharedStrings.xml", "count(//*[local-name()='t'][. = '=1+1'])") == 1);
	ck_assert(evaluate(&made, "xl/sharedStrings.xml", "count(//*[local-name()='t'][. = '@SUM(A1)'])") == 1);
	weir_results_destroy(results);
}
END_TEST

/* A chart of a kind that spreadsheets know, and one that none knows; a table of the results, and one of the template's own. */
START_TEST(sheets_follow_the_document)
{
	weir_results *results;
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LEASEBACK), WEIR_OK);
	begin("en");
	weir_text_add(
		&xml,
		"<section id=\"s\"><title><t lang=\"en\">One</t></title>"
		"<table from=\"accounts\"><columns><column of=\"closing\" type=\"money\"><t lang=\"en\">C</t></column></columns></table>"
		"<table><caption><t lang=\"en\">Own: [a/b]</t></caption><columns><column type=\"rate\"><t lang=\"en\">R</t></column></columns>"
		"<row><cell type=\"rate\" decimals=\"3\">0.01625</cell></row></table>"
		"<chart kind=\"columns\"><title><t lang=\"en\">=Chart</t></title><description><t lang=\"en\">d</t></description>"
		"<data-label><t lang=\"en\">V</t></data-label><x><title><t lang=\"en\">Date</t></title><item date=\"2024-06-20\"/>"
		"<item date=\"2024-12-20\"/></x><y type=\"money\"/><series><name><t lang=\"en\">Paid</t></name><v>12.50</v><v>-7.25</v></series>"
		"<series kind=\"line\"><name><t lang=\"en\">Due</t></name><v>13.00</v><v/></series>"
		"<threshold value=\"3.5\"><t lang=\"en\">Least</t></threshold></chart>"
		"<chart kind=\"treemap\"><title><t lang=\"en\">Map</t></title><description><t lang=\"en\">d</t></description>"
		"<data-label><t lang=\"en\">V</t></data-label><x><item><t lang=\"en\">A</t></item></x><y type=\"money\"/>"
		"<series><name><t lang=\"en\">N</t></name><v>1.00</v></series></chart></section>");
	read_xml();
	ck_assert_int_eq(weir_xlsx_write(&made, results, &(weir_xlsx_options){ .lang = "en", .document = document }, &diags), WEIR_OK);
	check_parts(&made);
	/* contents, accounts, the own table, charts and their data */
	ck_assert(evaluate(&made, "xl/workbook.xml", "count(//*[local-name()='sheet'])") == 5);
	ck_assert(evaluate(&made, "xl/workbook.xml", "count(//*[local-name()='sheet'][@name = 'Own   a b '])") == 1);
	ck_assert(evaluate(&made, "xl/worksheets/sheet3.xml", "count(//*[local-name()='v'][. = 0.01625])") == 1);
	/* the columns, and the line with the threshold, as charts of their own: the library lays none over another */
	ck_assert(evaluate(&made, "xl/charts/chart1.xml", "count(//*[local-name()='barChart']/*[local-name()='ser'])") == 1);
	ck_assert(evaluate(&made, "xl/charts/chart2.xml", "count(//*[local-name()='lineChart']/*[local-name()='ser'])") == 2);
	ck_assert(evaluate(&made, "xl/drawings/drawing1.xml", "count(//*[local-name()='graphicFrame'])") == 2);
	ck_assert(evaluate(&made, "xl/drawings/drawing1.xml", "count(//*[local-name()='cNvPr'][@descr = 'd'])") == 2);
	/* what the spreadsheet cannot draw is there as its values */
	ck_assert(evaluate(&made, "xl/sharedStrings.xml", "count(//*[local-name()='t'][. = 'Map'])") == 1);
	ck_assert(evaluate(&made, "xl/worksheets/sheet5.xml", "count(//*[local-name()='v'][. = 1])") >= 1);
	/* dates as numbers, 2024-06-20 = 45463; the threshold beside each; the gap is none */
	ck_assert(evaluate(&made, "xl/worksheets/sheet5.xml", "count(//*[local-name()='v'][. = 45463])") == 1);
	ck_assert(evaluate(&made, "xl/worksheets/sheet5.xml", "count(//*[local-name()='v'][. = 3.5])") == 2);
	ck_assert(evaluate(&made, "xl/worksheets/sheet5.xml", "count(//*[local-name()='f'])") == 0);
	weir_results_destroy(results);
}
END_TEST

START_TEST(number_formats_print_what_reports_print)
{
	static const struct {
		weir_cell_type type;
		const char *column, *code;
		int money_decimals;
	} cases[] = {
		{ WEIR_CELL_MONEY, "paid", "#,##0.00;[Red]\"\xE2\x88\x92\"#,##0.00", 2 },
		{ WEIR_CELL_MONEY, "paid", "#,##0;[Red]\"\xE2\x88\x92\"#,##0", 0 },
		{ WEIR_CELL_RATE, "share", "#,##0.00%;[Red]\"\xE2\x88\x92\"#,##0.00%", 0 },
		{ WEIR_CELL_RATE, "coupon", "#,##0.00########%;[Red]\"\xE2\x88\x92\"#,##0.00########%", 0 },
		{ WEIR_CELL_NUMBER, "coverage", "#,##0.0000;[Red]\"\xE2\x88\x92\"#,##0.0000", 0 },
		{ WEIR_CELL_NUMBER, "wal", "#,##0.00;[Red]\"\xE2\x88\x92\"#,##0.00", 0 },
		{ WEIR_CELL_DATE, "date", "yyyy-mm-dd", 0 },
		{ WEIR_CELL_TEXT, "note", "@", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		weir_text code = { 0 };
		weir_sheet_decimals decimals = weir_sheet_decimals_of(cases[i].column, cases[i].type);
		if (cases[i].type == WEIR_CELL_MONEY)
			decimals.decimals = cases[i].money_decimals;
		weir_sheet_format_write(cases[i].type, decimals, &code);
		ck_assert_str_eq(code.data, cases[i].code);
		weir_text_free(&code);
	}
}
END_TEST

/* --- widths -------------------------------------------------------------------------------------------------- */

START_TEST(columns_share_a_line)
{
	double widths[5];
	/* 100 + 400 would like 500 of 300: both grow with the root of what they would like, 10 : 20, so 100 and 200 */
	const weir_column_need two[] = { { 100, 10 }, { 400, 10 } };
	ck_assert_double_eq_tol(weir_columns_share(widths, two, 2, 300), 300, 1e-6);
	ck_assert_double_eq_tol(widths[0], 100, 1e-6);
	ck_assert_double_eq_tol(widths[1], 200, 1e-6);
	/* needs come first: 250 of 300, and the other has what is left */
	const weir_column_need hard[] = { { 260, 250 }, { 900, 30 } };
	weir_columns_share(widths, hard, 2, 300);
	ck_assert_double_eq_tol(widths[0], 250, 1e-6);
	ck_assert_double_eq_tol(widths[1], 50, 1e-6);
	/* too much is scaled: 400 + 200 on 300 */
	const weir_column_need wide[] = { { 800, 400 }, { 500, 200 } };
	ck_assert(!weir_columns_fit(wide, 2, 300));
	weir_columns_share(widths, wide, 2, 300);
	ck_assert_double_eq_tol(widths[0], 200, 1e-9);
	ck_assert_double_eq_tol(widths[1], 100, 1e-9);
	/* few narrow columns stay as they are, five are spread over the line */
	const weir_column_need few[] = { { 40, 10 }, { 60, 10 } };
	ck_assert_double_eq(weir_columns_share(widths, few, 2, 300), 100);
	const weir_column_need five[] = { { 20, 5 }, { 20, 5 }, { 40, 5 }, { 40, 5 }, { 30, 5 } };
	ck_assert_double_eq_tol(weir_columns_share(widths, five, 5, 300), 300, 1e-9);
	ck_assert_double_eq_tol(widths[2], 80, 1e-9);
	/* a long Chinese text breaks anywhere (narrow 8), yet wants 4 x 8; a short one only its own width */
	weir_column_need need = { 0, 0 };
	weir_column_need_add(&need, 90, 8, weir_column_comfort(8));
	ck_assert_double_eq(need.least, 32);
	need = (weir_column_need){ 0, 0 };
	weir_column_need_add(&need, 17, 8, weir_column_comfort(8));
	ck_assert_double_eq(need.least, 17);
}
END_TEST

/* --- memory -------------------------------------------------------------------------------------------------- */

static weir_status write_one(int format, weir_text *to, const weir_results *results)
{
	if (format == 0)
		return weir_pdf_write(to, document, NULL, &diags);
	return format == 1 ? weir_docx_write(to, document, NULL, &diags) : write_xlsx(to, results);
}

/* Every early point of failure, then every few. */
START_TEST(short_memory_is_said_and_leaves_nothing)
{
	weir_results *results;
	read_every_kind("both");
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LICENCE), WEIR_OK);
	for (int format = 0; format < 3; format++) {
		int failed = 0;
		for (long n = 1;; n += n < 12 ? 1 : n < 200 ? 17 : n / 3) {
			weir_text out = { 0 };
			weir_alloc_fail_from(n);
			weir_status status = write_one(format, &out, results);
			weir_alloc_fail_from(0);
			weir_text_free(&out);
			if (status == WEIR_OK)
				break;
			ck_assert_msg(status == WEIR_NO_MEMORY, "format %d, allocation %ld: %d", format, n,
			              (int)status);
			failed++;
		}
		ck_assert_int_gt(failed, 4);
	}
	weir_results_destroy(results);
}
END_TEST

Suite *weir_suite_report_formats(void)
{
	Suite *suite = suite_create("report_formats");
	TCase *tests = tcase_create("formats");
	tcase_set_timeout(tests, 240);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, every_kind_of_block_is_printed);
	tcase_add_test(tests, word_gets_real_tables_and_fields);
	tcase_add_test(tests, a_long_text_gets_the_room_of_a_wide_table);
	tcase_add_test(tests, a_full_sheet_is_set_smaller);
	tcase_add_test(tests, widths_are_those_of_the_font);
	tcase_add_test(tests, a_table_of_sixty_columns_is_cut_in_parts);
	tcase_add_test(tests, five_thousand_rows_run_over_pages);
	tcase_add_test(tests, very_long_words_and_rows_end);
	tcase_add_test(tests, style_is_read_and_used);
	tcase_add_test(tests, little_contrast_is_warned_of);
	tcase_add_test(tests, a_font_that_is_not_there_is_told);
	tcase_add_test(tests, sheets_hold_numbers_and_live_last_steps);
	tcase_add_test(tests, sheets_follow_the_document);
	tcase_add_test(tests, text_never_becomes_a_formula);
	tcase_add_test(tests, number_formats_print_what_reports_print);
	tcase_add_test(tests, columns_share_a_line);
	tcase_add_test(tests, short_memory_is_said_and_leaves_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}
