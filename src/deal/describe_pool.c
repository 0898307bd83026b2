/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe_pool.c: contracts, obligors, the IP behind them, and the trusts they are held through. */

#include "deal/describe_int.h"

static const char *const contract_kinds[] = { "licence",    "secondary-licence", "leaseback", "royalty",
	                                      "receivable", "loan",              NULL };
static const char *const repayments[] = { "level", "level-principal", "bullet", "interest-only", "explicit", NULL };
static const char *const bases[] = { "periodic", "days", NULL };

static const weir_told contract_terms[] = {
	WEIR_TELLS_WORD(weir_contract, kind, WORD, "kind", "Kind", "类型", contract_kinds, "none"),
	WEIR_TELLS(weir_contract, obligor, OBLIGOR, "obligor", "Obligor", "债务人", "none"),
	WEIR_TELLS(weir_contract, amount_cents, MONEY, "amount", "Amount", "金额", "0.00"),
	WEIR_TELLS(weir_contract, face_cents, MONEY, "face", "Face", "应收金额", "0.00"),
	WEIR_TELLS(weir_contract, discount_rate, RATE, "discount", "Discount", "折扣率", "0%"),
	WEIR_TELLS(weir_contract, discount_years, NUMBER, "discount-years", "Years of discount", "折扣年数", "none"),
	WEIR_TELLS(weir_contract, rate_annual, RATE, "rate", "Rate", "利率", "0%"),
	WEIR_TELLS(weir_contract, index, INDEX, "index", "Index", "基准利率", "none"),
	WEIR_TELLS(weir_contract, start, DATE, "start", "Start", "起始日", "none"),
	WEIR_TELLS(weir_contract, first_due, DATE, "first-due", "First due", "首个到期日", "none"),
	WEIR_TELLS(weir_contract, every_months, MONTHS, "every", "Every", "频率", "0 months"),
	WEIR_TELLS(weir_contract, count, COUNT, "instalments", "Instalments", "期数", "0"),
	WEIR_TELLS(weir_contract, interest_only_count, COUNT, "interest-only", "Interest-only instalments",
	           "只付息期数", "0"),
	WEIR_TELLS(weir_contract, end, DATE, "end", "End", "到期日", "none"),
	WEIR_TELLS(weir_contract, deposit_cents, MONEY, "deposit", "Deposit", "保证金", "0.00"),
	WEIR_TELLS(weir_contract, upfront_cents, MONEY, "upfront", "Up-front fee", "首付许可费", "none"),
	WEIR_TELLS(weir_contract, upfront_date, DATE, "upfront-date", "Date of the up-front fee", "首付许可费日",
	           "none"),
	WEIR_TELLS(weir_contract, guarantor, OBLIGOR, "guarantor", "Guarantor", "担保人", "none"),
	WEIR_TELLS(weir_contract, guarantee, TEXT, "guarantee", "Guarantee", "担保方式", "none"),
	WEIR_TELLS(weir_contract, through, TRUST, "through", "Held through", "信托层", "none"),
	WEIR_TELLS(weir_contract, currency, TEXT, "currency", "Currency", "币种", "none"),
	WEIR_TELLS(weir_contract, grade, TEXT, "grade", "Grade", "内部评级", "none"),
	WEIR_TELLS(weir_contract, pd_annual, RATE, "pd-annual", "Default probability a year", "年违约概率", "none"),
	WEIR_TELLS(weir_contract, lgd, RATE, "lgd", "Loss given default", "违约损失率", "none"),
	WEIR_TELLS(weir_contract, territory, TEXT, "territory", "Territory", "许可地域", "none"),
	WEIR_TELLS(weir_contract, exclusivity, TEXT, "exclusivity", "Exclusivity", "许可方式", "none"),
	WEIR_TELLS(weir_contract, signed_on, DATE, "signed", "Signed", "签署日", "none"),
	WEIR_TELLS(weir_contract, termination_en, TEXT, "termination-en", "Termination", "提前终止条款（英文）",
	           "none"),
	WEIR_TELLS(weir_contract, termination_zh, TEXT, "termination-zh", "Termination in Chinese", "提前终止条款",
	           "none"),
	WEIR_TELLS(weir_contract, en, TEXT, "name-en", "English name", "英文名称", "none"),
	WEIR_TELLS(weir_contract, zh, TEXT, "name-zh", "Chinese name", "中文名称", "none"),
	WEIR_TELLS(weir_contract, clause, TEXT, "clause", "Clause", "条款", "none"),
	WEIR_TELLS(weir_contract, note, TEXT, "note", "Note", "备注", "none"),
	WEIR_TELLS(weir_contract, note_zh, TEXT, "note-zh", "Note in Chinese", "中文备注", "none"),
	WEIR_TELLS_END
};

/* Of contracts that are repaid by a schedule: the others have none of these. */
static const weir_told fixed_terms[] = {
	WEIR_TELLS_WORD(weir_contract, amortisation, WORD, "repayment", "Repayment", "还款方式", repayments, "none"),
	WEIR_TELLS_WORD(weir_contract, basis, WORD, "interest-basis", "Interest basis", "计息基础", bases, "periodic"),
	WEIR_TELLS(weir_contract, day_count, DAY_COUNT, "day-count", "Day count", "计息规则", "none"),
	WEIR_TELLS_END
};

static const weir_told royalty_terms[] = {
	WEIR_TELLS(weir_royalty_terms, sales_first_year_cents, MONEY, "sales-first-year", "First-year sales",
	           "首年销售额", "none"),
	WEIR_TELLS(weir_royalty_terms, royalty_first_year_cents, MONEY, "royalty-first-year", "First-year royalty",
	           "首年提成费", "none"),
	WEIR_TELLS(weir_royalty_terms, rate, RATE, "royalty-rate", "Royalty rate", "提成率", "0%"),
	WEIR_TELLS(weir_royalty_terms, growth_annual, RATE, "growth", "Growth a year", "年增长率", "0%"),
	WEIR_TELLS(weir_royalty_terms, minimum_annual_cents, MONEY, "minimum", "Minimum a year", "年保底", "0.00"),
	WEIR_TELLS(weir_royalty_terms, cap_annual_cents, MONEY, "cap", "Cap a year", "年封顶", "no limit"),
	WEIR_TELLS(weir_royalty_terms, principal_share, RATE, "principal-share", "Share of principal", "本金比例",
	           "none"),
	WEIR_TELLS(weir_royalty_terms, lag_months, MONTHS, "lag-months", "Lag", "支付滞后", "0 months"),
	WEIR_TELLS_END
};

/* Rows of a contract, by their use. */
static const weir_told instalment_terms[] = {
	WEIR_TELLS(weir_contract_row, a, MONEY, "instalment-principal", "Instalment, principal", "分期本金", "none"),
	WEIR_TELLS(weir_contract_row, b, MONEY, "instalment-income", "Instalment, income", "分期收入", "none"),
	WEIR_TELLS_END
};
static const weir_told tier_terms[] = {
	WEIR_TELLS(weir_contract_row, a, MONEY, "tier-up-to", "Tier up to", "分档上限", "no limit"),
	WEIR_TELLS(weir_contract_row, b, RATE, "tier-rate", "Tier rate", "分档提成率", "none"),
	WEIR_TELLS_END
};
static const weir_told milestone_terms[] = {
	WEIR_TELLS(weir_contract_row, a, MONEY, "milestone", "Milestone", "里程碑付款", "none"), WEIR_TELLS_END
};
static const weir_told growth_terms[] = {
	WEIR_TELLS(weir_contract_row, a, RATE, "growth-factor", "Growth factor", "增长系数", "none"), WEIR_TELLS_END
};
static const weir_told season_terms[] = { WEIR_TELLS(weir_contract_row, a, RATE, "season-share", "Share of the season",
	                                             "季节比例", "none"),
	                                  WEIR_TELLS_END };
static const weir_told step_down_terms[] = {
	WEIR_TELLS(weir_contract_row, a, RATE, "step-down", "Step-down factor", "下调系数", "none"), WEIR_TELLS_END
};

static void describe_rows(weir_describer *d, const weir_contract *contract)
{
	static const weir_told *const tables[] = {
		[WEIR_ROW_INSTALMENT] = instalment_terms, [WEIR_ROW_TIER] = tier_terms,
		[WEIR_ROW_MILESTONE] = milestone_terms,   [WEIR_ROW_GROWTH] = growth_terms,
		[WEIR_ROW_SEASON] = season_terms,         [WEIR_ROW_STEP_DOWN] = step_down_terms
	};
	int numbers[WEIR_ROW_STEP_DOWN + 1] = { 0 };
	for (int i = 0; i < contract->row_count && d->status == WEIR_OK; i++) {
		const weir_contract_row *row = &d->deal->pool.rows[contract->row_first + i];
		weir_describe_members(d, tables[row->use], row,
		                      weir_describe_detail(d, row->date, ++numbers[row->use]));
	}
}

/* The IP behind a contract, in the order of the contract. */
static void describe_contract_ip(weir_describer *d, const weir_contract *contract)
{
	static const weir_term ip = { "ip", "IP", "知识产权", "none", 0 };
	const weir_pool_terms *pool = &d->deal->pool;
	weir_text ids = { 0 };
	for (int i = 0; i < contract->ip_count; i++)
		weir_text_printf(&ids, "%s%s", i ? " " : "",
		                 weir_describe_reference(d, pool->ip[pool->contract_ip[contract->ip_first + i]].id, 1));
	weir_describe_term(d, &ip, NULL, ids.data);
	d->status = ids.failed ? WEIR_NO_MEMORY : d->status;
	weir_text_free(&ids);
}

static void describe_contract(weir_describer *d, const weir_contract *contract)
{
	weir_describe_element(d, WEIR_ELEMENT_CONTRACT, contract->id, contract->place, -1);
	weir_describe_members(d, contract_terms, contract, NULL);
	if (contract->kind != WEIR_CONTRACT_ROYALTY && contract->kind != WEIR_CONTRACT_RECEIVABLE)
		weir_describe_members(d, fixed_terms, contract, NULL);
	if (contract->royalty >= 0)
		weir_describe_members(d, royalty_terms, &d->deal->pool.royalties[contract->royalty], NULL);
	describe_contract_ip(d, contract);
	describe_rows(d, contract);
}

static const weir_told obligor_terms[] = {
	WEIR_TELLS(weir_obligor, en, TEXT, "name-en", "English name", "英文名称", "none"),
	WEIR_TELLS(weir_obligor, zh, TEXT, "name-zh", "Chinese name", "中文名称", "none"),
	WEIR_TELLS(weir_obligor, industry, TEXT, "industry", "Industry", "行业", "none"),
	WEIR_TELLS(weir_obligor, region, TEXT, "region", "Region", "地区", "none"),
	WEIR_TELLS_END
};

static const weir_told trust_terms[] = {
	WEIR_TELLS(weir_trust, en, TEXT, "name-en", "English name", "英文名称", "none"),
	WEIR_TELLS(weir_trust, zh, TEXT, "name-zh", "Chinese name", "中文名称", "none"),
	WEIR_TELLS(weir_trust, clause, TEXT, "clause", "Clause", "条款", "none"),
	WEIR_TELLS(weir_trust, trustee, PARTY, "trustee", "Trustee", "受托机构", "none"),
	WEIR_TELLS(weir_trust, lag_days, COUNT, "lag", "Lag in days", "滞后天数", "0"),
	WEIR_TELLS(weir_trust, expense_rate, RATE, "expense", "Expense rate", "费用率", "0%"),
	WEIR_TELLS_END
};

static const char *const ip_kinds[] = { "invention", "utility-model", "design", "trademark", "copyright",
	                                "software",  "layout",        "data",   NULL };
static const char *const ip_statuses[] = { "valid", "lapsed", "invalidated", "pending", NULL };

static const weir_told ip_terms[] = {
	WEIR_TELLS_WORD(weir_ip, kind, WORD, "kind", "Kind", "类型", ip_kinds, "none"),
	WEIR_TELLS_WORD(weir_ip, status, WORD, "status", "Status", "状态", ip_statuses, "valid"),
	WEIR_TELLS(weir_ip, number, TEXT, "number", "Number", "编号", "none"),
	WEIR_TELLS(weir_ip, title_en, TEXT, "title-en", "English title", "英文名称", "none"),
	WEIR_TELLS(weir_ip, title_zh, TEXT, "title-zh", "Chinese title", "中文名称", "none"),
	WEIR_TELLS(weir_ip, holder, HOLDER, "holder", "Holder", "权利人", "none"),
	WEIR_TELLS(weir_ip, filed, DATE, "filed", "Filed", "申请日", "none"),
	WEIR_TELLS(weir_ip, granted, DATE, "granted", "Granted", "授权日", "none"),
	WEIR_TELLS(weir_ip, expires, DATE, "expires", "Expires", "届满日", "none"),
	WEIR_TELLS(weir_ip, annuity_paid_to, DATE, "annuity-paid-to", "Annuity paid to", "年费缴至", "none"),
	WEIR_TELLS(weir_ip, valuation_cents, MONEY, "valuation", "Valuation", "评估值", "none"),
	WEIR_TELLS(weir_ip, valuation_date, DATE, "valuation-date", "Valued on", "评估基准日", "none"),
	WEIR_TELLS(weir_ip, valuation_method, TEXT, "valuation-method", "Valuation method", "评估方法", "none"),
	WEIR_TELLS(weir_ip, pledge_number, TEXT, "pledge-number", "Pledge number", "质押登记号", "none"),
	WEIR_TELLS(weir_ip, pledge_date, DATE, "pledge-date", "Pledged on", "质押登记日", "none"),
	WEIR_TELLS(weir_ip, recordal_number, TEXT, "recordal-number", "Recordal number", "许可备案号", "none"),
	WEIR_TELLS_WORD(weir_ip, disputed, WORD, "disputed", "Disputed", "争议", weir_told_yes_no, "no"),
	WEIR_TELLS(weir_ip, claims, COUNT, "claims", "Claims", "权利要求项数", "0"),
	WEIR_TELLS(weir_ip, family, TEXT, "family", "Patent family", "同族专利", "none"),
	WEIR_TELLS(weir_ip, identity, TEXT, "identity", "Digital identity", "数字身份", "none"),
	WEIR_TELLS(weir_ip, note, TEXT, "note", "Note", "备注", "none"),
	WEIR_TELLS(weir_ip, note_zh, TEXT, "note-zh", "Note in Chinese", "中文备注", "none"),
	WEIR_TELLS_END
};

void weir_describe_pool(weir_describer *d)
{
	const weir_pool_terms *pool = &d->deal->pool;
	for (int i = 0; i < pool->trust_count; i++) {
		weir_describe_element(d, WEIR_ELEMENT_TRUST, pool->trusts[i].id, pool->trusts[i].place, -1);
		weir_describe_members(d, trust_terms, &pool->trusts[i], NULL);
	}
	for (int i = 0; i < pool->obligor_count; i++) {
		weir_describe_element(d, WEIR_ELEMENT_OBLIGOR, pool->obligors[i].id, pool->obligors[i].place, -1);
		weir_describe_members(d, obligor_terms, &pool->obligors[i], NULL);
	}
	for (int i = 0; i < pool->contract_count && d->status == WEIR_OK; i++)
		describe_contract(d, &pool->contracts[i]);
	for (int i = 0; i < pool->ip_count && d->status == WEIR_OK; i++) {
		weir_describe_element(d, WEIR_ELEMENT_IP, pool->ip[i].id, pool->ip[i].place, -1);
		weir_describe_members(d, ip_terms, &pool->ip[i], NULL);
	}
}
