/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_breaks.h: between which of its rows a table goes over to the next page. */
#ifndef WEIR_REPORT_PDF_BREAKS_H
#define WEIR_REPORT_PDF_BREAKS_H

#include "report/document.h"

/* Rows and their heights in points. */
typedef struct pdf_rows {
	const weir_doc_row *rows;
	const double *heights;
	int count;
} pdf_rows;

/* Whether a page may end before a row (from 0): it leaves at least two rows above and three below, not the head of a
 * group without two of its rows, and takes two rows to the next page with a total. */
int pdf_may_break(const pdf_rows *table, int row);

/* The page that begins with the row `first` has `room` for rows: gives the row that begins the next page, the count
 * when all fit, and `first` when the table would have to break where it may not. */
int pdf_part_end(const pdf_rows *table, int first, double room);

/* What the first rows that may not be parted from each other take; at most of all rows. */
double pdf_first_rows(const pdf_rows *table);

#endif
