/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sheet_fit.h"

#include <math.h>
#include <string.h>

#include "report/scene.h"

#define LINE 46.0          /* ems of text in a line of a column */
#define WRAPPED 0.8        /* how full the lines of a row are that has more than one */
#define FIELDS_A_LINE 3    /* of labels with values */
#define CHART_LINES 13.0
#define ROOM 95.0         /* lines that a page holds at full size, in both columns */
#define LEAST 0.5

static double ems(weir_doc_text text)
{
	return (text.en ? weir_text_width(text.en, 1) : 0) + (text.zh ? weir_text_width(text.zh, 1) : 0);
}

static double cell_ems(const weir_doc_cell *cell)
{
	return cell->value ? weir_text_width(cell->value, 1) : ems(cell->text);
}

/* A row is as high as its longest texts make it: columns are as wide as what stands in them. */
static double table_lines(const weir_doc_table *table, int languages)
{
	double lines = 2 + languages; /* of a head in both languages, each has its own */
	for (int r = 0; r < table->row_count; r++) {
		double total = 0;
		for (int c = 0; c < table->rows[r].cell_count; c++)
			total += cell_ems(&table->rows[r].cells[c]) + 1;
		lines += total <= LINE ? 1 : ceil(total / (LINE * WRAPPED));
		lines += 0.25; /* the rule */
	}
	return lines;
}

static double entry_lines(const weir_doc_entry *entries, int count, int languages)
{
	double lines = 0;
	for (int i = 0; i < count; i++)
		lines += fmax(1 + languages, 1 + ceil(FIELDS_A_LINE * ems(entries[i].label) / LINE));
	return lines / FIELDS_A_LINE;
}

static double block_lines(const weir_block *blocks, int languages)
{
	double lines = 0;
	for (const weir_block *block = blocks; block; block = block->next) {
		if (block->kind == WEIR_BLOCK_SECTION)
			lines += 1.5 + 0.5 * languages + block_lines(block->children, languages) * (block->wide ? 2 : 1);
		else if (block->table)
			lines += table_lines(block->table, languages);
		else if (block->chart)
			lines += CHART_LINES;
		else if (block->entry_count > 0)
			lines += entry_lines(block->entries, block->entry_count, languages);
		else
			lines += ceil(ems(block->text) / LINE);
	}
	return lines;
}

double weir_sheet_scale(const weir_document *document, double most)
{
	int languages = strcmp(document->lang, "both") == 0 ? 2 : 1;
	double lines = 8 + entry_lines(document->fields, document->field_count, languages) +
	               block_lines(document->blocks, languages);
	return fmax(LEAST, fmin(most, sqrt(ROOM / lines)));
}
