/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transform.h: results.xml and the term dictionary through a template (XSLT 1.0) to the document's XML. */
#ifndef WEIR_REPORT_TRANSFORM_H
#define WEIR_REPORT_TRANSFORM_H

#include <libxml/tree.h>

#include "report/report.h"

/* Runs the template of `options` over the document
 *     <input xmlns="urn:weir:report-input:1"> the results, the terms </input>
 * with the parameters `lang` and `period`. The template may read nothing else and write nothing: no file, no network.
 * An xsl:include of the name of one of the options' parts brings in that part.
 * Complaints name the text that is at fault. The caller frees `*out` with xmlFreeDoc. */
weir_status weir_transform(xmlDoc **out, const char *results_xml, size_t length, const weir_report_options *options,
                           weir_diags *diags);

/* Parses a text that may hold no document type and reads no other file; `name` is what complaints call it. The caller frees
 * `*out` with xmlFreeDoc. */
weir_status weir_xml_parse(xmlDoc **out, const char *name, const char *text, size_t length, weir_diags *diags);

#endif
