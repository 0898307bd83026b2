/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsx_int.h: the inside of a workbook while it is written: sheets, looks, words. */
#ifndef WEIR_REPORT_XLSX_INT_H
#define WEIR_REPORT_XLSX_INT_H

#include <xlsxwriter.h>

#include "report/sheet_formats.h"
#include "report/xlsx.h"

#define HEAD_ROW 2 /* below the title and an empty row */

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

/* How the document prints the column that was asked for last. */
typedef struct shown_column {
	const weir_column *column;
	int is_uniform; /* all of its cells with these decimals */
	weir_sheet_decimals decimals;
} shown_column;

typedef struct book {
	const weir_results *results;
	const weir_xlsx_options *options;
	const weir_document *document; /* NULL: none */
	lxw_workbook *file;
	lxw_format *looks[LOOK_COUNT];
	number_look numbers[MOST_NUMBER_LOOKS];
	int number_count;
	shown_column shown;
	lxw_color_t accent;
	weir_arena *arena;
	const weir_table **tables;     /* that have sheets */
	size_t table_count;
	lxw_worksheet **sheets;
	const char **names, **abouts;  /* of the sheets, and what the contents say of them */
	int sheet_count;
	weir_status status;
} book;

/* Words in the workbook's language, "English 中文" in both. */
const char *xlsx_words(book *b, const char *en, const char *zh);

/* Text as text: no "=" makes it a formula, no address makes it a link. */
void xlsx_text(book *b, lxw_worksheet *sheet, lxw_row_t row, int column, const char *text, look as);

/* The look of numbers of a type; amounts have the currency's decimals. */
lxw_format *xlsx_number_look(book *b, weir_cell_type type, weir_sheet_decimals decimals, int total);

/* What a library call says: anything but success is remembered. */
void xlsx_check(book *b, lxw_error error);

/* A title as the name of a sheet: without the characters that the format forbids, short, unlike others. */
const char *xlsx_sheet_name(book *b, const char *title);

/* A sheet behind the others; NULL, and the book's status says why, when it cannot be. */
lxw_worksheet *xlsx_add_sheet(book *b, const char *title, const char *about);

/* Widths, head and paper as every table's sheet has them: [columns] widths in characters. */
void xlsx_set_page(book *b, lxw_worksheet *sheet, int columns);

/* The room that a text takes on one line, in characters of Latin text; the lines of a heading in a column of a width,
 * and the height of the row of headings for so many. */
double xlsx_text_length(const char *text);
double xlsx_head_lines(const char *heading, double width);
void xlsx_head_height(book *b, lxw_worksheet *sheet, double lines);

/* xlsx_blocks.c: the tables that the document has and the results do not, a sheet each, and how many there are; its charts,
 * with a sheet of their values. */
int xlsx_count_own(const weir_block *blocks);
void xlsx_own_tables(book *b, const weir_block *blocks);
void xlsx_charts(book *b);

#endif
