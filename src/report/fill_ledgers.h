/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_ledgers.h: fills the tables of an ABN's asset operation report and of a 10-D (tables_ledgers.def). */
#ifndef WEIR_REPORT_FILL_LEDGERS_H
#define WEIR_REPORT_FILL_LEDGERS_H

#include "pool/course.h"
#include "report/fill_run.h"

/* The pool contract by contract, added up: by period, indexed as the plan's periods. After a call has sold the pool
 * nothing is left in it. */
typedef struct weir_ledger_pool {
	double *principal_late, *income_late, *prepaid; /* received, of pool_principal and pool_income */
	double *overdue, *over_30, *over_90; /* principal outstanding of contracts overdue at all, for over 30, 90 days */
} weir_ledger_pool;

/* One filling of these tables. */
typedef struct weir_ledger_filler {
	weir_results *results;
	const weir_outcome *outcome;
	weir_arena *scratch;
	weir_ledger_pool pool;
} weir_ledger_filler;

/* fill_ledgers.c: every table of tables_ledgers.def; the results' periods must be filled. */
weir_status weir_fill_ledgers(weir_results *results, const weir_outcome *outcome);

/* fill_ledger_accounts.c: ledger_collections, ledger_payments, ledger_moves, ledger_transfers, ledger_balances. */
weir_status weir_fill_ledger_accounts(weir_ledger_filler *f);

/* Whether accounts outside reserves say which of the two ledgers they are. */
int weir_fill_has_ledgers(const weir_deal *deal);

/* fill_ledger_pool.c: adds the contracts up, for the others; pool_features, disposal. */
weir_status weir_fill_ledger_pool(weir_ledger_filler *f);

/* fill_ledger_notes.c: vehicle, notes, series, collection_plan. */
weir_status weir_fill_ledger_notes(weir_ledger_filler *f);

/* fill_distribution.c: fee_payments, note_dues, excess_cash, coverage_build. */
weir_status weir_fill_distribution(weir_ledger_filler *f);

#endif
