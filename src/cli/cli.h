/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli.h: what the commands share: options, messages, exit statuses. */
#ifndef WEIR_CLI_CLI_H
#define WEIR_CLI_CLI_H

#include <stddef.h>

#include "api/weir.h"

/* Options that every command takes, and the command's own. */
typedef struct weir_option {
	const char *name;   /* without the dashes */
	const char *value;  /* word for its value in the help ("ID"); NULL: a flag */
	const char *help;
	const char **text;  /* where the value goes (the last one wins), or */
	const char **list;  /* where the values go, in order, or */
	size_t *count;      /* how many there are: with `list`; for a flag set to 1 */
} weir_option;

#define WEIR_MOST_VALUES 256

typedef struct weir_command {
	const char *name, *arguments, *summary;
	const weir_option *options;
	size_t option_count;
	int operands_least, operands_most; /* -1: any number */
	int (*run)(const char *const *operands, size_t count);
} weir_command;

/* Set by --quiet, --verbose, --strict. */
extern size_t weir_quiet, weir_verbose, weir_strict;

/* Set by --variant: the reading of the deal that weir_open_session opens. */
extern const char *weir_variant_wanted;
#define WEIR_VARIANT_OPTION                                                                                      \
	{ "variant", "ID", "another reading of the deal, one of its <variants>", &weir_variant_wanted, NULL, NULL }

/* Set by --actuals and --events: files that weir_open_session opens the deal with. */
extern const char *weir_actuals_wanted, *weir_events_wanted;
#define WEIR_ACTUALS_OPTIONS                                                                                     \
	{ "actuals", "FILE", "a CSV of what was collected, by contract and period: stands in the place of the "    \
	  "projection up to its last period", &weir_actuals_wanted, NULL, NULL },                                \
	{ "events", "FILE", "a CSV of what happened, for reports", &weir_events_wanted, NULL, NULL }

/* What a run is asked for; each command takes some of these options. */
typedef struct weir_run_wishes {
	const char *scenarios[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES], *curves[WEIR_MOST_VALUES],
		*families[WEIR_MOST_VALUES];
	size_t scenario_count, set_count, curve_count, family_count;
	size_t contracts; /* 1: also their receipts */
} weir_run_wishes;

extern weir_run_wishes weir_run_wanted;
#define WEIR_SCENARIO_OPTIONS                                                                                    \
	{ "scenario", "ID", "a scenario of scenarios.xml beside the deal, or FILE#ID; may be repeated", NULL,      \
	  weir_run_wanted.scenarios, &weir_run_wanted.scenario_count },                                          \
	{ "set", "NAME=VALUE", "replaces a parameter (\"weir plan\" lists them), or haircut; may be repeated",     \
	  NULL, weir_run_wanted.sets, &weir_run_wanted.set_count }
#define WEIR_CURVE_OPTION                                                                                        \
	{ "curve", "INDEX=FILE", "fixings of a rate index, a CSV of date,rate; FILE alone where the deal has one", \
	  NULL, weir_run_wanted.curves, &weir_run_wanted.curve_count }
#define WEIR_FAMILY_OPTION                                                                                       \
	{ "family", "NAME", "stress scenarios of the appendix: a family of scenarios.xml, a shipped one, FILE or " \
	  "FILE#ID; may be repeated", NULL, weir_run_wanted.families, &weir_run_wanted.family_count }

/* How reports are to be; each command takes some of these options. NULL: not given. */
typedef struct weir_report_wishes {
	const char *template, *templates, *period, *report_number, *prepared_by, *lang, *format, *style;
	int period_number; /* of `period`; 0: not given */
	unsigned formats;  /* bits of `format`, WEIR_REPORT_…; 0: none */
} weir_report_wishes;

extern weir_report_wishes weir_report_wanted;
#define WEIR_TEMPLATES_OPTION                                                                                    \
	{ "templates", "DIR", "a folder of your own templates, terms, style and reports.xml",                      \
	  &weir_report_wanted.templates, NULL, NULL }
#define WEIR_HEAD_OPTIONS                                                                                        \
	{ "report-number", "TEXT", "the report's number, for its head", &weir_report_wanted.report_number, NULL,   \
	  NULL },                                                                                                \
	{ "prepared-by", "TEXT", "who made it, for its head", &weir_report_wanted.prepared_by, NULL, NULL }
#define WEIR_LANG_OPTION                                                                                         \
	{ "lang", "LANG", "language of the report: en, zh or both (default)", &weir_report_wanted.lang, NULL, NULL }
#define WEIR_FORMAT_OPTION                                                                                       \
	{ "format", "LIST", "formats of the report: html, pdf, docx, xlsx, with commas between, or none",          \
	  &weir_report_wanted.format, NULL, NULL }
#define WEIR_STYLE_OPTION                                                                                        \
	{ "style", "DIR", "the look of your institution: a folder with style.xml, style.css and a logo",           \
	  &weir_report_wanted.style, NULL, NULL }

extern const weir_command weir_command_check, weir_command_run, weir_command_why, weir_command_plan,
        weir_command_stress, weir_command_break_even, weir_command_reverse, weir_command_price, weir_command_bench,
        weir_command_rating, weir_command_sensitivity, weir_command_attribute, weir_command_variants, weir_command_diff,
        weir_command_solve, weir_command_structure, weir_command_report, weir_command_select,
        weir_command_strat, weir_command_bundle, weir_command_verify;

/* Prints a complaint about the command line, with the usual prefix, and gives the exit status 2. */
int weir_usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Opens a session with what --variant, --actuals, --events and --curve name, and prints its messages; with --strict,
 * warnings count as errors. `*exit_status` is 0 when the deal can be run. NULL only without memory. */
weir_session *weir_open_session(const char *path, int *exit_status);

/* Prints what a study found and writes its tables to `folder` (NULL: ./DEALID-out), naming each file of `tables`, which
 * ends with NULL. Gives the exit status. */
int weir_finish_study(weir_session *session, const char *folder, const char *const *tables);

/* Checks --lang, --period and --format of weir_report_wanted and fills in what they mean. Complains, and gives the exit
 * status. */
int weir_read_report_options(void);

/* The request of the two, whose files go to `folder` (NULL: ./DEALID-out). */
weir_request weir_wanted_request(const char *folder);

/* Checks --lang: en, zh, both, NULL. Complains, and gives the exit status. */
int weir_read_lang(const char *lang);

/* Reads --format: html, pdf, docx and xlsx with commas between, or none. `formats` becomes their bits (WEIR_REPORT_…), 0 for
 * none, and WEIR_REPORT_HTML when `list` is NULL. Complains, and gives the exit status. */
int weir_read_formats(const char *list, unsigned *formats);

/* Reads --period: a number from 1, 0 for NULL. Complains, and gives the exit status. */
int weir_read_period(const char *text, int *period);

/* Prints the files of each report of --template (NULL: "investor"), a line each. */
void weir_print_publications(const char *folder, const char *templates, unsigned formats);

/* Prints FOLDER/NAME.html and so on, a line each. */
void weir_print_reports(const char *folder, const char *name, unsigned formats);

/* How far a long study is, on a terminal and nowhere else. Start, give `tick` and the progress itself to the study, stop. */
typedef struct weir_progress_line {
	double started, shown; /* seconds */
	int active;
} weir_progress_line;

void weir_progress_start(weir_progress_line *line);
int weir_progress_tick(void *line, double done);
void weir_progress_stop(weir_progress_line *line);

/* A study as the options of a command ask for it: makes its request, with weir_progress_tick and `line`, and gives the
 * exit status of the session's study. */
typedef int weir_study(weir_session *session, weir_progress_line *line);

/* Opens a deal, runs a study of it, prints its messages and finishes it, also one whose answer is no. Gives the exit
 * status. */
int weir_run_study(const char *deal, weir_study *study, const char *folder, const char *const *tables);

/* Prints the messages that have come since `*printed` messages. Disclosures only with --verbose. */
void weir_print_messages(weir_session *session, size_t *printed);

/* How many warnings a session has. */
int weir_count_warnings(weir_session *session);

#endif
