/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"

/* Copies a text that may be NULL; WEIR_NO_MEMORY is the only failure. */
static weir_status copy_text(const char **out, weir_arena *arena, const char *text)
{
	*out = NULL;
	if (!text)
		return WEIR_OK;
	*out = weir_arena_text(arena, text, strlen(text));
	return *out ? WEIR_OK : WEIR_NO_MEMORY;
}

/* Makes room for one more item of a list that lives in the arena; the old list is left behind there. */
static weir_status grow(weir_arena *arena, void **items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return WEIR_OK;
	size_t wanted = *capacity ? *capacity * 2 : 8;
	void *grown = weir_arena_array(arena, wanted, size);
	if (!grown)
		return WEIR_NO_MEMORY;
	if (count)
		memcpy(grown, *items, count * size);
	*items = grown;
	*capacity = wanted;
	return WEIR_OK;
}

weir_status weir_results_create(weir_results **out, const char *deal_id, const char *en, const char *zh,
                                const char *currency, int currency_digits)
{
	weir_arena *arena = NULL;
	weir_status status;
	WEIR_TRY(weir_arena_create(&arena));
	weir_results *results = weir_arena_alloc(arena, sizeof *results);
	if (!results) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	results->arena = arena;
	results->currency_digits = currency_digits;
	WEIR_TRY(copy_text(&results->deal_id, arena, deal_id));
	WEIR_TRY(copy_text(&results->en, arena, en));
	WEIR_TRY(copy_text(&results->zh, arena, zh));
	WEIR_TRY(copy_text(&results->currency, arena, currency));
	*out = results;
	return WEIR_OK;
out:
	weir_arena_destroy(arena);
	return status;
}

void weir_results_destroy(weir_results *results)
{
	if (results)
		weir_arena_destroy(results->arena);
}

weir_status weir_results_set_scenario(weir_results *results, const char *id, const char *en, const char *zh)
{
	weir_status status;
	WEIR_TRY(copy_text(&results->scenario_id, results->arena, id));
	WEIR_TRY(copy_text(&results->scenario_en, results->arena, en));
	WEIR_TRY(copy_text(&results->scenario_zh, results->arena, zh));
out:
	return status;
}

weir_status weir_results_add_fact(weir_results *results, const char *id, const char *value)
{
	weir_fact fact;
	weir_status status;
	WEIR_TRY(grow(results->arena, (void **)&results->facts, results->fact_count, &results->fact_capacity,
	              sizeof *results->facts));
	WEIR_TRY(copy_text(&fact.id, results->arena, id));
	WEIR_TRY(copy_text(&fact.value, results->arena, value));
	results->facts[results->fact_count++] = fact;
out:
	return status;
}

weir_status weir_results_add_disclosures(weir_results *results, const weir_diags *diags)
{
	size_t count = results->disclosure_count;
	for (size_t i = 0; i < diags->count; i++)
		count += diags->items[i].severity != WEIR_ERROR;
	if (count == results->disclosure_count)
		return WEIR_OK;
	weir_diag *all = weir_arena_array(results->arena, count, sizeof *all);
	if (!all)
		return WEIR_NO_MEMORY;
	size_t at = results->disclosure_count;
	if (at)
		memcpy(all, results->disclosures, at * sizeof *all);
	for (size_t i = 0; i < diags->count; i++) {
		if (diags->items[i].severity == WEIR_ERROR)
			continue;
		all[at] = diags->items[i];
		all[at].text = weir_arena_text(results->arena, all[at].text, strlen(all[at].text));
		if (all[at].zh) {
			all[at].zh = weir_arena_text(results->arena, all[at].zh, strlen(all[at].zh));
			if (!all[at].zh)
				return WEIR_NO_MEMORY;
		}
		if (!all[at++].text)
			return WEIR_NO_MEMORY;
	}
	results->disclosures = all;
	results->disclosure_count = count;
	return WEIR_OK;
}

weir_status weir_results_add_table(weir_table **out, weir_results *results, const char *id, const char *en,
                                   const char *zh, const weir_column *columns, int column_count, int csv)
{
	weir_status status;
	WEIR_TRY(grow(results->arena, (void **)&results->tables, results->table_count, &results->table_capacity,
	              sizeof *results->tables));
	weir_table *table = weir_arena_alloc(results->arena, sizeof *table);
	if (!table)
		return WEIR_NO_MEMORY;
	WEIR_TRY(copy_text(&table->id, results->arena, id));
	WEIR_TRY(copy_text(&table->en, results->arena, en));
	WEIR_TRY(copy_text(&table->zh, results->arena, zh));
	table->columns = columns;
	table->column_count = column_count;
	table->csv = csv;
	results->tables[results->table_count++] = table;
	*out = table;
out:
	return status;
}

/* Columns whose texts do not lie in the results that the table comes from. */
static weir_status copy_columns(weir_column **out, weir_arena *arena, const weir_table *table)
{
	weir_status status = WEIR_OK;
	weir_column *columns = weir_arena_array(arena, (size_t)table->column_count, sizeof *columns);
	if (!columns)
		return WEIR_NO_MEMORY;
	for (int c = 0; c < table->column_count; c++) {
		columns[c] = table->columns[c];
		WEIR_TRY(copy_text(&columns[c].id, arena, table->columns[c].id));
		WEIR_TRY(copy_text(&columns[c].en, arena, table->columns[c].en));
		WEIR_TRY(copy_text(&columns[c].zh, arena, table->columns[c].zh));
	}
	*out = columns;
out:
	return status;
}

static weir_status copy_cells(weir_results *to, weir_table *copy, const weir_table *table)
{
	weir_status status = WEIR_OK;
	for (size_t r = 0; r < table->row_count; r++) {
		weir_cell *row = weir_table_add_row(to, copy);
		if (!row)
			return WEIR_NO_MEMORY;
		for (int c = 0; c < table->column_count; c++) {
			row[c] = *weir_table_cell(table, r, c);
			WEIR_TRY(copy_text(&row[c].key, to->arena, row[c].key));
			WEIR_TRY(copy_text(&row[c].en, to->arena, row[c].en));
			WEIR_TRY(copy_text(&row[c].zh, to->arena, row[c].zh));
		}
	}
out:
	return status;
}

weir_status weir_results_copy_table(weir_results *to, const weir_table *table)
{
	weir_status status;
	weir_column *columns;
	weir_table *copy = NULL;
	WEIR_TRY(copy_columns(&columns, to->arena, table));
	for (size_t i = 0; i < to->table_count; i++)
		if (strcmp(to->tables[i]->id, table->id) == 0) {
			copy = to->tables[i];
			*copy = (weir_table){ .id = copy->id, .en = copy->en, .zh = copy->zh, .columns = columns,
				              .column_count = table->column_count, .csv = table->csv };
		}
	if (!copy)
		WEIR_TRY(weir_results_add_table(&copy, to, table->id, table->en, table->zh, columns,
		                                table->column_count, table->csv));
	status = copy_cells(to, copy, table);
out:
	return status;
}

weir_cell *weir_table_add_row(weir_results *results, weir_table *table)
{
	size_t width = (size_t)table->column_count * sizeof *table->cells;
	if (grow(results->arena, (void **)&table->cells, table->row_count, &table->row_capacity, width) != WEIR_OK)
		return NULL;
	return table->cells + table->row_count++ * (size_t)table->column_count;
}

weir_cell weir_cell_number(double number)
{
	return (weir_cell){ .present = !isnan(number), .number = number };
}

weir_cell weir_cell_text(const char *en, const char *zh)
{
	return (weir_cell){ .present = en || zh, .type = WEIR_CELL_TEXT, .en = en, .zh = zh };
}

weir_cell weir_cell_key(const char *key, const char *en, const char *zh)
{
	return (weir_cell){ .present = key || en || zh, .type = WEIR_CELL_TEXT, .en = en, .zh = zh, .key = key };
}

weir_cell weir_cell_typed(weir_cell_type type, int decimals, double number)
{
	return (weir_cell){ .present = !isnan(number),
		            .type = (unsigned char)type,
		            .decimals = (unsigned char)decimals,
		            .number = number };
}

const char *weir_cell_word(const weir_cell *cell)
{
	if (cell->key)
		return cell->key;
	if (cell->en)
		return cell->en;
	return cell->zh ? cell->zh : "";
}

weir_cell_type weir_cell_type_of(const weir_column *column, const weir_cell *cell)
{
	return column->type == WEIR_CELL_MIXED ? (weir_cell_type)cell->type : column->type;
}

const char *weir_cell_type_text(weir_cell_type type)
{
	static const char *const texts[] = {
		"text", "money", "rate", "number", "integer", "date", "flag", "mixed"
	};
	return texts[type];
}

const weir_table *weir_results_table(const weir_results *results, const char *id)
{
	for (size_t i = 0; i < results->table_count; i++)
		if (strcmp(results->tables[i]->id, id) == 0)
			return results->tables[i];
	return NULL;
}

int weir_table_column(const weir_table *table, const char *column)
{
	for (int i = 0; i < table->column_count; i++)
		if (strcmp(table->columns[i].id, column) == 0)
			return i;
	return -1;
}

const weir_cell *weir_table_cell(const weir_table *table, size_t row, int column)
{
	if (row >= table->row_count || column < 0 || column >= table->column_count)
		return NULL;
	return &table->cells[row * (size_t)table->column_count + (size_t)column];
}

/* A decimal without the zeros that say nothing: rates are written as 0.0359. */
static void trim_zeros(char *number)
{
	size_t length = strlen(number);
	if (!strchr(number, '.'))
		return;
	while (number[length - 1] == '0')
		number[--length] = '\0';
	if (number[length - 1] == '.')
		number[length - 1] = '\0';
}

#define PLAIN_BYTES 64
#define PLAIN_MAX 1e40 /* what fits into PLAIN_BYTES with twelve decimals */

const char *weir_cell_plain(const weir_table *table, int column, const weir_cell *cell, int currency_digits,
                            char *buffer)
{
	const weir_column *head = &table->columns[column];
	int decimals = head->type == WEIR_CELL_MIXED ? cell->decimals : head->decimals;
	buffer[0] = '\0';
	if (!cell->present)
		return buffer;
	double number = cell->number + 0.0; /* -0 becomes 0 */
	switch (weir_cell_type_of(head, cell)) {
	case WEIR_CELL_TEXT:
	case WEIR_CELL_MIXED:
		return weir_cell_word(cell);
	case WEIR_CELL_MONEY:
		weir_cents_format(number, currency_digits, buffer);
		break;
	case WEIR_CELL_DATE:
		weir_date_format((weir_date)number, buffer);
		break;
	case WEIR_CELL_INTEGER:
	case WEIR_CELL_FLAG:
		snprintf(buffer, PLAIN_BYTES, "%.0f", fabs(number) < PLAIN_MAX ? number : NAN);
		break;
	case WEIR_CELL_RATE:
	case WEIR_CELL_NUMBER:
		snprintf(buffer, PLAIN_BYTES, "%.*f", decimals < 12 ? decimals : 12,
		         fabs(number) < PLAIN_MAX ? number : NAN);
		if (weir_cell_type_of(head, cell) == WEIR_CELL_RATE)
			trim_zeros(buffer);
		break;
	}
	return buffer;
}
