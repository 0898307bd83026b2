/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From syntax to a typed tree: names, operators, and which kinds go together. */
#include "lang/type.h"

#include <string.h>

static const struct {
	const char *text, *kind;
} types[] = {
	[WEIR_TYPE_ERROR] = { "error", "an error" },
	[WEIR_TYPE_MONEY] = { "money", "money" },
	[WEIR_TYPE_RATE] = { "rate", "a rate" },
	[WEIR_TYPE_NUMBER] = { "number", "a number" },
	[WEIR_TYPE_DATE] = { "date", "a date" },
	[WEIR_TYPE_FLAG] = { "flag", "a yes-or-no" },
	[WEIR_TYPE_DAYS] = { "days", "a span of days" },
	[WEIR_TYPE_MONTHS] = { "months", "a span of months" },
};

const char *weir_type_text(weir_type type)
{
	return types[type].text;
}

const char *weir_typing_kind(weir_type type)
{
	return types[type].kind;
}

/* Whether a money node is whole cents without rounding. */
static int is_exact(const weir_expression *e)
{
	weir_expression *const *arguments = e->arguments;
	if (e->type != WEIR_TYPE_MONEY)
		return 0;
	switch (e->op) {
	case WEIR_OP_CONSTANT:
	case WEIR_OP_NAME:
		return 1;
	case WEIR_OP_NEGATE:
	case WEIR_OP_ABS:
		return arguments[0]->exact;
	case WEIR_OP_ADD:
	case WEIR_OP_SUBTRACT:
	case WEIR_OP_MIN:
	case WEIR_OP_MAX:
	case WEIR_OP_PREVIOUS:
	case WEIR_OP_CUMULATIVE:
		return arguments[0]->exact && arguments[1]->exact;
	case WEIR_OP_IF:
		return arguments[1]->exact && arguments[2]->exact;
	case WEIR_OP_TRAILING:
		return arguments[0]->exact && arguments[2]->exact;
	case WEIR_OP_MULTIPLY:
		for (int i = 0; i < 2; i++)
			if (arguments[i]->op == WEIR_OP_CONSTANT && arguments[i]->type != WEIR_TYPE_MONEY &&
			    arguments[i]->decimal.scale == 0)
				return arguments[1 - i]->exact;
		return 0;
	default:
		return 0;
	}
}

/* Adds an argument's size and depth; 0 after a complaint. */
static int measure(weir_typing *t, const weir_syntax *syntax, weir_expression *node,
                   const weir_expression *argument)
{
	if (node->depth <= argument->depth)
		node->depth = argument->depth + 1;
	node->size += argument->size;
	if (node->depth <= WEIR_FORMULA_DEPTH && node->size <= WEIR_FORMULA_SIZE)
		return 1;
	weir_typing_complain(t, FORMULA_LIMIT, syntax->start, syntax->end,
	                     "\"%s\" grows too large with the formulas it names; simplify them",
	                     WEIR_QUOTE(t, syntax));
	return 0;
}

weir_expression *weir_typing_operation(weir_typing *t, const weir_syntax *syntax, weir_operation op,
                                       weir_type type, weir_expression *a, weir_expression *b,
                                       weir_expression *c)
{
	weir_expression *const arguments[3] = { a, b, c };
	for (int i = 0; i < 3; i++)
		if (arguments[i] && arguments[i]->type == WEIR_TYPE_ERROR)
			return &t->error;
	weir_expression *node = weir_arena_alloc(t->arena, sizeof *node);
	if (!node)
		return NULL;
	node->op = op;
	node->type = type;
	node->depth = node->size = 1;
	node->place = weir_lex_place(t->source, syntax->start, syntax->end);
	for (int i = 0; i < 3 && arguments[i]; i++) {
		node->arguments[node->count++] = arguments[i];
		if (!measure(t, syntax, node, arguments[i]))
			return &t->error;
	}
	node->exact = is_exact(node);
	return node;
}

/* The depth and size of a tree that the caller may have made, without counting. */
static void count_nodes(const weir_expression *e, int *depth, int *size)
{
	*depth = e->depth;
	*size = e->size;
	if (e->size > 0)
		return;
	*depth = *size = 1;
	for (int i = 0; i < e->count; i++) {
		int below, nodes;
		count_nodes(e->arguments[i], &below, &nodes);
		*depth = *depth > below ? *depth : below + 1;
		*size += nodes;
	}
}

weir_expression *weir_typing_symbol(weir_typing *t, const weir_syntax *syntax, const weir_symbol *symbol)
{
	weir_type type = symbol->inlined ? symbol->inlined->type : symbol->type;
	if (type == WEIR_TYPE_ERROR)
		return &t->error;
	weir_expression *node = weir_typing_operation(t, syntax, WEIR_OP_NAME, type, NULL, NULL, NULL);
	if (!node || node == &t->error)
		return node;
	if (!symbol->inlined) {
		node->symbol = symbol->number;
		return node;
	}
	weir_place place = node->place; /* complaints point at the use, not at the declaration */
	*node = *symbol->inlined;
	node->place = place;
	count_nodes(symbol->inlined, &node->depth, &node->size);
	if (node->op == WEIR_OP_CONSTANT && !node->unit)
		node->unit = ""; /* a named number is not a bare one any more */
	return node;
}

static void complain_unknown(weir_typing *t, const weir_syntax *syntax)
{
	const char *name = t->source->text + syntax->word_start;
	size_t length = syntax->word_end - syntax->word_start;
	const char *nearest = weir_nearest_name(name, length, t->resolver->known, t->resolver->known_count);
	weir_quote quote = weir_lex_quote(t->source, syntax->word_start, syntax->word_end);
	if (nearest)
		weir_typing_complain(t, UNKNOWN_NAME, syntax->word_start, syntax->word_end,
		                     "unknown name \"%s\"; did you mean \"%s\"?", quote.text, nearest);
	else
		weir_typing_complain(
			t, UNKNOWN_NAME, syntax->word_start, syntax->word_end,
			"unknown name \"%s\"; correct it, or declare it as a <value>",
			quote.text);
}

static weir_expression *name_node(weir_typing *t, const weir_syntax *syntax)
{
	weir_symbol symbol = { 0 };
	const weir_resolver *resolver = t->resolver;
	int found = resolver->name(resolver->context, t->source->text + syntax->word_start,
	                           syntax->word_end - syntax->word_start,
	                           weir_lex_place(t->source, syntax->word_start, syntax->word_end), &symbol);
	if (found > 0)
		return weir_typing_symbol(t, syntax, &symbol);
	if (found == 0)
		complain_unknown(t, syntax);
	return &t->error;
}

/* "X is paid" asks for the flag "X.is_paid". */
static weir_expression *is_paid_node(weir_typing *t, const weir_syntax *syntax)
{
	static const char suffix[] = ".is_paid";
	weir_symbol symbol = { 0 };
	const weir_resolver *resolver = t->resolver;
	size_t length = syntax->word_end - syntax->word_start;
	char *name = weir_arena_alloc(t->arena, length + sizeof suffix);
	if (!name)
		return NULL;
	memcpy(name, t->source->text + syntax->word_start, length);
	memcpy(name + length, suffix, sizeof suffix);
	weir_place place = weir_lex_place(t->source, syntax->start, syntax->end);
	int found = resolver->name(resolver->context, name, length + sizeof suffix - 1, place, &symbol);
	if (found > 0)
		return weir_typing_symbol(t, syntax, &symbol);
	if (found < 0)
		return &t->error;
	const weir_expression *thing = name_node(t, syntax);
	if (thing && thing != &t->error)
		weir_typing_complain(t, UNKNOWN_NAME, syntax->start, syntax->end,
		                     "\"%s\" is nothing that can be paid; compare an amount with 0 instead",
		                     weir_lex_quote(t->source, syntax->word_start, syntax->word_end).text);
	return thing ? &t->error : NULL;
}

/* Rates and numbers stand in for each other. */
static int is_ratio(weir_type type)
{
	return type == WEIR_TYPE_RATE || type == WEIR_TYPE_NUMBER;
}

static void complain_mix(weir_typing *t, const weir_syntax *a, weir_type type_a, const weir_syntax *b,
                         weir_type type_b, const char *deed)
{
	const char *hint = "";
	if ((type_a == WEIR_TYPE_DAYS && type_b == WEIR_TYPE_MONTHS) ||
	    (type_a == WEIR_TYPE_MONTHS && type_b == WEIR_TYPE_DAYS))
		hint = "; add each to a date in turn";
	else if ((type_a == WEIR_TYPE_MONEY && is_ratio(type_b)) ||
	         (type_b == WEIR_TYPE_MONEY && is_ratio(type_a)))
		hint = "; write an amount with its currency, or multiply to get one";
	weir_typing_complain(t, FORMULA_TYPE, a->start, b->end,
	                     "\"%s\" is %s and \"%s\" is %s: they cannot be %s%s", WEIR_QUOTE(t, a),
	                     weir_typing_kind(type_a), WEIR_QUOTE(t, b), weir_typing_kind(type_b), deed,
	                     hint);
}

/* The common type of those that are not bare numbers; NUMBER when all are. Complains of the first that does
 * not fit. */
static weir_type common_type(weir_typing *t, const weir_syntax *first, weir_expression **values, int count,
                             const char *deed)
{
	weir_type type = WEIR_TYPE_NUMBER;
	const weir_syntax *s = first, *leader = NULL;
	for (int i = 0; i < count; i++, s = s->next) {
		if (weir_typing_is_bare(values[i]))
			continue;
		if (!leader) {
			leader = s;
			type = values[i]->type;
		} else if (values[i]->type == type) {
			continue;
		} else if (is_ratio(type) && is_ratio(values[i]->type)) {
			type = WEIR_TYPE_NUMBER;
		} else {
			complain_mix(t, leader, type, s, values[i]->type, deed);
			return WEIR_TYPE_ERROR;
		}
	}
	return type;
}

weir_type weir_typing_unify(weir_typing *t, const weir_syntax *first, weir_expression **values, int count,
                            const char *deed)
{
	for (int i = 0; i < count; i++)
		if (values[i]->type == WEIR_TYPE_ERROR)
			return WEIR_TYPE_ERROR;
	weir_type type = common_type(t, first, values, count, deed);
	if (type == WEIR_TYPE_ERROR)
		return WEIR_TYPE_ERROR;
	int rates = 0;
	for (int i = 0; i < count; i++)
		rates += values[i]->type == WEIR_TYPE_RATE;
	const weir_syntax *s = first;
	for (int i = 0; i < count; i++, s = s->next) {
		if (!weir_typing_is_bare(values[i]))
			continue;
		/* among numbers and rates a bare number needs its unit as next to a rate, but the whole stays
		 * 1 */
		weir_type adopted =
			type == WEIR_TYPE_NUMBER && rates && values[i]->value != 1 ? WEIR_TYPE_RATE : type;
		if (!weir_typing_adopt(t, s, values[i], adopted))
			return WEIR_TYPE_ERROR;
	}
	return type;
}

static weir_expression *negate(weir_typing *t, const weir_syntax *syntax, weir_expression *a)
{
	if (a->type == WEIR_TYPE_ERROR)
		return &t->error;
	if (a->type == WEIR_TYPE_DATE || a->type == WEIR_TYPE_FLAG) {
		weir_typing_complain(t, FORMULA_TYPE, syntax->start, syntax->end,
		                     "\"%s\" is %s, which has no negative%s", WEIR_QUOTE(t, syntax->first),
		                     weir_typing_kind(a->type),
		                     a->type == WEIR_TYPE_FLAG ? "; write \"not\"" : "");
		return &t->error;
	}
	if (a->op == WEIR_OP_CONSTANT)
		return weir_typing_constant(t, syntax, a->type,
		                            (weir_decimal){ -a->decimal.units, a->decimal.scale }, a->unit);
	return weir_typing_operation(t, syntax, WEIR_OP_NEGATE, a->type, a, NULL, NULL);
}

static weir_expression *logic(weir_typing *t, const weir_syntax *syntax, weir_expression *a,
                              weir_expression *b)
{
	weir_expression *const operands[2] = { a, b };
	const weir_syntax *s = syntax->first;
	for (int i = 0; i < 2 && operands[i]; i++, s = s->next)
		if (operands[i]->type != WEIR_TYPE_FLAG && operands[i]->type != WEIR_TYPE_ERROR) {
			weir_typing_complain(
				t, FORMULA_TYPE, s->start, s->end,
				"\"%s\" is %s where a condition is needed; compare it with something",
				WEIR_QUOTE(t, s), weir_typing_kind(operands[i]->type));
			a = &t->error;
		}
	return weir_typing_operation(t, syntax, syntax->op, WEIR_TYPE_FLAG, a, b, NULL);
}

static weir_expression *compare(weir_typing *t, const weir_syntax *syntax, weir_expression *a,
                                weir_expression *b)
{
	weir_expression *operands[2] = { a, b };
	weir_type type = weir_typing_unify(t, syntax->first, operands, 2, "compared");
	if (type == WEIR_TYPE_ERROR)
		return &t->error;
	if (type == WEIR_TYPE_FLAG && syntax->op != WEIR_OP_EQUAL && syntax->op != WEIR_OP_NOT_EQUAL) {
		weir_typing_complain(
			t, FORMULA_TYPE, syntax->start, syntax->end,
			"\"%s\" is a yes-or-no, which is neither more nor less; use \"is\" or \"is not\"",
			WEIR_QUOTE(t, syntax->first));
		return &t->error;
	}
	return weir_typing_operation(t, syntax, syntax->op, WEIR_TYPE_FLAG, a, b, NULL);
}

static int is_span(weir_type type)
{
	return type == WEIR_TYPE_DAYS || type == WEIR_TYPE_MONTHS;
}

/* date + span, span + date, date - span, date - date; &error when it is none of these. */
static weir_expression *move_date(weir_typing *t, const weir_syntax *syntax, weir_expression *a,
                                  weir_expression *b)
{
	int adds = syntax->op == WEIR_OP_ADD;
	if (a->type == WEIR_TYPE_DATE && b->type == WEIR_TYPE_DATE && !adds)
		return weir_typing_operation(t, syntax, WEIR_OP_SUBTRACT, WEIR_TYPE_DAYS, a, b, NULL);
	if (is_span(a->type) && adds) {
		weir_expression *swap = a;
		a = b;
		b = swap;
	}
	if (a->type == WEIR_TYPE_DATE && is_span(b->type))
		return weir_typing_operation(t, syntax, syntax->op, WEIR_TYPE_DATE, a, b, NULL);
	const weir_syntax *left = syntax->first, *right = left->next;
	weir_typing_complain(
		t, FORMULA_TYPE, syntax->start, syntax->end,
		"\"%s\" and \"%s\" cannot be %s; a date takes a span such as \"30 days\" or \"6 months\"",
		WEIR_QUOTE(t, left), WEIR_QUOTE(t, right), adds ? "added" : "subtracted");
	return &t->error;
}

/* A rate next to a bare number: only 0 and the whole, 1, need no unit. Gives the sum's type. */
static weir_type rate_and_bare(weir_typing *t, const weir_syntax *syntax, weir_expression *bare)
{
	if (bare->value == 1)
		return WEIR_TYPE_NUMBER;
	return weir_typing_adopt(t, syntax, bare, WEIR_TYPE_RATE) ? WEIR_TYPE_RATE : WEIR_TYPE_ERROR;
}

static weir_expression *add(weir_typing *t, const weir_syntax *syntax, weir_expression *a, weir_expression *b)
{
	weir_expression *operands[2] = { a, b };
	const weir_syntax *left = syntax->first, *right = left->next;
	weir_type type;
	if (a->type == WEIR_TYPE_ERROR || b->type == WEIR_TYPE_ERROR)
		return &t->error;
	if (a->type == WEIR_TYPE_DATE || b->type == WEIR_TYPE_DATE)
		return move_date(t, syntax, a, b);
	if (a->type == WEIR_TYPE_RATE && weir_typing_is_bare(b))
		type = rate_and_bare(t, right, b);
	else if (b->type == WEIR_TYPE_RATE && weir_typing_is_bare(a))
		type = rate_and_bare(t, left, a);
	else
		type = weir_typing_unify(t, left, operands, 2,
		                         syntax->op == WEIR_OP_ADD ? "added" : "subtracted");
	if (type == WEIR_TYPE_ERROR)
		return &t->error;
	if (type == WEIR_TYPE_FLAG) {
		weir_typing_complain(t, FORMULA_TYPE, syntax->start, syntax->end,
		                     "\"%s\" is a yes-or-no; use \"if(%s, ..., ...)\" to calculate with it",
		                     WEIR_QUOTE(t, left), WEIR_QUOTE(t, left));
		return &t->error;
	}
	return weir_typing_operation(t, syntax, syntax->op, type, a, b, NULL);
}

/* The types of products and quotients; what is not listed (0, which is ERROR) does not exist. Days become
 * plain numbers of days here, so that "A.coupon * (date - deal.closing) / 365" works and dates stay whole. */
#define M WEIR_TYPE_MONEY
#define R WEIR_TYPE_RATE
#define N WEIR_TYPE_NUMBER
#define D WEIR_TYPE_DAYS
#define S WEIR_TYPE_MONTHS
static const unsigned char products[WEIR_TYPE_MONTHS + 1][WEIR_TYPE_MONTHS + 1] = {
	[M] = { [R] = M, [N] = M, [D] = M },
	[R] = { [M] = M, [R] = R, [N] = R, [D] = R },
	[N] = { [M] = M, [R] = R, [N] = N, [D] = N },
	[D] = { [M] = M, [R] = R, [N] = N },
};
static const unsigned char quotients[WEIR_TYPE_MONTHS + 1][WEIR_TYPE_MONTHS + 1] = {
	[M] = { [M] = N, [R] = M, [N] = M, [D] = M },
	[R] = { [R] = N, [N] = R, [D] = R },
	[N] = { [R] = N, [N] = N, [D] = N },
	[D] = { [R] = N, [N] = N, [D] = N },
	[S] = { [S] = N },
};
#undef M
#undef R
#undef N
#undef D
#undef S

static weir_expression *multiply(weir_typing *t, const weir_syntax *syntax, weir_expression *a,
                                 weir_expression *b)
{
	int multiplies = syntax->op == WEIR_OP_MULTIPLY;
	if (a->type == WEIR_TYPE_ERROR || b->type == WEIR_TYPE_ERROR)
		return &t->error;
	const weir_syntax *left = syntax->first, *right = left->next;
	if (!multiplies && b->op == WEIR_OP_CONSTANT && b->value == 0) {
		weir_typing_complain(t, FORMULA_TYPE, right->start, right->end,
		                     "\"%s\" cannot divide; write another divisor", WEIR_QUOTE(t, right));
		return &t->error;
	}
	weir_type type = (weir_type)(multiplies ? products : quotients)[a->type][b->type];
	if (type != WEIR_TYPE_ERROR)
		return weir_typing_operation(t, syntax, syntax->op, type, a, b, NULL);
	weir_typing_complain(t, FORMULA_TYPE, syntax->start, syntax->end,
	                     "\"%s\" is %s and \"%s\" is %s: they cannot be %s", WEIR_QUOTE(t, left),
	                     weir_typing_kind(a->type), WEIR_QUOTE(t, right), weir_typing_kind(b->type),
	                     multiplies ? "multiplied" : "divided");
	return &t->error;
}

static weir_expression *operation_node(weir_typing *t, const weir_syntax *syntax)
{
	weir_expression *a = weir_typing_node(t, syntax->first), *b = NULL;
	if (!a)
		return NULL;
	if (syntax->count > 1 && !(b = weir_typing_node(t, syntax->first->next)))
		return NULL;
	switch (syntax->op) {
	case WEIR_OP_NEGATE:
		return negate(t, syntax, a);
	case WEIR_OP_NOT:
	case WEIR_OP_AND:
	case WEIR_OP_OR:
		return logic(t, syntax, a, b);
	case WEIR_OP_ADD:
	case WEIR_OP_SUBTRACT:
		return add(t, syntax, a, b);
	case WEIR_OP_MULTIPLY:
	case WEIR_OP_DIVIDE:
		return multiply(t, syntax, a, b);
	default:
		return compare(t, syntax, a, b);
	}
}

weir_expression *weir_typing_node(weir_typing *t, const weir_syntax *syntax)
{
	switch (syntax->kind) {
	case WEIR_SYNTAX_NAME:
		return name_node(t, syntax);
	case WEIR_SYNTAX_IS_PAID:
		return is_paid_node(t, syntax);
	case WEIR_SYNTAX_CALL:
		return weir_typing_call(t, syntax);
	case WEIR_SYNTAX_OPERATION:
		return operation_node(t, syntax);
	default:
		return weir_typing_literal(t, syntax);
	}
}

/* Whether the whole formula is what its place needs; complains otherwise. */
static int is_wanted(weir_typing *t, const weir_syntax *syntax, weir_expression *root, weir_type wanted)
{
	if (root->type == WEIR_TYPE_ERROR)
		return 0;
	if (wanted == WEIR_TYPE_ERROR || root->type == wanted)
		return 1;
	if (weir_typing_is_bare(root))
		return weir_typing_adopt(t, syntax, root, wanted);
	if (is_ratio(root->type) && is_ratio(wanted))
		return 1;
	weir_typing_complain(t, FORMULA_TYPE, syntax->start, syntax->end, "\"%s\" is %s where %s is needed%s",
	                     WEIR_QUOTE(t, syntax), weir_typing_kind(root->type),
	                     wanted == WEIR_TYPE_FLAG ? "a condition" : weir_typing_kind(wanted),
	                     wanted == WEIR_TYPE_FLAG ? "; compare it with something"
	                     : wanted == WEIR_TYPE_MONEY && is_ratio(root->type)
	                             ? "; multiply an amount by it"
	                             : "");
	return 0;
}

weir_status weir_formula_parse(const weir_expression **out, weir_arena *arena, const weir_sources *sources,
                               const char *text, weir_place place, weir_type wanted,
                               const weir_resolver *resolver, weir_diags *diags)
{
	weir_formula_text source = { text, strlen(text), place, sources, diags };
	weir_typing typing = { &source, arena, resolver, { .type = WEIR_TYPE_ERROR } };
	weir_arena *scratch = NULL;
	weir_syntax *syntax;
	weir_status status;
	*out = NULL;
	if (source.length > WEIR_FORMULA_BYTES) {
		weir_diag_error(diags, FORMULA_LIMIT, place,
		                "the formula has %zu bytes, more than %d; split it into named formulas",
		                source.length, WEIR_FORMULA_BYTES);
		return diags->lost ? WEIR_NO_MEMORY : WEIR_INPUT;
	}
	WEIR_TRY(weir_arena_create(&scratch));
	WEIR_TRY(weir_syntax_parse(&syntax, scratch, &source));
	weir_expression *root = weir_typing_node(&typing, syntax);
	if (!root)
		status = WEIR_NO_MEMORY;
	else if (!is_wanted(&typing, syntax, root, wanted))
		status = WEIR_INPUT;
	else
		*out = root;
out:
	weir_arena_destroy(scratch);
	return status == WEIR_INPUT && diags->lost ? WEIR_NO_MEMORY : status;
}
