/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variants.c: weir variants: every reading of a deal, and the money at stake between them. */
#include <stdio.h>

#include "cli/cli.h"

static const char *scenarios[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES], *out;
static size_t scenario_count, set_count;

static const weir_option options[] = {
	{ "scenario", "ID", "a scenario of scenarios.xml beside the deal, or FILE#ID; may be repeated", NULL, scenarios,
	  &scenario_count },
	{ "set", "NAME=VALUE", "replaces a parameter in every reading; may be repeated", NULL, sets, &set_count },
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/variants.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "variants", NULL };
	int status;
	(void)count;
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		weir_variants_request request = { scenarios, scenario_count, sets, set_count };
		size_t printed = weir_session_message_count(session);
		status = weir_session_variants(session, &request);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE)
		status = weir_finish_study(session, out, tables);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_variants = { .name = "variants",
	                                     .arguments = "DEAL [--scenario ID]... [--set NAME=VALUE]... [--out DIR]",
	                                     .summary = "runs every reading of a deal and shows the money at stake",
	                                     .options = options,
	                                     .option_count = sizeof options / sizeof *options,
	                                     .operands_least = 1,
	                                     .operands_most = 1,
	                                     .run = run };
