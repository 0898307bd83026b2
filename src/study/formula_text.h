/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_text.h: formulas of a deal in one normal form, so that two spellings of the same formula read the same. */
#ifndef WEIR_STUDY_FORMULA_TEXT_H
#define WEIR_STUDY_FORMULA_TEXT_H

#include "deal/describe.h"
#include "engine/plan.h"

/* Writes a formula of the plan's deal in normal form: `shown` with rates in percent, `key` (may be NULL) with rates as
 * plain numbers, so that 4% and 0.04 are the same. Names stay names: a <value> is not replaced by its formula. Ids are
 * told by names->reference. A formula that cannot be read is written as it stands. Only WEIR_NO_MEMORY can fail. */
weir_status weir_formula_tell(const weir_plan *plan, const weir_formula *formula, weir_type wanted,
                              const weir_describe_options *names, weir_text *shown, weir_text *key);

/* A formula of the plan's deal as a typed tree, with its names by their symbols ("A.balance", "share(L01)"). */
typedef struct weir_formula_reading {
	const weir_expression *tree; /* NULL: it cannot be read */
	const char *const *names;
} weir_formula_reading;

/* Reads it into `arena`. Names of a <value> are not replaced by its formula. Only WEIR_NO_MEMORY can fail. */
weir_status weir_formula_read(weir_formula_reading *out, weir_arena *arena, const weir_plan *plan,
                              const weir_formula *formula, weir_type wanted, const weir_describe_options *names);

#endif
