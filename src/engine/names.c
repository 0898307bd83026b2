/* SPDX-License-Identifier: GPL-3.0-or-later */
/* names.c: the registers of everything a deal names, and how the names of formulas find them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/compiler.h"

#define ALWAYS WEIR_PHASE_OPEN
#define MOST_NESTED_VALUES 64

static const struct {
	const char *name;
	weir_pool_column column;
} pool_names[] = {
	{ "principal", WEIR_POOL_PRINCIPAL },
	{ "income", WEIR_POOL_INCOME },
	{ "recovered", WEIR_POOL_RECOVERED },
	{ "defaulted", WEIR_POOL_DEFAULTED },
	{ "balance", WEIR_POOL_BALANCE },
	{ "overdue", WEIR_POOL_OVERDUE },
	{ "prepaid", WEIR_POOL_PREPAID },
	{ "disposal", WEIR_POOL_DISPOSAL },
	{ "scheduled_principal", WEIR_POOL_SCHEDULED_PRINCIPAL },
	{ "scheduled_income", WEIR_POOL_SCHEDULED_INCOME },
};

static weir_pool_column pool_column(size_t i)
{
	return pool_names[i].column;
}

static int pays_interest(const weir_class *k)
{
	return k->interest != WEIR_INTEREST_NONE;
}

int weir_has_coupon_steps(const weir_class *k)
{
	return k->step_count > 0 || k->raise_when.text;
}

static int has_principal_due(const weir_class *k)
{
	return k->style != WEIR_STYLE_RESIDUAL;
}

static void copy_at_opening(weir_compiler *c, int to, int from)
{
	int here = c->program;
	c->program = WEIR_PHASE_OPEN;
	weir_emit_simple(c, WEIR_DO_COPY, to, from, -1, -1);
	c->program = here;
}

/* A balance starts at the closing from a number that may be set. */
static void start_from(weir_compiler *c, int balance, int parameter)
{
	weir_add_parameter(c, parameter, parameter);
	copy_at_opening(c, balance, parameter);
}

static void class_registers(weir_compiler *c, int number)
{
	const weir_class *k = &c->deal->classes[number];
	const char *id = k->node.id;
	weir_class_registers *r = &c->plan->map.classes[number];
	*r = (weir_class_registers){ -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1 };
	int midway = c->plan->periods->first > 1; /* starts from given balances */
	r->balance =
		weir_add_money(c, midway && !isnan(k->opening_balance_cents) ? k->opening_balance_cents : k->size_cents,
	                       ALWAYS, id, "balance");
	r->size = weir_add_register(c, WEIR_TYPE_MONEY, k->size_cents, ALWAYS, 0, "%s.size", id);
	if (!midway)
		start_from(c, r->balance, r->size);
	int repays = has_principal_due(k) || weir_is_part_paid(c->deal, number, "principal");
	if (repays)
		r->principal_paid =
		        weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_WATERFALL, 0, "%s.principal_paid", id);
	if (pays_interest(k)) {
		r->coupon = weir_add_register(c, WEIR_TYPE_RATE, k->coupon_annual, ALWAYS, 0, "%s.coupon", id);
		c->coupon_base[number] = r->coupon;
		if (weir_has_coupon_steps(
			    k)) { /* the parameter is the coupon before its steps; what is added to all has its own */
			c->coupon_base[number] = weir_add_register(c, WEIR_TYPE_RATE, k->coupon_annual, ALWAYS, 0,
			                                           "%s.coupon_base", id);
			int shift = weir_add_register(c, WEIR_TYPE_RATE, 0, ALWAYS, 0, "%s.coupon_shift", id);
			weir_add_parameter(c, shift, shift);
			copy_at_opening(c, r->coupon, c->coupon_base[number]);
		}
		weir_add_parameter(c, c->coupon_base[number], r->coupon);
		r->interest_due = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_ACCRUE, 0, "%s.interest_due", id);
		r->interest_unpaid =
			weir_add_money(c, midway ? k->opening_interest_cents : 0, ALWAYS, id, "interest_unpaid");
		r->interest_paid =
		        weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_WATERFALL, 0, "%s.interest_paid", id);
	}
	if (repays) {
		r->principal_due =
			weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_ACCRUE, 0, "%s.principal_due", id);
		if (k->style != WEIR_STYLE_PASS_THROUGH && k->style != WEIR_STYLE_RESIDUAL)
			r->principal_unpaid = weir_add_money(c, midway ? k->opening_principal_cents : 0, ALWAYS, id,
			                                     "principal_unpaid");
	}
	if (k->period_yield_annual > 0) {
		r->yield_due = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_ACCRUE, 0, "%s.yield_due", id);
		r->yield_unpaid = weir_add_register(c, WEIR_TYPE_MONEY, 0, ALWAYS, 0, "%s.yield_unpaid", id);
		r->yield_paid = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_WATERFALL, 0, "%s.yield_paid", id);
	}
	if (weir_is_part_paid(c->deal, number, "rest"))
		r->rest_paid = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_WATERFALL, 0, "%s.rest_paid", id);
}

/* Another name for a register. */
static void add_alias(weir_compiler *c, int register_number, const char *id, const char *part)
{
	char name[256];
	snprintf(name, sizeof name, "%s%s", id, part);
	char *copy = weir_arena_text(c->plan->arena, name, strlen(name));
	if (!copy || weir_names_put(&c->plan->register_names, copy, strlen(copy), register_number) == WEIR_NO_MEMORY)
		c->status = WEIR_NO_MEMORY;
}

/* Registers of fee `number`, or with part ".surcharge" of its surcharge. Where nothing is carried, what is due is the
 * charge: one register with two names. A fee on what is paid is worked out with the support, behind the first tests. */
static weir_fee_registers fee_registers(weir_compiler *c, int number, const char *part, double rate)
{
	const weir_fee *fee = &c->deal->fees[number];
	const char *id = fee->node.id;
	weir_phase known_from = fee->solve_paid ? WEIR_PHASE_SUPPORT : WEIR_PHASE_ACCRUE;
	weir_fee_registers r;
	r.due = weir_add_register(c, WEIR_TYPE_MONEY, 0, known_from, number + 1, "%s%s.due", id, part);
	r.charge = r.due;
	if (fee->carried)
		r.charge = weir_add_register(c, WEIR_TYPE_MONEY, 0, known_from, number + 1, "%s%s.charge", id, part);
	else
		add_alias(c, r.due, id, *part ? ".surcharge.charge" : ".charge");
	r.unpaid = weir_add_register(c, WEIR_TYPE_MONEY, 0, ALWAYS, 0, "%s%s.unpaid", id, part);
	r.paid = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_WATERFALL, 0, "%s%s.paid", id, part);
	r.rate = -1;
	if (rate != 0 || (*part == '\0' && !isnan(fee->raised_rate))) {
		r.rate = weir_add_register(c, WEIR_TYPE_RATE, rate, ALWAYS, 0, "%s%s.rate", id, part);
		weir_add_parameter(c, r.rate, r.rate);
	}
	return r;
}

static void fees_registers(weir_compiler *c)
{
	const weir_fee_registers none = { -1, -1, -1, -1, -1 };
	for (int i = 0; i < c->deal->fee_count; i++) {
		const weir_fee *fee = &c->deal->fees[i];
		int fixed = !isnan(fee->amount_cents);
		c->plan->map.fees[i] = fee_registers(c, i, "", fixed || fee->amount.text ? 0 : fee->rate);
		if (fixed) {
			int amount = weir_add_register(c, WEIR_TYPE_MONEY, fee->amount_cents, ALWAYS, 0, "%s.amount",
			                               fee->node.id);
			c->plan->map.fees[i].rate = amount; /* of a fixed fee: its amount, a parameter as well */
			weir_add_parameter(c, amount, amount);
		}
		c->plan->map.surcharges[i] =
		        fee->surcharge_rate > 0 ? fee_registers(c, i, ".surcharge", fee->surcharge_rate) : none;
	}
}

static void date_register(weir_compiler *c, const char *name, weir_date date)
{
	if (date != WEIR_DATE_NONE)
		weir_add_register(c, WEIR_TYPE_DATE, date, ALWAYS, 0, "deal.%s", name);
}

static void deal_registers(weir_compiler *c)
{
	const weir_deal *deal = c->deal;
	const weir_periods *periods = c->plan->periods;
	weir_add_register(c, WEIR_TYPE_NUMBER, 0, ALWAYS, 0, "period");
	weir_add_register(c, WEIR_TYPE_DATE, periods->items[0].payment, ALWAYS, 0, "date");
	date_register(c, "cutoff", deal->cutoff);
	date_register(c, "closing", deal->closing);
	date_register(c, "start", deal->start);
	date_register(c, "legal_final", deal->legal_final);
	if (periods->count > 1) {
		date_register(c, "first_payment", periods->items[1].payment);
		date_register(c, "last_payment", periods->items[periods->regular_count - 1].payment);
	}
	c->plan->map.missed = weir_add_register(c, WEIR_TYPE_FLAG, 0, ALWAYS, 0, "deal.missed");
}

static void pool_registers(weir_compiler *c)
{
	for (size_t i = 0; i < sizeof pool_names / sizeof *pool_names; i++)
		c->plan->map.pool[pool_column(i)] =
		        weir_add_register(c, WEIR_TYPE_MONEY,
		                          pool_column(i) == WEIR_POOL_BALANCE ? c->plan->pool->opening_cents : 0,
		                          WEIR_PHASE_COLLECT, 0, "pool.%s", pool_names[i].name);
	static const struct {
		weir_pool_column column;
		const char *name;
	} lost[] = { { WEIR_POOL_LOST_PRINCIPAL, "lost_principal" },
		     { WEIR_POOL_LOST_INCOME, "lost_income" },
		     { WEIR_POOL_LOST_PRINCIPAL_FAST, "lost_principal_fast" },
		     { WEIR_POOL_LOST_INCOME_FAST, "lost_income_fast" } };
	for (size_t i = 0; c->deal->servicing.given && i < sizeof lost / sizeof *lost; i++)
		c->plan->map.pool[lost[i].column] = weir_add_money(c, 0, WEIR_PHASE_COLLECT, "servicing", lost[i].name);
	weir_add_register(c, WEIR_TYPE_MONEY, c->plan->pool->principal_cents, ALWAYS, 0, "pool.balance_initial");
	weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_COLLECT, 0, "pool.defaulted_cumulative");
}

static void list_known_names(weir_compiler *c)
{
	const weir_plan *plan = c->plan;
	c->known = weir_arena_array(plan->arena, plan->register_count + 1, sizeof *c->known);
	if (!c->known) {
		c->status = WEIR_NO_MEMORY;
		return;
	}
	for (size_t i = 0; i < plan->register_count; i++)
		if (plan->registers[i].name)
			c->known[c->known_count++] = plan->registers[i].name;
}

double weir_opening_cash(const weir_compiler *c, int account)
{
	const weir_account *a = &c->deal->accounts[account];
	if (c->plan->periods->first == 1)
		return a->initial_cents;
	return isnan(a->opening_cents) ? 0 : a->opening_cents;
}

void weir_compile_names(weir_compiler *c)
{
	weir_plan *plan = c->plan;
	const weir_deal *deal = c->deal;
	for (int i = 0; i < WEIR_POOL_COLUMNS; i++)
		plan->map.pool[i] = -1;
	plan->map.classes = weir_compile_array(c, deal->class_count, sizeof *plan->map.classes);
	plan->map.fees = weir_compile_array(c, deal->fee_count, sizeof *plan->map.fees);
	plan->map.surcharges = weir_compile_array(c, deal->fee_count, sizeof *plan->map.surcharges);
	plan->map.accounts = weir_compile_array(c, deal->account_count, sizeof *plan->map.accounts);
	plan->map.triggers = weir_compile_array(c, deal->trigger_count, sizeof *plan->map.triggers);
	if (c->status != WEIR_OK)
		return;
	deal_registers(c);
	pool_registers(c);
	for (int i = 0; i < deal->account_count; i++) {
		plan->map.accounts[i].balance =
		        weir_add_money(c, weir_opening_cash(c, i), ALWAYS, deal->accounts[i].node.id, "balance");
		plan->map.accounts[i].target = -1;
		plan->map.accounts[i].initial = -1;
		if (plan->periods->first == 1) {
			plan->map.accounts[i].initial = weir_add_money(c, weir_opening_cash(c, i), ALWAYS,
			                                               deal->accounts[i].node.id, "initial");
			start_from(c, plan->map.accounts[i].balance, plan->map.accounts[i].initial);
		}
	}
	for (int i = 0; i < deal->class_count; i++)
		class_registers(c, i);
	fees_registers(c);
	for (int i = 0; i < deal->trigger_count; i++)
		plan->map.triggers[i].flag =
		        weir_add_register(c, WEIR_TYPE_FLAG, deal->triggers[i].opening_fired, ALWAYS, 0, "%s",
		                          deal->triggers[i].node.id);
	weir_compile_support_names(c);
	weir_compile_cover_names(c);
	weir_compile_event_names(c);
	if (c->status == WEIR_OK)
		list_known_names(c);
}

/* Trees that stand for a name */

static weir_expression *new_node(weir_compiler *c, weir_operation op, weir_type type)
{
	weir_expression *node = weir_arena_alloc(c->plan->arena, sizeof *node);
	if (!node) {
		c->status = WEIR_NO_MEMORY;
		return NULL;
	}
	node->op = op;
	node->type = type;
	node->exact = type == WEIR_TYPE_MONEY;
	node->symbol = -1;
	return node;
}

static weir_expression *name_node(weir_compiler *c, int register_number)
{
	weir_expression *node = new_node(c, WEIR_OP_NAME, c->plan->registers[register_number].type);
	if (node)
		node->symbol = register_number;
	return node;
}

static weir_expression *money_constant(weir_compiler *c, double cents)
{
	weir_expression *node = new_node(c, WEIR_OP_CONSTANT, WEIR_TYPE_MONEY);
	if (node)
		node->value = cents;
	return node;
}

static weir_expression *pair_node(weir_compiler *c, weir_operation op, weir_type type, weir_expression *a,
                                  weir_expression *b)
{
	weir_expression *node = new_node(c, op, type);
	if (!node || !a || !b)
		return NULL;
	node->count = 2;
	node->arguments[0] = a;
	node->arguments[1] = b;
	return node;
}

/* Adds a register to a growing sum; -1 adds nothing. */
static weir_expression *plus_register(weir_compiler *c, weir_expression *sum, int register_number)
{
	if (register_number < 0)
		return sum;
	weir_expression *name = name_node(c, register_number);
	return sum ? pair_node(c, WEIR_OP_ADD, WEIR_TYPE_MONEY, sum, name) : name;
}

/* One field of a class added to a sum. Gives 0 when there is no such field. */
static int add_class_field(weir_compiler *c, int number, const char *field, size_t length, weir_expression **sum)
{
	const weir_class_registers *r = &c->plan->map.classes[number];
	const struct {
		const char *name;
		int parts[4];
	} fields[] = {
		{ "balance", { r->balance, -1, -1, -1 } },
		{ "size", { r->size, -1, -1, -1 } },
		{ "interest_due", { r->interest_due, -1, -1, -1 } },
		{ "interest_unpaid", { r->interest_unpaid, -1, -1, -1 } },
		{ "interest_paid", { r->interest_paid, -1, -1, -1 } },
		{ "principal_due", { r->principal_due, -1, -1, -1 } },
		{ "principal_unpaid", { r->principal_unpaid, -1, -1, -1 } },
		{ "principal_paid", { r->principal_paid, -1, -1, -1 } },
		{ "yield_due", { r->yield_due, -1, -1, -1 } },
		{ "yield_unpaid", { r->yield_unpaid, -1, -1, -1 } },
		{ "yield_paid", { r->yield_paid, -1, -1, -1 } },
		{ "rest_paid", { r->rest_paid, -1, -1, -1 } },
		{ "due", { r->interest_due, r->principal_due, -1, -1 } },
		{ "unpaid", { r->interest_unpaid, r->principal_unpaid, -1, -1 } },
		{ "paid", { r->interest_paid, r->principal_paid, r->yield_paid, r->rest_paid } },
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (strlen(fields[i].name) != length || memcmp(fields[i].name, field, length) != 0)
			continue;
		for (int p = 0; p < 4; p++)
			*sum = plus_register(c, *sum, fields[i].parts[p]);
		return 1;
	}
	return 0;
}

/* A field of one class or the sum over several. */
static int resolve_classes(weir_compiler *c, const int *classes, int count, const char *field, size_t length,
                           weir_symbol *out)
{
	weir_expression *sum = NULL;
	int asks_paid = weir_is_word(field, length, "is_paid");
	for (int i = 0; i < count; i++)
		if (!add_class_field(c, classes[i], asks_paid ? "balance" : field, asks_paid ? 7 : length, &sum))
			return 0;
	if (!sum)
		sum = money_constant(c, 0);
	if (asks_paid)
		sum = pair_node(c, WEIR_OP_EQUAL, WEIR_TYPE_FLAG, sum, money_constant(c, 0));
	if (!sum)
		return -1;
	*out = (weir_symbol){ .number = -1, .type = sum->type, .inlined = sum };
	return 1;
}

/* "classes.senior.balance" or "senior.balance": the group's name and what follows it. */
static int resolve_group(weir_compiler *c, const char *name, size_t length, weir_symbol *out)
{
	if (length > 8 && memcmp(name, "classes.", 8) == 0) {
		name += 8;
		length -= 8;
	}
	const char *dot = memchr(name, '.', length);
	if (!dot)
		return 0;
	size_t group = (size_t)(dot - name);
	for (int i = 0; i < c->deal->group_count; i++) {
		const weir_group *g = &c->deal->groups[i];
		if (weir_is_word(name, group, g->node.id))
			return resolve_classes(c, g->classes, g->class_count, dot + 1, length - group - 1, out);
	}
	return 0;
}

static int resolve_class(weir_compiler *c, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	const char *dot = memchr(name, '.', length);
	if (!dot)
		return 0;
	for (int i = 0; i < c->deal->class_count; i++)
		if (weir_is_word(name, (size_t)(dot - name), c->deal->classes[i].node.id)) {
			size_t field = length - (size_t)(dot - name) - 1;
			int found = resolve_classes(c, &i, 1, dot + 1, field, out);
			if (found == 0 &&
			    (weir_is_word(dot + 1, field, "coupon") || weir_is_word(dot + 1, field, "period_yield"))) {
				weir_diag_error(c->diags, UNKNOWN_NAME, place, "class \"%s\" has no %.*s",
				                c->deal->classes[i].node.id, (int)field, dot + 1);
				return -1;
			}
			return found;
		}
	return 0;
}

/* Names of the pool that are worked out from others. */
static int resolve_pool(weir_compiler *c, const char *name, size_t length, weir_symbol *out)
{
	const weir_plan *plan = c->plan;
	weir_expression *tree = NULL;
	if (weir_is_word(name, length, "pool.collected")) {
		tree = plus_register(c, tree, plan->map.pool[WEIR_POOL_PRINCIPAL]);
		tree = plus_register(c, tree, plan->map.pool[WEIR_POOL_INCOME]);
		tree = plus_register(c, tree, plan->map.pool[WEIR_POOL_RECOVERED]);
	} else if (weir_is_word(name, length, "pool.cumulative_default_rate")) {
		tree = pair_node(c, WEIR_OP_DIVIDE, WEIR_TYPE_RATE,
		                 name_node(c, weir_plan_find_register(plan, "pool.defaulted_cumulative")),
		                 name_node(c, weir_plan_find_register(plan, "pool.balance_initial")));
	} else {
		return 0;
	}
	if (!tree)
		return -1;
	*out = (weir_symbol){ .number = -1, .type = tree->type, .inlined = tree };
	return 1;
}

/* A declared value: its formula's tree, parsed when first met. */
static int resolve_value(weir_compiler *c, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	for (int i = 0; i < c->deal->value_count; i++) {
		const weir_value *value = &c->deal->values[i];
		if (!weir_is_word(name, length, value->node.id))
			continue;
		c->value_used[i] = 1;
		if (c->value_state[i] == 1) {
			weir_diag_error(c->diags, FORMULA_CYCLE, place,
			                "\"%s\" needs its own result; break the circle with previous(%s, start)",
			                value->node.id, value->node.id);
			c->value_state[i] = 3;
		}
		if (c->value_state[i] == 0 && c->value_depth >= MOST_NESTED_VALUES) {
			weir_diag_error(c->diags, FORMULA_LIMIT, place,
			                "\"%s\" is the end of a chain of more than %d values that name each other",
			                value->node.id, MOST_NESTED_VALUES);
			c->value_state[i] = 3;
		}
		if (c->value_state[i] == 0) {
			c->value_state[i] = 1;
			c->value_depth++;
			c->values[i] = weir_compile_parse(c, &value->formula, WEIR_TYPE_ERROR);
			c->value_depth--;
			c->value_state[i] = c->values[i] ? 2 : 3;
		}
		if (c->value_state[i] == 3)
			return -1;
		if (weir_is_settable(c->values[i]) && !weir_pool_knows(value->node.id)) {
			*out = (weir_symbol){ .number = weir_constant_parameter(c, c->values[i], value->node.id, ""),
				              .type = c->values[i]->type };
			return 1;
		}
		*out = (weir_symbol){ .number = -1, .type = c->values[i]->type, .inlined = c->values[i] };
		return 1;
	}
	return 0;
}

/* ACCOUNT.target: the formula of the reserve's target. */
static int resolve_target(weir_compiler *c, const char *name, size_t length, weir_symbol *out)
{
	for (int i = 0; i < c->deal->account_count; i++) {
		const weir_account *account = &c->deal->accounts[i];
		size_t id = strlen(account->node.id);
		if (length != id + 7 || memcmp(name, account->node.id, id) != 0 ||
		    memcmp(name + id, ".target", 7) != 0 || !account->target.text)
			continue;
		if (c->target_open[i]) {
			weir_diag_error(c->diags, FORMULA_CYCLE, account->target.place,
			                "the target of \"%s\" needs its own result", account->node.id);
			return -1;
		}
		c->target_open[i] = 1;
		const weir_expression *tree = weir_compile_parse(c, &account->target, WEIR_TYPE_MONEY);
		c->target_open[i] = 0;
		if (!tree)
			return -1;
		*out = (weir_symbol){ .number = -1, .type = WEIR_TYPE_MONEY, .inlined = tree };
		return 1;
	}
	return 0;
}

static void note_use(weir_compiler *c, int register_number)
{
	for (int i = 0; i < c->deal->trigger_count; i++)
		if (c->plan->map.triggers[i].flag == register_number)
			c->trigger_used[i] = 1;
	for (int i = 0; i < c->deal->level_count; i++)
		if (strcmp(c->plan->registers[register_number].name, c->deal->levels[i].node.id) == 0)
			c->level_used[i] = 1;
}

static int resolve_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	weir_compiler *c = context;
	int number = weir_names_find(&c->plan->register_names, name, length);
	if (number >= 0) {
		note_use(c, number);
		*out = (weir_symbol){ .number = number, .type = c->plan->registers[number].type };
		return 1;
	}
	int found = resolve_class(c, name, length, place, out);
	if (found == 0)
		found = resolve_group(c, name, length, out);
	if (found == 0)
		found = resolve_pool(c, name, length, out);
	if (found == 0)
		found = resolve_target(c, name, length, out);
	if (found == 0)
		found = resolve_value(c, name, length, place, out);
	return found;
}

static int resolve_share(weir_compiler *c, const char *id, size_t length, weir_place place, weir_symbol *out)
{
	const weir_pool_terms *terms = &c->deal->pool;
	const weir_pool *pool = c->plan->pool;
	double all = pool->principal_cents + pool->income_cents;
	for (int i = 0; i < terms->obligor_count; i++)
		if (weir_is_word(id, length, terms->obligors[i].id)) {
			double share = all > 0 ? pool->obligor_cents[i] / all : 0;
			*out = (weir_symbol){ .number = weir_add_constant_register(c, WEIR_TYPE_RATE, share),
				              .type = WEIR_TYPE_RATE };
			return 1;
		}
	weir_diag_error(c->diags, UNKNOWN_ID, place, "there is no obligor \"%.*s\"; give the id of one of the pool's",
	                (int)length, id);
	return -1;
}

/* Share of the largest `count` obligors; few obligors, so selection is quick enough. */
static double top_share(const weir_compiler *c, int count)
{
	const weir_pool *pool = c->plan->pool;
	int obligors = c->deal->pool.obligor_count;
	double all = pool->principal_cents + pool->income_cents, sum = 0, below = INFINITY;
	for (int taken = 0; taken < count && taken < obligors;) {
		double next = -1;
		int equal = 0;
		for (int i = 0; i < obligors; i++) {
			double cents = pool->obligor_cents[i];
			if (cents >= below || cents < next)
				continue;
			equal = cents == next ? equal + 1 : 1;
			next = cents;
		}
		if (next < 0)
			break;
		int use = equal < count - taken ? equal : count - taken;
		sum += next * use;
		taken += use;
		below = next;
	}
	return all > 0 ? sum / all : 0;
}

static int resolve_top(weir_compiler *c, const char *text, size_t length, weir_place place, weir_symbol *out)
{
	weir_decimal n;
	if (weir_decimal_parse(text, length, &n) != WEIR_PARSE_OK || n.scale != 0 || n.units < 1 || n.units > 1000) {
		weir_diag_error(c->diags, FORMULA_CALL, place,
		                "\"top\" wants a whole number from 1 to 1000, as in top(5)");
		return -1;
	}
	*out = (weir_symbol){ .number = weir_add_constant_register(c, WEIR_TYPE_RATE, top_share(c, (int)n.units)),
		              .type = WEIR_TYPE_RATE };
	return 1;
}

static int resolve_next_interest(weir_compiler *c, const char *id, size_t length, weir_place place, weir_symbol *out)
{
	const char *ids[64];
	size_t count = 0;
	weir_plan *plan = c->plan;
	for (int i = 0; i < c->deal->class_count; i++) {
		const weir_class *k = &c->deal->classes[i];
		if (count < sizeof ids / sizeof *ids)
			ids[count++] = k->node.id;
		if (!weir_is_word(id, length, k->node.id))
			continue;
		if (plan->map.classes[i].coupon < 0) {
			weir_diag_error(c->diags, FORMULA_CALL, place, "class \"%s\" pays no interest", k->node.id);
			return -1;
		}
		if (!WEIR_GROW(plan->computed, plan->computed_count, plan->computed_capacity)) {
			c->status = WEIR_NO_MEMORY;
			return -1;
		}
		plan->computed[plan->computed_count] = (weir_computed){ .class_number = i };
		*out = (weir_symbol){ .number = WEIR_COMPUTED_BASE + (int)plan->computed_count++,
			              .type = WEIR_TYPE_MONEY };
		return 1;
	}
	const char *near = weir_nearest_name(id, length, ids, count);
	weir_diag_error(c->diags, UNKNOWN_NAME, place, "there is no class \"%.*s\"%s%s%s", (int)length, id,
	                near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
	return -1;
}

static int resolve_call(void *context, const char *function, size_t function_length, const char *const *arguments,
                        const size_t *lengths, int count, weir_place place, weir_symbol *out)
{
	static const struct {
		const char *name, *usage;
		int (*resolve)(weir_compiler *c, const char *text, size_t length, weir_place place, weir_symbol *out);
	} functions[] = { { "next_interest", "one class, as in next_interest(A)", resolve_next_interest },
		          { "share", "one obligor, as in share(L01)", resolve_share },
		          { "top", "one whole number, as in top(5)", resolve_top } };
	weir_compiler *c = context;
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		if (!weir_is_word(function, function_length, functions[i].name))
			continue;
		if (count == 1)
			return functions[i].resolve(c, arguments[0], lengths[0], place, out);
		weir_diag_error(c->diags, FORMULA_CALL, place, "\"%s\" takes %s", functions[i].name,
		                functions[i].usage);
		return -1;
	}
	return 0;
}

const weir_expression *weir_compile_parse(weir_compiler *c, const weir_formula *formula, weir_type wanted)
{
	const weir_expression *tree = NULL;
	if (!formula->text || c->status != WEIR_OK)
		return NULL;
	static const char *const functions[] = { "next_interest", "share", "top" };
	weir_resolver resolver = { .context = c,
		                   .functions = functions,
		                   .function_count = sizeof functions / sizeof *functions,
		                   .currency = c->deal->currency,
		                   .name = resolve_name,
		                   .call = resolve_call,
		                   .known = c->known,
		                   .known_count = c->known_count,
		                   .currency_digits = c->deal->currency_digits };
	weir_status status = weir_formula_parse(&tree, c->plan->arena, c->deal->sources, formula->text, formula->place,
	                                        wanted, &resolver, c->diags);
	if (status != WEIR_OK && status != WEIR_INPUT && c->status == WEIR_OK)
		c->status = status;
	return status == WEIR_OK ? tree : NULL;
}
