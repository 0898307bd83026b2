/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart_table.c: the values behind a chart. */
#include "report/chart.h"

/* Memory for the whole table at once; NULL when it is short. */
static weir_doc_table *make_table(weir_arena *arena, int rows, int columns)
{
	weir_doc_table *table = weir_arena_alloc(arena, sizeof *table);
	if (!table)
		return NULL;
	table->columns = weir_arena_array(arena, (size_t)columns, sizeof *table->columns);
	table->rows = weir_arena_array(arena, (size_t)rows, sizeof *table->rows);
	weir_doc_cell *cells = weir_arena_array(arena, (size_t)rows * (size_t)columns, sizeof *cells);
	if (!table->columns || !table->rows || !cells)
		return NULL;
	table->column_count = columns;
	table->row_count = rows;
	for (int r = 0; r < rows; r++) {
		table->rows[r].cells = cells + (size_t)r * (size_t)columns;
		table->rows[r].cell_count = columns;
	}
	return table;
}

static weir_doc_cell name_cell(weir_doc_text name)
{
	return (weir_doc_cell){ .type = WEIR_CELL_TEXT, .text = name };
}

static weir_doc_cell value_cell(const weir_doc_chart *chart, const char *value)
{
	return (weir_doc_cell){ .type = chart->value_type, .value = value, .decimals = chart->decimals };
}

static weir_status make_flows(weir_doc_table **out, weir_arena *arena, const weir_doc_chart *chart)
{
	int has_values = chart->kind == WEIR_CHART_SANKEY;
	weir_doc_table *table = make_table(arena, chart->flow_count, 3);
	if (!table)
		return WEIR_NO_MEMORY;
	table->columns[0] = (weir_doc_column){ .heading = chart->from_title, .row_head = 1 };
	table->columns[1] = (weir_doc_column){ .heading = chart->to_title };
	table->columns[2] = (weir_doc_column){ .heading = chart->what_title };
	if (has_values)
		table->columns[2].type = chart->value_type;
	for (int r = 0; r < chart->flow_count; r++) {
		const weir_doc_flow *flow = &chart->flows[r];
		weir_doc_cell *cells = table->rows[r].cells;
		cells[0] = name_cell(chart->items[flow->from].name);
		cells[1] = name_cell(chart->items[flow->to].name);
		cells[2] = has_values ? value_cell(chart, flow->value) : name_cell(flow->name);
	}
	*out = table;
	return WEIR_OK;
}

weir_status weir_chart_table(weir_doc_table **out, weir_arena *arena, const weir_doc_chart *chart)
{
	if (chart->kind == WEIR_CHART_SANKEY || chart->kind == WEIR_CHART_DIAGRAM)
		return make_flows(out, arena, chart);
	int heads = chart->kind == WEIR_CHART_TREEMAP ? 2 : 1; /* a treemap's groups come first */
	weir_doc_table *table = make_table(arena, chart->item_count, heads + chart->series_count);
	if (!table)
		return WEIR_NO_MEMORY;
	if (heads == 2)
		table->columns[0].heading = chart->group_title;
	table->columns[heads - 1] = (weir_doc_column){ .heading = chart->x_title, .row_head = 1 };
	for (int s = 0; s < chart->series_count; s++)
		table->columns[heads + s] =
			(weir_doc_column){ .heading = chart->series[s].name, .type = chart->value_type };
	for (int i = 0; i < chart->item_count; i++) {
		const weir_doc_item *item = &chart->items[i];
		weir_doc_cell *cells = table->rows[i].cells;
		if (heads == 2)
			cells[0] = name_cell(item->group);
		cells[heads - 1] = name_cell(item->name);
		if (item->date)
			cells[heads - 1] = (weir_doc_cell){ .type = WEIR_CELL_DATE, .value = item->date };
		for (int s = 0; s < chart->series_count; s++)
			cells[heads + s] = value_cell(chart, chart->series[s].values[i]);
	}
	*out = table;
	return WEIR_OK;
}
