/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/strat_csv.h"

#include <math.h>
#include <string.h>

#include "io/file.h"
#include "io/table.h"

#define MOST_EDGES 1000

/* One attribute's bands as they are written. */
typedef struct reader {
	weir_strat_bands *out;
	weir_arena *arena;
	weir_loader *loader; /* of a file */
	weir_diags *diags;
	int digits, given;
	weir_located name, bands;    /* of the record at hand */
	const char *note;
	weir_place seen[WEIR_STRAT_BYS]; /* where an attribute has its record */
	char has[WEIR_STRAT_BYS];
} reader;

static int is_gap(char c)
{
	return c == ' ' || c == ',' || c == '\t';
}

/* One upper end in the attribute's unit; NAN when it cannot be read. */
static double read_edge(const char *text, size_t length, weir_strat_type type, int digits)
{
	double value = NAN;
	weir_decimal decimal;
	weir_parse parsed = WEIR_PARSE_SYNTAX;
	if (type == WEIR_STRAT_IS_AMOUNT) {
		parsed = weir_cents_parse(text, length, digits, &value);
	} else if (type == WEIR_STRAT_IS_RATE) {
		parsed = weir_rate_parse(text, length, &value);
	} else {
		parsed = weir_decimal_parse(text, length, &decimal);
		value = parsed == WEIR_PARSE_OK ? weir_decimal_double(decimal) : NAN;
	}
	return parsed == WEIR_PARSE_OK ? value : NAN;
}

static const char *unit_of(weir_strat_type type)
{
	switch (type) {
	case WEIR_STRAT_IS_AMOUNT:
		return "an amount such as 5000000.00";
	case WEIR_STRAT_IS_RATE:
		return "a rate such as 5%";
	case WEIR_STRAT_IS_MONTHS:
		return "months such as 24";
	default:
		return "years such as 5";
	}
}

/* Finds the attribute; -1 after a complaint. */
static int find_attribute(const reader *r)
{
	char excerpt[WEIR_EXCERPT_BYTES];
	int by = weir_strat_find(r->name.text, r->name.length);
	weir_excerpt(excerpt, r->name.text, r->name.length);
	if (by >= 0 && weir_strat_about_of((weir_strat_by)by)->type >= WEIR_STRAT_IS_AMOUNT)
		return by;
	if (by >= 0) {
		weir_diag_error(
			r->diags, BAD_VALUE, r->name.place,
			"\"%s\" is no number, so it has no bands; give them for numbers such as rate, term or balance",
			excerpt);
		return -1;
	}
	const char *near = weir_strat_nearest(r->name.text, r->name.length);
	weir_diag_error(r->diags, UNKNOWN_NAME, r->name.place, "there is no attribute \"%s\"%s%s%s", excerpt,
	                near ? "; did you mean \"" : "; numbers such as rate, term or balance have bands",
	                near ? near : "", near ? "\"?" : "");
	return -1;
}

/* Reads the ends into `edges`; gives how many, 0 after a complaint. */
static int read_edges(const reader *r, weir_strat_type type, double *edges)
{
	const char *p = r->bands.text, *end = p + r->bands.length;
	char excerpt[WEIR_EXCERPT_BYTES];
	int count = 0;
	for (;;) {
		while (p < end && is_gap(*p))
			p++;
		const char *word = p;
		while (p < end && !is_gap(*p))
			p++;
		if (p == word)
			return count;
		double edge = read_edge(word, (size_t)(p - word), type, r->digits);
		weir_excerpt(excerpt, word, (size_t)(p - word));
		if (isnan(edge)) {
			weir_diag_error(r->diags, BAD_VALUE, r->bands.place,
			                "the end of a band cannot be \"%s\"; give %s", excerpt, unit_of(type));
			return 0;
		}
		if (count > 0 && edge <= edges[count - 1]) {
			weir_diag_error(
				r->diags, OUT_OF_RANGE, r->bands.place,
				"bands overlap at \"%s\", which is not above the end before it; list the ends rising",
				excerpt);
			return 0;
		}
		if (count == MOST_EDGES) {
			weir_diag_error(r->diags, OUT_OF_RANGE, r->bands.place,
			                "more than %d bands are no overview; give fewer", MOST_EDGES);
			return 0;
		}
		edges[count++] = edge;
	}
}

/* Takes the record at hand. */
static weir_status take_bands(reader *r)
{
	int by = find_attribute(r);
	if (by < 0)
		return WEIR_OK;
	size_t room = r->bands.length / 2 + 1;
	double *edges = weir_arena_array(r->arena, room < MOST_EDGES ? room : MOST_EDGES, sizeof *edges);
	if (!edges)
		return WEIR_NO_MEMORY;
	size_t errors = r->diags->errors;
	int count = read_edges(r, weir_strat_about_of((weir_strat_by)by)->type, edges);
	if (count > 0)
		r->out->of[by] = (weir_strat_edges){ edges, count, r->given };
	else if (r->diags->errors == errors)
		weir_diag_error(r->diags, BAD_VALUE, r->bands.place,
		                "the bands of \"%s\" are empty; give their upper ends",
		                weir_strat_about_of((weir_strat_by)by)->id);
	return WEIR_OK;
}

/* --- an option -------------------------------------------------------------------------------------------------- */

weir_status weir_strat_bands_read(weir_strat_bands *out, weir_arena *arena, const char *text, int digits,
                                  weir_diags *diags)
{
	const char *equals = strchr(text, '=');
	size_t errors = diags->errors;
	reader r = { .out = out, .arena = arena, .diags = diags, .digits = digits, .given = 1 };
	r.name = (weir_located){ text, equals ? (size_t)(equals - text) : strlen(text), { 0 } };
	r.bands.text = equals ? equals + 1 : "";
	r.bands.length = strlen(r.bands.text);
	weir_status status = take_bands(&r);
	if (status != WEIR_OK)
		return status;
	return diags->errors > errors ? WEIR_INPUT : WEIR_OK;
}

/* --- a file ----------------------------------------------------------------------------------------------------- */

static const weir_field fields[] = {
	WEIR_FIELD(reader, name, "attribute", weir_read_located),
	WEIR_FIELD(reader, bands, "bands", weir_read_located),
	WEIR_FIELD(reader, note, "note", weir_read_shared_text),
	WEIR_FIELD_END
};
#define REQUIRED 0x3 /* attribute, bands */

static void begin(void *context, weir_place record)
{
	reader *r = context;
	r->name = r->bands = (weir_located){ "", 0, record };
}

static weir_status end(void *context, weir_seen seen, weir_place record, int good)
{
	reader *r = context;
	(void)seen;
	if (!good)
		return WEIR_OK;
	int by = weir_strat_find(r->name.text, r->name.length);
	if (by >= 0 && r->has[by])
		return weir_loader_duplicate(r->loader, "attribute", r->name.text, record, "attribute", r->seen[by]);
	if (by >= 0) {
		r->has[by] = 1;
		r->seen[by] = record;
	}
	return take_bands(r);
}

weir_status weir_strat_bands_load(weir_strat_bands *out, weir_arena *arena, weir_sources *sources, const char *path,
                                  int digits, weir_diags *diags)
{
	weir_loader loader = { .arena = arena, .sources = sources, .diags = diags };
	reader r = { .out = out,
		     .arena = arena,
		     .loader = &loader,
		     .diags = diags,
		     .digits = digits,
		     .given = path != NULL };
	weir_table table = { "table of bands", fields, REQUIRED, &r, begin, end, &r, NULL };
	weir_status status = weir_table_load(&loader, path, "strat-bands.csv", &table);
	weir_loader_free(&loader);
	return status;
}
