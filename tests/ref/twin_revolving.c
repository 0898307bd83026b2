/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revolving purchases: what is bought comes back in equal parts over the next periods, with income on what is
 * outstanding. */
#include "ref/twin_int.h"

/* Part j of n: round(x j / n) - round(x (j - 1) / n). */
int64_t twin_part(int64_t x, int j, int n)
{
	return num_round(num_ratio(x * j, n)) - num_round(num_ratio(x * (j - 1), n));
}

static void receive(twin *t, int number)
{
	const twin_revolving *now = &t->now->revolvings[number];
	t->now->accounts[twin_account_of(t, &t->deal->revolvings[number].to, WEIR_RECEIVES_PRINCIPAL)] +=
		now->principal + now->income;
}

void twin_collect_revolving(twin *t)
{
	const twin_period *p = &t->periods[t->period];
	for (int i = 0; i < t->deal->revolving_count; i++) {
		const weir_revolving *asset = &t->deal->revolvings[i];
		twin_revolving *now = &t->now->revolvings[i];
		now->income = now->principal = now->purchased = now->bought = now->defaulted = 0;
		twin_collect_bought(t, i);
		if (t->now->sold)
			continue; /* nothing is left, and nothing is bought any more */
		if (twin_is_told(t)) {
			receive(t, i);
			continue;
		}
		num year = twin_fraction(t, asset->day_count, p->accrual_start, p->accrual_end, t->period,
		                         WEIR_DATE_NONE);
		num income = num_multiply(num_whole(now->balance),
		                          twin_parameter(t, asset->node.id, "rate", asset->rate_annual));
		now->income = num_round(num_multiply(income, year)) + twin_income_of_bought(t, i);
		now->principal = twin_coming_of_bought(t, i);
		for (int j = 1; j <= asset->periods && t->period - j > t->opening && t->period - j > t->actual_last; j++)
			now->principal +=
				twin_part(t->rows[t->period - j].revolvings[i].bought, j, asset->periods);
		now->balance -= now->principal;
		receive(t, i);
	}
}

void twin_purchase(twin *t, int number, int64_t price)
{
	const weir_revolving *asset = &t->deal->revolvings[number];
	twin_revolving *now = &t->now->revolvings[number];
	if (twin_is_told(t)) {
		int64_t spent, bought;
		twin_told_purchase(t, number, &spent, &bought);
		num rate = num_ratio(bought, spent);
		now->balance += num_round(num_multiply(rate, num_whole(now->purchased + price))) -
		                num_round(num_multiply(rate, num_whole(now->purchased)));
		now->purchased += price;
		return;
	}
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
