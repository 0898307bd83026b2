/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_ledgers.c: the tables of an asset operation report and of a 10-D, one after the other. */
#include "report/fill_ledgers.h"

weir_status weir_fill_ledgers(weir_results *results, const weir_outcome *outcome)
{
	static weir_status (*const fillers[])(weir_ledger_filler *) = {
		weir_fill_ledger_pool, /* first: the others look at its sums */
		weir_fill_ledger_accounts,
		weir_fill_ledger_notes,
		weir_fill_distribution,
	};
	weir_ledger_filler f = { .results = results, .outcome = outcome };
	weir_status status = weir_arena_create(&f.scratch);
	for (size_t i = 0; status == WEIR_OK && i < sizeof fillers / sizeof *fillers; i++)
		status = fillers[i](&f);
	weir_arena_destroy(f.scratch);
	return status;
}
