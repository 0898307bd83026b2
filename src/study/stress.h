/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stress.h: many scenarios at once: lists of them, and grids of varied numbers, one row each (REPORTS.md D-2). */
#ifndef WEIR_STUDY_STRESS_H
#define WEIR_STUDY_STRESS_H

#include "study/lane_figures.h"
#include "study/survival.h"
#include "study/variant.h"
#include "study/vary.h"

/* Most scenarios of one study. */
#define WEIR_STRESS_MOST 1000000

/* One number varied from `from` by `step` up to `to`, which is the last value where a step hits it; in the
 * number's unit (vary.h), each value a whole number of the unit's steps. */
typedef struct weir_stress_axis {
	const char *name;
	double from, to, step;
} weir_stress_axis;

/* One class in one scenario. Amounts in cents. */
typedef struct weir_stress_class {
	double interest_short, principal_short; /* unpaid at the end; principal not of residual classes */
	double missed_most;                /* most that was due and unpaid on one payment date */
	double interest, principal, rest;  /* paid in all */
	double wal_years;                  /* NAN when no principal was paid */
	weir_date first_principal, last_principal, first_short; /* WEIR_DATE_NONE where there is none */
	int survives;
} weir_stress_class;

/* One scenario. */
typedef struct weir_stress_row {
	int scenario;                      /* of terms->scenarios; 0 with none */
	const double *values;              /* [axes] */
	double inflow, defaulted, recovered;
	double coverage_min, coverage_total; /* NAN where nothing is due */
	double senior_interest_short, senior_principal_short;
	weir_date first_short;             /* of a senior class */
	double support_drawn;              /* support_in of all periods */
	double subordinated_paid;
	int missed;                        /* some senior amount was not paid when due */
	int survives;                      /* every senior class */
	const weir_stress_class *classes;  /* [classes] */
} weir_stress_row;

/* Every scenario is run with every combination of the axes' values. */
typedef struct weir_stress_terms {
	const weir_scenario *const *scenarios; /* NULL entries: the base case */
	int scenario_count;                    /* 0: the base case alone */
	const weir_stress_axis *axes;
	int axis_count;
	weir_variant variant;                  /* zero: with support */
	weir_survival survival;                /* what a class must do to pass */
	int (*go_on)(void *context, double done); /* NULL, or asked between blocks: 0 stops the study. done: share of all */
	void *context;
	/* NULL, or asked behind each block, while its run stands: rows[l] is what its lane l gave. WEIR_OK goes on. */
	weir_status (*look)(void *context, const weir_stress_row *rows, int count, const weir_lane_reader *reader);
	void *look_context;
} weir_stress_terms;

typedef struct weir_stress {
	weir_stress_row *rows; /* scenarios in order; in each, the last axis moves fastest */
	size_t count;
} weir_stress;

/* Rows in `arena`. The same terms give the same rows, whatever stands beside them in a block. Complaints:
 * UNKNOWN_PARAMETER, OUT_OF_RANGE. WEIR_INTERRUPTED when go_on said so. */
weir_status weir_stress_run(weir_stress *out, weir_arena *arena, const weir_plan *plan, const weir_stress_terms *terms,
                            weir_diags *diags);

#endif
