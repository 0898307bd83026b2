/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h: the input files a deal was read from, and places in them, so that a late failure still points at a line. */
#ifndef WEIR_BASE_SOURCE_H
#define WEIR_BASE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* A span of bytes in one source. {0} is "nowhere": source numbers start at 1. */
typedef struct weir_place {
	uint32_t source; /* number given by weir_sources_add; 0 = no place */
	uint32_t length; /* bytes */
	uint64_t offset; /* bytes from the start of the file */
} weir_place;

/* One input file. Name, text and line starts belong to the list. */
typedef struct weir_source {
	char *name; /* as the user would type it */
	char *text; /* the whole file, NUL behind it */
	size_t size;
	int shipped; /* one of weir's own data files, by its name there */
	size_t *line_starts; /* made at the first look-up */
	size_t line_count;
} weir_source;

/* All input files of one load. Zero-initialise; the owner frees. */
typedef struct weir_sources {
	weir_source *items;
	size_t count, capacity;
	const char *share; /* the owner's: a folder whose files go before weir's own data of the same name; NULL: none */
} weir_sources;

/* Takes over `text` (from weir_alloc, `size` bytes and a NUL) under `name` (copied); gives the number in `*source`.
 * On failure the text stays the caller's. */
weir_status weir_sources_add(weir_sources *sources, const char *name, char *text, size_t size,
                             uint32_t *source);

/* Frees the texts and the list. */
void weir_sources_free(weir_sources *sources);

/* The source of a place, or NULL for nowhere. */
const weir_source *weir_sources_get(const weir_sources *sources, weir_place place);

/* Line and column (both from 1; columns count UTF-8 characters) of the place's first byte; 0:0 for nowhere.
 * The line index is made on the first call; when memory is short the lines are counted from the start instead. */
void weir_sources_locate(weir_sources *sources, weir_place place, unsigned *line, unsigned *column);

/* A place inside the value of an XML attribute or text whose raw bytes are `value`: `decoded_offset` counts bytes of
 * the value as the parser delivers it (entities and character references replaced, CR LF made LF).
 * The result spans to the raw end of the value's `decoded_length` bytes. */
weir_place weir_place_inside(const weir_sources *sources, weir_place value, size_t decoded_offset,
                             size_t decoded_length);

#endif
