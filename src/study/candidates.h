/* SPDX-License-Identifier: GPL-3.0-or-later */
/* candidates.h: the contracts of a candidate tape, with the names and texts by which rules speak of them. */
#ifndef WEIR_STUDY_CANDIDATES_H
#define WEIR_STUDY_CANDIDATES_H

#include "deal/selection_rules.h"
#include "lang/formula.h"
#include "pool/pool.h"

/* What is due after the cut-off date of one contract, and what stands behind it. NAN and WEIR_DATE_NONE: it has none. */
typedef struct weir_candidate {
	double principal_cents, income_cents;
	weir_date first_due, last_due;
	double remaining_months; /* the least m with cut-off + m months not before the last due date */
	double remaining_years;  /* days to the last due date / 365 */
	double average_life;     /* sum of principal x days / 365 over the principal */
	double ip_items, ip_value_cents;
	weir_date ip_expires;    /* the earliest */
	double ip_in_force;      /* 1: every item is valid and undisputed */
	double obligor_principal_cents, obligor_receivable_cents, obligor_contracts; /* of all its candidates */
} weir_candidate;

typedef struct weir_candidates weir_candidates;

/* A name of a formula for one candidate. */
typedef struct weir_candidate_word {
	enum { WEIR_WORD_AMONG, WEIR_WORD_GIVEN_TEXT, WEIR_WORD_GIVEN_VALUE } use;
	int number;               /* text column, or symbol */
	const char *const *texts; /* AMONG */
	int text_count;
} weir_candidate_word;

struct weir_candidates {
	const weir_deal *deal;
	const weir_pool *pool;
	const weir_selection_rules *rules;
	weir_arena *arena;
	weir_candidate *items;
	int count;
	const weir_expression **tests; /* [rules] of ELIGIBLE rules; NULL: none, or faulty */
	int tests_known;               /* those of rules before this one can be named */
	double **scale_values;         /* [scales][its values] */
	weir_candidate_word *words;    /* functions of texts in formulas, growing */
	size_t word_count, word_capacity;
	const char **known;            /* names, for "did you mean" */
	size_t known_count;
};

/* Reads the pool's receipts after the deal's cut-off date, and parses the eligibility tests; `out` takes its arrays from
 * `arena`. Complaints: UNKNOWN_NAME and the other codes of formulas. Call weir_candidates_free in any case. */
weir_status weir_candidates_create(weir_candidates *out, weir_arena *arena, const weir_pool *pool,
                                   const weir_selection_rules *rules, weir_diags *diags);
void weir_candidates_free(weir_candidates *candidates);

/* Parses a formula over one candidate's names. WEIR_INPUT and *out NULL after a complaint. */
weir_status weir_candidates_parse(const weir_expression **out, weir_candidates *candidates, const weir_formula *formula,
                                  weir_type wanted, weir_diags *diags);

/* The value of a constant, such as the bound of a limit: no names. WEIR_INPUT after a complaint. */
weir_status weir_candidates_parse_constant(weir_quad *out, weir_candidates *candidates, const weir_formula *formula,
                                           weir_type wanted, weir_diags *diags);

/* The formula's value for a candidate in quadruple precision. Returns 0 when the candidate lacks a value that it reads;
 * *lacks (may be NULL) is that value's name. */
int weir_candidates_evaluate(weir_quad *out, const char **lacks, const weir_candidates *candidates,
                             const weir_expression *formula, int number);

/* The number of a column of texts by its name, such as "industry" or "ip_kind"; -1: none. Complains. */
int weir_candidates_column(const weir_candidates *candidates, const weir_formula *column, weir_diags *diags);

/* Whether one of the candidate's texts in a column is `text`: of "ip_kind" any item's. */
int weir_candidates_has_text(const weir_candidates *candidates, int column, int number, const char *text);

/* The candidates by their texts in one column, in order of listing; only "ip_kind" puts one into several bands. */
typedef struct weir_bands {
	const char **names; /* [count]; "" for those without a text */
	int count;
	int *first;         /* [count + 1] */
	int *members;       /* candidates of band b: members[first[b] .. first[b + 1] - 1], rising */
	int overlap;        /* a candidate may stand in several */
} weir_bands;
weir_status weir_candidates_bands(weir_bands *out, const weir_candidates *candidates, int column);

#endif
