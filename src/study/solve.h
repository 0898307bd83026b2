/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve.h: one number until a formula over the outcome holds: a scan in blocks of lanes, then every solution
 * refined. */
#ifndef WEIR_STUDY_SOLVE_H
#define WEIR_STUDY_SOLVE_H

#include "study/block.h"
#include "study/metrics.h"
#include "study/variant.h"
#include "study/vary.h"

/* What to search. Values of the varied number are whole multiples of its step (vary.h: a cent, a month, a day,
 * 1e-9), so that each is an exact decimal. */
typedef struct weir_solve_terms {
	const char *vary;              /* any name that weir_block_knows */
	double from, to;               /* range, from < to; in the number's unit: cents, day numbers of dates */
	const weir_metric *until;      /* a flag */
	const weir_scenario *scenario; /* NULL: the base case */
	const weir_overlay *sets;      /* laid over every lane under the varied number: values[WEIR_LANES] each */
	int set_count;
	weir_variant variant;          /* zero: with support */
	int (*go_on)(void *context, double done); /* NULL, or asked between blocks: 0 stops the search. done: 0 to 1 */
	void *context;
} weir_solve_terms;

/* X(NAME, word) */
#define WEIR_SOLUTION_KINDS(X)                                                                                         \
	X(ROOT, "root")       /* the sides of an equation change order here, or are equal */                           \
	X(TOUCHES, "touches") /* they meet here, to the number's step, without changing order */                       \
	X(JUMP, "jump")       /* they change order at once, without coming near each other: no solution */             \
	X(BEGINS, "begins")   /* the first value at which a condition holds that did not hold before */                \
	X(CEASES, "ceases")   /* the last value at which it holds */                                                   \
	X(ALWAYS, "always")   /* it holds in the whole range */

typedef enum weir_solution_kind {
#define WEIR_SOLUTION_ENUM(name, word) WEIR_SOLUTION_##name,
	WEIR_SOLUTION_KINDS(WEIR_SOLUTION_ENUM)
#undef WEIR_SOLUTION_ENUM
	WEIR_SOLUTION_KIND_COUNT
} weir_solution_kind;

const char *weir_solution_word(weir_solution_kind kind);

/* Residuals are left less right side, in the unit of the sides (of dates: days); NAN without sides, and where a
 * side does not exist. */
typedef struct weir_solution {
	weir_solution_kind kind;
	double value;          /* of an equation: between from and to what the deal says, else the value with the fewest
	                          digits; of dates and months the first */
	double from, to;       /* of an equation: neighbouring values that solve it as well, as whole cents let many;
	                          of a condition: the interval in which it holds, of which `value` is an end */
	double residual;       /* at `value`: 0 where it is met exactly, else the least that its steps allow */
	double residual_below, residual_above; /* a step below `from` and above `to`; NAN beyond the range */
	double closing_gap_cents; /* what the closing brings less what it takes; where the pool would cost less than
	                             nothing, that. Not 0 when a size is varied and the price of the pool stands */
} weir_solution;

typedef struct weir_solve {
	weir_solution *items;  /* in rising order, in the arena */
	int count;
	int found;             /* of them, all but jumps */
	int refused;           /* solve the equation where the other conditions do not hold: not in `items` */
	int more;              /* not listed for want of room (WEIR_MOST_SOLUTIONS) */
	int scanned;           /* values of the scan */
	int scanned_all;       /* 1: they are all values of the range */
	double from, to;       /* the range as whole steps */
	double step;           /* between neighbouring values */
	double nearest, nearest_residual; /* where the sides come nearest, of all values tried; NAN without sides */
	int runs;              /* blocks */
} weir_solve;

#define WEIR_MOST_SOLUTIONS 1024

/* The search. 513 points over the range (all values of a range of no more). Of an equation, between neighbouring
 * points of opposite order: 64 points more, then around the root of the cubic through the nearest four (Brent's
 * method) until neighbouring values bracket it. Where the difference comes to a least without changing order: 64
 * points more, closer and closer, which finds two roots or one that touches. Of a condition: halving, 65 parts at a
 * time, where it changes; and of each comparison in it, where its sides change order or come nearest, so that an
 * interval between two neighbouring points is found when one of them does. Where none does (a condition of nothing
 * but flags, an interval between two jumps of a side) two changes closer than a 512th of the range may be missed;
 * nothing else about the shape of the outcome is assumed. Complaints: UNKNOWN_PARAMETER, OUT_OF_RANGE. WEIR_OK also
 * when nothing is found; WEIR_INTERRUPTED. */
weir_status weir_solve_find(weir_solve *out, weir_arena *arena, const weir_plan *plan, const weir_solve_terms *terms,
                            weir_diags *diags);

#endif
