/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files. */
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
	ck_assert_int_eq(load->status, wanted);
	return scenarios;
}

#define START "<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
#define END "\n</scenarios>"

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
			!shock->target);
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

static const struct {
	const char *text, *complaint;
} faults[] = {
	{ "<scenario id=\"S1\"><receipts factor=\"0.95\"/></scenario>",
		  "scenarios.xml:2:37: error: *\"0.95\"* [bad-rate]" },
	{ "<scenario id=\"S1\"><receipts/></scenario>",
		  "scenarios.xml:2:19: error: *\"95%\"* [missing-attribute]" },
	{ "<scenario id=\"S1\"><late share=\"120%\" months=\"6\"/></scenario>",
		  "scenarios.xml:2:19: error: * [out-of-range]" },
	{ "<scenario id=\"S1\"><receipt factor=\"9%\"/></scenario>",
		  "scenarios.xml:2:19: error: *\"S1\"* [unknown-element]" },
	{ "<scenario id=\"S1\"><coupon add=\"1%\" classes=\"junior\"/></scenario>",
		  "scenarios.xml:2:45: error: *\"junior\"* [bad-value]" },
	{ "<scenario id=\"S1\"><coupon add=\"1%\" class=\"A\" classes=\"all\"/></scenario>",
		  "scenarios.xml:2:19: error: * [bad-value]" },
	{ "<scenario id=\"S1\"><receipts factor=\"1%\" obligor=\"largest\" contract=\"c\"/></scenario>",
		  "scenarios.xml:2:19: error: * [bad-value]" },
};

START_TEST(faults_are_said_at_their_place)
{
	char text[512];
	io_load load = io_load_text(io_deal);
	snprintf(text, sizeof text, START "%s" END, faults[_i].text);
	read_scenarios(&load, text, WEIR_INPUT);
	io_expect_only(&load, faults[_i].complaint);
	io_free(&load);
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
	tcase_add_loop_test(tests, faults_are_said_at_their_place, 0, sizeof faults / sizeof *faults);
	tcase_add_test(tests, duplicate_scenarios);
	suite_add_tcase(suite, tests);
	return suite;
}
