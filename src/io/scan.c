/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scan.h"

#include <string.h>

#include "base/alloc.h"

typedef struct cursor {
	const char *text, *at, *end;
	size_t depth;
	weir_scan *scan;
} cursor;

static int is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Ends a name: anything that may follow one in a tag. */
static int ends_name(char c)
{
	return is_space(c) || c == '=' || c == '>' || c == '/' || c == '<' || c == '"' || c == '\'' || c == '\0';
}

static void skip_spaces(cursor *c)
{
	while (c->at < c->end && is_space(*c->at))
		c->at++;
}

static void skip_name(cursor *c)
{
	while (c->at < c->end && !ends_name(*c->at))
		c->at++;
}

static int starts_with(const cursor *c, const char *words)
{
	size_t length = strlen(words);
	return (size_t)(c->end - c->at) >= length && memcmp(c->at, words, length) == 0;
}

/* Moves behind the next `closing`; returns 0 at the end of the text. */
static int skip_past(cursor *c, const char *closing)
{
	size_t length = strlen(closing);
	while ((c->at = memchr(c->at, closing[0], (size_t)(c->end - c->at)))) {
		if (starts_with(c, closing)) {
			c->at += length;
			return 1;
		}
		c->at++;
	}
	c->at = c->end;
	return 0;
}

/* One name="value"; returns 0 when the text is not one. */
static int scan_attribute(cursor *c, weir_status *status)
{
	weir_scan *scan = c->scan;
	const char *name = c->at;
	skip_name(c);
	size_t name_length = (size_t)(c->at - name);
	skip_spaces(c);
	if (name_length == 0 || c->at >= c->end || *c->at != '=')
		return 0;
	c->at++;
	skip_spaces(c);
	if (c->at >= c->end || (*c->at != '"' && *c->at != '\''))
		return 0;
	const char *value = c->at + 1, *closing = memchr(value, *c->at, (size_t)(c->end - value));
	if (!closing)
		return 0;
	c->at = closing + 1;
	if (!WEIR_GROW(scan->attributes, scan->attribute_count, scan->attribute_capacity)) {
		*status = WEIR_NO_MEMORY;
		return 0;
	}
	scan->attributes[scan->attribute_count++] = (weir_scan_attribute){
		(uint32_t)(name - c->text), (uint32_t)name_length, (uint32_t)(value - c->text),
		(uint32_t)(closing - value)
	};
	return 1;
}

/* A start tag; the cursor stands on its <. Returns 0 where the scan must end. */
static int scan_start_tag(cursor *c, weir_status *status)
{
	weir_scan *scan = c->scan;
	if (!WEIR_GROW(scan->elements, scan->element_count, scan->element_capacity)) {
		*status = WEIR_NO_MEMORY;
		return 0;
	}
	size_t number = scan->element_count++;
	const char *start = c->at++;
	scan->elements[number] = (weir_scan_element){ .offset = (uint32_t)(start - c->text),
		                                      .attribute_first = (uint32_t)scan->attribute_count };
	skip_name(c);
	scan->elements[number].length = (uint32_t)(c->at - start);
	for (;;) {
		skip_spaces(c);
		if (c->at >= c->end)
			return 0;
		if (*c->at == '>' || (*c->at == '/' && c->at + 1 < c->end && c->at[1] == '>'))
			break;
		if (!scan_attribute(c, status))
			return 0;
		scan->elements[number].attribute_count++;
	}
	if (c->depth + 1 > scan->deepest) {
		scan->deepest = c->depth + 1;
		scan->deepest_at = (size_t)(start - c->text);
	}
	c->depth += *c->at == '>';
	c->at += *c->at == '>' ? 1 : 2;
	scan->elements[number].length = (uint32_t)(c->at - start);
	return 1;
}

/* Whatever starts with the < under the cursor; returns 0 where the scan must end. */
static int scan_markup(cursor *c, weir_status *status)
{
	if (starts_with(c, "<!--")) {
		c->at += 4;
		return skip_past(c, "-->");
	}
	if (starts_with(c, "<![CDATA["))
		return skip_past(c, "]]>");
	if (starts_with(c, "<!DOCTYPE")) {
		c->scan->doctype = (size_t)(c->at - c->text);
		return 0;
	}
	if (starts_with(c, "<?"))
		return skip_past(c, "?>");
	if (starts_with(c, "</")) {
		c->depth -= c->depth > 0;
		return skip_past(c, ">");
	}
	return scan_start_tag(c, status);
}

weir_status weir_scan_create(weir_scan *out, const char *text, size_t size)
{
	weir_status status = WEIR_OK;
	*out = (weir_scan){ .doctype = SIZE_MAX };
	cursor c = { text, text, text + size, 0, out };
	while (c.at < c.end && (c.at = memchr(c.at, '<', (size_t)(c.end - c.at))))
		if (!scan_markup(&c, &status))
			break;
	if (status != WEIR_OK)
		weir_scan_free(out);
	return status;
}

void weir_scan_free(weir_scan *scan)
{
	weir_free(scan->elements);
	weir_free(scan->attributes);
	*scan = (weir_scan){ .doctype = SIZE_MAX };
}
