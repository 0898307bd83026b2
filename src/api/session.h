/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.h: the inside of a session, for the api's own files. */
#ifndef WEIR_API_SESSION_H
#define WEIR_API_SESSION_H

#include "api/weir.h"
#include "base/diag.h"
#include "deal/scenario.h"
#include "engine/plan.h"
#include "io/load.h"
#include "report/report.h"
#include "report/fill.h"
#include "study/block.h"
#include "study/side_by_side.h"
#include "study/metrics.h"
#include "study/survival.h"
#include "study/variant.h"
#include "study/vary.h"

/* A deal, what it was opened with, what was run of it last, and what was said. */
struct weir_session {
	weir_sources sources;
	weir_diags diags;    /* of the opening */
	weir_diags call;     /* of the request at hand */
	weir_diags said;     /* of the requests before it */
	weir_arena *arena;   /* pool and periods */
	weir_deal *deal;
	weir_periods periods;
	weir_pool *pool;
	weir_plan *plan;     /* NULL when the deal has errors */
	char *path;
	char *variant;       /* the reading that was asked for; NULL: the deal as written */
	weir_text curves;    /* the --curve options as given, for the results */
	weir_inputs given;   /* what it was opened with, in the arena */
	struct weir_report_dates *report_dates; /* NULL: not read yet */
	struct weir_occurrences *occurrences; /* of the events file; NULL: none. Actuals are the pool's */
	weir_scenarios scenarios;
	weir_text message;   /* the last message asked for */
	weir_results **results;
	size_t result_count, result_capacity;
	char *folder;
	weir_text summary;   /* what the last study found, for people */
	weir_text chosen_tape; /* the rows that a selection chose, as a tape */
	const char *const *chosen;    /* in the arena: NAME=VALUE settings that make of the deal the structure found last */
	size_t chosen_count;
	const char *chosen_scenario;  /* in which it is priced, as weir_session_find_scenario takes it; NULL: the base case */
	const char *chosen_curve;     /* that its coupons follow, as weir_session_find_curve takes it; NULL: none */
	const weir_scenario *const *chosen_tests; /* in the arena: what some class of it survives, each once */
	size_t chosen_test_count;
};

/* The exit number of a status. */
int weir_exit_of(weir_status status);

/* weir_session_open_inputs with a folder (NULL: none; it must outlive the session) whose files go before weir's own data. */
int weir_session_open_all(weir_session **session, const char *deal_path, const weir_inputs *inputs, const char *share);

/* A request begins: WEIR_INPUT when the deal cannot be run. Its complaints go into `call`, so that each request is judged
 * by its own; every request that began ends. */
weir_status weir_session_begin(weir_session *session);

/* The same for requests that need no plan, only a deal without faults. */
weir_status weir_session_begin_without_plan(weir_session *session);

/* It ends: its messages join the others. Gives the exit number. */
int weir_session_end(weir_session *session, weir_status status);

/* WEIR_INPUT when the request complained of an error. */
weir_status weir_session_judge(const weir_session *session);

/* One scenario run with its trace. Destroy with weir_case_free. */
typedef struct weir_case {
	weir_arena *arena;
	weir_block *block;
	weir_deal_figures figures;
	weir_support_dependence dependence;
	weir_financing_costs costs;
	weir_outcome outcome;
	weir_outcome forecast;            /* without actuals; empty when there are none */
	weir_block *forecast_block;
	weir_deal_figures forecast_figures;
	const weir_scenario *scenario;
	const weir_overlay *sets; /* settings on top of it, in the arena */
	size_t set_count;
	const char *const *families; /* of stress scenarios that were asked for; none: those that fit the deal */
	size_t family_count;
} weir_case;

/* Finds a scenario by id or FILE#ID; NULL text gives NULL (the base case) with WEIR_OK. */
weir_status weir_session_find_scenario(weir_session *session, const char *name, const weir_scenario **out);

/* Whether a name of a scenario file is no path: a file that comes with weir. */
int weir_session_is_shipped(const char *path);

/* Loads a scenario file, or a shipped one by its name; the deal's own scenario "base" stands in for a shipped file's. */
weir_status weir_session_load_scenarios(weir_session *session, const char *path, weir_scenarios *out);

/* Scenarios, each once, in the order in which they were asked for; NULL: the base case. Zero-initialise; the caller frees
 * `items`. */
typedef struct weir_scenario_list {
	const weir_scenario **items;
	size_t count, capacity;
} weir_scenario_list;

/* Adds single scenarios, then families (of scenarios.xml beside the deal, shipped, FILE, FILE#ID); with neither the base
 * case. */
weir_status weir_session_list_scenarios(weir_session *session, weir_scenario_list *list, const char *const *families,
                                        size_t family_count, const char *const *scenarios, size_t scenario_count);

/* The curve, and the spreads by grade, of "ID" (market.xml beside the deal), "FILE#ID" or "FILE.xml" (its only one); in the
 * deal's arena. Complains; WEIR_INPUT, or WEIR_IO when there is no such file. */
weir_status weir_session_find_curve(weir_session *session, const char *name, const weir_rate_curve **out);
weir_status weir_session_find_spreads(weir_session *session, const char *name, const weir_spreads **out);

/* The first curve of market.xml beside the deal that is not younger than a settlement; NULL in *out: there is none, or the
 * file is no good, of which nothing is said. */
weir_status weir_session_own_curve(weir_session *session, weir_date settlement, const weir_rate_curve **out);

/* Figures that a study looks at; in the study's arena. */
typedef struct weir_metric_list {
	const weir_metric **items;
	int count;
} weir_metric_list;

/* The formulas, or with none of each class yield, wal and unpaid, and of the deal coverage and what the subordinated classes
 * get; `with_proceeds`: also the proceeds, which no scenario changes. Complains; WEIR_INPUT. */
weir_status weir_session_list_metrics(weir_session *session, weir_metric_list *list, weir_arena *arena,
                                      const char *const *formulas, size_t count, int with_proceeds);

/* Cells that tables share: a text, copied into the results (NULL: empty; without memory too, and the results are marked
 * failed, which weir_session_keep tells); a class; a scenario, NULL the base case. */
weir_cell weir_session_text_cell(weir_results *results, const char *text);
weir_cell weir_session_class_cell(const weir_session *session, int class_number);
weir_cell weir_session_scenario_cell(const weir_scenario *scenario);

/* Cells of MIXED columns: a value of a metric's type; a difference of two (of dates: days); a value of a number that may be
 * set, empty for a date that never comes. NAN: empty. */
weir_cell weir_session_metric_cell(weir_type type, double value);
weir_cell weir_session_change_cell(weir_type type, double value);
weir_cell weir_session_value_cell(const weir_session *session, const char *name, double value);

/* Reads the value of a number that may be set, in its unit: rates, amounts in cents, dates as day numbers, months, flags
 * as 0 or 1. Complains; WEIR_INPUT. */
weir_status weir_session_parse_value(weir_session *session, const char *name, const char *text, double *value);

/* "4%", "1,000.00", "12 months", "2024-06-20", "yes": a value of the number, for people. */
void weir_session_write_value(const weir_session *session, const char *name, double value, weir_text *to);

/* "on", "off" or "fail:PARTY@MONTH"; NULL is "on". Complains; WEIR_INPUT. */
weir_status weir_session_parse_support(weir_session *session, const char *text, weir_variant *out);

/* "first-missed", "first-loss"; NULL: the earlier of both. Complains; WEIR_INPUT. */
weir_status weir_session_parse_test(weir_session *session, const char *text, weir_survival *out);

/* The number of a class, -1 for NULL: all senior classes. Complains; WEIR_INPUT. */
weir_status weir_session_parse_class(weir_session *session, const char *id, int *number);

/* Reads NAME=VALUE settings: what to lay over every lane of a block; in `arena`. Complains; WEIR_INPUT. */
weir_status weir_session_read_sets(weir_session *session, const char *const *sets, size_t count, weir_overlay **out,
                                   weir_arena *arena);

/* Runs one scenario with NAME=VALUE settings on top. */
weir_status weir_case_run(weir_case *out, weir_session *session, const char *scenario, const char *const *sets,
                          size_t set_count);

/* Adds what a report tells beside the run: the same with and without support, and what obligors pay in all. */
weir_status weir_case_compare(weir_case *one, weir_session *session);
void weir_case_free(weir_case *one);

/* A scenario (NULL: the base case) with settings behind its shocks, for studies, which take scenarios only: as read by
 * weir_session_read_sets, which they must outlive, or as written. In `arena`. Complains; WEIR_INPUT. */
weir_status weir_session_settle(weir_session *session, weir_arena *arena, const weir_scenario *scenario,
                                const weir_overlay *sets, size_t count, const weir_scenario **out);
weir_status weir_session_settle_sets(weir_session *session, weir_arena *arena, const weir_scenario *scenario,
                                     const char *const *sets, size_t count, const weir_scenario **out);

/* Adds table attribution: the way from one scenario to another, on these figures; a study's memory in `arena`. The
 * scenarios differ in 1 to WEIR_ATTRIBUTION_MOST factors. */
weir_status weir_session_add_attribution(weir_session *session, weir_results *results, weir_arena *arena,
                                         const weir_scenario *from, const weir_scenario *to, const char *const *metrics,
                                         size_t metric_count);

/* Adds a set of a reverse stress as a row of table reverse; class and test as asked for, NULL: senior, both. */
struct weir_reverse;
weir_status weir_session_add_set(weir_session *session, weir_results *results, weir_table *table, const char *class_id,
                                 const char *test, const struct weir_reverse *found, int number);

/* Forgets earlier results. */
void weir_session_forget(weir_session *session);

/* Makes the results of a study, with the deal's names and facts; the session keeps them once weir_session_keep is called,
 * in place of earlier ones. The caller destroys what is not kept. */
weir_status weir_session_new_results(weir_session *session, const weir_scenario *scenario, weir_results **out);
weir_status weir_session_keep(weir_session *session, weir_results *results);

/* What reports need beside the run: the tables of an offering; those of the families of stress scenarios; prices, yields and
 * average lives over prepayments and defaults. Each adds tables to the results of the case (publish.h). */
weir_status weir_session_add_offering(weir_session *session, weir_case *one, weir_results *results);
struct weir_strat_ground;
weir_status weir_session_add_stress(weir_session *session, weir_case *one, weir_results *results);
weir_status weir_session_add_prices(weir_session *session, weir_case *one, weir_results *results);

/* The distributions of a prospectus into the results, and the ground that they count, in `arena`. */
weir_status weir_session_add_distributions(weir_session *session, struct weir_strat_ground *ground, weir_arena *arena,
                                           weir_results *results);

/* How results are printed. */
struct weir_templates;
typedef struct weir_print {
	struct weir_templates *templates; /* where texts are found (templates.h) */
	const char *template; /* the id of a report, or the path of a file */
	const char *lang;     /* NULL: "both" */
	int period;           /* shown in full */
	unsigned formats;     /* WEIR_REPORT_…; 0: HTML */
	const char *style;    /* folder of the look; NULL: that of the templates' folder, or the usual one */
	const weir_fact *facts; /* that go before those of the results */
	int fact_count;
} weir_print;

/* Notes in the facts between which scenarios an attribution goes: "attribution" by ids, "attribution_en" and
 * "attribution_zh" by names (attribution.c). The cells have keys. */
weir_status weir_session_note_attribution(weir_results *results, const weir_cell *from, const weir_cell *to);

/* Foots the results and appends the report, in each of its formats, to texts[format]. */
weir_status weir_print_results(weir_text texts[WEIR_FORMATS], const weir_results *results, const weir_print *print,
                               weir_diags *diags);

/* Whether a template is a report that a regulator prescribes field by field, written as XML. */
int weir_is_filing(const char *template);

/* Prints it from the field table of its name and the request's facts. `sources` gets what was read, for the places of
 * complaints. */
weir_status weir_filing_print(weir_text *out, const weir_results *results, const weir_report_request *request, int period,
                              weir_sources *sources, weir_diags *diags);

/* Whether a format is among those of a report. */
int weir_print_has(const weir_print *print, int format);

/* Files of a request, made in memory before the first one is written. Zero-initialise. */
typedef struct weir_output {
	char path[4096];
	weir_text text;
} weir_output;

/* Growing, in the order in which they are written. */
typedef struct weir_outputs {
	weir_output *items;
	size_t count, capacity;
} weir_outputs;

void weir_outputs_free(weir_outputs *list);

/* Runs a request and makes its files, in FOLDER, or where it has several scenarios in FOLDER/SCENARIO: results.xml, the
 * reports, tables/. Writes nothing. The caller frees them. */
weir_status weir_session_make_outputs(weir_outputs *list, weir_session *session, const weir_request *request,
                                      const char *folder);

/* The same without reports, with the tables of `needs` (bits WEIR_NEED_…) instead of those of the request's templates. */
weir_status weir_session_make_tables(weir_outputs *list, weir_session *session, const weir_request *request,
                                     const char *folder, unsigned needs);

/* Writes FOLDER/results.xml, FOLDER/tables/ and, unless `print` is NULL, FOLDER/structuring.html or the other formats; its
 * period is that of the session. */
weir_status weir_session_write_results(weir_session *session, const weir_results *results, const char *folder,
                                       const weir_print *print);

/* Adds the errors and warnings of another session's requests, and with `opening` those of its opening, to the request at
 * hand, with their places; what is there already is not said twice. `suffix` (may be NULL) is put behind the texts of
 * those that lie outside the other session's variant. */
weir_status weir_session_quote(weir_session *session, const weir_session *other, int opening, const char *suffix,
                               const char *suffix_zh);

/* The sides of a comparison of two runs. */
weir_side weir_case_side(const weir_case *one);

#endif
