/* SPDX-License-Identifier: GPL-3.0-or-later */
/* build.c: adding registers, instructions, columns and lists to a plan under construction. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/compiler.h"

/* Remembers the first failure; everything after it is thrown away with the plan. */
static int out_of_memory(weir_compiler *c)
{
	if (c->status == WEIR_OK)
		c->status = WEIR_NO_MEMORY;
	return 0;
}

static int add_register(weir_compiler *c, weir_register what)
{
	weir_plan *plan = c->plan;
	if (!WEIR_GROW(plan->registers, plan->register_count, plan->register_capacity))
		return out_of_memory(c);
	plan->registers[plan->register_count] = what;
	return (int)plan->register_count++;
}

int weir_add_register(weir_compiler *c, weir_type type, double initial, weir_phase known_from, int order,
                      const char *format, ...)
{
	char name[1024]; /* ids have a length limit */
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(name, sizeof name, format, arguments);
	va_end(arguments);
	char *copy = weir_arena_text(c->plan->arena, name, strlen(name));
	if (!copy)
		return out_of_memory(c);
	int number = add_register(c, (weir_register){ .name = copy, .type = type, .initial = initial,
	                                              .known_from = known_from, .known_order = order,
	                                              .recorded = 1 });
	if (c->status != WEIR_OK)
		return 0;
	if (weir_names_put(&c->plan->register_names, copy, strlen(copy), number) == WEIR_NO_MEMORY)
		return out_of_memory(c);
	return number;
}

int weir_add_temporary(weir_compiler *c, weir_type type)
{
	char name[32];
	snprintf(name, sizeof name, "t%zu", c->plan->register_count);
	char *copy = weir_arena_text(c->plan->arena, name, strlen(name));
	if (!copy)
		return out_of_memory(c);
	return add_register(c, (weir_register){ .name = copy, .type = type, .temporary = 1 });
}

int weir_add_constant_register(weir_compiler *c, weir_type type, double value)
{
	const weir_plan *plan = c->plan;
	for (size_t i = 0; i < plan->register_count; i++)
		if (!plan->registers[i].name && plan->registers[i].type == type &&
		    memcmp(&plan->registers[i].initial, &value, sizeof value) == 0)
			return (int)i;
	return add_register(c, (weir_register){ .type = type, .initial = value });
}

int weir_add_note(weir_compiler *c, const weir_step_note *note)
{
	weir_plan *plan = c->plan;
	if (!WEIR_GROW(plan->notes, plan->note_count, plan->note_capacity))
		return out_of_memory(c);
	plan->notes[plan->note_count] = *note;
	return (int)plan->note_count++;
}

int weir_add_parameter(weir_compiler *c, int register_number, int named)
{
	weir_plan *plan = c->plan;
	if (!WEIR_GROW(plan->parameters, plan->parameter_count, plan->parameter_capacity))
		return out_of_memory(c);
	const weir_register *reg = &plan->registers[register_number];
	plan->parameters[plan->parameter_count] = (weir_parameter){ .name = plan->registers[named].name,
		                                                    .type = reg->type,
		                                                    .register_number = register_number,
		                                                    .value = reg->initial };
	return (int)plan->parameter_count++;
}

int weir_is_settable(const weir_expression *tree)
{
	static const int settable[WEIR_TYPE_MONTHS + 1] = {
		[WEIR_TYPE_MONEY] = 1, [WEIR_TYPE_RATE] = 1, [WEIR_TYPE_NUMBER] = 1, [WEIR_TYPE_DATE] = 1
	};
	if (tree->op != WEIR_OP_CONSTANT || !settable[tree->type])
		return 0;
	return tree->decimal.scale <= 12 &&
	       (fabs(tree->value) < 4000 || tree->value == weir_round_half_away(tree->value));
}

int weir_constant_parameter(weir_compiler *c, const weir_expression *constant, const char *id, const char *part)
{
	char name[1024]; /* ids have a length limit */
	snprintf(name, sizeof name, "%s%s", id, part);
	int number = weir_plan_find_register(c->plan, name);
	if (number >= 0)
		return number;
	number = weir_add_register(c, constant->type, constant->value, WEIR_PHASE_OPEN, 0, "%s", name);
	if (c->status == WEIR_OK && weir_add_parameter(c, number, number) >= 0 && c->status == WEIR_OK)
		c->plan->parameters[c->plan->parameter_count - 1].any_sign = 1;
	return number;
}

int weir_add_constants(weir_compiler *c, const double *values)
{
	weir_plan *plan = c->plan;
	size_t size = (size_t)plan->periods->count * sizeof *values;
	for (size_t i = 0; i < plan->constant_count; i++)
		if (memcmp(plan->constants[i], values, size) == 0)
			return (int)i;
	double *copy = weir_arena_alloc(plan->arena, size);
	if (!copy || !WEIR_GROW(plan->constants, plan->constant_count, plan->constant_capacity))
		return out_of_memory(c);
	memcpy(copy, values, size);
	plan->constants[plan->constant_count] = copy;
	return (int)plan->constant_count++;
}

static int same_fractions(const weir_year_fraction *a, const weir_year_fraction *b, int count)
{
	for (int k = 0; k < count; k++)
		if (a[k].numerator != b[k].numerator || a[k].denominator != b[k].denominator)
			return 0;
	return 1;
}

/* Adds the column, or gives the number of an equal one. */
static int add_fraction_column(weir_compiler *c, weir_year_fraction *exact)
{
	weir_plan *plan = c->plan;
	int periods = plan->periods->count;
	for (size_t i = 0; i < plan->fraction_count; i++)
		if (same_fractions(plan->fractions[i].exact, exact, periods))
			return (int)i;
	double *value = weir_arena_array(plan->arena, (size_t)periods, sizeof *value);
	if (!value || !WEIR_GROW(plan->fractions, plan->fraction_count, plan->fraction_capacity))
		return out_of_memory(c);
	for (int k = 0; k < periods; k++)
		value[k] = exact[k].denominator ?
		                   (double)exact[k].numerator / (double)exact[k].denominator :
		                   0;
	plan->fractions[plan->fraction_count] = (weir_fraction_column){ exact, value };
	return (int)plan->fraction_count++;
}

static int periods_per_year(const weir_deal *deal)
{
	int months = deal->payment.unit == WEIR_STEP_YEARS ? 12 * deal->payment.step : deal->payment.step;
	int by_months = deal->payment.unit == WEIR_STEP_MONTHS || deal->payment.unit == WEIR_STEP_YEARS;
	return by_months && months > 0 && months <= 12 ? 12 / months : 1;
}

static int steps_by_months(const weir_deal *deal)
{
	return deal->payment.unit == WEIR_STEP_MONTHS || deal->payment.unit == WEIR_STEP_YEARS;
}

/* The fraction of one accrual period. For ACT/ACT ICMA the regular period runs between the unadjusted payment dates
 * around it; before the first lies a notional one. */
static weir_year_fraction period_fraction(const weir_compiler *c, weir_day_count rule, weir_date maturity, int period,
                                          weir_date start)
{
	const weir_deal *deal = c->deal;
	const weir_periods *periods = c->plan->periods;
	const weir_period *p = &periods->items[period];
	int months = deal->payment.unit == WEIR_STEP_YEARS ? 12 * deal->payment.step : deal->payment.step;
	weir_date before = periods->items[period - 1].payment;
	int month_ends = deal->payment.end_of_month && deal->payment.first == weir_date_month_end(deal->payment.first);
	if (period == 1 && steps_by_months(deal)) {
		before = weir_date_add_months(p->payment, -months);
		before = month_ends ? weir_date_month_end(before) : before;
	}
	weir_day_count_terms terms = { .period_start = before,
		                       .period_end = p->payment,
		                       .periods_per_year = periods_per_year(deal),
		                       .end_of_month = month_ends,
		                       .maturity = maturity,
		                       .calendar = deal->calendar };
	return weir_day_count_fraction(rule, start, p->accrual_end, &terms);
}

int weir_add_fractions(weir_compiler *c, weir_day_count rule, weir_date maturity, weir_fraction_kind kind)
{
	const weir_periods *periods = c->plan->periods;
	int by_periods = rule == WEIR_ONE_ONE; /* it counts one for each */
	weir_year_fraction *exact = weir_arena_array(c->plan->arena, (size_t)periods->count, sizeof *exact);
	if (!exact)
		return out_of_memory(c);
	if (maturity == WEIR_DATE_NONE)
		maturity = periods->items[periods->count - 1].accrual_end;
	for (int k = 0; k < periods->count; k++) {
		int at = k + (kind == WEIR_FRACTION_NEXT);
		exact[k].denominator = 1;
		if (at == 0 || at >= periods->count)
			continue;
		int whole = kind == WEIR_FRACTION_FROM_START && !by_periods;
		exact[k] = period_fraction(c, rule, maturity, at, periods->items[whole ? 1 : at].accrual_start);
		if (kind == WEIR_FRACTION_FROM_START && by_periods)
			exact[k].numerator = k;
	}
	return add_fraction_column(c, exact);
}

int weir_class_fractions(weir_compiler *c, const weir_class *k, weir_fraction_kind kind)
{
	return weir_add_fractions(c, k->day_count, k->maturity, kind);
}

int weir_add_whole_fractions(weir_compiler *c)
{
	int periods = c->plan->periods->count;
	weir_year_fraction *exact = weir_arena_array(c->plan->arena, (size_t)periods, sizeof *exact);
	if (!exact)
		return out_of_memory(c);
	for (int k = 0; k < periods; k++)
		exact[k] = (weir_year_fraction){ .numerator = 1, .denominator = 1 };
	return add_fraction_column(c, exact);
}

weir_list_item weir_list_item_new(int unpaid, int paid, int balance)
{
	return (weir_list_item){ .unpaid = unpaid, .paid = paid, .balance = balance, .due = -1, .scheduled = -1,
		                 .note = -1 };
}

int weir_add_items(weir_compiler *c, const weir_list_item *items, int count)
{
	weir_plan *plan = c->plan;
	size_t first = plan->item_count;
	for (int i = 0; i < count; i++) {
		if (!WEIR_GROW(plan->items, plan->item_count, plan->item_capacity))
			return out_of_memory(c);
		plan->items[plan->item_count++] = items[i];
	}
	return (int)first;
}

void *weir_compile_array(weir_compiler *c, int count, size_t size)
{
	void *items = weir_arena_array(c->plan->arena, (size_t)count + 1, size);
	if (!items)
		c->status = WEIR_NO_MEMORY;
	return items;
}

int weir_add_temporary_list(weir_compiler *c, int count, weir_type type)
{
	int first = -1;
	for (int i = 0; i < count && c->status == WEIR_OK; i++) {
		weir_list_item item = weir_list_item_new(weir_add_temporary(c, type), -1, -1);
		int number = weir_add_items(c, &item, 1);
		first = i ? first : number;
	}
	return first;
}

int weir_add_money(weir_compiler *c, double initial, weir_phase known_from, const char *id, const char *part)
{
	return weir_add_register(c, WEIR_TYPE_MONEY, initial, known_from, 0, "%s.%s", id, part);
}

int weir_zero(weir_compiler *c)
{
	return weir_add_constant_register(c, WEIR_TYPE_MONEY, 0);
}

double weir_unlimited(double cents)
{
	return cents < WEIR_CENTS_MAX ? cents : WEIR_CENTS_MAX;
}

int weir_emit_pair(weir_compiler *c, weir_opcode op, weir_type type, int a, int b)
{
	int value = weir_add_temporary(c, type);
	weir_emit_simple(c, op, value, a, b, -1);
	return value;
}

weir_instruction weir_instruction_new(weir_opcode op)
{
	weir_instruction i = {
		.op = op, .mask = -1, .fraction = -1, .constant = -1, .schedule = -1, .list = -1, .note = -1
	};
	for (int k = 0; k < WEIR_OPERANDS; k++)
		i.r[k] = -1;
	return i;
}

int weir_emit(weir_compiler *c, weir_instruction instruction)
{
	weir_program *program = &c->plan->programs[c->program];
	if (!WEIR_GROW(program->items, program->count, program->capacity))
		return out_of_memory(c);
	program->items[program->count] = instruction;
	return (int)program->count++;
}

int weir_emit_simple(weir_compiler *c, weir_opcode op, int r0, int r1, int r2, int r3)
{
	weir_instruction i = weir_instruction_new(op);
	i.r[0] = r0;
	i.r[1] = r1;
	i.r[2] = r2;
	i.r[3] = r3;
	return weir_emit(c, i);
}
