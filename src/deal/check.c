/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deal/deal.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/money.h"

#define TOP1_PERCENT 15 /* RULES.md section 2.1: an important debtor has 15 to 20 % of the pool */
#define TOP5_PERCENT 50
#define TOP_COUNT 5
#define SHARE_UNITS 1e12 /* shares are decimals with at most 12 places: sums of these units are exact */
#define CENTS_TEXT 40

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
		                  "item \"%s\" of contract \"%s\" expires on \"%s\"%s, before the contract's "
		                  "last payment is due on \"%s\"; shorten the contract or back it with "
		                  "another right", ip->id, contract->id,
		                  weir_date_format(ip->expires, expires),
		                  ip->expires_derived ? " by its statutory term" : "",
		                  weir_date_format(last_due, last));
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

static void check_ip_status(const weir_deal *deal, weir_diags *diags)
{
	char paid_to[11], cutoff[11];
	for (int i = 0; i < deal->pool.ip_count; i++) {
		const weir_ip *ip = &deal->pool.ip[i];
		check_ip_dates(ip, diags);
		if (ip->status == WEIR_IP_LAPSED || ip->status == WEIR_IP_INVALIDATED)
			weir_diag_warning(diags, IP_STATUS, ip->place,
			                  "item \"%s\" is %s: it backs nothing; replace it", ip->id,
			                  ip->status == WEIR_IP_LAPSED ? "lapsed" : "invalidated");
		else if (ip->annuity_paid_to != WEIR_DATE_NONE && deal->cutoff != WEIR_DATE_NONE &&
		         ip->annuity_paid_to < deal->cutoff)
			weir_diag_warning(diags, IP_STATUS, ip->place,
			                  "the annuity of item \"%s\" is paid to \"%s\" only, before the "
			                  "cut-off \"%s\"; pay it or correct the date", ip->id,
			                  weir_date_format(ip->annuity_paid_to, paid_to),
			                  weir_date_format(deal->cutoff, cutoff));
		if (ip->status == WEIR_IP_PENDING)
			weir_diag_disclosure(diags, IP_STATUS, ip->place,
			                     "item \"%s\" is applied for, not granted", ip->id);
		if (ip->disputed)
			weir_diag_disclosure(diags, IP_STATUS, ip->place,
			                     "item \"%s\" is in dispute", ip->id);
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
		                  "make them agree or say why in a note", contract->id, a, b);
	}
	if (contract->kind != WEIR_CONTRACT_ROYALTY && contract->deposit_cents > amount) {
		weir_cents_format(contract->deposit_cents, digits, a);
		weir_cents_format(amount, digits, b);
		weir_diag_warning(diags, CONTRACT_TERMS, contract->place,
		                  "the deposit \"%s\" of contract \"%s\" is larger than its amount \"%s\"; "
		                  "correct one of them", a, contract->id, b);
	}
	if (deal->cutoff != WEIR_DATE_NONE && contract->first_due != WEIR_DATE_NONE &&
	    contract->first_due < deal->cutoff)
		weir_diag_warning(diags, CONTRACT_TERMS, contract->place,
		                  "contract \"%s\" pays from \"%s\", before the cut-off \"%s\"; what was "
		                  "paid by then is not the plan's: list only what is left", contract->id,
		                  weir_date_format(contract->first_due, first_due),
		                  weir_date_format(deal->cutoff, cutoff));
	check_expiry(deal, contract, diags);
}

/* --- concentration ---------------------------------------------------------------------------------------------- */

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
		                     "the largest obligor \"%s\" owes %.2f%% of the pool (%d%% or more)",
		                     deal->pool.obligors[largest[0]].id, top1 / total_cents * 100,
		                     TOP1_PERCENT);
	if (top * 100 >= total_cents * TOP5_PERCENT)
		weir_diag_disclosure(diags, CONCENTRATION, deal->pool.place,
		                     "the largest %d of %d obligors owe %.2f%% of the pool (%d%% or more)",
		                     count, debtors, top / total_cents * 100, TOP5_PERCENT);
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
		weir_diag_warning(diags, SIZE_MISMATCH, class->node.place,
		                  "the planned principal of class \"%s\" adds up to less than its size, so the rest is "
		                  "never due; raise a share or an amount, or add a row", class->node.id);
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
			"the last target of class \"%s\" leaves %.10g%% of its size, which is never due; add a "
			"row with 0%%",
			class->node.id, target_of(class, class->row_count - 1) * 100);
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

static int is_assumed(const char *note)
{
	return note && (starts_with(note, "assumption") || starts_with(note, "illustrative"));
}

/* Counts one kind of element, so that a pool of sixty illustrative patents is one disclosure. */
typedef struct tally {
	const char *kind;
	int all, assumed;
	const char *first_id, *first_note;
	weir_place place;
} tally;

static void count_note(tally *t, const char *id, const char *note, weir_place place)
{
	t->all++;
	if (is_assumed(note) && t->assumed++ == 0) {
		t->first_id = id;
		t->first_note = note;
		t->place = place;
	}
}

static void count_node(tally *t, const weir_node *node)
{
	count_note(t, node->id, node->note, node->place);
}

static void disclose(const tally *t, weir_diags *diags)
{
	if (t->assumed && !t->first_id)
		weir_diag_disclosure(diags, ASSUMPTION, t->place,
		                     "%d of %d %s: not a term of the documents (first: %s)", t->assumed, t->all,
		                     t->kind, t->first_note);
	else if (t->assumed)
		weir_diag_disclosure(diags, ASSUMPTION, t->place,
		                     "%d of %d %s: not a term of the documents (first: \"%s\", %s)",
		                     t->assumed, t->all, t->kind, t->first_id, t->first_note);
}

static void count_steps(tally *t, const weir_step *steps, int count)
{
	for (int i = 0; i < count; i++) {
		count_node(t, &steps[i].node);
		count_steps(t, steps[i].children, steps[i].child_count);
	}
}

#define DISCLOSE_NODES(items, count, name)                                                         \
	do {                                                                                       \
		tally t = { .kind = name };                                                        \
		for (int i = 0; i < (count); i++)                                                  \
			count_node(&t, &(items)[i].node);                                          \
		disclose(&t, diags);                                                               \
	} while (0)

static void disclose_pool_notes(const weir_pool_terms *pool, weir_diags *diags)
{
	tally contracts = { .kind = "contracts" }, ip = { .kind = "IP items" };
	for (int i = 0; i < pool->contract_count; i++)
		count_note(&contracts, pool->contracts[i].id, pool->contracts[i].note, pool->contracts[i].place);
	for (int i = 0; i < pool->ip_count; i++)
		count_note(&ip, pool->ip[i].id, pool->ip[i].note, pool->ip[i].place);
	disclose(&contracts, diags);
	disclose(&ip, diags);
}

/* Elements without a structure of their own: those of a kind stand together. */
static void disclose_noted(const weir_deal *deal, weir_diags *diags)
{
	for (int i = 0, end; i < deal->noted_count; i = end) {
		tally t = { .kind = deal->noted[i].kind };
		for (end = i; end < deal->noted_count && deal->noted[end].kind == t.kind; end++)
			count_note(&t, NULL, deal->noted[end].note, deal->noted[end].place);
		disclose(&t, diags);
	}
}

static void disclose_support_notes(const weir_deal *deal, weir_diags *diags)
{
	DISCLOSE_NODES(deal->supports, deal->support_count, "supports");
	DISCLOSE_NODES(deal->covers, deal->cover_count, "covers");
	DISCLOSE_NODES(deal->calls, deal->call_count, "calls");
	DISCLOSE_NODES(deal->levels, deal->level_count, "levels");
	DISCLOSE_NODES(deal->revolvings, deal->revolving_count, "revolving assets");
	DISCLOSE_NODES(deal->subsidies, deal->subsidy_count, "subsidies");
	DISCLOSE_NODES(deal->costs, deal->cost_count, "costs of obligors");
	DISCLOSE_NODES(deal->warrants, deal->warrant_count, "warrants");
	DISCLOSE_NODES(deal->criteria, deal->criterion_count, "eligibility criteria");
}

static void disclose_notes(const weir_deal *deal, weir_diags *diags)
{
	tally whole = { .kind = "deals" }, steps = { .kind = "steps" };
	count_node(&whole, &deal->node);
	disclose(&whole, diags);
	DISCLOSE_NODES(deal->parties, deal->party_count, "parties");
	disclose_pool_notes(&deal->pool, diags);
	DISCLOSE_NODES(deal->accounts, deal->account_count, "accounts");
	DISCLOSE_NODES(deal->classes, deal->class_count, "classes");
	DISCLOSE_NODES(deal->groups, deal->group_count, "groups");
	DISCLOSE_NODES(deal->fees, deal->fee_count, "fees and taxes");
	DISCLOSE_NODES(deal->values, deal->value_count, "values");
	DISCLOSE_NODES(deal->triggers, deal->trigger_count, "triggers");
	DISCLOSE_NODES(deal->indexes, deal->index_count, "indexes");
	DISCLOSE_NODES(deal->waterfalls, deal->waterfall_count, "waterfalls");
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
