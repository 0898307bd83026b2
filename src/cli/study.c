/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study.c: what the commands that search over runs share: their end, and how far they are. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

int weir_finish_study(weir_session *session, const char *folder, const char *const *tables)
{
	size_t printed = weir_session_message_count(session);
	if (!weir_quiet)
		fputs(weir_session_summary(session), stdout);
	int status = weir_session_write_tables(session, folder);
	weir_print_messages(session, &printed);
	for (; status == WEIR_EXIT_DONE && !weir_quiet && *tables; tables++)
		printf("%s/tables/%s.csv\n", weir_session_folder(session), *tables);
	return status;
}

static double seconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void weir_progress_start(weir_progress_line *line)
{
	double now = seconds_now();
	*line = (weir_progress_line){ .started = now, .shown = now };
}

/* A line that writes over itself, at most five times a second and not in the first one. */
int weir_progress_tick(void *context, double done)
{
	weir_progress_line *line = context;
	double now = seconds_now(), spent = now - line->started;
	if (weir_quiet || !isatty(STDERR_FILENO) || spent < 1 || now - line->shown < 0.2)
		return 1;
	line->shown = now;
	line->active = 1;
	fprintf(stderr, "\r%5.1f%%, %.0f s", done * 100, spent);
	if (done > 0)
		fprintf(stderr, ", %.1f%% a minute, %.0f s left", done / spent * 6000, spent / done - spent);
	fputs("   ", stderr);
	fflush(stderr);
	return 1;
}

void weir_progress_stop(weir_progress_line *line)
{
	if (line->active)
		fprintf(stderr, "\r%60s\r", "");
	line->active = 0;
}

int weir_run_study(const char *deal, weir_study *study, const char *folder, const char *const *tables)
{
	int status;
	weir_session *session = weir_open_session(deal, &status);
	if (status == WEIR_EXIT_DONE) {
		weir_progress_line line;
		size_t printed = weir_session_message_count(session);
		weir_progress_start(&line);
		status = study(session, &line);
		weir_progress_stop(&line);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE || status == WEIR_EXIT_NO) {
		int written = weir_finish_study(session, folder, tables);
		status = written == WEIR_EXIT_DONE ? status : written;
	}
	weir_session_close(session);
	return status;
}
