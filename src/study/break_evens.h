/* SPDX-License-Identifier: GPL-3.0-or-later */
/* break_evens.h: many break-evens of rates in one go: the lanes of all searches share the blocks, and one run answers for
 * every class.
 *
 * Each search looks, from its mild end on, for the first of 512 equal steps at which a test fails, and narrows that step
 * down to 1e-9: the answer is that of break_even.h where a search there would call `largest`. Whether the test holds again
 * beyond it is not asked. A quick search takes 8 steps and narrows down to 1e-6, for pools whose runs take their time. */
#ifndef WEIR_STUDY_BREAK_EVENS_H
#define WEIR_STUDY_BREAK_EVENS_H

#include "study/block.h"
#include "study/survival.h"

/* What a class must do. */
typedef struct weir_limit_test {
	int class_number;    /* -1: all senior classes together; not for `paid_back` */
	weir_survival survival;
	double paid_back;    /* above 0: what it must be paid in all, in cents, and `survival` is not asked */
} weir_limit_test;

/* One rate from 0 to 1: laid behind the scenario as the value of a shock; of a factor on receipts what it takes off. */
typedef struct weir_limit_search {
	const weir_scenario *scenario; /* NULL: the base case */
	weir_shock shock;
	int from_above;                /* 1: the mild end is 1 (a recovery); 0: it is 0 (a loss) */
} weir_limit_search;

typedef struct weir_limit {
	double value;           /* the farthest from the mild end that the test holds without a break; NAN: not even there */
	int whole;              /* 1: it holds in the whole range */
	double defaulted_share; /* as weir_crossing.defaulted_share, at the value */
} weir_limit;

/* What is looked for. */
typedef struct weir_limit_terms {
	const weir_limit_search *searches;
	int search_count;
	const weir_limit_test *tests;
	int test_count;
	int quick;
} weir_limit_terms;

/* out[search * test_count + test]. Complaints as weir_block_run. */
weir_status weir_limits_find(weir_limit *out, weir_arena *arena, const weir_plan *plan, const weir_limit_terms *terms,
                             weir_diags *diags);

#endif
