/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare.h: a deal run by the twin and by the engine, every named register compared to the cent. */
#ifndef WEIR_TESTS_REF_COMPARE_H
#define WEIR_TESTS_REF_COMPARE_H

#include "deal/scenario.h"
#include "engine/run.h"
#include "pool/pool.h"
#include "ref/twin.h"
#include "study/block.h"

/* A loaded deal with both machines. */
typedef struct pair {
	weir_sources sources;
	weir_diags diags;
	weir_deal *deal;
	weir_arena *arena; /* the engine's pool and periods */
	weir_pool *pool;
	weir_periods periods;
	weir_plan *plan;
	weir_block *block;
	twin *twin;
	char difference[400]; /* the first one found; empty when there is none */
	int printed;          /* differences told; after a few they repeat */
	long compared;        /* values that were equal, so far */
} pair;

/* Loads a deal and makes both machines. On failure the complaints are printed as TAP remarks. Free in any
 * case. */
weir_status pair_open(pair *p, const char *path);
void pair_close(pair *p);

/* Dates of the periods, and the receipts by the contracts' terms. 1 when all are the same. */
int pair_compare_terms(pair *p);

/* Runs up to WEIR_LANES scenarios as one block and each by the twin, and compares lane by lane; `same[l]`
 * says whether lane l agrees. Fails only when the engine or the twin refuses to run. */
weir_status pair_compare_block(pair *p, const weir_scenario *const *scenarios, int count, int *same);

/* Identities of the twin's rows (INTERFACE): balances and accounts are carried forward to the cent. */
int pair_check_identities(pair *p, const twin_row *rows);

/* Prints all complaints as TAP remarks. */
void pair_print_diags(pair *p);

#endif
