/* SPDX-License-Identifier: GPL-3.0-or-later */
/* market_csv.c: fixings of rate indexes from CSV files. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/deal_int.h"
#include "io/file.h"
#include "io/load.h"
#include "io/table.h"

typedef struct fixing_reading {
	weir_fixing now;
	weir_fixing *items;
	size_t count, capacity;
} fixing_reading;

static void begin_fixing(void *context, weir_place record)
{
	(void)record;
	((fixing_reading *)context)->now = (weir_fixing){ WEIR_DATE_NONE, NAN };
}

static weir_status end_fixing(void *context, weir_seen seen, weir_place record, int good)
{
	fixing_reading *r = context;
	(void)seen;
	(void)record;
	if (!good)
		return WEIR_OK;
	if (!WEIR_GROW(r->items, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->items[r->count++] = r->now;
	return WEIR_OK;
}

/* The old fixings and the new ones, in the arena. */
static weir_status append(weir_loader *loader, weir_index *index, const fixing_reading *r)
{
	size_t old = (size_t)index->count;
	weir_date *dates = weir_arena_array(loader->arena, old + r->count + 1, sizeof *dates);
	double *rates = weir_arena_array(loader->arena, old + r->count + 1, sizeof *rates);
	if (!dates || !rates)
		return WEIR_NO_MEMORY;
	if (old) {
		memcpy(dates, index->dates, old * sizeof *dates);
		memcpy(rates, index->rates, old * sizeof *rates);
	}
	for (size_t i = 0; i < r->count; i++) {
		dates[old + i] = r->items[i].date;
		rates[old + i] = r->items[i].rate;
	}
	index->dates = dates;
	index->rates = rates;
	index->count = (int)(old + r->count);
	return WEIR_OK;
}

weir_status weir_fixings_load(weir_loader *loader, uint32_t source, weir_index *index)
{
	fixing_reading reading = { 0 };
	weir_table table = { "file of fixings", weir_fixing_fields, 0x3,      &reading.now,
		             begin_fixing,      end_fixing,    &reading, NULL };
	weir_status status = weir_table_read(loader, source, &table);
	if (status == WEIR_OK)
		status = append(loader, index, &reading);
	weir_free(reading.items);
	return status;
}

/* The index of an id, added when the deal has none; NULL when memory is short. */
static weir_index *index_of(weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->index_count; i++)
		if (deal->indexes[i].node.id && strcmp(deal->indexes[i].node.id, id) == 0)
			return &deal->indexes[i];
	weir_index *all = weir_arena_array(deal->arena, (size_t)deal->index_count + 1, sizeof *all);
	const char *name = weir_arena_text(deal->arena, id, strlen(id));
	if (!all || !name)
		return NULL;
	if (deal->index_count)
		memcpy(all, deal->indexes, (size_t)deal->index_count * sizeof *all);
	deal->indexes = all;
	all[deal->index_count].node.id = name;
	return &all[deal->index_count++];
}

weir_status weir_index_load(weir_deal *deal, const char *id, const char *path, weir_diags *diags)
{
	weir_loader loader = { .deal = deal, .arena = deal->arena, .sources = deal->sources, .diags = diags };
	weir_index fixings = { .count = 0 };
	char *text = NULL;
	size_t size, errors = diags->errors;
	uint32_t source;
	weir_status status;
	WEIR_TRY(weir_file_read_limited(&text, &size, path, WEIR_DEAL_BYTES_MAX, 0, (weir_place){ 0 }, diags));
	WEIR_TRY(weir_sources_add(deal->sources, path, text, size, &source));
	text = NULL;
	if (weir_utf8_accept(deal->sources->items[source - 1].text, size, source, diags))
		WEIR_TRY(weir_fixings_load(&loader, source, &fixings));
	if (diags->errors > errors) {
		status = WEIR_INPUT;
		goto out;
	}
	weir_index *index = index_of(deal, id);
	status = index ? WEIR_OK : WEIR_NO_MEMORY;
	if (index) {
		index->dates = fixings.dates;
		index->rates = fixings.rates;
		index->count = fixings.count;
	}
out:
	weir_free(text);
	weir_loader_free(&loader);
	return status;
}
