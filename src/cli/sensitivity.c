/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sensitivity.c: weir sensitivity: which assumption moves which figure how far. */
#include "cli/cli.h"

static const char *by, *scenario, *support, *out;
static const char *varied[WEIR_MOST_VALUES], *metrics[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES];
static size_t varied_count, metric_count, set_count, only;

static const weir_option options[] = {
	{ "by", "RATE", "how far numbers go from their value; default 10%", &by, NULL, NULL },
	{ "vary", "NAME=RANGE", "a number's own LOW:HIGH, such as cdr=0%:5%; may be repeated", NULL, varied,
	  &varied_count },
	{ "only", NULL, "only the numbers of --vary", NULL, NULL, &only },
	{ "metric", "FORMULA",
	  "a figure to look at, such as A.wal; default: yield, WAL and what is unpaid of each class, "
	  "coverage, proceeds; may be repeated",
	  NULL, metrics, &metric_count },
	{ "scenario", "ID", "in a scenario of scenarios.xml beside the deal, or FILE#ID", &scenario, NULL, NULL },
	{ "set", "NAME=VALUE", "replaces a number; may be repeated", NULL, sets, &set_count },
	{ "support", "CASE", "on (default), off or fail:PARTY@MONTH", &support, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write tables/tornado.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int measure(weir_session *session, weir_progress_line *line)
{
	weir_sensitivity_request request = { .scenario = scenario,
		                             .sets = sets,
		                             .set_count = set_count,
		                             .support = support,
		                             .by = by,
		                             .varied = varied,
		                             .varied_count = varied_count,
		                             .only = only > 0,
		                             .metrics = metrics,
		                             .metric_count = metric_count,
		                             .progress = weir_progress_tick,
		                             .context = line };
	return weir_session_sensitivity(session, &request);
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "tornado", NULL };
	(void)count;
	return weir_run_study(operands[0], measure, out, tables);
}

const weir_command weir_command_sensitivity = {
	.name = "sensitivity",
	.arguments = "DEAL [--by RATE] [--vary NAME=LOW:HIGH]... [--metric FORMULA]... [--scenario ID]",
	.summary = "how far each assumption moves each figure: a tornado",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
