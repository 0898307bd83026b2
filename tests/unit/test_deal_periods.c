/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_deal_periods.c: payment dates resolved into periods, against the reference deals and by hand. */
#include <check.h>
#include <string.h>

#include "base/alloc.h"
#include "reference_deals.h"
#include "reference_rows.h"

Suite *weir_suite_deal_periods(void);

static weir_arena *arena;
static weir_diags diags;
static weir_periods periods;

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
	periods = (weir_periods){ 0 };
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

static const weir_period *resolve(const weir_deal *deal)
{
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_OK);
	return periods.items;
}

/* The first complaint with a code; NULL when there is none. */
static const weir_diag *complaint(weir_code code)
{
	for (size_t i = 0; i < diags.count; i++)
		if (diags.items[i].code == code)
			return &diags.items[i];
	return NULL;
}

START_TEST(dates_of_the_reference_deals)
{
	size_t count = sizeof reference_periods / sizeof *reference_periods;
	int seen = 0;
	for (size_t i = 0; i < count; i++) {
		const struct reference_period *wanted = &reference_periods[i];
		if (wanted->number == 1)
			resolve(reference_deal(arena, wanted->deal));
		const weir_period *period = &periods.items[wanted->number];
		ck_assert_int_eq(period->number, wanted->number);
		ck_assert_int_eq(period->payment, date_of(wanted->payment));
		ck_assert_int_eq(period->adjusted, date_of(wanted->adjusted));
		ck_assert_int_eq(period->calculation, date_of(wanted->calculation));
		ck_assert_int_eq(period->accrual_end - period->accrual_start, wanted->days);
		ck_assert_int_eq(period->accrual_start, periods.items[wanted->number - 1].accrual_end);
		ck_assert_int_eq(period->provisional, 0);
		seen++;
	}
	ck_assert_int_eq(seen, 8 + 6 + 4 + 12);
	ck_assert_uint_eq(diags.count, 0);
}
END_TEST

START_TEST(the_closing_is_period_0)
{
	weir_deal *deal = reference_deal(arena, 1);
	deal->closing = date_of(20230317);
	deal->has_transfer = 1;
	deal->transfer_offset_days = -7;
	const weir_period *items = resolve(deal);
	ck_assert_int_eq(periods.count, 9);
	ck_assert_int_eq(items[0].number, 0);
	ck_assert_int_eq(items[0].payment, date_of(20230317));
	ck_assert_int_eq(items[0].adjusted, date_of(20230317));
	ck_assert_int_eq(items[0].calculation, date_of(20230317));
	ck_assert_int_eq(items[0].transfer, WEIR_DATE_NONE);
	ck_assert_int_eq(items[1].accrual_start, date_of(20230320));
	/* seven working days back from Tuesday 2023-06-20: 19 16 15 14 13 12 9 */
	ck_assert_int_eq(items[1].transfer, date_of(20230609));
}
END_TEST

/* Bit k: period k closes a year. */
static unsigned year_ends(const weir_deal *deal)
{
	unsigned bits = 0;
	resolve(deal);
	for (int k = 0; k < periods.count; k++)
		bits |= (unsigned)periods.items[k].year_end << k;
	return bits;
}

START_TEST(years_run_from_the_start_date)
{
	ck_assert_uint_eq(year_ends(reference_deal(arena, 1)), 1u << 4 | 1u << 8);
	ck_assert_uint_eq(year_ends(reference_deal(arena, 3)), 1u << 2 | 1u << 4 | 1u << 6);
	ck_assert_uint_eq(year_ends(reference_deal(arena, 5)), 1u << 4);
	ck_assert_uint_eq(year_ends(reference_deal(arena, 7)), 1u << 4 | 1u << 8 | 1u << 12);
	ck_assert_uint_eq(year_ends(reference_deal(arena, 4)), 1u << 1 | 1u << 2);

	/* Seven quarters from 2023-03-20: the second year stays open after 2024-12-20. */
	weir_deal *deal = reference_deal(arena, 1);
	deal->payment.count = 7;
	ck_assert_uint_eq(year_ends(deal), 1u << 4);
	ck_assert_int_eq(periods.items[4].year, 1);
	ck_assert_int_eq(periods.items[5].year, 2);
	ck_assert_int_eq(periods.items[7].year, 2);

	/* Start five days later: 2024-03-20 is still the last payment before 2024-03-25, and after
	 * 2025-03-20 the next one would be 2025-06-20. */
	deal = reference_deal(arena, 1);
	deal->start = date_of(20230325);
	ck_assert_uint_eq(year_ends(deal), 1u << 4 | 1u << 8);

	/* Start a day earlier: the first twelve months end on 2024-03-19, so period 3 (2023-12-20) is
	 * their last. */
	deal->start = date_of(20230319);
	ck_assert_uint_eq(year_ends(deal), 1u << 3 | 1u << 7);
	ck_assert_int_eq(periods.items[8].year, 3);
}
END_TEST

START_TEST(accrual_between_adjusted_dates)
{
	/* Deal 5 pays on Saturday 2023-10-14 (moved to Monday 16) and Sunday 2024-01-14 (to Monday 15):
	 * 2023-10-16 to 2024-01-15 are 91 days, unadjusted 92. */
	weir_deal *deal = reference_deal(arena, 5);
	deal->accrual_adjusted = 1;
	const weir_period *items = resolve(deal);
	ck_assert_int_eq(items[3].accrual_start, date_of(20231016));
	ck_assert_int_eq(items[3].accrual_end - items[3].accrual_start, 91);
	ck_assert_int_eq(items[1].accrual_start, date_of(20230414));
}
END_TEST

START_TEST(dates_beyond_the_calendar_are_provisional)
{
	/* Deal 2's last payments, 2027-03-19 and on, lie beyond the announced holidays of 2026. */
	weir_deal *deal = reference_deal(arena, 2);
	ck_assert_int_eq(weir_calendar_known_until(deal->calendar), date_of(20261231));
	const weir_period *items = resolve(deal);
	ck_assert_int_eq(items[17].payment, date_of(20261219));
	ck_assert_int_eq(items[17].provisional, 0); /* Saturday 2026-12-19 moves to Monday 21 */
	ck_assert_int_eq(items[18].provisional, 1);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_int_eq(diags.items[0].code, WEIR_CODE_CALENDAR_PROVISIONAL);
	ck_assert_int_eq(diags.items[0].severity, WEIR_WARNING);
	/* Friday 2027-03-19, ten weekdays back: Friday 2027-03-05 */
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "2027-03-05"));
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "2026-12-31"));
}
END_TEST

START_TEST(without_a_calendar_offsets_count_days)
{
	weir_deal *deal = reference_deal(arena, 5);
	deal->calendar = deal->payment.calendar = NULL;
	deal->payment.roll = WEIR_ROLL_NONE;
	const weir_period *items = resolve(deal);
	ck_assert_int_eq(items[2].adjusted, date_of(20231014));
	ck_assert_int_eq(items[2].calculation, date_of(20231004));
	ck_assert_uint_eq(diags.count, 0);
}
END_TEST

START_TEST(dates_out_of_order)
{
	weir_deal *deal = reference_deal(arena, 1);
	deal->start = date_of(20230620);
	deal->closing = date_of(20230705);
	deal->legal_final = date_of(20250319);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 3);
	ck_assert_int_eq(periods.count, 0);
	ck_assert_ptr_nonnull(strstr(diags.items[0].text, "start date \"2023-06-20\""));
	ck_assert_ptr_nonnull(strstr(diags.items[1].text, "closing \"2023-07-05\""));
	ck_assert_ptr_nonnull(strstr(diags.items[2].text, "\"2025-03-20\" is after the legal final date"));
}
END_TEST

START_TEST(no_dates_and_shared_dates)
{
	weir_deal *deal = reference_deal(arena, 1);
	deal->payment.count = 0;
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(complaint(WEIR_CODE_SCHEDULE));
	/* daily payments: Saturday and Sunday both move to Monday and have one calculation date */
	deal->payment.first = date_of(20230623);
	deal->payment.step = 1;
	deal->payment.unit = WEIR_STEP_DAYS;
	deal->payment.count = 5;
	weir_diags_free(&diags);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(complaint(WEIR_CODE_SCHEDULE));
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_SCHEDULE)->text, "no calculation date of its own"));
	/* an offset that leaves the years weir knows */
	weir_diags_free(&diags);
	deal = reference_deal(arena, 1);
	deal->calculation_offset_days = -100000;
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_SCHEDULE)->text, "outside the years"));
}
END_TEST

/* --- behind the regular payments ------------------------------------------------------------------------ */

static void add_tail(weir_deal *deal, int step, weir_step_unit unit, int until)
{
	deal->has_tail = 1;
	deal->tail = (weir_schedule_terms){ .first = WEIR_DATE_NONE, .last = date_of(until), .step = step, .unit = unit,
		                            .roll = deal->payment.roll, .calendar = deal->payment.calendar };
}

static void expect_payments(const int *dates, int count)
{
	ck_assert_int_eq(periods.count, count + 1);
	for (int k = 1; k <= count; k++)
		ck_assert_int_eq(periods.items[k].payment, date_of(dates[k - 1]));
}

/* Deal 1 pays eight times, the last on 2025-03-20. Two quarters more: Friday 2025-06-20, and Saturday 2025-09-20, which
 * moves to Monday 22. Ten working days back from them: 19 18 17 16 13 12 11 10 9 6 June, and 19 18 17 16 15 12 11 10
 * 9 8 September. Both quarters have 92 days and lie in the third year from 2023-03-20, which neither completes. */
START_TEST(a_tail_goes_on_where_the_payments_end)
{
	weir_deal *deal = reference_deal(arena, 1);
	add_tail(deal, 3, WEIR_STEP_MONTHS, 20251001);
	const weir_period *items = resolve(deal);
	ck_assert_int_eq(periods.count, 11);
	ck_assert_int_eq(periods.regular_count, 9);
	ck_assert_int_eq(periods.first, 1);
	ck_assert_int_eq(items[9].payment, date_of(20250620));
	ck_assert_int_eq(items[9].calculation, date_of(20250606));
	ck_assert_int_eq(items[10].payment, date_of(20250920));
	ck_assert_int_eq(items[10].adjusted, date_of(20250922));
	ck_assert_int_eq(items[10].calculation, date_of(20250908));
	for (int k = 9; k <= 10; k++) {
		ck_assert_int_eq(items[k].number, k);
		ck_assert_int_eq(items[k].accrual_start, items[k - 1].accrual_end);
		ck_assert_int_eq(items[k].accrual_end - items[k].accrual_start, 92);
		ck_assert(items[k].tail && items[k].year == 3 && !items[k].year_end);
	}
	ck_assert(!items[8].tail && items[8].year_end);
	/* two more: the fourth quarter, 2026-03-20, completes the year */
	deal->tail.last = date_of(20260320);
	ck_assert_uint_eq(year_ends(deal), 1u << 4 | 1u << 8 | 1u << 12);
}
END_TEST

START_TEST(regular_periods_do_not_change_with_a_tail)
{
	for (int number = 1; number <= 8; number++) {
		weir_deal *deal = reference_deal(arena, number);
		resolve(deal);
		weir_periods plain = periods;
		add_tail(deal, 1, WEIR_STEP_YEARS, 20350101);
		deal->legal_final = date_of(20350101);
		resolve(deal);
		ck_assert_int_gt(periods.count, plain.count);
		ck_assert_int_eq(periods.regular_count, plain.count);
		for (int k = 0; k < plain.count; k++)
			ck_assert_int_eq(memcmp(&periods.items[k], &plain.items[k], sizeof *plain.items), 0);
	}
}
END_TEST

/* Monthly from 31 January 2024, twice: 31 January and 29 February. The rhythm goes on from the 31st; steps of another
 * length count from 29 February; a first date of its own counts from there. */
START_TEST(a_tail_keeps_the_rhythm)
{
	weir_deal *deal = reference_deal(arena, 1);
	deal->calendar = deal->payment.calendar = NULL;
	deal->payment.roll = WEIR_ROLL_NONE;
	deal->payment.first = date_of(20240131);
	deal->payment.step = 1;
	deal->payment.count = 2;
	deal->legal_final = date_of(20250131);
	add_tail(deal, 1, WEIR_STEP_MONTHS, 20240531);
	resolve(deal);
	expect_payments((const int[]){ 20240131, 20240229, 20240331, 20240430, 20240531 }, 5);
	add_tail(deal, 2, WEIR_STEP_MONTHS, 20240627);
	resolve(deal);
	expect_payments((const int[]){ 20240131, 20240229, 20240429 }, 3);
	add_tail(deal, 1, WEIR_STEP_MONTHS, 20240514);
	deal->tail.first = date_of(20240315);
	resolve(deal);
	expect_payments((const int[]){ 20240131, 20240229, 20240315, 20240415 }, 4);
}
END_TEST

START_TEST(tails_that_do_not_fit)
{
	weir_deal *deal = reference_deal(arena, 1);
	add_tail(deal, 3, WEIR_STEP_MONTHS, 20250619); /* a day short of its first date */
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_SCHEDULE)->text, "no payment dates behind"));
	weir_diags_free(&diags);
	add_tail(deal, 3, WEIR_STEP_MONTHS, 20250620);
	deal->legal_final = date_of(20250619);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 1);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_DATE_ORDER)->text, "tail \"2025-06-20\" is after the legal"));
	weir_diags_free(&diags);
	deal->legal_final = date_of(20250620);
	resolve(deal);
	deal->tail.first = date_of(20250320);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_DATE_ORDER)->text, "begins on \"2025-03-20\""));
}
END_TEST

START_TEST(a_mid_life_start_runs_what_is_left)
{
	weir_deal *deal = reference_deal(arena, 1);
	deal->opening = date_of(20231220); /* the third payment */
	const weir_period *items = resolve(deal);
	ck_assert_int_eq(periods.count, 9);
	ck_assert_int_eq(periods.first, 4);
	ck_assert_int_eq(items[4].number, 4); /* numbers stay the whole deal's */
	ck_assert_int_eq(items[4].accrual_start, date_of(20231220));
	/* the last regular payment, with a tail behind it */
	deal->opening = date_of(20250320);
	add_tail(deal, 3, WEIR_STEP_MONTHS, 20250620);
	resolve(deal);
	ck_assert_int_eq(periods.first, 9);
	/* a payment that moves is named by its date before it moves: Saturday 2023-10-14, the second of deal 5 */
	deal = reference_deal(arena, 5);
	deal->opening = date_of(20231014);
	resolve(deal);
	ck_assert_int_eq(periods.first, 3);
	deal->opening = date_of(20231016);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_SCHEDULE)->text, "the one before it is \"2023-10-14\""));
	weir_diags_free(&diags);
	deal->opening = deal->closing;
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_SCHEDULE)->text, "the first is \"2023-07-14\""));
	weir_diags_free(&diags);
	deal->opening = date_of(20240414); /* the last */
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(complaint(WEIR_CODE_SCHEDULE)->text, "nothing is left to run"));
}
END_TEST

START_TEST(memory_may_run_out)
{
	weir_deal *deal = reference_deal(arena, 1);
	weir_arena *own = NULL;
	int failed = 0;
	add_tail(deal, 1, WEIR_STEP_DAYS, 20261001);
	deal->calculation_offset_days = 0;
	deal->legal_final = date_of(20261001);
	deal->payment.roll = deal->tail.roll = WEIR_ROLL_NONE;
	deal->calendar = deal->payment.calendar = deal->tail.calendar = NULL;
	for (long n = 1;; n++) {
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_deal_periods(&periods, own, deal, &diags);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		own = NULL;
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_ge(failed, 1);
}
END_TEST

Suite *weir_suite_deal_periods(void)
{
	Suite *suite = suite_create("deal_periods");
	TCase *tests = tcase_create("periods");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, dates_of_the_reference_deals);
	tcase_add_test(tests, the_closing_is_period_0);
	tcase_add_test(tests, years_run_from_the_start_date);
	tcase_add_test(tests, accrual_between_adjusted_dates);
	tcase_add_test(tests, dates_beyond_the_calendar_are_provisional);
	tcase_add_test(tests, without_a_calendar_offsets_count_days);
	tcase_add_test(tests, dates_out_of_order);
	tcase_add_test(tests, no_dates_and_shared_dates);
	tcase_add_test(tests, a_tail_goes_on_where_the_payments_end);
	tcase_add_test(tests, regular_periods_do_not_change_with_a_tail);
	tcase_add_test(tests, a_tail_keeps_the_rhythm);
	tcase_add_test(tests, tails_that_do_not_fit);
	tcase_add_test(tests, a_mid_life_start_runs_what_is_left);
	tcase_add_test(tests, memory_may_run_out);
	suite_add_tcase(suite, tests);
	return suite;
}
