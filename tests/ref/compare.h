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
	long compared;        /* values that were equal, and things that held, so far */
	int texts;            /* changed texts of the deal that were run */
} pair;

/* Loads a deal and makes both machines. On failure the complaints are printed as TAP remarks. Free in any
 * case. */
weir_status pair_open(pair *p, const char *path);
/* One of the deal's variants; NULL: as written. */
weir_status pair_open_variant(pair *p, const char *path, const char *variant);
weir_status pair_open_quietly(pair *p, const char *path, const char *variant); /* no twin, no remarks */
void pair_close(pair *p);

/* Gives both machines an actuals file. On failure the complaints are printed; WEIR_INPUT also when the twin cannot read it. */
weir_status pair_take_actuals(pair *p, const char *path);

/* Dates of the periods, and the receipts by the contracts' terms. 1 when all are the same. */
int pair_compare_terms(pair *p);

/* Which numbers may be set, beside rates, amounts and caps, and what the deal says they are. */
int pair_compare_settings(pair *p);

/* Runs up to WEIR_LANES scenarios as one block and each by the twin, and compares lane by lane; `same[l]`
 * says whether lane l agrees. Fails only when the engine or the twin refuses to run. */
weir_status pair_compare_block(pair *p, const weir_scenario *const *scenarios, int count, int *same);

/* The same where the engine has overlays on the scenarios and the twin scenarios that say the same. The first
 * `at_once` of them are there as the pool is projected, the others come after: over the run that has been. */
weir_status pair_compare_overlays(pair *p, const weir_scenario *const *scenarios,
                                  const weir_overlay *overlays, int overlay_count, int at_once,
                                  const weir_scenario *const *laid, int count, int *same);

/* Identities of the twin's rows (INTERFACE): balances and accounts are carried forward to the cent. */
int pair_check_identities(pair *p, const twin_row *rows);

/* Properties of runs of a deal that pays purely in sequence, by the twin; 1 when they hold, or do not apply.
 * More or earlier collections never leave more unpaid to a senior class at the end. */
int pair_check_collections(pair *p, const weir_scenario *worse, const weir_scenario *better);
/* Support whose repayment ranks behind the seniors never leaves more unpaid to them. */
int pair_check_support(pair *p, const weir_scenario *scenario);
/* A senior's share of its principal that is lost is never above its junior's. */
int pair_check_ranks(pair *p, const weir_scenario *scenario);

/* Of a random deal in a file: each number that may be set, laid over it, does what it does in its text. */
int pair_check_texts(pair *p, const char *path, uint64_t seed);

/* Prints all complaints as TAP remarks. */
void pair_print_diags(pair *p);

#endif
