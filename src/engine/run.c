/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c: the block runner: each instruction over all lanes, period by period. */
#include "engine/run.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/accruals.h"
#include "engine/payments.h"
#include "engine/run_int.h"
#include "engine/settle.h"
#include "time/date.h"

static void do_shift(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	const weir_list_item *items = plan->items + i->list;
	for (int k = i->list_count - 1; k > 0; k--)
		memcpy(R[items[k].unpaid], R[items[k - 1].unpaid], sizeof(weir_lane));
	memcpy(R[items[0].unpaid], R[i->r[1]], sizeof(weir_lane));
}

static void do_months_later(const weir_instruction *i, weir_lane *R)
{
	for (int l = 0; l < WEIR_LANES; l++)
		R[i->r[0]][l] = weir_date_add_months((weir_date)R[i->r[1]][l],
		                                     (int)(i->immediate * R[i->r[2]][l]));
}

KERNEL void do_missed(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	double *missed = R[i->r[0]];
	for (int k = 0; k < i->list_count; k++) {
		const double *unpaid = R[plan->items[i->list + k].unpaid];
		EACH_LANE missed[l] = unpaid[l] > 0 ? 1 : missed[l];
	}
}

/* cash before + in - out == cash now, in every lane, to the cent. */
KERNEL void do_close(weir_run *run, const weir_plan *plan, const weir_instruction *i, int period, weir_lane *R)
{
	double *before = R[i->r[0]];
	weir_lane expected, now;
	EACH_LANE
	{
		expected[l] = before[l];
		now[l] = 0;
	}
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &plan->items[i->list + k];
		const double *in = item->unpaid >= 0 ? R[item->unpaid] : NULL;
		const double *out = item->paid >= 0 ? R[item->paid] : NULL;
		const double *held = item->balance >= 0 ? R[item->balance] : NULL;
		if (in)
			EACH_LANE expected[l] += in[l];
		else if (out)
			EACH_LANE expected[l] -= out[l];
		else
			EACH_LANE now[l] += held[l];
	}
	int64_t broken = 0;
	EACH_LANE
	{
		int64_t sound = (expected[l] == now[l]) & (now[l] >= 0) & (now[l] <= WEIR_CENTS_MAX);
		broken |= sound - 1;
		before[l] = now[l];
	}
	if (broken && !run->broken_period)
		run->broken_period = period;
}

static void do_test_count(const weir_instruction *i, weir_lane *R)
{
	double *flag = R[i->r[0]], *held = R[i->r[2]], *failed = R[i->r[3]];
	const double *test = R[i->r[1]];
	for (int l = 0; l < WEIR_LANES; l++) {
		held[l] = test[l] != 0 ? held[l] + 1 : 0;
		failed[l] = test[l] != 0 ? 0 : failed[l] + 1;
		if (flag[l] == 0)
			flag[l] = held[l] >= i->immediate;
		else if (i->split > 0 && failed[l] >= i->split)
			flag[l] = 0;
	}
}

/* Lanes in which the order of the two sides may hang on their rounding errors are decided exactly. */
static void decide_close(const weir_plan *plan, const weir_instruction *i, weir_lane *R)
{
	weir_type type = plan->registers[i->r[1]].type;
	for (int l = 0; l < WEIR_LANES; l++) {
		lane_reader reader = { (const weir_lane *)R, l };
		if (weir_formula_is_close(type, R[i->r[1]][l], R[i->r[2]][l]))
			R[i->r[0]][l] = weir_formula_evaluate_quad(i->tree, read_register, NULL, &reader) != 0;
	}
}

static void do_solve_paid(weir_run *run, const weir_instruction *i, int period, weir_lane *R);
static void do_shortfall(weir_run *run, const weir_instruction *i, int period, weir_lane *R);

/* Two-operand formulas, one loop each. */
#define BINARY(expression)                                                                                             \
	do {                                                                                                           \
		double *o = R[i->r[0]];                                                                                \
		const double *a = R[i->r[1]], *b = R[i->r[2] >= 0 ? i->r[2] : i->r[1]];                                \
		(void)b;                                                                                               \
		EACH_LANE o[l] = (expression);                                                                         \
	} while (0)

/* Runs instructions first .. last-1 of a program and gives the instruction to go on with. */
KERNEL size_t run_range_here(weir_run *run, const weir_program *program, size_t first, size_t last, int period,
                             weir_lane *R)
{
	const weir_plan *plan = run->plan;
	size_t at = first;
	for (; at < last; at++) {
		const weir_instruction *i = &program->items[at];
		switch (i->op) {
		case WEIR_DO_SET: {
			double value = plan->constants[i->constant][period];
			double *o = R[i->r[0]];
			EACH_LANE o[l] = value;
			break;
		}
		case WEIR_DO_COPY:
			memcpy(R[i->r[0]], R[i->r[1]], sizeof(weir_lane));
			break;
		case WEIR_DO_POOL:
			memcpy(R[i->r[0]], run->rows->column[(int)i->immediate][period], sizeof(weir_lane));
			break;
		case WEIR_DO_COUPON: {
			double step = plan->constants[i->constant][period];
			double *o = R[i->r[0]];
			const double *base = R[i->r[1]], *shift = R[i->r[2]];
			for (int l = 0; l < WEIR_LANES; l++)
				o[l] = weir_rate_normal((step == WEIR_NO_STEP ? base[l] : step) + shift[l]);
			break;
		}
		case WEIR_DO_COLLECT: {
			double *cash = R[i->r[0]], *received = R[i->r[1]];
			const double *row = run->rows->column[(int)i->immediate][period];
			EACH_LANE
			{
				received[l] = row[l];
				cash[l] += row[l];
			}
			break;
		}
		case WEIR_DO_ACCUMULATE: {
			double *o = R[i->r[0]];
			const double *a = R[i->r[1]];
			EACH_LANE o[l] += a[l];
			break;
		}
		case WEIR_DO_INTEREST:
		case WEIR_DO_YIELD_CARRY:
			accrue_on(plan, i, period, R[i->r[1]], R[i->r[0]], R[i->r[3]], R[i->r[4]]);
			break;
		case WEIR_DO_INTEREST_UNIT:
			do_interest_unit(plan, i, period, R);
			break;
		case WEIR_DO_INTEREST_REPAID:
			do_interest_repaid(plan, i, period, R);
			break;
		case WEIR_DO_EARN_REPAID:
			do_earn_repaid(plan, i, period, R);
			break;
		case WEIR_DO_YIELD:
			accrue(plan, i, period, R[i->r[1]], R[i->r[3]], R[i->r[4]]);
			break;
		case WEIR_DO_TARGET:
		case WEIR_DO_PLANNED:
		case WEIR_DO_BULLET:
			if (i->schedule >= 0 && run->resized[i->schedule])
				do_principal_resized(i, run->resized[i->schedule][period], R);
			else
				do_principal_due(i, plan->constants[i->constant][period], R);
			break;
		case WEIR_DO_UNIT_DUE:
			do_unit_due(i, R);
			break;
		case WEIR_DO_CLEAR:
			for (int k = 0; k < i->list_count; k++)
				memset(R[plan->items[i->list + k].unpaid], 0, sizeof(weir_lane));
			break;
		case WEIR_DO_CHARGE_RATE:
			if (i->tree)
				charge_exactly(plan, i, period, R);
			else
				accrue(plan, i, period, R[i->r[0]], R[i->r[1]], R[i->r[2]]);
			break;
		case WEIR_DO_CHARGE_GROSS:
			if (i->tree)
				charge_exactly(plan, i, period, R);
			else if (round_gross(R[i->r[0]], R[i->r[1]], R[i->r[2]]))
				settle_gross(R[i->r[0]], R[i->r[1]], R[i->r[2]]);
			break;
		case WEIR_DO_CHARGE_AMOUNT: {
			int due = plan->constants[i->constant][period] != 0;
			double *o = R[i->r[0]];
			const double *a = R[i->r[1]];
			EACH_LANE o[l] = due ? a[l] : 0;
			break;
		}
		case WEIR_DO_CAP: {
			double *charge = R[i->r[0]];
			const double *cap = R[i->r[1]];
			EACH_LANE charge[l] = lesser(charge[l], greater(cap[l], 0));
			break;
		}
		case WEIR_DO_CAP_YEAR:
			do_cap_year(plan, i, period, R);
			break;
		case WEIR_DO_YEARLY:
			do_yearly(plan, i, period, R);
			break;
		case WEIR_DO_RECEIVE: {
			double *cash = R[i->r[0]];
			const double *amount = R[i->r[1]];
			EACH_LANE cash[l] += amount[l];
			break;
		}
		case WEIR_DO_LOSE:
			do_lose(i, R);
			break;
		case WEIR_DO_TAKE:
			do_take(plan, i, R);
			break;
		case WEIR_DO_PUT:
			do_put(plan, i, period, R);
			break;
		case WEIR_DO_CLAIMS:
			weir_settle_claims(run, i, period, R);
			break;
		case WEIR_DO_SETTLE:
			weir_settle(run, i, period, R);
			break;
		case WEIR_DO_SHORTFALL:
			do_shortfall(run, i, period, R);
			break;
		case WEIR_DO_BUY:
			if (run->rows->bought && period <= run->rows->bought->last)
				do_buy_told(run->rows->bought, i, period, R);
			else
				do_buy(plan, i, R);
			break;
		case WEIR_DO_BOUGHT:
			do_bought(run->rows->bought, i, period, R);
			break;
		case WEIR_DO_RETURN:
			do_return(i, R);
			break;
		case WEIR_DO_TEST_COUNT:
			do_test_count(i, R);
			break;
		case WEIR_DO_SOLVE_PAID:
			do_solve_paid(run, i, period, R);
			break;
		case WEIR_DO_PREPARE:
			do_prepare(plan, i, R);
			break;
		case WEIR_DO_PAY:
			do_pay(i, R);
			break;
		case WEIR_DO_PAY_BALANCE:
			do_pay_balance(i, R);
			break;
		case WEIR_DO_PAY_WHOLE:
			do_pay_whole(i, R);
			break;
		case WEIR_DO_PAY_REST:
			do_pay_rest(i, R);
			break;
		case WEIR_DO_PAY_PRO_RATA:
			do_pay_pro_rata(plan, i, R);
			break;
		case WEIR_DO_TRANSFER:
		case WEIR_DO_FILL:
		case WEIR_DO_RELEASE:
			do_move(i, R);
			break;
		case WEIR_DO_MASK:
		case WEIR_DO_AND:
			BINARY(((a[l] != 0) & (b[l] != 0)) ? 1.0 : 0.0);
			break;
		case WEIR_DO_CHOOSE: {
			double *mask = R[i->r[0]], *taken = R[i->r[2]];
			const double *condition = R[i->r[1]];
			EACH_LANE
			{
				double chosen = ((condition[l] != 0) & (taken[l] == 0)) ? 1.0 : 0.0;
				mask[l] = chosen;
				taken[l] = chosen != 0 ? 1.0 : taken[l];
			}
			break;
		}
		case WEIR_DO_SKIP_UNLESS: {
			int64_t any = 0;
			const double *mask = R[i->r[0]];
			EACH_LANE any |= -(int64_t)(mask[l] != 0);
			if (!any)
				at = (size_t)i->jump - 1;
			break;
		}
		case WEIR_DO_TEST:
			memcpy(R[i->r[0]], R[i->r[1]], sizeof(weir_lane));
			break;
		case WEIR_DO_TEST_STICKY: {
			double *flag = R[i->r[0]];
			const double *test = R[i->r[1]];
			EACH_LANE flag[l] = ((flag[l] != 0) | (test[l] != 0)) ? 1.0 : 0.0;
			break;
		}
		case WEIR_DO_MISSED:
			do_missed(plan, i, R);
			break;
		case WEIR_DO_SHIFT:
			do_shift(plan, i, R);
			break;
		case WEIR_DO_CLOSE:
			do_close(run, plan, i, period, R);
			break;
		case WEIR_DO_NEXT_INTEREST:
			accrue(plan, i, period, R[i->r[0]], R[i->r[1]], R[i->r[2]]);
			break;
		case WEIR_DO_NEGATE:
			BINARY(-a[l]);
			break;
		case WEIR_DO_ADD:
			BINARY(a[l] + b[l]);
			break;
		case WEIR_DO_SUBTRACT:
			BINARY(a[l] - b[l]);
			break;
		case WEIR_DO_MULTIPLY:
			BINARY(a[l] * b[l]);
			break;
		case WEIR_DO_DIVIDE:
			BINARY(b[l] != 0 ? a[l] / b[l] : 0);
			break;
		case WEIR_DO_MIN:
			BINARY(lesser(a[l], b[l]));
			break;
		case WEIR_DO_MAX:
			BINARY(greater(a[l], b[l]));
			break;
		case WEIR_DO_ABS:
			BINARY(__builtin_fabs(a[l]));
			break;
		case WEIR_DO_ROUND_TO:
			do_round_to(i, R);
			break;
		case WEIR_DO_MONEY:
			do_money(i, R);
			break;
		case WEIR_DO_MONTHS_LATER:
			do_months_later(i, R);
			break;
		case WEIR_DO_IF: {
			double *o = R[i->r[0]];
			const double *a = R[i->r[1]], *b = R[i->r[2]], *c = R[i->r[3]];
			EACH_LANE o[l] = a[l] != 0 ? b[l] : c[l];
			break;
		}
		case WEIR_DO_EQUAL:
			BINARY(a[l] == b[l] ? 1.0 : 0.0);
			if (i->tree)
				decide_close(plan, i, R);
			break;
		case WEIR_DO_NOT_EQUAL:
			BINARY(a[l] != b[l] ? 1.0 : 0.0);
			if (i->tree)
				decide_close(plan, i, R);
			break;
		case WEIR_DO_LESS:
			BINARY(a[l] < b[l] ? 1.0 : 0.0);
			if (i->tree)
				decide_close(plan, i, R);
			break;
		case WEIR_DO_AT_MOST:
			BINARY(a[l] <= b[l] ? 1.0 : 0.0);
			if (i->tree)
				decide_close(plan, i, R);
			break;
		case WEIR_DO_OR:
			BINARY(((a[l] != 0) | (b[l] != 0)) ? 1.0 : 0.0);
			break;
		case WEIR_DO_NOT:
			BINARY(a[l] == 0 ? 1.0 : 0.0);
			break;
		case WEIR_OPCODE_COUNT:
			break;
		}
	}
	return at;
}

WEIR_HOT static size_t run_range(weir_run *run, const weir_program *program, size_t first, size_t last, int period,
                                 weir_lane *R)
{
	return run_range_here(run, program, first, last, period, R);
}

/* What the rate asks of what is paid when the fee is `fee`, in each lane: the waterfall tried on scratch registers. */
static void try_fee(weir_run *run, const weir_instruction *i, int period, const weir_lane *R, const double *fee,
                    double *wanted)
{
	const weir_plan *plan = run->plan;
	const weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	const weir_program *base = &plan->programs[WEIR_PROGRAM_SOLVE];
	weir_lane *S = run->scratch;
	memcpy(S, R, plan->register_count * sizeof *S);
	for (int l = 0; l < WEIR_LANES; l++)
		S[i->r[4]][l] = (i->immediate != 0 ? R[i->r[3]][l] : 0) + fee[l];
	run_range(run, waterfall, 0, waterfall->count, period, S);
	run_range(run, base, 0, base->count, period, S);
	for (int l = 0; l < WEIR_LANES; l++)
		wanted[l] = product_exactly(S[i->r[1]][l], S[i->r[2]][l], &plan->fractions[i->fraction].exact[period]);
}

/* The answer is checked: it is enough, and one cent less is not. A waterfall whose conditions look at cash may have no
 * such fee, or several; then the run says so rather than pick one. */
static void check_fee(weir_run *run, const weir_instruction *i, int period, const weir_lane *R, const double *fee)
{
	weir_lane wanted, less;
	try_fee(run, i, period, R, fee, wanted);
	for (int l = 0; l < WEIR_LANES; l++) {
		run->unsolved |= fee[l] < wanted[l];
		less[l] = fee[l] > 0 ? fee[l] - 1 : 0;
	}
	try_fee(run, i, period, R, less, wanted);
	for (int l = 0; l < WEIR_LANES; l++)
		run->unsolved |= fee[l] > 0 && less[l] >= wanted[l];
}

/* The least fee f with f >= g(f), where g(f) = round(rate x what the waterfall pays when the fee is f), in whole cents.
 * g does not rise with f, so f0 = g(0) is not below the answer and g(f0) not above it; each further step narrows the
 * bracket. Where no f equals g(f) the answer is the upper end: the payer never owes less than the rate asks. */
static void do_solve_paid(weir_run *run, const weir_instruction *i, int period, weir_lane *R)
{
	weir_lane low, high, fee, wanted;
	for (int l = 0; l < WEIR_LANES; l++) {
		low[l] = 0;
		high[l] = -1; /* not known yet */
		fee[l] = 0;
	}
	for (int round = 0, open = 1; open && round < 64; round++) {
		try_fee(run, i, period, (const weir_lane *)R, fee, wanted);
		open = 0;
		for (int l = 0; l < WEIR_LANES; l++) {
			if (fee[l] >= wanted[l])
				high[l] = fee[l];
			else
				low[l] = fee[l] + 1;
			if (high[l] >= 0 && low[l] >= high[l])
				fee[l] = high[l];
			else /* g(fee), kept inside the bracket, is the next guess */
				fee[l] = high[l] < 0 ? greater(wanted[l], low[l]) :
				                       lesser(greater(wanted[l], low[l]), high[l] - 1);
			open |= high[l] < 0 || low[l] < high[l];
		}
		run->unsolved |= round == 63 && open;
	}
	check_fee(run, i, period, (const weir_lane *)R, fee);
	memcpy(R[i->r[0]], fee, sizeof(weir_lane));
}

/* What the waterfall would leave unpaid: tried on scratch registers. */
static void do_shortfall(weir_run *run, const weir_instruction *i, int period, weir_lane *R)
{
	const weir_plan *plan = run->plan;
	const weir_program *waterfall = &plan->programs[WEIR_PHASE_WATERFALL];
	weir_lane *S = run->scratch;
	int last = period == plan->periods->count - 1;
	memcpy(S, R, plan->register_count * sizeof *S);
	run_range(run, waterfall, 0, waterfall->count, period, S);
	for (int k = 0; k < i->list_count; k++) {
		const weir_list_item *item = &plan->items[i->list + k];
		int number = last && item->balance >= 0 ? item->balance : item->unpaid;
		if (number >= 0)
			memcpy(R[item->paid], S[number], sizeof(weir_lane));
		else
			memset(R[item->paid], 0, sizeof(weir_lane));
	}
}

static void record(weir_run *run, int period)
{
	for (int k = 0; k < run->record_count; k++)
		memcpy(run->records[(size_t)period * (size_t)run->record_count + (size_t)k],
		       run->registers[run->record_registers[k]], sizeof(weir_lane));
}

static void reset(weir_run *run, const weir_lane_setting *settings, int setting_count)
{
	const weir_plan *plan = run->plan;
	for (int k = 0; k < run->reset_count; k++) {
		double *values = run->registers[run->resets[k]], initial = plan->registers[run->resets[k]].initial;
		EACH_LANE values[l] = initial;
	}
	for (int s = 0; s < setting_count; s++)
		memcpy(run->registers[settings[s].register_number], settings[s].values, sizeof(weir_lane));
	run->broken_period = 0;
	run->unsolved = 0;
	weir_trace_reset(run);
}

/* What a schedule asks for at a size other than the deal's: round(size x share), or the amount in proportion. */
static double resized_amount(const weir_class_schedule *s, double size, int period)
{
	double share = s->shares[period];
	if (isnan(share))
		return weir_round_quad((weir_quad)size * (weir_quad)s->values[period] / (weir_quad)s->size_cents);
	double product = size * share, distance;
	double whole = weir_round_or_flag(product, __builtin_fabs(product) * PRODUCT_ERROR, &distance);
	return distance <= 0 ? product_exactly(size, share, &(weir_year_fraction){ .numerator = 1, .denominator = 1 }) :
	                       whole;
}

/* Where some lane gives a class another size, its schedule is worked out for each lane before the periods run. */
static void resize(weir_run *run)
{
	const weir_plan *plan = run->plan;
	int periods = plan->periods->count;
	for (size_t s = 0; s < plan->schedule_count; s++) {
		const weir_class_schedule *schedule = &plan->schedules[s];
		const double *size = run->registers[schedule->size];
		weir_lane *lanes = run->schedules + s * (size_t)periods;
		int same = 1;
		for (int l = 0; l < WEIR_LANES; l++)
			same &= size[l] == schedule->size_cents;
		run->resized[s] = same ? NULL : lanes;
		for (int p = 0; !same && p < periods; p++)
			for (int l = 0; l < WEIR_LANES; l++)
				lanes[p][l] = size[l] == schedule->size_cents ? schedule->values[p] :
				              l > 0 && size[l] == size[l - 1] ? lanes[p][l - 1] :
				                                                resized_amount(schedule, size[l], p);
	}
}

/* Settings that change with the period. */
static void set_later(weir_run *run, const weir_lane_setting *settings, int setting_count, int period)
{
	for (int s = 0; s < setting_count; s++)
		if (settings[s].later && settings[s].later_from == period)
			memcpy(run->registers[settings[s].register_number], settings[s].later, sizeof(weir_lane));
}

/* All periods without a trace: one call, so that nothing is looked up between instructions. */
WEIR_HOT static void run_periods(weir_run *run, const weir_lane_setting *settings, int setting_count)
{
	for (int period = run->plan->periods->first; period < run->plan->periods->count; period++) {
		set_later(run, settings, setting_count, period);
		for (int phase = WEIR_PHASE_COLLECT; phase < WEIR_PHASE_COUNT; phase++) {
			const weir_program *program = &run->plan->programs[phase];
			run_range_here(run, program, 0, program->count, period, run->registers);
		}
		record(run, period);
	}
}

/* One phase, instruction by instruction, each traced. */
static void trace_phase(weir_run *run, int phase, int period)
{
	const weir_program *program = &run->plan->programs[phase];
	for (size_t at = 0; at < program->count;) {
		weir_trace_before(run, &program->items[at]);
		size_t next = run_range(run, program, at, at + 1, period, run->registers);
		weir_trace_after(run, phase, at, period);
		at = next;
	}
}

weir_status weir_run_execute(weir_run *run, const weir_pool_rows *rows, const weir_lane_setting *settings,
                             int setting_count)
{
	run->rows = rows;
	reset(run, settings, setting_count);
	resize(run);
	const weir_program *open = &run->plan->programs[WEIR_PHASE_OPEN];
	run_range(run, open, 0, open->count, 0, run->registers);
	record(run, run->plan->periods->first - 1);
	if (run->trace_lane < 0)
		run_periods(run, settings, setting_count);
	for (int period = run->plan->periods->first; run->trace_lane >= 0 && period < run->plan->periods->count;
	     period++) {
		set_later(run, settings, setting_count, period);
		for (int phase = WEIR_PHASE_COLLECT; phase < WEIR_PHASE_COUNT; phase++)
			trace_phase(run, phase, period);
		record(run, period);
	}
	if (run->broken_period)
		return WEIR_INTERNAL;
	if (run->unsolved)
		return WEIR_INPUT;
	return run->trace_failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* Constants are set once; what is worked out anew before it is read needs no start value. All the rest is reset for
 * every block: named registers and what formulas remember. */
static void choose_resets(weir_run *run)
{
	const weir_plan *plan = run->plan;
	for (size_t r = 0; r < plan->register_count; r++) {
		double initial = plan->registers[r].initial;
		for (int l = 0; l < WEIR_LANES; l++)
			run->registers[r][l] = initial;
		if (plan->registers[r].mutable)
			run->resets[run->reset_count++] = (int)r;
	}
}

static void choose_records(weir_run *run, const weir_run_options *options)
{
	for (size_t r = 0; r < run->plan->register_count; r++)
		run->record_of[r] = -1;
	if (options->record_all) {
		for (size_t r = 0; r < run->plan->register_count; r++)
			if (run->plan->registers[r].recorded) {
				run->record_of[r] = run->record_count;
				run->record_registers[run->record_count++] = (int)r;
			}
		return;
	}
	for (int k = 0; k < options->record_count; k++)
		if (run->record_of[options->records[k]] < 0) {
			run->record_of[options->records[k]] = run->record_count;
			run->record_registers[run->record_count++] = options->records[k];
		}
}

weir_status weir_run_create(weir_run **out, const weir_plan *plan, const weir_run_options *options)
{
	weir_status status = WEIR_NO_MEMORY;
	weir_run *run = weir_alloc_zero(1, sizeof *run);
	if (!run)
		return WEIR_NO_MEMORY;
	run->plan = plan;
	run->trace_lane = options->trace_lane;
	WEIR_TRY(weir_arena_create(&run->arena));
	status = WEIR_NO_MEMORY;
	run->registers = weir_arena_array(run->arena, plan->register_count + 1, sizeof *run->registers);
	run->record_of = weir_arena_array(run->arena, plan->register_count + 1, sizeof *run->record_of);
	run->record_registers = weir_arena_array(run->arena, plan->register_count + 1, sizeof(int));
	run->resets = weir_arena_array(run->arena, plan->register_count + 1, sizeof(int));
	if (!run->registers || !run->record_of || !run->record_registers || !run->resets)
		goto out;
	choose_resets(run);
	choose_records(run, options);
	run->records = weir_arena_array(run->arena, (size_t)plan->periods->count * (size_t)run->record_count + 1,
	                                sizeof *run->records);
	run->scratch = weir_arena_array(run->arena,
	                                plan->solves || plan->tries ? plan->register_count + 1 : 1,
	                                sizeof *run->scratch);
	run->before = weir_arena_array(run->arena, plan->register_count + 1, sizeof *run->before);
	run->schedules = weir_arena_array(run->arena, plan->schedule_count * (size_t)plan->periods->count + 1,
	                                  sizeof *run->schedules);
	run->resized = weir_arena_array(run->arena, plan->schedule_count + 1, sizeof *run->resized);
	if (!run->records || !run->scratch || !run->before || !run->schedules || !run->resized)
		goto out;
	status = WEIR_OK;
out:
	if (status == WEIR_OK)
		*out = run;
	else
		weir_run_destroy(run);
	return status;
}

void weir_run_destroy(weir_run *run)
{
	if (!run)
		return;
	weir_free(run->trace);
	weir_free(run->events);
	weir_arena_destroy(run->arena);
	weir_free(run);
}

const double *weir_run_record(const weir_run *run, int register_number, int period)
{
	if (register_number < 0 || run->record_of[register_number] < 0)
		return NULL;
	return run->records[(size_t)period * (size_t)run->record_count + (size_t)run->record_of[register_number]];
}

const double *weir_run_final(const weir_run *run, int register_number)
{
	return run->registers[register_number];
}
