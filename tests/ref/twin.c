/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of one period (DESIGN section 4), period by period. */
#include "ref/twin.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "ref/twin_int.h"

/* The arrays of a row: where its pointer is, how many items of what size. */
typedef struct part {
	size_t at, count, size;
} part;

#define PARTS 10

static void parts_of(const twin *t, part *parts)
{
	const weir_deal *deal = t->deal;
	const part all[PARTS] = {
		{ offsetof(twin_row, classes), (size_t)deal->class_count, sizeof(twin_class) },
		{ offsetof(twin_row, fees), (size_t)deal->fee_count, sizeof(twin_fee) },
		{ offsetof(twin_row, surcharges), (size_t)deal->fee_count, sizeof(twin_fee) },
		{ offsetof(twin_row, accounts), (size_t)deal->account_count, sizeof(int64_t) },
		{ offsetof(twin_row, triggers), (size_t)deal->trigger_count, sizeof(twin_trigger) },
		{ offsetof(twin_row, supports), (size_t)deal->support_count, sizeof(twin_support) },
		{ offsetof(twin_row, covers), (size_t)deal->cover_count, sizeof(twin_cover) },
		{ offsetof(twin_row, parties), (size_t)deal->party_count, sizeof(twin_party) },
		{ offsetof(twin_row, calls), (size_t)deal->call_count, sizeof(twin_call) },
		{ offsetof(twin_row, revolvings), (size_t)deal->revolving_count, sizeof(twin_revolving) },
	};
	memcpy(parts, all, sizeof all);
}

static size_t bytes_of(const part *p)
{
	return (p->count * p->size + 7) / 8 * 8;
}

static void *array_of(const twin_row *row, const part *p)
{
	void *array;
	memcpy(&array, (const char *)row + p->at, sizeof array);
	return array;
}

/* Rows in one block of memory, arrays of the deal's sizes behind them; freed with free. */
twin_row *twin_make_rows(const twin *t, int count)
{
	part parts[PARTS];
	size_t each = 0;
	parts_of(t, parts);
	for (int i = 0; i < PARTS; i++)
		each += bytes_of(&parts[i]);
	char *block = calloc((size_t)count, sizeof(twin_row) + each);
	if (!block)
		abort();
	char *next = block + (size_t)count * sizeof(twin_row);
	for (int k = 0; k < count; k++)
		for (int i = 0; i < PARTS; i++) {
			memcpy(block + (size_t)k * sizeof(twin_row) + parts[i].at, &next, sizeof next);
			next += bytes_of(&parts[i]);
		}
	return (twin_row *)block;
}

void twin_copy_row(const twin *t, twin_row *to, const twin_row *from)
{
	part parts[PARTS];
	parts_of(t, parts);
	for (int i = 0; i < PARTS; i++)
		memcpy(array_of(to, &parts[i]), array_of(from, &parts[i]), parts[i].count * parts[i].size);
	to->pool = from->pool;
	to->sold = from->sold;
	to->fast = from->fast;
	to->lost = from->lost;
	to->waterfall = from->waterfall;
	to->missed = from->missed;
}

/* Memory of one run, from an arena that the next run gives back. */
void *twin_alloc(twin *t, size_t count, size_t size)
{
	void *memory = weir_arena_alloc(t->memory, (count + 1) * size);
	if (!memory)
		abort();
	return memory;
}

num twin_set_value(const twin *t, const char *id, const char *what)
{
	size_t length = strlen(id);
	num value = NULL;
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		if (s->kind != WEIR_SHOCK_SET || strncmp(s->target, id, length) != 0)
			continue;
		const char *rest = s->target + length;
		if (what ? *rest == '.' && strcmp(rest + 1, what) == 0 : *rest == '\0')
			value = num_decimal(s->value);
	}
	return value;
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

num twin_parameter(const twin *t, const char *id, const char *what, double otherwise)
{
	num set = twin_set_value(t, id, what);
	return set ? set : num_decimal(otherwise);
}

static void run_period(twin *t, int k)
{
	t->period = k;
	t->now = &t->rows[k];
	twin_copy_row(t, t->now, &t->rows[k - 1]);
	twin_collect(t);
	twin_accrue_classes(t);
	twin_accrue_supports(t);
	twin_accrue_fees(t);
	twin_test_triggers(t, 0);
	twin_test_calls(t);
	twin_top_up(t);
	twin_choose_waterfall(t);
	twin_solve_fees(t);
	twin_call_supports(t);
	twin_choose_waterfall(t);
	twin_pay_out(t);
	twin_move_outstanding(t);
	note_missed(t);
	twin_test_triggers(t, 1);
	t->now->fast = twin_is_fast(t);
	twin_close_memory(t);
}

/* What covers have used up, from the start on. */
static void make_tallies(twin *t)
{
	t->tallies = twin_alloc(t, (size_t)t->deal->cover_count, sizeof *t->tallies);
	for (int v = 0; v < t->deal->cover_count; v++) {
		size_t shares = (size_t)t->deal->covers[v].share_count;
		twin_tally *tally = &t->tallies[v];
		tally->of_contract = twin_alloc(t, (size_t)t->deal->pool.contract_count, sizeof(int64_t));
		tally->of_share = twin_alloc(t, shares, sizeof(int64_t));
		tally->cash = twin_alloc(t, shares * (size_t)t->period_count, sizeof(int64_t));
		tally->of_share_in_year = twin_alloc(t, shares, sizeof(int64_t));
	}
}

const twin_row *twin_run(twin *t, const weir_scenario *scenario)
{
	size_t mark = num_mark();
	free(t->rows);
	t->rows = twin_make_rows(t, t->period_count);
	weir_arena_destroy(t->memory);
	if (weir_arena_create(&t->memory) != WEIR_OK)
		abort();
	t->raised = twin_alloc(t, (size_t)(t->deal->class_count * t->period_count), 1);
	t->pending = NULL;
	t->pending_count = t->pending_room = 0;
	make_tallies(t);
	t->scenario = scenario;
	twin_project(t);
	twin_open_targets(t);
	twin_open_deal(t);
	for (int k = t->opening + 1; k < t->period_count; k++)
		run_period(t, k);
	num_release(mark);
	return t->rows;
}

const twin_row *twin_rows(const twin *t)
{
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
	WEIR_TRY(twin_make_opening(t));
	WEIR_TRY(twin_make_targets(t));
	WEIR_TRY(twin_read_formulas(t));
	WEIR_TRY(twin_make_settings(t));
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
	weir_arena_destroy(t->memory);
	weir_arena_destroy(t->arena);
}

int64_t twin_coupon_e12(const twin *t, int class, int period)
{
	size_t mark = num_mark();
	int64_t units = num_round(num_multiply(twin_coupon(t, class, period), num_whole(1000000000000)));
	num_release(mark);
	return units;
}

const twin_period *twin_periods(const twin *t, int *count, int *first)
{
	*count = t->period_count;
	*first = t->opening + 1;
	return t->periods;
}

const twin_receipt *twin_receipts(const twin *t, int *count)
{
	*count = t->receipt_count;
	return t->receipts;
}
