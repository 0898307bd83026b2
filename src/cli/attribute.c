/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attribute.c: weir attribute: a stressed result split into its shocks and what they make together. */
#include "cli/cli.h"

static const char *scenario, *from, *support, *out;
static const char *groups[WEIR_MOST_VALUES], *metrics[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES];
static size_t group_count, metric_count, set_count;

static const weir_option options[] = {
	{ "scenario", "ID", "the stressed scenario: of scenarios.xml beside the deal, or FILE#ID", &scenario, NULL,
	  NULL },
	{ "from", "ID", "the scenario it is compared with; default: the base case", &from, NULL, NULL },
	{ "group", "NAMES", "factors that are taken as one, such as default+recovery; may be repeated", NULL, groups,
	  &group_count },
	{ "metric", "FORMULA",
	  "a figure to look at, such as A.wal; default: yield, WAL and what is unpaid of each class, "
	  "coverage; may be repeated",
	  NULL, metrics, &metric_count },
	{ "set", "NAME=VALUE", "replaces a number; may be repeated", NULL, sets, &set_count },
	{ "support", "CASE", "on (default), off or fail:PARTY@MONTH", &support, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/attribution.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int attribute(weir_session *session, weir_progress_line *line)
{
	weir_attribution_request request = { .scenario = scenario,
		                             .from = from,
		                             .sets = sets,
		                             .set_count = set_count,
		                             .support = support,
		                             .groups = groups,
		                             .group_count = group_count,
		                             .metrics = metrics,
		                             .metric_count = metric_count,
		                             .progress = weir_progress_tick,
		                             .context = line };
	return weir_session_attribute(session, &request);
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "attribution", NULL };
	(void)count;
	if (!scenario)
		return weir_usage_error("usage: weir attribute %s", weir_command_attribute.arguments);
	return weir_run_study(operands[0], attribute, out, tables);
}

const weir_command weir_command_attribute = {
	.name = "attribute",
	.arguments = "DEAL --scenario ID [--from ID] [--group A+B]... [--metric FORMULA]...",
	.summary = "splits a stressed result into its shocks and their interaction",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
