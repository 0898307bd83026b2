/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/results.h"

static void write_quoted(weir_text *to, const char *field)
{
	weir_text_add(to, "\"");
	for (const char *p = field; *p; p++)
		weir_text_append(to, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
	weir_text_add(to, "\"");
}

/* Text from the input. A spreadsheet takes a field that begins with one of these for a formula (or strips the blank
 * and then does), so such text gets an apostrophe in front. */
static void write_text(weir_text *to, const char *field)
{
	weir_text guarded = { 0 };
	if (*field && strchr("=+-@\t\r\n|%", *field)) {
		weir_text_add(&guarded, "'");
		weir_text_add(&guarded, field);
		to->failed |= guarded.failed;
		field = guarded.data ? guarded.data : "";
	}
	if (strpbrk(field, ",\"\r\n;\t") || *field == ' ')
		write_quoted(to, field);
	else
		weir_text_add(to, field);
	weir_text_free(&guarded);
}

void weir_table_write_csv(const weir_table *table, int currency_digits, weir_text *to)
{
	char buffer[64];
	for (int c = 0; c < table->column_count; c++) {
		weir_text_add(to, c ? "," : "");
		write_text(to, table->columns[c].id);
	}
	weir_text_add(to, "\n");
	for (size_t row = 0; row < table->row_count; row++) {
		for (int c = 0; c < table->column_count; c++) {
			const weir_cell *cell = weir_table_cell(table, row, c);
			const char *plain = weir_cell_plain(table, c, cell, currency_digits, buffer);
			weir_text_add(to, c ? "," : "");
			if (plain == buffer) /* a number or nothing: never quoted, a minus is a minus */
				weir_text_add(to, plain);
			else
				write_text(to, plain);
		}
		weir_text_add(to, "\n");
	}
}
