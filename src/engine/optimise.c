/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optimise.c: takes out loads of values that nothing reads, and finds the registers that each block starts anew. */
#include "engine/compiler.h"

/* How often each register is read by an instruction, a mask, a list or the tree of a rounding. */
static void count_tree(const weir_expression *tree, int *reads)
{
	if (tree->op == WEIR_OP_NAME && tree->symbol >= 0)
		reads[tree->symbol]++;
	for (int i = 0; i < tree->count; i++)
		count_tree(tree->arguments[i], reads);
}

static int tree_touches(const weir_expression *tree, int register_number)
{
	if (tree->op == WEIR_OP_NAME && tree->symbol == register_number)
		return 1;
	for (int i = 0; i < tree->count; i++)
		if (tree_touches(tree->arguments[i], register_number))
			return 1;
	return 0;
}

static void count_item(const weir_list_item *item, int *reads)
{
	const int registers[] = { item->unpaid, item->paid, item->balance, item->due, item->scheduled };
	for (int k = 0; k < 5; k++)
		if (registers[k] >= 0)
			reads[registers[k]]++;
}

static void count_reads(const weir_plan *plan, const weir_instruction *i, int *reads)
{
	int own = i->op == WEIR_DO_ACCUMULATE ? i->r[0] : -1; /* a sum that only adds to itself is read by nobody */
	for (int k = 0; k < WEIR_OPERANDS; k++)
		if (i->r[k] >= 0 && i->r[k] != own && (weir_opcode_access(i->op, k) & 1))
			reads[i->r[k]]++;
	for (int k = 0; k < i->list_count; k++)
		count_item(&plan->items[i->list + k], reads);
	if (i->mask >= 0)
		reads[i->mask]++;
	if (i->tree)
		count_tree(i->tree, reads);
}

static int is_load(weir_opcode op)
{
	return op == WEIR_DO_SET || op == WEIR_DO_POOL || op == WEIR_DO_ACCUMULATE;
}

/* One pass over the collection phase, the only one with loads that may be of no use; gives how many went. */
static int drop_unread_loads(weir_plan *plan, const int *reads)
{
	weir_program *program = &plan->programs[WEIR_PHASE_COLLECT];
	size_t kept = 0;
	for (size_t at = 0; at < program->count; at++) {
		const weir_instruction *i = &program->items[at];
		if (is_load(i->op) && reads[i->r[0]] == 0) {
			plan->registers[i->r[0]].recorded = 0;
			continue;
		}
		program->items[kept++] = *i;
	}
	int dropped = (int)(program->count - kept);
	program->count = kept;
	return dropped;
}

/* Whether an instruction reads or writes a register in any way. */
static int touches(const weir_plan *plan, const weir_instruction *i, int register_number)
{
	for (int k = 0; k < WEIR_OPERANDS; k++)
		if (i->r[k] == register_number)
			return 1;
	return weir_list_touches(plan, i, register_number) || i->mask == register_number ||
	       (i->tree && tree_touches(i->tree, register_number));
}

/* Whether an instruction of the waterfall, other than two, touches a register. */
static int met_elsewhere(const weir_plan *plan, const weir_instruction *one, const weir_instruction *other,
                         int register_number)
{
	const weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	for (size_t at = 0; at < waterfall->count; at++) {
		const weir_instruction *i = &waterfall->items[at];
		if (i != one && i != other && touches(plan, i, register_number))
			return 1;
	}
	return 0;
}

/* Lets the only payment of something due set what is paid and unpaid itself. Gives 0 when it is not the only one. */
static int pay_once(weir_plan *plan, const weir_instruction *prepare, const weir_list_item *item)
{
	weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	for (size_t at = 0; at < waterfall->count; at++) {
		weir_instruction *i = &waterfall->items[at];
		if (i->op != WEIR_DO_PAY || i->r[1] != item->unpaid || i->r[2] != item->paid)
			continue;
		if (i->r[4] >= 0 || i->unit.unit_cents > 0 || met_elsewhere(plan, prepare, i, item->unpaid) ||
		    met_elsewhere(plan, prepare, i, item->paid))
			return 0;
		i->r[5] = item->due;
		i->once = 1;
		return 1;
	}
	return 0;
}

/* Most things due are paid by one step, which can set what is paid and unpaid: then nothing is to prepare. */
static void pair_payments(weir_plan *plan)
{
	weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	if (plan->deal->waterfall_count > 1)
		return; /* a step may be skipped */
	for (size_t at = 0; at < waterfall->count; at++) {
		weir_instruction *prepare = &waterfall->items[at];
		int kept = 0;
		if (prepare->op != WEIR_DO_PREPARE)
			continue;
		weir_list_item *items = plan->items + prepare->list;
		for (int k = 0; k < prepare->list_count; k++)
			if (!pay_once(plan, prepare, &items[k]))
				items[kept++] = items[k];
		prepare->list_count = kept;
	}
}

static void find_mutable(weir_plan *plan)
{
	for (int p = 0; p < WEIR_PROGRAM_COUNT; p++)
		for (size_t at = 0; at < plan->programs[p].count; at++) {
			const weir_instruction *i = &plan->programs[p].items[at];
			for (int k = 0; k < WEIR_OPERANDS; k++) {
				int access = i->r[k] >= 0 ? weir_opcode_access(i->op, k) : 0;
				if (access == 3 || (access == 2 && plan->registers[i->r[k]].recorded))
					plan->registers[i->r[k]].mutable = 1;
			}
			for (int k = 0; k < i->list_count; k++) {
				const weir_list_item *item = &plan->items[i->list + k];
				const int registers[] = { item->unpaid, item->paid, item->balance, item->due,
					                  item->scheduled };
				for (int r = 0; r < 5; r++)
					if (registers[r] >= 0)
						plan->registers[registers[r]].mutable = 1;
			}
		}
	for (size_t k = 0; k < plan->parameter_count; k++)
		plan->registers[plan->parameters[k].register_number].mutable = 1;
}

void weir_compile_optimise(weir_compiler *c)
{
	weir_plan *plan = c->plan;
	int dropped = 1;
	while (dropped) {
		int *reads = weir_arena_array(plan->arena, plan->register_count + 1, sizeof *reads);
		if (!reads) {
			c->status = WEIR_NO_MEMORY;
			return;
		}
		for (int p = 0; p < WEIR_PROGRAM_MOVES; p++) /* the moves stand in the close as well */
			for (size_t at = 0; at < plan->programs[p].count; at++)
				count_reads(plan, &plan->programs[p].items[at], reads);
		dropped = drop_unread_loads(plan, reads);
	}
	for (int column = 0; column < WEIR_POOL_COLUMNS; column++)
		if (plan->map.pool[column] >= 0 && !plan->registers[plan->map.pool[column]].recorded)
			plan->map.pool[column] = -1;
	pair_payments(plan);
	find_mutable(plan);
}
