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

static void make_period(const twin *t, int k)
{
	const weir_deal *deal = t->deal;
	const weir_schedule_terms *terms = &deal->payment;
	twin_period *p = &t->periods[k];
	p->payment = payment_date(terms, k);
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
	p->year_end = year_of(deal, payment_date(terms, k + 1)) > p->year;
}

weir_status twin_make_periods(twin *t)
{
	t->period_count = 1 + payment_count(&t->deal->payment);
	t->periods = weir_arena_array(t->arena, (size_t)t->period_count, sizeof *t->periods);
	if (!t->periods)
		return WEIR_NO_MEMORY;
	for (int k = 1; k < t->period_count; k++)
		make_period(t, k);
	return WEIR_OK;
}

/* The fraction of a year of [start, end). ACT/ACT ICMA takes the payment period as its regular period;
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
		more.period_start = payment_date(terms, period - 1);
		more.period_end = payment_date(terms, period);
	}
	weir_year_fraction f = weir_day_count_fraction(rule, start, end, &more);
	return num_ratio(f.numerator, f.denominator);
}
