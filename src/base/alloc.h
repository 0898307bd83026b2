/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alloc.h: the one seam through which weir's own memory is taken, so that a test can make any allocation fail. */
#ifndef WEIR_BASE_ALLOC_H
#define WEIR_BASE_ALLOC_H

#include <stddef.h>

/* `size` bytes, not cleared; NULL when memory is short. The caller frees with weir_free. */
void *weir_alloc(size_t size);

/* A NUL-terminated copy of `length` bytes of text; NULL when memory is short. The caller frees with weir_free. */
char *weir_alloc_text(const char *text, size_t length);

/* `count` items of `size` bytes, cleared; NULL when memory is short or the product overflows. */
void *weir_alloc_zero(size_t count, size_t size);

/* Grows or shrinks a block; on NULL the old block is still there and still owned by the caller. */
void *weir_realloc(void *block, size_t size);

/* Frees what the calls above gave; NULL is allowed. */
void weir_free(void *block);

/* Makes the n-th allocation from now on (1 = the next) and all after it fail; 0 turns this off.
 * For tests only: one thread. */
void weir_alloc_fail_from(long nth);

/* How many allocations were asked for since the last weir_alloc_fail_from; tests use it to end their loop and to
 * prove that the period loop allocates nothing. */
long weir_alloc_count(void);

/* Makes room for one more item in a growing array: `items` (pointer to T), `count`, `capacity`.
 * Returns 0 when memory is short, and leaves the array as it was. */
#define WEIR_GROW(items, count, capacity)                                                          \
	((count) < (capacity) ||                                                                   \
	 weir_grow_array((void **)&(items), &(capacity), sizeof *(items)))

/* Doubles `*capacity` (at least 8) items of `size` bytes; for WEIR_GROW. Returns 0 when memory is short. */
int weir_grow_array(void **items, size_t *capacity, size_t size);

#endif
