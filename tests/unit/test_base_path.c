/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a path, and FILE#ID. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"

Suite *weir_suite_base_path(void);

static const struct {
	const char *path, *folder, *name;
} paths[] = {
	{ "deal.xml", "", "deal.xml" },
	{ "deals/ex1/deal.xml", "deals/ex1/", "deal.xml" },
	{ "/deal.xml", "/", "deal.xml" },
	{ "./a//b", "./a//", "b" },
	{ "deals/", "deals/", "" },
	{ "", "", "" },
	{ "交易/专利.xml", "交易/", "专利.xml" },
};

START_TEST(folder_and_name)
{
	weir_arena *arena;
	char beside[64];
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_str_eq(weir_path_name(paths[_i].path), paths[_i].name);
	ck_assert_uint_eq(weir_path_folder_length(paths[_i].path), strlen(paths[_i].folder));
	ck_assert_str_eq(weir_path_folder(arena, paths[_i].path), paths[_i].folder);
	snprintf(beside, sizeof beside, "%smarket.xml", paths[_i].folder);
	ck_assert_str_eq(weir_path_beside(arena, paths[_i].path, "market.xml"), beside);
	weir_arena_destroy(arena);
}
END_TEST

START_TEST(file_and_id)
{
	weir_arena *arena;
	const char *id, *last = "a#b/stress.xml#severe", *empty = "stress.xml#";
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_str_eq(weir_path_file(arena, last, &id), "a#b/stress.xml");
	ck_assert_ptr_eq(id, last + 15);
	ck_assert_str_eq(weir_path_file(arena, empty, &id), "stress.xml");
	ck_assert_ptr_eq(id, empty + 11);
	ck_assert_str_eq(weir_path_file(arena, "stress.xml", &id), "stress.xml");
	ck_assert_ptr_null(id);
	weir_arena_destroy(arena);
}
END_TEST

/* A name longer than a piece of an arena needs memory of its own, which is refused. */
START_TEST(memory_runs_short)
{
	static char name[1 << 20];
	const char *id;
	weir_arena *arena;
	memset(name, 'n', sizeof name - 1);
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	weir_alloc_fail_from(1);
	ck_assert_ptr_null(weir_path_beside(arena, "deals/deal.xml", name));
	ck_assert_ptr_null(weir_path_file(arena, name, &id));
	weir_alloc_fail_from(0);
	weir_arena_destroy(arena);
}
END_TEST

Suite *weir_suite_base_path(void)
{
	Suite *suite = suite_create("base_path");
	TCase *all = tcase_create("paths");
	tcase_add_loop_test(all, folder_and_name, 0, (int)(sizeof paths / sizeof *paths));
	tcase_add_test(all, file_and_id);
	tcase_add_test(all, memory_runs_short);
	suite_add_tcase(suite, all);
	return suite;
}
