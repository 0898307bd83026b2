/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/alloc.h"
#include "report/format.h"
#include "report/shares.h"
#include "report/sheet_formats.h"
#include "report/sheet_formulas.h"

#define HEAD_ROW 2        /* below the title and an empty row */
#define MOST_ROWS 1048000 /* of a table: a sheet has 1,048,576 */
#define MOST_COVERAGE 5   /* of the chart: the last, small payments are covered many times */
#define WIDE_TABLE 16     /* columns from which it is printed on A3 */
#define SHEET_NAME 31     /* characters, by the format */
#define CELL_TEXT 32767   /* bytes that fit for certain */
#define NARROWEST 9.0
#define WIDEST 46.0

typedef enum look {
	LOOK_TEXT,
	LOOK_WRAPPED,
	LOOK_HEAD,
	LOOK_TITLE,
	LOOK_MUTED,
	LOOK_LINK,
	LOOK_NUMBER_HEAD,
	LOOK_TOTAL_TEXT,
	LOOK_COUNT
} look;

#define MOST_NUMBER_LOOKS 64 /* types times decimals, plain and in totals */

/* The look of numbers: made when the first one is written. */
typedef struct number_look {
	weir_cell_type type;
	weir_sheet_decimals decimals;
	int total;
	lxw_format *format;
} number_look;

typedef struct book {
	const weir_results *results;
	const weir_xlsx_options *options;
	lxw_workbook *file;
	lxw_format *looks[LOOK_COUNT];
	number_look numbers[MOST_NUMBER_LOOKS];
	int number_count;
	lxw_color_t accent;
	weir_arena *arena;
	lxw_worksheet **sheets; /* [tables] */
	const char **names;     /* [tables] of the sheets */
	weir_status status;
} book;

/* --- words and looks --------------------------------------------------------------------------------------------- */

static const char *words(book *b, const char *en, const char *zh)
{
	const char *lang = b->options->lang;
	if (strcmp(lang, "zh") == 0)
		return zh ? zh : en ? en : "";
	if (strcmp(lang, "en") == 0 || !zh || !en || strcmp(en, zh) == 0)
		return en ? en : zh ? zh : "";
	weir_text text = { 0 };
	weir_text_printf(&text, "%s %s", en, zh);
	const char *copy = text.failed ? NULL : weir_arena_text(b->arena, text.data, text.length);
	weir_text_free(&text);
	if (!copy)
		b->status = WEIR_NO_MEMORY;
	return copy ? copy : "";
}

static lxw_format *new_look(book *b, const char *number_format, int bold)
{
	lxw_format *format = workbook_add_format(b->file);
	if (!format) {
		b->status = WEIR_NO_MEMORY;
		return NULL;
	}
	const weir_style *style = b->options->style;
	const char *font = !style                                                  ? NULL
	                   : strcmp(b->options->lang, "zh") == 0 && style->chinese ? style->chinese
	                                                                           : style->latin;
	format_set_font_name(format, font ? font : "Calibri");
	format_set_font_size(format, 10);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	if (number_format)
		format_set_num_format(format, number_format);
	if (bold)
		format_set_bold(format);
	return format;
}

static void make_looks(book *b)
{
	static const int bold[LOOK_COUNT] = {
		[LOOK_HEAD] = 1, [LOOK_NUMBER_HEAD] = 1, [LOOK_TITLE] = 1, [LOOK_TOTAL_TEXT] = 1
	};
	for (int i = 0; i < LOOK_COUNT; i++)
		b->looks[i] = new_look(b, "@", bold[i]);
	if (b->status != WEIR_OK)
		return;
	format_set_text_wrap(b->looks[LOOK_WRAPPED]);
	for (int i = 0; i < 2; i++) {
		lxw_format *head = b->looks[i ? LOOK_NUMBER_HEAD : LOOK_HEAD];
		format_set_text_wrap(head);
		format_set_bg_color(head, 0xEEF1F4);
		format_set_font_color(head, b->accent);
		format_set_bottom(head, LXW_BORDER_THIN);
		format_set_bottom_color(head, b->accent);
		format_set_align(head, i ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
	}
	format_set_indent(b->looks[LOOK_TEXT], 1); /* apart from the number at its left */
	format_set_indent(b->looks[LOOK_WRAPPED], 1);
	format_set_indent(b->looks[LOOK_HEAD], 1);
	format_set_indent(b->looks[LOOK_TOTAL_TEXT], 1);
	format_set_top(b->looks[LOOK_TOTAL_TEXT], LXW_BORDER_THIN);
	format_set_font_size(b->looks[LOOK_TITLE], 14);
	format_set_font_color(b->looks[LOOK_TITLE], b->accent);
	format_set_font_color(b->looks[LOOK_MUTED], 0x56616D);
	format_set_font_color(b->looks[LOOK_LINK], b->accent);
	format_set_underline(b->looks[LOOK_LINK], LXW_UNDERLINE_SINGLE);
}

/* The look of a number in a column, in a row of totals or another. */
static lxw_format *number_look_of(book *b, const weir_column *column, weir_cell_type type, int total)
{
	weir_sheet_decimals decimals = weir_sheet_decimals_of(column->id, type);
	if (type == WEIR_CELL_MONEY)
		decimals.decimals = b->results->currency_digits;
	for (int i = 0; i < b->number_count; i++) {
		const number_look *known = &b->numbers[i];
		if (known->type == type && known->decimals.decimals == decimals.decimals &&
		    known->decimals.at_least == decimals.at_least && known->total == total)
			return known->format;
	}
	weir_text code = { 0 };
	weir_sheet_format_write(type, decimals, &code);
	lxw_format *format = code.failed ? NULL : new_look(b, code.data, total);
	weir_text_free(&code);
	if (!format) {
		b->status = WEIR_NO_MEMORY;
		return NULL;
	}
	if (total)
		format_set_top(format, LXW_BORDER_THIN);
	if (b->number_count < MOST_NUMBER_LOOKS)
		b->numbers[b->number_count++] = (number_look){ type, decimals, total, format };
	return format;
}

/* What a library call says: anything but success is remembered. */
static void check(book *b, lxw_error error)
{
	if (error != LXW_NO_ERROR && b->status == WEIR_OK)
		b->status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? WEIR_NO_MEMORY : WEIR_IO;
}

/* Text as text: no "=" makes it a formula, no address makes it a link. */
static void write_text(book *b, lxw_worksheet *sheet, lxw_row_t row, int column, const char *text, look as)
{
	char *shorter = NULL;
	if (strlen(text) > CELL_TEXT) {
		size_t length = CELL_TEXT;
		while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
			length--;
		shorter = weir_arena_text(b->arena, text, length);
		if (!shorter)
			b->status = WEIR_NO_MEMORY;
	}
	check(b, worksheet_write_string(sheet, row, (lxw_col_t)column, shorter ? shorter : text, b->looks[as]));
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

/* A number in the sheet's unit: money in whole currency units, dates as the sheet counts days. */
static double sheet_number(const book *b, weir_cell_type type, double number)
{
	double unit = 1;
	for (int i = 0; i < b->results->currency_digits; i++)
		unit *= 10;
	if (type == WEIR_CELL_MONEY)
		return number / unit;
	return type == WEIR_CELL_DATE ? number + 25569 : number; /* 1970-01-01 is day 25,569 */
}

typedef struct row_reference {
	lxw_row_t row;
} row_reference;

static void write_reference(void *context, int column, weir_text *to)
{
	const row_reference *at = context;
	char name[LXW_MAX_CELL_NAME_LENGTH];
	lxw_rowcol_to_cell(name, at->row, (lxw_col_t)column);
	weir_text_add(to, name);
}

static int agree(double a, double b)
{
	return isfinite(a) && isfinite(b) && fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

/* A cell that the row's other cells give is a formula with its value beside it; where weir's own value is not what the
 * formula gives (a floor, a cap), the value stands alone. */
static int write_formula(book *b, const weir_table *table, lxw_worksheet *sheet, size_t row, int column,
                         const weir_cell *cell, lxw_row_t at)
{
	const weir_sheet_formula *formula = weir_sheet_formula_of(table->id, table->columns[column].id);
	if (!formula || !agree(weir_sheet_formula_value(formula, table, row), cell->number))
		return 0;
	weir_text text = { 0 };
	row_reference here = { at };
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	weir_sheet_formula_write(formula, table, write_reference, &here, &text);
	if (text.failed)
		b->status = WEIR_NO_MEMORY;
	else
		check(b, worksheet_write_formula_num(sheet, at, (lxw_col_t)column, text.data,
		                                     number_look_of(b, &table->columns[column], type, 0),
		                                     sheet_number(b, type, cell->number)));
	weir_text_free(&text);
	return 1;
}

/* `shown`: what reports print of a share, NAN for other cells. */
static void write_cell(book *b, const weir_table *table, lxw_worksheet *sheet, size_t row, int column, double shown)
{
	const weir_cell *cell = weir_table_cell(table, row, column);
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	lxw_row_t at = HEAD_ROW + 1 + (lxw_row_t)row;
	if (!cell->present || (type != WEIR_CELL_TEXT && !isfinite(cell->number)))
		return;
	if (type == WEIR_CELL_TEXT)
		write_text(b, sheet, at, column, words(b, cell->en ? cell->en : cell->key, cell->zh), LOOK_TEXT);
	else if (type == WEIR_CELL_FLAG)
		write_text(b, sheet, at, column, cell->number != 0 ? words(b, "yes", "是") : words(b, "no", "否"),
		           LOOK_TEXT);
	else if (!write_formula(b, table, sheet, row, column, cell, at))
		check(b, worksheet_write_number(sheet, at, (lxw_col_t)column,
		                                isnan(shown) ? sheet_number(b, type, cell->number) : shown,
		                                number_look_of(b, &table->columns[column], type, 0)));
}

static size_t rows_written(const weir_table *table)
{
	return table->row_count < MOST_ROWS ? table->row_count : MOST_ROWS;
}

static void write_column(book *b, const weir_table *table, lxw_worksheet *sheet, int column)
{
	double *shown = NULL;
	if (table->row_count > 0 && weir_shares_are_summed(&table->columns[column])) {
		shown = weir_alloc(table->row_count * sizeof *shown);
		weir_status status = shown ? weir_shares_show(shown, table, column) : WEIR_NO_MEMORY;
		if (status != WEIR_OK)
			b->status = status;
	}
	for (size_t r = 0; r < rows_written(table) && b->status == WEIR_OK; r++)
		write_cell(b, table, sheet, r, column, shown ? shown[r] : NAN);
	weir_free(shown);
}

/* How wide a column is set, in characters of Latin text. */
static double column_width(book *b, const weir_table *table, int column)
{
	double width = NARROWEST;
	for (size_t r = 0; r < table->row_count && r < 200; r++) {
		char plain[64];
		const weir_cell *cell = weir_table_cell(table, r, column);
		const char *text = weir_cell_type_of(&table->columns[column], cell) == WEIR_CELL_TEXT && cell->present ?
		                           words(b, cell->en ? cell->en : cell->key, cell->zh) :
		                           weir_cell_plain(table, column, cell, b->results->currency_digits, plain);
		double length = 3;
		for (const unsigned char *c = (const unsigned char *)text; *c; c++)
			length += (*c & 0xC0) == 0x80 ? 0 : *c >= 0xE3 ? 2 : 1.05;
		width = fmax(width, length);
	}
	return fmin(width, WIDEST);
}

/* Live totals of the columns whose flows add up. */
static void write_totals(book *b, const weir_table *table, lxw_worksheet *sheet, lxw_row_t head)
{
	int labelled = 0;
	lxw_row_t first = head + 1, last = head + (lxw_row_t)rows_written(table), at = last + 1;
	for (int c = 0; c < table->column_count; c++) {
		const weir_column *column = &table->columns[c];
		if (column->summed != WEIR_SUM_FLOW || column->type == WEIR_CELL_TEXT ||
		    column->type == WEIR_CELL_MIXED)
			continue;
		double total = 0;
		char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH], formula[64];
		for (size_t r = 0; r < rows_written(table); r++) {
			const weir_cell *cell = weir_table_cell(table, r, c);
			total += cell->present && isfinite(cell->number) ? cell->number : 0;
		}
		lxw_rowcol_to_cell(from, first, (lxw_col_t)c);
		lxw_rowcol_to_cell(to, last, (lxw_col_t)c);
		snprintf(formula, sizeof formula, "=SUM(%s:%s)", from, to);
		check(b, worksheet_write_formula_num(sheet, at, (lxw_col_t)c, formula,
		                                     number_look_of(b, column, column->type, 1),
		                                     sheet_number(b, column->type, total)));
		if (!labelled && c > 0)
			write_text(b, sheet, at, 0, words(b, "Total", "合计"), LOOK_TOTAL_TEXT);
		labelled = 1;
	}
}

/* TABLE_COLUMN stands for the rows of a column. */
static void name_columns(book *b, const weir_table *table, const char *sheet_name, lxw_row_t head)
{
	for (int c = 0; c < table->column_count; c++) {
		char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH];
		weir_text name = { 0 }, range = { 0 };
		lxw_rowcol_to_cell_abs(from, head + 1, (lxw_col_t)c, 1, 1);
		lxw_rowcol_to_cell_abs(to, head + (lxw_row_t)rows_written(table), (lxw_col_t)c, 1, 1);
		weir_text_printf(&name, "%s_%s", table->id, table->columns[c].id);
		weir_text_printf(&range, "='%s'!%s:%s", sheet_name, from, to);
		if (name.failed || range.failed)
			b->status = WEIR_NO_MEMORY;
		else
			check(b, workbook_define_name(b->file, name.data, range.data));
		weir_text_free(&name);
		weir_text_free(&range);
	}
}

/* On paper: A4, or A3 for many columns; as wide as the page, heads on every page, page numbers. */
static void set_page(book *b, lxw_worksheet *sheet, int columns)
{
	worksheet_set_paper(sheet, columns >= WIDE_TABLE ? 8 : 9);
	if (columns > 7)
		worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	check(b, worksheet_repeat_rows(sheet, HEAD_ROW, HEAD_ROW));
	check(b, worksheet_set_footer(sheet, "&L&A&R&P / &N"));
}

static void write_table(book *b, const weir_table *table, lxw_worksheet *sheet, const char *sheet_name)
{
	write_text(b, sheet, 0, 0, words(b, table->en, table->zh), LOOK_TITLE);
	if (table->row_count > MOST_ROWS)
		write_text(b, sheet, 1, 0,
		           words(b, "The first rows; all of them are in tables/", "仅列示前若干行；全部数据见 tables/"),
		           LOOK_MUTED);
	for (int c = 0; c < table->column_count; c++) {
		const weir_column *column = &table->columns[c];
		int right = weir_format_stands_right(column->type) && column->type != WEIR_CELL_MIXED;
		check(b, worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, column_width(b, table, c), NULL));
		write_text(b, sheet, HEAD_ROW, c, words(b, column->en, column->zh),
		           right ? LOOK_NUMBER_HEAD : LOOK_HEAD);
		write_column(b, table, sheet, c);
	}
	check(b, worksheet_set_row(sheet, HEAD_ROW, 28, NULL));
	worksheet_freeze_panes(sheet, HEAD_ROW + 1, 1);
	set_page(b, sheet, table->column_count);
	if (table->row_count == 0)
		return;
	write_totals(b, table, sheet, HEAD_ROW);
	name_columns(b, table, sheet_name, HEAD_ROW);
	if (table->row_count > 12)
		check(b, worksheet_autofilter(sheet, HEAD_ROW, 0, HEAD_ROW + (lxw_row_t)rows_written(table),
		                              (lxw_col_t)(table->column_count - 1)));
}

/* The table's title as the name of its sheet: without the characters that the format forbids, short, unlike others. */
static const char *sheet_name(book *b, int number)
{
	char name[4 * SHEET_NAME + 8];
	const weir_table *table = b->results->tables[number];
	const char *title = strcmp(b->options->lang, "zh") == 0 && table->zh ? table->zh : table->en;
	size_t length = 0, characters = 0;
	for (const char *c = title; *c; c++) {
		int begins = ((unsigned char)*c & 0xC0) != 0x80;
		if (begins && ++characters > SHEET_NAME - 3)
			break;
		name[length++] = strchr("[]:*?/\\'", *c) ? ' ' : *c;
	}
	name[length] = '\0';
	for (int i = 0, n = 2; i < number; i++)
		if (strcmp(b->names[i], name) == 0) {
			snprintf(name + length, sizeof name - length, " %d", n++);
			i = -1;
		}
	const char *copy = weir_arena_text(b->arena, name, strlen(name));
	if (!copy)
		b->status = WEIR_NO_MEMORY;
	return copy ? copy : table->id;
}

/* --- contents and charts ----------------------------------------------------------------------------------------- */

static const char *fact_words(book *b, const char *id)
{
	static const char *const known[][3] = { { "engine_version", "Engine version", "引擎版本" },
		                                { "rounding", "Rounding", "舍入" },
		                                { "calendar", "Calendar", "日历" },
		                                { "options", "Options", "选项" } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i][0], id) == 0)
			return words(b, known[i][1], known[i][2]);
	return id;
}

/* At the right of the title. */
static void place_logo(book *b, lxw_worksheet *sheet)
{
	const weir_style *style = b->options->style;
	if (!style || !style->logo)
		return;
	double scale = fmin(fmin(200.0 / style->logo_width, 48.0 / style->logo_height), 1);
	lxw_image_options size = { .x_scale = scale, .y_scale = scale };
	check(b, worksheet_insert_image_buffer_opt(sheet, 0, 2, (const unsigned char *)style->logo, style->logo_length,
	                                           &size));
}

static void write_contents(book *b, lxw_worksheet *sheet)
{
	lxw_row_t row = 0;
	const weir_results *r = b->results;
	check(b, worksheet_set_column(sheet, 0, 0, 34, NULL));
	check(b, worksheet_set_column(sheet, 1, 1, 90, NULL));
	write_text(b, sheet, row, 0, words(b, r->en ? r->en : r->deal_id, r->zh), LOOK_TITLE);
	place_logo(b, sheet);
	row += 2;
	if (r->scenario_id) {
		write_text(b, sheet, row, 0, words(b, "Scenario", "情景"), LOOK_MUTED);
		write_text(b, sheet, row++, 1,
		           words(b, r->scenario_en ? r->scenario_en : r->scenario_id, r->scenario_zh), LOOK_TEXT);
	}
	for (size_t i = 0; i < r->fact_count; i++) {
		write_text(b, sheet, row, 0, fact_words(b, r->facts[i].id), LOOK_MUTED);
		write_text(b, sheet, row++, 1, r->facts[i].value, LOOK_TEXT);
	}
	write_text(b, sheet, ++row, 0, words(b, "Sheets", "工作表"), LOOK_HEAD);
	row++;
	for (size_t i = 0; i < r->table_count; i++) {
		weir_text link = { 0 };
		weir_text_printf(&link, "internal:'%s'!A1", b->names[i]);
		if (link.failed)
			b->status = WEIR_NO_MEMORY;
		else
			check(b, worksheet_write_url_opt(sheet, row, 0, link.data, b->looks[LOOK_LINK], b->names[i],
			                                 NULL));
		write_text(b, sheet, row++, 1, words(b, r->tables[i]->en, r->tables[i]->zh), LOOK_TEXT);
		weir_text_free(&link);
	}
	if (r->disclosure_count)
		write_text(b, sheet, ++row, 0, words(b, "Disclosures and assumptions", "披露事项与假设"), LOOK_HEAD);
	for (size_t i = 0; i < r->disclosure_count; i++) {
		double lines = ceil((double)strlen(r->disclosures[i].text) / 95);
		check(b, worksheet_set_row(sheet, ++row, 14 * fmax(1, lines), NULL));
		write_text(b, sheet, row, 1, r->disclosures[i].text, LOOK_WRAPPED);
	}
	worksheet_set_paper(sheet, 9);
	worksheet_fit_to_pages(sheet, 1, 0);
}

static int table_number(const book *b, const char *id)
{
	for (size_t i = 0; i < b->results->table_count; i++)
		if (strcmp(b->results->tables[i]->id, id) == 0)
			return (int)i;
	return -1;
}

/* A series of a chart: a column of a table against another, without the closing row. */
static void add_series(book *b, lxw_chart *chart, int table, const char *x, const char *y, int number, int is_line)
{
	static const lxw_color_t colours[] = { 0x16365C, 0xE0A030, 0x4A7EBB };
	const weir_table *t = b->results->tables[table];
	int across = weir_table_column(t, x), up = weir_table_column(t, y);
	lxw_chart_series *series = up < 0 ? NULL : chart_add_series(chart, NULL, NULL);
	lxw_row_t first = HEAD_ROW + 2, last = HEAD_ROW + (lxw_row_t)t->row_count;
	if (!series)
		return;
	lxw_color_t colour = colours[number % (sizeof colours / sizeof *colours)];
	lxw_chart_line line = { .color = colour, .width = 2.25F };
	lxw_chart_fill fill = { .color = colour };
	if (is_line)
		chart_series_set_line(series, &line);
	else
		chart_series_set_fill(series, &fill);
	chart_series_set_categories(series, b->names[table], first, (lxw_col_t)across, last, (lxw_col_t)across);
	chart_series_set_values(series, b->names[table], first, (lxw_col_t)up, last, (lxw_col_t)up);
	chart_series_set_name_range(series, b->names[table], HEAD_ROW, (lxw_col_t)up);
}

/* The largest number in a column of the table; 0 when there is none. */
static double largest(const weir_table *table, const char *id)
{
	double most = 0;
	int column = weir_table_column(table, id);
	for (size_t r = 0; column >= 0 && r < table->row_count; r++) {
		const weir_cell *cell = weir_table_cell(table, r, column);
		most = cell->present && isfinite(cell->number) ? fmax(most, cell->number) : most;
	}
	return most;
}

static void place_chart(book *b, lxw_worksheet *sheet, lxw_chart *chart, lxw_row_t row, const char *title)
{
	lxw_chart_options size = { .x_scale = 1.9, .y_scale = 1.25 };
	chart_title_set_name(chart, title);
	chart_axis_set_num_format(chart->x_axis, "yyyy-mm-dd");
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	check(b, worksheet_insert_chart_opt(sheet, row, 0, chart, &size));
}

static void write_charts(book *b)
{
	int periods = table_number(b, "periods");
	if (periods < 0 || b->results->tables[periods]->row_count < 2)
		return;
	lxw_worksheet *sheet = workbook_add_worksheet(b->file, words(b, "Charts", "图表"));
	lxw_chart *cash = workbook_add_chart(b->file, LXW_CHART_COLUMN_STACKED);
	lxw_chart *coverage = workbook_add_chart(b->file, LXW_CHART_LINE);
	if (!sheet || !cash || !coverage) {
		b->status = WEIR_NO_MEMORY;
		return;
	}
	add_series(b, cash, periods, "payment_date", "pool_principal", 0, 0);
	add_series(b, cash, periods, "payment_date", "pool_income", 1, 0);
	add_series(b, cash, periods, "payment_date", "pool_recovered", 2, 0);
	place_chart(b, sheet, cash, 1, words(b, "Collections by period", "分期回收"));
	add_series(b, coverage, periods, "payment_date", "coverage", 0, 1);
	add_series(b, coverage, periods, "payment_date", "coverage_period", 1, 1);
	if (largest(b->results->tables[periods], "coverage_period") > MOST_COVERAGE ||
	    largest(b->results->tables[periods], "coverage") > MOST_COVERAGE)
		chart_axis_set_max(coverage->y_axis, MOST_COVERAGE);
	chart_axis_set_min(coverage->y_axis, 0);
	chart_axis_set_num_format(cash->y_axis, "#,##0");
	chart_axis_set_num_format(coverage->y_axis, "0.00");
	worksheet_set_paper(sheet, 9);
	worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	place_chart(b, sheet, coverage, 22, words(b, "Coverage by period", "分期覆盖倍数"));
}

/* --- the file ---------------------------------------------------------------------------------------------------- */

static void describe(book *b)
{
	int year = 1970, month = 1, day = 1;
	if (b->options->created)
		sscanf(b->options->created, "%d-%d-%d", &year, &month, &day);
	struct tm when = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };
	const weir_results *r = b->results;
	lxw_doc_properties properties = { .title = (char *)words(b, r->en ? r->en : r->deal_id, r->zh),
		                          .author = (char *)"weir",
		                          .created = timegm(&when) };
	check(b, workbook_set_properties(b->file, &properties));
}

static void write_book(book *b)
{
	size_t tables = b->results->table_count;
	b->sheets = weir_arena_array(b->arena, tables + 1, sizeof *b->sheets);
	b->names = weir_arena_array(b->arena, tables + 1, sizeof *b->names);
	if (!b->sheets || !b->names) {
		b->status = WEIR_NO_MEMORY;
		return;
	}
	b->accent = (lxw_color_t)strtoul(weir_style_accent(b->options->style) + 1, NULL, 16);
	make_looks(b);
	lxw_worksheet *contents = workbook_add_worksheet(b->file, words(b, "Contents", "目录"));
	for (size_t i = 0; i < tables && b->status == WEIR_OK; i++) {
		b->names[i] = sheet_name(b, (int)i);
		b->sheets[i] = workbook_add_worksheet(b->file, b->names[i]);
		if (!b->sheets[i])
			b->status = WEIR_IO;
	}
	for (size_t i = 0; i < tables && b->status == WEIR_OK; i++)
		write_table(b, b->results->tables[i], b->sheets[i], b->names[i]);
	if (b->status == WEIR_OK && contents)
		write_contents(b, contents);
	if (b->status == WEIR_OK)
		write_charts(b);
	describe(b);
}

static weir_status read_back(weir_text *out, const char *path)
{
	char buffer[65536];
	size_t length;
	FILE *file = fopen(path, "rb");
	if (!file)
		return WEIR_IO;
	while ((length = fread(buffer, 1, sizeof buffer, file)) > 0)
		weir_text_append(out, buffer, length);
	int failed = ferror(file);
	fclose(file);
	return failed ? WEIR_IO : weir_text_status(out);
}

weir_status weir_xlsx_write(weir_text *out, const weir_results *results, const weir_xlsx_options *options,
                            weir_diags *diags)
{
	weir_status status;
	weir_text path = { 0 };
	book b = { .results = results, .options = options };
	int file = -1;
	WEIR_TRY(weir_arena_create(&b.arena));
	weir_text_printf(&path, "%s/weir-XXXXXX", options->folder ? options->folder : "/tmp");
	WEIR_TRY(weir_text_status(&path));
	file = mkstemp(path.data);
	lxw_workbook_options how = { .tmpdir = (char *)options->folder };
	b.file = file >= 0 ? workbook_new_opt(path.data, &how) : NULL;
	status = b.file ? WEIR_OK : WEIR_IO;
	if (b.file) {
		write_book(&b);
		check(&b, workbook_close(b.file));
		status = b.status != WEIR_OK ? b.status : read_back(out, path.data);
	}
	if (status == WEIR_IO)
		weir_diag_error(diags, FILE_UNWRITABLE, (weir_place){ 0 },
		                "the workbook could not be written in \"%s\"; make room there",
		                options->folder ? options->folder : "/tmp");
out:
	if (file >= 0) {
		close(file);
		unlink(path.data);
	}
	weir_text_free(&path);
	weir_arena_destroy(b.arena);
	return status;
}
