/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluate_in.h: the evaluator's body, included by evaluate.c once for each precision, so that both are one
 * text. Wants REAL, EVALUATE, OPERATE, ORDER, CONSTANT(e) and READ(e, value), and undefines them. */

/* Operations whose arguments are all evaluated; b is 0 for those with one. */
static REAL OPERATE(const reader *r, const weir_expression *e, REAL a, REAL b)
{
	switch (e->op) {
	case WEIR_OP_NEGATE:
		return -a;
	case WEIR_OP_ADD:
		return moves_by_months(e) ? add_months((double)a, (double)b) : a + b;
	case WEIR_OP_SUBTRACT:
		return moves_by_months(e) ? add_months((double)a, (double)-b) : a - b;
	case WEIR_OP_MULTIPLY:
		return a * b;
	case WEIR_OP_DIVIDE:
		return b == 0 ? 0 : a / b;
	case WEIR_OP_MIN:
		return b < a ? b : a;
	case WEIR_OP_MAX:
		return b > a ? b : a;
	case WEIR_OP_ABS:
		return a < 0 ? -a : a;
	case WEIR_OP_EQUAL:
		return ORDER(r, e, a, b) == 0;
	case WEIR_OP_NOT_EQUAL:
		return ORDER(r, e, a, b) != 0;
	case WEIR_OP_LESS:
		return ORDER(r, e, a, b) < 0;
	case WEIR_OP_AT_MOST:
		return ORDER(r, e, a, b) <= 0;
	case WEIR_OP_GREATER:
		return ORDER(r, e, a, b) > 0;
	case WEIR_OP_AT_LEAST:
		return ORDER(r, e, a, b) >= 0;
	case WEIR_OP_AND:
		return a != 0 && b != 0;
	case WEIR_OP_OR:
		return a != 0 || b != 0;
	case WEIR_OP_NOT:
		return a == 0;
	default:
		return 0;
	}
}

static REAL EVALUATE(const reader *r, const weir_expression *e)
{
	switch (e->op) {
	case WEIR_OP_CONSTANT:
		return CONSTANT(e);
	case WEIR_OP_NAME:
		return READ(e, r->value(r->context, e->symbol));
	case WEIR_OP_PREVIOUS:
	case WEIR_OP_TRAILING:
	case WEIR_OP_CUMULATIVE:
		return r->history ? READ(e, r->history(r->context, e)) : 0;
	case WEIR_OP_IF:
		return EVALUATE(r, e->arguments[EVALUATE(r, e->arguments[0]) != 0 ? 1 : 2]);
	case WEIR_OP_ROUND: {
		double power, decimals = e->value;
		weir_quad value = evaluate_quad(r, e->arguments[0]);
		double whole = round_whole(value, decimals, &power);
		if (whole != whole)
			return (REAL)value;
		return decimals < 0 ? (REAL)whole * (REAL)power : (REAL)whole / (REAL)power;
	}
	default: {
		REAL a = EVALUATE(r, e->arguments[0]);
		return OPERATE(r, e, a, e->count > 1 ? EVALUATE(r, e->arguments[1]) : 0);
	}
	}
}

#undef REAL
#undef EVALUATE
#undef OPERATE
#undef ORDER
#undef CONSTANT
#undef READ
