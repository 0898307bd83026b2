/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_selection.h: the tables of a selection. */
#ifndef WEIR_REPORT_FILL_SELECTION_H
#define WEIR_REPORT_FILL_SELECTION_H

#include "report/results.h"
#include "study/select.h"

/* Adds selection, selection_limits and selection_summary. */
weir_status weir_fill_selection(weir_results *results, const weir_candidates *candidates, const weir_select_found *found);

/* A value in its unit, for a MIXED column; NAN: empty. */
weir_cell weir_fill_select_value(weir_select_unit unit, double value);

#endif
