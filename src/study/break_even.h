/* SPDX-License-Identifier: GPL-3.0-or-later */
/* break_even.h: the largest stress a deal survives: a scan in blocks of lanes, then every crossing refined. */
#ifndef WEIR_STUDY_BREAK_EVEN_H
#define WEIR_STUDY_BREAK_EVEN_H

#include "study/survival.h"
#include "study/variant.h"
#include "study/vary.h"

/* What to search. Values of the varied number are whole multiples of its step (vary.h: a cent, a month, a day,
 * 1e-9), so that each is an exact decimal. */
typedef struct weir_break_even_terms {
	const char *vary;              /* any name that weir_block_knows; NULL: `shock` */
	const weir_shock *shock;       /* laid behind the scenario with the searched value as its value; of receipts that is
	                                  what is taken off, so that the factor is 1 less it */
	int class_number;              /* -1: all senior classes together */
	weir_survival survival;
	double from, to;               /* range, from < to; in the number's unit: money in cents, dates as day numbers */
	const weir_scenario *scenario; /* on top of which; NULL: the base case */
	weir_variant variant;          /* zero: with support */
} weir_break_even_terms;

/* One place where the outcome changes: at `below` it is one way, one step higher the other. */
typedef struct weir_crossing {
	double below;         /* the last value before the change */
	int survives_below;   /* 1: survives up to it and fails beyond; 0: the other way round */
	double defaulted_share; /* what in fact defaults at `below`, as weir_lane_defaulted_share */
} weir_crossing;

typedef struct weir_break_even {
	weir_crossing *crossings;  /* in rising order, in the arena */
	int count;
	int survives_from, survives_to; /* at the ends of the range */
	int monotone;              /* at most one crossing, and it survives below: "the largest stress" has one meaning */
	double largest;            /* the largest value up to which it survives without a break; NAN: fails at `from` */
	double largest_defaulted_share; /* as weir_crossing.defaulted_share, at `largest` */
	double step;               /* between neighbouring values */
} weir_break_even;

/* Complaints: UNKNOWN_PARAMETER, OUT_OF_RANGE. Two crossings closer than a 512th of the range may be missed; a range of
 * no more than 512 steps is searched in full. */
weir_status weir_break_even_find(weir_break_even *out, weir_arena *arena, const weir_plan *plan,
                                 const weir_break_even_terms *terms, weir_diags *diags);

#endif
