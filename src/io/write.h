/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write.h: files written whole: a temporary name, fsync, rename; nothing is left behind when it fails. */
#ifndef WEIR_IO_WRITE_H
#define WEIR_IO_WRITE_H

#include <stddef.h>

#include "base/diag.h"

/* Makes a folder and those above it; one that exists is fine. WEIR_IO and a complaint when it cannot. */
weir_status weir_folder_make(const char *path, weir_diags *diags);

/* The same for the folder that a file is to stand in; nothing to do for a path without a folder. */
weir_status weir_folder_make_for(const char *path, weir_diags *diags);

/* Writes `size` bytes to `path`, replacing what is there in one step. WEIR_IO and a complaint when it cannot. */
weir_status weir_file_write(const char *path, const char *data, size_t size, weir_diags *diags);

/* Writes a file for the user alone that is not there yet, without waiting for the disk: for temporary folders. A part may be
 * left when it fails. WEIR_IO and a complaint. */
weir_status weir_file_write_new(const char *path, const char *data, size_t size, weir_diags *diags);

/* Removes a file of an earlier run; none there is fine. WEIR_IO and a complaint when it cannot. */
weir_status weir_file_remove(const char *path, weir_diags *diags);

/* Removes the temporary file of a write that is under way; safe in a signal handler. */
void weir_file_discard_partial(void);

#endif
