/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool/pool.h"

#include "pool/contracts.h"

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

weir_status weir_pool_create(weir_pool **out, weir_arena *arena, const weir_deal *deal, weir_diags *diags)
{
	size_t contracts = (size_t)deal->pool.contract_count, obligors = (size_t)deal->pool.obligor_count;
	size_t errors = diags->errors;
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
	*out = pool;
	return WEIR_OK;
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
		                  "payments or shorten the contracts", count, amount,
		                  weir_date_format(last, calculation),
		                  pool->deal->pool.contracts[first->contract].id,
		                  weir_date_format(first->due, due));
	}
	weir_deal_disclose_concentration(pool->deal, pool->obligor_cents, pool->principal_cents + pool->income_cents, diags);
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
