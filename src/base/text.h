/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h: a growing text buffer, spans of text, and a map from names to numbers. */
#ifndef WEIR_BASE_TEXT_H
#define WEIR_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Text that grows. Zero-initialise; free with weir_text_free. Once memory was short, `failed` stays set and further
 * appends do nothing, so that a writer checks once at its end. */
typedef struct weir_text {
	char *data; /* NUL-terminated once anything was appended; NULL before */
	size_t length, capacity;
	int failed;
} weir_text;

/* Appends `length` bytes. */
void weir_text_append(weir_text *text, const char *bytes, size_t length);

/* Appends a NUL-terminated text; NULL appends nothing. */
void weir_text_add(weir_text *text, const char *words);

/* Appends printf output. */
void weir_text_printf(weir_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends text with & < > " ' and control characters made safe for XML or HTML, in elements and attributes alike. */
void weir_text_add_xml(weir_text *text, const char *words);

/* WEIR_NO_MEMORY when an append failed, else WEIR_OK. */
weir_status weir_text_status(const weir_text *text);

/* Frees the buffer. */
void weir_text_free(weir_text *text);

/* Moves the text into an arena, NUL-terminated: "" where nothing was appended; NULL when memory is short, or was when it was
 * written. The buffer is freed in any case. */
char *weir_text_keep(weir_text *text, weir_arena *arena);

/* Map from names to non-negative numbers; names are not copied and must outlive the map. Its items stand in the order
 * in which they were put; an open-addressed table of their hashes finds them. The order of the slots is the same on
 * every machine. Zero-initialise; free with weir_names_free. */
typedef struct weir_names {
	struct weir_names_item {
		const char *name;
		uint32_t length;
		int32_t number;
	} *items; /* [count] */
	size_t count;
	struct weir_names_slot {
		uint32_t hash, item; /* the item's position + 1; 0: free */
	} *slots; /* [slot_count], a power of two or 0 */
	size_t slot_count;
} weir_names;

/* Puts `name` with `number`. WEIR_NO (and nothing is changed) when the name is there already. */
weir_status weir_names_put(weir_names *names, const char *name, size_t length, int number);

/* The item of a name, or NULL; good until the next name is put. Its `name` is the text that was put. */
const struct weir_names_item *weir_names_item(const weir_names *names, const char *name, size_t length);

/* The number of a name, or -1. */
int weir_names_find(const weir_names *names, const char *name, size_t length);

/* Frees the map. */
void weir_names_free(weir_names *names);

/* Whether `length` bytes of text are a word, and whether they end with one. */
int weir_is_word(const char *text, size_t length, const char *word);
int weir_ends_with(const char *text, size_t length, const char *end);

/* Whether a text has a Chinese character; NULL has none. */
int weir_has_chinese(const char *text);

/* Of `count` candidates the one nearest to `name` by edit distance (at most a third of its length, at least 1),
 * for "did you mean"; NULL when none is near. */
const char *weir_nearest_name(const char *name, size_t length, const char *const *candidates, size_t count);

#endif
