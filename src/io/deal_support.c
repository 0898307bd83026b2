/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_support.c: undertakings for amounts of the waterfall: shortfall payers, guarantees, facilities, top-ups. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "io/deal_support.h"
#include "io/file.h"

/* "T", "T-7" or "T+3": business days from the adjusted payment date. */
static void read_day(const weir_cell *cell, const weir_field *field, int *has, int *days)
{
	weir_decimal number = { 0, 0 };
	int good = cell->text[0] == 'T';
	if (good && cell->length > 1)
		good = (cell->text[1] == '-' || cell->text[1] == '+') &&
		       weir_decimal_parse(cell->text + 1, cell->length - 1, &number) == WEIR_PARSE_OK &&
		       number.scale == 0 && llabs(number.units) < 1000;
	*has = good;
	*days = (int)number.units;
	if (!good)
		weir_diag_error(
			cell->loader->diags, BAD_VALUE, cell->place,
			"\"%s\" is not a day of %s; write it like T-7, T or T+3, in business days from the payment "
			"date",
			weir_excerpt((char[WEIR_EXCERPT_BYTES]){ 0 }, cell->text, cell->length), field->name);
}

static weir_status read_call(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_support *support = at;
	read_day(cell, field, &support->has_call, &support->call_days);
	return WEIR_OK;
}

static weir_status read_pay(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_support *support = at;
	read_day(cell, field, &support->has_pay, &support->pay_days);
	return WEIR_OK;
}

static const weir_field support_fields[] = {
	WEIR_NODE_FIELDS(weir_support),
	WEIR_FIELD(weir_support, party, "party", weir_read_party),
	WEIR_FIELD(weir_support, order, "order", weir_read_count),
	WEIR_FIELD(weir_support, covers, "covers", weir_read_words),
	WEIR_FIELD(weir_support, when, "when", weir_read_formula),
	WEIR_FIELD(weir_support, amount, "amount", weir_read_formula),
	WEIR_FIELD(weir_support, to, "to", weir_read_words),
	WEIR_FIELD(weir_support, limit, "limit", weir_read_formula),
	WEIR_FIELD(weir_support, cap_cents, "cap", weir_read_amount),
	WEIR_FIELD(weir_support, cap_period_cents, "cap-period", weir_read_amount),
	{ "call", read_call, 0, NULL },
	{ "pay", read_pay, 0, NULL },
	WEIR_FIELD(weir_support, delay_months, "delay", weir_read_months),
	WEIR_FIELD(weir_support, final, "final", weir_read_yes_no),
	WEIR_FIELD(weir_support, draw_rate_annual, "draw-rate", weir_read_share),
	WEIR_FIELD(weir_support, commitment_rate_annual, "commitment-rate", weir_read_share),
	WEIR_FIELD(weir_support, day_count, "day-count", weir_read_day_count),
	WEIR_FIELD_END
};

static const struct {
	const char *name;
	weir_support_kind kind;
	const char *words; /* in messages */
} support_kinds[] = {
	{ "shortfall-payer", WEIR_SUPPORT_SHORTFALL_PAYER, "shortfall payer" },
	{ "guarantee", WEIR_SUPPORT_GUARANTEE, "guarantee" },
	{ "liquidity", WEIR_SUPPORT_LIQUIDITY, "liquidity facility" },
	{ "letter-of-credit", WEIR_SUPPORT_LETTER_OF_CREDIT, "letter of credit" },
	{ "top-up", WEIR_SUPPORT_TOP_UP, "top-up" },
};
#define SUPPORT_KINDS (sizeof support_kinds / sizeof *support_kinds)

/* The number of the kind of an element, or SUPPORT_KINDS. */
static size_t kind_of(const xmlNode *element)
{
	size_t kind = 0;
	while (kind < SUPPORT_KINDS && !weir_is_named(element, support_kinds[kind].name))
		kind++;
	return kind;
}

void weir_check_cap(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const weir_node *node,
                    const char *name, double cents)
{
	if (cents == 0)
		weir_diag_error(
			loader->diags, OUT_OF_RANGE, weir_xml_value_place(xml, weir_xml_attribute(element, name)),
			"\"%s\" pays nothing with a %s of 0; give an amount above zero, or remove it for no limit",
			node->id, name);
}

static int has(weir_seen seen, const char *name)
{
	return weir_field_seen(support_fields, seen, name);
}

static void check_support(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const weir_support *support,
                          weir_seen seen)
{
	const char *id = support->node.id;
	weir_check_cap(loader, xml, element, &support->node, "cap", support->cap_cents);
	weir_check_cap(loader, xml, element, &support->node, "cap-period", support->cap_period_cents);
	if (has(seen, "commitment-rate") && !has(seen, "limit"))
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, support->node.place,
		                "\"%s\" has a commitment rate but no limit on whose undrawn part it is due; add "
		                "limit=\"5000000.00\"",
		                id);
	if (has(seen, "day-count") && !has(seen, "commitment-rate") && !has(seen, "draw-rate"))
		weir_diag_error(
			loader->diags, CONTRACT_TERMS, support->node.place,
			"\"%s\" has a day count but no rate to use it; add draw-rate or commitment-rate, or remove "
			"it",
			id);
	if (support->has_call && support->has_pay && support->delay_months == 0 &&
	    support->pay_days < support->call_days)
		weir_diag_error(loader->diags, DATE_ORDER,
		                weir_xml_value_place(xml, weir_xml_attribute(element, "pay")),
		                "\"%s\" pays on a day before it is called; correct call or pay", id);
}

/* Stable, so that equal orders keep the file's. Supports are few. */
static void sort_supports(weir_support *supports, int count)
{
	for (int i = 1; i < count; i++)
		for (int j = i; j > 0 && supports[j - 1].order > supports[j].order; j--) {
			weir_support swap = supports[j];
			supports[j] = supports[j - 1];
			supports[j - 1] = swap;
		}
}

static weir_status load_support(weir_loader *loader, const weir_xml *xml, const xmlNode *element, size_t kind)
{
	weir_support *support = &loader->deal->supports[loader->deal->support_count++];
	weir_seen seen = 0;
	size_t errors = loader->diags->errors;
	weir_status status;
	*support = (weir_support){ .node.place = weir_xml_place(xml, element), .kind = support_kinds[kind].kind,
		                   .party = -1, .order = 1, .cap_cents = INFINITY, .cap_period_cents = INFINITY,
		                   .final = 1, .day_count = loader->deal->day_count };
	WEIR_TRY(weir_fields_from_element(loader, xml, element, support_fields, support, &seen));
	WEIR_TRY(weir_node_take_id(loader, xml, element, support_kinds[kind].words, &support->node));
	if (loader->diags->errors == errors)
		check_support(loader, xml, element, support, seen);
out:
	return status;
}

static weir_status load_supports(weir_loader *loader, const weir_xml *xml, const xmlNode *parent)
{
	weir_deal *deal = loader->deal;
	size_t count = 0;
	weir_status status = WEIR_OK;
	for (const xmlNode *n = weir_xml_first(parent); n; n = weir_xml_next(n))
		count += kind_of(n) < SUPPORT_KINDS;
	deal->supports = weir_arena_array(loader->arena, count + 1, sizeof *deal->supports);
	if (!deal->supports)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(parent); n && status == WEIR_OK; n = weir_xml_next(n)) {
		size_t kind = kind_of(n);
		if (kind < SUPPORT_KINDS)
			status = load_support(loader, xml, n, kind);
	}
	sort_supports(deal->supports, deal->support_count);
	return status;
}

weir_status weir_support_load(weir_loader *loader, const weir_xml *xml, const xmlNode *support)
{
	if (!support)
		return WEIR_OK;
	weir_status status = load_supports(loader, xml, support);
	return status == WEIR_OK ? weir_covers_load(loader, xml, support) : status;
}
