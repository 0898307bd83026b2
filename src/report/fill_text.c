/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_text.c: the waterfalls written out as sentences in both languages. */
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "report/fill_deal.h"
#include "report/formula_words.h"

/* One thing that a pay step pays: a fee, the surcharge of a tax, what a support gets back, or a part of a class. */
typedef struct payment {
	enum {
		PAYS_FEE,
		PAYS_SURCHARGE,
		PAYS_REPAYMENT,
		PAYS_SUPPORT_INTEREST,
		PAYS_COMMITMENT,
		PAYS_INTEREST, /* from here on: of classes */
		PAYS_PRINCIPAL,
		PAYS_BALANCE,
		PAYS_YIELD,
		PAYS_REST
	} part;
	int number;    /* of the class, fee or support */
	int is_senior; /* named through the group of senior classes */
} payment;

/* What a word of a pay step names. */
typedef struct pay_word {
	int fee, class_number, support; /* -1: none */
	const weir_group *group;
	const char *part;
} pay_word;

static int same_id(const char *id, const char *name, size_t length)
{
	return id && strlen(id) == length && memcmp(id, name, length) == 0;
}

/* Reads "custodian", "vat.surcharge", "guarantee.repay", "A.interest" and "classes.senior.interest". */
static pay_word read_word(const weir_deal *deal, const char *word)
{
	pay_word out = { -1, -1, -1, NULL, "" };
	const char *name = strncmp(word, "classes.", 8) == 0 ? word + 8 : word;
	const char *dot = strrchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : strlen(name);
	if (dot)
		out.part = dot + 1;
	for (int i = 0; i < deal->fee_count; i++)
		if (same_id(deal->fees[i].node.id, name, length))
			out.fee = i;
	for (int i = 0; i < deal->support_count; i++)
		if (same_id(deal->supports[i].node.id, name, length))
			out.support = i;
	for (int i = 0; i < deal->class_count; i++)
		if (same_id(deal->classes[i].node.id, name, length))
			out.class_number = i;
	for (int i = 0; out.class_number < 0 && i < deal->group_count; i++)
		if (same_id(deal->groups[i].node.id, name, length))
			out.group = &deal->groups[i];
	return out;
}

static payment class_payment(const weir_deal *deal, int number, const char *part, int is_senior)
{
	weir_class_style style = deal->classes[number].style;
	payment p = { PAYS_INTEREST, number, is_senior };
	if (strcmp(part, "principal") == 0)
		p.part = style == WEIR_STYLE_PASS_THROUGH || style == WEIR_STYLE_RESIDUAL ? PAYS_BALANCE :
		                                                                            PAYS_PRINCIPAL;
	else if (strcmp(part, "balance") == 0)
		p.part = PAYS_BALANCE;
	else if (strcmp(part, "yield") == 0)
		p.part = PAYS_YIELD;
	else if (strcmp(part, "rest") == 0)
		p.part = PAYS_REST;
	return p;
}

static payment support_payment(int number, const char *part)
{
	if (strcmp(part, "repay") == 0)
		return (payment){ PAYS_REPAYMENT, number, 0 };
	return (payment){ strcmp(part, "fee") == 0 ? PAYS_COMMITMENT : PAYS_SUPPORT_INTEREST, number, 0 };
}

/* The payments of a pay step in its order; `list` has room for every class or fee of every word. */
static int list_payments(const weir_deal *deal, const weir_step *step, payment *list)
{
	int count = 0, with_surcharge = -1; /* the tax just listed, whose surcharge comes with it */
	for (int i = 0; i < step->what.count; i++) {
		pay_word word = read_word(deal, step->what.items[i]);
		if (word.fee >= 0) {
			int surcharge = strcmp(word.part, "surcharge") == 0;
			if (!surcharge || with_surcharge != word.fee)
				list[count++] = (payment){ surcharge ? PAYS_SURCHARGE : PAYS_FEE, word.fee, 0 };
			with_surcharge = word.fee;
		} else if (word.support >= 0) {
			list[count++] = support_payment(word.support, word.part);
		} else if (word.class_number >= 0) {
			list[count++] = class_payment(deal, word.class_number, word.part, 0);
		}
		for (int g = 0; word.group && g < word.group->class_count; g++)
			list[count++] = class_payment(deal, word.group->classes[g], word.part,
			                              strcmp(word.group->node.id, "senior") == 0);
	}
	return count;
}

static payment *room_for(weir_arena *arena, const weir_deal *deal, const weir_step *step)
{
	size_t each = deal->class_count > 1 ? (size_t)deal->class_count : 1;
	return weir_arena_array(arena, (size_t)step->what.count * each + 1, sizeof(payment));
}

/* --- words ------------------------------------------------------------------------------------------------------ */

static const char *between(int i, int count, const char *comma, const char *last)
{
	if (i == 0)
		return "";
	return i == count - 1 ? last : comma;
}

/* What securities of the deal are called behind the names of classes. */
static const char *securities_of(const weir_deal *deal)
{
	return deal->kind == WEIR_DEAL_ABS ? "资产支持证券" : deal->kind == WEIR_DEAL_ABN ? "资产支持票据" : "证券";
}

/* A1、A2、A3档: a list of plain ids says that they are classes. */
static int wants_dang(const char *name)
{
	return *name && isascii((unsigned char)name[strlen(name) - 1]);
}

static void add_fee(const weir_deal *deal, const payment *p, weir_text *en, weir_text *zh)
{
	const weir_fee *fee = &deal->fees[p->number];
	char cap[WEIR_CENTS_TEXT];
	if (p->part == PAYS_SURCHARGE) {
		weir_text_printf(en, "the surcharges on %s", weir_node_name(&fee->node, 0));
		weir_text_printf(zh, "%s附加税费", weir_node_name(&fee->node, 1));
		return;
	}
	weir_text_printf(en, "the %s%s", weir_node_name(&fee->node, 0),
	                 fee->surcharge_rate > 0 ? " with surcharges" : "");
	weir_text_printf(zh, "%s%s", weir_node_name(&fee->node, 1), fee->surcharge_rate > 0 ? "及附加税费" : "");
	if (isfinite(fee->cap_yearly_cents)) {
		weir_cents_format_grouped(fee->cap_yearly_cents, deal->currency_digits, cap);
		weir_text_printf(en, " (not more than %s %s in 12 months)", deal->currency, cap);
		weir_text_printf(zh, "（每12个月合计不超过%s%s）", cap,
		                 strcmp(deal->currency, "CNY") == 0 ? "元" : deal->currency);
	}
}

static void add_support(const weir_deal *deal, const payment *p, weir_text *en, weir_text *zh)
{
	static const char *const parts[][2] = { [PAYS_REPAYMENT] = { "what was drawn under", "垫付款" },
		                                [PAYS_SUPPORT_INTEREST] = { "the interest on what was drawn under",
		                                                            "资金占用费" },
		                                [PAYS_COMMITMENT] = { "the commitment fee of", "承诺费" } };
	const weir_node *node = &deal->supports[p->number].node;
	weir_text_printf(en, "%s the %s", parts[p->part][0], weir_node_name(node, 0));
	weir_text_printf(zh, "%s%s", weir_node_name(node, 1), parts[p->part][1]);
}

/* The same part of one class or of several. */
static void add_classes(const weir_deal *deal, const payment *list, int count, weir_text *en, weir_text *zh)
{
	static const struct {
		const char *before, *behind, *zh;
	} parts[] = {
		[PAYS_INTEREST] = { "the interest due on ", "", "当期应付利息" },
		[PAYS_PRINCIPAL] = { "the principal due on ", "", "当期应付本金" },
		[PAYS_BALANCE] = { "the principal of ", ", up to the outstanding balance",
		                   "本金（以未偿本金余额为限）" },
		[PAYS_YIELD] = { "the period yield due on ", "", "当期应付期间收益" },
		[PAYS_REST] = { "all that is left to the holders of ", "", "持有人分配全部剩余资金" },
	};
	const char *first = weir_node_name(&deal->classes[list[0].number].node, 0);
	weir_text_add(en, parts[list[0].part].before);
	if (list[0].is_senior && strncmp(first, "Senior", 6) != 0)
		weir_text_add(en, count > 1 ? "the senior classes " : "the senior class ");
	for (int i = 0; i < count; i++) {
		const weir_node *node = &deal->classes[list[i].number].node;
		weir_text_printf(en, "%s%s", between(i, count, ", ", " and "), weir_node_name(node, 0));
		weir_text_printf(zh, "%s%s", i ? "、" : "", weir_node_name(node, 1));
	}
	weir_text_add(en, parts[list[0].part].behind);
	if (wants_dang(weir_node_name(&deal->classes[list[count - 1].number].node, 1)))
		weir_text_add(zh, "档");
	if (!strstr(weir_node_name(&deal->classes[list[count - 1].number].node, 1), "证券"))
		weir_text_add(zh, securities_of(deal));
	weir_text_add(zh, parts[list[0].part].zh);
}

/* How many payments from the first on make one phrase: a fee, or one part of some classes. */
static int phrase_length(const payment *list, int count)
{
	int length = 1;
	if (list[0].part < PAYS_INTEREST)
		return 1;
	while (length < count && list[length].part == list[0].part && list[length].is_senior == list[0].is_senior)
		length++;
	return length;
}

static void add_payments(const weir_deal *deal, const payment *list, int count, weir_text *en, weir_text *zh)
{
	int phrases = 0, has_classes = 0;
	for (int i = 0; i < count; i += phrase_length(list + i, count - i), phrases++)
		has_classes |= list[i].part >= PAYS_INTEREST;
	for (int i = 0, n = 0; i < count; n++) {
		int length = phrase_length(list + i, count - i);
		weir_text_add(en, between(n, phrases, ", ", " and "));
		weir_text_add(zh, between(n, phrases, "、", has_classes ? "和" : "、"));
		if (list[i].part <= PAYS_SURCHARGE)
			add_fee(deal, &list[i], en, zh);
		else if (list[i].part < PAYS_INTEREST)
			add_support(deal, &list[i], en, zh);
		else
			add_classes(deal, list + i, length, en, zh);
		i += length;
	}
}

weir_cell weir_fill_payables(weir_filler *f, const weir_words *words)
{
	weir_text en = { 0 }, zh = { 0 };
	const weir_step all = { .what = *words };
	payment *list = room_for(f->scratch, f->deal, &all);
	if (list)
		add_payments(f->deal, list, list_payments(f->deal, &all, list), &en, &zh);
	else
		f->failed = 1;
	return weir_fill_written(f, &en, &zh);
}

/* The account that a word names; the first account when none is named. */
static const weir_node *account_of(const weir_deal *deal, const weir_words *words)
{
	int number = words->count ? weir_deal_find_account(deal, words->items[0]) : 0;
	return &deal->accounts[number < 0 ? 0 : number].node;
}

/* --- steps ------------------------------------------------------------------------------------------------------ */

/* A formula in words, behind what is written already. */
static void add_words(weir_filler *f, const weir_formula *formula, weir_type wanted, weir_text *en, weir_text *zh)
{
	if (weir_formula_words(en, zh, f->outcome->plan, formula, wanted) != WEIR_OK)
		f->failed = 1;
}

/* What an account should hold, in words. */
static void add_target(weir_filler *f, const weir_node *node, weir_text *en, weir_text *zh)
{
	for (int i = 0; i < f->deal->account_count; i++)
		if (&f->deal->accounts[i].node == node && f->deal->accounts[i].target.text) {
			add_words(f, &f->deal->accounts[i].target, WEIR_TYPE_MONEY, en, zh);
			return;
		}
	weir_text_add(en, "nothing");
	weir_text_add(zh, "零");
}

static int all_by_balance(const payment *list, int count)
{
	for (int i = 0; i < count; i++)
		if (list[i].part != PAYS_BALANCE)
			return 0;
	return 1;
}

/* What becomes of fees that the money did not suffice for, where all of a step's fees stay due. */
static void write_carried_fees(const weir_deal *deal, const payment *list, int count, weir_text *en, weir_text *zh)
{
	for (int i = 0; i < count; i++)
		if (list[i].part > PAYS_SURCHARGE || !deal->fees[list[i].number].carried)
			return;
	weir_text_add(en, "; what is left unpaid stays due on the next payment date");
	weir_text_add(zh, "；未足额支付的部分结转至下一兑付日支付");
}

static void write_pay(weir_filler *f, const weir_step *step, weir_text *en, weir_text *zh)
{
	const weir_deal *deal = f->deal;
	const weir_node *from = account_of(deal, &step->from);
	payment *list = room_for(f->scratch, deal, step);
	if (!list) {
		f->failed = 1;
		return;
	}
	int count = list_payments(deal, step, list), several = count > 1;
	int pro_rata = several && step->share == WEIR_SHARE_PRO_RATA, balance = all_by_balance(list, count);
	weir_text_printf(en, "Out of the %s, pay ", weir_node_name(from, 0));
	weir_text_printf(zh, "从%s中", weir_node_name(from, 1));
	if (pro_rata)
		weir_text_add(zh, balance ? "按未偿本金余额的比例" : "按应付金额的比例");
	else if (several)
		weir_text_add(zh, "依次");
	weir_text_add(zh, count > 0 && list[0].part == PAYS_REST ? "向" : "支付");
	add_payments(deal, list, count, en, zh);
	if (pro_rata)
		weir_text_add(en, balance ? ", pro rata to the outstanding balances" : ", pro rata to the amounts due");
	else if (several)
		weir_text_add(en, ", in this order");
	if (step->limit.text) {
		weir_text_add(en, ", but under this item in all not more than ");
		weir_text_add(zh, "，本项合计不超过");
		add_words(f, &step->limit, WEIR_TYPE_MONEY, en, zh);
	}
	write_carried_fees(deal, list, count, en, zh);
}

static void write_transfer(weir_filler *f, const weir_step *step, const weir_node *from, const weir_node *to,
                           weir_text *en, weir_text *zh)
{
	if (!step->amount.text) {
		weir_text_printf(en, "Transfer all money in the %s to the %s", weir_node_name(from, 0),
		                 weir_node_name(to, 0));
		weir_text_printf(zh, "将%s内的全部资金划转至%s", weir_node_name(from, 1), weir_node_name(to, 1));
		return;
	}
	weir_text_printf(en, "Transfer from the %s to the %s, so far as the money suffices, ", weir_node_name(from, 0),
	                 weir_node_name(to, 0));
	weir_text_printf(zh, "以%s余额为限，向%s划转", weir_node_name(from, 1), weir_node_name(to, 1));
	add_words(f, &step->amount, WEIR_TYPE_MONEY, en, zh);
}

static void write_move(weir_filler *f, const weir_step *step, weir_text *en, weir_text *zh)
{
	const weir_node *from = account_of(f->deal, &step->from), *to = account_of(f->deal, &step->to);
	const char *from_en = weir_node_name(from, 0), *from_zh = weir_node_name(from, 1);
	const char *to_en = weir_node_name(to, 0), *to_zh = weir_node_name(to, 1);
	if (step->kind == WEIR_STEP_FILL) {
		weir_text_printf(
			en, "Transfer from the %s to the %s what its balance lacks of its required amount, which is ",
			from_en, to_en);
		weir_text_printf(zh, "从%s向%s划转资金，直至其余额达到应有金额，应有金额为：", from_zh, to_zh);
		add_target(f, to, en, zh);
	} else if (step->kind == WEIR_STEP_TRANSFER) {
		write_transfer(f, step, from, to, en, zh);
	} else if (step->release_all) {
		weir_text_printf(en, "Release all money in the %s to the %s", from_en, to_en);
		weir_text_printf(zh, "将%s内的全部资金释放至%s", from_zh, to_zh);
	} else {
		weir_text_printf(en, "Release to the %s what the %s holds above its required amount, which is ", to_en,
		                 from_en);
		weir_text_printf(zh, "将%s余额超过应有金额的部分释放至%s，应有金额为：", from_zh, to_zh);
		add_target(f, from, en, zh);
	}
}

/* Assets are bought for what an account holds, or for at most an amount. */
static void write_purchase(weir_filler *f, const weir_step *step, weir_text *en, weir_text *zh)
{
	const weir_deal *deal = f->deal;
	const weir_node *from = account_of(deal, &step->from), *asset = NULL;
	for (int i = 0; i < deal->revolving_count; i++)
		if (step->to.count && strcmp(deal->revolvings[i].node.id, step->to.items[0]) == 0)
			asset = &deal->revolvings[i].node;
	weir_text_printf(en, "Out of the %s, buy %s for ", weir_node_name(from, 0),
	                 asset ? weir_node_name(asset, 0) : "assets");
	weir_text_printf(zh, "以%s内的资金循环购买%s", weir_node_name(from, 1),
	                 asset ? weir_node_name(asset, 1) : "资产");
	if (!step->amount.text) {
		weir_text_add(en, "all money that is left");
		return;
	}
	weir_text_add(en, "not more than ");
	weir_text_add(zh, "，金额不超过");
	add_words(f, &step->amount, WEIR_TYPE_MONEY, en, zh);
}

static void write_keep(weir_filler *f, const weir_step *step, weir_text *en, weir_text *zh)
{
	const weir_node *account = account_of(f->deal, &step->from);
	weir_text_add(en, "Unless ");
	weir_text_add(zh, "除非");
	add_words(f, &step->test, WEIR_TYPE_FLAG, en, zh);
	weir_text_printf(
		en, ", keep all that is left in the %s for the next payment date and pay nothing under the items below",
		weir_node_name(account, 0));
	weir_text_printf(zh, "，剩余资金全部留存于%s，转入下期分配，不进行以下各项分配", weir_node_name(account, 1));
}

/* A sentence, without its full stop. */
static void write_action(weir_filler *f, const weir_step *step, weir_text *en, weir_text *zh)
{
	if (step->kind == WEIR_STEP_PAY)
		write_pay(f, step, en, zh);
	else if (step->kind == WEIR_STEP_PURCHASE)
		write_purchase(f, step, en, zh);
	else
		write_move(f, step, en, zh);
}

static void write_step(weir_filler *f, const weir_step *step, weir_text *en, weir_text *zh)
{
	if (step->kind == WEIR_STEP_KEEP) {
		write_keep(f, step, en, zh);
	} else if (step->kind == WEIR_STEP_WHEN) {
		weir_text_add(en, "If ");
		weir_text_add(zh, "若");
		add_words(f, &step->test, WEIR_TYPE_FLAG, en, zh);
		weir_text_add(en, ", in this order:");
		weir_text_add(zh, "，则按以下顺序分配：");
		return;
	} else if (step->test.text) {
		size_t start;
		weir_text_add(en, "If ");
		weir_text_add(zh, "若");
		add_words(f, &step->test, WEIR_TYPE_FLAG, en, zh);
		weir_text_add(en, ": ");
		weir_text_add(zh, "，则");
		start = en->length;
		write_action(f, step, en, zh);
		if (!en->failed && en->length > start)
			en->data[start] = (char)tolower((unsigned char)en->data[start]);
	} else {
		write_action(f, step, en, zh);
	}
	weir_text_add(en, ".");
	weir_text_add(zh, "。");
}

/* The rows of some steps, numbered as the trace numbers them. `number` has room for every depth. */
static void fill_steps(weir_filler *f, weir_table **table, const weir_waterfall *waterfall, const weir_step *steps,
                       int count, const char *above)
{
	for (int i = 0; i < count && !f->failed; i++) {
		const weir_step *step = &steps[i];
		const char *clause = step->node.clause ? step->node.clause : waterfall->node.clause;
		char number[64];
		weir_text en = { 0 }, zh = { 0 };
		snprintf(number, sizeof number, "%s%s%d", above, *above ? "." : "", i + 1);
		write_step(f, step, &en, &zh);
		weir_cell text = weir_fill_written(f, &en, &zh);
		weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_waterfall_text);
		if (!row)
			return;
		WEIR_FILL_COL(waterfall_text, waterfall) = weir_fill_node(f, &waterfall->node);
		WEIR_FILL_COL(waterfall_text, rank) = weir_fill_text(f, number, NULL);
		WEIR_FILL_COL(waterfall_text, clause) = weir_fill_text(f, clause, NULL);
		WEIR_FILL_COL(waterfall_text, text) = text;
		WEIR_FILL_COL(waterfall_text, condition) = weir_fill_condition(f, &step->test);
		if (step->kind == WEIR_STEP_WHEN)
			fill_steps(f, table, waterfall, step->children, step->child_count, number);
	}
}

/* Says when the waterfall applies; needed only where there are several. */
static void fill_choice(weir_filler *f, weir_table **table, const weir_waterfall *waterfall, int first)
{
	weir_text en = { 0 }, zh = { 0 };
	if (waterfall->when.text) {
		weir_text_add(&en, "On a payment date on which ");
		weir_text_add(&zh, "于兑付日，若");
		add_words(f, &waterfall->when, WEIR_TYPE_FLAG, &en, &zh);
		weir_text_add(&en, first ? ", money is applied in this order:" :
		                           " and no order above applies, money is applied in this order:");
		weir_text_add(&zh, first ? "，则按以下顺序分配：" : "，且不适用前述分配顺序，则按以下顺序分配：");
	} else {
		weir_text_add(&en,
		              "On a payment date on which no other order applies, money is applied in this order:");
		weir_text_add(&zh, "于兑付日，若不适用其他分配顺序，则按以下顺序分配：");
	}
	weir_cell text = weir_fill_written(f, &en, &zh);
	weir_cell *row = weir_fill_row(f, table, WEIR_TABLE_waterfall_text);
	if (!row)
		return;
	WEIR_FILL_COL(waterfall_text, waterfall) = weir_fill_node(f, &waterfall->node);
	WEIR_FILL_COL(waterfall_text, clause) = weir_fill_text(f, waterfall->node.clause, NULL);
	WEIR_FILL_COL(waterfall_text, text) = text;
	WEIR_FILL_COL(waterfall_text, condition) = weir_fill_condition(f, &waterfall->when);
}

weir_status weir_fill_waterfalls(weir_filler *f)
{
	weir_table *table = NULL;
	for (int w = 0; w < f->deal->waterfall_count && !f->failed; w++) {
		const weir_waterfall *waterfall = &f->deal->waterfalls[w];
		if (f->deal->waterfall_count > 1)
			fill_choice(f, &table, waterfall, w == 0);
		fill_steps(f, &table, waterfall, waterfall->steps, waterfall->step_count, "");
	}
	return f->failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* --- steps of fees ---------------------------------------------------------------------------------------------- */

static int find_fee_step(weir_fee_step *out, const weir_deal *deal, const weir_waterfall *waterfall,
                         const weir_step *steps, int count, const char *above, int fee, int support)
{
	for (int i = 0; i < count; i++) {
		char rank[sizeof out->rank];
		snprintf(rank, sizeof rank, "%.40s%s%d", above, *above ? "." : "", i + 1);
		if (find_fee_step(out, deal, waterfall, steps[i].children, steps[i].child_count, rank, fee, support))
			return 1;
		for (int w = 0; steps[i].kind == WEIR_STEP_PAY && w < steps[i].what.count; w++) {
			pay_word word = read_word(deal, steps[i].what.items[w]);
			if (fee >= 0 ? word.fee != fee : word.support != support || strcmp(word.part, "fee") != 0)
				continue;
			memcpy(out->rank, rank, sizeof rank);
			out->account = account_of(deal, &steps[i].from);
			out->clause = steps[i].node.clause ? steps[i].node.clause : waterfall->node.clause;
			return 1;
		}
	}
	return 0;
}

int weir_fill_fee_step(weir_fee_step *out, const weir_deal *deal, int fee, int support)
{
	for (int w = deal->waterfall_count - 1; w >= 0; w--) {
		const weir_waterfall *waterfall = &deal->waterfalls[w];
		if (find_fee_step(out, deal, waterfall, waterfall->steps, waterfall->step_count, "", fee, support))
			return 1;
	}
	return 0;
}

/* --- ranks ------------------------------------------------------------------------------------------------------ */

/* Goes through steps from the place `at` on, gives each class that is first repaid there its place, and gives the place
 * behind them. */
static int find_places(const weir_deal *deal, const weir_step *steps, int count, int at, int *places)
{
	for (int i = 0; i < count; i++) {
		at = find_places(deal, steps[i].children, steps[i].child_count, at, places);
		int in_order = steps[i].share == WEIR_SHARE_SEQUENTIAL;
		for (int w = 0; steps[i].kind == WEIR_STEP_PAY && w < steps[i].what.count; w++) {
			pay_word word = read_word(deal, steps[i].what.items[w]);
			int repays = strcmp(word.part, "principal") == 0 || strcmp(word.part, "balance") == 0 ||
			             strcmp(word.part, "rest") == 0;
			int members = word.group ? word.group->class_count : word.class_number >= 0;
			for (int k = 0; repays && k < members; k++) {
				int *place = &places[word.group ? word.group->classes[k] : word.class_number];
				if (*place == INT_MAX)
					*place = at + (in_order ? k : 0);
			}
			if (in_order)
				at += word.group ? members : 1;
		}
		at++;
	}
	return at;
}

void weir_fill_principal_places(const weir_deal *deal, int *places)
{
	for (int i = 0; i < deal->class_count; i++)
		places[i] = INT_MAX;
	if (deal->waterfall_count == 0)
		return;
	const weir_waterfall *usual = &deal->waterfalls[deal->waterfall_count - 1];
	find_places(deal, usual->steps, usual->step_count, 0, places);
}
