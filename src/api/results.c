/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.c: results of a request, kept in the session or written to files. */
#include <stdio.h>
#include <string.h>

#include "api/publish.h"
#include "base/alloc.h"
#include "base/path.h"
#include "deal/occurrences.h"
#include "digest/sha256.h"
#include "io/file.h"
#include "io/report_dates_csv.h"
#include "io/write.h"
#include "pool/actuals.h"

static weir_status add_input_hashes(weir_results *results, const weir_session *s)
{
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < s->sources.count; i++) {
		const weir_source *source = &s->sources.items[i];
		char id[300], hex[WEIR_SHA256_HEX_BYTES];
		snprintf(id, sizeof id, "sha256:%s", weir_path_name(source->name));
		status = weir_sha256_hex(hex, source->text, source->size);
		if (status == WEIR_OK)
			status = weir_results_add_fact(results, id, hex);
	}
	return status;
}

static double smallest_unit(int digits)
{
	double unit = 1;
	for (; digits > 0; digits--)
		unit /= 10;
	return unit;
}

/* Up to which period, and day, figures of the pool are actual, and which files say so. */
static weir_status add_actual_facts(weir_results *results, const weir_session *s)
{
	const weir_pool_actuals *actuals = s->pool ? s->pool->actuals : NULL;
	weir_status status = WEIR_OK;
	char text[16];
	if (actuals) {
		snprintf(text, sizeof text, "%d", actuals->last);
		status = weir_results_add_fact(results, "actual_to", text);
		if (status == WEIR_OK)
			status = weir_results_add_fact(results, "actual_to_date",
			                               weir_date_format(actuals->last_date, text));
		if (status == WEIR_OK)
			status = weir_results_add_fact(results, "actuals_file", weir_path_name(actuals->source));
	}
	if (status == WEIR_OK && s->occurrences)
		status = weir_results_add_fact(results, "events_file", weir_path_name(s->occurrences->source));
	return status;
}

static weir_status add_facts(weir_results *results, const weir_session *s, const char *const *sets, size_t set_count)
{
	weir_text options = { 0 };
	char rounding[64];
	snprintf(rounding, sizeof rounding, "half away from zero, once, to %.*f", s->deal->currency_digits,
	         smallest_unit(s->deal->currency_digits));
	if (s->variant)
		weir_text_printf(&options, "--variant %s%s", s->variant, s->curves.length ? " " : "");
	weir_text_add(&options, s->curves.data);
	if (s->given.actuals)
		weir_text_printf(&options, "%s--actuals %s", options.length ? " " : "",
		                 weir_path_name(s->given.actuals));
	if (s->given.events)
		weir_text_printf(&options, "%s--events %s", options.length ? " " : "", weir_path_name(s->given.events));
	for (size_t i = 0; i < set_count; i++)
		weir_text_printf(&options, "%s--set %s", options.length ? " " : "", sets[i]);
	weir_status status = weir_results_add_fact(results, "engine_version", weir_version());
	if (status == WEIR_OK)
		status = weir_results_add_fact(results, "rounding", rounding);
	if (status == WEIR_OK && s->deal->calendar)
		status = weir_results_add_fact(results, "calendar", weir_calendar_id(s->deal->calendar));
	if (status == WEIR_OK && options.length)
		status = options.failed ? WEIR_NO_MEMORY : weir_results_add_fact(results, "options", options.data);
	weir_text_free(&options);
	if (status == WEIR_OK)
		status = add_actual_facts(results, s);
	if (status == WEIR_OK)
		status = add_input_hashes(results, s);
	return status;
}

static weir_status new_results(weir_session *s, const weir_scenario *scenario, const char *const *sets,
                               size_t set_count, weir_results **out)
{
	weir_status status;
	const weir_deal *deal = s->deal;
	weir_results *results = NULL;
	WEIR_TRY(weir_results_create(&results, deal->node.id, deal->node.en, deal->node.zh, deal->currency,
	                             deal->currency_digits));
	if (scenario)
		WEIR_TRY(weir_results_set_scenario(results, scenario->node.id, scenario->node.en, scenario->node.zh));
	WEIR_TRY(add_facts(results, s, sets, set_count));
	WEIR_TRY(weir_results_add_disclosures(results, &s->diags));
	WEIR_TRY(weir_results_add_disclosures(results, &s->call));
out:
	if (status == WEIR_OK)
		*out = results;
	else
		weir_results_destroy(results);
	return status;
}

weir_status weir_session_new_results(weir_session *s, const weir_scenario *scenario, weir_results **out)
{
	return new_results(s, scenario, NULL, 0, out);
}

/* What the head of a report says of it. */
static weir_status add_report_facts(weir_results *results, const weir_request *request)
{
	weir_status status = WEIR_OK;
	if (request->report_number)
		status = weir_results_add_fact(results, "report_number", request->report_number);
	if (status == WEIR_OK && request->prepared_by)
		status = weir_results_add_fact(results, "prepared_by", request->prepared_by);
	return status;
}

static weir_status make_results(weir_results **out, weir_session *s, const weir_request *request, weir_case *one,
                                unsigned needs)
{
	weir_status status;
	weir_results *results = NULL;
	WEIR_TRY(weir_case_compare(one, s));
	if (!s->report_dates)
		WEIR_TRY(weir_report_dates_load(&s->report_dates, s->arena, &s->sources, &s->call));
	one->outcome.report_dates = s->report_dates;
	WEIR_TRY(new_results(s, one->scenario, request->sets, request->set_count, &results));
	WEIR_TRY(weir_publish_check_words("report-number", request->report_number, &s->call));
	WEIR_TRY(weir_publish_check_words("prepared-by", request->prepared_by, &s->call));
	WEIR_TRY(add_report_facts(results, request));
	WEIR_TRY(weir_fill_run(results, &one->outcome, request->contracts));
	WEIR_TRY(weir_fill_deal(results, &one->outcome));
	WEIR_TRY(weir_publish_fill(s, one, results, needs));
	WEIR_TRY(weir_results_foot(results, &s->call));
out:
	if (status == WEIR_OK)
		*out = results;
	else
		weir_results_destroy(results);
	return status;
}

static weir_status add_result(weir_session *s, weir_results *results)
{
	if (!WEIR_GROW(s->results, s->result_count, s->result_capacity)) {
		weir_results_destroy(results);
		return WEIR_NO_MEMORY;
	}
	s->results[s->result_count++] = results;
	return WEIR_OK;
}

weir_status weir_session_keep(weir_session *s, weir_results *results)
{
	weir_session_forget(s);
	if (!results->failed)
		return add_result(s, results);
	weir_results_destroy(results);
	return WEIR_NO_MEMORY;
}

static weir_status run_one(weir_session *s, const weir_request *request, const char *scenario, unsigned needs)
{
	weir_case one;
	weir_results *results = NULL;
	weir_status status = weir_case_run(&one, s, scenario, request->sets, request->set_count);
	if (status != WEIR_OK)
		return status;
	one.families = request->families;
	one.family_count = request->family_count;
	status = make_results(&results, s, request, &one, needs);
	weir_case_free(&one);
	return status == WEIR_OK ? add_result(s, results) : status;
}

static int asked_before(const weir_request *request, size_t number)
{
	for (size_t i = 0; i < number; i++)
		if (strcmp(request->scenarios[i], request->scenarios[number]) == 0)
			return 1;
	return 0;
}

static weir_status run_all(weir_session *s, const weir_request *request, unsigned needs)
{
	weir_status status = WEIR_OK;
	weir_session_forget(s);
	if (!s->plan || s->diags.errors)
		return WEIR_INPUT;
	if (request->scenario_count == 0)
		return run_one(s, request, NULL, needs);
	for (size_t i = 0; status == WEIR_OK && i < request->scenario_count; i++)
		if (!asked_before(request, i))
			status = run_one(s, request, request->scenarios[i], needs);
	return status;
}

int weir_session_run(weir_session *s, const weir_request *request)
{
	weir_publications reports = { .count = 0 };
	weir_status status = weir_session_begin(s);
	if (status == WEIR_OK)
		status = weir_publications_open(&reports, request->templates, request->templates_folder, &s->call);
	if (status == WEIR_OK)
		status = run_all(s, request, reports.needs);
	weir_publications_close(&reports);
	return weir_session_end(s, status);
}

size_t weir_session_result_count(const weir_session *s)
{
	return s->result_count;
}

const char *weir_session_result_scenario(const weir_session *s, size_t result)
{
	return result < s->result_count && s->results[result]->scenario_id ? s->results[result]->scenario_id : "";
}

char *weir_session_table(const weir_session *s, size_t result, const char *table)
{
	weir_text csv = { 0 };
	const weir_table *found = result < s->result_count ? weir_results_table(s->results[result], table) : NULL;
	if (!found)
		return NULL;
	weir_table_write_csv(found, s->results[result]->currency_digits, &csv);
	if (csv.failed)
		weir_text_free(&csv);
	return csv.data;
}

/* Reports */

void weir_outputs_free(weir_outputs *list)
{
	for (size_t i = 0; i < list->count; i++)
		weir_text_free(&list->items[i].text);
	weir_free(list->items);
	*list = (weir_outputs){ 0 };
}

static weir_output *add_output(weir_outputs *list, const char *folder, const char *name)
{
	if (!WEIR_GROW(list->items, list->count, list->capacity))
		return NULL;
	weir_output *one = &list->items[list->count++];
	*one = (weir_output){ 0 };
	int length = snprintf(one->path, sizeof one->path, "%s/%s", folder, name);
	return length > 0 && (size_t)length < sizeof one->path ? one : NULL;
}

static weir_status add_tables(weir_outputs *list, const weir_results *results, const char *folder)
{
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < results->table_count; i++) {
		const weir_table *table = results->tables[i];
		char name[128];
		if (!table->csv)
			continue;
		snprintf(name, sizeof name, "tables/%s.csv", table->id);
		weir_output *one = add_output(list, folder, name);
		if (!one)
			return WEIR_NO_MEMORY;
		weir_table_write_csv(table, results->currency_digits, &one->text);
		status = weir_text_status(&one->text);
	}
	return status;
}

/* A report in each of its formats. */
static weir_status add_report(weir_outputs *list, weir_session *s, const weir_results *results, const char *folder,
                              const weir_print *print, const char *output)
{
	weir_status status;
	weir_text texts[WEIR_FORMATS] = { { 0 } };
	WEIR_TRY(weir_print_results(texts, results, print, &s->call));
	for (int format = 0; format < WEIR_FORMATS; format++) {
		char name[160];
		if (!weir_print_has(print, format))
			continue;
		snprintf(name, sizeof name, "%s.%s", output, weir_report_format_text(format));
		weir_output *one = add_output(list, folder, name);
		if (!one) {
			status = WEIR_NO_MEMORY;
			goto out;
		}
		one->text = texts[format];
		texts[format] = (weir_text){ 0 };
	}
out:
	for (int format = 0; format < WEIR_FORMATS; format++)
		weir_text_free(&texts[format]);
	return status;
}

static weir_status add_reports(weir_outputs *list, weir_session *s, const weir_results *results, const char *folder,
                               weir_publications *reports, const weir_print *how)
{
	weir_print print = *how;
	print.templates = &reports->templates;
	weir_status status = weir_publish_period(results, &print.period, &s->call);
	for (int i = 0; status == WEIR_OK && i < reports->count; i++) {
		print.template = reports->items[i].template;
		status = add_report(list, s, results, folder, &print, reports->items[i].output);
	}
	return status;
}

/* results.xml, the reports (`print` NULL: none), the tables. */
static weir_status make_outputs(weir_outputs *list, weir_session *s, const weir_results *results, const char *folder,
                                weir_publications *reports, const weir_print *print)
{
	weir_output *one = add_output(list, folder, "results.xml");
	if (!one)
		return WEIR_NO_MEMORY;
	weir_results_write_xml(results, &one->text);
	weir_status status = weir_text_status(&one->text);
	if (status == WEIR_OK && print)
		status = add_reports(list, s, results, folder, reports, print);
	return status == WEIR_OK ? add_tables(list, results, folder) : status;
}

static weir_status set_folder(weir_session *s, const char *wanted)
{
	char folder[2048];
	int length = wanted ? snprintf(folder, sizeof folder, "%s", wanted) :
	                      snprintf(folder, sizeof folder, "./%s%s%s-out", s->deal->node.id, s->variant ? "-" : "",
	                               s->variant ? s->variant : "");
	if (length <= 0 || (size_t)length >= sizeof folder) {
		weir_diag_error(&s->call, FILE_UNWRITABLE, (weir_place){ 0 }, "the output folder's name is too long");
		return WEIR_IO;
	}
	weir_free(s->folder);
	s->folder = weir_alloc_text(folder, (size_t)length);
	return s->folder ? WEIR_OK : WEIR_NO_MEMORY;
}

/* All folders before the first file: where one cannot be made nothing is written. */
static weir_status write_outputs(const weir_outputs *list, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < list->count; i++)
		status = weir_folder_make_for(list->items[i].path, diags);
	for (size_t i = 0; status == WEIR_OK && i < list->count; i++)
		status = weir_file_write(list->items[i].path, list->items[i].text.data, list->items[i].text.length,
		                         diags);
	return status;
}

/* Tables that an earlier run left in the folder and this one does not have would pass for its own, and are nobody's but
 * weir's: they go. */
static weir_status remove_stale_tables(const weir_results *results, const char *folder, weir_diags *diags)
{
	static const char *const not_always[] = {
		"contracts", "support",   "covers",   "cover_shares", "supporters",
		"calls",     "revolving", "measures", "dependence",   "financing_cost",
#define WEIR_TABLE(id, csv, en, zh) #id,
#define WEIR_COLUMN(table, id, type, decimals, sum, group, en, zh)
#define WEIR_TABLE_END(id)
#include "report/tables_life.def"
#include "report/tables_stress.def"
#undef WEIR_TABLE
#undef WEIR_COLUMN
#undef WEIR_TABLE_END
	};
	weir_status status = WEIR_OK;
	for (size_t i = 0; status == WEIR_OK && i < sizeof not_always / sizeof *not_always; i++) {
		char path[4096];
		if (weir_results_table(results, not_always[i]))
			continue;
		snprintf(path, sizeof path, "%s/tables/%s.csv", folder, not_always[i]);
		status = weir_file_remove(path, diags);
	}
	return status;
}

/* Adds the report's files of an earlier run: those in formats that were not written. */
static void note_report(weir_text *found, const char *folder, const char *output, const weir_print *print)
{
	for (int format = 0; format < WEIR_FORMATS; format++) {
		char path[4096];
		if (print && weir_print_has(print, format))
			continue;
		snprintf(path, sizeof path, "%s/%s.%s", folder, output, weir_report_format_text(format));
		if (weir_file_is_there(path))
			weir_text_printf(found, "%s\"%s\"", found->length ? ", " : "", path);
	}
}

static int is_published(const weir_publications *reports, const char *output)
{
	for (int i = 0; i < reports->count; i++)
		if (strcmp(reports->items[i].output, output) == 0)
			return 1;
	return 0;
}

/* Reports of an earlier run are somebody's work by now: they stay, those asked for in other formats and those that weir
 * knows and were not asked for. */
static void note_earlier_reports(weir_text *found, const weir_publications *reports, const weir_print *print,
                                 const char *folder)
{
	for (int i = 0; i < reports->count; i++)
		note_report(found, folder, reports->items[i].output, print);
	for (int c = 0; c < WEIR_CATALOGS; c++) {
		const weir_catalog *catalog = reports->templates.catalogs[c];
		for (int i = 0; catalog && i < catalog->count; i++) {
			char output[128];
			if (!is_published(reports, weir_template_output(catalog->entries[i].id, output)))
				note_report(found, folder, output, NULL);
		}
	}
}

/* Who reads the folder must not take them for reports of these results. */
static weir_status warn_of_earlier_reports(weir_text *found, weir_diags *diags)
{
	weir_status status = weir_text_status(found);
	if (status == WEIR_OK && found->length)
		weir_diag_warning(diags, EARLIER_REPORT, (weir_place){ 0 },
		                  "%s: of an earlier run and not of these results; print anew or remove",
		                  "%s：出自先前的运行，与本次结果无关；请重新生成或删除", found->data);
	weir_text_free(found);
	return status;
}

static void folder_of(char *out, size_t room, const weir_session *s, size_t result, const char *folder)
{
	if (s->result_count > 1)
		snprintf(out, room, "%s/%s", folder, weir_session_result_scenario(s, result));
	else
		snprintf(out, room, "%s", folder);
}

/* How a run's reports are printed. */
static weir_print print_of(const weir_request *request)
{
	return (weir_print){
		.lang = request->lang, .period = request->period, .formats = request->formats, .style = request->style
	};
}

/* Runs the request and makes its files, with the reports. */
static weir_status run_outputs(weir_outputs *list, weir_session *s, const weir_request *request, const char *folder,
                               weir_publications *reports)
{
	const weir_print print = print_of(request);
	weir_status status = run_all(s, request, reports->needs);
	for (size_t i = 0; status == WEIR_OK && i < s->result_count; i++) {
		char below[3072];
		folder_of(below, sizeof below, s, i, folder);
		status = make_outputs(list, s, s->results[i], below, reports, request->no_report ? NULL : &print);
	}
	return status;
}

weir_status weir_session_make_outputs(weir_outputs *list, weir_session *s, const weir_request *request,
                                      const char *folder)
{
	weir_publications reports = { .count = 0 };
	weir_status status = weir_publications_open(&reports, request->templates, request->templates_folder, &s->call);
	if (status == WEIR_OK)
		status = run_outputs(list, s, request, folder, &reports);
	weir_publications_close(&reports);
	return status;
}

weir_status weir_session_make_tables(weir_outputs *list, weir_session *s, const weir_request *request,
                                     const char *folder, unsigned needs)
{
	weir_request quiet = *request;
	weir_publications none = { .needs = needs };
	quiet.no_report = 1;
	return run_outputs(list, s, &quiet, folder, &none);
}

int weir_session_write(weir_session *s, const weir_request *request)
{
	weir_status status;
	weir_outputs list = { 0 };
	weir_text earlier = { 0 };
	weir_publications reports = { .count = 0 };
	const weir_print print = print_of(request);
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(set_folder(s, request->folder));
	WEIR_TRY(weir_publications_open(&reports, request->templates, request->templates_folder, &s->call));
	WEIR_TRY(run_outputs(&list, s, request, s->folder, &reports));
	WEIR_TRY(write_outputs(&list, &s->call));
	for (size_t i = 0; i < s->result_count; i++) {
		char folder[3072];
		folder_of(folder, sizeof folder, s, i, s->folder);
		WEIR_TRY(remove_stale_tables(s->results[i], folder, &s->call));
		note_earlier_reports(&earlier, &reports, request->no_report ? NULL : &print, folder);
	}
	status = warn_of_earlier_reports(&earlier, &s->call);
out:
	weir_publications_close(&reports);
	weir_outputs_free(&list);
	return weir_session_end(s, status);
}

weir_status weir_session_write_results(weir_session *s, const weir_results *results, const char *folder,
                                       const weir_print *print)
{
	weir_status status;
	weir_outputs list = { 0 };
	weir_text earlier = { 0 };
	weir_publications reports = { .count = 0 };
	WEIR_TRY(set_folder(s, folder));
	WEIR_TRY(weir_publications_open(&reports, "structuring", NULL, &s->call));
	WEIR_TRY(make_outputs(&list, s, results, s->folder, &reports, print));
	WEIR_TRY(write_outputs(&list, &s->call));
	note_report(&earlier, s->folder, "structuring", print);
	status = warn_of_earlier_reports(&earlier, &s->call);
out:
	weir_publications_close(&reports);
	weir_outputs_free(&list);
	return status;
}

/* A study's tables as one file that reports take in: named after the first of them. */
static weir_status add_study(weir_outputs *list, const weir_results *results, const char *folder)
{
	char name[128];
	if (results->table_count == 0)
		return WEIR_OK;
	snprintf(name, sizeof name, "tables/%s.xml", results->tables[0]->id);
	weir_output *one = add_output(list, folder, name);
	if (!one)
		return WEIR_NO_MEMORY;
	weir_results_write_xml(results, &one->text);
	return weir_text_status(&one->text);
}

int weir_session_write_tables(weir_session *s, const char *folder)
{
	weir_status status;
	weir_outputs list = { 0 };
	WEIR_TRY(weir_session_begin_without_plan(s));
	WEIR_TRY(set_folder(s, folder));
	for (size_t i = 0; i < s->result_count; i++) {
		WEIR_TRY(add_tables(&list, s->results[i], s->folder));
		WEIR_TRY(add_study(&list, s->results[i], s->folder));
	}
	WEIR_TRY(write_outputs(&list, &s->call));
out:
	weir_outputs_free(&list);
	return weir_session_end(s, status);
}

const char *weir_session_summary(const weir_session *s)
{
	return s->summary.data ? s->summary.data : "";
}

const char *weir_session_folder(const weir_session *s)
{
	return s->folder ? s->folder : "";
}
