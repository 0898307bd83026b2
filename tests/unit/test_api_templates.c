/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_templates.c: where templates and their parts are found, which one goes first, what is said when one is not
 * there, and what short memory ends in while they are looked for. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/session.h"
#include "api/templates.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_templates(void);

#define STYLESHEET(inside) \
	"<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'\n" \
	" xmlns='urn:weir:document:1'>" inside "</xsl:stylesheet>\n"

/* Takes in a part of the user's beside it and one of weir's own. */
static const char with_parts[] = STYLESHEET(
	"<xsl:include href='mine-beside.xsl'/><xsl:include href='common.xsl'/>"
	"<xsl:template match='/'><document lang='en'><head><title><t lang='en'>T</t></title></head>"
	"<xsl:call-template name='beside'/></document></xsl:template>");
static const char beside[] = STYLESHEET(
	"<xsl:template name='beside'><section id='s'><title><t lang='en'>Beside it</t></title>"
	"<p><t lang='en'>x</t></p></section></xsl:template>");
static const char with_unknown[] = STYLESHEET("<xsl:include href='nowhere.xsl'/>");

static char template[512];
static weir_results *results;
static weir_text texts[WEIR_FORMATS];
static weir_diags diags;

static void setup(void)
{
	io_enter();
	io_write("mine-beside.xsl", beside);
	snprintf(template, sizeof template, "%s", io_write("mine.xsl", with_parts));
	ck_assert_int_eq(weir_results_create(&results, "small", "Small", NULL, "CNY", 2), WEIR_OK);
	diags = (weir_diags){ 0 };
}

static void teardown(void)
{
	weir_results_destroy(results);
	weir_diags_free(&diags);
	for (int i = 0; i < WEIR_FORMATS; i++)
		weir_text_free(&texts[i]);
	io_leave();
}

/* Opens the templates, prints the small results through `path`, closes. Leaves no text of a run before. */
static weir_status print_through(const char *path)
{
	weir_templates templates;
	weir_print print = { .templates = &templates, .template = path, .lang = "en", .period = 1 };
	for (int i = 0; i < WEIR_FORMATS; i++)
		weir_text_free(&texts[i]);
	weir_diags_free(&diags);
	diags = (weir_diags){ 0 };
	weir_status status = weir_templates_open(&templates, NULL, &diags);
	if (status == WEIR_OK)
		status = weir_print_results(texts, results, &print, &diags);
	weir_templates_close(&templates);
	return status;
}

START_TEST(parts_lie_beside_the_template)
{
	ck_assert_int_eq(print_through(template), WEIR_OK);
	ck_assert_ptr_nonnull(strstr(texts[WEIR_FORMAT_HTML].data, "Beside it"));
	ck_assert_uint_eq(diags.count, 0);
}
END_TEST

START_TEST(a_part_that_is_not_there_is_named)
{
	const char *path = io_write("other.xsl", with_unknown);
	ck_assert_int_eq(print_through(path), WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_XML_FORBIDDEN);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "\"nowhere.xsl\""));
}
END_TEST

/* A part that is there and cannot be read is complained about as such, and by nothing else. */
START_TEST(a_part_that_cannot_be_read_is_said_so)
{
	char folder[520];
	const char *path = io_write("mine-beside.xsl", "");
	snprintf(folder, sizeof folder, "%s", path);
	ck_assert_int_eq(unlink(folder), 0);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	weir_status status = print_through(template);
	ck_assert_int_eq(rmdir(folder), 0);
	ck_assert_int_eq(status, WEIR_IO);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_FILE_UNREADABLE);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "mine-beside.xsl"));
}
END_TEST

/* Every allocation through the seam in turn, from the n-th on: no memory, never a complaint about the template. */
START_TEST(short_memory_is_no_missing_part)
{
	for (long n = 1;; n++) {
		weir_alloc_fail_from(n);
		weir_status status = print_through(template);
		int reached = weir_alloc_count() >= n;
		weir_alloc_fail_from(0);
		if (!reached) {
			ck_assert_int_eq(status, WEIR_OK);
			ck_assert_int_gt(n, 30);
			break;
		}
		ck_assert_msg(status == WEIR_NO_MEMORY, "allocation %ld: status %d", n, (int)status);
		ck_assert_uint_eq(texts[WEIR_FORMAT_HTML].length, 0);
	}
}
END_TEST

Suite *weir_suite_api_templates(void)
{
	Suite *suite = suite_create("api_templates");
	TCase *tc = tcase_create("all");
	tcase_set_timeout(tc, 120);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, parts_lie_beside_the_template);
	tcase_add_test(tc, a_part_that_is_not_there_is_named);
	tcase_add_test(tc, a_part_that_cannot_be_read_is_said_so);
	tcase_add_test(tc, short_memory_is_no_missing_part);
	suite_add_tcase(suite, tc);
	return suite;
}
