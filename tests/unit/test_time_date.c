/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_time_date.c: serial days, parsing, writing, weekdays and month steps. */
#include <check.h>
#include <string.h>

#include "time/date.h"

Suite *weir_suite_time_date(void);

static weir_date read(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

START_TEST(known_serials)
{
	/* 2000-03-01: 30 years of 365, leap days 1972 ... 1996 (7), and 31 + 29 days of 2000 */
	ck_assert_int_eq(weir_date_from_ymd(1970, 1, 1), 0);
	ck_assert_int_eq(weir_date_from_ymd(1969, 12, 31), -1);
	ck_assert_int_eq(weir_date_from_ymd(2000, 3, 1), 30 * 365 + 7 + 31 + 29);
	ck_assert_int_eq(weir_date_from_ymd(1900, 1, 1), WEIR_DATE_FIRST);
	ck_assert_int_eq(weir_date_from_ymd(2199, 12, 31), WEIR_DATE_LAST);
	ck_assert_int_eq(weir_date_weekday(weir_date_from_ymd(1900, 1, 1)), 1); /* Monday */
	ck_assert_int_eq(weir_date_weekday(weir_date_from_ymd(2024, 2, 29)), 4); /* Thursday */
	ck_assert_int_eq(weir_date_weekday(weir_date_from_ymd(2199, 12, 31)), 2);
}
END_TEST

START_TEST(every_day_follows_the_one_before)
{
	int year = 1900, month = 1, day = 1, weekday = 1;
	for (weir_date date = WEIR_DATE_FIRST; date <= WEIR_DATE_LAST; date++) {
		int y, m, d;
		weir_date_to_ymd(date, &y, &m, &d);
		if (y != year || m != month || d != day || weir_date_from_ymd(y, m, d) != date ||
		    weir_date_weekday(date) != weekday)
			ck_abort_msg("%d-%d-%d", year, month, day);
		weekday = weekday % 7 + 1;
		if (++day > weir_date_days_in_month(year, month)) {
			day = 1;
			if (++month > 12) {
				month = 1;
				year++;
			}
		}
	}
	ck_assert_int_eq(year, 2200);
}
END_TEST

START_TEST(days_that_do_not_exist)
{
	ck_assert_int_eq(weir_date_from_ymd(1900, 2, 29), WEIR_DATE_NONE); /* 1900 is no leap year */
	ck_assert_int_ne(weir_date_from_ymd(2000, 2, 29), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_from_ymd(2023, 4, 31), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_from_ymd(2023, 13, 1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_from_ymd(2023, 0, 1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_from_ymd(2023, 1, 0), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_from_ymd(1899, 12, 31), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_from_ymd(2200, 1, 1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_days_in_month(2100, 2), 28);
	ck_assert_int_eq(weir_date_days_in_month(2024, 2), 29);
	ck_assert_int_eq(weir_date_days_in_month(2024, 13), 0);
}
END_TEST

START_TEST(texts)
{
	static const char *const bad[] = { "",           "2023-6-20",  "2023-06-2O",  "2023/06/20",
		                           "2023-06-31", "+023-06-20", "2023-06-20 ", "20230620",
		                           "1899-12-31", "2023-00-10" };
	char buffer[11];
	ck_assert_int_eq(read("2023-06-20"), weir_date_from_ymd(2023, 6, 20));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(read(bad[i]) == WEIR_DATE_NONE, "\"%s\"", bad[i]);
	ck_assert_str_eq(weir_date_format(read("2024-02-29"), buffer), "2024-02-29");
	ck_assert_str_eq(weir_date_format(read("1907-11-03"), buffer), "1907-11-03");
	ck_assert_str_eq(weir_date_format(WEIR_DATE_NONE, buffer), "");
	ck_assert_int_eq(weir_date_parse("2023-06-20T00", 10), read("2023-06-20"));
}
END_TEST

START_TEST(months)
{
	ck_assert_int_eq(weir_date_add_months(read("2023-01-31"), 1), read("2023-02-28"));
	ck_assert_int_eq(weir_date_add_months(read("2023-01-31"), 13), read("2024-02-29"));
	ck_assert_int_eq(weir_date_add_months(read("2023-01-31"), 2), read("2023-03-31"));
	ck_assert_int_eq(weir_date_add_months(read("2023-03-31"), -1), read("2023-02-28"));
	ck_assert_int_eq(weir_date_add_months(read("2023-01-15"), -13), read("2021-12-15"));
	ck_assert_int_eq(weir_date_add_months(read("2023-07-09"), 0), read("2023-07-09"));
	ck_assert_int_eq(weir_date_add_months(read("2199-12-31"), 1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_add_months(read("1900-01-31"), -1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_add_months(read("2023-01-31"), INT32_MAX), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_add_months(WEIR_DATE_NONE, 1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_date_month_end(read("2024-02-03")), read("2024-02-29"));
	ck_assert_int_eq(weir_date_month_end(read("2023-12-31")), read("2023-12-31"));
	ck_assert_int_eq(weir_date_month_end(WEIR_DATE_NONE), WEIR_DATE_NONE);
}
END_TEST

Suite *weir_suite_time_date(void)
{
	Suite *suite = suite_create("time/date");
	TCase *tests = tcase_create("dates");
	tcase_add_test(tests, known_serials);
	tcase_add_test(tests, every_day_follows_the_one_before);
	tcase_add_test(tests, days_that_do_not_exist);
	tcase_add_test(tests, texts);
	tcase_add_test(tests, months);
	suite_add_tcase(suite, tests);
	return suite;
}
