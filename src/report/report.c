/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>

#include "report/document.h"
#include "report/docx.h"
#include "report/html.h"
#include "report/pdf.h"
#include "report/transform.h"
#include "report/xlsx.h"

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
	if (ends_element(options->style_text, options->style_length) ||
	    ends_element(options->own_style_text, options->own_style_length)) {
		weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
		                "the style holds \"<\" and a slash or mark, which would end it; remove it");
		return WEIR_INPUT;
	}
	return WEIR_OK;
}

const char *weir_report_format_text(weir_report_format format)
{
	static const char *const names[WEIR_FORMATS] = { "html", "pdf", "docx", "xlsx", "document.xml" };
	return names[format];
}

/* The day of the first payment shown: no clock is read, and a file needs a day of its making. `buffer` holds 32 bytes.
 */
static const char *day_of(const weir_results *results, int period, char *buffer)
{
	const weir_table *periods = weir_results_table(results, "periods");
	int number = periods ? weir_table_column(periods, "period") : -1, date = number < 0 ? -1 :
		weir_table_column(periods, "payment_date");
	for (size_t row = 0; date >= 0 && row < periods->row_count; row++) {
		char day[64];
		const weir_cell *cell = weir_table_cell(periods, row, date);
		if (!cell->present || weir_table_cell(periods, row, number)->number < (period > 0 ? period : 1))
			continue;
		snprintf(buffer, 32, "%.10sT00:00:00Z",
		         weir_cell_plain(periods, date, cell, results->currency_digits, day));
		return buffer;
	}
	return NULL;
}

/* The document's XML as it is. */
static weir_status dump(weir_text *to, xmlDoc *tree)
{
	xmlChar *text = NULL;
	int size = 0;
	xmlDocDumpFormatMemoryEnc(tree, &text, &size, "UTF-8", 1);
	if (!text)
		return WEIR_NO_MEMORY;
	weir_text_append(to, (const char *)text, (size_t)size);
	xmlFree(text);
	return weir_text_status(to);
}

/* What writes the formats of a document. */
static weir_status print_document(weir_text *to, weir_report_format format, const weir_document *document,
                                  const weir_results *results, const weir_report_options *options, const char *created,
                                  weir_diags *diags)
{
	switch (format) {
	case WEIR_FORMAT_PDF:
		return weir_pdf_write(to, document, &(weir_pdf_options){ options->look, created }, diags);
	case WEIR_FORMAT_DOCX:
		return weir_docx_write(to, document, &(weir_docx_options){ options->look, created }, diags);
	case WEIR_FORMAT_XLSX:
		return weir_xlsx_write(to, results,
		                       &(weir_xlsx_options){ .lang = options->lang,
		                                             .folder = options->scratch,
		                                             .created = created,
		                                             .style = options->look,
		                                             .document = document,
		                                             .all_tables = options->all_tables },
		                       diags);
	default:
		return weir_html_write(to, document, options);
	}
}

static int is_asked(unsigned formats, int format)
{
	return (formats >> format & 1) != 0;
}

/* Complaints about a document do not know who made it. */
static weir_status read_document(weir_document **out, const xmlDoc *tree, const weir_report_options *options,
                                 weir_diags *diags)
{
	weir_status status = weir_document_read(out, tree, diags);
	if (status == WEIR_INPUT && options->template_name)
		weir_diag_error(diags, SCHEMA, (weir_place){ 0 },
		                "the document is that of the template \"%s\"; correct it there",
		                options->template_name);
	return status;
}

/* Every format from one document. */
static weir_status print_documents(weir_text *made, unsigned formats, const weir_results *results,
                                   const weir_report_options *options, const char *created, weir_diags *diags)
{
	weir_status status;
	weir_text xml = { 0 };
	xmlDoc *tree = NULL;
	weir_document *document = NULL;
	weir_results_write_xml(results, &xml);
	WEIR_TRY(weir_text_status(&xml));
	WEIR_TRY(weir_transform(&tree, xml.data, xml.length, options, diags));
	WEIR_TRY(read_document(&document, tree, options, diags));
	if (is_asked(formats, WEIR_FORMAT_DOCUMENT))
		WEIR_TRY(dump(&made[WEIR_FORMAT_DOCUMENT], tree));
	for (int format = 0; format < WEIR_FORMATS; format++)
		if (is_asked(formats, format) && format != WEIR_FORMAT_DOCUMENT)
			WEIR_TRY(print_document(&made[format], (weir_report_format)format, document, results, options,
			                        created, diags));
out:
	weir_document_destroy(document);
	xmlFreeDoc(tree);
	weir_text_free(&xml);
	return status;
}

weir_status weir_report_print(weir_text texts[WEIR_FORMATS], unsigned formats, const weir_results *results,
                              const weir_report_options *options, weir_diags *diags)
{
	weir_status status;
	char buffer[32];
	weir_text made[WEIR_FORMATS] = { { 0 } };
	const char *created = day_of(results, options->period, buffer);
	WEIR_TRY(check_options(options, diags));
	WEIR_TRY(weir_results_foot(results, diags));
	WEIR_TRY(print_documents(made, formats, results, options, created, diags));
	for (int format = 0; format < WEIR_FORMATS; format++) {
		if (!is_asked(formats, format))
			continue;
		weir_text_append(&texts[format], made[format].data, made[format].length);
		WEIR_TRY(weir_text_status(&texts[format]));
	}
out:
	for (int format = 0; format < WEIR_FORMATS; format++)
		weir_text_free(&made[format]);
	return status;
}
