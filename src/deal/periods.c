/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/deal.h"

#define MONTHS_A_YEAR 12

/* Business days when the deal has a calendar, else plain days. */
static weir_date offset_date(const weir_deal *deal, weir_date date, int days)
{
	if (deal->calendar)
		return weir_calendar_add_business_days(deal->calendar, date, days);
	int64_t moved = (int64_t)date + days;
	return moved < WEIR_DATE_FIRST || moved > WEIR_DATE_LAST ? WEIR_DATE_NONE : (weir_date)moved;
}

/* Which 12 months from the start date a payment date belongs to: the first y with date <= start + 12 y
 * months. */
static int year_of(weir_date start, weir_date date)
{
	int year = 1;
	for (weir_date end; (end = weir_date_add_months(start, year * MONTHS_A_YEAR)) != WEIR_DATE_NONE; year++)
		if (date <= end)
			break;
	return year;
}

/* The regular date behind the last payment: tells whether the last period completes its year. */
static weir_date date_after_last(const weir_schedule_terms *terms, int count)
{
	int64_t steps = (int64_t)count * terms->step;
	if (terms->unit == WEIR_STEP_DAYS || terms->unit == WEIR_STEP_WEEKS) {
		int64_t date = terms->first + steps * (terms->unit == WEIR_STEP_WEEKS ? 7 : 1);
		return date > WEIR_DATE_LAST ? WEIR_DATE_LAST : (weir_date)date;
	}
	int64_t months = steps * (terms->unit == WEIR_STEP_YEARS ? MONTHS_A_YEAR : 1);
	weir_date date = months > INT16_MAX ? WEIR_DATE_NONE : weir_date_add_months(terms->first, (int)months);
	if (date == WEIR_DATE_NONE)
		return WEIR_DATE_LAST;
	int end_of_month = terms->end_of_month && weir_date_month_end(terms->first) == terms->first;
	return end_of_month ? weir_date_month_end(date) : date;
}

static int is_unknown(const weir_calendar *calendar, weir_date date)
{
	return calendar && date != WEIR_DATE_NONE && date > weir_calendar_known_until(calendar);
}

/* The first date of a period that went by its weekday; WEIR_DATE_NONE when the calendars know all of them. */
static weir_date first_unknown(const weir_deal *deal, const weir_period *period)
{
	weir_date dates[] = { period->calculation, period->transfer, period->adjusted };
	const weir_calendar *calendars[] = { deal->calendar, deal->calendar, deal->payment.calendar };
	weir_date first = WEIR_DATE_NONE;
	for (int i = 0; i < 3; i++)
		if (is_unknown(calendars[i], dates[i]) && (first == WEIR_DATE_NONE || dates[i] < first))
			first = dates[i];
	return first;
}

/* The closing. Its year is the first, so that a yearly count does not begin anew with period 1. */
static weir_period closing_period(const weir_deal *deal)
{
	return (weir_period){ .payment = deal->closing,
		              .adjusted = deal->closing,
		              .calculation = deal->closing,
		              .transfer = WEIR_DATE_NONE,
		              .accrual_start = deal->start,
		              .accrual_end = deal->start,
		              .year = 1 };
}

/* Period k >= 1. `next` is the payment date that follows it, a regular one behind the last. */
static weir_period payment_period(const weir_deal *deal, const weir_schedule *dates, int k, weir_date next)
{
	const weir_date *accrual = deal->accrual_adjusted ? dates->adjusted : dates->unadjusted;
	weir_period period = { .number = k,
		               .payment = dates->unadjusted[k - 1],
		               .adjusted = dates->adjusted[k - 1] };
	period.calculation = offset_date(deal, period.adjusted, deal->calculation_offset_days);
	period.transfer = deal->has_transfer ? offset_date(deal, period.adjusted, deal->transfer_offset_days) :
	                                       WEIR_DATE_NONE;
	period.accrual_start = k == 1 ? deal->start : accrual[k - 2];
	period.accrual_end = accrual[k - 1];
	period.year = year_of(deal->start, period.payment);
	period.year_end = year_of(deal->start, next) > period.year;
	period.provisional = first_unknown(deal, &period) != WEIR_DATE_NONE;
	return period;
}

/* Complaints that need the resolved dates. */
static void check_order(const weir_deal *deal, const weir_periods *periods, weir_diags *diags)
{
	char a[11], b[11];
	const weir_period *first = &periods->items[1], *last = &periods->items[periods->count - 1];
	if (first->payment <= deal->start)
		weir_diag_error(diags, DATE_ORDER, deal->payment_place,
		                "the first payment \"%s\" is not after the start date \"%s\"; interest needs "
		                "at least a day: correct one of them", weir_date_format(first->payment, a),
		                weir_date_format(deal->start, b));
	if (first->payment <= deal->closing && deal->closing != deal->start) /* else it is said above */
		weir_diag_error(diags, DATE_ORDER, deal->payment_place,
		                "the first payment \"%s\" is not after the closing \"%s\"; correct one of "
		                "them", weir_date_format(first->payment, a),
		                weir_date_format(deal->closing, b));
	if (deal->legal_final != WEIR_DATE_NONE && deal->legal_final > deal->closing &&
	    last->payment > deal->legal_final)
		weir_diag_error(diags, DATE_ORDER, deal->payment_place,
		                "the last payment \"%s\" is after the legal final date \"%s\"; pay earlier "
		                "or move the legal final date", weir_date_format(last->payment, a),
		                weir_date_format(deal->legal_final, b));
	for (int k = 1; k < periods->count; k++)
		if (periods->items[k].calculation == WEIR_DATE_NONE ||
		    (deal->has_transfer && periods->items[k].transfer == WEIR_DATE_NONE))
			weir_diag_error(diags, SCHEDULE, deal->payment_place,
			                "the calculation or transfer date of payment \"%s\" lies outside the "
			                "years 1900 to 2199; use a smaller offset",
			                weir_date_format(periods->items[k].payment, a));
		else if (k > 1 && periods->items[k].calculation <= periods->items[k - 1].calculation)
			weir_diag_error(diags, SCHEDULE, deal->payment_place,
			                "payment \"%s\" has no calculation date of its own: it would be "
			                "\"%s\" as for the payment before; pay less often",
			                weir_date_format(periods->items[k].payment, a),
			                weir_date_format(periods->items[k].calculation, b));
}

static void warn_provisional(const weir_deal *deal, const weir_periods *periods, weir_diags *diags)
{
	char date[11], known[11];
	weir_date first = WEIR_DATE_NONE;
	for (int k = 1; k < periods->count && first == WEIR_DATE_NONE; k++)
		first = first_unknown(deal, &periods->items[k]);
	if (first == WEIR_DATE_NONE)
		return;
	const weir_calendar *calendar =
	        is_unknown(deal->calendar, first) ? deal->calendar : deal->payment.calendar;
	weir_diag_warning(diags, CALENDAR_PROVISIONAL, deal->payment_place,
	                  "\"%s\" and later dates go by their weekday: calendar \"%s\" knows holidays until "
	                  "\"%s\"; extend the calendar when they are published",
	                  weir_date_format(first, date), weir_calendar_id(calendar),
	                  weir_date_format(weir_calendar_known_until(calendar), known));
}

/* Terms that could not be read: who read them has said so. */
static int is_incomplete(const weir_deal *deal)
{
	const weir_schedule_terms *terms = &deal->payment;
	return deal->closing == WEIR_DATE_NONE || deal->start == WEIR_DATE_NONE ||
	       terms->first == WEIR_DATE_NONE || terms->step <= 0 ||
	       (terms->count == 0 && terms->last == WEIR_DATE_NONE) ||
	       (!terms->calendar && terms->roll != WEIR_ROLL_NONE);
}

weir_status weir_deal_periods(weir_periods *out, weir_arena *arena, const weir_deal *deal, weir_diags *diags)
{
	weir_schedule dates;
	weir_status status = weir_schedule_create(&dates, arena, &deal->payment);
	if (status == WEIR_OK && is_incomplete(deal) && diags->errors)
		return WEIR_INPUT;
	if (status == WEIR_INPUT && !(is_incomplete(deal) && diags->errors))
		weir_diag_error(diags, SCHEDULE, deal->payment_place,
		                "these terms make no payment dates; give a first date, a step of at least 1 "
		                "and either a count or a last date, for at most 10,000 dates");
	if (status != WEIR_OK)
		return status;
	weir_periods periods = { .count = dates.count + 1 };
	periods.items = weir_arena_array(arena, (size_t)periods.count, sizeof *periods.items);
	if (!periods.items)
		return WEIR_NO_MEMORY;
	size_t errors = diags->errors;
	periods.items[0] = closing_period(deal);
	for (int k = 1; k < periods.count; k++) {
		weir_date next = k < dates.count ? dates.unadjusted[k] :
		                                   date_after_last(&deal->payment, dates.count);
		periods.items[k] = payment_period(deal, &dates, k, next);
	}
	check_order(deal, &periods, diags);
	warn_provisional(deal, &periods, diags);
	if (diags->errors > errors)
		return WEIR_INPUT;
	*out = periods;
	return WEIR_OK;
}

weir_status weir_deal_stand_in_periods(weir_periods *out, weir_arena *arena, const weir_deal *deal)
{
	weir_period *items = weir_arena_array(arena, 2, sizeof *items);
	weir_date start = deal->closing == WEIR_DATE_NONE ? weir_date_from_ymd(2000, 1, 1) : deal->closing;
	if (!items)
		return WEIR_NO_MEMORY;
	weir_date end = weir_date_add_months(start, 12);
	items[0] = (weir_period){ .payment = start, .adjusted = start, .calculation = start, .accrual_start = start,
		                  .accrual_end = start, .transfer = WEIR_DATE_NONE, .year = 1 };
	items[1] = (weir_period){ .number = 1, .payment = end, .adjusted = end, .calculation = end,
		                  .accrual_start = start, .accrual_end = end, .transfer = WEIR_DATE_NONE, .year = 1,
		                  .year_end = 1 };
	*out = (weir_periods){ .items = items, .count = 2, .stand_in = 1 };
	return WEIR_OK;
}
