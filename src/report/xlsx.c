/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/alloc.h"
#include "report/format.h"
#include "report/shares.h"
#include "report/sheet_formats.h"
#include "report/sheet_formulas.h"
#include "report/xlsx_int.h"

#define MOST_ROWS 1048000 /* of a table: a sheet has 1,048,576 */
#define MOST_SEARCHED 3000 /* rows of a table whose cells are looked for in the document */
#define WIDE_TABLE 16     /* columns from which it is printed on A3 */
#define SHEET_NAME 31     /* characters, by the format */
#define CELL_TEXT 32767   /* bytes that fit for certain */
#define NARROWEST 9.0
#define WIDEST 46.0
#define MOST_MEASURED 200 /* rows whose texts make a column wider */

/* --- words and looks -------------------------------------------------------------------------------------------- */

const char *xlsx_words(book *b, const char *en, const char *zh)
{
	const char *lang = b->options->lang;
	if (strcmp(lang, "zh") == 0)
		return zh ? zh : en ? en : "";
	if (strcmp(lang, "en") == 0 || !zh || !en || strcmp(en, zh) == 0)
		return en ? en : zh ? zh : "";
	weir_text text = { 0 };
	weir_text_printf(&text, "%s %s", en, zh);
	const char *copy = weir_text_keep(&text, b->arena);
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

lxw_format *xlsx_number_look(book *b, weir_cell_type type, weir_sheet_decimals decimals, int total)
{
	if (type == WEIR_CELL_MONEY)
		decimals = (weir_sheet_decimals){ b->results->currency_digits, 0 };
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

static int same_decimals(weir_sheet_decimals a, weir_sheet_decimals b)
{
	return a.decimals == b.decimals && a.at_least == b.at_least;
}

/* What is asked of the document: how it prints cells of a table. */
typedef struct shown_search {
	const char *table, *column; /* column NULL: any */
	weir_cell_type type;
	const char *value;          /* of the cell; NULL: any */
	weir_sheet_decimals found;
	int count, varied;          /* how many were found, and whether in more than one way */
} shown_search;

static void search_table(shown_search *search, const weir_doc_table *table)
{
	for (int r = 0; r < table->row_count; r++) {
		const weir_doc_row *row = &table->rows[r];
		for (int c = 0; row->kind == WEIR_ROW_BODY && c < row->cell_count; c++) {
			const weir_doc_cell *cell = &row->cells[c];
			const char *of = table->columns[c].of;
			if (!cell->value || cell->decimals < 0 || cell->type != search->type ||
			    (search->column && (!of || strcmp(of, search->column) != 0)) ||
			    (search->value && strcmp(cell->value, search->value) != 0))
				continue;
			weir_sheet_decimals decimals = { cell->decimals, cell->at_least };
			if (search->count++ == 0)
				search->found = decimals;
			else if (!same_decimals(search->found, decimals))
				search->varied = 1;
		}
	}
}

static void search_blocks(shown_search *search, const weir_block *blocks)
{
	for (const weir_block *block = blocks; block; block = block->next) {
		if (block->table && block->table->from && strcmp(block->table->from, search->table) == 0)
			search_table(search, block->table);
		search_blocks(search, block->children);
	}
}

/* How the document prints a column: in one way, in several, or not at all. Asked once for all of its cells. */
static const shown_column *look_up_column(book *b, const weir_table *table, const weir_column *column)
{
	shown_column *shown = &b->shown;
	if (shown->column == column)
		return shown;
	shown_search search = { .table = table->id, .column = column->id, .type = column->type };
	search_blocks(&search, b->document->blocks);
	*shown = (shown_column){ column, search.count > 0 && !search.varied, search.found };
	return shown;
}

/* The decimals of a cell (NULL: of a total): as the document prints its column, or else a cell of the table with its
 * value, or else as templates usually do. */
static weir_sheet_decimals decimals_of(book *b, const weir_table *table, int number, const weir_cell *cell)
{
	char plain[64];
	const weir_column *column = &table->columns[number];
	weir_cell_type type = cell ? weir_cell_type_of(column, cell) : column->type;
	weir_sheet_decimals usual = weir_sheet_decimals_of(column->id, type);
	if (!b->document || (type != WEIR_CELL_RATE && type != WEIR_CELL_NUMBER))
		return usual;
	if (column->type != WEIR_CELL_MIXED) {
		const shown_column *shown = look_up_column(b, table, column);
		if (shown->is_uniform)
			return shown->decimals;
	}
	if (!cell || table->row_count > MOST_SEARCHED)
		return usual;
	shown_search search = { .table = table->id, .column = column->id, .type = type,
		                .value = weir_cell_plain(table, number, cell, b->results->currency_digits, plain) };
	search_blocks(&search, b->document->blocks);
	if (search.count == 0) {
		search.column = NULL;
		search_blocks(&search, b->document->blocks);
	}
	return search.count > 0 ? search.found : usual;
}

/* The look of a number in a column, in a row of totals (cell NULL) or another. */
static lxw_format *number_look_of(book *b, const weir_table *table, int column, const weir_cell *cell)
{
	weir_cell_type type = cell ? weir_cell_type_of(&table->columns[column], cell) : table->columns[column].type;
	return xlsx_number_look(b, type, decimals_of(b, table, column, cell), cell == NULL);
}

void xlsx_check(book *b, lxw_error error)
{
	if (error != LXW_NO_ERROR && b->status == WEIR_OK)
		b->status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? WEIR_NO_MEMORY : WEIR_IO;
}

void xlsx_text(book *b, lxw_worksheet *sheet, lxw_row_t row, int column, const char *text, look as)
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
	xlsx_check(b, worksheet_write_string(sheet, row, (lxw_col_t)column, shorter ? shorter : text, b->looks[as]));
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

/* A number with the digits that results.xml has of it, so that a workbook is the same when it is made from there. */
static double settled_number(const book *b, const weir_table *table, int column, const weir_cell *cell)
{
	char plain[64];
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	if (type != WEIR_CELL_NUMBER && type != WEIR_CELL_RATE)
		return cell->number;
	return weir_format_number(weir_cell_plain(table, column, cell, b->results->currency_digits, plain));
}

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

/* Whether a formula gives the value, to the last decimal of the column. */
static int agree(double a, double b, const weir_column *column)
{
	double unit = column->type == WEIR_CELL_NUMBER || column->type == WEIR_CELL_RATE ? 0.501 : 0;
	for (int i = 0; unit > 0 && i < column->decimals; i++)
		unit /= 10;
	return isfinite(a) && isfinite(b) && fabs(a - b) <= fmax(unit, 1e-9 * fmax(1, fabs(b)));
}

/* A cell that the row's other cells give is a formula with its value beside it; where weir's own value is not what the
 * formula gives (a floor, a cap), the value stands alone. */
static int write_formula(book *b, const weir_table *table, lxw_worksheet *sheet, size_t row, int column,
                         const weir_cell *cell, lxw_row_t at)
{
	const weir_sheet_formula *formula = weir_sheet_formula_of(table->id, table->columns[column].id);
	if (!formula || !agree(weir_sheet_formula_value(formula, table, row), cell->number, &table->columns[column]))
		return 0;
	weir_text text = { 0 };
	row_reference here = { at };
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	weir_sheet_formula_write(formula, table, write_reference, &here, &text);
	if (text.failed)
		b->status = WEIR_NO_MEMORY;
	else
		xlsx_check(b, worksheet_write_formula_num(sheet, at, (lxw_col_t)column, text.data,
		                                     number_look_of(b, table, column, cell),
		                                     sheet_number(b, type, settled_number(b, table, column, cell))));
	weir_text_free(&text);
	return 1;
}

/* `shown`: what reports print of a share, NAN for other cells; where a report prints more of it, the share itself. */
static void write_number(book *b, const weir_table *table, lxw_worksheet *sheet, lxw_row_t at, int column,
                         const weir_cell *cell, double shown)
{
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	weir_sheet_decimals decimals = decimals_of(b, table, column, cell);
	int whole = isnan(shown) || decimals.at_least || decimals.decimals > 2;
	xlsx_check(b,
	           worksheet_write_number(sheet, at, (lxw_col_t)column,
	                                  whole ? sheet_number(b, type, settled_number(b, table, column, cell)) : shown,
	                                  xlsx_number_look(b, type, decimals, 0)));
}

static void write_cell(book *b, const weir_table *table, lxw_worksheet *sheet, size_t row, int column, double shown)
{
	const weir_cell *cell = weir_table_cell(table, row, column);
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	lxw_row_t at = HEAD_ROW + 1 + (lxw_row_t)row;
	if (!cell->present || (type != WEIR_CELL_TEXT && !isfinite(cell->number)))
		return;
	if (type == WEIR_CELL_TEXT)
		xlsx_text(b, sheet, at, column, xlsx_words(b, cell->en ? cell->en : cell->key, cell->zh),
		          xlsx_text_length(xlsx_words(b, cell->en ? cell->en : cell->key, cell->zh)) + 3 > WIDEST ?
		                  LOOK_WRAPPED :
		                  LOOK_TEXT);
	else if (type == WEIR_CELL_FLAG)
		xlsx_text(b, sheet, at, column,
		          cell->number != 0 ? xlsx_words(b, "yes", "是") : xlsx_words(b, "no", "否"), LOOK_TEXT);
	else if (!write_formula(b, table, sheet, row, column, cell, at))
		write_number(b, table, sheet, at, column, cell, shown);
}

static size_t rows_written(const weir_table *table)
{
	return table->row_count < MOST_ROWS ? table->row_count : MOST_ROWS;
}

static void write_column(book *b, const weir_table *table, lxw_worksheet *sheet, int column)
{
	double *shown = NULL;
	if (table->row_count > 0 && weir_shares_are_summed(table, column)) {
		shown = weir_alloc(table->row_count * sizeof *shown);
		weir_status status = shown ? weir_shares_show(shown, table, column) : WEIR_NO_MEMORY;
		if (status != WEIR_OK)
			b->status = status;
	}
	for (size_t r = 0; r < rows_written(table) && b->status == WEIR_OK; r++) {
		double printed = NAN;
		if (shown)
			printed = shown[r];
		else if (weir_shares_show_term(&printed, b->results, table, r, column) != WEIR_OK)
			b->status = WEIR_NO_MEMORY;
		write_cell(b, table, sheet, r, column, printed);
	}
	weir_free(shown);
}

double xlsx_text_length(const char *text)
{
	double length = 0;
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		length += (*c & 0xC0) == 0x80 ? 0 : *c >= 0xE3 ? 2 : 1.05;
	return length;
}

/* The characters of a number as its format prints it: "-1,234,567.89 %". */
static double number_length(double number, weir_sheet_decimals decimals)
{
	int digits = 1;
	for (double rest = fabs(number); rest >= 10 && isfinite(rest); rest /= 10)
		digits++;
	return digits + (digits - 1) / 3 + (decimals.decimals ? 1 + decimals.decimals : 0) + 2;
}

/* The longest number of a column, its total among them: one that is too long shows as signs. */
static double longest_number(book *b, const weir_table *table, int column)
{
	const weir_column *of = &table->columns[column];
	double largest = 0, total = 0, percent = of->type == WEIR_CELL_RATE ? 100 : 1;
	weir_sheet_decimals decimals = of->type == WEIR_CELL_MONEY ?
	                                       (weir_sheet_decimals){ b->results->currency_digits, 0 } :
	                                       decimals_of(b, table, column, NULL);
	for (size_t r = 0; r < table->row_count; r++) {
		const weir_cell *cell = weir_table_cell(table, r, column);
		double number = cell->present && isfinite(cell->number) ? sheet_number(b, of->type, cell->number) : 0;
		largest = fmax(largest, fabs(number));
		total += number;
	}
	if (of->summed == WEIR_SUM_FLOW)
		largest = fmax(largest, fabs(total));
	return number_length(largest * percent, decimals);
}

/* How wide a column is set, in characters of Latin text. */
static double column_width(book *b, const weir_table *table, int column)
{
	weir_cell_type of = table->columns[column].type;
	int number = of == WEIR_CELL_MONEY || of == WEIR_CELL_NUMBER || of == WEIR_CELL_RATE || of == WEIR_CELL_INTEGER;
	double width = number ? fmax(NARROWEST, longest_number(b, table, column) + 1) : NARROWEST;
	for (size_t r = 0; r < table->row_count && r < MOST_MEASURED; r++) {
		char plain[64];
		const weir_cell *cell = weir_table_cell(table, r, column);
		const char *text = weir_cell_type_of(&table->columns[column], cell) == WEIR_CELL_TEXT && cell->present ?
		                           xlsx_words(b, cell->en ? cell->en : cell->key, cell->zh) :
		                           weir_cell_plain(table, column, cell, b->results->currency_digits, plain);
		int as_written = of != WEIR_CELL_MONEY &&
		                 (of != WEIR_CELL_RATE || decimals_of(b, table, column, cell).at_least);
		if (as_written)
			width = fmax(width, 3 + xlsx_text_length(text));
	}
	return fmin(width, WIDEST);
}

void xlsx_head_height(book *b, lxw_worksheet *sheet, double lines)
{
	xlsx_check(b, worksheet_set_row(sheet, HEAD_ROW, fmin(6, fmax(2, lines)) * 14, NULL));
}

double xlsx_head_lines(const char *heading, double width)
{
	/* words do not fill their lines, bold type is wider, and a narrow column breaks after every word */
	return ceil(1.25 * xlsx_text_length(heading) / (width - 1));
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
			total += cell->present && isfinite(cell->number) ? settled_number(b, table, c, cell) : 0;
		}
		lxw_rowcol_to_cell(from, first, (lxw_col_t)c);
		lxw_rowcol_to_cell(to, last, (lxw_col_t)c);
		snprintf(formula, sizeof formula, "=SUM(%s:%s)", from, to);
		xlsx_check(b, worksheet_write_formula_num(sheet, at, (lxw_col_t)c, formula,
		                                     number_look_of(b, table, c, NULL),
		                                     sheet_number(b, column->type, total)));
		if (!labelled && c > 0)
			xlsx_text(b, sheet, at, 0, xlsx_words(b, "Total", "合计"), LOOK_TOTAL_TEXT);
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
			xlsx_check(b, workbook_define_name(b->file, name.data, range.data));
		weir_text_free(&name);
		weir_text_free(&range);
	}
}

/* On paper: A4, or A3 for many columns; as wide as the page, heads on every page, page numbers. */
void xlsx_set_page(book *b, lxw_worksheet *sheet, int columns)
{
	worksheet_set_paper(sheet, columns >= WIDE_TABLE ? 8 : 9);
	if (columns > 7)
		worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	xlsx_check(b, worksheet_repeat_rows(sheet, HEAD_ROW, HEAD_ROW));
	xlsx_check(b, worksheet_set_footer(sheet, "&L&A&R&P / &N"));
}

static void write_table(book *b, const weir_table *table, lxw_worksheet *sheet, const char *sheet_name)
{
	xlsx_text(b, sheet, 0, 0, xlsx_words(b, table->en, table->zh), LOOK_TITLE);
	if (table->row_count > MOST_ROWS)
		xlsx_text(b, sheet, 1, 0,
		          xlsx_words(b, "The first rows; all of them are in tables/",
		                     "仅列示前若干行；全部数据见 tables/"),
		          LOOK_MUTED);
	double head_lines = 1;
	for (int c = 0; c < table->column_count; c++) {
		const weir_column *column = &table->columns[c];
		int right = weir_format_stands_right(column->type) && column->type != WEIR_CELL_MIXED;
		double width = column_width(b, table, c);
		head_lines = fmax(head_lines, xlsx_head_lines(xlsx_words(b, column->en, column->zh), width));
		xlsx_check(b, worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width, NULL));
		xlsx_text(b, sheet, HEAD_ROW, c, xlsx_words(b, column->en, column->zh),
		           right ? LOOK_NUMBER_HEAD : LOOK_HEAD);
		write_column(b, table, sheet, c);
	}
	xlsx_head_height(b, sheet, head_lines);
	worksheet_freeze_panes(sheet, HEAD_ROW + 1, 1);
	xlsx_set_page(b, sheet, table->column_count);
	if (table->row_count == 0)
		return;
	write_totals(b, table, sheet, HEAD_ROW);
	name_columns(b, table, sheet_name, HEAD_ROW);
	if (table->row_count > 12)
		xlsx_check(b, worksheet_autofilter(sheet, HEAD_ROW, 0, HEAD_ROW + (lxw_row_t)rows_written(table),
		                              (lxw_col_t)(table->column_count - 1)));
}

const char *xlsx_sheet_name(book *b, const char *title)
{
	char name[4 * SHEET_NAME + 8];
	size_t length = 0, characters = 0;
	for (const char *c = title; *c; c++) {
		int begins = ((unsigned char)*c & 0xC0) != 0x80;
		if (begins && ++characters > SHEET_NAME - 3)
			break;
		name[length++] = strchr("[]:*?/\\'", *c) ? ' ' : *c;
	}
	name[length] = '\0';
	for (int i = 0, n = 2; i < b->sheet_count; i++)
		if (strcasecmp(b->names[i], name) == 0) {
			snprintf(name + length, sizeof name - length, " %d", n++);
			i = -1;
		}
	const char *copy = weir_arena_text(b->arena, name, strlen(name));
	if (!copy)
		b->status = WEIR_NO_MEMORY;
	return copy ? copy : "";
}

lxw_worksheet *xlsx_add_sheet(book *b, const char *title, const char *about)
{
	const char *name = xlsx_sheet_name(b, title);
	lxw_worksheet *sheet = b->status == WEIR_OK ? workbook_add_worksheet(b->file, name) : NULL;
	if (!sheet && b->status == WEIR_OK)
		b->status = WEIR_IO;
	if (!sheet)
		return NULL;
	b->sheets[b->sheet_count] = sheet;
	b->names[b->sheet_count] = name;
	b->abouts[b->sheet_count++] = about;
	return sheet;
}

/* --- contents ----------------------------------------------------------------------------------------- */

static const char *fact_words(book *b, const char *id)
{
	static const char *const known[][3] = { { "engine_version", "Engine version", "引擎版本" },
		                                { "rounding", "Rounding", "舍入" },
		                                { "calendar", "Calendar", "日历" },
		                                { "options", "Options", "选项" } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i][0], id) == 0)
			return xlsx_words(b, known[i][1], known[i][2]);
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
	xlsx_check(b, worksheet_insert_image_buffer_opt(sheet, 0, 2, (const unsigned char *)style->logo,
	                                                style->logo_length, &size));
}

static void write_contents(book *b, lxw_worksheet *sheet)
{
	lxw_row_t row = 0;
	const weir_results *r = b->results;
	xlsx_check(b, worksheet_set_column(sheet, 0, 0, 34, NULL));
	xlsx_check(b, worksheet_set_column(sheet, 1, 1, 90, NULL));
	xlsx_text(b, sheet, row, 0, xlsx_words(b, r->en ? r->en : r->deal_id, r->zh), LOOK_TITLE);
	place_logo(b, sheet);
	row += 2;
	if (r->scenario_id) {
		xlsx_text(b, sheet, row, 0, xlsx_words(b, "Scenario", "情景"), LOOK_MUTED);
		xlsx_text(b, sheet, row++, 1,
		           xlsx_words(b, r->scenario_en ? r->scenario_en : r->scenario_id, r->scenario_zh), LOOK_TEXT);
	}
	for (size_t i = 0; i < r->fact_count; i++) {
		xlsx_text(b, sheet, row, 0, fact_words(b, r->facts[i].id), LOOK_MUTED);
		xlsx_text(b, sheet, row++, 1, r->facts[i].value, LOOK_TEXT);
	}
	xlsx_text(b, sheet, ++row, 0, xlsx_words(b, "Sheets", "工作表"), LOOK_HEAD);
	row++;
	for (int i = 1; i < b->sheet_count; i++) {
		weir_text link = { 0 };
		weir_text_printf(&link, "internal:'%s'!A1", b->names[i]);
		if (link.failed)
			b->status = WEIR_NO_MEMORY;
		else
			xlsx_check(b, worksheet_write_url_opt(sheet, row, 0, link.data, b->looks[LOOK_LINK],
			                                      b->names[i], NULL));
		xlsx_text(b, sheet, row++, 1, b->abouts[i], LOOK_TEXT);
		weir_text_free(&link);
	}
	if (r->disclosure_count)
		xlsx_text(b, sheet, ++row, 0, xlsx_words(b, "Disclosures and assumptions", "披露事项与假设"),
		          LOOK_HEAD);
	for (size_t i = 0; i < r->disclosure_count; i++) {
		const char *words = xlsx_words(b, r->disclosures[i].text, r->disclosures[i].zh);
		double lines = ceil((double)strlen(words) / 95);
		xlsx_check(b, worksheet_set_row(sheet, ++row, 14 * fmax(1, lines), NULL));
		xlsx_text(b, sheet, row, 1, words, LOOK_WRAPPED);
	}
	worksheet_set_paper(sheet, 9);
	worksheet_fit_to_pages(sheet, 1, 0);
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static void describe(book *b)
{
	int year = 1970, month = 1, day = 1;
	if (b->options->created)
		sscanf(b->options->created, "%d-%d-%d", &year, &month, &day);
	struct tm when = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };
	const weir_results *r = b->results;
	lxw_doc_properties properties = { .title = (char *)xlsx_words(b, r->en ? r->en : r->deal_id, r->zh),
		                          .author = (char *)"weir",
		                          .created = timegm(&when) };
	xlsx_check(b, workbook_set_properties(b->file, &properties));
}

/* The tables that have sheets: all of the results, or those that the document shows, in its order. */
static void choose_tables(book *b, const weir_block *blocks)
{
	for (const weir_block *block = blocks; block; block = block->next) {
		const char *from = block->table ? block->table->from : NULL;
		const weir_table *table = from ? weir_results_table(b->results, from) : NULL;
		size_t i = 0;
		while (i < b->table_count && b->tables[i] != table)
			i++;
		if (table && i == b->table_count)
			b->tables[b->table_count++] = table;
		choose_tables(b, block->children);
	}
}

static void add_table_sheets(book *b)
{
	int zh = strcmp(b->options->lang, "zh") == 0;
	for (size_t i = 0; i < b->table_count && b->status == WEIR_OK; i++) {
		const weir_table *table = b->tables[i];
		lxw_worksheet *sheet = xlsx_add_sheet(b, zh && table->zh ? table->zh : table->en,
		                                      xlsx_words(b, table->en, table->zh));
		if (sheet)
			write_table(b, table, sheet, b->names[b->sheet_count - 1]);
	}
}

static void write_book(book *b)
{
	size_t tables = b->results->table_count, own = b->document ? (size_t)xlsx_count_own(b->document->blocks) : 0;
	size_t sheets = tables + own + 4; /* contents, charts and their data */
	b->tables = weir_arena_array(b->arena, tables + 1, sizeof *b->tables);
	b->sheets = weir_arena_array(b->arena, sheets, sizeof *b->sheets);
	b->names = weir_arena_array(b->arena, sheets, sizeof *b->names);
	b->abouts = weir_arena_array(b->arena, sheets, sizeof *b->abouts);
	if (!b->tables || !b->sheets || !b->names || !b->abouts) {
		b->status = WEIR_NO_MEMORY;
		return;
	}
	b->accent = (lxw_color_t)strtoul(weir_style_accent(b->options->style) + 1, NULL, 16);
	make_looks(b);
	lxw_worksheet *contents = xlsx_add_sheet(b, xlsx_words(b, "Contents", "目录"), "");
	if (b->options->all_tables || !b->document)
		for (size_t i = 0; i < tables; i++)
			b->tables[b->table_count++] = b->results->tables[i];
	else
		choose_tables(b, b->document->blocks);
	add_table_sheets(b);
	if (b->document && !b->options->all_tables)
		xlsx_own_tables(b, b->document->blocks);
	if (b->document)
		xlsx_charts(b);
	if (b->status == WEIR_OK && contents)
		write_contents(b, contents);
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
	book b = { .results = results, .options = options, .document = options->document };
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
		xlsx_check(&b, workbook_close(b.file));
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
