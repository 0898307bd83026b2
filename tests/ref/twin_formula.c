/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deal's formulas, read with weir's parser and evaluated exactly (lang/formula.h says what each operation
 * does). */
#include <stdlib.h>
#include <string.h>

#include "ref/twin_names.h"

static weir_status parse(twin *t, const weir_formula *formula, weir_type wanted, const weir_expression **tree)
{
	weir_resolver resolver = { .context = t,
		                   .name = twin_resolve_name,
		                   .call = twin_resolve_call,
		                   .currency_digits = t->deal->currency_digits,
		                   .currency = t->deal->currency };
	return weir_formula_parse(tree, t->arena, t->deal->sources, formula->text, formula->place, wanted,
	                          &resolver, t->diags);
}

static weir_status remember(twin *t, const weir_expression *node)
{
	for (int i = 0; i < t->memory_count; i++)
		if (t->memories[i].node == node)
			return WEIR_OK;
	if (t->memory_count == t->memory_room) {
		int room = t->memory_room ? 2 * t->memory_room : 16;
		twin_memory *more = weir_arena_array(t->arena, (size_t)room, sizeof *more);
		if (!more)
			return WEIR_NO_MEMORY;
		if (t->memory_count)
			memcpy(more, t->memories, (size_t)t->memory_count * sizeof *more);
		t->memories = more;
		t->memory_room = room;
	}
	num *values = weir_arena_array(t->arena, (size_t)t->period_count, sizeof *values);
	if (!values)
		return WEIR_NO_MEMORY;
	t->memories[t->memory_count++] = (twin_memory){ node, values, NULL };
	return WEIR_OK;
}

/* Finds the nodes of a tree that remember earlier periods. */
static weir_status find_memories(twin *t, const weir_expression *node)
{
	weir_status status = WEIR_OK;
	if (node->op == WEIR_OP_PREVIOUS || node->op == WEIR_OP_TRAILING || node->op == WEIR_OP_CUMULATIVE)
		status = remember(t, node);
	for (int i = 0; i < node->count && status == WEIR_OK; i++)
		status = find_memories(t, node->arguments[i]);
	return status;
}

static weir_status read_formula(twin *t, const weir_formula *formula, weir_type wanted)
{
	const weir_expression *tree;
	weir_status status;
	if (!formula->text)
		return WEIR_OK;
	if (t->formula_count == t->formula_room) {
		int room = t->formula_room ? 2 * t->formula_room : 64;
		twin_formula *more = weir_arena_array(t->arena, (size_t)room, sizeof *more);
		if (!more)
			return WEIR_NO_MEMORY;
		if (t->formula_count)
			memcpy(more, t->formulas, (size_t)t->formula_count * sizeof *more);
		t->formulas = more;
		t->formula_room = room;
	}
	WEIR_TRY(parse(t, formula, wanted, &tree));
	t->formulas[t->formula_count++] = (twin_formula){ formula, tree };
	status = find_memories(t, tree);
out:
	return status;
}

static const weir_expression *tree_of(const twin *t, const weir_formula *formula)
{
	for (int i = 0; i < t->formula_count; i++)
		if (t->formulas[i].source == formula)
			return t->formulas[i].tree;
	abort(); /* every formula was read */
}

const weir_expression *twin_read_declared(twin *t, int value)
{
	const weir_formula *formula = &t->deal->values[value].formula;
	if (t->value_state[value] == 1)
		return NULL; /* it names itself */
	if (t->value_state[value] == 0) {
		t->value_state[value] = 1;
		if (read_formula(t, formula, WEIR_TYPE_ERROR) != WEIR_OK)
			return NULL;
		t->value_state[value] = 2;
	}
	return tree_of(t, formula);
}

static weir_status read_steps(twin *t, const weir_step *steps, int count)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < count; i++) {
		WEIR_TRY(read_formula(t, &steps[i].amount, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &steps[i].limit, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &steps[i].test, WEIR_TYPE_FLAG));
		WEIR_TRY(read_steps(t, steps[i].children, steps[i].child_count));
	}
out:
	return status;
}

/* Formulas of who stands behind the deal and of what may happen to it. */
static weir_status read_support(twin *t)
{
	const weir_deal *deal = t->deal;
	weir_status status = WEIR_OK;
	for (int i = 0; i < deal->support_count; i++) {
		WEIR_TRY(read_formula(t, &deal->supports[i].when, WEIR_TYPE_FLAG));
		WEIR_TRY(read_formula(t, &deal->supports[i].amount, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &deal->supports[i].limit, WEIR_TYPE_MONEY));
	}
	for (int i = 0; i < deal->cover_count; i++)
		WEIR_TRY(read_formula(t, &deal->covers[i].when, WEIR_TYPE_FLAG));
	for (int i = 0; i < deal->call_count; i++) {
		WEIR_TRY(read_formula(t, &deal->calls[i].when, WEIR_TYPE_FLAG));
		WEIR_TRY(read_formula(t, &deal->calls[i].price, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &deal->calls[i].cost, WEIR_TYPE_MONEY));
	}
	WEIR_TRY(read_formula(t, &deal->servicing.fast_when, WEIR_TYPE_FLAG));
out:
	return status;
}

/* Levels first: other formulas name them. */
static weir_status read_levels(twin *t)
{
	const weir_deal *deal = t->deal;
	weir_status status = WEIR_OK;
	for (int i = 0; i < deal->level_count; i++)
		for (int j = 0; j < deal->levels[i].count; j++)
			WEIR_TRY(read_formula(t, &deal->levels[i].items[j].value, WEIR_TYPE_ERROR));
out:
	return status;
}

weir_type twin_formula_type(const twin *t, const weir_formula *formula)
{
	return tree_of(t, formula)->type;
}

weir_status twin_read_formulas(twin *t)
{
	const weir_deal *deal = t->deal;
	weir_status status = WEIR_OK;
	t->value_state = weir_arena_array(t->arena, (size_t)deal->value_count + 1, sizeof *t->value_state);
	if (!t->value_state)
		return WEIR_NO_MEMORY;
	WEIR_TRY(read_levels(t));
	for (int i = 0; i < deal->value_count; i++)
		if (!twin_read_declared(t, i))
			return WEIR_INPUT;
	for (int i = 0; i < deal->account_count; i++)
		WEIR_TRY(read_formula(t, &deal->accounts[i].target, WEIR_TYPE_MONEY));
	for (int i = 0; i < deal->fee_count; i++) {
		WEIR_TRY(read_formula(t, &deal->fees[i].base, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &deal->fees[i].amount, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &deal->fees[i].cap, WEIR_TYPE_MONEY));
		WEIR_TRY(read_formula(t, &deal->fees[i].raised_when, WEIR_TYPE_FLAG));
	}
	for (int i = 0; i < deal->class_count; i++)
		WEIR_TRY(read_formula(t, &deal->classes[i].raise_when, WEIR_TYPE_FLAG));
	for (int i = 0; i < deal->trigger_count; i++)
		WEIR_TRY(read_formula(t, &deal->triggers[i].test, WEIR_TYPE_FLAG));
	for (int i = 0; i < deal->waterfall_count; i++) {
		WEIR_TRY(read_formula(t, &deal->waterfalls[i].when, WEIR_TYPE_FLAG));
		WEIR_TRY(read_steps(t, deal->waterfalls[i].steps, deal->waterfalls[i].step_count));
	}
	WEIR_TRY(read_support(t));
out:
	return status;
}

static num evaluate(twin *t, const weir_expression *e);

static twin_memory *memory_of(twin *t, const weir_expression *node)
{
	for (int i = 0; i < t->memory_count; i++)
		if (t->memories[i].node == node)
			return &t->memories[i];
	abort(); /* every node was found */
}

/* What the argument was at the end of period k, or the start value before the first. */
static num remembered(const twin_memory *m, int opening, int k)
{
	return k > opening ? m->values[k] : m->start;
}

/* What histories add up and remember are amounts: money in whole cents. */
static num amount_of(twin *t, const weir_expression *e)
{
	num value = evaluate(t, e);
	return e->type == WEIR_TYPE_MONEY ? num_whole(num_round(value)) : value;
}

static num history(twin *t, const weir_expression *e)
{
	const twin_memory *m = memory_of(t, e);
	num sum;
	if (e->op == WEIR_OP_PREVIOUS)
		return remembered(m, t->opening, t->period - 1);
	sum = amount_of(t, e->arguments[0]);
	if (e->op == WEIR_OP_TRAILING) {
		int periods = (int)num_round(evaluate(t, e->arguments[1]));
		for (int back = 1; back < periods; back++)
			sum = num_add(sum, remembered(m, t->opening, t->period - back));
		return sum;
	}
	for (int k = t->opening + 1; k < t->period; k++)
		sum = num_add(sum, m->values[k]);
	return num_add(sum, m->start);
}

/* Start values are those of the closing, or of a mid-life start. */
void twin_open_memory(twin *t)
{
	for (int i = 0; i < t->memory_count; i++) {
		const weir_expression *node = t->memories[i].node;
		int at = node->op == WEIR_OP_TRAILING ? 2 : 1;
		t->memories[i].start = node->count > at ? amount_of(t, node->arguments[at]) : num_whole(0);
	}
}

/* Keeps what every remembered argument is at the end of the period. All are read before one is kept, so that
 * one memory inside another sees the same past. */
void twin_close_memory(twin *t)
{
	num *values = calloc((size_t)t->memory_count + 1, sizeof *values);
	if (!values)
		abort();
	for (int i = 0; i < t->memory_count; i++)
		values[i] = amount_of(t, t->memories[i].node->arguments[0]);
	for (int i = 0; i < t->memory_count; i++)
		t->memories[i].values[t->period] = values[i];
	free(values);
}

/* A date moved by months, clipped to the month's end. */
static num moved(num date, num months, int sign)
{
	return num_whole(weir_date_add_months((weir_date)num_round(date), sign * (int)num_round(months)));
}

static int moves_by_months(const weir_expression *e)
{
	return e->arguments[0]->type == WEIR_TYPE_DATE && e->arguments[1]->type == WEIR_TYPE_MONTHS;
}

static num arithmetic(const weir_expression *e, num a, num b)
{
	switch (e->op) {
	case WEIR_OP_NEGATE:
		return num_subtract(num_whole(0), a);
	case WEIR_OP_ADD:
		return moves_by_months(e) ? moved(a, b, 1) : num_add(a, b);
	case WEIR_OP_SUBTRACT:
		return moves_by_months(e) ? moved(a, b, -1) : num_subtract(a, b);
	case WEIR_OP_MULTIPLY:
		return num_multiply(a, b);
	case WEIR_OP_DIVIDE:
		return num_sign(b) == 0 ? num_whole(0) : num_divide(a, b);
	case WEIR_OP_MIN:
		return num_least(a, b);
	case WEIR_OP_MAX:
		return num_most(a, b);
	case WEIR_OP_ABS:
		return num_sign(a) < 0 ? num_subtract(num_whole(0), a) : a;
	default: /* WEIR_OP_ROUND */
		return num_round_to(a, (int)e->value);
	}
}

static int decision(const weir_expression *e, num a, num b)
{
	switch (e->op) {
	case WEIR_OP_EQUAL:
		return num_compare(a, b) == 0;
	case WEIR_OP_NOT_EQUAL:
		return num_compare(a, b) != 0;
	case WEIR_OP_LESS:
		return num_compare(a, b) < 0;
	case WEIR_OP_AT_MOST:
		return num_compare(a, b) <= 0;
	case WEIR_OP_GREATER:
		return num_compare(a, b) > 0;
	case WEIR_OP_AT_LEAST:
		return num_compare(a, b) >= 0;
	case WEIR_OP_AND:
		return num_sign(a) != 0 && num_sign(b) != 0;
	case WEIR_OP_OR:
		return num_sign(a) != 0 || num_sign(b) != 0;
	default: /* WEIR_OP_NOT */
		return num_sign(a) == 0;
	}
}

static num evaluate(twin *t, const weir_expression *e)
{
	switch (e->op) {
	case WEIR_OP_CONSTANT:
		return num_scaled(e->decimal.units, e->decimal.scale);
	case WEIR_OP_NAME:
		return twin_symbol_value(t, e->symbol);
	case WEIR_OP_PREVIOUS:
	case WEIR_OP_TRAILING:
	case WEIR_OP_CUMULATIVE:
		return history(t, e);
	case WEIR_OP_IF:
		return evaluate(t, e->arguments[num_sign(evaluate(t, e->arguments[0])) != 0 ? 1 : 2]);
	default:
		break;
	}
	num a = evaluate(t, e->arguments[0]);
	num b = e->count > 1 ? evaluate(t, e->arguments[1]) : a;
	if (e->op >= WEIR_OP_EQUAL && e->op <= WEIR_OP_NOT)
		return num_whole(decision(e, a, b));
	return arithmetic(e, a, b);
}

num twin_value(twin *t, const weir_formula *formula)
{
	return evaluate(t, tree_of(t, formula));
}

int64_t twin_cents(twin *t, const weir_formula *formula)
{
	return num_round(twin_value(t, formula));
}

int twin_holds(twin *t, const weir_formula *formula)
{
	return !formula->text || num_sign(twin_value(t, formula)) != 0;
}

/* The one comparison that a test is, or denies. */
static const weir_expression *comparison_of(const weir_expression *e)
{
	while (e->op == WEIR_OP_NOT)
		e = e->arguments[0];
	return e->op >= WEIR_OP_EQUAL && e->op <= WEIR_OP_AT_LEAST ? e : NULL;
}

const weir_expression *twin_compared_constant(const twin *t, const weir_formula *test)
{
	const weir_expression *e = comparison_of(tree_of(t, test));
	if (!e)
		return NULL;
	const weir_expression *a = e->arguments[0], *b = e->arguments[1];
	if ((a->op == WEIR_OP_CONSTANT) == (b->op == WEIR_OP_CONSTANT))
		return NULL;
	return a->op == WEIR_OP_CONSTANT ? a : b;
}

int twin_holds_against(twin *t, const weir_formula *test, num threshold)
{
	const weir_expression *tree = tree_of(t, test), *e = comparison_of(tree);
	const weir_expression *constant = twin_compared_constant(t, test);
	num a = e->arguments[0] == constant ? threshold : evaluate(t, e->arguments[0]);
	num b = e->arguments[1] == constant ? threshold : evaluate(t, e->arguments[1]);
	int holds = decision(e, a, b);
	for (; tree != e; tree = tree->arguments[0])
		holds = !holds;
	return holds;
}
