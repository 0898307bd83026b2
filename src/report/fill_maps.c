/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_maps.c: the pool by industry and obligor, and the life of its IP against that of the contracts that rest on it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/fill_flows.h"
#include "report/fill_places.h"

#define COL WEIR_FILL_COL
#define MOST_OBLIGORS 100 /* named one by one */

/* --- the pool's map --------------------------------------------------------------------------------------------- */

typedef struct debtor {
	int number, industry; /* number -1: those of the industry that are not named */
	double cents, industry_cents;
} debtor;

/* The largest industry first, in it the largest debtor, the unnamed last; of equals the first listed. */
static int compare_debtors(const void *a, const void *b)
{
	const debtor *x = a, *y = b;
	if (x->industry != y->industry) {
		if (x->industry_cents != y->industry_cents)
			return x->industry_cents < y->industry_cents ? 1 : -1;
		return x->industry - y->industry;
	}
	if ((x->number < 0) != (y->number < 0))
		return x->number < 0 ? 1 : -1;
	if (x->cents != y->cents)
		return x->cents < y->cents ? 1 : -1;
	return x->number - y->number;
}

static int compare_sizes(const void *a, const void *b)
{
	const debtor *x = a, *y = b;
	if (x->cents != y->cents)
		return x->cents < y->cents ? 1 : -1;
	return x->number - y->number;
}

/* Numbers the industries in order of their first obligor. */
static weir_status number_industries(const weir_filler *f, debtor *debtors, int *count, const char **industries,
                                     int *industry_count)
{
	weir_names names = { 0 };
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < f->deal->pool.obligor_count; i++) {
		if (!(f->pool->obligor_cents[i] > 0))
			continue;
		const char *industry = f->deal->pool.obligors[i].industry;
		industry = industry ? industry : "";
		int number = weir_names_find(&names, industry, strlen(industry));
		if (number < 0) {
			number = *industry_count;
			status = weir_names_put(&names, industry, strlen(industry), number);
			industries[(*industry_count)++] = industry;
		}
		debtors[(*count)++] = (debtor){ .number = i, .industry = number, .cents = f->pool->obligor_cents[i] };
	}
	weir_names_free(&names);
	return status;
}

/* Puts those beyond the largest together, one for each industry; `debtors` stand by size, `rest` is all zero. Gives how
 * many there are then. */
static int merge_small(debtor *debtors, int count, double *rest, int industries)
{
	int kept = count < MOST_OBLIGORS ? count : MOST_OBLIGORS;
	for (int i = kept; i < count; i++)
		rest[debtors[i].industry] += debtors[i].cents;
	for (int industry = 0; industry < industries; industry++)
		if (rest[industry] > 0) /* there are at least as many of those that are put together */
			debtors[kept++] = (debtor){ .number = -1, .industry = industry, .cents = rest[industry] };
	return kept;
}

static void sum_industries(debtor *debtors, int count, double *sums)
{
	for (int i = 0; i < count; i++)
		sums[debtors[i].industry] += debtors[i].cents;
	for (int i = 0; i < count; i++)
		debtors[i].industry_cents = sums[debtors[i].industry];
}

static void add_map_row(weir_filler *f, weir_table **table, const debtor *one, const char *industry)
{
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_pool_map);
	double whole = f->pool->principal_cents + f->pool->income_cents;
	if (!row)
		return;
	const weir_obligor *obligor = one->number < 0 ? NULL : &f->deal->pool.obligors[one->number];
	COL(pool_map, industry) = *industry ? weir_fill_industry(f, industry) : weir_fill_word("not-given");
	COL(pool_map, obligor) =
		obligor ? weir_fill_name(f, obligor->id, obligor->en, obligor->zh) : weir_fill_word("others");
	COL(pool_map, receivable) = weir_cell_number(one->cents);
	COL(pool_map, share) = weir_cell_number(whole > 0 ? one->cents / whole : NAN);
}

static weir_status fill_pool_map(weir_filler *f)
{
	size_t room = (size_t)f->deal->pool.obligor_count + 1;
	debtor *debtors = weir_arena_array(f->scratch, room, sizeof *debtors);
	const char **industries = weir_arena_array(f->scratch, room, sizeof *industries);
	double *sums = weir_arena_array(f->scratch, room, sizeof *sums);
	double *rest = weir_arena_array(f->scratch, room, sizeof *rest);
	int count = 0, industry_count = 0;
	weir_table *table = NULL;
	weir_status status = debtors && industries && sums && rest ? WEIR_OK : WEIR_NO_MEMORY;
	if (status == WEIR_OK)
		status = number_industries(f, debtors, &count, industries, &industry_count);
	if (status != WEIR_OK || count == 0)
		return status;
	qsort(debtors, (size_t)count, sizeof *debtors, compare_sizes);
	count = merge_small(debtors, count, rest, industry_count);
	sum_industries(debtors, count, sums);
	qsort(debtors, (size_t)count, sizeof *debtors, compare_debtors);
	for (int i = 0; i < count && !f->failed; i++)
		add_map_row(f, &table, &debtors[i], industries[debtors[i].industry]);
	return f->failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* --- the life of IP --------------------------------------------------------------------------------------------- */

typedef struct right {
	int number;
	weir_date contract_end; /* WEIR_DATE_NONE: no contract rests on it */
} right;

/* Days between the end of the contracts and that of the right; those without one of the two at the end. */
static double margin_of(const weir_filler *f, const right *one)
{
	weir_date to = f->deal->pool.ip[one->number].expires;
	return to == WEIR_DATE_NONE || one->contract_end == WEIR_DATE_NONE ? NAN : (double)(to - one->contract_end);
}

typedef struct margin {
	right of;
	double days; /* INFINITY: not known */
} margin;

static int compare_margins(const void *a, const void *b)
{
	const margin *x = a, *y = b;
	if (x->days != y->days)
		return x->days < y->days ? -1 : 1;
	return x->of.number - y->of.number;
}

static weir_date end_of(const weir_pool_terms *pool, const weir_contract *contract)
{
	weir_date last = weir_contract_last_due(pool, contract);
	if (contract->end != WEIR_DATE_NONE && (last == WEIR_DATE_NONE || contract->end > last))
		return contract->end;
	return last;
}

static margin *margins_of(const weir_filler *f)
{
	const weir_pool_terms *pool = &f->deal->pool;
	margin *margins = weir_arena_array(f->scratch, (size_t)pool->ip_count + 1, sizeof *margins);
	for (int i = 0; margins && i < pool->ip_count; i++)
		margins[i].of = (right){ i, WEIR_DATE_NONE };
	for (int c = 0; margins && c < pool->contract_count; c++) {
		weir_date end = pool->contracts[c].ip_count > 0 ? end_of(pool, &pool->contracts[c]) : WEIR_DATE_NONE;
		for (int i = 0; end != WEIR_DATE_NONE && i < pool->contracts[c].ip_count; i++) {
			right *one = &margins[pool->contract_ip[pool->contracts[c].ip_first + i]].of;
			if (one->contract_end == WEIR_DATE_NONE || end > one->contract_end)
				one->contract_end = end;
		}
	}
	for (int i = 0; margins && i < pool->ip_count; i++) {
		double days = margin_of(f, &margins[i].of);
		margins[i].days = isnan(days) ? INFINITY : days;
	}
	return margins;
}

static void fill_ip_timeline(weir_filler *f)
{
	const weir_pool_terms *pool = &f->deal->pool;
	margin *margins = margins_of(f);
	weir_table *table = NULL;
	if (!margins) {
		f->failed = 1;
		return;
	}
	qsort(margins, (size_t)pool->ip_count, sizeof *margins, compare_margins);
	for (int i = 0; i < pool->ip_count && i < WEIR_FILL_MOST_ROWS && !f->failed; i++) {
		const weir_ip *ip = &pool->ip[margins[i].of.number];
		weir_cell *row = weir_fill_row(f, &table, WEIR_TABLE_ip_timeline);
		if (!row)
			return;
		COL(ip_timeline, id) = weir_fill_text(f, ip->id, NULL);
		COL(ip_timeline, title) = weir_fill_text(f, ip->title_en, ip->title_zh);
		COL(ip_timeline, kind) = weir_fill_word(weir_ip_kind_text(ip->kind));
		COL(ip_timeline, from) = weir_fill_date(ip->filed);
		COL(ip_timeline, to) = weir_fill_date(ip->expires);
		COL(ip_timeline, contract_end) = weir_fill_date(margins[i].of.contract_end);
		COL(ip_timeline, margin) = weir_cell_number(isinf(margins[i].days) ? NAN : margins[i].days);
	}
}

weir_status weir_fill_maps(weir_filler *f)
{
	weir_status status = fill_pool_map(f);
	if (status == WEIR_OK)
		fill_ip_timeline(f);
	return f->failed ? WEIR_NO_MEMORY : status;
}
