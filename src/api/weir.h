/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weir.h: the whole of weir for other programs: open a deal, run it, read its tables, ask why.
 *
 * Functions return 0 when all went well, else one of the WEIR_EXIT_ numbers, which are also the program's exit
 * statuses. What went wrong is in the session's messages. Texts are UTF-8. A session belongs to one thread at a time;
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
 * even when the deal has errors (WEIR_EXIT_INPUT), so that its messages can be read; only on WEIR_EXIT_INTERNAL is
 * *session NULL. Close it in every case. */
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
	const char *const *sets;      /* "A.coupon=4%", "haircut=5%": laid over every scenario */
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

/* Explains what a class was paid on a payment date (unadjusted or adjusted, YYYY-MM-DD), step by step, and what it was
 * not paid and why. `scenario` NULL: the base case. The text is freed with weir_text_release. */
WEIR_API int weir_session_why(weir_session *session, const char *class_id, const char *date, const char *scenario,
                              const char *const *sets, size_t set_count, char **text);

/* The compiled program as text, freed with weir_text_release. */
WEIR_API int weir_session_plan(weir_session *session, char **text);

/* A break-even: the largest value of `vary` that the deal survives. */
typedef struct weir_break_even_request {
	const char *vary;     /* "haircut" or a parameter */
	const char *class_id; /* NULL: all senior classes together */
	const char *test;     /* "first-missed", "first-loss", or NULL: the earlier of both */
	const char *scenario; /* NULL: the base case */
	double from, to;      /* range; both 0: 0 to 1 */
} weir_break_even_request;

typedef struct weir_break_even_answer {
	int survives;       /* 0: fails at the lower end of the range already */
	int has_limit;      /* 0: survives the whole range */
	double largest;     /* largest value survived without a break */
	int crossing_count; /* places where the outcome changes */
	int monotone;       /* at most one, from surviving to failing */
} weir_break_even_answer;

/* Finds a break-even. `csv` (may be NULL) gets the table of all crossings, freed with weir_text_release. */
WEIR_API int weir_session_break_even(weir_session *session, const weir_break_even_request *request,
                                     weir_break_even_answer *answer, char **csv);

#ifdef __cplusplus
}
#endif

#endif
