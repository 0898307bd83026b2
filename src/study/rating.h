/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rating.h: what rating methods ask of a grade: target default rate, required support, expected loss (RULES.md 6). */
#ifndef WEIR_STUDY_RATING_H
#define WEIR_STUDY_RATING_H

#include "deal/scenario.h"
#include "pool/pool.h"

/* --- targets: share/rating-targets.csv -------------------------------------------------------------------------- */

typedef struct weir_grade_target {
	const char *grade;
	double multiple;    /* of the base default rate, or recovery where the table says so; NAN: not known */
	double probability; /* how likely it may be that the class defaults in its life; NAN: not known */
	const char *source;
	weir_trust_label label;
	weir_place place;
} weir_grade_target;

/* What is asked of each grade for one class of assets. Multiples do not rise and probabilities do not fall from one
 * grade to the next worse one (of recoveries the multiples do not fall). */
typedef struct weir_grade_table {
	const char *asset_class;
	int of_recovery;           /* multiples are of what the pool brings in, not of what defaults */
	weir_grade_target *grades; /* best first */
	int count;
} weir_grade_table;

typedef struct weir_grade_tables {
	weir_grade_table *items;
	int count;
} weir_grade_tables;

/* The table of a class of assets, or NULL. */
const weir_grade_table *weir_grade_tables_find(const weir_grade_tables *tables, const char *asset_class);

/* The grade that documents give ("AAA", "AAAsf"; NULL), by its place in the table; -1: none of them. */
int weir_grade_table_published(const weir_grade_table *table, const char *rating);

/* --- log-normal default totals ---------------------------------------------------------------------------------- */

/* ln(cumulative default rate) ~ N(mean, deviation²). */
typedef struct weir_log_normal {
	double mean, deviation;
} weir_log_normal;

/* From the mean m and the standard deviation s of the rate itself: deviation² = ln(1 + s²/m²), mean = ln m -
 * deviation²/2 (N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 1, 2nd ed. 1994, chapter
 * 14). 0 unless m > 0 and s >= 0. */
int weir_log_normal_of_moments(weir_log_normal *out, double mean, double deviation);

/* From observed rates x_i: the mean of ln x_i, and their sample standard deviation sqrt(sum (ln x_i - mean)² / (n -
 * 1)). 0 with fewer than two rates, or one that is not above 0. */
int weir_log_normal_of_rates(weir_log_normal *out, const double *rates, int count);

/* The rate that is exceeded with the probability p: exp(mean + deviation x inverse normal(1 - p)) (RULES.md 6.3). */
double weir_log_normal_exceeded(const weir_log_normal *law, double probability);

/* --- target default rates --------------------------------------------------------------------------------------- */

typedef struct weir_target_terms {
	int by_law;          /* 0: multiple x base_default; 1: what the law exceeds with the grade's probability */
	double base_default; /* cumulative default rate that is expected, of the initial principal */
	weir_log_normal law;
	double defaulted;    /* what has defaulted already, of the initial principal; what actuals say included */
	double left;         /* principal still there, of the initial principal: 1 at the start; above 0 */
	double recovery;     /* rate on what defaults */
} weir_target_terms;

typedef struct weir_target {
	double of_initial; /* the target default rate, of the initial principal, at most 1; NAN: not known */
	double rate;       /* what of it is still to come, of the principal still there: max(0, of_initial -
	                      defaulted) / left, at most 1 */
	double required_support; /* rate x (1 - recovery): the target loss rate */
	int derived;       /* 1: the table has no number; the next better grade's target / 1.1, both before they are
	                      held at 1 (RULES.md 6.1) */
} weir_target;

/* Makes the terms stand where the pool does, behind its actuals or at the start: `left`, and what the actuals say has
 * defaulted joins `defaulted`. Without principal nothing changes. */
void weir_target_terms_stand(weir_target_terms *terms, const weir_pool *pool);

/* Targets of a table that is not of recoveries, `out` [table->count]. Decimals of 12 places. */
void weir_targets_find(weir_target *out, const weir_grade_table *table, const weir_target_terms *terms);

/* The best grade whose target is not above a break-even; -1: none. */
int weir_targets_reached(const weir_target *targets, int count, double break_even);

/* --- expected losses: share/expected-losses.csv ----------------------------------------------------------------- */

/* The expected loss that a grade goes with, by the years of the average life. */
typedef struct weir_loss_grade {
	const char *grade;
	double *years, *losses; /* [count] years rising, losses above 0 and not falling */
	int count;
	const char *source;
	weir_trust_label label;
} weir_loss_grade;

typedef struct weir_loss_table {
	weir_loss_grade *grades; /* best first */
	int count;
} weir_loss_table;

const weir_loss_grade *weir_loss_table_find(const weir_loss_table *table, const char *grade);

/* The loss of a grade at an average life: between two lives of the table linear in years in the logarithm of the loss
 * (ROYALTY.md 5.1); below the first and above the last life, theirs. NAN for NAN years. A decimal of 12 places. */
double weir_loss_at(const weir_loss_grade *grade, double years);

#endif
