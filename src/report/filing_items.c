/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filing_items.c: the parts of a prescribed report that repeat: receipts and payments, and triggers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/filing_int.h"

static int is(const char *text, const char *word)
{
	return strcmp(text, word) == 0;
}

/* A text in the arena; NULL when memory is short. Frees the text. */
static const char *settle(weir_arena *arena, weir_text *text)
{
	const char *kept = weir_text_keep(text, arena);
	return kept;
}

/* --- receipts and payments -------------------------------------------------------------------------------------- */

/* Between the deal's own accounts: neither a receipt nor a payment. */
static int is_inside(const weir_table *trace, size_t row)
{
	const char *what = weir_filing_word(trace, row, "what", 0);
	return is(what, "transfer") || is(what, "fill") || is(what, "release");
}

static double sum_accounts(const weir_results *results, int period, const char *column)
{
	const weir_table *accounts = weir_results_table(results, "accounts");
	double total = 0;
	for (size_t row = 0; accounts && row < accounts->row_count; row++)
		if (weir_filing_cell(accounts, row, "period") == period &&
		    !isnan(weir_filing_cell(accounts, row, column)))
			total += weir_filing_cell(accounts, row, column);
	return total;
}

/* WATERFALL/STEP/PAYEE/ITEM/ACCOUNT, with a number where it stands several times. */
static const char *make_id(weir_arena *arena, const weir_table *trace, size_t row, const weir_filing_line *lines,
                           size_t count)
{
	static const char *const parts[] = { "waterfall", "step", "payee", "what", "source" };
	weir_text id = { 0 };
	size_t same = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *word = weir_filing_word(trace, row, parts[i], 0);
		if (*word)
			weir_text_printf(&id, "%s%s", id.length ? "/" : "", word);
	}
	for (size_t i = 0; i < count && id.data; i++)
		same += strncmp(lines[i].id, id.data, id.length) == 0 &&
		        (!lines[i].id[id.length] || lines[i].id[id.length] == '#');
	if (same > 0)
		weir_text_printf(&id, "#%zu", same + 1);
	return settle(arena, &id);
}

/* "Step 3, 13.2(c): Interest, Senior A". */
static const char *make_item(weir_arena *arena, const weir_table *trace, size_t row)
{
	const char *step = weir_filing_word(trace, row, "step", 1), *clause = weir_filing_word(trace, row, "clause", 1);
	weir_text item = { 0 };
	if (*step)
		weir_text_printf(&item, "Step %s%s", step, *clause ? ", " : "");
	weir_text_add(&item, clause);
	weir_text_printf(&item, "%s%s, %s", *step || *clause ? ": " : "", weir_filing_word(trace, row, "what", 1),
	                 weir_filing_word(trace, row, "payee", 1));
	return settle(arena, &item);
}

weir_status weir_filing_lines(weir_filing_line **out, size_t *count, weir_arena *arena, const weir_results *results,
                              int period, weir_diags *diags)
{
	const weir_table *trace = weir_results_table(results, "trace");
	size_t rows = trace ? trace->row_count : 0, made = 1;
	double post = sum_accounts(results, period, "opening"), closing = sum_accounts(results, period, "closing");
	weir_filing_line *lines = weir_arena_array(arena, rows + 1, sizeof *lines);
	if (!lines)
		return WEIR_NO_MEMORY;
	lines[0] = (weir_filing_line){ "opening", "Cash brought forward", post, post };
	for (int payments = 0; payments < 2; payments++)
		for (size_t row = 0; row < rows; row++) {
			double paid = weir_filing_cell(trace, row, "paid");
			if (weir_filing_cell(trace, row, "period") != period || is_inside(trace, row) ||
			    (paid < 0) == payments)
				continue;
			weir_filing_line *line = &lines[made];
			line->id = make_id(arena, trace, row, lines, made);
			line->item = make_item(arena, trace, row);
			if (!line->id || !line->item)
				return WEIR_NO_MEMORY;
			line->amount_cents = paid == 0 ? 0 : -paid;
			line->post_cents = post += line->amount_cents;
			made++;
		}
	*out = lines;
	*count = made;
	if (post == closing)
		return WEIR_OK;
	char ends[40], holds[40];
	weir_cents_format(post, results->currency_digits, ends);
	weir_cents_format(closing, results->currency_digits, holds);
	weir_diag_error(diags, FOOTING, (weir_place){ 0 },
	                "the payment trace of period %d ends with %s, the accounts with %s; run the deal again", period,
	                ends, holds);
	return WEIR_INPUT;
}

/* --- triggers --------------------------------------------------------------------------------------------------- */

/* The row of table triggers for a trigger's id; -1 when there is none. */
static long find_trigger(const weir_results *results, const char *id)
{
	const weir_table *triggers = weir_results_table(results, "triggers");
	for (size_t row = 0; triggers && row < triggers->row_count; row++)
		if (is(weir_filing_word(triggers, row, "trigger", 0), id))
			return (long)row;
	return -1;
}

weir_status weir_filing_tests(size_t **rows, size_t *count, weir_arena *arena, const weir_results *results, int period)
{
	const weir_table *tests = weir_results_table(results, "tests");
	size_t most = tests ? tests->row_count : 0;
	*count = 0;
	*rows = weir_arena_array(arena, most + 1, sizeof **rows);
	if (!*rows)
		return WEIR_NO_MEMORY;
	for (size_t row = 0; row < most; row++)
		if (weir_filing_cell(tests, row, "period") == period &&
		    find_trigger(results, weir_filing_word(tests, row, "test", 0)) >= 0)
			(*rows)[(*count)++] = row;
	return WEIR_OK;
}

/* A number of table tests in full digits. */
static void add_figure(weir_text *to, const weir_results *results, const weir_table *tests, size_t row,
                       const char *column)
{
	char buffer[64];
	int number = weir_table_column(tests, column);
	const weir_cell *cell = weir_table_cell(tests, row, number);
	weir_text_add(to, weir_cell_plain(tests, number, cell, results->currency_digits, buffer));
}

/* The words of a comparison ("NAME: a < b") without the name of its trigger. */
static const char *without_name(const char *words, const char *name)
{
	size_t length = strlen(name);
	return strncmp(words, name, length) == 0 && strncmp(words + length, ": ", 2) == 0 ? words + length + 2 : words;
}

/* The comparisons of the trigger in `row`, which stand before it: what was measured against what, in full digits. */
static void add_comparisons(weir_text *to, const weir_results *results, const weir_table *tests, size_t row)
{
	const char *id = weir_filing_word(tests, row, "test", 0);
	const char *name = weir_filing_word(tests, row, "test", 1);
	size_t length = strlen(id), first = row;
	while (first > 0) {
		const char *part = weir_filing_word(tests, first - 1, "test", 0);
		if (strncmp(part, id, length) != 0 || part[length] != '.' || strchr(part + length + 1, '.'))
			break;
		first--;
	}
	for (size_t at = first; at <= row; at++) {
		if (isnan(weir_filing_cell(tests, at, "value")))
			continue;
		weir_text_add(to, "; measured: ");
		if (at < row)
			weir_text_printf(to, "%s: ", without_name(weir_filing_word(tests, at, "test", 1), name));
		add_figure(to, results, tests, at, "value");
		weir_text_add(to, " against ");
		add_figure(to, results, tests, at, "threshold");
	}
}

static const char *describe(weir_arena *arena, const weir_results *results, const weir_table *tests, size_t row)
{
	const weir_table *triggers = weir_results_table(results, "triggers");
	size_t trigger = (size_t)find_trigger(results, weir_filing_word(tests, row, "test", 0));
	const char *clause = weir_filing_word(triggers, trigger, "clause", 1);
	weir_text text = { 0 };
	weir_text_printf(&text, "%s%s%s%s: %s; effect: %s", weir_filing_word(tests, row, "test", 1),
	                 *clause ? " (" : "", clause, *clause ? ")" : "",
	                 weir_filing_word(triggers, trigger, "condition", 1),
	                 weir_filing_word(tests, row, "effect", 1));
	add_comparisons(&text, results, tests, row);
	return settle(arena, &text);
}

/* A figure in the form's unit: money in whole units of the currency, rates as they are and marked, dates not at all. */
static weir_filing_value figure(const weir_results *results, const weir_table *tests, size_t row, const char *column)
{
	const weir_cell *cell = weir_table_cell(tests, row, weir_table_column(tests, column));
	if (!cell || !cell->present)
		return (weir_filing_value){ 0 };
	weir_cell_type type = weir_cell_type_of(&tests->columns[weir_table_column(tests, column)], cell);
	if (type == WEIR_CELL_DATE || type == WEIR_CELL_TEXT || cell->number < 0)
		return (weir_filing_value){ 0 };
	weir_filing_value value = weir_filing_number(cell->number);
	for (int i = 0; type == WEIR_CELL_MONEY && i < results->currency_digits; i++)
		value.number /= 10;
	value.is_rate = type == WEIR_CELL_RATE;
	return value;
}

/* Days in which a breach can be cured before the trigger counts: the tests in a row that it takes, but one. */
static double cure_days(const weir_results *results, const weir_table *tests, size_t row, int period)
{
	double needed = weir_filing_cell(tests, row, "needed");
	int days = weir_filing_days(results, period);
	return needed > 1 && days > 0 ? (needed - 1) * days : NAN;
}

/* CHPP: the order of payments changes; else OTHR. Effects are told in weir's own words, in English (fill_tests.c). */
static const char *consequence(const weir_table *tests, size_t row)
{
	const char *effect = weir_filing_word(tests, row, "effect", 1), *steps = strstr(effect, "changes ");
	int changes_steps = steps && strstr(steps, " step");
	return strstr(effect, "chooses the waterfall") || changes_steps ? "CHPP" : "OTHR";
}

weir_status weir_filing_test(weir_filing_value *out, weir_arena *arena, const weir_results *results, size_t row,
                             int period, const char *name)
{
	const weir_table *tests = weir_results_table(results, "tests");
	*out = (weir_filing_value){ 0 };
	if (is(name, "id")) {
		*out = weir_filing_text(weir_filing_word(tests, row, "test", 0));
	} else if (is(name, "description")) {
		*out = weir_filing_text(describe(arena, results, tests, row));
		return out->present ? WEIR_OK : WEIR_NO_MEMORY;
	} else if (is(name, "threshold") || is(name, "value")) {
		*out = figure(results, tests, row, name);
	} else if (is(name, "hit")) {
		*out = weir_filing_number(is(weir_filing_word(tests, row, "status", 0), "hit"));
	} else if (is(name, "cure")) {
		*out = weir_filing_number(cure_days(results, tests, row, period));
	} else if (is(name, "frequency")) {
		int days = weir_filing_days(results, period);
		*out = weir_filing_number(days > 0 ? days : NAN);
	} else if (is(name, "consequence")) {
		*out = weir_filing_text(consequence(tests, row));
	} else {
		return WEIR_NO;
	}
	return WEIR_OK;
}
