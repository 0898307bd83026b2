/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_dates_csv.h: reads the days that reports go by (share/report-dates.csv). */
#ifndef WEIR_IO_REPORT_DATES_CSV_H
#define WEIR_IO_REPORT_DATES_CSV_H

#include "deal/report_dates.h"

/* id,en,zh,kind,venue,days,day-of-year,source,source-zh,label: of the file that comes with weir, or of the folder that goes before it. All in
 * `arena`; the text becomes one of `sources`, which must outlive it. Complains at its places (BAD_VALUE: a row with both days and
 * day-of-year, or none; DUPLICATE_ID within one kind and venue); WEIR_INPUT then. */
weir_status weir_report_dates_load(weir_report_dates **out, weir_arena *arena, weir_sources *sources, weir_diags *diags);

#endif
