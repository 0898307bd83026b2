/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select.c: contracts chosen from a candidate tape, told as tables and as text. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "base/money.h"
#include "io/selection.h"
#include "io/write.h"
#include "report/fill_selection.h"

#define DEFAULT_SECONDS 60

/* --- the summary ------------------------------------------------------------------------------------------------ */

static void write_value(const weir_session *s, weir_select_unit unit, double value, weir_text *to)
{
	char buffer[WEIR_CENTS_TEXT];
	switch (unit) {
	case WEIR_UNIT_CENTS:
		weir_cents_format_grouped(weir_round_half_away(value), s->deal->currency_digits, buffer);
		weir_text_add(to, buffer);
		break;
	case WEIR_UNIT_SHARE:
		weir_text_printf(to, "%.4f%%", value * 100);
		break;
	case WEIR_UNIT_COUNT:
		weir_text_printf(to, "%.0f", value);
		break;
	case WEIR_UNIT_DATE:
		weir_text_add(to, weir_date_format((weir_date)(value + 0.5), buffer));
		break;
	case WEIR_UNIT_NUMBER:
		weir_text_printf(to, "%.6g", value);
		break;
	}
}

/* "largest at most 15.0000%". */
static void write_limit(const weir_session *s, const weir_limit_found *limit, weir_text *to)
{
	static const char *const words[] = { "", " at least ", " at most " };
	weir_text_printf(to, "%s%s", limit->rule->node.id, words[limit->side]);
	if (!isnan(limit->bound))
		write_value(s, limit->unit, limit->bound, to);
}

static void tell_binding(const weir_session *s, const weir_select_found *found, weir_text *to)
{
	int binding = 0, searched = 0, proven = 0;
	for (int i = 0; i < found->limit_count; i++) {
		const weir_limit_found *limit = &found->limits[i];
		searched += limit->searched;
		proven += limit->searched && limit->without_proven;
		if (!limit->searched || !(limit->gain > 0))
			continue;
		weir_text_add(to,
		              binding++ ? "  " : "binding limits, and the objective when each alone is dropped:\n  ");
		write_limit(s, limit, to);
		if (!isnan(limit->bound)) {
			weir_text_add(to, " (is ");
			write_value(s, limit->unit, limit->value, to);
			weir_text_add(to, ")");
		}
		weir_text_add(to, ": ");
		write_value(s, found->unit, limit->without, to);
		weir_text_add(to, limit->without_proven ? "\n" : ", or better\n");
	}
	if (!binding && proven == found->limit_count)
		weir_text_add(to, "no limit binds: dropping any one of them alone gains nothing\n");
	else if (searched > proven)
		weir_text_printf(
			to, "%d of the %d limits may cost more than is said: the time was over before it was proven\n",
			searched - proven, found->limit_count);
	if (searched > 0 && searched < found->limit_count)
		weir_text_printf(to, "%d of the %d limits were not searched without: the time was over\n",
		                 found->limit_count - searched, found->limit_count);
}

static void tell_found(weir_session *s, const weir_candidates *c, const weir_select_found *found)
{
	weir_text *to = &s->summary;
	weir_text_printf(to, "%d of %d candidates chosen, %d obligor%s, principal ", found->contracts, c->count,
	                 found->obligors, found->obligors == 1 ? "" : "s");
	write_value(s, WEIR_UNIT_CENTS, found->principal_cents, to);
	weir_text_add(to, "\nobjective ");
	write_value(s, found->unit, found->value, to);
	if (found->proven) {
		weir_text_add(to, ": no selection is better");
	} else if (!isnan(found->bound)) {
		weir_text_add(to, "; not proven: none is better than ");
		write_value(s, found->unit, found->bound, to);
		if (found->value != 0)
			weir_text_printf(to, " (gap %.4f%%)",
			                 fabs(found->bound - found->value) / fabs(found->value) * 100);
	} else {
		weir_text_add(to, "; not proven, how much better another may be is not known; give it more --seconds");
	}
	if (found->proven && found->ties > 0)
		weir_text_printf(to, "\nothers are as good; %s",
		                 found->settled ? "this one takes the earliest candidates of the tape" :
		                                  "which one is taken was not settled in the time");
	weir_text_add(to, "\n");
	tell_binding(s, found, to);
}

static void tell_none(weir_session *s, const weir_select_found *found)
{
	weir_text *to = &s->summary;
	int listed = 0, count = 0;
	for (int i = 0; i < found->limit_count; i++)
		count += found->limits[i].in_conflict;
	if (found->outcome == WEIR_SELECT_UNKNOWN) {
		weir_text_add(to,
		              "no selection was found in the time, and that there is none is not proven; give it more "
		              "--seconds\n");
		return;
	}
	for (int i = 0; i < found->limit_count; i++) {
		if (!found->limits[i].in_conflict)
			continue;
		if (!listed++)
			weir_text_add(to, count == 1 ? "no selection meets the rules: this one cannot hold\n" :
			                               "no selection meets the rules: these cannot hold together\n");
		weir_text_add(to, "  ");
		write_limit(s, &found->limits[i], to);
		weir_text_add(to, "\n");
	}
	if (!listed)
		weir_text_add(to, "no selection meets the rules: no candidate can be chosen at all\n");
	else if (found->conflict_proven && count > 1)
		weir_text_add(to, "leave out any one of them, and the others can hold\n");
	else if (!found->conflict_proven)
		weir_text_add(to, "a smaller set may do: the time was over\n");
}

/* --- the selection ---------------------------------------------------------------------------------------------- */

static weir_status keep_chosen(weir_session *s, const weir_candidates *c, const weir_select_found *found)
{
	size_t count = 0;
	uint64_t *offsets = weir_alloc_zero((size_t)c->count + 1, sizeof *offsets);
	if (!offsets)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < c->count; i++)
		if (found->candidates[i].state == WEIR_CANDIDATE_CHOSEN)
			offsets[count++] = s->deal->pool.contracts[i].place.offset;
	if (count)
		weir_selection_write_tape(&s->chosen_tape, &s->sources.items[c->rules->tape_source - 1], offsets, count,
		                          c->rules);
	weir_free(offsets);
	return weir_text_status(&s->chosen_tape);
}

static weir_status choose(weir_session *s, const weir_selection_rules *rules, const weir_select_request *request,
                          weir_select_answer *answer)
{
	weir_status status;
	weir_candidates candidates = { 0 };
	weir_select_found found;
	weir_results *results = NULL;
	weir_select_terms terms = { .seconds = request->seconds > 0 ? request->seconds : DEFAULT_SECONDS,
		                    .gap = request->gap,
		                    .without_gains = request->without_gains,
		                    .go_on = request->progress,
		                    .context = request->context };
	WEIR_TRY(weir_pool_create(&s->pool, s->arena, s->deal, &s->diags));
	status = weir_candidates_create(&candidates, s->arena, s->pool, rules, &s->diags);
	if (status != WEIR_OK && status != WEIR_INPUT) /* the faults of limits are told with those of tests */
		goto out;
	WEIR_TRY(weir_select(&found, &candidates, &terms, &s->diags));
	WEIR_TRY(weir_session_new_results(s, NULL, &results));
	WEIR_TRY(weir_fill_selection(results, &candidates, &found));
	WEIR_TRY(keep_chosen(s, &candidates, &found));
	*answer = (weir_select_answer){ .found = found.outcome == WEIR_SELECT_FOUND,
		                        .impossible = found.outcome == WEIR_SELECT_IMPOSSIBLE,
		                        .proven = found.proven,
		                        .objective = found.value,
		                        .contracts = found.contracts,
		                        .obligors = found.obligors,
		                        .principal_cents = found.principal_cents };
	if (answer->found)
		tell_found(s, &candidates, &found);
	else
		tell_none(s, &found);
	WEIR_TRY(weir_text_status(&s->summary));
	status = weir_session_keep(s, results);
	results = NULL;
	if (status == WEIR_OK && !answer->found)
		status = WEIR_NO;
out:
	weir_results_destroy(results);
	weir_candidates_free(&candidates);
	return status;
}

int weir_session_select(weir_session **session, const weir_select_request *request, weir_select_answer *answer)
{
	weir_status status;
	weir_selection_rules *rules = NULL;
	*session = NULL;
	*answer = (weir_select_answer){ .objective = NAN };
	weir_session *s = weir_alloc_zero(1, sizeof *s);
	if (!s)
		return weir_exit_of(WEIR_NO_MEMORY);
	WEIR_TRY(weir_arena_create(&s->arena));
	WEIR_TRY(weir_selection_load(&s->deal, &rules, &s->sources, request->tape, request->rules, &s->diags));
	WEIR_TRY(choose(s, rules, request, answer));
out:
	if (s->diags.lost && (status == WEIR_OK || status == WEIR_NO))
		status = WEIR_NO_MEMORY;
	weir_diags_sort(&s->diags);
	if (status == WEIR_NO_MEMORY) {
		weir_session_close(s);
		return weir_exit_of(status);
	}
	*session = s;
	return weir_exit_of(status);
}

int weir_session_write_selection(weir_session *s, const char *path)
{
	weir_status status = weir_session_begin_without_plan(s);
	if (status == WEIR_OK && !s->chosen_tape.length) {
		weir_diag_error(&s->call, USAGE, (weir_place){ 0 }, "nothing is chosen, so there is no tape to write");
		status = WEIR_INPUT;
	}
	if (status == WEIR_OK)
		status = weir_file_write(path, s->chosen_tape.data, s->chosen_tape.length, &s->call);
	return weir_session_end(s, status);
}
