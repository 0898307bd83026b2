/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select_program.c: the rules as a mixed integer programme. A candidate's column is 1 when it is chosen. What is exact
 * in whole cents is close here; select_exact.c tests every solution. */
#include <math.h>

#include "study/select_int.h"

#define NOTHING 1e-14
#define SEPARATED 12 /* bands that are taken in at once */

/* A power of two that is not below any of the values: dividing by it is exact. */
static double unit_above(const double *values, int count)
{
	double unit = 1;
	for (int i = 0; i < count; i++)
		while (unit < fabs(values[i]))
			unit *= 2;
	return unit;
}

/* One programme in the making. */
typedef struct builder {
	weir_program *program;
	const select_study *s;
	int totals[2];      /* columns of all principal and of all receivables; -1: not made yet */
	double *scratch;    /* [count] */
	double *row; /* [count] coefficients of the row in the making: candidates that come together share a column */
} builder;

#define DO(call)                                     \
	do {                                         \
		weir_status failed_ = (call);        \
		if (failed_ != WEIR_OK)              \
			return failed_;              \
	} while (0)

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* Puts the candidates' coefficients of the last row into the programme. */
static weir_status end_row(builder *b)
{
	for (int i = 0; i < b->s->count; i++) {
		double coefficient = b->row[i];
		b->row[i] = 0;
		DO(weir_program_add_term(b->program, i, fabs(coefficient) < NOTHING ? 0 : coefficient));
	}
	return WEIR_OK;
}

static weir_status begin_row(builder *b, double least, double most)
{
	if (b->program->row_count)
		DO(end_row(b));
	return weir_program_add_row(b->program, least, most);
}

/* A coefficient of the row begun last. */
static weir_status put(builder *b, int column, double coefficient)
{
	if (column >= b->s->count)
		return weir_program_add_term(b->program, column, coefficient);
	b->row[b->s->together[column]] += coefficient;
	return WEIR_OK;
}

/* --- rows of limits --------------------------------------------------------------------------------------------- */

/* The money of a limit in units, so that no candidate's is above 1. */
static double unit_of(const builder *b, const select_limit *limit)
{
	return unit_above(limit->money, b->s->count);
}

/* The bound of a limit in units, or as a share. */
static double bound_of(const select_limit *limit, double unit)
{
	return limit->unit == WEIR_UNIT_SHARE ? (double)limit->bound / WEIR_SELECT_SCALE : (double)limit->bound / unit;
}

static double least_of(const select_limit *limit, double bound)
{
	return limit->side == WEIR_SIDE_LEAST ? bound : -INFINITY;
}

static double most_of(const select_limit *limit, double bound)
{
	return limit->side == WEIR_SIDE_MOST ? bound : INFINITY;
}

/* The column that holds the money of all chosen candidates; made with its row when it is first needed. */
static weir_status total_column(int *column, builder *b, const select_limit *limit, double unit)
{
	int which = limit->money == b->s->receivable;
	double most = 0;
	if (b->totals[which] < 0) {
		for (int i = 0; i < b->s->count; i++)
			most += limit->money[i] / unit;
		DO(weir_program_add_column(&b->totals[which], b->program, (weir_program_column){ 0, most, 0, 0 }));
		DO(begin_row(b, 0, 0));
		for (int i = 0; i < b->s->count; i++)
			DO(put(b, i, limit->money[i] / unit));
		DO(put(b, b->totals[which], -1));
	}
	*column = b->totals[which];
	return WEIR_OK;
}

/* Money of the candidates that count against an amount, or against a share of all: sum (in - c) m x. */
static weir_status add_part(builder *b, const select_limit *limit)
{
	double unit = unit_of(b, limit), bound = bound_of(limit, unit);
	int shared = limit->unit == WEIR_UNIT_SHARE;
	double side = shared ? 0 : bound;
	DO(begin_row(b, least_of(limit, side), most_of(limit, side)));
	for (int i = 0; i < b->s->count; i++) {
		double in = !limit->of || limit->of[i];
		DO(put(b, i, (in - (shared ? bound : 0)) * (limit->money[i] / unit)));
	}
	return WEIR_OK;
}

/* How many members of a band may be chosen. */
static int open_members(const select_study *s, const select_limit *limit, int band)
{
	int count = 0;
	for (int k = limit->bands.first[band]; k < limit->bands.first[band + 1]; k++)
		count += !s->forbidden[limit->bands.members[k]];
	return count;
}

/* The terms of one band's money. */
static weir_status add_band(builder *b, const select_limit *limit, int band, double unit)
{
	for (int k = limit->bands.first[band]; k < limit->bands.first[band + 1]; k++) {
		int i = limit->bands.members[k];
		DO(put(b, i, limit->money[i] / unit));
	}
	return WEIR_OK;
}

/* Every band at most an amount or a share. */
static weir_status add_each_most(builder *b, const select_limit *limit)
{
	double unit = unit_of(b, limit), bound = bound_of(limit, unit);
	int shared = limit->unit == WEIR_UNIT_SHARE, total = -1;
	if (shared)
		DO(total_column(&total, b, limit, unit));
	for (int band = 0; band < limit->bands.count; band++) {
		if (!limit->working[band] || !open_members(b->s, limit, band))
			continue;
		DO(begin_row(b, -INFINITY, shared ? 0 : bound));
		DO(add_band(b, limit, band, unit));
		if (shared)
			DO(put(b, total, -bound));
	}
	return WEIR_OK;
}

/* Every band that is there at all has at least an amount: B - L x_i >= 0 for each of its members. */
static weir_status add_each_least(builder *b, const select_limit *limit)
{
	double unit = unit_of(b, limit), bound = bound_of(limit, unit);
	for (int band = 0; band < limit->bands.count; band++)
		for (int k = limit->bands.first[band]; k < limit->bands.first[band + 1]; k++) {
			DO(begin_row(b, 0, INFINITY));
			for (int j = limit->bands.first[band]; j < limit->bands.first[band + 1]; j++) {
				int i = limit->bands.members[j];
				DO(put(b, i, limit->money[i] / unit - (j == k ? bound : 0)));
			}
		}
	return WEIR_OK;
}

/* A limit of many bands speaks of those alone that have been found to come near it (weir_select_separate): what is left
 * out only asks for less, and the exact tests see to the rest. */

/* The k largest bands together: the sum of the k largest is the least of k t + sum max(0, B - t) over t, so the limit
 * holds just when k t + sum s <= bound, s >= B - t, s >= 0 for some t and s. */
static weir_status add_largest(builder *b, const select_limit *limit)
{
	double unit = unit_of(b, limit), bound = bound_of(limit, unit), most = 0;
	int shared = limit->unit == WEIR_UNIT_SHARE, total = -1, first = (int)b->program->column_count, t;
	if (shared)
		DO(total_column(&total, b, limit, unit));
	for (int i = 0; i < b->s->count; i++)
		most += limit->money[i] / unit;
	first = (int)b->program->column_count;
	for (int band = 0; band < limit->bands.count; band++)
		DO(weir_program_add_column(NULL, b->program, (weir_program_column){ 0, most, 0, 0 }));
	DO(weir_program_add_column(&t, b->program, (weir_program_column){ 0, most, 0, 0 }));
	for (int band = 0; band < limit->bands.count; band++) {
		if (!limit->working[band] || !open_members(b->s, limit, band))
			continue;
		DO(begin_row(b, -INFINITY, 0));
		DO(add_band(b, limit, band, unit));
		DO(put(b, first + band, -1));
		DO(put(b, t, -1));
	}
	DO(begin_row(b, -INFINITY, shared ? 0 : bound));
	for (int band = 0; band < limit->bands.count; band++)
		DO(put(b, first + band, 1));
	DO(put(b, t, limit->rule->top));
	return shared ? put(b, total, -bound) : WEIR_OK;
}

/* The column that a band's open members share; -1 when they have several, -2 when none is open. */
static int only_column(const builder *b, const select_limit *limit, int band)
{
	int column = -2;
	for (int k = limit->bands.first[band]; k < limit->bands.first[band + 1]; k++) {
		int i = limit->bands.members[k];
		if (b->s->forbidden[i])
			continue;
		if (column != -2 && column != b->s->together[i])
			return -1;
		column = b->s->together[i];
	}
	return column;
}

/* y of a band with several columns: with a most, y >= every x; with a least, y <= their sum. */
static weir_status add_presence(builder *b, const select_limit *limit, int band, int y)
{
	int least = limit->side == WEIR_SIDE_LEAST;
	if (least) {
		DO(begin_row(b, 0, INFINITY));
		DO(put(b, y, -1));
	}
	for (int k = limit->bands.first[band]; k < limit->bands.first[band + 1]; k++) {
		if (!least) {
			DO(begin_row(b, 0, INFINITY));
			DO(put(b, y, 1));
		}
		DO(put(b, limit->bands.members[k], least ? 1 : -1));
	}
	return WEIR_OK;
}

/* How many bands are there: y is 1 for a band with a chosen member, and need not be whole. A band of one column is its
 * x. */
static weir_status add_distinct(builder *b, const select_limit *limit)
{
	int first = (int)b->program->column_count;
	double bound = (double)limit->bound;
	for (int band = 0; band < limit->bands.count; band++)
		DO(weir_program_add_column(NULL, b->program, (weir_program_column){ 0, 1, 0, 0 }));
	for (int band = 0; band < limit->bands.count; band++)
		if (only_column(b, limit, band) == -1)
			DO(add_presence(b, limit, band, first + band));
	DO(begin_row(b, least_of(limit, bound), most_of(limit, bound)));
	for (int band = 0; band < limit->bands.count; band++) {
		int only = only_column(b, limit, band);
		if (only != -2)
			DO(put(b, only >= 0 ? only : first + band, 1));
	}
	return WEIR_OK;
}

/* sum w (v - bound) x on the good side of 0. */
static weir_status add_average(builder *b, const select_limit *limit)
{
	for (int i = 0; i < b->s->count; i++)
		b->scratch[i] = limit->weights[i] * (double)((weir_exact)limit->values[i] - limit->bound);
	double unit = unit_above(b->scratch, b->s->count);
	DO(begin_row(b, least_of(limit, 0), most_of(limit, 0)));
	for (int i = 0; i < b->s->count; i++)
		DO(put(b, i, b->scratch[i] / unit));
	return WEIR_OK;
}

/* The eligible ones of a band are as the first of them. */
static weir_status add_together(builder *b, const select_limit *limit)
{
	for (int band = 0; band < limit->bands.count; band++) {
		int first = -1;
		for (int k = limit->bands.first[band]; *limit->bands.names[band] && k < limit->bands.first[band + 1];
		     k++) {
			int i = limit->bands.members[k];
			if (b->s->ineligible[i])
				continue;
			if (first >= 0 && b->s->together[i] != b->s->together[first]) {
				DO(begin_row(b, 0, 0));
				DO(put(b, first, 1));
				DO(put(b, i, -1));
			} else if (first < 0) {
				first = i;
			}
		}
	}
	return WEIR_OK;
}

static weir_status add_limit(builder *b, const select_limit *limit)
{
	switch (limit->rule->kind) {
	case WEIR_RULE_ELIGIBLE:
	case WEIR_RULE_INCLUDE:
	case WEIR_RULE_EXCLUDE:
		return WEIR_OK; /* bounds of the columns */
	case WEIR_RULE_TOGETHER:
		return add_together(b, limit);
	case WEIR_RULE_AVERAGE:
		return add_average(b, limit);
	case WEIR_RULE_NUMBER:
		return limit->bands.count ? add_distinct(b, limit) : add_part(b, limit);
	default:
		break;
	}
	if (!limit->bands.count)
		return add_part(b, limit);
	if (limit->side == WEIR_SIDE_LEAST)
		return add_each_least(b, limit);
	return limit->rule->top > 1 ? add_largest(b, limit) : add_each_most(b, limit);
}

static weir_status build(builder *b, const char *dropped)
{
	const select_study *s = b->s;
	for (int i = 0; i < s->count; i++) {
		int first = s->together[i] == i;
		DO(weir_program_add_column(NULL, b->program,
		                           (weir_program_column){ 0, first && !s->forbidden[i], 0, 1 }));
		if (s->forced[i])
			b->program->columns[s->together[i]].least = 1;
	}
	DO(begin_row(b, 1, INFINITY)); /* nothing is no selection */
	for (int i = 0; i < s->count; i++)
		DO(put(b, i, 1));
	for (int l = 0; l < s->limit_count; l++)
		if (!dropped[l])
			DO(add_limit(b, &s->limits[l]));
	return end_row(b);
}

weir_status weir_select_build(weir_program *out, const select_study *s, const char *dropped)
{
	builder b = { .program = out, .s = s, .totals = { -1, -1 }, .scratch = s->scratch,
		      .row = s->row };
	*out = (weir_program){ 0 };
	for (int i = 0; i < s->count; i++)
		s->row[i] = 0;
	weir_status status = build(&b, dropped);
	if (status != WEIR_OK)
		weir_program_free(out);
	return status;
}

/* --- the objective ---------------------------------------------------------------------------------------------- */

/* What each candidate adds: over, or where the objective is a ratio over - ratio x under, which is positive in sum just
 * for selections that are better (Dinkelbach, Management Science 13, 1967). */
weir_status weir_select_aim(double *unit_out, weir_program *program, const select_study *s, weir_quad ratio,
                            const select_value *least)
{
	for (int i = 0; i < s->count; i++)
		s->scratch[i] = 0;
	for (int i = 0; i < s->count; i++)
		s->scratch[s->together[i]] +=
			(double)((weir_quad)s->goal.over[i] - (s->goal.under ? ratio * s->goal.under[i] : 0));
	double unit = unit_above(s->scratch, s->count);
	for (int i = 0; i < s->count; i++) {
		s->scratch[i] /= unit;
		if (fabs(s->scratch[i]) < NOTHING) /* what is left of a difference of equals */
			s->scratch[i] = 0;
		program->columns[i].gain = s->scratch[i];
	}
	*unit_out = unit;
	if (!least)
		return WEIR_OK;
	DO(weir_program_add_row(program, s->goal.under ? 0 : (double)least->over / unit, INFINITY));
	for (int i = 0; i < s->count; i++)
		DO(weir_program_add_term(program, i, s->scratch[i]));
	return WEIR_OK;
}

/* The money of a band in a solution. */
static double band_money(const select_limit *limit, int band, const double *values)
{
	double sum = 0;
	for (int k = limit->bands.first[band]; k < limit->bands.first[band + 1]; k++)
		sum += values[limit->bands.members[k]] * limit->money[limit->bands.members[k]];
	return sum;
}

/* The largest band that has not been taken (s->sums < 0 marks those that have); -1: none. */
static int largest_band(const select_study *s, const select_limit *limit)
{
	int largest = -1;
	for (int band = 0; band < limit->bands.count; band++)
		if (s->sums[band] > 0 && (largest < 0 || s->sums[band] > s->sums[largest]))
			largest = band;
	return largest;
}

/* Takes the largest bands into a limit's programmes when together they are above it. */
static int separate(select_study *s, select_limit *limit, const double *values)
{
	int largest[SEPARATED], count = 0, added = 0, top = limit->rule->top;
	double total = 0, sum = 0, bound = (double)limit->bound;
	for (int i = 0; i < s->count; i++)
		total += values[i] * limit->money[i];
	if (limit->unit == WEIR_UNIT_SHARE)
		bound = bound / WEIR_SELECT_SCALE * total;
	for (int band = 0; band < limit->bands.count; band++)
		s->sums[band] = band_money(limit, band, values);
	for (int band; count < SEPARATED && (band = largest_band(s, limit)) >= 0; count++) {
		int over = top == 1 ? s->sums[band] > bound : count < top;
		sum += over ? s->sums[band] : 0;
		if (top == 1 && !over)
			break;
		largest[count] = band;
		s->sums[band] = -1;
	}
	if (sum <= bound)
		return 0;
	for (int k = 0; k < count; k++) {
		added += !limit->working[largest[k]];
		limit->working[largest[k]] = 1;
	}
	return added;
}

int weir_select_separate(select_study *s, const double *values, const char *dropped)
{
	int added = 0;
	for (int l = 0; l < s->limit_count; l++) {
		select_limit *limit = &s->limits[l];
		int money = limit->rule->kind == WEIR_RULE_AMOUNT || limit->rule->kind == WEIR_RULE_SHARE;
		if (!dropped[l] && money && limit->bands.count && limit->side == WEIR_SIDE_MOST)
			added += separate(s, limit, values);
	}
	return added;
}

/* Every other selection has one of these away, or one more; those that come together count once. */
weir_status weir_select_cut(weir_program *program, const select_study *s, const char *chosen)
{
	double count = 0;
	for (int i = 0; i < s->count; i++)
		count += chosen[i] && s->together[i] == i;
	DO(weir_program_add_row(program, 1 - count, INFINITY));
	for (int i = 0; i < s->count; i++)
		if (s->together[i] == i)
			DO(weir_program_add_term(program, i, chosen[i] ? -1 : 1));
	return WEIR_OK;
}
