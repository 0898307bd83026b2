/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.h: what the contracts pay: receipts by due date, and under scenarios the pool's rows by period and
 * lane. */
#ifndef WEIR_POOL_POOL_H
#define WEIR_POOL_POOL_H

#include "base/lanes.h"
#include "deal/deal.h"
#include "deal/scenario.h"

/* One receipt as the contract's terms promise it: generated, rounded, before any scenario. */
typedef struct weir_receipt {
	weir_date due;          /* when the plan's side gets it (a trust layer's lag included) */
	weir_date contract_due; /* what the contract says */
	int contract;           /* in the deal's pool terms */
	int number;             /* instalment, from 1 */
	double principal_cents, income_cents;
} weir_receipt;

/* The finished pool: every receipt of every contract, by contract and then by due date. */
typedef struct weir_pool {
	const weir_deal *deal;
	weir_receipt *receipts;
	size_t receipt_count;
	size_t *contract_first;    /* [contracts + 1]: the receipts of contract c are contract_first[c] .. [c+1]-1 */
	double principal_cents;    /* sum over all receipts: the pool's initial balance */
	double income_cents;
	double *obligor_cents;     /* [obligors] principal + income of all its receipts */
	int largest_obligor;       /* most receipts; of equals the first listed; -1 for an empty pool */
} weir_pool;

/* Columns of the pool rows. Each is [period][lane], period 0 being the closing (all zero but the
 * balances). */
typedef enum weir_pool_column {
	WEIR_POOL_PRINCIPAL, /* principal received in the period, cents */
	WEIR_POOL_INCOME,    /* income received */
	WEIR_POOL_RECOVERED, /* received on defaulted principal; not inside WEIR_POOL_PRINCIPAL */
	WEIR_POOL_DEFAULTED, /* principal given up in the period: due and, under the scenario, never to be received;
	                        negative where a factor above 1 brings more than was due */
	WEIR_POOL_BALANCE,   /* principal outstanding at the end: last balance - principal - defaulted */
	WEIR_POOL_OVERDUE,   /* principal due by now, still to come (late), at the end */
	WEIR_POOL_SCHEDULED_PRINCIPAL, /* what the terms promise for the period, before the scenario */
	WEIR_POOL_SCHEDULED_INCOME,
	WEIR_POOL_COLUMNS
} weir_pool_column;

/* The pool's cash on the deal's periods, for up to WEIR_LANES scenarios. */
typedef struct weir_pool_rows {
	int period_count;                       /* as in weir_periods, the closing included */
	weir_lane *column[WEIR_POOL_COLUMNS];   /* column[c][period][lane] */
	double uncollected_cents[WEIR_LANES];   /* receipts after the last calculation date: in no period */
} weir_pool_rows;

/* What one lane does to the finished pool: each receipt's principal and income x factor, rounded, and of
 * that a share late. The factor is contract_factor x (1 - haircut) as one exact decimal product. */
typedef struct weir_pool_shocks {
	const double *contract_factor; /* [contracts]; NULL = 1 for all */
	double haircut;                /* of every receipt; 0 = none, negative = more than promised */
	double late_share;             /* on the due date comes round(amount x (1 - share)), the rest late */
	int late_months;               /* after the due date; at least 1 where a share is late */
} weir_pool_shocks;

/* Generates every receipt from the contracts' terms, in `arena`. Formulas: contracts.c and royalty.c name
 * their sources. References (obligors, royalties, rows, trusts, indexes) must be resolved; fixings stand
 * in order of their dates. Complaints: CONTRACT_TERMS, DATE_ORDER, SIZE_MISMATCH, SHARE_SUM, OUT_OF_RANGE
 * (WEIR_INPUT, `out` untouched). */
weir_status weir_pool_create(weir_pool **out, weir_arena *arena, const weir_deal *deal, weir_diags *diags);

/* What only the finished pool can tell: a warning UNCOLLECTED when receipts fall due after the last
 * calculation date, and for pools with royalties the CONCENTRATION that weir_deal_check leaves out, by
 * principal and income. */
void weir_pool_check(const weir_pool *pool, const weir_periods *periods, weir_diags *diags);

/* The period that collects what is due on a date: the first whose calculation date is not before it, never
 * the closing. `periods->count` when the date is after the last calculation date, or WEIR_DATE_NONE. */
int weir_pool_period_of(const weir_periods *periods, weir_date due);

/* Makes the lanes' shocks from scenarios (NULL: the base case): resolves obligor, largest and contract; several receipt factors
 * multiply. Receipts of all contracts and the parameter "haircut" (kind set) go into `haircut`; shocks to
 * coupons and other parameters are not the pool's and are passed over. Arrays in `arena`; `shocks` holds
 * `count` items. Complaints: UNKNOWN_ID, OUT_OF_RANGE, UNSUPPORTED (two late shocks in one scenario, or
 * late for a part of the pool). */
weir_status weir_pool_shocks_create(weir_pool_shocks *shocks, weir_arena *arena, const weir_pool *pool,
                                    const weir_scenario *const *scenarios, int count, weir_diags *diags);

/* Takes memory for rows of `period_count` periods from `arena`. */
weir_status weir_pool_rows_create(weir_pool_rows **out, weir_arena *arena, int period_count);

/* Fills `rows` (period_count = periods->count) for 1 <= `count` <= WEIR_LANES lanes; the lanes beyond repeat the last
 * one, so that no lane is garbage. In every period and lane, with ==:
 *   balance = last balance - principal - defaulted
 *   balance = initial balance - scheduled principal to date + overdue
 * Allocates nothing. */
void weir_pool_project(weir_pool_rows *rows, const weir_pool *pool, const weir_periods *periods,
                       const weir_pool_shocks *shocks, int count);

/* One receipt under one lane's shocks: what comes in time and what comes late, to the cent as
 * weir_pool_project. */
typedef struct weir_receipt_split {
	double principal_cents, income_cents;           /* on the due date */
	double late_principal_cents, late_income_cents;
	weir_date late_date;                            /* WEIR_DATE_NONE when nothing comes late */
} weir_receipt_split;

void weir_pool_receipt_under(weir_receipt_split *out, const weir_pool *pool, size_t receipt,
                             const weir_pool_shocks *shocks);

/* Shares of the pool's principal that are still scheduled after each period: shares[k] for k = 0 ..
 * periods->count - 1 is (principal due after calculation date k) / (all principal), rounded half away from
 * zero to `digits` decimals (INPUTS.md, EX1). shares[0] = 1; all 0 for a pool without principal. */
void weir_pool_remaining_shares(double *shares, const weir_pool *pool, const weir_periods *periods, int digits);

/* Stratification of the contracts at the cut-off. */
typedef struct weir_strat_row {
	const char *band;    /* obligor's id, kind's word, or the text given; "" where none is given */
	int number;          /* obligor number or weir_contract_kind; else the band's place in order of listing */
	int contracts, obligors;
	double principal_cents, receivable_cents; /* receivable = principal + income */
} weir_strat_row;

typedef struct weir_strat {
	weir_strat_row *rows;
	int count;
} weir_strat;

typedef enum weir_strat_by {
	WEIR_STRAT_OBLIGOR,
	WEIR_STRAT_INDUSTRY,
	WEIR_STRAT_REGION,
	WEIR_STRAT_KIND,
	WEIR_STRAT_GRADE,
	WEIR_STRAT_GUARANTEE
} weir_strat_by;

/* Rows by principal, largest first, ties in order of listing; every contract in one row. Rows in `arena`. */
weir_status weir_pool_stratify(weir_strat *out, weir_arena *arena, const weir_pool *pool, weir_strat_by by);

#endif
