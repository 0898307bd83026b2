/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waterfall.c: code for the waterfalls' steps, and for the choice among waterfalls. */
#include <stdio.h>
#include <string.h>

#include "engine/compiler.h"

/* One thing that a pay step names. */
typedef struct payable {
	enum { PAYS_DUE, PAYS_BALANCE, PAYS_WHOLE, PAYS_REST } how;
	weir_list_item item;
	const char *what;  /* machine word for the trace */
	const char *payee;
	const weir_node *node;
	weir_place place;
	int carries;       /* what is unpaid stays due */
} payable;

#define MOST_PAYABLES 64

typedef struct step_context {
	const weir_waterfall *waterfall;
	char number[64]; /* "3", "3.1" */
	int chosen;      /* the waterfall's mask, or -1 */
	int kept;        /* behind a keep step */
} step_context;

/* The part "interest", "principal", "balance", "yield" or "rest" of a class; 0 when the class has no such part. */
static int class_payable(weir_compiler *c, int number, const char *part, payable *out)
{
	const weir_class *k = &c->deal->classes[number];
	const weir_class_registers *r = &c->plan->map.classes[number];
	*out = (payable){ .payee = k->node.id, .node = &k->node, .what = part };
	if (strcmp(part, "interest") == 0 && r->interest_due >= 0) {
		out->item = weir_list_item_new(r->interest_unpaid, r->interest_paid, -1);
		out->what = "interest";
		out->carries = 1;
		c->class_paid[number] |= WEIR_PAYS_INTEREST;
	} else if (strcmp(part, "principal") == 0) {
		c->class_paid[number] |= WEIR_PAYS_PRINCIPAL;
		out->what = "principal";
		if (r->principal_unpaid >= 0) {
			out->item = weir_list_item_new(r->principal_unpaid, r->principal_paid, r->balance);
			out->carries = k->style != WEIR_STYLE_PLANNED;
		} else {
			out->how = PAYS_BALANCE;
			out->item = weir_list_item_new(r->balance, r->principal_paid, -1);
			out->item.due = r->principal_due;
		}
	} else if (strcmp(part, "balance") == 0 && k->style != WEIR_STYLE_RESIDUAL) {
		c->class_paid[number] |= WEIR_PAYS_PRINCIPAL;
		out->what = "principal";
		out->carries = 1;
		out->how = r->principal_unpaid >= 0 ? PAYS_WHOLE : PAYS_BALANCE;
		out->item = weir_list_item_new(r->balance, r->principal_paid, -1);
		out->item.due = r->principal_due;
		out->item.scheduled = r->principal_unpaid;
	} else if (strcmp(part, "yield") == 0 && r->yield_due >= 0) {
		out->item = weir_list_item_new(r->yield_unpaid, r->yield_paid, -1);
		out->what = "yield";
		out->carries = k->period_yield_carried;
		c->class_paid[number] |= WEIR_PAYS_YIELD;
	} else if (strcmp(part, "rest") == 0 && r->rest_paid >= 0) {
		out->how = PAYS_REST;
		out->item = weir_list_item_new(-1, r->rest_paid, -1);
		out->what = "rest";
		c->class_paid[number] |= WEIR_PAYS_REST;
	} else {
		return 0;
	}
	out->item.unit = weir_class_unit(c, k);
	return 1;
}

/* One payable of a fee and one of its surcharge, in that order. Gives how many. */
static int fee_payables(weir_compiler *c, int number, payable *out)
{
	const weir_fee *fee = &c->deal->fees[number];
	const weir_fee_registers *r = &c->plan->map.fees[number], *s = &c->plan->map.surcharges[number];
	c->fee_paid[number] |= WEIR_PAYS_FEE;
	out[0] = (payable){ .payee = fee->node.id, .node = &fee->node, .what = fee->is_tax ? "tax" : "fee",
		            .item = weir_list_item_new(r->unpaid, r->paid, -1), .carries = fee->carried };
	if (s->charge < 0)
		return 1;
	out[1] = (payable){ .payee = fee->node.id, .node = &fee->node, .what = "surcharge",
		            .item = weir_list_item_new(s->unpaid, s->paid, -1), .carries = fee->carried };
	return 2;
}

#define MOST_NAMES 512

/* Complains about a word that stands for nothing: the nearest name, or what to write instead. */
static void complain_with_names(weir_compiler *c, weir_place place, const char *what, const char *word,
                                const char *const *names, size_t count, const char *remedy)
{
	const char *near = weir_nearest_name(word, strlen(word), names, count);
	weir_diag_error(c->diags, UNKNOWN_NAME, place, "\"%s\" is %s; %s%s%s", word, what, near ? "did you mean \"" : remedy,
	                near ? near : "", near ? "\"?" : "");
}

static const char *part_missing(const char *part)
{
	static const struct {
		const char *part, *why;
	} parts[] = { { "interest", "it pays no coupon" },
		      { "yield", "it has no period-yield" },
		      { "principal", "its balance is not repaid" },
		      { "balance", "its balance is not repaid" },
		      { "rest", "nothing is left to it" } };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i].part, part) == 0)
			return parts[i].why;
	return NULL;
}

/* "ID.PART" in the plan's arena; NULL when memory is short. */
static const char *dotted(weir_compiler *c, const char *id, const char *part)
{
	size_t length = strlen(id), rest = strlen(part) + 1;
	char *text = weir_arena_alloc(c->plan->arena, length + 1 + rest);
	if (!text) {
		c->status = WEIR_NO_MEMORY;
		return NULL;
	}
	memcpy(text, id, length);
	text[length] = '.';
	memcpy(text + length + 1, part, rest);
	return text;
}

static int unknown_payable(weir_compiler *c, const char *word, weir_place place)
{
	const char *names[MOST_NAMES], *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word;
	const char *dot = strrchr(name, '.');
	size_t count = 0;
	for (int i = 0; i < c->deal->fee_count && count < MOST_NAMES; i++)
		names[count++] = c->deal->fees[i].node.id;
	for (int i = 0; i < c->deal->class_count && count + 2 < MOST_NAMES; i++) {
		static const char *const parts[] = { "interest", "principal" };
		const char *id = c->deal->classes[i].node.id;
		if (dot && strlen(id) == (size_t)(dot - name) && memcmp(id, name, strlen(id)) == 0 && part_missing(dot + 1)) {
			weir_diag_error(c->diags, UNKNOWN_NAME, place, "class \"%s\" has no %s: %s", id, dot + 1,
			                part_missing(dot + 1));
			return 0;
		}
		for (int p = 0; p < 2; p++) {
			const char *text = dotted(c, id, parts[p]);
			if (!text)
				return 0;
			names[count++] = text;
		}
	}
	complain_with_names(c, place, "nothing that can be paid", word, names, count,
	                    "name a fee, or CLASS.interest, CLASS.principal, CLASS.balance, CLASS.yield or CLASS.rest");
	return 0;
}

static int is_id(const weir_node *node, const char *id, size_t length)
{
	return node->id && strlen(node->id) == length && memcmp(node->id, id, length) == 0;
}

/* "vat.surcharge": the surcharge alone. */
static int surcharge_payable(weir_compiler *c, const char *id, size_t length, payable *out)
{
	payable both[2];
	for (int i = 0; i < c->deal->fee_count; i++)
		if (is_id(&c->deal->fees[i].node, id, length) && c->plan->map.surcharges[i].charge >= 0) {
			fee_payables(c, i, both);
			*out = both[1];
			return 1;
		}
	return 0;
}

/* The part of a class, or of each class of a group; the caller has room for all classes of a group. */
static int class_payables(weir_compiler *c, const char *id, size_t length, const char *part, payable *out)
{
	int count = 0;
	for (int i = 0; i < c->deal->class_count; i++)
		if (is_id(&c->deal->classes[i].node, id, length))
			return class_payable(c, i, part, out);
	for (int g = 0; g < c->deal->group_count; g++)
		if (is_id(&c->deal->groups[g].node, id, length))
			for (int i = 0; i < c->deal->groups[g].class_count; i++)
				count += class_payable(c, c->deal->groups[g].classes[i], part, &out[count]);
	return count;
}

static int names_part(const weir_deal *deal, const char *word, int class_number, const char *part)
{
	const char *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word, *dot = strrchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : 0;
	if (!dot || strcmp(dot + 1, part) != 0)
		return 0;
	if (is_id(&deal->classes[class_number].node, name, length))
		return 1;
	for (int g = 0; g < deal->group_count; g++)
		if (is_id(&deal->groups[g].node, name, length))
			for (int k = 0; k < deal->groups[g].class_count; k++)
				if (deal->groups[g].classes[k] == class_number)
					return 1;
	return 0;
}

static int steps_name_part(const weir_deal *deal, const weir_step *steps, int count, int class_number, const char *part)
{
	for (int i = 0; i < count; i++) {
		for (int w = 0; w < steps[i].what.count; w++)
			if (names_part(deal, steps[i].what.items[w], class_number, part))
				return 1;
		if (steps_name_part(deal, steps[i].children, steps[i].child_count, class_number, part))
			return 1;
	}
	return 0;
}

int weir_is_part_paid(const weir_deal *deal, int class_number, const char *part)
{
	for (int i = 0; i < deal->waterfall_count; i++)
		if (steps_name_part(deal, deal->waterfalls[i].steps, deal->waterfalls[i].step_count, class_number, part))
			return 1;
	return 0;
}

/* The most payables that a word can stand for. */
static int most_payables(const weir_deal *deal, const char *name, const char *dot)
{
	int most = 2; /* a fee and its surcharge */
	for (int g = 0; dot && g < deal->group_count; g++)
		if (is_id(&deal->groups[g].node, name, (size_t)(dot - name)) && deal->groups[g].class_count > most)
			most = deal->groups[g].class_count;
	return most;
}

/* What one word of a pay step stands for; gives how many payables, 0 after a complaint. */
static int find_payables(weir_compiler *c, const char *word, weir_place place, payable *out, int room)
{
	int count = 0;
	const char *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word;
	const char *dot = strrchr(name, '.');
	if (most_payables(c->deal, name, dot) > room) {
		weir_diag_error(c->diags, UNSUPPORTED, place,
		                "one step pays at most %d amounts; divide this one into several steps", MOST_PAYABLES);
		return 0;
	}
	if (!dot) {
		int fee = weir_deal_find_fee(c->deal, name);
		count = fee >= 0 ? fee_payables(c, fee, out) : 0;
	} else {
		count = class_payables(c, name, (size_t)(dot - name), dot + 1, out);
		if (count == 0 && strcmp(dot + 1, "surcharge") == 0)
			count = surcharge_payable(c, name, (size_t)(dot - name), out);
	}
	for (int i = 0; i < count; i++)
		out[i].place = place;
	return count ? count : unknown_payable(c, word, place);
}

static int step_note(weir_compiler *c, const step_context *context, const weir_step *step, const payable *paid)
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

/* The account a step draws on or pays into; the first account when none is named. */
static int find_account(weir_compiler *c, const weir_words *words, int otherwise)
{
	if (words->count == 0)
		return otherwise;
	int number = weir_deal_find_account(c->deal, words->items[0]);
	if (number < 0 && c->deal->account_count > 0) {
		const char *names[MOST_NAMES];
		size_t count = 0;
		for (int i = 0; i < c->deal->account_count && count < MOST_NAMES; i++)
			names[count++] = c->deal->accounts[i].node.id;
		const char *near = weir_nearest_name(words->items[0], strlen(words->items[0]), names, count);
		weir_diag_error(c->diags, UNKNOWN_ID, words->places[0], "there is no account \"%s\"; %s%s%s",
		                words->items[0], near ? "did you mean \"" : "name one of <accounts>", near ? near : "",
		                near ? "\"?" : "");
	}
	return number;
}

static void pay_one(weir_compiler *c, const step_context *context, const weir_step *step, const payable *p,
                    int account, int limit)
{
	static const weir_opcode ops[] = { WEIR_DO_PAY, WEIR_DO_PAY_BALANCE, WEIR_DO_PAY_WHOLE, WEIR_DO_PAY_REST };
	weir_instruction i = weir_instruction_new(ops[p->how]);
	i.r[0] = account;
	i.r[1] = p->item.unpaid;
	i.r[2] = p->item.paid;
	i.r[3] = p->how == PAYS_BALANCE || p->how == PAYS_WHOLE ? p->item.due : p->item.balance;
	i.r[5] = p->item.scheduled;
	i.r[4] = limit;
	i.mask = c->mask;
	i.unit = p->item.unit;
	i.note = step_note(c, context, step, p);
	weir_emit(c, i);
}

static void pay_pro_rata(weir_compiler *c, const step_context *context, const weir_step *step, payable *list,
                         int count, int account, int limit)
{
	weir_list_item items[MOST_PAYABLES];
	for (int i = 0; i < count; i++) {
		if (list[i].how == PAYS_REST)
			weir_diag_error(c->diags, STEP_INVALID, list[i].place,
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

/* Pays the list from one account; a step with several goes through them in order. */
static void pay_from(weir_compiler *c, const step_context *context, const weir_step *step, payable *list, int count,
                     int account, int limit)
{
	int cash = c->plan->map.accounts[account].balance;
	c->account_paid_out[account] = 1;
	if (step->share == WEIR_SHARE_PRO_RATA && count > 1)
		pay_pro_rata(c, context, step, list, count, cash, limit);
	else
		for (int i = 0; i < count; i++)
			pay_one(c, context, step, &list[i], cash, limit);
}

/* An amount that stands twice in a step would count twice in the shares. Gives 0 after a complaint. */
static int each_once(weir_compiler *c, const weir_step *step, const payable *list, int count)
{
	for (int i = 0; step->share == WEIR_SHARE_PRO_RATA && i < count; i++)
		for (int k = 0; k < i; k++)
			if (list[k].item.paid == list[i].item.paid) {
				weir_diag_error(c->diags, STEP_INVALID, list[i].place,
				                "this step pays the %s of \"%s\" twice, so its shares have no sense; name it once",
				                list[i].what, list[i].payee);
				return 0;
			}
	return 1;
}

static void compile_pay(weir_compiler *c, const step_context *context, const weir_step *step)
{
	payable list[MOST_PAYABLES];
	int count = 0, outer = c->mask;
	for (int i = 0; i < step->what.count; i++)
		count += find_payables(c, step->what.items[i], step->what.places[i], list + count, MOST_PAYABLES - count);
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
		if (list[i].item.unit.units > 0)
			weir_diag_error(c->diags, UNSUPPORTED, step->node.place,
			                "class \"%s\" rounds for each unit, so a step that pays it draws on one account; give "
			                "it a step for each account",
			                list[i].payee);
	for (int a = 0; a < (step->from.count ? step->from.count : 1); a++) {
		weir_words one = { .count = step->from.count ? 1 : 0, .items = step->from.items + a,
			           .places = step->from.places + a };
		int account = find_account(c, &one, 0);
		if (account >= 0)
			pay_from(c, context, step, list, count, account, limit);
	}
	c->mask = outer;
}

/* Keeps what a reserve was measured against for the tables, in the lanes that this waterfall was chosen for. Formulas
 * do not see this register: to them ACCOUNT.target is the formula where it stands. */
static void keep_target(weir_compiler *c, const step_context *context, int account, int value)
{
	int *kept = &c->plan->map.accounts[account].target;
	if (*kept < 0) {
		int number = weir_add_temporary(c, WEIR_TYPE_MONEY);
		const char *name = dotted(c, c->deal->accounts[account].node.id, "target");
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
	int from = find_account(c, &step->from, is_release ? -1 : 0);
	int to = find_account(c, &step->to, is_release ? 0 : -1);
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
	payable moved = { .payee = deal->accounts[to].node.id, .what = words[step->kind], .node = &step->node };
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
	size_t room = (size_t)(deal->class_count * 3 + deal->fee_count * 2 + 1);
	weir_list_item *items = weir_arena_array(c->plan->arena, room, sizeof *items);
	int count = 0;
	if (!items) {
		c->status = WEIR_NO_MEMORY;
		return;
	}
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
			weir_diag_error(c->diags, WATERFALL_UNREACHABLE, w->when.place,
			                "the last waterfall has a condition, so in some periods none would apply; leave out "
			                "its when");
		if (!last && !w->when.text)
			weir_diag_error(c->diags, WATERFALL_UNREACHABLE, w->node.place,
			                "waterfall \"%s\" has no condition, so those behind it can never be chosen; give it "
			                "a when or move it to the end",
			                w->node.id ? w->node.id : "");
	}
	if (count == 1) {
		prepare_payables(c);
		compile_one(c, 0, -1);
		return;
	}
	int *masks = weir_arena_array(c->plan->arena, (size_t)count + 1, sizeof *masks);
	if (!masks) {
		c->status = WEIR_NO_MEMORY;
		return;
	}
	c->plan->map.waterfall_masks = masks;
	choose_waterfalls(c, masks);
	prepare_payables(c);
	for (int i = 0; i < count && c->status == WEIR_OK; i++)
		compile_one(c, i, masks[i]);
}
