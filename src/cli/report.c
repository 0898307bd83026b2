/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c: weir report: prints a results.xml through a template. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *out, *facts;
static const char *with[WEIR_MOST_VALUES];
static size_t with_count;

static const weir_option options[] = {
	{ "template", "NAME",
	  "investor (default), structuring, abs, abn, prospectus, stress, key, term-sheet, form-10d, esma-annex12, "
	  "or the path of an .xsl file",
	  &weir_report_wanted.template, NULL, NULL },
	WEIR_TEMPLATES_OPTION,
	WEIR_HEAD_OPTIONS,
	{ "with", "FILE", "tables/NAME.xml of a study (rating, selection ...) that joins the report; may be repeated",
	  NULL, with, &with_count },
	WEIR_LANG_OPTION,
	{ "period", "N", "the period shown in full; default: the first that was run", &weir_report_wanted.period, NULL,
	  NULL },
	{ "format", "LIST", "formats of the report: html, pdf, docx, xlsx, with commas between; of esma-annex12: xml",
	  &weir_report_wanted.format, NULL, NULL },
	{ "facts", "FILE",
	  "of esma-annex12: what only the reporting entity knows, a CSV file with the columns code and value", &facts,
	  NULL, NULL },
	WEIR_STYLE_OPTION,
	{ "out", "FILE", "where to write, of several formats without the ending; default: NAME.html beside the results",
	  &out, NULL, NULL },
};

/* A prescribed form has one format, its own look and its own language. */
static int check_filing(void)
{
	const char *format = weir_report_wanted.format;
	if (format && strcmp(format, "xml") != 0)
		return weir_usage_error("esma-annex12 is written as xml; use --format xml");
	if (weir_report_wanted.style || weir_report_wanted.lang || with_count)
		return weir_usage_error("esma-annex12 is a prescribed form; leave --style, --lang and --with out");
	return WEIR_EXIT_DONE;
}

static int check_options(void)
{
	weir_report_wishes *wanted = &weir_report_wanted;
	const char *template = wanted->template, *format = wanted->format;
	int status = weir_read_lang(wanted->lang);
	if (status == WEIR_EXIT_DONE)
		status = weir_read_period(wanted->period, &wanted->period_number);
	if (status)
		return status;
	if (template && strchr(template, ',') && !strchr(template, '/'))
		return weir_usage_error(
			"weir report prints one template at a time, \"%s\" is a list; name one, or use weir run --template %s",
			template, template);
	if (template && strcmp(template, "esma-annex12") == 0)
		return check_filing();
	if (facts)
		return weir_usage_error(
			"only esma-annex12 takes facts; leave --facts out or use --template esma-annex12");
	if (format && strcmp(format, "xml") == 0)
		return weir_usage_error("only esma-annex12 is written as xml; use --format html, pdf, docx or xlsx");
	if (format && strcmp(format, "none") == 0)
		return weir_usage_error("a report in no format is none; use --format html, pdf, docx or xlsx");
	return weir_read_formats(format, &wanted->formats);
}

static int run(const char *const *operands, size_t count)
{
	const weir_report_wishes *wanted = &weir_report_wanted;
	char *path, *messages;
	int status = check_options();
	(void)count;
	if (status)
		return status;
	weir_report_request request = { .results = operands[0],
		                        .with = with,
		                        .with_count = with_count,
		                        .template = wanted->template,
		                        .lang = wanted->lang,
		                        .period = wanted->period_number,
		                        .facts = facts,
		                        .out = out,
		                        .formats = wanted->formats,
		                        .style = wanted->style,
		                        .templates_folder = wanted->templates,
		                        .report_number = wanted->report_number,
		                        .prepared_by = wanted->prepared_by };
	status = weir_report_write(&request, &path, &messages);
	if (messages)
		fputs(messages, stderr);
	if (status == WEIR_EXIT_DONE && !weir_quiet)
		printf("%s\n", path);
	weir_text_release(path);
	weir_text_release(messages);
	return status;
}

const weir_command weir_command_report = { .name = "report",
	                                   .arguments = "RESULTS.xml [--template NAME] [--lang LANG] [--out FILE]",
	                                   .summary = "prints a results.xml through a template",
	                                   .options = options,
	                                   .option_count = sizeof options / sizeof *options,
	                                   .operands_least = 1,
	                                   .operands_most = 1,
	                                   .run = run };
