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

/* An amount that is not what it should be. */
void weir_foot_complain(weir_footing *foot, const weir_table *table, size_t row, const char *what, double expected,
                        double found);

/* The number in a cell; 0 where it is empty, or there is no such column. */
double weir_foot_amount(const weir_table *table, size_t row, const char *column);

/* foot_studies.c: the tables of studies. */
void weir_foot_studies(weir_footing *foot);

/* foot_life.c: forecast against actual. */
void weir_foot_life(weir_footing *foot);

/* foot_flows.c: the tables that charts draw. */
weir_status weir_foot_flows(weir_footing *foot);

/* foot_key.c: the tables of the key investor sheet. */
void weir_foot_key(weir_footing *foot);

/* foot_ledgers.c: the ledgers of an asset operation report and what a 10-D itemises. */
weir_status weir_foot_ledgers(weir_footing *foot);

/* foot_servicing.c: the tables of the holders' reports. */
weir_status weir_foot_servicing(weir_footing *foot);

/* foot_stress.c: the stress-test appendix and the tables by scenario. */
void weir_foot_stress(weir_footing *foot);

/* foot_offering.c: the tables of a prospectus. */
void weir_foot_offering(weir_footing *foot);

#endif
