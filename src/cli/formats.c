/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formats.c: the formats of a report on the command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const struct {
	const char *name, *ending;
	unsigned bit;
} formats_known[] = { { "html", "html", WEIR_REPORT_HTML },
	              { "pdf", "pdf", WEIR_REPORT_PDF },
	              { "docx", "docx", WEIR_REPORT_DOCX },
	              { "xlsx", "xlsx", WEIR_REPORT_XLSX },
	              { "document", "document.xml", WEIR_REPORT_DOCUMENT } };

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
			return weir_usage_error(
				"the format \"%.*s\" is not supported; use --format html, pdf, docx, xlsx, some of "
				"them with commas between, or none",
				(int)length, word);
		*formats |= formats_known[i].bit;
		word += length;
		if (!*word)
			return WEIR_EXIT_DONE;
	}
}

int weir_read_period(const char *text, int *period)
{
	*period = text ? atoi(text) : 0;
	if (text && (strspn(text, "0123456789") != strlen(text) || strlen(text) > 6 || *period < 1))
		return weir_usage_error("\"%s\" is no period; give its number, from 1", text);
	return WEIR_EXIT_DONE;
}

/* Whether a word of a list stands in it before. */
static int is_repeated(const char *list, const char *word, size_t length)
{
	for (const char *before = list; before < word; before += strcspn(before, ",") + 1)
		if (strcspn(before, ",") == length && memcmp(before, word, length) == 0)
			return 1;
	return 0;
}

void weir_print_publications(const char *folder, const char *templates, unsigned formats)
{
	const char *list = templates ? templates : "investor";
	for (const char *word = list;; word++) {
		char name[256];
		size_t length = strcspn(word, ",");
		snprintf(name, sizeof name, "%.*s", (int)length, word);
		const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
		char *end = strstr(last, ".xsl");
		if (end && !end[4])
			*end = '\0';
		if (!is_repeated(list, word, length))
			weir_print_reports(folder, strcmp(name, "investor") == 0 ? "report" : last, formats);
		word += length;
		if (!*word)
			return;
	}
}

void weir_print_reports(const char *folder, const char *name, unsigned formats)
{
	for (size_t i = 0; i < FORMATS_KNOWN; i++)
		if (formats & formats_known[i].bit)
			printf("%s/%s.%s\n", folder, name, formats_known[i].ending);
}
