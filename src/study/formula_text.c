/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/formula_text.h"

#include <string.h>

#include "base/alloc.h"

#define MOST_NESTED_VALUES 64

/* One formula being read. Its names are kept by number, as they are told. */
typedef struct reading {
	const weir_plan *plan;
	const weir_describe_options *names;
	weir_arena *arena;
	const char **told; /* [told_count] */
	size_t told_count, told_capacity;
	int depth;         /* of values inside each other */
	int failed;        /* memory was short */
} reading;

static int ends_with(const char *name, size_t length, const char *tail)
{
	size_t n = strlen(tail);
	return length > n && memcmp(name + length - n, tail, n) == 0;
}

static const weir_expression *parse(reading *r, const char *text, weir_place place, weir_type wanted);

/* The type of a name that the plan knows; its formulas were checked when it was compiled. */
static weir_type type_of(reading *r, const char *name, size_t length)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	int number = weir_plan_find_register(r->plan, name);
	if (number >= 0)
		return weir_plan_register_type(r->plan, number);
	for (int i = 0; i < deal->value_count; i++) {
		if (!deal->values[i].node.id || strcmp(deal->values[i].node.id, name) != 0)
			continue;
		const weir_expression *tree = NULL;
		if (r->depth < MOST_NESTED_VALUES) {
			r->depth++;
			tree = parse(r, deal->values[i].formula.text, deal->values[i].formula.place, WEIR_TYPE_ERROR);
			r->depth--;
		}
		return tree ? tree->type : WEIR_TYPE_ERROR;
	}
	if (ends_with(name, length, ".is_paid"))
		return WEIR_TYPE_FLAG;
	return ends_with(name, length, ".cumulative_default_rate") ? WEIR_TYPE_RATE : WEIR_TYPE_MONEY;
}

/* Keeps what a name is told as and gives its number; -1 when memory is short. */
static int keep(reading *r, weir_text *text)
{
	char *copy = weir_text_keep(text, r->arena);
	if (!copy || !WEIR_GROW(r->told, r->told_count, r->told_capacity)) {
		r->failed = 1;
		return -1;
	}
	r->told[r->told_count] = copy;
	return (int)r->told_count++;
}

static int resolve_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	reading *r = context;
	weir_text told = { 0 };
	char *copy = weir_arena_text(r->arena, name, length);
	(void)place;
	r->failed |= !copy;
	if (!copy)
		return -1;
	weir_describe_name(weir_plan_deal(r->plan), r->names, name, length, &told);
	*out = (weir_symbol){ .number = keep(r, &told), .type = type_of(r, copy, length) };
	return out->number < 0 || out->type == WEIR_TYPE_ERROR ? -1 : 1;
}

static int resolve_call(void *context, const char *function, size_t function_length, const char *const *arguments,
                        const size_t *lengths, int count, weir_place place, weir_symbol *out)
{
	static const char interest[] = "next_interest";
	reading *r = context;
	weir_text told = { 0 };
	int money = function_length == sizeof interest - 1 && memcmp(function, interest, function_length) == 0;
	(void)place;
	weir_text_append(&told, function, function_length);
	for (int i = 0; i < count; i++) {
		weir_text_add(&told, i ? ", " : "(");
		weir_describe_name(weir_plan_deal(r->plan), r->names, arguments[i], lengths[i], &told);
	}
	weir_text_add(&told, ")");
	*out = (weir_symbol){ .number = keep(r, &told), .type = money ? WEIR_TYPE_MONEY : WEIR_TYPE_RATE };
	return out->number < 0 ? -1 : 1;
}

static const weir_expression *parse(reading *r, const char *text, weir_place place, weir_type wanted)
{
	const weir_deal *deal = weir_plan_deal(r->plan);
	const weir_expression *tree = NULL;
	weir_diags said = { 0 }; /* the plan has said it */
	weir_resolver resolver = { .context = r,
		                   .name = resolve_name,
		                   .call = resolve_call,
		                   .currency_digits = deal->currency_digits };
	if (text && weir_formula_parse(&tree, r->arena, NULL, text, place, wanted, &resolver, &said) == WEIR_NO_MEMORY)
		r->failed = 1;
	weir_diags_free(&said);
	return tree;
}

/* Takes the way out in which constants were written: the currency, and (for comparing) percent. The tree is ours. */
static void make_plain(weir_expression *e, int rates)
{
	if (e->op == WEIR_OP_CONSTANT && e->type == WEIR_TYPE_MONEY)
		e->unit = "";
	if (e->op == WEIR_OP_CONSTANT && e->type == WEIR_TYPE_RATE && rates)
		e->type = WEIR_TYPE_NUMBER;
	for (int i = 0; i < e->count; i++)
		make_plain(e->arguments[i], rates);
}

static void write_name(void *context, int symbol, weir_type type, weir_text *to)
{
	const char *const *names = context;
	(void)type;
	weir_text_add(to, names[symbol]);
}

weir_status weir_formula_read(weir_formula_reading *out, weir_arena *arena, const weir_plan *plan,
                              const weir_formula *formula, weir_type wanted, const weir_describe_options *names)
{
	reading r = { .plan = plan, .names = names, .arena = arena };
	out->tree = parse(&r, formula->text, formula->place, wanted);
	const char **kept = weir_arena_array(arena, r.told_count + 1, sizeof *kept);
	if (kept && r.told_count > 0)
		memcpy(kept, r.told, r.told_count * sizeof *kept);
	out->names = kept;
	weir_free(r.told);
	return r.failed || !kept ? WEIR_NO_MEMORY : WEIR_OK;
}

weir_status weir_formula_tell(const weir_plan *plan, const weir_formula *formula, weir_type wanted,
                              const weir_describe_options *names, weir_text *shown, weir_text *key)
{
	weir_formula_reading read;
	weir_arena *arena = NULL;
	int digits = weir_plan_deal(plan)->currency_digits;
	weir_status status;
	WEIR_TRY(weir_arena_create(&arena));
	WEIR_TRY(weir_formula_read(&read, arena, plan, formula, wanted, names));
	weir_expression *tree = (weir_expression *)(uintptr_t)read.tree;
	if (tree) {
		make_plain(tree, 0);
		weir_formula_write(tree, digits, write_name, (void *)(uintptr_t)read.names, shown);
		make_plain(tree, 1);
		if (key)
			weir_formula_write(tree, digits, write_name, (void *)(uintptr_t)read.names, key);
	} else {
		weir_text_add(shown, formula->text);
		if (key)
			weir_text_add(key, formula->text);
	}
	status = shown->failed || (key && key->failed) ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_arena_destroy(arena);
	return status;
}
