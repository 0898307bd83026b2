/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_fixture.h: deals made ready to run, and every deal of the tree with every scenario. */
#ifndef TESTS_UNIT_ENGINE_FIXTURE_H
#define TESTS_UNIT_ENGINE_FIXTURE_H

#include <check.h>

#include "engine/plan.h"
#include "io_fixture.h"
#include "study/block.h"

/* As ck_assert_msg, for long loops: that one tells the runner of every check that passes, which takes its time. */
#define engine_demand(condition, ...)                                                                                  \
	do {                                                                                                           \
		if (!(condition))                                                                                      \
			ck_abort_msg(__VA_ARGS__);                                                                     \
	} while (0)

/* A deal from its file to its plan. Stays where it is: the plan points into it. */
typedef struct engine_deal {
	io_load load; /* complaints of the load and of the compilation */
	weir_arena *arena;
	weir_periods periods;
	weir_pool *pool;
	weir_plan *plan;          /* NULL when the deal has errors */
	weir_scenarios scenarios; /* beside the deal: scenarios.xml of a deal.xml, stress.xml of any other; none without */
	weir_status status;
} engine_deal;

/* Loads and compiles; complaints are sorted. */
void engine_open(engine_deal *d, const char *path);

/* The same for a text, written as deal.xml into the temporary folder (between io_enter and io_leave). Fails the test
 * unless it compiles. */
void engine_open_text(engine_deal *d, const char *text);

/* The same without demanding that it compiles. */
void engine_try_text(engine_deal *d, const char *text);

void engine_close(engine_deal *d);

/* Calls `each` for every deal under deals/ (its supported and other files too) and tests/deals/, opened; fails the test when one does not compile. */
void engine_each_deal(void (*each)(engine_deal *d));

/* Runs one scenario (NULL: the base case) in lane 0 of a new block that keeps every register, with a trace when
 * `traced`. The caller destroys the block. */
weir_block *engine_run(engine_deal *d, const weir_scenario *scenario, int traced);

/* A named register at the end of a period, in lane 0 of a block of engine_run; fails the test when there is none. */
double engine_value(const engine_deal *d, const weir_block *block, const char *name, int period);

/* A deal whose pool brings the given amounts, in cents: period k has principal[k - 1] and income[k - 1]. Four periods,
 * 15 March, June, September, December 2024, unadjusted, 30E/360: quarters of a year. `body` is what follows
 * the pool: accounts, classes … waterfalls. The text is static, valid until the next call. */
const char *engine_text(const double *principal, const double *income, const char *body);

#endif
