/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_stress_grades.c: how far each class can be stressed, which grade that reaches, and what grades ask. */
#include <math.h>
#include <string.h>

#include "report/fill_deal.h"
#include "report/fill_run.h"
#include "report/fill_stress.h"

#define COL WEIR_RUN_COL

static weir_cell copied(const weir_stress_frame *frame, const char *text)
{
	const char *copy = text ? weir_arena_text(frame->results->arena, text, strlen(text)) : NULL;
	frame->results->failed |= text && !copy;
	return copy ? weir_cell_text(copy, copy) : (weir_cell){ 0 };
}

static weir_cell grade_cell(const weir_stress_frame *frame, const weir_stress_grades *grades, int grade)
{
	return grade < 0 ? weir_cell_key("none", "Below the table", "低于表内级别") :
	                   copied(frame, grades->table->grades[grade].grade);
}

weir_cell weir_fill_limit(double value, int whole)
{
	if (isnan(value))
		return weir_cell_key("fails", "Fails anyway", "无压力即不足");
	if (whole)
		return weir_cell_key("survives", "Survives any", "任何水平下均可足额兑付");
	return weir_cell_typed(WEIR_CELL_RATE, 12, value);
}

/* --- what a class reaches --------------------------------------------------------------------------------------- */

/* What a class survives in a scenario, on the scale of the targets: a rate of default, or the part of its receipts that
 * must come in. NAN: it fails without any stress. */
static double reached(const weir_stress_grades *grades, const weir_stress_limits *limits, int scenario)
{
	if (grades->table->of_recovery || !limits->defaults)
		return isnan(limits->haircuts[scenario].value) ? NAN :
		                                                 weir_rate_normal(1 - limits->haircuts[scenario].value);
	return limits->defaults[scenario].defaulted_share;
}

static double target_of(const weir_stress_grades *grades, const weir_target *targets, int grade)
{
	return grades->table->of_recovery ? grades->table->grades[grade].multiple : targets[grade].rate;
}

static double margin_of(const weir_stress_grades *grades, double target, double rate)
{
	return weir_rate_normal(grades->table->of_recovery ? target - rate : rate - target);
}

static int grade_of(const weir_stress_grades *grades, const weir_target *targets, double rate)
{
	for (int i = 0; i < grades->table->count && !isnan(rate); i++)
		if (margin_of(grades, target_of(grades, targets, i), rate) >= 0)
			return i;
	return -1;
}

/* Of the weaker of two; a class that fails without any stress is the weakest. */
static int is_weaker(const weir_stress_grades *grades, double rate, double least)
{
	if (isnan(rate) || isnan(least))
		return isnan(rate) && !isnan(least);
	return grades->table->of_recovery ? rate > least : rate < least;
}

/* Families that rating methods run; others have events, under which a class may fail without any default. */
static int is_rated(const weir_stress_frame *frame, int scenario)
{
	static const char *const families[] = { "general", "lease", "small-business" };
	const char *family = frame->scenarios[scenario] ? frame->scenarios[scenario]->family : NULL;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (family && strcmp(family, families[i]) == 0)
			return 1;
	return 0;
}

/* Of the scenarios of such a family, the one in which a class survives least; without any, the run's own. */
static int weakest(const weir_stress_frame *frame, const weir_stress_grades *grades, const weir_stress_limits *limits)
{
	int found = -1;
	for (int i = 1; i < limits->scenario_count; i++)
		if (is_rated(frame, i) &&
		    (found < 0 || is_weaker(grades, reached(grades, limits, i), reached(grades, limits, found))))
			found = i;
	return found < 0 ? 0 : found;
}

weir_cell weir_fill_rating_way(weir_rating_way way)
{
	static const char *const words[][2] = {
		[WEIR_RATING_AS_IT_IS] = { "As the scenario is", "情景原样" },
		[WEIR_RATING_LESS_PREPAYMENT] = { "Prepayment x 0.9", "提前还款×0.9" },
		[WEIR_RATING_LESS_RECOVERY] = { "Recoveries x 0.9 too", "回收率亦×0.9" },
		[WEIR_RATING_BY_PRINCIPAL] = { "A share of all principal", "按各期本金比例违约" },
	};
	return weir_cell_key(weir_rating_way_text(way), words[way][0], words[way][1]);
}

/* The published grade, or the one that is reached. */
static int target_grade(const weir_stress_grades *grades, const char *rating, int implied)
{
	int published = weir_grade_table_published(grades->table, rating);
	return published >= 0 ? published : implied;
}

static weir_status add_breakeven(const weir_stress_frame *frame, const weir_stress_grades *grades, weir_table *table,
                                 const weir_stress_limits *limits, int scenario)
{
	const weir_deal *deal = weir_fill_terms_of(frame->outcome);
	const weir_class *class = &deal->classes[limits->class_number];
	double rate = reached(grades, limits, scenario);
	int implied = grade_of(grades, grades->targets, rate), target = target_grade(grades, class->rating, implied);
	weir_cell *row = weir_table_add_row(frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(stress_breakeven, class) = weir_fill_id(&class->node);
	COL(stress_breakeven, support) = weir_fill_variant(frame->results, deal, limits->variant);
	COL(stress_breakeven, scenario) = frame->names[scenario];
	if (limits->defaults) {
		const weir_limit *limit = &limits->defaults[scenario];
		COL(stress_breakeven, total) = weir_fill_limit(limit->value, limit->whole);
		COL(stress_breakeven, way) = weir_fill_rating_way(limits->ways[scenario]);
	}
	COL(stress_breakeven, breakeven) = weir_fill_limit(rate, 0);
	COL(stress_breakeven, haircut) =
		weir_fill_limit(limits->haircuts[scenario].value, limits->haircuts[scenario].whole);
	if (limits->recoveries)
		COL(stress_breakeven, recovery) =
			weir_fill_limit(limits->recoveries[scenario].value, limits->recoveries[scenario].whole);
	if (target >= 0 && !isnan(rate)) {
		double asked = target_of(grades, grades->targets, target);
		COL(stress_breakeven, of_grade) = grade_cell(frame, grades, target);
		COL(stress_breakeven, target) = weir_cell_number(asked);
		COL(stress_breakeven, margin) = weir_cell_number(margin_of(grades, asked, rate));
	}
	COL(stress_breakeven, grade) = isnan(rate) ? weir_fill_limit(rate, 0) : grade_cell(frame, grades, implied);
	return WEIR_OK;
}

weir_status weir_fill_stress_breakeven(const weir_stress_frame *frame, const weir_stress_grades *grades,
                                       const weir_stress_limits *limits, int limit_count)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, frame->results, WEIR_TABLE_stress_breakeven);
	for (int n = 0; n < limit_count && status == WEIR_OK; n++)
		for (int i = 0; i < limits[n].scenario_count && status == WEIR_OK; i++)
			status = add_breakeven(frame, grades, table, &limits[n], i);
	return status;
}

/* --- when more or less default is expected ---------------------------------------------------------------------- */

static weir_status add_sensitivity(const weir_stress_frame *frame, const weir_stress_grades *grades, weir_table *table,
                                   const weir_stress_limits *limits, double multiple, const weir_target *targets)
{
	const weir_deal *deal = weir_fill_terms_of(frame->outcome);
	const weir_class *class = &deal->classes[limits->class_number];
	int scenario = weakest(frame, grades, limits);
	double rate = reached(grades, limits, scenario);
	int published = weir_grade_table_published(grades->table, class->rating);
	weir_cell *row = weir_table_add_row(frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(rating_sensitivity, class) = weir_fill_id(&class->node);
	COL(rating_sensitivity, support) = weir_fill_variant(frame->results, deal, limits->variant);
	COL(rating_sensitivity, multiple) = weir_cell_number(multiple);
	if (!grades->table->of_recovery)
		COL(rating_sensitivity, base_default) =
			weir_cell_number(weir_rate_normal(grades->terms.base_default * multiple));
	COL(rating_sensitivity, scenario) = frame->names[scenario];
	COL(rating_sensitivity, breakeven) = weir_cell_number(rate);
	COL(rating_sensitivity, grade) =
		isnan(rate) ? weir_fill_limit(rate, 0) : grade_cell(frame, grades, grade_of(grades, targets, rate));
	COL(rating_sensitivity, published) = copied(frame, class->rating);
	if (published >= 0) {
		double asked = target_of(grades, targets, published);
		COL(rating_sensitivity, target) = weir_cell_number(asked);
		COL(rating_sensitivity, margin) = weir_cell_number(isnan(rate) ? NAN : margin_of(grades, asked, rate));
	}
	return WEIR_OK;
}

weir_status weir_fill_rating_sensitivity(const weir_stress_frame *frame, const weir_stress_grades *grades,
                                         const double *multiples, int multiple_count, const weir_stress_limits *limits,
                                         int limit_count)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, frame->results, WEIR_TABLE_rating_sensitivity);
	weir_target *targets = weir_arena_array(frame->arena, (size_t)grades->table->count + 1, sizeof *targets);
	if (!targets)
		return WEIR_NO_MEMORY;
	for (int n = 0; n < limit_count && status == WEIR_OK; n++)
		for (int m = 0; m < multiple_count && status == WEIR_OK; m++) {
			weir_target_terms terms = grades->terms;
			terms.base_default = weir_rate_normal(grades->terms.base_default * multiples[m]);
			if (!grades->table->of_recovery)
				weir_targets_find(targets, grades->table, &terms);
			status = add_sensitivity(frame, grades, table, &limits[n], multiples[m], targets);
		}
	return status;
}

/* --- what grades ask -------------------------------------------------------------------------------------------- */

/* What ranks behind a class, of the pool: 1 - the class and all that ranks not behind it / what the pool owes
 * (principal; of a pool without any, what it promises). */
static double provided(const weir_stress_frame *frame, const int *places, int class_number)
{
	const weir_outcome *o = frame->outcome;
	const weir_pool *pool = weir_plan_pool(o->plan);
	double ahead = 0,
	       whole = pool->opening_cents > 0 ? pool->opening_cents : pool->principal_cents + pool->income_cents;
	for (int i = 0; i < weir_fill_terms_of(o)->class_count; i++)
		if (places[i] <= places[class_number])
			ahead += weir_fill_recorded(o, weir_fill_map(o)->classes[i].balance, weir_fill_opening(o));
	return whole > 0 ? weir_rate_normal(1 - ahead / whole) : NAN;
}

static weir_status add_required(const weir_stress_frame *frame, const weir_stress_grades *grades, weir_table *table,
                                const int *places, int class_number, int grade)
{
	const weir_target *target = &grades->targets[grade];
	int of_recovery = grades->table->of_recovery;
	double required =
		of_recovery ? weir_rate_normal(1 - grades->table->grades[grade].multiple) : target->required_support;
	double given = provided(frame, places, class_number);
	weir_cell *row = weir_table_add_row(frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(stress_support, class) = weir_fill_id(&weir_fill_terms_of(frame->outcome)->classes[class_number].node);
	COL(stress_support, grade) = grade_cell(frame, grades, grade);
	if (!of_recovery) {
		COL(stress_support, target) = weir_cell_number(target->rate);
		COL(stress_support, recovery) = weir_cell_number(grades->terms.recovery);
	}
	COL(stress_support, required) = weir_cell_number(required);
	COL(stress_support, provided) = weir_cell_number(given);
	COL(stress_support, gap) = weir_cell_number(isnan(given) ? NAN : weir_rate_normal(given - required));
	return WEIR_OK;
}

weir_status weir_fill_stress_support(const weir_stress_frame *frame, const weir_stress_grades *grades)
{
	weir_table *table;
	const weir_deal *deal = weir_fill_terms_of(frame->outcome);
	weir_status status = weir_results_add_standard(&table, frame->results, WEIR_TABLE_stress_support);
	int *places = weir_arena_array(frame->arena, (size_t)deal->class_count + 1, sizeof *places);
	if (!places)
		return WEIR_NO_MEMORY;
	weir_fill_principal_places(deal, places);
	for (int k = 0; k < deal->class_count; k++)
		for (int i = 0; i < grades->table->count && status == WEIR_OK; i++)
			if (deal->classes[k].style != WEIR_STYLE_RESIDUAL)
				status = add_required(frame, grades, table, places, k, i);
	return status;
}
