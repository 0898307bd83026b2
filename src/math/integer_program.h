/* SPDX-License-Identifier: GPL-3.0-or-later */
/* integer_program.h: linear programmes some of whose columns take whole values only, on GLPK's branch and cut: the only
 * home of GLPK. */
#ifndef WEIR_MATH_INTEGER_PROGRAM_H
#define WEIR_MATH_INTEGER_PROGRAM_H

#include <stddef.h>

#include "base/status.h"

/* One coefficient of a row. */
typedef struct weir_program_term {
	int column;
	double coefficient;
} weir_program_term;

/* least <= sum of its terms <= most; -INFINITY and INFINITY leave a side open. No column stands twice in a row. */
typedef struct weir_program_row {
	double least, most;
	size_t first, count; /* its terms in weir_program.terms */
} weir_program_row;

/* least <= value <= most, both finite; gain: what one unit of it adds to the objective. */
typedef struct weir_program_column {
	double least, most, gain;
	int is_whole;
} weir_program_column;

/* Maximise the sum of gain x value over all columns, subject to the rows. Zero-initialise, add by the functions below,
 * free with weir_program_free. Coefficients and gains should be about 1 in size: a row may be missed by a billionth of
 * its side (plus 1), so what must hold exactly is for the caller to check. */
typedef struct weir_program {
	weir_program_column *columns;
	weir_program_row *rows;
	weir_program_term *terms;
	size_t column_count, column_capacity, row_count, row_capacity, term_count, term_capacity;
} weir_program;

/* Adds a column; `*number` (may be NULL) is its place, from 0. */
weir_status weir_program_add_column(int *number, weir_program *program, weir_program_column column);

/* Begins a row without terms; weir_program_add_term adds to the row begun last. Terms of 0 are left out. */
weir_status weir_program_add_row(weir_program *program, double least, double most);
weir_status weir_program_add_term(weir_program *program, int column, double coefficient);

void weir_program_free(weir_program *program);

typedef enum weir_program_outcome {
	WEIR_PROGRAM_BEST,       /* no other solution gains more than a billionth more */
	WEIR_PROGRAM_FOUND,      /* stopped early with a solution */
	WEIR_PROGRAM_IMPOSSIBLE, /* there is no solution */
	WEIR_PROGRAM_UNKNOWN     /* stopped early without one */
} weir_program_outcome;

typedef struct weir_program_search {
	double seconds;                /* stops after so many of the clock's */
	int first_only;                /* stops at the first solution */
	double gap;                    /* stops at a solution within so much of the bound, as a part of its gain; 0: the best */
	long most_nodes;               /* stops after about so many nodes; 0: any number */
	int has_enough;                /* stops when no solution can gain more than `enough` */
	double enough;
	int (*go_on)(void *context);   /* asked now and then; 0 stops the search. May be NULL */
	void *context;
} weir_program_search;

typedef struct weir_program_answer {
	weir_program_outcome outcome;
	double gain;  /* of the solution */
	double bound; /* no solution gains more; INFINITY: not known */
} weir_program_answer;

/* Solves; `values` [column_count] gets the solution where there is one. The same programme gives the same solution on
 * every run that is not stopped by the clock. Takes and frees GLPK's environment of the calling thread; where the program
 * around it uses GLPK in the same thread, its own environment stays. WEIR_NO_MEMORY, also when it was GLPK's; WEIR_INTERNAL
 * when GLPK gives up on the numbers. */
weir_status weir_program_solve(weir_program_answer *answer, double *values, const weir_program *program,
                               const weir_program_search *search);

/* Solves it with the whole columns as broken ones: `answer` is BEST or IMPOSSIBLE (UNKNOWN when it was stopped), its gain a
 * bound of the whole ones'. `values` and `costs` [column_count]: of the solution, and what one more unit of each column
 * changes in the gain. */
weir_status weir_program_relax(weir_program_answer *answer, double *values, double *costs, const weir_program *program,
                               const weir_program_search *search);

#endif
