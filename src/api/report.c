/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c: prints results through a template: those of a session, and those of a results.xml. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/session.h"
#include "base/alloc.h"
#include "io/write.h"
#include "report/report.h"

/* The texts that a report is printed from. */
typedef struct report_texts {
	const char *texts[5];
	size_t sizes[5];
	int owned[5];
} report_texts;

enum { TEXT_TEMPLATE, TEXT_TERMS, TEXT_STYLE, TEXT_COMMON, TEXT_SECTIONS };

static void free_texts(report_texts *t)
{
	for (int i = 0; i < 5; i++)
		if (t->owned[i])
			weir_free((char *)t->texts[i]);
}

static weir_status read_share(report_texts *t, int which, const char *name, weir_diags *diags)
{
	return weir_share_read(&t->texts[which], &t->sizes[which], &t->owned[which], name, diags);
}

/* A path to a template of one's own, not the name of one that comes with weir. */
static int is_path(const char *template)
{
	size_t length = strlen(template);
	return strchr(template, '/') || (length > 4 && strcmp(template + length - 4, ".xsl") == 0);
}

static weir_status read_own_template(report_texts *t, const char *path, weir_diags *diags)
{
	char *text = NULL;
	weir_status status = weir_file_read(&text, &t->sizes[TEXT_TEMPLATE], path, diags);
	t->texts[TEXT_TEMPLATE] = text;
	t->owned[TEXT_TEMPLATE] = text != NULL;
	return status;
}

static weir_status read_template(report_texts *t, const char *template, weir_diags *diags)
{
	static const char *const names[] = { "investor", "structuring", "esma-annex12" };
	char name[64];
	if (is_path(template))
		return read_own_template(t, template, diags);
	for (size_t i = 0; i < 2; i++)
		if (strcmp(names[i], template) == 0) {
			snprintf(name, sizeof name, "templates/%s.xsl", template);
			return read_share(t, TEXT_TEMPLATE, name, diags);
		}
	const char *near = weir_nearest_name(template, strlen(template), names, sizeof names / sizeof *names);
	weir_diag_error(diags, UNKNOWN_ID, (weir_place){ 0 }, "there is no template \"%s\"; %s%s%s", template,
	                near ? "did you mean \"" : "use investor, structuring, esma-annex12, or the path of an .xsl file",
	                near ? near : "", near ? "\"?" : "");
	return WEIR_INPUT;
}

/* --- the look of an institution -------------------------------------------------------------------------------------- */

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
		                "the logo \"%s\" is not in \"%s\"; put it there or leave it out of style.xml", look->style.logo_name,
		                folder);
		return WEIR_INPUT;
	}
	return status == WEIR_OK ? weir_style_set_logo(&look->style, look->style.logo_name, look->logo, length, diags) : status;
}

static weir_status read_look(own_look *look, const char *folder, weir_diags *diags)
{
	weir_status status;
	char *xml = NULL;
	size_t length;
	if (!folder)
		return WEIR_OK;
	WEIR_TRY(weir_arena_create(&look->arena));
	WEIR_TRY(read_beside(&look->css, &look->css_length, folder, "style.css", diags));
	WEIR_TRY(read_beside(&xml, &length, folder, "style.xml", diags));
	if (!look->css && !xml) {
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

/* --- printing -------------------------------------------------------------------------------------------------------- */

_Static_assert(WEIR_REPORT_HTML == 1u << WEIR_FORMAT_HTML && WEIR_REPORT_PDF == 1u << WEIR_FORMAT_PDF &&
                       WEIR_REPORT_DOCX == 1u << WEIR_FORMAT_DOCX && WEIR_REPORT_XLSX == 1u << WEIR_FORMAT_XLSX,
               "the formats of weir.h are those of the writers");

static unsigned formats_of(const weir_print *print)
{
	return print->formats ? print->formats : WEIR_REPORT_HTML;
}

int weir_print_has(const weir_print *print, int format)
{
	return (formats_of(print) >> format & 1) != 0;
}

weir_status weir_print_results(weir_text texts[WEIR_FORMATS], const weir_results *results, const weir_print *print,
                               weir_diags *diags)
{
	weir_status status;
	report_texts t = { 0 };
	own_look look = { 0 };
	WEIR_TRY(read_look(&look, print->style, diags));
	WEIR_TRY(read_template(&t, print->template, diags));
	WEIR_TRY(read_share(&t, TEXT_TERMS, "templates/terms.xml", diags));
	WEIR_TRY(read_share(&t, TEXT_STYLE, "templates/style.css", diags));
	WEIR_TRY(read_share(&t, TEXT_COMMON, "templates/common.xsl", diags));
	WEIR_TRY(read_share(&t, TEXT_SECTIONS, "templates/sections.xsl", diags));
	const weir_report_part parts[] = { { "common.xsl", t.texts[TEXT_COMMON], t.sizes[TEXT_COMMON] },
		                           { "sections.xsl", t.texts[TEXT_SECTIONS], t.sizes[TEXT_SECTIONS] } };
	weir_report_options options = { .lang = print->lang ? print->lang : "both",
		                        .period = print->period,
		                        .template_text = t.texts[TEXT_TEMPLATE],
		                        .template_length = t.sizes[TEXT_TEMPLATE],
		                        .parts = parts,
		                        .part_count = 2,
		                        .terms_text = t.texts[TEXT_TERMS],
		                        .terms_length = t.sizes[TEXT_TERMS],
		                        .style_text = t.texts[TEXT_STYLE],
		                        .style_length = t.sizes[TEXT_STYLE],
		                        .own_style_text = look.css,
		                        .own_style_length = look.css_length,
		                        .look = look.has_style ? &look.style : NULL,
		                        .scratch = getenv("TMPDIR") };
	status = weir_report_print(texts, formats_of(print), results, &options, diags);
out:
	free_look(&look);
	free_texts(&t);
	return status;
}

/* --- from a file --------------------------------------------------------------------------------------------------- */

/* The first period that was run, which is the one shown in full unless another is asked for. */
static int first_period(const weir_results *results)
{
	const weir_table *classes = weir_results_table(results, "classes");
	const weir_cell *cell = classes ? weir_table_cell(classes, 0, weir_table_column(classes, "period")) : NULL;
	return cell && cell->number > 1 ? (int)cell->number : 1;
}

/* A file that does not add up was changed after it was written: the file is at fault, not the program. */
static weir_status check_feet(const weir_results *results, const char *path, weir_diags *diags)
{
	weir_diags feet = { 0 };
	weir_status status = weir_results_foot(results, &feet);
	if (status == WEIR_INTERNAL) {
		const char *first = feet.count > 0 ? feet.items[0].text : "";
		const char *advice = strrchr(first, ';');
		weir_diag_error(diags, FOOTING, (weir_place){ 0 },
		                "\"%s\" does not add up: %.*s; it was changed after weir wrote it: run the deal again", path,
		                advice ? (int)(advice - first) : (int)strlen(first), first);
		status = WEIR_INPUT;
	}
	weir_diags_free(&feet);
	return status;
}

/* TEMPLATE beside the results. */
static void place_beside(weir_text *out, const char *results, const char *template)
{
	const char *slash = strrchr(results, '/'), *name = strrchr(template, '/');
	weir_text_append(out, results, slash ? (size_t)(slash - results) + 1 : 0);
	name = name ? name + 1 : template;
	size_t length = strlen(name);
	weir_text_append(out, name, is_path(template) && length > 4 ? length - 4 : length);
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

static weir_status make_folder_of(const char *path, weir_diags *diags)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	size_t length = slash ? (size_t)(slash - path) : 0;
	if (length == 0 || length >= sizeof folder)
		return WEIR_OK;
	memcpy(folder, path, length);
	folder[length] = '\0';
	return weir_folder_make(folder, diags);
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
		                "\"%s\" counts in %s, the results in %s; give a study of the same deal", path, study->currency,
		                results->currency);
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
			status = make_folder_of(path.data, diags);
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
	WEIR_TRY(make_folder_of(paths->data, diags));
	status = weir_file_write(paths->data, xml.data, xml.length, diags);
out:
	weir_text_free(&xml);
	return status;
}

static weir_status write_report(const weir_report_request *request, weir_text *paths, weir_sources *sources,
                                weir_diags *diags)
{
	weir_status status;
	weir_text texts[WEIR_FORMATS] = { { 0 } };
	weir_results *results = NULL;
	weir_print print = { request->template ? request->template : "investor", request->lang, request->period,
		             request->formats, request->style };
	WEIR_TRY(read_results(&results, request->results, diags));
	for (size_t i = 0; i < request->with_count; i++)
		WEIR_TRY(join_study(results, request->with[i], diags));
	if (request->with_count > 0)
		WEIR_TRY(check_feet(results, request->with[0], diags));
	if (print.period <= 0)
		print.period = first_period(results);
	if (weir_is_filing(request->template)) {
		status = write_filing(request, results, print.period, paths, sources, diags);
		goto out;
	}
	WEIR_TRY(weir_print_results(texts, results, &print, diags));
	status = write_formats(texts, request, &print, paths, diags);
out:
	weir_results_destroy(results);
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
	weir_text_printf(to, "%s: %s [%s]\n", weir_severity_text(diag->severity), diag->text, weir_code_text(diag->code));
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
