/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random_deal.h: random scenarios, and random small deals as their files would say them. The same seed, the
 * same deal. */
#ifndef WEIR_TESTS_REF_RANDOM_DEAL_H
#define WEIR_TESTS_REF_RANDOM_DEAL_H

#include <stdio.h>

#include "deal/scenario.h"
#include "ref/twin.h"
#include "study/block.h"

/* Scenario `number` of a seed, in the deal's arena: haircuts, factors of single obligors, late shares, coupon
 * shifts. NULL when memory is short. */
const weir_scenario *random_scenario(const weir_deal *deal, uint64_t seed, int number);

/* Numbers that a study may vary, each with a value for each lane: one of the pool and some of the deal's;
 * each of `laid` becomes the scenario that has the shocks they stand for behind its own. Gives their number,
 * 0 when memory is short. Room for RANDOM_OVERLAYS. */
typedef struct random_overlays {
	weir_overlay items[16];
	double values[16][WEIR_LANES];
	int count;
} random_overlays;
int random_overlays_lay(random_overlays *out, const weir_deal *deal, const twin_setting *settings,
                        int setting_count, uint64_t seed, const weir_scenario **laid, int count);

/* Another value of one of the deal's numbers. */
double random_setting(const weir_deal *deal, const twin_setting *setting, uint64_t seed);

/* The deal of a seed as XML. 0 when it cannot be written. */
int random_deal_print(FILE *to, uint64_t seed);
int random_deal_write(const char *path, uint64_t seed);

/* A deal that pays its seniors purely in sequence, without triggers; with support, whose costs and repayment
 * rank behind them, or without. */
int random_plain_write(const char *path, uint64_t seed, int with_support);

/* The scenario with more or earlier collections: what takes money off them does so less. NULL when memory is
 * short. */
const weir_scenario *random_better(const weir_deal *deal, const weir_scenario *worse, uint64_t seed);

#endif
