/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema_model.h: what an XSD in weir's plain style says: types with attributes and children. */
#ifndef WEIR_IO_SCHEMA_MODEL_H
#define WEIR_IO_SCHEMA_MODEL_H

#include "io/schema.h"

/* An attribute of a type; its texts lie in the schema's document. */
typedef struct weir_schema_attribute {
	const char *name, *type, *example; /* an example from the attribute, else from its simple type; may be NULL */
	int required;
} weir_schema_attribute;

/* An element that a type may hold, and how often. */
typedef struct weir_schema_child {
	const char *name;
	const weir_schema_type *type;
	int least, most; /* most: -1 = any number */
} weir_schema_child;

/* A complex type, its groups resolved. */
struct weir_schema_type {
	const char *name;
	const xmlNode *node;
	weir_schema_attribute *attributes;
	weir_schema_child *children;
	size_t attribute_count, child_count;
};

/* Fills the types of an opened schema from its document. The style it understands: named complex types of choice, all
 * or sequence with group references; attributes and attribute groups; named simple types; one root element. */
weir_status weir_schema_model_create(weir_schema *schema);

/* The attribute, and the child, of that name; NULL when the type has none. */
const weir_schema_attribute *weir_schema_find_attribute(const weir_schema_type *type, const char *name);
const weir_schema_child *weir_schema_find_child(const weir_schema_type *type, const char *name);

/* The type of an element of a checked document, found along its parents; NULL when it has none. */
const weir_schema_type *weir_schema_type_of(const weir_schema *schema, const xmlNode *element);

#endif
