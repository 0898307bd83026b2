/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h: from results to a report: results.xml, a template, a neutral document, and the writers that print it. */
#ifndef WEIR_REPORT_REPORT_H
#define WEIR_REPORT_REPORT_H

#include "report/results.h"
#include "report/style.h"

/* A named text: what `<xsl:include href="NAME"/>` in a template stands for. */
typedef struct weir_report_part {
	const char *name, *text;
	size_t length;
} weir_report_part;

/* Finds a part by its name; `*out` is NULL when there is none. Texts stay until the report is printed. Fails for want of
 * memory, or, with a complaint, on a part that is there and cannot be read. */
typedef weir_status weir_find_part(const weir_report_part **out, void *context, const char *name);

typedef enum weir_report_format {
	WEIR_FORMAT_HTML, /* one self-contained page */
	WEIR_FORMAT_PDF,
	WEIR_FORMAT_DOCX,
	WEIR_FORMAT_XLSX,     /* the results' tables, a sheet for each: all, or those that the document shows */
	WEIR_FORMAT_DOCUMENT, /* the neutral document itself (share/document.xsd), for those who write templates */
	WEIR_FORMATS
} weir_report_format;

/* The room does not know where templates lie: the caller gives their texts (UTF-8, not necessarily NUL-terminated). */
typedef struct weir_report_options {
	const char *lang;               /* "en", "zh" or "both" */
	int period;                     /* the period shown in full; 0: the first payment */
	const char *template_name;      /* what complaints call it; NULL: "template" */
	const char *template_text;      /* templates/investor.xsl */
	size_t template_length;
	const weir_report_part *parts;  /* templates/common.xsl under the name "common.xsl" */
	int part_count;
	weir_find_part *find_part;      /* asked for what `parts` does not have; NULL: there is nothing else */
	void *find_context;
	const char *terms_text;         /* templates/terms.xml */
	size_t terms_length;
	const char *own_terms_text;     /* terms that go before those; NULL: none */
	size_t own_terms_length;
	const weir_fact *facts;         /* what the template is told beside the results' facts, in place of those of the same id */
	int fact_count;
	int all_tables;                 /* the spreadsheet has every table, whatever the document shows */
	const char *style_text;         /* templates/style.css; put into the page as it is */
	size_t style_length;
	const char *own_style_text;     /* put behind it; NULL: none */
	size_t own_style_length;
	const weir_style *look;         /* of all formats; NULL: the usual one */
	const char *scratch;            /* a folder in which passing files may stand (XLSX); NULL: the system's */
} weir_report_options;

/* "html": how files of a format end. */
const char *weir_report_format_text(weir_report_format format);

/* Foots the results and prints them in every format that has its bit (1 << format) set in `formats`, each appended to
 * texts[format]. A report that does not add up is not written: WEIR_INTERNAL with FOOTING complaints. WEIR_INPUT when
 * the template, the terms or the style are at fault. On failure the texts are as they were. Not for several threads at
 * once: libxslt's error channel is global. */
weir_status weir_report_print(weir_text texts[WEIR_FORMATS], unsigned formats, const weir_results *results,
                              const weir_report_options *options, weir_diags *diags);

#endif
