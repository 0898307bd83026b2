/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/deal_rewrite.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"
#include "io/deal_int.h"

/* A piece of the file that other text replaces. */
typedef struct piece {
	uint64_t offset;
	uint32_t length;
	char text[96];
} piece;

/* Where a part stands: the section, its elements, their attribute. */
static const struct {
	const char *part, *section, *element, *attribute;
} parts[] = {
	{ "size", "classes", "class", "size" },        { "coupon", "classes", "class", "coupon" },
	{ "initial", "accounts", "account", "initial" }, { "initial", "accounts", "reserve", "initial" },
	{ "rate", "fees", "fee", "rate" },             { "rate", "fees", "tax", "rate" },
	{ "amount", "fees", "fee", "amount" },         { "amount", "fees", "tax", "amount" },
	{ "", "values", "value", "formula" },
};
#define PARTS (sizeof parts / sizeof *parts)

static int has_value(const xmlNode *element, const char *name, const char *value)
{
	xmlChar *owned = NULL;
	const xmlAttr *attribute = weir_xml_attribute(element, name);
	const char *text = attribute ? weir_xml_value(attribute, &owned) : NULL;
	int same = text && strcmp(text, value) == 0;
	xmlFree(owned);
	return same;
}

/* The element of a change and the number of its part; NULL when there is none. */
static const xmlNode *find_element(const xmlNode *root, const weir_deal_change *change, size_t *part)
{
	for (*part = 0; *part < PARTS; ++*part) {
		const xmlNode *section = strcmp(parts[*part].part, change->part) == 0 ? weir_child(root, parts[*part].section) :
		                                                                       NULL;
		for (const xmlNode *n = section ? weir_xml_first(section) : NULL; n; n = weir_xml_next(n))
			if (weir_is_named(n, parts[*part].element) && has_value(n, "id", change->id))
				return n;
	}
	return NULL;
}

/* A decimal of at most 12 places, without zeros at its end. */
static void write_decimal(double value, char *to, size_t size)
{
	int length = snprintf(to, size, "%.12f", value);
	while (length > 1 && to[length - 1] == '0')
		to[--length] = '\0';
	if (to[length - 1] == '.')
		to[length - 1] = '\0';
}

/* What stands behind the number in a formula that is one constant: its unit. */
static const char *unit_of(const char *text)
{
	while (*text == ' ' || *text == '-' || *text == '+' || *text == '.' || *text == ',' || (*text >= '0' && *text <= '9'))
		text++;
	return text;
}

/* The new value of an attribute whose old one is `old` (NULL: none). 0 when its unit cannot be kept. */
static int write_value(const weir_deal *deal, size_t part, const char *old, double value, char *to, size_t size)
{
	const char *name = parts[part].attribute, *unit = old ? unit_of(old) : "";
	int is_rate = strcmp(name, "coupon") == 0 || strcmp(name, "rate") == 0, is_formula = strcmp(name, "formula") == 0;
	if (is_rate || (is_formula && strcmp(unit, "%") == 0)) {
		write_decimal(value * 100, to, size - 1);
		strcat(to, "%");
		return 1;
	}
	if (!is_formula) {
		weir_cents_format(value, deal->currency_digits, to);
		return 1;
	}
	if (strcmp(unit, "bp") == 0) {
		write_decimal(value * 10000, to, size - 2);
		strcat(to, "bp");
		return 1;
	}
	if (strcmp(unit, "yuan") == 0 || strcmp(unit, "元") == 0) {
		weir_cents_format(value, deal->currency_digits, to);
		strcat(strcat(to, " "), unit);
		return 1;
	}
	write_decimal(value, to, size);
	return *unit == '\0';
}

static weir_status complain(const weir_deal_change *change, weir_diags *diags)
{
	weir_diag_error(diags, UNSUPPORTED, (weir_place){ 0 },
	                "\"%s%s%s\" stands in no place of its own in the deal file, so that it cannot be written there; write "
	                "it by hand", change->id, *change->part ? "." : "", change->part);
	return WEIR_INPUT;
}

static weir_status make_piece(piece *out, const weir_xml *xml, const weir_deal *deal, const weir_deal_change *change,
                              weir_diags *diags)
{
	size_t part;
	const xmlNode *element = find_element(xmlDocGetRootElement(xml->document), change, &part);
	if (!element)
		return complain(change, diags);
	const xmlAttr *attribute = weir_xml_attribute(element, parts[part].attribute);
	xmlChar *owned = NULL;
	const char *old = attribute ? weir_xml_value(attribute, &owned) : NULL;
	char value[64];
	int written = write_value(deal, part, old, change->value, value, sizeof value);
	xmlFree(owned);
	if (!written)
		return complain(change, diags);
	weir_place place = attribute ? weir_xml_value_place(xml, attribute) :
	                               weir_xml_value_place(xml, weir_xml_attribute(element, "id"));
	if (attribute) {
		*out = (piece){ .offset = place.offset, .length = place.length };
		snprintf(out->text, sizeof out->text, "%s", value);
	} else { /* behind the quote that closes the id */
		*out = (piece){ .offset = place.offset + place.length + 1 };
		snprintf(out->text, sizeof out->text, " %s=\"%s\"", parts[part].attribute, value);
	}
	return WEIR_OK;
}

/* In the order of the file. */
static void sort_pieces(piece *pieces, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		piece kept = pieces[i];
		size_t at = i;
		for (; at > 0 && pieces[at - 1].offset > kept.offset; at--)
			pieces[at] = pieces[at - 1];
		pieces[at] = kept;
	}
}

weir_status weir_deal_rewrite(weir_text *out, const weir_sources *sources, const weir_deal *deal,
                              const weir_deal_change *changes, size_t count, weir_diags *diags)
{
	weir_xml xml = { 0 };
	weir_status status;
	piece *pieces = weir_alloc_zero(count + 1, sizeof *pieces);
	const weir_source *source = weir_sources_get(sources, deal->node.place);
	if (!pieces)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_xml_open(&xml, sources, deal->node.place.source, diags));
	for (size_t i = 0; i < count; i++)
		WEIR_TRY(make_piece(&pieces[i], &xml, deal, &changes[i], diags));
	sort_pieces(pieces, count);
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		weir_text_append(out, source->text + at, (size_t)pieces[i].offset - at);
		weir_text_add(out, pieces[i].text);
		at = (size_t)pieces[i].offset + pieces[i].length;
	}
	weir_text_append(out, source->text + at, source->size - at);
	status = weir_text_status(out);
out:
	weir_xml_close(&xml);
	weir_free(pieces);
	return status;
}
