/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure_problem.c: what a structure file asks for, with the scenarios, curves and tables that it names. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/structure_work.h"
#include "base/alloc.h"
#include "base/path.h"
#include "io/rating_csv.h"

#define STARTS 8
#define PROOF_BOXES 400000

/* --- files ------------------------------------------------------------------------------------------------------ */

/* The path of the structure file: what was asked for, or structure.xml beside the deal. */
static weir_status find_file(weir_structure_work *st, const char **path)
{
	weir_session *s = st->s;
	*path = st->request->targets;
	if (*path)
		return WEIR_OK;
	*path = weir_path_beside(st->arena, s->path, "structure.xml");
	if (!*path)
		return WEIR_NO_MEMORY;
	if (access(*path, F_OK) == 0)
		return WEIR_OK;
	weir_diag_error(&s->call, FILE_UNREADABLE, (weir_place){ 0 },
	                "there is no \"%s\" that says what the structure is for; write one, or name one with --targets "
	                "(docs/structure.md)", *path);
	return WEIR_IO;
}

static weir_status settle(weir_structure_work *st, weir_scenarios *file)
{
	for (int i = 0; i < file->count; i++)
		weir_block_settle_scenario(st->s->plan, &file->items[i], &st->s->call);
	return weir_session_judge(st->s);
}

static weir_status load_terms(weir_structure_work *st)
{
	weir_session *s = st->s;
	const char *path;
	weir_status status;
	WEIR_TRY(find_file(st, &path));
	WEIR_TRY(weir_structure_load(&st->terms, s->deal, path, &s->call));
	if (st->terms.scenarios) {
		WEIR_TRY(weir_session_load_scenarios(s, st->terms.scenarios, &st->file));
		WEIR_TRY(settle(st, &st->file));
	}
	status = weir_session_judge(s);
out:
	return status;
}

/* --- scenarios -------------------------------------------------------------------------------------------------- */

weir_status weir_structure_in_folder(const weir_structure_work *st, const char *word, const char **out)
{
	const char *hash = strchr(word, '#');
	size_t length = hash ? (size_t)(hash - word) : strlen(word), suffix = sizeof ".xml" - 1;
	weir_text text = { 0 };
	*out = word;
	if (!(length > suffix && strncmp(word + length - suffix, ".xml", suffix) == 0))
		return WEIR_OK;
	weir_text_printf(&text, "%s%s", st->terms.folder, word);
	weir_status status = weir_text_status(&text);
	if (status == WEIR_OK)
		*out = weir_arena_text(st->arena, text.data, text.length);
	weir_text_free(&text);
	return status == WEIR_OK && !*out ? WEIR_NO_MEMORY : status;
}

static weir_status complain_unknown(weir_structure_work *st, const char *what, const char *word, weir_place place)
{
	enum { MOST = 256 };
	const char *names[MOST];
	const weir_scenarios *file = st->terms.scenarios ? &st->file : &st->s->scenarios;
	size_t count = 0;
	for (int i = 0; i < file->count && count < MOST; i++)
		names[count++] = file->items[i].node.id;
	for (int i = 0; i < file->family_count && count < MOST; i++)
		names[count++] = file->families[i].node.id;
	const char *near = weir_nearest_name(word, strlen(word), names, count);
	weir_diag_error(&st->s->call, UNKNOWN_SCENARIO, place, "there is no %s \"%s\" %s%s%s%s", what, word,
	                st->terms.scenarios ? "in the scenario file of the structure" : "beside the deal",
	                near ? "; did you mean \"" : "; write FILE#ID for one of another file", near ? near : "",
	                near ? "\"?" : "");
	return WEIR_INPUT;
}

static weir_status append(weir_scenario_list *list, const weir_scenario *scenario)
{
	if (!WEIR_GROW(list->items, list->count, list->capacity))
		return WEIR_NO_MEMORY;
	list->items[list->count++] = scenario;
	return WEIR_OK;
}

/* One scenario, or a family; a word without "#" is looked for in the structure's own file first. */
static weir_status read_name(weir_structure_work *st, const char *word, int family, weir_place place,
                             weir_scenario_list *list)
{
	const weir_scenarios *file = st->terms.scenarios ? &st->file : &st->s->scenarios;
	const weir_scenario *one = weir_scenarios_find(file, word);
	const weir_family *own = weir_scenarios_find_family(file, word);
	const char *full;
	weir_status status = weir_structure_in_folder(st, word, &full);
	if (status != WEIR_OK)
		return status;
	if (family && own) {
		for (int i = 0; i < own->count && status == WEIR_OK; i++)
			status = append(list, &file->items[own->scenarios[i]]);
		return status;
	}
	if (family)
		return weir_session_list_scenarios(st->s, list, &full, 1, NULL, 0);
	if (one)
		return append(list, one);
	if (!strchr(word, '#'))
		return complain_unknown(st, "scenario", word, place);
	return weir_session_list_scenarios(st->s, list, NULL, 0, &full, 1);
}

/* The list of a word, read once: a file that several classes name gives them the same scenarios. */
static weir_status find_name(weir_structure_work *st, const char *word, int family, weir_place place,
                             const weir_scenario_list **out)
{
	char key[4096];
	snprintf(key, sizeof key, "%d %s", family, word);
	for (size_t i = 0; i < st->list_count; i++)
		if (strcmp(st->lists[i].name, key) == 0) {
			*out = &st->lists[i].list;
			return WEIR_OK;
		}
	if (!WEIR_GROW(st->lists, st->list_count, st->list_capacity))
		return WEIR_NO_MEMORY;
	weir_named_scenarios *made = &st->lists[st->list_count];
	*made = (weir_named_scenarios){ .name = weir_arena_text(st->arena, key, strlen(key)) };
	if (!made->name)
		return WEIR_NO_MEMORY;
	st->list_count++;
	*out = &made->list;
	return read_name(st, word, family, place, &made->list);
}

static weir_status read_one(weir_structure_work *st, const char *word, weir_place place, const weir_scenario **out)
{
	const weir_scenario_list *list;
	weir_status status = WEIR_OK;
	*out = NULL;
	if (word && strcmp(word, "base") == 0 &&
	    !weir_scenarios_find(st->terms.scenarios ? &st->file : &st->s->scenarios, word))
		return WEIR_OK;
	if (word)
		status = find_name(st, word, 0, place, &list);
	if (word && status == WEIR_OK)
		*out = list->items[0];
	return status;
}

static weir_status add_tests(weir_structure_work *st, weir_structure_tests *tests, const weir_words *words, int family)
{
	weir_status status = WEIR_OK;
	for (int w = 0; w < words->count; w++) {
		const weir_scenario_list *list;
		WEIR_TRY(find_name(st, words->items[w], family, words->places[w], &list));
		const weir_scenario **items =
			weir_arena_array(st->arena, (size_t)tests->count + list->count + 1, sizeof *items);
		if (!items)
			return WEIR_NO_MEMORY;
		if (tests->count)
			memcpy(items, tests->items, (size_t)tests->count * sizeof *items);
		tests->items = items;
		for (size_t i = 0; i < list->count; i++) {
			int at = 0;
			while (at < tests->count && tests->items[at] != list->items[i])
				at++;
			if (at == tests->count)
				tests->items[tests->count++] = list->items[i];
		}
	}
out:
	return status;
}

static weir_status read_scenarios(weir_structure_work *st)
{
	weir_status status;
	WEIR_TRY(read_one(st, st->terms.pricing, st->terms.place, &st->problem.pricing));
	st->problem.loss_scenario = st->problem.pricing;
	if (st->terms.losses.scenario)
		WEIR_TRY(read_one(st, st->terms.losses.scenario, st->terms.losses.place, &st->problem.loss_scenario));
	for (int i = 0; i < st->terms.class_count; i++) {
		WEIR_TRY(add_tests(st, &st->tests[i], &st->terms.classes[i].survives, 0));
		WEIR_TRY(add_tests(st, &st->tests[i], &st->terms.classes[i].families, 1));
		const weir_sized_class *k = &st->terms.classes[i];
		if (st->tests[i].count == 0 && !k->loss_by_table && isnan(k->loss_most))
			weir_diag_warning(
				&st->s->call, NO_EFFECT, k->place,
				"class \"%s\"%.0s must survive nothing, so that every size will do; give it survives= or "
				"family=",
				"“%2$s”%1$.0s未设定须承受的情景，任何规模均满足要求；请给出survives=或family=",
				st->s->deal->classes[k->class_number].node.id,
				weir_node_name(&st->s->deal->classes[k->class_number].node, 1));
	}
out:
	return status;
}

/* --- the market and tables of losses ---------------------------------------------------------------------------- */

weir_status weir_structure_market_name(weir_structure_work *st, weir_arena *arena, const char *id, const char **out)
{
	weir_text text = { 0 };
	if (st->terms.coupons.market)
		weir_text_printf(&text, "%s#", st->terms.coupons.market);
	weir_text_add(&text, id);
	weir_status status = weir_text_status(&text);
	*out = status == WEIR_OK ? weir_arena_text(arena, text.data, text.length) : NULL;
	weir_text_free(&text);
	return status == WEIR_OK && !*out ? WEIR_NO_MEMORY : status;
}

static weir_status complain_grade(weir_structure_work *st, int sized, const char *what)
{
	const weir_sized_class *k = &st->terms.classes[sized];
	weir_diag_error(&st->s->call, UNKNOWN_ID, k->place,
	                "%s no grade \"%s\" for class \"%s\"; give it grade= of the table", what,
	                k->grade ? k->grade : "", st->s->deal->classes[k->class_number].node.id);
	return WEIR_INPUT;
}

static weir_status read_market(weir_structure_work *st)
{
	const weir_spreads *spreads;
	const char *curve_name, *spreads_name;
	weir_status status = WEIR_OK;
	if (!st->terms.coupons.curve || !st->terms.coupons.spreads)
		return WEIR_OK;
	WEIR_TRY(weir_structure_market_name(st, st->arena, st->terms.coupons.curve, &curve_name));
	WEIR_TRY(weir_structure_market_name(st, st->arena, st->terms.coupons.spreads, &spreads_name));
	WEIR_TRY(weir_session_find_curve(st->s, curve_name, &st->problem.curve));
	WEIR_TRY(weir_session_find_spreads(st->s, spreads_name, &spreads));
	st->problem.coupon_date = st->s->deal->start;
	if (st->problem.coupon_date < st->problem.curve->date) {
		weir_diag_error(
			&st->s->call, DATE_ORDER, st->terms.coupons.place,
			"the curve is of a later day than the deal's start; give one of the start or before it");
		return WEIR_INPUT;
	}
	for (int i = 0; i < st->terms.class_count; i++) {
		const char *grade = st->terms.classes[i].grade;
		st->spreads[i] = grade ? weir_spreads_grade(spreads, grade) : NULL;
		if (!st->spreads[i])
			return complain_grade(st, i, "the spreads have");
	}
out:
	return status;
}

static weir_status read_losses(weir_structure_work *st)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < st->terms.class_count; i++) {
		if (!st->terms.classes[i].loss_by_table)
			continue;
		if (st->loss_table.count == 0)
			WEIR_TRY(weir_loss_table_load(&st->loss_table, st->arena, &st->s->sources, NULL, &st->s->call));
		const char *grade = st->terms.classes[i].grade;
		st->loss_grades[i] = grade ? weir_loss_table_find(&st->loss_table, grade) : NULL;
		if (!st->loss_grades[i])
			return complain_grade(st, i, "the table of expected losses has");
	}
out:
	return status;
}

weir_status weir_structure_work_read(weir_structure_work *st)
{
	weir_status status;
	size_t classes;
	WEIR_TRY(load_terms(st));
	classes = (size_t)st->terms.class_count;
	st->tests = weir_arena_array(st->arena, classes, sizeof *st->tests);
	st->spreads = weir_arena_array(st->arena, classes, sizeof *st->spreads);
	st->loss_grades = weir_arena_array(st->arena, classes, sizeof *st->loss_grades);
	if (!st->tests || !st->spreads || !st->loss_grades)
		return WEIR_NO_MEMORY;
	WEIR_TRY(read_scenarios(st));
	WEIR_TRY(read_market(st));
	WEIR_TRY(read_losses(st));
	st->problem.terms = &st->terms;
	st->problem.sources = &st->s->sources;
	st->problem.tests = st->tests;
	st->problem.spreads = st->spreads;
	st->problem.loss_grades = st->loss_grades;
	st->problem.starts = STARTS;
	st->problem.proof_points = (int64_t)st->request->proof;
	st->problem.proof_boxes = PROOF_BOXES;
	st->problem.go_on = st->request->progress;
	st->problem.context = st->request->context;
	status = weir_session_judge(st->s);
out:
	return status;
}

void weir_structure_work_free(weir_structure_work *st)
{
	for (size_t i = 0; i < st->list_count; i++)
		weir_free(st->lists[i].list.items);
	weir_free(st->lists);
}
