/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rating.c: weir rating: what grades ask, and the grade that each class reaches. */
#include "cli/cli.h"

static const char *asset_class, *targets, *base_default, *log_mean, *log_deviation, *mean, *deviation, *history;
static const char *defaulted, *recovery, *class_id, *test, *support, *out;
static const char *families[WEIR_MOST_VALUES], *scenarios[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES];
static size_t family_count, scenario_count, set_count;

static const weir_option options[] = {
	{ "asset-class", "NAME", "lease, corporate-loan, small-business, retail or npl, or one of your own table",
	  &asset_class, NULL, NULL },
	{ "base-default", "RATE", "expected cumulative default rate; targets are multiples of it", &base_default, NULL,
	  NULL },
	{ "log-mean", "NUMBER", "mean of the logarithms of default rates; targets follow the log-normal law", &log_mean,
	  NULL, NULL },
	{ "log-deviation", "NUMBER", "their standard deviation", &log_deviation, NULL, NULL },
	{ "mean", "RATE", "mean of the default rates themselves, instead of that of their logarithms", &mean, NULL,
	  NULL },
	{ "deviation", "RATE", "their standard deviation", &deviation, NULL, NULL },
	{ "history", "FILE", "default rates that were seen (pool,cumulative-default): both are estimated", &history,
	  NULL, NULL },
	{ "defaulted", "RATE", "what has defaulted already, of the initial principal; default 0%", &defaulted, NULL,
	  NULL },
	{ "recovery", "RATE", "on what defaults, for required support; default: the first scenario's", &recovery, NULL,
	  NULL },
	{ "targets", "FILE", "a table of targets of your own", &targets, NULL, NULL },
	{ "class", "ID", "one class that is owed something; default: each", &class_id, NULL, NULL },
	{ "family", "FILE", "scenarios to survive; default: the family that fits the assets; may be repeated", NULL,
	  families, &family_count },
	{ "scenario", "ID", "a single scenario, or FILE#ID; may be repeated", NULL, scenarios, &scenario_count },
	{ "for", "TEST", "first-missed or first-loss; default: the earlier of both", &test, NULL, NULL },
	{ "set", "NAME=VALUE", "replaces a number; may be repeated", NULL, sets, &set_count },
	{ "support", "CASE", "on, off or fail:PARTY@MONTH; default: with and without", &support, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "where to write the tables; default ./DEALID-out", &out, NULL, NULL },
};

static int rate(weir_session *session, weir_progress_line *line)
{
	weir_rating_request request = { .asset_class = asset_class,
		                      .targets = targets,
		                      .base_default = base_default,
		                      .log_mean = log_mean,
		                      .log_deviation = log_deviation,
		                      .mean = mean,
		                      .deviation = deviation,
		                      .history = history,
		                      .defaulted = defaulted,
		                      .recovery = recovery,
		                      .class_id = class_id,
		                      .families = families,
		                      .family_count = family_count,
		                      .scenarios = scenarios,
		                      .scenario_count = scenario_count,
		                      .sets = sets,
		                      .set_count = set_count,
		                      .test = test,
		                      .support = support,
		                      .progress = weir_progress_tick,
		                      .context = line };
	return weir_session_rating(session, &request);
}

static int run(const char *const *operands, size_t count)
{
	static const char *const tables[] = { "rating_targets", "rating", "rating_scenarios", NULL };
	(void)count;
	if (!asset_class)
		return weir_usage_error("usage: weir rating %s", weir_command_rating.arguments);
	return weir_run_study(operands[0], rate, out, tables);
}

const weir_command weir_command_rating = {
	.name = "rating",
	.arguments = "DEAL --asset-class NAME (--base-default RATE | --log-mean N --log-deviation N | --mean RATE "
	             "--deviation RATE | --history FILE)",
	.summary = "what each grade asks, and the grade that each class reaches",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
