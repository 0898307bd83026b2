/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variant.h: a deal with its outside support, without it, or with one supporter failing. */
#ifndef WEIR_STUDY_VARIANT_H
#define WEIR_STUDY_VARIANT_H

#include "study/block.h"

typedef enum weir_support_case {
	WEIR_WITH_SUPPORT,    /* as the scenario has it */
	WEIR_WITHOUT_SUPPORT, /* no support and no cover pays anything */
	WEIR_SUPPORTER_FAILS  /* `party` pays nothing from `month` months after the cut-off date on */
} weir_support_case;

/* Zero: with support. */
typedef struct weir_variant {
	weir_support_case support;
	int party; /* of the deal */
	int month;
} weir_variant;

/* What to lay over every lane of a block for a variant: `*count` is 0 or 1. Memory in `arena`. Where a scenario
 * too lets the party fail, the variant's date replaces it. A deal without support has no variants: *count is 0.
 * Complains (UNKNOWN_PARAMETER, OUT_OF_RANGE) about a party that supports nothing and a month out of range. */
weir_status weir_variant_overlay(weir_overlay *out, int *count, weir_arena *arena, const weir_plan *plan,
                                 weir_variant variant, weir_diags *diags);

#endif
