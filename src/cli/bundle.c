/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle.c: weir bundle: a run as a public model in one zip, which others can run again. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *scenarios[WEIR_MOST_VALUES], *sets[WEIR_MOST_VALUES], *curves[WEIR_MOST_VALUES];
static const char *families[WEIR_MOST_VALUES];
static size_t scenario_count, set_count, curve_count, family_count, contracts;
static const char *out, *lang, *format, *style, *template, *templates, *period, *report_number, *prepared_by;
static int period_number;
static unsigned formats;

static const weir_option options[] = {
	{ "out", "FILE", "the bundle, a zip file; default ./DEALID.zip", &out, NULL, NULL },
	{ "scenario", "ID", "a scenario of scenarios.xml beside the deal, or FILE#ID; may be repeated", NULL, scenarios,
	  &scenario_count },
	{ "set", "NAME=VALUE", "replaces a parameter (\"weir plan\" lists them), or haircut; may be repeated", NULL,
	  sets, &set_count },
	{ "contracts", NULL, "also the table of contract receipts", NULL, NULL, &contracts },
	{ "curve", "INDEX=FILE", "fixings of a rate index, a CSV of date,rate; FILE alone where the deal has one", NULL,
	  curves, &curve_count },
	WEIR_VARIANT_OPTION,
	WEIR_ACTUALS_OPTIONS,
	{ "template", "LIST",
	  "reports, with commas between, as of weir run: investor (default), abs, prospectus, key ...", &template, NULL,
	  NULL },
	{ "family", "NAME",
	  "stress scenarios of the appendix: a family of scenarios.xml, a shipped one, FILE or FILE#ID; may be "
	  "repeated",
	  NULL, families, &family_count },
	{ "templates", "DIR", "a folder of your own templates, terms, style and reports.xml", &templates, NULL, NULL },
	{ "period", "N", "the period that reports show in full; default: the first that is run", &period, NULL, NULL },
	{ "report-number", "TEXT", "the report's number, for its head", &report_number, NULL, NULL },
	{ "prepared-by", "TEXT", "who made it, for its head", &prepared_by, NULL, NULL },
	{ "lang", "LANG", "language of the report: en, zh or both (default)", &lang, NULL, NULL },
	{ "format", "LIST", "formats of the report: html, pdf, docx, xlsx, with commas between, or none", &format, NULL,
	  NULL },
	{ "style", "DIR", "the look of your institution: a folder with style.xml, style.css and a logo", &style, NULL,
	  NULL },
};

static int check_options(void)
{
	if (lang && strcmp(lang, "en") != 0 && strcmp(lang, "zh") != 0 && strcmp(lang, "both") != 0)
		return weir_usage_error("\"%s\" is no language; use --lang en, zh or both", lang);
	int status = weir_read_period(period, &period_number);
	return status ? status : weir_read_formats(format, &formats);
}

static int run(const char *const *operands, size_t count)
{
	char name[512];
	int status = check_options();
	(void)count;
	if (status)
		return status;
	weir_session *session = weir_open_session_with(operands[0], curves, curve_count, &status);
	if (status == WEIR_EXIT_DONE) {
		size_t printed = weir_session_message_count(session);
		const weir_request request = { .scenarios = scenarios,
			                       .scenario_count = scenario_count,
			                       .sets = sets,
			                       .set_count = set_count,
			                       .families = families,
			                       .family_count = family_count,
			                       .contracts = contracts != 0,
			                       .lang = lang,
			                       .no_report = formats == 0,
			                       .formats = formats,
			                       .style = style,
			                       .templates = template,
			                       .templates_folder = templates,
			                       .period = period_number,
			                       .report_number = report_number,
			                       .prepared_by = prepared_by };
		snprintf(name, sizeof name, "./%s.zip", weir_session_deal_id(session));
		status = weir_session_bundle(session, &request, out ? out : name);
		weir_print_messages(session, &printed);
	}
	if (status == WEIR_EXIT_DONE && !weir_quiet)
		fputs(weir_session_summary(session), stdout);
	weir_session_close(session);
	return status;
}

const weir_command weir_command_bundle = { .name = "bundle",
	                                   .arguments = "DEAL [--out FILE] [--scenario ID]... [--set NAME=VALUE]...",
	                                   .summary = "packs a deal, its data and its results, for others to verify",
	                                   .options = options,
	                                   .option_count = sizeof options / sizeof *options,
	                                   .operands_least = 1,
	                                   .operands_most = 1,
	                                   .run = run };
