/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

#include <stdlib.h>
#include <string.h>

#include "report/document_marks.h"
#include "report/format.h"
#include "report/tree.h"

/* What reading carries around; once `status` is not WEIR_OK, every reader does nothing. */
typedef struct reader {
	weir_arena *arena;
	weir_diags *diags;
	const char *lang;
	weir_status status;
} reader;

/* The first element from `node` on, and the next one behind it. */
static const xmlNode *element(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

static void refuse(reader *in, const xmlNode *node)
{
	weir_diag_error(in->diags, SCHEMA, (weir_place){ 0 },
	                "a document cannot have \"%s\" inside \"%s\"; correct the template",
	                (const char *)node->name, node->parent ? (const char *)node->parent->name : "");
	if (in->status == WEIR_OK)
		in->status = WEIR_INPUT;
}

static void *take(reader *in, size_t count, size_t size)
{
	void *items = in->status == WEIR_OK ? weir_arena_array(in->arena, count, size) : NULL;
	if (!items && in->status == WEIR_OK)
		in->status = WEIR_NO_MEMORY;
	return items;
}

static const char *keep(reader *in, const char *text)
{
	if (!text || in->status != WEIR_OK)
		return NULL;
	const char *copy = weir_arena_text(in->arena, text, strlen(text));
	if (!copy)
		in->status = WEIR_NO_MEMORY;
	return copy;
}

static int attribute_is(const xmlNode *node, const char *name, const char *value)
{
	const char *found = weir_tree_attribute(node, name);
	return found && strcmp(found, value) == 0;
}

/* The number of the attribute's value in a list of words that ends with NULL; the first when it is absent. */
static int attribute_word(reader *in, const xmlNode *node, const char *name, const char *const *words)
{
	const char *found = weir_tree_attribute(node, name);
	if (!found)
		return 0;
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], found) == 0)
			return i;
	weir_diag_error(in->diags, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\" is no value of \"%s\" in a document's \"%s\"; correct the template", found, name,
	                (const char *)node->name);
	if (in->status == WEIR_OK)
		in->status = WEIR_INPUT;
	return 0;
}

/* The text directly inside an element; NULL when there is none but blanks. */
static const char *read_content(reader *in, const xmlNode *node)
{
	weir_text text = { 0 };
	for (const xmlNode *n = node->children; n; n = n->next)
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
			weir_text_add(&text, (const char *)n->content);
	const char *kept = NULL;
	if (text.failed)
		in->status = in->status == WEIR_OK ? WEIR_NO_MEMORY : in->status;
	else if (text.data && text.data[strspn(text.data, " \t\r\n")])
		kept = keep(in, text.data);
	weir_text_free(&text);
	return kept;
}

/* Puts a mark in the place of a `see`: what stands for it is known once all blocks are. */
static void add_see(reader *in, const xmlNode *node, weir_text *to)
{
	const char *code = weir_tree_attribute(node, "code"), *instead = read_content(in, node);
	weir_text_printf(to, "%c%s%c%s%c", WEIR_SEE_OPEN, code ? code : "", WEIR_SEE_MIDDLE,
	                 instead ? instead : "", WEIR_SEE_CLOSE);
}

/* The text of a paragraph's `t`, in which `see` may stand. */
static const char *read_linked_content(reader *in, const xmlNode *node)
{
	weir_text text = { 0 };
	for (const xmlNode *n = node->children; n; n = n->next) {
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
			weir_text_add(&text, (const char *)n->content);
		else if (weir_tree_is(n, "see"))
			add_see(in, n, &text);
		else if (n->type == XML_ELEMENT_NODE)
			refuse(in, n);
	}
	if (text.failed)
		in->status = in->status == WEIR_OK ? WEIR_NO_MEMORY : in->status;
	const char *kept =
		text.data && text.data[strspn(text.data, " \t\r\n")] ? keep(in, text.data) : NULL;
	weir_text_free(&text);
	return kept;
}

/* A text in both languages where the document is in one: a template may write both. */
static weir_doc_text in_language(const reader *in, weir_doc_text text)
{
	if (text.en && text.zh && in->lang && strcmp(in->lang, "both") != 0)
		*(strcmp(in->lang, "zh") == 0 ? &text.en : &text.zh) = NULL;
	return text;
}

static weir_doc_text read_linked_text(reader *in, const xmlNode *node)
{
	weir_doc_text text = { NULL, NULL };
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (!weir_tree_is(n, "t"))
			refuse(in, n);
		else if (attribute_is(n, "lang", "zh"))
			text.zh = read_linked_content(in, n);
		else
			text.en = read_linked_content(in, n);
	}
	return in_language(in, text);
}

static weir_doc_text read_text(reader *in, const xmlNode *node)
{
	weir_doc_text text = { NULL, NULL };
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (!weir_tree_is(n, "t"))
			continue;
		if (attribute_is(n, "lang", "zh"))
			text.zh = read_content(in, n);
		else
			text.en = read_content(in, n);
	}
	return in_language(in, text);
}

/* The numbers are those of weir_cell_type. */
static const char *const type_words[] = { "text", "money", "rate", "number", "integer", "date", "flag", NULL };
static const char *const tone_words[] = { "plain", "good", "bad", "muted", NULL };

static weir_cell_type read_type(reader *in, const xmlNode *node)
{
	return (weir_cell_type)attribute_word(in, node, "type", type_words);
}

/* "2", or "2+" for at least two; -1 when it is not said. */
static int read_decimals(const xmlNode *node, int *at_least)
{
	const char *text = weir_tree_attribute(node, "decimals");
	*at_least = 0;
	if (!text || text[0] < '0' || text[0] > '9')
		return -1;
	int decimals = 0, i = 0;
	for (; i < 2 && text[i] >= '0' && text[i] <= '9'; i++)
		decimals = decimals * 10 + text[i] - '0';
	*at_least = text[i] == '+';
	return decimals;
}

static weir_doc_cell read_cell(reader *in, const xmlNode *node)
{
	weir_doc_cell cell = { .type = read_type(in, node) };
	cell.tone = (weir_doc_tone)attribute_word(in, node, "tone", tone_words);
	cell.decimals = read_decimals(node, &cell.at_least);
	if (cell.type == WEIR_CELL_TEXT)
		cell.text = read_text(in, node);
	else
		cell.value = read_content(in, node);
	return cell;
}

static weir_doc_cell *read_cells(reader *in, const xmlNode *node, int *count)
{
	int wanted = weir_tree_count(node, "cell"), at = 0;
	weir_doc_cell *cells = take(in, (size_t)wanted, sizeof *cells);
	*count = cells ? wanted : 0;
	for (const xmlNode *n = element(node->children); cells && n; n = element(n->next))
		if (weir_tree_is(n, "cell"))
			cells[at++] = read_cell(in, n);
	return cells;
}

/* A tile, field or list item: label, cells, text. */
static weir_doc_entry read_entry(reader *in, const xmlNode *node)
{
	weir_doc_entry entry = { .tone = (weir_doc_tone)attribute_word(in, node, "tone", tone_words) };
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (weir_tree_is(n, "label"))
			entry.label = read_text(in, n);
		else if (weir_tree_is(n, "text"))
			entry.text = read_text(in, n);
		else if (!weir_tree_is(n, "cell"))
			refuse(in, n);
	}
	entry.cells = read_cells(in, node, &entry.cell_count);
	return entry;
}

static weir_doc_entry *read_entries(reader *in, const xmlNode *node, const char *name, int *count)
{
	int wanted = weir_tree_count(node, name), at = 0;
	weir_doc_entry *entries = take(in, (size_t)wanted, sizeof *entries);
	*count = entries ? wanted : 0;
	for (const xmlNode *n = element(node->children); entries && n; n = element(n->next)) {
		if (weir_tree_is(n, name))
			entries[at++] = read_entry(in, n);
		else
			refuse(in, n);
	}
	return entries;
}

static void read_columns(reader *in, const xmlNode *node, weir_doc_table *table)
{
	int at = 0, wanted = weir_tree_count(node, "column");
	table->columns = take(in, (size_t)wanted, sizeof *table->columns);
	table->column_count = table->columns ? wanted : 0;
	for (const xmlNode *n = element(node->children); table->columns && n; n = element(n->next)) {
		if (!weir_tree_is(n, "column")) {
			refuse(in, n);
			continue;
		}
		table->columns[at++] = (weir_doc_column){ .heading = read_text(in, n),
			                                  .type = read_type(in, n),
			                                  .row_head = attribute_is(n, "head", "yes"),
			                                  .of = keep(in, weir_tree_attribute(n, "of")) };
	}
}

static weir_doc_table *read_table(reader *in, const xmlNode *node)
{
	static const char *const kinds[] = { "body", "group", "total", NULL };
	int wanted = weir_tree_count(node, "row"), at = 0;
	weir_doc_table *table = take(in, 1, sizeof *table);
	if (!table)
		return NULL;
	table->from = keep(in, weir_tree_attribute(node, "from"));
	table->rows = take(in, (size_t)wanted, sizeof *table->rows);
	table->row_count = table->rows ? wanted : 0;
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (weir_tree_is(n, "caption")) {
			table->caption = read_text(in, n);
		} else if (weir_tree_is(n, "unit")) {
			table->unit = read_text(in, n);
		} else if (weir_tree_is(n, "columns")) {
			read_columns(in, n, table);
		} else if (weir_tree_is(n, "row") && table->rows) {
			weir_doc_row *row = &table->rows[at++];
			row->kind = (weir_doc_row_kind)attribute_word(in, n, "kind", kinds);
			row->cells = read_cells(in, n, &row->cell_count);
			if (row->cell_count != (row->kind == WEIR_ROW_GROUP ? 1 : table->column_count))
				refuse(in, n);
		} else {
			refuse(in, n);
		}
	}
	return table;
}

/* The column of a node; 0 for items that are none. */
static int read_layer(reader *in, const xmlNode *node)
{
	const char *text = weir_tree_attribute(node, "layer");
	long layer = text ? strtol(text, NULL, 10) : 0;
	if (layer < 0 || layer >= WEIR_MOST_LAYERS)
		refuse(in, node);
	return layer < 0 || layer >= WEIR_MOST_LAYERS ? 0 : (int)layer;
}

static void read_item(reader *in, const xmlNode *node, weir_doc_item *item)
{
	const char *place = weir_tree_attribute(node, "at");
	item->date = keep(in, weir_tree_attribute(node, "date"));
	item->name = read_text(in, node);
	item->has_place = place != NULL;
	item->place = place ? weir_format_number(place) : 0;
	item->is_level = attribute_is(node, "level", "yes");
	item->id = keep(in, weir_tree_attribute(node, "id"));
	item->layer = read_layer(in, node);
	item->is_strong = attribute_is(node, "strong", "yes");
	item->details = read_cells(in, node, &item->detail_count);
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (weir_tree_is(n, "group"))
			item->group = read_text(in, n);
		if (!weir_tree_is(n, "edge"))
			continue;
		item->edge = take(in, 1, sizeof *item->edge);
		if (item->edge)
			*item->edge = read_cell(in, n);
	}
}

static void read_items(reader *in, const xmlNode *node, weir_doc_chart *chart)
{
	int wanted = weir_tree_count(node, "item"), at = 0;
	chart->items = take(in, (size_t)wanted, sizeof *chart->items);
	chart->item_count = chart->items ? wanted : 0;
	for (const xmlNode *n = element(node->children); chart->items && n; n = element(n->next)) {
		if (weir_tree_is(n, "title")) {
			chart->x_title = read_text(in, n);
		} else if (weir_tree_is(n, "groups")) {
			chart->group_title = read_text(in, n);
		} else if (weir_tree_is(n, "item")) {
			read_item(in, n, &chart->items[at++]);
		} else {
			refuse(in, n);
		}
	}
}

static void read_scales(reader *in, const xmlNode *node, weir_doc_chart *chart)
{
	int wanted = weir_tree_count(node, "scale"), at = 0, at_least;
	chart->value_type = read_type(in, node);
	chart->decimals = read_decimals(node, &at_least);
	chart->clips = attribute_is(node, "clip", "yes");
	chart->scales = take(in, (size_t)wanted, sizeof *chart->scales);
	chart->scale_count = chart->scales ? wanted : 0;
	for (const xmlNode *n = element(node->children); chart->scales && n; n = element(n->next)) {
		if (!weir_tree_is(n, "scale")) {
			refuse(in, n);
			continue;
		}
		const char *factor = weir_tree_attribute(n, "factor");
		chart->scales[at].factor = factor ? weir_format_number(factor) : 1;
		if (!(chart->scales[at].factor > 0))
			chart->scales[at].factor = 1;
		chart->scales[at++].name = read_text(in, n);
	}
}

static void read_series(reader *in, const xmlNode *node, const weir_doc_chart *chart, weir_doc_series *series)
{
	int at = 0;
	const char *stack = weir_tree_attribute(node, "stack");
	series->is_line = attribute_is(node, "kind", "line");
	series->stack = stack ? (int)strtol(stack, NULL, 10) : 0;
	series->values = take(in, (size_t)chart->item_count, sizeof *series->values);
	for (const xmlNode *n = element(node->children); series->values && n; n = element(n->next)) {
		if (weir_tree_is(n, "name"))
			series->name = read_text(in, n);
		else if (weir_tree_is(n, "v") && at < chart->item_count)
			series->values[at++] = read_content(in, n);
		else
			refuse(in, n);
	}
}

/* The item that an attribute names; -1 and a complaint when there is none. */
static int find_item(reader *in, const xmlNode *node, const char *name, const weir_doc_chart *chart)
{
	const char *id = weir_tree_attribute(node, name);
	for (int i = 0; id && i < chart->item_count; i++)
		if (chart->items[i].id && strcmp(chart->items[i].id, id) == 0)
			return i;
	weir_diag_error(in->diags, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\" of a document's \"flow\" names no item with the id \"%s\"; correct the template", name,
	                id ? id : "");
	if (in->status == WEIR_OK)
		in->status = WEIR_INPUT;
	return -1;
}

/* A flow stays where it is refused: the document is then not used. */
static void read_flow(reader *in, const xmlNode *node, const weir_doc_chart *chart, weir_doc_flow *flow)
{
	flow->from = find_item(in, node, "from", chart);
	flow->to = find_item(in, node, "to", chart);
	flow->value = keep(in, weir_tree_attribute(node, "value"));
	flow->name = read_text(in, node);
	if (in->status == WEIR_OK && chart->items[flow->from].layer == chart->items[flow->to].layer)
		refuse(in, node);
}

static void read_flows(reader *in, const xmlNode *node, weir_doc_chart *chart)
{
	int wanted = weir_tree_count(node, "flow"), at = 0;
	chart->flows = take(in, (size_t)wanted, sizeof *chart->flows);
	chart->flow_count = chart->flows ? wanted : 0;
	for (const xmlNode *n = element(node->children); chart->flows && n; n = element(n->next)) {
		if (weir_tree_is(n, "from"))
			chart->from_title = read_text(in, n);
		else if (weir_tree_is(n, "to"))
			chart->to_title = read_text(in, n);
		else if (weir_tree_is(n, "what"))
			chart->what_title = read_text(in, n);
		else if (weir_tree_is(n, "flow"))
			read_flow(in, n, chart, &chart->flows[at++]);
		else
			refuse(in, n);
	}
}

static void read_threshold(reader *in, const xmlNode *node, weir_doc_threshold *threshold)
{
	const char *value = weir_tree_attribute(node, "value");
	threshold->value = value ? weir_format_number(value) : 0;
	threshold->date = keep(in, weir_tree_attribute(node, "date"));
	threshold->name = read_text(in, node);
}

/* The x axis comes before the series, which have as many values as it has items, and before the flows. */
static weir_doc_chart *read_chart(reader *in, const xmlNode *node)
{
	static const char *const kinds[] = { "line",   "area",   "columns", "stack",   "bars",     "tornado",
		                             "bridge", "sankey", "diagram", "treemap", "timeline", "heat", NULL };
	int wanted = weir_tree_count(node, "series"), thresholds = weir_tree_count(node, "threshold"), at = 0;
	weir_doc_chart *chart = take(in, 1, sizeof *chart);
	weir_doc_series *series = take(in, (size_t)wanted, sizeof *series);
	weir_doc_threshold *lines = take(in, (size_t)thresholds, sizeof *lines);
	if (!chart || !series || !lines)
		return NULL;
	chart->thresholds = lines;
	chart->kind = (weir_chart_kind)attribute_word(in, node, "kind", kinds);
	chart->series = series;
	chart->series_count = wanted;
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (weir_tree_is(n, "title")) {
			chart->title = read_text(in, n);
		} else if (weir_tree_is(n, "description")) {
			chart->description = read_text(in, n);
		} else if (weir_tree_is(n, "data-label")) {
			chart->data_label = read_text(in, n);
		} else if (weir_tree_is(n, "x")) {
			read_items(in, n, chart);
		} else if (weir_tree_is(n, "y")) {
			read_scales(in, n, chart);
		} else if (weir_tree_is(n, "series")) {
			read_series(in, n, chart, &series[at++]);
		} else if (weir_tree_is(n, "threshold")) {
			read_threshold(in, n, &lines[chart->threshold_count++]);
		} else if (weir_tree_is(n, "flows")) {
			read_flows(in, n, chart);
		} else {
			refuse(in, n);
		}
	}
	return chart;
}

static weir_block *read_blocks(reader *in, const xmlNode *first);

static void read_section(reader *in, const xmlNode *node, weir_block *block)
{
	block->kind = WEIR_BLOCK_SECTION;
	block->id = keep(in, weir_tree_attribute(node, "id"));
	if (!block->id)
		refuse(in, node);
	block->wide = attribute_is(node, "wide", "yes");
	block->breaks = attribute_is(node, "break", "before");
	const xmlNode *first = element(node->children);
	if (first && weir_tree_is(first, "title")) {
		block->text = read_text(in, first);
		first = first->next;
	}
	block->children = read_blocks(in, first);
}

/* The codes with single blanks between; NULL when there are none. */
static const char *read_codes(reader *in, const xmlNode *node)
{
	weir_text codes = { 0 };
	const char *text = weir_tree_attribute(node, "code");
	for (text = text ? text + strspn(text, " \t\n") : ""; *text; text += strspn(text, " \t\n")) {
		size_t length = strcspn(text, " \t\n");
		weir_text_add(&codes, codes.length ? " " : "");
		weir_text_append(&codes, text, length);
		text += length;
	}
	if (codes.failed && in->status == WEIR_OK)
		in->status = WEIR_NO_MEMORY;
	const char *kept = codes.failed ? NULL : keep(in, codes.data);
	weir_text_free(&codes);
	return kept;
}

static void read_block(reader *in, const xmlNode *node, weir_block *block)
{
	block->mark.codes = read_codes(in, node);
	if (weir_tree_is(node, "section")) {
		read_section(in, node, block);
	} else if (weir_tree_is(node, "p")) {
		block->kind = WEIR_BLOCK_PARAGRAPH;
		block->text = read_linked_text(in, node);
	} else if (weir_tree_is(node, "note")) {
		block->kind = WEIR_BLOCK_NOTE;
		block->tone = (weir_doc_tone)attribute_word(in, node, "tone", tone_words);
		block->text = read_linked_text(in, node);
	} else if (weir_tree_is(node, "tiles")) {
		block->kind = WEIR_BLOCK_TILES;
		block->entries = read_entries(in, node, "tile", &block->entry_count);
	} else if (weir_tree_is(node, "fields")) {
		block->kind = WEIR_BLOCK_FIELDS;
		block->entries = read_entries(in, node, "field", &block->entry_count);
	} else if (weir_tree_is(node, "list")) {
		block->kind = WEIR_BLOCK_LIST;
		block->ordered = attribute_is(node, "ordered", "yes");
		block->entries = read_entries(in, node, "item", &block->entry_count);
	} else if (weir_tree_is(node, "table")) {
		block->kind = WEIR_BLOCK_TABLE;
		block->table = read_table(in, node);
	} else if (weir_tree_is(node, "chart")) {
		block->kind = WEIR_BLOCK_CHART;
		block->chart = read_chart(in, node);
	} else if (weir_tree_is(node, "page-break")) {
		block->kind = WEIR_BLOCK_PAGE_BREAK;
	} else {
		refuse(in, node);
	}
}

static weir_block *read_blocks(reader *in, const xmlNode *first)
{
	weir_block *blocks = NULL, **last = &blocks;
	for (const xmlNode *n = element(first); n && in->status == WEIR_OK; n = element(n->next)) {
		weir_block *block = take(in, 1, sizeof *block);
		if (!block)
			break;
		read_block(in, n, block);
		*last = block;
		last = &block->next;
	}
	return blocks;
}

static void read_head(reader *in, const xmlNode *node, weir_document *document)
{
	for (const xmlNode *n = element(node->children); n; n = element(n->next)) {
		if (weir_tree_is(n, "kicker"))
			document->kicker = read_text(in, n);
		else if (weir_tree_is(n, "title"))
			document->title = read_text(in, n);
		else if (weir_tree_is(n, "subtitle"))
			document->subtitle = read_text(in, n);
		else if (weir_tree_is(n, "footer"))
			document->footer = read_text(in, n);
		else if (weir_tree_is(n, "contents"))
			document->contents_title = read_text(in, n);
		else if (weir_tree_is(n, "fields"))
			document->fields = read_entries(in, n, "field", &document->field_count);
		else
			refuse(in, n);
	}
}

weir_status weir_document_read(weir_document **out, const xmlDoc *xml, weir_diags *diags)
{
	static const char *const languages[] = { "en", "zh", "both", NULL };
	static const char *const layouts[] = { "pages", "sheet", NULL };
	reader in = { .diags = diags };
	const xmlNode *root = xmlDocGetRootElement((xmlDoc *)xml);
	if (!root || !weir_tree_is(root, "document")) {
		weir_diag_error(diags, SCHEMA, (weir_place){ 0 },
		                "the template's output is not a \"document\"; see share/document.xsd");
		return WEIR_INPUT;
	}
	in.status = weir_arena_create(&in.arena);
	weir_document *document = take(&in, 1, sizeof *document);
	if (document) {
		const xmlNode *first = element(root->children);
		document->arena = in.arena;
		document->lang = in.lang = languages[attribute_word(&in, root, "lang", languages)];
		document->is_sheet = attribute_word(&in, root, "layout", layouts);
		if (first && weir_tree_is(first, "head")) {
			read_head(&in, first, document);
			first = first->next;
		}
		document->blocks = read_blocks(&in, first);
		if (in.status == WEIR_OK)
			in.status = weir_document_settle_marks(document, in.diags);
	}
	if (in.status != WEIR_OK) {
		weir_arena_destroy(in.arena);
		return in.status;
	}
	*out = document;
	return WEIR_OK;
}

void weir_document_destroy(weir_document *document)
{
	if (document)
		weir_arena_destroy(document->arena);
}

const char *weir_doc_text_join(weir_arena *arena, weir_doc_text text)
{
	if (!text.en || !text.zh) {
		const char *only = text.en ? text.en : text.zh;
		return only ? only : "";
	}
	size_t en = strlen(text.en), zh = strlen(text.zh);
	char *joined = weir_arena_alloc(arena, en + zh + 2);
	if (!joined)
		return NULL;
	memcpy(joined, text.en, en);
	joined[en] = ' ';
	memcpy(joined + en + 1, text.zh, zh + 1);
	return joined;
}
