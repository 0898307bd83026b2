/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_places.h: cells of industries and regions in the reader's language, the tape's text being the key. */
#ifndef WEIR_REPORT_FILL_PLACES_H
#define WEIR_REPORT_FILL_PLACES_H

#include "report/fill_deal.h"

/* The name of an industry or region of a tape; the text itself where it is not listed (deal/place_names.h), an empty
 * cell for NULL. The texts are copied. WEIR_NO_MEMORY. */
weir_status weir_name_industry(weir_cell *out, weir_results *results, const weir_deal *deal, const char *text);
weir_status weir_name_region(weir_cell *out, weir_results *results, const weir_deal *deal, const char *text);

/* The same for a filling; short memory is noted there. */
weir_cell weir_fill_industry(weir_filler *f, const char *text);
weir_cell weir_fill_region(weir_filler *f, const char *text);

#endif
