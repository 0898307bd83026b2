/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure.c: a deal from targets, for a session: the search, its tables, the deal as written. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/structure_work.h"
#include "io/deal_rewrite.h"
#include "io/write.h"

/* --- the deal as written ---------------------------------------------------------------------------------------- */

static int is_choice(const weir_structure_work *st, const char *id, const char *part)
{
	size_t length = strlen(id);
	for (int i = 0; i < st->terms.choice_count; i++) {
		const char *name = st->terms.choices[i].name;
		if (strncmp(name, id, length) == 0 && name[length] == '.' && strcmp(name + length + 1, part) == 0)
			return 1;
	}
	return 0;
}

/* Every number that the structure chooses, once. Before the search: the same numbers as they are. */
static weir_status list_changes(const weir_structure_work *st, weir_deal_change **out, size_t *count)
{
	const weir_session *s = st->s;
	size_t most = (size_t)s->deal->class_count * 2 + (size_t)st->terms.choice_count;
	weir_deal_change *changes = weir_arena_array(st->arena, most + 1, sizeof *changes);
	*out = changes;
	*count = 0;
	if (!changes)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->deal->class_count; i++) {
		const weir_class *class = &s->deal->classes[i];
		const weir_structure_class *k = st->found.found ? &st->found.classes[i] : NULL;
		const char *id = class->node.id;
		int sized = 0;
		for (int t = 0; t < st->terms.class_count; t++)
			sized |= st->terms.classes[t].class_number == i;
		if (sized || st->terms.rest.class_number == i)
			changes[(*count)++] = (weir_deal_change){ .id = id,
				                                  .part = "size",
				                                  .value = k ? k->size_cents : class->size_cents };
		if (sized && st->problem.curve && !is_choice(st, id, "coupon"))
			changes[(*count)++] = (weir_deal_change){
				.id = id, .part = "coupon", .value = k ? k->coupon_annual : class->coupon_annual
			};
	}
	for (int i = 0; i < st->terms.choice_count; i++) {
		const char *name = st->terms.choices[i].name, *dot = strchr(name, '.');
		const char *id = weir_arena_text(st->arena, name, dot ? (size_t)(dot - name) : strlen(name));
		const weir_parameter *parameter = weir_plan_find_parameter(s->plan, name);
		if (!id)
			return WEIR_NO_MEMORY;
		changes[(*count)++] = (weir_deal_change){ .id = id, .part = dot ? dot + 1 : "",
			                                  .value = st->found.found ? st->found.chosen[i] :
			                                           parameter       ? parameter->value :
			                                                             0 };
	}
	return WEIR_OK;
}

/* The deal with the structure in it; before the search, only whether it can be written. Unknown names are the search's.
 */
static weir_status write_deal(weir_structure_work *st, int only_try)
{
	weir_session *s = st->s;
	weir_text text = { 0 };
	weir_deal_change *changes;
	size_t count;
	weir_status status = WEIR_OK;
	for (int i = 0; only_try && i < st->terms.choice_count; i++)
		if (!weir_plan_find_parameter(s->plan, st->terms.choices[i].name))
			return WEIR_OK;
	WEIR_TRY(list_changes(st, &changes, &count));
	WEIR_TRY(weir_deal_rewrite(&text, &s->sources, s->deal, changes, count, &s->call));
	if (!only_try)
		status = weir_file_write(st->request->write, text.data, text.length, &s->call);
out:
	weir_text_free(&text);
	return status;
}

/* --- for the report --------------------------------------------------------------------------------------------- */

/* "A.size=285000000.00", as --set takes it, in the session's arena. */
static weir_status add_setting(weir_structure_work *st, const char **settings, size_t *count, const char *name,
                               double value)
{
	weir_text text = { 0 };
	char buffer[WEIR_CENTS_TEXT];
	const weir_parameter *parameter = weir_plan_find_parameter(st->s->plan, name);
	weir_text_printf(&text, "%s=", name);
	if (parameter && parameter->type == WEIR_TYPE_MONEY)
		weir_text_append(&text, buffer, (size_t)weir_cents_format(value, st->s->deal->currency_digits, buffer));
	else if (parameter && parameter->type == WEIR_TYPE_RATE)
		weir_text_printf(&text, "%.10f%%", value * 100);
	else
		weir_text_printf(&text, "%.12g", value);
	weir_status status = weir_text_status(&text);
	if (status == WEIR_OK) {
		settings[*count] = weir_arena_text(st->s->arena, text.data, text.length);
		status = settings[*count] ? WEIR_OK : WEIR_NO_MEMORY;
		++*count;
	}
	weir_text_free(&text);
	return status;
}

/* Settings that make the structure of the deal, kept in the session for whoever runs it again. */
static weir_status keep_settings(weir_structure_work *st)
{
	weir_session *s = st->s;
	weir_status status;
	weir_deal_change *changes;
	size_t count = 0, changed;
	const char **settings;
	char name[1024];
	WEIR_TRY(list_changes(st, &changes, &changed));
	settings = weir_arena_array(s->arena, changed + 1, sizeof *settings);
	if (!settings)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < changed; i++) {
		const weir_deal_change *change = &changes[i];
		snprintf(name, sizeof name, "%s%s%s", change->id, *change->part ? "." : "", change->part);
		WEIR_TRY(add_setting(st, settings, &count, name, change->value));
	}
	s->chosen = settings;
	s->chosen_count = count;
out:
	return status;
}

/* The pricing scenario as a request names it: FILE#ID where it is of a file of the structure's own. */
static weir_status keep_pricing(weir_structure_work *st)
{
	weir_text text = { 0 };
	const char *name;
	weir_status status = weir_structure_in_folder(st, st->terms.pricing, &name);
	if (status != WEIR_OK)
		return status;
	if (st->terms.scenarios && !strchr(name, '#'))
		weir_text_printf(&text, "%s#", st->terms.scenarios);
	weir_text_add(&text, name);
	status = weir_text_status(&text);
	if (status == WEIR_OK)
		st->s->chosen_scenario = weir_arena_text(st->s->arena, text.data, text.length);
	weir_text_free(&text);
	return status == WEIR_OK && !st->s->chosen_scenario ? WEIR_NO_MEMORY : status;
}

/* Every scenario of every class once, the pricing scenario, and the curve's name. */
static weir_status keep_scenarios(weir_structure_work *st)
{
	weir_session *s = st->s;
	size_t most = 0, count = 0;
	for (int i = 0; i < st->terms.class_count; i++)
		most += (size_t)st->tests[i].count;
	const weir_scenario **tests = weir_arena_array(s->arena, most + 1, sizeof *tests);
	if (!tests)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < st->terms.class_count; i++)
		for (int t = 0; t < st->tests[i].count; t++) {
			size_t at = 0;
			while (at < count && tests[at] != st->tests[i].items[t])
				at++;
			if (at == count)
				tests[count++] = st->tests[i].items[t];
		}
	s->chosen_tests = tests;
	s->chosen_test_count = count;
	weir_status status = st->problem.pricing ? keep_pricing(st) : WEIR_OK;
	if (status == WEIR_OK && st->problem.curve)
		status = weir_structure_market_name(st, s->arena, st->terms.coupons.curve, &s->chosen_curve);
	return status;
}

static weir_status keep_structure(weir_structure_work *st)
{
	weir_session *s = st->s;
	s->chosen = NULL;
	s->chosen_tests = NULL;
	s->chosen_scenario = NULL;
	s->chosen_curve = NULL;
	s->chosen_count = s->chosen_test_count = 0;
	if (!st->found.found)
		return WEIR_OK;
	weir_status status = keep_settings(st);
	return status == WEIR_OK ? keep_scenarios(st) : status;
}

static void answer_of(const weir_structure_work *st, weir_structure_answer *answer)
{
	const weir_structure *found = &st->found;
	*answer = (weir_structure_answer){ .found = found->found,
		                           .proven = found->proven,
		                           .value = found->found ? found->value : NAN,
		                           .bound = found->bound,
		                           .top_down_passes = found->greedy_sizes ? found->greedy_passes : 0 };
}

/* A structure is issued at the closing, when nothing has been collected yet. */
static weir_status refuse_actuals(weir_session *s)
{
	if (!s->pool->actuals)
		return WEIR_OK;
	weir_diag_error(
		&s->call, UNSUPPORTED, (weir_place){ 0 },
		"a structure is found for the closing, before anything is collected; leave the actuals out, or vary "
		"one number from the actual state with solve");
	return WEIR_INPUT;
}

int weir_session_structure(weir_session *s, const weir_structure_request *request, weir_structure_answer *answer)
{
	weir_status status;
	weir_structure_work work = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(refuse_actuals(s));
	WEIR_TRY(weir_arena_create(&work.arena));
	WEIR_TRY(weir_structure_work_read(&work));
	if (request->write)
		WEIR_TRY(write_deal(&work, 1));
	WEIR_TRY(weir_structure_find(&work.found, work.arena, s->plan, &work.problem, &s->call));
	answer_of(&work, answer);
	WEIR_TRY(weir_session_new_results(s, work.problem.pricing, &work.results));
	WEIR_TRY(weir_structure_work_tell(&work));
	WEIR_TRY(keep_structure(&work));
	if (request->write && work.found.found)
		WEIR_TRY(write_deal(&work, 0));
	status = weir_session_keep(s, work.results);
	work.results = NULL;
	if (status == WEIR_OK && !work.found.found)
		status = WEIR_NO;
out:
	weir_results_destroy(work.results);
	weir_structure_work_free(&work);
	weir_arena_destroy(work.arena);
	return weir_session_end(s, status);
}
