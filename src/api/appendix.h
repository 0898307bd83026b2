/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appendix.h: the inside of the stress-test appendix and of the tables by scenario, for the api's own files. */
#ifndef WEIR_API_APPENDIX_H
#define WEIR_API_APPENDIX_H

#include "api/session.h"
#include "report/fill_stress.h"

/* Where the scenarios of an appendix come from. */
typedef enum weir_appendix_source {
	WEIR_APPENDIX_ASKED,   /* families of the request */
	WEIR_APPENDIX_OWN,     /* stress.xml beside the deal */
	WEIR_APPENDIX_SHIPPED  /* what fits the pool; there is no such file */
} weir_appendix_source;

/* One appendix in the making. Everything in `arena`. */
typedef struct weir_appendix {
	weir_session *s;
	weir_case *one;
	weir_arena *arena;
	weir_stress_frame frame;
	weir_appendix_source source;
	int own_unfit;               /* there is a stress.xml, but it is not of this reading of the deal */
	weir_text unfit, unfit_zh;   /* why not */
	weir_text families, idle;    /* what was run; shipped scenarios that change nothing and were left out: ids */
	weir_text families_zh, idle_zh; /* the same by their names */
	const char *asset_class;     /* of the grades' targets; "npl": by receipts */
	const weir_scenario *expected; /* the family's base, which says what is expected; NULL: nothing does */
	double base_default;         /* what it lets default, of the pool */
	weir_stress found;           /* the frame's scenarios, then the expected one */
	weir_stress_course course;
	weir_stress_grades grades;
	weir_stress_limits *limits;
	int limit_count;
	int is_large, is_huge;       /* the pool: some studies are cut short, or left out */
} weir_appendix;

/* The class of assets of pools that grades look at by what they bring in. */
#define WEIR_ASSETS_BY_RECEIPTS "npl"

/* appendix_scenarios.c: the class of assets of a pool: "lease", "small-business", or by receipts. */
const char *weir_appendix_assets(const weir_pool *pool, const weir_deal *deal);

/* Obligors that owe something. */
int weir_appendix_obligors(const weir_session *session);

/* Lists the scenarios and the class of assets, with the case's settings, and names them. */
weir_status weir_appendix_list(weir_appendix *a);

/* appendix_grades.c: targets and break-evens, with tables stress_breakeven, stress_support, rating_sensitivity. */
weir_status weir_appendix_grade(weir_appendix *a);

/* appendix_notes.c: tables stress_assumptions and stress_record. */
weir_status weir_appendix_note(weir_appendix *a);

/* The grid of D-5: multiples 0 to 10 down, and the steps across. */
#define WEIR_GRID_MULTIPLES 10
#define WEIR_GRID_RECOVERY_STEP 0.1
#define WEIR_GRID_RECOVERY_MOST 0.6
#define WEIR_GRID_HAIRCUT_STEP 0.05
#define WEIR_GRID_LATE_STEP 0.2

/* Receipts from which a pool is large (break-evens on top of the run's own scenario only, and quick ones; an attribution of
 * up to 4 factors) and huge (none). */
#define WEIR_APPENDIX_LARGE 1000
#define WEIR_APPENDIX_HUGE 100000
#define WEIR_APPENDIX_FACTORS 4

/* Most sets of obligors that the appendix tries (weir reverse tries them all). */
#define WEIR_APPENDIX_SETS 65536

#endif
