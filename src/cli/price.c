/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price.c: weir price: prices, yields and spreads of classes, durations, what the curve does to them. */
#include <stdio.h>

#include "cli/cli.h"

static const char *class_id, *price, *yield, *curve, *spread, *spreads, *prices;
static const char *settle, *compounding, *day_count, *out;
static const char *scenarios[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES];
static size_t scenario_count, set_count;

static const weir_option options[] = {
	{ "class", "ID", "the class; default: every class", &class_id, NULL, NULL },
	{ "price", "PRICE", "clean price per 100 of what is outstanding; default: the issue price", &price, NULL,
	  NULL },
	{ "yield", "RATE", "a yield instead of a price, such as 4%", &yield, NULL, NULL },
	{ "curve", "ID", "a curve of market.xml beside the deal, FILE#ID or FILE.xml: spreads and curve durations",
	  &curve, NULL, NULL },
	{ "spread", "RATE", "a Z-spread over the curve instead of a price, such as 120bp", &spread, NULL, NULL },
	{ "spreads", "ID", "spreads by grade, named like a curve, instead of a price", &spreads, NULL, NULL },
	{ "prices", "RANGE", "also the yields at clean prices FROM:TO:STEP", &prices, NULL, NULL },
	{ "scenario", "ID", "a scenario of scenarios.xml beside the deal, or FILE#ID; may be repeated", NULL, scenarios,
	  &scenario_count },
	{ "set", "NAME=VALUE", "replaces a parameter; may be repeated", NULL, sets, &set_count },
	{ "settle", "DATE", "settlement date; default: the deal's start", &settle, NULL, NULL },
	{ "compounding", "WORD", "annual (default), semi-annual, quarterly, monthly, continuous or simple",
	  &compounding, NULL, NULL },
	{ "day-count", "RULE", "of the years to each payment; default ACT/365F", &day_count, NULL, NULL },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "out", "DIR", "also writes the tables as DIR/tables/NAME.csv", &out, NULL, NULL },
};

static int run(const char *const *operands, size_t count)
{
	const char *tables[5] = { "price" };
	int status, table = 1;
	(void)count;
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		weir_price_request request = { .class_id = class_id,
			                       .price = price,
			                       .yield = yield,
			                       .scenarios = scenarios,
			                       .scenario_count = scenario_count,
			                       .sets = sets,
			                       .set_count = set_count,
			                       .settlement = settle,
			                       .compounding = compounding,
			                       .day_count = day_count,
			                       .curve = curve,
			                       .spread = spread,
			                       .spreads = spreads,
			                       .prices = prices };
		size_t printed = weir_session_message_count(session);
		status = weir_session_price(session, &request);
		weir_print_messages(session, &printed);
	}
	if (prices)
		tables[table++] = "price_yield";
	if (curve)
		tables[table++] = "key_rates";
	tables[table] = "forward_balances";
	if (status == WEIR_EXIT_DONE && out)
		status = weir_finish_study(session, out, tables);
	else if (status == WEIR_EXIT_DONE)
		fputs(weir_session_summary(session), stdout);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_price = {
	.name = "price",
	.arguments = "DEAL [--class ID] [--price PRICE | --yield RATE | --spread RATE | --spreads ID] [--curve ID] "
	             "[--scenario ID]...",
	.summary = "prices classes: yield, spreads over a curve, durations, convexity, average life",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
