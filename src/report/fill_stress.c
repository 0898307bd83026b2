/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_stress.c: what the runs of an appendix gave: results by scenario and class, coverage by period, interest cover.
 */
#include "report/fill_stress.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/fill_run.h"

#define COL WEIR_RUN_COL

/* --- names ------------------------------------------------------------------------------------------------------ */

static const char *keep(weir_results *results, const char *text)
{
	const char *copy = weir_arena_text(results->arena, text, strlen(text));
	results->failed |= !copy;
	return copy;
}

static int is_taken(const weir_cell *names, int count, const char *key)
{
	for (int i = 0; i < count; i++)
		if (names[i].key && strcmp(names[i].key, key) == 0)
			return 1;
	return 0;
}

/* The words for a family that comes with weir; its id for another. */
static weir_cell family_words(const char *family)
{
	static const char *const words[][3] = {
		{ "general", "general family", "通用类" },
		{ "lease", "lease family", "融资租赁类" },
		{ "small-business", "small-business family", "小微企业类" },
		{ "ip", "IP family", "知识产权类" },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (family && strcmp(words[i][0], family) == 0)
			return weir_cell_key(words[i][0], words[i][1], words[i][2]);
	return weir_cell_key(family ? family : "file", family ? family : "file", family ? family : "文件");
}

/* FAMILY#ID, and a number behind it for as long as that is taken too. */
static weir_cell distinct_name(weir_results *results, const weir_cell *names, int count, const weir_scenario *scenario)
{
	char key[600], en[600], zh[600];
	weir_cell family = family_words(scenario->family);
	snprintf(key, sizeof key, "%s#%s", family.key, scenario->node.id);
	for (int n = 2; is_taken(names, count, key); n++)
		snprintf(key, sizeof key, "%s#%s-%d", family.key, scenario->node.id, n);
	snprintf(en, sizeof en, "%s (%s)", weir_node_name(&scenario->node, 0), family.en);
	snprintf(zh, sizeof zh, "%s（%s）", weir_node_name(&scenario->node, 1), family.zh);
	return weir_cell_key(keep(results, key), keep(results, en), keep(results, zh));
}

weir_status weir_stress_names(const weir_cell **out, weir_results *results, const weir_scenario *const *scenarios,
                              int count)
{
	weir_cell *names = weir_arena_array(results->arena, (size_t)count + 1, sizeof *names);
	if (!names)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < count; i++) {
		const weir_scenario *s = scenarios[i];
		if (!s)
			names[i] = weir_cell_key("base", "Base case", "基准情景");
		else if (is_taken(names, i, s->node.id))
			names[i] = distinct_name(results, names, i, s);
		else
			names[i] = weir_cell_key(keep(results, s->node.id), keep(results, weir_node_name(&s->node, 0)),
			                         keep(results, weir_node_name(&s->node, 1)));
	}
	*out = names;
	return results->failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* --- what is kept of a run -------------------------------------------------------------------------------------- */

static int class_count(const weir_stress_frame *frame)
{
	return weir_fill_terms_of(frame->outcome)->class_count;
}

static size_t at_period(const weir_stress_course *c, int run, int period)
{
	return (size_t)run * (size_t)weir_fill_period_count(c->frame->outcome) + (size_t)period;
}

static size_t at_class(const weir_stress_course *c, int run, int class_number)
{
	return (size_t)run * (size_t)class_count(c->frame) + (size_t)class_number;
}

weir_status weir_stress_course_create(weir_stress_course *out, const weir_stress_frame *frame, int run_count)
{
	size_t periods = (size_t)weir_fill_period_count(frame->outcome), runs = (size_t)run_count;
	size_t classes = (size_t)class_count(frame);
	*out = (weir_stress_course){ .frame = frame, .run_count = run_count };
	struct {
		double **array;
		size_t count;
	} const arrays[] = { { &out->coverage, runs * periods },          { &out->funds, runs * periods },
		             { &out->due, runs * periods },               { &out->senior, runs * periods },
		             { &out->shares, runs * classes * periods },  { &out->yields, runs * classes } };
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
		*arrays[i].array = weir_arena_array(frame->arena, arrays[i].count + 1, sizeof(double));
		if (!*arrays[i].array)
			return WEIR_NO_MEMORY;
	}
	out->event_periods = weir_arena_array(frame->arena, runs + 1, sizeof *out->event_periods);
	out->accelerated = weir_arena_array(frame->arena, runs + 1, sizeof *out->accelerated);
	return out->event_periods && out->accelerated ? WEIR_OK : WEIR_NO_MEMORY;
}

/* Events that say that something goes wrong, not rights and dates. */
static int is_adverse(weir_trigger_kind kind)
{
	return kind != WEIR_TRIGGER_CLEAN_UP && kind != WEIR_TRIGGER_COUPON_ADJUSTMENT &&
	       kind != WEIR_TRIGGER_EXPECTED_PAYMENT && kind != WEIR_TRIGGER_REVOLVING && kind != WEIR_TRIGGER_PAYMENT;
}

static double recorded(const weir_lane_reader *reader, int register_number, int period, int lane)
{
	const double *lanes = register_number < 0 ? NULL : weir_run_record(reader->run, register_number, period);
	return lanes ? lanes[lane] : 0;
}

static int has_event(const weir_lane_reader *reader, int period, int lane)
{
	const weir_deal *deal = weir_plan_deal(reader->plan);
	const weir_plan_map *map = weir_plan_registers(reader->plan);
	for (int i = 0; i < deal->trigger_count; i++)
		if (is_adverse(deal->triggers[i].kind) && recorded(reader, map->triggers[i].flag, period, lane) != 0)
			return 1;
	return 0;
}

/* Whether another waterfall than the last, which has no condition, pays. */
static int is_accelerated(const weir_lane_reader *reader, int period, int lane)
{
	const weir_plan_map *map = weir_plan_registers(reader->plan);
	int last = weir_plan_deal(reader->plan)->waterfall_count - 1;
	return map->waterfall_masks && recorded(reader, map->waterfall_masks[last], period, lane) == 0;
}

static void keep_events(weir_stress_course *c, int run, const weir_lane_reader *reader, int lane)
{
	const weir_periods *periods = weir_plan_periods(reader->plan);
	c->event_periods[run] = 0;
	c->accelerated[run] = WEIR_DATE_NONE;
	for (int k = periods->first; k < periods->count; k++) {
		c->event_periods[run] += has_event(reader, k, lane);
		if (c->accelerated[run] == WEIR_DATE_NONE && is_accelerated(reader, k, lane))
			c->accelerated[run] = periods->items[k].adjusted;
	}
}

static void keep_balances(weir_stress_course *c, int run, const weir_lane_reader *reader, int lane)
{
	const weir_deal *deal = weir_plan_deal(reader->plan);
	int first = weir_fill_opening(c->frame->outcome), periods = weir_fill_period_count(c->frame->outcome);
	for (int i = 0; i < deal->class_count; i++) {
		int balance = weir_plan_registers(reader->plan)->classes[i].balance;
		double start = recorded(reader, balance, first, lane);
		double *shares = c->shares + at_class(c, run, i) * (size_t)periods;
		for (int k = first; k < periods; k++) {
			double now = recorded(reader, balance, k, lane);
			shares[k] = start > 0 ? now / start : NAN;
			if (!deal->classes[i].subordinated)
				c->senior[at_period(c, run, k)] += now;
		}
	}
}

static void keep_period(weir_stress_course *c, const weir_stress_row *rows, int count, const weir_period_lanes *p,
                        int period)
{
	for (int l = 0; l < count; l++) {
		size_t at = at_period(c, rows[l].scenario, period);
		c->coverage[at] = p->coverage[l];
		c->funds[at] = p->pool_income[l] - p->taxes_paid[l] - p->fees_paid[l];
		c->due[at] = p->senior_interest_due[l];
	}
}

static weir_status keep_yields(weir_stress_course *c, int run, const weir_lane_reader *reader, int lane)
{
	for (int i = 0; i < class_count(c->frame); i++) {
		weir_status status =
			weir_measure_yield(&c->yields[at_class(c, run, i)], c->frame->arena, reader, i, lane);
		if (status != WEIR_OK)
			return status;
	}
	return WEIR_OK;
}

weir_status weir_stress_course_look(void *course, const weir_stress_row *rows, int count,
                                    const weir_lane_reader *reader)
{
	weir_stress_course *c = course;
	weir_period_lanes period;
	weir_status status = WEIR_OK;
	for (int k = weir_fill_first(c->frame->outcome); k < weir_fill_period_count(c->frame->outcome); k++) {
		weir_period_lanes_read(&period, reader, k);
		keep_period(c, rows, count, &period, k);
	}
	for (int l = 0; l < count && status == WEIR_OK; l++) {
		keep_events(c, rows[l].scenario, reader, l);
		keep_balances(c, rows[l].scenario, reader, l);
		status = keep_yields(c, rows[l].scenario, reader, l);
	}
	return status;
}

/* --- by scenario ------------------------------------------------------------------------------------------------ */

/* The average life of all senior principal, and its last date. */
static void senior_life(const weir_stress_frame *frame, const weir_stress_row *found, double *wal, weir_date *last)
{
	double principal = 0, weighted = 0;
	*last = WEIR_DATE_NONE;
	for (int i = 0; i < class_count(frame); i++) {
		const weir_stress_class *k = &found->classes[i];
		if (weir_fill_terms_of(frame->outcome)->classes[i].subordinated || !(k->principal > 0))
			continue;
		principal += k->principal;
		weighted += k->principal * k->wal_years;
		if (k->last_principal != WEIR_DATE_NONE && (*last == WEIR_DATE_NONE || k->last_principal > *last))
			*last = k->last_principal;
	}
	*wal = principal > 0 ? weighted / principal : NAN;
}

/* Of the last subordinated class that has a return. */
static double sub_return(const weir_stress_course *c, int run)
{
	double found = NAN;
	for (int i = 0; i < class_count(c->frame); i++) {
		double yield = c->yields[at_class(c, run, i)];
		if (weir_fill_terms_of(c->frame->outcome)->classes[i].subordinated && !isnan(yield))
			found = yield;
	}
	return found;
}

static weir_status add_result(const weir_stress_course *c, weir_table *table, const weir_stress_row *found, int run)
{
	double wal;
	weir_date last;
	weir_cell *row = weir_table_add_row(c->frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	senior_life(c->frame, found, &wal, &last);
	COL(stress_results, number) = weir_cell_number(run);
	COL(stress_results, scenario) = c->frame->names[run];
	COL(stress_results, pool_inflow) = weir_cell_number(found->inflow);
	COL(stress_results, defaulted) = weir_cell_number(found->defaulted);
	COL(stress_results, recovered) = weir_cell_number(found->recovered);
	COL(stress_results, coverage_min) = weir_cell_number(found->coverage_min);
	COL(stress_results, coverage_total) = weir_cell_number(found->coverage_total);
	COL(stress_results, interest_short) = weir_cell_number(found->senior_interest_short);
	COL(stress_results, principal_short) = weir_cell_number(found->senior_principal_short);
	COL(stress_results, first_short) = weir_fill_day(found->first_short);
	COL(stress_results, last_principal) = weir_fill_day(last);
	COL(stress_results, wal) = weir_cell_number(wal);
	COL(stress_results, support_drawn) = weir_cell_number(found->support_drawn);
	COL(stress_results, subordinated_paid) = weir_cell_number(found->subordinated_paid);
	COL(stress_results, sub_return) = weir_cell_number(sub_return(c, run));
	COL(stress_results, event_periods) = weir_cell_number(c->event_periods[run]);
	COL(stress_results, accelerated) = weir_fill_day(c->accelerated[run]);
	COL(stress_results, result) = weir_fill_word(found->survives ? "pass" : "fail");
	return WEIR_OK;
}

/* What the class had outstanding at the start. */
static double start_cents(const weir_outcome *o, int class_number)
{
	return weir_fill_recorded(o, weir_fill_map(o)->classes[class_number].balance, weir_fill_opening(o));
}

static weir_status add_class(const weir_stress_course *c, weir_table *table, const weir_stress_row *found, int run,
                             int number)
{
	const weir_stress_class *k = &found->classes[number];
	double start = start_cents(c->frame->outcome, number);
	weir_cell *row = weir_table_add_row(c->frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	COL(stress_classes, scenario) = c->frame->names[run];
	COL(stress_classes, class) = weir_fill_id(&weir_fill_terms_of(c->frame->outcome)->classes[number].node);
	/* nothing is due to a residual class: it neither passes nor fails, nor loses what it was never promised */
	int has_due = weir_fill_terms_of(c->frame->outcome)->classes[number].style != WEIR_STYLE_RESIDUAL;
	COL(stress_classes, result) = weir_fill_word(!has_due ? "residual" : k->survives ? "pass" : "fail");
	COL(stress_classes, interest_paid) = weir_cell_number(k->interest);
	COL(stress_classes, principal_paid) = weir_cell_number(k->principal);
	COL(stress_classes, residual_paid) = weir_cell_number(k->rest);
	COL(stress_classes, interest_short) = weir_cell_number(k->interest_short);
	COL(stress_classes, principal_short) = weir_cell_number(k->principal_short);
	COL(stress_classes, loss) = weir_cell_number(has_due && start > 0 ? k->principal_short / start : NAN);
	COL(stress_classes, missed_most) = weir_cell_number(k->missed_most);
	COL(stress_classes, first_short) = weir_fill_day(k->first_short);
	COL(stress_classes, first_principal) = weir_fill_day(k->first_principal);
	COL(stress_classes, last_principal) = weir_fill_day(k->last_principal);
	COL(stress_classes, wal) = weir_cell_number(k->wal_years);
	COL(stress_classes, yield) = weir_cell_number(c->yields[at_class(c, run, number)]);
	return WEIR_OK;
}

/* --- by period -------------------------------------------------------------------------------------------------- */

static weir_status add_coverages(const weir_stress_course *c, weir_table *table, int run)
{
	const weir_outcome *o = c->frame->outcome;
	for (int k = weir_fill_first(o); k < weir_fill_period_count(o); k++) {
		weir_cell *row = weir_table_add_row(c->frame->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(stress_coverage, scenario) = c->frame->names[run];
		COL(stress_coverage, period) = weir_cell_number(k);
		COL(stress_coverage, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
		COL(stress_coverage, coverage) = weir_cell_number(c->coverage[at_period(c, run, k)]);
	}
	return WEIR_OK;
}

/* The highest coverage that an event of the deal tests (table coverage_lines); NAN: none does. */
static double coverage_threshold(const weir_results *results)
{
	const weir_table *lines = weir_results_table(results, "coverage_lines");
	double highest = NAN;
	for (size_t row = 0; lines && row < lines->row_count; row++) {
		const weir_cell *cell = weir_table_cell(lines, row, WEIR_COL_coverage_lines_threshold);
		if (cell->present && !(cell->number <= highest))
			highest = cell->number;
	}
	return highest;
}

static weir_status fill_path(const weir_stress_course *c)
{
	const weir_outcome *o = c->frame->outcome;
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, c->frame->results, WEIR_TABLE_coverage_path);
	double threshold = coverage_threshold(c->frame->results);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++) {
		const weir_period_figures *f = &o->figures->periods[k];
		double senior = c->senior[at_period(c, 0, k)];
		weir_cell *row = weir_table_add_row(c->frame->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(coverage_path, period) = weir_cell_number(k);
		COL(coverage_path, payment_date) = weir_fill_day(weir_fill_period(o, k)->payment);
		COL(coverage_path, coverage_period) = weir_cell_number(f->coverage_period);
		COL(coverage_path, coverage) = weir_cell_number(f->coverage);
		COL(coverage_path, threshold) = weir_cell_number(threshold);
		COL(coverage_path, senior_balance) = weir_cell_number(senior);
		COL(coverage_path, pool_balance) = weir_cell_number(f->pool_balance);
		COL(coverage_path, ltv) = weir_cell_number(f->pool_balance > 0 ? senior / f->pool_balance : NAN);
	}
	return status;
}

/* Income after charges over the senior interest due; NAN where none is due. */
static double cover_of(const weir_stress_course *c, int run, int period)
{
	size_t at = at_period(c, run, period);
	return c->due[at] > 0 ? c->funds[at] / c->due[at] : NAN;
}

static weir_status add_corridor(const weir_stress_course *c, weir_table *table, int period)
{
	const weir_outcome *o = c->frame->outcome;
	size_t at = at_period(c, 0, period);
	int low = -1, high = -1;
	weir_cell *row = weir_table_add_row(c->frame->results, table);
	if (!row)
		return WEIR_NO_MEMORY;
	for (int run = 0; run < c->frame->count; run++) {
		double cover = cover_of(c, run, period);
		if (isnan(cover))
			continue;
		low = low < 0 || cover < cover_of(c, low, period) ? run : low;
		high = high < 0 || cover > cover_of(c, high, period) ? run : high;
	}
	double outstanding = c->senior[at - 1];
	double years = (weir_fill_period(o, period)->payment - weir_fill_period(o, period - 1)->payment) / 365.0;
	COL(funds_corridor, period) = weir_cell_number(period);
	COL(funds_corridor, payment_date) = weir_fill_day(weir_fill_period(o, period)->payment);
	COL(funds_corridor, funds) = weir_cell_number(c->funds[at]);
	COL(funds_corridor, interest_due) = weir_cell_number(c->due[at]);
	COL(funds_corridor, cover) = weir_cell_number(cover_of(c, 0, period));
	if (low >= 0) {
		COL(funds_corridor, cover_low) = weir_cell_number(cover_of(c, low, period));
		COL(funds_corridor, low_scenario) = c->frame->names[low];
		COL(funds_corridor, cover_high) = weir_cell_number(cover_of(c, high, period));
		COL(funds_corridor, high_scenario) = c->frame->names[high];
	}
	if (outstanding > 0 && years > 0) {
		COL(funds_corridor, funds_rate) = weir_cell_number(c->funds[at] / outstanding / years);
		COL(funds_corridor, coupon) = weir_cell_number(c->due[at] / outstanding / years);
	}
	return WEIR_OK;
}

static weir_status fill_corridor(const weir_stress_course *c)
{
	const weir_outcome *o = c->frame->outcome;
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, c->frame->results, WEIR_TABLE_funds_corridor);
	for (int k = weir_fill_first(o); status == WEIR_OK && k < weir_fill_period_count(o); k++)
		status = add_corridor(c, table, k);
	return status;
}

weir_status weir_fill_stress_runs(const weir_stress_course *c, const weir_stress *found)
{
	weir_status status;
	weir_table *results, *classes, *coverage;
	WEIR_TRY(weir_results_add_standard(&results, c->frame->results, WEIR_TABLE_stress_results));
	WEIR_TRY(weir_results_add_standard(&classes, c->frame->results, WEIR_TABLE_stress_classes));
	WEIR_TRY(weir_results_add_standard(&coverage, c->frame->results, WEIR_TABLE_stress_coverage));
	for (int run = 0; run < c->frame->count; run++) {
		WEIR_TRY(add_result(c, results, &found->rows[run], run));
		for (int i = 0; i < class_count(c->frame); i++)
			WEIR_TRY(add_class(c, classes, &found->rows[run], run, i));
		WEIR_TRY(add_coverages(c, coverage, run));
	}
	WEIR_TRY(fill_path(c));
	status = fill_corridor(c);
out:
	return status;
}

/* --- with support, without, with a supporter failing ------------------------------------------------------------ */

weir_status weir_fill_stress_dependence(const weir_stress_frame *frame, const weir_support_dependence *found)
{
	weir_table *table;
	weir_status status = weir_results_add_standard(&table, frame->results, WEIR_TABLE_stress_dependence);
	for (int i = 0; status == WEIR_OK && i < found->count; i++) {
		const weir_stress_row *r = &found->rows[i].result;
		weir_variant variant = found->rows[i].variant;
		weir_cell *row = weir_table_add_row(frame->results, table);
		if (!row)
			return WEIR_NO_MEMORY;
		COL(stress_dependence, support) =
			weir_fill_variant(frame->results, weir_fill_terms_of(frame->outcome), variant);
		COL(stress_dependence, month) =
			weir_cell_number(variant.support == WEIR_SUPPORTER_FAILS ? variant.month : NAN);
		COL(stress_dependence, coverage_min) = weir_cell_number(r->coverage_min);
		COL(stress_dependence, coverage_total) = weir_cell_number(r->coverage_total);
		COL(stress_dependence, interest_short) = weir_cell_number(r->senior_interest_short);
		COL(stress_dependence, principal_short) = weir_cell_number(r->senior_principal_short);
		COL(stress_dependence, first_short) = weir_fill_day(r->first_short);
		COL(stress_dependence, missed) = weir_cell_number(r->missed);
		COL(stress_dependence, support_drawn) = weir_cell_number(r->support_drawn);
		COL(stress_dependence, subordinated_paid) = weir_cell_number(r->subordinated_paid);
		COL(stress_dependence, pass) = weir_fill_word(r->survives ? "pass" : "fail");
	}
	return status;
}
