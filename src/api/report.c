/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c: prints results through a template: those of a session, and those of a results.xml. */
#include <stdio.h>
#include <string.h>
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
	static const char *const names[] = { "investor", "structuring" };
	char name[64];
	if (is_path(template))
		return read_own_template(t, template, diags);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], template) == 0) {
			snprintf(name, sizeof name, "templates/%s.xsl", template);
			return read_share(t, TEXT_TEMPLATE, name, diags);
		}
	const char *near = weir_nearest_name(template, strlen(template), names, sizeof names / sizeof *names);
	weir_diag_error(diags, UNKNOWN_ID, (weir_place){ 0 }, "there is no template \"%s\"; %s%s%s", template,
	                near ? "did you mean \"" : "use investor, structuring, or the path of an .xsl file",
	                near ? near : "", near ? "\"?" : "");
	return WEIR_INPUT;
}

weir_status weir_print_results(weir_text *html, const weir_results *results, const weir_print *print, weir_diags *diags)
{
	weir_status status;
	report_texts t = { 0 };
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
		                        .style_length = t.sizes[TEXT_STYLE] };
	status = weir_report_html(html, results, &options, diags);
out:
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

/* TEMPLATE.html beside the results. */
static void place_beside(weir_text *out, const char *results, const char *template)
{
	const char *slash = strrchr(results, '/'), *name = strrchr(template, '/');
	weir_text_append(out, results, slash ? (size_t)(slash - results) + 1 : 0);
	name = name ? name + 1 : template;
	size_t length = strlen(name);
	weir_text_append(out, name, is_path(template) && length > 4 ? length - 4 : length);
	weir_text_add(out, ".html");
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

static weir_status write_report(const weir_report_request *request, weir_text *path, weir_diags *diags)
{
	weir_status status;
	weir_text html = { 0 };
	weir_results *results = NULL;
	weir_print print = { request->template ? request->template : "investor", request->lang, request->period };
	WEIR_TRY(read_results(&results, request->results, diags));
	for (size_t i = 0; i < request->with_count; i++)
		WEIR_TRY(join_study(results, request->with[i], diags));
	if (request->with_count > 0)
		WEIR_TRY(check_feet(results, request->with[0], diags));
	if (print.period <= 0)
		print.period = first_period(results);
	WEIR_TRY(weir_print_results(&html, results, &print, diags));
	if (request->out)
		weir_text_add(path, request->out);
	else
		place_beside(path, request->results, print.template);
	WEIR_TRY(weir_text_status(path));
	WEIR_TRY(make_folder_of(path->data, diags));
	status = weir_file_write(path->data, html.data, html.length, diags);
out:
	weir_results_destroy(results);
	weir_text_free(&html);
	return status;
}

int weir_report_write(const weir_report_request *request, char **path, char **messages)
{
	weir_diags diags = { 0 };
	weir_text where = { 0 }, said = { 0 };
	*path = *messages = NULL;
	weir_status status = write_report(request, &where, &diags);
	for (size_t i = 0; i < diags.count; i++)
		weir_text_printf(&said, "weir: %s: %s [%s]\n", weir_severity_text(diags.items[i].severity), diags.items[i].text,
		                 weir_code_text(diags.items[i].code));
	if (diags.lost || said.failed)
		status = WEIR_NO_MEMORY;
	weir_diags_free(&diags);
	if (status == WEIR_OK)
		*path = where.data;
	else
		weir_text_free(&where);
	*messages = said.data;
	return weir_exit_of(status);
}
