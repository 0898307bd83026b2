/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_arrangements.c: support, cover, funds, calls, subsidies and warrants, as the documents have them. */
#include <math.h>
#include <string.h>

#include "report/fill_deal.h"

#define COL WEIR_FILL_COL

static weir_cell money_or_none(double cents)
{
	return weir_cell_number(isfinite(cents) ? cents : NAN);
}

static weir_cell rate_or_none(double rate)
{
	return weir_cell_number(rate != 0 ? rate : NAN);
}

static weir_cell formula_cell(weir_filler *f, const weir_formula *formula)
{
	return weir_fill_formula(f, formula, WEIR_TYPE_MONEY);
}

static weir_cell party_cell(weir_filler *f, int party)
{
	return party < 0 ? (weir_cell){ 0 } : weir_fill_node(f, &f->deal->parties[party].node);
}

static int count_contracts(const weir_filler *f, const char *chosen)
{
	int count = 0;
	for (int i = 0; i < f->deal->pool.contract_count; i++)
		count += !chosen || chosen[i];
	return count;
}

/* --- undertakings for classes ----------------------------------------------------------------------------------- */

const char *weir_fill_support_word(weir_support_kind kind)
{
	static const char *const keys[] = { [WEIR_SUPPORT_SHORTFALL_PAYER] = "shortfall-payment",
		                            [WEIR_SUPPORT_GUARANTEE] = "guarantee",
		                            [WEIR_SUPPORT_LIQUIDITY] = "liquidity",
		                            [WEIR_SUPPORT_LETTER_OF_CREDIT] = "letter-of-credit",
		                            [WEIR_SUPPORT_TOP_UP] = "top-up" };
	return keys[kind];
}

/* "T-7", "T", "T+3": business days from the payment date. */
static void write_day(weir_text *to, const char *before, int days, const char *behind)
{
	weir_text_printf(to, days ? "%sT%+d%s" : "%sT%.0d%s", before, days, behind);
}

static weir_cell dates_cell(weir_filler *f, const weir_support *support)
{
	weir_text en = { 0 }, zh = { 0 };
	if (support->has_call) {
		write_day(&en, "called on ", support->call_days, "");
		write_day(&zh, "", support->call_days, "日启动");
	}
	if (support->has_pay) {
		write_day(&en, en.length ? ", paid on " : "paid on ", support->pay_days, "");
		write_day(&zh, zh.length ? "，" : "", support->pay_days, "日付款");
	}
	return weir_fill_written(f, &en, &zh);
}

static void fill_supports(weir_filler *f)
{
	weir_table *table = NULL;
	for (int i = 0; i < f->deal->support_count && !f->failed; i++) {
		const weir_support *support = &f->deal->supports[i];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_support_terms);
		if (!row)
			return;
		COL(support_terms, support) = weir_fill_node(f, &support->node);
		COL(support_terms, kind) = weir_fill_word(weir_fill_support_word(support->kind));
		COL(support_terms, party) = party_cell(f, support->party);
		COL(support_terms, rating) = weir_fill_text(f, f->deal->parties[support->party].rating, NULL);
		COL(support_terms, order) = weir_cell_number(support->order);
		COL(support_terms, covers) = weir_fill_payables(f, &support->covers);
		COL(support_terms, condition) = weir_fill_condition(f, &support->when);
		COL(support_terms, amount) = formula_cell(f, &support->amount);
		COL(support_terms, limit) = formula_cell(f, &support->limit);
		COL(support_terms, cap) = money_or_none(support->cap_cents);
		COL(support_terms, cap_period) = money_or_none(support->cap_period_cents);
		COL(support_terms, dates) = dates_cell(f, support);
		if (support->delay_months > 0)
			COL(support_terms, delay) = weir_cell_number(support->delay_months);
		COL(support_terms, draw_rate) = rate_or_none(support->draw_rate_annual);
		COL(support_terms, commitment_rate) = rate_or_none(support->commitment_rate_annual);
		COL(support_terms, clause) = weir_fill_text(f, support->node.clause, NULL);
	}
}

/* --- cover of contracts ----------------------------------------------------------------------------------------- */

const char *weir_fill_cover_word(weir_cover_kind kind)
{
	static const char *const keys[] = { [WEIR_COVER_DEPOSIT] = "deposits",
		                            [WEIR_COVER_GUARANTEE] = "contract-guarantee",
		                            [WEIR_COVER_REPURCHASE] = "repurchase",
		                            [WEIR_COVER_REPLACEMENT] = "replacement",
		                            [WEIR_COVER_INSURANCE] = "insurance",
		                            [WEIR_COVER_RISK_POOL] = "risk-pool" };
	return keys[kind];
}

static void fill_share(weir_filler *f, weir_table **table, const weir_cover *cover, int number)
{
	const weir_cover_share *share = &cover->shares[number];
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_cover_terms);
	if (!row)
		return;
	COL(cover_terms, cover) = weir_fill_node(f, &cover->node);
	COL(cover_terms, party) = party_cell(f, share->party);
	COL(cover_terms, of) = weir_cell_number(share->of);
	COL(cover_terms, share_cap) = money_or_none(share->cap_cents);
	COL(cover_terms, share_cap_yearly) = money_or_none(share->cap_yearly_cents);
	if (number > 0) /* what holds for all shares stands with the first */
		return;
	COL(cover_terms, kind) = weir_fill_word(weir_fill_cover_word(cover->kind));
	if (cover->scheme)
		COL(cover_terms, scheme) = weir_fill_name(f, cover->scheme, cover->scheme_en, cover->scheme_zh);
	if (cover->share_count > 1)
		COL(cover_terms, sharing) = weir_fill_word(cover->ordered ? "shares-in-order" : "shares-side-by-side");
	COL(cover_terms, basis) = weir_fill_word(cover->income ? "principal-and-income" : "principal");
	COL(cover_terms, contracts) = weir_cell_number(count_contracts(f, cover->contracts));
	COL(cover_terms, cap_contract) = money_or_none(cover->cap_contract_cents);
	COL(cover_terms, cap_yearly) = money_or_none(cover->cap_yearly_cents);
	COL(cover_terms, cap) = money_or_none(cover->cap_cents);
	COL(cover_terms, deductible) = rate_or_none(cover->deductible_cents);
	COL(cover_terms, condition) = weir_fill_condition(f, &cover->when);
	if (cover->delay_months > 0)
		COL(cover_terms, delay) = weir_cell_number(cover->delay_months);
	COL(cover_terms, clause) = weir_fill_text(f, cover->node.clause, NULL);
}

static void fill_covers(weir_filler *f)
{
	weir_table *table = NULL;
	for (int i = 0; i < f->deal->cover_count; i++)
		for (int s = 0; s < f->deal->covers[i].share_count && !f->failed; s++)
			fill_share(f, &table, &f->deal->covers[i], s);
}

static void fill_contributors(weir_filler *f)
{
	weir_table *table = NULL;
	for (int i = 0; i < f->deal->party_count; i++) {
		const weir_party *fund = &f->deal->parties[i];
		for (int c = 0; c < fund->contribution_count && !f->failed; c++) {
			weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_contributors);
			if (!row)
				return;
			COL(contributors, fund) = weir_fill_node(f, &fund->node);
			COL(contributors, contributor) = party_cell(f, fund->contributions[c].party);
			COL(contributors, share) = weir_cell_number(fund->contributions[c].share);
			if (c > 0)
				continue;
			COL(contributors, capacity) = money_or_none(fund->capacity_cents);
			COL(contributors, leverage) = weir_cell_number(fund->leverage);
		}
	}
}

/* --- calls, subsidies, warrants --------------------------------------------------------------------------------- */

static void fill_calls(weir_filler *f)
{
	weir_table *table = NULL;
	for (int i = 0; i < f->deal->call_count; i++) {
		const weir_call *call = &f->deal->calls[i];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_call_terms);
		if (!row)
			return;
		COL(call_terms, call) = weir_fill_node(f, &call->node);
		COL(call_terms, kind) = weir_fill_word(call->liquidation ? "liquidation" : "clean-up-call");
		COL(call_terms, condition) = weir_fill_condition(f, &call->when);
		COL(call_terms, price) = formula_cell(f, &call->price);
		COL(call_terms, cost) = formula_cell(f, &call->cost);
		COL(call_terms, party) = party_cell(f, call->party);
		COL(call_terms, clause) = weir_fill_text(f, call->node.clause, NULL);
	}
}

static void fill_costs(weir_filler *f, weir_table **table)
{
	static const char *const keys[] = { [WEIR_COST_APPRAISAL] = "cost-appraisal",
		                            [WEIR_COST_GUARANTEE] = "cost-guarantee",
		                            [WEIR_COST_INSURANCE] = "cost-insurance",
		                            [WEIR_COST_SERVICE] = "cost-service" };
	for (int i = 0; i < f->deal->cost_count; i++) {
		const weir_obligor_cost *cost = &f->deal->costs[i];
		weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_subsidy_terms);
		if (!row)
			return;
		COL(subsidy_terms, item) = weir_fill_node(f, &cost->node);
		COL(subsidy_terms, kind) = weir_fill_word(keys[cost->kind]);
		COL(subsidy_terms, amount) = weir_cell_number(cost->amount_cents);
		COL(subsidy_terms, contracts) = weir_cell_number(count_contracts(f, cost->contracts));
		COL(subsidy_terms, clause) = weir_fill_text(f, cost->node.clause, NULL);
		if (!isnan(cost->amount_cents))
			continue;
		COL(subsidy_terms, rate) = weir_cell_number(cost->rate);
		COL(subsidy_terms, per) = weir_fill_word(cost->annual ? "balance-a-year" : "amount-financed");
	}
}

static void fill_subsidies(weir_filler *f, weir_table **table)
{
	static const char *const keys[] = { [WEIR_SUBSIDY_INTEREST] = "subsidy-interest",
		                            [WEIR_SUBSIDY_APPRAISAL] = "subsidy-appraisal",
		                            [WEIR_SUBSIDY_GUARANTEE] = "subsidy-guarantee",
		                            [WEIR_SUBSIDY_INSURANCE] = "subsidy-insurance",
		                            [WEIR_SUBSIDY_ISSUE] = "subsidy-issue",
		                            [WEIR_SUBSIDY_SERVICE] = "subsidy-service" };
	for (int i = 0; i < f->deal->subsidy_count; i++) {
		const weir_subsidy *subsidy = &f->deal->subsidies[i];
		int annual = !isnan(subsidy->annual_rate);
		weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_subsidy_terms);
		if (!row)
			return;
		COL(subsidy_terms, item) = weir_fill_node(f, &subsidy->node);
		COL(subsidy_terms, kind) = weir_fill_word(keys[subsidy->kind]);
		COL(subsidy_terms, party) = party_cell(f, subsidy->party);
		COL(subsidy_terms, rate) = weir_cell_number(annual ? subsidy->annual_rate : subsidy->rate);
		COL(subsidy_terms, per) = weir_fill_word(annual                                ? "balance-a-year" :
		                                         subsidy->kind == WEIR_SUBSIDY_ISSUE   ? "amount-financed" :
		                                                                                 "what-it-is-for");
		COL(subsidy_terms, cap_obligor) = money_or_none(subsidy->cap_obligor_cents);
		COL(subsidy_terms, cap) = money_or_none(subsidy->cap_cents);
		COL(subsidy_terms, contracts) = weir_cell_number(count_contracts(f, subsidy->contracts));
		COL(subsidy_terms, clause) = weir_fill_text(f, subsidy->node.clause, NULL);
	}
}

static weir_cell obligor_cell(weir_filler *f, const char *id)
{
	const weir_pool_terms *terms = &f->deal->pool;
	for (int i = 0; i < terms->obligor_count; i++)
		if (id && terms->obligors[i].id && strcmp(terms->obligors[i].id, id) == 0)
			return weir_fill_name(f, id, terms->obligors[i].en, terms->obligors[i].zh);
	return weir_fill_name(f, id, NULL, NULL);
}

static void fill_warrants(weir_filler *f)
{
	weir_table *table = NULL;
	for (int i = 0; i < f->deal->warrant_count; i++) {
		const weir_warrant *warrant = &f->deal->warrants[i];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_warrants);
		if (!row)
			return;
		COL(warrants, warrant) = weir_fill_node(f, &warrant->node);
		COL(warrants, obligor) = obligor_cell(f, warrant->obligor);
		COL(warrants, holder) = party_cell(f, warrant->party);
		COL(warrants, share) = weir_cell_number(warrant->share);
		COL(warrants, amount) = weir_cell_number(warrant->amount_cents);
		COL(warrants, expires) = weir_fill_date(warrant->expires);
		COL(warrants, note) = weir_fill_text(f, warrant->node.note, warrant->node.note_zh);
	}
}

void weir_fill_arrangements(weir_filler *f)
{
	weir_table *costs = NULL;
	fill_supports(f);
	fill_covers(f);
	fill_contributors(f);
	fill_calls(f);
	fill_costs(f, &costs);
	fill_subsidies(f, &costs);
	fill_warrants(f);
}
