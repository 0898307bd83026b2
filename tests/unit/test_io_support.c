/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_io_support.c: who stands behind a deal and what happens to it, as the loader reads it from the file. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_io_support(void);

#ifndef WEIR_SRCDIR
#define WEIR_SRCDIR "."
#endif

static weir_date day(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

static io_load load_good(const char *text)
{
	io_load load = io_load_text(text);
	for (size_t i = 0; i < load.diags.count; i++)
		if (load.diags.items[i].severity == WEIR_ERROR)
			fprintf(stderr, "# %s\n", io_complaint(&load, i));
	ck_assert_int_eq(load.status, WEIR_OK);
	return load;
}

/* The small deal with an element before its waterfalls. */
static char *deal_with(const char *element)
{
	char *with = malloc(strlen(element) + 32);
	ck_assert_ptr_nonnull(with);
	sprintf(with, "%s\n<waterfalls>", element);
	char *text = io_replace(io_deal, "<waterfalls>", with);
	free(with);
	return text;
}

/* --- every construct, from the seed of the fuzzer ------------------------------------------------------- */

static void expect_parties(const weir_deal *deal)
{
	const weir_party *fund = &deal->parties[0];
	ck_assert_uint_eq(fund->roles, WEIR_ROLE_FUND);
	ck_assert_double_eq(fund->capacity_cents, 30000007);
	ck_assert_double_eq(fund->leverage, 5.5);
	ck_assert_int_eq(fund->contribution_count, 2);
	ck_assert_int_eq(fund->contributions[0].party, 2); /* stands behind the fund in the file */
	ck_assert_double_eq(fund->contributions[1].share, 0.387);
	ck_assert(isinf(deal->parties[1].capacity_cents) && isnan(deal->parties[1].leverage));
	ck_assert_int_eq(deal->parties[1].contribution_count, 0);
	ck_assert_uint_eq(deal->parties[5].roles,
		WEIR_ROLE_APPRAISER | WEIR_ROLE_LIQUIDITY_PROVIDER | WEIR_ROLE_BACKUP_SERVICER);
	ck_assert_uint_eq(deal->parties[3].roles, WEIR_ROLE_OPERATOR);
}

static void expect_terms(const weir_deal *deal)
{
	ck_assert_str_eq(deal->shelf_id, "ip-shelf-1");
	ck_assert_int_eq(deal->shelf_phase, 2);
	ck_assert_str_eq(deal->financing_mode, "government-led");
	ck_assert_int_eq(deal->has_tail, 1);
	ck_assert_int_eq(deal->tail.step, 3);
	ck_assert_int_eq(deal->tail.unit, WEIR_STEP_MONTHS);
	ck_assert_int_eq(deal->tail.first, day("2024-08-14"));
	ck_assert_int_eq(deal->tail.last, day("2025-01-20"));
	ck_assert_int_eq(deal->tail.roll, WEIR_ROLL_FOLLOWING);
	ck_assert_ptr_eq(deal->tail.calendar, deal->payment.calendar);
	ck_assert_str_eq(deal->pool.contracts[0].currency, "USD");
	ck_assert_ptr_null(deal->pool.contracts[1].currency);
	ck_assert_str_eq(deal->classes[0].raise_when.text, "acc");
	ck_assert_double_eq(deal->classes[0].raise_add, 0.0057);
	ck_assert_str_eq(deal->fees[0].raised_when.text, "acc");
	ck_assert_double_eq(deal->fees[0].raised_rate, 0.0013);
	ck_assert(isnan(deal->fees[0].raised_amount_cents) && isnan(deal->fees[1].raised_rate));
	ck_assert_double_eq(deal->fees[1].raised_amount_cents, 5500055);
	const weir_trigger *acc = &deal->triggers[0], *brk = &deal->triggers[1];
	ck_assert(acc->kind == WEIR_TRIGGER_ACCELERATION && acc->consecutive == 2 && acc->cure == 3);
	ck_assert(brk->kind == WEIR_TRIGGER_OTHER && brk->consecutive == 1 && brk->cure == 1);
	ck_assert_int_eq(deal->level_count, 1);
	ck_assert_int_eq(deal->value_count, 1);
	ck_assert_str_eq(deal->levels[0].node.en, "Limit");
	ck_assert_int_eq(deal->levels[0].count, 2);
	ck_assert_int_eq(deal->levels[0].items[0].from, WEIR_DATE_NONE);
	ck_assert_int_eq(deal->levels[0].items[1].from, day("2024-01-14"));
	ck_assert_str_eq(deal->levels[0].items[1].value.text, "5.5%");
}

/* In the order of calling: the facility, the letter (both 1), the payer, the guarantee (both 2), the top-up (3). */
static void expect_supports(const weir_deal *deal)
{
	static const char *const order[] = { "lf", "lc", "sp", "g", "tu" };
	ck_assert_int_eq(deal->support_count, 5);
	for (int i = 0; i < 5; i++)
		ck_assert_str_eq(deal->supports[i].node.id, order[i]);
	const weir_support *lf = &deal->supports[0], *sp = &deal->supports[2], *g = &deal->supports[3],
		*tu = &deal->supports[4];
	ck_assert_int_eq(sp->kind, WEIR_SUPPORT_SHORTFALL_PAYER);
	ck_assert_int_eq(sp->party, 1);
	ck_assert_int_eq(sp->covers.count, 2);
	ck_assert_str_eq(sp->covers.items[1], "A.principal");
	ck_assert(sp->cap_cents == 12345678 && sp->cap_period_cents == 6543210);
	ck_assert(sp->has_call && sp->call_days == -7 && sp->has_pay && sp->pay_days == 3);
	ck_assert(sp->delay_months == 3 && !sp->final);
	ck_assert(sp->limit.text == NULL && sp->day_count == WEIR_ACT_365F);
	ck_assert(lf->kind == WEIR_SUPPORT_LIQUIDITY && lf->draw_rate_annual == 0.0435);
	ck_assert(lf->commitment_rate_annual == 0.0037 && lf->day_count == WEIR_ACT_360);
	ck_assert_str_eq(lf->limit.text, "5 yuan");
	ck_assert(isinf(lf->cap_cents) && isinf(lf->cap_period_cents) && lf->final && !lf->has_call && !lf->has_pay);
	ck_assert(g->kind == WEIR_SUPPORT_GUARANTEE && g->has_call && g->call_days == 0 && g->delay_months == 0);
	ck_assert_str_eq(g->when.text, "acc");
	ck_assert_int_eq(deal->supports[1].kind, WEIR_SUPPORT_LETTER_OF_CREDIT);
	ck_assert(tu->kind == WEIR_SUPPORT_TOP_UP && tu->covers.count == 0);
	ck_assert_str_eq(tu->amount.text, "3 yuan");
	ck_assert_str_eq(tu->to.items[0], "buffer");
}

static void expect_contracts(const weir_cover *cover, const char *wanted)
{
	ck_assert_ptr_nonnull(cover->contracts);
	for (int c = 0; wanted[c]; c++)
		ck_assert_msg(cover->contracts[c] == wanted[c] - '0', "contract %d of %s", c, cover->node.id);
}

/* All have order 1 but the insurance (3), which stands first in the file. */
static void expect_covers(const weir_deal *deal)
{
	static const char *const order[] = { "dep", "cg", "rep", "repl", "rp", "rp2", "rp3", "ins" };
	const weir_cover *c = deal->covers;
	ck_assert_int_eq(deal->cover_count, 8);
	for (int i = 0; i < 8; i++) {
		ck_assert_str_eq(c[i].node.id, order[i]);
		ck_assert_int_eq(c[i].share_count, i == 4 ? 4 : i == 5 ? 2 : 1);
	}
	expect_contracts(&c[0], "100"); /* B01 alone has a deposit */
	ck_assert(c[0].kind == WEIR_COVER_DEPOSIT && c[0].delay_months == 1 && c[0].shares[0].of == 1);
	expect_contracts(&c[1], "100"); /* "park" guarantees B01 on the tape */
	ck_assert(c[1].income && c[1].shares[0].of == 0.8 && c[1].cap_contract_cents == 10000000);
	ck_assert_str_eq(c[1].to.items[0], "buffer");
	expect_contracts(&c[2], "010");
	ck_assert(c[2].kind == WEIR_COVER_REPURCHASE && isinf(c[2].cap_cents) && c[2].when.text);
	expect_contracts(&c[3], "111"); /* B02, and both contracts of F01 */
	ck_assert(c[3].kind == WEIR_COVER_REPLACEMENT && c[3].shares[0].of == 0.125);
	expect_contracts(&c[7], "101");
	ck_assert(c[7].kind == WEIR_COVER_INSURANCE && c[7].order == 3 && c[7].deductible_cents == 100001);
	ck_assert(c[7].cap_cents == 5000000 && c[7].cap_yearly_cents == 4000000 && c[7].cap_contract_cents == 3000003);
	ck_assert(c[7].shares[0].party == 4 && c[7].shares[0].of == 0.705);
}

/* The published shares (share/risk-schemes.csv, IP.md section 6) where the deal gives none: Zhongshan's 54, 16 and
 * 4 %, and the deal's own 20.25 % instead of the bank's 26 %; Shaanxi's 50 %; Ziyang's pool of 5 million yuan.
 *
 * The fund covers at most 5.5 x 300,000.07 = 1,650,000.385 of the 8,000,000.00 + 1,234,567.89 + 345,678.91 =
 * 9,580,246.80 of principal: a ratio of 0.17222942367205…; 54 % of it is 0.09300388878291, 60.5 % is 0.10419880132159 */
static void expect_risk_pools(const weir_deal *deal)
{
	const weir_cover *rp = &deal->covers[4], *rp2 = &deal->covers[5], *rp3 = &deal->covers[6];
	ck_assert_ptr_null(rp->contracts);
	ck_assert_str_eq(rp->scheme, "zhongshan");
	ck_assert_int_eq(rp->delay_months, 2);
	ck_assert_int_eq(rp->ordered, 0);
	ck_assert_double_eq(rp->shares[0].of, 0.093003888783);
	ck_assert(rp->shares[1].party == 4 && rp->shares[1].of == 0.16);
	ck_assert(rp->shares[1].cap_cents == 10000009 && rp->shares[1].cap_yearly_cents == 777777);
	ck_assert(rp->shares[2].party == 5 && rp->shares[2].of == 0.04 && isinf(rp->shares[2].cap_cents));
	ck_assert(rp->shares[3].party == 1 && rp->shares[3].of == 0.2025);
	ck_assert(rp2->ordered && rp2->cap_cents == 500000000);
	ck_assert_double_eq(rp2->shares[0].of, 0.104198801322);
	ck_assert_double_eq(rp2->shares[1].of, 0.5);
	ck_assert(rp3->shares[0].of == 0.5 && rp3->cap_yearly_cents == 2222222 && !rp3->income);
}

static void expect_events(const weir_deal *deal)
{
	const weir_call *cu = &deal->calls[0], *liq = &deal->calls[1];
	ck_assert_int_eq(deal->call_count, 2);
	ck_assert(!cu->liquidation && cu->party == 1 && cu->cost.text == NULL && cu->to.count == 0);
	ck_assert(liq->liquidation && liq->party == -1);
	ck_assert_str_eq(liq->price.text, "pool.balance * 60%");
	ck_assert_str_eq(liq->cost.text, "1 yuan");
	const weir_revolving *buy = &deal->revolvings[0];
	ck_assert(buy->periods == 4 && buy->price == 0.985 && buy->rate_annual == 0.061 && buy->day_count == WEIR_D30E_360);
	const weir_step *step = &deal->waterfalls[0].steps[2];
	ck_assert_int_eq(step->kind, WEIR_STEP_PURCHASE);
	ck_assert_str_eq(step->to.items[0], "buy");
	ck_assert_str_eq(step->from.items[0], "cash");
	ck_assert_str_eq(step->amount.text, "5 yuan");
	ck_assert_str_eq(step->test.text, "not acc");
	ck_assert(deal->servicing.given && deal->servicing.party == 1);
	ck_assert(deal->servicing.transfer_months == 3 && deal->servicing.fast_months == 1);
	ck_assert_str_eq(deal->servicing.fast_when.text, "acc");
	ck_assert_int_eq(deal->opening, day("2023-10-14"));
	ck_assert_double_eq(deal->opening_pool_cents, 900000009);
	ck_assert_double_eq(deal->classes[0].opening_balance_cents, 650000065);
	ck_assert_double_eq(deal->classes[0].opening_interest_cents, 1234);
	ck_assert_double_eq(deal->classes[0].opening_principal_cents, 101);
	ck_assert_double_eq(deal->accounts[0].opening_cents, 9999);
	ck_assert(isnan(deal->accounts[1].opening_cents));
	ck_assert(deal->triggers[0].opening_fired && !deal->triggers[1].opening_fired);
	ck_assert_double_eq(deal->supports[0].opening_outstanding_cents, 202);
	ck_assert_double_eq(deal->supports[0].opening_drawn_cents, 202); /* as outstanding, unless given */
	ck_assert_double_eq(deal->supports[2].opening_outstanding_cents, 303);
	ck_assert_double_eq(deal->supports[2].opening_drawn_cents, 5555);
	ck_assert_double_eq(deal->covers[2].opening_paid_cents, 404);
}

static void expect_subsidies(const weir_deal *deal)
{
	const weir_obligor_cost *gf = &deal->costs[0], *af = &deal->costs[1];
	ck_assert(gf->kind == WEIR_COST_GUARANTEE && gf->rate == 0.011 && gf->annual && isnan(gf->amount_cents));
	ck_assert_ptr_null(gf->contracts);
	ck_assert(af->kind == WEIR_COST_APPRAISAL && !af->annual && af->amount_cents == 2000002);
	ck_assert(af->contracts[0] && !af->contracts[1] && af->contracts[2]);
	const weir_subsidy *s = deal->subsidies;
	ck_assert_int_eq(deal->subsidy_count, 3);
	ck_assert(s[0].kind == WEIR_SUBSIDY_INTEREST && s[0].annual_rate == 0.022 && s[0].party == 2);
	ck_assert(s[0].cap_obligor_cents == 3000003 && s[0].cap_cents == 4444444);
	ck_assert(s[1].kind == WEIR_SUBSIDY_GUARANTEE && s[1].rate == 0.5 && isnan(s[1].annual_rate));
	ck_assert(!s[1].contracts[0] && s[1].contracts[1] && !s[1].contracts[2] && isinf(s[1].cap_cents));
	ck_assert(s[2].kind == WEIR_SUBSIDY_ISSUE && s[2].party == -1 && isinf(s[2].cap_obligor_cents));
	const weir_warrant *w = &deal->warrants[0];
	ck_assert_str_eq(w->obligor, "F01");
	ck_assert(w->party == 3 && w->share == 0.033 && w->amount_cents == 100000001 && w->expires == day("2028-01-01"));
}

START_TEST(every_construct_of_support_is_read)
{
	io_load load = io_load_path(WEIR_SRCDIR "/tests/fuzz/corpus/deal/support.xml");
	for (size_t i = 0; i < load.diags.count; i++)
		if (load.diags.items[i].severity == WEIR_ERROR)
			fprintf(stderr, "# %s\n", io_complaint(&load, i));
	ck_assert_int_eq(load.status, WEIR_OK);
	expect_parties(load.deal);
	expect_terms(load.deal);
	expect_supports(load.deal);
	expect_covers(load.deal);
	expect_risk_pools(load.deal);
	expect_events(load.deal);
	expect_subsidies(load.deal);
	/* a name for formulas and steps each: taken once in the whole deal */
	static const char *const ids[] = { "sp", "tu", "dep", "rp", "cu", "liq", "cdr_limit", "buy", "gf", "ints", "w" };
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		ck_assert_msg(weir_names_find(&load.deal->ids, ids[i], strlen(ids[i])) >= 0, "%s", ids[i]);
	io_free(&load);
}
END_TEST

START_TEST(a_tape_names_currencies_and_guarantors)
{
	io_write("tape.csv", "id,kind,obligor,obligor-en,amount,rate,repayment,first-due,every,instalments,currency,guarantor,"
		"deposit\nT1,loan,F1,One,1234.56,5%,bullet,2023-06-25,3 months,4,EUR,lender,99.01\n"
		"T2,loan,F2,Two,6543.21,5%,bullet,2023-06-25,3 months,4,,,\n");
	char *with = deal_with("<support><contract-guarantee id=\"c\" party=\"lender\" by-tape=\"yes\"/>"
		"<deposit id=\"d\" party=\"lender\"/></support>");
	char *text = io_replace(with, "<pool>", "<pool><tape href=\"tape.csv\"/>");
	io_load load = load_good(text);
	/* in the order of the file: the tape stands before B01 */
	ck_assert_str_eq(load.deal->pool.contracts[0].currency, "EUR");
	ck_assert_ptr_null(load.deal->pool.contracts[1].currency);
	ck_assert_double_eq(load.deal->pool.contracts[0].deposit_cents, 9901);
	expect_contracts(&load.deal->covers[0], "100");
	expect_contracts(&load.deal->covers[1], "100");
	io_free(&load);
	free(text);
	free(with);
}
END_TEST

/* --- defaults ------------------------------------------------------------------------------------------- */

START_TEST(a_deal_without_support_has_none)
{
	io_load load = load_good(io_deal);
	const weir_deal *deal = load.deal;
	ck_assert_int_eq(deal->support_count + deal->cover_count + deal->call_count + deal->level_count, 0);
	ck_assert_int_eq(deal->revolving_count + deal->subsidy_count + deal->cost_count + deal->warrant_count, 0);
	ck_assert(!deal->has_tail && deal->opening == WEIR_DATE_NONE && isnan(deal->opening_pool_cents));
	ck_assert(!deal->servicing.given && deal->servicing.party == -1 && deal->servicing.transfer_months == 0);
	ck_assert(isinf(deal->parties[0].capacity_cents) && isnan(deal->parties[0].leverage));
	ck_assert(isnan(deal->classes[0].opening_balance_cents) && deal->classes[0].raise_when.text == NULL);
	ck_assert(isnan(deal->accounts[0].opening_cents));
	ck_assert(isnan(deal->fees[0].raised_rate) && isnan(deal->fees[0].raised_amount_cents));
	ck_assert(deal->shelf_id == NULL && deal->shelf_phase == 0 && deal->financing_mode == NULL);
	io_free(&load);
}
END_TEST

START_TEST(what_is_not_written_has_its_default)
{
	char *text = deal_with("<support><risk-pool id=\"r\"><share party=\"lender\" of=\"33.3%\"/></risk-pool>"
		"<contract-guarantee id=\"c\" party=\"lender\"/></support>"
		"<revolvings><revolving id=\"v\" periods=\"7\" rate=\"0\"/></revolvings>"
		"<servicing/>");
	io_load load = load_good(text);
	const weir_cover *r = &load.deal->covers[0], *c = &load.deal->covers[1];
	ck_assert(r->order == 1 && !r->income && !r->ordered && r->deductible_cents == 0 && r->delay_months == 0);
	ck_assert(isinf(r->cap_cents) && isinf(r->cap_yearly_cents) && isinf(r->cap_contract_cents));
	ck_assert(r->contracts == NULL && r->to.count == 0 && r->when.text == NULL && r->scheme == NULL);
	ck_assert(isinf(r->shares[0].cap_cents) && isinf(r->shares[0].cap_yearly_cents));
	ck_assert(c->shares[0].of == 1 && c->shares[0].party == 0);
	ck_assert(load.deal->revolvings[0].price == 1 && load.deal->revolvings[0].day_count == WEIR_ACT_365F);
	ck_assert(load.deal->servicing.given && load.deal->servicing.transfer_months == 0);
	io_free(&load);
	free(text);
}
END_TEST

/* --- funds ---------------------------------------------------------------------------------------------- */

/* 8,000,000.00 of principal: 4 x 2,000,000.00 cover it all, so the share stays; 4 x 1,999,999.99 = 7,999,999.96 do
 * not: 70 % x 0.999999995 = 0.6999999965. */
START_TEST(leverage_binds_only_where_it_is_short)
{
	static const struct {
		const char *capacity;
		double of;
	} cases[] = { { "2000000.00", 0.7 }, { "1999999.99", 0.6999999965 } };
	for (size_t i = 0; i < 2; i++) {
		char party[160];
		sprintf(party, "<parties>\n<party id=\"f\" role=\"fund\" capacity=\"%s\" leverage=\"4\"/>",
			cases[i].capacity);
		char *with = deal_with("<support><contract-guarantee id=\"c\" party=\"f\" of=\"70%\"/></support>");
		char *text = io_replace(with, "<parties>", party);
		io_load load = load_good(text);
		ck_assert_double_eq(load.deal->covers[0].shares[0].of, cases[i].of);
		io_free(&load);
		free(text);
		free(with);
	}
}
END_TEST

/* --- schemes -------------------------------------------------------------------------------------------- */

/* IP.md section 6, each scheme's rows in their order; NAN: no share is published. */
START_TEST(the_published_schemes)
{
	static const struct {
		const char *scheme, *roles[4];
		double shares[4];
	} schemes[] = {
		{ "wuxi", { "government" }, { 0.8 } },
		{ "zhongshan", { "fund", "bank", "insurer", "appraiser" }, { 0.54, 0.26, 0.16, 0.04 } },
		{ "zhuhai", { "bank", "fund" }, { 0.6, 0.4 } },
		{ "shenzhen", { "fund", "bank" }, { 0.5, 0.5 } },
		{ "shaanxi", { "government" }, { 0.5 } },
		{ "xian-pilot", { "government" }, { 0.5 } },
		{ "anhui-direct", { "government" }, { 0.3 } },
		{ "anhui-guaranteed", { "government" }, { 0.2 } },
	};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		static const char *const parties = "<parties>\n<party id=\"p0\" role=\"fund\"/><party id=\"p1\" role=\"fund\"/>"
			"<party id=\"p2\" role=\"fund\"/><party id=\"p3\" role=\"fund\"/>";
		char element[800];
		int at = sprintf(element, "<support><risk-pool id=\"r\" scheme=\"%s\">", schemes[i].scheme), count = 0;
		for (; count < 4 && schemes[i].roles[count]; count++)
			at += sprintf(element + at, "<share party=\"p%d\" role=\"%s\"/>", count, schemes[i].roles[count]);
		sprintf(element + at, "</risk-pool></support>");
		char *with = deal_with(element), *text = io_replace(with, "<parties>", parties);
		io_load load = load_good(text);
		for (int k = 0; k < count; k++)
			ck_assert_double_eq(load.deal->covers[0].shares[k].of, schemes[i].shares[k]);
		/* that the figures are no terms of the deal's own documents is said */
		int said = 0;
		for (size_t d = 0; d < load.diags.count; d++)
			said += load.diags.items[d].severity == WEIR_DISCLOSURE && strstr(load.diags.items[d].text, schemes[i].scheme);
		ck_assert_int_eq(said, 1);
		io_free(&load);
		free(text);
		free(with);
	}
}
END_TEST

START_TEST(the_deal_goes_before_its_scheme)
{
	char *text = deal_with("<support><risk-pool id=\"r\" scheme=\"ziyang\" cap=\"1234567.89\" income=\"yes\">"
		"<share party=\"lender\" role=\"fund\" of=\"45.5%\"/></risk-pool></support>");
	io_load load = load_good(text);
	ck_assert_double_eq(load.deal->covers[0].cap_cents, 123456789);
	ck_assert_int_eq(load.deal->covers[0].income, 1);
	ck_assert_double_eq(load.deal->covers[0].shares[0].of, 0.455);
	io_free(&load);
	free(text);
}
END_TEST

/* --- notes ---------------------------------------------------------------------------------------------- */

START_TEST(notes_of_all_elements_are_kept)
{
	char *one = io_replace(io_deal, "legal-final=\"2026-04-14\"", "legal-final=\"2026-04-14\" note=\"assumption: n1\"");
	char *two = io_replace(one, "style=\"bullet\"", "style=\"bullet\" note=\"n2\"");
	char *three = io_replace(two, "<pool>", "<pool><trust id=\"t\" note=\"Illustrative n3\"/>");
	io_load load = load_good(three);
	static const char *const wanted[][2] = { { "dates", "assumption: n1" }, { "principal plans", "n2" },
		                                 { "trusts", "Illustrative n3" } };
	for (size_t w = 0; w < 3; w++) {
		int found = 0;
		for (int i = 0; i < load.deal->noted_count; i++) {
			const weir_noted *n = &load.deal->noted[i];
			found += strcmp(n->kind, wanted[w][0]) == 0 && n->note && strcmp(n->note, wanted[w][1]) == 0;
		}
		ck_assert_msg(found == 1, "%s", wanted[w][1]);
	}
	weir_deal_check(load.deal, &load.diags);
	io_expect(&load, "deal.xml:3:1: disclosure: 1 of 1 dates: *assumption: n1) [assumption]");
	io_expect(&load, "deal.xml:11:7: disclosure: 1 of 1 trusts: *Illustrative n3) [assumption]");
	ck_assert_uint_eq(load.diags.count, 2);
	io_free(&load);
	free(three);
	free(two);
	free(one);
}
END_TEST

/* --- memory --------------------------------------------------------------------------------------------- */

START_TEST(every_failing_allocation_ends_cleanly)
{
	int failures = 0;
	for (long n = 1;; n++) {
		weir_sources sources = { 0 };
		weir_diags diags = { 0 };
		weir_deal *deal = NULL;
		weir_alloc_fail_from(n);
		weir_status status = weir_deal_load(&deal, &sources, WEIR_SRCDIR "/tests/fuzz/corpus/deal/support.xml",
		                                    &diags);
		int done = weir_alloc_count() < n;
		weir_alloc_fail_from(0);
		ck_assert_msg(done == (status == WEIR_OK), "allocation %ld failed unseen", n);
		failures += !done;
		weir_deal_destroy(deal);
		weir_diags_free(&diags);
		weir_sources_free(&sources);
		if (done)
			break;
	}
	ck_assert_int_gt(failures, 50);
}
END_TEST

Suite *weir_suite_io_support(void)
{
	Suite *suite = suite_create("io_support");
	TCase *tests = tcase_create("support");
	tcase_add_checked_fixture(tests, io_enter, io_leave);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, every_construct_of_support_is_read);
	tcase_add_test(tests, a_tape_names_currencies_and_guarantors);
	tcase_add_test(tests, a_deal_without_support_has_none);
	tcase_add_test(tests, what_is_not_written_has_its_default);
	tcase_add_test(tests, leverage_binds_only_where_it_is_short);
	tcase_add_test(tests, the_published_schemes);
	tcase_add_test(tests, the_deal_goes_before_its_scheme);
	tcase_add_test(tests, notes_of_all_elements_are_kept);
	tcase_add_test(tests, every_failing_allocation_ends_cleanly);
	suite_add_tcase(suite, tests);
	return suite;
}
