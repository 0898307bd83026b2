/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an actuals file (first byte even; of a deal that buys where its bit 4 is set) or an events file of a small
 * deal. Whatever is accepted is projected: every balance is the last one less what was received and given up, and of what
 * was bought with what was bought more; nothing more of it is still to come than is outstanding. */
#include "fuzz_folder.h"
#include "io/actuals_csv.h"

/* The deal's pool, with what was read, in one lane as it is and in one with a haircut. */
static void project(const weir_pool *pool, const weir_periods *periods, weir_arena *arena)
{
	weir_pool_rows *rows;
	weir_pool_shocks lanes[2] = { { 0 }, { .haircut = 0.1 } };
	if (weir_pool_rows_create(&rows, arena, pool, periods->count) != WEIR_OK)
		abort();
	weir_pool_project(rows, pool, periods, lanes, 2);
	for (int k = 1; k < periods->count; k++)
		for (int l = 0; l < 2; l++)
			if (rows->column[WEIR_POOL_BALANCE][k][l] !=
			    rows->column[WEIR_POOL_BALANCE][k - 1][l] - rows->column[WEIR_POOL_PRINCIPAL][k][l] -
			            rows->column[WEIR_POOL_DEFAULTED][k][l])
				abort();
}

static void check_bought(const weir_bought *bought, int count)
{
	double to_come = 0;
	for (int k = 1; k <= bought->last; k++) {
		double closing = bought->cents[WEIR_BOUGHT_OPENING][k] - bought->cents[WEIR_BOUGHT_PRINCIPAL][k] -
		                 bought->cents[WEIR_BOUGHT_DEFAULTED][k] + bought->cents[WEIR_BOUGHT_PURCHASED][k];
		if (closing < 0 || (k + 1 < count && closing != bought->cents[WEIR_BOUGHT_OPENING][k + 1]))
			abort();
	}
	for (int k = bought->last + 1; k < count; k++) {
		if (bought->cents[WEIR_BOUGHT_PRINCIPAL][k] < 0)
			abort();
		to_come += bought->cents[WEIR_BOUGHT_PRINCIPAL][k];
	}
	if (bought->last + 1 < count && to_come > bought->cents[WEIR_BOUGHT_OPENING][bought->last + 1])
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	weir_sources sources = { 0 };
	weir_diags diags = { 0 };
	weir_deal *deal = NULL;
	weir_pool *pool;
	weir_periods periods;
	weir_arena *arena;
	weir_pool_actuals *actuals = NULL;
	weir_occurrences *events = NULL;
	weir_status status;
	weir_revolving buys = { .node.id = "new", .periods = 2, .price = 0.97 };
	if (size == 0)
		return 0;
	fuzz_write("deal.xml", fuzz_deal_text, strlen(fuzz_deal_text));
	fuzz_write("tape.csv", data + 1, size - 1);
	if (weir_arena_create(&arena) != WEIR_OK || weir_deal_load(&deal, &sources, fuzz_path("deal.xml"), &diags) != WEIR_OK ||
	    weir_pool_create(&pool, arena, deal, &diags) != WEIR_OK ||
	    weir_deal_periods(&periods, arena, deal, &diags) != WEIR_OK)
		abort();
	if (data[0] & 4) {
		deal->revolvings = &buys;
		deal->revolving_count = 1;
	}
	if (data[0] % 2 == 0)
		status = weir_actuals_load(&actuals, arena, pool, &periods, fuzz_path("tape.csv"), &diags);
	else
		status = weir_events_load(&events, arena, deal, &periods, fuzz_path("tape.csv"), &diags);
	fuzz_check(status, deal, &sources, &diags);
	pool->actuals = actuals;
	if (actuals)
		project(pool, &periods, arena);
	if (actuals && actuals->bought)
		check_bought(actuals->bought, periods.count);
	weir_deal_destroy(deal);
	weir_arena_destroy(arena);
	weir_diags_free(&diags);
	weir_sources_free(&sources);
	return 0;
}
