/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results_xml.c: the results as XML, with the totals that templates print and never compute. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "report/results.h"
#include "report/shares.h"

static void add_attribute(weir_text *to, const char *name, const char *value)
{
	if (!value)
		return;
	weir_text_printf(to, " %s=\"", name);
	weir_text_add_xml(to, value);
	weir_text_add(to, "\"");
}

static void add_names(weir_text *to, const char *en, const char *zh)
{
	add_attribute(to, "en", en);
	add_attribute(to, "zh", zh);
}

static void write_columns(const weir_table *table, weir_text *to)
{
	weir_text_add(to, "<columns>\n");
	for (int c = 0; c < table->column_count; c++) {
		const weir_column *column = &table->columns[c];
		weir_text_add(to, "<column");
		add_attribute(to, "id", column->id);
		add_names(to, column->en, column->zh);
		add_attribute(to, "type", weir_cell_type_text(column->type));
		if (column->type == WEIR_CELL_NUMBER || column->type == WEIR_CELL_RATE)
			weir_text_printf(to, " decimals=\"%d\"", column->decimals);
		if (column->summed)
			add_attribute(to, "sum", column->summed == WEIR_SUM_FLOW ? "flow" : "stock");
		weir_text_add(to, "/>\n");
	}
	weir_text_add(to, "</columns>\n");
}

/* One cell; an empty one is left out. `shown`: what a report prints of a share, NAN for other cells. */
static void write_cell(const weir_results *results, const weir_table *table, int c, const weir_cell *cell,
                       double shown, weir_text *to)
{
	char buffer[64];
	const weir_column *column = &table->columns[c];
	if (!cell->present)
		return;
	weir_text_add(to, "<cell");
	add_attribute(to, "col", column->id);
	weir_cell_type type = weir_cell_type_of(column, cell);
	if (column->type == WEIR_CELL_MIXED)
		add_attribute(to, "type", weir_cell_type_text(type));
	if (type == WEIR_CELL_TEXT) {
		add_attribute(to, "key", cell->key);
		add_names(to, cell->en, cell->zh);
		weir_text_add(to, "/>");
		return;
	}
	if (!isnan(shown))
		weir_text_printf(to, " shown=\"%.4f\"", shown);
	weir_text_add(to, ">");
	weir_text_add_xml(to, weir_cell_plain(table, c, cell, results->currency_digits, buffer));
	weir_text_add(to, "</cell>");
}

static int has_total(const weir_column *column, weir_group_kind group)
{
	return column->summed == WEIR_SUM_FLOW || (column->summed == WEIR_SUM_STOCK && group == WEIR_GROUP_TIME);
}

/* Writes the totals of the rows whose cell in `by` has the plain text `key` (by -1: all rows). */
static void write_total(const weir_results *results, const weir_table *table, const double *sums,
                        const unsigned char *present, int by, const char *key, weir_text *to)
{
	weir_group_kind group = by < 0 ? WEIR_GROUP_NONE : (weir_group_kind)table->columns[by].grouping;
	weir_text_add(to, "<total");
	if (by >= 0) {
		add_attribute(to, "by", table->columns[by].id);
		add_attribute(to, "key", key);
	}
	weir_text_add(to, ">");
	for (int c = 0; c < table->column_count; c++) {
		weir_cell cell = weir_cell_number(sums[c]);
		if (present[c] && has_total(&table->columns[c], group))
			write_cell(results, table, c, &cell, NAN, to);
	}
	weir_text_add(to, "</total>\n");
}

/* Sums of one set of groups: [groups x columns], in order of first appearance. */
typedef struct group_sums {
	weir_arena *arena; /* keys */
	weir_names numbers;
	const char **keys;
	size_t count, capacity;
	double *sums;           /* whole cents below 2^53: exact in any order */
	unsigned char *present; /* a column of nothing but empty cells has no total */
} group_sums;

static void free_sums(group_sums *groups)
{
	weir_names_free(&groups->numbers);
	weir_free(groups->keys);
	weir_free(groups->sums);
	weir_free(groups->present);
	weir_arena_destroy(groups->arena);
}

/* The number of the key's group, which is made when it is new; -1 when memory is short. */
static int group_of(group_sums *groups, const char *key)
{
	size_t length = strlen(key);
	int number = weir_names_find(&groups->numbers, key, length);
	if (number >= 0)
		return number;
	char *copy = weir_arena_text(groups->arena, key, length);
	if (!copy || !WEIR_GROW(groups->keys, groups->count, groups->capacity))
		return -1;
	number = (int)groups->count;
	if (weir_names_put(&groups->numbers, copy, length, number) != WEIR_OK)
		return -1;
	groups->keys[groups->count++] = copy;
	return number;
}

static weir_status add_rows(const weir_results *results, const weir_table *table, int by, group_sums *groups)
{
	char buffer[64];
	size_t width = (size_t)table->column_count;
	/* at most as many groups as rows; empty tables still have one set of totals */
	size_t most = by < 0 ? 1 : table->row_count + 1;
	groups->sums = weir_alloc_zero(most * width, sizeof *groups->sums);
	groups->present = weir_alloc_zero(most * width, sizeof *groups->present);
	if (!groups->sums || !groups->present)
		return WEIR_NO_MEMORY;
	if (by < 0 && group_of(groups, "") < 0)
		return WEIR_NO_MEMORY;
	for (size_t row = 0; row < table->row_count; row++) {
		const weir_cell *cells = weir_table_cell(table, row, 0);
		int group = 0;
		if (by >= 0)
			group = group_of(groups,
			                 weir_cell_plain(table, by, &cells[by], results->currency_digits, buffer));
		if (group < 0)
			return WEIR_NO_MEMORY;
		for (size_t c = 0; c < width; c++) {
			if (!cells[c].present || !table->columns[c].summed)
				continue;
			groups->sums[(size_t)group * width + c] += cells[c].number;
			groups->present[(size_t)group * width + c] = 1;
		}
	}
	return WEIR_OK;
}

static void write_totals(const weir_results *results, const weir_table *table, int by, weir_text *to)
{
	group_sums groups = { 0 };
	weir_status status = weir_arena_create(&groups.arena);
	if (status == WEIR_OK)
		status = add_rows(results, table, by, &groups);
	size_t width = (size_t)table->column_count;
	for (size_t g = 0; status == WEIR_OK && g < groups.count; g++)
		write_total(results, table, groups.sums + g * width, groups.present + g * width, by, groups.keys[g],
		            to);
	if (status != WEIR_OK)
		to->failed = 1;
	free_sums(&groups);
}

static int has_sums(const weir_table *table)
{
	for (int c = 0; c < table->column_count; c++)
		if (table->columns[c].summed)
			return 1;
	return 0;
}

static void free_shown(double **shown, const weir_table *table)
{
	for (int c = 0; shown && c < table->column_count; c++)
		weir_free(shown[c]);
	weir_free(shown);
}

/* What reports print of the shares: [columns], NULL for other columns. */
static double **shown_shares(const weir_table *table)
{
	double **shown = weir_alloc_zero((size_t)table->column_count, sizeof *shown);
	for (int c = 0; shown && c < table->column_count; c++) {
		if (!weir_shares_are_summed(table, c))
			continue;
		shown[c] = weir_alloc(table->row_count * sizeof **shown);
		if (!shown[c] || weir_shares_show(shown[c], table, c) != WEIR_OK) {
			free_shown(shown, table);
			return NULL;
		}
	}
	return shown;
}

static void write_rows(const weir_results *results, const weir_table *table, weir_text *to)
{
	double **shown = shown_shares(table);
	if (!shown)
		to->failed = 1;
	for (size_t row = 0; shown && row < table->row_count; row++) {
		weir_text_add(to, "<row>");
		for (int c = 0; c < table->column_count; c++) {
			double printed = NAN;
			if (shown[c])
				printed = shown[c][row];
			else if (weir_shares_show_term(&printed, results, table, row, c) != WEIR_OK)
				to->failed = 1;
			write_cell(results, table, c, weir_table_cell(table, row, c), printed, to);
		}
		weir_text_add(to, "</row>\n");
	}
	free_shown(shown, table);
}

static void write_table(const weir_results *results, const weir_table *table, weir_text *to)
{
	weir_text_add(to, "<table");
	add_attribute(to, "id", table->id);
	add_names(to, table->en, table->zh);
	weir_text_printf(to, " csv=\"%s\">\n", table->csv ? "yes" : "no");
	write_columns(table, to);
	write_rows(results, table, to);
	if (has_sums(table) && table->row_count > 0) {
		for (int c = 0; c < table->column_count; c++)
			if (table->columns[c].grouping != WEIR_GROUP_NONE)
				write_totals(results, table, c, to);
		write_totals(results, table, -1, to);
	}
	weir_text_add(to, "</table>\n");
}

static void write_disclosures(const weir_results *results, weir_text *to)
{
	for (size_t i = 0; i < results->disclosure_count; i++) {
		const weir_diag *diag = &results->disclosures[i];
		weir_text_add(to, "<disclosure");
		add_attribute(to, "severity", weir_severity_text(diag->severity));
		add_attribute(to, "code", weir_code_text(diag->code));
		if (diag->zh)
			add_attribute(to, "zh", diag->zh);
		weir_text_add(to, ">");
		weir_text_add_xml(to, diag->text);
		weir_text_add(to, "</disclosure>\n");
	}
}

void weir_results_write_xml(const weir_results *results, weir_text *to)
{
	weir_text_add(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<results xmlns=\"urn:weir:results:1\"");
	add_attribute(to, "currency", results->currency);
	weir_text_printf(to, " currency-digits=\"%d\">\n<deal", results->currency_digits);
	add_attribute(to, "id", results->deal_id);
	add_names(to, results->en, results->zh);
	weir_text_add(to, "/>\n");
	if (results->scenario_id) {
		weir_text_add(to, "<scenario");
		add_attribute(to, "id", results->scenario_id);
		add_names(to, results->scenario_en, results->scenario_zh);
		weir_text_add(to, "/>\n");
	}
	for (size_t i = 0; i < results->fact_count; i++) {
		weir_text_add(to, "<fact");
		add_attribute(to, "id", results->facts[i].id);
		weir_text_add(to, ">");
		weir_text_add_xml(to, results->facts[i].value);
		weir_text_add(to, "</fact>\n");
	}
	write_disclosures(results, to);
	for (size_t i = 0; i < results->table_count; i++)
		write_table(results, results->tables[i], to);
	weir_text_add(to, "</results>\n");
}
