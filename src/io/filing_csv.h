/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing_csv.h: the field table of a prescribed report (share/esma-annex12.csv) and the reporting entity's facts. */
#ifndef WEIR_IO_FILING_CSV_H
#define WEIR_IO_FILING_CSV_H

#include "base/arena.h"
#include "base/diag.h"
#include "deal/filing.h"

/* Reads the shared table `name`, and the facts at `path` (CSV with the columns code and value, optionally note; NULL: none). A
 * code of a group names its item: IVSR8/second_tier. `digits`: the currency's, for amounts. Complains about every fact whose code
 * is unknown, stands twice, is never taken, or whose value has not the form of its field. On WEIR_INPUT `out` holds the table and
 * the facts without fault. Everything lies in `arena`. */
weir_status weir_filing_load(weir_filing *out, weir_arena *arena, weir_sources *sources, const char *name,
                             const char *path, int digits, weir_diags *diags);

#endif
