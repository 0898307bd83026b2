/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle.c: weir bundle: a run as a public model in one zip, which others can run again. */
#include <stdio.h>

#include "cli/cli.h"

static const char *out;

static const weir_option options[] = {
	{ "out", "FILE", "the bundle, a zip file; default ./DEALID.zip", &out, NULL, NULL },
	WEIR_SCENARIO_OPTIONS,
	{ "contracts", NULL, "also the table of contract receipts", NULL, NULL, &weir_run_wanted.contracts },
	WEIR_CURVE_OPTION,
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "template", "LIST",
	  "reports, with commas between, as of weir run: investor (default), abs, prospectus, key ...",
	  &weir_report_wanted.template, NULL, NULL },
	WEIR_FAMILY_OPTION,
	WEIR_TEMPLATES_OPTION,
	{ "period", "N", "the period that reports show in full; default: the first that is run",
	  &weir_report_wanted.period, NULL, NULL },
	WEIR_HEAD_OPTIONS,
	WEIR_LANG_OPTION,
	WEIR_FORMAT_OPTION,
	WEIR_STYLE_OPTION,
};

static int run(const char *const *operands, size_t count)
{
	char name[512];
	int status = weir_read_report_options();
	(void)count;
	if (status)
		return status;
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		size_t printed = weir_session_message_count(session);
		const weir_request request = weir_wanted_request(NULL);
		snprintf(name, sizeof name, "./%s.zip", weir_session_deal_id(session));
		status = weir_session_bundle(session, &request, out ? out : name);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE && !weir_quiet)
		fputs(weir_session_summary(session), stdout);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_bundle = { .name = "bundle",
	                                   .arguments = "DEAL [--out FILE] [--scenario ID]... [--set NAME=VALUE]...",
	                                   .summary = "packs a deal, its data and its results, for others to verify",
	                                   .options = options,
	                                   .option_count = sizeof options / sizeof *options,
	                                   .operands_least = 1,
	                                   .operands_most = 1,
	                                   .run = run };
