/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in before anything is due: the pool's receipts less what is lost at a servicer, what revolving
 * assets pay, and what covers and supports promised in earlier periods. */
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

/* An account by its id; else the first that takes a kind of receipt; else the first. */
int twin_account_of(const twin *t, const weir_words *to, unsigned receives)
{
	if (to->count)
		return weir_deal_find_account(t->deal, to->items[0]);
	for (int a = 0; a < t->deal->account_count; a++)
		if (t->deal->accounts[a].receives & receives)
			return a;
	return 0;
}

/* Whether an account takes a kind of receipt; the first takes all where none says so. */
static int takes(const twin *t, int account, unsigned kind)
{
	int said = 0;
	for (int a = 0; a < t->deal->account_count; a++)
		said |= t->deal->accounts[a].receives != 0;
	return said ? (t->deal->accounts[account].receives & kind) != 0 : account == 0;
}

static void enter(twin *t, unsigned kind, int64_t cents)
{
	for (int a = 0; a < t->deal->account_count; a++)
		if (takes(t, a, kind))
			t->now->accounts[a] += cents;
}

/* What the servicer had in its hands when it failed is gone. */
static void lose(twin *t)
{
	const twin_pool *p = &t->projected[t->period];
	int64_t principal = t->now->fast ? p->lost_principal_fast : p->lost_principal;
	int64_t income = t->now->fast ? p->lost_income_fast : p->lost_income;
	t->now->lost = principal + income;
	enter(t, WEIR_RECEIVES_PRINCIPAL, -principal);
	enter(t, WEIR_RECEIVES_INCOME, -income);
}

/* The first period whose calculation date is not before that of period k and so many months. */
int twin_period_after(const twin *t, int k, int months)
{
	weir_date date = weir_date_add_months(t->periods[k].calculation, months);
	int m = k;
	while (m < t->period_count && t->periods[m].calculation < date)
		m++;
	return m;
}

static void arrive(twin *t, const twin_pending *p)
{
	const weir_deal *deal = t->deal;
	if (p->cover >= 0) {
		const weir_cover *cover = &deal->covers[p->cover];
		if (!twin_can_pay(t, cover->shares[p->share].party))
			return;
		t->now->accounts[twin_account_of(t, &cover->to, WEIR_RECEIVES_RECOVERED)] += p->cents;
		t->now->covers[p->cover].paid += p->cents;
		t->tallies[p->cover].cash[p->share * t->period_count + t->period] += p->cents;
		return;
	}
	const weir_support *support = &deal->supports[p->support];
	twin_support *now = &t->now->supports[p->support];
	if (!twin_can_pay(t, support->party))
		return;
	now->drawn += p->cents;
	if (support->kind == WEIR_SUPPORT_TOP_UP)
		t->now->accounts[twin_account_of(t, &support->to, 0)] += p->cents;
	else
		now->cash += p->cents;
}

/* Pays at once what falls in this period, and keeps the rest for its own. */
void twin_promise(twin *t, twin_pending p)
{
	if (p.cents == 0 || p.period >= t->period_count)
		return;
	if (p.period == t->period) {
		arrive(t, &p);
		return;
	}
	if (t->pending_count == t->pending_room) {
		int room = t->pending_room ? 2 * t->pending_room : 64;
		twin_pending *more = twin_alloc(t, (size_t)room, sizeof *more);
		if (t->pending_count)
			memcpy(more, t->pending, (size_t)t->pending_count * sizeof *more);
		t->pending = more;
		t->pending_room = room;
	}
	t->pending[t->pending_count++] = p;
}

static void start_period(twin *t)
{
	for (int s = 0; s < t->deal->support_count; s++)
		t->now->supports[s].drawn = t->now->supports[s].cash = 0;
	for (int v = 0; v < t->deal->cover_count; v++)
		t->now->covers[v].claimed = t->now->covers[v].settled = t->now->covers[v].paid = 0;
}

void twin_collect(twin *t)
{
	start_period(t);
	twin_note_failures(t);
	t->now->lost = 0;
	t->now->pool = (twin_pool){ .defaulted_to_date = t->now->pool.defaulted_to_date };
	if (!t->now->sold) {
		t->now->pool = t->projected[t->period];
		enter(t, WEIR_RECEIVES_PRINCIPAL, t->now->pool.principal);
		enter(t, WEIR_RECEIVES_INCOME, t->now->pool.income);
		enter(t, WEIR_RECEIVES_RECOVERED, t->now->pool.recovered);
		lose(t);
	}
	twin_collect_revolving(t);
	for (int i = 0; i < t->pending_count; i++)
		if (t->pending[i].period == t->period)
			arrive(t, &t->pending[i]);
	twin_settle_covers(t);
}
