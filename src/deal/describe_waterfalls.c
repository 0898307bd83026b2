/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe_waterfalls.c: the orders of payment, step by step. */
#include <string.h>

#include "deal/describe_int.h"

static const char *const step_kinds[] = { "pay", "fill", "transfer", "release", "keep", "when", "purchase", NULL };
static const char *const shares[] = { "sequential", "pro-rata", NULL };
static const char *const splits[] = { "cumulative", "last", "first", "largest-remainder", NULL };

static const weir_told step_terms[] = {
	WEIR_TELLS_WORD(weir_step, kind, WORD, "kind", "Kind", "类型", step_kinds, "none"),
	WEIR_TELLS(weir_step, what, WORDS, "what", "Pays", "支付项目", "none"),
	WEIR_TELLS_WORD(weir_step, share, WORD, "share", "Shared", "分配方式", shares, "sequential"),
	WEIR_TELLS_WORD(weir_step, split, WORD, "split", "Split", "取整方式", splits, "cumulative"),
	WEIR_TELLS_FORMULA(weir_step, amount, MONEY, "amount", "Amount", "金额"),
	WEIR_TELLS_FORMULA(weir_step, limit, MONEY, "limit", "Limit", "上限"),
	WEIR_TELLS_FORMULA(weir_step, test, FLAG, "when", "Condition", "条件"),
	WEIR_TELLS_WORD(weir_step, release_all, WORD, "all", "Releases all", "全部释放", weir_told_yes_no, "no"),
	WEIR_TELLS_NODE(weir_step),
	WEIR_TELLS_END
};

static const weir_told waterfall_terms[] = {
	WEIR_TELLS_FORMULA(weir_waterfall, when, FLAG, "when", "Condition", "条件"),
	WEIR_TELLS_NODE(weir_waterfall),
	WEIR_TELLS_END
};

/* "pay A.interest", "fill reserve", "keep until A.balance = 0". */
static void title_step(weir_describer *d, const weir_step *step)
{
	static const char *const joints[] = { " ", " ", " to ", " ", " until ", " ", " " };
	const weir_words *words = step->kind == WEIR_STEP_PAY     ? &step->what :
	                          step->kind == WEIR_STEP_RELEASE ? &step->from :
	                                                            &step->to;
	int goes_on = words->count || step->kind == WEIR_STEP_KEEP || step->kind == WEIR_STEP_WHEN;
	weir_text title = { 0 };
	weir_text_printf(&title, "%s%s", step_kinds[step->kind], goes_on ? joints[step->kind] : "");
	for (int i = 0; i < words->count; i++) {
		weir_text_add(&title, i ? " " : "");
		weir_describe_name(d->deal, d->options, words->items[i], strlen(words->items[i]), &title);
	}
	if (words->count == 0 && step->test.text)
		weir_text_add(&title, step->test.text);
	char *copy = weir_text_keep(&title, d->arena);
	if (copy && d->status == WEIR_OK)
		d->out->elements[d->out->element_count - 1].title = copy;
	else
		d->status = WEIR_NO_MEMORY;
}

/* Where the cash comes from and goes to. A release takes it out of the reserve that it names, and others fill or pay
 * what they name. */
static void describe_accounts(weir_describer *d, const weir_step *step)
{
	static const weir_term from = { "from", "From", "支出账户", "the first account", 0 };
	static const weir_term to = { "to", "To", "转入账户", "the first account", 0 };
	weir_describe_accounts(d, &from, &step->from, step->kind == WEIR_STEP_RELEASE ? d->deal->account_count : 0);
	weir_describe_accounts(d, &to, &step->to, step->kind == WEIR_STEP_RELEASE ? 0 : d->deal->account_count);
}

/* Recursion is as deep as the document, which is bounded. */
static void describe_steps(weir_describer *d, const weir_step *steps, int count, int parent)
{
	for (int i = 0; i < count && d->status == WEIR_OK; i++) {
		int number = (int)d->out->element_count;
		weir_describe_element(d, WEIR_ELEMENT_STEP, steps[i].node.id, steps[i].node.place, parent);
		title_step(d, &steps[i]);
		weir_describe_members(d, step_terms, &steps[i], NULL);
		describe_accounts(d, &steps[i]);
		describe_steps(d, steps[i].children, steps[i].child_count, number);
	}
}

void weir_describe_waterfalls(weir_describer *d)
{
	const weir_deal *deal = d->deal;
	for (int i = 0; i < deal->waterfall_count; i++) {
		const weir_waterfall *waterfall = &deal->waterfalls[i];
		int number = (int)d->out->element_count;
		weir_describe_element(d, WEIR_ELEMENT_WATERFALL, waterfall->node.id, waterfall->node.place, -1);
		weir_describe_members(d, waterfall_terms, waterfall, NULL);
		describe_steps(d, waterfall->steps, waterfall->step_count, number);
	}
}
