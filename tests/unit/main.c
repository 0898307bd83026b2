/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: runs every suite, or those named on the command line, and prints TAP. --list prints their names.
 * Tests run in the source tree, so that "share/calendars" and "deals" are found; they write nothing there. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define X(name) Suite *weir_suite_##name(void);
#include "unit/suites.def"
#undef X

static const struct {
	const char *name;
	Suite *(*make)(void);
} suites[] = {
#define X(name) { #name, weir_suite_##name },
#include "unit/suites.def"
#undef X
};

enum { SUITES = sizeof suites / sizeof *suites };

static int is_known(const char *name)
{
	for (int i = 0; i < SUITES; i++)
		if (strcmp(suites[i].name, name) == 0)
			return 1;
	fprintf(stderr, "unit: no suite \"%s\"; --list prints their names\n", name);
	return 0;
}

static int is_wanted(const char *name, int count, char **wanted)
{
	for (int i = 0; i < count; i++)
		if (strcmp(wanted[i], name) == 0)
			return 1;
	return count == 0;
}

int main(int count, char **arguments)
{
	if (count == 2 && strcmp(arguments[1], "--list") == 0) {
		for (int i = 0; i < SUITES; i++)
			puts(suites[i].name);
		return 0;
	}
	for (int i = 1; i < count; i++)
		if (!is_known(arguments[i]))
			return 2;
	if (chdir(WEIR_SRCDIR) != 0) {
		perror("unit: " WEIR_SRCDIR);
		return 2;
	}
	setenv("CK_DEFAULT_TIMEOUT", "120", 0); /* sanitizers and valgrind are slow */
	SRunner *runner = srunner_create(NULL);
	for (int i = 0; i < SUITES; i++)
		if (is_wanted(suites[i].name, count - 1, arguments + 1))
			srunner_add_suite(runner, suites[i].make());
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
