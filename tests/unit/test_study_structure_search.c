/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_study_structure_search.c: the search of a lattice against trying every point of it, on tests that are not monotone. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "study/structure_search.h"

Suite *weir_suite_study_structure_search(void);

/* A made-up problem: which points pass, and what they are worth. */
typedef struct puzzle {
	int axes;
	int64_t most[3];              /* coordinates run from 0 */
	double prices[3];
	int (*passes)(const int64_t *at, unsigned seed);
	unsigned seed;
	int smaller;                  /* of equals the one with the smaller first coordinate is better */
	int64_t tried;
	weir_status fails;            /* of the next evaluation */
	int stop_after;               /* questions whether to go on; 0: never */
} puzzle;

static double worth(const puzzle *p, const int64_t *at)
{
	double sum = 0;
	for (int i = 0; i < p->axes; i++)
		sum += p->prices[i] * (double)at[i];
	return sum;
}

static weir_status evaluate(void *context, const int64_t (*points)[WEIR_SEARCH_AXES], int count, double *values)
{
	puzzle *p = context;
	ck_assert(count >= 1 && count <= WEIR_LANES);
	for (int c = 0; c < count; c++) {
		for (int i = 0; i < p->axes; i++)
			ck_assert(points[c][i] >= 0 && points[c][i] <= p->most[i]);
		values[c] = p->passes(points[c], p->seed) ? worth(p, points[c]) : NAN;
	}
	p->tried += count;
	return p->fails;
}

static double bound(void *context, const weir_search_box *box)
{
	return worth(context, box->high);
}

static int go_on(void *context, double done)
{
	puzzle *p = context;
	ck_assert(done >= 0 && done <= 1);
	return p->stop_after == 0 || --p->stop_after > 0;
}

static weir_search_terms terms_of(puzzle *p)
{
	weir_search_terms terms = { .axes = p->axes,
		                    .context = p,
		                    .evaluate = evaluate,
		                    .bound = bound,
		                    .go_on = go_on,
		                    .go_on_context = p,
		                    .ranked = p->axes,
		                    .rank = { p->smaller ? ~0 : 0, 1, 2 },
		                    .samples = 512,
		                    .starts = 4,
		                    .climb_points = 20000,
		                    .proof_points = 1000000,
		                    .proof_boxes = 1000000 };
	memcpy(terms.all.high, p->most, sizeof p->most);
	return terms;
}

static weir_search search(puzzle *p)
{
	weir_search found;
	weir_search_terms terms = terms_of(p);
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_spread(&found, &terms), WEIR_OK);
	ck_assert_int_eq(weir_search_prove(&found, &terms), WEIR_OK);
	return found;
}

/* Every point in turn, rising in the first coordinate last: of equals the later one has the larger first coordinates. */
static int try_all(const puzzle *p, int64_t *best, double *value)
{
	int found = 0;
	int64_t at[3];
	for (at[0] = 0; at[0] <= p->most[0]; at[0]++)
		for (at[1] = 0; at[1] <= p->most[1]; at[1]++)
			for (at[2] = 0; at[2] <= p->most[2]; at[2]++)
				if (p->passes(at, p->seed) && (!found || worth(p, at) >= *value)) {
					memcpy(best, at, sizeof at);
					*value = worth(p, at);
					found = 1;
				}
	return found;
}

static void expect_best(puzzle *p)
{
	int64_t best[3];
	double value;
	weir_search found = search(p);
	ck_assert_int_eq(found.found, try_all(p, best, &value));
	ck_assert(found.proven);
	if (!found.found)
		return;
	ck_assert_double_eq(found.value, value);
	ck_assert_double_eq(found.bound, value);
	ck_assert(p->passes(found.best, p->seed));
	for (int i = 0; i < p->axes; i++)
		ck_assert_msg(found.best[i] == best[i], "axis %d: %ld, not %ld", i, (long)found.best[i], (long)best[i]);
}

/* Islands: a lattice in the plane under a circle, with a hole around its best corner. */
static int islands(const int64_t *at, unsigned seed)
{
	int64_t x = at[0], y = at[1];
	int hole = (x - 70) * (x - 70) + (y - 40) * (y - 40) < 400;
	return (7 * x + 13 * y + seed) % 11 == 3 && x * x + y * y <= 8100 && !hole;
}

START_TEST(islands_are_found)
{
	puzzle p = { .axes = 2, .most = { 99, 99 }, .prices = { 3, 2 }, .passes = islands, .seed = (unsigned)_i };
	expect_best(&p);
	ck_assert_int_lt(p.tried, 10000 + 600 + 20000);
}
END_TEST

/* Any set at all: a point passes by a hash of its coordinates; one in 16, or with the seed's lowest bits hardly any. */
static int scattered(const int64_t *at, unsigned seed)
{
	uint64_t hash = seed * 0x9e3779b97f4a7c15u;
	for (int i = 0; i < 3; i++) {
		hash = (hash ^ (uint64_t)at[i]) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 29;
	}
	return hash % (seed % 3 == 0 ? 4093 : 16) == 5;
}

START_TEST(scattered_points_are_found)
{
	puzzle p = { .axes = 3, .most = { 14, 9, 22 }, .prices = { 1, 2.5, 1 }, .passes = scattered,
		     .seed = (unsigned)_i + 1 };
	expect_best(&p);
}
END_TEST

/* The worth is the same along whole lines: the largest first coordinate of the best line is found, and proven. */
static int below_two_lines(const int64_t *at, unsigned seed)
{
	return 3 * at[0] + at[1] <= 60 + (int64_t)seed && at[0] + at[1] <= 40;
}

START_TEST(of_equals_the_first_coordinate_decides)
{
	puzzle p = { .axes = 2, .most = { 50, 50 }, .prices = { 1, 1 }, .passes = below_two_lines, .seed = 7 };
	weir_search found = search(&p); /* x + y = 40 with 3x + y <= 67: x at most 13.5 */
	ck_assert_int_eq(found.best[0], 13);
	ck_assert_int_eq(found.best[1], 27);
	ck_assert(found.proven);
	expect_best(&p);
	p.smaller = 1;
	found = search(&p);
	ck_assert_int_eq(found.best[0], 0);
	ck_assert_int_eq(found.best[1], 40);
	ck_assert(found.proven);
}
END_TEST

static int nothing(const int64_t *at, unsigned seed)
{
	(void)at;
	(void)seed;
	return 0;
}

START_TEST(nothing_passes)
{
	puzzle p = { .axes = 2, .most = { 30, 17 }, .prices = { 1, 1 }, .passes = nothing };
	weir_search found = search(&p);
	ck_assert(!found.found && found.proven);
	ck_assert(found.value == -INFINITY && found.bound == -INFINITY);
	ck_assert_int_eq(found.proof_points, 31 * 18); /* not one was left out */
}
END_TEST

/* Cut short, the bound still holds: 40 is the best of below_two_lines, whose bound before any box is 100. */
START_TEST(a_proof_cut_short_says_its_bound)
{
	puzzle p = { .axes = 2, .most = { 50, 50 }, .prices = { 1, 1 }, .passes = below_two_lines, .seed = 7 };
	weir_search found;
	weir_search_terms terms = terms_of(&p);
	terms.proof_points = 64;
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_prove(&found, &terms), WEIR_OK);
	ck_assert(!found.proven && found.bound >= 40 && found.bound < 100);
	ck_assert_int_le(found.proof_points, 64 + WEIR_LANES);
	terms.proof_boxes = 0;
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_prove(&found, &terms), WEIR_OK);
	ck_assert(!found.proven && !found.found && found.bound == 100);
}
END_TEST

/* A climb from a point that does not pass finds one that does on its way to the low corner, and goes on from there. */
START_TEST(climbs_from_where_nothing_passes)
{
	puzzle p = { .axes = 2, .most = { 500, 500 }, .prices = { 1, 1 }, .passes = below_two_lines, .seed = 7 };
	weir_search found;
	weir_search_terms terms = terms_of(&p);
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_climb(&found, &terms, (const int64_t[WEIR_SEARCH_AXES]){ 480, 480 }), WEIR_OK);
	ck_assert(found.found && found.value == 40 && found.best[0] == 13);
	ck_assert_int_eq(found.starts, 1);
}
END_TEST

static double tight_bound(void *context, const weir_search_box *box)
{
	const puzzle *p = context;
	if (!below_two_lines(box->low, p->seed))
		return -INFINITY; /* the set is closed below */
	double high = worth(p, box->high);
	return high < 40 ? high : 40;
}

/* A bound that knows more leaves less to try: here only points whose own bound is above what is found. */
START_TEST(a_better_bound_tries_less)
{
	puzzle p = { .axes = 2, .most = { 5000, 5000 }, .prices = { 1, 1 }, .passes = below_two_lines, .seed = 7 };
	weir_search found;
	weir_search_terms terms = terms_of(&p);
	terms.bound = tight_bound;
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_prove(&found, &terms), WEIR_OK);
	ck_assert(found.proven && found.value == 40 && found.best[0] == 13);
	ck_assert_int_lt(p.tried, 5000);
}
END_TEST

START_TEST(stops_when_asked_to)
{
	puzzle p = { .axes = 2, .most = { 99, 99 }, .prices = { 3, 2 }, .passes = islands, .stop_after = 2 };
	weir_search found;
	weir_search_terms terms = terms_of(&p);
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_spread(&found, &terms), WEIR_INTERRUPTED);
	p.stop_after = 1;
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_prove(&found, &terms), WEIR_INTERRUPTED);
}
END_TEST

START_TEST(a_failed_run_ends_it)
{
	puzzle p = { .axes = 2, .most = { 99, 99 }, .prices = { 3, 2 }, .passes = islands, .fails = WEIR_INTERNAL };
	weir_search found;
	weir_search_terms terms = terms_of(&p);
	weir_search_begin(&found);
	ck_assert_int_eq(weir_search_spread(&found, &terms), WEIR_INTERNAL);
	ck_assert_int_eq(weir_search_prove(&found, &terms), WEIR_INTERNAL);
	ck_assert_int_eq(weir_search_climb(&found, &terms, (const int64_t[WEIR_SEARCH_AXES]){ 0 }), WEIR_INTERNAL);
}
END_TEST

START_TEST(memory_may_be_short)
{
	long n = 1;
	for (weir_status status = WEIR_NO_MEMORY; status != WEIR_OK; n++) {
		puzzle p = { .axes = 2, .most = { 99, 99 }, .prices = { 3, 2 }, .passes = islands };
		weir_search found;
		weir_search_terms terms = terms_of(&p);
		weir_search_begin(&found);
		weir_alloc_fail_from(n);
		status = weir_search_spread(&found, &terms);
		if (status == WEIR_OK)
			status = weir_search_prove(&found, &terms);
		weir_alloc_fail_from(0);
		ck_assert(status == WEIR_OK || status == WEIR_NO_MEMORY);
	}
	ck_assert_int_gt(n, 5);
}
END_TEST

Suite *weir_suite_study_structure_search(void)
{
	Suite *suite = suite_create("study/structure_search");
	TCase *all = tcase_create("search");
	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, islands_are_found, 0, 11);
	tcase_add_loop_test(all, scattered_points_are_found, 0, 24);
	tcase_add_test(all, of_equals_the_first_coordinate_decides);
	tcase_add_test(all, nothing_passes);
	tcase_add_test(all, a_proof_cut_short_says_its_bound);
	tcase_add_test(all, climbs_from_where_nothing_passes);
	tcase_add_test(all, a_better_bound_tries_less);
	tcase_add_test(all, stops_when_asked_to);
	tcase_add_test(all, a_failed_run_ends_it);
	tcase_add_test(all, memory_may_be_short);
	suite_add_tcase(suite, all);
	return suite;
}
