/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/table.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"

#define COLUMNS_MAX 128
#define SLICE ((size_t)1 << 20) /* bytes handed to the parser at a time */

/* One reading. The parser gives decoded fields without their places, so a cursor walks the raw bytes beside it. */
typedef struct reading {
	weir_loader *loader;
	const weir_table *table;
	uint32_t source;
	const char *text, *end;
	const char *cursor;     /* raw bytes: where the next field starts */
	const char *record;     /* raw start of the record */
	int column;             /* of the next field */
	int column_count;       /* of the header; 0 while it is read */
	int other_separator;    /* the header is not separated by commas */
	const weir_field *columns[COLUMNS_MAX]; /* NULL: a column that nobody reads */
	weir_seen header, seen;
	int header_good;        /* records of a tape without its columns are not taken */
	size_t records;
	size_t errors_before;   /* in the list, when the record began */
	size_t count_before;    /* complaints in the list then */
	weir_diags *listed;     /* the caller's list */
	size_t listed_before;   /* its errors when the file began */
	weir_diags counted;     /* takes complaints beyond the limit */
	size_t more;            /* how many those were */
	weir_status status;
} reading;

static weir_place place_of(const reading *r, const char *start, size_t length)
{
	return (weir_place){ r->source, (uint32_t)length, (uint64_t)(start - r->text) };
}

/* --- complaints beyond the limit are counted -------------------------------------------------------------------- */

static void empty_counted(reading *r)
{
	r->more += r->counted.errors;
	r->listed->lost |= r->counted.lost;
	weir_diags_free(&r->counted);
}

static void switch_lists(reading *r)
{
	if (r->loader->diags == &r->counted) {
		empty_counted(r);
	} else if (r->listed->errors - r->listed_before >= WEIR_TABLE_COMPLAINTS_MAX) {
		r->loader->diags = &r->counted;
	}
}

static void end_lists(reading *r)
{
	if (r->loader->diags == &r->counted) {
		empty_counted(r);
		r->loader->diags = r->listed;
	}
	if (r->more)
		weir_diag_error(r->listed, BAD_VALUE, place_of(r, r->end, 0),
		                "%zu more errors in this %s are not listed; correct the %d above first", r->more,
		                r->table->kind, WEIR_TABLE_COMPLAINTS_MAX);
}

/* --- the cursor ------------------------------------------------------------------------------------------------- */

static int ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static void skip_blanks(reading *r)
{
	while (r->cursor < r->end && (*r->cursor == ' ' || *r->cursor == '\t'))
		r->cursor++;
}

/* Moves behind the closing quote; the cursor stands behind the opening one. */
static const char *quoted_end(const char *p, const char *end)
{
	while ((p = memchr(p, '"', (size_t)(end - p)))) {
		if (p + 1 == end || p[1] != '"')
			return p;
		p += 2;
	}
	return end;
}

/* The raw span of the field under the cursor, whose decoded text has `length` bytes; moves to the next field, or to the
 * line's end. */
static weir_place next_span(reading *r, size_t length)
{
	const char *start, *stop;
	if (r->column == 0) { /* the parser skips blank lines */
		while (r->cursor < r->end && (ends_line(*r->cursor) || *r->cursor == ' ' || *r->cursor == '\t'))
			r->cursor++;
		r->record = r->cursor;
	}
	skip_blanks(r);
	if (r->cursor < r->end && *r->cursor == '"') {
		start = r->cursor + 1;
		stop = quoted_end(start, r->end);
		r->cursor = stop < r->end ? stop + 1 : stop;
		skip_blanks(r);
	} else {
		start = r->cursor; /* the decoded text is the raw one; blanks behind it may follow */
		r->cursor += length < (size_t)(r->end - start) ? length : (size_t)(r->end - start);
		while (r->cursor < r->end && *r->cursor != ',' && !ends_line(*r->cursor))
			r->cursor++;
		stop = r->cursor;
	}
	if (r->cursor < r->end && *r->cursor == ',')
		r->cursor++;
	return place_of(r, start, (size_t)(stop - start));
}

/* --- the header ------------------------------------------------------------------------------------------------- */

static void complain_about_column(reading *r, const char *name, size_t length, weir_place place)
{
	const char *names[64];
	char excerpt[WEIR_EXCERPT_BYTES];
	size_t count = 0;
	for (; r->table->fields[count].name && count < 64; count++)
		names[count] = r->table->fields[count].name;
	const char *nearest = weir_nearest_name(name, length, names, count);
	weir_excerpt(excerpt, name, length);
	if (memchr(name, ';', length) || memchr(name, '\t', length)) {
		weir_diag_error(r->loader->diags, TAPE_SYNTAX, place,
		                "the columns are not separated by commas; use commas");
		r->other_separator = 1;
	}
	else if (nearest)
		weir_diag_error(r->loader->diags, UNKNOWN_COLUMN, place,
		                "the %s has no column \"%s\"; did you mean \"%s\"?", r->table->kind, excerpt, nearest);
	else
		weir_diag_error(r->loader->diags, UNKNOWN_COLUMN, place,
		                "the %s has no column \"%s\"; remove it or correct its name", r->table->kind, excerpt);
}

static void read_column_name(reading *r, const char *name, size_t length, weir_place place)
{
	if (r->column >= COLUMNS_MAX) {
		if (r->column == COLUMNS_MAX)
			weir_diag_error(r->loader->diags, TAPE_COLUMNS, place, "the %s has more than %d columns",
			                r->table->kind, COLUMNS_MAX);
		return;
	}
	r->columns[r->column] = NULL;
	for (const weir_field *f = r->table->fields; f->name; f++) {
		weir_seen bit = (weir_seen)1 << (f - r->table->fields);
		if (strlen(f->name) != length || memcmp(f->name, name, length) != 0)
			continue;
		r->columns[r->column] = f;
		if (r->header & bit) {
			weir_diag_error(r->loader->diags, DUPLICATE_COLUMN, place,
			                "the column \"%s\" stands twice; remove one", f->name);
			for (int i = 0; i <= r->column; i++) /* which of them is meant is not known */
				r->columns[i] = r->columns[i] == f ? NULL : r->columns[i];
		}
		r->header |= bit;
		return;
	}
	complain_about_column(r, name, length, place);
}

static void end_header(reading *r)
{
	const weir_field *fields = r->table->fields;
	for (int i = 0; fields[i].name; i++)
		if (!r->other_separator && r->table->required >> i & ~(r->header >> i) & 1)
			weir_diag_error(r->loader->diags, MISSING_COLUMN,
			                place_of(r, r->record, (size_t)(r->cursor - r->record)),
			                "the %s lacks its column \"%s\"; add it", r->table->kind, fields[i].name);
	r->column_count = r->column;
	r->header_good = r->loader->diags->errors == r->errors_before;
}

/* --- records ---------------------------------------------------------------------------------------------------- */

static void begin_record(reading *r)
{
	switch_lists(r);
	r->errors_before = r->loader->diags->errors;
	r->count_before = r->loader->diags->count;
	r->seen = 0;
	r->table->begin(r->table->context, place_of(r, r->record, 1));
}

static void read_cell(reading *r, const char *text, size_t length, weir_place place)
{
	const weir_field *field = r->column < r->column_count ? r->columns[r->column] : NULL;
	if (!field || length == 0)
		return;
	r->status = weir_field_read(r->loader, field, r->table->target, text, length, place, 0);
	r->seen |= (weir_seen)1 << (field - r->table->fields);
}

/* Takes back what was said about the record. */
static void drop_complaints(reading *r)
{
	weir_diags *diags = r->loader->diags;
	while (diags->count > r->count_before)
		weir_diags_drop_last(diags);
}

static void lose_record(reading *r)
{
	if (r->table->lost)
		*r->table->lost = 1;
}

static void end_record(reading *r)
{
	weir_place record = place_of(r, r->record, (size_t)(r->cursor - r->record));
	weir_seen missing = r->table->required & r->header & ~r->seen;
	r->records++;
	if (r->column != r->column_count) {
		drop_complaints(r); /* the fields stand in wrong columns */
		lose_record(r);
		weir_diag_error(r->loader->diags, TAPE_COLUMNS, record,
		                "the record has %d fields, the header %d; quote a field that holds a comma", r->column,
		                r->column_count);
		return;
	}
	for (int i = 0; missing && r->table->fields[i].name; i++)
		if (missing >> i & 1)
			weir_diag_error(r->loader->diags, MISSING_ATTRIBUTE, record,
			                "the record lacks its %s; give one", r->table->fields[i].name);
	if (!r->header_good)
		lose_record(r);
	else if (r->status == WEIR_OK)
		r->status = r->table->end(r->table->context, r->seen, record,
			                  r->loader->diags->errors == r->errors_before);
}

/* The parser's two callbacks. */
static void on_field(void *data, size_t length, void *context)
{
	reading *r = context;
	const char *text = data ? data : "";
	if (r->status != WEIR_OK)
		return;
	weir_place place = next_span(r, length);
	if (r->column_count == 0) {
		read_column_name(r, text, length, place);
	} else {
		if (r->column == 0)
			begin_record(r);
		read_cell(r, text, length, place);
	}
	r->column++;
}

static void on_record(int ending, void *context)
{
	(void)ending;
	reading *r = context;
	if (r->status != WEIR_OK)
		return;
	if (r->column_count == 0)
		end_header(r);
	else
		end_record(r);
	r->column = 0;
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static int start_parser(struct csv_parser *parser)
{
	if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
		return 0;
	csv_set_realloc_func(parser, weir_realloc);
	csv_set_free_func(parser, weir_free);
	return 1;
}

/* After bad quotes at `at`: says so and gives where the next record starts. */
static const char *recover(reading *r, const char *at)
{
	weir_diag_error(r->loader->diags, TAPE_SYNTAX, place_of(r, at, 1),
	                "a quote stands inside a field; quote the whole field and double the quotes in it");
	const char *line_end = r->column_count ? memchr(at, '\n', (size_t)(r->end - at)) : NULL;
	r->cursor = line_end ? line_end + 1 : r->end; /* without a header nothing can be read */
	r->column = 0;
	switch_lists(r);
	return r->cursor;
}

static void finish_parser(reading *r, struct csv_parser *parser)
{
	if (r->status == WEIR_OK && csv_fini(parser, on_field, on_record, r) != 0) {
		if (csv_error(parser) == CSV_EPARSE)
			weir_diag_error(r->loader->diags, TAPE_SYNTAX, place_of(r, r->record, 1),
			                "the file ends inside quotes; close them");
		else
			r->status = WEIR_NO_MEMORY;
	}
	csv_free(parser);
}

static void parse_all(reading *r, const char *from)
{
	struct csv_parser parser;
	const char *p = from;
	if (!start_parser(&parser)) {
		r->status = WEIR_NO_MEMORY;
		return;
	}
	while (p < r->end && r->status == WEIR_OK) {
		size_t slice = (size_t)(r->end - p) < SLICE ? (size_t)(r->end - p) : SLICE;
		size_t done = csv_parse(&parser, p, slice, on_field, on_record, r);
		p += done;
		if (done == slice)
			continue;
		if (csv_error(&parser) != CSV_EPARSE) {
			r->status = WEIR_NO_MEMORY;
			break;
		}
		p = recover(r, p);
		csv_free(&parser);
		if (!start_parser(&parser)) {
			r->status = WEIR_NO_MEMORY;
			return;
		}
	}
	finish_parser(r, &parser);
}

/* Where the header starts: behind a byte-order mark and leading comment lines. */
static const char *skip_comments(const char *p, const char *end)
{
	if (end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	while (p < end && *p == '#') {
		const char *line_end = memchr(p, '\n', (size_t)(end - p));
		p = line_end ? line_end + 1 : end;
	}
	return p;
}

weir_status weir_table_read(weir_loader *loader, uint32_t source, const weir_table *table)
{
	const weir_source *file = &loader->sources->items[source - 1];
	reading r = { .loader = loader, .table = table, .source = source, .text = file->text,
		      .end = file->text + file->size, .listed = loader->diags };
	r.listed_before = r.listed->errors;
	r.errors_before = r.listed_before;
	r.cursor = r.record = skip_comments(r.text, r.end);
	parse_all(&r, r.cursor);
	end_lists(&r);
	if (r.status == WEIR_OK && r.records == 0 && r.listed->errors == r.listed_before)
		weir_diag_error(loader->diags, EMPTY_TAPE, place_of(&r, r.text, 0),
		                "the %s has no records; add them below its header", table->kind);
	return r.status;
}

/* --- files by their path ---------------------------------------------------------------------------------------- */

/* Reads `path`, or the shared file `name`, into the loader's sources. */
static weir_status open_file(uint32_t *source, weir_loader *loader, const char *path, const char *name)
{
	char *text = NULL;
	size_t size;
	if (!path)
		return weir_loader_share(source, loader, name);
	weir_status status =
		weir_file_read_limited(&text, &size, path, WEIR_DEAL_BYTES_MAX, 0, (weir_place){ 0 }, loader->diags);
	if (status == WEIR_OK)
		status = weir_sources_add(loader->sources, path, text, size, source);
	if (status != WEIR_OK) {
		weir_free(text);
		return status;
	}
	return weir_utf8_accept(loader->sources->items[*source - 1].text, size, *source, loader->diags) ? WEIR_OK :
	                                                                                                 WEIR_INPUT;
}

weir_status weir_table_load(weir_loader *loader, const char *path, const char *name, const weir_table *table)
{
	size_t errors = loader->diags->errors;
	uint32_t source;
	weir_status status = open_file(&source, loader, path, name);
	if (status == WEIR_OK)
		status = weir_table_read(loader, source, table);
	if (status == WEIR_OK && loader->diags->errors > errors)
		status = WEIR_INPUT;
	return status == WEIR_OK && loader->diags->lost ? WEIR_NO_MEMORY : status;
}
