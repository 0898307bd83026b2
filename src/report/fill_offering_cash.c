/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering_cash.c: the cash of the base case: amortisation, forecast, payments of classes, and the closing. */
#include "report/fill_offering.h"

#define COL WEIR_FILL_COL

static double senior_balance(const weir_outcome *base, int period)
{
	double sum = 0;
	for (int i = 0; i < weir_fill_terms_of(base)->class_count; i++)
		if (!weir_fill_terms_of(base)->classes[i].subordinated)
			sum += weir_fill_recorded(base, weir_fill_map(base)->classes[i].balance, period);
	return sum;
}

/* --- amortisation ----------------------------------------------------------------------------------------------- */

/* One row; gives the closing balance. */
static double add_amortisation(weir_offer *o, weir_table **table, weir_cell subject, int period, double opening,
                               double principal, double first)
{
	weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_amortisation);
	if (!row)
		return 0;
	COL(amortisation, subject) = subject;
	COL(amortisation, period) = weir_cell_number(period);
	COL(amortisation, date) = weir_fill_day(weir_fill_period(o->base, period)->payment);
	COL(amortisation, opening) = weir_cell_number(opening);
	COL(amortisation, principal) = weir_cell_number(principal);
	COL(amortisation, closing) = weir_cell_number(opening - principal);
	COL(amortisation, share) = weir_cell_number(first > 0 ? principal / first : NAN);
	return opening - principal;
}

static void fill_amortisation(weir_offer *o)
{
	const weir_outcome *base = o->base;
	const weir_cell pool = weir_cell_key("pool", "Pool, as the contracts say", "资产池（按合同约定）");
	double balance = weir_fill_opening(base) > 0 ? o->f.pool->opening_cents : o->f.pool->principal_cents,
	       first = balance;
	weir_table *table = NULL;
	for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++)
		balance = add_amortisation(o, &table, pool, k, balance,
		                           base->rows->column[WEIR_POOL_SCHEDULED_PRINCIPAL][k][base->lane], first);
	for (int i = 0; i < o->f.deal->class_count; i++) {
		const weir_class_registers *r = &weir_fill_map(base)->classes[i];
		weir_cell name = weir_fill_node(&o->f, &o->f.deal->classes[i].node);
		balance = first = weir_fill_recorded(base, r->balance, weir_fill_opening(base));
		if (weir_fill_recorded(base, r->balance, weir_fill_period_count(base) - 1) == first)
			continue; /* nothing of it is repaid */
		for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++)
			balance = add_amortisation(o, &table, name, k, balance,
			                           balance - weir_fill_recorded(base, r->balance, k), first);
	}
}

/* --- forecast --------------------------------------------------------------------------------------------------- */

static void fill_forecast(weir_offer *o)
{
	const weir_outcome *base = o->base;
	weir_table *table = NULL;
	for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++) {
		const weir_period_figures *p = &base->figures->periods[k];
		weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_base_forecast);
		if (!row)
			return;
		COL(base_forecast, period) = weir_cell_number(k);
		COL(base_forecast, payment_date) = weir_fill_day(weir_fill_period(base, k)->payment);
		COL(base_forecast, pool_principal) = weir_cell_number(p->pool_principal);
		COL(base_forecast, pool_income) = weir_cell_number(p->pool_income);
		COL(base_forecast, pool_recovered) = weir_cell_number(p->pool_recovered);
		COL(base_forecast, other_in) = weir_cell_number(p->other_in + p->support_in);
		COL(base_forecast, total_in) = weir_cell_number(p->pool_principal + p->pool_income + p->pool_recovered +
		                                                p->other_in + p->support_in);
		COL(base_forecast, taxes_paid) = weir_cell_number(p->taxes_paid);
		COL(base_forecast, fees_paid) = weir_cell_number(p->fees_paid);
		COL(base_forecast, senior_interest_paid) = weir_cell_number(p->senior_interest_paid);
		COL(base_forecast, senior_principal_paid) = weir_cell_number(p->senior_principal_paid);
		COL(base_forecast, coverage) = weir_cell_number(p->coverage);
		COL(base_forecast, cumulative_coverage) = weir_cell_number(p->cumulative_coverage);
		COL(base_forecast, senior_balance) = weir_cell_number(senior_balance(base, k));
		COL(base_forecast, subordinated_paid) = weir_cell_number(p->subordinated_paid);
	}
}

static void fill_accrual(weir_cell *row, const weir_outcome *base, int number, int period)
{
	double coupon, fraction;
	if (!weir_fill_accrual(base, number, period, &coupon, &fraction))
		return;
	COL(offered_payments, coupon) = weir_cell_number(coupon);
	COL(offered_payments, fraction) = weir_cell_number(fraction);
	COL(offered_payments, accrued) = weir_cell_number(
		weir_fill_recorded(base, weir_fill_map(base)->classes[number].interest_due, period));
}

static void fill_payments(weir_offer *o)
{
	const weir_outcome *base = o->base;
	weir_table *table = NULL;
	for (int i = 0; i < o->f.deal->class_count; i++) {
		const weir_class_registers *r = &weir_fill_map(base)->classes[i];
		weir_cell name = weir_fill_node(&o->f, &o->f.deal->classes[i].node);
		for (int k = weir_fill_first(base); k < weir_fill_period_count(base); k++) {
			weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_offered_payments);
			if (!row)
				return;
			COL(offered_payments, class) = name;
			COL(offered_payments, period) = weir_cell_number(k);
			COL(offered_payments, payment_date) = weir_fill_day(weir_fill_period(base, k)->payment);
			COL(offered_payments, opening) = weir_cell_number(weir_fill_recorded(base, r->balance, k - 1));
			COL(offered_payments, interest_paid) =
				weir_cell_number(weir_fill_recorded(base, r->interest_paid, k));
			COL(offered_payments, principal_paid) =
				weir_cell_number(weir_fill_recorded(base, r->principal_paid, k));
			COL(offered_payments, other_paid) = weir_cell_number(
				weir_fill_recorded(base, r->yield_paid, k) + weir_fill_recorded(base, r->rest_paid, k));
			COL(offered_payments, closing) = weir_cell_number(weir_fill_recorded(base, r->balance, k));
			fill_accrual(row, base, i, k);
		}
	}
}

/* --- the closing ------------------------------------------------------------------------------------------------ */

static void add_flow(weir_offer *o, weir_table **table, int use, weir_cell item, double cents, double total)
{
	weir_cell *row = cents != 0 ? weir_fill_row(&o->f, table, WEIR_TABLE_closing_flows) : NULL;
	if (!row)
		return;
	COL(closing_flows, side) =
		use ? weir_cell_key("use", "Uses", "运用") : weir_cell_key("source", "Sources", "来源");
	COL(closing_flows, item) = item;
	COL(closing_flows, amount) = weir_cell_number(cents);
	COL(closing_flows, share) = weir_cell_number(total != 0 ? cents / total : NAN);
}

static weir_cell proceeds_cell(weir_offer *o, const weir_node *class)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "Proceeds of %s", weir_node_name(class, 0));
	weir_text_printf(&zh, "%s募集资金", weir_node_name(class, 1));
	return weir_fill_written(&o->f, &en, &zh);
}

static weir_cell cash_cell(weir_offer *o, const weir_node *account)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "Cash into the %s", weir_node_name(account, 0));
	weir_text_printf(&zh, "存入%s", weir_node_name(account, 1));
	return weir_fill_written(&o->f, &en, &zh);
}

/* At a mid-life start the closing is past, and not in the run. */
static void fill_closing(weir_offer *o)
{
	const weir_deal *deal = o->f.deal;
	const weir_account_registers *accounts = weir_fill_map(o->base)->accounts;
	double total = 0;
	weir_table *table = NULL;
	if (weir_fill_first(o->base) > 1)
		return;
	for (int i = 0; i < deal->class_count; i++)
		total += weir_plan_class_proceeds(o->base->plan, i, deal->classes[i].size_cents);
	for (int i = 0; i < deal->class_count; i++)
		add_flow(o, &table, 0, proceeds_cell(o, &deal->classes[i].node),
		         weir_plan_class_proceeds(o->base->plan, i, deal->classes[i].size_cents), total);
	add_flow(o, &table, 1, weir_fill_word("purchase-price"), weir_fill_purchase_cents(o->base), total);
	add_flow(o, &table, 1, weir_fill_word("costs"), deal->closing_costs_cents, total);
	for (int i = 0; i < deal->account_count; i++)
		add_flow(o, &table, 1, cash_cell(o, &deal->accounts[i].node),
		         weir_fill_recorded(o->base, accounts[i].balance, 0), total);
}

void weir_offer_fill_cash(weir_offer *o)
{
	fill_amortisation(o);
	fill_forecast(o);
	fill_payments(o);
	fill_closing(o);
}
