/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of the language, and calls to the caller's own. */
#include <string.h>

#include "lang/type.h"

#define TRAILING_LONGEST 1200 /* periods: a century of months */
#define ROUND_FINEST 12

typedef weir_expression *builder(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                 weir_operation op);

static builder build_list, build_abs, build_round, build_if, build_history, build_trailing;

static const struct function {
	const char *name;
	int least, most; /* arguments */
	weir_operation op;
	builder *build;
	const char *usage;
} functions[] = {
	{ "min", 2, WEIR_FORMULA_ARGUMENTS, WEIR_OP_MIN, build_list, "min(a, b, ...)" },
	{ "max", 2, WEIR_FORMULA_ARGUMENTS, WEIR_OP_MAX, build_list, "max(a, b, ...)" },
	{ "sum", 1, WEIR_FORMULA_ARGUMENTS, WEIR_OP_ADD, build_list, "sum(a, b, ...)" },
	{ "abs", 1, 1, WEIR_OP_ABS, build_abs, "abs(a)" },
	{ "round", 1, 2, WEIR_OP_ROUND, build_round, "round(a) or round(a, decimals)" },
	{ "if", 3, 3, WEIR_OP_IF, build_if, "if(condition, value when yes, value when no)" },
	{ "previous", 1, 2, WEIR_OP_PREVIOUS, build_history, "previous(a, value before the first period)" },
	{ "cumulative", 1, 2, WEIR_OP_CUMULATIVE, build_history, "cumulative(a) or cumulative(a, start)" },
	{ "trailing", 2, 3, WEIR_OP_TRAILING, build_trailing,
	  "trailing(a, periods) or trailing(a, periods, value of each period before the first)" },
};

#define FUNCTIONS (sizeof functions / sizeof *functions)

static weir_quote quote_function(const weir_typing *t, const weir_syntax *call)
{
	return weir_lex_quote(t->source, call->word_start, call->word_end);
}

/* Complains when values of the type have no sign or cannot be added up; `spans` says whether time spans will
 * do. */
static int is_quantity(weir_typing *t, const weir_syntax *call, const weir_syntax *argument, weir_type type,
                       int spans)
{
	int span = type == WEIR_TYPE_DAYS || type == WEIR_TYPE_MONTHS;
	if (type != WEIR_TYPE_DATE && type != WEIR_TYPE_FLAG && (spans || !span))
		return 1;
	weir_typing_complain(
		t, FORMULA_TYPE, argument->start, argument->end,
		"\"%s\" is %s, which \"%s\" does not take; give it an amount, a rate or a number",
		WEIR_QUOTE(t, argument), weir_typing_kind(type), quote_function(t, call).text);
	return 0;
}

static weir_expression *build_list(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                   weir_operation op)
{
	weir_type type = weir_typing_unify(t, call->first, values, call->count,
	                                   op == WEIR_OP_ADD ? "added" : "compared");
	if (type == WEIR_TYPE_ERROR)
		return &t->error;
	if (op == WEIR_OP_ADD && !is_quantity(t, call, call->first, type, 1))
		return &t->error;
	if (type == WEIR_TYPE_FLAG) {
		weir_typing_complain(t, FORMULA_TYPE, call->start, call->end,
		                     "\"%s\" does not take a yes-or-no; use \"and\" or \"or\"",
		                     quote_function(t, call).text);
		return &t->error;
	}
	weir_expression *list = values[0];
	for (int i = 1; i < call->count && list; i++)
		list = weir_typing_operation(t, call, op, type, list, values[i], NULL);
	return list;
}

static weir_expression *build_abs(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                  weir_operation op)
{
	if (!is_quantity(t, call, call->first, values[0]->type, 1))
		return &t->error;
	return weir_typing_operation(t, call, op, values[0]->type, values[0], NULL, NULL);
}

static weir_expression *build_round(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                    weir_operation op)
{
	weir_type type = values[0]->type;
	int64_t decimals = type == WEIR_TYPE_MONEY ? t->resolver->currency_digits : 0;
	if (!is_quantity(t, call, call->first, type, 0))
		return &t->error;
	if (call->count == 2 && (!weir_typing_is_whole(values[1], &decimals) || decimals < -ROUND_FINEST ||
	                         decimals > ROUND_FINEST)) {
		const weir_syntax *second = call->first->next;
		if (values[1]->type != WEIR_TYPE_ERROR)
			weir_typing_complain(
				t, FORMULA_CALL, second->start, second->end,
				"\"round\" takes a whole number of decimals from -%d to %d, not \"%s\"",
				ROUND_FINEST, ROUND_FINEST, WEIR_QUOTE(t, second));
		return &t->error;
	}
	weir_expression *places =
		weir_typing_constant(t, call, WEIR_TYPE_NUMBER, (weir_decimal){ decimals, 0 }, NULL);
	if (!places)
		return NULL;
	weir_expression *node = weir_typing_operation(t, call, op, type, values[0], places, NULL);
	if (!node || node == &t->error)
		return node;
	int64_t own = type == WEIR_TYPE_MONEY ? t->resolver->currency_digits : 0; /* money counts in cents */
	node->value = (double)(decimals - own);
	node->exact = type == WEIR_TYPE_MONEY && decimals <= own;
	return node;
}

static weir_expression *build_if(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                 weir_operation op)
{
	const weir_syntax *condition = call->first;
	weir_type type = weir_typing_unify(t, condition->next, values + 1, 2, "the two values of one \"if\"");
	if (values[0]->type != WEIR_TYPE_FLAG && values[0]->type != WEIR_TYPE_ERROR) {
		weir_typing_complain(t, FORMULA_TYPE, condition->start, condition->end,
		                     "\"%s\" is %s where a condition is needed; compare it with something",
		                     WEIR_QUOTE(t, condition), weir_typing_kind(values[0]->type));
		return &t->error;
	}
	if (type == WEIR_TYPE_ERROR)
		return &t->error;
	return weir_typing_operation(t, call, op, type, values[0], values[1], values[2]);
}

/* The start value of a history: the last argument, or 0 when there is none. */
static weir_expression *start_value(weir_typing *t, const weir_syntax *call, weir_type type)
{
	return weir_typing_constant(t, call, type, (weir_decimal){ 0, 0 }, NULL);
}

static weir_expression *build_history(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                      weir_operation op)
{
	weir_type type = values[0]->type;
	weir_expression *start = values[1];
	if (call->count == 1 && op == WEIR_OP_PREVIOUS) {
		weir_typing_complain(
			t, FORMULA_CALL, call->start, call->end,
			"\"previous\" needs the value before the first period; write \"previous(%s, 0)\"",
			WEIR_QUOTE(t, call->first));
		return &t->error;
	}
	if (call->count == 1)
		start = start_value(t, call, type);
	else
		type = weir_typing_unify(t, call->first, values, 2, "the value and the start of one history");
	if (!start)
		return NULL;
	if (type == WEIR_TYPE_ERROR ||
	    (op == WEIR_OP_CUMULATIVE && !is_quantity(t, call, call->first, type, 1)))
		return &t->error;
	return weir_typing_operation(t, call, op, type, values[0], start, NULL);
}

static weir_expression *build_trailing(weir_typing *t, const weir_syntax *call, weir_expression **values,
                                       weir_operation op)
{
	const weir_syntax *periods = call->first->next;
	weir_type type = values[0]->type;
	int64_t count;
	if (!weir_typing_is_whole(values[1], &count) || count < 1 || count > TRAILING_LONGEST) {
		if (values[1]->type != WEIR_TYPE_ERROR)
			weir_typing_complain(
				t, FORMULA_CALL, periods->start, periods->end,
				"\"trailing\" takes a whole number of periods from 1 to %d, not \"%s\"",
				TRAILING_LONGEST, WEIR_QUOTE(t, periods));
		return &t->error;
	}
	weir_expression *start;
	if (call->count == 2) {
		start = start_value(t, call, type);
	} else {
		weir_expression *both[2] = { values[0], values[2] };
		weir_syntax first = *call->first; /* a list without the number of periods */
		first.next = periods->next;
		type = weir_typing_unify(t, &first, both, 2, "the value and the start of one history");
		start = values[2];
	}
	if (!start)
		return NULL;
	if (type == WEIR_TYPE_ERROR || !is_quantity(t, call, call->first, type, 1))
		return &t->error;
	return weir_typing_operation(t, call, op, type, values[0], values[1], start);
}

static int check_count(weir_typing *t, const weir_syntax *call, const struct function *function)
{
	if (call->count >= function->least && call->count <= function->most)
		return 1;
	weir_typing_complain(
		t, FORMULA_CALL, call->start, call->end, "\"%s\" is given %d argument%s; write \"%s\"%s",
		function->name, call->count, call->count == 1 ? "" : "s", function->usage,
		function->most == WEIR_FORMULA_ARGUMENTS && call->count > 1 ? " with at most 64" : "");
	return 0;
}

static weir_expression *call_function(weir_typing *t, const weir_syntax *call,
                                      const struct function *function)
{
	weir_expression *values[WEIR_FORMULA_ARGUMENTS] = { NULL };
	int faults = 0;
	if (!check_count(t, call, function))
		return &t->error;
	const weir_syntax *argument = call->first;
	for (int i = 0; i < call->count; i++, argument = argument->next) {
		values[i] = weir_typing_node(t, argument);
		if (!values[i])
			return NULL;
		faults += values[i]->type == WEIR_TYPE_ERROR;
	}
	return faults ? &t->error : function->build(t, call, values, function->op);
}

/* Complains unless every argument is a single name, a whole number or a date. */
static int collect_words(weir_typing *t, const weir_syntax *call, const char **words, size_t *lengths)
{
	const weir_syntax *argument = call->first;
	if (call->count > WEIR_FORMULA_ARGUMENTS) {
		weir_typing_complain(t, FORMULA_LIMIT, call->start, call->end,
		                     "\"%s\" is given more than %d arguments", quote_function(t, call).text,
		                     WEIR_FORMULA_ARGUMENTS);
		return 0;
	}
	for (int i = 0; i < call->count; i++, argument = argument->next) {
		size_t start = argument->word_start, end = argument->word_end;
		int bare = argument->kind == WEIR_SYNTAX_NUMBER &&
		           argument->unit_start == argument->unit_end &&
		           !memchr(t->source->text + start, '.', end - start);
		if (argument->kind != WEIR_SYNTAX_NAME && argument->kind != WEIR_SYNTAX_DATE && !bare) {
			weir_typing_complain(t, FORMULA_CALL, argument->start, argument->end,
			                     "\"%s\" takes single names or whole numbers, not \"%s\"",
			                     quote_function(t, call).text, WEIR_QUOTE(t, argument));
			return 0;
		}
		words[i] = t->source->text + start;
		lengths[i] = end - start;
	}
	return 1;
}

static void complain_function(weir_typing *t, const weir_syntax *call)
{
	const weir_resolver *resolver = t->resolver;
	const char *own[FUNCTIONS], *name = t->source->text + call->word_start;
	size_t length = call->word_end - call->word_start;
	for (size_t i = 0; i < FUNCTIONS; i++)
		own[i] = functions[i].name;
	const char *nearest = weir_nearest_name(name, length, own, FUNCTIONS);
	if (!nearest)
		nearest = weir_nearest_name(name, length, resolver->functions, resolver->function_count);
	if (nearest)
		weir_typing_complain(t, FORMULA_CALL, call->word_start, call->word_end,
		                     "unknown function \"%s\"; did you mean \"%s\"?",
		                     quote_function(t, call).text, nearest);
	else
		weir_typing_complain(t, FORMULA_CALL, call->word_start, call->word_end,
		                     "unknown function \"%s\"; functions are min, max, sum, abs, round, if, "
		                     "previous, trailing, "
		                     "cumulative and those of the deal",
		                     quote_function(t, call).text);
}

static weir_expression *call_resolver(weir_typing *t, const weir_syntax *call)
{
	const weir_resolver *resolver = t->resolver;
	const char *words[WEIR_FORMULA_ARGUMENTS];
	size_t lengths[WEIR_FORMULA_ARGUMENTS];
	weir_symbol symbol = { 0 };
	int found = 0;
	if (resolver->call && !collect_words(t, call, words, lengths))
		return &t->error;
	if (resolver->call)
		found = resolver->call(resolver->context, t->source->text + call->word_start,
		                       call->word_end - call->word_start, words, lengths, call->count,
		                       weir_lex_place(t->source, call->start, call->end), &symbol);
	if (found > 0)
		return weir_typing_symbol(t, call, &symbol);
	if (found == 0)
		complain_function(t, call);
	return &t->error;
}

weir_expression *weir_typing_call(weir_typing *t, const weir_syntax *call)
{
	for (size_t i = 0; i < FUNCTIONS; i++)
		if (weir_lex_is(t->source, call->word_start, call->word_end, functions[i].name))
			return call_function(t, call, &functions[i]);
	return call_resolver(t, call);
}
