/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "pool/stress.h"

/* What a valuation is cut by: the last shock that meets the contract, all of its items or this one. */
static double cut_of(const weir_walk *walk, int ip)
{
	double cut = 0;
	for (int i = 0; i < walk->active_count[WEIR_STRESS_VALUATION]; i++) {
		const weir_stress_item *item = walk->active[WEIR_STRESS_VALUATION][i];
		if (item->ip < 0 || item->ip == ip)
			cut = item->shock.value;
	}
	return cut;
}

static int is_lost(const weir_walk *walk, int ip, weir_date date)
{
	for (int i = 0; i < walk->active_count[WEIR_STRESS_IP_LOST]; i++) {
		const weir_stress_item *item = walk->active[WEIR_STRESS_IP_LOST][i];
		if (item->ip == ip && date >= item->shock.from)
			return 1;
	}
	return 0;
}

/* An item behind several contracts is sold for the first listed one that defaults. */
static int take(const weir_walk *walk, int ip)
{
	const weir_pool *pool = walk->contract->pool;
	if (!pool->ip_shared || pool->ip_shared[ip] < 0)
		return 1;
	int *taken = &walk->stress->ip_taken[pool->ip_shared[ip]];
	if (*taken < 0)
		*taken = walk->contract->number;
	return *taken == walk->contract->number;
}

double weir_walk_ip_value(weir_walk *walk, weir_date date)
{
	const weir_pool_terms *terms = &walk->contract->pool->deal->pool;
	const weir_contract *contract = walk->contract->terms;
	weir_quad value = 0;
	for (int i = 0; i < contract->ip_count; i++) {
		int number = terms->contract_ip[contract->ip_first + i];
		const weir_ip *ip = &terms->ip[number];
		if (ip->status != WEIR_IP_VALID || isnan(ip->valuation_cents) || is_lost(walk, number, date) ||
		    !take(walk, number))
			continue;
		value += ip->valuation_cents * (1 - weir_quad_from_decimal(cut_of(walk, number)));
	}
	double left = weir_round_quad(value) - walk->sold_cents;
	return left > 0 ? left : 0;
}
