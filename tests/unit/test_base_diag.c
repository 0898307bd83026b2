/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints, and the places in the sources that they point at. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/text.h"

Suite *weir_suite_base_diag(void);

/* Adds a text as a source and gives its number. */
static uint32_t add(weir_sources *sources, const char *name, const char *text)
{
	size_t size = strlen(text);
	char *copy = weir_alloc(size + 1);
	uint32_t number = 0;
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, text, size + 1);
	ck_assert_int_eq(weir_sources_add(sources, name, copy, size, &number), WEIR_OK);
	return number;
}

static void expect_position(weir_sources *sources, uint32_t source, uint64_t offset, unsigned line, unsigned column)
{
	unsigned l, c;
	weir_sources_locate(sources, (weir_place){ .source = source, .offset = offset }, &l, &c);
	ck_assert_msg(l == line && c == column, "offset %u is %u:%u, not %u:%u", (unsigned)offset, l, c, line, column);
}

START_TEST(sources_are_numbered_from_one)
{
	weir_sources sources = { 0 };
	ck_assert_uint_eq(add(&sources, "deal.xml", "<deal/>"), 1);
	ck_assert_uint_eq(add(&sources, "tape.csv", "id\n"), 2);
	ck_assert_str_eq(weir_sources_get(&sources, (weir_place){ .source = 2 })->name, "tape.csv");
	ck_assert_ptr_null(weir_sources_get(&sources, (weir_place){ 0 }));
	ck_assert_ptr_null(weir_sources_get(&sources, (weir_place){ .source = 3 }));
	weir_sources_free(&sources);
	ck_assert_uint_eq(sources.count, 0);
}
END_TEST

START_TEST(positions_count_lines_and_characters)
{
	weir_sources sources = { 0 };
	/* lines start at 0, 3, 4; the third holds two Chinese characters of 3 bytes each, then "x" */
	uint32_t s = add(&sources, "a", "ab\n\n\xE4\xB8\xAD\xE6\x96\x87x\n");
	expect_position(&sources, s, 0, 1, 1);
	expect_position(&sources, s, 1, 1, 2);
	expect_position(&sources, s, 2, 1, 3); /* the line feed itself */
	expect_position(&sources, s, 3, 2, 1);
	expect_position(&sources, s, 4, 3, 1);
	expect_position(&sources, s, 7, 3, 2);
	expect_position(&sources, s, 10, 3, 3);
	expect_position(&sources, s, 12, 4, 1);
	expect_position(&sources, s, 999, 4, 1); /* behind the end: its end */
	expect_position(&sources, 0, 5, 0, 0);   /* nowhere */
	expect_position(&sources, 9, 5, 0, 0);
	weir_sources_free(&sources);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_column)
{
	weir_sources sources = { 0 };
	uint32_t s = add(&sources, "a", "\xEF\xBB\xBFid,x\nb");
	expect_position(&sources, s, 3, 1, 1);
	expect_position(&sources, s, 6, 1, 4);
	expect_position(&sources, s, 8, 2, 1);
	weir_sources_free(&sources);
}
END_TEST

START_TEST(positions_without_memory)
{
	weir_sources sources = { 0 };
	uint32_t s = add(&sources, "a", "ab\ncde\nf");
	weir_alloc_fail_from(1);
	expect_position(&sources, s, 5, 2, 3);
	expect_position(&sources, s, 7, 3, 1);
	ck_assert_ptr_null(sources.items[0].line_starts);
	weir_alloc_fail_from(0);
	expect_position(&sources, s, 5, 2, 3);
	ck_assert_ptr_nonnull(sources.items[0].line_starts);
	weir_sources_free(&sources);
}
END_TEST

START_TEST(lines_past_65535)
{
	enum { LINES = 70001 };
	weir_sources sources = { 0 };
	char *text = malloc(2 * LINES + 1);
	ck_assert_ptr_nonnull(text);
	for (int i = 0; i < LINES; i++)
		memcpy(text + 2 * i, "r\n", 2);
	text[2 * LINES] = '\0';
	uint32_t s = add(&sources, "tape", text);
	expect_position(&sources, s, 2 * (uint64_t)69999, 70000, 1);
	free(text);
	weir_sources_free(&sources);
}
END_TEST

START_TEST(adding_a_source_can_fail)
{
	weir_sources sources = { 0 };
	static char text[] = "stays the caller's";
	uint32_t number = 77;
	for (long nth = 1; nth <= 2; nth++) {
		weir_alloc_fail_from(nth);
		ck_assert_int_eq(weir_sources_add(&sources, "a", text, sizeof text - 1, &number), WEIR_NO_MEMORY);
		weir_alloc_fail_from(0);
		ck_assert_uint_eq(number, 77);
		ck_assert_uint_eq(sources.count, 0);
		weir_sources_free(&sources);
	}
}
END_TEST

/* The raw value a &lt;= b&#x4E2D;c CR LF &amp;d between quotes; decoded: a <= b(3 bytes)c LF &d. */
static const char attribute[] = "<f x=\"a &lt;= b&#x4E2D;c\r\n&amp;d\"/>";

static void expect_inside(size_t offset, size_t length, const char *raw)
{
	weir_sources sources = { 0 };
	uint32_t s = add(&sources, "a", attribute);
	size_t start = strlen("<f x=\"");
	weir_place value = { .source = s, .offset = start, .length = (uint32_t)(strlen(attribute) - start - 3) };
	weir_place place = weir_place_inside(&sources, value, offset, length);
	ck_assert_uint_eq(place.source, s);
	ck_assert_msg(place.length == strlen(raw) && memcmp(attribute + place.offset, raw, place.length) == 0,
	              "%u+%u is \"%.*s\", not \"%s\"", (unsigned)offset, (unsigned)length, (int)place.length,
	              attribute + place.offset, raw);
	weir_sources_free(&sources);
}

START_TEST(places_inside_a_value_see_through_entities)
{
	expect_inside(0, 1, "a");
	expect_inside(2, 1, "&lt;");
	expect_inside(2, 2, "&lt;=");
	expect_inside(3, 1, "=");
	expect_inside(5, 1, "b");
	expect_inside(6, 3, "&#x4E2D;"); /* U+4E2D takes 3 bytes in UTF-8 */
	expect_inside(9, 1, "c");
	expect_inside(10, 1, "\r\n");
	expect_inside(11, 1, "&amp;");
	expect_inside(12, 1, "d");
	expect_inside(12, 99, "d");
	expect_inside(13, 1, ""); /* the value's end */
	expect_inside(0, 13, "a &lt;= b&#x4E2D;c\r\n&amp;d");
}
END_TEST

START_TEST(decimal_references_count_their_bytes)
{
	weir_sources sources = { 0 };
	/* U+00E9 takes 2 bytes, U+1F600 takes 4, so the last letter is decoded byte 6 */
	uint32_t s = add(&sources, "a", "&#233;&#128512;z");
	weir_place value = { .source = s, .length = 16 };
	weir_place place = weir_place_inside(&sources, value, 6, 1);
	ck_assert_uint_eq(place.offset, 15);
	ck_assert_uint_eq(place.length, 1);
	/* an ampersand that starts no reference is a byte */
	uint32_t t = add(&sources, "b", "a & b");
	place = weir_place_inside(&sources, (weir_place){ .source = t, .length = 5 }, 4, 1);
	ck_assert_uint_eq(place.offset, 4);
	/* nowhere, or a span that is not in the source, comes back as it was */
	place = weir_place_inside(&sources, (weir_place){ .source = t, .offset = 3, .length = 50 }, 1, 1);
	ck_assert_uint_eq(place.offset, 3);
	ck_assert_uint_eq(place.length, 50);
	weir_sources_free(&sources);
}
END_TEST

START_TEST(complaints_are_counted_by_severity)
{
	weir_diags diags = { 0 };
	weir_place place = { .source = 1, .length = 3, .offset = 40 };
	ck_assert_int_eq(weir_diags_status(&diags), WEIR_OK);
	weir_diag_warning(&diags, UNUSED_NAME, place, "\"%s\" is declared and never used", "“%s”未被使用", "fee2");
	weir_diag_disclosure(&diags, ASSUMPTION, place, "an assumption", "假设");
	ck_assert_int_eq(weir_diags_status(&diags), WEIR_OK);
	weir_diag_error(&diags, UNKNOWN_NAME, place, "\"%s\" at %d", "intrest", 7);
	ck_assert_int_eq(weir_diags_status(&diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 3);
	ck_assert_uint_eq(diags.errors, 1);
	ck_assert_uint_eq(diags.warnings, 1);
	ck_assert_str_eq(diags.items[2].text, "\"intrest\" at 7");
	ck_assert_int_eq(diags.items[2].code, WEIR_CODE_UNKNOWN_NAME);
	ck_assert_uint_eq(diags.items[2].place.offset, 40);
	weir_diags_free(&diags);
	ck_assert_uint_eq(diags.errors, 0);
}
END_TEST

START_TEST(the_same_complaint_is_kept_once)
{
	weir_diags diags = { 0 };
	weir_place here = { .source = 1, .offset = 8 }, there = { .source = 1, .offset = 9 };
	weir_diag_error(&diags, BAD_RATE, here, "no unit");
	weir_diag_error(&diags, BAD_RATE, here, "no unit");
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_uint_eq(diags.errors, 1);
	weir_diag_error(&diags, BAD_RATE, there, "no unit");
	weir_diag_error(&diags, BAD_NUMBER, here, "no unit");
	weir_diag_error(&diags, BAD_RATE, here, "no number");
	ck_assert_uint_eq(diags.count, 4);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(sorting_is_by_place_and_stable)
{
	weir_diags diags = { 0 };
	/* many places in a scrambled order; at each, two complaints whose order of arrival must stay */
	for (unsigned i = 0; i < 97; i++) {
		weir_place place = { .source = 1 + (i * 31 % 97) / 60, .offset = i * 31 % 97 % 60 };
		weir_diag_error(&diags, BAD_DATE, place, "first");
		weir_diag_error(&diags, BAD_DATE, place, "second");
	}
	ck_assert_uint_eq(diags.count, 194);
	weir_diags_sort(&diags);
	for (size_t i = 0; i < 194; i++) {
		const weir_diag *d = &diags.items[i];
		ck_assert_uint_eq(d->place.source, 1 + i / 2 / 60);
		ck_assert_uint_eq(d->place.offset, i / 2 % 60);
		ck_assert_str_eq(d->text, i % 2 ? "second" : "first");
	}
	weir_diags_free(&diags);
}
END_TEST

START_TEST(a_lost_complaint_is_remembered)
{
	for (long nth = 1; nth <= 2; nth++) {
		weir_diags diags = { 0 };
		weir_alloc_fail_from(nth);
		weir_diag_error(&diags, BAD_DATE, (weir_place){ 0 }, "no date");
		weir_alloc_fail_from(0);
		ck_assert_uint_eq(diags.count, 0);
		ck_assert_uint_eq(diags.errors, 1);
		ck_assert_int_eq(weir_diags_status(&diags), WEIR_NO_MEMORY);
		weir_diags_free(&diags);
	}
}
END_TEST

START_TEST(long_texts_are_cut_not_lost)
{
	weir_diags diags = { 0 };
	char name[3000];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	weir_diag_error(&diags, UNKNOWN_NAME, (weir_place){ 0 }, "\"%s\" is unknown", name);
	ck_assert_uint_eq(strlen(diags.items[0].text), 1023);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(both_texts_take_the_same_arguments)
{
	weir_diags diags = { 0 };
	weir_place place = { .source = 1 };
	/* the Chinese order differs, and each language leaves out the other's word */
	weir_diag_disclosure(&diags, ASSUMPTION, place, "%d of %d %s%.0s are assumed",
	                     "%2$d%4$s%3$.0s中，%1$d%4$s为假设", 7, 11, "contracts", "笔");
	weir_diag_add(&diags, WEIR_ERROR, WEIR_CODE_BAD_DATE, place, "no date");
	ck_assert_uint_eq(diags.count, 2);
	ck_assert_str_eq(diags.items[0].text, "7 of 11 contracts are assumed");
	ck_assert_str_eq(diags.items[0].zh, "11笔中，7笔为假设");
	ck_assert_ptr_null(diags.items[1].zh);
	weir_diags_drop_last(&diags);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_uint_eq(diags.errors, 0);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(either_text_may_find_no_memory)
{
	for (long nth = 1; nth <= 3; nth++) { /* the English text, the Chinese one, the list */
		weir_diags diags = { 0 };
		weir_alloc_fail_from(nth);
		weir_diag_warning(&diags, NO_EFFECT, (weir_place){ 0 }, "nothing", "无影响");
		weir_alloc_fail_from(0);
		ck_assert_uint_eq(diags.count, 0);
		ck_assert_int_eq(weir_diags_status(&diags), WEIR_NO_MEMORY);
		weir_diags_free(&diags);
	}
}
END_TEST

/* 341 characters of 3 bytes are 1,023 bytes; behind one ASCII letter the 341st does not fit and is left out whole. */
START_TEST(long_chinese_ends_with_a_character)
{
	weir_diags diags = { 0 };
	char name[3001];
	for (size_t i = 0; i < 1000; i++)
		memcpy(name + 3 * i, "档", 3);
	name[3000] = '\0';
	weir_diag_disclosure(&diags, ASSUMPTION, (weir_place){ 0 }, "%.0sassumed", "a%s", name);
	ck_assert_uint_eq(strlen(diags.items[0].zh), 1 + 3 * 340);
	ck_assert_str_eq(diags.items[0].zh + strlen(diags.items[0].zh) - 3, "档");
	weir_diags_free(&diags);
}
END_TEST

START_TEST(codes_have_names_and_meanings)
{
	ck_assert_str_eq(weir_code_text(WEIR_CODE_UNKNOWN_NAME), "unknown-name");
	ck_assert_str_eq(weir_code_text(WEIR_CODE_NOT_UTF8), "not-utf8");
	ck_assert_str_eq(weir_code_text(WEIR_CODE_COUNT), "unknown");
	ck_assert_str_eq(weir_code_meaning(WEIR_CODE_BAD_RATE), "a rate has no unit, or cannot be read");
	for (int a = 0; a < WEIR_CODE_COUNT; a++) {
		ck_assert_uint_gt(strlen(weir_code_meaning((weir_code)a)), 10);
		ck_assert_uint_lt(strlen(weir_code_text((weir_code)a)), 31); /* not cut */
		ck_assert_int_eq(weir_has_chinese(weir_code_meaning_zh((weir_code)a)), 1);
		for (int b = 0; b < a; b++)
			ck_assert_str_ne(weir_code_text((weir_code)a), weir_code_text((weir_code)b));
	}
	ck_assert_str_eq(weir_severity_text(WEIR_DISCLOSURE), "disclosure");
	ck_assert_str_eq(weir_status_text(WEIR_INPUT), "the input has errors");
	ck_assert_str_eq(weir_status_text((weir_status)99), "unknown status");
}
END_TEST

Suite *weir_suite_base_diag(void)
{
	Suite *suite = suite_create("base_diag");
	TCase *source = tcase_create("source");
	tcase_add_test(source, sources_are_numbered_from_one);
	tcase_add_test(source, positions_count_lines_and_characters);
	tcase_add_test(source, a_byte_order_mark_is_no_column);
	tcase_add_test(source, positions_without_memory);
	tcase_add_test(source, lines_past_65535);
	tcase_add_test(source, adding_a_source_can_fail);
	tcase_add_test(source, places_inside_a_value_see_through_entities);
	tcase_add_test(source, decimal_references_count_their_bytes);
	suite_add_tcase(suite, source);
	TCase *diag = tcase_create("diag");
	tcase_add_test(diag, complaints_are_counted_by_severity);
	tcase_add_test(diag, the_same_complaint_is_kept_once);
	tcase_add_test(diag, sorting_is_by_place_and_stable);
	tcase_add_test(diag, a_lost_complaint_is_remembered);
	tcase_add_test(diag, long_texts_are_cut_not_lost);
	tcase_add_test(diag, both_texts_take_the_same_arguments);
	tcase_add_test(diag, either_text_may_find_no_memory);
	tcase_add_test(diag, long_chinese_ends_with_a_character);
	tcase_add_test(diag, codes_have_names_and_meanings);
	suite_add_tcase(suite, diag);
	return suite;
}
