/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h: from results to a report: results.xml, a template, a neutral document, and a writer that prints it. */
#ifndef WEIR_REPORT_REPORT_H
#define WEIR_REPORT_REPORT_H

#include "report/results.h"

/* A named text: what `<xsl:include href="NAME"/>` in a template stands for. */
typedef struct weir_report_part {
	const char *name, *text;
	size_t length;
} weir_report_part;

/* The room does not know where templates lie: the caller gives their texts (UTF-8, not necessarily NUL-terminated). */
typedef struct weir_report_options {
	const char *lang;               /* "en", "zh" or "both" */
	int period;                     /* the period shown in full; 0: the first payment */
	const char *template_text;      /* templates/investor.xsl */
	size_t template_length;
	const weir_report_part *parts;  /* templates/common.xsl under the name "common.xsl" */
	int part_count;
	const char *terms_text;         /* templates/terms.xml */
	size_t terms_length;
	const char *style_text;         /* templates/style.css; put into the page as it is */
	size_t style_length;
} weir_report_options;

/* Foots the results and prints them as one self-contained HTML page, appended to `out`. A report that does not add up
 * is not written: WEIR_INTERNAL with FOOTING complaints. WEIR_INPUT when the template, the terms or the style are
 * at fault. On failure `out` is as it was. Not for several threads at once: libxslt's error channel is global. */
weir_status weir_report_html(weir_text *out, const weir_results *results, const weir_report_options *options,
                             weir_diags *diags);

/* The same from the text of a results.xml that a run has written; its tables were footed when it was written. */
weir_status weir_report_html_from_xml(weir_text *out, const char *results_xml, size_t length,
                                      const weir_report_options *options, weir_diags *diags);

/* The neutral document as XML (share/document.xsd), for those who write templates. */
weir_status weir_report_document(weir_text *out, const char *results_xml, size_t length,
                                 const weir_report_options *options, weir_diags *diags);

#endif
