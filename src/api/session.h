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

struct weir_session {
	weir_sources sources;
	weir_diags diags;
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
};

/* The exit number of a status. */
int weir_exit_of(weir_status status);

/* One scenario run with its trace. Destroy with weir_case_free. */
typedef struct weir_case {
	weir_arena *arena;
	weir_block *block;
	weir_deal_figures figures;
	weir_outcome outcome;
	const weir_scenario *scenario;
} weir_case;

/* Finds a scenario by id or FILE#ID; NULL text gives NULL (the base case) with WEIR_OK. */
weir_status weir_session_find_scenario(weir_session *session, const char *name, const weir_scenario **out);

/* Runs one scenario with NAME=VALUE settings on top. */
weir_status weir_case_run(weir_case *out, weir_session *session, const char *scenario, const char *const *sets,
                          size_t set_count);
void weir_case_free(weir_case *one);

/* Forgets earlier results. */
void weir_session_forget(weir_session *session);

#endif
