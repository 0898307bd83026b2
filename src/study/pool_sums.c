/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/pool_sums.h"

#include <string.h>

#define BITS 4
#define PARTS (WEIR_POOL_SUMS_MOST / BITS)
#define SUMS (1 << BITS)

/* A cell of the rows that some default changes: what every set of four neighbouring obligors changes it by. */
typedef struct cell {
	double *lanes;
	double base;
	double sums[PARTS][SUMS];
} cell;

struct weir_pool_sums {
	cell *cells;
	size_t count;
	int parts;
};

int weir_pool_sums_fit(const weir_pool *pool, const weir_scenario *scenario)
{
	for (int i = 0; scenario && pool->ip_shared_count > 0 && i < scenario->shock_count; i++)
		if (scenario->shocks[i].kind == WEIR_SHOCK_RECOVERY &&
		    scenario->shocks[i].channel == WEIR_CHANNEL_DISPOSAL)
			return 0;
	return 1;
}

static int changes(const double *lanes, int count)
{
	for (int i = 1; i <= count; i++)
		if (lanes[i] != lanes[0])
			return 1;
	return 0;
}

static void fill_cell(cell *c, double *lanes, int count)
{
	c->lanes = lanes;
	c->base = lanes[0];
	for (int part = 0; part < PARTS; part++)
		for (int set = 1; set < SUMS; set++) {
			int lowest = __builtin_ctz((unsigned)set), name = part * BITS + lowest;
			double change = name < count ? lanes[name + 1] - lanes[0] : 0;
			c->sums[part][set] = c->sums[part][set & (set - 1)] + change;
		}
}

/* The cells of a column, or only how many they are. */
static void take_column(weir_pool_sums *sums, weir_lane *column, int periods, int count, int only_count)
{
	for (int k = 0; column && k < periods; k++) {
		if (!changes(column[k], count))
			continue;
		if (!only_count)
			fill_cell(&sums->cells[sums->count], column[k], count);
		sums->count++;
	}
}

static void take_all(weir_pool_sums *sums, weir_pool_rows *rows, int count, int only_count)
{
	int periods = rows->period_count;
	sums->count = 0;
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		take_column(sums, rows->column[c], periods, count, only_count);
	if (rows->claim_count > 0) {
		take_column(sums, rows->claim_principal, periods * rows->claim_count, count, only_count);
		take_column(sums, rows->claim_income, periods * rows->claim_count, count, only_count);
	}
}

weir_status weir_pool_sums_create(weir_pool_sums **out, weir_arena *arena, weir_pool_rows *rows, int count)
{
	weir_pool_sums *sums = weir_arena_alloc(arena, sizeof *sums);
	if (!sums)
		return WEIR_NO_MEMORY;
	sums->parts = (count + BITS - 1) / BITS;
	take_all(sums, rows, count, 1);
	sums->cells = weir_arena_array(arena, sums->count + 1, sizeof *sums->cells);
	if (!sums->cells)
		return WEIR_NO_MEMORY;
	take_all(sums, rows, count, 0);
	*out = sums;
	return WEIR_OK;
}

void weir_pool_sums_apply(const weir_pool_sums *sums, const uint32_t *sets)
{
	unsigned char part_sets[PARTS][WEIR_LANES];
	for (int part = 0; part < PARTS; part++)
		for (int l = 0; l < WEIR_LANES; l++)
			part_sets[part][l] = (unsigned char)(sets[l] >> (part * BITS) & (SUMS - 1));
	for (size_t i = 0; i < sums->count; i++) {
		const cell *c = &sums->cells[i];
		for (int l = 0; l < WEIR_LANES; l++) {
			double sum = c->base;
			for (int part = 0; part < sums->parts; part++)
				sum += c->sums[part][part_sets[part][l]];
			c->lanes[l] = sum;
		}
	}
}
