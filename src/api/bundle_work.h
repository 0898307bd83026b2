/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle_work.h: what making and verifying a bundle share. */
#ifndef WEIR_API_BUNDLE_WORK_H
#define WEIR_API_BUNDLE_WORK_H

#include "api/session.h"
#include "io/bundle.h"

/* The --curve options as the results tell them: with the names that the files have in the bundle. */
weir_status weir_bundle_show_curves(weir_text *out, const weir_manifest *manifest);

/* Runs the bundle in `bytes` again, and compares. `report` gets what agrees and what differs, `said` the messages of the run, a
 * line each. WEIR_NO: it differs or was changed; WEIR_INPUT: no bundle. */
weir_status weir_bundle_check(const char *name, const char *bytes, size_t size, int detail, weir_text *report,
                              weir_text *said, weir_diags *diags);

#endif
