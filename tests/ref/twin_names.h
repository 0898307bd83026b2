/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin_names.h: what a name in a formula stands for, and its value now. */
#ifndef WEIR_TESTS_REF_TWIN_NAMES_H
#define WEIR_TESTS_REF_TWIN_NAMES_H

#include "ref/twin_int.h"

/* twin_symbol.kind */
enum {
	TWIN_OF_CLASSES, /* one class, or the sum over a group */
	TWIN_OF_FEE,
	TWIN_OF_SURCHARGE,
	TWIN_OF_ACCOUNT,
	TWIN_OF_POOL,
	TWIN_OF_DEAL,
	TWIN_TRIGGER,
	TWIN_OF_VALUE,
	TWIN_THE_PERIOD,
	TWIN_THE_DATE,
	TWIN_NEXT_INTEREST,
	TWIN_SHARE,
	TWIN_TOP,
	TWIN_OF_SUPPORT, /* and the rest: twin_names_support.c */
	TWIN_OF_COVER,
	TWIN_OF_PARTY,
	TWIN_OF_CALL,
	TWIN_OF_REVOLVING,
	TWIN_OF_SERVICING,
	TWIN_OF_LEVELS
};

/* twin_symbol.field */
enum {
	TWIN_BALANCE,
	TWIN_SIZE,
	TWIN_COUPON,
	TWIN_INTEREST_DUE,
	TWIN_INTEREST_UNPAID,
	TWIN_INTEREST_PAID,
	TWIN_PRINCIPAL_DUE,
	TWIN_PRINCIPAL_UNPAID,
	TWIN_PRINCIPAL_PAID,
	TWIN_YIELD_DUE,
	TWIN_YIELD_UNPAID,
	TWIN_YIELD_PAID,
	TWIN_REST_PAID,
	TWIN_DUE,
	TWIN_UNPAID,
	TWIN_PAID,
	TWIN_IS_PAID,
	TWIN_CHARGE,
	TWIN_RATE,
	TWIN_TARGET,
	TWIN_POOL_PRINCIPAL,
	TWIN_POOL_INCOME,
	TWIN_POOL_RECOVERED,
	TWIN_POOL_PREPAID,
	TWIN_POOL_DISPOSAL,
	TWIN_POOL_COLLECTED,
	TWIN_POOL_DEFAULTED,
	TWIN_POOL_DEFAULTED_TO_DATE,
	TWIN_POOL_SOLD,
	TWIN_POOL_INITIAL,
	TWIN_POOL_OVERDUE,
	TWIN_POOL_DEFAULT_RATE,
	TWIN_POOL_SCHEDULED_PRINCIPAL,
	TWIN_POOL_SCHEDULED_INCOME,
	TWIN_CUTOFF,
	TWIN_CLOSING,
	TWIN_START,
	TWIN_LEGAL_FINAL,
	TWIN_FIRST_PAYMENT,
	TWIN_LAST_PAYMENT,
	TWIN_MISSED
};

/* A word behind an id's dot. */
typedef struct twin_word {
	const char *text;
	weir_type type;
	int field;
} twin_word;

/* Keeps a symbol and gives it its number; with the field of a word of a list, 0 where the list has no such
 * word. Both give what a resolver gives. */
int twin_keep(twin *t, twin_symbol symbol, weir_type type, weir_symbol *out);
int twin_keep_word(twin *t, const twin_word *words, const char *text, twin_symbol symbol, weir_symbol *out);

/* twin_names_support.c */
int twin_resolve_support(twin *t, const char *head, const char *rest, weir_symbol *out);
int twin_resolve_plain_support(twin *t, const char *name, weir_symbol *out);
num twin_support_value(twin *t, const twin_symbol *s);

/* For weir_resolver; the context is the twin. */
int twin_resolve_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out);
int twin_resolve_call(void *context, const char *function, size_t function_length,
                      const char *const *arguments, const size_t *lengths, int count, weir_place place,
                      weir_symbol *out);

num twin_symbol_value(twin *t, int symbol);

#endif
