/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rating.c: what grades ask and what classes reach, for a session: tables rating_targets, rating, rating_scenarios. */
#include <math.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "base/text.h"
#include "io/rating_csv.h"
#include "report/fill_stress.h"
#include "report/table_text.h"
#include "study/scenario_number.h"

#define SHOWN_ROWS 60

/* One class with support or without it. */
typedef struct rated {
	int class_number;
	weir_variant variant;
	weir_rating_limit least; /* over the scenarios */
	int scenario;            /* where that is */
} rated;

typedef struct rating_study {
	weir_session *s;
	const weir_rating_request *request;
	weir_arena *arena;
	const weir_grade_table *table;
	weir_target_terms terms;
	weir_target *targets;           /* [grades]; of a table of recoveries unused */
	weir_scenario_list scenarios;
	weir_survival survival;
	rated *items;
	int count;
	weir_rating_limit *limits;      /* [items][scenarios] */
	weir_results *results;
} rating_study;

/* --- the request ------------------------------------------------------------------------------------------------ */

/* A rate from 0 % to 100 %; NULL text leaves it as it is. */
static void read_rate(rating_study *r, const char *what, const char *text, double *out)
{
	double rate;
	if (!text)
		return;
	if (weir_rate_parse(text, strlen(text), &rate) != WEIR_PARSE_OK)
		weir_diag_error(&r->s->call, BAD_RATE, (weir_place){ 0 },
		                "\"%s\" is no %s; write a rate with its unit, such as 2.1%%", text, what);
	else if (!(rate >= 0 && rate <= 1))
		weir_diag_error(&r->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "a %s of \"%s\" is impossible; give 0%% to 100%%",
		                what, text);
	else
		*out = rate;
}

static double read_number(rating_study *r, const char *what, const char *text, const char *example)
{
	weir_decimal decimal;
	if (weir_decimal_parse(text, strlen(text), &decimal) == WEIR_PARSE_OK)
		return weir_decimal_double(decimal);
	weir_diag_error(&r->s->call, BAD_NUMBER, (weir_place){ 0 },
	                "\"%s\" is no %s of the rates' logarithms; write a number such as %s", text, what, example);
	return NAN;
}

static weir_status read_history(rating_study *r)
{
	double *rates;
	int count;
	weir_session *s = r->s;
	weir_status status =
		weir_default_history_load(&rates, &count, r->arena, &s->sources, r->request->history, &s->call);
	if (status == WEIR_OK)
		weir_log_normal_of_rates(&r->terms.law, rates, count); /* the file has no rate that it refuses */
	return status;
}

static void read_moments(rating_study *r)
{
	double mean = NAN, deviation = NAN;
	read_rate(r, "mean default rate", r->request->mean, &mean);
	read_rate(r, "standard deviation", r->request->deviation, &deviation);
	if (!isnan(mean) && !isnan(deviation) && !weir_log_normal_of_moments(&r->terms.law, mean, deviation))
		weir_diag_error(&r->s->call, OUT_OF_RANGE, (weir_place){ 0 },
		                "a mean default rate of 0 has no log-normal law; give one above 0%%");
}

/* A mean says nothing without its deviation, nor the other way round. */
static weir_status check_both(rating_study *r, const char *first, const char *mean, const char *second,
                              const char *deviation)
{
	if (!mean == !deviation)
		return WEIR_OK;
	weir_diag_error(&r->s->call, BAD_VALUE, (weir_place){ 0 }, "--%s alone makes no law of defaults; give --%s too",
	                mean ? first : second, mean ? second : first);
	return WEIR_INPUT;
}

/* The one way in which targets are said. */
static weir_status read_method(rating_study *r)
{
	weir_status status;
	const weir_rating_request *q = r->request;
	int ways = !!q->base_default + (q->log_mean || q->log_deviation) + (q->mean || q->deviation) + !!q->history;
	r->terms.by_law = !q->base_default;
	if (ways != 1) {
		weir_diag_error(&r->s->call, BAD_VALUE, (weir_place){ 0 },
		                "targets follow from one thing: a base default rate, the mean and deviation of "
		                "logarithms or of rates, or a history; give one of them");
		return WEIR_INPUT;
	}
	read_rate(r, "base default rate", q->base_default, &r->terms.base_default);
	WEIR_TRY(check_both(r, "log-mean", q->log_mean, "log-deviation", q->log_deviation));
	WEIR_TRY(check_both(r, "mean", q->mean, "deviation", q->deviation));
	if (q->log_mean) {
		r->terms.law.mean = read_number(r, "mean", q->log_mean, "-3.9");
		r->terms.law.deviation = read_number(r, "standard deviation", q->log_deviation, "0.6");
		if (r->terms.law.deviation < 0)
			weir_diag_error(&r->s->call, OUT_OF_RANGE, (weir_place){ 0 },
			                "a standard deviation of \"%s\" is impossible; give 0 or more",
			                q->log_deviation);
	}
	if (q->mean)
		read_moments(r);
	if (q->history)
		WEIR_TRY(read_history(r));
	status = weir_session_judge(r->s);
out:
	return status;
}

static weir_status complain_asset_class(rating_study *r, const weir_grade_tables *tables, const char *wanted)
{
	weir_text known = { 0 };
	for (int i = 0; i < tables->count; i++)
		weir_text_printf(&known, "%s%s", i ? ", " : "", tables->items[i].asset_class);
	weir_status status = weir_text_status(&known);
	if (status == WEIR_OK)
		weir_diag_error(&r->s->call, UNKNOWN_ID, (weir_place){ 0 },
		                "there are no targets for assets \"%s\"; name one of %s",
		                wanted ? wanted : "", known.data);
	weir_text_free(&known);
	return status == WEIR_OK ? WEIR_INPUT : status;
}

static weir_status read_table(rating_study *r)
{
	weir_session *s = r->s;
	weir_grade_tables tables;
	weir_status status = weir_grade_tables_load(&tables, r->arena, &s->sources, r->request->targets, &s->call);
	if (status != WEIR_OK)
		return status;
	r->table = r->request->asset_class ? weir_grade_tables_find(&tables, r->request->asset_class) : NULL;
	return r->table ? WEIR_OK : complain_asset_class(r, &tables, r->request->asset_class);
}

/* What is searched cannot be set: default rates, of a table of recoveries the haircut. */
static weir_status check_sets(rating_study *r)
{
	static const char *const of_defaults[] = { "default_total", "cdr" }, *const of_recoveries[] = { "haircut" };
	const char *const *searched = r->table->of_recovery ? of_recoveries : of_defaults;
	size_t count = r->table->of_recovery ? 1 : 2;
	for (size_t i = 0; i < r->request->set_count; i++) {
		const char *set = r->request->sets[i], *equals = strchr(set, '=');
		for (size_t k = 0; k < count && equals; k++)
			if (weir_is_word(set, (size_t)(equals - set), searched[k]))
				weir_diag_error(&r->s->call, BAD_VALUE, (weir_place){ 0 },
				                "\"%s\" is set, but a rating searches %s itself; leave it out",
				                searched[k],
				                r->table->of_recovery ? "the haircut" : "the default rate");
	}
	return weir_session_judge(r->s);
}

/* The family that fits the assets, where none is asked for, with what is set. */
static weir_status list_scenarios(rating_study *r)
{
	const weir_rating_request *q = r->request;
	const char *asset_class = r->table->asset_class;
	const char *fitting = strcmp(asset_class, "lease") == 0 || strcmp(asset_class, "small-business") == 0 ?
	                              asset_class :
	                              "general";
	int none = q->family_count + q->scenario_count == 0 && !r->table->of_recovery;
	weir_status status = check_sets(r);
	if (status == WEIR_OK)
		status = weir_session_list_scenarios(r->s, &r->scenarios, none ? &fitting : q->families,
		                                     none ? 1 : q->family_count, q->scenarios,
		                                     q->scenario_count);
	for (size_t i = 0; i < r->scenarios.count && status == WEIR_OK; i++)
		status = weir_session_settle_sets(r->s, r->arena, r->scenarios.items[i], q->sets, q->set_count,
		                                  &r->scenarios.items[i]);
	return status;
}

/* Targets of what the pool brings in need nothing that is said of defaults. */
static weir_status refuse_defaults(rating_study *r)
{
	const weir_rating_request *q = r->request;
	if (!q->base_default && !q->log_mean && !q->log_deviation && !q->mean && !q->deviation && !q->history &&
	    !q->defaulted && !q->recovery)
		return WEIR_OK;
	weir_diag_error(&r->s->call, BAD_VALUE, (weir_place){ 0 },
	                "the targets for \"%s\" are shares of what the pool brings in; leave default rates and "
	                "recoveries out",
	                r->table->asset_class);
	return WEIR_INPUT;
}

/* Where more has defaulted than the best grade asks to survive, nothing is left to survive: every class would reach
 * it. */
static weir_status check_defaulted(rating_study *r)
{
	double most = 0;
	for (int i = 0; i < r->table->count; i++)
		most = r->targets[i].of_initial > most ? r->targets[i].of_initial : most;
	if (!(r->terms.defaulted > most))
		return WEIR_OK;
	weir_diag_error(&r->s->call, OUT_OF_RANGE, (weir_place){ 0 },
	                "%.6g%% has defaulted already, but the best grade asks to survive only %.6g%% in all; expect "
	                "more than has defaulted",
	                r->terms.defaulted * 100, most * 100);
	return WEIR_INPUT;
}

static weir_status read_terms(rating_study *r)
{
	const weir_rating_request *q = r->request;
	r->targets = weir_arena_array(r->arena, (size_t)r->table->count, sizeof *r->targets);
	if (!r->targets)
		return WEIR_NO_MEMORY;
	if (r->table->of_recovery)
		return refuse_defaults(r);
	weir_status status = read_method(r);
	r->terms.left = 1;
	r->terms.recovery = weir_scenario_recovery(r->scenarios.items[0]); /* the family's base */
	read_rate(r, "rate of what has defaulted", q->defaulted, &r->terms.defaulted);
	read_rate(r, "recovery rate", q->recovery, &r->terms.recovery);
	weir_target_terms_stand(&r->terms, r->s->pool);
	if (status == WEIR_OK)
		status = weir_session_judge(r->s);
	if (status != WEIR_OK || !(r->terms.left > 0))
		return status;
	weir_targets_find(r->targets, r->table, &r->terms);
	return check_defaulted(r);
}

/* A class that is owed nothing survives everything. */
static weir_status check_is_owed(rating_study *r, int class_number)
{
	const weir_class *one = class_number < 0 ? NULL : &r->s->deal->classes[class_number];
	if (!one || one->style != WEIR_STYLE_RESIDUAL)
		return WEIR_OK;
	weir_diag_error(&r->s->call, BAD_VALUE, (weir_place){ 0 },
	                "class \"%s\" takes what is left over and is owed nothing, so that no stress makes it fail; "
	                "name a class that is owed something",
	                one->node.id);
	return WEIR_INPUT;
}

/* The classes that are owed something, or the one asked for; each with support and, where there is any, without. */
static weir_status list_classes(rating_study *r)
{
	weir_session *s = r->s;
	const weir_rating_request *q = r->request;
	const weir_deal *deal = s->deal;
	int only = -1, cases = !q->support && deal->support_count + deal->cover_count > 0 ? 2 : 1;
	weir_variant asked = { 0 };
	weir_status status = weir_session_parse_support(s, q->support, &asked);
	if (status == WEIR_OK)
		status = weir_session_parse_test(s, q->test, &r->survival);
	if (status == WEIR_OK)
		status = weir_session_parse_class(s, q->class_id, &only);
	if (status == WEIR_OK)
		status = check_is_owed(r, only);
	if (status != WEIR_OK)
		return status;
	r->items = weir_arena_array(r->arena, (size_t)deal->class_count * 2 + 1, sizeof *r->items);
	if (!r->items)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->class_count; i++) {
		if (only < 0 ? deal->classes[i].style == WEIR_STYLE_RESIDUAL : only != i)
			continue;
		r->items[r->count++] = (rated){ .class_number = i, .variant = asked };
		if (cases > 1)
			r->items[r->count++] = (rated){ .class_number = i,
				                        .variant = { .support = WEIR_WITHOUT_SUPPORT } };
	}
	r->limits = weir_arena_array(r->arena, (size_t)r->count * r->scenarios.count + 1, sizeof *r->limits);
	return r->limits ? WEIR_OK : WEIR_NO_MEMORY;
}

/* --- the search ------------------------------------------------------------------------------------------------- */

/* What the pool must bring in: 1 less the largest haircut survived. A larger share is the weaker class. */
static weir_status find_share(weir_rating_limit *out, rating_study *r, const rated *one, const weir_scenario *scenario)
{
	weir_break_even found;
	weir_arena *arena;
	weir_break_even_terms terms = { .vary = "haircut",
		                        .class_number = one->class_number,
		                        .survival = r->survival,
		                        .to = 1,
		                        .scenario = scenario,
		                        .variant = one->variant };
	weir_status status = weir_arena_create(&arena);
	if (status != WEIR_OK)
		return status;
	status = weir_break_even_find(&found, arena, r->s->plan, &terms, &r->s->call);
	if (status == WEIR_OK)
		*out = (weir_rating_limit){ .rate = found.survives_from ? weir_rate_normal(1 - found.largest) : NAN,
			                    .total = NAN,
			                    .monotone = found.monotone };
	weir_arena_destroy(arena);
	return status;
}

static weir_status find_limit(weir_rating_limit *out, rating_study *r, const rated *one, const weir_scenario *scenario)
{
	weir_rating_terms terms = { .scenario = scenario,
		                    .class_number = one->class_number,
		                    .survival = r->survival,
		                    .variant = one->variant };
	if (r->table->of_recovery)
		return find_share(out, r, one, scenario);
	return weir_rating_limit_find(out, r->s->plan, &terms, &r->s->call);
}

/* Whether a limit is weaker than the least so far; a class that fails without any stress is the weakest. */
static int is_weaker(const rating_study *r, double rate, double least)
{
	if (isnan(rate) || isnan(least))
		return isnan(rate) && !isnan(least);
	return r->table->of_recovery ? rate > least : rate < least;
}

static weir_status find_limits(rating_study *r)
{
	weir_status status;
	size_t scenarios = r->scenarios.count, all = (size_t)r->count * scenarios;
	for (size_t n = 0; n < all; n++) {
		rated *one = &r->items[n / scenarios];
		int scenario = (int)(n % scenarios);
		WEIR_TRY(find_limit(&r->limits[n], r, one, r->scenarios.items[scenario]));
		if (scenario == 0 || is_weaker(r, r->limits[n].rate, one->least.rate)) {
			one->least = r->limits[n];
			one->scenario = scenario;
		}
		if (r->request->progress && !r->request->progress(r->request->context, (double)(n + 1) / (double)all))
			return WEIR_INTERRUPTED;
	}
	return WEIR_OK;
out:
	return status;
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

static double target_at(const rating_study *r, int grade)
{
	return r->table->of_recovery ? r->table->grades[grade].multiple : r->targets[grade].rate;
}

/* NAN of a class that fails without any stress. */
static double margin_at(const rating_study *r, int grade, double rate)
{
	double target = target_at(r, grade);
	if (isnan(rate))
		return NAN;
	return weir_rate_normal(r->table->of_recovery ? target - rate : rate - target);
}

/* The best grade that a limit reaches; -1: none. */
static int grade_of(const rating_study *r, double rate)
{
	if (!r->table->of_recovery)
		return weir_targets_reached(r->targets, r->table->count, rate);
	for (int i = 0; i < r->table->count; i++)
		if (r->table->grades[i].multiple >= rate)
			return i;
	return -1;
}

static weir_cell grade_cell(const rating_study *r, double rate)
{
	int grade = grade_of(r, rate);
	if (isnan(rate))
		return weir_cell_key("fails", "Fails without defaults", "无违约即不足");
	return grade < 0 ? weir_cell_key("none", "Below the table", "低于表内级别") :
	                   weir_session_text_cell(r->results, r->table->grades[grade].grade);
}

#define COL(table, column) row[WEIR_COL_##table##_##column]

/* Which of a table's numbers the targets follow from. */
static weir_cell method_cell(const rating_study *r)
{
	if (r->table->of_recovery)
		return weir_cell_key("multiple-of-receipts", "Multiple of receipts", "回收款倍数");
	return r->terms.by_law ? weir_cell_key("log-normal", "Log-normal law", "对数正态分布") :
	                         weir_cell_key("multiple", "Multiple of the base default rate", "基准违约率乘数");
}

static weir_cell label_cell(weir_trust_label label)
{
	switch (label) {
	case WEIR_LABEL_DOCUMENT:
		return weir_cell_key("document", "From a document", "来自文件");
	case WEIR_LABEL_THIRD_PARTY:
		return weir_cell_key("third-party", "From a third party", "来自第三方");
	case WEIR_LABEL_ASSUMPTION:
		return weir_cell_key("assumption", "Assumption", "假设");
	default:
		return (weir_cell){ 0 };
	}
}

static weir_status add_target(rating_study *r, weir_table *table, int number)
{
	const weir_grade_target *grade = &r->table->grades[number];
	const weir_target *target = &r->targets[number];
	weir_cell *row = weir_table_add_row(r->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(rating_targets, asset_class) = weir_session_text_cell(r->results, r->table->asset_class);
	COL(rating_targets, grade) = weir_session_text_cell(r->results, grade->grade);
	COL(rating_targets, used) = method_cell(r);
	COL(rating_targets, multiple) = weir_cell_number(grade->multiple);
	COL(rating_targets, probability) = weir_cell_number(grade->probability);
	if (!r->table->of_recovery) {
		COL(rating_targets, target) = weir_cell_number(target->of_initial);
		COL(rating_targets, to_come) = weir_cell_number(target->rate);
		COL(rating_targets, required_support) = weir_cell_number(target->required_support);
		COL(rating_targets, derived) = weir_cell_number(target->derived);
	}
	COL(rating_targets, label) = label_cell(grade->label);
	COL(rating_targets, source) = weir_session_text_cell(r->results, grade->source);
	return WEIR_OK;
}

static weir_status add_rated(rating_study *r, weir_table *table, const rated *one)
{
	const char *rating = r->s->deal->classes[one->class_number].rating;
	double rate = one->least.rate;
	int grade = grade_of(r, rate), published = weir_grade_table_published(r->table, rating);
	int better = isnan(rate) ? -1 : grade < 0 ? r->table->count - 1 : grade - 1;
	weir_cell *row = weir_table_add_row(r->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(rating, class) = weir_session_class_cell(r->s, one->class_number);
	COL(rating, support) = weir_fill_variant(r->results, r->s->deal, one->variant);
	COL(rating, scenario) = weir_session_scenario_cell(r->scenarios.items[one->scenario]);
	COL(rating, breakeven) = weir_cell_number(rate);
	COL(rating, monotone) = weir_cell_number(one->least.monotone);
	COL(rating, grade) = grade_cell(r, rate);
	if (grade >= 0) {
		COL(rating, target) = weir_cell_number(target_at(r, grade));
		COL(rating, margin) = weir_cell_number(margin_at(r, grade, rate));
	}
	if (better >= 0) {
		COL(rating, better) = weir_session_text_cell(r->results, r->table->grades[better].grade);
		COL(rating, lacks) = weir_cell_number(-margin_at(r, better, rate));
	}
	COL(rating, published) = weir_session_text_cell(r->results, rating);
	if (published >= 0) {
		COL(rating, published_target) = weir_cell_number(target_at(r, published));
		COL(rating, published_margin) = weir_cell_number(margin_at(r, published, rate));
	}
	return WEIR_OK;
}

static weir_status add_limit(rating_study *r, weir_table *table, size_t number)
{
	const weir_rating_limit *limit = &r->limits[number];
	const rated *one = &r->items[number / r->scenarios.count];
	weir_cell *row = weir_table_add_row(r->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(rating_scenarios, class) = weir_session_class_cell(r->s, one->class_number);
	COL(rating_scenarios, support) = weir_fill_variant(r->results, r->s->deal, one->variant);
	COL(rating_scenarios, scenario) = weir_session_scenario_cell(r->scenarios.items[number % r->scenarios.count]);
	COL(rating_scenarios, total) = weir_cell_number(limit->total);
	COL(rating_scenarios, defaulted) = weir_cell_number(limit->rate);
	COL(rating_scenarios, way) = weir_fill_rating_way(limit->way);
	COL(rating_scenarios, monotone) = weir_cell_number(limit->monotone);
	COL(rating_scenarios, grade) = grade_cell(r, limit->rate);
	return WEIR_OK;
}

/* --- the summary ------------------------------------------------------------------------------------------------ */

/* The targets for a terminal; all of them are in rating_targets. */
static const weir_column shown_columns[] = {
	{ "grade", "Grade", "级别", WEIR_CELL_TEXT, 0, 0, 0 },
	{ "multiple", "Multiple", "压力乘数", WEIR_CELL_NUMBER, 3, 0, 0 },
	{ "probability", "Target probability", "目标违约概率", WEIR_CELL_RATE, 12, 0, 0 },
	{ "to_survive", "Default rate to survive", "须承受违约率", WEIR_CELL_RATE, 12, 0, 0 },
	{ "required_support", "Required support", "所需增信比例", WEIR_CELL_RATE, 12, 0, 0 },
};

static weir_status show_targets(rating_study *r, weir_text *to)
{
	weir_table *table;
	const weir_grade_target *first = &r->table->grades[0];
	weir_status status =
	        weir_results_add_table(&table, r->results, "rating_targets_shown", "Rating targets", "评级目标",
	                               shown_columns, sizeof shown_columns / sizeof *shown_columns, 0);
	for (int i = 0; i < r->table->count && status == WEIR_OK; i++) {
		const weir_grade_target *grade = &r->table->grades[i];
		weir_cell *cell = weir_table_add_row(r->results, table);
		if (!cell)
			return WEIR_NO_MEMORY;
		*cell++ = weir_session_text_cell(r->results, grade->grade);
		*cell++ = weir_cell_number(grade->multiple);
		*cell++ = weir_cell_number(grade->probability);
		if (r->table->of_recovery)
			continue;
		*cell++ = weir_cell_number(r->targets[i].rate);
		*cell = weir_cell_number(r->targets[i].required_support);
	}
	if (status != WEIR_OK)
		return status;
	weir_text_printf(to, "targets for %s%s%s%s\n", r->table->asset_class, first->source ? "; from: " : "",
	                 first->source ? first->source : "",
	                 r->request->targets ? "" : "; to be edited, no agency's published table");
	weir_table_write_text(table, r->s->deal->currency_digits, SHOWN_ROWS, to);
	weir_text_add(to, "\n");
	return WEIR_OK;
}

static weir_status fill_tables(rating_study *r)
{
	weir_status status;
	weir_table *targets, *rating, *scenarios;
	weir_text *to = &r->s->summary;
	WEIR_TRY(weir_session_new_results(r->s, NULL, &r->results));
	WEIR_TRY(weir_results_add_standard(&targets, r->results, WEIR_TABLE_rating_targets));
	WEIR_TRY(weir_results_add_standard(&rating, r->results, WEIR_TABLE_rating));
	WEIR_TRY(weir_results_add_standard(&scenarios, r->results, WEIR_TABLE_rating_scenarios));
	for (int i = 0; i < r->table->count; i++)
		WEIR_TRY(add_target(r, targets, i));
	for (int i = 0; i < r->count; i++)
		WEIR_TRY(add_rated(r, rating, &r->items[i]));
	for (size_t i = 0; i < (size_t)r->count * r->scenarios.count; i++)
		WEIR_TRY(add_limit(r, scenarios, i));
	weir_text_free(to);
	WEIR_TRY(show_targets(r, to));
	weir_table_write_text(rating, r->s->deal->currency_digits, SHOWN_ROWS, to);
	status = weir_text_status(to);
out:
	return status;
}

int weir_session_rating(weir_session *s, const weir_rating_request *request)
{
	weir_status status;
	rating_study study = { .s = s, .request = request };
	WEIR_TRY(weir_session_begin(s));
	WEIR_TRY(weir_arena_create(&study.arena));
	WEIR_TRY(read_table(&study));
	WEIR_TRY(list_scenarios(&study));
	WEIR_TRY(read_terms(&study));
	WEIR_TRY(list_classes(&study));
	WEIR_TRY(find_limits(&study));
	WEIR_TRY(fill_tables(&study));
	status = weir_session_keep(s, study.results);
	study.results = NULL;
out:
	weir_results_destroy(study.results);
	weir_free(study.scenarios.items);
	weir_arena_destroy(study.arena);
	return weir_session_end(s, status);
}
