/* SPDX-License-Identifier: GPL-3.0-or-later */
/* why_support.c: why supporters were called, and why events fired, with the numbers of the period. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "api/why.h"

static double recorded(const weir_case *one, int register_number, int period)
{
	const double *lanes = register_number < 0 ? NULL : weir_run_record(one->outcome.run, register_number, period);
	return lanes ? lanes[one->outcome.lane] : 0;
}

static void add_amount(const weir_session *s, double cents, weir_text *to)
{
	char buffer[WEIR_CENTS_TEXT];
	if (cents > WEIR_CENTS_MAX / 2) {
		weir_text_add(to, "not limited");
		return;
	}
	weir_cents_format_grouped(cents, s->deal->currency_digits, buffer);
	weir_text_add(to, buffer);
}

/* "  shortfall   1,234.00". */
static void add_line(const weir_session *s, const char *label, double cents, weir_text *to)
{
	weir_text_printf(to, "  %-22s ", label);
	add_amount(s, cents, to);
	weir_text_add(to, "\n");
}

static const weir_plan_map *map_of(const weir_session *s)
{
	return weir_plan_registers(s->plan);
}

/* --- support ---------------------------------------------------------------------------------------------------- */

/* What was missing of each thing that the support covers: registers ID.missing.PAYEE.WHAT. */
static void list_missing(const weir_session *s, const weir_case *one, const char *id, int period, weir_text *to)
{
	char start[300];
	size_t length = (size_t)snprintf(start, sizeof start, "%s.missing.", id);
	for (int r = 0; r < weir_plan_register_count(s->plan); r++) {
		const char *name = weir_plan_register_name(s->plan, r);
		double cents = name && strncmp(name, start, length) == 0 ? recorded(one, r, period) : 0;
		if (cents > 0) {
			weir_text_printf(to, "    %-20s ", name + length);
			add_amount(s, cents, to);
			weir_text_add(to, "\n");
		}
	}
}

/* Each limit of what can be drawn, as it stood before the draw. */
static void list_limits(const weir_session *s, const weir_case *one, int number, int period, double called,
                        weir_text *to)
{
	const weir_support *support = &s->deal->supports[number];
	const weir_support_registers *r = &map_of(s)->supports[number];
	const weir_party_registers *party = &map_of(s)->parties[support->party];
	const weir_node *node = &s->deal->parties[support->party].node;
	double before = recorded(one, r->drawn_total, period - 1);
	if (recorded(one, party->failed, period) != 0)
		weir_text_printf(to, "    %s has failed: it pays nothing\n", node->id);
	if (support->when.text)
		weir_text_printf(to, "    called when          %s\n", support->when.text);
	if (isfinite(support->cap_cents))
		add_line(s, "  cap less drawn so far", support->cap_cents - before, to);
	if (isfinite(support->cap_period_cents))
		add_line(s, "  cap of a period", support->cap_period_cents, to);
	if (support->limit.text) {
		weir_text_printf(to, "    most outstanding     %s, less ", support->limit.text);
		add_amount(s, recorded(one, r->outstanding, period - 1), to);
		weir_text_add(to, " outstanding\n");
	}
	if (isfinite(s->deal->parties[support->party].capacity_cents)) {
		double left = recorded(one, party->capacity, period) + called - recorded(one, r->returned, period);
		weir_text_printf(to, "    capacity of %s ", node->id);
		add_amount(s, left, to);
		weir_text_add(to, " before the draw\n");
	}
}

/* What was called: the same sum as in the table of support. */
static double called_in(const weir_session *s, const weir_case *one, int number, int period)
{
	const weir_support_registers *r = &map_of(s)->supports[number];
	weir_support_kind kind = s->deal->supports[number].kind;
	int revolves = kind == WEIR_SUPPORT_LIQUIDITY || kind == WEIR_SUPPORT_LETTER_OF_CREDIT;
	return recorded(one, r->drawn_total, period) - recorded(one, r->drawn_total, period - 1) +
	       recorded(one, r->returned, period) + (revolves ? recorded(one, r->repaid, period) : 0);
}

static const char *reason_of(double shortfall, double available, double called)
{
	if (shortfall == 0)
		return "nothing was missing without it";
	if (called == shortfall)
		return "all that was missing was called";
	return available > 0 ? "its limits allowed no more" : "nothing was available";
}

void weir_why_support(const weir_session *s, const weir_case *one, int number, int period, weir_text *to)
{
	const weir_support *support = &s->deal->supports[number];
	const weir_support_registers *r = &map_of(s)->supports[number];
	double shortfall = recorded(one, r->shortfall, period), available = recorded(one, r->available, period);
	double called = called_in(s, one, number, period);
	weir_text_printf(to, "\nsupport %s of %s", support->node.id, s->deal->parties[support->party].node.id);
	if (support->node.clause)
		weir_text_printf(to, ", clause %s", support->node.clause);
	weir_text_add(to, "\n");
	add_line(s, support->kind == WEIR_SUPPORT_TOP_UP ? "wanted" : "missing without it", shortfall, to);
	list_missing(s, one, support->node.id, period, to);
	add_line(s, "available", available, to);
	list_limits(s, one, number, period, called, to);
	add_line(s, "called", called, to);
	if (support->delay_months > 0)
		weir_text_printf(to, "  paid %d months later; of earlier calls\n", support->delay_months);
	add_line(s, "paid in", recorded(one, r->drawn, period) + recorded(one, r->returned, period), to);
	add_line(s, "returned unused", recorded(one, r->returned, period), to);
	add_line(s, "repaid to it", recorded(one, r->repaid, period), to);
	add_line(s, "outstanding", recorded(one, r->outstanding, period), to);
	weir_text_printf(to, "  because                %s\n", reason_of(shortfall, available, called));
}

/* Whether a support covers something of a class, directly or through a group. */
static int covers_class(const weir_session *s, const weir_support *support, const char *class_id)
{
	char name[600];
	static const char *const parts[] = { "interest", "principal", "yield" };
	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
		snprintf(name, sizeof name, "%s.missing.%s.%s", support->node.id, class_id, parts[p]);
		if (weir_plan_find_register(s->plan, name) >= 0)
			return 1;
	}
	return support->kind == WEIR_SUPPORT_TOP_UP;
}

void weir_why_support_of_class(const weir_session *s, const weir_case *one, const char *class_id, int period,
                               weir_text *to)
{
	for (int i = 0; i < s->deal->support_count; i++) {
		const weir_support_registers *r = &map_of(s)->supports[i];
		int acted = recorded(one, r->shortfall, period) > 0 || recorded(one, r->drawn, period) > 0;
		if (acted && covers_class(s, &s->deal->supports[i], class_id))
			weir_why_support(s, one, i, period, to);
	}
	for (int i = 0; i < s->deal->cover_count; i++) {
		const weir_cover_registers *r = &map_of(s)->covers[i];
		if (recorded(one, r->claimed, period) > 0 || recorded(one, r->paid, period) > 0)
			weir_why_cover(s, one, i, period, to);
	}
}

void weir_why_cover(const weir_session *s, const weir_case *one, int number, int period, weir_text *to)
{
	const weir_cover *cover = &s->deal->covers[number];
	const weir_cover_registers *r = &map_of(s)->covers[number];
	weir_text_printf(to, "\ncover %s", cover->node.id);
	if (cover->node.clause)
		weir_text_printf(to, ", clause %s", cover->node.clause);
	weir_text_add(to, "\n");
	add_line(s, "claimed", recorded(one, r->claimed, period), to);
	if (cover->when.text)
		weir_text_printf(to, "    applies when         %s\n", cover->when.text);
	add_line(s, "settled", recorded(one, r->settled, period), to);
	if (isfinite(cover->cap_cents))
		add_line(s, "left of its cap", recorded(one, r->available, period), to);
	if (cover->delay_months > 0)
		weir_text_printf(to, "  paid %d months later; of earlier settlements\n", cover->delay_months);
	add_line(s, "paid in", recorded(one, r->paid, period), to);
	for (int i = 0; i < cover->share_count; i++) {
		const weir_party_registers *party = &map_of(s)->parties[cover->shares[i].party];
		weir_text_printf(to, "    %s, %.4g%% of the loss: ", s->deal->parties[cover->shares[i].party].node.id,
		                 cover->shares[i].of * 100);
		add_amount(s, recorded(one, r->share_paid[i], period), to);
		weir_text_add(to, recorded(one, party->failed, period) != 0 ? " (it has failed)\n" : "\n");
	}
}

/* --- events ----------------------------------------------------------------------------------------------------- */

static void add_value(const weir_session *s, const weir_case *one, int register_number, int period, weir_text *to)
{
	weir_plan_write_value(s->plan, weir_plan_register_type(s->plan, register_number),
	                      recorded(one, register_number, period), to);
}

/* Tests in a row, where the trigger counts them. */
static void add_counts(const weir_session *s, const weir_case *one, const weir_trigger *trigger, int period,
                       weir_text *to)
{
	char name[300];
	if (trigger->consecutive > 1) {
		snprintf(name, sizeof name, "%s.held", trigger->node.id);
		weir_text_printf(to, "  held in a row          %.0f of the %d that fire it\n",
		                 recorded(one, weir_plan_find_register(s->plan, name), period), trigger->consecutive);
	}
	if (!trigger->sticky && trigger->cure > 1) {
		snprintf(name, sizeof name, "%s.failed", trigger->node.id);
		weir_text_printf(to, "  clean in a row         %.0f of the %d that cure it\n",
		                 recorded(one, weir_plan_find_register(s->plan, name), period), trigger->cure);
	}
}

static const char *state_of(int before, int now, int sticky)
{
	if (now)
		return before ? (sticky ? "stays fired: once fired it is for good" : "still fired") : "fires now";
	return before ? "cured now" : "not fired";
}

void weir_why_trigger(const weir_session *s, const weir_case *one, int number, int period, weir_text *to)
{
	const weir_trigger *trigger = &s->deal->triggers[number];
	const weir_trigger_registers *r = &map_of(s)->triggers[number];
	int now = recorded(one, r->flag, period) != 0, before = recorded(one, r->flag, period - 1) != 0;
	weir_text_printf(to, "\ntrigger %s", trigger->node.id);
	if (trigger->node.clause)
		weir_text_printf(to, ", clause %s", trigger->node.clause);
	weir_text_printf(to, ", tested %s the waterfall%s\n  test                   %s\n",
	                 trigger->tested_after ? "after" : "before",
	                 trigger->tested_after ? ": it acts from the next period on" : "", trigger->test.text);
	for (int n = 0; n < r->test_count; n++) {
		weir_text_printf(to, "    %s: ", r->texts[n]);
		add_value(s, one, r->value[n], period, to);
		weir_text_add(to, " against ");
		add_value(s, one, r->threshold[n], period, to);
		weir_text_printf(to, ": %s\n", recorded(one, r->holds[n], period) != 0 ? "holds" : "does not hold");
	}
	add_counts(s, one, trigger, period, to);
	weir_text_printf(to, "  state                  %s\n", state_of(before, now, trigger->sticky));
}

void weir_why_call(const weir_session *s, const weir_case *one, int number, int period, weir_text *to)
{
	const weir_call *call = &s->deal->calls[number];
	const weir_call_registers *r = &map_of(s)->calls[number];
	int now = recorded(one, r->flag, period) != 0, before = recorded(one, r->flag, period - 1) != 0;
	weir_text_printf(to, "\ncall %s", call->node.id);
	if (call->node.clause)
		weir_text_printf(to, ", clause %s", call->node.clause);
	weir_text_printf(to, "\n  when                   %s\n  price                  %s\n", call->when.text,
	                 call->price.text);
	if (!now || before) {
		weir_text_printf(to, "  state                  %s\n",
		                 before ? "the pool was sold in an earlier period" : "the pool is not sold");
		return;
	}
	add_line(s, "price paid", recorded(one, r->proceeds, period) + recorded(one, r->costs, period), to);
	add_line(s, "less costs", recorded(one, r->costs, period), to);
	weir_text_add(to, "  state                  the pool is sold in this period\n");
}

/* The waterfall of the period, by its masks; -1 when the deal has only one. */
static int chosen_waterfall(const weir_session *s, const weir_case *one, int period)
{
	const int *masks = map_of(s)->waterfall_masks;
	for (int w = 0; masks && w < s->deal->waterfall_count; w++)
		if (recorded(one, masks[w], period) != 0)
			return w;
	return -1;
}

/* The triggers that a condition names, as they stood when it was asked. */
static void tell_triggers(const weir_session *s, const weir_case *one, const char *condition, int period, weir_text *to)
{
	int first = s->periods.first > 1 ? s->periods.first : 1;
	for (int t = 0; t < s->deal->trigger_count; t++) {
		int later = s->deal->triggers[t].tested_after && period > first; /* those act from the next period on */
		if (weir_formula_names(condition, s->deal->triggers[t].node.id))
			weir_why_trigger(s, one, t, later ? period - 1 : period, to);
	}
}

void weir_why_events(const weir_session *s, const weir_case *one, int period, weir_text *to)
{
	int first = s->periods.first > 1 ? s->periods.first : 1;
	int now = chosen_waterfall(s, one, period),
	    before = period > first ? chosen_waterfall(s, one, period - 1) : now;
	const weir_waterfall *waterfall = now >= 0 ? &s->deal->waterfalls[now] : NULL;
	if (waterfall && waterfall->when.text) {
		weir_text_printf(to, "\nwaterfall %s was chosen%s because %s\n", waterfall->node.id,
		                 before != now ? ", for the first time after another one," : "", waterfall->when.text);
		tell_triggers(s, one, waterfall->when.text, period, to);
	} else if (waterfall && before >= 0 && before != now) {
		/* only the last waterfall has no condition, so the one before had one */
		const char *condition = s->deal->waterfalls[before].when.text;
		weir_text_printf(to, "\nwaterfall %s applies again: not %s\n", waterfall->node.id, condition);
		tell_triggers(s, one, condition, period, to);
	}
	for (int i = 0; i < s->deal->call_count; i++) {
		int flag = map_of(s)->calls[i].flag;
		if (recorded(one, flag, period) != recorded(one, flag, period - 1))
			weir_why_call(s, one, i, period, to);
	}
}
