/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taxes and fees in their order (INPUTS.md "Taxes and fees"; weir_fee in deal/deal.h), each charge rounded
 * once. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ref/twin_int.h"

static int is_raised(const twin *t, const weir_fee *fee)
{
	return t->now->fees[fee - t->deal->fees].raised;
}

static num rate_of(const twin *t, const weir_fee *fee)
{
	if (is_raised(t, fee) && !isnan(fee->raised_rate))
		return twin_parameter(t, fee->node.id, "raised_rate", fee->raised_rate);
	return twin_parameter(t, fee->node.id, "rate", fee->rate);
}

/* base x rate, with the tax inside the base taken out, and as a part of the year where the rate is annual. */
static int64_t on_base(twin *t, const weir_fee *fee)
{
	const twin_period *p = &t->periods[t->period];
	num rate = rate_of(t, fee), amount = num_multiply(twin_value(t, &fee->base), rate);
	if (fee->gross_included)
		amount = num_divide(amount, num_add(num_whole(1), rate));
	if (fee->has_day_count)
		amount = num_multiply(amount, twin_fraction(t, fee->day_count, p->accrual_start,
		                                            p->accrual_end, t->period, WEIR_DATE_NONE));
	return num_round(amount);
}

static int64_t amount_of(twin *t, const weir_fee *fee)
{
	num set = twin_set_value(t, fee->node.id, "amount");
	if (is_raised(t, fee) && !isnan(fee->raised_amount_cents))
		return num_round(twin_parameter(t, fee->node.id, "raised_amount", fee->raised_amount_cents));
	if (set)
		return num_round(set);
	if (fee->amount.text)
		return twin_cents(t, &fee->amount);
	return isnan(fee->amount_cents) ? on_base(t, fee) : num_round(num_decimal(fee->amount_cents));
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* At most the cap each time and what is left of the year's cap; never negative. */
static int64_t capped(twin *t, int number, int64_t charge)
{
	const weir_fee *fee = &t->deal->fees[number];
	if (fee->cap.text)
		charge = least(charge, twin_cents(t, &fee->cap));
	if (!isnan(fee->cap_yearly_cents))
		charge = least(charge, num_round(num_decimal(fee->cap_yearly_cents)) -
		                               t->now->fees[number].charged_in_year);
	return charge > 0 ? charge : 0;
}

/* Whether the fee falls due in this period. */
static int falls_due(const twin *t, const weir_fee *fee)
{
	if (fee->frequency == WEIR_FEE_ONCE)
		return t->period == fee->once_period;
	return fee->frequency == WEIR_FEE_EVERY_PERIOD || t->periods[t->period].year_end;
}

/* The charge before caps. base x rate accrues in every period, rounded, until it falls due; an amount is
 * charged when it falls due. */
static int64_t uncapped(twin *t, int number)
{
	const weir_fee *fee = &t->deal->fees[number];
	twin_fee *now = &t->now->fees[number];
	int due = falls_due(t, fee);
	if (!fee->base.text)
		return due ? amount_of(t, fee) : 0;
	now->accrued += amount_of(t, fee);
	int64_t charge = due ? now->accrued : 0;
	now->accrued -= charge;
	return charge;
}

static void enter(const weir_fee *fee, twin_fee *now, int64_t charge)
{
	now->charge = charge;
	now->due = charge + (fee->carried ? now->unpaid : 0);
	now->paid = 0;
}

num twin_surcharge_rate(const twin *t, const weir_fee *fee)
{
	num set = twin_set_value(t, fee->node.id, "surcharge.rate");
	return set && fee->surcharge_rate != 0 ? set : num_decimal(fee->surcharge_rate);
}

/* A charge and its surcharge become due. */
static void charge_fee(twin *t, int number, int64_t charge)
{
	const weir_fee *fee = &t->deal->fees[number];
	num surcharge = num_multiply(num_whole(charge), twin_surcharge_rate(t, fee));
	enter(fee, &t->now->fees[number], charge);
	t->now->fees[number].charged_in_year += charge;
	enter(fee, &t->now->surcharges[number], num_round(surcharge));
}

void twin_accrue_fees(twin *t)
{
	for (int f = 0; f < t->deal->fee_count; f++) {
		const weir_fee *fee = &t->deal->fees[f];
		if (t->period == 1 || t->periods[t->period].year != t->periods[t->period - 1].year)
			t->now->fees[f].charged_in_year = 0;
		t->now->fees[f].raised = fee->raised_when.text && twin_holds(t, &fee->raised_when);
		if (fee->solve_paid || twin_is_wound_up(t))
			charge_fee(t, f, 0);
		else
			charge_fee(t, f, capped(t, f, uncapped(t, f)));
	}
}

/* Whether a fee of so many cents is enough: the waterfall is run with it, and the fee on what is then paid is
 * not more. The period is put back as it was. */
static int is_enough(twin *t, int number, int64_t cents)
{
	twin_row *before = twin_make_rows(t, 1);
	size_t mark = num_mark();
	twin_copy_row(t, before, t->now);
	charge_fee(t, number, cents);
	twin_pay_out(t);
	int64_t wanted = on_base(t, &t->deal->fees[number]);
	twin_copy_row(t, t->now, before);
	wanted = capped(t, number, wanted);
	num_release(mark);
	free(before);
	return cents >= wanted;
}

/* The least fee, in whole cents, that is not below the fee on what is then paid: by bisection, since a larger
 * fee leaves less to pay. */
static int64_t least_fee(twin *t, int number)
{
	int64_t below = -1, enough = 1;
	while (!is_enough(t, number, enough)) {
		below = enough;
		enough *= 2;
	}
	while (enough - below > 1) {
		int64_t middle = below + (enough - below) / 2;
		if (is_enough(t, number, middle))
			enough = middle;
		else
			below = middle;
	}
	return enough;
}

/* Fees on what is paid, once everything else is known. */
void twin_solve_fees(twin *t)
{
	for (int f = 0; f < t->deal->fee_count; f++)
		if (t->deal->fees[f].solve_paid && !twin_is_wound_up(t)) {
			int64_t unpaid = t->now->fees[f].unpaid;
			int64_t fee = least_fee(t, f);
			t->now->fees[f].unpaid = unpaid;
			charge_fee(t, f, fee);
		}
}
