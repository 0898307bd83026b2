/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What revolving purchases really bought (docs/actuals.md): every contract in the file that is none of the pool's,
 * followed from its purchase; and random ones. */
#include <stdio.h>
#include <string.h>

#include "ref/dice.h"
#include "ref/twin_int.h"

#define MOST_LOTS 64
#define WHOLE 1000000000000 /* a share of 1, in 10^-12 */

/* A contract: what was bought of it and when, and how it stands. */
typedef struct holding {
	int asset;
	int64_t x[MOST_LOTS];
	int period[MOST_LOTS], lots;
	int64_t balance, overdue, overdue_income;
	int64_t units; /* of what the asset's terms schedule, how much performs */
} holding;

int twin_is_told(const twin *t)
{
	return t->period <= t->actual_last;
}

/* What is scheduled behind period k. */
static int64_t to_come(const twin *t, const holding *h, int k)
{
	int64_t sum = 0;
	int parts = t->deal->revolvings[h->asset].periods;
	for (int i = 0; i < h->lots; i++)
		for (int j = 1; j <= parts; j++)
			if (h->period[i] + j > k)
				sum += twin_part(h->x[i], j, parts);
	return sum;
}

static int64_t performing(const holding *h)
{
	return h->balance - h->overdue;
}

static void rescale(holding *h, int64_t scheduled)
{
	if (scheduled > 0 && performing(h) != twin_part_of(scheduled, h->units))
		h->units = twin_share_of(performing(h), scheduled);
}

/* Principal that is to be paid by the end of period k. */
static int64_t due_by(const twin *t, const holding *h, int k)
{
	return h->balance - twin_part_of(to_come(t, h, k), h->units);
}

static void step(const twin *t, holding *h, const twin_paid *paid)
{
	int64_t due = due_by(t, h, paid->period), rest = to_come(t, h, paid->period), missing;
	h->balance -= paid->principal + paid->defaulted;
	missing = due - paid->principal - paid->defaulted;
	missing = missing < 0 ? 0 : missing < h->balance ? missing : h->balance;
	h->overdue = paid->has_overdue ? paid->overdue : missing;
	h->overdue_income = paid->ended ? 0 : paid->overdue_income;
	rescale(h, rest);
	if (paid->bought == 0)
		return;
	h->x[h->lots] = paid->bought;
	h->period[h->lots++] = paid->period;
	h->balance += paid->bought;
	rescale(h, rest + paid->bought);
}

static int is_first_of_its_id(const twin *t, int row)
{
	for (int i = 0; i < row; i++)
		if (t->paid[i].id && strcmp(t->paid[i].id, t->paid[row].id) == 0)
			return 0;
	return 1;
}

/* How the contract of a row stands at the end of period k. */
static holding held(const twin *t, int row, int k)
{
	holding h = { .asset = t->paid[row].asset, .units = WHOLE };
	for (int period = 1; period <= k; period++)
		for (int i = 0; i < t->paid_count; i++)
			if (t->paid[i].id && t->paid[i].period == period && strcmp(t->paid[i].id, t->paid[row].id) == 0)
				step(t, &h, &t->paid[i]);
	return h;
}

/* The sums of an asset's rows in the period. */
static twin_paid sum_of(const twin *t, int asset)
{
	twin_paid sum = { 0 };
	for (int i = 0; i < t->paid_count; i++) {
		const twin_paid *p = &t->paid[i];
		if (!p->id || p->asset != asset || p->period != t->period)
			continue;
		sum.principal += p->principal;
		sum.income += p->income;
		sum.defaulted += p->defaulted;
		sum.collected += p->collected + p->sold;
		sum.bought += p->bought;
		sum.spent += p->spent;
	}
	return sum;
}

static int64_t balance_at(const twin *t, int asset, int k)
{
	int64_t sum = 0;
	for (int i = 0; i < t->paid_count; i++)
		if (t->paid[i].id && t->paid[i].asset == asset && is_first_of_its_id(t, i))
			sum += held(t, i, k).balance;
	return sum;
}

void twin_collect_bought(twin *t, int asset)
{
	twin_revolving *now = &t->now->revolvings[asset];
	if (t->actual_last == 0 || t->period > t->actual_last + 1)
		return;
	now->balance = t->now->sold ? 0 : balance_at(t, asset, t->period - 1);
	if (!twin_is_told(t) || t->now->sold)
		return;
	twin_paid sum = sum_of(t, asset);
	now->principal = sum.principal + sum.collected;
	now->income = sum.income;
	now->defaulted = sum.defaulted;
	now->balance -= sum.principal + sum.defaulted;
}

int64_t twin_coming_of_bought(twin *t, int asset)
{
	int64_t sum = 0;
	for (int i = 0; t->actual_last > 0 && i < t->paid_count; i++) {
		if (!t->paid[i].id || t->paid[i].asset != asset || !is_first_of_its_id(t, i))
			continue;
		holding h = held(t, i, t->actual_last);
		int is_next = t->period == t->actual_last + 1;
		sum += (is_next ? h.balance : twin_part_of(to_come(t, &h, t->period - 1), h.units)) -
		       twin_part_of(to_come(t, &h, t->period), h.units);
	}
	return sum;
}

int64_t twin_income_of_bought(twin *t, int asset)
{
	int64_t sum = 0;
	for (int i = 0; t->period == t->actual_last + 1 && i < t->paid_count; i++)
		if (t->paid[i].id && t->paid[i].asset == asset && is_first_of_its_id(t, i))
			sum += held(t, i, t->actual_last).overdue_income;
	return sum;
}

void twin_told_purchase(const twin *t, int asset, int64_t *spent, int64_t *bought)
{
	twin_paid sum = sum_of(t, asset);
	*spent = sum.spent;
	*bought = sum.bought;
}

/* --- random ones ------------------------------------------------------------------------------------------------ */

static int64_t some(dice *d, int64_t most)
{
	return most > 0 ? dice_between(d, 0, most) : 0;
}

static void write_row(const twin *t, FILE *file, const twin_paid *paid)
{
	const int64_t cents[] = { paid->principal, paid->income,    paid->overdue, paid->overdue_income,
		                  paid->defaulted, paid->collected, paid->sold };
	char text[WEIR_CENTS_TEXT];
	fprintf(file, "%s,%d", paid->id, paid->period);
	for (int i = 0; i < 7; i++) {
		weir_cents_format((double)cents[i], t->deal->currency_digits, text);
		fprintf(file, ",%s", i == 2 && !paid->has_overdue ? "" : text);
	}
	fprintf(file, ",%s,%s", paid->ended ? "yes" : "no", t->deal->revolvings[paid->asset].node.id);
	weir_cents_format((double)paid->bought, t->deal->currency_digits, text);
	fprintf(file, ",%s", text);
	weir_cents_format((double)paid->spent, t->deal->currency_digits, text);
	fprintf(file, ",%s\n", text);
}

/* It pays what is due, less, more, or some of it never. */
static void roll_payment(dice *d, const holding *h, twin_paid *paid, int64_t due, int64_t rest)
{
	int what = (int)dice_between(d, 0, 99);
	paid->principal = due;
	paid->income = some(d, h->balance / 20);
	if (what < 50)
		return;
	if (what < 70) {
		paid->principal = some(d, due);
		paid->overdue_income = some(d, h->balance / 30);
	} else if (what < 80) {
		paid->principal = due + some(d, h->balance - due);
	} else if (what < 88) {
		paid->principal = some(d, due);
		paid->defaulted = some(d, h->balance - paid->principal);
	} else if (what < 94) {
		paid->principal = 0;
		paid->defaulted = h->balance;
		paid->collected = some(d, h->balance / 3);
	} else if (rest > 0) {
		paid->principal = some(d, due);
		paid->has_overdue = 1;
	}
}

/* One contract from its purchase to the last period of the file. */
static int roll_contract(const twin *t, dice *d, FILE *file, int asset, int from, int last)
{
	char id[40];
	int written = 0;
	holding h = { .asset = asset, .units = WHOLE };
	int64_t size = dice_between(d, 1, 90000000) * dice_between(d, 1, 20), lost = 0;
	snprintf(id, sizeof id, "new %d-%d", asset, from);
	for (int k = from; k <= last; k++) {
		twin_paid paid = { .contract = -1, .period = k, .asset = asset, .id = id };
		if (k == from || dice_percent(d, 10)) {
			paid.bought = size;
			paid.spent = dice_between(d, size / 2 + 1, size);
		}
		if (h.balance > 0)
			roll_payment(d, &h, &paid, due_by(t, &h, k), to_come(t, &h, k));
		else if (k > from && paid.bought == 0 && h.overdue_income == 0 && lost == 0)
			continue;
		else if (lost > 0)
			paid.sold = some(d, lost / 2);
		write_row(t, file, &paid);
		written++;
		lost += paid.defaulted - paid.collected - paid.sold;
		step(t, &h, &paid);
	}
	return written;
}

int twin_roll_bought(const twin *t, dice *d, FILE *file, int last)
{
	int written = 0;
	for (int i = 0; i < t->deal->revolving_count; i++)
		for (int k = t->opening + 1; k <= last; k++)
			if (dice_percent(d, 60))
				written += roll_contract(t, d, file, i, k, last);
	return written;
}
