/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric_list.c: the figures that a study looks at, as formulas. */
#include <string.h>

#include "api/session.h"

/* What is looked at where nothing is asked for: what senior classes and investors in the rest care about. */
static weir_status add_defaults(weir_session *s, weir_text *list, int with_proceeds)
{
	static const char *const of_deal[] = { "coverage_min", "coverage_total", "subordinated_paid" };
	for (int i = 0; i < s->deal->class_count; i++) {
		const char *id = s->deal->classes[i].node.id;
		weir_text_printf(list, "%s.yield\n", id);
		if (s->deal->classes[i].style != WEIR_STYLE_RESIDUAL) /* which is owed no principal */
			weir_text_printf(list, "%s.wal\n%s.unpaid\n", id, id);
	}
	for (size_t i = 0; i < sizeof of_deal / sizeof *of_deal; i++)
		weir_text_printf(list, "%s\n", of_deal[i]);
	if (with_proceeds && s->periods.first <= 1)
		weir_text_add(list, "proceeds\n");
	return weir_text_status(list);
}

static weir_status add_metric(weir_session *s, weir_metric_list *list, weir_arena *arena, const char *text)
{
	return weir_metric_parse(&list->items[list->count++], arena, s->plan, NULL, text, (weir_place){ 0 },
	                         WEIR_TYPE_ERROR, &s->call);
}

weir_status weir_session_list_metrics(weir_session *s, weir_metric_list *list, weir_arena *arena,
                                      const char *const *formulas, size_t count, int with_proceeds)
{
	weir_status status = WEIR_OK;
	weir_text defaults = { 0 };
	size_t most = count ? count : (size_t)s->deal->class_count * 3 + 4;
	list->items = weir_arena_array(arena, most, sizeof *list->items);
	if (!list->items)
		return WEIR_NO_MEMORY;
	for (size_t i = 0; i < count && status == WEIR_OK; i++)
		status = add_metric(s, list, arena, formulas[i]);
	if (count)
		return status;
	status = add_defaults(s, &defaults, with_proceeds);
	for (char *text = defaults.data; status == WEIR_OK && *text; text += strlen(text) + 1) {
		text[strcspn(text, "\n")] = '\0';
		status = add_metric(s, list, arena, text);
	}
	weir_text_free(&defaults);
	return status;
}
