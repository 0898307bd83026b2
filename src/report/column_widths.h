/* SPDX-License-Identifier: GPL-3.0-or-later */
/* column_widths.h: how the columns of a printed table share the width of a page. */
#ifndef WEIR_REPORT_COLUMN_WIDTHS_H
#define WEIR_REPORT_COLUMN_WIDTHS_H

/* What a column would like (everything on one line) and what it needs (its longest word or number). */
typedef struct weir_column_need {
	double natural, least;
} weir_column_need;

/* Takes in a text that is `wide` on one line and whose longest word is `narrow`. A text that may break wants room for
 * `comfort` before it does, or for all of it where it is shorter: Chinese breaks anywhere, but no one reads columns of
 * one character. */
void weir_column_need_add(weir_column_need *need, double wide, double narrow, double comfort);

/* The comfort of a text of this size, in points: four characters; two where the table had to be set small. */
double weir_column_comfort(double size);

/* Whether the columns fit when each has what it needs. */
int weir_columns_fit(const weir_column_need *needs, int count, double width);

/* Shares the width: what is needed first; beyond it every column grows with the square root of what it would like,
 * until it stands on one line: short texts do not wrap, and a long one gets more room than others, but not all of it.
 * Where all fits on one line, tables of more than four columns, or that nearly fill the line, are spread over all of
 * it; others stay as narrow as they are. widths[count]; gives their sum. */
double weir_columns_share(double *widths, const weir_column_need *needs, int count, double width);

#endif
