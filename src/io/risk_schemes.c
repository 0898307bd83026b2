/* SPDX-License-Identifier: GPL-3.0-or-later */
/* risk_schemes.c: published risk-sharing schemes, read from share/risk-schemes.csv. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "io/deal_int.h"
#include "io/table.h"

static const weir_choice yes_no[] = { { "no", 0 }, { "yes", 1 }, { NULL, 0 } };

static const weir_field scheme_fields[] = {
	WEIR_FIELD(weir_scheme_row, scheme, "scheme", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, role, "role", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, share, "share", weir_read_share),
	WEIR_FIELD_OF(weir_scheme_row, ordered, "ordered", weir_read_choice, yes_no),
	WEIR_FIELD_OF(weir_scheme_row, income, "income", weir_read_choice, yes_no),
	WEIR_FIELD(weir_scheme_row, cap_contract_cents, "cap_contract", weir_read_amount),
	WEIR_FIELD(weir_scheme_row, cap_yearly_cents, "cap_yearly", weir_read_amount),
	WEIR_FIELD(weir_scheme_row, cap_cents, "cap", weir_read_amount),
	WEIR_FIELD(weir_scheme_row, delay_months, "delay_months", weir_read_whole),
	WEIR_FIELD(weir_scheme_row, place_en, "place_en", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, place_zh, "place_zh", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, source, "source", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, source_zh, "source_zh", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, tag, "tag", weir_read_shared_text),
	WEIR_FIELD(weir_scheme_row, note, "note", weir_read_shared_text),
	WEIR_FIELD_END
};
#define SCHEME_REQUIRED 0x3 /* scheme, role */

typedef struct scheme_reading {
	weir_loader *loader;
	weir_scheme_row row;
} scheme_reading;

static void begin_scheme(void *context, weir_place record)
{
	(void)record;
	((scheme_reading *)context)->row =
	        (weir_scheme_row){ .share = NAN, .ordered = -1, .income = -1, .cap_contract_cents = NAN,
		                   .cap_yearly_cents = NAN, .cap_cents = NAN };
}

static weir_status end_scheme(void *context, weir_seen seen, weir_place record, int good)
{
	scheme_reading *r = context;
	weir_loader *l = r->loader;
	(void)seen;
	(void)record;
	if (!good)
		return WEIR_OK;
	if (!WEIR_GROW(l->schemes, l->scheme_count, l->scheme_capacity))
		return WEIR_NO_MEMORY;
	l->schemes[l->scheme_count++] = r->row;
	return WEIR_OK;
}

static weir_status read_schemes(weir_loader *loader)
{
	scheme_reading reading = { .loader = loader };
	weir_table table = { "table of risk-sharing schemes",
		             scheme_fields,
		             SCHEME_REQUIRED,
		             &reading.row,
		             begin_scheme,
		             end_scheme,
		             &reading,
		             NULL };
	uint32_t source;
	weir_status status = weir_loader_share(&source, loader, "risk-schemes.csv");
	loader->schemes_read = 1;
	if (status == WEIR_OK)
		status = weir_table_read(loader, source, &table);
	return status;
}

static weir_status complain_about_scheme(weir_loader *loader, const char *scheme, weir_place place)
{
	weir_names known = { 0 };
	weir_status status = WEIR_OK;
	for (size_t i = 0; i < loader->scheme_count && status == WEIR_OK; i++) {
		status = weir_names_put(&known, loader->schemes[i].scheme, strlen(loader->schemes[i].scheme), 0);
		status = status == WEIR_NO ? WEIR_OK : status;
	}
	if (status == WEIR_OK)
		weir_complain_unknown(loader, "risk-sharing scheme", &known, scheme, strlen(scheme), place);
	weir_names_free(&known);
	return status;
}

weir_status weir_scheme_find(const weir_scheme_row **rows, size_t *count, weir_loader *loader, const char *scheme,
                             weir_place place)
{
	size_t first = 0;
	weir_status status = loader->schemes_read ? WEIR_OK : read_schemes(loader);
	*count = 0;
	if (status != WEIR_OK)
		return status;
	while (first < loader->scheme_count && strcmp(loader->schemes[first].scheme, scheme) != 0)
		first++;
	if (first == loader->scheme_count)
		return complain_about_scheme(loader, scheme, place);
	*rows = &loader->schemes[first];
	while (first + *count < loader->scheme_count && strcmp((*rows)[*count].scheme, scheme) == 0)
		++*count;
	return WEIR_OK;
}
