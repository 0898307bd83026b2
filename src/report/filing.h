/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing.h: a report that a regulator prescribes field by field, as XML, from results, a field table and facts.
 *
 * Of Annex XII of Delegated Regulation (EU) 2020/1224 the measures mean (docs/esma.md):
 * - overcollateralisation: the pool that is not in default over the classes, after the period;
 * - prepayment-rate, default-rate: 1 - (1 - x)^n, x = prepaid or defaulted in the period over the pool before it, n = periods a
 *   year, the whole number nearest to 365 over the days between the calculation dates;
 * - excess-spread: residual paid and cash kept, what the order of payments left;
 * - cash-trapped: whether cash was kept, or reserves grew; trigger-hit: whether a trigger stands hit;
 * - liquidity-drawn: whether a liquidity facility was drawn; no value in a deal that has none;
 * - in-default: defaulted up to the period less recovered, not below 0;
 * - arrears-N: the share of the pool that contracts make up whose oldest overdue amount is so many days overdue, of the band of table
 *   arrears that begins with N; 0 when nothing is overdue; no value for pools too large to be told contract by contract. */
#ifndef WEIR_REPORT_FILING_H
#define WEIR_REPORT_FILING_H

#include "deal/filing.h"
#include "report/results.h"

/* Writes the report of a period. Fields stand in the order of the table; one that neither source nor facts give a value gets its
 * usual no-data code, or is complained about, all of them at once. The cash-flow lines carry one balance over all accounts of the
 * deal: cash brought forward, every receipt in the order received, every payment in the order of priority; moves between the
 * deal's own accounts are none of both. It ends with the accounts' closing balances or the report is refused (FOOTING).
 * WEIR_INPUT after a complaint; `out` then holds nothing of use. */
weir_status weir_filing_write(weir_text *out, const weir_filing *filing, const weir_results *results, int period,
                              weir_diags *diags);

#endif
