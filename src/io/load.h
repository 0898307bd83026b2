/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.h: reads a deal file with its tapes, calendars and indexes, and scenario files, collecting every complaint. */
#ifndef WEIR_IO_LOAD_H
#define WEIR_IO_LOAD_H

#include "base/diag.h"
#include "base/source.h"
#include "deal/deal.h"
#include "deal/market.h"
#include "deal/scenario.h"
#include "deal/structure_terms.h"

/* Reads a whole file into weir_alloc memory (a NUL behind it). WEIR_IO and a complaint when it cannot be read. */
weir_status weir_file_read(char **text, size_t *size, const char *path, weir_diags *diags);

/* Weir's own data: "deal.xsd", "calendars/CN-work.csv", "ip-terms.csv", "templates/investor.xsl" … From the folder in
 * the environment variable WEIR_SHARE where that is set and has the file, else from the copy inside the program.
 * The text stays valid for the program's life (built in) or is weir_alloc memory (*owned = 1: the caller frees). */
weir_status weir_share_read(const char **text, size_t *size, int *owned, const char *name, weir_diags *diags);

/* The same, with a folder (NULL: none) that goes before all that. */
weir_status weir_share_read_before(const char **text, size_t *size, int *owned, const char *folder, const char *name,
                                   weir_diags *diags);

/* Loads `path` and everything it refers to. On WEIR_OK and on WEIR_INPUT `*out` is a deal (on WEIR_INPUT only as
 * complete as the input allowed: good for finding more faults, not for running); the caller destroys it. On other
 * failures *out is NULL. `sources` must outlive the deal. */
weir_status weir_deal_load(weir_deal **out, weir_sources *sources, const char *path, weir_diags *diags);

/* The same of one of the deal's variants by its id; NULL: as written. Complains about an id that it does not have. */
weir_status weir_deal_load_variant(weir_deal **out, weir_sources *sources, const char *path, const char *variant,
                                   weir_diags *diags);

/* Frees a deal (its arena). */
void weir_deal_destroy(weir_deal *deal);

/* Loads a scenario file into the deal's arena, with what it includes; complaints as above. A `path` without "/" and ".xml"
 * is the name of a file that comes with weir ("lease": share/stress/lease.xml). */
weir_status weir_scenarios_load(weir_scenarios *out, weir_deal *deal, const char *path, weir_diags *diags);

/* The same, with the shocks of `base` (a loaded scenario; NULL: none) in the place of those of the scenarios that others
 * of the file name as their base: a shipped family over a deal's own assumptions. */
weir_status weir_scenarios_load_over(weir_scenarios *out, weir_deal *deal, const char *path,
                                     const weir_scenario *base, weir_diags *diags);

/* Loads a market file (share/market.xsd) into the deal's arena: curves built, spreads as written; complaints as above. On
 * WEIR_INPUT some of it may be missing. */
weir_status weir_market_load(weir_market *out, weir_deal *deal, const char *path, weir_diags *diags);

/* Loads what a structure is asked for (share/structure.xsd) into the deal's arena; complaints as above. */
weir_status weir_structure_load(weir_structure_terms *out, weir_deal *deal, const char *path, weir_diags *diags);

/* Reads fixings of a rate index from a CSV file (date,rate with header) into the deal: the index `id` is made or
 * replaced. */
weir_status weir_index_load(weir_deal *deal, const char *id, const char *path, weir_diags *diags);

#endif
