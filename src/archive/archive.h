/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archive.h: zip files in memory: written so that the same members give the same bytes, and read without trust. */
#ifndef WEIR_ARCHIVE_ARCHIVE_H
#define WEIR_ARCHIVE_ARCHIVE_H

#include <stddef.h>

#include "base/text.h"

/* A file to be packed; its texts stay the caller's. */
typedef struct weir_archive_member {
	const char *name, *bytes;
	size_t length;
} weir_archive_member;

/* Appends a zip of the members, in their order, to `out`: deflated, dated 1 January 1980, without a clock or a user. On
 * WEIR_INTERNAL `why` (which the caller frees) has the library's reason. */
weir_status weir_archive_write(weir_text *out, const weir_archive_member *members, size_t count, weir_text *why);

/* An opened zip. */
typedef struct weir_archive weir_archive;

/* What a zip says of a member; nothing of it is checked. */
typedef struct weir_archive_entry {
	const char *name;         /* the archive's */
	unsigned long long size;  /* unpacked */
	int folder;               /* an empty entry whose name ends with "/" */
	int odd;                  /* neither that nor a plain file: a link, a device, encrypted, a folder with bytes in it */
} weir_archive_entry;

/* Opens a zip of `size` bytes, which must outlive it. WEIR_NO when they are none, or its directory is damaged. The caller
 * closes. */
weir_status weir_archive_open(weir_archive **out, const char *bytes, size_t size);
void weir_archive_close(weir_archive *archive);

size_t weir_archive_count(const weir_archive *archive);
weir_status weir_archive_entry_get(weir_archive_entry *out, const weir_archive *archive, size_t number);

/* Unpacks a member into weir_alloc memory with a NUL behind it, at most `limit` bytes. WEIR_NO when it is damaged, longer than
 * the zip says, or than `limit`. The caller frees. */
weir_status weir_archive_read(char **bytes, size_t *length, weir_archive *archive, size_t number, size_t limit);

#endif
