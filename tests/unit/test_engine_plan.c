/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_plan.c: what the compiler makes of a deal: registers, parameters, complaints, the listing; and that every
 * instruction of ops.def is used. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/plan_int.h"
#include "engine_fixture.h"

Suite *weir_suite_engine_plan(void);

static engine_deal d;

static void setup(void)
{
	io_enter();
	d = (engine_deal){ 0 };
}

static void teardown(void)
{
	if (d.arena)
		engine_close(&d);
	io_leave();
}

/* --- names ------------------------------------------------------------------------------------------------------ */

START_TEST(everything_named_has_its_register)
{
	static const struct {
		const char *name;
		weir_type type;
	} named[] = {
		{ "period", WEIR_TYPE_NUMBER },           { "date", WEIR_TYPE_DATE },
		{ "deal.closing", WEIR_TYPE_DATE },       { "deal.last_payment", WEIR_TYPE_DATE },
		{ "deal.missed", WEIR_TYPE_FLAG },        { "pool.principal", WEIR_TYPE_MONEY },
		{ "pool.overdue", WEIR_TYPE_MONEY },      { "cash.balance", WEIR_TYPE_MONEY },
		{ "A.balance", WEIR_TYPE_MONEY },         { "A.coupon", WEIR_TYPE_RATE },
		{ "A.interest_unpaid", WEIR_TYPE_MONEY }, { "A.principal_due", WEIR_TYPE_MONEY },
		{ "manager.due", WEIR_TYPE_MONEY },       { "manager.charge", WEIR_TYPE_MONEY },
		{ "manager.rate", WEIR_TYPE_RATE },
	};
	engine_open_text(&d, io_deal);
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		int number = weir_plan_find_register(d.plan, named[i].name);
		ck_assert_msg(number >= 0 && number < weir_plan_register_count(d.plan), "no register \"%s\"",
		              named[i].name);
		ck_assert_int_eq(weir_plan_register_type(d.plan, number), named[i].type);
	}
	ck_assert_int_eq(weir_plan_find_register(d.plan, "B.balance"), -1);
	ck_assert_int_eq(weir_plan_find_register(d.plan, ""), -1);
	const weir_plan_map *map = weir_plan_registers(d.plan);
	ck_assert_str_eq(weir_plan_register_name(d.plan, map->classes[0].interest_paid), "A.interest_paid");
	ck_assert_int_eq(map->classes[0].yield_due, -1);
	ck_assert_int_eq(map->classes[0].rest_paid, -1);
	ck_assert_int_eq(map->fees[0].charge, map->fees[0].due); /* nothing is carried: one register, two names */
	ck_assert_int_eq(map->surcharges[0].charge, -1);
	ck_assert_ptr_null(map->waterfall_masks);
	ck_assert_int_eq(map->pool[WEIR_POOL_OVERDUE], -1); /* nobody reads it: not loaded */
	ck_assert_double_eq(weir_plan_class_proceeds(d.plan, 0, 700000000), 700000000);
	ck_assert_double_eq(weir_plan_purchase_cents(d.plan), 700000000);
}
END_TEST

START_TEST(parameters_are_what_may_be_set)
{
	static const struct {
		const char *name;
		weir_type type;
		double value;
	} wanted[] = { { "collection.initial", WEIR_TYPE_MONEY, 0 },   { "A.size", WEIR_TYPE_MONEY, 3600000000 },
		       { "A.coupon", WEIR_TYPE_RATE, 0.0359 },         { "SUB.size", WEIR_TYPE_MONEY, 200000000 },
		       { "vat.rate", WEIR_TYPE_RATE, 0.03 },
		       { "vat.surcharge.rate", WEIR_TYPE_RATE, 0.12 }, { "custodian.rate", WEIR_TYPE_RATE, 0.0001 },
		       { "manager.rate", WEIR_TYPE_RATE, 0.0015 },     { "fixed.amount", WEIR_TYPE_MONEY, 4000000 },
		       { "registrar.rate", WEIR_TYPE_RATE, 0.00005 } };
	int count;
	engine_open(&d, "deals/ex1-patent-licence/deal.xml"); /* INPUTS.md, EX1 */
	const weir_parameter *parameters = weir_plan_parameters(d.plan, &count);
	ck_assert_int_eq(count, sizeof wanted / sizeof *wanted);
	for (int i = 0; i < count; i++) {
		ck_assert_str_eq(parameters[i].name, wanted[i].name);
		ck_assert_int_eq(parameters[i].type, wanted[i].type);
		ck_assert_double_eq(parameters[i].value, wanted[i].value);
		ck_assert_ptr_eq(weir_plan_find_parameter(d.plan, wanted[i].name), &parameters[i]);
	}
	ck_assert_ptr_null(weir_plan_find_parameter(d.plan, "A.balance"));
	ck_assert_ptr_null(weir_plan_find_parameter(d.plan, "haircut")); /* the pool's, not the plan's */
}
END_TEST

/* --- complaints ------------------------------------------------------------------------------------------------- */

/* io_deal with one replacement, and the one error it then has. */
static const struct {
	const char *old, *new, *complaint;
} errors[] = {
	/* nothing pays, nothing leaves */
	{ "manager A.interest A.principal", "manager",
	  "deal.xml:19:1: error: no step of any waterfall pays class \"A\"; add a pay step that names it [class-unpaid]" },
	{ "manager A.interest A.principal", "manager A.principal",
	  "deal.xml:19:1: error: no step pays the interest of class \"A\"; add one with what=\"A.interest\" "
	  "[class-unpaid]" },
	{ "manager A.interest A.principal", "manager A.interest",
	  "deal.xml:19:1: error: no step pays the principal of class \"A\"; add one with what=\"A.principal\" "
	  "[class-unpaid]" },
	{ "manager A.interest A.principal", "A.interest A.principal",
	  "deal.xml:22:1: error: no step pays the fee \"manager\"; add it to a pay step [fee-unpaid]" },
	{ "<account id=\"cash\"/>", "<account id=\"cash\" receives=\"all\"/><account id=\"trap\"/>",
	  "deal.xml:16:36: error: nothing ever leaves account \"trap\"; add a pay, transfer or release step from it "
	  "[account-trapped]" },
	{ "<account id=\"cash\"/>", "<account id=\"cash\" receives=\"principal income\"/>",
	  "deal.xml:16:1: error: no account receives the pool's recoveries; add recovered to one account's receives "
	  "[source-unreceived]" },
	/* names */
	{ "base=\"classes.all.balance\"", "base=\"A.balence\"",
	  "deal.xml:22:*: error: *\"A.balence\"*did you mean \"A.balance\"* [unknown-name]" },
	{ "A.principal\"", "A.princpal\"",
	  "deal.xml:25:54: error: \"A.princpal\" is nothing that can be paid; did you mean \"A.principal\"? "
	  "[unknown-name]" },
	{ "A.principal\"", "A.principal A.yield\"",
	  "deal.xml:25:66: error: class \"A\" has no yield: it has no period-yield [unknown-name]" },
	{ "<pay what", "<pay from=\"cach\" what",
	  "deal.xml:25:35: error: there is no account \"cach\"; did you mean \"cash\"? [unknown-id]" },
	{ "base=\"classes.all.balance\"", "base=\"next_interest(B)\"",
	  "deal.xml:22:*: error: there is no class \"B\"* [unknown-name]" },
	/* not yet known: a fee is accrued before the waterfall, and after the classes but before later fees */
	{ "base=\"classes.all.balance\"", "base=\"A.interest_paid\"",
	  "deal.xml:22:25: error: \"A.interest_paid\" is not yet known here: it is known from the waterfall on; use "
	  "previous(A.interest_paid, 0) for the last period's value [not-yet-known]" },
	{ "base=\"classes.all.balance\"", "base=\"manager.due\"",
	  "deal.xml:22:25: error: \"manager.due\" is not yet known here: it is known from accrual on; use "
	  "previous(manager.due, 0) for the last period's value [not-yet-known]" },
	/* circles */
	{ "<waterfalls>",
	  "<values><value id=\"x\" formula=\"y + 1 yuan\"/><value id=\"y\" formula=\"2 * x\"/></values><waterfalls>",
	  "deal.xml:24:*: error: \"x\" needs its own result; break the circle with previous(x, start) [formula-cycle]" },
	/* steps and waterfalls that make no sense */
	{ "<pay what", "<transfer from=\"cash\" to=\"cash\"/><pay what",
	  "deal.xml:25:24: error: this step moves cash from \"cash\" to itself; name two accounts [step-invalid]" },
	{ "<waterfall id=\"normal\">", "<waterfall id=\"normal\" when=\"period above 1\">",
	  "deal.xml:25:30: error: the last waterfall has a condition, so in some periods none would apply; leave out its "
	  "when [waterfall-unreachable]" },
	{ "</waterfalls>", "<waterfall id=\"second\"><pay what=\"manager\"/></waterfall></waterfalls>",
	  "deal.xml:25:1: error: waterfall \"normal\" has no condition, so those behind it can never be chosen; give it a "
	  "when or move it to the end [waterfall-unreachable]" },
	{ "maturity=\"2024-04-14\"", "maturity=\"2024-05-14\"",
	  "deal.xml:19:1: error: class \"A\" matures after the last payment date; add payment dates or bring its maturity "
	  "forward [schedule]" },
	{ "style=\"bullet\" maturity=\"2024-04-14\"/>",
	  "style=\"target\"><row period=\"5\" amount=\"0.00\"/></principal>",
	  "deal.xml:19:73: error: this row of class \"A\" falls on none of the deal's payment dates; give a period from 1 to "
	  "4 or an unadjusted payment date [schedule]" },
	/* the closing */
	{ "<account id=\"cash\"/>", "<account id=\"cash\" initial=\"7000000.01\"/>",
	  "deal.xml:2:1: error: the closing does not balance: the classes bring 7000000.00, purchase price, costs and "
	  "opening cash take 7000000.01; make them equal or leave out purchase-price [not-closed]" },
	/* a fee on what is paid */
	{ "rate=\"0.05%\"", "rate=\"0.05%\" cap=\"10.00\" solve=\"paid\"",
	  "deal.xml:22:1: error: fee \"manager\" on what is paid: one such fee, every period, without cap or surcharge is "
	  "supported; write its base on what is due instead [unsupported]" },
};

static void expect_error(const char *text, const char *complaint)
{
	engine_try_text(&d, text);
	ck_assert_int_eq(d.status, WEIR_INPUT);
	ck_assert_ptr_null(d.plan);
	io_expect_only(&d.load, complaint);
}

START_TEST(errors_have_text_code_and_place)
{
	char *text = io_replace(io_deal, errors[_i].old, errors[_i].new);
	expect_error(text, errors[_i].complaint);
	free(text);
}
END_TEST

/* Errors that want a second account and a step that uses it. */
static const struct {
	const char *account, *step, *complaint;
} account_errors[] = {
	{ "<account id=\"cash\" receives=\"all\"/><account id=\"two\" receives=\"income\"/>",
	  "<transfer from=\"two\" to=\"cash\"/><pay what",
	  "deal.xml:16:36: error: two accounts receive the pool's income; leave it to one [source-unreceived]" },
	{ "<account id=\"cash\"/><reserve id=\"R\" target=\"2 * R.target\"/>",
	  "<release account=\"R\" to=\"cash\"/><pay what",
	  "deal.xml:16:*: error: the target of \"R\" needs its own result [formula-cycle]" },
	{ "<account id=\"cash\" receives=\"all\"/><account id=\"R\"/>",
	  "<fill account=\"R\"/><transfer from=\"R\" to=\"cash\"/><pay what",
	  "deal.xml:25:24: error: account \"R\" has no target, so this step has no amount; give it a target [step-invalid]" },
};

START_TEST(errors_of_accounts)
{
	char *once = io_replace(io_deal, "<account id=\"cash\"/>", account_errors[_i].account);
	char *text = io_replace(once, "<pay what", account_errors[_i].step);
	expect_error(text, account_errors[_i].complaint);
	free(once);
	free(text);
}
END_TEST

static const struct {
	const char *old, *new, *complaint;
} warnings[] = {
	{ "<waterfalls>", "<values><value id=\"x\" formula=\"2 * A.balance\"/></values><waterfalls>",
	  "deal.xml:24:9: warning: value \"x\" is computed and never used; name it in a formula, or remove it [unused-name]" },
	{ "<waterfalls>",
	  "<triggers><trigger id=\"T\" tested=\"before\" test=\"A.balance above 5.00\"/></triggers><waterfalls>",
	  "deal.xml:24:11: warning: trigger \"T\" changes nothing: no waterfall, step or formula names it "
	  "[test-without-effect]" },
	{ "</waterfall>", "<pay what=\"A.interest\"/></waterfall>",
	  "deal.xml:25:*: warning: \"A.interest\" was paid by step 1 already, as far as cash went; leave it out here "
	  "[step-repeated]" },
	{ "</waterfall>", "<pay what=\"A.rest\"/><pay what=\"manager\" when=\"period above 2\"/></waterfall>",
	  "deal.xml:25:*: warning: this step can never pay: an earlier one takes all that is left in \"cash\" "
	  "[step-invalid]" },
};

START_TEST(warnings_let_the_deal_compile)
{
	char *text = io_replace(io_deal, warnings[_i].old, warnings[_i].new);
	engine_open_text(&d, text);
	io_expect(&d.load, warnings[_i].complaint);
	ck_assert_uint_eq(d.load.diags.errors, 0);
	free(text);
}
END_TEST

/* Later fees may use earlier ones; what the waterfall pays is known to what stands behind it. */
START_TEST(known_in_the_order_of_the_period)
{
	char *text = io_replace(io_deal, "</fees>",
	                        "<fee id=\"second\" base=\"manager.due + A.interest_due\" rate=\"1%\"/></fees>");
	char *paid = io_replace(
		text, "manager A.interest A.principal\"/>",
		"manager A.interest\"/><pay what=\"second A.principal\" when=\"A.interest_paid above 0.00 and "
		"second.paid = 0.00\"/>");
	engine_open_text(&d, paid);
	free(text);
	free(paid);
}
END_TEST

/* --- listing ---------------------------------------------------------------------------------------------------- */

/* EX1 (INPUTS.md) as a person reads it; each line stands for a rule of the documents. */
static const char listing[] =
	"at the closing: start values\n"
	"    0 COPY            collection.balance = collection.initial\n"
	"    1 COPY            A.balance = A.size\n"
	"    2 COPY            SUB.balance = SUB.size\n"
	"    3 COPY            deal.cash = collection.initial\n"
	"1-2 collect pool rows\n"
	"    0 COLLECT         pool.principal = pool row; collection.balance = collection.balance + pool.principal   ; "
	"collection\n"
	"    1 COLLECT         pool.income = pool row; collection.balance = collection.balance + pool.income   ; "
	"collection\n"
	"    2 COLLECT         pool.recovered = pool row; collection.balance = collection.balance + pool.recovered   ; "
	"collection\n"
	"3 accrue classes, taxes and fees\n"
	"    0 TARGET          A.principal_due = max(A.balance - scheduled, 0)\n"
	"    1 INTEREST        A.interest_due = A.interest_unpaid + round(A.balance * A.coupon * year fraction)\n"
	"    2 CLEAR           SUB.rest_paid = 0\n"
	"    3 CHARGE_GROSS    vat.due = round(pool.income * vat.rate / (1 + vat.rate))\n"
	"    4 CHARGE_RATE     vat.surcharge.due = round(vat.due * vat.surcharge.rate * year fraction)\n"
	"    5 CHARGE_RATE     custodian.due = round(A.balance * custodian.rate * year fraction)\n"
	"    6 ADD             t59 = A.balance + SUB.balance\n"
	"    7 CHARGE_RATE     manager.due = round(t59 * manager.rate * year fraction)\n"
	"    8 CHARGE_AMOUNT   fixed.due = scheduled * fixed.amount\n"
	"    9 ADD             t60 = A.interest_due + A.principal_due\n"
	"   10 CHARGE_RATE     registrar.due = round(t60 * registrar.rate * year fraction)\n"
	"7 waterfall\n";

static const char listing_end[] =
	"   10 PAY_REST        SUB.rest_paid = collection.balance  when t62   ; normal 6, clause 13.2(f)\n"
	"8 tests after the waterfall\n"
	"    0 MISSED          deal.missed = deal.missed or any of A.interest_unpaid, A.principal_unpaid above 0\n"
	"9 close the books\n"
	"    0 CLOSE           cash now = cash before + in - out\n"
	"\n"
	"parameters\n"
	"  collection.initial = 0.00\n"
	"  A.size = 36,000,000.00\n"
	"  A.coupon = 3.59%\n"
	"  SUB.size = 2,000,000.00\n"
	"  vat.rate = 3%\n"
	"  vat.surcharge.rate = 12%\n"
	"  custodian.rate = 0.01%\n"
	"  manager.rate = 0.15%\n"
	"  fixed.amount = 40,000.00\n"
	"  registrar.rate = 0.005%\n";

START_TEST(the_listing_reads_as_the_deal)
{
	static const char *const paid[] = {
		"vat.paid = min(collection.balance, vat.due)   ; normal 1, clause 13.2(a)\n",
		"custodian.paid = min(collection.balance, custodian.due)   ; normal 2",
		"registrar.paid = min(collection.balance, registrar.due)   ; normal 2",
		"A.interest_paid = min(collection.balance, A.interest_due)   ; normal 3",
		"A.principal_paid = min(collection.balance, A.principal_due)   ; normal 4"
	};
	weir_text text = { 0 }, again = { 0 };
	engine_open(&d, "deals/ex1-patent-licence/deal.xml");
	weir_plan_write(d.plan, &text);
	char title[200];
	snprintf(title, sizeof title,
	         "plan of ex1-patent-licence: %d registers, %d instructions a period, 8 periods\n\n",
	         weir_plan_register_count(d.plan), weir_plan_instruction_count(d.plan));
	ck_assert_int_eq(strncmp(text.data, title, strlen(title)), 0);
	ck_assert_msg(strncmp(text.data + strlen(title), listing, strlen(listing)) == 0, "%s", text.data);
	ck_assert_msg(strcmp(text.data + text.length - strlen(listing_end), listing_end) == 0, "%s", text.data);
	const char *at = text.data;
	for (size_t i = 0; i < sizeof paid / sizeof *paid; i++) { /* in the order of the documents */
		at = strstr(at, paid[i]);
		ck_assert_msg(at != NULL, "no line \"%s\" at its place", paid[i]);
	}
	engine_close(&d);
	engine_open(&d, "deals/ex1-patent-licence/deal.xml");
	weir_plan_write(d.plan, &again);
	ck_assert_str_eq(text.data, again.data);
	weir_text_free(&text);
	weir_text_free(&again);
}
END_TEST

/* --- instructions ----------------------------------------------------------------------------------------------- */

static size_t emitted[WEIR_OPCODE_COUNT];

static void count_instructions(engine_deal *deal)
{
	for (int p = 0; p < WEIR_PROGRAM_COUNT; p++)
		for (size_t at = 0; at < deal->plan->programs[p].count; at++)
			emitted[deal->plan->programs[p].items[at].op]++;
}

/* What no deal of the tree asks for: paying a whole balance of a class with a schedule, a sign, abs, round, months.
 * Collected: 1300.00, 700.00, 1300.00, 8300.00.
 *   1: interest 200.00; due and paid 1000.00
 *   2: interest 180.00; due 1000.00, paid 520.00
 *   3: interest 169.60; due 480.00; from here on the whole balance: 1130.40 paid, so that much was due
 *   4: interest 146.992; all of 7349.60
 * A seventh of what is collected, to whole tens: 185.71, 100.00, 185.71, 1185.71. */
static const char rare[] =
	"<accounts><account id=\"cash\" receives=\"all\"/></accounts>\n"
	"<classes><class id=\"T\" size=\"10000.00\" coupon=\"8%\"><principal style=\"target\">"
	"<row period=\"1\" amount=\"9000.00\"/><row period=\"2\" amount=\"8000.00\"/><row period=\"4\" amount=\"0.00\"/>"
	"</principal></class>\n"
	"<class id=\"SUB\" size=\"500.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<fees><fee id=\"tens\" formula=\"round(pool.collected / 7, -1)\"/>"
	"<fee id=\"size\" formula=\"abs(-pool.income + 280.01 yuan)\"/></fees>\n"
	"<waterfalls><waterfall id=\"normal\"><pay what=\"T.interest\"/>"
	"<pay what=\"T.principal\" when=\"date at most deal.closing + 6 months\"/>"
	"<pay what=\"T.balance\" when=\"date above deal.closing + 6 months\"/>"
	"<pay what=\"tens size\"/><pay what=\"SUB.rest\"/></waterfall></waterfalls>\n";

START_TEST(every_instruction_is_emitted)
{
	static const weir_opcode wanted[] = { WEIR_DO_PAY_WHOLE, WEIR_DO_NEGATE, WEIR_DO_ABS, WEIR_DO_ROUND_TO,
		                              WEIR_DO_MONTHS_LATER };
	memset(emitted, 0, sizeof emitted);
	engine_open_text(&d, engine_text((const double[]){ 100000, 40000, 100000, 800000 },
	                                 (const double[]){ 30000, 30000, 30000, 30000 }, rare));
	count_instructions(&d);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		ck_assert_msg(emitted[wanted[i]] > 0, "%s is not emitted", weir_opcode_name(wanted[i]));
	engine_each_deal(count_instructions);
	for (int op = 0; op < WEIR_OPCODE_COUNT; op++)
		ck_assert_msg(emitted[op] > 0, "no deal emits %s", weir_opcode_name((weir_opcode)op));
}
END_TEST

START_TEST(rare_instructions_by_hand)
{
	static const struct {
		const char *name;
		double cents[4];
	} wanted[] = {
		{ "T.interest_paid", { 20000, 18000, 16960, 14699 } },
		{ "T.principal_due", { 100000, 100000, 113040, 734960 } },
		{ "T.principal_paid", { 100000, 52000, 113040, 734960 } },
		{ "T.principal_unpaid", { 0, 48000, 0, 0 } },
		{ "T.balance", { 900000, 848000, 734960, 0 } },
		{ "tens.due", { 19000, 10000, 19000, 119000 } },
		{ "size.due", { 1999, 1999, 1999, 1999 } },
	};
	engine_open_text(&d, engine_text((const double[]){ 100000, 40000, 100000, 800000 },
	                                 (const double[]){ 30000, 30000, 30000, 30000 }, rare));
	weir_block *block = engine_run(&d, NULL, 0);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		for (int p = 1; p <= 4; p++)
			ck_assert_msg(engine_value(&d, block, wanted[i].name, p) == wanted[i].cents[p - 1],
			              "%s in period %d: %.2f", wanted[i].name, p,
			              engine_value(&d, block, wanted[i].name, p) / 100);
	weir_block_destroy(block);
}
END_TEST

/* Operands and equations agree: what an equation sets is written, what it reads is read. */
START_TEST(the_list_of_instructions_is_sound)
{
	for (int op = 0; op < WEIR_OPCODE_COUNT; op++) {
		const char *equation = weir_opcode_equation((weir_opcode)op);
		ck_assert_uint_gt(strlen(equation), 3);
		for (const char *p = equation; *p; p++)
			if (p[0] == '%' && p[1] >= '0' && p[1] <= '6')
				ck_assert_msg(weir_opcode_access((weir_opcode)op, p[1] - '0') != 0,
				              "%s: operand %c is declared unused", weir_opcode_name((weir_opcode)op),
				              p[1]);
		if (strncmp(equation, "%0 = ", 5) == 0)
			ck_assert_msg(weir_opcode_access((weir_opcode)op, 0) & 2, "%s writes",
			              weir_opcode_name((weir_opcode)op));
	}
}
END_TEST

Suite *weir_suite_engine_plan(void)
{
	Suite *suite = suite_create("engine_plan");
	TCase *test = tcase_create("engine_plan");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, everything_named_has_its_register);
	tcase_add_test(test, parameters_are_what_may_be_set);
	tcase_add_loop_test(test, errors_have_text_code_and_place, 0, sizeof errors / sizeof *errors);
	tcase_add_loop_test(test, errors_of_accounts, 0, sizeof account_errors / sizeof *account_errors);
	tcase_add_loop_test(test, warnings_let_the_deal_compile, 0, sizeof warnings / sizeof *warnings);
	tcase_add_test(test, known_in_the_order_of_the_period);
	tcase_add_test(test, the_listing_reads_as_the_deal);
	tcase_add_test(test, every_instruction_is_emitted);
	tcase_add_test(test, rare_instructions_by_hand);
	tcase_add_test(test, the_list_of_instructions_is_sound);
	suite_add_tcase(suite, test);
	return suite;
}
