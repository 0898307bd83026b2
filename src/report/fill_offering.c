/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering.c: the tables of a prospectus: the classes that are offered, the dates, and what the classes yield. */
#include "report/fill_offering.h"

#include <string.h>

#define COL WEIR_FILL_COL

/* --- shared ----------------------------------------------------------------------------------------------------- */

int weir_offer_parties(const weir_deal *deal, unsigned role, weir_text *en, weir_text *zh)
{
	int count = 0, written = 0;
	for (int i = 0; i < deal->party_count; i++)
		count += (deal->parties[i].roles & role) != 0;
	for (int i = 0; i < deal->party_count; i++) {
		if (!(deal->parties[i].roles & role))
			continue;
		weir_text_add(en, written == 0 ? "" : written == count - 1 ? " and " : ", ");
		weir_text_add(zh, written == 0 ? "" : "、");
		weir_text_add(en, weir_node_name(&deal->parties[i].node, 0));
		weir_text_add(zh, weir_node_name(&deal->parties[i].node, 1));
		written++;
	}
	return count;
}

void weir_offer_money(const weir_deal *deal, double cents, weir_text *en, weir_text *zh)
{
	char text[WEIR_CENTS_TEXT];
	weir_cents_format_grouped(cents, deal->currency_digits, text);
	weir_text_printf(en, "%s %s", deal->currency, text);
	weir_text_printf(zh, "%s%s", text, strcmp(deal->currency, "CNY") == 0 ? "元" : deal->currency);
}

const weir_cell *weir_offer_term(const weir_offer *o, const char *key)
{
	const weir_table *terms = weir_results_table(o->f.results, "terms");
	for (size_t r = 0; terms && r < terms->row_count; r++)
		if (strcmp(weir_cell_word(weir_table_cell(terms, r, WEIR_COL_terms_item)), key) == 0)
			return weir_table_cell(terms, r, WEIR_COL_terms_value);
	return NULL;
}

/* --- classes ---------------------------------------------------------------------------------------------------- */

/* Whether an undertaking's covers name the class, by itself or through a group. */
static int covers_class(const weir_deal *deal, const weir_support *support, int number)
{
	for (int w = 0; w < support->covers.count; w++) {
		const char *word = support->covers.items[w], *dot = strrchr(word, '.');
		const char *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word;
		size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
		const char *id = deal->classes[number].node.id;
		if (strlen(id) == length && memcmp(id, name, length) == 0)
			return 1;
		for (int g = 0; g < deal->group_count; g++) {
			const weir_group *group = &deal->groups[g];
			if (strlen(group->node.id) != length || memcmp(group->node.id, name, length) != 0)
				continue;
			for (int k = 0; k < group->class_count; k++)
				if (group->classes[k] == number)
					return 1;
		}
	}
	return 0;
}

static void add_name(weir_text *en, weir_text *zh, const char *name_en, const char *name_zh)
{
	weir_text_printf(en, "%s%s", en->length ? "; " : "", name_en);
	weir_text_printf(zh, "%s%s", zh->length ? "；" : "", name_zh);
}

/* Who stands behind a class from outside: undertakings that name it; covers of contracts, and promises that only the
 * list of parties tells, stand behind all senior classes. */
static weir_cell support_cell(weir_offer *o, int number)
{
	static const struct {
		weir_role role;
		const char *word;
	} promises[] = { { WEIR_ROLE_SHORTFALL_PAYER, "shortfall-payer" }, { WEIR_ROLE_GUARANTOR, "guarantor" } };
	const weir_deal *deal = o->f.deal;
	weir_text en = { 0 }, zh = { 0 };
	for (int i = 0; i < deal->support_count; i++)
		if (covers_class(deal, &deal->supports[i], number))
			add_name(&en, &zh, weir_node_name(&deal->supports[i].node, 0),
			         weir_node_name(&deal->supports[i].node, 1));
	for (int i = 0; i < deal->cover_count && !deal->classes[number].subordinated; i++)
		add_name(&en, &zh, weir_node_name(&deal->covers[i].node, 0), weir_node_name(&deal->covers[i].node, 1));
	for (size_t r = 0; r < 2 && !deal->classes[number].subordinated; r++)
		for (int i = 0; i < deal->party_count; i++) {
			const weir_party *party = &deal->parties[i];
			weir_cell word = weir_fill_word(promises[r].word);
			if (!(party->roles & (unsigned)promises[r].role) || weir_deal_is_supporter(deal, i))
				continue;
			weir_text_printf(&en, "%s%s: %s", en.length ? "; " : "", word.en,
			                 weir_node_name(&party->node, 0));
			weir_text_printf(&zh, "%s%s：%s", zh.length ? "；" : "", word.zh,
			                 weir_node_name(&party->node, 1));
		}
	if (en.length == 0)
		add_name(&en, &zh, "none", "无");
	return weir_fill_written(&o->f, &en, &zh);
}

/* The pool's amount less all that is paid with the class or before it, of the pool's amount. */
static double enhancement_of(const weir_offer *o, const int *places, int number)
{
	double before = 0;
	for (int i = 0; i < o->f.deal->class_count; i++)
		if (places[i] <= places[number])
			before += o->f.deal->classes[i].size_cents;
	return o->pool_cents > 0 ? (o->pool_cents - before) / o->pool_cents : NAN;
}

/* Holders: a party that keeps the class, else the public of the offering. */
static weir_cell holder_cell(weir_offer *o, const weir_class *class)
{
	if (class->held_by >= 0)
		return weir_fill_node(&o->f, &o->f.deal->parties[class->held_by].node);
	return weir_cell_key("investors", "Qualified investors", "合格投资者");
}

static void fill_class(weir_offer *o, weir_table **table, const weir_table *capital, size_t from, const int *places)
{
	const weir_cell *all = weir_table_cell(capital, from, 0);
	int number = weir_deal_find_class(o->f.deal, weir_cell_word(&all[WEIR_COL_capital_class]));
	weir_cell *row = number < 0 ? NULL : weir_fill_row(&o->f, table, WEIR_TABLE_offered_classes);
	const weir_cell *frequency = weir_offer_term(o, "payment_frequency");
	if (!row)
		return;
	const weir_class *class = &o->f.deal->classes[number];
	const weir_class_figures *life = &o->base->figures->classes[number];
	COL(offered_classes, class) = all[WEIR_COL_capital_class];
	COL(offered_classes, code) = all[WEIR_COL_capital_code];
	COL(offered_classes, size) = all[WEIR_COL_capital_size];
	COL(offered_classes, share) = all[WEIR_COL_capital_share];
	COL(offered_classes, pool_share) =
		weir_cell_number(o->pool_cents > 0 ? class->size_cents / o->pool_cents : NAN);
	COL(offered_classes, rating) = all[WEIR_COL_capital_rating];
	COL(offered_classes, ce) = weir_cell_number(enhancement_of(o, places, number));
	COL(offered_classes, support) = support_cell(o, number);
	COL(offered_classes, coupon) = all[WEIR_COL_capital_coupon];
	COL(offered_classes, style) = all[WEIR_COL_capital_style];
	if (frequency)
		COL(offered_classes, frequency) = *frequency;
	COL(offered_classes, expected_maturity) = all[WEIR_COL_capital_expected_maturity];
	COL(offered_classes, legal_maturity) = all[WEIR_COL_capital_legal_maturity];
	COL(offered_classes, wal) = weir_cell_number(life->wal_years);
	COL(offered_classes, first_principal) = weir_fill_day(life->first_principal);
	COL(offered_classes, last_principal) = weir_fill_day(life->last_principal);
	COL(offered_classes, holder) = holder_cell(o, class);
	COL(offered_classes, unit) = weir_cell_number(class->unit_cents);
	COL(offered_classes, price) = weir_cell_number(class->issue_price);
}

static void fill_classes(weir_offer *o)
{
	const weir_table *capital = weir_results_table(o->f.results, "capital");
	weir_table *table = NULL;
	int *places = weir_arena_array(o->f.scratch, (size_t)o->f.deal->class_count + 1, sizeof *places);
	if (!places) {
		o->f.failed = 1;
		return;
	}
	weir_fill_principal_places(o->f.deal, places);
	for (size_t r = 0; capital && r < capital->row_count && !o->f.failed; r++)
		fill_class(o, &table, capital, r, places);
}

/* --- dates ------------------------------------------------------------------------------------------------------ */

static void add_rule(weir_offer *o, weir_table **table, const char *key, weir_cell date, weir_cell rule)
{
	weir_cell *row = date.present || rule.present ? weir_fill_row(&o->f, table, WEIR_TABLE_date_rules) : NULL;
	if (!row)
		return;
	COL(date_rules, item) = weir_fill_word(key);
	COL(date_rules, date) = date;
	COL(date_rules, rule) = rule;
}

static weir_cell term_or_none(const weir_offer *o, const char *key)
{
	const weir_cell *cell = weir_offer_term(o, key);
	return cell ? *cell : (weir_cell){ 0 };
}

/* "quarterly, 20 dates; not on a business day: paid on the next business day" */
static weir_cell payment_rule(weir_offer *o)
{
	const weir_cell *frequency = weir_offer_term(o, "payment_frequency"),
			*roll = weir_offer_term(o, "payment_roll");
	const weir_cell *count = weir_offer_term(o, "payment_count"), *calendar = weir_offer_term(o, "calendar");
	weir_text en = { 0 }, zh = { 0 };
	if (!frequency || !roll || !count)
		return (weir_cell){ 0 };
	weir_text_printf(&en, "%s, %.0f dates; where it is no business day it is %s", frequency->en, count->number,
	                 roll->en);
	weir_text_printf(&zh, "%s，共%.0f期；遇非工作日%s", frequency->zh, count->number, roll->zh);
	if (calendar) {
		weir_text_printf(&en, " (calendar: %s)", calendar->en);
		weir_text_printf(&zh, "（日历：%s）", calendar->zh);
	}
	return weir_fill_written(&o->f, &en, &zh);
}

/* How interest is counted. */
static weir_cell accrual_rule(weir_offer *o)
{
	const weir_cell *accrual = weir_offer_term(o, "accrual"), *count = weir_offer_term(o, "day_count");
	weir_text en = { 0 }, zh = { 0 };
	if (!accrual || !count)
		return (weir_cell){ 0 };
	weir_text_printf(&en, "%s, the first day included and the last excluded; %s", accrual->en, count->en);
	weir_text_printf(&zh, "%s，算头不算尾；%s", accrual->zh, count->en);
	return weir_fill_written(&o->f, &en, &zh);
}

static void fill_date_rules(weir_offer *o)
{
	static const char *const days[] = { "cutoff", "closing_date", "start" };
	static const char *const lasts[] = { "first_payment", "last_payment", "tail_end", "legal_final", "opening" };
	const weir_cell none = { 0 };
	const weir_deal *deal = o->f.deal;
	weir_table *table = NULL;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		add_rule(o, &table, days[i], term_or_none(o, days[i]), none);
	add_rule(o, &table, "payment-dates", none, payment_rule(o));
	for (size_t i = 0; i < sizeof lasts / sizeof *lasts; i++)
		add_rule(o, &table, lasts[i], term_or_none(o, lasts[i]), none);
	add_rule(o, &table, "calculation_offset", none, term_or_none(o, "calculation_offset"));
	add_rule(o, &table, "transfer_offset", none, term_or_none(o, "transfer_offset"));
	if (deal->kind == WEIR_DEAL_ABS && strcmp(deal->currency, "CNY") == 0) /* RULES section 5.4 */
		add_rule(
			o, &table, "record-date", none,
			weir_cell_text(
				"the trading day before the payment date; three trading days before it where the class is "
				"repaid in full (the registrar's usual rule)",
				"兑付日前1个交易日；该档全部清偿的，为兑付日前3个交易日（登记机构通行规则）"));
	add_rule(o, &table, "accrual", none, accrual_rule(o));
}

static void fill_payment_dates(weir_offer *o)
{
	weir_table *table = NULL;
	for (int k = weir_fill_first(o->base); k < weir_fill_period_count(o->base); k++) {
		const weir_period *p = weir_fill_period(o->base, k);
		weir_cell *row = weir_fill_row(&o->f, &table, WEIR_TABLE_payment_dates);
		if (!row)
			return;
		COL(payment_dates, period) = weir_cell_number(k);
		COL(payment_dates, calculation_date) = weir_fill_day(p->calculation);
		COL(payment_dates, transfer_date) = weir_fill_day(p->transfer);
		COL(payment_dates, payment_date) = weir_fill_day(p->payment);
		COL(payment_dates, adjusted_date) = weir_fill_day(p->adjusted);
		COL(payment_dates, accrual_start) = weir_fill_day(p->accrual_start);
		COL(payment_dates, accrual_end) = weir_fill_day(p->accrual_end);
		COL(payment_dates, days) = weir_cell_number(p->accrual_end - p->accrual_start);
		COL(payment_dates, tail) = weir_cell_number(p->tail ? 1 : NAN);
		COL(payment_dates, provisional) = weir_cell_number(p->provisional ? 1 : NAN);
	}
}

/* --- prices ----------------------------------------------------------------------------------------------------- */

static weir_cell scenario_cell(weir_offer *o, const weir_scenario *scenario)
{
	if (!scenario)
		return weir_cell_key("plain", "No defaults, no prepayments", "零违约、零早偿");
	return weir_fill_node(&o->f, &scenario->node);
}

static weir_status fill_pricing(weir_offer *o)
{
	weir_table *table = NULL;
	for (int c = 0; c < o->terms->case_count; c++)
		for (int k = 0; k < o->f.deal->class_count; k++) {
			const weir_offer_case *one = &o->terms->cases[c];
			weir_priced p;
			weir_status status =
				weir_price_class(&p, o->f.scratch, &one->outcome, k, &weir_pricing_at_issue, NULL);
			weir_cell *row =
				status == WEIR_OK ? weir_fill_row(&o->f, &table, WEIR_TABLE_pricing_helper) : NULL;
			if (!row)
				return WEIR_NO_MEMORY;
			COL(pricing_helper, scenario) = scenario_cell(o, one->scenario);
			COL(pricing_helper, class) = weir_fill_node(&o->f, &o->f.deal->classes[k].node);
			COL(pricing_helper, price) = weir_cell_number(o->f.deal->classes[k].issue_price);
			COL(pricing_helper, wal) = weir_cell_number(p.life.wal_years);
			COL(pricing_helper, yield) = weir_cell_number(p.has_price ? p.price.yield : NAN);
			COL(pricing_helper, modified) = weir_cell_number(p.has_price ? p.price.modified_years : NAN);
			COL(pricing_helper, macaulay) = weir_cell_number(p.has_price ? p.price.macaulay_years : NAN);
			COL(pricing_helper, flag) = weir_fill_price_outcome(&p, o->f.deal->classes[k].style);
		}
	return WEIR_OK;
}

weir_status weir_fill_offering(weir_results *results, const weir_offering *terms)
{
	weir_status status;
	const weir_outcome *base = &terms->cases[0].outcome;
	weir_offer o = { .f = { .results = results,
		                .outcome = base,
		                .deal = weir_fill_terms_of(base),
		                .pool = weir_plan_pool(base->plan),
		                .periods = weir_plan_periods(base->plan) },
		         .base = base,
		         .terms = terms,
		         .ground = terms->ground };
	WEIR_TRY(weir_arena_create(&o.f.scratch));
	o.pool_cents = o.f.pool->principal_cents;
	if (terms->ground->weight == WEIR_STRAT_RECEIVABLE)
		o.pool_cents += o.f.pool->income_cents;
	fill_classes(&o);
	fill_date_rules(&o);
	fill_payment_dates(&o);
	weir_offer_fill_text(&o);
	WEIR_TRY(weir_offer_fill_pool(&o));
	WEIR_TRY(weir_offer_fill_lists(&o));
	weir_offer_fill_cash(&o);
	weir_offer_fill_risk(&o);
	WEIR_TRY(weir_offer_fill_fees(&o));
	WEIR_TRY(fill_pricing(&o));
	status = o.f.failed ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_arena_destroy(o.f.scratch);
	return status;
}
