/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsx.h: prints results as a spreadsheet: a sheet for each table, numbers as numbers, last steps as live formulas. */
#ifndef WEIR_REPORT_XLSX_H
#define WEIR_REPORT_XLSX_H

#include "report/document.h"
#include "report/results.h"
#include "report/style.h"

/* How a workbook is made. */
typedef struct weir_xlsx_options {
	const char *lang;      /* "en", "zh" or "both": of headings and words */
	const char *folder;    /* where a passing file may stand while the library writes; NULL: the system's */
	const char *created;   /* ISO date put in as the day of making; NULL: 1970-01-01. No clock is read */
	const weir_style *style; /* NULL: the usual one */
	const weir_document *document; /* whose charts, and tables, the workbook has; NULL: no charts, all tables */
	int all_tables;        /* the tables of the results all the same, and no others */
} weir_xlsx_options;

/* Appends the workbook to `out`: a sheet of contents, with the deal's facts and disclosures; a sheet a table, its head
 * frozen, columns named TABLE_COLUMN, totals and last steps (sheet_formulas.h) as formulas beside the values that weir
 * has found; the document's own tables; its charts, as far as a spreadsheet knows their kind, on a sheet, and their values
 * on another. Text never becomes a formula. The same results give the same bytes. WEIR_IO with a
 * complaint when the passing file cannot be written. */
weir_status weir_xlsx_write(weir_text *out, const weir_results *results, const weir_xlsx_options *options,
                            weir_diags *diags);

#endif
