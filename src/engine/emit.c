/* SPDX-License-Identifier: GPL-3.0-or-later */
/* emit.c: code for the trees of formulas. */
#include <string.h>

#include "base/alloc.h"
#include "engine/compiler.h"

/* What emitting a tree gives: the register with its value and the tree to decide a tie with, in which everything that
 * is worked out where it stands (memory, next interest) is replaced by the register that holds it. */
typedef struct emitted {
	int value;
	const weir_expression *tree;
} emitted;

static emitted emit_tree(weir_compiler *c, const weir_expression *tree);

static const weir_expression *copy_node(weir_compiler *c, const weir_expression *tree)
{
	weir_expression *copy = weir_arena_alloc(c->plan->arena, sizeof *copy);
	if (!copy) {
		c->status = WEIR_NO_MEMORY;
		return tree;
	}
	*copy = *tree;
	return copy;
}

/* A name node for a register, standing for `tree`; `whole`: money of whole cents. */
static emitted as_register(weir_compiler *c, const weir_expression *tree, int value, int whole)
{
	weir_expression *copy = (weir_expression *)copy_node(c, tree);
	if (c->status != WEIR_OK)
		return (emitted){ value, tree };
	copy->op = WEIR_OP_NAME;
	copy->count = 0;
	copy->symbol = value;
	copy->exact = whole && copy->type == WEIR_TYPE_MONEY;
	return (emitted){ value, copy };
}

static const char *const phase_words[] = { "the closing", "collection", "accrual", "the tests before the waterfall",
	                                   "support", "the waterfall", "the tests after the waterfall", "the close" };

static void check_known(weir_compiler *c, const weir_expression *node)
{
	const weir_register *reg = &c->plan->registers[node->symbol];
	int phase = c->program < WEIR_PHASE_COUNT ? c->program : WEIR_PHASE_CLOSE;
	int early = (int)reg->known_from > phase || ((int)reg->known_from == phase && reg->known_order >= c->order &&
	                                             c->order > 0 && reg->known_order > 0);
	if (early && reg->name)
		weir_diag_error(
			c->diags, NOT_YET_KNOWN, node->place,
			"\"%s\" is not yet known here: it is known from %s on; use previous(%s, 0) for the last "
			"period's value",
			reg->name, phase_words[reg->known_from], reg->name);
}

static emitted emit_next_interest(weir_compiler *c, const weir_expression *node)
{
	const weir_computed *computed = &c->plan->computed[node->symbol - WEIR_COMPUTED_BASE];
	const weir_class_registers *r = &c->plan->map.classes[computed->class_number];
	weir_instruction i = weir_instruction_new(WEIR_DO_NEXT_INTEREST);
	i.r[0] = weir_add_temporary(c, WEIR_TYPE_MONEY);
	i.r[1] = r->balance;
	i.r[2] = weir_next_coupon(c, computed->class_number);
	i.fraction = weir_class_fractions(c, &c->deal->classes[computed->class_number], WEIR_FRACTION_NEXT);
	weir_emit(c, i);
	return as_register(c, node, i.r[0], 1);
}

static emitted emit_name(weir_compiler *c, const weir_expression *node)
{
	if (node->symbol >= WEIR_COMPUTED_BASE)
		return emit_next_interest(c, node);
	check_known(c, node);
	return (emitted){ node->symbol, node };
}

/* Code in another program than the one being compiled: what is remembered at the close, or set at the opening. */
static int compile_elsewhere(weir_compiler *c, int program, const weir_expression *tree)
{
	int here = c->program, order = c->order;
	c->program = program;
	c->order = 0;
	int value = weir_compile_expression(c, tree);
	c->program = here;
	c->order = order;
	return value;
}

static void emit_elsewhere(weir_compiler *c, int program, weir_instruction instruction)
{
	int here = c->program;
	c->program = program;
	weir_emit(c, instruction);
	c->program = here;
}

static weir_instruction simple(weir_opcode op, int r0, int r1)
{
	weir_instruction i = weir_instruction_new(op);
	i.r[0] = r0;
	i.r[1] = r1;
	return i;
}

/* The value of what is to be remembered, at the close. What is itself a memory moves on there too, so that its value is
 * taken before anything moves. */
static int compile_at_close(weir_compiler *c, const weir_expression *tree)
{
	int value = compile_elsewhere(c, WEIR_PHASE_CLOSE, tree);
	if (tree->op != WEIR_OP_PREVIOUS && tree->op != WEIR_OP_TRAILING)
		return value;
	int kept = weir_add_temporary(c, tree->type);
	emit_elsewhere(c, WEIR_PHASE_CLOSE, simple(WEIR_DO_COPY, kept, value));
	return kept;
}

/* Histories. A node that several formulas share (a declared value) has one memory: so formulas that remember each other
 * compile in a time that grows with their size, not with the power of their depth. */

/* What remembers the node's past, or -1: PREVIOUS and CUMULATIVE a register, TRAILING a list. */
static int find_history(const weir_compiler *c, const weir_expression *node)
{
	for (size_t i = 0; i < c->history_count; i++)
		if (c->histories[i].node == node)
			return c->histories[i].memory;
	return -1;
}

static void keep_history(weir_compiler *c, const weir_expression *node, int memory)
{
	if (!WEIR_GROW(c->histories, c->history_count, c->history_capacity)) {
		c->status = WEIR_NO_MEMORY;
		return;
	}
	c->histories[c->history_count++] = (weir_history){ node, memory };
}

/* A memory that starts with the register `start` and moves on by `op` with what is remembered, at every close. */
static int add_memory(weir_compiler *c, const weir_expression *node, weir_opcode op)
{
	int memory = weir_add_temporary(c, node->type);
	int start = compile_elsewhere(c, WEIR_PHASE_OPEN, node->arguments[1]);
	emit_elsewhere(c, WEIR_PHASE_OPEN, simple(WEIR_DO_COPY, memory, start));
	int last = compile_at_close(c, node->arguments[0]);
	emit_elsewhere(c, WEIR_PROGRAM_MOVES, simple(op, memory, last));
	keep_history(c, node, memory);
	return memory;
}

static emitted emit_previous(weir_compiler *c, const weir_expression *node)
{
	int memory = find_history(c, node);
	if (memory < 0)
		memory = add_memory(c, node, WEIR_DO_COPY);
	return as_register(c, node, memory, 1);
}

static emitted emit_cumulative(weir_compiler *c, const weir_expression *node)
{
	int memory = find_history(c, node);
	if (memory < 0)
		memory = add_memory(c, node, WEIR_DO_ACCUMULATE);
	int now = weir_compile_expression(c, node->arguments[0]);
	int sum = weir_add_temporary(c, node->type);
	weir_emit_simple(c, WEIR_DO_ADD, sum, memory, now, -1);
	return as_register(c, node, sum, 1);
}

/* The list of the registers that remember the last `count` values, the latest first. */
static int add_trail(weir_compiler *c, const weir_expression *node, int count)
{
	int start = compile_elsewhere(c, WEIR_PHASE_OPEN, node->arguments[2]);
	weir_instruction shift = simple(WEIR_DO_SHIFT, -1, compile_at_close(c, node->arguments[0]));
	shift.list_count = count;
	shift.list = weir_add_temporary_list(c, count, node->type);
	for (int i = 0; i < count && c->status == WEIR_OK; i++)
		emit_elsewhere(c, WEIR_PHASE_OPEN, simple(WEIR_DO_COPY, c->plan->items[shift.list + i].unpaid, start));
	emit_elsewhere(c, WEIR_PROGRAM_MOVES, shift);
	keep_history(c, node, shift.list);
	return shift.list;
}

#define MOST_REGISTERS 262144 /* each is as many doubles as a block has lanes */

static emitted emit_trailing(weir_compiler *c, const weir_expression *node)
{
	int before = (int)node->arguments[1]->value - 1; /* a whole number from 1 on */
	int sum = weir_compile_expression(c, node->arguments[0]);
	if (c->plan->register_count > MOST_REGISTERS && !c->remembers_too_much++)
		weir_diag_error(c->diags, FORMULA_LIMIT, node->place,
		                "the deal's formulas keep more than %d numbers; shorten what they remember",
		                MOST_REGISTERS);
	if (c->remembers_too_much)
		return as_register(c, node, sum, 1);
	int list = find_history(c, node);
	if (list < 0 && before > 0)
		list = add_trail(c, node, before);
	for (int i = 0; i < before && c->status == WEIR_OK; i++) {
		int next = weir_add_temporary(c, node->type);
		weir_emit_simple(c, WEIR_DO_ADD, next, sum, c->plan->items[list + i].unpaid, -1);
		sum = next;
	}
	return as_register(c, node, sum, 1);
}

/* How far a double result can be from the true one, for rounding: 0 exact, 1 a few units in the last place (nothing
 * inexact was added or subtracted on the way), 2 unknown. */
static int inexactness(const weir_expression *tree)
{
	if (tree->exact || (tree->op == WEIR_OP_CONSTANT && tree->type == WEIR_TYPE_MONEY))
		return 0;
	if (tree->op == WEIR_OP_CONSTANT || tree->op == WEIR_OP_NAME)
		return 1;
	int worst = 0;
	for (int i = 0; i < tree->count; i++) {
		int one = inexactness(tree->arguments[i]);
		worst = one > worst ? one : worst;
	}
	switch (tree->op) {
	case WEIR_OP_ADD:
	case WEIR_OP_SUBTRACT:
		return worst == 0 ? 0 : 2;
	case WEIR_OP_MULTIPLY:
	case WEIR_OP_DIVIDE:
		return worst < 2 ? 1 : 2;
	case WEIR_OP_IF: /* a condition near its edge could choose the other branch */
		return worst < 2 ? worst : 2;
	default:
		return worst;
	}
}

static emitted emit_round(weir_compiler *c, const weir_expression *node, const weir_expression *tree, int value)
{
	weir_instruction i = simple(WEIR_DO_ROUND_TO, weir_add_temporary(c, node->type), value);
	double scale = 1;
	int digits = node->count > 1 ? (int)node->arguments[1]->value : 0;
	for (int d = node->type == WEIR_TYPE_MONEY ? c->deal->currency_digits : 0; d > digits; d--)
		scale /= 10;
	for (int d = node->type == WEIR_TYPE_MONEY ? c->deal->currency_digits : 0; d < digits; d++)
		scale *= 10;
	i.immediate = scale;
	i.tree = tree;
	weir_emit(c, i);
	return as_register(c, node, i.r[0], node->exact);
}

static weir_opcode opcode_of(weir_operation op)
{
	switch (op) {
	case WEIR_OP_NEGATE:
		return WEIR_DO_NEGATE;
	case WEIR_OP_ADD:
		return WEIR_DO_ADD;
	case WEIR_OP_SUBTRACT:
		return WEIR_DO_SUBTRACT;
	case WEIR_OP_MULTIPLY:
		return WEIR_DO_MULTIPLY;
	case WEIR_OP_DIVIDE:
		return WEIR_DO_DIVIDE;
	case WEIR_OP_MIN:
		return WEIR_DO_MIN;
	case WEIR_OP_MAX:
		return WEIR_DO_MAX;
	case WEIR_OP_ABS:
		return WEIR_DO_ABS;
	case WEIR_OP_IF:
		return WEIR_DO_IF;
	case WEIR_OP_EQUAL:
		return WEIR_DO_EQUAL;
	case WEIR_OP_NOT_EQUAL:
		return WEIR_DO_NOT_EQUAL;
	case WEIR_OP_LESS:
	case WEIR_OP_GREATER: /* with its sides exchanged */
		return WEIR_DO_LESS;
	case WEIR_OP_AT_MOST:
	case WEIR_OP_AT_LEAST:
		return WEIR_DO_AT_MOST;
	case WEIR_OP_AND:
		return WEIR_DO_AND;
	case WEIR_OP_OR:
		return WEIR_DO_OR;
	default:
		return WEIR_DO_NOT;
	}
}

int weir_list_touches(const weir_plan *plan, const weir_instruction *i, int register_number)
{
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &plan->items[i->list + k];
		if (item->unpaid == register_number || item->paid == register_number ||
		    item->balance == register_number || item->due == register_number ||
		    item->scheduled == register_number)
			return 1;
	}
	return 0;
}

/* Whether an instruction may change a register. */
static int may_write(const weir_plan *plan, const weir_instruction *i, int register_number)
{
	for (int k = 0; k < WEIR_OPERANDS; k++)
		if (i->r[k] == register_number && (weir_opcode_access(i->op, k) & 2))
			return 1;
	return weir_list_touches(plan, i, register_number);
}

#define FARTHEST_REUSE \
	2000 /* instructions to look back, so that long formulas compile in a time that grows with them */

/* Emits an instruction that writes a new register from others, or gives the register in which an earlier one of the
 * same program left the same value. */
static int emit_value(weir_compiler *c, weir_instruction wanted)
{
	const weir_program *program = &c->plan->programs[c->program];
	size_t first = c->barrier[c->program];
	if (program->count > first + FARTHEST_REUSE)
		first = program->count - FARTHEST_REUSE;
	for (size_t at = program->count; at-- > first;) {
		const weir_instruction *i = &program->items[at];
		if (i->op == wanted.op && memcmp(i->r + 1, wanted.r + 1, sizeof wanted.r - sizeof *wanted.r) == 0 &&
		    i->immediate == wanted.immediate && !i->tree == !wanted.tree)
			return i->r[0];
		int changed = 0;
		for (int k = 1; k < WEIR_OPERANDS; k++)
			changed |= wanted.r[k] >= 0 && may_write(c->plan, i, wanted.r[k]);
		if (changed)
			break;
	}
	weir_emit(c, wanted);
	return wanted.r[0];
}

static int is_comparison(weir_operation op)
{
	return op >= WEIR_OP_EQUAL && op <= WEIR_OP_AT_LEAST;
}

static emitted emit_operation(weir_compiler *c, const weir_expression *node)
{
	int r[3] = { -1, -1, -1 };
	weir_expression *copy = (weir_expression *)copy_node(c, node);
	if (c->status != WEIR_OK)
		return (emitted){ 0, node };
	for (int i = 0; i < node->count; i++) {
		emitted argument = emit_tree(c, node->arguments[i]);
		r[i] = argument.value;
		copy->arguments[i] = (weir_expression *)argument.tree;
	}
	if (node->op == WEIR_OP_ROUND) {
		emitted rounded = emit_round(c, node, copy->arguments[0], r[0]);
		return node->exact ? rounded : (emitted){ rounded.value, copy }; /* parts of a cent add up exactly */
	}
	weir_opcode op = opcode_of(node->op);
	if ((op == WEIR_DO_ADD || op == WEIR_DO_SUBTRACT) && node->count == 2 && node->type == WEIR_TYPE_DATE &&
	    (node->arguments[1]->type == WEIR_TYPE_MONTHS || node->arguments[0]->type == WEIR_TYPE_MONTHS)) {
		int swapped = node->arguments[0]->type == WEIR_TYPE_MONTHS;
		weir_instruction later = simple(WEIR_DO_MONTHS_LATER, weir_add_temporary(c, node->type), r[swapped]);
		later.r[2] = r[!swapped];
		later.immediate = op == WEIR_DO_SUBTRACT ? -1 : 1;
		weir_emit(c, later);
		return (emitted){ later.r[0], copy };
	}
	int swapped = node->op == WEIR_OP_GREATER || node->op == WEIR_OP_AT_LEAST;
	weir_instruction i = simple(op, weir_add_temporary(c, node->type), r[swapped]);
	i.r[2] = r[!swapped];
	i.r[3] = r[2];
	if (is_comparison(node->op) && !weir_formula_is_plain(copy))
		i.tree = copy; /* near equality the lane is decided exactly */
	return (emitted){ emit_value(c, i), copy };
}

static emitted emit_tree(weir_compiler *c, const weir_expression *tree)
{
	if (c->status != WEIR_OK)
		return (emitted){ 0, tree };
	switch (tree->op) {
	case WEIR_OP_CONSTANT:
		return (emitted){ weir_add_constant_register(c, tree->type, tree->value), tree };
	case WEIR_OP_NAME:
		return emit_name(c, tree);
	case WEIR_OP_PREVIOUS:
		return emit_previous(c, tree);
	case WEIR_OP_TRAILING:
		return emit_trailing(c, tree);
	case WEIR_OP_CUMULATIVE:
		return emit_cumulative(c, tree);
	default:
		return emit_operation(c, tree);
	}
}

int weir_compile_expression(weir_compiler *c, const weir_expression *tree)
{
	emitted result = emit_tree(c, tree); /* in every lane: only steps are masked */
	if (c->status != WEIR_OK || tree->type != WEIR_TYPE_MONEY || tree->exact)
		return result.value;
	weir_instruction i = simple(WEIR_DO_MONEY, weir_add_temporary(c, WEIR_TYPE_MONEY), result.value);
	i.tree = result.tree;
	i.inexact = inexactness(result.tree);
	return emit_value(c, i);
}

int weir_compile_unrounded(weir_compiler *c, const weir_expression **tree)
{
	emitted result = emit_tree(c, *tree);
	*tree = result.tree;
	return result.value;
}

int weir_compile_comparison(weir_compiler *c, const weir_expression *tree, int *left, int *right)
{
	int holds = emit_tree(c, tree).value, swapped = tree->op == WEIR_OP_GREATER || tree->op == WEIR_OP_AT_LEAST;
	const weir_program *program = &c->plan->programs[c->program];
	*left = *right = holds;
	for (size_t at = program->count; c->status == WEIR_OK && at-- > 0;)
		if (program->items[at].r[0] == holds) {
			*left = program->items[at].r[swapped ? 2 : 1];
			*right = program->items[at].r[swapped ? 1 : 2];
			break;
		}
	return holds;
}

int weir_compile_formula(weir_compiler *c, const weir_formula *formula, weir_type wanted)
{
	const weir_expression *tree = weir_compile_parse(c, formula, wanted);
	return tree ? weir_compile_expression(c, tree) : -1;
}
