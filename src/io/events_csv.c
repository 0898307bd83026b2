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
	WEIR_FIELD_END
};
#define REQUIRED 0x3 /* date, kind */

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
	status = keep(out, arena, &r);
out:
	weir_free(r.items);
	for (int kind = 0; kind <= WEIR_SUBJECT_CLASS; kind++)
		weir_names_free(&r.subjects[kind]);
	weir_names_free(&r.all);
	weir_loader_free(&loader);
	return status;
}
