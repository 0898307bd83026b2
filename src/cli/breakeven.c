/* SPDX-License-Identifier: GPL-3.0-or-later */
/* breakeven.c: weir breakeven: the largest stress that classes survive. */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/money.h"
#include "cli/cli.h"
#include "io/write.h"

static const char *vary, *class_id, *test, *scenario, *from, *to, *out;

static const weir_option options[] = {
	{ "vary", "NAME", "what is varied: haircut (every receipt x (1-h)) or a rate parameter", &vary, NULL, NULL },
	{ "class", "ID", "the class that must survive; default: all senior classes together", &class_id, NULL, NULL },
	{ "for", "TEST", "first-missed or first-loss; default: the earlier of both", &test, NULL, NULL },
	{ "scenario", "ID", "on top of a scenario", &scenario, NULL, NULL },
	{ "from", "RATE", "lower end of the range; default 0%", &from, NULL, NULL },
	{ "to", "RATE", "upper end of the range; default 100%", &to, NULL, NULL },
	{ "out", "DIR", "where to write tables/breakeven.csv; default ./DEALID-out", &out, NULL, NULL },
};

static int read_rate(const char *text, const char *option, double *value)
{
	if (!text || weir_rate_parse(text, strlen(text), value) == WEIR_PARSE_OK)
		return 0;
	return weir_usage_error("\"--%s %s\" is no rate; write it with its unit, such as 5%% or 25bp", option, text);
}

static void print_answer(const weir_break_even_answer *answer)
{
	const char *whom = class_id ? class_id : "all senior classes";
	if (!answer->survives)
		printf("%s: %s: not even the lower end of the range is survived\n", vary, whom);
	else if (!answer->has_limit)
		printf("%s: %s: the whole range is survived\n", vary, whom);
	else
		printf("%s: %s: survived up to %.4f%%\n", vary, whom, answer->largest * 100);
	if (!answer->monotone)
		printf("note: the outcome changes %d times in the range, so no single value parts survival from failure\n",
		       answer->crossing_count);
}

static int write_table(const weir_session *session, const char *csv)
{
	weir_diags diags = { 0 };
	char folder[4096], path[4200];
	if (out)
		snprintf(folder, sizeof folder, "%s/tables", out);
	else
		snprintf(folder, sizeof folder, "./%s-out/tables", weir_session_deal_id(session));
	snprintf(path, sizeof path, "%s/breakeven.csv", folder);
	weir_status status = weir_folder_make(folder, &diags);
	if (status == WEIR_OK)
		status = weir_file_write(path, csv, strlen(csv), &diags);
	if (status == WEIR_OK && !weir_quiet)
		printf("%s\n", path);
	if (status != WEIR_OK && diags.count)
		fprintf(stderr, "weir: error: %s\n", diags.items[0].text);
	weir_diags_free(&diags);
	return status == WEIR_OK ? WEIR_EXIT_DONE : WEIR_EXIT_IO;
}

static int run(const char *const *operands, size_t count)
{
	int status;
	size_t printed;
	char *csv = NULL;
	weir_break_even_answer answer;
	weir_break_even_request request = { 0 };
	(void)count;
	if (!vary)
		return weir_usage_error("usage: weir breakeven %s", weir_command_break_even.arguments);
	if (read_rate(from, "from", &request.from) || read_rate(to, "to", &request.to))
		return WEIR_EXIT_INPUT;
	if (from && !to)
		request.to = 1;
	weir_session *session = weir_open_session(operands[0], &status);
	if (status == WEIR_EXIT_DONE) {
		request.vary = vary;
		request.class_id = class_id;
		request.test = test;
		request.scenario = scenario;
		printed = weir_session_message_count(session);
		status = weir_session_break_even(session, &request, &answer, &csv);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE) {
		print_answer(&answer);
		status = write_table(session, csv);
	}
	weir_text_release(csv);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_break_even = {
	.name = "breakeven",
	.arguments = "DEAL --vary NAME [--class ID] [--for first-missed|first-loss] [--scenario ID]",
	.summary = "finds the largest stress that classes survive",
	.options = options,
	.option_count = sizeof options / sizeof *options,
	.operands_least = 1,
	.operands_most = 1,
	.run = run
};
