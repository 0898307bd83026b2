/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trace.c: what each step of a single run did, and why (DESIGN section 5). */
#include <string.h>

#include "base/alloc.h"
#include "engine/run_int.h"

void weir_trace_reset(weir_run *run)
{
	run->trace_count = 0;
	run->event_count = 0;
	run->trace_failed = 0;
}

static void keep_before(weir_run *run, int register_number)
{
	if (register_number >= 0)
		run->before[register_number] = run->registers[register_number][run->trace_lane];
}

static void keep_choice(weir_run *run, int note)
{
	if (note >= 0)
		keep_before(run, run->plan->notes[note].chosen);
}

void weir_trace_before(weir_run *run, const weir_instruction *i)
{
	for (int k = 0; k < WEIR_OPERANDS; k++)
		keep_before(run, i->r[k]);
	keep_before(run, i->mask);
	keep_choice(run, i->note);
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &run->plan->items[i->list + k];
		keep_before(run, item->unpaid);
		keep_before(run, item->paid);
		keep_choice(run, item->note);
	}
}

static double now(const weir_run *run, int register_number)
{
	return run->registers[register_number][run->trace_lane];
}

/* The account of the deal that a register holds; for a support's purse, account_count and its number. */
static int source_of(const weir_plan *plan, int register_number)
{
	for (int a = 0; a < plan->deal->account_count; a++)
		if (plan->map.accounts[a].balance == register_number)
			return a;
	for (int s = 0; s < plan->deal->support_count; s++)
		if (plan->map.supports[s].cash == register_number)
			return plan->deal->account_count + s;
	return -1;
}

static void add_row(weir_run *run, weir_trace_row row, int note_number)
{
	const weir_step_note *note = &run->plan->notes[note_number];
	if (note->chosen >= 0 && run->before[note->chosen] == 0)
		return; /* of a waterfall that another lane chose */
	if (row.account >= run->plan->deal->account_count && row.paid == 0)
		return; /* a support's purse that had nothing to do with it */
	if (!WEIR_GROW(run->trace, run->trace_count, run->trace_capacity)) {
		run->trace_failed = 1;
		return;
	}
	row.waterfall = note->waterfall;
	row.step = note->step;
	row.clause = note->clause;
	row.payee = note->payee;
	row.what = note->what;
	row.node = note->node;
	row.left = row.available - row.paid;
	row.unpaid = row.due - row.paid;
	row.carried = note->carries && row.unpaid > 0 ? row.unpaid : 0;
	row.event = (int)run->event_count - 1;
	run->trace[run->trace_count++] = row;
}

static const char *reason_of(const weir_run *run, const weir_instruction *i, int note, double due, double paid,
                             double available)
{
	if (i->mask >= 0 && run->before[i->mask] == 0)
		return note >= 0 && run->plan->notes[note].kept ? "not-yet" : "condition-false";
	if (due == 0)
		return "nothing-due";
	if (paid == due)
		return "paid-in-full";
	if (i->r[4] >= 0 && run->before[i->r[4]] < due && run->before[i->r[4]] <= available)
		return "capped";
	return "short-of-cash";
}

static void trace_pay(weir_run *run, const weir_instruction *i, int period)
{
	double paid = run->before[i->r[0]] - now(run, i->r[0]);
	weir_trace_row row = { .period = period, .account = source_of(run->plan, i->r[0]),
		               .available = run->before[i->r[0]], .paid = paid };
	int masked = i->mask >= 0 && run->before[i->mask] == 0;
	int owed = i->op == WEIR_DO_PAY || i->op == WEIR_DO_PAY_WHOLE;
	row.due = owed ? run->before[i->once ? i->r[5] : i->r[1]] : paid;
	row.reason = reason_of(run, i, i->note, row.due, paid, row.available);
	if (!owed && !masked) /* as much as there is, never "due" */
		row.reason = paid == 0                                                ? "nothing-due" :
		             i->r[4] >= 0 && run->before[i->r[4]] < row.available     ? "capped" :
		                                                                        "as-available";
	add_row(run, row, i->note);
}

static void trace_pro_rata(weir_run *run, const weir_instruction *i, int period)
{
	double available = run->before[i->r[0]];
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &run->plan->items[i->list + k];
		double paid = now(run, item->paid) - run->before[item->paid];
		double due = item->due >= 0 && item->scheduled < 0 ? paid : run->before[item->unpaid];
		weir_trace_row row = { .period = period, .account = source_of(run->plan, i->r[0]), .due = due,
			               .available = available, .paid = paid };
		row.reason = reason_of(run, i, item->note, due, paid, available);
		add_row(run, row, item->note);
		available -= paid;
	}
}

/* Cash that moved from %0 to %1: a row for each account, so that each account's chain stays whole. */
static void trace_move(weir_run *run, const weir_instruction *i, int period)
{
	double paid = run->before[i->r[0]] - now(run, i->r[0]);
	double wanted = i->r[2] >= 0 ? run->before[i->r[2]] : paid;
	if (i->op == WEIR_DO_FILL)
		wanted -= run->before[i->r[1]];
	else if (i->op == WEIR_DO_RELEASE)
		wanted = run->before[i->r[0]] - wanted;
	weir_trace_row out = { .period = period, .account = source_of(run->plan, i->r[0]),
		               .due = wanted > 0 ? wanted : 0, .available = run->before[i->r[0]], .paid = paid };
	out.reason = reason_of(run, i, i->note, out.due, paid, out.available);
	add_row(run, out, i->note);
	if (paid == 0)
		return;
	weir_trace_row in = { .period = period, .account = source_of(run->plan, i->r[1]), .due = -paid,
		              .available = run->before[i->r[1]], .paid = -paid, .reason = "received" };
	add_row(run, in, i->note);
}

static void trace_collect(weir_run *run, const weir_instruction *i, int period)
{
	double received = now(run, i->r[0]) - run->before[i->r[0]];
	weir_trace_row row = { .period = period, .account = source_of(run->plan, i->r[0]), .due = -received,
		               .available = run->before[i->r[0]], .paid = -received, .reason = "received" };
	if (received != 0)
		add_row(run, row, i->note);
}

/* Cash that leaves without being owed: lost on the way, given back, spent on assets. */
static void trace_outflow(weir_run *run, const weir_instruction *i, int period)
{
	double paid = run->before[i->r[0]] - now(run, i->r[0]);
	weir_trace_row row = { .period = period, .account = source_of(run->plan, i->r[0]), .due = paid,
		               .available = run->before[i->r[0]], .paid = paid, .reason = "as-available" };
	if (paid == 0 && i->mask >= 0 && run->before[i->mask] == 0)
		row.reason = "condition-false";
	if (paid != 0 || i->op == WEIR_DO_BUY)
		add_row(run, row, i->note);
}

static void add_event(weir_run *run, const weir_instruction *i, int program, size_t index, int period)
{
	if (!WEIR_GROW(run->events, run->event_count, run->event_capacity)) {
		run->trace_failed = 1;
		return;
	}
	weir_trace_event *event = &run->events[run->event_count++];
	*event = (weir_trace_event){ .program = program, .index = (int)index, .period = period };
	for (int k = 0; k < WEIR_OPERANDS; k++)
		if (i->r[k] >= 0)
			event->before[k] = run->before[i->r[k]];
}

void weir_trace_after(weir_run *run, int program, size_t index, int period)
{
	const weir_instruction *i = &run->plan->programs[program].items[index];
	add_event(run, i, program, index, period);
	if (run->trace_failed || i->note < 0)
		return;
	switch (i->op) {
	case WEIR_DO_PAY:
	case WEIR_DO_PAY_BALANCE:
	case WEIR_DO_PAY_WHOLE:
	case WEIR_DO_PAY_REST:
		trace_pay(run, i, period);
		break;
	case WEIR_DO_PAY_PRO_RATA:
		trace_pro_rata(run, i, period);
		break;
	case WEIR_DO_TRANSFER:
	case WEIR_DO_FILL:
	case WEIR_DO_RELEASE:
		trace_move(run, i, period);
		break;
	case WEIR_DO_LOSE:
	case WEIR_DO_RETURN:
	case WEIR_DO_BUY:
		trace_outflow(run, i, period);
		break;
	case WEIR_DO_COLLECT:
	case WEIR_DO_RECEIVE:
		trace_collect(run, i, period);
		break;
	default:
		break;
	}
}

const weir_node *weir_run_source(const weir_plan *plan, int account)
{
	const weir_deal *deal = plan->deal;
	return account < deal->account_count ? &deal->accounts[account].node :
	                                       &deal->supports[account - deal->account_count].node;
}

const weir_trace_row *weir_run_trace(const weir_run *run, size_t *count)
{
	*count = run->trace_count;
	return run->trace;
}

/* Explanation: from a payment back through the instructions of its period that wrote what it read. */

static int writes(const weir_instruction *i, int register_number)
{
	switch (i->op) {
	case WEIR_DO_INTEREST:
	case WEIR_DO_INTEREST_UNIT:
	case WEIR_DO_INTEREST_REPAID:
	case WEIR_DO_YIELD:
	case WEIR_DO_YIELD_CARRY:
	case WEIR_DO_TARGET:
	case WEIR_DO_PLANNED:
	case WEIR_DO_BULLET:
	case WEIR_DO_UNIT_DUE:
		return i->r[1] == register_number;
	case WEIR_DO_CLEAR:
	case WEIR_DO_CLOSE:
	case WEIR_DO_SHIFT:
	case WEIR_DO_SKIP_UNLESS:
	case WEIR_DO_PREPARE:
	case WEIR_DO_PAY:
	case WEIR_DO_PAY_BALANCE:
	case WEIR_DO_PAY_WHOLE:
	case WEIR_DO_PAY_REST:
	case WEIR_DO_PAY_PRO_RATA:
	case WEIR_DO_SET:
	case WEIR_DO_SHORTFALL:
	case WEIR_DO_CLAIMS:
	case WEIR_DO_PUT:
	case WEIR_DO_RECEIVE:
	case WEIR_DO_LOSE:
	case WEIR_DO_BUY:
		return 0;
	case WEIR_DO_SETTLE:
		return i->r[1] == register_number || i->r[0] == register_number;
	default:
		return i->r[0] == register_number;
	}
}

/* Whether an instruction only changes what an earlier one gave: a cap on a charge, a further part of a sum. */
static int builds_on_itself(const weir_instruction *i, int register_number)
{
	for (int k = 1; k < WEIR_OPERANDS; k++)
		if (i->r[k] == register_number && (weir_opcode_access(i->op, k) & 1))
			return 1;
	return i->op == WEIR_DO_CAP || i->op == WEIR_DO_CAP_YEAR || i->op == WEIR_DO_YEARLY;
}

#define MOST_LINES 24

/* Numbers of the events that explain `register_number` as it stood before `event`, earliest last in the list. */
static void collect_causes(const weir_run *run, int register_number, int event, int depth, int *list, int *count)
{
	if (register_number < 0 || depth > 6)
		return;
	int period = run->events[event].period;
	for (int e = event - 1; e >= 0 && run->events[e].period == period; e--) {
		const weir_trace_event *cause = &run->events[e];
		const weir_instruction *i = &run->plan->programs[cause->program].items[cause->index];
		if (!writes(i, register_number))
			continue;
		for (int k = 0; k < *count; k++)
			if (list[k] == e)
				return;
		if (*count >= MOST_LINES)
			return;
		for (int k = 1; k < WEIR_OPERANDS; k++)
			if (i->r[k] >= 0 && i->r[k] != register_number)
				collect_causes(run, i->r[k], e, depth + 1, list, count);
		if (builds_on_itself(i, register_number))
			collect_causes(run, register_number, e, depth + 1, list, count);
		if (*count < MOST_LINES && !weir_is_temporary(run->plan, i->r[0]))
			list[(*count)++] = e;
		return;
	}
}

/* What an unpaid amount was at the waterfall's start: the register of what is due. */
static int due_behind(const weir_plan *plan, int unpaid)
{
	const weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	for (size_t at = 0; at < waterfall->count; at++)
		for (int k = 0; waterfall->items[at].op == WEIR_DO_PREPARE && k < waterfall->items[at].list_count; k++)
			if (plan->items[waterfall->items[at].list + k].unpaid == unpaid)
				return plan->items[waterfall->items[at].list + k].due;
	return unpaid;
}

/* Where a passing value is looked for: before this event, so many levels down. */
typedef struct telling {
	const weir_run *run;
	int event, depth;
} telling;

#define DEEPEST_TELLING 12

/* Whether an equation has an operator between its sides, so that it wants brackets inside another. */
static int joins_two(weir_opcode op)
{
	return op == WEIR_DO_ADD || op == WEIR_DO_SUBTRACT || op == WEIR_DO_MULTIPLY || op == WEIR_DO_DIVIDE ||
	       op == WEIR_DO_AND || op == WEIR_DO_OR || op == WEIR_DO_MASK ||
	       (op >= WEIR_DO_EQUAL && op <= WEIR_DO_AT_MOST);
}

static void tell_temporary(void *context, int number, weir_text *to)
{
	const telling *outer = context;
	const weir_run *run = outer->run;
	int period = run->events[outer->event].period;
	for (int e = outer->event - 1; e >= 0 && outer->depth < DEEPEST_TELLING && run->events[e].period == period;
	     e--) {
		const weir_trace_event *event = &run->events[e];
		const weir_instruction *i = &run->plan->programs[event->program].items[event->index];
		if (!writes(i, number) || i->r[0] != number)
			continue;
		telling inner = { run, e, outer->depth + 1 };
		weir_teller teller = { tell_temporary, &inner };
		int nested = outer->depth > 0 && joins_two(i->op);
		weir_text_add(to, nested ? "(" : "");
		weir_instruction_write(run->plan, i, period, event->before, &teller, to);
		weir_text_add(to, nested ? ")" : "");
		return;
	}
	weir_text_add(to, run->plan->registers[number].name);
}

static void write_event(const weir_run *run, int number, weir_text *to)
{
	const weir_trace_event *event = &run->events[number];
	const weir_instruction *i = &run->plan->programs[event->program].items[event->index];
	telling here = { run, number, 1 };
	weir_teller teller = { tell_temporary, &here };
	weir_instruction_write(run->plan, i, event->period, event->before, &teller, to);
	weir_text_add(to, "\n");
}

/* The condition under which a step acts, with its numbers and its answer. */
static void write_condition(const weir_run *run, const weir_trace_row *row, int mask, weir_text *to)
{
	telling here = { run, row->event, 0 };
	int met = strcmp(row->reason, "not-yet") != 0 && strcmp(row->reason, "condition-false") != 0;
	weir_text_add(to, "condition ");
	if (weir_is_temporary(run->plan, mask))
		tell_temporary(&here, mask, to);
	else
		weir_text_add(to, run->plan->registers[mask].name);
	weir_text_add(to, met ? ": yes\n" : ": no\n");
}

void weir_run_explain(const weir_run *run, const weir_trace_row *row, weir_text *to)
{
	int list[MOST_LINES + 1], count = 0;
	if (row->event < 0)
		return;
	const weir_trace_event *event = &run->events[row->event];
	const weir_instruction *i = &run->plan->programs[event->program].items[event->index];
	if (i->op == WEIR_DO_PAY_PRO_RATA) {
		for (int k = 0; k < i->list_count; k++) {
			const weir_list_item *item = &run->plan->items[i->list + k];
			const weir_step_note *note = &run->plan->notes[item->note];
			if (strcmp(note->payee, row->payee) == 0 && strcmp(note->what, row->what) == 0)
				collect_causes(run, due_behind(run->plan, item->unpaid), row->event, 0, list, &count);
		}
	} else if (i->op == WEIR_DO_PAY || i->op == WEIR_DO_PAY_BALANCE || i->op == WEIR_DO_PAY_WHOLE) {
		collect_causes(run, i->once ? i->r[5] : due_behind(run->plan, i->r[1]), row->event, 0, list, &count);
	} else if (i->op == WEIR_DO_RECEIVE || i->op == WEIR_DO_LOSE) {
		collect_causes(run, i->r[1], row->event, 0, list, &count);
	} else {
		collect_causes(run, i->r[2], row->event, 0, list, &count);
	}
	if (i->mask >= 0)
		write_condition(run, row, i->mask, to);
	collect_causes(run, i->r[4], row->event, 0, list, &count);
	list[count++] = row->event;
	for (int k = 0; k < count; k++)
		write_event(run, list[k], to);
}
