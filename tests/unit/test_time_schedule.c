/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_time_schedule.c: pay and calculation dates of four example deals, month ends, rolls, refusals. */
#include <check.h>
#include <string.h>

#include "base/alloc.h"
#include "share_calendar.h"
#include "time/schedule.h"

Suite *weir_suite_time_schedule(void);

static weir_arena *arena;

static void open_arena(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
}

static void close_arena(void)
{
	weir_arena_destroy(arena);
}

static weir_date read(const char *text)
{
	weir_date date = weir_date_parse(text, strlen(text));
	ck_assert_msg(date != WEIR_DATE_NONE, "%s", text);
	return date;
}

static void assert_date(weir_date date, const char *expected)
{
	char buffer[11];
	ck_assert_str_eq(weir_date_format(date, buffer), expected);
}

/* Calculation date (ten business days before the adjusted pay date), pay date, adjusted pay date: the
 * reference results of the example deals 1, 3, 5 and 7, on China's working days, following. */
typedef struct example_row {
	const char *calculation, *pay, *adjusted;
} example_row;

static const example_row example_1[] = {
	{ "2023-06-06", "2023-06-20", "2023-06-20" },
	{ "2023-09-06", "2023-09-20", "2023-09-20" },
	{ "2023-12-06", "2023-12-20", "2023-12-20" },
	{ "2024-03-06", "2024-03-20", "2024-03-20" },
	{ "2024-06-05", "2024-06-20", "2024-06-20" },
	{ "2024-09-05", "2024-09-20", "2024-09-20" },
	{ "2024-12-06", "2024-12-20", "2024-12-20" },
	{ "2025-03-06", "2025-03-20", "2025-03-20" },
};
static const example_row example_3[] = {
	{ "2022-09-14", "2022-09-28", "2022-09-28" },
	{ "2023-03-14", "2023-03-28", "2023-03-28" },
	{ "2023-09-14", "2023-09-28", "2023-09-28" },
	{ "2024-03-14", "2024-03-28", "2024-03-28" },
	{ "2024-09-13", "2024-09-28", "2024-09-29" },
	{ "2025-03-14", "2025-03-28", "2025-03-28" },
};
static const example_row example_5[] = {
	{ "2023-06-30", "2023-07-14", "2023-07-14" },
	{ "2023-09-26", "2023-10-14", "2023-10-16" },
	{ "2023-12-29", "2024-01-14", "2024-01-15" },
	{ "2024-03-29", "2024-04-14", "2024-04-15" },
};
static const example_row example_7[] = {
	{ "2023-06-09", "2023-06-26", "2023-06-26" },
	{ "2023-09-12", "2023-09-26", "2023-09-26" },
	{ "2023-12-12", "2023-12-26", "2023-12-26" },
	{ "2024-03-12", "2024-03-26", "2024-03-26" },
	{ "2024-06-12", "2024-06-26", "2024-06-26" },
	{ "2024-09-11", "2024-09-26", "2024-09-26" },
	{ "2024-12-12", "2024-12-26", "2024-12-26" },
	{ "2025-03-12", "2025-03-26", "2025-03-26" },
	{ "2025-06-12", "2025-06-26", "2025-06-26" },
	{ "2025-09-12", "2025-09-26", "2025-09-26" },
	{ "2025-12-12", "2025-12-26", "2025-12-26" },
	{ "2026-03-12", "2026-03-26", "2026-03-26" },
};

static void assert_example(const example_row *rows, int count, int months)
{
	const weir_calendar *calendar = share_calendar(arena, "CN-work");
	weir_schedule_terms terms = { .first = read(rows[0].pay),
		                      .last = WEIR_DATE_NONE,
		                      .count = count,
		                      .step = months,
		                      .unit = WEIR_STEP_MONTHS,
		                      .roll = WEIR_ROLL_FOLLOWING,
		                      .calendar = calendar };
	weir_schedule schedule;
	ck_assert_int_eq(weir_schedule_create(&schedule, arena, &terms), WEIR_OK);
	ck_assert_int_eq(schedule.count, count);
	for (int i = 0; i < count; i++) {
		assert_date(schedule.unadjusted[i], rows[i].pay);
		assert_date(schedule.adjusted[i], rows[i].adjusted);
		assert_date(weir_calendar_add_business_days(calendar, schedule.adjusted[i], -10),
		            rows[i].calculation);
	}
}

#define ASSERT_EXAMPLE(rows, months) assert_example(rows, (int)(sizeof(rows) / sizeof *(rows)), months)

START_TEST(example_deals)
{
	ASSERT_EXAMPLE(example_1, 3);
	ASSERT_EXAMPLE(example_3, 6);
	ASSERT_EXAMPLE(example_5, 3);
	ASSERT_EXAMPLE(example_7, 3);
}
END_TEST

/* Makes the schedule and compares its unadjusted dates with a list that ends with NULL. */
static void assert_dates(const weir_schedule_terms *terms, const char *const *dates)
{
	weir_schedule schedule;
	int count = 0;
	ck_assert_int_eq(weir_schedule_create(&schedule, arena, terms), WEIR_OK);
	for (; dates[count]; count++) {
		ck_assert_int_lt(count, schedule.count);
		assert_date(schedule.unadjusted[count], dates[count]);
		assert_date(schedule.adjusted[count], dates[count]);
	}
	ck_assert_int_eq(schedule.count, count);
}

START_TEST(month_ends)
{
	/* clipped from the first date: February does not shorten March */
	weir_schedule_terms terms = { .first = read("2023-11-30"),
		                      .last = WEIR_DATE_NONE,
		                      .count = 5,
		                      .step = 1,
		                      .unit = WEIR_STEP_MONTHS };
	assert_dates(&terms, (const char *[]){ "2023-11-30", "2023-12-30", "2024-01-30", "2024-02-29",
	                                       "2024-03-30", NULL });
	terms.end_of_month = 1;
	assert_dates(&terms, (const char *[]){ "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29",
	                                       "2024-03-31", NULL });
	/* the rule needs a first date on a month's end */
	terms.first = read("2023-12-30");
	assert_dates(&terms, (const char *[]){ "2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30",
	                                       "2024-04-30", NULL });
	terms = (weir_schedule_terms){ .first = read("2024-02-29"),
		                       .last = read("2028-02-28"),
		                       .step = 1,
		                       .unit = WEIR_STEP_YEARS };
	assert_dates(&terms,
	             (const char *[]){ "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", NULL });
	terms.last = read("2028-02-29");
	assert_dates(&terms, (const char *[]){ "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28",
	                                       "2028-02-29", NULL });
}
END_TEST

START_TEST(days_weeks_and_ends)
{
	weir_schedule_terms terms = { .first = read("2024-02-20"),
		                      .last = read("2024-03-19"),
		                      .step = 2,
		                      .unit = WEIR_STEP_WEEKS };
	assert_dates(&terms, (const char *[]){ "2024-02-20", "2024-03-05", "2024-03-19", NULL });
	terms.last = read("2024-03-18");
	assert_dates(&terms, (const char *[]){ "2024-02-20", "2024-03-05", NULL });
	/* count and last: the earlier end counts */
	terms.count = 1;
	assert_dates(&terms, (const char *[]){ "2024-02-20", NULL });
	terms.count = 9;
	assert_dates(&terms, (const char *[]){ "2024-02-20", "2024-03-05", NULL });
	terms = (weir_schedule_terms){
		.first = read("2024-02-20"), .last = WEIR_DATE_NONE, .count = 3, .step = 9
	};
	assert_dates(&terms, (const char *[]){ "2024-02-20", "2024-02-29", "2024-03-09", NULL });
	/* the last date may be the first, and the end of the known years */
	terms.last = terms.first;
	assert_dates(&terms, (const char *[]){ "2024-02-20", NULL });
	terms = (weir_schedule_terms){ .first = read("2199-11-30"),
		                       .last = WEIR_DATE_LAST,
		                       .step = 1,
		                       .unit = WEIR_STEP_MONTHS };
	assert_dates(&terms, (const char *[]){ "2199-11-30", "2199-12-30", NULL });
}
END_TEST

START_TEST(rolls)
{
	/* 30 September 2023 is a Saturday before a week of holidays; 30 December is a Saturday, followed by 2
	 * January */
	weir_schedule_terms terms = { .first = read("2023-06-30"),
		                      .last = WEIR_DATE_NONE,
		                      .count = 3,
		                      .step = 3,
		                      .unit = WEIR_STEP_MONTHS,
		                      .calendar = share_calendar(arena, "CN-work") };
	static const struct {
		weir_roll roll;
		const char *dates[3];
	} rolled[] = {
		{ WEIR_ROLL_NONE, { "2023-06-30", "2023-09-30", "2023-12-30" } },
		{ WEIR_ROLL_FOLLOWING, { "2023-06-30", "2023-10-07", "2024-01-02" } },
		{ WEIR_ROLL_MODIFIED_FOLLOWING, { "2023-06-30", "2023-09-28", "2023-12-29" } },
		{ WEIR_ROLL_PRECEDING, { "2023-06-30", "2023-09-28", "2023-12-29" } },
	};
	for (int i = 0; i < 4; i++) {
		weir_schedule schedule;
		terms.roll = rolled[i].roll;
		ck_assert_int_eq(weir_schedule_create(&schedule, arena, &terms), WEIR_OK);
		for (int k = 0; k < 3; k++)
			assert_date(schedule.adjusted[k], rolled[i].dates[k]);
		assert_date(schedule.unadjusted[1], "2023-09-30");
	}
	/* daily dates over a holiday share one business day */
	terms.first = read("2023-10-01");
	terms.step = 1;
	terms.unit = WEIR_STEP_DAYS;
	terms.roll = WEIR_ROLL_FOLLOWING;
	weir_schedule schedule;
	ck_assert_int_eq(weir_schedule_create(&schedule, arena, &terms), WEIR_OK);
	for (int k = 0; k < 3; k++)
		assert_date(schedule.adjusted[k], "2023-10-07");
}
END_TEST

START_TEST(refusals)
{
	const weir_schedule_terms good = { .first = read("2023-06-20"),
		                           .last = WEIR_DATE_NONE,
		                           .count = 8,
		                           .step = 3,
		                           .unit = WEIR_STEP_MONTHS };
	weir_schedule_terms bad[9];
	for (int i = 0; i < 9; i++)
		bad[i] = good;
	bad[0].count = 0;
	bad[1].count = -1;
	bad[2].step = 0;
	bad[3].last = read("2023-06-19");
	bad[4].first = WEIR_DATE_NONE;
	bad[5].roll = WEIR_ROLL_FOLLOWING; /* without a calendar */
	bad[6].count = 800;                /* 200 years */
	bad[7].step = INT32_MAX;
	bad[8].unit = WEIR_STEP_DAYS;
	bad[8].step = 1;
	bad[8].count = 10001;
	weir_schedule schedule = { 0 };
	for (int i = 0; i < 9; i++) {
		ck_assert_msg(weir_schedule_create(&schedule, arena, &bad[i]) == WEIR_INPUT, "%d", i);
		ck_assert_int_eq(schedule.count, 0);
	}
	bad[8].count = 10000;
	ck_assert_int_eq(weir_schedule_create(&schedule, arena, &bad[8]), WEIR_OK);
	ck_assert_int_eq(schedule.unadjusted[9999] - schedule.unadjusted[0], 9999);
	bad[7].unit = WEIR_STEP_YEARS;
	ck_assert_int_eq(weir_schedule_create(&schedule, arena, &bad[7]), WEIR_INPUT);
}
END_TEST

START_TEST(memory_runs_short)
{
	const weir_schedule_terms terms = { .first = read("2023-06-20"),
		                            .last = WEIR_DATE_NONE,
		                            .count = 10000,
		                            .step = 1 };
	weir_status status = WEIR_NO_MEMORY;
	for (long nth = 1; status != WEIR_OK; nth++) {
		weir_arena *own = NULL;
		weir_schedule schedule = { 0 };
		ck_assert_int_eq(weir_arena_create(&own), WEIR_OK);
		weir_alloc_fail_from(nth);
		status = weir_schedule_create(&schedule, own, &terms);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		ck_assert_int_eq(status,
		                 nth == 1 || (nth == 2 && status != WEIR_OK) ? WEIR_NO_MEMORY : WEIR_OK);
		ck_assert_int_eq(schedule.count, status == WEIR_OK ? 10000 : 0);
	}
}
END_TEST

Suite *weir_suite_time_schedule(void)
{
	Suite *suite = suite_create("time/schedule");
	TCase *tests = tcase_create("schedules");
	tcase_add_checked_fixture(tests, open_arena, close_arena);
	tcase_add_test(tests, example_deals);
	tcase_add_test(tests, month_ends);
	tcase_add_test(tests, days_weeks_and_ends);
	tcase_add_test(tests, rolls);
	tcase_add_test(tests, refusals);
	tcase_add_test(tests, memory_runs_short);
	suite_add_tcase(suite, tests);
	return suite;
}
