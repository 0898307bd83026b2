/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin.h: the slow readable twin: a deal run one scenario at a time in exact rational arithmetic.
 *
 * It is a second reading of the same documents (DESIGN sections 3 and 4, INTERFACE "Names in formulas", the
 * examples' conventions), made to be read beside a deal. It shares with weir the loaded deal, the calendar
 * and day-count rules and the formula parser; everything else is its own, so that two independent answers can
 * be compared to the cent. */
#ifndef WEIR_TESTS_REF_TWIN_H
#define WEIR_TESTS_REF_TWIN_H

#include "deal/deal.h"
#include "deal/scenario.h"

/* A payment period as the twin works it out. Period 0 is the closing. */
typedef struct twin_period {
	weir_date payment, adjusted, calculation, transfer;
	weir_date accrual_start, accrual_end;
	int year;     /* which 12 months from the start date, from 1 */
	int year_end; /* the last payment of those 12 months */
} twin_period;

/* What a contract pays on a date by its terms. */
typedef struct twin_receipt {
	int contract, number;
	weir_date due; /* when the plan's side gets it */
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
} twin_fee;

typedef struct twin_pool {
	int64_t principal, income, recovered, defaulted, balance, overdue, scheduled_principal,
		scheduled_income;
	int64_t defaulted_to_date;
} twin_pool;

/* Everything that is known at the end of a period. Arrays run as the deal's. */
typedef struct twin_row {
	twin_class *classes;
	twin_fee *fees, *surcharges;
	int64_t *accounts;
	int *triggers;
	twin_pool pool;
	int waterfall; /* which one was used; -1 at the closing */
	int missed;    /* so far: a senior amount was not paid in full when due */
} twin_row;

typedef struct twin twin;

/* Reads the deal: periods, receipts, formulas. Complaints of the formula parser go to `diags`. The deal must
 * outlive the twin. */
weir_status twin_create(twin **out, const weir_deal *deal, weir_diags *diags);
void twin_destroy(twin *t);

const twin_period *twin_periods(const twin *t, int *count);
const twin_receipt *twin_receipts(const twin *t, int *count);

/* The coupon that a class has in a period under the scenario last run, in units of 10^-12. */
int64_t twin_coupon_e12(const twin *t, int class, int period);

/* Runs one scenario (NULL: the base case). The rows, one a period with the closing, stay the twin's until the
 * next run. NULL with a message on standard error where the scenario asks for something the twin does not
 * know. */
const twin_row *twin_run(twin *t, const weir_scenario *scenario);

#endif
