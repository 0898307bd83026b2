/* SPDX-License-Identifier: GPL-3.0-or-later */
/* why.c: weir why: explains a payment and why it was not more, a call on support, an event. */
#include <stdio.h>

#include "cli/cli.h"

static const char *class_id, *support, *trigger, *date, *scenario, *sets[WEIR_MOST_VALUES];
static size_t set_count;

static const weir_option options[] = {
	{ "class", "ID", "the class whose payments are explained", &class_id, NULL, NULL },
	{ "support", "ID", "a support or cover: why it was called, or not", &support, NULL, NULL },
	{ "trigger", "ID", "a trigger or call: its test, with the numbers", &trigger, NULL, NULL },
	{ "date", "DATE", "the payment date, such as 2024-06-20", &date, NULL, NULL },
	{ "scenario", "ID", "a scenario of scenarios.xml beside the deal, or FILE#ID", &scenario, NULL, NULL },
	{ "set", "NAME=VALUE", "replaces a parameter; may be repeated", NULL, sets, &set_count },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
};

static int run(const char *const *operands, size_t count)
{
	int status;
	size_t printed;
	char *text = NULL;
	(void)count;
	const char *id = class_id ? class_id : support ? support : trigger;
	if (!id || !date || !!class_id + !!support + !!trigger != 1)
		return weir_usage_error("usage: weir why %s", weir_command_why.arguments);
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		printed = weir_session_message_count(session);
		status = weir_session_why(session, id, date, scenario, sets, set_count, &text);
		weir_print_messages(session, &printed);
	}
	if (text)
		fputs(text, stdout);
	weir_text_release(text);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_why = { .name = "why",
	                                .arguments = "DEAL --class A | --support ID | --trigger ID --date 2024-06-20",
	                                .summary = "explains a payment step by step, with its numbers",
	                                .options = options,
	                                .option_count = sizeof options / sizeof *options,
	                                .operands_least = 1,
	                                .operands_most = 1,
	                                .run = run };
