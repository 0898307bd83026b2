/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select.c: weir select: chooses contracts from a candidate tape. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const char *rules, *write_path, *out, *seconds, *gap;
static size_t no_gains;

static const weir_option options[] = {
	{ "rules", "FILE", "the selection file: eligibility, limits, objective", &rules, NULL, NULL },
	{ "write", "FILE", "also writes the chosen rows as a tape that a deal can name", &write_path, NULL, NULL },
	{ "seconds", "N", "time for all searches together; default 60", &seconds, NULL, NULL },
	{ "gap", "PERCENT", "a selection so close to the best possible will do, such as 0.01%; default 0%", &gap, NULL,
	  NULL },
	{ "no-gains", NULL, "does not search again without each limit", NULL, NULL, &no_gains },
	{ "out", "DIR", "where to write tables/; default ./ID-out, of the selection's id", &out, NULL, NULL },
};

static int read_seconds(double *value)
{
	char *end;
	*value = seconds ? strtod(seconds, &end) : 0;
	if (seconds && (end == seconds || *end || !(*value > 0) || *value > 1e6))
		return weir_usage_error("\"--seconds %s\" is no time; write a number of seconds, such as 30", seconds);
	return 0;
}

static int read_gap(double *value)
{
	char *end;
	*value = gap ? strtod(gap, &end) / 100 : 0;
	if (gap && (end == gap || strcmp(end, "%") != 0 || !(*value >= 0) || *value > 1))
		return weir_usage_error("\"--gap %s\" is no share; write a percentage, such as 0.01%%", gap);
	return 0;
}

/* Prints what was found and writes the tables, also where nothing was: they then say why. */
static int finish(weir_session *session, int found)
{
	static const char *const tables[] = { "selection", "selection_limits", "selection_summary", NULL };
	int status = weir_finish_study(session, out, tables);
	if (status == WEIR_EXIT_DONE && write_path && found) {
		size_t printed = weir_session_message_count(session);
		status = weir_session_write_selection(session, write_path);
		weir_print_messages(session, &printed);
		if (status == WEIR_EXIT_DONE && !weir_quiet)
			printf("%s\n", write_path);
	}
	return status == WEIR_EXIT_DONE && !found ? WEIR_EXIT_NO : status;
}

static int run(const char *const *operands, size_t count)
{
	weir_progress_line line;
	weir_select_answer answer;
	weir_session *session;
	size_t printed = 0;
	weir_select_request request = { .tape = operands[0], .rules = rules, .without_gains = (int)no_gains,
		                        .progress = weir_progress_tick, .context = &line };
	(void)count;
	if (!rules)
		return weir_usage_error("give the selection file: weir select TAPE --rules FILE");
	if (read_seconds(&request.seconds) || read_gap(&request.gap))
		return WEIR_EXIT_INPUT;
	weir_progress_start(&line);
	int status = weir_session_select(&session, &request, &answer);
	weir_progress_stop(&line);
	if (!session) {
		fprintf(stderr, "weir: error: out of memory\n");
		return status;
	}
	weir_print_messages(session, &printed);
	if ((status == WEIR_EXIT_DONE || status == WEIR_EXIT_NO) && weir_strict && weir_count_warnings(session) > 0)
		status = WEIR_EXIT_INPUT;
	if (status == WEIR_EXIT_DONE || status == WEIR_EXIT_NO)
		status = finish(session, status == WEIR_EXIT_DONE);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_select = {
	.name = "select",
	.arguments = "TAPE --rules FILE [--write FILE] [--out DIR]",
	.summary = "chooses contracts from a candidate tape: the best pool that meets every limit",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
