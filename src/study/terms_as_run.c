/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/terms_as_run.h"

#include <stdio.h>
#include <string.h>

typedef struct lane_terms {
	const weir_plan *plan;
	const weir_run *run;
	int lane;
	int changed;
} lane_terms;

/* Puts the lane's value of the parameter ID.part in place of `value`, if it is another. */
static void put(lane_terms *t, double *value, const char *id, const char *part)
{
	char name[1024]; /* ids have a length limit */
	snprintf(name, sizeof name, "%s.%s", id, part);
	const weir_parameter *parameter = weir_plan_find_parameter(t->plan, name);
	if (!parameter)
		return;
	double set = weir_run_final(t->run, parameter->register_number)[t->lane];
	t->changed |= set != parameter->value;
	if (set != parameter->value)
		*value = set;
}

static void *copy_items(weir_arena *arena, const void *items, int count, size_t size)
{
	void *copy = weir_arena_array(arena, (size_t)count + 1, size);
	if (copy && count)
		memcpy(copy, items, (size_t)count * size);
	return copy;
}

weir_status weir_terms_as_run(const weir_deal **out, weir_arena *arena, const weir_plan *plan, const weir_run *run,
                              int lane)
{
	const weir_deal *deal = weir_plan_deal(plan);
	lane_terms t = { plan, run, lane, 0 };
	weir_deal *terms = weir_arena_alloc(arena, sizeof *terms);
	if (!terms)
		return WEIR_NO_MEMORY;
	*terms = *deal;
	terms->classes = copy_items(arena, deal->classes, deal->class_count, sizeof *deal->classes);
	terms->fees = copy_items(arena, deal->fees, deal->fee_count, sizeof *deal->fees);
	terms->accounts = copy_items(arena, deal->accounts, deal->account_count, sizeof *deal->accounts);
	if (!terms->classes || !terms->fees || !terms->accounts)
		return WEIR_NO_MEMORY;
	for (int i = 0; i < deal->class_count; i++) {
		put(&t, &terms->classes[i].size_cents, deal->classes[i].node.id, "size");
		put(&t, &terms->classes[i].coupon_annual, deal->classes[i].node.id, "coupon");
	}
	for (int i = 0; i < deal->fee_count; i++) {
		put(&t, &terms->fees[i].rate, deal->fees[i].node.id, "rate");
		put(&t, &terms->fees[i].amount_cents, deal->fees[i].node.id, "amount");
	}
	for (int i = 0; i < deal->account_count; i++)
		put(&t, &terms->accounts[i].initial_cents, deal->accounts[i].node.id, "initial");
	*out = t.changed ? terms : deal;
	return WEIR_OK;
}
