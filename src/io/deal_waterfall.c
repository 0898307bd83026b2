/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_waterfall.c: the orders of payment with their steps. */
#include "io/deal_int.h"

static const weir_choice sharing[] = { { "sequential", WEIR_SHARE_SEQUENTIAL }, { "pro-rata", WEIR_SHARE_PRO_RATA },
	                               { NULL, 0 } };
static const weir_choice splits[] = { { "cumulative", WEIR_SPLIT_CUMULATIVE }, { "last", WEIR_SPLIT_LAST },
	                              { "first", WEIR_SPLIT_FIRST },
	                              { "largest-remainder", WEIR_SPLIT_LARGEST_REMAINDER }, { NULL, 0 } };

#define STEP_NODE WEIR_NODE_FIELDS(weir_step)
#define STEP_FROM WEIR_FIELD(weir_step, from, "from", weir_read_words)
#define STEP_TO WEIR_FIELD(weir_step, to, "to", weir_read_words)
#define STEP_WHEN WEIR_FIELD(weir_step, test, "when", weir_read_formula)

static const weir_field pay_fields[] = {
	STEP_NODE,
	WEIR_FIELD(weir_step, what, "what", weir_read_words),
	WEIR_FIELD_OF(weir_step, share, "share", weir_read_choice, sharing),
	WEIR_FIELD_OF(weir_step, split, "split", weir_read_choice, splits),
	STEP_FROM,
	WEIR_FIELD(weir_step, limit, "limit", weir_read_formula),
	STEP_WHEN,
	WEIR_FIELD_END
};

static const weir_field fill_fields[] = {
	STEP_NODE,
	WEIR_FIELD(weir_step, to, "account", weir_read_words),
	STEP_FROM,
	STEP_WHEN,
	WEIR_FIELD_END
};

static const weir_field transfer_fields[] = {
	STEP_NODE,
	STEP_FROM,
	STEP_TO,
	WEIR_FIELD(weir_step, amount, "amount", weir_read_formula),
	STEP_WHEN,
	WEIR_FIELD_END
};

static const weir_field release_fields[] = {
	STEP_NODE,
	WEIR_FIELD(weir_step, from, "account", weir_read_words),
	STEP_TO,
	WEIR_FIELD(weir_step, release_all, "all", weir_read_yes_no),
	STEP_WHEN,
	WEIR_FIELD_END
};

static const weir_field purchase_fields[] = {
	STEP_NODE,
	STEP_TO,
	STEP_FROM,
	WEIR_FIELD(weir_step, amount, "amount", weir_read_formula),
	STEP_WHEN,
	WEIR_FIELD_END
};

static const weir_field keep_fields[] = {
	STEP_NODE,
	WEIR_FIELD(weir_step, test, "until", weir_read_formula),
	WEIR_FIELD_END
};

static const weir_field when_fields[] = {
	STEP_NODE,
	WEIR_FIELD(weir_step, test, "test", weir_read_formula),
	WEIR_FIELD_END
};

static const struct {
	const char *name;
	weir_step_kind kind;
	const weir_field *fields;
} step_kinds[] = {
	{ "pay", WEIR_STEP_PAY, pay_fields },             { "fill", WEIR_STEP_FILL, fill_fields },
	{ "transfer", WEIR_STEP_TRANSFER, transfer_fields }, { "release", WEIR_STEP_RELEASE, release_fields },
	{ "keep", WEIR_STEP_KEEP, keep_fields },          { "when", WEIR_STEP_WHEN, when_fields },
	{ "purchase", WEIR_STEP_PURCHASE, purchase_fields },
};
#define STEP_KINDS (sizeof step_kinds / sizeof *step_kinds)

/* The number of the step kind of an element, or STEP_KINDS. */
static size_t kind_of(const xmlNode *element)
{
	size_t kind = 0;
	while (kind < STEP_KINDS && !weir_is_named(element, step_kinds[kind].name))
		kind++;
	return kind;
}

/* The steps below an element. Recursion is as deep as the document, which is bounded. */
static weir_status load_steps(weir_step **steps, int *count, weir_loader *loader, const weir_xml *xml,
                              const xmlNode *parent)
{
	size_t all = 0;
	for (const xmlNode *n = weir_xml_first(parent); n; n = weir_xml_next(n))
		all += kind_of(n) < STEP_KINDS;
	*steps = weir_arena_array(loader->arena, all + 1, sizeof **steps);
	if (!*steps)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(parent); n; n = weir_xml_next(n)) {
		size_t kind = kind_of(n);
		if (kind == STEP_KINDS)
			continue;
		weir_step *step = &(*steps)[(*count)++];
		weir_status status;
		step->kind = step_kinds[kind].kind;
		step->node.place = weir_xml_place(xml, n);
		status = weir_fields_from_element(loader, xml, n, step_kinds[kind].fields, step, NULL);
		if (status == WEIR_OK)
			status = weir_loader_take_id(loader, "step", &step->node, weir_xml_id_place(xml, n));
		if (status == WEIR_OK && step->kind == WEIR_STEP_WHEN)
			status = load_steps(&step->children, &step->child_count, loader, xml, n);
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

static const weir_field waterfall_fields[] = {
	WEIR_NODE_FIELDS(weir_waterfall),
	WEIR_FIELD(weir_waterfall, when, "when", weir_read_formula),
	WEIR_FIELD_END
};

static void prepare_waterfall(weir_loader *loader, void *item, const xmlNode *element)
{
	(void)loader;
	(void)item;
	(void)element;
}

static weir_status finish_waterfall(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                    weir_seen seen)
{
	weir_waterfall *waterfall = item;
	(void)seen;
	if (!weir_xml_first(element))
		weir_diag_error(loader->diags, MISSING_ELEMENT, waterfall->node.place,
		                "waterfall \"%s\" has no steps; add <pay> steps in the order of payment",
		                waterfall->node.id);
	return load_steps(&waterfall->steps, &waterfall->step_count, loader, xml, element);
}

static const weir_list waterfall_list = { "waterfall", "waterfall", sizeof(weir_waterfall), waterfall_fields,
	                                  prepare_waterfall, finish_waterfall };

weir_status weir_waterfalls_load(weir_loader *loader, const weir_xml *xml, const xmlNode *waterfalls)
{
	return weir_list_load(&loader->deal->waterfalls, &loader->deal->waterfall_count, loader, xml, waterfalls,
	                      &waterfall_list);
}
