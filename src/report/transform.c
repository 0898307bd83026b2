/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/transform.h"

#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxslt/extensions.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/tree.h"

/* The libraries' complaints, gathered until they become one of ours. */
typedef struct messages {
	char text[600];
	size_t length;
} messages;

static void gather(void *context, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void gather(void *context, const char *format, ...)
{
	messages *heard = context;
	va_list arguments;
	if (heard->length + 1 >= sizeof heard->text)
		return;
	va_start(arguments, format);
	int more = vsnprintf(heard->text + heard->length, sizeof heard->text - heard->length, format, arguments);
	va_end(arguments);
	if (more > 0)
		heard->length += (size_t)more;
	if (heard->length >= sizeof heard->text)
		heard->length = sizeof heard->text - 1;
	for (size_t i = 0; i < heard->length; i++)
		if (heard->text[i] == '\n')
			heard->text[i] = ' ';
}

weir_status weir_xml_parse(xmlDoc **out, const char *what, const char *text, size_t length, weir_diags *diags)
{
	*out = NULL;
	if (!text || length > INT_MAX) {
		weir_diag_error(diags, FILE_TOO_LARGE, (weir_place){ 0 },
		                "\"%s\" is missing or too large; give another", what);
		return WEIR_INPUT;
	}
	xmlParserCtxt *parser = xmlNewParserCtxt();
	if (!parser)
		return WEIR_NO_MEMORY;
	weir_status status = WEIR_OK;
	xmlDoc *document = xmlCtxtReadMemory(parser, text, (int)length, what, NULL,
	                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
	                                             XML_PARSE_BIG_LINES | XML_PARSE_NODICT);
	const xmlError *error = xmlCtxtGetLastError(parser);
	if (!document) {
		const char *message = error && error->message ? error->message : "no XML";
		weir_diag_error(diags, XML_SYNTAX, (weir_place){ 0 }, "\"%s\", line %d: %.*s; correct the file",
		                what, error ? error->line : 0, (int)strcspn(message, "\n"), message);
		status = error && error->code == XML_ERR_NO_MEMORY ? WEIR_NO_MEMORY : WEIR_INPUT;
	} else if (document->intSubset) {
		weir_diag_error(diags, XML_FORBIDDEN, (weir_place){ 0 },
		                "\"%s\" has a document type, which is not allowed; remove it", what);
		xmlFreeDoc(document);
		status = WEIR_INPUT;
	} else {
		*out = document;
	}
	xmlFreeParserCtxt(parser);
	return status;
}

/* --- the template --- */

static int is_xsl(const xmlNode *node, const char *name)
{
	return weir_tree_is(node, name) && node->ns && xmlStrEqual(node->ns->href, XSLT_NAMESPACE);
}

/* The part's top-level elements before the xsl:include; its namespaces join those of the template. */
static weir_status include_part(xmlDoc *template, xmlNode *place, const weir_report_part *part, weir_diags *diags)
{
	xmlDoc *document = NULL;
	weir_status status = weir_xml_parse(&document, part->name, part->text, part->length, diags);
	if (status != WEIR_OK)
		return status;
	xmlNode *from = xmlDocGetRootElement(document), *to = xmlDocGetRootElement(template);
	for (xmlNs *ns = from->nsDef; ns; ns = ns->next)
		if (!xmlSearchNs(template, to, ns->prefix) && !xmlNewNs(to, ns->href, ns->prefix))
			status = WEIR_NO_MEMORY;
	for (xmlNode *node = from->children; node && status == WEIR_OK; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		xmlNode *copy = xmlDocCopyNode(node, template, 1);
		if (!copy || !xmlAddPrevSibling(place, copy))
			status = WEIR_NO_MEMORY;
	}
	xmlFreeDoc(document);
	return status;
}

#define MOST_PARTS 64

/* The parts that a template has taken in: one that is asked for again is there already. */
typedef struct parts_taken {
	const weir_report_part *items[MOST_PARTS];
	int count;
} parts_taken;

static weir_status find_part(const weir_report_part **out, const weir_report_options *options, const char *name)
{
	*out = NULL;
	for (int i = 0; i < options->part_count && !*out; i++)
		if (strcmp(options->parts[i].name, name) == 0)
			*out = &options->parts[i];
	return *out || !options->find_part ? WEIR_OK : options->find_part(out, options->find_context, name);
}

static int is_taken(const parts_taken *taken, const weir_report_part *part)
{
	for (int i = 0; i < taken->count; i++)
		if (taken->items[i] == part)
			return 1;
	return 0;
}

static weir_status take_part(xmlDoc *template, xmlNode *place, const weir_report_options *options, parts_taken *taken,
                             weir_diags *diags)
{
	xmlChar *name = xmlGetNoNsProp(place, (const xmlChar *)"href");
	const weir_report_part *part = NULL;
	weir_status status = WEIR_OK;
	if (name && is_xsl(place, "include"))
		status = find_part(&part, options, (const char *)name);
	if (status != WEIR_OK) {
		/* short memory, or a complaint about the part */
	} else if (!part || taken->count == MOST_PARTS) {
		weir_diag_error(
			diags, XML_FORBIDDEN, (weir_place){ 0 },
			"the template takes in \"%s\", which it may not; include only weir's own parts and files beside it",
			name ? (const char *)name : "");
		status = WEIR_INPUT;
	} else if (!is_taken(taken, part)) {
		taken->items[taken->count++] = part;
		status = include_part(template, place, part, diags);
	}
	xmlFree(name);
	return status;
}

/* Replaces every xsl:include, also those of parts; whatever else would read a file is refused before libxslt sees it.
 */
static weir_status resolve_includes(xmlDoc *template, const weir_report_options *options, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	parts_taken taken = { .count = 0 };
	xmlNode *next = xmlDocGetRootElement(template)->children;
	while (next && status == WEIR_OK) {
		xmlNode *place = next, *before = place->prev;
		next = place->next;
		if (!is_xsl(place, "include") && !is_xsl(place, "import"))
			continue;
		status = take_part(template, place, options, &taken, diags);
		next = before ? before->next : place->parent->children; /* what came in may include more */
		next = next == place ? place->next : next;
		xmlUnlinkNode(place);
		xmlFreeNode(place);
	}
	return status;
}

/* The libraries' global channels while they are turned to `heard`: they are put back at once. */
typedef struct channels {
	xmlGenericErrorFunc xml, xslt;
	void *xml_context, *xslt_context;
} channels;

static channels hear(messages *heard)
{
	channels were = { xmlGenericError, xsltGenericError, xmlGenericErrorContext, xsltGenericErrorContext };
	xmlSetGenericErrorFunc(heard, gather);
	xsltSetGenericErrorFunc(heard, gather);
	return were;
}

static void put_back(const channels *were)
{
	xmlSetGenericErrorFunc(were->xml_context, were->xml);
	xsltSetGenericErrorFunc(were->xslt_context, were->xslt);
}

static const char *name_of(const weir_report_options *options)
{
	return options->template_name ? options->template_name : "template";
}

/* Compiles; libxslt owns the document from then on. */
static weir_status compile(xsltStylesheet **out, const weir_report_options *options, weir_diags *diags)
{
	xmlDoc *document = NULL;
	weir_status status =
		weir_xml_parse(&document, name_of(options), options->template_text, options->template_length, diags);
	if (status == WEIR_OK)
		status = resolve_includes(document, options, diags);
	if (status == WEIR_OK) {
		messages heard = { .length = 0 };
		channels were = hear(&heard);
		*out = xsltParseStylesheetDoc(document);
		put_back(&were);
		if (*out)
			return WEIR_OK;
		weir_diag_error(diags, SCHEMA, (weir_place){ 0 }, "the template \"%s\" cannot be used: %s; correct it",
		                name_of(options), heard.length ? heard.text : "it is no stylesheet");
		status = WEIR_INPUT;
	}
	xmlFreeDoc(document);
	return status;
}

/* --- its input --- */

/* Puts the terms before those of `terms`: the first one of an id is the one that templates find. */
static weir_status put_terms_before(xmlDoc *terms, const char *text, size_t length, weir_diags *diags)
{
	xmlDoc *own = NULL;
	weir_status status = weir_xml_parse(&own, "terms.xml", text, length, diags);
	xmlNode *place = status == WEIR_OK ? xmlDocGetRootElement(terms)->children : NULL;
	for (xmlNode *node = place ? xmlDocGetRootElement(own)->children : NULL; node; node = node->next) {
		xmlNode *copy = node->type == XML_ELEMENT_NODE ? xmlDocCopyNode(node, terms, 1) : NULL;
		if (node->type == XML_ELEMENT_NODE && (!copy || !xmlAddPrevSibling(place, copy)))
			status = WEIR_NO_MEMORY;
	}
	xmlFreeDoc(own);
	return status;
}

/* The fact of an id among the results' children. */
static xmlNode *find_fact(xmlNode *results, const char *id)
{
	for (xmlNode *node = results->children; node; node = node->next) {
		const char *found = weir_tree_is(node, "fact") ? weir_tree_attribute(node, "id") : NULL;
		if (found && strcmp(found, id) == 0)
			return node;
	}
	return NULL;
}

static weir_status add_facts(xmlNode *results, const weir_report_options *options)
{
	for (int i = 0; i < options->fact_count; i++) {
		const weir_fact *fact = &options->facts[i];
		xmlNode *old = find_fact(results, fact->id);
		if (old) {
			xmlUnlinkNode(old);
			xmlFreeNode(old);
		}
		xmlNode *node =
			xmlNewTextChild(results, results->ns, (const xmlChar *)"fact", (const xmlChar *)fact->value);
		if (!node || !xmlNewProp(node, (const xmlChar *)"id", (const xmlChar *)fact->id))
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* Wraps the results in the input element and puts the terms beside them. */
static weir_status make_input(xmlDoc **out, const char *results_xml, size_t length,
                              const weir_report_options *options, weir_diags *diags)
{
	xmlDoc *document = NULL, *terms = NULL;
	weir_status status;
	WEIR_TRY(weir_xml_parse(&document, "results.xml", results_xml, length, diags));
	WEIR_TRY(weir_xml_parse(&terms, "terms.xml", options->terms_text, options->terms_length, diags));
	if (options->own_terms_text)
		WEIR_TRY(put_terms_before(terms, options->own_terms_text, options->own_terms_length, diags));
	xmlNode *results = xmlDocGetRootElement(document);
	xmlNode *input = xmlNewDocNode(document, NULL, (const xmlChar *)"input", NULL);
	status = WEIR_NO_MEMORY;
	if (!input)
		goto out;
	xmlNs *ns = xmlNewNs(input, (const xmlChar *)"urn:weir:report-input:1", (const xmlChar *)"in");
	xmlSetNs(input, ns);
	xmlUnlinkNode(results);
	xmlDocSetRootElement(document, input);
	if (!ns || !xmlAddChild(input, results)) {
		xmlFreeNode(results);
		goto out;
	}
	xmlNode *copy = xmlDocCopyNode(xmlDocGetRootElement(terms), document, 1);
	if (!copy || !xmlAddChild(input, copy) || add_facts(results, options) != WEIR_OK)
		goto out;
	*out = document;
	document = NULL;
	status = WEIR_OK;
out:
	xmlFreeDoc(document);
	xmlFreeDoc(terms);
	return status;
}

/* --- the run --- */

static int forbid_everything(xsltTransformContext *context, xsltSecurityPrefs *rules)
{
	static const xsltSecurityOption options[] = { XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE,
		                                      XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
		                                      XSLT_SECPREF_WRITE_NETWORK };
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (xsltSetSecurityPrefs(rules, options[i], xsltSecurityForbid) != 0)
			return 0;
	return xsltSetCtxtSecurityPrefs(rules, context) == 0;
}

static int set_parameters(xsltTransformContext *context, const weir_report_options *options)
{
	char period[16];
	snprintf(period, sizeof period, "%d", options->period > 0 ? options->period : 1);
	return xsltQuoteOneUserParam(context, (const xmlChar *)"lang", (const xmlChar *)options->lang) == 0 &&
	       xsltQuoteOneUserParam(context, (const xmlChar *)"period", (const xmlChar *)period) == 0;
}

/* A template that calls itself without end, in words: libxslt's own tell how to make its limit higher. */
static void complain_stopped(const weir_report_options *options, const messages *heard, weir_diags *diags)
{
	const char *first = strstr(heard->text, "#0 name "), *line = strstr(heard->text, " line ");
	int length = first ? (int)strcspn(first + 8, " ") : 0;
	if (strstr(heard->text, "infinite template recursion"))
		weir_diag_error(diags, SCHEMA, (weir_place){ 0 },
		                "the template \"%s\" calls itself without end: \"%.*s\", line %d; give it a "
		                "condition that ends it",
		                name_of(options), length, first ? first + 8 : "", line ? atoi(line + 6) : 0);
	else
		weir_diag_error(diags, SCHEMA, (weir_place){ 0 }, "the template \"%s\" stopped: %s; correct it",
		                name_of(options), heard->length ? heard->text : "no reason given");
}

static weir_status apply(xmlDoc **out, xsltStylesheet *template, xmlDoc *input, const weir_report_options *options,
                         weir_diags *diags)
{
	messages heard = { .length = 0 };
	weir_status status = WEIR_NO_MEMORY;
	xmlDoc *result = NULL;
	xsltSecurityPrefs *rules = xsltNewSecurityPrefs();
	xsltTransformContext *context = xsltNewTransformContext(template, input);
	if (!rules || !context || !forbid_everything(context, rules) || !set_parameters(context, options))
		goto out;
	xsltSetTransformErrorFunc(context, &heard, gather);
	channels were = hear(&heard);
	result = xsltApplyStylesheetUser(template, input, NULL, NULL, NULL, context);
	put_back(&were);
	if (!result || context->state != XSLT_STATE_OK) {
		complain_stopped(options, &heard, diags);
		status = WEIR_INPUT;
		goto out;
	}
	*out = result;
	result = NULL;
	status = WEIR_OK;
out:
	xmlFreeDoc(result);
	xsltFreeTransformContext(context);
	xsltFreeSecurityPrefs(rules);
	return status;
}

weir_status weir_transform(xmlDoc **out, const char *results_xml, size_t length, const weir_report_options *options,
                           weir_diags *diags)
{
	xsltStylesheet *template = NULL;
	xmlDoc *input = NULL;
	weir_status status;
	/* the extensions that neither read, write, nor look at the clock */
	exsltCommonRegister();
	exsltSetsRegister();
	exsltStrRegister();
	WEIR_TRY(compile(&template, options, diags));
	WEIR_TRY(make_input(&input, results_xml, length, options, diags));
	WEIR_TRY(apply(out, template, input, options, diags));
out:
	xsltFreeStylesheet(template);
	xmlFreeDoc(input);
	return status;
}
