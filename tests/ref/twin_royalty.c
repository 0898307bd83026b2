/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running royalties (INPUTS.md, EX6 and EX7; deal/contract.h): sales of each payment's period, the royalty on
 * them by rate or tiers, less step-downs, at least the guaranteed minimum, at most what the year's cap
 * leaves. */
#include <math.h>

#include "ref/twin_int.h"

typedef struct royalty {
	const twin *t;
	const weir_contract *contract;
	const weir_royalty_terms *terms;
	int a_year; /* payments */
} royalty;

/* The n-th row (from 0) of a use; NULL when there is none. */
static const weir_contract_row *row_of(const royalty *r, enum weir_row_use use, int n)
{
	for (int i = 0; i < r->contract->row_count; i++) {
		const weir_contract_row *row = &r->t->deal->pool.rows[r->contract->row_first + i];
		if (row->use == use && n-- == 0)
			return row;
	}
	return NULL;
}

/* The part of a year's amount that payment k (from 0) stands for, grown up to it. */
static num part_of_year(const royalty *r, int k)
{
	const weir_contract_row *season = row_of(r, WEIR_ROW_SEASON, k % r->a_year);
	const weir_contract_row *listed = row_of(r, WEIR_ROW_GROWTH, k);
	num part = season ? num_decimal(season->a) : num_ratio(1, r->a_year);
	num growth =
		listed ? num_decimal(listed->a)
		       : num_power(num_add(num_whole(1), num_decimal(r->terms->growth_annual)), k, r->a_year);
	return num_multiply(part, growth);
}

/* Royalty by tiers on the first so many sales of a contract year. */
static num tiered(const royalty *r, num sales)
{
	const weir_contract_row *tier;
	num total = num_whole(0), from = num_whole(0);
	for (int n = 0; (tier = row_of(r, WEIR_ROW_TIER, n)) != NULL; n++) {
		num to = isinf(tier->a) ? sales : num_least(sales, num_decimal(tier->a));
		if (num_compare(to, from) > 0)
			total = num_add(total, num_multiply(num_subtract(to, from), num_decimal(tier->b)));
		from = num_most(from, to);
	}
	return total;
}

/* Royalty of payment k before step-downs, minimum and cap. */
static num earned(const royalty *r, int k)
{
	if (!isnan(r->terms->royalty_first_year_cents))
		return num_multiply(num_decimal(r->terms->royalty_first_year_cents), part_of_year(r, k));
	num yearly = num_decimal(r->terms->sales_first_year_cents);
	num sales = num_multiply(yearly, part_of_year(r, k));
	if (!row_of(r, WEIR_ROW_TIER, 0))
		return num_multiply(sales, num_decimal(r->terms->rate));
	num before = num_whole(0);
	for (int j = k - k % r->a_year; j < k; j++)
		before = num_add(before, num_multiply(yearly, part_of_year(r, j)));
	return num_subtract(tiered(r, num_add(before, sales)), tiered(r, before));
}

/* The factor of all step-downs that have begun by a payment date (before its lag). */
static num stepped_down(const royalty *r, weir_date date)
{
	const weir_contract_row *step;
	num factor = num_whole(1);
	for (int n = 0; (step = row_of(r, WEIR_ROW_STEP_DOWN, n)) != NULL; n++)
		if (step->date <= date)
			factor = num_multiply(factor, num_decimal(step->a));
	return factor;
}

/* Split before it is rounded: principal = receipt x share, rounded; income = rounded receipt - principal. */
static weir_status add_split(twin *t, const royalty *r, int number, weir_date due, num receipt)
{
	int64_t principal = num_round(num_multiply(receipt, num_decimal(r->terms->principal_share)));
	int contract = (int)(r->contract - t->deal->pool.contracts);
	return twin_add_receipt(t, contract, number, due, principal, num_round(receipt) - principal);
}

static weir_status milestones(twin *t, const royalty *r)
{
	const weir_contract_row *row;
	weir_status status = WEIR_OK;
	for (int n = 0; (row = row_of(r, WEIR_ROW_MILESTONE, n)) != NULL && status == WEIR_OK; n++)
		status = add_split(t, r, r->contract->count + 1 + n, row->date, num_decimal(row->a));
	return status;
}

weir_status twin_royalty_receipts(twin *t, int contract)
{
	const weir_contract *c = &t->deal->pool.contracts[contract];
	royalty r = { t, c, &t->deal->pool.royalties[c->royalty], 12 / c->every_months };
	num least = num_divide(num_decimal(r.terms->minimum_annual_cents), num_whole(r.a_year));
	num in_year = num_whole(0);
	weir_status status = WEIR_OK;
	for (int k = 0; k < c->count && status == WEIR_OK; k++) {
		weir_date date = weir_date_add_months(c->first_due, k * c->every_months);
		weir_date due = weir_date_add_months(c->first_due, k * c->every_months + r.terms->lag_months);
		num receipt = num_most(num_multiply(earned(&r, k), stepped_down(&r, date)), least);
		if (k % r.a_year == 0)
			in_year = num_whole(0);
		if (!isinf(r.terms->cap_annual_cents))
			receipt = num_least(receipt,
			                    num_subtract(num_decimal(r.terms->cap_annual_cents), in_year));
		in_year = num_add(in_year, num_whole(num_round(receipt)));
		status = add_split(t, &r, k + 1, due, receipt);
	}
	return status == WEIR_OK ? milestones(t, &r) : status;
}
