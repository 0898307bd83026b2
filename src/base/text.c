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
	while (wanted - text->length <= more && wanted <= SIZE_MAX / 2)
		wanted *= 2;
	char *data = wanted - text->length > more ? weir_realloc(text->data, wanted) : NULL;
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

char *weir_text_keep(weir_text *text, weir_arena *arena)
{
	char *kept = text->failed ? NULL : weir_arena_text(arena, text->data ? text->data : "", text->length);
	weir_text_free(text);
	return kept;
}

#define FIRST_SLOTS 64

/* How many names `slots` slots take: with half of them free, a search ends soon. */
static size_t room_of(size_t slots)
{
	return slots / 2;
}

static uint32_t hash_of(const char *name, size_t length)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a, 64 bit */
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * 1099511628211u;
	return (uint32_t)(hash ^ hash >> 29);
}

/* The slot of a name: its own, or the free one where it belongs. */
static struct weir_names_slot *slot_of(const weir_names *names, uint32_t hash, const char *name, size_t length)
{
	size_t i = hash & (names->slot_count - 1);
	for (; names->slots[i].item; i = (i + 1) & (names->slot_count - 1)) {
		if (names->slots[i].hash != hash)
			continue;
		const struct weir_names_item *item = &names->items[names->slots[i].item - 1];
		if (item->length == length && memcmp(item->name, name, length) == 0)
			break;
	}
	return &names->slots[i];
}

/* Doubles the room. The names themselves, which lie anywhere in memory, are not looked at. */
static int widen(weir_names *names)
{
	size_t wanted = names->slot_count ? names->slot_count * 2 : FIRST_SLOTS;
	struct weir_names_item *items = weir_realloc(names->items, room_of(wanted) * sizeof *items);
	if (!items)
		return 0;
	names->items = items;
	struct weir_names_slot *slots = weir_alloc_zero(wanted, sizeof *slots);
	if (!slots)
		return 0;
	for (size_t old = 0; old < names->slot_count; old++) {
		size_t i = names->slots[old].hash & (wanted - 1);
		while (slots[i].item)
			i = (i + 1) & (wanted - 1);
		slots[i] = names->slots[old];
	}
	weir_free(names->slots);
	names->slots = slots;
	names->slot_count = wanted;
	return 1;
}

weir_status weir_names_put(weir_names *names, const char *name, size_t length, int number)
{
	if (names->count == room_of(names->slot_count) && !widen(names))
		return WEIR_NO_MEMORY;
	uint32_t hash = hash_of(name, length);
	struct weir_names_slot *slot = slot_of(names, hash, name, length);
	if (slot->item)
		return WEIR_NO;
	names->items[names->count++] = (struct weir_names_item){ name, (uint32_t)length, number };
	*slot = (struct weir_names_slot){ hash, (uint32_t)names->count };
	return WEIR_OK;
}

const struct weir_names_item *weir_names_item(const weir_names *names, const char *name, size_t length)
{
	if (names->count == 0)
		return NULL;
	const struct weir_names_slot *slot = slot_of(names, hash_of(name, length), name, length);
	return slot->item ? &names->items[slot->item - 1] : NULL;
}

int weir_names_find(const weir_names *names, const char *name, size_t length)
{
	const struct weir_names_item *item = weir_names_item(names, name, length);
	return item ? item->number : -1;
}

void weir_names_free(weir_names *names)
{
	weir_free(names->items);
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

int weir_is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

int weir_ends_with(const char *text, size_t length, const char *end)
{
	size_t tail = strlen(end);
	return length >= tail && memcmp(text + length - tail, end, tail) == 0;
}

int weir_has_chinese(const char *text)
{
	/* U+4E00 to U+9FFF, the unified ideographs: E4 B8 80 to E9 BF BF */
	for (const unsigned char *at = (const unsigned char *)text; at && *at; at++)
		if ((*at == 0xE4 && at[1] >= 0xB8) || (*at >= 0xE5 && *at <= 0xE9))
			return 1;
	return 0;
}
