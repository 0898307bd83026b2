/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select.h: chooses contracts from candidates: the best selection that meets every rule, what each rule costs, and, where
 * there is none, which rules cannot hold together. docs/select.md has the model. */
#ifndef WEIR_STUDY_SELECT_H
#define WEIR_STUDY_SELECT_H

#include "study/candidates.h"

/* How the search is done. */
typedef struct weir_select_terms {
	double seconds;                              /* for all searches together */
	double gap;                                  /* a selection this close to the bound, as a part of it, will do; 0 */
	int without_gains;                           /* 1: does not search again without each rule */
	int (*go_on)(void *context, double done);    /* may be NULL; 0 stops: WEIR_INTERRUPTED */
	void *context;
} weir_select_terms;

typedef enum weir_limit_side { WEIR_SIDE_WHOLE, WEIR_SIDE_LEAST, WEIR_SIDE_MOST } weir_limit_side;

/* What a number counts in. */
typedef enum weir_select_unit {
	WEIR_UNIT_CENTS,
	WEIR_UNIT_SHARE, /* or rate */
	WEIR_UNIT_NUMBER,
	WEIR_UNIT_COUNT,
	WEIR_UNIT_DATE
} weir_select_unit;

/* One side of a rule. */
typedef struct weir_limit_found {
	const weir_rule *rule;
	weir_limit_side side;
	weir_select_unit unit;
	double bound;      /* NAN: the rule has none */
	double value;      /* of the selection; ELIGIBLE, EXCLUDE: candidates that it keeps out; INCLUDE: that it lets in */
	double slack;      /* how far the value is on the good side of the bound; NAN without a bound */
	const char **at;   /* the texts that the value is of, largest first; NULL: everything */
	int at_count;
	int searched;      /* the objective without it is known */
	int without_proven;
	double without;    /* the best objective when it alone is dropped */
	double gain;       /* how much better that is; 0 or more */
	int in_conflict;   /* no selection: of the smallest set that cannot hold */
} weir_limit_found;

typedef enum weir_select_outcome {
	WEIR_SELECT_FOUND,
	WEIR_SELECT_IMPOSSIBLE, /* no selection meets the rules */
	WEIR_SELECT_UNKNOWN     /* none was found in the time */
} weir_select_outcome;

/* Why a candidate is not chosen, or is. */
typedef enum weir_candidate_state {
	WEIR_CANDIDATE_CHOSEN,
	WEIR_CANDIDATE_LEFT,       /* eligible and not chosen */
	WEIR_CANDIDATE_INELIGIBLE, /* fails tests */
	WEIR_CANDIDATE_EXCLUDED,
	WEIR_CANDIDATE_PAID,       /* no principal is due after the cut-off date */
	WEIR_CANDIDATE_LACKS       /* a value that a limit or the objective reads */
} weir_candidate_state;

typedef struct weir_candidate_found {
	weir_candidate_state state;
	int forced;               /* a rule includes it */
	const weir_rule **failed; /* tests that it fails */
	int failed_count;
	const char *lacks;        /* name of a value that it lacks, or NULL */
} weir_candidate_found;

typedef struct weir_select_found {
	weir_select_outcome outcome;
	weir_candidate_found *candidates; /* [count] */
	weir_limit_found *limits;
	int limit_count;
	weir_select_unit unit;            /* of the objective */
	double value;                     /* of the objective */
	double bound;                     /* no selection is better than this; equal to value when proven */
	int proven;
	int settled;                      /* 1: the selection is the one that the rule for equal optima picks */
	int ties;                         /* other selections that were seen to be as good; at least so many */
	int slips;                        /* solutions that broke a rule by cents, and were cut off */
	int conflict_proven;              /* the conflict's rules can hold when any one of them is left out */
	int contracts, obligors;
	double principal_cents, income_cents;
} weir_select_found;

/* Chooses. Everything in `out` is in the candidates' arena. Complaints: those of formulas, UNKNOWN_ID, UNKNOWN_COLUMN,
 * OUT_OF_RANGE (WEIR_INPUT, also when `diags` had an error before); a warning NO_EFFECT names candidates that lack a
 * value. */
weir_status weir_select(weir_select_found *out, weir_candidates *candidates, const weir_select_terms *terms,
                        weir_diags *diags);

#endif
