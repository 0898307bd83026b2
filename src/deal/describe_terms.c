/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe_terms.c: the deal's own sections: dates, parties, accounts, classes, fees, values, triggers. */
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "deal/describe_int.h"

/* --- the deal and its dates ------------------------------------------------------------------------------------- */

static const char *const deal_kinds[] = { "abs", "abn", "trust", "note", NULL };

static const weir_told deal_terms[] = {
	WEIR_TELLS(weir_deal, node.id, TEXT, "id", "Identifier", "编号", "none"),
	WEIR_TELLS_WORD(weir_deal, kind, WORD, "kind", "Legal form", "法律形式", deal_kinds, "none"),
	WEIR_TELLS(weir_deal, currency, TEXT, "currency", "Currency", "币种", "none"),
	WEIR_TELLS_NODE(weir_deal),
	WEIR_TELLS(weir_deal, short_en, TEXT, "short-en", "Short English name", "英文简称", "none"),
	WEIR_TELLS(weir_deal, short_zh, TEXT, "short-zh", "Short Chinese name", "中文简称", "none"),
	WEIR_TELLS(weir_deal, venue, TEXT, "venue", "Venue", "挂牌场所", "none"),
	WEIR_TELLS(weir_deal, shelf_id, TEXT, "shelf", "Shelf", "储架", "none"),
	WEIR_TELLS(weir_deal, shelf_phase, COUNT, "shelf-phase", "Phase of the shelf", "储架期次", "0"),
	WEIR_TELLS(weir_deal, financing_mode, TEXT, "financing-mode", "Financing mode", "融资模式", "none"),
	WEIR_TELLS(weir_deal, placement, TEXT, "placement", "Offered", "发行方式", "none"),
	WEIR_TELLS_END
};

static const weir_told closing_terms[] = {
	WEIR_TELLS(weir_deal, purchase_price_cents, MONEY, "purchase-price", "Purchase price", "购买价款",
	           "what the classes bring"),
	WEIR_TELLS_END
};
static const weir_told closing_costs[] = {
	WEIR_TELLS(weir_deal, closing_costs_cents, MONEY, "costs", "Closing costs", "发行费用", "0.00"),
	WEIR_TELLS_END
};

static const char *const accrual_dates[] = { "unadjusted", "adjusted", NULL };

static const weir_told date_terms[] = {
	WEIR_TELLS(weir_deal, cutoff, DATE, "cutoff", "Cut-off date", "基准日", "none"),
	WEIR_TELLS(weir_deal, closing, DATE, "closing", "Closing date", "设立日", "none"),
	WEIR_TELLS(weir_deal, start, DATE, "start", "Start of interest", "起息日", "none"),
	WEIR_TELLS(weir_deal, legal_final, DATE, "legal-final", "Legal final date", "法定到期日", "none"),
	WEIR_TELLS(weir_deal, day_count, DAY_COUNT, "day-count", "Day count", "计息规则", "none"),
	WEIR_TELLS_WORD(weir_deal, accrual_adjusted, WORD, "accrual", "Accrual dates", "计息期间", accrual_dates,
	                "unadjusted"),
	WEIR_TELLS(weir_deal, calculation_offset_days, DAYS, "calculation", "Calculation date", "计算日",
	           "0 business days"),
	WEIR_TELLS_END
};
static const weir_told transfer_terms[] = {
	WEIR_TELLS(weir_deal, transfer_offset_days, DAYS, "transfer", "Transfer date", "转付日", "none"),
	WEIR_TELLS_END
};

static const char *const rolls[] = { "none", "following", "modified-following", "preceding", NULL };

/* Payment dates; the same of the tail. */
static const weir_told payment_terms[] = {
	WEIR_TELLS(weir_schedule_terms, first, DATE, "first", "First payment", "首个兑付日", "none"),
	WEIR_TELLS(weir_schedule_terms, last, DATE, "last", "Last payment", "末个兑付日", "none"),
	WEIR_TELLS(weir_schedule_terms, count, COUNT, "count", "Payments", "兑付次数", "0"),
	WEIR_TELLS_WORD(weir_schedule_terms, end_of_month, WORD, "end-of-month", "End of month", "月末规则",
	                weir_told_yes_no, "no"),
	WEIR_TELLS_WORD(weir_schedule_terms, roll, WORD, "adjust", "Business-day rule", "工作日规则", rolls, "none"),
	WEIR_TELLS_END
};

static const weir_told tail_terms[] = { WEIR_TELLS(weir_schedule_terms, first, DATE, "tail-first",
	                                           "First payment of the tail", "尾期首个兑付日", "none"),
	                                WEIR_TELLS(weir_schedule_terms, last, DATE, "tail-until", "End of the tail",
	                                           "尾期截止日", "none"),
	                                WEIR_TELLS_END };

/* What is left for the pool of what the classes bring: the price where none is given. */
static double price_left(const weir_deal *deal)
{
	double left = -deal->closing_costs_cents;
	for (int i = 0; i < deal->class_count; i++)
		left += weir_round_quad((weir_quad)deal->classes[i].size_cents *
		                        weir_quad_from_decimal(deal->classes[i].issue_price) / 100);
	for (int i = 0; i < deal->account_count; i++)
		left -= deal->accounts[i].initial_cents;
	return left;
}

/* "3 months"; a year is told as 12 months and a week as 7 days. */
static void describe_span(weir_describer *d, const weir_term *term, const weir_schedule_terms *schedule)
{
	static const struct {
		const char *unit;
		int times;
	} units[] = { { "day", 1 }, { "day", 7 }, { "month", 1 }, { "month", 12 } };
	char text[48];
	int step = schedule->step * units[schedule->unit].times;
	if (step == 0)
		return;
	snprintf(text, sizeof text, "%d %s%s", step, units[schedule->unit].unit, step == 1 ? "" : "s");
	weir_describe_term(d, term, NULL, text);
}

static void describe_dates(weir_describer *d)
{
	static const weir_term every = { "every", "Every", "频率", "none", 0 };
	static const weir_term tail_every = { "tail-every", "Tail every", "尾期频率", "none", 0 };
	static const weir_term calendar = { "calendar", "Calendar", "日历", "none", 0 };
	const weir_deal *deal = d->deal;
	weir_describe_element(d, WEIR_ELEMENT_DATES, "", deal->dates_place, -1);
	weir_describe_members(d, date_terms, deal, NULL);
	if (deal->has_transfer)
		weir_describe_members(d, transfer_terms, deal, NULL);
	weir_describe_members(d, payment_terms, &deal->payment, NULL);
	describe_span(d, &every, &deal->payment);
	if (deal->calendar)
		weir_describe_term(d, &calendar, NULL, weir_calendar_id(deal->calendar));
	if (deal->has_tail) {
		weir_describe_members(d, tail_terms, &deal->tail, NULL);
		describe_span(d, &tail_every, &deal->tail);
	}
}

static void describe_head(weir_describer *d)
{
	static const weir_term mid_life = { "date", "Payment date", "兑付日", "none", 0 };
	static const weir_told pool_table[] = {
		WEIR_TELLS(weir_deal, opening_pool_cents, MONEY, "pool", "Pool principal", "资产池本金", "none"),
		WEIR_TELLS_END
	};
	const weir_deal *deal = d->deal;
	char date[11];
	weir_describe_element(d, WEIR_ELEMENT_DEAL, "", deal->node.place, -1);
	weir_describe_members(d, deal_terms, deal, NULL);
	describe_dates(d);
	weir_describe_element(d, WEIR_ELEMENT_CLOSING, "", deal->closing_place, -1);
	if (deal->closed_price_given && deal->purchase_price_cents != price_left(deal))
		weir_describe_members(d, closing_terms, deal, NULL);
	weir_describe_members(d, closing_costs, deal, NULL);
	weir_describe_element(d, WEIR_ELEMENT_OPENING, "", deal->opening_place, -1);
	if (deal->opening != WEIR_DATE_NONE)
		weir_describe_term(d, &mid_life, NULL, weir_date_format(deal->opening, date));
	weir_describe_members(d, pool_table, deal, NULL);
}

/* --- parties ---------------------------------------------------------------------------------------------------- */

/* By bit of weir_role. */
static const char *const roles[] = { "originator",  "servicer",      "manager",         "trustee",
	                             "custodian",   "supervisor-bank", "registrar",     "underwriter",
	                             "rating-agency", "appraiser",   "obligor",         "guarantor",
	                             "shortfall-payer", "licensor",  "licensee",        "insurer",
	                             "government",  "auditor",       "lawyer",          "holder",
	                             "fund",        "liquidity-provider", "operator",   "backup-servicer",
	                             NULL };

static const weir_told party_terms[] = {
	WEIR_TELLS_NODE(weir_party),
	WEIR_TELLS_WORD(weir_party, roles, FLAGS, "role", "Roles", "角色", roles, "none"),
	WEIR_TELLS(weir_party, rating, TEXT, "rating", "Rating", "评级", "none"),
	WEIR_TELLS(weir_party, pd_annual, RATE, "pd-annual", "Default probability a year", "年违约概率", "none"),
	WEIR_TELLS(weir_party, industry, TEXT, "industry", "Industry", "行业", "none"),
	WEIR_TELLS(weir_party, region, TEXT, "region", "Region", "地区", "none"),
	WEIR_TELLS(weir_party, capacity_cents, MONEY, "capacity", "Capacity", "代偿能力", "no limit"),
	WEIR_TELLS(weir_party, leverage, NUMBER, "leverage", "Leverage", "放大倍数", "none"),
	WEIR_TELLS_END
};

static const weir_told contribution_terms[] = {
	WEIR_TELLS(weir_contribution, share, RATE, "contribution", "Contribution", "出资比例", "none"),
	WEIR_TELLS_END
};

static void describe_parties(weir_describer *d)
{
	for (int i = 0; i < d->deal->party_count; i++) {
		const weir_party *party = &d->deal->parties[i];
		weir_describe_element(d, WEIR_ELEMENT_PARTY, party->node.id, party->node.place, -1);
		weir_describe_members(d, party_terms, party, NULL);
		for (int k = 0; k < party->contribution_count; k++) {
			const weir_contribution *c = &party->contributions[k];
			if (c->party >= 0)
				weir_describe_members(d, contribution_terms, c,
				                      weir_describe_reference(d, d->deal->parties[c->party].node.id,
				                                              0));
		}
	}
}

/* --- indexes and accounts --------------------------------------------------------------------------------------- */

static const weir_told node_terms[] = { WEIR_TELLS_NODE(weir_index), WEIR_TELLS_END };
static const weir_told fixing_terms[] = { { { "fixing", "Fixing", "定盘利率", "none", 0 }, WEIR_TELL_RATE, 0, NULL,
	                                    WEIR_TYPE_ERROR }, WEIR_TELLS_END };

static void describe_indexes(weir_describer *d)
{
	for (int i = 0; i < d->deal->index_count; i++) {
		const weir_index *index = &d->deal->indexes[i];
		weir_describe_element(d, WEIR_ELEMENT_INDEX, index->node.id, index->node.place, -1);
		weir_describe_members(d, node_terms, index, NULL);
		for (int k = 0; k < index->count && d->status == WEIR_OK; k++)
			weir_describe_members(d, fixing_terms, &index->rates[k],
			                      weir_describe_detail(d, index->dates[k], 0));
	}
}

static const char *const account_kinds[] = { "account", "reserve", NULL };
static const char *const receipts[] = { "principal", "income", "recovered", NULL };

static const weir_told account_terms[] = {
	WEIR_TELLS_NODE(weir_account),
	WEIR_TELLS_WORD(weir_account, is_reserve, WORD, "kind", "Kind", "类型", account_kinds, "account"),
	WEIR_TELLS(weir_account, initial_cents, MONEY, "initial", "Opening cash", "期初现金", "0.00"),
	WEIR_TELLS_FORMULA(weir_account, target, MONEY, "target", "Target", "目标余额"),
	WEIR_TELLS_WORD(weir_account, receives, FLAGS, "receives", "Receives", "归集款项", receipts, "none"),
	WEIR_TELLS(weir_account, ledger, TEXT, "ledger", "Ledger", "账目", "none"),
	WEIR_TELLS(weir_account, opening_cents, MONEY, "cash", "Cash at the opening", "期初余额", "none"),
	WEIR_TELLS_END
};

static void describe_accounts(weir_describer *d)
{
	static const weir_term first = { "default", "Default account", "默认账户", "no", 0 };
	for (int i = 0; i < d->deal->account_count; i++) {
		const weir_account *account = &d->deal->accounts[i];
		weir_describe_element(d, WEIR_ELEMENT_ACCOUNT, account->node.id, account->node.place, -1);
		weir_describe_members(d, account_terms, account, NULL);
		weir_describe_term(d, &first, NULL, i == 0 ? "yes" : "no");
	}
}

/* --- classes ---------------------------------------------------------------------------------------------------- */

static const char *const ranks[] = { "senior", "subordinated", NULL };
static const char *const styles[] = { "target", "planned", "pass-through", "bullet", "residual", NULL };
static const char *const interests[] = { "current", "with-principal", "none", NULL };
static const char *const roundings[] = { "total", "unit", NULL };
static const char *const unpaid[] = { "drop", "carry", NULL };

static const weir_told class_terms[] = {
	WEIR_TELLS_NODE(weir_class),
	WEIR_TELLS(weir_class, size_cents, MONEY, "size", "Size", "规模", "none"),
	WEIR_TELLS_WORD(weir_class, subordinated, WORD, "rank", "Rank", "级别", ranks, "senior"),
	WEIR_TELLS_WORD(weir_class, interest, WORD, "interest", "Interest", "付息方式", interests, "none"),
	WEIR_TELLS(weir_class, coupon_annual, RATE, "coupon", "Coupon", "票面利率", "0%"),
	WEIR_TELLS(weir_class, day_count, DAY_COUNT, "day-count", "Day count", "计息规则", "none"),
	WEIR_TELLS_WORD(weir_class, style, WORD, "style", "Repayment", "还本方式", styles, "none"),
	WEIR_TELLS(weir_class, maturity, DATE, "maturity", "Maturity", "到期日", "none"),
	WEIR_TELLS_WORD(weir_class, target_follows_pool, WORD, "follows", "Follows the pool", "跟随资产池",
	                weir_told_yes_no, "no"),
	WEIR_TELLS(weir_class, share_digits, COUNT, "plan-digits", "Decimals of the plan's shares", "计划比例小数位",
	           "3"),
	WEIR_TELLS(weir_class, unit_cents, MONEY, "unit", "Unit", "每份面值", "100.00"),
	WEIR_TELLS(weir_class, issue_price, NUMBER, "issue-price", "Issue price", "发行价格", "100"),
	WEIR_TELLS_WORD(weir_class, rounding, WORD, "rounding", "Rounding", "取整方式", roundings, "total"),
	WEIR_TELLS(weir_class, digits, COUNT, "digits", "Decimals per unit", "每份小数位", "2"),
	WEIR_TELLS(weir_class, period_yield_annual, RATE, "period-yield", "Period yield", "期间收益率", "0%"),
	WEIR_TELLS_WORD(weir_class, period_yield_carried, WORD, "period-yield-unpaid", "Unpaid period yield",
	                "未付期间收益", unpaid, "drop"),
	WEIR_TELLS(weir_class, rating, TEXT, "rating", "Rating", "评级", "none"),
	WEIR_TELLS(weir_class, code, TEXT, "code", "Code", "证券代码", "none"),
	WEIR_TELLS(weir_class, held_by, PARTY, "held-by", "Held by", "持有人", "none"),
	WEIR_TELLS_FORMULA(weir_class, raise_when, FLAG, "raise-when", "Coupon is raised when", "上调票面利率条件"),
	WEIR_TELLS(weir_class, raise_add, RATE, "raise-add", "Coupon is raised by", "票面利率上调", "0%"),
	WEIR_TELLS(weir_class, opening_balance_cents, MONEY, "balance", "Balance at the opening", "期初余额", "none"),
	WEIR_TELLS(weir_class, opening_interest_cents, MONEY, "interest-unpaid", "Interest unpaid at the opening",
	           "期初未付利息", "0.00"),
	WEIR_TELLS(weir_class, opening_principal_cents, MONEY, "principal-unpaid", "Principal unpaid at the opening",
	           "期初未付本金", "0.00"),
	WEIR_TELLS_END
};

static const weir_told plan_terms[] = { WEIR_TELLS(weir_schedule_row, share, RATE, "plan-share",
	                                           "Principal plan, share", "还本计划比例", "none"),
	                                WEIR_TELLS(weir_schedule_row, amount_cents, MONEY, "plan-amount",
	                                           "Principal plan, amount", "还本计划金额", "none"),
	                                WEIR_TELLS_END };

static const weir_told coupon_terms[] = {
	WEIR_TELLS(weir_coupon_step, coupon_annual, RATE, "coupon-step", "Coupon from", "分段票面利率", "none"),
	WEIR_TELLS_END
};

static void describe_class(weir_describer *d, const weir_class *k)
{
	weir_describe_element(d, WEIR_ELEMENT_CLASS, k->node.id, k->node.place, -1);
	weir_describe_members(d, class_terms, k, NULL);
	for (int i = 0; i < k->row_count && d->status == WEIR_OK; i++)
		weir_describe_members(d, plan_terms, &k->rows[i],
		                      weir_describe_detail(d, k->rows[i].period ? WEIR_DATE_NONE : k->rows[i].date,
		                                           k->rows[i].period));
	for (int i = 0; i < k->step_count && d->status == WEIR_OK; i++)
		weir_describe_members(d, coupon_terms, &k->steps[i], weir_describe_detail(d, k->steps[i].from, 0));
}

static void describe_classes(weir_describer *d)
{
	static const weir_term of = { "of", "Classes", "所含档次", "none", 0 };
	static const weir_told terms[] = { WEIR_TELLS_NODE(weir_group), WEIR_TELLS_END };
	const weir_deal *deal = d->deal;
	for (int i = 0; i < deal->class_count; i++)
		describe_class(d, &deal->classes[i]);
	for (int i = 0; i < deal->group_count; i++) {
		const weir_group *group = &deal->groups[i];
		weir_text ids = { 0 };
		if (group->node.place.source == 0) /* one of those that always exist */
			continue;
		weir_describe_element(d, WEIR_ELEMENT_GROUP, group->node.id, group->node.place, -1);
		weir_describe_members(d, terms, group, NULL);
		for (int k = 0; k < group->class_count; k++)
			weir_text_printf(&ids, "%s%s", k ? " " : "",
			                 weir_describe_reference(d, deal->classes[group->classes[k]].node.id, 0));
		weir_describe_term(d, &of, NULL, ids.data);
		d->status = ids.failed ? WEIR_NO_MEMORY : d->status;
		weir_text_free(&ids);
	}
}

/* --- fees ------------------------------------------------------------------------------------------------------- */

static const char *const fee_kinds[] = { "fee", "tax", NULL };
static const char *const gross[] = { "excluded", "included", NULL };
static const char *const frequencies[] = { "every-period", "yearly", "once", NULL };
static const char *const solved[] = { "due", "paid", NULL };

static const weir_told fee_terms[] = {
	WEIR_TELLS_NODE(weir_fee),
	WEIR_TELLS_WORD(weir_fee, is_tax, WORD, "kind", "Kind", "类型", fee_kinds, "fee"),
	WEIR_TELLS_FORMULA(weir_fee, base, MONEY, "base", "Base", "计费基数"),
	WEIR_TELLS(weir_fee, rate, RATE, "rate", "Rate", "费率", "0%"),
	WEIR_TELLS(weir_fee, amount_cents, MONEY, "amount", "Amount", "金额", "none"),
	WEIR_TELLS_FORMULA(weir_fee, amount, MONEY, "formula", "Formula", "公式"),
	WEIR_TELLS_WORD(weir_fee, gross_included, WORD, "gross", "Tax in the base", "价税", gross, "excluded"),
	WEIR_TELLS(weir_fee, surcharge_rate, RATE, "surcharge", "Surcharge", "附加税费率", "0%"),
	WEIR_TELLS_WORD(weir_fee, frequency, WORD, "frequency", "Frequency", "收取频率", frequencies, "every-period"),
	WEIR_TELLS(weir_fee, once_period, COUNT, "period", "Period", "期次", "0"),
	WEIR_TELLS_FORMULA(weir_fee, cap, MONEY, "cap", "Cap", "上限"),
	WEIR_TELLS(weir_fee, cap_yearly_cents, MONEY, "cap-yearly", "Cap a year", "年度上限", "none"),
	WEIR_TELLS_WORD(weir_fee, carried, WORD, "unpaid", "What is unpaid", "未付部分", unpaid, "drop"),
	WEIR_TELLS_FORMULA(weir_fee, raised_when, FLAG, "raised-when", "Raised when", "上调条件"),
	WEIR_TELLS(weir_fee, raised_rate, RATE, "raised-rate", "Raised rate", "上调费率", "none"),
	WEIR_TELLS(weir_fee, raised_amount_cents, MONEY, "raised-amount", "Raised amount", "上调金额", "none"),
	WEIR_TELLS_WORD(weir_fee, solve_paid, WORD, "solve", "Base taken as", "基数口径", solved, "due"),
	WEIR_TELLS(weir_fee, payee, PARTY, "payee", "Payee", "收款方", "none"),
	WEIR_TELLS_END
};

static const weir_told fee_day_count[] = {
	WEIR_TELLS(weir_fee, day_count, DAY_COUNT, "day-count", "Day count", "计息规则", "none"),
	WEIR_TELLS_END
};

static void describe_fees(weir_describer *d)
{
	for (int i = 0; i < d->deal->fee_count; i++) {
		const weir_fee *fee = &d->deal->fees[i];
		weir_describe_element(d, WEIR_ELEMENT_FEE, fee->node.id, fee->node.place, -1);
		weir_describe_members(d, fee_terms, fee, NULL);
		if (fee->has_day_count)
			weir_describe_members(d, fee_day_count, fee, NULL);
	}
}

/* --- values and triggers ---------------------------------------------------------------------------------------- */

static const weir_told value_terms[] = {
	WEIR_TELLS_NODE(weir_value),
	WEIR_TELLS_FORMULA(weir_value, formula, ERROR, "formula", "Formula", "公式"),
	WEIR_TELLS_END
};

static const weir_told level_terms[] = {
	WEIR_TELLS_FORMULA(weir_level, value, ERROR, "level", "Level from", "分段数值"),
	WEIR_TELLS_END
};

static void describe_values(weir_describer *d)
{
	static const weir_told terms[] = { WEIR_TELLS_NODE(weir_levels), WEIR_TELLS_END };
	const weir_deal *deal = d->deal;
	for (int i = 0; i < deal->value_count; i++) {
		weir_describe_element(d, WEIR_ELEMENT_VALUE, deal->values[i].node.id, deal->values[i].node.place, -1);
		weir_describe_members(d, value_terms, &deal->values[i], NULL);
	}
	for (int i = 0; i < deal->level_count; i++) {
		const weir_levels *levels = &deal->levels[i];
		weir_describe_element(d, WEIR_ELEMENT_LEVELS, levels->node.id, levels->node.place, -1);
		weir_describe_members(d, terms, levels, NULL);
		for (int k = 0; k < levels->count; k++)
			weir_describe_members(d, level_terms, &levels->items[k],
			                      levels->items[k].from == WEIR_DATE_NONE ?
			                              "the beginning" :
			                              weir_describe_detail(d, levels->items[k].from, 0));
	}
}

static const char *const trigger_words[] = {
#define WEIR_TRIGGER_KIND(name, word, en, zh) word,
#include "deal/trigger_kinds.def"
#undef WEIR_TRIGGER_KIND
	NULL
};
static const char *const tested[] = { "before", "after", NULL };

static const weir_told trigger_terms[] = {
	WEIR_TELLS_NODE(weir_trigger),
	WEIR_TELLS_WORD(weir_trigger, kind, WORD, "kind", "Kind", "类型", trigger_words, "other"),
	WEIR_TELLS_FORMULA(weir_trigger, test, FLAG, "test", "Test", "触发条件"),
	WEIR_TELLS_WORD(weir_trigger, tested_after, WORD, "tested", "Tested", "测试时点", tested, "before"),
	WEIR_TELLS_WORD(weir_trigger, sticky, WORD, "sticky", "Stays fired", "不可恢复", weir_told_yes_no, "no"),
	WEIR_TELLS(weir_trigger, consecutive, COUNT, "consecutive", "Tests in a row", "连续触发次数", "1"),
	WEIR_TELLS(weir_trigger, cure, COUNT, "cure", "Cured after", "连续恢复次数", "1"),
	WEIR_TELLS_WORD(weir_trigger, opening_fired, WORD, "fired", "Fired at the opening", "期初已触发",
	                weir_told_yes_no, "no"),
	WEIR_TELLS_END
};

/* Whether some trigger asks for another one: then the order in which they are tested counts. */
static int triggers_lean_on_each_other(const weir_deal *deal)
{
	for (int i = 0; i < deal->trigger_count; i++)
		for (int k = 0; k < deal->trigger_count; k++)
			if (deal->triggers[i].test.text && deal->triggers[k].node.id &&
			    weir_formula_names(deal->triggers[i].test.text, deal->triggers[k].node.id))
				return 1;
	return 0;
}

static void describe_triggers(weir_describer *d)
{
	static const weir_term after = { "order", "Tested behind", "测试次序", "none", 0 };
	const weir_deal *deal = d->deal;
	int ordered = triggers_lean_on_each_other(deal);
	for (int i = 0; i < deal->trigger_count; i++) {
		const weir_node *node = &deal->triggers[i].node;
		weir_describe_element(d, WEIR_ELEMENT_TRIGGER, node->id, node->place, -1);
		weir_describe_members(d, trigger_terms, &deal->triggers[i], NULL);
		if (ordered && i > 0)
			weir_describe_term(d, &after, NULL,
			                   weir_describe_reference(d, deal->triggers[i - 1].node.id, 0));
	}
}

/* --- remarks ---------------------------------------------------------------------------------------------------- */

static int same_kind(const weir_noted *a, const weir_noted *b)
{
	return strcmp(a->kind, b->kind) == 0;
}

/* Notes and clauses of what has no structure of its own. Where there are several of a kind, each is known by its text.
 */
static void describe_remarks(weir_describer *d)
{
	static const weir_term note = { "note", "Note", "备注", "none", 0 };
	static const weir_term note_zh = { "note-zh", "Note in Chinese", "中文备注", "none", 0 };
	static const weir_term clause = { "clause", "Clause", "条款", "none", 0 };
	const weir_deal *deal = d->deal;
	for (int i = 0, end; i < deal->noted_count; i = end) {
		for (end = i + 1; end < deal->noted_count && same_kind(&deal->noted[i], &deal->noted[end]);)
			end++;
		int some = 0;
		for (int k = i; k < end; k++)
			some |= deal->noted[k].note || deal->noted[k].note_zh || deal->noted[k].clause;
		if (!some)
			continue;
		weir_describe_element(d, WEIR_ELEMENT_REMARKS, deal->noted[i].kind, deal->noted[i].place, -1);
		for (int k = i; k < end; k++) {
			const weir_noted *n = &deal->noted[k];
			weir_describe_term(d, &note, end - i > 1 ? n->note : NULL, n->note);
			weir_describe_term(d, &note_zh, end - i > 1 ? n->note_zh : NULL, n->note_zh);
			weir_describe_term(d, &clause, end - i > 1 ? n->clause : NULL, n->clause);
		}
	}
}

void weir_describe_terms(weir_describer *d)
{
	describe_head(d);
	describe_parties(d);
	describe_indexes(d);
	describe_accounts(d);
	describe_classes(d);
	describe_fees(d);
	describe_values(d);
	describe_triggers(d);
	describe_remarks(d);
}
