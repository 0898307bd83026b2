/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waterfall.c: code for the waterfalls' steps, and for the choice among waterfalls. */
#include <stdio.h>
#include <string.h>

#include "engine/compiler.h"

typedef struct step_context {
	const weir_waterfall *waterfall;
	char number[64]; /* "3", "3.1" */
	int chosen;      /* the waterfall's mask, or -1 */
	int kept;        /* behind a keep step */
} step_context;

static int step_note(weir_compiler *c, const step_context *context, const weir_step *step, const weir_payable *paid)
{
	weir_step_note note = { .waterfall = context->waterfall->node.id, .clause = step->node.clause,
		                .node = &step->node };
	note.step = weir_arena_text(c->plan->arena, context->number, strlen(context->number));
	if (!note.clause)
		note.clause = context->waterfall->node.clause;
	note.payee = paid->payee;
	note.what = paid->what;
	note.carries = paid->carries;
	note.kept = context->kept;
	note.chosen = context->chosen;
	if (!note.step) {
		c->status = WEIR_NO_MEMORY;
		return -1;
	}
	return weir_add_note(c, &note);
}

#define MOST_ACCOUNTS 512

/* The account a step draws on or pays into; the first account when none is named. */
int weir_find_account(weir_compiler *c, const weir_words *words, int otherwise)
{
	if (words->count == 0)
		return otherwise;
	int number = weir_deal_find_account(c->deal, words->items[0]);
	if (number < 0 && c->deal->account_count > 0) {
		const char *names[MOST_ACCOUNTS];
		size_t count = 0;
		for (int i = 0; i < c->deal->account_count && count < MOST_ACCOUNTS; i++)
			names[count++] = c->deal->accounts[i].node.id;
		const char *near = weir_nearest_name(words->items[0], strlen(words->items[0]), names, count);
		weir_diag_error(c->diags, UNKNOWN_ID, words->places[0], "there is no account \"%s\"; %s%s%s",
		                words->items[0], near ? "did you mean \"" : "name one of <accounts>", near ? near : "",
		                near ? "\"?" : "");
	}
	return number;
}

static void pay_one(weir_compiler *c, const step_context *context, const weir_step *step, const weir_payable *p,
                    int account, int limit)
{
	static const weir_opcode ops[] = { WEIR_DO_PAY, WEIR_DO_PAY_BALANCE, WEIR_DO_PAY_WHOLE, WEIR_DO_PAY_REST };
	weir_instruction i = weir_instruction_new(ops[p->how]);
	i.r[0] = account;
	i.r[1] = p->item.unpaid;
	i.r[2] = p->item.paid;
	i.r[3] = p->how == WEIR_PAY_BALANCE || p->how == WEIR_PAY_WHOLE ? p->item.due : p->item.balance;
	i.r[5] = p->item.scheduled;
	i.r[4] = limit;
	i.mask = c->mask;
	i.unit = p->item.unit;
	i.note = step_note(c, context, step, p);
	weir_emit(c, i);
}

static void pay_pro_rata(weir_compiler *c, const step_context *context, const weir_step *step, weir_payable *list,
                         int count, int account, int limit)
{
	weir_list_item items[WEIR_MOST_PAYABLES];
	for (int i = 0; i < count; i++) {
		if (list[i].how == WEIR_PAY_REST)
			weir_diag_error(
				c->diags, STEP_INVALID, list[i].place,
				"\"%s.rest\" takes all that is left, so it cannot be paid pro rata; give it a step "
				"of its own",
				list[i].payee);
		items[i] = list[i].item;
		items[i].note = step_note(c, context, step, &list[i]);
	}
	weir_instruction pay = weir_instruction_new(WEIR_DO_PAY_PRO_RATA);
	pay.r[0] = account;
	pay.r[4] = limit;
	pay.mask = c->mask;
	pay.split = step->split;
	pay.list = weir_add_items(c, items, count);
	pay.list_count = count;
	pay.note = count ? items[0].note : -1;
	weir_emit(c, pay);
}

/* A mask of `outer` and a flag. */
static int combine_mask(weir_compiler *c, int outer, int flag)
{
	if (outer < 0)
		return flag;
	int mask = weir_add_temporary(c, WEIR_TYPE_FLAG);
	weir_emit_simple(c, WEIR_DO_MASK, mask, outer, flag, -1);
	return mask;
}

/* A covered payable as a purse pays it: what is due, or (in the last period) the whole balance. */
static weir_payable from_purse(const weir_compiler *c, const weir_payable *p, int whole)
{
	weir_payable out = *p;
	if (!p->class_number)
		return out;
	const weir_class_registers *k = &c->plan->map.classes[p->class_number - 1];
	out.how = WEIR_PAY_DUE;
	out.item.unpaid = k->principal_unpaid;
	out.item.balance = k->balance;
	out.item.due = out.item.scheduled = -1;
	if (whole) {
		out.how = k->principal_unpaid >= 0 ? WEIR_PAY_WHOLE : WEIR_PAY_BALANCE;
		out.item.unpaid = k->balance;
		out.item.balance = -1;
		out.item.due = k->principal_due;
		out.item.scheduled = k->principal_unpaid;
	}
	return out;
}

/* The flag of the deal's last period. */
static int last_period(weir_compiler *c)
{
	if (c->last_period >= 0)
		return c->last_period;
	double *values = weir_compile_array(c, c->plan->periods->count, sizeof *values);
	if (!values)
		return 0;
	values[c->plan->periods->count - 1] = 1;
	int here = c->program;
	c->program = WEIR_PHASE_COLLECT;
	weir_instruction set = weir_instruction_new(WEIR_DO_SET);
	set.r[0] = c->last_period = weir_add_temporary(c, WEIR_TYPE_FLAG);
	set.constant = weir_add_constants(c, values);
	weir_emit(c, set);
	c->program = here;
	return c->last_period;
}

static void pay_list(weir_compiler *c, const step_context *context, const weir_step *step, weir_payable *list,
                     int count, int cash, int limit)
{
	if (step->share == WEIR_SHARE_PRO_RATA && count > 1)
		pay_pro_rata(c, context, step, list, count, cash, limit);
	else
		for (int i = 0; i < count; i++)
			pay_one(c, context, step, &list[i], cash, limit);
}

/* What the account could not pay of a step, the supports that cover it pay from what was drawn for it. */
static void pay_from_purses(weir_compiler *c, const step_context *context, const weir_step *step,
                            const weir_payable *list, int count)
{
	for (int s = 0; s < c->deal->support_count; s++) {
		int dues = 0, wholes = 0, outer = c->mask;
		int cash = c->plan->map.supports[s].cash;
		weir_payable due[WEIR_MOST_PAYABLES], whole[WEIR_MOST_PAYABLES];
		for (int i = 0; cash >= 0 && i < count; i++) {
			if (!weir_support_covers(c, s, &list[i]))
				continue;
			due[dues] = from_purse(c, &list[i], 0);
			dues += due[dues].item.unpaid >= 0;
			if (list[i].class_number && c->deal->supports[s].final)
				whole[wholes++] = from_purse(c, &list[i], 1);
		}
		if (dues)
			pay_list(c, context, step, due, dues, cash, -1);
		if (wholes) {
			c->mask = combine_mask(c, outer, last_period(c));
			pay_list(c, context, step, whole, wholes, cash, -1);
			c->mask = outer;
		}
	}
}

/* Pays the list from one account; a step with several goes through them in order. */
static void pay_from(weir_compiler *c, const step_context *context, const weir_step *step, weir_payable *list,
                     int count, int account, int limit)
{
	int cash = c->plan->map.accounts[account].balance;
	c->account_paid_out[account] = 1;
	pay_list(c, context, step, list, count, cash, limit);
}

/* An amount that stands twice in a step would count twice in the shares. Gives 0 after a complaint. */
static int each_once(weir_compiler *c, const weir_step *step, const weir_payable *list, int count)
{
	for (int i = 0; step->share == WEIR_SHARE_PRO_RATA && i < count; i++)
		for (int k = 0; k < i; k++)
			if (list[k].item.paid == list[i].item.paid) {
				weir_diag_error(
					c->diags, STEP_INVALID, list[i].place,
					"this step pays the %s of \"%s\" twice, so its shares have no sense; name it once",
					list[i].what, list[i].payee);
				return 0;
			}
	return 1;
}

static void compile_pay(weir_compiler *c, const step_context *context, const weir_step *step)
{
	weir_payable list[WEIR_MOST_PAYABLES];
	int count = 0, outer = c->mask;
	for (int i = 0; i < step->what.count; i++)
		count += weir_find_payables(c, step->what.items[i], step->what.places[i], list + count,
		                            WEIR_MOST_PAYABLES - count);
	if (count == 0 || !each_once(c, step, list, count))
		return;
	if (step->test.text) {
		int flag = weir_compile_formula(c, &step->test, WEIR_TYPE_FLAG);
		if (flag >= 0)
			c->mask = combine_mask(c, outer, flag);
	}
	int limit = weir_compile_formula(c, &step->limit, WEIR_TYPE_MONEY);
	if (limit >= 0) { /* what the step has paid comes off its limit: work on a copy */
		int rest = weir_add_temporary(c, WEIR_TYPE_MONEY);
		weir_emit_simple(c, WEIR_DO_COPY, rest, limit, -1, -1);
		limit = rest;
	}
	for (int i = 0; step->from.count > 1 && i < count; i++)
		if (list[i].item.unit.unit_cents > 0)
			weir_diag_error(
				c->diags, UNSUPPORTED, step->node.place,
				"class \"%s\" rounds for each unit, so a step that pays it draws on one account; give "
				"it a step for each account",
				list[i].payee);
	for (int a = 0; a < (step->from.count ? step->from.count : 1); a++) {
		weir_words one = { .count = step->from.count ? 1 : 0, .items = step->from.items + a,
			           .places = step->from.places + a };
		int account = weir_find_account(c, &one, 0);
		if (account >= 0)
			pay_from(c, context, step, list, count, account, limit);
	}
	pay_from_purses(c, context, step, list, count);
	c->mask = outer;
}

/* Keeps what a reserve was measured against for the tables, in the lanes that this waterfall was chosen for. Formulas
 * do not see this register: to them ACCOUNT.target is the formula where it stands. */
static void keep_target(weir_compiler *c, const step_context *context, int account, int value)
{
	int *kept = &c->plan->map.accounts[account].target;
	if (*kept < 0) {
		int number = weir_add_temporary(c, WEIR_TYPE_MONEY);
		const char *name = weir_dotted(c, c->deal->accounts[account].node.id, "target");
		if (c->status != WEIR_OK)
			return;
		c->plan->registers[number].name = name;
		c->plan->registers[number].temporary = 0;
		c->plan->registers[number].recorded = 1;
		*kept = number;
	}
	if (context->chosen >= 0)
		weir_emit_simple(c, WEIR_DO_IF, *kept, context->chosen, value, *kept);
	else
		weir_emit_simple(c, WEIR_DO_COPY, *kept, value, -1, -1);
}

/* fill, transfer and release: money between accounts. */
static void compile_move(weir_compiler *c, const step_context *context, const weir_step *step)
{
	const weir_deal *deal = c->deal;
	int is_release = step->kind == WEIR_STEP_RELEASE;
	int from = weir_find_account(c, &step->from, is_release ? -1 : 0);
	int to = weir_find_account(c, &step->to, is_release ? 0 : -1);
	if (from < 0 || to < 0)
		return;
	if (from == to) {
		weir_diag_error(c->diags, STEP_INVALID, step->node.place,
		                "this step moves cash from \"%s\" to itself; name two accounts",
		                deal->accounts[from].node.id);
		return;
	}
	const weir_account *reserve = &deal->accounts[is_release ? from : to];
	int by_target = (is_release && !step->release_all) || step->kind == WEIR_STEP_FILL;
	if (by_target && !reserve->target.text) {
		weir_diag_error(c->diags, STEP_INVALID, step->node.place,
		                "account \"%s\" has no target, so this step has no amount; give it a target",
		                reserve->node.id);
		return;
	}
	c->account_paid_out[from] = 1;
	static const char *const words[] = { [WEIR_STEP_FILL] = "fill", [WEIR_STEP_TRANSFER] = "transfer",
		                             [WEIR_STEP_RELEASE] = "release" };
	weir_payable moved = { .payee = deal->accounts[to].node.id, .what = words[step->kind], .node = &step->node };
	weir_instruction i = weir_instruction_new(by_target ? (is_release ? WEIR_DO_RELEASE : WEIR_DO_FILL) :
	                                                      WEIR_DO_TRANSFER);
	i.r[0] = c->plan->map.accounts[from].balance;
	i.r[1] = c->plan->map.accounts[to].balance;
	i.r[2] = weir_compile_formula(c, by_target ? &reserve->target : &step->amount, WEIR_TYPE_MONEY);
	if (by_target) {
		if (i.r[2] < 0)
			return;
		keep_target(c, context, is_release ? from : to, i.r[2]);
	}
	int outer = c->mask;
	if (step->test.text) {
		int flag = weir_compile_formula(c, &step->test, WEIR_TYPE_FLAG);
		if (flag >= 0)
			c->mask = combine_mask(c, outer, flag);
	}
	i.mask = c->mask;
	i.note = step_note(c, context, step, &moved);
	weir_emit(c, i);
	c->mask = outer;
}

/* The revolving asset that a purchase step names; -1 after a complaint. */
static int find_revolving(weir_compiler *c, const weir_step *step)
{
	const char *names[MOST_ACCOUNTS], *wanted = step->to.count ? step->to.items[0] : "";
	size_t count = 0;
	for (int i = 0; i < c->deal->revolving_count; i++) {
		if (strcmp(c->deal->revolvings[i].node.id, wanted) == 0)
			return i;
		if (count < MOST_ACCOUNTS)
			names[count++] = c->deal->revolvings[i].node.id;
	}
	const char *near = weir_nearest_name(wanted, strlen(wanted), names, count);
	weir_diag_error(c->diags, UNKNOWN_ID, step->to.count ? step->to.places[0] : step->node.place,
	                "there is no revolving asset \"%s\"; %s%s%s", wanted,
	                near ? "did you mean \"" : "name one of <revolvings>", near ? near : "", near ? "\"?" : "");
	return -1;
}

static void compile_purchase(weir_compiler *c, const step_context *context, const weir_step *step)
{
	int asset = find_revolving(c, step), from = weir_find_account(c, &step->from, 0), outer = c->mask;
	if (asset < 0 || from < 0)
		return;
	const weir_revolving *bought = &c->deal->revolvings[asset];
	c->revolving_bought[asset] = 1;
	weir_payable moved = { .payee = bought->node.id, .what = "purchase", .node = &step->node };
	weir_instruction i = weir_instruction_new(WEIR_DO_BUY);
	c->account_paid_out[from] = 1;
	i.r[0] = c->plan->map.accounts[from].balance;
	i.r[1] = weir_compile_formula(c, &step->amount, WEIR_TYPE_MONEY);
	i.r[2] = c->plan->map.revolvings[asset].purchased;
	i.r[3] = c->plan->map.revolvings[asset].balance;
	i.asset = asset;
	i.immediate = bought->price;
	i.list = c->revolving_queues[asset].list;
	i.list_count = c->revolving_queues[asset].count;
	if (step->test.text) {
		int flag = weir_compile_formula(c, &step->test, WEIR_TYPE_FLAG);
		if (flag >= 0)
			c->mask = combine_mask(c, outer, flag);
	}
	i.r[4] = outer; /* what was really bought asks for no condition of the step */
	if (c->plan->map.sold >= 0) { /* nothing is bought for a pool that is gone */
		int kept = weir_add_temporary(c, WEIR_TYPE_FLAG);
		weir_emit_simple(c, WEIR_DO_NOT, kept, c->plan->map.sold, -1, -1);
		c->mask = combine_mask(c, c->mask, kept);
		i.r[4] = combine_mask(c, outer, kept);
	}
	i.mask = c->mask;
	i.note = step_note(c, context, step, &moved);
	weir_emit(c, i);
	c->mask = outer;
}

static void compile_steps(weir_compiler *c, step_context *context, const weir_step *steps, int count);

static void compile_when(weir_compiler *c, step_context *context, const weir_step *step)
{
	int outer = c->mask;
	int flag = weir_compile_formula(c, &step->test, WEIR_TYPE_FLAG);
	if (flag >= 0)
		c->mask = combine_mask(c, outer, flag);
	compile_steps(c, context, step->children, step->child_count);
	c->mask = outer;
}

/* Numbers the steps as the document does and compiles them; `keep` narrows the mask of all that follow it here. */
static void compile_steps(weir_compiler *c, step_context *context, const weir_step *steps, int count)
{
	size_t length = strlen(context->number);
	for (int i = 0; i < count && c->status == WEIR_OK; i++) {
		const weir_step *step = &steps[i];
		snprintf(context->number + length, sizeof context->number - length, length ? ".%d" : "%d", i + 1);
		switch (step->kind) {
		case WEIR_STEP_PAY:
			compile_pay(c, context, step);
			break;
		case WEIR_STEP_FILL:
		case WEIR_STEP_TRANSFER:
		case WEIR_STEP_RELEASE:
			compile_move(c, context, step);
			break;
		case WEIR_STEP_KEEP: {
			int flag = weir_compile_formula(c, &step->test, WEIR_TYPE_FLAG);
			if (flag >= 0)
				c->mask = combine_mask(c, c->mask, flag);
			context->kept = 1;
			break;
		}
		case WEIR_STEP_WHEN:
			compile_when(c, context, step);
			break;
		case WEIR_STEP_PURCHASE:
			compile_purchase(c, context, step);
			break;
		}
	}
	context->number[length] = '\0';
}

static void compile_one(weir_compiler *c, int number, int mask)
{
	const weir_waterfall *w = &c->deal->waterfalls[number];
	weir_program *program = &c->plan->programs[c->program];
	step_context context = { .waterfall = w, .chosen = mask };
	size_t skip = program->count;
	if (mask >= 0)
		weir_emit_simple(c, WEIR_DO_SKIP_UNLESS, mask, -1, -1, -1);
	c->barrier[c->program] = program->count;
	c->mask = mask;
	compile_steps(c, &context, w->steps, w->step_count);
	c->mask = -1;
	if (mask >= 0 && c->status == WEIR_OK) {
		program->items[skip].jump = (int)program->count;
		c->barrier[c->program] = program->count;
	}
}

/* First match wins: each waterfall's mask is its condition where no earlier one was chosen. */
static void choose_waterfalls(weir_compiler *c, int *masks)
{
	int taken = weir_add_temporary(c, WEIR_TYPE_FLAG);
	int never = weir_add_constant_register(c, WEIR_TYPE_FLAG, 0);
	int always = weir_add_constant_register(c, WEIR_TYPE_FLAG, 1);
	weir_emit_simple(c, WEIR_DO_COPY, taken, never, -1, -1);
	for (int i = 0; i < c->deal->waterfall_count; i++) {
		const weir_waterfall *w = &c->deal->waterfalls[i];
		int flag = w->when.text ? weir_compile_formula(c, &w->when, WEIR_TYPE_FLAG) : always;
		masks[i] = weir_add_register(c, WEIR_TYPE_FLAG, 0, WEIR_PHASE_WATERFALL, 0, "state.%s",
		                             w->node.id ? w->node.id : "");
		weir_emit_simple(c, WEIR_DO_CHOOSE, masks[i], flag < 0 ? never : flag, taken, -1);
	}
}

static void add_payable(weir_list_item *items, int *count, int unpaid, int due, int paid)
{
	if (unpaid < 0 || paid < 0)
		return;
	items[*count] = weir_list_item_new(unpaid, paid, -1);
	items[(*count)++].due = due;
}

/* Before the first step: all that is due is unpaid. Until then the unpaid amounts are those of the last period. */
static void prepare_payables(weir_compiler *c)
{
	const weir_deal *deal = c->deal;
	const weir_plan_map *map = &c->plan->map;
	int room = deal->class_count * 3 + deal->fee_count * 2 + deal->support_count * 2, count = 0;
	weir_list_item *items = weir_compile_array(c, room, sizeof *items);
	if (!items)
		return;
	for (int i = 0; i < deal->class_count; i++) {
		const weir_class_registers *r = &map->classes[i];
		add_payable(items, &count, r->interest_unpaid, r->interest_due, r->interest_paid);
		add_payable(items, &count, r->principal_unpaid, r->principal_due, r->principal_paid);
		add_payable(items, &count, r->yield_unpaid, r->yield_due, r->yield_paid);
	}
	for (int i = 0; i < deal->fee_count; i++) {
		add_payable(items, &count, map->fees[i].unpaid, map->fees[i].due, map->fees[i].paid);
		add_payable(items, &count, map->surcharges[i].unpaid, map->surcharges[i].due, map->surcharges[i].paid);
	}
	for (int i = 0; i < deal->support_count; i++) {
		const weir_support_registers *r = &map->supports[i];
		add_payable(items, &count, r->interest_unpaid, r->interest_due, r->interest_paid);
		add_payable(items, &count, r->fee_unpaid, r->fee_due, r->fee_paid);
	}
	weir_instruction prepare = weir_instruction_new(WEIR_DO_PREPARE);
	prepare.list = weir_add_items(c, items, count);
	prepare.list_count = count;
	weir_emit(c, prepare);
}

void weir_compile_waterfalls(weir_compiler *c)
{
	int count = c->deal->waterfall_count;
	c->program = WEIR_PHASE_WATERFALL;
	for (int i = 0; i < count; i++) {
		const weir_waterfall *w = &c->deal->waterfalls[i];
		int last = i == count - 1;
		if (last && w->when.text)
			weir_diag_error(
				c->diags, WATERFALL_UNREACHABLE, w->when.place,
				"the last waterfall has a condition, so in some periods none would apply; leave out "
				"its when");
		if (!last && !w->when.text)
			weir_diag_error(
				c->diags, WATERFALL_UNREACHABLE, w->node.place,
				"waterfall \"%s\" has no condition, so those behind it can never be chosen; give it "
				"a when or move it to the end",
				w->node.id ? w->node.id : "");
	}
	if (count == 1) {
		prepare_payables(c);
		compile_one(c, 0, -1);
		weir_compile_returns(c);
		return;
	}
	int *masks = weir_compile_array(c, count, sizeof *masks);
	if (!masks)
		return;
	c->plan->map.waterfall_masks = masks;
	choose_waterfalls(c, masks);
	prepare_payables(c);
	for (int i = 0; i < count && c->status == WEIR_OK; i++)
		compile_one(c, i, masks[i]);
	weir_compile_returns(c);
}
