/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lint.c: complaints about a deal that compiles but cannot mean what it says. */
#include <string.h>

#include "engine/compiler.h"

static void lint_classes(weir_compiler *c)
{
	for (int i = 0; i < c->deal->class_count; i++) {
		const weir_class *k = &c->deal->classes[i];
		int paid = c->class_paid[i];
		const char *id = k->node.id;
		if (!paid) {
			weir_diag_error(c->diags, CLASS_UNPAID, k->node.place,
			                "no step of any waterfall pays class \"%s\"; add a pay step that names it", id);
			continue;
		}
		if (k->interest != WEIR_INTEREST_NONE && !(paid & WEIR_PAYS_INTEREST))
			weir_diag_error(c->diags, CLASS_UNPAID, k->node.place,
			                "no step pays the interest of class \"%s\"; add one with what=\"%s.interest\"",
			                id, id);
		if (k->style != WEIR_STYLE_RESIDUAL && !(paid & WEIR_PAYS_PRINCIPAL))
			weir_diag_error(
				c->diags, CLASS_UNPAID, k->node.place,
				"no step pays the principal of class \"%s\"; add one with what=\"%s.principal\"", id,
				id);
		if (k->period_yield_annual > 0 && !(paid & WEIR_PAYS_YIELD))
			weir_diag_error(c->diags, CLASS_UNPAID, k->node.place,
			                "no step pays the period yield of class \"%s\"; add one with what=\"%s.yield\"",
			                id, id);
	}
}

static void lint_fees(weir_compiler *c)
{
	for (int i = 0; i < c->deal->fee_count; i++)
		if (!c->fee_paid[i])
			weir_diag_error(c->diags, FEE_UNPAID, c->deal->fees[i].node.place,
			                "no step pays the %s \"%s\"; add it to a pay step",
			                c->deal->fees[i].is_tax ? "tax" : "fee", c->deal->fees[i].node.id);
}

static void lint_accounts(weir_compiler *c)
{
	for (int i = 0; i < c->deal->account_count; i++)
		if (!c->account_paid_out[i])
			weir_diag_error(
				c->diags, ACCOUNT_TRAPPED, c->deal->accounts[i].node.place,
				"nothing ever leaves account \"%s\"; add a pay, transfer or release step from it",
				c->deal->accounts[i].node.id);
}

/* What a support charges must be paid by some step; what it has paid need not come back, but mostly should. */
static void lint_supports(weir_compiler *c)
{
	for (int i = 0; i < c->deal->support_count; i++) {
		const weir_support *support = &c->deal->supports[i];
		const weir_support_registers *r = &c->plan->map.supports[i];
		const char *id = support->node.id;
		if (r->interest_due >= 0 && !(c->support_paid[i] & WEIR_PAYS_INTEREST))
			weir_diag_error(
				c->diags, FEE_UNPAID, support->node.place,
				"no step pays the interest of support \"%s\"; add one with what=\"%s.interest\"", id,
				id);
		if (r->fee_due >= 0 && !(c->support_paid[i] & WEIR_PAYS_FEE))
			weir_diag_error(
				c->diags, FEE_UNPAID, support->node.place,
				"no step pays the commitment fee of support \"%s\"; add one with what=\"%s.fee\"", id,
				id);
	}
}

/* Draws that no step gives back: said, because most undertakings are owed. */
static void lint_repayment(weir_compiler *c)
{
	for (int i = 0; i < c->deal->support_count; i++)
		if (!(c->support_paid[i] & WEIR_PAYS_PRINCIPAL))
			weir_diag_warning(
				c->diags, CLASS_UNPAID, c->deal->supports[i].node.place,
				"no step repays support \"%s\"%.0s; add what=\"%s.repay\" where the documents rank it",
				"没有分配步骤偿还增信“%2$s”%1$.0s的垫付款；请按交易文件约定的顺位增加“%3$s.repay”",
				c->deal->supports[i].node.id, weir_node_name(&c->deal->supports[i].node, 1),
				c->deal->supports[i].node.id);
}

static void lint_unused(weir_compiler *c)
{
	for (int i = 0; i < c->deal->value_count; i++)
		if (!c->value_used[i])
			weir_diag_warning(
				c->diags, UNUSED_NAME, c->deal->values[i].node.place,
				"value \"%s\"%.0s is computed and never used; name it in a formula, or remove it",
				"计算项“%2$s”%1$.0s未被任何公式引用；请引用或删除", c->deal->values[i].node.id,
				weir_node_name(&c->deal->values[i].node, 1));
	for (int i = 0; i < c->deal->level_count; i++)
		if (!c->level_used[i])
			weir_diag_warning(c->diags, UNUSED_NAME, c->deal->levels[i].node.place,
			                  "levels \"%s\"%.0s are never used; name them in a formula, or remove them",
			                  "分级水平“%2$s”%1$.0s未被任何公式引用；请引用或删除",
			                  c->deal->levels[i].node.id, weir_node_name(&c->deal->levels[i].node, 1));
	for (int i = 0; i < c->deal->revolving_count; i++)
		if (!c->revolving_bought[i])
			weir_diag_warning(
				c->diags, UNUSED_NAME, c->deal->revolvings[i].node.place,
				"no step buys the revolving asset \"%s\"%.0s; add <purchase to=\"%s\"/> or remove it",
				"没有分配步骤购买循环资产“%2$s”%1$.0s；请增加<purchase to=\"%3$s\"/>或删除该资产",
				c->deal->revolvings[i].node.id, weir_node_name(&c->deal->revolvings[i].node, 1),
				c->deal->revolvings[i].node.id);
	for (int i = 0; i < c->deal->trigger_count; i++)
		if (!c->trigger_used[i])
			weir_diag_warning(c->diags, TEST_WITHOUT_EFFECT, c->deal->triggers[i].node.place,
			                  "trigger \"%s\"%.0s changes nothing: no waterfall, step or formula names it",
			                  "触发事件“%2$s”%1$.0s不产生任何后果：没有分配顺序、步骤或公式引用该事件",
			                  c->deal->triggers[i].node.id, weir_node_name(&c->deal->triggers[i].node, 1));
}

/* Values nobody used were not parsed: their faults count too. */
static void parse_unused_values(weir_compiler *c)
{
	for (int i = 0; i < c->deal->value_count; i++)
		if (c->value_state[i] == 0) {
			c->value_state[i] = 1;
			c->values[i] = weir_compile_parse(c, &c->deal->values[i].formula, WEIR_TYPE_ERROR);
			c->value_state[i] = c->values[i] ? 2 : 3;
		}
}

/* The number from 1 on of the account that a step takes everything from, 0 where it does not: a later step under the
 * same condition can pay nothing from it. */
static int takes_all(const weir_deal *deal, const weir_step *step)
{
	if (step->kind != WEIR_STEP_PAY || step->test.text || step->limit.text)
		return 0;
	for (int i = 0; i < step->what.count; i++) {
		const char *dot = strrchr(step->what.items[i], '.');
		if (dot && strcmp(dot, ".rest") == 0)
			return weir_deal_find_account(deal, step->from.count ? step->from.items[0] :
			                                                       deal->accounts[0].node.id) +
			       1;
	}
	return 0;
}

static int draws_on(const weir_deal *deal, const weir_step *step)
{
	if (step->kind == WEIR_STEP_KEEP || step->kind == WEIR_STEP_WHEN || step->kind == WEIR_STEP_RELEASE)
		return 0;
	return weir_deal_find_account(deal, step->from.count ? step->from.items[0] : deal->accounts[0].node.id) + 1;
}

static int same_source(const weir_deal *deal, const weir_step *a, const weir_step *b)
{
	const char *first = deal->accounts[0].node.id;
	return strcmp(a->from.count ? a->from.items[0] : first, b->from.count ? b->from.items[0] : first) == 0;
}

/* Whether a step pays a word in full if cash allows: then a later one from the same account has nothing to pay. */
static int pays_word(const weir_step *step, const char *word)
{
	if (step->kind != WEIR_STEP_PAY || step->test.text || step->limit.text)
		return 0;
	for (int i = 0; i < step->what.count; i++)
		if (strcmp(step->what.items[i], word) == 0)
			return 1;
	return 0;
}

static int may_bring_cash(const weir_step *step)
{
	return step->kind == WEIR_STEP_RELEASE || step->kind == WEIR_STEP_TRANSFER || step->kind == WEIR_STEP_FILL ||
	       step->kind == WEIR_STEP_WHEN;
}

/* A repeated payment makes sense only when cash came in between. */
static void lint_repeated(weir_compiler *c, const weir_step *steps, int at)
{
	for (int w = 0; steps[at].kind == WEIR_STEP_PAY && w < steps[at].what.count; w++) {
		const char *part = strrchr(steps[at].what.items[w], '.');
		if (part && strcmp(part, ".rest") == 0)
			continue; /* that step can never pay, and is told so */
		for (int i = at - 1; i >= 0; i--) {
			if (may_bring_cash(&steps[i]))
				break;
			if (same_source(c->deal, &steps[i], &steps[at]) &&
			    pays_word(&steps[i], steps[at].what.items[w])) {
				weir_diag_warning(
					c->diags, STEP_REPEATED, steps[at].what.places[w],
					"\"%s\" was paid by step %d already, as far as cash went; leave it out here",
					"“%1$s”已由第%2$d步以可用资金支付；请删除此处的重复支付",
					steps[at].what.items[w], i + 1);
				break;
			}
		}
	}
}

static void lint_steps(weir_compiler *c, const weir_step *steps, int count)
{
	int emptied = 0;
	for (int i = 0; i < count; i++) {
		if (emptied && draws_on(c->deal, &steps[i]) == emptied)
			weir_diag_warning(
				c->diags, STEP_INVALID, steps[i].node.place,
				"this step can never pay: an earlier one takes all that is left in \"%s\"%.0s",
				"该步骤不可能付款：在先步骤已将“%2$s”%1$.0s的剩余资金全部分配",
				c->deal->accounts[emptied - 1].node.id,
				weir_node_name(&c->deal->accounts[emptied - 1].node, 1));
		if (may_bring_cash(&steps[i]))
			emptied = 0;
		lint_repeated(c, steps, i);
		if (takes_all(c->deal, &steps[i]))
			emptied = takes_all(c->deal, &steps[i]);
		lint_steps(c, steps[i].children, steps[i].child_count);
	}
}

static int lies_in(weir_place place, weir_place whole)
{
	return place.source && place.source == whole.source && place.offset >= whole.offset &&
	       place.offset < whole.offset + whole.length;
}

/* An error among the steps leaves open what they pay: complaining about that as well would only be an echo. */
static int steps_have_errors(const weir_compiler *c)
{
	for (size_t i = 0; i < c->diags->count; i++) {
		const weir_diag *diag = &c->diags->items[i];
		if (diag->severity == WEIR_ERROR && (lies_in(diag->place, c->deal->waterfalls_place) ||
		                                     lies_in(diag->place, c->deal->variant_place)))
			return 1;
	}
	return c->deal->waterfall_count == 0;
}

void weir_compile_lint(weir_compiler *c)
{
	parse_unused_values(c);
	if (!steps_have_errors(c)) {
		lint_classes(c);
		lint_fees(c);
		lint_supports(c);
		lint_accounts(c);
	}
	if (c->diags->errors)
		return;
	lint_unused(c);
	lint_repayment(c);
	for (int i = 0; i < c->deal->waterfall_count; i++)
		lint_steps(c, c->deal->waterfalls[i].steps, c->deal->waterfalls[i].step_count);
}
