/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scenario_list.c: the scenarios that a request names: families, files and single ones, each once. */
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "base/path.h"

static weir_status add_scenario(weir_scenario_list *list, const weir_scenario *scenario)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == scenario)
			return WEIR_OK;
	if (!WEIR_GROW(list->items, list->count, list->capacity))
		return WEIR_NO_MEMORY;
	list->items[list->count++] = scenario;
	return WEIR_OK;
}

static weir_status add_family(weir_scenario_list *list, const weir_scenarios *file, const weir_family *family)
{
	weir_status status = WEIR_OK;
	for (int i = 0; status == WEIR_OK && i < family->count; i++)
		status = add_scenario(list, &file->items[family->scenarios[i]]);
	return status;
}

/* A family of a file, a scenario of it, or with neither named all of it. */
static weir_status add_from_file(weir_session *s, weir_scenario_list *list, const weir_scenarios *file,
                                 const char *path, const char *id)
{
	const weir_family *family = weir_scenarios_find_family(file, id ? id : path);
	const weir_scenario *one = id ? weir_scenarios_find(file, id) : NULL;
	weir_status status = WEIR_OK;
	if (family)
		return add_family(list, file, family);
	if (one)
		return add_scenario(list, one);
	if (id) {
		weir_diag_error(&s->call, UNKNOWN_SCENARIO, (weir_place){ 0 },
		                "there is no family and no scenario \"%s\" in \"%s\"", id, path);
		return WEIR_INPUT;
	}
	for (int i = 0; status == WEIR_OK && i < file->count; i++)
		status = add_scenario(list, &file->items[i]);
	return status;
}

/* A family of the scenarios beside the deal goes before a shipped file of the same name. */
static weir_status add_named(weir_session *s, weir_scenario_list *list, const char *name)
{
	weir_scenarios file = { 0 };
	const weir_family *own = weir_scenarios_find_family(&s->scenarios, name);
	if (own)
		return add_family(list, &s->scenarios, own);
	const char *id, *path = weir_path_file(s->arena, name, &id);
	weir_status status = path ? weir_session_load_scenarios(s, path, &file) : WEIR_NO_MEMORY;
	return status == WEIR_OK ? add_from_file(s, list, &file, path, id) : status;
}

weir_status weir_session_list_scenarios(weir_session *s, weir_scenario_list *list, const char *const *families,
                                        size_t family_count, const char *const *scenarios, size_t scenario_count)
{
	weir_status status = WEIR_OK;
	const weir_scenario *one;
	for (size_t i = 0; i < scenario_count; i++) {
		WEIR_TRY(weir_session_find_scenario(s, scenarios[i], &one));
		WEIR_TRY(add_scenario(list, one));
	}
	for (size_t i = 0; i < family_count; i++)
		WEIR_TRY(add_named(s, list, families[i]));
	if (list->count == 0)
		WEIR_TRY(add_scenario(list, NULL));
out:
	return status;
}
