/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document_marks.h: numbers of tables and charts, anchors of codes, and words that lead to them. */
#ifndef WEIR_REPORT_DOCUMENT_MARKS_H
#define WEIR_REPORT_DOCUMENT_MARKS_H

#include "report/document.h"

/* How a paragraph's text holds what leads to a code until weir_document_settle_marks puts words there: bytes that XML cannot
 * hold. OPEN code MIDDLE words-when-there-is-none CLOSE. */
#define WEIR_SEE_OPEN '\x01'
#define WEIR_SEE_MIDDLE '\x02'
#define WEIR_SEE_CLOSE '\x03'

/* Numbers the sections of the top level, the tables and the charts (but on a sheet, which has no numbers), gives every code
 * its anchor, and puts words and links in the place of the marks above. WEIR_INPUT, with complaints, where a mark without
 * words of its own leads to a code that is not there. */
weir_status weir_document_settle_marks(weir_document *document, weir_diags *diags);

#endif
