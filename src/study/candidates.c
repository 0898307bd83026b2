/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/candidates.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

/* --- what candidates have --------------------------------------------------------------------------------------- */

/* X(name, type): values of a contract; docs/select.md describes each. */
#define VALUES(X)                     \
	X(principal, MONEY)           \
	X(income, MONEY)              \
	X(receivable, MONEY)          \
	X(amount, MONEY)              \
	X(face, MONEY)                \
	X(deposit, MONEY)             \
	X(ip_value, MONEY)            \
	X(obligor_principal, MONEY)   \
	X(obligor_receivable, MONEY)  \
	X(rate, RATE)                 \
	X(pd_annual, RATE)            \
	X(lgd, RATE)                  \
	X(ltv, RATE)                  \
	X(coverage, NUMBER)           \
	X(remaining_months, NUMBER)   \
	X(remaining_years, NUMBER)    \
	X(average_life, NUMBER)       \
	X(instalments, NUMBER)        \
	X(ip_items, NUMBER)           \
	X(obligor_contracts, NUMBER)  \
	X(first_due, DATE)            \
	X(last_due, DATE)             \
	X(start, DATE)                \
	X(end, DATE)                  \
	X(ip_expires, DATE)           \
	X(cutoff, DATE)               \
	X(guaranteed, FLAG)           \
	X(ip_in_force, FLAG)

enum {
#define AS_ENUM(name, type) VALUE_##name,
	VALUES(AS_ENUM)
#undef AS_ENUM
	VALUE_COUNT
};

static const struct {
	const char *name;
	weir_type type;
} values[] = {
#define AS_ITEM(name, type) { #name, WEIR_TYPE_##type },
	VALUES(AS_ITEM)
#undef AS_ITEM
};

/* Columns of texts, in the order of text_of. */
static const char *const text_columns[] = { "id",        "obligor",     "kind",     "grade",    "industry", "region",
	                                    "guarantee", "guarantor",   "territory", "exclusivity", "currency",
	                                    "trust",     "ip_kind" };
enum { TEXT_COLUMNS = sizeof text_columns / sizeof *text_columns, IP_KIND = TEXT_COLUMNS - 1 };

/* Numbers of symbols: values, then columns of the rules, scales, groups, and words. */
enum { FIRST_EXTRA = 100, FIRST_SCALE = 200, FIRST_GROUP = 100000, FIRST_WORD = 200000 };

/* --- texts ------------------------------------------------------------------------------------------------------ */

static const weir_contract *contract_of(const weir_candidates *c, int number)
{
	return &c->deal->pool.contracts[number];
}

static const weir_ip *ip_of(const weir_candidates *c, const weir_contract *contract, int i)
{
	return &c->deal->pool.ip[c->deal->pool.contract_ip[contract->ip_first + i]];
}

static const char *text_of(const weir_candidates *c, int column, int number)
{
	const weir_contract *contract = contract_of(c, number);
	const weir_obligor *obligors = c->deal->pool.obligors, *obligor = &obligors[contract->obligor];
	const char *const texts[] = { contract->id,
		                      obligor->id,
		                      weir_contract_kind_text(contract->kind),
		                      contract->grade,
		                      obligor->industry,
		                      obligor->region,
		                      contract->guarantee,
		                      contract->guarantor >= 0 ? obligors[contract->guarantor].id : NULL,
		                      contract->territory,
		                      contract->exclusivity,
		                      contract->currency ? contract->currency : c->deal->currency,
		                      contract->through >= 0 ? c->deal->pool.trusts[contract->through].id : NULL,
		                      contract->ip_count ? weir_ip_kind_text(ip_of(c, contract, 0)->kind) : NULL };
	if (column < TEXT_COLUMNS)
		return texts[column];
	return c->rules->extras[(size_t)number * (size_t)c->rules->column_count + (size_t)(column - TEXT_COLUMNS)].text;
}

/* The candidate's text in a column, "" where it has none. Of "ip_kind" the first item's. */
static const char *text_in(const weir_candidates *c, int column, int number)
{
	const char *text = text_of(c, column, number);
	return text ? text : "";
}

int weir_candidates_has_text(const weir_candidates *c, int column, int number, const char *text)
{
	const weir_contract *contract = contract_of(c, number);
	if (column != IP_KIND || contract->ip_count == 0)
		return strcmp(text_in(c, column, number), text) == 0;
	for (int i = 0; i < contract->ip_count; i++)
		if (strcmp(weir_ip_kind_text(ip_of(c, contract, i)->kind), text) == 0)
			return 1;
	return 0;
}

static int find_column(const weir_candidates *c, const char *name, size_t length)
{
	for (int i = 0; i < TEXT_COLUMNS; i++)
		if (strlen(text_columns[i]) == length && memcmp(text_columns[i], name, length) == 0)
			return i;
	for (int i = 0; i < c->rules->column_count; i++) {
		const weir_tape_column *column = &c->rules->columns[i];
		if (column->type == WEIR_TAPE_TEXT && strlen(column->node.id) == length &&
		    memcmp(column->node.id, name, length) == 0)
			return TEXT_COLUMNS + i;
	}
	return -1;
}

static void complain_column(const weir_candidates *c, const char *name, size_t length, weir_place place,
                            weir_diags *diags)
{
	const char *names[TEXT_COLUMNS + WEIR_TAPE_EXTRA_MOST];
	size_t count = 0;
	for (; count < TEXT_COLUMNS; count++)
		names[count] = text_columns[count];
	for (int i = 0; i < c->rules->column_count; i++)
		if (c->rules->columns[i].type == WEIR_TAPE_TEXT)
			names[count++] = c->rules->columns[i].node.id;
	const char *nearest = weir_nearest_name(name, length, names, count);
	weir_diag_error(diags, UNKNOWN_COLUMN, place, "there is no column of texts \"%.*s\"%s%s%s", (int)length, name,
	                nearest ? "; did you mean \"" : "; name one, such as industry or grade", nearest ? nearest : "",
	                nearest ? "\"?" : "");
}

int weir_candidates_column(const weir_candidates *c, const weir_formula *column, weir_diags *diags)
{
	size_t length = strlen(column->text);
	int number = find_column(c, column->text, length);
	if (number < 0)
		complain_column(c, column->text, length, column->place, diags);
	return number;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static double date_value(weir_date date)
{
	return date == WEIR_DATE_NONE ? NAN : date;
}

/* The nominal rate, or a receivable's discount; a contract with listed payments may have none, a royalty has none. */
static double rate_of(const weir_contract *contract)
{
	switch (contract->kind) {
	case WEIR_CONTRACT_RECEIVABLE:
		return contract->discount_rate;
	case WEIR_CONTRACT_ROYALTY:
		return NAN;
	default:
		return contract->amortisation == WEIR_AMORTISE_EXPLICIT && contract->rate_annual == 0 ?
		               NAN :
		               contract->rate_annual;
	}
}

static double over(double a, double b)
{
	return b > 0 ? a / b : NAN;
}

static double value_of(const weir_candidates *c, int symbol, int number)
{
	const weir_candidate *one = &c->items[number];
	const weir_contract *contract = contract_of(c, number);
	double receivable = one->principal_cents + one->income_cents;
	switch (symbol) {
	case VALUE_principal: return one->principal_cents;
	case VALUE_income: return one->income_cents;
	case VALUE_receivable: return receivable;
	case VALUE_amount: return contract->amount_cents;
	case VALUE_face: return contract->kind == WEIR_CONTRACT_RECEIVABLE ? contract->face_cents : NAN;
	case VALUE_deposit: return contract->deposit_cents;
	case VALUE_ip_value: return one->ip_value_cents;
	case VALUE_obligor_principal: return one->obligor_principal_cents;
	case VALUE_obligor_receivable: return one->obligor_receivable_cents;
	case VALUE_rate: return rate_of(contract);
	case VALUE_pd_annual: return contract->pd_annual;
	case VALUE_lgd: return contract->lgd;
	case VALUE_ltv: return over(one->principal_cents, one->ip_value_cents);
	case VALUE_coverage: return over(receivable, one->principal_cents);
	case VALUE_remaining_months: return one->remaining_months;
	case VALUE_remaining_years: return one->remaining_years;
	case VALUE_average_life: return one->average_life;
	case VALUE_instalments: return contract->count;
	case VALUE_ip_items: return one->ip_items;
	case VALUE_obligor_contracts: return one->obligor_contracts;
	case VALUE_first_due: return date_value(one->first_due);
	case VALUE_last_due: return date_value(one->last_due);
	case VALUE_start: return date_value(contract->start);
	case VALUE_end: return date_value(contract->end);
	case VALUE_ip_expires: return date_value(one->ip_expires);
	case VALUE_cutoff: return date_value(weir_deal_cutoff(c->deal));
	case VALUE_guaranteed: return contract->guarantor >= 0;
	case VALUE_ip_in_force: return one->ip_in_force;
	default: return NAN;
	}
}

static double extra_value(const weir_candidates *c, int column, int number)
{
	const weir_tape_value *value =
		&c->rules->extras[(size_t)number * (size_t)c->rules->column_count + (size_t)column];
	switch (c->rules->columns[column].type) {
	case WEIR_TAPE_DATE:
		return date_value(value->date);
	case WEIR_TAPE_FLAG:
		return value->flag < 0 ? NAN : value->flag;
	default:
		return value->number;
	}
}

static double scale_value(const weir_candidates *c, int scale, int number)
{
	const weir_scale *s = &c->rules->scales[scale];
	int column = find_column(c, s->column.text, strlen(s->column.text));
	for (int i = 0; column >= 0 && i < s->value_count; i++)
		if (weir_candidates_has_text(c, column, number, s->values[i].is))
			return c->scale_values[scale][i];
	return NAN;
}

static double group_value(const weir_candidates *c, int group, int number)
{
	const weir_text_group *g = &c->rules->groups[group];
	int column = find_column(c, g->column.text, strlen(g->column.text));
	for (int i = 0; column >= 0 && i < g->value_count; i++)
		if (weir_candidates_has_text(c, column, number, g->values[i].is))
			return 1;
	return 0;
}

static double symbol_value(const weir_candidates *c, int symbol, int number);

static double word_value(const weir_candidates *c, const weir_candidate_word *word, int number)
{
	if (word->use == WEIR_WORD_GIVEN_TEXT)
		return text_of(c, word->number, number) != NULL;
	if (word->use == WEIR_WORD_GIVEN_VALUE)
		return !isnan(symbol_value(c, word->number, number));
	for (int i = 0; i < word->text_count; i++)
		if (weir_candidates_has_text(c, word->number, number, word->texts[i]))
			return 1;
	return 0;
}

static double symbol_value(const weir_candidates *c, int symbol, int number)
{
	if (symbol >= FIRST_WORD)
		return word_value(c, &c->words[symbol - FIRST_WORD], number);
	if (symbol >= FIRST_GROUP)
		return group_value(c, symbol - FIRST_GROUP, number);
	if (symbol >= FIRST_SCALE)
		return scale_value(c, symbol - FIRST_SCALE, number);
	return symbol >= FIRST_EXTRA ? extra_value(c, symbol - FIRST_EXTRA, number) : value_of(c, symbol, number);
}

/* One evaluation, and the first symbol that it lacked. */
typedef struct reading {
	const weir_candidates *candidates;
	int number, lacks;
} reading;

static double read_symbol(void *context, int symbol)
{
	reading *r = context;
	double value = symbol_value(r->candidates, symbol, r->number);
	if (isnan(value)) {
		r->lacks = r->lacks < 0 ? symbol : r->lacks;
		return 0; /* so that the rest is still a number */
	}
	return value;
}

static const char *symbol_name(const weir_candidates *c, int symbol)
{
	if (symbol >= FIRST_SCALE)
		return c->rules->scales[symbol - FIRST_SCALE].node.id;
	return symbol >= FIRST_EXTRA ? c->rules->columns[symbol - FIRST_EXTRA].node.id : values[symbol].name;
}

int weir_candidates_evaluate(weir_quad *out, const char **lacks, const weir_candidates *c,
                             const weir_expression *formula, int number)
{
	reading r = { c, number, -1 };
	*out = weir_formula_evaluate_quad(formula, read_symbol, NULL, &r);
	if (r.lacks >= 0 && lacks)
		*lacks = symbol_name(c, r.lacks);
	return r.lacks < 0;
}

/* --- names in formulas ------------------------------------------------------------------------------------------ */

typedef struct naming {
	weir_candidates *candidates;
	weir_diags *diags;
	int no_memory;
} naming;

static int same(const char *id, const char *name, size_t length)
{
	return id && strlen(id) == length && memcmp(id, name, length) == 0;
}

/* The symbol of a name that stands for a value; 0 when there is none. */
static int find_value(const weir_candidates *c, const char *name, size_t length, weir_symbol *out)
{
	static const weir_type types[] = { [WEIR_TAPE_NUMBER] = WEIR_TYPE_NUMBER, [WEIR_TAPE_RATE] = WEIR_TYPE_RATE,
		                           [WEIR_TAPE_MONEY] = WEIR_TYPE_MONEY,   [WEIR_TAPE_DATE] = WEIR_TYPE_DATE,
		                           [WEIR_TAPE_FLAG] = WEIR_TYPE_FLAG,     [WEIR_TAPE_TEXT] = WEIR_TYPE_ERROR };
	const weir_selection_rules *rules = c->rules;
	for (int i = 0; i < VALUE_COUNT; i++)
		if (same(values[i].name, name, length)) {
			*out = (weir_symbol){ .number = i, .type = values[i].type };
			return 1;
		}
	for (int i = 0; i < rules->column_count; i++)
		if (rules->columns[i].type != WEIR_TAPE_TEXT && same(rules->columns[i].node.id, name, length)) {
			*out = (weir_symbol){ .number = FIRST_EXTRA + i, .type = types[rules->columns[i].type] };
			return 1;
		}
	for (int i = 0; i < rules->scale_count; i++)
		if (same(rules->scales[i].node.id, name, length)) {
			*out = (weir_symbol){ .number = FIRST_SCALE + i,
				              .type = rules->scales[i].is_rate ? WEIR_TYPE_RATE : WEIR_TYPE_NUMBER };
			return 1;
		}
	for (int i = 0; i < rules->group_count; i++)
		if (same(rules->groups[i].node.id, name, length)) {
			*out = (weir_symbol){ .number = FIRST_GROUP + i, .type = WEIR_TYPE_FLAG };
			return 1;
		}
	return 0;
}

static int resolve_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	naming *n = context;
	const weir_candidates *c = n->candidates;
	if (find_value(c, name, length, out))
		return 1;
	for (int i = 0; i < c->rules->rule_count; i++) {
		const weir_rule *rule = &c->rules->rules[i];
		if (rule->kind != WEIR_RULE_ELIGIBLE || !same(rule->node.id, name, length))
			continue;
		if (i >= c->tests_known) {
			weir_diag_error(n->diags, NOT_YET_KNOWN, place,
			                "\"%s\" stands below this formula; move it above", rule->node.id);
			return -1;
		}
		*out = (weir_symbol){ .type = WEIR_TYPE_FLAG, .inlined = c->tests[i] };
		return c->tests[i] ? 1 : -1; /* its own fault was complained about */
	}
	if (find_column(c, name, length) >= 0) {
		weir_diag_error(
			n->diags, FORMULA_TYPE, place,
			"\"%.*s\" is a column of texts; write among(%.*s, ONE, OTHER), or name its texts in a <group>",
			(int)length, name, (int)length, name);
		return -1;
	}
	return 0;
}

/* Adds a word and makes it a flag. */
static int add_word(naming *n, weir_candidate_word word, weir_symbol *out)
{
	weir_candidates *c = n->candidates;
	if (!WEIR_GROW(c->words, c->word_count, c->word_capacity)) {
		n->no_memory = 1;
		return -1;
	}
	*out = (weir_symbol){ .number = FIRST_WORD + (int)c->word_count, .type = WEIR_TYPE_FLAG };
	c->words[c->word_count++] = word;
	return 1;
}

static int resolve_among(naming *n, const char *const *arguments, const size_t *lengths, int count, weir_place place,
                         weir_symbol *out)
{
	weir_candidates *c = n->candidates;
	if (count < 2) {
		weir_diag_error(n->diags, FORMULA_CALL, place,
		                "\"among\" wants a column and texts, such as among(kind, loan)");
		return -1;
	}
	int column = find_column(c, arguments[0], lengths[0]);
	if (column < 0) {
		complain_column(c, arguments[0], lengths[0], place, n->diags);
		return -1;
	}
	const char **texts = weir_arena_array(c->arena, (size_t)count, sizeof *texts);
	for (int i = 1; texts && i < count; i++) {
		texts[i - 1] = weir_arena_text(c->arena, arguments[i], lengths[i]);
		if (!texts[i - 1])
			texts = NULL;
	}
	if (!texts) {
		n->no_memory = 1;
		return -1;
	}
	return add_word(n, (weir_candidate_word){ WEIR_WORD_AMONG, column, texts, count - 1 }, out);
}

static int resolve_given(naming *n, const char *const *arguments, const size_t *lengths, int count, weir_place place,
                         weir_symbol *out)
{
	weir_symbol symbol;
	int column = count == 1 ? find_column(n->candidates, arguments[0], lengths[0]) : -1;
	if (column >= 0)
		return add_word(n, (weir_candidate_word){ .use = WEIR_WORD_GIVEN_TEXT, .number = column }, out);
	if (count == 1 && find_value(n->candidates, arguments[0], lengths[0], &symbol))
		return add_word(n, (weir_candidate_word){ .use = WEIR_WORD_GIVEN_VALUE, .number = symbol.number }, out);
	weir_diag_error(n->diags, FORMULA_CALL, place,
	                "\"given\" wants one column of the tape, such as given(pd_annual)");
	return -1;
}

static int resolve_call(void *context, const char *function, size_t function_length, const char *const *arguments,
                        const size_t *lengths, int count, weir_place place, weir_symbol *out)
{
	if (same("among", function, function_length))
		return resolve_among(context, arguments, lengths, count, place, out);
	if (same("given", function, function_length))
		return resolve_given(context, arguments, lengths, count, place, out);
	return 0;
}

/* Whether a formula looks at other periods; a candidate has none. */
static int looks_back(const weir_expression *e)
{
	int found = e->op == WEIR_OP_PREVIOUS || e->op == WEIR_OP_TRAILING || e->op == WEIR_OP_CUMULATIVE;
	for (int i = 0; i < e->count && !found; i++)
		found = looks_back(e->arguments[i]);
	return found;
}

weir_status weir_candidates_parse(const weir_expression **out, weir_candidates *c, const weir_formula *formula,
                                  weir_type wanted, weir_diags *diags)
{
	static const char *const functions[] = { "among", "given" };
	naming names = { c, diags, 0 };
	weir_resolver resolver = { .context = &names,
		                   .name = resolve_name,
		                   .call = resolve_call,
		                   .known = c->known,
		                   .known_count = c->known_count,
		                   .functions = functions,
		                   .function_count = 2,
		                   .currency_digits = c->deal->currency_digits,
		                   .currency = c->deal->currency };
	weir_status status = weir_formula_parse(out, c->arena, c->deal->sources, formula->text, formula->place, wanted,
	                                        &resolver, diags);
	if (status == WEIR_OK && looks_back(*out)) {
		weir_diag_error(diags, FORMULA_CALL, formula->place,
		                "a candidate has no earlier periods; leave previous, trailing and cumulative away");
		*out = NULL;
		status = WEIR_INPUT;
	}
	return names.no_memory ? WEIR_NO_MEMORY : status;
}

/* Constants have no names. */
static int resolve_nothing(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	(void)context;
	(void)name;
	(void)length;
	(void)place;
	(void)out;
	return 0;
}

weir_status weir_candidates_parse_constant(weir_quad *out, weir_candidates *c, const weir_formula *formula,
                                           weir_type wanted, weir_diags *diags)
{
	weir_resolver resolver = { .name = resolve_nothing,
		                   .currency_digits = c->deal->currency_digits,
		                   .currency = c->deal->currency };
	const weir_expression *constant;
	weir_status status = weir_formula_parse(&constant, c->arena, c->deal->sources, formula->text, formula->place,
	                                        wanted, &resolver, diags);
	if (status == WEIR_OK)
		*out = weir_formula_evaluate_quad(constant, NULL, NULL, NULL);
	return status;
}

/* --- bands ------------------------------------------------------------------------------------------------------ */

/* The texts of a candidate, each once; gives how many. */
static int texts_of(const weir_candidates *c, int column, int number, const char *texts[WEIR_IP_KIND_COUNT])
{
	const weir_contract *contract = contract_of(c, number);
	int count = 0;
	texts[0] = text_in(c, column, number);
	if (column != IP_KIND || contract->ip_count == 0)
		return 1;
	for (int kind = 0; kind < WEIR_IP_KIND_COUNT; kind++)
		if (weir_candidates_has_text(c, column, number, weir_ip_kind_text((weir_ip_kind)kind)))
			texts[count++] = weir_ip_kind_text((weir_ip_kind)kind);
	return count;
}

/* Names the bands and counts their members into first[band + 1]. */
static weir_status name_bands(weir_bands *bands, weir_names *names, const weir_candidates *c, int column)
{
	for (int i = 0; i < c->count; i++) {
		const char *texts[WEIR_IP_KIND_COUNT];
		int count = texts_of(c, column, i, texts);
		for (int k = 0; k < count; k++) {
			size_t length = strlen(texts[k]);
			int band = weir_names_find(names, texts[k], length);
			if (band < 0) {
				band = bands->count++;
				bands->names[band] = texts[k];
				if (weir_names_put(names, texts[k], length, band) != WEIR_OK)
					return WEIR_NO_MEMORY;
			}
			bands->first[band + 1]++;
		}
	}
	return WEIR_OK;
}

static void place_members(weir_bands *bands, const weir_names *names, const weir_candidates *c, int column, int *at)
{
	for (int b = 0; b < bands->count; b++) {
		bands->first[b + 1] += bands->first[b];
		at[b] = bands->first[b];
	}
	for (int i = 0; i < c->count; i++) {
		const char *texts[WEIR_IP_KIND_COUNT];
		int count = texts_of(c, column, i, texts);
		for (int k = 0; k < count; k++)
			bands->members[at[weir_names_find(names, texts[k], strlen(texts[k]))]++] = i;
	}
}

weir_status weir_candidates_bands(weir_bands *out, const weir_candidates *c, int column)
{
	weir_names names = { 0 };
	size_t most = column == IP_KIND ? (size_t)c->count + WEIR_IP_KIND_COUNT : (size_t)c->count;
	size_t members = column == IP_KIND ? (size_t)c->count * WEIR_IP_KIND_COUNT : (size_t)c->count;
	weir_status status = WEIR_NO_MEMORY;
	*out = (weir_bands){ .overlap = column == IP_KIND };
	out->names = weir_arena_array(c->arena, most + 1, sizeof *out->names);
	out->first = weir_arena_array(c->arena, most + 1, sizeof *out->first);
	out->members = weir_arena_array(c->arena, members + 1, sizeof *out->members);
	int *at = weir_arena_array(c->arena, most + 1, sizeof *at);
	if (!out->names || !out->first || !out->members || !at)
		goto out;
	WEIR_TRY(name_bands(out, &names, c, column));
	place_members(out, &names, c, column, at);
out:
	weir_names_free(&names);
	return status;
}

/* --- making them ------------------------------------------------------------------------------------------------ */

static double months_to(weir_date from, weir_date to)
{
	int months = to > from ? (int)((to - from) / 31) : 0; /* never too many */
	while (weir_date_add_months(from, months) < to)
		months++;
	return months;
}

static void read_receipts(weir_candidate *one, const weir_pool *pool, int number, weir_date cutoff)
{
	double principal_days = 0;
	one->first_due = one->last_due = WEIR_DATE_NONE;
	for (size_t r = pool->contract_first[number]; r < pool->contract_first[number + 1]; r++) {
		const weir_receipt *receipt = &pool->receipts[r];
		if (receipt->due <= cutoff)
			continue;
		one->principal_cents += receipt->principal_cents;
		one->income_cents += receipt->income_cents;
		principal_days += receipt->principal_cents * (double)(receipt->due - cutoff);
		if (one->first_due == WEIR_DATE_NONE || receipt->due < one->first_due)
			one->first_due = receipt->due;
		if (one->last_due == WEIR_DATE_NONE || receipt->due > one->last_due)
			one->last_due = receipt->due;
	}
	int due = one->last_due != WEIR_DATE_NONE;
	one->remaining_months = due ? months_to(cutoff, one->last_due) : NAN;
	one->remaining_years = due ? (double)(one->last_due - cutoff) / 365 : NAN;
	one->average_life = over(principal_days / 365, one->principal_cents);
}

static void read_ip(weir_candidate *one, const weir_candidates *c, const weir_contract *contract)
{
	one->ip_items = contract->ip_count;
	one->ip_value_cents = one->ip_in_force = NAN;
	one->ip_expires = WEIR_DATE_NONE;
	for (int i = 0; i < contract->ip_count; i++) {
		const weir_ip *ip = ip_of(c, contract, i);
		int in_force = ip->status == WEIR_IP_VALID && !ip->disputed;
		one->ip_in_force = i == 0 ? in_force : one->ip_in_force && in_force;
		if (!isnan(ip->valuation_cents))
			one->ip_value_cents =
				ip->valuation_cents + (isnan(one->ip_value_cents) ? 0 : one->ip_value_cents);
		if (ip->expires != WEIR_DATE_NONE &&
		    (one->ip_expires == WEIR_DATE_NONE || ip->expires < one->ip_expires))
			one->ip_expires = ip->expires;
	}
}

static weir_status read_items(weir_candidates *c)
{
	const weir_pool_terms *terms = &c->deal->pool;
	weir_candidate *sums = weir_arena_array(c->arena, (size_t)terms->obligor_count + 1, sizeof *sums);
	if (!sums)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < c->count; i++) {
		weir_candidate *one = &c->items[i], *sum = &sums[terms->contracts[i].obligor];
		read_receipts(one, c->pool, i, weir_deal_cutoff(c->deal));
		read_ip(one, c, &terms->contracts[i]);
		sum->obligor_principal_cents += one->principal_cents;
		sum->obligor_receivable_cents += one->principal_cents + one->income_cents;
		sum->obligor_contracts++;
	}
	for (int i = 0; i < c->count; i++) {
		weir_candidate *one = &c->items[i];
		const weir_candidate *sum = &sums[terms->contracts[i].obligor];
		one->obligor_principal_cents = sum->obligor_principal_cents;
		one->obligor_receivable_cents = sum->obligor_receivable_cents;
		one->obligor_contracts = sum->obligor_contracts;
	}
	return WEIR_OK;
}

/* Complains about an id of the rules that would hide a name of every tape. */
static void check_id(const weir_node *node, weir_diags *diags)
{
	int taken = 0;
	for (int i = 0; i < VALUE_COUNT; i++)
		taken |= strcmp(values[i].name, node->id) == 0;
	for (int i = 0; i < TEXT_COLUMNS; i++)
		taken |= strcmp(text_columns[i], node->id) == 0;
	taken |= strcmp("among", node->id) == 0 || strcmp("given", node->id) == 0;
	if (taken)
		weir_diag_error(diags, BAD_ID, node->place,
		                "\"%s\" is a name that every candidate has; choose another id", node->id);
}

static weir_status list_names(weir_candidates *c, weir_diags *diags)
{
	const weir_selection_rules *r = c->rules;
	size_t most = VALUE_COUNT + (size_t)(r->column_count + r->scale_count + r->group_count + r->rule_count);
	c->known = weir_arena_array(c->arena, most + 1, sizeof *c->known);
	if (!c->known)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < VALUE_COUNT; i++)
		c->known[c->known_count++] = values[i].name;
#define ADD(array, many)                                                        \
	for (int i = 0; i < r->many; i++) {                                     \
		check_id(&r->array[i].node, diags);                             \
		c->known[c->known_count++] = r->array[i].node.id;               \
	}
	ADD(columns, column_count)
	ADD(scales, scale_count)
	ADD(groups, group_count)
#undef ADD
	for (int i = 0; i < r->rule_count; i++) {
		if (r->rules[i].kind != WEIR_RULE_ELIGIBLE) /* no formula names it */
			continue;
		check_id(&r->rules[i].node, diags);
		c->known[c->known_count++] = r->rules[i].node.id;
	}
	return WEIR_OK;
}

static weir_status read_scales(weir_candidates *c, weir_diags *diags)
{
	c->scale_values = weir_arena_array(c->arena, (size_t)c->rules->scale_count + 1, sizeof *c->scale_values);
	if (!c->scale_values)
		return WEIR_NO_MEMORY;
	for (int s = 0; s < c->rules->scale_count; s++) {
		const weir_scale *scale = &c->rules->scales[s];
		c->scale_values[s] =
			weir_arena_array(c->arena, (size_t)scale->value_count + 1, sizeof **c->scale_values);
		if (!c->scale_values[s])
			return WEIR_NO_MEMORY;
		weir_candidates_column(c, &scale->column, diags);
		for (int i = 0; i < scale->value_count; i++) {
			weir_quad value = 0;
			weir_type type = scale->is_rate ? WEIR_TYPE_RATE : WEIR_TYPE_NUMBER;
			const weir_formula *as = &scale->values[i].as;
			weir_status status =
				as->text ? weir_candidates_parse_constant(&value, c, as, type, diags) : WEIR_INPUT;
			if (status != WEIR_OK && status != WEIR_INPUT)
				return status;
			c->scale_values[s][i] = (double)value;
		}
	}
	for (int g = 0; g < c->rules->group_count; g++)
		weir_candidates_column(c, &c->rules->groups[g].column, diags);
	return WEIR_OK;
}

static weir_status read_tests(weir_candidates *c, weir_diags *diags)
{
	c->tests = weir_arena_array(c->arena, (size_t)c->rules->rule_count + 1, sizeof *c->tests);
	if (!c->tests)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < c->rules->rule_count; i++) {
		const weir_rule *rule = &c->rules->rules[i];
		c->tests_known = i;
		if (rule->kind != WEIR_RULE_ELIGIBLE)
			continue;
		weir_status status = weir_candidates_parse(&c->tests[i], c, &rule->of, WEIR_TYPE_FLAG, diags);
		if (status != WEIR_OK && status != WEIR_INPUT)
			return status;
	}
	c->tests_known = c->rules->rule_count;
	return WEIR_OK;
}

weir_status weir_candidates_create(weir_candidates *out, weir_arena *arena, const weir_pool *pool,
                                   const weir_selection_rules *rules, weir_diags *diags)
{
	weir_status status = WEIR_NO_MEMORY;
	size_t errors = diags->errors;
	*out = (weir_candidates){ .deal = pool->deal, .pool = pool, .rules = rules, .arena = arena,
		                  .count = pool->deal->pool.contract_count };
	out->items = weir_arena_array(arena, (size_t)out->count + 1, sizeof *out->items);
	if (!out->items)
		goto out;
	WEIR_TRY(read_items(out));
	WEIR_TRY(list_names(out, diags));
	WEIR_TRY(read_scales(out, diags));
	WEIR_TRY(read_tests(out, diags));
	status = diags->errors > errors ? WEIR_INPUT : WEIR_OK;
out:
	return status;
}

void weir_candidates_free(weir_candidates *candidates)
{
	weir_free(candidates->words);
	candidates->words = NULL;
}
