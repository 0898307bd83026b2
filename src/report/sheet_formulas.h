/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet_formulas.h: the last steps of tables that a spreadsheet can repeat: sums and differences of a row's columns,
 * and ratios of them. */
#ifndef WEIR_REPORT_SHEET_FORMULAS_H
#define WEIR_REPORT_SHEET_FORMULAS_H

#include "report/results.h"

#define WEIR_FORMULA_TERMS 10

/* column = (plus … - minus …) / divisor; NULL ends a list. */
typedef struct weir_sheet_formula {
	const char *table, *column;
	const char *plus[WEIR_FORMULA_TERMS], *minus[WEIR_FORMULA_TERMS];
	const char *divisor; /* NULL: 1 */
} weir_sheet_formula;

/* The formula of a column; NULL when it has none. */
const weir_sheet_formula *weir_sheet_formula_of(const char *table, const char *column);

/* What it gives in a row, in the results' units; NAN where a column is missing or empty or the divisor is 0. */
double weir_sheet_formula_value(const weir_sheet_formula *formula, const weir_table *table, size_t row);

/* Appends it as spreadsheet text; `reference` writes the cell of a column in the row. */
void weir_sheet_formula_write(const weir_sheet_formula *formula, const weir_table *table,
                              void (*reference)(void *context, int column, weir_text *to), void *context,
                              weir_text *to);

#endif
