/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pool/factor.h"
#include "pool/stress.h"

/* A projection: contract by contract, receipt by receipt, all lanes of one receipt together. */
typedef struct projection {
	weir_pool_rows *rows;
	const weir_pool *pool;
	const weir_periods *periods;
	const weir_pool_shocks *shocks;
	int count;
	int lost_period[WEIR_LANES]; /* that collects the day on which the lane's servicer fails; -1: it does not */
	weir_walk walks[WEIR_LANES];
} projection;

/* --- booking one receipt in one lane ---------------------------------------------------------------------------- */

/* Cash of a receipt, of the period in which it fell due. */
typedef struct payment {
	double principal, income;
	weir_date date;
	int due_period;
} payment;

static void book_lost(projection *p, int lane, const payment *paid)
{
	const weir_stress_servicer *servicer = &p->walks[lane].stress->servicer;
	weir_lane **column = p->rows->column;
	int k = p->lost_period[lane];
	if (paid->date > servicer->fails)
		return;
	if (paid->date > servicer->lost_after) {
		column[WEIR_POOL_LOST_PRINCIPAL][k][lane] += paid->principal;
		column[WEIR_POOL_LOST_INCOME][k][lane] += paid->income;
	}
	if (paid->date > servicer->lost_after_fast) {
		column[WEIR_POOL_LOST_PRINCIPAL_FAST][k][lane] += paid->principal;
		column[WEIR_POOL_LOST_INCOME_FAST][k][lane] += paid->income;
	}
}

/* Money arrives, in the period of its day or in none; until then it is overdue. */
static void book_payment(projection *p, int lane, const payment *paid, int k)
{
	weir_lane **column = p->rows->column;
	int count = p->rows->period_count;
	if (k != paid->due_period)
		column[WEIR_POOL_OVERDUE][paid->due_period][lane] += paid->principal;
	if (k >= count) {
		p->rows->uncollected_cents[lane] += paid->principal + paid->income;
		return;
	}
	column[WEIR_POOL_PRINCIPAL][k][lane] += paid->principal;
	column[WEIR_POOL_INCOME][k][lane] += paid->income;
	if (k != paid->due_period)
		column[WEIR_POOL_OVERDUE][k][lane] -= paid->principal;
	if (k == p->lost_period[lane])
		book_lost(p, lane, paid);
}

static void book_recoveries(projection *p, int lane, const weir_stressed *r)
{
	weir_lane **column = p->rows->column;
	for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++) {
		if (r->recovered[channel] == 0)
			continue;
		int k = weir_pool_period_of(p->periods, r->recovered_date[channel]);
		if (k >= p->rows->period_count) {
			p->rows->uncollected_cents[lane] += r->recovered[channel];
			continue;
		}
		column[WEIR_POOL_RECOVERED][k][lane] += r->recovered[channel];
		if (channel == WEIR_CHANNEL_DISPOSAL)
			column[WEIR_POOL_DISPOSAL][k][lane] += r->recovered[channel];
	}
}

static void book(projection *p, int lane, const weir_receipt *receipt, int due_period, const weir_stressed *r)
{
	weir_lane **column = p->rows->column;
	int claim = p->pool->claim_of ? p->pool->claim_of[receipt->contract] : -1;
	int k = r->date == receipt->due ? due_period : weir_pool_period_of(p->periods, r->date);
	payment in_time = { r->principal + r->prepaid, r->income, r->date, due_period };
	book_recoveries(p, lane, r);
	if (due_period >= p->rows->period_count) { /* nothing of it comes, or is given up, in any period */
		p->rows->uncollected_cents[lane] +=
		        in_time.principal + in_time.income + r->late_principal + r->late_income;
		return;
	}
	book_payment(p, lane, &in_time, k);
	if (k < p->rows->period_count)
		column[WEIR_POOL_PREPAID][k][lane] += r->prepaid;
	if (r->late_date != WEIR_DATE_NONE || r->late_principal != 0 || r->late_income != 0) {
		payment late = { r->late_principal, r->late_income, r->late_date, due_period };
		book_payment(p, lane, &late, weir_pool_period_of(p->periods, r->late_date));
	}
	column[WEIR_POOL_DEFAULTED][due_period][lane] += r->defaulted;
	if (claim >= 0)
		weir_claims_add(p->rows, claim, due_period, lane, r);
}

/* --- the pool --------------------------------------------------------------------------------------------------- */

/* What the terms promise, scaled at a mid-life start; in the first lane, the others follow. Actuals have it. */
static void book_schedule(projection *p, const weir_stress_step *step, int k)
{
	double share = p->pool->opening_share;
	weir_lane **column = p->rows->column;
	if (k >= p->rows->period_count || p->pool->actuals)
		return;
	column[WEIR_POOL_SCHEDULED_PRINCIPAL][k][0] +=
	        weir_factor_scale(step->before, share, 1) - weir_factor_scale(step->after, share, 1);
	column[WEIR_POOL_SCHEDULED_INCOME][k][0] += weir_factor_scale(step->receipt->income_cents, share, 1);
}

static void project_contract(projection *p, const weir_stress_contract *contract)
{
	if (contract->first == contract->end)
		return;
	for (int l = 0; l < p->count; l++)
		weir_walk_enter(&p->walks[l], contract, &p->shocks[l]);
	weir_stress_step step = weir_stress_first(contract);
	for (;;) {
		int k = weir_pool_period_of(p->periods, step.receipt->due);
		book_schedule(p, &step, k);
		for (int l = 0; l < p->count; l++) {
			weir_stressed stressed;
			weir_walk_step(&p->walks[l], &step, &stressed);
			book(p, l, step.receipt, k, &stressed);
		}
		if (step.last)
			return;
		weir_stress_next(&step);
	}
}

static void prepare(projection *p)
{
	for (int l = 0; l < p->count; l++) {
		const weir_pool_stress *stress = p->shocks[l].stress;
		p->lost_period[l] = -1;
		if (stress && stress->servicer.fails != WEIR_DATE_NONE)
			p->lost_period[l] = weir_pool_period_of(p->periods, stress->servicer.fails);
		for (int i = 0; stress && stress->ip_taken && i < p->pool->ip_shared_count; i++)
			stress->ip_taken[i] = -1;
	}
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		memset(p->rows->column[c], 0, (size_t)p->rows->period_count * sizeof *p->rows->column[c]);
	memset(p->rows->uncollected_cents, 0, sizeof p->rows->uncollected_cents);
	weir_claims_clear(p->rows);
	if (p->pool->actuals)
		weir_actuals_book(p->rows, p->pool, p->count);
}

static void repeat_last(double *lanes, int count)
{
	for (int l = count; l < WEIR_LANES; l++)
		lanes[l] = lanes[count - 1];
}

static void fill_lanes(projection *p)
{
	weir_pool_rows *rows = p->rows;
	size_t periods = (size_t)rows->period_count;
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		for (size_t k = 0; k < periods; k++)
			repeat_last(rows->column[c][k], p->count);
	repeat_last(rows->uncollected_cents, p->count);
	for (size_t k = 0; k < periods; k++)
		for (size_t c = 0; rows->any_claim[k] && c < (size_t)rows->claim_count; c++) {
			repeat_last(rows->claim_principal[c * periods + k], p->count);
			repeat_last(rows->claim_income[c * periods + k], p->count);
		}
}

void weir_stressed_project(weir_pool_rows *rows, const weir_pool *pool, const weir_periods *periods,
                           const weir_pool_shocks *shocks, int count)
{
	projection p;
	p.rows = rows;
	p.pool = pool;
	p.periods = periods;
	p.shocks = shocks;
	p.count = count;
	prepare(&p);
	for (int c = 0; c < pool->deal->pool.contract_count; c++) {
		if (pool->chosen && !pool->chosen[c])
			continue;
		weir_stress_contract contract = weir_stress_contract_of(pool, c);
		project_contract(&p, &contract);
	}
	fill_lanes(&p);
	weir_pool_rows_finish(rows, pool->opening_cents);
}
