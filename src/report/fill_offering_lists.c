/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering_lists.c: the list of IP and the list of contracts of a prospectus. */
#include <string.h>

#include "report/fill_offering.h"
#include "report/fill_places.h"

#define COL WEIR_FILL_COL
#define MOST_CONTRACTS 100 /* with rows of their own */
#define MOST_NAMED 3       /* contracts that a cell lists */

/* --- IP --------------------------------------------------------------------------------------------------------- */

/* The contracts that an item stands behind. */
typedef struct ip_contracts {
	int named[MOST_NAMED], count;
} ip_contracts;

static ip_contracts *contracts_of_items(const weir_offer *o)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	ip_contracts *items = weir_arena_array(o->f.scratch, (size_t)terms->ip_count + 1, sizeof *items);
	for (int c = 0; items && c < terms->contract_count; c++)
		for (int i = 0; i < terms->contracts[c].ip_count; i++) {
			ip_contracts *item = &items[terms->contract_ip[terms->contracts[c].ip_first + i]];
			if (item->count < MOST_NAMED)
				item->named[item->count] = c;
			item->count++;
		}
	return items;
}

static weir_cell named_contracts(weir_offer *o, const ip_contracts *item)
{
	weir_text en = { 0 }, zh = { 0 };
	if (item->count == 0)
		return (weir_cell){ 0 };
	for (int i = 0; i < item->count && i < MOST_NAMED; i++) {
		const char *id = o->f.deal->pool.contracts[item->named[i]].id;
		weir_text_printf(&en, "%s%s", i ? ", " : "", id);
		weir_text_printf(&zh, "%s%s", i ? "、" : "", id);
	}
	if (item->count > MOST_NAMED) {
		weir_text_printf(&en, " … (%d)", item->count);
		weir_text_printf(&zh, "等（共%d份）", item->count);
	}
	return weir_fill_written(&o->f, &en, &zh);
}

/* Words of deal files that have Chinese ones; other texts as given. */
static weir_cell exclusivity_cell(weir_offer *o, const char *text)
{
	static const char *const words[][3] = { { "exclusive", "Exclusive", "独占许可" },
		                                { "sole", "Sole", "排他许可" },
		                                { "non-exclusive", "Non-exclusive", "普通许可" } };
	for (size_t i = 0; text && i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], text) == 0)
			return weir_cell_key(words[i][0], words[i][1], words[i][2]);
	return weir_fill_text(&o->f, text, NULL);
}

static weir_cell method_cell(weir_offer *o, const char *text)
{
	static const char *const words[][3] = { { "income", "Income approach", "收益法" },
		                                { "market", "Market approach", "市场法" },
		                                { "cost", "Cost approach", "成本法" } };
	for (size_t i = 0; text && i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], text) == 0)
			return weir_cell_key(words[i][0], words[i][1], words[i][2]);
	return weir_fill_text(&o->f, text, NULL);
}

/* The licence of the contracts behind an item; empty where they differ. */
static weir_cell licence_cell(weir_offer *o, const ip_contracts *item)
{
	const char *one = NULL;
	for (int i = 0; i < item->count && i < MOST_NAMED; i++) {
		const char *own = o->f.deal->pool.contracts[item->named[i]].exclusivity;
		if (!own || (one && strcmp(one, own) != 0))
			return (weir_cell){ 0 };
		one = own;
	}
	return exclusivity_cell(o, one);
}

static void fill_ip_row(weir_offer *o, weir_table **table, const weir_cell *known, const weir_ip *ip,
                        const ip_contracts *item)
{
	weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_ip_terms);
	if (!row)
		return;
	COL(ip_terms, id) = known[WEIR_COL_ip_id];
	COL(ip_terms, kind) = known[WEIR_COL_ip_kind];
	COL(ip_terms, number) = known[WEIR_COL_ip_number];
	COL(ip_terms, title) = known[WEIR_COL_ip_title];
	COL(ip_terms, holder) = known[WEIR_COL_ip_holder];
	COL(ip_terms, filed) = known[WEIR_COL_ip_filed];
	COL(ip_terms, expires) = known[WEIR_COL_ip_expires];
	COL(ip_terms, status) = known[WEIR_COL_ip_status];
	COL(ip_terms, recordal) = known[WEIR_COL_ip_recordal];
	COL(ip_terms, pledge) = known[WEIR_COL_ip_pledge];
	COL(ip_terms, valuation) = known[WEIR_COL_ip_valuation];
	COL(ip_terms, valuation_date) = known[WEIR_COL_ip_valuation_date];
	COL(ip_terms, disputed) = known[WEIR_COL_ip_disputed];
	COL(ip_terms, annuity_paid_to) = known[WEIR_COL_ip_annuity_paid_to];
	COL(ip_terms, ltv) = known[WEIR_COL_ip_ltv];
	COL(ip_terms, identity) = known[WEIR_COL_ip_identity];
	if (!ip)
		return;
	COL(ip_terms, granted) = weir_fill_day(ip->granted);
	COL(ip_terms, licence) = licence_cell(o, item);
	COL(ip_terms, contracts) = named_contracts(o, item);
	COL(ip_terms, method) = method_cell(o, ip->valuation_method);
	COL(ip_terms, claims) = weir_cell_number(ip->claims > 0 ? ip->claims : NAN);
	COL(ip_terms, family) = weir_fill_text(&o->f, ip->family, NULL);
}

/* As table ip, which shows the most valuable items of a large register. */
static weir_status fill_ip_terms(weir_offer *o)
{
	const weir_table *known = weir_results_table(o->f.results, "ip");
	const weir_pool_terms *terms = &o->f.deal->pool;
	ip_contracts *items = contracts_of_items(o);
	weir_table *table = NULL;
	int at = 0; /* both stand in the order of the register */
	if (!items)
		return WEIR_NO_MEMORY;
	for (size_t r = 0; known && r < known->row_count; r++) {
		const char *id = weir_cell_word(weir_table_cell(known, r, WEIR_COL_ip_id));
		int found = at;
		while (found < terms->ip_count && strcmp(terms->ip[found].id, id) != 0)
			found++;
		int has = found < terms->ip_count;
		fill_ip_row(o, &table, weir_table_cell(known, r, 0), has ? &terms->ip[found] : NULL,
		            has ? &items[found] : NULL);
		at = has ? found + 1 : at;
	}
	return o->f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* --- contracts -------------------------------------------------------------------------------------------------- */

/* The parties that have a role; empty without one. */
static weir_cell role_cell(weir_offer *o, unsigned role)
{
	weir_text en = { 0 }, zh = { 0 };
	if (weir_offer_parties(o->f.deal, role, &en, &zh) > 0)
		return weir_fill_written(&o->f, &en, &zh);
	weir_text_free(&en);
	weir_text_free(&zh);
	return (weir_cell){ 0 };
}

/* Who is owed by the contract before the plan buys it: a trust's trustee, the licensor, else the originator. */
static weir_cell creditor_cell(weir_offer *o, const weir_contract *contract)
{
	const weir_deal *deal = o->f.deal;
	if (contract->through >= 0 && deal->pool.trusts[contract->through].trustee >= 0)
		return weir_fill_node(&o->f, &deal->parties[deal->pool.trusts[contract->through].trustee].node);
	if (contract->kind == WEIR_CONTRACT_LICENCE || contract->kind == WEIR_CONTRACT_ROYALTY ||
	    contract->kind == WEIR_CONTRACT_SECONDARY_LICENCE) {
		weir_cell licensor = role_cell(o, WEIR_ROLE_LICENSOR);
		if (licensor.present)
			return licensor;
	}
	return role_cell(o, WEIR_ROLE_ORIGINATOR);
}

static weir_cell obligor_cell(weir_offer *o, int number)
{
	const weir_obligor *obligor = &o->f.deal->pool.obligors[number];
	return weir_fill_name(&o->f, obligor->id, obligor->en, obligor->zh);
}

/* "level, every 3 months, 20 payments" */
static weir_cell payments_cell(weir_offer *o, const weir_contract *contract, int receipts)
{
	static const char *const styles[] = { [WEIR_AMORTISE_LEVEL] = "level",
		                              [WEIR_AMORTISE_LEVEL_PRINCIPAL] = "level-principal",
		                              [WEIR_AMORTISE_BULLET] = "bullet",
		                              [WEIR_AMORTISE_INTEREST_ONLY] = "interest-only",
		                              [WEIR_AMORTISE_EXPLICIT] = "explicit" };
	int royalty = contract->kind == WEIR_CONTRACT_ROYALTY, single = receipts == 1;
	weir_cell style = weir_fill_word(royalty ? "royalty-payments" : styles[contract->amortisation]);
	weir_text en = { 0 }, zh = { 0 };
	if (!single || royalty) {
		weir_text_printf(&en, "%s, ", style.en ? style.en : style.key);
		weir_text_printf(&zh, "%s，", style.zh ? style.zh : style.key);
	}
	if (contract->every_months > 0 && !single && contract->amortisation != WEIR_AMORTISE_EXPLICIT) {
		weir_text_printf(&en, "every %d month%s, ", contract->every_months,
		                 contract->every_months == 1 ? "" : "s");
		weir_text_printf(&zh, "每%d个月，", contract->every_months);
	}
	weir_text_printf(&en, "%d payment%s", receipts, single ? "" : "s");
	weir_text_printf(&zh, "共%d期", receipts);
	return weir_fill_written(&o->f, &en, &zh);
}

static weir_cell guarantee_cell(weir_offer *o, const weir_contract *contract)
{
	if (contract->guarantor < 0)
		return weir_fill_text(&o->f, contract->guarantee, NULL);
	const weir_obligor *guarantor = &o->f.deal->pool.obligors[contract->guarantor];
	weir_text en = { 0 }, zh = { 0 };
	const char *name_en = guarantor->en ? guarantor->en : guarantor->zh ? guarantor->zh : guarantor->id;
	const char *name_zh = guarantor->zh ? guarantor->zh : name_en;
	weir_text_printf(&en, "%s%s%s", name_en, contract->guarantee ? ": " : "",
	                 contract->guarantee ? contract->guarantee : "");
	weir_text_printf(&zh, "%s%s%s", name_zh, contract->guarantee ? "：" : "",
	                 contract->guarantee ? contract->guarantee : "");
	return weir_fill_written(&o->f, &en, &zh);
}

/* What both layers of a secondary licence share. */
static weir_cell *contract_row(weir_offer *o, weir_table **table, const weir_contract *contract)
{
	weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_contract_terms);
	if (!row)
		return NULL;
	COL(contract_terms, contract) = weir_fill_name(&o->f, contract->id, contract->en, contract->zh);
	COL(contract_terms, kind) = weir_fill_word(weir_contract_kind_text(contract->kind));
	COL(contract_terms, territory) = weir_fill_region(&o->f, contract->territory);
	COL(contract_terms, exclusivity) = exclusivity_cell(o, contract->exclusivity);
	COL(contract_terms, ip_items) = weir_cell_number(contract->ip_count);
	COL(contract_terms, clause) = weir_fill_text(&o->f, contract->clause, NULL);
	COL(contract_terms, signed) = weir_fill_day(contract->signed_on);
	COL(contract_terms, termination) = weir_fill_text(&o->f, contract->termination_en, contract->termination_zh);
	return row;
}

/* Layer 1 of a secondary licence: the firm's licence to the platform, for a fee up front. */
static void add_first_layer(weir_offer *o, weir_table **table, const weir_contract *contract)
{
	weir_cell *row = contract_row(o, table, contract);
	if (!row)
		return;
	COL(contract_terms, layer) = weir_fill_word("layer-1");
	COL(contract_terms, creditor) = obligor_cell(o, contract->obligor);
	COL(contract_terms, obligor) = creditor_cell(o, contract);
	COL(contract_terms, fee) = weir_cell_number(isnan(contract->upfront_cents) ? contract->amount_cents :
	                                                                            contract->upfront_cents);
	COL(contract_terms, repayment) = weir_cell_text("once, up front", "一次性支付");
	COL(contract_terms, first_due) = weir_fill_day(contract->upfront_date);
	COL(contract_terms, last_due) = weir_fill_day(contract->upfront_date);
}

static void add_contract(weir_offer *o, weir_table **table, int number)
{
	const weir_contract *contract = &o->f.deal->pool.contracts[number];
	size_t first = o->f.pool->contract_first[number], end = o->f.pool->contract_first[number + 1];
	if (contract->kind == WEIR_CONTRACT_SECONDARY_LICENCE)
		add_first_layer(o, table, contract);
	weir_cell *row = contract_row(o, table, contract);
	if (!row)
		return;
	weir_strat_value rate = weir_strat_value_of(o->ground, WEIR_STRAT_RATE, number);
	if (contract->kind == WEIR_CONTRACT_SECONDARY_LICENCE)
		COL(contract_terms, layer) = weir_fill_word("layer-2");
	COL(contract_terms, creditor) = creditor_cell(o, contract);
	COL(contract_terms, obligor) = obligor_cell(o, contract->obligor);
	COL(contract_terms, principal) = weir_cell_number(o->ground->principal_cents[number]);
	COL(contract_terms, fee) = weir_cell_number(o->ground->receivable_cents[number]);
	COL(contract_terms, rate) = weir_cell_number(contract->kind == WEIR_CONTRACT_ROYALTY && contract->royalty >= 0 ?
	                                                     o->f.deal->pool.royalties[contract->royalty].rate :
	                                             rate.has == WEIR_STRAT_HAS_NUMBER ? rate.number :
	                                                                                 NAN);
	if (COL(contract_terms, rate).number == 0)
		COL(contract_terms, rate) = (weir_cell){ 0 };
	COL(contract_terms, repayment) = payments_cell(o, contract, (int)(end - first));
	COL(contract_terms, start) = weir_fill_day(contract->start);
	COL(contract_terms, first_due) =
		weir_fill_day(end > first ? o->f.pool->receipts[first].contract_due : WEIR_DATE_NONE);
	COL(contract_terms, last_due) =
		weir_fill_day(end > first ? o->f.pool->receipts[end - 1].contract_due : WEIR_DATE_NONE);
	COL(contract_terms, end) = weir_fill_day(contract->end);
	COL(contract_terms, guarantee) = guarantee_cell(o, contract);
}

/* All in the order of the file where they are few; else the largest, and the others as one. */
static weir_status fill_contract_terms(weir_offer *o)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	int *places = weir_arena_array(o->f.scratch, MOST_CONTRACTS + 1, sizeof *places), count = 0;
	double principal = 0;
	weir_table *table = NULL;
	if (!places)
		return WEIR_NO_MEMORY;
	if (terms->contract_count <= MOST_CONTRACTS)
		for (; count < terms->contract_count; count++)
			places[count] = count;
	else
		count = weir_fill_largest(places, MOST_CONTRACTS, o->ground->receivable_cents, terms->contract_count);
	for (int i = 0; i < count; i++) {
		add_contract(o, &table, places[i]);
		principal += o->ground->principal_cents[places[i]];
	}
	weir_cell *row = terms->contract_count > count ? weir_fill_row(&o->f, &table, WEIR_TABLE_contract_terms) : NULL;
	if (row) {
		weir_text en = { 0 }, zh = { 0 };
		weir_text_printf(&en, "All others (%d)", terms->contract_count - count);
		weir_text_printf(&zh, "其余（%d笔）", terms->contract_count - count);
		COL(contract_terms, contract) = weir_fill_written(&o->f, &en, &zh);
		COL(contract_terms, principal) = weir_cell_number(o->f.pool->principal_cents - principal);
	}
	return o->f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}

weir_status weir_offer_fill_lists(weir_offer *o)
{
	weir_status status = fill_ip_terms(o);
	return status == WEIR_OK ? fill_contract_terms(o) : status;
}
