/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_sources.c: where a period's cash came from and where it went; both sides add up to what was available. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill_run.h"

#define COL WEIR_RUN_COL

static weir_status add_source(weir_fund_sheet *sheet, weir_cell item, double amount)
{
	weir_cell *row = weir_table_add_row(sheet->results, sheet->table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(sources, period) = weir_cell_number(sheet->period);
	COL(sources, item) = item;
	COL(sources, amount) = weir_cell_number(amount);
	COL(sources, share) = weir_cell_number(sheet->whole != 0 ? amount / sheet->whole : NAN);
	return WEIR_OK;
}

weir_status weir_fill_fund(weir_fund_sheet *sheet, weir_cell item, double amount)
{
	return amount == 0 ? WEIR_OK : sheet->add(sheet, item, amount);
}

weir_cell weir_fill_joined(weir_results *results, const weir_node *node, const char *what)
{
	weir_cell word = weir_fill_word(what);
	char key[300], en[600], zh[600];
	snprintf(key, sizeof key, "%s.%s", node->id, what);
	snprintf(en, sizeof en, "%s: %s", weir_node_name(node, 0), word.en ? word.en : what);
	snprintf(zh, sizeof zh, "%s：%s", weir_node_name(node, 1), word.zh ? word.zh : what);
	weir_cell cell = weir_cell_key(weir_arena_text(results->arena, key, strlen(key)),
	                               weir_arena_text(results->arena, en, strlen(en)),
	                               weir_arena_text(results->arena, zh, strlen(zh)));
	results->failed |= !cell.key || !cell.en || !cell.zh;
	return cell;
}

/* What comes in beside the pool: calls, revolving assets. */
weir_status weir_fill_other_sources(weir_fund_sheet *sheet, const weir_outcome *o)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	const weir_plan_map *map = weir_fill_map(o);
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal->call_count; i++)
		status = weir_fill_fund(sheet, weir_fill_id(&deal->calls[i].node),
		                        weir_fill_recorded(o, map->calls[i].proceeds, sheet->period));
	for (int i = 0; status == WEIR_OK && i < deal->revolving_count; i++) {
		const weir_node *node = &deal->revolvings[i].node;
		status = weir_fill_fund(sheet, weir_fill_joined(sheet->results, node, "principal"),
		                        weir_fill_recorded(o, map->revolvings[i].principal, sheet->period));
		if (status == WEIR_OK)
			status = weir_fill_fund(sheet, weir_fill_joined(sheet->results, node, "income"),
			                        weir_fill_recorded(o, map->revolvings[i].income, sheet->period));
	}
	return status;
}

weir_status weir_fill_support_sources(weir_fund_sheet *sheet, const weir_outcome *o)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal->support_count; i++)
		status = weir_fill_fund(sheet, weir_fill_id(&deal->supports[i].node),
		                        weir_fill_recorded(o, weir_fill_map(o)->supports[i].drawn, sheet->period));
	for (int i = 0; status == WEIR_OK && i < deal->cover_count; i++)
		status = weir_fill_fund(sheet, weir_fill_id(&deal->covers[i].node),
		                        weir_fill_recorded(o, weir_fill_map(o)->covers[i].paid, sheet->period));
	return status;
}

weir_status weir_fill_sources(weir_results *results, const weir_outcome *o)
{
	weir_fund_sheet sheet = { .results = results, .add = add_source };
	weir_status status = weir_results_add_standard(&sheet.table, results, WEIR_TABLE_sources);
	for (int k = weir_fill_opening(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		sheet.period = k;
		sheet.whole = f->available;
		const struct {
			const char *what;
			double amount;
		} lines[] = { { "opening-cash", f->opening_cash },
			      { "proceeds", k == 0 ? f->other_in : 0 },
			      { "pool-principal", f->pool_principal },
			      { "pool-income", f->pool_income },
			      { "pool-recovered", f->pool_recovered } };
		for (size_t i = 0; status == WEIR_OK && i < sizeof lines / sizeof *lines; i++)
			status = weir_fill_fund(&sheet, weir_fill_word(lines[i].what), lines[i].amount);
		if (status == WEIR_OK && k > weir_fill_opening(o))
			status = weir_fill_other_sources(&sheet, o);
		if (status == WEIR_OK && k > weir_fill_opening(o))
			status = weir_fill_support_sources(&sheet, o);
	}
	return status;
}

static weir_status add_class_uses(weir_fund_sheet *sheet, const weir_outcome *o)
{
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < weir_fill_terms_of(o)->class_count; i++) {
		const weir_node *node = &weir_fill_terms_of(o)->classes[i].node;
		const weir_class_registers *r = &weir_fill_map(o)->classes[i];
		const struct {
			const char *what;
			int register_number;
		} parts[] = { { "interest", r->interest_paid }, { "principal", r->principal_paid },
			      { "yield", r->yield_paid },       { "rest", r->rest_paid } };
		for (size_t p = 0; status == WEIR_OK && p < sizeof parts / sizeof *parts; p++)
			if (parts[p].register_number >= 0)
				status = weir_fill_fund(sheet, weir_fill_joined(sheet->results, node, parts[p].what),
				                        weir_fill_recorded(o, parts[p].register_number, sheet->period));
	}
	return status;
}

static weir_status add_fee_uses(weir_fund_sheet *sheet, const weir_outcome *o)
{
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < weir_fill_terms_of(o)->fee_count; i++) {
		const weir_node *node = &weir_fill_terms_of(o)->fees[i].node;
		const weir_fee_registers *s = &weir_fill_map(o)->surcharges[i];
		status = weir_fill_fund(sheet, weir_fill_id(node),
		                        weir_fill_recorded(o, weir_fill_map(o)->fees[i].paid, sheet->period));
		if (status == WEIR_OK && s->paid >= 0)
			status = weir_fill_fund(sheet, weir_fill_joined(sheet->results, node, "surcharge"),
			                        weir_fill_recorded(o, s->paid, sheet->period));
	}
	return status;
}

/* What goes back to supporters, to new assets, and what a servicer kept. */
static weir_status add_other_uses(weir_fund_sheet *sheet, const weir_outcome *o)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	const weir_plan_map *map = weir_fill_map(o);
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal->support_count; i++) {
		const weir_support_registers *r = &map->supports[i];
		const struct {
			const char *what;
			int register_number;
		} parts[] = { { "fee", r->fee_paid }, { "interest", r->interest_paid }, { "repayment", r->repaid } };
		for (size_t p = 0; status == WEIR_OK && p < sizeof parts / sizeof *parts; p++)
			status =
				weir_fill_fund(sheet,
			                       weir_fill_joined(sheet->results, &deal->supports[i].node, parts[p].what),
			                       weir_fill_recorded(o, parts[p].register_number, sheet->period));
	}
	for (int i = 0; status == WEIR_OK && i < deal->revolving_count; i++)
		status = weir_fill_fund(sheet, weir_fill_joined(sheet->results, &deal->revolvings[i].node, "purchase"),
		                        weir_fill_recorded(o, map->revolvings[i].purchased, sheet->period));
	if (status == WEIR_OK)
		status = weir_fill_fund(sheet, weir_fill_word("lost"), weir_fill_recorded(o, map->lost, sheet->period));
	return status;
}

static weir_status add_closing_uses(weir_fund_sheet *sheet, const weir_outcome *o)
{
	weir_status status = weir_fill_fund(sheet, weir_fill_word("purchase-price"), weir_fill_purchase_cents(o));
	if (status == WEIR_OK)
		status = weir_fill_fund(sheet, weir_fill_word("costs"), weir_fill_terms_of(o)->closing_costs_cents);
	return status;
}

weir_status weir_fill_paid_uses(weir_fund_sheet *sheet, const weir_outcome *o)
{
	weir_status status = add_fee_uses(sheet, o);
	if (status == WEIR_OK)
		status = add_class_uses(sheet, o);
	if (status == WEIR_OK)
		status = add_other_uses(sheet, o);
	return status;
}

weir_status weir_fill_uses(weir_results *results, const weir_outcome *o)
{
	weir_fund_sheet sheet = { .results = results, .add = add_source };
	weir_status status = weir_results_add_standard(&sheet.table, results, WEIR_TABLE_uses);
	for (int k = weir_fill_opening(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		sheet.period = k;
		sheet.whole = f->available;
		if (k == 0)
			status = add_closing_uses(&sheet, o);
		else if (k > weir_fill_opening(o))
			status = weir_fill_paid_uses(&sheet, o);
		if (status == WEIR_OK)
			status = weir_fill_fund(&sheet, weir_fill_word("to-reserves"), f->reserve_net);
		if (status == WEIR_OK)
			status = weir_fill_fund(&sheet, weir_fill_word("retained"), f->closing_cash);
	}
	return status;
}

