/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference_deals.h: for tests: the dates and pools of the eight reference deals (INPUTS.md), built in
 * memory. */
#ifndef WEIR_TESTS_REFERENCE_DEALS_H
#define WEIR_TESTS_REFERENCE_DEALS_H

#include "deal/deal.h"

/* Reference deal 1 .. 8 in `arena`, with the shipped CN-work calendar. Dates and pool only: no classes, no
 * rules. */
weir_deal *reference_deal(weir_arena *arena, int number);

/* A date from its digits: 20230620. */
weir_date date_of(int yyyymmdd);

/* A contract with nothing in it but an id: references -1, amounts 0, dates absent. */
weir_contract plain_contract(const char *id);

#endif
