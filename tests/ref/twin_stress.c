/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One contract under a scenario: its receipts in the order of their due dates. At each: what still performs
 * defaults in part, the rest pays its schedule, and of what is left some is prepaid; then factors on what is
 * received, and when it comes. */
#include <string.h>

#include "ref/twin_int.h"

/* A contract on its way. */
typedef struct walk {
	twin *t;
	int contract;
	const twin_receipt *receipts; /* still to come, the first at [0] */
	int count;
	int64_t *left;      /* [count + 1] principal scheduled after so many of them */
	num at_start;       /* the share that performs at the start: 1 but for a mid-life start */
	num performing;     /* now; both of 12 places */
	weir_date before;   /* the last due date, by the contract */
	int64_t used_value; /* of its IP, by disposals so far */
} walk;

/* What one due date brings, before factors. */
typedef struct flow {
	int64_t defaulted, lost_income, principal, income, prepaid;
} flow;

/* The factors of one receipt, and whether covers answer for what they take. */
typedef struct factors {
	num principal, income;
	int claimed;
} factors;

static int64_t times(int64_t cents, num factor)
{
	return num_round(num_multiply(num_whole(cents), factor));
}

static int64_t balance(const walk *w, num performing, int j)
{
	return times(w->left[j], performing);
}

/* What survives an interval under all default, or all prepayment shocks on the contract. */
static num survival(const walk *w, weir_shock_kind kind, weir_date due)
{
	const weir_scenario *s = w->t->scenario;
	num share = num_whole(1);
	for (int i = 0; s && i < s->shock_count; i++)
		if (s->shocks[i].kind == kind && twin_in_scope(w->t, &s->shocks[i], w->contract) &&
		    twin_in_window(w->t, &s->shocks[i], due)) {
			num one = twin_survival(w->t, &s->shocks[i], w->before, due,
			                        w->receipts[w->count - 1].contract_due);
			share = twin_round12(num_multiply(share, one));
		}
	return share;
}

/* A parallel move of rates: on the balance, by months, never below no income. */
static int64_t shifted(const walk *w, int64_t income, int64_t on, weir_date due)
{
	const weir_scenario *s = w->t->scenario;
	const weir_contract *c = &w->t->deal->pool.contracts[w->contract];
	num shift = num_whole(0);
	for (int i = 0; s && i < s->shock_count; i++)
		if (s->shocks[i].kind == WEIR_SHOCK_RATE && twin_in_scope(w->t, &s->shocks[i], w->contract) &&
		    twin_in_window(w->t, &s->shocks[i], due))
			shift = num_add(shift, num_decimal(s->shocks[i].value));
	if (c->kind == WEIR_CONTRACT_ROYALTY || c->kind == WEIR_CONTRACT_RECEIVABLE || on == 0 ||
	    num_sign(shift) == 0)
		return income;
	num part = num_multiply(shift, num_ratio(twin_interval_months(w->t, w->before, due), 12));
	income += times(on, part);
	return income > 0 ? income : 0;
}

/* Default, then the schedule, then prepayment. */
static flow step(walk *w, int j)
{
	const twin_receipt *r = &w->receipts[j];
	num before = w->performing;
	num after = twin_round12(num_multiply(before, survival(w, WEIR_SHOCK_DEFAULT, r->contract_due)));
	num rest = twin_round12(num_multiply(after, survival(w, WEIR_SHOCK_PREPAY, r->contract_due)));
	flow f;
	f.defaulted = balance(w, before, j) - balance(w, after, j);
	f.lost_income = times(r->income, before) - times(r->income, after);
	f.principal = balance(w, after, j) - balance(w, after, j + 1);
	f.income = shifted(w, times(r->income, after), balance(w, after, j), r->contract_due);
	f.prepaid = balance(w, after, j + 1) - balance(w, rest, j + 1);
	w->performing = rest;
	return f;
}

/* (1 - v)^(months / 12) from its beginning on. */
static num decay(const walk *w, const weir_shock *s, weir_date due)
{
	weir_date from = twin_event_date(w->t, s);
	if (from == WEIR_DATE_NONE)
		from = twin_cutoff(w->t);
	if (due < from)
		return num_whole(1);
	num left = num_subtract(num_whole(1), num_decimal(s->value));
	return twin_round12(num_power(left, twin_months_between(from, due), 12));
}

/* Rights that are gone pay nothing more to those who license them out. */
static int stops(const walk *w, const weir_shock *s, weir_date due)
{
	const weir_contract *c = &w->t->deal->pool.contracts[w->contract];
	weir_shock on_item = { .scope = WEIR_SCOPE_IP, .target = s->target };
	int licensed = c->kind == WEIR_CONTRACT_LICENCE || c->kind == WEIR_CONTRACT_SECONDARY_LICENCE ||
	               c->kind == WEIR_CONTRACT_ROYALTY;
	return licensed && due >= twin_event_date(w->t, s) && twin_in_scope(w->t, &on_item, w->contract);
}

static void multiply(factors *f, weir_shock_part part, num by)
{
	if (part != WEIR_PART_INCOME)
		f->principal = twin_round12(num_multiply(f->principal, by));
	if (part != WEIR_PART_PRINCIPAL)
		f->income = twin_round12(num_multiply(f->income, by));
}

/* A factor on all of a contract's receipts at all times, which is multiplied without rounding. */
static int is_plain(const weir_shock *s)
{
	return s->kind == WEIR_SHOCK_RECEIPTS && s->part == WEIR_PART_BOTH && s->from == WEIR_DATE_NONE &&
	       s->from_month <= 0 && s->to == WEIR_DATE_NONE;
}

static num plain_factor(const walk *w, int of_all)
{
	const weir_scenario *s = w->t->scenario;
	num factor = num_whole(1);
	for (int i = 0; s && i < s->shock_count; i++)
		if (is_plain(&s->shocks[i]) && (s->shocks[i].scope == WEIR_SCOPE_ALL) == of_all &&
		    twin_in_scope(w->t, &s->shocks[i], w->contract))
			factor = num_multiply(factor, num_decimal(s->shocks[i].value));
	return factor;
}

static void apply(const walk *w, const weir_shock *s, weir_date due, factors *f)
{
	const weir_contract *c = &w->t->deal->pool.contracts[w->contract];
	int in = twin_in_scope(w->t, s, w->contract) && twin_in_window(w->t, s, due);
	switch (s->kind) {
	case WEIR_SHOCK_RECEIPTS:
		if (in && !is_plain(s))
			multiply(f, s->part, num_decimal(s->value));
		break;
	case WEIR_SHOCK_DECAY:
		if (in)
			multiply(f, s->part, decay(w, s, due));
		break;
	case WEIR_SHOCK_FX:
		if (in && c->currency && strcmp(c->currency, s->target) == 0)
			multiply(f, s->part, num_decimal(s->value));
		break;
	case WEIR_SHOCK_IP_LOST:
		if (stops(w, s, due)) {
			f->principal = f->income = num_whole(0);
			f->claimed = 0;
		}
		break;
	default:
		break;
	}
}

/* The contract's factor, the others in their order, and then what is for all receipts with the haircut. */
static factors factors_of(const walk *w, weir_date due)
{
	factors f = { plain_factor(w, 0), plain_factor(w, 0), 1 };
	const weir_scenario *s = w->t->scenario;
	for (int i = 0; s && i < s->shock_count; i++)
		apply(w, &s->shocks[i], due, &f);
	num rest = plain_factor(w, 1), haircut = twin_set_value(w->t, "haircut", NULL);
	if (haircut)
		rest = num_multiply(rest, num_subtract(num_whole(1), haircut));
	f.principal = num_multiply(f.principal, rest);
	f.income = num_multiply(f.income, rest);
	return f;
}

/* Which part of a receipt comes late, and by how many months: a contract's last receipt may miss its
 * refinancing as a whole. */
static num late_share(const walk *w, int j, int *months)
{
	weir_date due = w->receipts[j].contract_due;
	const weir_shock *late = twin_last_shock(w->t, WEIR_SHOCK_LATE, w->contract, due);
	const weir_shock *balloon = twin_last_shock(w->t, WEIR_SHOCK_BALLOON_LATE, w->contract, due);
	if (balloon && j + 1 == w->count) {
		*months = balloon->months;
		return num_whole(1);
	}
	*months = late ? late->months : 0;
	return num_decimal(late ? late->value : 0);
}

/* The last shock to the servicer; NULL when it stands, or where the deal does not say how collections travel.
 */
static const weir_shock *servicer_shock(const twin *t)
{
	const weir_shock *last = NULL;
	for (int i = 0; t->deal->servicing.given && t->scenario && i < t->scenario->shock_count; i++)
		if (t->scenario->shocks[i].kind == WEIR_SHOCK_SERVICER)
			last = &t->scenario->shocks[i];
	return last;
}

/* Nothing arrives while the servicer stands still: it comes when it works again. */
static weir_date arrival(const twin *t, weir_date date)
{
	const weir_shock *s = servicer_shock(t);
	if (!s || s->stop_months <= 0)
		return date;
	weir_date failed = twin_event_date(t, s), again = weir_date_add_months(failed, s->stop_months);
	return date > failed && date <= again ? again : date;
}

/* Whether what arrives on a date is caught at a servicer that passes on what it has every so many months.
 * What arrived in earlier periods has been passed on. */
static int is_caught(const twin *t, const weir_shock *s, weir_date date, int months)
{
	weir_date failed = twin_event_date(t, s);
	return date > weir_date_add_months(failed, -months) && date <= failed &&
	       twin_period_of(t, date) == twin_period_of(t, failed);
}

static void catch (twin *t, weir_date date, int64_t principal, int64_t income)
{
	const weir_shock *s = servicer_shock(t);
	const weir_servicing *servicing = &t->deal->servicing;
	int k = twin_period_of(t, date);
	if (!s || k == t->period_count)
		return;
	if (is_caught(t, s, date, s->months >= 0 ? s->months : servicing->transfer_months)) {
		t->projected[k].lost_principal += principal;
		t->projected[k].lost_income += income;
	}
	if (is_caught(t, s, date, s->months >= 0 ? s->months : servicing->fast_months)) {
		t->projected[k].lost_principal_fast += principal;
		t->projected[k].lost_income_fast += income;
	}
}

/* Principal and income that come on a date, or later when the servicer stands still; until then they are
 * overdue. Gives the period, or the period count. */
static int come(twin *t, weir_date due, weir_date date, int64_t principal, int64_t income)
{
	date = arrival(t, date);
	int from = twin_period_of(t, due), to = twin_period_of(t, date);
	if (from < t->period_count)
		t->projected[from].overdue += principal;
	if (to < t->period_count) {
		t->projected[to].overdue -= principal;
		t->projected[to].principal += principal;
		t->projected[to].income += income;
	}
	catch (t, date, principal, income);
	return to;
}

static void claim(walk *w, int k, int64_t principal, int64_t income)
{
	size_t at = (size_t)w->contract * (size_t)w->t->period_count + (size_t)k;
	w->t->claims[0][at] += principal > 0 ? principal : 0;
	w->t->claims[1][at] += income > 0 ? income : 0;
}

/* What is received: in time, late, and prepaid. */
static void receive(walk *w, int j, int64_t principal, int64_t income, int64_t prepaid)
{
	twin *t = w->t;
	weir_date due = w->receipts[j].due;
	int months;
	num share = num_subtract(num_whole(1), late_share(w, j, &months));
	int64_t now_principal = times(principal, share), now_income = times(income, share);
	come(t, due, due, now_principal, now_income);
	if (months)
		come(t, due, weir_date_add_months(due, months), principal - now_principal,
		     income - now_income);
	int k = come(t, due, due, prepaid, 0);
	if (k < t->period_count)
		t->projected[k].prepaid += prepaid;
}

static void pay(walk *w, int j)
{
	const twin_receipt *r = &w->receipts[j];
	twin *t = w->t;
	int k = twin_period_of(t, r->due);
	flow f = step(w, j);
	factors x = factors_of(w, r->contract_due);
	int64_t principal = times(f.principal, x.principal), prepaid = times(f.prepaid, x.principal);
	int64_t income = times(f.income, x.income);
	int64_t not_received = f.principal - principal + f.prepaid - prepaid;
	int64_t recovered = twin_recover(t, r, f.defaulted, &w->used_value);
	receive(w, j, principal, income, prepaid);
	if (k == t->period_count)
		return;
	if (!t->actual_last) {
		t->projected[k].scheduled_principal += balance(w, w->at_start, j) - balance(w, w->at_start, j + 1);
		t->projected[k].scheduled_income += times(r->income, w->at_start);
	}
	t->projected[k].defaulted += f.defaulted + not_received;
	if (x.claimed)
		claim(w, k, f.defaulted - recovered + not_received, f.lost_income + f.income - income);
}

void twin_stress_contract(twin *t, int contract, const twin_receipt *receipts, int count, int64_t sold)
{
	int known = t->actual_last ? t->actual_last : t->opening;
	walk w = { .t = t, .contract = contract, .receipts = receipts, .count = count, .used_value = sold };
	w.before = known ? t->periods[known].calculation : twin_cutoff(t);
	w.at_start = w.performing = t->actual_last ? num_whole(1) : twin_opening_share(t);
	w.left = twin_alloc(t, (size_t)count + 1, sizeof *w.left);
	for (int j = count; j > 0; j--)
		w.left[j - 1] = w.left[j] + receipts[j - 1].principal;
	for (int j = 0; j < count; j++) {
		pay(&w, j);
		if (receipts[j].contract_due >
		    w.before) /* not before a mid-life start, where a trust's lag lies between */
			w.before = receipts[j].contract_due;
	}
}
