/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_rewrite.h: a deal file with other numbers in it, all else as it was, to the byte. */
#ifndef WEIR_IO_DEAL_REWRITE_H
#define WEIR_IO_DEAL_REWRITE_H

#include "base/diag.h"
#include "deal/deal.h"

/* A number of the deal by the name that it has when it is set, parted at its first dot: the size, coupon or period_yield of
 * a class, the cash of an account at the closing ("initial"), the rate, amount, raised_rate, raised_amount or surcharge.rate
 * of a fee, the rate of a revolving asset, the cap, draw_rate or commitment_rate of a support, a named number of <values>
 * (part ""). Amounts in cents, rates natural. */
typedef struct weir_deal_change {
	const char *id, *part;
	double value;
} weir_deal_change;

/* The text of the deal's own file with the changes in the places of its attributes; an attribute that is not there yet is
 * put behind the element's id. Of several changes of one number the last counts. With a class's size the amounts of its
 * principal plan move in proportion, as in a run that is given another size; what rounding puts above the size comes off
 * the last of them. Complains (UNSUPPORTED) about numbers that stand in no attribute of their own, and about plans by
 * amounts in a file of their own. The caller frees `out` in any case. */
weir_status weir_deal_rewrite(weir_text *out, const weir_sources *sources, const weir_deal *deal,
                              const weir_deal_change *changes, size_t count, weir_diags *diags);

#endif
