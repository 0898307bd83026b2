/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat_csv.h: bands of stratifications, from share/strat-bands.csv, a file like it, or an option. */
#ifndef WEIR_IO_STRAT_CSV_H
#define WEIR_IO_STRAT_CSV_H

#include "base/diag.h"
#include "base/source.h"
#include "pool/strat.h"

/* The bands of every number, by weir_strat_by; those of texts are empty. */
typedef struct weir_strat_bands {
	weir_strat_edges of[WEIR_STRAT_BYS];
} weir_strat_bands;

/* Reads a CSV file (attribute, bands, note; lines with # before the header are comments) over what `out` has; NULL path:
 * share/strat-bands.csv. What `path` gives is marked as given. Edges in `arena`. `digits`: the currency's. Complains about
 * attributes that are none or have no bands, bands that do not rise, and the rest of what is wrong in tables: WEIR_INPUT. */
weir_status weir_strat_bands_load(weir_strat_bands *out, weir_arena *arena, weir_sources *sources, const char *path,
                                  int digits, weir_diags *diags);

/* The same of "NAME=5%,10%,20%". */
weir_status weir_strat_bands_read(weir_strat_bands *out, weir_arena *arena, const char *text, int digits,
                                  weir_diags *diags);

#endif
