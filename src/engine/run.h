/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.h: runs a plan over a block of lanes, keeps what is asked for, and for one lane the full trace. */
#ifndef WEIR_ENGINE_RUN_H
#define WEIR_ENGINE_RUN_H

#include "engine/plan.h"

/* One row of the payment trace (DESIGN section 5). Amounts in cents. available - paid = left; due - paid = unpaid.
 * Cash that comes in has negative due and paid. */
typedef struct weir_trace_row {
	int period;
	const char *waterfall, *step, *clause, *payee, *what; /* clause may be NULL */
	const weir_node *node;                                /* the step's, the class's … element */
	int account;                                          /* of the deal: the source; from account_count on, the
	                                                         purse of support account - account_count */
	double due, available, paid, unpaid, carried, left;
	const char *reason; /* machine word: paid-in-full, short-of-cash, capped, condition-false, not-yet,
	                       nothing-due, as-available, received */
	int event;          /* the instruction behind it, for weir_run_explain */
} weir_trace_row;

/* A parameter's value in each lane. */
typedef struct weir_lane_setting {
	int register_number;
	const double *values; /* [WEIR_LANES] */
	const double *later;  /* [WEIR_LANES] what takes their place from a period on; NULL: nothing does */
	int later_from;       /* that period */
} weir_lane_setting;

typedef struct weir_run_options {
	int trace_lane;         /* -1: no trace */
	int record_all;         /* keep every named register at the end of every period */
	const int *records;     /* else these registers */
	int record_count;
} weir_run_options;

/* A workspace: registers, records, trace. Made once, used for many blocks; one thread at a time. */
typedef struct weir_run weir_run;

weir_status weir_run_create(weir_run **out, const weir_plan *plan, const weir_run_options *options);
void weir_run_destroy(weir_run *run);

/* Runs the block: `rows` of the pool and the lanes' settings. Allocates nothing unless a trace is kept. WEIR_INTERNAL
 * when cash is not conserved in some lane, to the cent: a fault of the program, never of the input. WEIR_INPUT when a
 * fee on what is paid has no single answer, because the waterfall's conditions look at cash. */
weir_status weir_run_execute(weir_run *run, const weir_pool_rows *rows, const weir_lane_setting *settings,
                             int setting_count);

/* The value of a recorded register at the end of a period, [WEIR_LANES]; period 0 is the closing. NULL when the
 * register is not recorded. */
const double *weir_run_record(const weir_run *run, int register_number, int period);

/* Values after the last period, of any register. */
const double *weir_run_final(const weir_run *run, int register_number);

/* The element that a trace row's source stands for: an account or a support. */
const weir_node *weir_run_source(const weir_plan *plan, int account);

/* The trace of the trace lane, in the order in which things happened. */
const weir_trace_row *weir_run_trace(const weir_run *run, size_t *count);

/* How the value behind a trace row came about: the instructions that gave its due amount and its payment, with the
 * numbers of that period substituted, one line each. */
void weir_run_explain(const weir_run *run, const weir_trace_row *row, weir_text *to);

#endif
