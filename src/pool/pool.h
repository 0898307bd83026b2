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
	int *claim_contracts;      /* [claim_count] contracts that some cover of the deal answers for, rising */
	int claim_count;
	int *claim_of;             /* [contracts] its place in claim_contracts, or -1; NULL without claims */
	weir_date past_to;         /* receipts due by then are past: the calculation date of a mid-life start; else
	                              WEIR_DATE_NONE */
	double opening_share;      /* at a mid-life start: the balance that the deal gives / what is scheduled after
	                              it, as a decimal of 12 places; else 1 */
	double opening_cents;      /* balance at the start: principal_cents, or mid-life the contracts' principal
	                              scheduled after it x opening_share, each rounded */
	int *ip_shared;            /* [ip items] its number among those behind several contracts, or -1; NULL: none */
	int ip_shared_count;
	int largest_obligor;       /* most receipts; of equals the first listed; -1 for an empty pool */
	const char *chosen;        /* [contracts] 1: is projected; NULL: all are. Of a copy that looks at a part of the pool */
	const struct weir_pool_actuals *actuals; /* actuals.h: what was collected, instead of a projection up to its last
	                                            period; NULL: nothing yet */
} weir_pool;

/* The receipts that are projected: the pool's, or behind actuals those that are still to come. */
typedef struct weir_receipts {
	const weir_receipt *items;
	size_t count;
	const size_t *contract_first; /* [contracts + 1] */
} weir_receipts;

weir_receipts weir_pool_receipts(const weir_pool *pool);

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
	WEIR_POOL_PREPAID,   /* of WEIR_POOL_PRINCIPAL: what came before it was due */
	WEIR_POOL_DISPOSAL,  /* of WEIR_POOL_RECOVERED: from the sale of pledged IP, after its costs */
	WEIR_POOL_LOST_PRINCIPAL, /* of what was received: caught at a servicer that failed, when collections travel at
	                             their normal speed */
	WEIR_POOL_LOST_INCOME,
	WEIR_POOL_LOST_PRINCIPAL_FAST, /* the same at the faster speed */
	WEIR_POOL_LOST_INCOME_FAST,
	WEIR_POOL_SCHEDULED_PRINCIPAL, /* what the terms promise for the period, before the scenario */
	WEIR_POOL_SCHEDULED_INCOME,
	WEIR_POOL_COLUMNS
} weir_pool_column;

/* Most claims x periods: 4 GB of lanes; a deal with more is refused when it is compiled. */
#define WEIR_POOL_MOST_CLAIMS ((size_t)1 << 22)

/* The pool's cash on the deal's periods, for up to WEIR_LANES scenarios. */
typedef struct weir_pool_rows {
	int period_count;                       /* as in weir_periods, the closing included */
	weir_lane *column[WEIR_POOL_COLUMNS];   /* column[c][period][lane] */
	int claim_count;                        /* as the pool's */
	weir_lane *claim_principal;             /* [claim][period][lane] principal that defaulted in the period, less
	                                           what the scenario recovers of it later; never negative */
	weir_lane *claim_income;                /* income that is not received, of the period in which it was due; a
	                                           contract that defaults as a whole: that due at the default */
	char *any_claim;                        /* [period] 1: some claim is not 0 in some lane */
	const struct weir_bought *bought;       /* actuals.h: what revolving purchases really bought; NULL: as the deal says */
	double uncollected_cents[WEIR_LANES];   /* receipts after the last calculation date: in no period */
} weir_pool_rows;

/* What one lane does to the finished pool: each receipt's principal and income x factor, rounded, and of
 * that a share late. The factor is contract_factor x (1 - haircut) as one exact decimal product. */
typedef struct weir_pool_shocks {
	const double *contract_factor; /* [contracts]; NULL = 1 for all */
	double haircut;                /* of every receipt; 0 = none, negative = more than promised */
	double late_share;             /* on the due date comes round(amount x (1 - share)), the rest late */
	int late_months;               /* after the due date; at least 1 where a share is late */
	const struct weir_pool_stress *stress; /* all other shocks (stress.h); NULL: none. For one projection at a time */
} weir_pool_shocks;

/* Generates every receipt from the contracts' terms, in `arena`, and what a mid-life start leaves of them.
 * Formulas: contracts.c and royalty.c name their sources. References (obligors, royalties, rows, trusts,
 * indexes) must be resolved; fixings stand in order of their dates. Complaints: CONTRACT_TERMS, DATE_ORDER,
 * SIZE_MISMATCH, SHARE_SUM, OUT_OF_RANGE (WEIR_INPUT, `out` untouched). */
weir_status weir_pool_create(weir_pool **out, weir_arena *arena, const weir_deal *deal, weir_diags *diags);

/* What only the finished pool can tell: a warning UNCOLLECTED when receipts fall due after the last
 * calculation date, and for pools with royalties the CONCENTRATION that weir_deal_check leaves out, by
 * principal and income. */
void weir_pool_check(const weir_pool *pool, const weir_periods *periods, weir_diags *diags);

/* The period that collects what is due on a date: the first whose calculation date is not before it, never
 * the closing. `periods->count` when the date is after the last calculation date, or WEIR_DATE_NONE. */
int weir_pool_period_of(const weir_periods *periods, weir_date due);

/* Makes the lanes' shocks from scenarios (NULL: the base case); docs/scenarios.md has their rules. Factors on whole
 * receipts without a window multiply into contract_factor, those of all contracts and the parameter "haircut"
 * (kind set) into `haircut`; a late share of the whole pool is the lane's own; all else goes into `stress`. A
 * shock with a profile and no values has one: its `value`. Coupons, supporters and other parameters are not the
 * pool's and are passed over. Arrays in `arena`; values and words of the scenarios must outlive the shocks;
 * `shocks` holds `count` items. Complaints: UNKNOWN_ID, OUT_OF_RANGE, UNSUPPORTED (a scope that the pool does
 * not have), DATE_ORDER (an event without a date). */
weir_status weir_pool_shocks_create(weir_pool_shocks *shocks, weir_arena *arena, const weir_pool *pool,
                                    const weir_scenario *const *scenarios, int count, weir_diags *diags);

/* Takes memory for rows of `period_count` periods, and for the pool's claims, from `arena`. */
weir_status weir_pool_rows_create(weir_pool_rows **out, weir_arena *arena, const weir_pool *pool, int period_count);

/* Fills `rows` (period_count = periods->count) for 1 <= `count` <= WEIR_LANES lanes; the lanes beyond repeat the last
 * one, so that no lane is garbage. In every period and lane, with ==:
 *   balance = last balance - principal - defaulted
 * and in lanes without stress or actuals
 *   balance = initial balance - scheduled principal to date + overdue
 * Periods before periods->first have no flows and the initial balance; periods with actuals have those in every lane.
 * Allocates nothing. */
void weir_pool_project(weir_pool_rows *rows, const weir_pool *pool, const weir_periods *periods,
                       const weir_pool_shocks *shocks, int count);

/* One receipt under one lane's shocks: what comes in time and what comes late, to the cent as
 * weir_pool_project. */
typedef struct weir_receipt_split {
	double principal_cents, income_cents;           /* on the due date, what is prepaid with it included */
	double late_principal_cents, late_income_cents;
	double prepaid_cents;                           /* of principal_cents: not yet due */
	double defaulted_cents;                         /* principal given up on the due date */
	weir_date date;                                 /* of what comes in time: the due date, or a stop's end */
	weir_date late_date;                            /* WEIR_DATE_NONE when nothing comes late */
} weir_receipt_split;

/* `receipt` is one of weir_pool_receipts. One that was past at a mid-life start is all zero. Under stress the receipts of
 * the contract before this one are walked through. */
void weir_pool_receipt_under(weir_receipt_split *out, const weir_pool *pool, size_t receipt,
                             const weir_pool_shocks *shocks);

/* Whether a name is a number of the pool that a study may vary: "haircut", "cdr", "default_total", "cpr", "recovery",
 * "recovery_lag", "income_cut", "rate_shift", "late_share", "late_months", "valuation_cut", "royalty_factor". */
int weir_pool_knows(const char *name);

/* The shock on all contracts that gives such a number a value, to be laid over `base` (NULL: the base case) behind
 * its own shocks. recovery keeps the lag and cost of base's last recovery by collection (else 12 months), and
 * recovery_lag its rate (else 0); late_share keeps the months of base's last late shock (else 6), and late_months its
 * share (else 100 %). WEIR_NO: no such name; WEIR_INPUT: months that are not a whole number from 0 to 1200. */
weir_status weir_pool_shock_named(weir_shock *out, const char *name, double value, const weir_scenario *base);

/* Shares of the pool's principal that are still scheduled after each period: shares[k] for k = 0 ..
 * periods->count - 1 is (principal due after calculation date k) / (all principal), rounded half away from
 * zero to `digits` decimals (INPUTS.md, EX1). shares[0] = 1; all 0 for a pool without principal. */
void weir_pool_remaining_shares(double *shares, const weir_pool *pool, const weir_periods *periods, int digits);

#endif
