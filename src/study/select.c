/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/select.h"

#include <math.h>
#include <string.h>

#include "study/select_int.h"

#define MAIN_SHARE 0.6  /* of the time, for the selection itself */

/* --- what each rule costs --------------------------------------------------------------------------------------- */

/* A rule about single candidates that changes nothing when it goes, because others keep out or let in the same. */
static int makes_no_difference(select_study *s, const char *dropped)
{
	size_t count = (size_t)s->count;
	memcpy(s->saved, s->forbidden, count);
	memcpy(s->saved + count, s->forced, count);
	weir_select_mark(s, dropped);
	return memcmp(s->saved, s->forbidden, count) == 0 && memcmp(s->saved + count, s->forced, count) == 0;
}

/* The best value without one rule, from the selection that there is. */
static weir_status find_gain(weir_limit_found *out, select_study *s, const select_search *main_search, int number)
{
	select_search x;
	weir_status status;
	WEIR_TRY(weir_select_begin(&x, s));
	weir_select_mark(s, x.dropped);
	x.dropped[number] = 1;
	memcpy(x.best, main_search->best, (size_t)s->count);
	x.value = main_search->value;
	x.has_best = 1;
	if (out->rule->kind <= WEIR_RULE_EXCLUDE && makes_no_difference(s, x.dropped))
		x.proven = main_search->proven;
	else
		WEIR_TRY(weir_select_search(&x, 1));
	out->searched = 1;
	out->without_proven = x.proven;
	out->without = weir_select_number(s, x.value);
	out->gain = fabs(out->without - weir_select_number(s, main_search->value));
out:
	weir_select_end(&x);
	return status;
}

static weir_status find_gains(weir_select_found *out, select_study *s, const select_search *main_search)
{
	weir_status status = WEIR_OK;
	double end = s->deadline;
	for (int l = 0; l < s->limit_count && status == WEIR_OK && weir_select_seconds() < end; l++) {
		double start = weir_select_seconds();
		s->deadline = start + (end - start) / (s->limit_count - l); /* an equal part of what is left */
		status = find_gain(&out->limits[l], s, main_search, l);
		s->steps_done++;
	}
	s->deadline = end;
	return status;
}

/* --- what cannot hold together ---------------------------------------------------------------------------------- */

/* Leaves out one rule after the other for good while the rest still cannot hold (a deletion filter): what stays cannot
 * hold, and every part of it can. */
static weir_status find_conflict(weir_select_found *out, select_study *s)
{
	select_search x;
	weir_status status;
	out->conflict_proven = 1;
	WEIR_TRY(weir_select_begin(&x, s));
	for (int l = 0; l < s->limit_count; l++) {
		int answer;
		x.dropped[l] = 1;
		WEIR_TRY(weir_select_can_hold(&answer, &x));
		if (answer != 0)
			x.dropped[l] = 0; /* it is needed; not known counts as needed */
		if (answer < 0)
			out->conflict_proven = 0;
		out->limits[l].in_conflict = !x.dropped[l];
		s->steps_done++;
	}
out:
	weir_select_end(&x);
	return status;
}

/* --- the result ------------------------------------------------------------------------------------------------- */

static double bound_number(const select_limit *limit)
{
	if (limit->rule->kind < WEIR_RULE_AMOUNT)
		return NAN;
	double scale = limit->unit == WEIR_UNIT_SHARE ? WEIR_SELECT_SCALE : limit->value_scale;
	return (double)limit->bound / scale;
}

static weir_status list_limits(weir_select_found *out, select_study *s, const char *chosen)
{
	weir_status status = WEIR_OK;
	out->limit_count = s->limit_count;
	out->limits = weir_arena_array(s->candidates->arena, (size_t)s->limit_count + 1, sizeof *out->limits);
	if (!out->limits)
		return WEIR_NO_MEMORY;
	for (int l = 0; l < s->limit_count && status == WEIR_OK; l++) {
		const select_limit *limit = &s->limits[l];
		weir_limit_found *found = &out->limits[l];
		*found = (weir_limit_found){ .rule = limit->rule, .side = limit->side, .unit = limit->unit,
			                     .bound = bound_number(limit), .value = NAN, .slack = NAN, .without = NAN,
			                     .gain = NAN };
		if (chosen || limit->rule->kind < WEIR_RULE_TOGETHER)
			status = weir_select_measure(found, s, limit, chosen);
	}
	return status;
}

/* Which tests a candidate fails. */
static weir_status list_failed(weir_candidate_found *one, const select_study *s, int number)
{
	int excluded = 0, count = 0;
	for (int l = 0; l < s->limit_count; l++) {
		weir_rule_kind kind = s->limits[l].rule->kind;
		int marked = kind <= WEIR_RULE_EXCLUDE && s->limits[l].of[number];
		count += marked && kind == WEIR_RULE_ELIGIBLE;
		excluded |= marked && kind == WEIR_RULE_EXCLUDE;
		one->forced |= marked && kind == WEIR_RULE_INCLUDE;
	}
	one->failed = weir_arena_array(s->candidates->arena, (size_t)count + 1, sizeof *one->failed);
	if (!one->failed)
		return WEIR_NO_MEMORY;
	for (int l = 0; l < s->limit_count; l++)
		if (s->limits[l].rule->kind == WEIR_RULE_ELIGIBLE && s->limits[l].of[number])
			one->failed[one->failed_count++] = s->limits[l].rule;
	one->state = !(s->principal[number] > 0) ? WEIR_CANDIDATE_PAID :
	             count                       ? WEIR_CANDIDATE_INELIGIBLE :
	             excluded                    ? WEIR_CANDIDATE_EXCLUDED :
	             s->lacks[number]            ? WEIR_CANDIDATE_LACKS :
	                                           WEIR_CANDIDATE_LEFT;
	one->lacks = s->lacks[number];
	return WEIR_OK;
}

static weir_status list_candidates(weir_select_found *out, const select_study *s, const char *chosen)
{
	const weir_pool_terms *pool = &s->candidates->deal->pool;
	char *seen = weir_arena_array(s->candidates->arena, (size_t)pool->obligor_count + 1, 1);
	out->candidates = weir_arena_array(s->candidates->arena, (size_t)s->count + 1, sizeof *out->candidates);
	if (!out->candidates || !seen)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->count; i++) {
		weir_status status = list_failed(&out->candidates[i], s, i);
		if (status != WEIR_OK)
			return status;
		if (!chosen || !chosen[i])
			continue;
		out->candidates[i].state = WEIR_CANDIDATE_CHOSEN;
		out->contracts++;
		out->obligors += !seen[pool->contracts[i].obligor];
		seen[pool->contracts[i].obligor] = 1;
		out->principal_cents += s->candidates->items[i].principal_cents;
		out->income_cents += s->candidates->items[i].income_cents;
	}
	return WEIR_OK;
}

/* What no selection is better than, as a number of the objective: the value itself when it is proven, else what the
 * last programme left open; NAN when that is not known. */
static double bound_of(const select_search *x)
{
	const select_study *s = x->s;
	double value = weir_select_number(s, x->value);
	if (x->proven || isnan(x->bound)) /* another programme's bound may be below a selection found after it */
		return x->proven ? value : NAN;
	return (s->goal.minimise ? value < x->bound : value > x->bound) ? value : x->bound;
}

static weir_status tell(weir_select_found *out, select_study *s, const select_search *x)
{
	const char *chosen = x->has_best ? x->best : NULL;
	out->outcome = x->has_best ? WEIR_SELECT_FOUND : x->impossible ? WEIR_SELECT_IMPOSSIBLE : WEIR_SELECT_UNKNOWN;
	out->unit = s->goal.unit;
	out->proven = x->proven;
	out->settled = x->settled;
	out->ties = x->ties;
	out->slips = x->slips;
	out->value = x->has_best ? weir_select_number(s, x->value) : NAN;
	out->bound = x->has_best ? bound_of(x) : NAN;
	weir_status status = list_candidates(out, s, chosen);
	return status == WEIR_OK ? list_limits(out, s, chosen) : status;
}

static weir_status make_study(select_study *s, weir_candidates *c, const weir_select_terms *terms)
{
	weir_arena *arena = c->arena;
	size_t count = (size_t)c->count + 1;
	*s = (select_study){ .candidates = c, .terms = terms, .count = c->count };
	s->deadline = weir_select_seconds() + terms->seconds;
	s->principal = weir_arena_array(arena, count, sizeof *s->principal);
	s->receivable = weir_arena_array(arena, count, sizeof *s->receivable);
	s->ones = weir_arena_array(arena, count, sizeof *s->ones);
	s->sums = weir_arena_array(arena, count + WEIR_IP_KIND_COUNT, sizeof *s->sums);
	s->scratch = weir_arena_array(arena, count, sizeof *s->scratch);
	s->row = weir_arena_array(arena, count, sizeof *s->row);
	s->barred = weir_arena_array(arena, count, 1);
	s->forbidden = weir_arena_array(arena, count, 1);
	s->forced = weir_arena_array(arena, count, 1);
	s->together = weir_arena_array(arena, count, sizeof *s->together);
	s->ineligible = weir_arena_array(arena, count, 1);
	s->saved = weir_arena_array(arena, 2 * (count + (size_t)c->rules->rule_count), 1);
	s->lacks = weir_arena_array(arena, count, sizeof *s->lacks);
	if (!s->principal || !s->receivable || !s->ones || !s->sums || !s->scratch || !s->row || !s->barred ||
	    !s->forbidden || !s->forced || !s->together || !s->ineligible || !s->saved || !s->lacks)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < c->count; i++) {
		s->principal[i] = c->items[i].principal_cents;
		s->receivable[i] = c->items[i].principal_cents + c->items[i].income_cents;
		s->ones[i] = 1;
	}
	return WEIR_OK;
}

weir_status weir_select(weir_select_found *out, weir_candidates *candidates, const weir_select_terms *terms,
                        weir_diags *diags)
{
	weir_status status;
	select_study s;
	select_search x = { 0 };
	*out = (weir_select_found){ 0 };
	WEIR_TRY(make_study(&s, candidates, terms));
	WEIR_TRY(weir_select_compile(&s, diags));
	WEIR_TRY(weir_diags_status(diags));
	WEIR_TRY(weir_select_begin(&x, &s));
	s.steps = 1 + s.limit_count;
	s.deadline -= terms->seconds * (1 - MAIN_SHARE);
	WEIR_TRY(weir_select_search(&x, 0));
	s.deadline += terms->seconds * (1 - MAIN_SHARE);
	s.steps_done = 1;
	WEIR_TRY(tell(out, &s, &x));
	if (out->outcome == WEIR_SELECT_FOUND && !terms->without_gains)
		WEIR_TRY(find_gains(out, &s, &x));
	if (out->outcome == WEIR_SELECT_IMPOSSIBLE)
		WEIR_TRY(find_conflict(out, &s));
out:
	weir_select_end(&x);
	return status;
}
