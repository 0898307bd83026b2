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

/* The same of one of the deal's variants, by its id: another reading of a clause (docs/diff.md). NULL: as written. */
WEIR_API int weir_session_open_variant(weir_session **session, const char *deal_path, const char *variant,
                                       const char *const *curves, size_t curve_count);

/* What a deal may be opened with. Zero-initialise; what is NULL or 0 is left out. */
typedef struct weir_inputs {
	const char *variant;       /* as weir_session_open_variant */
	const char *const *curves; /* as weir_session_open_with */
	size_t curve_count;
	const char *actuals;       /* a CSV file of what was collected, by contract and period: it stands in the place of the
	                              projection up to its last period, in every request (docs/actuals.md) */
	const char *events;        /* a CSV file of what happened, for reports */
} weir_inputs;

/* The same with all of these. */
WEIR_API int weir_session_open_inputs(weir_session **session, const char *deal_path, const weir_inputs *inputs);
WEIR_API void weir_session_close(weir_session *session);

/* How many variants the deal has, and the id of each; NULL behind the last. */
WEIR_API size_t weir_session_variant_count(const weir_session *session);
WEIR_API const char *weir_session_variant(const weir_session *session, size_t number);

/* Checks every variant as weir_session_open checks the deal; what is wrong with them joins the session's messages. */
WEIR_API int weir_session_check_variants(weir_session *session);

/* Checks market.xml beside the deal, where there is one; what is wrong with it joins the session's messages. */
WEIR_API int weir_session_check_market(weir_session *session);

/* The messages so far, in the order of their places: "file:line:column: error: text [code]". Severity 0 error,
 * 1 warning, 2 disclosure. The text belongs to the session and lives until the next call for a message. */
WEIR_API size_t weir_session_message_count(const weir_session *session);
WEIR_API const char *weir_session_message(weir_session *session, size_t number, int *severity);

/* The deal's id, which names its default output folder: ./ID-out. "" when the deal could not be read. */
WEIR_API const char *weir_session_deal_id(const weir_session *session);

/* Formats of a report, to be added up. */
#define WEIR_REPORT_HTML 1u /* one self-contained page */
#define WEIR_REPORT_PDF 2u
#define WEIR_REPORT_DOCX 4u
#define WEIR_REPORT_XLSX 8u /* the tables of the results that the report shows, of the investor report all of them */
#define WEIR_REPORT_DOCUMENT 16u /* the neutral document (share/document.xsd), for those who write templates */

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
	unsigned formats;             /* of the report, WEIR_REPORT_PDF | …; 0: WEIR_REPORT_HTML */
	const char *style;            /* folder with the look of an institution: style.xml, style.css; NULL: the usual one */
	const char *templates;        /* the reports, ids or paths of .xsl files with commas between; NULL: "investor" */
	const char *templates_folder; /* of one's own templates, terms, style and reports.xml; NULL: none */
	int period;                   /* that reports show in full; 0: the first that is run */
	const char *report_number;    /* the report's number, and who made it, for its head; NULL: not said */
	const char *prepared_by;
	const char *const *families;  /* of stress scenarios, for reports that show them: as of a stress; none: stress.xml beside
	                                 the deal, else the shipped ones that fit its pool */
	size_t family_count;
} weir_request;

/* Runs the request and keeps its results in the session, one set for each scenario, in place of earlier ones. */
WEIR_API int weir_session_run(weir_session *session, const weir_request *request);

/* Runs the request and writes results.xml, report.html or the other formats, and tables/ID.csv; everything or nothing is
 * computed before the first file is written. Reports that an earlier run left in the folder and
 * this one does not write stay: a warning names them. Tables that it does not have go. */
WEIR_API int weir_session_write(weir_session *session, const weir_request *request);

/* The folder that the last weir_session_write wrote to. */
WEIR_API const char *weir_session_folder(const weir_session *session);

/* How a results.xml is printed. Zero-initialise. */
typedef struct weir_report_request {
	const char *results;  /* path of a results.xml that a run or a structure wrote */
	const char *const *with; /* tables of studies that join it: files NAME.xml beside the studies' tables */
	size_t with_count;
	const char *template; /* an id of templates/reports.xml, as "investor" (default) or "esma-annex12" (XML), or the path of
	                         an .xsl file */
	const char *lang;     /* "en", "zh" or "both" (default) */
	int period;           /* the period shown in full; 0: the first that was run */
	const char *facts;    /* of esma-annex12: a CSV file of what only the reporting entity knows; NULL: none */
	const char *out;      /* the file; of several formats, without its ending; NULL: TEMPLATE beside the results */
	unsigned formats;     /* WEIR_REPORT_PDF | …; 0: WEIR_REPORT_HTML */
	const char *style;    /* folder with style.xml, style.css; NULL: the usual look */
	const char *templates_folder; /* of one's own templates, terms, style and reports.xml; NULL: none */
	const char *report_number;    /* the report's number, and who made it, in place of what the results say */
	const char *prepared_by;
} weir_report_request;

/* Prints it. `path` gets the paths of the files, a line each, NULL when none was written; `messages` the complaints, a line
 * each, NULL when there are none. Both are freed with weir_text_release. */
WEIR_API int weir_report_write(const weir_report_request *request, char **path, char **messages);

/* Runs the request and writes a public model (docs/bundle.md): one zip with the deal and everything it was computed from, the
 * results and reports, and a manifest with every file's hash. It is verified before it is written. Its summary names the
 * manifest's hash. */
WEIR_API int weir_session_bundle(weir_session *session, const weir_request *request, const char *path);

/* Runs such a zip again and compares every figure. WEIR_EXIT_NO when something differs, or was changed since; WEIR_EXIT_INPUT
 * when it is no bundle. `report` gets what agrees and what differs, `messages` the complaints, a line each; NULL when there
 * are none. Both are freed with weir_text_release. `detail` 1: also every file, and disclosures; -1: of messages errors only. */
WEIR_API int weir_bundle_verify(const char *path, int detail, char **report, char **messages);

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

/* Writes the kept tables as FOLDER/tables/NAME.csv, and all of them with their names and types as FOLDER/tables/NAME.xml,
 * after the first of them, for weir_report_write; NULL: ./DEALID-out. */
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

/* What was found. */
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
	const char *price, *yield;    /* clean, per 100 of what is outstanding; or a yield ("4%"); or one of `spread` and
	                                 `spreads`; none of them: the issue price */
	const char *const *scenarios;
	size_t scenario_count;
	const char *const *sets;
	size_t set_count;
	const char *settlement;       /* a date; NULL: the deal's start */
	const char *compounding;      /* "annual" (default), "semi-annual", "quarterly", "monthly", "continuous", "simple" */
	const char *day_count;        /* of the years to each payment; NULL: ACT/365F */
	const char *curve;            /* "ID" of market.xml beside the deal, "FILE#ID" or "FILE.xml": spreads are measured */
	const char *spread;           /* a Z-spread over it ("120bp") */
	const char *spreads;          /* spreads by grade, named as a curve is: each class yields what the curve does at its
	                                 WAL plus its grade's spread */
	const char *prices;           /* "FROM:TO:STEP": clean prices of table "price_yield" */
} weir_price_request;

/* Prices them: table "price", a row for each scenario and class, and "forward_balances"; "key_rates" with a curve,
 * "price_yield" with prices. */
WEIR_API int weir_session_price(weir_session *session, const weir_price_request *request);

/* The deal as written and every variant of it, run together. Zero-initialise. */
typedef struct weir_variants_request {
	const char *const *scenarios; /* none: the base case */
	size_t scenario_count;
	const char *const *sets;
	size_t set_count;
} weir_variants_request;

/* Runs them: table "variants", a row for each scenario, reading and class, and for the taxes and fees together. */
WEIR_API int weir_session_variants(weir_session *session, const weir_variants_request *request);

/* Two deals, held against each other. Zero-initialise. */
typedef struct weir_diff_request {
	int effect;                   /* also runs both: table "diff_effect" */
	const char *const *scenarios; /* none: the base case */
	size_t scenario_count;
} weir_diff_request;

/* What the session's deal differs from an older one in, in meaning: table "diff", a row for each difference.
 * WEIR_EXIT_DONE when they are the same, WEIR_EXIT_NO when they differ. The older session must stay open meanwhile.
 * Each is run with the actuals that it was opened with; those of both should be the same file. */
WEIR_API int weir_session_diff(weir_session *session, weir_session *older, const weir_diff_request *request);

/* What grades ask and what classes reach. Zero-initialise. Rates are texts with their unit, such as "2.1%". Targets follow
 * from one of: base_default; log_mean and log_deviation; mean and deviation; history. */
typedef struct weir_rating_request {
	const char *asset_class;      /* of the table of targets: "lease", "corporate-loan", "small-business", "retail", "npl" */
	const char *targets;          /* a file of targets; NULL: those that come with weir */
	const char *base_default;     /* expected cumulative default rate: targets are multiples of it */
	const char *log_mean, *log_deviation; /* of the logarithms of default rates: plain numbers */
	const char *mean, *deviation; /* of the default rates themselves */
	const char *history;          /* a file of default rates that were seen */
	const char *defaulted;        /* what has defaulted already, of the initial principal; NULL: nothing */
	const char *recovery;         /* for required support; NULL: of the first scenario */
	const char *class_id;         /* NULL: each class that is owed something */
	const char *const *families;  /* as of a stress; neither families nor scenarios: the family that fits the assets */
	size_t family_count;
	const char *const *scenarios;
	size_t scenario_count;
	const char *const *sets;      /* "A.coupon=4%": laid over every scenario */
	size_t set_count;
	const char *test;
	const char *support;          /* NULL: with support and without */
	weir_progress progress;       /* may be NULL */
	void *context;
} weir_rating_request;

/* Works them out: tables "rating_targets", "rating", "rating_scenarios". */
WEIR_API int weir_session_rating(weir_session *session, const weir_rating_request *request);

/* What each assumption moves. Zero-initialise. */
typedef struct weir_sensitivity_request {
	const char *scenario;
	const char *const *sets;     /* "A.coupon=4%": laid over every scenario */
	size_t set_count;
	const char *support;
	const char *by;              /* how far numbers go from their value; NULL: "10%" */
	const char *const *varied;   /* "NAME=LOW:HIGH": a number's own range */
	size_t varied_count;
	int only;                    /* only those numbers */
	const char *const *metrics;  /* formulas over the outcome; none: yield, wal and unpaid of each class, coverage,
	                                what subordinated classes get, proceeds */
	size_t metric_count;
	weir_progress progress;      /* may be NULL */
	void *context;
} weir_sensitivity_request;

/* Measures it: table "tornado", a row for each figure and number. */
WEIR_API int weir_session_sensitivity(weir_session *session, const weir_sensitivity_request *request);

/* How much of a stressed result each shock makes. Zero-initialise. */
typedef struct weir_attribution_request {
	const char *scenario;        /* the stressed one */
	const char *from;            /* what it is compared with; NULL: the base case */
	const char *const *sets;     /* "A.coupon=4%": laid over both */
	size_t set_count;
	const char *support;
	const char *const *groups;   /* "default+recovery": shocks that are taken as one factor */
	size_t group_count;
	const char *const *metrics;  /* as of a sensitivity, without the proceeds */
	size_t metric_count;
	weir_progress progress;      /* may be NULL */
	void *context;
} weir_attribution_request;

/* Works it out: table "attribution", a row for each figure and factor. */
WEIR_API int weir_session_attribute(weir_session *session, const weir_attribution_request *request);

/* One number until a formula over the outcome holds (docs/solve.md). Zero-initialise. */
typedef struct weir_solve_request {
	const char *vary;             /* "NAME", or "NAME=FROM:TO" with a range; any number that may be set */
	const char *until;            /* "A.yield = 4%", "least(coverage) >= 1.1", "senior.survives" … */
	const char *scenario;
	const char *const *sets;      /* as of a run; not the varied number itself */
	size_t set_count;
	const char *support;
	weir_progress progress;       /* may be NULL */
	void *context;
} weir_solve_request;

/* The table has every solution. A residual is the left less the right side, in the unit of the sides; NAN where the formula
 * is no comparison. */
typedef struct weir_solve_answer {
	int found;                        /* solutions; of a condition: ends of the intervals in which it holds. 0: none */
	double value, residual;           /* of the first one; NAN when there is none */
	const char *kind;                 /* "root", "touches", "begins", "ceases", "always"; NULL when there is none */
	double nearest, nearest_residual; /* where the sides come nearest to each other, of all values tried */
} weir_solve_answer;

/* Finds all solutions: table "solve". WEIR_EXIT_NO when there is none: the table then has the nearest value, and the answer
 * is filled too. */
WEIR_API int weir_session_solve(weir_session *session, const weir_solve_request *request, weir_solve_answer *answer);

/* Contracts chosen from a candidate tape (docs/select.md). Zero-initialise. */
typedef struct weir_select_request {
	const char *tape;             /* the candidate tape, a CSV file */
	const char *rules;            /* the selection file */
	double seconds;               /* for all searches together; 0: 60 */
	double gap;                   /* a selection so close to the best possible, as a part of it, will do; 0: the best */
	int without_gains;            /* 1: does not search again without each limit */
	weir_progress progress;       /* may be NULL */
	void *context;
} weir_select_request;

/* What was found. */
typedef struct weir_select_answer {
	int found;                    /* 0: no selection meets the rules, or none was found in the time (impossible says which) */
	int impossible;
	int proven;                   /* no selection is better; where none is found: there is none */
	double objective;             /* amounts in cents, rates natural */
	int contracts, obligors;
	double principal_cents;
} weir_select_answer;

/* Chooses. The session that is made has the tables "selection", "selection_limits" and "selection_summary", its messages and
 * its summary; it has no plan, so nothing can be run in it. WEIR_EXIT_NO when nothing is found: the tables then say which
 * rules cannot hold together. *session is NULL only when memory was short; close it in every case. */
WEIR_API int weir_session_select(weir_session **session, const weir_select_request *request, weir_select_answer *answer);

/* Writes the chosen rows of the tape, byte for byte, to a file that a deal can name as its tape. */
WEIR_API int weir_session_write_selection(weir_session *session, const char *path);

/* A deal from targets: sizes of classes, coupons by a curve, other numbers (docs/structure.md). Zero-initialise. */
typedef struct weir_structure_request {
	const char *targets;          /* the structure file; NULL: structure.xml beside the deal */
	const char *write;            /* where to write the deal with the structure in it; NULL: nowhere */
	double proof;                 /* most structures that the proof runs; 0: 4,000 to 4,000,000 by the deal's size */
	weir_progress progress;       /* may be NULL */
	void *context;
} weir_structure_request;

/* What was found. */
typedef struct weir_structure_answer {
	int found;                    /* a structure survives all that is asked */
	int proven;                   /* none of the lattice is better; without `found`: none survives */
	double value, bound;          /* proceeds in cents, or the average coupon; what none is better than */
	int top_down_passes;          /* sizing from the top down gives a structure that survives */
} weir_structure_answer;

/* Finds the structure, for the closing: a session with actuals is refused. Tables "structure", "structure_choices",
 * "certificate", "structure_search". WEIR_EXIT_NO when none survives: the certificate then says what the least sizes
 * fail. */
WEIR_API int weir_session_structure(weir_session *session, const weir_structure_request *request,
                                    weir_structure_answer *answer);

/* What a structuring report tells. Zero-initialise. */
typedef struct weir_structuring_request {
	const char *folder;           /* NULL: ./DEALID-out */
	const char *lang;             /* "en", "zh" or "both" (default) */
	int no_report;                /* leave structuring.html out */
	unsigned formats;             /* of the report, WEIR_REPORT_PDF | …; 0: WEIR_REPORT_HTML */
	const char *style;            /* folder with style.xml, style.css; NULL: the usual look */
	weir_progress progress;       /* may be NULL */
	void *context;
} weir_structuring_request;

/* Adds to the structure that weir_session_structure has just found what a report on it tells: the deal with the structure in
 * it (the tables of a run in the pricing scenario), what each scenario leaves, prices, sensitivities and the attribution of
 * the hardest scenario. Writes FOLDER/results.xml, structuring.html or the other formats, and tables/; the session keeps all tables. Without a
 * structure the report says so. */
WEIR_API int weir_session_write_structuring(weir_session *session, const weir_structuring_request *request);

/* The pool at the cut-off date, stratified (docs/strat.md). Zero-initialise. */
typedef struct weir_strat_request {
	const char *by;               /* "industry,grade,industry:grade": a table each, crossed with ":"; NULL: those of a
	                                 prospectus that the pool has something for */
	const char *const *bands;     /* "rate=5%,10%,20%", or the path of a CSV file */
	size_t band_count;
	const char *weight;           /* "principal" (default) or "receivable" */
	int top;                      /* bands that are kept, the others as one; 0: 2000 */
	const char *sort;             /* "amount" or "band"; NULL: as it suits the attribute */
	const char *lang;             /* of the summary: "en" (default), "zh" or "both" */
} weir_strat_request;

/* Stratifies: tables "strat" and "strat_measures". */
WEIR_API int weir_session_strat(weir_session *session, const weir_strat_request *request);

#ifdef __cplusplus
}
#endif

#endif
