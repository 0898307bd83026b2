/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table_band.h"

#include "base/text.h"

/* The row's cells in the band: the first one and those from `first` to before `end`. */
static int cut_row(weir_arena *arena, weir_doc_row *to, const weir_doc_row *row, int first, int end)
{
	*to = *row;
	if (row->kind == WEIR_ROW_GROUP || row->cell_count < 1)
		return 1;
	to->cells = weir_arena_array(arena, (size_t)(end - first) + 1, sizeof *to->cells);
	if (!to->cells)
		return 0;
	to->cell_count = 0;
	to->cells[to->cell_count++] = row->cells[0];
	for (int c = first; c < end && c < row->cell_count; c++)
		to->cells[to->cell_count++] = row->cells[c];
	return 1;
}

/* The caption with words behind it, where memory allows; NULL for no caption. */
static const char *add_words(weir_arena *arena, const char *caption, const char *words)
{
	weir_text text = { 0 };
	if (!caption)
		return NULL;
	weir_text_printf(&text, "%s%s", caption, words);
	const char *made = weir_text_keep(&text, arena);
	return made ? made : caption;
}

/* What goes on is the same table: it has no number of its own, and is no target of links. */
static void mark_as_part(weir_arena *arena, weir_doc_table *band)
{
	band->mark = (weir_doc_mark){ 0 };
	band->caption.en = add_words(arena, band->caption.en, " (continued)");
	band->caption.zh = add_words(arena, band->caption.zh, "（续）");
}

weir_doc_table *weir_table_band(weir_arena *arena, const weir_doc_table *table, const weir_column_need *needs,
                                double width, int *next)
{
	int first = *next, end = first;
	double used = needs[0].least;
	while (end < table->column_count && (end == first || used + needs[end].least <= width))
		used += needs[end++].least;
	*next = end;
	weir_doc_table *band = weir_arena_array(arena, 1, sizeof *band);
	if (!band)
		return NULL;
	*band = *table;
	if (first > 1)
		mark_as_part(arena, band);
	band->column_count = 1 + end - first;
	band->columns = weir_arena_array(arena, (size_t)band->column_count, sizeof *band->columns);
	band->rows = weir_arena_array(arena, (size_t)table->row_count + 1, sizeof *band->rows);
	if (!band->columns || !band->rows)
		return NULL;
	band->columns[0] = table->columns[0];
	for (int c = first; c < end; c++)
		band->columns[1 + c - first] = table->columns[c];
	for (int r = 0; r < table->row_count; r++)
		if (!cut_row(arena, &band->rows[r], &table->rows[r], first, end))
			return NULL;
	return band;
}
