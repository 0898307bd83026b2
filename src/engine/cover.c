/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cover.c: code for the cover of single contracts: claims, their settlement, the cash of each share (docs/support.md).
 */
#include <math.h>

#include "engine/compiler.h"

#define ALWAYS WEIR_PHASE_OPEN

/* An amount that is known once the cover was settled: not to the formulas of those before it, or to its own. */
static int settled_money(weir_compiler *c, int number, const char *part)
{
	return weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_COLLECT, number + 1, "%s.%s",
	                         c->deal->covers[number].node.id, part);
}

static void cover_registers(weir_compiler *c, int number)
{
	const weir_cover *cover = &c->deal->covers[number];
	const char *id = cover->node.id;
	weir_cover_registers *r = &c->plan->map.covers[number];
	r->claimed = settled_money(c, number, "claimed");
	r->settled = settled_money(c, number, "settled");
	r->paid = settled_money(c, number, "paid");
	r->paid_total = weir_add_money(c, cover->opening_paid_cents, ALWAYS, id, "paid_total");
	r->available = weir_add_money(c, weir_unlimited(cover->cap_cents) - cover->opening_paid_cents, ALWAYS, id,
	                              "available");
	r->share_paid = weir_compile_array(c, cover->share_count, sizeof *r->share_paid);
	for (int s = 0; s < cover->share_count && r->share_paid; s++)
		r->share_paid[s] =
			weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_COLLECT, 0, "%s.paid_by%d", id, s + 1);
}

void weir_compile_cover_names(weir_compiler *c)
{
	c->plan->map.covers = weir_compile_array(c, c->deal->cover_count, sizeof *c->plan->map.covers);
	for (int i = 0; i < c->deal->cover_count && c->status == WEIR_OK; i++)
		cover_registers(c, i);
}

/* The claims of a period, before any cover: for each claim a register of principal and one of income. */
static int emit_claims(weir_compiler *c)
{
	int count = c->plan->pool->claim_count, first = -1;
	for (int i = 0; i < count && c->status == WEIR_OK; i++) {
		weir_list_item item = weir_list_item_new(weir_add_temporary(c, WEIR_TYPE_MONEY),
		                                         weir_add_temporary(c, WEIR_TYPE_MONEY), -1);
		int at = weir_add_items(c, &item, 1);
		first = i ? first : at;
	}
	weir_instruction claims = weir_instruction_new(WEIR_DO_CLAIMS);
	claims.list = first;
	claims.list_count = count;
	weir_emit(c, claims);
	return first;
}

/* Until which period a contract's deposit answers: the one that collects its last instalment. */
static int last_period_of(const weir_compiler *c, int contract)
{
	const weir_pool *pool = c->plan->pool;
	int last = 0;
	for (size_t r = pool->contract_first[contract]; r < pool->contract_first[contract + 1]; r++) {
		int k = weir_pool_period_of(c->plan->periods, pool->receipts[r].due);
		last = k > last ? k : last;
	}
	return last;
}

/* The claims that a cover answers, with the most it pays for each. */
static void list_covered(weir_compiler *c, const weir_cover *cover, weir_settlement *s)
{
	const weir_pool *pool = c->plan->pool;
	s->claims = weir_compile_array(c, pool->claim_count, sizeof *s->claims);
	s->caps = weir_compile_array(c, pool->claim_count, sizeof *s->caps);
	s->until = weir_compile_array(c, pool->claim_count, sizeof *s->until);
	for (int i = 0; i < pool->claim_count && c->status == WEIR_OK; i++) {
		int contract = pool->claim_contracts[i], deposit = cover->kind == WEIR_COVER_DEPOSIT;
		const weir_contract *terms = &c->deal->pool.contracts[contract];
		if (!weir_cover_is_for(cover, &c->deal->pool, contract))
			continue;
		s->caps[s->claim_count] = weir_unlimited(cover->cap_contract_cents);
		s->until[s->claim_count] = c->plan->periods->count;
		if (deposit) {
			s->caps[s->claim_count] = weir_round_half_away(terms->deposit_cents);
			s->until[s->claim_count] = last_period_of(c, contract);
		}
		s->claims[s->claim_count++] = i;
	}
}

/* Periods in which yearly caps start anew. */
static int new_years(weir_compiler *c)
{
	const weir_periods *periods = c->plan->periods;
	double *first = weir_compile_array(c, periods->count, sizeof *first);
	if (!first)
		return 0;
	for (int k = 1; k < periods->count; k++)
		first[k] = k == periods->first || periods->items[k].year != periods->items[k - 1].year;
	return weir_add_constants(c, first);
}

static void list_shares(weir_compiler *c, const weir_cover *cover, weir_settlement *s)
{
	double sum = 0;
	s->shares = weir_compile_array(c, cover->share_count, sizeof *s->shares);
	for (int i = 0; i < cover->share_count && c->status == WEIR_OK; i++) {
		const weir_cover_share *share = &cover->shares[i];
		sum = weir_rate_normal(sum + share->of);
		s->shares[i] = (weir_settlement_share){ .of = share->of,
			                                .of_sum = sum,
			                                .cap_cents = weir_unlimited(share->cap_cents),
			                                .cap_yearly_cents = weir_unlimited(share->cap_yearly_cents),
			                                .capacity = c->plan->map.parties[share->party].capacity,
			                                .pays = c->pays[share->party],
			                                .now = weir_add_temporary(c, WEIR_TYPE_MONEY) };
		int list = weir_add_temporary_list(c, 2, WEIR_TYPE_MONEY);
		if (c->status != WEIR_OK)
			return;
		s->shares[i].total = c->plan->items[list].unpaid;
		if (cover->share_count == 1)
			c->plan->registers[s->shares[i].total].initial = cover->opening_paid_cents;
		s->shares[i].year = c->plan->items[list + 1].unpaid;
	}
}

/* Every register that settling may read or change, as one list, for the compiler's other stages. */
static void list_registers(weir_compiler *c, const weir_settlement *s, weir_instruction *settle)
{
	int first = -1;
#define ADD(number)                                                                                                    \
	do {                                                                                                           \
		weir_list_item item = weir_list_item_new((number), -1, -1);                                            \
		int at = weir_add_items(c, &item, 1);                                                                  \
		first = first < 0 ? at : first;                                                                        \
		settle->list_count++;                                                                                  \
	} while (0)
	for (int i = 0; i < s->share_count; i++) {
		ADD(s->shares[i].total);
		ADD(s->shares[i].year);
		ADD(s->shares[i].now);
		ADD(s->shares[i].capacity);
		ADD(s->shares[i].pays);
	}
	for (int i = 0; i < s->claim_count && s->contract_paid >= 0; i++)
		ADD(c->plan->items[s->contract_paid + i].unpaid);
	ADD(s->deductible_used);
	ADD(s->year_paid);
#undef ADD
	settle->list = first;
}

/* The cash of each share, now or as it arrives. */
static void emit_cash(weir_compiler *c, int number, const weir_settlement *s)
{
	const weir_cover *cover = &c->deal->covers[number];
	const weir_cover_registers *r = &c->plan->map.covers[number];
	int account = weir_find_account(c, &cover->to, weir_receiving_account(c->deal, WEIR_RECEIVES_RECOVERED));
	int zero = weir_add_constant_register(c, WEIR_TYPE_MONEY, 0);
	weir_emit_simple(c, WEIR_DO_COPY, r->paid, zero, -1, -1);
	for (int i = 0; i < s->share_count && account >= 0 && c->status == WEIR_OK; i++) {
		const weir_cover_share *share = &cover->shares[i];
		weir_step_note note = { .step = "",
			                .waterfall = "support",
			                .payee = cover->node.id,
			                .what = "cover",
			                .clause = cover->node.clause,
			                .node = &c->deal->parties[share->party].node,
			                .chosen = -1 };
		int arrives = s->shares[i].now;
		if (cover->delay_months > 0) {
			weir_queue queue = weir_add_queue(c, cover->delay_months);
			arrives = weir_add_temporary(c, WEIR_TYPE_MONEY);
			weir_emit_take(c, &queue, arrives);
			weir_emit_put(c, &queue, s->shares[i].now);
		}
		weir_emit_simple(c, WEIR_DO_IF, r->share_paid[i], s->shares[i].pays, arrives, zero);
		weir_emit_receive(c, c->plan->map.accounts[account].balance, r->share_paid[i], &note);
		weir_emit_simple(c, WEIR_DO_ADD, r->paid, r->paid, r->share_paid[i], -1);
	}
}

static void compile_cover(weir_compiler *c, int number, int claims)
{
	const weir_cover *cover = &c->deal->covers[number];
	const weir_cover_registers *r = &c->plan->map.covers[number];
	weir_settlement *s = &c->plan->settlements[number];
	*s = (weir_settlement){
		.cover = cover, .claim_items = claims, .share_count = cover->share_count, .contract_paid = -1
	};
	list_covered(c, cover, s);
	list_shares(c, cover, s);
	if (c->status != WEIR_OK)
		return;
	if (cover->kind == WEIR_COVER_DEPOSIT || isfinite(cover->cap_contract_cents))
		s->contract_paid = weir_add_temporary_list(c, s->claim_count, WEIR_TYPE_MONEY);
	if (c->status != WEIR_OK)
		return;
	s->deductible_used = weir_add_temporary(c, WEIR_TYPE_MONEY);
	if (cover->opening_paid_cents > 0) /* it pays only beyond its deductible */
		c->plan->registers[s->deductible_used].initial = cover->deductible_cents;
	s->year_paid = weir_add_temporary(c, WEIR_TYPE_MONEY);
	weir_instruction settle = weir_instruction_new(WEIR_DO_SETTLE);
	settle.r[0] = r->claimed;
	settle.r[1] = r->settled;
	settle.r[2] = r->paid_total;
	settle.r[3] = r->available;
	settle.immediate = number;
	settle.constant = new_years(c);
	c->order = number + 1;
	if (cover->when.text)
		settle.mask = weir_compile_formula(c, &cover->when, WEIR_TYPE_FLAG);
	if (c->plan->map.sold >= 0) {
		int kept = weir_add_temporary(c, WEIR_TYPE_FLAG);
		weir_emit_simple(c, WEIR_DO_NOT, kept, c->plan->map.sold, -1, -1);
		if (settle.mask >= 0)
			weir_emit_simple(c, WEIR_DO_MASK, kept, kept, settle.mask, -1);
		settle.mask = kept;
	}
	c->order = 0;
	list_registers(c, s, &settle);
	weir_emit(c, settle);
	emit_cash(c, number, s);
}

void weir_compile_covers(weir_compiler *c)
{
	c->program = WEIR_PHASE_COLLECT;
	if (c->deal->cover_count == 0)
		return;
	if ((double)c->plan->pool->claim_count * c->plan->periods->count > WEIR_POOL_MOST_CLAIMS) {
		weir_diag_error(
			c->diags, UNSUPPORTED, c->deal->covers[0].node.place,
			"covers of %d contracts over %d periods are too many to follow one by one; cover fewer contracts",
			c->plan->pool->claim_count, c->plan->periods->count);
		return;
	}
	c->plan->settlements = weir_compile_array(c, c->deal->cover_count, sizeof *c->plan->settlements);
	int claims = emit_claims(c);
	for (int i = 0; i < c->deal->cover_count && c->status == WEIR_OK; i++)
		compile_cover(c, i, claims);
}
