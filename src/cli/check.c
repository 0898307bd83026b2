/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.c: weir check: every complaint about one or more deals, their variants, and the market file beside them. */
#include <stdio.h>

#include "cli/cli.h"

static const weir_option options[] = { WEIR_VARIANT_OPTION, WEIR_ACTUALS_OPTIONS };

/* What is wrong with more of it, beside what is wrong with the deal. */
static int check_more(weir_session *session, int (*check)(weir_session *), int status)
{
	size_t printed = weir_session_message_count(session), warnings = 0;
	int more = check(session), severity;
	for (size_t i = printed; weir_strict && i < weir_session_message_count(session); i++) {
		weir_session_message(session, i, &severity);
		warnings += severity == 1;
	}
	weir_print_messages(session, &printed);
	if (warnings && more == WEIR_EXIT_DONE)
		more = WEIR_EXIT_INPUT;
	return status > more ? status : more;
}

static int run(const char *const *operands, size_t count)
{
	int worst = WEIR_EXIT_DONE;
	for (size_t i = 0; i < count; i++) {
		int status;
		weir_session *session = weir_open_session(operands[i], &status);
		if (session && !weir_variant_wanted)
			status = check_more(session, weir_session_check_variants, status);
		if (session)
			status = check_more(session, weir_session_check_market, status);
		if (status == WEIR_EXIT_DONE && !weir_quiet)
			printf("%s: ok\n", operands[i]);
		weir_session_close(session);
		worst = status > worst ? status : worst;
	}
	return worst;
}

const weir_command weir_command_check = { .name = "check",
	                                  .arguments = "DEAL...",
	                                  .summary = "validates deals and prints every complaint",
	                                  .options = options,
	                                  .option_count = sizeof options / sizeof *options,
	                                  .operands_least = 1,
	                                  .operands_most = -1,
	                                  .run = run };
