/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool under a scenario (INPUTS.md, "Scenarios used"; deal/scenario.h), collected by period. */
#include <stdio.h>
#include <string.h>

#include "ref/twin_int.h"

/* The first period whose calculation date is not before the date; the period count when there is none. */
int twin_period_of(const twin *t, weir_date due)
{
	int k = 1;
	while (k < t->period_count && due > t->periods[k].calculation)
		k++;
	return k;
}

static int hits(const twin *t, const weir_shock *shock, int contract)
{
	const weir_contract *c = &t->deal->pool.contracts[contract];
	switch (shock->scope) {
	case WEIR_SCOPE_ALL:
		return 1;
	case WEIR_SCOPE_OBLIGOR:
		return strcmp(shock->target, t->deal->pool.obligors[c->obligor].id) == 0;
	case WEIR_SCOPE_LARGEST:
		return c->obligor == t->largest_obligor;
	case WEIR_SCOPE_CONTRACT:
		return strcmp(shock->target, c->id) == 0;
	default:
		return 0;
	}
}

/* All factors on a contract's receipts, multiplied. */
static num factor_of(const twin *t, int contract)
{
	num factor = num_whole(1);
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *shock = &t->scenario->shocks[i];
		if (shock->kind == WEIR_SHOCK_RECEIPTS && hits(t, shock, contract))
			factor = num_multiply(factor, num_decimal(shock->value));
		if (shock->kind == WEIR_SHOCK_SET && strcmp(shock->target, "haircut") == 0)
			factor = num_multiply(factor, num_subtract(num_whole(1), num_decimal(shock->value)));
	}
	return factor;
}

static const weir_shock *late_shock(const twin *t)
{
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++)
		if (t->scenario->shocks[i].kind == WEIR_SHOCK_LATE)
			return &t->scenario->shocks[i];
	return NULL;
}

/* What of an amount comes in time when a share of it is late. */
static int64_t in_time(int64_t cents, const weir_shock *late)
{
	num share = num_subtract(num_whole(1), num_decimal(late->value));
	return num_round(num_multiply(num_whole(cents), share));
}

/* One receipt: what was promised, what comes on its date, and what comes late. */
static void collect(twin *t, const twin_receipt *r, const weir_shock *late)
{
	num factor = factor_of(t, r->contract);
	int64_t principal = num_round(num_multiply(num_whole(r->principal), factor));
	int64_t income = num_round(num_multiply(num_whole(r->income), factor));
	int64_t now_principal = late ? in_time(principal, late) : principal;
	int64_t now_income = late ? in_time(income, late) : income;
	int due = twin_period_of(t, r->due);
	int then = late ? twin_period_of(t, weir_date_add_months(r->due, late->months)) : due;
	if (due < t->period_count) {
		twin_pool *p = &t->rows[due].pool;
		p->scheduled_principal += r->principal;
		p->scheduled_income += r->income;
		p->defaulted += r->principal - principal;
		p->principal += now_principal;
		p->income += now_income;
		p->overdue += principal - now_principal;
	}
	if (then < t->period_count) {
		twin_pool *p = &t->rows[then].pool;
		p->principal += principal - now_principal;
		p->income += income - now_income;
		p->overdue -= principal - now_principal;
	}
}

int twin_collect_all(twin *t)
{
	const weir_shock *late = late_shock(t);
	if (late && late->scope != WEIR_SCOPE_ALL) {
		fprintf(stderr, "the twin knows no late receipts of a part of the pool\n");
		return 0;
	}
	for (int k = 0; k < t->period_count; k++)
		t->rows[k].pool = (twin_pool){ 0 };
	for (int i = 0; i < t->receipt_count; i++) {
		size_t mark = num_mark();
		collect(t, &t->receipts[i], late);
		num_release(mark);
	}
	t->rows[0].pool.balance = t->pool_principal;
	for (int k = 1; k < t->period_count; k++) {
		twin_pool *p = &t->rows[k].pool, *last = &t->rows[k - 1].pool;
		p->balance = last->balance - p->principal - p->defaulted;
		p->overdue += last->overdue;
		p->defaulted_to_date = last->defaulted_to_date + p->defaulted;
	}
	return 1;
}
