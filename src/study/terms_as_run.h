/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terms_as_run.h: the deal's terms with the numbers that a run set in their place, for those who print them. */
#ifndef WEIR_STUDY_TERMS_AS_RUN_H
#define WEIR_STUDY_TERMS_AS_RUN_H

#include "engine/run.h"

/* The terms of a lane of a run: sizes and coupons of classes, rates and amounts of fees, cash in accounts at the closing as
 * the lane had them, all else as the deal says. Where nothing was set it is the plan's own deal, else a copy in `arena`
 * that shares what it does not change. WEIR_NO_MEMORY is the only failure. */
weir_status weir_terms_as_run(const weir_deal **out, weir_arena *arena, const weir_plan *plan, const weir_run *run, int lane);

#endif
