/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_run.h: what the files that fill the run's tables share. */
#ifndef WEIR_REPORT_FILL_RUN_H
#define WEIR_REPORT_FILL_RUN_H

#include <math.h>

#include "report/fill.h"
#include "study/lane_figures.h"

#define WEIR_RUN_COL(table, column) row[WEIR_COL_##table##_##column]

/* The registers of the run, by what they hold. */
static inline const weir_plan_map *weir_fill_map(const weir_outcome *o)
{
	return weir_plan_registers(o->plan);
}

/* The deal as it was run: with what settings changed, where there are any. */
static inline const weir_deal *weir_fill_terms_of(const weir_outcome *o)
{
	return o->terms ? o->terms : weir_plan_deal(o->plan);
}

/* What the pool cost at the closing; 0 at a mid-life start. */
static inline double weir_fill_purchase_cents(const weir_outcome *o)
{
	if (!o->run || weir_plan_periods(o->plan)->first > 1)
		return weir_plan_purchase_cents(o->plan);
	return o->figures->periods[0].other_out - weir_fill_terms_of(o)->closing_costs_cents;
}

/* The dates of a period; how many periods there are, the closing among them. */
static inline const weir_period *weir_fill_period(const weir_outcome *o, int period)
{
	return &weir_plan_periods(o->plan)->items[period];
}

static inline int weir_fill_period_count(const weir_outcome *o)
{
	return weir_plan_periods(o->plan)->count;
}

/* The first period that runs. */
static inline int weir_fill_first(const weir_outcome *o)
{
	return weir_plan_periods(o->plan)->first;
}

/* The period whose row holds what was there before: the closing, or the one of a mid-life start. */
static inline int weir_fill_opening(const weir_outcome *o)
{
	return weir_fill_first(o) - 1;
}

/* A register at the end of a period; 0 for one that the plan does not have. */
static inline double weir_fill_recorded(const weir_outcome *o, int register_number, int period)
{
	const double *lanes = weir_run_record(o->run, register_number, period);
	return lanes ? lanes[o->lane] : 0;
}

/* A date, or an empty cell. */
static inline weir_cell weir_fill_day(weir_date date)
{
	return weir_cell_number(date == WEIR_DATE_NONE ? NAN : (double)date);
}

/* A node by its id in CSV and by its names in reports. */
static inline weir_cell weir_fill_id(const weir_node *node)
{
	return weir_cell_key(node->id, weir_node_name(node, 0), weir_node_name(node, 1));
}

/* A party by its number; empty for -1. */
static inline weir_cell weir_fill_party(const weir_outcome *o, int party)
{
	return party < 0 ? (weir_cell){ 0 } : weir_fill_id(&weir_fill_terms_of(o)->parties[party].node);
}

/* What of a class's interest, principal and period yield is unpaid after a period and stays due; a period yield that lapses
 * does not. */
double weir_fill_stays_due(const weir_outcome *outcome, int class_number, int period);

/* What a class's own rule makes of the period: interest is coupon x fraction on the opening balance. 0 where that does not tell what
 * is due: no interest due each period, some carried into this one, no balance, or amounts a unit of less than two decimals. */
int weir_fill_accrual(const weir_outcome *outcome, int class_number, int period, double *coupon, double *fraction);

/* A column of the pool's rows as the deal gets it: nothing once a call has sold the pool. */
double weir_fill_pool_flow(const weir_outcome *outcome, weir_pool_column column, int period);

/* The balance that a call sells in the period; 0 in others. */
double weir_fill_pool_sold(const weir_outcome *outcome, int period);

/* fill_sources.c: sources and uses. */
weir_status weir_fill_sources(weir_results *results, const weir_outcome *outcome);
weir_status weir_fill_uses(weir_results *results, const weir_outcome *outcome);

/* One side of a period's cash on its way into a table: `add` makes a row of what is not 0. */
typedef struct weir_fund_sheet weir_fund_sheet;
struct weir_fund_sheet {
	weir_results *results;
	weir_table *table;
	int period, line; /* line: rows of the period so far */
	double whole;     /* of which shares are */
	weir_status (*add)(weir_fund_sheet *sheet, weir_cell item, double amount);
};

/* "Class A: interest" as one cell; its key is "A.interest". */
weir_cell weir_fill_joined(weir_results *results, const weir_node *node, const char *what);

/* A line; what comes in beside the pool, from calls and revolving assets, and from supporters; all that is paid but what
 * goes to reserves. */
weir_status weir_fill_fund(weir_fund_sheet *sheet, weir_cell item, double amount);
weir_status weir_fill_other_sources(weir_fund_sheet *sheet, const weir_outcome *outcome);
weir_status weir_fill_support_sources(weir_fund_sheet *sheet, const weir_outcome *outcome);
weir_status weir_fill_paid_uses(weir_fund_sheet *sheet, const weir_outcome *outcome);

/* fill_tests.c: tests and triggers. */
weir_status weir_fill_tests(weir_results *results, const weir_outcome *outcome);
weir_status weir_fill_triggers(weir_results *results, const weir_outcome *outcome);

/* fill_support.c: support, covers, cover_shares, supporters, calls, revolving. */
weir_status weir_fill_support(weir_results *results, const weir_outcome *outcome);

/* fill_servicing.c: what happened in each period, for the holders' reports (tables_servicing.def); behind accounts, triggers
 * and cover_shares. */
weir_status weir_fill_servicing(weir_results *results, const weir_outcome *outcome);

/* fill_contracts.c: contracts. */
weir_status weir_fill_contracts(weir_results *results, const weir_outcome *outcome);

/* fill_life.c: life, life_classes. */
weir_status weir_fill_life(weir_results *results, const weir_outcome *outcome);

/* fill_measures.c: measures, dependence, financing_cost. */
weir_status weir_fill_measures(weir_results *results, const weir_outcome *outcome);

#endif
