/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foot_rows.c: rows of a table found by their keys. */
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "report/foot_int.h"

/* The word or number of a cell, as a text to look rows up by. */
static const char *key_text(const weir_footing *foot, const weir_table *table, size_t row, const char *column,
                            char *buffer)
{
	int c = weir_table_column(table, column);
	const weir_cell *cell = weir_table_cell(table, row, c);
	return cell ? weir_cell_plain(table, c, cell, foot->results->currency_digits, buffer) : "";
}

void weir_foot_rows_free(weir_foot_rows *index)
{
	weir_names_free(&index->numbers);
	weir_free(index->rows);
}

const char *weir_foot_key_of(weir_footing *foot, const weir_table *table, size_t row, const char *const *columns)
{
	weir_text key = { 0 };
	char buffer[64];
	for (int i = 0; i < 3 && columns[i]; i++) {
		weir_text_add(&key, i ? "\n" : "");
		weir_text_add(&key, key_text(foot, table, row, columns[i], buffer));
	}
	char *kept = weir_text_keep(&key, foot->arena);
	return kept;
}

weir_status weir_foot_rows_find(weir_foot_rows *index, const char *key, size_t now, size_t *row)
{
	if (!key)
		return WEIR_NO_MEMORY;
	int number = weir_names_find(&index->numbers, key, strlen(key));
	*row = number < 0 ? SIZE_MAX : index->rows[number];
	if (now == SIZE_MAX)
		return WEIR_OK;
	if (number >= 0) {
		index->rows[number] = now;
		return WEIR_OK;
	}
	if (!WEIR_GROW(index->rows, index->count, index->capacity))
		return WEIR_NO_MEMORY;
	index->rows[index->count] = now;
	return weir_names_put(&index->numbers, key, strlen(key), (int)index->count++);
}
