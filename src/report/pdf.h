/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf.h: prints a document as PDF: A4 pages with bookmarks, headers and page numbers, fonts embedded. */
#ifndef WEIR_REPORT_PDF_H
#define WEIR_REPORT_PDF_H

#include "base/diag.h"
#include "report/document.h"
#include "report/style.h"

/* Zero: what is said here in brackets. */
typedef struct weir_pdf_options {
	const weir_style
		*style; /* [fonts: Noto Sans and its Chinese companion; the first that has a character prints it] */
	const char *created;     /* when the document was made, ISO 8601 [1970-01-01T00:00:00Z]: no clock is read */
} weir_pdf_options;

/* Appends the PDF to `out`. The same document gives the same bytes with the same fonts and the same cairo. Sections
 * that are `wide` stand on landscape pages; the rows of a table do not break, its head is repeated. Units inside are
 * points. WEIR_INTERNAL with a complaint when cairo fails. */
weir_status weir_pdf_write(weir_text *out, const weir_document *document, const weir_pdf_options *options,
                           weir_diags *diags);

#endif
