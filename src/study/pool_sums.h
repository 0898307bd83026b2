/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool_sums.h: pool rows of sets of defaulting obligors, added up from what each one's default changes.
 *
 * A contract's receipts under a scenario depend on nothing outside the contract, and rows are sums over contracts of whole
 * cents. So the rows with a set of obligors in default are those without, plus what each single default changes, to the
 * cent. The one exception is the sale of IP that several contracts are secured on. */
#ifndef WEIR_STUDY_POOL_SUMS_H
#define WEIR_STUDY_POOL_SUMS_H

#include <stdint.h>

#include "pool/pool.h"

#define WEIR_POOL_SUMS_MOST 24 /* obligors */

typedef struct weir_pool_sums weir_pool_sums;

/* Whether rows under this scenario may be added up: it sells no IP, or none that several contracts share. */
int weir_pool_sums_fit(const weir_pool *pool, const weir_scenario *scenario);

/* From rows whose lane 0 has nobody in default and whose lane i + 1 has the i-th of `count` obligors. The sums, in
 * `arena`, point into the rows. */
weir_status weir_pool_sums_create(weir_pool_sums **out, weir_arena *arena, weir_pool_rows *rows, int count);

/* Makes every lane of those rows the rows of its set: bit i = the i-th obligor is in default. Receipts behind the last
 * calculation date (uncollected_cents) are not touched. */
void weir_pool_sums_apply(const weir_pool_sums *sums, const uint32_t *sets);

#endif
