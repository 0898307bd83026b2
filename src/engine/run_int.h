/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_int.h: the inside of a run, for the runner and the trace. */
#ifndef WEIR_ENGINE_RUN_INT_H
#define WEIR_ENGINE_RUN_INT_H

#include "engine/plan_int.h"
#include "engine/run.h"

#define WEIR_MOST_PAYEES 64

/* One instruction as it ran, in the trace lane: its operands before it ran. */
typedef struct weir_trace_event {
	int program, index, period;
	double before[WEIR_OPERANDS];
} weir_trace_event;

struct weir_run {
	weir_arena *arena;
	const weir_plan *plan;
	const weir_pool_rows *rows;
	weir_lane *registers; /* [registers][lane] */
	weir_lane *scratch;   /* for SOLVE_PAID */
	int reset_count;
	int *resets;          /* [reset_count] registers that every block starts anew */
	weir_lane *schedules; /* [schedules][periods] room for `resized` */
	weir_lane **resized;  /* [schedules] what is due by period where some lane's class has another size; NULL: as planned */
	int unsolved;         /* a fee on what is paid has no single answer in some lane */
	int broken_period;    /* first period whose cash did not add up; 0 = none */

	int record_count;
	int *record_registers; /* [record_count] */
	int *record_of;        /* [registers] its place among the records, or -1 */
	weir_lane *records;    /* [period][record] */

	int trace_lane;
	double *before; /* [registers] the trace lane before the instruction, for the registers that it names */
	weir_trace_row *trace;
	size_t trace_count, trace_capacity;
	weir_trace_event *events;
	size_t event_count, event_capacity;
	int trace_failed;
};

void weir_trace_reset(weir_run *run);
/* Keeps what the instruction is about to read or change, in the trace lane. */
void weir_trace_before(weir_run *run, const weir_instruction *instruction);
void weir_trace_after(weir_run *run, int program, size_t index, int period);

#endif
