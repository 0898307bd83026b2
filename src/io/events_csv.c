/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/actuals_csv.h"
#include "io/file.h"
#include "io/table.h"

static const weir_choice kinds[] = { { "duty", WEIR_OCCURRENCE_DUTY },
	                             { "change", WEIR_OCCURRENCE_CHANGE },
	                             { "breach", WEIR_OCCURRENCE_BREACH },
	                             { "event", WEIR_OCCURRENCE_EVENT },
	                             { "investment", WEIR_OCCURRENCE_INVESTMENT },
	                             { "redemption", WEIR_OCCURRENCE_REDEMPTION },
	                             { "replacement", WEIR_OCCURRENCE_REPLACEMENT },
	                             { "disposal", WEIR_OCCURRENCE_DISPOSAL },
	                             { "grade", WEIR_OCCURRENCE_GRADE },
	                             { "reason", WEIR_OCCURRENCE_REASON },
	                             { "report", WEIR_OCCURRENCE_REPORT },
	                             { NULL, 0 } };

/* The row at hand and where its subject stands. */
typedef struct event {
	weir_occurrence is;
	weir_place subject_place;
} event;

typedef struct reader {
	weir_loader *loader;
	const weir_deal *deal;
	const weir_periods *periods;
	weir_names subjects[WEIR_SUBJECT_CLASS + 1]; /* by weir_subject_kind */
	weir_names all;                              /* the same together, for near ones */
	event now;
	weir_occurrence *items;
	size_t count, capacity;
} reader;

static weir_status read_subject(const weir_cell *cell, const weir_field *field, void *at)
{
	event *own = (event *)((char *)at - field->offset);
	own->subject_place = cell->place;
	return weir_read_shared_text(cell, field, at);
}

static const weir_field fields[] = {
	WEIR_FIELD(event, is.date, "date", weir_read_date),
	WEIR_FIELD_OF(event, is.kind, "kind", weir_read_choice, kinds),
	WEIR_FIELD(event, is.subject, "subject", read_subject),
	WEIR_FIELD(event, is.en, "en", weir_read_shared_text),
	WEIR_FIELD(event, is.zh, "zh", weir_read_shared_text),
	WEIR_FIELD(event, is.rule, "rule", weir_read_shared_text),
	WEIR_FIELD(event, is.effect_en, "effect-en", weir_read_shared_text),
	WEIR_FIELD(event, is.effect_zh, "effect-zh", weir_read_shared_text),
	WEIR_FIELD(event, is.action_en, "action-en", weir_read_shared_text),
	WEIR_FIELD(event, is.action_zh, "action-zh", weir_read_shared_text),
	WEIR_FIELD(event, is.amount_cents, "amount", weir_read_amount),
	WEIR_FIELD(event, is.rate, "rate", weir_read_rate),
	WEIR_FIELD(event, is.income_cents, "income", weir_read_amount),
	WEIR_FIELD(event, is.status, "status", weir_read_shared_text),
	WEIR_FIELD(event, is.rule_zh, "rule-zh", weir_read_shared_text),
	WEIR_FIELD(event, is.status_zh, "status-zh", weir_read_shared_text),
	WEIR_FIELD_END
};
#define REQUIRED 0x3 /* date, kind */
#define MARGIN_DAYS 366

static void begin(void *context, weir_place record)
{
	((reader *)context)->now = (event){ .is = { .date = WEIR_DATE_NONE,
		                                    .subject_number = -1,
		                                    .amount_cents = NAN,
		                                    .rate = NAN,
		                                    .income_cents = NAN,
		                                    .place = record } };
}

/* The period whose (last payment date, payment date] has the date. */
static int period_of(const weir_periods *periods, weir_date date)
{
	int k = 0;
	while (k < periods->count - 1 && periods->items[k].payment < date)
		k++;
	return k;
}

static void find_subject(reader *r)
{
	weir_occurrence *is = &r->now.is;
	if (!is->subject)
		return;
	size_t length = strlen(is->subject);
	for (int kind = WEIR_SUBJECT_PARTY; kind <= WEIR_SUBJECT_CLASS; kind++) {
		is->subject_number = weir_names_find(&r->subjects[kind], is->subject, length);
		if (is->subject_number >= 0) {
			is->subject_kind = (weir_subject_kind)kind;
			return;
		}
	}
	weir_complain_unknown(r->loader, "party, contract, obligor, IP item or class", &r->all, is->subject, length,
	                      r->now.subject_place);
}

/* Dates far from the deal's life are slips of the pen. */
static void warn_of_date(const reader *r)
{
	const weir_occurrence *is = &r->now.is;
	const weir_deal *deal = r->deal;
	weir_date first = deal->cutoff == WEIR_DATE_NONE ? deal->closing : deal->cutoff;
	weir_date last = r->periods->items[r->periods->count - 1].payment;
	char date[11], from[11], to[11];
	if (is->date < first - MARGIN_DAYS || is->date > last + MARGIN_DAYS)
		weir_diag_warning(r->loader->diags, OUT_OF_RANGE, is->place,
		                  "%s is more than a year outside the deal's life, %s to %s; check the date",
		                  "%s距交易存续期（%s至%s）超过一年；请核对日期", weir_date_format(is->date, date),
		                  weir_date_format(first, from), weir_date_format(last, to));
}

static weir_status end(void *context, weir_seen seen, weir_place record, int good)
{
	reader *r = context;
	(void)seen;
	find_subject(r);
	if (!good)
		return WEIR_OK;
	if (!r->now.is.en && !r->now.is.zh) {
		weir_diag_error(r->loader->diags, MISSING_ATTRIBUTE, record,
		                "the record does not say what happened; give it in en, zh or both");
		return WEIR_OK;
	}
	r->now.is.period = period_of(r->periods, r->now.is.date);
	warn_of_date(r);
	if (!WEIR_GROW(r->items, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->items[r->count++] = r->now.is;
	return WEIR_OK;
}

static weir_status name_subject(reader *r, weir_subject_kind kind, const char *id, int number)
{
	if (!id)
		return WEIR_OK;
	weir_status status = weir_names_put(&r->subjects[kind], id, strlen(id), number);
	if (status != WEIR_NO_MEMORY)
		status = weir_names_put(&r->all, id, strlen(id), number);
	return status == WEIR_NO_MEMORY ? status : WEIR_OK;
}

static weir_status name_subjects(reader *r)
{
	const weir_deal *deal = r->deal;
	const weir_pool_terms *pool = &deal->pool;
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal->party_count; i++)
		status = name_subject(r, WEIR_SUBJECT_PARTY, deal->parties[i].node.id, i);
	for (int i = 0; status == WEIR_OK && i < pool->contract_count; i++)
		status = name_subject(r, WEIR_SUBJECT_CONTRACT, pool->contracts[i].id, i);
	for (int i = 0; status == WEIR_OK && i < pool->obligor_count; i++)
		status = name_subject(r, WEIR_SUBJECT_OBLIGOR, pool->obligors[i].id, i);
	for (int i = 0; status == WEIR_OK && i < pool->ip_count; i++)
		status = name_subject(r, WEIR_SUBJECT_IP, pool->ip[i].id, i);
	for (int i = 0; status == WEIR_OK && i < deal->class_count; i++)
		status = name_subject(r, WEIR_SUBJECT_CLASS, deal->classes[i].node.id, i);
	return status;
}

static int by_date(const void *a, const void *b)
{
	const weir_occurrence *x = a, *y = b;
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return x->place.offset < y->place.offset ? -1 : x->place.offset > y->place.offset;
}

static int compare_texts(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

/* By all that a row says; rows that say the same by their places. */
static int by_content(const void *a, const void *b)
{
	const weir_occurrence *x = a, *y = b;
	const char *const texts[][2] = {
		{ x->subject, y->subject },	{ x->en, y->en },		{ x->zh, y->zh },
		{ x->rule, y->rule },		{ x->effect_en, y->effect_en }, { x->effect_zh, y->effect_zh },
		{ x->action_en, y->action_en }, { x->action_zh, y->action_zh }, { x->status, y->status },
		{ x->rule_zh, y->rule_zh },     { x->status_zh, y->status_zh },
	};
	const double numbers[][2] = { { x->amount_cents, y->amount_cents },
		                      { x->rate, y->rate },
		                      { x->income_cents, y->income_cents } };
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		double p = isnan(numbers[i][0]) ? -INFINITY : numbers[i][0];
		double q = isnan(numbers[i][1]) ? -INFINITY : numbers[i][1];
		if (p != q)
			return p < q ? -1 : 1;
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		int order = compare_texts(texts[i][0], texts[i][1]);
		if (order)
			return order;
	}
	return 0;
}

/* A report would tell it twice, and count its amount twice. */
static void refuse_repeated(const reader *r)
{
	qsort(r->items, r->count, sizeof *r->items, by_content);
	for (size_t i = 1; i < r->count; i++) {
		unsigned line, column;
		const weir_occurrence *same = &r->items[i - 1], *here = &r->items[i];
		if (by_content(same, here) != 0)
			continue;
		if (same->place.offset > here->place.offset) {
			same = here;
			here = &r->items[i - 1];
		}
		weir_sources_locate(r->deal->sources, same->place, &line, &column);
		weir_diag_error(r->loader->diags, DUPLICATE_ID, here->place,
		                "the record says the same as that of line %u; leave one of them out", line);
	}
}

static weir_status keep(weir_occurrences **out, weir_arena *arena, const reader *r)
{
	weir_occurrences *made = weir_arena_alloc(arena, sizeof *made);
	weir_occurrence *items = weir_arena_array(arena, r->count + 1, sizeof *items);
	if (!made || !items)
		return WEIR_NO_MEMORY;
	memcpy(items, r->items, r->count * sizeof *items);
	qsort(items, r->count, sizeof *items, by_date);
	*made = (weir_occurrences){ .items = items,
		                    .count = (int)r->count,
		                    .source = weir_sources_get(r->deal->sources, items[0].place)->name };
	*out = made;
	return WEIR_OK;
}

weir_status weir_events_load(weir_occurrences **out, weir_arena *arena, const weir_deal *deal,
                             const weir_periods *periods, const char *path, weir_diags *diags)
{
	weir_status status;
	weir_loader loader = { .deal = (weir_deal *)deal, /* it reads its currency only */
		               .arena = arena,
		               .sources = deal->sources,
		               .diags = diags };
	reader r = { .loader = &loader, .deal = deal, .periods = periods };
	weir_table table = { "events file", fields, REQUIRED, &r.now, begin, end, &r, NULL };
	WEIR_TRY(name_subjects(&r));
	WEIR_TRY(weir_table_load(&loader, path, NULL, &table));
	refuse_repeated(&r);
	WEIR_TRY(weir_diags_status(diags));
	status = keep(out, arena, &r);
out:
	weir_free(r.items);
	for (int kind = 0; kind <= WEIR_SUBJECT_CLASS; kind++)
		weir_names_free(&r.subjects[kind]);
	weir_names_free(&r.all);
	weir_loader_free(&loader);
	return status;
}
