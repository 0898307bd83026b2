/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/deal.h"

#include <string.h>

#include "deal/contract.h"
#include "deal/scenario.h"

static int same_id(const weir_node *node, const char *id)
{
	return id && node->id && strcmp(node->id, id) == 0;
}

int weir_deal_find_class(const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->class_count; i++)
		if (same_id(&deal->classes[i].node, id))
			return i;
	return -1;
}

int weir_deal_find_party(const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->party_count; i++)
		if (same_id(&deal->parties[i].node, id))
			return i;
	return -1;
}

int weir_deal_find_account(const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->account_count; i++)
		if (same_id(&deal->accounts[i].node, id))
			return i;
	return -1;
}

int weir_deal_find_fee(const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->fee_count; i++)
		if (same_id(&deal->fees[i].node, id))
			return i;
	return -1;
}

const char *weir_node_name(const weir_node *node, int chinese)
{
	const char *wanted = chinese ? node->zh : node->en;
	const char *other = chinese ? node->en : node->zh;
	if (wanted)
		return wanted;
	return other ? other : node->id;
}

const weir_scenario *weir_scenarios_find(const weir_scenarios *scenarios, const char *id)
{
	for (int i = 0; i < scenarios->count; i++)
		if (same_id(&scenarios->items[i].node, id))
			return &scenarios->items[i];
	return NULL;
}

const weir_family *weir_scenarios_find_family(const weir_scenarios *scenarios, const char *id)
{
	for (int i = 0; i < scenarios->family_count; i++)
		if (same_id(&scenarios->families[i].node, id))
			return &scenarios->families[i];
	return NULL;
}

const char *weir_contract_kind_text(weir_contract_kind kind)
{
	static const char *const texts[] = {
		[WEIR_CONTRACT_LICENCE] = "licence",     [WEIR_CONTRACT_SECONDARY_LICENCE] = "secondary-licence",
		[WEIR_CONTRACT_LEASEBACK] = "leaseback", [WEIR_CONTRACT_ROYALTY] = "royalty",
		[WEIR_CONTRACT_RECEIVABLE] = "receivable", [WEIR_CONTRACT_LOAN] = "loan"
	};
	return texts[kind];
}

const char *weir_ip_kind_text(weir_ip_kind kind)
{
	static const char *const texts[WEIR_IP_KIND_COUNT] = {
		[WEIR_IP_INVENTION] = "invention", [WEIR_IP_UTILITY_MODEL] = "utility-model",
		[WEIR_IP_DESIGN] = "design",       [WEIR_IP_TRADEMARK] = "trademark",
		[WEIR_IP_COPYRIGHT] = "copyright", [WEIR_IP_SOFTWARE] = "software",
		[WEIR_IP_LAYOUT] = "layout",       [WEIR_IP_DATA] = "data"
	};
	return texts[kind];
}

weir_date weir_contract_last_due(const weir_pool_terms *pool, const weir_contract *contract)
{
	weir_date last = WEIR_DATE_NONE;
	if (contract->amortisation == WEIR_AMORTISE_EXPLICIT && contract->kind != WEIR_CONTRACT_ROYALTY &&
	    contract->kind != WEIR_CONTRACT_RECEIVABLE) {
		for (int i = 0; i < contract->row_count; i++) {
			const weir_contract_row *row = &pool->rows[contract->row_first + i];
			if (row->use == WEIR_ROW_INSTALMENT && row->date > last)
				last = row->date;
		}
		return last;
	}
	int64_t months = contract->count > 1 ? (int64_t)(contract->count - 1) * contract->every_months : 0;
	if (contract->kind == WEIR_CONTRACT_ROYALTY && contract->royalty >= 0)
		months += pool->royalties[contract->royalty].lag_months;
	if (months < -INT16_MAX || months > INT16_MAX)
		return WEIR_DATE_NONE;
	return weir_date_add_months(contract->first_due, (int)months);
}

int weir_deal_is_supporter(const weir_deal *deal, int party)
{
	for (int i = 0; i < deal->support_count; i++)
		if (deal->supports[i].party == party)
			return 1;
	for (int i = 0; i < deal->cover_count; i++)
		for (int s = 0; s < deal->covers[i].share_count; s++)
			if (deal->covers[i].shares[s].party == party)
				return 1;
	return 0;
}

int weir_cover_is_for(const weir_cover *cover, const weir_pool_terms *pool, int contract)
{
	if (cover->contracts)
		return cover->contracts[contract];
	return cover->kind != WEIR_COVER_DEPOSIT || pool->contracts[contract].deposit_cents > 0;
}

weir_date weir_deal_cutoff(const weir_deal *deal)
{
	return deal->cutoff != WEIR_DATE_NONE  ? deal->cutoff :
	       deal->closing != WEIR_DATE_NONE ? deal->closing :
	                                         deal->start;
}
