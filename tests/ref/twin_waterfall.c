/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of payments (DESIGN section 4; the steps of deal/deal.h; the splits of engine/pro_rata.h's
 * comment). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

/* A step on its way: the accounts it draws on, and how much it may still draw. */
typedef struct source {
	int accounts[TWIN_PAYEES];
	int count;
	int64_t limit;
} source;

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int all_payees(const twin *t, const weir_step *step, twin_payee *out)
{
	int count = 0;
	for (int i = 0; i < step->what.count; i++)
		count += twin_payees_of(t, step->what.items[i], out + count);
	return count;
}

static source open_source(twin *t, const weir_step *step)
{
	source p = { .count = step->from.count, .limit = INT64_MAX };
	for (int i = 0; i < step->from.count; i++)
		p.accounts[i] = weir_deal_find_account(t->deal, step->from.items[i]);
	if (p.count == 0)
		p.accounts[p.count++] = 0;
	if (step->limit.text)
		p.limit = twin_cents(t, &step->limit);
	if (p.limit < 0)
		p.limit = 0;
	return p;
}

/* Takes up to `wanted` out of the source's accounts in turn. */
static int64_t draw(twin *t, source *p, int64_t wanted)
{
	int64_t taken = 0;
	for (int i = 0; i < p->count; i++) {
		int64_t *account = &t->now->accounts[p->accounts[i]];
		int64_t part = least(*account, least(p->limit, wanted - taken));
		*account -= part;
		p->limit -= part;
		taken += part;
	}
	return taken;
}

/* How much of so much cash a payee can take. */
static int64_t takes(const twin *t, twin_payee p, int64_t cash)
{
	int64_t due = twin_owed(t, p);
	if (p.kind == TWIN_PAY_INTEREST || p.kind == TWIN_PAY_PRINCIPAL || p.kind == TWIN_PAY_BALANCE)
		return twin_payable(t, p.index, cash, due);
	return least(cash, due);
}

/* The cash that a source could give. */
static int64_t content(const twin *t, const source *p)
{
	int64_t cash = 0;
	for (int i = 0; i < p->count; i++)
		cash += t->now->accounts[p->accounts[i]];
	return least(cash, p->limit);
}

/* In proportion to what each is due, out of one account after the other. */
static void pay_pro_rata(twin *t, const weir_step *step, const twin_payee *payees, int count, source *all)
{
	int64_t dues[TWIN_PAYEES], shares[TWIN_PAYEES];
	for (int a = 0; a < all->count; a++) {
		source one = { .accounts = { all->accounts[a] }, .count = 1, .limit = all->limit };
		int64_t sum = 0;
		for (int i = 0; i < count; i++)
			sum += dues[i] = twin_owed(t, payees[i]);
		twin_split(shares, dues, count, least(sum, content(t, &one)), step->split);
		for (int i = 0; i < count; i++)
			twin_pay(t, payees[i], draw(t, &one, takes(t, payees[i], shares[i])));
		all->limit = one.limit;
	}
}

static void pay_in_turn(twin *t, const twin_payee *payees, int count, source *all)
{
	for (int i = 0; i < count; i++)
		twin_pay(t, payees[i], draw(t, all, takes(t, payees[i], content(t, all))));
}

/* What one support's purse pays of its covered payables in a step, as the step shares them out: what is due,
 * or else whole balances. */
static void pay_from_purse(twin *t, const weir_step *step, const twin_payee *payees, int count, int support,
                           int whole)
{
	int64_t *cash = &t->now->supports[support].cash, dues[TWIN_PAYEES], shares[TWIN_PAYEES], sum = 0;
	twin_payee covered[TWIN_PAYEES];
	int n = 0;
	for (int i = 0; i < count; i++)
		if (twin_is_covered(t, support, payees[i], whole))
			covered[n++] = payees[i];
	for (int i = 0; i < n; i++)
		sum += dues[i] = twin_purse_takes(t, support, covered[i], whole);
	if (step->share == WEIR_SHARE_PRO_RATA && n > 0)
		twin_split(shares, dues, n, least(sum, *cash), step->split);
	for (int i = 0; i < n; i++) {
		int64_t part = step->share == WEIR_SHARE_PRO_RATA ? shares[i] : least(*cash, dues[i]);
		*cash -= part;
		twin_pay(t, covered[i], part);
	}
}

/* One after the other, or in proportion, out of the step's accounts; then out of the supports' purses. */
static void pay_step(twin *t, const weir_step *step)
{
	twin_payee payees[TWIN_PAYEES];
	int count = all_payees(t, step, payees), supports[TWIN_PAYEES];
	source all = open_source(t, step);
	if (step->share == WEIR_SHARE_PRO_RATA)
		pay_pro_rata(t, step, payees, count, &all);
	else
		pay_in_turn(t, payees, count, &all);
	twin_order_supports(t, supports);
	for (int i = 0; i < t->deal->support_count; i++) {
		pay_from_purse(t, step, payees, count, supports[i], 0);
		pay_from_purse(t, step, payees, count, supports[i], 1);
	}
}

/* Buys assets for what the account has, or for an amount; none once the pool was sold. */
static void purchase_step(twin *t, const weir_step *step)
{
	source all = open_source(t, step);
	int64_t amount = step->amount.text ? twin_cents(t, &step->amount) : INT64_MAX, bought;
	for (int i = 0; !t->now->sold && i < t->deal->revolving_count; i++) {
		if (strcmp(t->deal->revolvings[i].node.id, step->to.items[0]) != 0)
			continue;
		if (twin_is_told(t)) {
			twin_told_purchase(t, i, &amount, &bought);
			amount -= t->now->revolvings[i].purchased;
		}
		if (amount > 0)
			twin_purchase(t, i, draw(t, &all, amount));
	}
}

static void fill_step(twin *t, const weir_step *step)
{
	int account = weir_deal_find_account(t->deal, step->to.items[0]);
	source p = open_source(t, step);
	int64_t missing = twin_cents(t, &t->deal->accounts[account].target) - t->now->accounts[account];
	if (missing > 0)
		t->now->accounts[account] += draw(t, &p, missing);
}

static void transfer_step(twin *t, const weir_step *step)
{
	int account = weir_deal_find_account(t->deal, step->to.items[0]);
	source p = open_source(t, step);
	int64_t amount = step->amount.text ? twin_cents(t, &step->amount) : INT64_MAX;
	if (amount > 0)
		t->now->accounts[account] += draw(t, &p, amount);
}

/* What a reserve holds above its target, or all of it. */
static void release_step(twin *t, const weir_step *step)
{
	int account = weir_deal_find_account(t->deal, step->from.items[0]);
	int to = step->to.count ? weir_deal_find_account(t->deal, step->to.items[0]) : 0;
	int64_t held = t->now->accounts[account];
	int64_t target = step->release_all ? 0 : twin_cents(t, &t->deal->accounts[account].target);
	int64_t excess = held - (target > 0 ? target : 0);
	if (excess > 0) {
		t->now->accounts[account] -= excess;
		t->now->accounts[to] += excess;
	}
}

static void take_steps(twin *t, const weir_step *steps, int count);

static void take_step(twin *t, const weir_step *step)
{
	int holds = twin_holds(t, &step->test);
	if (step->kind == WEIR_STEP_KEEP) {
		t->ended = !holds;
		return;
	}
	if (!holds && !(step->kind == WEIR_STEP_PURCHASE && twin_is_told(t))) /* what was bought was bought */
		return;
	switch (step->kind) {
	case WEIR_STEP_PAY:
		pay_step(t, step);
		break;
	case WEIR_STEP_FILL:
		fill_step(t, step);
		break;
	case WEIR_STEP_TRANSFER:
		transfer_step(t, step);
		break;
	case WEIR_STEP_RELEASE:
		release_step(t, step);
		break;
	case WEIR_STEP_PURCHASE:
		purchase_step(t, step);
		break;
	default: /* WEIR_STEP_WHEN */
		take_steps(t, step->children, step->child_count);
	}
}

static void take_steps(twin *t, const weir_step *steps, int count)
{
	for (int i = 0; i < count && !t->ended; i++)
		take_step(t, &steps[i]);
}

/* The first waterfall whose condition holds; the last has none. */
void twin_choose_waterfall(twin *t)
{
	int w = 0;
	while (!twin_holds(t, &t->deal->waterfalls[w].when))
		w++;
	t->now->waterfall = w;
}

/* Everything due is unpaid when the waterfall begins. */
static void open_dues(twin *t)
{
	for (int c = 0; c < t->deal->class_count; c++) {
		twin_class *class = &t->now->classes[c];
		class->interest_unpaid = class->interest_due;
		class->principal_unpaid = class->principal_due;
		class->yield_unpaid = class->yield_due;
	}
	for (int f = 0; f < t->deal->fee_count; f++) {
		t->now->fees[f].unpaid = t->now->fees[f].due;
		t->now->surcharges[f].unpaid = t->now->surcharges[f].due;
	}
	twin_open_purses(t);
}

/* The waterfall of the period; then what was repaid earns its interest where interest comes with principal.
 */
void twin_pay_out(twin *t)
{
	const weir_waterfall *w = &t->deal->waterfalls[t->now->waterfall];
	open_dues(t);
	t->ended = 0;
	take_steps(t, w->steps, w->step_count);
	twin_return_purses(t);
	for (int c = 0; c < t->deal->class_count; c++)
		twin_note_repayment(t, c, t->now->classes[c].principal_paid);
}
