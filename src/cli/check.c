/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.c: weir check: every complaint about one or more deals. */
#include <stdio.h>

#include "cli/cli.h"

static int run(const char *const *operands, size_t count)
{
	int worst = WEIR_EXIT_DONE;
	for (size_t i = 0; i < count; i++) {
		int status;
		weir_session *session = weir_open_session(operands[i], &status);
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
	                                  .operands_least = 1,
	                                  .operands_most = -1,
	                                  .run = run };
