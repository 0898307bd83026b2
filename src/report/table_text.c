/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table_text.h"

#include <stdio.h>
#include <string.h>

#include "report/format.h"

#define CELL_BYTES 256

/* A cell for people. */
static const char *cell_text(const weir_table *table, int column, const weir_cell *cell, int currency_digits,
                             char *buffer)
{
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	char plain[64];
	weir_text made = { 0 };
	const char *value = weir_cell_plain(table, column, cell, currency_digits, plain);
	if (!cell->present || type == WEIR_CELL_TEXT || type == WEIR_CELL_DATE) {
		snprintf(buffer, CELL_BYTES, "%s", value);
		return buffer;
	}
	if (type == WEIR_CELL_FLAG)
		weir_text_add(&made, cell->number != 0 ? "yes" : "no");
	else if (type == WEIR_CELL_RATE)
		weir_format_decimal(&made, value, 1, 4, 0);
	else
		weir_format_decimal(&made, value, 0, type == WEIR_CELL_NUMBER ? 6 : -1, 0);
	snprintf(buffer, CELL_BYTES, "%s", made.data ? made.data : "");
	weir_text_free(&made);
	return buffer;
}

int weir_text_columns(const char *text)
{
	int width = 0;
	for (const unsigned char *at = (const unsigned char *)text; *at; at++)
		if ((*at & 0xC0) != 0x80)
			width += (*at >= 0xE3 && *at <= 0xED) || *at == 0xEF ? 2 : 1;
	return width;
}

void weir_text_add_padded(weir_text *to, const char *text, int width, int right)
{
	int missing = width - weir_text_columns(text);
	if (!right)
		weir_text_add(to, text);
	for (; missing > 0; missing--)
		weir_text_add(to, " ");
	if (right)
		weir_text_add(to, text);
}

static size_t shown_rows(const weir_table *table, size_t most_rows)
{
	return table->row_count < most_rows ? table->row_count : most_rows;
}

/* The width of a column with its head; 0 when it is empty throughout. */
static int column_width(const weir_table *table, int column, size_t rows, int currency_digits)
{
	char buffer[CELL_BYTES];
	int width = 0;
	for (size_t r = 0; r < rows; r++) {
		int own = weir_text_columns(cell_text(table, column, weir_table_cell(table, r, column), currency_digits,
		                                      buffer));
		width = own > width ? own : width;
	}
	int head = weir_text_columns(table->columns[column].id);
	return width > 0 && head > width ? head : width;
}

void weir_table_write_text(const weir_table *table, int currency_digits, size_t most_rows, weir_text *to)
{
	enum { MOST_COLUMNS = 64 };
	int widths[MOST_COLUMNS], columns = table->column_count < MOST_COLUMNS ? table->column_count : MOST_COLUMNS;
	size_t rows = shown_rows(table, most_rows);
	char buffer[CELL_BYTES];
	for (int c = 0; c < columns; c++)
		widths[c] = column_width(table, c, rows, currency_digits);
	for (size_t line = 0; line <= rows; line++) {
		int first = 1;
		for (int c = 0; c < columns; c++) {
			const weir_cell *cell = line ? weir_table_cell(table, line - 1, c) : NULL;
			if (widths[c] == 0)
				continue;
			weir_text_add(to, first ? "" : "  ");
			first = 0;
			weir_text_add_padded(
				to, cell ? cell_text(table, c, cell, currency_digits, buffer) : table->columns[c].id,
				widths[c], table->columns[c].type != WEIR_CELL_TEXT);
		}
		while (to->length && to->data[to->length - 1] == ' ')
			to->data[--to->length] = '\0';
		weir_text_add(to, "\n");
	}
	if (rows < table->row_count)
		weir_text_printf(to, "… %zu rows in all\n", table->row_count);
}

void weir_table_write_record(const weir_table *table, size_t row, int currency_digits, weir_text *to)
{
	char buffer[CELL_BYTES];
	for (int c = 0; c < table->column_count; c++) {
		const weir_cell *cell = weir_table_cell(table, row, c);
		if (!cell->present)
			continue;
		weir_text_add(to, "  ");
		weir_text_add_padded(to, table->columns[c].en, 28, 0);
		weir_text_printf(to, " %s\n", cell_text(table, c, cell, currency_digits, buffer));
	}
}
