/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_pool.c: the pool in each period: status, overdue, obligors, defaults, concentration. */
#include <stdlib.h>
#include <string.h>

#include "deal/occurrences.h"
#include "pool/actuals.h"
#include "report/fill_places.h"
#include "report/fill_servicing.h"

#define COL WEIR_FILL_COL

static weir_cell share_cell(double part, double whole)
{
	return weir_cell_number(whole > 0 ? part / whole : NAN);
}

static weir_cell money_cell(double cents)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, cents);
}

/* --- A-7 -------------------------------------------------------------------------------------------------------- */

typedef struct status_item {
	const char *what;
	weir_cell (*value)(const weir_serviced *s, int period);
} status_item;

static weir_cell contracts_at(const weir_serviced *s, int period)
{
	return weir_cell_typed(WEIR_CELL_INTEGER, 0, s->states[period].open_contracts);
}

static weir_cell obligors_at(const weir_serviced *s, int period)
{
	return weir_cell_typed(WEIR_CELL_INTEGER, 0, s->states[period].open_obligors);
}

static weir_cell balance_at(const weir_serviced *s, int period)
{
	return money_cell(s->o->figures->periods[period].pool_balance);
}

static weir_cell receivable_at(const weir_serviced *s, int period)
{
	return money_cell(s->states[period].receivable);
}

/* Rounded: what is shown is an amount. */
static weir_cell average_at(const weir_serviced *s, int period)
{
	int contracts = s->states[period].open_contracts;
	return money_cell(contracts > 0 ? floor(s->o->figures->periods[period].pool_balance / contracts + 0.5) : NAN);
}

static weir_cell largest_at(const weir_serviced *s, int period)
{
	return money_cell(s->states[period].largest_obligor);
}

static weir_cell average_of(weir_cell_type type, int decimals, double sum, double with)
{
	return weir_cell_typed(type, decimals, with > 0 ? sum / with : NAN);
}

static weir_cell rate_at(const weir_serviced *s, int period)
{
	return average_of(WEIR_CELL_RATE, 12, s->states[period].rate, s->states[period].with_rate);
}

static weir_cell remaining_at(const weir_serviced *s, int period)
{
	return average_of(WEIR_CELL_NUMBER, 2, s->states[period].remaining, s->states[period].with_remaining);
}

static weir_cell age_at(const weir_serviced *s, int period)
{
	return average_of(WEIR_CELL_NUMBER, 2, s->states[period].age, s->states[period].with_age);
}

/* What is outstanding of assets that were bought since. */
static weir_cell bought_at(const weir_serviced *s, int revolving, int period)
{
	return money_cell(weir_fill_recorded(s->o, weir_fill_map(s->o)->revolvings[revolving].balance, period));
}

static void add_status(weir_serviced *s, weir_table **table, int period, weir_cell item, weir_cell previous,
                       weir_cell current, weir_cell initial)
{
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_pool_report);
	if (!row)
		return;
	COL(pool_report, period) = weir_cell_number(period);
	COL(pool_report, item) = item;
	COL(pool_report, previous) = previous;
	COL(pool_report, current) = current;
	COL(pool_report, initial) = initial;
}

/* What stood there at the cut-off; behind a mid-life start only what the terms say of it is known. */
static weir_cell initial_of(const weir_serviced *s, const char *item, weir_cell opening)
{
	if (s->first == 1)
		return opening;
	if (strcmp(item, "contracts") == 0)
		return weir_cell_typed(WEIR_CELL_INTEGER, 0, s->f.deal->pool.contract_count);
	return strcmp(item, "pool-balance") == 0 ? money_cell(weir_servicing_initial(s)) : (weir_cell){ 0 };
}

static void fill_pool_report(weir_serviced *s)
{
	static const status_item items[] = {
		{ "contracts", contracts_at },       { "obligors", obligors_at },
		{ "pool-balance", balance_at },      { "receivable-balance", receivable_at },
		{ "contract-average", average_at },  { "obligor-most", largest_at },
		{ "rate-average", rate_at },         { "remaining-term-average", remaining_at },
		{ "age-average", age_at },
	};
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++) {
		for (size_t i = 0; i < sizeof items / sizeof *items; i++)
			add_status(s, &table, k, weir_fill_word(items[i].what), items[i].value(s, k - 1),
			           items[i].value(s, k), initial_of(s, items[i].what, items[i].value(s, s->first - 1)));
		for (int i = 0; i < s->f.deal->revolving_count; i++)
			add_status(s, &table, k, weir_fill_node(&s->f, &s->f.deal->revolvings[i].node),
			           bought_at(s, i, k - 1), bought_at(s, i, k), bought_at(s, i, s->first - 1));
	}
}

/* --- A-8 -------------------------------------------------------------------------------------------------------- */

static void add_bucket(weir_serviced *s, weir_table **table, int period, const char *key, double contracts,
                       double principal, double overdue)
{
	double closing = s->o->figures->periods[period].pool_balance;
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_overdue);
	if (!row)
		return;
	COL(overdue, period) = weir_cell_number(period);
	COL(overdue, bucket) = weir_fill_word(key);
	COL(overdue, contracts) = weir_cell_number(contracts);
	COL(overdue, principal) = weir_cell_number(principal);
	COL(overdue, overdue) = weir_cell_number(overdue);
	if (isnan(principal))
		return;
	if (strcmp(key, "defaulted") != 0 &&
	    strcmp(key, "redeemed") != 0) /* what has gone is no part of what is left */
		COL(overdue, share_closing) = share_cell(principal, closing);
	COL(overdue, share_initial) = share_cell(principal, weir_servicing_initial(s));
}

static void fill_overdue(weir_serviced *s)
{
	static const char *const keys[] = { "normal", "overdue-30", "overdue-60", "overdue-90", "overdue-more" };
	weir_table *table = NULL;
	for (int k = s->first; k < s->count && !s->f.failed; k++) {
		const weir_servicing_state *state = &s->states[k];
		double contracts = 0, principal = 0, overdue = 0;
		for (int b = WEIR_BUCKET_NORMAL; b <= WEIR_BUCKET_MORE; b++) {
			add_bucket(s, &table, k, keys[b], state->contracts[b], state->balance[b], state->overdue[b]);
			contracts += state->contracts[b];
			principal += state->balance[b];
			overdue += state->overdue[b];
		}
		add_bucket(s, &table, k, "pool-balance", contracts, principal, overdue);
		add_bucket(s, &table, k, "defaulted", state->contracts[WEIR_BUCKET_DEFAULTED],
		           state->balance[WEIR_BUCKET_DEFAULTED], NAN);
		if (state->part_defaulted > 0)
			add_bucket(s, &table, k, "part-defaulted", state->part_defaulted, NAN, NAN);
		add_bucket(s, &table, k, "redeemed", state->contracts[WEIR_BUCKET_REDEEMED],
		           state->balance[WEIR_BUCKET_REDEEMED], NAN);
		add_bucket(s, &table, k, "settled", state->contracts[WEIR_BUCKET_SETTLED], NAN, NAN);
	}
}

static void add_arrears(weir_serviced *s, weir_table **table, int period, int band)
{
	const weir_servicing_state *state = &s->states[period];
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_arrears);
	if (!row)
		return;
	COL(arrears, period) = weir_cell_number(period);
	COL(arrears, days_from) = weir_cell_number(band > 0 ? 30 * band : 1);
	if (band + 1 < WEIR_SERVICING_ARREARS)
		COL(arrears, days_to) = weir_cell_number(30 * band + 29);
	COL(arrears, contracts) = weir_cell_number(state->arrear_contracts[band]);
	COL(arrears, principal) = weir_cell_number(state->arrears[band]);
	COL(arrears, share) = share_cell(state->arrears[band], s->o->figures->periods[period].pool_balance);
}

/* Periods in which something is overdue; deals that have none have no such table. */
static void fill_arrears(weir_serviced *s)
{
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++) {
		int contracts = 0;
		for (int band = 0; band < WEIR_SERVICING_ARREARS; band++)
			contracts += s->states[k].arrear_contracts[band];
		for (int band = 0; contracts > 0 && band < WEIR_SERVICING_ARREARS; band++)
			add_arrears(s, &table, k, band);
	}
}

/* --- A-10 ------------------------------------------------------------------------------------------------------- */

static weir_cell obligor_cell(weir_serviced *s, int number)
{
	const weir_obligor *obligor = &s->f.deal->pool.obligors[number];
	return weir_fill_name(&s->f, obligor->id, obligor->en, obligor->zh);
}

/* What the events file tells of an obligor's grade up to the period's end, or in it. */
static const weir_occurrence *grade_event(const weir_serviced *s, int obligor, int period, int only_now)
{
	const weir_occurrences *list = s->o->occurrences;
	const weir_occurrence *found = NULL;
	for (int i = 0; list && i < list->count && list->items[i].period <= period; i++) {
		const weir_occurrence *event = &list->items[i];
		if (event->kind == WEIR_OCCURRENCE_GRADE && event->subject_kind == WEIR_SUBJECT_OBLIGOR &&
		    event->subject_number == obligor && (!only_now || event->period == period))
			found = event;
	}
	return found;
}

static void fill_obligor(weir_serviced *s, weir_cell *row, const char *grade, int number, int period)
{
	const weir_obligor *obligor = &s->f.deal->pool.obligors[number];
	const weir_occurrence *now = grade_event(s, number, period, 1), *last = grade_event(s, number, period, 0);
	COL(obligor_status, obligor) = obligor_cell(s, number);
	COL(obligor_status, industry) = weir_fill_industry(&s->f, obligor->industry);
	COL(obligor_status, region) = weir_fill_region(&s->f, obligor->region);
	COL(obligor_status, grade) = weir_fill_text(&s->f, last && last->status ? last->status : grade, NULL);
	if (now)
		COL(obligor_status, grade_change) = weir_fill_text(&s->f, now->en, now->zh);
}

/* The grade that all contracts of an obligor have; NULL when they have none or differ. */
static const char *grade_of(const weir_serviced *s, int obligor)
{
	const char *grade = NULL;
	for (int c = 0; c < s->f.deal->pool.contract_count; c++) {
		const weir_contract *contract = &s->f.deal->pool.contracts[c];
		if (contract->obligor != obligor)
			continue;
		if (!contract->grade || (grade && strcmp(grade, contract->grade) != 0))
			return NULL;
		grade = contract->grade;
	}
	return grade;
}

static void fill_obligors(weir_serviced *s)
{
	weir_table *table = NULL;
	const char *grades[WEIR_SERVICING_MOST_ROWS] = { NULL };
	int rows = s->shown + s->has_others;
	for (int i = 0; i < s->shown; i++)
		grades[i] = grade_of(s, s->obligors[i].number);
	for (int k = s->first; k < s->count; k++)
		for (int i = 0; i < rows; i++) {
			const weir_servicing_obligor *now = &s->rows[(size_t)k * (size_t)(s->shown + 1) + (size_t)i];
			weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_obligor_status);
			if (!row)
				return;
			COL(obligor_status, period) = weir_cell_number(k);
			if (i < s->shown) {
				COL(obligor_status, number) = weir_cell_number(i + 1);
				fill_obligor(s, row, grades[i], s->obligors[i].number, k);
			} else {
				COL(obligor_status, obligor) = weir_fill_word("others");
			}
			COL(obligor_status, due) = weir_cell_number(now->due);
			COL(obligor_status, paid) = weir_cell_number(now->paid);
			COL(obligor_status, balance) = weir_cell_number(now->balance);
			COL(obligor_status, share) = share_cell(now->balance, s->o->figures->periods[k].pool_balance);
			COL(obligor_status, overdue_days) = weir_cell_number(now->overdue_days);
			COL(obligor_status, change) = weir_cell_number(now->balance - now[-(s->shown + 1)].balance);
		}
}

/* --- A-11 ------------------------------------------------------------------------------------------------------- */

/* A default up to a period, and what comes behind it; `expected` NAN where the next period is actual, too: what was
 * expected then is not known any more. */
typedef struct default_sums {
	double defaulted, recovered, total, channel[WEIR_CHANNEL_COUNT], expected;
	int since; /* the first period in which something was given up; 0: none yet */
} default_sums;

static default_sums sum_default(const weir_serviced *s, const weir_servicing_default *d, int period)
{
	default_sums sums = { 0 };
	for (int k = s->first; k < s->count; k++)
		for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++) {
			double cents = d->recovered[channel][k];
			sums.expected += k > period && k <= s->sold ? cents : 0;
			sums.recovered += k == period ? cents : 0;
			sums.total += k <= period ? cents : 0;
			sums.channel[channel] += k <= period ? cents : 0;
		}
	for (int k = s->first; k <= period; k++) {
		sums.defaulted += d->defaulted[k];
		sums.since = sums.since == 0 && d->defaulted[k] != 0 ? k : sums.since;
	}
	if (weir_actuals_have(s->o->actuals, period + 1))
		sums.expected = NAN;
	return sums;
}

/* The day in the period on which the contract first had something to pay; the calculation date when there is none. */
static weir_date default_date(const weir_serviced *s, int contract, int period)
{
	const weir_pool *pool = s->f.pool;
	for (size_t r = pool->contract_first[contract]; r < pool->contract_first[contract + 1]; r++)
		if (weir_pool_period_of(s->f.periods, pool->receipts[r].due) == period)
			return pool->receipts[r].contract_due;
	return s->f.periods->items[period].calculation;
}

/* What the events file says of a contract's disposal up to the period; else what the amounts say. */
static weir_cell disposal_status(weir_serviced *s, int contract, int period, const default_sums *sums)
{
	const weir_occurrences *list = s->o->occurrences;
	const weir_occurrence *found = NULL;
	for (int i = 0; list && i < list->count && list->items[i].period <= period; i++) {
		const weir_occurrence *event = &list->items[i];
		if (event->kind == WEIR_OCCURRENCE_DISPOSAL && event->subject_kind == WEIR_SUBJECT_CONTRACT &&
		    event->subject_number == contract)
			found = event;
	}
	if (found && found->status)
		return weir_fill_text(&s->f, found->status,
		                      found->status_zh ? found->status_zh :
		                                         weir_fill_word(strcmp(found->status, "paid") == 0 ?
		                                                                "settled" :
		                                                                found->status)
		                                                 .zh);
	if (found)
		return weir_fill_text(&s->f, found->en, found->zh);
	return weir_fill_word(sums->total >= sums->defaulted ? "fully-recovered" : "in-recovery");
}

static void add_default_row(weir_serviced *s, weir_table **table, const weir_servicing_default *d, int period)
{
	default_sums sums = sum_default(s, d, period);
	if (sums.since == 0 && sums.total == 0)
		return;
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_default_register);
	if (!row)
		return;
	COL(default_register, period) = weir_cell_number(period);
	if (d->contract >= 0) {
		const weir_contract *contract = &s->f.deal->pool.contracts[d->contract];
		COL(default_register, asset) = weir_fill_name(&s->f, contract->id, contract->en, contract->zh);
		COL(default_register, obligor) = obligor_cell(s, contract->obligor);
		if (sums.since > 0)
			COL(default_register, default_date) = weir_fill_date(default_date(s, d->contract, sums.since));
		COL(default_register, status) = disposal_status(s, d->contract, period, &sums);
	} else {
		COL(default_register, asset) = weir_fill_word("others");
	}
	COL(default_register, defaulted) = weir_cell_number(sums.defaulted);
	COL(default_register, recovered) = weir_cell_number(sums.recovered);
	COL(default_register, recovered_total) = weir_cell_number(sums.total);
	COL(default_register, from_obligor) = weir_cell_number(sums.channel[WEIR_CHANNEL_COLLECTION]);
	COL(default_register, from_ip) = weir_cell_number(sums.channel[WEIR_CHANNEL_DISPOSAL]);
	COL(default_register, expected) = weir_cell_number(sums.expected);
}

static double paid_by_cover(const weir_serviced *s, int cover, int from, int to)
{
	double sum = 0;
	for (int k = from; k <= to; k++)
		sum += weir_fill_recorded(s->o, weir_fill_map(s->o)->covers[cover].paid, k);
	return sum;
}

/* What a cover has paid: of all contracts together, which is how it is settled. */
static void add_cover_row(weir_serviced *s, weir_table **table, int cover, int period)
{
	const weir_cover *terms = &s->f.deal->covers[cover];
	double total = paid_by_cover(s, cover, s->first, period);
	weir_cell *row = total != 0 ? weir_fill_row(&s->f, table, WEIR_TABLE_default_register) : NULL;
	if (!row)
		return;
	weir_cell *from = &COL(default_register, from_other);
	if (terms->kind == WEIR_COVER_GUARANTEE)
		from = &COL(default_register, from_guarantor);
	else if (terms->kind == WEIR_COVER_DEPOSIT)
		from = &COL(default_register, from_deposit);
	else if (terms->kind == WEIR_COVER_RISK_POOL)
		from = &COL(default_register, from_fund);
	COL(default_register, period) = weir_cell_number(period);
	COL(default_register, asset) = weir_fill_node(&s->f, &terms->node);
	COL(default_register, status) = weir_fill_word("all-contracts");
	COL(default_register, recovered) = weir_cell_number(paid_by_cover(s, cover, period, period));
	COL(default_register, recovered_total) = weir_cell_number(total);
	*from = weir_cell_number(total);
}

static int by_total(const void *a, const void *b)
{
	const weir_servicing_default *x = a, *y = b;
	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	return x->contract - y->contract;
}

static void fill_defaults(weir_serviced *s)
{
	weir_table *table = NULL;
	qsort(s->defaults, (size_t)s->default_count, sizeof *s->defaults, by_total);
	for (int k = s->first; k < s->count && !s->f.failed; k++) {
		for (int i = 0; i < s->default_count; i++)
			add_default_row(s, &table, &s->defaults[i], k);
		if (s->has_other_defaults)
			add_default_row(s, &table, &s->defaults[WEIR_SERVICING_MOST_ROWS], k);
		for (int i = 0; i < s->f.deal->cover_count; i++)
			add_cover_row(s, &table, i, k);
	}
}

/* --- A-17 ------------------------------------------------------------------------------------------------------- */

#define MOST_TOP 10
#define LARGEST_LIMIT 0.15 /* from which the rules want the debtor described (RULES 7, 3) */
#define FIVE_LIMIT 0.50

static void add_concentration(weir_serviced *s, weir_table **table, int period, const char *measure, weir_cell name,
                              double cents, double limit)
{
	double pool = s->o->figures->periods[period].pool_balance;
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_concentration_now);
	if (!row)
		return;
	COL(concentration_now, period) = weir_cell_number(period);
	COL(concentration_now, measure) = weir_fill_word(measure);
	COL(concentration_now, name) = name;
	COL(concentration_now, balance) = weir_cell_number(cents);
	COL(concentration_now, share) = share_cell(cents, pool);
	COL(concentration_now, limit) = weir_cell_number(limit);
	COL(concentration_now, status) = weir_fill_word(isnan(limit) ? "none" :
	                                                pool > 0 && cents / pool >= limit ? "described" : "within");
}

static void add_tops(weir_serviced *s, weir_table **table, int period)
{
	static const struct {
		int count;
		const char *measure;
		double limit;
	} tops[] = { { 1, "top1", LARGEST_LIMIT },
		     { 3, "top3", NAN },
		     { 5, "top5", FIVE_LIMIT },
		     { MOST_TOP, "top10", NAN } };
	const double *cents = s->obligor_balance + (size_t)period * (size_t)s->all_obligors;
	int largest[MOST_TOP], count = weir_fill_largest(largest, MOST_TOP, cents, s->all_obligors);
	for (size_t t = 0; t < sizeof tops / sizeof *tops && (tops[t].count <= count || t == 0); t++) {
		double sum = 0;
		for (int i = 0; i < tops[t].count && i < count; i++)
			sum += cents[largest[i]];
		add_concentration(s, table, period, tops[t].measure,
		                  tops[t].count == 1 && count > 0 ? obligor_cell(s, largest[0]) : (weir_cell){ 0 }, sum,
		                  tops[t].limit);
	}
}

/* Each obligor's industry or region as a number, -1 without one; the names in their order. */
typedef struct places {
	int *of;
	const char **names;
	int count, are_regions;
} places;

static weir_status find_places(places *out, weir_serviced *s, int regions)
{
	weir_names names = { 0 };
	weir_status status = WEIR_OK;
	out->are_regions = regions;
	out->of = weir_arena_array(s->f.scratch, (size_t)s->all_obligors + 1, sizeof *out->of);
	out->names = weir_arena_array(s->f.scratch, (size_t)s->all_obligors + 1, sizeof *out->names);
	if (!out->of || !out->names)
		return WEIR_NO_MEMORY;
	for (int i = 0; status == WEIR_OK && i < s->all_obligors; i++) {
		const weir_obligor *obligor = &s->f.deal->pool.obligors[i];
		const char *name = regions ? obligor->region : obligor->industry;
		out->of[i] = name && *name ? weir_names_find(&names, name, strlen(name)) : -1;
		if (!name || !*name || out->of[i] >= 0)
			continue;
		out->of[i] = out->count;
		out->names[out->count] = name;
		status = weir_names_put(&names, name, strlen(name), out->count++);
	}
	weir_names_free(&names);
	return status;
}

static void add_largest_place(weir_serviced *s, weir_table **table, const places *of, const char *measure, int period,
                              double *sums)
{
	const double *cents = s->obligor_balance + (size_t)period * (size_t)s->all_obligors;
	int largest = 0;
	if (of->count == 0)
		return;
	memset(sums, 0, (size_t)of->count * sizeof *sums);
	for (int i = 0; i < s->all_obligors; i++)
		if (of->of[i] >= 0)
			sums[of->of[i]] += cents[i];
	for (int i = 1; i < of->count; i++)
		largest = sums[i] > sums[largest] ? i : largest;
	weir_cell name = { 0 };
	if (sums[largest] > 0)
		name = of->are_regions ? weir_fill_region(&s->f, of->names[largest]) :
		                         weir_fill_industry(&s->f, of->names[largest]);
	add_concentration(s, table, period, measure, name, sums[largest], NAN);
}

static weir_status fill_concentration(weir_serviced *s)
{
	weir_table *table = NULL;
	places industries = { 0 }, regions = { 0 };
	double *sums = weir_arena_array(s->f.scratch, (size_t)s->all_obligors + 1, sizeof *sums);
	weir_status status = sums ? WEIR_OK : WEIR_NO_MEMORY;
	if (status == WEIR_OK)
		status = find_places(&industries, s, 0);
	if (status == WEIR_OK)
		status = find_places(&regions, s, 1);
	for (int k = s->first; status == WEIR_OK && k < s->count; k++) {
		add_tops(s, &table, k);
		add_largest_place(s, &table, &industries, "top-industry", k, sums);
		add_largest_place(s, &table, &regions, "top-region", k, sums);
	}
	return status;
}

weir_status weir_servicing_pool(weir_serviced *s)
{
	if (!s->by_contract)
		return WEIR_OK;
	fill_pool_report(s);
	fill_overdue(s);
	fill_arrears(s);
	fill_obligors(s);
	fill_defaults(s);
	weir_servicing_pledges(s);
	return fill_concentration(s);
}
