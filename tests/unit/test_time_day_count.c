/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_time_day_count.c: each rule on published cases and on month ends, as exact fractions. */
#include <check.h>
#include <string.h>

#include "share_calendar.h"
#include "time/day_count.h"

Suite *weir_suite_time_day_count(void);

static weir_date read(const char *text)
{
	weir_date date = weir_date_parse(text, strlen(text));
	ck_assert_msg(date != WEIR_DATE_NONE, "%s", text);
	return date;
}

/* Whether the rule gives top / bottom, as a value (compared crosswise in whole numbers) and in days. */
static void assert_fraction(weir_day_count rule, const char *start, const char *end,
                            const weir_day_count_terms *terms, int64_t top, int64_t bottom, int days)
{
	weir_year_fraction f = weir_day_count_fraction(rule, read(start), read(end), terms);
	ck_assert_msg(f.denominator > 0 && f.numerator * bottom == top * f.denominator,
	              "%s %s to %s: %lld/%lld, expected %lld/%lld", weir_day_count_text(rule), start, end,
	              (long long)f.numerator, (long long)f.denominator, (long long)top, (long long)bottom);
	ck_assert_int_eq(f.days, days);
	f = weir_day_count_fraction(rule, read(end), read(start), terms);
	ck_assert(f.numerator * bottom == -top * f.denominator);
	ck_assert_int_eq(f.days, -days);
}

START_TEST(plain_rules)
{
	/* 2023-03-20 to 2023-06-20: 11 + 30 + 31 + 20 = 92 days; 2023-11-13 to 2024-03-05: 17 + 31 + 31 + 29
	 * + 5 = 113 */
	assert_fraction(WEIR_ACT_365F, "2023-03-20", "2023-06-20", NULL, 92, 365, 92);
	assert_fraction(WEIR_ACT_365F, "2023-11-13", "2024-03-05", NULL, 113, 365, 113);
	assert_fraction(WEIR_ACT_360, "2023-11-13", "2024-03-05", NULL, 113, 360, 113);
	assert_fraction(WEIR_ACT_365_25, "2023-11-13", "2024-03-05", NULL, 113 * 4, 1461, 113);
	assert_fraction(WEIR_ACT_365_25, "2020-03-01", "2024-03-01", NULL, 4, 1, 1461);
	assert_fraction(WEIR_ONE_ONE, "2023-11-13", "2024-03-05", NULL, 1, 1, 113);
	/* over all of 2000, a leap year: 366 days */
	assert_fraction(WEIR_ACT_365F, "2000-01-01", "2001-01-01", NULL, 366, 365, 366);
}
END_TEST

/* The cases of the ISDA memorandum "EMU and market conventions: recent developments" (1998), section 4, with
 * the notional periods that it draws; values there: in the comments. */
START_TEST(act_act_memorandum)
{
	/* regular half year: ISDA 61/365 + 121/366 = 0.497724; ICMA 182/(182 x 2) = 0.500000 */
	weir_day_count_terms half = { .periods_per_year = 2,
		                      .period_start = read("2003-11-01"),
		                      .period_end = read("2004-05-01") };
	assert_fraction(WEIR_ACT_ACT_ISDA, "2003-11-01", "2004-05-01", NULL, 61 * 366 + 121 * 365, 365 * 366,
	                182);
	assert_fraction(WEIR_ACT_ACT_ICMA, "2003-11-01", "2004-05-01", &half, 1, 2, 182);

	/* short first period of a yearly bond: both 150/365 = 0.410959; the year after it: ISDA 184/365 +
	 * 182/366 = 1.001377, ICMA 1 */
	weir_day_count_terms year = { .periods_per_year = 1,
		                      .period_start = read("1998-07-01"),
		                      .period_end = read("1999-07-01") };
	assert_fraction(WEIR_ACT_ACT_ISDA, "1999-02-01", "1999-07-01", NULL, 150, 365, 150);
	assert_fraction(WEIR_ACT_ACT_ICMA, "1999-02-01", "1999-07-01", &year, 150, 365, 150);
	assert_fraction(WEIR_ACT_ACT_ISDA, "1999-07-01", "2000-07-01", NULL, 184 * 366 + 182 * 365, 365 * 366,
	                366);
	assert_fraction(WEIR_ACT_ACT_ICMA, "1999-07-01", "2000-07-01", &year, 1, 1, 366);

	/* long first period of a half-yearly bond: ISDA 334/365 = 0.915068; ICMA 181/(181 x 2) + 153/(184 x
	 * 2) = 0.915761; the half year after it: ISDA 170/365 + 14/366 = 0.504005, ICMA 184/(184 x 2) */
	half.period_start = read("2003-01-15");
	half.period_end = read("2003-07-15");
	assert_fraction(WEIR_ACT_ACT_ISDA, "2002-08-15", "2003-07-15", NULL, 334, 365, 334);
	assert_fraction(WEIR_ACT_ACT_ICMA, "2002-08-15", "2003-07-15", &half, 184 + 153, 368, 334);
	assert_fraction(WEIR_ACT_ACT_ISDA, "2003-07-15", "2004-01-15", NULL, 170 * 366 + 14 * 365, 365 * 366,
	                184);
	assert_fraction(WEIR_ACT_ACT_ICMA, "2003-07-15", "2004-01-15", &half, 1, 2, 184);

	/* short last period: the half year before it ISDA 155/365 + 29/366 = 0.503893, ICMA 1/2; itself ISDA
	 * 152/366 = 0.415301, ICMA 152/(182 x 2) = 0.417582 */
	half.period_start = read("2000-01-30");
	half.period_end = read("2000-07-30");
	assert_fraction(WEIR_ACT_ACT_ISDA, "1999-07-30", "2000-01-30", NULL, 155 * 366 + 29 * 365, 365 * 366,
	                184);
	assert_fraction(WEIR_ACT_ACT_ICMA, "1999-07-30", "2000-01-30", &half, 1, 2, 184);
	assert_fraction(WEIR_ACT_ACT_ISDA, "2000-01-30", "2000-06-30", NULL, 152, 366, 152);
	assert_fraction(WEIR_ACT_ACT_ICMA, "2000-01-30", "2000-06-30", &half, 152, 364, 152);

	/* long last period of a quarterly bond on months' ends: ISDA 32/365 + 120/366 = 0.415541; ICMA
	 * 91/(91 x 4) + 61/(92 x 4) = 0.415761 */
	weir_day_count_terms quarter = { .periods_per_year = 4,
		                         .period_start = read("1999-11-30"),
		                         .period_end = read("2000-02-29"),
		                         .end_of_month = 1 };
	assert_fraction(WEIR_ACT_ACT_ISDA, "1999-11-30", "2000-04-30", NULL, 32 * 366 + 120 * 365, 365 * 366,
	                152);
	assert_fraction(WEIR_ACT_ACT_ICMA, "1999-11-30", "2000-04-30", &quarter, 92 + 61, 368, 152);
}
END_TEST

START_TEST(icma_notional_periods)
{
	/* without months' ends the quarter after 29 February ends on 30 May: 91 days */
	weir_day_count_terms quarter = { .periods_per_year = 4,
		                         .period_start = read("1999-11-30"),
		                         .period_end = read("2000-02-29") };
	assert_fraction(WEIR_ACT_ACT_ICMA, "1999-11-30", "2000-04-30", &quarter, 91 + 61, 364, 152);
	/* the notional period may lie far from the accrual: 2003-05-01 to 2003-08-19 is 110 of 184 days, five
	 * half years after November 2000 to May 2001 */
	weir_day_count_terms half = { .periods_per_year = 2,
		                      .period_start = read("2000-11-01"),
		                      .period_end = read("2001-05-01") };
	assert_fraction(WEIR_ACT_ACT_ICMA, "2003-05-01", "2003-08-19", &half, 110, 368, 110);
	/* three pieces: 1998-10-14 to 11-01 18 of 184 days, whole 1998-11-01 to 1999-05-01, 1999-05-01 to
	 * 05-23 22 of 184 */
	assert_fraction(WEIR_ACT_ACT_ICMA, "1998-10-14", "1999-05-23", &half, 18 + 184 + 22, 368, 221);
	/* every 28 days, 13 in a year: 2024-01-03 to 2024-02-21 is a whole period and 21 days of the next */
	weir_day_count_terms four_weeks = { .periods_per_year = 13,
		                            .period_start = read("2024-01-03"),
		                            .period_end = read("2024-01-31") };
	assert_fraction(WEIR_ACT_ACT_ICMA, "2024-01-03", "2024-02-21", &four_weeks, 28 + 21, 28 * 13, 49);
	/* terms that lack what the rule needs give nothing */
	assert_fraction(WEIR_ACT_ACT_ICMA, "2024-01-03", "2024-02-21", NULL, 0, 1, 49);
	four_weeks.periods_per_year = 0;
	assert_fraction(WEIR_ACT_ACT_ICMA, "2024-01-03", "2024-02-21", &four_weeks, 0, 1, 49);
	/* beyond the known years the sum stops */
	half.period_start = read("2199-06-30");
	half.period_end = read("2199-12-31");
	assert_fraction(WEIR_ACT_ACT_ICMA, "2199-09-30", "2199-12-31", &half, 92, 368, 92);
}
END_TEST

START_TEST(isda_over_many_years)
{
	/* 1999-10-17 to 2005-03-03: 76 days of 1999, 366 of 2000, 3 x 365, 366 of 2004, 61 of 2005:
	 * 732/366 + (76 + 1095 + 61)/365 */
	assert_fraction(WEIR_ACT_ACT_ISDA, "1999-10-17", "2005-03-03", NULL, 2 * 365 + 1232, 365, 1964);
	/* to a 1 January: nothing of the year that begins */
	assert_fraction(WEIR_ACT_ACT_ISDA, "2004-01-01", "2005-01-01", NULL, 1, 1, 366);
	assert_fraction(WEIR_ACT_ACT_ISDA, "2003-01-01", "2004-01-01", NULL, 1, 1, 365);
	assert_fraction(WEIR_ACT_ACT_ISDA, "2004-02-29", "2004-02-29", NULL, 0, 1, 0);
}
END_TEST

/* Days of the three 30/360 rules. By hand: 360 (Y2 - Y1) + 30 (M2 - M1) + (D2 - D1) after each rule's
 * changes. The first block of dates is the one of the ISDA tables "30/360 day count examples" (2008). */
static const struct {
	const char *start, *end;
	int us, european, isda;
} thirty[] = {
	{ "2007-01-15", "2007-01-30", 15, 15, 15 },
	{ "2007-01-15", "2007-02-15", 30, 30, 30 },
	{ "2007-01-15", "2007-07-15", 180, 180, 180 },
	{ "2007-09-30", "2008-03-31", 180, 180, 180 },
	{ "2007-09-30", "2007-10-31", 30, 30, 30 },
	{ "2007-09-30", "2008-09-30", 360, 360, 360 },
	{ "2007-01-15", "2007-01-31", 16, 15, 15 },   /* US keeps the 31st behind a 15th */
	{ "2007-01-31", "2007-02-28", 28, 28, 30 },   /* ISDA: 28 February is a 30th */
	{ "2007-02-28", "2007-03-31", 30, 32, 30 },   /* US and ISDA: from a 30th */
	{ "2006-08-31", "2007-02-28", 178, 178, 180 },
	{ "2007-02-28", "2007-08-31", 180, 182, 180 },
	{ "2007-02-14", "2007-02-28", 14, 14, 16 },
	{ "2007-02-26", "2008-02-29", 363, 363, 364 },
	{ "2008-02-29", "2009-02-28", 360, 359, 360 },
	{ "2008-02-29", "2008-03-30", 30, 31, 30 },
	{ "2008-02-29", "2008-03-31", 30, 31, 30 },
	{ "2007-02-28", "2007-03-05", 5, 7, 5 },
	{ "2007-10-31", "2007-11-28", 28, 28, 28 },
	{ "2007-08-31", "2008-02-29", 179, 179, 180 },
	{ "2008-02-28", "2008-08-31", 183, 182, 182 }, /* 28 February of a leap year is an ordinary day */
	{ "2007-12-31", "2008-02-28", 58, 58, 58 },
};

START_TEST(months_of_thirty_days)
{
	for (size_t i = 0; i < sizeof thirty / sizeof *thirty; i++) {
		const char *start = thirty[i].start, *end = thirty[i].end;
		assert_fraction(WEIR_D30_360_US, start, end, NULL, thirty[i].us, 360, thirty[i].us);
		assert_fraction(WEIR_D30E_360, start, end, NULL, thirty[i].european, 360, thirty[i].european);
		assert_fraction(WEIR_D30E_360_ISDA, start, end, NULL, thirty[i].isda, 360, thirty[i].isda);
	}
	/* the last day of February stays what it is at maturity: 28 - 30 + 180, not 180; a 31st does not */
	weir_day_count_terms terms = { .maturity = read("2007-02-28") };
	assert_fraction(WEIR_D30E_360_ISDA, "2006-08-31", "2007-02-28", &terms, 178, 360, 178);
	terms.maturity = read("2007-08-31");
	assert_fraction(WEIR_D30E_360_ISDA, "2007-02-28", "2007-08-31", &terms, 180, 360, 180);
}
END_TEST

START_TEST(business_days)
{
	weir_arena *arena = NULL;
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	/* 2023-09-25 to 2023-10-16 on China's working days: 25 to 28 September 4, 7 and 8 October 2, 9 to 13
	 * October 5 */
	weir_day_count_terms terms = { .calendar = share_calendar(arena, "CN-work") };
	assert_fraction(WEIR_BUS_252, "2023-09-25", "2023-10-16", &terms, 11, 252, 11);
	terms.calendar = share_calendar(arena, "weekends"); /* three weeks */
	assert_fraction(WEIR_BUS_252, "2023-09-25", "2023-10-16", &terms, 15, 252, 15);
	weir_year_fraction f =
	        weir_day_count_fraction(WEIR_BUS_252, read("2023-09-25"), read("2023-10-16"), NULL);
	ck_assert_int_eq(f.numerator, 0);
	weir_arena_destroy(arena);
}
END_TEST

START_TEST(texts)
{
	for (int rule = 0; rule < WEIR_DAY_COUNT_COUNT; rule++) {
		const char *text = weir_day_count_text((weir_day_count)rule);
		ck_assert_int_eq(weir_day_count_parse(text, strlen(text)), rule);
		ck_assert_uint_gt(strlen(weir_day_count_aliases((weir_day_count)rule)), 0);
	}
	ck_assert_int_eq(weir_day_count_parse("ACT/365F", 8), WEIR_ACT_365F);
	ck_assert_int_eq(weir_day_count_parse("30E/360", 7), WEIR_D30E_360);
	ck_assert_int_eq(weir_day_count_parse("30E/360 ISDA", 12), WEIR_D30E_360_ISDA);
	ck_assert_int_eq(weir_day_count_parse("ACT/365", 7), -1);
	ck_assert_int_eq(weir_day_count_parse("act/360", 7), -1);
	ck_assert_int_eq(weir_day_count_parse("", 0), -1);
}
END_TEST

Suite *weir_suite_time_day_count(void)
{
	Suite *suite = suite_create("time/day_count");
	TCase *tests = tcase_create("day counts");
	tcase_add_test(tests, plain_rules);
	tcase_add_test(tests, act_act_memorandum);
	tcase_add_test(tests, icma_notional_periods);
	tcase_add_test(tests, isda_over_many_years);
	tcase_add_test(tests, months_of_thirty_days);
	tcase_add_test(tests, business_days);
	tcase_add_test(tests, texts);
	suite_add_tcase(suite, tests);
	return suite;
}
