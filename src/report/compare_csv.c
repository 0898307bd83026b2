/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare_csv.c: two CSV tables held against each other, field by field; columns are found by their names. */
#include <string.h>

#include "base/alloc.h"
#include "report/compare.h"

/* A field as it stands between commas, quotes and all. */
typedef struct field {
	const char *text;
	size_t length;
} field;

/* A table cut into fields: row r has those from starts[r] to before starts[r + 1]; row 0 is the header. */
typedef struct grid {
	field *fields;
	size_t field_count, field_capacity;
	size_t *starts;
	size_t start_count, start_capacity;
} grid;

static void free_grid(grid *g)
{
	weir_free(g->fields);
	weir_free(g->starts);
}

static weir_status begin_row(grid *g)
{
	if (!WEIR_GROW(g->starts, g->start_count, g->start_capacity))
		return WEIR_NO_MEMORY;
	g->starts[g->start_count++] = g->field_count;
	return WEIR_OK;
}

static weir_status cut(grid *g, const char *csv)
{
	weir_status status = begin_row(g);
	for (const char *p = csv; status == WEIR_OK && *p;) {
		const char *start = p;
		int quoted = 0;
		for (; *p && (quoted || (*p != ',' && *p != '\n')); p++)
			quoted ^= *p == '"';
		if (!WEIR_GROW(g->fields, g->field_count, g->field_capacity))
			return WEIR_NO_MEMORY;
		g->fields[g->field_count++] = (field){ start, (size_t)(p - start) };
		if (*p == '\n' || !*p)
			status = begin_row(g);
		p += *p != '\0';
	}
	return status;
}

static size_t row_count(const grid *g)
{
	return g->start_count - 1;
}

static size_t width(const grid *g, size_t row)
{
	return row < row_count(g) ? g->starts[row + 1] - g->starts[row] : 0;
}

/* NULL where the row has no such field. */
static const field *get(const grid *g, size_t row, size_t column)
{
	return column < width(g, row) ? &g->fields[g->starts[row] + column] : NULL;
}

static int same(const field *a, const field *b)
{
	return a && b ? a->length == b->length && memcmp(a->text, b->text, a->length) == 0 : a == b;
}

/* The column of a name; as many as there are when there is none. */
static size_t find(const grid *g, const field *name)
{
	size_t column = 0;
	while (column < width(g, 0) && !same(get(g, 0, column), name))
		column++;
	return column;
}

typedef struct texts {
	weir_text where, published, made;
} texts;

/* A field as a text of its own; NULL for none. */
static const char *text_of(weir_text *buffer, const field *f)
{
	if (!f)
		return NULL;
	buffer->length = 0;
	weir_text_append(buffer, f->text, f->length);
	return buffer->failed ? "" : buffer->data;
}

static void tell(weir_comparison *c, texts *t, const field *published, const field *made)
{
	if (!t->where.failed)
		weir_compare_tell(c, t->where.data, text_of(&t->published, published), text_of(&t->made, made));
}

/* The fields of one column below the header. */
static void compare_column(weir_comparison *c, texts *t, const grid *old, size_t column, const grid *new, size_t other)
{
	size_t most = row_count(old) > row_count(new) ? row_count(old) : row_count(new);
	const field *name = get(old, 0, column);
	for (size_t row = 1; row < most; row++) {
		const field *a = get(old, row, column), *b = get(new, row, other);
		if (same(a, b))
			continue;
		const field *first = get(row < row_count(old) ? old : new, row, 0);
		t->where.length = 0;
		weir_text_printf(&t->where, "row %zu (%.*s), column \"%.*s\"", row, first ? (int)first->length : 0,
		                 first ? first->text : "", (int)name->length, name->text);
		tell(c, t, a, b);
	}
}

static void compare_grids(weir_comparison *c, texts *t, const grid *old, const grid *new)
{
	t->where.length = 0;
	for (size_t column = 0; column < width(old, 0); column++) {
		size_t other = find(new, get(old, 0, column));
		if (other < width(new, 0)) {
			compare_column(c, t, old, column, new, other);
			continue;
		}
		t->where.length = 0;
		weir_text_add(&t->where, "column");
		tell(c, t, get(old, 0, column), NULL);
	}
	for (size_t column = 0; column < width(new, 0) && !c->may_add; column++) {
		if (find(old, get(new, 0, column)) < width(old, 0))
			continue;
		t->where.length = 0;
		weir_text_add(&t->where, "column");
		tell(c, t, NULL, get(new, 0, column));
	}
}

weir_status weir_compare_csv(weir_comparison *c, const char *published, const char *made)
{
	grid old = { 0 }, new = { 0 };
	texts t = { { 0 }, { 0 }, { 0 } };
	weir_status status;
	size_t before = c->differences;
	WEIR_TRY(cut(&old, published));
	WEIR_TRY(cut(&new, made));
	compare_grids(c, &t, &old, &new);
	if (c->differences == before && !c->may_add && strcmp(published, made) != 0)
		weir_compare_tell(c, "text", "other line ends, or another order of columns", "the same fields");
	status = t.where.failed || t.published.failed || t.made.failed ? WEIR_NO_MEMORY : weir_text_status(c->to);
out:
	free_grid(&old);
	free_grid(&new);
	weir_text_free(&t.where);
	weir_text_free(&t.published);
	weir_text_free(&t.made);
	return status;
}
