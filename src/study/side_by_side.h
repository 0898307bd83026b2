/* SPDX-License-Identifier: GPL-3.0-or-later */
/* side_by_side.h: two runs of what is nearly the same deal, held against each other: what each class gets, and when. */
#ifndef WEIR_STUDY_SIDE_BY_SIDE_H
#define WEIR_STUDY_SIDE_BY_SIDE_H

#include "study/measures.h"

/* Lane 0 of a run that recorded every register. */
typedef struct weir_side {
	const weir_plan *plan;
	const weir_run *run;
	const weir_pool_rows *rows;
	const weir_deal_figures *figures;
} weir_side;

/* What one class gets over its life; cents. */
typedef struct weir_side_class {
	double interest, principal, rest; /* interest with the capped yield */
	double paid;      /* all of it */
	double wal_years; /* of the principal that is paid; NAN when none is */
	double yield;     /* effective a year at the issue price; NAN when there is none */
	double unpaid;    /* at the end: principal (not of subordinated classes) and interest */
	double missed;    /* most that was due and unpaid on one payment date */
} weir_side_class;

void weir_side_class_read(weir_side_class *out, const weir_side *side, int class_number);

/* Taxes and fees paid over the whole life. */
double weir_side_charges(const weir_side *side);

/* How the payments of one run differ from those of another, by their adjusted dates. */
typedef struct weir_side_shift {
	double in_all;       /* what is paid more (less: negative) over the whole life, cents */
	double most;         /* by some date so much more, or less, had been paid: the sum that is largest in size */
	weir_date most_date; /* the first such date; WEIR_DATE_NONE when nothing differs */
	weir_date first;     /* the first date on which the payments differ; WEIR_DATE_NONE */
} weir_side_shift;

/* Taxes and fees, in the place of a class; and nobody, who gets nothing. */
#define WEIR_SIDE_CHARGES (-1)
#define WEIR_SIDE_NOBODY (-2)

/* `payee` is the number of a class in its own deal, or one of the above. */
void weir_side_shift_find(weir_side_shift *out, const weir_side *from, int from_payee, const weir_side *to, int to_payee);

#endif
