/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/survival.h"

#include <string.h>

#include "study/lane_figures.h"

int weir_survival_records(int *records, const weir_plan *plan)
{
	int count = 0;
	for (int i = 0; i < weir_plan_deal(plan)->class_count; i++) {
		const weir_class_registers *c = &weir_plan_registers(plan)->classes[i];
		if (c->interest_unpaid >= 0)
			records[count++] = c->interest_unpaid;
		if (c->principal_unpaid >= 0)
			records[count++] = c->principal_unpaid;
	}
	return count;
}

static void fail_where_owed(char *out, const double *lanes)
{
	for (int l = 0; lanes && l < WEIR_LANES; l++)
		out[l] &= !(lanes[l] > 0);
}

static const double *final_lanes(const weir_run *run, int register_number)
{
	return register_number >= 0 ? weir_run_final(run, register_number) : NULL;
}

static void read_class(char *out, const weir_plan *plan, const weir_run *run, int number, weir_survival survival)
{
	const weir_periods *periods = weir_plan_periods(plan);
	const weir_class_registers *c = &weir_plan_registers(plan)->classes[number];
	if (survival != WEIR_SURVIVE_FIRST_MISSED) {
		if (weir_plan_deal(plan)->classes[number].style != WEIR_STYLE_RESIDUAL)
			fail_where_owed(out, final_lanes(run, c->balance));
		fail_where_owed(out, final_lanes(run, c->interest_unpaid));
	}
	if (survival == WEIR_SURVIVE_FIRST_LOSS)
		return;
	for (int k = periods->first; k < periods->count; k++) {
		fail_where_owed(out, weir_run_record(run, c->interest_unpaid, k));
		fail_where_owed(out, weir_run_record(run, c->principal_unpaid, k));
	}
}

void weir_survival_read(char *out, const weir_plan *plan, const weir_run *run, int class_number, weir_survival survival)
{
	const weir_deal *deal = weir_plan_deal(plan);
	memset(out, 1, WEIR_LANES);
	for (int i = 0; i < deal->class_count; i++)
		if (class_number < 0 ? !deal->classes[i].subordinated : class_number == i)
			read_class(out, plan, run, i, survival);
}
