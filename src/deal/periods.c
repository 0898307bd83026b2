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

/* Every payment date, the tail's behind the regular ones. */
typedef struct payment_dates {
	weir_date *unadjusted, *adjusted; /* [count] */
	int count, regular_count;
	weir_date after_regular, after_all; /* the date that would follow the last regular one, and the last of all */
} payment_dates;

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
static weir_period payment_period(const weir_deal *deal, const payment_dates *dates, int k, weir_date next)
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
	period.tail = k > dates->regular_count;
	period.provisional = first_unknown(deal, &period) != WEIR_DATE_NONE;
	return period;
}

/* Complaints that need the resolved dates. */
static void check_order(const weir_deal *deal, const weir_periods *periods, weir_diags *diags)
{
	char a[11], b[11];
	const weir_period *first = &periods->items[1], *last = &periods->items[periods->regular_count - 1];
	const weir_period *end = &periods->items[periods->count - 1];
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
	else if (deal->legal_final != WEIR_DATE_NONE && deal->legal_final > deal->closing &&
	         end->payment > deal->legal_final)
		weir_diag_error(diags, DATE_ORDER, deal->tail_place,
		                "the last payment of the tail \"%s\" is after the legal final date \"%s\"; end the "
		                "tail earlier or move the legal final date", weir_date_format(end->payment, a),
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
	                  "%1$s及以后的日期暂按周末判断工作日：日历%2$s的节假日数据仅至%3$s，待公布后更新日历",
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

static int same_step(const weir_schedule_terms *a, const weir_schedule_terms *b)
{
	return a->step == b->step && a->unit == b->unit;
}

/* The tail's dates: from its first date on; else steps on from the regular dates, the regular rhythm going on where the
 * steps are equal, so that a short month does not shift the days behind it. *skip of them are not the tail's. */
static weir_status tail_schedule(weir_schedule *out, int *skip, weir_arena *arena, const weir_deal *deal,
                                 weir_date last)
{
	weir_schedule_terms terms = deal->tail;
	terms.count = 0;
	*skip = 0;
	if (terms.first == WEIR_DATE_NONE)
		terms.first = same_step(&deal->tail, &deal->payment) ? deal->payment.first : last;
	weir_status status = weir_schedule_create(out, arena, &terms);
	while (status == WEIR_OK && *skip < out->count && out->unadjusted[*skip] <= last)
		++*skip;
	return status;
}

/* Why there are no dates, or which are out of order; 0 when there is nothing to say. */
static int complain_about_tail(const weir_deal *deal, weir_status status, int count, weir_date last, weir_diags *diags)
{
	char a[11], b[11];
	if (deal->tail.first != WEIR_DATE_NONE && deal->tail.first <= last)
		weir_diag_error(
			diags, DATE_ORDER, deal->tail_place,
			"the tail begins on \"%s\", not after the last regular payment \"%s\"; correct one of them",
			weir_date_format(deal->tail.first, a), weir_date_format(last, b));
	else if (status == WEIR_INPUT || count <= 0)
		weir_diag_error(
			diags, SCHEDULE, deal->tail_place,
			"the tail has no payment dates behind the last regular one \"%s\"; move its until, or use "
			"smaller steps",
			weir_date_format(last, a));
	else
		return 0;
	return 1;
}

/* The date that follows the last of the tail. */
static weir_date date_after_tail(const weir_deal *deal, const weir_schedule *dates)
{
	weir_schedule_terms terms = deal->tail;
	terms.first = dates->unadjusted[0];
	return date_after_last(&terms, dates->count);
}

/* Adds the tail's dates; without a tail there are the regular ones. */
static weir_status add_tail(payment_dates *all, weir_arena *arena, const weir_deal *deal, const weir_schedule *regular,
                            weir_diags *diags)
{
	weir_schedule tail = { 0 };
	weir_date last = regular->unadjusted[regular->count - 1];
	int skip = 0;
	*all = (payment_dates){ .count = regular->count, .regular_count = regular->count };
	all->after_regular = all->after_all = date_after_last(&deal->payment, regular->count);
	if (deal->has_tail && deal->tail.step > 0 && deal->tail.last != WEIR_DATE_NONE) { /* else complained about */
		weir_status status = tail_schedule(&tail, &skip, arena, deal, last);
		if (status == WEIR_NO_MEMORY)
			return status;
		if (complain_about_tail(deal, status, tail.count - skip, last, diags))
			return WEIR_INPUT;
		all->count += tail.count - skip;
		all->after_all = date_after_tail(deal, &tail);
	}
	all->unadjusted = weir_arena_array(arena, (size_t)all->count, sizeof *all->unadjusted);
	all->adjusted = weir_arena_array(arena, (size_t)all->count, sizeof *all->adjusted);
	if (!all->unadjusted || !all->adjusted)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < all->count; i++) {
		const weir_schedule *from = i < regular->count ? regular : &tail;
		int at = i < regular->count ? i : i - regular->count + skip;
		all->unadjusted[i] = from->unadjusted[at];
		all->adjusted[i] = from->adjusted[at];
	}
	return WEIR_OK;
}

/* A mid-life start runs the periods behind the one whose payment date it names. */
static void find_first(weir_periods *periods, const weir_deal *deal, weir_diags *diags)
{
	char date[11], nearest[11];
	int k = 1;
	if (deal->opening == WEIR_DATE_NONE)
		return;
	while (k < periods->count && periods->items[k].payment < deal->opening)
		k++;
	if (k < periods->count && periods->items[k].payment == deal->opening && k < periods->count - 1)
		periods->first = k + 1;
	else if (k == periods->count - 1 && periods->items[k].payment == deal->opening)
		weir_diag_error(
			diags, SCHEDULE, deal->opening_place,
			"nothing is left to run after the opening \"%s\", the last payment date; open at an earlier "
			"one",
			weir_date_format(deal->opening, date));
	else
		weir_diag_error(
			diags, SCHEDULE, deal->opening_place,
			"the opening \"%s\" is no payment date; the %s is \"%s\", before it moves to a business day",
			weir_date_format(deal->opening, date), k > 1 ? "one before it" : "first",
			weir_date_format(periods->items[k > 1 ? k - 1 : 1].payment, nearest));
}

static void fill_periods(weir_periods *periods, const weir_deal *deal, const payment_dates *dates)
{
	periods->items[0] = closing_period(deal);
	for (int k = 1; k < periods->count; k++) {
		weir_date next = k == dates->count ? dates->after_all : dates->unadjusted[k];
		if (k == dates->regular_count)
			next = dates->after_regular; /* as without a tail */
		periods->items[k] = payment_period(deal, dates, k, next);
		for (int j = dates->regular_count; periods->items[k].tail && j < k; j++) /* a year ends once */
			if (periods->items[j].year == periods->items[k].year && periods->items[j].year_end)
				periods->items[k].year_end = 0;
	}
}

weir_status weir_deal_periods(weir_periods *out, weir_arena *arena, const weir_deal *deal, weir_diags *diags)
{
	weir_schedule regular;
	payment_dates dates;
	weir_status status = weir_schedule_create(&regular, arena, &deal->payment);
	if (status == WEIR_OK && is_incomplete(deal) && diags->errors)
		return WEIR_INPUT;
	if (status == WEIR_INPUT && !(is_incomplete(deal) && diags->errors))
		weir_diag_error(diags, SCHEDULE, deal->payment_place,
		                "these terms make no payment dates; give a first date, a step of at least 1 "
		                "and either a count or a last date, for at most 10,000 dates");
	if (status == WEIR_OK)
		status = add_tail(&dates, arena, deal, &regular, diags);
	if (status != WEIR_OK)
		return status;
	weir_periods periods = { .count = dates.count + 1, .regular_count = dates.regular_count + 1, .first = 1 };
	periods.items = weir_arena_array(arena, (size_t)periods.count, sizeof *periods.items);
	if (!periods.items)
		return WEIR_NO_MEMORY;
	size_t errors = diags->errors;
	fill_periods(&periods, deal, &dates);
	check_order(deal, &periods, diags);
	find_first(&periods, deal, diags);
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
	*out = (weir_periods){ .items = items, .count = 2, .regular_count = 2, .first = 1, .stand_in = 1 };
	return WEIR_OK;
}
