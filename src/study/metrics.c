/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/metrics.h"

#include <stddef.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "study/metrics_int.h"

#define MOST_PARTS 4 /* registers that one field of a class stands for */

typedef struct named_type {
	const char *name;
	weir_type type;
} named_type;

#define NAMED(name, type) { #name, WEIR_TYPE_##type },
static const named_type run_figures[] = { WEIR_RUN_FIGURES(NAMED) };
static const named_type class_figures[] = { WEIR_CLASS_FIGURES(NAMED) };
#undef NAMED

static const struct {
	const char *name;
	size_t offset; /* of its lanes in weir_period_lanes */
} period_figures[] = {
#define OFFSET(name) { #name, offsetof(weir_period_lanes, name) },
	WEIR_PERIOD_FIGURES(OFFSET)
#undef OFFSET
};
#define PERIOD_FIGURES (sizeof period_figures / sizeof *period_figures)

static const char *const functions[WEIR_OVER_COUNT] = { "at", "least", "most", "total", "last" };

/* --- names ---------------------------------------------------------------------------------------------------- */

typedef struct builder {
	weir_arena *arena, *scratch;
	const weir_plan *plan;
	const weir_deal *deal;
	weir_diags *diags;
	weir_metric_symbol *symbols;
	size_t count, capacity;
	const char **series; /* names that have a value in each period, made when the first is not found */
	size_t series_count;
	weir_status status;  /* of memory */
} builder;

static int same_list(const int *a, int a_count, const int *b, int b_count)
{
	return a_count == b_count && (a_count == 0 || memcmp(a, b, (size_t)a_count * sizeof *a) == 0);
}

static int same_symbol(const weir_metric_symbol *a, const weir_metric_symbol *b)
{
	return a->kind == b->kind && a->figure == b->figure && a->offset == b->offset && a->function == b->function &&
	       a->period == b->period && a->column == b->column && a->cumulative == b->cumulative &&
	       same_list(a->classes, a->class_count, b->classes, b->class_count) &&
	       same_list(a->registers, a->register_count, b->registers, b->register_count);
}

/* A symbol that the formula has already is read once. */
static int add_symbol(builder *b, const weir_metric_symbol *s, weir_symbol *out)
{
	size_t at = 0;
	while (at < b->count && !same_symbol(&b->symbols[at], s))
		at++;
	if (at == b->count) {
		if (!WEIR_GROW(b->symbols, b->count, b->capacity)) {
			b->status = WEIR_NO_MEMORY;
			return -1;
		}
		b->symbols[b->count++] = *s;
	}
	*out = (weir_symbol){ .number = (int)at, .type = s->type };
	return 1;
}

static int *copy_numbers(builder *b, const int *numbers, int count)
{
	int *copy = weir_arena_array(b->arena, (size_t)count + 1, sizeof *copy);
	if (!copy)
		b->status = WEIR_NO_MEMORY;
	else if (count)
		memcpy(copy, numbers, (size_t)count * sizeof *copy);
	return copy;
}

/* The classes of a class or a group of them; NULL when no such id. The list lives as long as the metric. */
static const int *find_classes(builder *b, const char *id, size_t length, int *count)
{
	for (int i = 0; i < b->deal->class_count; i++)
		if (weir_is_word(id, length, b->deal->classes[i].node.id)) {
			*count = 1;
			return copy_numbers(b, &i, 1);
		}
	for (int i = 0; i < b->deal->group_count; i++)
		if (weir_is_word(id, length, b->deal->groups[i].node.id)) {
			*count = b->deal->groups[i].class_count;
			return b->deal->groups[i].classes;
		}
	return NULL;
}

/* "classes.senior.wal" is "senior.wal". */
static const char *without_classes(const char *name, size_t *length)
{
	static const char start[] = "classes.";
	size_t own = sizeof start - 1;
	if (*length <= own || memcmp(name, start, own) != 0)
		return name;
	*length -= own;
	return name + own;
}

static int resolve_class_figure(builder *b, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	name = without_classes(name, &length);
	const char *dot = memchr(name, '.', length);
	if (!dot)
		return 0;
	size_t id = (size_t)(dot - name), rest = length - id - 1;
	for (int f = 0; f < WEIR_CLASS_FIGURE_COUNT; f++) {
		weir_metric_symbol s = { .kind = WEIR_METRIC_CLASS, .type = class_figures[f].type, .figure = f };
		if (!weir_is_word(dot + 1, rest, class_figures[f].name) ||
		    !(s.classes = find_classes(b, name, id, &s.class_count)))
			continue;
		if (f != WEIR_CLASS_yield || s.class_count == 1)
			return add_symbol(b, &s, out);
		weir_diag_error(b->diags, UNKNOWN_NAME, place,
		                "\"%.*s\" is a group of %d classes, which have no yield together; name one class",
		                (int)id, name, s.class_count);
		return -1;
	}
	return b->status == WEIR_OK ? 0 : -1;
}

/* Registers that keep their value for the whole run. */
static int is_constant(const char *name, size_t length)
{
	static const char deal[] = "deal.";
	return (length > sizeof deal - 1 && memcmp(name, deal, sizeof deal - 1) == 0 &&
	        !weir_is_word(name, length, "deal.missed")) ||
	       weir_ends_with(name, length, ".size") || weir_is_word(name, length, "pool.balance_initial");
}

/* A name of the plan: its parameter or register; NULL without memory. */
static const char *copy_name(builder *b, const char *name, size_t length)
{
	const char *copy = weir_arena_text(b->scratch, name, length);
	if (!copy)
		b->status = WEIR_NO_MEMORY;
	return copy;
}

static int resolve_parameter(builder *b, const char *name, size_t length, weir_symbol *out)
{
	const char *copy = copy_name(b, name, length);
	if (!copy)
		return -1;
	const weir_parameter *parameter = weir_plan_find_parameter(b->plan, copy);
	int number = parameter               ? parameter->register_number :
	             is_constant(name, length) ? weir_plan_find_register(b->plan, copy) :
	                                         -1;
	if (number < 0)
		return 0;
	weir_metric_symbol s = { .kind = WEIR_METRIC_PARAMETER,
		                 .type = weir_plan_register_type(b->plan, number),
		                 .registers = copy_numbers(b, &number, 1),
		                 .register_count = 1 };
	return s.registers ? add_symbol(b, &s, out) : -1;
}

/* --- what has a value in each period -------------------------------------------------------------------------- */

static const struct {
	const char *name;
	weir_pool_column column;
	int cumulative;
} pool_series[] = {
	{ "pool.principal", WEIR_POOL_PRINCIPAL, 0 },
	{ "pool.income", WEIR_POOL_INCOME, 0 },
	{ "pool.recovered", WEIR_POOL_RECOVERED, 0 },
	{ "pool.defaulted", WEIR_POOL_DEFAULTED, 0 },
	{ "pool.defaulted_cumulative", WEIR_POOL_DEFAULTED, 1 },
	{ "pool.balance", WEIR_POOL_BALANCE, 0 },
	{ "pool.overdue", WEIR_POOL_OVERDUE, 0 },
	{ "pool.prepaid", WEIR_POOL_PREPAID, 0 },
	{ "pool.disposal", WEIR_POOL_DISPOSAL, 0 },
	{ "pool.scheduled_principal", WEIR_POOL_SCHEDULED_PRINCIPAL, 0 },
	{ "pool.scheduled_income", WEIR_POOL_SCHEDULED_INCOME, 0 },
};
#define POOL_SERIES (sizeof pool_series / sizeof *pool_series)

/* Sums of a class's registers that formulas of the deal know too. */
static const struct {
	const char *name;
	const char *parts[MOST_PARTS];
} class_sums[] = {
	{ "due", { "interest_due", "principal_due" } },
	{ "unpaid", { "interest_unpaid", "principal_unpaid" } },
	{ "paid", { "interest_paid", "principal_paid", "yield_paid", "rest_paid" } },
};
#define CLASS_SUMS (sizeof class_sums / sizeof *class_sums)

/* The register CLASS.FIELD, -1 when there is none. */
static int class_register(builder *b, int number, const char *field, size_t length)
{
	const char *id = b->deal->classes[number].node.id;
	size_t own = strlen(id);
	char *name = weir_arena_alloc(b->scratch, own + length + 2);
	if (!name) {
		b->status = WEIR_NO_MEMORY;
		return -1;
	}
	memcpy(name, id, own);
	name[own] = '.';
	memcpy(name + own + 1, field, length);
	name[own + 1 + length] = '\0';
	return weir_plan_find_register(b->plan, name);
}

/* Adds the registers of one field of one class; gives how many there are in all. */
static int add_class_registers(builder *b, int *numbers, int count, int class_number, const char *field,
                               size_t length)
{
	const char *single[MOST_PARTS] = { field };
	const char *const *parts = single;
	int sums = 0;
	for (size_t i = 0; i < CLASS_SUMS; i++)
		if (weir_is_word(field, length, class_sums[i].name)) {
			parts = class_sums[i].parts;
			sums = 1;
		}
	for (int p = 0; p < MOST_PARTS && parts[p]; p++) {
		int number = class_register(b, class_number, parts[p], sums ? strlen(parts[p]) : length);
		if (number >= 0)
			numbers[count++] = number;
	}
	return count;
}

/* ID.FIELD as a sum over a class or a group; of several classes only amounts. */
static int find_class_series(builder *b, const char *name, size_t length, weir_metric_symbol *s)
{
	int count = 0, classes = 0;
	name = without_classes(name, &length);
	const char *dot = memchr(name, '.', length);
	const int *list = dot ? find_classes(b, name, (size_t)(dot - name), &classes) : NULL;
	if (!list)
		return 0;
	int *numbers = weir_arena_array(b->arena, (size_t)classes * MOST_PARTS + 1, sizeof *numbers);
	if (!numbers) {
		b->status = WEIR_NO_MEMORY;
		return 0;
	}
	for (int i = 0; i < classes; i++)
		count = add_class_registers(b, numbers, count, list[i], dot + 1, length - (size_t)(dot - name) - 1);
	if (count == 0)
		return 0;
	s->type = weir_plan_register_type(b->plan, numbers[0]);
	s->registers = numbers;
	s->register_count = count;
	return classes == 1 || s->type == WEIR_TYPE_MONEY;
}

static int find_pool_series(const char *name, size_t length, weir_metric_symbol *s)
{
	for (size_t i = 0; i < POOL_SERIES; i++)
		if (weir_is_word(name, length, pool_series[i].name)) {
			s->type = WEIR_TYPE_MONEY;
			s->column = (int)pool_series[i].column;
			s->cumulative = pool_series[i].cumulative;
			return 1;
		}
	return 0;
}

/* Which period it is no outcome, and a run keeps it only where formulas of the deal ask. */
static int is_the_period(const char *name, size_t length)
{
	return weir_is_word(name, length, "date") || weir_is_word(name, length, "period");
}

/* What has a value in each period; 0 when there is none of that name. */
static int find_series(builder *b, const char *name, size_t length, weir_metric_symbol *s)
{
	s->offset = s->column = -1;
	for (size_t i = 0; i < PERIOD_FIGURES; i++)
		if (weir_is_word(name, length, period_figures[i].name)) {
			int is_ratio = strstr(period_figures[i].name, "coverage") != NULL;
			s->offset = (int)period_figures[i].offset;
			s->type = is_ratio ? WEIR_TYPE_NUMBER : WEIR_TYPE_MONEY;
			return 1;
		}
	if (find_pool_series(name, length, s))
		return 1;
	const char *copy = copy_name(b, name, length);
	int number = copy && !is_the_period(name, length) ? weir_plan_find_register(b->plan, copy) : -1;
	if (number < 0)
		return find_class_series(b, name, length, s);
	s->type = weir_plan_register_type(b->plan, number);
	s->register_count = 1;
	s->registers = copy_numbers(b, &number, 1);
	return s->registers != NULL;
}

static int resolve_name(void *context, const char *name, size_t length, weir_place place, weir_symbol *out)
{
	builder *b = context;
	weir_metric_symbol series = { 0 };
	for (int f = 0; f < WEIR_RUN_FIGURE_COUNT; f++)
		if (weir_is_word(name, length, run_figures[f].name)) {
			weir_metric_symbol s = { .kind = WEIR_METRIC_RUN, .type = run_figures[f].type, .figure = f };
			return add_symbol(b, &s, out);
		}
	int found = resolve_class_figure(b, name, length, place, out);
	if (found == 0)
		found = resolve_parameter(b, name, length, out);
	if (found != 0 || !find_series(b, name, length, &series))
		return b->status == WEIR_OK ? found : -1;
	weir_diag_error(b->diags, FORMULA_TYPE, place,
	                "\"%.*s\" has a value in each period; say which is meant: at(%.*s, DATE), least(%.*s), "
	                "most(%.*s), total(%.*s) or last(%.*s)",
	                (int)length, name, (int)length, name, (int)length, name, (int)length, name, (int)length, name,
	                (int)length, name);
	return -1;
}

/* --- functions ------------------------------------------------------------------------------------------------ */

/* A payment date or a period's number; -1 when it is none, which is told. */
static int find_period(builder *b, const char *text, size_t length, weir_place place)
{
	const weir_periods *periods = weir_plan_periods(b->plan);
	int first = periods->first - 1, last = periods->count - 1;
	weir_date date = weir_date_parse(text, length);
	weir_decimal number;
	if (date != WEIR_DATE_NONE) {
		for (int k = first; k <= last; k++)
			if (periods->items[k].payment == date || periods->items[k].adjusted == date)
				return k;
		weir_diag_error(b->diags, OUT_OF_RANGE, place,
		                "%.*s is no payment date of the deal; give one, or the number of a period from %d to "
		                "%d",
		                (int)length, text, first, last);
		return -1;
	}
	if (weir_decimal_parse(text, length, &number) == WEIR_PARSE_OK && number.scale == 0 &&
	    number.units >= first && number.units <= last)
		return (int)number.units;
	weir_diag_error(b->diags, OUT_OF_RANGE, place,
	                "\"%.*s\" is no period of the deal; give a payment date, or the number of a period from %d "
	                "to %d",
	                (int)length, text, first, last);
	return -1;
}

/* Names for "did you mean": figures of a period and the registers of the plan. */
static void list_series(builder *b)
{
	size_t registers = (size_t)weir_plan_register_count(b->plan);
	if (b->series)
		return;
	b->series = weir_arena_array(b->scratch, PERIOD_FIGURES + POOL_SERIES + registers + 1, sizeof *b->series);
	if (!b->series) {
		b->status = WEIR_NO_MEMORY;
		return;
	}
	for (size_t i = 0; i < PERIOD_FIGURES; i++)
		b->series[b->series_count++] = period_figures[i].name;
	for (size_t i = 0; i < POOL_SERIES; i++)
		b->series[b->series_count++] = pool_series[i].name;
	for (size_t r = 0; r < registers; r++) {
		const char *name = weir_plan_register_name(b->plan, (int)r);
		if (name && weir_plan_find_register(b->plan, name) == (int)r)
			b->series[b->series_count++] = name;
	}
}

static void complain_series(builder *b, const char *name, size_t length, weir_place place)
{
	const char *nearest;
	list_series(b);
	if (!b->series)
		return;
	if (is_the_period(name, length)) {
		weir_diag_error(b->diags, UNKNOWN_NAME, place,
		                "\"%.*s\" is the period itself; name what is looked at in it, as in at(A.balance, 3)",
		                (int)length, name);
		return;
	}
	for (int i = 0; i < b->deal->value_count; i++)
		if (weir_is_word(name, length, b->deal->values[i].node.id)) {
			weir_diag_error(b->diags, UNKNOWN_NAME, place,
			                "the value \"%.*s\" is worked out where it is used and not kept; write what "
			                "it is made of",
			                (int)length, name);
			return;
		}
	nearest = weir_nearest_name(name, length, b->series, b->series_count);
	weir_diag_error(b->diags, UNKNOWN_NAME, place, "\"%.*s\" has no value in each period%s%s%s", (int)length,
	                name,
	                nearest ? "; did you mean \"" :
	                          "; \"weir plan\" lists the registers, docs/solve.md the figures",
	                nearest ? nearest : "", nearest ? "\"?" : "");
}

/* The type of a function's value; ERROR when the function has no meaning for it. */
static weir_type function_type(weir_over_periods function, weir_type type)
{
	if (function != WEIR_OVER_TOTAL)
		return type;
	return type == WEIR_TYPE_FLAG ? WEIR_TYPE_NUMBER : type == WEIR_TYPE_DATE ? WEIR_TYPE_ERROR : type;
}

static int resolve_function(builder *b, weir_over_periods function, const char *const *arguments,
                            const size_t *lengths, int count, weir_place place, weir_symbol *out)
{
	weir_metric_symbol s = { .kind = WEIR_METRIC_PERIODS, .function = function };
	if (count != (function == WEIR_OVER_AT ? 2 : 1)) {
		weir_diag_error(b->diags, FORMULA_CALL, place,
		                function == WEIR_OVER_AT ?
		                        "\"%s\" takes a name and a date or a period's number, as in "
		                        "at(A.balance, 3)" :
		                        "\"%s\" takes one name, as in least(coverage)",
		                functions[function]);
		return -1;
	}
	if (!find_series(b, arguments[0], lengths[0], &s)) {
		if (b->status == WEIR_OK)
			complain_series(b, arguments[0], lengths[0], place);
		return -1;
	}
	s.kind = WEIR_METRIC_PERIODS;
	weir_type type = function_type(function, s.type);
	if (type == WEIR_TYPE_ERROR) {
		weir_diag_error(b->diags, FORMULA_TYPE, place, "\"%.*s\" is a date, and dates cannot be added up",
		                (int)lengths[0], arguments[0]);
		return -1;
	}
	s.type = type;
	if (function == WEIR_OVER_AT && (s.period = find_period(b, arguments[1], lengths[1], place)) < 0)
		return -1;
	return add_symbol(b, &s, out);
}

static int resolve_call(void *context, const char *function, size_t function_length, const char *const *arguments,
                        const size_t *lengths, int count, weir_place place, weir_symbol *out)
{
	for (int f = 0; f < WEIR_OVER_COUNT; f++)
		if (weir_is_word(function, function_length, functions[f]))
			return resolve_function(context, (weir_over_periods)f, arguments, lengths, count, place, out);
	return 0;
}

/* --- parsing -------------------------------------------------------------------------------------------------- */

/* "ID.FIGURE" in the scratch arena; NULL without memory. */
static const char *join(builder *b, const char *id, const char *figure)
{
	size_t own = strlen(id), length = strlen(figure);
	char *name = weir_arena_alloc(b->scratch, own + length + 2);
	if (!name)
		return NULL;
	memcpy(name, id, own);
	name[own] = '.';
	memcpy(name + own + 1, figure, length + 1);
	return name;
}

static weir_status add_known_figures(builder *b, const char **known, size_t *count, const char *id)
{
	for (int f = 0; f < WEIR_CLASS_FIGURE_COUNT; f++)
		if (!(known[(*count)++] = join(b, id, class_figures[f].name)))
			return WEIR_NO_MEMORY;
	return WEIR_OK;
}

/* Every name that a formula can use outside functions. */
static weir_status list_known(builder *b, weir_resolver *resolver)
{
	weir_status status = WEIR_OK;
	int parameters;
	const weir_parameter *parameter = weir_plan_parameters(b->plan, &parameters);
	size_t ids = (size_t)(b->deal->class_count + b->deal->group_count), count = 0;
	size_t most = WEIR_RUN_FIGURE_COUNT + ids * WEIR_CLASS_FIGURE_COUNT + (size_t)parameters + 1;
	const char **known = weir_arena_array(b->scratch, most, sizeof *known);
	if (!known)
		return WEIR_NO_MEMORY;
	for (int f = 0; f < WEIR_RUN_FIGURE_COUNT; f++)
		known[count++] = run_figures[f].name;
	for (int i = 0; i < parameters; i++)
		known[count++] = parameter[i].name;
	for (int i = 0; i < b->deal->class_count; i++)
		WEIR_TRY(add_known_figures(b, known, &count, b->deal->classes[i].node.id));
	for (int i = 0; i < b->deal->group_count; i++)
		WEIR_TRY(add_known_figures(b, known, &count, b->deal->groups[i].node.id));
	resolver->known = known;
	resolver->known_count = count;
out:
	return status;
}

/* Functions over time have no meaning for the outcome of a whole run. Complains of the first. */
static int looks_back(const weir_expression *e, weir_diags *diags)
{
	const char *name = e->op == WEIR_OP_PREVIOUS   ? "previous" :
	                   e->op == WEIR_OP_TRAILING   ? "trailing" :
	                   e->op == WEIR_OP_CUMULATIVE ? "cumulative" :
	                                                 NULL;
	if (name) {
		weir_diag_error(diags, FORMULA_CALL, e->place,
		                "\"%s\" has no meaning for the outcome of a whole run; use at, least, most, total "
		                "or last",
		                name);
		return 1;
	}
	for (int i = 0; i < e->count; i++)
		if (looks_back(e->arguments[i], diags))
			return 1;
	return 0;
}

static weir_status parse_tree(weir_metric *metric, builder *b, const weir_sources *sources, weir_place place,
                              weir_type wanted)
{
	weir_resolver resolver = { .context = b,
		                   .name = resolve_name,
		                   .call = resolve_call,
		                   .functions = functions,
		                   .function_count = WEIR_OVER_COUNT,
		                   .currency = b->deal->currency,
		                   .currency_digits = b->deal->currency_digits };
	weir_status status = list_known(b, &resolver);
	if (status != WEIR_OK)
		return status;
	status = weir_formula_parse(&metric->tree, b->arena, sources, metric->text, place, wanted, &resolver,
	                            b->diags);
	if (b->status != WEIR_OK)
		return b->status;
	if (status == WEIR_OK && looks_back(metric->tree, b->diags))
		return b->diags->lost ? WEIR_NO_MEMORY : WEIR_INPUT;
	return status;
}

weir_status weir_metric_parse(const weir_metric **out, weir_arena *arena, const weir_plan *plan,
                              const weir_sources *sources, const char *text, weir_place place, weir_type wanted,
                              weir_diags *diags)
{
	weir_status status;
	builder b = { .arena = arena, .plan = plan, .deal = weir_plan_deal(plan), .diags = diags };
	weir_metric *metric = weir_arena_alloc(arena, sizeof *metric);
	*out = NULL;
	if (!metric)
		return WEIR_NO_MEMORY;
	*metric = (weir_metric){ .plan = plan, .text = weir_arena_text(arena, text, strlen(text)) };
	if (!metric->text)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_arena_create(&b.scratch));
	WEIR_TRY(parse_tree(metric, &b, sources, place, wanted));
	weir_metric_symbol *symbols = weir_arena_array(arena, b.count + 1, sizeof *symbols);
	if (!symbols) {
		status = WEIR_NO_MEMORY;
		goto out;
	}
	if (b.count)
		memcpy(symbols, b.symbols, b.count * sizeof *symbols);
	metric->symbols = symbols;
	metric->symbol_count = (int)b.count;
	*out = metric;
out:
	weir_free(b.symbols);
	weir_arena_destroy(b.scratch);
	return status;
}

const char *weir_metric_text(const weir_metric *metric)
{
	return metric->text;
}

weir_type weir_metric_type(const weir_metric *metric)
{
	return metric->tree->type;
}

static int has_sides(const weir_expression *e)
{
	return e->op >= WEIR_OP_EQUAL && e->op <= WEIR_OP_AT_LEAST && e->arguments[0]->type != WEIR_TYPE_FLAG;
}

/* Equations among conditions joined by "and"; `*last` is one of them. */
static int count_equations(const weir_expression *e, const weir_expression **last)
{
	if (e->op == WEIR_OP_AND)
		return count_equations(e->arguments[0], last) + count_equations(e->arguments[1], last);
	if (e->op != WEIR_OP_EQUAL || !has_sides(e))
		return 0;
	*last = e;
	return 1;
}

const weir_expression *weir_metric_compared(const weir_metric *metric)
{
	const weir_expression *equation = NULL;
	if (has_sides(metric->tree))
		return metric->tree;
	return count_equations(metric->tree, &equation) == 1 ? equation : NULL;
}

weir_operation weir_metric_comparison(const weir_metric *metric)
{
	const weir_expression *e = weir_metric_compared(metric);
	return e ? e->op : WEIR_OP_CONSTANT;
}

/* The comparison of that number among those of an expression, but for one; *number is counted down. */
static const weir_expression *find_part(const weir_expression *e, const weir_expression *without, int *number)
{
	if (e != without && has_sides(e) && (*number)-- == 0)
		return e;
	for (int i = 0; i < e->count; i++) {
		const weir_expression *found = find_part(e->arguments[i], without, number);
		if (found)
			return found;
	}
	return NULL;
}

const weir_expression *weir_metric_part(const weir_metric *metric, int number)
{
	return find_part(metric->tree, weir_metric_compared(metric), &number);
}

int weir_metric_part_count(const weir_metric *metric)
{
	int count = 0;
	while (weir_metric_part(metric, count))
		count++;
	return count;
}

static weir_type side_type(const weir_expression *e)
{
	if (!e)
		return WEIR_TYPE_ERROR;
	return e->arguments[0]->type == e->arguments[1]->type ? e->arguments[0]->type : WEIR_TYPE_NUMBER;
}

weir_type weir_metric_side_type(const weir_metric *metric)
{
	return side_type(weir_metric_compared(metric));
}

weir_type weir_metric_part_type(const weir_metric *metric, int number)
{
	return side_type(weir_metric_part(metric, number));
}
