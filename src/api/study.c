/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study.c: searches over runs, for a session. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "report/results.h"
#include "study/break_even.h"

static int read_test(weir_session *s, const char *test, weir_survival *out)
{
	if (!test)
		*out = WEIR_SURVIVE_BOTH;
	else if (strcmp(test, "first-missed") == 0)
		*out = WEIR_SURVIVE_FIRST_MISSED;
	else if (strcmp(test, "first-loss") == 0)
		*out = WEIR_SURVIVE_FIRST_LOSS;
	else {
		weir_diag_error(&s->diags, UNSUPPORTED, (weir_place){ 0 },
		                "a break-even for \"%s\" is not supported; use first-missed or first-loss", test);
		return 0;
	}
	return 1;
}

static int read_terms(weir_session *s, const weir_break_even_request *request, weir_break_even_terms *terms)
{
	*terms = (weir_break_even_terms){ .vary = request->vary, .class_number = -1, .from = request->from,
		                          .to = request->to };
	if (terms->from == 0 && terms->to == 0)
		terms->to = 1;
	if (!(terms->from < terms->to) || fabs(terms->from) > 1e6 || fabs(terms->to) > 1e6)
		weir_diag_error(&s->diags, OUT_OF_RANGE, (weir_place){ 0 },
		                "the range of a break-even wants a lower end below its upper end, both below 1000000");
	const weir_parameter *parameter = weir_plan_find_parameter(s->plan, request->vary);
	if (parameter && parameter->type == WEIR_TYPE_MONEY)
		weir_diag_error(&s->diags, UNSUPPORTED, (weir_place){ 0 },
		                "\"%s\" is an amount; a break-even varies haircut or a rate", request->vary);
	if (request->class_id) {
		terms->class_number = weir_deal_find_class(s->deal, request->class_id);
		if (terms->class_number < 0)
			weir_diag_error(&s->diags, UNKNOWN_ID, (weir_place){ 0 }, "there is no class \"%s\"",
			                request->class_id);
	}
	return read_test(s, request->test, &terms->survival) &&
	       weir_session_find_scenario(s, request->scenario, &terms->scenario) == WEIR_OK && !s->diags.errors;
}

static const weir_column columns[] = {
	{ "vary", "Varied", "变量", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "class", "Class", "档次", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "test", "Test", "检验", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "scenario", "Scenario", "情景", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "support", "Support", "外部增信", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "value", "Value", "临界值", WEIR_CELL_NUMBER, 9, 0, 0 },
	{ "crossing", "Crossing", "方向", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "monotone", "Monotone", "单调", WEIR_CELL_FLAG, 0, 0, 0 },
};

static weir_status add_crossing(weir_results *results, weir_table *table, const weir_break_even_request *request,
                                const weir_break_even *found, double value, const char *crossing)
{
	weir_cell *row = weir_table_add_row(results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	const char *scenario = request->scenario ? request->scenario : "base";
	const char *class_id = request->class_id ? request->class_id : "senior";
	const char *test = request->test ? request->test : "first-missed-or-loss";
	row[0] = weir_cell_text(request->vary, request->vary);
	row[1] = weir_cell_text(class_id, class_id);
	row[2] = weir_cell_text(test, test);
	row[3] = weir_cell_text(scenario, scenario);
	row[4] = weir_cell_text("none", "none");
	row[5] = weir_cell_number(value);
	row[6] = weir_cell_text(crossing, crossing);
	row[7] = weir_cell_number(found->monotone);
	return WEIR_OK;
}

static weir_status write_crossings(weir_session *s, const weir_break_even_request *request,
                                   const weir_break_even *found, char **csv)
{
	weir_status status;
	weir_results *results = NULL;
	weir_table *table;
	weir_text text = { 0 };
	WEIR_TRY(weir_results_create(&results, s->deal->node.id, s->deal->node.en, s->deal->node.zh, s->deal->currency,
	                             s->deal->currency_digits));
	WEIR_TRY(weir_results_add_table(&table, results, "breakeven", "Break-even", "临界分析", columns,
	                                sizeof columns / sizeof *columns, 1));
	for (int i = 0; i < found->count; i++)
		WEIR_TRY(add_crossing(results, table, request, found, found->crossings[i].below,
		                      found->crossings[i].survives_below ? "survives-to" : "fails-to"));
	if (found->count == 0)
		WEIR_TRY(add_crossing(results, table, request, found, NAN,
		                      found->survives_from ? "survives-throughout" : "fails-throughout"));
	weir_table_write_csv(table, s->deal->currency_digits, &text);
	WEIR_TRY(weir_text_status(&text));
	*csv = text.data;
	text = (weir_text){ 0 };
out:
	weir_text_free(&text);
	weir_results_destroy(results);
	return status;
}

int weir_session_break_even(weir_session *s, const weir_break_even_request *request, weir_break_even_answer *answer,
                            char **csv)
{
	weir_status status = WEIR_INPUT;
	weir_break_even_terms terms;
	weir_break_even found;
	weir_arena *arena = NULL;
	if (csv)
		*csv = NULL;
	if (!s->plan || s->diags.errors || !read_terms(s, request, &terms))
		return WEIR_EXIT_INPUT;
	WEIR_TRY(weir_arena_create(&arena));
	WEIR_TRY(weir_break_even_find(&found, arena, s->plan, &terms, &s->diags));
	*answer = (weir_break_even_answer){ .survives = found.survives_from,
		                            .has_limit = found.count > 0,
		                            .largest = found.largest,
		                            .crossing_count = found.count,
		                            .monotone = found.monotone };
	if (csv)
		WEIR_TRY(write_crossings(s, request, &found, csv));
out:
	weir_arena_destroy(arena);
	return weir_exit_of(status);
}
