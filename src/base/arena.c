/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

#if defined(__SANITIZE_ADDRESS__)
#define CHUNK_BYTES ((size_t)0)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHUNK_BYTES ((size_t)0)
#endif
#endif
#ifndef CHUNK_BYTES
#define CHUNK_BYTES ((size_t)64 * 1024)
#endif

#define WIDE_FROM 512 /* pieces of this size and more are lane columns: give them a cache line's alignment */
#define WIDE_ALIGN 64
#define PLAIN_ALIGN 16

typedef struct chunk {
	struct chunk *next;
	size_t size, used; /* bytes of data behind the header */
} chunk;

struct weir_arena {
	chunk *chunks; /* the first is the one in use */
};

weir_status weir_arena_create(weir_arena **out)
{
	weir_arena *arena = weir_alloc_zero(1, sizeof *arena);
	if (!arena)
		return WEIR_NO_MEMORY;
	*out = arena;
	return WEIR_OK;
}

void weir_arena_destroy(weir_arena *arena)
{
	if (!arena)
		return;
	for (chunk *c = arena->chunks, *next; c; c = next) {
		next = c->next;
		weir_free(c);
	}
	weir_free(arena);
}

static void *take_from(chunk *c, size_t size, size_t align)
{
	uintptr_t base = (uintptr_t)(c + 1);
	uintptr_t start = (base + c->used + align - 1) & ~(uintptr_t)(align - 1);
	if (start - base > c->size || c->size - (start - base) < size)
		return NULL;
	c->used = start - base + size;
	return (void *)start;
}

void *weir_arena_alloc(weir_arena *arena, size_t size)
{
	size_t align = size >= WIDE_FROM ? WIDE_ALIGN : PLAIN_ALIGN;
	if (size == 0)
		size = 1;
	if (size > SIZE_MAX - sizeof(chunk) - WIDE_ALIGN)
		return NULL;
	void *piece = arena->chunks && CHUNK_BYTES ? take_from(arena->chunks, size, align) : NULL;
	if (!piece) {
		size_t room = size + align > CHUNK_BYTES ? size + align : CHUNK_BYTES;
		chunk *c = weir_alloc(sizeof *c + room);
		if (!c)
			return NULL;
		c->size = room;
		c->used = 0;
		/* a piece that fills its own chunk goes behind the one in use, whose rest stays usable */
		if (arena->chunks && room > CHUNK_BYTES) {
			c->next = arena->chunks->next;
			arena->chunks->next = c;
		} else {
			c->next = arena->chunks;
			arena->chunks = c;
		}
		piece = take_from(c, size, align);
	}
	memset(piece, 0, size);
	return piece;
}

void *weir_arena_array(weir_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return weir_arena_alloc(arena, count * size);
}

char *weir_arena_text(weir_arena *arena, const char *text, size_t length)
{
	char *copy = weir_arena_alloc(arena, length + 1);
	if (copy && length)
		memcpy(copy, text, length);
	return copy;
}
