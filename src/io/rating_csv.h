/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rating_csv.h: reads what rating methods ask of grades, expected losses by grade, and histories of default rates. */
#ifndef WEIR_IO_RATING_CSV_H
#define WEIR_IO_RATING_CSV_H

#include "base/diag.h"
#include "study/rating.h"

/* Each reads a CSV file, or with `path` NULL the one that comes with weir; tables and texts in `arena`, the file's text
 * becomes one of `sources`, which must outlive them. Complaints, at their places: those of any table, grades out of
 * order or given twice (DUPLICATE_ID, OUT_OF_RANGE); WEIR_INPUT then. */

/* grade,asset-class,multiple-of,multiple,target-probability,source,label: share/rating-targets.csv. */
weir_status weir_grade_tables_load(weir_grade_tables *out, weir_arena *arena, weir_sources *sources, const char *path,
                                   weir_diags *diags);

/* grade,years,expected-loss,source,label: share/expected-losses.csv. */
weir_status weir_loss_table_load(weir_loss_table *out, weir_arena *arena, weir_sources *sources, const char *path,
                                 weir_diags *diags);

/* pool,cumulative-default: one rate for each pool or vintage, above 0; at least two. `pool` may be left out. */
weir_status weir_default_history_load(double **rates, int *count, weir_arena *arena, weir_sources *sources,
                                      const char *path, weir_diags *diags);

#endif
