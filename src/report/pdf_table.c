/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_table.c: tables over pages: column widths from what stands in them, heads repeated, rows whole; too wide ones in
 * parts. */
#include <math.h>

#include "report/column_widths.h"
#include "report/format.h"
#include "report/pdf_page.h"
#include "report/table_band.h"

#define PAD 4.0           /* left and right of a cell */
#define ROW_PAD 2.6       /* above and below */
#define LEAST_SIZE 5.4
#define MOST_SAMPLED 400  /* rows that are measured */

typedef struct table_print {
	pdf *p;
	const weir_doc_table *table;
	double size;     /* of the text */
	double *widths;  /* [columns], padding included */
	weir_column_need *needs; /* [columns] */
	double width;    /* of all */
} table_print;

static PangoAlignment side(const weir_doc_table *table, int column)
{
	const weir_doc_column *c = &table->columns[column];
	return weir_format_stands_right(c->type) && !c->row_head ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* How wide a text is on one line, and how narrow it can be. */
static void measure(table_print *t, const char *text, int bold, int wraps, weir_column_need *need)
{
	pdf_style style = { .size = t->size, .bold = bold };
	PangoLayout *line = pdf_layout(t->p, text, style, -1), *words = pdf_layout(t->p, text, style, 0);
	pango_layout_set_wrap(words, PANGO_WRAP_WORD);
	double wide = pdf_layout_width(line) + 2 * PAD, narrow = wraps ? pdf_layout_width(words) + 2 * PAD : wide;
	weir_column_need_add(need, wide, narrow, weir_column_comfort(t->size) + 2 * PAD);
	g_object_unref(line);
	g_object_unref(words);
}

static void measure_columns(table_print *t)
{
	const weir_doc_table *table = t->table;
	for (int c = 0; c < table->column_count; c++) {
		t->needs[c] = (weir_column_need){ 2 * PAD, 2 * PAD };
		measure(t, pdf_words(t->p, table->columns[c].heading), 1, 1, &t->needs[c]);
	}
	int step = table->row_count / MOST_SAMPLED + 1;
	for (int r = 0; r < table->row_count; r += table->rows[r].kind == WEIR_ROW_BODY ? step : 1) {
		const weir_doc_row *row = &table->rows[r];
		for (int c = 0; row->kind != WEIR_ROW_GROUP && c < row->cell_count; c++)
			measure(t, pdf_cell(t->p, &row->cells[c]), row->kind == WEIR_ROW_TOTAL,
			        row->cells[c].type == WEIR_CELL_TEXT, &t->needs[c]);
	}
}

/* The largest size at which every word fits its column. */
static void choose_size(table_print *t)
{
	t->size = t->table->column_count > 9 ? 7 : 8;
	for (;; t->size -= 0.4) {
		measure_columns(t);
		if (weir_columns_fit(t->needs, t->table->column_count, t->p->width) || t->size - 0.4 < LEAST_SIZE)
			break;
	}
	t->width = weir_columns_share(t->widths, t->needs, t->table->column_count, t->p->width);
}

typedef struct printed_cell {
	PangoLayout *layout;
	pdf_ink ink;
	PangoLayoutIter *lines; /* of a row that is higher than a page: those still to print; NULL: none */
} printed_cell;

/* Prints cells in a row of the table; `span`: the first one over all columns. Gives the row's height. */
static double print_cells(table_print *t, printed_cell *cells, int count, int span, int draw)
{
	double height = 0, x = t->p->left;
	for (int c = 0; c < count; c++)
		height = fmax(height, pdf_layout_height(cells[c].layout));
	for (int c = 0; draw && c < count; c++) {
		pdf_draw_layout(t->p, cells[c].layout, x + PAD, t->p->y + ROW_PAD, cells[c].ink);
		x += span ? t->width : t->widths[c];
	}
	return height + 2 * ROW_PAD;
}

static PangoLayout *cell_layout(table_print *t, int column, const char *text, int bold, PangoAlignment align, int span)
{
	double width = (span ? t->width : t->widths[column]) - 2 * PAD + 0.1;
	return pdf_layout(t->p, text, (pdf_style){ .size = t->size, .bold = bold, .align = align }, width);
}

static void release(printed_cell *cells, int count)
{
	for (int c = 0; c < count; c++)
		g_object_unref(cells[c].layout);
}

static double print_head(table_print *t, printed_cell *cells, int draw)
{
	const weir_doc_table *table = t->table;
	for (int c = 0; c < table->column_count; c++)
		cells[c] = (printed_cell){ cell_layout(t, c, pdf_words(t->p, table->columns[c].heading), 1,
			                               side(table, c), 0),
			                   PDF_INK_ACCENT, NULL };
	double height = print_cells(t, cells, table->column_count, 0, draw);
	release(cells, table->column_count);
	if (draw) {
		pdf_rule(t->p, t->p->left, t->p->y, t->width, 1, PDF_INK_ACCENT);
		t->p->y += height;
		pdf_rule(t->p, t->p->left, t->p->y, t->width, 0.7, PDF_INK_ACCENT);
	}
	return height;
}

static void lay_out_row(table_print *t, const weir_doc_row *row, printed_cell *cells)
{
	int group = row->kind == WEIR_ROW_GROUP, bold = row->kind != WEIR_ROW_BODY;
	for (int c = 0; c < row->cell_count; c++) {
		PangoAlignment align = group ? PANGO_ALIGN_LEFT : side(t->table, c);
		int head = !group && t->table->columns[c].row_head;
		cells[c] = (printed_cell){ cell_layout(t, c, pdf_cell(t->p, &row->cells[c]), bold, align, group),
			                   group  ? PDF_INK_ACCENT
			                   : head ? PDF_INK_TEXT
			                          : pdf_cell_ink(&row->cells[c]),
			                   NULL };
	}
}

static void turn_page(table_print *t)
{
	printed_cell *heads = weir_arena_array(t->p->arena, (size_t)t->table->column_count + 1, sizeof *heads);
	pdf_new_page(t->p);
	if (!heads)
		t->p->status = WEIR_NO_MEMORY;
	else if (print_head(t, heads, 0) < (t->p->bottom - t->p->top) / 2) /* a head that fills pages is not repeated */
		print_head(t, heads, 1);
}

/* As many of the cell's lines as fit the page; gives where they end. */
static double print_lines(pdf *p, printed_cell *cell, double x, double y)
{
	while (cell->lines && y + pdf_line_height(cell->lines) <= p->bottom) {
		pdf_draw_line(p, cell->lines, x, y, cell->ink);
		y += pdf_line_height(cell->lines);
		if (!pango_layout_iter_next_line(cell->lines)) {
			pango_layout_iter_free(cell->lines);
			cell->lines = NULL;
		}
	}
	return y;
}

/* A row that is higher than a page goes on on the next one, line by line. */
static void print_tall_row(table_print *t, printed_cell *cells, int count, int span)
{
	pdf *p = t->p;
	int left = count;
	for (int c = 0; c < count; c++)
		cells[c].lines = pango_layout_get_iter(cells[c].layout);
	while (left > 0) {
		double x = p->left, end = p->y;
		left = 0;
		for (int c = 0; c < count; c++) {
			end = fmax(end, print_lines(p, &cells[c], x + PAD, p->y + ROW_PAD));
			left += cells[c].lines != NULL;
			x += span ? t->width : t->widths[c];
		}
		p->y = end + ROW_PAD;
		if (left > 0)
			turn_page(t);
	}
}

/* `with_next`: a line of the row below it has to stand on the same page. */
static void print_row(table_print *t, const weir_doc_row *row, printed_cell *cells, int with_next)
{
	pdf *p = t->p;
	int group = row->kind == WEIR_ROW_GROUP;
	lay_out_row(t, row, cells);
	double height = print_cells(t, cells, row->cell_count, group, 0);
	int tall = height > (p->bottom - p->top) * 0.8;
	if (!tall && pdf_room(p) < height + (with_next ? t->size * 1.4 + 2 * ROW_PAD : 0) && p->y > p->top)
		turn_page(t);
	if (row->kind == WEIR_ROW_TOTAL)
		pdf_rule(p, p->left, p->y, t->width, 0.7, PDF_INK_ACCENT);
	if (tall) {
		print_tall_row(t, cells, row->cell_count, group);
	} else {
		print_cells(t, cells, row->cell_count, group, 1);
		p->y += height;
	}
	pdf_rule(p, p->left, p->y, t->width, 0.4, PDF_INK_FAINT);
	release(cells, row->cell_count);
}

/* The caption at the left, the unit at the right end of the table. */
static void print_caption(table_print *t)
{
	pdf *p = t->p;
	const char *number = pdf_number(p, &t->table->mark, 0), *unit = pdf_words(p, t->table->unit);
	const char *caption = pdf_join(p, number, pdf_words(p, t->table->caption));
	pdf_keep_mark(p, &t->table->mark);
	if (!*caption && !*unit)
		return;
	PangoLayout *right = pdf_layout(p, unit, (pdf_style){ .size = 7.5 }, -1);
	double beside = *unit ? pdf_layout_width(right) + 12 : 0;
	PangoLayout *left = pdf_layout(p, caption, (pdf_style){ .size = 9.5, .bold = 1 },
	                               fmax(p->width - beside, p->width * 0.5));
	double edge = fmax(t->width, (*caption ? pdf_layout_width(left) : 0) + beside);
	pdf_draw_layout(p, left, p->left, p->y, PDF_INK_ACCENT);
	pdf_draw_layout(p, right, p->left + fmin(edge, p->width) - beside + 12, p->y + 1.5, PDF_INK_MUTED);
	p->y += fmax(pdf_layout_height(left), pdf_layout_height(right)) + 3;
	g_object_unref(left);
	g_object_unref(right);
}

/* A table too wide for the page, in parts that are not. */
static void write_bands(const table_print *t)
{
	for (int next = 1; next < t->table->column_count && t->p->status == WEIR_OK;) {
		const weir_doc_table *band = weir_table_band(t->p->arena, t->table, t->needs, t->p->width, &next);
		if (band)
			pdf_write_table(t->p, band);
		else
			t->p->status = WEIR_NO_MEMORY;
	}
}

/* Size and widths: found in the first pass, known in the second. 0 when memory is short. */
static int fit_table(table_print *t)
{
	pdf *p = t->p;
	size_t columns = (size_t)t->table->column_count + 1;
	pdf_fitted *fitted = p->drawing ? *p->next_fitted : NULL;
	if (!fitted) {
		fitted = weir_arena_array(p->arena, 1, sizeof *fitted);
		t->widths = weir_arena_array(p->arena, columns, sizeof *t->widths);
		t->needs = weir_arena_array(p->arena, columns, sizeof *t->needs);
		if (!fitted || !t->widths || !t->needs)
			return 0;
		choose_size(t);
		*fitted = (pdf_fitted){ NULL, t->size, t->width, t->widths, t->needs };
		*p->next_fitted = fitted;
	}
	p->next_fitted = &fitted->next;
	t->size = fitted->size;
	t->width = fitted->width;
	t->widths = fitted->widths;
	t->needs = fitted->needs;
	return 1;
}

void pdf_write_table(pdf *p, const weir_doc_table *table)
{
	table_print t = { .p = p, .table = table };
	printed_cell *cells = weir_arena_array(p->arena, (size_t)table->column_count + 1, sizeof *cells);
	if (!cells || !fit_table(&t)) {
		p->status = WEIR_NO_MEMORY;
		return;
	}
	if (table->column_count > 2 && !weir_columns_fit(t.needs, table->column_count, p->width)) {
		write_bands(&t);
		return;
	}
	pdf_need(p, 24 + print_head(&t, cells, 0) + 2 * (t.size * 1.4 + 2 * ROW_PAD));
	print_caption(&t);
	print_head(&t, cells, 1);
	for (int r = 0; r < table->row_count; r++) {
		int total_follows = r + 1 < table->row_count && table->rows[r + 1].kind == WEIR_ROW_TOTAL;
		print_row(&t, &table->rows[r], cells, total_follows || table->rows[r].kind == WEIR_ROW_GROUP);
	}
	p->y += p->document->is_sheet ? 7 : 14;
}
