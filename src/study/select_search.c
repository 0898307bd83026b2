/* SPDX-License-Identifier: GPL-3.0-or-later */
/* select_search.c: the best selection under some of the rules: programmes, each no worse than what was found, until
 * there is none. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "study/select_int.h"

#define MOST_TIES 12    /* selections as good as the best that are looked at one by one; with more, in chunks */
#define MOST_SHUT_OUT 400 /* solutions of one search that are cut off one by one */
#define CORE 80         /* candidates that are searched before all are */
#define CORE_GAP 1e-4
#define FIRST_GAP 1e-2  /* any good selection will do as the first */
#define CORE_NODES 2000
#define RATIO_GAP 0.2   /* of the programmes on the way to the best ratio: the next aims higher */
#define RATIO_STEPS 30
#define MARGIN 1e-7
#define CHUNK 16        /* candidates whose order is settled at once: powers of two up to 2^15 */

double weir_select_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --- one programme ---------------------------------------------------------------------------------------------- */

static int ask_to_go_on(void *context)
{
	select_study *s = context;
	if (s->terms->go_on && !s->terms->go_on(s->terms->context, s->steps ? (double)s->steps_done / s->steps : 0))
		s->interrupted = 1;
	return !s->interrupted;
}

static void read_found(select_search *x)
{
	for (int i = 0; i < x->s->count; i++)
		x->found[i] = x->values[x->s->together[i]] > 0.5;
}

/* Whether the solution meets every rule that is not dropped, to the cent. */
static int holds(const select_search *x)
{
	select_study *s = x->s;
	int any = 0;
	for (int i = 0; i < s->count; i++) {
		any |= x->found[i];
		if (x->found[i] ? s->forbidden[i] : s->forced[i])
			return 0;
	}
	for (int l = 0; any && l < s->limit_count; l++)
		if (!x->dropped[l] && s->limits[l].rule->kind > WEIR_RULE_EXCLUDE &&
		    !weir_select_holds(s, &s->limits[l], x->found))
			return 0;
	return any;
}

/* The least that the under of a selection can be. */
static double least_under(const select_study *s, const char *dropped)
{
	double least = INFINITY;
	if (!s->goal.under)
		return 1;
	for (int i = 0; i < s->count; i++)
		if (!s->barred[i] && (double)s->goal.under[i] < least)
			least = (double)s->goal.under[i];
	for (int l = 0; l < s->limit_count; l++) {
		const select_limit *limit = &s->limits[l];
		int whole = !dropped[l] && limit->rule->kind == WEIR_RULE_AMOUNT && limit->side == WEIR_SIDE_LEAST &&
		            !limit->of && !limit->bands.count;
		for (int i = 0; whole && i < s->count; i++)
			whole = limit->money[i] == (double)s->goal.under[i];
		if (whole && (double)limit->bound > least)
			least = (double)limit->bound;
	}
	return least;
}

static weir_status make_room(select_search *x, const weir_program *program)
{
	size_t count = program->column_count;
	if (count <= x->room)
		return WEIR_OK;
	double *more = weir_realloc(x->values, 2 * count * sizeof *more);
	if (!more)
		return WEIR_NO_MEMORY;
	x->values = more;
	x->costs = more + count;
	x->room = count;
	return WEIR_OK;
}

static int can_be_chosen(const weir_program *program, int column)
{
	return program->columns[column].least < program->columns[column].most;
}

/* Fixes the candidates whose change alone would bring the gain below `target`: the broken solution's bound and the cost
 * of moving one of them say so (reduced-cost fixing). Gives how many are left. */
static int fix_by_costs(select_search *x, weir_program *program, double bound, double target)
{
	int left = 0;
	double least = target - MARGIN * (1 + fabs(bound));
	for (int i = 0; i < x->s->count; i++) {
		weir_program_column *column = &program->columns[i];
		if (!can_be_chosen(program, i))
			continue;
		if (x->values[i] < MARGIN && bound + x->costs[i] < least)
			column->most = 0;
		else if (x->values[i] > 1 - MARGIN && bound - x->costs[i] < least)
			column->least = 1;
		else
			left++;
	}
	return left;
}

/* Whether the solution is above a limit by bands that the programme did not speak of: they are taken in. */
static int takes_bands(select_search *x)
{
	for (int i = 0; i < x->s->count; i++)
		x->values[i] = x->found[i];
	return weir_select_separate(x->s, x->values, x->dropped) > 0;
}

static int by_size(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;
	return difference < 0 ? -1 : difference > 0;
}

/* Tries only the candidates about which the broken solution is least sure, the others as in it; `kept` [count] keeps
 * their bounds. *found: a solution that is better than the best so far, or slipped through. */
static weir_status try_core(int *found, select_search *x, weir_program *program, const weir_program_search *how)
{
	select_study *s = x->s;
	weir_program_search shorter = *how;
	weir_program_answer answer;
	weir_status status;
	int open = 0;
	size_t size = (size_t)s->count * sizeof *program->columns;
	weir_program_column *kept = weir_alloc(size + 1);
	*found = 0;
	if (!kept)
		return WEIR_NO_MEMORY;
	memcpy(kept, program->columns, size);
	for (int i = 0; i < s->count; i++)
		if (can_be_chosen(program, i))
			s->scratch[open++] = fabs(x->costs[i]);
	qsort(s->scratch, (size_t)open, sizeof *s->scratch, by_size);
	double most = s->scratch[CORE - 1];
	for (int i = 0; i < s->count; i++)
		if (can_be_chosen(program, i) && fabs(x->costs[i]) > most)
			program->columns[i].least = program->columns[i].most = x->values[i] > 0.5;
	shorter.gap = x->has_best ? CORE_GAP : FIRST_GAP;
	shorter.most_nodes = CORE_NODES;
	WEIR_TRY(weir_program_solve(&answer, x->values, program, &shorter));
	if (answer.outcome == WEIR_PROGRAM_BEST || answer.outcome == WEIR_PROGRAM_FOUND) {
		read_found(x);
		*found = !x->has_best || takes_bands(x) || !holds(x) ||
		         weir_select_compare(weir_select_value(s, x->found), x->value) > 0;
	}
out:
	memcpy(program->columns, kept, size);
	weir_free(kept);
	return status;
}

/* What the bound of a programme means for the objective. */
static double open_value(const select_search *x, double bound)
{
	const select_study *s = x->s;
	double open = bound * x->unit;
	if (s->goal.under) /* N - q D <= open says N / D <= q + open / D; of a negative one only that q is not reached
	                    */
		open = (open > 0 ? open / x->least_under : 0) + (double)x->ratio;
	open /= s->goal.scale;
	return s->goal.minimise ? -open : open;
}

/* Keeps the tightest bound: what a programme leaves open, but no worse than what there is. */
static void keep_bound(select_search *x, double bound)
{
	int minimise = x->s->goal.minimise;
	double open = open_value(x, bound), value = x->has_best ? weir_select_number(x->s, x->value) : open;
	if (!isfinite(bound))
		return;
	if (minimise ? value < open : value > open)
		open = value;
	if (isnan(x->bound) || (minimise ? open > x->bound : open < x->bound))
		x->bound = open;
}

/* The bound that is close enough to the best so far, in the programme's gain. */
static double enough(const select_search *x)
{
	const select_study *s = x->s;
	double best = (double)x->value.over / (double)x->value.under, more = s->terms->gap * fabs(best);
	return s->goal.under ? more * x->least_under / x->unit : (best + more) / x->unit;
}

static int is_close_enough(const select_search *x, double bound)
{
	double value = x->has_best ? weir_select_number(x->s, x->value) : 0;
	return x->has_best && x->s->terms->gap > 0 &&
	       fabs(open_value(x, bound) - value) <= x->s->terms->gap * fabs(value);
}

/* The broken solution, with all bands in the programme that it has above a limit; *anew: some came in, so the programme
 * is to be made anew. */
static weir_status relax(weir_program_answer *answer, int *anew, select_search *x, const weir_program *program,
                         const weir_program_search *how)
{
	weir_status status = weir_program_relax(answer, x->values, x->costs, program, how);
	int found = status == WEIR_OK && answer->outcome == WEIR_PROGRAM_BEST;
	for (int i = x->s->count - 1; found && i >= 0; i--) /* a first one stands before its others */
		x->values[i] = x->values[x->s->together[i]];
	*anew = found && weir_select_separate(x->s, x->values, x->dropped) > 0;
	return status;
}

/* Bounds the programme by its broken solution, and looks for a better selection among few candidates. *done: answered.
 */
static weir_status narrow(int *done, weir_program_answer *answer, select_search *x, weir_program *program,
                          const weir_program_search *how)
{
	int found;
	weir_status status;
	*done = 1;
	WEIR_TRY(relax(answer, &x->anew, x, program, how));
	if (answer->outcome != WEIR_PROGRAM_BEST)
		goto out;
	answer->outcome = WEIR_PROGRAM_UNKNOWN;
	if (x->anew)
		goto out;
	x->close_enough = is_close_enough(x, answer->bound);
	if (x->close_enough)
		goto out;
	double target = x->s->goal.under ? 0 : (double)x->value.over / x->unit;
	int left = x->has_best ? fix_by_costs(x, program, answer->bound, target) : x->s->count;
	if (left > CORE) {
		WEIR_TRY(try_core(&found, x, program, how));
		if (found) {
			answer->outcome = WEIR_PROGRAM_FOUND;
			goto out;
		}
	}
	*done = 0;
out:
	return status;
}

/* Whether somebody else's rules leave a candidate neither in nor out. */
static int clashes(const select_study *s)
{
	for (int i = 0; i < s->count; i++)
		if (s->forced[i] && s->forbidden[i])
			return 1;
	return 0;
}

/* Solves it; x->found gets the chosen candidates. A search whose time is over finds nothing. `improve`: the programme
 * is that of next_programme, so that its bound and the best so far narrow it. */
static weir_status solve(weir_program_answer *answer, select_search *x, weir_program *program, int improve,
                         int first_only)
{
	select_study *s = x->s;
	weir_status status;
	int done = 0;
	weir_program_search how = { .seconds = s->deadline - weir_select_seconds(), .first_only = first_only,
		                    .go_on = ask_to_go_on, .context = s };
	*answer = (weir_program_answer){ .outcome = WEIR_PROGRAM_UNKNOWN, .bound = INFINITY };
	if (clashes(s)) {
		answer->outcome = WEIR_PROGRAM_IMPOSSIBLE;
		return WEIR_OK;
	}
	if (how.seconds <= 0)
		return WEIR_OK;
	WEIR_TRY(make_room(x, program));
	if (improve) {
		WEIR_TRY(narrow(&done, answer, x, program, &how));
		how.gap = s->goal.under ? RATIO_GAP : 0;
		how.has_enough = x->has_best && s->terms->gap > 0;
		how.enough = how.has_enough ? enough(x) : 0;
		how.seconds = s->deadline - weir_select_seconds();
	}
	double bound = answer->bound;
	if (!done && how.seconds > 0) {
		WEIR_TRY(weir_program_solve(answer, x->values, program, &how));
		answer->bound = answer->bound < bound ? answer->bound : bound;
		if (answer->outcome == WEIR_PROGRAM_BEST || answer->outcome == WEIR_PROGRAM_FOUND)
			read_found(x);
	}
	if (s->interrupted)
		status = WEIR_INTERRUPTED;
out:
	return status;
}

/* --- one search ------------------------------------------------------------------------------------------------- */

static weir_status shut_out(select_search *x)
{
	if (!WEIR_GROW(x->shut, x->shut_count, x->shut_capacity))
		return WEIR_NO_MEMORY;
	char *copy = weir_alloc((size_t)x->s->count + 1);
	if (!copy)
		return WEIR_NO_MEMORY;
	memcpy(copy, x->found, (size_t)x->s->count);
	x->shut[x->shut_count++] = copy;
	return WEIR_OK;
}

/* Whether the solution is none, or one that was cut off before. */
static int is_shut_out(const select_search *x)
{
	size_t count = (size_t)x->s->count;
	for (size_t i = 0; i < x->shut_count; i++)
		if (memcmp(x->shut[i], x->found, count) == 0)
			return 1;
	return !memchr(x->found, 1, count);
}

/* The programme of the rules, no worse than the best so far and none of those that are shut out. */
static weir_status next_programme(weir_program *program, select_search *x)
{
	weir_status status = weir_select_build(program, x->s, x->dropped);
	if (x->has_best)
		x->ratio = (weir_quad)x->value.over / (weir_quad)x->value.under;
	if (status == WEIR_OK)
		status = weir_select_aim(&x->unit, program, x->s, x->ratio, x->has_best ? &x->value : NULL);
	for (size_t i = 0; i < x->shut_count && status == WEIR_OK; i++)
		status = weir_select_cut(program, x->s, x->shut[i]);
	return status;
}

/* Whether a selection takes the earlier candidate at the first difference: the rule among equal ones. */
static int comes_first(const char *a, const char *b, int count)
{
	return memcmp(a, b, (size_t)count) > 0;
}

/* Takes the solution when it is better, or as good and first. Gives 1: better, 0: as good, -1: worse. */
static int take(select_search *x)
{
	select_value value = weir_select_value(x->s, x->found);
	int order = x->has_best ? weir_select_compare(value, x->value) : 1;
	if (order > 0)
		x->ties = 0;
	else if (order == 0)
		x->ties++;
	if (order > 0 || (order == 0 && comes_first(x->found, x->best, x->s->count))) {
		memcpy(x->best, x->found, (size_t)x->s->count);
		x->value = value;
		x->has_best = 1;
	}
	return order;
}

/* One more programme of a search. *done: the search is at its end. */
static weir_status step(select_search *x, int only_value, int *done)
{
	weir_program program = { 0 };
	weir_program_answer answer;
	weir_status status;
	*done = 1;
	WEIR_TRY(next_programme(&program, x));
	WEIR_TRY(solve(&answer, x, &program, 1, 0));
	keep_bound(x, answer.bound);
	if (answer.outcome == WEIR_PROGRAM_IMPOSSIBLE) {
		x->proven = x->settled = 1;
		x->impossible = !x->has_best;
		goto out;
	}
	if (x->anew) {
		x->anew = *done = 0;
		goto out;
	}
	if (answer.outcome == WEIR_PROGRAM_UNKNOWN)
		goto out;
	if (takes_bands(x)) {
		*done = 0;
		goto out;
	}
	int again = is_shut_out(x); /* the arithmetic of the search has failed */
	if (again || !holds(x)) {
		x->slips += !again;
		*done = again || x->shut_count >= MOST_SHUT_OUT;
		status = shut_out(x);
		goto out;
	}
	int order = take(x), best_known = answer.outcome == WEIR_PROGRAM_BEST;
	x->proven =
		best_known && (order <= 0 || !x->s->goal.under); /* of a ratio only once its own ratio is aimed at */
	*done = (only_value && x->proven) || x->ties > MOST_TIES || x->shut_count >= MOST_SHUT_OUT;
	WEIR_TRY(shut_out(x));
out:
	weir_program_free(&program);
	return status;
}

/* --- the rule among equal selections, when there are many ------------------------------------------------------- */

/* The places of the next candidates that are free; gives how many. */
static int next_chunk(int *chunk, const select_study *s, int *at)
{
	int count = 0;
	for (; *at < s->count && count < CHUNK; ++*at)
		if (!s->forbidden[*at] && !s->forced[*at] && s->together[*at] == *at)
			chunk[count++] = *at;
	return count;
}

/* Of the selections as good as the best, one that takes the earliest of the chunk; those before it are as in best. */
static weir_status settle_chunk(select_search *x, const int *chunk, int count, int fixed_to, int *again, int *better)
{
	weir_program program = { 0 };
	weir_program_answer answer;
	weir_status status;
	*again = *better = 0;
	x->settled = 0;
	WEIR_TRY(next_programme(&program, x));
	for (int i = 0; i < x->s->count; i++) {
		program.columns[i].gain = 0;
		if (i < fixed_to && x->s->together[i] == i)
			program.columns[i].least = program.columns[i].most = x->best[i];
	}
	for (int k = 0; k < count; k++)
		program.columns[chunk[k]].gain = 1 << (CHUNK - 1 - k);
	WEIR_TRY(solve(&answer, x, &program, 0, 0));
	if (answer.outcome != WEIR_PROGRAM_BEST)
		goto out;
	if (takes_bands(x)) {
		*again = 1;
		goto out;
	}
	int good = holds(x), order = good ? weir_select_compare(weir_select_value(x->s, x->found), x->value) : -1;
	if (order < 0) { /* it slipped through by cents */
		x->slips += !good;
		*again = x->shut_count < MOST_SHUT_OUT;
		status = shut_out(x);
		goto out;
	}
	x->settled = 1;
	*better = order > 0;
	if (order > 0 || comes_first(x->found, x->best, x->s->count)) {
		memcpy(x->best, x->found, (size_t)x->s->count);
		x->value = weir_select_value(x->s, x->best);
	}
out:
	weir_program_free(&program);
	return status;
}

static void free_shut(select_search *x)
{
	for (size_t i = 0; i < x->shut_count; i++)
		weir_free(x->shut[i]);
	x->shut_count = 0;
}

static weir_status settle(select_search *x)
{
	int chunk[CHUNK], at = 0, fixed_to = 0, count;
	weir_status status = WEIR_OK;
	free_shut(x); /* the best itself may be the first */
	while ((count = next_chunk(chunk, x->s, &at)) > 0) {
		int again = 1, better = 0;
		while (again && status == WEIR_OK)
			status = settle_chunk(x, chunk, count, fixed_to, &again, &better);
		if (status != WEIR_OK || !x->settled)
			break;
		fixed_to = at = better ? 0 : at; /* better by less than the programmes tell: once more */
	}
	return status;
}

/* The best ratio of broken solutions, by Dinkelbach's steps: no selection's is better, and aiming at it finds a good
 * one. */
static weir_status aim_at_bound(select_search *x)
{
	weir_status status = WEIR_OK;
	select_study *s = x->s;
	for (int i = 0, anew = 0; i < RATIO_STEPS && status == WEIR_OK; i++) {
		weir_program program = { 0 };
		weir_program_answer answer = { .outcome = WEIR_PROGRAM_UNKNOWN };
		weir_program_search how = { .seconds = s->deadline - weir_select_seconds() };
		weir_quad over = 0, under = 0, last = x->ratio;
		status = next_programme(&program, x);
		if (status == WEIR_OK)
			status = make_room(x, &program);
		if (status == WEIR_OK && !clashes(s) && how.seconds > 0)
			status = relax(&answer, &anew, x, &program, &how);
		weir_program_free(&program);
		if (status != WEIR_OK || answer.outcome != WEIR_PROGRAM_BEST)
			break;
		if (anew)
			continue;
		for (int k = 0; k < s->count; k++) {
			over += x->values[k] * (weir_quad)s->goal.over[k];
			under += x->values[k] * (weir_quad)s->goal.under[k];
		}
		if (under <= 0 || (last != 0 && over / under <= last))
			break;
		x->ratio = over / under;
	}
	return status;
}

/* --- searches --------------------------------------------------------------------------------------------------- */

weir_status weir_select_search(select_search *x, int only_value)
{
	int done = 0;
	weir_status status = WEIR_OK;
	weir_select_mark(x->s, x->dropped);
	x->least_under = least_under(x->s, x->dropped);
	if (x->s->goal.under && !x->has_best)
		status = aim_at_bound(x);
	while (!done && status == WEIR_OK)
		status = step(x, only_value, &done);
	if (status == WEIR_OK && !only_value && x->proven && !x->settled && x->ties > MOST_TIES)
		status = settle(x);
	free_shut(x);
	return status;
}

weir_status weir_select_can_hold(int *answer_out, select_search *x)
{
	weir_program_answer answer;
	weir_status status = WEIR_OK;
	weir_select_mark(x->s, x->dropped);
	*answer_out = -1;
	for (int known = 0; !known && status == WEIR_OK;) {
		weir_program program = { 0 };
		known = 1;
		status = weir_select_build(&program, x->s, x->dropped);
		for (size_t i = 0; i < x->shut_count && status == WEIR_OK; i++)
			status = weir_select_cut(&program, x->s, x->shut[i]);
		if (status == WEIR_OK)
			status = solve(&answer, x, &program, 0, 1);
		weir_program_free(&program);
		if (status != WEIR_OK)
			break;
		if (answer.outcome == WEIR_PROGRAM_IMPOSSIBLE) {
			*answer_out = 0;
		} else if (answer.outcome != WEIR_PROGRAM_UNKNOWN && takes_bands(x)) {
			known = 0;
		} else if (answer.outcome != WEIR_PROGRAM_UNKNOWN && holds(x)) {
			*answer_out = 1;
		} else if (answer.outcome != WEIR_PROGRAM_UNKNOWN && x->shut_count < MOST_SHUT_OUT) {
			status = shut_out(x);
			known = 0;
		}
	}
	free_shut(x);
	return status;
}

weir_status weir_select_begin(select_search *x, select_study *s)
{
	*x = (select_search){ .s = s, .bound = NAN };
	x->dropped = weir_alloc_zero((size_t)s->limit_count + 1, 1);
	x->best = weir_alloc_zero((size_t)s->count + 1, 1);
	x->found = weir_alloc_zero((size_t)s->count + 1, 1);
	return x->dropped && x->best && x->found ? WEIR_OK : WEIR_NO_MEMORY;
}

void weir_select_end(select_search *x)
{
	free_shut(x);
	weir_free(x->shut);
	weir_free(x->dropped);
	weir_free(x->best);
	weir_free(x->found);
	weir_free(x->values);
}
