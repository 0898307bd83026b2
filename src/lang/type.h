/* SPDX-License-Identifier: GPL-3.0-or-later */
/* type.h: what the files that give types to a formula share. Internal to lang. */
#ifndef WEIR_LANG_TYPE_H
#define WEIR_LANG_TYPE_H

#include "base/arena.h"
#include "lang/formula.h"
#include "lang/lex.h"
#include "lang/parse.h"

/* One formula in the making. Functions below that give a node return NULL only when memory is short; after a
 * complaint they return &error, whose type agrees with everything. */
typedef struct weir_typing {
	const weir_formula_text *source;
	weir_arena *arena;
	const weir_resolver *resolver;
	weir_expression error;
} weir_typing;

#define weir_typing_complain(t, code, start, end, ...) \
	weir_diag_error((t)->source->diags, code, weir_lex_place((t)->source, start, end), __VA_ARGS__)

/* The text of a piece of the formula, for a message within the same statement. */
#define WEIR_QUOTE(t, syntax) (weir_lex_quote((t)->source, (syntax)->start, (syntax)->end).text)

/* The node of any syntax. */
weir_expression *weir_typing_node(weir_typing *t, const weir_syntax *syntax);

/* A node with up to three arguments (NULL ends them). Any argument of type ERROR gives &error. */
weir_expression *weir_typing_operation(weir_typing *t, const weir_syntax *syntax, weir_operation op,
                                       weir_type type, weir_expression *a, weir_expression *b,
                                       weir_expression *c);

/* A node for what the resolver found. */
weir_expression *weir_typing_symbol(weir_typing *t, const weir_syntax *syntax, const weir_symbol *symbol);

/* A constant in the tree's unit; `unit` as in weir_expression. */
weir_expression *weir_typing_constant(weir_typing *t, const weir_syntax *syntax, weir_type type,
                                      weir_decimal decimal, const char *unit);

/* The node of a number, date or flag as written. */
weir_expression *weir_typing_literal(weir_typing *t, const weir_syntax *syntax);

/* The node of a call: a built-in function or one of the caller's. */
weir_expression *weir_typing_call(weir_typing *t, const weir_syntax *syntax);

/* A number written without a unit. */
int weir_typing_is_bare(const weir_expression *e);

/* A whole number written without a unit; gives it. */
int weir_typing_is_whole(const weir_expression *e, int64_t *whole);

/* Turns a bare number into a value of `type`, or complains and returns 0. */
int weir_typing_adopt(weir_typing *t, const weir_syntax *syntax, weir_expression *bare, weir_type type);

/* The type that `count` values next to each other have; bare numbers take it on. The syntaxes are a list from
 * `first`. ERROR after a complaint ("...: they cannot be <deed>"), or when one is. */
weir_type weir_typing_unify(weir_typing *t, const weir_syntax *first, weir_expression **values, int count,
                            const char *deed);

/* "money", "a rate", ... for messages. */
const char *weir_typing_kind(weir_type type);

#endif
