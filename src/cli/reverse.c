/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reverse.c: weir reverse: the smallest sets of obligors whose default breaks a class. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

static const char *class_id, *test, *scenario, *support, *month, *out;
static int months; /* of --month */

static const weir_option options[] = {
	{ "class", "ID", "the class that must survive; default: all senior classes together", &class_id, NULL, NULL },
	{ "month", "N", "the obligors default so many months after the cut-off date; default 0", &month, NULL, NULL },
	{ "for", "TEST", "first-missed or first-loss; default: the earlier of both", &test, NULL, NULL },
	{ "scenario", "ID", "on top of a scenario", &scenario, NULL, NULL },
	{ "support", "CASE", "on (default), off or fail:PARTY@MONTH", &support, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/reverse.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int read_month(int *value)
{
	char *end;
	long number = month ? strtol(month, &end, 10) : 0;
	if (month && (end == month || *end || number < 0 || number > 1200))
		return weir_usage_error("\"--month %s\" is no number of months; write a whole number, such as 12",
		                        month);
	*value = (int)number;
	return 0;
}

static int reverse(weir_session *session, weir_progress_line *line)
{
	weir_reverse_answer answer;
	weir_reverse_request request = { .class_id = class_id,
		                         .test = test,
		                         .scenario = scenario,
		                         .support = support,
		                         .month = months,
		                         .progress = weir_progress_tick,
		                         .context = line };
	return weir_session_reverse(session, &request, &answer);
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "reverse", NULL };
	(void)count;
	if (read_month(&months))
		return WEIR_EXIT_INPUT;
	return weir_run_study(operands[0], reverse, out, tables);
}

const weir_command weir_command_reverse = {
	.name = "reverse",
	.arguments = "DEAL [--class ID] [--month N] [--scenario ID] [--support CASE]",
	.summary = "finds the smallest sets of obligors whose default breaks a class",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
