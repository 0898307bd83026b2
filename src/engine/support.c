/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support.c: code for undertakings to classes: what they miss, what is drawn, returned and repaid (docs/support.md). */
#include <math.h>
#include <string.h>

#include "engine/compiler.h"

#define ALWAYS WEIR_PHASE_OPEN

int weir_emit_if(weir_compiler *c, int flag, int value)
{
	int chosen = weir_add_temporary(c, c->plan->registers[value].type);
	weir_emit_simple(c, WEIR_DO_IF, chosen, flag, value,
	                 weir_add_constant_register(c, c->plan->registers[value].type, 0));
	return chosen;
}

void weir_emit_receive(weir_compiler *c, int account, int amount, const weir_step_note *note)
{
	weir_instruction i = weir_instruction_new(WEIR_DO_RECEIVE);
	i.r[0] = account;
	i.r[1] = amount;
	i.note = weir_add_note(c, note);
	weir_emit(c, i);
}

int weir_receiving_account(const weir_deal *deal, unsigned bit)
{
	for (int a = 0; a < deal->account_count; a++)
		if (deal->accounts[a].receives & bit)
			return a;
	return 0;
}

/* --- parties ---------------------------------------------------------------------------------------------------- */

/* What a party can still pay: less what it has paid before a mid-life start. */
static double capacity_left(const weir_deal *deal, int party)
{
	double left = weir_unlimited(deal->parties[party].capacity_cents);
	for (int s = 0; s < deal->support_count; s++)
		if (deal->supports[s].party == party)
			left -= deal->supports[s].opening_drawn_cents;
	for (int i = 0; i < deal->cover_count; i++)
		if (deal->covers[i].share_count == 1 && deal->covers[i].shares[0].party == party)
			left -= deal->covers[i].opening_paid_cents;
	return left > 0 ? left : 0;
}

static void party_registers(weir_compiler *c, int number)
{
	const char *id = c->deal->parties[number].node.id;
	weir_party_registers *r = &c->plan->map.parties[number];
	*r = (weir_party_registers){ -1, -1, -1 };
	c->pays[number] = -1;
	if (!weir_deal_is_supporter(c->deal, number))
		return;
	r->failed = weir_add_register(c, WEIR_TYPE_FLAG, 0, WEIR_PHASE_COLLECT, 0, "%s.failed", id);
	r->capacity = weir_add_money(c, capacity_left(c->deal, number), ALWAYS, id, "capacity");
	r->fails_on = weir_add_register(c, WEIR_TYPE_DATE, WEIR_DATE_LAST + 1, ALWAYS, 0, "%s.fails_on", id);
	weir_add_parameter(c, r->fails_on, r->fails_on);
}

/* Who has failed by this payment date, and who pays. */
static void emit_failures(weir_compiler *c)
{
	const weir_plan *plan = c->plan;
	int off = weir_plan_find_register(plan, "support.off");
	int date = weir_plan_find_register(plan, "date");
	for (int p = 0; p < c->deal->party_count; p++) {
		const weir_party_registers *r = &plan->map.parties[p];
		if (r->failed < 0)
			continue;
		weir_emit_simple(c, WEIR_DO_AT_MOST, r->failed, r->fails_on, date, -1);
		int stays_away = weir_emit_pair(c, WEIR_DO_OR, WEIR_TYPE_FLAG, r->failed, off);
		c->pays[p] = weir_add_temporary(c, WEIR_TYPE_FLAG);
		weir_emit_simple(c, WEIR_DO_NOT, c->pays[p], stays_away, -1, -1);
	}
}

/* --- payments under way ----------------------------------------------------------------------------------------- */

/* How many periods after period k the first one stands whose calculation date is not before k's and these months; 0
 * when there is none. */
static int periods_later(const weir_periods *periods, int k, int months)
{
	weir_date due = weir_date_add_months(periods->items[k].calculation, months);
	for (int m = k + 1; m < periods->count && due != WEIR_DATE_NONE; m++)
		if (periods->items[m].calculation >= due)
			return m - k;
	return 0;
}

weir_queue weir_add_queue(weir_compiler *c, int months)
{
	const weir_periods *periods = c->plan->periods;
	double *offsets = weir_compile_array(c, periods->count, sizeof *offsets);
	weir_queue queue = { -1, 0, -1 };
	if (!offsets)
		return queue;
	for (int k = 1; k < periods->count; k++) {
		offsets[k] = periods_later(periods, k, months);
		queue.count = offsets[k] > queue.count ? (int)offsets[k] : queue.count;
	}
	queue.count = queue.count ? queue.count : 1;
	queue.offsets = weir_add_constants(c, offsets);
	queue.list = weir_add_temporary_list(c, queue.count, WEIR_TYPE_MONEY);
	return queue;
}

static void emit_queue(weir_compiler *c, weir_opcode op, const weir_queue *queue, int amount)
{
	weir_instruction i = weir_instruction_new(op);
	i.r[0] = amount;
	i.constant = queue->offsets;
	i.list = queue->list;
	i.list_count = queue->count;
	weir_emit(c, i);
}

void weir_emit_take(weir_compiler *c, const weir_queue *queue, int to)
{
	emit_queue(c, WEIR_DO_TAKE, queue, to);
}

void weir_emit_put(weir_compiler *c, const weir_queue *queue, int amount)
{
	emit_queue(c, WEIR_DO_PUT, queue, amount);
}

/* --- names ------------------------------------------------------------------------------------------------------ */

static int is_top_up(const weir_support *support)
{
	return support->kind == WEIR_SUPPORT_TOP_UP;
}

/* What is repaid can be drawn again. */
static int revolves(const weir_support *support)
{
	return support->kind == WEIR_SUPPORT_LIQUIDITY || support->kind == WEIR_SUPPORT_LETTER_OF_CREDIT;
}

/* Top-ups come first, then all others as the deal lists them; from 1. */
static int called_as(const weir_deal *deal, int number)
{
	int place = 1, top_up = is_top_up(&deal->supports[number]);
	for (int s = 0; s < deal->support_count; s++)
		place += is_top_up(&deal->supports[s]) > top_up ||
		         (is_top_up(&deal->supports[s]) == top_up && s < number);
	return place;
}

/* An amount that is known once the support was called: not to the formulas of those called before it, or to its own. */
static int called_money(weir_compiler *c, int number, const char *part)
{
	return weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_SUPPORT, called_as(c->deal, number), "%s.%s",
	                         c->deal->supports[number].node.id, part);
}

static void support_registers(weir_compiler *c, int number)
{
	const weir_support *support = &c->deal->supports[number];
	const char *id = support->node.id;
	weir_support_registers *r = &c->plan->map.supports[number];
	*r = (weir_support_registers){ -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1 };
	r->drawn = called_money(c, number, "drawn");
	r->drawn_total = weir_add_money(c, support->opening_drawn_cents, ALWAYS, id, "drawn_total");
	r->outstanding = weir_add_money(c, support->opening_outstanding_cents, ALWAYS, id, "outstanding");
	r->available = called_money(c, number, "available");
	r->shortfall = called_money(c, number, "shortfall");
	r->repaid = weir_add_money(c, 0, WEIR_PHASE_WATERFALL, id, "repaid");
	c->repay_due[number] = weir_add_temporary(c, WEIR_TYPE_MONEY);
	if (!is_top_up(support)) {
		r->cash = weir_add_money(c, 0, WEIR_PHASE_SUPPORT, id, "cash");
		r->returned = weir_add_money(c, 0, WEIR_PHASE_AFTER, id, "returned");
	}
	if (support->draw_rate_annual > 0) {
		r->interest_due = weir_add_money(c, 0, WEIR_PHASE_ACCRUE, id, "interest_due");
		r->interest_unpaid = weir_add_money(c, 0, ALWAYS, id, "interest_unpaid");
		r->interest_paid = weir_add_money(c, 0, WEIR_PHASE_WATERFALL, id, "interest_paid");
	}
	if (support->commitment_rate_annual > 0) {
		r->fee_due = weir_add_money(c, 0, WEIR_PHASE_ACCRUE, id, "fee_due");
		r->fee_unpaid = weir_add_money(c, 0, ALWAYS, id, "fee_unpaid");
		r->fee_paid = weir_add_money(c, 0, WEIR_PHASE_WATERFALL, id, "fee_paid");
	}
}

void weir_compile_support_names(weir_compiler *c)
{
	const weir_deal *deal = c->deal;
	weir_plan_map *map = &c->plan->map;
	map->supports = weir_compile_array(c, deal->support_count, sizeof *map->supports);
	map->parties = weir_compile_array(c, deal->party_count, sizeof *map->parties);
	c->pays = weir_compile_array(c, deal->party_count, sizeof *c->pays);
	c->repay_due = weir_compile_array(c, deal->support_count, sizeof *c->repay_due);
	c->covered = weir_compile_array(c, deal->support_count, sizeof *c->covered);
	c->support_paid = weir_compile_array(c, deal->support_count, 1);
	c->support_queues = weir_compile_array(c, deal->support_count, sizeof *c->support_queues);
	if (c->status != WEIR_OK)
		return;
	if (deal->support_count + deal->cover_count > 0) {
		int off = weir_add_register(c, WEIR_TYPE_FLAG, 0, ALWAYS, 0, "support.off");
		weir_add_parameter(c, off, off);
	}
	for (int p = 0; p < deal->party_count; p++)
		party_registers(c, p);
	for (int s = 0; s < deal->support_count; s++)
		support_registers(c, s);
}

/* --- what is covered -------------------------------------------------------------------------------------------- */

static void refuse_combinations(weir_compiler *c, const weir_support *support)
{
	for (int i = 0; i < c->deal->fee_count; i++)
		if (c->deal->fees[i].solve_paid)
			weir_diag_error(
				c->diags, UNSUPPORTED, support->node.place,
				"support \"%s\" and fee \"%s\" on what is paid do not go together; write the fee's base on "
				"what is due",
				support->node.id, c->deal->fees[i].node.id);
	for (int i = 0; i < c->deal->class_count; i++)
		if (weir_class_unit(c, &c->deal->classes[i]).unit_cents > 0)
			weir_diag_error(
				c->diags, UNSUPPORTED, support->node.place,
				"support \"%s\" and class \"%s\" that rounds for each unit do not go together here; round the "
				"class on its total",
				support->node.id, c->deal->classes[i].node.id);
}

/* An item for the shortfall: what is unpaid of it, and of a principal the whole balance in the last period. What is
 * found goes into a register of its own. */
static weir_list_item missing_item(weir_compiler *c, int number, const weir_payable *payable)
{
	const weir_support *support = &c->deal->supports[number];
	weir_list_item item = weir_list_item_new(payable->item.unpaid, -1, -1);
	item.paid = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_SUPPORT, called_as(c->deal, number),
	                              "%s.missing.%s.%s", support->node.id, payable->payee, payable->what);
	if (!payable->class_number)
		return item;
	const weir_class_registers *k = &c->plan->map.classes[payable->class_number - 1];
	item.unpaid = k->principal_unpaid;
	item.balance = support->final ? k->balance : -1;
	return item;
}

/* Looks up what a support covers; gives how many items its shortfall has, from *list on. */
static int find_covered(weir_compiler *c, int number, int *list)
{
	const weir_support *support = &c->deal->supports[number];
	weir_payable found[WEIR_MOST_PAYABLES];
	int count = 0;
	c->only_looking = 1;
	for (int w = 0; w < support->covers.count; w++)
		count += weir_find_payables(c, support->covers.items[w], support->covers.places[w], found + count,
		                            WEIR_MOST_PAYABLES - count);
	c->only_looking = 0;
	c->covered[number] = weir_compile_array(c, count, sizeof **c->covered);
	for (int i = 0; i < count && c->covered[number]; i++) {
		weir_list_item item = missing_item(c, number, &found[i]);
		for (int k = 0; k < i; k++)
			if (found[k].item.paid == found[i].item.paid)
				weir_diag_error(c->diags, STEP_REPEATED, found[i].place,
				                "support \"%s\" covers the %s of \"%s\" twice; leave one out",
				                support->node.id, found[i].what, found[i].payee);
		if (found[i].how == WEIR_PAY_REST || (found[i].how == WEIR_PAY_BALANCE && !found[i].class_number))
			weir_diag_error(c->diags, STEP_INVALID, found[i].place,
			                "\"%s.%s\" is never missed, so support cannot cover it; leave it out",
			                found[i].payee, found[i].what);
		c->covered[number][i] = found[i].item.paid;
		int at = weir_add_items(c, &item, 1);
		*list = i ? *list : at;
	}
	if (c->covered[number])
		c->covered[number][count] = -1;
	return count;
}

int weir_support_covers(const weir_compiler *c, int support, const weir_payable *payable)
{
	for (const int *paid = c->covered[support]; paid && *paid >= 0; paid++)
		if (*paid == payable->item.paid)
			return 1;
	return 0;
}

/* --- a period --------------------------------------------------------------------------------------------------- */

static weir_step_note support_note(const weir_support *support, const char *what)
{
	return (weir_step_note){ .step = "", .waterfall = "support", .payee = support->node.id, .what = what,
		                 .clause = support->node.clause, .node = &support->node, .chosen = -1 };
}

/* What was called earlier and arrives now. */
static void emit_arrival(weir_compiler *c, int number)
{
	const weir_support *support = &c->deal->supports[number];
	const weir_support_registers *r = &c->plan->map.supports[number];
	weir_step_note note = support_note(support, "draw");
	weir_emit_simple(c, WEIR_DO_COPY, r->drawn, weir_zero(c), -1, -1);
	if (r->cash >= 0)
		weir_emit_simple(c, WEIR_DO_COPY, r->cash, weir_zero(c), -1, -1);
	if (support->delay_months == 0)
		return;
	c->support_queues[number] = weir_add_queue(c, support->delay_months);
	int arrives = weir_add_temporary(c, WEIR_TYPE_MONEY);
	weir_emit_take(c, &c->support_queues[number], arrives);
	weir_emit_simple(c, WEIR_DO_IF, r->drawn, c->pays[support->party], arrives, weir_zero(c));
	int account = r->cash >= 0 ? 0 : weir_find_account(c, &support->to, 0);
	if (account >= 0)
		weir_emit_receive(c, r->cash >= 0 ? r->cash : c->plan->map.accounts[account].balance, r->drawn, &note);
}

void weir_compile_support_arrivals(weir_compiler *c)
{
	c->program = WEIR_PHASE_COLLECT;
	emit_failures(c);
	for (int s = 0; s < c->deal->support_count && c->status == WEIR_OK; s++)
		emit_arrival(c, s);
}

static void accrue_on(weir_compiler *c, int number, int due, int unpaid, int base, double rate, const char *part)
{
	const weir_support *support = &c->deal->supports[number];
	weir_instruction i = weir_instruction_new(WEIR_DO_INTEREST);
	i.r[0] = unpaid;
	i.r[1] = due;
	i.r[3] = base;
	i.r[4] = weir_add_register(c, WEIR_TYPE_RATE, rate, ALWAYS, 0, "%s.%s_rate", support->node.id, part);
	weir_add_parameter(c, i.r[4], i.r[4]);
	i.fraction = weir_add_fractions(c, support->day_count, WEIR_DATE_NONE, WEIR_FRACTION_PERIOD);
	weir_emit(c, i);
}

void weir_compile_support_accruals(weir_compiler *c)
{
	c->program = WEIR_PHASE_ACCRUE;
	for (int s = 0; s < c->deal->support_count && c->status == WEIR_OK; s++) {
		const weir_support *support = &c->deal->supports[s];
		const weir_support_registers *r = &c->plan->map.supports[s];
		weir_emit_simple(c, WEIR_DO_COPY, r->repaid, weir_zero(c), -1, -1);
		weir_emit_simple(c, WEIR_DO_COPY, c->repay_due[s], weir_zero(c), -1, -1);
		if (r->interest_due >= 0)
			accrue_on(c, s, r->interest_due, r->interest_unpaid, r->outstanding, support->draw_rate_annual,
			          "draw");
		if (r->fee_due < 0)
			continue;
		int limit = weir_compile_formula(c, &support->limit, WEIR_TYPE_MONEY);
		if (limit < 0)
			continue;
		int undrawn = weir_emit_pair(c, WEIR_DO_SUBTRACT, WEIR_TYPE_MONEY, limit, r->outstanding);
		undrawn = weir_emit_pair(c, WEIR_DO_MAX, WEIR_TYPE_MONEY, undrawn, weir_zero(c));
		if (c->open >= 0)
			undrawn = weir_emit_if(c, c->open, undrawn);
		accrue_on(c, s, r->fee_due, r->fee_unpaid, undrawn, support->commitment_rate_annual, "commitment");
	}
}

/* The most that can be drawn now, into the register of what is available. */
static void emit_available(weir_compiler *c, int number)
{
	const weir_support *support = &c->deal->supports[number];
	const weir_support_registers *r = &c->plan->map.supports[number];
	int most = c->plan->map.parties[support->party].capacity;
	if (isfinite(support->cap_cents)) {
		int cap = weir_add_money(c, support->cap_cents, ALWAYS, support->node.id, "cap");
		weir_add_parameter(c, cap, cap);
		most = weir_emit_pair(c, WEIR_DO_MIN, WEIR_TYPE_MONEY, most,
		            weir_emit_pair(c, WEIR_DO_SUBTRACT, WEIR_TYPE_MONEY, cap, r->drawn_total));
	}
	if (isfinite(support->cap_period_cents))
		most = weir_emit_pair(c, WEIR_DO_MIN, WEIR_TYPE_MONEY, most,
		            weir_add_constant_register(c, WEIR_TYPE_MONEY, support->cap_period_cents));
	if (support->limit.text) {
		int limit = weir_compile_formula(c, &support->limit, WEIR_TYPE_MONEY);
		if (limit >= 0)
			most = weir_emit_pair(c, WEIR_DO_MIN, WEIR_TYPE_MONEY, most,
			            weir_emit_pair(c, WEIR_DO_SUBTRACT, WEIR_TYPE_MONEY, limit, r->outstanding));
	}
	int flag = c->pays[support->party];
	if (support->when.text) {
		int when = weir_compile_formula(c, &support->when, WEIR_TYPE_FLAG);
		flag = when >= 0 ? weir_emit_pair(c, WEIR_DO_AND, WEIR_TYPE_FLAG, flag, when) : flag;
	}
	most = weir_emit_pair(c, WEIR_DO_MAX, WEIR_TYPE_MONEY, most, weir_zero(c));
	weir_emit_simple(c, WEIR_DO_IF, r->available, flag, most, weir_zero(c));
}

/* What is missing beyond what was called before and is under way: nothing is called twice. */
static int still_missing(weir_compiler *c, int number)
{
	const weir_queue *queue = &c->support_queues[number];
	int missing = c->plan->map.supports[number].shortfall;
	for (int i = 0; i < queue->count && c->status == WEIR_OK; i++)
		missing = weir_emit_pair(c, WEIR_DO_SUBTRACT, WEIR_TYPE_MONEY, missing,
		                         c->plan->items[queue->list + i].unpaid);
	return weir_emit_pair(c, WEIR_DO_MAX, WEIR_TYPE_MONEY, missing, weir_zero(c));
}

/* Draws what is missing as far as it is available: now, or under way. */
static void emit_draw(weir_compiler *c, int number, int account)
{
	const weir_support *support = &c->deal->supports[number];
	const weir_support_registers *r = &c->plan->map.supports[number];
	int capacity = c->plan->map.parties[support->party].capacity;
	weir_step_note note = support_note(support, "draw");
	emit_available(c, number);
	int missing = support->delay_months > 0 ? still_missing(c, number) : r->shortfall;
	int draw = weir_emit_pair(c, WEIR_DO_MIN, WEIR_TYPE_MONEY, missing, r->available);
	if (support->delay_months > 0) {
		weir_emit_put(c, &c->support_queues[number], draw);
	} else {
		weir_emit_simple(c, WEIR_DO_COPY, r->drawn, draw, -1, -1);
		weir_emit_receive(c, account, r->drawn, &note);
	}
	weir_emit_simple(c, WEIR_DO_ADD, r->drawn_total, r->drawn_total, draw, -1);
	weir_emit_simple(c, WEIR_DO_SUBTRACT, capacity, capacity, draw, -1);
}

void weir_compile_top_ups(weir_compiler *c)
{
	c->program = WEIR_PHASE_SUPPORT;
	for (int s = 0; s < c->deal->support_count && c->status == WEIR_OK; s++) {
		const weir_support *support = &c->deal->supports[s];
		if (!is_top_up(support))
			continue;
		c->order = called_as(c->deal, s);
		int wanted = weir_compile_formula(c, &support->amount, WEIR_TYPE_MONEY);
		int account = weir_find_account(c, &support->to, 0);
		if (wanted < 0 || account < 0)
			continue;
		weir_emit_simple(c, WEIR_DO_MAX, c->plan->map.supports[s].shortfall, wanted, weir_zero(c), -1);
		emit_draw(c, s, c->plan->map.accounts[account].balance);
	}
	c->order = 0;
}

/* Tries the waterfall and adds up what it would leave unpaid of what the support covers. */
static void emit_shortfall(weir_compiler *c, int number)
{
	int shortfall = c->plan->map.supports[number].shortfall;
	weir_instruction missing = weir_instruction_new(WEIR_DO_SHORTFALL);
	missing.list_count = find_covered(c, number, &missing.list);
	if (c->status != WEIR_OK)
		return;
	weir_emit(c, missing);
	c->plan->tries = 1;
	weir_emit_simple(c, WEIR_DO_COPY, shortfall, weir_zero(c), -1, -1);
	for (int i = 0; i < missing.list_count; i++)
		weir_emit_simple(c, WEIR_DO_ADD, shortfall, shortfall, c->plan->items[missing.list + i].paid, -1);
}

void weir_compile_draws(weir_compiler *c)
{
	c->program = WEIR_PHASE_SUPPORT;
	for (int s = 0; s < c->deal->support_count && c->status == WEIR_OK; s++) {
		const weir_support *support = &c->deal->supports[s];
		if (is_top_up(support))
			continue;
		refuse_combinations(c, support);
		c->order = called_as(c->deal, s);
		emit_shortfall(c, s);
		emit_draw(c, s, c->plan->map.supports[s].cash);
	}
	c->order = 0;
}

/* What a purse has left goes back the same day. */
void weir_compile_returns(weir_compiler *c)
{
	for (int s = 0; s < c->deal->support_count && c->status == WEIR_OK; s++) {
		const weir_support *support = &c->deal->supports[s];
		const weir_support_registers *r = &c->plan->map.supports[s];
		if (is_top_up(support))
			continue;
		weir_step_note note = support_note(support, "return");
		note.waterfall = "return"; /* a chain of its own: the draw's began the period */
		weir_instruction i = weir_instruction_new(WEIR_DO_RETURN);
		i.r[0] = r->cash;
		i.r[1] = r->drawn;
		i.r[2] = r->drawn_total;
		i.r[3] = c->plan->map.parties[support->party].capacity;
		i.r[4] = r->returned;
		i.note = weir_add_note(c, &note);
		weir_emit(c, i);
	}
}

void weir_compile_support_books(weir_compiler *c)
{
	c->program = WEIR_PHASE_AFTER;
	for (int s = 0; s < c->deal->support_count && c->status == WEIR_OK; s++) {
		const weir_support *support = &c->deal->supports[s];
		const weir_support_registers *r = &c->plan->map.supports[s];
		int capacity = c->plan->map.parties[support->party].capacity;
		weir_emit_simple(c, WEIR_DO_ADD, r->outstanding, r->outstanding, r->drawn, -1);
		if (!revolves(support))
			continue;
		weir_emit_simple(c, WEIR_DO_SUBTRACT, r->drawn_total, r->drawn_total, r->repaid, -1);
		weir_emit_simple(c, WEIR_DO_ADD, capacity, capacity, r->repaid, -1);
	}
}
