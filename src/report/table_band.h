/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_band.h: tables that are wider than a page, printed as several tables below each other. */
#ifndef WEIR_REPORT_TABLE_BAND_H
#define WEIR_REPORT_TABLE_BAND_H

#include "report/column_widths.h"
#include "report/document.h"

/* The next band of a table whose columns have these needs: the first column, which heads the rows, and as many columns
 * from
 * `*next` on as fit the width, one at least; `*next` moves behind them. Begin with 1; the bands are through when it is
 * the table's column count. In the arena; NULL when memory is short. */
weir_doc_table *weir_table_band(weir_arena *arena, const weir_doc_table *table, const weir_column_need *needs,
                                double width, int *next);

#endif
