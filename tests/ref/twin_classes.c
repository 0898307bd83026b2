/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What classes are due in a period (INPUTS.md "Interest", "Principal styles"; the styles of deal/deal.h). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ref/twin_int.h"

/* Target shares: pool principal due after the calculation date over all of it, rounded to the class's digits;
 * the last is 0 (INPUTS.md, EX1). */
static num share_left(const twin *t, int period, int digits)
{
	int64_t left = 0;
	if (t->pool_principal == 0 || period + 1 >= t->regular_count)
		return num_whole(0);
	for (int i = 0; i < t->receipt_count; i++)
		if (t->receipts[i].due > t->periods[period].calculation)
			left += t->receipts[i].principal;
	return num_round_to(num_ratio(left, t->pool_principal), digits);
}

static const weir_schedule_row *row_for(const twin *t, const weir_class *class, int period)
{
	for (int i = 0; i < class->row_count; i++) {
		const weir_schedule_row *row = &class->rows[i];
		if (row->period ? row->period == period : row->date == t->periods[period].payment)
			return row;
	}
	return NULL;
}

/* A row's share of the size; an amount is its part of the size that the deal says. */
static num share_of_row(const weir_class *class, const weir_schedule_row *row)
{
	return isnan(row->share) ? num_divide(num_decimal(row->amount_cents), num_decimal(class->size_cents))
	                         : num_decimal(row->share);
}

/* The schedule of one class: target balances (a period without a row keeps the last one's), or planned
 * amounts. */
static void make_targets(twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	num size = num_whole(twin_size(t, number));
	int64_t last = class->style == WEIR_STYLE_TARGET ? num_round(size) : 0;
	for (int k = 1; k < t->period_count; k++) {
		const weir_schedule_row *row = row_for(t, class, k);
		if (class->target_follows_pool)
			last = num_round(num_multiply(share_left(t, k, class->share_digits), size));
		else if (row)
			last = num_round(num_multiply(share_of_row(class, row), size));
		else if (class->style == WEIR_STYLE_PLANNED)
			last = 0;
		t->targets[number][k] = last;
	}
}

/* What a class brings at the closing, and counts from: as the deal says, or as a scenario sets it. In the
 * middle of its life a deal's sizes are history. */
int64_t twin_size(const twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	if (t->opening)
		return num_round(num_decimal(class->size_cents));
	return num_round(twin_parameter(t, class->node.id, "size", class->size_cents));
}

weir_status twin_make_targets(twin *t)
{
	int classes = t->deal->class_count;
	t->targets = weir_arena_array(t->arena, (size_t)classes + 1, sizeof *t->targets);
	if (!t->targets)
		return WEIR_NO_MEMORY;
	for (int c = 0; c < classes; c++) {
		weir_class_style style = t->deal->classes[c].style;
		if (style != WEIR_STYLE_TARGET && style != WEIR_STYLE_PLANNED)
			continue;
		t->targets[c] = weir_arena_array(t->arena, (size_t)t->period_count, sizeof **t->targets);
		if (!t->targets[c])
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* Period 0 keeps the size that they were made for. */
void twin_open_targets(twin *t)
{
	for (int c = 0; c < t->deal->class_count; c++)
		if (t->targets[c] && t->targets[c][0] != twin_size(t, c) + 1) {
			t->targets[c][0] = twin_size(t, c) + 1; /* above the 0 of fresh memory */
			make_targets(t, c);
		}
}

/* What a period's accrual added to the coupon while a condition held. */
num twin_raise(const twin *t, int number, int period)
{
	size_t at = (size_t)number * (size_t)t->period_count + (size_t)period;
	return num_decimal(t->raised && t->raised[at] ? t->deal->classes[number].raise_add : 0);
}

/* What scenarios add to a class's coupon; nothing while actuals tell what happened, unless all its interest is due later, with
 * its principal. */
static num coupon_shift(const twin *t, int number, int period)
{
	const weir_class *class = &t->deal->classes[number];
	num shift = twin_parameter(t, class->node.id, "coupon_shift", 0);
	int is_told = (period <= t->actual_last || t->period <= t->actual_last) &&
	              class->interest != WEIR_INTEREST_WITH_PRINCIPAL;
	for (int i = 0; t->scenario && !is_told && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		int mine = s->scope == WEIR_SCOPE_ALL ||
		           (s->scope == WEIR_SCOPE_SENIOR && !class->subordinated) ||
		           (s->scope == WEIR_SCOPE_CLASS && strcmp(s->target, class->node.id) == 0);
		if (s->kind == WEIR_SHOCK_COUPON && mine)
			shift = num_add(shift, num_decimal(s->value));
	}
	return shift;
}

/* The coupon of a period: the class's, or its last step by the start of the accrual period; and the
 * scenario's shift. A class without interest has none. */
num twin_coupon(const twin *t, int number, int period)
{
	const weir_class *class = &t->deal->classes[number];
	num coupon = twin_parameter(t, class->node.id, "coupon", class->coupon_annual);
	weir_date from = WEIR_DATE_NONE;
	if (class->interest == WEIR_INTEREST_NONE)
		return num_whole(0);
	for (int i = 0; period >= 1 && i < class->step_count; i++) {
		const weir_coupon_step *step = &class->steps[i];
		if (step->from <= t->periods[period].accrual_start && step->from >= from) {
			coupon = num_decimal(step->coupon_annual);
			from = step->from;
		}
	}
	return num_add(num_add(coupon, coupon_shift(t, number, period)), twin_raise(t, number, period));
}

static num units_of(const twin *t, int number)
{
	return num_divide(num_whole(twin_size(t, number)), num_decimal(t->deal->classes[number].unit_cents));
}

/* An amount per unit, rounded to the class's digits, times the units; nothing where there is no unit. */
static int64_t per_unit(const twin *t, int number, num amount)
{
	num units = units_of(t, number);
	int decimals = t->deal->classes[number].digits - t->deal->currency_digits; /* of a cent */
	if (num_sign(units) == 0)
		return 0;
	return num_round(num_multiply(num_round_to(num_divide(amount, units), decimals), units));
}

static int64_t rounded(const twin *t, int number, num amount)
{
	int by_unit = t->deal->classes[number].rounding == WEIR_ROUND_UNIT;
	return by_unit ? per_unit(t, number, amount) : num_round(amount);
}

/* Keeps whether the raise's condition holds now, for a period's coupon. */
static void note_raise(twin *t, int number, int period)
{
	const weir_class *class = &t->deal->classes[number];
	if (class->raise_when.text)
		t->raised[(size_t)number * (size_t)t->period_count + (size_t)period] =
			(char)twin_holds(t, &class->raise_when);
}

/* Coupon x fraction of a year, of one period. */
static num rate_of(const twin *t, int number, int period)
{
	const twin_period *p = &t->periods[period];
	weir_day_count rule = t->deal->classes[number].day_count;
	return num_multiply(twin_coupon(t, number, period),
	                    twin_fraction(t, rule, p->accrual_start, p->accrual_end, period,
	                                  t->deal->classes[number].maturity));
}

/* The same from the start date up to the end of the period now. */
static num rate_from_start(const twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	num sum = num_whole(0);
	if (class->step_count == 0 && !class->raise_when.text &&
	    class->day_count != WEIR_ONE_ONE) /* 1/1 counts one for each period */
		return num_multiply(twin_coupon(t, number, t->period),
		                    twin_fraction(t, class->day_count, t->periods[1].accrual_start,
		                                  t->periods[t->period].accrual_end, t->period,
		                                  class->maturity));
	for (int k = 1; k <= t->period; k++)
		sum = num_add(sum, rate_of(t, number, k));
	return sum;
}

/* Interest of one repayment under interest with principal: from the start date, rounded once. */
static int64_t interest_on(const twin *t, int number, int64_t principal)
{
	num amount = num_multiply(num_whole(principal), rate_from_start(t, number));
	return rounded(t, number, amount);
}

void twin_note_repayment(twin *t, int number, int64_t cents)
{
	if (t->deal->classes[number].interest == WEIR_INTEREST_WITH_PRINCIPAL)
		t->now->classes[number].earned_on_repaid += interest_on(t, number, cents);
}

/* The class's balance at evaluation x next coupon x next days; nothing follows the last period. The coupon
 * is raised when the raise's condition holds at evaluation. */
int64_t twin_next_interest(twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	if (t->period + 1 >= t->period_count || class->interest == WEIR_INTEREST_NONE)
		return 0;
	note_raise(t, number, t->period + 1);
	return num_round(
		num_multiply(num_whole(t->now->classes[number].balance), rate_of(t, number, t->period + 1)));
}

static int64_t scheduled_principal(const twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	int64_t balance = t->now->classes[number].balance, due = 0;
	switch (class->style) {
	case WEIR_STYLE_TARGET:
		due = balance - t->targets[number][t->period];
		break;
	case WEIR_STYLE_PLANNED:
		due = t->targets[number][t->period];
		break;
	case WEIR_STYLE_BULLET:
		due = t->periods[t->period].payment >= class->maturity ? balance : 0;
		break;
	default:
		return 0;
	}
	due = due < 0 ? 0 : due > balance ? balance : due;
	if (class->rounding == WEIR_ROUND_UNIT && due < balance) /* the last cents go with the last payment */
		due = per_unit(t, number, num_whole(due));
	return due > balance ? balance : due;
}

static int64_t interest_due(twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	const twin_class *now = &t->now->classes[number];
	if (class->interest == WEIR_INTEREST_NONE)
		return 0;
	if (class->interest == WEIR_INTEREST_WITH_PRINCIPAL) {
		int64_t due = now->earned_on_repaid + interest_on(t, number, now->principal_due) -
		              now->interest_to_date;
		return due > 0 ? due : 0;
	}
	num accrued = num_multiply(num_whole(now->balance), rate_of(t, number, t->period));
	return now->interest_unpaid + rounded(t, number, accrued);
}

static int64_t yield_due(const twin *t, int number)
{
	const weir_class *class = &t->deal->classes[number];
	const twin_class *now = &t->now->classes[number];
	const twin_period *p = &t->periods[t->period];
	num part = twin_fraction(t, class->day_count, p->accrual_start, p->accrual_end, t->period,
	                         class->maturity);
	num rate = twin_parameter(t, class->node.id, "period_yield", class->period_yield_annual);
	num yearly = num_multiply(num_whole(now->balance), rate);
	return num_round(num_multiply(yearly, part)) + (class->period_yield_carried ? now->yield_unpaid : 0);
}

/* What may be paid to a class out of so much cash: where payments are rounded per unit, whole steps of a
 * unit's payment, unless all that is due is there. */
int64_t twin_payable(const twin *t, int number, int64_t cash, int64_t due)
{
	const weir_class *class = &t->deal->classes[number];
	if (cash >= due)
		return due;
	if (class->rounding != WEIR_ROUND_UNIT)
		return cash;
	num units = units_of(t, number);
	if (num_sign(units) == 0)
		return 0;
	num cents = num_divide(num_scaled(1, class->digits), num_scaled(1, t->deal->currency_digits));
	num step = num_multiply(units, cents); /* the last digit of a unit's payment, times the units */
	int64_t steps = num_floor(num_divide(num_whole(cash), step));
	int64_t more = num_round(num_multiply(num_whole(steps + 1), step)); /* may round down to the cash */
	return more <= cash ? more : num_round(num_multiply(num_whole(steps), step));
}

void twin_accrue_classes(twin *t)
{
	for (int c = 0; c < t->deal->class_count; c++) {
		twin_class *now = &t->now->classes[c];
		note_raise(t, c, t->period);
		now->principal_due = scheduled_principal(t, c);
		now->interest_due = interest_due(t, c);
		now->yield_due = yield_due(t, c);
		now->interest_paid = now->principal_paid = now->yield_paid = now->rest_paid = 0;
	}
}
