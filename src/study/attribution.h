/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attribution.h: how much of the way from one scenario to another each of its shocks makes, and what only they make
 * together.
 *
 * With v(S) the figure when the shocks of the set S have happened and n factors in all:
 *   alone    v({i}) - v({})            last      v(N) - v(N without i)
 *   Shapley  sum over S without i of |S|! (n - 1 - |S|)! / n! x (v(S and i) - v(S)), which adds up to v(N) - v({})
 *            (L. S. Shapley, A Value for n-Person Games, Contributions to the Theory of Games II, 1953, pages 307-317)
 *   interaction  v(N) - v({}) - sum of what each makes alone
 * Every set is run. Sums are exact: figures are whole cents, rates decimals of 12 places, all else of 9, and what the
 * division leaves over goes to the largest remainders. */
#ifndef WEIR_STUDY_ATTRIBUTION_H
#define WEIR_STUDY_ATTRIBUTION_H

#include "study/metrics.h"
#include "study/variant.h"

#define WEIR_ATTRIBUTION_MOST 12 /* factors: 4096 runs */

/* One shock on the way: what stands in one scenario and what takes its place in the other. */
typedef struct weir_change {
	const weir_shock *from, *to; /* NULL: nothing */
	int factor;                  /* -1: the same in both */
} weir_change;

typedef struct weir_factors {
	weir_change *changes;
	int change_count;
	const char **names; /* [count] "default", "recovery", "late contract L1", "set A.coupon" … each once */
	int count;          /* may be above WEIR_ATTRIBUTION_MOST, until factors are grouped */
} weir_factors;

/* The factors from one scenario to another (NULL: the base case): a shock that both have for the same thing (kind,
 * scope, target, part and channel) with other numbers is one factor. In the arena; the scenarios must live as long. */
weir_status weir_factors_list(weir_factors *out, weir_arena *arena, const weir_scenario *from,
                              const weir_scenario *to);

/* Makes one factor of several: "default+recovery" names their first words ("default": all that are), or whole names.
 * The group stands where its first member stood. WEIR_NO: a part names no factor, or only ones of this group;
 * `*unknown`, `*length` are it. */
weir_status weir_factors_group(weir_factors *factors, weir_arena *arena, const char *group, const char **unknown,
                               size_t *length);

typedef struct weir_attribution_terms {
	const weir_scenario *from, *to;
	const weir_factors *factors;        /* from 1 to WEIR_ATTRIBUTION_MOST */
	weir_variant variant;
	const weir_metric *const *metrics;
	int metric_count;
	int (*go_on)(void *context, double done); /* NULL, or asked between blocks: 0 stops the study */
	void *context;
} weir_attribution_terms;

/* What a factor makes; NAN where a figure that it is worked out from does not exist. */
typedef struct weir_part {
	double alone, last, shapley;
} weir_part;

/* Money in whole cents, rates decimals of 12 places, all else of 9. */
typedef struct weir_attribution {
	double *from, *to;            /* [metrics] the figures; a date that never comes is NAN */
	double *total, *interaction;  /* [metrics] */
	weir_part *parts;             /* [metrics][factors] */
} weir_attribution;

weir_status weir_attribution_measure(weir_attribution *out, weir_arena *arena, const weir_plan *plan,
                                     const weir_attribution_terms *terms, weir_diags *diags);

#endif
