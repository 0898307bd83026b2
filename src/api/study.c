/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study.c: break-even and reverse stress for a session: searches over runs, told as tables and as text. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "report/fill.h"
#include "report/fill_deal.h"
#include "study/break_even.h"
#include "study/reverse.h"
#include "study/vary.h"

static const char *test_word(const char *test)
{
	return test ? test : "first-missed-or-loss";
}

/* --- break-even ------------------------------------------------------------------------------------------------- */

/* One break-even to find, with support or in another case. */
typedef struct break_even_case {
	weir_variant variant;
	weir_break_even found;
} break_even_case;

typedef struct break_even_study {
	weir_session *s;
	const weir_break_even_request *request;
	weir_break_even_terms terms;
	weir_arena *arena;
	break_even_case *cases;
	int count;
	weir_results *results;
	weir_table *table;
} break_even_study;

static weir_status read_range(break_even_study *b)
{
	weir_break_even_terms *t = &b->terms;
	double most = weir_vary_unit_of(b->s->plan, t->vary) == WEIR_VARY_MONEY ? WEIR_CENTS_MAX : 1e6;
	weir_vary_default_range(&t->from, &t->to, b->s->plan, t->vary);
	if (b->request->from != 0 || b->request->to != 0)
		t->from = b->request->from;
	if (b->request->to != 0 || b->request->from < 0)
		t->to = b->request->to;
	if (t->from < t->to && fabs(t->from) <= most && fabs(t->to) <= most)
		return WEIR_OK;
	weir_diag_error(&b->s->call, OUT_OF_RANGE, (weir_place){ 0 },
	                "the range of a break-even wants a lower end below its upper end, both below 1000000");
	return WEIR_INPUT;
}

/* Which cases are told: the one that is asked for, or all that the deal has. */
static weir_status list_cases(break_even_study *b)
{
	weir_session *s = b->s;
	int supporting = s->deal->support_count + s->deal->cover_count > 0, all = !b->request->support && supporting;
	b->cases = weir_arena_array(b->arena, (size_t)s->deal->party_count + 2, sizeof *b->cases);
	if (!b->cases)
		return WEIR_NO_MEMORY;
	b->count = 1;
	if (!all)
		return weir_session_parse_support(s, b->request->support, &b->cases[0].variant);
	b->cases[b->count++].variant.support = WEIR_WITHOUT_SUPPORT;
	for (int p = 0; p < s->deal->party_count; p++)
		if (weir_deal_is_supporter(s->deal, p))
			b->cases[b->count++].variant = (weir_variant){ WEIR_SUPPORTER_FAILS, p, 0 };
	return WEIR_OK;
}

static weir_status read_break_even(break_even_study *b)
{
	weir_status status;
	weir_session *s = b->s;
	b->terms = (weir_break_even_terms){ .vary = b->request->vary };
	if (!weir_block_knows(s->plan, b->request->vary))
		weir_block_complain_unknown(s->plan, b->request->vary, (weir_place){ 0 }, &s->call);
	WEIR_TRY(weir_session_judge(s));
	WEIR_TRY(weir_session_parse_class(s, b->request->class_id, &b->terms.class_number));
	WEIR_TRY(weir_session_parse_test(s, b->request->test, &b->terms.survival));
	WEIR_TRY(weir_session_find_scenario(s, b->request->scenario, &b->terms.scenario));
	WEIR_TRY(read_range(b));
	status = list_cases(b);
out:
	return status;
}

static weir_status add_crossing(break_even_study *b, const break_even_case *one, double value, double defaulted,
                                const char *crossing)
{
	const weir_break_even_request *request = b->request;
	weir_cell *row = weir_table_add_row(b->results, b->table);
	if (!row)
		return WEIR_NO_MEMORY;
	const char *scenario = request->scenario ? request->scenario : "base";
	const char *class_id = request->class_id ? request->class_id : "senior";
	row[WEIR_COL_breakeven_vary] = weir_cell_text(request->vary, request->vary);
	row[WEIR_COL_breakeven_class] = weir_cell_text(class_id, class_id);
	row[WEIR_COL_breakeven_test] = weir_cell_text(test_word(request->test), test_word(request->test));
	row[WEIR_COL_breakeven_scenario] = weir_cell_text(scenario, scenario);
	row[WEIR_COL_breakeven_support] = weir_fill_variant(b->results, b->s->deal, one->variant);
	row[WEIR_COL_breakeven_value] = weir_session_value_cell(b->s, request->vary, value);
	row[WEIR_COL_breakeven_crossing] = weir_cell_text(crossing, crossing);
	row[WEIR_COL_breakeven_monotone] = weir_cell_number(one->found.monotone);
	row[WEIR_COL_breakeven_defaulted] = weir_cell_number(defaulted);
	return WEIR_OK;
}

static weir_status add_crossings(break_even_study *b, const break_even_case *one)
{
	const weir_break_even *found = &one->found;
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < found->count; i++)
		status = add_crossing(b, one, found->crossings[i].below, found->crossings[i].defaulted_share,
		                      found->crossings[i].survives_below ? "survives-to" : "fails-to");
	if (found->count == 0)
		status = add_crossing(b, one, NAN, NAN,
		                      found->survives_from ? "survives-throughout" : "fails-throughout");
	return status;
}

/* "haircut: all senior classes, without support: survived up to 3.1000%". */
static void tell_case(break_even_study *b, const break_even_case *one)
{
	weir_text *to = &b->s->summary;
	const weir_break_even *found = &one->found;
	const weir_deal *deal = b->s->deal;
	const char *class_id = b->request->class_id;
	weir_text_printf(to, "%s: %s", b->request->vary, class_id ? class_id : "all senior classes");
	if (one->variant.support == WEIR_SUPPORTER_FAILS)
		weir_text_printf(to, ", %s failing in month %d", deal->parties[one->variant.party].node.id,
		                 one->variant.month);
	else if (deal->support_count + deal->cover_count > 0)
		weir_text_add(to,
		              one->variant.support == WEIR_WITHOUT_SUPPORT ? ", without support" : ", with support");
	if (!found->survives_from && found->count == 1) {
		weir_text_add(to, ": fails up to ");
		weir_session_write_value(b->s, b->request->vary, found->crossings[0].below, to);
		weir_text_add(to, " and is survived beyond\n");
	} else if (!found->survives_from) {
		weir_text_add(to, ": not even the lower end of the range is survived\n");
	} else if (found->count == 0) {
		weir_text_add(to, ": the whole range is survived\n");
	} else {
		weir_text_add(to, ": survived up to ");
		weir_session_write_value(b->s, b->request->vary, found->largest, to);
		if (found->largest_defaulted_share > 0)
			weir_text_printf(to, " (%.2f%% of the pool defaults)", found->largest_defaulted_share * 100);
		weir_text_add(to, "\n");
	}
	if (found->count > 1)
		weir_text_printf(
			to,
			"    its outcome changes %d times in the range, so no single value parts survival from failure\n",
			found->count);
}

static weir_status find_cases(break_even_study *b)
{
	weir_status status;
	weir_session *s = b->s;
	WEIR_TRY(weir_session_new_results(s, b->terms.scenario, &b->results));
	WEIR_TRY(weir_results_add_standard(&b->table, b->results, WEIR_TABLE_breakeven));
	weir_text_free(&s->summary);
	for (int i = 0; i < b->count; i++) {
		b->terms.variant = b->cases[i].variant;
		WEIR_TRY(weir_break_even_find(&b->cases[i].found, b->arena, s->plan, &b->terms, &s->call));
		WEIR_TRY(add_crossings(b, &b->cases[i]));
		tell_case(b, &b->cases[i]);
	}
	status = weir_text_status(&s->summary);
out:
	return status;
}

static weir_status keep_break_even(break_even_study *b, weir_break_even_answer *answer, char **csv)
{
	weir_status status;
	weir_text text = { 0 };
	const weir_break_even *found = &b->cases[0].found;
	if (csv) {
		weir_table_write_csv(b->table, b->s->deal->currency_digits, &text);
		WEIR_TRY(weir_text_status(&text));
	}
	status = weir_session_keep(b->s, b->results);
	b->results = NULL;
	WEIR_TRY(status);
	*answer = (weir_break_even_answer){ .survives = found->survives_from,
		                            .has_limit = found->count > 0,
		                            .largest = found->largest,
		                            .crossing_count = found->count,
		                            .monotone = found->monotone };
	if (csv)
		*csv = text.data;
	return WEIR_OK;
out:
	weir_text_free(&text);
	return status;
}

int weir_session_break_even(weir_session *s, const weir_break_even_request *request, weir_break_even_answer *answer,
                            char **csv)
{
	weir_status status;
	break_even_study study = { .s = s, .request = request };
	if (csv)
		*csv = NULL;
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(read_break_even(&study));
	WEIR_TRY(find_cases(&study));
	WEIR_TRY(keep_break_even(&study, answer, csv));
out:
	weir_results_destroy(study.results);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}

int weir_session_read_value(weir_session *s, const char *name, const char *text, double *value)
{
	weir_status status = weir_session_begin(s);
	if (status == WEIR_OK && !weir_block_knows(s->plan, name)) {
		weir_block_complain_unknown(s->plan, name, (weir_place){ 0 }, &s->call);
		status = WEIR_INPUT;
	}
	if (status == WEIR_OK)
		status = weir_session_parse_value(s, name, text, value);
	return weir_session_end(s, status);
}

/* --- reverse stress --------------------------------------------------------------------------------------------- */

weir_status weir_session_add_set(weir_session *s, weir_results *results, weir_table *table, const char *class_id,
                                 const char *test, const weir_reverse *found, int number)
{
	const weir_obligor *obligors = s->deal->pool.obligors;
	weir_text ids = { 0 }, en = { 0 }, zh = { 0 };
	weir_cell *row = weir_table_add_row(results, table);
	class_id = class_id ? class_id : "senior";
	for (int i = 0; row && i < found->size; i++) {
		const weir_obligor *o = &obligors[found->sets[number].obligors[i]];
		weir_text_printf(&ids, "%s%s", i ? " " : "", o->id);
		weir_text_printf(&en, "%s%s", i ? ", " : "", o->en ? o->en : o->zh ? o->zh : o->id);
		weir_text_printf(&zh, "%s%s", i ? "、" : "", o->zh ? o->zh : o->en ? o->en : o->id);
	}
	if (row) {
		row[WEIR_COL_reverse_class] = weir_cell_text(class_id, class_id);
		row[WEIR_COL_reverse_test] = weir_cell_text(test_word(test), test_word(test));
		row[WEIR_COL_reverse_set] = weir_cell_number(number + 1);
		row[WEIR_COL_reverse_size] = weir_cell_number(found->size);
		row[WEIR_COL_reverse_obligors] = weir_cell_key(weir_arena_text(results->arena, ids.data, ids.length),
		                                               weir_arena_text(results->arena, en.data, en.length),
		                                               weir_arena_text(results->arena, zh.data, zh.length));
		row[WEIR_COL_reverse_share] = weir_cell_number(found->sets[number].share);
	}
	int failed = !row || ids.failed || en.failed || zh.failed;
	weir_text_free(&ids);
	weir_text_free(&en);
	weir_text_free(&zh);
	return failed ? WEIR_NO_MEMORY : WEIR_OK;
}

static void tell_reverse(weir_session *s, const weir_reverse_request *request, const weir_reverse *found,
                         const weir_table *table)
{
	enum { MOST = 20 };
	weir_text *to = &s->summary;
	const char *whom = request->class_id ? request->class_id : "the senior classes";
	weir_text_free(to);
	if (found->size < 0)
		weir_text_printf(to, "%s: no default breaks it, not even that of all %d obligors\n", whom,
		                 found->names);
	else if (found->size == 0)
		weir_text_printf(to, "%s: broken without any default\n", whom);
	else
		weir_text_printf(to, "%s: %d of %d obligors break it; %zu set%s of that size do%s\n", whom, found->size,
		                 found->names, found->breaking, found->breaking == 1 ? "" : "s",
		                 found->breaking == 1 ? "es" : "");
	for (int i = 0; found->size > 0 && i < found->listed && i < MOST; i++) {
		const weir_cell *obligors = weir_table_cell(table, (size_t)i, WEIR_COL_reverse_obligors);
		weir_text_printf(to, "  %s: %s, %.2f%% of what the pool owes\n", obligors->key, obligors->en,
		                 found->sets[i].share * 100);
	}
	if (found->listed > MOST)
		weir_text_printf(to, "  and %d more in the table\n", found->listed - MOST);
}

/* Who defaults after the last payment hurts nobody, and saying so would look like a finding. */
static weir_status check_month(weir_session *s, int month)
{
	char from[11], last[11];
	weir_date default_date = weir_date_add_months(weir_fill_cutoff(s->deal), month);
	weir_date end = s->periods.items[s->periods.count - 1].payment;
	if (default_date <= end)
		return WEIR_OK;
	weir_date_format(default_date, from);
	weir_date_format(end, last);
	weir_diag_error(&s->call, OUT_OF_RANGE, (weir_place){ 0 },
	                "month %d is %s, after the last payment on %s; give an earlier one", month, from, last);
	return WEIR_INPUT;
}

static weir_status find_reverse(weir_session *s, weir_arena *arena, const weir_reverse_request *request,
                                weir_reverse *found, weir_results **results)
{
	weir_status status;
	weir_table *table;
	weir_reverse_terms terms = { .month = request->month, .go_on = request->progress, .context = request->context };
	WEIR_TRY(weir_session_parse_class(s, request->class_id, &terms.class_number));
	WEIR_TRY(weir_session_parse_test(s, request->test, &terms.survival));
	WEIR_TRY(weir_session_find_scenario(s, request->scenario, &terms.scenario));
	WEIR_TRY(weir_session_parse_support(s, request->support, &terms.variant));
	WEIR_TRY(check_month(s, request->month));
	WEIR_TRY(weir_reverse_find(found, arena, s->plan, &terms, &s->call));
	WEIR_TRY(weir_session_new_results(s, terms.scenario, results));
	WEIR_TRY(weir_results_add_standard(&table, *results, WEIR_TABLE_reverse));
	for (int i = 0; found->size > 0 && i < found->listed; i++)
		WEIR_TRY(weir_session_add_set(s, *results, table, request->class_id, request->test, found, i));
	tell_reverse(s, request, found, table);
	status = weir_text_status(&s->summary);
out:
	return status;
}

int weir_session_reverse(weir_session *s, const weir_reverse_request *request, weir_reverse_answer *answer)
{
	weir_status status;
	weir_arena *arena = NULL;
	weir_results *results = NULL;
	weir_reverse found;
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&arena));
	WEIR_TRY(find_reverse(s, arena, request, &found, &results));
	*answer = (weir_reverse_answer){ .size = found.size, .breaking = found.breaking, .names = found.names };
	status = weir_session_keep(s, results);
	results = NULL;
out:
	weir_results_destroy(results);
	weir_arena_destroy(arena);
	return weir_session_end(s, status);
}
