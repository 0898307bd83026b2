/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill.h: fills the results' tables from a deal and from one lane of a run of it. */
#ifndef WEIR_REPORT_FILL_H
#define WEIR_REPORT_FILL_H

#include "report/results.h"
#include "report/tables.h"
#include "study/measures.h"

/* One lane of a run that recorded every register and kept its trace, with what it was run on. */
typedef struct weir_outcome {
	const weir_plan *plan;
	const weir_run *run;
	const weir_pool_rows *rows;
	const weir_pool_shocks *shocks;  /* of the lane */
	const weir_scenario *scenario;   /* NULL: the base case */
	const weir_deal_figures *figures;
	int lane;
} weir_outcome;

/* Fills what the deal and its pool say, whatever the scenario: terms, capital, parties, ip, ip_stats, strat_industry,
 * strat_region, strat_kind, obligors, concentration, waterfall_text, enhancement, scenarios. A table without rows is
 * left out. */
weir_status weir_fill_deal(weir_results *results, const weir_outcome *outcome);

/* Fills what the run gave: periods, classes, trace, accounts, tests, summary, contracts (when asked for), payment,
 * sources, uses, forecast, pool_status, triggers. */
weir_status weir_fill_run(weir_results *results, const weir_outcome *outcome, int with_contracts);

/* Words for machine words that stand in several tables ("interest", "paid-in-full", "sequential" …); NULL texts when
 * there are none. Static. */
weir_cell weir_fill_word(const char *key);

#endif
