/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_rewrite.h: a deal file with other numbers in it, all else as it was, to the byte. */
#ifndef WEIR_IO_DEAL_REWRITE_H
#define WEIR_IO_DEAL_REWRITE_H

#include "base/diag.h"
#include "deal/deal.h"

/* A number of the deal: the size or coupon of a class, the cash of an account at the closing ("initial"), the rate or amount
 * of a fee, a named number of <values> (part ""). Amounts in cents, rates natural. */
typedef struct weir_deal_change {
	const char *id, *part;
	double value;
} weir_deal_change;

/* The text of the deal's own file with the changes in the places of its attributes; an attribute that is not there yet is
 * put behind the element's id. Complains (UNSUPPORTED) about numbers that stand in no attribute of their own. The caller
 * frees `out` in any case. */
weir_status weir_deal_rewrite(weir_text *out, const weir_sources *sources, const weir_deal *deal,
                              const weir_deal_change *changes, size_t count, weir_diags *diags);

#endif
