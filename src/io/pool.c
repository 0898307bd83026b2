/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/pool.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"
#include "io/place_names_csv.h"

#define INLINE_COMPLAINTS_MAX 200

/* --- files ------------------------------------------------------------------------------------------------------ */

static int is_named(const xmlNode *element, const char *name)
{
	return strcmp((const char *)element->name, name) == 0;
}

/* Opens the file of an element's href; *source is 0 when there is none or it cannot be read. */
static weir_status open_href(uint32_t *source, weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	const xmlAttr *a = weir_xml_attribute(element, "href");
	xmlChar *owned;
	*source = 0;
	if (!a)
		return WEIR_OK;
	const char *href = weir_xml_value(a, &owned);
	weir_status status = WEIR_NO_MEMORY;
	if (href && *href)
		status = weir_loader_open(source, loader, href, WEIR_TAPE_BYTES_MAX, weir_xml_value_place(xml, a));
	else if (href)
		status = WEIR_OK; /* the schema says so */
	xmlFree(owned);
	return status;
}

/* --- IP items --------------------------------------------------------------------------------------------------- */

typedef struct ip_reading {
	weir_loader *loader;
	weir_ip ip;
} ip_reading;

static void begin_ip(void *context, weir_place record)
{
	((ip_reading *)context)->ip = (weir_ip){ .place = record, .filed = WEIR_DATE_NONE, .granted = WEIR_DATE_NONE,
		                                 .expires = WEIR_DATE_NONE, .annuity_paid_to = WEIR_DATE_NONE,
		                                 .valuation_cents = NAN, .valuation_date = WEIR_DATE_NONE,
		                                 .pledge_date = WEIR_DATE_NONE };
}

static weir_status end_ip(void *context, weir_seen seen, weir_place record, int good)
{
	ip_reading *r = context;
	weir_loader *l = r->loader;
	(void)seen;
	if (!r->ip.id) {
		l->ip_lost = 1;
		return WEIR_OK;
	}
	if (!WEIR_GROW(l->pool_ip, l->ip_count, l->ip_capacity))
		return WEIR_NO_MEMORY;
	weir_status status = weir_names_put(&l->ip, r->ip.id, strlen(r->ip.id), (int)l->ip_count);
	if (status == WEIR_NO) {
		int old = weir_names_find(&l->ip, r->ip.id, strlen(r->ip.id));
		return weir_loader_duplicate(l, "IP item", r->ip.id, record, "IP item", l->pool_ip[old].place);
	}
	if (status == WEIR_OK && good)
		status = weir_ip_derive_expiry(l, &r->ip);
	if (status == WEIR_OK)
		l->pool_ip[l->ip_count++] = r->ip;
	return status;
}

static weir_status load_ip(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	ip_reading reading = { .loader = loader };
	weir_table table = { "IP register", weir_ip_fields, weir_ip_required, &reading.ip, begin_ip, end_ip, &reading,
		             &loader->ip_lost };
	uint32_t source;
	weir_status status;
	WEIR_TRY(open_href(&source, loader, xml, element));
	if (source)
		WEIR_TRY(weir_table_read(loader, source, &table));
	else if (weir_xml_attribute(element, "href"))
		loader->ip_lost = 1;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n)) {
		if (!is_named(n, "item"))
			continue;
		size_t errors = loader->diags->errors;
		begin_ip(&reading, weir_xml_place(xml, n));
		WEIR_TRY(weir_fields_from_element(loader, xml, n, weir_ip_fields, &reading.ip, NULL));
		WEIR_TRY(end_ip(&reading, 0, reading.ip.place, loader->diags->errors == errors));
	}
	status = WEIR_OK;
out:
	return status;
}

/* --- trusts ----------------------------------------------------------------------------------------------------- */

static const weir_field trust_fields[] = {
	WEIR_FIELD(weir_trust, id, "id", weir_read_name),
	WEIR_FIELD(weir_trust, en, "en", weir_read_text),
	WEIR_FIELD(weir_trust, zh, "zh", weir_read_text),
	WEIR_FIELD(weir_trust, clause, "clause", weir_read_text),
	WEIR_FIELD(weir_trust, trustee, "trustee", weir_read_party),
	WEIR_FIELD(weir_trust, lag_days, "lag-days", weir_read_whole),
	WEIR_FIELD(weir_trust, expense_rate, "expense-rate", weir_read_share),
	WEIR_FIELD_END
};

static weir_status load_trust(weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	weir_pool_terms *pool = &loader->deal->pool;
	weir_trust *trust = &pool->trusts[pool->trust_count];
	weir_status status;
	*trust = (weir_trust){ .place = weir_xml_place(xml, element), .trustee = -1 };
	WEIR_TRY(weir_fields_from_element(loader, xml, element, trust_fields, trust, NULL));
	if (!trust->id)
		return WEIR_OK;
	WEIR_TRY(weir_loader_take_id(loader, "trust", &(weir_node){ .id = trust->id },
	                             weir_xml_id_place(xml, element)));
	status = weir_names_put(&loader->trusts, trust->id, strlen(trust->id), pool->trust_count);
	if (status == WEIR_NO) /* a duplicate: complained about as an id */
		return WEIR_OK;
	pool->trust_count += status == WEIR_OK;
out:
	return status;
}

/* --- contracts -------------------------------------------------------------------------------------------------- */

typedef struct contract_reading {
	weir_loader *loader;
	weir_contract_draft draft;
	size_t row_first; /* of the contract, in the loader's rows */
	weir_place id_place;
} contract_reading;

static void begin_contract(void *context, weir_place record)
{
	contract_reading *r = context;
	weir_contract_draft_begin(&r->draft, record);
	for (int k = 0; k < r->loader->extra_columns; k++)
		r->draft.extra[k] = (weir_tape_value){ .number = NAN, .date = WEIR_DATE_NONE, .flag = -1 };
	r->row_first = r->loader->row_count;
	r->id_place = record;
}

/* One name of an obligor from a contract: kept, or compared with what was said before. */
static void merge_name(weir_loader *loader, const weir_obligor *obligor, const char **known, const char *given,
                       const char *what, weir_place place)
{
	char a[WEIR_EXCERPT_BYTES], b[WEIR_EXCERPT_BYTES];
	if (!given || *known == given)
		return;
	if (!*known)
		*known = given;
	else if (strcmp(*known, given) != 0)
		weir_diag_error(loader->diags, CONTRACT_TERMS, place,
		                "obligor \"%s\" has the %s \"%s\" here and \"%s\" before; make them agree", obligor->id,
		                what, weir_excerpt(a, given, strlen(given)), weir_excerpt(b, *known, strlen(*known)));
}

static void merge_obligor(weir_loader *loader, const weir_contract_draft *draft)
{
	if (draft->contract.obligor < 0)
		return;
	weir_obligor *o = &loader->pool_obligors[draft->contract.obligor];
	weir_place place = draft->contract.place;
	merge_name(loader, o, &o->en, draft->obligor_en, "English name", place);
	merge_name(loader, o, &o->zh, draft->obligor_zh, "Chinese name", place);
	merge_name(loader, o, &o->industry, draft->industry, "industry", place);
	merge_name(loader, o, &o->region, draft->region, "region", place);
}

static weir_status add_row(weir_loader *loader, const weir_contract_row *row)
{
	if (!WEIR_GROW(loader->pool_rows, loader->row_count, loader->row_capacity))
		return WEIR_NO_MEMORY;
	loader->pool_rows[loader->row_count++] = *row;
	return WEIR_OK;
}

/* Rows of the contract from files, behind the inline ones. */
static weir_status add_rows_from_files(weir_loader *loader, const char *id)
{
	weir_row_files *files = loader->row_files;
	int owner = id ? weir_names_find(&files->owners, id, strlen(id)) : -1;
	if (owner < 0)
		return WEIR_OK;
	struct weir_row_owner *o = &files->owner_items[owner];
	o->used = 1;
	for (size_t i = 0; i < o->count; i++) {
		weir_status status = add_row(loader, &files->rows[o->first + i].row);
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

/* Sorts the rows of one contract by use, keeping the order in which they were given: they are few. */
static void sort_rows(weir_contract_row *rows, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && rows[j - 1].use > rows[j].use; j--) {
			weir_contract_row swap = rows[j];
			rows[j] = rows[j - 1];
			rows[j - 1] = swap;
		}
}

static int count_rows(const weir_contract_row *rows, size_t count, enum weir_row_use use)
{
	int found = 0;
	for (size_t i = 0; i < count; i++)
		found += rows[i].use == use;
	return found;
}

/* Fills what follows from other terms. */
static void complete(weir_loader *loader, weir_contract *contract, int explicit_rows)
{
	if (contract->day_count == WEIR_DAY_COUNT_COUNT)
		contract->day_count = loader->deal->day_count;
	if (contract->kind == WEIR_CONTRACT_RECEIVABLE && contract->count == 0)
		contract->count = 1;
	if (contract->kind != WEIR_CONTRACT_ROYALTY && contract->amortisation == WEIR_AMORTISE_EXPLICIT)
		contract->count = explicit_rows;
}

static weir_status keep_contract(weir_loader *l, contract_reading *r)
{
	weir_contract *contract = &r->draft.contract;
	if (!WEIR_GROW(l->pool_contracts, l->contract_count, l->contract_capacity) ||
	    !WEIR_GROW(l->pool_royalties, l->royalty_count, l->royalty_capacity) ||
	    !WEIR_GROW(l->pending, l->pending_count, l->pending_capacity))
		return WEIR_NO_MEMORY;
	weir_status status = weir_names_put(&l->contracts, contract->id, strlen(contract->id), (int)l->contract_count);
	if (status == WEIR_NO) {
		int old = weir_names_find(&l->contracts, contract->id, strlen(contract->id));
		return weir_loader_duplicate(l, "contract", contract->id, r->id_place, "contract",
		                             l->pool_contracts[old].place);
	}
	if (status != WEIR_OK)
		return status;
	if (contract->kind == WEIR_CONTRACT_ROYALTY) {
		contract->royalty = (int)l->royalty_count;
		l->pool_royalties[l->royalty_count++] = r->draft.royalty;
	}
	if (r->draft.guarantor.id) {
		r->draft.guarantor.contract = (int)l->contract_count;
		l->pending[l->pending_count++] = r->draft.guarantor;
	}
	for (int k = 0; k < l->extra_columns; k++) {
		if (!WEIR_GROW(l->pool_extras, l->extra_count, l->extra_capacity))
			return WEIR_NO_MEMORY;
		l->pool_extras[l->extra_count++] = r->draft.extra[k];
	}
	l->pool_contracts[l->contract_count++] = *contract;
	return WEIR_OK;
}

static weir_status end_contract(void *context, weir_seen seen, weir_place record, int good)
{
	contract_reading *r = context;
	weir_loader *l = r->loader;
	weir_contract *contract = &r->draft.contract;
	(void)record;
	weir_status status = add_rows_from_files(l, contract->id);
	if (status != WEIR_OK)
		return status;
	size_t rows = l->row_count - r->row_first;
	weir_contract_row *first = rows ? l->pool_rows + r->row_first : NULL;
	sort_rows(first, rows);
	int explicit_rows = count_rows(first, rows, WEIR_ROW_INSTALMENT);
	int fits = weir_contract_terms_fit(l, &r->draft, seen, explicit_rows, count_rows(first, rows, WEIR_ROW_TIER));
	contract->incomplete = !good || !fits;
	merge_obligor(l, &r->draft);
	complete(l, contract, explicit_rows);
	contract->row_first = (int)r->row_first;
	contract->row_count = (int)rows;
	/* a contract that could not be read well is kept as far as it goes, so that later faults show as well */
	if (contract->id && contract->obligor >= 0 && (int)contract->kind >= 0)
		return keep_contract(l, r);
	l->contracts_lost = 1;
	return WEIR_OK;
}

static weir_status load_rows(contract_reading *r, const weir_xml *xml, const xmlNode *contract)
{
	static const char *const names[] = { "instalment", "tier", "milestone", "growth", "season", "step-down" };
	weir_loader *l = r->loader;
	for (const xmlNode *n = weir_xml_first(contract); n; n = weir_xml_next(n)) {
		weir_row_draft draft;
		weir_contract_row row;
		size_t errors = l->diags->errors;
		weir_seen seen = 0;
		weir_row_draft_begin(&draft);
		for (draft.use = 0; draft.use < 6 && !is_named(n, names[draft.use]);)
			draft.use++;
		if (draft.use == 6)
			continue;
		weir_status status = weir_fields_from_element(l, xml, n, weir_row_fields, &draft, &seen);
		if (status != WEIR_OK)
			return status;
		/* what the schema found missing is not said again */
		weir_diags sink = { 0 }, *listed = l->diags;
		l->diags = &sink;
		int whole = weir_row_from_draft(&row, l, &draft, weir_xml_place(xml, n));
		l->diags = listed;
		weir_diags_free(&sink);
		status = whole && listed->errors == errors ? add_row(l, &row) : WEIR_OK;
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

static weir_status load_contract(contract_reading *r, const weir_xml *xml, const xmlNode *element)
{
	weir_seen seen = 0;
	size_t errors = r->loader->diags->errors;
	weir_status status;
	begin_contract(r, weir_xml_place(xml, element));
	r->id_place = weir_xml_id_place(xml, element);
	WEIR_TRY(weir_fields_from_element(r->loader, xml, element, weir_contract_fields, &r->draft, &seen));
	WEIR_TRY(load_rows(r, xml, element));
	status = end_contract(r, seen, r->draft.contract.place, r->loader->diags->errors == errors);
out:
	return status;
}

/* --- the end: references, and arrays into the arena ------------------------------------------------------------- */

/* The obligor-table number of a party, which is added when no contract named it. */
static weir_status obligor_of_party(int *number, weir_loader *l, int party)
{
	const weir_node *node = &l->deal->parties[party].node;
	*number = weir_names_find(&l->obligors, node->id, strlen(node->id));
	if (*number >= 0)
		return WEIR_OK;
	if (!WEIR_GROW(l->pool_obligors, l->obligor_count, l->obligor_capacity))
		return WEIR_NO_MEMORY;
	*number = (int)l->obligor_count;
	l->pool_obligors[l->obligor_count++] = (weir_obligor){ .id = node->id, .place = node->place, .party = party };
	return weir_names_put(&l->obligors, node->id, strlen(node->id), *number);
}

static weir_status resolve_guarantors(weir_loader *l)
{
	for (size_t i = 0; i < l->pending_count; i++) {
		const weir_pending *p = &l->pending[i];
		int *guarantor = &l->pool_contracts[p->contract].guarantor;
		size_t length = strlen(p->id);
		int party = weir_names_find(&l->parties, p->id, length);
		weir_status status = WEIR_OK;
		if (party >= 0)
			status = obligor_of_party(guarantor, l, party);
		else
			*guarantor = weir_names_find(&l->obligors, p->id, length);
		if (status != WEIR_OK)
			return status;
		if (*guarantor < 0)
			weir_complain_unknown(l, "party or obligor", &l->parties, p->id, length, p->place);
	}
	return WEIR_OK;
}

/* Obligors get the names of their party; one that a deal file names without saying who it is must be a party. */
static void complete_obligors(weir_loader *l, uint32_t deal_source)
{
	for (size_t i = 0; i < l->obligor_count; i++) {
		weir_obligor *o = &l->pool_obligors[i];
		if (o->party >= 0) {
			const weir_party *party = &l->deal->parties[o->party];
			o->en = o->en ? o->en : party->node.en;
			o->zh = o->zh ? o->zh : party->node.zh;
			o->industry = o->industry ? o->industry : party->industry;
			o->region = o->region ? o->region : party->region;
		} else if (!o->en && !o->zh && o->place.source == deal_source) {
			weir_diag_error(
				l->diags, UNKNOWN_ID, o->place,
				"obligor \"%s\" is no party and has no name; add obligor-en or obligor-zh, or a <party>",
				o->id);
		}
	}
}

static void complain_about_unused_rows(weir_loader *l)
{
	const weir_row_files *files = l->row_files;
	for (size_t i = 0; i < files->owners.slot_count; i++) {
		if (!files->owners.slots[i].item)
			continue;
		const struct weir_names_item *owner = &files->owners.items[files->owners.slots[i].item - 1];
		if (!files->owner_items[owner->number].used)
			weir_complain_unknown(l, "contract", &l->contracts, owner->name, owner->length,
			                      files->owner_items[owner->number].place);
	}
}

/* Hands a growing array, cut to its length, to the arena: a pool of a million contracts is not copied. */
static weir_status into_arena(weir_loader *l, void *to, int *count_out, void **from, size_t count, size_t size)
{
	void *cut = weir_realloc(*from, count * size);
	if (!cut)
		return WEIR_NO_MEMORY;
	*from = cut;
	weir_status status = weir_arena_adopt(l->arena, cut);
	if (status != WEIR_OK)
		return status;
	memcpy(to, &cut, sizeof cut);
	*count_out = (int)count;
	*from = NULL;
	return WEIR_OK;
}

#define INTO_ARENA(member, member_count, array, array_count) \
	WEIR_TRY(into_arena(l, &pool->member, &pool->member_count, (void **)&l->array, l->array_count, \
	                    sizeof *l->array))

static weir_status move_into_arena(weir_loader *l)
{
	weir_pool_terms *pool = &l->deal->pool;
	weir_status status;
	INTO_ARENA(contracts, contract_count, pool_contracts, contract_count);
	INTO_ARENA(obligors, obligor_count, pool_obligors, obligor_count);
	INTO_ARENA(royalties, royalty_count, pool_royalties, royalty_count);
	INTO_ARENA(rows, row_count, pool_rows, row_count);
	INTO_ARENA(ip, ip_count, pool_ip, ip_count);
	INTO_ARENA(contract_ip, contract_ip_count, pool_contract_ip, contract_ip_count);
out:
	return status;
}

/* --- the pool --------------------------------------------------------------------------------------------------- */

/* What contracts refer to comes first, wherever it stands in the file. */
static weir_status load_references(weir_loader *loader, const weir_xml *xml, const xmlNode *pool)
{
	weir_status status = WEIR_OK;
	size_t trusts = 0;
	for (const xmlNode *n = weir_xml_first(pool); n; n = weir_xml_next(n))
		trusts += is_named(n, "trust");
	loader->deal->pool.trusts = weir_arena_array(loader->arena, trusts + 1, sizeof(weir_trust));
	if (!loader->deal->pool.trusts)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(pool); n && status == WEIR_OK; n = weir_xml_next(n)) {
		uint32_t source = 0;
		if (is_named(n, "trust"))
			status = load_trust(loader, xml, n);
		else if (is_named(n, "ip"))
			status = load_ip(loader, xml, n);
		else if (is_named(n, "schedule"))
			status = open_href(&source, loader, xml, n);
		if (status == WEIR_OK && source)
			status = weir_row_files_read(loader, source);
	}
	return status == WEIR_OK ? weir_row_files_sort(loader->row_files) : status;
}

static weir_status load_contracts(weir_loader *loader, const weir_xml *xml, const xmlNode *pool, uint32_t tape)
{
	contract_reading reading = { .loader = loader };
	const weir_field *fields = loader->tape_fields ? loader->tape_fields : weir_contract_fields;
	weir_table table = { "tape", fields, weir_contract_required, &reading.draft, begin_contract,
		             end_contract, &reading, &loader->contracts_lost };
	size_t limit = loader->diags->errors + INLINE_COMPLAINTS_MAX;
	weir_status status = WEIR_OK;
	for (const xmlNode *n = weir_xml_first(pool); n && status == WEIR_OK; n = weir_xml_next(n)) {
		uint32_t source = 0;
		if (is_named(n, "contract") && loader->diags->errors < limit)
			status = load_contract(&reading, xml, n);
		else if (is_named(n, "tape"))
			status = open_href(&source, loader, xml, n);
		if (status == WEIR_OK && source)
			status = weir_table_read(loader, source, &table);
		else if (is_named(n, "tape"))
			loader->contracts_lost = 1;
	}
	return status == WEIR_OK && tape ? weir_table_read(loader, tape, &table) : status;
}

weir_status weir_pool_load(weir_loader *loader, const weir_xml *xml, const xmlNode *pool)
{
	return weir_pool_load_with(loader, xml, pool, 0);
}

weir_status weir_pool_load_with(weir_loader *loader, const weir_xml *xml, const xmlNode *pool, uint32_t tape)
{
	weir_row_files files = { 0 };
	weir_status status;
	loader->row_files = &files;
	loader->deal->pool.place = weir_xml_place(xml, pool);
	WEIR_TRY(load_references(loader, xml, pool));
	WEIR_TRY(load_contracts(loader, xml, pool, tape));
	if (loader->contract_count > INT_MAX || loader->row_count > INT_MAX || loader->contract_ip_count > INT_MAX) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	if (loader->contract_count == 0 && loader->diags->errors == 0 && !tape)
		weir_diag_error(loader->diags, MISSING_ELEMENT, loader->deal->pool.place,
		                "the pool has no contracts; add <contract> or <tape href=\"tape.csv\"/>");
	WEIR_TRY(resolve_guarantors(loader));
	complete_obligors(loader, xml->source);
	WEIR_TRY(weir_place_names_load(loader));
	if (!loader->contracts_lost)
		complain_about_unused_rows(loader);
	WEIR_TRY(move_into_arena(loader));
out:
	weir_row_files_free(&files);
	loader->row_files = NULL;
	return status;
}
