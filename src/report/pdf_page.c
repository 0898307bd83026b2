/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf_page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "report/format.h"

#define A4_SHORT 595.276
#define A4_LONG 841.89
#define MARGIN 51.0
#define HEAD_HEIGHT 26.0
#define FOOT_HEIGHT 30.0
#define SHEET_MARGIN 26.0
#define COLUMN_GAP 18.0
#define ENTRY_WIDTH 125.0 /* of a sheet, at least */

void pdf_use_ink(pdf *p, pdf_ink ink)
{
	static const char *const colours[PDF_INK_COUNT] = { [PDF_INK_TEXT] = "#1d2733", [PDF_INK_MUTED] = "#56616d",
		                                            [PDF_INK_RULE] = "#d3d9df", [PDF_INK_FAINT] = "#eef1f4",
		                                            [PDF_INK_ALERT] = "#b3261e", [PDF_INK_GOOD] = "#1e6b4a" };
	weir_drawing_use(p->cr, ink == PDF_INK_ACCENT ? weir_style_accent(p->style) : colours[ink]);
}

PangoLayout *pdf_layout(pdf *p, const char *text, pdf_style style, double width)
{
	PangoLayout *layout = weir_drawing_layout(p->context, p->families, text, style.size, style.bold);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, style.align);
	pango_layout_set_line_spacing(layout, 1.12F);
	if (width >= 0)
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	return layout;
}

double pdf_layout_height(PangoLayout *layout)
{
	int height;
	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

double pdf_layout_width(PangoLayout *layout)
{
	int width;
	pango_layout_get_size(layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

void pdf_write_layout(void *page, cairo_t *cr, PangoLayout *layout, double x, double y)
{
	pdf *p = page;
	if (p->drawing)
		pdf_fonts_show(p->letters, cr, layout, x, y);
	else
		pdf_fonts_note(p->letters, layout);
}

void pdf_draw_layout(pdf *p, PangoLayout *layout, double x, double y, pdf_ink ink)
{
	pdf_use_ink(p, ink);
	pdf_write_layout(p, p->cr, layout, x, y);
}

double pdf_line_height(PangoLayoutIter *lines)
{
	int top, bottom;
	pango_layout_iter_get_line_yrange(lines, &top, &bottom);
	return (double)(bottom - top) / PANGO_SCALE;
}

void pdf_draw_line(pdf *p, PangoLayoutIter *lines, double x, double y, pdf_ink ink)
{
	int top, bottom;
	PangoRectangle box;
	const PangoLayoutLine *line = pango_layout_iter_get_line_readonly(lines);
	if (!p->drawing) {
		pdf_fonts_note_line(p->letters, line);
		return;
	}
	pango_layout_iter_get_line_extents(lines, NULL, &box);
	pango_layout_iter_get_line_yrange(lines, &top, &bottom);
	pdf_use_ink(p, ink);
	pdf_fonts_show_line(p->letters, p->cr, line, x + (double)box.x / PANGO_SCALE,
	                    y + (double)(pango_layout_iter_get_baseline(lines) - top) / PANGO_SCALE);
}

void pdf_flow(pdf *p, const char *text, pdf_style style, double x, double width)
{
	PangoLayout *layout = pdf_layout(p, text, style, width);
	PangoLayoutIter *lines = pango_layout_get_iter(layout);
	do {
		double height = pdf_line_height(lines);
		pdf_need(p, height);
		pdf_draw_line(p, lines, x, p->y, style.ink);
		p->y += height;
	} while (pango_layout_iter_next_line(lines));
	pango_layout_iter_free(lines);
	g_object_unref(layout);
}

void pdf_rule(pdf *p, double x, double y, double width, double thickness, pdf_ink ink)
{
	pdf_box(p, x, y - thickness / 2, width, thickness, ink);
}

void pdf_box(pdf *p, double x, double y, double width, double height, pdf_ink ink)
{
	if (!p->drawing)
		return;
	pdf_use_ink(p, ink);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
}

/* One line of small text, cut off where the width ends. */
static void write_margin(pdf *p, const char *text, double y, double width, PangoAlignment align)
{
	PangoLayout *layout = pdf_layout(p, text, (pdf_style){ .size = 7.5, .align = align }, width);
	pango_layout_set_height(layout, -1);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pdf_draw_layout(p, layout, align == PANGO_ALIGN_RIGHT ? p->left + p->width - width : p->left, y, PDF_INK_MUTED);
	g_object_unref(layout);
}

/* What stands above and below the text of every page but the first one's head. */
static void write_margins(pdf *p)
{
	char number[64];
	const weir_document *d = p->document;
	double foot = p->page_height - MARGIN + 6;
	if (p->page > 1) {
		write_margin(p, pdf_words(p, d->title), MARGIN - 12, p->width * 0.7, PANGO_ALIGN_LEFT);
		write_margin(p, pdf_words(p, d->kicker), MARGIN - 12, p->width * 0.28, PANGO_ALIGN_RIGHT);
		pdf_rule(p, p->left, MARGIN + 2, p->width, 0.5, PDF_INK_RULE);
	}
	snprintf(number, sizeof number, "%d / %d", p->page, p->page_count);
	pdf_rule(p, p->left, foot - 6, p->width, 0.5, PDF_INK_RULE);
	write_margin(p, pdf_words(p, d->footer), foot, p->width * 0.82, PANGO_ALIGN_LEFT);
	write_margin(p, number, foot, p->width * 0.16, PANGO_ALIGN_RIGHT);
}

/* The page of a sheet, as large as its scale makes it. */
static void begin_sheet(pdf *p)
{
	double margin = SHEET_MARGIN / p->scale;
	p->page++;
	p->column = 0;
	p->page_width = A4_SHORT / p->scale;
	p->page_height = A4_LONG / p->scale;
	p->left = margin;
	p->width = p->page_width - 2 * margin;
	p->top = p->y = margin;
	p->bottom = p->page_height - margin - 12;
	if (p->drawing)
		cairo_scale(p->cr, p->scale, p->scale);
	write_margin(p, pdf_words(p, p->document->footer), p->bottom + 4, p->width, PANGO_ALIGN_LEFT);
}

/* From the left column to the right one; from there nothing leads on. */
static void turn_column(pdf *p)
{
	if (p->column == 1) {
		p->column = 2;
		p->left += p->width + COLUMN_GAP;
	} else {
		p->overflows = 1;
	}
	p->y = p->column == 0 ? p->top : p->columns_top;
}

void pdf_begin_columns(pdf *p)
{
	p->column = 1;
	p->width = (p->width - COLUMN_GAP) / 2;
	p->columns_top = p->y;
}

int pdf_entries_across(const pdf *p)
{
	int fit = (int)(p->width / ENTRY_WIDTH);
	if (!p->document->is_sheet)
		return p->landscape ? 4 : 3;
	return fit < 2 ? 2 : fit > 6 ? 6 : fit;
}

void pdf_new_page(pdf *p)
{
	if (p->document->is_sheet) {
		if (p->page > 0)
			turn_column(p);
		else
			begin_sheet(p);
		return;
	}
	if (p->page > 0)
		cairo_show_page(p->cr);
	p->page++;
	p->page_width = p->landscape ? A4_LONG : A4_SHORT;
	p->page_height = p->landscape ? A4_SHORT : A4_LONG;
	p->left = MARGIN;
	p->width = p->page_width - 2 * MARGIN;
	p->top = p->page == 1 ? MARGIN : MARGIN + HEAD_HEIGHT - 12;
	p->bottom = p->page_height - MARGIN - FOOT_HEIGHT + 18;
	p->y = p->top;
	if (p->drawing)
		cairo_pdf_surface_set_size(p->surface, p->page_width, p->page_height);
	write_margins(p);
}

double pdf_room(const pdf *p)
{
	return p->bottom - p->y;
}

double pdf_full_room(const pdf *p)
{
	double top = p->column ? p->columns_top : p->document->is_sheet ? p->top : MARGIN + HEAD_HEIGHT - 12;
	return p->bottom - top;
}

void pdf_need(pdf *p, double height)
{
	if (p->y + height > p->bottom && p->y > (p->column ? p->columns_top : p->top))
		pdf_new_page(p);
}

static void keep_place(pdf *p, const void *key)
{
	if (!p->drawing && p->place_count < p->place_room)
		p->places[p->place_count++] = (pdf_place){ key, p->page, p->y, p->page_height };
}

void pdf_keep_place(pdf *p, const weir_block *section)
{
	keep_place(p, section);
}

void pdf_keep_mark(pdf *p, const weir_doc_mark *mark)
{
	if (mark->anchor)
		keep_place(p, mark->anchor);
}

int pdf_place_of(const pdf *p, const weir_block *block)
{
	const void *key = block->kind == WEIR_BLOCK_SECTION ? (const void *)block : block->mark.anchor;
	for (int i = 0; i < p->place_count; i++)
		if (p->places[i].key == key)
			return i;
	return -1;
}

void pdf_link_to(pdf *p, const weir_block *to, double x, double y, double width, double height)
{
	int place = pdf_place_of(p, to);
	if (!p->drawing || place < 0 || p->document->is_sheet)
		return;
	if (!WEIR_GROW(p->links, p->link_count, p->link_room)) {
		p->status = WEIR_NO_MEMORY;
		return;
	}
	p->links[p->link_count++] = (pdf_link){ p->page, x, y, width, height, p->page_height, place };
}

const char *pdf_number(pdf *p, const weir_doc_mark *mark, int is_figure)
{
	weir_text text = { 0 };
	if (!mark->number)
		return "";
	weir_text_printf(&text, "%s %d  ", weir_doc_number_word(p->document->lang, is_figure), mark->number);
	const char *made = weir_text_keep(&text, p->arena);
	if (!made)
		p->status = WEIR_NO_MEMORY;
	return made ? made : "";
}

const char *pdf_join(pdf *p, const char *first, const char *second)
{
	size_t before = strlen(first), length = strlen(second);
	char *both = weir_arena_alloc(p->arena, before + length + 1);
	if (!both) {
		p->status = WEIR_NO_MEMORY;
		return second;
	}
	memcpy(both, first, before);
	memcpy(both + before, second, length + 1);
	return both;
}

const char *pdf_words(pdf *p, weir_doc_text text)
{
	const char *joined = weir_doc_text_join(p->arena, text);
	if (!joined)
		p->status = WEIR_NO_MEMORY;
	return joined ? joined : "";
}

const char *pdf_cell(pdf *p, const weir_doc_cell *cell)
{
	const char *words = weir_format_cell_words(p->arena, cell);
	if (!words)
		p->status = WEIR_NO_MEMORY;
	return words ? words : "";
}

pdf_ink pdf_cell_ink(const weir_doc_cell *cell)
{
	static const pdf_ink tones[] = { [WEIR_TONE_PLAIN] = PDF_INK_TEXT, [WEIR_TONE_GOOD] = PDF_INK_GOOD,
		                         [WEIR_TONE_BAD] = PDF_INK_ALERT, [WEIR_TONE_MUTED] = PDF_INK_MUTED };
	int sign = weir_format_sign(cell);
	if (cell->tone != WEIR_TONE_PLAIN)
		return tones[cell->tone];
	return sign < 0 ? PDF_INK_ALERT : sign == 0 ? PDF_INK_MUTED : PDF_INK_TEXT;
}
