/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_report_places.c: names of industries and regions, from the lists that come with weir to the cells of reports. */
#include <check.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "deal/place_names.h"
#include "report/fill_places.h"

Suite *weir_suite_report_places(void);

static weir_place_name industries[] = {
	{ "C39", "计算机、通信和其他电子设备制造业", "Computers" },
	{ "C27", "医药制造业", "Pharmaceuticals" },
	{ "C", "制造业", "Manufacturing" },
};
static weir_place_name regions[] = {
	{ NULL, "上海市", "Shanghai" },   { NULL, "浦东新区", "Pudong New Area" },
	{ NULL, "上海", "Shanghai" },     { NULL, "江苏省", "Jiangsu" },
	{ NULL, "苏州市", "Suzhou" },     { NULL, "工业园区", "Industrial Park" },
	{ NULL, "新区", "New Area" },
};
static weir_place_names names;
static weir_deal deal;
static weir_results *results;

static void setup(void)
{
	names.industries = (weir_place_list){ industries, sizeof industries / sizeof *industries };
	names.regions = (weir_place_list){ regions, sizeof regions / sizeof *regions };
	weir_place_list_sort(&names.industries);
	weir_place_list_sort(&names.regions);
	deal.place_names = &names;
	ck_assert_int_eq(weir_results_create(&results, "D", "Deal", NULL, "CNY", 2), WEIR_OK);
}

static void teardown(void)
{
	weir_results_destroy(results);
}

static weir_cell industry(const char *text)
{
	weir_cell cell;
	ck_assert_int_eq(weir_name_industry(&cell, results, &deal, text), WEIR_OK);
	return cell;
}

static weir_cell region(const char *text)
{
	weir_cell cell;
	ck_assert_int_eq(weir_name_region(&cell, results, &deal, text), WEIR_OK);
	return cell;
}

/* The tape's text is the key, whatever it was found by: nothing is grouped by the names. */
START_TEST(industries_by_name_and_code)
{
	static const char *const ways[] = { "医药制造业", "C27", "27", "Pharmaceuticals" };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		weir_cell cell = industry(ways[i]);
		ck_assert_str_eq(cell.key, ways[i]);
		ck_assert_str_eq(cell.en, "Pharmaceuticals");
		ck_assert_str_eq(cell.zh, "医药制造业");
	}
	ck_assert_str_eq(industry("C").en, "Manufacturing");
	ck_assert_int_eq(industry(NULL).present, 0);
}
END_TEST

START_TEST(unlisted_names_stay)
{
	static const char *const texts[] = { "医药", "医药制造业和其他", "Pharma", "" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		weir_cell cell = industry(texts[i]);
		ck_assert_str_eq(cell.en, texts[i]);
		ck_assert_str_eq(cell.zh, texts[i]);
	}
	deal.place_names = NULL; /* a deal without lists */
	ck_assert_str_eq(industry("医药制造业").en, "医药制造业");
	ck_assert_str_eq(region("上海市").en, "上海市");
}
END_TEST

/* The longest row goes first: 浦东新区 is one, not 浦东 and 新区. */
START_TEST(regions_are_taken_apart)
{
	ck_assert_str_eq(region("上海市浦东新区").en, "Pudong New Area, Shanghai");
	ck_assert_str_eq(region("上海浦东新区").en, "Pudong New Area, Shanghai");
	ck_assert_str_eq(region("江苏省苏州市工业园区").en, "Industrial Park, Suzhou, Jiangsu");
	ck_assert_str_eq(region("江苏省苏州市工业园区").zh, "江苏省苏州市工业园区");
	ck_assert_str_eq(region("Shanghai").zh, "上海");
	ck_assert_str_eq(region("苏州市吴中区").en, "苏州市吴中区"); /* half a translation would be none */
	ck_assert_str_eq(region("上海市上海市上海市上海市上海市上海市上海市").en,
	                 "上海市上海市上海市上海市上海市上海市上海市"); /* more parts than a region has */
}
END_TEST

START_TEST(short_memory_is_told)
{
	for (long nth = 1; nth <= 2; nth++) {
		weir_cell cell;
		weir_alloc_fail_from(nth);
		weir_status status = weir_name_region(&cell, results, &deal, "上海市浦东新区");
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_NO_MEMORY || (nth == 2 && status == WEIR_OK)); /* the arena has room */
	}
}
END_TEST

/* The lists that come with weir: every industry and region of the example deal has a name in both languages. */
START_TEST(the_lists_name_the_example)
{
	weir_session *session;
	ck_assert_int_eq(weir_session_open(&session, "deals/ex2-secondary-licence/deal.xml"), WEIR_EXIT_DONE);
	const weir_pool_terms *pool = &session->deal->pool;
	for (int i = 0; i < pool->obligor_count; i++) {
		weir_cell cell;
		if (!pool->obligors[i].industry)
			continue;
		ck_assert_int_eq(weir_name_industry(&cell, results, session->deal, pool->obligors[i].industry), WEIR_OK);
		ck_assert_msg(!weir_has_chinese(cell.en) && weir_has_chinese(cell.zh), "%s", cell.en);
		ck_assert_int_eq(weir_name_region(&cell, results, session->deal, pool->obligors[i].region), WEIR_OK);
		ck_assert_msg(!weir_has_chinese(cell.en) && weir_has_chinese(cell.zh), "%s", cell.en);
	}
	/* GB/T 4754-2017 has 20 sections and 97 divisions */
	const weir_place_list *list = &session->deal->place_names->industries;
	int sections = 0;
	for (int i = 0; i < list->count; i++)
		sections += strlen(list->items[i].code) == 1;
	ck_assert_int_eq(sections, 20);
	ck_assert_int_eq(list->count, 117);
	weir_session_close(session);
}
END_TEST

Suite *weir_suite_report_places(void)
{
	Suite *suite = suite_create("report_places");
	TCase *tests = tcase_create("places");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, industries_by_name_and_code);
	tcase_add_test(tests, unlisted_names_stay);
	tcase_add_test(tests, regions_are_taken_apart);
	tcase_add_test(tests, short_memory_is_told);
	tcase_add_test(tests, the_lists_name_the_example);
	suite_add_tcase(suite, tests);
	return suite;
}
