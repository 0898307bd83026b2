/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actuals_int.h: what the two readings of an actuals file share, of the deal's own contracts and of bought ones. */
#ifndef WEIR_POOL_ACTUALS_INT_H
#define WEIR_POOL_ACTUALS_INT_H

#include "pool/actuals.h"

#define WEIR_ACTUAL_MOST_COMPLAINTS 200 /* then no more is looked for */
#define WEIR_ACTUAL_MOST_SHARE 1000     /* of what is scheduled; more is a slip in the file */

/* "WHAT "CENTS" of contract "ID" in period P is more than LIMIT MOST; correct one of them", at the row. */
void weir_actual_complain_beyond(weir_diags *diags, int currency_digits, const char *id, const weir_actual *row,
                                 const char *what, double cents, double most_cents, const char *limit);

#endif
