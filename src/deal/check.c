/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/deal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"

#define TOP1_PERCENT 15 /* RULES.md section 2.1: an important debtor has 15 to 20 % of the pool */
#define TOP5_PERCENT 50
#define TOP_COUNT 5
#define SHARE_UNITS 1e12 /* shares are decimals with at most 12 places: sums of these units are exact */
#define CENTS_TEXT 40
#define COUNT_TEXT 160

/* --- dates ------------------------------------------------------------------------------------------------------ */

static void check_dates(const weir_deal *deal, weir_diags *diags)
{
	char a[11], b[11];
	if (deal->cutoff != WEIR_DATE_NONE && deal->closing != WEIR_DATE_NONE && deal->cutoff > deal->closing)
		weir_diag_error(diags, DATE_ORDER, deal->dates_place,
		                "the cut-off \"%s\" is after the closing \"%s\"; correct one of them",
		                weir_date_format(deal->cutoff, a), weir_date_format(deal->closing, b));
	if (deal->legal_final != WEIR_DATE_NONE && deal->closing != WEIR_DATE_NONE &&
	    deal->legal_final <= deal->closing)
		weir_diag_error(diags, DATE_ORDER, deal->dates_place,
		                "the legal final date \"%s\" is not after the closing \"%s\"; correct one of "
		                "them", weir_date_format(deal->legal_final, a),
		                weir_date_format(deal->closing, b));
	for (int i = 0; i < deal->index_count; i++)
		for (int j = 1; j < deal->indexes[i].count; j++)
			if (deal->indexes[i].dates[j] <= deal->indexes[i].dates[j - 1])
				weir_diag_error(diags, DATE_ORDER, deal->indexes[i].node.place,
				                "fixing \"%s\" of index \"%s\" does not come after \"%s\"; "
				                "list the fixings in order, each date once",
				                weir_date_format(deal->indexes[i].dates[j], a),
				                deal->indexes[i].node.id,
				                weir_date_format(deal->indexes[i].dates[j - 1], b));
}

/* --- contracts and the IP behind them --------------------------------------------------------------------------- */

static void check_expiry(const weir_deal *deal, const weir_contract *contract, weir_diags *diags)
{
	char expires[11], last[11];
	weir_date last_due = weir_contract_last_due(&deal->pool, contract);
	for (int i = 0; i < contract->ip_count; i++) {
		const weir_ip *ip = &deal->pool.ip[deal->pool.contract_ip[contract->ip_first + i]];
		if (ip->expires == WEIR_DATE_NONE || ip->expires >= last_due)
			continue;
		weir_diag_warning(diags, IP_EXPIRES, contract->place,
		                  "item \"%s\" of contract \"%s\" expires on \"%s\"%s%.0s, before the contract's "
		                  "last payment is due on \"%s\"; shorten the contract or back it with another right",
		                  "合同%2$s项下知识产权%1$s%5$s于%3$s%4$.0s到期，早于该合同最后一个应付日%6$s；"
		                  "请缩短合同期限或补充其他权利",
		                  ip->id, contract->id, weir_date_format(ip->expires, expires),
		                  ip->expires_derived ? " by its statutory term" : "",
		                  ip->expires_derived ? "按法定保护期" : "", weir_date_format(last_due, last));
	}
}

static void check_ip_dates(const weir_ip *ip, weir_diags *diags)
{
	char a[11], b[11];
	if (ip->filed != WEIR_DATE_NONE && ip->granted != WEIR_DATE_NONE && ip->granted < ip->filed)
		weir_diag_error(diags, DATE_ORDER, ip->place,
		                "item \"%s\" is granted on \"%s\", before it was filed on \"%s\"; correct one of them",
		                ip->id, weir_date_format(ip->granted, a), weir_date_format(ip->filed, b));
	if (ip->granted != WEIR_DATE_NONE && ip->expires != WEIR_DATE_NONE && !ip->expires_derived &&
	    ip->expires <= ip->granted)
		weir_diag_error(diags, DATE_ORDER, ip->place,
		                "item \"%s\" expires on \"%s\", not after its grant on \"%s\"; correct one of them",
		                ip->id, weir_date_format(ip->expires, a), weir_date_format(ip->granted, b));
}

/* Claims and families are those of patents. */
static void check_ip_claims(const weir_ip *ip, weir_diags *diags)
{
	if ((ip->claims > 0 || ip->family) && ip->kind != WEIR_IP_INVENTION && ip->kind != WEIR_IP_UTILITY_MODEL &&
	    ip->kind != WEIR_IP_DESIGN)
		weir_diag_error(diags, CONTRACT_TERMS, ip->place,
		                "item \"%s\" is no patent but has %s; remove it or correct the kind", ip->id,
		                ip->claims > 0 ? "claims" : "a family");
}

static void check_ip_status(const weir_deal *deal, weir_diags *diags)
{
	char paid_to[11], cutoff[11];
	for (int i = 0; i < deal->pool.ip_count; i++) {
		const weir_ip *ip = &deal->pool.ip[i];
		check_ip_dates(ip, diags);
		check_ip_claims(ip, diags);
		if (ip->status == WEIR_IP_LAPSED || ip->status == WEIR_IP_INVALIDATED)
			weir_diag_warning(diags, IP_STATUS, ip->place,
			                  "item \"%s\" is %s%.0s: it backs nothing; replace it",
			                  "知识产权%1$s%3$s%2$.0s，不再提供支持；请予以替换", ip->id,
			                  ip->status == WEIR_IP_LAPSED ? "lapsed" : "invalidated",
			                  ip->status == WEIR_IP_LAPSED ? "权利已终止" : "已被宣告无效");
		else if (ip->annuity_paid_to != WEIR_DATE_NONE && deal->cutoff != WEIR_DATE_NONE &&
		         ip->annuity_paid_to < deal->cutoff)
			weir_diag_warning(diags, IP_STATUS, ip->place,
			                  "the annuity of item \"%s\" is paid to \"%s\" only, before the "
			                  "cut-off \"%s\"; pay it or correct the date",
			                  "专利%s的年费仅缴至%s，早于基准日%s；请补缴或更正日期", ip->id,
			                  weir_date_format(ip->annuity_paid_to, paid_to),
			                  weir_date_format(deal->cutoff, cutoff));
		if (ip->status == WEIR_IP_PENDING)
			weir_diag_disclosure(diags, IP_STATUS, ip->place,
			                     "item \"%s\" is applied for, not granted",
			                     "知识产权%s尚在申请审查中，未获授权", ip->id);
		if (ip->disputed)
			weir_diag_disclosure(diags, IP_STATUS, ip->place,
			                     "item \"%s\" is in dispute", "知识产权%s存在权属或侵权纠纷", ip->id);
	}
}

/* A pledge of IP arises on its registration only (IP.md section 3). One disclosure for the
 * deal. */
static void disclose_pledges(const weir_deal *deal, weir_diags *diags)
{
	const weir_contract *first = NULL;
	const weir_ip *first_ip = NULL;
	int missing = 0, pledged = 0;
	for (int c = 0; c < deal->pool.contract_count; c++) {
		const weir_contract *contract = &deal->pool.contracts[c];
		if (contract->kind != WEIR_CONTRACT_LOAN)
			continue;
		for (int i = 0; i < contract->ip_count; i++) {
			const weir_ip *ip = &deal->pool.ip[deal->pool.contract_ip[contract->ip_first + i]];
			pledged++;
			if (ip->pledge_number && *ip->pledge_number)
				continue;
			if (missing++ == 0) {
				first = contract;
				first_ip = ip;
			}
		}
	}
	if (missing)
		weir_diag_disclosure(diags, IP_STATUS, first->place,
		                     "%d of %d pledges behind loans have no registration number (first: item "
		                     "\"%s\" of contract \"%s\"); a pledge exists only once it is registered",
		                     "贷款项下%2$d项质押中有%1$d项未载明质押登记号（首项：合同%4$s项下的%3$s）；"
		                     "知识产权质权自办理出质登记时设立",
		                     missing, pledged, first_ip->id, first->id);
}

static double owed_cents(const weir_contract *contract)
{
	return contract->kind == WEIR_CONTRACT_RECEIVABLE ? contract->face_cents : contract->amount_cents;
}

static void check_contract(const weir_deal *deal, const weir_contract *contract, weir_diags *diags)
{
	char a[CENTS_TEXT], b[CENTS_TEXT], first_due[11], cutoff[11];
	int digits = deal->currency_digits;
	double amount = owed_cents(contract);
	if (contract->kind == WEIR_CONTRACT_SECONDARY_LICENCE && !isnan(contract->upfront_cents) &&
	    contract->upfront_cents != contract->amount_cents) {
		weir_cents_format(contract->upfront_cents, digits, a);
		weir_cents_format(contract->amount_cents, digits, b);
		weir_diag_warning(diags, SIZE_MISMATCH, contract->place,
		                  "contract \"%s\" pays \"%s\" up front and gets back \"%s\" of principal; "
		                  "make them agree or say why in a note",
		                  "合同%s一次性支付%s，应收回本金%s；请使二者一致，或在备注中说明原因", contract->id, a,
		                  b);
	}
	if (contract->kind != WEIR_CONTRACT_ROYALTY && contract->deposit_cents > amount) {
		weir_cents_format(contract->deposit_cents, digits, a);
		weir_cents_format(amount, digits, b);
		weir_diag_warning(diags, CONTRACT_TERMS, contract->place,
		                  "the deposit \"%s\" of contract \"%s\" is larger than its amount \"%s\"; "
		                  "correct one of them",
		                  "合同%2$s的保证金%1$s高于合同金额%3$s；请更正其一", a, contract->id, b);
	}
	if (contract->signed_on != WEIR_DATE_NONE && contract->first_due != WEIR_DATE_NONE &&
	    contract->signed_on > contract->first_due)
		weir_diag_error(
			diags, DATE_ORDER, contract->place,
			"contract \"%s\" is signed on \"%s\", after its first payment on \"%s\"; correct one of them",
			contract->id, weir_date_format(contract->signed_on, cutoff),
			weir_date_format(contract->first_due, first_due));
	if (deal->cutoff != WEIR_DATE_NONE && contract->first_due != WEIR_DATE_NONE &&
	    contract->first_due < deal->cutoff)
		weir_diag_warning(
			diags, CONTRACT_TERMS, contract->place,
			"contract \"%s\" pays from \"%s\", before the cut-off \"%s\"; what was "
			"paid by then is not the plan's: list only what is left",
			"合同%s自%s起付款，早于基准日%s；基准日前已付款项不归入专项计划，请仅列示尚未支付的款项",
			contract->id, weir_date_format(contract->first_due, first_due),
			weir_date_format(deal->cutoff, cutoff));
	check_expiry(deal, contract, diags);
}

/* --- concentration ---------------------------------------------------------------------------------------------- */

static const char *name_of(const weir_obligor *obligor)
{
	return obligor->zh ? obligor->zh : obligor->en ? obligor->en : obligor->id;
}

void weir_deal_disclose_concentration(const weir_deal *deal, const double *obligor_cents, double total_cents,
                                      weir_diags *diags)
{
	int largest[TOP_COUNT], count = 0, debtors = 0;
	for (int o = 0; o < deal->pool.obligor_count; o++) {
		if (obligor_cents[o] <= 0)
			continue; /* a guarantor, who owes nothing of his own */
		debtors++;
		int at = count < TOP_COUNT ? count++ : TOP_COUNT;
		for (; at > 0 && obligor_cents[largest[at - 1]] < obligor_cents[o]; at--)
			if (at < TOP_COUNT)
				largest[at] = largest[at - 1];
		if (at < TOP_COUNT)
			largest[at] = o;
	}
	if (count == 0 || total_cents <= 0)
		return;
	double top1 = obligor_cents[largest[0]], top = 0;
	for (int i = 0; i < count; i++)
		top += obligor_cents[largest[i]];
	if (top1 * 100 >= total_cents * TOP1_PERCENT)
		weir_diag_disclosure(diags, CONCENTRATION, deal->pool.place,
		                     "the largest obligor \"%s\"%.0s owes %.2f%% of the pool (%d%% or more)",
		                     "第一大债务人“%2$s”%1$.0s占资产池的%3$.2f%%（达到%4$d%%）",
		                     deal->pool.obligors[largest[0]].id, name_of(&deal->pool.obligors[largest[0]]),
		                     top1 / total_cents * 100, TOP1_PERCENT);
	if (top * 100 >= total_cents * TOP5_PERCENT)
		weir_diag_disclosure(diags, CONCENTRATION, deal->pool.place,
		                     "the largest %d of %d obligors owe %.2f%% of the pool (%d%% or more)",
		                     "债务人共%2$d户，前%1$d大合计占资产池的%3$.2f%%（达到%4$d%%）", count, debtors,
		                     top / total_cents * 100, TOP5_PERCENT);
}

/* --- shares ----------------------------------------------------------------------------------------------------- */

static void check_planned(const weir_class *class, weir_diags *diags)
{
	double units = 0, cents = 0;
	for (int i = 0; i < class->row_count; i++) {
		if (isnan(class->rows[i].share))
			cents += class->rows[i].amount_cents;
		else
			units += weir_round_half_away(class->rows[i].share * SHARE_UNITS);
	}
	/* whole cents beside shares: compare in cents; the shares of a size are exact to far below a cent
	 * here */
	if (units > SHARE_UNITS || cents + units / SHARE_UNITS * class->size_cents > class->size_cents + 0.5)
		weir_diag_error(diags, SHARE_SUM, class->node.place,
		                "the planned principal of class \"%s\" adds up to more than its size; lower "
		                "a share or an amount", class->node.id);
	else if (class->row_count > 0 && diags->errors == 0 &&
	         (cents == 0 ? units < SHARE_UNITS :
	                       cents + units / SHARE_UNITS * class->size_cents < class->size_cents - 0.5))
		weir_diag_warning(
			diags, SIZE_MISMATCH, class->node.place,
			"the planned principal of class \"%s\"%.0s adds up to less than its size, so the rest is "
			"never due; raise a share or an amount, or add a row",
			"“%2$s”%1$.0s的计划还本合计低于发行规模，差额部分始终不到期；请提高比例或金额，或增加一行",
			class->node.id, weir_node_name(&class->node, 1));
}

/* The target balance of a row as a share of the size. */
static double target_of(const weir_class *class, int row)
{
	const weir_schedule_row *r = &class->rows[row];
	return isnan(r->share) ? r->amount_cents / class->size_cents : r->share;
}

static void check_target(const weir_class *class, weir_diags *diags)
{
	for (int i = 0; i < class->row_count; i++) {
		double target = target_of(class, i);
		if (target > 1)
			weir_diag_error(diags, SHARE_SUM, class->rows[i].place,
			                "target %d of class \"%s\" is %.10g%% of its size; a balance never "
			                "exceeds 100%%: lower it", i + 1, class->node.id, target * 100);
		else if (i > 0 && target > target_of(class, i - 1))
			weir_diag_error(diags, SCHEDULE, class->rows[i].place,
			                "target %d of class \"%s\" is above the one before; targets are "
			                "balances and never grow; lower it", i + 1, class->node.id);
	}
	if (class->row_count > 0 && diags->errors == 0 && target_of(class, class->row_count - 1) > 0)
		weir_diag_warning(
			diags, SIZE_MISMATCH, class->rows[class->row_count - 1].place,
			"the last target of class \"%s\"%.0s leaves %.10g%% of its size, which is never due; add a "
			"row with 0%%",
			"“%2$s”%1$.0s的最后一个目标余额为发行规模的%3$.10g%%，该部分始终不到期；请增加目标为0%%的一行",
			class->node.id, weir_node_name(&class->node, 1), target_of(class, class->row_count - 1) * 100);
}

static void check_coupon(const weir_class *class, double coupon, weir_place place, weir_diags *diags)
{
	if (coupon < 0)
		weir_diag_error(
			diags, OUT_OF_RANGE, place,
			"the coupon %.10g%% of class \"%s\" is below zero, so holders would pay; give 0%% or more",
			coupon * 100, class->node.id);
}

static void check_coupons(const weir_class *class, weir_diags *diags)
{
	char a[11], b[11];
	check_coupon(class, class->coupon_annual, class->node.place, diags);
	for (int i = 0; i < class->step_count; i++)
		check_coupon(class, class->steps[i].coupon_annual, class->steps[i].place, diags);
	for (int i = 1; i < class->step_count; i++)
		if (class->steps[i].from != WEIR_DATE_NONE && class->steps[i].from <= class->steps[i - 1].from)
			weir_diag_error(
				diags, DATE_ORDER, class->steps[i].place,
				"the coupon of class \"%s\" from \"%s\" does not come after that from \"%s\"; list "
				"the steps in order",
				class->node.id, weir_date_format(class->steps[i].from, a),
				weir_date_format(class->steps[i - 1].from, b));
}

static int is_standing_group(const char *id)
{
	return id && (strcmp(id, "senior") == 0 || strcmp(id, "subordinated") == 0 || strcmp(id, "all") == 0);
}

static void check_class_terms(const weir_deal *deal, const weir_class *class, weir_diags *diags)
{
	char maturity[11], closing[11];
	if (is_standing_group(class->node.id))
		weir_diag_error(diags, BAD_ID, class->node.place,
		                "\"%s\" is a group that always exists; choose another id for this class",
		                class->node.id);
	if (class->rounding == WEIR_ROUND_UNIT && !(class->unit_cents > 0))
		weir_diag_error(diags, MISSING_ATTRIBUTE, class->node.place,
		                "class \"%s\" is rounded for each unit but has no unit; add unit=\"100.00\"",
		                class->node.id);
	if (class->style == WEIR_STYLE_BULLET && class->maturity != WEIR_DATE_NONE &&
	    deal->closing != WEIR_DATE_NONE && class->maturity <= deal->closing)
		weir_diag_error(diags, DATE_ORDER, class->node.place,
		                "class \"%s\" matures on \"%s\", not after the closing \"%s\"; correct one of them",
		                class->node.id, weir_date_format(class->maturity, maturity),
		                weir_date_format(deal->closing, closing));
	check_coupons(class, diags);
}

static void check_classes(const weir_deal *deal, weir_diags *diags)
{
	for (int i = 0; i < deal->class_count; i++) {
		const weir_class *class = &deal->classes[i];
		check_class_terms(deal, class, diags);
		if (class->style == WEIR_STYLE_PLANNED)
			check_planned(class, diags);
		if (class->style == WEIR_STYLE_TARGET)
			check_target(class, diags);
	}
}

/* --- support ---------------------------------------------------------------------------------------------------- */

/* Whether a covered payable is the principal of a class that has none due, last period or not. */
static int is_residual_principal(const weir_deal *deal, const char *payable)
{
	const char *point = strchr(payable, '.');
	for (int i = 0; point && strcmp(point, ".principal") == 0 && i < deal->class_count; i++) {
		const char *id = deal->classes[i].node.id;
		if (id && strlen(id) == (size_t)(point - payable) && memcmp(id, payable, strlen(id)) == 0)
			return deal->classes[i].style == WEIR_STYLE_RESIDUAL;
	}
	return 0;
}

static void check_covers(const weir_deal *deal, const weir_support *support, weir_diags *diags)
{
	for (int i = 0; i < support->covers.count; i++) {
		const char *payable = support->covers.items[i];
		if (is_residual_principal(deal, payable))
			weir_diag_error(diags, STEP_INVALID, support->covers.places[i],
			                "\"%s\" is never due, so \"%s\" covers nothing of it; leave it out", payable,
			                support->node.id);
	}
}

static void check_support(const weir_deal *deal, weir_diags *diags)
{
	for (int i = 0; i < deal->support_count; i++)
		check_covers(deal, &deal->supports[i], diags);
}

/* --- notes that disclose ---------------------------------------------------------------------------------------- */

static int starts_with(const char *text, const char *word)
{
	for (; *word; text++, word++)
		if ((*text | 0x20) != *word)
			return 0;
	return 1;
}

static int is_assumed(const char *note, const char *note_zh)
{
	return (note && (starts_with(note, "assumption") || starts_with(note, "illustrative"))) ||
	       (note_zh && (strncmp(note_zh, "假设", 6) == 0 || strncmp(note_zh, "示例", 6) == 0));
}

/* Counts one kind of element, so that a pool of sixty illustrative patents is one disclosure. */
typedef struct tally {
	const char *kind, *kind_zh, *unit_zh; /* unit_zh: NULL stands for 项 */
	int all, assumed;
	const char *first_id, *first_name, *first_note, *first_note_zh;
	weir_place place;
} tally;

static void count_note(tally *t, const weir_node *node)
{
	const char *zh = node->note_zh ? node->note_zh : weir_has_chinese(node->note) ? node->note : NULL;
	t->all++;
	if (!is_assumed(node->note, zh) || t->assumed++ > 0)
		return;
	t->first_id = node->id;
	t->first_name = weir_node_name(node, 1);
	t->first_note = node->note ? node->note : zh;
	t->first_note_zh = zh ? zh : starts_with(node->note, "illustrative") ? "示例" : "假设";
	t->place = node->place;
}

/* How many, in Chinese: a single element goes without a number, and where all are assumed one number says so. */
static void count_in_chinese(char text[COUNT_TEXT], const tally *t)
{
	const char *unit = t->unit_zh ? t->unit_zh : "项";
	if (t->all == 1)
		snprintf(text, COUNT_TEXT, "%s并非", t->kind_zh);
	else if (t->assumed == t->all)
		snprintf(text, COUNT_TEXT, "%d%s%s均非", t->all, unit, t->kind_zh);
	else
		snprintf(text, COUNT_TEXT, "%d%s%s中，%d%s并非", t->all, unit, t->kind_zh, t->assumed, unit);
}

static void disclose(const tally *t, weir_diags *diags)
{
	char counts[COUNT_TEXT], counts_zh[COUNT_TEXT];
	int named = t->first_id != NULL, several = t->all > 1;
	if (!t->assumed)
		return;
	snprintf(counts, sizeof counts, "%d of %d %s", t->assumed, t->all, t->kind);
	count_in_chinese(counts_zh, t);
	weir_diag_disclosure(diags, ASSUMPTION, t->place,
	                     "%s%.0s: not a term of the documents (first: %s%s%s%.0s%.0s%.0s%s%.0s)",
	                     "%1$.0s%2$s交易文件的约定（%3$.0s%4$.0s%5$.0s%6$s%7$s%8$s%9$.0s%10$s）", counts, counts_zh,
	                     named ? "\"" : "", named ? t->first_id : "", named ? "\", " : "", several ? "首项：" : "",
	                     named && several ? t->first_name : "", named && several ? "，" : "", t->first_note,
	                     t->first_note_zh);
}

static void count_steps(tally *t, const weir_step *steps, int count)
{
	for (int i = 0; i < count; i++) {
		count_note(t, &steps[i].node);
		count_steps(t, steps[i].children, steps[i].child_count);
	}
}

#define DISCLOSE_NODES(items, count, name, name_zh, measure_zh)                                    \
	do {                                                                                       \
		tally t = { .kind = name, .kind_zh = name_zh, .unit_zh = measure_zh };             \
		for (int i = 0; i < (count); i++)                                                  \
			count_note(&t, &(items)[i].node);                                          \
		disclose(&t, diags);                                                               \
	} while (0)

static void disclose_pool_notes(const weir_pool_terms *pool, weir_diags *diags)
{
	tally contracts = { .kind = "contracts", .kind_zh = "合同", .unit_zh = "笔" };
	tally ip = { .kind = "IP items", .kind_zh = "知识产权" };
	for (int i = 0; i < pool->contract_count; i++) {
		const weir_contract *c = &pool->contracts[i];
		count_note(&contracts,
		           &(weir_node){ .id = c->id, .note = c->note, .note_zh = c->note_zh, .place = c->place });
	}
	for (int i = 0; i < pool->ip_count; i++) {
		const weir_ip *item = &pool->ip[i];
		count_note(&ip, &(weir_node){ .id = item->id,
		                              .note = item->note,
		                              .note_zh = item->note_zh,
		                              .place = item->place });
	}
	disclose(&contracts, diags);
	disclose(&ip, diags);
}

/* Elements without a structure of their own: those of a kind stand together. */
static void disclose_noted(const weir_deal *deal, weir_diags *diags)
{
	for (int i = 0, end; i < deal->noted_count; i = end) {
		tally t = { .kind = deal->noted[i].kind, .kind_zh = deal->noted[i].kind_zh };
		for (end = i; end < deal->noted_count && deal->noted[end].kind == t.kind; end++) {
			const weir_noted *noted = &deal->noted[end];
			count_note(&t, &(weir_node){ .note = noted->note,
			                             .note_zh = noted->note_zh,
			                             .place = noted->place });
		}
		disclose(&t, diags);
	}
}

static void disclose_support_notes(const weir_deal *deal, weir_diags *diags)
{
	DISCLOSE_NODES(deal->supports, deal->support_count, "supports", "增信措施", NULL);
	DISCLOSE_NODES(deal->covers, deal->cover_count, "covers", "风险分担安排", NULL);
	DISCLOSE_NODES(deal->calls, deal->call_count, "calls", "回购权", NULL);
	DISCLOSE_NODES(deal->levels, deal->level_count, "levels", "分级水平", NULL);
	DISCLOSE_NODES(deal->revolvings, deal->revolving_count, "revolving assets", "循环购买资产", "笔");
	DISCLOSE_NODES(deal->subsidies, deal->subsidy_count, "subsidies", "补贴", NULL);
	DISCLOSE_NODES(deal->costs, deal->cost_count, "costs of obligors", "债务人负担的费用", NULL);
	DISCLOSE_NODES(deal->warrants, deal->warrant_count, "warrants", "认股权", NULL);
	DISCLOSE_NODES(deal->criteria, deal->criterion_count, "eligibility criteria", "合格标准", NULL);
}

static void disclose_notes(const weir_deal *deal, weir_diags *diags)
{
	tally whole = { .kind = "deals", .kind_zh = "交易要素" }, steps = { .kind = "steps", .kind_zh = "分配步骤" };
	count_note(&whole, &deal->node);
	disclose(&whole, diags);
	DISCLOSE_NODES(deal->parties, deal->party_count, "parties", "参与机构", "家");
	disclose_pool_notes(&deal->pool, diags);
	DISCLOSE_NODES(deal->accounts, deal->account_count, "accounts", "账户", "个");
	DISCLOSE_NODES(deal->classes, deal->class_count, "classes", "证券", "档");
	DISCLOSE_NODES(deal->groups, deal->group_count, "groups", "证券分组", NULL);
	DISCLOSE_NODES(deal->fees, deal->fee_count, "fees and taxes", "税费", NULL);
	DISCLOSE_NODES(deal->values, deal->value_count, "values", "计算项", NULL);
	DISCLOSE_NODES(deal->triggers, deal->trigger_count, "triggers", "触发事件", NULL);
	DISCLOSE_NODES(deal->indexes, deal->index_count, "indexes", "基准利率", NULL);
	DISCLOSE_NODES(deal->waterfalls, deal->waterfall_count, "waterfalls", "分配顺序", NULL);
	for (int i = 0; i < deal->waterfall_count; i++)
		count_steps(&steps, deal->waterfalls[i].steps, deal->waterfalls[i].step_count);
	disclose(&steps, diags);
	disclose_support_notes(deal, diags);
	disclose_noted(deal, diags);
}

void weir_deal_check(const weir_deal *deal, weir_diags *diags)
{
	check_dates(deal, diags);
	for (int i = 0; i < deal->pool.contract_count; i++)
		check_contract(deal, &deal->pool.contracts[i], diags);
	check_ip_status(deal, diags);
	disclose_pledges(deal, diags);
	check_classes(deal, diags);
	check_support(deal, diags);
	disclose_notes(deal, diags);
}
