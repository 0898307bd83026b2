/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare.h"

#include <string.h>

#define LONGEST_TOLD 240 /* bytes of a text */

/* A text of a file that anybody may have written, for a terminal: no control characters, and not all of a long one. */
static void add_plain(weir_text *to, const char *text)
{
	size_t i = 0;
	for (; text[i] && i < LONGEST_TOLD; i++) {
		unsigned char c = (unsigned char)text[i];
		int control = c < 0x20 || c == 0x7F || (c == 0xC2 && ((unsigned char)text[i + 1] & 0xE0) == 0x80);
		weir_text_append(to, control ? "?" : text + i, 1);
		i += c == 0xC2 && control;
	}
	for (; text[i] && ((unsigned char)text[i] & 0xC0) == 0x80; i++)
		weir_text_append(to, text + i, 1);
	if (text[i])
		weir_text_add(to, "\xE2\x80\xA6");
}

/* "the bundle has "1.00"" */
static void add_side(weir_text *to, const char *verb, const char *text)
{
	weir_text_printf(to, "%s ", verb);
	if (!text) {
		weir_text_add(to, "none");
		return;
	}
	weir_text_add(to, "\"");
	add_plain(to, text);
	weir_text_add(to, "\"");
}

void weir_compare_tell(weir_comparison *c, const char *where, const char *published, const char *made)
{
	if (++c->differences > WEIR_DIFFERENCES_TOLD)
		return;
	weir_text_printf(c->to, "%s: ", c->file);
	add_plain(c->to, where);
	add_side(c->to, ": the bundle has", published);
	add_side(c->to, ", the run gives", made);
	weir_text_add(c->to, "\n");
}

static int same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Tells the difference of two texts, where there is one. */
static void compare_texts(weir_comparison *c, const char *where, const char *published, const char *made)
{
	if (!same(published, made))
		weir_compare_tell(c, where, published, made);
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

/* "row 3 (2024-06-20), column \"coverage\"": the row's first cell is in it, which names it for people. */
static void write_where(weir_text *to, const weir_results *published, const weir_table *table, size_t row,
                        const char *column)
{
	char buffer[64];
	const weir_cell *first = weir_table_cell(table, row, 0);
	weir_text_printf(to, "table \"%s\", row %zu (%s), column \"%s\"", table->id, row + 1,
	                 weir_cell_plain(table, 0, first, published->currency_digits, buffer), column);
}

/* The text of a cell for a comparison: of words also those of the other language. NULL: empty. */
static const char *cell_text(weir_text *to, const weir_results *results, const weir_table *table, size_t row,
                             int column)
{
	char buffer[64];
	const weir_cell *cell = weir_table_cell(table, row, column);
	to->length = 0;
	if (!cell->present)
		return NULL;
	if (weir_cell_type_of(&table->columns[column], cell) != WEIR_CELL_TEXT) {
		weir_text_add(to, weir_cell_plain(table, column, cell, results->currency_digits, buffer));
		return to->data;
	}
	weir_text_add(to, cell->key ? cell->key : "");
	if (cell->en)
		weir_text_printf(to, "%s%s", to->length ? " | " : "", cell->en);
	if (cell->zh)
		weir_text_printf(to, "%s%s", to->length ? " | " : "", cell->zh);
	return to->data;
}

/* Texts that the comparison makes again for each cell. */
typedef struct cell_texts {
	weir_text published, made, where;
} cell_texts;

static weir_status compare_rows(weir_comparison *c, const weir_results *published, const weir_table *old,
                                const weir_results *made, const weir_table *new, int column, cell_texts *texts)
{
	const char *id = old->columns[column].id;
	int other = weir_table_column(new, id);
	size_t rows = old->row_count < new->row_count ? old->row_count : new->row_count;
	for (size_t row = 0; row < rows; row++) {
		const char *was = cell_text(&texts->published, published, old, row, column);
		const char *is = cell_text(&texts->made, made, new, row, other);
		if (same(was, is))
			continue;
		texts->where.length = 0;
		write_where(&texts->where, published, old, row, id);
		if (texts->where.failed || texts->published.failed || texts->made.failed)
			return WEIR_NO_MEMORY;
		weir_compare_tell(c, texts->where.data, was, is);
	}
	return WEIR_OK;
}

static weir_status compare_table(weir_comparison *c, const weir_results *published, const weir_table *old,
                                 const weir_results *made, const weir_table *new)
{
	weir_status status = WEIR_OK;
	cell_texts texts = { { 0 }, { 0 }, { 0 } };
	weir_text *where = &texts.where;
	for (int i = 0; status == WEIR_OK && i < old->column_count; i++) {
		where->length = 0;
		weir_text_printf(where, "table \"%s\", column \"%s\"", old->id, old->columns[i].id);
		int other = weir_table_column(new, old->columns[i].id);
		if (other < 0)
			weir_compare_tell(c, where->failed ? old->id : where->data, old->columns[i].id, NULL);
		else if (old->columns[i].type != new->columns[other].type)
			weir_compare_tell(c, where->failed ? old->id : where->data,
			                  weir_cell_type_text(old->columns[i].type),
			                  weir_cell_type_text(new->columns[other].type));
		else
			status = compare_rows(c, published, old, made, new, i, &texts);
	}
	for (int i = 0; i < new->column_count && !c->may_add; i++) {
		where->length = 0;
		weir_text_printf(where, "table \"%s\", column \"%s\"", old->id, new->columns[i].id);
		if (weir_table_column(old, new->columns[i].id) < 0)
			weir_compare_tell(c, where->failed ? old->id : where->data, NULL, new->columns[i].id);
	}
	if (old->row_count != new->row_count) {
		texts.published.length = texts.made.length = where->length = 0;
		weir_text_printf(where, "table \"%s\", number of rows", old->id);
		weir_text_printf(&texts.published, "%zu", old->row_count);
		weir_text_printf(&texts.made, "%zu", new->row_count);
		weir_compare_tell(c, where->data ? where->data : old->id, texts.published.data, texts.made.data);
	}
	if (texts.published.failed || texts.made.failed || where->failed)
		status = WEIR_NO_MEMORY;
	weir_text_free(&texts.published);
	weir_text_free(&texts.made);
	weir_text_free(where);
	return status;
}

/* --- what stands above the tables ------------------------------------------------------------------------------- */

static const char *fact(const weir_results *results, const char *id)
{
	for (size_t i = 0; i < results->fact_count; i++)
		if (strcmp(results->facts[i].id, id) == 0)
			return results->facts[i].value;
	return NULL;
}

/* Facts of the one that the other lacks or has otherwise; those that both have are compared once. */
static void compare_facts(weir_comparison *c, const weir_results *published, const weir_results *made)
{
	for (size_t i = 0; i < published->fact_count; i++) {
		const weir_fact *f = &published->facts[i];
		if (strcmp(f->id, "engine_version") != 0)
			compare_texts(c, f->id, f->value, fact(made, f->id));
	}
	for (size_t i = 0; i < made->fact_count && !c->may_add; i++)
		if (!fact(published, made->facts[i].id))
			weir_compare_tell(c, made->facts[i].id, NULL, made->facts[i].value);
}

static void compare_disclosures(weir_comparison *c, const weir_results *published, const weir_results *made)
{
	size_t most = published->disclosure_count > made->disclosure_count ? published->disclosure_count :
	                                                                    made->disclosure_count;
	for (size_t i = 0; i < most; i++) {
		const weir_diag *old = i < published->disclosure_count ? &published->disclosures[i] : NULL;
		const weir_diag *new = i < made->disclosure_count ? &made->disclosures[i] : NULL;
		compare_texts(c, "disclosure", old ? old->text : NULL, new ? new->text : NULL);
		if (old && new && (old->zh || !c->may_add))
			compare_texts(c, "disclosure, in Chinese", old->zh, new->zh);
	}
}

static void compare_heads(weir_comparison *c, const weir_results *published, const weir_results *made)
{
	char old_digits[2] = { (char)('0' + published->currency_digits), '\0' };
	char new_digits[2] = { (char)('0' + made->currency_digits), '\0' };
	compare_texts(c, "deal", published->deal_id, made->deal_id);
	compare_texts(c, "deal, English name", published->en, made->en);
	compare_texts(c, "deal, Chinese name", published->zh, made->zh);
	compare_texts(c, "currency", published->currency, made->currency);
	compare_texts(c, "digits of the currency", old_digits, new_digits);
	compare_texts(c, "scenario", published->scenario_id, made->scenario_id);
	compare_texts(c, "scenario, English name", published->scenario_en, made->scenario_en);
	compare_texts(c, "scenario, Chinese name", published->scenario_zh, made->scenario_zh);
}

weir_status weir_compare_results(weir_comparison *c, const weir_results *published, const weir_results *made)
{
	weir_status status = WEIR_OK;
	compare_heads(c, published, made);
	compare_facts(c, published, made);
	compare_disclosures(c, published, made);
	for (size_t t = 0; status == WEIR_OK && t < published->table_count; t++) {
		const weir_table *old = published->tables[t], *new = weir_results_table(made, old->id);
		if (new)
			status = compare_table(c, published, old, made, new);
		else
			weir_compare_tell(c, "table", old->id, NULL);
	}
	for (size_t t = 0; t < made->table_count && !c->may_add; t++)
		if (!weir_results_table(published, made->tables[t]->id))
			weir_compare_tell(c, "table", NULL, made->tables[t]->id);
	return status == WEIR_OK ? weir_text_status(c->to) : status;
}
