/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tree as text: fewest parentheses, units with every constant that was written with one. */
#include "lang/formula.h"
#include "time/date.h"

/* How tightly an operation binds; the same levels as the grammar in parse.c. */
typedef enum binding {
	BIND_OR = 1,
	BIND_AND,
	BIND_NOT,
	BIND_COMPARE,
	BIND_SUM,
	BIND_PRODUCT,
	BIND_SIGN,
	BIND_VALUE
} binding;

typedef struct writer {
	int currency_digits;
	weir_symbol_text name;
	void *context;
	weir_text *to;
} writer;

static void write_node(const writer *w, const weir_expression *e);

/* The sign, word or function of each operation, and how it binds. */
static const struct {
	const char *text;
	binding binds;
} forms[WEIR_OPERATION_COUNT] = {
	[WEIR_OP_CONSTANT] = { NULL, BIND_VALUE },
	[WEIR_OP_NAME] = { NULL, BIND_VALUE },
	[WEIR_OP_NEGATE] = { "-", BIND_SIGN },
	[WEIR_OP_ADD] = { " + ", BIND_SUM },
	[WEIR_OP_SUBTRACT] = { " - ", BIND_SUM },
	[WEIR_OP_MULTIPLY] = { " * ", BIND_PRODUCT },
	[WEIR_OP_DIVIDE] = { " / ", BIND_PRODUCT },
	[WEIR_OP_MIN] = { "min", BIND_VALUE },
	[WEIR_OP_MAX] = { "max", BIND_VALUE },
	[WEIR_OP_ABS] = { "abs", BIND_VALUE },
	[WEIR_OP_ROUND] = { "round", BIND_VALUE },
	[WEIR_OP_IF] = { "if", BIND_VALUE },
	[WEIR_OP_EQUAL] = { " = ", BIND_COMPARE },
	[WEIR_OP_NOT_EQUAL] = { " != ", BIND_COMPARE },
	[WEIR_OP_LESS] = { " < ", BIND_COMPARE },
	[WEIR_OP_AT_MOST] = { " <= ", BIND_COMPARE },
	[WEIR_OP_GREATER] = { " > ", BIND_COMPARE },
	[WEIR_OP_AT_LEAST] = { " >= ", BIND_COMPARE },
	[WEIR_OP_AND] = { " and ", BIND_AND },
	[WEIR_OP_OR] = { " or ", BIND_OR },
	[WEIR_OP_NOT] = { "not ", BIND_NOT },
	[WEIR_OP_PREVIOUS] = { "previous", BIND_VALUE },
	[WEIR_OP_TRAILING] = { "trailing", BIND_VALUE },
	[WEIR_OP_CUMULATIVE] = { "cumulative", BIND_VALUE },
};

/* The decimal x 10^shift, without zeros behind its last digit. */
static void write_decimal(weir_text *to, weir_decimal decimal, int shift)
{
	char reversed[64];
	int length = 0, scale = decimal.scale - shift;
	uint64_t units = decimal.units < 0 ? 0 - (uint64_t)decimal.units : (uint64_t)decimal.units;
	for (; scale > 0 && units % 10 == 0; scale--)
		units /= 10;
	if (decimal.units < 0)
		weir_text_add(to, "-");
	for (; scale < 0 && units > 0; scale++)
		reversed[length++] = '0';
	for (int places = 0; units > 0 || places <= scale || places == 0; places++) {
		if (places == scale && places > 0)
			reversed[length++] = '.';
		reversed[length++] = (char)('0' + units % 10);
		units /= 10;
	}
	while (length > 0)
		weir_text_append(to, &reversed[--length], 1);
}

static void write_money(const writer *w, const weir_expression *e)
{
	char buffer[40];
	if (!e->unit && e->value == 0) {
		weir_text_add(w->to, "0");
		return;
	}
	weir_cents_format(e->value, w->currency_digits, buffer);
	weir_text_add(w->to, buffer);
	if (e->unit && *e->unit)
		weir_text_printf(w->to, " %s", e->unit);
}

static void write_span(const writer *w, const weir_expression *e, const char *unit)
{
	write_decimal(w->to, e->decimal, 0);
	weir_text_printf(w->to, " %s%s", unit, e->value == 1 || e->value == -1 ? "" : "s");
}

static void write_constant(const writer *w, const weir_expression *e)
{
	char buffer[16];
	switch (e->type) {
	case WEIR_TYPE_MONEY:
		write_money(w, e);
		break;
	case WEIR_TYPE_RATE:
		write_decimal(w->to, e->decimal, 2);
		weir_text_add(w->to, "%");
		break;
	case WEIR_TYPE_DATE:
		weir_text_add(w->to, weir_date_format((weir_date)e->value, buffer));
		break;
	case WEIR_TYPE_FLAG:
		weir_text_add(w->to, e->value != 0 ? "yes" : "no");
		break;
	case WEIR_TYPE_DAYS:
		write_span(w, e, "day");
		break;
	case WEIR_TYPE_MONTHS:
		write_span(w, e, "month");
		break;
	default:
		write_decimal(w->to, e->decimal, 0);
	}
}

/* An operand, in parentheses when it binds less than `least`. */
static void write_operand(const writer *w, const weir_expression *e, binding least)
{
	int loose = forms[e->op].binds < least;
	weir_text_add(w->to, loose ? "(" : "");
	write_node(w, e);
	weir_text_add(w->to, loose ? ")" : "");
}

static void write_infix(const writer *w, const weir_expression *e)
{
	binding binds = forms[e->op].binds;
	/* the grammar repeats to the left, but does not repeat comparisons */
	write_operand(w, e->arguments[0], binds == BIND_COMPARE ? binds + 1 : binds);
	weir_text_add(w->to, forms[e->op].text);
	write_operand(w, e->arguments[1], binds + 1);
}

/* Whether min(min(a, b), c) reads the same as min(a, b, c): all of one kind, so that bare numbers stay what
 * they are. */
static int is_one_list(const weir_expression *e)
{
	const weir_expression *inner = e->arguments[0];
	if ((e->op != WEIR_OP_MIN && e->op != WEIR_OP_MAX) || inner->op != e->op)
		return 0;
	return inner->type == e->type && e->arguments[1]->type == e->type &&
	       inner->arguments[0]->type == e->type && inner->arguments[1]->type == e->type;
}

/* The arguments of a function, of which one list has room for `room`. */
static void write_arguments(const writer *w, const weir_expression *e, int room)
{
	for (int i = 0; i < e->count; i++) {
		weir_text_add(w->to, i > 0 ? ", " : "");
		if (i == 0 && room > e->count && is_one_list(e))
			write_arguments(w, e->arguments[0], room - 1);
		else
			write_node(w, e->arguments[i]);
	}
}

static void write_node(const writer *w, const weir_expression *e)
{
	switch (e->op) {
	case WEIR_OP_CONSTANT:
		write_constant(w, e);
		break;
	case WEIR_OP_NAME:
		w->name(w->context, e->symbol, e->type, w->to);
		break;
	case WEIR_OP_NEGATE:
	case WEIR_OP_NOT:
		weir_text_add(w->to, forms[e->op].text);
		write_operand(w, e->arguments[0], forms[e->op].binds);
		break;
	default:
		if (forms[e->op].binds != BIND_VALUE) {
			write_infix(w, e);
			break;
		}
		weir_text_add(w->to, forms[e->op].text);
		weir_text_add(w->to, "(");
		write_arguments(w, e, WEIR_FORMULA_ARGUMENTS);
		weir_text_add(w->to, ")");
	}
}

void weir_formula_write(const weir_expression *expression, int currency_digits, weir_symbol_text name,
                        void *context, weir_text *to)
{
	const writer w = { currency_digits, name, context, to };
	write_node(&w, expression);
}
