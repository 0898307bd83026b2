/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_support.c: what supporters were asked for, paid and got back; calls; revolving purchases. */
#include "report/fill_run.h"

#define COL WEIR_RUN_COL

static weir_date date_from_payment(const weir_outcome *o, int period, int days)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_date paid = weir_fill_period(o, period)->adjusted;
	return deal->calendar ? weir_calendar_add_business_days(deal->calendar, paid, days) : paid + days;
}

/* What was called in a period: with what is under way when the support pays later. */
static double called_in(const weir_outcome *o, int number, int period)
{
	const weir_support *support = &weir_fill_terms_of(o)->supports[number];
	const weir_support_registers *r = &weir_fill_map(o)->supports[number];
	int revolves = support->kind == WEIR_SUPPORT_LIQUIDITY || support->kind == WEIR_SUPPORT_LETTER_OF_CREDIT;
	return weir_fill_recorded(o, r->drawn_total, period) - weir_fill_recorded(o, r->drawn_total, period - 1) +
	       weir_fill_recorded(o, r->returned, period) + (revolves ? weir_fill_recorded(o, r->repaid, period) : 0);
}

static weir_status add_support(weir_results *results, weir_table *table, const weir_outcome *o, int number, int period)
{
	const weir_support *support = &weir_fill_terms_of(o)->supports[number];
	const weir_support_registers *r = &weir_fill_map(o)->supports[number];
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	double called = called_in(o, number, period), drawn = weir_fill_recorded(o, r->drawn, period);
	double available = weir_fill_recorded(o, r->available, period);
	COL(support, period) = weir_cell_number(period);
	COL(support, support) = weir_fill_id(&support->node);
	COL(support, party) = weir_fill_party(o, support->party);
	COL(support, called) = weir_cell_number(called);
	COL(support, shortfall) = weir_cell_number(weir_fill_recorded(o, r->shortfall, period));
	if (available <= WEIR_CENTS_MAX / 2) /* above it: not limited */
		COL(support, available) = weir_cell_number(available);
	COL(support, drawn) = weir_cell_number(drawn);
	COL(support, returned) = weir_cell_number(weir_fill_recorded(o, r->returned, period));
	COL(support, repaid) = weir_cell_number(weir_fill_recorded(o, r->repaid, period));
	COL(support, outstanding) = weir_cell_number(weir_fill_recorded(o, r->outstanding, period));
	COL(support, interest_paid) = weir_cell_number(weir_fill_recorded(o, r->interest_paid, period));
	COL(support, fee_paid) = weir_cell_number(weir_fill_recorded(o, r->fee_paid, period));
	if (support->has_call && called > 0)
		COL(support, call_date) = weir_fill_day(date_from_payment(o, period, support->call_days));
	if (support->has_pay && drawn > 0)
		COL(support, pay_date) = weir_fill_day(date_from_payment(o, period, support->pay_days));
	return WEIR_OK;
}

/* The party of a cover that has only one. */
static weir_cell only_party(const weir_outcome *o, const weir_cover *cover)
{
	return cover->share_count == 1 ? weir_fill_party(o, cover->shares[0].party) :
	                                 weir_cell_key("several", "Several", "多方");
}

static weir_status add_cover(weir_results *results, weir_table *table, const weir_outcome *o, int number, int period)
{
	const weir_cover *cover = &weir_fill_terms_of(o)->covers[number];
	const weir_cover_registers *r = &weir_fill_map(o)->covers[number];
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(covers, period) = weir_cell_number(period);
	COL(covers, cover) = weir_fill_id(&cover->node);
	COL(covers, party) = only_party(o, cover);
	COL(covers, claimed) = weir_cell_number(weir_fill_recorded(o, r->claimed, period));
	COL(covers, settled) = weir_cell_number(weir_fill_recorded(o, r->settled, period));
	COL(covers, paid) = weir_cell_number(weir_fill_recorded(o, r->paid, period));
	COL(covers, paid_total) = weir_cell_number(weir_fill_recorded(o, r->paid_total, period));
	if (isfinite(cover->cap_cents))
		COL(covers, available) = weir_cell_number(weir_fill_recorded(o, r->available, period));
	return WEIR_OK;
}

/* The shares of a cover; paid_total runs from the first period on. */
static weir_status add_cover_shares(weir_results *results, weir_table *table, const weir_outcome *o, int number,
                                    int period)
{
	const weir_cover *cover = &weir_fill_terms_of(o)->covers[number];
	const weir_cover_registers *r = &weir_fill_map(o)->covers[number];
	for (int s = 0; s < cover->share_count; s++) {
		weir_cell *row = weir_table_add_row(results, table);
		double total = 0;
		if (!row)
			return WEIR_NO_MEMORY;
		for (int k = weir_fill_first(o); k <= period; k++)
			total += weir_fill_recorded(o, r->share_paid[s], k);
		COL(cover_shares, period) = weir_cell_number(period);
		COL(cover_shares, cover) = weir_fill_id(&cover->node);
		COL(cover_shares, party) = weir_fill_party(o, cover->shares[s].party);
		COL(cover_shares, of) = weir_cell_number(cover->shares[s].of);
		COL(cover_shares, paid) = weir_cell_number(weir_fill_recorded(o, r->share_paid[s], period));
		COL(cover_shares, paid_total) = weir_cell_number(total);
	}
	return WEIR_OK;
}

/* A party that supports nothing has no row. */
static weir_status add_supporter(weir_results *results, weir_table *table, const weir_outcome *o, int party, int period)
{
	const weir_party_registers *r = &weir_fill_map(o)->parties[party];
	if (r->failed < 0)
		return WEIR_OK;
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(supporters, period) = weir_cell_number(period);
	COL(supporters, party) = weir_fill_party(o, party);
	COL(supporters, failed) = weir_cell_number(weir_fill_recorded(o, r->failed, period));
	if (isfinite(weir_fill_terms_of(o)->parties[party].capacity_cents))
		COL(supporters, capacity) = weir_cell_number(weir_fill_recorded(o, r->capacity, period));
	return WEIR_OK;
}

static weir_status add_call(weir_results *results, weir_table *table, const weir_outcome *o, int number, int period)
{
	const weir_call_registers *r = &weir_fill_map(o)->calls[number];
	int called = weir_fill_recorded(o, r->flag, period) != 0;
	int now = called && weir_fill_recorded(o, r->flag, period - 1) == 0;
	double proceeds = weir_fill_recorded(o, r->proceeds, period), costs = weir_fill_recorded(o, r->costs, period);
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(calls, period) = weir_cell_number(period);
	COL(calls, call) = weir_fill_id(&weir_fill_terms_of(o)->calls[number].node);
	COL(calls, status) = called ? weir_cell_key("hit", "hit", "已触发") : weir_cell_key("clear", "clear", "未触发");
	COL(calls, balance_sold) = weir_cell_number(now ? weir_fill_pool_sold(o, period) : 0);
	COL(calls, price) = weir_cell_number(proceeds + costs);
	COL(calls, costs) = weir_cell_number(costs);
	COL(calls, proceeds) = weir_cell_number(proceeds);
	return WEIR_OK;
}

static weir_status add_revolving(weir_results *results, weir_table *table, const weir_outcome *o, int number,
                                 int period)
{
	const weir_revolving_registers *r = &weir_fill_map(o)->revolvings[number];
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(revolving, period) = weir_cell_number(period);
	COL(revolving, asset) = weir_fill_id(&weir_fill_terms_of(o)->revolvings[number].node);
	COL(revolving, purchased) = weir_cell_number(weir_fill_recorded(o, r->purchased, period));
	COL(revolving, principal) = weir_cell_number(weir_fill_recorded(o, r->principal, period));
	COL(revolving, income) = weir_cell_number(weir_fill_recorded(o, r->income, period));
	COL(revolving, defaulted) = weir_cell_number(weir_fill_recorded(o, r->defaulted, period));
	COL(revolving, balance) = weir_cell_number(weir_fill_recorded(o, r->balance, period));
	return WEIR_OK;
}

weir_status weir_fill_support(weir_results *results, const weir_outcome *o)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	int supporting = deal->support_count + deal->cover_count > 0;
	const struct {
		weir_table_number table;
		int count; /* of things; 0: the deal has none of them, and no table */
		weir_status (*add)(weir_results *, weir_table *, const weir_outcome *, int, int);
	} kinds[] = {
		{ WEIR_TABLE_support, deal->support_count, add_support },
		{ WEIR_TABLE_covers, deal->cover_count, add_cover },
		{ WEIR_TABLE_cover_shares, deal->cover_count, add_cover_shares },
		{ WEIR_TABLE_supporters, supporting ? deal->party_count : 0, add_supporter },
		{ WEIR_TABLE_calls, deal->call_count, add_call },
		{ WEIR_TABLE_revolving, deal->revolving_count, add_revolving },
	};
	weir_status status = WEIR_OK;
	for (size_t t = 0; status == WEIR_OK && t < sizeof kinds / sizeof *kinds; t++) {
		weir_table *table;
		if (kinds[t].count == 0)
			continue;
		status = weir_results_add_standard(&table, results, kinds[t].table);
		for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
			for (int i = 0; status == WEIR_OK && i < kinds[t].count; i++)
				status = kinds[t].add(results, table, o, i, k);
	}
	return status;
}
