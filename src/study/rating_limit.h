/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rating_limit.h: the cumulative default rate that a class just survives in a scenario, for its grade (RULES.md 6.4).
 *
 * The scenario's defaults of all contracts are taken out, and in their place a total of defaults is searched from 0 to
 * 100 % with the scenario's own timing (evenly where it has none). The answer is what then in fact defaults, of the
 * pool's balance at the start, or behind actuals: the total and the outcome differ, as what has been paid back cannot
 * default any more. Where the class survives a total above 95 % the search is done again in harder ways, each on top of
 * the one before it. */
#ifndef WEIR_STUDY_RATING_LIMIT_H
#define WEIR_STUDY_RATING_LIMIT_H

#include "study/break_even.h"

typedef enum weir_rating_way {
	WEIR_RATING_AS_IT_IS,
	WEIR_RATING_LESS_PREPAYMENT, /* the scenario's prepayment x 0.9; left out where it has none */
	WEIR_RATING_LESS_RECOVERY,   /* its recoveries x 0.9; left out where it has none */
	WEIR_RATING_BY_PRINCIPAL     /* a share of all principal defaults as it falls due; the scenario recovers none */
} weir_rating_way;

typedef struct weir_rating_terms {
	const weir_scenario *scenario; /* NULL: the base case */
	int class_number;              /* -1: all senior classes together */
	weir_survival survival;
	weir_variant variant;
} weir_rating_terms;

typedef struct weir_rating_limit {
	double rate;   /* what in fact defaults at the largest total survived; NAN: fails without any default */
	double total;  /* that total, 0 to 1; by principal: the share of all principal */
	weir_rating_way way;
	int monotone;  /* it survives every total up to `total` and none above */
} weir_rating_limit;

/* Complaints: as weir_break_even_find; UNSUPPORTED for a pool without principal, in which nothing defaults. */
weir_status weir_rating_limit_find(weir_rating_limit *out, const weir_plan *plan, const weir_rating_terms *terms,
                                   weir_diags *diags);

/* What a search in a way lays over which scenario, both in the arena: the scenario without its own defaults, and the shock whose
 * value is searched. `*found`: 0 where the way changes nothing against the one before it. */
weir_status weir_rating_search_make(weir_scenario *out, weir_shock *shock, weir_arena *arena, const weir_scenario *scenario,
                                    weir_rating_way way, int *found);

/* Whether a class that survives such a total is searched again, in the next harder way. */
int weir_rating_is_too_much(double total);

/* "as-it-is", "less-prepayment", "less-recovery", "by-principal". */
const char *weir_rating_way_text(weir_rating_way way);

#endif
