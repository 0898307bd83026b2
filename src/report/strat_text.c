/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat_text.c: stratifications as lines for a terminal or a letter. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill_strat.h"
#include "report/format.h"
#include "report/table_text.h"

#define NUMBER_BYTES 96

/* The columns behind the bands. The amount is the one that is weighed. */
typedef struct figure {
	int column, decimals; /* -1: all that it has */
	const char *en, *zh;
} figure;

static const figure figures[] = {
	{ WEIR_COL_strat_contracts, -1, "Contracts", "笔数" },
	{ WEIR_COL_strat_contracts_share, 2, "%", "笔数占比" },
	{ WEIR_COL_strat_obligors, -1, "Obligors", "户数" },
	{ WEIR_COL_strat_principal, -1, "Principal", "本金余额" },
	{ WEIR_COL_strat_receivable, -1, "Receivable", "应收总额" },
	{ WEIR_COL_strat_share, 2, "%", "金额占比" },
	{ WEIR_COL_strat_cumulative_share, 2, "Cumulative", "累计占比" },
	{ WEIR_COL_strat_rate, 2, "Rate", "平均利率" },
	{ WEIR_COL_strat_remaining_term, 1, "Months left", "剩余期限（月）" },
};
#define FIGURES (sizeof figures / sizeof *figures)

/* One stratification on its way to lines. */
typedef struct page {
	const weir_results *results;
	const weir_table *table;
	size_t first, rows;              /* of the table */
	const weir_strat_table *counted;
	weir_strat_weight weight;
	int chinese;
	weir_cell total[WEIR_COL_strat_COUNT];
	int failed;                      /* a number was lost for want of memory */
} page;

static const char *words_of(const weir_cell *cell, int chinese)
{
	const char *text = chinese && cell->zh ? cell->zh : cell->en;
	return text ? text : weir_cell_word(cell);
}

static const char *number_text(page *p, const weir_table *table, int column, int decimals, const weir_cell *cell,
                               char *buffer)
{
	char plain[64];
	weir_text made = { 0 };
	weir_cell_type type = weir_cell_type_of(&table->columns[column], cell);
	if (!cell->present)
		return WEIR_EMPTY_MARK;
	weir_format_decimal(&made, weir_cell_plain(table, column, cell, p->results->currency_digits, plain),
	                    type == WEIR_CELL_RATE, decimals, 0);
	snprintf(buffer, NUMBER_BYTES, "%s", made.data ? made.data : "");
	p->failed |= made.failed;
	weir_text_free(&made);
	return buffer;
}

static int is_told(const page *p, size_t number)
{
	int other = p->weight == WEIR_STRAT_PRINCIPAL ? WEIR_COL_strat_receivable : WEIR_COL_strat_principal;
	return figures[number].column != other;
}

/* A line: -1 is the head, the number of rows the total. Column `at` counts the bands and then the figures. */
static const char *text_at(page *p, long line, int at, char *buffer)
{
	int bands = p->counted->dimension_count;
	if (at >= bands) {
		const figure *f = &figures[at - bands];
		const weir_cell *cell = line == (long)p->rows ? &p->total[f->column] : NULL;
		if (line < 0)
			return p->chinese ? f->zh : f->en;
		if (!cell)
			cell = weir_table_cell(p->table, p->first + (size_t)line, f->column);
		return number_text(p, p->table, f->column, f->decimals, cell, buffer);
	}
	const weir_strat_about *about = weir_strat_about_of(p->counted->dimensions[at].by);
	if (line < 0)
		return p->chinese ? about->zh : about->en;
	if (line == (long)p->rows)
		return at > 0 ? "" : p->chinese ? "合计" : "Total";
	return words_of(weir_table_cell(p->table, p->first + (size_t)line, WEIR_COL_strat_band + at), p->chinese);
}

static void make_total(page *p)
{
	const weir_strat_sum *total = &p->counted->total;
	p->total[WEIR_COL_strat_contracts] = weir_cell_number(total->contracts);
	p->total[WEIR_COL_strat_contracts_share] = weir_cell_number(1);
	p->total[WEIR_COL_strat_obligors] = weir_cell_number(total->obligors);
	p->total[WEIR_COL_strat_principal] = weir_cell_number(total->principal_cents);
	p->total[WEIR_COL_strat_receivable] = weir_cell_number(total->receivable_cents);
	if (total->cents > 0)
		p->total[WEIR_COL_strat_share] = weir_cell_number(1);
	p->total[WEIR_COL_strat_rate] = weir_cell_number(total->rate);
	p->total[WEIR_COL_strat_remaining_term] = weir_cell_number(total->remaining);
}

/* The lines of which `shown` rows stand; the head and the total always. */
static void write_lines(page *p, size_t shown, weir_text *to)
{
	int widths[WEIR_STRAT_MOST_CROSSED + FIGURES], columns = p->counted->dimension_count + (int)FIGURES;
	char buffer[NUMBER_BYTES];
	for (int c = 0; c < columns; c++) {
		widths[c] = 0;
		for (long line = -1; line <= (long)p->rows; line++) {
			int own = weir_text_columns(text_at(p, line, c, buffer));
			if ((line < (long)shown || line == (long)p->rows) && own > widths[c])
				widths[c] = own;
		}
	}
	for (long line = -1; line <= (long)p->rows; line++) {
		if (line == (long)shown && shown < p->rows) {
			weir_text_printf(to, p->chinese ? "…… 共 %zu 行\n" : "… %zu rows in all\n", p->rows);
			line = (long)p->rows;
		}
		for (int c = 0; c < columns; c++) {
			int figure_number = c - p->counted->dimension_count;
			if (figure_number >= 0 && !is_told(p, (size_t)figure_number))
				continue;
			weir_text_add(to, c > 0 ? "  " : "");
			weir_text_add_padded(to, text_at(p, line, c, buffer), widths[c], figure_number >= 0);
		}
		while (to->length && to->data[to->length - 1] == ' ')
			to->data[--to->length] = '\0';
		weir_text_add(to, "\n");
	}
}

/* Of a value so small that fewer than two of its digits would be shown, more decimals, up to the twelve that it has. */
static int enough_decimals(const weir_cell *value, int is_rate, int decimals)
{
	double shown = fabs(value->number) * (is_rate ? 100 : 1);
	int most = is_rate ? 10 : 12;
	if (!value->present || !(shown > 0))
		return decimals;
	for (int i = 1; i < decimals; i++)
		shown *= 10;
	for (; shown < 1 && decimals < most; decimals++)
		shown *= 10;
	return decimals;
}

/* "label: value; label: value" of the measures of a stratification; of the pool (number 0) one a line. */
static void write_measures(page *p, int number, weir_text *to)
{
	const weir_table *table = weir_results_table(p->results, "strat_measures");
	int written = 0;
	for (size_t r = 0; table && r < table->row_count; r++) {
		const weir_cell *of = weir_table_cell(table, r, WEIR_COL_strat_measures_table);
		const weir_cell *value = weir_table_cell(table, r, WEIR_COL_strat_measures_value);
		char buffer[NUMBER_BYTES];
		if ((of->present ? (int)of->number : 0) != number)
			continue;
		weir_cell_type type = weir_cell_type_of(&table->columns[WEIR_COL_strat_measures_value], value);
		int decimals = type == WEIR_CELL_RATE   ? 2 :
		               type == WEIR_CELL_NUMBER ? value->decimals == 2 ? 1 : 4 :
		                                          -1;
		if (decimals > 0)
			decimals = enough_decimals(value, type == WEIR_CELL_RATE, decimals);
		const char *label = words_of(weir_table_cell(table, r, WEIR_COL_strat_measures_measure), p->chinese);
		const char *text = number_text(p, table, WEIR_COL_strat_measures_value, decimals, value, buffer);
		if (number == 0) {
			weir_text_add_padded(to, label, 36, 0);
			weir_text_add(to, " ");
			weir_text_add_padded(to, text, 22, 1);
			weir_text_add(to, "\n");
		} else {
			weir_text_printf(to, "%s%s%s%s", written ? p->chinese ? "；" : "; " : "", label,
			                 p->chinese ? "：" : ": ", text);
		}
		written = 1;
	}
	if (number > 0 && written)
		weir_text_add(to, "\n");
}

void weir_strat_write_text(const weir_results *results, const weir_strat_ground *ground, const weir_strat_table *tables,
                           size_t count, int chinese, size_t most_rows, weir_text *to)
{
	char date[11];
	page p = { .results = results, .table = weir_results_table(results, "strat"), .weight = ground->weight,
		   .chinese = chinese };
	const char *name = chinese && results->zh ? results->zh : results->en ? results->en : results->deal_id;
	weir_date_format(ground->cutoff, date);
	weir_text_printf(to, chinese ? "%s，基准日 %s，币种 %s\n" : "%s at %s, in %s\n", name, date, results->currency);
	write_measures(&p, 0, to);
	for (size_t i = 0, first = 0; p.table && i < count; i++) {
		p.first = first;
		p.rows = tables[i].row_count;
		p.counted = &tables[i];
		make_total(&p);
		weir_text_add(to, "\n");
		write_lines(&p, p.rows < most_rows ? p.rows : most_rows, to);
		write_measures(&p, (int)i + 1, to);
		first += p.rows;
	}
	to->failed |= p.failed;
}
