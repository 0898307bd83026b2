/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin_int.h: what the twin's own files share. */
#ifndef WEIR_TESTS_REF_TWIN_INT_H
#define WEIR_TESTS_REF_TWIN_INT_H

#include "lang/formula.h"
#include "ref/number.h"
#include "ref/twin.h"

/* A formula of the deal, parsed. `money` formulas are rounded once, where they are used. */
typedef struct twin_formula {
	const weir_formula *source;
	const weir_expression *tree;
} twin_formula;

/* What a name in a formula stands for: see twin_formula.c. */
typedef struct twin_symbol {
	int kind, field;
	int index;          /* class, fee, account, trigger, obligor, number of obligors */
	const int *classes; /* a group */
	int class_count;
} twin_symbol;

/* previous, trailing, cumulative: one node, and the values its argument had at the ends of periods 1, 2 ...
 */
typedef struct twin_memory {
	const weir_expression *node;
	num *values; /* [periods] */
	num start;
} twin_memory;

struct twin {
	const weir_deal *deal;
	weir_arena *arena;
	weir_diags *diags; /* while it is made */
	twin_period *periods;
	int period_count;
	twin_receipt *receipts;
	int receipt_count, receipt_room;
	int64_t pool_principal;
	int64_t *obligor_cents; /* principal + income by the terms */
	int largest_obligor;
	int64_t **targets; /* [class][period] of target and planned classes, else NULL */
	int *value_state;  /* of declared formulas: 0 unread, 1 being read, 2 read */
	twin_formula *formulas;
	int formula_count, formula_room;
	twin_symbol *symbols;
	int symbol_count, symbol_room;
	twin_memory *memories;
	int memory_count, memory_room;

	/* the run */
	const weir_scenario *scenario;
	twin_row *rows;
	int period; /* now */
	twin_row *now;
	int ended; /* the waterfall was ended by a keep */
};

/* twin_periods.c */
weir_status twin_make_periods(twin *t);
num twin_fraction(const twin *t, weir_day_count rule, weir_date start, weir_date end, int period,
                  weir_date maturity);

/* twin_contracts.c and twin_royalty.c */
weir_status twin_make_receipts(twin *t);
weir_status twin_add_receipt(twin *t, int contract, int number, weir_date due, int64_t principal,
                             int64_t income);
weir_status twin_royalty_receipts(twin *t, int contract);

/* twin_pool.c */
int twin_collect_all(
	twin *t); /* fills the pool of every row; 0 and a message when it does not know the scenario */
int twin_period_of(const twin *t, weir_date due);

/* twin_names.c */
int *twin_group(const twin *t, const char *name, int *count); /* class numbers; NULL for no group */

/* twin_formula.c */
weir_status twin_read_formulas(twin *t);
num twin_value(twin *t, const weir_formula *formula);
int64_t twin_cents(twin *t, const weir_formula *formula);
int twin_holds(twin *t, const weir_formula *formula);
void twin_open_memory(twin *t);
void twin_close_memory(twin *t);

/* twin_classes.c */
weir_status twin_make_targets(twin *t);
num twin_coupon(const twin *t, int class, int period);
int64_t twin_next_interest(const twin *t, int class);
void twin_accrue_classes(twin *t);
int64_t twin_payable(const twin *t, int class, int64_t cash, int64_t due);
void twin_note_repayment(twin *t, int class, int64_t cents);

/* twin_fees.c */
void twin_accrue_fees(twin *t);
void twin_solve_fees(twin *t);

/* twin_waterfall.c */
void twin_choose_waterfall(twin *t);
void twin_pay_out(twin *t);

/* twin.c */
void twin_copy_row(const twin *t, twin_row *to, const twin_row *from);
twin_row *twin_make_rows(const twin *t, int count);
/* The value a scenario's <set name=…> gives to "ID.what"; NULL when it gives none. */
num twin_set_value(const twin *t, const char *id, const char *what);

#endif
