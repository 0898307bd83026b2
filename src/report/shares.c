/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/shares.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define STEPS 10000.0 /* hundredths of a percent in a whole */

static int is_share(const weir_column *column)
{
	return column->type == WEIR_CELL_RATE && column->summed != WEIR_SUM_NONE;
}

/* The shares that a cumulative column adds up; -1: it is no such column. */
static int shares_below(const weir_table *table, int column)
{
	int share = weir_table_column(table, "share");
	int is_cumulative = strcmp(table->columns[column].id, "cumulative_share") == 0;
	return is_cumulative && share >= 0 && is_share(&table->columns[share]) ? share : -1;
}

int weir_shares_are_summed(const weir_table *table, int column)
{
	return is_share(&table->columns[column]) || shares_below(table, column) >= 0;
}

/* One share on its way to print. */
typedef struct part {
	size_t row;
	double remainder;
} part;

static int larger_remainder_first(const void *a, const void *b)
{
	const part *one = a, *other = b;
	if (one->remainder != other->remainder)
		return one->remainder > other->remainder ? -1 : 1;
	return one->row < other->row ? -1 : 1;
}

/* Rounds the shares of rows first .. end-1 together. `parts` has room for them. */
static void show_group(double *shown, const weir_table *table, int column, size_t first, size_t end, part *parts)
{
	double whole = 0, floors = 0;
	size_t count = 0;
	for (size_t row = first; row < end; row++) {
		const weir_cell *cell = weir_table_cell(table, row, column);
		shown[row] = NAN;
		if (!cell->present)
			continue;
		/* a share that is a whole number of steps but for its last bit is that number */
		double steps = cell->number * STEPS, down = floor(steps + 1e-7);
		whole += cell->number;
		floors += down;
		shown[row] = down;
		parts[count++] = (part){ row, steps - down };
	}
	qsort(parts, count, sizeof *parts, larger_remainder_first);
	double missing = floor(whole * STEPS + 0.5) - floors;
	for (size_t i = 0; i < count; i++) {
		if (missing >= 1) {
			shown[parts[i].row] += 1;
			missing -= 1;
		}
		shown[parts[i].row] /= STEPS;
	}
}

static int time_column(const weir_table *table)
{
	for (int c = 0; c < table->column_count; c++)
		if (table->columns[c].grouping == WEIR_GROUP_TIME)
			return c;
	return -1;
}

/* Whether two rows are of one time. */
static int same_time(const weir_table *table, int time, size_t a, size_t b)
{
	const weir_cell *one = weir_table_cell(table, a, time), *other = weir_table_cell(table, b, time);
	if (table->columns[time].type == WEIR_CELL_TEXT)
		return strcmp(weir_cell_word(one), weir_cell_word(other)) == 0;
	return one->number == other->number;
}

/* From shares to their running sums. */
static void add_up(double *shown, const weir_table *table, int column, size_t first, size_t end)
{
	double steps = 0;
	for (size_t row = first; row < end; row++) {
		steps += isnan(shown[row]) ? 0 : round(shown[row] * STEPS);
		shown[row] = weir_table_cell(table, row, column)->present ? steps / STEPS : NAN;
	}
}

weir_status weir_shares_show(double *shown, const weir_table *table, int column)
{
	int time = time_column(table), below = shares_below(table, column);
	part *parts = weir_alloc_zero(table->row_count + 1, sizeof *parts);
	if (!parts)
		return WEIR_NO_MEMORY;
	for (size_t first = 0; first < table->row_count;) {
		size_t end = first + 1;
		while (end < table->row_count && (time < 0 || same_time(table, time, end, first)))
			end++;
		show_group(shown, table, below >= 0 ? below : column, first, end, parts);
		if (below >= 0)
			add_up(shown, table, column, first, end);
		first = end;
	}
	weir_free(parts);
	return WEIR_OK;
}

static int is_largest(const weir_table *table, size_t row, int column)
{
	int item = weir_table_column(table, "item");
	return strcmp(table->id, "terms") == 0 && item >= 0 && strcmp(table->columns[column].id, "value") == 0 &&
	       strcmp(weir_cell_word(weir_table_cell(table, row, item)), "top1_share") == 0;
}

/* How many of the largest obligors the cell of the pool's measures tells the share of: "top5"; 0 for any other cell. */
static int count_of_largest(const weir_table *table, size_t row, int column)
{
	int by = weir_table_column(table, "by"), measure = weir_table_column(table, "measure");
	if (strcmp(table->id, "strat_measures") != 0 || by < 0 || measure < 0 ||
	    strcmp(table->columns[column].id, "value") != 0 ||
	    strcmp(weir_cell_word(weir_table_cell(table, row, by)), "pool") != 0)
		return 0;
	const char *word = weir_cell_word(weir_table_cell(table, row, measure));
	return strncmp(word, "top", 3) == 0 ? (int)strtol(word + 3, NULL, 10) : 0;
}

/* The share that a row of `of` prints in a column; NAN where there is no such row or column. */
static weir_status show_as(double *shown, const weir_table *of, size_t row, const char *name)
{
	int column = of && row < of->row_count ? weir_table_column(of, name) : -1;
	if (column < 0 || !weir_shares_are_summed(of, column))
		return WEIR_OK;
	double *all = weir_alloc(of->row_count * sizeof *all);
	weir_status status = all ? weir_shares_show(all, of, column) : WEIR_NO_MEMORY;
	if (status == WEIR_OK)
		*shown = all[row];
	weir_free(all);
	return status;
}

weir_status weir_shares_show_term(double *shown, const weir_results *results, const weir_table *table, size_t row,
                                  int column)
{
	int largest = count_of_largest(table, row, column);
	*shown = NAN;
	if (is_largest(table, row, column))
		return show_as(shown, weir_results_table(results, "obligors"), 0, "share");
	const weir_table *top = largest > 0 ? weir_results_table(results, "top_obligors") : NULL;
	size_t last = (size_t)largest - 1;
	/* behind the ranks stands the row of all others */
	if (!top || last >= top->row_count || !weir_table_cell(top, last, weir_table_column(top, "rank"))->present)
		return WEIR_OK;
	return show_as(shown, top, last, "cumulative_share");
}
