/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/break_evens.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "study/lane_figures.h"

#define STEPS 1000000000 /* of a rate */
#define GRID 512         /* divides STEPS */
#define QUICK_GRID 8
#define QUICK_END 1000   /* steps that a quick search leaves open */

/* What one lane is for. `at` counts steps from the mild end. */
typedef struct lane {
	int search;
	int item;     /* of the narrowing; -1: of the scan */
	int64_t at;
} lane;

/* A search in its scan: the first point of the grid that was not tried yet, and of each test the first that fails. */
typedef struct scan {
	int next;
	int *first_failing; /* [tests] behind the grid: none */
} scan;

/* A test of a search that fails at `high` and holds at `low`. */
typedef struct bracket {
	int search, test;
	int64_t low, high;
	int64_t next_low, next_high; /* of the wave at hand */
} bracket;

typedef struct hunt {
	const weir_plan *plan;
	const weir_limit_search *searches;
	const weir_limit_test *tests;
	int search_count, test_count;
	int grid;                       /* steps of the scan */
	int64_t end;                    /* how far apart a bracket's ends are in the end */
	weir_diags *diags;
	weir_block *block;
	weir_scenario made[WEIR_LANES]; /* each lane's own copy of its scenario, with room for the shock */
	lane lanes[WEIR_LANES];
	int lane_count;
	scan *scans;                    /* [searches] */
	bracket *brackets;
	int bracket_count;
	weir_limit *out;
	int is_last;                    /* the answers are run once more, for what defaults */
} hunt;

/* --- one block -------------------------------------------------------------------------------------------------- */

static double value_of(const weir_limit_search *search, int64_t at)
{
	return (double)(search->from_above ? STEPS - at : at) / STEPS;
}

/* The lane's scenario with the search's shock behind it. */
static void lay_shock(weir_scenario *made, const weir_limit_search *search, int64_t at)
{
	const weir_scenario *base = search->scenario;
	weir_shock *shocks = made->shocks;
	int own = base ? base->shock_count : 0;
	double value = value_of(search, at);
	*made = base ? *base : (weir_scenario){ .node = { .id = "base" } };
	made->shocks = shocks;
	for (int i = 0; i < own; i++)
		shocks[i] = base->shocks[i];
	shocks[own] = search->shock;
	shocks[own].value = search->shock.kind == WEIR_SHOCK_RECEIPTS ? weir_rate_normal(1 - value) : value;
	made->shock_count = own + 1;
}

/* holds[lane] of one test. */
static void read_test(char *holds, const hunt *h, const weir_limit_test *test)
{
	const weir_run *run = weir_block_result(h->block);
	weir_lane_reader reader = { h->plan, run, weir_block_rows(h->block) };
	weir_class_lanes k;
	if (!(test->paid_back > 0)) {
		weir_survival_read(holds, h->plan, run, test->class_number, test->survival);
		return;
	}
	weir_class_lanes_read(&k, &reader, test->class_number);
	for (int l = 0; l < WEIR_LANES; l++)
		holds[l] = k.principal[l] + k.interest[l] + k.rest[l] >= test->paid_back;
}

/* What the lanes found out about one test. */
static void take_test(hunt *h, int test, const char *holds)
{
	for (int l = 0; l < h->lane_count; l++) {
		const lane *one = &h->lanes[l];
		if (one->item < 0) {
			int *first = &h->scans[one->search].first_failing[test],
			    point = (int)(one->at * h->grid / STEPS);
			if (!holds[l] && point < *first)
				*first = point;
			continue;
		}
		bracket *b = &h->brackets[one->item];
		if (b->test != test)
			continue;
		if (!holds[l])
			b->next_high = one->at < b->next_high ? one->at : b->next_high;
	}
	/* holding counts below the first failure only */
	for (int l = 0; l < h->lane_count; l++) {
		const lane *one = &h->lanes[l];
		bracket *b = one->item < 0 ? NULL : &h->brackets[one->item];
		if (b && b->test == test && holds[l] && one->at < b->next_high && one->at > b->next_low)
			b->next_low = one->at;
	}
}

/* Runs the lanes that wait. */
static weir_status flush(hunt *h)
{
	const weir_scenario *scenarios[WEIR_LANES];
	char holds[WEIR_LANES];
	if (h->lane_count == 0)
		return WEIR_OK;
	for (int l = 0; l < h->lane_count; l++) {
		lay_shock(&h->made[l], &h->searches[h->lanes[l].search], h->lanes[l].at);
		scenarios[l] = &h->made[l];
	}
	weir_status status = weir_block_run(h->block, scenarios, h->lane_count, NULL, 0, h->diags);
	weir_lane_reader reader = { h->plan, weir_block_result(h->block), weir_block_rows(h->block) };
	for (int t = 0; t < h->test_count && status == WEIR_OK && !h->is_last; t++) {
		read_test(holds, h, &h->tests[t]);
		take_test(h, t, holds);
	}
	for (int l = 0; l < h->lane_count && status == WEIR_OK && h->is_last; l++)
		h->out[h->lanes[l].item].defaulted_share = weir_lane_defaulted_share(&reader, l);
	h->lane_count = 0;
	return status;
}

static weir_status add_lane(hunt *h, int search, int item, int64_t at)
{
	h->lanes[h->lane_count++] = (lane){ search, item, at };
	return h->lane_count == WEIR_LANES ? flush(h) : WEIR_OK;
}

/* --- the scan --------------------------------------------------------------------------------------------------- */

static int is_scanned(const hunt *h, int search)
{
	const scan *s = &h->scans[search];
	int done = 1;
	for (int t = 0; t < h->test_count; t++)
		done &= s->first_failing[t] < s->next;
	return done || s->next > h->grid;
}

/* All searches, a few points of the grid at a time: most of them end early. */
static weir_status scan_all(hunt *h)
{
	weir_status status = WEIR_OK;
	int left = 1;
	for (int points = 8; left; points = points < WEIR_LANES ? points * 2 : points) {
		left = 0;
		for (int s = 0; s < h->search_count; s++) {
			if (is_scanned(h, s))
				continue;
			left = 1;
			for (int i = 0; i < points && h->scans[s].next <= h->grid; i++)
				WEIR_TRY(add_lane(h, s, -1, (int64_t)h->scans[s].next++ * STEPS / h->grid));
		}
		WEIR_TRY(flush(h));
	}
out:
	return status;
}

/* --- the narrowing ---------------------------------------------------------------------------------------------- */

/* What the scan tells of a test: an answer, or a bracket. */
static void conclude_scan(hunt *h, int search, int test)
{
	weir_limit *limit = &h->out[search * h->test_count + test];
	int first = h->scans[search].first_failing[test];
	*limit = (weir_limit){ .value = NAN, .defaulted_share = NAN };
	if (first > h->grid) {
		limit->whole = 1;
		limit->value = value_of(&h->searches[search], STEPS);
	} else if (first > 0) {
		h->brackets[h->bracket_count++] = (bracket){ .search = search,
			                                     .test = test,
			                                     .low = (int64_t)(first - 1) * STEPS / h->grid,
			                                     .high = (int64_t)first * STEPS / h->grid };
	}
}

/* Points inside the brackets: one each while there are many, more when they do not fill a block. */
static weir_status narrow_once(hunt *h, int open)
{
	weir_status status = WEIR_OK;
	int most = open < WEIR_LANES ? WEIR_LANES / open : 1;
	for (int i = 0; i < h->bracket_count; i++) {
		bracket *b = &h->brackets[i];
		int64_t room = b->high - b->low > h->end ? b->high - b->low - 1 : 0, points = room < most ? room : most;
		b->next_low = b->low;
		b->next_high = b->high;
		for (int64_t p = 1; p <= points; p++)
			WEIR_TRY(add_lane(h, b->search, i, b->low + (b->high - b->low) * p / (points + 1)));
	}
	WEIR_TRY(flush(h));
	for (int i = 0; i < h->bracket_count; i++) {
		h->brackets[i].low = h->brackets[i].next_low;
		h->brackets[i].high = h->brackets[i].next_high;
	}
out:
	return status;
}

static weir_status narrow_all(hunt *h)
{
	weir_status status = WEIR_OK;
	for (int open = h->bracket_count; open > 0;) {
		WEIR_TRY(narrow_once(h, open));
		open = 0;
		for (int i = 0; i < h->bracket_count; i++)
			open += h->brackets[i].high - h->brackets[i].low > h->end;
	}
	for (int i = 0; i < h->bracket_count; i++) {
		const bracket *b = &h->brackets[i];
		h->out[b->search * h->test_count + b->test].value = value_of(&h->searches[b->search], b->low);
	}
out:
	return status;
}

/* Runs the answers once more, for what then defaults. */
static weir_status add_defaulted(hunt *h)
{
	weir_status status = WEIR_OK;
	h->is_last = 1;
	for (int s = 0; s < h->search_count; s++)
		for (int t = 0; t < h->test_count; t++) {
			int item = s * h->test_count + t;
			double value = h->out[item].value;
			int64_t steps = isnan(value) ? 0 : (int64_t)weir_round_half_away(value * STEPS);
			if (!isnan(value))
				WEIR_TRY(add_lane(h, s, item, h->searches[s].from_above ? STEPS - steps : steps));
		}
	status = flush(h);
out:
	return status;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static weir_status take_memory(hunt *h, weir_arena *arena)
{
	size_t searches = (size_t)h->search_count, tests = (size_t)h->test_count;
	int most = 0, *firsts = weir_arena_array(arena, searches * tests + 1, sizeof *firsts);
	h->scans = weir_arena_array(arena, searches + 1, sizeof *h->scans);
	h->brackets = weir_arena_array(arena, searches * tests + 1, sizeof *h->brackets);
	if (!firsts || !h->scans || !h->brackets)
		return WEIR_NO_MEMORY;
	for (int s = 0; s < h->search_count; s++) {
		const weir_scenario *base = h->searches[s].scenario;
		most = base && base->shock_count > most ? base->shock_count : most;
		h->scans[s].first_failing = firsts + (size_t)s * tests;
		for (int t = 0; t < h->test_count; t++)
			h->scans[s].first_failing[t] = h->grid + 1;
	}
	for (int l = 0; l < WEIR_LANES; l++) {
		h->made[l].shocks = weir_arena_array(arena, (size_t)most + 1, sizeof *h->made[l].shocks);
		if (!h->made[l].shocks)
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

weir_status weir_limits_find(weir_limit *out, weir_arena *arena, const weir_plan *plan, const weir_limit_terms *terms,
                             weir_diags *diags)
{
	weir_status status;
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	hunt h = { .plan = plan,
		   .searches = terms->searches,
		   .tests = terms->tests,
		   .search_count = terms->search_count,
		   .test_count = terms->test_count,
		   .grid = terms->quick ? QUICK_GRID : GRID,
		   .end = terms->quick ? QUICK_END : 1,
		   .diags = diags,
		   .out = out };
	WEIR_TRY(take_memory(&h, arena));
	WEIR_TRY(weir_block_create(&h.block, plan, &options));
	WEIR_TRY(scan_all(&h));
	for (int s = 0; s < h.search_count; s++)
		for (int t = 0; t < h.test_count; t++)
			conclude_scan(&h, s, t);
	WEIR_TRY(narrow_all(&h));
	status = add_defaulted(&h);
out:
	weir_block_destroy(h.block);
	return status;
}
