/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/actuals_csv.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"
#include "io/table.h"

typedef struct reader {
	weir_loader *loader;
	weir_names contracts;
	weir_actual now;
	weir_actual *rows;
	size_t count, capacity;
	int lost;
} reader;

static weir_status read_contract(const weir_cell *cell, const weir_field *field, void *at)
{
	const reader *r = (const reader *)((const char *)at - field->offset - offsetof(reader, now));
	int number = weir_names_find(&r->contracts, cell->text, cell->length);
	if (number >= 0)
		*(int *)at = number;
	else
		weir_complain_unknown(cell->loader, "contract", &r->contracts, cell->text, cell->length, cell->place);
	return WEIR_OK;
}

static const weir_field fields[] = {
	WEIR_FIELD(weir_actual, contract, "contract", read_contract),
	WEIR_FIELD(weir_actual, period, "period", weir_read_count),
	WEIR_FIELD(weir_actual, principal_cents, "principal", weir_read_amount),
	WEIR_FIELD(weir_actual, income_cents, "income", weir_read_amount),
	WEIR_FIELD(weir_actual, prepaid_cents, "prepaid", weir_read_amount),
	WEIR_FIELD(weir_actual, overdue_cents, "overdue", weir_read_amount),
	WEIR_FIELD(weir_actual, overdue_income_cents, "overdue-income", weir_read_amount),
	WEIR_FIELD(weir_actual, days_overdue, "days-overdue", weir_read_whole),
	WEIR_FIELD(weir_actual, defaulted_cents, "defaulted", weir_read_amount),
	WEIR_FIELD(weir_actual, recovered_cents[WEIR_CHANNEL_COLLECTION], "recovered-collection", weir_read_amount),
	WEIR_FIELD(weir_actual, recovered_cents[WEIR_CHANNEL_DISPOSAL], "recovered-disposal", weir_read_amount),
	WEIR_FIELD(weir_actual, ended, "ended", weir_read_yes_no),
	WEIR_FIELD(weir_actual, note, "note", weir_read_shared_text),
	WEIR_FIELD_END
};
#define REQUIRED 0xf /* contract, period, principal, income */

static void begin(void *context, weir_place record)
{
	((reader *)context)->now = (weir_actual){ .contract = -1,
		                                  .prepaid_cents = NAN,
		                                  .overdue_cents = NAN,
		                                  .days_overdue = WEIR_DAYS_NOT_GIVEN,
		                                  .place = record };
}

/* A row with faults is kept where it says whose it is, so that its contract is not said to lack it. */
static weir_status end(void *context, weir_seen seen, weir_place record, int good)
{
	reader *r = context;
	(void)seen;
	(void)record;
	r->now.incomplete = !good;
	r->lost |= r->now.contract < 0 || r->now.period < 1;
	if (r->now.contract < 0 || r->now.period < 1)
		return WEIR_OK;
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = r->now;
	return WEIR_OK;
}

static weir_status name_contracts(reader *r, const weir_pool_terms *terms)
{
	weir_status status = WEIR_OK;
	for (int c = 0; c < terms->contract_count && status != WEIR_NO_MEMORY; c++)
		status = weir_names_put(&r->contracts, terms->contracts[c].id, strlen(terms->contracts[c].id), c);
	return status == WEIR_NO_MEMORY ? status : WEIR_OK;
}

weir_status weir_actuals_load(weir_pool_actuals **out, weir_arena *arena, const weir_pool *pool,
                              const weir_periods *periods, const char *path, weir_diags *diags)
{
	weir_status status;
	weir_deal *deal = (weir_deal *)pool->deal; /* the loader's; it reads its currency only */
	size_t errors = diags->errors;
	weir_loader loader = { .deal = deal, .arena = arena, .sources = deal->sources, .diags = diags };
	reader r = { .loader = &loader };
	weir_table table = { "actuals file", fields, REQUIRED, &r.now, begin, end, &r, &r.lost };
	weir_pool_actuals *actuals = NULL;
	WEIR_TRY(name_contracts(&r, &deal->pool));
	status = weir_table_load(&loader, path, NULL, &table);
	if ((status == WEIR_OK || status == WEIR_INPUT) && r.count > 0) {
		weir_place file = { .source = r.rows[0].place.source };
		weir_status made = weir_pool_actuals_create(&actuals, arena, pool, periods, r.rows, r.count,
		                                            r.lost || diags->errors > errors, file, diags);
		status = made == WEIR_OK ? status : made;
	}
	if (status == WEIR_OK && actuals)
		actuals->source = weir_sources_get(deal->sources, r.rows[0].place)->name;
	if (status == WEIR_OK)
		*out = actuals;
out:
	weir_free(r.rows);
	weir_names_free(&r.contracts);
	weir_loader_free(&loader);
	return status;
}
