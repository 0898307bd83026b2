/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c: weir plan: the compiled program as a person reads it. */
#include <stdio.h>

#include "cli/cli.h"

static const weir_option options[] = { WEIR_VARIANT_OPTION };

static int run(const char *const *operands, size_t count)
{
	int status;
	char *text = NULL;
	(void)count;
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE)
		status = weir_session_plan(session, &text);
	if (text)
		fputs(text, stdout);
	weir_text_release(text);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_plan = { .name = "plan",
	                                 .arguments = "DEAL",
	                                 .summary = "shows the compiled program of a deal",
	                                 .options = options,
	                                 .option_count = sizeof options / sizeof *options,
	                                 .operands_least = 1,
	                                 .operands_most = 1,
	                                 .run = run };
