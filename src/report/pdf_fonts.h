/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_fonts.h: texts on the pages of a PDF in small fonts of their own, made from the installed ones. Cairo 1.16 loses
 * outlines when it picks glyphs out of a CFF font: it misreads hint masks inside shared subroutines and leaves out
 * subroutines that are called. A font that holds only the glyphs of the document, each whole, leaves it nothing to
 * lose. */
#ifndef WEIR_REPORT_PDF_FONTS_H
#define WEIR_REPORT_PDF_FONTS_H

#include <pango/pangocairo.h>

#include "base/arena.h"

/* The fonts of one document. First all that will be drawn is noted, then the small fonts are made, then texts are
 * shown. A font with other than CFF outlines, a glyph that was not noted, or a font that cannot be made small is drawn
 * from the installed font, as pango does. */
typedef struct pdf_fonts pdf_fonts;

/* Lives in the arena, but pdf_fonts_release must end it before. NULL when memory is short. */
pdf_fonts *pdf_fonts_create(weir_arena *arena);
void pdf_fonts_release(pdf_fonts *fonts);

/* The glyphs of a line or layout will be shown. Its font map must live as long as `fonts`. Nothing after
 * pdf_fonts_make. */
void pdf_fonts_note_line(pdf_fonts *fonts, const PangoLayoutLine *line);
void pdf_fonts_note(pdf_fonts *fonts, PangoLayout *layout);

/* Makes the small fonts. */
void pdf_fonts_make(pdf_fonts *fonts);

/* Shows a line with the beginning of its baseline at x, y, or a layout with its left upper corner there. */
void pdf_fonts_show_line(pdf_fonts *fonts, cairo_t *cr, const PangoLayoutLine *line, double x, double y);
void pdf_fonts_show(pdf_fonts *fonts, cairo_t *cr, PangoLayout *layout, double x, double y);

/* Whether memory ran short; what is shown then is of no use. */
int pdf_fonts_failed(const pdf_fonts *fonts);

#endif
