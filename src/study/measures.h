/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.h: figures of one lane of a run: coverage by period, missed and unpaid amounts, the life of each class. */
#ifndef WEIR_STUDY_MEASURES_H
#define WEIR_STUDY_MEASURES_H

#include "study/lane_figures.h"

/* One period of one lane; the columns of periods.csv (INTERFACE.md), cents. Ratios are NAN where nothing is due.
 *   available = opening cash + pool principal, income and recoveries + other in + support in
 *   available - taxes and fees paid - senior paid - support repaid - reserve net - subordinated paid - other out
 *     = closing cash
 * A call's proceeds (less its costs) and what revolving assets bring are `other_in`; what revolving assets cost and
 * what a servicer lost are `other_out`. A facility's commitment fee is among the fees, charged and paid; interest on
 * what is drawn is in `support_repaid`. Money that comes late counts when it comes. */
typedef struct weir_period_figures {
	double pool_principal, pool_income, pool_recovered, pool_defaulted, pool_balance;
	double other_in, support_in; /* support_in: supports drawn, less what they got back the same day, and covers paid */
	double opening_cash, available;
	double taxes, fees, taxes_paid, fees_paid;
	double senior_interest_due, senior_principal_due, senior_due; /* carried amounts included */
	double senior_new_due; /* what falls due for the first time */
	double senior_interest_paid, senior_principal_paid;
	double support_repaid, reserve_net, subordinated_paid, other_out, closing_cash;
	double net;                 /* collections + other in - lost at a servicer - taxes and fees: without support */
	double coverage;            /* (opening cash + net) / senior due (INPUTS.md); 0 where charges take more than there is */
	double coverage_period;     /* the same without cash brought forward */
	double purchased;           /* spent on revolving assets, of other_out */
	double cumulative_coverage; /* (opening reserve + net less purchases, to date) / senior due to date */
} weir_period_figures;

/* The life of one class. Years are ACT/365F from the deal's start date, or from a mid-life opening, on adjusted
 * dates. NAN, or WEIR_DATE_NONE, where there is none. */
typedef struct weir_class_figures {
	double wal_years;          /* of the principal that is paid: sum(principal x years) / sum(principal) */
	weir_date first_principal, last_principal; /* adjusted dates */
	double interest_total, principal_total, rest_total;
	double unpaid_at_end;      /* balance (not of subordinated classes) and unpaid interest */
	double yield_at_issue;     /* effective annual rate at which the payments are worth the issue price */
} weir_class_figures;

typedef struct weir_deal_figures {
	weir_period_figures *periods; /* [periods], 0 = the closing; with a mid-life start the period before the first that
	                                 runs holds the opening balances, and those before it nothing */
	weir_class_figures *classes;  /* [classes] */
	double coverage_min;          /* least `coverage` of the periods with something due; NAN when none */
	double coverage_total;        /* (opening reserve + net less purchases) / (senior size, or balance at a mid-life start
	                                 + senior interest paid + unpaid at the end) (INPUTS.md) */
	int missed;
	double unpaid_at_end_cents;   /* senior principal and interest */
	double subordinated_total;
	double uncollected_cents;     /* receipts after the last calculation date */
} weir_deal_figures;

/* Works out the figures of a lane of a run that recorded every register. `other_in` and `other_out` of the closing are
 * issue proceeds, purchase price and costs. */
weir_status weir_measure(weir_deal_figures *out, weir_arena *arena, const weir_plan *plan, const weir_run *run,
                         const weir_pool_rows *rows, int lane);

/* The effective annual rate at which a class's payments are worth the issue price of what was outstanding at the start;
 * NAN when there is none or several. Memory in `arena`. */
weir_status weir_measure_yield(double *yield, weir_arena *arena, const weir_lane_reader *reader, int class_number,
                               int lane);

#endif
