/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_work.h: the parts of a structure for a session: what its file names, the tables of what was found. */
#ifndef WEIR_API_STRUCTURE_WORK_H
#define WEIR_API_STRUCTURE_WORK_H

#include "api/session.h"
#include "study/structure.h"

/* Scenarios that one word of the file stands for. */
typedef struct weir_named_scenarios {
	const char *name;
	weir_scenario_list list;
} weir_named_scenarios;

/* One request: what the structure file names, as the study takes it, and what was found. Starts with the session, the
 * request and an arena; free with weir_structure_work_free. */
typedef struct weir_structure_work {
	weir_session *s;
	const weir_structure_request *request;
	weir_arena *arena;
	weir_structure_terms terms;
	weir_structure_problem problem;
	weir_scenarios file;             /* of <scenarios href> */
	weir_named_scenarios *lists;
	size_t list_count, list_capacity;
	weir_structure_tests *tests;
	const weir_grade_spread **spreads;
	const weir_loss_grade **loss_grades;
	weir_loss_table loss_table;
	weir_structure found;
	weir_results *results;
} weir_structure_work;

/* Reads the structure file and all that it names into `problem`. Complains; WEIR_INPUT, WEIR_IO. */
weir_status weir_structure_work_read(weir_structure_work *work);
void weir_structure_work_free(weir_structure_work *work);

/* A name with the folder of the structure file before it where it names a file: "stress.xml#late". */
weir_status weir_structure_in_folder(const weir_structure_work *work, const char *word, const char **out);

/* The name of a curve or of spreads as weir_session_find_curve takes it, in `arena`. */
weir_status weir_structure_market_name(weir_structure_work *work, weir_arena *arena, const char *id, const char **out);

/* Fills the tables into `results`, and the session's summary. */
weir_status weir_structure_work_tell(weir_structure_work *work);

#endif
