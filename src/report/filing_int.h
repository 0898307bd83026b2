/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing_int.h: what the files that write prescribed reports share. */
#ifndef WEIR_REPORT_FILING_INT_H
#define WEIR_REPORT_FILING_INT_H

#include "report/filing.h"

/* A value before it is written: a text, or a number in the unit of its field's kind. */
typedef struct weir_filing_value {
	int present, is_rate; /* is_rate: of MEASURED, a percentage */
	const char *text;     /* NULL: the number */
	double number;
} weir_filing_value;

/* A receipt, or a payment. */
typedef struct weir_filing_line {
	const char *id, *item;
	double amount_cents, post_cents;
} weir_filing_line;

/* A value made of a number, and of a text. */
weir_filing_value weir_filing_number(double number); /* NAN: none */
weir_filing_value weir_filing_text(const char *text); /* NULL: none */

/* The number in a table's row; NAN where there is none. */
double weir_filing_cell(const weir_table *table, size_t row, const char *column);

/* The text by which a cell is known, or with `shown` the one that people read: English before Chinese; "" where it is empty. */
const char *weir_filing_word(const weir_table *table, size_t row, const char *column, int shown);

/* The row of table periods; -1 when the results do not have the period. */
long weir_filing_period_row(const weir_results *results, int period);

/* Days from the calculation date before the period's to it, for the first period to the next one; 0 when there is one period. */
int weir_filing_days(const weir_results *results, int period);

/* filing_measures.c: a measure of filing.h. WEIR_NO when there is none of that name. */
weir_status weir_filing_measure(weir_filing_value *out, const weir_results *results, int period, const char *name);

/* filing_items.c: the cash-flow lines, in `arena`. WEIR_INPUT with FOOTING when they do not end in the accounts' balances. */
weir_status weir_filing_lines(weir_filing_line **out, size_t *count, weir_arena *arena, const weir_results *results,
                              int period, weir_diags *diags);

/* The rows of table tests that are triggers of the period, in `arena`. */
weir_status weir_filing_tests(size_t **rows, size_t *count, weir_arena *arena, const weir_results *results, int period);

/* A value of such a row: id, description, threshold, value, hit, cure, frequency or consequence; texts in `arena`. WEIR_NO when
 * there is none of that name. */
weir_status weir_filing_test(weir_filing_value *out, weir_arena *arena, const weir_results *results, size_t row, int period,
                             const char *name);

#endif
