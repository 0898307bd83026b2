/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solve.c: one number until a formula holds, for a session: every solution as a row and as a line of text. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "report/fill.h"
#include "report/fill_deal.h"
#include "study/solve.h"

typedef struct solve_study {
	weir_session *s;
	const weir_solve_request *request;
	weir_arena *arena;
	weir_solve_terms terms;
	weir_solve found;
	weir_results *results;
	weir_table *table;
} solve_study;

/* --- what is asked -------------------------------------------------------------------------------------------- */

static weir_status complain_range(solve_study *st)
{
	weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 },
	                "\"%s\" names no number to vary; write NAME, or NAME=FROM:TO such as A.coupon=2%%:6%%",
	                st->request->vary);
	return WEIR_INPUT;
}

static weir_status check_range(solve_study *st)
{
	const weir_solve_terms *t = &st->terms;
	double most = weir_vary_unit_of(st->s->plan, t->vary) == WEIR_VARY_MONEY ? WEIR_CENTS_MAX : 1e6;
	if (!(t->from < t->to))
		weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "the range of \"%s\" is empty; give a lower end below its upper end", t->vary);
	else if (fabs(t->from) > most || fabs(t->to) > most)
		weir_diag_error(&st->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "the range of \"%s\" is too wide; give ends nearer to 0", t->vary);
	return weir_session_judge(st->s);
}

/* NAME or NAME=FROM:TO. */
static weir_status read_vary(solve_study *st)
{
	weir_status status;
	weir_session *s = st->s;
	const char *text = st->request->vary, *equals = strchr(text, '=');
	char *name = weir_arena_text(st->arena, text, equals ? (size_t)(equals - text) : strlen(text));
	char *from = weir_arena_text(st->arena, equals ? equals + 1 : "", equals ? strlen(equals + 1) : 0);
	if (!name || !from)
		return WEIR_NO_MEMORY;
	char *to = strchr(from, ':');
	if (!*name || (equals && (!to || strchr(to + 1, ':'))))
		return complain_range(st);
	st->terms.vary = name;
	if (!weir_block_knows(s->plan, name)) {
		weir_block_complain_unknown(s->plan, name, (weir_place){ 0 }, &s->call);
		return WEIR_INPUT;
	}
	weir_vary_default_range(&st->terms.from, &st->terms.to, s->plan, name);
	if (!equals)
		return WEIR_OK;
	*to++ = '\0';
	WEIR_TRY(weir_session_parse_value(s, name, from, &st->terms.from));
	WEIR_TRY(weir_session_parse_value(s, name, to, &st->terms.to));
	status = check_range(st);
out:
	return status;
}

static weir_status read_sets(solve_study *st)
{
	weir_overlay *sets;
	weir_status status = weir_session_read_sets(st->s, st->request->sets, st->request->set_count, &sets, st->arena);
	if (status != WEIR_OK)
		return status;
	st->terms.sets = sets;
	st->terms.set_count = (int)st->request->set_count;
	for (size_t i = 0; i < st->request->set_count; i++)
		if (strcmp(sets[i].name, st->terms.vary) == 0) {
			weir_diag_error(&st->s->call, BAD_VALUE, (weir_place){ 0 },
			                "\"%s\" is set and varied at once; leave one of them out", st->terms.vary);
			return WEIR_INPUT;
		}
	return WEIR_OK;
}

static weir_status read_request(solve_study *st)
{
	weir_status status;
	weir_session *s = st->s;
	const weir_solve_request *request = st->request;
	st->terms = (weir_solve_terms){ .go_on = request->progress, .context = request->context };
	WEIR_TRY(read_vary(st));
	WEIR_TRY(weir_metric_parse(&st->terms.until, st->arena, s->plan, NULL, request->until, (weir_place){ 0 },
	                           WEIR_TYPE_FLAG, &s->call));
	WEIR_TRY(weir_session_find_scenario(s, request->scenario, &st->terms.scenario));
	WEIR_TRY(read_sets(st));
	status = weir_session_parse_support(s, request->support, &st->terms.variant);
out:
	return status;
}

/* --- the table ------------------------------------------------------------------------------------------------ */

static weir_cell residual_cell(const solve_study *st, double residual)
{
	return weir_session_change_cell(weir_metric_side_type(st->terms.until), residual);
}

/* The cells that all rows share; NULL without memory. */
static weir_cell *add_row(solve_study *st, const char *kind, double value)
{
	weir_cell *row = weir_table_add_row(st->results, st->table);
	if (!row)
		return NULL;
	row[WEIR_COL_solve_vary] = weir_session_text_cell(st->results, st->terms.vary);
	row[WEIR_COL_solve_formula] = weir_session_text_cell(st->results, weir_metric_text(st->terms.until));
	row[WEIR_COL_solve_scenario] = weir_session_scenario_cell(st->terms.scenario);
	row[WEIR_COL_solve_support] = weir_fill_variant(st->results, st->s->deal, st->terms.variant);
	row[WEIR_COL_solve_kind] = weir_fill_word(kind);
	row[WEIR_COL_solve_value] = weir_session_value_cell(st->s, st->terms.vary, value);
	return row;
}

static weir_status add_solution(solve_study *st, const weir_solution *found)
{
	weir_cell *row = add_row(st, weir_solution_word(found->kind), found->value);
	if (!row)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_solve_from] = weir_session_value_cell(st->s, st->terms.vary, found->from);
	row[WEIR_COL_solve_to] = weir_session_value_cell(st->s, st->terms.vary, found->to);
	row[WEIR_COL_solve_residual] = residual_cell(st, found->residual);
	row[WEIR_COL_solve_residual_below] = residual_cell(st, found->residual_below);
	row[WEIR_COL_solve_residual_above] = residual_cell(st, found->residual_above);
	row[WEIR_COL_solve_closing_gap] = weir_cell_number(found->closing_gap_cents);
	return WEIR_OK;
}

static weir_status fill_table(solve_study *st)
{
	weir_status status;
	const weir_solve *found = &st->found;
	WEIR_TRY(weir_session_new_results(st->s, st->terms.scenario, &st->results));
	WEIR_TRY(weir_results_add_standard(&st->table, st->results, WEIR_TABLE_solve));
	for (int i = 0; i < found->count; i++)
		WEIR_TRY(add_solution(st, &found->items[i]));
	if (found->found || isnan(found->nearest))
		goto out;
	weir_cell *row = add_row(st, "nearest", found->nearest);
	if (!row)
		return WEIR_NO_MEMORY;
	row[WEIR_COL_solve_residual] = residual_cell(st, found->nearest_residual);
out:
	return status;
}

/* --- the text ------------------------------------------------------------------------------------------------- */

/* Every digit of a value of the varied number. */
static void write_value(solve_study *st, double value)
{
	const weir_session *s = st->s;
	const weir_parameter *parameter = weir_plan_find_parameter(s->plan, st->terms.vary);
	if (weir_vary_unit_of(s->plan, st->terms.vary) == WEIR_VARY_RATE)
		weir_plan_write_value(s->plan, parameter ? parameter->type : WEIR_TYPE_RATE, value, &st->s->summary);
	else
		weir_session_write_value(s, st->terms.vary, value, &st->s->summary);
}

static void write_range(solve_study *st, double from, double to)
{
	write_value(st, from);
	weir_text_add(&st->s->summary, " to ");
	write_value(st, to);
}

static void write_residual(solve_study *st, double residual)
{
	weir_text *to = &st->s->summary;
	switch (weir_metric_side_type(st->terms.until)) {
	case WEIR_TYPE_MONEY:
		weir_plan_write_value(st->s->plan, WEIR_TYPE_MONEY, residual, to);
		break;
	case WEIR_TYPE_RATE:
		weir_text_printf(to, "%.3g%%", residual * 100);
		break;
	case WEIR_TYPE_DATE:
	case WEIR_TYPE_DAYS:
		weir_text_printf(to, "%.0f day%s", residual, fabs(residual) == 1 ? "" : "s");
		break;
	default:
		weir_text_printf(to, "%.3g", residual);
	}
}

static void tell_equal(solve_study *st, const weir_solution *found)
{
	weir_text *to = &st->s->summary;
	weir_text_printf(to, ": %s, ", weir_solution_word(found->kind));
	if (found->residual == 0) {
		weir_text_add(to, "met exactly");
	} else {
		weir_text_add(to, "off by ");
		write_residual(st, found->residual);
	}
	if (found->from < found->to) {
		weir_text_add(to, found->residual == 0 ? "; so it is from " : "; no farther off from ");
		write_range(st, found->from, found->to);
	}
}

static void tell_closing(solve_study *st, const weir_solution *found)
{
	char gap[WEIR_CENTS_TEXT];
	double cents = found->closing_gap_cents;
	if (cents == 0)
		return;
	weir_cents_format_grouped(fabs(cents), st->s->deal->currency_digits, gap);
	weir_text_add(&st->s->summary, "    at ");
	write_value(st, found->value);
	weir_text_printf(&st->s->summary, " the closing does not balance: %s %s\n", gap,
	                 cents < 0 ? "is missing" : "is left over");
}

/* Of an interval its first end tells both. */
static int is_told(const weir_solve *found, int number)
{
	const weir_solution *one = &found->items[number];
	return one->kind == WEIR_SOLUTION_CEASES && one->from > found->from;
}

static void tell_solution(solve_study *st, const weir_solution *found)
{
	weir_text *to = &st->s->summary;
	weir_text_add(to, "  ");
	switch (found->kind) {
	case WEIR_SOLUTION_BEGINS:
	case WEIR_SOLUTION_CEASES:
	case WEIR_SOLUTION_ALWAYS:
		weir_text_add(to, "holds from ");
		write_range(st, found->from, found->to);
		weir_text_add(to, found->kind == WEIR_SOLUTION_ALWAYS ? ": the whole range" : "");
		break;
	case WEIR_SOLUTION_JUMP:
		weir_text_add(to, "no solution, but a jump: the sides pass each other between ");
		write_value(st, found->from);
		weir_text_add(to, " and ");
		write_value(st, found->to);
		break;
	default:
		write_value(st, found->value);
		tell_equal(st, found);
	}
	weir_text_add(to, "\n");
	tell_closing(st, found);
}

static void tell_none(solve_study *st)
{
	weir_text *to = &st->s->summary;
	if (isnan(st->found.nearest)) {
		int has_sides = weir_metric_comparison(st->terms.until) != WEIR_OP_CONSTANT;
		weir_text_printf(to, "  none: %s at none of the %d values %s\n",
		                 has_sides ? "its sides exist" : "it holds", st->found.scanned,
		                 st->found.scanned_all ? "of the range" : "looked at");
		return;
	}
	weir_text_add(to, "  none; nearest at ");
	write_value(st, st->found.nearest);
	weir_text_add(to, ", where the left side less the right is ");
	write_residual(st, st->found.nearest_residual);
	weir_text_add(to, "\n");
}

/* "A.coupon, 0% to 100%, until A.yield = 4%:" and a line for each solution. */
static weir_status tell(solve_study *st)
{
	weir_text *to = &st->s->summary;
	const weir_solve *found = &st->found;
	weir_text_free(to);
	weir_text_printf(to, "%s, ", st->terms.vary);
	write_range(st, found->from, found->to);
	weir_text_printf(to, ", until %s:\n", weir_metric_text(st->terms.until));
	for (int i = 0; i < found->count; i++)
		if (!is_told(found, i))
			tell_solution(st, &found->items[i]);
	if (!found->found)
		tell_none(st);
	if (found->refused)
		weir_text_printf(to, "  the equation has %d solution%s where the rest of the formula does not hold\n",
		                 found->refused, found->refused == 1 ? "" : "s");
	if (found->more)
		weir_text_printf(to, "  and more than are listed here\n");
	return weir_text_status(to);
}

static void answer_with(weir_solve_answer *answer, const weir_solve *found)
{
	*answer = (weir_solve_answer){ .found = found->found,
		                       .value = NAN,
		                       .residual = NAN,
		                       .nearest = found->nearest,
		                       .nearest_residual = found->nearest_residual };
	for (int i = found->count - 1; i >= 0; i--)
		if (found->items[i].kind != WEIR_SOLUTION_JUMP) {
			answer->value = found->items[i].value;
			answer->residual = found->items[i].residual;
			answer->kind = weir_solution_word(found->items[i].kind);
		}
}

int weir_session_solve(weir_session *s, const weir_solve_request *request, weir_solve_answer *answer)
{
	weir_status status;
	solve_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(read_request(&study));
	WEIR_TRY(weir_solve_find(&study.found, study.arena, s->plan, &study.terms, &s->call));
	WEIR_TRY(fill_table(&study));
	WEIR_TRY(tell(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
	WEIR_TRY(status);
	answer_with(answer, &study.found);
	status = study.found.found ? WEIR_OK : WEIR_NO;
out:
	weir_results_destroy(study.results);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}
