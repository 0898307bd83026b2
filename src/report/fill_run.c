/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_run.c: the tables of what a run gave. */
#include "report/fill_run.h"
#include "report/fill_flows.h"
#include "report/fill_key.h"
#include "report/fill_ledgers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COL WEIR_RUN_COL

static int accrual_days(const weir_period *period)
{
	return period->number == 0 ? 0 : (int)(period->accrual_end - period->accrual_start);
}

/* Days that a class's own rule counts: 180 for half a year of 30/360. */
static int class_days(const weir_outcome *o, int number, int period)
{
	const weir_class *k = &weir_fill_terms_of(o)->classes[number];
	const weir_period *p = weir_fill_period(o, period);
	if (k->day_count != WEIR_D30_360_US && k->day_count != WEIR_D30E_360 && k->day_count != WEIR_D30E_360_ISDA)
		return accrual_days(p);
	weir_day_count_terms terms = { .maturity =
		                               k->maturity == WEIR_DATE_NONE ?
		                                       weir_fill_period(o, weir_fill_period_count(o) - 1)->accrual_end :
		                                       k->maturity };
	return weir_day_count_fraction(k->day_count, p->accrual_start, p->accrual_end, &terms).days;
}

int weir_fill_accrual(const weir_outcome *o, int class_number, int period, double *coupon, double *fraction)
{
	const weir_class *k = &weir_fill_terms_of(o)->classes[class_number];
	const weir_class_registers *r = &weir_fill_map(o)->classes[class_number];
	const weir_period *p = weir_fill_period(o, period);
	weir_day_count_terms terms = { .maturity =
		                               k->maturity == WEIR_DATE_NONE ?
		                                       weir_fill_period(o, weir_fill_period_count(o) - 1)->accrual_end :
		                                       k->maturity };
	int coarse =
		k->rounding == WEIR_ROUND_UNIT && k->digits < 2; /* what is due may be far from coupon on balance */
	if (k->interest != WEIR_INTEREST_CURRENT || r->interest_due < 0 || coarse ||
	    !(weir_fill_recorded(o, r->balance, period - 1) > 0) ||
	    weir_fill_recorded(o, r->interest_unpaid, period - 1) != 0)
		return 0;
	weir_year_fraction part = weir_day_count_fraction(k->day_count, p->accrual_start, p->accrual_end, &terms);
	if (part.numerator <= 0) /* a rule that needs more than dates */
		return 0;
	*coupon = weir_fill_recorded(o, r->coupon, period);
	*fraction = (double)part.numerator / (double)part.denominator;
	return 1;
}

double weir_fill_pool_flow(const weir_outcome *o, weir_pool_column column, int period)
{
	int sold = weir_fill_map(o)->sold;
	if (period < weir_fill_first(o) || weir_fill_recorded(o, sold, period - 1) != 0)
		return 0;
	return o->rows->column[column][period][o->lane];
}

double weir_fill_pool_sold(const weir_outcome *o, int period)
{
	int sold = weir_fill_map(o)->sold;
	if (period < weir_fill_first(o) || weir_fill_recorded(o, sold, period) == 0)
		return 0;
	return weir_fill_pool_flow(o, WEIR_POOL_BALANCE, period);
}

static void fill_pool_parts(weir_cell *row, const weir_outcome *o, int period)
{
	int sold = weir_fill_recorded(o, weir_fill_map(o)->sold, period) != 0;
	COL(periods, pool_prepaid) = weir_cell_number(weir_fill_pool_flow(o, WEIR_POOL_PREPAID, period));
	COL(periods, pool_disposal) = weir_cell_number(weir_fill_pool_flow(o, WEIR_POOL_DISPOSAL, period));
	COL(periods, pool_overdue) = weir_cell_number(sold ? 0 : weir_fill_pool_flow(o, WEIR_POOL_OVERDUE, period));
	COL(periods, pool_sold) = weir_cell_number(weir_fill_pool_sold(o, period));
	COL(periods, lost) = weir_cell_number(weir_fill_recorded(o, weir_fill_map(o)->lost, period));
}

static weir_status fill_periods(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_periods);
	for (int k = weir_fill_opening(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		const weir_period *p = weir_fill_period(o, k);
		weir_cell *row = weir_table_add_row(results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(periods, period) = weir_cell_number(k);
		COL(periods, calculation_date) = weir_fill_day(p->calculation);
		COL(periods, payment_date) = weir_fill_day(p->payment);
		COL(periods, adjusted_date) = weir_fill_day(p->adjusted);
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
		fill_pool_parts(row, o, k);
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
	const weir_class_registers *r = &weir_fill_map(o)->classes[number];
	class_period c = { .size = weir_fill_terms_of(o)->classes[number].size_cents };
	c.opening = weir_fill_recorded(o, r->balance, period - 1);
	c.closing = weir_fill_recorded(o, r->balance, period);
	c.coupon = r->coupon >= 0 ? weir_fill_recorded(o, r->coupon, period) : NAN;
	c.interest_due = weir_fill_recorded(o, r->interest_due, period);
	c.interest_paid = weir_fill_recorded(o, r->interest_paid, period);
	if (r->yield_due >= 0) { /* a capped yield stands where other classes have interest */
		c.interest_due += weir_fill_recorded(o, r->yield_due, period);
		c.interest_paid += weir_fill_recorded(o, r->yield_paid, period);
	}
	c.interest_unpaid = c.interest_due - c.interest_paid;
	c.principal_due = weir_fill_recorded(o, r->principal_due, period);
	c.principal_paid = weir_fill_recorded(o, r->principal_paid, period);
	c.principal_unpaid = weir_fill_recorded(o, r->principal_unpaid, period);
	c.rest_paid = weir_fill_recorded(o, r->rest_paid, period);
	return c;
}

double weir_fill_stays_due(const weir_outcome *o, int number, int period)
{
	const weir_class_registers *r = &weir_fill_map(o)->classes[number];
	double cents = weir_fill_recorded(o, r->interest_due, period) -
	               weir_fill_recorded(o, r->interest_paid, period) +
	               weir_fill_recorded(o, r->principal_unpaid, period);
	if (r->yield_due >= 0 && weir_fill_terms_of(o)->classes[number].period_yield_carried)
		cents += weir_fill_recorded(o, r->yield_due, period) - weir_fill_recorded(o, r->yield_paid, period);
	return cents;
}

static weir_status fill_classes(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_classes);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
		for (int i = 0; i < weir_fill_terms_of(o)->class_count; i++) {
			class_period c = class_in_period(o, i, k);
			weir_cell *row = weir_table_add_row(results, table);
			if (!row)
				return WEIR_NO_MEMORY;
			COL(classes, period) = weir_cell_number(k);
			COL(classes, class) = weir_fill_id(&weir_fill_terms_of(o)->classes[i].node);
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
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
		for (int i = 0; i < weir_fill_terms_of(o)->class_count; i++) {
			const weir_class *terms = &weir_fill_terms_of(o)->classes[i];
			class_period c = class_in_period(o, i, k);
			weir_cell *row = weir_table_add_row(results, table);
			if (!row)
				return WEIR_NO_MEMORY;
			COL(payment, period) = weir_cell_number(k);
			COL(payment, payment_date) = weir_fill_day(weir_fill_period(o, k)->adjusted);
			COL(payment, class) = weir_fill_id(&terms->node);
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
			COL(payment, unpaid) = weir_cell_number(weir_fill_stays_due(o, i, k));
		}
	return status;
}

/* Trace */

static weir_status add_trace_row(weir_results *results, weir_table *table, const weir_outcome *o,
                                 const weir_trace_row *t, weir_cell payee)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(trace, period) = weir_cell_number(t->period);
	COL(trace, date) = weir_fill_day(weir_fill_period(o, t->period)->adjusted);
	COL(trace, waterfall) = weir_fill_word(t->waterfall);
	for (int w = 0; w < deal->waterfall_count; w++)
		if (deal->waterfalls[w].node.id && strcmp(deal->waterfalls[w].node.id, t->waterfall) == 0)
			COL(trace, waterfall) = weir_fill_id(&deal->waterfalls[w].node);
	if (t->step && *t->step)
		COL(trace, step) = weir_cell_text(t->step, t->step);
	if (t->clause)
		COL(trace, clause) = weir_cell_text(t->clause, t->clause);
	COL(trace, payee) = payee;
	COL(trace, what) = weir_fill_word(t->what);
	COL(trace, source) = weir_fill_id(weir_run_source(o->plan, t->account));
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
	const weir_deal *deal = weir_fill_terms_of(o);
	double proceeds = o->figures->periods[0].other_in, left = 0;
	const struct {
		const char *what;
		double paid;
	} flows[] = { { "proceeds", -proceeds },
		      { "purchase-price", weir_fill_purchase_cents(o) },
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
		if (add_trace_row(results, table, o, &out, weir_fill_id(&deal->accounts[a].node)) != WEIR_OK ||
		    add_trace_row(results, table, o, &in, weir_fill_id(&deal->accounts[a].node)) != WEIR_OK)
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* The node of an id among `count` things that begin with a node and are `size` bytes apart. */
static const weir_node *find_node(const void *things, size_t size, int count, const char *id)
{
	for (int i = 0; i < count; i++) {
		const weir_node *node = (const weir_node *)((const char *)things + size * (size_t)i);
		if (node->id && strcmp(node->id, id) == 0)
			return node;
	}
	return NULL;
}

/* A fee as payee of the trace: the party that it goes to, and what for. Under the fee's id. */
static weir_cell fee_payee(weir_results *results, const weir_deal *deal, const weir_fee *fee)
{
	if (fee->payee < 0)
		return weir_fill_id(&fee->node);
	const weir_node *party = &deal->parties[fee->payee].node;
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "%s (%s)", weir_node_name(party, 0), weir_node_name(&fee->node, 0));
	weir_text_printf(&zh, "%s（%s）", weir_node_name(party, 1), weir_node_name(&fee->node, 1));
	weir_cell cell = { 0 };
	results->failed |= en.failed || zh.failed;
	if (!results->failed)
		cell = weir_cell_key(fee->node.id, weir_arena_text(results->arena, en.data, en.length),
		                     weir_arena_text(results->arena, zh.data, zh.length));
	results->failed |= !results->failed && (!cell.en || !cell.zh);
	weir_text_free(&en);
	weir_text_free(&zh);
	return cell;
}

/* A payee of the trace by its names; the machine word where the deal has none. */
static weir_cell payee_cell(weir_results *results, const weir_deal *deal, const char *id)
{
	for (int i = 0; i < deal->fee_count; i++)
		if (deal->fees[i].node.id && strcmp(deal->fees[i].node.id, id) == 0)
			return fee_payee(results, deal, &deal->fees[i]);

#define LOOK(things, count) find_node(deal->things, sizeof *deal->things, deal->count, id)
	const weir_node *found[] = { LOOK(classes, class_count),        LOOK(accounts, account_count),
		                     LOOK(supports, support_count),     LOOK(covers, cover_count),
		                     LOOK(calls, call_count),           LOOK(revolvings, revolving_count),
		                     LOOK(parties, party_count) };
#undef LOOK
	for (size_t i = 0; i < sizeof found / sizeof *found; i++)
		if (found[i])
			return weir_fill_id(found[i]);
	return weir_cell_text(id, id);
}

static weir_status fill_trace(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	size_t count;
	const weir_trace_row *rows = weir_run_trace(o->run, &count);
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_trace);
	if (status == WEIR_OK && weir_fill_opening(o) == 0)
		status = fill_closing_trace(results, table, o);
	for (size_t i = 0; status == WEIR_OK && i < count; i++)
		status = add_trace_row(results, table, o, &rows[i],
		                       payee_cell(results, weir_fill_terms_of(o), rows[i].payee));
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

static weir_status add_account(weir_results *results, weir_table *table, const weir_outcome *o, const period_rows *at,
                               int account, int period)
{
	const weir_account *terms = &weir_fill_terms_of(o)->accounts[account];
	const weir_account_registers *r = &weir_fill_map(o)->accounts[account];
	double opening = 0, in = 0, out = 0, closing = weir_fill_recorded(o, r->balance, period);
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	if (period >= weir_fill_first(o)) {
		opening = weir_fill_recorded(o, r->balance, period - 1);
		account_flows(at, account, &in, &out);
	} else if (period == 0) {
		in = closing;
	} else {
		opening = closing; /* a mid-life start */
	}
	COL(accounts, period) = weir_cell_number(period);
	COL(accounts, account) = weir_fill_id(&terms->node);
	COL(accounts, opening) = weir_cell_number(opening);
	COL(accounts, in) = weir_cell_number(in);
	COL(accounts, out) = weir_cell_number(out);
	COL(accounts, closing) = weir_cell_number(closing);
	if (period >= weir_fill_first(o) && r->target >= 0)
		COL(accounts, target) = weir_cell_number(weir_fill_recorded(o, r->target, period));
	return WEIR_OK;
}

static weir_status fill_accounts(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	period_rows at = { 0 };
	at.rows = weir_run_trace(o->run, &at.count);
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_accounts);
	for (int k = weir_fill_opening(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		seek_period(&at, k);
		for (int a = 0; status == WEIR_OK && a < weir_fill_terms_of(o)->account_count; a++)
			status = add_account(results, table, o, &at, a, k);
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
		COL(summary, class) = weir_fill_id(class_node);
	COL(summary, value) = value;
	COL(summary, unit) = weir_cell_key(unit, unit, unit);
	return WEIR_OK;
}

static weir_status fill_class_metrics(weir_results *results, weir_table *table, const weir_outcome *o, int number)
{
	const weir_class_figures *f = &o->figures->classes[number];
	const weir_node *node = &weir_fill_terms_of(o)->classes[number].node;
	const char *currency = results->currency;
	weir_cell first = weir_fill_day(f->first_principal), last = weir_fill_day(f->last_principal);
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

/* What came from supporters in all, and what they are still owed; only where the deal has support. */
static weir_status fill_support_metrics(weir_results *results, weir_table *table, const weir_outcome *o)
{
	const weir_deal *deal = weir_fill_terms_of(o);
	const weir_plan_map *map = weir_fill_map(o);
	int last = weir_fill_period_count(o) - 1;
	double drawn = 0, repaid = 0, paid = 0, outstanding = 0;
	if (deal->support_count + deal->cover_count == 0)
		return WEIR_OK;
	for (int i = 0; i < deal->support_count; i++)
		outstanding += weir_fill_recorded(o, map->supports[i].outstanding, last);
	for (int k = weir_fill_first(o); k <= last; k++) {
		for (int i = 0; i < deal->support_count; i++) {
			drawn += weir_fill_recorded(o, map->supports[i].drawn, k);
			repaid += weir_fill_recorded(o, map->supports[i].repaid, k);
		}
		for (int i = 0; i < deal->cover_count; i++)
			paid += weir_fill_recorded(o, map->covers[i].paid, k);
	}
	const struct {
		const char *metric;
		double value;
	} metrics[] = { { "support_drawn", drawn },
		        { "support_repaid", repaid },
		        { "support_outstanding", outstanding },
		        { "covers_paid", paid } };
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++)
		if (add_metric(results, table, metrics[i].metric, NULL,
		               weir_cell_typed(WEIR_CELL_MONEY, 0, metrics[i].value), results->currency) != WEIR_OK)
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
	if (status == WEIR_OK)
		status = fill_support_metrics(results, table, o);
	for (int k = 0; status == WEIR_OK && k < weir_fill_terms_of(o)->class_count; k++)
		status = fill_class_metrics(results, table, o, k);
	return status;
}

static weir_status fill_forecast(weir_results *results, const weir_outcome *o)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_forecast);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		weir_cell *row = weir_table_add_row(results, table);
		double senior = 0;
		if (!row)
			return WEIR_NO_MEMORY;
		for (int i = 0; i < weir_fill_terms_of(o)->class_count; i++)
			if (!weir_fill_terms_of(o)->classes[i].subordinated)
				senior += weir_fill_recorded(o, weir_fill_map(o)->classes[i].balance, k);
		COL(forecast, period) = weir_cell_number(k);
		COL(forecast, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
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
	for (int i = 0; i < weir_fill_terms_of(o)->pool.obligor_count; i++)
		count += weir_plan_pool(o->plan)->obligor_cents[i] > 0;
	return count;
}

/* What the terms promise from a period on, with what falls due after the last one. */
static double scheduled_from(const weir_outcome *o, int period)
{
	const weir_pool *pool = weir_plan_pool(o->plan);
	double sum = 0;
	if (weir_fill_opening(o) == 0)
		return pool->principal_cents + pool->income_cents;
	for (int k = period; k < weir_fill_period_count(o); k++)
		sum += o->rows->column[WEIR_POOL_SCHEDULED_PRINCIPAL][k][o->lane] +
		       o->rows->column[WEIR_POOL_SCHEDULED_INCOME][k][o->lane];
	return sum;
}

/* Pool status at the cut-off and at the end of the first collection period. */
static weir_status fill_pool_status(weir_results *results, const weir_outcome *o)
{
	const weir_period_figures *closing = &o->figures->periods[weir_fill_opening(o)];
	const weir_period_figures *now = closing + (weir_fill_first(o) < weir_fill_period_count(o));
	double receivable = scheduled_from(o, weir_fill_first(o));
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
		{ "contracts", WEIR_CELL_INTEGER, weir_fill_terms_of(o)->pool.contract_count, NAN },
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

weir_status weir_fill_run(weir_results *results, const weir_outcome *outcome, int with_contracts)
{
	static weir_status (*const fillers[])(weir_results *, const weir_outcome *) = {
		fill_summary,        fill_periods,       fill_classes,      fill_payment,       weir_fill_sources,
		weir_fill_uses,      fill_trace,         weir_fill_tests,   fill_accounts,      fill_forecast,
		fill_pool_status,    weir_fill_triggers, weir_fill_support, weir_fill_measures, weir_fill_life,
		weir_fill_servicing, weir_fill_flows,    weir_fill_ledgers, weir_fill_key,
	};
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < sizeof fillers / sizeof *fillers; i++)
		status = fillers[i](results, outcome);
	if (status == WEIR_OK && with_contracts)
		status = weir_fill_contracts(results, outcome);
	return status;
}
