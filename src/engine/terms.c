/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terms.c: code for what comes in and what falls due in a period: collections, classes, taxes and fees. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/compiler.h"

/* One number for each period, in the plan's arena; NULL when memory is short (then the status says so). */
static double *new_values(weir_compiler *c)
{
	return weir_compile_array(c, c->plan->periods->count, sizeof(double));
}

/* Collection */

/* The pool's row of the period: nothing once the pool was sold. */
static void load_pool(weir_compiler *c, weir_pool_column column)
{
	weir_instruction i = weir_instruction_new(WEIR_DO_POOL);
	int to = c->plan->map.pool[column];
	if (to < 0)
		return;
	i.r[0] = to;
	i.immediate = column;
	weir_emit(c, i);
	if (c->plan->map.sold >= 0)
		weir_emit_simple(c, WEIR_DO_IF, to, c->plan->map.sold, weir_zero(c), to);
}

static void set_each_period(weir_compiler *c, const char *name, double (*value)(const weir_period *))
{
	double *values = new_values(c);
	if (!values)
		return;
	for (int k = 0; k < c->plan->periods->count; k++)
		values[k] = value(&c->plan->periods->items[k]);
	weir_instruction i = weir_instruction_new(WEIR_DO_SET);
	i.r[0] = weir_plan_find_register(c->plan, name);
	i.constant = weir_add_constants(c, values);
	weir_emit(c, i);
}

static double period_number(const weir_period *period)
{
	return period->number;
}

static double period_date(const weir_period *period)
{
	return period->payment;
}

static void collect(weir_compiler *c, int account, weir_pool_column column, const char *what)
{
	weir_step_note note = { .step = "", .waterfall = "collection", .payee = c->deal->accounts[account].node.id,
		                .what = what, .node = &c->deal->accounts[account].node, .chosen = -1 };
	if (c->plan->map.sold >= 0) {
		load_pool(c, column);
		weir_emit_receive(c, c->plan->map.accounts[account].balance, c->plan->map.pool[column], &note);
		return;
	}
	weir_instruction i = weir_instruction_new(WEIR_DO_COLLECT);
	i.r[0] = c->plan->map.accounts[account].balance;
	i.r[1] = c->plan->map.pool[column];
	i.immediate = column;
	i.note = weir_add_note(c, &note);
	weir_emit(c, i);
}

static void compile_collection(weir_compiler *c)
{
	static const struct {
		unsigned bit;
		weir_pool_column column;
		const char *what;
		const char *word;
	} received[] = { { WEIR_RECEIVES_PRINCIPAL, WEIR_POOL_PRINCIPAL, "pool-principal", "principal" },
		         { WEIR_RECEIVES_INCOME, WEIR_POOL_INCOME, "pool-income", "income" },
		         { WEIR_RECEIVES_RECOVERED, WEIR_POOL_RECOVERED, "pool-recovered", "recoveries" } };
	c->program = WEIR_PHASE_COLLECT;
	set_each_period(c, "period", period_number);
	set_each_period(c, "date", period_date);
	for (int column = WEIR_POOL_RECOVERED + 1; column < WEIR_POOL_COLUMNS; column++)
		load_pool(c, (weir_pool_column)column);
	weir_emit_simple(c, WEIR_DO_ACCUMULATE, weir_plan_find_register(c->plan, "pool.defaulted_cumulative"),
	                 c->plan->map.pool[WEIR_POOL_DEFAULTED], -1, -1);
	for (size_t s = 0; s < sizeof received / sizeof *received; s++) {
		int receivers = 0;
		for (int a = 0; a < c->deal->account_count; a++) {
			if (!(c->deal->accounts[a].receives & received[s].bit))
				continue;
			collect(c, a, received[s].column, received[s].what);
			if (++receivers == 2)
				weir_diag_error(c->diags, SOURCE_UNRECEIVED, c->deal->accounts[a].node.place,
				                "two accounts receive the pool's %s; leave it to one",
				                received[s].word);
		}
		if (receivers == 0 && c->deal->account_count > 0)
			weir_diag_error(c->diags, SOURCE_UNRECEIVED, c->deal->accounts[0].node.place,
			                "no account receives the pool's %s; add %s to one account's receives",
			                received[s].word, received[s].what + 5);
	}
}

/* Classes */

weir_unit_step weir_class_unit(const weir_compiler *c, const weir_class *k)
{
	if (k->rounding != WEIR_ROUND_UNIT || k->unit_cents <= 0)
		return (weir_unit_step){ 0, -1, 0 };
	return (weir_unit_step){ k->unit_cents, c->plan->map.classes[k - c->deal->classes].size,
		                 k->digits - c->deal->currency_digits };
}

/* What is added to a coupon: the scenario's shift, and while an event lasts its raise. */
static int coupon_shift(weir_compiler *c, const weir_class *k, int shift)
{
	int when = weir_compile_formula(c, &k->raise_when, WEIR_TYPE_FLAG);
	if (when < 0)
		return shift;
	int raise = weir_emit_if(c, when, weir_add_constant_register(c, WEIR_TYPE_RATE, k->raise_add));
	return weir_emit_pair(c, WEIR_DO_ADD, WEIR_TYPE_RATE, shift, raise);
}

/* Emits the coupon of this period (ahead 0) or of the next (1) into a register: the step that holds, else the coupon
 * before the steps; what a scenario or an event adds comes on top of either. */
static void emit_stepped_coupon(weir_compiler *c, int class_number, int to, int ahead)
{
	const weir_periods *periods = c->plan->periods;
	const weir_class *k = &c->deal->classes[class_number];
	double *stepped = new_values(c);
	if (!stepped)
		return;
	for (int p = 0; p < periods->count; p++) {
		int at = p + ahead < periods->count ? p + ahead : p;
		stepped[p] = WEIR_NO_STEP;
		for (int s = 0; s < k->step_count; s++)
			if (at > 0 && k->steps[s].from <= periods->items[at].accrual_start)
				stepped[p] = k->steps[s].coupon_annual;
	}
	weir_instruction i = weir_instruction_new(WEIR_DO_COUPON);
	i.r[0] = to;
	i.r[1] = c->coupon_base[class_number];
	i.r[2] = coupon_shift(c, k, c->coupon_base[class_number] + 1); /* the shift, added right behind it */
	i.constant = weir_add_constants(c, stepped);
	weir_emit(c, i);
}

int weir_next_coupon(weir_compiler *c, int class_number)
{
	if (!weir_has_coupon_steps(&c->deal->classes[class_number]))
		return c->plan->map.classes[class_number].coupon;
	int next = weir_add_temporary(c, WEIR_TYPE_RATE);
	emit_stepped_coupon(c, class_number, next, 1);
	return next;
}

static void accrue_interest(weir_compiler *c, const weir_class *k, const weir_class_registers *r)
{
	weir_instruction i =
	        weir_instruction_new(k->rounding == WEIR_ROUND_UNIT ? WEIR_DO_INTEREST_UNIT : WEIR_DO_INTEREST);
	i.r[0] = r->interest_unpaid;
	i.r[1] = r->interest_due;
	i.r[3] = r->balance;
	i.r[4] = r->coupon;
	i.fraction = weir_class_fractions(c, k, WEIR_FRACTION_PERIOD);
	i.unit = weir_class_unit(c, k);
	weir_emit(c, i);
}

/* Interest that is due with the principal being repaid, from the start date on (利随本清): what is due is the interest
 * earned by all principal repaid so far and by what is due now, less what was paid. */
static void accrue_repaid_interest(weir_compiler *c, const weir_class *k, const weir_class_registers *r)
{
	if (weir_has_coupon_steps(k)) {
		weir_diag_error(
			c->diags, UNSUPPORTED, k->node.place,
			"class \"%s\" has interest with principal and coupon steps, which do not go together here; give it "
			"one coupon, or current interest",
			k->node.id);
		return;
	}
	if (r->principal_unpaid < 0) {
		weir_diag_error(
			c->diags, UNSUPPORTED, k->node.place,
			"class \"%s\" has interest with principal, but no principal that falls due; give it a target, "
			"planned or bullet principal, or current interest",
			k->node.id);
		return;
	}
	double owed = c->plan->periods->first > 1 ? k->opening_interest_cents : 0;
	int earned = weir_add_money(c, owed, WEIR_PHASE_OPEN, k->node.id, "interest_earned");
	int paid = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_OPEN, 0, "%s.interest_paid_before", k->node.id);
	weir_instruction i = weir_instruction_new(WEIR_DO_INTEREST_REPAID);
	i.r[0] = r->principal_due;
	i.r[1] = r->interest_due;
	i.r[3] = paid;
	i.r[4] = r->coupon;
	i.r[5] = earned;
	i.unit = weir_class_unit(c, k);
	i.fraction = weir_class_fractions(c, k, WEIR_FRACTION_FROM_START);
	weir_emit(c, i);
	int here = c->program;
	c->program = WEIR_PHASE_AFTER;
	weir_instruction earn = weir_instruction_new(WEIR_DO_EARN_REPAID);
	earn.r[0] = earned;
	earn.r[1] = r->principal_paid;
	earn.r[4] = r->coupon;
	earn.fraction = i.fraction;
	earn.unit = i.unit;
	weir_emit(c, earn);
	weir_emit_simple(c, WEIR_DO_ACCUMULATE, paid, r->interest_paid, -1, -1);
	c->program = here;
}

/* Fills `values` from the rows of a principal schedule, and `shares` of the size with NAN for rows that give an amount.
 */
static void schedule_values(weir_compiler *c, const weir_class *k, double *values, double *shares)
{
	const weir_periods *periods = c->plan->periods;
	int target = k->style == WEIR_STYLE_TARGET;
	char *given = weir_compile_array(c, periods->count, 1);
	if (!given)
		return;
	for (int p = 0; p < periods->count; p++) {
		values[p] = target ? k->size_cents : 0;
		shares[p] = target;
	}
	for (int i = 0; i < k->row_count; i++) {
		const weir_schedule_row *row = &k->rows[i];
		int at = row->period;
		for (int p = 1; at == 0 && p < periods->count; p++)
			if (periods->items[p].payment == row->date)
				at = p;
		if (at < 1 || at >= periods->count) {
			if (periods->stand_in)
				continue;
			weir_diag_error(
				c->diags, SCHEDULE, row->place,
				"this row of class \"%s\" falls on none of the deal's payment dates; give a period "
				"from 1 to %d or an unadjusted payment date",
				k->node.id, periods->count - 1);
			continue;
		}
		if (given[at]) {
			char date[11];
			weir_diag_error(c->diags, SCHEDULE, row->place,
			                "class \"%s\" has two rows for the payment date \"%s\"; keep one", k->node.id,
			                weir_date_format(periods->items[at].payment, date));
			continue;
		}
		given[at] = 1;
		double amount = isnan(row->share) ? row->amount_cents :
		                                    weir_round_quad((weir_quad)k->size_cents *
		                                                    weir_quad_from_decimal(row->share));
		for (int p = at; p < (target ? periods->count : at + 1); p++) {
			values[p] = amount;
			shares[p] = row->share;
		}
	}
}

static void pool_target_values(weir_compiler *c, const weir_class *k, double *values, double *shares)
{
	const weir_periods *periods = c->plan->periods;
	values[0] = k->size_cents;
	weir_pool_remaining_shares(shares, c->plan->pool, periods, k->share_digits);
	for (int p = 1; p < periods->count; p++)
		values[p] = weir_round_quad((weir_quad)k->size_cents * weir_quad_from_decimal(shares[p]));
	for (int p = periods->regular_count - 1; p < periods->count; p++)
		values[p] = shares[p] = 0;
	shares[0] = 1;
}

/* A schedule that follows the class's size; -1 in a deal with a mid-life start, whose sizes are history. */
static int add_schedule(weir_compiler *c, const weir_class *k, const weir_class_registers *r, const double *values,
                        const double *shares)
{
	weir_plan *plan = c->plan;
	if (plan->periods->first > 1)
		return -1;
	if (!WEIR_GROW(plan->schedules, plan->schedule_count, plan->schedule_capacity)) {
		c->status = WEIR_NO_MEMORY;
		return -1;
	}
	plan->schedules[plan->schedule_count] = (weir_class_schedule){ r->size, k->size_cents, values, shares };
	return (int)plan->schedule_count++;
}

static void emit_principal(weir_compiler *c, const weir_class *k, const weir_class_registers *r, weir_opcode op,
                           const double *values, int schedule)
{
	weir_instruction i = weir_instruction_new(op);
	i.schedule = schedule;
	i.r[1] = r->principal_due;
	i.r[3] = r->balance;
	i.constant = weir_add_constants(c, values);
	weir_emit(c, i);
	if (k->rounding != WEIR_ROUND_UNIT)
		return;
	i = weir_instruction_new(WEIR_DO_UNIT_DUE);
	i.r[1] = r->principal_due;
	i.r[3] = r->balance;
	i.unit = weir_class_unit(c, k);
	weir_emit(c, i);
}

static void clear_registers(weir_compiler *c, const int *registers, int count)
{
	weir_list_item items[8];
	int used = 0;
	for (int i = 0; i < count; i++)
		if (registers[i] >= 0)
			items[used++] = weir_list_item_new(registers[i], -1, -1);
	if (!used)
		return;
	weir_instruction clear = weir_instruction_new(WEIR_DO_CLEAR);
	clear.list = weir_add_items(c, items, used);
	clear.list_count = used;
	weir_emit(c, clear);
}

static void accrue_principal(weir_compiler *c, const weir_class *k, const weir_class_registers *r)
{
	const weir_periods *periods = c->plan->periods;
	double *values = new_values(c), *shares = new_values(c);
	if (!values || !shares)
		return;
	switch (k->style) {
	case WEIR_STYLE_TARGET:
		if (k->target_follows_pool)
			pool_target_values(c, k, values, shares);
		else
			schedule_values(c, k, values, shares);
		emit_principal(c, k, r, WEIR_DO_TARGET, values, add_schedule(c, k, r, values, shares));
		break;
	case WEIR_STYLE_PLANNED:
		schedule_values(c, k, values, shares);
		emit_principal(c, k, r, WEIR_DO_PLANNED, values, add_schedule(c, k, r, values, shares));
		break;
	case WEIR_STYLE_BULLET:
		for (int p = 0; p < periods->count; p++)
			values[p] = p > 0 && periods->items[p].payment >= k->maturity;
		if (periods->items[periods->count - 1].payment < k->maturity && !periods->stand_in)
			weir_diag_error(
				c->diags, SCHEDULE, k->node.place,
				"class \"%s\" matures after the last payment date; add payment dates or bring its "
				"maturity forward",
				k->node.id);
		emit_principal(c, k, r, WEIR_DO_BULLET, values, -1);
		break;
	case WEIR_STYLE_PASS_THROUGH:
	case WEIR_STYLE_RESIDUAL:
		clear_registers(c, (int[]){ r->principal_due, r->principal_paid }, 2);
		break;
	}
}

static void accrue_yield(weir_compiler *c, const weir_class *k, const weir_class_registers *r)
{
	weir_instruction i =
	        weir_instruction_new(k->period_yield_carried ? WEIR_DO_YIELD_CARRY : WEIR_DO_YIELD);
	i.r[0] = r->yield_unpaid;
	i.r[1] = r->yield_due;
	i.r[3] = r->balance;
	i.r[4] = weir_add_register(c, WEIR_TYPE_RATE, k->period_yield_annual, WEIR_PHASE_OPEN, 0, "%s.period_yield",
	                           k->node.id);
	weir_add_parameter(c, i.r[4], i.r[4]);
	i.fraction = weir_class_fractions(c, k, WEIR_FRACTION_PERIOD);
	weir_emit(c, i);
}

static void accrue_class(weir_compiler *c, int number)
{
	const weir_class *k = &c->deal->classes[number];
	weir_class_registers *r = &c->plan->map.classes[number];
	accrue_principal(c, k, r);
	if (weir_has_coupon_steps(k) && r->coupon >= 0)
		emit_stepped_coupon(c, number, r->coupon, 0);
	if (k->interest == WEIR_INTEREST_CURRENT)
		accrue_interest(c, k, r);
	else if (k->interest == WEIR_INTEREST_WITH_PRINCIPAL)
		accrue_repaid_interest(c, k, r);
	if (r->yield_due >= 0)
		accrue_yield(c, k, r);
	clear_registers(c, &r->rest_paid, 1);
}

/* Taxes and fees */

/* Which periods charge a fee: 1 or 0. */
static void fee_periods(const weir_compiler *c, const weir_fee *fee, double *values)
{
	const weir_periods *periods = c->plan->periods;
	for (int p = 0; p < periods->count; p++)
		values[p] = p > 0 && (fee->frequency == WEIR_FEE_EVERY_PERIOD ||
		                      (fee->frequency == WEIR_FEE_YEARLY && periods->items[p].year_end) ||
		                      (fee->frequency == WEIR_FEE_ONCE && p == fee->once_period));
}

/* Whether what a name stands for never is below 0: a pool that brings more than was due gives up less than nothing, and
 * a named number may be set to anything. */
static int name_is_never_negative(const weir_compiler *c, int symbol)
{
	if (symbol < 0 || symbol >= WEIR_COMPUTED_BASE)
		return symbol >= 0;
	for (size_t i = 0; i < c->plan->parameter_count; i++)
		if (c->plan->parameters[i].register_number == symbol && c->plan->parameters[i].any_sign)
			return 0;
	return strcmp(c->plan->registers[symbol].name ? c->plan->registers[symbol].name : "", "pool.defaulted") != 0;
}

/* Whether a formula's value is plainly 0 or more. */
static int is_never_negative(const weir_compiler *c, const weir_expression *tree)
{
	switch (tree->op) {
	case WEIR_OP_CONSTANT:
		return tree->value >= 0;
	case WEIR_OP_NAME:
		return name_is_never_negative(c, tree->symbol);
	case WEIR_OP_ABS:
		return 1;
	case WEIR_OP_MAX:
		return is_never_negative(c, tree->arguments[0]) || is_never_negative(c, tree->arguments[1]);
	case WEIR_OP_ADD:
	case WEIR_OP_MULTIPLY:
	case WEIR_OP_DIVIDE:
	case WEIR_OP_MIN:
		return is_never_negative(c, tree->arguments[0]) && is_never_negative(c, tree->arguments[1]);
	case WEIR_OP_IF:
		return is_never_negative(c, tree->arguments[1]) && is_never_negative(c, tree->arguments[2]);
	case WEIR_OP_ROUND:
		return is_never_negative(c, tree->arguments[0]);
	default:
		return 0;
	}
}

/* A formula that falls below 0 charges nothing: nobody pays a fee to the plan. */
static void floor_charge(weir_compiler *c, const weir_expression *formula, const weir_fee_registers *r)
{
	if (!is_never_negative(c, formula))
		weir_emit_simple(c, WEIR_DO_MAX, r->charge, r->charge,
		                 weir_add_constant_register(c, WEIR_TYPE_MONEY, 0), -1);
}

/* The register of a fee's rate or fixed amount: raised while its event lasts. */
static int fee_rate(weir_compiler *c, const weir_fee *fee, const weir_fee_registers *r, double raised, const char *part)
{
	int when = isnan(raised) ? -1 : weir_compile_formula(c, &fee->raised_when, WEIR_TYPE_FLAG);
	if (when < 0)
		return r->rate;
	weir_type type = c->plan->registers[r->rate].type;
	int higher = weir_add_register(c, type, raised, WEIR_PHASE_OPEN, 0, "%s.%s", fee->node.id, part);
	int rate = weir_add_temporary(c, type);
	weir_add_parameter(c, higher, higher);
	weir_emit_simple(c, WEIR_DO_IF, rate, when, higher, r->rate);
	return rate;
}

static void charge_amount(weir_compiler *c, const weir_fee *fee, const weir_fee_registers *r)
{
	double *values = new_values(c);
	const weir_expression *formula = weir_compile_parse(c, &fee->amount, WEIR_TYPE_MONEY);
	if (!values || (fee->amount.text && !formula))
		return;
	fee_periods(c, fee, values);
	weir_instruction i = weir_instruction_new(WEIR_DO_CHARGE_AMOUNT);
	i.r[0] = r->charge;
	i.r[1] = formula ? weir_compile_expression(c, formula) :
	                   fee_rate(c, fee, r, fee->raised_amount_cents, "raised_amount");
	i.constant = weir_add_constants(c, values);
	weir_emit(c, i);
	if (formula)
		floor_charge(c, formula, r);
}

static int fee_fractions(weir_compiler *c, const weir_fee *fee)
{
	return fee->has_day_count ? weir_add_fractions(c, fee->day_count, WEIR_DATE_NONE, WEIR_FRACTION_PERIOD) :
	                            weir_add_whole_fractions(c);
}

/* Charged each period, due in some: what gathers in between is kept in a register of its own. */
static void gather_charge(weir_compiler *c, const weir_fee *fee, const weir_fee_registers *r)
{
	double *values = new_values(c);
	if (!values)
		return;
	fee_periods(c, fee, values);
	weir_instruction yearly = weir_instruction_new(WEIR_DO_YEARLY);
	yearly.r[0] = r->charge;
	yearly.r[1] = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_OPEN, 0, "%s.accrued", fee->node.id);
	yearly.constant = weir_add_constants(c, values);
	weir_emit(c, yearly);
}

/* The base of a charge is not rounded: only the charge is money. Where it is no whole amount already, the instruction
 * keeps its tree and works out each lane exactly. */
static void charge_rate(weir_compiler *c, const weir_fee *fee, const weir_fee_registers *r)
{
	const weir_expression *formula = weir_compile_parse(c, &fee->base, WEIR_TYPE_MONEY), *tree = formula;
	if (!tree)
		return;
	int base = weir_compile_unrounded(c, &tree);
	weir_instruction i = weir_instruction_new(fee->gross_included ? WEIR_DO_CHARGE_GROSS : WEIR_DO_CHARGE_RATE);
	i.r[0] = r->charge;
	i.r[1] = base;
	i.r[2] = fee_rate(c, fee, r, fee->raised_rate, "raised_rate");
	i.tree = tree->exact ? NULL : tree;
	i.fraction = fee_fractions(c, fee);
	weir_emit(c, i);
	if (fee->frequency != WEIR_FEE_EVERY_PERIOD)
		gather_charge(c, fee, r);
	floor_charge(c, formula, r);
}

static void cap_charge(weir_compiler *c, const weir_fee *fee, const weir_fee_registers *r)
{
	if (fee->cap.text) {
		int cap = weir_compile_formula(c, &fee->cap, WEIR_TYPE_MONEY);
		if (cap >= 0)
			weir_emit_simple(c, WEIR_DO_CAP, r->charge, cap, -1, -1);
	}
	if (!isnan(fee->cap_yearly_cents)) {
		const weir_periods *periods = c->plan->periods;
		double *first = new_values(c);
		if (!first)
			return;
		for (int p = 0; p < periods->count; p++)
			first[p] = p > 0 && (p == 1 || periods->items[p].year != periods->items[p - 1].year);
		weir_instruction i = weir_instruction_new(WEIR_DO_CAP_YEAR);
		i.r[0] = r->charge;
		i.r[1] = weir_add_register(c, WEIR_TYPE_MONEY, 0, WEIR_PHASE_OPEN, 0, "%s.charged_this_year",
		                           fee->node.id);
		i.r[2] = weir_add_register(c, WEIR_TYPE_MONEY, fee->cap_yearly_cents, WEIR_PHASE_OPEN, 0,
		                           "%s.cap_yearly", fee->node.id);
		i.constant = weir_add_constants(c, first);
		weir_emit(c, i);
	}
}

/* What is due: the charge itself where nothing is carried (one register), else with what was unpaid. */
static void enter_charge(weir_compiler *c, const weir_fee_registers *r)
{
	if (r->due != r->charge)
		weir_emit_simple(c, WEIR_DO_ADD, r->due, r->unpaid, r->charge, -1);
}

/* A fee on what is paid behind it in the same waterfall. Its base is worked out after a trial of the waterfall. */
static void solve_fee(weir_compiler *c, const weir_fee *fee, const weir_fee_registers *r)
{
	if (c->plan->solves || fee->cap.text || !isnan(fee->cap_yearly_cents) ||
	    fee->frequency != WEIR_FEE_EVERY_PERIOD || fee->gross_included || fee->surcharge_rate > 0) {
		weir_diag_error(c->diags, UNSUPPORTED, fee->node.place,
		                "fee \"%s\" on what is paid: one such fee, every period, without cap or surcharge is "
		                "supported; write its base on what is due instead",
		                fee->node.id);
		return;
	}
	for (int i = 0; i < c->deal->class_count; i++)
		if (weir_class_unit(c, &c->deal->classes[i]).unit_cents > 0) {
			weir_diag_error(
				c->diags, UNSUPPORTED, fee->node.place,
				"fee \"%s\" on what is paid and class \"%s\" that rounds for each unit do not go "
				"together here; write the fee's base on what is due",
				fee->node.id, c->deal->classes[i].node.id);
			return;
		}
	int rate = fee_rate(c, fee, r, fee->raised_rate, "raised_rate");
	c->plan->solves = 1;
	c->program = WEIR_PROGRAM_SOLVE;
	int base = weir_compile_formula(c, &fee->base, WEIR_TYPE_MONEY);
	c->program = WEIR_PHASE_SUPPORT;
	if (base >= 0) {
		weir_instruction i = weir_instruction_new(WEIR_DO_SOLVE_PAID);
		i.r[0] = r->charge;
		i.r[1] = base;
		i.r[2] = rate;
		i.r[3] = r->unpaid;
		i.r[4] = r->due;
		i.fraction = fee_fractions(c, fee);
		i.immediate = fee->carried;
		weir_emit(c, i);
		if (c->open >= 0)
			weir_emit_simple(c, WEIR_DO_IF, r->charge, c->open, r->charge, weir_zero(c));
		enter_charge(c, r);
	}
	c->program = WEIR_PHASE_ACCRUE;
}

static void charge_fee(weir_compiler *c, int number)
{
	const weir_fee *fee = &c->deal->fees[number];
	const weir_fee_registers *r = &c->plan->map.fees[number];
	const weir_fee_registers *s = &c->plan->map.surcharges[number];
	if (fee->solve_paid) {
		solve_fee(c, fee, r);
		return;
	}
	if (fee->amount.text || !isnan(fee->amount_cents)) {
		charge_amount(c, fee, r);
	} else {
		if (r->rate >= 0)
			charge_rate(c, fee, r);
	}
	if (c->open >= 0)
		weir_emit_simple(c, WEIR_DO_IF, r->charge, c->open, r->charge, weir_zero(c));
	cap_charge(c, fee, r);
	enter_charge(c, r);
	if (s->charge < 0)
		return;
	weir_instruction part = weir_instruction_new(WEIR_DO_CHARGE_RATE);
	part.r[0] = s->charge;
	part.r[1] = r->charge;
	part.r[2] = s->rate;
	part.fraction = weir_add_whole_fractions(c);
	weir_emit(c, part);
	enter_charge(c, s);
}

/* In a tail, fees stop once every class is repaid: a flag that is set in regular periods and while a class has a
 * balance. */
static void compile_open(weir_compiler *c)
{
	const weir_periods *periods = c->plan->periods;
	c->open = -1;
	if (periods->regular_count == periods->count)
		return;
	double *regular = new_values(c);
	if (!regular)
		return;
	for (int p = 0; p < periods->regular_count; p++)
		regular[p] = 1;
	weir_instruction set = weir_instruction_new(WEIR_DO_SET);
	set.r[0] = c->open = weir_add_temporary(c, WEIR_TYPE_FLAG);
	set.constant = weir_add_constants(c, regular);
	weir_emit(c, set);
	for (int i = 0; i < c->deal->class_count; i++) {
		if (c->deal->classes[i].style == WEIR_STYLE_RESIDUAL)
			continue;
		int owes =
			weir_emit_pair(c, WEIR_DO_LESS, WEIR_TYPE_FLAG, weir_zero(c), c->plan->map.classes[i].balance);
		weir_emit_simple(c, WEIR_DO_OR, c->open, c->open, owes, -1);
	}
}

void weir_compile_terms(weir_compiler *c)
{
	compile_collection(c);
	weir_compile_levels(c);
	weir_compile_lost(c);
	weir_compile_revolving(c);
	weir_compile_support_arrivals(c);
	weir_compile_covers(c);
	weir_compile_top_ups(c);
	c->program = WEIR_PHASE_ACCRUE;
	c->order = 0;
	compile_open(c);
	weir_compile_support_accruals(c);
	for (int i = 0; i < c->deal->class_count && c->status == WEIR_OK; i++)
		accrue_class(c, i);
	for (int i = 0; i < c->deal->fee_count && c->status == WEIR_OK; i++) {
		c->order = i + 1;
		charge_fee(c, i);
	}
	c->order = 0;
}
