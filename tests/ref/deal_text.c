/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ref/deal_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text in the making: what of the old one is written so far. */
typedef struct copy {
	FILE *to;
	const char *left;
	char *text;
	size_t length;
} copy;

static void start(copy *c, const char *text)
{
	*c = (copy){ .left = text };
	c->to = open_memstream(&c->text, &c->length);
	if (!c->to)
		abort();
}

/* Copies up to a place and leaves out so many bytes. */
static void skip(copy *c, const char *at, size_t length)
{
	fwrite(c->left, 1, (size_t)(at - c->left), c->to);
	c->left = at + length;
}

static char *finish(copy *c)
{
	fputs(c->left, c->to);
	if (fclose(c->to) != 0)
		abort();
	return c->text;
}

static void write_number(FILE *to, weir_type type, double value)
{
	char day[11];
	int64_t cents = (int64_t)fabs(value), units = (int64_t)round(fabs(value) * 1e12);
	switch (type) {
	case WEIR_TYPE_MONEY:
		fprintf(to, "%" PRId64 ".%02" PRId64, cents / 100, cents % 100);
		break;
	case WEIR_TYPE_RATE:
		fprintf(to, "%" PRId64 ".%010" PRId64 "%%", units / 10000000000, units % 10000000000);
		break;
	case WEIR_TYPE_DATE:
		fputs(weir_date_format((weir_date)value, day), to);
		break;
	default:
		fprintf(to, "%.3f", value);
	}
}

/* The start tag of an element of an id, whatever its name; NULL for none. */
static const char *find_tag(const char *text, const char *id)
{
	char words[300];
	snprintf(words, sizeof words, " id=\"%s\"", id);
	const char *at = strstr(text, words);
	while (at && at > text && *at != '<')
		at--;
	return at;
}

/* The value of an attribute in the tag that begins at `tag`; NULL when it has none. */
static const char *find_value(const char *tag, const char *name, size_t *length)
{
	char words[60];
	const char *end = strchr(tag, '>');
	snprintf(words, sizeof words, " %s=\"", name);
	const char *at = strstr(tag, words);
	if (!at || at > end)
		return NULL;
	at += strlen(words);
	*length = (size_t)(strchr(at, '"') - at);
	return at;
}

/* A number in the place of an attribute's value; `unit` behind it. Where the element has no such attribute it
 * gets one. */
static int put(copy *c, const char *tag, const char *name, weir_type type, double value, const char *unit)
{
	size_t length = 0;
	const char *at = tag ? find_value(tag, name, &length) : NULL;
	if (!tag)
		return 0;
	if (at) {
		skip(c, at, length);
		write_number(c->to, type, value);
		fputs(unit, c->to);
		return 1;
	}
	skip(c, strpbrk(tag + 1, " />"), 0);
	fprintf(c->to, " %s=\"", name);
	write_number(c->to, type, value);
	fprintf(c->to, "%s\"", unit);
	return 1;
}

/* A class's size, and the amounts of its rows in proportion. */
static int put_size(copy *c, const weir_class *class, double size)
{
	const char *tag = find_tag(c->left, class->node.id);
	if (!put(c, tag, "size", WEIR_TYPE_MONEY, size, ""))
		return 0;
	const char *end = strstr(tag, "</class>"), *row = tag;
	while (end && (row = strstr(row, "<row ")) && row < end) {
		size_t length;
		const char *amount = find_value(row, "amount", &length);
		if (amount) { /* random amounts are far too small for 2^63 */
			double cents = round(strtod(amount, NULL) * 100);
			__int128 twice = (__int128)2 * (__int128)size * (__int128)cents;
			__int128 whole = (twice / (__int128)class->size_cents + 1) / 2;
			put(c, row, "amount", WEIR_TYPE_MONEY, (double)whole, "");
		}
		row++;
	}
	return 1;
}

/* The id of the element that has the number. */
static const char *id_of(const weir_deal *deal, const twin_setting *s)
{
	switch (s->kind) {
	case TWIN_SET_SIZE:
	case TWIN_SET_COUPON:
		return deal->classes[s->index].node.id;
	case TWIN_SET_INITIAL:
		return deal->accounts[s->index].node.id;
	case TWIN_SET_VALUE:
		return deal->values[s->index].node.id;
	case TWIN_SET_THRESHOLD:
		return deal->triggers[s->index].node.id;
	default: /* TWIN_SET_CALLS: random deals have one clean-up call, the first */
		return deal->calls[0].node.id;
	}
}

/* A call that nothing brings about. */
static int put_off(copy *c, const char *tag)
{
	size_t length;
	const char *when = find_value(tag, "when", &length);
	skip(c, when, length);
	fputs("no", c->to);
	return 1;
}

static int put_setting(copy *c, const weir_deal *deal, const twin_setting *s, double value)
{
	const char *unit = s->type == WEIR_TYPE_MONEY ? " yuan" : "";
	switch (s->kind) {
	case TWIN_SET_SIZE:
		return put_size(c, &deal->classes[s->index], value);
	case TWIN_SET_COUPON:
		return put(c, find_tag(c->left, id_of(deal, s)), "coupon", s->type, value, "");
	case TWIN_SET_INITIAL:
		return put(c, find_tag(c->left, id_of(deal, s)), "initial", s->type, value, "");
	case TWIN_SET_VALUE:
		return put(c, find_tag(c->left, id_of(deal, s)), "formula", s->type, value, unit);
	case TWIN_SET_THRESHOLD:
		if (s->length == 0)
			return 0;
		skip(c, c->left + s->offset, s->length);
		write_number(c->to, s->type, value);
		fputs(unit, c->to);
		return 1;
	default: /* TWIN_SET_CALLS */
		return put_off(c, find_tag(c->left, id_of(deal, s)));
	}
}

char *deal_text_with_setting(const char *text, const weir_deal *deal, const twin_setting *setting,
                             double value)
{
	copy c;
	start(&c, text);
	int done = put_setting(&c, deal, setting, value);
	char *changed = finish(&c);
	if (done)
		return changed;
	free(changed);
	return NULL;
}

/* How long the element is that begins at `tag`. */
static size_t length_of(const char *tag)
{
	const char *end = strchr(tag, '>');
	char close[60];
	if (end[-1] == '/')
		return (size_t)(end + 1 - tag);
	snprintf(close, sizeof close, "</%.*s>", (int)strcspn(tag + 1, " >"), tag + 1);
	return (size_t)(strstr(end, close) - tag) + strlen(close);
}

char *deal_text_with_variant(const char *text, const char *changed, const weir_deal *deal,
                             const twin_setting *setting)
{
	const char *tag = find_tag(changed, id_of(deal, setting));
	copy c;
	start(&c, text);
	skip(&c, strstr(text, "</deal>"), 0);
	fprintf(c.to, "\t<variants>\n\t\t<variant id=\"other\" en=\"other\">\n\t\t\t%.*s\n",
	        (int)length_of(tag), tag);
	fprintf(c.to, "\t\t</variant>\n\t</variants>\n");
	return finish(&c);
}

int deal_text_write(const char *path, const char *text)
{
	FILE *to = fopen(path, "w");
	if (!to)
		return 0;
	int written = fputs(text, to) >= 0;
	return fclose(to) == 0 && written;
}
