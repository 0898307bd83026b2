/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.h: the schemas of weir's XML files: what an element may hold, told in a banker's words, and the XSD validator
 * behind it as the last word. */
#ifndef WEIR_IO_SCHEMA_H
#define WEIR_IO_SCHEMA_H

#include <libxml/xmlschemas.h>

#include "base/arena.h"
#include "io/xml.h"

/* A complex type of the schema (schema_model.h). */
typedef struct weir_schema_type weir_schema_type;

/* Zero-initialise; free with weir_schema_close. */
typedef struct weir_schema {
	weir_arena *arena;     /* of the types below */
	xmlDocPtr document;    /* the XSD; the types' texts lie in it */
	xmlSchemaPtr compiled;
	const char *name_space, *root;
	weir_schema_type *root_type;
	weir_schema_type *types;
	size_t type_count;
} weir_schema;

/* Reads and compiles one of weir's own schemas ("deal.xsd"). The caller closes `out` in any case. */
weir_status weir_schema_open(weir_schema *out, const char *name, weir_diags *diags);

/* Frees the schema, also one that was not opened whole. */
void weir_schema_close(weir_schema *schema);

/* Complains about every unknown, missing or repeated element, every unknown or missing attribute, and text where none
 * belongs. Values are for those who read them. Returns 0 when not even the root is right: then nothing can be read. */
int weir_schema_check(const weir_schema *schema, const weir_xml *xml, weir_diags *diags);

/* Runs the XSD validator and complains about what nobody has complained about at the same place yet: call it after the
 * values were read. */
weir_status weir_schema_validate(const weir_schema *schema, const weir_xml *xml, weir_diags *diags);

/* The attributes that the schema gives to a complex type ("contract"), for tests and documentation; the count, with at
 * most `capacity` of them in `names`. */
size_t weir_schema_attributes(const weir_schema *schema, const char *type, const char **names, size_t capacity);

#endif
