/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/formula_words.h"

#include <string.h>

#include "base/money.h"
#include "study/formula_text.h"
#include "time/date.h"

#define MOST_NESTED_VALUES 8

/* One formula being told in one language. */
typedef struct telling {
	const weir_plan *plan;
	const weir_deal *deal;
	weir_arena *arena;
	const char *const *names;
	weir_text *to;
	int chinese;
	int depth; /* of values inside each other */
	int failed;
} telling;

static void tell(telling *t, const weir_expression *e);
static void tell_formula(telling *t, const weir_formula *formula, weir_type wanted);

/* --- names ------------------------------------------------------------------------------------------------------ */

/* What names without a thing before them stand for. */
static const struct {
	const char *name, *en, *zh;
} whole_names[] = {
	{ "period", "the number of the payment period", "兑付期次" },
	{ "date", "the payment date", "兑付日" },
	{ "deal.cutoff", "the cut-off date", "基准日" },
	{ "deal.closing", "the closing date", "设立日" },
	{ "deal.start", "the accrual start date", "起息日" },
	{ "deal.legal_final", "the legal final maturity date", "法定到期日" },
	{ "deal.first_payment", "the first payment date", "首个兑付日" },
	{ "deal.last_payment", "the last regular payment date", "最后一个预期兑付日" },
	{ "pool.principal", "the pool principal collected in the period", "当期资产池本金回收款" },
	{ "pool.income", "the pool income collected in the period", "当期资产池收入回收款" },
	{ "pool.recovered", "the recoveries of the period", "当期违约回收款" },
	{ "pool.prepaid", "the principal prepaid in the period", "当期提前偿还本金" },
	{ "pool.disposal", "the proceeds of the period from the sale of pledged IP", "当期质押知识产权处置款" },
	{ "pool.collected", "the collections of the period", "当期资产池回收款" },
	{ "pool.defaulted", "the principal that defaulted in the period", "当期违约本金" },
	{ "pool.defaulted_cumulative", "the principal that has defaulted so far", "累计违约本金" },
	{ "pool.cumulative_default_rate", "the cumulative default rate of the pool", "资产池累计违约率" },
	{ "pool.balance", "the outstanding principal of the pool", "资产池未偿本金余额" },
	{ "pool.balance_initial", "the principal of the pool at the cut-off date", "初始资产池本金余额" },
	{ "pool.overdue", "the principal overdue", "资产池逾期本金" },
	{ "pool.scheduled_principal", "the principal scheduled for the period", "当期计划回收本金" },
	{ "pool.scheduled_income", "the income scheduled for the period", "当期计划回收收入" },
	{ "servicing.lost", "the collections of the period lost at the servicer", "当期因混同损失的回收款" },
};

/* What the part of a name behind a thing stands for; %s is the thing. */
static const struct {
	const char *part, *en, *zh;
} parts[] = {
	{ "balance", "the outstanding principal balance of %s", "%s未偿本金余额" },
	{ "size", "the issue size of %s", "%s发行规模" },
	{ "coupon", "the coupon of %s", "%s票面利率" },
	{ "interest_due", "the interest due on %s", "%s应付利息" },
	{ "principal_due", "the principal due on %s", "%s应付本金" },
	{ "yield_due", "the period yield due on %s", "%s应付期间收益" },
	{ "interest_unpaid", "the unpaid interest on %s", "%s未付利息" },
	{ "principal_unpaid", "the unpaid principal of %s", "%s未付本金" },
	{ "yield_unpaid", "the unpaid period yield on %s", "%s未付期间收益" },
	{ "interest_paid", "the interest paid on %s", "%s已付利息" },
	{ "principal_paid", "the principal paid on %s", "%s已付本金" },
	{ "yield_paid", "the period yield paid on %s", "%s已付期间收益" },
	{ "rest_paid", "the residual paid to %s", "%s已分配剩余收益" },
	{ "due", "the amounts due on %s", "%s应付金额" },
	{ "unpaid", "the amounts due and unpaid on %s", "%s到期未付金额" },
	{ "paid", "the amounts paid on %s", "%s已付金额" },
	{ "charge", "the charge of the period for %s", "%s当期计提额" },
	{ "rate", "the rate of %s", "%s费率" },
	{ "amount", "the amount of %s", "%s金额" },
	{ "target", "the required amount of %s", "%s应有金额" },
	{ "available", "the amount available under %s", "%s可用额度" },
	{ "shortfall", "the shortfall that %s is to meet", "%s应补足的差额" },
	{ "drawn", "the amount drawn under %s in the period", "%s当期动用金额" },
	{ "drawn_total", "the amount drawn under %s in all", "%s累计动用金额" },
	{ "outstanding", "the amount drawn under %s and not repaid", "%s待偿还余额" },
	{ "repaid", "the amount repaid under %s in the period", "%s当期偿还金额" },
	{ "fee_due", "the commitment fee due on %s", "%s应付承诺费" },
	{ "fee_unpaid", "the unpaid commitment fee of %s", "%s未付承诺费" },
	{ "fee_paid", "the commitment fee paid on %s", "%s已付承诺费" },
	{ "claimed", "the amount claimed under %s in the period", "%s当期索赔金额" },
	{ "settled", "the amount settled under %s in the period", "%s当期核定金额" },
	{ "paid_total", "the amount paid under %s in all", "%s累计赔付金额" },
	{ "capacity", "the remaining capacity of %s", "%s剩余代偿能力" },
	{ "proceeds", "the proceeds of %s", "%s净价款" },
	{ "costs", "the costs of %s", "%s费用" },
	{ "purchased", "the amount spent in the period on %s", "当期购买%s的价款" },
	{ "principal", "the principal received in the period of %s", "当期收到的%s本金" },
	{ "income", "the income received in the period of %s", "当期收到的%s收入" },
	{ "defaulted", "the principal of %s that defaulted in the period", "%s当期违约本金" },
};

static int same(const char *id, const char *name, size_t length)
{
	return id && strlen(id) == length && memcmp(id, name, length) == 0;
}

/* Groups that every deal has, as exchanges and as the interbank market call them. */
static const struct {
	const char *id, *en, *zh, *interbank;
} groups[] = {
	{ "senior", "the senior classes", "优先级证券", "优先级票据" },
	{ "subordinated", "the subordinated classes", "次级证券", "次级票据" },
	{ "all", "all classes", "全部档次证券", "全部档次票据" },
};

static weir_thing_name name_of(const weir_node *node)
{
	return (weir_thing_name){ weir_node_name(node, 0), weir_node_name(node, 1) };
}

#define LOOK_IN(array, count)                                             \
	for (int i = 0; i < deal->count; i++)                             \
		if (same(deal->array[i].node.id, id, length))             \
			return name_of(&deal->array[i].node);

weir_thing_name weir_thing_named(const weir_deal *deal, const char *id, size_t length)
{
	if (length > 8 && memcmp(id, "classes.", 8) == 0)
		return weir_thing_named(deal, id + 8, length - 8);
	LOOK_IN(classes, class_count)
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (same(groups[i].id, id, length))
			return (weir_thing_name){ groups[i].en,
				                  deal->kind == WEIR_DEAL_ABN ? groups[i].interbank : groups[i].zh };
	LOOK_IN(groups, group_count)
	LOOK_IN(fees, fee_count)
	LOOK_IN(accounts, account_count)
	LOOK_IN(supports, support_count)
	LOOK_IN(covers, cover_count)
	LOOK_IN(calls, call_count)
	LOOK_IN(revolvings, revolving_count)
	LOOK_IN(parties, party_count)
	LOOK_IN(triggers, trigger_count)
	return (weir_thing_name){ NULL, NULL };
}

/* Writes a pattern with one %s. */
static void put(weir_text *to, const char *pattern, const char *thing)
{
	const char *at = strstr(pattern, "%s");
	weir_text_append(to, pattern, (size_t)(at - pattern));
	weir_text_add(to, thing);
	weir_text_add(to, at + 2);
}

static void add(telling *t, const char *en, const char *zh)
{
	weir_text_add(t->to, t->chinese ? zh : en);
}

static int is_account(const weir_deal *deal, const char *name, size_t length)
{
	for (int i = 0; i < deal->account_count; i++)
		if (same(deal->accounts[i].node.id, name, length))
			return 1;
	return 0;
}

/* "A.balance", "vat.surcharge.due"; 0 when it is no such name. */
static int tell_part(telling *t, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t length = dot ? (size_t)(dot - name) : 0;
	static const char tail[] = ".surcharge";
	int surcharge = length > sizeof tail && memcmp(name + length - (sizeof tail - 1), tail, sizeof tail - 1) == 0;
	weir_text thing = { 0 };
	if (!dot)
		return 0;
	weir_thing_name found = weir_thing_named(t->deal, name, surcharge ? length - (sizeof tail - 1) : length);
	if (!found.en)
		return 0;
	if (surcharge)
		put(&thing, t->chinese ? "%s附加税费" : "the surcharges on %s", t->chinese ? found.zh : found.en);
	else
		weir_text_add(&thing, t->chinese ? found.zh : found.en);
	t->failed |= thing.failed;
	int told = 0;
	if (strcmp(dot, ".balance") == 0 && is_account(t->deal, name, length)) {
		put(t->to, t->chinese ? "%s余额" : "the balance of %s", thing.data ? thing.data : "");
		told = 1;
	}
	for (size_t i = 0; !told && i < sizeof parts / sizeof *parts; i++)
		if (strcmp(parts[i].part, dot + 1) == 0) {
			put(t->to, t->chinese ? parts[i].zh : parts[i].en, thing.data ? thing.data : "");
			told = 1;
		}
	weir_text_free(&thing);
	return told;
}

/* "next_interest(A)", "share(L01)", "top(5)". */
static int tell_call(telling *t, const char *name)
{
	const char *open = strchr(name, '(');
	size_t function = open ? (size_t)(open - name) : 0, length = open ? strlen(open + 1) - 1 : 0;
	const char *of = open ? open + 1 : NULL;
	weir_text argument = { 0 };
	if (!open)
		return 0;
	weir_thing_name thing = weir_thing_named(t->deal, of, length);
	for (int i = 0; !thing.en && i < t->deal->pool.obligor_count; i++) {
		const weir_obligor *o = &t->deal->pool.obligors[i];
		if (same(o->id, of, length))
			thing = (weir_thing_name){ o->en ? o->en :
				                   o->zh ? o->zh :
				                           o->id,
				                   o->zh ? o->zh :
				                   o->en ? o->en :
				                           o->id };
	}
	if (thing.en)
		weir_text_add(&argument, t->chinese ? thing.zh : thing.en);
	else
		weir_text_append(&argument, of, length);
	const char *text = argument.data ? argument.data : "";
	int told = 1;
	if (same("next_interest", name, function))
		put(t->to, t->chinese ? "%s下一期应付利息" : "the interest of the next period on %s", text);
	else if (same("share", name, function))
		put(t->to, t->chinese ? "%s占资产池应收总额的比例" : "the share of %s in the pool's receivables", text);
	else if (same("top", name, function))
		put(t->to, t->chinese ? "前%s大债务人占资产池应收总额的比例" :
		                        "the share of the %s largest obligors in the pool's receivables", text);
	else
		told = 0;
	t->failed |= argument.failed;
	weir_text_free(&argument);
	return told;
}

/* A named formula: by its name, or else by what it says. */
static int tell_value(telling *t, const char *name)
{
	for (int i = 0; i < t->deal->value_count; i++) {
		const weir_value *value = &t->deal->values[i];
		if (!value->node.id || strcmp(value->node.id, name) != 0)
			continue;
		if (value->node.en || value->node.zh) {
			put(t->to, t->chinese ? "“%s”" : "\"%s\"", weir_node_name(&value->node, t->chinese));
			return 1;
		}
		if (t->depth >= MOST_NESTED_VALUES)
			return 0;
		t->depth++;
		add(t, "(", "（");
		tell_formula(t, &value->formula, WEIR_TYPE_ERROR);
		add(t, ")", "）");
		t->depth--;
		return 1;
	}
	for (int i = 0; i < t->deal->level_count; i++)
		if (t->deal->levels[i].node.id && strcmp(t->deal->levels[i].node.id, name) == 0) {
			put(t->to, t->chinese ? "“%s”" : "\"%s\"",
			    weir_node_name(&t->deal->levels[i].node, t->chinese));
			return 1;
		}
	return 0;
}

static void tell_name(telling *t, const char *name)
{
	for (size_t i = 0; i < sizeof whole_names / sizeof *whole_names; i++)
		if (strcmp(whole_names[i].name, name) == 0) {
			add(t, whole_names[i].en, whole_names[i].zh);
			return;
		}
	if (!tell_value(t, name) && !tell_call(t, name) && !tell_part(t, name))
		weir_text_add(t->to, name);
}

/* --- flags ------------------------------------------------------------------------------------------------------ */

static int starts_with_event(const weir_deal *deal, const char *name, const weir_node **node, int *call)
{
	*node = NULL;
	for (int i = 0; i < deal->trigger_count; i++)
		if (strcmp(deal->triggers[i].node.id, name) == 0)
			*node = &deal->triggers[i].node;
	for (int i = 0; i < deal->call_count; i++)
		if (strcmp(deal->calls[i].node.id, name) == 0)
			*node = &deal->calls[i].node;
	*call = 0;
	for (int i = 0; i < deal->call_count; i++)
		*call |= strcmp(deal->calls[i].node.id, name) == 0;
	return *node != NULL;
}

/* A name that is yes or no; `negated`: it is not so. 0 when it is none of these. */
static int tell_flag(telling *t, const char *name, int negated)
{
	const weir_node *node;
	const char *dot = strrchr(name, '.');
	weir_thing_name thing = { NULL, NULL };
	int call;
	if (starts_with_event(t->deal, name, &node, &call)) {
		if (t->chinese)
			put(t->to,
			    call    ? (negated ? "未实施“%s”" : "已实施“%s”") :
			    negated ? "“%s”未发生或已消除" :
			              "“%s”已发生且未消除",
			    weir_node_name(node, 1));
		else
			put(t->to,
			    call    ? (negated ? "\"%s\" has not been exercised" : "\"%s\" has been exercised") :
			    negated ? "\"%s\" has not occurred or is over" :
			              "\"%s\" has occurred and is not over",
			    weir_node_name(node, 0));
		return 1;
	}
	if (strcmp(name, "deal.missed") == 0) {
		add(t,
		    negated ? "no senior amount has been missed" : "a senior amount has not been paid in full when due",
		    t->deal->kind == WEIR_DEAL_ABN ?
		            (negated ? "优先级票据本息均已按期足额偿付" : "优先级票据本息未能按期足额偿付") :
		    negated ? "优先级证券本息均已按期足额偿付" :
		              "优先级证券本息未能按期足额偿付");
		return 1;
	}
	if (dot)
		thing = weir_thing_named(t->deal, name, (size_t)(dot - name));
	if (!thing.en)
		return 0;
	if (strcmp(dot, ".is_paid") == 0)
		put(t->to, t->chinese ? (negated ? "%s本金尚未全部偿付" : "%s本金已全部偿付") :
		                        negated ? "%s has not been repaid in full" : "%s has been repaid in full",
		    t->chinese ? thing.zh : thing.en);
	else if (strcmp(dot, ".failed") == 0)
		put(t->to,
		    t->chinese ? (negated ? "%s未违约" : "%s已违约") :
		    negated    ? "%s has not failed" :
		                 "%s has failed",
		    t->chinese ? thing.zh : thing.en);
	else
		return 0;
	return 1;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static void tell_span(telling *t, const weir_expression *e)
{
	int days = e->type == WEIR_TYPE_DAYS;
	if (t->chinese)
		weir_text_printf(t->to, "%.10g%s", e->value, days ? "天" : "个月");
	else
		weir_text_printf(t->to, "%.10g %s%s", e->value, days ? "day" : "month", e->value == 1 ? "" : "s");
}

static void tell_constant(telling *t, const weir_expression *e)
{
	char buffer[WEIR_CENTS_TEXT];
	switch (e->type) {
	case WEIR_TYPE_MONEY:
		weir_cents_format_grouped(e->value, t->deal->currency_digits, buffer);
		if (e->value == 0)
			add(t, "zero", "零");
		else if (t->chinese)
			weir_text_printf(t->to, "%s%s", buffer,
			                 strcmp(t->deal->currency, "CNY") == 0 ? "元" : t->deal->currency);
		else
			weir_text_printf(t->to, "%s %s", t->deal->currency, buffer);
		break;
	case WEIR_TYPE_RATE:
		weir_text_printf(t->to, "%.10g%%", e->value * 100);
		break;
	case WEIR_TYPE_DATE:
		weir_text_add(t->to, weir_date_format((weir_date)e->value, buffer));
		break;
	case WEIR_TYPE_FLAG:
		add(t, e->value != 0 ? "always" : "never", e->value != 0 ? "始终成立" : "始终不成立");
		break;
	case WEIR_TYPE_DAYS:
	case WEIR_TYPE_MONTHS:
		tell_span(t, e);
		break;
	default:
		weir_text_printf(t->to, "%.10g", e->value);
	}
}

/* An operand, in brackets where it would run into what is around it. */
static void tell_operand(telling *t, const weir_expression *e, int brackets)
{
	if (brackets)
		add(t, "(", "（");
	tell(t, e);
	if (brackets)
		add(t, ")", "）");
}

static int is_sum(const weir_expression *e)
{
	return e->op == WEIR_OP_ADD || e->op == WEIR_OP_SUBTRACT || e->op == WEIR_OP_IF;
}

static int is_logic(const weir_expression *e)
{
	return e->op == WEIR_OP_AND || e->op == WEIR_OP_OR;
}

/* "10% of the balance", else "a times b". */
static void tell_product(telling *t, const weir_expression *a, const weir_expression *b)
{
	const weir_expression *rate = a->op == WEIR_OP_CONSTANT && a->type == WEIR_TYPE_RATE ? a :
	                              b->op == WEIR_OP_CONSTANT && b->type == WEIR_TYPE_RATE ? b : NULL;
	const weir_expression *of = rate == a ? b : a;
	if (!rate) {
		tell_operand(t, a, is_sum(a));
		add(t, " times ", "乘以");
		tell_operand(t, b, is_sum(b));
	} else if (t->chinese) {
		tell_operand(t, of, is_sum(of));
		weir_text_add(t->to, "的");
		tell(t, rate);
	} else {
		tell(t, rate);
		weir_text_add(t->to, " of ");
		tell_operand(t, of, is_sum(of));
	}
}

/* All arguments of min(min(a, b), c), in order. Gives how many. */
static int flatten(const weir_expression *e, weir_operation op, const weir_expression **list, int count)
{
	if (e->op != op) {
		if (count < WEIR_FORMULA_ARGUMENTS)
			list[count++] = e;
		return count;
	}
	count = flatten(e->arguments[0], op, list, count);
	return flatten(e->arguments[1], op, list, count);
}

static void tell_extreme(telling *t, const weir_expression *e)
{
	const weir_expression *list[WEIR_FORMULA_ARGUMENTS];
	int count = flatten(e, e->op, list, 0), least = e->op == WEIR_OP_MIN;
	if (!t->chinese)
		weir_text_add(t->to, count == 2 ? (least ? "the lesser of " : "the greater of ") :
		                                  least ? "the least of " : "the greatest of ");
	for (int i = 0; i < count; i++) {
		if (i > 0)
			add(t, i == count - 1 ? " and " : ", ", i == count - 1 ? "与" : "、");
		tell_operand(t, list[i], is_sum(list[i]));
	}
	if (t->chinese)
		weir_text_add(t->to, least ? "中的较低者" : "中的较高者");
}

static void tell_comparison(telling *t, const weir_expression *e)
{
	enum { FIRST = WEIR_OP_EQUAL };
	static const char *const words[][4] = {
		{ " equals ", "等于", " is ", "为" },
		{ " is not ", "不等于", " is not ", "不为" },
		{ " is less than ", "低于", " is before ", "早于" },
		{ " is not more than ", "不高于", " is not later than ", "不晚于" },
		{ " is more than ", "高于", " is after ", "晚于" },
		{ " is not less than ", "不低于", " is not earlier than ", "不早于" },
	};
	const weir_expression *a = e->arguments[0], *b = e->arguments[1];
	int zero = b->op == WEIR_OP_CONSTANT && b->value == 0 &&
	           (b->type == WEIR_TYPE_MONEY || b->type == WEIR_TYPE_NUMBER);
	int date = a->type == WEIR_TYPE_DATE || b->type == WEIR_TYPE_DATE;
	const char *const *pair = words[e->op - FIRST] + (date || (zero && e->op <= WEIR_OP_NOT_EQUAL) ? 2 : 0);
	tell_operand(t, a, 0);
	add(t, pair[0], pair[1]);
	if (zero)
		add(t, "zero", "零");
	else
		tell_operand(t, b, 0);
}

static void tell_logic(telling *t, const weir_expression *e)
{
	for (int i = 0; i < 2; i++) {
		const weir_expression *part = e->arguments[i];
		if (i == 1)
			add(t, e->op == WEIR_OP_AND ? ", and " : ", or ", e->op == WEIR_OP_AND ? "，且" : "，或");
		tell_operand(t, part, is_logic(part) && part->op != e->op);
	}
}

static void tell_not(telling *t, const weir_expression *e)
{
	const weir_expression *of = e->arguments[0];
	if (of->op == WEIR_OP_NAME && tell_flag(t, t->names[of->symbol], 1))
		return;
	add(t, "it is not so that ", "不满足“");
	tell_operand(t, of, 0);
	add(t, "", "”");
}

/* Functions of one argument. */
static void tell_function(telling *t, const weir_expression *e)
{
	const weir_expression *a = e->arguments[0];
	switch (e->op) {
	case WEIR_OP_ABS:
		add(t, "the absolute value of ", "");
		tell_operand(t, a, is_sum(a));
		add(t, "", "的绝对值");
		break;
	case WEIR_OP_PREVIOUS:
		add(t, "", "上期末的");
		tell_operand(t, a, is_sum(a));
		add(t, " at the end of the preceding period", "");
		break;
	case WEIR_OP_TRAILING:
		add(t, "", "最近");
		if (t->chinese)
			weir_text_printf(t->to, "%.10g期", e->arguments[1]->value);
		tell_operand(t, a, is_sum(a));
		if (!t->chinese)
			weir_text_printf(t->to, " over the last %.10g periods together", e->arguments[1]->value);
		add(t, "", "合计");
		break;
	case WEIR_OP_CUMULATIVE:
		add(t, "the cumulative total of ", "累计的");
		tell_operand(t, a, is_sum(a));
		break;
	default: /* rounding says nothing that a reader of the documents misses */
		tell_operand(t, a, is_sum(a));
	}
}

static void tell_sum(telling *t, const weir_expression *e)
{
	const weir_expression *a = e->arguments[0], *b = e->arguments[1];
	tell_operand(t, a, a->op == WEIR_OP_IF);
	if (e->op == WEIR_OP_ADD)
		add(t, " plus ", "加");
	else
		add(t, " less ", "减");
	tell_operand(t, b, is_sum(b));
}

static void tell_ratio(telling *t, const weir_expression *a, const weir_expression *b)
{
	int plain = b->op == WEIR_OP_CONSTANT;
	add(t, plain ? "" : "the ratio of ", "");
	tell_operand(t, a, is_sum(a));
	add(t, plain ? " divided by " : " to ", plain ? "除以" : "与");
	tell_operand(t, b, is_sum(b));
	add(t, "", plain ? "" : "之比");
}

static void tell_choice(telling *t, const weir_expression *e)
{
	if (!t->chinese) {
		tell(t, e->arguments[1]);
		weir_text_add(t->to, " if ");
		tell(t, e->arguments[0]);
		weir_text_add(t->to, ", otherwise ");
		tell(t, e->arguments[2]);
		return;
	}
	weir_text_add(t->to, "若");
	tell(t, e->arguments[0]);
	weir_text_add(t->to, "，则为");
	tell(t, e->arguments[1]);
	weir_text_add(t->to, e->arguments[2]->op == WEIR_OP_IF ? "；否则，" : "；否则为");
	tell(t, e->arguments[2]);
}

static void tell(telling *t, const weir_expression *e)
{
	switch (e->op) {
	case WEIR_OP_CONSTANT:
		tell_constant(t, e);
		break;
	case WEIR_OP_NAME:
		if (e->type != WEIR_TYPE_FLAG || !tell_flag(t, t->names[e->symbol], 0))
			tell_name(t, t->names[e->symbol]);
		break;
	case WEIR_OP_NEGATE:
		add(t, "minus ", "负");
		tell_operand(t, e->arguments[0], is_sum(e->arguments[0]));
		break;
	case WEIR_OP_ADD:
	case WEIR_OP_SUBTRACT:
		tell_sum(t, e);
		break;
	case WEIR_OP_MULTIPLY:
		tell_product(t, e->arguments[0], e->arguments[1]);
		break;
	case WEIR_OP_DIVIDE:
		tell_ratio(t, e->arguments[0], e->arguments[1]);
		break;
	case WEIR_OP_MIN:
	case WEIR_OP_MAX:
		tell_extreme(t, e);
		break;
	case WEIR_OP_IF:
		tell_choice(t, e);
		break;
	case WEIR_OP_AND:
	case WEIR_OP_OR:
		tell_logic(t, e);
		break;
	case WEIR_OP_NOT:
		tell_not(t, e);
		break;
	case WEIR_OP_EQUAL:
	case WEIR_OP_NOT_EQUAL:
	case WEIR_OP_LESS:
	case WEIR_OP_AT_MOST:
	case WEIR_OP_GREATER:
	case WEIR_OP_AT_LEAST:
		tell_comparison(t, e);
		break;
	default:
		tell_function(t, e);
	}
}

static void tell_formula(telling *t, const weir_formula *formula, weir_type wanted)
{
	static const weir_describe_options as_written = { 0 };
	weir_formula_reading read;
	const char *const *outer = t->names;
	if (weir_formula_read(&read, t->arena, t->plan, formula, wanted, &as_written) != WEIR_OK) {
		t->failed = 1;
		return;
	}
	t->names = read.names;
	if (read.tree)
		tell(t, read.tree);
	else
		weir_text_add(t->to, formula->text);
	t->names = outer;
}

weir_status weir_formula_words(weir_text *en, weir_text *zh, const weir_plan *plan, const weir_formula *formula,
                               weir_type wanted)
{
	telling t = { .plan = plan, .deal = weir_plan_deal(plan) };
	weir_status status = weir_arena_create(&t.arena);
	if (status != WEIR_OK)
		return status;
	for (t.chinese = 0; t.chinese <= 1; t.chinese++) {
		t.to = t.chinese ? zh : en;
		tell_formula(&t, formula, wanted);
	}
	weir_arena_destroy(t.arena);
	return t.failed || en->failed || zh->failed ? WEIR_NO_MEMORY : WEIR_OK;
}

/* --- parts of a condition --------------------------------------------------------------------------------------- */

/* Whether the run keeps one comparison for it: "A is paid" is one of A's balance with nothing. */
static int is_one_comparison(const weir_expression *e, const char *const *names)
{
	if (e->op == WEIR_OP_NAME) {
		const char *dot = strrchr(names[e->symbol], '.');
		return dot && strcmp(dot, ".is_paid") == 0;
	}
	return e->op == WEIR_OP_EQUAL || e->op == WEIR_OP_NOT_EQUAL || e->op == WEIR_OP_LESS ||
	       e->op == WEIR_OP_AT_MOST || e->op == WEIR_OP_GREATER || e->op == WEIR_OP_AT_LEAST;
}

/* Counts the comparisons that and, or, not join, from the left; `*found` is set to number `part`. */
static void find_part(const weir_expression *e, const char *const *names, int part, int *count,
                      const weir_expression **found)
{
	if (is_one_comparison(e, names)) {
		if ((*count)++ == part)
			*found = e;
		return;
	}
	int joins = e->op == WEIR_OP_AND || e->op == WEIR_OP_OR || e->op == WEIR_OP_NOT;
	for (int i = 0; joins && i < e->count; i++)
		find_part(e->arguments[i], names, part, count, found);
}

weir_status weir_formula_part_words(weir_text *en, weir_text *zh, const weir_plan *plan, const weir_formula *condition,
                                    int part, int count, const char *as_run)
{
	static const weir_describe_options as_written = { 0 };
	telling t = { .plan = plan, .deal = weir_plan_deal(plan) };
	const weir_expression *found = NULL;
	weir_formula_reading read;
	int seen = 0;
	weir_status status;
	WEIR_TRY(weir_arena_create(&t.arena));
	WEIR_TRY(weir_formula_read(&read, t.arena, plan, condition, WEIR_TYPE_FLAG, &as_written));
	if (read.tree)
		find_part(read.tree, read.names, part, &seen, &found);
	if (!found || seen != count) {
		const weir_formula comparison = { .text = as_run };
		status = weir_formula_words(en, zh, plan, &comparison, WEIR_TYPE_FLAG);
		goto out;
	}
	t.names = read.names;
	for (t.chinese = 0; t.chinese <= 1; t.chinese++) {
		t.to = t.chinese ? zh : en;
		tell(&t, found);
	}
	status = t.failed || en->failed || zh->failed ? WEIR_NO_MEMORY : WEIR_OK;
out:
	weir_arena_destroy(t.arena);
	return status;
}
