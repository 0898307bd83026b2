/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weir.h: the whole of weir for other programs: open a deal, run it, read its tables, ask why, search for its limits.
 *
 * Functions return 0 when all went well, else one of the WEIR_EXIT_ numbers, which are also the program's exit
 * statuses. What went wrong is in the session's messages; a request that went wrong leaves the session as good as
 * before, for the next one. Texts are UTF-8. A session belongs to one thread at a time;
 * different sessions do not disturb each other, but reports are printed by one thread at a time. */
#ifndef WEIR_H
#define WEIR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WEIR_API __attribute__((visibility("default")))
#else
#define WEIR_API
#endif

#define WEIR_EXIT_DONE 0
#define WEIR_EXIT_NO 1          /* the answer is no */
#define WEIR_EXIT_INPUT 2       /* bad input: nothing was written */
#define WEIR_EXIT_IO 3          /* could not read or write */
#define WEIR_EXIT_INTERNAL 4    /* a fault of weir, or no memory */
#define WEIR_EXIT_INTERRUPTED 130

/* A deal with its pool and its compiled plan, and every message about it. */
typedef struct weir_session weir_session;

/* The version of the library, such as "0.1.0". */
WEIR_API const char *weir_version(void);

/* Opens a deal file and checks it; scenarios come from scenarios.xml beside it where that exists. The session is made
 * even when the deal has errors (WEIR_EXIT_INPUT) or cannot be read (WEIR_EXIT_IO), so that its messages can be read.
 * *session is NULL only when memory was short, which is WEIR_EXIT_INTERNAL; test the pointer, not the number. Close it in
 * every case: closing NULL does nothing. */
WEIR_API int weir_session_open(weir_session **session, const char *deal_path);

/* The same with fixings of rate indexes that replace the deal's: each "INDEX=FILE" (a CSV of date,rate), or "FILE"
 * where the deal has one index. */
WEIR_API int weir_session_open_with(weir_session **session, const char *deal_path, const char *const *curves,
                                    size_t curve_count);
WEIR_API void weir_session_close(weir_session *session);

/* The messages so far, in the order of their places: "file:line:column: error: text [code]". Severity 0 error,
 * 1 warning, 2 disclosure. The text belongs to the session and lives until the next call for a message. */
WEIR_API size_t weir_session_message_count(const weir_session *session);
WEIR_API const char *weir_session_message(weir_session *session, size_t number, int *severity);

/* The deal's id, which names its default output folder: ./ID-out. "" when the deal could not be read. */
WEIR_API const char *weir_session_deal_id(const weir_session *session);

/* What to run. Zero-initialise; what is NULL or 0 takes its default. */
typedef struct weir_request {
	const char *const *scenarios; /* ids of scenarios.xml, or FILE#ID; none: the base case */
	size_t scenario_count;
	const char *const *sets;      /* "A.coupon=4%", "haircut=5%", "support.off=yes", "PARTY.fails_on=2024-06-20":
	                                 laid over every scenario */
	size_t set_count;
	int contracts;                /* also the table of contract receipts */
	const char *lang;             /* "en", "zh" or "both" (default) */
	const char *folder;           /* where weir_session_write writes; default ./DEALID-out */
	int no_report;                /* weir_session_write: leave the report out */
} weir_request;

/* Runs the request and keeps its results in the session, one set for each scenario, in place of earlier ones. */
WEIR_API int weir_session_run(weir_session *session, const weir_request *request);

/* Runs the request and writes results.xml, report.html and tables/ID.csv; everything or nothing is computed before
 * the first file is written. */
WEIR_API int weir_session_write(weir_session *session, const weir_request *request);

/* The folder that the last weir_session_write wrote to. */
WEIR_API const char *weir_session_folder(const weir_session *session);

/* How many sets of results there are, the id of each one's scenario, and any of their tables as CSV. The CSV is freed
 * with weir_text_release; NULL when there is no such table. */
WEIR_API size_t weir_session_result_count(const weir_session *session);
WEIR_API const char *weir_session_result_scenario(const weir_session *session, size_t result);
WEIR_API char *weir_session_table(const weir_session *session, size_t result, const char *table);
WEIR_API void weir_text_release(char *text);

/* Explains a payment date (unadjusted or adjusted, YYYY-MM-DD): of a class, what it was paid, step by step, what it was
 * not paid and why, which support was called for it, and which event chose the waterfall; of a support or cover, why it
 * was called, or not, with what was missing and what was available; of a trigger or call, its test with the numbers.
 * `id` names any of them. `scenario` NULL: the base case. The text is freed with weir_text_release. */
WEIR_API int weir_session_why(weir_session *session, const char *id, const char *date, const char *scenario,
                              const char *const *sets, size_t set_count, char **text);

/* The compiled program as text, freed with weir_text_release. */
WEIR_API int weir_session_plan(weir_session *session, char **text);

/* Studies. Each keeps its tables in the session as one set of results, in place of earlier ones
 * (weir_session_table(session, 0, "stress") …), and a summary for people. What they share:
 *   scenario  an id of scenarios.xml beside the deal, or FILE#ID; NULL: the base case
 *   class_id  the class that must survive; NULL: all senior classes together
 *   test      what surviving is: "first-missed" (nothing missed when due), "first-loss" (nothing unpaid at the end), or
 *             NULL: both
 *   support   "on"; "off": no support and no cover pays; "fail:PARTY@MONTH": a supporter fails so many months after the
 *             cut-off date. NULL: on, or where it is said, every case that the deal has */

/* Writes the kept tables as FOLDER/tables/NAME.csv; NULL: ./DEALID-out. */
WEIR_API int weir_session_write_tables(weir_session *session, const char *folder);

/* What the last study found, as lines of text; "" before the first one. It lives until the next study. */
WEIR_API const char *weir_session_summary(const weir_session *session);

/* Asked now and then during a long study with the share that is done, 0 to 1; 0 stops it (WEIR_EXIT_INTERRUPTED). */
typedef int (*weir_progress)(void *context, double done);

/* A break-even: the largest value of `vary` that the deal survives. */
typedef struct weir_break_even_request {
	const char *vary;     /* any number that may be set: "haircut", "cdr", "recovery", a parameter … */
	const char *class_id;
	const char *test;
	const char *scenario;
	double from, to;      /* range, in the number's unit (weir_session_read_value). An upper end of 0 above a lower one
	                         that is not negative: 1 for rates, for other units what the deal makes sensible */
	const char *support;  /* NULL: with support, without, and each supporter failing at the cut-off date */
} weir_break_even_request;

/* The answer with support, or in the one case that was asked for; the table has all of them. */
typedef struct weir_break_even_answer {
	int survives;       /* 0: fails at the lower end of the range already */
	int has_limit;      /* 0: survives the whole range */
	double largest;     /* largest value survived without a break */
	int crossing_count; /* places where the outcome changes */
	int monotone;       /* at most one, from surviving to failing */
} weir_break_even_answer;

/* Finds a break-even: table "breakeven". `csv` (may be NULL) gets it too, freed with weir_text_release. */
WEIR_API int weir_session_break_even(weir_session *session, const weir_break_even_request *request,
                                     weir_break_even_answer *answer, char **csv);

/* Reads a value of a number that may be set: "4%", "1000.00" (in cents), "2024-06-20" (as a day number), "12 months",
 * "yes". */
WEIR_API int weir_session_read_value(weir_session *session, const char *name, const char *text, double *value);

/* Scenarios, families of them and grids, one run each. Zero-initialise. */
typedef struct weir_stress_request {
	const char *const *families;  /* a family of scenarios.xml beside the deal, a shipped one ("lease"), FILE, FILE#ID */
	size_t family_count;
	const char *const *scenarios; /* single ones; neither families nor scenarios: the base case */
	size_t scenario_count;
	const char *const *varied;    /* "NAME=FROM:TO:STEP": every scenario with every combination of their values */
	size_t varied_count;
	const char *test;
	const char *support;
	weir_progress progress;       /* may be NULL */
	void *context;
} weir_stress_request;

/* Runs them: table "stress", a row for each scenario and class. */
WEIR_API int weir_session_stress(weir_session *session, const weir_stress_request *request);

/* The smallest sets of obligors whose default breaks a class. Zero-initialise. */
typedef struct weir_reverse_request {
	const char *class_id;
	const char *test;
	const char *scenario;
	const char *support;
	int month;              /* they default so many months after the cut-off date */
	weir_progress progress; /* may be NULL */
	void *context;
} weir_reverse_request;

typedef struct weir_reverse_answer {
	int size;        /* of the smallest sets; 0: the class breaks without any default; -1: no set breaks it */
	size_t breaking; /* how many sets of that size break it */
	int names;       /* obligors that could default */
} weir_reverse_answer;

/* Finds them: table "reverse", a row for each set. */
WEIR_API int weir_session_reverse(weir_session *session, const weir_reverse_request *request,
                                  weir_reverse_answer *answer);

/* What classes are worth. Zero-initialise. */
typedef struct weir_price_request {
	const char *class_id;         /* NULL: every class */
	const char *price, *yield;    /* clean, per 100 of what is outstanding; or a yield ("4%"); neither: the issue price */
	const char *const *scenarios;
	size_t scenario_count;
	const char *const *sets;
	size_t set_count;
	const char *settlement;       /* a date; NULL: the deal's start */
	const char *compounding;      /* "annual" (default), "semi-annual", "quarterly", "monthly", "continuous", "simple" */
	const char *day_count;        /* of the years to each payment; NULL: ACT/365F */
} weir_price_request;

/* Prices them: table "price", a row for each scenario and class. */
WEIR_API int weir_session_price(weir_session *session, const weir_price_request *request);

#ifdef __cplusplus
}
#endif

#endif
