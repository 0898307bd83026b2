/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stress.c: scenarios, families of them and grids for a session: a row for each run and class. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "report/table_text.h"
#include "study/stress.h"
#include "study/vary.h"

#define MOST_AXES 8
#define SHOWN_ROWS 60

typedef struct stress_study {
	weir_session *s;
	const weir_stress_request *request;
	weir_arena *arena;
	weir_scenario_list scenarios;
	weir_stress_axis axes[MOST_AXES];
	weir_stress_terms terms;
	weir_stress found;
	weir_results *results;
} stress_study;

/* --- which numbers ---------------------------------------------------------------------------------------------- */

static weir_status complain_axis(stress_study *st, const char *text)
{
	weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\" varies nothing; write NAME=FROM:TO:STEP, such as cdr=0%%:10%%:1%%", text);
	return WEIR_INPUT;
}

/* NAME=FROM:TO:STEP; a step of a date is a number of days. */
static weir_status read_axis(stress_study *st, const char *text, weir_stress_axis *axis)
{
	weir_session *s = st->s;
	weir_status status;
	const char *equals = strchr(text, '=');
	char *name = weir_arena_text(st->arena, text, equals ? (size_t)(equals - text) : strlen(text));
	char *values = weir_arena_text(st->arena, equals ? equals + 1 : "", equals ? strlen(equals + 1) : 0);
	if (!name || !values)
		return WEIR_NO_MEMORY;
	char *to = strchr(values, ':'), *step = to ? strchr(to + 1, ':') : NULL;
	if (!equals || !step || strchr(step + 1, ':'))
		return complain_axis(st, text);
	*to++ = *step++ = '\0';
	if (!weir_block_knows(s->plan, name)) {
		weir_block_complain_unknown(s->plan, name, (weir_place){ 0 }, &s->call);
		return WEIR_INPUT;
	}
	for (const weir_stress_axis *a = st->axes; a < axis; a++) {
		if (strcmp(a->name, name) == 0) {
			weir_diag_error(&s->call, BAD_VALUE, (weir_place){ 0 },
			                "\"%s\" is varied twice; leave one of them out", name);
			return WEIR_INPUT;
		}
	}
	axis->name = name;
	WEIR_TRY(weir_session_parse_value(s, name, values, &axis->from));
	WEIR_TRY(weir_session_parse_value(s, name, to, &axis->to));
	if (weir_vary_unit_of(s->plan, name) == WEIR_VARY_DATE)
		status = weir_session_parse_value(s, "late_months", step, &axis->step); /* any whole number */
	else
		status = weir_session_parse_value(s, name, step, &axis->step);
out:
	return status;
}

static weir_status read_axes(stress_study *st)
{
	weir_status status = WEIR_OK;
	if (st->request->varied_count > MOST_AXES) {
		weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "%zu numbers are varied at once; vary at most %d", st->request->varied_count,
		                MOST_AXES);
		return WEIR_INPUT;
	}
	for (size_t i = 0; status == WEIR_OK && i < st->request->varied_count; i++)
		status = read_axis(st, st->request->varied[i], &st->axes[i]);
	st->terms.axes = st->axes;
	st->terms.axis_count = (int)st->request->varied_count;
	return status;
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

/* The columns of one run behind those of its scenario and its varied numbers, and those of one class. */
static const weir_column run_columns[] = {
	{ "pool_inflow", "Pool inflow", "资产池流入", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "defaulted", "Defaulted", "违约本金", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "recovered", "Recovered", "违约回收", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "coverage_min", "Lowest coverage", "最低覆盖倍数", WEIR_CELL_NUMBER, 6, 0, 0 },
	{ "coverage_total", "Total coverage", "总覆盖倍数", WEIR_CELL_NUMBER, 6, 0, 0 },
	{ "support_drawn", "Support received", "增信流入", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "subordinated_paid", "To subordinated", "次级分配", WEIR_CELL_MONEY, 0, 0, 0 },
};
static const weir_column class_columns[] = {
	{ "class", "Class", "档次", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "interest_paid", "Interest paid", "实付利息", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "principal_paid", "Principal paid", "实付本金", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "residual_paid", "Residual paid", "剩余收益", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "interest_short", "Interest short", "利息缺口", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "principal_short", "Principal short", "本金缺口", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "missed_most", "Most missed", "最大欠付", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "first_short", "First short on", "首次缺口日", WEIR_CELL_DATE, 0, 0, 0 },
	{ "wal", "WAL (years)", "加权平均期限（年）", WEIR_CELL_NUMBER, 6, 0, 0 },
	{ "first_principal", "First principal", "首次还本日", WEIR_CELL_DATE, 0, 0, 0 },
	{ "last_principal", "Last principal", "末次还本日", WEIR_CELL_DATE, 0, 0, 0 },
	{ "result", "Result", "结果", WEIR_CELL_TEXT, 0, 0, 0 },
};
static const weir_column senior_columns[] = {
	{ "interest_short", "Senior interest short", "优先级利息缺口", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "principal_short", "Senior principal short", "优先级本金缺口", WEIR_CELL_MONEY, 0, 0, 0 },
	{ "first_short", "First short on", "首次缺口日", WEIR_CELL_DATE, 0, 0, 0 },
	{ "result", "Result", "结果", WEIR_CELL_TEXT, 0, 0, 0 },
};
#define COUNT(array) ((int)(sizeof array / sizeof *array))

static weir_column axis_column(const stress_study *st, int axis)
{
	const char *name = st->axes[axis].name;
	weir_column column = { name, name, name, WEIR_CELL_RATE, 12, 0, 0 };
	const weir_parameter *parameter = weir_plan_find_parameter(st->s->plan, name);
	switch (weir_vary_unit_of(st->s->plan, name)) {
	case WEIR_VARY_MONEY:
		column.type = WEIR_CELL_MONEY;
		break;
	case WEIR_VARY_DATE:
		column.type = parameter && parameter->type == WEIR_TYPE_DAYS ? WEIR_CELL_INTEGER : WEIR_CELL_DATE;
		break;
	case WEIR_VARY_MONTHS:
	case WEIR_VARY_FLAG:
		column.type = WEIR_CELL_INTEGER;
		break;
	case WEIR_VARY_RATE:
		break;
	}
	return column;
}

/* A table: scenario, varied numbers, then the columns of a run and `more`. */
static weir_status add_table(stress_study *st, weir_table **out, const char *id, const char *en, const char *zh,
                             const weir_column *more, int more_count, int csv)
{
	static const weir_column scenario = { "scenario", "Scenario", "情景", WEIR_CELL_TEXT, 0, 0, 0 };
	int axes = st->terms.axis_count, count = 1 + axes + COUNT(run_columns) + more_count;
	weir_column *columns = weir_arena_array(st->results->arena, (size_t)count, sizeof *columns);
	if (!columns)
		return WEIR_NO_MEMORY;
	columns[0] = scenario;
	for (int i = 0; i < axes; i++) {
		columns[1 + i] = axis_column(st, i);
		columns[1 + i].id = weir_arena_text(st->results->arena, columns[1 + i].id, strlen(columns[1 + i].id));
		columns[1 + i].en = columns[1 + i].zh = columns[1 + i].id;
		if (!columns[1 + i].id)
			return WEIR_NO_MEMORY;
	}
	memcpy(columns + 1 + axes, run_columns, sizeof run_columns);
	memcpy(columns + 1 + axes + COUNT(run_columns), more, (size_t)more_count * sizeof *more);
	return weir_results_add_table(out, st->results, id, en, zh, columns, count, csv);
}

static weir_cell date_cell(weir_date date)
{
	return weir_cell_number(date == WEIR_DATE_NONE ? NAN : (double)date);
}

/* The cells of the run; gives the next one. */
static weir_cell *add_run(stress_study *st, weir_table *table, const weir_stress_row *found)
{
	weir_cell *row = weir_table_add_row(st->results, table);
	if (!row)
		return NULL;
	*row++ = weir_session_scenario_cell(st->scenarios.items[found->scenario]);
	for (int i = 0; i < st->terms.axis_count; i++)
		*row++ = weir_cell_number(found->values[i]);
	*row++ = weir_cell_number(found->inflow);
	*row++ = weir_cell_number(found->defaulted);
	*row++ = weir_cell_number(found->recovered);
	*row++ = weir_cell_number(found->coverage_min);
	*row++ = weir_cell_number(found->coverage_total);
	*row++ = weir_cell_number(found->support_drawn);
	*row++ = weir_cell_number(found->subordinated_paid);
	return row;
}

static weir_status add_classes(stress_study *st, weir_table *table, const weir_stress_row *found)
{
	for (int i = 0; i < st->s->deal->class_count; i++) {
		const weir_stress_class *k = &found->classes[i];
		weir_cell *cell = add_run(st, table, found);
		if (!cell)
			return WEIR_NO_MEMORY;
		*cell++ = weir_session_class_cell(st->s, i);
		*cell++ = weir_cell_number(k->interest);
		*cell++ = weir_cell_number(k->principal);
		*cell++ = weir_cell_number(k->rest);
		*cell++ = weir_cell_number(k->interest_short);
		*cell++ = weir_cell_number(k->principal_short);
		*cell++ = weir_cell_number(k->missed_most);
		*cell++ = date_cell(k->first_short);
		*cell++ = weir_cell_number(k->wal_years);
		*cell++ = date_cell(k->first_principal);
		*cell++ = date_cell(k->last_principal);
		*cell = weir_fill_word(k->survives ? "pass" : "fail");
	}
	return WEIR_OK;
}

static weir_status add_senior(stress_study *st, weir_table *table, const weir_stress_row *found)
{
	weir_cell *cell = add_run(st, table, found);
	if (!cell)
		return WEIR_NO_MEMORY;
	*cell++ = weir_cell_number(found->senior_interest_short);
	*cell++ = weir_cell_number(found->senior_principal_short);
	*cell++ = date_cell(found->first_short);
	*cell = weir_fill_word(found->survives ? "pass" : "fail");
	return WEIR_OK;
}

static weir_status fill_tables(stress_study *st)
{
	weir_status status;
	weir_table *stress, *results;
	weir_text *to = &st->s->summary;
	WEIR_TRY(weir_session_new_results(st->s, NULL, &st->results));
	WEIR_TRY(add_table(st, &stress, "stress", "Stress test", "压力测试", class_columns, COUNT(class_columns), 1));
	WEIR_TRY(add_table(st, &results, "scenario_results", "Scenario results", "情景结果", senior_columns,
	                   COUNT(senior_columns), 0));
	for (size_t i = 0; i < st->found.count; i++) {
		WEIR_TRY(add_classes(st, stress, &st->found.rows[i]));
		WEIR_TRY(add_senior(st, results, &st->found.rows[i]));
	}
	weir_text_free(to);
	weir_table_write_text(results, st->s->deal->currency_digits, SHOWN_ROWS, to);
	status = weir_text_status(to);
out:
	return status;
}

int weir_session_stress(weir_session *s, const weir_stress_request *request)
{
	weir_status status;
	stress_study study = { .s = s,
		               .request = request,
		               .terms = { .go_on = request->progress, .context = request->context } };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(weir_session_list_scenarios(s, &study.scenarios, request->families, request->family_count,
	                                     request->scenarios, request->scenario_count));
	study.terms.scenarios = study.scenarios.items;
	study.terms.scenario_count = (int)study.scenarios.count;
	WEIR_TRY(read_axes(&study));
	WEIR_TRY(weir_session_parse_test(s, request->test, &study.terms.survival));
	WEIR_TRY(weir_session_parse_support(s, request->support, &study.terms.variant));
	WEIR_TRY(weir_stress_run(&study.found, study.arena, s->plan, &study.terms, &s->call));
	WEIR_TRY(fill_tables(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	weir_free(study.scenarios.items);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}
