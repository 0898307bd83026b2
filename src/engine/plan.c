/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c: the order in which a deal is compiled, and what callers ask of a plan. */
#include "engine/plan.h"

#include <string.h>

#include "base/alloc.h"
#include "engine/compiler.h"

/* Missed amounts and conservation */

static void add_unpaid(weir_list_item *items, int *count, int register_number)
{
	if (register_number >= 0)
		items[(*count)++] = weir_list_item_new(register_number, -1, -1);
}

static void compile_missed(weir_compiler *c)
{
	const weir_deal *deal = c->deal;
	weir_list_item *items = weir_compile_array(c, deal->class_count * 2, sizeof *items);
	int count = 0;
	c->program = WEIR_PHASE_AFTER;
	if (!items)
		return;
	for (int i = 0; i < deal->class_count; i++)
		if (!deal->classes[i].subordinated) {
			add_unpaid(items, &count, c->plan->map.classes[i].interest_unpaid);
			add_unpaid(items, &count, c->plan->map.classes[i].principal_unpaid);
		}
	weir_instruction missed = weir_instruction_new(WEIR_DO_MISSED);
	missed.r[0] = c->plan->map.missed;
	missed.list = weir_add_items(c, items, count);
	missed.list_count = count;
	weir_emit(c, missed);
}

static void add_paid(weir_list_item *items, int *count, int register_number)
{
	if (register_number >= 0)
		items[(*count)++] = weir_list_item_new(-1, register_number, -1);
}

/* What supports, covers, calls, revolving assets and the servicer bring and take. */
static void add_support_flows(const weir_compiler *c, weir_list_item *items, int *count)
{
	const weir_plan_map *map = &c->plan->map;
	for (int i = 0; i < c->deal->support_count; i++) {
		add_unpaid(items, count, map->supports[i].drawn);
		add_paid(items, count, map->supports[i].repaid);
		add_paid(items, count, map->supports[i].interest_paid);
		add_paid(items, count, map->supports[i].fee_paid);
	}
	for (int i = 0; i < c->deal->cover_count; i++)
		add_unpaid(items, count, map->covers[i].paid);
	for (int i = 0; i < c->deal->call_count; i++)
		add_unpaid(items, count, map->calls[i].proceeds);
	for (int i = 0; i < c->deal->revolving_count; i++) {
		add_unpaid(items, count, map->revolvings[i].principal);
		add_unpaid(items, count, map->revolvings[i].income);
		add_paid(items, count, map->revolvings[i].purchased);
	}
	add_paid(items, count, map->lost);
}

/* The cash with which the books open is what the accounts hold then. */
static void open_cash(weir_compiler *c, int cash)
{
	int here = c->program;
	if (c->plan->periods->first > 1)
		return;
	c->program = WEIR_PHASE_OPEN;
	for (int i = 0; i < c->deal->account_count; i++) {
		int initial = c->plan->map.accounts[i].initial;
		weir_emit_simple(c, i == 0 ? WEIR_DO_COPY : WEIR_DO_ACCUMULATE, cash, initial, -1, -1);
	}
	c->program = here;
}

/* CLOSE proves cash before + in - out = cash now from registers that no payment shares: what was paid to each payee.
 * In its list `unpaid` names what came in, `paid` what went out, `balance` the accounts. */
static void compile_conservation(weir_compiler *c)
{
	const weir_plan *plan = c->plan;
	const weir_deal *deal = c->deal;
	int room = deal->class_count * 4 + deal->fee_count * 2 + deal->account_count + deal->support_count * 4 +
	                       deal->cover_count + deal->call_count + deal->revolving_count * 3 + 4;
	weir_list_item *items = weir_compile_array(c, room, sizeof *items);
	int count = 0;
	double cash = 0;
	if (!items)
		return;
	add_unpaid(items, &count, plan->map.pool[WEIR_POOL_PRINCIPAL]);
	add_unpaid(items, &count, plan->map.pool[WEIR_POOL_INCOME]);
	add_unpaid(items, &count, plan->map.pool[WEIR_POOL_RECOVERED]);
	for (int i = 0; i < deal->account_count; i++) {
		items[count++] = weir_list_item_new(-1, -1, plan->map.accounts[i].balance);
		cash += weir_opening_cash(c, i);
	}
	add_support_flows(c, items, &count);
	for (int i = 0; i < deal->class_count; i++) {
		const weir_class_registers *r = &plan->map.classes[i];
		const int paid[] = { r->interest_paid, r->principal_paid, r->yield_paid, r->rest_paid };
		for (int p = 0; p < 4; p++)
			if (paid[p] >= 0)
				items[count++] = weir_list_item_new(-1, paid[p], -1);
	}
	for (int i = 0; i < deal->fee_count; i++) {
		items[count++] = weir_list_item_new(-1, plan->map.fees[i].paid, -1);
		if (plan->map.surcharges[i].charge >= 0)
			items[count++] = weir_list_item_new(-1, plan->map.surcharges[i].paid, -1);
	}
	weir_instruction close = weir_instruction_new(WEIR_DO_CLOSE);
	close.r[0] = weir_add_register(c, WEIR_TYPE_MONEY, cash, WEIR_PHASE_OPEN, 0, "deal.cash");
	open_cash(c, close.r[0]);
	close.list = weir_add_items(c, items, count);
	close.list_count = count;
	weir_emit(c, close);
}

/* Memory of formulas was emitted as met; missed amounts, and conservation. */
static void compile_close(weir_compiler *c)
{
	c->program = WEIR_PHASE_CLOSE;
	const weir_program *moves = &c->plan->programs[WEIR_PROGRAM_MOVES];
	for (size_t i = 0; i < moves->count; i++)
		weir_emit(c, moves->items[i]);
	compile_conservation(c);
}

/* The closing: what the classes bring, what the pool costs, what stays. */
static void compile_closing(weir_compiler *c)
{
	weir_plan *plan = c->plan;
	const weir_deal *deal = c->deal;
	double proceeds = 0, cash = 0;
	for (int i = 0; i < deal->class_count; i++) {
		if (!(deal->classes[i].size_cents > 0))
			return; /* complained about where it stands */
		proceeds += weir_plan_class_proceeds(plan, i, deal->classes[i].size_cents);
	}
	for (int i = 0; i < deal->account_count; i++)
		cash += deal->accounts[i].initial_cents;
	plan->purchase_cents = weir_plan_purchase_at(plan, proceeds, cash);
	double gap = weir_plan_closing_gap(plan, proceeds, cash);
	if (gap != 0 && c->diags->errors == 0) {
		char in[WEIR_CENTS_TEXT], out[WEIR_CENTS_TEXT];
		weir_cents_format(proceeds, deal->currency_digits, in);
		weir_cents_format(proceeds - gap, deal->currency_digits, out);
		weir_diag_error(
			c->diags, NOT_CLOSED, deal->closing_place.source ? deal->closing_place : deal->node.place,
			"the closing does not balance: the classes bring %s, purchase price, costs and opening cash "
			"take %s; make them equal or leave out purchase-price",
			in, out);
	}
}

static void prepare(weir_compiler *c)
{
	const weir_deal *deal = c->deal;
	c->mask = c->last_period = c->open = -1;
	c->values = weir_compile_array(c, deal->value_count, sizeof *c->values);
	c->value_state = weir_compile_array(c, deal->value_count, 1);
	c->value_used = weir_compile_array(c, deal->value_count, 1);
	c->trigger_used = weir_compile_array(c, deal->trigger_count, 1);
	c->level_used = weir_compile_array(c, deal->level_count, 1);
	c->revolving_bought = weir_compile_array(c, deal->revolving_count, 1);
	c->target_open = weir_compile_array(c, deal->account_count, 1);
	c->account_paid_out = weir_compile_array(c, deal->account_count, 1);
	c->class_paid = weir_compile_array(c, deal->class_count, 1);
	c->coupon_base = weir_compile_array(c, deal->class_count, sizeof *c->coupon_base);
	c->fee_paid = weir_compile_array(c, deal->fee_count, 1);
}

static void compile(weir_compiler *c)
{
	prepare(c);
	if (c->status == WEIR_OK)
		weir_compile_names(c);
	if (c->status == WEIR_OK)
		weir_compile_terms(c);
	if (c->status == WEIR_OK)
		weir_compile_triggers(c, 0);
	if (c->status == WEIR_OK)
		weir_compile_calls(c);
	if (c->status == WEIR_OK)
		weir_compile_draws(c);
	if (c->status == WEIR_OK)
		weir_compile_waterfalls(c);
	if (c->status == WEIR_OK)
		weir_compile_support_books(c);
	if (c->status == WEIR_OK)
		compile_missed(c); /* before the tests after the waterfall: they see this period's */
	if (c->status == WEIR_OK)
		weir_compile_triggers(c, 1);
	if (c->status == WEIR_OK)
		weir_compile_speed(c);
	if (c->status == WEIR_OK) {
		compile_close(c);
		compile_closing(c);
		weir_compile_lint(c);
	}
	if (c->status == WEIR_OK && c->diags->errors == 0)
		weir_compile_optimise(c);
}

weir_status weir_plan_create(weir_plan **out, const weir_deal *deal, const weir_pool *pool,
                             const weir_periods *periods, weir_diags *diags)
{
	weir_status status = WEIR_NO_MEMORY;
	size_t errors = diags->errors;
	weir_plan *plan = weir_alloc_zero(1, sizeof *plan);
	if (!plan)
		return WEIR_NO_MEMORY;
	plan->deal = deal;
	plan->pool = pool;
	plan->periods = periods;
	weir_compiler c = { .plan = plan, .deal = deal, .diags = diags, .status = WEIR_OK };
	WEIR_TRY(weir_arena_create(&plan->arena));
	compile(&c);
	WEIR_TRY(c.status);
	if (diags->lost)
		status = WEIR_NO_MEMORY;
	else if (diags->errors > errors)
		status = WEIR_INPUT;
out:
	if (status == WEIR_OK)
		*out = plan;
	else
		weir_plan_destroy(plan);
	weir_free(c.histories);
	return status;
}

void weir_plan_destroy(weir_plan *plan)
{
	if (!plan)
		return;
	for (int i = 0; i < WEIR_PROGRAM_COUNT; i++)
		weir_free(plan->programs[i].items);
	weir_names_free(&plan->register_names);
	weir_free(plan->registers);
	weir_free(plan->items);
	weir_free(plan->fractions);
	weir_free(plan->constants);
	weir_free(plan->schedules);
	weir_free(plan->notes);
	weir_free(plan->parameters);
	weir_free(plan->computed);
	weir_arena_destroy(plan->arena);
	weir_free(plan);
}

const weir_deal *weir_plan_deal(const weir_plan *plan)
{
	return plan->deal;
}

const weir_pool *weir_plan_pool(const weir_plan *plan)
{
	return plan->pool;
}

const weir_periods *weir_plan_periods(const weir_plan *plan)
{
	return plan->periods;
}

const weir_plan_map *weir_plan_registers(const weir_plan *plan)
{
	return &plan->map;
}

int weir_plan_register_count(const weir_plan *plan)
{
	return (int)plan->register_count;
}

int weir_plan_instruction_count(const weir_plan *plan)
{
	size_t count = 0;
	for (int i = WEIR_PHASE_COLLECT; i < WEIR_PHASE_COUNT; i++)
		count += plan->programs[i].count;
	return (int)count;
}

const char *weir_plan_register_name(const weir_plan *plan, int number)
{
	return plan->registers[number].name;
}

weir_type weir_plan_register_type(const weir_plan *plan, int number)
{
	return plan->registers[number].type;
}

int weir_plan_find_register(const weir_plan *plan, const char *name)
{
	return weir_names_find(&plan->register_names, name, strlen(name));
}

const weir_parameter *weir_plan_parameters(const weir_plan *plan, int *count)
{
	*count = (int)plan->parameter_count;
	return plan->parameters;
}

const weir_parameter *weir_plan_find_parameter(const weir_plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->parameter_count; i++)
		if (strcmp(plan->parameters[i].name, name) == 0)
			return &plan->parameters[i];
	return NULL;
}

double weir_plan_purchase_cents(const weir_plan *plan)
{
	return plan->purchase_cents;
}

double weir_plan_class_proceeds(const weir_plan *plan, int class_number, double size_cents)
{
	double price = plan->deal->classes[class_number].issue_price;
	return plan->periods->first > 1 ? 0 :
	                                  weir_round_quad((weir_quad)size_cents * weir_quad_from_decimal(price) / 100);
}

double weir_plan_purchase_at(const weir_plan *plan, double proceeds_cents, double cash_cents)
{
	const weir_deal *deal = plan->deal;
	if (plan->periods->first > 1)
		return 0;
	return deal->closed_price_given ? deal->purchase_price_cents :
	                                  proceeds_cents - cash_cents - deal->closing_costs_cents;
}

double weir_plan_closing_gap(const weir_plan *plan, double proceeds_cents, double cash_cents)
{
	double purchase = weir_plan_purchase_at(plan, proceeds_cents, cash_cents);
	if (plan->periods->first > 1 || plan->deal->class_count == 0)
		return 0;
	return proceeds_cents - (purchase < 0 ? 0 : purchase) - cash_cents - plan->deal->closing_costs_cents;
}
