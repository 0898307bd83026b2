/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verify.c: weir verify: runs a bundle again and compares. */
#include <stdio.h>

#include "cli/cli.h"

static int run(const char *const *operands, size_t count)
{
	char *report, *messages;
	(void)count;
	int status = weir_bundle_verify(operands[0], weir_quiet ? -1 : weir_verbose != 0, &report, &messages);
	if (messages)
		fputs(messages, stderr);
	if (report && !weir_quiet)
		fputs(report, stdout);
	weir_text_release(report);
	weir_text_release(messages);
	return status;
}

const weir_command weir_command_verify = { .name = "verify",
	                                   .arguments = "FILE.zip",
	                                   .summary = "runs a bundle again and compares every figure",
	                                   .operands_least = 1,
	                                   .operands_most = 1,
	                                   .run = run };
