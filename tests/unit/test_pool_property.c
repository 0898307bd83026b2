/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pool_property.c: what holds for any pool under any shocks, to the cent; memory that runs out; time. */
#include <check.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "pool/factor.h"
#include "pool/pool.h"
#include "reference_deals.h"

Suite *weir_suite_pool_property(void);

static weir_arena *arena;
static weir_diags diags;
static weir_deal *deal;
static weir_pool *pool;
static weir_periods periods;
static weir_pool_rows *rows, *single;
static weir_pool_shocks shocks[WEIR_LANES];

static void setup(void)
{
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	diags = (weir_diags){ 0 };
}

static void teardown(void)
{
	weir_diags_free(&diags);
	weir_arena_destroy(arena);
}

/* --- random pools and shocks ------------------------------------------------------------------------------------ */

static uint64_t random_state = 88172645463325252u;

static int below(int limit)
{
	random_state ^= random_state << 13; /* xorshift64, Marsaglia 2003 */
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (int)(random_state % (uint64_t)limit);
}

static double share(void)
{
	return below(4) == 0 ? below(2) : below(100001) / 1e5;
}

static void make_ip(weir_pool_terms *terms)
{
	static char ids[6][3];
	terms->ip_count = 6;
	terms->ip = weir_arena_array(arena, 6, sizeof *terms->ip);
	for (int i = 0; i < 6; i++) {
		memcpy(ids[i], (char[]){ 'P', (char)('0' + i), 0 }, 3);
		terms->ip[i] = (weir_ip){ .id = ids[i],
			                  .status = below(4) ? WEIR_IP_VALID : WEIR_IP_LAPSED,
			                  .valuation_cents = below(5) ? below(2000000000) : NAN };
	}
	terms->contract_ip = weir_arena_array(arena, (size_t)terms->contract_count * 2, sizeof *terms->contract_ip);
	for (int c = 0; c < terms->contract_count; c++) {
		weir_contract *contract = &terms->contracts[c];
		contract->ip_first = terms->contract_ip_count;
		for (int i = below(6), left = below(3); left > 0; left--, i = (i + 1) % 6) {
			terms->contract_ip[terms->contract_ip_count++] = i;
			contract->ip_count++;
		}
	}
}

/* One of the reference pools, with words on its contracts and obligors, IP, perhaps covers, a trust's lag, periods that end
 * early, a mid-life start. */
static void random_pool(void)
{
	static const int numbers[] = { 1, 3, 4, 5, 6, 7, 8 };
	static weir_cover cover;
	static char covered[64];
	deal = reference_deal(arena, numbers[below(7)]);
	weir_pool_terms *terms = &deal->pool;
	make_ip(terms);
	for (int c = 0; c < terms->contract_count; c++) {
		terms->contracts[c].grade = below(2) ? "a" : "b";
		terms->contracts[c].currency = below(3) ? NULL : "USD";
		terms->contracts[c].through = below(4) ? -1 : 0;
		covered[c] = (char)below(2);
	}
	for (int o = 0; o < terms->obligor_count; o++) {
		terms->obligors[o].industry = o == 0 || below(2) ? "chips" : "drugs";
		terms->obligors[o].region = o == 0 || below(2) ? "east" : NULL;
	}
	terms->trusts[0].lag_days = below(30);
	terms->trusts[0].expense_rate = 0.0137;
	cover = (weir_cover){ .kind = WEIR_COVER_INSURANCE, .contracts = below(2) ? covered : NULL };
	deal->covers = &cover;
	deal->cover_count = below(2);
	deal->payment.count -= deal->payment.count > 2 ? below(2) : 0;
	deal->servicing = (weir_servicing){ .given = below(2), .transfer_months = 3, .fast_months = 1 };
	if (deal->payment.count > 2 && below(3) == 0) {
		deal->opening = weir_date_add_months(deal->payment.first, deal->payment.step * below(2));
		deal->opening_pool_cents = below(2) ? NAN : 1000000000 + below(1000000000);
	}
	ck_assert_int_eq(weir_pool_create(&pool, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_deal_periods(&periods, arena, deal, &diags), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&rows, arena, pool, periods.count), WEIR_OK);
	ck_assert_int_eq(weir_pool_rows_create(&single, arena, pool, periods.count), WEIR_OK);
}

static void random_scope(weir_shock *shock)
{
	static const struct {
		weir_shock_scope scope;
		const char *target;
	} scopes[] = {
		{ WEIR_SCOPE_ALL, NULL },         { WEIR_SCOPE_LARGEST, NULL },    { WEIR_SCOPE_KIND, "loan" },
		{ WEIR_SCOPE_KIND, "royalty" },   { WEIR_SCOPE_INDUSTRY, "chips" }, { WEIR_SCOPE_INDUSTRY, NULL },
		{ WEIR_SCOPE_REGION, "east" },    { WEIR_SCOPE_IP, "P3" },
	};
	const weir_pool_terms *terms = &deal->pool;
	int i = below(10);
	shock->scope = i < 8 ? scopes[i].scope : i == 8 ? WEIR_SCOPE_CONTRACT : WEIR_SCOPE_OBLIGOR;
	shock->target = i < 8  ? scopes[i].target :
	                i == 8 ? terms->contracts[below(terms->contract_count)].id :
	                         terms->obligors[below(terms->obligor_count)].id;
	shock->largest = 1 + below(3);
}

static weir_date random_date(void)
{
	return deal->closing + below(1500);
}

static void random_profile(weir_shock *shock)
{
	static const double curve[] = { 0.15, 0.4, 0.2, 0.25 };
	int count = 1 + below(4);
	shock->profile = (weir_profile_kind)below(5);
	shock->value = share();
	if (shock->profile == WEIR_PROFILE_DATE) {
		shock->from = random_date();
		return;
	}
	shock->values = weir_arena_array(arena, 4, sizeof *shock->values);
	for (int i = 0; i < 4; i++)
		shock->values[i] = shock->profile == WEIR_PROFILE_CURVE ? curve[i] : share() / 10;
	shock->value_count = shock->profile == WEIR_PROFILE_CURVE ? 4 * below(2) : count;
}

static weir_shock random_shock(int lag)
{
	static const weir_shock_kind kinds[] = {
		WEIR_SHOCK_RECEIPTS, WEIR_SHOCK_RECEIPTS, WEIR_SHOCK_DECAY,     WEIR_SHOCK_LATE,    WEIR_SHOCK_BALLOON_LATE,
		WEIR_SHOCK_DEFAULT,  WEIR_SHOCK_DEFAULT,  WEIR_SHOCK_PREPAY,    WEIR_SHOCK_RECOVERY, WEIR_SHOCK_RECOVERY,
		WEIR_SHOCK_RECOVERY, WEIR_SHOCK_RATE,     WEIR_SHOCK_VALUATION, WEIR_SHOCK_IP_LOST, WEIR_SHOCK_FX,
		WEIR_SHOCK_SERVICER,
	};
	weir_shock shock = { .kind = kinds[below(16)], .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE, .value = share() };
	random_scope(&shock);
	shock.months = 1 + below(9);
	shock.part = (weir_shock_part)(below(2) * below(3));
	if (below(3) == 0) {
		shock.from = random_date();
		shock.to = below(2) ? WEIR_DATE_NONE : shock.from + below(500);
	} else
		shock.from_month = below(3) == 0 ? 1 + below(30) : 0;
	switch (shock.kind) {
	case WEIR_SHOCK_DEFAULT:
	case WEIR_SHOCK_PREPAY:
		random_profile(&shock);
		break;
	case WEIR_SHOCK_RECOVERY:
		shock.channel = (weir_channel)below(2);
		shock.cost = share() / 4;
		shock.months = lag < 0 ? below(12) : lag;
		break;
	case WEIR_SHOCK_RATE:
		shock.value = (below(801) - 400) / 1e4;
		break;
	case WEIR_SHOCK_IP_LOST:
		shock.target = "P1";
		shock.from = random_date();
		break;
	case WEIR_SHOCK_FX:
		shock.target = "USD";
		break;
	case WEIR_SHOCK_SERVICER:
		shock.from = random_date();
		shock.stop_months = below(5);
		shock.months = below(6) - 1;
		break;
	default:
		break;
	}
	return shock;
}

/* Shocks for all lanes; `stressed` 0: only those that need no stress. */
static void random_shocks(int stressed, int lag)
{
	const weir_scenario *list[WEIR_LANES];
	for (int l = 0; l < WEIR_LANES; l++) {
		weir_scenario *scenario = weir_arena_alloc(arena, sizeof *scenario);
		scenario->shocks = weir_arena_array(arena, 8, sizeof *scenario->shocks);
		scenario->shock_count = below(8);
		for (int i = 0; i < scenario->shock_count; i++) {
			weir_shock shock = random_shock(lag);
			if (!stressed || l % 5 == 0) {
				shock.kind = below(3) ? WEIR_SHOCK_RECEIPTS : WEIR_SHOCK_LATE;
				shock.part = WEIR_PART_BOTH;
				shock.from = shock.to = WEIR_DATE_NONE;
				shock.from_month = 0;
				shock.value = share();
				shock.months = 1 + below(9);
				if (shock.kind == WEIR_SHOCK_LATE)
					shock.scope = WEIR_SCOPE_ALL;
			}
			scenario->shocks[i] = shock;
		}
		list[l] = scenario;
	}
	weir_status status = weir_pool_shocks_create(shocks, arena, pool, list, WEIR_LANES, &diags);
	for (size_t i = 0; status == WEIR_INPUT && i < diags.count; i++) /* a kind or word that this pool lacks is no news */
		ck_assert_msg(diags.items[i].code == WEIR_CODE_UNKNOWN_ID, "%s", diags.items[i].text);
	weir_diags_free(&diags);
}

/* --- what holds ------------------------------------------------------------------------------------------------- */

#define OF(table, name, k, l) table->column[WEIR_POOL_##name][k][l]
#define AT(name, k, l) OF(rows, name, k, l)

static void columns_have_their_signs(int k, int l)
{
	ck_assert_double_ge(AT(PRINCIPAL, k, l), 0);
	ck_assert_double_ge(AT(INCOME, k, l), 0);
	ck_assert_double_ge(AT(DEFAULTED, k, l), 0);
	ck_assert_double_ge(AT(BALANCE, k, l), 0);
	ck_assert_double_ge(AT(OVERDUE, k, l), 0);
	ck_assert_double_ge(AT(BALANCE, k, l), AT(OVERDUE, k, l));
	ck_assert_double_ge(AT(PREPAID, k, l), 0);
	ck_assert_double_ge(AT(PRINCIPAL, k, l), AT(PREPAID, k, l));
	ck_assert_double_ge(AT(DISPOSAL, k, l), 0);
	ck_assert_double_ge(AT(RECOVERED, k, l), AT(DISPOSAL, k, l));
	ck_assert_double_ge(AT(PRINCIPAL, k, l), AT(LOST_PRINCIPAL, k, l));
	ck_assert_double_ge(AT(INCOME, k, l), AT(LOST_INCOME, k, l));
	ck_assert_double_ge(AT(LOST_PRINCIPAL, k, l), AT(LOST_PRINCIPAL_FAST, k, l));
	ck_assert_double_ge(AT(LOST_INCOME_FAST, k, l), 0);
}

static void identities_hold(int l)
{
	ck_assert_double_eq(AT(BALANCE, 0, l), pool->opening_cents);
	for (int k = 1; k < periods.count; k++) {
		ck_assert_double_eq(AT(BALANCE, k, l), AT(BALANCE, k - 1, l) - AT(PRINCIPAL, k, l) - AT(DEFAULTED, k, l));
		columns_have_their_signs(k, l);
	}
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		for (int k = 0; k < periods.first; k++)
			if (c != WEIR_POOL_BALANCE)
				ck_assert_double_eq(rows->column[c][k][l], 0);
}

/* The rows are the sums of the receipts one by one; what is left at the end is overdue, or due later. */
static void rows_are_the_receipts(int l)
{
	double principal[32] = { 0 }, income[32] = { 0 }, prepaid[32] = { 0 }, defaulted[32] = { 0 };
	double behind = 0, whole = 0;
	int none = periods.count;
	for (size_t r = 0; r < pool->receipt_count; r++) {
		weir_receipt_split split;
		weir_pool_receipt_under(&split, pool, r, &shocks[l]);
		int k = weir_pool_period_of(&periods, split.date), due = weir_pool_period_of(&periods, pool->receipts[r].due);
		int late = weir_pool_period_of(&periods, split.late_date);
		principal[k] += split.principal_cents;
		income[k] += split.income_cents;
		prepaid[k] += split.prepaid_cents;
		principal[late] += split.late_principal_cents;
		income[late] += split.late_income_cents;
		defaulted[due] += split.defaulted_cents;
		whole += split.principal_cents + split.late_principal_cents + split.defaulted_cents;
		if (due == none)
			behind += split.principal_cents + split.late_principal_cents + split.defaulted_cents;
	}
	for (int k = periods.first; k < none; k++) {
		ck_assert_double_eq(AT(PRINCIPAL, k, l), principal[k]);
		ck_assert_double_eq(AT(INCOME, k, l), income[k]);
		ck_assert_double_eq(AT(PREPAID, k, l), prepaid[k]);
		ck_assert_double_eq(AT(DEFAULTED, k, l), defaulted[k]);
	}
	ck_assert_double_eq(whole, pool->opening_cents);
	ck_assert_double_eq(AT(BALANCE, none - 1, l), AT(OVERDUE, none - 1, l) + behind);
	ck_assert_double_ge(rows->uncollected_cents[l], principal[none] + income[none]); /* and recoveries */
}

static double claims(const weir_lane *claim, int k, int l)
{
	double sum = 0;
	for (int c = 0; c < pool->claim_count; c++) {
		double cents = claim[c * periods.count + k][l];
		ck_assert_double_ge(cents, 0);
		ck_assert(cents == 0 || rows->any_claim[k]);
		sum += cents;
	}
	return sum;
}

/* `exact`: all contracts are covered, no claim is void, and recoveries come at once. */
static void claims_are_net_losses(int l, int exact)
{
	for (int k = 1; k < periods.count && pool->claim_count > 0; k++) {
		double claimed = claims(rows->claim_principal, k, l);
		ck_assert_double_le(claimed, AT(DEFAULTED, k, l));
		ck_assert_double_ge(claims(rows->claim_income, k, l), 0);
		if (exact)
			ck_assert_double_eq(claimed, AT(DEFAULTED, k, l) - AT(RECOVERED, k, l));
	}
}

static void lane_is_the_same(const weir_pool_rows *table, int at, int l)
{
	for (int c = 0; c < WEIR_POOL_COLUMNS; c++)
		for (int k = 0; k < periods.count; k++)
			ck_assert_double_eq(table->column[c][k][at], rows->column[c][k][l]);
	for (int i = 0; i < pool->claim_count * periods.count; i++) {
		ck_assert_double_eq(table->claim_principal[i][at], rows->claim_principal[i][l]);
		ck_assert_double_eq(table->claim_income[i][at], rows->claim_income[i][l]);
	}
	ck_assert_double_eq(table->uncollected_cents[at], rows->uncollected_cents[l]);
}

START_TEST(any_pool_under_any_shocks)
{
	random_state += (uint64_t)_i * 0x9E3779B97F4A7C15u; /* another stream for each run */
	for (int i = 0; i < 10; i++) {
		random_pool();
		int lag = below(2) ? -1 : 0, no_ip = 1;
		random_shocks(1, lag);
		weir_pool_project(rows, pool, &periods, shocks, WEIR_LANES);
		for (int c = 0; c < deal->pool.contract_count; c++)
			no_ip &= deal->pool.contracts[c].kind == WEIR_CONTRACT_LOAN;
		for (int l = 0; l < WEIR_LANES; l++) {
			identities_hold(l);
			rows_are_the_receipts(l);
			claims_are_net_losses(l, lag == 0 && no_ip && pool->claim_count == deal->pool.contract_count);
		}
		for (int l = 0; l < WEIR_LANES; l += 1 + below(9)) {
			weir_pool_project(single, pool, &periods, &shocks[l], 1);
			lane_is_the_same(single, 0, l);
			lane_is_the_same(single, WEIR_LANES - 1, l);
		}
	}
}
END_TEST

/* Lanes that need no stress come out the same beside lanes that do. */
START_TEST(both_paths_agree)
{
	for (int i = 0; i < 12; i++) {
		random_pool();
		if (pool->claim_count > 0 || pool->past_to != WEIR_DATE_NONE)
			continue;
		random_shocks(0, -1);
		weir_pool_project(rows, pool, &periods, shocks, WEIR_LANES);
		weir_pool_shocks slow[WEIR_LANES];
		memcpy(slow, shocks, sizeof slow);
		random_shocks(1, -1);
		for (int l = 1; l < WEIR_LANES && !slow[0].stress; l++)
			slow[0] = shocks[l];
		weir_pool_project(single, pool, &periods, slow, WEIR_LANES);
		for (int l = 1; l < WEIR_LANES; l++)
			lane_is_the_same(single, l, l);
	}
}
END_TEST

START_TEST(scaling_agrees_with_exact_rounding)
{
	for (int i = 0; i < 300000; i++) {
		double amount = below(3) ? below(2000) : below(1 << 30) * 131072.0 + below(131072);
		double a = below(2) ? below(1001) / 1e3 : share(), b = below(2) ? below(101) / 1e2 : 1;
		double size = below(2) ? amount : -amount;
		if (weir_factor_scale(size, a, b) != weir_factor_round(size, a, b))
			ck_abort_msg("%.1f x %.17g x %.17g", size, a, b);
	}
	ck_assert_double_eq(weir_factor_places(0.333333333333, 0.5), 0.166666666667); /* ...6665 goes up */
	ck_assert_double_eq(weir_factor_places(1.2, 1.2), 1.44);
}
END_TEST

/* --- names of studies ------------------------------------------------------------------------------------------- */

static weir_shock named(const char *name, double value, const weir_scenario *base)
{
	weir_shock shock;
	ck_assert(weir_pool_knows(name));
	ck_assert_int_eq(weir_pool_shock_named(&shock, name, value, base), WEIR_OK);
	ck_assert_int_eq(shock.from, WEIR_DATE_NONE);
	ck_assert_int_eq(shock.to, WEIR_DATE_NONE);
	ck_assert(shock.scope == WEIR_SCOPE_ALL || strcmp(name, "royalty_factor") == 0);
	return shock;
}

START_TEST(names_a_study_may_vary)
{
	weir_shock list[] = { { .kind = WEIR_SHOCK_RECOVERY, .value = 0.31, .months = 7, .cost = 0.02 },
		              { .kind = WEIR_SHOCK_RECOVERY, .value = 0.9, .months = 1, .channel = WEIR_CHANNEL_DISPOSAL },
		              { .kind = WEIR_SHOCK_LATE, .value = 0.17, .months = 3 } };
	weir_scenario base = { .shocks = list, .shock_count = 3 };
	weir_shock s = named("haircut", 0.083, &base);
	ck_assert(s.kind == WEIR_SHOCK_RECEIPTS && s.part == WEIR_PART_BOTH && s.value == 0.917);
	s = named("income_cut", 0.2, &base);
	ck_assert(s.kind == WEIR_SHOCK_RECEIPTS && s.part == WEIR_PART_INCOME && s.value == 0.8);
	s = named("royalty_factor", 0.7, &base);
	ck_assert(s.kind == WEIR_SHOCK_RECEIPTS && s.scope == WEIR_SCOPE_KIND && s.value == 0.7);
	ck_assert_str_eq(s.target, "royalty");
	s = named("cdr", 0.04, NULL);
	ck_assert(s.kind == WEIR_SHOCK_DEFAULT && s.profile == WEIR_PROFILE_ANNUAL && s.value == 0.04 && !s.value_count);
	s = named("default_total", 0.11, NULL);
	ck_assert(s.kind == WEIR_SHOCK_DEFAULT && s.profile == WEIR_PROFILE_CURVE && s.value == 0.11);
	s = named("cpr", 0.06, NULL);
	ck_assert(s.kind == WEIR_SHOCK_PREPAY && s.profile == WEIR_PROFILE_ANNUAL && s.value == 0.06);
	s = named("recovery", 0.5, &base);
	ck_assert(s.kind == WEIR_SHOCK_RECOVERY && s.value == 0.5 && s.months == 7 && s.cost == 0.02);
	s = named("recovery", 0.5, NULL);
	ck_assert(s.channel == WEIR_CHANNEL_COLLECTION && s.value == 0.5 && s.months == 12 && s.cost == 0);
	s = named("recovery_lag", 18, &base);
	ck_assert(s.kind == WEIR_SHOCK_RECOVERY && s.value == 0.31 && s.months == 18);
	s = named("late_share", 0.4, &base);
	ck_assert(s.kind == WEIR_SHOCK_LATE && s.value == 0.4 && s.months == 3);
	s = named("late_share", 0.4, NULL);
	ck_assert(s.value == 0.4 && s.months == 6);
	s = named("late_months", 9, &base);
	ck_assert(s.kind == WEIR_SHOCK_LATE && s.value == 0.17 && s.months == 9);
	s = named("late_months", 9, NULL);
	ck_assert(s.value == 1 && s.months == 9);
	s = named("rate_shift", -0.002, NULL);
	ck_assert(s.kind == WEIR_SHOCK_RATE && s.value == -0.002);
	s = named("valuation_cut", 0.3, NULL);
	ck_assert(s.kind == WEIR_SHOCK_VALUATION && s.value == 0.3);
	ck_assert(!weir_pool_knows("A.coupon"));
	ck_assert_int_eq(weir_pool_shock_named(&s, "hair_cut", 0.1, NULL), WEIR_NO);
	ck_assert_int_eq(weir_pool_shock_named(&s, "late_months", 2.5, NULL), WEIR_INPUT);
	ck_assert_int_eq(weir_pool_shock_named(&s, "recovery_lag", -1, NULL), WEIR_INPUT);
}
END_TEST

/* --- memory and time -------------------------------------------------------------------------------------------- */

START_TEST(stressed_projections_take_no_memory)
{
	do
		random_pool();
	while (pool->claim_count == 0);
	random_shocks(1, -1);
	weir_alloc_fail_from(0);
	weir_pool_project(rows, pool, &periods, shocks, WEIR_LANES);
	ck_assert_int_eq(weir_alloc_count(), 0);
}
END_TEST

START_TEST(memory_may_run_out)
{
	deal = reference_deal(arena, 5);
	make_ip(&deal->pool);
	deal->pool.contracts[0].ip_count = deal->pool.contracts[1].ip_count = 1;
	deal->pool.contracts[1].ip_first = deal->pool.contracts[0].ip_first = 0;
	deal->pool.contract_ip[0] = deal->pool.contract_ip[1] = 0;
	deal->pool.contract_ip_count = 2;
	deal->pool.obligors[0].industry = "chips";
	deal->opening = deal->payment.first;
	deal->covers = (weir_cover[]){ { .kind = WEIR_COVER_GUARANTEE } };
	deal->cover_count = 1;
	weir_shock list[5];
	for (int i = 0; i < 5; i++)
		list[i] = (weir_shock){ .kind = WEIR_SHOCK_DEFAULT, .from = WEIR_DATE_NONE, .to = WEIR_DATE_NONE };
	list[0].scope = WEIR_SCOPE_INDUSTRY;
	list[1].scope = WEIR_SCOPE_LARGEST;
	list[1].largest = 3;
	list[2].kind = WEIR_SHOCK_RECOVERY;
	list[2].channel = WEIR_CHANNEL_DISPOSAL;
	list[3].kind = WEIR_SHOCK_IP_LOST;
	list[3].from = deal->closing;
	list[3].target = "P0";
	list[4].scope = WEIR_SCOPE_OBLIGOR; /* the last one is unknown */
	list[4].target = "BX3";
	weir_scenario scenario = { .shocks = list, .shock_count = 5 };
	const weir_scenario *pointer = &scenario;
	int failed = 0;
	for (long n = 1;; n++) {
		weir_arena *own = NULL;
		weir_alloc_fail_from(n);
		weir_status status = weir_arena_create(&own);
		if (status == WEIR_OK)
			status = weir_pool_create(&pool, own, deal, &diags);
		if (status == WEIR_OK)
			status = weir_pool_rows_create(&rows, own, pool, 5);
		if (status == WEIR_OK)
			status = weir_pool_shocks_create(shocks, own, pool, &pointer, 1, &diags);
		weir_alloc_fail_from(0);
		weir_arena_destroy(own);
		weir_diags_free(&diags);
		if (status == WEIR_INPUT) /* the unknown obligor: all memory was there */
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_ge(failed, 10);
}
END_TEST

Suite *weir_suite_pool_property(void)
{
	Suite *suite = suite_create("pool_property");
	TCase *tests = tcase_create("property");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, any_pool_under_any_shocks, 0, 8);
	tcase_add_test(tests, both_paths_agree);
	tcase_add_test(tests, scaling_agrees_with_exact_rounding);
	tcase_add_test(tests, names_a_study_may_vary);
	tcase_add_test(tests, stressed_projections_take_no_memory);
	tcase_add_test(tests, memory_may_run_out);
	suite_add_tcase(suite, tests);
	return suite;
}
