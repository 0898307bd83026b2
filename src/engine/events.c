/* SPDX-License-Identifier: GPL-3.0-or-later */
/* events.c: code for calls, levels by date, losses at the servicer and revolving assets (docs/events.md). */
#include <string.h>

#include "engine/compiler.h"
#include "pool/actuals.h"

#define ALWAYS WEIR_PHASE_OPEN

/* --- names ------------------------------------------------------------------------------------------------------ */

static void level_register(weir_compiler *c, int number);

void weir_compile_event_names(weir_compiler *c)
{
	const weir_deal *deal = c->deal;
	weir_plan_map *map = &c->plan->map;
	map->calls = weir_compile_array(c, deal->call_count, sizeof *map->calls);
	map->revolvings = weir_compile_array(c, deal->revolving_count, sizeof *map->revolvings);
	map->lost = map->sold = -1;
	for (int i = 0; i < deal->call_count && c->status == WEIR_OK; i++) {
		const char *id = deal->calls[i].node.id;
		map->calls[i].flag = weir_add_register(c, WEIR_TYPE_FLAG, 0, ALWAYS, 0, "%s", id);
		map->calls[i].proceeds = weir_add_money(c, 0, WEIR_PHASE_BEFORE, id, "proceeds");
		map->calls[i].costs = weir_add_money(c, 0, WEIR_PHASE_BEFORE, id, "costs");
	}
	if (deal->call_count) {
		int off = weir_add_register(c, WEIR_TYPE_FLAG, 0, ALWAYS, 0, "calls.off");
		weir_add_parameter(c, off, off);
		map->sold = weir_add_register(c, WEIR_TYPE_FLAG, 0, ALWAYS, 0, "pool.sold");
	}
	for (int i = 0; i < deal->revolving_count && c->status == WEIR_OK; i++) {
		const char *id = deal->revolvings[i].node.id;
		map->revolvings[i].balance = weir_add_money(c, 0, ALWAYS, id, "balance");
		map->revolvings[i].purchased = weir_add_money(c, 0, WEIR_PHASE_WATERFALL, id, "purchased");
		map->revolvings[i].principal = weir_add_money(c, 0, WEIR_PHASE_COLLECT, id, "principal");
		map->revolvings[i].income = weir_add_money(c, 0, WEIR_PHASE_COLLECT, id, "income");
		map->revolvings[i].defaulted = weir_add_money(c, 0, WEIR_PHASE_COLLECT, id, "defaulted");
	}
	if (deal->servicing.fast_when.text)
		weir_add_register(c, WEIR_TYPE_FLAG, 0, ALWAYS, 0, "servicing.fast");
	if (deal->servicing.given)
		map->lost = weir_add_money(c, 0, WEIR_PHASE_COLLECT, "servicing", "lost");
	for (int i = 0; i < deal->level_count && c->status == WEIR_OK; i++)
		level_register(c, i);
}

/* --- levels by date --------------------------------------------------------------------------------------------- */

static weir_type level_type(weir_compiler *c, const weir_levels *levels)
{
	const weir_expression *tree =
		levels->count ? weir_compile_parse(c, &levels->items[0].value, WEIR_TYPE_ERROR) : NULL;
	return tree ? tree->type : WEIR_TYPE_NUMBER;
}

static void level_register(weir_compiler *c, int number)
{
	const weir_levels *levels = &c->deal->levels[number];
	weir_add_register(c, level_type(c, levels), 0, ALWAYS, 0, "%s", levels->node.id);
}

static void compile_levels(weir_compiler *c, const weir_levels *levels)
{
	const weir_periods *periods = c->plan->periods;
	int number = weir_plan_find_register(c->plan, levels->node.id);
	double *values = weir_compile_array(c, periods->count, sizeof *values);
	for (int i = 0; i < levels->count && values && number >= 0; i++) {
		const weir_level *level = &levels->items[i];
		const weir_expression *tree = weir_compile_parse(c, &level->value, c->plan->registers[number].type);
		if (!tree)
			continue;
		if (tree->op != WEIR_OP_CONSTANT)
			weir_diag_error(c->diags, FORMULA_TYPE, level->value.place,
			                "a level is a plain number, rate or amount; write a formula as a <value>");
		for (int k = 0; k < periods->count; k++)
			if (level->from == WEIR_DATE_NONE || level->from <= periods->items[k].payment)
				values[k] = tree->value;
	}
	if (!values || number < 0)
		return;
	c->plan->registers[number].initial = values[periods->first - 1];
	weir_instruction set = weir_instruction_new(WEIR_DO_SET);
	set.r[0] = number;
	set.constant = weir_add_constants(c, values);
	weir_emit(c, set);
}

void weir_compile_levels(weir_compiler *c)
{
	c->program = WEIR_PHASE_COLLECT;
	for (int i = 0; i < c->deal->level_count && c->status == WEIR_OK; i++)
		compile_levels(c, &c->deal->levels[i]);
}

/* --- the servicer ----------------------------------------------------------------------------------------------- */

/* What a servicer that failed keeps of the period's collections: the faster transfer keeps less. */
static void lose(weir_compiler *c, weir_pool_column normal, weir_pool_column fast, int is_fast, unsigned receives,
                 const char *what)
{
	const weir_plan *plan = c->plan;
	const weir_servicing *servicing = &c->deal->servicing;
	int lost = weir_add_temporary(c, WEIR_TYPE_MONEY);
	if (is_fast >= 0)
		weir_emit_simple(c, WEIR_DO_IF, lost, is_fast, plan->map.pool[fast], plan->map.pool[normal]);
	else
		weir_emit_simple(c, WEIR_DO_COPY, lost, plan->map.pool[normal], -1, -1);
	if (plan->map.sold >= 0)
		weir_emit_simple(c, WEIR_DO_IF, lost, plan->map.sold, weir_zero(c), lost);
	const char *payee = servicing->party >= 0 ? c->deal->parties[servicing->party].node.id : "servicer";
	weir_step_note note = { .step = "", .waterfall = "collection", .payee = payee, .what = what,
		                .node = &c->deal->node, .chosen = -1 };
	weir_instruction i = weir_instruction_new(WEIR_DO_LOSE);
	i.r[0] = plan->map.accounts[weir_receiving_account(c->deal, receives)].balance;
	i.r[1] = lost;
	i.r[2] = plan->map.lost;
	i.note = weir_add_note(c, &note);
	weir_emit(c, i);
}

void weir_compile_lost(weir_compiler *c)
{
	const weir_servicing *servicing = &c->deal->servicing;
	if (!servicing->given)
		return;
	c->program = WEIR_PHASE_COLLECT;
	int fast = servicing->fast_when.text ? weir_plan_find_register(c->plan, "servicing.fast") : -1;
	weir_emit_simple(c, WEIR_DO_COPY, c->plan->map.lost, weir_zero(c), -1, -1);
	lose(c, WEIR_POOL_LOST_PRINCIPAL, WEIR_POOL_LOST_PRINCIPAL_FAST, fast, WEIR_RECEIVES_PRINCIPAL,
	     "lost-principal");
	lose(c, WEIR_POOL_LOST_INCOME, WEIR_POOL_LOST_INCOME_FAST, fast, WEIR_RECEIVES_INCOME, "lost-income");
}

void weir_compile_speed(weir_compiler *c)
{
	if (!c->deal->servicing.fast_when.text)
		return;
	c->program = WEIR_PHASE_AFTER;
	int fast = weir_compile_formula(c, &c->deal->servicing.fast_when, WEIR_TYPE_FLAG);
	if (fast >= 0)
		weir_emit_simple(c, WEIR_DO_COPY, weir_plan_find_register(c->plan, "servicing.fast"), fast, -1, -1);
}

/* --- revolving assets ------------------------------------------------------------------------------------------- */

/* In the place of what the terms assume, or beside it: what actuals say of a revolving asset. */
static void take_bought(weir_compiler *c, int number, weir_bought_column column, int to)
{
	weir_instruction i = weir_instruction_new(WEIR_DO_BOUGHT);
	i.r[0] = to;
	i.asset = number;
	i.immediate = column;
	weir_emit(c, i);
}

/* What has defaulted, and what came back of it: cash that leaves the balance as it is. Only actuals know of either. */
static int take_losses(weir_compiler *c, int number)
{
	const weir_revolving_registers *r = &c->plan->map.revolvings[number];
	int recovered = weir_add_temporary(c, WEIR_TYPE_MONEY);
	weir_emit_simple(c, WEIR_DO_COPY, r->defaulted, weir_zero(c), -1, -1);
	weir_emit_simple(c, WEIR_DO_COPY, recovered, weir_zero(c), -1, -1);
	take_bought(c, number, WEIR_BOUGHT_DEFAULTED, r->defaulted);
	take_bought(c, number, WEIR_BOUGHT_RECOVERED, recovered);
	return recovered;
}

static void empty_if_sold(weir_compiler *c, int register_number)
{
	int sold = c->plan->map.sold;
	if (sold >= 0)
		weir_emit_simple(c, WEIR_DO_IF, register_number, sold, weir_zero(c), register_number);
}

static void receive_revolving(weir_compiler *c, int number)
{
	const weir_revolving *asset = &c->deal->revolvings[number];
	const weir_revolving_registers *r = &c->plan->map.revolvings[number];
	int account = weir_find_account(c, &asset->to, weir_receiving_account(c->deal, WEIR_RECEIVES_PRINCIPAL));
	if (account < 0)
		return;
	weir_queue *queue = &c->revolving_queues[number];
	queue->list = weir_add_temporary_list(c, asset->periods, WEIR_TYPE_MONEY);
	queue->count = asset->periods;
	take_bought(c, number, WEIR_BOUGHT_OPENING, r->balance);
	weir_instruction income = weir_instruction_new(WEIR_DO_NEXT_INTEREST);
	income.r[0] = r->income;
	income.r[1] = r->balance;
	income.r[2] = weir_add_register(c, WEIR_TYPE_RATE, asset->rate_annual, ALWAYS, 0, "%s.rate", asset->node.id);
	weir_add_parameter(c, income.r[2], income.r[2]);
	income.fraction = weir_add_fractions(c, asset->day_count, WEIR_DATE_NONE, WEIR_FRACTION_PERIOD);
	weir_emit(c, income);
	take_bought(c, number, WEIR_BOUGHT_INCOME, r->income);
	weir_emit_take(c, queue, r->principal);
	take_bought(c, number, WEIR_BOUGHT_PRINCIPAL, r->principal);
	int recovered = take_losses(c, number);
	const int all[] = { r->income, r->principal, r->balance, r->defaulted, recovered };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		empty_if_sold(c, all[i]);
	weir_emit_simple(c, WEIR_DO_SUBTRACT, r->balance, r->balance, r->principal, -1);
	weir_emit_simple(c, WEIR_DO_SUBTRACT, r->balance, r->balance, r->defaulted, -1);
	weir_emit_simple(c, WEIR_DO_ADD, r->principal, r->principal, recovered, -1);
	int balance = c->plan->map.accounts[account].balance;
	weir_step_note note = { .step = "",
		                .waterfall = "collection",
		                .payee = asset->node.id,
		                .what = "revolving-principal",
		                .node = &asset->node,
		                .chosen = -1 };
	weir_emit_receive(c, balance, r->principal, &note);
	note.what = "revolving-income";
	weir_emit_receive(c, balance, r->income, &note);
	weir_emit_simple(c, WEIR_DO_COPY, r->purchased, weir_zero(c), -1, -1);
}

void weir_compile_revolving(weir_compiler *c)
{
	c->program = WEIR_PHASE_COLLECT;
	c->revolving_queues = weir_compile_array(c, c->deal->revolving_count, sizeof *c->revolving_queues);
	for (int i = 0; i < c->deal->revolving_count && c->status == WEIR_OK; i++)
		receive_revolving(c, i);
}

/* --- calls ------------------------------------------------------------------------------------------------------ */

/* After a sale the pool is nothing, also in this period's tests and tables. */
static void empty_pool(weir_compiler *c)
{
	static const weir_pool_column columns[] = { WEIR_POOL_BALANCE, WEIR_POOL_OVERDUE, WEIR_POOL_SCHEDULED_PRINCIPAL,
	                                            WEIR_POOL_SCHEDULED_INCOME };
	const weir_plan_map *map = &c->plan->map;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		weir_emit_simple(c, WEIR_DO_IF, map->pool[columns[i]], map->sold, weir_zero(c), map->pool[columns[i]]);
	for (int i = 0; i < c->deal->revolving_count; i++)
		weir_emit_simple(c, WEIR_DO_IF, map->revolvings[i].balance, map->sold, weir_zero(c),
		                 map->revolvings[i].balance);
}

static void compile_call(weir_compiler *c, int number)
{
	const weir_call *call = &c->deal->calls[number];
	const weir_call_registers *r = &c->plan->map.calls[number];
	int sold = c->plan->map.sold, account = weir_find_account(c, &call->to, 0);
	int when = weir_compile_formula(c, &call->when, WEIR_TYPE_FLAG);
	int price = weir_compile_formula(c, &call->price, WEIR_TYPE_MONEY);
	int cost = call->cost.text ? weir_compile_formula(c, &call->cost, WEIR_TYPE_MONEY) : weir_zero(c);
	if (when < 0 || price < 0 || cost < 0 || account < 0)
		return;
	int fires = weir_add_temporary(c, WEIR_TYPE_FLAG);
	int barred = call->liquidation ? sold :
	                                 weir_emit_pair(c, WEIR_DO_OR, WEIR_TYPE_FLAG, sold,
	                                                weir_plan_find_register(c->plan, "calls.off"));
	weir_emit_simple(c, WEIR_DO_NOT, fires, barred, -1, -1);
	weir_emit_simple(c, WEIR_DO_MASK, fires, fires, when, -1);
	price = weir_emit_pair(c, WEIR_DO_MAX, WEIR_TYPE_MONEY, price, weir_zero(c));
	cost = weir_emit_pair(c, WEIR_DO_MAX, WEIR_TYPE_MONEY, cost, weir_zero(c));
	cost = weir_emit_pair(c, WEIR_DO_MIN, WEIR_TYPE_MONEY, cost, price);
	int net = weir_emit_pair(c, WEIR_DO_SUBTRACT, WEIR_TYPE_MONEY, price, cost);
	weir_emit_simple(c, WEIR_DO_IF, r->proceeds, fires, net, weir_zero(c));
	weir_emit_simple(c, WEIR_DO_IF, r->costs, fires, cost, weir_zero(c));
	weir_step_note note = { .step = "",
		                .waterfall = "call",
		                .payee = call->node.id,
		                .clause = call->node.clause,
		                .what = call->liquidation ? "liquidation" : "clean-up-call",
		                .node = &call->node,
		                .chosen = -1 };
	weir_emit_receive(c, c->plan->map.accounts[account].balance, r->proceeds, &note);
	weir_emit_simple(c, WEIR_DO_OR, r->flag, r->flag, fires, -1);
	weir_emit_simple(c, WEIR_DO_OR, sold, sold, fires, -1);
}

void weir_compile_calls(weir_compiler *c)
{
	c->program = WEIR_PHASE_BEFORE;
	for (int i = 0; i < c->deal->call_count && c->status == WEIR_OK; i++)
		compile_call(c, i);
	if (c->deal->call_count && c->status == WEIR_OK)
		empty_pool(c);
}
