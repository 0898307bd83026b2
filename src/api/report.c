/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c: prints results through a template: those of a session, and those of a results.xml. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/publish.h"
#include "base/alloc.h"
#include "base/path.h"
#include "io/write.h"
#include "report/report.h"

/* --- the look of an institution --------------------------------------------------------------------------------- */

/* What a folder of --style holds. */
typedef struct own_look {
	weir_arena *arena;
	weir_style style;
	int has_style;
	char *css, *logo;
	size_t css_length;
} own_look;

static void free_look(own_look *look)
{
	weir_free(look->css);
	weir_free(look->logo);
	weir_arena_destroy(look->arena);
}

/* Reads FOLDER/NAME; a file that is not there leaves `*text` NULL. */
static weir_status read_beside(char **text, size_t *length, const char *folder, const char *name, weir_diags *diags)
{
	char path[4096];
	struct stat found;
	int size = snprintf(path, sizeof path, "%s/%s", folder, name);
	if (size < 0 || (size_t)size >= sizeof path || stat(path, &found) != 0)
		return WEIR_OK;
	return weir_file_read(text, length, path, diags);
}

static weir_status read_logo(own_look *look, const char *folder, weir_diags *diags)
{
	size_t length;
	if (!look->style.logo_name)
		return WEIR_OK;
	weir_status status = read_beside(&look->logo, &length, folder, look->style.logo_name, diags);
	if (status == WEIR_OK && !look->logo) {
		weir_diag_error(diags, FILE_UNREADABLE, (weir_place){ 0 },
		                "the logo \"%s\" is not in \"%s\"; put it there or leave it out of style.xml",
		                look->style.logo_name, folder);
		return WEIR_INPUT;
	}
	return status == WEIR_OK ? weir_style_set_logo(&look->style, look->style.logo_name, look->logo, length, diags) :
	                           status;
}

/* `named`: the folder is there for the look alone, and has to have one. */
static weir_status read_look(own_look *look, const char *folder, int named, weir_diags *diags)
{
	weir_status status;
	char *xml = NULL;
	size_t length;
	if (!folder)
		return WEIR_OK;
	WEIR_TRY(weir_arena_create(&look->arena));
	WEIR_TRY(read_beside(&look->css, &look->css_length, folder, "style.css", diags));
	WEIR_TRY(read_beside(&xml, &length, folder, "style.xml", diags));
	if (named && !look->css && !xml) {
		weir_diag_error(diags, FILE_UNREADABLE, (weir_place){ 0 },
		                "\"%s\" holds neither style.xml nor style.css; name the folder of your style", folder);
		status = WEIR_INPUT;
		goto out;
	}
	if (xml) {
		WEIR_TRY(weir_style_read(&look->style, look->arena, "style.xml", xml, length, diags));
		look->has_style = 1;
		WEIR_TRY(read_logo(look, folder, diags));
	}
out:
	weir_free(xml);
	return status;
}

/* --- printing --------------------------------------------------------------------------------------------------- */

_Static_assert(WEIR_REPORT_HTML == 1u << WEIR_FORMAT_HTML && WEIR_REPORT_PDF == 1u << WEIR_FORMAT_PDF &&
                       WEIR_REPORT_DOCX == 1u << WEIR_FORMAT_DOCX && WEIR_REPORT_XLSX == 1u << WEIR_FORMAT_XLSX &&
                       WEIR_REPORT_DOCUMENT == 1u << WEIR_FORMAT_DOCUMENT,
               "the formats of weir.h are those of the writers");

static unsigned formats_of(const weir_print *print)
{
	return print->formats ? print->formats : WEIR_REPORT_HTML;
}

int weir_print_has(const weir_print *print, int format)
{
	return (formats_of(print) >> format & 1) != 0;
}

/* What the template is told beside the results: the rule that it follows, then the request's own facts. */
#define MOST_FACTS 16

typedef struct told_facts {
	weir_fact items[MOST_FACTS];
	int count;
	char from[16];
} told_facts;

static void tell(told_facts *facts, const char *id, const char *value)
{
	if (value && facts->count < MOST_FACTS)
		facts->items[facts->count++] = (weir_fact){ id, value };
}

static void tell_facts(told_facts *facts, const weir_results *results, const weir_print *print)
{
	const weir_report_entry *entry = weir_templates_entry(print->templates, print->template);
	const weir_report_rule *rule = entry ? weir_catalog_rule(entry, results, print->period) : NULL;
	if (rule) {
		tell(facts, "rule_id", rule->id);
		tell(facts, "rule_en", rule->en);
		tell(facts, "rule_zh", rule->zh);
		tell(facts, "rule_from", weir_date_format(rule->from, facts->from));
	}
	for (int i = 0; i < print->fact_count; i++)
		tell(facts, print->facts[i].id, print->facts[i].value);
}

/* Terms and style, without which nothing can be printed. */
static weir_status find_frame(weir_report_options *options, weir_templates *templates)
{
	const weir_report_part *terms = weir_templates_text(templates, "terms.xml", WEIR_TEXT_SHARED);
	const weir_report_part *own = weir_templates_text(templates, "terms.xml", WEIR_TEXT_OWN);
	const weir_report_part *style = weir_templates_text(templates, "style.css", WEIR_TEXT_SHARED);
	if (!terms || !style || templates->status != WEIR_OK)
		return templates->status != WEIR_OK ? templates->status : WEIR_INTERNAL;
	options->terms_text = terms->text;
	options->terms_length = terms->length;
	options->own_terms_text = own ? own->text : NULL;
	options->own_terms_length = own ? own->length : 0;
	options->style_text = style->text;
	options->style_length = style->length;
	return WEIR_OK;
}

weir_status weir_print_results(weir_text texts[WEIR_FORMATS], const weir_results *results, const weir_print *print,
                               weir_diags *diags)
{
	weir_status status;
	weir_templates *templates = print->templates;
	const weir_report_part *template;
	told_facts facts = { .count = 0 };
	own_look look = { 0 };
	weir_report_options options = { .lang = print->lang ? print->lang : "both",
		                        .period = print->period,
		                        .find_part = weir_templates_part,
		                        .find_context = templates,
		                        .facts = facts.items,
		                        .all_tables = strcmp(print->template, "investor") == 0,
		                        .scratch = getenv("TMPDIR") };
	WEIR_TRY(read_look(&look, print->style ? print->style : templates->folder, print->style != NULL, diags));
	WEIR_TRY(weir_templates_find(templates, print->template, &template));
	WEIR_TRY(find_frame(&options, templates));
	tell_facts(&facts, results, print);
	options.fact_count = facts.count;
	options.template_name = weir_template_is_path(print->template) ? print->template : template->name;
	options.template_text = template->text;
	options.template_length = template->length;
	options.own_style_text = look.css;
	options.own_style_length = look.css_length;
	options.look = look.has_style ? &look.style : NULL;
	status = weir_report_print(texts, formats_of(print), results, &options, diags);
	if (status == WEIR_OK)
		status = templates->status;
out:
	free_look(&look);
	return status;
}

/* --- from a file ------------------------------------------------------------------------------------------------ */

/* A file that does not add up was changed after it was written: the file is at fault, not the program. */
static weir_status check_feet(const weir_results *results, const char *path, weir_diags *diags)
{
	weir_diags feet = { 0 };
	weir_status status = weir_results_foot(results, &feet);
	if (status == WEIR_INTERNAL) {
		const char *first = feet.count > 0 ? feet.items[0].text : "";
		const char *advice = strrchr(first, ';');
		weir_diag_error(diags, FOOTING, (weir_place){ 0 },
		                "\"%s\" does not add up: %.*s; it was changed after weir wrote it: run the deal again",
		                path, advice ? (int)(advice - first) : (int)strlen(first), first);
		status = WEIR_INPUT;
	}
	weir_diags_free(&feet);
	return status;
}

/* TEMPLATE beside the results. */
static void place_beside(weir_text *out, const char *results, const char *template)
{
	char name[128];
	weir_text_append(out, results, weir_path_folder_length(results));
	weir_text_add(out, strcmp(template, "investor") == 0 ? template : weir_template_output(template, name));
}

/* Where a format goes: `out` as it is when it is the only one, else with the format's ending. */
static void place_format(weir_text *path, const weir_report_request *request, const weir_print *print, int format)
{
	unsigned formats = formats_of(print);
	if (request->out)
		weir_text_add(path, request->out);
	else
		place_beside(path, request->results, print->template);
	if (!request->out || (formats & (formats - 1)) != 0)
		weir_text_printf(path, ".%s", weir_report_format_text((weir_report_format)format));
}

static weir_status read_results(weir_results **out, const char *path, weir_diags *diags)
{
	char *xml = NULL;
	size_t size;
	weir_status status = weir_file_read(&xml, &size, path, diags);
	if (status == WEIR_OK)
		status = weir_results_read_xml(out, path, xml, size, diags);
	if (status == WEIR_OK)
		status = check_feet(*out, path, diags);
	weir_free(xml);
	return status;
}

/* The tables of a study, and the hashes of what it read, join the results. */
static weir_status join_study(weir_results *results, const char *path, weir_diags *diags)
{
	weir_status status;
	weir_results *study = NULL;
	WEIR_TRY(read_results(&study, path, diags));
	if (strcmp(study->currency, results->currency) != 0 || study->currency_digits != results->currency_digits) {
		weir_diag_error(diags, SIZE_MISMATCH, (weir_place){ 0 },
		                "\"%s\" counts in %s, the results in %s; give a study of the same deal", path,
		                study->currency, results->currency);
		status = WEIR_INPUT;
		goto out;
	}
	for (size_t i = 0; i < study->table_count; i++)
		WEIR_TRY(weir_results_copy_table(results, study->tables[i]));
	for (size_t i = 0; i < study->fact_count; i++) {
		size_t at = 0;
		while (at < results->fact_count && strcmp(results->facts[at].id, study->facts[i].id) != 0)
			at++;
		if (at == results->fact_count)
			WEIR_TRY(weir_results_add_fact(results, study->facts[i].id, study->facts[i].value));
	}
out:
	weir_results_destroy(study);
	return status;
}

/* Writes each format, and its path as a line of `paths`. */
static weir_status write_formats(const weir_text *texts, const weir_report_request *request, const weir_print *print,
                                 weir_text *paths, weir_diags *diags)
{
	weir_status status = WEIR_OK;
	for (int format = 0; status == WEIR_OK && format < WEIR_FORMATS; format++) {
		weir_text path = { 0 };
		if (!weir_print_has(print, format))
			continue;
		place_format(&path, request, print, format);
		status = weir_text_status(&path);
		if (status == WEIR_OK)
			status = weir_folder_make_for(path.data, diags);
		if (status == WEIR_OK)
			status = weir_file_write(path.data, texts[format].data, texts[format].length, diags);
		weir_text_printf(paths, "%s%s", paths->length ? "\n" : "", path.data ? path.data : "");
		weir_text_free(&path);
	}
	return status == WEIR_OK ? weir_text_status(paths) : status;
}

/* A prescribed report has one format of its own, and no look. */
static weir_status write_filing(const weir_report_request *request, const weir_results *results, int period,
                                weir_text *paths, weir_sources *sources, weir_diags *diags)
{
	weir_status status;
	weir_text xml = { 0 };
	WEIR_TRY(weir_filing_print(&xml, results, request, period, sources, diags));
	if (request->out) {
		weir_text_add(paths, request->out);
	} else {
		place_beside(paths, request->results, request->template);
		weir_text_add(paths, ".xml");
	}
	WEIR_TRY(weir_text_status(paths));
	WEIR_TRY(weir_folder_make_for(paths->data, diags));
	status = weir_file_write(paths->data, xml.data, xml.length, diags);
out:
	weir_text_free(&xml);
	return status;
}

/* The results with the tables of studies that join them. */
static weir_status read_all(weir_results **out, const weir_report_request *request, weir_diags *diags)
{
	weir_status status = read_results(out, request->results, diags);
	for (size_t i = 0; status == WEIR_OK && i < request->with_count; i++)
		status = join_study(*out, request->with[i], diags);
	if (status == WEIR_OK && request->with_count > 0)
		status = check_feet(*out, request->with[0], diags);
	return status;
}

static weir_status write_report(const weir_report_request *request, weir_text *paths, weir_sources *sources,
                                weir_diags *diags)
{
	weir_status status;
	weir_text texts[WEIR_FORMATS] = { { 0 } };
	weir_results *results = NULL;
	weir_templates templates = { 0 };
	weir_fact facts[2];
	weir_print print = { .templates = &templates,
		             .template = request->template ? request->template : "investor",
		             .lang = request->lang,
		             .period = request->period,
		             .formats = request->formats,
		             .style = request->style,
		             .facts = facts };
	if (request->report_number)
		facts[print.fact_count++] = (weir_fact){ "report_number", request->report_number };
	if (request->prepared_by)
		facts[print.fact_count++] = (weir_fact){ "prepared_by", request->prepared_by };
	WEIR_TRY(weir_publish_check_words("report-number", request->report_number, diags));
	WEIR_TRY(weir_publish_check_words("prepared-by", request->prepared_by, diags));
	WEIR_TRY(weir_templates_open(&templates, request->templates_folder, diags));
	WEIR_TRY(read_all(&results, request, diags));
	if (print.period <= 0 ||
	    !weir_is_filing(request->template)) /* a filing has its own words for a period that is none */
		WEIR_TRY(weir_publish_period(results, &print.period, diags));
	if (weir_is_filing(request->template)) {
		status = write_filing(request, results, print.period, paths, sources, diags);
		goto out;
	}
	WEIR_TRY(weir_publish_check(&templates, print.template, results, request->results, diags));
	WEIR_TRY(weir_print_results(texts, results, &print, diags));
	status = write_formats(texts, request, &print, paths, diags);
out:
	weir_results_destroy(results);
	weir_templates_close(&templates);
	for (int format = 0; format < WEIR_FORMATS; format++)
		weir_text_free(&texts[format]);
	return status;
}

/* A complaint as a line, with its place where it has one. */
static void add_message(weir_text *to, weir_sources *sources, const weir_diag *diag)
{
	const weir_source *source = weir_sources_get(sources, diag->place);
	unsigned line, column;
	weir_sources_locate(sources, diag->place, &line, &column);
	if (source)
		weir_text_printf(to, "%s:%u:%u: ", source->name, line, column);
	else
		weir_text_add(to, "weir: ");
	weir_text_printf(to, "%s: %s [%s]\n", weir_severity_text(diag->severity), diag->text,
	                 weir_code_text(diag->code));
}

int weir_report_write(const weir_report_request *request, char **path, char **messages)
{
	weir_diags diags = { 0 };
	weir_sources sources = { 0 };
	weir_text where = { 0 }, said = { 0 };
	*path = *messages = NULL;
	weir_status status = write_report(request, &where, &sources, &diags);
	for (size_t i = 0; i < diags.count; i++)
		add_message(&said, &sources, &diags.items[i]);
	if (diags.lost || said.failed)
		status = WEIR_NO_MEMORY;
	weir_sources_free(&sources);
	weir_diags_free(&diags);
	if (status == WEIR_OK)
		*path = where.data;
	else
		weir_text_free(&where);
	*messages = said.data;
	return weir_exit_of(status);
}
