/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select_limits.c: rules and objective as whole numbers. */
#include <math.h>
#include <string.h>

#include "study/select_int.h"

#define FEW_BANDS 48 /* so many are taken into the programmes from the start */
#define VALUE_MOST 4000000.0 /* of numbers and rates: their 10^-12 stay below 2^62 */

/* --- compiling -------------------------------------------------------------------------------------------------- */

static const double *money_of(const select_study *s, weir_selection_measure measure)
{
	if (measure == WEIR_MEASURE_CONTRACTS)
		return s->ones;
	if (measure == WEIR_MEASURE_DEFAULT)
		measure = s->candidates->rules->measure;
	return measure == WEIR_MEASURE_RECEIVABLE ? s->receivable : s->principal;
}

static weir_select_unit unit_of(weir_type type)
{
	switch (type) {
	case WEIR_TYPE_MONEY:
		return WEIR_UNIT_CENTS;
	case WEIR_TYPE_RATE:
		return WEIR_UNIT_SHARE;
	case WEIR_TYPE_DATE:
		return WEIR_UNIT_DATE;
	default:
		return WEIR_UNIT_NUMBER;
	}
}

/* A value as a whole number: cents and days as they are, all else in 10^-12. Returns 0 when it is too large. */
static int to_whole(int64_t *out, weir_quad value, weir_select_unit unit)
{
	int whole = unit == WEIR_UNIT_CENTS || unit == WEIR_UNIT_DATE;
	double most = whole ? WEIR_CENTS_MAX : VALUE_MOST, rounded;
	if (!(value <= most && value >= -most))
		return 0;
	rounded = weir_round_quad(whole ? value : value * (weir_quad)1e12);
	*out = (int64_t)rounded;
	return 1;
}

/* A candidate lacks a value that is needed: it is out, whatever the rules. */
static void bar(select_study *s, int number, const char *name)
{
	s->barred[number] = 1;
	if (!s->lacks[number])
		s->lacks[number] = name;
}

/* Which candidates a flag formula holds for. */
static weir_status flag_formula(const char **out, select_study *s, const weir_formula *formula, weir_diags *diags)
{
	const weir_expression *e;
	weir_status status = weir_candidates_parse(&e, s->candidates, formula, WEIR_TYPE_FLAG, diags);
	if (status != WEIR_OK)
		return status == WEIR_INPUT ? WEIR_OK : status;
	char *flags = weir_arena_array(s->candidates->arena, (size_t)s->count + 1, sizeof *flags);
	if (!flags)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->count; i++) {
		weir_quad value;
		const char *lacks = NULL;
		if (!weir_candidates_evaluate(&value, &lacks, s->candidates, e, i))
			bar(s, i, lacks);
		else
			flags[i] = value != 0;
	}
	*out = flags;
	return WEIR_OK;
}

/* A value of every candidate as whole numbers, with their unit. */
static weir_status value_formula(int64_t **out, weir_select_unit *unit, weir_type *type, select_study *s,
                                 const weir_formula *formula, weir_diags *diags)
{
	const weir_expression *e;
	weir_status status = weir_candidates_parse(&e, s->candidates, formula, WEIR_TYPE_ERROR, diags);
	if (status != WEIR_OK)
		return status == WEIR_INPUT ? WEIR_OK : status;
	int64_t *whole = weir_arena_array(s->candidates->arena, (size_t)s->count + 1, sizeof *whole);
	if (!whole)
		return WEIR_NO_MEMORY;
	*type = e->type;
	*unit = unit_of(e->type);
	for (int i = 0; i < s->count; i++) {
		weir_quad value;
		const char *lacks = NULL;
		if (!weir_candidates_evaluate(&value, &lacks, s->candidates, e, i)) {
			bar(s, i, lacks);
		} else if (!to_whole(&whole[i], value, *unit)) {
			weir_diag_error(
				diags, OUT_OF_RANGE, formula->place,
				"this formula is larger than %.0f for the contract \"%s\"; count it in a larger unit",
				VALUE_MOST, s->candidates->deal->pool.contracts[i].id);
			return WEIR_OK;
		}
	}
	*out = whole;
	return WEIR_OK;
}

static weir_status compile_average(select_limit *limit, select_study *s, weir_diags *diags)
{
	const weir_rule *rule = limit->rule;
	const weir_formula *side = limit->side == WEIR_SIDE_LEAST ? &rule->least_value : &rule->most_value;
	weir_type type = WEIR_TYPE_NUMBER;
	weir_quad bound = 0;
	weir_status status = value_formula(&limit->values, &limit->unit, &type, s, &rule->of, diags);
	if (status != WEIR_OK || !limit->values)
		return status;
	status = weir_candidates_parse_constant(&bound, s->candidates, side, type, diags);
	if (status != WEIR_OK)
		return status == WEIR_INPUT ? WEIR_OK : status;
	if (!to_whole(&limit->bound, bound, limit->unit))
		weir_diag_error(diags, OUT_OF_RANGE, side->place, "this bound is larger than %.0f; correct it",
		                VALUE_MOST);
	limit->weights = money_of(s, rule->measure);
	limit->value_scale = limit->unit == WEIR_UNIT_CENTS || limit->unit == WEIR_UNIT_DATE ? 1 : WEIR_SELECT_SCALE;
	return WEIR_OK;
}

/* The candidates with one text of a column. */
static weir_status only_text(select_limit *limit, select_study *s, int column)
{
	const weir_rule *rule = limit->rule;
	char *flags = weir_arena_array(s->candidates->arena, (size_t)s->count + 1, sizeof *flags);
	if (!flags)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->count; i++)
		flags[i] = (char)weir_candidates_has_text(s->candidates, column, i, rule->value);
	limit->of = flags;
	return WEIR_OK;
}

/* Which candidates a limit is about. */
static weir_status compile_part(select_limit *limit, select_study *s, weir_diags *diags)
{
	const weir_rule *rule = limit->rule;
	if (rule->of.text)
		return flag_formula(&limit->of, s, &rule->of, diags);
	if (!rule->by.text)
		return WEIR_OK;
	int column = weir_candidates_column(s->candidates, &rule->by, diags);
	if (column < 0)
		return WEIR_OK;
	if (rule->value)
		return only_text(limit, s, column);
	weir_status status = weir_candidates_bands(&limit->bands, s->candidates, column);
	if (status != WEIR_OK)
		return status;
	limit->working = weir_arena_array(s->candidates->arena, (size_t)limit->bands.count + 1, 1);
	if (!limit->working)
		return WEIR_NO_MEMORY;
	memset(limit->working, limit->bands.count <= FEW_BANDS, (size_t)limit->bands.count);
	if (limit->bands.overlap && (rule->top > 1 || rule->kind == WEIR_RULE_TOGETHER))
		weir_diag_error(
			diags, CONTRACT_TERMS, rule->by.place,
			"a contract may have several texts of \"%s\", which top and together do not count; leave "
			"them away",
			rule->by.text);
	return status;
}

static weir_status compile_quantity(select_limit *limit, select_study *s, weir_diags *diags)
{
	const weir_rule *rule = limit->rule;
	double bound = limit->side == WEIR_SIDE_LEAST ? rule->least : rule->most;
	limit->unit = rule->kind == WEIR_RULE_AMOUNT ? WEIR_UNIT_CENTS :
	              rule->kind == WEIR_RULE_SHARE  ? WEIR_UNIT_SHARE :
	                                               WEIR_UNIT_COUNT;
	limit->money = rule->kind == WEIR_RULE_NUMBER ? s->ones : money_of(s, rule->measure);
	limit->bound = (int64_t)bound;
	if (rule->kind == WEIR_RULE_SHARE && !to_whole(&limit->bound, weir_quad_from_decimal(bound), WEIR_UNIT_SHARE))
		weir_diag_error(diags, OUT_OF_RANGE, rule->node.place, "a share is at most 100%%; correct it");
	return compile_part(limit, s, diags);
}

/* The candidates of a list. */
static weir_status compile_list(select_limit *limit, select_study *s, weir_diags *diags)
{
	const weir_rule *rule = limit->rule;
	const weir_pool_terms *pool = &s->candidates->deal->pool;
	char *flags = weir_arena_array(s->candidates->arena, (size_t)s->count + 1, sizeof *flags);
	if (!flags)
		return WEIR_NO_MEMORY;
	for (int w = 0; w < rule->contracts.count; w++) {
		int found = 0;
		for (int i = 0; i < s->count; i++)
			if (strcmp(pool->contracts[i].id, rule->contracts.items[w]) == 0)
				found = flags[i] = 1;
		if (!found)
			weir_diag_error(diags, UNKNOWN_ID, rule->contracts.places[w],
			                "the tape has no contract \"%s\"; correct the id", rule->contracts.items[w]);
	}
	for (int w = 0; w < rule->obligors.count; w++) {
		int found = 0;
		for (int i = 0; i < s->count; i++)
			if (strcmp(pool->obligors[pool->contracts[i].obligor].id, rule->obligors.items[w]) == 0)
				found = flags[i] = 1;
		if (!found)
			weir_diag_error(diags, UNKNOWN_ID, rule->obligors.places[w],
			                "the tape has no obligor \"%s\"; correct the id", rule->obligors.items[w]);
	}
	limit->of = flags;
	limit->unit = WEIR_UNIT_COUNT;
	return WEIR_OK;
}

/* The candidates that fail a test: one that lacks a value fails. */
static weir_status compile_test(select_limit *limit, select_study *s)
{
	const weir_expression *test = s->candidates->tests[limit->rule - s->candidates->rules->rules];
	char *flags = weir_arena_array(s->candidates->arena, (size_t)s->count + 1, sizeof *flags);
	if (!flags)
		return WEIR_NO_MEMORY;
	for (int i = 0; test && i < s->count; i++) {
		weir_quad value;
		flags[i] = !weir_candidates_evaluate(&value, NULL, s->candidates, test, i) || value == 0;
	}
	limit->of = flags;
	limit->unit = WEIR_UNIT_COUNT;
	return WEIR_OK;
}

static weir_status compile_limit(select_limit *limit, select_study *s, weir_diags *diags)
{
	switch (limit->rule->kind) {
	case WEIR_RULE_ELIGIBLE:
		return compile_test(limit, s);
	case WEIR_RULE_INCLUDE:
	case WEIR_RULE_EXCLUDE:
		return compile_list(limit, s, diags);
	case WEIR_RULE_AVERAGE:
		return compile_average(limit, s, diags);
	case WEIR_RULE_TOGETHER:
		limit->unit = WEIR_UNIT_COUNT;
		return compile_part(limit, s, diags);
	default:
		return compile_quantity(limit, s, diags);
	}
}

/* The sides that a rule has. */
static int sides_of(const weir_rule *rule, weir_limit_side sides[2])
{
	int count = 0;
	if (rule->kind < WEIR_RULE_AMOUNT) {
		sides[0] = WEIR_SIDE_WHOLE;
		return 1;
	}
	if (!isnan(rule->least) || rule->least_value.text)
		sides[count++] = WEIR_SIDE_LEAST;
	if (!isnan(rule->most) || rule->most_value.text)
		sides[count++] = WEIR_SIDE_MOST;
	return count;
}

/* --- the objective ---------------------------------------------------------------------------------------------- */

/* A value of each candidate by a formula; or the rate. */
static weir_status goal_values(int64_t **values, select_study *s, const weir_objective *o, weir_diags *diags)
{
	static const weir_formula rate = { .text = "rate" };
	weir_type type;
	weir_formula formula = o->of.text ? o->of : rate;
	if (!formula.place.source)
		formula.place = o->place;
	weir_status status = value_formula(values, &s->goal.unit, &type, s, &formula, diags);
	if (s->goal.unit != WEIR_UNIT_CENTS && s->goal.unit != WEIR_UNIT_DATE)
		s->goal.scale = WEIR_SELECT_SCALE;
	return status;
}

static weir_status make_goal(select_study *s, const weir_objective *o, weir_diags *diags)
{
	const double *money = o->goal == WEIR_GOAL_PRINCIPAL || o->goal == WEIR_GOAL_COVERAGE ? s->principal :
	                      o->goal == WEIR_GOAL_RECEIVABLE ? s->receivable : s->ones;
	int averages = o->goal == WEIR_GOAL_SPREAD || o->goal == WEIR_GOAL_AVERAGE;
	int ratio = averages || o->goal == WEIR_GOAL_COVERAGE;
	int64_t *values = NULL;
	weir_arena *arena = s->candidates->arena;
	s->goal = (select_goal){ .scale = 1, .minimise = o->minimise,
		                 .unit = o->goal == WEIR_GOAL_NUMBER   ? WEIR_UNIT_COUNT :
		                         o->goal == WEIR_GOAL_COVERAGE ? WEIR_UNIT_NUMBER :
		                                                         WEIR_UNIT_CENTS };
	s->goal.over = weir_arena_array(arena, (size_t)s->count + 1, sizeof *s->goal.over);
	s->goal.under = ratio ? weir_arena_array(arena, (size_t)s->count + 1, sizeof *s->goal.under) : NULL;
	if (!s->goal.over || (ratio && !s->goal.under))
		return WEIR_NO_MEMORY;
	if (averages || o->goal == WEIR_GOAL_TOTAL) {
		weir_status status = goal_values(&values, s, o, diags);
		if (status != WEIR_OK || !values)
			return status;
		money = averages ? money_of(s, o->measure) : s->ones;
	}
	for (int i = 0; i < s->count; i++) {
		double cents = o->goal == WEIR_GOAL_COVERAGE ? s->receivable[i] : money[i];
		weir_exact over = (weir_exact)cents * (values ? values[i] : 1);
		s->goal.over[i] = o->minimise ? -over : over;
		if (ratio)
			s->goal.under[i] = (int64_t)money[i];
	}
	return WEIR_OK;
}

/* Whether a candidate fails a test, or is excluded. */
static int is_out_anyway(const select_study *s, int number)
{
	for (int l = 0; l < s->limit_count; l++)
		if ((s->limits[l].rule->kind == WEIR_RULE_ELIGIBLE || s->limits[l].rule->kind == WEIR_RULE_EXCLUDE) &&
		    s->limits[l].of[number])
			return 1;
	return 0;
}

/* A warning names the candidates that lack a value. */
static void tell_lacking(const select_study *s, weir_diags *diags)
{
	int count = 0, first = -1;
	for (int i = 0; i < s->count; i++)
		if (s->lacks[i] && !is_out_anyway(s, i) && count++ == 0)
			first = i;
	if (count)
		weir_diag_warning(
			diags, NO_EFFECT, s->candidates->deal->pool.contracts[first].place,
			"%d candidate%s cannot be chosen: they lack a value that a limit or the objective reads "
			"(first: contract \"%s\" has no %s); give it, or write if(given(%s), %s, ...)",
			"%1$d笔备选资产不可入选%2$.0s：缺少限额或目标所需的数值（首笔：合同%3$s缺少%4$s）；"
			"请补充，或写为if(given(%5$s), %6$s, ...)",
			count, count == 1 ? "" : "s", s->candidates->deal->pool.contracts[first].id, s->lacks[first],
			s->lacks[first], s->lacks[first]);
}

weir_status weir_select_compile(select_study *s, weir_diags *diags)
{
	const weir_selection_rules *rules = s->candidates->rules;
	size_t errors = diags->errors;
	weir_status status = WEIR_OK;
	s->limits = weir_arena_array(s->candidates->arena, 2 * (size_t)rules->rule_count + 1, sizeof *s->limits);
	if (!s->limits)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->count; i++)
		s->barred[i] = !(s->principal[i] > 0);
	for (int r = 0; r < rules->rule_count && status == WEIR_OK; r++) {
		weir_limit_side sides[2];
		int count = sides_of(&rules->rules[r], sides);
		for (int k = 0; k < count && status == WEIR_OK; k++) {
			select_limit *limit = &s->limits[s->limit_count++];
			*limit = (select_limit){ .rule = &rules->rules[r], .side = sides[k], .value_scale = 1 };
			status = compile_limit(limit, s, diags);
		}
	}
	if (status == WEIR_OK)
		status = make_goal(s, &rules->objective, diags);
	if (status == WEIR_OK && diags->errors > errors)
		status = WEIR_INPUT;
	if (status != WEIR_OK)
		return status;
	tell_lacking(s, diags);
	/* who comes together is settled once, so that a rule that is dropped never shuts anything out */
	memset(s->saved, 0, (size_t)s->limit_count + 1);
	weir_select_mark(s, s->saved);
	memcpy(s->ineligible, s->forbidden, (size_t)s->count);
	return WEIR_OK;
}

/* Who comes in with whom, by one rule; a candidate that an earlier rule joined stays with those. */
static void join(select_study *s, const select_limit *limit)
{
	for (int b = 0; b < limit->bands.count; b++) {
		int first = -1;
		for (int k = limit->bands.first[b]; *limit->bands.names[b] && k < limit->bands.first[b + 1]; k++) {
			int i = limit->bands.members[k];
			if (s->ineligible[i] || s->together[i] != i)
				continue;
			first = first < 0 ? i : first;
			s->together[i] = first;
		}
	}
}

void weir_select_mark(select_study *s, const char *dropped)
{
	int joined = 0;
	memcpy(s->forbidden, s->barred, (size_t)s->count);
	memset(s->forced, 0, (size_t)s->count);
	for (int i = 0; i < s->count; i++)
		s->together[i] = i;
	for (int l = 0; l < s->limit_count; l++) {
		const select_limit *limit = &s->limits[l];
		weir_rule_kind kind = limit->rule->kind;
		if (!dropped[l] && kind == WEIR_RULE_TOGETHER && !joined++)
			join(s, limit);
		if (dropped[l] || kind > WEIR_RULE_EXCLUDE)
			continue;
		char *marks = kind == WEIR_RULE_INCLUDE ? s->forced : s->forbidden;
		for (int i = 0; i < s->count; i++)
			marks[i] |= limit->of[i];
	}
}
