/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "io/file.h"

#define DEPTH_MAX 64
#define SYNTAX_ERRORS_MAX 10 /* what follows is mostly the echo of the first */

/* What the parser's error handler needs. */
typedef struct parse_watch {
	const weir_xml *xml;
	const weir_source *file;
	weir_diags *diags;
	int count;
	int lost; /* the parser has lost its way: what follows is echo */
} parse_watch;

/* The library's text in one line, without its capital and its full stop. */
static void plain_message(char *buffer, size_t size, const char *message)
{
	snprintf(buffer, size, "%s", message ? message : "not well formed");
	for (size_t length = strlen(buffer); length && strchr("\n. ", buffer[length - 1]); length--)
		buffer[length - 1] = '\0';
	for (char *p = buffer; *p; p++)
		if (*p == '\n')
			*p = ' ';
	if (isupper((unsigned char)buffer[0]) && islower((unsigned char)buffer[1]))
		buffer[0] = (char)tolower((unsigned char)buffer[0]);
}

static const char *text_or_unknown(const char *text)
{
	return text ? text : "?";
}

/* Where the last `wanted` before `at` stands, or `at` itself. */
static size_t last_before(const weir_source *file, size_t at, char wanted)
{
	for (size_t i = at; i-- > 0;)
		if (file->text[i] == wanted)
			return i;
	return at;
}

/* The start tag that holds `at` or ends before it; NULL before the first. */
static const weir_scan_element *tag_before(const weir_scan *scan, size_t at)
{
	size_t low = 0, high = scan->element_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (scan->elements[middle].offset < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &scan->elements[low - 1] : NULL;
}

/* The second attribute of that name in the tag before `at`. */
static size_t repeated_attribute(const parse_watch *watch, size_t at, const char *name)
{
	const weir_scan *scan = &watch->xml->scan;
	const weir_scan_element *tag = tag_before(scan, at);
	int times = 0;
	for (uint32_t i = 0; tag && name && i < tag->attribute_count; i++) {
		const weir_scan_attribute *a = &scan->attributes[tag->attribute_first + i];
		if (a->name_length == strlen(name) && memcmp(watch->file->text + a->name, name, a->name_length) == 0 &&
		    ++times == 2)
			return a->name;
	}
	return at;
}

/* Where the comment starts that is never closed. */
static size_t open_comment(const weir_source *file)
{
	size_t start = file->size;
	for (size_t i = 0; i + 3 < file->size; i++) {
		if (memcmp(file->text + i, "<!--", 4) != 0)
			continue;
		const char *closing = strstr(file->text + i + 4, "-->");
		if (!closing)
			return i;
		i = (size_t)(closing - file->text) + 2;
	}
	return start;
}

static int is_blank_text(const weir_source *file)
{
	return strspn(file->text, " \t\r\n") == file->size;
}

/* Where the fault is; the parser has often read on. */
static size_t place_of_fault(const parse_watch *watch, weir_xml_error error, size_t at)
{
	const weir_scan_element *tag;
	switch (error->code) {
	case XML_ERR_TAG_NAME_MISMATCH:
		return last_before(watch->file, at, '<');
	case XML_ERR_UNDECLARED_ENTITY:
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		return last_before(watch->file, at, '&');
	case XML_ERR_NAME_REQUIRED:
		return at > 0 && watch->file->text[at - 1] == '&' ? at - 1 : at;
	case XML_ERR_ATTRIBUTE_REDEFINED:
		return repeated_attribute(watch, at, (const char *)error->str1);
	case XML_ERR_COMMENT_NOT_FINISHED:
		return open_comment(watch->file);
	case XML_NS_ERR_UNDEFINED_NAMESPACE:
		tag = tag_before(&watch->xml->scan, at);
		return tag ? tag->offset : at;
	default:
		return at;
	}
}

static void complain_about_syntax(const parse_watch *watch, weir_xml_error error, weir_place place)
{
	weir_diags *diags = watch->diags;
	const char *name = text_or_unknown((const char *)error->str1);
	char text[256];
	switch (error->code) {
	case XML_ERR_TAG_NAME_MISMATCH:
		weir_diag_error(
			diags, XML_SYNTAX, place,
			"</%s> comes where <%s> of line %d is still open; close every element with its own name",
			text_or_unknown((const char *)error->str2), name, error->int1);
		break;
	case XML_ERR_LT_IN_ATTRIBUTE:
		weir_diag_error(
			diags, XML_SYNTAX, place,
			"\"<\" cannot stand in an attribute; write \"below\", \"at most\" or &lt;, or close the "
			"quote before it");
		break;
	case XML_ERR_ATTRIBUTE_REDEFINED:
		weir_diag_error(diags, XML_SYNTAX, place, "the attribute \"%s\" stands twice; remove one", name);
		break;
	case XML_ERR_UNDECLARED_ENTITY:
		weir_diag_error(diags, XML_FORBIDDEN, place,
		                "the entity \"&%s;\" is not allowed; write the character itself", name);
		break;
	case XML_ERR_NAME_REQUIRED:
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		weir_diag_error(diags, XML_SYNTAX, place,
		                "a name is missing here; an \"&\" that means itself is written &amp;");
		break;
	case XML_ERR_SPACE_REQUIRED:
	case XML_ERR_ATTRIBUTE_NOT_STARTED:
	case XML_ERR_ATTRIBUTE_NOT_FINISHED:
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		weir_diag_error(
			diags, XML_SYNTAX, place,
			"an attribute is not written as name=\"value\", or the quote of the one before is missing; "
			"add it");
		break;
	case XML_ERR_DOCUMENT_EMPTY:
		weir_diag_error(diags, XML_SYNTAX, place, "%s",
		                is_blank_text(watch->file) ? "the file is empty; give one with something in it" :
		                                             "the file is not XML: it does not start with \"<\"; give "
		                                             "an XML file");
		break;
	case XML_ERR_DOCUMENT_END:
		weir_diag_error(diags, XML_SYNTAX, place, "text stands behind the end of the root element; remove it");
		break;
	case XML_ERR_TAG_NOT_FINISHED:
		weir_diag_error(diags, XML_SYNTAX, place, "the file ends before </%s>; close every element", name);
		break;
	case XML_ERR_COMMENT_NOT_FINISHED:
		weir_diag_error(diags, XML_SYNTAX, place, "this comment is never closed; add -->");
		break;
	case XML_NS_ERR_UNDEFINED_NAMESPACE:
		weir_diag_error(diags, XML_SYNTAX, place, "the prefix \"%s:\" means nothing here; remove it", name);
		break;
	default:
		plain_message(text, sizeof text, error->message);
		weir_diag_error(diags, XML_SYNTAX, place, "the XML is not well formed: %s", text);
	}
}

/* Faults behind which the parser goes on without losing its way. */
static int stands_alone(int code)
{
	return code == XML_ERR_ATTRIBUTE_REDEFINED || code == XML_ERR_UNDECLARED_ENTITY ||
	       code == XML_NS_ERR_UNDEFINED_NAMESPACE;
}

static void on_parse_error(void *data, weir_xml_error error)
{
	xmlParserCtxtPtr parser = data;
	parse_watch *watch = parser->_private;
	if (error->level == XML_ERR_WARNING || error->code == XML_ERR_NO_MEMORY || watch->lost ||
	    watch->count++ >= SYNTAX_ERRORS_MAX)
		return;
	long offset = parser->input ? xmlByteConsumed(parser) : 0;
	size_t size = watch->file->size, at = offset < 0 ? 0 : (size_t)offset < size ? (size_t)offset : size;
	at = place_of_fault(watch, error, at);
	complain_about_syntax(watch, error, (weir_place){ watch->xml->source, at < size, at });
	watch->lost = !stands_alone(error->code) && watch->file->text[at] != '&';
}

static weir_status parse_document(weir_xml *xml, const weir_source *file, weir_diags *diags)
{
	parse_watch watch = { .xml = xml, .file = file, .diags = diags };
	xmlParserCtxtPtr parser = xmlNewParserCtxt();
	if (!parser)
		return WEIR_NO_MEMORY;
	parser->_private = &watch;
	parser->sax->serror = on_parse_error;
	xml->document =
		xmlCtxtReadMemory(parser, file->text, (int)file->size, NULL, "UTF-8",
	                          XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | XML_PARSE_NOWARNING);
	int well_formed = parser->wellFormed && parser->nsWellFormed;
	xmlFreeParserCtxt(parser);
	if (!xml->document && watch.count == 0)
		return WEIR_NO_MEMORY;
	return xml->document && well_formed ? WEIR_OK : WEIR_INPUT;
}

/* The document's next node in document order, below `root`. */
static xmlNode *next_in_order(xmlNode *node, const xmlNode *root)
{
	if (node->type == XML_ELEMENT_NODE && node->children)
		return node->children;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* Writes into each element its number, from 1, among the start tags. */
static void number_elements(xmlDocPtr document)
{
	uintptr_t number = 0;
	xmlNode *root = xmlDocGetRootElement(document);
	for (xmlNode *node = root; node; node = next_in_order(node, root))
		if (node->type == XML_ELEMENT_NODE)
			node->_private = (void *)++number;
}

static weir_status refuse_dangerous(const weir_xml *xml, weir_diags *diags)
{
	if (xml->scan.doctype != SIZE_MAX) {
		weir_diag_error(diags, XML_FORBIDDEN, ((weir_place){ xml->source, 9, xml->scan.doctype }),
		                "a document type (<!DOCTYPE) is not allowed; remove it and everything it declares");
		return WEIR_INPUT;
	}
	if (xml->scan.deepest > DEPTH_MAX) {
		weir_diag_error(diags, XML_LIMIT, ((weir_place){ xml->source, 1, xml->scan.deepest_at }),
		                "elements are nested more than %d deep; a deal needs few levels", DEPTH_MAX);
		return WEIR_INPUT;
	}
	return WEIR_OK;
}

weir_status weir_xml_open(weir_xml *out, const weir_sources *sources, uint32_t source, weir_diags *diags)
{
	const weir_source *file = weir_sources_get(sources, (weir_place){ source, 0, 0 });
	weir_status status;
	out->sources = sources;
	out->source = source;
	WEIR_TRY(weir_scan_create(&out->scan, file->text, file->size));
	WEIR_TRY(refuse_dangerous(out, diags));
	WEIR_TRY(parse_document(out, file, diags));
	number_elements(out->document);
out:
	return status;
}

void weir_xml_close(weir_xml *xml)
{
	xmlFreeDoc(xml->document);
	weir_scan_free(&xml->scan);
	*xml = (weir_xml){ 0 };
}

static const weir_scan_element *scanned(const weir_xml *xml, const xmlNode *element)
{
	if (!element || element->type != XML_ELEMENT_NODE)
		return NULL;
	uintptr_t number = (uintptr_t)element->_private;
	return number && number <= xml->scan.element_count ? &xml->scan.elements[number - 1] : NULL;
}

weir_place weir_xml_place(const weir_xml *xml, const xmlNode *element)
{
	const weir_scan_element *e = scanned(xml, element);
	return e ? (weir_place){ xml->source, e->length, e->offset } : (weir_place){ 0 };
}

/* The attribute as scanned; prefixes count as part of the name in the text. */
static const weir_scan_attribute *scanned_attribute(const weir_xml *xml, const xmlAttr *attribute)
{
	const weir_scan_element *e = scanned(xml, attribute->parent);
	const char *name = (const char *)attribute->name, *text = xml->sources->items[xml->source - 1].text;
	const xmlChar *prefix = attribute->ns ? attribute->ns->prefix : NULL;
	size_t prefix_length = prefix ? strlen((const char *)prefix) + 1 : 0, length = prefix_length + strlen(name);
	for (uint32_t i = 0; e && i < e->attribute_count; i++) {
		const weir_scan_attribute *a = &xml->scan.attributes[e->attribute_first + i];
		if (a->name_length == length &&
		    memcmp(text + a->name + prefix_length, name, length - prefix_length) == 0 &&
		    (!prefix || memcmp(text + a->name, prefix, prefix_length - 1) == 0))
			return a;
	}
	return NULL;
}

weir_place weir_xml_value_place(const weir_xml *xml, const xmlAttr *attribute)
{
	const weir_scan_attribute *a = scanned_attribute(xml, attribute);
	return a ? (weir_place){ xml->source, a->value_length, a->value } : weir_xml_place(xml, attribute->parent);
}

weir_place weir_xml_id_place(const weir_xml *xml, const xmlNode *element)
{
	const xmlAttr *id = weir_xml_attribute(element, "id");
	return id ? weir_xml_value_place(xml, id) : weir_xml_place(xml, element);
}

weir_place weir_xml_name_place(const weir_xml *xml, const xmlAttr *attribute)
{
	const weir_scan_attribute *a = scanned_attribute(xml, attribute);
	return a ? (weir_place){ xml->source, a->name_length, a->name } : weir_xml_place(xml, attribute->parent);
}

xmlNode *weir_xml_next(const xmlNode *element)
{
	xmlNode *node = element->next;
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

xmlNode *weir_xml_first(const xmlNode *node)
{
	xmlNode *child = node ? node->children : NULL;
	return child && child->type != XML_ELEMENT_NODE ? weir_xml_next(child) : child;
}

const xmlAttr *weir_xml_attribute(const xmlNode *element, const char *name)
{
	for (const xmlAttr *a = element->properties; a; a = a->next)
		if (!a->ns && strcmp((const char *)a->name, name) == 0)
			return a;
	return NULL;
}

const char *weir_xml_value(const xmlAttr *attribute, xmlChar **owned)
{
	const xmlNode *first = attribute->children;
	*owned = NULL;
	if (!first)
		return "";
	if (!first->next && first->type == XML_TEXT_NODE && first->content)
		return (const char *)first->content;
	*owned = xmlNodeListGetString(attribute->doc, attribute->children, 1);
	return (const char *)*owned;
}

const char *weir_xml_describe(const xmlNode *element, char *buffer, size_t size)
{
	const xmlAttr *id = weir_xml_attribute(element, "id");
	const char *text = id && id->children && id->children->content ? (const char *)id->children->content : NULL;
	char excerpt[WEIR_EXCERPT_BYTES];
	if (text)
		snprintf(buffer, size, "%s \"%s\"", (const char *)element->name,
		         weir_excerpt(excerpt, text, strlen(text)));
	else
		snprintf(buffer, size, "<%s>", (const char *)element->name);
	return buffer;
}
