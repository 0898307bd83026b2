/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill_offering_text.c: what a prospectus says in sentences: how the deal works, and what its triggers do. */
#include <stdlib.h>
#include <string.h>

#include "report/fill_offering.h"
#include "report/formula_words.h"
#include "study/formula_text.h"

#define COL WEIR_FILL_COL

/* --- structure -------------------------------------------------------------------------------------------------- */

/* Two texts that become one row. */
typedef struct sentence {
	weir_text en, zh;
} sentence;

static void add_sentence(weir_offer *o, weir_table **table, const char *part, sentence *s, const char *clause)
{
	int number = *table ? (int)(*table)->row_count + 1 : 1;
	if (s->en.length == 0) {
		weir_text_free(&s->en);
		weir_text_free(&s->zh);
		return;
	}
	weir_cell text = weir_fill_written(&o->f, &s->en, &s->zh);
	weir_cell *row = weir_fill_row(&o->f, table, WEIR_TABLE_structure_text);
	if (!row)
		return;
	COL(structure_text, number) = weir_cell_number(number);
	COL(structure_text, part) = weir_fill_word(part);
	COL(structure_text, text) = text;
	COL(structure_text, clause) = weir_fill_text(&o->f, clause, NULL);
}

static void add(sentence *s, const char *en, const char *zh)
{
	weir_text_add(&s->en, en);
	weir_text_add(&s->zh, zh);
}

/* The parties of a role, or what stands for them. */
static void add_parties(const weir_offer *o, sentence *s, unsigned role, const char *en, const char *zh)
{
	if (weir_offer_parties(o->f.deal, role, &s->en, &s->zh) == 0)
		add(s, en, zh);
}

static void add_money(const weir_offer *o, sentence *s, double cents)
{
	weir_offer_money(o->f.deal, cents, &s->en, &s->zh);
}

static void add_date(sentence *s, weir_date date)
{
	char text[11];
	weir_text_add(&s->en, weir_date_format(date, text));
	weir_text_add(&s->zh, text);
}

static const char *vehicle(const weir_deal *deal, int chinese)
{
	switch (deal->kind) {
	case WEIR_DEAL_ABS:
		return chinese ? "专项计划" : "the plan";
	case WEIR_DEAL_NOTE:
		return chinese ? "发行载体" : "the issuer";
	default:
		return chinese ? "信托" : "the trust";
	}
}

static const char *securities(const weir_deal *deal, int chinese)
{
	if (deal->kind == WEIR_DEAL_ABS)
		return chinese ? "资产支持证券" : "asset-backed securities";
	return chinese ? deal->kind == WEIR_DEAL_ABN ? "资产支持票据" : "证券" : "notes";
}

/* What the contracts of a kind come to. */
typedef struct kind_sum {
	int contracts, items;
	double principal, receivable, upfront;
} kind_sum;

static kind_sum sum_of_kind(const weir_offer *o, weir_contract_kind kind)
{
	kind_sum sum = { 0 };
	for (int c = 0; c < o->f.deal->pool.contract_count; c++) {
		const weir_contract *contract = &o->f.deal->pool.contracts[c];
		if (contract->kind != kind)
			continue;
		sum.contracts++;
		sum.items += contract->ip_count;
		sum.principal += o->ground->principal_cents[c];
		sum.receivable += o->ground->receivable_cents[c];
		sum.upfront += isnan(contract->upfront_cents) ? contract->amount_cents : contract->upfront_cents;
	}
	return sum;
}

static void add_counts(sentence *s, const kind_sum *sum)
{
	weir_text_printf(&s->en, "%d contract%s", sum->contracts, sum->contracts == 1 ? "" : "s");
	weir_text_printf(&s->zh, "%d份合同", sum->contracts);
	if (sum->items > 0) {
		weir_text_printf(&s->en, " on %d IP item%s", sum->items, sum->items == 1 ? "" : "s");
		weir_text_printf(&s->zh, "、%d项知识产权", sum->items);
	}
}

static void add_secondary_licence(weir_offer *o, weir_table **table, const kind_sum *sum)
{
	sentence s = { { 0 }, { 0 } };
	add(&s, "First licence: the firms license their rights (", "第一层许可：各企业将其知识产权（");
	add_counts(&s, sum);
	add(&s, ") to ", "）许可给");
	add_parties(o, &s, WEIR_ROLE_LICENSOR | WEIR_ROLE_ORIGINATOR, "the originator", "原始权益人");
	add(&s, ", which pays them once, up front, ", "，后者一次性支付许可使用费");
	add_money(o, &s, sum->upfront);
	add(&s, ".", "。");
	add_sentence(o, table, "layer", &s, NULL);
	s = (sentence){ { 0 }, { 0 } };
	add(&s, "Second licence: ", "第二层许可：");
	add_parties(o, &s, WEIR_ROLE_LICENSOR | WEIR_ROLE_ORIGINATOR, "the originator", "原始权益人");
	add(&s, " licenses the same rights back to the firms, which pay for it in instalments, ",
	    "将同一知识产权再许可给各企业，各企业分期支付许可使用费合计");
	add_money(o, &s, sum->receivable);
	add(&s, " in all; these claims are the underlying assets.", "；该等债权为基础资产。");
	add_sentence(o, table, "layer", &s, NULL);
}

/* Kinds of contracts that make one layer. */
static const struct {
	weir_contract_kind kind;
	const char *before_en, *behind_en, *before_zh, *behind_zh;
} layers[] = {
	{ WEIR_CONTRACT_LICENCE, "Licence: under ", ", licensees owe licence fees of ", "许可：被许可方依据",
	  "应付许可使用费合计" },
	{ WEIR_CONTRACT_LEASEBACK, "Sale and leaseback: under ",
	  ", the firms have sold their rights and lease them back; they owe rents of ", "售后回租：承租人依据",
	  "转让并回租知识产权，应付租金合计" },
	{ WEIR_CONTRACT_ROYALTY, "Royalties: under ", ", licensees owe shares of their sales, by the forecast ",
	  "提成许可：被许可方依据", "按销售额支付提成费，预测合计" },
	{ WEIR_CONTRACT_RECEIVABLE, "Receivables: under ", ", debtors owe ", "应收账款：债务人依据", "应付合计" },
	{ WEIR_CONTRACT_LOAN, "Loans: under ", ", borrowers owe principal and interest of ", "贷款：借款人依据",
	  "应付本息合计" },
};

static void add_layers(weir_offer *o, weir_table **table)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	kind_sum two = sum_of_kind(o, WEIR_CONTRACT_SECONDARY_LICENCE);
	if (two.contracts > 0)
		add_secondary_licence(o, table, &two);
	for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
		kind_sum sum = sum_of_kind(o, layers[i].kind);
		sentence s = { { 0 }, { 0 } };
		if (sum.contracts == 0)
			continue;
		add(&s, layers[i].before_en, layers[i].before_zh);
		add_counts(&s, &sum);
		add(&s, layers[i].behind_en, layers[i].behind_zh);
		add_money(o, &s, sum.receivable);
		add(&s, " in all.", "。");
		add_sentence(o, table, "layer", &s, NULL);
	}
	for (int t = 0; t < terms->trust_count; t++) {
		const weir_trust *trust = &terms->trusts[t];
		sentence s = { { 0 }, { 0 } };
		const char *en = trust->en ? trust->en : trust->zh ? trust->zh : trust->id;
		const char *zh = trust->zh ? trust->zh : en;
		int contracts = 0;
		for (int c = 0; c < terms->contract_count; c++)
			contracts += terms->contracts[c].through == t;
		weir_text_printf(&s.en, "Trust: %d contract%s held by %s", contracts, contracts == 1 ? " is" : "s are",
		                 en);
		weir_text_printf(&s.zh, "信托：%d份合同由%s持有", contracts, zh);
		if (trust->trustee >= 0) {
			weir_text_printf(&s.en, " (trustee: %s)",
			                 weir_node_name(&o->f.deal->parties[trust->trustee].node, 0));
			weir_text_printf(&s.zh, "（受托人：%s）",
			                 weir_node_name(&o->f.deal->parties[trust->trustee].node, 1));
		}
		add(&s, "; its beneficiary right is the underlying asset.", "，其信托受益权为基础资产。");
		add_sentence(o, table, "layer", &s, trust->clause);
	}
}

/* Setting up, and what the pool costs. */
static void add_closing(weir_offer *o, weir_table **table)
{
	const weir_deal *deal = o->f.deal;
	sentence s = { { 0 }, { 0 } };
	add(&s, "Investors subscribe to ", "认购人认购");
	add(&s, securities(deal, 0), securities(deal, 1));
	add(&s, " of ", "，面值合计");
	add_money(o, &s, weir_fill_issue_cents(deal));
	add(&s, "; ", "；");
	add_parties(o, &s,
	            deal->kind == WEIR_DEAL_ABS || deal->kind == WEIR_DEAL_NOTE ? WEIR_ROLE_MANAGER : WEIR_ROLE_TRUSTEE,
	            deal->kind == WEIR_DEAL_ABS ? "the manager" : "the trustee",
	            deal->kind == WEIR_DEAL_ABS ? "计划管理人" : "受托人");
	add(&s, " sets up ", "于");
	weir_text_add(&s.en, vehicle(deal, 0));
	add(&s, " on ", "");
	add_date(&s, deal->closing);
	weir_text_printf(&s.zh, "设立%s", vehicle(deal, 1));
	add(&s, " and manages it.", "并进行管理。");
	add_sentence(o, table, "structure", &s, NULL);
	if (weir_fill_first(o->base) > 1)
		return;
	s = (sentence){ { 0 }, { 0 } };
	char day[11];
	weir_date_format(weir_fill_cutoff(deal), day);
	sentence who = { { 0 }, { 0 } };
	add_parties(o, &who, WEIR_ROLE_ORIGINATOR, "the originator", "原始权益人");
	weir_text_printf(&s.en, "Out of the proceeds %s buys the underlying assets, as they stood on %s, from %s for ",
	                 vehicle(deal, 0), day, who.en.data ? who.en.data : "");
	weir_text_printf(&s.zh, "%s以募集资金向%s购买其于%s持有的基础资产，购买价款为", vehicle(deal, 1),
	                 who.zh.data ? who.zh.data : "", day);
	weir_text_free(&who.en);
	weir_text_free(&who.zh);
	add_money(o, &s, weir_fill_purchase_cents(o->base));
	add(&s, ".", "。");
	add_sentence(o, table, "structure", &s, NULL);
}

static void add_pledges(weir_offer *o, weir_table **table)
{
	const weir_pool_terms *terms = &o->f.deal->pool;
	sentence s = { { 0 }, { 0 } };
	int pledged = 0;
	for (int i = 0; i < terms->ip_count; i++)
		pledged += terms->ip[i].pledge_number != NULL;
	if (pledged == 0)
		return;
	weir_text_printf(&s.en,
	                 "%d of %d IP items are pledged for the obligors' payments, and the pledges are registered.",
	                 pledged, terms->ip_count);
	if (pledged == terms->ip_count)
		weir_text_printf(&s.zh, "全部%d项知识产权均已为债务人的付款义务设立质押并办理登记。", pledged);
	else
		weir_text_printf(&s.zh, "%d项知识产权中，%d项已为债务人的付款义务设立质押并办理登记。", terms->ip_count,
		                 pledged);
	add_sentence(o, table, "structure", &s, NULL);
}

/* How money comes in. */
static void add_collection(weir_offer *o, weir_table **table)
{
	const weir_deal *deal = o->f.deal;
	const weir_cell *transfer = weir_offer_term(o, "transfer_offset");
	sentence s = { { 0 }, { 0 } };
	add_parties(o, &s, WEIR_ROLE_SERVICER, "the servicer", "资产服务机构");
	add(&s, " collects what the obligors pay and passes it to the ", "负责归集债务人的付款，");
	if (transfer)
		weir_text_printf(&s.zh, "于%s", transfer->zh);
	weir_text_printf(&s.en, "%s", weir_node_name(&deal->accounts[0].node, 0));
	weir_text_printf(&s.zh, "转付至%s", weir_node_name(&deal->accounts[0].node, 1));
	sentence bank = { { 0 }, { 0 } };
	if (weir_offer_parties(deal, WEIR_ROLE_CUSTODIAN, &bank.en, &bank.zh) > 0) {
		weir_text_printf(&s.en, ", which %s keeps", bank.en.data ? bank.en.data : "");
		weir_text_printf(&s.zh, "，该账户由%s托管", bank.zh.data ? bank.zh.data : "");
	}
	weir_text_free(&bank.en);
	weir_text_free(&bank.zh);
	if (transfer)
		weir_text_printf(&s.en, ", %s", transfer->en);
	add(&s, ".", "。");
	if (s.en.data && s.en.data[0] >= 'a' && s.en.data[0] <= 'z')
		s.en.data[0] = (char)(s.en.data[0] - 'a' + 'A');
	add_sentence(o, table, "structure", &s, NULL);
}

static void add_payment(weir_offer *o, weir_table **table)
{
	const weir_deal *deal = o->f.deal;
	sentence s = { { 0 }, { 0 } };
	add(&s, "On each payment date the money is applied in the order of payments, and ",
	    "于每个兑付日按照约定的分配顺序进行分配，");
	add_parties(o, &s, WEIR_ROLE_REGISTRAR, "the registrar", "登记托管机构");
	add(&s, " passes what is due to the holders.", "将应付款项划付至持有人。");
	add_sentence(o, table, "structure", &s,
	             deal->waterfall_count ? deal->waterfalls[deal->waterfall_count - 1].node.clause : NULL);
}

/* What one undertaking pays. */
static void add_support(weir_offer *o, weir_table **table, const weir_support *support)
{
	const weir_node *party = &o->f.deal->parties[support->party].node;
	sentence s = { { 0 }, { 0 } };
	weir_text_printf(&s.en, "%s: %s pays ", weir_node_name(&support->node, 0), weir_node_name(party, 0));
	weir_text_printf(&s.zh, "%s：由%s", weir_node_name(&support->node, 1), weir_node_name(party, 1));
	if (support->kind == WEIR_SUPPORT_TOP_UP) {
		if (weir_formula_words(&s.en, &s.zh, o->base->plan, &support->amount, WEIR_TYPE_MONEY) != WEIR_OK)
			o->f.failed = 1;
		weir_text_add(&s.zh, "予以补足");
	} else {
		weir_cell covers = weir_fill_payables(&o->f, &support->covers);
		weir_text_printf(&s.en, "what the money of the deal leaves unpaid of %s", covers.en ? covers.en : "");
		weir_text_printf(&s.zh, "对%s的不足部分承担支付义务", covers.zh ? covers.zh : "");
	}
	if (support->when.text) {
		add(&s, ", while ", "，以下列条件为前提：");
		if (weir_formula_words(&s.en, &s.zh, o->base->plan, &support->when, WEIR_TYPE_FLAG) != WEIR_OK)
			o->f.failed = 1;
	}
	if (isfinite(support->cap_cents)) {
		add(&s, ", in all not more than ", "，累计不超过");
		add_money(o, &s, support->cap_cents);
	}
	if (support->has_pay && support->pay_days == 0) {
		add(&s, "; it pays on the payment date", "；于兑付日付款");
	} else if (support->has_pay) {
		weir_text_printf(&s.en, "; it pays %d business day%s %s the payment date", abs(support->pay_days),
		                 abs(support->pay_days) == 1 ? "" : "s", support->pay_days < 0 ? "before" : "after");
		weir_text_printf(&s.zh, "；于兑付日%s%d个工作日付款", support->pay_days < 0 ? "前" : "后",
		                 abs(support->pay_days));
	}
	add(&s, ".", "。");
	add_sentence(o, table, "structure", &s, support->node.clause);
}

static void add_covers(weir_offer *o, weir_table **table)
{
	const weir_deal *deal = o->f.deal;
	for (int i = 0; i < deal->cover_count; i++) {
		const weir_cover *cover = &deal->covers[i];
		sentence s = { { 0 }, { 0 } };
		int contracts = 0;
		for (int c = 0; c < deal->pool.contract_count; c++)
			contracts += weir_cover_is_for(cover, &deal->pool, c);
		weir_text_printf(&s.en, "%s: losses of %d contract%s are answered for", weir_node_name(&cover->node, 0),
		                 contracts, contracts == 1 ? "" : "s");
		weir_text_printf(&s.zh, "%s：%d份合同的损失", weir_node_name(&cover->node, 1), contracts);
		for (int k = 0; k < cover->share_count; k++) {
			const weir_node *party = &deal->parties[cover->shares[k].party].node;
			double percent = cover->shares[k].of * 100;
			weir_text_printf(&s.en, "%s %s (%.10g%%)", k ? "," : " by", weir_node_name(party, 0), percent);
			weir_text_printf(&s.zh, "%s%s（%.10g%%）", k ? "、" : "由", weir_node_name(party, 1), percent);
		}
		weir_text_add(&s.zh, cover->share_count ? "承担" : "以各合同保证金抵补");
		if (cover->share_count == 0)
			weir_text_add(&s.en, " out of each contract's own deposit");
		if (isfinite(cover->cap_cents)) {
			add(&s, ", in all not more than ", "，累计不超过");
			add_money(o, &s, cover->cap_cents);
		}
		add(&s, ".", "。");
		add_sentence(o, table, "structure", &s, cover->node.clause);
	}
}

static void add_calls(weir_offer *o, weir_table **table)
{
	const weir_deal *deal = o->f.deal;
	for (int i = 0; i < deal->call_count; i++) {
		const weir_call *call = &deal->calls[i];
		sentence s = { { 0 }, { 0 } };
		weir_text_printf(&s.en, "%s: the pool is sold", weir_node_name(&call->node, 0));
		weir_text_printf(&s.zh, "%s：", weir_node_name(&call->node, 1));
		if (call->party >= 0) {
			weir_text_printf(&s.en, " to %s", weir_node_name(&deal->parties[call->party].node, 0));
			weir_text_printf(&s.zh, "由%s受让", weir_node_name(&deal->parties[call->party].node, 1));
		}
		weir_text_add(&s.zh, call->party >= 0 ? "资产池" : "出售资产池");
		add(&s, " for ", "，价款为");
		if (weir_formula_words(&s.en, &s.zh, o->base->plan, &call->price, WEIR_TYPE_MONEY) != WEIR_OK)
			o->f.failed = 1;
		add(&s, ", once ", "，条件为：");
		if (weir_formula_words(&s.en, &s.zh, o->base->plan, &call->when, WEIR_TYPE_FLAG) != WEIR_OK)
			o->f.failed = 1;
		add(&s, ".", "。");
		add_sentence(o, table, "structure", &s, call->node.clause);
	}
}

static void fill_structure(weir_offer *o)
{
	weir_table *table = NULL;
	add_layers(o, &table);
	add_closing(o, &table);
	add_pledges(o, &table);
	add_collection(o, &table);
	add_payment(o, &table);
	for (int i = 0; i < o->f.deal->support_count; i++)
		add_support(o, &table, &o->f.deal->supports[i]);
	add_covers(o, &table);
	add_calls(o, &table);
}

/* --- triggers --------------------------------------------------------------------------------------------------- */

static weir_cell kind_cell(weir_trigger_kind kind)
{
	static const char *const names[][3] = {
#define WEIR_TRIGGER_KIND(name, word, en, zh) { word, en, zh },
#include "deal/trigger_kinds.def"
#undef WEIR_TRIGGER_KIND
	};
	return weir_cell_key(names[kind][0], names[kind][1], names[kind][2]);
}

static weir_cell constant_cell(const weir_expression *e)
{
	switch (e->type) {
	case WEIR_TYPE_MONEY:
		return weir_cell_typed(WEIR_CELL_MONEY, 0, e->value);
	case WEIR_TYPE_RATE:
		return weir_cell_typed(WEIR_CELL_RATE, 12, e->value);
	case WEIR_TYPE_DATE:
		return weir_cell_typed(WEIR_CELL_DATE, 0, e->value);
	case WEIR_TYPE_NUMBER:
		return weir_cell_typed(WEIR_CELL_NUMBER, 6, e->value);
	default:
		return (weir_cell){ 0 };
	}
}

/* The constant of a test that is one comparison with one; else empty. */
static weir_cell threshold_cell(weir_offer *o, const weir_trigger *trigger)
{
	static const weir_describe_options as_written = { 0 };
	weir_formula_reading read;
	if (weir_formula_read(&read, o->f.scratch, o->base->plan, &trigger->test, WEIR_TYPE_FLAG, &as_written) !=
	    WEIR_OK) {
		o->f.failed = 1;
		return (weir_cell){ 0 };
	}
	const weir_expression *e = read.tree;
	while (e && e->op == WEIR_OP_NOT)
		e = e->arguments[0];
	if (!e || e->op < WEIR_OP_EQUAL || e->op > WEIR_OP_AT_LEAST)
		return (weir_cell){ 0 };
	for (int i = 1; i >= 0; i--)
		if (e->arguments[i]->op == WEIR_OP_CONSTANT)
			return constant_cell(e->arguments[i]);
	return (weir_cell){ 0 };
}

static weir_cell tested_cell(weir_offer *o, const weir_trigger *trigger)
{
	sentence s = { { 0 }, { 0 } };
	if (trigger->tested_after)
		add(&s, "each payment date, after the distribution", "每个兑付日，于分配后测试");
	else
		add(&s, "each payment date, before the distribution", "每个兑付日，于分配前测试");
	if (trigger->consecutive > 1) {
		weir_text_printf(&s.en, "; %d tests in a row", trigger->consecutive);
		weir_text_printf(&s.zh, "；须连续%d次成立", trigger->consecutive);
	}
	return weir_fill_written(&o->f, &s.en, &s.zh);
}

static weir_cell cure_cell(weir_offer *o, const weir_trigger *trigger)
{
	sentence s = { { 0 }, { 0 } };
	if (trigger->sticky)
		return weir_cell_text("not cured once it has occurred", "一经发生不予解除");
	if (trigger->cure > 1) {
		weir_text_printf(&s.en, "over once the condition has failed in %d tests in a row", trigger->cure);
		weir_text_printf(&s.zh, "条件连续%d次不成立后解除", trigger->cure);
	} else {
		add(&s, "over once the condition no longer holds", "条件不再成立时解除");
	}
	return weir_fill_written(&o->f, &s.en, &s.zh);
}

/* When it occurs, what follows, how it ends. */
static weir_cell trigger_text(weir_offer *o, const weir_trigger *trigger, const weir_cell *condition,
                              const weir_cell *tested, const weir_cell *effect, const weir_cell *cure)
{
	weir_text en = { 0 }, zh = { 0 };
	weir_text_printf(&en, "\"%s\" occurs where %s (tested on %s). ", weir_node_name(&trigger->node, 0),
	                 condition->en, tested->en);
	weir_text_printf(&zh, "“%s”指：%s（%s）。", weir_node_name(&trigger->node, 1), condition->zh, tested->zh);
	if (effect->present && strcmp(effect->en, "used in formulas") == 0) {
		weir_text_add(&en, "Consequence: other terms depend on it. ");
		weir_text_add(&zh, "触发后果：作为其他条款的适用条件。");
	} else if (effect->present) {
		weir_text_printf(&en, "Consequence: %s. ", effect->en);
		weir_text_printf(&zh, "触发后果：%s。", effect->zh);
	}
	weir_text_printf(&en, "The event is %s.", cure->en);
	weir_text_printf(&zh, "解除：%s。", cure->zh);
	return weir_fill_written(&o->f, &en, &zh);
}

static void fill_triggers(weir_offer *o)
{
	const weir_table *known = weir_results_table(o->f.results, "triggers");
	weir_table *table = NULL;
	for (int t = 0; t < o->f.deal->trigger_count && !o->f.failed; t++) {
		const weir_trigger *trigger = &o->f.deal->triggers[t];
		weir_text en = { 0 }, zh = { 0 };
		const weir_cell *effect = known && (size_t)t < known->row_count ?
		                                  weir_table_cell(known, (size_t)t, WEIR_COL_triggers_effect) : NULL;
		const weir_cell none = { 0 };
		if (weir_formula_words(&en, &zh, o->base->plan, &trigger->test, WEIR_TYPE_FLAG) != WEIR_OK)
			o->f.failed = 1;
		weir_cell condition = weir_fill_written(&o->f, &en, &zh);
		weir_cell tested = tested_cell(o, trigger), cure = cure_cell(o, trigger);
		weir_cell *row = o->f.failed ? NULL : weir_fill_row(&o->f, &table, WEIR_TABLE_trigger_terms);
		if (!row)
			return;
		COL(trigger_terms, trigger) = weir_fill_node(&o->f, &trigger->node);
		COL(trigger_terms, kind) = kind_cell(trigger->kind);
		COL(trigger_terms, condition) = condition;
		COL(trigger_terms, formula) = weir_fill_text(&o->f, trigger->test.text, NULL);
		COL(trigger_terms, threshold) = threshold_cell(o, trigger);
		COL(trigger_terms, tested) = tested;
		COL(trigger_terms, effect) = effect ? *effect : none;
		COL(trigger_terms, cure) = cure;
		COL(trigger_terms, clause) = weir_fill_text(&o->f, trigger->node.clause, NULL);
		COL(trigger_terms, text) =
			trigger_text(o, trigger, &condition, &tested, effect ? effect : &none, &cure);
	}
}

void weir_offer_fill_text(weir_offer *o)
{
	fill_structure(o);
	fill_triggers(o);
}
