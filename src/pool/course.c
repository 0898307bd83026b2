/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "pool/actuals.h"
#include "pool/course.h"
#include "pool/factor.h"
#include "pool/stress.h"

typedef struct course {
	const weir_pool *pool;
	const weir_periods *periods;
	weir_course_period *rows; /* [periods] of the contract at hand */
} course;

/* Part of a receipt that arrives together. */
typedef struct arrival {
	double principal, prepaid, income;
	weir_date date;
} arrival;

static weir_overdue_age age_of(weir_date days)
{
	return days <= 30   ? WEIR_OVERDUE_30
	       : days <= 60 ? WEIR_OVERDUE_60
	       : days <= 90 ? WEIR_OVERDUE_90
	                    : WEIR_OVERDUE_MORE;
}

/* Due in `from`, not there before period `to` (which may be none): overdue at the ends of the periods between. */
static void book_overdue(course *c, const weir_receipt *receipt, const arrival *part, int from, int to)
{
	if (part->principal + part->prepaid == 0 && part->income == 0)
		return;
	for (int k = from; k < to && k < c->periods->count; k++) {
		int days = (int)(c->periods->items[k].calculation - receipt->due);
		weir_overdue_age age = age_of(days);
		c->rows[k].overdue[age] += part->principal + part->prepaid;
		c->rows[k].overdue_income[age] += part->income;
		if (days > c->rows[k].overdue_days)
			c->rows[k].overdue_days = days;
	}
}

static void book_arrival(course *c, const weir_receipt *receipt, const arrival *part, int due_period)
{
	int k = part->date == receipt->due ? due_period : weir_pool_period_of(c->periods, part->date);
	int was_overdue = receipt->number == 0; /* behind actuals: it was due before they ended */
	book_overdue(c, receipt, part, due_period, k);
	if (k >= c->periods->count)
		return;
	weir_course_period *row = &c->rows[k];
	row->prepaid += part->prepaid;
	if (part->date == receipt->due && !was_overdue) {
		row->principal += part->principal;
		row->income += part->income;
	} else {
		row->late_principal += part->principal;
		row->late_income += part->income;
	}
}

static void book_recoveries(course *c, const weir_stressed *r)
{
	for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++) {
		if (r->recovered[channel] == 0)
			continue;
		int k = weir_pool_period_of(c->periods, r->recovered_date[channel]);
		if (k < c->periods->count)
			c->rows[k].recovered[channel] += r->recovered[channel];
	}
}

static void book(course *c, const weir_stress_step *step, const weir_stressed *r)
{
	const weir_receipt *receipt = step->receipt;
	int k = weir_pool_period_of(c->periods, receipt->due);
	book_recoveries(c, r);
	if (k >= c->periods->count)
		return;
	arrival in_time = { r->principal, r->prepaid, r->income, r->date };
	arrival late = { r->late_principal, 0, r->late_income, r->late_date };
	c->rows[k].defaulted += r->defaulted;
	book_arrival(c, receipt, &in_time, k);
	if (late.principal != 0 || late.income != 0)
		book_arrival(c, receipt, &late, k);
}

/* What the terms promise, scaled at a mid-life start. */
static void book_schedule(course *c, int number)
{
	const weir_pool *pool = c->pool;
	double share = pool->opening_share, before = 0;
	size_t first = pool->contract_first[number], end = pool->contract_first[number + 1];
	while (first < end && pool->receipts[first].due <= pool->past_to)
		first++;
	for (size_t i = first; i < end; i++)
		before += pool->receipts[i].principal_cents;
	for (size_t i = first; i < end; i++) {
		const weir_receipt *receipt = &pool->receipts[i];
		double after = before - receipt->principal_cents;
		int k = weir_pool_period_of(c->periods, receipt->due);
		if (k < c->periods->count) {
			c->rows[k].scheduled_principal +=
				weir_factor_scale(before, share, 1) - weir_factor_scale(after, share, 1);
			c->rows[k].scheduled_income += weir_factor_scale(receipt->income_cents, share, 1);
		}
		before = after;
	}
}

/* What was collected: what was overdue before is paid first. */
static void book_actual(course *c, const weir_actual *is, double overdue_before, double overdue_income_before)
{
	weir_course_period *row = &c->rows[is->period];
	double in_due = is->principal_cents - is->prepaid_cents;
	row->prepaid = is->prepaid_cents;
	row->late_principal = in_due < overdue_before ? in_due : overdue_before;
	row->principal = in_due - row->late_principal;
	row->late_income = is->income_cents < overdue_income_before ? is->income_cents : overdue_income_before;
	row->income = is->income_cents - row->late_income;
	row->defaulted = is->defaulted_cents;
	for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
		row->recovered[channel] = is->recovered_cents[channel];
	if (is->overdue_cents != 0 || is->overdue_income_cents != 0) {
		weir_overdue_age age = age_of(is->days_overdue);
		row->overdue[age] = is->overdue_cents;
		row->overdue_income[age] = is->overdue_income_cents;
		row->overdue_days = is->days_overdue;
	}
}

static void book_actuals(course *c, int number)
{
	const weir_pool_actuals *actuals = c->pool->actuals;
	double overdue = 0, overdue_income = 0;
	for (size_t i = actuals->contract_first[number]; i < actuals->contract_first[number + 1]; i++) {
		const weir_actual *is = &actuals->rows[i];
		book_actual(c, is, overdue, overdue_income);
		overdue = is->overdue_cents;
		overdue_income = is->overdue_income_cents;
	}
}

static void walk_contract(course *c, const weir_stress_contract *contract, const weir_pool_shocks *shocks)
{
	weir_walk walk;
	weir_walk_enter(&walk, contract, shocks);
	weir_stress_step step = weir_stress_first(contract);
	for (;;) {
		weir_stressed stressed;
		weir_walk_step(&walk, &step, &stressed);
		book(c, &step, &stressed);
		if (step.last)
			break;
		weir_stress_next(&step);
	}
}

/* The balances behind the flows. */
static void book_balances(course *c, double balance)
{
	for (int k = 0; k < c->periods->count; k++) {
		weir_course_period *row = &c->rows[k];
		balance -= row->principal + row->prepaid + row->late_principal + row->defaulted;
		row->balance = balance;
	}
}

weir_status weir_pool_course(const weir_pool *pool, const weir_periods *periods, const weir_pool_shocks *shocks,
                             weir_course_visit visit, void *context)
{
	static const weir_pool_shocks none;
	size_t count = (size_t)periods->count;
	course c = { pool, periods, weir_alloc_zero(count, sizeof(weir_course_period)) };
	if (!c.rows)
		return WEIR_NO_MEMORY;
	shocks = shocks ? shocks : &none;
	for (int i = 0; shocks->stress && shocks->stress->ip_taken && i < pool->ip_shared_count; i++)
		shocks->stress->ip_taken[i] = -1;
	for (int number = 0; number < pool->deal->pool.contract_count; number++) {
		weir_stress_contract contract = weir_stress_contract_of(pool, number);
		memset(c.rows, 0, count * sizeof *c.rows);
		double opening = weir_factor_scale(contract.scheduled_cents, pool->opening_share, 1);
		book_schedule(&c, number);
		if (pool->actuals) {
			opening = weir_actual_state_at(pool->actuals, number, pool->actuals->first - 1).balance_cents;
			book_actuals(&c, number);
		}
		if (contract.first < contract.end)
			walk_contract(&c, &contract, shocks);
		book_balances(&c, opening);
		visit(context, number, c.rows);
	}
	weir_free(c.rows);
	return WEIR_OK;
}
