/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bought.h: contracts that revolving purchases really bought, as the actuals file has them: what they cost and paid up
 * to its last period, and what is still to come of them.
 *
 * Behind the last period they go on as the deal's <revolving> asset says: each purchase comes back in equal parts over
 * the periods behind it, scaled to the balance that is not overdue; what is overdue comes in the next period. */
#ifndef WEIR_POOL_BOUGHT_H
#define WEIR_POOL_BOUGHT_H

#include "pool/actuals.h"

/* Follows `rows` (sorted by contract, then period; each of a contract behind the deal's own) from period `first` to
 * `last`. `lost`: rows could not be read, so that what is missing is not complained of. Complaints: as
 * weir_pool_actuals_create, and MISSING_ATTRIBUTE (bought without a price, or never bought); WEIR_INPUT. */
weir_status weir_bought_create(const weir_bought **out, weir_arena *arena, const weir_deal *deal,
                               const weir_periods *periods, const weir_actual *rows, size_t count, int last, int lost,
                               weir_diags *diags);

#endif
