/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price_tables.c: tables T6 to T9 of an offering: decrements, lives and yields by scenario, prices by speed,
 * break-evens. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/appendix.h"
#include "study/scenario_number.h"

#define MOST_OWN 8 /* scenarios beside the deal that are shown, a column each */
#define SPEEDS 4
#define PRICES 13  /* 97 to 103 by a half */
#define FIRST_PRICE 97.0
#define PRICE_STEP 0.5

typedef struct price_study {
	weir_session *s;
	weir_case *one;
	weir_arena *arena;
	weir_stress_frame frame;
	weir_stress_course course;
	int by_royalties;           /* speeds are of decay, not of prepayment */
	int speed_count;            /* the first scenarios: the run's own, then the speeds */
	const weir_rate_curve *curve;
	weir_priced *at_issue;      /* [count][classes] */
	weir_priced *at_prices;     /* [speeds][classes][PRICES] */
} price_study;

/* --- scenarios -------------------------------------------------------------------------------------------------- */

static int has_kind(const weir_deal *deal, weir_contract_kind kind)
{
	for (int i = 0; i < deal->pool.contract_count; i++)
		if (deal->pool.contracts[i].kind == kind)
			return 1;
	return 0;
}

/* The run's own scenario at a speed of prepayment, or with royalties that fall year by year; NULL without memory. */
static const weir_scenario *make_speed(price_study *p, double rate)
{
	char id[40], en[80], zh[80];
	const weir_scenario *base = p->frame.scenarios[0];
	weir_scenario *made = weir_arena_alloc(p->arena, sizeof *made);
	if (!made || weir_scenario_set_number(made, p->arena, p->s->plan, base, "cpr", rate) != WEIR_OK)
		return NULL;
	if (p->by_royalties)
		made->shocks[made->shock_count - 1] = (weir_shock){
			.kind = WEIR_SHOCK_DECAY, .value = rate, .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE
		};
	snprintf(id, sizeof id, "%s-%g", p->by_royalties ? "decay" : "cpr", rate * 100);
	snprintf(en, sizeof en, "%s %g%%", p->by_royalties ? "Decay" : "CPR", rate * 100);
	snprintf(zh, sizeof zh, "%s%g%%", p->by_royalties ? "每年衰减" : "早偿率", rate * 100);
	made->node = (weir_node){ .id = weir_arena_text(p->arena, id, strlen(id)),
		                  .en = weir_arena_text(p->arena, en, strlen(en)),
		                  .zh = weir_arena_text(p->arena, zh, strlen(zh)) };
	made->family = NULL;
	return made->node.id && made->node.en && made->node.zh ? made : NULL;
}

static weir_status list_scenarios(price_study *p)
{
	static const double speeds[SPEEDS] = { 0.05, 0.1, 0.2, 0.3 };
	weir_status status;
	weir_session *s = p->s;
	const weir_scenario **list = weir_arena_array(p->arena, 1 + SPEEDS + MOST_OWN, sizeof *list);
	if (!list)
		return WEIR_NO_MEMORY;
	p->frame.scenarios = list;
	WEIR_TRY(weir_session_settle(s, p->arena, p->one->scenario, p->one->sets, p->one->set_count, &list[0]));
	for (int i = 0; i < SPEEDS; i++) {
		list[1 + i] = make_speed(p, speeds[i]);
		if (!list[1 + i])
			return WEIR_NO_MEMORY;
	}
	p->frame.count = p->speed_count = 1 + SPEEDS;
	for (int i = 0; i < s->scenarios.count && p->frame.count < 1 + SPEEDS + MOST_OWN; i++) {
		const weir_scenario *own = &s->scenarios.items[i];
		if (own != p->one->scenario && own->shock_count > 0)
			WEIR_TRY(weir_session_settle(s, p->arena, own, p->one->sets, p->one->set_count,
			                             &list[p->frame.count++]));
	}
	status = weir_stress_names(&p->frame.names, p->frame.results, list, p->frame.count);
out:
	return status;
}

/* --- prices ----------------------------------------------------------------------------------------------------- */

static weir_status price_run(price_study *p, const weir_lane_reader *reader, int run, int lane)
{
	weir_status status = WEIR_OK;
	int classes = p->s->deal->class_count;
	weir_outcome outcome = { .plan = reader->plan,
		                 .terms = p->one->outcome.terms,
		                 .run = reader->run,
		                 .rows = reader->rows,
		                 .lane = lane };
	weir_pricing pricing = weir_pricing_at_issue;
	pricing.curve = p->curve;
	for (int i = 0; i < classes && status == WEIR_OK; i++) {
		pricing.clean = NAN;
		status = weir_price_class(&p->at_issue[run * classes + i], p->arena, &outcome, i, &pricing, NULL);
		for (int n = 0; n < PRICES && run < p->speed_count && status == WEIR_OK; n++) {
			pricing.clean = FIRST_PRICE + n * PRICE_STEP;
			status = weir_price_class(&p->at_prices[(run * classes + i) * PRICES + n], p->arena, &outcome,
			                          i, &pricing, NULL);
		}
	}
	return status;
}

static weir_status look(void *context, const weir_stress_row *rows, int count, const weir_lane_reader *reader)
{
	price_study *p = context;
	weir_status status = weir_stress_course_look(&p->course, rows, count, reader);
	for (int l = 0; l < count && status == WEIR_OK; l++)
		status = price_run(p, reader, rows[l].scenario, l);
	return status;
}

static weir_status run_scenarios(price_study *p)
{
	weir_status status;
	weir_stress found;
	size_t classes = (size_t)p->s->deal->class_count;
	p->at_issue = weir_arena_array(p->arena, (size_t)p->frame.count * classes + 1, sizeof *p->at_issue);
	p->at_prices = weir_arena_array(p->arena, (size_t)p->speed_count * classes * PRICES + 1, sizeof *p->at_prices);
	if (!p->at_issue || !p->at_prices)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_stress_course_create(&p->course, &p->frame, p->frame.count));
	weir_stress_terms terms = {
		.scenarios = p->frame.scenarios, .scenario_count = p->frame.count, .look = look, .look_context = p
	};
	status = weir_stress_run(&found, p->arena, p->s->plan, &terms, &p->s->call);
out:
	return status;
}

static weir_status fill_prices(price_study *p)
{
	weir_status status;
	weir_table *yields, *speeds;
	int classes = p->s->deal->class_count;
	WEIR_TRY(weir_fill_decrement(&p->course));
	WEIR_TRY(weir_results_add_standard(&yields, p->frame.results, WEIR_TABLE_scenario_yields));
	WEIR_TRY(weir_results_add_standard(&speeds, p->frame.results, WEIR_TABLE_price_speed));
	for (int i = 0; i < classes; i++) {
		for (int run = 0; run < p->frame.count; run++)
			WEIR_TRY(weir_fill_scenario_yield(&p->frame, yields, run, i, &p->at_issue[run * classes + i]));
		for (int n = 0; n < PRICES && p->s->deal->classes[i].style != WEIR_STYLE_RESIDUAL; n++)
			for (int run = 0; run < p->speed_count; run++)
				WEIR_TRY(weir_fill_price_speed(&p->frame, speeds, run, i, FIRST_PRICE + n * PRICE_STEP,
				                               &p->at_prices[(run * classes + i) * PRICES + n],
				                               p->curve));
	}
out:
	return status;
}

/* --- break-evens ------------------------------------------------------------------------------------------------ */

/* One cell of the table: what is searched, on top of what. */
typedef struct matrix_cell {
	weir_limit_search search;
	weir_cell quantity, row, column;
} matrix_cell;

#define MOST_CELLS 64

typedef struct matrix {
	price_study *p;
	matrix_cell cells[MOST_CELLS];
	int count;
} matrix;

static weir_cell kept_words(price_study *p, const char *en, const char *zh)
{
	weir_arena *arena = p->frame.results->arena;
	const char *first = weir_arena_text(arena, en, strlen(en)), *second = weir_arena_text(arena, zh, strlen(zh));
	p->frame.results->failed |= !first || !second;
	return weir_cell_text(first, second);
}

/* How losses turn out, and when; how defaults spread over time, and how fast contracts prepay. */
static const struct {
	double severity;
	int lag;
} losses[] = { { 1, 0 }, { 0.7, 12 }, { 0.7, 24 }, { 0.5, 12 }, { 0.5, 24 } };
static const struct {
	const char *en, *zh;
	double first_half; /* share of defaults in the first five of ten parts */
} curves[] = { { "even", "均匀", 0.5 }, { "front-loaded", "前置", 0.7 }, { "back-loaded", "后置", 0.3 } };
static const double matrix_speeds[] = { 0, 0.1 };

#define PARTS 10

/* The run's own scenario with its defaults out, and a cell's recovery and speed behind it; and what is searched. */
static weir_status make_default_search(price_study *p, weir_limit_search *out, int loss, int curve, int speed)
{
	weir_status status;
	int found;
	weir_scenario bare, *made = weir_arena_alloc(p->arena, sizeof *made);
	double *values = weir_arena_array(p->arena, PARTS, sizeof *values);
	if (!made || !values)
		return WEIR_NO_MEMORY;
	WEIR_TRY(weir_rating_search_make(&bare, &out->shock, p->arena, p->frame.scenarios[0], WEIR_RATING_AS_IT_IS,
	                                 &found));
	WEIR_TRY(weir_scenario_set_number(made, p->arena, p->s->plan, &bare, "recovery",
	                                  weir_rate_normal(1 - losses[loss].severity)));
	made->shocks[made->shock_count - 1].months = losses[loss].lag;
	if (matrix_speeds[speed] > 0) {
		bare = *made;
		WEIR_TRY(weir_scenario_set_number(made, p->arena, p->s->plan, &bare, "cpr", matrix_speeds[speed]));
	}
	for (int i = 0; i < PARTS; i++) {
		double share = i < PARTS / 2 ? curves[curve].first_half : 1 - curves[curve].first_half;
		values[i] = weir_rate_normal(share * 2 / PARTS);
	}
	out->shock.values = values;
	out->shock.value_count = PARTS;
	out->scenario = made;
out:
	return status;
}

static weir_status add_default_cell(matrix *m, int loss, int curve, int speed)
{
	char en[120], zh[120];
	matrix_cell *cell = &m->cells[m->count++];
	cell->quantity = weir_cell_key("default", "Default total", "累计违约率");
	if (losses[loss].severity < 1) {
		snprintf(en, sizeof en, "severity %g%%, lag %d months", losses[loss].severity * 100, losses[loss].lag);
		snprintf(zh, sizeof zh, "损失率%g%%，滞后%d个月", losses[loss].severity * 100, losses[loss].lag);
	} else {
		snprintf(en, sizeof en, "severity 100%%");
		snprintf(zh, sizeof zh, "损失率100%%");
	}
	cell->row = kept_words(m->p, en, zh);
	snprintf(en, sizeof en, "%s, CPR %g%%", curves[curve].en, matrix_speeds[speed] * 100);
	snprintf(zh, sizeof zh, "%s，早偿率%g%%", curves[curve].zh, matrix_speeds[speed] * 100);
	cell->column = kept_words(m->p, en, zh);
	return make_default_search(m->p, &cell->search, loss, curve, speed);
}

/* Royalties at a lower level, falling year by year, and pledged IP worth less; paid in time and late. */
static weir_status add_royalty_cell(matrix *m, int quantity, int late_months)
{
	static const char *const words[][3] = { { "level", "Level cut of royalties", "提成费水平下调" },
		                                { "decay", "Decay of royalties a year", "提成费年衰减" },
		                                { "value", "Value cut of pledged IP", "质押知识产权减值" } };
	static const weir_shock_kind kinds[] = { WEIR_SHOCK_RECEIPTS, WEIR_SHOCK_DECAY, WEIR_SHOCK_VALUATION };
	char en[80], zh[80];
	price_study *p = m->p;
	matrix_cell *cell = &m->cells[m->count++];
	const weir_scenario *base = p->frame.scenarios[0];
	weir_status status = WEIR_OK;
	cell->quantity = weir_cell_key(words[quantity][0], words[quantity][1], words[quantity][2]);
	cell->row = cell->quantity;
	snprintf(en, sizeof en, "paid %d months late", late_months);
	snprintf(zh, sizeof zh, "延迟%d个月支付", late_months);
	cell->column = kept_words(p, en, zh);
	cell->search.shock =
		(weir_shock){ .kind = kinds[quantity],
		              .scope = quantity < 2 ? WEIR_SCOPE_KIND : WEIR_SCOPE_ALL,
		              .target = quantity < 2 ? weir_contract_kind_text(WEIR_CONTRACT_ROYALTY) : NULL,
		              .from = WEIR_DATE_NONE,
		              .to = WEIR_DATE_NONE };
	cell->search.scenario = base;
	if (late_months > 0) {
		weir_scenario *made = weir_arena_alloc(p->arena, sizeof *made);
		if (!made)
			return WEIR_NO_MEMORY;
		status = weir_scenario_set_number(made, p->arena, p->s->plan, base, "late_months", late_months);
		cell->search.scenario = made;
	}
	return status;
}

#define COUNT(array) ((int)(sizeof array / sizeof *array))

static weir_status list_cells(matrix *m)
{
	weir_status status = WEIR_OK;
	const weir_deal *deal = m->p->s->deal;
	for (int l = 0; l < COUNT(losses) && !m->p->by_royalties; l++)
		for (int c = 0; c < COUNT(curves); c++)
			for (int v = 0; v < COUNT(matrix_speeds); v++)
				WEIR_TRY(add_default_cell(m, l, c, v));
	for (int q = 0; q < 3 && has_kind(deal, WEIR_CONTRACT_ROYALTY); q++)
		for (int months = 0; months <= 12; months += 6)
			WEIR_TRY(add_royalty_cell(m, q, months));
out:
	return status;
}

/* What a class costs at its issue price: of what is outstanding at the start. */
static double cost_cents(const price_study *p, int class_number)
{
	const weir_outcome *o = &p->one->outcome;
	int first = p->s->periods.first - 1;
	const double *balance =
		weir_run_record(o->run, weir_plan_registers(p->s->plan)->classes[class_number].balance, first);
	return balance ? weir_round_half_away(balance[o->lane] * p->s->deal->classes[class_number].issue_price / 100) :
	                 0;
}

static weir_status fill_cells(matrix *m, const weir_limit *limits, const weir_limit_test *tests, int test_count)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, m->p->frame.results, WEIR_TABLE_breakeven_matrix);
	for (int t = 0; t + 1 < test_count; t += 2)
		for (int i = 0; i < m->count && status == WEIR_OK; i++) {
			weir_breakeven_cell cell = { m->cells[i].quantity, m->cells[i].row, m->cells[i].column,
				                     limits[i * test_count + t], limits[i * test_count + t + 1] };
			status = weir_fill_breakeven_cell(&m->p->frame, table, tests[t].class_number, &cell);
		}
	return status;
}

static weir_status fill_matrix(price_study *p)
{
	weir_status status;
	int test_count = 0;
	size_t classes = (size_t)p->s->deal->class_count;
	matrix *m = weir_arena_alloc(p->arena, sizeof *m);
	weir_limit_test *tests = weir_arena_array(p->arena, classes * 2 + 1, sizeof *tests);
	weir_limit_search *searches = weir_arena_array(p->arena, MOST_CELLS, sizeof *searches);
	weir_limit *limits = weir_arena_array(p->arena, MOST_CELLS * (classes * 2 + 1), sizeof *limits);
	if (!m || !tests || !searches || !limits)
		return WEIR_NO_MEMORY;
	m->p = p;
	WEIR_TRY(list_cells(m));
	for (int i = 0; i < (int)classes; i++) {
		if (p->s->deal->classes[i].style == WEIR_STYLE_RESIDUAL || !(cost_cents(p, i) > 0))
			continue;
		tests[test_count++] = (weir_limit_test){ .class_number = i, .survival = WEIR_SURVIVE_FIRST_LOSS };
		tests[test_count++] = (weir_limit_test){ .class_number = i, .paid_back = cost_cents(p, i) };
	}
	for (int i = 0; i < m->count; i++)
		searches[i] = m->cells[i].search;
	const weir_limit_terms terms = { searches, m->count, tests, test_count,
		                         p->s->pool->receipt_count > WEIR_APPENDIX_LARGE };
	WEIR_TRY(weir_limits_find(limits, p->arena, p->s->plan, &terms, &p->s->call));
	status = fill_cells(m, limits, tests, test_count);
out:
	return status;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

weir_status weir_session_add_prices(weir_session *s, weir_case *one, weir_results *results)
{
	weir_status status;
	price_study p = { .s = s, .one = one, .frame = { .results = results, .outcome = &one->outcome } };
	p.by_royalties = strcmp(weir_appendix_assets(s->pool, s->deal), WEIR_ASSETS_BY_RECEIPTS) == 0;
	WEIR_TRY(weir_arena_create(&p.arena));
	p.frame.arena = p.arena;
	WEIR_TRY(weir_session_own_curve(s, s->periods.first > 1 ? s->deal->opening : s->deal->start, &p.curve));
	WEIR_TRY(list_scenarios(&p));
	WEIR_TRY(run_scenarios(&p));
	WEIR_TRY(fill_prices(&p));
	if (s->pool->receipt_count <= WEIR_APPENDIX_HUGE)
		WEIR_TRY(fill_matrix(&p));
	status = results->failed ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_arena_destroy(p.arena);
	return status;
}
