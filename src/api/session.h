/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.h: the inside of a session, for the api's own files. */
#ifndef WEIR_API_SESSION_H
#define WEIR_API_SESSION_H

#include "api/weir.h"
#include "base/diag.h"
#include "deal/scenario.h"
#include "engine/plan.h"
#include "io/load.h"
#include "report/fill.h"
#include "study/block.h"
#include "study/survival.h"
#include "study/variant.h"

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
	weir_text curves;    /* the --curve options as given, for the results */
	weir_scenarios scenarios;
	weir_text message;   /* the last message asked for */
	weir_results **results;
	size_t result_count, result_capacity;
	char *folder;
	weir_text summary;   /* what the last study found, for people */
};

/* The exit number of a status. */
int weir_exit_of(weir_status status);

/* A request begins: WEIR_INPUT when the deal cannot be run. Its complaints go into `call`, so that each request is judged
 * by its own; every request that began ends. */
weir_status weir_session_begin(weir_session *session);

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
	const weir_scenario *scenario;
	const weir_overlay *sets; /* settings on top of it, in the arena */
	size_t set_count;
} weir_case;

/* Finds a scenario by id or FILE#ID; NULL text gives NULL (the base case) with WEIR_OK. */
weir_status weir_session_find_scenario(weir_session *session, const char *name, const weir_scenario **out);

/* Loads a scenario file, or a shipped one by its name; the deal's own scenario "base" stands in for a shipped file's. */
weir_status weir_session_load_scenarios(weir_session *session, const char *path, weir_scenarios *out);

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

/* Runs one scenario with NAME=VALUE settings on top. */
weir_status weir_case_run(weir_case *out, weir_session *session, const char *scenario, const char *const *sets,
                          size_t set_count);

/* Adds what a report tells beside the run: the same with and without support, and what obligors pay in all. */
weir_status weir_case_compare(weir_case *one, weir_session *session);
void weir_case_free(weir_case *one);

/* Forgets earlier results. */
void weir_session_forget(weir_session *session);

/* Makes the results of a study, with the deal's names and facts; the session keeps them once weir_session_keep is called,
 * in place of earlier ones. The caller destroys what is not kept. */
weir_status weir_session_new_results(weir_session *session, const weir_scenario *scenario, weir_results **out);
weir_status weir_session_keep(weir_session *session, weir_results *results);

#endif
