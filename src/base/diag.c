/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static const struct {
	const char *name, *meaning, *meaning_zh;
} codes[] = {
#define WEIR_CODE(name, meaning, meaning_zh) { #name, meaning, meaning_zh },
#include "base/diag_codes.def"
#undef WEIR_CODE
};

static int same_place(weir_place a, weir_place b)
{
	return a.source == b.source && a.offset == b.offset;
}

#define MOST_TEXT 1024

/* Adds texts that are ready; zh may be NULL. */
static void add(weir_diags *diags, weir_diag diag, const char *text, const char *zh)
{
	for (size_t i = diags->count; i-- > 0 && diags->count - i < 64;) {
		const weir_diag *old = &diags->items[i];
		if (old->code == diag.code && same_place(old->place, diag.place) && strcmp(old->text, text) == 0)
			return;
	}
	diags->errors += diag.severity == WEIR_ERROR;
	diags->warnings += diag.severity == WEIR_WARNING;
	diag.text = weir_alloc_text(text, strlen(text));
	diag.zh = zh && diag.text ? weir_alloc_text(zh, strlen(zh)) : NULL;
	if (!diag.text || (zh && !diag.zh) || !WEIR_GROW(diags->items, diags->count, diags->capacity)) {
		weir_free(diag.text);
		weir_free(diag.zh);
		diags->lost = 1;
		return;
	}
	diags->items[diags->count++] = diag;
}

/* A text that is too long ends at a whole character. */
static void format_into(char text[MOST_TEXT], const char *format, va_list arguments)
{
	int length = vsnprintf(text, MOST_TEXT, format, arguments);
	size_t end = length < 0 ? 0 : strlen(text);
	if (length >= MOST_TEXT) {
		size_t last = end;
		while (last > 0 && ((unsigned char)text[last - 1] & 0xC0) == 0x80)
			last--;
		if (last > 0 && (unsigned char)text[last - 1] >= 0xC0)
			end = last - 1;
	}
	text[end] = '\0';
}

void weir_diag_add(weir_diags *diags, weir_severity severity, weir_code code, weir_place place,
                   const char *format, ...)
{
	char text[MOST_TEXT];
	va_list arguments;
	va_start(arguments, format);
	format_into(text, format, arguments);
	va_end(arguments);
	add(diags, (weir_diag){ .severity = severity, .code = code, .place = place }, text, NULL);
}

void weir_diag_add_both(weir_diags *diags, weir_severity severity, weir_code code, weir_place place, const char *format,
                        const char *format_zh, ...)
{
	char text[MOST_TEXT], zh[MOST_TEXT];
	va_list arguments, again;
	va_start(arguments, format_zh);
	va_copy(again, arguments);
	format_into(text, format, arguments);
	format_into(zh, format_zh, again);
	va_end(again);
	va_end(arguments);
	add(diags, (weir_diag){ .severity = severity, .code = code, .place = place }, text, zh);
}

weir_status weir_diags_status(const weir_diags *diags)
{
	if (diags->lost)
		return WEIR_NO_MEMORY;
	return diags->errors ? WEIR_INPUT : WEIR_OK;
}

static int is_before(const weir_diag *a, const weir_diag *b)
{
	if (a->place.source != b->place.source)
		return a->place.source < b->place.source;
	return a->place.offset < b->place.offset;
}

/* Merges two sorted runs; stable. */
static void merge(weir_diag *to, const weir_diag *a, size_t na, const weir_diag *b, size_t nb)
{
	while (na && nb) {
		if (is_before(b, a)) {
			*to++ = *b++;
			nb--;
		} else {
			*to++ = *a++;
			na--;
		}
	}
	memcpy(to, na ? a : b, (na ? na : nb) * sizeof *to);
}

void weir_diags_sort(weir_diags *diags)
{
	if (diags->count < 2)
		return;
	weir_diag *other = weir_alloc(diags->count * sizeof *other);
	if (!other)
		return; /* the order of arrival is a good order too */
	weir_diag *from = diags->items, *to = other;
	for (size_t width = 1; width < diags->count; width *= 2) {
		for (size_t i = 0; i < diags->count; i += 2 * width) {
			size_t left = diags->count - i < width ? diags->count - i : width;
			size_t right = diags->count - i - left < width ? diags->count - i - left : width;
			merge(to + i, from + i, left, from + i + left, right);
		}
		weir_diag *swap = from;
		from = to;
		to = swap;
	}
	if (from != diags->items)
		memcpy(diags->items, from, diags->count * sizeof *from);
	weir_free(other);
}

const char *weir_code_text(weir_code code)
{
	static char texts[WEIR_CODE_COUNT][32];
	if ((size_t)code >= WEIR_CODE_COUNT)
		return "unknown";
	char *text = texts[code];
	const char *name = codes[code].name;
	for (size_t i = 0; name[i] && i + 1 < sizeof texts[0]; i++)
		text[i] = name[i] == '_' ? '-' : (char)tolower((unsigned char)name[i]);
	return text;
}

const char *weir_code_meaning(weir_code code)
{
	return (size_t)code < WEIR_CODE_COUNT ? codes[code].meaning : "unknown";
}

const char *weir_code_meaning_zh(weir_code code)
{
	return (size_t)code < WEIR_CODE_COUNT ? codes[code].meaning_zh : "未知事项";
}

const char *weir_severity_text(weir_severity severity)
{
	static const char *const texts[] = { "error", "warning", "disclosure" };
	return texts[severity];
}

void weir_diags_drop_last(weir_diags *diags)
{
	const weir_diag *last = &diags->items[--diags->count];
	diags->errors -= last->severity == WEIR_ERROR;
	diags->warnings -= last->severity == WEIR_WARNING;
	weir_free(last->text);
	weir_free(last->zh);
}

void weir_diags_free(weir_diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		weir_free(diags->items[i].text);
		weir_free(diags->items[i].zh);
	}
	weir_free(diags->items);
	*diags = (weir_diags){ 0 };
}
