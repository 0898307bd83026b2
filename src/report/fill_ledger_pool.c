/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_ledger_pool.c: the pool contract by contract, added up by period: its statistics, and what becomes of
 * defaults. */
#include <math.h>
#include <string.h>

#include "deal/occurrences.h"
#include "pool/strat.h"
#include "report/fill_ledgers.h"

#define COL WEIR_RUN_COL

/* More obligors x periods than this are not added up: 256 MB. */
#define MOST_OBLIGOR_SUMS ((size_t)1 << 25)

/* Contracts x periods of which statistics are made; larger pools go without them (docs/abn.md). */
#define MOST_STATISTICS ((size_t)20000000)

/* A figure's average, by principal, and its ends. */
typedef struct spread {
	double weighted, weight, least, most;
} spread;

typedef enum feature { RATE, TERM, REMAINING, AGE, FEATURES } feature;

static const weir_strat_by feature_by[] = { WEIR_STRAT_RATE, WEIR_STRAT_TERM, WEIR_STRAT_REMAINING_TERM,
	                                    WEIR_STRAT_AGE };

/* The contracts at the end of a period; those of the cut-off stand at place 0. */
typedef struct features {
	double contracts, obligors, balance, contract_most, obligor_most;
	spread spreads[FEATURES];
} features;

typedef enum disposal_status {
	IN_PROGRESS,
	LITIGATION,
	AUCTION,
	SETTLED,
	WRITTEN_OFF,
	ABOVE_PROMISE,
	STATUSES
} disposal_status;

static const struct {
	const char *key;
	const char *words[4]; /* what an events file may call it */
} statuses[] = { { "in-progress", { "in-progress", "处置中" } }, { "litigation", { "litigation", "诉讼" } },
	         { "auction", { "auction", "拍卖" } },           { "settled", { "settled", "paid", "结清", "已结清" } },
	         { "written-off", { "written-off", "核销" } },   { "above-promise", { NULL } } };

typedef struct disposal_sum {
	double contracts, defaulted, recovered;
} disposal_sum;

typedef struct counting {
	weir_ledger_filler *f;
	const weir_outcome *o;
	weir_strat_ground ground;
	features *features;                  /* [periods]; NULL: the pool is too large */
	double *obligors;                    /* [periods][obligors] principal; NULL: too many */
	char *seen;                          /* [periods][obligors] one of its contracts is outstanding */
	disposal_sum (*disposals)[STATUSES]; /* [periods] */
	disposal_status *status;             /* [periods] scratch of the contract at hand */
} counting;

static int is_sold(const weir_outcome *o, int period)
{
	return weir_fill_recorded(o, weir_fill_map(o)->sold, period) != 0;
}

/* --- statistics ------------------------------------------------------------------------------------------------- */

static void add_to_spread(spread *s, double value, double weight)
{
	if (isnan(value))
		return;
	s->least = s->weight == 0 || value < s->least ? value : s->least;
	s->most = s->weight == 0 || value > s->most ? value : s->most;
	s->weighted += value * weight;
	s->weight += weight;
}

/* Royalties without principal still count while something of them is to come. */
static int is_outstanding(counting *c, int contract, double balance, weir_date date)
{
	if (balance > 0 || c->ground.principal_cents[contract] > 0)
		return balance > 0;
	const weir_pool_terms *terms = &c->ground.pool->deal->pool;
	return weir_contract_last_due(terms, &terms->contracts[contract]) > date;
}

static void count_contract(counting *c, int place, int contract, double balance, weir_date date)
{
	features *to = &c->features[place];
	if (!is_outstanding(c, contract, balance, date))
		return;
	to->contracts++;
	to->balance += balance;
	to->contract_most = balance > to->contract_most ? balance : to->contract_most;
	if (c->obligors) {
		const weir_pool_terms *terms = &c->ground.pool->deal->pool;
		size_t at = (size_t)place * (size_t)terms->obligor_count + (size_t)terms->contracts[contract].obligor;
		to->obligors += !c->seen[at];
		c->seen[at] = 1;
		c->obligors[at] += balance;
		to->obligor_most = c->obligors[at] > to->obligor_most ? c->obligors[at] : to->obligor_most;
	}
	c->ground.cutoff = date;
	for (int i = 0; balance > 0 && i < FEATURES; i++)
		add_to_spread(&to->spreads[i], weir_strat_value_of(&c->ground, feature_by[i], contract).number,
		              balance);
}

/* --- disposal --------------------------------------------------------------------------------------------------- */

static disposal_status status_of(const char *text)
{
	for (int i = 0; text && i < STATUSES; i++)
		for (int w = 0; w < 4 && statuses[i].words[w]; w++)
			if (strcmp(text, statuses[i].words[w]) == 0)
				return (disposal_status)i;
	return IN_PROGRESS;
}

/* What was last said of the contract, or of its obligor, by each period; STATUSES: nothing. */
static void find_statuses(counting *c, int contract)
{
	const weir_occurrences *all = c->o->occurrences;
	int obligor = c->ground.pool->deal->pool.contracts[contract].obligor;
	for (int k = 0; k < weir_fill_period_count(c->o); k++) {
		c->status[k] = k > 0 ? c->status[k - 1] : STATUSES;
		for (int i = weir_occurrences_next(all, WEIR_OCCURRENCE_DISPOSAL, k, -1); i >= 0;
		     i = weir_occurrences_next(all, WEIR_OCCURRENCE_DISPOSAL, k, i)) {
			const weir_occurrence *told = &all->items[i];
			if ((told->subject_kind == WEIR_SUBJECT_CONTRACT && told->subject_number == contract) ||
			    (told->subject_kind == WEIR_SUBJECT_OBLIGOR && told->subject_number == obligor))
				c->status[k] = status_of(told->status);
		}
	}
}

static void count_disposal(counting *c, int contract, const weir_course_period *periods)
{
	double defaulted = 0, recovered = 0;
	int looked = 0;
	for (int k = weir_fill_first(c->o); k < weir_fill_period_count(c->o); k++) {
		if (!is_sold(c->o, k - 1)) {
			defaulted += periods[k].defaulted;
			for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
				recovered += periods[k].recovered[channel];
		}
		if (defaulted == 0 && recovered == 0)
			continue;
		if (!looked)
			find_statuses(c, contract);
		looked = 1;
		disposal_status status = c->status[k];
		if (status == STATUSES)
			status = recovered >= defaulted ? SETTLED : IN_PROGRESS;
		disposal_sum *to = &c->disposals[k][defaulted < 0 ? ABOVE_PROMISE : status];
		to->contracts++;
		to->defaulted += defaulted;
		to->recovered += recovered;
	}
}

/* --- counting --------------------------------------------------------------------------------------------------- */

static void count_flows(counting *c, const weir_course_period *periods)
{
	weir_ledger_pool *pool = &c->f->pool;
	for (int k = weir_fill_first(c->o); k < weir_fill_period_count(c->o); k++) {
		if (!is_sold(c->o, k - 1)) {
			pool->principal_late[k] += periods[k].late_principal;
			pool->income_late[k] += periods[k].late_income;
			pool->prepaid[k] += periods[k].prepaid;
		}
		if (is_sold(c->o, k))
			continue;
		pool->overdue[k] += periods[k].overdue_days > 0 ? periods[k].balance : 0;
		pool->over_30[k] += periods[k].overdue_days > 30 ? periods[k].balance : 0;
		pool->over_90[k] += periods[k].overdue_days > 90 ? periods[k].balance : 0;
	}
}

static void visit(void *context, int contract, const weir_course_period *periods)
{
	counting *c = context;
	weir_date cutoff = weir_deal_cutoff(c->ground.pool->deal);
	if (c->features)
		count_contract(c, 0, contract, c->ground.principal_cents[contract], cutoff);
	for (int k = weir_fill_first(c->o); c->features && k < weir_fill_period_count(c->o); k++)
		if (!is_sold(c->o, k))
			count_contract(c, k, contract, periods[k].balance, weir_fill_period(c->o, k)->calculation);
	count_flows(c, periods);
	count_disposal(c, contract, periods);
}

static weir_status prepare(counting *c)
{
	weir_arena *arena = c->f->scratch;
	weir_ledger_pool *pool = &c->f->pool;
	const weir_pool *of = weir_plan_pool(c->o->plan);
	size_t periods = (size_t)weir_fill_period_count(c->o), obligors = (size_t)of->deal->pool.obligor_count;
	double **columns[] = { &pool->principal_late, &pool->income_late, &pool->prepaid,
		               &pool->overdue,        &pool->over_30,     &pool->over_90 };
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		*columns[i] = weir_arena_array(arena, periods, sizeof **columns[i]);
		if (!*columns[i])
			return WEIR_NO_MEMORY;
	}
	if ((size_t)of->deal->pool.contract_count * periods <= MOST_STATISTICS) {
		c->features = weir_arena_array(arena, periods, sizeof *c->features);
		if (!c->features)
			return WEIR_NO_MEMORY;
	}
	c->disposals = weir_arena_array(arena, periods, sizeof *c->disposals);
	c->status = weir_arena_array(arena, periods, sizeof *c->status);
	if (!c->disposals || !c->status)
		return WEIR_NO_MEMORY;
	if (c->features && obligors > 0 && obligors * periods <= MOST_OBLIGOR_SUMS) {
		c->obligors = weir_arena_array(arena, obligors * periods, sizeof *c->obligors);
		c->seen = weir_arena_array(arena, obligors * periods, 1);
		if (!c->obligors || !c->seen)
			return WEIR_NO_MEMORY;
	}
	return weir_strat_ground_create(&c->ground, arena, of, WEIR_STRAT_PRINCIPAL);
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* What is said of the contracts at a place: the rows of B-8 in their order. */
static weir_cell feature_cell(const features *at, double initial, const char *item)
{
	static const struct {
		const char *item;
		feature of;
		char end; /* average, least, most */
	} spreads[] = { { "remaining-term-average", REMAINING, 'a' },
		        { "remaining-term-most", REMAINING, 'm' },
		        { "remaining-term-least", REMAINING, 'l' },
		        { "term-average", TERM, 'a' },
		        { "age-average", AGE, 'a' },
		        { "rate-average", RATE, 'a' },
		        { "rate-most", RATE, 'm' },
		        { "rate-least", RATE, 'l' } };
	for (size_t i = 0; i < sizeof spreads / sizeof *spreads; i++) {
		const spread *s = &at->spreads[spreads[i].of];
		if (strcmp(spreads[i].item, item) != 0)
			continue;
		double value = spreads[i].end == 'a'   ? s->weighted / s->weight
		               : spreads[i].end == 'm' ? s->most
		                                       : s->least;
		value = s->weight > 0 ? value : NAN;
		return spreads[i].of == RATE ? weir_cell_typed(WEIR_CELL_RATE, 10, value)
		                             : weir_cell_typed(WEIR_CELL_NUMBER, 2, value);
	}
	const struct {
		const char *item;
		weir_cell_type type;
		double value;
	} amounts[] = { { "contracts", WEIR_CELL_INTEGER, at->contracts },
		        { "obligors", WEIR_CELL_INTEGER, at->obligors > 0 || at->contracts == 0 ? at->obligors : NAN },
		        { "balance", WEIR_CELL_MONEY, at->balance },
		        { "pool-factor", WEIR_CELL_RATE, initial > 0 ? at->balance / initial : NAN },
		        { "contract-average", WEIR_CELL_MONEY,
		          at->contracts > 0 ? weir_round_half_away(at->balance / at->contracts) : NAN },
		        { "contract-most", WEIR_CELL_MONEY, at->contracts > 0 ? at->contract_most : NAN },
		        { "obligor-average", WEIR_CELL_MONEY,
		          at->obligors > 0 ? weir_round_half_away(at->balance / at->obligors) : NAN },
		        { "obligor-most", WEIR_CELL_MONEY, at->obligors > 0 ? at->obligor_most : NAN } };
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		if (strcmp(amounts[i].item, item) == 0)
			return weir_cell_typed(amounts[i].type, amounts[i].type == WEIR_CELL_RATE ? 10 : 0,
			                       amounts[i].value);
	return (weir_cell){ 0 };
}

static weir_status fill_features(counting *c)
{
	static const struct {
		const char *part, *item;
	} rows[] = { { "count-and-amount", "contracts" },
		     { "count-and-amount", "obligors" },
		     { "count-and-amount", "balance" },
		     { "count-and-amount", "pool-factor" },
		     { "count-and-amount", "contract-average" },
		     { "count-and-amount", "contract-most" },
		     { "count-and-amount", "obligor-average" },
		     { "count-and-amount", "obligor-most" },
		     { "term-features", "remaining-term-average" },
		     { "term-features", "remaining-term-most" },
		     { "term-features", "remaining-term-least" },
		     { "term-features", "term-average" },
		     { "term-features", "age-average" },
		     { "rate-features", "rate-average" },
		     { "rate-features", "rate-most" },
		     { "rate-features", "rate-least" } };
	weir_table *table;
	double initial = c->features[0].balance;
	weir_status status = weir_results_add_standard(&table, c->f->results, WEIR_TABLE_pool_features);
	for (int k = weir_fill_first(c->o); status == WEIR_OK && k < weir_fill_period_count(c->o); k++)
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			weir_cell *row = weir_table_add_row(c->f->results, table);
			if (!row)
				return WEIR_NO_MEMORY;
			COL(pool_features, period) = weir_cell_number(k);
			COL(pool_features, part) = weir_fill_word(rows[i].part);
			COL(pool_features, item) = weir_fill_word(rows[i].item);
			COL(pool_features, initial) = feature_cell(&c->features[0], initial, rows[i].item);
			if (k > weir_fill_first(c->o))
				COL(pool_features, previous) = feature_cell(&c->features[k - 1], initial, rows[i].item);
			COL(pool_features, current) = feature_cell(&c->features[k], initial, rows[i].item);
		}
	return status;
}

static weir_status fill_disposal(counting *c)
{
	weir_table *table;
	double initial = weir_plan_pool(c->o->plan)->principal_cents;
	weir_status status = weir_results_add_standard(&table, c->f->results, WEIR_TABLE_disposal);
	for (int k = weir_fill_first(c->o); status == WEIR_OK && k < weir_fill_period_count(c->o); k++)
		for (int s = 0; s < STATUSES; s++) {
			const disposal_sum *sum = &c->disposals[k][s];
			weir_cell *row = sum->contracts > 0 ? weir_table_add_row(c->f->results, table) : NULL;
			if (sum->contracts == 0)
				continue;
			if (!row)
				return WEIR_NO_MEMORY;
			COL(disposal, period) = weir_cell_number(k);
			COL(disposal, status) = weir_fill_word(statuses[s].key);
			COL(disposal, contracts) = weir_cell_number(sum->contracts);
			COL(disposal, defaulted) = weir_cell_number(sum->defaulted);
			COL(disposal, share) = weir_cell_number(initial > 0 ? sum->defaulted / initial : NAN);
			COL(disposal, recovered) = weir_cell_number(sum->recovered);
			COL(disposal, open) = weir_cell_number(sum->defaulted - sum->recovered);
		}
	return status;
}

weir_status weir_fill_ledger_pool(weir_ledger_filler *f)
{
	counting c = { .f = f, .o = f->outcome };
	weir_status status = prepare(&c);
	if (status == WEIR_OK)
		status = weir_pool_course(weir_plan_pool(c.o->plan), weir_plan_periods(c.o->plan), c.o->shocks, visit,
		                          &c);
	if (status == WEIR_OK && c.features)
		status = fill_features(&c);
	if (status == WEIR_OK)
		status = fill_disposal(&c);
	return status;
}
