/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lane_figures.h: the figures of a run in all its lanes at once, read from the recorded registers. */
#ifndef WEIR_STUDY_LANE_FIGURES_H
#define WEIR_STUDY_LANE_FIGURES_H

#include "engine/run.h"

/* A run that recorded every register, with its pool rows. */
typedef struct weir_lane_reader {
	const weir_plan *plan;
	const weir_run *run;
	const weir_pool_rows *rows;
} weir_lane_reader;

/* Every figure of a period (weir_period_figures in measures.h says what each is): X(name). */
#define WEIR_PERIOD_FIGURES(X)                                                                                         \
	X(pool_principal) X(pool_income) X(pool_recovered) X(pool_defaulted) X(pool_balance)                           \
	X(other_in) X(support_in) X(opening_cash) X(available)                                                         \
	X(taxes) X(fees) X(taxes_paid) X(fees_paid)                                                                    \
	X(senior_interest_due) X(senior_principal_due) X(senior_due) X(senior_new_due)                                 \
	X(senior_interest_paid) X(senior_principal_paid)                                                               \
	X(support_repaid) X(reserve_net) X(subordinated_paid) X(other_out) X(closing_cash)                             \
	X(net) X(purchased) X(coverage) X(coverage_period) X(cumulative_coverage)

typedef struct weir_period_lanes {
#define WEIR_PERIOD_LANE(name) weir_lane name;
	WEIR_PERIOD_FIGURES(WEIR_PERIOD_LANE)
#undef WEIR_PERIOD_LANE
} weir_period_lanes;

/* The deal's whole life. */
typedef struct weir_total_lanes {
	weir_lane inflow;             /* pool principal, income and recoveries */
	weir_lane defaulted, recovered;
	weir_lane net, due, interest; /* cumulative coverage: numerator, denominator; senior interest paid */
	weir_lane support_in, subordinated_paid;
	weir_lane coverage_min;       /* NAN when nothing was ever due */
	weir_lane coverage_total;     /* after weir_total_lanes_finish */
	weir_lane missed, unpaid_at_end;
} weir_total_lanes;

/* The life of one class. Dates as numbers, WEIR_DATE_NONE where there is none. */
typedef struct weir_class_lanes {
	weir_lane principal, interest, rest; /* paid in all; interest with the capped yield */
	weir_lane wal_years;
	weir_lane first_principal, last_principal;
	weir_lane interest_short, principal_short; /* unpaid at the end; principal not of residual classes */
	weir_lane missed_most;        /* most that was due and unpaid on one payment date */
	weir_lane first_short;        /* first date on which something due was not paid; else, with something unpaid at the
	                                 end, the last date */
} weir_class_lanes;

/* Years from which average lives and yields count: ACT/365F from the deal's start, or from a mid-life opening. */
double weir_years_from_start(const weir_plan *plan, weir_date date);

/* One period, the first that runs or later; all but cumulative_coverage. */
void weir_period_lanes_read(weir_period_lanes *out, const weir_lane_reader *reader, int period);

/* What defaults in a lane (RULES.md 6.4): principal given up in all periods / the pool's balance at the start, and
 * behind actuals the same from the end of their last period on; of a pool that is sold, until then. NAN where the
 * balance is 0. */
double weir_lane_defaulted_share(const weir_lane_reader *reader, int lane);

/* What the classes bring at the closing, at the sizes that the lanes give them. */
void weir_lane_proceeds(double *out, const weir_lane_reader *reader);

/* The state before the first period: balances and cash, no flows but the closing's own. */
void weir_opening_lanes_read(weir_period_lanes *out, const weir_lane_reader *reader);

/* Start, add each period in order (which sets its cumulative_coverage), finish. */
void weir_total_lanes_start(weir_total_lanes *out, const weir_lane_reader *reader);
void weir_total_lanes_add(weir_total_lanes *totals, weir_period_lanes *period);
void weir_total_lanes_finish(weir_total_lanes *totals, const weir_lane_reader *reader);

void weir_class_lanes_read(weir_class_lanes *out, const weir_lane_reader *reader, int class_number);

#endif
