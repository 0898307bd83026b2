/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of payments (DESIGN section 4; the steps of deal/deal.h; the splits of engine/pro_rata.h's
 * comment). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

#define PAYEES 256

typedef enum payee_kind { FEE, SURCHARGE, INTEREST, PRINCIPAL, YIELD, REST } payee_kind;

typedef struct payee {
	payee_kind kind;
	int index; /* fee or class */
} payee;

/* A step on its way: the accounts it draws on, and how much it may still draw. */
typedef struct purse {
	int accounts[PAYEES];
	int count;
	int64_t limit;
} purse;

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void unknown(const char *word)
{
	fprintf(stderr, "the twin does not know what \"%s\" is\n", word);
	abort();
}

/* "interest" of a class. */
static payee_kind kind_of(const char *word)
{
	static const char *const words[] = { "interest", "principal", "yield", "rest" };
	for (int i = 0; i < 4; i++)
		if (strcmp(words[i], word) == 0)
			return (payee_kind)(INTEREST + i);
	unknown(word);
	return REST;
}

/* A group's classes without interest take no part in its interest, and the same with yield. */
static int can_get(const weir_class *class, payee_kind kind)
{
	if (kind == INTEREST)
		return class->interest != WEIR_INTEREST_NONE;
	return kind != YIELD || class->period_yield_annual != 0;
}

/* The payees that one word of a step names: a fee with its surcharge, a surcharge, a class's or each of a
 * group's. */
static int payees_of(const twin *t, const char *word, payee *out)
{
	char head[256];
	const char *last = strrchr(word, '.');
	int index = weir_deal_find_fee(t->deal, word), count = 0;
	if (index >= 0) {
		out[0] = (payee){ FEE, index };
		out[1] = (payee){ SURCHARGE, index };
		return t->deal->fees[index].surcharge_rate != 0 ? 2 : 1;
	}
	if (!last || (size_t)(last - word) >= sizeof head)
		unknown(word);
	memcpy(head, word, (size_t)(last - word));
	head[last - word] = '\0';
	if (strcmp(last, ".surcharge") == 0) {
		out[0] = (payee){ SURCHARGE, weir_deal_find_fee(t->deal, head) };
		return 1;
	}
	payee_kind kind = kind_of(last + 1);
	index = weir_deal_find_class(t->deal, head);
	if (index >= 0) {
		out[0] = (payee){ kind, index };
		return 1;
	}
	int *classes = twin_group(t, strncmp(head, "classes.", 8) == 0 ? head + 8 : head, &count);
	if (!classes)
		unknown(word);
	int payees = 0;
	for (int i = 0; i < count; i++)
		if (can_get(&t->deal->classes[classes[i]], kind))
			out[payees++] = (payee){ kind, classes[i] };
	return payees;
}

static int all_payees(const twin *t, const weir_step *step, payee *out)
{
	int count = 0;
	for (int i = 0; i < step->what.count; i++)
		count += payees_of(t, step->what.items[i], out + count);
	return count;
}

/* Principal that is paid as it comes, up to the balance, and never due. */
static int pays_balance(const twin *t, int class)
{
	weir_class_style style = t->deal->classes[class].style;
	return style == WEIR_STYLE_PASS_THROUGH || style == WEIR_STYLE_RESIDUAL;
}

static int64_t owed(const twin *t, payee p)
{
	const twin_row *row = t->now;
	switch (p.kind) {
	case FEE:
		return row->fees[p.index].unpaid;
	case SURCHARGE:
		return row->surcharges[p.index].unpaid;
	case INTEREST:
		return row->classes[p.index].interest_unpaid;
	case PRINCIPAL:
		return pays_balance(t, p.index) ? row->classes[p.index].balance
		                                : row->classes[p.index].principal_unpaid;
	case YIELD:
		return row->classes[p.index].yield_unpaid;
	default:
		return INT64_MAX;
	}
}

static void pay(twin *t, payee p, int64_t cents)
{
	twin_row *row = t->now;
	twin_class *class = &row->classes[p.index];
	twin_fee *fee = p.kind == FEE ? &row->fees[p.index] : &row->surcharges[p.index];
	switch (p.kind) {
	case FEE:
	case SURCHARGE:
		fee->paid += cents;
		fee->unpaid -= cents;
		break;
	case INTEREST:
		class->interest_paid += cents;
		class->interest_unpaid -= cents;
		class->interest_to_date += cents;
		break;
	case PRINCIPAL:
		class->principal_paid += cents;
		class->balance -= cents;
		if (pays_balance(t, p.index))
			class->principal_due += cents; /* due as it is paid (INTERFACE, classes.csv) */
		else
			class->principal_unpaid -= cents;
		break;
	case YIELD:
		class->yield_paid += cents;
		class->yield_unpaid -= cents;
		break;
	default:
		class->rest_paid += cents;
	}
}

static purse open_purse(twin *t, const weir_step *step)
{
	purse p = { .count = step->from.count, .limit = INT64_MAX };
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

/* Takes up to `wanted` out of the purse's accounts in turn. */
static int64_t draw(twin *t, purse *p, int64_t wanted)
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
static int64_t takes(const twin *t, payee p, int64_t cash)
{
	int64_t due = owed(t, p);
	if (p.kind == INTEREST || p.kind == PRINCIPAL)
		return twin_payable(t, p.index, cash, due);
	return least(cash, due);
}

/* The cash that a purse could give. */
static int64_t content(const twin *t, const purse *p)
{
	int64_t cash = 0;
	for (int i = 0; i < p->count; i++)
		cash += t->now->accounts[p->accounts[i]];
	return least(cash, p->limit);
}

/* Cents that rounding gave above a payee's due go to the first payees that have room. */
static void settle(int64_t *shares, const int64_t *dues, int count)
{
	int64_t over = 0;
	for (int i = 0; i < count; i++)
		if (shares[i] > dues[i]) {
			over += shares[i] - dues[i];
			shares[i] = dues[i];
		}
	for (int i = 0; i < count; i++) {
		int64_t more = least(over, dues[i] - shares[i]);
		shares[i] += more;
		over -= more;
	}
}

/* amount x due / sum */
static num exact_share(int64_t amount, int64_t due, int64_t sum)
{
	return num_divide(num_multiply(num_whole(amount), num_whole(due)), num_whole(sum));
}

/* Each rounded, in their order, as far as the amount goes; `odd` takes the rest. */
static void split_rounded(int64_t *shares, const int64_t *dues, int count, int64_t amount, int64_t sum,
                          int odd)
{
	int64_t left = amount;
	for (int i = 0; i < count; i++)
		if (i != odd)
			left -= shares[i] = least(left, num_round(exact_share(amount, dues[i], sum)));
	shares[odd] = left;
}

static void split_cumulative(int64_t *shares, const int64_t *dues, int count, int64_t amount, int64_t sum)
{
	int64_t due = 0, given = 0;
	for (int i = 0; i < count; i++) {
		due += dues[i];
		shares[i] = num_round(exact_share(amount, due, sum)) - given;
		given += shares[i];
	}
}

/* Each rounded down, then a cent each to the largest remainders, of equals the earlier. */
static void split_largest(int64_t *shares, const int64_t *dues, int count, int64_t amount, int64_t sum)
{
	num remainders[PAYEES];
	int64_t left = amount;
	for (int i = 0; i < count; i++) {
		num share = exact_share(amount, dues[i], sum);
		shares[i] = num_floor(share);
		remainders[i] = num_subtract(share, num_whole(shares[i]));
		left -= shares[i];
	}
	for (; left > 0; left--) {
		int best = 0;
		for (int i = 1; i < count; i++)
			if (num_compare(remainders[i], remainders[best]) > 0)
				best = i;
		shares[best]++;
		remainders[best] = num_whole(-1);
	}
}

static void split(int64_t *shares, const int64_t *dues, int count, int64_t amount, weir_split how)
{
	int64_t sum = 0;
	for (int i = 0; i < count; i++)
		sum += dues[i];
	memset(shares, 0, (size_t)count * sizeof *shares);
	if (sum == 0)
		return;
	size_t mark = num_mark();
	if (how == WEIR_SPLIT_CUMULATIVE)
		split_cumulative(shares, dues, count, amount, sum);
	else if (how == WEIR_SPLIT_LARGEST_REMAINDER)
		split_largest(shares, dues, count, amount, sum);
	else
		split_rounded(shares, dues, count, amount, sum, how == WEIR_SPLIT_LAST ? count - 1 : 0);
	num_release(mark);
	settle(shares, dues, count);
}

/* In proportion to what each is due, out of one account after the other. */
static void pay_pro_rata(twin *t, const weir_step *step, const payee *payees, int count, purse *all)
{
	int64_t dues[PAYEES], shares[PAYEES];
	for (int a = 0; a < all->count; a++) {
		purse one = { .accounts = { all->accounts[a] }, .count = 1, .limit = all->limit };
		int64_t sum = 0;
		for (int i = 0; i < count; i++)
			sum += dues[i] = owed(t, payees[i]);
		split(shares, dues, count, least(sum, content(t, &one)), step->split);
		for (int i = 0; i < count; i++)
			pay(t, payees[i], draw(t, &one, takes(t, payees[i], shares[i])));
		all->limit = one.limit;
	}
}

/* One after the other, or in proportion. */
static void pay_step(twin *t, const weir_step *step)
{
	payee payees[PAYEES];
	int count = all_payees(t, step, payees);
	purse p = open_purse(t, step);
	if (step->share == WEIR_SHARE_PRO_RATA) {
		pay_pro_rata(t, step, payees, count, &p);
		return;
	}
	for (int i = 0; i < count; i++)
		pay(t, payees[i], draw(t, &p, takes(t, payees[i], content(t, &p))));
}

static void fill_step(twin *t, const weir_step *step)
{
	int account = weir_deal_find_account(t->deal, step->to.items[0]);
	purse p = open_purse(t, step);
	int64_t missing = twin_cents(t, &t->deal->accounts[account].target) - t->now->accounts[account];
	if (missing > 0)
		t->now->accounts[account] += draw(t, &p, missing);
}

static void transfer_step(twin *t, const weir_step *step)
{
	int account = weir_deal_find_account(t->deal, step->to.items[0]);
	purse p = open_purse(t, step);
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
	if (!holds)
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
}

/* The waterfall of the period; then what was repaid earns its interest where interest comes with principal.
 */
void twin_pay_out(twin *t)
{
	const weir_waterfall *w = &t->deal->waterfalls[t->now->waterfall];
	open_dues(t);
	t->ended = 0;
	take_steps(t, w->steps, w->step_count);
	for (int c = 0; c < t->deal->class_count; c++)
		twin_note_repayment(t, c, t->now->classes[c].principal_paid);
}
