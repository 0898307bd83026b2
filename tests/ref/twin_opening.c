/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a deal begins: at its closing, or in the middle of its life from the balances of a payment date. */
#include <math.h>

#include "ref/twin_int.h"

static int64_t cents_or(double cents, int64_t otherwise)
{
	return isnan(cents) ? otherwise : num_round(num_decimal(cents));
}

/* What was due up to the opening's calculation date has been paid. */
int twin_is_past(const twin *t, int receipt)
{
	return t->opening > 0 && t->receipts[receipt].due <= t->periods[t->opening].calculation;
}

num twin_opening_share(const twin *t)
{
	return num_scaled(t->opening_units, 12);
}

/* Principal still scheduled of one contract. */
static int64_t scheduled(const twin *t, int contract)
{
	int64_t sum = 0;
	for (int i = 0; i < t->receipt_count; i++)
		if (t->receipts[i].contract == contract && !twin_is_past(t, i))
			sum += t->receipts[i].principal;
	return sum;
}

/* The opening's period, and the pool balance there: all receipts still to come scale with the one given. */
weir_status twin_make_opening(twin *t)
{
	int contracts = t->deal->pool.contract_count;
	int64_t all = 0;
	t->opening_units = 1000000000000;
	for (int k = 1; t->deal->opening != WEIR_DATE_NONE && k < t->period_count; k++)
		if (t->periods[k].payment == t->deal->opening)
			t->opening = k;
	for (int c = 0; c < contracts; c++)
		all += scheduled(t, c);
	if (t->opening && !isnan(t->deal->opening_pool_cents) && all > 0) {
		num share = num_divide(num_decimal(t->deal->opening_pool_cents), num_whole(all));
		t->opening_units = num_round(num_multiply(share, num_whole(1000000000000)));
	}
	for (int c = 0; c < contracts; c++)
		t->pool_opening += num_round(num_multiply(twin_opening_share(t), num_whole(scheduled(t, c))));
	return WEIR_OK;
}

/* What was unpaid then is carried; interest with principal begins with what of it is still owed. */
static void open_classes(twin *t)
{
	for (int c = 0; c < t->deal->class_count; c++) {
		const weir_class *class = &t->deal->classes[c];
		twin_class *now = &t->now->classes[c];
		now->balance = twin_size(t, c);
		if (!t->opening)
			continue;
		now->balance = cents_or(class->opening_balance_cents, now->balance);
		now->interest_unpaid = cents_or(class->opening_interest_cents, 0);
		now->principal_unpaid = cents_or(class->opening_principal_cents, 0);
		now->earned_on_repaid = now->interest_unpaid;
	}
}

static void open_supports(twin *t)
{
	for (int s = 0; t->opening && s < t->deal->support_count; s++) {
		t->now->supports[s].outstanding = cents_or(t->deal->supports[s].opening_outstanding_cents, 0);
		t->now->supports[s].drawn_total = cents_or(t->deal->supports[s].opening_drawn_cents, 0);
	}
	for (int v = 0; v < t->deal->cover_count; v++) {
		const weir_cover *cover = &t->deal->covers[v];
		twin_cover *now = &t->now->covers[v];
		now->paid_total = t->opening ? cents_or(cover->opening_paid_cents, 0) : 0;
		now->available = twin_limit(cover->cap_cents) - now->paid_total;
		if (cover->share_count == 1)
			t->tallies[v].of_share[0] = now->paid_total;
		if (now->paid_total > 0) /* it pays only beyond its deductible */
			t->tallies[v].deductible = num_round(num_decimal(cover->deductible_cents));
	}
}

static int64_t initial(const twin *t, const weir_account *account)
{
	return num_round(twin_parameter(t, account->node.id, "initial", account->initial_cents));
}

twin_closing twin_close(const twin *t)
{
	const weir_deal *deal = t->deal;
	twin_closing closing = { 0 };
	size_t mark = num_mark();
	int64_t cash = 0;
	for (int c = 0; !t->opening && c < deal->class_count; c++) {
		num per_face = num_divide(num_decimal(deal->classes[c].issue_price), num_whole(100));
		closing.proceeds += num_round(num_multiply(num_whole(twin_size(t, c)), per_face));
	}
	for (int a = 0; a < deal->account_count; a++)
		cash += initial(t, &deal->accounts[a]);
	closing.costs = num_round(num_decimal(deal->closing_costs_cents));
	closing.price = deal->closed_price_given ? num_round(num_decimal(deal->purchase_price_cents))
	                                         : closing.proceeds - cash - closing.costs;
	num_release(mark);
	return closing;
}

void twin_open_deal(twin *t)
{
	t->period = t->opening;
	t->now = &t->rows[t->opening];
	t->now->waterfall = -1;
	t->now->pool = t->projected[t->opening];
	open_classes(t);
	for (int a = 0; a < t->deal->account_count; a++) {
		const weir_account *account = &t->deal->accounts[a];
		t->now->accounts[a] = t->opening ? cents_or(account->opening_cents, 0) : initial(t, account);
	}
	for (int i = 0; t->opening && i < t->deal->trigger_count; i++)
		t->now->triggers[i].fired = t->deal->triggers[i].opening_fired != 0;
	open_supports(t);
	twin_open_parties(t);
	twin_open_memory(t);
}
