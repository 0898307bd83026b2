/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_pledges.c: loan to value of contracts that pledged rights secure, at the cut-off and in each period. */
#include "report/fill_servicing.h"

#define COL WEIR_FILL_COL

/* Whether a contract's rights secure it alone, one of them by a registered pledge, and all have a value. */
static int is_pledged(const weir_pool_terms *terms, const weir_ip_use *uses, int contract)
{
	const weir_contract *c = &terms->contracts[contract];
	int pledged = 0;
	for (int i = 0; i < c->ip_count; i++) {
		int item = terms->contract_ip[c->ip_first + i];
		if (uses[item].contract != contract || isnan(uses[item].value))
			return 0;
		pledged |= terms->ip[item].pledge_number != NULL;
	}
	return pledged;
}

static weir_status add_pledge(weir_serviced *s, const weir_ip_use *uses, int contract)
{
	const weir_pool_terms *terms = &s->f.deal->pool;
	const weir_contract *c = &terms->contracts[contract];
	const weir_ip_use *use = &uses[terms->contract_ip[c->ip_first]];
	int row = s->pledge_count < WEIR_SERVICING_MOST_ROWS ? s->pledge_count : WEIR_SERVICING_MOST_ROWS;
	weir_servicing_pledge *pledge = &s->pledges[row];
	if (row == s->pledge_count) {
		pledge->contract = row < WEIR_SERVICING_MOST_ROWS ? contract : -1;
		pledge->balance = weir_arena_array(s->f.scratch, (size_t)s->count, sizeof *pledge->balance);
		pledge->in_force = weir_arena_array(s->f.scratch, (size_t)s->count, sizeof *pledge->in_force);
		if (!pledge->balance || !pledge->in_force)
			return WEIR_NO_MEMORY;
		s->pledge_count++;
	}
	for (int i = 0; i < c->ip_count; i++)
		for (int k = s->first; k < s->count; k++) {
			const weir_ip *ip = &terms->ip[terms->contract_ip[c->ip_first + i]];
			if (weir_fill_ip_in_force(ip, s->f.periods->items[k].calculation))
				pledge->in_force[k] += ip->valuation_cents;
		}
	pledge->items += c->ip_count;
	pledge->value += use->value;
	pledge->secured += use->secured;
	s->pledge_of[contract] = row;
	return WEIR_OK;
}

weir_status weir_servicing_find_pledges(weir_serviced *s)
{
	const weir_pool_terms *terms = &s->f.deal->pool;
	const weir_ip_use *uses = weir_fill_ip_uses(&s->f);
	weir_status status = WEIR_OK;
	s->pledge_of = weir_arena_array(s->f.scratch, (size_t)terms->contract_count + 1, sizeof *s->pledge_of);
	s->pledges = weir_arena_array(s->f.scratch, WEIR_SERVICING_MOST_ROWS + 1, sizeof *s->pledges);
	if (!uses || !s->pledge_of || !s->pledges)
		return WEIR_NO_MEMORY;
	for (int i = 0; status == WEIR_OK && i < terms->contract_count; i++) {
		s->pledge_of[i] = -1;
		if (is_pledged(terms, uses, i))
			status = add_pledge(s, uses, i);
	}
	return status;
}

static void fill_row(weir_serviced *s, weir_cell *row, const weir_servicing_pledge *pledge, int period)
{
	const weir_pool_terms *terms = &s->f.deal->pool;
	COL(ip_cover, period) = weir_cell_number(period);
	COL(ip_cover, contract) = weir_fill_word("others");
	if (pledge->contract >= 0) {
		const weir_contract *c = &terms->contracts[pledge->contract];
		const weir_obligor *obligor = &terms->obligors[c->obligor];
		COL(ip_cover, contract) = weir_fill_name(&s->f, c->id, c->en, c->zh);
		COL(ip_cover, obligor) = weir_fill_name(&s->f, obligor->id, obligor->en, obligor->zh);
	}
	COL(ip_cover, items) = weir_cell_number(pledge->items);
	COL(ip_cover, valuation) = weir_cell_number(pledge->value);
	COL(ip_cover, secured) = weir_cell_number(pledge->secured);
	COL(ip_cover, balance) = weir_cell_number(pledge->balance[period]);
	COL(ip_cover, in_force) = weir_cell_number(pledge->in_force[period]);
	if (pledge->value > 0)
		COL(ip_cover, ltv_cutoff) = weir_cell_number(pledge->secured / pledge->value);
	if (pledge->in_force[period] > 0)
		COL(ip_cover, ltv) = weir_cell_number(pledge->balance[period] / pledge->in_force[period]);
}

void weir_servicing_pledges(weir_serviced *s)
{
	weir_table *table = NULL;
	for (int k = s->first; k < s->count; k++)
		for (int i = 0; i < s->pledge_count; i++) {
			weir_cell *row = weir_fill_row(&s->f, &table, WEIR_TABLE_ip_cover);
			if (!row)
				return;
			fill_row(s, row, &s->pledges[i], k);
		}
}
