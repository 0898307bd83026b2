/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may happen to a deal: triggers that count their tests, calls that sell the pool, and the tail's end.
 */
#include "ref/twin_int.h"

/* With the number that a scenario sets in place of the test's own. */
static int test_holds(twin *t, const weir_trigger *trigger)
{
	num threshold = twin_set_value(t, trigger->node.id, "threshold");
	return threshold ? twin_holds_against(t, &trigger->test, threshold) : twin_holds(t, &trigger->test);
}

/* Fires after so many tests in a row that held; is cured after so many that failed, unless it is sticky. */
void twin_test_triggers(twin *t, int after)
{
	for (int i = 0; i < t->deal->trigger_count; i++) {
		const weir_trigger *trigger = &t->deal->triggers[i];
		twin_trigger *now = &t->now->triggers[i];
		if (trigger->tested_after != after)
			continue;
		int holds = test_holds(t, trigger);
		now->held = holds ? now->held + 1 : 0;
		now->failed = holds ? 0 : now->failed + 1;
		if (now->held >= trigger->consecutive)
			now->fired = 1;
		if (now->failed >= trigger->cure && !trigger->sticky)
			now->fired = 0;
	}
}

/* The pool is sold: its price, less costs, comes in; nothing is outstanding any more, and nothing else comes.
 */
static void sell(twin *t, int number)
{
	const weir_call *call = &t->deal->calls[number];
	twin_call *now = &t->now->calls[number];
	int64_t price = twin_cents(t, &call->price), cost = call->cost.text ? twin_cents(t, &call->cost) : 0;
	price = price > 0 ? price : 0;
	cost = cost > price ? price : cost > 0 ? cost : 0;
	now->called = t->now->sold = 1;
	now->costs = cost;
	now->proceeds = price - cost;
	t->now->accounts[twin_account_of(t, &call->to, 0)] += price - cost;
	t->now->pool.balance = t->now->pool.overdue = 0;
	t->now->pool.scheduled_principal = t->now->pool.scheduled_income = 0;
	twin_end_revolving(t);
}

/* Calls may be left unexercised; a liquidation is no choice. */
static int is_off(const twin *t, int number)
{
	return !t->deal->calls[number].liquidation && num_sign(twin_parameter(t, "calls", "off", 0)) != 0;
}

/* The first call whose condition holds, once for all. */
void twin_test_calls(twin *t)
{
	for (int i = 0; i < t->deal->call_count; i++)
		t->now->calls[i].proceeds = t->now->calls[i].costs = 0;
	for (int i = 0; i < t->deal->call_count && !t->now->sold; i++)
		if (!is_off(t, i) && twin_holds(t, &t->deal->calls[i].when))
			sell(t, i);
}

int twin_is_wound_up(const twin *t)
{
	int64_t outstanding = 0;
	for (int c = 0; c < t->deal->class_count; c++)
		if (t->deal->classes[c].style != WEIR_STYLE_RESIDUAL)
			outstanding += t->now->classes[c].balance;
	return t->periods[t->period].tail && outstanding == 0;
}

/* Whether collections travel faster from the next period on. */
int twin_is_fast(twin *t)
{
	const weir_formula *when = &t->deal->servicing.fast_when;
	return when->text && twin_holds(t, when);
}
