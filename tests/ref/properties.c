/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of every run of every deal, whatever its terms: identities of cash and of balances. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ref/compare.h"

/* Cash in all accounts. */
static int64_t cash_in_accounts(const weir_deal *deal, const twin_row *row)
{
	int64_t sum = 0;
	for (int a = 0; a < deal->account_count; a++)
		sum += row->accounts[a];
	return sum;
}

/* What came from outside in a period, less what was lost on the way. */
static int64_t cash_in(const weir_deal *deal, const twin_row *row)
{
	int64_t sum = row->pool.principal + row->pool.income + row->pool.recovered - row->lost;
	for (int s = 0; s < deal->support_count; s++)
		sum += row->supports[s].drawn;
	for (int v = 0; v < deal->cover_count; v++)
		sum += row->covers[v].paid;
	for (int i = 0; i < deal->call_count; i++)
		sum += row->calls[i].proceeds;
	for (int i = 0; i < deal->revolving_count; i++)
		sum += row->revolvings[i].principal + row->revolvings[i].income;
	return sum;
}

static int64_t cash_out(const weir_deal *deal, const twin_row *row)
{
	int64_t sum = 0;
	for (int f = 0; f < deal->fee_count; f++)
		sum += row->fees[f].paid + row->surcharges[f].paid;
	for (int c = 0; c < deal->class_count; c++)
		sum += row->classes[c].interest_paid + row->classes[c].principal_paid +
		       row->classes[c].yield_paid + row->classes[c].rest_paid;
	for (int s = 0; s < deal->support_count; s++)
		sum += row->supports[s].repaid + row->supports[s].interest_paid + row->supports[s].fee_paid;
	for (int i = 0; i < deal->revolving_count; i++)
		sum += row->revolvings[i].purchased;
	return sum;
}

/* Keeps the first thing that does not hold. */
static void hold(pair *p, int holds, const char *what, const char *id, int period)
{
	p->compared += holds;
	if (!holds && !p->difference[0])
		snprintf(p->difference, sizeof p->difference, "%s does not hold: %s, period %d", what, id,
		         period);
}

/* Paid is never more than due, what is left is the difference, nothing is negative. */
static void check_payable(pair *p, int64_t due, int64_t paid, int64_t unpaid, const char *what,
                          const char *id, int period)
{
	hold(p, paid >= 0 && paid <= due && unpaid == due - paid, what, id, period);
}

static void check_classes(pair *p, const twin_row *before, const twin_row *now, int k)
{
	for (int i = 0; i < p->deal->class_count; i++) {
		const char *id = p->deal->classes[i].node.id;
		const twin_class *c = &now->classes[i];
		check_payable(p, c->interest_due, c->interest_paid, c->interest_unpaid,
		              "interest paid = due - unpaid", id, k);
		check_payable(p, c->principal_due, c->principal_paid, c->principal_unpaid,
		              "principal paid = due - unpaid", id, k);
		check_payable(p, c->yield_due, c->yield_paid, c->yield_unpaid, "yield paid = due - unpaid",
		              id, k);
		hold(p, c->balance >= 0 && c->balance == before->classes[i].balance - c->principal_paid,
		     "balance = opening - principal paid", id, k);
	}
}

static void check_fees(pair *p, const twin_row *now, int k)
{
	for (int f = 0; f < p->deal->fee_count; f++) {
		const char *id = p->deal->fees[f].node.id;
		const twin_fee *fee = &now->fees[f], *surcharge = &now->surcharges[f];
		check_payable(p, fee->due, fee->paid, fee->unpaid, "fee paid = due - unpaid", id, k);
		check_payable(p, surcharge->due, surcharge->paid, surcharge->unpaid,
		              "surcharge paid = due - unpaid", id, k);
	}
}

static void check_supports(pair *p, const twin_row *before, const twin_row *now, int k)
{
	for (int i = 0; i < p->deal->support_count; i++) {
		const char *id = p->deal->supports[i].node.id;
		const twin_support *s = &now->supports[i], *last = &before->supports[i];
		check_payable(p, s->interest_due, s->interest_paid, s->interest_unpaid,
		              "interest of a support paid = due - unpaid", id, k);
		check_payable(p, s->fee_due, s->fee_paid, s->fee_unpaid,
		              "fee of a support paid = due - unpaid", id, k);
		hold(p,
		     s->repaid <= last->outstanding &&
		             s->outstanding == last->outstanding + s->drawn - s->repaid,
		     "outstanding = last + drawn - repaid", id, k);
		hold(p, s->drawn >= 0 && s->cash == 0, "a purse is empty at the period's end", id, k);
		hold(p, p->deal->supports[i].delay_months > 0 || s->drawn + s->returned <= s->shortfall,
		     "a draw is at most what is missing", id, k);
	}
	for (int i = 0; i < p->deal->party_count; i++)
		hold(p, now->parties[i].capacity >= 0, "capacity is not negative",
		     p->deal->parties[i].node.id, k);
	for (int v = 0; v < p->deal->cover_count; v++)
		hold(p, now->covers[v].settled <= now->covers[v].claimed && now->covers[v].available >= 0,
		     "a cover settles at most what is claimed", p->deal->covers[v].node.id, k);
}

int pair_check_identities(pair *p, const twin_row *rows)
{
	int periods, first;
	twin_periods(p->twin, &periods, &first);
	for (int k = first; k < periods; k++) {
		const twin_row *before = &rows[k - 1], *now = &rows[k];
		hold(p,
		     cash_in_accounts(p->deal, now) == cash_in_accounts(p->deal, before) +
		                                               cash_in(p->deal, now) - cash_out(p->deal, now),
		     "cash now = cash before + in - out", "deal", k);
		for (int a = 0; a < p->deal->account_count; a++)
			hold(p, now->accounts[a] >= 0, "no account is negative", p->deal->accounts[a].node.id,
			     k);
		check_classes(p, before, now, k);
		check_fees(p, now, k);
		check_supports(p, before, now, k);
	}
	return p->difference[0] == '\0';
}

/* --- pure sequential pay ------------------------------------------------------------- */

/* What a run ends with. */
typedef struct outcome {
	int64_t *unpaid;    /* [classes] interest and principal at the end */
	int64_t *collected; /* [periods] from the pool, to date */
} outcome;

static outcome run(pair *p, const weir_scenario *scenario)
{
	int periods, first;
	const twin_row *rows = twin_run(p->twin, scenario);
	twin_periods(p->twin, &periods, &first);
	outcome o = { calloc((size_t)p->deal->class_count + 1, sizeof *o.unpaid),
		      calloc((size_t)periods + 1, sizeof *o.collected) };
	if (!o.unpaid || !o.collected)
		abort();
	for (int c = 0; c < p->deal->class_count; c++) {
		const twin_class *class = &rows[periods - 1].classes[c];
		o.unpaid[c] = class->interest_unpaid + class->balance;
	}
	for (int k = first; k < periods; k++) {
		const twin_pool *pool = &rows[k].pool;
		o.collected[k] = o.collected[k - 1] + pool->principal + pool->income + pool->recovered;
	}
	return o;
}

static void forget(outcome *o)
{
	free(o->unpaid);
	free(o->collected);
}

/* Whether by every date at least as much has been collected. */
static int collects_more(const pair *p, const outcome *more, const outcome *less)
{
	int periods, first, more_at_all = 1;
	twin_periods(p->twin, &periods, &first);
	for (int k = first; k < periods; k++)
		more_at_all = more_at_all && more->collected[k] >= less->collected[k];
	return more_at_all;
}

static void hold_no_senior_loses(pair *p, const outcome *before, const outcome *after, const char *what)
{
	int periods, first;
	twin_periods(p->twin, &periods, &first);
	for (int c = 0; c < p->deal->class_count; c++)
		if (!p->deal->classes[c].subordinated)
			hold(p, after->unpaid[c] <= before->unpaid[c], what, p->deal->classes[c].node.id,
			     periods - 1);
}

int pair_check_collections(pair *p, const weir_scenario *worse, const weir_scenario *better)
{
	p->difference[0] = '\0';
	outcome less = run(p, worse), more = run(p, better);
	if (collects_more(p, &more, &less))
		hold_no_senior_loses(p, &less, &more, "more or earlier collections leave no more unpaid");
	forget(&less);
	forget(&more);
	return p->difference[0] == '\0';
}

int pair_check_support(pair *p, const weir_scenario *scenario)
{
	weir_shock shocks[32];
	weir_scenario off = *scenario;
	p->difference[0] = '\0';
	memcpy(shocks, scenario->shocks, (size_t)scenario->shock_count * sizeof *shocks);
	shocks[off.shock_count++] =
		(weir_shock){ .kind = WEIR_SHOCK_SET, .target = "support.off", .value = 1 };
	off.shocks = shocks;
	outcome without = run(p, &off), with = run(p, scenario);
	hold_no_senior_loses(p, &without, &with,
	                     "support repaid behind the seniors leaves no more unpaid to them");
	forget(&without);
	forget(&with);
	return p->difference[0] == '\0';
}

int pair_check_ranks(pair *p, const weir_scenario *scenario)
{
	int periods, first;
	const twin_row *rows = twin_run(p->twin, scenario);
	twin_periods(p->twin, &periods, &first);
	p->difference[0] = '\0';
	for (int c = 0; c + 1 < p->deal->class_count && !p->deal->classes[c + 1].subordinated; c++) {
		double lost = (double)rows[periods - 1].classes[c].balance / p->deal->classes[c].size_cents;
		double behind =
			(double)rows[periods - 1].classes[c + 1].balance / p->deal->classes[c + 1].size_cents;
		hold(p, lost <= behind, "the senior's loss share is at most its junior's",
		     p->deal->classes[c].node.id, periods - 1);
	}
	return p->difference[0] == '\0';
}
