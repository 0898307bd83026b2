/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics_read.c: the values of a metric's names in every lane of a run, and of the formula over them. */
#include <math.h>
#include <string.h>

#include "study/measures.h"
#include "study/metrics_int.h"
#include "study/survival.h"

/* --- values of names ------------------------------------------------------------------------------------------ */

/* The value of each symbol in each lane. */
typedef struct reading {
	const weir_metric *metric;
	const weir_lane_reader *reader;
	weir_arena *arena;
	weir_lane *values; /* [symbols] */
	weir_lane *sums;   /* [symbols] to date, of what is cumulative */
	int count;         /* lanes */
} reading;

static void fill(double *to, double value)
{
	for (int l = 0; l < WEIR_LANES; l++)
		to[l] = value;
}

/* One more period of what has a value in each. */
static void take_period(double *value, const weir_metric_symbol *s, const double *now, int period)
{
	for (int l = 0; l < WEIR_LANES; l++) {
		if (isnan(now[l]) && s->function != WEIR_OVER_AT)
			continue;
		switch (s->function) {
		case WEIR_OVER_AT:
			value[l] = period == s->period ? now[l] : value[l];
			break;
		case WEIR_OVER_LEAST:
			value[l] = isnan(value[l]) || now[l] < value[l] ? now[l] : value[l];
			break;
		case WEIR_OVER_MOST:
			value[l] = isnan(value[l]) || now[l] > value[l] ? now[l] : value[l];
			break;
		case WEIR_OVER_TOTAL:
			value[l] += now[l];
			break;
		default:
			value[l] = now[l];
			break;
		}
	}
}

static void add_lanes(double *to, const double *lanes)
{
	for (int l = 0; lanes && l < WEIR_LANES; l++)
		to[l] += lanes[l];
}

/* A column of the pool's rows as the deal gets it: nothing of a pool that was sold, whose balance goes with the
 * sale. */
static void read_column(double *now, reading *r, int at, int period)
{
	const weir_metric_symbol *s = &r->metric->symbols[at];
	int sold = weir_plan_registers(r->metric->plan)->sold;
	int is_stock = s->column == WEIR_POOL_BALANCE || s->column == WEIR_POOL_OVERDUE;
	const double *rows = r->reader->rows->column[s->column][period];
	int before = period - !is_stock; /* what comes is gone from the period behind the sale on */
	const double *gone = before >= 0 ? weir_run_record(r->reader->run, sold, before) : NULL;
	for (int l = 0; l < WEIR_LANES; l++)
		now[l] = gone && gone[l] != 0 ? 0 : rows[l];
	if (!s->cumulative)
		return;
	if (period >= weir_plan_periods(r->metric->plan)->first)
		add_lanes(r->sums[at], now);
	memcpy(now, r->sums[at], sizeof(weir_lane));
}

static void read_series(reading *r, const weir_period_lanes *period_lanes, int period)
{
	weir_lane now;
	for (int i = 0; i < r->metric->symbol_count; i++) {
		const weir_metric_symbol *s = &r->metric->symbols[i];
		if (s->kind != WEIR_METRIC_PERIODS)
			continue;
		int opening = period < weir_plan_periods(r->metric->plan)->first;
		if (s->offset >= 0)
			memcpy(now, (const char *)period_lanes + s->offset, sizeof now);
		else if (s->column >= 0)
			read_column(now, r, i, period);
		else
			fill(now, 0);
		for (int k = 0; k < s->register_count; k++)
			add_lanes(now, weir_run_record(r->reader->run, s->registers[k], period));
		if (!opening || s->function == WEIR_OVER_AT)
			take_period(r->values[i], s, now, period);
	}
}

static void take_totals(reading *r, const weir_total_lanes *totals)
{
	for (int i = 0; i < r->metric->symbol_count; i++) {
		const weir_metric_symbol *s = &r->metric->symbols[i];
		if (s->kind != WEIR_METRIC_RUN)
			continue;
		if (s->figure == WEIR_RUN_proceeds) {
			weir_lane_proceeds(r->values[i], r->reader);
			continue;
		}
		const double *const figures[WEIR_RUN_FIGURE_COUNT] = {
			[WEIR_RUN_coverage_min] = totals->coverage_min,
			[WEIR_RUN_coverage_total] = totals->coverage_total,
			[WEIR_RUN_missed] = totals->missed,
			[WEIR_RUN_unpaid_at_end] = totals->unpaid_at_end,
			[WEIR_RUN_inflow] = totals->inflow,
			[WEIR_RUN_defaulted] = totals->defaulted,
			[WEIR_RUN_recovered] = totals->recovered,
			[WEIR_RUN_support_in] = totals->support_in,
			[WEIR_RUN_subordinated_paid] = totals->subordinated_paid,
		};
		memcpy(r->values[i], figures[s->figure], sizeof(weir_lane));
	}
}

/* One pass over the periods for all names that need it. */
static void read_periods(reading *r)
{
	const weir_periods *periods = weir_plan_periods(r->metric->plan);
	weir_period_lanes lanes;
	weir_total_lanes totals;
	weir_opening_lanes_read(&lanes, r->reader);
	read_series(r, &lanes, periods->first - 1);
	weir_total_lanes_start(&totals, r->reader);
	for (int k = periods->first; k < periods->count; k++) {
		weir_period_lanes_read(&lanes, r->reader, k);
		weir_total_lanes_add(&totals, &lanes);
		read_series(r, &lanes, k);
	}
	weir_total_lanes_finish(&totals, r->reader);
	take_totals(r, &totals);
}

/* --- figures of classes --------------------------------------------------------------------------------------- */

static double never_if_none(double date)
{
	return date == WEIR_DATE_NONE ? WEIR_NEVER : date;
}

static double earlier(double a, double b)
{
	return b < a ? b : a;
}

/* Of a group: the last date that exists, never only where there is none. */
static double later(double a, double b)
{
	return a == WEIR_NEVER || (b != WEIR_NEVER && b > a) ? b : a;
}

static void add_class(double *value, double *principal, weir_class_figure figure, const weir_class_lanes *k)
{
	for (int l = 0; l < WEIR_LANES; l++)
		switch (figure) {
		case WEIR_CLASS_wal:
			value[l] += k->principal[l] > 0 ? k->principal[l] * k->wal_years[l] : 0;
			principal[l] += k->principal[l];
			break;
		case WEIR_CLASS_interest:
			value[l] += k->interest[l];
			break;
		case WEIR_CLASS_principal:
			value[l] += k->principal[l];
			break;
		case WEIR_CLASS_rest:
			value[l] += k->rest[l];
			break;
		case WEIR_CLASS_unpaid:
			value[l] += k->interest_short[l] + k->principal_short[l];
			break;
		case WEIR_CLASS_missed_most:
			value[l] += k->missed_most[l];
			break;
		case WEIR_CLASS_first_principal:
			value[l] = earlier(value[l], never_if_none(k->first_principal[l]));
			break;
		case WEIR_CLASS_last_principal:
			value[l] = later(value[l], never_if_none(k->last_principal[l]));
			break;
		case WEIR_CLASS_first_short:
			value[l] = earlier(value[l], never_if_none(k->first_short[l]));
			break;
		default:
			break;
		}
}

static void read_class_lanes(double *value, const weir_metric_symbol *s, const weir_lane_reader *reader)
{
	int is_date = s->type == WEIR_TYPE_DATE;
	weir_lane principal = { 0 };
	weir_class_lanes lanes;
	fill(value, is_date ? WEIR_NEVER : 0);
	for (int i = 0; i < s->class_count; i++) {
		weir_class_lanes_read(&lanes, reader, s->classes[i]);
		if (s->figure == WEIR_CLASS_wal && s->class_count == 1) { /* not through a product and a quotient */
			memcpy(value, lanes.wal_years, sizeof(weir_lane));
			return;
		}
		add_class(value, principal, (weir_class_figure)s->figure, &lanes);
	}
	for (int l = 0; s->figure == WEIR_CLASS_wal && l < WEIR_LANES; l++)
		value[l] = principal[l] > 0 ? value[l] / principal[l] : NAN;
}

static void read_survival(double *value, const weir_metric_symbol *s, const weir_lane_reader *reader)
{
	char survives[WEIR_LANES];
	fill(value, 1);
	for (int i = 0; i < s->class_count; i++) {
		weir_survival_read(survives, reader->plan, reader->run, s->classes[i], WEIR_SURVIVE_BOTH);
		for (int l = 0; l < WEIR_LANES; l++)
			value[l] = value[l] != 0 && survives[l];
	}
}

static weir_status read_class_figure(reading *r, int at)
{
	weir_status status = WEIR_OK;
	const weir_metric_symbol *s = &r->metric->symbols[at];
	double *value = r->values[at];
	if (s->figure == WEIR_CLASS_survives)
		read_survival(value, s, r->reader);
	else if (s->figure != WEIR_CLASS_yield)
		read_class_lanes(value, s, r->reader);
	for (int l = 0; s->figure == WEIR_CLASS_yield && l < r->count && status == WEIR_OK; l++)
		status = weir_measure_yield(&value[l], r->arena, r->reader, s->classes[0], l);
	return status;
}

/* A parameter keeps its start value, in a register that is either recorded or never written. */
static void read_parameter(double *value, const weir_metric_symbol *s, const weir_lane_reader *reader)
{
	int before = weir_plan_periods(reader->plan)->first - 1;
	const double *lanes = weir_run_record(reader->run, s->registers[0], before);
	memcpy(value, lanes ? lanes : weir_run_final(reader->run, s->registers[0]), sizeof(weir_lane));
}

static weir_status read_symbols(reading *r)
{
	weir_status status = WEIR_OK;
	int passes = 0;
	for (int i = 0; i < r->metric->symbol_count; i++) {
		const weir_metric_symbol *s = &r->metric->symbols[i];
		fill(r->values[i], s->kind == WEIR_METRIC_PERIODS && s->function == WEIR_OVER_TOTAL ? 0 : NAN);
		passes |= s->kind == WEIR_METRIC_PERIODS || s->kind == WEIR_METRIC_RUN;
		if (s->kind == WEIR_METRIC_PARAMETER)
			read_parameter(r->values[i], s, r->reader);
		else if (s->kind == WEIR_METRIC_CLASS)
			WEIR_TRY(read_class_figure(r, i));
	}
	if (passes)
		read_periods(r);
out:
	return status;
}

static weir_status start_reading(reading *r, const weir_metric *metric, const weir_lane_reader *reader, int count)
{
	weir_status status;
	size_t symbols = (size_t)metric->symbol_count + 1;
	*r = (reading){ .metric = metric, .reader = reader, .count = count };
	WEIR_TRY(weir_arena_create(&r->arena));
	r->values = weir_arena_array(r->arena, symbols, sizeof *r->values);
	r->sums = weir_arena_array(r->arena, symbols, sizeof *r->sums);
	if (!r->values || !r->sums)
		return WEIR_NO_MEMORY;
	memset(r->sums, 0, symbols * sizeof *r->sums);
	status = read_symbols(r);
out:
	return status;
}

/* --- evaluation ----------------------------------------------------------------------------------------------- */

typedef struct lane_values {
	const weir_lane *values;
	int lane;
	int missing; /* a name without a value was looked at */
} lane_values;

static double value_of(void *context, int number)
{
	lane_values *v = context;
	double value = v->values[number][v->lane];
	v->missing |= isnan(value);
	return isnan(value) ? 0 : value;
}

/* NAN where a value is missing, but "no and anything" is no, and "yes or anything" is yes. `without` (may be
 * NULL) is taken to hold. */
static double evaluate(const weir_expression *e, const weir_expression *without, lane_values *v)
{
	if (e == without)
		return 1;
	if (e->op == WEIR_OP_NOT) {
		double a = evaluate(e->arguments[0], without, v);
		return isnan(a) ? NAN : a == 0;
	}
	if (e->op == WEIR_OP_AND || e->op == WEIR_OP_OR) {
		double settles = e->op == WEIR_OP_OR;
		double a = evaluate(e->arguments[0], without, v), b = evaluate(e->arguments[1], without, v);
		if (a == settles || b == settles)
			return settles;
		return isnan(a) || isnan(b) ? NAN : !settles;
	}
	v->missing = 0;
	double value = weir_formula_evaluate(e, value_of, NULL, v);
	return v->missing ? NAN : value;
}

static void evaluate_lanes(double *out, const reading *r, const weir_expression *e, const weir_expression *without)
{
	for (int l = 0; l < r->count; l++) {
		lane_values v = { .values = (const weir_lane *)r->values, .lane = l };
		out[l] = evaluate(e, without, &v);
	}
}

weir_status weir_metric_read(double *out, const weir_metric *metric, const weir_lane_reader *reader, int count)
{
	reading r;
	weir_status status = start_reading(&r, metric, reader, count);
	if (status == WEIR_OK)
		evaluate_lanes(out, &r, metric->tree, NULL);
	weir_arena_destroy(r.arena);
	return status;
}

weir_status weir_metric_read_sides(weir_metric_sides *out, const weir_metric *metric, const weir_lane_reader *reader,
                                   int count)
{
	reading r;
	const weir_expression *e = weir_metric_compared(metric);
	weir_status status = start_reading(&r, metric, reader, count);
	if (status == WEIR_OK) {
		evaluate_lanes(out->left, &r, e->arguments[0], NULL);
		evaluate_lanes(out->right, &r, e->arguments[1], NULL);
		evaluate_lanes(out->holds, &r, e, NULL);
		evaluate_lanes(out->rest, &r, metric->tree, e);
	}
	weir_arena_destroy(r.arena);
	return status;
}

weir_status weir_metric_read_part(double *difference, double *holds, const weir_metric *metric, int number,
                                  const weir_lane_reader *reader, int count)
{
	reading r;
	double right[WEIR_LANES];
	const weir_expression *e = weir_metric_part(metric, number);
	weir_status status = start_reading(&r, metric, reader, count);
	if (status == WEIR_OK) {
		evaluate_lanes(difference, &r, e->arguments[0], NULL);
		evaluate_lanes(right, &r, e->arguments[1], NULL);
		for (int l = 0; l < count; l++)
			difference[l] -= right[l];
		if (holds)
			evaluate_lanes(holds, &r, metric->tree, NULL);
	}
	weir_arena_destroy(r.arena);
	return status;
}
