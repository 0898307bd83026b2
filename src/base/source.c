/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/source.h"

#include <string.h>

#include "base/alloc.h"

weir_status weir_sources_add(weir_sources *sources, const char *name, char *text, size_t size,
                             uint32_t *source)
{
	if (!WEIR_GROW(sources->items, sources->count, sources->capacity))
		return WEIR_NO_MEMORY;
	char *copy = weir_alloc_text(name, strlen(name));
	if (!copy)
		return WEIR_NO_MEMORY;
	sources->items[sources->count] = (weir_source){ .name = copy, .text = text, .size = size };
	sources->count++;
	*source = (uint32_t)sources->count;
	return WEIR_OK;
}

void weir_sources_free(weir_sources *sources)
{
	for (size_t i = 0; i < sources->count; i++) {
		weir_free(sources->items[i].name);
		weir_free(sources->items[i].text);
		weir_free(sources->items[i].line_starts);
	}
	weir_free(sources->items);
	*sources = (weir_sources){ 0 };
}

const weir_source *weir_sources_get(const weir_sources *sources, weir_place place)
{
	if (place.source == 0 || place.source > sources->count)
		return NULL;
	return &sources->items[place.source - 1];
}

static void index_lines(weir_source *s)
{
	size_t lines = 1;
	for (const char *p = s->text, *end = s->text + s->size; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		lines++;
	s->line_starts = weir_alloc(lines * sizeof *s->line_starts);
	if (!s->line_starts)
		return;
	s->line_count = 0;
	s->line_starts[s->line_count++] = 0;
	for (const char *p = s->text, *end = s->text + s->size; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		s->line_starts[s->line_count++] = (size_t)(p - s->text) + 1;
}

/* Index of the line that holds `offset`, and where it starts. */
static size_t line_of(const weir_source *s, size_t offset, size_t *start)
{
	if (s->line_starts) {
		size_t low = 0, high = s->line_count;
		while (high - low > 1) {
			size_t middle = low + (high - low) / 2;
			if (s->line_starts[middle] <= offset)
				low = middle;
			else
				high = middle;
		}
		*start = s->line_starts[low];
		return low;
	}
	size_t line = 0;
	*start = 0;
	for (size_t i = 0; i < offset; i++)
		if (s->text[i] == '\n') {
			line++;
			*start = i + 1;
		}
	return line;
}

void weir_sources_locate(weir_sources *sources, weir_place place, unsigned *line, unsigned *column)
{
	*line = *column = 0;
	if (place.source == 0 || place.source > sources->count)
		return;
	weir_source *s = &sources->items[place.source - 1];
	if (!s->line_starts)
		index_lines(s);
	size_t offset = place.offset < s->size ? (size_t)place.offset : s->size;
	size_t start;
	*line = (unsigned)line_of(s, offset, &start) + 1;
	if (start == 0 && s->size >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0)
		start = 3; /* a byte-order mark is not a column */
	unsigned characters = 1;
	for (size_t i = start; i < offset; i++)
		characters += ((unsigned char)s->text[i] & 0xC0) != 0x80;
	*column = characters;
}

/* Bytes that a character reference's code point takes in UTF-8. */
static size_t utf8_length(unsigned long code)
{
	return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/* At raw text `p` (before `end`): how many raw bytes make the next decoded piece, and how long that piece is. */
static size_t next_piece(const char *p, const char *end, size_t *decoded)
{
	*decoded = 1;
	if (*p == '\r' && p + 1 < end && p[1] == '\n')
		return 2;
	if (*p != '&')
		return 1;
	const char *semicolon = memchr(p, ';', (size_t)(end - p));
	if (!semicolon)
		return 1;
	if (p[1] == '#') {
		unsigned long code = 0;
		int hex = p[2] == 'x';
		for (const char *d = p + 2 + hex; d < semicolon && code < 0x110000; d++) {
			unsigned digit = (unsigned char)*d;
			digit = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
			code = code * (hex ? 16 : 10) + digit;
		}
		*decoded = utf8_length(code);
	}
	return (size_t)(semicolon - p) + 1;
}

weir_place weir_place_inside(const weir_sources *sources, weir_place value, size_t decoded_offset,
                             size_t decoded_length)
{
	const weir_source *s = weir_sources_get(sources, value);
	if (!s || value.offset + value.length > s->size)
		return value;
	const char *start = s->text + value.offset, *end = start + value.length, *p = start;
	size_t decoded = 0, piece;
	const char *first = NULL;
	while (p < end) {
		if (!first && decoded >= decoded_offset)
			first = p;
		if (first && decoded >= decoded_offset + decoded_length)
			break;
		p += next_piece(p, end, &piece);
		decoded += piece;
	}
	if (!first)
		first = end;
	value.offset += (uint64_t)(first - start);
	value.length = (uint32_t)(p - first);
	return value;
}
