/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_strat.h: stratifications of the pool as tables and as text. */
#ifndef WEIR_REPORT_FILL_STRAT_H
#define WEIR_REPORT_FILL_STRAT_H

#include "pool/strat.h"
#include "report/tables.h"

/* Adds the tables strat and strat_measures: of the pool, and of `count` stratifications of it. */
weir_status weir_fill_strat(weir_results *results, const weir_strat_ground *ground, const weir_strat_table *tables,
                            size_t count);

/* Appends the same in words for a terminal or a letter, in English or Chinese, from those tables: the pool, then each
 * stratification with at most `most_rows` rows, its total and how concentrated it is. */
void weir_strat_write_text(const weir_results *results, const weir_strat_ground *ground, const weir_strat_table *tables,
                           size_t count, int chinese, size_t most_rows, weir_text *to);

#endif
