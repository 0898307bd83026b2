/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xml.h: an XML file as a document whose every element and attribute knows its place in the file. */
#ifndef WEIR_IO_XML_H
#define WEIR_IO_XML_H

#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlversion.h>

#include "base/diag.h"
#include "io/scan.h"

/* What an error handler is given. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *weir_xml_error;
#else
typedef xmlError *weir_xml_error;
#endif

/* Zero-initialise; free with weir_xml_close. */
typedef struct weir_xml {
	const weir_sources *sources;
	uint32_t source;
	xmlDocPtr document;
	weir_scan scan;
} weir_xml;

/* Parses source number `source`: no network, no document type, no entities but the five predefined, bounded depth.
 * WEIR_INPUT after complaints; the caller closes `out` in any case. */
weir_status weir_xml_open(weir_xml *out, const weir_sources *sources, uint32_t source, weir_diags *diags);

/* Frees the document and the scan; the source stays. */
void weir_xml_close(weir_xml *xml);

/* The start tag of an element; of a node that is none, nowhere. */
weir_place weir_xml_place(const weir_xml *xml, const xmlNode *element);

/* The raw value of an attribute between its quotes. */
weir_place weir_xml_value_place(const weir_xml *xml, const xmlAttr *attribute);

/* The raw value of an element's id; of an element without one, its start tag. */
weir_place weir_xml_id_place(const weir_xml *xml, const xmlNode *element);

/* The name of an attribute in its start tag. */
weir_place weir_xml_name_place(const weir_xml *xml, const xmlAttr *attribute);

/* The first child element of a node, and the next sibling element. */
xmlNode *weir_xml_first(const xmlNode *node);
xmlNode *weir_xml_next(const xmlNode *element);

/* The attribute without namespace of that name, or NULL. */
const xmlAttr *weir_xml_attribute(const xmlNode *element, const char *name);

/* The decoded value of an attribute; *owned is NULL or what the caller frees with xmlFree. NULL when memory is short. */
const char *weir_xml_value(const xmlAttr *attribute, xmlChar **owned);

/* An element as a message names it: `class "A"`, `<payment>` (its id, when it has one). `buffer` holds `size` bytes. */
const char *weir_xml_describe(const xmlNode *element, char *buffer, size_t size);

#endif
