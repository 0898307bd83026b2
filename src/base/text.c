/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

static int make_room(weir_text *text, size_t more)
{
	if (text->failed)
		return 0;
	if (text->capacity - text->length > more)
		return 1;
	size_t wanted = text->capacity ? text->capacity : 256;
	while (wanted - text->length <= more)
		wanted *= 2;
	char *data = weir_realloc(text->data, wanted);
	if (!data) {
		text->failed = 1;
		return 0;
	}
	text->data = data;
	text->capacity = wanted;
	return 1;
}

void weir_text_append(weir_text *text, const char *bytes, size_t length)
{
	if (!make_room(text, length))
		return;
	if (length)
		memcpy(text->data + text->length, bytes, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void weir_text_add(weir_text *text, const char *words)
{
	if (words)
		weir_text_append(text, words, strlen(words));
}

void weir_text_printf(weir_text *text, const char *format, ...)
{
	char small[512];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(small, sizeof small, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	if ((size_t)length < sizeof small) {
		weir_text_append(text, small, (size_t)length);
		return;
	}
	if (!make_room(text, (size_t)length))
		return;
	va_start(arguments, format);
	vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text->length += (size_t)length;
}

void weir_text_add_xml(weir_text *text, const char *words)
{
	if (!words)
		return;
	for (const char *p = words; *p; p++) {
		unsigned char c = (unsigned char)*p;
		switch (c) {
		case '&':
			weir_text_add(text, "&amp;");
			break;
		case '<':
			weir_text_add(text, "&lt;");
			break;
		case '>':
			weir_text_add(text, "&gt;");
			break;
		case '"':
			weir_text_add(text, "&quot;");
			break;
		case '\'':
			weir_text_add(text, "&#39;");
			break;
		default:
			if (c >= 0x20 || c == '\n' || c == '\t')
				weir_text_append(text, p, 1);
			else
				weir_text_add(text, "\xEF\xBF\xBD"); /* XML 1.0 has no such character */
		}
	}
}

weir_status weir_text_status(const weir_text *text)
{
	return text->failed ? WEIR_NO_MEMORY : WEIR_OK;
}

void weir_text_free(weir_text *text)
{
	weir_free(text->data);
	*text = (weir_text){ 0 };
}

static uint64_t hash_of(const char *name, size_t length)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a, 64 bit */
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * 1099511628211u;
	return hash ^ hash >> 29;
}

static struct weir_names_slot *slot_of(struct weir_names_slot *slots, size_t capacity, const char *name, size_t length)
{
	size_t i = (size_t)hash_of(name, length) & (capacity - 1);
	while (slots[i].name &&
	       (slots[i].length != length || memcmp(slots[i].name, name, length) != 0))
		i = (i + 1) & (capacity - 1);
	return &slots[i];
}

static int widen(weir_names *names)
{
	size_t wanted = names->capacity ? names->capacity * 2 : 64;
	struct weir_names_slot *slots = weir_alloc_zero(wanted, sizeof *slots);
	if (!slots)
		return 0;
	for (size_t i = 0; i < names->capacity; i++)
		if (names->slots[i].name)
			*slot_of(slots, wanted, names->slots[i].name, names->slots[i].length) = names->slots[i];
	weir_free(names->slots);
	names->slots = slots;
	names->capacity = wanted;
	return 1;
}

weir_status weir_names_put(weir_names *names, const char *name, size_t length, int number)
{
	if (names->count * 2 >= names->capacity && !widen(names))
		return WEIR_NO_MEMORY;
	struct weir_names_slot *slot = slot_of(names->slots, names->capacity, name, length);
	if (slot->name)
		return WEIR_NO;
	*slot = (struct weir_names_slot){ name, (uint32_t)length, number };
	names->count++;
	return WEIR_OK;
}

int weir_names_find(const weir_names *names, const char *name, size_t length)
{
	if (names->capacity == 0)
		return -1;
	const struct weir_names_slot *slot = slot_of(names->slots, names->capacity, name, length);
	return slot->name ? slot->number : -1;
}

void weir_names_free(weir_names *names)
{
	weir_free(names->slots);
	*names = (weir_names){ 0 };
}

#define LONGEST_NAME 63

/* Levenshtein distance, with one row; names longer than LONGEST_NAME count as far away. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t row[LONGEST_NAME + 1];
	if (na > LONGEST_NAME || nb > LONGEST_NAME)
		return LONGEST_NAME;
	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			corner = row[j];
			row[j] = best;
		}
	}
	return row[nb];
}

const char *weir_nearest_name(const char *name, size_t length, const char *const *candidates, size_t count)
{
	size_t limit = length / 3 > 1 ? length / 3 : 1;
	const char *nearest = NULL;
	for (size_t i = 0; i < count; i++) {
		size_t d = distance(name, length, candidates[i], strlen(candidates[i]));
		if (d <= limit) {
			nearest = candidates[i];
			limit = d ? d - 1 : 0;
			if (d == 0)
				break;
		}
	}
	return nearest;
}
