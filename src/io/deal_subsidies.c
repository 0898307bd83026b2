/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_subsidies.c: what obligors pay beside interest, what governments pay to them, and rights to their shares: none
 * of it is the deal's cash. */
#include <math.h>
#include <string.h>

#include "io/deal_int.h"

/* --- costs ------------------------------------------------------------------------------------------------------ */

static const weir_choice cost_kinds[] = { { "appraisal", WEIR_COST_APPRAISAL }, { "guarantee", WEIR_COST_GUARANTEE },
	                                  { "insurance", WEIR_COST_INSURANCE }, { "service", WEIR_COST_SERVICE },
	                                  { NULL, 0 } };

typedef struct cost_draft {
	weir_obligor_cost cost;
	weir_selection selection;
} cost_draft;

static const weir_field cost_fields[] = {
	WEIR_NODE_FIELDS_OF(cost_draft, cost.node),
	WEIR_FIELD_OF(cost_draft, cost.kind, "kind", weir_read_choice, cost_kinds),
	WEIR_FIELD(cost_draft, cost.rate, "rate", weir_read_share),
	WEIR_FIELD(cost_draft, cost.annual, "annual", weir_read_yes_no),
	WEIR_FIELD(cost_draft, cost.amount_cents, "amount", weir_read_amount),
	WEIR_FIELD(cost_draft, selection.contracts, "contracts", weir_read_words),
	WEIR_FIELD(cost_draft, selection.obligors, "obligors", weir_read_words),
	WEIR_FIELD_END
};

static void check_cost(weir_loader *loader, const weir_obligor_cost *cost, weir_seen seen)
{
	int rate = weir_field_seen(cost_fields, seen, "rate"), amount = weir_field_seen(cost_fields, seen, "amount");
	if (rate + amount != 1)
		weir_diag_add(loader->diags, WEIR_ERROR, rate ? WEIR_CODE_CONTRACT_TERMS : WEIR_CODE_MISSING_ATTRIBUTE,
		              cost->node.place,
		              "the cost \"%s\" says either its rate or its amount; give one of them", cost->node.id);
	if (cost->annual && amount)
		weir_diag_error(loader->diags, CONTRACT_TERMS, cost->node.place,
		                "the cost \"%s\" is a fixed amount at the start, so it is not annual; give a rate, or "
		                "remove annual",
		                cost->node.id);
}

static weir_status load_cost(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	cost_draft draft = { .cost = { .node.place = weir_xml_place(xml, element), .amount_cents = NAN } };
	weir_obligor_cost *kept = &loader->deal->costs[loader->deal->cost_count++];
	weir_seen seen = 0;
	size_t errors = loader->diags->errors;
	weir_status status;
	WEIR_TRY(weir_fields_from_element(loader, xml, element, cost_fields, &draft, &seen));
	WEIR_TRY(weir_node_take_id(loader, xml, element, "cost", &draft.cost.node));
	if (loader->diags->errors == errors)
		check_cost(loader, &draft.cost, seen);
	WEIR_TRY(weir_selection_resolve(&draft.cost.contracts, loader, &draft.selection));
	*kept = draft.cost;
out:
	return status;
}

/* --- subsidies -------------------------------------------------------------------------------------------------- */

static const weir_choice subsidy_kinds[] = {
	{ "interest", WEIR_SUBSIDY_INTEREST },   { "appraisal", WEIR_SUBSIDY_APPRAISAL },
	{ "guarantee", WEIR_SUBSIDY_GUARANTEE }, { "insurance", WEIR_SUBSIDY_INSURANCE },
	{ "issue", WEIR_SUBSIDY_ISSUE },         { "service", WEIR_SUBSIDY_SERVICE },
	{ NULL, 0 }
};

typedef struct subsidy_draft {
	weir_subsidy subsidy;
	weir_selection selection;
} subsidy_draft;

static const weir_field subsidy_fields[] = {
	WEIR_NODE_FIELDS_OF(subsidy_draft, subsidy.node),
	WEIR_FIELD_OF(subsidy_draft, subsidy.kind, "kind", weir_read_choice, subsidy_kinds),
	WEIR_FIELD(subsidy_draft, subsidy.party, "party", weir_read_party),
	WEIR_FIELD(subsidy_draft, subsidy.rate, "rate", weir_read_share),
	WEIR_FIELD(subsidy_draft, subsidy.annual_rate, "annual-rate", weir_read_share),
	WEIR_FIELD(subsidy_draft, subsidy.cap_obligor_cents, "cap-obligor", weir_read_amount),
	WEIR_FIELD(subsidy_draft, subsidy.cap_cents, "cap", weir_read_amount),
	WEIR_FIELD(subsidy_draft, selection.contracts, "contracts", weir_read_words),
	WEIR_FIELD(subsidy_draft, selection.obligors, "obligors", weir_read_words),
	WEIR_FIELD_END
};

static int is_paid_for(const weir_deal *deal, const weir_subsidy *subsidy)
{
	static const int costs[WEIR_SUBSIDY_KIND_COUNT] = {
		[WEIR_SUBSIDY_INTEREST] = -1, [WEIR_SUBSIDY_ISSUE] = -1, [WEIR_SUBSIDY_APPRAISAL] = WEIR_COST_APPRAISAL,
		[WEIR_SUBSIDY_GUARANTEE] = WEIR_COST_GUARANTEE, [WEIR_SUBSIDY_INSURANCE] = WEIR_COST_INSURANCE,
		[WEIR_SUBSIDY_SERVICE] = WEIR_COST_SERVICE
	};
	int wanted = costs[subsidy->kind], found = wanted < 0;
	for (int i = 0; i < deal->cost_count; i++)
		found |= (int)deal->costs[i].kind == wanted;
	return found;
}

static void check_subsidy(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const weir_subsidy *subsidy,
                          weir_seen seen)
{
	const char *id = subsidy->node.id;
	int rate = weir_field_seen(subsidy_fields, seen, "rate");
	int annual = weir_field_seen(subsidy_fields, seen, "annual-rate");
	if (rate + annual != 1)
		weir_diag_add(
			loader->diags, WEIR_ERROR, rate ? WEIR_CODE_CONTRACT_TERMS : WEIR_CODE_MISSING_ATTRIBUTE,
			subsidy->node.place,
			"the subsidy \"%s\" says either its rate or, of interest, its annual rate; give one of them",
			id);
	else if (annual && subsidy->kind != WEIR_SUBSIDY_INTEREST)
		weir_diag_error(loader->diags, CONTRACT_TERMS, subsidy->node.place,
		                "only a subsidy of interest has an annual rate; give rate for \"%s\"", id);
	else if (rate && subsidy->rate > 1)
		weir_diag_error(loader->diags, SHARE_SUM,
		                weir_xml_value_place(xml, weir_xml_attribute(element, "rate")),
		                "the subsidy \"%s\" pays more than all of the cost; lower its rate to 100%% or less",
		                id);
	if (subsidy->cap_cents == 0 || subsidy->cap_obligor_cents == 0)
		weir_diag_error(
			loader->diags, OUT_OF_RANGE, subsidy->node.place,
			"the subsidy \"%s\" pays nothing with a cap of 0; give an amount above zero, or remove it "
			"for no "
			"limit",
			id);
	if (!is_paid_for(loader->deal, subsidy))
		weir_diag_error(
			loader->diags, MISSING_ELEMENT, subsidy->node.place,
			"the subsidy \"%s\" is for a kind of cost that no obligor has; add a <cost> of that kind", id);
}

static weir_status load_subsidy(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	subsidy_draft draft = { .subsidy = { .node.place = weir_xml_place(xml, element),
		                             .party = -1,
		                             .annual_rate = NAN,
		                             .cap_obligor_cents = INFINITY,
		                             .cap_cents = INFINITY } };
	weir_subsidy *kept = &loader->deal->subsidies[loader->deal->subsidy_count++];
	weir_seen seen = 0;
	size_t errors = loader->diags->errors;
	weir_status status;
	WEIR_TRY(weir_fields_from_element(loader, xml, element, subsidy_fields, &draft, &seen));
	WEIR_TRY(weir_node_take_id(loader, xml, element, "subsidy", &draft.subsidy.node));
	if (loader->diags->errors == errors)
		check_subsidy(loader, xml, element, &draft.subsidy, seen);
	WEIR_TRY(weir_selection_resolve(&draft.subsidy.contracts, loader, &draft.selection));
	*kept = draft.subsidy;
out:
	return status;
}

/* --- warrants --------------------------------------------------------------------------------------------------- */

static weir_status read_obligor(const weir_cell *cell, const weir_field *field, void *at)
{
	const weir_loader *l = cell->loader;
	if (weir_names_find(&l->obligors, cell->text, cell->length) < 0 && !l->contracts_lost)
		weir_complain_unknown(cell->loader, "obligor", &l->obligors, cell->text, cell->length, cell->place);
	return weir_read_shared_text(cell, field, at);
}

static const weir_field warrant_fields[] = {
	WEIR_NODE_FIELDS(weir_warrant),
	WEIR_FIELD(weir_warrant, obligor, "obligor", read_obligor),
	WEIR_FIELD(weir_warrant, party, "party", weir_read_party),
	WEIR_FIELD(weir_warrant, share, "share", weir_read_share),
	WEIR_FIELD(weir_warrant, amount_cents, "amount", weir_read_amount),
	WEIR_FIELD(weir_warrant, expires, "expires", weir_read_date),
	WEIR_FIELD_END
};

static void prepare_warrant(weir_loader *loader, void *item, const xmlNode *element)
{
	weir_warrant *warrant = item;
	(void)loader;
	(void)element;
	warrant->party = -1;
	warrant->share = warrant->amount_cents = NAN;
	warrant->expires = WEIR_DATE_NONE;
}

static weir_status finish_warrant(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                  weir_seen seen)
{
	const weir_warrant *warrant = item;
	char a[11], b[11];
	(void)seen;
	if (warrant->share > 1)
		weir_diag_error(loader->diags, SHARE_SUM,
		                weir_xml_value_place(xml, weir_xml_attribute(element, "share")),
		                "the warrant \"%s\" is for more than all of the obligor; lower its share",
		                warrant->node.id);
	if (warrant->expires != WEIR_DATE_NONE && loader->deal->closing != WEIR_DATE_NONE &&
	    warrant->expires <= loader->deal->closing)
		weir_diag_error(
			loader->diags, DATE_ORDER, weir_xml_value_place(xml, weir_xml_attribute(element, "expires")),
			"the warrant \"%s\" expires on \"%s\", not after the closing \"%s\"; correct one of them",
			warrant->node.id, weir_date_format(warrant->expires, a),
			weir_date_format(loader->deal->closing, b));
	return WEIR_OK;
}

weir_status weir_subsidies_load(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	static const weir_list warrants = { "warrant", "warrant", sizeof(weir_warrant), warrant_fields, prepare_warrant,
		                            finish_warrant };
	weir_deal *deal = loader->deal;
	weir_status status = WEIR_OK;
	deal->costs = weir_arena_array(loader->arena, weir_count_children(element, "cost") + 1, sizeof *deal->costs);
	deal->subsidies = weir_arena_array(loader->arena, weir_count_children(element, "subsidy") + 1,
	                                   sizeof *deal->subsidies);
	if (!deal->costs || !deal->subsidies)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = element ? weir_xml_first(element) : NULL; n && status == WEIR_OK; n = weir_xml_next(n))
		if (weir_is_named(n, "cost"))
			status = load_cost(loader, xml, n);
	/* behind the costs that they are for */
	for (const xmlNode *n = element ? weir_xml_first(element) : NULL; n && status == WEIR_OK; n = weir_xml_next(n))
		if (weir_is_named(n, "subsidy"))
			status = load_subsidy(loader, xml, n);
	return status == WEIR_OK ?
	               weir_list_load(&deal->warrants, &deal->warrant_count, loader, xml, element, &warrants) :
	               status;
}
