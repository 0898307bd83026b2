/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_page.h: the pages of a PDF while they are filled: cursor, breaks, texts, colours. */
#ifndef WEIR_REPORT_PDF_PAGE_H
#define WEIR_REPORT_PDF_PAGE_H

#include <cairo-pdf.h>

#include "report/document.h"
#include "report/drawing.h"
#include "report/pdf.h"

/* A colour of a page: an ink of drawings, or the accent. */
typedef enum pdf_ink {
	PDF_INK_TEXT,
	PDF_INK_MUTED,
	PDF_INK_ACCENT,
	PDF_INK_RULE,
	PDF_INK_FAINT,
	PDF_INK_ALERT,
	PDF_INK_GOOD,
	PDF_INK_COUNT
} pdf_ink;

/* How a text is set. */
typedef struct pdf_style {
	double size; /* points */
	int bold;
	PangoAlignment align;
	pdf_ink ink;
} pdf_style;

/* Where a section begins: known after the first pass, printed by the second. */
typedef struct pdf_place {
	const weir_block *section;
	int page;
} pdf_place;

/* The document is laid out twice in the same way: first to learn the page numbers, then to draw. */
typedef struct pdf {
	const weir_document *document;
	const weir_pdf_options *options;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoContext *context;
	const weir_style *style; /* NULL: the usual one */
	const char *families; /* of fonts */
	weir_arena *arena;  /* drawings and joined texts */
	double page_width, page_height, left, width, top,
		bottom;     /* of the page at hand; bottom: of what may be filled */
	double y;           /* the cursor */
	int landscape;
	int page;           /* from 1 */
	int page_count;     /* 0 in the first pass */
	int drawing;        /* the second pass */
	pdf_place *places;
	int place_count, place_room;
	int outline;        /* bookmark of the section at hand; 0 at the top */
	int section_number; /* of the top level */
	int bad_logo;       /* the style's logo could not be read */
	weir_status status;
} pdf;

void pdf_use_ink(pdf *p, pdf_ink ink);

/* Begins a page; ends the one before. */
void pdf_new_page(pdf *p);

/* Turns to the next page unless `height` still fits, or the page is empty. */
void pdf_need(pdf *p, double height);

/* What is left of the page. */
double pdf_room(const pdf *p);

/* A text set to a width (below 0: on one line). The caller unrefs it. */
PangoLayout *pdf_layout(pdf *p, const char *text, pdf_style style, double width);
double pdf_layout_height(PangoLayout *layout);
double pdf_layout_width(PangoLayout *layout);

/* Draws a layout with its left upper corner at x, y. */
void pdf_draw_layout(pdf *p, PangoLayout *layout, double x, double y, pdf_ink ink);

/* The line that an iterator stands on: its height; draws it with its upper edge at y. */
double pdf_line_height(PangoLayoutIter *lines);
void pdf_draw_line(pdf *p, PangoLayoutIter *lines, double x, double y, pdf_ink ink);

/* Sets a text at x and the cursor, line by line over as many pages as it takes. */
void pdf_flow(pdf *p, const char *text, pdf_style style, double x, double width);

void pdf_rule(pdf *p, double x, double y, double width, double thickness, pdf_ink ink);
void pdf_box(pdf *p, double x, double y, double width, double height, pdf_ink ink);

/* The words of a text in the languages that it has; "" when there are none. */
const char *pdf_words(pdf *p, weir_doc_text text);

/* A cell's printed text, as in every other format. */
const char *pdf_cell(pdf *p, const weir_doc_cell *cell);

/* The ink of a cell: negative amounts stand out, zeros and empty cells stand back. */
pdf_ink pdf_cell_ink(const weir_doc_cell *cell);

/* pdf_table.c, pdf_chart.c */
void pdf_write_table(pdf *p, const weir_doc_table *table);
void pdf_write_chart(pdf *p, const weir_doc_chart *chart);

/* How much of a page the chart takes with its title. */
double pdf_chart_height(pdf *p, const weir_doc_chart *chart);

#endif
