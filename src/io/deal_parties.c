/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_parties.c: who takes part in a deal, what they can pay, and who paid a fund in. */
#include <math.h>
#include <string.h>

#include "base/money.h"
#include "io/deal_int.h"

#define SHARE_UNITS 1e12 /* shares are decimals with at most 12 places: sums of these units are exact */

static const weir_choice roles[] = {
	{ "originator", WEIR_ROLE_ORIGINATOR },       { "servicer", WEIR_ROLE_SERVICER },
	{ "manager", WEIR_ROLE_MANAGER },             { "trustee", WEIR_ROLE_TRUSTEE },
	{ "custodian", WEIR_ROLE_CUSTODIAN },         { "supervisor-bank", WEIR_ROLE_SUPERVISOR_BANK },
	{ "registrar", WEIR_ROLE_REGISTRAR },         { "underwriter", WEIR_ROLE_UNDERWRITER },
	{ "rating-agency", WEIR_ROLE_RATING_AGENCY }, { "appraiser", WEIR_ROLE_APPRAISER },
	{ "obligor", WEIR_ROLE_OBLIGOR },             { "guarantor", WEIR_ROLE_GUARANTOR },
	{ "shortfall-payer", WEIR_ROLE_SHORTFALL_PAYER }, { "licensor", WEIR_ROLE_LICENSOR },
	{ "licensee", WEIR_ROLE_LICENSEE },           { "insurer", WEIR_ROLE_INSURER },
	{ "government", WEIR_ROLE_GOVERNMENT },       { "auditor", WEIR_ROLE_AUDITOR },
	{ "lawyer", WEIR_ROLE_LAWYER },               { "holder", WEIR_ROLE_HOLDER },
	{ "fund", WEIR_ROLE_FUND },                   { "liquidity-provider", WEIR_ROLE_LIQUIDITY_PROVIDER },
	{ "operator", WEIR_ROLE_OPERATOR },           { "backup-servicer", WEIR_ROLE_BACKUP_SERVICER },
	{ NULL, 0 }
};

static const weir_field party_fields[] = {
	WEIR_NODE_FIELDS(weir_party),
	WEIR_FIELD_OF(weir_party, roles, "role", weir_read_flags, roles),
	WEIR_FIELD(weir_party, rating, "rating", weir_read_text),
	WEIR_FIELD(weir_party, pd_annual, "pd-annual", weir_read_share),
	WEIR_FIELD(weir_party, industry, "industry", weir_read_shared_text),
	WEIR_FIELD(weir_party, region, "region", weir_read_shared_text),
	WEIR_FIELD(weir_party, capacity_cents, "capacity", weir_read_amount),
	WEIR_FIELD(weir_party, leverage, "leverage", weir_read_decimal),
	WEIR_FIELD_END
};

static const weir_field contribution_fields[] = {
	WEIR_FIELD(weir_contribution, party, "party", weir_read_party),
	WEIR_FIELD(weir_contribution, share, "share", weir_read_share),
	WEIR_FIELD_END
};

static void prepare_party(weir_loader *loader, void *item, const xmlNode *element)
{
	weir_party *party = item;
	(void)loader;
	(void)element;
	party->pd_annual = NAN;
	party->capacity_cents = INFINITY;
	party->leverage = NAN;
}

static weir_status finish_party(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                weir_seen seen)
{
	const weir_party *party = item;
	(void)seen;
	if (party->capacity_cents == 0)
		weir_diag_error(
			loader->diags, OUT_OF_RANGE, weir_xml_value_place(xml, weir_xml_attribute(element, "capacity")),
			"the party \"%s\" can pay nothing with a capacity of 0; give its capacity, or remove it "
			"for one "
			"without limit",
			party->node.id);
	if (party->leverage == 0)
		weir_diag_error(
			loader->diags, OUT_OF_RANGE, weir_xml_value_place(xml, weir_xml_attribute(element, "leverage")),
			"the fund \"%s\" covers nothing with a leverage of 0; write how many times its capacity it "
			"covers",
			party->node.id);
	if (!isnan(party->leverage) && isinf(party->capacity_cents))
		weir_diag_error(
			loader->diags, MISSING_ATTRIBUTE, party->node.place,
			"the fund \"%s\" has a leverage but no capacity to multiply; add capacity=\"20000000.00\"",
			party->node.id);
	return weir_node_refer(&loader->parties, &party->node, loader->deal->party_count - 1);
}

static void prepare_contribution(weir_loader *loader, void *item, const xmlNode *element)
{
	(void)loader;
	(void)element;
	*(weir_contribution *)item = (weir_contribution){ .party = -1, .share = NAN };
}

static weir_status finish_contribution(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                       weir_seen seen)
{
	(void)loader;
	(void)seen;
	((weir_contribution *)item)->place = weir_xml_place(xml, element);
	return WEIR_OK;
}

static const weir_list contributions = { "contributor", NULL, sizeof(weir_contribution), contribution_fields,
	                                 prepare_contribution, finish_contribution };

/* What the contributors paid in is the whole fund. */
static void check_contributions(weir_loader *loader, const weir_party *party)
{
	double units = 0;
	for (int i = 0; i < party->contribution_count; i++) {
		const weir_contribution *c = &party->contributions[i];
		if (c->party >= 0 && &loader->deal->parties[c->party] == party)
			weir_diag_error(loader->diags, CONTRACT_TERMS, c->place,
			                "the fund \"%s\" cannot contribute to itself; name who paid it in",
			                party->node.id);
		for (int k = 0; k < i; k++)
			if (c->party >= 0 && c->party == party->contributions[k].party)
				weir_diag_error(
					loader->diags, DUPLICATE_ID, c->place,
					"\"%s\" contributes twice to the fund \"%s\"; add the shares up in one <contributor>",
					loader->deal->parties[c->party].node.id, party->node.id);
		units += weir_round_half_away(c->share * SHARE_UNITS);
	}
	if (party->contribution_count && units != SHARE_UNITS && !isnan(units))
		weir_diag_error(
			loader->diags, SHARE_SUM, party->node.place,
			"the contributors of the fund \"%s\" paid in %.10g%% of it; their shares add up to 100%%",
			party->node.id, units / SHARE_UNITS * 100);
}

weir_status weir_parties_load(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	static const weir_list list = {
		"party", "party", sizeof(weir_party), party_fields, prepare_party, finish_party
	};
	weir_deal *deal = loader->deal;
	int number = 0;
	weir_status status = weir_list_load(&deal->parties, &deal->party_count, loader, xml, element, &list);
	/* a contributor may stand behind its fund in the file */
	for (const xmlNode *n = element ? weir_xml_first(element) : NULL; n && status == WEIR_OK;
	     n = weir_xml_next(n)) {
		if (!weir_is_named(n, "party"))
			continue;
		weir_party *party = &deal->parties[number++];
		size_t errors = loader->diags->errors;
		status = weir_list_load(&party->contributions, &party->contribution_count, loader, xml, n,
		                        &contributions);
		if (status == WEIR_OK && loader->diags->errors == errors)
			check_contributions(loader, party);
	}
	return status;
}
