/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_search.h: the best point of a lattice among those that a test lets pass: local search from several starts, then
 * branch and bound over the whole lattice.
 *
 * Nothing is assumed of the test: points that pass may lie anywhere. What closes a part of the lattice is only the
 * caller's bound, which must hold for every point of it that passes. The best box by its bound is opened first; a box of
 * few points is tried point by point, each again by its own bound first. When no box is left whose bound is above the best
 * point, that point is proven; else the largest bound left and the best value enclose the optimum.
 *
 * Of points of the same value the coordinates decide, in an order that the caller gives: that too is proven. */
#ifndef WEIR_STUDY_STRUCTURE_SEARCH_H
#define WEIR_STUDY_STRUCTURE_SEARCH_H

#include <stdint.h>

#include "base/lanes.h"
#include "base/status.h"

/* Most coordinates of a point. */
#define WEIR_SEARCH_AXES 24

/* Most starts of one spread. */
#define WEIR_SEARCH_STARTS 16

/* A part of the lattice: every whole point with low <= x <= high. */
typedef struct weir_search_box {
	int64_t low[WEIR_SEARCH_AXES], high[WEIR_SEARCH_AXES];
} weir_search_box;

typedef struct weir_search_terms {
	int axes;                  /* 1 .. WEIR_SEARCH_AXES */
	weir_search_box all;       /* the whole lattice */
	void *context;

	/* values[c] of points[c] (count of them, 1 .. WEIR_LANES): NAN where it does not pass. Larger is better. A point whose
	 * value is below that of another one of the call which passes may be left out: NAN. */
	weir_status (*evaluate)(void *context, const int64_t (*points)[WEIR_SEARCH_AXES], int count, double *values);

	/* No point of the box that passes has a larger value; -INFINITY: none passes. */
	double (*bound)(void *context, const weir_search_box *box);

	int (*go_on)(void *context, double done); /* NULL, or asked now and then: 0 stops the search */
	void *go_on_context;

	int rank[WEIR_SEARCH_AXES];/* [ranked] axes that decide between points of the same value, the first one first: the larger
	                              coordinate is better; ~axis: the smaller */
	int ranked;
	int samples;               /* points spread over the lattice, of which */
	int starts;                /* the best that pass are climbed from; at most WEIR_SEARCH_STARTS */
	int64_t climb_points;      /* most points that one climb tries */
	int64_t proof_points;      /* most points that the proof tries, give or take a block */
	int64_t proof_boxes;       /* most boxes that it opens */
} weir_search_terms;

typedef struct weir_search {
	int found;                 /* some point passes */
	int64_t best[WEIR_SEARCH_AXES];
	double value;              /* of it; -INFINITY when none was found */
	double bound;              /* no point of the lattice is better */
	int proven;                /* none is better than `value`; without `found`: none passes */
	int starts;                /* climbed from */
	int64_t points, proof_points, boxes; /* tried in all; in the proof; boxes opened */
} weir_search;

/* Starts a search with nothing known. */
void weir_search_begin(weir_search *search);

/* Climbs from a point: to the best of its neighbours that is better, as long as there is one. Neighbours change one
 * coordinate by a power of two, or two coordinates against each other. From a point that does not pass it first goes
 * towards the lattice's low corner. */
weir_status weir_search_climb(weir_search *search, const weir_search_terms *terms, const int64_t *from);

/* Climbs from the best points of a sample spread over the lattice. */
weir_status weir_search_spread(weir_search *search, const weir_search_terms *terms);

/* Branch and bound from what is known, within the limits. WEIR_INTERRUPTED when go_on said so. */
weir_status weir_search_prove(weir_search *search, const weir_search_terms *terms);

#endif
