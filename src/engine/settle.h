/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settle.h: answers the claims of defaulted contracts from a cover's shares, lane by lane. */
#ifndef WEIR_ENGINE_SETTLE_H
#define WEIR_ENGINE_SETTLE_H

#include "engine/run_int.h"

/* The period's claims, before any cover. */
void weir_settle_claims(weir_run *run, const weir_instruction *i, int period, weir_lane *R);

/* One cover, in the lanes of the instruction's mask. */
void weir_settle(weir_run *run, const weir_instruction *i, int period, weir_lane *R);

#endif
