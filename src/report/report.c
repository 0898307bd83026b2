/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include <libxml/tree.h>
#include <string.h>

#include "report/document.h"
#include "report/html.h"
#include "report/transform.h"

static int is_language(const char *lang)
{
	return lang && (strcmp(lang, "en") == 0 || strcmp(lang, "zh") == 0 || strcmp(lang, "both") == 0);
}

/* The style goes into the page as it is: it may not end its element. */
static int ends_element(const char *style, size_t length)
{
	for (size_t i = 0; i + 1 < length; i++)
		if (style[i] == '<' && (style[i + 1] == '/' || style[i + 1] == '!'))
			return 1;
	return 0;
}

static weir_status check_options(const weir_report_options *options, weir_diags *diags)
{
	if (!is_language(options->lang)) {
		weir_diag_error(diags, USAGE, (weir_place){ 0 }, "\"%s\" is no language; say en, zh or both",
		                options->lang ? options->lang : "");
		return WEIR_INPUT;
	}
	if (ends_element(options->style_text, options->style_length)) {
		weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
		                "the style holds \"<\" and a slash or mark, which would end it; remove it");
		return WEIR_INPUT;
	}
	return WEIR_OK;
}

weir_status weir_report_document(weir_text *out, const char *results_xml, size_t length,
                                 const weir_report_options *options, weir_diags *diags)
{
	xmlDoc *xml = NULL;
	xmlChar *text = NULL;
	int size = 0;
	weir_status status;
	WEIR_TRY(check_options(options, diags));
	WEIR_TRY(weir_transform(&xml, results_xml, length, options, diags));
	xmlDocDumpFormatMemoryEnc(xml, &text, &size, "UTF-8", 1);
	if (!text) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	weir_text_append(out, (const char *)text, (size_t)size);
	status = weir_text_status(out);
out:
	xmlFree(text);
	xmlFreeDoc(xml);
	return status;
}

weir_status weir_report_html_from_xml(weir_text *out, const char *results_xml, size_t length,
                                      const weir_report_options *options, weir_diags *diags)
{
	xmlDoc *xml = NULL;
	weir_document *document = NULL;
	weir_text html = { 0 };
	weir_status status;
	WEIR_TRY(check_options(options, diags));
	WEIR_TRY(weir_transform(&xml, results_xml, length, options, diags));
	WEIR_TRY(weir_document_read(&document, xml, diags));
	WEIR_TRY(weir_html_write(&html, document, options->style_text, options->style_length));
	weir_text_append(out, html.data, html.length);
	status = weir_text_status(out);
out:
	weir_text_free(&html);
	weir_document_destroy(document);
	xmlFreeDoc(xml);
	return status;
}

weir_status weir_report_html(weir_text *out, const weir_results *results, const weir_report_options *options,
                             weir_diags *diags)
{
	weir_text xml = { 0 };
	weir_status status;
	WEIR_TRY(weir_results_foot(results, diags));
	weir_results_write_xml(results, &xml);
	WEIR_TRY(weir_text_status(&xml));
	WEIR_TRY(weir_report_html_from_xml(out, xml.data, xml.length, options, diags));
out:
	weir_text_free(&xml);
	return status;
}
