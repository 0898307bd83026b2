/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet_fit.h: how much stands on a sheet, before a browser lays it out. */
#ifndef WEIR_REPORT_SHEET_FIT_H
#define WEIR_REPORT_SHEET_FIT_H

#include "report/document.h"

/* How large a sheet may be set on A4, as a share of its type's usual size, so that all of it stands on one page, as
 * far as its texts tell; at most `most`. Lines and their lengths both shrink: twice the lines need 0.7 of the size. */
double weir_sheet_scale(const weir_document *document, double most);

#endif
