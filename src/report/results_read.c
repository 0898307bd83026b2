/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results_read.c: a results.xml back as results. Totals are not read: they are made again from the rows. */
#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "report/tables.h"
#include "report/transform.h"
#include "report/tree.h"

/* What reading carries around. */
typedef struct reader {
	weir_results *results;
	weir_diags *diags;
	const char *name; /* of the file, for complaints */
} reader;

static const char *content(const xmlNode *node)
{
	return node->children && node->children->content ? (const char *)node->children->content : "";
}

static weir_status refuse(reader *in, const xmlNode *node, const char *what)
{
	weir_diag_error(in->diags, SCHEMA, (weir_place){ 0 },
	                "\"%s\", line %ld: %s; give a results.xml as weir wrote it", in->name, xmlGetLineNo(node),
	                what);
	return WEIR_INPUT;
}

static const char *keep(reader *in, const char *text, weir_status *status)
{
	if (!text || *status != WEIR_OK)
		return NULL;
	const char *copy = weir_arena_text(in->results->arena, text, strlen(text));
	if (!copy)
		*status = WEIR_NO_MEMORY;
	return copy;
}

/* --- columns ---------------------------------------------------------------------------------------------------- */

static int type_of(const char *word)
{
	for (int type = 0; word && type <= WEIR_CELL_MIXED; type++)
		if (strcmp(word, weir_cell_type_text((weir_cell_type)type)) == 0)
			return type;
	return -1;
}

/* A column as the file says; how its table is grouped stands only in the program. */
static weir_status read_column(reader *in, const xmlNode *node, const char *table, weir_column *out)
{
	weir_status status = WEIR_OK;
	const char *id = weir_tree_attribute(node, "id"), *sum = weir_tree_attribute(node, "sum");
	const char *decimals = weir_tree_attribute(node, "decimals");
	const weir_column *standard = id ? weir_table_standard_column(table, id) : NULL;
	int type = type_of(weir_tree_attribute(node, "type"));
	if (!id || type < 0)
		return refuse(in, node, "a column wants an id and a type");
	*out = (weir_column){ .type = (weir_cell_type)type, .decimals = decimals ? atoi(decimals) : 0 };
	out->summed = !sum ? WEIR_SUM_NONE : strcmp(sum, "flow") == 0 ? WEIR_SUM_FLOW : WEIR_SUM_STOCK;
	out->grouping = standard ? standard->grouping : WEIR_GROUP_NONE;
	out->id = keep(in, id, &status);
	out->en = keep(in, weir_tree_attribute(node, "en"), &status);
	out->zh = keep(in, weir_tree_attribute(node, "zh"), &status);
	if (out->decimals < 0 || out->decimals > 12)
		return refuse(in, node, "decimals are 0 to 12");
	return status;
}

static const xmlNode *child(const xmlNode *node, const char *name)
{
	const xmlNode *n = node->children;
	while (n && !weir_tree_is(n, name))
		n = n->next;
	return n;
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

/* The number of a cell's text; NAN when it is none. */
static double number_of(const char *text, weir_cell_type type, int currency_digits)
{
	double number;
	weir_decimal decimal;
	size_t length = strlen(text);
	switch (type) {
	case WEIR_CELL_MONEY:
		return weir_cents_parse(text, length, currency_digits, &number) == WEIR_PARSE_OK ? number : NAN;
	case WEIR_CELL_DATE: {
		weir_date date = weir_date_parse(text, length);
		return date == WEIR_DATE_NONE ? NAN : (double)date;
	}
	default:
		return weir_decimal_parse(text, length, &decimal) == WEIR_PARSE_OK ? weir_decimal_double(decimal) : NAN;
	}
}

static int decimals_of(const char *text)
{
	const char *point = strchr(text, '.');
	size_t count = point ? strlen(point + 1) : 0;
	return count < 12 ? (int)count : 12;
}

static weir_status read_cell(reader *in, const xmlNode *node, const weir_table *table, weir_cell *row)
{
	weir_status status = WEIR_OK;
	const char *column = weir_tree_attribute(node, "col"), *own_type = weir_tree_attribute(node, "type");
	int c = column ? weir_table_column(table, column) : -1;
	if (c < 0)
		return refuse(in, node, "a cell names no column of its table");
	int type = table->columns[c].type == WEIR_CELL_MIXED ? type_of(own_type) : (int)table->columns[c].type;
	if (type < 0 || type == WEIR_CELL_MIXED)
		return refuse(in, node, "a cell of a mixed column wants a type");
	if (type == WEIR_CELL_TEXT) {
		row[c] = weir_cell_key(keep(in, weir_tree_attribute(node, "key"), &status),
		                       keep(in, weir_tree_attribute(node, "en"), &status),
		                       keep(in, weir_tree_attribute(node, "zh"), &status));
		return status;
	}
	double number = number_of(content(node), (weir_cell_type)type, in->results->currency_digits);
	if (isnan(number))
		return refuse(in, node, "a cell's value cannot be read");
	int decimals = type == WEIR_CELL_RATE ? 12 : decimals_of(content(node));
	row[c] = weir_cell_typed((weir_cell_type)type, decimals, number);
	return WEIR_OK;
}

static weir_status read_table(reader *in, const xmlNode *node)
{
	weir_status status = WEIR_OK;
	weir_table *table;
	const char *id = weir_tree_attribute(node, "id"), *csv = weir_tree_attribute(node, "csv");
	const xmlNode *head = child(node, "columns");
	int width = weir_tree_count(head, "column"), at = 0;
	if (!id || width == 0)
		return refuse(in, node, "a table wants an id and columns");
	if (weir_results_table(in->results, id))
		return refuse(in, node, "a table stands twice");
	weir_column *columns = weir_arena_array(in->results->arena, (size_t)width, sizeof *columns);
	if (!columns)
		return WEIR_NO_MEMORY;
	for (const xmlNode *n = head->children; n; n = n->next)
		if (weir_tree_is(n, "column"))
			WEIR_TRY(read_column(in, n, id, &columns[at++]));
	WEIR_TRY(weir_results_add_table(&table, in->results, id, weir_tree_attribute(node, "en"),
	                                weir_tree_attribute(node, "zh"), columns, width,
	                                csv && strcmp(csv, "yes") == 0));
	for (const xmlNode *n = node->children; n; n = n->next) {
		weir_cell *row = weir_tree_is(n, "row") ? weir_table_add_row(in->results, table) : NULL;
		if (weir_tree_is(n, "row") && !row)
			return WEIR_NO_MEMORY;
		for (const xmlNode *c = row ? n->children : NULL; c; c = c->next)
			if (weir_tree_is(c, "cell"))
				WEIR_TRY(read_cell(in, c, table, row));
	}
out:
	return status;
}

/* --- what stands before the tables ------------------------------------------------------------------------------ */

static void read_disclosure(const xmlNode *node, weir_diags *said)
{
	const char *word = weir_tree_attribute(node, "code"), *severity = weir_tree_attribute(node, "severity");
	int code = WEIR_CODE_ASSUMPTION;
	for (int i = 0; word && i < WEIR_CODE_COUNT; i++)
		if (strcmp(word, weir_code_text((weir_code)i)) == 0)
			code = i;
	weir_severity kind = severity && strcmp(severity, "warning") == 0 ? WEIR_WARNING : WEIR_DISCLOSURE;
	if (weir_tree_attribute(node, "zh"))
		weir_diag_add_both(said, kind, (weir_code)code, (weir_place){ 0 }, "%s%.0s", "%.0s%s", content(node),
		                   weir_tree_attribute(node, "zh"));
	else
		weir_diag_add(said, kind, (weir_code)code, (weir_place){ 0 }, "%s", content(node));
}

static weir_status read_parts(reader *in, const xmlNode *root)
{
	weir_status status = WEIR_OK;
	weir_diags said = { 0 };
	for (const xmlNode *n = root->children; n; n = n->next) {
		const char *id = n->type == XML_ELEMENT_NODE ? weir_tree_attribute(n, "id") : NULL;
		if (weir_tree_is(n, "scenario") && id)
			WEIR_TRY(weir_results_set_scenario(in->results, id, weir_tree_attribute(n, "en"),
			                                   weir_tree_attribute(n, "zh")));
		else if (weir_tree_is(n, "fact") && id)
			WEIR_TRY(weir_results_add_fact(in->results, id, content(n)));
		else if (weir_tree_is(n, "disclosure"))
			read_disclosure(n, &said);
		else if (weir_tree_is(n, "table"))
			WEIR_TRY(read_table(in, n));
	}
	status = said.lost ? WEIR_NO_MEMORY : weir_results_add_disclosures(in->results, &said);
out:
	weir_diags_free(&said);
	return status;
}

static weir_status read_root(reader *in, const xmlNode *root)
{
	weir_status status;
	const xmlNode *deal = root ? child(root, "deal") : NULL;
	const char *digits = root ? weir_tree_attribute(root, "currency-digits") : NULL;
	const char *currency = root ? weir_tree_attribute(root, "currency") : NULL;
	if (!root || !weir_tree_is(root, "results") || !root->ns ||
	    strcmp((const char *)root->ns->href, "urn:weir:results:1") != 0 || !deal ||
	    !weir_tree_attribute(deal, "id") || !currency || !digits || digits[0] < '0' || digits[0] > '4' ||
	    digits[1]) {
		weir_diag_error(in->diags, SCHEMA, (weir_place){ 0 },
		                "\"%s\" is no results file of weir; give the results.xml that a run or a study wrote",
		                in->name);
		return WEIR_INPUT;
	}
	WEIR_TRY(weir_results_create(&in->results, weir_tree_attribute(deal, "id"), weir_tree_attribute(deal, "en"),
	                             weir_tree_attribute(deal, "zh"), currency, digits[0] - '0'));
	status = read_parts(in, root);
out:
	return status;
}

weir_status weir_results_read_xml(weir_results **out, const char *name, const char *xml, size_t length,
                                  weir_diags *diags)
{
	xmlDoc *document = NULL;
	reader in = { .diags = diags, .name = name };
	weir_status status = weir_xml_parse(&document, name, xml, length, diags);
	if (status == WEIR_OK)
		status = read_root(&in, xmlDocGetRootElement(document));
	xmlFreeDoc(document);
	if (status != WEIR_OK) {
		weir_results_destroy(in.results);
		return status;
	}
	*out = in.results;
	return WEIR_OK;
}
