/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pro_rata.h: one amount shared among payees in proportion to what each is due, in whole cents and exactly. */
#ifndef WEIR_ENGINE_PRO_RATA_H
#define WEIR_ENGINE_PRO_RATA_H

#include "deal/deal.h"

/* Shares `amount` (0 <= amount <= sum of `due`) among `count` payees: fills shares[count], which sum to `amount`, none
 * above its due, none negative (DESIGN section 3). Whole cents in and out; products are decided in integers.
 *   cumulative:        round(amount x (due_1 + .. + due_i) / sum) - what the earlier ones got
 *   last, first:       each round(amount x due_i / sum), the last (first) takes the rest
 *   largest-remainder: each rounded down, then one cent each to the largest remainders, of equals the earlier
 * No share goes above its due. Where the rounded shares of the others would exceed the amount, the later of them are
 * shortened; cents that nobody took go to the first payees that have room. */
void weir_share_pro_rata(double *shares, const double *due, int count, double amount, weir_split split);

#endif
