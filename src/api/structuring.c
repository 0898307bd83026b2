/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structuring.c: what a structuring report tells beside the structure: the deal with the structure in it, run, priced
 * and put to the test; all of it written with the report. */
#include <string.h>

#include "api/session.h"
#include "study/attribution.h"

#define PRICES "97:103:0.5"
#define MOST_PRICED 8  /* scenarios: one line each */

typedef struct structuring {
	weir_session *s;
	const weir_structuring_request *request;
	weir_results *results;          /* of the structure; taken out of the session while other studies use it */
	weir_case one;                  /* the structure in its pricing scenario */
	int has_case;
	weir_scenarios own;             /* the session's scenarios, while others stand before them ... */
	int has_own;                    /* ... which they do */
	const weir_scenario *tightest;  /* of the tests with shocks, that in which least is left; NULL: there is none */
} structuring;

/* --- the deal with the structure in it -------------------------------------------------------------------------- */

static weir_status run_chosen(structuring *st)
{
	weir_status status;
	weir_session *s = st->s;
	WEIR_TRY(weir_case_run(&st->one, s, s->chosen_scenario, s->chosen, s->chosen_count));
	st->has_case = 1;
	WEIR_TRY(weir_case_compare(&st->one, s));
	WEIR_TRY(weir_fill_run(st->results, &st->one.outcome, 0));
	status = weir_fill_deal(st->results, &st->one.outcome);
out:
	return status;
}

/* --- what is left in each scenario ------------------------------------------------------------------------------ */

#define COL(column) row[WEIR_COL_structure_margins_##column]

static weir_status add_margin(structuring *st, weir_table *table, const weir_scenario *scenario,
                              const weir_deal_figures *figures)
{
	double defaulted = 0, recovered = 0, inflow = 0;
	weir_cell *row = weir_table_add_row(st->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	for (int p = 1; p < st->s->periods.count; p++) {
		const weir_period_figures *period = &figures->periods[p];
		defaulted += period->pool_defaulted;
		recovered += period->pool_recovered;
		inflow += period->pool_principal + period->pool_income + period->pool_recovered;
	}
	COL(scenario) = scenario ? weir_cell_key(scenario->node.id, weir_node_name(&scenario->node, 0),
	                                         weir_node_name(&scenario->node, 1)) :
	                           weir_cell_key("base", "Base case", "基准情景");
	COL(defaulted) = weir_cell_number(defaulted);
	COL(recovered) = weir_cell_number(recovered);
	COL(inflow) = weir_cell_number(inflow);
	COL(coverage_min) = weir_cell_number(figures->coverage_min);
	COL(coverage_total) = weir_cell_number(figures->coverage_total);
	COL(left) = weir_cell_number(figures->subordinated_total);
	COL(missed) = weir_cell_number(figures->missed);
	COL(unpaid) = weir_cell_number(figures->unpaid_at_end_cents);
	return WEIR_OK;
}

/* One block of scenarios; `*least` is the least coverage so far. */
static weir_status measure_block(structuring *st, weir_table *table, weir_block *block,
                                 const weir_scenario *const *scenarios, int count, double *least)
{
	weir_status status;
	WEIR_TRY(weir_block_run(block, scenarios, count, st->one.sets, (int)st->one.set_count, &st->s->call));
	for (int lane = 0; lane < count; lane++) {
		weir_deal_figures figures;
		WEIR_TRY(weir_measure(&figures, st->one.arena, st->s->plan, weir_block_result(block),
		                      weir_block_rows(block), lane));
		WEIR_TRY(add_margin(st, table, scenarios[lane], &figures));
		if (scenarios[lane] && scenarios[lane]->shock_count > 0 &&
		    (!st->tightest || figures.coverage_total < *least)) {
			st->tightest = scenarios[lane];
			*least = figures.coverage_total;
		}
	}
out:
	return status;
}

static weir_status measure_margins(structuring *st)
{
	weir_status status = WEIR_OK;
	weir_table *table;
	weir_block *block = NULL;
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	size_t count = st->s->chosen_test_count;
	double least = 0;
	if (count == 0)
		return WEIR_OK;
	WEIR_TRY(weir_results_add_standard(&table, st->results, WEIR_TABLE_structure_margins));
	WEIR_TRY(weir_block_create(&block, st->s->plan, &options));
	for (size_t at = 0; at < count; at += WEIR_LANES) {
		int lanes = (int)(count - at < WEIR_LANES ? count - at : WEIR_LANES);
		WEIR_TRY(measure_block(st, table, block, st->s->chosen_tests + at, lanes, &least));
	}
out:
	weir_block_destroy(block);
	return status;
}

/* --- other studies of the same deal ----------------------------------------------------------------------------- */

/* The pricing scenario and the tests, with what the structure sets, before the scenarios beside the deal: studies find
 * them by their ids. */
static weir_status put_scenarios(structuring *st)
{
	weir_session *s = st->s;
	int count = 1 + (int)s->chosen_test_count;
	weir_scenario *items = weir_arena_array(st->one.arena, (size_t)(count + s->scenarios.count), sizeof *items);
	if (!items)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count; i++) {
		const weir_scenario *with_sets, *plain = i == 0 ? st->one.scenario : s->chosen_tests[i - 1];
		weir_status status =
			weir_session_settle(s, st->one.arena, plain, st->one.sets, st->one.set_count, &with_sets);
		if (status != WEIR_OK)
			return status;
		items[i] = with_sets ? *with_sets : (weir_scenario){ .node = { .id = "base" } };
	}
	if (s->scenarios.count)
		memcpy(items + count, s->scenarios.items, (size_t)s->scenarios.count * sizeof *items);
	st->own = s->scenarios;
	st->has_own = 1;
	s->scenarios.items = items;
	s->scenarios.count += count;
	return WEIR_OK;
}

static void put_back_scenarios(structuring *st)
{
	if (st->has_own)
		st->s->scenarios = st->own;
	st->has_own = 0;
}

/* The tables that a study left in the session join those of the structure. */
static weir_status take_tables(structuring *st)
{
	weir_status status = WEIR_OK;
	const weir_results *found = st->s->result_count > 0 ? st->s->results[0] : NULL;
	for (size_t i = 0; found && status == WEIR_OK && i < found->table_count; i++)
		if (found->tables[i]->row_count > 0)
			status = weir_results_copy_table(st->results, found->tables[i]);
	return status;
}

static int price_chosen(structuring *st)
{
	weir_session *s = st->s;
	const char *names[MOST_PRICED];
	size_t count = 0;
	names[count++] = s->scenarios.items[0].node.id;
	for (size_t i = 0; i < s->chosen_test_count && count < MOST_PRICED; i++)
		if (s->chosen_tests[i] != st->one.scenario && s->chosen_tests[i]->shock_count > 0)
			names[count++] = s->chosen_tests[i]->node.id;
	weir_price_request request = {
		.scenarios = names, .scenario_count = count, .curve = s->chosen_curve, .prices = PRICES
	};
	return weir_session_price(s, &request);
}

/* Formulas that name a figure of each class with a coupon, then figures of the deal. */
typedef struct metric_names {
	const char **items;
	size_t count;
} metric_names;

static weir_status list_metrics(structuring *st, metric_names *out)
{
	static const char *const of_class[] = { "yield", "wal" }, *const of_deal[] = { "coverage_min", "proceeds" };
	const weir_deal *deal = st->s->deal;
	out->items = weir_arena_array(st->one.arena, (size_t)deal->class_count * 2 + 2, sizeof *out->items);
	if (!out->items)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->class_count; i++)
		for (size_t m = 0; deal->classes[i].interest != WEIR_INTEREST_NONE && m < 2; m++) {
			weir_text text = { 0 };
			weir_text_printf(&text, "%s.%s", deal->classes[i].node.id, of_class[m]);
			const char *kept = weir_text_keep(&text, st->one.arena);
			if (!kept)
				return WEIR_NO_MEMORY;
			out->items[out->count++] = kept;
		}
	for (size_t m = 0; m < (st->s->periods.first <= 1 ? 2 : 1); m++)
		out->items[out->count++] = of_deal[m];
	return WEIR_OK;
}

static int measure_sensitivity(structuring *st, const metric_names *metrics)
{
	weir_sensitivity_request request = { .scenario = st->s->scenarios.items[0].node.id,
		                             .metrics = metrics->items,
		                             .metric_count = metrics->count,
		                             .progress = st->request->progress,
		                             .context = st->request->context };
	return weir_session_sensitivity(st->s, &request);
}

/* Whether the way to the scenario in which least is left has factors, and few enough to be told apart. */
static int has_factors(structuring *st)
{
	weir_factors factors;
	const weir_session *s = st->s;
	const weir_scenario *to = st->tightest ? weir_scenarios_find(&s->scenarios, st->tightest->node.id) : NULL;
	if (!to || to == &s->scenarios.items[0] ||
	    weir_factors_list(&factors, st->one.arena, &s->scenarios.items[0], to) != WEIR_OK)
		return 0;
	return factors.count > 0 && factors.count <= WEIR_ATTRIBUTION_MOST;
}

static int attribute_stress(structuring *st)
{
	static const char *const metrics[] = { "coverage_total", "subordinated_paid" };
	weir_attribution_request request = { .scenario = st->tightest->node.id,
		                             .from = st->s->scenarios.items[0].node.id,
		                             .metrics = metrics,
		                             .metric_count = sizeof metrics / sizeof *metrics,
		                             .progress = st->request->progress,
		                             .context = st->request->context };
	return weir_session_attribute(st->s, &request);
}

/* "S0 S1": between which scenarios the attribution goes. */
static weir_status note_attribution(structuring *st)
{
	const weir_node *first = &st->s->scenarios.items[0].node, *last = &st->tightest->node;
	weir_cell from = weir_cell_key(first->id, weir_node_name(first, 0), weir_node_name(first, 1));
	weir_cell to = weir_cell_key(last->id, weir_node_name(last, 0), weir_node_name(last, 1));
	return weir_session_note_attribution(st->results, &from, &to);
}

/* Each study is a request of its own, so that none of these begins within another. */
static int add_studies(structuring *st)
{
	metric_names metrics = { 0 };
	weir_status status = put_scenarios(st);
	if (status == WEIR_OK)
		status = list_metrics(st, &metrics);
	int exit_status = weir_exit_of(status);
	for (int study = 0; exit_status == WEIR_EXIT_DONE && study < 3; study++) {
		if (study == 2 && !has_factors(st))
			break;
		exit_status = study == 0 ? price_chosen(st) : study == 1 ? measure_sensitivity(st, &metrics) :
		                                                           attribute_stress(st);
		if (exit_status == WEIR_EXIT_DONE)
			exit_status = weir_exit_of(take_tables(st));
		if (exit_status == WEIR_EXIT_DONE && study == 2)
			exit_status = weir_exit_of(note_attribution(st));
	}
	put_back_scenarios(st);
	return exit_status;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

/* What the request asks is nobody's document. */
static weir_status disclose_request(structuring *st)
{
	weir_diags said = { 0 };
	weir_diag_disclosure(
		&said, ASSUMPTION, (weir_place){ 0 },
		"the structure answers what was asked: its scenarios, lots, limits and grades are assumptions of the asker",
		"本结构为按所提要求求解的结果：情景、规模单位、限额及级别均为提出要求者的假设");
	weir_status status = said.lost ? WEIR_NO_MEMORY : weir_results_add_disclosures(st->results, &said);
	weir_diags_free(&said);
	return status;
}

static int begin_report(structuring *st)
{
	weir_status status = weir_session_begin(st->s);
	if (status == WEIR_OK)
		status = disclose_request(st);
	if (status == WEIR_OK && st->s->chosen)
		status = run_chosen(st);
	if (status == WEIR_OK && st->s->chosen)
		status = measure_margins(st);
	return weir_session_end(st->s, status);
}

static int write_report(structuring *st)
{
	weir_status status = weir_session_begin(st->s);
	if (status == WEIR_OK)
		status = weir_results_foot(st->results, &st->s->call);
	weir_print print = { .template = "structuring",
		             .lang = st->request->lang,
		             .formats = st->request->formats,
		             .style = st->request->style };
	if (status == WEIR_OK)
		status = weir_session_write_results(st->s, st->results, st->request->folder,
		                                    st->request->no_report ? NULL : &print);
	return weir_session_end(st->s, status);
}

int weir_session_write_structuring(weir_session *s, const weir_structuring_request *request)
{
	structuring st = { .s = s, .request = request };
	if (s->result_count != 1 || !weir_results_table(s->results[0], "structure")) {
		weir_session_begin(s);
		weir_diag_error(&s->call, USAGE, (weir_place){ 0 },
		                "there is no structure to report on; find one first with weir_session_structure");
		return weir_session_end(s, WEIR_INPUT);
	}
	st.results = s->results[0];
	s->result_count = 0;
	int exit_status = begin_report(&st);
	if (exit_status == WEIR_EXIT_DONE && st.has_case)
		exit_status = add_studies(&st);
	if (exit_status == WEIR_EXIT_DONE)
		exit_status = write_report(&st);
	if (st.has_case)
		weir_case_free(&st.one);
	weir_status kept = weir_session_keep(s, st.results);
	return exit_status == WEIR_EXIT_DONE ? weir_exit_of(kept) : exit_status;
}
