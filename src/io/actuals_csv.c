/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/actuals_csv.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/file.h"
#include "io/table.h"

/* The row at hand, and its contract where that is none of the pool: another column may say that it was bought. */
typedef struct row {
	weir_actual is;
	const char *unknown; /* as it stands in the file; NULL */
	size_t unknown_length;
	weir_place contract_place;
	int names_asset; /* some asset, if only a wrong one */
} row;

typedef struct reader {
	weir_loader *loader;
	const weir_deal *deal;
	weir_names contracts, assets;
	weir_names bought; /* contracts that are none of the pool, in the order of their first rows */
	int bought_count;
	row now;
	weir_actual *rows;
	size_t count, capacity;
	int lost;
} reader;

static weir_status read_contract(const weir_cell *cell, const weir_field *field, void *at)
{
	reader *r = (reader *)((char *)at - field->offset - offsetof(reader, now));
	int number = weir_names_find(&r->contracts, cell->text, cell->length);
	r->now.contract_place = cell->place;
	if (number >= 0) {
		*(int *)at = number;
		return WEIR_OK;
	}
	r->now.unknown = weir_arena_text(cell->loader->arena, cell->text, cell->length);
	r->now.unknown_length = cell->length;
	return r->now.unknown ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status read_asset(const weir_cell *cell, const weir_field *field, void *at)
{
	reader *r = (reader *)((char *)at - field->offset - offsetof(reader, now));
	int number = weir_names_find(&r->assets, cell->text, cell->length);
	r->now.names_asset = 1;
	if (number >= 0)
		*(int *)at = number;
	else
		weir_complain_unknown(cell->loader, "revolving asset", &r->assets, cell->text, cell->length,
		                      cell->place);
	return WEIR_OK;
}

static const weir_field fields[] = {
	WEIR_FIELD(row, is.contract, "contract", read_contract),
	WEIR_FIELD(row, is.period, "period", weir_read_count),
	WEIR_FIELD(row, is.principal_cents, "principal", weir_read_amount),
	WEIR_FIELD(row, is.income_cents, "income", weir_read_amount),
	WEIR_FIELD(row, is.prepaid_cents, "prepaid", weir_read_amount),
	WEIR_FIELD(row, is.overdue_cents, "overdue", weir_read_amount),
	WEIR_FIELD(row, is.overdue_income_cents, "overdue-income", weir_read_amount),
	WEIR_FIELD(row, is.days_overdue, "days-overdue", weir_read_whole),
	WEIR_FIELD(row, is.defaulted_cents, "defaulted", weir_read_amount),
	WEIR_FIELD(row, is.recovered_cents[WEIR_CHANNEL_COLLECTION], "recovered-collection", weir_read_amount),
	WEIR_FIELD(row, is.recovered_cents[WEIR_CHANNEL_DISPOSAL], "recovered-disposal", weir_read_amount),
	WEIR_FIELD(row, is.asset, "asset", read_asset),
	WEIR_FIELD(row, is.bought_cents, "bought", weir_read_amount),
	WEIR_FIELD(row, is.spent_cents, "spent", weir_read_amount),
	WEIR_FIELD(row, is.ended, "ended", weir_read_yes_no),
	WEIR_FIELD(row, is.note, "note", weir_read_shared_text),
	WEIR_FIELD_END
};
#define REQUIRED 0xf /* contract, period, principal, income */

static void begin(void *context, weir_place record)
{
	((reader *)context)->now = (row){ .is = { .contract = -1,
		                                  .asset = -1,
		                                  .prepaid_cents = NAN,
		                                  .overdue_cents = NAN,
		                                  .days_overdue = WEIR_DAYS_NOT_GIVEN,
		                                  .place = record } };
}

/* A contract that is none of the pool gets a number behind those that are, and keeps it. */
static weir_status number_bought(reader *r)
{
	row *now = &r->now;
	int number = weir_names_find(&r->bought, now->unknown, now->unknown_length);
	if (number < 0) {
		number = r->bought_count++;
		weir_status status = weir_names_put(&r->bought, now->unknown, now->unknown_length, number);
		if (status != WEIR_OK)
			return status;
	}
	now->is.contract = r->deal->pool.contract_count + number;
	now->is.bought_id = now->unknown;
	return WEIR_OK;
}

/* Whether the row's contract is the pool's or one that was bought; 0 after a complaint. */
static int settle_contract(reader *r, weir_status *status)
{
	row *now = &r->now;
	size_t errors = r->loader->diags->errors;
	if (now->unknown && now->is.asset >= 0)
		*status = number_bought(r);
	else if (now->unknown && r->deal->revolving_count == 0)
		weir_complain_unknown(r->loader, "contract", &r->contracts, now->unknown, now->unknown_length,
		                      now->contract_place);
	else if (now->unknown && !now->names_asset)
		weir_diag_error(r->loader->diags, UNKNOWN_ID, now->contract_place,
		                "there is no contract \"%s\" in the pool; correct it, or say in the column asset which "
		                "revolving asset bought it",
		                now->unknown);
	else if (now->is.contract >= 0 && (now->is.asset >= 0 || now->is.bought_cents + now->is.spent_cents > 0))
		weir_diag_error(
			r->loader->diags, BAD_VALUE, now->contract_place,
			"contract \"%s\" is one of the pool's own, which no purchase buys; leave asset, bought and "
			"spent empty",
			r->deal->pool.contracts[now->is.contract].id);
	return r->loader->diags->errors == errors;
}

/* A row with faults is kept where it says whose it is, so that its contract is not said to lack it. */
static weir_status end(void *context, weir_seen seen, weir_place record, int good)
{
	reader *r = context;
	weir_status status = WEIR_OK;
	(void)seen;
	(void)record;
	r->now.is.incomplete = !settle_contract(r, &status) || !good;
	if (status != WEIR_OK)
		return status;
	r->lost |= r->now.is.contract < 0 || r->now.is.period < 1;
	if (r->now.is.contract < 0 || r->now.is.period < 1)
		return WEIR_OK;
	if (!WEIR_GROW(r->rows, r->count, r->capacity))
		return WEIR_NO_MEMORY;
	r->rows[r->count++] = r->now.is;
	return WEIR_OK;
}

static weir_status name_contracts(reader *r)
{
	const weir_pool_terms *terms = &r->deal->pool;
	weir_status status = WEIR_OK;
	for (int c = 0; c < terms->contract_count && status != WEIR_NO_MEMORY; c++)
		status = weir_names_put(&r->contracts, terms->contracts[c].id, strlen(terms->contracts[c].id), c);
	for (int i = 0; i < r->deal->revolving_count && status != WEIR_NO_MEMORY; i++) {
		const char *id = r->deal->revolvings[i].node.id;
		status = weir_names_put(&r->assets, id, strlen(id), i);
	}
	return status == WEIR_NO_MEMORY ? status : WEIR_OK;
}

weir_status weir_actuals_load(weir_pool_actuals **out, weir_arena *arena, const weir_pool *pool,
                              const weir_periods *periods, const char *path, weir_diags *diags)
{
	weir_status status;
	weir_deal *deal = (weir_deal *)pool->deal; /* the loader's; it reads its currency only */
	size_t errors = diags->errors;
	weir_loader loader = { .deal = deal, .arena = arena, .sources = deal->sources, .diags = diags };
	reader r = { .loader = &loader, .deal = deal };
	weir_table table = { "actuals file", fields, REQUIRED, &r.now, begin, end, &r, &r.lost };
	weir_pool_actuals *actuals = NULL;
	WEIR_TRY(name_contracts(&r));
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
	weir_names_free(&r.assets);
	weir_names_free(&r.bought);
	weir_loader_free(&loader);
	return status;
}
