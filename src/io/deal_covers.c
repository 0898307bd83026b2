/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deal_covers.c: covers of single contracts: deposits, guarantees, repurchase, insurance, risk pools. */
#include <math.h>
#include <string.h>

#include "base/money.h"
#include "io/deal_support.h"
#include "pool/pool.h"

#define SHARE_UNITS 1e12 /* shares are decimals with at most 12 places: sums of these units are exact */

typedef struct cover_draft {
	weir_cover cover;
	weir_selection selection;
	int party, by_tape;
	double of;
	const weir_scheme_row *scheme; /* its rows, or NULL */
	size_t scheme_count;
} cover_draft;

static const weir_field cover_fields[] = {
	WEIR_NODE_FIELDS_OF(cover_draft, cover.node),
	WEIR_FIELD(cover_draft, party, "party", weir_read_party),
	WEIR_FIELD(cover_draft, of, "of", weir_read_share),
	WEIR_FIELD(cover_draft, selection.contracts, "contracts", weir_read_words),
	WEIR_FIELD(cover_draft, selection.obligors, "obligors", weir_read_words),
	WEIR_FIELD(cover_draft, by_tape, "by-tape", weir_read_yes_no),
	WEIR_FIELD(cover_draft, cover.order, "order", weir_read_count),
	WEIR_FIELD(cover_draft, cover.income, "income", weir_read_yes_no),
	WEIR_FIELD(cover_draft, cover.ordered, "ordered", weir_read_yes_no),
	WEIR_FIELD(cover_draft, cover.deductible_cents, "deductible", weir_read_amount),
	WEIR_FIELD(cover_draft, cover.cap_contract_cents, "cap-contract", weir_read_amount),
	WEIR_FIELD(cover_draft, cover.cap_yearly_cents, "cap-yearly", weir_read_amount),
	WEIR_FIELD(cover_draft, cover.cap_cents, "cap", weir_read_amount),
	WEIR_FIELD(cover_draft, cover.delay_months, "delay", weir_read_months),
	WEIR_FIELD(cover_draft, cover.when, "when", weir_read_formula),
	WEIR_FIELD(cover_draft, cover.to, "to", weir_read_words),
	WEIR_FIELD(cover_draft, cover.scheme, "scheme", weir_read_shared_text),
	WEIR_FIELD_END
};

typedef struct share_draft {
	weir_cover_share share;
	const char *role; /* in the scheme */
	weir_place role_place;
} share_draft;

static weir_status read_role(const weir_cell *cell, const weir_field *field, void *at)
{
	static const weir_choice words[] = { { "government", 1 }, { "fund", 2 },      { "bank", 3 },
		                             { "insurer", 4 },    { "appraiser", 5 }, { "operator", 6 },
		                             { "guarantor", 7 },  { NULL, 0 } };
	((share_draft *)at)->role_place = cell->place;
	return weir_read_word(cell, field, words, &((share_draft *)at)->role);
}

static const weir_field share_fields[] = {
	WEIR_FIELD(share_draft, share.party, "party", weir_read_party),
	WEIR_FIELD(share_draft, share.of, "of", weir_read_share),
	WEIR_FIELD(share_draft, share.cap_cents, "cap", weir_read_amount),
	WEIR_FIELD(share_draft, share.cap_yearly_cents, "cap-yearly", weir_read_amount),
	{ "role", read_role, 0, NULL },
	WEIR_FIELD_END
};

static const struct {
	const char *name;
	weir_cover_kind kind;
	const char *words; /* in messages */
} cover_kinds[] = {
	{ "deposit", WEIR_COVER_DEPOSIT, "deposit" },
	{ "contract-guarantee", WEIR_COVER_GUARANTEE, "guarantee of contracts" },
	{ "repurchase", WEIR_COVER_REPURCHASE, "repurchase" },
	{ "replacement", WEIR_COVER_REPLACEMENT, "replacement" },
	{ "insurance", WEIR_COVER_INSURANCE, "insurance" },
	{ "risk-pool", WEIR_COVER_RISK_POOL, "risk pool" },
};
#define COVER_KINDS (sizeof cover_kinds / sizeof *cover_kinds)

/* The number of the kind of an element, or COVER_KINDS. */
static size_t kind_of(const xmlNode *element)
{
	size_t kind = 0;
	while (kind < COVER_KINDS && !weir_is_named(element, cover_kinds[kind].name))
		kind++;
	return kind;
}

static int has(weir_seen seen, const char *name)
{
	return weir_field_seen(cover_fields, seen, name);
}

/* --- the contracts it is for ------------------------------------------------------------------------------------ */

static void complain_about_emptiness(weir_loader *loader, const weir_cover *cover, const char *why)
{
	weir_diag_error(loader->diags, CONTRACT_TERMS, cover->node.place, "\"%s\" covers nothing: %s", cover->node.id,
	                why);
}

/* The deposits, of those read before, that hold a contract's; NULL when there are none. */
static const weir_cover *holder_of(const weir_deal *deal, int contract)
{
	for (int i = 0; i < deal->cover_count - 1; i++) {
		const weir_cover *cover = &deal->covers[i];
		if (cover->kind == WEIR_COVER_DEPOSIT && cover->contracts && cover->contracts[contract])
			return cover;
	}
	return NULL;
}

/* Only contracts with a deposit can be offset against one. */
static weir_status select_deposits(weir_loader *loader, weir_cover *cover, const weir_selection *selection)
{
	const weir_pool_terms *pool = &loader->deal->pool;
	int some = 0;
	if (!cover->contracts) {
		cover->contracts = weir_arena_array(loader->arena, (size_t)pool->contract_count + 1, 1);
		if (!cover->contracts)
			return WEIR_NO_MEMORY;
		for (int c = 0; c < pool->contract_count; c++)
			cover->contracts[c] = pool->contracts[c].deposit_cents > 0;
	}
	for (int c = 0; c < pool->contract_count; c++) {
		const weir_contract *contract = &pool->contracts[c];
		some |= cover->contracts[c] || contract->incomplete;
		if (!cover->contracts[c])
			continue;
		if (contract->deposit_cents == 0 && selection->contracts.count && !contract->incomplete)
			weir_diag_error(
				loader->diags, CONTRACT_TERMS, cover->node.place,
				"contract \"%s\" has no deposit that \"%s\" could hold; add deposit to the contract or "
				"leave it "
				"out",
				contract->id, cover->node.id);
		const weir_cover *other = contract->deposit_cents > 0 ? holder_of(loader->deal, c) : NULL;
		if (other)
			weir_diag_error(loader->diags, CONTRACT_TERMS, cover->node.place,
			                "the deposit of contract \"%s\" is held by \"%s\" already; leave it out here",
			                contract->id, other->node.id);
	}
	if (!some && !loader->contracts_lost)
		complain_about_emptiness(loader, cover,
		                         "no contract has a deposit; add deposit to the contracts, or remove it");
	return WEIR_OK;
}

/* The contracts whose tape names the party as their guarantor. */
static weir_status select_by_tape(weir_loader *loader, cover_draft *draft)
{
	const weir_pool_terms *pool = &loader->deal->pool;
	weir_cover *cover = &draft->cover;
	int some = 0;
	if (cover->contracts)
		weir_diag_error(
			loader->diags, CONTRACT_TERMS, cover->node.place,
			"\"%s\" takes its contracts from the tape and lists them as well; keep by-tape or the list",
			cover->node.id);
	cover->contracts = weir_arena_array(loader->arena, (size_t)pool->contract_count + 1, 1);
	if (!cover->contracts)
		return WEIR_NO_MEMORY;
	for (int c = 0; c < pool->contract_count; c++) {
		int guarantor = pool->contracts[c].guarantor;
		cover->contracts[c] =
			guarantor >= 0 && draft->party >= 0 && pool->obligors[guarantor].party == draft->party;
		some |= cover->contracts[c];
	}
	if (!some && draft->party >= 0 && !loader->contracts_lost)
		complain_about_emptiness(loader, cover,
		                         "no contract names its party as guarantor; add guarantor to the contracts, or "
		                         "list them");
	return WEIR_OK;
}

static weir_status select_contracts(weir_loader *loader, cover_draft *draft)
{
	weir_status status = weir_selection_resolve(&draft->cover.contracts, loader, &draft->selection);
	if (status == WEIR_OK && draft->by_tape)
		status = select_by_tape(loader, draft);
	if (status == WEIR_OK && draft->cover.kind == WEIR_COVER_DEPOSIT)
		status = select_deposits(loader, &draft->cover, &draft->selection);
	return status;
}

/* --- schemes ---------------------------------------------------------------------------------------------------- */

/* The word that schemes use for what a party is, or NULL. */
static const char *role_of(const weir_party *party)
{
	static const struct {
		unsigned role;
		const char *word;
	} words[] = { { WEIR_ROLE_GOVERNMENT, "government" }, { WEIR_ROLE_FUND, "fund" },
		      { WEIR_ROLE_INSURER, "insurer" },       { WEIR_ROLE_APPRAISER, "appraiser" },
		      { WEIR_ROLE_OPERATOR, "operator" },     { WEIR_ROLE_GUARANTOR, "guarantor" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (party->roles & words[i].role)
			return words[i].word;
	return NULL;
}

/* The row of the scheme that a share is about, or NULL. */
static const weir_scheme_row *row_of(const weir_loader *loader, const cover_draft *cover, const share_draft *share)
{
	const char *role = share->role;
	if (!role && share->share.party >= 0)
		role = role_of(&loader->deal->parties[share->share.party]);
	for (size_t i = 0; i < cover->scheme_count; i++)
		if (role && strcmp(cover->scheme[i].role, role) == 0)
			return &cover->scheme[i];
	return NULL;
}

static const char *keep_text(weir_loader *loader, const char *text)
{
	return weir_arena_text(loader->arena, text, strlen(text));
}

static void disclose_scheme(weir_diags *diags, const weir_cover *cover, const weir_scheme_row *row)
{
	const char *source = row->source ? row->source : "";
	weir_diag_disclosure(
		diags, ASSUMPTION, cover->node.place,
		"\"%s\"%.0s takes figures from the published scheme \"%s\" (%s%.0s): %s%.0s; what the deal's "
		"own agreement says goes before them",
		"“%2$s”%1$.0s的参数取自%3$.0s%4$.0s%5$s的公开风险分担方案（来源：%6$.0s%7$s）；"
		"交易文件另有约定的，以其约定为准",
		cover->node.id, weir_node_name(&cover->node, 1), cover->scheme, row->place_en ? row->place_en : "",
		row->place_zh ? row->place_zh : cover->scheme, source, row->source_zh ? row->source_zh : source);
}

/* What the deal does not say itself comes from the scheme. */
static weir_status apply_scheme(weir_loader *loader, const weir_xml *xml, const xmlNode *element, cover_draft *draft,
                                weir_seen seen)
{
	weir_cover *cover = &draft->cover;
	if (!cover->scheme)
		return WEIR_OK;
	weir_status status = weir_scheme_find(&draft->scheme, &draft->scheme_count, loader, cover->scheme,
	                                      weir_xml_value_place(xml, weir_xml_attribute(element, "scheme")));
	if (status != WEIR_OK || draft->scheme_count == 0)
		return status;
	const weir_scheme_row *first = draft->scheme;
	if ((first->place_en && !(cover->scheme_en = keep_text(loader, first->place_en))) ||
	    (first->place_zh && !(cover->scheme_zh = keep_text(loader, first->place_zh))))
		return WEIR_NO_MEMORY;
	if (!has(seen, "income") && first->income >= 0)
		cover->income = first->income;
	if (!has(seen, "ordered") && first->ordered >= 0)
		cover->ordered = first->ordered;
	if (!has(seen, "cap-contract") && !isnan(first->cap_contract_cents))
		cover->cap_contract_cents = first->cap_contract_cents;
	if (!has(seen, "cap-yearly") && !isnan(first->cap_yearly_cents))
		cover->cap_yearly_cents = first->cap_yearly_cents;
	if (!has(seen, "cap") && !isnan(first->cap_cents))
		cover->cap_cents = first->cap_cents;
	if (!has(seen, "delay"))
		cover->delay_months = first->delay_months;
	disclose_scheme(loader->diags, cover, first);
	return WEIR_OK;
}

/* The share that the scheme gives to a role. */
static void complete_share(weir_loader *loader, const weir_cover *cover, const cover_draft *draft, share_draft *share)
{
	const weir_scheme_row *row = row_of(loader, draft, share);
	weir_place place = share->share.place;
	if (row && isnan(share->share.of))
		share->share.of = row->share;
	if (share->role && draft->scheme_count && !row) {
		weir_diag_error(loader->diags, UNKNOWN_ID, share->role_place,
		                "the scheme \"%s\" has no share of the %s; its first is that of the "
		                "%s", cover->scheme, share->role,
		                draft->scheme[0].role);
		share->share.of = isnan(share->share.of) ? 0 : share->share.of;
	}
	if (share->role && !cover->scheme)
		weir_diag_error(loader->diags, CONTRACT_TERMS, share->role_place,
		                "a role is that of a scheme, and \"%s\" names none; add scheme, or remove the "
		                "role", cover->node.id);
	if (!isnan(share->share.of))
		return;
	if (row)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, place,
		                "the scheme \"%s\" publishes no share of the %s; add of=\"40%%\"", cover->scheme,
		                row->role);
	else if (draft->scheme_count)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, place,
		                "which share of the scheme \"%s\" this is cannot be told from the party's roles; add "
		                "role=\"%s\"",
		                cover->scheme, draft->scheme[0].role);
	else if (!cover->scheme)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, place,
		                "this share of \"%s\" does not say how much of the loss it is; add "
		                "of=\"40%%\"", cover->node.id);
}

/* --- shares ----------------------------------------------------------------------------------------------------- */

static void check_shares(weir_loader *loader, const weir_cover *cover)
{
	double units = 0;
	for (int i = 0; i < cover->share_count; i++) {
		const weir_cover_share *share = &cover->shares[i];
		units += weir_round_half_away(share->of * SHARE_UNITS);
		if (share->of > 1)
			weir_diag_error(loader->diags, SHARE_SUM, share->place,
			                "a share of %.10g%% of \"%s\" is more than the loss; lower it to 100%% or "
			                "less", share->of * 100,
			                cover->node.id);
		if (share->of == 0)
			weir_diag_error(loader->diags, OUT_OF_RANGE, share->place,
			                "a share of 0%% of \"%s\" pays nothing; give a share above zero, or remove "
			                "it", cover->node.id);
		for (int k = 0; k < i; k++)
			if (share->party >= 0 && share->party == cover->shares[k].party)
				weir_diag_error(loader->diags, DUPLICATE_ID, share->place,
				                "\"%s\" has two shares of \"%s\"; write them as one",
				                loader->deal->parties[share->party].node.id, cover->node.id);
	}
	if (!cover->ordered && cover->share_count > 1 && units > SHARE_UNITS)
		weir_diag_error(
			loader->diags, SHARE_SUM, cover->node.place,
			"the shares of \"%s\" side by side add up to %.10g%%, more than the loss; lower one, or say "
			"ordered=\"yes\"",
			cover->node.id, units / SHARE_UNITS * 100);
}

static weir_status load_shares(weir_loader *loader, const weir_xml *xml, const xmlNode *element, cover_draft *draft)
{
	weir_cover *cover = &draft->cover;
	cover->shares =
		weir_arena_array(loader->arena, weir_count_children(element, "share") + 1, sizeof *cover->shares);
	if (!cover->shares)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n)) {
		share_draft share = { .share = { .party = -1, .of = NAN, .cap_cents = INFINITY,
			                         .cap_yearly_cents = INFINITY } };
		size_t errors = loader->diags->errors;
		if (!weir_is_named(n, "share"))
			continue;
		share.share.place = weir_xml_place(xml, n);
		weir_status status = weir_fields_from_element(loader, xml, n, share_fields, &share, NULL);
		if (status != WEIR_OK)
			return status;
		weir_check_cap(loader, xml, n, &cover->node, "cap", share.share.cap_cents);
		weir_check_cap(loader, xml, n, &cover->node, "cap-yearly", share.share.cap_yearly_cents);
		if (loader->diags->errors == errors)
			complete_share(loader, cover, draft, &share);
		cover->shares[cover->share_count++] = share.share;
	}
	if (cover->share_count == 0)
		weir_diag_error(loader->diags, MISSING_ELEMENT, cover->node.place,
		                "the risk pool \"%s\" has no shares; add <share party=\"…\" of=\"40%%\"/>",
		                cover->node.id);
	return WEIR_OK;
}

static weir_status make_single_share(weir_loader *loader, cover_draft *draft)
{
	weir_cover *cover = &draft->cover;
	cover->shares = weir_arena_array(loader->arena, 1, sizeof *cover->shares);
	if (!cover->shares)
		return WEIR_NO_MEMORY;
	cover->share_count = 1;
	cover->shares[0] = (weir_cover_share){ .party = draft->party, .of = draft->of, .cap_cents = INFINITY,
		                               .cap_yearly_cents = INFINITY, .place = cover->node.place };
	return WEIR_OK;
}

/* --- covers ----------------------------------------------------------------------------------------------------- */

static void check_limits(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const weir_cover *cover)
{
	const char *id = cover->node.id;
	weir_check_cap(loader, xml, element, &cover->node, "cap", cover->cap_cents);
	weir_check_cap(loader, xml, element, &cover->node, "cap-yearly", cover->cap_yearly_cents);
	weir_check_cap(loader, xml, element, &cover->node, "cap-contract", cover->cap_contract_cents);
	if (cover->kind == WEIR_COVER_INSURANCE && isinf(cover->cap_cents) && isinf(cover->cap_yearly_cents) &&
	    isinf(cover->cap_contract_cents))
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, cover->node.place,
		                "the insurance \"%s\" has no limit; add cap, cap-yearly or cap-contract as its policy "
		                "says", id);
	if (cover->cap_yearly_cents > cover->cap_cents && !isinf(cover->cap_yearly_cents))
		weir_diag_warning(
			loader->diags, CONTRACT_TERMS, cover->node.place,
			"\"%s\"%.0s pays more in a year than in all, so the yearly cap never binds; correct one of "
			"them",
			"“%2$s”%1$.0s的年度上限高于累计上限，年度上限不起作用；请更正其一", id,
			weir_node_name(&cover->node, 1));
	if (cover->cap_contract_cents > cover->cap_cents && !isinf(cover->cap_contract_cents))
		weir_diag_warning(
			loader->diags, CONTRACT_TERMS, cover->node.place,
			"\"%s\"%.0s pays more for one contract than in all, so the contract's cap never binds; "
			"correct one of them",
			"“%2$s”%1$.0s的单笔上限高于累计上限，单笔上限不起作用；请更正其一", id,
			weir_node_name(&cover->node, 1));
}

static weir_status load_cover(weir_loader *loader, const weir_xml *xml, const xmlNode *element, size_t kind)
{
	cover_draft draft = { .cover = { .node.place = weir_xml_place(xml, element), .kind = cover_kinds[kind].kind,
		                         .order = 1, .cap_contract_cents = INFINITY, .cap_yearly_cents = INFINITY,
		                         .cap_cents = INFINITY }, .party = -1, .of = 1 };
	weir_cover *kept = &loader->deal->covers[loader->deal->cover_count++];
	weir_seen seen = 0;
	size_t errors = loader->diags->errors;
	weir_status status;
	WEIR_TRY(weir_fields_from_element(loader, xml, element, cover_fields, &draft, &seen));
	WEIR_TRY(weir_node_take_id(loader, xml, element, cover_kinds[kind].words, &draft.cover.node));
	WEIR_TRY(select_contracts(loader, &draft));
	if (draft.cover.kind == WEIR_COVER_RISK_POOL) {
		WEIR_TRY(apply_scheme(loader, xml, element, &draft, seen));
		WEIR_TRY(load_shares(loader, xml, element, &draft));
	} else {
		WEIR_TRY(make_single_share(loader, &draft));
	}
	if (loader->diags->errors == errors) {
		check_shares(loader, &draft.cover);
		check_limits(loader, xml, element, &draft.cover);
	}
	*kept = draft.cover;
out:
	return status;
}

/* Stable, so that equal orders keep the file's. Covers are few. */
static void sort_covers(weir_cover *covers, int count)
{
	for (int i = 1; i < count; i++)
		for (int j = i; j > 0 && covers[j - 1].order > covers[j].order; j--) {
			weir_cover swap = covers[j];
			covers[j] = covers[j - 1];
			covers[j - 1] = swap;
		}
}

weir_status weir_covers_load(weir_loader *loader, const weir_xml *xml, const xmlNode *support)
{
	weir_deal *deal = loader->deal;
	size_t count = 0;
	weir_status status = WEIR_OK;
	for (const xmlNode *n = weir_xml_first(support); n; n = weir_xml_next(n))
		count += kind_of(n) < COVER_KINDS;
	deal->covers = weir_arena_array(loader->arena, count + 1, sizeof *deal->covers);
	if (!deal->covers)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(support); n && status == WEIR_OK; n = weir_xml_next(n)) {
		size_t kind = kind_of(n);
		if (kind < COVER_KINDS)
			status = load_cover(loader, xml, n, kind);
	}
	sort_covers(deal->covers, deal->cover_count);
	return status;
}

/* --- leverage of funds ------------------------------------------------------------------------------------------ */

static int has_leverage(const weir_deal *deal, const weir_cover_share *share)
{
	return share->party >= 0 && !isnan(deal->parties[share->party].leverage);
}

/* Principal that a cover's contracts promise to repay. */
static double covered_cents(const weir_pool *pool, const weir_cover *cover)
{
	double cents = 0;
	for (size_t r = 0; r < pool->receipt_count; r++)
		if (!cover->contracts || cover->contracts[pool->receipts[r].contract])
			cents += pool->receipts[r].principal_cents;
	return cents;
}

/* of x min(1, leverage x capacity / principal), a decimal of 12 places. */
static double weighed(double of, const weir_party *fund, double principal_cents)
{
	weir_quad room = weir_quad_from_decimal(fund->leverage) * (weir_quad)fund->capacity_cents;
	if (!(principal_cents > 0) || room >= principal_cents)
		return of;
	weir_quad units = weir_quad_from_decimal(of) * room / (weir_quad)principal_cents * (weir_quad)SHARE_UNITS;
	return weir_round_quad(units) / SHARE_UNITS;
}

weir_status weir_covers_weigh(weir_loader *loader)
{
	weir_deal *deal = loader->deal;
	weir_arena *arena = NULL;
	weir_pool *pool;
	weir_diags said = { 0 }; /* who builds the pool for its receipts says it again */
	int some = 0;
	weir_status status;
	for (int c = 0; c < deal->cover_count; c++)
		for (int s = 0; s < deal->covers[c].share_count; s++)
			some |= has_leverage(deal, &deal->covers[c].shares[s]);
	if (!some || loader->diags->errors)
		return WEIR_OK;
	WEIR_TRY(weir_arena_create(&arena));
	WEIR_TRY(weir_pool_create(&pool, arena, deal, &said));
	for (int c = 0; c < deal->cover_count; c++)
		for (int s = 0; s < deal->covers[c].share_count; s++) {
			weir_cover_share *share = &deal->covers[c].shares[s];
			if (has_leverage(deal, share))
				share->of = weighed(share->of, &deal->parties[share->party],
				                    covered_cents(pool, &deal->covers[c]));
		}
out:
	if (status == WEIR_INPUT)
		status = said.lost ? WEIR_NO_MEMORY : WEIR_OK;
	weir_diags_free(&said);
	weir_arena_destroy(arena);
	return status;
}
