/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/session.h"

#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "base/text.h"
#include "io/actuals_csv.h"
#include "study/eligibility.h"

const char *weir_version(void)
{
	return WEIR_VERSION;
}

int weir_exit_of(weir_status status)
{
	switch (status) {
	case WEIR_OK:
		return WEIR_EXIT_DONE;
	case WEIR_NO:
		return WEIR_EXIT_NO;
	case WEIR_INPUT:
		return WEIR_EXIT_INPUT;
	case WEIR_IO:
		return WEIR_EXIT_IO;
	case WEIR_INTERRUPTED:
		return WEIR_EXIT_INTERRUPTED;
	case WEIR_NO_MEMORY:
	case WEIR_INTERNAL:
		break;
	}
	return WEIR_EXIT_INTERNAL;
}

static weir_status load_scenarios_beside(weir_session *s)
{
	const char *path = weir_path_beside(s->arena, s->path, "scenarios.xml");
	if (!path)
		return WEIR_NO_MEMORY;
	return access(path, F_OK) == 0 ? weir_scenarios_load(&s->scenarios, s->deal, path, &s->diags) : WEIR_OK;
}

/* Keeps going after input errors, so that one check finds all there are; stops at anything worse. */
static int worse_than_input(weir_status status)
{
	return status != WEIR_OK && status != WEIR_INPUT;
}

/* "INDEX=FILE", or "FILE" where the deal has one index. */
static weir_status load_curve(weir_session *s, const char *curve)
{
	char id[256];
	const char *equals = strchr(curve, '=');
	size_t length = equals ? (size_t)(equals - curve) : 0;
	if (!equals && s->deal->index_count == 1)
		return weir_index_load(s->deal, s->deal->indexes[0].node.id, curve, &s->diags);
	if (equals && length > 0 && length < sizeof id) {
		memcpy(id, curve, length);
		id[length] = '\0';
		for (int i = 0; i < s->deal->index_count; i++)
			if (strcmp(s->deal->indexes[i].node.id, id) == 0)
				return weir_index_load(s->deal, id, equals + 1, &s->diags);
	}
	weir_diag_error(&s->diags, UNKNOWN_ID, (weir_place){ 0 },
	                "the curve \"%s\" names no index of the deal; write INDEX=FILE with one of <indexes>", curve);
	return WEIR_INPUT;
}

/* A copy of a text that may be NULL, in the session's arena. */
static weir_status keep_text(weir_session *s, const char **out, const char *text)
{
	*out = text ? weir_arena_text(s->arena, text, strlen(text)) : NULL;
	return *out || !text ? WEIR_OK : WEIR_NO_MEMORY;
}

/* Keeps what the session was opened with, for a bundle. */
static weir_status keep_inputs(weir_session *s, const weir_inputs *inputs)
{
	const char **kept = weir_arena_array(s->arena, inputs->curve_count + 1, sizeof *kept);
	weir_status status = kept ? WEIR_OK : WEIR_NO_MEMORY;
	for (size_t i = 0; status == WEIR_OK && i < inputs->curve_count; i++)
		status = keep_text(s, &kept[i], inputs->curves[i]);
	if (status == WEIR_OK)
		status = keep_text(s, &s->given.actuals, inputs->actuals);
	if (status == WEIR_OK)
		status = keep_text(s, &s->given.events, inputs->events);
	s->given.variant = s->variant;
	s->given.curves = kept;
	s->given.curve_count = inputs->curve_count;
	return status;
}

/* What was collected and what happened, where files say it; of a deal whose dates stand. */
static weir_status load_past(weir_session *s)
{
	weir_pool_actuals *actuals = NULL;
	weir_status status = WEIR_OK;
	if (s->periods.stand_in)
		return WEIR_OK;
	if (s->given.actuals)
		status = weir_actuals_load(&actuals, s->arena, s->pool, &s->periods, s->given.actuals, &s->diags);
	if (status == WEIR_OK)
		s->pool->actuals = actuals;
	if (!worse_than_input(status) && s->given.events)
		status = weir_events_load(&s->occurrences, s->arena, s->deal, &s->periods, s->given.events, &s->diags);
	return status;
}

static weir_status prepare(weir_session *s, const char *const *curves, size_t curve_count)
{
	weir_status status = weir_deal_load_variant(&s->deal, &s->sources, s->path, s->variant, &s->diags);
	if (worse_than_input(status) || !s->deal)
		return status;
	for (size_t i = 0; i < curve_count; i++) {
		weir_text_printf(&s->curves, "%s--curve %s", i ? " " : "", curves[i]);
		status = s->curves.failed ? WEIR_NO_MEMORY : load_curve(s, curves[i]);
		if (worse_than_input(status))
			return status;
	}
	weir_deal_check(s->deal, &s->diags);
	status = load_scenarios_beside(s);
	if (worse_than_input(status))
		return status;
	status = weir_deal_periods(&s->periods, s->arena, s->deal, &s->diags);
	if (status == WEIR_INPUT)
		status = weir_deal_stand_in_periods(&s->periods, s->arena, s->deal);
	if (status != WEIR_OK)
		return status;
	status = weir_pool_create(&s->pool, s->arena, s->deal, &s->diags);
	if (status != WEIR_OK)
		return status;
	if (!s->periods.stand_in)
		weir_pool_check(s->pool, &s->periods, &s->diags);
	status = weir_eligibility_check(s->pool, &s->diags);
	if (worse_than_input(status))
		return status;
	status = load_past(s);
	if (worse_than_input(status))
		return status;
	status = weir_plan_create(&s->plan, s->deal, s->pool, &s->periods, &s->diags);
	if (status != WEIR_OK)
		return status;
	for (int i = 0; i < s->scenarios.count; i++)
		weir_block_settle_scenario(s->plan, &s->scenarios.items[i], &s->diags);
	return weir_diags_status(&s->diags);
}

int weir_session_open(weir_session **session, const char *deal_path)
{
	return weir_session_open_with(session, deal_path, NULL, 0);
}

int weir_session_open_with(weir_session **session, const char *deal_path, const char *const *curves, size_t curve_count)
{
	return weir_session_open_variant(session, deal_path, NULL, curves, curve_count);
}

int weir_session_open_variant(weir_session **session, const char *deal_path, const char *variant,
                              const char *const *curves, size_t curve_count)
{
	weir_inputs inputs = { .variant = variant, .curves = curves, .curve_count = curve_count };
	return weir_session_open_inputs(session, deal_path, &inputs);
}

int weir_session_open_inputs(weir_session **session, const char *deal_path, const weir_inputs *inputs)
{
	return weir_session_open_all(session, deal_path, inputs, NULL);
}

int weir_session_open_all(weir_session **session, const char *deal_path, const weir_inputs *inputs, const char *share)
{
	const char *variant = inputs->variant;
	weir_status status = WEIR_NO_MEMORY;
	*session = NULL;
	weir_session *s = weir_alloc_zero(1, sizeof *s);
	if (!s)
		return weir_exit_of(WEIR_NO_MEMORY);
	s->path = weir_alloc_text(deal_path, strlen(deal_path));
	s->sources.share = share;
	s->variant = variant ? weir_alloc_text(variant, strlen(variant)) : NULL;
	if (s->path && (s->variant || !variant))
		status = weir_arena_create(&s->arena);
	if (status == WEIR_OK)
		status = keep_inputs(s, inputs);
	if (status == WEIR_OK)
		status = prepare(s, inputs->curves, inputs->curve_count);
	if (status == WEIR_OK || status == WEIR_INPUT)
		status = weir_diags_status(&s->diags);
	weir_diags_sort(&s->diags);
	if (status == WEIR_NO_MEMORY) {
		weir_session_close(s);
		return weir_exit_of(status);
	}
	*session = s;
	return weir_exit_of(status);
}

void weir_session_forget(weir_session *s)
{
	for (size_t i = 0; i < s->result_count; i++)
		weir_results_destroy(s->results[i]);
	s->result_count = 0;
}

void weir_session_close(weir_session *s)
{
	if (!s)
		return;
	weir_session_forget(s);
	weir_free(s->results);
	weir_free(s->folder);
	weir_plan_destroy(s->plan);
	weir_deal_destroy(s->deal);
	weir_arena_destroy(s->arena);
	weir_sources_free(&s->sources);
	weir_diags_free(&s->diags);
	weir_diags_free(&s->call);
	weir_diags_free(&s->said);
	weir_text_free(&s->message);
	weir_text_free(&s->summary);
	weir_text_free(&s->chosen_tape);
	weir_text_free(&s->curves);
	weir_free(s->path);
	weir_free(s->variant);
	weir_free(s);
}

const char *weir_session_deal_id(const weir_session *s)
{
	return s->deal && s->deal->node.id ? s->deal->node.id : "";
}

weir_status weir_session_begin_without_plan(weir_session *s)
{
	weir_diags_free(&s->call);
	s->call = (weir_diags){ 0 };
	return s->deal && !s->diags.errors ? WEIR_OK : WEIR_INPUT;
}

weir_status weir_session_begin(weir_session *s)
{
	weir_status status = weir_session_begin_without_plan(s);
	return s->plan ? status : WEIR_INPUT;
}

weir_status weir_session_judge(const weir_session *s)
{
	return weir_diags_status(&s->call);
}

int weir_session_end(weir_session *s, weir_status status)
{
	for (size_t i = 0; i < s->call.count; i++) {
		if (!WEIR_GROW(s->said.items, s->said.count, s->said.capacity)) {
			s->call.lost = 1;
			break;
		}
		s->said.items[s->said.count++] = s->call.items[i];
		s->call.items[i].text = s->call.items[i].zh = NULL;
	}
	if (s->call.lost && status == WEIR_OK)
		status = WEIR_NO_MEMORY;
	weir_diags_free(&s->call);
	s->call = (weir_diags){ 0 };
	return weir_exit_of(status);
}

size_t weir_session_message_count(const weir_session *s)
{
	return s->diags.count + s->said.count;
}

const char *weir_session_message(weir_session *s, size_t number, int *severity)
{
	if (number >= weir_session_message_count(s))
		return NULL;
	const weir_diag *diag = number < s->diags.count ? &s->diags.items[number] :
	                                                  &s->said.items[number - s->diags.count];
	const weir_source *source = weir_sources_get(&s->sources, diag->place);
	unsigned line, column;
	s->message.length = 0;
	weir_sources_locate(&s->sources, diag->place, &line, &column);
	if (source)
		weir_text_printf(&s->message, "%s:%u:%u: ", source->name, line, column);
	else
		weir_text_add(&s->message, "weir: ");
	weir_text_printf(&s->message, "%s: %s [%s]", weir_severity_text(diag->severity), diag->text,
	                 weir_code_text(diag->code));
	if (severity)
		*severity = (int)diag->severity;
	return s->message.failed ? diag->text : s->message.data;
}

void weir_text_release(char *text)
{
	weir_free(text);
}

int weir_session_plan(weir_session *s, char **text)
{
	weir_text out = { 0 };
	*text = NULL;
	if (!s->plan)
		return WEIR_EXIT_INPUT;
	weir_plan_write(s->plan, &out);
	if (out.failed) {
		weir_text_free(&out);
		return weir_exit_of(WEIR_NO_MEMORY);
	}
	*text = out.data;
	return WEIR_EXIT_DONE;
}
