/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_kernels.h: two deals written out by hand as fused loops, against which "weir bench" holds the engine. */
#ifndef WEIR_CLI_BENCH_KERNELS_H
#define WEIR_CLI_BENCH_KERNELS_H

#include "base/lanes.h"
#include "time/day_count.h"

/* What a kernel reads: the pool's rows and the year fractions of each period, 1-based, and the targets of the classes
 * in cents. */
typedef struct weir_bench_input {
	int periods;                        /* the closing not counted */
	const weir_lane *principal, *income;/* [period][lane], [0] unused */
	const weir_lane *pool_balance;
	const double *fraction;             /* [period] */
	const weir_year_fraction *exact;    /* [period] */
	const char *year_end;               /* [period] */
	const double *const *targets;       /* [class][period] */
} weir_bench_input;

/* What it gives, to be compared with the engine: everything paid to each of the classes and to the fees. */
typedef struct weir_bench_output {
	weir_lane paid[6]; /* classes in order (interest and principal), then all taxes and fees */
	weir_lane missed;
} weir_bench_output;

/* deals/ex2-secondary-licence, as its file says. */
void weir_bench_ex2(weir_bench_output *out, const weir_bench_input *in);

/* bench/120-months.xml, as its file says. */
void weir_bench_120(weir_bench_output *out, const weir_bench_input *in);

#endif
