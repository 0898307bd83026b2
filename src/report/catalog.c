/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/catalog.h"

#include <libxml/tree.h>
#include <string.h>

#include "report/transform.h"
#include "report/tree.h"

/* What reading carries around; once `status` is not WEIR_OK, every reader does nothing. */
typedef struct reader {
	weir_arena *arena;
	weir_diags *diags;
	const char *name;
	weir_status status;
} reader;

static void refuse(reader *in, const xmlNode *node, const char *what, const char *value)
{
	weir_diag_error(in->diags, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\", line %ld: \"%s\" %s; correct the list of reports", in->name, xmlGetLineNo(node),
	                value ? value : "", what);
	if (in->status == WEIR_OK)
		in->status = WEIR_INPUT;
}

static const char *keep(reader *in, const xmlNode *node, const char *name, int required)
{
	const char *text = weir_tree_attribute(node, name);
	if (in->status != WEIR_OK || (!text && !required))
		return NULL;
	if (!text || !*text) {
		refuse(in, node, "is missing or empty", name);
		return NULL;
	}
	const char *copy = weir_arena_text(in->arena, text, strlen(text));
	if (!copy)
		in->status = WEIR_NO_MEMORY;
	return copy;
}

static weir_date read_day(reader *in, const xmlNode *node, const char *name, int required)
{
	const char *text = keep(in, node, name, required);
	weir_date day = text ? weir_date_parse(text, strlen(text)) : WEIR_DATE_NONE;
	if (text && day == WEIR_DATE_NONE)
		refuse(in, node, "is no date; write YYYY-MM-DD", text);
	return day;
}

static void *take(reader *in, size_t count, size_t size)
{
	void *items = in->status == WEIR_OK ? weir_arena_array(in->arena, count + 1, size) : NULL;
	if (!items && in->status == WEIR_OK)
		in->status = WEIR_NO_MEMORY;
	return items;
}

static void read_rule(reader *in, const xmlNode *node, weir_report_rule *rule)
{
	rule->id = keep(in, node, "id", 1);
	rule->en = keep(in, node, "en", 1);
	rule->zh = keep(in, node, "zh", 1);
	rule->kind = keep(in, node, "kind", 0);
	rule->venue = keep(in, node, "venue", 0);
	rule->from = read_day(in, node, "from", 1);
	rule->to = read_day(in, node, "to", 0);
}

static const char *const need_words[WEIR_NEEDS] = { "offering", "prices", "stress" };

const char *weir_need_word(int number)
{
	return need_words[number];
}

static unsigned read_needs(reader *in, const xmlNode *node, const char *name)
{
	unsigned needs = 0;
	const char *text = weir_tree_attribute(node, name);
	for (text = text ? text + strspn(text, " ") : ""; *text; text += strspn(text, " ")) {
		size_t length = strcspn(text, " ");
		int number = 0;
		while (number < WEIR_NEEDS && !weir_is_word(text, length, need_words[number]))
			number++;
		if (number == WEIR_NEEDS)
			refuse(in, node, "names needs that there are not; use offering, prices, stress",
			       weir_tree_attribute(node, name));
		else
			needs |= 1u << number;
		text += length;
	}
	return needs;
}

static void read_entry(reader *in, const xmlNode *node, weir_report_entry *entry)
{
	const char *about = weir_tree_attribute(node, "about");
	entry->id = keep(in, node, "id", 1);
	entry->file = keep(in, node, "file", 1);
	entry->en = keep(in, node, "en", 1);
	entry->zh = keep(in, node, "zh", 1);
	entry->needs = read_needs(in, node, "needs");
	entry->wants = read_needs(in, node, "wants");
	entry->about_closing = about && strcmp(about, "closing") == 0;
	if (about && !entry->about_closing && strcmp(about, "payment") != 0)
		refuse(in, node, "is nothing that a report can be about; use payment or closing", about);
	entry->rules = take(in, (size_t)weir_tree_count(node, "rule"), sizeof *entry->rules);
	for (const xmlNode *n = node->children; n && in->status == WEIR_OK; n = n->next)
		if (weir_tree_is(n, "rule"))
			read_rule(in, n, &entry->rules[entry->rule_count++]);
}

weir_status weir_catalog_read(weir_catalog **out, const char *name, const char *xml, size_t length, weir_diags *diags)
{
	xmlDoc *document = NULL;
	reader in = { .diags = diags, .name = name };
	weir_status status = weir_xml_parse(&document, name, xml, length, diags);
	if (status != WEIR_OK)
		return status;
	const xmlNode *root = xmlDocGetRootElement(document);
	in.status = weir_arena_create(&in.arena);
	weir_catalog *catalog = take(&in, 1, sizeof *catalog);
	if (catalog && !weir_tree_is(root, "reports"))
		refuse(&in, root, "is no list of reports", (const char *)root->name);
	if (in.status == WEIR_OK) {
		catalog->arena = in.arena;
		catalog->entries = take(&in, (size_t)weir_tree_count(root, "report"), sizeof *catalog->entries);
	}
	for (const xmlNode *n = root->children; n && in.status == WEIR_OK; n = n->next)
		if (weir_tree_is(n, "report"))
			read_entry(&in, n, &catalog->entries[catalog->count++]);
	xmlFreeDoc(document);
	if (in.status == WEIR_OK)
		*out = catalog;
	else
		weir_arena_destroy(in.arena);
	return in.status;
}

void weir_catalog_destroy(weir_catalog *catalog)
{
	if (catalog)
		weir_arena_destroy(catalog->arena);
}

const weir_report_entry *weir_catalog_find(const weir_catalog *catalog, const char *id)
{
	for (int i = 0; catalog && i < catalog->count; i++)
		if (strcmp(catalog->entries[i].id, id) == 0)
			return &catalog->entries[i];
	return NULL;
}

/* --- the rule in force ------------------------------------------------------------------------------------------ */

/* The value of a line of the deal's terms; NULL when there is none. */
static const weir_cell *term(const weir_results *results, const char *item)
{
	const weir_table *terms = weir_results_table(results, "terms");
	int name = terms ? weir_table_column(terms, "item") : -1,
	    value = terms ? weir_table_column(terms, "value") : -1;
	for (size_t r = 0; name >= 0 && value >= 0 && r < terms->row_count; r++) {
		const weir_cell *cell = weir_table_cell(terms, r, value);
		if (cell->present && strcmp(weir_cell_word(weir_table_cell(terms, r, name)), item) == 0)
			return cell;
	}
	return NULL;
}

/* The payment date of a period; of period 0 the closing date. */
static weir_date day_of_period(const weir_results *results, int period)
{
	const weir_table *periods = weir_results_table(results, "periods");
	int number = periods ? weir_table_column(periods, "period") : -1;
	int date = periods ? weir_table_column(periods, "payment_date") : -1;
	for (size_t r = 0; number >= 0 && date >= 0 && r < periods->row_count; r++) {
		const weir_cell *cell = weir_table_cell(periods, r, date);
		if (cell->present && weir_table_cell(periods, r, number)->number == period)
			return (weir_date)cell->number;
	}
	return WEIR_DATE_NONE;
}

static weir_date day_of_closing(const weir_results *results)
{
	const weir_cell *closing = term(results, "closing_date");
	return closing ? (weir_date)closing->number : day_of_period(results, 0);
}

static int names(const char *text, const char *part)
{
	return text && strstr(text, part);
}

static int is_meant(const weir_report_rule *rule, const weir_cell *kind, const weir_cell *venue)
{
	if (rule->kind && !(kind && strcmp(weir_cell_word(kind), rule->kind) == 0))
		return 0;
	return !rule->venue || (venue && (names(venue->zh, rule->venue) || names(venue->en, rule->venue)));
}

const weir_report_rule *weir_catalog_rule(const weir_report_entry *entry, const weir_results *results, int period)
{
	weir_date day = entry->about_closing ? day_of_closing(results) : day_of_period(results, period);
	const weir_cell *kind = term(results, "kind"), *venue = term(results, "venue");
	for (int i = 0; day != WEIR_DATE_NONE && i < entry->rule_count; i++) {
		const weir_report_rule *rule = &entry->rules[i];
		if (day >= rule->from && (rule->to == WEIR_DATE_NONE || day < rule->to) && is_meant(rule, kind, venue))
			return rule;
	}
	return NULL;
}
