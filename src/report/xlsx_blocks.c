/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsx_blocks.c: what a workbook takes from the document: its own tables, and its charts as the spreadsheet's. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart.h"
#include "report/format.h"
#include "report/xlsx_int.h"
#include "time/date.h"

#define OWN_WIDEST 46.0 /* of a column, characters */

static const char *text_words(book *b, weir_doc_text text)
{
	return xlsx_words(b, text.en, text.zh);
}

/* --- values ----------------------------------------------------------------------------------------------------- */

/* As many decimals as the value has, where the document does not say how many are printed. */
static weir_sheet_decimals decimals_of(const weir_doc_cell *cell)
{
	if (cell->decimals >= 0)
		return (weir_sheet_decimals){ cell->decimals, cell->at_least };
	return (weir_sheet_decimals){ 0, cell->type != WEIR_CELL_INTEGER };
}

/* A plain value in the sheet's unit: a date as the sheet counts days, from 1970-01-01 = 25,569. */
static double sheet_value(weir_cell_type type, const char *value)
{
	if (type != WEIR_CELL_DATE)
		return weir_format_number(value);
	weir_date day = weir_date_parse(value, strlen(value));
	return day == WEIR_DATE_NONE ? NAN : day + 25569.0;
}

static void write_cell(book *b, lxw_worksheet *sheet, lxw_row_t row, int column, const weir_doc_cell *cell, int strong)
{
	if (cell->type == WEIR_CELL_TEXT || cell->type == WEIR_CELL_FLAG) {
		const char *words = text_words(b, cell->text);
		if (*words)
			xlsx_text(b, sheet, row, column, words,
			          strong                                    ? LOOK_TOTAL_TEXT
			          : xlsx_text_length(words) + 3 > OWN_WIDEST ? LOOK_WRAPPED
			                                                    : LOOK_TEXT);
		return;
	}
	double number = cell->value ? sheet_value(cell->type, cell->value) : NAN;
	if (isfinite(number))
		xlsx_check(b, worksheet_write_number(sheet, row, (lxw_col_t)column, number,
		                                     xlsx_number_look(b, cell->type, decimals_of(cell), strong)));
}

/* --- the document's own tables ---------------------------------------------------------------------------------- */

/* A table of the template's own: of nothing in the results, or of their cells in another arrangement, such as a matrix.
 */
static int is_own(const weir_block *block)
{
	const weir_doc_table *table = block->kind == WEIR_BLOCK_TABLE ? block->table : NULL;
	for (int c = 0; table && table->from && c < table->column_count; c++)
		if (table->columns[c].of)
			return 0;
	return table && table->column_count > 0;
}

int xlsx_count_own(const weir_block *blocks)
{
	int count = 0;
	for (const weir_block *block = blocks; block; block = block->next)
		count += is_own(block) + xlsx_count_own(block->children);
	return count;
}

/* What a cell shows, about: how wide it makes its column. */
static double cell_length(book *b, const weir_doc_cell *cell)
{
	const char *words = weir_format_cell_words(b->arena, cell);
	if (!words)
		b->status = WEIR_NO_MEMORY;
	return words ? xlsx_text_length(cell->type == WEIR_CELL_TEXT ? text_words(b, cell->text) : words) : 0;
}

static double own_width(book *b, const weir_doc_table *table, int column)
{
	double width = column == 0 ? 18 : 11;
	for (int r = 0; r < table->row_count && b->status == WEIR_OK; r++)
		if (column < table->rows[r].cell_count && table->rows[r].kind != WEIR_ROW_GROUP)
			width = fmax(width, 3 + cell_length(b, &table->rows[r].cells[column]));
	return fmin(width, OWN_WIDEST);
}

static void write_own(book *b, const weir_doc_table *table, lxw_worksheet *sheet, const char *title)
{
	double head_lines = 1;
	xlsx_text(b, sheet, 0, 0, title, LOOK_TITLE);
	for (int c = 0; c < table->column_count; c++) {
		const weir_doc_column *column = &table->columns[c];
		int right = weir_format_stands_right(column->type) && !column->row_head;
		double width = own_width(b, table, c);
		head_lines = fmax(head_lines, xlsx_head_lines(text_words(b, column->heading), width));
		xlsx_check(b, worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width, NULL));
		xlsx_text(b, sheet, HEAD_ROW, c, text_words(b, column->heading), right ? LOOK_NUMBER_HEAD : LOOK_HEAD);
	}
	for (int r = 0; r < table->row_count && b->status == WEIR_OK; r++) {
		const weir_doc_row *row = &table->rows[r];
		for (int c = 0; c < row->cell_count; c++)
			write_cell(b, sheet, HEAD_ROW + 1 + (lxw_row_t)r, c, &row->cells[c],
			           row->kind != WEIR_ROW_BODY);
	}
	xlsx_head_height(b, sheet, head_lines);
	worksheet_freeze_panes(sheet, HEAD_ROW + 1, 1);
	xlsx_set_page(b, sheet, table->column_count);
}

static void own_tables(book *b, const weir_block *blocks, const char *heading)
{
	for (const weir_block *block = blocks; block && b->status == WEIR_OK; block = block->next) {
		const char *inside = block->kind == WEIR_BLOCK_SECTION ? text_words(b, block->text) : heading;
		if (is_own(block)) {
			const char *caption = text_words(b, block->table->caption),
				   *title = *caption ? caption : inside;
			lxw_worksheet *sheet = xlsx_add_sheet(b, *title ? title : xlsx_words(b, "Table", "表"), title);
			if (sheet)
				write_own(b, block->table, sheet, title);
		}
		own_tables(b, block->children, inside);
	}
}

void xlsx_own_tables(book *b, const weir_block *blocks)
{
	own_tables(b, blocks, "");
}

/* --- charts ----------------------------------------------------------------------------------------------------- */

#define CHART_ROWS 19 /* rows of the sheet that a chart takes */

/* Where the values of a chart stand. */
typedef struct plotted {
	const weir_doc_chart *chart;
	const char *data;   /* the name of the sheet */
	lxw_row_t head;     /* the row of headings; the items stand below it */
	const char *title;
} plotted;

/* The first of the colours that the other formats use; distinct for the colour-blind. */
static const lxw_color_t colours[] = { 0x16365C, 0xDFA43A, 0x4F86B8, 0x8C3B2A, 0x9CC4A4, 0x6F7780, 0x5A2F5E, 0xA9CBE6 };

static lxw_color_t colour(int number)
{
	return colours[(size_t)number % (sizeof colours / sizeof *colours)];
}

static int is_native(const weir_doc_chart *chart)
{
	int known = chart->kind == WEIR_CHART_LINE || chart->kind == WEIR_CHART_AREA ||
	            chart->kind == WEIR_CHART_COLUMNS || chart->kind == WEIR_CHART_BARS ||
	            chart->kind == WEIR_CHART_STACK;
	return known && chart->item_count > 0 && chart->series_count > 0;
}

static int has_thresholds(const weir_doc_chart *chart)
{
	return chart->kind == WEIR_CHART_LINE || chart->kind == WEIR_CHART_COLUMNS;
}

/* Items, series and thresholds, from the row on; gives the row behind them. */
static lxw_row_t write_values(book *b, lxw_worksheet *sheet, const plotted *p)
{
	const weir_doc_chart *chart = p->chart;
	const weir_sheet_decimals decimals = { chart->decimals, 0 };
	int columns = chart->series_count;
	xlsx_text(b, sheet, p->head - 1, 0, p->title, LOOK_TOTAL_TEXT);
	xlsx_text(b, sheet, p->head, 0, text_words(b, chart->x_title), LOOK_HEAD);
	for (int s = 0; s < chart->series_count; s++)
		xlsx_text(b, sheet, p->head, 1 + s, text_words(b, chart->series[s].name), LOOK_NUMBER_HEAD);
	for (int t = 0; has_thresholds(chart) && t < chart->threshold_count; t++)
		if (!chart->thresholds[t].date)
			xlsx_text(b, sheet, p->head, 1 + columns++, text_words(b, chart->thresholds[t].name),
			          LOOK_NUMBER_HEAD);
	for (int i = 0; i < chart->item_count && b->status == WEIR_OK; i++) {
		const weir_doc_item *item = &chart->items[i];
		lxw_row_t row = p->head + 1 + (lxw_row_t)i;
		weir_doc_cell place = { .type = item->date ? WEIR_CELL_DATE : WEIR_CELL_TEXT,
			                .value = item->date,
			                .text = item->name };
		if (item->has_place)
			xlsx_check(b, worksheet_write_number(sheet, row, 0, item->place, b->looks[LOOK_MUTED]));
		else
			write_cell(b, sheet, row, 0, &place, 0);
		for (int s = 0; s < chart->series_count; s++)
			write_cell(b, sheet, row, 1 + s,
			           &(weir_doc_cell){ .type = chart->value_type, .value = chart->series[s].values[i],
			                             .decimals = decimals.decimals }, 0);
		columns = chart->series_count;
		for (int t = 0; has_thresholds(chart) && t < chart->threshold_count; t++)
			if (!chart->thresholds[t].date)
				xlsx_check(b,
				           worksheet_write_number(sheet, row, (lxw_col_t)(1 + columns++),
				                                  chart->thresholds[t].value,
				                                  xlsx_number_look(b, chart->value_type, decimals, 0)));
	}
	return p->head + 1 + (lxw_row_t)chart->item_count;
}

/* A column of the values as a series; `item` below 0: of all items, else of that one, named after it. */
static lxw_chart_series *add_series(lxw_chart *to, const plotted *p, int column, int item)
{
	lxw_chart_series *series = chart_add_series(to, NULL, NULL);
	lxw_row_t first = p->head + 1 + (lxw_row_t)(item < 0 ? 0 : item);
	lxw_row_t last = item < 0 ? p->head + (lxw_row_t)p->chart->item_count : first;
	if (!series)
		return NULL;
	if (item < 0)
		chart_series_set_categories(series, p->data, first, 0, last, 0);
	chart_series_set_values(series, p->data, first, (lxw_col_t)column, last, (lxw_col_t)column);
	chart_series_set_name_range(series, p->data, item < 0 ? p->head : first, (lxw_col_t)(item < 0 ? column : 0));
	return series;
}

static void fill_series(lxw_chart_series *series, int number)
{
	lxw_chart_fill fill = { .color = colour(number) };
	if (series)
		chart_series_set_fill(series, &fill);
}

static void line_series(lxw_chart_series *series, int number, int dashed)
{
	lxw_chart_line line = { .color = dashed ? 0xB3261E : colour(number), .width = dashed ? 1.25F : 2.25F,
		                .dash_type = dashed ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID };
	if (series)
		chart_series_set_line(series, &line);
}

static void style_axes(lxw_chart *to, const weir_doc_chart *chart)
{
	weir_text code = { 0 };
	weir_sheet_decimals decimals = { chart->value_type == WEIR_CELL_MONEY ? 0 : chart->decimals, 0 };
	weir_sheet_format_write(chart->value_type, decimals, &code);
	int bars = chart->kind == WEIR_CHART_BARS; /* their values lie along the axis that is horizontal */
	if (!code.failed)
		chart_axis_set_num_format(bars ? to->x_axis : to->y_axis, code.data);
	weir_text_free(&code);
	if (chart->items[0].date)
		chart_axis_set_num_format(bars ? to->y_axis : to->x_axis, "yyyy-mm-dd");
	chart_legend_set_position(to, LXW_CHART_LEGEND_BOTTOM);
}

/* Its title over it; what it shows is said to those who cannot see it. */
static void place(book *b, lxw_worksheet *sheet, lxw_chart *chart, const plotted *p, lxw_row_t *row)
{
	const char *description = text_words(b, p->chart->description);
	lxw_chart_options size = { .x_scale = 1.9, .y_scale = 1.2,
		                   .description = (char *)(*description ? description : p->title) };
	chart_title_set_name(chart, p->title);
	xlsx_check(b, worksheet_insert_chart_opt(sheet, *row, 0, chart, &size));
	*row += CHART_ROWS;
}

static int count_lines(const weir_doc_chart *chart, int lines)
{
	int count = 0;
	for (int s = 0; s < chart->series_count; s++)
		count += (chart->kind == WEIR_CHART_LINE || chart->series[s].is_line) == lines;
	return count;
}

/* Lines with the thresholds: all of a chart of lines; those over columns as a chart of their own, since the library
 * cannot lay one chart over another. */
static void place_lines(book *b, lxw_worksheet *sheet, const plotted *p, lxw_row_t *row)
{
	const weir_doc_chart *chart = p->chart;
	int numbers = chart->items[0].has_place, column = chart->series_count;
	if (count_lines(chart, 1) == 0)
		return;
	lxw_chart *lines = workbook_add_chart(b->file, numbers ? LXW_CHART_SCATTER_STRAIGHT : LXW_CHART_LINE);
	if (!lines) {
		b->status = WEIR_NO_MEMORY;
		return;
	}
	for (int s = 0; s < chart->series_count; s++)
		if (chart->kind == WEIR_CHART_LINE || chart->series[s].is_line)
			line_series(add_series(lines, p, 1 + s, -1), s, 0);
	for (int t = 0; t < chart->threshold_count; t++)
		if (!chart->thresholds[t].date)
			line_series(add_series(lines, p, 1 + column++, -1), 0, 1);
	style_axes(lines, chart);
	place(b, sheet, lines, p, row);
}

/* Columns or areas on each other, bars, or one column of parts; the first stands on top. */
static void place_filled(book *b, lxw_worksheet *sheet, const plotted *p, lxw_row_t *row)
{
	const weir_doc_chart *chart = p->chart;
	int stack = chart->kind == WEIR_CHART_STACK, bars = chart->kind == WEIR_CHART_BARS;
	int reversed = stack || chart->kind == WEIR_CHART_AREA, count = stack ? chart->item_count : chart->series_count;
	if (!stack && count_lines(chart, 0) == 0)
		return;
	lxw_chart *filled = workbook_add_chart(b->file, bars                              ? LXW_CHART_BAR
	                                                : chart->kind == WEIR_CHART_AREA ? LXW_CHART_AREA_STACKED
	                                                                                 : LXW_CHART_COLUMN_STACKED);
	if (!filled) {
		b->status = WEIR_NO_MEMORY;
		return;
	}
	for (int i = 0; i < count; i++) {
		int number = reversed ? count - 1 - i : i;
		if (stack)
			fill_series(add_series(filled, p, 1, number), number);
		else if (!chart->series[number].is_line)
			fill_series(add_series(filled, p, 1 + number, -1), number);
	}
	style_axes(filled, chart);
	if (bars)
		chart_axis_set_reverse(filled->y_axis); /* the first one on top */
	place(b, sheet, filled, p, row);
}

typedef struct plotting {
	lxw_worksheet *charts, *data;
	const char *data_name;
	lxw_row_t chart_row, data_row;
} plotting;

/* The values of a chart that the spreadsheet has no kind for: the table behind it; gives the row behind them. */
static lxw_row_t write_behind(book *b, lxw_worksheet *sheet, const weir_doc_chart *chart, lxw_row_t head,
                              const char *title)
{
	weir_doc_table *table = NULL;
	weir_status status = weir_chart_table(&table, b->arena, chart);
	if (status != WEIR_OK) {
		b->status = status;
		return head;
	}
	xlsx_text(b, sheet, head - 1, 0, title, LOOK_TOTAL_TEXT);
	for (int c = 0; c < table->column_count; c++)
		xlsx_text(b, sheet, head, c, text_words(b, table->columns[c].heading),
		          weir_format_stands_right(table->columns[c].type) ? LOOK_NUMBER_HEAD : LOOK_HEAD);
	for (int r = 0; r < table->row_count && b->status == WEIR_OK; r++)
		for (int c = 0; c < table->rows[r].cell_count; c++)
			write_cell(b, sheet, head + 1 + (lxw_row_t)r, c, &table->rows[r].cells[c], 0);
	return head + 1 + (lxw_row_t)table->row_count;
}

static void plot(book *b, plotting *at, const weir_doc_chart *chart)
{
	plotted p = { chart, at->data_name, at->data_row + 1, text_words(b, chart->title) };
	if (!is_native(chart)) {
		at->data_row = write_behind(b, at->data, chart, p.head, p.title) + 1;
		return;
	}
	at->data_row = write_values(b, at->data, &p) + 1;
	if (chart->kind != WEIR_CHART_LINE)
		place_filled(b, at->charts, &p, &at->chart_row);
	place_lines(b, at->charts, &p, &at->chart_row);
}

static void plot_blocks(book *b, plotting *at, const weir_block *blocks)
{
	for (const weir_block *block = blocks; block && b->status == WEIR_OK; block = block->next) {
		if (block->kind == WEIR_BLOCK_CHART)
			plot(b, at, block->chart);
		plot_blocks(b, at, block->children);
	}
}

static int count_charts(const weir_block *blocks, int native)
{
	int count = 0;
	for (const weir_block *block = blocks; block; block = block->next)
		count += (block->kind == WEIR_BLOCK_CHART && (!native || is_native(block->chart))) +
		         count_charts(block->children, native);
	return count;
}

void xlsx_charts(book *b)
{
	plotting at = { .chart_row = 1 };
	int native = count_charts(b->document->blocks, 1) > 0;
	if (b->status != WEIR_OK || count_charts(b->document->blocks, 0) == 0)
		return;
	if (native)
		at.charts = xlsx_add_sheet(b, xlsx_words(b, "Charts", "图表"), xlsx_words(b, "Charts", "图表"));
	at.data = xlsx_add_sheet(b, xlsx_words(b, "Chart data", "图表数据"),
	                         xlsx_words(b, "Values behind the charts", "图表所用数据"));
	if ((native && !at.charts) || !at.data)
		return;
	at.data_name = b->names[b->sheet_count - 1];
	xlsx_check(b, worksheet_set_column(at.data, 0, 0, 24, NULL));
	xlsx_check(b, worksheet_set_column(at.data, 1, 20, 18, NULL));
	plot_blocks(b, &at, b->document->blocks);
	if (native) {
		worksheet_set_paper(at.charts, 9);
		worksheet_fit_to_pages(at.charts, 1, 0);
	}
	xlsx_set_page(b, at.data, 4);
}
