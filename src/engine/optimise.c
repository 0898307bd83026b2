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
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &plan->items[i->list + k];
		if (item->unpaid == register_number || item->paid == register_number || item->balance == register_number ||
		    item->due == register_number || item->scheduled == register_number)
			return 1;
	}
	return i->mask == register_number || (i->tree && tree_touches(i->tree, register_number));
}

/* Where an accrual keeps what is unpaid, due and paid; 0 for instructions that are none. */
static int accrual_registers(const weir_instruction *i, int *unpaid, int *due, int *paid)
{
	switch (i->op) {
	case WEIR_DO_INTEREST:
	case WEIR_DO_TARGET:
	case WEIR_DO_PLANNED:
	case WEIR_DO_BULLET:
	case WEIR_DO_ENTER:
		*unpaid = i->r[0];
		*due = i->r[1];
		*paid = i->r[2];
		return 1;
	case WEIR_DO_FEE:
		*unpaid = i->r[3];
		*due = i->r[0];
		*paid = i->r[5];
		return 1;
	default:
		return 0;
	}
}

/* Whether an instruction of the accrual, the tests, the support or the waterfall, other than the two given, touches one
 * of two registers. */
static int met_elsewhere(const weir_plan *plan, const weir_instruction *one, const weir_instruction *other, int a, int b)
{
	for (int p = WEIR_PHASE_ACCRUE; p <= WEIR_PHASE_WATERFALL; p++)
		for (size_t at = 0; at < plan->programs[p].count; at++) {
			const weir_instruction *i = &plan->programs[p].items[at];
			if (i != one && i != other && (touches(plan, i, a) || touches(plan, i, b)))
				return 1;
		}
	return 0;
}

/* The payment of what an accrual makes due, when it is the only thing that meets it before the waterfall's end. */
static weir_instruction *only_payment(weir_plan *plan, const weir_instruction *accrual, int unpaid, int due, int paid)
{
	weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	for (size_t at = 0; at < waterfall->count; at++) {
		weir_instruction *i = &waterfall->items[at];
		if (i->op == WEIR_DO_PAY && i->r[1] == unpaid && i->r[2] == paid && i->r[4] < 0 && i->pay_step == 0 &&
		    !met_elsewhere(plan, accrual, i, unpaid, paid)) {
			i->r[5] = due;
			return i;
		}
	}
	return NULL;
}

/* Entering a charge that is paid once is a copy, or nothing where the charge stands in its due register already. */
static void drop_entries(weir_program *accruals)
{
	size_t kept = 0;
	for (size_t at = 0; at < accruals->count; at++) {
		weir_instruction *i = &accruals->items[at];
		int entry = i->op == WEIR_DO_ENTER && i->once;
		if (entry && i->r[1] == i->r[3])
			continue;
		if (entry) {
			i->op = WEIR_DO_COPY;
			i->r[0] = i->r[1];
			i->r[1] = i->r[3];
			i->r[2] = i->r[3] = -1;
		}
		accruals->items[kept++] = *i;
	}
	accruals->count = kept;
}

/* Most things due are paid by one step. Then the accrual need not prepare what the payment sets anyway. */
static void pair_payments(weir_plan *plan)
{
	weir_program *accruals = &plan->programs[WEIR_PHASE_ACCRUE];
	if (plan->deal->waterfall_count > 1 || plan->programs[WEIR_PROGRAM_SOLVE].count)
		return; /* a step may be skipped, or run twice */
	for (size_t at = 0; at < accruals->count; at++) {
		weir_instruction *i = &accruals->items[at], *payment = NULL;
		int unpaid, due, paid;
		if (accrual_registers(i, &unpaid, &due, &paid))
			payment = only_payment(plan, i, unpaid, due, paid);
		if (payment)
			i->once = payment->once = 1;
	}
	drop_entries(accruals);
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
		if (!plan->registers[plan->map.pool[column]].recorded)
			plan->map.pool[column] = -1;
	pair_payments(plan);
	find_mutable(plan);
}
