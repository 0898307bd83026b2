/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/financing_cost.h"

#include <math.h>
#include <stdlib.h>

#include "study/class_measures.h"

/* Money of one date, from the obligor's side: what it pays is below 0. */
typedef struct flow {
	weir_date date;
	double before, subsidy;
} flow;

typedef struct ledger {
	weir_arena *arena; /* of this study's own */
	const weir_pool *pool;
	const weir_deal *deal;
	weir_date start;
	double *cost_of;     /* [contracts][cost kinds] */
	double *yearly_cost; /* [receipts] paid with the receipt */
	double *days_cents;  /* [receipts] balance before it x days since the one before it */
	double *subsidy_of;  /* [subsidies][obligors] */
	flow *flows;         /* [receipts + obligors + subsidies]: of the item at hand */
	size_t flow_count;
} ledger;

/* A payment before the closing counts as made on it. */
static weir_date due_date(const ledger *g, size_t receipt)
{
	weir_date due = g->pool->receipts[receipt].contract_due;
	return due > g->start ? due : g->start;
}

static int takes_part(const char *contracts, int contract)
{
	return !contracts || contracts[contract];
}

static double round_share(double amount, double rate)
{
	return weir_round_quad((weir_quad)amount * weir_quad_from_decimal(rate));
}

static double principal_of(const weir_pool *pool, int contract)
{
	double sum = 0;
	for (size_t r = pool->contract_first[contract]; r < pool->contract_first[contract + 1]; r++)
		sum += pool->receipts[r].principal_cents;
	return sum;
}

/* --- costs ------------------------------------------------------------------------------------------------------ */

static void read_balances(ledger *g, int contract)
{
	double balance = principal_of(g->pool, contract);
	weir_date last = g->start;
	for (size_t r = g->pool->contract_first[contract]; r < g->pool->contract_first[contract + 1]; r++) {
		weir_date due = due_date(g, r);
		g->days_cents[r] = balance * (double)(due - last);
		balance -= g->pool->receipts[r].principal_cents;
		last = due;
	}
}

static double one_off_cost(const weir_obligor_cost *cost, double financed)
{
	return isnan(cost->amount_cents) ? round_share(financed, cost->rate) : cost->amount_cents;
}

static void charge_contract(ledger *g, const weir_obligor_cost *cost, int contract)
{
	double *sum = &g->cost_of[contract * WEIR_COST_KIND_COUNT + (int)cost->kind];
	if (!takes_part(cost->contracts, contract))
		return;
	if (!cost->annual || !isnan(cost->amount_cents)) {
		*sum += one_off_cost(cost, principal_of(g->pool, contract));
		return;
	}
	for (size_t r = g->pool->contract_first[contract]; r < g->pool->contract_first[contract + 1]; r++) {
		double charge = weir_round_quad((weir_quad)g->days_cents[r] * weir_quad_from_decimal(cost->rate) / 365);
		g->yearly_cost[r] += charge;
		*sum += charge;
	}
}

/* --- subsidies -------------------------------------------------------------------------------------------------- */

/* What a subsidy is for, of one contract: an amount that its rate applies to. */
static double subsidised(const ledger *g, const weir_subsidy *s, int contract)
{
	static const int cost_kinds[WEIR_SUBSIDY_KIND_COUNT] = { [WEIR_SUBSIDY_INTEREST] = -1,
		                                                 [WEIR_SUBSIDY_APPRAISAL] = WEIR_COST_APPRAISAL,
		                                                 [WEIR_SUBSIDY_GUARANTEE] = WEIR_COST_GUARANTEE,
		                                                 [WEIR_SUBSIDY_INSURANCE] = WEIR_COST_INSURANCE,
		                                                 [WEIR_SUBSIDY_ISSUE] = -1,
		                                                 [WEIR_SUBSIDY_SERVICE] = WEIR_COST_SERVICE };
	double sum = 0;
	if (s->kind == WEIR_SUBSIDY_ISSUE)
		return principal_of(g->pool, contract);
	if (s->kind != WEIR_SUBSIDY_INTEREST)
		return g->cost_of[contract * WEIR_COST_KIND_COUNT + cost_kinds[s->kind]];
	for (size_t r = g->pool->contract_first[contract]; r < g->pool->contract_first[contract + 1]; r++)
		sum += isnan(s->annual_rate) ? g->pool->receipts[r].income_cents : g->days_cents[r];
	return sum;
}

/* Before the cap of all obligors together. */
static double obligor_subsidy(const ledger *g, const weir_subsidy *s, int obligor)
{
	int yearly = s->kind == WEIR_SUBSIDY_INTEREST && !isnan(s->annual_rate);
	double base = 0;
	for (int c = 0; c < g->deal->pool.contract_count; c++)
		if (g->deal->pool.contracts[c].obligor == obligor && takes_part(s->contracts, c))
			base += subsidised(g, s, c);
	double amount = yearly ? weir_round_quad((weir_quad)base * weir_quad_from_decimal(s->annual_rate) / 365) :
	                         round_share(base, s->rate);
	return amount < s->cap_obligor_cents ? amount : s->cap_obligor_cents;
}

static void share_out(ledger *g)
{
	int obligors = g->deal->pool.obligor_count;
	for (int s = 0; s < g->deal->subsidy_count; s++) {
		double left = g->deal->subsidies[s].cap_cents;
		for (int o = 0; o < obligors; o++) {
			double amount = obligor_subsidy(g, &g->deal->subsidies[s], o);
			amount = amount < left ? amount : left;
			g->subsidy_of[(size_t)s * (size_t)obligors + (size_t)o] = amount;
			left -= amount;
		}
	}
}

/* --- one obligor ------------------------------------------------------------------------------------------------ */

static void add_flow(ledger *g, weir_date date, double before, double subsidy)
{
	g->flows[g->flow_count++] = (flow){ date, before, subsidy };
}

static void add_contract(ledger *g, weir_financing_cost *f, int contract, double *days_cents)
{
	const weir_pool *pool = g->pool;
	double financed = principal_of(pool, contract), yearly = 0, costs = 0;
	for (size_t r = pool->contract_first[contract]; r < pool->contract_first[contract + 1]; r++) {
		const weir_receipt *receipt = &pool->receipts[r];
		weir_date due = due_date(g, r);
		f->interest += receipt->income_cents;
		yearly += g->yearly_cost[r];
		*days_cents += g->days_cents[r];
		f->last_due = due > f->last_due ? due : f->last_due;
		add_flow(g, due, -receipt->principal_cents - receipt->income_cents - g->yearly_cost[r], 0);
	}
	for (int k = 0; k < WEIR_COST_KIND_COUNT; k++) {
		double cost = g->cost_of[contract * WEIR_COST_KIND_COUNT + k];
		f->costs[k] += cost;
		costs += cost;
	}
	f->financed += financed;
	f->costs_all += costs;
	add_flow(g, g->start, financed - (costs - yearly), 0);
}

/* An interest subsidy comes with the interest, in proportion; the parts add up to the cent. */
static void spread_subsidy(ledger *g, const weir_subsidy *s, int obligor, double amount, double base)
{
	double done = 0, paid = 0;
	for (size_t r = 0; r < g->pool->receipt_count && base > 0; r++) {
		int contract = g->pool->receipts[r].contract;
		if (g->deal->pool.contracts[contract].obligor != obligor || !takes_part(s->contracts, contract))
			continue;
		done += isnan(s->annual_rate) ? g->pool->receipts[r].income_cents : g->days_cents[r];
		double to_date = weir_round_quad((weir_quad)amount * done / base);
		g->flows[g->flow_count++] = (flow){ due_date(g, r), 0, to_date - paid };
		paid = to_date;
	}
}

static void add_subsidies(ledger *g, weir_financing_cost *f, int obligor)
{
	for (int s = 0; s < g->deal->subsidy_count; s++) {
		const weir_subsidy *subsidy = &g->deal->subsidies[s];
		double amount = g->subsidy_of[s * g->deal->pool.obligor_count + obligor], base = 0;
		if (!(amount > 0))
			continue;
		f->subsidies[subsidy->kind] += amount;
		f->subsidies_all += amount;
		if (subsidy->kind != WEIR_SUBSIDY_INTEREST) {
			add_flow(g, f->last_due, 0, amount);
			continue;
		}
		for (int c = 0; c < g->deal->pool.contract_count; c++)
			if (g->deal->pool.contracts[c].obligor == obligor && takes_part(subsidy->contracts, c))
				base += subsidised(g, subsidy, c);
		spread_subsidy(g, subsidy, obligor, amount, base);
	}
}

/* Flows of one date by their amounts, so that yields come out the same whatever the sort does with equal ones. */
static int by_date(const void *a, const void *b)
{
	const flow *x = a, *y = b;
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	return (x->subsidy > y->subsidy) - (x->subsidy < y->subsidy);
}

static weir_status find_irr(double *irr, const ledger *g, int with_subsidy)
{
	weir_yields found;
	weir_date *dates = weir_arena_array(g->arena, g->flow_count + 1, sizeof *dates);
	double *amounts = weir_arena_array(g->arena, g->flow_count + 1, sizeof *amounts);
	if (!dates || !amounts)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < g->flow_count; i++) {
		dates[i] = g->flows[i].date;
		amounts[i] = g->flows[i].before + (with_subsidy ? g->flows[i].subsidy : 0);
	}
	weir_status status = weir_irr_find(&found, dates, amounts, (int)g->flow_count);
	*irr = found.count == 1 ? found.values[0] : NAN;
	return status;
}

static weir_status conclude(weir_financing_cost *f, ledger *g, double days_cents)
{
	weir_status status;
	double days = (double)(f->last_due - g->start);
	f->years = days / 365;
	f->average_financing = days > 0 ? days_cents / days : NAN;
	f->rate_before = f->rate_after = f->irr_before = f->irr_after = NAN;
	if (!(f->average_financing > 0))
		return WEIR_OK;
	double paid = f->interest + f->costs_all;
	f->rate_before = paid / f->average_financing / f->years;
	f->rate_after = (paid - f->subsidies_all) / f->average_financing / f->years;
	qsort(g->flows, g->flow_count, sizeof *g->flows, by_date);
	WEIR_TRY(find_irr(&f->irr_before, g, 0));
	status = find_irr(&f->irr_after, g, 1);
out:
	return status;
}

/* One obligor; -1: all of them. */
static weir_status measure(weir_financing_cost *f, ledger *g, int obligor)
{
	double days_cents = 0;
	const weir_pool_terms *terms = &g->deal->pool;
	*f = (weir_financing_cost){ .obligor = obligor, .last_due = g->start };
	g->flow_count = 0;
	for (int o = 0; o < terms->obligor_count; o++) {
		if (obligor >= 0 && o != obligor)
			continue;
		weir_date last = f->last_due;
		f->last_due = g->start; /* each obligor's own, for what comes with its last payment */
		for (int c = 0; c < terms->contract_count; c++)
			if (terms->contracts[c].obligor == o)
				add_contract(g, f, c, &days_cents);
		add_subsidies(g, f, o);
		f->last_due = last > f->last_due ? last : f->last_due;
	}
	return conclude(f, g, days_cents);
}

/* --- the study -------------------------------------------------------------------------------------------------- */

static weir_status open_ledger(ledger *g, const weir_pool *pool)
{
	weir_status status;
	const weir_deal *deal = pool->deal;
	size_t contracts = (size_t)deal->pool.contract_count, obligors = (size_t)deal->pool.obligor_count;
	size_t subsidies = (size_t)deal->subsidy_count, receipts = pool->receipt_count;
	*g = (ledger){ .pool = pool, .deal = deal,
		       .start = deal->closing != WEIR_DATE_NONE ? deal->closing : deal->start };
	WEIR_TRY(weir_arena_create(&g->arena));
	g->cost_of = weir_arena_array(g->arena, contracts * WEIR_COST_KIND_COUNT + 1, sizeof *g->cost_of);
	g->yearly_cost = weir_arena_array(g->arena, receipts + 1, sizeof *g->yearly_cost);
	g->days_cents = weir_arena_array(g->arena, receipts + 1, sizeof *g->days_cents);
	g->subsidy_of = weir_arena_array(g->arena, subsidies * obligors + 1, sizeof *g->subsidy_of);
	g->flows = weir_arena_array(g->arena, receipts + contracts + subsidies * (receipts + obligors) + 1,
	                            sizeof *g->flows);
	if (!g->cost_of || !g->yearly_cost || !g->days_cents || !g->subsidy_of || !g->flows)
		return WEIR_NO_MEMORY;
	for (int c = 0; c < (int)contracts; c++) {
		read_balances(g, c);
		for (int k = 0; k < deal->cost_count; k++)
			charge_contract(g, &deal->costs[k], c);
	}
	share_out(g);
out:
	return status;
}

static int has_receipts(const weir_pool *pool, int obligor)
{
	for (size_t r = 0; r < pool->receipt_count; r++)
		if (pool->deal->pool.contracts[pool->receipts[r].contract].obligor == obligor)
			return 1;
	return 0;
}

weir_status weir_financing_cost_measure(weir_financing_costs *out, weir_arena *arena, const weir_pool *pool)
{
	weir_status status;
	ledger g = { 0 };
	int obligors = pool->deal->pool.obligor_count;
	*out = (weir_financing_costs){ 0 };
	WEIR_TRY(open_ledger(&g, pool));
	out->items = weir_arena_array(arena, (size_t)obligors + 1, sizeof *out->items);
	status = out->items ? WEIR_OK : WEIR_NO_MEMORY;
	for (int o = 0; status == WEIR_OK && o < obligors; o++)
		if (has_receipts(pool, o))
			WEIR_TRY(measure(&out->items[out->count++], &g, o));
	if (status == WEIR_OK)
		status = measure(&out->items[out->count++], &g, -1);
out:
	weir_arena_destroy(g.arena);
	return status;
}
