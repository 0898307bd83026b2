/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin.h: the slow readable twin: a deal run one scenario at a time in exact rational arithmetic.
 *
 * It is a second reading of the same documents (DESIGN sections 3 and 4, INTERFACE "Names in formulas", the
 * examples' conventions), made to be read beside a deal. It shares with weir the loaded deal, the calendar
 * and day-count rules and the formula parser; everything else is its own, so that two independent answers can
 * be compared to the cent. */
#ifndef WEIR_TESTS_REF_TWIN_H
#define WEIR_TESTS_REF_TWIN_H

#include "base/money.h"
#include "deal/deal.h"
#include "deal/scenario.h"
#include "lang/formula.h"

/* A payment period as the twin works it out. Period 0 is the closing. */
typedef struct twin_period {
	weir_date payment, adjusted, calculation, transfer;
	weir_date accrual_start, accrual_end;
	int year;     /* which 12 months from the start date, from 1 */
	int year_end; /* the last payment of those 12 months */
	int tail;     /* behind the regular payments */
} twin_period;

/* What a contract pays on a date by its terms. */
typedef struct twin_receipt {
	int contract, number;
	weir_date due;          /* when the plan's side gets it */
	weir_date contract_due; /* what the contract says: events and windows look at it */
	int64_t principal, income;
} twin_receipt;

/* All amounts below are whole cents. A class at the end of a period; `due` includes what was carried in. */
typedef struct twin_class {
	int64_t balance;
	int64_t interest_due, interest_unpaid, interest_paid;
	int64_t principal_due, principal_unpaid, principal_paid;
	int64_t yield_due, yield_unpaid, yield_paid;
	int64_t rest_paid;
	int64_t earned_on_repaid; /* interest with principal: on all principal repaid so far */
	int64_t interest_to_date; /* interest paid so far */
} twin_class;

typedef struct twin_fee {
	int64_t charge, due, unpaid, paid;
	int64_t accrued; /* of a yearly fee, since it was last charged */
	int64_t charged_in_year;
	int raised; /* its raised rate or amount is charged in this period */
} twin_fee;

typedef struct twin_pool {
	int64_t principal, income, recovered, defaulted, balance, overdue, scheduled_principal,
		scheduled_income;
	int64_t prepaid, disposal; /* inside principal, inside recovered */
	int64_t lost_principal, lost_income, lost_principal_fast, lost_income_fast;
	int64_t defaulted_to_date;
} twin_pool;

/* An undertaking for amounts of the waterfall. */
typedef struct twin_support {
	int64_t shortfall, available, drawn, drawn_total, outstanding, repaid, returned;
	int64_t cash; /* its purse */
	int64_t interest_due, interest_unpaid, interest_paid;
	int64_t fee_due, fee_unpaid, fee_paid;
} twin_support;

typedef struct twin_cover {
	int64_t claimed, settled, paid, paid_total, available;
} twin_cover;

typedef struct twin_party {
	int failed;
	int64_t capacity; /* what is left of it; TWIN_UNLIMITED without one */
} twin_party;

typedef struct twin_call {
	int called;
	int64_t proceeds, costs;
} twin_call;

typedef struct twin_revolving {
	int64_t balance, purchased, principal, income, defaulted;
	int64_t bought; /* principal, for what was purchased */
} twin_revolving;

/* A trigger's state: fired or not, and how many tests in a row held or failed. */
typedef struct twin_trigger {
	int fired, held, failed;
} twin_trigger;

/* A cap or capacity that is none counts as so many cents. */
#define TWIN_UNLIMITED ((int64_t)WEIR_CENTS_MAX)

/* Everything that is known at the end of a period. Arrays run as the deal's. */
typedef struct twin_row {
	twin_class *classes;
	twin_fee *fees, *surcharges;
	int64_t *accounts;
	twin_trigger *triggers;
	twin_support *supports;
	twin_cover *covers;
	twin_party *parties;
	twin_call *calls;
	twin_revolving *revolvings;
	twin_pool pool; /* as the deal sees it: nothing any more once it was sold */
	int sold;
	int fast;      /* collections travel at the faster speed from the next period on */
	int64_t lost;  /* at the servicer */
	int waterfall; /* which one was used; -1 at the closing */
	int missed;    /* so far: a senior amount was not paid in full when due */
} twin_row;

/* A number that a study may set, by the name under which it does. */
typedef enum twin_setting_kind {
	TWIN_SET_SIZE,      /* of a class */
	TWIN_SET_COUPON,    /* of a class, before its steps and what scenarios add */
	TWIN_SET_INITIAL,   /* of an account */
	TWIN_SET_VALUE,     /* a declared formula that is a constant */
	TWIN_SET_THRESHOLD, /* of a trigger whose test is one comparison with a constant */
	TWIN_SET_CALLS      /* not 0: none is exercised */
} twin_setting_kind;

typedef struct twin_setting {
	twin_setting_kind kind;
	int index; /* class, account, value or trigger */
	const char *name;
	weir_type type;
	double value; /* as the deal says */
	size_t offset,
		length; /* threshold: of the number in the deal's file; 0 where the test only names it */
} twin_setting;

typedef struct twin twin;

/* Reads the deal: periods, receipts, formulas. Complaints of the formula parser go to `diags`. The deal must
 * outlive the twin. */
weir_status twin_create(twin **out, const weir_deal *deal, weir_diags *diags);
void twin_destroy(twin *t);

/* The first period that runs; the row before it is the closing, or the opening of a mid-life start. */
const twin_period *twin_periods(const twin *t, int *count, int *first);
const twin_receipt *twin_receipts(const twin *t, int *count);

/* The coupon that a class has in a period under the scenario last run, in units of 10^-12. */
int64_t twin_coupon_e12(const twin *t, int class, int period);

const twin_setting *twin_settings(const twin *t, int *count);

/* Runs one scenario (NULL: the base case). The rows, one a period with the closing, stay the twin's until the
 * next run. */
const twin_row *twin_run(twin *t, const weir_scenario *scenario);

const twin_row *twin_rows(const twin *t); /* of the last run */

/* Takes an actuals file that is known to be sound: it stands in the place of the projection in all runs from now on. 0
 * when it cannot be read, or says nothing. */
int twin_take_actuals(twin *t, const char *path);

/* Writes a random one for the deal, which has no actuals yet; 0 when it says nothing. */
int twin_write_actuals(const twin *t, const char *path, uint64_t seed);

/* The flows of the closing under the scenario last run: each class's issue price on its size, rounded; what
 * the pool costs, and what else is paid. Not for a start in mid-life. */
typedef struct twin_closing {
	int64_t proceeds, price, costs;
} twin_closing;
twin_closing twin_close(const twin *t);

/* The pool of the scenario last run before any call: [periods]; and what a contract's claims on covers are.
 */
const twin_pool *twin_projected(const twin *t);
/* The cash of a period from one share of a cover. */
int64_t twin_share_cash(const twin *t, int cover, int share, int period);
int64_t twin_claim(const twin *t, int contract, int period, int of_income);

#endif
