/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actuals_csv.h: the actuals file (what each contract paid in each period) and the events file (what happened). */
#ifndef WEIR_IO_ACTUALS_CSV_H
#define WEIR_IO_ACTUALS_CSV_H

#include "deal/occurrences.h"
#include "pool/actuals.h"

/* Reads the actuals file at `path` for a pool and works them out, in `arena`: a CSV of contract, period, principal and
 * income, with prepaid, overdue, overdue-income, days-overdue, defaulted, recovered-collection, recovered-disposal,
 * ended and note where they are known, and of contracts that revolving purchases bought asset, bought and spent.
 * docs/actuals.md says what each is. Complains about all that is wrong; WEIR_INPUT, `out` untouched. */
weir_status weir_actuals_load(weir_pool_actuals **out, weir_arena *arena, const weir_pool *pool,
                              const weir_periods *periods, const char *path, weir_diags *diags);

/* The same of an events file: date and kind, en or zh, and subject, rule, effect-en, effect-zh, action-en, action-zh,
 * amount, rate, income, status. */
weir_status weir_events_load(weir_occurrences **out, weir_arena *arena, const weir_deal *deal,
                             const weir_periods *periods, const char *path, weir_diags *diags);

#endif
