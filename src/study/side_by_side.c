/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/side_by_side.h"

#include <math.h>

void weir_side_class_read(weir_side_class *out, const weir_side *side, int class_number)
{
	const weir_class_figures *figures = &side->figures->classes[class_number];
	weir_lane_reader reader = { side->plan, side->run, side->rows };
	weir_class_lanes lanes;
	weir_class_lanes_read(&lanes, &reader, class_number);
	*out = (weir_side_class){ .interest = figures->interest_total,
		                  .principal = figures->principal_total,
		                  .rest = figures->rest_total,
		                  .paid = figures->interest_total + figures->principal_total + figures->rest_total,
		                  .wal_years = figures->wal_years,
		                  .yield = figures->yield_at_issue,
		                  .unpaid = figures->unpaid_at_end,
		                  .missed = lanes.missed_most[0] };
}

double weir_side_charges(const weir_side *side)
{
	const weir_periods *periods = weir_plan_periods(side->plan);
	double cents = 0;
	for (int p = periods->first; p < periods->count; p++)
		cents += side->figures->periods[p].taxes_paid + side->figures->periods[p].fees_paid;
	return cents;
}

static double recorded(const weir_side *side, int register_number, int period)
{
	const double *lanes = register_number >= 0 ? weir_run_record(side->run, register_number, period) : NULL;
	return lanes ? lanes[0] : 0;
}

/* What a payee gets in a period. */
static double paid_in(const weir_side *side, int payee, int period)
{
	if (payee == WEIR_SIDE_NOBODY)
		return 0;
	if (payee == WEIR_SIDE_CHARGES)
		return side->figures->periods[period].taxes_paid + side->figures->periods[period].fees_paid;
	const weir_class_registers *r = &weir_plan_registers(side->plan)->classes[payee];
	return recorded(side, r->interest_paid, period) + recorded(side, r->yield_paid, period) +
	       recorded(side, r->principal_paid, period) + recorded(side, r->rest_paid, period);
}

/* The payments of one side, taken in the order of their dates. */
typedef struct stream {
	const weir_side *side;
	const weir_periods *periods;
	int payee, next;
} stream;

static stream stream_of(const weir_side *side, int payee)
{
	const weir_periods *periods = weir_plan_periods(side->plan);
	return (stream){ side, periods, payee, periods->first };
}

static weir_date next_date(const stream *s)
{
	return s->next < s->periods->count ? s->periods->items[s->next].adjusted : WEIR_DATE_NONE;
}

/* Adds what falls on the date to a sum. */
static double take(stream *s, weir_date date)
{
	double cents = 0;
	for (; next_date(s) == date; s->next++)
		cents += paid_in(s->side, s->payee, s->next);
	return cents;
}

void weir_side_shift_find(weir_side_shift *out, const weir_side *from, int from_payee, const weir_side *to,
                          int to_payee)
{
	stream a = stream_of(from, from_payee), b = stream_of(to, to_payee);
	*out = (weir_side_shift){ .most_date = WEIR_DATE_NONE, .first = WEIR_DATE_NONE };
	for (;;) {
		weir_date x = next_date(&a), y = next_date(&b);
		weir_date date = x == WEIR_DATE_NONE || (y != WEIR_DATE_NONE && y < x) ? y : x;
		if (date == WEIR_DATE_NONE)
			return;
		double before = take(&a, date), after = take(&b, date);
		out->in_all += after - before;
		if (before != after && out->first == WEIR_DATE_NONE)
			out->first = date;
		if (fabs(out->in_all) > fabs(out->most)) {
			out->most = out->in_all;
			out->most_date = date;
		}
	}
}
