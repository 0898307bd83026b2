/* SPDX-License-Identifier: GPL-3.0-or-later */
/* structure.c: a deal from targets, for a session: the search, its tables, the deal as written. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/structure_work.h"
#include "io/deal_rewrite.h"
#include "io/write.h"

/* --- the deal as written -------------------------------------------------------------------------------------------- */

static weir_status write_deal(weir_structure_work *st)
{
	weir_session *s = st->s;
	weir_text text = { 0 };
	weir_status status = WEIR_NO_MEMORY;
	size_t most = (size_t)s->deal->class_count * 2 + (size_t)st->terms.choice_count, count = 0;
	weir_deal_change *changes = weir_arena_array(st->arena, most + 1, sizeof *changes);
	if (!changes)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->deal->class_count; i++) {
		const weir_structure_class *k = &st->found.classes[i];
		const char *id = s->deal->classes[i].node.id;
		if (k->sized >= 0 || st->terms.rest.class_number == i)
			changes[count++] = (weir_deal_change){ .id = id, .part = "size", .value = k->size_cents };
		if (k->sized >= 0 && k->coupon_annual != s->deal->classes[i].coupon_annual)
			changes[count++] = (weir_deal_change){ .id = id, .part = "coupon", .value = k->coupon_annual };
	}
	for (int i = 0; i < st->terms.choice_count; i++) {
		const char *name = st->terms.choices[i].name, *dot = strrchr(name, '.');
		const char *id = weir_arena_text(st->arena, name, dot ? (size_t)(dot - name) : strlen(name));
		if (!id)
			goto out;
		changes[count++] = (weir_deal_change){ .id = id, .part = dot ? dot + 1 : "", .value = st->found.chosen[i] };
	}
	WEIR_TRY(weir_deal_rewrite(&text, &s->sources, s->deal, changes, count, &s->call));
	status = weir_file_write(st->request->write, text.data, text.length, &s->call);
out:
	weir_text_free(&text);
	return status;
}

/* --- for the report ------------------------------------------------------------------------------------------------- */

/* "A.size=285000000.00", as --set takes it, in the session's arena. */
static weir_status add_setting(weir_structure_work *st, const char **settings, size_t *count, const char *name, double value)
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

static weir_status add_class_setting(weir_structure_work *st, const char **settings, size_t *count, int class_number,
                                     const char *part, double value)
{
	char name[512];
	snprintf(name, sizeof name, "%s.%s", st->s->deal->classes[class_number].node.id, part);
	return add_setting(st, settings, count, name, value);
}

/* Settings that make the structure of the deal, kept in the session for whoever runs it again. */
static weir_status keep_settings(weir_structure_work *st)
{
	weir_session *s = st->s;
	weir_status status = WEIR_OK;
	size_t count = 0, most = (size_t)s->deal->class_count * 2 + (size_t)st->terms.choice_count;
	const char **settings = weir_arena_array(s->arena, most + 1, sizeof *settings);
	if (!settings)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < s->deal->class_count; i++) {
		const weir_structure_class *k = &st->found.classes[i];
		if (k->sized >= 0 || st->terms.rest.class_number == i)
			WEIR_TRY(add_class_setting(st, settings, &count, i, "size", k->size_cents));
		if (k->sized >= 0 && st->problem.curve)
			WEIR_TRY(add_class_setting(st, settings, &count, i, "coupon", k->coupon_annual));
	}
	for (int i = 0; i < st->terms.choice_count; i++)
		WEIR_TRY(add_setting(st, settings, &count, st->terms.choices[i].name, st->found.chosen[i]));
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

int weir_session_structure(weir_session *s, const weir_structure_request *request, weir_structure_answer *answer)
{
	weir_status status;
	weir_structure_work work = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&work.arena));
	WEIR_TRY(weir_structure_work_read(&work));
	WEIR_TRY(weir_structure_find(&work.found, work.arena, s->plan, &work.problem, &s->call));
	answer_of(&work, answer);
	WEIR_TRY(weir_session_new_results(s, work.problem.pricing, &work.results));
	WEIR_TRY(weir_structure_work_tell(&work));
	WEIR_TRY(keep_structure(&work));
	if (request->write && work.found.found)
		WEIR_TRY(write_deal(&work));
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
