/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve_int.h: the inside of a search for solutions, for its own files: values tried, and changes narrowed. */
#ifndef WEIR_STUDY_SOLVE_INT_H
#define WEIR_STUDY_SOLVE_INT_H

#include <stdint.h>

#include "study/solve.h"

#define WEIR_SOLVE_SCAN 8 /* blocks of the scan, and one point */
#define WEIR_SOLVE_POINTS (WEIR_SOLVE_SCAN * WEIR_LANES + 1)
#define WEIR_SOLVE_KEPT (16 * WEIR_SOLVE_POINTS) /* points kept of a condition */
#define WEIR_SOLVE_TOGETHER (WEIR_LANES + 2) /* a block of points between two that are known */
#define WEIR_SOLVE_SMOOTH 1024 /* what a width of so many steps changes tells a jump from the steps of whole cents */

/* One value and its outcome. */
typedef struct weir_solve_point {
	int64_t step;
	double residual; /* 0 where an equation holds; NAN without sides, and where one does not exist */
	int holds;       /* the comparison, or the whole formula without one */
	int rest;        /* the other conditions */
} weir_solve_point;

typedef struct weir_solve_search {
	const weir_plan *plan;
	const weir_solve_terms *terms;
	weir_diags *diags;
	weir_solve *out;
	weir_block *block;
	weir_overlay *overlays; /* the sets, the varied number, the variant */
	int overlay_count;
	weir_overlay *settings; /* of them, the parameters of the plan; NULL when each block must project the pool */
	int setting_count;
	double *values;         /* [lanes] of the varied number */
	double steps_per_unit;
	int64_t from, to;
	int has_sides, is_equation;
	weir_type side_type;
	double nearest_by;      /* |residual| at the nearest */
	int64_t nearest;
	weir_solve_point *points; /* of the scan, with the ends of where the sides exist */
	int count;
	int part;               /* of a condition, the part whose sides are looked at; -1: those of the formula */
	int part_count;         /* comparisons inside a condition */
	double *parts;          /* [parts][WEIR_SOLVE_POINTS] their residuals at the points of the scan */
	weir_solve_point *kept; /* of a condition: the scan's points, then those beside which its outcome may change */
	int kept_count;
} weir_solve_search;

double weir_solve_value(const weir_solve_search *s, int64_t step);

/* -1, 0 or 1 as the left side is below, at or above the right; 0 where one does not exist. */
int weir_solve_sign(const weir_solve_point *p);

/* The outcome of the last block. */
weir_lane_reader weir_solve_reader(const weir_solve_search *s);

/* Runs one block of points, 1 .. WEIR_LANES, and reads their outcome. */
weir_status weir_solve_try(weir_solve_search *s, weir_solve_point *points, int count);

/* Tries up to 64 points evenly between two that are known, which become the first and the last of `out`, which
 * holds WEIR_SOLVE_TOGETHER. */
weir_status weir_solve_between(weir_solve_search *s, const weir_solve_point *low, const weir_solve_point *high,
                               weir_solve_point *out, int *count);

/* What changes between two points. */
typedef enum weir_solve_property {
	WEIR_SOLVE_IS_HOLDING,
	WEIR_SOLVE_IS_THERE,  /* the sides exist */
	WEIR_SOLVE_HAS_SIGN,
	WEIR_SOLVE_IS_EQUAL,  /* the residual is 0 */
	WEIR_SOLVE_IS_AS_NEAR /* |residual| is at most `as_near` */
} weir_solve_property;

/* Narrows *low and *high, which differ in a property, to neighbours: at *low it is as it was there, at *high
 * not. `change` (may be NULL) gets what the residual changed over the last stretch of WEIR_SOLVE_SMOOTH steps or
 * more. */
weir_status weir_solve_narrow(weir_solve_search *s, weir_solve_point *low, weir_solve_point *high,
                              weir_solve_property which, double as_near, double *change);

/* Adds a solution; residuals are read at the end. */
void weir_solve_add(weir_solve_search *s, weir_solution_kind kind, int64_t value, int64_t from, int64_t to);

/* In rising order, none twice; gives how many are left. */
int weir_solve_sort(weir_solve_point *points, int count);

/* --- of conditions: solve_condition.c ------------------------------------------------------------------------- */

/* Keeps points of a condition for its intervals. */
void weir_solve_keep(weir_solve_search *s, const weir_solve_point *points, int count);

/* Whether it holds at some of those kept, and at others not. */
int weir_solve_has_turned(const weir_solve_search *s);

/* Makes a part's residuals those of the points of the scan, and of all points tried from now on. */
void weir_solve_load_part(weir_solve_search *s, int part);

/* Keeps every two of the points between which the outcome changes, and the neighbours between which the sides change
 * order. */
weir_status weir_solve_turns(weir_solve_search *s, const weir_solve_point *points, int count);

/* Adds the intervals in which the condition holds, by the points kept. */
weir_status weir_solve_add_intervals(weir_solve_search *s);

#endif
