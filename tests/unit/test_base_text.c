/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing text, the map of names, nearest names, arenas and the allocation seam. */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/text.h"

Suite *weir_suite_base_text(void);

START_TEST(text_grows)
{
	weir_text text = { 0 };
	weir_text_add(&text, "tranche ");
	weir_text_add(&text, NULL);
	weir_text_append(&text, "A1-rest", 2);
	weir_text_append(&text, "", 0);
	weir_text_printf(&text, " pays %d of %s", 17, "23");
	ck_assert_str_eq(text.data, "tranche A1 pays 17 of 23");
	ck_assert_uint_eq(text.length, 24);
	ck_assert_int_eq(weir_text_status(&text), WEIR_OK);
	weir_text_free(&text);
	ck_assert_ptr_null(text.data);
	ck_assert_uint_eq(text.length, 0);
}
END_TEST

/* Kept in the arena, and freed; what was lost before, or is lost now, is NULL. */
START_TEST(text_moves_into_an_arena)
{
	static char longer[1 << 20];
	weir_text text = { 0 };
	weir_arena *arena;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_str_eq(weir_text_keep(&text, arena), "");
	weir_text_printf(&text, "class %s, period %d", "B2", 13);
	ck_assert_str_eq(weir_text_keep(&text, arena), "class B2, period 13");
	ck_assert_ptr_null(text.data);
	memset(longer, 'x', sizeof longer - 1);
	weir_text_add(&text, longer);
	weir_alloc_fail_from(1);
	ck_assert_ptr_null(weir_text_keep(&text, arena));
	ck_assert_ptr_null(text.data);
	weir_text_add(&text, "lost");
	weir_alloc_fail_from(0);
	ck_assert_int_eq(text.failed, 1);
	ck_assert_ptr_null(weir_text_keep(&text, arena));
	ck_assert_int_eq(text.failed, 0);
	weir_arena_destroy(arena);
}
END_TEST

/* Lengths around the printf buffer (512) and the first block (256) and its doublings. */
/* More than memory could ever hold: the text says so instead of doubling for ever. */
START_TEST(text_refuses_impossible_sizes)
{
	weir_text text = { 0 };
	weir_text_add(&text, "a");
	weir_text_append(&text, "b", SIZE_MAX - 1);
	ck_assert_int_eq(weir_text_status(&text), WEIR_NO_MEMORY);
	weir_text_free(&text);
}
END_TEST

START_TEST(text_printf_of_any_length)
{
	static const size_t lengths[] = { 0, 1, 255, 256, 257, 511, 512, 513, 1023, 1024, 5000 };
	char words[5001];
	memset(words, 'w', sizeof words);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		weir_text text = { 0 };
		weir_text_printf(&text, "%.*s", (int)lengths[i], words);
		weir_text_printf(&text, "<%.*s>", (int)lengths[i], words);
		ck_assert_uint_eq(text.length, 2 * lengths[i] + 2);
		ck_assert_uint_eq(strlen(text.data), text.length);
		ck_assert_int_eq(text.data[lengths[i]], '<');
		weir_text_free(&text);
	}
}
END_TEST

START_TEST(text_is_safe_in_xml)
{
	weir_text text = { 0 };
	weir_text_add_xml(&text, "a<b> & \"c\" 'd'\t\n\x01\x1f\xE4\xB8\xAD");
	ck_assert_str_eq(text.data, "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\t\n"
	                            "\xEF\xBF\xBD\xEF\xBF\xBD\xE4\xB8\xAD");
	weir_text_add_xml(&text, NULL);
	ck_assert_int_eq(weir_text_status(&text), WEIR_OK);
	weir_text_free(&text);
}
END_TEST

START_TEST(text_remembers_that_memory_was_short)
{
	weir_text text = { 0 };
	weir_text_add(&text, "kept");
	weir_alloc_fail_from(1);
	for (int i = 0; i < 300; i++)
		weir_text_add(&text, "0123456789");
	weir_alloc_fail_from(0);
	ck_assert_int_eq(weir_text_status(&text), WEIR_NO_MEMORY);
	size_t length = text.length;
	weir_text_add(&text, "more");
	weir_text_printf(&text, "%d", 4);
	ck_assert_uint_eq(text.length, length);
	weir_text_free(&text);
}
END_TEST

START_TEST(names_are_found)
{
	weir_names names = { 0 };
	ck_assert_int_eq(weir_names_find(&names, "A", 1), -1);
	ck_assert_int_eq(weir_names_put(&names, "A.balance", 9, 3), WEIR_OK);
	ck_assert_int_eq(weir_names_put(&names, "A", 1, 0), WEIR_OK);
	ck_assert_int_eq(weir_names_put(&names, "A.balance", 9, 8), WEIR_NO);
	ck_assert_int_eq(weir_names_find(&names, "A.balance", 9), 3);
	ck_assert_int_eq(weir_names_find(&names, "A.balance of", 9), 3); /* the span counts */
	ck_assert_int_eq(weir_names_find(&names, "A.balanc", 8), -1);
	ck_assert_int_eq(weir_names_find(&names, "a", 1), -1);
	ck_assert_uint_eq(names.count, 2);
	weir_names_free(&names);
}
END_TEST

/* Over several widenings every name keeps its number. */
START_TEST(names_by_the_thousand)
{
	enum { COUNT = 2311 };
	static char texts[COUNT][12];
	weir_names names = { 0 };
	for (int i = 0; i < COUNT; i++) {
		int length = snprintf(texts[i], sizeof texts[i], "c%d", i * 37);
		ck_assert_int_eq(weir_names_put(&names, texts[i], (size_t)length, i), WEIR_OK);
	}
	for (int i = 0; i < COUNT; i++)
		ck_assert_int_eq(weir_names_find(&names, texts[i], strlen(texts[i])), i);
	ck_assert_int_eq(weir_names_find(&names, "c1", 2), -1);
	weir_names_free(&names);
}
END_TEST

/* The map keeps the texts it was given, in their order. */
START_TEST(names_stand_in_the_order_given)
{
	static const char *const given[] = { "Yangtze", "Amur", "Salween", "Irtysh" };
	weir_names names = { 0 };
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(weir_names_put(&names, given[i], strlen(given[i]), 7 - i), WEIR_OK);
	ck_assert_int_eq(weir_names_put(&names, "Amur", 4, 2), WEIR_NO);
	ck_assert_uint_eq(names.count, 4);
	for (int i = 0; i < 4; i++) {
		ck_assert_ptr_eq(names.items[i].name, given[i]);
		ck_assert_int_eq(names.items[i].number, 7 - i);
	}
	char amur[] = "Amur";
	ck_assert_ptr_eq(weir_names_item(&names, amur, 4)->name, given[1]);
	ck_assert_ptr_null(weir_names_item(&names, amur, 3));
	weir_names_free(&names);
}
END_TEST

/* Names of every length from nothing to 25 bytes, of which each counts. */
START_TEST(names_differ_in_any_byte)
{
	enum { LONGEST = 25 };
	static char texts[LONGEST + 1][LONGEST + 1][LONGEST + 1];
	weir_names names = { 0 };
	for (int length = 0; length <= LONGEST; length++)
		for (int at = 0; at <= length; at++) { /* at == length: all are x */
			memset(texts[length][at], 'x', (size_t)length);
			texts[length][at][at] = at < length ? '\xE4' : '\0';
			ck_assert_int_eq(weir_names_put(&names, texts[length][at], (size_t)length, length * 100 + at),
			                 WEIR_OK);
		}
	for (int length = 0; length <= LONGEST; length++)
		for (int at = 0; at <= length; at++)
			ck_assert_int_eq(weir_names_find(&names, texts[length][at], (size_t)length), length * 100 + at);
	weir_names_free(&names);
}
END_TEST

/* The first room is made in two pieces; of the wider one the first piece is missing, or the second. */
START_TEST(names_stay_when_memory_is_short)
{
	weir_names names = { 0 };
	static char texts[60][4];
	int put = 0;
	weir_alloc_fail_from(3 + _i);
	for (; put < 60; put++) {
		int length = snprintf(texts[put], sizeof texts[put], "n%d", put);
		if (weir_names_put(&names, texts[put], (size_t)length, put) != WEIR_OK)
			break;
	}
	weir_alloc_fail_from(0);
	ck_assert_int_eq(put, 32); /* half of the 64 slots */
	for (int i = 0; i < put; i++)
		ck_assert_int_eq(weir_names_find(&names, texts[i], strlen(texts[i])), i);
	ck_assert_int_eq(weir_names_put(&names, texts[put], strlen(texts[put]), put), WEIR_OK);
	ck_assert_int_eq(weir_names_find(&names, texts[put], strlen(texts[put])), put);
	weir_names_free(&names);
}
END_TEST

START_TEST(nearest_name_is_near)
{
	static const char *const names[] = { "interest", "interest_due", "principal", "balance" };
	ck_assert_str_eq(weir_nearest_name("intrest", 7, names, 4), "interest");
	ck_assert_str_eq(weir_nearest_name("intrest_due", 11, names, 4), "interest_due");
	ck_assert_str_eq(weir_nearest_name("principle", 9, names, 4), "principal");
	ck_assert_str_eq(weir_nearest_name("balance", 7, names, 4), "balance");
	ck_assert_ptr_null(weir_nearest_name("coverage", 8, names, 4));
	ck_assert_ptr_null(weir_nearest_name("b", 1, names, 4));
	ck_assert_ptr_null(weir_nearest_name("balance", 7, names, 0));
}
END_TEST

/* Of two candidates at one distance the first stays. */
START_TEST(nearest_name_prefers_the_first)
{
	static const char *const names[] = { "A2", "A1" };
	ck_assert_str_eq(weir_nearest_name("A3", 2, names, 2), "A2");
}
END_TEST

START_TEST(arena_gives_clear_aligned_memory)
{
	weir_arena *arena;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	static const size_t sizes[] = { 0, 1, 7, 16, 511, 512, 513, 4096, 65536, 65537, 200000, 24 };
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			unsigned char *piece = weir_arena_alloc(arena, sizes[i]);
			ck_assert_ptr_nonnull(piece);
			ck_assert_uint_eq((uintptr_t)piece % (sizes[i] >= 512 ? 64 : 16), 0);
			for (size_t k = 0; k < sizes[i]; k++)
				ck_assert_uint_eq(piece[k], 0);
			memset(piece, 0xA5, sizes[i]); /* would spoil a neighbour's zeros */
		}
	char *copy = weir_arena_text(arena, "licence fee", 7);
	ck_assert_str_eq(copy, "licence");
	ck_assert_str_eq(weir_arena_text(arena, NULL, 0), "");
	weir_arena_destroy(arena);
	weir_arena_destroy(NULL);
}
END_TEST

/* A leak checker sees to it that the arena frees what it took over, and a block it could not take is the caller's. */
START_TEST(arena_frees_what_it_adopts)
{
	weir_arena *arena;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	char *first = weir_alloc(700), *second = weir_alloc(30), *refused = weir_alloc(5);
	ck_assert_int_eq(weir_arena_adopt(arena, first), WEIR_OK);
	ck_assert_int_eq(weir_arena_adopt(arena, second), WEIR_OK);
	memset(first, 'a', 700);
	memset(second, 'b', 30);
	while (weir_arena_alloc(arena, 16384)) /* until the chunk in use is full */
		weir_alloc_fail_from(1);
	while (weir_arena_alloc(arena, 16))
		;
	ck_assert_int_eq(weir_arena_adopt(arena, refused), WEIR_NO_MEMORY);
	weir_alloc_fail_from(0);
	ck_assert(first[699] == 'a' && second[0] == 'b');
	weir_free(refused);
	weir_arena_destroy(arena);
}
END_TEST

START_TEST(arena_refuses_impossible_sizes)
{
	weir_arena *arena;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_ptr_null(weir_arena_array(arena, SIZE_MAX / 8 + 1, 8));
	ck_assert_ptr_null(weir_arena_alloc(arena, SIZE_MAX - 8));
	ck_assert_ptr_nonnull(weir_arena_array(arena, 0, 8));
	weir_arena_destroy(arena);
}
END_TEST

START_TEST(arena_survives_short_memory)
{
	weir_arena *arena;
	weir_alloc_fail_from(1);
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_NO_MEMORY);
	weir_alloc_fail_from(2);
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_ptr_null(weir_arena_alloc(arena, 100));
	weir_alloc_fail_from(0);
	ck_assert_ptr_nonnull(weir_arena_alloc(arena, 100));
	weir_arena_destroy(arena);
}
END_TEST

START_TEST(seam_fails_from_the_nth)
{
	weir_alloc_fail_from(3);
	void *first = weir_alloc(1), *second = weir_alloc_zero(3, 5);
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_nonnull(second);
	ck_assert_ptr_null(weir_alloc(1));
	ck_assert_ptr_null(weir_realloc(first, 100)); /* first is still there */
	ck_assert_ptr_null(weir_alloc_zero(1, 1));
	ck_assert_int_eq(weir_alloc_count(), 5);
	weir_alloc_fail_from(0);
	ck_assert_int_eq(weir_alloc_count(), 0);
	weir_free(first);
	weir_free(second);
	weir_free(NULL);
}
END_TEST

START_TEST(arrays_grow_by_doubling)
{
	struct item {
		int a, b, c;
	} *items = NULL;
	size_t count = 0, capacity = 0;
	weir_alloc_fail_from(0);
	for (int i = 0; i < 100; i++) {
		ck_assert(WEIR_GROW(items, count, capacity));
		items[count++] = (struct item){ i, -i, i * i };
	}
	ck_assert_uint_eq(capacity, 128);
	ck_assert_int_eq(weir_alloc_count(), 5); /* 8, 16, 32, 64, 128 */
	ck_assert_int_eq(items[71].c, 5041);
	count = capacity;
	weir_alloc_fail_from(1);
	ck_assert(!WEIR_GROW(items, count, capacity));
	weir_alloc_fail_from(0);
	ck_assert_uint_eq(capacity, 128);
	ck_assert_int_eq(items[99].b, -99);
	capacity = SIZE_MAX / 2; /* no such array: asks for nothing */
	count = capacity;
	ck_assert(!weir_grow_array((void **)&items, &capacity, sizeof *items));
	weir_free(items);
}
END_TEST

START_TEST(words_and_ends)
{
	static const char text[] = "A.sizes";
	ck_assert(weir_is_word(text, 6, "A.size") && !weir_is_word(text, 7, "A.size") && !weir_is_word(text, 5, "A.size"));
	ck_assert(weir_ends_with(text, 6, ".size") && !weir_ends_with(text, 7, ".size") && !weir_ends_with(text, 7, "A.sizess"));
	ck_assert(weir_ends_with(text, 6, "A.size") && weir_ends_with(text, 6, "") && !weir_ends_with("", 0, "e"));
	ck_assert(weir_is_word("", 0, "") && !weir_is_word("", 0, "e"));
}
END_TEST

Suite *weir_suite_base_text(void)
{
	Suite *suite = suite_create("base_text");
	TCase *text = tcase_create("text");
	tcase_add_test(text, text_grows);
	tcase_add_test(text, text_moves_into_an_arena);
	tcase_add_test(text, text_refuses_impossible_sizes);
	tcase_add_test(text, text_printf_of_any_length);
	tcase_add_test(text, text_is_safe_in_xml);
	tcase_add_test(text, text_remembers_that_memory_was_short);
	suite_add_tcase(suite, text);
	TCase *names = tcase_create("names");
	tcase_add_test(names, words_and_ends);
	tcase_add_test(names, names_are_found);
	tcase_add_test(names, names_by_the_thousand);
	tcase_add_test(names, names_stand_in_the_order_given);
	tcase_add_test(names, names_differ_in_any_byte);
	tcase_add_loop_test(names, names_stay_when_memory_is_short, 0, 2);
	tcase_add_test(names, nearest_name_is_near);
	tcase_add_test(names, nearest_name_prefers_the_first);
	suite_add_tcase(suite, names);
	TCase *memory = tcase_create("memory");
	tcase_add_test(memory, arena_gives_clear_aligned_memory);
	tcase_add_test(memory, arena_frees_what_it_adopts);
	tcase_add_test(memory, arena_refuses_impossible_sizes);
	tcase_add_test(memory, arena_survives_short_memory);
	tcase_add_test(memory, seam_fails_from_the_nth);
	tcase_add_test(memory, arrays_grow_by_doubling);
	suite_add_tcase(suite, memory);
	return suite;
}
