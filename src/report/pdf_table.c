/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_table.c: tables over pages: column widths from what stands in them, heads repeated, rows whole, no few rows or
 * totals alone; too wide ones in parts. */
#include <math.h>

#include "report/column_widths.h"
#include "report/format.h"
#include "report/pdf_page.h"
#include "report/table_band.h"

#define PAD 4.0           /* left and right of a cell */
#define ROW_PAD 2.6       /* above and below */
#define LEAST_SIZE 5.4
#define MOST_SAMPLED 400  /* rows that are measured */

#define SMALL_TABLE 12     /* rows; so many are not parted unless that leaves much of a page empty: */
#define MOST_EMPTY 0.4     /* of the page, */
#define MOST_EMPTY_POINTS 200.0

typedef struct table_print {
	pdf *p;
	const weir_doc_table *table;
	const pdf_fitted *fitted;
	double size; /* of the text; while it is sought */
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

static void measure_columns(table_print *t, weir_column_need *needs)
{
	const weir_doc_table *table = t->table;
	for (int c = 0; c < table->column_count; c++) {
		needs[c] = (weir_column_need){ 2 * PAD, 2 * PAD };
		measure(t, pdf_words(t->p, table->columns[c].heading), 1, 1, &needs[c]);
	}
	int step = table->row_count / MOST_SAMPLED + 1;
	for (int r = 0; r < table->row_count; r += table->rows[r].kind == WEIR_ROW_BODY ? step : 1) {
		const weir_doc_row *row = &table->rows[r];
		for (int c = 0; row->kind != WEIR_ROW_GROUP && c < row->cell_count; c++)
			measure(t, pdf_cell(t->p, &row->cells[c]), row->kind == WEIR_ROW_TOTAL,
			        row->cells[c].type == WEIR_CELL_TEXT, &needs[c]);
	}
}

/* The largest size at which every word fits its column. */
static void choose_size(table_print *t, pdf_fitted *fitted)
{
	const weir_doc_table *table = t->table;
	t->size = table->column_count > 9 ? 7 : 8;
	for (;; t->size -= 0.4) {
		measure_columns(t, fitted->needs);
		if (weir_columns_fit(fitted->needs, table->column_count, t->p->width) || t->size - 0.4 < LEAST_SIZE)
			break;
	}
	fitted->size = t->size;
	fitted->width = weir_columns_share(fitted->widths, fitted->needs, table->column_count, t->p->width);
}

/* Prints cells in a row of the table; `span`: the first one over all columns. Gives the row's height. */
static double print_cells(table_print *t, pdf_printed_cell *cells, int count, int span, int draw)
{
	double height = 0, x = t->p->left;
	for (int c = 0; c < count; c++)
		height = fmax(height, pdf_layout_height(cells[c].layout));
	for (int c = 0; draw && c < count; c++) {
		pdf_draw_layout(t->p, cells[c].layout, x + PAD, t->p->y + ROW_PAD, cells[c].ink);
		x += span ? t->fitted->width : t->fitted->widths[c];
	}
	return height + 2 * ROW_PAD;
}

static PangoLayout *cell_layout(table_print *t, int column, const char *text, int bold, PangoAlignment align, int span)
{
	double width = (span ? t->fitted->width : t->fitted->widths[column]) - 2 * PAD + 0.1;
	return pdf_layout(t->p, text, (pdf_style){ .size = t->fitted->size, .bold = bold, .align = align }, width);
}

static void release(pdf_printed_cell *cells, int count)
{
	for (int c = 0; c < count; c++)
		g_object_unref(cells[c].layout);
}

static double print_head(table_print *t, int draw)
{
	pdf_printed_cell *cells = t->fitted->heads;
	const weir_doc_table *table = t->table;
	for (int c = 0; c < table->column_count; c++)
		cells[c] = (pdf_printed_cell){ cell_layout(t, c, pdf_words(t->p, table->columns[c].heading), 1,
			                               side(table, c), 0),
			                   PDF_INK_ACCENT, NULL };
	double height = print_cells(t, cells, table->column_count, 0, draw);
	release(cells, table->column_count);
	if (draw) {
		pdf_rule(t->p, t->p->left, t->p->y, t->fitted->width, 1, PDF_INK_ACCENT);
		t->p->y += height;
		pdf_rule(t->p, t->p->left, t->p->y, t->fitted->width, 0.7, PDF_INK_ACCENT);
	}
	return height;
}

static void lay_out_row(table_print *t, const weir_doc_row *row, pdf_printed_cell *cells)
{
	int group = row->kind == WEIR_ROW_GROUP, bold = row->kind != WEIR_ROW_BODY;
	for (int c = 0; c < row->cell_count; c++) {
		PangoAlignment align = group ? PANGO_ALIGN_LEFT : side(t->table, c);
		int head = !group && t->table->columns[c].row_head;
		cells[c] = (pdf_printed_cell){ cell_layout(t, c, pdf_cell(t->p, &row->cells[c]), bold, align, group),
			                   group  ? PDF_INK_ACCENT
			                   : head ? PDF_INK_TEXT
			                          : pdf_cell_ink(&row->cells[c]),
			                   NULL };
	}
}

/* A head that fills pages is not repeated. */
static int repeats_head(const pdf *p, const pdf_fitted *fitted)
{
	return fitted->head < pdf_full_room(p) / 2;
}

static void turn_page(table_print *t)
{
	pdf_new_page(t->p);
	if (repeats_head(t->p, t->fitted))
		print_head(t, 1);
}

/* As many of the cell's lines as fit the page, and one that does not when it is `forced`; gives where they end. */
static double print_lines(pdf *p, pdf_printed_cell *cell, double x, double y, int forced)
{
	for (; cell->lines && (forced || y + pdf_line_height(cell->lines) <= p->bottom); forced = 0) {
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
static void print_tall_row(table_print *t, pdf_printed_cell *cells, int count, int span)
{
	pdf *p = t->p;
	int left = count, forced = 0;
	for (int c = 0; c < count; c++)
		cells[c].lines = pango_layout_get_iter(cells[c].layout);
	while (left > 0) {
		double x = p->left, end = p->y;
		left = 0;
		for (int c = 0; c < count; c++) {
			end = fmax(end, print_lines(p, &cells[c], x + PAD, p->y + ROW_PAD, forced));
			left += cells[c].lines != NULL;
			x += span ? t->fitted->width : t->fitted->widths[c];
		}
		/* where nothing found room the next page, or column of a sheet, takes a line whatever it has */
		forced = end <= p->y + ROW_PAD;
		p->y = end + ROW_PAD;
		if (left > 0)
			turn_page(t);
	}
}

/* A row that may begin on one page and end on another. */
static int is_tall(const pdf *p, const pdf_fitted *fitted, int row)
{
	return fitted->heights[row] > 0.8 * (pdf_full_room(p) - (repeats_head(p, fitted) ? fitted->head : 0));
}

/* In the first pass a row only takes its place: its texts were noted when it was measured. */
static void print_row(table_print *t, int number)
{
	pdf *p = t->p;
	const weir_doc_row *row = &t->table->rows[number];
	pdf_printed_cell *cells = t->fitted->cells;
	int tall = is_tall(p, t->fitted, number), group = row->kind == WEIR_ROW_GROUP;
	if (row->kind == WEIR_ROW_TOTAL)
		pdf_rule(p, p->left, p->y, t->fitted->width, 0.7, PDF_INK_ACCENT);
	if (p->drawing || tall) {
		lay_out_row(t, row, cells);
		if (tall)
			print_tall_row(t, cells, row->cell_count, group);
		else
			print_cells(t, cells, row->cell_count, group, 1);
		release(cells, row->cell_count);
	}
	if (!tall)
		p->y += t->fitted->heights[number];
	pdf_rule(p, p->left, p->y, t->fitted->width, 0.4, PDF_INK_FAINT);
}

/* The caption at the left, the unit at the right end of the table. Gives their height with the distance to the head. */
static double print_caption(table_print *t, int draw)
{
	pdf *p = t->p;
	const char *number = pdf_number(p, &t->table->mark, 0), *unit = pdf_words(p, t->table->unit);
	const char *caption = pdf_join(p, number, pdf_words(p, t->table->caption));
	if (!*caption && !*unit)
		return 0;
	PangoLayout *right = pdf_layout(p, unit, (pdf_style){ .size = 7.5 }, -1);
	double beside = *unit ? pdf_layout_width(right) + 12 : 0;
	PangoLayout *left = pdf_layout(p, caption, (pdf_style){ .size = 9.5, .bold = 1 },
	                               fmax(p->width - beside, p->width * 0.5));
	double edge = fmax(t->fitted->width, (*caption ? pdf_layout_width(left) : 0) + beside);
	double height = fmax(pdf_layout_height(left), pdf_layout_height(right)) + 3;
	if (draw) {
		pdf_draw_layout(p, left, p->left, p->y, PDF_INK_ACCENT);
		pdf_draw_layout(p, right, p->left + fmin(edge, p->width) - beside + 12, p->y + 1.5, PDF_INK_MUTED);
		p->y += height;
	}
	g_object_unref(left);
	g_object_unref(right);
	return height;
}

/* --- how a table is set ----------------------------------------------------------------------------------------- */

/* Heights of all that will be printed, whose texts are noted on the way. */
static void measure_rows(table_print *t, pdf_fitted *fitted)
{
	for (int r = 0; r < t->table->row_count; r++) {
		const weir_doc_row *row = &t->table->rows[r];
		lay_out_row(t, row, fitted->cells);
		for (int c = 0; c < row->cell_count; c++)
			pdf_fonts_note(t->p->letters, fitted->cells[c].layout);
		fitted->heights[r] = print_cells(t, fitted->cells, row->cell_count, row->kind == WEIR_ROW_GROUP, 0);
		fitted->height += fitted->heights[r];
		release(fitted->cells, row->cell_count);
	}
	fitted->head = print_head(t, 0);
	fitted->caption = print_caption(t, 0);
}

/* The parts of a table too wide for the page, behind each other. */
static weir_status cut_bands(const table_print *t, pdf_fitted *fitted)
{
	int count = 0;
	fitted->bands = weir_arena_array(t->p->arena, (size_t)t->table->column_count + 1, sizeof *fitted->bands);
	for (int next = 1; fitted->bands && next < t->table->column_count; count++) {
		fitted->bands[count] = weir_table_band(t->p->arena, t->table, fitted->needs, t->p->width, &next);
		if (!fitted->bands[count])
			return WEIR_NO_MEMORY;
	}
	return fitted->bands ? WEIR_OK : WEIR_NO_MEMORY;
}

static pdf_fitted *create_fitted(pdf *p, const weir_doc_table *table)
{
	size_t columns = (size_t)table->column_count + 1;
	pdf_fitted *fitted = weir_arena_array(p->arena, 1, sizeof *fitted);
	if (!fitted)
		return NULL;
	fitted->table = table;
	fitted->page_width = p->width;
	fitted->widths = weir_arena_array(p->arena, columns, sizeof *fitted->widths);
	fitted->needs = weir_arena_array(p->arena, columns, sizeof *fitted->needs);
	fitted->cells = weir_arena_array(p->arena, columns, sizeof *fitted->cells);
	fitted->heads = weir_arena_array(p->arena, columns, sizeof *fitted->heads);
	fitted->heights = weir_arena_array(p->arena, (size_t)table->row_count + 1, sizeof *fitted->heights);
	return fitted->widths && fitted->needs && fitted->cells && fitted->heads && fitted->heights ? fitted : NULL;
}

/* What is known of a table on pages of this width, else NULL. Tables are asked for in the order in which they became
 * known, or nearly. */
static const pdf_fitted *find_fitted(pdf *p, const weir_doc_table *table)
{
	const pdf_fitted *from = p->recent ? p->recent : p->fitted, *at = from;
	while (at && (at->table != table || at->page_width != p->width)) {
		at = at->next ? at->next : p->fitted;
		if (at == from)
			return NULL;
	}
	return p->recent = at;
}

/* Sizes, widths and heights: found out once. NULL when memory is short. */
static const pdf_fitted *fit_table(pdf *p, const weir_doc_table *table)
{
	table_print t = { .p = p, .table = table };
	const pdf_fitted *known = find_fitted(p, table);
	if (known)
		return known;
	pdf_fitted *fitted = create_fitted(p, table);
	if (!fitted)
		return NULL;
	t.fitted = fitted;
	choose_size(&t, fitted);
	if (table->column_count > 2 && !weir_columns_fit(fitted->needs, table->column_count, p->width)) {
		if (cut_bands(&t, fitted) != WEIR_OK)
			return NULL;
	} else {
		measure_rows(&t, fitted);
	}
	*p->next_fitted = fitted;
	p->next_fitted = &fitted->next;
	return p->recent = fitted;
}

static pdf_rows rows_of(const pdf_fitted *fitted)
{
	return (pdf_rows){ fitted->table->rows, fitted->heights, fitted->table->row_count };
}

/* What a table needs where `room` is left for it, and `gap` would stay empty if it and its heading went to the next
 * page: all of its height, or of its first rows, when it begins on this page, else more than the room. */
static double room_needed(const pdf *p, const pdf_fitted *fitted, double room, double gap)
{
	const pdf_rows rows = rows_of(fitted);
	double full = pdf_full_room(p), before = fitted->caption + fitted->head;
	double whole = before + fitted->height, begin = before + pdf_first_rows(&rows);
	if (whole <= room)
		return whole;
	if (!p->document->is_sheet && rows.count <= SMALL_TABLE && gap - room + whole <= full &&
	    gap <= fmin(full * MOST_EMPTY, MOST_EMPTY_POINTS))
		return whole;
	/* rows that are higher together than what may stay empty are parted all the same */
	if (rows.count && begin > room && (gap > full * 0.5 || begin > full))
		begin = before + (is_tall(p, fitted, 0) ? full * 0.1 : fitted->heights[0]);
	return begin;
}

double pdf_table_need(pdf *p, const weir_doc_table *table, double above)
{
	const pdf_fitted *fitted = fit_table(p, table);
	if (fitted && fitted->bands)
		return fitted->bands[0] ? pdf_table_need(p, fitted->bands[0], above) : 0;
	if (!fitted)
		p->status = WEIR_NO_MEMORY;
	return fitted ? room_needed(p, fitted, pdf_room(p) - above, pdf_room(p)) : 0;
}

/* --- printing --------------------------------------------------------------------------------------------------- */

/* The rows from `first` on that stand on this page; `*turn` when those behind them begin the next. On a `fresh` page
 * there is always one. */
static int end_of_part(const table_print *t, int first, int fresh, int *turn)
{
	const pdf_rows rows = rows_of(t->fitted);
	double room = pdf_room(t->p), left = room;
	int fit = first;
	while (fit < rows.count && !is_tall(t->p, t->fitted, fit) && rows.heights[fit] <= left)
		left -= rows.heights[fit++];
	*turn = fit < rows.count && !is_tall(t->p, t->fitted, fit);
	if (!*turn) /* a tall row fills what is left, and turns pages itself */
		return fit == first ? first + 1 : fit;
	int end = pdf_part_end(&rows, first, room);
	if (end > first || !fresh)
		return end;
	return fit > first ? fit : first + 1;
}

static void print_rows(table_print *t)
{
	int count = t->table->row_count, turn, fresh = 1;
	for (int first = 0, end; first < count && t->p->status == WEIR_OK; first = end) {
		end = end_of_part(t, first, fresh, &turn);
		for (int r = first; r < end; r++)
			print_row(t, r);
		if (turn)
			turn_page(t);
		fresh = turn;
	}
}

void pdf_write_table(pdf *p, const weir_doc_table *table)
{
	table_print t = { .p = p, .table = table, .fitted = fit_table(p, table) };
	if (!t.fitted) {
		p->status = WEIR_NO_MEMORY;
		return;
	}
	if (t.fitted->bands) {
		p->led.table = p->led.table == table ? t.fitted->bands[0] : p->led.table;
		for (const weir_doc_table **band = t.fitted->bands; *band && p->status == WEIR_OK; band++)
			pdf_write_table(p, *band);
		return;
	}
	double led = p->led.table == table && p->led.page == p->page ? p->y - p->led.y : 0;
	pdf_need(p, room_needed(p, t.fitted, pdf_room(p), pdf_room(p) + led));
	pdf_keep_mark(p, &table->mark);
	print_caption(&t, 1);
	print_head(&t, 1);
	print_rows(&t);
	p->y += p->document->is_sheet ? 7 : 14;
}
