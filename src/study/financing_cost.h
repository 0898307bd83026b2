/* SPDX-License-Identifier: GPL-3.0-or-later */
/* financing_cost.h: what obligors pay in all for their financing, with and without subsidies: a yearly rate and an
 * internal rate of return. None of it enters the deal's cash.
 *
 * From the contracts as promised, on the contract's own due dates, from the deal's closing date on:
 *   financed   sum of principal            interest   sum of income
 *   costs      one-off: round(rate x financed) of each contract, or its amount, at the closing; yearly:
 *              round(rate x balance x days / 365) of each contract at each due date, on the balance before it
 *   subsidy    round(rate x what it is for): interest, the costs of its kind, or (issue) the amount financed, of the
 *              contracts that are eligible; by a yearly rate: round(sum(rate x balance x days / 365)). At most
 *              cap-obligor for each obligor and cap for all, in their order. Paid on the obligor's last due date, for
 *              interest on each due date in proportion to the interest (or balance x days)
 *   average financing = sum(balance x days) / days from the closing to the last due date
 *   composite cost a year = (interest + costs - subsidies) / average financing / years
 *   internal rate of return: effective a year, ACT/365F, of the obligor's receipts and payments by date. */
#ifndef WEIR_STUDY_FINANCING_COST_H
#define WEIR_STUDY_FINANCING_COST_H

#include "pool/pool.h"

/* One obligor, or all together. Amounts in cents. Rates NAN where nothing is financed or none exists. */
typedef struct weir_financing_cost {
	int obligor; /* of the pool's terms; -1: all */
	double financed, interest;
	double costs[WEIR_COST_KIND_COUNT], subsidies[WEIR_SUBSIDY_KIND_COUNT];
	double costs_all, subsidies_all;
	double average_financing, years;
	double rate_before, rate_after; /* composite cost a year without and with subsidies */
	double irr_before, irr_after;
	weir_date last_due;
} weir_financing_cost;

typedef struct weir_financing_costs {
	weir_financing_cost *items; /* [count]: every obligor with receipts, in the pool's order, then all together */
	int count;
} weir_financing_costs;

/* Items in `arena`. WEIR_NO_MEMORY is the only failure. */
weir_status weir_financing_cost_measure(weir_financing_costs *out, weir_arena *arena, const weir_pool *pool);

#endif
