/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select_int.h: what the files of the selection share: rules as numbers, exact tests, and programmes of them. */
#ifndef WEIR_STUDY_SELECT_INT_H
#define WEIR_STUDY_SELECT_INT_H

#include <stdint.h>

#include "math/integer_program.h"
#include "study/select.h"

/* Exact sums: cents below 2^51 times values below 2^62. */
typedef __int128 weir_exact;

#define WEIR_SELECT_SCALE 1000000000000 /* shares, rates and numbers are counted in 10^-12 */

/* One side of a rule, compiled. */
typedef struct select_limit {
	const weir_rule *rule;
	weir_limit_side side;
	weir_select_unit unit;
	const double *money;   /* AMOUNT, SHARE: cents of each candidate; NUMBER without by: ones */
	int64_t bound;         /* cents, count; SHARE, AVERAGE: in 1 / value_scale */
	const char *of;        /* [count] candidates that count, fail the test, or are listed; NULL: all */
	weir_bands bands;      /* count 0: none */
	char *working;         /* [bands] those that programmes speak of: the others have not been found to matter */
	int64_t *values;       /* AVERAGE: of each candidate, in 1 / value_scale */
	const double *weights; /* AVERAGE */
	double value_scale;
} select_limit;

/* The objective: sum of over / sum of under, or sum of over alone. Minimised ones are negated. */
typedef struct select_goal {
	weir_exact *over;  /* [count] */
	int64_t *under;    /* [count], or NULL */
	double scale;      /* of over */
	int minimise;
	weir_select_unit unit;
} select_goal;

/* The value of a selection as a fraction; under is positive. */
typedef struct select_value {
	weir_exact over, under;
} select_value;

typedef struct select_study {
	weir_candidates *candidates;
	const weir_select_terms *terms;
	int count;                 /* of candidates */
	double *principal, *receivable, *ones; /* [count] */
	select_limit *limits;
	int limit_count;
	select_goal goal;
	char *barred;              /* [count] never to be chosen, whatever the rules: no principal, or lacks a value */
	const char **lacks;        /* [count] the value that it lacks, or NULL */
	char *forbidden, *forced;  /* [count] under the rules of the search at hand */
	int *together;             /* [count] the first candidate that comes in with this one, which may be itself */
	char *ineligible;          /* [count] forbidden when no rule is dropped: not of those that come together */
	char *saved;               /* [2 x count] scratch */
	double *sums;              /* scratch of exact tests: [count + WEIR_IP_KIND_COUNT + 1] */
	double *scratch, *row;     /* scratch of programmes: [count] */
	double deadline;
	int steps, steps_done;     /* searches, for progress */
	int interrupted;
} select_study;

/* Compiles rules and objective. */
weir_status weir_select_compile(select_study *s, weir_diags *diags);

/* Sets forbidden and forced for the rules that are not dropped ([limits]). */
void weir_select_mark(select_study *s, const char *dropped);

/* Whether the chosen candidates meet a limit, exactly. */
int weir_select_holds(select_study *s, const select_limit *limit, const char *chosen);

/* Fills value, slack and where it is, of the chosen candidates; `at` in the candidates' arena. */
weir_status weir_select_measure(weir_limit_found *out, select_study *s, const select_limit *limit, const char *chosen);

/* The objective's value, and the order of two: 1 when a is better. */
select_value weir_select_value(const select_study *s, const char *chosen);
int weir_select_compare(select_value a, select_value b);

/* The objective in its unit, as people read it. */
double weir_select_number(const select_study *s, select_value value);

/* A programme of the rules that are not dropped; columns 0 .. count - 1 are the candidates. */
weir_status weir_select_build(weir_program *out, const select_study *s, const char *dropped);

/* Gives the candidates' columns the objective: over, or where it is a ratio over - ratio x under; *unit of that is 1 in the
 * programme. Not NULL, `least` [selection's value]: a row asks for no less; a ratio's is then `ratio` itself. */
weir_status weir_select_aim(double *unit, weir_program *program, const select_study *s, weir_quad ratio,
                            const select_value *least);

/* Takes bands into the programmes that a solution (broken or whole; [count]) has above a limit. Gives how many. */
int weir_select_separate(select_study *s, const double *values, const char *dropped);

/* Adds a row that shuts out this very selection. */
weir_status weir_select_cut(weir_program *program, const select_study *s, const char *chosen);

/* The clock, in seconds from somewhere. */
double weir_select_seconds(void);

/* One search: the best selection under the rules that are not dropped. */
typedef struct select_search {
	select_study *s;
	char *dropped;         /* [limits] */
	char *best;            /* [count] */
	select_value value;    /* of best */
	int has_best;
	int proven, settled, impossible;
	int ties, slips;
	double unit;           /* of the last programme's objective */
	double bound;          /* no selection's objective is better; NAN: not known */
	weir_quad ratio;       /* that a ratio was measured against */
	char **shut;           /* selections that are cut off, growing */
	size_t shut_count, shut_capacity;
	char *found;           /* [count] the last solution */
	double *values, *costs; /* columns of the last solution, [room] each, one block growing with the programme */
	size_t room;
	double least_under;    /* no selection's ratio has less below the line */
	int close_enough;      /* the bound is within the gap that will do */
	int anew;              /* the programme lacked bands that matter: make it once more */
} select_search;

/* Makes an empty search that drops nothing; weir_select_end in any case. */
weir_status weir_select_begin(select_search *x, select_study *s);
void weir_select_end(select_search *x);

/* Searches from x->best where there is one, until the study's deadline. With only_value, equal selections are of no
 * interest. */
weir_status weir_select_search(select_search *x, int only_value);

/* Whether any selection meets the rules that are not dropped: 1 yes, 0 no, -1 not known. */
weir_status weir_select_can_hold(int *answer, select_search *x);

#endif
