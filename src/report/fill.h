/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill.h: fills the results' tables from a deal and from one lane of a run of it. */
#ifndef WEIR_REPORT_FILL_H
#define WEIR_REPORT_FILL_H

#include "report/results.h"
#include "report/tables.h"
#include "study/class_measures.h"
#include "study/curve_measures.h"
#include "study/financing_cost.h"
#include "study/measures.h"
#include "study/support_dependence.h"

/* One lane of a run that recorded every register and kept its trace, with what it was run on. */
typedef struct weir_outcome {
	const weir_plan *plan;
	const weir_deal *terms;          /* as run (weir_terms_as_run); NULL: as the plan's deal says */
	const weir_run *run;
	const weir_pool_rows *rows;
	const weir_pool_shocks *shocks;  /* of the lane */
	const weir_scenario *scenario;   /* NULL: the base case */
	const weir_deal_figures *figures;
	const weir_support_dependence *dependence; /* NULL: not worked out */
	const weir_financing_costs *costs;         /* NULL: nothing to tell */
	const struct weir_pool_actuals *actuals;   /* pool/actuals.h: what was collected; NULL: all is projected */
	const struct weir_outcome *forecast;       /* the same without actuals, in the same scenario; NULL without them */
	const struct weir_occurrences *occurrences; /* deal/occurrences.h: the events file; NULL: none */
	const struct weir_report_dates *report_dates; /* deal/report_dates.h: days that reports go by; NULL: none are known */
	int lane;
} weir_outcome;

/* Fills what the deal and its pool say, whatever the scenario: terms, capital, parties, ip, ip_stats, strat_industry,
 * strat_region, strat_kind, obligors, concentration, waterfall_text, enhancement, fee_terms, support_terms, cover_terms,
 * contributors, call_terms, subsidy_terms, warrants, scenarios. A table without rows is left out. */
weir_status weir_fill_deal(weir_results *results, const weir_outcome *outcome);

/* Fills what the run gave: periods, classes, trace, accounts, tests, summary, contracts (when asked for), payment,
 * sources, uses, forecast, pool_status, triggers, measures, flows, life_flows; and where the deal has such things: support, covers,
 * cover_shares, supporters, calls, revolving, dependence, financing_cost, pool_by_kind, coverage_lines. */
weir_status weir_fill_run(weir_results *results, const weir_outcome *outcome, int with_contracts);

/* How a class is priced. */
typedef struct weir_pricing {
	weir_date settlement;          /* WEIR_DATE_NONE: the deal's start, or a mid-life start */
	weir_compounding compounding;
	weir_day_count day_count;      /* of the years to each payment */
	double clean, yield;           /* at most one of them and `spread`; all NAN: by `spreads`, else the issue price */
	double spread;                 /* Z-spread over `curve` */
	const weir_rate_curve *curve;  /* NULL: no spreads are measured */
	const weir_spreads *spreads;   /* the yield is the curve's for the WAL plus the grade's spread; or NULL */
} weir_pricing;

/* At the issue price: effective annual yields, years as the average lives count them, no curve. */
extern const weir_pricing weir_pricing_at_issue;

/* Lanes that were run beside the one that is priced, recording every register. */
typedef struct weir_price_lanes {
	const weir_run *run;  /* NULL: none of them */
	int up, down;         /* contracts that follow an index bear WEIR_CURVE_SHIFT more, and less; -1: none do */
	int uncalled;         /* no call is exercised; -1: that lane is not known */
} weir_price_lanes;

/* One class of one run, priced. What has no value is NAN. */
typedef struct weir_priced {
	weir_class_flows flows;
	weir_price_terms terms;
	weir_price price;
	weir_life life;
	weir_yields irr;  /* effective a year, of paying the dirty price at settlement */
	weir_curve_price curve;
	double yield_to_call, yield_to_maturity; /* the first is NAN when no call pays the class */
	weir_date call_date;
	int has_price;    /* 0: no yield gives the price, or nothing is paid any more */
	int no_grade;     /* priced by spreads: the class has no rating, or they have no such grade */
} weir_priced;

/* Prices a class of a run that recorded every register; scratch in `arena`; `lanes` may be NULL. Only WEIR_NO_MEMORY can
 * fail. */
weir_status weir_price_class(weir_priced *out, weir_arena *arena, const weir_outcome *outcome, int class_number,
                             const weir_pricing *pricing, const weir_price_lanes *lanes);

/* How a priced class of a style ends: repaid, unpaid, without a yield … */
weir_cell weir_fill_price_outcome(const weir_priced *priced, weir_class_style style);

/* Adds a row with the columns of table measures; `*row` is its first cell. */
weir_status weir_fill_measure_row(weir_cell **row, weir_results *results, weir_table *table,
                                  const weir_outcome *outcome, int class_number, const weir_pricing *pricing);

/* The tables of prices, a scenario and class after the other. */
typedef struct weir_price_tables {
	weir_results *results;
	weir_table *price, *price_yield, *key_rates, *forward_balances; /* NULL: left out */
	const char *scenario;  /* id, in the results' arena or static */
	const double *prices;  /* [price_count] clean prices of price_yield */
	int price_count;
} weir_price_tables;

/* Adds a class's rows to them. */
weir_status weir_fill_price(const weir_price_tables *tables, const weir_outcome *outcome, int class_number,
                            const weir_pricing *pricing, const weir_price_lanes *lanes);

/* A row of table dependence's support column: "with support", "without", "NAME fails in month 0"; the key is "on", "off"
 * or "fail:ID@0". Texts in the results' arena. */
weir_cell weir_fill_variant(weir_results *results, const weir_deal *deal, weir_variant variant);

/* Words for machine words that stand in several tables ("interest", "paid-in-full", "sequential" …); NULL texts when
 * there are none. Static. */
weir_cell weir_fill_word(const char *key);

/* The word of a party's role, as the market of that kind of deal has it; the key is the same in each. */
weir_cell weir_fill_role(weir_deal_kind kind, const char *key);

#endif
