/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lex.h: a formula's text as tokens. Internal to lang. */
#ifndef WEIR_LANG_LEX_H
#define WEIR_LANG_LEX_H

#include "base/diag.h"
#include "base/source.h"
#include "base/status.h"

/* One formula's text and where it stands; offsets below count its (decoded) bytes. */
typedef struct weir_formula_text {
	const char *text;
	size_t length;
	weir_place place;
	const weir_sources *sources; /* may be NULL: then every place is that of the whole formula */
	weir_diags *diags;
} weir_formula_text;

/* X(name, text for messages) */
#define WEIR_TOKEN_LIST(X)               \
	X(END, "the end of the formula") \
	X(NUMBER, "a number")            \
	X(DATE, "a date")                \
	X(NAME, "a name")                \
	X(PLUS, "+")                     \
	X(MINUS, "-")                    \
	X(TIMES, "*")                    \
	X(DIVIDE, "/")                   \
	X(PERCENT, "%")                  \
	X(OPEN, "(")                     \
	X(CLOSE, ")")                    \
	X(COMMA, ",")                    \
	X(EQUAL, "=")                    \
	X(NOT_EQUAL, "!=")               \
	X(LESS, "<")                     \
	X(AT_MOST, "<=")                 \
	X(GREATER, ">")                  \
	X(AT_LEAST, ">=")

typedef enum weir_token_kind {
#define WEIR_TOKEN_ENUM(name, text) WEIR_TOKEN_##name,
	WEIR_TOKEN_LIST(WEIR_TOKEN_ENUM)
#undef WEIR_TOKEN_ENUM
} weir_token_kind;

typedef struct weir_token {
	weir_token_kind kind; /* PERCENT is the per-mille sign too: the text tells them apart */
	size_t start, end;
} weir_token;

/* Reads the token at or behind `*at` and moves `*at` behind it. Names come with their dots; dates look like
 * dates but need not exist. WEIR_INPUT when it complained. */
weir_status weir_lex_next(const weir_formula_text *source, size_t *at, weir_token *out);

/* 1 when the bytes from `start` to `end` are `word`. */
int weir_lex_is(const weir_formula_text *source, size_t start, size_t end, const char *word);

/* 1 when the bytes are a word of the language, which cannot be a name. */
int weir_lex_is_reserved(const char *text, size_t length);

/* The place of the bytes from `start` to `end`. */
weir_place weir_lex_place(const weir_formula_text *source, size_t start, size_t end);

/* A piece of the formula for a message: one line, shortened. */
typedef struct weir_quote {
	char text[72];
} weir_quote;

weir_quote weir_lex_quote(const weir_formula_text *source, size_t start, size_t end);

#endif
