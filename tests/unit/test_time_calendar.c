/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_time_calendar.c: shipped calendars on published days, business-day arithmetic against a walk day by
 * day, and every complaint about a calendar file with its place. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "share_calendar.h"

Suite *weir_suite_time_calendar(void);

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

static int is_open(const weir_calendar *calendar, const char *date)
{
	return weir_calendar_is_business_day(calendar, read(date));
}

static void assert_year(const weir_calendar *calendar, int year, int business_days)
{
	ck_assert_int_eq(weir_calendar_business_days_between(calendar, weir_date_from_ymd(year, 1, 1),
	                                                     weir_date_from_ymd(year + 1, 1, 1)),
	                 business_days);
}

START_TEST(china)
{
	const weir_calendar *work = share_calendar(arena, "CN-work");
	const weir_calendar *exchange = share_calendar(arena, "CN-exchange");
	/* notice for 2024: spring festival 10 to 17 February, make-up on Sunday 4 and Sunday 18 February; new
	 * year's eve, Friday 9 February, was an ordinary working day, but the exchanges closed */
	ck_assert(is_open(work, "2024-02-04") && !is_open(exchange, "2024-02-04"));
	ck_assert(is_open(work, "2024-02-09") && !is_open(exchange, "2024-02-09"));
	ck_assert(!is_open(work, "2024-02-12") && !is_open(exchange, "2024-02-12"));
	ck_assert(is_open(work, "2024-02-18") && !is_open(exchange, "2024-02-18"));
	/* 2020: the holiday was made longer to 2 February; Monday the 3rd was the first day for both */
	ck_assert(!is_open(work, "2020-01-31") && !is_open(exchange, "2020-01-31"));
	ck_assert(is_open(work, "2020-02-03") && is_open(exchange, "2020-02-03"));
	/* trading days of the Shanghai Stock Exchange, 2007 to 2025 */
	static const int trading_days[] = { 242, 246, 244, 242, 244, 243, 238, 245, 244, 244,
		                            244, 243, 244, 243, 243, 242, 242, 242, 243 };
	for (int i = 0; i < (int)(sizeof trading_days / sizeof *trading_days); i++)
		assert_year(exchange, 2007 + i, trading_days[i]);
	/* 2024: 262 weekdays less 19 off on weekdays (1 + 5 + 2 + 3 + 1 + 2 + 5) and the 8 make-up days of
	 * the notice */
	assert_year(work, 2024, 262 - 19 + 8);
	/* 2027 is not announced: weekdays */
	ck_assert(is_open(work, "2027-10-01") && !is_open(work, "2027-10-02"));
	ck_assert_int_eq(weir_calendar_known_until(work), read("2026-12-31"));
	ck_assert_int_eq(weir_calendar_known_from(exchange), read("2007-01-01"));
	ck_assert_int_eq(weir_calendar_known_until(exchange), read("2026-12-31"));
	ck_assert_str_eq(weir_calendar_id(exchange), "CN-exchange");
	ck_assert_str_eq(weir_calendar_title(work, 0),
	                 "China working days (statutory holidays and make-up working weekends)");
	ck_assert_str_eq(weir_calendar_title(work, 1), "中国法定工作日（含调休上班日）");
	ck_assert(strstr(weir_calendar_source(work), "State Council") != NULL);
	ck_assert(strstr(weir_calendar_source(exchange), "Shanghai") != NULL);
}
END_TEST

START_TEST(target)
{
	const weir_calendar *calendar = share_calendar(arena, "TARGET");
	static const char *const closed[] = { "1999-01-01", "1999-12-31", "2000-04-21", "2000-04-24",
		                              "2000-05-01", "2000-12-26", "2001-12-31", "2002-01-01",
		                              "2024-03-29", "2024-04-01", "2024-05-01", "2024-12-25",
		                              "2024-12-26", "2038-04-23", "2038-04-26" };
	static const char *const open[] = { "1999-04-02", "1999-04-05", "2002-12-31", "2023-12-27",
		                            "2024-12-24" };
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		ck_assert_msg(!is_open(calendar, closed[i]), "%s", closed[i]);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		ck_assert_msg(is_open(calendar, open[i]), "%s", open[i]);
	/* 2024 has 262 weekdays, and all six holidays fall on one */
	assert_year(calendar, 2024, 256);
	ck_assert_int_eq(weir_calendar_known_until(calendar), WEIR_DATE_LAST);
}
END_TEST

START_TEST(united_states)
{
	const weir_calendar *calendar = share_calendar(arena, "US-federal");
	/* the list of the Office of Personnel Management for 2021: Juneteenth on Saturday 19 June,
	 * Independence Day on a Sunday, Christmas on a Saturday, and New Year's Day 2022 on a Saturday too */
	static const char *const closed[] = { "2021-01-01", "2021-01-18", "2021-02-15", "2021-05-31",
		                              "2021-06-18", "2021-07-05", "2021-09-06", "2021-10-11",
		                              "2021-11-11", "2021-11-25", "2021-12-24", "2021-12-31",
		                              "1975-10-27", "1986-01-20" };
	static const char *const open[] = { "2020-06-19", "1985-01-21", "1975-11-11", "2021-01-20",
		                            "2022-01-03" };
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		ck_assert_msg(!is_open(calendar, closed[i]), "%s", closed[i]);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		ck_assert_msg(is_open(calendar, open[i]), "%s", open[i]);
	/* 2021 has 261 weekdays; the list above takes twelve of them */
	assert_year(calendar, 2021, 261 - 12);
}
END_TEST

START_TEST(arithmetic_equals_a_walk)
{
	const weir_calendar *calendar = share_calendar(arena, "CN-work");
	for (weir_date date = read("2022-12-20"); date < read("2025-01-20"); date += 3) {
		weir_date up = date, down = date;
		int open = weir_calendar_is_business_day(calendar, date);
		for (int days = 1; days <= 70; days++) {
			do
				up++;
			while (!weir_calendar_is_business_day(calendar, up));
			do
				down--;
			while (!weir_calendar_is_business_day(calendar, down));
			ck_assert_int_eq(weir_calendar_add_business_days(calendar, date, days), up);
			ck_assert_int_eq(weir_calendar_add_business_days(calendar, date, -days), down);
			ck_assert_int_eq(weir_calendar_business_days_between(calendar, date, up),
			                 days - 1 + open);
			ck_assert_int_eq(weir_calendar_business_days_between(calendar, date, down), -days);
			if (days == 1) {
				ck_assert_int_eq(weir_calendar_adjust(calendar, date, WEIR_ROLL_FOLLOWING),
				                 open ? date : up);
				ck_assert_int_eq(weir_calendar_adjust(calendar, date, WEIR_ROLL_PRECEDING),
				                 open ? date : down);
			}
		}
		ck_assert_int_eq(weir_calendar_add_business_days(calendar, date, 0), date);
	}
}
END_TEST

START_TEST(rolls)
{
	const weir_calendar *calendar = share_calendar(arena, "CN-work");
	/* Saturday 30 September 2023 begins eight days of holiday; 7 and 8 October are make-up days */
	weir_date date = read("2023-09-30");
	ck_assert_int_eq(weir_calendar_adjust(calendar, date, WEIR_ROLL_NONE), date);
	ck_assert_int_eq(weir_calendar_adjust(calendar, date, WEIR_ROLL_FOLLOWING), read("2023-10-07"));
	ck_assert_int_eq(weir_calendar_adjust(calendar, date, WEIR_ROLL_MODIFIED_FOLLOWING),
	                 read("2023-09-28"));
	ck_assert_int_eq(weir_calendar_adjust(calendar, date, WEIR_ROLL_PRECEDING), read("2023-09-28"));
	/* the next business day of 2 October is in the same month: modified following does not turn back */
	ck_assert_int_eq(weir_calendar_adjust(calendar, read("2023-10-02"), WEIR_ROLL_MODIFIED_FOLLOWING),
	                 read("2023-10-07"));
	/* ten business days before Monday 16 October: 13 to 7 October are seven, 28, 27, 26 September are
	 * ten; trading days: 13 to 9 October are five, 28, 27, 26, 25 and 22 September are ten */
	ck_assert_int_eq(weir_calendar_add_business_days(calendar, read("2023-10-16"), -10),
	                 read("2023-09-26"));
	calendar = share_calendar(arena, "CN-exchange");
	ck_assert_int_eq(weir_calendar_add_business_days(calendar, read("2023-10-16"), -10),
	                 read("2023-09-22"));
}
END_TEST

START_TEST(ends_of_time)
{
	const weir_calendar *calendar = share_calendar(arena, "weekends");
	/* 1900-01-01 is a Monday, 2199-12-31 a Tuesday: 300 years are 109,573 days = 15,653 weeks and Monday,
	 * Tuesday */
	ck_assert_int_eq(weir_calendar_business_days_between(calendar, WEIR_DATE_FIRST, WEIR_DATE_LAST + 1),
	                 15653 * 5 + 2);
	ck_assert_int_eq(weir_calendar_business_days_between(calendar, WEIR_DATE_NONE, INT32_MAX),
	                 15653 * 5 + 2);
	ck_assert_int_eq(weir_calendar_add_business_days(calendar, WEIR_DATE_LAST, 1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_calendar_add_business_days(calendar, WEIR_DATE_FIRST, -1), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_calendar_add_business_days(calendar, WEIR_DATE_FIRST, 15653 * 5 + 1),
	                 WEIR_DATE_LAST);
	ck_assert_int_eq(weir_calendar_add_business_days(calendar, WEIR_DATE_NONE, 5), WEIR_DATE_NONE);
	ck_assert_int_eq(weir_calendar_adjust(calendar, WEIR_DATE_NONE, WEIR_ROLL_FOLLOWING), WEIR_DATE_NONE);
	ck_assert(!weir_calendar_is_business_day(calendar, WEIR_DATE_LAST + 1));
	ck_assert(!weir_calendar_is_business_day(calendar, WEIR_DATE_FIRST - 1));
}
END_TEST

/* --- texts of our own -------------------------------------------------------------- */

#define TITLES "id,x\nen,X\nzh,X\n"

static weir_status read_other(void *context, const char *id, const char **text, size_t *length,
                              uint32_t *source)
{
	(void)context;
	if (strcmp(id, "base") != 0)
		return strcmp(id, "broken") == 0 ? WEIR_IO : WEIR_NO;
	*text = "id,base\nen,Base\nzh,Base\nweekend,sunday\nknown-until,2020-12-31\nmake-up,closed\n"
	        "rule,05-01,May Day\nrule,12-24,Eve\n2021-03-03,off,X\n2021-03-07,work,X\n";
	*length = strlen(*text);
	*source = 7;
	return WEIR_OK;
}

static const weir_calendar_library other = { read_other, NULL };

static weir_status parse(weir_calendar **calendar, const char *text, weir_diags *diags)
{
	return weir_calendar_parse(calendar, arena, text, strlen(text), 1, &other, diags);
}

static const weir_calendar *parsed(const char *text)
{
	weir_calendar *calendar = NULL;
	weir_diags diags = { 0 };
	weir_status status = parse(&calendar, text, &diags);
	ck_assert_msg(status == WEIR_OK, "%s", diags.count ? diags.items[0].text : "");
	weir_diags_free(&diags);
	return calendar;
}

START_TEST(observances)
{
	/* 13 July: Saturday in 2024, Sunday in 2025 */
	const weir_calendar *calendar = parsed(TITLES "rule,07-13,Day,,,nearest\n");
	ck_assert(!is_open(calendar, "2024-07-12") && is_open(calendar, "2024-07-15"));
	ck_assert(!is_open(calendar, "2025-07-14") && is_open(calendar, "2025-07-11"));
	calendar = parsed(TITLES "rule,07-13,Day,,,monday\n");
	ck_assert(is_open(calendar, "2024-07-12") && !is_open(calendar, "2024-07-15"));
	ck_assert(!is_open(calendar, "2025-07-14"));
	calendar = parsed(TITLES "rule,07-13,Day,,,sunday-to-monday\n");
	ck_assert(is_open(calendar, "2024-07-12") && is_open(calendar, "2024-07-15"));
	ck_assert(!is_open(calendar, "2025-07-14"));
	calendar = parsed(TITLES "rule,07-13,Day,,,that-day\nrule,07-13,Same\n");
	ck_assert(is_open(calendar, "2024-07-15") && is_open(calendar, "2025-07-14"));
	ck_assert(!is_open(calendar, "2023-07-13")); /* a Thursday */
}
END_TEST

START_TEST(forms_of_the_file)
{
	/* byte-order mark, CR LF, spaces, comments, a spreadsheet's empty fields, no newline at the end */
	const weir_calendar *calendar =
	        parsed("\xEF\xBB\xBFid, x\r\n# note\r\n\r\nen,A, b\r\nzh ,乙,,,\r\nweekend, friday ,"
	               " saturday\r\nrule,last monday of may,M,,,\r\n2024-05-26,off,,\r\n"
	               "2024-05-31,work");
	ck_assert_str_eq(weir_calendar_id(calendar), "x");
	ck_assert_str_eq(weir_calendar_title(calendar, 0), "A, b");
	ck_assert_str_eq(weir_calendar_title(calendar, 1), "乙");
	ck_assert_str_eq(weir_calendar_source(calendar), "");
	ck_assert(!is_open(calendar, "2024-05-27") && !is_open(calendar, "2024-05-26")); /* Monday, Sunday */
	ck_assert(is_open(calendar, "2024-05-19") && !is_open(calendar, "2024-05-24"));   /* Sunday, Friday */
	ck_assert(is_open(calendar, "2024-05-31")); /* a make-up Friday */
	calendar =
	        parsed(TITLES "weekend,none\nrule,02-29,Leap day\nrule,first tuesday of march,T,2001,2003\n");
	ck_assert(is_open(calendar, "2024-03-02") && !is_open(calendar, "2024-02-29"));
	ck_assert(is_open(calendar, "2000-03-07") && !is_open(calendar, "2001-03-06"));
	ck_assert(!is_open(calendar, "2003-03-04") && is_open(calendar, "2004-03-02"));
}
END_TEST

START_TEST(based_on_another)
{
	/* the base rests on Sundays and keeps make-up Sundays closed; this file opens them, and one of the
	 * base's rules' days, whichever line comes first */
	const weir_calendar *calendar = parsed(TITLES "make-up,open\nbased-on,base\n2021-12-24,work,Eve\n");
	ck_assert(is_open(calendar, "2021-03-07") && !is_open(calendar, "2021-03-14"));
	ck_assert(!is_open(calendar, "2021-03-03") && is_open(calendar, "2021-03-06"));
	ck_assert(is_open(calendar, "2021-12-24") && !is_open(calendar, "2020-12-24"));
	ck_assert_int_eq(weir_calendar_known_until(calendar), read("2020-12-31"));
	ck_assert_str_eq(weir_calendar_title(calendar, 0), "X");
	calendar = parsed(TITLES "based-on,base\nknown-until,2030-06-30\nweekend,monday\n");
	ck_assert_int_eq(weir_calendar_known_until(calendar), read("2030-06-30"));
	ck_assert(is_open(calendar, "2021-03-14") && !is_open(calendar, "2021-03-08"));
}
END_TEST

static const struct {
	const char *text, *at; /* the complaint's place is where `at` begins in the text */
	weir_code code;
	const char *words; /* in the message */
} faults[] = {
	{ "id,x\nen,X\n", "id", WEIR_CODE_MISSING_ELEMENT, "lacks a line \"zh\"" },
	{ TITLES "wekend,sunday\n", "wekend", WEIR_CODE_BAD_VALUE, "did you mean \"weekend\"?" },
	{ TITLES "holidays,sunday\n", "holidays", WEIR_CODE_BAD_VALUE, "start it with a date" },
	{ TITLES "source,\n", "source", WEIR_CODE_BAD_VALUE, "\"source\" has no value" },
	{ TITLES "make-up,open\nmake-up ,open\n", "make-up ,", WEIR_CODE_DUPLICATE_ID, "stands twice" },
	{ TITLES "make-up,ajar\n", "ajar", WEIR_CODE_BAD_VALUE, "\"ajar\" is no make-up choice" },
	{ TITLES "weekend,saturday,sonntag\n", "sonntag", WEIR_CODE_BAD_VALUE, "\"sonntag\" is no weekday" },
	{ TITLES "weekend,monday,tuesday,wednesday,thursday,friday,saturday,sunday\n", "monday",
	  WEIR_CODE_OUT_OF_RANGE, "takes all seven days" },
	{ TITLES "known-from,2020-13-01\n", "2020-13", WEIR_CODE_BAD_DATE, "\"2020-13-01\" is no date" },
	{ TITLES "known-from,2020-02-01\nknown-until,2020-01-31\n", "id", WEIR_CODE_DATE_ORDER,
	  "before \"known-from\"" },
	{ TITLES "based-on,nowhere\n", "nowhere", WEIR_CODE_UNKNOWN_ID, "there is no calendar \"nowhere\"" },
	{ TITLES "2020-02-30,off,X\n", "2020-02", WEIR_CODE_BAD_DATE, "\"2020-02-30\" is no date" },
	{ TITLES "2020-02-03,open,X\n", "open", WEIR_CODE_BAD_VALUE, "\"open\" is no day's status" },
	{ TITLES "2020-02-03,off,X\n2020-02-03,work,X\n", "2020-02-03,work", WEIR_CODE_DATE_ORDER,
	  "sort the dates" },
	{ TITLES "rule,13-01,X\n", "13-01", WEIR_CODE_BAD_VALUE, "\"13-01\" is no rule for a holiday" },
	{ TITLES "rule,02-30,X\n", "02-30", WEIR_CODE_BAD_VALUE, "is no rule" },
	{ TITLES "rule,easter*2,X\n", "easter", WEIR_CODE_BAD_VALUE, "is no rule" },
	{ TITLES "rule,easter-,X\n", "easter", WEIR_CODE_BAD_VALUE, "is no rule" },
	{ TITLES "rule,fifth monday of may,X\n", "fifth", WEIR_CODE_BAD_VALUE, "is no rule" },
	{ TITLES "rule,first monday in may,X\n", "first", WEIR_CODE_BAD_VALUE, "is no rule" },
	{ TITLES "rule,05-01\n", "05-01", WEIR_CODE_BAD_VALUE, "has no holiday's name" },
	{ TITLES "rule,05-01,X,199O\n", "199O", WEIR_CODE_OUT_OF_RANGE, "\"199O\" is no year" },
	{ TITLES "rule,05-01,X,,2200\n", "2200", WEIR_CODE_OUT_OF_RANGE, "\"2200\" is no year" },
	{ TITLES "rule,05-01,X,2010,2009\n", "2010", WEIR_CODE_DATE_ORDER, "ends before it begins" },
	{ TITLES "rule,05-01,X,,,tuesday\n", "tuesday", WEIR_CODE_BAD_VALUE, "\"tuesday\" is no observance" },
};

START_TEST(complaint)
{
	weir_diags diags = { 0 };
	weir_calendar *calendar = NULL;
	const char *text = faults[_i].text;
	ck_assert_int_eq(parse(&calendar, text, &diags), WEIR_INPUT);
	ck_assert_ptr_null(calendar);
	ck_assert_uint_eq(diags.count, 1);
	const weir_diag *d = &diags.items[0];
	ck_assert_msg(d->code == faults[_i].code, "%s: %s", weir_code_text(d->code), d->text);
	ck_assert_uint_eq(d->place.source, 1);
	ck_assert_uint_eq(d->place.offset, (size_t)(strstr(text, faults[_i].at) - text));
	ck_assert_msg(strstr(d->text, faults[_i].words) != NULL, "%s", d->text);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(all_complaints_at_once_with_lines)
{
	static const char text[] =
	        TITLES "weekend,sunday,mittwoch\nrule,00-10,X\n# 调休\n2024-01-01,off,X\n 2024-1-2,off,X\n";
	weir_sources sources = { 0 };
	char *copy = weir_alloc(sizeof text);
	memcpy(copy, text, sizeof text);
	uint32_t source;
	ck_assert_int_eq(weir_sources_add(&sources, "x.csv", copy, sizeof text - 1, &source), WEIR_OK);
	weir_diags diags = { 0 };
	weir_calendar *calendar = NULL;
	ck_assert_int_eq(weir_calendar_parse(&calendar, arena, copy, sizeof text - 1, source, NULL, &diags),
	                 WEIR_INPUT);
	static const unsigned places[3][2] = { { 4, 16 }, { 5, 6 }, { 8, 2 } };
	ck_assert_uint_eq(diags.count, 3);
	for (int i = 0; i < 3; i++) {
		unsigned line, column;
		weir_sources_locate(&sources, diags.items[i].place, &line, &column);
		ck_assert_uint_eq(line, places[i][0]);
		ck_assert_uint_eq(column, places[i][1]);
	}
	weir_diags_free(&diags);
	weir_sources_free(&sources);
}
END_TEST

START_TEST(library_fails)
{
	weir_diags diags = { 0 };
	weir_calendar *calendar = NULL;
	ck_assert_int_eq(parse(&calendar, TITLES "based-on,broken\n", &diags), WEIR_IO);
	ck_assert_uint_eq(diags.count, 0); /* the library complains itself */
	const char text[] = TITLES "based-on,base\n";
	ck_assert_int_eq(weir_calendar_parse(&calendar, arena, text, strlen(text), 1, NULL, &diags),
	                 WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 1);
	weir_diags_free(&diags);
}
END_TEST

static weir_status read_chain(void *context, const char *id, const char **text, size_t *length,
                              uint32_t *source)
{
	(void)context;
	(void)id;
	*text = "id,chain\nbased-on,x\n";
	*length = strlen(*text);
	*source = 9;
	return WEIR_OK;
}

START_TEST(base_on_a_base)
{
	const weir_calendar_library chain = { read_chain, NULL };
	const char text[] = TITLES "based-on,chain\n";
	weir_diags diags = { 0 };
	weir_calendar *calendar = NULL;
	ck_assert_int_eq(weir_calendar_parse(&calendar, arena, text, strlen(text), 1, &chain, &diags),
	                 WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_uint_eq(diags.items[0].place.source, 9);
	ck_assert_uint_eq(diags.items[0].place.offset, strlen("id,chain\nbased-on,"));
	weir_diags_free(&diags);
}
END_TEST

START_TEST(memory_runs_short)
{
	static const char text[] = TITLES "source,S\nbased-on,base\nrule,13-13,X\n";
	for (long nth = 1;; nth++) {
		weir_arena *own = NULL;
		weir_diags diags = { 0 };
		weir_calendar *calendar = NULL;
		ck_assert_int_eq(weir_arena_create(&own), WEIR_OK);
		weir_alloc_fail_from(nth);
		weir_status status =
		        weir_calendar_parse(&calendar, own, text, sizeof text - 1, 1, &other, &diags);
		int failed = weir_alloc_count() >= nth;
		weir_alloc_fail_from(0);
		weir_diags_free(&diags);
		weir_arena_destroy(own);
		ck_assert_ptr_null(calendar);
		ck_assert_int_eq(status, failed ? WEIR_NO_MEMORY : WEIR_INPUT);
		if (!failed) {
			ck_assert_int_gt(nth, 2); /* at least the arena's chunk and the complaint */
			break;
		}
	}
}
END_TEST

Suite *weir_suite_time_calendar(void)
{
	Suite *suite = suite_create("time/calendar");
	TCase *tests = tcase_create("calendars");
	tcase_add_checked_fixture(tests, open_arena, close_arena);
	tcase_add_test(tests, china);
	tcase_add_test(tests, target);
	tcase_add_test(tests, united_states);
	tcase_add_test(tests, arithmetic_equals_a_walk);
	tcase_add_test(tests, rolls);
	tcase_add_test(tests, ends_of_time);
	tcase_add_test(tests, observances);
	tcase_add_test(tests, forms_of_the_file);
	tcase_add_test(tests, based_on_another);
	tcase_add_loop_test(tests, complaint, 0, (int)(sizeof faults / sizeof *faults));
	tcase_add_test(tests, all_complaints_at_once_with_lines);
	tcase_add_test(tests, library_fails);
	tcase_add_test(tests, base_on_a_base);
	tcase_add_test(tests, memory_runs_short);
	suite_add_tcase(suite, tests);
	return suite;
}
