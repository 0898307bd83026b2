/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sensitivity.c: which assumption moves which figure how far, for a session: table tornado. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "report/table_text.h"
#include "study/scenario_number.h"
#include "study/sensitivity.h"

#define SHOWN_NUMBERS 10 /* of each figure, in the summary */
#define SHOWN_ROWS 200
#define DEFAULT_SHARE 0.1
#define MOST_SHARE 1.0 /* 0 to twice the value */

typedef struct swing_study {
	weir_session *s;
	const weir_sensitivity_request *request;
	weir_arena *arena;
	weir_sensitivity_terms terms;
	weir_metric_list metrics;
	weir_swing_number *numbers;
	int count;
	weir_sensitivity found;
	weir_results *results;
} swing_study;

/* --- the request ------------------------------------------------------------------------------------------------ */

static weir_status read_share(swing_study *st, double *share)
{
	const char *text = st->request->by;
	*share = DEFAULT_SHARE;
	if (!text ||
	    (weir_rate_parse(text, strlen(text), share) == WEIR_PARSE_OK && *share > 0 && *share <= MOST_SHARE))
		return WEIR_OK;
	weir_diag_error(&st->s->call, BAD_RATE, (weir_place){ 0 },
	                "\"%s\" is no part of a value to vary by; write a rate above 0%% and at most 100%%, such as "
	                "10%%", text);
	return WEIR_INPUT;
}

static weir_status complain_range(swing_study *st, const char *text)
{
	weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\" varies nothing; write NAME=LOW:HIGH, such as cdr=0%%:5%%", text);
	return WEIR_INPUT;
}

/* A value of the number: of scenario.KIND a multiple, "80%" or "0.8". */
static weir_status read_end(swing_study *st, const char *name, const char *text, double *out)
{
	weir_decimal decimal;
	if (!weir_scenario_is_scaled(st->terms.scenario, name))
		return weir_session_parse_value(st->s, name, text, out);
	if (weir_rate_parse(text, strlen(text), out) != WEIR_PARSE_OK) {
		if (weir_decimal_parse(text, strlen(text), &decimal) != WEIR_PARSE_OK)
			return complain_range(st, text);
		*out = weir_decimal_double(decimal);
	}
	if (*out >= 0)
		return WEIR_OK;
	weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
	                "\"%s\" cannot be \"%s\" times what it is; give 0 or more",
	                name, text);
	return WEIR_INPUT;
}

/* The place of a number among those listed, or the one behind them. */
static weir_swing_number *number_of(swing_study *st, const char *name)
{
	for (int i = 0; i < st->count; i++)
		if (strcmp(st->numbers[i].name, name) == 0)
			return &st->numbers[i];
	st->numbers[st->count] = (weir_swing_number){ .name = name, .base = NAN };
	return &st->numbers[st->count++];
}

/* "NAME=LOW:HIGH" replaces the number's range, or adds a number. */
static weir_status read_varied(swing_study *st, const char *text)
{
	weir_status status;
	double low, high;
	const char *equals = strchr(text, '=');
	char *name = weir_arena_text(st->arena, text, equals ? (size_t)(equals - text) : strlen(text));
	char *ends = weir_arena_text(st->arena, equals ? equals + 1 : "", equals ? strlen(equals + 1) : 0);
	if (!name || !ends)
		return WEIR_NO_MEMORY;
	char *colon = strchr(ends, ':');
	if (!equals || !colon)
		return complain_range(st, text);
	*colon++ = '\0';
	if (!weir_scenario_is_scaled(st->terms.scenario, name) && !weir_block_knows(st->s->plan, name)) {
		weir_block_complain_unknown(st->s->plan, name, (weir_place){ 0 }, &st->s->call);
		return WEIR_INPUT;
	}
	WEIR_TRY(read_end(st, name, ends, &low));
	WEIR_TRY(read_end(st, name, colon, &high));
	if (low > high) {
		weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "the low end of \"%s\" is above its high end; turn them round", text);
		return WEIR_INPUT;
	}
	weir_swing_number *number = number_of(st, name);
	number->low = low;
	number->high = high;
out:
	return status;
}

static int is_asked_for(const swing_study *st, const char *name)
{
	size_t length = strlen(name);
	for (size_t v = 0; v < st->request->varied_count; v++)
		if (strncmp(name, st->request->varied[v], length) == 0 && st->request->varied[v][length] == '=')
			return 1;
	return 0;
}

/* Keeps the numbers that have a range; with `only`, those that are asked for. */
static void keep_varied(swing_study *st)
{
	int kept = 0;
	for (int i = 0; i < st->count; i++)
		if (!isnan(st->numbers[i].low) && (!st->request->only || is_asked_for(st, st->numbers[i].name)))
			st->numbers[kept++] = st->numbers[i];
	st->count = kept;
}

static weir_status list_numbers(swing_study *st)
{
	weir_status status;
	double share;
	weir_swing_number *listed;
	WEIR_TRY(read_share(st, &share));
	WEIR_TRY(weir_swing_numbers_list(&listed, &st->count, st->arena, st->s->plan, st->terms.scenario, share,
	                                 &st->s->call));
	st->numbers =
	        weir_arena_array(st->arena, (size_t)st->count + st->request->varied_count + 1, sizeof *st->numbers);
	if (!st->numbers)
		return WEIR_NO_MEMORY;
	if (st->count)
		memcpy(st->numbers, listed, (size_t)st->count * sizeof *listed);
	for (size_t i = 0; i < st->request->varied_count; i++)
		WEIR_TRY(read_varied(st, st->request->varied[i]));
	keep_varied(st);
	if (st->count > 0)
		return WEIR_OK;
	weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 },
	                "no number is left to vary; give --vary NAME=LOW:HIGH");
	return WEIR_INPUT;
out:
	return status;
}

static weir_status read_request(swing_study *st)
{
	weir_status status;
	const weir_scenario *plain;
	const weir_sensitivity_request *q = st->request;
	st->terms = (weir_sensitivity_terms){ .go_on = q->progress, .context = q->context };
	WEIR_TRY(weir_session_find_scenario(st->s, q->scenario, &plain));
	WEIR_TRY(weir_session_settle_sets(st->s, st->arena, plain, q->sets, q->set_count, &st->terms.scenario));
	WEIR_TRY(weir_session_parse_support(st->s, q->support, &st->terms.variant));
	WEIR_TRY(weir_session_list_metrics(st->s, &st->metrics, st->arena, q->metrics, q->metric_count, 1));
	WEIR_TRY(list_numbers(st));
	st->terms.numbers = st->numbers;
	st->terms.number_count = st->count;
	st->terms.metrics = st->metrics.items;
	st->terms.metric_count = st->metrics.count;
out:
	return status;
}

/* --- the table -------------------------------------------------------------------------------------------------- */

#define COL(column) row[WEIR_COL_tornado_##column]

static weir_status add_swing(swing_study *st, weir_table *table, int metric, int rank)
{
	const weir_swing *swing = &st->found.swings[metric * st->count + rank];
	const weir_swing_number *n = &st->numbers[swing->number];
	double base = st->found.base[metric];
	weir_type type = weir_metric_type(st->metrics.items[metric]);
	weir_cell *row = weir_table_add_row(st->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(metric) = weir_session_text_cell(st->results, weir_metric_text(st->metrics.items[metric]));
	COL(rank) = weir_cell_number(rank + 1);
	COL(number) = weir_session_text_cell(st->results, n->name);
	COL(base) = weir_session_value_cell(st->s, n->name, n->base);
	COL(low) = weir_session_value_cell(st->s, n->name, n->low);
	COL(high) = weir_session_value_cell(st->s, n->name, n->high);
	COL(at_base) = weir_session_metric_cell(type, base);
	COL(at_low) = weir_session_metric_cell(type, swing->at_low);
	COL(at_high) = weir_session_metric_cell(type, swing->at_high);
	COL(change_low) = weir_session_change_cell(type, swing->at_low - base);
	COL(change_high) = weir_session_change_cell(type, swing->at_high - base);
	COL(swing) = weir_session_change_cell(type, swing->swing);
	return WEIR_OK;
}

/* --- the summary ------------------------------------------------------------------------------------------------ */

/* The widest swings, for a terminal: from what to what. A date that never comes is an empty cell. */
static const weir_column widest_columns[] = {
	{ "figure", "Figure", "指标", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "at_base", "Figure at base", "基准结果", WEIR_CELL_MIXED, 0, 0, 0 },
	{ "assumption", "Assumption", "假设", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "low", "Low", "低值", WEIR_CELL_MIXED, 0, 0, 0 },
	{ "high", "High", "高值", WEIR_CELL_MIXED, 0, 0, 0 },
	{ "at_low", "Figure at low", "低值结果", WEIR_CELL_MIXED, 0, 0, 0 },
	{ "at_high", "Figure at high", "高值结果", WEIR_CELL_MIXED, 0, 0, 0 },
	{ "swing", "Swing", "波动幅度", WEIR_CELL_MIXED, 0, 0, 0 },
};

/* Whether a swing is more than the last printed digit of a terminal's table. */
static int is_visible(weir_type type, double swing)
{
	double least = type == WEIR_TYPE_RATE ? 5e-7 : type == WEIR_TYPE_NUMBER ? 5e-7 : 0;
	return isnan(swing) || swing > least;
}

static weir_status add_widest(swing_study *st, weir_table *table, int metric, const weir_swing *swing)
{
	const weir_swing_number *n = &st->numbers[swing->number];
	weir_type type = weir_metric_type(st->metrics.items[metric]);
	weir_cell *cell = weir_table_add_row(st->results, table);
	if (!cell)
		return WEIR_NO_MEMORY;
	*cell++ = weir_session_text_cell(st->results, weir_metric_text(st->metrics.items[metric]));
	*cell++ = weir_session_metric_cell(type, st->found.base[metric]);
	*cell++ = weir_session_text_cell(st->results, n->name);
	*cell++ = weir_session_value_cell(st->s, n->name, n->low);
	*cell++ = weir_session_value_cell(st->s, n->name, n->high);
	*cell++ = weir_session_metric_cell(type, swing->at_low);
	*cell++ = weir_session_metric_cell(type, swing->at_high);
	*cell = weir_session_change_cell(type, swing->swing);
	return WEIR_OK;
}

/* The widest of each figure, then which figures nothing moves. */
static weir_status tell(swing_study *st)
{
	weir_status status;
	weir_table *widest;
	weir_text still = { 0 }, *to = &st->s->summary;
	WEIR_TRY(weir_results_add_table(&widest, st->results, "tornado_widest", "Widest swings", "最大波动",
	                                widest_columns, sizeof widest_columns / sizeof *widest_columns, 0));
	for (int m = 0; m < st->metrics.count; m++) {
		const weir_swing *swings = &st->found.swings[m * st->count];
		weir_type type = weir_metric_type(st->metrics.items[m]);
		if (!is_visible(type, swings[0].swing))
			weir_text_printf(&still, "%s%s", still.length ? ", " : "",
			                 weir_metric_text(st->metrics.items[m]));
		for (int i = 0; i < st->count && i < SHOWN_NUMBERS && is_visible(type, swings[i].swing); i++)
			WEIR_TRY(add_widest(st, widest, m, &swings[i]));
	}
	weir_text_free(to);
	if (widest->row_count > 0)
		weir_table_write_text(widest, st->s->deal->currency_digits, SHOWN_ROWS, to);
	if (still.length)
		weir_text_printf(to, "moved by nothing: %s\n", still.data);
	status = still.failed ? WEIR_NO_MEMORY : weir_text_status(to);
out:
	weir_text_free(&still);
	return status;
}

static weir_status fill_table(swing_study *st)
{
	weir_status status;
	weir_table *table;
	WEIR_TRY(weir_session_new_results(st->s, st->terms.scenario, &st->results));
	WEIR_TRY(weir_results_add_standard(&table, st->results, WEIR_TABLE_tornado));
	for (int m = 0; m < st->metrics.count; m++)
		for (int i = 0; i < st->count; i++)
			WEIR_TRY(add_swing(st, table, m, i));
	status = tell(st);
out:
	return status;
}

int weir_session_sensitivity(weir_session *s, const weir_sensitivity_request *request)
{
	weir_status status;
	swing_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(read_request(&study));
	WEIR_TRY(weir_sensitivity_measure(&study.found, study.arena, s->plan, &study.terms, &s->call));
	WEIR_TRY(fill_table(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}
