/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parse.h: a formula's grammar as a tree of what was written, before names and types. Internal to lang. */
#ifndef WEIR_LANG_PARSE_H
#define WEIR_LANG_PARSE_H

#include "base/arena.h"
#include "lang/formula.h"
#include "lang/lex.h"

typedef enum weir_syntax_kind {
	WEIR_SYNTAX_NUMBER, /* with or without a unit */
	WEIR_SYNTAX_DATE,
	WEIR_SYNTAX_FLAG, /* yes, no, true, false */
	WEIR_SYNTAX_NAME,
	WEIR_SYNTAX_IS_PAID, /* the operand is a NAME */
	WEIR_SYNTAX_CALL,    /* the name is the function, the operands its arguments */
	WEIR_SYNTAX_OPERATION
} weir_syntax_kind;

typedef struct weir_syntax weir_syntax;
struct weir_syntax {
	weir_syntax_kind kind;
	weir_operation op;           /* OPERATION */
	size_t start, end;           /* the whole, with its parentheses */
	size_t word_start, word_end; /* the number, date, flag, name or function */
	size_t unit_start, unit_end; /* NUMBER: its unit; equal when it has none */
	weir_syntax *first, *next;   /* operands, and the next operand of the parent */
	int count, depth;
};

/* Reads the whole text into a tree in `scratch`. WEIR_INPUT when it complained (once: what follows a syntax
 * error is guessing). */
weir_status weir_syntax_parse(weir_syntax **out, weir_arena *scratch, const weir_formula_text *source);

#endif
