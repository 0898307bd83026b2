/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "base/text.h"
#include "io/scenarios.h"

#define SHOCKS_MAX 100000 /* of one scenario */
#define DEPTH_MAX 64      /* of includes */

/* --- names of scenarios ----------------------------------------------------------------------------------------- */

static void complain_unknown(weir_scenario_reader *reader, const weir_scenario_file *file, const char *id,
                             weir_place place)
{
	enum { MOST = 256 };
	const char *names[MOST];
	size_t count = 0;
	for (; count < file->ids.count && count < MOST; count++)
		names[count] = file->ids.items[count].name;
	const char *nearest = weir_nearest_name(id, strlen(id), names, count);
	if (file->is_incomplete)
		return; /* it may be in what could not be read */
	if (nearest)
		weir_diag_error(reader->loader->diags, UNKNOWN_SCENARIO, place,
		                "there is no scenario \"%s\" in \"%s\"; did you mean \"%s\"?", id, file->name, nearest);
	else
		weir_diag_error(reader->loader->diags, UNKNOWN_SCENARIO, place,
		                "there is no scenario \"%s\" in \"%s\"; add it, or name another file as FILE#ID", id,
		                file->name);
}

/* The scenario of a word "ID" or "FILE#ID"; NULL after a complaint. */
static weir_status resolve_word(weir_raw_scenario **out, weir_scenario_reader *reader, weir_scenario_file *file,
                                const char *word, weir_place place)
{
	const char *id, *name = weir_path_file(reader->loader->arena, word, &id);
	weir_scenario_file *target = file;
	weir_status status = name ? WEIR_OK : WEIR_NO_MEMORY;
	*out = NULL;
	if (name && id)
		status = weir_scenario_file_get(&target, reader, file, name, place);
	if (status != WEIR_OK)
		return status;
	id = id ? id : word;
	int number = target ? weir_names_find(&target->ids, id, strlen(id)) : -1;
	if (number >= 0)
		*out = &target->items[number];
	else if (target)
		complain_unknown(reader, target, id, place);
	return WEIR_OK;
}

static weir_status resolve(weir_scenario_reader *reader, weir_raw_scenario *scenario)
{
	weir_status status;
	if (scenario->resolved)
		return WEIR_OK;
	scenario->resolved = 1;
	scenario->parts = weir_arena_array(reader->loader->arena, (size_t)scenario->include.count + 1,
	                                   sizeof(weir_raw_scenario *));
	if (!scenario->parts)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < scenario->include.count; i++) {
		WEIR_TRY(resolve_word(&scenario->parts[i], reader, scenario->file, scenario->include.items[i],
		                      scenario->include.places[i]));
		if (scenario->parts[i])
			scenario->parts[i]->is_part = 1;
	}
	status = WEIR_OK;
	if (scenario->base.count > 0)
		status = resolve_word(&scenario->base_part, reader, scenario->file, scenario->base.items[0],
		                      scenario->base.places[0]);
	if (scenario->base_part)
		scenario->base_part->is_base = 1;
out:
	return status;
}

weir_status weir_raw_scenarios_resolve(weir_scenario_reader *reader, weir_scenario_file *file)
{
	weir_status status = WEIR_OK;
	for (int i = 0; i < file->count && status == WEIR_OK; i++)
		status = resolve(reader, &file->items[i]);
	return status;
}

/* --- putting together ------------------------------------------------------------------------------------------- */

/* A scenario on its way: its shocks, and the scenarios that led to the present one. */
typedef struct assembly {
	weir_scenario_reader *reader;
	const weir_raw_shock **shocks;
	size_t count, capacity;
	weir_raw_scenario *chain[DEPTH_MAX + 1];
	int depth;
} assembly;

static const char *id_of(const weir_raw_scenario *scenario)
{
	return scenario->head.node.id ? scenario->head.node.id : "?";
}

/* Says by which ways a scenario comes back to itself; each of them is then left out of other chains. */
static weir_status complain_about_circle(assembly *a, weir_raw_scenario *again, weir_place place)
{
	weir_text chain = { 0 };
	int from = a->depth - 1;
	while (from > 0 && a->chain[from] != again)
		from--;
	for (int i = from; i < a->depth; i++) {
		a->chain[i]->in_circle = 1;
		weir_text_printf(&chain, "\"%s\" > ", id_of(a->chain[i]));
	}
	weir_text_printf(&chain, "\"%s\"", id_of(again));
	weir_status status = weir_text_status(&chain);
	if (status == WEIR_OK)
		weir_diag_error(a->reader->loader->diags, INCLUDE_CYCLE, place,
		                "scenarios include each other in a circle: %s; leave one of the includes away",
		                chain.data);
	weir_text_free(&chain);
	return status;
}

static weir_status add(assembly *a, weir_raw_scenario *scenario, weir_place place);

/* The scenarios that one includes. */
static weir_status add_parts(assembly *a, weir_raw_scenario *scenario, weir_place place)
{
	weir_status status;
	if (a->depth > DEPTH_MAX) {
		weir_diag_error(a->reader->loader->diags, XML_LIMIT, place,
		                "scenarios include each other more than %d deep; include what is meant directly",
		                DEPTH_MAX);
		return WEIR_OK;
	}
	WEIR_TRY(resolve(a->reader, scenario));
	scenario->is_open = 1;
	a->chain[a->depth++] = scenario;
	for (int i = 0; i < scenario->include.count && status == WEIR_OK; i++)
		if (scenario->parts[i] && !scenario->in_circle)
			status = add(a, scenario->parts[i], scenario->include.places[i]);
	a->depth--;
	scenario->is_open = 0;
out:
	return status;
}

/* A scenario counts once, where it is reached first. */
static weir_status add(assembly *a, weir_raw_scenario *scenario, weir_place place)
{
	weir_status status;
	if (scenario->is_open)
		return complain_about_circle(a, scenario, place);
	if (scenario->round == a->reader->round)
		return WEIR_OK;
	scenario->round = a->reader->round;
	WEIR_TRY(add_parts(a, scenario, place));
	for (int i = 0; i < scenario->shock_count; i++) {
		if (a->count >= SHOCKS_MAX) {
			weir_diag_error(a->reader->loader->diags, XML_LIMIT, place,
			                "the scenario has more than %d shocks with those that it includes", SHOCKS_MAX);
			break;
		}
		if (!WEIR_GROW(a->shocks, a->count, a->capacity))
			return WEIR_NO_MEMORY;
		a->shocks[a->count++] = &scenario->shocks[i];
	}
out:
	return status;
}

weir_status weir_raw_scenario_assemble(weir_scenario_reader *reader, weir_raw_scenario *scenario)
{
	assembly a = { .reader = reader };
	weir_status status;
	reader->round++;
	WEIR_TRY(resolve(reader, scenario));
	if (scenario->base_part == scenario)
		weir_diag_error(reader->loader->diags, INCLUDE_CYCLE, scenario->base.places[0],
		                "the scenario \"%s\" is its own base; name another one", id_of(scenario));
	else if (scenario->base_part)
		WEIR_TRY(add(&a, scenario->base_part, scenario->base.places[0]));
	WEIR_TRY(add(&a, scenario, scenario->head.node.place));
	WEIR_TRY(weir_raw_shocks_check(reader->loader, a.shocks, (int)a.count));
	status = weir_raw_shocks_settle(reader->loader, scenario, a.shocks, (int)a.count);
out:
	weir_free(a.shocks);
	return status;
}
