/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_words.h: a formula of the deal in the words of its documents, in both languages. */
#ifndef WEIR_REPORT_FORMULA_WORDS_H
#define WEIR_REPORT_FORMULA_WORDS_H

#include "engine/plan.h"

/* Appends "the outstanding principal balance of the senior classes is zero" and 优先级证券未偿本金余额为零. Names are those of the
 * deal; a named formula without a name in either language is told by its formula. A formula that cannot be read stands as
 * it is written. Only WEIR_NO_MEMORY can fail. */
weir_status weir_formula_words(weir_text *en, weir_text *zh, const weir_plan *plan, const weir_formula *formula,
                               weir_type wanted);

/* The same for one of the comparisons that the run keeps of a condition (weir_trigger_registers), number `part` of `count`: as
 * the condition says it, with its names; where the condition does not show that comparison, being a part of one of its
 * names, as `as_run` says it. */
weir_status weir_formula_part_words(weir_text *en, weir_text *zh, const weir_plan *plan, const weir_formula *condition,
                                    int part, int count, const char *as_run);

/* What people call something in a formula by its id: a class, group, fee, account, support, trigger …; NULL texts when the deal
 * has none of that id. `is_class` (may be NULL): it is a class or a group of classes. */
typedef struct weir_thing_name {
	const char *en, *zh;
} weir_thing_name;
weir_thing_name weir_thing_named(const weir_deal *deal, const char *id, size_t length);

#endif
