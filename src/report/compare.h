/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare.h: published results held against those of another run, cell by cell. */
#ifndef WEIR_REPORT_COMPARE_H
#define WEIR_REPORT_COMPARE_H

#include "report/results.h"

/* So many differences of one file are told; the others are counted. */
#define WEIR_DIFFERENCES_TOLD 20

/* One file's comparison. Zero-initialise but what stands first. */
typedef struct weir_comparison {
	weir_text *to;      /* a line for each difference */
	const char *file;   /* what the lines begin with */
	int may_add;        /* another engine ran: tables, columns and facts that only the run has are no differences */
	size_t differences;
} weir_comparison;

/* Tells a difference; the texts are what the published file has and what the run gives. `where` is a phrase: "row 3, column
 * \"coverage\"". NULL texts: it is not there. */
void weir_compare_tell(weir_comparison *comparison, const char *where, const char *published, const char *made);

/* Compares two trees: names, facts but the engine's version, disclosures, tables with their columns, rows and cells. Both
 * must come from weir_results_read_xml, so that what is written alike reads alike. */
weir_status weir_compare_results(weir_comparison *comparison, const weir_results *published, const weir_results *made);

/* Compares two CSV tables by their header lines and fields. */
weir_status weir_compare_csv(weir_comparison *comparison, const char *published, const char *made);

#endif
