/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_walk.c: the pool contract by contract, added up as the holders' reports want it. */
#include <string.h>

#include "deal/occurrences.h"
#include "report/fill_servicing.h"

/* What the visits of one walk share. */
typedef struct walk {
	weir_serviced *s;
	weir_strat_ground ground;
	double *obligor_open; /* [periods][obligors] 1: one of its contracts is open */
	int failed;
} walk;

/* --- one contract in one period --------------------------------------------------------------------------------- */

static double overdue_of(const double *ages)
{
	double sum = 0;
	for (int age = 0; age < WEIR_OVERDUE_AGES; age++)
		sum += ages[age];
	return sum;
}

static double cash_of(const weir_course_period *p)
{
	return p->principal + p->prepaid + p->late_principal + p->income + p->late_income;
}

static enum weir_servicing_bucket bucket_of_days(int days)
{
	return days <= 30 ? WEIR_BUCKET_30 :
	       days <= 60 ? WEIR_BUCKET_60 :
	       days <= 90 ? WEIR_BUCKET_90 :
	                    WEIR_BUCKET_MORE;
}

/* What of a contract lies behind a period. */
typedef struct ahead {
	double cash;            /* to come */
	double principal, income; /* what the terms promise */
	double defaulted, recovered, prepaid; /* to date */
	int is_redeemed;        /* has been taken out of the pool */
	double redeemed;        /* with what was left then */
} ahead;

static enum weir_servicing_bucket bucket_of(const weir_course_period *p, const ahead *a)
{
	if (p->overdue_days > 0)
		return bucket_of_days(p->overdue_days);
	if (a->cash > 0 || p->balance > 0)
		return WEIR_BUCKET_NORMAL;
	if (a->defaulted > a->recovered || (a->principal + a->income > 0 && a->prepaid == 0))
		return WEIR_BUCKET_DEFAULTED;
	return WEIR_BUCKET_SETTLED;
}

/* What is overdue, and what the terms promise behind it of the part that still performs. */
static double receivable_of(const weir_course_period *p, const ahead *a, enum weir_servicing_bucket bucket)
{
	double overdue = overdue_of(p->overdue), performs = bucket <= WEIR_BUCKET_MORE;
	if (a->principal > 0)
		performs = (p->balance - overdue) / a->principal;
	return overdue + overdue_of(p->overdue_income) + floor((a->principal + a->income) * performs + 0.5);
}

static void add_average(double *sum, double *with, double value, double weight)
{
	if (isnan(value) || weight <= 0)
		return;
	*sum += weight * value;
	*with += weight;
}

/* The averages of what is outstanding; the ground looks at the pool from the period's calculation date. */
static void add_averages(walk *w, weir_servicing_state *state, int contract, int period, double balance)
{
	weir_strat_value remaining, age;
	if (balance <= 0)
		return;
	w->ground.cutoff = period > 0 ? w->s->f.periods->items[period].calculation : weir_fill_cutoff(w->s->f.deal);
	remaining = weir_strat_value_of(&w->ground, WEIR_STRAT_REMAINING_TERM, contract);
	age = weir_strat_value_of(&w->ground, WEIR_STRAT_AGE, contract);
	add_average(&state->rate, &state->with_rate, w->ground.rate[contract], balance);
	if (remaining.has == WEIR_STRAT_HAS_NUMBER)
		add_average(&state->remaining, &state->with_remaining, remaining.number, balance);
	if (age.has == WEIR_STRAT_HAS_NUMBER)
		add_average(&state->age, &state->with_age, age.number, balance);
}

/* Notes when a contract leaves the pool: with what is left of it when the pool is sold, with what was prepaid when the
 * events file says so and nothing is left. */
static void note_redemption(const weir_serviced *s, int contract, int period, const weir_course_period *p, ahead *a)
{
	int natural = bucket_of(p, a), told = s->redeemed_in[contract];
	if (period == s->sold && (natural <= WEIR_BUCKET_MORE || p->balance > 0)) {
		a->is_redeemed = 1;
		a->redeemed = p->balance;
	} else if (period < s->sold && told > 0 && period >= told && !a->is_redeemed &&
	           natural == WEIR_BUCKET_SETTLED) {
		a->is_redeemed = 1;
		a->redeemed = a->prepaid;
	}
}

static void add_arrears(weir_servicing_state *state, const weir_course_period *p)
{
	int band = p->overdue_days / 30;
	if (p->overdue_days <= 0)
		return;
	band = band < WEIR_SERVICING_ARREARS ? band : WEIR_SERVICING_ARREARS - 1;
	state->arrear_contracts[band]++;
	state->arrears[band] += p->balance;
}

/* Once the pool is sold nothing of it is left; in that period its cash still came. */
static void add_stock(walk *w, int contract, int period, const weir_course_period *p, const ahead *a)
{
	weir_serviced *s = w->s;
	weir_servicing_state *state = &s->states[period];
	const weir_contract *terms = &s->f.deal->pool.contracts[contract];
	int sold = period >= s->sold;
	enum weir_servicing_bucket bucket = a->is_redeemed ? WEIR_BUCKET_REDEEMED :
	                                    sold           ? WEIR_BUCKET_SETTLED :
	                                                     bucket_of(p, a);
	state->contracts[bucket]++;
	state->part_defaulted += !sold && bucket <= WEIR_BUCKET_MORE && a->defaulted > 0;
	state->balance[WEIR_BUCKET_DEFAULTED] += p->defaulted; /* of the period; added up behind the walk */
	state->balance[WEIR_BUCKET_REDEEMED] += a->redeemed;
	if (sold)
		return;
	/* what is left of a contract that pays nothing more counts where it belongs: to those that are as they should
	 * be */
	enum weir_servicing_bucket holder = bucket <= WEIR_BUCKET_MORE ? bucket : WEIR_BUCKET_NORMAL;
	double overdue = overdue_of(p->overdue);
	state->balance[holder] += p->balance;
	state->overdue[holder] += overdue;
	add_arrears(state, p);
	state->receivable += receivable_of(p, a, bucket);
	add_averages(w, state, contract, period, p->balance);
	if (bucket <= WEIR_BUCKET_MORE) {
		size_t at = (size_t)period * (size_t)s->all_obligors + (size_t)terms->obligor;
		state->open_contracts++;
		state->open_obligors += w->obligor_open[at] == 0;
		w->obligor_open[at] = 1;
		s->obligor_balance[at] += p->balance;
	}
	if (s->pledge_of[contract] >= 0)
		s->pledges[s->pledge_of[contract]].balance[period] += p->balance;
	for (int i = 0; i < s->f.deal->cover_count; i++)
		if (weir_cover_is_for(&s->f.deal->covers[i], &s->f.deal->pool, contract))
			s->answered[period * s->f.deal->cover_count + i] += p->balance;
}

static void add_flows(weir_servicing_state *state, weir_contract_kind kind, const weir_course_period *p)
{
	state->principal += p->principal;
	state->prepaid += p->prepaid;
	state->late_principal += p->late_principal;
	state->late_income += p->late_income;
	state->income[kind] += p->income;
	for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
		state->recovered[channel] += p->recovered[channel];
}

static void add_to_obligor(weir_serviced *s, int obligor, int period, const weir_course_period *p)
{
	weir_servicing_obligor *row = &s->rows[(size_t)period * (size_t)(s->shown + 1) + (size_t)s->place[obligor]];
	if (period <= s->sold) {
		row->due += p->scheduled_principal + p->scheduled_income;
		row->paid += cash_of(p);
	}
	if (period >= s->sold)
		return;
	row->balance += p->balance;
	row->overdue_days = p->overdue_days > row->overdue_days ? p->overdue_days : row->overdue_days;
}

/* --- contracts that default ------------------------------------------------------------------------------------- */

static void add_default_flows(weir_serviced *s, weir_servicing_default *to, const weir_course_period *periods)
{
	for (int k = s->first; k < s->count && k <= s->sold; k++) {
		to->defaulted[k] += periods[k].defaulted;
		for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
			to->recovered[channel][k] += periods[k].recovered[channel];
	}
}

static void move_default(weir_serviced *s, weir_servicing_default *from, weir_servicing_default *to)
{
	for (int k = s->first; k < s->count; k++) {
		to->defaulted[k] += from->defaulted[k];
		from->defaulted[k] = 0;
		for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++) {
			to->recovered[channel][k] += from->recovered[channel][k];
			from->recovered[channel][k] = 0;
		}
	}
	s->has_other_defaults = 1;
}

/* Keeps the contracts that give up the most; of equals those listed first. */
static void add_default(weir_serviced *s, int contract, const weir_course_period *periods)
{
	double total = 0, size = 0;
	for (int k = s->first; k < s->count && k <= s->sold; k++) {
		total += periods[k].defaulted;
		size += fabs(periods[k].defaulted) + periods[k].recovered[0] + periods[k].recovered[1];
	}
	if (size == 0)
		return;
	weir_servicing_default *others = &s->defaults[WEIR_SERVICING_MOST_ROWS], *to = &s->defaults[s->default_count];
	if (s->default_count == WEIR_SERVICING_MOST_ROWS) {
		to = s->defaults;
		for (int i = 1; i < s->default_count; i++)
			to = s->defaults[i].total <= to->total ? &s->defaults[i] : to;
		if (total <= to->total) {
			add_default_flows(s, others, periods);
			s->has_other_defaults = 1;
			return;
		}
		move_default(s, to, others);
	} else {
		s->default_count++;
	}
	to->contract = contract;
	to->total = total;
	add_default_flows(s, to, periods);
}

/* --- the walk --------------------------------------------------------------------------------------------------- */

static void visit(void *context, int contract, const weir_course_period *periods)
{
	walk *w = context;
	weir_serviced *s = w->s;
	const weir_contract *terms = &s->f.deal->pool.contracts[contract];
	ahead a = { 0 };
	for (int k = s->first; k < s->count; k++) {
		a.cash += cash_of(&periods[k]);
		a.principal += periods[k].scheduled_principal;
		a.income += periods[k].scheduled_income;
	}
	for (int k = s->first - 1; k < s->count; k++) {
		const weir_course_period *p = &periods[k];
		if (k >= s->first) {
			a.cash -= cash_of(p);
			a.principal -= p->scheduled_principal;
			a.income -= p->scheduled_income;
			a.defaulted += p->defaulted;
			a.prepaid += p->prepaid;
			for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
				a.recovered += p->recovered[channel];
			if (k <= s->sold)
				add_flows(&s->states[k], terms->kind, p);
		}
		note_redemption(s, contract, k, p, &a);
		add_stock(w, contract, k, p, &a);
		add_to_obligor(s, terms->obligor, k, p);
	}
	add_default(s, contract, periods);
}

/* In which period the events file lets each contract go; NULL when memory is short. */
static int *redemptions_of(const weir_serviced *s)
{
	const weir_occurrences *told = s->o->occurrences;
	int *periods = weir_arena_array(s->f.scratch, (size_t)s->f.deal->pool.contract_count + 1, sizeof *periods);
	for (int i = 0; periods && told && i < told->count; i++) {
		const weir_occurrence *t = &told->items[i];
		if (t->subject_kind == WEIR_SUBJECT_CONTRACT &&
		    (t->kind == WEIR_OCCURRENCE_REDEMPTION || t->kind == WEIR_OCCURRENCE_REPLACEMENT))
			periods[t->subject_number] = t->period > 0 ? t->period : 1;
	}
	return periods;
}

static weir_status take_memory(walk *w)
{
	weir_serviced *s = w->s;
	size_t periods = (size_t)s->count, obligors = (size_t)s->f.deal->pool.obligor_count;
	s->all_obligors = (int)obligors;
	s->place = weir_arena_array(s->f.scratch, obligors + 1, sizeof *s->place);
	s->rows = weir_arena_array(s->f.scratch, periods * (size_t)(s->shown + 1), sizeof *s->rows);
	s->obligor_balance = weir_arena_array(s->f.scratch, periods * obligors + 1, sizeof *s->obligor_balance);
	w->obligor_open = weir_arena_array(s->f.scratch, periods * obligors + 1, sizeof *w->obligor_open);
	s->answered = weir_arena_array(s->f.scratch, periods * (size_t)s->f.deal->cover_count + 1, sizeof *s->answered);
	s->defaults = weir_arena_array(s->f.scratch, WEIR_SERVICING_MOST_ROWS + 1, sizeof *s->defaults);
	s->redeemed_in = redemptions_of(s);
	if (!s->redeemed_in)
		return WEIR_NO_MEMORY;
	if (!s->place || !s->rows || !s->obligor_balance || !w->obligor_open || !s->answered || !s->defaults)
		return WEIR_NO_MEMORY;
	for (int i = 0; i <= WEIR_SERVICING_MOST_ROWS; i++) {
		weir_servicing_default *d = &s->defaults[i];
		d->contract = -1;
		d->defaulted = weir_arena_array(s->f.scratch, periods, sizeof *d->defaulted);
		for (int channel = 0; channel < WEIR_CHANNEL_COUNT; channel++)
			d->recovered[channel] = weir_arena_array(s->f.scratch, periods, sizeof *d->recovered[channel]);
		if (!d->defaulted || !d->recovered[0] || !d->recovered[1])
			return WEIR_NO_MEMORY;
	}
	return WEIR_OK;
}

/* The obligors with rows of their own. */
static weir_status choose_obligors(weir_serviced *s)
{
	weir_strat strat;
	weir_status status = weir_pool_stratify(&strat, s->f.scratch, s->f.pool, WEIR_STRAT_OBLIGOR);
	if (status != WEIR_OK)
		return status;
	s->obligors = strat.rows;
	s->shown = strat.count < WEIR_SERVICING_MOST_ROWS ? strat.count : WEIR_SERVICING_MOST_ROWS;
	s->has_others = strat.count > s->shown;
	return WEIR_OK;
}

/* Principal given up, from the period's to that to date; and the largest obligor. */
static void finish(weir_serviced *s)
{
	for (int k = s->first - 1; k < s->count; k++) {
		weir_servicing_state *state = &s->states[k];
		const double *balances = s->obligor_balance + (size_t)k * (size_t)s->all_obligors;
		if (k > s->sold)
			state->balance[WEIR_BUCKET_DEFAULTED] = 0;
		if (k >= s->first)
			state->balance[WEIR_BUCKET_DEFAULTED] += state[-1].balance[WEIR_BUCKET_DEFAULTED];
		for (int i = 0; i < s->all_obligors; i++)
			state->largest_obligor =
				balances[i] > state->largest_obligor ? balances[i] : state->largest_obligor;
	}
}

weir_status weir_servicing_walk(weir_serviced *s)
{
	walk w = { .s = s };
	weir_status status;
	WEIR_TRY(choose_obligors(s));
	WEIR_TRY(take_memory(&w));
	WEIR_TRY(weir_servicing_find_pledges(s));
	for (int i = 0; i < s->all_obligors; i++)
		s->place[i] = s->shown;
	for (int i = 0; i < s->shown; i++)
		s->place[s->obligors[i].number] = i;
	WEIR_TRY(weir_strat_ground_create(&w.ground, s->f.scratch, s->f.pool, WEIR_STRAT_PRINCIPAL));
	WEIR_TRY(weir_pool_course(s->f.pool, s->f.periods, s->o->shocks, visit, &w));
	finish(s);
out:
	return status;
}
