/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_notes.c: notes of elements that have no structure of their own. */
#include <string.h>

#include "io/deal_int.h"

/* The elements, by their parent where the name alone does not tell, and what several of them are called. */
static const struct {
	const char *parent, *name, *kind;
} noted[] = {
	{ NULL, "dates", "dates" },
	{ NULL, "payment", "payment terms" },
	{ NULL, "tail", "tails" },
	{ NULL, "accrual", "accrual terms" },
	{ NULL, "calculation", "calculation terms" },
	{ "dates", "transfer", "transfer terms" },
	{ "party", "contributor", "contributors" },
	{ NULL, "fixing", "fixings" },
	{ NULL, "pool", "pools" },
	{ "pool", "tape", "tapes" },
	{ "pool", "schedule", "schedules of contracts" },
	{ "pool", "ip", "IP registers" },
	{ NULL, "trust", "trusts" },
	{ "contract", NULL, "rows of contracts" },
	{ NULL, "closing", "closings" },
	{ NULL, "principal", "principal plans" },
	{ "principal", "row", "rows of principal plans" },
	{ NULL, "coupon-step", "coupon steps" },
	{ NULL, "raise", "coupon raises" },
	{ NULL, "level", "rows of levels" },
	{ "risk-pool", "share", "shares of risk pools" },
	{ NULL, "servicing", "servicing terms" },
	{ NULL, "opening", "openings" },
	{ "opening", NULL, "opening balances" },
	{ NULL, "parties", "sections" },
	{ NULL, "indexes", "sections" },
	{ NULL, "accounts", "sections" },
	{ NULL, "classes", "sections" },
	{ NULL, "fees", "sections" },
	{ NULL, "values", "sections" },
	{ NULL, "triggers", "sections" },
	{ NULL, "waterfalls", "sections" },
	{ "deal", "support", "sections" },
	{ NULL, "calls", "sections" },
	{ NULL, "revolvings", "sections" },
	{ NULL, "subsidies", "sections" },
	{ NULL, "eligibility", "sections" },
};
#define NOTED (sizeof noted / sizeof *noted)

/* The number in the table, or NOTED. */
static size_t kind_of(const xmlNode *element)
{
	const xmlNode *parent = element->parent;
	size_t i = 0;
	for (; i < NOTED; i++) {
		if (noted[i].name && !weir_is_named(element, noted[i].name))
			continue;
		if (!noted[i].parent)
			break;
		if (parent && parent->type == XML_ELEMENT_NODE && weir_is_named(parent, noted[i].parent))
			break;
	}
	return i;
}

/* The element behind this one in the order of the document, below `root`; NULL behind the last. */
static const xmlNode *following(const xmlNode *element, const xmlNode *root)
{
	const xmlNode *next = weir_xml_first(element);
	while (!next && element != root) {
		next = weir_xml_next(element);
		element = element->parent;
	}
	return next;
}

/* The text of an attribute, interned; NULL when there is none. */
static weir_status keep_text(const char **out, weir_loader *loader, const xmlNode *element, const char *name)
{
	const xmlAttr *attribute = weir_xml_attribute(element, name);
	xmlChar *owned = NULL;
	const char *text = attribute ? weir_xml_value(attribute, &owned) : NULL;
	*out = text ? weir_loader_text(loader, text, strlen(text)) : NULL;
	xmlFree(owned);
	return attribute && !*out ? WEIR_NO_MEMORY : WEIR_OK;
}

static weir_status keep(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_noted *kept,
                        const char *kind)
{
	kept->kind = kind;
	kept->place = weir_xml_place(xml, element);
	weir_status status = keep_text(&kept->note, loader, element, "note");
	return status == WEIR_OK ? keep_text(&kept->clause, loader, element, "clause") : status;
}

weir_status weir_notes_collect(weir_loader *loader, const weir_xml *xml, const xmlNode *root)
{
	weir_deal *deal = loader->deal;
	size_t counts[NOTED + 1] = { 0 }, next[NOTED + 1] = { 0 };
	weir_status status = WEIR_OK;
	for (const xmlNode *n = following(root, root); n; n = following(n, root))
		counts[kind_of(n)]++;
	for (size_t i = 0; i < NOTED; i++)
		next[i + 1] = next[i] + counts[i];
	deal->noted_count = (int)next[NOTED];
	deal->noted = weir_arena_array(loader->arena, next[NOTED] + 1, sizeof *deal->noted);
	if (!deal->noted)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = following(root, root); n && status == WEIR_OK; n = following(n, root)) {
		size_t kind = kind_of(n);
		if (kind < NOTED)
			status = keep(loader, xml, n, &deal->noted[next[kind]++], noted[kind].kind);
	}
	return status;
}
