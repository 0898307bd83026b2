/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_events.c: duties, what happened to the assets beside payments, events to disclose, idle cash. */
#include <string.h>

#include "base/money.h"
#include "deal/occurrences.h"
#include "report/fill_servicing.h"

#define COL WEIR_FILL_COL

/* --- A-1 -------------------------------------------------------------------------------------------------------- */

static const struct {
	unsigned role;
	const char *key, *en, *zh; /* what the documents have such a party do */
} tasks[] = {
	{ WEIR_ROLE_ORIGINATOR, "originator", "sold the assets to the plan and answers for their eligibility",
	  "转让基础资产并对其合格性负责" },
	{ WEIR_ROLE_MANAGER, "manager", "manages the plan, calculates distributions and reports",
	  "管理专项计划、核算分配并披露信息" },
	{ WEIR_ROLE_TRUSTEE, "trustee", "holds the assets in trust, calculates distributions and reports",
	  "受托管理资产、核算分配并披露信息" },
	{ WEIR_ROLE_SERVICER, "servicer", "collects from the obligors and passes collections on",
	  "回收基础资产款项并转付" },
	{ WEIR_ROLE_BACKUP_SERVICER, "backup-servicer", "stands ready to take over the servicing", "后备承接资产服务" },
	{ WEIR_ROLE_CUSTODIAN, "custodian", "keeps the plan's account and checks its payments",
	  "保管账户资金并核对划款" },
	{ WEIR_ROLE_SUPERVISOR_BANK, "supervisor-bank", "supervises the collection account", "监管归集账户" },
	{ WEIR_ROLE_REGISTRAR, "registrar", "registers the securities and pays their holders",
	  "登记证券并代理兑付兑息" },
	{ WEIR_ROLE_UNDERWRITER, "underwriter", "placed the securities", "承销证券" },
	{ WEIR_ROLE_RATING_AGENCY, "rating-agency", "rates the securities and follows the ratings", "评级及跟踪评级" },
	{ WEIR_ROLE_APPRAISER, "appraiser", "appraises the intellectual property", "评估知识产权" },
	{ WEIR_ROLE_AUDITOR, "auditor", "audits the plan", "审计" },
	{ WEIR_ROLE_LAWYER, "lawyer", "gave the legal opinion", "出具法律意见" },
	{ WEIR_ROLE_SHORTFALL_PAYER, "shortfall-payer", "pays what the plan is short of", "承诺差额支付" },
	{ WEIR_ROLE_GUARANTOR, "guarantor", "guarantees payment", "提供保证担保" },
	{ WEIR_ROLE_INSURER, "insurer", "insures losses", "承保损失" },
	{ WEIR_ROLE_GOVERNMENT, "government", "supports the financing", "提供政策支持" },
	{ WEIR_ROLE_FUND, "fund", "bears its share of losses", "按约定分担损失" },
	{ WEIR_ROLE_LIQUIDITY_PROVIDER, "liquidity-provider", "provides liquidity", "提供流动性支持" },
	{ WEIR_ROLE_OPERATOR, "operator", "operates the intellectual property", "运营知识产权" },
	{ WEIR_ROLE_LICENSOR, "licensor", "licenses the intellectual property", "许可知识产权" },
	{ WEIR_ROLE_LICENSEE, "licensee", "uses the intellectual property and pays for it", "使用知识产权并付费" },
	{ WEIR_ROLE_OBLIGOR, "obligor", "pays its contracts", "履行付款义务" },
	{ WEIR_ROLE_HOLDER, "holder", "holds securities", "持有证券" },
};
#define TASKS (sizeof tasks / sizeof *tasks)

/* What the interbank market has some of them do. */
static const struct {
	unsigned role;
	const char *en, *zh;
} interbank[] = {
	{ WEIR_ROLE_ORIGINATOR, "entrusted the assets to the trust and answers for their eligibility",
	  "将基础资产信托予受托机构并对其合格性负责" },
	{ WEIR_ROLE_MANAGER, "manages the vehicle, calculates distributions and reports",
	  "管理特定目的载体、核算分配并披露信息" },
	{ WEIR_ROLE_TRUSTEE, "holds the assets in trust, calculates distributions and reports",
	  "受托管理资产、核算分配并披露信息" },
	{ WEIR_ROLE_CUSTODIAN, "keeps the trust's account and checks its payments",
	  "保管信托账户资金并核对划款" },
	{ WEIR_ROLE_REGISTRAR, "registers the notes and pays their holders", "登记托管票据并代理兑付兑息" },
	{ WEIR_ROLE_UNDERWRITER, "placed the notes", "承销票据" },
};

/* Debtors and holders are many: they stand here only when they have another role, or the events file names them. */
#define CROWD (WEIR_ROLE_LICENSEE | WEIR_ROLE_OBLIGOR | WEIR_ROLE_HOLDER)

typedef struct party_words {
	weir_cell role, duty;
} party_words;

static void join(weir_text *en, weir_text *zh, const char *more_en, const char *more_zh)
{
	weir_text_printf(en, "%s%s", en->length ? "; " : "", more_en);
	weir_text_printf(zh, "%s%s", zh->length ? "；" : "", more_zh);
}

static party_words words_of(weir_serviced *s, const weir_party *party)
{
	weir_text role_en = { 0 }, role_zh = { 0 }, duty_en = { 0 }, duty_zh = { 0 };
	for (size_t i = 0; i < TASKS; i++) {
		if (!(party->roles & tasks[i].role))
			continue;
		weir_cell role = weir_fill_role(s->f.deal->kind, tasks[i].key);
		const char *en = tasks[i].en, *zh = tasks[i].zh;
		for (size_t b = 0; s->f.deal->kind == WEIR_DEAL_ABN && b < sizeof interbank / sizeof *interbank; b++)
			if (interbank[b].role == tasks[i].role) {
				en = interbank[b].en;
				zh = interbank[b].zh;
			}
		weir_text_printf(&role_en, "%s%s", role_en.length ? ", " : "", role.en);
		weir_text_printf(&role_zh, "%s%s", role_zh.length ? "、" : "", role.zh);
		join(&duty_en, &duty_zh, en, zh);
	}
	party_words words = { .role = weir_fill_written(&s->f, &role_en, &role_zh),
		              .duty = weir_fill_written(&s->f, &duty_en, &duty_zh) };
	if (words.duty.present)
		words.duty.key = "as-agreed";
	return words;
}

/* What the events file tells of a party in a period, by kind; empty when nothing. */
static weir_cell told_of_party(weir_serviced *s, int party, int period, weir_occurrence_kind kind)
{
	const weir_occurrences *list = s->o->occurrences;
	weir_text en = { 0 }, zh = { 0 };
	for (int i = -1; (i = weir_occurrences_next(list, kind, period, i)) >= 0;) {
		const weir_occurrence *event = &list->items[i];
		if (event->subject_kind == WEIR_SUBJECT_PARTY && event->subject_number == party)
			join(&en, &zh, weir_occurrence_text(event->en, event->zh, 0),
			     weir_occurrence_text(event->en, event->zh, 1));
	}
	return weir_fill_written(&s->f, &en, &zh);
}

/* The party's rating by the latest rating that the events file has up to the period, else the deal's. */
static weir_cell rating_of(weir_serviced *s, int party, int period)
{
	const weir_occurrences *list = s->o->occurrences;
	const char *rating = s->f.deal->parties[party].rating;
	for (int i = 0; list && i < list->count && list->items[i].period <= period; i++) {
		const weir_occurrence *event = &list->items[i];
		if (event->kind == WEIR_OCCURRENCE_GRADE && event->subject_kind == WEIR_SUBJECT_PARTY &&
		    event->subject_number == party && event->status)
			rating = event->status;
	}
	return weir_fill_text(&s->f, rating, NULL);
}

static void add_duty(weir_serviced *s, weir_table **table, const party_words *words, int party, int period)
{
	const weir_party *terms = &s->f.deal->parties[party];
	weir_cell duty = told_of_party(s, party, period, WEIR_OCCURRENCE_DUTY);
	weir_cell change = told_of_party(s, party, period, WEIR_OCCURRENCE_CHANGE);
	weir_cell breach = told_of_party(s, party, period, WEIR_OCCURRENCE_BREACH);
	if (!(terms->roles & ~(unsigned)CROWD) && !duty.present && !change.present && !breach.present)
		return;
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_duties);
	if (!row)
		return;
	COL(duties, period) = weir_cell_number(period);
	COL(duties, role) = words->role;
	COL(duties, name) = weir_fill_node(&s->f, &terms->node);
	COL(duties, duty) = duty.present ? duty : words->duty;
	COL(duties, change) = change;
	COL(duties, rating) = rating_of(s, party, period);
	COL(duties, breach) = breach;
}

/* Which of two parties goes first: the one whose first role stands first in the list of tasks. */
static size_t first_task(const weir_party *party)
{
	size_t i = 0;
	while (i < TASKS && !(party->roles & tasks[i].role))
		i++;
	return i;
}

static void fill_duties(weir_serviced *s)
{
	weir_table *table = NULL;
	int count = s->f.deal->party_count;
	party_words *words = weir_arena_array(s->f.scratch, (size_t)count + 1, sizeof *words);
	if (!words) {
		s->f.failed = 1;
		return;
	}
	for (int i = 0; i < count; i++)
		words[i] = words_of(s, &s->f.deal->parties[i]);
	for (int k = s->first; k < s->count; k++)
		for (size_t task = 0; task <= TASKS; task++)
			for (int i = 0; i < count && !s->f.failed; i++)
				if (first_task(&s->f.deal->parties[i]) == task)
					add_duty(s, &table, &words[i], i, k);
}

/* --- A-12 ------------------------------------------------------------------------------------------------------- */

static weir_cell *add_change(weir_serviced *s, weir_table **table, int period, const char *kind, double price)
{
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_asset_changes);
	if (!row)
		return NULL;
	COL(asset_changes, period) = weir_cell_number(period);
	COL(asset_changes, date) = weir_fill_day(s->f.periods->items[period].adjusted);
	COL(asset_changes, kind) = weir_fill_word(kind);
	COL(asset_changes, price) = weir_cell_number(price);
	return row;
}

static void add_purchases(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->revolving_count; i++) {
		double spent = weir_fill_recorded(s->o, weir_fill_map(s->o)->revolvings[i].purchased, period);
		weir_cell *row = spent != 0 ? add_change(s, table, period, "purchase", spent) : NULL;
		if (row)
			COL(asset_changes, in) = weir_fill_node(&s->f, &s->f.deal->revolvings[i].node);
	}
}

static void add_sales(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->call_count; i++) {
		const weir_call *call = &s->f.deal->calls[i];
		const weir_call_registers *r = &weir_fill_map(s->o)->calls[i];
		double proceeds = weir_fill_recorded(s->o, r->proceeds, period);
		int before = weir_fill_recorded(s->o, r->flag, period - 1) != 0;
		weir_cell *row = NULL;
		if (!before && weir_fill_recorded(s->o, r->flag, period) != 0)
			row = add_change(s, table, period, call->liquidation ? "liquidation" : "clean-up-call",
			                 proceeds + weir_fill_recorded(s->o, r->costs, period));
		if (!row)
			continue;
		COL(asset_changes, out) = weir_fill_word("whole-pool");
		COL(asset_changes, reason) = weir_fill_node(&s->f, &call->node);
	}
}

static void add_bought_back(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->cover_count; i++) {
		const weir_cover *cover = &s->f.deal->covers[i];
		double paid = weir_fill_recorded(s->o, weir_fill_map(s->o)->covers[i].paid, period);
		int replaces = cover->kind == WEIR_COVER_REPLACEMENT;
		weir_cell *row = NULL;
		if (paid != 0 && (replaces || cover->kind == WEIR_COVER_REPURCHASE))
			row = add_change(s, table, period, replaces ? "replacement" : "repurchase", paid);
		if (!row)
			continue;
		COL(asset_changes, out) = weir_fill_word("defaulted-claims");
		COL(asset_changes, reason) = weir_fill_node(&s->f, &cover->node);
	}
}

static weir_cell told(weir_serviced *s, const char *en, const char *zh)
{
	return weir_fill_text(&s->f, en, zh);
}

static weir_cell subject_cell(weir_serviced *s, const weir_occurrence *event)
{
	const weir_pool_terms *pool = &s->f.deal->pool;
	int n = event->subject_number;
	switch (event->subject_kind) {
	case WEIR_SUBJECT_PARTY:
		return weir_fill_node(&s->f, &s->f.deal->parties[n].node);
	case WEIR_SUBJECT_CONTRACT:
		return weir_fill_name(&s->f, pool->contracts[n].id, pool->contracts[n].en, pool->contracts[n].zh);
	case WEIR_SUBJECT_OBLIGOR:
		return weir_fill_name(&s->f, pool->obligors[n].id, pool->obligors[n].en, pool->obligors[n].zh);
	case WEIR_SUBJECT_IP:
		return weir_fill_name(&s->f, pool->ip[n].id, pool->ip[n].title_en, pool->ip[n].title_zh);
	case WEIR_SUBJECT_CLASS:
		return weir_fill_node(&s->f, &s->f.deal->classes[n].node);
	case WEIR_SUBJECT_DEAL:
		break;
	}
	return weir_fill_text(&s->f, event->subject, NULL);
}

static void add_told_changes(weir_serviced *s, weir_table **table, int period, weir_occurrence_kind kind)
{
	const weir_occurrences *list = s->o->occurrences;
	for (int i = -1; (i = weir_occurrences_next(list, kind, period, i)) >= 0;) {
		const weir_occurrence *event = &list->items[i];
		weir_cell *row = add_change(s, table, period, weir_occurrence_kind_text(kind), event->amount_cents);
		if (!row)
			return;
		COL(asset_changes, date) = weir_fill_day(event->date);
		COL(asset_changes, out) = subject_cell(s, event);
		COL(asset_changes, in) = told(s, event->effect_en, event->effect_zh);
		COL(asset_changes, reason) = told(s, event->en, event->zh);
		COL(asset_changes, check) = told(s, event->status, event->status_zh);
	}
}

static void fill_asset_changes(weir_serviced *s)
{
	weir_table *table = NULL;
	for (int k = s->first; k < s->count && !s->f.failed; k++) {
		add_purchases(s, &table, k);
		add_sales(s, &table, k);
		add_bought_back(s, &table, k);
		add_told_changes(s, &table, k, WEIR_OCCURRENCE_REDEMPTION);
		add_told_changes(s, &table, k, WEIR_OCCURRENCE_REPLACEMENT);
	}
}

/* --- A-21 ------------------------------------------------------------------------------------------------------- */

/* RULES 2.4: what asks for an ad-hoc report. */
#define LOSS_LIMIT 0.10
#define CASH_LIMIT 0.20
#define AD_HOC_EN "disclosure guidelines, ad-hoc reports"
#define AD_HOC_ZH "信息披露指引：临时报告"

static weir_cell *add_event(weir_serviced *s, weir_table **table, int period, const char *kind, weir_cell event)
{
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_events);
	if (!row)
		return NULL;
	COL(events, period) = weir_cell_number(period);
	COL(events, date) = weir_fill_day(s->f.periods->items[period].adjusted);
	COL(events, kind) = weir_fill_word(kind);
	COL(events, event) = event;
	return row;
}

static void add_triggers(weir_serviced *s, weir_table **table, int period)
{
	const weir_table *triggers = weir_results_table(s->f.results, "triggers");
	for (int t = 0; t < s->f.deal->trigger_count; t++) {
		const weir_node *node = &s->f.deal->triggers[t].node;
		int flag = weir_fill_map(s->o)->triggers[t].flag;
		int now = weir_fill_recorded(s->o, flag, period) != 0;
		int before = weir_fill_recorded(s->o, flag, period - 1) != 0;
		weir_cell *row = NULL;
		if (now != before)
			row = add_event(s, table, period, now ? "trigger" : "cured", weir_fill_node(&s->f, node));
		if (!row)
			continue;
		COL(events, rule) = weir_fill_text(&s->f, node->clause, NULL);
		const weir_cell *effect =
			triggers ? weir_table_cell(triggers, (size_t)t, WEIR_COL_triggers_effect) : NULL;
		if (effect)
			COL(events, effect) = *effect;
	}
}

static weir_cell amount_text(weir_serviced *s, const char *en, double cents, const char *zh)
{
	char amount[WEIR_CENTS_TEXT];
	weir_text text_en = { 0 }, text_zh = { 0 };
	weir_cents_format_grouped(cents, s->f.deal->currency_digits, amount);
	weir_text_printf(&text_en, "%s %s %s", en, s->f.deal->currency, amount);
	weir_text_printf(&text_zh, "%s%s %s", zh, s->f.deal->currency, amount);
	return weir_fill_written(&s->f, &text_en, &text_zh);
}

static void add_calls(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->support_count; i++) {
		const weir_support *support = &s->f.deal->supports[i];
		double drawn = weir_fill_recorded(s->o, weir_fill_map(s->o)->supports[i].drawn, period);
		weir_cell *row = NULL;
		if (drawn != 0)
			row = add_event(s, table, period, "support", weir_fill_node(&s->f, &support->node));
		if (!row)
			continue;
		COL(events, rule) = weir_fill_text(&s->f, support->node.clause, NULL);
		COL(events, effect) = amount_text(s, "drawn:", drawn, "动用：");
	}
}

/* What is due to a senior class and was not paid. */
static void add_missed(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->class_count; i++) {
		const weir_class *class = &s->f.deal->classes[i];
		const weir_class_registers *r = &weir_fill_map(s->o)->classes[i];
		double unpaid = weir_fill_recorded(s->o, r->interest_due, period) -
		                weir_fill_recorded(s->o, r->interest_paid, period);
		if (class->style != WEIR_STYLE_PASS_THROUGH)
			unpaid += weir_fill_recorded(s->o, r->principal_unpaid, period);
		if (class->subordinated || unpaid <= 0)
			continue;
		weir_cell *row = add_event(s, table, period, "missed", weir_fill_node(&s->f, &class->node));
		if (!row)
			return;
		COL(events, rule) = weir_cell_text(AD_HOC_EN, AD_HOC_ZH);
		COL(events, effect) = amount_text(s, "unpaid:", unpaid, "未付：");
	}
}

/* "12.34 % of 1,000.00": what passed a limit. */
static weir_cell share_text(weir_serviced *s, double share, double limit)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "%.2f%%, above %.0f%%", share * 100, limit * 100);
	weir_text_printf(&zh, "%.2f%%，超过%.0f%%", share * 100, limit * 100);
	return weir_fill_written(&s->f, &en, &zh);
}

static void add_alert(weir_serviced *s, weir_table **table, int period, const char *what, double share, double limit)
{
	weir_cell *row = share > limit ? add_event(s, table, period, "alert", weir_fill_word(what)) : NULL;
	if (!row)
		return;
	COL(events, date) = weir_fill_day(s->f.periods->items[period].calculation);
	COL(events, rule) = weir_cell_text(AD_HOC_EN, AD_HOC_ZH);
	COL(events, effect) = share_text(s, share, limit);
}

/* What the period was to bring: by the projection that was made without actuals, else as the terms promise. */
static double expected_cash(const weir_serviced *s, int period)
{
	if (s->o->forecast)
		return weir_servicing_collected(s->o->forecast, period);
	if (period > s->sold)
		return 0;
	return s->o->rows->column[WEIR_POOL_SCHEDULED_PRINCIPAL][period][s->o->lane] +
	       s->o->rows->column[WEIR_POOL_SCHEDULED_INCOME][period][s->o->lane];
}

static void add_alerts(weir_serviced *s, weir_table **table, int period)
{
	const weir_period_figures *figures = s->o->figures->periods;
	double pool = figures[period - 1].pool_balance, expected = expected_cash(s, period);
	double loss = figures[period].pool_defaulted - figures[period].pool_recovered;
	if (pool > 0)
		add_alert(s, table, period, "asset-loss", loss / pool, LOSS_LIMIT);
	if (expected > 0)
		add_alert(s, table, period, "cash-down", 1 - weir_servicing_collected(s->o, period) / expected,
		          CASH_LIMIT);
}

static void add_told_events(weir_serviced *s, weir_table **table, int period)
{
	static const weir_occurrence_kind kinds[] = { WEIR_OCCURRENCE_EVENT, WEIR_OCCURRENCE_CHANGE,
		                                      WEIR_OCCURRENCE_BREACH, WEIR_OCCURRENCE_GRADE };
	const weir_occurrences *list = s->o->occurrences;
	for (size_t n = 0; n < sizeof kinds / sizeof *kinds; n++)
		for (int i = -1; (i = weir_occurrences_next(list, kinds[n], period, i)) >= 0;) {
			const weir_occurrence *event = &list->items[i];
			weir_cell *row = add_event(s, table, period, weir_occurrence_kind_text(kinds[n]),
			                           told(s, event->en, event->zh));
			if (!row)
				return;
			COL(events, date) = weir_fill_day(event->date);
			COL(events, kind) = weir_cell_key(weir_occurrence_kind_text(kinds[n]),
			                                  weir_occurrence_kind_name(kinds[n], 0),
			                                  weir_occurrence_kind_name(kinds[n], 1));
			COL(events, rule) = told(s, event->rule, event->rule_zh);
			COL(events, effect) = told(s, event->effect_en, event->effect_zh);
			if (kinds[n] == WEIR_OCCURRENCE_GRADE && !COL(events, effect).present)
				COL(events, effect) = told(s, event->status, event->status_zh);
			COL(events, action) = told(s, event->action_en, event->action_zh);
		}
}

/* The rows from `from` on by their dates; of one day as they were. */
static void sort_events(weir_table *table, size_t from)
{
	weir_cell kept[WEIR_COL_events_COUNT];
	for (size_t i = from + 1; i < table->row_count; i++) {
		size_t at = i;
		memcpy(kept, table->cells + i * WEIR_COL_events_COUNT, sizeof kept);
		for (; at > from; at--) {
			weir_cell *before = table->cells + (at - 1) * WEIR_COL_events_COUNT;
			if (before[WEIR_COL_events_date].number <= kept[WEIR_COL_events_date].number)
				break;
			memcpy(before + WEIR_COL_events_COUNT, before, sizeof kept);
		}
		memcpy(table->cells + at * WEIR_COL_events_COUNT, kept, sizeof kept);
	}
}

static void fill_events(weir_serviced *s)
{
	weir_table *table = NULL;
	for (int k = s->first; k < s->count && !s->f.failed; k++) {
		size_t from = table ? table->row_count : 0;
		add_triggers(s, &table, k);
		add_calls(s, &table, k);
		add_missed(s, &table, k);
		add_alerts(s, &table, k);
		add_told_events(s, &table, k);
		if (table)
			sort_events(table, from);
	}
}

/* --- A-22 ------------------------------------------------------------------------------------------------------- */

static void fill_idle_cash(weir_serviced *s)
{
	const weir_occurrences *list = s->o->occurrences;
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++)
		for (int i = -1; (i = weir_occurrences_next(list, WEIR_OCCURRENCE_INVESTMENT, k, i)) >= 0;) {
			const weir_occurrence *event = &list->items[i];
			weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_idle_cash);
			if (!row)
				return;
			COL(idle_cash, period) = weir_cell_number(k);
			COL(idle_cash, date) = weir_fill_day(event->date);
			COL(idle_cash, product) = told(s, event->en, event->zh);
			COL(idle_cash, amount) = weir_cell_number(event->amount_cents);
			COL(idle_cash, rate) = weir_cell_number(event->rate);
			COL(idle_cash, income) = weir_cell_number(event->income_cents);
		}
}

weir_status weir_servicing_events(weir_serviced *s)
{
	fill_duties(s);
	fill_asset_changes(s);
	fill_events(s);
	fill_idle_cash(s);
	return s->f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}
