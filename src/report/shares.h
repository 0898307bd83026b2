/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shares.h: shares of a whole as they are shown, rounded to hundredths of a percent so that they add up. */
#ifndef WEIR_REPORT_SHARES_H
#define WEIR_REPORT_SHARES_H

#include "report/results.h"

/* Whether a column holds shares whose printed figures must add up: rates that are summed, and column cumulative_share
 * beside such a column "share". */
int weir_shares_are_summed(const weir_table *table, int column);

/* What reports print for the shares of a column: shown[rows], natural units, multiples of 0.0001 (0.01 %). Rows of one
 * time (a column grouped by time), else all rows, are rounded together by largest remainder, so that what is printed
 * adds up to the printed total; of equal remainders the earlier row is raised. A cumulative share is the running sum of
 * the shares as they are printed. NAN where the cell is empty. The results keep the exact shares; only their print is
 * concerned. */
weir_status weir_shares_show(double *shown, const weir_table *table, int column);

/* What reports print for the largest obligor's share in a row of the deal's terms, and for the shares of the largest 1, 5, 10 in the
 * measures of the pool: what the table of obligors, and the prospectus's table of the largest, prints for them. NAN for any other
 * cell, and where there is no such table. */
weir_status weir_shares_show_term(double *shown, const weir_results *results, const weir_table *table, size_t row,
                                  int column);

#endif
