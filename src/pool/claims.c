/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "pool/stress.h"

static int is_covered(const weir_deal *deal, int number)
{
	for (int i = 0; i < deal->cover_count; i++)
		if (weir_cover_is_for(&deal->covers[i], &deal->pool, number))
			return 1;
	return 0;
}

weir_status weir_claims_find(weir_pool *pool, weir_arena *arena)
{
	const weir_deal *deal = pool->deal;
	size_t contracts = (size_t)deal->pool.contract_count;
	if (deal->cover_count == 0)
		return WEIR_OK;
	pool->claim_of = weir_arena_array(arena, contracts, sizeof *pool->claim_of);
	if (!pool->claim_of)
		return WEIR_NO_MEMORY;
	for (int c = 0; c < deal->pool.contract_count; c++)
		pool->claim_of[c] = is_covered(deal, c) ? pool->claim_count++ : -1;
	pool->claim_contracts = weir_arena_array(arena, (size_t)pool->claim_count, sizeof *pool->claim_contracts);
	if (!pool->claim_contracts)
		return WEIR_NO_MEMORY;
	for (int c = 0; c < deal->pool.contract_count; c++)
		if (pool->claim_of[c] >= 0)
			pool->claim_contracts[pool->claim_of[c]] = c;
	return WEIR_OK;
}

/* Cleared lanes of the arena that take no memory until they are written. */
static weir_lane *take_cells(weir_arena *arena, size_t count)
{
	weir_lane *cells = weir_alloc_zero(count, sizeof *cells);
	if (cells && weir_arena_adopt(arena, cells) == WEIR_OK)
		return cells;
	weir_free(cells);
	return NULL;
}

weir_status weir_claims_create(weir_pool_rows *rows, weir_arena *arena, const weir_pool *pool)
{
	size_t periods = (size_t)rows->period_count, count;
	rows->claim_count = pool->claim_count;
	rows->any_claim = weir_arena_array(arena, periods, 1);
	if (!rows->any_claim)
		return WEIR_NO_MEMORY;
	if (pool->claim_count == 0)
		return WEIR_OK;
	if (__builtin_mul_overflow((size_t)pool->claim_count, periods, &count) || count > WEIR_POOL_MOST_CLAIMS)
		return WEIR_NO_MEMORY;
	rows->claim_principal = take_cells(arena, count);
	rows->claim_income = take_cells(arena, count);
	return rows->claim_principal && rows->claim_income ? WEIR_OK : WEIR_NO_MEMORY;
}

void weir_claims_add(weir_pool_rows *rows, int claim, int period, int lane, const weir_stressed *receipt)
{
	size_t at = (size_t)claim * (size_t)rows->period_count + (size_t)period;
	if (receipt->claim_principal == 0 && receipt->claim_income == 0)
		return;
	rows->claim_principal[at][lane] += receipt->claim_principal;
	rows->claim_income[at][lane] += receipt->claim_income;
	rows->any_claim[period] = 1;
}

void weir_claims_clear(weir_pool_rows *rows)
{
	for (int k = 0; k < rows->period_count; k++) {
		for (int c = 0; rows->any_claim[k] && c < rows->claim_count; c++) {
			size_t at = (size_t)c * (size_t)rows->period_count + (size_t)k;
			memset(rows->claim_principal[at], 0, sizeof rows->claim_principal[at]);
			memset(rows->claim_income[at], 0, sizeof rows->claim_income[at]);
		}
		rows->any_claim[k] = 0;
	}
}
