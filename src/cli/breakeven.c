/* SPDX-License-Identifier: GPL-3.0-or-later */
/* breakeven.c: weir breakeven: the largest stress that classes survive, with and without support. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *class_id, *test, *scenario, *support, *from, *to, *out;
static const char *varied[WEIR_MOST_VALUES];
static size_t varied_count;

static const weir_option options[] = {
	{ "vary", "NAME", "what is varied: haircut, cdr, recovery … or a parameter (\"weir plan\" lists them)", NULL,
	  varied, &varied_count },
	{ "class", "ID", "the class that must survive; default: all senior classes together", &class_id, NULL, NULL },
	{ "for", "TEST", "first-missed or first-loss; default: the earlier of both", &test, NULL, NULL },
	{ "scenario", "ID", "on top of a scenario", &scenario, NULL, NULL },
	{ "support", "CASE", "on, off or fail:PARTY@MONTH; default: with, without, each supporter failing at once",
	  &support, NULL, NULL },
	{ "from", "VALUE", "lower end of the range; default 0", &from, NULL, NULL },
	{ "to", "VALUE", "upper end of the range; default 100% for rates", &to, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/breakeven.csv; default ./DEALID-out", &out, NULL, NULL },
};

/* The ends of the range, in the number's unit. */
static int read_range(weir_session *session, weir_break_even_request *request)
{
	int status = WEIR_EXIT_DONE;
	if (from)
		status = weir_session_read_value(session, *varied, from, &request->from);
	if (to && status == WEIR_EXIT_DONE)
		status = weir_session_read_value(session, *varied, to, &request->to);
	/* an end of 0 would read as none given */
	if (to && status == WEIR_EXIT_DONE && request->to == 0 && request->from >= 0)
		status = weir_usage_error("the range up to \"%s\" is empty; give an end above its start", to);
	return status;
}

static int break_even(weir_session *session, weir_progress_line *line)
{
	weir_break_even_answer answer;
	weir_break_even_request request = { .vary = *varied,
		                            .class_id = class_id,
		                            .test = test,
		                            .scenario = scenario,
		                            .support = support };
	(void)line; /* it is short */
	int status = read_range(session, &request);
	return status == WEIR_EXIT_DONE ? weir_session_break_even(session, &request, &answer, NULL) : status;
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "breakeven", NULL };
	(void)count;
	if (varied_count > 1)
		return weir_usage_error("one number is varied, not \"%s\" and \"%s\"", varied[0], varied[1]);
	if (varied_count == 0)
		return weir_usage_error("usage: weir breakeven %s", weir_command_break_even.arguments);
	return weir_run_study(operands[0], break_even, out, tables);
}

const weir_command weir_command_break_even = {
	.name = "breakeven",
	.arguments = "DEAL --vary NAME [--class ID] [--for first-missed|first-loss] [--scenario ID] [--support CASE]",
	.summary = "finds the largest stress that classes survive",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
