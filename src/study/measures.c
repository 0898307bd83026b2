/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/measures.h"

#include <math.h>

#include "study/class_measures.h"
#include "study/lane_figures.h"

static void take_period(weir_period_figures *to, const weir_period_lanes *from, int lane)
{
#define TAKE(name) to->name = from->name[lane];
	WEIR_PERIOD_FIGURES(TAKE)
#undef TAKE
}

static void measure_periods(weir_deal_figures *out, weir_total_lanes *totals, const weir_lane_reader *reader, int lane)
{
	const weir_periods *periods = weir_plan_periods(reader->plan);
	int first = periods->first;
	weir_period_lanes lanes;
	for (int k = 0; k < first - 1; k++)
		out->periods[k].coverage = out->periods[k].coverage_period = out->periods[k].cumulative_coverage = NAN;
	weir_opening_lanes_read(&lanes, reader);
	take_period(&out->periods[first - 1], &lanes, lane);
	weir_total_lanes_start(totals, reader);
	for (int k = first; k < periods->count; k++) {
		weir_period_lanes_read(&lanes, reader, k);
		weir_total_lanes_add(totals, &lanes);
		take_period(&out->periods[k], &lanes, lane);
	}
	weir_total_lanes_finish(totals, reader);
}

weir_status weir_measure_yield(double *yield, weir_arena *arena, const weir_lane_reader *reader, int number, int lane)
{
	weir_class_flows k;
	weir_yields found;
	const weir_class *terms = &weir_plan_deal(reader->plan)->classes[number];
	weir_status status = weir_class_flows_read(&k, arena, reader->plan, reader->run, number, lane, WEIR_DATE_FIRST);
	if (status != WEIR_OK)
		return status;
	double *amounts = weir_arena_array(arena, (size_t)k.flows.count + 1, sizeof *amounts);
	double *years = weir_arena_array(arena, (size_t)k.flows.count + 1, sizeof *years);
	if (!amounts || !years)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < k.flows.count; i++) {
		amounts[i] = k.flows.principal[i] + k.flows.other[i];
		years[i] = weir_years_from_start(reader->plan, k.flows.dates[i]);
	}
	weir_yields_find(&found, amounts, years, k.flows.count, k.face_cents * terms->issue_price / 100,
	                 WEIR_COMPOUND_ANNUAL);
	*yield = found.count == 1 ? found.values[0] : NAN;
	return WEIR_OK;
}

static weir_status measure_class(weir_class_figures *out, weir_arena *arena, const weir_lane_reader *reader, int number,
                                 int lane)
{
	weir_class_lanes k;
	int subordinated = weir_plan_deal(reader->plan)->classes[number].subordinated;
	weir_class_lanes_read(&k, reader, number);
	*out = (weir_class_figures){ .wal_years = k.wal_years[lane],
		                     .first_principal = (weir_date)k.first_principal[lane],
		                     .last_principal = (weir_date)k.last_principal[lane],
		                     .interest_total = k.interest[lane],
		                     .principal_total = k.principal[lane],
		                     .rest_total = k.rest[lane] };
	if (!subordinated)
		out->unpaid_at_end = k.principal_short[lane] + k.interest_short[lane];
	return weir_measure_yield(&out->yield_at_issue, arena, reader, number, lane);
}

weir_status weir_measure(weir_deal_figures *out, weir_arena *arena, const weir_plan *plan, const weir_run *run,
                         const weir_pool_rows *rows, int lane)
{
	weir_status status = WEIR_NO_MEMORY;
	const weir_deal *deal = weir_plan_deal(plan);
	weir_lane_reader reader = { plan, run, rows };
	weir_total_lanes totals;
	*out = (weir_deal_figures){ 0 };
	out->periods = weir_arena_array(arena, (size_t)weir_plan_periods(plan)->count, sizeof *out->periods);
	out->classes = weir_arena_array(arena, (size_t)deal->class_count + 1, sizeof *out->classes);
	if (!out->periods || !out->classes)
		return WEIR_NO_MEMORY;
	measure_periods(out, &totals, &reader, lane);
	for (int i = 0; i < deal->class_count; i++)
		WEIR_TRY(measure_class(&out->classes[i], arena, &reader, i, lane));
	out->coverage_min = totals.coverage_min[lane];
	out->coverage_total = totals.coverage_total[lane];
	out->missed = totals.missed[lane] != 0;
	out->unpaid_at_end_cents = totals.unpaid_at_end[lane];
	out->subordinated_total = totals.subordinated_paid[lane];
	out->uncollected_cents = rows->uncollected_cents[lane];
	status = WEIR_OK;
out:
	return status;
}
