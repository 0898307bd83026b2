/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_stress.h: fills the tables of the stress-test appendix and those by scenario (tables_stress.def) from studies. */
#ifndef WEIR_REPORT_FILL_STRESS_H
#define WEIR_REPORT_FILL_STRESS_H

#include "report/fill.h"
#include "study/break_evens.h"
#include "study/rating.h"
#include "study/rating_limit.h"
#include "study/reverse.h"
#include "study/stress.h"

/* What the tables of one appendix share. */
typedef struct weir_stress_frame {
	weir_results *results;
	const weir_outcome *outcome;           /* the run that the results are of */
	weir_arena *arena;                     /* lives as long as the frame */
	const weir_scenario *const *scenarios; /* [count] the first is the run's own, with what was set; NULL: the base case */
	const weir_cell *names;                /* [count] text cells with keys that are all different, in the results' arena */
	int count;
} weir_stress_frame;

/* Names the scenarios of a frame: their ids; where an id is taken already, FAMILY#ID, with the family behind the name. */
weir_status weir_stress_names(const weir_cell **out, weir_results *results, const weir_scenario *const *scenarios,
                              int count);

/* What is kept of every run beside its row. Scenario by scenario. */
typedef struct weir_stress_course {
	const weir_stress_frame *frame;
	int run_count;              /* at least the frame's count: runs behind them are in no table */
	double *coverage;           /* [runs][periods] */
	double *funds, *due;        /* [runs][periods] income after charges; senior interest due */
	double *senior;             /* [runs][periods] senior balance at the end */
	double *shares;             /* [runs][classes][periods] balance, of that at the start */
	double *yields;             /* [runs][classes] at the issue price; NAN: none or several */
	int *event_periods;         /* [runs] */
	weir_date *accelerated;     /* [runs] */
} weir_stress_course;

/* Takes the memory, in the frame's arena. */
weir_status weir_stress_course_create(weir_stress_course *out, const weir_stress_frame *frame, int run_count);

/* As weir_stress_terms.look; the context is the course. */
weir_status weir_stress_course_look(void *course, const weir_stress_row *rows, int count, const weir_lane_reader *reader);

/* stress_results, stress_classes, stress_coverage, coverage_path, funds_corridor. */
weir_status weir_fill_stress_runs(const weir_stress_course *course, const weir_stress *found);

/* stress_scenarios; `multiples` [count] may hold NAN. */
weir_status weir_fill_stress_scenarios(const weir_stress_frame *frame, const double *multiples);

/* "default 3 % evenly, recovery 30 % after 12 months": what a scenario says of a subject, in words; empty when nothing. */
typedef enum weir_stress_subject {
	WEIR_SUBJECT_DEFAULT,
	WEIR_SUBJECT_TIMING,
	WEIR_SUBJECT_RECOVERY,
	WEIR_SUBJECT_LAG,
	WEIR_SUBJECT_PREPAYMENT,
	WEIR_SUBJECT_INCOME,
	WEIR_SUBJECT_SPREAD,
	WEIR_SUBJECT_DELAY,
	WEIR_SUBJECT_IP,
	WEIR_SUBJECT_SUPPORTER,
	WEIR_SUBJECT_RATES,
	WEIR_SUBJECT_OTHER,
	WEIR_SUBJECT_COUNT
} weir_stress_subject;
weir_status weir_stress_words(weir_cell *out, const weir_stress_frame *frame, const weir_scenario *scenario);

/* stress_dependence. */
weir_status weir_fill_stress_dependence(const weir_stress_frame *frame, const weir_support_dependence *found);

/* Break-evens of one class with support or without it, by scenario. */
typedef struct weir_stress_limits {
	int class_number;
	weir_variant variant;
	int scenario_count;           /* of the frame's, the first ones: what the arrays hold */
	const weir_limit *defaults;   /* [scenario_count] of default totals; NULL: pool without principal */
	const weir_rating_way *ways;  /* [scenario_count] */
	const weir_limit *haircuts, *recoveries; /* [scenario_count]; the second NULL where there is nothing to recover */
} weir_stress_limits;

/* What grades ask. */
typedef struct weir_stress_grades {
	const weir_grade_table *table;
	const weir_target *targets;   /* [grades]; of a table of receipts unused */
	weir_target_terms terms;      /* behind the targets; of a table of receipts unused */
} weir_stress_grades;

/* A limit as a rate, or what it is instead: it fails anyway, or survives any. How a limit was searched. */
weir_cell weir_fill_limit(double value, int whole);
weir_cell weir_fill_rating_way(weir_rating_way way);

/* stress_breakeven. */
weir_status weir_fill_stress_breakeven(const weir_stress_frame *frame, const weir_stress_grades *grades,
                                       const weir_stress_limits *limits, int limit_count);

/* rating_sensitivity, under each of the targets ([multiple_count] tables of targets with their base default rates). */
weir_status weir_fill_rating_sensitivity(const weir_stress_frame *frame, const weir_stress_grades *grades,
                                         const double *multiples, int multiple_count, const weir_stress_limits *limits,
                                         int limit_count);

/* stress_support. */
weir_status weir_fill_stress_support(const weir_stress_frame *frame, const weir_stress_grades *grades);

/* decrement. */
weir_status weir_fill_decrement(const weir_stress_course *course);

/* A row of scenario_yields and of price_speed: a class in a run, priced; `curve` NULL: no spreads. */
weir_status weir_fill_scenario_yield(const weir_stress_frame *frame, weir_table *table, int run, int class_number,
                                     const weir_priced *priced);
weir_status weir_fill_price_speed(const weir_stress_frame *frame, weir_table *table, int run, int class_number, double clean,
                                  const weir_priced *priced, const weir_rate_curve *curve);

/* A cell of the break-even table. Texts static or in the results' arena. */
typedef struct weir_breakeven_cell {
	weir_cell quantity, row, column;
	weir_limit first_loss, yield_break;
} weir_breakeven_cell;
weir_status weir_fill_breakeven_cell(const weir_stress_frame *frame, weir_table *table, int class_number,
                                     const weir_breakeven_cell *cell);

#endif
