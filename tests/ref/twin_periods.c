/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payment periods (INPUTS.md, conventions): payment dates step from the first one and are clipped to the
 * month's end; they bound accrual as written, cash moves on the next business day, and calculation goes back
 * from that day. */
#include "ref/twin_int.h"

static int months_of(const weir_schedule_terms *terms)
{
	return terms->unit == WEIR_STEP_MONTHS  ? terms->step
	       : terms->unit == WEIR_STEP_YEARS ? 12 * terms->step
	                                        : 0;
}

/* A first date on a month's end keeps every date there, where the deal says so. */
static int ends_months(const weir_schedule_terms *terms)
{
	return terms->end_of_month && terms->first == weir_date_month_end(terms->first);
}

/* Payment date k = 1, 2 ..., unadjusted; also beyond the last. */
static weir_date payment_date(const weir_schedule_terms *terms, int k)
{
	int months = months_of(terms);
	if (months == 0)
		return terms->first + (k - 1) * terms->step * (terms->unit == WEIR_STEP_WEEKS ? 7 : 1);
	weir_date date = weir_date_add_months(terms->first, (k - 1) * months);
	if (ends_months(terms))
		date = weir_date_month_end(date);
	return date;
}

static int payment_count(const weir_schedule_terms *terms)
{
	int count = 0;
	while ((terms->count == 0 || count < terms->count) &&
	       (terms->last == WEIR_DATE_NONE || payment_date(terms, count + 1) <= terms->last))
		count++;
	return count;
}

/* So many business days from a date; days where the deal has no calendar. */
static weir_date business_days_from(const weir_deal *deal, weir_date date, int days)
{
	return deal->calendar ? weir_calendar_add_business_days(deal->calendar, date, days) : date + days;
}

/* The first y for which the date is not after start + 12 y months. */
static int year_of(const weir_deal *deal, weir_date payment)
{
	int year = 1;
	while (payment > weir_date_add_months(deal->start, 12 * year))
		year++;
	return year;
}

/* Payment date n from 1 of the tail. Unless the deal gives the first, the dates go on from the regular ones:
 * in their rhythm where the steps are the same, so that a short month shifts none behind it. */
static weir_date tail_date(const twin *t, int n)
{
	const weir_schedule_terms *regular = &t->deal->payment;
	weir_schedule_terms tail = t->deal->tail;
	int last = t->regular_count - 1;
	if (tail.first != WEIR_DATE_NONE)
		return payment_date(&tail, n);
	if (tail.step == regular->step && tail.unit == regular->unit)
		return payment_date(regular, last + n);
	tail.first = payment_date(regular, last);
	return payment_date(&tail, n + 1);
}

/* Payment date k, regular or in the tail; also one behind the last. */
static weir_date date_of(const twin *t, int k)
{
	if (k < t->regular_count || !t->deal->has_tail)
		return payment_date(&t->deal->payment, k);
	return tail_date(t, k - t->regular_count + 1);
}

/* The last payment of 12 months from the start date. The last regular one keeps what it is without a tail,
 * and no payment of the tail ends the same year again. */
static int ends_year(const twin *t, int k)
{
	const weir_deal *deal = t->deal;
	weir_date next = k + 1 == t->regular_count ? payment_date(&deal->payment, k + 1) : date_of(t, k + 1);
	int ended = 0;
	for (int j = 1; t->periods[k].tail && j < t->regular_count; j++)
		ended |= t->periods[j].year_end && t->periods[j].year == t->periods[k].year;
	return !ended && year_of(deal, next) > t->periods[k].year;
}

static void make_period(const twin *t, int k)
{
	const weir_deal *deal = t->deal;
	const weir_schedule_terms *terms = &deal->payment;
	twin_period *p = &t->periods[k];
	p->payment = date_of(t, k);
	p->tail = k >= t->regular_count;
	p->adjusted = p->payment;
	if (terms->calendar && terms->roll != WEIR_ROLL_NONE)
		p->adjusted = weir_calendar_adjust(terms->calendar, p->payment, terms->roll);
	p->calculation = business_days_from(deal, p->adjusted, deal->calculation_offset_days);
	p->transfer = WEIR_DATE_NONE;
	if (deal->has_transfer)
		p->transfer = business_days_from(deal, p->adjusted, deal->transfer_offset_days);
	p->accrual_start = k == 1 ? deal->start : t->periods[k - 1].accrual_end;
	p->accrual_end = deal->accrual_adjusted ? p->adjusted : p->payment;
	p->year = year_of(deal, p->payment);
	p->year_end = ends_year(t, k);
}

weir_status twin_make_periods(twin *t)
{
	t->period_count = t->regular_count = 1 + payment_count(&t->deal->payment);
	while (t->deal->has_tail &&
	       tail_date(t, t->period_count - t->regular_count + 1) <= t->deal->tail.last)
		t->period_count++;
	t->periods = weir_arena_array(t->arena, (size_t)t->period_count, sizeof *t->periods);
	if (!t->periods)
		return WEIR_NO_MEMORY;
	for (int k = 1; k < t->period_count; k++)
		make_period(t, k);
	return WEIR_OK;
}

/* The fraction of a year of [start, end). ACT/ACT ICMA takes the payment period as its regular period (in the
 * tail one of the regular length that ends with the payment);
 * 30E/360 ISDA wants the maturity (none: the deal's last date). */
num twin_fraction(const twin *t, weir_day_count rule, weir_date start, weir_date end, int period,
                  weir_date maturity)
{
	const weir_schedule_terms *terms = &t->deal->payment;
	int months = months_of(terms);
	if (maturity == WEIR_DATE_NONE)
		maturity = t->periods[t->period_count - 1].accrual_end;
	weir_day_count_terms more = { .maturity = maturity,
		                      .calendar = t->deal->calendar,
		                      .end_of_month = ends_months(terms) };
	if (months > 0) {
		more.periods_per_year = 12 / months;
		more.period_start = date_of(t, period - 1);
		more.period_end = date_of(t, period);
	}
	weir_year_fraction f = weir_day_count_fraction(rule, start, end, &more);
	return num_ratio(f.numerator, f.denominator);
}
