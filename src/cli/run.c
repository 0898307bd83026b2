/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c: weir run: projects the pool, runs the waterfall, writes results, report and tables. */
#include <stdio.h>

#include "cli/cli.h"

static const char *out;

static const weir_option options[] = {
	WEIR_SCENARIO_OPTIONS,
	{ "contracts", NULL, "also writes tables/contracts.csv", NULL, NULL, &weir_run_wanted.contracts },
	WEIR_CURVE_OPTION,
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write; default ./DEALID-out", &out, NULL, NULL },
	{ "template", "LIST",
	  "reports, with commas between: investor (default), abs, abn, prospectus, stress, key, term-sheet, "
	  "form-10d, or paths of .xsl files",
	  &weir_report_wanted.template, NULL, NULL },
	WEIR_FAMILY_OPTION,
	WEIR_TEMPLATES_OPTION,
	{ "period", "N", "the period shown in full; default: the first that is run", &weir_report_wanted.period, NULL,
	  NULL },
	WEIR_HEAD_OPTIONS,
	WEIR_LANG_OPTION,
	WEIR_FORMAT_OPTION,
	WEIR_STYLE_OPTION,
};

static int run(const char *const *operands, size_t count)
{
	int status = weir_read_report_options();
	(void)count;
	if (status)
		return status;
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		weir_request request = weir_wanted_request(out);
		size_t printed = weir_session_message_count(session);
		status = weir_session_write(session, &request);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE && !weir_quiet) {
		size_t results = weir_session_result_count(session);
		const char *folder = weir_session_folder(session);
		for (size_t i = 0; i < results; i++) {
			const char *scenario = results > 1 ? weir_session_result_scenario(session, i) : "";
			char below[4096];
			snprintf(below, sizeof below, "%s%s%s", folder, results > 1 ? "/" : "", scenario);
			printf("%s/results.xml\n%s/tables/\n", below, below);
			weir_print_publications(below, weir_report_wanted.template, weir_report_wanted.formats);
		}
	}
	weir_session_close(session);
	return status;
}

const weir_command weir_command_run = { .name = "run",
	                                .arguments = "DEAL [--scenario ID]... [--set NAME=VALUE]... [--out DIR]",
	                                .summary = "runs a deal and writes results.xml, the report and tables/",
	                                .options = options,
	                                .option_count = sizeof options / sizeof *options,
	                                .operands_least = 1,
	                                .operands_most = 1,
	                                .run = run };
