/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stress.c: weir stress: families of scenarios and grids, a row for each. */
#include <stdio.h>

#include "cli/cli.h"

static const char *families[WEIR_MOST_VALUES], *scenarios[WEIR_MOST_VALUES], *varied[WEIR_MOST_VALUES];
static size_t family_count, scenario_count, varied_count;
static const char *test, *support, *out;

static const weir_option options[] = {
	{ "family", "FILE", "lease, small-business, general, ip, or a scenario file; FILE#ID: one family of it", NULL,
	  families, &family_count },
	{ "scenario", "ID", "a scenario of scenarios.xml beside the deal, or FILE#ID; may be repeated", NULL, scenarios,
	  &scenario_count },
	{ "vary", "NAME=RANGE", "a number that takes every value of FROM:TO:STEP; may be repeated", NULL, varied,
	  &varied_count },
	{ "for", "TEST", "first-missed or first-loss; default: the earlier of both", &test, NULL, NULL },
	{ "support", "CASE", "on (default), off or fail:PARTY@MONTH", &support, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/stress.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int stress(weir_session *session, weir_progress_line *line)
{
	weir_stress_request request = { .families = families,
		                        .family_count = family_count,
		                        .scenarios = scenarios,
		                        .scenario_count = scenario_count,
		                        .varied = varied,
		                        .varied_count = varied_count,
		                        .test = test,
		                        .support = support,
		                        .progress = weir_progress_tick,
		                        .context = line };
	return weir_session_stress(session, &request);
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "stress", NULL };
	(void)count;
	if (family_count + scenario_count + varied_count == 0)
		return weir_usage_error(
			"there is nothing to run; give --family, --scenario or --vary, such as --family lease");
	return weir_run_study(operands[0], stress, out, tables);
}

const weir_command weir_command_stress = {
	.name = "stress",
	.arguments = "DEAL [--family FILE]... [--scenario ID]... [--vary NAME=FROM:TO:STEP]... [--support CASE]",
	.summary = "runs families of scenarios, or a grid, a row for each",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
