/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/deal_rewrite.h"

#include <math.h>
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

/* The pieces of a text that is being written. */
typedef struct rewriting {
	const weir_xml *xml;
	const weir_deal *deal;
	weir_diags *diags;
	piece *pieces;
	size_t count, capacity;
} rewriting;

typedef enum value_kind { IS_MONEY, IS_RATE, IS_FORMULA } value_kind;

/* Where a part stands: the section, its elements (NULL: any), their attribute. */
static const struct {
	const char *part, *section, *element, *attribute;
	value_kind kind;
} parts[] = {
	{ "size", "classes", "class", "size", IS_MONEY },
	{ "coupon", "classes", "class", "coupon", IS_RATE },
	{ "period_yield", "classes", "class", "period-yield", IS_RATE },
	{ "initial", "accounts", "account", "initial", IS_MONEY },
	{ "initial", "accounts", "reserve", "initial", IS_MONEY },
	{ "rate", "fees", NULL, "rate", IS_RATE },
	{ "raised_rate", "fees", NULL, "raised-rate", IS_RATE },
	{ "surcharge.rate", "fees", NULL, "surcharge", IS_RATE },
	{ "amount", "fees", NULL, "amount", IS_MONEY },
	{ "raised_amount", "fees", NULL, "raised-amount", IS_MONEY },
	{ "rate", "revolvings", "revolving", "rate", IS_RATE },
	{ "cap", "support", NULL, "cap", IS_MONEY },
	{ "draw_rate", "support", NULL, "draw-rate", IS_RATE },
	{ "commitment_rate", "support", NULL, "commitment-rate", IS_RATE },
	{ "", "values", "value", "formula", IS_FORMULA },
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
		const xmlNode *section =
			strcmp(parts[*part].part, change->part) == 0 ? weir_child(root, parts[*part].section) : NULL;
		for (const xmlNode *n = section ? weir_xml_first(section) : NULL; n; n = weir_xml_next(n))
			if ((!parts[*part].element || weir_is_named(n, parts[*part].element)) &&
			    has_value(n, "id", change->id))
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
	while (*text == ' ' || *text == '-' || *text == '+' || *text == '.' || *text == ',' ||
	       (*text >= '0' && *text <= '9'))
		text++;
	return text;
}

/* The new value of an attribute whose old one is `old` (NULL: none). 0 when its unit cannot be kept. */
static int write_value(const weir_deal *deal, size_t part, const char *old, double value, char *to, size_t size)
{
	const char *unit = old ? unit_of(old) : "";
	int is_formula = parts[part].kind == IS_FORMULA;
	if (parts[part].kind == IS_RATE || (is_formula && strcmp(unit, "%") == 0)) {
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
	weir_diag_error(
		diags, UNSUPPORTED, (weir_place){ 0 },
		"\"%s%s%s\" stands in no place of its own in the deal file, so that it cannot be written there; write "
		"it by hand",
		change->id, *change->part ? "." : "", change->part);
	return WEIR_INPUT;
}

static weir_status add_piece(rewriting *r, piece made)
{
	if (!WEIR_GROW(r->pieces, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->pieces[r->count++] = made;
	return WEIR_OK;
}

static weir_status replace(rewriting *r, weir_place place, const char *text)
{
	piece made = { .offset = place.offset, .length = place.length };
	snprintf(made.text, sizeof made.text, "%s", text);
	return add_piece(r, made);
}

/* --- principal plans by amounts --------------------------------------------------------------------------------- */

static const weir_class *find_class(const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->class_count; i++)
		if (strcmp(deal->classes[i].node.id, id) == 0)
			return &deal->classes[i];
	return NULL;
}

/* The amount of a row at another size: in proportion, as a run with that size has it. */
static double scaled_amount(const weir_class *class, int row, double size)
{
	return weir_round_quad((weir_quad)size * (weir_quad) class->rows[row].amount_cents /
	                       (weir_quad) class->size_cents);
}

/* The cents by which rounding puts a plan above the size. A run never pays them; a deal file must not say them. */
static double planned_excess(const weir_class *class, double size)
{
	weir_quad sum = 0;
	for (int i = 0; i < class->row_count; i++) {
		const weir_schedule_row *row = &class->rows[i];
		sum += isnan(row->share) ? scaled_amount(class, i, size) : size * weir_quad_from_decimal(row->share);
	}
	double excess = weir_round_quad(sum - size);
	return class->style == WEIR_STYLE_PLANNED && excess > 0 ? excess : 0;
}

static int is_in_file(const rewriting *r, const weir_schedule_row *row)
{
	return row->place.source == r->deal->node.place.source;
}

static weir_status complain_plan(const rewriting *r, const weir_class *class)
{
	weir_diag_error(
		r->diags, UNSUPPORTED, class->node.place,
		"the principal plan of class \"%s\" stands by amounts in a file of its own, where it cannot follow "
		"the size; write it by shares, or as <row> elements of the deal",
		class->node.id);
	return WEIR_INPUT;
}

/* The amounts of a class's <row> elements at another size, the last ones first: these bear what rounding adds. */
static weir_status scale_rows(rewriting *r, const xmlNode *element, double size)
{
	char id[512], text[WEIR_CENTS_TEXT];
	xmlChar *owned = NULL;
	const char *name = weir_xml_value(weir_xml_attribute(element, "id"), &owned);
	snprintf(id, sizeof id, "%s", name ? name : "");
	xmlFree(owned);
	const weir_class *class = find_class(r->deal, id);
	const xmlNode *principal = weir_child(element, "principal");
	double excess = class ? planned_excess(class, size) : 0;
	weir_status status = WEIR_OK;
	int row = 0;
	for (int i = 0; class && i < class->row_count; i++)
		if (isnan(class->rows[i].share) && !is_in_file(r, &class->rows[i]))
			return complain_plan(r, class);
	for (const xmlNode *n = principal ? weir_xml_first(principal) : NULL; n; n = weir_xml_next(n))
		row += weir_is_named(n, "row");
	for (const xmlNode *n = principal ? principal->last : NULL; class && n; n = n->prev) {
		if (n->type != XML_ELEMENT_NODE || !weir_is_named(n, "row") || --row >= class->row_count)
			continue;
		const xmlAttr *attribute = weir_xml_attribute(n, "amount");
		if (!attribute)
			continue;
		double amount = scaled_amount(class, row, size), less = amount < excess ? amount : excess;
		excess -= less;
		weir_cents_format(amount - less, r->deal->currency_digits, text);
		WEIR_TRY(replace(r, weir_xml_value_place(r->xml, attribute), text));
	}
out:
	return status;
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

static weir_status add_change(rewriting *r, const weir_deal_change *change)
{
	size_t part;
	const xmlNode *element = find_element(xmlDocGetRootElement(r->xml->document), change, &part);
	if (!element)
		return complain(change, r->diags);
	const xmlAttr *attribute = weir_xml_attribute(element, parts[part].attribute);
	xmlChar *owned = NULL;
	const char *old = attribute ? weir_xml_value(attribute, &owned) : NULL;
	char value[64];
	int written = write_value(r->deal, part, old, change->value, value, sizeof value);
	xmlFree(owned);
	if (!written)
		return complain(change, r->diags);
	if (strcmp(parts[part].part, "size") == 0) {
		weir_status status = scale_rows(r, element, change->value);
		if (status != WEIR_OK)
			return status;
	}
	if (attribute)
		return replace(r, weir_xml_value_place(r->xml, attribute), value);
	weir_place id = weir_xml_value_place(r->xml, weir_xml_attribute(element, "id"));
	piece made = { .offset = id.offset + id.length + 1 }; /* behind the quote that closes it */
	snprintf(made.text, sizeof made.text, " %s=\"%s\"", parts[part].attribute, value);
	return add_piece(r, made);
}

/* Whether a later change is of the same number: the last one counts. */
static int is_overtaken(const weir_deal_change *changes, size_t count, size_t at)
{
	for (size_t i = at + 1; i < count; i++)
		if (strcmp(changes[i].id, changes[at].id) == 0 && strcmp(changes[i].part, changes[at].part) == 0)
			return 1;
	return 0;
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
	rewriting r = { .xml = &xml, .deal = deal, .diags = diags };
	const weir_source *source = weir_sources_get(sources, deal->node.place);
	size_t at = 0;
	WEIR_TRY(weir_xml_open(&xml, sources, deal->node.place.source, diags));
	for (size_t i = 0; i < count; i++)
		if (!is_overtaken(changes, count, i))
			WEIR_TRY(add_change(&r, &changes[i]));
	sort_pieces(r.pieces, r.count);
	for (size_t i = 0; i < r.count; i++) {
		weir_text_append(out, source->text + at, (size_t)r.pieces[i].offset - at);
		weir_text_add(out, r.pieces[i].text);
		at = (size_t)r.pieces[i].offset + r.pieces[i].length;
	}
	weir_text_append(out, source->text + at, source->size - at);
	status = weir_text_status(out);
out:
	weir_xml_close(&xml);
	weir_free(r.pieces);
	return status;
}
