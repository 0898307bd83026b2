/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool under a scenario, collected by period: every contract's receipts that are still to come. */
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

const twin_receipt *twin_receipts_of(const twin *t, int contract, int *count)
{
	int first = 0, next;
	while (first < t->receipt_count &&
	       (t->receipts[first].contract < contract ||
	        (t->receipts[first].contract == contract && twin_is_past(t, first))))
		first++;
	for (next = first; next < t->receipt_count && t->receipts[next].contract == contract; next++)
		;
	*count = next - first;
	return &t->receipts[first];
}

static void stress_all(twin *t)
{
	for (int c = 0; c < t->deal->pool.contract_count; c++) {
		int count;
		size_t mark = num_mark();
		int64_t sold = 0;
		const twin_receipt *receipts = t->actual_last ? twin_actual_receipts(t, c, &count, &sold)
		                                              : twin_receipts_of(t, c, &count);
		if (count > 0)
			twin_stress_contract(t, c, receipts, count, sold);
		num_release(mark);
	}
}

void twin_project(twin *t)
{
	size_t periods = (size_t)t->period_count, contracts = (size_t)t->deal->pool.contract_count;
	t->projected = twin_alloc(t, periods, sizeof *t->projected);
	t->claims[0] = twin_alloc(t, contracts * periods, sizeof **t->claims);
	t->claims[1] = twin_alloc(t, contracts * periods, sizeof **t->claims);
	t->item_taken = twin_alloc(t, (size_t)t->deal->pool.ip_count, sizeof *t->item_taken);
	stress_all(t);
	for (int k = 0; k <= t->opening; k++)
		t->projected[k].balance = t->pool_opening;
	for (int k = t->opening + 1; k < t->period_count; k++) {
		twin_pool *p = &t->projected[k], *last = &t->projected[k - 1];
		p->balance = last->balance - p->principal - p->defaulted;
		p->overdue += last->overdue;
		p->defaulted_to_date = last->defaulted_to_date + p->defaulted;
	}
}

const twin_pool *twin_projected(const twin *t)
{
	return t->projected;
}

int64_t twin_claim(const twin *t, int contract, int period, int of_income)
{
	return t->claims[of_income != 0][(size_t)contract * (size_t)t->period_count + (size_t)period];
}
