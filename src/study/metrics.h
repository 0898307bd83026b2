/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.h: formulas over the outcome of a run ("A.wal <= 2.5 and missed = no"), one value for each lane.
 *
 * The language is that of the deal's formulas (lang/formula.h); the names are these:
 *   any parameter of the plan, at the value that it has in the lane, and constants of the deal (deal.closing,
 *     pool.balance_initial, A.size)
 *   figures of the whole run, WEIR_RUN_FIGURES; they go before a parameter of the same name
 *   ID.FIGURE of a class or a group of classes, WEIR_CLASS_FIGURES: of a group amounts are added up, wal is weighted
 *     with the principal that is paid, first_… the earliest, last_… the latest, survives of all; yield is of one class
 *   FUNCTION(NAME) over the payment periods of anything that has a value in each of them: a register of the plan
 *     (A.balance, pool.balance, accelerate, reserve.balance), a sum over a class or a group (A.due, senior.unpaid), or
 *     a figure of a period (WEIR_PERIOD_FIGURES of lane_figures.h):
 *       at(NAME, DATE or number)  at a payment date (adjusted or not) or the end of a period, 0 = the closing
 *       least(NAME)  most(NAME)   of a flag: whether it is set always; ever
 *       total(NAME)               of a flag: in how many periods
 *       last(NAME)                at the end of the last period
 *     A period in which a figure does not exist (coverage where nothing is due) is left out.
 * Dates that never come (the first_short of a class that is never short) are WEIR_NEVER, later than every date. */
#ifndef WEIR_STUDY_METRICS_H
#define WEIR_STUDY_METRICS_H

#include "study/lane_figures.h"

#define WEIR_NEVER (WEIR_DATE_LAST + 1)

/* X(name, type): of the deal. */
#define WEIR_RUN_FIGURES(X)                                                                                            \
	X(coverage_min, NUMBER) X(coverage_total, NUMBER) X(missed, FLAG) X(unpaid_at_end, MONEY)                      \
	X(inflow, MONEY) X(defaulted, MONEY) X(recovered, MONEY) X(support_in, MONEY)                                  \
	X(subordinated_paid, MONEY) X(proceeds, MONEY)

/* X(name, type): of a class. wal in years, yield at the issue price (effective a year, ACT/365F). interest,
 * principal and rest are paid in all, unpaid what is open at the end, missed_most the most due and unpaid on one
 * date. */
#define WEIR_CLASS_FIGURES(X)                                                                                          \
	X(wal, NUMBER) X(yield, RATE) X(interest, MONEY) X(principal, MONEY) X(rest, MONEY) X(unpaid, MONEY)           \
	X(missed_most, MONEY) X(first_principal, DATE) X(last_principal, DATE) X(first_short, DATE) X(survives, FLAG)

typedef struct weir_metric weir_metric;

/* Parses and types a formula. `wanted` as weir_formula_parse (WEIR_TYPE_ERROR: anything). `place` and `sources`
 * say where the text stands; {0} and NULL: on a command line. Everything lives in `arena`; the plan must live as
 * long. WEIR_INPUT when it complained (UNKNOWN_NAME, FORMULA_…), *out is then NULL. */
weir_status weir_metric_parse(const weir_metric **out, weir_arena *arena, const weir_plan *plan,
                              const weir_sources *sources, const char *text, weir_place place, weir_type wanted,
                              weir_diags *diags);

/* As written. */
const char *weir_metric_text(const weir_metric *metric);
/* Money in cents, rates natural, dates as day numbers (WEIR_NEVER), flags 0 or 1. */
weir_type weir_metric_type(const weir_metric *metric);

/* The value in the first `count` lanes of a run that recorded every register (weir_run_options.record_all). NAN,
 * of a flag too, where a figure that the formula looks at does not exist: the yield of a class that has none or
 * several, the wal of a class without principal. Whoever asks whether a condition holds tests for == 1.
 * WEIR_NO_MEMORY. Several threads may read one metric. */
weir_status weir_metric_read(double *out, const weir_metric *metric, const weir_lane_reader *reader, int count);

/* A comparison of two values that are no flags has sides, whose difference tells how far it is from holding: a
 * formula that is one, or one equation joined to other conditions by "and" ("A.yield = 4% and missed = no").
 * Gives its operation (WEIR_OP_EQUAL …), WEIR_OP_CONSTANT of any other formula. */
weir_operation weir_metric_comparison(const weir_metric *metric);

/* The type of the sides; their difference is of the same type, but of dates a number of days. */
weir_type weir_metric_side_type(const weir_metric *metric);

/* Lanes, as weir_metric_read. */
typedef struct weir_metric_sides {
	double left[WEIR_LANES], right[WEIR_LANES];
	double holds[WEIR_LANES]; /* the comparison */
	double rest[WEIR_LANES];  /* the other conditions; 1 where there are none */
} weir_metric_sides;

weir_status weir_metric_read_sides(weir_metric_sides *out, const weir_metric *metric, const weir_lane_reader *reader,
                                   int count);

/* The other comparisons of two values that are no flags, wherever they stand in the formula ("A.unpaid > 0.00 and
 * A.unpaid < 1000.00" has two): the formula may change where the sides of one of them change order. Numbered as
 * they are written, from 0. */
int weir_metric_part_count(const weir_metric *metric);

/* As weir_metric_side_type. */
weir_type weir_metric_part_type(const weir_metric *metric, int number);

/* The left less the right side of one, and (unless NULL) whether the whole formula holds; lanes as
 * weir_metric_read. */
weir_status weir_metric_read_part(double *difference, double *holds, const weir_metric *metric, int number,
                                  const weir_lane_reader *reader, int count);

#endif
