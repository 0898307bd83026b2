/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of one period (DESIGN section 4), period by period. */
#include "ref/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

/* Rows in one block of memory, arrays of the deal's sizes inside; freed with free. */
twin_row *twin_make_rows(const twin *t, int count)
{
	const weir_deal *deal = t->deal;
	size_t classes = (size_t)deal->class_count * sizeof(twin_class),
	       fees = (size_t)deal->fee_count * sizeof(twin_fee);
	size_t accounts = (size_t)deal->account_count * sizeof(int64_t);
	size_t triggers = ((size_t)deal->trigger_count * sizeof(int) + 7) / 8 * 8;
	size_t each = classes + 2 * fees + accounts + triggers;
	char *block = calloc((size_t)count, sizeof(twin_row) + each);
	if (!block)
		abort();
	twin_row *rows = (twin_row *)block;
	char *next = block + (size_t)count * sizeof(twin_row);
	for (int k = 0; k < count; k++, next += each) {
		rows[k].classes = (twin_class *)next;
		rows[k].fees = (twin_fee *)(next + classes);
		rows[k].surcharges = (twin_fee *)(next + classes + fees);
		rows[k].accounts = (int64_t *)(next + classes + 2 * fees);
		rows[k].triggers = (int *)(next + classes + 2 * fees + accounts);
	}
	return rows;
}

/* Everything but the pool, which is known for all periods beforehand. */
void twin_copy_row(const twin *t, twin_row *to, const twin_row *from)
{
	const weir_deal *deal = t->deal;
	memcpy(to->classes, from->classes, (size_t)deal->class_count * sizeof *to->classes);
	memcpy(to->fees, from->fees, (size_t)deal->fee_count * sizeof *to->fees);
	memcpy(to->surcharges, from->surcharges, (size_t)deal->fee_count * sizeof *to->surcharges);
	memcpy(to->accounts, from->accounts, (size_t)deal->account_count * sizeof *to->accounts);
	memcpy(to->triggers, from->triggers, (size_t)deal->trigger_count * sizeof *to->triggers);
	to->waterfall = from->waterfall;
	to->missed = from->missed;
}

num twin_set_value(const twin *t, const char *id, const char *what)
{
	size_t length = strlen(id);
	num value = NULL;
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		if (s->kind == WEIR_SHOCK_SET && strncmp(s->target, id, length) == 0 &&
		    s->target[length] == '.' && strcmp(s->target + length + 1, what) == 0)
			value = num_decimal(s->value);
	}
	return value;
}

/* 1 and 2: the period's receipts into the accounts that take them; into the first where none says so. */
static void collect(twin *t)
{
	const twin_pool *pool = &t->now->pool;
	int said = 0;
	for (int a = 0; a < t->deal->account_count; a++)
		said |= t->deal->accounts[a].receives != 0;
	for (int a = 0; a < t->deal->account_count; a++) {
		unsigned takes = t->deal->accounts[a].receives;
		if (!said && a == 0)
			takes = WEIR_RECEIVES_ALL;
		t->now->accounts[a] += takes & WEIR_RECEIVES_PRINCIPAL ? pool->principal : 0;
		t->now->accounts[a] += takes & WEIR_RECEIVES_INCOME ? pool->income : 0;
		t->now->accounts[a] += takes & WEIR_RECEIVES_RECOVERED ? pool->recovered : 0;
	}
}

/* 4 and 8: a sticky trigger stays once it has happened. */
static void test(twin *t, int after)
{
	for (int i = 0; i < t->deal->trigger_count; i++) {
		const weir_trigger *trigger = &t->deal->triggers[i];
		if (trigger->tested_after != after)
			continue;
		int holds = twin_holds(t, &trigger->test);
		t->now->triggers[i] = holds || (trigger->sticky && t->now->triggers[i]);
	}
}

/* Some senior interest or principal was not paid in full when due; pass-through principal is never due. */
static void note_missed(twin *t)
{
	for (int c = 0; c < t->deal->class_count; c++) {
		const twin_class *class = &t->now->classes[c];
		if (!t->deal->classes[c].subordinated &&
		    (class->interest_unpaid > 0 || class->principal_unpaid > 0))
			t->now->missed = 1;
	}
}

static void open_deal(twin *t)
{
	twin_row *row = &t->rows[0];
	for (int c = 0; c < t->deal->class_count; c++)
		row->classes[c].balance = num_round(num_decimal(t->deal->classes[c].size_cents));
	for (int a = 0; a < t->deal->account_count; a++)
		row->accounts[a] = num_round(num_decimal(t->deal->accounts[a].initial_cents));
	row->waterfall = -1;
	t->period = 0;
	t->now = row;
	twin_open_memory(t);
}

static void run_period(twin *t, int k)
{
	t->period = k;
	t->now = &t->rows[k];
	twin_copy_row(t, t->now, &t->rows[k - 1]);
	collect(t);
	twin_accrue_classes(t);
	twin_accrue_fees(t);
	test(t, 0);
	twin_choose_waterfall(t);
	twin_solve_fees(t);
	twin_pay_out(t);
	note_missed(t);
	test(t, 1);
	twin_close_memory(t);
}

const twin_row *twin_run(twin *t, const weir_scenario *scenario)
{
	size_t mark = num_mark();
	free(t->rows);
	t->rows = twin_make_rows(t, t->period_count);
	t->scenario = scenario;
	if (!twin_collect_all(t))
		return NULL;
	open_deal(t);
	for (int k = 1; k < t->period_count; k++)
		run_period(t, k);
	num_release(mark);
	return t->rows;
}

weir_status twin_create(twin **out, const weir_deal *deal, weir_diags *diags)
{
	weir_arena *arena = NULL;
	weir_status status;
	WEIR_TRY(weir_arena_create(&arena));
	twin *t = weir_arena_alloc(arena, sizeof *t);
	status = WEIR_NO_MEMORY;
	if (!t)
		goto out;
	t->deal = deal;
	t->arena = arena;
	t->diags = diags;
	WEIR_TRY(twin_make_periods(t));
	WEIR_TRY(twin_make_receipts(t));
	WEIR_TRY(twin_make_targets(t));
	WEIR_TRY(twin_read_formulas(t));
	t->diags = NULL;
	*out = t;
	return WEIR_OK;
out:
	weir_arena_destroy(arena);
	return status;
}

void twin_destroy(twin *t)
{
	if (!t)
		return;
	free(t->rows);
	weir_arena_destroy(t->arena);
}

int64_t twin_coupon_e12(const twin *t, int class, int period)
{
	size_t mark = num_mark();
	int64_t units = num_round(num_multiply(twin_coupon(t, class, period), num_whole(1000000000000)));
	num_release(mark);
	return units;
}

const twin_period *twin_periods(const twin *t, int *count)
{
	*count = t->period_count;
	return t->periods;
}

const twin_receipt *twin_receipts(const twin *t, int *count)
{
	*count = t->receipt_count;
	return t->receipts;
}
