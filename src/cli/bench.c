/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench.c: weir bench: the engine's speed beside hand-fused kernels of the same deals, timed in the same run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "api/session.h"
#include "base/alloc.h"
#include "cli/bench_kernels.h"
#include "cli/cli.h"
#include "io/write.h"
#include "study/stress.h"

typedef struct bench_deal {
	const char *name, *share;
	void (*kernel)(weir_bench_output *out, const weir_bench_input *in);
} bench_deal;

static const bench_deal deals[] = {
	{ "EX2, 20 quarters", "bench/ex2.xml", weir_bench_ex2 },
	{ "120 months, 5 classes, 40 steps", "bench/120-months.xml", weir_bench_120 },
};

static double seconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The deal is inside the program; a session reads files, so it goes through a temporary one. */
static weir_session *open_embedded(const char *share, int *status)
{
	weir_diags diags = { 0 };
	const char *text;
	size_t size;
	int owned = 0;
	char folder[] = "/tmp/weir-bench-XXXXXX", path[64];
	weir_session *session = NULL;
	*status = WEIR_EXIT_IO;
	if (weir_share_read(&text, &size, &owned, share, &diags) == WEIR_OK && mkdtemp(folder)) {
		snprintf(path, sizeof path, "%s/deal.xml", folder);
		if (weir_file_write(path, text, size, &diags) == WEIR_OK)
			*status = weir_session_open(&session, path);
		unlink(path);
		rmdir(folder);
	}
	if (diags.count)
		fprintf(stderr, "weir: error: %s\n", diags.items[0].text);
	weir_diags_free(&diags);
	if (owned)
		weir_free((char *)text);
	return session;
}

/* What the kernel reads, from the plan's deal and the block's rows. */
typedef struct input_memory {
	weir_bench_input in;
	double *fraction;
	weir_year_fraction *exact;
	char *year_end;
	double *targets[8];
} input_memory;

static void read_targets(double *values, const weir_class *k, int periods)
{
	for (int p = 0; p <= periods; p++)
		values[p] = k->size_cents;
	for (int i = 0; i < k->row_count; i++)
		for (int p = k->rows[i].period; p <= periods; p++)
			values[p] = k->rows[i].amount_cents;
}

/* EX2's target follows the pool; its shares are those of the deal. */
static void read_pool_targets(double *values, const weir_session *s, const weir_class *k)
{
	weir_pool_remaining_shares(values, s->pool, &s->periods, k->share_digits);
	for (int p = 0; p < s->periods.count; p++)
		values[p] = weir_round_quad((weir_quad)k->size_cents * weir_quad_from_decimal(values[p]));
	values[s->periods.count - 1] = 0;
}

static int make_input(input_memory *m, const weir_session *s, const weir_pool_rows *rows)
{
	int count = s->periods.count;
	*m = (input_memory){ 0 };
	m->fraction = weir_alloc_zero((size_t)count, sizeof *m->fraction);
	m->exact = weir_alloc_zero((size_t)count, sizeof *m->exact);
	m->year_end = weir_alloc_zero((size_t)count, 1);
	if (!m->fraction || !m->exact || !m->year_end)
		return 0;
	for (int p = 1; p < count; p++) {
		const weir_period *period = &s->periods.items[p];
		m->exact[p] =
			weir_day_count_fraction(s->deal->day_count, period->accrual_start, period->accrual_end, NULL);
		m->fraction[p] = (double)m->exact[p].numerator / (double)m->exact[p].denominator;
		m->year_end[p] = (char)period->year_end;
	}
	for (int c = 0; c < s->deal->class_count && c < 8; c++) {
		m->targets[c] = weir_alloc_zero((size_t)count, sizeof **m->targets);
		if (!m->targets[c])
			return 0;
		if (s->deal->classes[c].target_follows_pool)
			read_pool_targets(m->targets[c], s, &s->deal->classes[c]);
		else
			read_targets(m->targets[c], &s->deal->classes[c], count - 1);
	}
	m->in = (weir_bench_input){ .periods = count - 1,
		                    .principal = (const weir_lane *)rows->column[WEIR_POOL_PRINCIPAL],
		                    .income = (const weir_lane *)rows->column[WEIR_POOL_INCOME],
		                    .pool_balance = (const weir_lane *)rows->column[WEIR_POOL_BALANCE],
		                    .fraction = m->fraction,
		                    .exact = m->exact,
		                    .year_end = m->year_end,
		                    .targets = (const double *const *)m->targets };
	return 1;
}

static void free_input(input_memory *m)
{
	weir_free(m->fraction);
	weir_free(m->exact);
	weir_free(m->year_end);
	for (int c = 0; c < 8; c++)
		weir_free(m->targets[c]);
}

/* Adds up what the engine recorded for a register over the deal's life. */
static double life_total(const weir_session *s, const weir_run *run, int register_number, int lane)
{
	double sum = 0;
	for (int p = 1; p < s->periods.count; p++) {
		const double *lanes = weir_run_record(run, register_number, p);
		sum += lanes ? lanes[lane] : 0;
	}
	return sum;
}

/* The engine and the kernel must give the same cents in every lane, or the comparison means nothing. */
static int same_cents(const weir_session *s, const weir_run *run, const weir_bench_output *out)
{
	const weir_plan_map *map = weir_plan_registers(s->plan);
	for (int l = 0; l < WEIR_LANES; l++) {
		double fees = 0;
		for (int i = 0; i < s->deal->fee_count; i++)
			fees += life_total(s, run, map->fees[i].paid, l) +
			        life_total(s, run, map->surcharges[i].paid, l);
		if (fees != out->paid[5][l] || weir_run_final(run, map->missed)[l] != out->missed[l])
			return 0;
		for (int c = 0; c < s->deal->class_count; c++) {
			const weir_class_registers *r = &map->classes[c];
			double paid = life_total(s, run, r->interest_paid, l) +
			              life_total(s, run, r->principal_paid, l) + life_total(s, run, r->yield_paid, l) +
			              life_total(s, run, r->rest_paid, l);
			if (paid != out->paid[c][l])
				return 0;
		}
	}
	return 1;
}

#define TURNS 60

/* Best time of one block of each, measured turn by turn so that both see the same machine. */
static void time_both(const bench_deal *deal, weir_run *run, const weir_pool_rows *rows, const weir_bench_input *in,
                      double *engine, double *kernel)
{
	static weir_bench_output out;
	int repeats = 4000 / in->periods;
	*engine = *kernel = 1e9;
	for (int turn = 0; turn < TURNS; turn++) {
		double start = seconds_now();
		for (int i = 0; i < repeats; i++)
			weir_run_execute(run, rows, NULL, 0);
		double middle = seconds_now();
		for (int i = 0; i < repeats; i++)
			deal->kernel(&out, in);
		double end = seconds_now();
		if (middle - start < *engine)
			*engine = middle - start;
		if (end - middle < *kernel)
			*kernel = end - middle;
	}
	*engine /= repeats;
	*kernel /= repeats;
}

static double time_end_to_end(weir_block *block, const weir_scenario *const *scenarios, const weir_overlay *overlay,
                              weir_diags *diags)
{
	double best = 1e9;
	for (int turn = 0; turn < TURNS; turn++) {
		double start = seconds_now();
		weir_block_run(block, scenarios, WEIR_LANES, overlay, 1, diags);
		double took = seconds_now() - start;
		best = took < best ? took : best;
	}
	return best;
}

static int bench_one(const bench_deal *deal)
{
	int status;
	weir_session *s = open_embedded(deal->share, &status);
	weir_block *block = NULL, *quiet = NULL;
	weir_run *bare = NULL;
	input_memory memory = { 0 };
	static weir_bench_output out;
	const weir_scenario *scenarios[WEIR_LANES] = { NULL };
	double haircuts[WEIR_LANES], engine, kernel;
	for (int l = 0; l < WEIR_LANES; l++)
		haircuts[l] = 0.0021 * l;
	weir_overlay overlay = { .name = "haircut", .values = haircuts };
	weir_run_options record = { .trace_lane = -1, .record_all = 1 }, nothing = { .trace_lane = -1 };
	if (status != WEIR_EXIT_DONE)
		goto out;
	status = WEIR_EXIT_INTERNAL;
	if (weir_block_create(&block, s->plan, &record) != WEIR_OK ||
	    weir_block_create(&quiet, s->plan, &nothing) != WEIR_OK ||
	    weir_run_create(&bare, s->plan, &nothing) != WEIR_OK ||
	    weir_block_run(block, scenarios, WEIR_LANES, &overlay, 1, &s->diags) != WEIR_OK ||
	    !make_input(&memory, s, weir_block_rows(block)))
		goto out;
	deal->kernel(&out, &memory.in);
	if (!same_cents(s, weir_block_result(block), &out)) {
		fprintf(stderr, "weir: error: the engine and the kernel of \"%s\" differ\n", deal->name);
		goto out;
	}
	time_both(deal, bare, weir_block_rows(block), &memory.in, &engine, &kernel);
	double end_to_end = time_end_to_end(quiet, scenarios, &overlay, &s->diags);
	double pairs = (double)WEIR_LANES * memory.in.periods;
	printf("%s: %d instructions a period\n", deal->name, weir_plan_instruction_count(s->plan));
	printf("  engine        %8.2f ns per scenario-period   %8.2f M scenario-periods/s\n", engine / pairs * 1e9,
	       pairs / engine * 1e-6);
	printf("  fused kernel  %8.2f ns per scenario-period   %8.2f M scenario-periods/s\n", kernel / pairs * 1e9,
	       pairs / kernel * 1e-6);
	printf("  ratio         %8.2f   (to be at most 2)\n", engine / kernel);
	printf("  with the pool projected anew for every block: %.2f M scenario-periods/s\n",
	       pairs / end_to_end * 1e-6);
	status = WEIR_EXIT_DONE;
out:
	free_input(&memory);
	weir_run_destroy(bare);
	weir_block_destroy(quiet);
	weir_block_destroy(block);
	weir_session_close(s);
	return status;
}

/* A grid of 100 haircuts x 100 rises of the coupon on the first deal, its loading included: every figure of a stress
 * table in each scenario. */
static int bench_grid(const bench_deal *deal)
{
	int status;
	double start = seconds_now();
	weir_session *s = open_embedded(deal->share, &status);
	weir_stress_axis axes[] = { { "haircut", 0, 0.495, 0.005 }, { "A.coupon", 0.03, 0.0399, 0.0001 } };
	weir_stress_terms terms = { .axes = axes, .axis_count = 2 };
	weir_stress grid = { 0 };
	if (status != WEIR_EXIT_DONE)
		goto out;
	double loaded = seconds_now();
	status = WEIR_EXIT_INTERNAL;
	if (weir_stress_run(&grid, s->arena, s->plan, &terms, &s->diags) != WEIR_OK || grid.count != 10000)
		goto out;
	double end = seconds_now();
	printf("%s, a grid of %zu scenarios: %.3f s, %.3f s with loading the deal (to be below 2 s); %.0f scenarios/s\n",
	       deal->name, grid.count, end - loaded, end - start, (double)grid.count / (end - loaded));
	status = WEIR_EXIT_DONE;
out:
	weir_session_close(s);
	return status;
}

static int run(const char *const *operands, size_t count)
{
	int status = WEIR_EXIT_DONE;
	(void)operands;
	(void)count;
	printf("one core, blocks of %d scenarios, best of %d turns; both give the same cents in every lane\n",
	       WEIR_LANES, TURNS);
	for (size_t i = 0; status == WEIR_EXIT_DONE && i < sizeof deals / sizeof *deals; i++)
		status = bench_one(&deals[i]);
	return status == WEIR_EXIT_DONE ? bench_grid(&deals[0]) : status;
}

const weir_command weir_command_bench = { .name = "bench",
	                                  .arguments = "",
	                                  .summary = "times the engine beside hand-written kernels of the same deals",
	                                  .operands_least = 0,
	                                  .operands_most = 0,
	                                  .run = run };
