/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which contracts and which dates a scenario's shock is for (weir_shock in deal/scenario.h). */
#include <string.h>

#include "ref/twin_int.h"

static int same_text(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* Whether fewer than n obligors stand before this one: by receipts, and of equals as they are listed. */
static int is_among_largest(const twin *t, int obligor, int n)
{
	int before = 0;
	for (int o = 0; o < t->deal->pool.obligor_count; o++)
		before += t->obligor_cents[o] > t->obligor_cents[obligor] ||
		          (t->obligor_cents[o] == t->obligor_cents[obligor] && o < obligor);
	return before < n;
}

/* Receipts of all obligors of an industry. */
static int64_t industry_cents(const twin *t, const char *industry)
{
	int64_t sum = 0;
	for (int o = 0; o < t->deal->pool.obligor_count; o++)
		if (same_text(t->deal->pool.obligors[o].industry, industry))
			sum += t->obligor_cents[o];
	return sum;
}

/* The industry with the most receipts; of equals the first listed. */
static const char *largest_industry(const twin *t)
{
	const char *largest = NULL;
	for (int o = 0; o < t->deal->pool.obligor_count; o++) {
		const char *industry = t->deal->pool.obligors[o].industry;
		if (industry && (!largest || industry_cents(t, industry) > industry_cents(t, largest)))
			largest = industry;
	}
	return largest;
}

static int is_on_item(const twin *t, const weir_contract *contract, const char *item)
{
	const weir_pool_terms *pool = &t->deal->pool;
	for (int i = 0; i < contract->ip_count; i++)
		if (same_text(pool->ip[pool->contract_ip[contract->ip_first + i]].id, item))
			return 1;
	return 0;
}

int twin_in_scope(const twin *t, const weir_shock *shock, int contract)
{
	const weir_contract *c = &t->deal->pool.contracts[contract];
	const weir_obligor *obligor = &t->deal->pool.obligors[c->obligor];
	switch (shock->scope) {
	case WEIR_SCOPE_ALL:
		return 1;
	case WEIR_SCOPE_OBLIGOR:
		return same_text(shock->target, obligor->id);
	case WEIR_SCOPE_LARGEST:
		return is_among_largest(t, c->obligor, shock->largest > 0 ? shock->largest : 1);
	case WEIR_SCOPE_CONTRACT:
		return same_text(shock->target, c->id);
	case WEIR_SCOPE_KIND:
		return same_text(shock->target, weir_contract_kind_text(c->kind));
	case WEIR_SCOPE_INDUSTRY:
		return same_text(shock->target ? shock->target : largest_industry(t), obligor->industry);
	case WEIR_SCOPE_REGION:
		return same_text(shock->target, obligor->region);
	case WEIR_SCOPE_GRADE:
		return same_text(shock->target, c->grade);
	case WEIR_SCOPE_IP:
		return is_on_item(t, c, shock->target);
	default: /* classes */
		return 0;
	}
}

weir_date twin_cutoff(const twin *t)
{
	return t->deal->cutoff == WEIR_DATE_NONE ? t->deal->closing : t->deal->cutoff;
}

/* A date, or so many months after the cut-off. */
weir_date twin_event_date(const twin *t, const weir_shock *shock)
{
	if (shock->from == WEIR_DATE_NONE && shock->from_month > 0)
		return weir_date_add_months(twin_cutoff(t), shock->from_month);
	return shock->from;
}

int twin_in_window(const twin *t, const weir_shock *shock, weir_date due)
{
	weir_date from = twin_event_date(t, shock);
	return (from == WEIR_DATE_NONE || due >= from) && (shock->to == WEIR_DATE_NONE || due <= shock->to);
}

/* Of several shocks of a kind the last one counts. */
const weir_shock *twin_last_shock(const twin *t, weir_shock_kind kind, int contract, weir_date due)
{
	const weir_shock *last = NULL;
	for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
		const weir_shock *s = &t->scenario->shocks[i];
		if (s->kind == kind && twin_in_scope(t, s, contract) && twin_in_window(t, s, due))
			last = s;
	}
	return last;
}
