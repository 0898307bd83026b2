/* SPDX-License-Identifier: GPL-3.0-or-later */
/* break_even.h: the largest stress a deal survives: a scan in blocks of lanes, then every crossing refined. */
#ifndef WEIR_STUDY_BREAK_EVEN_H
#define WEIR_STUDY_BREAK_EVEN_H

#include "study/block.h"

typedef enum weir_survival {
	WEIR_SURVIVE_BOTH,         /* nothing missed when due and nothing unpaid at the end */
	WEIR_SURVIVE_FIRST_MISSED, /* nothing missed when due */
	WEIR_SURVIVE_FIRST_LOSS    /* nothing unpaid at the end */
} weir_survival;

/* Steps of the varied number: values are whole multiples of this, so that each is an exact decimal. */
#define WEIR_BREAK_EVEN_STEP 1e-9

typedef struct weir_break_even_terms {
	const char *vary;              /* "haircut" or a rate parameter of the plan */
	int class_number;              /* -1: all senior classes together */
	weir_survival survival;
	double from, to;               /* range, from < to */
	const weir_scenario *scenario; /* on top of which; NULL: the base case */
} weir_break_even_terms;

/* One place where the outcome changes: at `below` it is one way, one step higher the other. */
typedef struct weir_crossing {
	double below;      /* the last value before the change */
	int survives_below;/* 1: survives up to it and fails beyond; 0: the other way round */
} weir_crossing;

typedef struct weir_break_even {
	weir_crossing *crossings;  /* in rising order, in the arena */
	int count;
	int survives_from, survives_to; /* at the ends of the range */
	int monotone;              /* at most one crossing, and it survives below: "the largest stress" has one meaning */
	double largest;            /* the largest value up to which it survives without a break; NAN: fails at `from` */
} weir_break_even;

/* Complaints: UNKNOWN_PARAMETER, OUT_OF_RANGE. Two crossings closer than a 512th of the range may be missed. */
weir_status weir_break_even_find(weir_break_even *out, weir_arena *arena, const weir_plan *plan,
                                 const weir_break_even_terms *terms, weir_diags *diags);

#endif
