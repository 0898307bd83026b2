/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawing.h: texts set and scenes drawn with cairo and pango, the same on paper and in pictures. */
#ifndef WEIR_REPORT_DRAWING_H
#define WEIR_REPORT_DRAWING_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "base/text.h"
#include "report/scene.h"

/* Fonts that print Latin and Chinese; the first that has a character prints it. */
#define WEIR_FONT_FAMILIES "Noto Sans,Noto Sans CJK SC,Liberation Sans,DejaVu Sans,Droid Sans Fallback,sans-serif"

/* Sets texts in units of the drawing, without hints or rounding to a device, so that they are the same on any output.
 * `lang` as in a document. Both are unrefed by the caller with g_object_unref, the context first. */
PangoContext *weir_drawing_context(PangoFontMap **fonts, const char *lang);

/* A text on one line, in figures of one width; the caller unrefs it. `families` NULL: WEIR_FONT_FAMILIES. */
PangoLayout *weir_drawing_layout(PangoContext *context, const char *families, const char *text, double size, int bold);

/* Whether a font that bears the name is installed, in any of its languages; of a kind, "sans-serif", there always is
 * one. */
int weir_drawing_has_font(PangoContext *context, const char *name);

/* "#16365c" becomes the colour of what is drawn next. */
void weir_drawing_use(cairo_t *cr, const char *hex);

/* Shows a layout with its left upper corner at x, y, in the colour in use; `with` is its own. */
typedef void weir_drawing_writer(void *with, cairo_t *cr, PangoLayout *layout, double x, double y);

/* Draws every mark of a scene, in its own pixels. `write` NULL: texts are shown as pango does. */
void weir_drawing_show(cairo_t *cr, PangoContext *context, const char *families, const weir_scene *scene,
                       weir_drawing_writer *write, void *with);

/* Appends a scene as PNG, `scale` dots for each of its pixels, on white. WEIR_NO_MEMORY is the only failure. */
weir_status weir_drawing_png(weir_text *out, const weir_scene *scene, double scale, const char *families,
                             const char *lang);

#endif
