/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actuals.h: what was really collected, by contract and period, and the state it leaves each contract in.
 *
 * Actuals replace the projection from periods->first to `last`, in every lane; from then on each contract goes on from
 * its own state: what is overdue comes with its next instalment (or on the next calculation date, when that is sooner),
 * and what is still scheduled is scaled to the balance that is not overdue, income with it, as after a prepayment.
 * Royalties go on as forecast. Shocks act on what is still to come. What revolving purchases bought until then is in
 * the file too (bought.h). docs/actuals.md has the rules. */
#ifndef WEIR_POOL_ACTUALS_H
#define WEIR_POOL_ACTUALS_H

#include "pool/pool.h"

#define WEIR_DAYS_NOT_GIVEN (-1)

/* One contract in one period. */
typedef struct weir_actual {
	int contract, period;    /* contract: in the deal's pool terms; from contract_count on, one that was bought on the way */
	int asset;               /* of one that was bought: number of the deal's revolving asset; else -1 */
	const char *bought_id;   /* its id; NULL of the deal's own */
	double bought_cents, spent_cents; /* principal bought in the period, and the price paid for it */
	double principal_cents;  /* collected, what was prepaid and what was overdue before included */
	double income_cents;
	double prepaid_cents;    /* of principal_cents: before it was due; NAN in a file's row: what is beyond what was due */
	double overdue_cents;    /* principal due and not paid at the end of the period; NAN in a file's row: what is missing */
	double overdue_income_cents;
	int days_overdue;        /* of the oldest of it; WEIR_DAYS_NOT_GIVEN in a file's row: by the dates */
	double defaulted_cents;  /* principal declared defaulted in the period; of a royalty what falls short of its terms,
	                            negative where more came */
	double recovered_cents[WEIR_CHANNEL_COUNT]; /* of what had defaulted, after costs */
	double opening_cents;    /* balance at the start of the period, and */
	double balance_cents;    /* at its end: opening - principal - defaulted */
	double due_principal_cents, due_income_cents; /* that the contract was to pay in the period, as it stood at its
	                            start: the scaled schedule, and what was overdue then */
	int ended;               /* the contract pays nothing more */
	const char *note;        /* or NULL */
	weir_place place;        /* of the row */
	int incomplete;          /* some of it could not be read, and complaints said so */
} weir_actual;

/* What stays of the contract after a period. */
typedef struct weir_actual_state {
	double balance_cents, overdue_cents, overdue_income_cents;
	int days_overdue;
	double defaulted_cents, recovered_cents; /* to date; recovered by all channels */
	int ended;
} weir_actual_state;

/* A claim on the covers that a default makes. */
typedef struct weir_actual_claim {
	int claim, period; /* claim: place in the pool's claim_contracts */
	double principal_cents, income_cents;
} weir_actual_claim;

/* What all contracts that were bought did, by revolving asset. */
typedef enum weir_bought_column {
	WEIR_BOUGHT_OPENING, /* principal outstanding at the start of the period; up to the one behind the last actual
	                        one */
	WEIR_BOUGHT_PRINCIPAL, /* collected, without what was recovered; behind the last actual period: still to come */
	WEIR_BOUGHT_INCOME, /* the same; still to come is only what is overdue, the rest follows from the balance */
	WEIR_BOUGHT_DEFAULTED,
	WEIR_BOUGHT_RECOVERED,
	WEIR_BOUGHT_SPENT, /* paid for purchases at the end of the period */
	WEIR_BOUGHT_PURCHASED, /* the principal that they bought */
	WEIR_BOUGHT_COLUMNS
} weir_bought_column;

typedef struct weir_bought {
	int last;         /* the last actual period */
	int period_count;
	double *cents[WEIR_BOUGHT_COLUMNS]; /* [revolving asset][period] */
} weir_bought;

typedef struct weir_pool_actuals {
	const weir_pool *pool;
	int first, last;          /* periods that are actual, first <= last */
	weir_date last_date;      /* calculation date of the last one: receipts due by then are past */
	weir_actual *rows;        /* by contract, then period; a contract without a row collected nothing */
	size_t row_count;
	size_t *contract_first;   /* [contracts + 1] the rows of contract c are contract_first[c] .. [c+1]-1 */
	double *total[WEIR_POOL_COLUMNS]; /* [periods->count] of all contracts, as weir_pool_rows has it; no balances. Both
	                                     scheduled columns in all periods, as the terms promise */
	weir_actual_claim *claims;
	size_t claim_count;
	/* what is still to come */
	weir_receipt *receipts;   /* of every contract, by date: what is overdue first, then its scaled schedule */
	size_t *receipt_first;    /* [contracts + 1] */
	double *sold_cents;       /* [contracts] brought by the sale of its IP so far */
	const weir_bought *bought; /* NULL: the deal has no revolving assets */
	const char *source;       /* name of the file */
} weir_pool_actuals;

/* Works out what a file's rows come to (in any order; opening, balance and due are filled here) in `arena`; they become
 * the pool's by the caller's hand. `lost`: rows could not be read, so that what is missing is not complained of, and
 * nothing is made. Complaints: OUT_OF_RANGE (periods that do not run, amounts beyond what they can be), DUPLICATE_ID,
 * SIZE_MISMATCH (parts that do not go together), MISSING_ROW (no row where something was to be paid), MISSING_ATTRIBUTE
 * (purchases without a price), UNSUPPORTED (royalties that default in part); WEIR_INPUT, `out` untouched. Warnings:
 * SIZE_MISMATCH, NO_EFFECT. */
weir_status weir_pool_actuals_create(weir_pool_actuals **out, weir_arena *arena, const weir_pool *pool,
                                     const weir_periods *periods, const weir_actual *rows, size_t row_count, int lost,
                                     weir_place file_place, weir_diags *diags);

/* The row of a contract and period, or NULL: nothing was due and nothing came. */
const weir_actual *weir_actual_find(const weir_pool_actuals *actuals, int contract, int period);

/* What was recovered by all channels. */
double weir_actual_recovered(const weir_actual *row);

/* How the contract stands at the end of a period from first - 1 (the start) to last. */
weir_actual_state weir_actual_state_at(const weir_pool_actuals *actuals, int contract, int period);

/* The last period whose collections are known: that of the actuals, else the one before the first that runs. What
 * scenarios do comes behind it. */
int weir_pool_known_to(const weir_pool *pool, const weir_periods *periods);

/* The pool's balance at its end, and what has defaulted since the start, as the actuals say it. */
double weir_pool_standing_cents(const weir_pool *pool);
double weir_pool_defaulted_cents(const weir_pool *pool);

/* Whether a period's pool figures are actual; `actuals` may be NULL. */
int weir_actuals_have(const weir_pool_actuals *actuals, int period);

#endif
