/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference_deals.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

#include "share_calendar.h"

#define CENTS 1e6 /* cents in 10,000 yuan */
#define MOST 26   /* contracts of one deal */

weir_date date_of(int yyyymmdd)
{
	weir_date date = weir_date_from_ymd(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
	ck_assert_int_ne(date, WEIR_DATE_NONE);
	return date;
}

weir_contract plain_contract(const char *id)
{
	return (weir_contract){ .id = id,
		                .royalty = -1,
		                .guarantor = -1,
		                .through = -1,
		                .index = -1,
		                .upfront_cents = NAN,
		                .discount_years = NAN,
		                .pd_annual = NAN,
		                .lgd = NAN,
		                .upfront_date = WEIR_DATE_NONE,
		                .first_due = WEIR_DATE_NONE,
		                .signed_on = WEIR_DATE_NONE,
		                .start = WEIR_DATE_NONE,
		                .end = WEIR_DATE_NONE };
}

/* Dates of the eight deals, and what their contracts share. */
static const struct shape {
	int start, first_payment, payment_months, payments;
	const char *prefix;
	weir_contract_kind kind;
	weir_amortisation amortisation;
	double rate;
	int first_due, every_months, count;
	double amounts[MOST]; /* 10,000 yuan */
} shapes[9] = {
	[1] = { 20230320, 20230620, 3, 8, "L", WEIR_CONTRACT_LICENCE, WEIR_AMORTISE_LEVEL, 0.072, 20230601, 3, 8,
	        { 300, 350, 380, 400, 420, 450, 480, 520, 500 } },
	[2] = { 20220919, 20221219, 3, 20, "L", WEIR_CONTRACT_SECONDARY_LICENCE, WEIR_AMORTISE_LEVEL, 0.0645, 20221201,
	        3, 20, { 300, 1200, 1800, 2300, 2500, 2700, 3000, 3300, 4000, 4500, 4500 } },
	[3] = { 20220328, 20220928, 6, 6, "C", WEIR_CONTRACT_LEASEBACK, WEIR_AMORTISE_LEVEL, 0.078, 20220905, 6, 0,
	        { 4000, 5000, 5800, 6500, 7000, 7500, 8000, 8500, 9000, 12000 } },
	[4] = { 20221221, 20231221, 12, 2, "I", WEIR_CONTRACT_RECEIVABLE, WEIR_AMORTISE_BULLET, 0, 0, 0, 1,
	        { 900, 1100, 1300, 1500, 1600, 1700, 1800, 1900, 2000, 2200, 2600, 3000, 2300,
	          800, 1200, 1500, 1700, 1900, 2100, 2200, 2400, 2600, 2800, 3000, 3400, 2450 } },
	[5] = { 20230414, 20230714, 3, 4, "B", WEIR_CONTRACT_LOAN, WEIR_AMORTISE_BULLET, 0.0498, 20230625, 3, 4,
	        { 800, 1000, 1200, 1500, 1500, 1800, 2000, 2000, 2000, 2200, 2300, 2300 } },
	[6] = { 20230324, 20230924, 6, 6, "T", WEIR_CONTRACT_ROYALTY, WEIR_AMORTISE_LEVEL, 0, 20230901, 6, 6,
	        { 52000, 38000, 21000, 15000 } },
	[7] = { 20230326, 20230626, 3, 12, "F", WEIR_CONTRACT_ROYALTY, WEIR_AMORTISE_LEVEL, 0, 20230605, 3, 12,
	        { 2600, 1900, 1500, 1400, 900 } },
	[8] = { 20241114, 20250514, 6, 2, "B", WEIR_CONTRACT_LOAN, WEIR_AMORTISE_BULLET, 0.0345, 20250421, 6, 2,
	        { 600, 800, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1600 } },
};

static void set_royalty(weir_deal *deal, int number, int i, weir_contract *contract)
{
	static const double rates[] = { 0.035, 0.03, 0.04, 0.045 }, growths[] = { 0.06, 0.03, -0.02, 0 };
	static const double minima[] = { 1300, 850, 650, 520 };
	static const double decays[] = { 0.30, 0.24, 0.20, 0.08, 0.06 };
	double first_year = shapes[number].amounts[i] * CENTS;
	contract->royalty = i;
	contract->amount_cents = 0;
	deal->pool.royalties[i] = (weir_royalty_terms){ .sales_first_year_cents = number == 6 ? first_year : NAN,
		                                        .royalty_first_year_cents = number == 7 ? first_year : NAN,
		                                        .rate = number == 6 ? rates[i] : 0,
		                                        .growth_annual = number == 6 ? growths[i] : -decays[i],
		                                        .minimum_annual_cents = number == 6 ? minima[i] * CENTS : 0,
		                                        .cap_annual_cents = INFINITY,
		                                        .principal_share = number == 6 ? 0.86 : 0.88 };
}

static void set_contract(weir_deal *deal, int number, int i)
{
	static const int instalments[] = { 3, 4, 4, 5, 5, 6, 6, 6, 6, 6 }; /* deal 3 */
	const struct shape *s = &shapes[number];
	weir_contract *contract = &deal->pool.contracts[i];
	const char *id = deal->pool.contracts[i].id;
	*contract = plain_contract(id);
	contract->kind = s->kind;
	contract->amortisation = s->amortisation;
	contract->rate_annual = s->rate;
	contract->amount_cents = s->amounts[i] * CENTS;
	contract->every_months = s->every_months;
	contract->count = number == 3 ? instalments[i] : s->count;
	contract->obligor = number == 4 ? 0 : i;
	if (s->kind == WEIR_CONTRACT_RECEIVABLE) {
		contract->first_due = date_of(i < 13 ? 20231201 : 20241202);
		contract->discount_years = i < 13 ? 1 : 2;
		contract->discount_rate = 0.072;
		contract->face_cents = contract->amount_cents;
		contract->amount_cents = 0;
	} else
		contract->first_due = date_of(s->first_due);
	if (number == 3)
		contract->deposit_cents = contract->amount_cents * 0.05;
	if (number == 8)
		contract->through = 0;
	if (s->kind == WEIR_CONTRACT_ROYALTY)
		set_royalty(deal, number, i, contract);
}

static void fill_pool(weir_deal *deal, int number)
{
	const struct shape *s = &shapes[number];
	weir_pool_terms *pool = &deal->pool;
	while (pool->contract_count < MOST && s->amounts[pool->contract_count] > 0)
		pool->contract_count++;
	pool->obligor_count = number == 4 ? 1 : pool->contract_count;
	pool->contracts = weir_arena_array(deal->arena, MOST, sizeof *pool->contracts);
	pool->obligors = weir_arena_array(deal->arena, MOST, sizeof *pool->obligors);
	pool->royalties = weir_arena_array(deal->arena, MOST, sizeof *pool->royalties);
	pool->trusts = weir_arena_array(deal->arena, 1, sizeof *pool->trusts);
	pool->royalty_count = s->kind == WEIR_CONTRACT_ROYALTY ? pool->contract_count : 0;
	pool->trust_count = 1;
	pool->trusts[0] = (weir_trust){ .id = "trust", .trustee = -1 };
	for (int i = 0; i < pool->contract_count; i++) {
		char id[24];
		int length = snprintf(id, sizeof id, "%s%02d", s->prefix, i + 1);
		pool->contracts[i].id = weir_arena_text(deal->arena, id, (size_t)length);
		pool->obligors[i] = (weir_obligor){ .id = pool->contracts[i].id, .party = -1 };
		set_contract(deal, number, i);
	}
	if (number == 4)
		pool->obligors[0].id = "CORE";
}

weir_deal *reference_deal(weir_arena *arena, int number)
{
	const struct shape *s = &shapes[number];
	weir_deal *deal = weir_arena_alloc(arena, sizeof *deal);
	ck_assert_ptr_nonnull(deal);
	deal->arena = arena;
	deal->node.id = "reference";
	deal->currency = "CNY";
	deal->currency_digits = 2;
	deal->closing = deal->start = deal->cutoff = date_of(s->start);
	deal->calendar = share_calendar(arena, "CN-work");
	deal->payment = (weir_schedule_terms){ .first = date_of(s->first_payment),
		                               .last = WEIR_DATE_NONE,
		                               .count = s->payments,
		                               .step = s->payment_months,
		                               .unit = WEIR_STEP_MONTHS,
		                               .roll = WEIR_ROLL_FOLLOWING,
		                               .calendar = deal->calendar };
	deal->tail.first = deal->tail.last = deal->opening = WEIR_DATE_NONE;
	deal->opening_pool_cents = NAN;
	deal->legal_final = weir_date_add_months(deal->payment.first, (s->payments - 1) * s->payment_months + 24);
	deal->calculation_offset_days = -10;
	fill_pool(deal, number);
	return deal;
}
