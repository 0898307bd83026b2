/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static long fail_from;
static long asked;

static int must_fail(void)
{
	long nth = __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED);
	return fail_from != 0 && nth >= fail_from;
}

void weir_alloc_fail_from(long nth)
{
	fail_from = nth;
	asked = 0;
}

long weir_alloc_count(void)
{
	return __atomic_load_n(&asked, __ATOMIC_RELAXED);
}

void *weir_alloc(size_t size)
{
	return must_fail() ? NULL : malloc(size ? size : 1);
}

char *weir_alloc_text(const char *text, size_t length)
{
	char *copy = weir_alloc(length + 1);
	if (!copy)
		return NULL;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

void *weir_alloc_zero(size_t count, size_t size)
{
	return must_fail() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *weir_realloc(void *block, size_t size)
{
	return must_fail() ? NULL : realloc(block, size ? size : 1);
}

void weir_free(void *block)
{
	free(block);
}

int weir_grow_array(void **items, size_t *capacity, size_t size)
{
	size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
	if (wanted > SIZE_MAX / size)
		return 0;
	void *grown = weir_realloc(*items, wanted * size);
	if (!grown)
		return 0;
	*items = grown;
	*capacity = wanted;
	return 1;
}
