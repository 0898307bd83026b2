/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listing.c: a plan and its instructions as a person reads them. */
#include <stdio.h>
#include <string.h>

#include "engine/plan_int.h"

static const struct {
	const char *name, *access, *equation;
} opcodes[] = {
#define WEIR_INSTRUCTION(name, access, equation) { #name, access, equation },
#include "engine/ops.def"
#undef WEIR_INSTRUCTION
};

const char *weir_opcode_equation(weir_opcode op)
{
	return opcodes[op].equation;
}

int weir_opcode_access(weir_opcode op, int operand)
{
	const char *access = opcodes[op].access;
	if ((size_t)operand >= strlen(access))
		return 0;
	return access[operand] == 'r' ? 1 : access[operand] == 'w' ? 2 : access[operand] == 'b' ? 3 : 0;
}

const char *weir_opcode_name(weir_opcode op)
{
	return opcodes[op].name;
}

void weir_plan_write_value(const weir_plan *plan, weir_type type, double value, weir_text *to)
{
	char buffer[WEIR_CENTS_TEXT];
	switch (type) {
	case WEIR_TYPE_MONEY:
		weir_cents_format_grouped(weir_round_half_away(value), plan->deal->currency_digits, buffer);
		weir_text_add(to, buffer);
		break;
	case WEIR_TYPE_RATE:
		weir_text_printf(to, "%.10g%%", value * 100);
		break;
	case WEIR_TYPE_DATE:
		weir_text_add(to, weir_date_format((weir_date)value, buffer));
		break;
	case WEIR_TYPE_FLAG:
		weir_text_add(to, value != 0 ? "yes" : "no");
		break;
	default:
		weir_text_printf(to, "%.10g", value);
	}
}

int weir_is_temporary(const weir_plan *plan, int register_number)
{
	return register_number >= 0 && plan->registers[register_number].name &&
	       plan->registers[register_number].temporary;
}

static void write_register(const weir_plan *plan, int number, int is_result, const double *value,
                           const weir_teller *teller, weir_text *to)
{
	if (number < 0) {
		weir_text_add(to, "all");
		return;
	}
	const weir_register *reg = &plan->registers[number];
	if (teller && weir_is_temporary(plan, number)) {
		teller->temporary(teller->context, number, to);
		return;
	}
	if (reg->name)
		weir_text_add(to, reg->name);
	else
		weir_plan_write_value(plan, reg->type, reg->initial, to);
	if (value && reg->name && !is_result) {
		weir_text_add(to, " [");
		weir_plan_write_value(plan, reg->type, *value, to);
		weir_text_add(to, "]");
	}
}

static void write_fraction(const weir_plan *plan, const weir_instruction *i, int period, weir_text *to)
{
	if (i->fraction < 0 || period < 0) {
		weir_text_add(to, "year fraction");
		return;
	}
	const weir_year_fraction *f = &plan->fractions[i->fraction].exact[period];
	weir_text_printf(to, "%lld/%lld", (long long)f->numerator, (long long)f->denominator);
}

static void write_constant(const weir_plan *plan, const weir_instruction *i, int period, weir_text *to)
{
	if (i->constant < 0 || period < 0) {
		weir_text_add(to, "scheduled");
		return;
	}
	double value = plan->constants[i->constant][period];
	int money = i->op == WEIR_DO_TARGET || i->op == WEIR_DO_PLANNED;
	int number = i->op == WEIR_DO_BULLET || i->op == WEIR_DO_CHARGE_AMOUNT || i->op == WEIR_DO_YEARLY;
	weir_plan_write_value(plan,
	                      money  ? WEIR_TYPE_MONEY :
	                      number ? WEIR_TYPE_NUMBER :
	                               plan->registers[i->r[0]].type,
	                      value, to);
}

static void write_list(const weir_plan *plan, const weir_instruction *i, weir_text *to)
{
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &plan->items[i->list + k];
		int number = i->op == WEIR_DO_SHORTFALL ? item->paid :
		             item->unpaid >= 0          ? item->unpaid :
		             item->paid >= 0            ? item->paid :
		                                          item->balance;
		weir_text_add(to, k ? ", " : "");
		write_register(plan, number, 1, NULL, NULL, to);
	}
}

/* Whether %n names the result: the operand in front of the equation's first "=". */
static int is_result(const char *equation, const char *at)
{
	const char *equals = strstr(equation, " = ");
	return equals && at < equals;
}

/* Operand n; the amount owed in a payment that is the only one stands in what is due. */
static void write_operand(const weir_plan *plan, const weir_instruction *i, int n, int result, const double *values,
                          const weir_teller *teller, weir_text *to)
{
	if (i->op == WEIR_DO_PAY && n == 1 && i->once)
		n = 5;
	write_register(plan, i->r[n], result, values ? &values[n] : NULL, teller, to);
}

static int is_payment(weir_opcode op)
{
	return op == WEIR_DO_PAY || op == WEIR_DO_PAY_BALANCE || op == WEIR_DO_PAY_WHOLE || op == WEIR_DO_PAY_REST ||
	       op == WEIR_DO_PAY_PRO_RATA;
}

void weir_instruction_write(const weir_plan *plan, const weir_instruction *i, int period, const double *values,
                            const weir_teller *teller, weir_text *to)
{
	const char *equation = weir_opcode_equation(i->op);
	if (teller && weir_is_temporary(plan, i->r[0]) && strncmp(equation, "%0 = ", 5) == 0)
		equation += 5; /* a passing value has no name that a reader knows */
	for (const char *p = equation; *p; p++) {
		if (*p != '%' || !p[1]) {
			weir_text_append(to, p, 1);
			continue;
		}
		p++;
		if (*p >= '0' && *p <= '5')
			write_operand(plan, i, *p - '0', is_result(equation, p), values, teller, to);
		else if (*p == 'f')
			write_fraction(plan, i, period, to);
		else if (*p == 'c')
			write_constant(plan, i, period, to);
		else if (*p == 'm')
			write_list(plan, i, to);
		else if (i->op == WEIR_DO_SKIP_UNLESS)
			weir_text_printf(to, "%d", i->jump);
		else
			weir_text_printf(to, "%g", i->immediate);
	}
	if (i->r[4] >= 0 && is_payment(i->op)) {
		weir_text_add(to, ", at most ");
		write_register(plan, i->r[4], 0, values ? &values[4] : NULL, teller, to);
	}
	if (i->mask >= 0 && !teller) {
		weir_text_add(to, "  when ");
		write_register(plan, i->mask, 1, NULL, NULL, to);
	}
}

static const char *const phase_titles[] = {
	"at the closing: start values",
	"1-2 collect pool rows",
	"3 accrue classes, taxes and fees",
	"4 tests before the waterfall",
	"5-6 shortfall and support",
	"7 waterfall",
	"8 tests after the waterfall",
	"9 close the books",
	"subroutine: base of the fee on what is paid",
};

static void write_program(const weir_plan *plan, int program, weir_text *to)
{
	const weir_program *p = &plan->programs[program];
	weir_text_printf(to, "%s\n", phase_titles[program]);
	for (size_t k = 0; k < p->count; k++) {
		const weir_instruction *i = &p->items[k];
		weir_text_printf(to, "  %3zu %-15s ", k, weir_opcode_name(i->op));
		weir_instruction_write(plan, i, -1, NULL, NULL, to);
		if (i->note >= 0) {
			const weir_step_note *note = &plan->notes[i->note];
			weir_text_printf(to, "   ; %s%s%s%s%s", note->waterfall ? note->waterfall : "",
			                 note->step && *note->step ? " " : "", note->step ? note->step : "",
			                 note->clause ? ", clause " : "", note->clause ? note->clause : "");
		}
		weir_text_add(to, "\n");
	}
}

void weir_plan_write(const weir_plan *plan, weir_text *to)
{
	weir_text_printf(to, "plan of %s: %d registers, %d instructions a period, %d periods\n\n", plan->deal->node.id,
	                 weir_plan_register_count(plan), weir_plan_instruction_count(plan), plan->periods->count - 1);
	for (int program = 0; program <= WEIR_PROGRAM_SOLVE; program++)
		if (plan->programs[program].count)
			write_program(plan, program, to);
	weir_text_add(to, "\nparameters\n");
	for (size_t k = 0; k < plan->parameter_count; k++) {
		weir_text_printf(to, "  %s = ", plan->parameters[k].name);
		weir_plan_write_value(plan, plan->parameters[k].type, plan->parameters[k].value, to);
		weir_text_add(to, "\n");
	}
}
