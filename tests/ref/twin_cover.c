/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Covers of single contracts: each takes the claims that those before it left, contract by contract, less its
 * deductible and within its limits, and its parties pay their shares. */
#include <stdlib.h>

#include "ref/twin_int.h"

/* One claim on its way through the covers. */
typedef struct claim {
	int64_t principal, income; /* not covered yet */
} claim;

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A deposit is free again once the last instalment was due. */
static int is_deposit_gone(const twin *t, int contract)
{
	int count;
	const twin_receipt *receipts = twin_receipts_of(t, contract, &count);
	return count == 0 || twin_period_of(t, receipts[count - 1].due) < t->period;
}

/* What this cover hears of a claim: above its deductible, up to what is left for the contract. */
static int64_t heard(twin *t, int number, int contract, const claim *c)
{
	const weir_cover *cover = &t->deal->covers[number];
	twin_tally *tally = &t->tallies[number];
	int64_t x = c->principal + (cover->income ? c->income : 0);
	int64_t most = twin_limit(cover->cap_contract_cents);
	if (cover->kind == WEIR_COVER_DEPOSIT) {
		if (is_deposit_gone(t, contract))
			return 0;
		most = num_round(num_decimal(t->deal->pool.contracts[contract].deposit_cents));
	}
	int64_t borne = least(x, num_round(num_decimal(cover->deductible_cents)) - tally->deductible);
	tally->deductible += borne;
	return least(x - borne, most - tally->of_contract[contract]);
}

/* The part of one share before its limits: side by side by their sums, so that no cent is lost; or of what
 * those before it left. */
static int64_t part_of(const weir_cover *cover, int share, int64_t x, int64_t paid)
{
	num before = num_whole(0);
	if (cover->ordered)
		return num_round(num_multiply(num_whole(x - paid), num_decimal(cover->shares[share].of)));
	for (int s = 0; s < share; s++)
		before = num_add(before, num_decimal(cover->shares[s].of));
	num with = num_add(before, num_decimal(cover->shares[share].of));
	return num_round(num_multiply(num_whole(x), with)) - num_round(num_multiply(num_whole(x), before));
}

/* Within all limits that a share has. */
static int64_t limited(const twin *t, int number, int share, int64_t cents)
{
	const weir_cover *cover = &t->deal->covers[number];
	const weir_cover_share *s = &cover->shares[share];
	const twin_tally *tally = &t->tallies[number];
	if (!twin_can_pay(t, s->party))
		return 0;
	cents = least(cents, twin_limit(s->cap_cents) - tally->of_share[share]);
	cents = least(cents, twin_limit(s->cap_yearly_cents) - tally->of_share_in_year[share]);
	cents = least(cents, twin_limit(cover->cap_yearly_cents) - tally->in_year);
	cents = least(cents, twin_limit(cover->cap_cents) - t->now->covers[number].paid_total);
	cents = least(cents, twin_capacity(t, s->party));
	return cents > 0 ? cents : 0;
}

static int64_t pay_share(twin *t, int number, int share, int contract, int64_t cents)
{
	const weir_cover *cover = &t->deal->covers[number];
	twin_tally *tally = &t->tallies[number];
	cents = limited(t, number, share, cents);
	tally->of_share[share] += cents;
	tally->of_share_in_year[share] += cents;
	tally->in_year += cents;
	tally->of_contract[contract] += cents;
	t->now->covers[number].paid_total += cents;
	t->now->covers[number].settled += cents;
	twin_use_capacity(t, cover->shares[share].party, cents);
	twin_promise(t, (twin_pending){ .cover = number,
	                                .share = share,
	                                .support = -1,
	                                .period = twin_period_after(t, t->period, cover->delay_months),
	                                .cents = cents });
	return cents;
}

static void settle(twin *t, int number, int contract, claim *c)
{
	const weir_cover *cover = &t->deal->covers[number];
	int64_t x = heard(t, number, contract, c), paid = 0;
	t->now->covers[number].claimed += x;
	for (int s = 0; s < cover->share_count; s++)
		paid += pay_share(t, number, s, contract, part_of(cover, s, x, paid));
	int64_t of_principal = least(c->principal, paid);
	c->principal -= of_principal;
	c->income -= paid - of_principal;
}

/* Yearly limits begin anew with each 12 months from the start date. */
static void start_year(twin *t, int number)
{
	twin_tally *tally = &t->tallies[number];
	if (t->period > 1 && t->periods[t->period].year == t->periods[t->period - 1].year)
		return;
	tally->in_year = 0;
	for (int s = 0; s < t->deal->covers[number].share_count; s++)
		tally->of_share_in_year[s] = 0;
}

static void settle_cover(twin *t, int number, claim *claims)
{
	const weir_cover *cover = &t->deal->covers[number];
	start_year(t, number);
	if (twin_holds(t, &cover->when))
		for (int c = 0; c < t->deal->pool.contract_count; c++)
			if (!cover->contracts || cover->contracts[c])
				settle(t, number, c, &claims[c]);
	t->now->covers[number].available = twin_limit(cover->cap_cents) - t->now->covers[number].paid_total;
}

int64_t twin_share_cash(const twin *t, int cover, int share, int period)
{
	return t->tallies[cover].cash[share * t->period_count + period];
}

/* Covers in order, each through the contracts as they are listed. */
void twin_settle_covers(twin *t)
{
	int contracts = t->deal->pool.contract_count, last = 0;
	claim *claims = calloc((size_t)contracts + 1, sizeof *claims);
	if (!claims)
		abort();
	for (int c = 0; c < contracts && !t->now->sold; c++)
		claims[c] = (claim){ twin_claim(t, c, t->period, 0), twin_claim(t, c, t->period, 1) };
	for (int v = 0; v < t->deal->cover_count; v++)
		last = t->deal->covers[v].order > last ? t->deal->covers[v].order : last;
	for (int order = 0; order <= last; order++)
		for (int v = 0; v < t->deal->cover_count; v++)
			if (t->deal->covers[v].order == order)
				settle_cover(t, v, claims);
	free(claims);
}
