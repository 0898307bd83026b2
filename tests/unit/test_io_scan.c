/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places of start tags and attributes in raw XML. Offsets are counted by hand under each text. */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "io/scan.h"

Suite *weir_suite_io_scan(void);

static weir_scan scan_of(const char *text)
{
	weir_scan scan;
	ck_assert_int_eq(weir_scan_create(&scan, text, strlen(text)), WEIR_OK);
	return scan;
}

static void expect_element(const weir_scan *scan, size_t number, uint32_t offset, uint32_t length,
	uint32_t attributes)
{
	ck_assert_uint_lt(number, scan->element_count);
	ck_assert_uint_eq(scan->elements[number].offset, offset);
	ck_assert_uint_eq(scan->elements[number].length, length);
	ck_assert_uint_eq(scan->elements[number].attribute_count, attributes);
}

START_TEST(tags_and_values_have_spans)
{
	/*                  0         1         2         3
	 *                  0123456789012345678901234567890123456 */
	const char text[] = "<a x=\"1\" yy = 'two'><b z=\"\"/></a>";
	weir_scan scan = scan_of(text);
	ck_assert_uint_eq(scan.element_count, 2);
	expect_element(&scan, 0, 0, 20, 2);
	expect_element(&scan, 1, 20, 9, 1);
	const weir_scan_attribute *x = &scan.attributes[0], *yy = &scan.attributes[1],
		*z = &scan.attributes[2];
	ck_assert_uint_eq(x->name, 3);
	ck_assert_uint_eq(x->value, 6);
	ck_assert_uint_eq(x->value_length, 1);
	ck_assert_uint_eq(yy->name, 9);
	ck_assert_uint_eq(yy->name_length, 2);
	ck_assert_uint_eq(yy->value, 15);
	ck_assert_uint_eq(yy->value_length, 3);
	ck_assert_uint_eq(z->value_length, 0);
	ck_assert_uint_eq(scan.deepest, 2);
	weir_scan_free(&scan);
}
END_TEST

START_TEST(what_is_no_tag_is_passed_over)
{
	const char text[] = "<?xml version=\"1.0\"?><!-- <no a=\"b\"/> --><a><![CDATA[<no/>]]><?pi <no/> ?>"
		"<b/></a>";
	weir_scan scan = scan_of(text);
	ck_assert_uint_eq(scan.element_count, 2);
	ck_assert_uint_eq(scan.elements[0].offset, strstr(text, "<a>") - text);
	ck_assert_uint_eq(scan.elements[1].offset, strstr(text, "<b/>") - text);
	ck_assert_uint_eq(scan.doctype, SIZE_MAX);
	weir_scan_free(&scan);
}
END_TEST

START_TEST(values_may_hold_brackets_and_line_ends)
{
	const char text[] = "<a t=\"x > 1\n and 'y'\"\r\n  u='\"'><b/></a>";
	weir_scan scan = scan_of(text);
	ck_assert_uint_eq(scan.element_count, 2);
	ck_assert_uint_eq(scan.attributes[0].value_length, strlen("x > 1\n and 'y'"));
	ck_assert_uint_eq(scan.attributes[1].value_length, 1);
	weir_scan_free(&scan);
}
END_TEST

START_TEST(a_document_type_is_found)
{
	const char text[] = "<?xml version=\"1.0\"?>\n<!-- <!DOCTYPE no> -->\n<!DOCTYPE a [<!ENTITY e \"v\">"
		"]><a/>";
	weir_scan scan = scan_of(text);
	ck_assert_uint_eq(scan.doctype, strstr(text, "<!DOCTYPE a") - text);
	weir_scan_free(&scan);
}
END_TEST

START_TEST(broken_texts_end_the_scan)
{
	static const char *const texts[] = { "<", "<a", "<a ", "<a x", "<a x=", "<a x=\"", "<a x=\"1",
		"<a x=1>", "<a/",
		                             "<!--", "<![CDATA[", "<?", "</", "<a <b/>", "<a x=\"1\"y=\"2" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		weir_scan scan = scan_of(texts[i]);
		ck_assert_uint_le(scan.element_count, 1);
		weir_scan_free(&scan);
	}
	/* what stands before the fault is kept */
	weir_scan scan = scan_of("<a><b c=\"d\"/><e f></a>");
	ck_assert_uint_eq(scan.element_count, 3);
	ck_assert_uint_eq(scan.attribute_count, 1);
	weir_scan_free(&scan);
}
END_TEST

Suite *weir_suite_io_scan(void)
{
	Suite *suite = suite_create("io_scan");
	TCase *tests = tcase_create("scan");
	tcase_add_test(tests, tags_and_values_have_spans);
	tcase_add_test(tests, what_is_no_tag_is_passed_over);
	tcase_add_test(tests, values_may_hold_brackets_and_line_ends);
	tcase_add_test(tests, a_document_type_is_found);
	tcase_add_test(tests, broken_texts_end_the_scan);
	suite_add_tcase(suite, tests);
	return suite;
}
