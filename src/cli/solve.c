/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve.c: weir solve: one number until a formula over the outcome holds. */
#include "cli/cli.h"

static const char *scenario, *support, *out;
static const char *varied[WEIR_MOST_VALUES], *wanted[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES];
static size_t varied_count, wanted_count, set_count;

static const weir_option options[] = {
	{ "vary", "NAME", "what is varied: a coupon, a size, haircut, cdr …; NAME=FROM:TO: in this range", NULL,
	  varied, &varied_count },
	{ "until", "FORMULA", "what must hold: \"A.yield = 4%\", \"least(coverage) >= 1.1\", \"senior.survives\" …",
	  NULL, wanted, &wanted_count },
	{ "scenario", "ID", "in a scenario of scenarios.xml, or FILE#ID", &scenario, NULL, NULL },
	{ "set", "NAME=VALUE", "replace another number of the deal; may be repeated", NULL, sets, &set_count },
	{ "support", "CASE", "on (default), off or fail:PARTY@MONTH", &support, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/solve.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int solve(weir_session *session, weir_progress_line *line)
{
	weir_solve_answer answer;
	weir_solve_request request = { .vary = *varied, .until = *wanted, .scenario = scenario, .sets = sets,
		                       .set_count = set_count, .support = support,
		                       .progress = weir_progress_tick, .context = line };
	return weir_session_solve(session, &request, &answer);
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "solve", NULL };
	(void)count;
	if (varied_count > 1)
		return weir_usage_error("one number is varied, not \"%s\" and \"%s\"; "
		                        "set the others with --set NAME=VALUE",
		                        varied[0], varied[1]);
	if (wanted_count > 1)
		return weir_usage_error("--until is given twice; join conditions with \"and\" or \"or\"");
	if (varied_count + wanted_count < 2)
		return weir_usage_error("usage: weir solve %s", weir_command_solve.arguments);
	return weir_run_study(operands[0], solve, out, tables);
}

const weir_command weir_command_solve = {
	.name = "solve",
	.arguments =
	        "DEAL --vary NAME[=FROM:TO] --until FORMULA [--scenario ID] [--set NAME=VALUE]... [--support CASE]",
	.summary = "finds the value of a number at which a formula holds",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
