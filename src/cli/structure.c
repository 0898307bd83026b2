/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure.c: weir structure: sizes, coupons and other numbers from targets, with a certificate. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

static const char *targets, *write_to, *proof, *out;

static const weir_option options[] = {
	{ "targets", "FILE", "what the structure is for; default structure.xml beside the deal", &targets, NULL, NULL },
	{ "write", "FILE", "write the deal with the structure in it; beside the deal, where its other files are",
	  &write_to, NULL, NULL },
	{ "proof", "COUNT", "most structures that the proof runs; default 4000 to 4000000, by the deal's size", &proof,
	  NULL, NULL },
	{ "out", "DIR", "writes DIR/structuring.html, results.xml and tables/; without it only ./DEALID-out/tables/",
	  &out, NULL, NULL },
	WEIR_LANG_OPTION,
	WEIR_FORMAT_OPTION,
	WEIR_STYLE_OPTION,
};

/* What was found, on the terminal, and the report with all its tables in the folder. */
static int finish_report(weir_session *session)
{
	weir_progress_line line;
	const weir_report_wishes *look = &weir_report_wanted;
	weir_structuring_request request = { .folder = out,
		                             .lang = look->lang,
		                             .no_report = look->formats == 0,
		                             .formats = look->formats,
		                             .style = look->style,
		                             .progress = weir_progress_tick,
		                             .context = &line };
	size_t printed = weir_session_message_count(session);
	if (!weir_quiet)
		fputs(weir_session_summary(session), stdout);
	weir_progress_start(&line);
	int status = weir_session_write_structuring(session, &request);
	weir_progress_stop(&line);
	weir_print_messages(session, &printed);
	if (status == WEIR_EXIT_DONE && !weir_quiet) {
		printf("%s/results.xml\n%s/tables/\n", out, out);
		weir_print_reports(out, "structuring", look->formats);
	}
	return status;
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "structure", "structure_choices", "certificate", "structure_search",
		                              NULL };
	int status = weir_read_report_options(), written;
	weir_progress_line line;
	weir_structure_answer answer;
	char *end = NULL;
	double most = proof ? strtod(proof, &end) : 0;
	(void)count;
	if (status)
		return status;
	if (proof && (*end || !(most >= 1 && most <= 1e12)))
		return weir_usage_error("--proof wants a whole number from 1, not \"%s\"", proof);
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		weir_structure_request request = { .targets = targets,
			                           .write = write_to,
			                           .proof = most,
			                           .progress = weir_progress_tick,
			                           .context = &line };
		size_t printed = weir_session_message_count(session);
		weir_progress_start(&line);
		status = weir_session_structure(session, &request, &answer);
		weir_progress_stop(&line);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE || status == WEIR_EXIT_NO) {
		written = out ? finish_report(session) : weir_finish_study(session, NULL, tables);
		if (written == WEIR_EXIT_DONE && status == WEIR_EXIT_DONE && write_to && !weir_quiet)
			puts(write_to);
		status = written == WEIR_EXIT_DONE ? status : written;
	}
	weir_session_close(session);
	return status;
}

const weir_command weir_command_structure = {
	.name = "structure",
	.arguments = "DEAL [--targets FILE] [--write FILE] [--out DIR] [--proof COUNT]",
	.summary = "chooses sizes, coupons and other numbers so that each class survives its scenarios",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
