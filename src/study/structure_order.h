/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_order.h: which payments must wait for which others, whatever the sizes: read off the deal's waterfalls.
 *
 * "x waits for y" means: in no period, under no scenario and for no sizes, is anything of x paid while something of y that
 * is due stays unpaid. It holds where, in every waterfall that pays x, each step that pays x has a step before it that
 * pays y from the same account without condition and without limit, and between the two nothing flows into that account:
 * a step pays all that is due while the account has cash, so cash left for x means that y was paid. Deals with supports
 * are left out, because a purse may pay x directly; so are classes whose payments are rounded for each unit, which may
 * leave a rest behind. No answer (0) means only that nothing was proven. */
#ifndef WEIR_STUDY_STRUCTURE_ORDER_H
#define WEIR_STUDY_STRUCTURE_ORDER_H

#include "deal/deal.h"

typedef enum weir_paid_part { WEIR_PAID_INTEREST, WEIR_PAID_PRINCIPAL } weir_paid_part;

/* Whether a part of class x waits for a part of class y (numbers of the deal). Principal of y is its whole balance:
 * that of a class which is not pass-through only where a step pays its `.balance`. */
int weir_order_waits(const weir_deal *deal, int x, weir_paid_part part_x, int y, weir_paid_part part_y);

#endif
