/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diff.c: what two deals differ in, and what that does to every class. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/session.h"
#include "study/diff.h"

typedef struct diff_study {
	weir_session *s, *older;
	const weir_diff_request *request;
	weir_arena *arena;
	weir_differences found;
	weir_results *results;
	weir_table *table, *effect;
	const char *scenario; /* of the runs at hand; NULL: the base case */
	weir_cell scenario_cell;
} diff_study;

/* --- differences ------------------------------------------------------------------------------------------------ */

/* Values that are words: their Chinese, or the value itself. */
static weir_cell value_cell(const char *en, const char *zh)
{
	static const struct {
		const char *en, *zh;
	} words[] = { { "none", "无" },   { "no limit", "不限" }, { "no contract", "无合同" },
		      { "yes", "是" },    { "no", "否" },         { "all", "全部" } };
	if (!en)
		return (weir_cell){ 0 };
	for (size_t i = 0; !zh && i < sizeof words / sizeof *words; i++)
		if (strcmp(en, words[i].en) == 0)
			zh = words[i].zh;
	if (!zh)
		zh = weir_fill_word(en).zh;
	return weir_cell_text(en, zh ? zh : en);
}

/* "deal.xml:12"; an empty cell for nowhere. */
static weir_status place_cell(diff_study *study, weir_session *s, weir_place place, weir_cell *out)
{
	unsigned line, column;
	weir_text text = { 0 };
	const weir_source *source = weir_sources_get(&s->sources, place);
	*out = (weir_cell){ 0 };
	if (!source)
		return WEIR_OK;
	weir_sources_locate(&s->sources, place, &line, &column);
	weir_text_printf(&text, "%s:%u", source->name, line);
	const char *copy = weir_text_keep(&text, study->results->arena);
	*out = weir_cell_text(copy, copy);
	return copy ? WEIR_OK : WEIR_NO_MEMORY;
}

/* A text that outlives the comparison; NULL for NULL and "". */
static weir_status keep(diff_study *study, const char **text)
{
	if (!*text || !**text) {
		*text = NULL;
		return WEIR_OK;
	}
	*text = weir_arena_text(study->results->arena, *text, strlen(*text));
	return *text ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status add_difference(diff_study *study, weir_difference d)
{
	weir_status status;
	const char *change = weir_change_text(d.change);
	int is_step = d.kind == WEIR_ELEMENT_STEP;
	weir_cell *row = weir_table_add_row(study->results, study->table), word = weir_fill_word(change);
	const char **texts[] = { &d.id, &d.title, &d.detail, &d.old, &d.now, &d.old_zh, &d.now_zh };
	if (!row)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		WEIR_TRY(keep(study, texts[i]));
	row[WEIR_COL_diff_change] = word.en ? word : weir_cell_text(change, change);
	row[WEIR_COL_diff_element] = weir_cell_key(weir_element_key(d.kind), weir_element_text(d.kind, 0),
	                                           weir_element_text(d.kind, 1));
	row[WEIR_COL_diff_id] = value_cell(d.id, d.id);
	row[WEIR_COL_diff_what] = is_step ? value_cell(d.title, d.title) : (weir_cell){ 0 };
	if (d.term)
		row[WEIR_COL_diff_field] = weir_cell_key(d.term->key, d.term->en, d.term->zh);
	row[WEIR_COL_diff_row] = value_cell(d.detail, d.detail);
	row[WEIR_COL_diff_old] = value_cell(d.old, d.old_zh);
	row[WEIR_COL_diff_new] = value_cell(d.now, d.now_zh);
	WEIR_TRY(place_cell(study, study->older, d.old_place, &row[WEIR_COL_diff_old_place]));
	status = place_cell(study, study->s, d.now_place, &row[WEIR_COL_diff_new_place]);
out:
	return status;
}

/* "class A, coupon: 6.10% -> 6.25%". */
static void tell(diff_study *study, const weir_difference *d)
{
	weir_text *to = &study->s->summary;
	int added = d->change == WEIR_CHANGE_ADDED, removed = d->change == WEIR_CHANGE_REMOVED;
	weir_text_printf(to, "%s%s%s", weir_element_key(d->kind), *d->id ? " " : "", d->id);
	if (d->kind == WEIR_ELEMENT_STEP)
		weir_text_printf(to, " (%s)", d->title);
	if (d->term)
		weir_text_printf(to, ", %s%s%s", d->term->key, d->detail ? " " : "", d->detail ? d->detail : "");
	if (added || removed)
		weir_text_printf(to, ": %s: %s\n", weir_change_text(d->change), added ? d->now : d->old);
	else if (d->change == WEIR_CHANGE_TERM)
		weir_text_printf(to, ": %s -> %s\n", d->old, d->now);
	else
		weir_text_printf(to, ": %s from %s to %s\n", weir_change_text(d->change), d->old, d->now);
}

static weir_status compare(diff_study *study)
{
	weir_session *s = study->s, *older = study->older;
	weir_status status;
	weir_diff_side old = { older->plan, older->scenarios.count ? &older->scenarios : NULL };
	weir_diff_side now = { s->plan, s->scenarios.count ? &s->scenarios : NULL };
	WEIR_TRY(weir_diff_find(&study->found, study->arena, &old, &now));
	WEIR_TRY(weir_results_add_standard(&study->table, study->results, WEIR_TABLE_diff));
	for (size_t i = 0; i < study->found.count; i++) {
		tell(study, &study->found.items[i]);
		WEIR_TRY(add_difference(study, study->found.items[i]));
	}
	if (study->found.count == 0)
		weir_text_add(&s->summary, "the deals are the same in meaning\n");
	else
		weir_text_printf(&s->summary, "%zu difference%s\n", study->found.count,
		                 study->found.count == 1 ? "" : "s");
	status = weir_text_status(&s->summary);
out:
	return status;
}

/* --- effect ----------------------------------------------------------------------------------------------------- */

/* One figure before and after; NAN where there is none. */
typedef struct measure {
	const char *key;
	weir_cell_type type;
	int decimals;
	double old, now;
} measure;

static weir_cell measure_cell(const measure *m, double value)
{
	return isnan(value) ? (weir_cell){ 0 } : weir_cell_typed(m->type, m->decimals, value);
}

#define SHOWN_NOUGHT 5e-7 /* less is 0.000000 */

/* A figure at the digits that are shown. */
static void write_measure(const diff_study *study, const measure *m, double value, char text[WEIR_CENTS_TEXT])
{
	int is_rate = m->type == WEIR_CELL_RATE;
	double shown = is_rate ? value * 100 : value;
	if (isnan(value))
		snprintf(text, WEIR_CENTS_TEXT, "none");
	else if (m->type != WEIR_CELL_MONEY || !weir_cents_format_grouped(value, study->s->deal->currency_digits, text))
		snprintf(text, WEIR_CENTS_TEXT, "%.6f%s", fabs(shown) < SHOWN_NOUGHT ? 0 : shown, is_rate ? "%" : "");
}

/* "  A wal: 1.234567 -> 1.345678 (+0.111111)"; nothing where it shows no difference. */
static void tell_measure(diff_study *study, const char *class_id, const measure *m)
{
	char old[WEIR_CENTS_TEXT], now[WEIR_CENTS_TEXT], change[WEIR_CENTS_TEXT];
	weir_text *to = &study->s->summary;
	write_measure(study, m, m->old, old);
	write_measure(study, m, m->now, now);
	if (strcmp(old, now) == 0)
		return;
	weir_text_printf(to, "  %s%s%s: %s -> %s", class_id, *class_id ? " " : "", m->key, old, now);
	write_measure(study, m, fabs(m->now - m->old), change);
	if (!isnan(m->now - m->old))
		weir_text_printf(to, " (%s%s)", m->now < m->old ? "-" : "+", change);
	weir_text_add(to, "\n");
}

static weir_status add_measures(diff_study *study, const weir_node *node, const measure *measures, size_t count)
{
	const char *id = node ? node->id : "", *en = node ? weir_node_name(node, 0) : "";
	const char *zh = node ? weir_node_name(node, 1) : "";
	weir_status status;
	WEIR_TRY(keep(study, &id));
	WEIR_TRY(keep(study, &en));
	WEIR_TRY(keep(study, &zh));
	for (size_t i = 0; i < count; i++) {
		const measure *m = &measures[i];
		weir_cell *row = weir_table_add_row(study->results, study->effect), word = weir_fill_word(m->key);
		if (!row) {
			status = WEIR_NO_MEMORY;
			goto out;
		}
		row[WEIR_COL_diff_effect_scenario] = study->scenario_cell;
		if (id)
			row[WEIR_COL_diff_effect_class] = weir_cell_key(id, en, zh);
		row[WEIR_COL_diff_effect_measure] = word.en ? word : weir_cell_text(m->key, m->key);
		row[WEIR_COL_diff_effect_old] = measure_cell(m, m->old);
		row[WEIR_COL_diff_effect_new] = measure_cell(m, m->now);
		row[WEIR_COL_diff_effect_change] = measure_cell(m, m->now - m->old);
		tell_measure(study, id ? id : "", m);
	}
out:
	return status;
}

/* A class of both deals, or of one of them: the other's number is -1. */
static weir_status add_class(diff_study *study, const weir_case *before, const weir_case *after, int old, int now)
{
	weir_side_class a = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN }, b = a;
	weir_side from = weir_case_side(before), to = weir_case_side(after);
	if (old >= 0)
		weir_side_class_read(&a, &from, old);
	if (now >= 0)
		weir_side_class_read(&b, &to, now);
	const measure measures[] = { { "wal", WEIR_CELL_NUMBER, 6, a.wal_years, b.wal_years },
		                     { "yield", WEIR_CELL_RATE, 10, a.yield, b.yield },
		                     { "interest", WEIR_CELL_MONEY, 0, a.interest, b.interest },
		                     { "principal", WEIR_CELL_MONEY, 0, a.principal, b.principal },
		                     { "rest", WEIR_CELL_MONEY, 0, a.rest, b.rest },
		                     { "unpaid", WEIR_CELL_MONEY, 0, a.unpaid, b.unpaid },
		                     { "missed", WEIR_CELL_MONEY, 0, a.missed, b.missed } };
	const weir_deal *deal = now >= 0 ? study->s->deal : study->older->deal;
	const weir_node *node = &deal->classes[now >= 0 ? now : old].node;
	return add_measures(study, node, measures, sizeof measures / sizeof *measures);
}

/* The class that a class of the older deal has become; -1: gone. */
static int class_now(const diff_study *study, const char *id)
{
	for (size_t i = 0; i < study->found.count; i++) {
		const weir_difference *d = &study->found.items[i];
		if (d->kind == WEIR_ELEMENT_CLASS && d->change == WEIR_CHANGE_RENAMED && strcmp(d->old, id) == 0)
			id = d->now;
	}
	return weir_deal_find_class(study->s->deal, id);
}

static weir_status add_effect(diff_study *study, const weir_case *before, const weir_case *after)
{
	const weir_deal *old = study->older->deal, *now = study->s->deal;
	weir_side from = weir_case_side(before), to = weir_case_side(after);
	const measure whole[] = {
		{ "coverage_min", WEIR_CELL_NUMBER, 6, before->figures.coverage_min, after->figures.coverage_min },
		{ "taxes_and_fees", WEIR_CELL_MONEY, 0, weir_side_charges(&from), weir_side_charges(&to) }
	};
	weir_status status;
	for (int i = 0; i < now->class_count; i++) {
		int was = -1;
		for (int k = 0; k < old->class_count; k++)
			if (class_now(study, old->classes[k].node.id) == i)
				was = k;
		WEIR_TRY(add_class(study, before, after, was, i));
	}
	for (int k = 0; k < old->class_count; k++)
		if (class_now(study, old->classes[k].node.id) < 0)
			WEIR_TRY(add_class(study, before, after, k, -1));
	status = add_measures(study, NULL, whole, sizeof whole / sizeof *whole);
out:
	return status;
}

/* Runs the older deal; what is wrong with it joins the messages of the newer one's request. */
static weir_status run_older(diff_study *study, weir_case *out)
{
	weir_session *older = study->older;
	weir_status status = weir_session_begin(older);
	if (status == WEIR_OK)
		status = weir_case_run(out, older, study->scenario, NULL, 0);
	weir_session_end(older, status);
	if (status != WEIR_INPUT)
		return status;
	weir_status quoted = weir_session_quote(study->s, older, 0, " (in the older deal)", "（见比较基准的交易文件）");
	return quoted == WEIR_OK ? status : quoted;
}

static weir_status run_both(diff_study *study)
{
	weir_case before = { 0 }, after = { 0 };
	weir_status status;
	size_t length = study->s->summary.length;
	weir_text_printf(&study->s->summary, "scenario %s\n", study->scenario ? study->scenario : "base");
	size_t headed = study->s->summary.length;
	WEIR_TRY(run_older(study, &before));
	WEIR_TRY(weir_case_run(&after, study->s, study->scenario, NULL, 0));
	study->scenario_cell = weir_session_scenario_cell(after.scenario);
	WEIR_TRY(add_effect(study, &before, &after));
	if (study->s->summary.length == headed && headed > length)
		weir_text_add(&study->s->summary, "  the same for every class\n");
	status = weir_text_status(&study->s->summary);
out:
	weir_case_free(&before);
	weir_case_free(&after);
	return status;
}

static weir_status find_effect(diff_study *study)
{
	const weir_diff_request *r = study->request;
	weir_status status;
	if (!r->effect)
		return WEIR_OK;
	WEIR_TRY(weir_results_add_standard(&study->effect, study->results, WEIR_TABLE_diff_effect));
	if (r->scenario_count == 0)
		WEIR_TRY(run_both(study));
	for (size_t i = 0; i < r->scenario_count; i++) {
		study->scenario = r->scenarios[i];
		WEIR_TRY(run_both(study));
	}
	status = WEIR_OK;
out:
	return status;
}

int weir_session_diff(weir_session *s, weir_session *older, const weir_diff_request *request)
{
	weir_status status;
	diff_study study = { .s = s, .older = older, .request = request };
	WEIR_TRY(weir_session_begin(s));
	if (!older->plan || older->diags.errors) {
		status = weir_session_quote(s, older, 1, NULL, NULL);
		status = status == WEIR_OK ? WEIR_INPUT : status;
		goto out;
	}
	weir_text_free(&s->summary);
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(weir_session_new_results(s, NULL, &study.results));
	WEIR_TRY(compare(&study));
	WEIR_TRY(find_effect(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
	if (status == WEIR_OK && study.found.count > 0)
		status = WEIR_NO;
out:
	weir_results_destroy(study.results);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}
