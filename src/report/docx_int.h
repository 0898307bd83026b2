/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docx_int.h: the inside of a Word file while it is written: body, pictures, counters. */
#ifndef WEIR_REPORT_DOCX_INT_H
#define WEIR_REPORT_DOCX_INT_H

#include "report/docx.h"

/* A4 with margins as the PDF has them, in twentieths of a point. */
#define DOCX_PAGE_SHORT 11906
#define DOCX_PAGE_LONG 16838
#define DOCX_MARGIN 1020

/* The height of a line of Chinese, in twentieths of a point, of text in half points. */
#define DOCX_LINE(half_points) ((half_points) * 29 / 2)

/* A sheet: narrow margins, two columns, type of three quarters. */
#define DOCX_SHEET_MARGIN 624
#define DOCX_SHEET_GAP 340

typedef struct docx_picture {
	char *bytes;
	size_t length;
} docx_picture;

/* A caption, for the lists of tables and figures. */
typedef struct docx_entry {
	int is_figure, number;
	const char *text;
} docx_entry;

typedef struct docx {
	const weir_document *document;
	const weir_docx_options *options;
	const weir_style *style; /* NULL: the usual one */
	weir_text body;
	weir_arena *arena;
	docx_picture *pictures; /* word/media/chart1.png … */
	size_t picture_count, picture_room;
	docx_entry *captions;
	size_t caption_count, caption_room;
	const char *heading;    /* of the section at hand: the caption of a table that has none */
	int pages_begun;        /* page formats written */
	int bookmarks;
	int landscape;
	int columns;            /* of a sheet: what is written stands in two columns */
	double scale;           /* of all that stands on a sheet */
	double height, above;   /* of a sheet, twentieths of a point: all that is written; what is over the columns */
	weir_status status;
} docx;

/* How a paragraph or run looks beyond its style. */
typedef struct docx_look {
	const char *style;  /* of the paragraph; NULL: the default */
	const char *colour; /* of the text, "B3261E"; NULL: the style's */
	int bold, right, keep_next, new_page;
	int half_points;    /* of the text; 0: the style's */
} docx_look;

/* A whole paragraph with one run. */
void docx_paragraph(docx *d, const char *text, docx_look look);

/* The gap below a table. */
void docx_gap(docx *d);

/* A run of text inside a paragraph. */
void docx_run(docx *d, const char *text, const char *colour, int bold);
void docx_sized_run(docx *d, const char *text, const char *colour, int bold, int half_points);

/* The words of a text; "" when there are none. A cell's printed text, and its colour or NULL. */
const char *docx_words(docx *d, weir_doc_text text);
const char *docx_cell(docx *d, const weir_doc_cell *cell);
const char *docx_cell_colour(const weir_doc_cell *cell);

/* "Table 3  Cash in by period": the number is a field, so that Word renumbers, unless the mark has none. The unit ends
 * `width` twentieths of a point from the left, or behind the text. */
void docx_caption(docx *d, int is_figure, const weir_doc_mark *mark, const char *text, const char *unit, int width);

/* The beginning and the end of the bookmark that a block's anchor is; nothing for a block without one. */
void docx_open_anchor(docx *d, const weir_doc_mark *mark);
void docx_close_anchor(docx *d, const weir_doc_mark *mark);

/* "16365C": the accent as Word writes colours; `buffer` holds 8 bytes. */
const char *docx_accent(const docx *d, char *buffer);

/* The size of type, in half points, and the space between paragraphs that a document has where others have this
 * one: a sheet has less. */
int docx_half_points(const docx *d, int half_points);
int docx_space(const docx *d, int twentieths);

/* Counts the lines of a text of that size between margins that are `width` twentieths of a point apart, and the
 * space around it, as written on the sheet. */
void docx_take_height(docx *d, const char *text, int half_points, int bold, double width, double space);

/* docx_table.c, docx_package.c */
void docx_table(docx *d, const weir_doc_table *table);
weir_status docx_package(weir_text *out, docx *d, weir_diags *diags);

/* Width of what stands between the margins, in twentieths of a point. */
int docx_width(const docx *d);

#endif
