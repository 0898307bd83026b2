/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wanted.c: what the options of runs and reports ask for, which several commands share. */
#include <string.h>

#include "cli/cli.h"

weir_run_wishes weir_run_wanted;
weir_report_wishes weir_report_wanted;

int weir_read_lang(const char *lang)
{
	if (lang && strcmp(lang, "en") != 0 && strcmp(lang, "zh") != 0 && strcmp(lang, "both") != 0)
		return weir_usage_error("\"%s\" is no language; use --lang en, zh or both", lang);
	return WEIR_EXIT_DONE;
}

int weir_read_report_options(void)
{
	weir_report_wishes *r = &weir_report_wanted;
	int status = weir_read_lang(r->lang);
	if (status == WEIR_EXIT_DONE)
		status = weir_read_period(r->period, &r->period_number);
	return status == WEIR_EXIT_DONE ? weir_read_formats(r->format, &r->formats) : status;
}

weir_request weir_wanted_request(const char *folder)
{
	const weir_run_wishes *run = &weir_run_wanted;
	const weir_report_wishes *r = &weir_report_wanted;
	return (weir_request){ .scenarios = run->scenarios,
		               .scenario_count = run->scenario_count,
		               .sets = run->sets,
		               .set_count = run->set_count,
		               .families = run->families,
		               .family_count = run->family_count,
		               .contracts = run->contracts != 0,
		               .lang = r->lang,
		               .folder = folder,
		               .no_report = r->formats == 0,
		               .formats = r->formats,
		               .style = r->style,
		               .templates = r->template,
		               .templates_folder = r->templates,
		               .period = r->period_number,
		               .report_number = r->report_number,
		               .prepared_by = r->prepared_by };
}
