/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strat.c: the pool stratified, for a session: tables strat and strat_measures. */
#include <string.h>

#include "api/session.h"
#include "io/file.h"
#include "io/strat_csv.h"
#include "report/fill_strat.h"

#define SHOWN_ROWS 60
#define MOST_TABLES 64
#define MOST_BANDS 2000      /* unless --top asks for fewer; the rest become one */
#define MOST_CROSSED 200000  /* rows of one stratification */

typedef struct strat_study {
	weir_session *s;
	const weir_strat_request *request;
	weir_arena *arena;
	weir_strat_bands bands;
	weir_strat_ground ground;
	weir_strat_sort sort;
	weir_strat_weight weight;
	weir_strat_table *tables; /* [MOST_TABLES] */
	size_t count;
	weir_results *results;
} strat_study;

/* --- the request ------------------------------------------------------------------------------------------------ */

/* The place of a word among `count` choices; -1 after a complaint. NULL is the first. */
static int choose(strat_study *st, const char *what, const char *word, const char *const *choices, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!word || strcmp(word, choices[i]) == 0)
			return (int)i;
	const char *near = weir_nearest_name(word, strlen(word), choices, count);
	weir_text list = { 0 };
	for (size_t i = 0; i < count; i++)
		weir_text_printf(&list, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", choices[i]);
	weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 }, "\"%s\" is no %s%s%s%s give %s", word, what,
	                near ? "; did you mean \"" : ";", near ? near : "", near ? "\"?" : "",
	                list.data ? list.data : "another");
	weir_text_free(&list);
	return -1;
}

static weir_status read_words(strat_study *st)
{
	static const char *const weights[] = { "principal", "receivable" };
	static const char *const sorts[] = { "amount", "band" };
	static const char *const langs[] = { "en", "zh", "both" };
	int weight = choose(st, "weight", st->request->weight, weights, 2);
	int sort = choose(st, "order", st->request->sort, sorts, 2);
	int lang = choose(st, "language", st->request->lang, langs, 3);
	if (weight < 0 || sort < 0 || lang < 0)
		return WEIR_INPUT;
	st->weight = weight == 0 ? WEIR_STRAT_PRINCIPAL : WEIR_STRAT_RECEIVABLE;
	if (st->request->sort)
		st->sort = sort == 0 ? WEIR_STRAT_SORT_AMOUNT : WEIR_STRAT_SORT_BAND;
	if (st->request->top >= 0 && st->request->top <= MOST_BANDS)
		return WEIR_OK;
	weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
	                "the largest \"%d\" bands cannot be kept; give 1 to %d", st->request->top, MOST_BANDS);
	return WEIR_INPUT;
}

/* Weir's own bands, then those of files and options in the order given. */
static weir_status read_bands(strat_study *st)
{
	weir_session *s = st->s;
	int digits = s->deal->currency_digits;
	weir_status status;
	WEIR_TRY(weir_strat_bands_load(&st->bands, st->arena, &s->sources, NULL, digits, &s->call));
	for (size_t i = 0; i < st->request->band_count; i++) {
		const char *text = st->request->bands[i];
		if (strchr(text, '='))
			WEIR_TRY(weir_strat_bands_read(&st->bands, st->arena, text, digits, &s->call));
		else
			WEIR_TRY(weir_strat_bands_load(&st->bands, st->arena, &s->sources, text, digits, &s->call));
	}
out:
	return status;
}

static weir_status complain_attribute(strat_study *st, const char *name, size_t length)
{
	const char *near = weir_strat_nearest(name, length);
	char excerpt[WEIR_EXCERPT_BYTES];
	weir_text list = { 0 };
	for (int i = 0; !near && i < WEIR_STRAT_BYS; i++)
		weir_text_printf(&list, "%s%s", i ? ", " : "", weir_strat_about_of((weir_strat_by)i)->id);
	weir_diag_error(&st->s->call, UNKNOWN_NAME, (weir_place){ 0 },
	                "the pool has no attribute \"%s\"%s%s%s", weir_excerpt(excerpt, name, length),
	                near ? "; did you mean \"" : "; these are known: ", near ? near : list.data ? list.data : "",
	                near ? "\"?" : "");
	weir_text_free(&list);
	return WEIR_INPUT;
}

/* --- counting --------------------------------------------------------------------------------------------------- */

static weir_status make_dimension(strat_study *st, weir_strat_dimension *out, weir_strat_by by)
{
	weir_strat_terms terms = { .by = by,
		                   .edges = st->bands.of[by],
		                   .sort = st->sort,
		                   .most = st->request->top > 0 ? st->request->top : MOST_BANDS };
	return weir_strat_dimension_create(out, st->arena, &st->ground, &terms);
}

static weir_status complain_crossed(strat_study *st)
{
	weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
	                "more than %d combinations are no overview; give --top, or cross fewer attributes",
	                MOST_CROSSED);
	return WEIR_INPUT;
}

static weir_status add_table(strat_study *st, const weir_strat_dimension *dimensions, int count)
{
	weir_status status =
		weir_strat_count(&st->tables[st->count], st->arena, &st->ground, dimensions, count, MOST_CROSSED);
	if (status == WEIR_OK)
		st->count++;
	return status == WEIR_NO ? complain_crossed(st) : status;
}

/* Nobody has a value of it. */
static int is_empty(const weir_strat_dimension *dimension)
{
	return dimension->count == 1 && dimension->bands[0].kind == WEIR_STRAT_BAND_NOT_GIVEN;
}

/* The distributions of a prospectus, as far as the pool has what they tell. */
static weir_status stratify_for_prospectus(strat_study *st)
{
	weir_status status = WEIR_OK;
	for (int by = 0; status == WEIR_OK && by < WEIR_STRAT_BYS; by++) {
		weir_strat_dimension *own = weir_arena_alloc(st->arena, sizeof *own);
		if (weir_strat_about_of((weir_strat_by)by)->letter == ' ')
			continue;
		status = own ? make_dimension(st, own, (weir_strat_by)by) : WEIR_NO_MEMORY;
		if (status == WEIR_OK && !is_empty(own))
			status = add_table(st, own, 1);
	}
	return status;
}

/* One stratification: "industry", or "industry:grade" crossed. */
static weir_status stratify(strat_study *st, const char *text, size_t length)
{
	weir_strat_dimension *dimensions = weir_arena_array(st->arena, WEIR_STRAT_MOST_CROSSED, sizeof *dimensions);
	const char *p = text, *end = text + length;
	int count = 0;
	if (!dimensions)
		return WEIR_NO_MEMORY;
	for (;; p++) {
		const char *name = p;
		while (p < end && *p != ':')
			p++;
		int by = weir_strat_find(name, (size_t)(p - name));
		if (by < 0)
			return complain_attribute(st, name, (size_t)(p - name));
		for (int d = 0; d < count; d++)
			if ((int)dimensions[d].by == by)
				count = WEIR_STRAT_MOST_CROSSED;
		if (count == WEIR_STRAT_MOST_CROSSED) {
			char excerpt[WEIR_EXCERPT_BYTES];
			weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 },
			                "\"%s\" cannot be crossed; give at most %d attributes, each once",
			                weir_excerpt(excerpt, text, length), WEIR_STRAT_MOST_CROSSED);
			return WEIR_INPUT;
		}
		weir_status status = make_dimension(st, &dimensions[count++], (weir_strat_by)by);
		if (status != WEIR_OK)
			return status;
		if (p == end)
			return add_table(st, dimensions, count);
	}
}

static weir_status stratify_all(strat_study *st)
{
	const char *p = st->request->by;
	st->tables = weir_arena_array(st->arena, MOST_TABLES, sizeof *st->tables);
	if (!st->tables)
		return WEIR_NO_MEMORY;
	if (!p)
		return stratify_for_prospectus(st);
	for (;; p++) {
		size_t length = strcspn(p, ",");
		if (st->count == MOST_TABLES) {
			weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
			                "more than %d stratifications are no overview; give fewer", MOST_TABLES);
			return WEIR_INPUT;
		}
		weir_status status = stratify(st, p, length);
		p += length;
		if (status != WEIR_OK || !*p)
			return status;
	}
}

/* --- the answer ------------------------------------------------------------------------------------------------- */

static weir_status tell(strat_study *st)
{
	weir_text *to = &st->s->summary;
	const char *lang = st->request->lang ? st->request->lang : "en";
	weir_text_free(to);
	if (strcmp(lang, "zh") != 0)
		weir_strat_write_text(st->results, &st->ground, st->tables, st->count, 0, SHOWN_ROWS, to);
	if (strcmp(lang, "both") == 0)
		weir_text_add(to, "\n");
	if (strcmp(lang, "en") != 0)
		weir_strat_write_text(st->results, &st->ground, st->tables, st->count, 1, SHOWN_ROWS, to);
	return weir_text_status(to);
}

static weir_status make_tables(strat_study *st)
{
	weir_status status;
	WEIR_TRY(weir_session_new_results(st->s, NULL, &st->results));
	WEIR_TRY(weir_fill_strat(st->results, &st->ground, st->tables, st->count));
	WEIR_TRY(weir_results_foot(st->results, &st->s->call));
	status = tell(st);
out:
	return status;
}

int weir_session_strat(weir_session *s, const weir_strat_request *request)
{
	weir_status status;
	strat_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(read_words(&study));
	WEIR_TRY(read_bands(&study));
	WEIR_TRY(weir_strat_ground_create(&study.ground, study.arena, s->pool, study.weight));
	WEIR_TRY(stratify_all(&study));
	WEIR_TRY(make_tables(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}

weir_status weir_session_add_distributions(weir_session *s, weir_strat_ground *ground, weir_arena *arena,
                                           weir_results *results)
{
	static const weir_strat_by more[] = { WEIR_STRAT_KIND, WEIR_STRAT_TERRITORY, WEIR_STRAT_CURRENCY,
		                              WEIR_STRAT_VINTAGE };
	const weir_strat_request plain = { .by = NULL };
	strat_study study = { .s = s, .request = &plain, .arena = arena };
	weir_status status;
	study.weight = s->pool->principal_cents > 0 ? WEIR_STRAT_PRINCIPAL : WEIR_STRAT_RECEIVABLE;
	WEIR_TRY(weir_strat_bands_load(&study.bands, arena, &s->sources, NULL, s->deal->currency_digits, &s->call));
	WEIR_TRY(weir_strat_ground_create(&study.ground, arena, s->pool, study.weight));
	WEIR_TRY(stratify_all(&study));
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		weir_strat_dimension *own = weir_arena_alloc(arena, sizeof *own);
		status = own ? make_dimension(&study, own, more[i]) : WEIR_NO_MEMORY;
		if (status == WEIR_OK && !is_empty(own))
			status = add_table(&study, own, 1);
		if (status != WEIR_OK)
			goto out;
	}
	WEIR_TRY(weir_fill_strat(results, &study.ground, study.tables, study.count));
	*ground = study.ground;
out:
	return status;
}
