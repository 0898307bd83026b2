/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_text.h: a table as lines for a terminal. */
#ifndef WEIR_REPORT_TABLE_TEXT_H
#define WEIR_REPORT_TABLE_TEXT_H

#include "report/results.h"

/* Columns side by side under their ids, amounts with separators, rates in percent, words by their keys. A column that is
 * empty throughout is left out; of more than `most_rows` rows the first ones are written, and a line says how many there
 * are in all. */
void weir_table_write_text(const weir_table *table, int currency_digits, size_t most_rows, weir_text *to);

/* The same on its side: a line for each column that has a value in the row. */
void weir_table_write_record(const weir_table *table, size_t row, int currency_digits, weir_text *to);

/* Columns that a terminal gives a text: two for the wide letters of East Asia. */
int weir_text_columns(const char *text);

/* Appends a text with blanks behind it, or with `right` before it, so that it takes `width` columns. */
void weir_text_add_padded(weir_text *to, const char *text, int width, int right);

#endif
