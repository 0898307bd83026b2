/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cells.c: cells that the tables of several studies share. */
#include <string.h>

#include "api/session.h"

weir_cell weir_session_text_cell(weir_results *results, const char *text)
{
	const char *copy = text ? weir_arena_text(results->arena, text, strlen(text)) : NULL;
	results->failed |= text && !copy;
	return copy ? weir_cell_text(copy, copy) : (weir_cell){ 0 };
}

weir_cell weir_session_class_cell(const weir_session *s, int class_number)
{
	const weir_node *node = &s->deal->classes[class_number].node;
	return weir_cell_key(node->id, weir_node_name(node, 0), weir_node_name(node, 1));
}

weir_cell weir_session_scenario_cell(const weir_scenario *scenario)
{
	return scenario ? weir_cell_key(scenario->node.id, weir_node_name(&scenario->node, 0),
	                                weir_node_name(&scenario->node, 1)) :
	                  weir_cell_key("base", "Base case", "基准情景");
}

weir_cell weir_session_metric_cell(weir_type type, double value)
{
	switch (type) {
	case WEIR_TYPE_MONEY:
		return weir_cell_typed(WEIR_CELL_MONEY, 0, value);
	case WEIR_TYPE_RATE:
		return weir_cell_typed(WEIR_CELL_RATE, 12, value);
	case WEIR_TYPE_DATE:
		return weir_cell_typed(WEIR_CELL_DATE, 0, value);
	case WEIR_TYPE_FLAG:
		return weir_cell_typed(WEIR_CELL_FLAG, 0, value);
	default:
		return weir_cell_typed(WEIR_CELL_NUMBER, 9, value);
	}
}

weir_cell weir_session_change_cell(weir_type type, double value)
{
	int counted = type == WEIR_TYPE_DATE || type == WEIR_TYPE_FLAG; /* days; a share of a yes or no */
	return weir_session_metric_cell(counted ? WEIR_TYPE_NUMBER : type, value);
}

/* A factor, which is told as a number: "1.1" times. */
static int is_factor(const weir_parameter *parameter, const char *name)
{
	static const char scaled[] = "scenario.";
	return parameter ? parameter->type == WEIR_TYPE_NUMBER :
	                   strncmp(name, scaled, sizeof scaled - 1) == 0 || strcmp(name, "royalty_factor") == 0;
}

weir_cell weir_session_value_cell(const weir_session *s, const char *name, double value)
{
	const weir_parameter *parameter = weir_plan_find_parameter(s->plan, name);
	switch (weir_vary_unit_of(s->plan, name)) {
	case WEIR_VARY_MONEY:
		return weir_cell_typed(WEIR_CELL_MONEY, 0, value);
	case WEIR_VARY_DATE:
		if (parameter && parameter->type == WEIR_TYPE_DATE)
			return value > WEIR_DATE_LAST ? (weir_cell){ 0 } : weir_cell_typed(WEIR_CELL_DATE, 0, value);
		return weir_cell_typed(WEIR_CELL_INTEGER, 0, value);
	case WEIR_VARY_MONTHS:
	case WEIR_VARY_FLAG:
		return weir_cell_typed(WEIR_CELL_INTEGER, 0, value);
	case WEIR_VARY_RATE:
		break;
	}
	return is_factor(parameter, name) ? weir_cell_typed(WEIR_CELL_NUMBER, 9, value) :
	                                    weir_cell_typed(WEIR_CELL_RATE, 12, value);
}
