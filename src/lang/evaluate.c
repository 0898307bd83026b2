/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lang/formula.h"
#include "time/date.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define SAME_QUAD 1e-20
#define CLOSE_RELATIVE 1e-9
#define CLOSE_RATIO 1e-6 /* errors that stay behind when large parts of a ratio cancel */
#define CLOSE_CENTS 1.0  /* the same for money, whose parts are larger */

/* Who knows the values of names. */
typedef struct reader {
	weir_symbol_value value;
	weir_history_value history;
	void *context;
} reader;

static double evaluate_double(const reader *r, const weir_expression *e);
static weir_quad evaluate_quad(const reader *r, const weir_expression *e);

static int is_plain_side(const weir_expression *e)
{
	if (e->op == WEIR_OP_CONSTANT || e->op == WEIR_OP_NAME)
		return 1;
	if (e->type == WEIR_TYPE_MONEY)
		return e->exact;
	return e->type != WEIR_TYPE_RATE && e->type != WEIR_TYPE_NUMBER;
}

int weir_formula_is_plain(const weir_expression *comparison)
{
	return is_plain_side(comparison->arguments[0]) && is_plain_side(comparison->arguments[1]);
}

int weir_formula_is_close(weir_type type, double a, double b)
{
	double larger = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
	double least = type == WEIR_TYPE_MONEY ? CLOSE_CENTS : CLOSE_RATIO;
	double margin = larger * CLOSE_RELATIVE;
	return fabs(a - b) <= (margin > least ? margin : least);
}

static weir_quad quad_size(weir_quad value)
{
	return value < 0 ? -value : value;
}

int weir_formula_compare_quad(weir_quad a, weir_quad b)
{
	weir_quad larger = quad_size(a) > quad_size(b) ? quad_size(a) : quad_size(b);
	if (quad_size(a - b) <= (weir_quad)SAME_QUAD * (larger > 1 ? larger : 1))
		return 0;
	return a < b ? -1 : a > b;
}

/* -1, 0 or 1 for a comparison that is not plain, or that is. */
static int order_double(const reader *r, const weir_expression *e, double a, double b)
{
	if (!weir_formula_is_plain(e) && weir_formula_is_close(e->arguments[0]->type, a, b))
		return weir_formula_compare_quad(evaluate_quad(r, e->arguments[0]),
		                                 evaluate_quad(r, e->arguments[1]));
	return (a > b) - (a < b);
}

static int order_quad(const reader *r, const weir_expression *e, weir_quad a, weir_quad b)
{
	if (!weir_formula_is_plain(e))
		return weir_formula_compare_quad(a, b);
	double x = evaluate_double(r, e->arguments[0]), y = evaluate_double(r, e->arguments[1]);
	return (x > y) - (x < y);
}

static int moves_by_months(const weir_expression *e)
{
	return e->type == WEIR_TYPE_DATE && e->arguments[1]->type == WEIR_TYPE_MONTHS;
}

/* Total: a date out of range moves to the nearest end of what weir accepts; no date stays none. */
static double add_months(double date, double months)
{
	if (date == WEIR_DATE_NONE)
		return date;
	int year, month, longest = (LAST_YEAR - FIRST_YEAR + 1) * 12;
	double first = weir_date_from_ymd(FIRST_YEAR, 1, 1), last = weir_date_from_ymd(LAST_YEAR, 12, 31);
	weir_date start = (weir_date)(!(date > first) ? first : date > last ? last : date);
	weir_date_to_ymd(start, &year, &month, NULL);
	int from = (year - FIRST_YEAR) * 12 + month - 1;
	int by = (int)(!(months > -longest) ? -longest : months > longest ? longest : months);
	int to = from + by < 0 ? 0 : from + by >= longest ? longest - 1 : from + by;
	return weir_date_add_months(start, to - from);
}

/* The rounded value is whole / power or whole x power, exactly computed before the last step: so ROUND always
 * looks at its argument in quadruple precision. Values too large to have decimals come back as they are. */
static double round_whole(weir_quad value, double decimals, double *power)
{
	*power = 1;
	for (double d = fabs(decimals); d > 0; d--)
		*power *= 10;
	weir_quad scaled = decimals < 0 ? value / (weir_quad)*power : value * (weir_quad)*power;
	if (!(quad_size(scaled) < (weir_quad)WEIR_CENTS_MAX))
		return NAN;
	return weir_round_quad(scaled);
}

static int is_ratio(const weir_expression *e)
{
	return e->type == WEIR_TYPE_RATE || e->type == WEIR_TYPE_NUMBER;
}

/* Constants that are whole in the tree's unit are exact in their double already. */
static weir_quad constant_quad(const weir_expression *e)
{
	if (!is_ratio(e))
		return (weir_quad)e->value;
	weir_quad power = 1;
	for (int i = 0; i < e->decimal.scale; i++)
		power *= 10;
	return (weir_quad)e->decimal.units / power;
}

static weir_quad read_quad(const weir_expression *e, double value)
{
	return is_ratio(e) ? weir_quad_from_decimal(value) : (weir_quad)value;
}

#define REAL double
#define EVALUATE evaluate_double
#define OPERATE operate_double
#define ORDER order_double
#define CONSTANT(e) ((e)->value)
#define READ(e, value) (value)
#include "lang/evaluate_in.h"

#define REAL weir_quad
#define EVALUATE evaluate_quad
#define OPERATE operate_quad
#define ORDER order_quad
#define CONSTANT(e) constant_quad(e)
#define READ(e, value) read_quad(e, value)
#include "lang/evaluate_in.h"

double weir_formula_evaluate(const weir_expression *expression, weir_symbol_value value,
                             weir_history_value history, void *context)
{
	const reader r = { value, history, context };
	return evaluate_double(&r, expression);
}

weir_quad weir_formula_evaluate_quad(const weir_expression *expression, weir_symbol_value value,
                                     weir_history_value history, void *context)
{
	const reader r = { value, history, context };
	return evaluate_quad(&r, expression);
}

#define UNIT_ERROR 0x1p-52 /* twice the unit roundoff: covers what the bounds themselves lose */

static double bounded(const reader *r, const weir_expression *e, double *error);

/* Two arguments and what their errors make of the result's. */
static double bounded_operation(const reader *r, const weir_expression *e, double *error)
{
	double ea, eb = 0, a = bounded(r, e->arguments[0], &ea),
		   b = e->count > 1 ? bounded(r, e->arguments[1], &eb) : 0;
	double result = operate_double(r, e, a, b);
	switch (e->op) {
	case WEIR_OP_ADD:
	case WEIR_OP_SUBTRACT:
		*error = ea + eb + UNIT_ERROR * fabs(result);
		break;
	case WEIR_OP_MULTIPLY:
		*error = fabs(a) * eb + fabs(b) * ea + ea * eb + UNIT_ERROR * fabs(result);
		break;
	case WEIR_OP_DIVIDE:
		*error =
			fabs(b) > eb ? (ea + fabs(result) * eb) / (fabs(b) - eb) + UNIT_ERROR * fabs(result) : INFINITY;
		break;
	case WEIR_OP_MIN:
	case WEIR_OP_MAX:
		*error = ea > eb ? ea : eb;
		break;
	case WEIR_OP_NEGATE:
	case WEIR_OP_ABS:
		*error = ea;
		break;
	default:
		*error = INFINITY;
	}
	return result;
}

static double bounded(const reader *r, const weir_expression *e, double *error)
{
	double value;
	switch (e->op) {
	case WEIR_OP_CONSTANT:
	case WEIR_OP_NAME:
		value = e->op == WEIR_OP_CONSTANT ? e->value : r->value(r->context, e->symbol);
		*error = is_ratio(e) ? UNIT_ERROR * fabs(value) : 0; /* money, spans and flags are whole */
		return value;
	case WEIR_OP_IF: /* conditions are decided exactly */
		return bounded(r, e->arguments[evaluate_double(r, e->arguments[0]) != 0 ? 1 : 2], error);
	default:
		if (e->type == WEIR_TYPE_MONEY || is_ratio(e))
			return bounded_operation(r, e, error);
		*error = INFINITY;
		return 0;
	}
}

double weir_formula_evaluate_bounded(const weir_expression *expression, weir_symbol_value value, void *context,
                                     double *error)
{
	const reader r = { value, NULL, context };
	return bounded(&r, expression, error);
}
