/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics_int.h: the inside of a metric, for its own files: what each name of its formula stands for. */
#ifndef WEIR_STUDY_METRICS_INT_H
#define WEIR_STUDY_METRICS_INT_H

#include "study/metrics.h"

typedef enum weir_run_figure {
#define WEIR_RUN_FIGURE(name, type) WEIR_RUN_##name,
	WEIR_RUN_FIGURES(WEIR_RUN_FIGURE)
#undef WEIR_RUN_FIGURE
	WEIR_RUN_FIGURE_COUNT
} weir_run_figure;

typedef enum weir_class_figure {
#define WEIR_CLASS_FIGURE(name, type) WEIR_CLASS_##name,
	WEIR_CLASS_FIGURES(WEIR_CLASS_FIGURE)
#undef WEIR_CLASS_FIGURE
	WEIR_CLASS_FIGURE_COUNT
} weir_class_figure;

/* The functions over periods. */
typedef enum weir_over_periods {
	WEIR_OVER_AT,
	WEIR_OVER_LEAST,
	WEIR_OVER_MOST,
	WEIR_OVER_TOTAL,
	WEIR_OVER_LAST,
	WEIR_OVER_COUNT
} weir_over_periods;

typedef struct weir_metric_symbol {
	enum { WEIR_METRIC_PARAMETER, WEIR_METRIC_RUN, WEIR_METRIC_CLASS, WEIR_METRIC_PERIODS } kind;
	weir_type type;
	int figure;           /* RUN: weir_run_figure; CLASS: weir_class_figure */
	const int *classes;   /* CLASS */
	int class_count;
	const int *registers; /* PARAMETER: one; PERIODS: those that are added up */
	int register_count;
	weir_over_periods function;
	int period;           /* of WEIR_OVER_AT */
	int offset;           /* PERIODS: of a figure's lanes in weir_period_lanes; else -1 */
	int column;           /* PERIODS: of the pool's rows, for what the program itself does not read; else -1 */
	int cumulative;       /* its sum to date */
} weir_metric_symbol;

struct weir_metric {
	const weir_plan *plan;
	const char *text;
	const weir_expression *tree;
	const weir_metric_symbol *symbols; /* their places are the numbers of the tree's names */
	int symbol_count;
};

/* The comparison whose sides tell how far the formula is from holding; NULL when it has none. */
const weir_expression *weir_metric_compared(const weir_metric *metric);

/* The part of that number, or NULL. */
const weir_expression *weir_metric_part(const weir_metric *metric, int number);

#endif
