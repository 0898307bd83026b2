/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deal files: every construct of the format, and what is said about broken ones. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "io/load.h"
#include "io/pool.h"
#include "io/schema.h"
#include "io_fixture.h"

Suite *weir_suite_io_deal(void);

#ifndef WEIR_SRCDIR
#define WEIR_SRCDIR "."
#endif

static weir_date day(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

/* --- what is right -------------------------------------------------------------------------------------- */

START_TEST(the_small_deal_loads)
{
	io_load load = io_load_text(io_deal);
	for (size_t i = 0; i < load.diags.count; i++)
		fprintf(stderr, "# %s\n", io_complaint(&load, i));
	ck_assert_int_eq(load.status, WEIR_OK);
	const weir_deal *deal = load.deal;
	ck_assert_str_eq(deal->node.id, "small");
	ck_assert_int_eq(deal->currency_digits, 2);
	ck_assert_int_eq(deal->cutoff, day("2023-04-14")); /* the closing, unless given */
	ck_assert_int_eq(deal->start, day("2023-04-14"));
	ck_assert_int_eq(deal->payment.step, 3);
	ck_assert_int_eq(deal->payment.unit, WEIR_STEP_MONTHS);
	ck_assert_int_eq(deal->payment.last, WEIR_DATE_NONE);
	ck_assert_str_eq(weir_calendar_id(deal->calendar), "CN-work");
	ck_assert_int_eq(deal->calculation_offset_days, -10);
	ck_assert_int_eq(deal->has_transfer, 0);
	ck_assert_int_eq(deal->accounts[0].receives, WEIR_RECEIVES_ALL); /* nobody else said so */
	ck_assert_int_eq(deal->group_count, 3);
	ck_assert_int_eq(deal->groups[0].class_count, 1);
	ck_assert_int_eq(deal->groups[1].class_count, 0);
	ck_assert_double_eq(deal->classes[0].coupon_annual, 0.038);
	ck_assert_int_eq(deal->classes[0].interest, WEIR_INTEREST_CURRENT);
	ck_assert_double_eq(deal->classes[0].unit_cents, 10000);
	ck_assert_int_eq(deal->closed_price_given, 0);
	const weir_contract *contract = &deal->pool.contracts[0];
	ck_assert_double_eq(contract->amount_cents, 800000000);
	ck_assert_int_eq(contract->every_months, 3);
	ck_assert_int_eq(contract->index, -1);
	ck_assert_str_eq(deal->pool.obligors[contract->obligor].en, "One");
	ck_assert_int_eq(deal->waterfalls[0].steps[0].what.count, 3);
	/* the second word of the step stands at line 25: counted in the text above */
	unsigned line, column;
	weir_sources_locate(load.sources, deal->waterfalls[0].steps[0].what.places[1], &line, &column);
	ck_assert_uint_eq(line, 25);
	ck_assert_uint_eq(column, strlen("<waterfall id=\"normal\"><pay what=\"manager ") + 1);
	io_free(&load);
}
END_TEST

static void expect_whole_terms(const weir_deal *deal)
{
	ck_assert_str_eq(deal->short_zh, "短");
	ck_assert_str_eq(deal->venue, "V");
	ck_assert_int_eq(deal->kind, WEIR_DEAL_ABN);
	ck_assert_int_eq(deal->closed_price_given, 1);
	ck_assert_double_eq(deal->purchase_price_cents, 19000);
	ck_assert_double_eq(deal->closing_costs_cents, 150);
	ck_assert_int_eq(deal->start, day("2023-04-15"));
	ck_assert_int_eq(deal->payment.unit, WEIR_STEP_WEEKS);
	ck_assert_int_eq(deal->payment.end_of_month, 1);
	ck_assert_ptr_null(deal->payment.calendar); /* not adjusted … */
	ck_assert_ptr_nonnull(deal->calendar);      /* … but offsets count its days */
	ck_assert_int_eq(deal->accrual_adjusted, 1);
	ck_assert_int_eq(deal->transfer_offset_days, -1);
	ck_assert_int_eq(deal->parties[0].roles, WEIR_ROLE_TRUSTEE | WEIR_ROLE_CUSTODIAN);
	ck_assert_double_eq(deal->parties[0].pd_annual, 0.0002);
	ck_assert_int_eq(deal->indexes[0].count, 2);
	ck_assert_double_eq(deal->indexes[0].rates[1], 0.0355);
	ck_assert_int_eq(deal->accounts[0].receives, WEIR_RECEIVES_PRINCIPAL | WEIR_RECEIVES_RECOVERED);
	ck_assert_str_eq(deal->accounts[1].ledger, "income");
	ck_assert_int_eq(deal->accounts[2].is_reserve, 1);
	ck_assert_str_eq(deal->accounts[2].target.text, "1.5 * next_interest(A)");
	ck_assert_int_eq(deal->triggers[0].tested_after && deal->triggers[0].sticky, 1);
}

static void expect_whole_classes(const weir_deal *deal)
{
	const weir_class *a = &deal->classes[0], *b = &deal->classes[1], *sub = &deal->classes[3];
	ck_assert_int_eq(a->style, WEIR_STYLE_PLANNED);
	ck_assert_int_eq(a->day_count, WEIR_D30E_360);
	ck_assert_int_eq(a->rounding, WEIR_ROUND_UNIT);
	ck_assert_double_eq(a->unit_cents, 100000);
	ck_assert_double_eq(a->issue_price, 99.5);
	ck_assert_int_eq(a->row_count, 2);
	ck_assert_int_eq(a->rows[0].period, 1);
	ck_assert(isnan(a->rows[0].amount_cents) && a->rows[0].share == 0.4);
	ck_assert(isnan(a->rows[1].share) && a->rows[1].amount_cents == 6000 &&
		a->rows[1].date == day("2024-01-14"));
	ck_assert_int_eq(a->step_count, 1);
	ck_assert_double_eq(a->steps[0].coupon_annual, 0.041);
	ck_assert_int_eq(a->held_by, 0);
	ck_assert_int_eq(b->interest, WEIR_INTEREST_WITH_PRINCIPAL);
	ck_assert_int_eq(b->target_follows_pool, 1);
	ck_assert_int_eq(b->share_digits, 5);
	ck_assert_int_eq(deal->classes[2].interest, WEIR_INTEREST_NONE);
	ck_assert_int_eq(sub->style, WEIR_STYLE_RESIDUAL);
	ck_assert_double_eq(sub->period_yield_annual, 0.03);
	ck_assert_int_eq(sub->period_yield_carried, 1);
	ck_assert_int_eq(deal->groups[3].class_count, 2);
	ck_assert_int_eq(deal->groups[3].classes[1], 2);
	ck_assert_int_eq(deal->groups[1].classes[0], 3);
	const weir_fee *fees = deal->fees;
	ck_assert(fees[0].is_tax && fees[0].gross_included && fees[0].surcharge_rate == 0.12 &&
		!fees[0].has_day_count);
	ck_assert(fees[1].frequency == WEIR_FEE_ONCE && fees[1].once_period == 2 && fees[1].carried);
	ck_assert(fees[1].amount_cents == 4000000 && fees[1].cap_yearly_cents == 10000000 &&
		fees[1].cap.text);
	ck_assert(fees[2].solve_paid && fees[2].payee == 0 && isnan(fees[2].amount_cents));
	ck_assert_str_eq(fees[3].amount.text, "2 yuan");
}

static void expect_whole_steps(const weir_deal *deal)
{
	const weir_step *when = &deal->waterfalls[0].steps[0], *steps = deal->waterfalls[1].steps;
	ck_assert_str_eq(deal->waterfalls[0].when.text, "late");
	ck_assert_str_eq(deal->waterfalls[0].node.clause, "13");
	ck_assert_int_eq(when->kind, WEIR_STEP_WHEN);
	ck_assert_str_eq(when->test.text, "A.balance > 0"); /* decoded; its place is the raw text */
	ck_assert_uint_eq(when->test.place.length, strlen("A.balance &gt; 0"));
	ck_assert_int_eq(when->child_count, 2);
	ck_assert_int_eq(when->children[1].children[0].kind, WEIR_STEP_PAY);
	ck_assert(steps[0].share == WEIR_SHARE_PRO_RATA && steps[0].split == WEIR_SPLIT_LARGEST_REMAINDER);
	ck_assert_int_eq(steps[0].what.count, 2);
	ck_assert_str_eq(steps[0].what.items[1], "vat.surcharge");
	ck_assert_int_eq(steps[0].from.count, 2);
	ck_assert_str_eq(steps[0].limit.text, "5 yuan");
	ck_assert_str_eq(steps[1].to.items[0], "liq");
	ck_assert_str_eq(steps[2].amount.text, "1 yuan");
	ck_assert_str_eq(steps[3].from.items[0], "liq");
	ck_assert_str_eq(steps[3].to.items[0], "cash");
	ck_assert_int_eq(steps[3].release_all, 1);
}

static void expect_whole_pool(const weir_pool_terms *pool)
{
	const weir_contract *royalty = &pool->contracts[0], *explicit = &pool->contracts[1],
		*bill = &pool->contracts[2];
	const weir_contract_row *rows = pool->rows + royalty->row_first;
	const enum weir_row_use uses[] = { WEIR_ROW_TIER, WEIR_ROW_TIER, WEIR_ROW_MILESTONE, WEIR_ROW_GROWTH,
		                           WEIR_ROW_SEASON, WEIR_ROW_STEP_DOWN };
	ck_assert_int_eq(royalty->row_count, 6);
	for (int i = 0; i < 6; i++)
		ck_assert_int_eq(rows[i].use, uses[i]);
	ck_assert(rows[0].a == 10000 && rows[0].b == 0.03 && isinf(rows[1].a) && rows[1].b == 0.02);
	ck_assert(rows[5].date == day("2024-01-01") && rows[5].a == 0.8);
	ck_assert_int_eq(royalty->every_months, 12);
	ck_assert_int_eq(royalty->through, 0);
	ck_assert_int_eq(royalty->ip_count, 2);
	ck_assert_int_eq(pool->contract_ip[royalty->ip_first + 1], 1);
	const weir_royalty_terms *terms = &pool->royalties[royalty->royalty];
	ck_assert(terms->growth_annual == -0.06 && isnan(terms->royalty_first_year_cents));
	ck_assert(terms->cap_annual_cents == 9900 && terms->lag_months == 2 &&
		terms->principal_share == 0.86);
	/* the obligor is a party; the guarantor is the obligor of a later contract */
	ck_assert_str_eq(pool->obligors[royalty->obligor].en, "Bank");
	ck_assert_int_eq(pool->obligors[royalty->obligor].party, 0);
	ck_assert_str_eq(pool->obligors[royalty->guarantor].id, "G9");
	ck_assert(explicit->count == 2 && explicit->row_count == 2 && explicit->index == 0);
	ck_assert(explicit->day_count == WEIR_ACT_360 && explicit->upfront_cents == 900);
	ck_assert(isnan(pool->rows[explicit->row_first + 1].b));
	ck_assert(bill->count == 1 && bill->discount_years == 1.5 && bill->discount_rate == 0.072);
	/* IP.md section 1: ten years for designs filed before 2021-06-01; the last day is one before the
	 * anniversary */
	ck_assert_int_eq(pool->ip[0].expires, day("2031-05-30"));
	ck_assert_int_eq(pool->ip[0].expires_derived, 1);
	ck_assert_int_eq(pool->ip[1].expires, day("2030-02-27")); /* 2020-02-29 + 10 years = 2030-02-28 */
	ck_assert_int_eq(pool->trusts[0].lag_days, 5);
	ck_assert_double_eq(pool->trusts[0].expense_rate, 0.001);
}

/* The deal that uses every element and attribute is a seed of the fuzzer as well. */
START_TEST(every_construct_is_read)
{
	io_load load = io_load_path(WEIR_SRCDIR "/tests/fuzz/corpus/deal/whole.xml");
	for (size_t i = 0; i < load.diags.count; i++)
		if (load.diags.items[i].severity == WEIR_ERROR)
			fprintf(stderr, "# %s\n", io_complaint(&load, i));
	ck_assert_int_eq(load.status, WEIR_OK);
	expect_whole_terms(load.deal);
	expect_whole_classes(load.deal);
	expect_whole_steps(load.deal);
	expect_whole_pool(&load.deal->pool);
	/* terms without a confirmed source are disclosed once a kind */
	ck_assert_uint_eq(load.diags.count, 2);
	ck_assert_int_eq(load.diags.items[0].severity, WEIR_DISCLOSURE);
	ck_assert_int_eq(load.diags.items[0].code, WEIR_CODE_ASSUMPTION);
	io_free(&load);
}
END_TEST

START_TEST(the_first_reference_deal_loads)
{
	io_load load = io_load_path(WEIR_SRCDIR "/deals/ex1-patent-licence/deal.xml");
	ck_assert_int_eq(load.status, WEIR_OK);
	const weir_pool_terms *pool = &load.deal->pool;
	double total = 0;
	for (int i = 0; i < pool->contract_count; i++)
		total += pool->contracts[i].amount_cents;
	ck_assert_double_eq(total, 3800e6); /* 3,800 万 (examples/INPUTS.md, EX1) */
	ck_assert_int_eq(pool->contract_count, 9);
	ck_assert_int_eq(pool->ip_count, 60);
	ck_assert_double_eq(load.deal->classes[0].coupon_annual, 0.0359);
	io_free(&load);
}
END_TEST

/* --- what is wrong -------------------------------------------------------------------------------------- */

/* One replacement in the small deal, and all that may be said about it. */
static const struct {
	const char *old, *new, *complaint;
} faults[] = {
	{ "size=\"7000000.00\" ", "", "19:1: error: *\"A\"*size=\"36000000.00\"* [missing-attribute]" },
	{ "coupon=\"3.8%\"", "coupon=\"3.59\"", "19:41: error: *\"3.59\"* [bad-rate]" },
	{ "coupon=\"3.8%\"", "copon=\"3.8%\"", "19:33: error: *\"copon\"*\"coupon\"* [unknown-attribute]" },
	{ "8000000.00", "8,000,000", "12:71: error: *\"8,000,000\"* [bad-amount]" },
	{ "8000000.00", "8000000.005", "12:71: error: *\"8000000.005\"* [bad-amount]" },
	{ "8000000.00", "-8.00", "12:71: error: *\"-8.00\"* [out-of-range]" },
	{ "2023-07-14", "2023-02-29", "4:17: error: *\"2023-02-29\"* [bad-date]" },
	{ "following", "folowing", "4:64: error: *\"folowing\"* [bad-value]" },
	{ "CN-work", "CN-wrok", "4:85: error: *\"CN-wrok\"* [unknown-id]" },
	{ "count=\"4\" ", "", "4:1: error: *\"8\"* [missing-attribute]" },
	{ "3 months\" count", "3 moons\" count", "4:36: error: *\"3 moons\"* [bad-value]" },
	{ "\"ACT/365F\" dates", "\"ACT/364\" dates", "5:21: error: *\"ACT/364\"* [bad-value]" },
	{ "-10 business days", "-10 days", "6:22: error: *\"-10 days\"* [bad-value]" },
	{ "<accounts>", "<acounts>\n</acounts><accounts>",
		  "15:1: error: *<acounts>*<accounts>* [unknown-element]" },
	{ "<accounts>", "<foo/><accounts>", "15:1: error: *<foo>* [unknown-element]" },
	{ "<account id=\"cash\"/>", "<account id=\"cash\"><a/></account>",
		  "16:20: error: *\"cash\"* [unknown-element]" },
	{ "<accounts>", "text<accounts>", "2:1: error: *\"text\"* [schema]" },
	{ "<fees>", "<pool/><fees>", "21:1: error: *\"small\"* [schema]" },
	{ "servicer", "servcer", "9:37: error: *\"servcer\"* [bad-value]" },
	{ "id=\"A\"", "id=\"A-1\"", "19:12: error: *\"A-1\"* [bad-id]" },
	{ "id=\"manager\"", "id=\"cash\"", "22:10: error: *\"cash\"*deal.xml:16:14* [duplicate-id]" },
	{ "id=\"manager\"", "id=\"pool\"", "22:10: error: *\"pool\"* [bad-id]" },
	{ "day-count=\"ACT/365F\"/>\n</fees>", "payee=\"lendr\"/>\n</fees>",
		  "22:66: error: *\"lendr\"* [unknown-id]" },
	{ "rate=\"0.05%\" ", "", "22:1: error: *\"manager\"* [missing-attribute]" },
	{ "rate=\"0.05%\" ", "rate=\"0.05%\" amount=\"1.00\" ",
		  "22:1: error: *\"manager\"* [contract-terms]" },
	{ " maturity=\"2024-04-14\"", "", "19:47: error: *\"A\"* [missing-attribute]" },
	{ "style=\"bullet\" maturity", "style=\"target\" maturity",
		  "19:47: error: *\"A\"* [missing-element]" },
	{ "<principal style=\"bullet\" maturity=\"2024-04-14\"/>", "",
		  "19:1: error: *\"A\"* [missing-element]" },
	{ "rate=\"4.98%\"", "", "12:1: error: *\"B01\"* [missing-attribute]" },
	{ "instalments=\"4\"", "instalments=\"0\"", "13:75: error: *\"0\"* [bad-number]" },
	{ "instalments=\"4\"", "instalments=\"4\" face=\"1.00\"", "12:1: error: *\"B01\"* [contract-terms]" },
	{ " obligor-en=\"One\"", "", "12:41: error: *\"B01\"* [unknown-id]" },
	{ "instalments=\"4\"", "instalments=\"4\" ip=\"P1\"", "13:82: error: *\"P1\"* [unknown-id]" },
	{ "instalments=\"4\"", "instalments=\"4\" guarantor=\"lener\"",
		  "13:89: error: *\"lener\"* [unknown-id]" },
	{ "<waterfall id=\"normal\"><pay what=\"manager A.interest A.principal\"/></waterfall>", "",
		  "24:1: error: * [missing-element]" },
	{ "what=\"manager", "what=\"A..b", "25:35: error: *\"A..b A.interest A.principal\"* [bad-value]" },
	{ "urn:weir:deal:1", "urn:weir:deal:9", "2:1: error: *\"urn:weir:deal:1\"* [unknown-element]" },
	{ "</pool>", "</pol>", "14:1: error: *<pool>* [xml-syntax]" },
	{ "<accounts>", "<accounts id=\"1\" id=\"2\">", "15:18: error: *\"id\"* [xml-syntax]" },
	{ "<deal ", "<!DOCTYPE deal [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><deal ",
		  "2:1: error: * [xml-forbidden]" },
	{ "zh=\"甲\"", "zh=\"&x;\"", "9:51: error: *\"&x;\"* [xml-forbidden]" },
	{ "zh=\"甲\"", "zh=\"\xBC\xD7\"",
		  "9:51: error: the byte 0xBC is not UTF-8 text; save the file with the encoding UTF-8 "
		"[not-utf8]" },
	{ "<pool>", "<pool><tape href=\"../tape.csv\"/>", "11:19: error: *\"../tape.csv\"* [xml-forbidden]" },
	{ "<pool>", "<pool><tape href=\"/etc/passwd\"/>", "11:19: error: *\"/etc/passwd\"* [xml-forbidden]" },
	{ "<pool>", "<pool><tape href=\"http://x/y\"/>", "11:19: error: *\"http://x/y\"* [xml-forbidden]" },
	{ "<pool>", "<pool><tape href=\"a/../../b\"/>", "11:19: error: *\"a/../../b\"* [xml-forbidden]" },
};

START_TEST(a_fault_is_said_once_at_its_place)
{
	char wanted[512];
	io_load load = io_load_with(faults[_i].old, faults[_i].new);
	snprintf(wanted, sizeof wanted, "deal.xml:%s", faults[_i].complaint);
	io_expect_only(&load, wanted);
	io_free(&load);
}
END_TEST

START_TEST(all_faults_come_in_one_run)
{
	char *one = io_replace(io_deal, "size=\"7000000.00\" ", "");
	char *two = io_replace(one, "rate=\"4.98%\"", "rate=\"4.98\" colour=\"x\"");
	char *three = io_replace(two, "<fees>", "<fee/>\n<fees>");
	char *four = io_replace(three, "role=\"originator", "role=\"orignator");
	io_load load = io_load_text(four);
	io_expect(&load, "deal.xml:19:1: error: *\"A\"* [missing-attribute]");
	io_expect(&load, "deal.xml:12:89: error: *\"4.98\"* [bad-rate]");
	io_expect(&load, "deal.xml:21:1: error: *<fee>* [unknown-element]");
	io_expect(&load, "deal.xml:9:26: error: *\"orignator\"* [bad-value]");
	ck_assert_uint_eq(load.diags.errors, 5); /* and the unknown attribute */
	io_free(&load);
	free(four);
	free(three);
	free(two);
	free(one);
}
END_TEST

START_TEST(lines_beyond_65535_are_right)
{
	const size_t lines = 70000;
	char *blank = malloc(lines + 64);
	ck_assert_ptr_nonnull(blank);
	memset(blank, '\n', lines);
	strcpy(blank + lines, "<accounts>");
	char *far = io_replace(io_deal, "<accounts>", blank);
	char *text = io_replace(far, "<class id=\"A\" size", "<class id=\"A\"\n  sise");
	char *broken = io_replace(far, "</accounts>", "</acounts>");
	/* the class stood in line 19, its attribute now one below, behind two blanks */
	io_load load = io_load_text(text);
	io_expect(&load, "deal.xml:70019:1: error: *\"A\"* [missing-attribute]");
	io_expect(&load, "deal.xml:70020:3: error: *\"sise\"*\"size\"* [unknown-attribute]");
	ck_assert_uint_eq(load.diags.errors, 2);
	io_free(&load);
	/* a fault that only the validator finds */
	char *pattern = io_replace(far, "what=\"manager", "what=\"A..b");
	load = io_load_text(pattern);
	io_expect_only(&load, "deal.xml:70025:35: error: *\"A..b A.interest A.principal\"* [bad-value]");
	io_free(&load);
	/* and one of the parser */
	load = io_load_text(broken);
	io_expect_only(&load, "deal.xml:70017:1: error: * [xml-syntax]");
	io_free(&load);
	free(pattern);
	free(broken);
	free(text);
	free(far);
	free(blank);
}
END_TEST

START_TEST(deep_files_are_refused)
{
	char text[2048] = "<deal xmlns=\"urn:weir:deal:1\">";
	for (int i = 0; i < 70; i++)
		strcat(text, "<when>");
	io_load load = io_load_text(text);
	ck_assert_int_eq(load.status, WEIR_INPUT);
	ck_assert_uint_eq(load.diags.errors, 1);
	ck_assert_int_eq(load.diags.items[0].code, WEIR_CODE_XML_LIMIT);
	io_free(&load);
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
	io_load load = io_load_file("none.xml");
	ck_assert_int_eq(load.status, WEIR_IO);
	ck_assert_ptr_null(load.deal);
	ck_assert_int_eq(load.diags.items[0].code, WEIR_CODE_FILE_UNREADABLE);
	io_free(&load);
	load = io_load_text("");
	ck_assert_int_eq(load.status, WEIR_INPUT);
	ck_assert_int_eq(load.diags.items[0].code, WEIR_CODE_XML_SYNTAX);
	io_free(&load);
	/* a tape that is missing is a fault of the deal: all its other faults are said too */
	load = io_load_with("<pool>", "<pool><tape href=\"no.csv\"/>");
	ck_assert_int_eq(load.status, WEIR_INPUT);
	ck_assert_int_eq(load.diags.items[0].code, WEIR_CODE_FILE_UNREADABLE);
	ck_assert_uint_eq(load.diags.items[0].place.length, strlen("no.csv"));
	io_free(&load);
}
END_TEST

START_TEST(a_link_out_of_the_folder_is_refused)
{
	char path[256], *slash;
	snprintf(path, sizeof path, "%s", io_write("x", ""));
	slash = strrchr(path, '/');
	strcpy(slash, "/link.csv");
	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	io_load load = io_load_with("<pool>", "<pool><tape href=\"link.csv\"/>");
	io_expect_only(&load, "deal.xml:11:19: error: *\"link.csv\"* [xml-forbidden]");
	io_free(&load);
}
END_TEST

START_TEST(files_beside_the_deal_are_read)
{
	io_write("plan.csv", "period,share\n1,80%\n2,30.5%\n3,0%\n");
	io_write("lpr.csv", "date,rate\n2023-01-20,3.65%\n");
	char *one = io_replace(io_deal, "style=\"bullet\" maturity=\"2024-04-14\"",
		"style=\"target\" schedule=\"plan.csv\"");
	char *two = io_replace(one, "<pool>",
		"<indexes><index id=\"LPR\" href=\"lpr.csv\"/></indexes>\n<pool>");
	io_load load = io_load_text(two);
	ck_assert_int_eq(load.status, WEIR_OK);
	ck_assert_int_eq(load.deal->classes[0].row_count, 3);
	ck_assert_double_eq(load.deal->classes[0].rows[1].share, 0.305);
	ck_assert_int_eq(load.deal->indexes[0].dates[0], day("2023-01-20"));
	/* an index from the command line replaces the deal's, or is added */
	ck_assert_int_eq(weir_index_load(load.deal, "LPR", io_write("new.csv",
		"rate,date\n4%,2024-01-20\n5%,2024-02-20\n"), &load.diags), WEIR_OK);
	ck_assert_int_eq(load.deal->indexes[0].count, 2);
	ck_assert_int_eq(weir_index_load(load.deal, "SHIBOR", io_write("new.csv",
		"date,rate\n2024-01-20,2%\n"), &load.diags), WEIR_OK);
	ck_assert_int_eq(load.deal->index_count, 2);
	ck_assert_int_eq(weir_index_load(load.deal, "SHIBOR", io_write("new.csv",
		"date,rate\n2024-01-20,2\n"), &load.diags), WEIR_INPUT);
	ck_assert_int_eq(load.deal->indexes[1].count, 1);
	io_free(&load);
	free(two);
	free(one);
}
END_TEST

/* --- the schema and the tables of fields say the same --------------------------------------------------- */

static void expect_same_names(const weir_schema *schema, const char *type, const weir_field *fields,
	const char *not_there)
{
	const char *names[64];
	size_t count = weir_schema_attributes(schema, type, names, 64);
	ck_assert_msg(count > 0 && count <= 64, "type %s", type);
	for (size_t i = 0; i < count; i++) {
		const weir_field *f = fields;
		while (f->name && strcmp(f->name, names[i]) != 0)
			f++;
		ck_assert_msg(f->name || strstr(not_there, names[i]), "%s of %s is in the schema only",
			names[i], type);
	}
	for (const weir_field *f = fields; f->name && !*not_there; f++) {
		size_t i = 0;
		while (i < count && strcmp(names[i], f->name) != 0)
			i++;
		ck_assert_msg(i < count, "%s of %s is in the code only", f->name, type);
	}
}

START_TEST(schema_and_code_have_the_same_attributes)
{
	weir_schema schema = { 0 };
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_schema_open(&schema, "deal.xsd", &diags), WEIR_OK);
	expect_same_names(&schema, "contract", weir_contract_fields, "");
	expect_same_names(&schema, "ip", weir_ip_fields, "");
	static const char *const rows[] = { "instalment", "tier", "milestone", "growth", "season",
		"step-down" };
	for (size_t i = 0; i < 6; i++)
		expect_same_names(&schema, rows[i], weir_row_fields, "clause note note-zh");
	weir_schema_close(&schema);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(a_share_folder_goes_first)
{
	const char *text = NULL;
	size_t size;
	int owned;
	weir_diags diags = { 0 };
	char folder[256];
	snprintf(folder, sizeof folder, "%s", io_write("ip-terms.csv", "mine"));
	*strrchr(folder, '/') = '\0';
	setenv("WEIR_SHARE", folder, 1);
	ck_assert_int_eq(weir_share_read(&text, &size, &owned, "ip-terms.csv", &diags), WEIR_OK);
	ck_assert(owned && size == 4 && strcmp(text, "mine") == 0);
	weir_free((void *)(uintptr_t)text);
	/* what the folder does not have comes from the program */
	ck_assert_int_eq(weir_share_read(&text, &size, &owned, "deal.xsd", &diags), WEIR_OK);
	ck_assert(!owned && size > 1000 && text[size] == '\0');
	unsetenv("WEIR_SHARE");
	ck_assert_int_eq(weir_share_read(&text, &size, &owned, "none.csv", &diags), WEIR_IO);
	ck_assert_uint_eq(diags.errors, 1);
	weir_diags_free(&diags);
}
END_TEST

/* --- memory --------------------------------------------------------------------------------------------- */

START_TEST(every_failing_allocation_ends_cleanly)
{
	char *text = io_replace(io_deal, "instalments=\"4\"",
		"instalments=\"4\" ip=\"P1 P9\" guarantor=\"lender\"");
	char *all = io_replace(text, "</pool>", "<ip href=\"ip.csv\"/><schedule href=\"rows.csv\"/></pool>");
	io_write("ip.csv", "id,kind,filed,title-zh\nP1,design,2022-02-02,外观\nP1,x,,\n");
	io_write("rows.csv", "contract,date,principal\nB09,2024-01-01,5.00\n");
	io_write("deal.xml", all);
	int failures = 0;
	for (long n = 1;; n++) {
		weir_alloc_fail_from(n);
		io_load load = io_load_file("deal.xml");
		int done = weir_alloc_count() < n;
		weir_alloc_fail_from(0);
		if (done) {
			ck_assert_int_eq(load.status, WEIR_INPUT);
			ck_assert_uint_eq(load.diags.errors, 4); /* P9, P1 again, its kind, B09 */
			io_free(&load);
			break;
		}
		ck_assert_msg(load.status != WEIR_OK, "allocation %ld failed unseen", n);
		failures++;
		io_free(&load);
	}
	ck_assert_int_gt(failures, 50);
	free(all);
	free(text);
}
END_TEST

Suite *weir_suite_io_deal(void)
{
	Suite *suite = suite_create("io_deal");
	TCase *tests = tcase_create("deal");
	tcase_add_checked_fixture(tests, io_enter, io_leave);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, the_small_deal_loads);
	tcase_add_test(tests, every_construct_is_read);
	tcase_add_test(tests, the_first_reference_deal_loads);
	tcase_add_loop_test(tests, a_fault_is_said_once_at_its_place, 0, sizeof faults / sizeof *faults);
	tcase_add_test(tests, all_faults_come_in_one_run);
	tcase_add_test(tests, lines_beyond_65535_are_right);
	tcase_add_test(tests, deep_files_are_refused);
	tcase_add_test(tests, files_that_cannot_be_read);
	tcase_add_test(tests, a_link_out_of_the_folder_is_refused);
	tcase_add_test(tests, files_beside_the_deal_are_read);
	tcase_add_test(tests, schema_and_code_have_the_same_attributes);
	tcase_add_test(tests, a_share_folder_goes_first);
	tcase_add_test(tests, every_failing_allocation_ends_cleanly);
	suite_add_tcase(suite, tests);
	return suite;
}
