/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files: what each element means to the engine, relative shocks, and faults at their places. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_io_scenarios(void);

#ifndef WEIR_SRCDIR
#define WEIR_SRCDIR "."
#endif

/* Loads scenarios into a loaded small deal; `load` takes their complaints. */
static weir_scenarios read_scenarios(io_load *load, const char *text, weir_status wanted)
{
	weir_scenarios scenarios;
	ck_assert_int_eq(load->status, WEIR_OK);
	load->status = weir_scenarios_load(&scenarios, load->deal, io_write("scenarios.xml", text),
		&load->diags);
	weir_diags_sort(&load->diags);
	if (load->status != wanted)
		for (size_t i = 0; i < load->diags.count; i++)
			fprintf(stderr, "# %s\n", io_complaint(load, i));
	ck_assert_int_eq(load->status, wanted);
	return scenarios;
}

#define START "<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
#define END "\n</scenarios>"
#define ONE(shocks) START "<scenario id=\"S\">" shocks "</scenario>" END

START_TEST(the_reference_scenarios)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios scenarios;
	ck_assert_int_eq(weir_scenarios_load(&scenarios, load.deal,
		WEIR_SRCDIR "/deals/ex1-patent-licence/scenarios.xml", &load.diags), WEIR_OK);
	ck_assert_int_eq(scenarios.count, 8);
	/* examples/INPUTS.md, S0 to S7 */
	ck_assert_int_eq(scenarios.items[0].shock_count, 0);
	static const double factors[] = { 0.95, 0.9, 0.8 };
	for (int i = 0; i < 3; i++) {
		const weir_shock *shock = &scenarios.items[i + 1].shocks[0];
		ck_assert(shock->kind == WEIR_SHOCK_RECEIPTS && shock->scope == WEIR_SCOPE_ALL &&
			shock->value == factors[i]);
	}
	for (int i = 4; i <= 5; i++) {
		const weir_shock *shock = &scenarios.items[i].shocks[0];
		ck_assert(shock->scope == WEIR_SCOPE_LARGEST && shock->value == (i == 4 ? 0 : 0.3) &&
			!shock->target && shock->largest == 1);
	}
	const weir_shock *late = &scenarios.items[6].shocks[0], *coupon = &scenarios.items[7].shocks[0];
	ck_assert(late->kind == WEIR_SHOCK_LATE && late->value == 0.3 && late->months == 6);
	ck_assert(coupon->kind == WEIR_SHOCK_COUPON && coupon->scope == WEIR_SCOPE_SENIOR &&
		coupon->value == 0.005);
	ck_assert_str_eq(weir_scenarios_find(&scenarios, "S7")->node.zh, "优先级票面利率上升50个基点");
	ck_assert_ptr_null(weir_scenarios_find(&scenarios, "S8"));
	io_free(&load);
}
END_TEST

START_TEST(scopes_and_parameters)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load,
		START "<scenario id=\"X-1\" zh=\"多\"><receipts factor=\"0%\" obligor=\"B01\"/><late "
			"share=\"12.5%\" months=\"3\" contract=\"B01\"/>"
		"<coupon add=\"-25bp\" class=\"A\"/><coupon add=\"1%\"/><set name=\"A.coupon\" value=\"4%\"/>"
		"<set name=\"haircut\" value=\"0.25\"/></scenario>" END, WEIR_OK);
	const weir_shock *shocks = s.items[0].shocks;
	ck_assert_int_eq(s.items[0].shock_count, 6);
	ck_assert(shocks[0].scope == WEIR_SCOPE_OBLIGOR && strcmp(shocks[0].target, "B01") == 0);
	ck_assert(shocks[1].scope == WEIR_SCOPE_CONTRACT && shocks[1].value == 0.125);
	ck_assert(shocks[2].scope == WEIR_SCOPE_CLASS && shocks[2].value == -0.0025 &&
		strcmp(shocks[2].target, "A") == 0);
	ck_assert(shocks[3].scope == WEIR_SCOPE_ALL);
	ck_assert(shocks[4].kind == WEIR_SHOCK_SET && strcmp(shocks[4].target, "A.coupon") == 0 &&
		shocks[4].value == 0.04);
	ck_assert_double_eq(shocks[5].value, 0.25);
	io_free(&load);
}
END_TEST

/* --- every element ---------------------------------------------------------------------------------------------- */

/* What an element is to the engine. */
typedef struct element_case {
	const char *text;
	weir_shock_kind kind;
	weir_shock_scope scope;
	const char *target, *from, *to;
	double value;
	int months, stop_months, from_month, largest;
	weir_shock_part part;
	weir_profile_kind profile;
	int value_count;
	double first, last;
	weir_channel channel;
	double cost;
} element_case;

static const element_case element_cases[] = {
	{ .text = "<receipts factor=\"93.5%\" part=\"principal\" from=\"2023-07-14\" to=\"2024-01-14\" region=\"East\"/>",
	  .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_REGION, .target = "East", .from = "2023-07-14",
	  .to = "2024-01-14", .value = 0.935, .part = WEIR_PART_PRINCIPAL },
	/* 1 - 12.3 % */
	{ .text = "<income cut=\"12.3%\" grade=\"BB+\" month=\"7\"/>", .kind = WEIR_SHOCK_RECEIPTS,
	  .scope = WEIR_SCOPE_GRADE, .target = "BB+", .value = 0.877, .part = WEIR_PART_INCOME, .from_month = 7 },
	{ .text = "<royalty factor=\"71%\"/>", .kind = WEIR_SHOCK_RECEIPTS, .scope = WEIR_SCOPE_KIND, .target = "royalty",
	  .value = 0.71 },
	{ .text = "<royalty decay=\"8.5%\" from=\"2023-10-01\"/>", .kind = WEIR_SHOCK_DECAY, .scope = WEIR_SCOPE_KIND,
	  .target = "royalty", .from = "2023-10-01", .value = 0.085 },
	{ .text = "<generic-entry kind=\"licence\" month=\"11\" keep=\"17%\"/>", .kind = WEIR_SHOCK_RECEIPTS,
	  .scope = WEIR_SCOPE_KIND, .target = "licence", .value = 0.17, .from_month = 11 },
	{ .text = "<licensee-loss obligor=\"B01\" date=\"2023-12-31\"/>", .kind = WEIR_SHOCK_RECEIPTS,
	  .scope = WEIR_SCOPE_OBLIGOR, .target = "B01", .from = "2023-12-31", .value = 0 },
	{ .text = "<ip-lost ip=\"P1\" month=\"5\"/>", .kind = WEIR_SHOCK_IP_LOST, .scope = WEIR_SCOPE_IP, .target = "P1",
	  .from_month = 5 },
	{ .text = "<valuation cut=\"37%\"/>", .kind = WEIR_SHOCK_VALUATION, .value = 0.37 },
	{ .text = "<valuation cut=\"37%\" ip=\"P1\"/>", .kind = WEIR_SHOCK_VALUATION, .scope = WEIR_SCOPE_IP, .target = "P1",
	  .value = 0.37 },
	{ .text = "<default cdr=\"2% 3.25%  4%\" industry=\"largest\"/>", .kind = WEIR_SHOCK_DEFAULT,
	  .scope = WEIR_SCOPE_INDUSTRY, .value = 1, .profile = WEIR_PROFILE_ANNUAL, .value_count = 3, .first = 0.02,
	  .last = 0.04 },
	{ .text = "<default mdr=\"15bp\" industry=\"chemicals\"/>", .kind = WEIR_SHOCK_DEFAULT,
	  .scope = WEIR_SCOPE_INDUSTRY, .target = "chemicals", .value = 1, .profile = WEIR_PROFILE_MONTHLY,
	  .value_count = 1, .first = 0.0015, .last = 0.0015 },
	{ .text = "<default total=\"7.5%\" timing=\"20% 45% 35%\"/>", .kind = WEIR_SHOCK_DEFAULT, .value = 0.075,
	  .profile = WEIR_PROFILE_CURVE, .value_count = 3, .first = 0.2, .last = 0.35 },
	{ .text = "<default obligor=\"largest-3\" date=\"2023-09-30\"/>", .kind = WEIR_SHOCK_DEFAULT,
	  .scope = WEIR_SCOPE_LARGEST, .largest = 3, .from = "2023-09-30", .value = 1, .profile = WEIR_PROFILE_DATE },
	{ .text = "<default contract=\"B01\" month=\"4\"/>", .kind = WEIR_SHOCK_DEFAULT, .scope = WEIR_SCOPE_CONTRACT,
	  .target = "B01", .from_month = 4, .value = 1, .profile = WEIR_PROFILE_DATE },
	{ .text = "<prepay cpr=\"6%\"/>", .kind = WEIR_SHOCK_PREPAY, .value = 1, .profile = WEIR_PROFILE_ANNUAL,
	  .value_count = 1, .first = 0.06, .last = 0.06 },
	{ .text = "<prepay smm=\"0.4% 0.6%\"/>", .kind = WEIR_SHOCK_PREPAY, .value = 1, .profile = WEIR_PROFILE_MONTHLY,
	  .value_count = 2, .first = 0.004, .last = 0.006 },
	{ .text = "<prepay abs=\"1.3%\"/>", .kind = WEIR_SHOCK_PREPAY, .value = 1, .profile = WEIR_PROFILE_ABS,
	  .value_count = 1, .first = 0.013, .last = 0.013 },
	{ .text = "<prepay contract=\"B01\" date=\"2023-10-15\"/>", .kind = WEIR_SHOCK_PREPAY,
	  .scope = WEIR_SCOPE_CONTRACT, .target = "B01", .from = "2023-10-15", .value = 1, .profile = WEIR_PROFILE_DATE },
	{ .text = "<prepay obligor=\"largest\" month=\"7\"/>", .kind = WEIR_SHOCK_PREPAY, .scope = WEIR_SCOPE_LARGEST,
	  .largest = 1, .from_month = 7, .value = 1, .profile = WEIR_PROFILE_DATE },
	{ .text = "<late share=\"35%\" months=\"4\" from=\"2023-08-01\"/>", .kind = WEIR_SHOCK_LATE, .value = 0.35,
	  .months = 4, .from = "2023-08-01" },
	{ .text = "<refinancing-missed months=\"9\"/>", .kind = WEIR_SHOCK_BALLOON_LATE, .value = 1, .months = 9 },
	{ .text = "<recovery rate=\"42%\"/>", .kind = WEIR_SHOCK_RECOVERY, .value = 0.42 },
	{ .text = "<recovery rate=\"55%\" lag=\"2 years\" channel=\"disposal\" cost=\"6.5%\"/>",
	  .kind = WEIR_SHOCK_RECOVERY, .value = 0.55, .months = 24, .channel = WEIR_CHANNEL_DISPOSAL, .cost = 0.065 },
	{ .text = "<rate add=\"-35bp\"/>", .kind = WEIR_SHOCK_RATE, .value = -0.0035 },
	{ .text = "<fx currency=\"USD\" factor=\"91.5%\" from=\"2023-10-01\"/>", .kind = WEIR_SHOCK_FX, .target = "USD",
	  .value = 0.915, .from = "2023-10-01" },
	{ .text = "<supporter-default party=\"lender\" date=\"2023-10-14\"/>", .kind = WEIR_SHOCK_SUPPORTER,
	  .target = "lender", .from = "2023-10-14" },
	/* months -1: as the deal says */
	{ .text = "<servicer-default month=\"6\"/>", .kind = WEIR_SHOCK_SERVICER, .months = -1, .from_month = 6 },
	{ .text = "<servicer-default date=\"2023-11-05\" commingled-months=\"0\" stop-months=\"2\"/>",
	  .kind = WEIR_SHOCK_SERVICER, .stop_months = 2, .from = "2023-11-05" },
};

static weir_date day_of(const char *text)
{
	return text ? weir_date_parse(text, strlen(text)) : WEIR_DATE_NONE;
}

/* The small deal with an IP item. */
static io_load load_deal_with_ip(void)
{
	return io_load_with("instalments=\"4\"/>\n</pool>", "instalments=\"4\"/>\n<ip><item id=\"P1\" kind=\"invention\" "
	                    "filed=\"2016-06-12\"/></ip>\n</pool>");
}

START_TEST(elements_are_shocks)
{
	const element_case *c = &element_cases[_i];
	char text[512];
	io_load load = load_deal_with_ip();
	snprintf(text, sizeof text, ONE("%s"), c->text);
	weir_scenarios s = read_scenarios(&load, text, WEIR_OK);
	ck_assert_int_eq(s.items[0].shock_count, 1);
	const weir_shock *shock = &s.items[0].shocks[0];
	ck_assert_int_eq(shock->kind, c->kind);
	ck_assert_int_eq(shock->scope, c->scope);
	ck_assert_str_eq(shock->target ? shock->target : "", c->target ? c->target : "");
	ck_assert(shock->value == c->value);
	ck_assert_int_eq(shock->months, c->months);
	ck_assert_int_eq(shock->stop_months, c->stop_months);
	ck_assert_int_eq(shock->largest, c->largest);
	ck_assert_int_eq(shock->part, c->part);
	ck_assert_int_eq(shock->from, day_of(c->from));
	ck_assert_int_eq(shock->to, day_of(c->to));
	ck_assert_int_eq(shock->from_month, c->from_month);
	ck_assert_int_eq(shock->profile, c->profile);
	ck_assert_int_eq(shock->value_count, c->value_count);
	if (c->value_count > 0)
		ck_assert(shock->values[0] == c->first && shock->values[c->value_count - 1] == c->last);
	ck_assert_int_eq(shock->channel, c->channel);
	ck_assert(shock->cost == c->cost);
	ck_assert_uint_eq(load.diags.warnings, 0);
	io_free(&load);
}
END_TEST

static const struct {
	const char *word;
	double first, second; /* of each of the first five parts, and of each of the others */
} timings[] = { { "even", 0.1, 0.1 }, { "front-10", 0.12, 0.08 }, { "front-20", 0.14, 0.06 }, { "back-10", 0.08, 0.12 },
	        { "back-20", 0.06, 0.14 } };

START_TEST(timing_words)
{
	char text[256];
	io_load load = io_load_text(io_deal);
	snprintf(text, sizeof text, ONE("<default total=\"9%%\" timing=\"%s\"/>"), timings[_i].word);
	weir_scenarios s = read_scenarios(&load, text, WEIR_OK);
	const weir_shock *shock = &s.items[0].shocks[0];
	ck_assert_int_eq(shock->value_count, 10);
	for (int i = 0; i < 10; i++)
		ck_assert(shock->values[i] == (i < 5 ? timings[_i].first : timings[_i].second));
	io_free(&load);
}
END_TEST

/* --- relative shocks -------------------------------------------------------------------------------------------- */

START_TEST(relative_shocks_multiply_earlier_ones)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load, START
		"<scenario id=\"base\"><default total=\"6%\" timing=\"even\"/><default cdr=\"1% 1.5%\" kind=\"loan\"/>"
		"<prepay cpr=\"5% 7.5%\"/><recovery rate=\"40%\" lag=\"12 months\"/>"
		"<recovery rate=\"50%\" channel=\"disposal\" cost=\"4%\"/></scenario>"
		"<scenario id=\"less\" include=\"base\"><recovery relative=\"80%\"/><prepay relative=\"150%\"/>"
		"<default relative=\"250%\"/></scenario>"
		"<scenario id=\"some\" include=\"base\"><recovery relative=\"70%\" channel=\"disposal\" lag=\"18 months\" "
		"cost=\"9%\"/><default relative=\"300%\" kind=\"loan\"/><default relative=\"100%\" timing=\"front-20\"/>"
		"</scenario>" END, WEIR_OK);
	const weir_shock *base = s.items[0].shocks, *less = s.items[1].shocks, *some = s.items[2].shocks;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(s.items[i].shock_count, 5);
	/* 6 % x 2.5 = 15 %; 1 % x 2.5, 1.5 % x 2.5; 5 % x 1.5, 7.5 % x 1.5; 40 % x 0.8; 50 % x 0.8 */
	ck_assert(less[0].value == 0.15 && less[0].values[0] == 0.1);
	ck_assert(less[1].values[0] == 0.025 && less[1].values[1] == 0.0375 && less[1].value == 1);
	ck_assert(less[2].values[0] == 0.075 && less[2].values[1] == 0.1125);
	ck_assert(less[3].value == 0.32 && less[3].months == 12);
	ck_assert(less[4].value == 0.4 && less[4].cost == 0.04 && less[4].channel == WEIR_CHANNEL_DISPOSAL);
	/* of the disposal only: 50 % x 0.7; of loans only: 1 % x 3, 1.5 % x 3; the timing of the total only */
	ck_assert(some[3].value == 0.4 && some[3].months == 12 && some[3].cost == 0);
	ck_assert(some[4].value == 0.35 && some[4].months == 18 && some[4].cost == 0.09);
	ck_assert(some[0].value == 0.06 && some[0].value_count == 10 && some[0].values[0] == 0.14 &&
		some[0].values[9] == 0.06);
	ck_assert(some[1].values[0] == 0.03 && some[1].values[1] == 0.045);
	/* what was included stays as it is */
	ck_assert(base[0].value == 0.06 && base[0].values[0] == 0.1 && base[1].values[1] == 0.015);
	ck_assert(base[2].values[1] == 0.075 && base[3].value == 0.4 && base[4].cost == 0.04);
	ck_assert_uint_eq(load.diags.count, 0);
	io_free(&load);
}
END_TEST

START_TEST(more_than_the_whole_is_the_whole)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load,
		ONE("<prepay cpr=\"30% 20%\"/><prepay relative=\"400%\"/>"), WEIR_OK);
	/* 30 % x 4 = 120 %; 20 % x 4 = 80 % */
	ck_assert(s.items[0].shocks[0].values[0] == 1 && s.items[0].shocks[0].values[1] == 0.8);
	io_expect(&load, "scenarios.xml:2:41: warning: 30% x 400% * [out-of-range]");
	ck_assert_uint_eq(load.diags.count, 1);
	io_free(&load);
}
END_TEST

static const struct {
	const char *text, *complaint;
} unfounded[] = {
	{ "<recovery relative=\"80%\"/>", "scenarios.xml:2:18: warning: *\"S\"*recovery* [no-effect]" },
	{ "<prepay relative=\"80%\"/><prepay cpr=\"5%\"/>", "scenarios.xml:2:18: warning: *prepayment* [no-effect]" },
	{ "<default cdr=\"2%\"/><default relative=\"100%\" timing=\"even\"/>",
	  "scenarios.xml:2:37: warning: *timing* [no-effect]" },
	{ "<default obligor=\"largest\" month=\"2\"/><default relative=\"200%\"/>",
	  "scenarios.xml:2:56: warning: *default rate* [no-effect]" },
	{ "<prepay contract=\"B01\" month=\"2\"/><prepay relative=\"200%\"/>",
	  "scenarios.xml:2:52: warning: *prepayment* [no-effect]" },
	{ "<default cdr=\"2%\" kind=\"loan\"/><default relative=\"200%\" kind=\"licence\"/>",
	  "scenarios.xml:2:49: warning: *default rate* [no-effect]" },
};

START_TEST(relative_shocks_need_something_to_act_on)
{
	char text[256];
	io_load load = io_load_text(io_deal);
	snprintf(text, sizeof text, START "<scenario id=\"S\">%s</scenario>" END, unfounded[_i].text);
	read_scenarios(&load, text, WEIR_OK);
	io_expect(&load, unfounded[_i].complaint);
	ck_assert_uint_eq(load.diags.count, 1);
	io_free(&load);
}
END_TEST

START_TEST(building_blocks_may_be_relative)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load, START
		"<scenario id=\"less\"><recovery relative=\"50%\"/></scenario>"
		"<scenario id=\"all\" include=\"less\"><recovery rate=\"30%\"/></scenario>"
		"<scenario id=\"good\" include=\"base less\"/>"
		"<scenario id=\"base\"><recovery rate=\"30%\"/></scenario>" END, WEIR_OK);
	/* said of the one that others do not include; 30 % x 0.5 */
	ck_assert_uint_eq(load.diags.count, 1);
	io_expect(&load, "scenarios.xml:2:21: warning: the scenario \"all\" * [no-effect]");
	ck_assert_int_eq(s.items[0].shock_count, 0);
	ck_assert(s.items[1].shocks[0].value == 0.3);
	ck_assert(s.items[2].shocks[0].value == 0.15);
	io_free(&load);
}
END_TEST

/* --- supporters ------------------------------------------------------------------------------------------------- */

START_TEST(every_supporter)
{
	io_load load = io_load_with("<party id=\"lender\"", "<party id=\"G1\" role=\"guarantor\"/>"
		"<party id=\"G2\" role=\"guarantor\"/><party id=\"G3\" role=\"guarantor\"/>"
		"<party id=\"lender\"");
	weir_support supports[2] = { { .party = 2 }, { .party = 2 } };
	weir_cover_share shares[2] = { { .party = -1 }, { .party = 0 } };
	weir_cover cover = { .shares = shares, .share_count = 2 };
	load.deal->supports = supports;
	load.deal->support_count = 2;
	load.deal->covers = &cover;
	load.deal->cover_count = 1;
	weir_scenarios s = read_scenarios(&load,
		ONE("<supporter-default party=\"supporters\" month=\"9\"/><rate add=\"1bp\"/>"), WEIR_OK);
	ck_assert_int_eq(s.items[0].shock_count, 3);
	ck_assert_str_eq(s.items[0].shocks[0].target, "G1");
	ck_assert_str_eq(s.items[0].shocks[1].target, "G3");
	for (int i = 0; i < 2; i++)
		ck_assert(s.items[0].shocks[i].kind == WEIR_SHOCK_SUPPORTER && s.items[0].shocks[i].from_month == 9);
	ck_assert_int_eq(s.items[0].shocks[2].kind, WEIR_SHOCK_RATE);
	ck_assert_uint_eq(load.diags.count, 0);
	io_free(&load);
}
END_TEST

/* --- faults ----------------------------------------------------------------------------------------------------- */

/* In scenario S1, whose shocks start at column 19. */
static const struct {
	const char *text, *complaint;
} faults[] = {
	{ "<receipts factor=\"0.95\"/>", "37: error: *\"0.95\"* [bad-rate]" },
	{ "<receipts/>", "19: error: *\"95%\"* [missing-attribute]" },
	{ "<late share=\"120%\" months=\"6\"/>", "32: error: *120%* [out-of-range]" },
	{ "<receipt factor=\"9%\"/>", "19: error: *\"S1\"* [unknown-element]" },
	{ "<coupon add=\"1%\" classes=\"junior\"/>", "45: error: *\"junior\"* [bad-value]" },
	{ "<coupon add=\"1%\" class=\"A\" classes=\"all\"/>", "19: error: * [bad-value]" },
	{ "<receipts factor=\"1%\" obligor=\"largest\" contract=\"c\"/>", "50: error: *contract and obligor* [bad-value]" },
	{ "<income cut=\"101%\"/>", "32: error: * [out-of-range]" },
	{ "<royalty/>", "19: error: *factor=*decay=* [missing-attribute]" },
	{ "<royalty factor=\"90%\" decay=\"5%\"/>", "48: error: * [bad-value]" },
	{ "<royalty factor=\"90%\" contract=\"B01\"/>", "51: error: *\"B01\" pays no royalty* [bad-value]" },
	{ "<generic-entry keep=\"20%\" month=\"3\"/>", "19: error: * [missing-attribute]" },
	{ "<generic-entry keep=\"20%\" kind=\"loan\"/>", "19: error: * [missing-attribute]" },
	{ "<licensee-loss month=\"3\"/>", "19: error: *licensee* [missing-attribute]" },
	{ "<licensee-loss obligor=\"B01\"/>", "19: error: *month=* [missing-attribute]" },
	{ "<ip-lost ip=\"P2\" month=\"3\"/>", "32: error: *IP item \"P2\"* [unknown-id]" },
	{ "<ip-lost ip=\"P1\"/>", "19: error: *date=* [missing-attribute]" },
	{ "<valuation cut=\"130%\"/>", "35: error: * [out-of-range]" },
	{ "<default/>", "19: error: *cdr=* [missing-attribute]" },
	{ "<default cdr=\"2% 120% 4%\"/>", "36: error: *\"120%\"* [out-of-range]" },
	{ "<default cdr=\"2% 3\"/>", "36: error: *\"3\"* [bad-rate]" },
	{ "<default cdr=\"2%\" mdr=\"1%\"/>", "42: error: *cdr and mdr* [bad-value]" },
	{ "<default date=\"2023-09-30\" month=\"3\"/>", "53: error: *date and month* [bad-value]" },
	{ "<default total=\"8%\"/>", "19: error: *timing=* [missing-attribute]" },
	{ "<default total=\"108%\" timing=\"even\"/>", "35: error: * [out-of-range]" },
	{ "<default total=\"8%\" timing=\"20% 30% 45%\"/>", "47: error: *95%* [share-sum]" },
	{ "<default total=\"8%\" timing=\"20% 30% 50.01%\"/>", "47: error: *100.01%* [share-sum]" },
	{ "<default total=\"8%\" timing=\"front-15\"/>", "47: error: *\"front-15\"* [bad-value]" },
	{ "<default cdr=\"8%\" timing=\"even\"/>", "45: error: *total=* [bad-value]" },
	{ "<default cdr=\"8%\" kind=\"lease\"/>", "43: error: *\"lease\"* [bad-value]" },
	{ "<default cdr=\"8%\" obligor=\"largest-0\"/>", "46: error: *\"largest-0\"* [out-of-range]" },
	{ "<prepay/>", "19: error: *cpr=* [missing-attribute]" },
	{ "<prepay cpr=\"101%\"/>", "32: error: * [out-of-range]" },
	{ "<prepay smm=\"\"/>", "32: error: * [bad-value]" },
	{ "<prepay cpr=\"1%\" month=\"3\"/>", "43: error: *cpr and month* [bad-value]" },
	{ "<prepay cpr=\"1%\" abs=\"1%\"/>", "41: error: *cpr and abs* [bad-value]" },
	{ "<recovery/>", "19: error: *rate=* [missing-attribute]" },
	{ "<recovery rate=\"104%\"/>", "35: error: * [out-of-range]" },
	{ "<recovery rate=\"40%\" relative=\"80%\"/>", "50: error: * [bad-value]" },
	{ "<recovery rate=\"40%\" lag=\"12\"/>", "45: error: *\"12\"* [bad-value]" },
	{ "<recovery rate=\"40%\" channel=\"sale\"/>", "49: error: *collection or disposal* [bad-value]" },
	{ "<recovery rate=\"40%\" cost=\"140%\"/>", "46: error: * [out-of-range]" },
	{ "<receipts factor=\"9%\" from=\"2024-01-01\" to=\"2023-12-31\"/>", "63: error: * [date-order]" },
	{ "<receipts factor=\"9%\" from=\"2024-01-01\" month=\"3\"/>", "66: error: * [bad-value]" },
	{ "<receipts factor=\"9%\" part=\"interest\"/>", "47: error: *\"interest\"* [bad-value]" },
	{ "<fx currency=\"usd\" factor=\"90%\"/>", "33: error: *\"usd\"* [*]" },
	{ "<supporter-default party=\"lender\"/>", "19: error: * [missing-attribute]" },
	{ "<supporter-default party=\"lendor\" month=\"2\"/>", "45: error: *\"lender\"* [unknown-id]" },
	{ "<servicer-default/>", "19: error: * [missing-attribute]" },
	{ "<servicer-default month=\"0\"/>", "44: error: *\"0\"* [bad-number]" },
	{ "<servicer-default date=\"2023-02-29\"/>", "43: error: *\"2023-02-29\"* [bad-date]" },
};

START_TEST(faults_are_said_at_their_place)
{
	char text[512], wanted[256];
	io_load load = load_deal_with_ip();
	snprintf(text, sizeof text, START "<scenario id=\"S1\">%s</scenario>" END, faults[_i].text);
	snprintf(wanted, sizeof wanted, "scenarios.xml:2:%s", faults[_i].complaint);
	read_scenarios(&load, text, WEIR_INPUT);
	io_expect_only(&load, wanted);
	ck_assert_uint_eq(load.diags.count, 1);
	io_free(&load);
}
END_TEST

START_TEST(too_many_rates)
{
	char *text = malloc(16384), *at = text;
	io_load load = io_load_text(io_deal);
	ck_assert_ptr_nonnull(text);
	at += sprintf(at, START "<scenario id=\"S1\"><prepay smm=\"");
	for (int i = 0; i < 1201; i++)
		at += sprintf(at, "1%% ");
	sprintf(at, "\"/></scenario>" END);
	read_scenarios(&load, text, WEIR_INPUT);
	io_expect_only(&load, "scenarios.xml:2:32: error: *1201* [xml-limit]");
	io_free(&load);
	free(text);
}
END_TEST

START_TEST(duplicate_scenarios)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load,
		START "<scenario id=\"S1\"/><scenario id=\"S1\"/><scenario id=\"S2\"/>" END, WEIR_INPUT);
	ck_assert_uint_eq(load.diags.errors, 1);
	ck_assert_ptr_nonnull(strstr(load.diags.items[0].text, "scenarios.xml:2:1;"));
	ck_assert_int_eq(s.count, 2);
	ck_assert_str_eq(s.items[1].node.id, "S2");
	io_free(&load);
}
END_TEST

Suite *weir_suite_io_scenarios(void)
{
	Suite *suite = suite_create("io_scenarios");
	TCase *tests = tcase_create("scenarios");
	tcase_add_checked_fixture(tests, io_enter, io_leave);
	tcase_add_test(tests, the_reference_scenarios);
	tcase_add_test(tests, scopes_and_parameters);
	tcase_add_loop_test(tests, elements_are_shocks, 0, sizeof element_cases / sizeof *element_cases);
	tcase_add_loop_test(tests, timing_words, 0, sizeof timings / sizeof *timings);
	tcase_add_test(tests, relative_shocks_multiply_earlier_ones);
	tcase_add_test(tests, more_than_the_whole_is_the_whole);
	tcase_add_loop_test(tests, relative_shocks_need_something_to_act_on, 0, sizeof unfounded / sizeof *unfounded);
	tcase_add_test(tests, building_blocks_may_be_relative);
	tcase_add_test(tests, every_supporter);
	tcase_add_loop_test(tests, faults_are_said_at_their_place, 0, sizeof faults / sizeof *faults);
	tcase_add_test(tests, too_many_rates);
	tcase_add_test(tests, duplicate_scenarios);
	suite_add_tcase(suite, tests);
	return suite;
}
