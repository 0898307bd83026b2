/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selection.h: reads a selection file with its candidate tape, and writes the chosen rows of such a tape. */
#ifndef WEIR_IO_SELECTION_H
#define WEIR_IO_SELECTION_H

#include "base/text.h"
#include "deal/deal.h"
#include "deal/selection_rules.h"

/* Loads the rules and the tape. `*deal` is a deal of contracts alone: id, names, currency, cut-off date and pool; the
 * rules live in it. As weir_deal_load: both are there on WEIR_OK and, as far as the input allowed, on WEIR_INPUT; the
 * caller destroys the deal, and `sources` must outlive it. */
weir_status weir_selection_load(weir_deal **deal, weir_selection_rules **rules, weir_sources *sources,
                                const char *tape_path, const char *rules_path, weir_diags *diags);

/* Writes a tape with the header of source `tape` and the records that start at `offsets` [count], in that order, byte for
 * byte but without the columns that only the rules know, so that a deal can refer to it. */
void weir_selection_write_tape(weir_text *to, const weir_source *tape, const uint64_t *offsets, size_t count,
                               const weir_selection_rules *rules);

#endif
