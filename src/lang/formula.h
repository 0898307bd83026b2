/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula.h: the typed formula language: text in, a typed tree out; names resolve through the caller. */
#ifndef WEIR_LANG_FORMULA_H
#define WEIR_LANG_FORMULA_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/money.h"
#include "base/source.h"
#include "base/text.h"

/* Values are typed. In a tree every value is a double: money in cents, rates natural, dates as serial days,
 * flags 0 or 1, spans as a number of their unit. */
typedef enum weir_type {
	WEIR_TYPE_ERROR, /* already complained about: agrees with everything, so one fault is told once */
	WEIR_TYPE_MONEY,
	WEIR_TYPE_RATE, /* a rate or ratio written with % or bp, or the name of one */
	WEIR_TYPE_NUMBER,
	WEIR_TYPE_DATE,
	WEIR_TYPE_FLAG,
	WEIR_TYPE_DAYS,  /* a span: "10 days" */
	WEIR_TYPE_MONTHS /* a span: "6 months", "1 year" */
} weir_type;

/* X(name, what it does). Operands are the node's arguments in order; every operation is total over doubles
 * except division, whose zero divisor gives 0 and a remark in the trace (documented in docs/formulas). */
#define WEIR_OPERATION_LIST(X)                                                                              \
	X(CONSTANT, "the node's value")                                                                     \
	X(NAME, "the value of the caller's symbol")                                                         \
	X(NEGATE, "- a")                                                                                    \
	X(ADD, "a + b; a date + months is clipped to the month's end")                                      \
	X(SUBTRACT, "a - b; the same for a date - months")                                                  \
	X(MULTIPLY, "a * b")                                                                                \
	X(DIVIDE, "a / b")                                                                                  \
	X(MIN, "least of the arguments")                                                                    \
	X(MAX, "greatest of the arguments")                                                                 \
	X(ABS, "|a|")                                                                                       \
	X(ROUND, "a rounded half away from zero to the constant b decimals (of the currency for money)")    \
	X(IF, "a ? b : c")                                                                                  \
	X(EQUAL, "a = b")                                                                                   \
	X(NOT_EQUAL, "a != b")                                                                              \
	X(LESS, "a < b")                                                                                    \
	X(AT_MOST, "a <= b")                                                                                \
	X(GREATER, "a > b")                                                                                 \
	X(AT_LEAST, "a >= b")                                                                               \
	X(AND, "a and b")                                                                                   \
	X(OR, "a or b")                                                                                     \
	X(NOT, "not a")                                                                                     \
	X(PREVIOUS, "a at the end of the last period; b = value before the first")                          \
	X(TRAILING, "a now + a at the ends of the last (constant b) - 1 periods; c = value of each period " \
	            "before the first")                                                                     \
	X(CUMULATIVE, "a now + a at the ends of all earlier periods + b")

typedef enum weir_operation {
#define WEIR_OPERATION_ENUM(name, text) WEIR_OP_##name,
	WEIR_OPERATION_LIST(WEIR_OPERATION_ENUM)
#undef WEIR_OPERATION_ENUM
	WEIR_OPERATION_COUNT
} weir_operation;

typedef struct weir_expression weir_expression;
struct weir_expression {
	weir_operation op;
	weir_type type;
	int count; /* arguments; MIN and MAX take two here (longer lists are nested to the left) */
	weir_expression *arguments[3];
	double value;         /* CONSTANT; ROUND: its decimals in the tree's unit, so that -2 is whole yuan */
	weir_decimal decimal; /* CONSTANT: exact, in the tree's unit (money in cents, rates natural) */
	const char *unit;     /* CONSTANT: currency as written, "" for other units; NULL: a bare number */
	int symbol;           /* NAME: the caller's number */
	int exact;            /* money that is whole cents by construction: needs no rounding check */
	int depth;            /* nodes on the longest way down, 1 for a leaf; at most WEIR_FORMULA_DEPTH */
	int size;             /* nodes, with inlined formulas; at most WEIR_FORMULA_SIZE */
	weir_place place;     /* the span of the node's text in the source */
};

/* Limits, so that a formula can be walked recursively and in bounded time. */
#define WEIR_FORMULA_BYTES 4096 /* length of the text */
#define WEIR_FORMULA_NESTING 64 /* parentheses, calls, signs and "not" inside one another */
#define WEIR_FORMULA_DEPTH 500  /* depth of a tree, with the formulas it names */
#define WEIR_FORMULA_SIZE 65536 /* nodes of a tree, with the formulas it names */
#define WEIR_FORMULA_ARGUMENTS 64

/* What a name stands for. A name may stand for several values (classes.senior.balance): the caller then sums
 * them in one symbol of its own. */
typedef struct weir_symbol {
	int number; /* the caller's; kept in NAME nodes */
	weir_type type;
	/* Not NULL: a declared formula, whose tree stands in the name's place. Nodes made by the caller may leave
	 * depth and size 0. */
	const weir_expression *inlined;
} weir_symbol;

/* How names and the caller's own functions resolve. Each returns 1 and fills `out`, or 0 when it does not
 * know the name, or -1 when it has complained itself (the node becomes WEIR_TYPE_ERROR without another
 * message). */
typedef struct weir_resolver {
	void *context;
	/* A dotted name such as "classes.senior.balance"; `place` is its span, for the caller's own
	 * complaints. */
	int (*name)(void *context, const char *name, size_t length, weir_place place, weir_symbol *out);
	/* A function of the caller: next_interest(A), share(L01), top(5), at(A.balance, 2024-06-20). Arguments are
	 * single names, whole numbers or dates, given as text. */
	int (*call)(void *context, const char *function, size_t function_length, const char *const *arguments,
	            const size_t *lengths, int count, weir_place place, weir_symbol *out);
	/* Candidates for "did you mean", may be NULL. */
	const char *const *known;
	size_t known_count;
	/* The caller's functions, for "did you mean"; may be NULL. */
	const char *const *functions;
	size_t function_count;
	int currency_digits;
	const char *currency; /* "CNY"; amounts in another currency are then refused. NULL: any is taken as
	                         the deal's */
} weir_resolver;

/* 1 when `name` can stand as one part of a name in a formula: a letter or "_", then letters, digits or "_",
 * and no word of the language ("and", "is", "above" ...). Letters are those of any script. Ids of a deal must
 * pass this. */
int weir_formula_is_name(const char *name, size_t length);

/* 1 when a formula names a thing by its id, or a part of it ("A" in "A.balance", "accelerate" in "not accelerate", but
 * not "rate"). */
int weir_formula_names(const char *text, const char *id);

/* Parses and types `text` (decoded; its raw bytes are at `place`, see weir_place_inside) and wants `wanted`
 * (WEIR_TYPE_ERROR: anything). A bare number becomes the wanted money or days; a rate and a number stand in
 * for each other (the node keeps its own type). Complains into `diags` with the place inside the formula; all
 * faults of a formula are reported at once where that makes sense. WEIR_INPUT when it complained (then *out
 * is NULL); WEIR_NO_MEMORY. The tree lives in `arena`; a name that stands for a declared formula shares that
 * formula's nodes. */
weir_status weir_formula_parse(const weir_expression **out, weir_arena *arena, const weir_sources *sources,
                               const char *text, weir_place place, weir_type wanted,
                               const weir_resolver *resolver, weir_diags *diags);

/* Reads the value of a symbol while evaluating. */
typedef double (*weir_symbol_value)(void *context, int symbol);
/* Reads what PREVIOUS, TRAILING and CUMULATIVE remember; NULL when the caller's formulas have none.
 * Gives the value of the whole node. */
typedef double (*weir_history_value)(void *context, const weir_expression *node);

/* 1 when a comparison (EQUAL ... AT_LEAST) needs no care, because both sides are names, constants, exact
 * money, dates, spans or flags: doubles are compared as they are. */
int weir_formula_is_plain(const weir_expression *comparison);

/* 1 when the order of a and b, both of `type`, may hang on their rounding errors. A comparison that is not
 * plain is then decided in quadruple precision: weir_formula_evaluate_quad of the comparison gives 0 or 1. */
int weir_formula_is_close(weir_type type, double a, double b);

/* -1, 0 or 1 as a is below, at or above b. What differs by less than 1e-20 of the larger (or of 1) is the
 * same: 1 - 5% - 95% is 0, and 7% of 100.00 is 7.00. */
int weir_formula_compare_quad(weir_quad a, weir_quad b);

/* Evaluates a tree over single values in double precision, in the same order as the engine. Comparisons that
 * are close and the arguments of ROUND are decided in quadruple precision. */
double weir_formula_evaluate(const weir_expression *expression, weir_symbol_value value,
                             weir_history_value history, void *context);

/* The same in quadruple precision: decides ties (base/money.h). Constants are taken exactly; so are the
 * values of names and histories of rates and numbers, where they are decimals of at most 12 places. */
weir_quad weir_formula_evaluate_quad(const weir_expression *expression, weir_symbol_value value,
                                     weir_history_value history, void *context);

/* The value in double precision with a bound on how far it is from the exact one, for trees without histories; the bound is
 * INFINITY where none is known (dates, ROUND, a divisor that may be 0). Running error analysis: N. J. Higham, Accuracy
 * and Stability of Numerical Algorithms, 2nd edition, section 3.3. */
double weir_formula_evaluate_bounded(const weir_expression *expression, weir_symbol_value value, void *context,
                                     double *error);

/* "money", "rate", … for messages. */
const char *weir_type_text(weir_type type);

/* Writes the formula back in normal form ("min(A.balance, 2 * B.balance)"), with `name` giving the text of
 * each symbol (and, for `why`, its value: the caller decides). */
typedef void (*weir_symbol_text)(void *context, int symbol, weir_type type, weir_text *to);
void weir_formula_write(const weir_expression *expression, int currency_digits, weir_symbol_text name,
                        void *context, weir_text *to);

#endif
