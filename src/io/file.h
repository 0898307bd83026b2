/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file.h: reads whole files with a limit, and checks that a text is plain UTF-8. */
#ifndef WEIR_IO_FILE_H
#define WEIR_IO_FILE_H

#include "base/diag.h"

#define WEIR_DEAL_BYTES_MAX ((size_t)64 << 20)
#define WEIR_TAPE_BYTES_MAX ((size_t)1 << 30)

/* Reads `path` into weir_alloc memory with a NUL behind it. What cannot be read, or is larger than `limit` bytes, is
 * complained about at `place`. With `regular`, pipes and devices are refused. WEIR_IO after a complaint. */
weir_status weir_file_read_limited(char **text, size_t *size, const char *path, size_t limit, int regular,
                                   weir_place place, weir_diags *diags);

/* Whether something of that name is there. */
int weir_file_is_there(const char *path);

/* Offset of the first byte that is no UTF-8 (RFC 3629), or a control character other than tab and line ends; `size`
 * when there is none. A byte-order mark at the start is allowed. */
size_t weir_utf8_check(const char *text, size_t size);

/* Complains about text that is no UTF-8, with what to do. Returns 1 when the text is good. */
int weir_utf8_accept(const char *text, size_t size, uint32_t source, weir_diags *diags);

/* The start of a text for a message: at most 60 bytes, whole characters, one line, "…" behind what was cut. */
#define WEIR_EXCERPT_BYTES 72
const char *weir_excerpt(char buffer[WEIR_EXCERPT_BYTES], const char *text, size_t length);

/* The names of weir's own data files in a folder ("calendars/") without the folder and the suffix (".csv"); at most
 * `most`, and none that is too long. Gives how many. */
typedef struct weir_share_name {
	char text[32];
} weir_share_name;
size_t weir_share_names(weir_share_name *names, size_t most, const char *folder, const char *suffix);

#endif
