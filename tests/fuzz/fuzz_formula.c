/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a formula: it is refused with complaints, or it evaluates, and its normal form reads back as
 * itself. The first byte chooses the kind that is wanted. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/diag.h"
#include "lang/formula.h"

static const char *const names[] = { "A.balance", "A.size",    "A.coupon", "n", "date",
	                             "late",      "A.is_paid", "d",        "m", "Z" };
static const weir_type name_types[] = { WEIR_TYPE_MONEY,  WEIR_TYPE_MONEY, WEIR_TYPE_RATE,
	                                WEIR_TYPE_NUMBER, WEIR_TYPE_DATE,  WEIR_TYPE_FLAG,
	                                WEIR_TYPE_FLAG,   WEIR_TYPE_DAYS,  WEIR_TYPE_MONTHS };
static const double name_values[] = { 123456789, 3600000000, 0.0359, 17.25, 19894, 1, 0, 91, 6 };

#define KNOWN (sizeof names / sizeof *names)

static const weir_expression *declared;

static int find_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	(void)context, (void)place;
	for (size_t i = 0; i < KNOWN; i++)
		if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
			*out = (weir_symbol){ (int)i, WEIR_TYPE_MONEY, declared };
			if (i + 1 < KNOWN)
				*out = (weir_symbol){ (int)i, name_types[i], NULL };
			return 1;
		}
	return 0;
}

static int find_call(void *context, const char *function, size_t function_length,
                     const char *const *arguments, const size_t *lengths, int count, weir_place place,
                     weir_symbol *out)
{
	(void)context, (void)arguments, (void)lengths, (void)count, (void)place;
	*out = (weir_symbol){ 2, WEIR_TYPE_RATE, NULL };
	return function_length == 5 && memcmp(function, "share", 5) == 0;
}

static double value_of(void *context, int symbol)
{
	(void)context;
	return name_values[symbol];
}

static double history_of(void *context, const weir_expression *node)
{
	return weir_formula_evaluate(node->arguments[0], value_of, history_of, context);
}

static void name_of(void *context, int symbol, weir_type type, weir_text *to)
{
	(void)context, (void)type;
	weir_text_add(to, names[symbol]);
}

static const weir_resolver resolver = {
	.name = find_name, .call = find_call, .known = names, .known_count = KNOWN, .currency_digits = 2
};

static const weir_expression *parse(const char *text, size_t length, weir_type wanted, weir_arena *arena)
{
	const weir_expression *tree = NULL;
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_place place = { 0 };
	char *copy = weir_alloc(length + 1);
	if (!copy)
		abort();
	memcpy(copy, text, length);
	copy[length] = '\0';
	if (weir_sources_add(&sources, "fuzz", copy, length, &place.source) != WEIR_OK)
		abort();
	place.length = (uint32_t)length;
	weir_status status =
		weir_formula_parse(&tree, arena, &sources, text, place, wanted, &resolver, &diags);
	if ((status == WEIR_OK) != (tree != NULL) || (status == WEIR_OK) != (diags.errors == 0))
		abort();
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	return tree;
}

static void check(const weir_expression *tree, weir_type wanted, weir_arena *arena)
{
	weir_text once = { 0 }, twice = { 0 };
	weir_formula_evaluate(tree, value_of, history_of, NULL);
	weir_formula_evaluate_quad(tree, value_of, history_of, NULL);
	weir_formula_write(tree, 2, name_of, NULL, &once);
	if (once.length <= WEIR_FORMULA_BYTES) {
		const weir_expression *again = parse(once.data, once.length, wanted, arena);
		if (!again) {
			fprintf(stderr, "does not read back: %s\n", once.data);
			abort();
		}
		weir_formula_write(again, 2, name_of, NULL, &twice);
		if (strcmp(once.data, twice.data) != 0) {
			fprintf(stderr, "changes when read back: %s / %s\n", once.data, twice.data);
			abort();
		}
	}
	weir_text_free(&once);
	weir_text_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	weir_arena *arena;
	if (size == 0 || weir_arena_create(&arena) != WEIR_OK)
		return 0;
	char *text = weir_arena_text(arena, (const char *)data + 1, size - 1);
	weir_type wanted = (weir_type)(data[0] % (WEIR_TYPE_MONTHS + 1));
	size_t length = strlen(text);
	declared = parse("max(A.balance, 5 yuan)", 22, WEIR_TYPE_MONEY, arena);
	const weir_expression *tree = parse(text, length, wanted, arena);
	/* a formula that names the declared one is written with its tree, which may be deeper than a text can
	 * be */
	if (tree && !strchr(text, 'Z'))
		check(tree, wanted, arena);
	weir_arena_destroy(arena);
	return 0;
}
