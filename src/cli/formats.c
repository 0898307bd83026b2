/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formats.c: the formats of a report on the command line. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct {
	const char *name;
	unsigned bit;
} formats_known[] = {
	{ "html", WEIR_REPORT_HTML }, { "pdf", WEIR_REPORT_PDF }, { "docx", WEIR_REPORT_DOCX }, { "xlsx", WEIR_REPORT_XLSX }
};

#define FORMATS_KNOWN (sizeof formats_known / sizeof *formats_known)

int weir_read_formats(const char *list, unsigned *formats)
{
	*formats = list ? 0 : WEIR_REPORT_HTML;
	if (!list || strcmp(list, "none") == 0)
		return WEIR_EXIT_DONE;
	for (const char *word = list;; word++) {
		size_t length = strcspn(word, ","), i = 0;
		while (i < FORMATS_KNOWN &&
		       (strlen(formats_known[i].name) != length || strncmp(formats_known[i].name, word, length) != 0))
			i++;
		if (i == FORMATS_KNOWN)
			return weir_usage_error("the format \"%.*s\" is not supported; use --format html, pdf, docx, xlsx, some of "
			                        "them with commas between, or none",
			                        (int)length, word);
		*formats |= formats_known[i].bit;
		word += length;
		if (!*word)
			return WEIR_EXIT_DONE;
	}
}

void weir_print_reports(const char *folder, const char *name, unsigned formats)
{
	for (size_t i = 0; i < FORMATS_KNOWN; i++)
		if (formats & formats_known[i].bit)
			printf("%s/%s.%s\n", folder, name, formats_known[i].name);
}
