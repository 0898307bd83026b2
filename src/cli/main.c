/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: the weir program: finds the command, reads its options, prints help. */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cli/cli.h"
#include "io/scratch.h"
#include "io/write.h"

size_t weir_quiet, weir_verbose, weir_strict;
const char *weir_variant_wanted, *weir_actuals_wanted, *weir_events_wanted;

static size_t want_help, want_version;

static const weir_command *const commands[] = { &weir_command_check,      &weir_command_run,
	                                        &weir_command_why,        &weir_command_plan,
	                                        &weir_command_stress,     &weir_command_break_even,
	                                        &weir_command_reverse,    &weir_command_price,
	                                        &weir_command_bench,
	                                        &weir_command_rating,
	                                        &weir_command_sensitivity, &weir_command_attribute,
	                                        &weir_command_variants,   &weir_command_diff,
	                                        &weir_command_solve,     &weir_command_structure,
	                                        &weir_command_report,    &weir_command_select,
	                                        &weir_command_strat,
	                                        &weir_command_bundle,    &weir_command_verify };
#define COMMANDS (sizeof commands / sizeof *commands)

static const weir_option common[] = {
	{ "quiet", NULL, "print nothing but errors", NULL, NULL, &weir_quiet },
	{ "verbose", NULL, "also print disclosures", NULL, NULL, &weir_verbose },
	{ "strict", NULL, "treat warnings as errors", NULL, NULL, &weir_strict },
	{ "help", NULL, "print this help", NULL, NULL, &want_help },
	{ "version", NULL, "print the version", NULL, NULL, &want_version },
};
#define COMMON (sizeof common / sizeof *common)

int weir_usage_error(const char *format, ...)
{
	va_list arguments;
	fputs("weir: error: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputs(" [usage]\n", stderr);
	return WEIR_EXIT_INPUT;
}

static int colour_wanted(void)
{
	const char *no = getenv("NO_COLOR");
	return isatty(STDERR_FILENO) && !(no && *no);
}

/* Under --strict a warning is an error, and is printed as one. */
static void print_message(const char *text, int severity, const char *colour)
{
	static const char word[] = ": warning: ";
	const char *at = severity == 1 && weir_strict ? strstr(text, word) : NULL;
	fputs(colour ? colour : "", stderr);
	if (at)
		fprintf(stderr, "%.*s: error: %s", (int)(at - text), text, at + sizeof word - 1);
	else
		fputs(text, stderr);
	fputs(colour ? "\033[0m\n" : "\n", stderr);
}

void weir_print_messages(weir_session *session, size_t *printed)
{
	static const char *const colours[] = { "\033[1;31m", "\033[1;33m", "\033[36m" };
	int colour = colour_wanted();
	for (; *printed < weir_session_message_count(session); (*printed)++) {
		int severity;
		const char *text = weir_session_message(session, *printed, &severity);
		if ((severity == 2 && !weir_verbose) || (severity > 0 && weir_quiet))
			continue;
		print_message(text, severity, colour ? colours[severity] : NULL);
	}
}

int weir_count_warnings(weir_session *session)
{
	int warnings = 0, severity;
	for (size_t i = 0; i < weir_session_message_count(session); i++) {
		weir_session_message(session, i, &severity);
		warnings += severity == 1;
	}
	return warnings;
}

weir_session *weir_open_session(const char *path, int *exit_status)
{
	weir_session *session;
	size_t printed = 0;
	weir_inputs inputs = { .variant = weir_variant_wanted,
		               .curves = weir_run_wanted.curves,
		               .curve_count = weir_run_wanted.curve_count,
		               .actuals = weir_actuals_wanted,
		               .events = weir_events_wanted };
	*exit_status = weir_session_open_inputs(&session, path, &inputs);
	if (!session) {
		fprintf(stderr, "weir: error: out of memory\n");
		return NULL;
	}
	weir_print_messages(session, &printed);
	if (*exit_status == WEIR_EXIT_DONE && weir_strict && weir_count_warnings(session) > 0)
		*exit_status = WEIR_EXIT_INPUT;
	return session;
}

/* Help */

static void print_options(const weir_option *options, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char left[64];
		snprintf(left, sizeof left, "--%s%s%s", options[i].name, options[i].value ? " " : "",
		         options[i].value ? options[i].value : "");
		printf("  %-28s %s\n", left, options[i].help);
	}
}

static int print_command_help(const weir_command *command)
{
	printf("usage: weir %s%s%s\n\n%s\n\noptions\n", command->name, *command->arguments ? " " : "",
	       command->arguments, command->summary);
	print_options(command->options, command->option_count);
	print_options(common, COMMON);
	return WEIR_EXIT_DONE;
}

static int print_help(void)
{
	printf("usage: weir COMMAND [OPTION]... [ARGUMENT]...\n\n"
	       "Runs intellectual-property securitisations: reads a deal, runs its waterfall to the cent, explains it.\n\n"
	       "commands\n");
	for (size_t i = 0; i < COMMANDS; i++)
		printf("  %-12s %s\n", commands[i]->name, commands[i]->summary);
	printf("\n\"weir COMMAND --help\" describes a command. Exit status: 0 done; 1 the answer is no; 2 bad input or\n"
	       "usage, nothing written; 3 could not read or write; 4 internal fault; 130 interrupted.\n");
	return WEIR_EXIT_DONE;
}

static int print_version(void)
{
	printf("weir %s\nLicence GPL-3.0-or-later. There is no warranty, to the extent permitted by law.\n",
	       weir_version());
	return WEIR_EXIT_DONE;
}

/* Options */

static const weir_option *find_option(const weir_command *command, const char *name, size_t length)
{
	for (size_t i = 0; command && i < command->option_count; i++)
		if (strlen(command->options[i].name) == length &&
		    memcmp(command->options[i].name, name, length) == 0)
			return &command->options[i];
	for (size_t i = 0; i < COMMON; i++)
		if (strlen(common[i].name) == length && memcmp(common[i].name, name, length) == 0)
			return &common[i];
	return NULL;
}

static int unknown_option(const weir_command *command, const char *name, size_t length)
{
	const char *names[64];
	size_t count = 0;
	for (size_t i = 0; command && i < command->option_count && count < 32; i++)
		names[count++] = command->options[i].name;
	for (size_t i = 0; i < COMMON; i++)
		names[count++] = common[i].name;
	if (command == &weir_command_structure &&
	    (weir_is_word(name, length, "actuals") || weir_is_word(name, length, "events")))
		return weir_usage_error(
			"\"weir structure\" sizes a deal for its closing, before anything is collected, and "
			"takes no --%.*s; \"weir solve\" varies one number from the actual state",
			(int)length, name);
	const char *near = weir_nearest_name(name, length, names, count);
	return weir_usage_error("there is no option \"--%.*s\"%s%s%s \"weir %s%s--help\" lists them", (int)length, name,
	                        near ? "; did you mean \"--" : "", near ? near : "", near ? "\"?" : ";",
	                        command ? command->name : "", command ? " " : "");
}

/* Takes one option and its value; moves `*at` over them. Gives 0 or an exit status. */
static int take_option(const weir_command *command, char **argv, int argc, int *at)
{
	const char *name = argv[*at] + 2, *equals = strchr(name, '=');
	size_t length = equals ? (size_t)(equals - name) : strlen(name);
	const weir_option *option = find_option(command, name, length);
	if (!option)
		return unknown_option(command, name, length);
	if (!option->value) {
		if (equals)
			return weir_usage_error("\"--%s\" takes no value", option->name);
		*option->count = 1;
		return 0;
	}
	const char *value = equals ? equals + 1 : *at + 1 < argc ? argv[++*at] : NULL;
	if (!value)
		return weir_usage_error("\"--%s\" wants a value: --%s %s", option->name, option->name, option->value);
	if (!option->list) {
		*option->text = value;
		return 0;
	}
	if (*option->count == WEIR_MOST_VALUES)
		return weir_usage_error("\"--%s\" is given more than %d times", option->name, WEIR_MOST_VALUES);
	option->list[(*option->count)++] = value;
	return 0;
}

static int run_command(const weir_command *command, int argc, char **argv)
{
	const char **operands = weir_alloc_zero((size_t)argc + 1, sizeof *operands);
	size_t count = 0;
	int status = 0, only_operands = 0;
	if (!operands)
		return WEIR_EXIT_INTERNAL;
	for (int i = 0; i < argc && status == 0; i++) {
		if (!only_operands && strcmp(argv[i], "--") == 0)
			only_operands = 1;
		else if (!only_operands && strncmp(argv[i], "--", 2) == 0)
			status = take_option(command, argv, argc, &i);
		else if (!only_operands && argv[i][0] == '-' && argv[i][1])
			status = weir_usage_error("there is no option \"%s\"; options are written out, with two dashes",
			                          argv[i]);
		else
			operands[count++] = argv[i];
	}
	if (status == 0 && want_help)
		status = print_command_help(command);
	else if (status == 0 && want_version)
		status = print_version();
	else if (status == 0 && ((int)count < command->operands_least ||
	                         (command->operands_most >= 0 && (int)count > command->operands_most)))
		status = weir_usage_error("usage: weir %s %s", command->name, command->arguments);
	else if (status == 0)
		status = command->run(operands, count);
	weir_free(operands);
	return status;
}

static int unknown_command(const char *name)
{
	const char *names[COMMANDS];
	for (size_t i = 0; i < COMMANDS; i++)
		names[i] = commands[i]->name;
	const char *near = weir_nearest_name(name, strlen(name), names, COMMANDS);
	return weir_usage_error("there is no command \"%s\"%s%s%s \"weir --help\" lists them", name,
	                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : ";");
}

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	weir_file_discard_partial();
	weir_scratch_discard();
	_exit(WEIR_EXIT_INTERRUPTED);
}

int main(int argc, char **argv)
{
	int status = WEIR_EXIT_DONE;
	signal(SIGINT, on_interrupt);
	signal(SIGTERM, on_interrupt);
	if (argc < 2) {
		print_help();
		return WEIR_EXIT_INPUT;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return print_help();
	if (strcmp(argv[1], "--version") == 0)
		return print_version();
	const weir_command *command = NULL;
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i]->name, argv[1]) == 0)
			command = commands[i];
	status = command ? run_command(command, argc - 2, argv + 2) : unknown_command(argv[1]);
	if ((fflush(stdout) != 0 || ferror(stdout)) && status == WEIR_EXIT_DONE) {
		fprintf(stderr, "weir: error: could not write to the standard output\n");
		status = WEIR_EXIT_IO;
	}
	return status;
}
