/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet_formats.h: how numbers look in a spreadsheet: as the same text that the other formats print. */
#ifndef WEIR_REPORT_SHEET_FORMATS_H
#define WEIR_REPORT_SHEET_FORMATS_H

#include "base/text.h"
#include "report/results.h"

/* How many decimals reports print of rates and numbers in a column: two of a rate, four of a number, and what the
 * templates say of some columns. With `at_least`, further digits are shown where there are any. */
typedef struct weir_sheet_decimals {
	int decimals, at_least;
} weir_sheet_decimals;

/* Those of a column by its id and type. */
weir_sheet_decimals weir_sheet_decimals_of(const char *column, weir_cell_type type);

/* Appends the format code of a type (ECMA-376, part 1, 18.8.31): thousands apart, negative numbers red with the minus
 * sign that reports use. `decimals` of MONEY are the currency's. */
void weir_sheet_format_write(weir_cell_type type, weir_sheet_decimals decimals, weir_text *to);

#endif
