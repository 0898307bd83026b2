/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool_rows.c: rows of contracts from CSV files, kept by contract until the contracts come. */
#include <string.h>

#include "base/alloc.h"
#include "io/pool.h"

typedef struct row_reading {
	weir_loader *loader;
	weir_row_draft draft;
} row_reading;

static void begin_row(void *context, weir_place record)
{
	(void)record;
	weir_row_draft_begin(&((row_reading *)context)->draft);
}

/* The number of a contract among the owners of rows; -1 when memory is short. */
static int owner_of(weir_row_files *files, const weir_row_draft *draft)
{
	size_t length = strlen(draft->contract);
	int number = weir_names_find(&files->owners, draft->contract, length);
	if (number >= 0)
		return number;
	if (!WEIR_GROW(files->owner_items, files->owner_count, files->owner_capacity))
		return -1;
	number = (int)files->owner_count;
	if (weir_names_put(&files->owners, draft->contract, length, number) != WEIR_OK)
		return -1;
	files->owner_items[files->owner_count++] = (struct weir_row_owner){ .place = draft->contract_place };
	return number;
}

static weir_status end_row(void *context, weir_seen seen, weir_place record, int good)
{
	row_reading *r = context;
	weir_row_files *files = r->loader->row_files;
	weir_contract_row row;
	(void)seen;
	if (!r->draft.contract)
		return WEIR_OK;
	int owner = owner_of(files, &r->draft);
	if (owner < 0 || !WEIR_GROW(files->rows, files->row_count, files->row_capacity))
		return WEIR_NO_MEMORY;
	/* a bad value leaves its member out: what is missing was complained about where it stood */
	if (good && weir_row_from_draft(&row, r->loader, &r->draft, record)) {
		files->rows[files->row_count++] = (struct weir_owned_row){ owner, row };
		files->owner_items[owner].count++;
	}
	return WEIR_OK;
}

weir_status weir_row_files_read(weir_loader *loader, uint32_t source)
{
	row_reading reading = { .loader = loader };
	weir_table table = { "schedule", weir_row_fields, weir_row_required, &reading.draft, begin_row, end_row,
		             &reading, NULL };
	return weir_table_read(loader, source, &table);
}

weir_status weir_row_files_sort(weir_row_files *files)
{
	size_t at = 0;
	struct weir_owned_row *sorted = weir_alloc((files->row_count + 1) * sizeof *sorted);
	if (!sorted)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < files->owner_count; i++) {
		files->owner_items[i].first = at;
		at += files->owner_items[i].count;
		files->owner_items[i].count = 0;
	}
	for (size_t i = 0; i < files->row_count; i++) {
		struct weir_row_owner *owner = &files->owner_items[files->rows[i].owner];
		sorted[owner->first + owner->count++] = files->rows[i];
	}
	weir_free(files->rows);
	files->rows = sorted;
	return WEIR_OK;
}

void weir_row_files_free(weir_row_files *files)
{
	weir_names_free(&files->owners);
	weir_free(files->owner_items);
	weir_free(files->rows);
	*files = (weir_row_files){ 0 };
}
