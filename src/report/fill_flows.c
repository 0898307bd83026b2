/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_flows.c: where cash came from and went, by period and over the life; what each kind of contract paid; the
 * levels at which coverage is tested. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill_flows.h"
#include "report/fill_run.h"

#define COL WEIR_RUN_COL
#define KINDS (WEIR_CONTRACT_LOAN + 1)

/* --- what each kind of contract pays ---------------------------------------------------------------------------- */

enum { PAID_PRINCIPAL, PAID_INCOME, PAID_RECOVERED, PAID_COLUMNS };

/* Cash of each kind of contract: paid[kind][column][period]; NULL for a kind that the pool does not have. */
typedef struct kinds_paid {
	double *paid[KINDS][PAID_COLUMNS];
	int count; /* kinds that the pool has */
} kinds_paid;

static const weir_pool_column pool_columns[PAID_COLUMNS] = { WEIR_POOL_PRINCIPAL, WEIR_POOL_INCOME,
	                                                     WEIR_POOL_RECOVERED };

/* What the deal got of a column in a period. */
static double paid_in_all(const weir_outcome *o, int column, int period)
{
	const weir_period_figures *f = &o->figures->periods[period];
	const double all[PAID_COLUMNS] = { f->pool_principal, f->pool_income, f->pool_recovered };
	return period < weir_fill_first(o) ? 0 : all[column];
}

/* Projects the contracts of all kinds up to `kind`. */
static void project_up_to(weir_pool_rows *rows, weir_pool *part, char *chosen, const weir_outcome *o, int kind)
{
	const weir_pool_terms *terms = &part->deal->pool;
	for (int c = 0; c < terms->contract_count; c++)
		chosen[c] = (int)terms->contracts[c].kind <= kind;
	weir_pool_project(rows, part, weir_plan_periods(o->plan), o->shocks, 1);
}

/* The kinds one by one: each is what the pool up to it pays less what it pays up to the kind before, and the last
 * what is left of the whole. So they add up, whatever contracts of two kinds share (a right that is sold once). */
static weir_status split_kinds(kinds_paid *to, weir_arena *arena, const weir_outcome *o, const int *has)
{
	int periods = weir_fill_period_count(o), left = to->count, sold = weir_fill_map(o)->sold;
	weir_pool part = *weir_plan_pool(o->plan);
	weir_pool_rows *rows = NULL;
	char *chosen = weir_arena_array(arena, (size_t)part.deal->pool.contract_count + 1, 1);
	double *before = weir_arena_array(arena, (size_t)periods * PAID_COLUMNS, sizeof *before);
	part.chosen = chosen;
	part.claim_count = 0;
	part.claim_of = NULL;
	if (!chosen || !before || (left > 1 && weir_pool_rows_create(&rows, arena, &part, periods) != WEIR_OK))
		return WEIR_NO_MEMORY;
	for (int kind = 0; kind < KINDS; kind++) {
		if (!has[kind])
			continue;
		if (--left > 0)
			project_up_to(rows, &part, chosen, o, kind);
		for (int i = 0; i < PAID_COLUMNS; i++)
			for (int k = weir_fill_first(o); k < periods; k++) {
				int gone = weir_fill_recorded(o, sold, k - 1) != 0; /* a call has sold the pool */
				double sum = left == 0 ? paid_in_all(o, i, k) :
				             gone      ? 0 :
				                         rows->column[pool_columns[i]][k][0];
				to->paid[kind][i][k] = sum - before[i * periods + k];
				before[i * periods + k] = sum;
			}
	}
	return WEIR_OK;
}

static weir_status pay_by_kind(kinds_paid *to, weir_arena *arena, const weir_outcome *o)
{
	const weir_pool_terms *terms = &weir_plan_deal(o->plan)->pool;
	int has[KINDS] = { 0 };
	for (int c = 0; c < terms->contract_count; c++)
		has[terms->contracts[c].kind] = 1;
	for (int kind = 0; kind < KINDS; kind++) {
		to->count += has[kind];
		for (int i = 0; has[kind] && i < PAID_COLUMNS; i++) {
			to->paid[kind][i] = weir_arena_array(arena, (size_t)weir_fill_period_count(o), sizeof(double));
			if (!to->paid[kind][i])
				return WEIR_NO_MEMORY;
		}
	}
	return to->count > 0 ? split_kinds(to, arena, o, has) : WEIR_OK;
}

static weir_cell kind_cell(int kind)
{
	return weir_fill_word(weir_contract_kind_text((weir_contract_kind)kind));
}

static weir_status fill_kinds(weir_results *results, const weir_outcome *o, const kinds_paid *kinds)
{
	weir_table *table;
	if (kinds->count == 0)
		return WEIR_OK;
	weir_status status = weir_results_add_standard(&table, results, WEIR_TABLE_pool_by_kind);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
		for (int kind = 0; kind < KINDS; kind++) {
			double *const *paid = kinds->paid[kind];
			weir_cell *row = paid[0] ? weir_table_add_row(results, table) : NULL;
			if (!row && paid[0])
				return WEIR_NO_MEMORY;
			if (!row)
				continue;
			COL(pool_by_kind, period) = weir_cell_number(k);
			COL(pool_by_kind, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
			COL(pool_by_kind, kind) = kind_cell(kind);
			COL(pool_by_kind, principal) = weir_cell_number(paid[PAID_PRINCIPAL][k]);
			COL(pool_by_kind, income) = weir_cell_number(paid[PAID_INCOME][k]);
			COL(pool_by_kind, recovered) = weir_cell_number(paid[PAID_RECOVERED][k]);
			COL(pool_by_kind, collected) = weir_cell_number(paid[PAID_PRINCIPAL][k] + paid[PAID_INCOME][k] +
			                                                paid[PAID_RECOVERED][k]);
		}
	return status;
}

/* --- flows ------------------------------------------------------------------------------------------------------ */

/* One end of a flow, in the order in which they are drawn; the other end is what is available. Keys of ends that
 * are no part of the deal have a dash, which no id has. */
typedef struct flow_end {
	weir_cell name;
	double life; /* into "available", over all periods behind the closing */
} flow_end;

typedef struct flow_sheet {
	weir_results *results;
	const weir_outcome *o;
	const kinds_paid *kinds;
	weir_table *table;
	int period, at;  /* at: number of the end that comes next; every period lists the same ends */
	flow_end *ends;
	int end_count, capacity;
	weir_arena *arena;
	int failed;
} flow_sheet;

static weir_cell available_cell(void)
{
	return weir_cell_key("available-cash", "Available funds", "可分配资金");
}

static flow_end *next_end(flow_sheet *s)
{
	if (s->at == s->capacity) {
		int room = s->capacity ? s->capacity * 2 : 64;
		flow_end *ends = weir_arena_array(s->arena, (size_t)room, sizeof *ends);
		if (!ends) {
			s->failed = 1;
			return NULL;
		}
		if (s->capacity)
			memcpy(ends, s->ends, (size_t)s->capacity * sizeof *ends);
		s->ends = ends;
		s->capacity = room;
	}
	if (s->at == s->end_count)
		s->end_count++;
	return &s->ends[s->at++];
}

static void add_row(flow_sheet *s, weir_table *table, weir_table_number number, weir_cell name, double in)
{
	weir_cell *row = weir_table_add_row(s->results, table);
	if (!row) {
		s->failed = 1;
		return;
	}
	if (number == WEIR_TABLE_flows) {
		COL(flows, period) = weir_cell_number(s->period);
		COL(flows, from) = in > 0 ? name : available_cell();
		COL(flows, to) = in > 0 ? available_cell() : name;
		COL(flows, amount) = weir_cell_number(fabs(in));
		return;
	}
	COL(life_flows, from) = in > 0 ? name : available_cell();
	COL(life_flows, to) = in > 0 ? available_cell() : name;
	COL(life_flows, amount) = weir_cell_number(fabs(in));
}

/* `in`: what comes into what is available; below zero it goes out. */
static void add_flow(flow_sheet *s, weir_cell name, double in)
{
	flow_end *end = next_end(s);
	if (!end)
		return;
	end->name = name;
	if (s->period >= weir_fill_first(s->o)) {
		const char *key = name.key ? name.key : "";
		int is_last = s->period == weir_fill_period_count(s->o) - 1;
		if (strcmp(key, "opening-cash") == 0)
			end->life += s->period == weir_fill_first(s->o) ? in : 0;
		else if (strcmp(key, "closing-cash") == 0)
			end->life += is_last ? in : 0;
		else
			end->life += in;
	}
	if (in != 0)
		add_row(s, s->table, WEIR_TABLE_flows, name, in);
}

/* "Class A: interest"; its key is "A.interest". */
static weir_cell joined(flow_sheet *s, const char *key, weir_cell name, const char *what)
{
	weir_cell word = weir_fill_word(what);
	weir_text en = { 0 }, zh = { 0 }, id = { 0 };
	weir_text_printf(&id, "%s.%s", key, what);
	weir_text_printf(&en, "%s: %s", name.en ? name.en : key, word.en ? word.en : what);
	weir_text_printf(&zh, "%s：%s", name.zh ? name.zh : key, word.zh ? word.zh : what);
	weir_cell cell = { 0 };
	if (id.failed || en.failed || zh.failed)
		s->failed = 1;
	else
		cell = weir_cell_key(weir_arena_text(s->results->arena, id.data, id.length),
		                     weir_arena_text(s->results->arena, en.data, en.length),
		                     weir_arena_text(s->results->arena, zh.data, zh.length));
	s->failed |= !cell.key || !cell.en || !cell.zh;
	weir_text_free(&id);
	weir_text_free(&en);
	weir_text_free(&zh);
	return cell;
}

static weir_cell joined_node(flow_sheet *s, const weir_node *node, const char *what)
{
	return joined(s, node->id, weir_fill_id(node), what);
}

/* Its key is "pool-loan.principal". */
static weir_cell joined_kind(flow_sheet *s, int kind, const char *what)
{
	char key[64];
	snprintf(key, sizeof key, "pool-%s", weir_contract_kind_text((weir_contract_kind)kind));
	return joined(s, key, kind_cell(kind), what);
}

static double recorded(const flow_sheet *s, int register_number)
{
	return register_number < 0 ? 0 : weir_fill_recorded(s->o, register_number, s->period);
}

/* A pool of one kind says principal and income; one of several kinds what each pays. */
static void add_pool(flow_sheet *s)
{
	static const char *const words[PAID_COLUMNS] = { "pool-principal", "pool-income", "pool-recovered" };
	for (int i = 0; i < PAID_COLUMNS && s->kinds->count <= 1; i++)
		add_flow(s, weir_fill_word(words[i]), paid_in_all(s->o, i, s->period));
	for (int kind = 0; s->kinds->count > 1 && kind < KINDS; kind++) {
		double *const *paid = s->kinds->paid[kind];
		if (!paid[0])
			continue;
		add_flow(s, joined_kind(s, kind, "principal"), paid[PAID_PRINCIPAL][s->period]);
		add_flow(s, joined_kind(s, kind, "income"), paid[PAID_INCOME][s->period]);
	}
	for (int kind = 0; s->kinds->count > 1 && kind < KINDS; kind++)
		if (s->kinds->paid[kind][0])
			add_flow(s, joined_kind(s, kind, "pool-recovered"),
			         s->kinds->paid[kind][PAID_RECOVERED][s->period]);
}

static void add_other_sources(flow_sheet *s)
{
	const weir_deal *deal = weir_fill_terms_of(s->o);
	const weir_plan_map *map = weir_fill_map(s->o);
	for (int i = 0; i < deal->call_count; i++)
		add_flow(s, weir_fill_id(&deal->calls[i].node), recorded(s, map->calls[i].proceeds));
	for (int i = 0; i < deal->revolving_count; i++)
		add_flow(s, joined_node(s, &deal->revolvings[i].node, "collected"),
		         recorded(s, map->revolvings[i].principal) + recorded(s, map->revolvings[i].income));
	for (int i = 0; i < deal->support_count; i++)
		add_flow(s, weir_fill_id(&deal->supports[i].node), recorded(s, map->supports[i].drawn));
	for (int i = 0; i < deal->cover_count; i++)
		add_flow(s, weir_fill_id(&deal->covers[i].node), recorded(s, map->covers[i].paid));
}

/* The senior classes by interest and principal, a subordinated class by all that it gets. */
static void add_classes(flow_sheet *s)
{
	const weir_deal *deal = weir_fill_terms_of(s->o);
	for (int pass = 0; pass < 3; pass++)
		for (int i = 0; i < deal->class_count; i++) {
			const weir_class_registers *r = &weir_fill_map(s->o)->classes[i];
			const weir_node *node = &deal->classes[i].node;
			double interest = recorded(s, r->interest_paid) + recorded(s, r->yield_paid);
			double principal = recorded(s, r->principal_paid), rest = recorded(s, r->rest_paid);
			if (deal->classes[i].subordinated) {
				if (pass == 2)
					add_flow(s, weir_fill_id(node), -(interest + principal + rest));
			} else if (pass == 0) {
				add_flow(s, joined_node(s, node, "interest"), -interest);
			} else if (pass == 1) {
				add_flow(s, joined_node(s, node, "principal"), -(principal + rest));
			}
		}
}

static void add_uses(flow_sheet *s)
{
	const weir_deal *deal = weir_fill_terms_of(s->o);
	const weir_plan_map *map = weir_fill_map(s->o);
	const weir_period_figures *f = &s->o->figures->periods[s->period];
	add_flow(s, weir_cell_key("all-taxes", "Taxes", "税费"), -f->taxes_paid);
	add_flow(s, weir_cell_key("all-fees", "Fees", "费用"), -f->fees_paid);
	add_classes(s);
	for (int i = 0; i < deal->support_count; i++) {
		const weir_support_registers *r = &map->supports[i];
		add_flow(s, joined_node(s, &deal->supports[i].node, "repayment"),
		         -(recorded(s, r->repaid) + recorded(s, r->interest_paid)));
	}
	for (int i = 0; i < deal->revolving_count; i++)
		add_flow(s, joined_node(s, &deal->revolvings[i].node, "purchase"),
		         -recorded(s, map->revolvings[i].purchased));
	add_flow(s, weir_cell_key("servicer-lost", "Lost at the servicer", "混同损失"), -recorded(s, map->lost));
}

static void add_period(flow_sheet *s)
{
	const weir_period_figures *f = &s->o->figures->periods[s->period];
	int runs = s->period >= weir_fill_first(s->o);
	s->at = 0;
	add_flow(s, weir_fill_word("opening-cash"), f->opening_cash);
	if (s->period == 0) {
		add_flow(s, weir_fill_word("proceeds"), f->other_in);
		add_flow(s, weir_fill_word("purchase-price"), -weir_fill_purchase_cents(s->o));
		add_flow(s, weir_fill_word("costs"), -weir_fill_terms_of(s->o)->closing_costs_cents);
	}
	if (runs) {
		add_pool(s);
		add_other_sources(s);
		add_uses(s);
	}
	add_flow(s, weir_cell_key("all-reserves", "Reserves", "储备金"), -f->reserve_net);
	add_flow(s, weir_cell_key("closing-cash", "Closing cash", "期末现金"), -f->closing_cash);
}

static weir_status fill_life(flow_sheet *s)
{
	weir_table *life;
	weir_status status = weir_results_add_standard(&life, s->results, WEIR_TABLE_life_flows);
	for (int i = 0; status == WEIR_OK && i < s->end_count; i++)
		if (s->ends[i].life != 0)
			add_row(s, life, WEIR_TABLE_life_flows, s->ends[i].name, s->ends[i].life);
	return s->failed ? WEIR_NO_MEMORY : status;
}

static weir_status fill_flows(weir_results *results, const weir_outcome *o, weir_arena *arena, const kinds_paid *kinds)
{
	flow_sheet s = { .results = results, .o = o, .kinds = kinds, .arena = arena };
	weir_status status = weir_results_add_standard(&s.table, results, WEIR_TABLE_flows);
	for (int k = weir_fill_opening(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		s.period = k;
		if (k == 0) { /* the closing has ends of its own, and is no part of the life's flows */
			flow_sheet closing = s;
			add_period(&closing);
			s.failed = closing.failed;
		} else if (k >= weir_fill_first(o)) {
			add_period(&s);
		}
		if (s.failed)
			status = WEIR_NO_MEMORY;
	}
	return status == WEIR_OK ? fill_life(&s) : status;
}

/* --- levels of coverage ----------------------------------------------------------------------------------------- */

static int is_about_coverage(const weir_node *node)
{
	static const char *const signs[] = { "coverage", "cover", "dscr", "DSCR", "Coverage" };
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if ((node->id && strstr(node->id, signs[i])) || (node->en && strstr(node->en, signs[i])))
			return 1;
	return node->zh && strstr(node->zh, "覆盖");
}

/* Whether a comparison names a formula of the deal that is about coverage. */
static int tests_coverage(const weir_deal *deal, const char *text)
{
	for (int i = 0; i < deal->value_count; i++)
		if (is_about_coverage(&deal->values[i].node) && weir_formula_names(text, deal->values[i].node.id))
			return 1;
	return 0;
}

/* The length of the text up to the next "and" or "or" that stands by itself. */
static size_t comparison_length(const char *text)
{
	for (const char *at = text; *at; at++)
		if (strncmp(at, " and ", 5) == 0 || strncmp(at, " or ", 4) == 0)
			return (size_t)(at - text);
	return strlen(text);
}

/* How many comparisons a test's text has, and in `names[most]` which of them are about coverage. */
static int read_comparisons(const weir_deal *deal, const char *text, weir_arena *arena, char *names, int most)
{
	int count = 0;
	while (text && *text) {
		size_t length = comparison_length(text);
		const char *one = weir_arena_text(arena, text, length);
		if (count < most)
			names[count] = one && tests_coverage(deal, one);
		count++;
		text += length;
		text += *text == '\0' ? 0 : strncmp(text, " or ", 4) == 0 ? 4 : 5;
	}
	return count;
}

static weir_status add_coverage_lines(weir_table **table, weir_results *results, const weir_outcome *o,
                                      weir_arena *arena, int trigger)
{
	const weir_trigger *terms = &weir_fill_terms_of(o)->triggers[trigger];
	const weir_trigger_registers *r = &weir_fill_map(o)->triggers[trigger];
	char *names = weir_arena_array(arena, (size_t)r->test_count + 1, 1);
	if (!names)
		return WEIR_NO_MEMORY;
	if (read_comparisons(weir_fill_terms_of(o), terms->test.text, arena, names, r->test_count) != r->test_count)
		return WEIR_OK; /* taken apart otherwise: it is not known which is which */
	for (int n = 0; n < r->test_count; n++) {
		weir_type type = weir_plan_register_type(o->plan, r->value[n]);
		if (!names[n] || (type != WEIR_TYPE_NUMBER && type != WEIR_TYPE_RATE))
			continue;
		if (!*table && weir_results_add_standard(table, results, WEIR_TABLE_coverage_lines) != WEIR_OK)
			return WEIR_NO_MEMORY;
		weir_cell *row = weir_table_add_row(results, *table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(coverage_lines, event) = weir_fill_id(&terms->node);
		COL(coverage_lines, threshold) =
			weir_cell_number(weir_fill_recorded(o, r->threshold[n], weir_fill_first(o)));
	}
	return WEIR_OK;
}

static weir_status fill_coverage_lines(weir_results *results, const weir_outcome *o, weir_arena *arena)
{
	weir_table *table = NULL;
	weir_status status = WEIR_OK;
	for (int t = 0; status == WEIR_OK && t < weir_fill_terms_of(o)->trigger_count; t++)
		if (weir_fill_first(o) < weir_fill_period_count(o))
			status = add_coverage_lines(&table, results, o, arena, t);
	return status;
}

weir_status weir_fill_flows(weir_results *results, const weir_outcome *outcome)
{
	kinds_paid kinds = { .count = 0 };
	weir_arena *scratch;
	weir_status status = weir_arena_create(&scratch);
	if (status != WEIR_OK)
		return status;
	WEIR_TRY(pay_by_kind(&kinds, scratch, outcome));
	WEIR_TRY(fill_kinds(results, outcome, &kinds));
	WEIR_TRY(fill_flows(results, outcome, scratch, &kinds));
	WEIR_TRY(fill_coverage_lines(results, outcome, scratch));
out:
	weir_arena_destroy(scratch);
	return status;
}
