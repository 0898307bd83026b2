/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docx.h: prints a document as WordprocessingML: real tables, styles, captions, a table of contents. */
#ifndef WEIR_REPORT_DOCX_H
#define WEIR_REPORT_DOCX_H

#include "base/diag.h"
#include "report/document.h"
#include "report/style.h"

/* Zero: what is said here in brackets. */
typedef struct weir_docx_options {
	const weir_style *style; /* [fonts: Arial, Microsoft YaHei] */
	const char *created;     /* ISO 8601 time put in as that of making [1970-01-01T00:00:00Z]: no clock is read */
} weir_docx_options;

/* Appends the file to `out`: headings 1 to 3 with bookmarks, a table of contents whose entries lead there, tables whose
 * heads repeat and whose rows do not break, numbered captions, charts as pictures with their descriptions, page
 * numbers; `wide` sections on landscape pages. (ECMA-376, Office Open XML, part 1.) The same document gives the same
 * bytes with the same fonts. WEIR_INTERNAL with a complaint when the archive cannot be made. */
weir_status weir_docx_write(weir_text *out, const weir_document *document, const weir_docx_options *options,
                            weir_diags *diags);

#endif
