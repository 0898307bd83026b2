/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.h: memory with one lifetime (a deal, a plan, a run), taken in pieces and freed in one call. */
#ifndef WEIR_BASE_ARENA_H
#define WEIR_BASE_ARENA_H

#include <stddef.h>

#include "base/status.h"

typedef struct weir_arena weir_arena;

/* Makes an empty arena; the caller destroys it. WEIR_NO_MEMORY is the only failure. */
weir_status weir_arena_create(weir_arena **out);

/* Frees everything that was taken from the arena, and the arena; NULL is allowed. */
void weir_arena_destroy(weir_arena *arena);

/* `size` cleared bytes, aligned for any type and to 64 bytes when `size` is at least 512; NULL when memory is short.
 * Under AddressSanitizer every piece is its own allocation, so that overruns inside an arena are seen. */
void *weir_arena_alloc(weir_arena *arena, size_t size);

/* `count` cleared items of `size` bytes; NULL when memory is short or the product overflows. */
void *weir_arena_array(weir_arena *arena, size_t count, size_t size);

/* Makes a block of weir_alloc the arena's, which frees it at its end. On WEIR_NO_MEMORY it stays the caller's. */
weir_status weir_arena_adopt(weir_arena *arena, void *block);

/* A NUL-terminated copy of `length` bytes of text; NULL when memory is short. */
char *weir_arena_text(weir_arena *arena, const char *text, size_t length);

#endif
