/* SPDX-License-Identifier: GPL-3.0-or-later */
/* random_deal.h: random scenarios, and random small deals as their files would say them. The same seed, the
 * same deal. */
#ifndef WEIR_TESTS_REF_RANDOM_DEAL_H
#define WEIR_TESTS_REF_RANDOM_DEAL_H

#include <stdio.h>

#include "deal/scenario.h"

/* Scenario `number` of a seed, in the deal's arena: haircuts, factors of single obligors, late shares, coupon
 * shifts. NULL when memory is short. */
const weir_scenario *random_scenario(const weir_deal *deal, uint64_t seed, int number);

/* The deal of a seed as XML. 0 when it cannot be written. */
int random_deal_print(FILE *to, uint64_t seed);
int random_deal_write(const char *path, uint64_t seed);

#endif
