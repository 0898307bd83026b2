/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_servicing_support.c: the IP and what else stands behind the deal in each period, and how those who share risks
 * were used. */
#include "report/fill_servicing.h"

#define COL WEIR_FILL_COL

/* --- A-15 ------------------------------------------------------------------------------------------------------- */

static weir_cell *add_measure(weir_serviced *s, weir_table **table, int period, weir_cell measure, weir_cell level)
{
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_enhancement_use);
	if (!row)
		return NULL;
	COL(enhancement_use, period) = weir_cell_number(period);
	COL(enhancement_use, measure) = measure;
	COL(enhancement_use, level) = level;
	return row;
}

static weir_cell rate_level(double part, double whole)
{
	return weir_cell_typed(WEIR_CELL_RATE, 12, whole > 0 ? part / whole : NAN);
}

static double cash_held(const weir_serviced *s, int period)
{
	double sum = 0;
	for (int i = 0; i < s->f.deal->account_count; i++)
		sum += weir_fill_recorded(s->o, weir_fill_map(s->o)->accounts[i].balance, period);
	return sum;
}

/* The cash in them at the closing, which a mid-life start has only by the terms. */
static double initial_cash(const weir_serviced *s)
{
	double sum = 0;
	if (weir_fill_first(s->o) == 1)
		return cash_held(s, 0);
	for (int i = 0; i < s->f.deal->account_count; i++)
		sum += s->f.deal->accounts[i].initial_cents;
	return sum;
}

/* What ranks behind the senior classes, and what the pool, with assets bought since and the cash in the deal's
 * accounts, has above all classes: now, and agreed at the closing. */
static void add_structure(weir_serviced *s, weir_table **table, int period)
{
	double behind = 0, all = 0, size_behind = 0, size = 0, pool = s->o->figures->periods[period].pool_balance;
	double initial = weir_servicing_initial(s) + initial_cash(s);
	pool += cash_held(s, period);
	for (int i = 0; i < s->f.deal->revolving_count; i++)
		pool += weir_fill_recorded(s->o, weir_fill_map(s->o)->revolvings[i].balance, period);
	for (int i = 0; i < s->f.deal->class_count; i++) {
		const weir_class *class = &s->f.deal->classes[i];
		double balance = weir_fill_recorded(s->o, weir_fill_map(s->o)->classes[i].balance, period);
		all += balance;
		size += class->size_cents;
		behind += class->subordinated ? balance : 0;
		size_behind += class->subordinated ? class->size_cents : 0;
	}
	weir_cell *row;
	if (size_behind > 0 &&
	    (row = add_measure(s, table, period, weir_fill_word("subordination"), rate_level(behind, all))))
		COL(enhancement_use, required) = rate_level(size_behind, size);
	if (size > 0 && (row = add_measure(s, table, period, weir_fill_word("over-collateralisation"),
	                                   rate_level(pool - all, all))))
		COL(enhancement_use, required) = rate_level(initial - size, size);
}

/* What was drawn from a reserve in a period: by how much it fell below what was to be in it. That it gives back what it
 * need not hold any more is no use of it. */
static double reserve_use(const weir_serviced *s, const weir_account_registers *r, int period)
{
	double held = weir_fill_recorded(s->o, r->balance, period - 1);
	if (r->target >= 0)
		held = fmin(held, weir_fill_recorded(s->o, r->target, period));
	return fmax(0, held - weir_fill_recorded(s->o, r->balance, period));
}

static double reserve_use_to(const weir_serviced *s, const weir_account_registers *r, int period)
{
	double sum = 0;
	for (int k = s->first; k <= period; k++)
		sum += reserve_use(s, r, k);
	return sum;
}

static void add_reserves(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->account_count; i++) {
		const weir_account *account = &s->f.deal->accounts[i];
		const weir_account_registers *r = &weir_fill_map(s->o)->accounts[i];
		if (!account->is_reserve)
			continue;
		double now = weir_fill_recorded(s->o, r->balance, period);
		weir_cell *row = add_measure(s, table, period, weir_fill_node(&s->f, &account->node),
		                             weir_cell_typed(WEIR_CELL_MONEY, 0, now));
		if (!row)
			return;
		if (r->target >= 0)
			COL(enhancement_use, required) =
				weir_cell_typed(WEIR_CELL_MONEY, 0, weir_fill_recorded(s->o, r->target, period));
		COL(enhancement_use, used) = weir_cell_number(reserve_use(s, r, period));
		COL(enhancement_use, used_total) = weir_cell_number(reserve_use_to(s, r, period));
	}
}

static weir_cell limited(double cents)
{
	return weir_cell_typed(WEIR_CELL_MONEY, 0, isfinite(cents) && cents <= WEIR_CENTS_MAX / 2 ? cents : NAN);
}

static double sum_to(const weir_serviced *s, int register_number, int period)
{
	double sum = 0;
	for (int k = s->first; k <= period; k++)
		sum += weir_fill_recorded(s->o, register_number, k);
	return sum;
}

static void add_supports(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->support_count; i++) {
		const weir_support *support = &s->f.deal->supports[i];
		const weir_party *party = &s->f.deal->parties[support->party];
		const weir_support_registers *r = &weir_fill_map(s->o)->supports[i];
		weir_cell *row = add_measure(s, table, period, weir_fill_node(&s->f, &support->node),
		                             limited(weir_fill_recorded(s->o, r->available, period)));
		if (!row)
			return;
		COL(enhancement_use, provider) = weir_fill_node(&s->f, &party->node);
		COL(enhancement_use, required) = limited(support->cap_cents);
		if (!COL(enhancement_use, required).present)
			COL(enhancement_use, required) = weir_servicing_formula(s, &support->limit, WEIR_TYPE_MONEY);
		COL(enhancement_use, used) = weir_cell_number(weir_fill_recorded(s->o, r->drawn, period));
		COL(enhancement_use, used_total) = weir_cell_number(sum_to(s, r->drawn, period));
		COL(enhancement_use, to_repay) = weir_cell_number(weir_fill_recorded(s->o, r->outstanding, period));
		COL(enhancement_use, rating) = weir_fill_text(&s->f, party->rating, NULL);
	}
}

static void add_covers(weir_serviced *s, weir_table **table, int period)
{
	for (int i = 0; i < s->f.deal->cover_count; i++) {
		const weir_cover *cover = &s->f.deal->covers[i];
		const weir_party *only = cover->share_count == 1 ? &s->f.deal->parties[cover->shares[0].party] : NULL;
		const weir_cover_registers *r = &weir_fill_map(s->o)->covers[i];
		double left = isfinite(cover->cap_cents) ? weir_fill_recorded(s->o, r->available, period) : NAN;
		weir_cell *row = add_measure(s, table, period, weir_fill_node(&s->f, &cover->node), limited(left));
		if (!row)
			return;
		COL(enhancement_use, provider) =
			only ? weir_fill_node(&s->f, &only->node) : weir_cell_key("several", "Several", "多方");
		COL(enhancement_use, required) = limited(cover->cap_cents);
		COL(enhancement_use, used) = weir_cell_number(weir_fill_recorded(s->o, r->paid, period));
		COL(enhancement_use, used_total) = weir_cell_number(sum_to(s, r->paid, period));
		if (only)
			COL(enhancement_use, rating) = weir_fill_text(&s->f, only->rating, NULL);
	}
}

/* Who promises something that the deal file does not put into figures. */
static void add_promises(weir_serviced *s, weir_table **table, int period)
{
	static const struct {
		unsigned role;
		const char *measure;
	} promises[] = { { WEIR_ROLE_SHORTFALL_PAYER, "shortfall-payment" },
		         { WEIR_ROLE_GUARANTOR, "guarantee" },
		         { WEIR_ROLE_INSURER, "insurance" } };
	for (size_t r = 0; r < sizeof promises / sizeof *promises; r++)
		for (int i = 0; i < s->f.deal->party_count; i++) {
			const weir_party *party = &s->f.deal->parties[i];
			if (!(party->roles & promises[r].role) || weir_deal_is_supporter(s->f.deal, i))
				continue;
			weir_cell *row =
				add_measure(s, table, period, weir_fill_word(promises[r].measure), (weir_cell){ 0 });
			if (!row)
				return;
			COL(enhancement_use, provider) = weir_fill_node(&s->f, &party->node);
			COL(enhancement_use, used) = weir_cell_number(0);
			COL(enhancement_use, used_total) = weir_cell_number(0);
			COL(enhancement_use, rating) = weir_fill_text(&s->f, party->rating, NULL);
		}
}

/* --- A-19 ------------------------------------------------------------------------------------------------------- */

/* What a party answers for at a period's end: of every contract that its covers are for, its part. */
static double answered_for(const weir_serviced *s, int party, int period)
{
	double sum = 0;
	if (!s->by_contract)
		return NAN;
	for (int i = 0; i < s->f.deal->cover_count; i++) {
		const weir_cover *cover = &s->f.deal->covers[i];
		for (int n = 0; n < cover->share_count; n++)
			if (cover->shares[n].party == party)
				sum += cover->shares[n].of * s->answered[period * s->f.deal->cover_count + i];
	}
	return sum;
}

static void add_share(weir_serviced *s, weir_table **table, const weir_table *shares, size_t at, int cover, int number)
{
	const weir_cell *of = weir_table_cell(shares, at, 0);
	const weir_cover *terms = &s->f.deal->covers[cover];
	const weir_cover_share *share = &terms->shares[number];
	const weir_party *party = &s->f.deal->parties[share->party];
	const weir_party_registers *registers = &weir_fill_map(s->o)->parties[share->party];
	int period = (int)of[WEIR_COL_cover_shares_period].number;
	weir_cell *row = weir_fill_row(&s->f, table, WEIR_TABLE_risk_sharing);
	if (!row)
		return;
	COL(risk_sharing, period) = of[WEIR_COL_cover_shares_period];
	COL(risk_sharing, cover) = of[WEIR_COL_cover_shares_cover];
	COL(risk_sharing, party) = of[WEIR_COL_cover_shares_party];
	COL(risk_sharing, of) = of[WEIR_COL_cover_shares_of];
	COL(risk_sharing, paid) = of[WEIR_COL_cover_shares_paid];
	COL(risk_sharing, paid_total) = of[WEIR_COL_cover_shares_paid_total];
	if (isfinite(share->cap_cents))
		COL(risk_sharing, remaining) =
			weir_cell_number(fmax(0, share->cap_cents - of[WEIR_COL_cover_shares_paid_total].number));
	else if (isfinite(terms->cap_cents))
		COL(risk_sharing, remaining) = weir_cell_number(
			weir_fill_recorded(s->o, weir_fill_map(s->o)->covers[cover].available, period));
	COL(risk_sharing, leverage) = weir_cell_number(party->leverage);
	if (!isfinite(party->capacity_cents))
		return;
	double capacity = weir_fill_recorded(s->o, registers->capacity, period);
	COL(risk_sharing, capacity) = weir_cell_number(capacity);
	if (capacity > 0)
		COL(risk_sharing, leverage_used) = weir_cell_number(answered_for(s, share->party, period) / capacity);
}

/* The rows of cover_shares, in their order: by period, cover and share. */
static void fill_risk_sharing(weir_serviced *s)
{
	const weir_table *shares = weir_results_table(s->f.results, "cover_shares");
	weir_table *table = NULL;
	size_t at = 0;
	for (int k = s->first; shares && k < s->count; k++)
		for (int i = 0; i < s->f.deal->cover_count; i++)
			for (int n = 0; n < s->f.deal->covers[i].share_count && at < shares->row_count; n++)
				add_share(s, &table, shares, at++, i, n);
}

/* --- A-14 ------------------------------------------------------------------------------------------------------- */

static void fill_ip(weir_serviced *s)
{
	weir_ip_figures kinds[WEIR_IP_KIND_COUNT];
	weir_table *table = NULL;
	for (int k = s->first; k < s->count && s->f.deal->pool.ip_count > 0; k++) {
		weir_fill_ip_figures(&s->f, s->f.periods->items[k].calculation, 1, kinds);
		for (int i = 0; i < WEIR_IP_KIND_COUNT; i++) {
			const weir_ip_figures *sum = &kinds[i];
			weir_cell *row = sum->items > 0 ? weir_fill_row(&s->f, &table, WEIR_TABLE_ip_period) : NULL;
			if (!row)
				continue;
			COL(ip_period, period) = weir_cell_number(k);
			COL(ip_period, kind) = weir_fill_word(weir_ip_kind_text((weir_ip_kind)i));
			COL(ip_period, items) = weir_cell_number(sum->items);
			COL(ip_period, valuation) = weir_cell_number(sum->value);
			COL(ip_period, share) = weir_cell_number(sum->share);
			COL(ip_period, remaining_years) = weir_cell_number(sum->years);
			COL(ip_period, expiring) = weir_cell_number(sum->expiring);
			COL(ip_period, annuity_due) = weir_cell_number(sum->annuity_due);
		}
	}
}

weir_status weir_servicing_support(weir_serviced *s)
{
	weir_table *table = NULL;
	fill_ip(s);
	for (int k = s->first; k < s->count && !s->f.failed; k++) {
		add_structure(s, &table, k);
		add_reserves(s, &table, k);
		add_supports(s, &table, k);
		add_covers(s, &table, k);
		add_promises(s, &table, k);
	}
	fill_risk_sharing(s);
	return s->f.failed ? WEIR_NO_MEMORY : WEIR_OK;
}
