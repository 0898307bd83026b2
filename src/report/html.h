/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html.h: prints a document as one self-contained HTML page: no script, no file beside it, styled inline. */
#ifndef WEIR_REPORT_HTML_H
#define WEIR_REPORT_HTML_H

#include "report/document.h"
#include "report/report.h"

/* Appends the page to `out`. The styles of the options are CSS and go in as they are (the caller has checked them), the
 * look's colour, fonts and logo besides. WEIR_NO_MEMORY is the only failure; `out` then holds part of a page. */
weir_status weir_html_write(weir_text *out, const weir_document *document, const weir_report_options *options);

#endif
