/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf_breaks.h"

#define LEAST_ABOVE 2
#define LEAST_BELOW 3

static int is_kind(const pdf_rows *table, int row, weir_doc_row_kind kind)
{
	return row >= 0 && row < table->count && table->rows[row].kind == kind;
}

int pdf_may_break(const pdf_rows *table, int row)
{
	if (row < LEAST_ABOVE || table->count - row < LEAST_BELOW)
		return 0;
	if (is_kind(table, row, WEIR_ROW_TOTAL) || is_kind(table, row + 1, WEIR_ROW_TOTAL))
		return 0;
	if (is_kind(table, row, WEIR_ROW_GROUP))
		return 1;
	return !is_kind(table, row - 1, WEIR_ROW_GROUP) && !is_kind(table, row - 2, WEIR_ROW_GROUP);
}

int pdf_part_end(const pdf_rows *table, int first, double room)
{
	int end = first;
	while (end < table->count && table->heights[end] <= room)
		room -= table->heights[end++];
	while (end < table->count && end > first && !pdf_may_break(table, end))
		end--;
	return end;
}

double pdf_first_rows(const pdf_rows *table)
{
	double height = 0;
	for (int row = 0; row < table->count && !(row > 0 && pdf_may_break(table, row)); row++)
		height += table->heights[row];
	return height;
}
