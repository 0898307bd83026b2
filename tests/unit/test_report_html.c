/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_html.c: from results through the investor template to one safe, self-contained page. */
#include <check.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "report_fixture.h"
#include "structuring_fixture.h"

Suite *weir_suite_report_html(void);

static char *texts[3];
static struct read_part {
	weir_report_part part;
	char name[64];
	char *text;
} parts[16];
static int part_count;
static weir_report_options options;
static weir_results *results;
static weir_diags diags;
static weir_text page;

static char *read_text(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s", path);
	char *text = malloc(400000);
	ck_assert_ptr_nonnull(text);
	*length = fread(text, 1, 399999, file);
	text[*length] = '\0';
	fclose(file);
	return text;
}

/* The parts of templates/, as the program has them. */
static weir_status find_part(const weir_report_part **out, void *context, const char *name)
{
	char path[128];
	(void)context;
	*out = NULL;
	for (int i = 0; i < part_count && !*out; i++)
		if (strcmp(parts[i].name, name) == 0)
			*out = &parts[i].part;
	snprintf(path, sizeof path, "templates/%.60s", name);
	if (*out || access(path, R_OK) != 0 || part_count == 16)
		return WEIR_OK;
	struct read_part *read = &parts[part_count++];
	snprintf(read->name, sizeof read->name, "%.60s", name);
	read->part.name = read->name;
	read->part.text = read->text = read_text(path, &read->part.length);
	*out = &read->part;
	return WEIR_OK;
}

static void setup(void)
{
	part_count = 0;
	options = (weir_report_options){ .lang = "en", .find_part = find_part };
	options.template_text = texts[0] = read_text("templates/investor.xsl", &options.template_length);
	options.terms_text = texts[1] = read_text("templates/terms.xml", &options.terms_length);
	options.style_text = texts[2] = read_text("templates/style.css", &options.style_length);
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LICENCE), WEIR_OK);
	diags = (weir_diags){ 0 };
	page = (weir_text){ 0 };
}

static void teardown(void)
{
	for (int i = 0; i < 3; i++)
		free(texts[i]);
	for (int i = 0; i < part_count; i++)
		free(parts[i].text);
	weir_text_free(&page);
	weir_diags_free(&diags);
	weir_results_destroy(results);
}

static weir_status print_to(weir_text *to)
{
	weir_text made[WEIR_FORMATS] = { { 0 } };
	weir_status status = weir_report_print(made, 1u << WEIR_FORMAT_HTML, results, &options, &diags);
	*to = made[WEIR_FORMAT_HTML];
	return status;
}

static weir_status print(void)
{
	weir_text_free(&page);
	return print_to(&page);
}

static void assert_has(const char *words)
{
	ck_assert_msg(strstr(page.data, words) != NULL, "\"%s\" is missing", words);
}

static void assert_lacks(const char *words)
{
	ck_assert_msg(strstr(page.data, words) == NULL, "\"%s\" is there", words);
}

START_TEST(page_stands_alone)
{
	for (int number = 0; number < 2; number++) {
		static const char *const languages[] = { "en", "zh", "both" };
		weir_results_destroy(results);
		ck_assert_int_eq(report_fixture_create(&results, number), WEIR_OK);
		for (int i = 0; i < 3; i++) {
			options.lang = languages[i];
			ck_assert_int_eq(print(), WEIR_OK);
			ck_assert_uint_eq(diags.count, 0);
			assert_lacks("<script");
			assert_lacks("http://");
			assert_lacks("https://");
			assert_lacks(" src=");
			assert_lacks("@import");
			assert_lacks("nan");
			assert_has("default-src 'none'");
		}
	}
}
END_TEST

/* Figures of EX1_base.csv, as a reader sees them. */
START_TEST(page_shows_the_figures)
{
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("<td class=\"n\">325,755.62</td>");
	assert_has("<td class=\"n\">4,212,000.00</td>");
	assert_has("<td class=\"n\">3.59%</td>");
	assert_has("<td class=\"n\">94.74%</td>");
	assert_has("<td class=\"n\">1.1250</td>");
	assert_has("3,395,258.69");
	assert_has("2023-06-20");
	assert_has("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
	/* all of A's interest over its life: 325755.62 + 287642.21 + 245849.89 + 206861.90 + 168741.41 + 127696.20
	 * + 85064.71 + 42383.64 */
	assert_has("<tr class=\"total\"><th scope=\"row\" class=\"t\">Total</th>");
	assert_has("1,489,995.58");
	assert_has("\xE2\x88\x92"
	           "1,234,567.89");
	assert_has(" neg\"");
	options.period = 5; /* the period in full */
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("Period 5, payment date 2024-06-20</b>");
	assert_has("<dd class=\"v\">5 / 8</dd>");
}
END_TEST

START_TEST(text_from_the_input_is_escaped)
{
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("Quarry &lt;Tools&gt; &amp; Co");
	assert_lacks("<Tools>");
	assert_has("&lt;tape&gt;.csv");
	weir_results_destroy(results);
	ck_assert_int_eq(weir_results_create(&results, "x", "</style><b>\"'&", "</title>", "CNY", 2), WEIR_OK);
	ck_assert_int_eq(print(), WEIR_OK);
	assert_lacks("</style><b>");
	assert_has(
		"@bottom-left{content:\"\\00003c\\00002fstyle\\00003e\\00003cb\\00003e\\000022\\000027\\000026\"");
}
END_TEST

START_TEST(page_is_accessible)
{
	htmlDocPtr document;
	ck_assert_int_eq(print(), WEIR_OK);
	document =
		htmlReadMemory(page.data, (int)page.length, "page", "UTF-8", HTML_PARSE_NOERROR | HTML_PARSE_NONET);
	ck_assert_ptr_nonnull(document);
	xmlFreeDoc(document);
	assert_has("<html lang=\"en\">");
	assert_has("<th scope=\"col\"");
	assert_has("<th scope=\"row\"");
	assert_has("role=\"img\" aria-labelledby=\"chart1w-t chart1w-d\"");
	assert_has("<details><summary>Values of this chart</summary>");
	assert_has("role=\"region\" tabindex=\"0\"");
	assert_has("name=\"viewport\"");
}
END_TEST

START_TEST(languages_are_kept_apart)
{
	options.lang = "zh";
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("<html lang=\"zh-CN\">");
	assert_has("专利独占许可2023-1资产支持专项计划");
	assert_has("关键指标");
	assert_lacks("Key figures");
	assert_lacks("Payment date");
	assert_lacks("Amounts in");
	options.lang = "en";
	ck_assert_int_eq(print(), WEIR_OK);
	assert_lacks("关键指标");
	options.lang = "both";
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("<span lang=\"en\">Payment date</span> <span lang=\"zh-CN\">兑付日</span>");
}
END_TEST

/* Every word that the template asks for is in the dictionary: an unknown id would be printed as it is. */
START_TEST(no_term_is_missing)
{
	static const char *const prefixes[] = { ">title.", ">chart.", ">metric.", ">item.",     ">about.", ">note.",
		                                ">word.",  ">fact.",  ">flag.",   ">severity.", ">code." };
	ck_assert_int_eq(print(), WEIR_OK);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		assert_lacks(prefixes[i]);
}
END_TEST

/* The structuring report of the same results, with the tables of a structure and its studies. */
static void use_structuring(void)
{
	free(texts[0]);
	options.template_text = texts[0] = read_text("templates/structuring.xsl", &options.template_length);
	weir_results_destroy(results);
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LEASEBACK), WEIR_OK);
	structuring_fixture_add(results);
}

START_TEST(structuring_shows_the_studies)
{
	static const char *const sections[] = { "key-figures", "term-sheet", "capital",       "structure",
		                                "certificate", "search",     "prices",        "sensitivity",
		                                "attribution", "ratings",    "selection",     "waterfall",
		                                "disclosures", "balances",   "reproducibility" };
	use_structuring();
	ck_assert_msg(print() == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		char id[64];
		snprintf(id, sizeof id, "<section id=\"%s\"", sections[i]);
		assert_has(id);
	}
	assert_has("no structure of the lattice serves the objective better");
	assert_has("<td class=\"t d\">2024-03-28</td><td class=\"n\">16,287.30</td>"); /* one lot more fails then */
	assert_has("One lot more of a class");
	assert_has("1.0374"); /* what is left in the scenario */
	assert_has("Cut of all receipts");
	assert_has("an unknown number");
	assert_has("aria-labelledby=\"chart");
	assert_has("<th scope=\"row\" class=\"t\">late contract L1</th>");
	assert_has("Break-even with support");
	assert_lacks("<script");
	assert_lacks("nan");
}
END_TEST

START_TEST(structuring_speaks_chinese)
{
	use_structuring();
	options.lang = "zh";
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("结构设计报告");
	assert_has("全部回款削减");
	assert_has("任一档增加一手");
	assert_has("三成延迟");
	assert_lacks("Term sheet");
	assert_lacks("One lot more");
	assert_lacks("What moves it");
	assert_lacks("Key-rate");
}
END_TEST

START_TEST(structuring_has_no_missing_term)
{
	static const char *const prefixes[] = { ">title.", ">chart.", ">about.",  ">note.",      ">claim.", ">number.",
		                                ">word.",  ">fact.",  ">metric.", ">breakeven.", ">factor." };
	use_structuring();
	ck_assert_int_eq(print(), WEIR_OK);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		assert_lacks(prefixes[i]);
}
END_TEST

/* Of a plain run the report is the term sheet, the capital and the cash; sections of studies leave themselves out. */
START_TEST(structuring_leaves_out_what_is_absent)
{
	use_structuring();
	weir_results_destroy(results);
	ck_assert_int_eq(report_fixture_create(&results, REPORT_FIXTURE_LICENCE), WEIR_OK);
	ck_assert_int_eq(print(), WEIR_OK);
	assert_has("id=\"term-sheet\"");
	assert_has("id=\"capital\"");
	assert_lacks("id=\"certificate\"");
	assert_lacks("id=\"search\"");
	assert_lacks("id=\"sensitivity\"");
	assert_lacks("id=\"ratings\"");
}
END_TEST

START_TEST(absent_tables_are_left_out)
{
	weir_results_destroy(results);
	ck_assert_int_eq(weir_results_create(&results, "bare", "Bare", NULL, "USD", 2), WEIR_OK);
	ck_assert_int_eq(print(), WEIR_OK);
	assert_lacks("id=\"payment\"");
	assert_lacks("id=\"trace\"");
	assert_lacks("id=\"ip\"");
	assert_has("id=\"reproducibility\"");
}
END_TEST

START_TEST(same_input_same_bytes)
{
	weir_text first = { 0 };
	ck_assert_int_eq(print_to(&first), WEIR_OK);
	ck_assert_int_eq(print(), WEIR_OK);
	ck_assert_uint_eq(first.length, page.length);
	ck_assert_int_eq(memcmp(first.data, page.data, page.length), 0);
	weir_text_free(&first);
}
END_TEST

START_TEST(document_follows_the_schema)
{
	static const char *const languages[] = { "en", "zh", "both" };
	xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt("share/document.xsd");
	xmlSchema *schema = xmlSchemaParse(parser);
	ck_assert_ptr_nonnull(schema);
	if (_i)
		use_structuring();
	for (int i = 0; i < 3; i++) {
		weir_text made[WEIR_FORMATS] = { { 0 } };
		const weir_text *text = &made[WEIR_FORMAT_DOCUMENT];
		options.lang = languages[i];
		ck_assert_int_eq(weir_report_print(made, 1u << WEIR_FORMAT_DOCUMENT, results, &options, &diags), WEIR_OK);
		xmlDoc *document = xmlReadMemory(text->data, (int)text->length, "document.xml", NULL, XML_PARSE_NONET);
		weir_text_free(&made[WEIR_FORMAT_DOCUMENT]);
		xmlSchemaValidCtxt *valid = xmlSchemaNewValidCtxt(schema);
		ck_assert_int_eq(xmlSchemaValidateDoc(valid, document), 0);
		xmlSchemaFreeValidCtxt(valid);
		xmlFreeDoc(document);
	}
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
}
END_TEST

START_TEST(what_does_not_add_up_is_not_written)
{
	const weir_table *accounts = weir_results_table(results, "accounts");
	((weir_cell *)weir_table_cell(accounts, 3, WEIR_COL_accounts_closing))->number += 1;
	ck_assert_int_eq(print(), WEIR_INTERNAL);
	ck_assert_uint_eq(page.length, 0);
	ck_assert_uint_gt(diags.count, 0);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_FOOTING);
}
END_TEST

#define XSL(body)                                                                                                  \
	"<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' "                          \
	"xmlns='urn:weir:document:1'>" body "</xsl:stylesheet>"
#define MATCH(body) XSL("<xsl:template match='/'>" body "</xsl:template>")

/* Templates that must be refused, the code, and words of the complaint. */
static const struct refused {
	const char *template;
	weir_code code;
	const char *words;
} refused[] = {
	{ "<a", WEIR_CODE_XML_SYNTAX, "\"template\", line 1" },
	{ "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", WEIR_CODE_XML_FORBIDDEN, "document type" },
	{ "<a/>", WEIR_CODE_SCHEMA, "the template \"template\" cannot be used" },
	{ XSL("<xsl:include href='other.xsl'/>"), WEIR_CODE_XML_FORBIDDEN, "takes in \"other.xsl\"" },
	{ XSL("<xsl:import href='common.xsl'/>"), WEIR_CODE_XML_FORBIDDEN, "takes in \"common.xsl\"" },
	{ MATCH("<xsl:copy-of select=\"document('share/results.xsd')\"/>"), WEIR_CODE_SCHEMA,
	  "the template \"template\" stopped" },
	{ MATCH("<xsl:copy-of select=\"document('http://localhost/x')\"/>"), WEIR_CODE_SCHEMA,
	  "the template \"template\" stopped" },
	{ MATCH("<xsl:document href='out.xml' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>"),
	  WEIR_CODE_SCHEMA, "" },
	{ MATCH("<xsl:call-template name='none'/>"), WEIR_CODE_SCHEMA, "the template" },
	{ XSL("<xsl:template name='on' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n<xsl:call-template name='on'/>"
	      "</xsl:template><xsl:template match='/' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:call-template "
	      "name='on'/></xsl:template>"),
	  WEIR_CODE_SCHEMA, "the template \"template\" calls itself without end: \"on\", line 2" },
	{ MATCH("<document lang='en'><p><t lang='en'>See <see code='Z-9'/></t></p></document>"), WEIR_CODE_UNKNOWN_ID,
	  "a \"see\" leads to \"Z-9\", and nothing in the document has that code" },
	{ MATCH("<other/>"), WEIR_CODE_SCHEMA, "not a \"document\"" },
	{ MATCH("<document lang='en'><blink/></document>"), WEIR_CODE_SCHEMA,
	  "cannot have \"blink\" inside \"document\"" },
	{ MATCH("<document lang='fr'/>"), WEIR_CODE_BAD_VALUE, "\"fr\" is no value of \"lang\"" },
	{ MATCH("<document lang='en'><section/></document>"), WEIR_CODE_SCHEMA, "\"section\"" },
	{ MATCH("<document "
	        "lang='en'><table><columns><column/></columns><row><cell/><cell/></row></table></document>"),
	  WEIR_CODE_SCHEMA, "\"row\" inside \"table\"" },
};

START_TEST(bad_templates_are_refused)
{
	options.template_text = refused[_i].template;
	options.template_length = strlen(refused[_i].template);
	ck_assert_int_eq(print(), WEIR_INPUT);
	ck_assert_uint_eq(page.length, 0);
	ck_assert_uint_gt(diags.count, 0);
	ck_assert_int_eq(diags.items[0].code, refused[_i].code);
	ck_assert_msg(strstr(diags.items[0].text, refused[_i].words) != NULL, "%s", diags.items[0].text);
}
END_TEST

/* Which of several templates it was. */
START_TEST(complaints_name_the_template)
{
	options.template_name = "own/short.xsl";
	options.template_text = "<a";
	options.template_length = 2;
	ck_assert_int_eq(print(), WEIR_INPUT);
	ck_assert_msg(strstr(diags.items[0].text, "\"own/short.xsl\", line 1: ") != NULL, "%s", diags.items[0].text);
	options.template_text = MATCH("<document lang='en'><blink/></document>");
	options.template_length = strlen(options.template_text);
	ck_assert_int_eq(print(), WEIR_INPUT);
	ck_assert_str_eq(diags.items[diags.count - 1].text,
	                 "the document is that of the template \"own/short.xsl\"; correct it there");
}
END_TEST

START_TEST(bad_options_are_refused)
{
	options.lang = "fr";
	ck_assert_int_eq(print(), WEIR_INPUT);
	options.lang = "en";
	options.style_text = "p{}</style><script>";
	options.style_length = strlen(options.style_text);
	ck_assert_int_eq(print(), WEIR_INPUT);
	options.style_length = 3;
	options.terms_text = "<terms>";
	options.terms_length = 7;
	ck_assert_int_eq(print(), WEIR_INPUT);
	options.terms_text = NULL;
	ck_assert_int_eq(print(), WEIR_INPUT);
	ck_assert_uint_eq(page.length, 0);
}
END_TEST

/* A small report, so that the loop over every allocation ends soon; libxml2's own memory is not behind the seam. */
START_TEST(short_memory_is_reported)
{
	static const char template[] =
		MATCH("<document lang='both'><head><title><t lang='en'>T</t><t lang='zh'>题</t></title></head>"
	              "<section id='a'><title><t lang='en'>S</t></title><tiles><tile><cell "
	              "type='money'>1.00</cell></tile></tiles>"
	              "<table><columns><column type='money'><t lang='en'>C</t></column></columns>"
	              "<row><cell type='money'>-12.30</cell></row></table>"
	              "<chart kind='columns'><title/><description/><data-label/><x><item date='2024-06-20'/></x>"
	              "<y type='number'/><series><name/><v>3</v></series></chart></section></document>");
	long nth = 1;
	weir_results_destroy(results);
	ck_assert_int_eq(weir_results_create(&results, "small", "Small", NULL, "CNY", 2), WEIR_OK);
	options.template_text = template;
	options.template_length = sizeof template - 1;
	for (;; nth++) {
		weir_alloc_fail_from(nth);
		weir_status status = print();
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		if (status == WEIR_OK)
			break;
		ck_assert_uint_eq(page.length, 0);
	}
	ck_assert_int_gt(nth, 10);
}
END_TEST

Suite *weir_suite_report_html(void)
{
	Suite *suite = suite_create("report_html");
	TCase *tests = tcase_create("html");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, page_stands_alone);
	tcase_add_test(tests, page_shows_the_figures);
	tcase_add_test(tests, text_from_the_input_is_escaped);
	tcase_add_test(tests, page_is_accessible);
	tcase_add_test(tests, languages_are_kept_apart);
	tcase_add_test(tests, no_term_is_missing);
	tcase_add_test(tests, absent_tables_are_left_out);
	tcase_add_test(tests, same_input_same_bytes);
	tcase_add_loop_test(tests, document_follows_the_schema, 0, 2);
	tcase_add_test(tests, structuring_shows_the_studies);
	tcase_add_test(tests, structuring_speaks_chinese);
	tcase_add_test(tests, structuring_has_no_missing_term);
	tcase_add_test(tests, structuring_leaves_out_what_is_absent);
	tcase_add_test(tests, what_does_not_add_up_is_not_written);
	tcase_add_loop_test(tests, bad_templates_are_refused, 0, (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tests, complaints_name_the_template);
	tcase_add_test(tests, bad_options_are_refused);
	tcase_add_test(tests, short_memory_is_reported);
	suite_add_tcase(suite, tests);
	return suite;
}
