/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_funds.c: where a period's cash came from and where it went, line by line. */
#include <string.h>

#include "report/fill_servicing.h"

#define COL WEIR_RUN_COL

typedef struct noted_sheet {
	weir_fund_sheet sheet; /* the first */
	weir_serviced *s;
} noted_sheet;

/* Who gets a fee, or gives a support or a cover: the item is known by its id. */
static weir_cell party_behind(weir_serviced *s, const char *id)
{
	const weir_deal *deal = s->f.deal;
	for (int i = 0; id && i < deal->fee_count; i++)
		if (strcmp(deal->fees[i].node.id, id) == 0)
			return weir_fill_party(s->o, deal->fees[i].payee);
	for (int i = 0; id && i < deal->support_count; i++)
		if (strcmp(deal->supports[i].node.id, id) == 0)
			return weir_fill_party(s->o, deal->supports[i].party);
	for (int i = 0; id && i < deal->cover_count; i++)
		if (strcmp(deal->covers[i].node.id, id) == 0 && deal->covers[i].share_count == 1)
			return weir_fill_party(s->o, deal->covers[i].shares[0].party);
	return (weir_cell){ 0 };
}

static weir_status add_row(weir_fund_sheet *sheet, weir_cell item, double amount)
{
	weir_cell *row = weir_table_add_row(sheet->results, sheet->table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(funds_in, period) = weir_cell_number(sheet->period);
	COL(funds_in, line) = weir_cell_number(++sheet->line);
	COL(funds_in, item) = item;
	COL(funds_in, amount) = weir_cell_number(amount);
	COL(funds_in, share) = weir_cell_number(sheet->whole != 0 ? amount / sheet->whole : NAN);
	COL(funds_in, note) = party_behind(((noted_sheet *)sheet)->s, item.key);
	return WEIR_OK;
}

/* What the pool brought, by how it came; income by the kind of contract. */
static weir_status add_pool(weir_fund_sheet *sheet, const weir_servicing_state *state)
{
	static const char *const income[WEIR_SERVICING_KINDS] = {
		[WEIR_CONTRACT_LICENCE] = "income-licence",
		[WEIR_CONTRACT_SECONDARY_LICENCE] = "income-secondary-licence",
		[WEIR_CONTRACT_LEASEBACK] = "income-leaseback",
		[WEIR_CONTRACT_ROYALTY] = "income-royalty",
		[WEIR_CONTRACT_RECEIVABLE] = "income-receivable",
		[WEIR_CONTRACT_LOAN] = "income-loan",
	};
	const struct {
		const char *what;
		double amount;
	} lines[] = { { "principal-scheduled", state->principal },
		      { "principal-prepaid", state->prepaid },
		      { "principal-late", state->late_principal },
		      { "recovered-obligor", state->recovered[WEIR_CHANNEL_COLLECTION] },
		      { "recovered-ip", state->recovered[WEIR_CHANNEL_DISPOSAL] } };
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < sizeof lines / sizeof *lines; i++)
		status = weir_fill_fund(sheet, weir_fill_word(lines[i].what), lines[i].amount);
	for (int kind = 0; status == WEIR_OK && kind < WEIR_SERVICING_KINDS; kind++)
		status = weir_fill_fund(sheet, weir_fill_word(income[kind]), state->income[kind]);
	return status == WEIR_OK ? weir_fill_fund(sheet, weir_fill_word("income-late"), state->late_income) : status;
}

/* The same of a pool that is too large to be taken apart. */
static weir_status add_whole_pool(weir_fund_sheet *sheet, const weir_period_figures *f)
{
	weir_status status = weir_fill_fund(sheet, weir_fill_word("pool-principal"), f->pool_principal);
	if (status == WEIR_OK)
		status = weir_fill_fund(sheet, weir_fill_word("pool-income"), f->pool_income);
	return status == WEIR_OK ? weir_fill_fund(sheet, weir_fill_word("pool-recovered"), f->pool_recovered) : status;
}

static weir_status fill_in(weir_serviced *s, int period, weir_fund_sheet *sheet)
{
	const weir_period_figures *f = &s->o->figures->periods[period];
	weir_status status = weir_fill_fund(sheet, weir_fill_word("opening-cash"), f->opening_cash);
	if (status == WEIR_OK)
		status = s->by_contract ? add_pool(sheet, &s->states[period]) : add_whole_pool(sheet, f);
	if (status == WEIR_OK)
		status = weir_fill_other_sources(sheet, s->o);
	if (status == WEIR_OK)
		status = weir_fill_support_sources(sheet, s->o);
	if (status == WEIR_OK)
		status = weir_fill_fund(sheet, weir_fill_word("reserve-release"), fmax(0, -f->reserve_net));
	return status;
}

static weir_status fill_out(weir_serviced *s, int period, weir_fund_sheet *sheet)
{
	const weir_period_figures *f = &s->o->figures->periods[period];
	weir_status status = weir_fill_paid_uses(sheet, s->o);
	if (status == WEIR_OK)
		status = weir_fill_fund(sheet, weir_fill_word("reserve-top-up"), fmax(0, f->reserve_net));
	return status == WEIR_OK ? weir_fill_fund(sheet, weir_fill_word("retained"), f->closing_cash) : status;
}

weir_status weir_servicing_funds(weir_serviced *s)
{
	noted_sheet in = { .sheet = { .results = s->f.results, .add = add_row }, .s = s }, out = in;
	weir_status status = weir_results_add_standard(&in.sheet.table, s->f.results, WEIR_TABLE_funds_in);
	if (status == WEIR_OK)
		status = weir_results_add_standard(&out.sheet.table, s->f.results, WEIR_TABLE_funds_out);
	for (int k = s->first; status == WEIR_OK && k < s->count; k++) {
		const weir_period_figures *f = &s->o->figures->periods[k];
		in.sheet.period = out.sheet.period = k;
		in.sheet.line = out.sheet.line = 0;
		in.sheet.whole = out.sheet.whole = f->available + fmax(0, -f->reserve_net);
		status = fill_in(s, k, &in.sheet);
		if (status == WEIR_OK)
			status = fill_out(s, k, &out.sheet);
	}
	return status;
}
