/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes back of a default: from the obligor a share of it, from pledged IP a share of its value. */
#include <math.h>
#include <string.h>

#include "ref/twin_int.h"

/* The last shock of a channel that is for the contract. */
static const weir_shock *recovery_of(const twin *t, const twin_receipt *r, weir_channel channel)
{
	const weir_shock *last = NULL;
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		if (s->kind == WEIR_SHOCK_RECOVERY && s->channel == channel &&
		    twin_in_scope(t, s, r->contract) && twin_in_window(t, s, r->contract_due))
			last = s;
	}
	return last;
}

/* Whether a scenario has taken the item's rights away by a date. */
static int is_lost(const twin *t, const weir_ip *item, weir_date date)
{
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		if (s->kind == WEIR_SHOCK_IP_LOST && strcmp(s->target, item->id) == 0 &&
		    date >= twin_event_date(t, s))
			return 1;
	}
	return 0;
}

/* What of an item's valuation is left: a cut for the item, or for the contract; the last one counts. */
static num left_of_value(const twin *t, int contract, const weir_ip *item, weir_date date)
{
	num left = num_whole(1);
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		int mine = s->scope == WEIR_SCOPE_IP ? strcmp(s->target, item->id) == 0
		                                     : twin_in_scope(t, s, contract);
		if (s->kind == WEIR_SHOCK_VALUATION && mine && twin_in_window(t, s, date))
			left = num_subtract(num_whole(1), num_decimal(s->value));
	}
	return num_multiply(num_decimal(item->valuation_cents), left);
}

/* Value of the contract's IP at a date. An item that several contracts share counts for the first listed one
 * that defaults while it is worth something: it is this contract's unless an earlier one has taken it. */
static int64_t ip_value(twin *t, int contract, weir_date date)
{
	const weir_pool_terms *pool = &t->deal->pool;
	const weir_contract *c = &pool->contracts[contract];
	num sum = num_whole(0);
	for (int i = 0; i < c->ip_count; i++) {
		int number = pool->contract_ip[c->ip_first + i];
		const weir_ip *item = &pool->ip[number];
		if (item->status != WEIR_IP_VALID || isnan(item->valuation_cents) || is_lost(t, item, date))
			continue;
		if (t->item_taken[number] == 0)
			t->item_taken[number] = contract + 1;
		if (t->item_taken[number] == contract + 1)
			sum = num_add(sum, left_of_value(t, contract, item, date));
	}
	return num_round(sum);
}

/* Books what is received, after its cost, in the period of its date. */
static int64_t receive(twin *t, const weir_shock *s, weir_date due, int64_t recovered)
{
	int64_t net = recovered - num_round(num_multiply(num_whole(recovered), num_decimal(s->cost)));
	int k = twin_period_of(t, weir_date_add_months(due, s->months));
	if (k < t->period_count) {
		t->projected[k].recovered += net;
		if (s->channel == WEIR_CHANNEL_DISPOSAL)
			t->projected[k].disposal += net;
	}
	return net;
}

int64_t twin_recover(twin *t, const twin_receipt *r, int64_t defaulted, int64_t *used_value)
{
	const weir_shock *collection = recovery_of(t, r, WEIR_CHANNEL_COLLECTION);
	const weir_shock *disposal = recovery_of(t, r, WEIR_CHANNEL_DISPOSAL);
	int64_t collected = 0, net = 0;
	if (defaulted <= 0)
		return 0;
	if (collection) {
		collected = num_round(num_multiply(num_whole(defaulted), num_decimal(collection->value)));
		net += receive(t, collection, r->due, collected);
	}
	if (disposal) {
		int64_t value = ip_value(t, r->contract, r->contract_due) - *used_value;
		num price = num_multiply(num_whole(value > 0 ? value : 0), num_decimal(disposal->value));
		int64_t sold = num_round(price);
		sold = sold < defaulted - collected ? sold : defaulted - collected;
		*used_value += sold;
		net += receive(t, disposal, r->due, sold);
	}
	return net;
}
