/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe_support.c: who stands behind a deal, and what happens to it on its way. */
#include <stdio.h>

#include "deal/describe_int.h"

static const weir_term to = { "to", "To", "转入账户", "the default account", 0 };

static const char *const support_kinds[] = { "shortfall-payer", "guarantee", "liquidity", "letter-of-credit", "top-up",
	                                     NULL };

static const weir_told support_terms[] = {
	WEIR_TELLS_NODE(weir_support),
	WEIR_TELLS_WORD(weir_support, kind, WORD, "kind", "Kind", "类型", support_kinds, "none"),
	WEIR_TELLS(weir_support, party, PARTY, "party", "Party", "承担方", "none"),
	WEIR_TELLS(weir_support, order, COUNT, "order", "Order", "次序", "1"),
	WEIR_TELLS(weir_support, covers, WORDS, "covers", "Covers", "覆盖项目", "none"),
	WEIR_TELLS_FORMULA(weir_support, when, FLAG, "when", "Condition", "条件"),
	WEIR_TELLS_FORMULA(weir_support, amount, MONEY, "amount", "Amount", "金额"),
	WEIR_TELLS_FORMULA(weir_support, limit, MONEY, "limit", "Limit", "额度"),
	WEIR_TELLS(weir_support, cap_cents, MONEY, "cap", "Cap", "上限", "no limit"),
	WEIR_TELLS(weir_support, cap_period_cents, MONEY, "cap-period", "Cap a period", "每期上限", "no limit"),
	WEIR_TELLS(weir_support, delay_months, MONTHS, "delay", "Delay", "延迟", "0 months"),
	WEIR_TELLS_WORD(weir_support, final, WORD, "final", "Whole balance in the last period", "末期覆盖全部余额",
	                weir_told_yes_no, "yes"),
	WEIR_TELLS(weir_support, draw_rate_annual, RATE, "draw-rate", "Interest on what is drawn", "垫款利率", "0%"),
	WEIR_TELLS(weir_support, commitment_rate_annual, RATE, "commitment-rate", "Commitment fee", "承诺费率", "0%"),
	WEIR_TELLS(weir_support, opening_outstanding_cents, MONEY, "outstanding", "Outstanding at the opening",
	           "期初未偿余额", "0.00"),
	WEIR_TELLS(weir_support, opening_drawn_cents, MONEY, "drawn", "Drawn before the opening", "期初已动用", "0.00"),
	WEIR_TELLS_END
};

static const weir_told support_day_count[] = {
	WEIR_TELLS(weir_support, day_count, DAY_COUNT, "day-count", "Day count", "计息规则", "none"),
	WEIR_TELLS_END
};

/* "T-7". */
static void describe_day(weir_describer *d, const weir_term *term, int has, int days)
{
	char text[24];
	snprintf(text, sizeof text, days ? "T%+d" : "T", days);
	if (has)
		weir_describe_term(d, term, NULL, text);
}

static void describe_supports(weir_describer *d)
{
	static const weir_term call = { "call", "Called on", "启动日", "none", 0 };
	static const weir_term pay = { "pay", "Paid on", "划付日", "none", 0 };
	for (int i = 0; i < d->deal->support_count; i++) {
		const weir_support *support = &d->deal->supports[i];
		weir_describe_element(d, WEIR_ELEMENT_SUPPORT, support->node.id, support->node.place, -1);
		weir_describe_members(d, support_terms, support, NULL);
		weir_describe_accounts(d, &to, &support->to, 0);
		if (support->draw_rate_annual != 0 || support->commitment_rate_annual != 0)
			weir_describe_members(d, support_day_count, support, NULL);
		describe_day(d, &call, support->has_call, support->call_days);
		describe_day(d, &pay, support->has_pay, support->pay_days);
	}
}

static const char *const cover_kinds[] = { "deposit", "contract-guarantee", "repurchase", "replacement", "insurance",
	                                   "risk-pool", NULL };

static const weir_told cover_terms[] = {
	WEIR_TELLS_NODE(weir_cover),
	WEIR_TELLS_WORD(weir_cover, kind, WORD, "kind", "Kind", "类型", cover_kinds, "none"),
	WEIR_TELLS(weir_cover, order, COUNT, "order", "Order", "次序", "1"),
	WEIR_TELLS(weir_cover, contracts, CONTRACTS, "contracts", "Contracts", "合同", "all"),
	WEIR_TELLS_WORD(weir_cover, income, WORD, "income", "Covers income", "覆盖收入", weir_told_yes_no, "no"),
	WEIR_TELLS_WORD(weir_cover, ordered, WORD, "ordered", "Shares in order", "依次承担", weir_told_yes_no, "no"),
	WEIR_TELLS(weir_cover, deductible_cents, MONEY, "deductible", "Deductible", "免赔额", "0.00"),
	WEIR_TELLS(weir_cover, cap_contract_cents, MONEY, "cap-contract", "Cap a contract", "单笔上限", "no limit"),
	WEIR_TELLS(weir_cover, cap_yearly_cents, MONEY, "cap-yearly", "Cap a year", "年度上限", "no limit"),
	WEIR_TELLS(weir_cover, cap_cents, MONEY, "cap", "Cap", "上限", "no limit"),
	WEIR_TELLS(weir_cover, delay_months, MONTHS, "delay", "Delay", "延迟", "0 months"),
	WEIR_TELLS_FORMULA(weir_cover, when, FLAG, "when", "Condition", "条件"),
	WEIR_TELLS(weir_cover, scheme, TEXT, "scheme", "Published scheme", "公开方案", "none"),
	WEIR_TELLS(weir_cover, opening_paid_cents, MONEY, "paid", "Paid before the opening", "期初已代偿", "0.00"),
	WEIR_TELLS_END
};

static const weir_told share_terms[] = {
	WEIR_TELLS(weir_cover_share, of, RATE, "share", "Share of the loss", "承担比例", "none"),
	WEIR_TELLS(weir_cover_share, cap_cents, MONEY, "share-cap", "Cap of the share", "承担上限", "no limit"),
	WEIR_TELLS(weir_cover_share, cap_yearly_cents, MONEY, "share-cap-yearly", "Cap of the share a year",
	           "年度承担上限", "no limit"),
	WEIR_TELLS_END
};

/* The order of the shares counts where each answers what those before it left. */
static void describe_shares(weir_describer *d, const weir_cover *cover)
{
	static const weir_term place = { "share-order", "Answers as number", "承担次序", "none", 0 };
	char number[16];
	for (int i = 0; i < cover->share_count; i++) {
		const weir_cover_share *share = &cover->shares[i];
		const char *party = "none";
		if (share->party >= 0)
			party = weir_describe_reference(d, d->deal->parties[share->party].node.id, 0);
		weir_describe_members(d, share_terms, share, party);
		snprintf(number, sizeof number, "%d", i + 1);
		if (cover->ordered)
			weir_describe_term(d, &place, party, number);
	}
}

static void describe_covers(weir_describer *d)
{
	for (int i = 0; i < d->deal->cover_count; i++) {
		const weir_cover *cover = &d->deal->covers[i];
		weir_describe_element(d, WEIR_ELEMENT_COVER, cover->node.id, cover->node.place, -1);
		weir_describe_members(d, cover_terms, cover, NULL);
		weir_describe_accounts(d, &to, &cover->to, weir_describe_receiver(d->deal, WEIR_RECEIVES_RECOVERED));
		describe_shares(d, cover);
	}
}

/* --- events ----------------------------------------------------------------------------------------------------- */

static const char *const call_kinds[] = { "clean-up", "liquidation", NULL };

static const weir_told call_terms[] = {
	WEIR_TELLS_NODE(weir_call),
	WEIR_TELLS_WORD(weir_call, liquidation, WORD, "kind", "Kind", "类型", call_kinds, "none"),
	WEIR_TELLS_FORMULA(weir_call, when, FLAG, "when", "Condition", "条件"),
	WEIR_TELLS_FORMULA(weir_call, price, MONEY, "price", "Price", "价款"),
	WEIR_TELLS_FORMULA(weir_call, cost, MONEY, "cost", "Costs", "费用"),
	WEIR_TELLS(weir_call, party, PARTY, "party", "Buyer", "受让方", "none"),
	WEIR_TELLS_END
};

static const weir_told revolving_terms[] = {
	WEIR_TELLS_NODE(weir_revolving),
	WEIR_TELLS(weir_revolving, periods, COUNT, "periods", "Periods", "回收期数", "1"),
	WEIR_TELLS(weir_revolving, price, RATE, "price", "Price", "购买价格", "100%"),
	WEIR_TELLS(weir_revolving, rate_annual, RATE, "rate", "Rate", "收益率", "0%"),
	WEIR_TELLS(weir_revolving, day_count, DAY_COUNT, "day-count", "Day count", "计息规则", "none"),
	WEIR_TELLS_END
};

static const weir_told servicing_terms[] = {
	WEIR_TELLS(weir_servicing, party, PARTY, "party", "Servicer", "资产服务机构", "none"),
	WEIR_TELLS(weir_servicing, transfer_months, MONTHS, "transfer", "Passed on every", "转付频率", "0 months"),
	WEIR_TELLS(weir_servicing, fast_months, MONTHS, "fast", "Faster: every", "加快后转付频率", "0 months"),
	WEIR_TELLS_FORMULA(weir_servicing, fast_when, FLAG, "fast-when", "Faster when", "加快转付条件"),
	WEIR_TELLS_END
};

static void describe_events(weir_describer *d)
{
	const weir_deal *deal = d->deal;
	for (int i = 0; i < deal->call_count; i++) {
		weir_describe_element(d, WEIR_ELEMENT_CALL, deal->calls[i].node.id, deal->calls[i].node.place, -1);
		weir_describe_members(d, call_terms, &deal->calls[i], NULL);
		weir_describe_accounts(d, &to, &deal->calls[i].to, 0);
	}
	for (int i = 0; i < deal->revolving_count; i++) {
		const weir_node *node = &deal->revolvings[i].node;
		weir_describe_element(d, WEIR_ELEMENT_REVOLVING, node->id, node->place, -1);
		weir_describe_members(d, revolving_terms, &deal->revolvings[i], NULL);
		weir_describe_accounts(d, &to, &deal->revolvings[i].to,
		                       weir_describe_receiver(deal, WEIR_RECEIVES_PRINCIPAL));
	}
	if (deal->servicing.given) {
		weir_describe_element(d, WEIR_ELEMENT_SERVICING, "", deal->servicing.place, -1);
		weir_describe_members(d, servicing_terms, &deal->servicing, NULL);
	}
}

/* --- costs, subsidies, warrants --------------------------------------------------------------------------------- */

static const char *const cost_kinds[] = { "appraisal", "guarantee", "insurance", "service", NULL };
static const char *const subsidy_kinds[] = { "interest", "appraisal", "guarantee", "insurance", "issue", "service",
	                                     NULL };

static const weir_told cost_terms[] = {
	WEIR_TELLS_NODE(weir_obligor_cost),
	WEIR_TELLS_WORD(weir_obligor_cost, kind, WORD, "kind", "Kind", "类型", cost_kinds, "none"),
	WEIR_TELLS(weir_obligor_cost, rate, RATE, "rate", "Rate", "费率", "0%"),
	WEIR_TELLS_WORD(weir_obligor_cost, annual, WORD, "annual", "A year", "按年", weir_told_yes_no, "no"),
	WEIR_TELLS(weir_obligor_cost, amount_cents, MONEY, "amount", "Amount a contract", "每笔金额", "none"),
	WEIR_TELLS(weir_obligor_cost, contracts, CONTRACTS, "contracts", "Contracts", "合同", "all"),
	WEIR_TELLS_END
};

static const weir_told subsidy_terms[] = {
	WEIR_TELLS_NODE(weir_subsidy),
	WEIR_TELLS_WORD(weir_subsidy, kind, WORD, "kind", "Kind", "类型", subsidy_kinds, "none"),
	WEIR_TELLS(weir_subsidy, party, PARTY, "party", "Paid by", "支付方", "none"),
	WEIR_TELLS(weir_subsidy, rate, RATE, "rate", "Rate", "比例", "0%"),
	WEIR_TELLS(weir_subsidy, annual_rate, RATE, "annual-rate", "Rate a year", "年贴息率", "none"),
	WEIR_TELLS(weir_subsidy, cap_obligor_cents, MONEY, "cap-obligor", "Cap an obligor", "单户上限", "no limit"),
	WEIR_TELLS(weir_subsidy, cap_cents, MONEY, "cap", "Cap in all", "合计上限", "no limit"),
	WEIR_TELLS(weir_subsidy, contracts, CONTRACTS, "contracts", "Contracts", "合同", "all"),
	WEIR_TELLS_END
};

static const weir_told warrant_terms[] = {
	WEIR_TELLS_NODE(weir_warrant),
	WEIR_TELLS(weir_warrant, party, PARTY, "party", "Holder", "持有人", "none"),
	WEIR_TELLS(weir_warrant, share, RATE, "share", "Share of capital", "股权比例", "none"),
	WEIR_TELLS(weir_warrant, amount_cents, MONEY, "amount", "Subscription amount", "认购金额", "none"),
	WEIR_TELLS(weir_warrant, expires, DATE, "expires", "Expires", "到期日", "none"),
	WEIR_TELLS_END
};

static const weir_told criterion_terms[] = {
	WEIR_TELLS_NODE(weir_criterion),
	WEIR_TELLS(weir_criterion, formula.text, TEXT, "formula", "Formula", "公式", "none"),
	WEIR_TELLS_END
};

static void describe_subsidies(weir_describer *d)
{
	static const weir_term obligor = { "obligor", "Obligor", "企业", "none", 0 };
	const weir_deal *deal = d->deal;
	for (int i = 0; i < deal->cost_count; i++) {
		weir_describe_element(d, WEIR_ELEMENT_COST, deal->costs[i].node.id, deal->costs[i].node.place, -1);
		weir_describe_members(d, cost_terms, &deal->costs[i], NULL);
	}
	for (int i = 0; i < deal->subsidy_count; i++) {
		const weir_node *node = &deal->subsidies[i].node;
		weir_describe_element(d, WEIR_ELEMENT_SUBSIDY, node->id, node->place, -1);
		weir_describe_members(d, subsidy_terms, &deal->subsidies[i], NULL);
	}
	for (int i = 0; i < deal->warrant_count; i++) {
		const weir_warrant *warrant = &deal->warrants[i];
		weir_describe_element(d, WEIR_ELEMENT_WARRANT, warrant->node.id, warrant->node.place, -1);
		weir_describe_members(d, warrant_terms, warrant, NULL);
		if (warrant->obligor)
			weir_describe_term(d, &obligor, NULL, weir_describe_reference(d, warrant->obligor, 1));
	}
	for (int i = 0; i < deal->criterion_count; i++) {
		weir_describe_element(d, WEIR_ELEMENT_CRITERION, deal->criteria[i].node.id,
		                      deal->criteria[i].node.place, -1);
		weir_describe_members(d, criterion_terms, &deal->criteria[i], NULL);
	}
}

void weir_describe_arrangements(weir_describer *d)
{
	describe_supports(d);
	describe_covers(d);
	describe_events(d);
	describe_subsidies(d);
}
