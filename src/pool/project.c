/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/lanes.h"
#include "pool/actuals.h"
#include "pool/factor.h"
#include "pool/stress.h"

/* A lane's factor misses the exact decimal by at most 2^-53 of itself, its product with whole cents is
 * rounded by as much again: the sum is below 2.3e-16 of the product. A little more, for the bound's own
 * rounding. */
#define PRODUCT_ERROR 2.5e-16

/* What a block of lanes does to the contract at hand. */
typedef struct block {
	const weir_pool *pool;
	const weir_periods *periods;
	const weir_pool_shocks *shocks[WEIR_LANES];
	weir_lane rest;            /* 1 - haircut */
	weir_lane factor;          /* contract factor x rest, nearest doubles */
	weir_lane in_time;         /* 1 - late share */
	weir_lane late_group;      /* number in late_months, or -1: nothing is late */
	int late_months[WEIR_LANES], late_count;
	int has_contract_factors;
} block;

/* One receipt in all lanes: in time, and what follows late. */
typedef struct amounts {
	weir_lane principal, income, late_principal, late_income;
} amounts;

/* --- kernels over lanes ----------------------------------------------------------------------------------------- */

static inline double round_product(double amount, double factor, double *distance)
{
	double product = amount * factor;
	return weir_round_or_flag(product, __builtin_fabs(product) * PRODUCT_ERROR, distance);
}

/* out = amount x factor, rounded. Lanes whose distance is not above 0 are in doubt and must be decided
 * exactly; the result is not 0 when there are some. */
static WEIR_HOT int64_t scale_amount(double *restrict out, double *restrict distance, double amount,
                                     const double *restrict factor)
{
	int64_t doubt = 0;
	for (int l = 0; l < WEIR_LANES; l++) {
		out[l] = round_product(amount, factor[l], &distance[l]);
		doubt |= distance[l] > 0 ? 0 : 1; /* a NaN is in doubt too */
	}
	return doubt;
}

static WEIR_HOT int64_t scale_amounts(double *restrict out, double *restrict distance,
                                      const double *restrict amount, const double *restrict factor)
{
	int64_t doubt = 0;
	for (int l = 0; l < WEIR_LANES; l++) {
		out[l] = round_product(amount[l], factor[l], &distance[l]);
		doubt |= distance[l] > 0 ? 0 : 1;
	}
	return doubt;
}

static WEIR_HOT void add(double *restrict to, const double *restrict amount)
{
	for (int l = 0; l < WEIR_LANES; l++)
		to[l] += amount[l];
}

/* Adds what is missing from `whole`. */
static WEIR_HOT void add_missing(double *restrict to, double whole, const double *restrict amount)
{
	for (int l = 0; l < WEIR_LANES; l++)
		to[l] += whole - amount[l];
}

/* Adds, or with sign -1 takes away, in the lanes of one group. */
static WEIR_HOT void add_group(double *restrict to, const double *restrict amount, double sign,
                               const double *restrict group, double wanted)
{
	for (int l = 0; l < WEIR_LANES; l++)
		to[l] += group[l] == wanted ? sign * amount[l] : 0;
}

/* late = whole - in time, where `late` comes in as the whole. */
static WEIR_HOT void take_rest(double *restrict late, const double *restrict in_time)
{
	for (int l = 0; l < WEIR_LANES; l++)
		late[l] -= in_time[l];
}

/* --- one receipt ------------------------------------------------------------------------------------------------ */

static double contract_factor(const weir_pool_shocks *shocks, int contract)
{
	return shocks->contract_factor ? shocks->contract_factor[contract] : 1;
}

/* `whole` = amount under the lanes' factors, to the cent. */
static void shock_whole(double *whole, double amount, const block *b, int contract)
{
	weir_lane distance;
	if (!scale_amount(whole, distance, amount, b->factor))
		return;
	for (int l = 0; l < WEIR_LANES; l++)
		if (!(distance[l] > 0))
			whole[l] = weir_factor_round(amount, contract_factor(b->shocks[l], contract), b->rest[l]);
}

/* Splits `late`, which comes in as the whole, into what comes in time and what comes late. */
static void split_late(double *in_time, double *late, const block *b)
{
	weir_lane distance;
	if (scale_amounts(in_time, distance, late, b->in_time))
		for (int l = 0; l < WEIR_LANES; l++)
			if (!(distance[l] > 0))
				in_time[l] = weir_factor_round(late[l], b->in_time[l], 1);
	take_rest(late, in_time);
}

static void shock_amount(double *in_time, double *late, double amount, const block *b, int contract)
{
	shock_whole(b->late_count ? late : in_time, amount, b, contract);
	if (b->late_count)
		split_late(in_time, late, b);
}

/* Late parts go to the period of their own date, or to none. */
static void book_late(weir_pool_rows *rows, const weir_receipt *receipt, const amounts *a, const block *b)
{
	for (int g = 0; g < b->late_count; g++) {
		weir_date date = weir_date_add_months(receipt->due, b->late_months[g]);
		int k = weir_pool_period_of(b->periods, date);
		if (k >= rows->period_count) {
			add_group(rows->uncollected_cents, a->late_principal, 1, b->late_group, g);
			add_group(rows->uncollected_cents, a->late_income, 1, b->late_group, g);
			continue;
		}
		add_group(rows->column[WEIR_POOL_PRINCIPAL][k], a->late_principal, 1, b->late_group, g);
		add_group(rows->column[WEIR_POOL_INCOME][k], a->late_income, 1, b->late_group, g);
		add_group(rows->column[WEIR_POOL_OVERDUE][k], a->late_principal, -1, b->late_group, g);
	}
}

static void book(weir_pool_rows *rows, const weir_receipt *receipt, const block *b)
{
	amounts a;
	int k = weir_pool_period_of(b->periods, receipt->due);
	shock_amount(a.principal, a.late_principal, receipt->principal_cents, b, receipt->contract);
	shock_amount(a.income, a.late_income, receipt->income_cents, b, receipt->contract);
	if (k < rows->period_count) {
		add(rows->column[WEIR_POOL_PRINCIPAL][k], a.principal);
		add(rows->column[WEIR_POOL_INCOME][k], a.income);
		add_missing(rows->column[WEIR_POOL_DEFAULTED][k], receipt->principal_cents, a.principal);
		rows->column[WEIR_POOL_SCHEDULED_PRINCIPAL][k][0] += receipt->principal_cents;
		rows->column[WEIR_POOL_SCHEDULED_INCOME][k][0] += receipt->income_cents;
		if (b->late_count) { /* what comes late is neither given up nor received yet */
			add_missing(rows->column[WEIR_POOL_DEFAULTED][k], 0, a.late_principal);
			add(rows->column[WEIR_POOL_OVERDUE][k], a.late_principal);
		}
	} else {
		add(rows->uncollected_cents, a.principal);
		add(rows->uncollected_cents, a.income);
	}
	book_late(rows, receipt, &a, b);
}

/* --- the pool --------------------------------------------------------------------------------------------------- */

static int late_group_of(block *b, int months)
{
	for (int g = 0; g < b->late_count; g++)
		if (b->late_months[g] == months)
			return g;
	b->late_months[b->late_count] = months;
	return b->late_count++;
}

static void prepare(block *b, const weir_pool *pool, const weir_periods *periods, const weir_pool_shocks *shocks,
                    int count)
{
	b->pool = pool;
	b->periods = periods;
	b->late_count = b->has_contract_factors = 0;
	for (int l = 0; l < WEIR_LANES; l++) {
		const weir_pool_shocks *s = &shocks[l < count ? l : count - 1];
		b->shocks[l] = s;
		b->rest[l] = b->factor[l] = weir_factor_rest(s->haircut);
		b->in_time[l] = weir_factor_rest(s->late_share);
		b->late_group[l] = s->late_share != 0 ? late_group_of(b, s->late_months) : -1;
		b->has_contract_factors |= s->contract_factor != NULL;
	}
}

static void enter_contract(block *b, int contract)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		double factor = contract_factor(b->shocks[l], contract);
		if (factor == 1)
			b->factor[l] = b->rest[l];
		else
			b->factor[l] = b->rest[l] == 1 ? factor : weir_factor_product(factor, b->rest[l]);
	}
}

static void clear(weir_pool_rows *rows)
{
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		memset(rows->column[c], 0, (size_t)rows->period_count * sizeof *rows->column[c]);
	memset(rows->uncollected_cents, 0, sizeof rows->uncollected_cents);
}

void weir_pool_rows_finish(weir_pool_rows *rows, double initial_cents)
{
	weir_lane *balance = rows->column[WEIR_POOL_BALANCE], *overdue = rows->column[WEIR_POOL_OVERDUE];
	weir_lane *principal = rows->column[WEIR_POOL_PRINCIPAL], *defaulted = rows->column[WEIR_POOL_DEFAULTED];
	for (int k = 0; k < rows->period_count; k++)
		for (int l = 0; l < WEIR_LANES; l++) {
			double last = k > 0 ? balance[k - 1][l] : initial_cents;
			balance[k][l] = last - principal[k][l] - defaulted[k][l];
			overdue[k][l] += k > 0 ? overdue[k - 1][l] : 0;
			for (int c = WEIR_POOL_SCHEDULED_PRINCIPAL; c <= WEIR_POOL_SCHEDULED_INCOME; c++)
				rows->column[c][k][l] = rows->column[c][k][0];
		}
}

/* Whether a factor and a late share say all there is. */
static int is_plain(const weir_pool *pool, const weir_pool_shocks *shocks, int count)
{
	if (pool->claim_count > 0 || pool->past_to != WEIR_DATE_NONE || pool->actuals)
		return 0;
	for (int l = 0; l < count; l++)
		if (shocks[l].stress)
			return 0;
	return 1;
}

void weir_pool_project(weir_pool_rows *rows, const weir_pool *pool, const weir_periods *periods,
                       const weir_pool_shocks *shocks, int count)
{
	block b;
	rows->bought = pool->actuals ? pool->actuals->bought : NULL;
	if (!is_plain(pool, shocks, count)) {
		weir_stressed_project(rows, pool, periods, shocks, count);
		return;
	}
	prepare(&b, pool, periods, shocks, count);
	clear(rows);
	for (int c = 0; c < pool->deal->pool.contract_count; c++) {
		if (pool->chosen && !pool->chosen[c])
			continue;
		if (b.has_contract_factors)
			enter_contract(&b, c);
		for (size_t r = pool->contract_first[c]; r < pool->contract_first[c + 1]; r++)
			book(rows, &pool->receipts[r], &b);
	}
	weir_pool_rows_finish(rows, pool->principal_cents);
}

weir_status weir_pool_rows_create(weir_pool_rows **out, weir_arena *arena, const weir_pool *pool, int period_count)
{
	weir_pool_rows *rows = weir_arena_alloc(arena, sizeof *rows);
	if (!rows)
		return WEIR_NO_MEMORY;
	rows->period_count = period_count;
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++) {
		rows->column[c] = weir_arena_array(arena, (size_t)period_count, sizeof *rows->column[c]);
		if (!rows->column[c])
			return WEIR_NO_MEMORY;
	}
	weir_status status = weir_claims_create(rows, arena, pool);
	if (status == WEIR_OK)
		*out = rows;
	return status;
}

/* The contract of a receipt; where receipts do not depend on those before them, cut down to this one. */
static weir_stress_contract contract_for(const weir_pool *pool, size_t receipt, const weir_pool_shocks *shocks)
{
	const weir_receipt *receipts = weir_pool_receipts(pool).items;
	weir_stress_contract contract = weir_stress_contract_of(pool, receipts[receipt].contract);
	if (!shocks->stress && pool->past_to == WEIR_DATE_NONE) {
		contract.first = receipt;
		contract.end = receipt + 1;
		contract.scheduled_cents = receipts[receipt].principal_cents;
	}
	return contract;
}

void weir_pool_receipt_under(weir_receipt_split *out, const weir_pool *pool, size_t receipt,
                             const weir_pool_shocks *shocks)
{
	const weir_receipt *promised = &weir_pool_receipts(pool).items[receipt];
	weir_stress_contract contract = contract_for(pool, receipt, shocks);
	weir_stress_step step = weir_stress_first(&contract);
	weir_stressed stressed = { .date = WEIR_DATE_NONE, .late_date = WEIR_DATE_NONE };
	weir_walk walk;
	weir_walk_enter(&walk, &contract, shocks);
	walk.active_count[WEIR_STRESS_RECOVERY] = 0; /* what comes back is no part of a receipt */
	while (receipt >= contract.first) {
		weir_walk_step(&walk, &step, &stressed);
		if (step.receipt == promised)
			break;
		weir_stress_next(&step);
	}
	*out = (weir_receipt_split){ .principal_cents = stressed.principal + stressed.prepaid,
		                     .income_cents = stressed.income,
		                     .late_principal_cents = stressed.late_principal,
		                     .late_income_cents = stressed.late_income,
		                     .prepaid_cents = stressed.prepaid,
		                     .defaulted_cents = stressed.defaulted,
		                     .date = stressed.date,
		                     .late_date = stressed.late_date };
}
