/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price_lanes.h: the runs beside a priced one: indexes moved both ways, and no call exercised. */
#ifndef WEIR_API_PRICE_LANES_H
#define WEIR_API_PRICE_LANES_H

#include "api/session.h"

/* Zero-initialise; free with weir_price_lanes_free. */
typedef struct weir_price_run {
	weir_price_lanes lanes; /* run NULL: none was needed */
	weir_arena *arena;
	weir_block *block;
} weir_price_run;

/* Runs what the deal makes worth running beside a case: with `moved`, contracts that follow a rate index bear
 * WEIR_CURVE_SHIFT more and less from the settlement date on (WEIR_DATE_NONE: from the start); and where the case
 * exercised a call, the same without calls. */
weir_status weir_price_lanes_run(weir_price_run *out, weir_session *session, const weir_case *one, int moved,
                                 weir_date settlement);
void weir_price_lanes_free(weir_price_run *run);

#endif
