/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/schema_model.h"

#include <stdlib.h>
#include <string.h>

static int is_named(const xmlNode *node, const char *name)
{
	return strcmp((const char *)node->name, name) == 0;
}

/* The text of an attribute of the XSD, or NULL. */
static const char *property(const xmlNode *node, const char *name)
{
	const xmlAttr *a = weir_xml_attribute(node, name);
	return a && a->children ? (const char *)a->children->content : NULL;
}

static const char *without_prefix(const char *name)
{
	const char *colon = name ? strchr(name, ':') : NULL;
	return colon ? colon + 1 : name;
}

/* The top-level declaration `kind` of a name, or NULL. */
static const xmlNode *declaration(const weir_schema *schema, const char *kind, const char *name)
{
	for (const xmlNode *n = weir_xml_first(xmlDocGetRootElement(schema->document)); n; n = weir_xml_next(n))
		if (name && is_named(n, kind) && property(n, "name") && strcmp(property(n, "name"), name) == 0)
			return n;
	return NULL;
}

/* The example in a declaration's annotation, or NULL. */
static const char *example_of(const xmlNode *node)
{
	const xmlNode *annotation = node ? weir_xml_first(node) : NULL;
	if (!annotation || !is_named(annotation, "annotation"))
		return NULL;
	const xmlNode *first = weir_xml_first(annotation);
	return first && is_named(first, "appinfo") && first->children ? (const char *)first->children->content : NULL;
}

static void add_attribute(const weir_schema *schema, weir_schema_type *type, const xmlNode *node)
{
	const char *value_type = without_prefix(property(node, "type")), *use = property(node, "use");
	const char *example = example_of(node);
	if (!example)
		example = example_of(declaration(schema, "simpleType", value_type));
	type->attributes[type->attribute_count++] = (weir_schema_attribute){
		property(node, "name"), value_type, example, use && strcmp(use, "required") == 0
	};
}

static weir_schema_type *find_type(const weir_schema *schema, const char *name)
{
	for (size_t i = 0; name && i < schema->type_count; i++)
		if (strcmp(schema->types[i].name, name) == 0)
			return &schema->types[i];
	return NULL;
}

static void add_child(const weir_schema *schema, weir_schema_type *type, const xmlNode *node, int repeated)
{
	const char *least = property(node, "minOccurs"), *most = property(node, "maxOccurs");
	weir_schema_child child = { property(node, "name"), find_type(schema, without_prefix(property(node, "type"))),
		                    least ? atoi(least) : 1, most ? atoi(most) : 1 };
	if (most && strcmp(most, "unbounded") == 0)
		child.most = -1;
	if (repeated) { /* in a repeated choice nothing is required; an explicit maxOccurs still counts for people */
		child.least = 0;
		child.most = most ? child.most : -1;
	}
	type->children[type->child_count++] = child;
}

/* Collects what stands below `node` into `type`; counts only when its arrays are NULL. */
static void collect(const weir_schema *schema, weir_schema_type *type, const xmlNode *node, int repeated)
{
	for (const xmlNode *n = weir_xml_first(node); n; n = weir_xml_next(n)) {
		if (is_named(n, "attribute")) {
			if (type->attributes)
				add_attribute(schema, type, n);
			else
				type->attribute_count++;
		} else if (is_named(n, "element")) {
			if (type->children)
				add_child(schema, type, n, repeated);
			else
				type->child_count++;
		} else if (is_named(n, "attributeGroup") || is_named(n, "group")) {
			const char *name = without_prefix(property(n, "ref"));
			const xmlNode *group = declaration(schema, (const char *)n->name, name);
			if (group)
				collect(schema, type, group, repeated);
		} else if (is_named(n, "choice") || is_named(n, "all") || is_named(n, "sequence")) {
			collect(schema, type, n, repeated || is_named(n, "choice"));
		}
	}
}

static weir_status fill_type(const weir_schema *schema, weir_schema_type *type)
{
	collect(schema, type, type->node, 0);
	type->attributes = weir_arena_array(schema->arena, type->attribute_count + 1, sizeof *type->attributes);
	type->children = weir_arena_array(schema->arena, type->child_count + 1, sizeof *type->children);
	if (!type->attributes || !type->children)
		return WEIR_NO_MEMORY;
	type->attribute_count = type->child_count = 0;
	collect(schema, type, type->node, 0);
	return WEIR_OK;
}

weir_status weir_schema_model_create(weir_schema *schema)
{
	const xmlNode *top = xmlDocGetRootElement(schema->document);
	size_t count = 0;
	weir_status status = WEIR_OK;
	for (const xmlNode *n = weir_xml_first(top); n; n = weir_xml_next(n))
		count += is_named(n, "complexType");
	schema->types = weir_arena_array(schema->arena, count + 1, sizeof *schema->types);
	if (!schema->types)
		return WEIR_NO_MEMORY;
	schema->name_space = property(top, "targetNamespace");
	for (const xmlNode *n = weir_xml_first(top); n; n = weir_xml_next(n)) {
		if (is_named(n, "complexType"))
			schema->types[schema->type_count++] =
				(weir_schema_type){ .name = property(n, "name"), .node = n };
	}
	for (size_t i = 0; i < schema->type_count; i++)
		WEIR_TRY(fill_type(schema, &schema->types[i]));
	for (const xmlNode *n = weir_xml_first(top); n; n = weir_xml_next(n))
		if (is_named(n, "element")) {
			schema->root = property(n, "name");
			schema->root_type = find_type(schema, without_prefix(property(n, "type")));
		}
	status = schema->root_type ? WEIR_OK : WEIR_INTERNAL;
out:
	return status;
}

const weir_schema_attribute *weir_schema_find_attribute(const weir_schema_type *type, const char *name)
{
	for (size_t i = 0; i < type->attribute_count; i++)
		if (strcmp(type->attributes[i].name, name) == 0)
			return &type->attributes[i];
	return NULL;
}

const weir_schema_child *weir_schema_find_child(const weir_schema_type *type, const char *name)
{
	for (size_t i = 0; i < type->child_count; i++)
		if (strcmp(type->children[i].name, name) == 0)
			return &type->children[i];
	return NULL;
}

const weir_schema_type *weir_schema_type_of(const weir_schema *schema, const xmlNode *element)
{
	if (!element || element->type != XML_ELEMENT_NODE)
		return NULL;
	if (element->parent == (const xmlNode *)element->doc)
		return schema->root_type;
	const weir_schema_type *parent = weir_schema_type_of(schema, element->parent);
	const weir_schema_child *child = parent ? weir_schema_find_child(parent, (const char *)element->name) : NULL;
	return child ? child->type : NULL;
}

size_t weir_schema_attributes(const weir_schema *schema, const char *type, const char **names, size_t capacity)
{
	const weir_schema_type *t = find_type(schema, type);
	for (size_t i = 0; t && i < t->attribute_count && i < capacity; i++)
		names[i] = t->attributes[i].name;
	return t ? t->attribute_count : 0;
}
