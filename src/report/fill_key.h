/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_key.h: fills the tables of the key investor sheet (tables_key.def) from tables that are filled already. */
#ifndef WEIR_REPORT_FILL_KEY_H
#define WEIR_REPORT_FILL_KEY_H

#include "report/tables.h"

struct weir_outcome;

/* fee_cost, from fee_payments and classes. */
weir_status weir_fill_key(weir_results *results, const struct weir_outcome *outcome);

#endif
