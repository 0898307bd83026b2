/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/place_names_csv.h"

#include <string.h>

#include "base/alloc.h"
#include "deal/place_names.h"
#include "io/table.h"

static const weir_field fields[] = {
	WEIR_FIELD(weir_place_name, zh, "zh", weir_read_shared_text),
	WEIR_FIELD(weir_place_name, en, "en", weir_read_shared_text),
	WEIR_FIELD(weir_place_name, code, "code", weir_read_shared_text),
	WEIR_FIELD_END
};
#define REQUIRED 0x3 /* zh, en */

typedef struct name_reading {
	weir_place_name now, *rows;
	size_t count, capacity;
} name_reading;

static void begin_row(void *context, weir_place record)
{
	(void)record;
	((name_reading *)context)->now = (weir_place_name){ 0 };
}

static weir_status end_row(void *context, weir_seen seen, weir_place record, int good)
{
	name_reading *r = context;
	(void)seen;
	(void)record;
	if (!good)
		return WEIR_OK;
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = r->now;
	return WEIR_OK;
}

static weir_status load(weir_place_list *out, weir_loader *loader, const char *file)
{
	name_reading reading = { 0 };
	weir_table table = { "table of names", fields, REQUIRED, &reading.now, begin_row, end_row, &reading, NULL };
	uint32_t source;
	weir_status status;
	WEIR_TRY(weir_loader_share(&source, loader, file));
	WEIR_TRY(weir_table_read(loader, source, &table));
	out->items = weir_arena_array(loader->arena, reading.count + 1, sizeof *out->items);
	if (!out->items)
		WEIR_TRY(WEIR_NO_MEMORY);
	if (reading.count > 0)
		memcpy(out->items, reading.rows, reading.count * sizeof *out->items);
	out->count = (int)reading.count;
	weir_place_list_sort(out);
out:
	weir_free(reading.rows);
	return status;
}

weir_status weir_place_names_load(weir_loader *loader)
{
	weir_place_names *names = weir_arena_alloc(loader->arena, sizeof *names);
	int industries = 0, regions = 0;
	weir_status status;
	if (!names)
		return WEIR_NO_MEMORY;
	*names = (weir_place_names){ 0 };
	for (size_t i = 0; i < loader->obligor_count && !(industries && regions); i++) {
		industries |= loader->pool_obligors[i].industry != NULL;
		regions |= loader->pool_obligors[i].region != NULL;
	}
	if (industries)
		WEIR_TRY(load(&names->industries, loader, "industries.csv"));
	if (regions)
		WEIR_TRY(load(&names->regions, loader, "regions.csv"));
	loader->deal->place_names = names;
	status = WEIR_OK;
out:
	return status;
}
