/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/settle.h"

#include <string.h>

#include "engine/kernels.h"

/* One lane of a cover at work. */
typedef struct desk {
	const weir_plan *plan;
	const weir_settlement *s;
	weir_lane *R;
	int lane, period;
	double left, left_this_year; /* of the cover's caps */
} desk;

static double *at(const desk *d, int register_number)
{
	return &d->R[register_number][d->lane];
}

static double share_of(double amount, double of)
{
	static const weir_year_fraction whole = { .numerator = 1, .denominator = 1 };
	return product_exactly(amount, of, &whole);
}

/* What a share pays of what it should: as far as its caps and its party's capacity reach. */
static double pay_share(const desk *d, const weir_settlement_share *share, double wanted)
{
	double *total = at(d, share->total), *year = at(d, share->year), *capacity = at(d, share->capacity);
	double most = lesser(share->cap_cents - *total, share->cap_yearly_cents - *year);
	most = lesser(lesser(most, *capacity), lesser(d->left, d->left_this_year));
	double paid = *at(d, share->pays) != 0 ? greater(lesser(wanted, most), 0) : 0;
	*total += paid;
	*year += paid;
	*capacity -= paid;
	*at(d, share->now) += paid;
	return paid;
}

/* All shares of one claim: side by side by cumulative shares, or each of what those before it left. */
static double pay_shares(desk *d, double amount)
{
	double paid = 0, given = 0;
	for (int i = 0; i < d->s->share_count; i++) {
		const weir_settlement_share *share = &d->s->shares[i];
		double so_far = share_of(amount, share->of_sum);
		double wanted = d->s->cover->ordered ? share_of(amount - paid, share->of) : so_far - given;
		given = so_far;
		double one = pay_share(d, share, wanted);
		paid += one;
		d->left -= one;
		d->left_this_year -= one;
	}
	return paid;
}

/* One claim; gives what was claimed of this cover. */
static double settle_claim(desk *d, int number, double *paid)
{
	const weir_list_item *claim = &d->plan->items[d->s->claim_items + d->s->claims[number]];
	double *principal = at(d, claim->unpaid), *income = at(d, claim->paid), *used = at(d, d->s->deductible_used);
	double amount = *principal + (d->s->cover->income ? *income : 0);
	if (d->period > d->s->until[number] || amount <= 0)
		return 0;
	double borne = lesser(amount, d->s->cover->deductible_cents - *used);
	*used += borne;
	amount -= borne;
	double *before = d->s->contract_paid >= 0 ? at(d, d->plan->items[d->s->contract_paid + number].unpaid) : NULL;
	if (before)
		amount = greater(lesser(amount, d->s->caps[number] - *before), 0);
	*paid = pay_shares(d, amount);
	if (before)
		*before += *paid;
	double of_principal = lesser(*principal, *paid);
	*principal -= of_principal;
	*income -= *paid - of_principal;
	return amount;
}

static void settle_lane(desk *d, const weir_instruction *i)
{
	double *year_paid = at(d, d->s->year_paid), claimed = 0, settled = 0;
	d->left = *at(d, i->r[3]);
	d->left_this_year = lesser(d->s->cover->cap_yearly_cents, WEIR_CENTS_MAX) - *year_paid;
	for (int n = 0; n < d->s->claim_count; n++) {
		double paid = 0;
		claimed += settle_claim(d, n, &paid);
		settled += paid;
	}
	*at(d, i->r[0]) = claimed;
	*at(d, i->r[1]) = settled;
	*at(d, i->r[2]) += settled;
	*at(d, i->r[3]) -= settled;
	*year_paid += settled;
}

void weir_settle_claims(weir_run *run, const weir_instruction *i, int period, weir_lane *R)
{
	const weir_pool_rows *rows = run->rows;
	for (int n = 0; n < i->list_count; n++) {
		const weir_list_item *item = &run->plan->items[i->list + n];
		size_t row = (size_t)n * (size_t)rows->period_count + (size_t)period;
		memcpy(R[item->unpaid], rows->claim_principal[row], sizeof(weir_lane));
		memcpy(R[item->paid], rows->claim_income[row], sizeof(weir_lane));
	}
}

void weir_settle(weir_run *run, const weir_instruction *i, int period, weir_lane *R)
{
	const weir_settlement *s = &run->plan->settlements[(int)i->immediate];
	int new_year = run->plan->constants[i->constant][period] != 0;
	memset(R[i->r[0]], 0, sizeof(weir_lane));
	memset(R[i->r[1]], 0, sizeof(weir_lane));
	for (int k = 0; k < s->share_count; k++) {
		memset(R[s->shares[k].now], 0, sizeof(weir_lane));
		if (new_year)
			memset(R[s->shares[k].year], 0, sizeof(weir_lane));
	}
	if (new_year)
		memset(R[s->year_paid], 0, sizeof(weir_lane));
	if (!run->rows->any_claim[period])
		return;
	for (int l = 0; l < WEIR_LANES; l++) {
		desk d = { .plan = run->plan, .s = s, .R = R, .lane = l, .period = period };
		if (i->mask < 0 || R[i->mask][l] != 0)
			settle_lane(&d, i);
	}
}
