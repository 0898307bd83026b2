/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/tables.h"

#include <string.h>

#define WEIR_TABLE(id, csv, en, zh) static const weir_column columns_of_##id[] = {
#define WEIR_COLUMN(table, id, type, decimals, sum, group, en, zh)                                            \
	{ #id, en, zh, WEIR_CELL_##type, decimals, WEIR_SUM_##sum, WEIR_GROUP_##group },
#define WEIR_TABLE_END(id)                                                                                    \
	}                                                                                                     \
	;
#include "report/tables.def"
#undef WEIR_TABLE
#undef WEIR_COLUMN
#undef WEIR_TABLE_END

static const struct {
	const char *id, *en, *zh;
	const weir_column *columns;
	int column_count, csv;
} tables[] = {
#define WEIR_TABLE(id, csv, en, zh) { #id, en, zh, columns_of_##id, WEIR_COL_##id##_COUNT, csv },
#define WEIR_COLUMN(table, id, type, decimals, sum, group, en, zh)
#define WEIR_TABLE_END(id)
#include "report/tables.def"
#undef WEIR_TABLE
#undef WEIR_COLUMN
#undef WEIR_TABLE_END
};

weir_status weir_results_add_standard(weir_table **out, weir_results *results, weir_table_number number)
{
	return weir_results_add_table(out, results, tables[number].id, tables[number].en, tables[number].zh,
	                              tables[number].columns, tables[number].column_count, tables[number].csv);
}

const weir_column *weir_table_standard_column(const char *table, const char *column)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		for (int c = 0; strcmp(tables[i].id, table) == 0 && c < tables[i].column_count; c++)
			if (strcmp(tables[i].columns[c].id, column) == 0)
				return &tables[i].columns[c];
	return NULL;
}
