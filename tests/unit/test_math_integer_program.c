/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer programmes with known answers, stopped searches, and GLPK's environment. */
#include <check.h>
#include <glpk.h>
#include <math.h>

#include "base/alloc.h"
#include "math/integer_program.h"

Suite *weir_suite_math_integer_program(void);

static const weir_program_search whole = { .seconds = 60 };

static void column(weir_program *p, double least, double most, double gain, int is_whole)
{
	ck_assert_int_eq(weir_program_add_column(NULL, p, (weir_program_column){ least, most, gain, is_whole }), WEIR_OK);
}

static void row(weir_program *p, double least, double most, const double *coefficients, int count)
{
	ck_assert_int_eq(weir_program_add_row(p, least, most), WEIR_OK);
	for (int i = 0; i < count; i++)
		ck_assert_int_eq(weir_program_add_term(p, i, coefficients[i]), WEIR_OK);
}

/* The example of GLPK's reference manual, section 1.3: maximise 10 x1 + 6 x2 + 4 x3 with x1 + x2 + x3 <= 100,
 * 10 x1 + 4 x2 + 5 x3 <= 600, 2 x1 + 2 x2 + 6 x3 <= 300; 733.333 at (33.333, 66.667, 0). In whole numbers 732: with
 * x1 = 33 and x2 = 67 it is 330 + 402; 733 would need 10 x1 + 6 x2 + 4 x3 odd. */
static void manual_example(weir_program *p, int is_whole)
{
	static const double a[] = { 1, 1, 1 }, b[] = { 10, 4, 5 }, c[] = { 2, 2, 6 };
	*p = (weir_program){ 0 };
	column(p, 0, 1000, 10, is_whole);
	column(p, 0, 1000, 6, is_whole);
	column(p, 0, 1000, 4, is_whole);
	row(p, -INFINITY, 100, a, 3);
	row(p, -INFINITY, 600, b, 3);
	row(p, -INFINITY, 300, c, 3);
}

START_TEST(the_manuals_example)
{
	weir_program p;
	weir_program_answer answer;
	double values[3], costs[3];
	manual_example(&p, 1);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &whole), WEIR_OK);
	ck_assert_int_eq(answer.outcome, WEIR_PROGRAM_BEST);
	ck_assert_double_eq_tol(answer.gain, 732, 1e-9);
	ck_assert_double_eq(10 * values[0] + 6 * values[1] + 4 * values[2], 732);
	ck_assert_int_eq(weir_program_relax(&answer, values, costs, &p, &whole), WEIR_OK);
	ck_assert_double_eq_tol(answer.bound, 2200 / 3.0, 1e-9);
	ck_assert_double_eq_tol(values[0], 100 / 3.0, 1e-9);
	/* the duals of the rows are 10/3 and 2/3: one more of x3 costs 4 - 10/3 - 5 x 2/3 = -8/3 */
	ck_assert_double_eq_tol(costs[2], -8 / 3.0, 1e-9);
	weir_program_free(&p);
	manual_example(&p, 0);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &whole), WEIR_OK);
	ck_assert_double_eq_tol(answer.gain, 2200 / 3.0, 1e-9);
	weir_program_free(&p);
}
END_TEST

/* Three things of 10, 20 and 30 that are worth 60, 100 and 120, in a sack for 50: the second and third, 220; broken, 240. */
static void sack(weir_program *p)
{
	static const double weights[] = { 10, 20, 30 };
	*p = (weir_program){ 0 };
	column(p, 0, 1, 60, 1);
	column(p, 0, 1, 100, 1);
	column(p, 0, 1, 120, 1);
	row(p, -INFINITY, 50, weights, 3);
}

START_TEST(a_sack)
{
	weir_program p;
	weir_program_answer answer;
	double values[3], costs[3];
	sack(&p);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &whole), WEIR_OK);
	ck_assert_double_eq_tol(answer.gain, 220, 1e-9);
	ck_assert(values[0] == 0 && values[1] == 1 && values[2] == 1);
	ck_assert_int_eq(weir_program_relax(&answer, values, costs, &p, &whole), WEIR_OK);
	ck_assert_double_eq_tol(answer.gain, 240, 1e-9);
	/* nothing weighs 7 */
	row(&p, 7, 7, (const double[]){ 10, 20, 30 }, 3);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &whole), WEIR_OK);
	ck_assert_int_eq(answer.outcome, WEIR_PROGRAM_IMPOSSIBLE);
	weir_program_free(&p);
}
END_TEST

/* Whether forty weights make half of their sum plus a bit: a search of many nodes. */
static void hard(weir_program *p)
{
	*p = (weir_program){ 0 };
	ck_assert_int_eq(weir_program_add_row(p, 0, 1e9), WEIR_OK);
	for (int i = 0; i < 40; i++) {
		column(p, 0, 1, 2 * (i * i % 97 + 100), 1);
		ck_assert_int_eq(weir_program_add_term(p, i, 2 * (i * i % 97 + 100)), WEIR_OK);
	}
	p->rows[0].least = p->rows[0].most = 3001; /* odd: impossible, and no bound says so */
}

static int asked;
static int stop_at_ten(void *context)
{
	(void)context;
	return ++asked < 10;
}

START_TEST(stopped_searches)
{
	weir_program p;
	weir_program_answer answer;
	double values[40];
	weir_program_search short_search = { .seconds = 0.05 }, few_nodes = { .seconds = 60, .most_nodes = 5 },
		asking = { .seconds = 60, .go_on = stop_at_ten }, first = { .seconds = 60, .first_only = 1 };
	hard(&p);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &short_search), WEIR_OK);
	ck_assert_int_eq(answer.outcome, WEIR_PROGRAM_UNKNOWN);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &few_nodes), WEIR_OK);
	ck_assert_int_eq(answer.outcome, WEIR_PROGRAM_UNKNOWN);
	asked = 0;
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &asking), WEIR_OK);
	ck_assert_int_eq(answer.outcome, WEIR_PROGRAM_UNKNOWN);
	ck_assert_int_ge(asked, 10);
	weir_program_free(&p);
	sack(&p);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &first), WEIR_OK);
	ck_assert(answer.outcome == WEIR_PROGRAM_FOUND || answer.outcome == WEIR_PROGRAM_BEST);
	ck_assert_double_le(10 * values[0] + 20 * values[1] + 30 * values[2], 50);
	weir_program_free(&p);
}
END_TEST

/* A host's own environment stays; GLPK's want of memory is ours. */
START_TEST(the_hosts_environment)
{
	weir_program p;
	weir_program_answer answer;
	double values[3];
	glp_prob *own = glp_create_prob();
	glp_add_cols(own, 3);
	sack(&p);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &whole), WEIR_OK);
	ck_assert_int_eq(glp_get_num_cols(own), 3);
	glp_delete_prob(own);
	glp_mem_limit(1); /* megabyte: a programme of many columns does not fit */
	for (int i = 0; i < 20000; i++)
		column(&p, 0, 1, 1, 1);
	double *many = weir_alloc(p.column_count * sizeof *many);
	ck_assert_ptr_nonnull(many);
	ck_assert_int_eq(weir_program_solve(&answer, many, &p, &whole), WEIR_NO_MEMORY);
	weir_free(many);
	weir_program_free(&p);
	/* GLPK's environment went with the fault; the next search makes its own */
	sack(&p);
	ck_assert_int_eq(weir_program_solve(&answer, values, &p, &whole), WEIR_OK);
	ck_assert_double_eq_tol(answer.gain, 220, 1e-9);
	weir_program_free(&p);
}
END_TEST

START_TEST(memory_runs_out)
{
	weir_status status = WEIR_NO_MEMORY;
	for (long nth = 1; status == WEIR_NO_MEMORY && nth < 100; nth++) {
		weir_program p = { 0 };
		weir_program_answer answer;
		double values[1];
		weir_alloc_fail_from(nth);
		status = weir_program_add_column(NULL, &p, (weir_program_column){ 0, 1, 1, 1 });
		if (status == WEIR_OK)
			status = weir_program_add_row(&p, 0, 1);
		if (status == WEIR_OK)
			status = weir_program_add_term(&p, 0, 1);
		if (status == WEIR_OK)
			status = weir_program_solve(&answer, values, &p, &whole);
		weir_alloc_fail_from(0);
		weir_program_free(&p);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
		ck_assert(status == WEIR_NO_MEMORY || nth == 6);
	}
	ck_assert_int_eq(status, WEIR_OK);
}
END_TEST

Suite *weir_suite_math_integer_program(void)
{
	Suite *suite = suite_create("math_integer_program");
	TCase *programs = tcase_create("programmes");
	tcase_set_timeout(programs, 120);
	tcase_add_test(programs, the_manuals_example);
	tcase_add_test(programs, a_sack);
	tcase_add_test(programs, stopped_searches);
	tcase_add_test(programs, the_hosts_environment);
	tcase_add_test(programs, memory_runs_out);
	suite_add_tcase(suite, programs);
	return suite;
}
