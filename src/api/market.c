/* SPDX-License-Identifier: GPL-3.0-or-later */
/* market.c: curves and spreads that a request names: of market.xml beside the deal, or of a file. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/session.h"
#include "base/path.h"

#define BESIDE "market.xml"

/* What "ID", "FILE#ID" or "FILE.xml" names; id NULL: the only one of the file. */
typedef struct market_name {
	const char *path, *id;
} market_name;

static int is_file(const char *name)
{
	size_t length = strlen(name);
	return length > 4 && strcmp(name + length - 4, ".xml") == 0;
}

static weir_status split_name(weir_session *s, const char *name, market_name *out)
{
	out->path = weir_path_file(s->arena, name, &out->id);
	if (!out->id && !is_file(name)) {
		out->id = name;
		out->path = weir_path_beside(s->arena, s->path, BESIDE);
	}
	return out->path ? WEIR_OK : WEIR_NO_MEMORY;
}

static weir_status open_market(weir_session *s, const char *name, market_name *split, weir_market *market)
{
	weir_status status = split_name(s, name, split);
	if (status == WEIR_OK)
		status = weir_market_load(market, s->deal, split->path, &s->call);
	return status == WEIR_OK ? weir_session_judge(s) : status;
}

/* Complains that the file has no item of that id, or not just one to take without one. */
static weir_status complain(weir_session *s, const market_name *name, const char *what, const char *const *ids,
                            size_t count)
{
	const char *near = name->id ? weir_nearest_name(name->id, strlen(name->id), ids, count) : NULL;
	if (name->id)
		weir_diag_error(&s->call, UNKNOWN_ID, (weir_place){ 0 }, "there is no %s \"%s\" in \"%s\"%s%s%s", what,
		                name->id, name->path, near ? "; did you mean \"" : "; give one of its ids",
		                near ? near : "", near ? "\"?" : "");
	else
		weir_diag_error(&s->call, UNKNOWN_ID, (weir_place){ 0 }, "\"%s\" has %s %s; %s", name->path,
		                count ? "more than one" : "no", what,
		                count ? "say which: FILE#ID" : "name another file");
	return WEIR_INPUT;
}

/* Loads the file and gives the place in it of the curve, or the list of spreads, that was named; the only one where no
 * id was given. */
static weir_status find_item(weir_session *s, const char *name, int of_spreads, weir_market *market, int *number)
{
	market_name split;
	weir_status status = open_market(s, name, &split, market);
	if (status != WEIR_OK)
		return status;
	int count = of_spreads ? market->spreads_count : market->curve_count;
	const char **ids = weir_arena_array(s->deal->arena, (size_t)count, sizeof *ids);
	if (!ids)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count; i++)
		ids[i] = of_spreads ? market->spreads[i].node.id : market->curves[i].node.id;
	for (int i = 0; i < count; i++)
		if (split.id ? strcmp(ids[i], split.id) == 0 : count == 1) {
			*number = i;
			return WEIR_OK;
		}
	return complain(s, &split, of_spreads ? "list of spreads" : "curve", ids, (size_t)count);
}

weir_status weir_session_find_curve(weir_session *s, const char *name, const weir_rate_curve **out)
{
	weir_market market;
	int number;
	weir_status status = find_item(s, name, 0, &market, &number);
	*out = status == WEIR_OK ? &market.curves[number] : NULL;
	return status;
}

weir_status weir_session_own_curve(weir_session *s, weir_date settlement, const weir_rate_curve **out)
{
	const char *path = weir_path_beside(s->arena, s->path, BESIDE);
	weir_market market = { 0 };
	weir_diags diags = { 0 };
	*out = NULL;
	if (!path)
		return WEIR_NO_MEMORY;
	if (access(path, F_OK) != 0)
		return WEIR_OK;
	weir_status status = weir_market_load(&market, s->deal, path, &diags);
	for (int i = 0; status == WEIR_OK && i < market.curve_count && !*out; i++)
		*out = market.curves[i].date <= settlement ? &market.curves[i] : NULL;
	weir_diags_free(&diags);
	return status == WEIR_INPUT ? WEIR_OK : status;
}

weir_status weir_session_find_spreads(weir_session *s, const char *name, const weir_spreads **out)
{
	weir_market market;
	int number;
	weir_status status = find_item(s, name, 1, &market, &number);
	*out = status == WEIR_OK ? &market.spreads[number] : NULL;
	return status;
}

int weir_session_check_market(weir_session *s)
{
	weir_market market;
	const char *path = weir_path_beside(s->arena, s->path, BESIDE);
	weir_status status = path ? WEIR_OK : WEIR_NO_MEMORY;
	weir_session_begin(s); /* a deal with errors has a market with others */
	if (path && s->deal && access(path, F_OK) == 0)
		status = weir_market_load(&market, s->deal, path, &s->call);
	weir_diags_sort(&s->call);
	return weir_session_end(s, status);
}
