/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/schema.h"

#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include "base/alloc.h"
#include "base/text.h"
#include "io/file.h"
#include "io/load.h"
#include "io/schema_model.h"

#define NAMES_MAX 64         /* attributes or children of one type */
#define COMPLAINTS_MAX 200   /* of one kind of check; the rest is the echo of these */
#define DESCRIPTION_BYTES 160

static void ignore_error(void *data, weir_xml_error error)
{
	(void)data;
	(void)error;
}

/* The library reports some faults of schemas to a handler of the thread: ours for the time of a call. */
typedef struct quiet {
	xmlStructuredErrorFunc handler;
	void *context;
} quiet;

static quiet be_quiet(void)
{
	quiet before = { xmlStructuredError, xmlStructuredErrorContext };
	xmlSetStructuredErrorFunc(NULL, ignore_error);
	return before;
}

static void end_quiet(quiet before)
{
	xmlSetStructuredErrorFunc(before.context, before.handler);
}

static weir_status compile(weir_schema *schema)
{
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewDocParserCtxt(schema->document);
	if (!parser)
		return WEIR_NO_MEMORY;
	xmlSchemaSetParserStructuredErrors(parser, ignore_error, NULL);
	quiet before = be_quiet();
	schema->compiled = xmlSchemaParse(parser);
	end_quiet(before);
	xmlSchemaFreeParserCtxt(parser);
	return schema->compiled ? WEIR_OK : WEIR_INTERNAL;
}

weir_status weir_schema_open(weir_schema *out, const char *name, weir_diags *diags)
{
	const char *text = NULL;
	size_t size;
	int owned = 0;
	weir_status status;
	WEIR_TRY(weir_share_read(&text, &size, &owned, name, diags));
	WEIR_TRY(weir_arena_create(&out->arena));
	out->document = xmlReadMemory(text, (int)size, NULL, "UTF-8",
	                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS);
	if (!out->document || xmlGetIntSubset(out->document)) {
		weir_diag_error(diags, XML_SYNTAX, (weir_place){ 0 }, "weir's own schema \"%s\" cannot be read", name);
		status = WEIR_INTERNAL;
		goto out;
	}
	WEIR_TRY(weir_schema_model_create(out));
	status = compile(out);
	if (status == WEIR_INTERNAL)
		weir_diag_error(diags, SCHEMA, (weir_place){ 0 }, "weir's own schema \"%s\" cannot be used", name);
out:
	if (owned)
		weir_free((void *)(uintptr_t)text);
	return status;
}

void weir_schema_close(weir_schema *schema)
{
	xmlSchemaFree(schema->compiled);
	xmlFreeDoc(schema->document);
	weir_arena_destroy(schema->arena);
	*schema = (weir_schema){ 0 };
}

/* --- structure -------------------------------------------------------------------------------------------------- */

typedef struct check {
	const weir_schema *schema;
	const weir_xml *xml;
	weir_diags *diags;
	size_t limit; /* of errors in the list */
} check;

/* "a, b and c", cut after some. */
static void list_names(char *buffer, size_t size, const char *const *names, size_t count)
{
	size_t used = 0;
	buffer[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		const char *joint = i == 0 ? "" : i + 1 == count ? " or " : ", ";
		int n = snprintf(buffer + used, size - used, "%s%s", joint, names[i]);
		if (n < 0 || (size_t)n >= size - used - 8) {
			snprintf(buffer + used, size - used, ", …");
			return;
		}
		used += (size_t)n;
	}
}

static void complain_about_element(const check *c, const weir_schema_type *parent, const xmlNode *element)
{
	const char *names[NAMES_MAX], *name = (const char *)element->name;
	char list[256], where[DESCRIPTION_BYTES], excerpt[WEIR_EXCERPT_BYTES];
	size_t count = 0;
	for (; count < parent->child_count && count < NAMES_MAX; count++)
		names[count] = parent->children[count].name;
	weir_place place = weir_xml_place(c->xml, element);
	weir_xml_describe(element->parent, where, sizeof where);
	weir_excerpt(excerpt, name, strlen(name));
	const char *nearest = weir_nearest_name(name, strlen(name), names, count);
	list_names(list, sizeof list, names, count);
	if (element->ns && strcmp((const char *)element->ns->href, "http://www.w3.org/2001/XInclude") == 0)
		weir_diag_error(c->diags, XML_FORBIDDEN, place, "an inclusion (<%s>) is not allowed; put its text here",
		                excerpt);
	else if (count == 0)
		weir_diag_error(c->diags, UNKNOWN_ELEMENT, place,
		                "<%s> cannot stand in %s, which holds no elements; remove it", excerpt, where);
	else if (nearest && strcmp(nearest, name) == 0)
		weir_diag_error(c->diags, UNKNOWN_ELEMENT, place,
		                "<%s> is in another namespace than the deal; remove its prefix or xmlns", excerpt);
	else if (nearest)
		weir_diag_error(c->diags, UNKNOWN_ELEMENT, place, "<%s> is not known in %s; did you mean <%s>?",
		                excerpt, where, nearest);
	else
		weir_diag_error(c->diags, UNKNOWN_ELEMENT, place, "<%s> is not known in %s, which takes %s", excerpt,
		                where, list);
}

static void complain_about_attribute(const check *c, const weir_schema_type *type, const xmlAttr *attribute)
{
	const char *names[NAMES_MAX], *name = (const char *)attribute->name;
	char list[384], where[DESCRIPTION_BYTES], excerpt[WEIR_EXCERPT_BYTES], full[WEIR_EXCERPT_BYTES];
	size_t count = 0;
	if (attribute->ns && attribute->ns->prefix) {
		snprintf(full, sizeof full, "%s:%s", (const char *)attribute->ns->prefix, name);
		name = full;
	}
	for (; count < type->attribute_count && count < NAMES_MAX; count++)
		names[count] = type->attributes[count].name;
	const char *nearest = attribute->ns ? NULL : weir_nearest_name(name, strlen(name), names, count);
	weir_place place = weir_xml_name_place(c->xml, attribute);
	weir_xml_describe(attribute->parent, where, sizeof where);
	weir_excerpt(excerpt, name, strlen(name));
	list_names(list, sizeof list, names, count);
	if (nearest)
		weir_diag_error(c->diags, UNKNOWN_ATTRIBUTE, place, "%s has no attribute \"%s\"; did you mean \"%s\"?",
		                where, excerpt, nearest);
	else
		weir_diag_error(c->diags, UNKNOWN_ATTRIBUTE, place, "%s has no attribute \"%s\"; it takes %s", where,
		                excerpt, list);
}

/* Where to find a schema may stand in any file: editors want it. */
static int is_editor_hint(const xmlAttr *attribute)
{
	return attribute->ns &&
	       strcmp((const char *)attribute->ns->href, "http://www.w3.org/2001/XMLSchema-instance") == 0 &&
	       (strcmp((const char *)attribute->name, "schemaLocation") == 0 ||
	        strcmp((const char *)attribute->name, "noNamespaceSchemaLocation") == 0);
}

static void check_attributes(const check *c, const weir_schema_type *type, const xmlNode *element)
{
	char where[DESCRIPTION_BYTES];
	for (const xmlAttr *a = element->properties; a; a = a->next)
		if ((a->ns || !weir_schema_find_attribute(type, (const char *)a->name)) && !is_editor_hint(a))
			complain_about_attribute(c, type, a);
	for (size_t i = 0; i < type->attribute_count; i++) {
		const weir_schema_attribute *wanted = &type->attributes[i];
		if (!wanted->required || weir_xml_attribute(element, wanted->name))
			continue;
		weir_diag_error(c->diags, MISSING_ATTRIBUTE, weir_xml_place(c->xml, element),
		                "the %s lacks its %s; add %s=\"%s\"", weir_xml_describe(element, where, sizeof where),
		                wanted->name, wanted->name, wanted->example ? wanted->example : "…");
	}
}

static int is_ours(const check *c, const xmlNode *element)
{
	return element->ns && strcmp((const char *)element->ns->href, c->schema->name_space) == 0;
}

static void check_counts(const check *c, const weir_schema_type *type, const xmlNode *element, const int *counts)
{
	char where[DESCRIPTION_BYTES];
	for (size_t i = 0; i < type->child_count && i < NAMES_MAX; i++)
		if (counts[i] < type->children[i].least)
			weir_diag_error(c->diags, MISSING_ELEMENT, weir_xml_place(c->xml, element),
			                "the %s lacks its <%s>; add it",
			                weir_xml_describe(element, where, sizeof where), type->children[i].name);
}

static void check_text(const check *c, const xmlNode *text)
{
	const char *content = (const char *)text->content;
	char where[DESCRIPTION_BYTES], excerpt[WEIR_EXCERPT_BYTES];
	size_t blank = content ? strspn(content, " \t\r\n") : 0;
	if (content && content[blank])
		weir_diag_error(c->diags, SCHEMA, weir_xml_place(c->xml, text->parent),
		                "the text \"%s\" stands in %s, which takes attributes and elements only; remove it",
		                weir_excerpt(excerpt, content + blank, strcspn(content + blank, "\r\n")),
		                weir_xml_describe(text->parent, where, sizeof where));
}

/* Recursion is as deep as the document, which weir_xml_open bounds. */
static void check_element(const check *c, const weir_schema_type *type, const xmlNode *element)
{
	int counts[NAMES_MAX] = { 0 };
	char where[DESCRIPTION_BYTES];
	check_attributes(c, type, element);
	for (const xmlNode *n = element->children; n && c->diags->errors < c->limit; n = n->next) {
		if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
			check_text(c, n);
		if (n->type != XML_ELEMENT_NODE)
			continue;
		const weir_schema_child *child = weir_schema_find_child(type, (const char *)n->name);
		if (!child || !is_ours(c, n)) {
			complain_about_element(c, type, n);
			continue;
		}
		size_t number = (size_t)(child - type->children);
		if (number < NAMES_MAX && ++counts[number] > child->most && child->most >= 0)
			weir_diag_error(c->diags, SCHEMA, weir_xml_place(c->xml, n),
			                "<%s> stands more than once in %s; keep one", child->name,
			                weir_xml_describe(element, where, sizeof where));
		else if (child->type)
			check_element(c, child->type, n);
	}
	check_counts(c, type, element, counts);
}

int weir_schema_check(const weir_schema *schema, const weir_xml *xml, weir_diags *diags)
{
	const xmlNode *root = xmlDocGetRootElement(xml->document);
	check c = { schema, xml, diags, diags->errors + COMPLAINTS_MAX };
	char excerpt[WEIR_EXCERPT_BYTES];
	const char *name = (const char *)root->name;
	if (strcmp(name, schema->root) != 0 || !is_ours(&c, root)) {
		weir_diag_error(diags, UNKNOWN_ELEMENT, weir_xml_place(xml, root),
		                "the file starts with <%s>; it must start with <%s xmlns=\"%s\">",
		                weir_excerpt(excerpt, name, strlen(name)), schema->root, schema->name_space);
		return 0;
	}
	check_element(&c, schema->root_type, root);
	return 1;
}

/* --- the validator ---------------------------------------------------------------------------------------------- */

typedef struct validation {
	check check;
	size_t first; /* complaints of this file start here */
	size_t count;
} validation;

static int stands_in(const weir_diag *diag, weir_place place)
{
	return diag->severity == WEIR_ERROR && diag->place.source == place.source &&
	       diag->place.offset >= place.offset && diag->place.offset <= place.offset + place.length;
}

static int was_complained(const weir_diags *diags, weir_place place)
{
	for (size_t i = 0; i < diags->count; i++)
		if (stands_in(&diags->items[i], place))
			return 1;
	return 0;
}

/* The attribute a message is about ("Element '{…}class', attribute 'size': …"), or NULL. */
static const xmlAttr *attribute_in(const char *message, const xmlNode *element)
{
	static const char key[] = "attribute '";
	const char *start = message ? strstr(message, key) : NULL;
	const char *colon = message ? strstr(message, "': ") : NULL;
	if (!start || !colon || start > colon)
		return NULL;
	start += sizeof key - 1;
	for (const xmlAttr *a = element->properties; a; a = a->next) {
		size_t length = strlen((const char *)a->name);
		if (strncmp(start, (const char *)a->name, length) == 0 && start[length] == '\'')
			return a;
	}
	return NULL;
}

static void complain_about_value(const check *c, const xmlAttr *attribute)
{
	const char *name = (const char *)attribute->name;
	const weir_schema_type *type = weir_schema_type_of(c->schema, attribute->parent);
	const weir_schema_attribute *wanted = type ? weir_schema_find_attribute(type, name) : NULL;
	char excerpt[WEIR_EXCERPT_BYTES];
	xmlChar *owned;
	const char *value = weir_xml_value(attribute, &owned);
	value = value ? value : "";
	weir_diag_error(c->diags, BAD_VALUE, weir_xml_value_place(c->xml, attribute),
	                "\"%s\" is not a value of %s; write it like \"%s\"",
	                weir_excerpt(excerpt, value, strlen(value)), name,
	                wanted && wanted->example ? wanted->example : "…");
	xmlFree(owned);
}

static void complain_about_lack_of_children(const check *c, const weir_schema_type *type, const xmlNode *element)
{
	const char *names[NAMES_MAX];
	char list[256], where[DESCRIPTION_BYTES];
	size_t count = 0;
	for (; count < type->child_count && count < NAMES_MAX; count++)
		names[count] = type->children[count].name;
	list_names(list, sizeof list, names, count);
	weir_diag_error(c->diags, MISSING_ELEMENT, weir_xml_place(c->xml, element), "%s is empty; give it a %s",
	                weir_xml_describe(element, where, sizeof where), list);
}

static void on_validity_error(void *data, weir_xml_error error)
{
	validation *v = data;
	const xmlNode *node = error->node;
	if (v->count >= COMPLAINTS_MAX)
		return;
	const xmlAttr *attribute = NULL;
	if (node && node->type == XML_ATTRIBUTE_NODE) {
		attribute = (const xmlAttr *)node;
		node = node->parent;
	} else if (node && node->type == XML_ELEMENT_NODE) {
		attribute = attribute_in(error->message, node);
	}
	weir_place place = weir_xml_place(v->check.xml, node);
	if (attribute) { /* from its name to the end of its value */
		weir_place value = weir_xml_value_place(v->check.xml, attribute);
		place = weir_xml_name_place(v->check.xml, attribute);
		place.length = (uint32_t)(value.offset + value.length - place.offset);
	}
	if (was_complained(v->check.diags, place))
		return;
	v->count++;
	if (attribute) {
		complain_about_value(&v->check, attribute);
		return;
	}
	const weir_schema_type *type =
		node && !weir_xml_first(node) ? weir_schema_type_of(v->check.schema, node) : NULL;
	if (type && type->child_count) {
		complain_about_lack_of_children(&v->check, type, node);
		return;
	}
	char text[WEIR_EXCERPT_BYTES * 4];
	const char *message = error->message ? error->message : "it is not valid", *colon = strstr(message, "': ");
	snprintf(text, sizeof text, "%s", colon ? colon + 3 : message);
	text[strcspn(text, "\r\n")] = '\0';
	weir_diag_error(v->check.diags, SCHEMA, place, "this element does not follow the schema: %s", text);
}

weir_status weir_schema_validate(const weir_schema *schema, const weir_xml *xml, weir_diags *diags)
{
	validation v = { .check = { schema, xml, diags, 0 } };
	xmlSchemaValidCtxtPtr validator = xmlSchemaNewValidCtxt(schema->compiled);
	if (!validator)
		return WEIR_NO_MEMORY;
	xmlSchemaSetValidStructuredErrors(validator, on_validity_error, &v);
	quiet before = be_quiet();
	int result = xmlSchemaValidateDoc(validator, xml->document);
	end_quiet(before);
	xmlSchemaFreeValidCtxt(validator);
	return result < 0 ? WEIR_NO_MEMORY : WEIR_OK;
}
