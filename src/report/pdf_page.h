/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_page.h: the pages of a PDF while they are filled: cursor, breaks, texts, colours. */
#ifndef WEIR_REPORT_PDF_PAGE_H
#define WEIR_REPORT_PDF_PAGE_H

#include <cairo-pdf.h>

#include "report/column_widths.h"
#include "report/document.h"
#include "report/drawing.h"
#include "report/pdf.h"
#include "report/pdf_breaks.h"
#include "report/pdf_fonts.h"

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

/* Where a section, or a block that links lead to, begins: known after the first pass, used by the second. */
typedef struct pdf_place {
	const void *key; /* the section, or the text that is the block's anchor */
	int page;
	double y, height; /* the cursor, and the page's height */
} pdf_place;

/* A box on a page that leads to a place: kept while pages are drawn, written by pdf_links.c. */
typedef struct pdf_link {
	int page;
	double x, y, width, height; /* of its left upper corner, points from the page's */
	double page_height;
	int place;
} pdf_link;

typedef struct pdf_printed_cell {
	PangoLayout *layout;
	pdf_ink ink;
	PangoLayoutIter *lines; /* of a row that is higher than a page: those still to print; NULL: none */
} pdf_printed_cell;

/* How a table is set on pages of one width, found out in the first pass. */
typedef struct pdf_fitted {
	struct pdf_fitted *next;
	const weir_doc_table *table;
	double page_width;
	const weir_doc_table **bands; /* too wide: its parts, NULL behind the last, and no more here; else NULL */
	double size, width;           /* of the text; of all columns */
	double *widths;               /* [columns], padding included */
	weir_column_need *needs;      /* [columns] */
	double caption, head, height; /* of caption and head, and of all rows */
	double *heights;              /* [rows] */
	pdf_printed_cell *cells;      /* [columns], of the row at hand */
	pdf_printed_cell *heads;      /* [columns], of the head at hand */
} pdf_fitted;

/* The document is laid out twice in the same way: first to learn the page numbers, then to draw. */
typedef struct pdf {
	const weir_document *document;
	const weir_pdf_options *options;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoContext *context;
	pdf_fonts *letters; /* what draws with them */
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
	pdf_fitted *fitted, **next_fitted; /* of the tables; where the next is put */
	const pdf_fitted *recent;          /* the one asked for last */
	struct {
		const weir_doc_table *table; /* that the last heading leads to; NULL: none */
		int page;
		double y; /* where the heading began */
	} led;
	pdf_link *links;
	size_t link_count, link_room;
	int outline;        /* bookmark of the section at hand; 0 at the top */
	double scale;       /* of a sheet: all of it is drawn smaller by it; 1 on pages */
	int column;         /* of a sheet: 0 over both columns, 1 the left, 2 the right one */
	double columns_top; /* where they begin */
	int overflows;      /* a sheet does not fit its page at this scale */
	int bad_logo;       /* the style's logo could not be read */
	weir_status status;
} pdf;

void pdf_use_ink(pdf *p, pdf_ink ink);

/* Begins a page; ends the one before. */
void pdf_new_page(pdf *p);

/* Of a sheet: what follows stands in columns. */
void pdf_begin_columns(pdf *p);

/* How many labelled values stand side by side. */
int pdf_entries_across(const pdf *p);

/* Turns to the next page unless `height` still fits, or the page is empty. */
void pdf_need(pdf *p, double height);

/* What is left of the page; what a new page, or column of a sheet, has. */
double pdf_room(const pdf *p);
double pdf_full_room(const pdf *p);

/* A text set to a width (below 0: on one line). The caller unrefs it. */
PangoLayout *pdf_layout(pdf *p, const char *text, pdf_style style, double width);
double pdf_layout_height(PangoLayout *layout);
double pdf_layout_width(PangoLayout *layout);

/* Draws a layout with its left upper corner at x, y; in the first pass it is only noted that it will be drawn. The
 * second is a weir_drawing_writer, in the ink in use. */
void pdf_draw_layout(pdf *p, PangoLayout *layout, double x, double y, pdf_ink ink);
void pdf_write_layout(void *page, cairo_t *cr, PangoLayout *layout, double x, double y);

/* The line that an iterator stands on: its height; draws it with its upper edge at y. */
double pdf_line_height(PangoLayoutIter *lines);
void pdf_draw_line(pdf *p, PangoLayoutIter *lines, double x, double y, pdf_ink ink);

/* Keeps where a section, or a block with this mark, begins: the cursor. */
void pdf_keep_place(pdf *p, const weir_block *section);
void pdf_keep_mark(pdf *p, const weir_doc_mark *mark);

/* Makes a box of the page at hand lead to a block; nothing when the block has no place. */
void pdf_link_to(pdf *p, const weir_block *to, double x, double y, double width, double height);

/* The number of a block's place; -1 when it has none, or in the first pass is not reached yet. */
int pdf_place_of(const pdf *p, const weir_block *block);

/* "Table 7  ", "" for what has no number. */
const char *pdf_number(pdf *p, const weir_doc_mark *mark, int is_figure);

/* One text behind the other. */
const char *pdf_join(pdf *p, const char *first, const char *second);

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

/* pdf_links.c: puts the links on the pages of the file, which stays as it is when it is not as cairo writes files. */
weir_status pdf_add_links(const pdf *p, weir_text *bytes);

/* pdf_table.c, pdf_chart.c */
void pdf_write_table(pdf *p, const weir_doc_table *table);

/* How much of the page a table wants below what takes `above` of the room; more than there is when it should not begin
 * on this page, nor what stands above it. */
double pdf_table_need(pdf *p, const weir_doc_table *table, double above);

void pdf_write_chart(pdf *p, const weir_doc_chart *chart);

/* How much of a page the chart takes with its title. */
double pdf_chart_height(pdf *p, const weir_doc_chart *chart);

#endif
