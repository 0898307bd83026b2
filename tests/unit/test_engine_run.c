/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_run.c: the block runner: lanes that do not know of each other, a period loop that takes no memory, cash
 * that is really counted, a trace that adds up, and small deals worked out by hand. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/plan_int.h"
#include "engine_fixture.h"

Suite *weir_suite_engine_run(void);

/* --- lanes ------------------------------------------------------------------------------------------------------ */

static const int chosen_lanes[] = { 0, 17, WEIR_LANES - 1 };
#define CHOSEN 3

/* Registers worth comparing: all with a name; from the first period that runs passing values too, where no waterfall is
 * skipped. */
static int is_compared(const weir_plan *plan, int number, int period)
{
	return !weir_is_temporary(plan, number) || (period >= plan->periods->first && plan->map.waterfall_masks == NULL);
}

static weir_block *new_block(engine_deal *d, int trace_lane)
{
	weir_block *block = NULL;
	int count = weir_plan_register_count(d->plan);
	int *all = malloc((size_t)count * sizeof *all);
	ck_assert_ptr_nonnull(all);
	for (int r = 0; r < count; r++)
		all[r] = r;
	weir_run_options options = { .trace_lane = trace_lane, .records = all, .record_count = count };
	ck_assert_int_eq(weir_block_create(&block, d->plan, &options), WEIR_OK);
	free(all);
	return block;
}

static void run_block(engine_deal *d, weir_block *block, const weir_scenario *const *scenarios, int count,
                      const double *haircuts)
{
	weir_overlay overlay = { .name = "haircut", .values = haircuts };
	ck_assert_int_eq(weir_block_run(block, scenarios, count, &overlay, haircuts != NULL, &d->load.diags), WEIR_OK);
}

/* Fails unless lane `a` of one block and lane `b` of the other have the same bits in every register and period. */
static void expect_same(engine_deal *d, const weir_block *one, int a, const weir_block *other, int b)
{
	for (int r = 0; r < weir_plan_register_count(d->plan); r++)
		for (int p = 0; p < d->periods.count; p++) {
			if (!is_compared(d->plan, r, p))
				continue;
			const double *x = weir_run_record(weir_block_result(one), r, p);
			const double *y = weir_run_record(weir_block_result(other), r, p);
			engine_demand(memcmp(&x[a], &y[b], sizeof *x) == 0,
			              "%s: \"%s\" in period %d: lane %d has %.17g, lane %d has %.17g",
			              d->load.deal->node.id, weir_plan_register_name(d->plan, r), p, a, x[a], b, y[b]);
		}
}

/* Every scenario of a deal: in three lanes among others that each take another scenario and another haircut; and alone. */
static void check_lanes(engine_deal *d)
{
	weir_block *mixed = new_block(d, -1), *alone = new_block(d, -1);
	int scenario_count = d->scenarios.count;
	for (int s = 0; s < scenario_count; s++) {
		const weir_scenario *scenarios[WEIR_LANES];
		double haircuts[WEIR_LANES];
		for (int l = 0; l < WEIR_LANES; l++) {
			scenarios[l] = l % 5 == 4 ? NULL : &d->scenarios.items[(s + l) % scenario_count];
			haircuts[l] = (double)((l * 37 + s * 11) % 101) / 100;
		}
		for (int k = 0; k < CHOSEN; k++) {
			scenarios[chosen_lanes[k]] = &d->scenarios.items[s];
			haircuts[chosen_lanes[k]] = 0;
		}
		run_block(d, mixed, scenarios, WEIR_LANES, haircuts);
		run_block(d, alone, scenarios, 1, NULL);
		for (int k = 0; k < CHOSEN; k++)
			expect_same(d, mixed, chosen_lanes[k], alone, 0);
		expect_same(d, alone, WEIR_LANES - 1, alone, 0); /* lanes beyond the block repeat its last */
	}
	weir_block_destroy(mixed);
	weir_block_destroy(alone);
}

START_TEST(lanes_are_independent)
{
	engine_each_deal(check_lanes);
}
END_TEST

/* A block that ran other scenarios before gives the same again: nothing is left over. */
static void check_again(engine_deal *d)
{
	weir_block *used = new_block(d, -1), *fresh = new_block(d, -1);
	const weir_scenario *base[WEIR_LANES] = { NULL }, *other[WEIR_LANES];
	double haircuts[WEIR_LANES];
	for (int l = 0; l < WEIR_LANES; l++) {
		other[l] = d->scenarios.count ? &d->scenarios.items[l % d->scenarios.count] : NULL;
		haircuts[l] = (double)l / WEIR_LANES;
	}
	run_block(d, used, other, WEIR_LANES, haircuts);
	run_block(d, used, base, 3, NULL);
	run_block(d, fresh, base, 3, NULL);
	expect_same(d, used, 2, fresh, 2);
	weir_block_destroy(used);
	weir_block_destroy(fresh);
}

START_TEST(a_block_can_be_used_again)
{
	engine_each_deal(check_again);
}
END_TEST

/* --- trace ------------------------------------------------------------------------------------------------------ */

static void check_trace_changes_nothing(engine_deal *d)
{
	weir_block *traced = new_block(d, 0), *plain = new_block(d, -1);
	for (int s = 0; s < d->scenarios.count; s++) {
		const weir_scenario *scenario = &d->scenarios.items[s];
		size_t rows;
		run_block(d, traced, &scenario, 1, NULL);
		run_block(d, plain, &scenario, 1, NULL);
		expect_same(d, traced, 0, plain, 0);
		weir_run_trace(weir_block_result(traced), &rows);
		ck_assert_uint_gt(rows, 0);
		weir_run_trace(weir_block_result(plain), &rows);
		ck_assert_uint_eq(rows, 0);
	}
	weir_block_destroy(traced);
	weir_block_destroy(plain);
}

START_TEST(the_trace_changes_no_cent)
{
	engine_each_deal(check_trace_changes_nothing);
}
END_TEST

static int is_whole(double cents)
{
	return cents == weir_round_half_away(cents);
}

static void check_row(const engine_deal *d, const weir_trace_row *row)
{
	const char *where = d->load.deal->node.id;
	int incoming = strcmp(row->reason, "received") == 0;
	engine_demand(row->available - row->paid == row->left && row->due - row->paid == row->unpaid, "%s: %s %s",
	              where, row->step, row->payee);
	engine_demand(incoming ? row->paid <= 0 : row->paid >= 0 && row->paid <= row->available, "%s: %s pays %g of %g",
	              where, row->step, row->paid, row->available);
	engine_demand(row->carried >= 0 && (row->carried == 0 || row->carried <= row->unpaid),
	              "%s: %s carries %g of %g", where, row->step, row->carried, row->unpaid);
	engine_demand((incoming || row->unpaid >= 0) && is_whole(row->paid) && is_whole(row->due) &&
	                      is_whole(row->available),
	              "%s: %s %s: due %g, paid %g", where, row->step, row->payee, row->due, row->paid);
}

/* A reason says what the numbers say. */
static void check_reason(const engine_deal *d, const weir_trace_row *row)
{
	const char *reason = row->reason;
	int fits = strcmp(reason, "paid-in-full") == 0 ? row->due > 0 && row->unpaid == 0 :
	           strcmp(reason, "nothing-due") == 0  ? row->paid == 0 && row->due == 0 :
	           strcmp(reason, "capped") == 0       ? row->paid <= row->available :
	           strcmp(reason, "as-available") == 0 ? row->paid > 0 && row->unpaid == 0 :
	           strcmp(reason, "received") == 0     ? row->paid < 0 && row->unpaid == 0 :
	           strcmp(reason, "condition-false") == 0 || strcmp(reason, "not-yet") == 0 ? row->paid == 0 :
	           strcmp(reason, "short-of-cash") == 0                                     ? row->unpaid > 0 :
	                                                                                      0;
	engine_demand(fits, "%s: step %s, %s of %s: due %g, available %g, paid %g is no \"%s\"", d->load.deal->node.id,
	              row->step, row->what, row->payee, row->due, row->available, row->paid, reason);
}

/* Cash in an account before the first period that runs. */
static double opening_cash(const engine_deal *d, int account)
{
	const weir_account *a = &d->load.deal->accounts[account];
	return d->periods.first == 1 ? a->initial_cents : isnan(a->opening_cents) ? 0 : a->opening_cents;
}

/* Rows of one period and account follow each other: what one leaves is what the next finds. Across periods too: cash
 * that stays is there. */
static void check_chain(const engine_deal *d, const weir_trace_row *rows, size_t count, int account)
{
	double left = opening_cash(d, account);
	for (size_t i = 0; i < count; i++) {
		if (rows[i].account != account)
			continue;
		engine_demand(rows[i].available == left, "%s: period %d, step %s, account %s finds %g, was left %g",
		              d->load.deal->node.id, rows[i].period, rows[i].step,
		              d->load.deal->accounts[account].node.id, rows[i].available, left);
		left = rows[i].left;
	}
}

/* The rows of an account of a period, summed, are the change of its balance. */
static void check_balances(engine_deal *d, const weir_block *block, const weir_trace_row *rows, size_t count)
{
	for (int a = 0; a < d->load.deal->account_count; a++) {
		int number = weir_plan_registers(d->plan)->accounts[a].balance;
		for (int p = d->periods.first; p < d->periods.count; p++) {
			double change = 0;
			for (size_t i = 0; i < count; i++)
				change -= rows[i].account == a && rows[i].period == p ? rows[i].paid : 0;
			double was = weir_run_record(weir_block_result(block), number, p - 1)[0];
			engine_demand(weir_run_record(weir_block_result(block), number, p)[0] - was == change,
			              "%s: period %d: the trace moves %g", d->load.deal->node.id, p, change);
		}
	}
}

static size_t rows_checked;

static void check_trace(engine_deal *d)
{
	for (int s = -1; s < d->scenarios.count; s++) {
		size_t count;
		weir_block *block = engine_run(d, s < 0 ? NULL : &d->scenarios.items[s], 1);
		const weir_trace_row *rows = weir_run_trace(weir_block_result(block), &count);
		for (size_t i = 0; i < count; i++) {
			check_row(d, &rows[i]);
			check_reason(d, &rows[i]);
			engine_demand(i == 0 || rows[i].period >= rows[i - 1].period, "rows are out of order");
		}
		for (int a = 0; a < d->load.deal->account_count; a++)
			check_chain(d, rows, count, a);
		check_balances(d, block, rows, count);
		rows_checked += count;
		weir_block_destroy(block);
	}
}

START_TEST(trace_rows_hold_their_identities)
{
	rows_checked = 0;
	engine_each_deal(check_trace);
	ck_assert_uint_gt(rows_checked, 5000);
}
END_TEST

/* --- what the registers say of each other ----------------------------------------------------------------------- */

static double value(const weir_block *block, int number, int period)
{
	const double *lanes = number < 0 ? NULL : weir_run_record(weir_block_result(block), number, period);
	return lanes ? lanes[0] : 0;
}

/* due - paid = unpaid, none of them negative. */
static void check_payable(const engine_deal *d, const weir_block *block, int due, int paid, int unpaid, int period)
{
	double is_due = value(block, due, period), is_paid = value(block, paid, period);
	engine_demand(is_paid >= 0 && is_due >= 0 && (unpaid < 0 || is_due - is_paid == value(block, unpaid, period)),
	              "%s: period %d: \"%s\" is %.0f of %.0f", d->load.deal->node.id, period,
	              weir_plan_register_name(d->plan, paid), is_paid, is_due);
}

static void check_class(const engine_deal *d, const weir_block *block, int number, int period)
{
	const weir_class_registers *r = &weir_plan_registers(d->plan)->classes[number];
	double was = value(block, r->balance, period - 1), is = value(block, r->balance, period);
	engine_demand(was - value(block, r->principal_paid, period) == is && is >= 0,
	              "%s: class %s, period %d: from %.0f to %.0f", d->load.deal->node.id,
	              d->load.deal->classes[number].node.id, period, was, is);
	if (r->interest_due >= 0)
		check_payable(d, block, r->interest_due, r->interest_paid, r->interest_unpaid, period);
	if (r->principal_due >= 0)
		check_payable(d, block, r->principal_due, r->principal_paid, r->principal_unpaid, period);
	if (r->yield_due >= 0)
		check_payable(d, block, r->yield_due, r->yield_paid, r->yield_unpaid, period);
}

static void check_registers(engine_deal *d)
{
	const weir_plan_map *map = weir_plan_registers(d->plan);
	for (int s = -1; s < d->scenarios.count; s++) {
		weir_block *block = engine_run(d, s < 0 ? NULL : &d->scenarios.items[s], 0);
		for (int p = d->periods.first; p < d->periods.count; p++) {
			for (int i = 0; i < d->load.deal->class_count; i++)
				check_class(d, block, i, p);
			for (int i = 0; i < d->load.deal->fee_count; i++)
				check_payable(d, block, map->fees[i].due, map->fees[i].paid, map->fees[i].unpaid, p);
			for (int i = 0; i < d->load.deal->account_count; i++)
				engine_demand(value(block, map->accounts[i].balance, p) >= 0,
				              "%s: account %d is overdrawn", d->load.deal->node.id, i);
		}
		weir_block_destroy(block);
	}
}

START_TEST(balances_fall_by_what_is_paid)
{
	engine_each_deal(check_registers);
}
END_TEST

/* --- memory and conservation ------------------------------------------------------------------------------------ */

static void check_allocations(engine_deal *d)
{
	const weir_scenario *base = NULL;
	weir_block *block = new_block(d, -1);
	weir_run *run;
	weir_run_options options = { .trace_lane = -1, .record_all = 1 };
	run_block(d, block, &base, 1, NULL); /* makes the pool's rows */
	ck_assert_int_eq(weir_run_create(&run, d->plan, &options), WEIR_OK);
	weir_alloc_fail_from(0); /* counts from here */
	ck_assert_int_eq(weir_run_execute(run, weir_block_rows(block), NULL, 0), WEIR_OK);
	ck_assert_int_eq(weir_alloc_count(), 0);
	ck_assert_int_eq(weir_run_execute(run, weir_block_rows(block), NULL, 0), WEIR_OK);
	ck_assert_int_eq(weir_alloc_count(), 0);
	weir_run_destroy(run);
	weir_block_destroy(block);
}

START_TEST(the_period_loop_allocates_nothing)
{
	engine_each_deal(check_allocations);
}
END_TEST

/* The first account no longer starts from its parameter, but from what the run sets. */
static void free_first_account(engine_deal *d)
{
	weir_program *open = &d->plan->programs[WEIR_PHASE_OPEN];
	int balance = weir_plan_registers(d->plan)->accounts[0].balance;
	for (size_t at = 0; at < open->count; at++)
		if (open->items[at].op == WEIR_DO_COPY && open->items[at].r[0] == balance)
			open->items[at].r[1] = balance;
}

/* Puts `cents` into the first account of one lane at the closing, out of nowhere. */
static weir_status run_with_extra(engine_deal *d, int lane, double cents)
{
	const weir_scenario *base = NULL;
	weir_block *block = new_block(d, -1);
	weir_lane start;
	weir_lane_setting setting = { .register_number = weir_plan_registers(d->plan)->accounts[0].balance, .values = start };
	run_block(d, block, &base, 1, NULL);
	for (int l = 0; l < WEIR_LANES; l++)
		start[l] = opening_cash(d, 0) + (l == lane ? cents : 0);
	weir_status status =
		weir_run_execute((weir_run *)weir_block_result(block), weir_block_rows(block), &setting, 1);
	weir_block_destroy(block);
	return status;
}

static void check_conservation(engine_deal *d)
{
	free_first_account(d);
	ck_assert_int_eq(run_with_extra(d, 41, 0), WEIR_OK);
	ck_assert_msg(run_with_extra(d, 41, 1) == WEIR_INTERNAL, "%s: a cent too many", d->load.deal->node.id);
	ck_assert_msg(run_with_extra(d, 0, -1) == WEIR_INTERNAL, "%s: a cent too few", d->load.deal->node.id);
	ck_assert_msg(run_with_extra(d, WEIR_LANES - 1, 0.5) == WEIR_INTERNAL, "%s: half a cent",
	              d->load.deal->node.id);
}

START_TEST(one_cent_in_one_lane_is_found)
{
	engine_each_deal(check_conservation);
}
END_TEST

/* A payment that the books do not see: its `paid` goes to a register of no payee. Every paying step of every deal. */
static size_t steps_broken;

static int is_account(const engine_deal *d, int register_number)
{
	for (int a = 0; a < d->load.deal->account_count; a++)
		if (d->plan->map.accounts[a].balance == register_number)
			return 1;
	return 0;
}

static void break_payments(engine_deal *d)
{
	weir_program *waterfall = &d->plan->programs[WEIR_PHASE_WATERFALL];
	int nowhere = weir_plan_find_register(d->plan, "period"), number = 0;
	for (size_t at = 0; at < waterfall->count; at++) {
		weir_instruction *i = &waterfall->items[at], kept = *i;
		if (i->op != WEIR_DO_PAY && i->op != WEIR_DO_PAY_BALANCE && i->op != WEIR_DO_PAY_REST)
			continue;
		if (!is_account(d, i->r[0])) /* a support's purse: mostly empty */
			continue;
		const weir_scenario *base = NULL;
		weir_block *block = engine_run(d, NULL, 0);
		double paid = 0;
		for (int p = 1; p < d->periods.count; p++) /* the first period in which it is paid counts */
			paid += weir_run_record(weir_block_result(block), i->r[2], p) ?
			                weir_run_record(weir_block_result(block), i->r[2], p)[0] :
			                0;
		weir_block_destroy(block);
		if (paid == 0 || i->mask >= 0)
			continue;
		i->r[2] = nowhere;
		weir_run_options options = { .trace_lane = -1 };
		ck_assert_int_eq(weir_block_create(&block, d->plan, &options), WEIR_OK);
		weir_status status = weir_block_run(block, &base, 1, NULL, 0, &d->load.diags);
		ck_assert_msg(status == WEIR_INTERNAL, "%s: instruction %zu lost its payment unseen",
		              d->load.deal->node.id, at);
		weir_block_destroy(block);
		*i = kept;
		number++;
	}
	steps_broken += (size_t)number;
}

START_TEST(a_payment_outside_the_books_is_found)
{
	steps_broken = 0;
	engine_each_deal(break_payments);
	ck_assert_uint_gt(steps_broken, 60);
}
END_TEST

/* --- deals worked out by hand ----------------------------------------------------------------------------------- */

/* Collected: 1300.00, 700.00, 1300.00, 8300.00. Class A: 10,000.00 at 8 %, a quarter of a year each (30E/360), so 2 %. */
static const double principal[] = { 100000, 40000, 100000, 800000 }, income[] = { 30000, 30000, 30000, 30000 };

#define ACCOUNT "<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
#define SUB                                                                                                            \
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
#define CLASSES                                                                                                        \
	"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\"><principal style=\"pass-through\"/></class>\n" SUB

static engine_deal hand;

static void setup(void)
{
	io_enter();
	hand = (engine_deal){ 0 };
}

static void teardown(void)
{
	if (hand.arena)
		engine_close(&hand);
	io_leave();
}

static weir_block *run_hand(const char *body)
{
	engine_open_text(&hand, engine_text(principal, income, body));
	return engine_run(&hand, NULL, 1);
}

static void expect(const weir_block *block, const char *name, const double cents[4])
{
	for (int p = 1; p <= 4; p++)
		ck_assert_msg(engine_value(&hand, block, name, p) == cents[p - 1],
		              "%s in period %d: %.2f, by hand %.2f", name, p, engine_value(&hand, block, name, p) / 100,
		              cents[p - 1] / 100);
}

/* The test holds in period 2 only. Before the waterfall it acts at once, after it from the next period on; a sticky one
 * stays. Under "low" all cash goes to A; under "normal" at most 100.00 of principal.
 *   before:        200.00 + 100.00 | 198.00 + 502.00  | 187.96 + 100.00  | 185.96 + 100.00
 *   before sticky: 200.00 + 100.00 | 198.00 + 502.00  | 187.96 + 1112.04 | 8285.96 x 2 % = 165.7192; 8300 - 165.72
 *   after:         200.00 + 100.00 | 198.00 + 100.00  | 196.00 + 1104.00 | 173.92 + 100.00
 *   after sticky:  200.00 + 100.00 | 198.00 + 100.00  | 196.00 + 1104.00 | 173.92 + 8126.08 */
static const struct {
	const char *attributes;
	double interest[4], principal[4], low[4];
} trigger_cases[] = {
	{ "tested=\"before\"", { 20000, 19800, 18796, 18596 }, { 10000, 50200, 10000, 10000 }, { 0, 1, 0, 0 } },
	{ "tested=\"before\" sticky=\"yes\"",
	  { 20000, 19800, 18796, 16572 },
	  { 10000, 50200, 111204, 813428 },
	  { 0, 1, 1, 1 } },
	{ "tested=\"after\"", { 20000, 19800, 19600, 17392 }, { 10000, 10000, 110400, 10000 }, { 0, 0, 1, 0 } },
	{ "tested=\"after\" sticky=\"yes\"",
	  { 20000, 19800, 19600, 17392 },
	  { 10000, 10000, 110400, 812608 },
	  { 0, 0, 1, 1 } },
};

START_TEST(triggers_act_in_their_period)
{
	char body[2000];
	snprintf(body, sizeof body, "%s<triggers><trigger id=\"LOW\" %s %s", ACCOUNT CLASSES,
	         trigger_cases[_i].attributes,
	         "test=\"pool.collected below 900.00\"/></triggers>\n"
	         "<waterfalls><waterfall id=\"low\" when=\"LOW\"><pay what=\"A.interest A.principal\"/>"
	         "<pay what=\"SUB.rest\"/></waterfall>\n"
	         "<waterfall id=\"normal\"><pay what=\"A.interest\"/><pay what=\"A.principal\" limit=\"100.00\"/>"
	         "<pay what=\"SUB.rest\"/></waterfall></waterfalls>\n");
	weir_block *block = run_hand(body);
	expect(block, "A.interest_paid", trigger_cases[_i].interest);
	expect(block, "A.principal_paid", trigger_cases[_i].principal);
	expect(block, "state.low", trigger_cases[_i].low);
	/* what was compared is kept, with its answer */
	const weir_trigger_registers *r = &weir_plan_registers(hand.plan)->triggers[0];
	ck_assert_int_eq(r->test_count, 1);
	ck_assert_str_eq(r->texts[0], "pool.principal + pool.income + pool.recovered < 900.00");
	ck_assert_double_eq(weir_run_record(weir_block_result(block), r->value[0], 2)[0], 70000);
	ck_assert_double_eq(weir_run_record(weir_block_result(block), r->threshold[0], 2)[0], 90000);
	ck_assert_double_eq(weir_run_record(weir_block_result(block), r->holds[0], 2)[0], 1);
	ck_assert_double_eq(weir_run_record(weir_block_result(block), r->holds[0], 3)[0], 0);
	weir_block_destroy(block);
}
END_TEST

/* Fees that are what formulas remember, of collections 1300.00, 700.00, 1300.00, 8300.00. */
START_TEST(formulas_remember)
{
	weir_block *block = run_hand(
		ACCOUNT CLASSES
		"<fees><fee id=\"last\" formula=\"previous(pool.collected, 50.01)\"/>\n"
		"<fee id=\"three\" formula=\"trailing(pool.collected, 3, 10.00)\"/>\n"
		"<fee id=\"two\" formula=\"trailing(pool.collected, 2)\"/>\n"
		"<fee id=\"all\" formula=\"cumulative(pool.collected, 5.00)\"/>\n"
		"<fee id=\"before_last\" formula=\"previous(previous(pool.collected, 1.00), 2.00)\"/>\n"
		"<fee id=\"of_last\" formula=\"cumulative(previous(pool.collected, 1.00), 0.50)\"/>\n"
		"<fee id=\"two_of_last\" formula=\"trailing(previous(pool.collected, 1.00), 2, 0.25)\"/>\n"
		"<fee id=\"last_of_two\" formula=\"previous(trailing(pool.collected, 2, 3.00), 4.00)\"/>\n"
		"<fee id=\"paid\" formula=\"previous(A.interest_paid, 77.77)\"/>\n"
		"<fee id=\"fallen\" formula=\"previous(A.balance, A.size) - A.balance\"/></fees>\n"
		"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest\"/><pay what=\"A.principal\" limit=\"300.00\"/>"
		"<pay what=\"last three two all before_last of_last two_of_last last_of_two paid fallen\"/><pay what=\"SUB.rest\"/></waterfall>"
		"</waterfalls>\n");
	expect(block, "last.due", (const double[]){ 5001, 130000, 70000, 130000 });
	expect(block, "three.due", (const double[]){ 132000, 201000, 330000, 1030000 });
	expect(block, "two.due", (const double[]){ 130000, 200000, 200000, 960000 });
	expect(block, "all.due", (const double[]){ 130500, 200500, 330500, 1160500 });
	expect(block, "before_last.due", (const double[]){ 200, 100, 130000, 70000 });
	/* one memory inside another: 1.00, then the collections, a period late */
	expect(block, "of_last.due", (const double[]){ 150, 130150, 200150, 330150 });
	expect(block, "two_of_last.due", (const double[]){ 125, 130100, 200000, 200000 });
	expect(block, "last_of_two.due", (const double[]){ 400, 130300, 200000, 200000 });
	/* 2 % of 10,000.00, 9,700.00, 9,400.00 */
	expect(block, "paid.due", (const double[]){ 7777, 20000, 19400, 18800 });
	expect(block, "fallen.due", (const double[]){ 0, 0, 0, 0 }); /* both are the balance at the period's start */
	weir_block_destroy(block);
}
END_TEST

/* The coupon steps from 8 % to 6.4 % with the third period (from 15 June). The reserve is to hold the next interest:
 *   1: 1300.00 - 200.00 - 1000.00 = 100.00, all kept; wanted 9,000.00 x 2 % = 180.00
 *   2: 700.00 - 180.00 = 520.00 of principal; wanted at the new coupon 8,480.00 x 1.6 % = 135.68; nothing left
 *   3: 1300.00 - 135.68 - 1000.00 = 164.32; wanted 7,480.00 x 1.6 % = 119.68: 19.68 more
 *   4: no next period: nothing wanted, 119.68 goes back */
START_TEST(next_interest_sees_the_next_coupon)
{
	weir_block *block = run_hand(
		"<accounts><account id=\"cash\" receives=\"all\"/><reserve id=\"R\" target=\"next_interest(A)\"/></accounts>\n"
		"<classes><class id=\"A\" size=\"10000.00\" coupon=\"8%\">"
		"<coupon-step from=\"2024-06-15\" coupon=\"6.4%\"/><principal style=\"pass-through\"/></class>\n" SUB
		"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest\"/><pay what=\"A.principal\" limit=\"1000.00\"/>"
		"<fill account=\"R\"/><release account=\"R\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n");
	expect(block, "A.coupon", (const double[]){ 0.08, 0.08, 0.064, 0.064 });
	expect(block, "A.interest_paid", (const double[]){ 20000, 18000, 13568, 11968 });
	expect(block, "R.balance", (const double[]){ 10000, 10000, 11968, 0 });
	/* 164.32 - 19.68; 8300.00 - 119.68 - 1000.00 + 119.68 */
	expect(block, "SUB.rest_paid", (const double[]){ 0, 0, 14464, 730000 });
	weir_block_destroy(block);
}
END_TEST

/* A fee of half of what is paid after it, the least that is enough: the fee f with f >= round((cash - f) / 2).
 *   1300.00: 433.33 asks (1300.00 - 433.33) / 2 = 433.335, a half cent, away from zero 433.34: too little;
 *            433.34 asks 433.33: enough
 *   700.00:  233.33 asks 233.335, so 233.34 again; 1300.00 as before
 *   8300.00: 2766.66 asks 2766.67; 2766.67 asks 2766.665, rounded 2766.67: enough, and equal */
START_TEST(a_fee_on_what_is_paid_is_the_least_that_is_enough)
{
	weir_block *block = run_hand(
		ACCOUNT CLASSES
		"<fees><fee id=\"half\" base=\"classes.senior.paid\" rate=\"50%\" solve=\"paid\"/></fees>\n"
		"<waterfalls><waterfall id=\"normal\"><pay what=\"half\"/><pay what=\"A.interest A.principal\"/>"
		"<pay what=\"SUB.rest\"/></waterfall></waterfalls>\n");
	expect(block, "half.due", (const double[]){ 43334, 23334, 43334, 276667 });
	expect(block, "half.paid", (const double[]){ 43334, 23334, 43334, 276667 });
	/* interest 2 % of 10,000.00; then of 9,333.34, 9,053.35 and 8,367.76 (181.0670, 167.3552) */
	expect(block, "A.interest_paid", (const double[]){ 20000, 18667, 18107, 16736 });
	expect(block, "A.principal_paid", (const double[]){ 66666, 27999, 68559, 536597 });
	weir_block_destroy(block);
}
END_TEST

/* Of 1300.00, 700.00, 1300.00 and 8300.00 the parts 0.071 % and 0.004 %, each to a tenth of a cent: 92.3 + 5.2 cents,
 * 49.7 + 2.8, 589.3 + 33.2. Each sum is half a cent, though none of its parts is a double. */
START_TEST(parts_of_a_cent_add_up_exactly)
{
	weir_block *block = run_hand(
		ACCOUNT CLASSES
		"<fees><fee id=\"parts\" formula=\"round(pool.collected * 0.071%, 3) + round(pool.collected * 0.004%, 3)\"/></fees>\n"
		"<waterfalls><waterfall id=\"normal\"><pay what=\"parts A.interest A.principal SUB.rest\"/></waterfall></waterfalls>\n");
	expect(block, "parts.due", (const double[]){ 98, 53, 98, 623 });
	weir_block_destroy(block);
}
END_TEST

/* The reserve is to hold 2 % of the class; cash is kept until A is paid.
 *   1: 1300.00 - 200.00 - 1000.00: 100.00 into the reserve of 180.00
 *   2: 700.00 - 180.00 - 520.00; the reserve of 169.60 gets nothing
 *   3: 1300.00 - 169.60 - 1000.00 = 130.40: 49.60 into the reserve of 149.60; 80.80 stays
 *   4: 80.80 + 8300.00 - 149.60 - 7480.00 = 751.20; the reserve gives back 149.60; 900.80 go to SUB */
START_TEST(fill_keep_and_release)
{
	weir_block *block = run_hand(
		"<accounts><account id=\"cash\" receives=\"all\"/><reserve id=\"R\" target=\"2% * A.balance\"/></accounts>\n" CLASSES
		"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest\"/>"
		"<pay what=\"A.principal\" limit=\"if(period = 4, 100000.00 yuan, 1000.00 yuan)\"/>"
		"<fill account=\"R\"/><release account=\"R\"/><keep until=\"A is paid\"/><pay what=\"SUB.rest\"/>"
		"</waterfall></waterfalls>\n");
	size_t count;
	const weir_trace_row *rows = weir_run_trace(weir_block_result(block), &count);
	static const char *const reasons[] = { "not-yet", "not-yet", "not-yet", "as-available" };
	expect(block, "A.balance", (const double[]){ 900000, 848000, 748000, 0 });
	expect(block, "R.balance", (const double[]){ 10000, 10000, 14960, 0 });
	expect(block, "cash.balance", (const double[]){ 0, 0, 8080, 0 });
	expect(block, "SUB.rest_paid", (const double[]){ 0, 0, 0, 90080 });
	int seen = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].what, "rest") == 0) {
			ck_assert_str_eq(rows[i].reason, reasons[rows[i].period - 1]);
			ck_assert_str_eq(rows[i].step, "6");
			seen++;
		}
	ck_assert_int_eq(seen, 4);
	weir_block_destroy(block);
}
END_TEST

/* Steps inside two conditions; the inner one looks at the cash left at that point.
 *   1: the outer does not hold: 200.00, nothing of principal
 *   2: 700.00 - 200.00 = 500.00, not above 600.00: 22.22 only
 *   3: 9,977.78 x 2 % = 199.5556; 1,100.44 is above: 111.11 and 22.22
 *   4: 9,844.45 x 2 % = 196.889: both */
START_TEST(nested_conditions)
{
	weir_block *block = run_hand(
		ACCOUNT CLASSES
		"<waterfalls><waterfall id=\"normal\"><pay what=\"A.interest\"/><when test=\"period above 1\">"
		"<when test=\"cash.balance above 600.00\"><pay what=\"A.principal\" limit=\"111.11\"/></when>"
		"<pay what=\"A.principal\" limit=\"22.22\"/></when><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n");
	size_t count;
	const weir_trace_row *rows = weir_run_trace(weir_block_result(block), &count);
	static const char *const reasons[4][2] = { { "condition-false", "condition-false" },
		                                   { "condition-false", "capped" },
		                                   { "capped", "capped" },
		                                   { "capped", "capped" } };
	expect(block, "A.interest_paid", (const double[]){ 20000, 20000, 19956, 19689 });
	expect(block, "A.principal_paid", (const double[]){ 0, 2222, 13333, 13333 });
	int seen = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].what, "principal") == 0) {
			int inner = strcmp(rows[i].step, "2.1.1") == 0;
			ck_assert(inner || strcmp(rows[i].step, "2.2") == 0);
			ck_assert_str_eq(rows[i].reason, reasons[rows[i].period - 1][!inner]);
			seen++;
		}
	ck_assert_int_eq(seen, 8);
	weir_block_destroy(block);
}
END_TEST

/* What is unpaid of a target stays due; of a planned amount it does not; interest unpaid stays due without interest on
 * it. Cash 1300.00, 700.00, 1300.00, 8300.00; T is to fall by 1000.00 each period, P is to pay 500.00 each.
 *   1: interest 200.00 (T 10,000.00 at 8 %), 10.00 (P 2,000.00 at 2 %); T 1000.00; P 90.00 of 500.00, 410.00 missed
 *   2: interest 180.00 (9,000.00), 9.55 (1,910.00); T 510.45 of 1000.00; P nothing of 500.00
 *   3: interest 169.791 (8,489.55), 9.55; T 1120.66 of 1489.55; P nothing
 *   4: interest 147.3778 (7,368.89), 9.55; T to 0: 7,368.89; P 500.00, 274.18 left */
START_TEST(target_stays_due_and_planned_does_not)
{
	weir_block *block = run_hand(
		ACCOUNT
		"<classes><class id=\"T\" size=\"10000.00\" coupon=\"8%\"><principal style=\"target\">"
		"<row period=\"1\" amount=\"9000.00\"/><row period=\"2\" amount=\"8000.00\"/>"
		"<row period=\"3\" amount=\"7000.00\"/><row period=\"4\" amount=\"0.00\"/></principal></class>\n"
		"<class id=\"P\" size=\"2000.00\" coupon=\"2%\"><principal style=\"planned\">"
		"<row period=\"1\" amount=\"500.00\"/><row period=\"2\" amount=\"500.00\"/>"
		"<row period=\"3\" amount=\"500.00\"/><row period=\"4\" amount=\"500.00\"/></principal></class>\n" SUB
		"<waterfalls><waterfall id=\"normal\"><pay what=\"T.interest P.interest T.principal P.principal\"/>"
		"<pay what=\"SUB.rest\"/></waterfall></waterfalls>\n");
	expect(block, "T.principal_due", (const double[]){ 100000, 100000, 148955, 736889 });
	expect(block, "T.principal_paid", (const double[]){ 100000, 51045, 112066, 736889 });
	expect(block, "P.principal_due", (const double[]){ 50000, 50000, 50000, 50000 });
	expect(block, "P.principal_paid", (const double[]){ 9000, 0, 0, 50000 });
	expect(block, "P.principal_unpaid", (const double[]){ 41000, 50000, 50000, 0 });
	expect(block, "T.interest_due", (const double[]){ 20000, 18000, 16979, 14738 });
	expect(block, "P.interest_due", (const double[]){ 1000, 955, 955, 955 });
	expect(block, "SUB.rest_paid", (const double[]){ 0, 0, 0, 27418 });
	expect(block, "deal.missed", (const double[]){ 1, 1, 1, 1 });
	weir_block_destroy(block);
}
END_TEST

/* A step on two accounts takes all it can from the first, then from the second. T is to fall by 1000.00 each period.
 *   1: of 300.00: 200.00 and 100.00; of 1000.00: 900.00, 100.00 left
 *   2: of 300.00: 180.00 and 120.00; of 400.00: 400.00 of the 880.00 still due
 *   3: of 300.00: 169.60 and 130.40; of 1000.00: all, of 1480.00 - 130.40
 *   4: of 300.00: 146.99 and 153.01; of 8000.00: 7349.60 - 153.01 = 7196.59, 803.41 left */
START_TEST(a_step_on_two_accounts)
{
	weir_block *block = run_hand(
		"<accounts><account id=\"incomes\" receives=\"income\"/>"
		"<account id=\"principals\" receives=\"principal recovered\"/></accounts>\n"
		"<classes><class id=\"T\" size=\"10000.00\" coupon=\"8%\"><principal style=\"target\">"
		"<row period=\"1\" amount=\"9000.00\"/><row period=\"2\" amount=\"8000.00\"/>"
		"<row period=\"3\" amount=\"7000.00\"/><row period=\"4\" amount=\"0.00\"/></principal></class>\n" SUB
		"<waterfalls><waterfall id=\"normal\"><pay from=\"incomes principals\" what=\"T.interest T.principal\"/>"
		"<pay from=\"principals\" what=\"SUB.rest\"/></waterfall></waterfalls>\n");
	expect(block, "T.interest_paid", (const double[]){ 20000, 18000, 16960, 14699 });
	expect(block, "T.interest_unpaid", (const double[]){ 0, 0, 0, 0 });
	expect(block, "T.principal_paid", (const double[]){ 100000, 52000, 113040, 734960 });
	expect(block, "T.principal_unpaid", (const double[]){ 0, 48000, 34960, 0 });
	expect(block, "T.balance", (const double[]){ 900000, 848000, 734960, 0 });
	expect(block, "incomes.balance", (const double[]){ 0, 0, 0, 0 });
	expect(block, "SUB.rest_paid", (const double[]){ 10000, 0, 0, 80341 });
	weir_block_destroy(block);
}
END_TEST

Suite *weir_suite_engine_run(void)
{
	Suite *suite = suite_create("engine_run");
	TCase *test = tcase_create("engine_run");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, lanes_are_independent);
	tcase_add_test(test, a_block_can_be_used_again);
	tcase_add_test(test, the_trace_changes_no_cent);
	tcase_add_test(test, trace_rows_hold_their_identities);
	tcase_add_test(test, balances_fall_by_what_is_paid);
	tcase_add_test(test, the_period_loop_allocates_nothing);
	tcase_add_test(test, one_cent_in_one_lane_is_found);
	tcase_add_test(test, a_payment_outside_the_books_is_found);
	tcase_add_loop_test(test, triggers_act_in_their_period, 0, 4);
	tcase_add_test(test, formulas_remember);
	tcase_add_test(test, next_interest_sees_the_next_coupon);
	tcase_add_test(test, a_fee_on_what_is_paid_is_the_least_that_is_enough);
	tcase_add_test(test, parts_of_a_cent_add_up_exactly);
	tcase_add_test(test, fill_keep_and_release);
	tcase_add_test(test, nested_conditions);
	tcase_add_test(test, target_stays_due_and_planned_does_not);
	tcase_add_test(test, a_step_on_two_accounts);
	suite_add_tcase(suite, test);
	return suite;
}
