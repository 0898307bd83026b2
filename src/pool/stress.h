/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stress.h: the room's own door to what a lane does beyond one factor and one late share: which shocks meet a
 * contract, and what they make of its receipts one after the other. Rules: docs/scenarios.md. */
#ifndef WEIR_POOL_STRESS_H
#define WEIR_POOL_STRESS_H

#include "pool/pool.h"

/* --- which contracts a shock meets (scope.c) -------------------------------------------------------------------- */

typedef struct weir_scope {
	weir_shock_scope by;
	int number;          /* obligor, contract, kind or IP item */
	const char *word;    /* industry, region or grade */
	const int *obligors; /* [obligor_count] the largest ones, rising; NULL: the scope is another one */
	int obligor_count;
} weir_scope;

/* Resolves a shock's scope, in `arena`. WEIR_NO: there is nothing to meet, having complained (UNKNOWN_ID with
 * the nearest name, UNSUPPORTED) or because the pool is empty. */
weir_status weir_scope_resolve(weir_scope *out, weir_arena *arena, const weir_pool *pool, const weir_shock *shock,
                               weir_diags *diags);

/* Whether the scope meets a contract. */
int weir_scope_meets(const weir_scope *scope, const weir_pool_terms *terms, int contract);

/* Whether an IP item stands behind a contract. */
int weir_contract_has_ip(const weir_pool_terms *terms, const weir_contract *contract, int ip);

/* The number of an IP item by id; -1, having complained with the nearest id. */
int weir_scope_find_ip(const weir_pool_terms *terms, const weir_shock *shock, weir_diags *diags);

/* --- one lane's shocks (stress.c) ------------------------------------------------------------------------------- */

typedef enum weir_stress_group {
	WEIR_STRESS_DEFAULT,
	WEIR_STRESS_PREPAY,
	WEIR_STRESS_RATE,
	WEIR_STRESS_FACTOR,    /* receipts, decay, FX */
	WEIR_STRESS_IP_LOST,
	WEIR_STRESS_LATE,      /* and balloons */
	WEIR_STRESS_RECOVERY,
	WEIR_STRESS_VALUATION,
	WEIR_STRESS_GROUPS
} weir_stress_group;

/* A power or a share that was worked out before; `set` 0: free. */
typedef struct weir_stress_memo {
	int32_t a, b, c, set;
	double value;
} weir_stress_memo;

#define WEIR_STRESS_MEMOS 64 /* a power of two */

typedef struct weir_stress_item {
	weir_shock shock;       /* a copy; from = the event's or the window's first date, the month counted out */
	weir_scope scope;
	int ip;                 /* IP lost: the item; valuation: the item it is for, or -1: all */
	weir_stress_memo *memo; /* [WEIR_STRESS_MEMOS] of its profile or decay; else NULL */
} weir_stress_item;

/* What a servicer's failure does to the lane. Dates WEIR_DATE_NONE: it does not fail. */
typedef struct weir_stress_servicer {
	weir_date fails;
	weir_date stop_to;                  /* what would arrive in (fails, stop_to] arrives then */
	weir_date lost_after, lost_after_fast; /* what arrives in (lost_after, fails] is lost */
} weir_stress_servicer;

typedef struct weir_pool_stress {
	weir_stress_item *items;                  /* by group, each in the scenario's order */
	int first[WEIR_STRESS_GROUPS + 1];        /* the items of group g: first[g] .. first[g + 1] - 1 */
	weir_stress_servicer servicer;
	/* scratch of the projection at hand */
	const weir_stress_item **active;          /* [items] those that meet the contract at hand */
	int *ip_taken;                            /* [ip_shared_count] the contract that sold the shared item, or -1;
	                                             NULL: nothing is sold */
} weir_pool_stress;

/* The stress of a scenario whose shocks have been checked; `late` 0: its late shocks are the lane's own. Leaves `out`
 * as it is when there is none. */
weir_status weir_stress_create(const weir_pool_stress **out, weir_arena *arena, const weir_pool *pool,
                               const weir_scenario *scenario, int late, weir_diags *diags);

/* Whether a receipts shock is a factor on whole receipts at any time: the lane's or its contracts' factor. */
int weir_stress_is_plain_factor(const weir_shock *shock);

/* The first date of a shock's window, or its event's date: `from`, or the cut-off date and from_month months. */
weir_date weir_stress_from(const weir_deal *deal, const weir_shock *shock);

/* Complains about values that a shock cannot have (stress_check.c). Returns 1 when it is sound. */
int weir_stress_check(const weir_deal *deal, const weir_shock *shock, weir_diags *diags);

/* --- one receipt, before any lane ------------------------------------------------------------------------------- */

/* A contract's receipts that are not past, or that are still to come behind actuals. */
typedef struct weir_stress_contract {
	const weir_pool *pool;
	int number;
	const weir_contract *terms;
	const weir_receipt *receipts; /* of weir_pool_receipts */
	size_t first, end;       /* in them */
	double scheduled_cents;  /* their principal */
	weir_date last_due;      /* by contract; of the last one */
} weir_stress_contract;

typedef struct weir_stress_step {
	const weir_stress_contract *contract;
	const weir_receipt *receipt;
	weir_date from;          /* the interval that ends on the receipt's contract due date begins here */
	int month_from, month;   /* months of both from the cut-off date's month, at least 0 */
	double before, after;    /* principal scheduled from this receipt on, and behind it */
	int last;
} weir_stress_step;

weir_stress_contract weir_stress_contract_of(const weir_pool *pool, int number);

/* The contract's first step, and the one after. */
weir_stress_step weir_stress_first(const weir_stress_contract *contract);
void weir_stress_next(weir_stress_step *step);

/* The number of a date's calendar month; the difference of two is the months between them. */
int weir_stress_month(weir_date date);

/* --- hazards (hazard.c) ----------------------------------------------------------------------------------------- */

/* Share of what performs that is left after the step's interval under a default or prepayment item: 1 - hazard, a
 * decimal of 12 places. */
double weir_hazard_survival(const weir_stress_item *item, const weir_stress_step *step);

/* Factor of a decay item on the step's receipt, a decimal of 12 places. */
double weir_hazard_decay(const weir_stress_item *item, const weir_stress_step *step);

/* --- one contract in one lane (walk.c) -------------------------------------------------------------------------- */

typedef struct weir_walk {
	const weir_pool_shocks *shocks;
	const weir_pool_stress *stress;
	const weir_stress_contract *contract;
	const weir_stress_item **active[WEIR_STRESS_GROUPS]; /* those that meet the contract */
	int active_count[WEIR_STRESS_GROUPS];
	double factor, rest;       /* contract factor; 1 - haircut */
	double share;              /* still performing: a decimal of 12 places */
	double balance_cents;      /* performing principal before the receipt at hand */
	double sold_cents;         /* recovered from the contract's IP so far */
} weir_walk;

/* What one receipt comes to. */
typedef struct weir_stressed {
	double principal, income, prepaid;        /* that arrive on `date` */
	double late_principal, late_income;       /* on late_date */
	weir_date date, late_date;
	double defaulted;                         /* principal given up */
	double claim_principal, claim_income;
	double recovered[WEIR_CHANNEL_COUNT];     /* of it, after costs; by channel on recovered_date */
	weir_date recovered_date[WEIR_CHANNEL_COUNT];
} weir_stressed;

/* Enters a contract, whose first step comes next. */
void weir_walk_enter(weir_walk *walk, const weir_stress_contract *contract, const weir_pool_shocks *shocks);

/* Takes the contract's next step. */
void weir_walk_step(weir_walk *walk, const weir_stress_step *step, weir_stressed *out);

/* What the contract's IP would bring at the walk's date, less what it has brought, before the channel's rate
 * (disposal.c). Takes the items that it shares with other contracts. */
double weir_walk_ip_value(weir_walk *walk, weir_date date);

/* --- the pool (stressed.c, claims.c) ---------------------------------------------------------------------------- */

/* weir_pool_project for lanes with stress, pools with claims, and mid-life starts. */
void weir_stressed_project(weir_pool_rows *rows, const weir_pool *pool, const weir_periods *periods,
                           const weir_pool_shocks *shocks, int count);

/* Finds the contracts that the deal's covers answer for. */
weir_status weir_claims_find(weir_pool *pool, weir_arena *arena);

/* Rows for the pool's claims; adds to them; clears what was added. */
weir_status weir_claims_create(weir_pool_rows *rows, weir_arena *arena, const weir_pool *pool);
void weir_claims_add(weir_pool_rows *rows, int claim, int period, int lane, const weir_stressed *receipt);
void weir_claims_clear(weir_pool_rows *rows);

/* Balances and overdue from flows; the scheduled columns, which no scenario changes, from their first lane
 * (project.c). */
void weir_pool_rows_finish(weir_pool_rows *rows, double initial_cents);

/* Adds what was collected, with its claims, to the cleared rows of `count` lanes (actuals.c). */
void weir_actuals_book(weir_pool_rows *rows, const weir_pool *pool, int count);

#endif
