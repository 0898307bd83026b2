/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "io/deal_int.h"
#include "io/file.h"
#include "io/load.h"
#include "io/pool.h"
#include "io/schema.h"

int weir_is_named(const xmlNode *element, const char *name)
{
	return strcmp((const char *)element->name, name) == 0;
}

size_t weir_count_children(const xmlNode *parent, const char *name)
{
	size_t count = 0;
	for (const xmlNode *n = parent ? weir_xml_first(parent) : NULL; n; n = weir_xml_next(n))
		count += (size_t)weir_is_named(n, name);
	return count;
}

const xmlNode *weir_child(const xmlNode *parent, const char *name)
{
	for (const xmlNode *n = parent ? weir_xml_first(parent) : NULL; n; n = weir_xml_next(n))
		if (weir_is_named(n, name))
			return n;
	return NULL;
}

weir_status weir_node_take_id(weir_loader *loader, const weir_xml *xml, const xmlNode *element, const char *kind,
                              weir_node *node)
{
	if (node->id)
		return weir_loader_take_id(loader, kind, node, weir_xml_id_place(xml, element));
	const xmlAttr *id = weir_xml_attribute(element, "id");
	const char *text = id && id->children && id->children->content ? (const char *)id->children->content : "";
	text = *text ? text : "?";
	node->id = weir_loader_text(loader, text, strlen(text));
	return node->id ? WEIR_OK : WEIR_NO_MEMORY;
}

weir_status weir_node_refer(weir_names *names, const weir_node *node, int number)
{
	weir_status status = node->id ? weir_names_put(names, node->id, strlen(node->id), number) : WEIR_OK;
	return status == WEIR_NO ? WEIR_OK : status;
}

weir_status weir_list_load(void *items, int *count, weir_loader *loader, const weir_xml *xml, const xmlNode *parent,
                           const weir_list *list)
{
	size_t number = 0;
	char *array = weir_arena_array(loader->arena, weir_count_children(parent, list->name) + 1, list->size);
	if (!array)
		return WEIR_NO_MEMORY;
	memcpy(items, &array, sizeof array);
	for (const xmlNode *n = parent ? weir_xml_first(parent) : NULL; n; n = weir_xml_next(n)) {
		if (!weir_is_named(n, list->name))
			continue;
		char *item = array + number++ * list->size;
		weir_seen seen = 0;
		weir_status status;
		*count = (int)number;
		if (list->prepare)
			list->prepare(loader, item, n);
		if (list->kind)
			((weir_node *)item)->place = weir_xml_place(xml, n);
		status = weir_fields_from_element(loader, xml, n, list->fields, item, &seen);
		if (status == WEIR_OK && list->kind)
			status = weir_node_take_id(loader, xml, n, list->kind, (weir_node *)item);
		if (status == WEIR_OK && list->finish)
			status = list->finish(loader, xml, n, item, seen);
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

/* --- the deal's own attributes ---------------------------------------------------------------------------------- */

static const weir_choice deal_kinds[] = { { "abs", WEIR_DEAL_ABS }, { "abn", WEIR_DEAL_ABN },
	                                  { "trust", WEIR_DEAL_TRUST }, { "note", WEIR_DEAL_NOTE }, { NULL, 0 } };

/* Kept as a text, but of a closed list (IP.md section 5). */
static weir_status read_financing_mode(const weir_cell *cell, const weir_field *field, void *at)
{
	static const weir_choice words[] = { { "government-led", 1 }, { "operator-led", 2 }, { "insurer-led", 3 },
		                             { "bank-led", 4 }, { NULL, 0 } };
	return weir_read_word(cell, field, words, at);
}

static weir_status read_placement(const weir_cell *cell, const weir_field *field, void *at)
{
	static const weir_choice words[] = { { "public", 1 }, { "private", 2 }, { NULL, 0 } };
	return weir_read_word(cell, field, words, at);
}

static const weir_field deal_fields[] = {
	WEIR_FIELD(weir_deal, node.id, "id", weir_read_code),
	WEIR_FIELD_OF(weir_deal, kind, "kind", weir_read_choice, deal_kinds),
	WEIR_FIELD(weir_deal, currency, "currency", weir_read_currency),
	WEIR_FIELD(weir_deal, venue, "venue", weir_read_text),
	WEIR_FIELD(weir_deal, shelf_id, "shelf", weir_read_code),
	WEIR_FIELD(weir_deal, shelf_phase, "shelf-phase", weir_read_count),
	WEIR_FIELD(weir_deal, financing_mode, "financing-mode", read_financing_mode),
	WEIR_FIELD(weir_deal, placement, "placement", read_placement),
	WEIR_FIELD(weir_deal, node.clause, "clause", weir_read_text),
	WEIR_FIELD(weir_deal, node.note, "note", weir_read_text),
	WEIR_FIELD(weir_deal, node.note_zh, "note-zh", weir_read_text),
	WEIR_FIELD_END
};

static const weir_field name_fields[] = {
	WEIR_FIELD(weir_deal, node.en, "en", weir_read_text),
	WEIR_FIELD(weir_deal, node.zh, "zh", weir_read_text),
	WEIR_FIELD(weir_deal, short_en, "short-en", weir_read_text),
	WEIR_FIELD(weir_deal, short_zh, "short-zh", weir_read_text),
	WEIR_FIELD_END
};

static const weir_field closing_fields[] = {
	WEIR_FIELD(weir_deal, purchase_price_cents, "purchase-price", weir_read_amount),
	WEIR_FIELD(weir_deal, closing_costs_cents, "costs", weir_read_amount),
	WEIR_FIELD_END
};

int weir_currency_digits(const char *currency)
{
	return currency && (strcmp(currency, "JPY") == 0 || strcmp(currency, "KRW") == 0 ||
	                    strcmp(currency, "VND") == 0) ?
	               0 :
	               2;
}

static weir_status load_head(weir_loader *loader, const weir_xml *xml, const xmlNode *root)
{
	weir_deal *deal = loader->deal;
	const xmlNode *name = weir_child(root, "name"), *closing = weir_child(root, "closing");
	weir_seen seen = 0;
	weir_status status;
	size_t errors = loader->diags->errors;
	deal->currency_digits = 2;
	deal->node.place = weir_xml_place(xml, root);
	WEIR_TRY(weir_fields_from_element(loader, xml, root, deal_fields, deal, NULL));
	deal->currency_digits = weir_currency_digits(deal->currency);
	if (!deal->shelf_id != !deal->shelf_phase && loader->diags->errors == errors)
		weir_diag_error(loader->diags, MISSING_ATTRIBUTE, deal->node.place,
		                "a phase of a shelf has shelf and shelf-phase together; add %s",
		                deal->shelf_id ? "shelf-phase=\"1\"" : "shelf=\"ip-shelf-1\"");
	if (name)
		WEIR_TRY(weir_fields_from_element(loader, xml, name, name_fields, deal, NULL));
	if (closing) {
		deal->closing_place = weir_xml_place(xml, closing);
		WEIR_TRY(weir_fields_from_element(loader, xml, closing, closing_fields, deal, &seen));
	}
	deal->closed_price_given = weir_field_seen(closing_fields, seen, "purchase-price");
out:
	return status;
}

/* --- indexes ---------------------------------------------------------------------------------------------------- */

const weir_field weir_fixing_fields[] = { WEIR_FIELD(weir_fixing, date, "date", weir_read_date),
	                                  WEIR_FIELD(weir_fixing, rate, "rate", weir_read_rate),
	                                  WEIR_FIELD_END };

static const weir_field index_fields[] = { WEIR_NODE_FIELDS(weir_index), WEIR_FIELD_END };

/* Fixings inline; a file's follow them. */
static weir_status load_fixings(weir_loader *loader, const weir_xml *xml, const xmlNode *element, weir_index *index)
{
	size_t count = weir_count_children(element, "fixing");
	index->dates = weir_arena_array(loader->arena, count + 1, sizeof *index->dates);
	index->rates = weir_arena_array(loader->arena, count + 1, sizeof *index->rates);
	if (!index->dates || !index->rates)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = weir_xml_first(element); n; n = weir_xml_next(n)) {
		weir_fixing f = { WEIR_DATE_NONE, NAN };
		if (!weir_is_named(n, "fixing"))
			continue;
		weir_status status = weir_fields_from_element(loader, xml, n, weir_fixing_fields, &f, NULL);
		if (status != WEIR_OK)
			return status;
		if (f.date == WEIR_DATE_NONE || isnan(f.rate))
			continue;
		index->dates[index->count] = f.date;
		index->rates[index->count++] = f.rate;
	}
	return WEIR_OK;
}

static weir_status finish_index(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                weir_seen seen)
{
	weir_index *index = item;
	const xmlAttr *href = weir_xml_attribute(element, "href");
	uint32_t source = 0;
	weir_status status;
	size_t errors = loader->diags->errors;
	(void)seen;
	WEIR_TRY(weir_node_refer(&loader->indexes, &index->node, loader->deal->index_count - 1));
	WEIR_TRY(load_fixings(loader, xml, element, index));
	if (href) {
		xmlChar *owned;
		const char *path = weir_xml_value(href, &owned);
		status = path ? weir_loader_open(&source, loader, path, WEIR_DEAL_BYTES_MAX,
		                                 weir_xml_value_place(xml, href)) :
		                WEIR_NO_MEMORY;
		xmlFree(owned);
	}
	if (status == WEIR_OK && source)
		status = weir_fixings_load(loader, source, index);
	index->incomplete = loader->diags->errors > errors;
	if (status == WEIR_OK && !href && index->count == 0 && !index->incomplete)
		weir_diag_error(loader->diags, MISSING_ELEMENT, index->node.place,
		                "the index \"%s\" has no fixings; add <fixing> or href",
		                index->node.id ? index->node.id : "");
out:
	return status;
}

/* --- accounts --------------------------------------------------------------------------------------------------- */

static const weir_choice receipts[] = { { "principal", WEIR_RECEIVES_PRINCIPAL }, { "income", WEIR_RECEIVES_INCOME },
	                                { "recovered", WEIR_RECEIVES_RECOVERED }, { "all", WEIR_RECEIVES_ALL },
	                                { NULL, 0 } };

static weir_status read_ledger(const weir_cell *cell, const weir_field *field, void *at)
{
	static const weir_choice words[] = { { "income", 1 }, { "principal", 2 }, { NULL, 0 } };
	return weir_read_word(cell, field, words, at);
}

static const weir_field account_fields[] = {
	WEIR_NODE_FIELDS(weir_account),
	WEIR_FIELD(weir_account, initial_cents, "initial", weir_read_amount),
	WEIR_FIELD(weir_account, target, "target", weir_read_formula),
	WEIR_FIELD_OF(weir_account, receives, "receives", weir_read_flags, receipts),
	WEIR_FIELD(weir_account, ledger, "ledger", read_ledger),
	WEIR_FIELD_END
};

/* Accounts and reserves share one list in the order of the file. */
static weir_status load_accounts(weir_loader *loader, const weir_xml *xml, const xmlNode *accounts)
{
	weir_deal *deal = loader->deal;
	int receivers = 0;
	size_t count = weir_count_children(accounts, "account") + weir_count_children(accounts, "reserve");
	deal->accounts = weir_arena_array(loader->arena, count + 1, sizeof *deal->accounts);
	if (!deal->accounts)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = accounts ? weir_xml_first(accounts) : NULL; n; n = weir_xml_next(n)) {
		if (!weir_is_named(n, "account") && !weir_is_named(n, "reserve"))
			continue;
		weir_account *account = &deal->accounts[deal->account_count++];
		weir_seen seen = 0;
		weir_status status;
		account->is_reserve = weir_is_named(n, "reserve");
		account->opening_cents = NAN;
		account->node.place = weir_xml_place(xml, n);
		status = weir_fields_from_element(loader, xml, n, account_fields, account, &seen);
		if (status == WEIR_OK)
			status = weir_node_take_id(loader, xml, n, account->is_reserve ? "reserve" : "account",
			                           &account->node);
		if (status != WEIR_OK)
			return status;
		receivers += weir_field_seen(account_fields, seen, "receives");
	}
	if (receivers == 0 && deal->account_count > 0)
		deal->accounts[0].receives = WEIR_RECEIVES_ALL;
	return WEIR_OK;
}

/* --- values and triggers ---------------------------------------------------------------------------------------- */

static const weir_choice tested[] = { { "before", 0 }, { "after", 1 }, { NULL, 0 } };

static const weir_field value_fields[] = {
	WEIR_NODE_FIELDS(weir_value),
	WEIR_FIELD(weir_value, formula, "formula", weir_read_formula),
	WEIR_FIELD_END
};

static const weir_choice trigger_kinds[] = {
#define WEIR_TRIGGER_KIND(name, word, en, zh) { word, WEIR_TRIGGER_##name },
#include "deal/trigger_kinds.def"
#undef WEIR_TRIGGER_KIND
	{ NULL, 0 }
};

static const weir_field trigger_fields[] = {
	WEIR_NODE_FIELDS(weir_trigger),
	WEIR_FIELD_OF(weir_trigger, kind, "kind", weir_read_choice, trigger_kinds),
	WEIR_FIELD_OF(weir_trigger, tested_after, "tested", weir_read_choice, tested),
	WEIR_FIELD(weir_trigger, sticky, "sticky", weir_read_yes_no),
	WEIR_FIELD(weir_trigger, consecutive, "consecutive", weir_read_count),
	WEIR_FIELD(weir_trigger, cure, "cure", weir_read_count),
	WEIR_FIELD(weir_trigger, test, "test", weir_read_formula),
	WEIR_FIELD_END
};

static void prepare_trigger(weir_loader *loader, void *item, const xmlNode *element)
{
	weir_trigger *trigger = item;
	(void)loader;
	(void)element;
	trigger->consecutive = trigger->cure = 1;
}

static weir_status finish_trigger(weir_loader *loader, const weir_xml *xml, const xmlNode *element, void *item,
                                  weir_seen seen)
{
	const weir_trigger *trigger = item;
	if (trigger->sticky && weir_field_seen(trigger_fields, seen, "cure"))
		weir_diag_error(loader->diags, CONTRACT_TERMS,
		                weir_xml_value_place(xml, weir_xml_attribute(element, "cure")),
		                "the trigger \"%s\" is sticky, so it is never cured; remove cure or sticky",
		                trigger->node.id);
	return WEIR_OK;
}

/* --- the deal --------------------------------------------------------------------------------------------------- */

static const weir_list indexes = { "index", "index", sizeof(weir_index), index_fields, NULL, finish_index };
static const weir_list values = { "value", "value", sizeof(weir_value), value_fields, NULL, NULL };
static const weir_list triggers = { "trigger", "trigger", sizeof(weir_trigger), trigger_fields, prepare_trigger,
	                            finish_trigger };

weir_place weir_xml_whole_place(const weir_loader *loader, const weir_xml *xml, const xmlNode *element)
{
	weir_place place = weir_xml_place(xml, element);
	const xmlNode *next = element ? weir_xml_next(element) : NULL;
	uint64_t end = next ? weir_xml_place(xml, next).offset :
	               place.source ? loader->sources->items[place.source - 1].size : 0;
	if (end > place.offset)
		place.length = (uint32_t)(end - place.offset);
	return place;
}

static weir_status load_sections(weir_loader *loader, const weir_xml *xml, const xmlNode *root)
{
	weir_deal *deal = loader->deal;
	weir_status status;
	WEIR_TRY(load_head(loader, xml, root));
	WEIR_TRY(weir_parties_load(loader, xml, weir_child(root, "parties")));
	WEIR_TRY(weir_dates_load(loader, xml, weir_child(root, "dates")));
	WEIR_TRY(weir_list_load(&deal->indexes, &deal->index_count, loader, xml, weir_child(root, "indexes"),
	                        &indexes));
	WEIR_TRY(load_accounts(loader, xml, weir_child(root, "accounts")));
	WEIR_TRY(weir_classes_load(loader, xml, weir_child(root, "classes")));
	WEIR_TRY(weir_fees_load(loader, xml, weir_child(root, "fees")));
	WEIR_TRY(weir_list_load(&deal->values, &deal->value_count, loader, xml, weir_child(root, "values"), &values));
	WEIR_TRY(weir_levels_load(loader, xml, weir_child(root, "values")));
	WEIR_TRY(weir_revolvings_load(loader, xml, weir_child(root, "revolvings")));
	WEIR_TRY(weir_list_load(&deal->triggers, &deal->trigger_count, loader, xml, weir_child(root, "triggers"),
	                        &triggers));
	WEIR_TRY(weir_waterfalls_load(loader, xml, weir_child(root, "waterfalls")));
	deal->waterfalls_place = weir_xml_whole_place(loader, xml, weir_child(root, "waterfalls"));
	if (weir_child(root, "pool"))
		WEIR_TRY(weir_pool_load(loader, xml, weir_child(root, "pool")));
	WEIR_TRY(weir_support_load(loader, xml, weir_child(root, "support")));
	WEIR_TRY(weir_calls_load(loader, xml, weir_child(root, "calls")));
	WEIR_TRY(weir_servicing_load(loader, xml, weir_child(root, "servicing")));
	WEIR_TRY(weir_subsidies_load(loader, xml, weir_child(root, "subsidies")));
	WEIR_TRY(weir_eligibility_load(loader, xml, weir_child(root, "eligibility")));
	WEIR_TRY(weir_opening_load(loader, xml, weir_child(root, "opening")));
	WEIR_TRY(weir_covers_weigh(loader));
	WEIR_TRY(weir_notes_collect(loader, xml, root));
out:
	return status;
}

/* Opens a source as a checked document; WEIR_INPUT after complaints, with the document usable when *usable is set. */
static weir_status open_document(weir_loader *loader, const char *schema_name, uint32_t source, int *usable,
                                 weir_xml *xml, weir_schema *schema)
{
	weir_status status;
	*usable = 0;
	if (!weir_utf8_accept(loader->sources->items[source - 1].text, loader->sources->items[source - 1].size, source,
	                      loader->diags))
		return WEIR_INPUT;
	WEIR_TRY(weir_xml_open(xml, loader->sources, source, loader->diags));
	WEIR_TRY(weir_schema_open(schema, schema_name, loader->diags));
	*usable = weir_schema_check(schema, xml, loader->diags);
	status = *usable ? WEIR_OK : WEIR_INPUT;
out:
	return status;
}

/* What the complaints say about the whole load. */
static weir_status load_status(weir_status status, const weir_diags *diags, size_t errors_before)
{
	if (status == WEIR_OK && diags->lost)
		return WEIR_NO_MEMORY;
	if (status == WEIR_OK && diags->errors > errors_before)
		return WEIR_INPUT;
	return status;
}

weir_status weir_xml_load_source(weir_loader *loader, const char *schema_name, uint32_t source,
                                 weir_xml_reader *read, void *context)
{
	weir_xml xml = { 0 };
	weir_schema schema = { 0 };
	size_t errors = loader->diags->errors;
	int usable;
	weir_status status = open_document(loader, schema_name, source, &usable, &xml, &schema);
	if (status == WEIR_OK && usable)
		status = read(loader, &xml, xmlDocGetRootElement(xml.document), context);
	if (status == WEIR_OK && usable)
		status = weir_schema_validate(&schema, &xml, loader->diags);
	status = load_status(status, loader->diags, errors);
	weir_schema_close(&schema);
	weir_xml_close(&xml);
	return status;
}

weir_status weir_xml_load(weir_loader *loader, const char *schema_name, const char *path, weir_xml_reader *read,
                          void *context)
{
	char *text = NULL;
	size_t size;
	uint32_t source = 0;
	weir_status status;
	WEIR_TRY(weir_file_read_limited(&text, &size, path, WEIR_DEAL_BYTES_MAX, 0, (weir_place){ 0 }, loader->diags));
	WEIR_TRY(weir_sources_add(loader->sources, path, text, size, &source));
	text = NULL; /* the sources own it */
	status = weir_xml_load_source(loader, schema_name, source, read, context);
out:
	weir_free(text);
	return status;
}

static weir_status read_deal(weir_loader *loader, const weir_xml *xml, const xmlNode *root, void *context)
{
	weir_status status = weir_variants_apply(loader, xml, context);
	return status == WEIR_OK ? load_sections(loader, xml, root) : status;
}

weir_status weir_deal_create_empty(weir_deal **out, weir_sources *sources)
{
	weir_arena *arena;
	weir_status status = weir_arena_create(&arena);
	if (status != WEIR_OK)
		return status;
	weir_deal *deal = weir_arena_alloc(arena, sizeof *deal);
	if (!deal) {
		weir_arena_destroy(arena);
		return WEIR_NO_MEMORY;
	}
	deal->arena = arena;
	deal->sources = sources;
	deal->cutoff = deal->closing = deal->start = deal->legal_final = WEIR_DATE_NONE;
	deal->payment.first = deal->payment.last = deal->tail.first = deal->tail.last = deal->opening = WEIR_DATE_NONE;
	deal->opening_pool_cents = NAN;
	deal->servicing.party = -1;
	*out = deal;
	return WEIR_OK;
}

weir_status weir_deal_load(weir_deal **out, weir_sources *sources, const char *path, weir_diags *diags)
{
	return weir_deal_load_variant(out, sources, path, NULL, diags);
}

weir_status weir_deal_load_variant(weir_deal **out, weir_sources *sources, const char *path, const char *variant,
                                   weir_diags *diags)
{
	weir_loader loader = { .sources = sources, .diags = diags };
	weir_status status;
	*out = NULL;
	WEIR_TRY(weir_deal_create_empty(&loader.deal, sources));
	loader.arena = loader.deal->arena;
	loader.folder = weir_path_folder(loader.arena, path);
	if (!loader.folder) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	status = weir_xml_load(&loader, "deal.xsd", path, read_deal, (void *)(uintptr_t)variant);
out:
	weir_loader_free(&loader);
	if (status != WEIR_OK && status != WEIR_INPUT) {
		weir_deal_destroy(loader.deal);
		return status;
	}
	*out = loader.deal;
	return status;
}

void weir_deal_destroy(weir_deal *deal)
{
	if (!deal)
		return;
	weir_names_free(&deal->ids);
	weir_arena_destroy(deal->arena);
}
