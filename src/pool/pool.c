/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/pool.h"

#include <math.h>

#include "base/money.h"
#include "pool/contracts.h"
#include "pool/factor.h"
#include "pool/stress.h"

#define MOST_OPENING_SHARE 1000 /* more is a slip in the deal's numbers */

/* Counts each contract's receipts into first[]. Contracts whose terms do not hold have none, and have
 * complained. */
static void count_receipts(size_t *first, const weir_deal *deal, weir_diags *diags)
{
	for (int c = 0; c < deal->pool.contract_count; c++) {
		const weir_contract *contract = &deal->pool.contracts[c];
		int holds = weir_contract_terms_hold(deal, contract, diags);
		first[c + 1] = first[c] + (holds ? weir_contract_receipt_count(deal, contract) : 0);
	}
}

static void make_receipts(weir_pool *pool, weir_diags *diags)
{
	const weir_pool_terms *terms = &pool->deal->pool;
	for (int c = 0; c < terms->contract_count; c++) {
		size_t first = pool->contract_first[c];
		if (pool->contract_first[c + 1] > first)
			weir_contract_receipts(&pool->receipts[first], pool->deal, c, diags);
	}
}

static void add_up(weir_pool *pool, weir_diags *diags)
{
	const weir_pool_terms *terms = &pool->deal->pool;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		const weir_receipt *receipt = &pool->receipts[r];
		pool->principal_cents += receipt->principal_cents;
		pool->income_cents += receipt->income_cents;
		pool->obligor_cents[terms->contracts[receipt->contract].obligor] +=
		        receipt->principal_cents + receipt->income_cents;
	}
	pool->largest_obligor = -1;
	for (int o = 0; o < terms->obligor_count; o++)
		if (pool->largest_obligor < 0 ||
		    pool->obligor_cents[o] > pool->obligor_cents[pool->largest_obligor])
			pool->largest_obligor = o;
	if (pool->receipt_count == 0)
		pool->largest_obligor = -1;
	if (!(pool->principal_cents + pool->income_cents < WEIR_CENTS_MAX))
		weir_diag_error(diags, OUT_OF_RANGE, terms->place,
		                "the pool's receipts add up to more than weir can hold; check the amounts");
}

/* --- a mid-life start ------------------------------------------------------------------------------------------- */

/* The calculation date of the period that the deal starts behind; WEIR_DATE_NONE when it starts at its closing, or
 * when its dates have faults (which are complained about elsewhere). */
static weir_status find_past(weir_date *past_to, const weir_deal *deal)
{
	weir_diags unheard = { 0 };
	weir_arena *arena = NULL;
	weir_periods periods;
	weir_status status = WEIR_OK;
	*past_to = WEIR_DATE_NONE;
	if (deal->opening == WEIR_DATE_NONE)
		return WEIR_OK;
	WEIR_TRY(weir_arena_create(&arena));
	status = weir_deal_periods(&periods, arena, deal, &unheard);
	if (status == WEIR_OK && periods.first > 1)
		*past_to = periods.items[periods.first - 1].calculation;
	status = status == WEIR_NO_MEMORY || unheard.lost ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_diags_free(&unheard);
	weir_arena_destroy(arena);
	return status;
}

/* What performs at a mid-life start, as a share of what is scheduled after it. */
static double opening_share(const weir_pool *pool, double scheduled_cents, weir_diags *diags)
{
	double given = pool->deal->opening_pool_cents;
	if (pool->past_to == WEIR_DATE_NONE || isnan(given) || given == scheduled_cents)
		return 1;
	if (scheduled_cents > 0 && given >= 0 && given <= scheduled_cents * MOST_OPENING_SHARE)
		return weir_round_quad((weir_quad)given * (weir_quad)1e12 / scheduled_cents) / 1e12;
	char amount[40], scheduled[40];
	weir_cents_format(given, pool->deal->currency_digits, amount);
	weir_cents_format(scheduled_cents, pool->deal->currency_digits, scheduled);
	weir_diag_error(diags, SIZE_MISMATCH, pool->deal->opening_place,
	                "the opening's pool of \"%s\" does not go with \"%s\" of principal that is scheduled after it; "
	                "correct the amount or the contracts", amount, scheduled);
	return 1;
}

static weir_status open_midway(weir_pool *pool, weir_diags *diags)
{
	double scheduled = 0;
	weir_status status = find_past(&pool->past_to, pool->deal);
	pool->opening_share = 1;
	pool->opening_cents = pool->principal_cents;
	if (status != WEIR_OK || pool->past_to == WEIR_DATE_NONE)
		return status;
	for (int c = 0; c < pool->deal->pool.contract_count; c++)
		scheduled += weir_stress_contract_of(pool, c).scheduled_cents;
	pool->opening_share = opening_share(pool, scheduled, diags);
	pool->opening_cents = 0;
	for (int c = 0; c < pool->deal->pool.contract_count; c++)
		pool->opening_cents +=
		        weir_factor_round(weir_stress_contract_of(pool, c).scheduled_cents, pool->opening_share, 1);
	return WEIR_OK;
}

/* --- shared IP -------------------------------------------------------------------------------------------------- */

/* Numbers the items that stand behind more than one contract. */
static weir_status find_shared_ip(weir_pool *pool, weir_arena *arena)
{
	const weir_pool_terms *terms = &pool->deal->pool;
	if (terms->contract_ip_count == 0)
		return WEIR_OK;
	pool->ip_shared = weir_arena_array(arena, (size_t)terms->ip_count, sizeof *pool->ip_shared);
	if (!pool->ip_shared)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < terms->contract_ip_count; i++)
		pool->ip_shared[terms->contract_ip[i]]++;
	for (int i = 0; i < terms->ip_count; i++)
		pool->ip_shared[i] = pool->ip_shared[i] > 1 ? pool->ip_shared_count++ : -1;
	return WEIR_OK;
}

weir_status weir_pool_create(weir_pool **out, weir_arena *arena, const weir_deal *deal, weir_diags *diags)
{
	size_t contracts = (size_t)deal->pool.contract_count, obligors = (size_t)deal->pool.obligor_count;
	size_t errors = diags->errors;
	weir_status status;
	weir_pool *pool = weir_arena_alloc(arena, sizeof *pool);
	if (!pool)
		return WEIR_NO_MEMORY;
	pool->deal = deal;
	pool->contract_first = weir_arena_array(arena, contracts + 1, sizeof *pool->contract_first);
	pool->obligor_cents = weir_arena_array(arena, obligors, sizeof *pool->obligor_cents);
	if (!pool->contract_first || !pool->obligor_cents)
		return WEIR_NO_MEMORY;
	count_receipts(pool->contract_first, deal, diags);
	pool->receipt_count = pool->contract_first[contracts];
	pool->receipts = weir_arena_array(arena, pool->receipt_count, sizeof *pool->receipts);
	if (!pool->receipts)
		return WEIR_NO_MEMORY;
	make_receipts(pool, diags);
	if (diags->errors == errors)
		add_up(pool, diags);
	if (diags->errors != errors)
		return WEIR_INPUT;
	WEIR_TRY(open_midway(pool, diags));
	WEIR_TRY(weir_claims_find(pool, arena));
	WEIR_TRY(find_shared_ip(pool, arena));
	if (diags->errors != errors)
		return WEIR_INPUT;
	*out = pool;
out:
	return status;
}

int weir_pool_period_of(const weir_periods *periods, weir_date due)
{
	int low = 1, high = periods->count; /* the answer lies in low .. high */
	if (due == WEIR_DATE_NONE)
		return periods->count;
	while (low < high) {
		int middle = (low + high) / 2;
		if (periods->items[middle].calculation < due)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void weir_pool_check(const weir_pool *pool, const weir_periods *periods, weir_diags *diags)
{
	weir_date last = periods->items[periods->count - 1].calculation;
	const weir_receipt *first = NULL;
	double cents = 0;
	size_t count = 0;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		const weir_receipt *receipt = &pool->receipts[r];
		if (receipt->due <= last)
			continue;
		cents += receipt->principal_cents + receipt->income_cents;
		first = count++ == 0 || receipt->due < first->due ? receipt : first;
	}
	if (count) {
		char amount[40], due[11], calculation[11];
		weir_cents_format(cents, pool->deal->currency_digits, amount);
		weir_diag_warning(diags, UNCOLLECTED, pool->deal->payment_place,
		                  "%zu receipts of \"%s\" in all are due after the last calculation date "
		                  "\"%s\" and are in no period (first: contract \"%s\" on \"%s\"); add "
		                  "payments or shorten the contracts",
		                  "%1$zu笔回款合计%2$s于最后一个计算日%3$s之后到期，不归入任何期间"
		                  "（首笔：合同%4$s，%5$s）；请增加兑付日或缩短合同期限",
		                  count, amount,
		                  weir_date_format(last, calculation),
		                  pool->deal->pool.contracts[first->contract].id,
		                  weir_date_format(first->due, due));
	}
	weir_deal_disclose_concentration(pool->deal, pool->obligor_cents, pool->principal_cents + pool->income_cents,
	                                 diags);
}

void weir_pool_remaining_shares(double *shares, const weir_pool *pool, const weir_periods *periods, int digits)
{
	double power = 1, rest = pool->principal_cents;
	for (int i = 0; i < digits; i++)
		power *= 10;
	for (int k = 0; k < periods->count; k++)
		shares[k] = 0;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		int k = weir_pool_period_of(periods, pool->receipts[r].due);
		if (k < periods->count)
			shares[k] += pool->receipts[r].principal_cents; /* of the period, for the next loop */
	}
	for (int k = 0; k < periods->count; k++) {
		rest -= shares[k];
		shares[k] = pool->principal_cents > 0 ?
		                    weir_round_quad((weir_quad)rest * power / pool->principal_cents) / power :
		                    0;
	}
}
