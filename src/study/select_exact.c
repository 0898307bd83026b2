/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select_exact.c: whether a selection meets a rule, to the cent; what it comes to; and which of two is better. */
#include <math.h>

#include "study/select_int.h"

/* --- exact tests ------------------------------------------------------------------------------------------------ */

/* Money of the chosen candidates that count, or of all. */
static double sum_of(const select_limit *limit, int count, const char *chosen, int all)
{
	double sum = 0;
	for (int i = 0; i < count; i++)
		if (chosen[i] && (all || !limit->of || limit->of[i]))
			sum += limit->money[i];
	return sum;
}

/* Sums of the bands into s->sums; *present counts those with a chosen member. */
static void sum_bands(select_study *s, const select_limit *limit, const char *chosen, int *present)
{
	*present = 0;
	for (int b = 0; b < limit->bands.count; b++) {
		int any = 0;
		s->sums[b] = 0;
		for (int k = limit->bands.first[b]; k < limit->bands.first[b + 1]; k++) {
			int i = limit->bands.members[k];
			if (!chosen[i])
				continue;
			any = 1;
			s->sums[b] += limit->money ? limit->money[i] : 0;
		}
		s->sums[b] = any ? s->sums[b] : -1; /* not there */
		*present += any;
	}
}

/* The next band in order of size, of equal ones the first listed; the least on its side first. -1 behind the last. */
static int next_band(const select_study *s, const select_limit *limit, int last)
{
	int found = -1, largest = limit->side == WEIR_SIDE_MOST;
	for (int b = 0; b < limit->bands.count; b++) {
		double sum = s->sums[b];
		if (sum < 0)
			continue;
		int behind = last < 0 || (largest ? sum < s->sums[last] : sum > s->sums[last]) ||
		             (sum == s->sums[last] && b > last);
		if (behind && (found < 0 || (largest ? sum > s->sums[found] : sum < s->sums[found])))
			found = b;
	}
	return found;
}

/* Whether value is on the good side of the bound. */
static int on_side(const select_limit *limit, weir_exact value, weir_exact bound)
{
	return limit->side == WEIR_SIDE_LEAST ? value >= bound : value <= bound;
}

/* An amount or number as it stands, or against a share of all that is chosen. */
static int amount_holds(const select_limit *limit, double amount, double total)
{
	if (limit->unit != WEIR_UNIT_SHARE)
		return on_side(limit, (weir_exact)amount, limit->bound);
	return on_side(limit, (weir_exact)amount * WEIR_SELECT_SCALE, (weir_exact)limit->bound * (weir_exact)total);
}

/* The sum of the largest bands; of a least, the smallest band that is there, or -1. */
static double extreme_bands(select_study *s, const select_limit *limit, const char *chosen, int *bands, int *count)
{
	int present, last = -1, top = limit->rule->top;
	double sum = 0;
	sum_bands(s, limit, chosen, &present);
	*count = 0;
	for (int k = 0; k < top && (last = next_band(s, limit, last)) >= 0; k++) {
		sum += s->sums[last];
		if (bands)
			bands[k] = last;
		++*count;
	}
	return sum;
}

static int bands_hold(select_study *s, const select_limit *limit, const char *chosen)
{
	int count;
	double sum = extreme_bands(s, limit, chosen, NULL, &count);
	if (count == 0)
		return 1; /* nothing is chosen */
	return amount_holds(limit, sum, limit->unit == WEIR_UNIT_SHARE ? sum_of(limit, s->count, chosen, 1) : 0);
}

static int average_holds(const select_limit *limit, int count, const char *chosen)
{
	weir_exact sum = 0;
	for (int i = 0; i < count; i++)
		if (chosen[i])
			sum += (weir_exact)limit->weights[i] * ((weir_exact)limit->values[i] - limit->bound);
	return on_side(limit, sum, 0);
}

static int together_holds(const select_study *s, const select_limit *limit, const char *chosen)
{
	for (int b = 0; b < limit->bands.count; b++) {
		int first = -1;
		for (int k = limit->bands.first[b]; *limit->bands.names[b] && k < limit->bands.first[b + 1]; k++) {
			int i = limit->bands.members[k];
			if (s->ineligible[i])
				continue;
			if (first >= 0 && chosen[i] != chosen[first])
				return 0;
			first = i;
		}
	}
	return 1;
}

int weir_select_holds(select_study *s, const select_limit *limit, const char *chosen)
{
	int present, includes = limit->rule->kind == WEIR_RULE_INCLUDE;
	switch (limit->rule->kind) {
	case WEIR_RULE_ELIGIBLE:
	case WEIR_RULE_INCLUDE:
	case WEIR_RULE_EXCLUDE:
		for (int i = 0; i < s->count; i++)
			if (limit->of[i] && chosen[i] != includes)
				return 0;
		return 1;
	case WEIR_RULE_TOGETHER:
		return together_holds(s, limit, chosen);
	case WEIR_RULE_AVERAGE:
		return average_holds(limit, s->count, chosen);
	case WEIR_RULE_NUMBER:
		if (limit->bands.count) {
			sum_bands(s, limit, chosen, &present);
			return on_side(limit, present, limit->bound);
		}
		break;
	default:
		if (limit->bands.count)
			return bands_hold(s, limit, chosen);
	}
	return amount_holds(limit, sum_of(limit, s->count, chosen, 0), sum_of(limit, s->count, chosen, 1));
}

/* --- what a limit comes to -------------------------------------------------------------------------------------- */

static int count_flags(const char *flags, int count)
{
	int found = 0;
	for (int i = 0; i < count; i++)
		found += flags[i];
	return found;
}

/* Names the bands that the value is of. */
static weir_status name_at(weir_limit_found *out, const select_study *s, const select_limit *limit, const int *bands,
                           int count)
{
	out->at = weir_arena_array(s->candidates->arena, (size_t)count + 1, sizeof *out->at);
	if (!out->at)
		return WEIR_NO_MEMORY;
	for (int k = 0; k < count; k++)
		out->at[k] = limit->bands.names[bands[k]];
	out->at_count = count;
	return WEIR_OK;
}

static weir_status measure_bands(weir_limit_found *out, select_study *s, const select_limit *limit, const char *chosen)
{
	int count;
	int *bands = weir_arena_array(s->candidates->arena, (size_t)limit->rule->top + 1, sizeof *bands);
	if (!bands)
		return WEIR_NO_MEMORY;
	double sum = extreme_bands(s, limit, chosen, bands, &count);
	double total = limit->unit == WEIR_UNIT_SHARE ? sum_of(limit, s->count, chosen, 1) : 1;
	out->value = sum / total;
	return name_at(out, s, limit, bands, count);
}

static double average_of(const select_limit *limit, int count, const char *chosen)
{
	weir_exact sum = 0, weights = 0;
	for (int i = 0; i < count; i++)
		if (chosen[i]) {
			sum += (weir_exact)limit->weights[i] * limit->values[i];
			weights += (weir_exact)limit->weights[i];
		}
	return weights ? (double)((weir_quad)sum / (weir_quad)weights / limit->value_scale) : NAN;
}

static int is_quantity(const select_limit *limit)
{
	weir_rule_kind kind = limit->rule->kind;
	return kind == WEIR_RULE_AMOUNT || kind == WEIR_RULE_SHARE || kind == WEIR_RULE_NUMBER;
}

weir_status weir_select_measure(weir_limit_found *out, select_study *s, const select_limit *limit, const char *chosen)
{
	int present;
	weir_status status = WEIR_OK;
	if (limit->rule->kind == WEIR_RULE_TOGETHER) {
		out->value = NAN;
	} else if (limit->rule->kind < WEIR_RULE_AMOUNT) {
		out->value = count_flags(limit->of, s->count);
	} else if (limit->rule->kind == WEIR_RULE_AVERAGE) {
		out->value = average_of(limit, s->count, chosen);
	} else if (limit->rule->kind == WEIR_RULE_NUMBER && limit->bands.count) {
		sum_bands(s, limit, chosen, &present);
		out->value = present;
	} else if (limit->bands.count) {
		status = measure_bands(out, s, limit, chosen);
	} else {
		out->value = sum_of(limit, s->count, chosen, 0);
		if (limit->unit == WEIR_UNIT_SHARE)
			out->value /= sum_of(limit, s->count, chosen, 1);
	}
	if (is_quantity(limit) || limit->rule->kind == WEIR_RULE_AVERAGE)
		out->slack = limit->side == WEIR_SIDE_LEAST ? out->value - out->bound : out->bound - out->value;
	return status;
}

/* --- the objective's value -------------------------------------------------------------------------------------- */

select_value weir_select_value(const select_study *s, const char *chosen)
{
	select_value value = { 0, s->goal.under ? 0 : 1 };
	for (int i = 0; i < s->count; i++)
		if (chosen[i]) {
			value.over += s->goal.over[i];
			if (s->goal.under)
				value.under += s->goal.under[i];
		}
	return value;
}

/* The whole part of a / b, towards minus infinity, and what is left. */
static weir_exact divide(weir_exact a, weir_exact b, weir_exact *rest)
{
	weir_exact whole = a / b;
	if (a % b < 0)
		whole--;
	*rest = a - whole * b;
	return whole;
}

/* By continued fractions: no product is formed, so nothing can overflow. */
int weir_select_compare(select_value a, select_value b)
{
	for (int sign = 1;; sign = -sign) {
		weir_exact rest_a, rest_b;
		weir_exact whole_a = divide(a.over, a.under, &rest_a), whole_b = divide(b.over, b.under, &rest_b);
		if (whole_a != whole_b)
			return whole_a > whole_b ? sign : -sign;
		if (rest_a == 0 || rest_b == 0)
			return rest_a == rest_b ? 0 : rest_a == 0 ? -sign : sign;
		a = (select_value){ a.under, rest_a };
		b = (select_value){ b.under, rest_b };
	}
}

double weir_select_number(const select_study *s, select_value value)
{
	weir_quad number = (weir_quad)value.over / (weir_quad)value.under / s->goal.scale;
	return (double)(s->goal.minimise ? -number : number);
}
