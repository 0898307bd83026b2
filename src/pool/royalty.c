/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "math/vec/quad.h"
#include "pool/contracts.h"

#define MONTHS_A_YEAR 12
#define SHARE_UNITS 1e12 /* shares are decimals with at most 12 places */

/* The rows of one use, which stand together in the order given. */
typedef struct row_list {
	const weir_contract_row *rows;
	int count;
} row_list;

static row_list rows_of(const weir_pool_terms *pool, const weir_contract *contract, enum weir_row_use use)
{
	row_list list = { NULL, 0 };
	for (int i = 0; i < contract->row_count; i++) {
		const weir_contract_row *row = &pool->rows[contract->row_first + i];
		if (row->use != use)
			continue;
		if (list.count++ == 0)
			list.rows = row;
	}
	return list;
}

static weir_date payment_date(const weir_contract *contract, int k)
{
	return weir_date_add_months(contract->first_due, k * contract->every_months);
}

/* --- are the terms sound? --------------------------------------------------------------------------------------- */

/* A mistake in the terms, in words that follow the contract's name. */
static void complain(const weir_contract *contract, const char *what, weir_diags *diags)
{
	weir_diag_error(diags, CONTRACT_TERMS, contract->place, "royalty \"%s\" %s", contract->id, what);
}

static void check_tiers(const weir_contract *contract, row_list tiers, weir_diags *diags)
{
	for (int i = 1; i < tiers.count; i++)
		if (tiers.rows[i].a <= tiers.rows[i - 1].a)
			weir_diag_error(diags, CONTRACT_TERMS, tiers.rows[i].place,
			                "tier %d of royalty \"%s\" does not reach above the one before; list "
			                "tiers by their upper limit", i + 1, contract->id);
	if (tiers.count > 0 && !isinf(tiers.rows[tiers.count - 1].a))
		complain(contract, "has no rate above its last tier; leave the last tier without a limit", diags);
}

static void check_season(const weir_contract *contract, row_list season, int payments_a_year, weir_diags *diags)
{
	double units = 0;
	for (int i = 0; i < season.count; i++)
		units += weir_round_half_away(season.rows[i].a * SHARE_UNITS);
	if (season.count > 0 && season.count != payments_a_year)
		complain(contract, "does not have one seasonal share for each payment of a year; list as many",
		         diags);
	else if (season.count > 0 && units != SHARE_UNITS)
		weir_diag_error(diags, SHARE_SUM, contract->place,
		                "the seasonal shares of royalty \"%s\" add up to %.10g%%; make them 100%%",
		                contract->id, units / SHARE_UNITS * 100);
}

int weir_royalty_terms_hold(const weir_deal *deal, const weir_contract *contract, weir_diags *diags)
{
	size_t errors = diags->errors;
	if (contract->royalty < 0) {
		complain(contract, "has no royalty terms; give sales and a rate", diags);
		return 0;
	}
	const weir_pool_terms *pool = &deal->pool;
	const weir_royalty_terms *terms = &pool->royalties[contract->royalty];
	row_list tiers = rows_of(pool, contract, WEIR_ROW_TIER);
	row_list growth = rows_of(pool, contract, WEIR_ROW_GROWTH);
	if (contract->every_months < 1 || MONTHS_A_YEAR % contract->every_months != 0) {
		complain(contract, "needs payments every 1, 2, 3, 4, 6 or 12 months", diags);
		return 0;
	}
	if (terms->growth_annual <= -1)
		complain(contract, "falls by 100% a year or more; give a growth above -100%", diags);
	if (growth.count > 0 && growth.count < contract->count)
		complain(contract, "has fewer growth factors than payments; list one for each", diags);
	if (!isnan(terms->royalty_first_year_cents) && tiers.count > 0)
		complain(contract, "has tiers on sales but gives a royalty amount; give the sales instead",
		         diags);
	if (isnan(terms->royalty_first_year_cents) && isnan(terms->sales_first_year_cents))
		complain(contract, "has neither sales nor a royalty amount; give one", diags);
	if (!(terms->principal_share >= 0 && terms->principal_share <= 1))
		complain(contract, "has a principal share outside 0% to 100%; correct it", diags);
	check_tiers(contract, tiers, diags);
	check_season(contract, rows_of(pool, contract, WEIR_ROW_SEASON), MONTHS_A_YEAR / contract->every_months,
	             diags);
	return diags->errors == errors;
}

/* --- receipts --------------------------------------------------------------------------------------------------- */

/* One royalty with its lists, while its payments are made in order. */
typedef struct stream {
	const weir_contract *contract;
	const weir_royalty_terms *terms;
	row_list tiers, growth, season, steps;
	int payments_a_year;
	weir_quad year_sales, year_royalty; /* of the contract year so far, unrounded */
} stream;

/* First-year amount x growth x part of the year that payment k covers. Growth is (1 + g)^(k / payments a
 * year), or the listed factors; the part is the seasonal share, else an equal one (INPUTS.md, EX6 and
 * EX7). */
static weir_quad amount_of(const stream *s, int k, double first_year_cents)
{
	int m = s->payments_a_year;
	weir_quad amount = first_year_cents;
	if (s->growth.count > 0)
		amount *= weir_quad_from_decimal(s->growth.rows[k].a);
	else
		amount *= weir_quad_root_pow(1 + weir_quad_from_decimal(s->terms->growth_annual), k, m);
	return s->season.count > 0 ? amount * weir_quad_from_decimal(s->season.rows[k % m].a) : amount / m;
}

/* Royalty on `sales` that follow `before` in the contract year: each part at the rate of the tier it falls
 * into, which is R(before + sales) - R(before) (ROYALTY.md section 1.2) without taking two large numbers
 * from each other. */
static weir_quad tiered_royalty(const row_list *tiers, weir_quad before, weir_quad sales)
{
	weir_quad royalty = 0;
	for (int t = 0; t < tiers->count && sales > 0; t++) {
		const weir_contract_row *tier = &tiers->rows[t];
		weir_quad part = sales;
		if (!isinf(tier->a)) {
			weir_quad room = (weir_quad)tier->a - before;
			if (room <= 0)
				continue;
			part = sales < room ? sales : room;
		}
		royalty += part * weir_quad_from_decimal(tier->b);
		before += part;
		sales -= part;
	}
	return royalty;
}

static weir_quad earned_royalty(stream *s, int k)
{
	if (!isnan(s->terms->royalty_first_year_cents))
		return amount_of(s, k, s->terms->royalty_first_year_cents);
	weir_quad sales = amount_of(s, k, s->terms->sales_first_year_cents);
	weir_quad royalty = s->tiers.count > 0 ? tiered_royalty(&s->tiers, s->year_sales, sales) :
	                                         sales * weir_quad_from_decimal(s->terms->rate);
	s->year_sales += sales;
	return royalty;
}

/* What payment k brings, unrounded: the royalty after its step-downs, at least its part of the yearly
 * minimum, at most what the yearly cap leaves. */
static weir_quad receipt_amount(stream *s, int k)
{
	weir_date due = payment_date(s->contract, k);
	if (k % s->payments_a_year == 0)
		s->year_sales = s->year_royalty = 0;
	weir_quad royalty = earned_royalty(s, k);
	for (int i = 0; i < s->steps.count; i++)
		if (s->steps.rows[i].date <= due)
			royalty *= weir_quad_from_decimal(s->steps.rows[i].a);
	weir_quad minimum = (weir_quad)s->terms->minimum_annual_cents / s->payments_a_year;
	if (royalty < minimum)
		royalty = minimum;
	if (!isinf(s->terms->cap_annual_cents)) {
		weir_quad left = (weir_quad)s->terms->cap_annual_cents - s->year_royalty;
		royalty = royalty < left ? royalty : left;
	}
	s->year_royalty += weir_round_quad(royalty); /* what is paid counts against the cap */
	return royalty;
}

/* An unrounded receipt, split before it is rounded (INPUTS.md, conventions). */
static weir_receipt split_receipt(const weir_royalty_terms *terms, weir_quad amount, weir_date due)
{
	double principal = weir_round_quad(amount * weir_quad_from_decimal(terms->principal_share));
	return (weir_receipt){ .contract_due = due,
		               .principal_cents = principal,
		               .income_cents = weir_round_quad(amount) - principal };
}

/* Puts a receipt among `count` that are sorted by date, behind those of its own date. */
static void insert_receipt(weir_receipt *receipts, int count, weir_receipt receipt)
{
	for (; count > 0 && receipts[count - 1].contract_due > receipt.contract_due; count--)
		receipts[count] = receipts[count - 1];
	receipts[count] = receipt;
}

void weir_royalty_receipts(weir_receipt *receipts, const weir_deal *deal, const weir_contract *contract)
{
	const weir_pool_terms *pool = &deal->pool;
	const weir_royalty_terms *terms = &pool->royalties[contract->royalty];
	stream s = { .contract = contract,
		     .terms = terms,
		     .tiers = rows_of(pool, contract, WEIR_ROW_TIER),
		     .growth = rows_of(pool, contract, WEIR_ROW_GROWTH),
		     .season = rows_of(pool, contract, WEIR_ROW_SEASON),
		     .steps = rows_of(pool, contract, WEIR_ROW_STEP_DOWN),
		     .payments_a_year = MONTHS_A_YEAR / contract->every_months };
	for (int k = 0; k < contract->count; k++)
		receipts[k] = split_receipt(terms, receipt_amount(&s, k),
		                            weir_date_add_months(contract->first_due, k * contract->every_months +
		                                                                              terms->lag_months));
	row_list milestones = rows_of(pool, contract, WEIR_ROW_MILESTONE);
	for (int i = 0; i < milestones.count; i++)
		insert_receipt(receipts, contract->count + i,
		               split_receipt(terms, (weir_quad)milestones.rows[i].a, milestones.rows[i].date));
}
