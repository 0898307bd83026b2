/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format.h: plain values as a reader wants them: 1,234,567.89, 3.59%, a real minus sign. */
#ifndef WEIR_REPORT_FORMAT_H
#define WEIR_REPORT_FORMAT_H

#include "base/text.h"
#include "report/document.h"

/* What an empty cell shows: an en dash. */
#define WEIR_EMPTY_MARK "\xE2\x80\x93"

/* Appends the plain decimal `value` (as in results.xml) with thousands separators; a rate in percent with a sign.
 * Rounds in decimal, half away from zero, to `decimals` (-1: all it has); with `at_least`, digits beyond are kept.
 * What is not a decimal is appended as it is. */
void weir_format_decimal(weir_text *to, const char *value, int is_rate, int decimals, int at_least);

/* Appends a cell's value: text is left to the writer, an empty cell is WEIR_EMPTY_MARK. */
void weir_format_cell(weir_text *to, const weir_doc_cell *cell);

/* What a cell prints, in every format: its words, its value, or WEIR_EMPTY_MARK; in the arena. NULL when memory is
 * short. */
const char *weir_format_cell_words(weir_arena *arena, const weir_doc_cell *cell);

/* Whether a column of the type stands at the right: numbers do. */
int weir_format_stands_right(weir_cell_type type);

/* -1, 0 or 1 as the value is below, at or above zero; 1 for texts, dates and empty cells. */
int weir_format_sign(const weir_doc_cell *cell);

/* The decimal value as a double, for drawing; 0 when it is none. */
double weir_format_number(const char *value);

#endif
