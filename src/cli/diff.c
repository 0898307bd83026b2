/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diff.c: weir diff: what two deals differ in, in meaning. */
#include <stdio.h>

#include "cli/cli.h"

static const char *scenarios[WEIR_MOST_VALUES], *old_variant, *out;
static size_t scenario_count, effect;

static const weir_option options[] = {
	{ "effect", NULL, "also runs both deals: what the differences do to every class", NULL, NULL, &effect },
	{ "scenario", "ID", "with --effect: a scenario of scenarios.xml beside each deal, or FILE#ID; may be repeated",
	  NULL, scenarios, &scenario_count },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "old-variant", "ID", "another reading of the older deal", &old_variant, NULL, NULL },
	{ "out", "DIR", "also writes DIR/tables/diff.csv, and diff_effect.csv", &out, NULL, NULL },
};

static int compare(weir_session *session, weir_session *older)
{
	static const char *const tables[] = { "diff", NULL }, *const both[] = { "diff", "diff_effect", NULL };
	weir_diff_request request = { effect != 0, scenarios, scenario_count };
	size_t printed = weir_session_message_count(session);
	int status = weir_session_diff(session, older, &request);
	weir_print_messages(session, &printed);
	if (status != WEIR_EXIT_DONE && status != WEIR_EXIT_NO)
		return status;
	if (!out) {
		if (!weir_quiet)
			fputs(weir_session_summary(session), stdout);
		return status;
	}
	int written = weir_finish_study(session, out, effect ? both : tables);
	return written == WEIR_EXIT_DONE ? status : written;
}

static int run(const char *const *operands, size_t count)
{
	const char *variant = weir_variant_wanted;
	int old_status, status;
	(void)count;
	if ((weir_actuals_wanted || weir_events_wanted) && !effect)
		return weir_usage_error(
			"what was collected changes nothing of what the deals say; add --effect to run both");
	if (scenario_count && !effect)
		return weir_usage_error("a scenario changes nothing of what the deals say; add --effect to run both");
	weir_variant_wanted = old_variant;
	weir_session *older = weir_open_session(operands[0], &old_status);
	weir_variant_wanted = variant;
	weir_session *session = weir_open_session(operands[1], &status);
	status = status > old_status ? status : old_status;
	if (status == WEIR_EXIT_DONE && older && session)
		status = compare(session, older);
	weir_session_close(older);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_diff = { .name = "diff",
	                                 .arguments = "OLD NEW [--effect] [--scenario ID]... [--out DIR]",
	                                 .summary = "compares two deals in meaning, and what that does to every class",
	                                 .options = options,
	                                 .option_count = sizeof options / sizeof *options,
	                                 .operands_least = 2,
	                                 .operands_most = 2,
	                                 .run = run };
