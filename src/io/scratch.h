/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scratch.h: a private temporary folder that is gone again when the work is done, or interrupted. */
#ifndef WEIR_IO_SCRATCH_H
#define WEIR_IO_SCRATCH_H

#include <stddef.h>

#include "base/diag.h"

/* The folder and the files in it. */
typedef struct weir_scratch weir_scratch;

/* Makes a folder of its own, which only the user can enter, in TMPDIR or /tmp, with room for `most` files. The caller
 * destroys. WEIR_IO and a complaint when it cannot. */
weir_status weir_scratch_create(weir_scratch **out, size_t most, weir_diags *diags);

/* Its path. */
const char *weir_scratch_folder(const weir_scratch *scratch);

/* Writes a new file "a/b.csv" and the folders above it. `name` must be a safe name (weir_member_name_is_safe). */
weir_status weir_scratch_put(weir_scratch *scratch, const char *name, const char *bytes, size_t size, weir_diags *diags);

/* Removes the files and the folder; NULL does nothing. */
void weir_scratch_destroy(weir_scratch *scratch);

/* Removes what the folder made last has in it, when the program is interrupted; safe in a signal handler. */
void weir_scratch_discard(void);

#endif
