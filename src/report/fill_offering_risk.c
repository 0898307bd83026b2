/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering_risk.c: enhancement in figures, and the figures that risk factors speak of. */
#include <string.h>

#include "report/fill_offering.h"

#define COL WEIR_FILL_COL
#define DAYS_A_YEAR 365.0
#define NEXT_YEAR_MONTHS 12

static weir_cell money(double cents)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, cents);
}

static weir_cell rate(double value)
{
	return weir_cell_typed(WEIR_CELL_RATE, 12, value);
}

static weir_cell count(double value)
{
	return weir_cell_typed(WEIR_CELL_INTEGER, 0, value);
}

/* --- enhancement ------------------------------------------------------------------------------------------------ */

static void add_quantity(weir_offer *o, weir_table **table, const char *measure, weir_cell subject, double cents,
                         weir_cell ratio, const char *base)
{
	weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_enhancement_quantities);
	if (!row)
		return;
	COL(enhancement_quantities, measure) = weir_fill_word(measure);
	COL(enhancement_quantities, subject) = subject;
	COL(enhancement_quantities, amount) = weir_cell_number(cents);
	COL(enhancement_quantities, ratio) = ratio;
	if (base)
		COL(enhancement_quantities, base) = weir_fill_word(base);
}

static void add_subordination(weir_offer *o, weir_table **table)
{
	const weir_deal *deal = o->f.deal;
	double issue = weir_fill_issue_cents(deal);
	int *places = weir_arena_array(o->f.scratch, (size_t)deal->class_count + 1, sizeof *places);
	if (!places) {
		o->f.failed = 1;
		return;
	}
	weir_fill_principal_places(deal, places);
	for (int i = 0; i < deal->class_count; i++) {
		double behind = 0;
		if (deal->classes[i].subordinated)
			continue;
		for (int k = 0; k < deal->class_count; k++)
			if (places[k] > places[i])
				behind += deal->classes[k].size_cents;
		add_quantity(o, table, "subordination", weir_fill_node(&o->f, &deal->classes[i].node), behind,
		             rate(issue > 0 ? behind / issue : NAN), "of-issue");
	}
	if (issue > 0)
		add_quantity(o, table, "over-collateralisation", (weir_cell){ 0 }, o->pool_cents - issue,
		             rate((o->pool_cents - issue) / issue), "of-issue");
}

/* What pool income leaves behind taxes, fees and the interest of the senior classes. */
typedef struct excess {
	double cents, balance_years;
} excess;

static void add_excess(excess *sum, const weir_outcome *base, int period)
{
	const weir_period_figures *p = &base->figures->periods[period];
	const weir_period *dates = weir_fill_period(base, period);
	sum->cents += p->pool_income - p->taxes_paid - p->fees_paid - p->senior_interest_paid;
	sum->balance_years += base->figures->periods[period - 1].pool_balance *
	                      (double)(dates->accrual_end - dates->accrual_start) / DAYS_A_YEAR;
}

static weir_cell year_cell(weir_offer *o, int year)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "Year %d", year);
	weir_text_printf(&zh, "第%d年", year);
	return weir_fill_written(&o->f, &en, &zh);
}

static void add_spreads(weir_offer *o, weir_table **table)
{
	const weir_outcome *base = o->base;
	excess year = { 0, 0 }, life = { 0, 0 };
	for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++) {
		int number = weir_fill_period(base, k)->year;
		add_excess(&year, base, k);
		add_excess(&life, base, k);
		if (k + 1 < weir_fill_period_count(base) && weir_fill_period(base, k + 1)->year == number)
			continue;
		if (year.balance_years > 0 || year.cents != 0)
			add_quantity(o, table, "excess-spread", year_cell(o, number), year.cents,
			             rate(year.balance_years > 0 ? year.cents / year.balance_years : NAN),
			             "a-year-of-pool");
		year = (excess){ 0, 0 };
	}
	add_quantity(o, table, "excess-spread-life", (weir_cell){ 0 }, life.cents,
	             rate(life.balance_years > 0 ? life.cents / life.balance_years : NAN), "a-year-of-pool");
}

static void add_reserves(weir_offer *o, weir_table **table, double senior)
{
	const weir_deal *deal = o->f.deal;
	double deposits = 0;
	for (int i = 0; i < deal->account_count; i++)
		if (deal->accounts[i].is_reserve || deal->accounts[i].initial_cents > 0)
			add_quantity(o, table, deal->accounts[i].is_reserve ? "reserve" : "initial-cash",
			             weir_fill_node(&o->f, &deal->accounts[i].node), deal->accounts[i].initial_cents,
			             rate(senior > 0 ? deal->accounts[i].initial_cents / senior : NAN), "of-senior");
	for (int c = 0; c < deal->pool.contract_count; c++)
		deposits += deal->pool.contracts[c].deposit_cents;
	if (deposits > 0)
		add_quantity(o, table, "deposits", (weir_cell){ 0 }, deposits, rate(deposits / o->pool_cents),
		             "of-pool");
}

/* Principal of contracts with a guarantor, then the caps of covers and undertakings. */
static void add_guarantees(weir_offer *o, weir_table **table, double senior)
{
	const weir_deal *deal = o->f.deal;
	double guaranteed = 0;
	for (int c = 0; c < deal->pool.contract_count; c++)
		if (deal->pool.contracts[c].guarantor >= 0)
			guaranteed += weir_strat_cents(o->ground, c);
	if (guaranteed > 0)
		add_quantity(o, table, "guaranteed", (weir_cell){ 0 }, guaranteed, rate(guaranteed / o->pool_cents),
		             "of-pool");
	for (int i = 0; i < deal->cover_count; i++) {
		double covered = 0, cap = deal->covers[i].cap_cents;
		for (int c = 0; c < deal->pool.contract_count; c++)
			if (weir_cover_is_for(&deal->covers[i], &deal->pool, c))
				covered += weir_strat_cents(o->ground, c);
		add_quantity(o, table, "covered", weir_fill_node(&o->f, &deal->covers[i].node),
		             isfinite(cap) ? cap : NAN, rate(o->pool_cents > 0 ? covered / o->pool_cents : NAN),
		             "of-pool-covered");
	}
	for (int i = 0; i < deal->support_count; i++) {
		double cap = deal->supports[i].cap_cents;
		add_quantity(o, table, "undertaking", weir_fill_node(&o->f, &deal->supports[i].node),
		             isfinite(cap) ? cap : NAN,
		             isfinite(cap) && senior > 0 ? rate(cap / senior) : (weir_cell){ 0 },
		             isfinite(cap) ? "of-senior" : "no-cap");
	}
}

static void fill_quantities(weir_offer *o)
{
	const weir_deal *deal = o->f.deal;
	const weir_deal_figures *figures = o->base->figures;
	double senior = 0;
	weir_table *table = NULL;
	for (int i = 0; i < deal->class_count; i++)
		senior += deal->classes[i].subordinated ? 0 : deal->classes[i].size_cents;
	add_subordination(o, &table);
	add_spreads(o, &table);
	add_quantity(o, &table, "cash-over-cover", (weir_cell){ 0 }, NAN,
	             weir_cell_typed(WEIR_CELL_NUMBER, 6, figures->coverage_total), "times-senior");
	add_quantity(o, &table, "coverage-least", (weir_cell){ 0 }, NAN,
	             weir_cell_typed(WEIR_CELL_NUMBER, 6, figures->coverage_min), "times-senior-period");
	add_reserves(o, &table, senior);
	add_guarantees(o, &table, senior);
}

/* --- risks ------------------------------------------------------------------------------------------------------ */

static weir_cell *add_risk(weir_offer *o, weir_table **table, const char *risk, const char *figure, weir_cell value)
{
	weir_cell *row = value.present ? weir_fill_row(&o->f, table, WEIR_TABLE_risk_inputs) : NULL;
	if (!row)
		return NULL;
	COL(risk_inputs, risk) = weir_fill_word(risk);
	COL(risk_inputs, figure) = weir_fill_word(figure);
	COL(risk_inputs, value) = value;
	return row;
}

/* The IP behind the pool. */
static void add_ip(weir_offer *o, weir_table **table)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	weir_date last = weir_fill_period(o->base, weir_fill_period_count(o->base) - 1)->payment;
	weir_date cutoff = weir_fill_cutoff(o->f.deal), soon = weir_date_add_months(cutoff, NEXT_YEAR_MONTHS);
	int expiring = 0, annuities = 0, disputed = 0, invalid = 0, pledged = 0, unvalued = 0;
	double expiring_value = 0;
	if (terms->ip_count == 0)
		return;
	for (int i = 0; i < terms->ip_count; i++) {
		const weir_ip *ip = &terms->ip[i];
		int out = ip->expires != WEIR_DATE_NONE && ip->expires < last;
		expiring += out;
		expiring_value += out && !isnan(ip->valuation_cents) ? ip->valuation_cents : 0;
		annuities += ip->annuity_paid_to != WEIR_DATE_NONE && ip->annuity_paid_to <= soon;
		disputed += ip->disputed != 0;
		invalid += ip->status == WEIR_IP_LAPSED || ip->status == WEIR_IP_INVALIDATED;
		pledged += ip->pledge_number != NULL;
		unvalued += isnan(ip->valuation_cents);
	}
	add_risk(o, table, "risk-ip", "ip-expiring", count(expiring));
	if (expiring > 0)
		add_risk(o, table, "risk-ip", "ip-expiring-value", money(expiring_value));
	add_risk(o, table, "risk-ip", "ip-annuities", count(annuities));
	add_risk(o, table, "risk-ip", "ip-invalid", count(invalid));
	add_risk(o, table, "risk-ip", "ip-disputed", count(disputed));
	add_risk(o, table, "risk-ip", "ip-pledged", count(pledged));
	add_risk(o, table, "risk-ip", "ip-unvalued", count(unvalued));
}

/* Receipts that no term fixes: of royalties, and of contracts that follow an index. */
static void add_contracts(weir_offer *o, weir_table **table)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	double all = 0, royalties = 0, floating = 0, trusts = 0;
	for (int c = 0; c < terms->contract_count; c++) {
		double cents = o->ground->receivable_cents[c];
		all += cents;
		royalties += terms->contracts[c].kind == WEIR_CONTRACT_ROYALTY ? cents : 0;
		floating += terms->contracts[c].index >= 0 ? cents : 0;
		trusts += terms->contracts[c].through >= 0 ? cents : 0;
	}
	if (royalties > 0)
		add_risk(o, table, "risk-cash", "royalty-share", rate(royalties / all));
	if (floating > 0)
		add_risk(o, table, "risk-cash", "floating-share", rate(floating / all));
	if (trusts > 0)
		add_risk(o, table, "risk-law", "trust-share", rate(trusts / all));
}

/* A figure of strat_measures. */
static weir_cell measure_of(const weir_offer *o, const char *by, const char *measure)
{
	const weir_table *table = weir_results_table(o->f.results, "strat_measures");
	for (size_t r = 0; table && r < table->row_count; r++)
		if (strcmp(weir_cell_word(weir_table_cell(table, r, WEIR_COL_strat_measures_by)), by) == 0 &&
		    strcmp(weir_cell_word(weir_table_cell(table, r, WEIR_COL_strat_measures_measure)), measure) == 0)
			return *weir_table_cell(table, r, WEIR_COL_strat_measures_value);
	return (weir_cell){ 0 };
}

static void add_concentration(weir_offer *o, weir_table **table)
{
	static const char *const pool[][2] = { { "top1", "top1" }, { "top5", "top5" }, { "top10", "top10" } };
	for (size_t i = 0; i < sizeof pool / sizeof *pool; i++)
		add_risk(o, table, "risk-concentration", pool[i][1], measure_of(o, "pool", pool[i][0]));
	add_risk(o, table, "risk-concentration", "largest-industry", measure_of(o, "industry", "largest-band"));
	add_risk(o, table, "risk-concentration", "largest-region", measure_of(o, "region", "largest-band"));
}

/* Coverage with and without support, as table dependence has them. */
static void add_dependence(weir_offer *o, weir_table **table)
{
	const weir_table *known = weir_results_table(o->f.results, "dependence");
	int supporters = 0;
	for (int i = 0; i < o->f.deal->party_count; i++)
		supporters += (o->f.deal->parties[i].roles & (WEIR_ROLE_SHORTFALL_PAYER | WEIR_ROLE_GUARANTOR)) != 0;
	add_risk(o, table, "risk-supporter", "supporters", count(supporters));
	for (size_t r = 0; known && r < known->row_count; r++) {
		weir_cell *row =
			add_risk(o, table, "risk-supporter", "least-coverage",
		                 weir_cell_typed(WEIR_CELL_NUMBER, 6,
		                                 weir_table_cell(known, r, WEIR_COL_dependence_coverage_min)->number));
		if (row)
			COL(risk_inputs, note) = *weir_table_cell(known, r, WEIR_COL_dependence_support);
	}
}

/* The most that may lie with the servicer at one time: the most that comes in within one interval of transfer, or
 * without such terms within one collection period. */
static void add_commingling(weir_offer *o, weir_table **table)
{
	const weir_outcome *base = o->base;
	const weir_servicing *servicing = &o->f.deal->servicing;
	const weir_pool *pool = o->f.pool;
	double most = 0;
	if (servicing->given && servicing->transfer_months > 0) {
		for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++) {
			weir_date end = weir_fill_period(base, k)->calculation;
			weir_date start = weir_date_add_months(end, -servicing->transfer_months);
			double sum = 0;
			for (size_t r = 0; r < pool->receipt_count; r++)
				if (pool->receipts[r].due > start && pool->receipts[r].due <= end)
					sum += pool->receipts[r].principal_cents + pool->receipts[r].income_cents;
			most = sum > most ? sum : most;
		}
		weir_cell *row = add_risk(o, table, "risk-servicer", "commingled-months", money(most));
		if (row)
			COL(risk_inputs, note) = weir_fill_word("by-contracts");
		return;
	}
	for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++) {
		const weir_period_figures *p = &base->figures->periods[k];
		double sum = p->pool_principal + p->pool_income + p->pool_recovered;
		most = sum > most ? sum : most;
	}
	add_risk(o, table, "risk-servicer", "commingled-period", money(most));
}

/* Parties with several parts in the deal, by name. */
static void add_roles(weir_offer *o, weir_table **table)
{
	static const struct {
		unsigned both;
		const char *figure;
	} pairs[] = {
		{ WEIR_ROLE_ORIGINATOR | WEIR_ROLE_SERVICER, "originator-services" },
		{ WEIR_ROLE_GUARANTOR | WEIR_ROLE_SHORTFALL_PAYER, "guarantor-pays-shortfall" },
		{ WEIR_ROLE_ORIGINATOR | WEIR_ROLE_SHORTFALL_PAYER, "originator-pays-shortfall" },
		{ WEIR_ROLE_CUSTODIAN | WEIR_ROLE_SUPERVISOR_BANK, "bank-keeps-both" },
	};
	for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++)
		for (int i = 0; i < o->f.deal->party_count; i++)
			if ((o->f.deal->parties[i].roles & pairs[p].both) == pairs[p].both)
				add_risk(o, table, "risk-parties", pairs[p].figure,
				         weir_fill_node(&o->f, &o->f.deal->parties[i].node));
}

void weir_offer_fill_risk(weir_offer *o)
{
	weir_table *table = NULL;
	fill_quantities(o);
	add_concentration(o, &table);
	add_ip(o, &table);
	add_contracts(o, &table);
	add_dependence(o, &table);
	add_commingling(o, &table);
	add_roles(o, &table);
}
