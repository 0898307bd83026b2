/* SPDX-License-Identifier: GPL-3.0-or-later */
/* triggers.c: code for the tests of triggers, with the value and threshold of each comparison kept. */
#include <string.h>

#include "engine/compiler.h"

static int is_comparison(weir_operation op)
{
	return op >= WEIR_OP_EQUAL && op <= WEIR_OP_AT_LEAST;
}

static void write_symbol(void *context, int symbol, weir_type type, weir_text *to)
{
	weir_compiler *c = context;
	(void)type;
	if (symbol >= WEIR_COMPUTED_BASE)
		weir_text_printf(to, "next_interest(%s)",
		                 c->deal->classes[c->plan->computed[symbol - WEIR_COMPUTED_BASE].class_number].node.id);
	else if (symbol >= 0 && c->plan->registers[symbol].name)
		weir_text_add(to, c->plan->registers[symbol].name);
	else if (symbol >= 0)
		weir_text_printf(to, "%g", c->plan->registers[symbol].initial);
}

static const char *tree_text(weir_compiler *c, const weir_expression *tree)
{
	weir_text text = { 0 };
	weir_formula_write(tree, c->deal->currency_digits, write_symbol, c, &text);
	const char *copy = weir_text_keep(&text, c->plan->arena);
	if (!copy)
		c->status = WEIR_NO_MEMORY;
	return copy;
}

/* A register of the trigger's own that keeps what was tested, whatever the waterfall does to it later. */
static int keep(weir_compiler *c, const char *id, int n, const char *part, int value)
{
	weir_type type = c->plan->registers[value].type;
	int kept = weir_add_register(c, type, 0, WEIR_PHASE_OPEN, 0, "%s.%s%d", id, part, n + 1);
	weir_emit_simple(c, WEIR_DO_COPY, kept, value, -1, -1);
	return kept;
}

static int compile_comparison(weir_compiler *c, const weir_expression *tree, const char *id,
                              weir_trigger_registers *r)
{
	int left, right;
	int holds = weir_compile_comparison(c, tree, &left, &right);
	if (c->status == WEIR_OK) {
		int n = r->test_count++;
		r->value[n] = keep(c, id, n, "value", left);
		r->threshold[n] = keep(c, id, n, "threshold", right);
		r->holds[n] = keep(c, id, n, "holds", holds);
		r->texts[n] = tree_text(c, tree);
	}
	return holds;
}

static int joins(weir_operation op)
{
	return op == WEIR_OP_AND || op == WEIR_OP_OR || op == WEIR_OP_NOT;
}

/* How many comparisons compile_test keeps. */
static size_t count_comparisons(const weir_expression *tree)
{
	size_t count = is_comparison(tree->op);
	for (int i = 0; joins(tree->op) && i < tree->count; i++)
		count += count_comparisons(tree->arguments[i]);
	return count;
}

/* Conditions joined by and, or, not are taken apart, so that each comparison's figures are kept. */
static int compile_test(weir_compiler *c, const weir_expression *tree, const char *id, weir_trigger_registers *r)
{
	if (is_comparison(tree->op))
		return compile_comparison(c, tree, id, r);
	if (!joins(tree->op))
		return weir_compile_expression(c, tree);
	int operands[2] = { -1, -1 };
	for (int i = 0; i < tree->count; i++)
		operands[i] = compile_test(c, tree->arguments[i], id, r);
	int value = weir_add_temporary(c, WEIR_TYPE_FLAG);
	weir_emit_simple(c,
	                 tree->op == WEIR_OP_AND ? WEIR_DO_AND :
	                 tree->op == WEIR_OP_OR  ? WEIR_DO_OR :
	                                           WEIR_DO_NOT,
	                 value, operands[0], operands[1], -1);
	return value;
}

/* Fires after so many tests in a row that hold, is cured after so many that fail. */
static void count_tests(weir_compiler *c, const weir_trigger *t, int flag, int value)
{
	weir_instruction i = weir_instruction_new(WEIR_DO_TEST_COUNT);
	i.r[0] = flag;
	i.r[1] = value;
	i.r[2] = weir_add_register(c, WEIR_TYPE_NUMBER, 0, WEIR_PHASE_OPEN, 0, "%s.held", t->node.id);
	i.r[3] = weir_add_register(c, WEIR_TYPE_NUMBER, 0, WEIR_PHASE_OPEN, 0, "%s.failed", t->node.id);
	i.immediate = t->consecutive;
	i.split = t->sticky ? 0 : t->cure;
	weir_emit(c, i);
}

/* Whether a test is one comparison under an odd number of "not"s. */
static int is_negated(const weir_expression *tree)
{
	int negated = 0;
	for (; tree->op == WEIR_OP_NOT; tree = tree->arguments[0])
		negated = !negated;
	return negated && is_comparison(tree->op);
}

/* A test that is one comparison with a plain number: the same with the number's parameter, TRIGGER.threshold, in its
 * place. Any other test stays as it is. */
static const weir_expression *settable_test(weir_compiler *c, const weir_expression *tree, const char *id)
{
	int n = 0;
	weir_expression *copy;
	if (tree->op == WEIR_OP_NOT) {
		const weir_expression *inside = settable_test(c, tree->arguments[0], id);
		copy = inside == tree->arguments[0] ? NULL : weir_arena_alloc(c->plan->arena, sizeof *copy);
		if (copy) {
			*copy = *tree;
			copy->arguments[0] = (weir_expression *)inside;
		}
		return copy ? copy : tree;
	}
	if (!is_comparison(tree->op))
		return tree;
	if (weir_is_settable(tree->arguments[1]))
		n = 1;
	else if (!weir_is_settable(tree->arguments[0]))
		return tree;
	const weir_expression *constant = tree->arguments[n];
	copy = weir_arena_array(c->plan->arena, 2, sizeof *copy);
	if (!copy)
		return tree;
	copy[0] = *tree;
	copy[1] = *constant;
	copy[0].arguments[n] = &copy[1];
	copy[1].op = WEIR_OP_NAME;
	copy[1].symbol = weir_constant_parameter(c, constant, id, ".threshold");
	return copy;
}

static void compile_trigger(weir_compiler *c, int number)
{
	const weir_trigger *t = &c->deal->triggers[number];
	weir_trigger_registers *r = &c->plan->map.triggers[number];
	weir_arena *arena = c->plan->arena;
	const weir_expression *tree = weir_compile_parse(c, &t->test, WEIR_TYPE_FLAG);
	if (!tree)
		return;
	size_t room = count_comparisons(tree) + 1;
	r->value = weir_arena_array(arena, room, sizeof *r->value);
	r->threshold = weir_arena_array(arena, room, sizeof *r->threshold);
	r->holds = weir_arena_array(arena, room, sizeof *r->holds);
	r->texts = weir_arena_array(arena, room, sizeof *r->texts);
	if (!r->value || !r->threshold || !r->holds || !r->texts) {
		c->status = WEIR_NO_MEMORY;
		return;
	}
	r->negated = is_negated(tree);
	const weir_expression *test = settable_test(c, tree, t->node.id);
	int value = compile_test(c, test, t->node.id, r);
	while (test != tree && tree->op == WEIR_OP_NOT)
		tree = tree->arguments[0];
	if (is_comparison(tree->op) && r->test_count == 1)
		r->texts[0] = tree_text(c, tree); /* as the document says it */
	if (t->consecutive > 1 || (!t->sticky && t->cure > 1))
		count_tests(c, t, r->flag, value);
	else
		weir_emit_simple(c, t->sticky ? WEIR_DO_TEST_STICKY : WEIR_DO_TEST, r->flag, value, -1, -1);
}

void weir_compile_triggers(weir_compiler *c, int after)
{
	c->program = after ? WEIR_PHASE_AFTER : WEIR_PHASE_BEFORE;
	for (int i = 0; i < c->deal->trigger_count && c->status == WEIR_OK; i++)
		if (c->deal->triggers[i].tested_after == after)
			compile_trigger(c, i);
}
