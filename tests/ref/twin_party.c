/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands behind the deal: what each party can still pay over all that it undertakes, and whether it has
 * failed. */
#include <math.h>
#include <string.h>

#include "ref/twin_int.h"

int64_t twin_limit(double cents)
{
	return isinf(cents) ? TWIN_UNLIMITED : num_round(num_decimal(cents));
}

/* Less what was paid before a mid-life start, where it is known who paid it. */
void twin_open_parties(twin *t)
{
	for (int p = 0; p < t->deal->party_count; p++) {
		twin_party *now = &t->now->parties[p];
		now->capacity = twin_limit(t->deal->parties[p].capacity_cents);
		for (int s = 0; s < t->deal->support_count; s++)
			if (t->deal->supports[s].party == p)
				now->capacity -= t->now->supports[s].drawn_total;
		for (int v = 0; v < t->deal->cover_count; v++)
			if (t->deal->covers[v].share_count == 1 && t->deal->covers[v].shares[0].party == p)
				now->capacity -= t->now->covers[v].paid_total;
		now->capacity = now->capacity > 0 ? now->capacity : 0;
	}
}

/* The date a shock sets for a party's default; WEIR_DATE_NONE when it sets none. */
static weir_date fails_on(const twin *t, const weir_shock *s, const char *party)
{
	size_t length = strlen(party);
	if (s->kind == WEIR_SHOCK_SUPPORTER && strcmp(s->target, party) == 0)
		return twin_event_date(t, s);
	if (s->kind == WEIR_SHOCK_SET && strncmp(s->target, party, length) == 0 &&
	    strcmp(s->target + length, ".fails_on") == 0)
		return (weir_date)num_round(num_decimal(s->value));
	return WEIR_DATE_NONE;
}

/* From the first payment date that is not before the date of its default; of several dates the last one given
 * counts. */
void twin_note_failures(twin *t)
{
	for (int p = 0; p < t->deal->party_count; p++) {
		weir_date date = WEIR_DATE_NONE;
		for (int i = 0; t->scenario && i < t->scenario->shock_count; i++) {
			weir_date set = fails_on(t, &t->scenario->shocks[i], t->deal->parties[p].node.id);
			date = set != WEIR_DATE_NONE ? set : date;
		}
		t->now->parties[p].failed = date != WEIR_DATE_NONE && t->periods[t->period].payment >= date;
	}
}

/* A study may turn all support off. */
int twin_can_pay(const twin *t, int party)
{
	num off = twin_set_value(t, "support", "off");
	return !t->now->parties[party].failed && (!off || num_sign(off) == 0);
}

int64_t twin_capacity(const twin *t, int party)
{
	return t->now->parties[party].capacity;
}

void twin_use_capacity(twin *t, int party, int64_t cents)
{
	t->now->parties[party].capacity -= cents;
}
