/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/integer_program.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

#include "base/alloc.h"

#define WHOLE_TOLERANCE 1e-7
#define GAIN_TOLERANCE 1e-9
#define LONGEST_SECONDS 1000000.0

/* --- the programme ---------------------------------------------------------------------------------------------- */

weir_status weir_program_add_column(int *number, weir_program *p, weir_program_column column)
{
	if (p->column_count >= INT_MAX / 2 || !WEIR_GROW(p->columns, p->column_count, p->column_capacity))
		return WEIR_NO_MEMORY;
	if (number)
		*number = (int)p->column_count;
	p->columns[p->column_count++] = column;
	return WEIR_OK;
}

weir_status weir_program_add_row(weir_program *p, double least, double most)
{
	if (p->row_count >= INT_MAX / 2 || !WEIR_GROW(p->rows, p->row_count, p->row_capacity))
		return WEIR_NO_MEMORY;
	p->rows[p->row_count++] = (weir_program_row){ .least = least, .most = most, .first = p->term_count };
	return WEIR_OK;
}

weir_status weir_program_add_term(weir_program *p, int column, double coefficient)
{
	if (coefficient == 0)
		return WEIR_OK;
	if (p->term_count >= INT_MAX / 2 || !WEIR_GROW(p->terms, p->term_count, p->term_capacity))
		return WEIR_NO_MEMORY;
	p->terms[p->term_count++] = (weir_program_term){ column, coefficient };
	p->rows[p->row_count - 1].count++;
	return WEIR_OK;
}

void weir_program_free(weir_program *p)
{
	weir_free(p->columns);
	weir_free(p->rows);
	weir_free(p->terms);
	*p = (weir_program){ 0 };
}

/* --- GLPK ------------------------------------------------------------------------------------------------------- */

/* One search. GLPK ends the process on a fault unless its hook jumps away. */
typedef struct solver {
	jmp_buf escape;
	int out_of_memory;
	const weir_program *program;
	const weir_program_search *search;
	glp_prob *problem;
	int *columns;         /* [1 + terms] */
	double *coefficients; /* [1 + terms] */
	double bound;
	long nodes;
	int stopped;
} solver;

/* GLPK's words, none of which are printed; they tell why it failed. */
static int hear(void *info, const char *text)
{
	solver *s = info;
	if (strstr(text, "memory"))
		s->out_of_memory = 1;
	return 1;
}

static void escape(void *info)
{
	longjmp(((solver *)info)->escape, 1);
}

/* The kind of bounds that GLPK wants for two sides. */
static int kind_of(double least, double most)
{
	if (least == most)
		return GLP_FX;
	if (isfinite(least))
		return isfinite(most) ? GLP_DB : GLP_LO;
	return isfinite(most) ? GLP_UP : GLP_FR;
}

static void load(solver *s)
{
	const weir_program *p = s->program;
	s->problem = glp_create_prob();
	glp_set_obj_dir(s->problem, GLP_MAX);
	if (p->column_count)
		glp_add_cols(s->problem, (int)p->column_count);
	if (p->row_count)
		glp_add_rows(s->problem, (int)p->row_count);
	for (size_t i = 0; i < p->column_count; i++) {
		const weir_program_column *c = &p->columns[i];
		glp_set_col_bnds(s->problem, (int)i + 1, kind_of(c->least, c->most), c->least, c->most);
		glp_set_col_kind(s->problem, (int)i + 1, c->is_whole ? GLP_IV : GLP_CV);
		glp_set_obj_coef(s->problem, (int)i + 1, c->gain);
	}
	for (size_t i = 0; i < p->row_count; i++) {
		const weir_program_row *r = &p->rows[i];
		for (size_t k = 0; k < r->count; k++) { /* GLPK counts from 1 */
			s->columns[k + 1] = p->terms[r->first + k].column + 1;
			s->coefficients[k + 1] = p->terms[r->first + k].coefficient;
		}
		glp_set_mat_row(s->problem, (int)i + 1, (int)r->count, s->columns, s->coefficients);
		glp_set_row_bnds(s->problem, (int)i + 1, kind_of(r->least, r->most), r->least, r->most);
	}
}

/* Called at every node: keeps the bound of what is still open, and ends the search when it should. */
static void at_node(glp_tree *tree, void *info)
{
	solver *s = info;
	int best = glp_ios_best_node(tree);
	if (best)
		s->bound = glp_ios_node_bound(tree, best);
	if (best && s->search->has_enough && s->bound <= s->search->enough)
		s->stopped = 1;
	s->nodes += glp_ios_reason(tree) == GLP_ISELECT;
	if (s->search->most_nodes && s->nodes > s->search->most_nodes)
		s->stopped = 1;
	if (glp_ios_reason(tree) == GLP_IBINGO && s->search->first_only)
		s->stopped = 1;
	if (s->search->go_on && !s->search->go_on(s->search->context))
		s->stopped = 1;
	if (s->stopped)
		glp_ios_terminate(tree);
}

static int milliseconds(const solver *s)
{
	double seconds = s->search->seconds;
	return seconds >= LONGEST_SECONDS ? INT_MAX : seconds > 0.001 ? (int)(seconds * 1000) : 1;
}

static int run(solver *s)
{
	glp_iocp control;
	glp_init_iocp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.presolve = GLP_ON;
	control.binarize = GLP_OFF;
	control.sr_heur = GLP_ON;
	control.fp_heur = GLP_OFF; /* and no cuts: GLPK 5.0 ends with a fault where none of its columns is binary */
	control.tol_int = WHOLE_TOLERANCE;
	control.tol_obj = GAIN_TOLERANCE;
	control.mip_gap = s->search->gap;
	control.cb_func = at_node;
	control.cb_info = s;
	control.tm_lim = milliseconds(s);
	return glp_intopt(s->problem, &control);
}

/* What GLPK's return code and the solution's state say together; WEIR_INTERNAL for a numerical failure. */
static weir_status judge(weir_program_answer *answer, solver *s, int code)
{
	int state = glp_mip_status(s->problem), found = state == GLP_OPT || state == GLP_FEAS;
	answer->bound = s->bound;
	if (code == GLP_ENOPFS || (code == 0 && state == GLP_NOFEAS))
		answer->outcome = WEIR_PROGRAM_IMPOSSIBLE;
	else if (code == 0 && state == GLP_OPT)
		answer->outcome = WEIR_PROGRAM_BEST;
	else if (code == 0 || code == GLP_ETMLIM || code == GLP_ESTOP || code == GLP_EMIPGAP)
		answer->outcome = found ? WEIR_PROGRAM_FOUND : WEIR_PROGRAM_UNKNOWN;
	else
		return WEIR_INTERNAL;
	if (found)
		answer->gain = glp_mip_obj_val(s->problem);
	/* what is still open may be below what is found */
	if (answer->outcome == WEIR_PROGRAM_BEST || (found && answer->bound < answer->gain))
		answer->bound = answer->gain;
	return WEIR_OK;
}

/* The broken problem by the simplex method, with GLPK's own presolver. */
static weir_status relax(weir_program_answer *answer, double *values, double *costs, solver *s)
{
	glp_smcp control;
	glp_init_smcp(&control);
	control.msg_lev = GLP_MSG_OFF;
	control.presolve = GLP_ON;
	control.meth = GLP_DUALP;
	control.tm_lim = milliseconds(s);
	int code = glp_simplex(s->problem, &control), state = glp_get_status(s->problem);
	answer->outcome = code == GLP_ENOPFS || (code == 0 && state == GLP_NOFEAS) ? WEIR_PROGRAM_IMPOSSIBLE :
	                  code == 0 && state == GLP_OPT                           ? WEIR_PROGRAM_BEST :
	                                                                            WEIR_PROGRAM_UNKNOWN;
	if (answer->outcome == WEIR_PROGRAM_BEST)
		answer->gain = answer->bound = glp_get_obj_val(s->problem);
	for (size_t i = 0; answer->outcome == WEIR_PROGRAM_BEST && i < s->program->column_count; i++) {
		values[i] = glp_get_col_prim(s->problem, (int)i + 1);
		costs[i] = glp_get_col_dual(s->problem, (int)i + 1);
	}
	glp_delete_prob(s->problem);
	return WEIR_OK;
}

static weir_status solve(weir_program_answer *answer, double *values, double *costs, solver *s)
{
	load(s);
	if (costs)
		return relax(answer, values, costs, s);
	weir_status status = judge(answer, s, run(s));
	int found = answer->outcome == WEIR_PROGRAM_BEST || answer->outcome == WEIR_PROGRAM_FOUND;
	for (size_t i = 0; status == WEIR_OK && found && i < s->program->column_count; i++) {
		double value = glp_mip_col_val(s->problem, (int)i + 1);
		values[i] = s->program->columns[i].is_whole ? floor(value + 0.5) : value;
	}
	glp_delete_prob(s->problem);
	return status;
}

/* Takes GLPK's environment, solves, and leaves it as it was. `costs` NULL: whole columns are whole. */
static weir_status solve_guarded(weir_program_answer *answer, double *values, double *costs,
                                 const weir_program *program, const weir_program_search *search)
{
	weir_status status = WEIR_NO_MEMORY;
	solver s = { .program = program, .search = search, .bound = INFINITY };
	*answer = (weir_program_answer){ .outcome = WEIR_PROGRAM_UNKNOWN, .bound = INFINITY };
	s.columns = weir_alloc_zero(program->column_count + 1, sizeof *s.columns);
	s.coefficients = weir_alloc_zero(program->column_count + 1, sizeof *s.coefficients);
	int made = s.columns && s.coefficients ? glp_init_env() :
	                                         2; /* 0: made now; 1: was there; else it cannot be made */
	if (made > 1)
		goto out;
	glp_term_hook(hear, &s);
	glp_error_hook(escape, &s);
	if (setjmp(s.escape) == 0) {
		status = solve(answer, values, costs, &s);
	} else {
		status = s.out_of_memory ? WEIR_NO_MEMORY : WEIR_INTERNAL;
		made = 0; /* after a fault GLPK's environment is good for nothing else */
	}
	if (made == 0) {
		glp_free_env();
	} else {
		glp_term_hook(NULL, NULL);
		glp_error_hook(NULL, NULL);
	}
out:
	weir_free(s.columns);
	weir_free(s.coefficients);
	return status;
}

weir_status weir_program_solve(weir_program_answer *answer, double *values, const weir_program *program,
                               const weir_program_search *search)
{
	return solve_guarded(answer, values, NULL, program, search);
}

weir_status weir_program_relax(weir_program_answer *answer, double *values, double *costs, const weir_program *program,
                               const weir_program_search *search)
{
	return solve_guarded(answer, values, costs, program, search);
}
