/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool_fields.c: the tables of fields of contracts, their rows and IP items: the one home of their names. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"
#include "io/pool.h"
#include "io/words.h"

/* --- readers that only contracts need --------------------------------------------------------------------------- */

/* The obligor by id; a new one is added, with its party if it is one. */
static weir_status read_obligor(const weir_cell *cell, const weir_field *field, void *at)
{
	weir_loader *l = cell->loader;
	const char *id = NULL;
	weir_status status;
	int number = weir_names_find(&l->obligors, cell->text, cell->length);
	if (number >= 0) {
		*(int *)at = number;
		return WEIR_OK;
	}
	status = weir_read_code(cell, field, &id);
	if (status != WEIR_OK || !id)
		return status;
	if (!WEIR_GROW(l->pool_obligors, l->obligor_count, l->obligor_capacity))
		return WEIR_NO_MEMORY;
	status = weir_names_put(&l->obligors, id, cell->length, (int)l->obligor_count);
	if (status != WEIR_OK)
		return status;
	*(int *)at = (int)l->obligor_count;
	l->pool_obligors[l->obligor_count++] = (weir_obligor){
		.id = id, .place = cell->place, .party = weir_names_find(&l->parties, id, cell->length)
	};
	return WEIR_OK;
}

/* The guarantor may be an obligor that comes later: kept for the end. */
static weir_status read_guarantor(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_pending *pending = at;
	pending->id = weir_loader_text(cell->loader, cell->text, cell->length);
	pending->place = cell->place;
	return pending->id ? WEIR_OK : WEIR_NO_MEMORY;
}

/* A list of IP items into the deal's list; `at` is the contract. */
static weir_status read_ip(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_loader *l = cell->loader;
	weir_contract *contract = at;
	contract->ip_first = (int)l->contract_ip_count;
	for (const char *p = cell->text, *end = p + cell->length; p < end;) {
		const char *word = p;
		while (p < end && *p != ' ' && *p != '\t' && *p != '\n' && *p != '\r')
			p++;
		size_t length = (size_t)(p - word);
		while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
			p++;
		int number = weir_names_find(&l->ip, word, length);
		if (number < 0) {
			weir_place place = cell->place;
			if (cell->is_xml)
				place = weir_place_inside(l->sources, place, (size_t)(word - cell->text), length);
			if (!l->ip_lost)
				weir_complain_unknown(l, "IP item", &l->ip, word, length, place);
			continue;
		}
		if (!WEIR_GROW(l->pool_contract_ip, l->contract_ip_count, l->contract_ip_capacity))
			return WEIR_NO_MEMORY;
		l->pool_contract_ip[l->contract_ip_count++] = number;
	}
	contract->ip_count = (int)l->contract_ip_count - contract->ip_first;
	return WEIR_OK;
}

/* Kept as a text, but of a closed list. */
static weir_status read_exclusivity(const weir_cell *cell, const weir_field *field, void *at)
{
	static const weir_choice words[] = { { "exclusive", 1 }, { "sole", 2 }, { "non-exclusive", 3 }, { NULL, 0 } };
	return weir_read_word(cell, field, words, at);
}

static weir_status read_row_owner(const weir_cell *cell, const weir_field *field, void *at)
{
	(void)field;
	weir_row_draft *draft = at;
	draft->contract = weir_loader_text(cell->loader, cell->text, cell->length);
	draft->contract_place = cell->place;
	return draft->contract ? WEIR_OK : WEIR_NO_MEMORY;
}

/* --- contracts -------------------------------------------------------------------------------------------------- */

static const weir_choice repayments[] = {
	{ "level", WEIR_AMORTISE_LEVEL },   { "level-principal", WEIR_AMORTISE_LEVEL_PRINCIPAL },
	{ "bullet", WEIR_AMORTISE_BULLET }, { "interest-only", WEIR_AMORTISE_INTEREST_ONLY },
	{ "explicit", WEIR_AMORTISE_EXPLICIT }, { NULL, 0 }
};
static const weir_choice interest_bases[] = { { "periodic", WEIR_BASIS_PERIODIC }, { "days", WEIR_BASIS_DAYS },
	                                      { NULL, 0 } };

#define KIND(name) (1u << WEIR_CONTRACT_##name)
#define FIXED (KIND(LICENCE) | KIND(SECONDARY_LICENCE) | KIND(LEASEBACK) | KIND(LOAN))
#define LICENCES (KIND(LICENCE) | KIND(SECONDARY_LICENCE) | KIND(ROYALTY))
#define ROYALTY KIND(ROYALTY)
#define RECEIVABLE KIND(RECEIVABLE)
#define ALL (FIXED | ROYALTY | RECEIVABLE)
#define NONE 0

/* X(identifier, name, reader, choices, member, kinds that may have it, kinds that must have it) */
#define CONTRACT_FIELDS(X) \
	X(ID, "id", weir_read_code, NULL, contract.id, ALL, NONE) \
	X(KIND, "kind", weir_read_choice, weir_words_contract_kind, contract.kind, ALL, NONE) \
	X(OBLIGOR, "obligor", read_obligor, NULL, contract.obligor, ALL, NONE) \
	X(OBLIGOR_EN, "obligor-en", weir_read_shared_text, NULL, obligor_en, ALL, NONE) \
	X(OBLIGOR_ZH, "obligor-zh", weir_read_shared_text, NULL, obligor_zh, ALL, NONE) \
	X(INDUSTRY, "industry", weir_read_shared_text, NULL, industry, ALL, NONE) \
	X(REGION, "region", weir_read_shared_text, NULL, region, ALL, NONE) \
	X(AMOUNT, "amount", weir_read_amount, NULL, contract.amount_cents, FIXED, FIXED) \
	X(FACE, "face", weir_read_amount, NULL, contract.face_cents, RECEIVABLE, RECEIVABLE) \
	X(DISCOUNT, "discount", weir_read_rate, NULL, contract.discount_rate, RECEIVABLE, RECEIVABLE) \
	X(DISCOUNT_YEARS, "discount-years", weir_read_decimal, NULL, contract.discount_years, RECEIVABLE, NONE) \
	X(RATE, "rate", weir_read_rate, NULL, contract.rate_annual, FIXED, NONE) \
	X(INDEX, "index", weir_read_index, NULL, contract.index, FIXED, NONE) \
	X(REPAYMENT, "repayment", weir_read_choice, repayments, contract.amortisation, FIXED, FIXED) \
	X(INTEREST_BASIS, "interest-basis", weir_read_choice, interest_bases, contract.basis, FIXED, NONE) \
	X(DAY_COUNT, "day-count", weir_read_day_count, NULL, contract.day_count, FIXED, NONE) \
	X(START, "start", weir_read_date, NULL, contract.start, FIXED, NONE) \
	X(FIRST_DUE, "first-due", weir_read_date, NULL, contract.first_due, ALL, ROYALTY | RECEIVABLE) \
	X(EVERY, "every", weir_read_months, NULL, contract.every_months, ALL, ROYALTY) \
	X(INSTALMENTS, "instalments", weir_read_count, NULL, contract.count, ALL, ROYALTY) \
	X(INTEREST_ONLY, "interest-only", weir_read_whole, NULL, contract.interest_only_count, FIXED, NONE) \
	X(END, "end", weir_read_date, NULL, contract.end, ALL, NONE) \
	X(DEPOSIT, "deposit", weir_read_amount, NULL, contract.deposit_cents, ALL, NONE) \
	X(UPFRONT, "upfront", weir_read_amount, NULL, contract.upfront_cents, KIND(SECONDARY_LICENCE), NONE) \
	X(UPFRONT_DATE, "upfront-date", weir_read_date, NULL, contract.upfront_date, KIND(SECONDARY_LICENCE), NONE) \
	X(SALES_FIRST_YEAR, "sales-first-year", weir_read_amount, NULL, royalty.sales_first_year_cents, ROYALTY, NONE) \
	X(ROYALTY_FIRST_YEAR, "royalty-first-year", weir_read_amount, NULL, royalty.royalty_first_year_cents, ROYALTY, \
	  NONE) \
	X(ROYALTY_RATE, "royalty-rate", weir_read_rate, NULL, royalty.rate, ROYALTY, NONE) \
	X(GROWTH, "growth", weir_read_rate, NULL, royalty.growth_annual, ROYALTY, NONE) \
	X(MINIMUM, "minimum", weir_read_amount, NULL, royalty.minimum_annual_cents, ROYALTY, NONE) \
	X(CAP, "cap", weir_read_amount, NULL, royalty.cap_annual_cents, ROYALTY, NONE) \
	X(PRINCIPAL_SHARE, "principal-share", weir_read_share, NULL, royalty.principal_share, ROYALTY, ROYALTY) \
	X(LAG_MONTHS, "lag-months", weir_read_whole, NULL, royalty.lag_months, ROYALTY, NONE) \
	X(IP, "ip", read_ip, NULL, contract, ALL, NONE) \
	X(GUARANTOR, "guarantor", read_guarantor, NULL, guarantor, ALL, NONE) \
	X(GUARANTEE, "guarantee", weir_read_shared_text, NULL, contract.guarantee, ALL, NONE) \
	X(GRADE, "grade", weir_read_shared_text, NULL, contract.grade, ALL, NONE) \
	X(PD_ANNUAL, "pd-annual", weir_read_share, NULL, contract.pd_annual, ALL, NONE) \
	X(LGD, "lgd", weir_read_share, NULL, contract.lgd, ALL, NONE) \
	X(THROUGH, "through", weir_read_trust, NULL, contract.through, ALL, NONE) \
	X(CURRENCY, "currency", weir_read_currency, NULL, contract.currency, ALL, NONE) \
	X(TERRITORY, "territory", weir_read_shared_text, NULL, contract.territory, LICENCES, NONE) \
	X(EXCLUSIVITY, "exclusivity", read_exclusivity, NULL, contract.exclusivity, LICENCES, NONE) \
	X(SIGNED, "signed", weir_read_date, NULL, contract.signed_on, ALL, NONE) \
	X(TERMINATION_EN, "termination-en", weir_read_shared_text, NULL, contract.termination_en, ALL, NONE) \
	X(TERMINATION_ZH, "termination-zh", weir_read_shared_text, NULL, contract.termination_zh, ALL, NONE) \
	X(EN, "en", weir_read_shared_text, NULL, contract.en, ALL, NONE) \
	X(ZH, "zh", weir_read_shared_text, NULL, contract.zh, ALL, NONE) \
	X(CLAUSE, "clause", weir_read_shared_text, NULL, contract.clause, ALL, NONE) \
	X(NOTE, "note", weir_read_shared_text, NULL, contract.note, ALL, NONE) \
	X(NOTE_ZH, "note-zh", weir_read_shared_text, NULL, contract.note_zh, ALL, NONE)

enum {
#define AS_ENUM(identifier, name, reader, choices, member, may, must) FIELD_##identifier,
	CONTRACT_FIELDS(AS_ENUM)
#undef AS_ENUM
};

const weir_field weir_contract_fields[] = {
#define AS_FIELD(identifier, name, reader, choices, member, may, must)                                          \
	{ name, reader, offsetof(weir_contract_draft, member), choices },
	CONTRACT_FIELDS(AS_FIELD)
#undef AS_FIELD
	WEIR_FIELD_END
};

/* What the kinds of contracts may and must have, in the order of the fields. */
static const struct {
	unsigned may, must;
} contract_rules[] = {
#define AS_RULE(identifier, name, reader, choices, member, may, must) { may, must },
	CONTRACT_FIELDS(AS_RULE)
#undef AS_RULE
};

const weir_seen weir_contract_required = 0x7; /* id, kind, obligor */

void weir_contract_draft_begin(weir_contract_draft *draft, weir_place place)
{
	*draft = (weir_contract_draft){ .contract = { .place = place,
		                                      .obligor = -1,
		                                      .royalty = -1,
		                                      .guarantor = -1,
		                                      .through = -1,
		                                      .index = -1,
		                                      .kind = (weir_contract_kind)-1,
		                                      .discount_years = NAN,
		                                      .upfront_cents = NAN,
		                                      .upfront_date = WEIR_DATE_NONE,
		                                      .signed_on = WEIR_DATE_NONE,
		                                      .first_due = WEIR_DATE_NONE,
		                                      .start = WEIR_DATE_NONE,
		                                      .end = WEIR_DATE_NONE,
		                                      .day_count = WEIR_DAY_COUNT_COUNT,
		                                      .pd_annual = NAN,
		                                      .lgd = NAN },
		                        .royalty = { .sales_first_year_cents = NAN,
		                                     .royalty_first_year_cents = NAN,
		                                     .cap_annual_cents = INFINITY } };
}

static void complain_about_lack(weir_loader *loader, const weir_contract *contract, const char *name)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	const char *id = contract->id ? contract->id : "";
	weir_diag_error(loader->diags, MISSING_ATTRIBUTE, contract->place, "the %s \"%s\" lacks its %s; give it",
	                weir_contract_kind_text(contract->kind), weir_excerpt(excerpt, id, strlen(id)), name);
}

static int seen(weir_seen mask, int field)
{
	return (int)(mask >> field & 1);
}

/* Whether a contract of fixed payments lacks the schedule that its repayment needs. */
static void check_fixed(weir_loader *loader, const weir_contract *contract, weir_seen mask, int explicit_rows)
{
	if (!seen(mask, FIELD_RATE) && !seen(mask, FIELD_INDEX) && contract->amortisation != WEIR_AMORTISE_EXPLICIT)
		complain_about_lack(loader, contract, "rate");
	if (contract->basis == WEIR_BASIS_DAYS && !seen(mask, FIELD_START))
		complain_about_lack(loader, contract, "start");
	if (contract->amortisation == WEIR_AMORTISE_EXPLICIT) {
		if (explicit_rows == 0)
			complain_about_lack(loader, contract, "<instalment> rows");
		return;
	}
	if (!seen(mask, FIELD_FIRST_DUE))
		complain_about_lack(loader, contract, "first-due");
	if (!seen(mask, FIELD_INSTALMENTS))
		complain_about_lack(loader, contract, "instalments");
	/* a single payment needs "every" too where its interest is that of one period */
	if (!seen(mask, FIELD_EVERY) && (contract->count > 1 || contract->basis == WEIR_BASIS_PERIODIC))
		complain_about_lack(loader, contract, "every");
	if (explicit_rows)
		weir_diag_error(
			loader->diags, CONTRACT_TERMS, contract->place,
			"contract \"%s\" lists instalments but repays otherwise; say repayment=\"explicit\" or remove "
			"them",
			contract->id ? contract->id : "");
	if (contract->amortisation != WEIR_AMORTISE_INTEREST_ONLY && contract->interest_only_count)
		weir_diag_error(loader->diags, CONTRACT_TERMS, contract->place,
		                "contract \"%s\" has interest-only instalments; say repayment=\"interest-only\"",
		                contract->id ? contract->id : "");
}

static void check_royalty(weir_loader *loader, const weir_contract *contract, weir_seen mask, int tiers)
{
	int sales = seen(mask, FIELD_SALES_FIRST_YEAR), royalty = seen(mask, FIELD_ROYALTY_FIRST_YEAR);
	if (!sales && !royalty)
		complain_about_lack(loader, contract, "sales-first-year or royalty-first-year");
	if (sales && royalty)
		weir_diag_error(loader->diags, CONTRACT_TERMS, contract->place,
		                "the royalty \"%s\" gives both sales and a first-year royalty; give one",
		                contract->id ? contract->id : "");
	if (sales && !seen(mask, FIELD_ROYALTY_RATE) && tiers == 0)
		complain_about_lack(loader, contract, "royalty-rate");
}

int weir_contract_terms_fit(weir_loader *loader, const weir_contract_draft *draft, weir_seen mask, int explicit_rows,
                            int tiers)
{
	const weir_contract *contract = &draft->contract;
	size_t errors = loader->diags->errors;
	if ((int)contract->kind < 0)
		return 0; /* complained about where it was read */
	for (size_t i = 0; i < sizeof contract_rules / sizeof *contract_rules; i++) {
		unsigned kind = 1u << contract->kind;
		if (mask >> i & 1 && !(contract_rules[i].may & kind))
			weir_diag_error(loader->diags, CONTRACT_TERMS, contract->place,
			                "contract \"%s\" is a %s, which has no %s; remove it or correct the kind",
			                contract->id ? contract->id : "", weir_contract_kind_text(contract->kind),
			                weir_contract_fields[i].name);
		if (!(mask >> i & 1) && contract_rules[i].must & kind)
			complain_about_lack(loader, contract, weir_contract_fields[i].name);
	}
	if (FIXED >> contract->kind & 1)
		check_fixed(loader, contract, mask, explicit_rows);
	if (contract->kind == WEIR_CONTRACT_ROYALTY)
		check_royalty(loader, contract, mask, tiers);
	return loader->diags->errors == errors;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static const weir_choice row_uses[] = {
	{ "instalment", WEIR_ROW_INSTALMENT }, { "tier", WEIR_ROW_TIER },     { "milestone", WEIR_ROW_MILESTONE },
	{ "growth", WEIR_ROW_GROWTH },         { "season", WEIR_ROW_SEASON }, { "step-down", WEIR_ROW_STEP_DOWN },
	{ NULL, 0 }
};

const weir_field weir_row_fields[] = {
	{ "contract", read_row_owner, 0, NULL },
	WEIR_FIELD_OF(weir_row_draft, use, "row", weir_read_choice, row_uses),
	WEIR_FIELD(weir_row_draft, date, "date", weir_read_date),
	WEIR_FIELD(weir_row_draft, date, "from", weir_read_date), /* of a step-down */
	WEIR_FIELD(weir_row_draft, principal, "principal", weir_read_amount),
	WEIR_FIELD(weir_row_draft, income, "income", weir_read_amount),
	WEIR_FIELD(weir_row_draft, amount, "amount", weir_read_amount),
	WEIR_FIELD(weir_row_draft, up_to, "up-to", weir_read_amount),
	WEIR_FIELD(weir_row_draft, rate, "rate", weir_read_rate),
	WEIR_FIELD(weir_row_draft, factor, "factor", weir_read_share),
	WEIR_FIELD(weir_row_draft, share, "share", weir_read_share),
	WEIR_FIELD_END
};
const weir_seen weir_row_required = 0x1; /* contract */

void weir_row_draft_begin(weir_row_draft *draft)
{
	*draft = (weir_row_draft){ .use = WEIR_ROW_INSTALMENT, .date = WEIR_DATE_NONE, .principal = NAN, .income = NAN,
		                   .amount = NAN, .up_to = NAN, .rate = NAN, .factor = NAN, .share = NAN };
}

int weir_row_from_draft(weir_contract_row *row, weir_loader *loader, const weir_row_draft *draft, weir_place place)
{
	int dated = draft->use == WEIR_ROW_INSTALMENT || draft->use == WEIR_ROW_MILESTONE ||
	            draft->use == WEIR_ROW_STEP_DOWN;
	const double values[] = { [WEIR_ROW_INSTALMENT] = draft->principal, [WEIR_ROW_TIER] = draft->rate,
		                  [WEIR_ROW_MILESTONE] = draft->amount, [WEIR_ROW_GROWTH] = draft->factor,
		                  [WEIR_ROW_SEASON] = draft->share, [WEIR_ROW_STEP_DOWN] = draft->factor };
	static const char *const names[] = { "principal", "rate", "amount", "factor", "share", "factor" };
	if (isnan(values[draft->use]) || (dated && draft->date == WEIR_DATE_NONE)) {
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, place, "the %s lacks its %s; give it",
		                row_uses[draft->use].text,
		                isnan(values[draft->use]) ? names[draft->use] : "date");
		return 0;
	}
	*row = (weir_contract_row){ .use = (enum weir_row_use)draft->use, .date = draft->date, .place = place,
		                    .a = values[draft->use], .b = NAN };
	if (draft->use == WEIR_ROW_INSTALMENT)
		row->b = draft->income;
	if (draft->use == WEIR_ROW_TIER) {
		row->a = isnan(draft->up_to) ? INFINITY : draft->up_to;
		row->b = draft->rate;
	}
	return 1;
}

/* --- IP items --------------------------------------------------------------------------------------------------- */

static const weir_choice ip_statuses[] = { { "valid", WEIR_IP_VALID }, { "lapsed", WEIR_IP_LAPSED },
	                                   { "invalidated", WEIR_IP_INVALIDATED }, { "pending", WEIR_IP_PENDING },
	                                   { NULL, 0 } };

const weir_field weir_ip_fields[] = {
	WEIR_FIELD(weir_ip, id, "id", weir_read_code),
	WEIR_FIELD_OF(weir_ip, kind, "kind", weir_read_choice, weir_words_ip_kind),
	WEIR_FIELD_OF(weir_ip, status, "status", weir_read_choice, ip_statuses),
	WEIR_FIELD(weir_ip, number, "number", weir_read_text),
	WEIR_FIELD(weir_ip, title_en, "title-en", weir_read_text),
	WEIR_FIELD(weir_ip, title_zh, "title-zh", weir_read_text),
	WEIR_FIELD(weir_ip, holder, "holder", weir_read_shared_text),
	WEIR_FIELD(weir_ip, filed, "filed", weir_read_date),
	WEIR_FIELD(weir_ip, granted, "granted", weir_read_date),
	WEIR_FIELD(weir_ip, expires, "expires", weir_read_date),
	WEIR_FIELD(weir_ip, annuity_paid_to, "annuity-paid-to", weir_read_date),
	WEIR_FIELD(weir_ip, valuation_cents, "valuation", weir_read_amount),
	WEIR_FIELD(weir_ip, valuation_date, "valuation-date", weir_read_date),
	WEIR_FIELD(weir_ip, valuation_method, "valuation-method", weir_read_shared_text),
	WEIR_FIELD(weir_ip, pledge_number, "pledge-number", weir_read_text),
	WEIR_FIELD(weir_ip, pledge_date, "pledge-date", weir_read_date),
	WEIR_FIELD(weir_ip, recordal_number, "recordal-number", weir_read_text),
	WEIR_FIELD(weir_ip, disputed, "disputed", weir_read_yes_no),
	WEIR_FIELD(weir_ip, claims, "claims", weir_read_count),
	WEIR_FIELD(weir_ip, family, "family", weir_read_shared_text),
	WEIR_FIELD(weir_ip, identity, "identity", weir_read_hash),
	WEIR_FIELD(weir_ip, note, "note", weir_read_shared_text),
	WEIR_FIELD(weir_ip, note_zh, "note-zh", weir_read_shared_text),
	WEIR_FIELD_END
};
const weir_seen weir_ip_required = 0x3; /* id, kind */
