/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reverse.h: the smallest sets of obligors whose default breaks a class (REPORTS.md D-10), found exactly.
 *
 * Sets are tried by rising size, every one of a size, until a size has sets that break the class. Nothing is assumed of
 * the deal: whether a default more can only hurt is not asked (a trap or a trigger can make it help), so no set is left
 * out. What is found has the smallest size, hence no part of it breaks the class; each listed set is run again by itself,
 * with each of the sets that have one obligor fewer, to show so, and with one more, to tell whether that can help. */
#ifndef WEIR_STUDY_REVERSE_H
#define WEIR_STUDY_REVERSE_H

#include "study/survival.h"
#include "study/variant.h"

/* With this many names there are 16,777,216 sets. */
#define WEIR_REVERSE_NAMES 24

/* Sets that are listed; more are only counted. */
#define WEIR_REVERSE_LISTED 256

typedef struct weir_reverse_terms {
	int class_number;              /* -1: all senior classes together */
	weir_survival survival;
	const weir_scenario *scenario; /* on top of which; NULL: the base case */
	int month;                     /* the names default so many months after the cut-off date; 0: on it */
	weir_variant variant;          /* zero: with support */
	int (*go_on)(void *context, double done); /* NULL, or asked between blocks: 0 stops. done: share of all sets */
	void *context;
} weir_reverse_terms;

typedef struct weir_reverse_set {
	int *obligors;      /* [size] of the pool's terms, rising */
	double share;       /* of the pool's promised receipts that they owe */
	int saviours;       /* obligors whose default on top of the set's lets the class survive again */
} weir_reverse_set;

typedef struct weir_reverse {
	int names;              /* obligors that owe something */
	int size;               /* of each set; 0: the class breaks without any default; -1: no set breaks it */
	size_t breaking;        /* sets of that size that break it */
	weir_reverse_set *sets; /* [listed] in order of their first, second … obligor */
	int listed;             /* all of them, or the first WEIR_REVERSE_LISTED */
	size_t tried;           /* sets run */
	int by_rows;            /* 1: sets' pool rows were added up from single obligors' rows; 0: each projected */
} weir_reverse;

/* Complaints: UNSUPPORTED when there are more than WEIR_REVERSE_NAMES names; OUT_OF_RANGE for the month.
 * WEIR_INTERRUPTED when go_on said so. WEIR_INTERNAL when a set run by itself contradicts the search. */
weir_status weir_reverse_find(weir_reverse *out, weir_arena *arena, const weir_plan *plan,
                              const weir_reverse_terms *terms, weir_diags *diags);

#endif
