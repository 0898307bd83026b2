/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_int.h: what the files that foot tables share. */
#ifndef WEIR_REPORT_FOOT_INT_H
#define WEIR_REPORT_FOOT_INT_H

#include "report/results.h"

/* What one pass of footing carries around. */
typedef struct weir_footing {
	const weir_results *results;
	weir_diags *diags;
	weir_arena *arena; /* keys of rows */
	size_t breaks;
} weir_footing;

/* The number in a cell; 0 where it is empty, or there is no such column. */
double weir_foot_amount(const weir_table *table, size_t row, const char *column);

/* foot_studies.c: the tables of studies. */
void weir_foot_studies(weir_footing *foot);

#endif
