/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/publish.h"

#include <stdio.h>
#include <string.h>

#include "io/file.h"

#define MOST_WORDS 400 /* bytes of what the head of a report says of it */

/* --- which reports ---------------------------------------------------------------------------------------------- */

static int is_asked(const weir_publications *p, const char *template)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->items[i].template, template) == 0)
			return 1;
	return 0;
}

/* Two reports cannot be one file. */
static weir_status check_output(const weir_publications *p, const weir_publication *one, weir_diags *diags)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->items[i].output, one->output) == 0) {
			weir_diag_error(diags, USAGE, (weir_place){ 0 },
			                "\"%s\" and \"%s\" would both be written as \"%s\"; print them one at a time",
			                p->items[i].template, one->template, one->output);
			return WEIR_INPUT;
		}
	return WEIR_OK;
}

static weir_status add_publication(weir_publications *p, const char *word, size_t length, weir_diags *diags)
{
	weir_status status;
	weir_publication *one = &p->items[p->count];
	const weir_report_part *template;
	if (length == 0 || length >= sizeof one->template || p->count == WEIR_MOST_PUBLICATIONS) {
		weir_diag_error(diags, USAGE, (weir_place){ 0 },
		                "\"%.*s\" is no name of a template; give names with commas between, at most %d",
		                (int)length, word, WEIR_MOST_PUBLICATIONS);
		return WEIR_INPUT;
	}
	snprintf(one->template, sizeof one->template, "%.*s", (int)length, word);
	if (is_asked(p, one->template))
		return WEIR_OK;
	if (weir_is_filing(one->template)) {
		weir_diag_error(
			diags, USAGE, (weir_place){ 0 },
			"\"%s\" is a prescribed form; print it from results.xml with: weir report --template %s",
			one->template, one->template);
		return WEIR_INPUT;
	}
	weir_template_output(one->template, one->output);
	WEIR_TRY(check_output(p, one, diags));
	WEIR_TRY(weir_templates_find(&p->templates, one->template, &template));
	const weir_report_entry *entry = weir_templates_entry(&p->templates, one->template);
	p->needs |= entry ? entry->needs | entry->wants : 0;
	p->count++;
out:
	return status;
}

weir_status weir_publications_open(weir_publications *p, const char *list, const char *folder, weir_diags *diags)
{
	weir_status status = weir_templates_open(&p->templates, folder, diags);
	for (const char *word = list ? list : "investor"; status == WEIR_OK; word++) {
		size_t length = strcspn(word, ",");
		status = add_publication(p, word, length, diags);
		word += length;
		if (!*word)
			break;
	}
	return status;
}

void weir_publications_close(weir_publications *p)
{
	weir_templates_close(&p->templates);
	*p = (weir_publications){ .count = 0 };
}

/* --- what they need --------------------------------------------------------------------------------------------- */

/* Whether the results hold a need: their fact "holds" has its word. */
static int holds(const weir_results *results, int need)
{
	const char *words = "";
	for (size_t i = 0; i < results->fact_count; i++)
		if (strcmp(results->facts[i].id, "holds") == 0)
			words = results->facts[i].value;
	for (; *words; words += strspn(words, " ")) {
		size_t length = strcspn(words, " ");
		if (weir_is_word(words, length, weir_need_word(need)))
			return 1;
		words += length;
	}
	return 0;
}

weir_status weir_publish_fill(weir_session *s, weir_case *one, weir_results *results, unsigned needs)
{
	weir_status status = WEIR_OK;
	weir_text held = { 0 };
	for (int need = 0; need < WEIR_NEEDS; need++)
		if (needs >> need & 1)
			weir_text_printf(&held, "%s%s", held.length ? " " : "", weir_need_word(need));
	if (needs & WEIR_NEED_OFFERING)
		WEIR_TRY(weir_session_add_offering(s, one, results));
	if (needs & WEIR_NEED_PRICES)
		WEIR_TRY(weir_session_add_prices(s, one, results));
	if (needs & WEIR_NEED_STRESS)
		WEIR_TRY(weir_session_add_stress(s, one, results));
	WEIR_TRY(weir_text_status(&held));
	if (held.length)
		status = weir_results_add_fact(results, "holds", held.data);
out:
	weir_text_free(&held);
	return status;
}

weir_status weir_publish_check(const weir_templates *templates, const char *template, const weir_results *results,
                               const char *name, weir_diags *diags)
{
	const weir_report_entry *entry = weir_templates_entry(templates, template);
	for (int need = 0; entry && need < WEIR_NEEDS; need++)
		if ((entry->needs >> need & 1) && !holds(results, need)) {
			weir_diag_error(
				diags, USAGE, (weir_place){ 0 },
				"\"%s\" has no tables on \"%s\", which the report \"%s\" prints; they come with: weir run DEAL "
				"--template %s",
				name, weir_need_word(need), template, template);
			return WEIR_INPUT;
		}
	return WEIR_OK;
}

weir_status weir_publish_check_words(const char *option, const char *words, weir_diags *diags)
{
	size_t length = words ? strlen(words) : 0;
	int plain = length <= MOST_WORDS && weir_utf8_check(words ? words : "", length) == length;
	for (size_t i = 0; i < length && plain; i++)
		plain = (unsigned char)words[i] >= 0x20;
	if (plain)
		return WEIR_OK;
	weir_diag_error(diags, BAD_VALUE, (weir_place){ 0 },
	                "what \"%s\" says is no line of text (UTF-8, at most %d bytes); write it anew", option,
	                MOST_WORDS);
	return WEIR_INPUT;
}

/* --- the period shown ------------------------------------------------------------------------------------------- */

weir_status weir_publish_period(const weir_results *results, int *period, weir_diags *diags)
{
	const weir_table *classes = weir_results_table(results, "classes"),
			 *periods = weir_results_table(results, "periods");
	int from = classes ? weir_table_column(classes, "period") : -1;
	int column = periods ? weir_table_column(periods, "period") : -1;
	const weir_cell *first = from >= 0 && classes->row_count ? weir_table_cell(classes, 0, from) : NULL;
	int least = first && first->number > 1 ? (int)first->number : 1, most = 0;
	for (size_t r = 0; column >= 0 && r < periods->row_count; r++) {
		const weir_cell *cell = weir_table_cell(periods, r, column);
		most = cell->present && cell->number > most ? (int)cell->number : most;
	}
	if (*period <= 0)
		*period = least;
	if (most == 0 || (*period >= least && *period <= most))
		return WEIR_OK;
	weir_diag_error(diags, USAGE, (weir_place){ 0 }, "there is no period %d; those that were run are %d to %d",
	                *period, least, most);
	return WEIR_INPUT;
}
