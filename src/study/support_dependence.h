/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support_dependence.h: the classes with support, without it, and with each supporter failing (REPORTS.md D-9). */
#ifndef WEIR_STUDY_SUPPORT_DEPENDENCE_H
#define WEIR_STUDY_SUPPORT_DEPENDENCE_H

#include "study/stress.h"

typedef struct weir_support_dependence_terms {
	const weir_scenario *scenario; /* NULL: the base case */
	const int *months;             /* months after the cut-off date at which each supporter fails; none: 0 */
	int month_count;
	weir_survival survival;
} weir_support_dependence_terms;

typedef struct weir_support_dependence_row {
	weir_variant variant;
	weir_stress_row result;
} weir_support_dependence_row;

typedef struct weir_support_dependence {
	weir_support_dependence_row *rows; /* with support, without, every supporter in the deal's order, by month */
	int count;                         /* 1 when the deal has no support */
} weir_support_dependence;

/* Rows in `arena`. Complaints: OUT_OF_RANGE for a month. */
weir_status weir_support_dependence_find(weir_support_dependence *out, weir_arena *arena, const weir_plan *plan,
                                         const weir_support_dependence_terms *terms, weir_diags *diags);

#endif
