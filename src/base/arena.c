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
#define TEXT_ALIGN 1

typedef struct chunk {
	struct chunk *next;
	size_t size, used; /* bytes of data behind the header */
} chunk;

/* A block that came from outside; the record itself is a piece. */
typedef struct adopted {
	struct adopted *next;
	void *block;
} adopted;

struct weir_arena {
	chunk *chunks; /* the first is the one in use */
	adopted *adopted;
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
	for (adopted *a = arena->adopted; a; a = a->next)
		weir_free(a->block);
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

/* `size` bytes, at least one, not cleared. */
static void *take(weir_arena *arena, size_t size, size_t align)
{
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
	return piece;
}

void *weir_arena_alloc(weir_arena *arena, size_t size)
{
	size = size ? size : 1;
	void *piece = take(arena, size, size >= WIDE_FROM ? WIDE_ALIGN : PLAIN_ALIGN);
	return piece ? memset(piece, 0, size) : NULL;
}

void *weir_arena_array(weir_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return weir_arena_alloc(arena, count * size);
}

weir_status weir_arena_adopt(weir_arena *arena, void *block)
{
	adopted *record = weir_arena_alloc(arena, sizeof *record);
	if (!record)
		return WEIR_NO_MEMORY;
	*record = (adopted){ arena->adopted, block };
	arena->adopted = record;
	return WEIR_OK;
}

char *weir_arena_text(weir_arena *arena, const char *text, size_t length)
{
	char *copy = length < SIZE_MAX ? take(arena, length + 1, TEXT_ALIGN) : NULL;
	if (!copy)
		return NULL;
	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}
