/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_run.c: the tables of what a run gave. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill.h"

#define COL(table, column) row[WEIR_COL_##table##_##column]

static const weir_plan_map *map_of(const weir_outcome *o)
{
	return weir_plan_registers(o->plan);
}

static const weir_deal *deal_of(const weir_outcome *o)
{
	return weir_plan_deal(o->plan);
}

static const weir_period *period_of(const weir_outcome *o, int period)
{
	return &weir_plan_periods(o->plan)->items[period];
}

static int period_count(const weir_outcome *o)
{
	return weir_plan_periods(o->plan)->count;
}

static double recorded(const weir_outcome *o, int register_number, int period)
{
	const double *lanes = weir_run_record(o->run, register_number, period);
	return lanes ? lanes[o->lane] : 0;
}

/* A date, or an empty cell. */
static weir_cell date_cell(weir_date date)
{
	return weir_cell_number(date == WEIR_DATE_NONE ? NAN : (double)date);
}

/* A node by its id in CSV and by its names in reports. */
static weir_cell node_cell(const weir_node *node)
{
	return weir_cell_key(node->id, weir_node_name(node, 0), weir_node_name(node, 1));
}

static int accrual_days(const weir_period *period)
{
	return period->number == 0 ? 0 : (int)(period->accrual_end - period->accrual_start);
}

/* Days that a class's own rule counts: 180 for half a year of 30/360. */
static int class_days(const weir_outcome *o, int number, int period)
{
	const weir_class *k = &deal_of(o)->classes[number];
	const weir_period *p = period_of(o, period);
	if (k->day_count != WEIR_D30_360_US && k->day_count != WEIR_D30E_360 && k->day_count != WEIR_D30E_360_ISDA)
		return accrual_days(p);
	weir_day_count_terms terms = { .maturity = k->maturity == WEIR_DATE_NONE ?
		                                           period_of(o, period_count(o) - 1)->accrual_end :
		                                           k->maturity };
	return weir_day_count_fraction(k->day_count, p->accrual_start, p->accrual_end, &terms).days;
}

static weir_status fill_periods(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_periods);
	for (int k = 0; status == WEIR_OK && k < period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		const weir_period *p = period_of(o, k);
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(periods, period) = weir_cell_number(k);
		COL(periods, calculation_date) = date_cell(p->calculation);
		COL(periods, payment_date) = date_cell(p->payment);
		COL(periods, adjusted_date) = date_cell(p->adjusted);
		COL(periods, days) = weir_cell_number(accrual_days(p));
		COL(periods, pool_principal) = weir_cell_number(f->pool_principal);
		COL(periods, pool_income) = weir_cell_number(f->pool_income);
		COL(periods, pool_recovered) = weir_cell_number(f->pool_recovered);
		COL(periods, pool_defaulted) = weir_cell_number(f->pool_defaulted);
		COL(periods, pool_balance) = weir_cell_number(f->pool_balance);
		COL(periods, other_in) = weir_cell_number(f->other_in);
		COL(periods, support_in) = weir_cell_number(f->support_in);
		COL(periods, opening_cash) = weir_cell_number(f->opening_cash);
		COL(periods, available) = weir_cell_number(f->available);
		COL(periods, taxes) = weir_cell_number(f->taxes);
		COL(periods, fees) = weir_cell_number(f->fees);
		COL(periods, senior_due) = weir_cell_number(f->senior_due);
		COL(periods, senior_interest_paid) = weir_cell_number(f->senior_interest_paid);
		COL(periods, senior_principal_paid) = weir_cell_number(f->senior_principal_paid);
		COL(periods, support_repaid) = weir_cell_number(f->support_repaid);
		COL(periods, reserve_net) = weir_cell_number(f->reserve_net);
		COL(periods, subordinated_paid) = weir_cell_number(f->subordinated_paid);
		COL(periods, other_out) = weir_cell_number(f->other_out);
		COL(periods, closing_cash) = weir_cell_number(f->closing_cash);
		COL(periods, coverage) = weir_cell_number(f->coverage);
		COL(periods, coverage_period) = weir_cell_number(f->coverage_period);
		COL(periods, cumulative_coverage) = weir_cell_number(f->cumulative_coverage);
		COL(periods, taxes_paid) = weir_cell_number(f->taxes_paid);
		COL(periods, fees_paid) = weir_cell_number(f->fees_paid);
	}
	return status;
}

/* One class in one period, as several tables need it. */
typedef struct class_period {
	double opening, coupon, interest_due, interest_paid, interest_unpaid, principal_due, principal_paid,
	        principal_unpaid, rest_paid, closing, size;
} class_period;

static class_period class_in_period(const weir_outcome *o, int number, int period)
{
	const weir_class_registers *r = &map_of(o)->classes[number];
	int has_yield = r->yield_due >= 0; /* a capped yield stands where other classes have interest */
	class_period c = { .size = deal_of(o)->classes[number].size_cents };
	c.opening = recorded(o, r->balance, period - 1);
	c.closing = recorded(o, r->balance, period);
	c.coupon = r->coupon >= 0 ? recorded(o, r->coupon, period) : NAN;
	c.interest_due = recorded(o, r->interest_due, period) + (has_yield ? recorded(o, r->yield_due, period) : 0);
	c.interest_paid = recorded(o, r->interest_paid, period) + (has_yield ? recorded(o, r->yield_paid, period) : 0);
	c.interest_unpaid = c.interest_due - c.interest_paid;
	c.principal_due = recorded(o, r->principal_due, period);
	c.principal_paid = recorded(o, r->principal_paid, period);
	c.principal_unpaid = recorded(o, r->principal_unpaid, period);
	c.rest_paid = recorded(o, r->rest_paid, period);
	return c;
}

static weir_status fill_classes(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_classes);
	for (int k = 1; status == WEIR_OK && k < period_count(o); k++)
		for (int i = 0; i < deal_of(o)->class_count; i++) {
			class_period c = class_in_period(o, i, k);
			weir_cell *row = weir_table_add_row(results, table);
			if (!row)
				return WEIR_NO_MEMORY;
			COL(classes, period) = weir_cell_number(k);
			COL(classes, class) = node_cell(&deal_of(o)->classes[i].node);
			COL(classes, opening) = weir_cell_number(c.opening);
			COL(classes, coupon) = weir_cell_number(c.coupon);
			COL(classes, days) = weir_cell_number(class_days(o, i, k));
			COL(classes, interest_due) = weir_cell_number(c.interest_due);
			COL(classes, interest_paid) = weir_cell_number(c.interest_paid);
			COL(classes, interest_unpaid) = weir_cell_number(c.interest_unpaid);
			COL(classes, principal_due) = weir_cell_number(c.principal_due);
			COL(classes, principal_paid) = weir_cell_number(c.principal_paid);
			COL(classes, principal_unpaid) = weir_cell_number(c.principal_unpaid);
			COL(classes, written_down) = weir_cell_number(0);
			COL(classes, residual_paid) = weir_cell_number(c.rest_paid);
			COL(classes, closing) = weir_cell_number(c.closing);
			COL(classes, per100_interest) = weir_cell_number(c.interest_paid / c.size * 100);
			COL(classes, per100_principal) = weir_cell_number(c.principal_paid / c.size * 100);
			COL(classes, factor) = weir_cell_number(c.closing / c.size);
		}
	return status;
}

static weir_status fill_payment(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_payment);
	for (int k = 1; status == WEIR_OK && k < period_count(o); k++)
		for (int i = 0; i < deal_of(o)->class_count; i++) {
			const weir_class *terms = &deal_of(o)->classes[i];
			class_period c = class_in_period(o, i, k);
			weir_cell *row = weir_table_add_row(results, table);
			if (!row)
				return WEIR_NO_MEMORY;
			COL(payment, period) = weir_cell_number(k);
			COL(payment, payment_date) = date_cell(period_of(o, k)->adjusted);
			COL(payment, class) = node_cell(&terms->node);
			if (terms->code)
				COL(payment, code) = weir_cell_text(terms->code, terms->code);
			COL(payment, units) = weir_cell_number(floor(c.size / terms->unit_cents));
			COL(payment, coupon) = weir_cell_number(c.coupon);
			COL(payment, days) = weir_cell_number(class_days(o, i, k));
			COL(payment, opening) = weir_cell_number(c.opening);
			COL(payment, interest_due) = weir_cell_number(c.interest_due);
			COL(payment, interest_paid) = weir_cell_number(c.interest_paid);
			COL(payment, principal_due) = weir_cell_number(c.principal_due);
			COL(payment, principal_paid) = weir_cell_number(c.principal_paid);
			COL(payment, residual_paid) = weir_cell_number(c.rest_paid);
			COL(payment, total) = weir_cell_number(c.interest_paid + c.principal_paid + c.rest_paid);
			COL(payment, closing) = weir_cell_number(c.closing);
			COL(payment, per100_interest) = weir_cell_number(c.interest_paid / c.size * 100);
			COL(payment, per100_principal) = weir_cell_number(c.principal_paid / c.size * 100);
			COL(payment, factor_per100) = weir_cell_number(c.closing / c.size * 100);
			COL(payment, repaid_share) = weir_cell_number((c.size - c.closing) / c.size);
			COL(payment, unpaid) = weir_cell_number(c.interest_unpaid + c.principal_unpaid);
		}
	return status;
}

/* Trace */

static weir_status add_trace_row(weir_results *results, weir_table *table, const weir_outcome *o,
                                 const weir_trace_row *t, weir_cell payee)
{
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(trace, period) = weir_cell_number(t->period);
	COL(trace, date) = date_cell(period_of(o, t->period)->adjusted);
	COL(trace, waterfall) = weir_fill_word(t->waterfall);
	for (int w = 0; w < deal_of(o)->waterfall_count; w++)
		if (deal_of(o)->waterfalls[w].node.id && strcmp(deal_of(o)->waterfalls[w].node.id, t->waterfall) == 0)
			COL(trace, waterfall) = node_cell(&deal_of(o)->waterfalls[w].node);
	if (t->step && *t->step)
		COL(trace, step) = weir_cell_text(t->step, t->step);
	if (t->clause)
		COL(trace, clause) = weir_cell_text(t->clause, t->clause);
	COL(trace, payee) = payee;
	COL(trace, what) = weir_fill_word(t->what);
	COL(trace, source) = node_cell(&deal_of(o)->accounts[t->account].node);
	COL(trace, due) = weir_cell_number(t->due);
	COL(trace, available) = weir_cell_number(t->available);
	COL(trace, paid) = weir_cell_number(t->paid);
	COL(trace, unpaid) = weir_cell_number(t->unpaid);
	COL(trace, carried) = weir_cell_number(t->carried);
	COL(trace, left) = weir_cell_number(t->left);
	COL(trace, reason) = weir_fill_word(t->reason);
	return WEIR_OK;
}

/* The closing is no instruction of the plan: what the classes bring, what the pool costs, what goes to accounts. The
 * rows are chained on the first account, as every other period's. */
static weir_status fill_closing_trace(weir_results *results, weir_table *table, const weir_outcome *o)
{
	const weir_deal *deal = deal_of(o);
	double proceeds = weir_plan_proceeds_cents(o->plan), left = 0;
	const struct {
		const char *what;
		double paid;
	} flows[] = { { "proceeds", -proceeds },
		      { "purchase-price", weir_plan_purchase_cents(o->plan) },
		      { "costs", deal->closing_costs_cents } };
	for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
		if (flows[i].paid == 0)
			continue;
		weir_trace_row t = { .waterfall = "closing", .what = flows[i].what, .due = flows[i].paid,
			             .paid = flows[i].paid, .available = left,
			             .reason = flows[i].paid < 0 ? "received" : "paid-in-full" };
		left = t.left = t.available - t.paid;
		if (add_trace_row(results, table, o, &t, weir_fill_word(flows[i].what)) != WEIR_OK)
			return WEIR_NO_MEMORY;
	}
	for (int a = 1; a < deal->account_count; a++) {
		double cents = deal->accounts[a].initial_cents;
		if (cents == 0)
			continue;
		weir_trace_row out = { .waterfall = "closing", .what = "transfer", .due = cents, .paid = cents,
			               .available = left, .left = left - cents, .reason = "paid-in-full" };
		weir_trace_row in = { .waterfall = "closing", .what = "transfer", .account = a, .due = -cents,
			              .paid = -cents, .left = cents, .reason = "received" };
		left -= cents;
		if (add_trace_row(results, table, o, &out, node_cell(&deal->accounts[a].node)) != WEIR_OK ||
		    add_trace_row(results, table, o, &in, node_cell(&deal->accounts[a].node)) != WEIR_OK)
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* A payee of the trace by its names; the machine word where the deal has none. */
static weir_cell payee_cell(const weir_deal *deal, const char *id)
{
	int number = weir_deal_find_class(deal, id);
	if (number >= 0)
		return node_cell(&deal->classes[number].node);
	number = weir_deal_find_fee(deal, id);
	if (number >= 0)
		return node_cell(&deal->fees[number].node);
	number = weir_deal_find_account(deal, id);
	return number >= 0 ? node_cell(&deal->accounts[number].node) : weir_cell_text(id, id);
}

static weir_status fill_trace(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	size_t count;
	const weir_trace_row *rows = weir_run_trace(o->run, &count);
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_trace);
	if (status == WEIR_OK)
		status = fill_closing_trace(results, table, o);
	for (size_t i = 0; status == WEIR_OK && i < count; i++)
		status = add_trace_row(results, table, o, &rows[i], payee_cell(deal_of(o), rows[i].payee));
	return status;
}

/* Rows of the trace of one period; `next` is the first of the period after it. */
typedef struct period_rows {
	const weir_trace_row *rows;
	size_t first, next, count;
} period_rows;

/* Goes on to a period; the trace is in their order. */
static void seek_period(period_rows *at, int period)
{
	at->first = at->next;
	while (at->next < at->count && at->rows[at->next].period == period)
		at->next++;
}

/* What came into and went out of an account in a period, by the trace. */
static void account_flows(const period_rows *at, int account, double *in, double *out)
{
	*in = *out = 0;
	for (size_t i = at->first; i < at->next; i++)
		if (at->rows[i].account == account)
			*(at->rows[i].paid < 0 ? in : out) += fabs(at->rows[i].paid);
}

static weir_status fill_accounts(weir_results *results, const weir_outcome *o)
{
	const weir_deal *deal = deal_of(o);
	weir_table *table;
	period_rows at = { 0 };
	at.rows = weir_run_trace(o->run, &at.count);
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_accounts);
	for (int k = 0; status == WEIR_OK && k < period_count(o); k++) {
		seek_period(&at, k);
		for (int a = 0; a < deal->account_count; a++) {
			const weir_account_registers *r = &map_of(o)->accounts[a];
			double in = deal->accounts[a].initial_cents, out = 0;
			weir_cell *row = weir_table_add_row(results, table);
			if (!row)
				return WEIR_NO_MEMORY;
			if (k > 0)
				account_flows(&at, a, &in, &out);
			COL(accounts, period) = weir_cell_number(k);
			COL(accounts, account) = node_cell(&deal->accounts[a].node);
			COL(accounts, opening) = weir_cell_number(k > 0 ? recorded(o, r->balance, k - 1) : 0);
			COL(accounts, in) = weir_cell_number(in);
			COL(accounts, out) = weir_cell_number(out);
			COL(accounts, closing) = weir_cell_number(recorded(o, r->balance, k));
			if (k > 0 && r->target >= 0)
				COL(accounts, target) = weir_cell_number(recorded(o, r->target, k));
		}
	}
	return status;
}

/* Tests */

static weir_cell typed_value(const weir_outcome *o, int register_number, int period)
{
	double value = recorded(o, register_number, period);
	switch (weir_plan_register_type(o->plan, register_number)) {
	case WEIR_TYPE_MONEY:
		return weir_cell_typed(WEIR_CELL_MONEY, 0, weir_round_half_away(value));
	case WEIR_TYPE_RATE:
		return weir_cell_typed(WEIR_CELL_RATE, 12, value);
	case WEIR_TYPE_DATE:
		return weir_cell_typed(WEIR_CELL_DATE, 0, value);
	case WEIR_TYPE_FLAG:
		return weir_cell_typed(WEIR_CELL_FLAG, 0, value);
	default:
		return weir_cell_typed(WEIR_CELL_NUMBER, 6, value);
	}
}

static int is_name_byte(char c)
{
	return c == '_' || (c & 0x80) || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Whether a formula names an id; "accelerate" does not name "rate". */
static int names_id(const char *formula, const char *id)
{
	size_t length = strlen(id);
	for (const char *at = formula; (at = strstr(at, id)); at++)
		if ((at == formula || !is_name_byte(at[-1])) && !is_name_byte(at[length]))
			return 1;
	return 0;
}

/* What a trigger does: the first waterfall whose condition names it. */
static weir_cell trigger_effect(weir_results *results, const weir_outcome *o, int trigger)
{
	const weir_deal *deal = deal_of(o);
	const char *id = deal->triggers[trigger].node.id;
	for (int w = 0; w < deal->waterfall_count; w++)
		if (deal->waterfalls[w].when.text && names_id(deal->waterfalls[w].when.text, id)) {
			weir_text en = { 0 }, zh = { 0 };
			const weir_node *node = &deal->waterfalls[w].node;
			weir_text_printf(&en, "chooses the waterfall \"%s\"", weir_node_name(node, 0));
			weir_text_printf(&zh, "启用分配方案“%s”", weir_node_name(node, 1));
			const char *e = en.data ? weir_arena_text(results->arena, en.data, en.length) : NULL;
			const char *z = zh.data ? weir_arena_text(results->arena, zh.data, zh.length) : NULL;
			weir_text_free(&en);
			weir_text_free(&zh);
			return weir_cell_text(e, z);
		}
	return weir_cell_text("used in formulas", "用于公式");
}

static weir_cell status_cell(int hit)
{
	return hit ? weir_cell_key("hit", "hit", "已触发") : weir_cell_key("clear", "clear", "未触发");
}

/* One comparison inside a test that has several: "thin.2", with its words. */
static weir_cell comparison_cell(weir_results *results, const weir_node *node, const weir_trigger_registers *r, int n)
{
	char key[300], en[900], zh[900];
	snprintf(key, sizeof key, "%s.%d", node->id, n + 1);
	snprintf(en, sizeof en, "%s: %s", weir_node_name(node, 0), r->texts[n]);
	snprintf(zh, sizeof zh, "%s：%s", weir_node_name(node, 1), r->texts[n]);
	return weir_cell_key(weir_arena_text(results->arena, key, strlen(key)),
	                     weir_arena_text(results->arena, en, strlen(en)),
	                     weir_arena_text(results->arena, zh, strlen(zh)));
}

/* A row for the trigger with the figures of its comparison; a test of several has a row for each of them first. */
static weir_status add_tests(weir_results *results, weir_table *table, const weir_outcome *o, int trigger, int period)
{
	const weir_node *node = &deal_of(o)->triggers[trigger].node;
	const weir_trigger_registers *r = &map_of(o)->triggers[trigger];
	int parts = r->test_count > 1 ? r->test_count : 0;
	for (int n = 0; n <= parts; n++) {
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(tests, period) = weir_cell_number(period);
		COL(tests, test) = n < parts ? comparison_cell(results, node, r, n) : node_cell(node);
		if (n < parts || r->test_count == 1) {
			COL(tests, value) = typed_value(o, r->value[n], period);
			COL(tests, threshold) = typed_value(o, r->threshold[n], period);
		}
		COL(tests, status) = status_cell(recorded(o, n < parts ? r->holds[n] : r->flag, period) != 0);
		if (n == parts)
			COL(tests, effect) = trigger_effect(results, o, trigger);
	}
	return WEIR_OK;
}

static weir_status fill_tests(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_tests);
	for (int k = 1; status == WEIR_OK && k < period_count(o); k++)
		for (int t = 0; status == WEIR_OK && t < deal_of(o)->trigger_count; t++)
			status = add_tests(results, table, o, t, k);
	return status;
}

static weir_status fill_triggers(weir_results *results, const weir_outcome *o)
{
	const weir_deal *deal = deal_of(o);
	weir_table *table;
	if (deal->trigger_count == 0)
		return WEIR_OK;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_triggers);
	for (int t = 0; status == WEIR_OK && t < deal->trigger_count; t++) {
		const weir_trigger *trigger = &deal->triggers[t];
		weir_cell *row = weir_table_add_row(results, table);
		int first = 0;
		if (!row)
			return WEIR_NO_MEMORY;
		for (int k = period_count(o) - 1; k > 0; k--)
			if (recorded(o, map_of(o)->triggers[t].flag, k) != 0)
				first = k;
		COL(triggers, trigger) = node_cell(&trigger->node);
		COL(triggers, condition) = weir_cell_text(trigger->test.text, trigger->test.text);
		if (trigger->node.clause)
			COL(triggers, clause) = weir_cell_text(trigger->node.clause, trigger->node.clause);
		COL(triggers, effect) = trigger_effect(results, o, t);
		COL(triggers, status) = status_cell(first > 0);
		if (first)
			COL(triggers, first_hit) = date_cell(period_of(o, first)->adjusted);
	}
	return status;
}

/* Summary */

static weir_status add_metric(weir_results *results, weir_table *table, const char *metric, const weir_node *class_node,
                              weir_cell value, const char *unit)
{
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(summary, metric) = weir_cell_key(metric, NULL, NULL);
	if (class_node)
		COL(summary, class) = node_cell(class_node);
	COL(summary, value) = value;
	COL(summary, unit) = weir_cell_key(unit, unit, unit);
	return WEIR_OK;
}

static weir_status fill_class_metrics(weir_results *results, weir_table *table, const weir_outcome *o, int number)
{
	const weir_class_figures *f = &o->figures->classes[number];
	const weir_node *node = &deal_of(o)->classes[number].node;
	const char *currency = results->currency;
	weir_cell first = date_cell(f->first_principal), last = date_cell(f->last_principal);
	const struct {
		const char *metric;
		weir_cell value;
		const char *unit;
	} metrics[] = {
		{ "wal", weir_cell_typed(WEIR_CELL_NUMBER, 6, f->wal_years), "years" },
		{ "first_principal", weir_cell_typed(WEIR_CELL_DATE, 0, first.present ? first.number : NAN), "date" },
		{ "last_principal", weir_cell_typed(WEIR_CELL_DATE, 0, last.present ? last.number : NAN), "date" },
		{ "interest_total", weir_cell_typed(WEIR_CELL_MONEY, 0, f->interest_total), currency },
		{ "principal_total", weir_cell_typed(WEIR_CELL_MONEY, 0, f->principal_total), currency },
		{ "residual_total", weir_cell_typed(WEIR_CELL_MONEY, 0, f->rest_total), currency },
		{ "unpaid_at_end", weir_cell_typed(WEIR_CELL_MONEY, 0, f->unpaid_at_end), currency },
		{ "yield_at_par", weir_cell_typed(WEIR_CELL_RATE, 8, f->yield_at_issue), "rate" },
	};
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++)
		if (add_metric(results, table, metrics[i].metric, node, metrics[i].value, metrics[i].unit) != WEIR_OK)
			return WEIR_NO_MEMORY;
	return WEIR_OK;
}

static weir_status fill_summary(weir_results *results, const weir_outcome *o)
{
	const weir_deal_figures *f = o->figures;
	const char *currency = results->currency;
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_summary);
	const struct {
		const char *metric;
		weir_cell value;
		const char *unit;
	} metrics[] = {
		{ "coverage_min", weir_cell_typed(WEIR_CELL_NUMBER, 6, f->coverage_min), "ratio" },
		{ "coverage_total", weir_cell_typed(WEIR_CELL_NUMBER, 6, f->coverage_total), "ratio" },
		{ "missed", weir_cell_typed(WEIR_CELL_INTEGER, 0, f->missed), "flag" },
		{ "unpaid_at_end", weir_cell_typed(WEIR_CELL_MONEY, 0, f->unpaid_at_end_cents), currency },
		{ "subordinated_total", weir_cell_typed(WEIR_CELL_MONEY, 0, f->subordinated_total), currency },
		{ "uncollected", weir_cell_typed(WEIR_CELL_MONEY, 0, f->uncollected_cents), currency },
	};
	for (size_t i = 0; status == WEIR_OK && i < sizeof metrics / sizeof *metrics; i++)
		status = add_metric(results, table, metrics[i].metric, NULL, metrics[i].value, metrics[i].unit);
	for (int k = 0; status == WEIR_OK && k < deal_of(o)->class_count; k++)
		status = fill_class_metrics(results, table, o, k);
	return status;
}

/* Sources and uses */

typedef struct balance_sheet {
	weir_results *results;
	weir_table *table;
	int period;
	double whole;
} balance_sheet;

static weir_status add_line(const balance_sheet *sheet, weir_cell item, double amount)
{
	if (amount == 0)
		return WEIR_OK;
	weir_cell *row = weir_table_add_row(sheet->results, sheet->table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(sources, period) = weir_cell_number(sheet->period);
	COL(sources, item) = item;
	COL(sources, amount) = weir_cell_number(amount);
	COL(sources, share) = weir_cell_number(sheet->whole != 0 ? amount / sheet->whole : NAN);
	return WEIR_OK;
}

/* "Class A: interest" as one cell; its key is "A.interest". */
static weir_cell joined_cell(weir_results *results, const weir_node *node, const char *what)
{
	weir_cell word = weir_fill_word(what);
	char key[300], en[600], zh[600];
	snprintf(key, sizeof key, "%s.%s", node->id, what);
	snprintf(en, sizeof en, "%s: %s", weir_node_name(node, 0), word.en ? word.en : what);
	snprintf(zh, sizeof zh, "%s：%s", weir_node_name(node, 1), word.zh ? word.zh : what);
	return weir_cell_key(weir_arena_text(results->arena, key, strlen(key)),
	                     weir_arena_text(results->arena, en, strlen(en)),
	                     weir_arena_text(results->arena, zh, strlen(zh)));
}

static weir_status fill_sources(weir_results *results, const weir_outcome *o)
{
	balance_sheet sheet = { .results = results };
	weir_status status = weir_results_add_standard(&sheet.table, results, WEIR_TABLE_sources);
	for (int k = 0; status == WEIR_OK && k < period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		sheet.period = k;
		sheet.whole = f->available;
		const struct {
			const char *what;
			double amount;
		} lines[] = { { "opening-cash", f->opening_cash },     { "proceeds", f->other_in },
			      { "pool-principal", f->pool_principal }, { "pool-income", f->pool_income },
			      { "pool-recovered", f->pool_recovered }, { "support", f->support_in } };
		for (size_t i = 0; status == WEIR_OK && i < sizeof lines / sizeof *lines; i++)
			status = add_line(&sheet, weir_fill_word(lines[i].what), lines[i].amount);
	}
	return status;
}

static weir_status add_class_uses(const balance_sheet *sheet, const weir_outcome *o)
{
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal_of(o)->class_count; i++) {
		const weir_node *node = &deal_of(o)->classes[i].node;
		const weir_class_registers *r = &map_of(o)->classes[i];
		const struct {
			const char *what;
			int register_number;
		} parts[] = { { "interest", r->interest_paid }, { "principal", r->principal_paid },
			      { "yield", r->yield_paid },       { "rest", r->rest_paid } };
		for (size_t p = 0; status == WEIR_OK && p < sizeof parts / sizeof *parts; p++)
			if (parts[p].register_number >= 0)
				status = add_line(sheet, joined_cell(sheet->results, node, parts[p].what),
				                  recorded(o, parts[p].register_number, sheet->period));
	}
	return status;
}

static weir_status add_fee_uses(const balance_sheet *sheet, const weir_outcome *o)
{
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < deal_of(o)->fee_count; i++) {
		const weir_node *node = &deal_of(o)->fees[i].node;
		const weir_fee_registers *s = &map_of(o)->surcharges[i];
		status = add_line(sheet, node_cell(node), recorded(o, map_of(o)->fees[i].paid, sheet->period));
		if (status == WEIR_OK && s->paid >= 0)
			status = add_line(sheet, joined_cell(sheet->results, node, "surcharge"),
			                  recorded(o, s->paid, sheet->period));
	}
	return status;
}

static weir_status fill_uses(weir_results *results, const weir_outcome *o)
{
	balance_sheet sheet = { .results = results };
	weir_status status = weir_results_add_standard(&sheet.table, results, WEIR_TABLE_uses);
	for (int k = 0; status == WEIR_OK && k < period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		sheet.period = k;
		sheet.whole = f->available;
		if (k == 0) {
			status = add_line(&sheet, weir_fill_word("purchase-price"), weir_plan_purchase_cents(o->plan));
			if (status == WEIR_OK)
				status = add_line(&sheet, weir_fill_word("costs"), deal_of(o)->closing_costs_cents);
		} else {
			status = add_fee_uses(&sheet, o);
			if (status == WEIR_OK)
				status = add_class_uses(&sheet, o);
		}
		if (status == WEIR_OK)
			status = add_line(&sheet, weir_fill_word("to-reserves"), f->reserve_net);
		if (status == WEIR_OK)
			status = add_line(&sheet, weir_fill_word("retained"), f->closing_cash);
	}
	return status;
}

static weir_status fill_forecast(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_forecast);
	for (int k = 1; status == WEIR_OK && k < period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		weir_cell *row = weir_table_add_row(results, table);
		double senior = 0;
		if (!row)
			return WEIR_NO_MEMORY;
		for (int i = 0; i < deal_of(o)->class_count; i++)
			if (!deal_of(o)->classes[i].subordinated)
				senior += recorded(o, map_of(o)->classes[i].balance, k);
		COL(forecast, period) = weir_cell_number(k);
		COL(forecast, payment_date) = date_cell(period_of(o, k)->payment);
		COL(forecast, pool_principal) = weir_cell_number(f->pool_principal);
		COL(forecast, pool_income) = weir_cell_number(f->pool_income);
		COL(forecast, taxes_and_fees) = weir_cell_number(f->taxes_paid + f->fees_paid);
		COL(forecast, senior_interest_paid) = weir_cell_number(f->senior_interest_paid);
		COL(forecast, senior_principal_paid) = weir_cell_number(f->senior_principal_paid);
		COL(forecast, coverage) = weir_cell_number(f->coverage);
		COL(forecast, senior_balance) = weir_cell_number(senior);
		COL(forecast, subordinated_paid) = weir_cell_number(f->subordinated_paid);
	}
	return status;
}

/* Obligors that owe something: guarantors stand in the same list. */
static int debtor_count(const weir_outcome *o)
{
	int count = 0;
	for (int i = 0; i < deal_of(o)->pool.obligor_count; i++)
		count += weir_plan_pool(o->plan)->obligor_cents[i] > 0;
	return count;
}

/* Pool status at the cut-off and at the end of the first collection period. */
static weir_status fill_pool_status(weir_results *results, const weir_outcome *o)
{
	const weir_pool *pool = weir_plan_pool(o->plan);
	const weir_period_figures *closing = &o->figures->periods[0], *now = &o->figures->periods[1];
	double receivable = pool->principal_cents + pool->income_cents;
	double collected = now->pool_principal + now->pool_income + now->pool_recovered;
	const struct {
		const char *what;
		weir_cell_type type;
		double initial, current;
	} items[] = {
		{ "pool-balance", WEIR_CELL_MONEY, closing->pool_balance, now->pool_balance },
		{ "receivable-balance", WEIR_CELL_MONEY, receivable, receivable - collected - now->pool_defaulted },
		{ "collected", WEIR_CELL_MONEY, 0, collected },
		{ "defaulted", WEIR_CELL_MONEY, 0, now->pool_defaulted },
		{ "contracts", WEIR_CELL_INTEGER, deal_of(o)->pool.contract_count, NAN },
		{ "obligors", WEIR_CELL_INTEGER, debtor_count(o), NAN },
	};
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_pool_status);
	for (size_t i = 0; status == WEIR_OK && i < sizeof items / sizeof *items; i++) {
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(pool_status, item) = weir_fill_word(items[i].what);
		COL(pool_status, initial) = weir_cell_typed(items[i].type, 0, items[i].initial);
		COL(pool_status, current) = weir_cell_typed(items[i].type, 0, items[i].current);
	}
	return status;
}

/* Contracts */

static int period_of_date(const weir_outcome *o, weir_date date)
{
	for (int k = 1; k < period_count(o); k++)
		if (date <= period_of(o, k)->calculation)
			return k;
	return 0;
}

static weir_cell receipt_status(const weir_receipt *receipt, const weir_receipt_split *split)
{
	double due = receipt->principal_cents + receipt->income_cents;
	double in_time = split->principal_cents + split->income_cents;
	double late = split->late_principal_cents + split->late_income_cents;
	if (in_time == due)
		return weir_cell_key("paid", "paid", "已收");
	if (late > 0)
		return weir_cell_key("part-late", "part late", "部分延迟");
	return in_time > 0 ? weir_cell_key("part-paid", "part paid", "部分收到") :
	                     weir_cell_key("unpaid", "unpaid", "未收");
}

static weir_status fill_contracts(weir_results *results, const weir_outcome *o)
{
	const weir_pool *pool = weir_plan_pool(o->plan);
	const weir_pool_terms *terms = &deal_of(o)->pool;
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_contracts);
	for (size_t i = 0; status == WEIR_OK && i < pool->receipt_count; i++) {
		const weir_receipt *r = &pool->receipts[i];
		const weir_contract *contract = &terms->contracts[r->contract];
		const weir_obligor *obligor = &terms->obligors[contract->obligor];
		weir_receipt_split split;
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		weir_pool_receipt_under(&split, pool, i, o->shocks);
		int period = period_of_date(o, r->due);
		COL(contracts, period) = weir_cell_number(period ? period : NAN);
		COL(contracts, due_date) = date_cell(r->due);
		COL(contracts, contract) = weir_cell_text(contract->id, contract->id);
		COL(contracts, obligor) = weir_cell_key(obligor->id, obligor->en ? obligor->en : obligor->zh,
		                                        obligor->zh ? obligor->zh : obligor->en);
		COL(contracts, principal_due) = weir_cell_number(r->principal_cents);
		COL(contracts, income_due) = weir_cell_number(r->income_cents);
		COL(contracts, received) = weir_cell_number(split.principal_cents + split.income_cents);
		COL(contracts, status) = receipt_status(r, &split);
	}
	return status;
}

weir_status weir_fill_run(weir_results *results, const weir_outcome *outcome, int with_contracts)
{
	static weir_status (*const fillers[])(weir_results *, const weir_outcome *) = {
		fill_summary, fill_periods, fill_classes,  fill_payment,  fill_sources,     fill_uses,
		fill_trace,   fill_tests,   fill_accounts, fill_forecast, fill_pool_status, fill_triggers,
	};
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < sizeof fillers / sizeof *fillers; i++)
		status = fillers[i](results, outcome);
	if (status == WEIR_OK && with_contracts)
		status = fill_contracts(results, outcome);
	return status;
}
