/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revolving purchases: what is bought comes back in equal parts over the next periods, with income on what is
 * outstanding. */
#include "ref/twin_int.h"

/* Part j of n: round(x j / n) - round(x (j - 1) / n). */
static int64_t part(int64_t x, int j, int n)
{
	return num_round(num_ratio(x * j, n)) - num_round(num_ratio(x * (j - 1), n));
}

void twin_collect_revolving(twin *t)
{
	const twin_period *p = &t->periods[t->period];
	for (int i = 0; i < t->deal->revolving_count; i++) {
		const weir_revolving *asset = &t->deal->revolvings[i];
		twin_revolving *now = &t->now->revolvings[i];
		num year = twin_fraction(t, asset->day_count, p->accrual_start, p->accrual_end, t->period,
		                         WEIR_DATE_NONE);
		num income = num_multiply(num_whole(now->balance),
		                          twin_parameter(t, asset->node.id, "rate", asset->rate_annual));
		now->income = num_round(num_multiply(income, year));
		now->principal = now->purchased = now->bought = 0;
		if (t->now->sold)
			continue; /* nothing is left, and nothing is bought any more */
		for (int j = 1; j <= asset->periods && t->period - j > t->opening; j++)
			now->principal +=
				part(t->rows[t->period - j].revolvings[i].bought, j, asset->periods);
		now->balance -= now->principal;
		t->now->accounts[twin_account_of(t, &asset->to, WEIR_RECEIVES_PRINCIPAL)] +=
			now->principal + now->income;
	}
}

void twin_purchase(twin *t, int number, int64_t price)
{
	const weir_revolving *asset = &t->deal->revolvings[number];
	twin_revolving *now = &t->now->revolvings[number];
	int64_t principal = num_round(num_divide(num_whole(price), num_decimal(asset->price)));
	now->purchased += price;
	now->bought += principal;
	now->balance += principal;
}

/* Whoever buys the pool takes what it bought with it. */
void twin_end_revolving(twin *t)
{
	for (int i = 0; i < t->deal->revolving_count; i++)
		t->now->revolvings[i].balance = 0;
}
