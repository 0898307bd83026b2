/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_io_structure.c: structure files as read, and deals written again with other numbers (tests/bad has the faults). */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/deal_rewrite.h"
#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_io_structure(void);

#define COUNTER "tests/deals/greedy-counter-example/deal.xml"

static const char whole[] =
	"<structure xmlns=\"urn:weir:structure:1\" objective=\"cost\" lot=\"250000.00\" proceeds-least=\"43000000.50\" "
	"pricing=\"half\" note=\"assumption\">\n"
	"<scenarios href=\"sub/stress.xml\"/>\n"
	"<coupons market=\"market.xml\" curve=\"c\" spreads=\"s\" step=\"5bp\"/>\n"
	"<class id=\"B\" grade=\"AA+\" survives=\"half other.xml#x\" family=\"lease\" test=\"first-loss\" least=\"1000000.00\" "
	"most=\"30000000.00\" lot=\"500000.00\" wal-least=\"0.75\" wal-most=\"2.5\" expected-loss=\"45bp\"/>\n"
	"<class id=\"A\" expected-loss=\"table\"/>\n"
	"<rest class=\"OWN\" of=\"pool.balance_initial\" least=\"7.5%\"/>\n"
	"<choose name=\"A.coupon\" from=\"3%\" to=\"4%\" step=\"25bp\"/>\n"
	"<require formula=\"A.wal &lt; 3\"/>\n<require formula=\"missed = no\"/>\n"
	"<losses mean=\"4.2%\" deviation=\"3.1%\" points=\"17\" scenario=\"half\"/>\n</structure>";

static io_load load;
static weir_structure_terms terms;

static void setup(void)
{
	io_enter();
	load = io_load_path(COUNTER);
	ck_assert_int_eq(load.status, WEIR_OK);
}

static void teardown(void)
{
	io_free(&load);
	io_leave();
}

static int ends_with(const char *text, const char *end)
{
	return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

START_TEST(everything_as_written)
{
	ck_assert_int_eq(weir_structure_load(&terms, load.deal, io_write("structure.xml", whole), &load.diags), WEIR_OK);
	ck_assert_int_eq(terms.objective, WEIR_STRUCTURE_COST);
	ck_assert(terms.lot_cents == 25000000 && terms.proceeds_least_cents == 4300000050.0);
	ck_assert_str_eq(terms.pricing, "half");
	ck_assert(ends_with(terms.scenarios, "/sub/stress.xml")); /* beside the structure file */
	ck_assert(ends_with(terms.coupons.market, "/market.xml"));
	ck_assert(ends_with(terms.folder, "/"));
	ck_assert_str_eq(terms.coupons.curve, "c");
	ck_assert_str_eq(terms.coupons.spreads, "s");
	ck_assert_double_eq(terms.coupons.step, 0.0005);
	ck_assert_int_eq(terms.class_count, 2);
	const weir_sized_class *b = &terms.classes[0], *a = &terms.classes[1];
	ck_assert_int_eq(b->class_number, 1);
	ck_assert_str_eq(b->grade, "AA+");
	ck_assert_int_eq(b->survives.count, 2);
	ck_assert_str_eq(b->survives.items[1], "other.xml#x");
	ck_assert_int_eq(b->families.count, 1);
	ck_assert_int_eq(b->test, WEIR_STRUCTURE_FIRST_LOSS);
	ck_assert(b->least_cents == 100000000 && b->most_cents == 3000000000.0 && b->lot_cents == 50000000);
	ck_assert(b->wal_least_years == 0.75 && b->wal_most_years == 2.5);
	ck_assert(b->loss_most == 0.0045 && !b->loss_by_table);
	ck_assert_int_eq(a->class_number, 0);
	ck_assert(!a->grade && a->survives.count == 0 && a->test == WEIR_STRUCTURE_BOTH);
	ck_assert(isinf(a->most_cents) && isnan(a->lot_cents) && isnan(a->wal_least_years) && isnan(a->wal_most_years));
	ck_assert(a->loss_by_table && isnan(a->loss_most));
	ck_assert(terms.rest.class_number == 2 && terms.rest.least_share == 0.075);
	ck_assert_str_eq(terms.rest.of.text, "pool.balance_initial");
	ck_assert_int_eq(terms.choice_count, 1);
	ck_assert_str_eq(terms.choices[0].name, "A.coupon");
	ck_assert_str_eq(terms.choices[0].step, "25bp");
	ck_assert_int_eq(terms.limit_count, 2);
	ck_assert_str_eq(terms.limits[0].text, "A.wal < 3");
	ck_assert(terms.losses.mean == 0.042 && terms.losses.deviation == 0.031 && terms.losses.points == 17);
	ck_assert_str_eq(terms.losses.scenario, "half");
}
END_TEST

START_TEST(what_is_not_written)
{
	const char *text = "<structure xmlns=\"urn:weir:structure:1\" lot=\"10000.00\"><class id=\"A\"/></structure>";
	ck_assert_int_eq(weir_structure_load(&terms, load.deal, io_write("structure.xml", text), &load.diags), WEIR_OK);
	ck_assert_int_eq(terms.objective, WEIR_STRUCTURE_PROCEEDS);
	ck_assert(terms.proceeds_least_cents == 0 && !terms.scenarios && !terms.pricing && !terms.coupons.curve);
	ck_assert(terms.rest.class_number == -1 && terms.losses.points == 0 && terms.choice_count + terms.limit_count == 0);
}
END_TEST

/* A class that is owed nothing would survive everything. */
START_TEST(residual_classes_have_no_size)
{
	const char *text = "<structure xmlns=\"urn:weir:structure:1\" lot=\"10000.00\"><class id=\"OWN\" survives=\"half\"/>"
	                   "</structure>";
	ck_assert_int_eq(weir_structure_load(&terms, load.deal, io_write("structure.xml", text), &load.diags), WEIR_INPUT);
	ck_assert_ptr_nonnull(strstr(io_complaint(&load, load.diags.count - 1), "class \"OWN\" is owed nothing"));
}
END_TEST

/* Several faults are told at once. */
START_TEST(all_faults_at_once)
{
	const char *text = "<structure xmlns=\"urn:weir:structure:1\" lot=\"10000.00\"><class id=\"X\"/><class id=\"A\" least=\"9.00\" "
	                   "most=\"8.00\" wal-least=\"2\" wal-most=\"1\"/><losses mean=\"0%\" deviation=\"1%\"/></structure>";
	ck_assert_int_eq(weir_structure_load(&terms, load.deal, io_write("structure.xml", text), &load.diags), WEIR_INPUT);
	ck_assert_int_eq(load.diags.errors, 4);
}
END_TEST

START_TEST(loading_with_little_memory)
{
	const char *path = io_write("structure.xml", whole);
	int failed = 0;
	for (long n = 1;; n++) {
		weir_diags diags = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_structure_load(&terms, load.deal, path, &diags);
		weir_alloc_fail_from(0);
		weir_diags_free(&diags);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 10);
}
END_TEST

/* --- writing ---------------------------------------------------------------------------------------------------- */

static const char deal_text[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<deal xmlns=\"urn:weir:deal:1\" id='d' kind=\"abs\" currency=\"CNY\">\n"
	"<dates closing=\"2024-01-09\" start=\"2024-01-09\" legal-final=\"2026-07-09\">\n"
	"<payment first=\"2024-04-09\" every=\"3 months\" count=\"1\" adjust=\"none\" calendar=\"weekends\"/>\n"
	"<accrual day-count=\"1/1\" dates=\"unadjusted\"/><calculation offset=\"-2 business days\"/></dates>\n"
	"<pool><contract id=\"K1\" kind=\"loan\" obligor=\"O1\" obligor-en=\"中&amp;文\" amount=\"10000.00\" repayment=\"explicit\">"
	"<instalment date=\"2024-03-18\" principal=\"10000.00\" income=\"400.00\"/></contract></pool>\n"
	"<accounts><account id=\"cash\" receives=\"all\"/><reserve id=\"spare\" initial='5.00' target=\"months * 10.00\"/></accounts>\n"
	"<classes><class id=\"A\" size = \"8000.00\" coupon='3%'><principal style=\"pass-through\"/></class>\n"
	"<class id=\"SUB\" size=\"100.00\" rank=\"subordinated\"><principal style=\"residual\"/></class></classes>\n"
	"<fees><fee id=\"trustee\" amount=\"7.00\"/></fees>\n"
	"<values><value id=\"months\" formula=\"6\"/><value id=\"floor\" formula=\"50.00 yuan\"/><value id=\"part\" "
	"formula=\"2.5%\"/></values>\n"
	"<waterfalls><waterfall id=\"w\"><pay what=\"trustee A.interest\" limit=\"floor + part * pool.balance_initial\"/>"
	"<fill account=\"spare\"/><release account=\"spare\" to=\"cash\"/>"
	"<pay what=\"A.principal SUB.rest\"/></waterfall></waterfalls>\n"
	"</deal>\n";

/* Writes changes into a deal and gives the text; what stands beside them stays to the byte. */
static char *rewrite_of(io_load own, const weir_deal_change *changes, size_t count, weir_status wanted)
{
	weir_text text = { 0 };
	ck_assert_ptr_nonnull(own.deal);
	ck_assert_int_eq(weir_deal_rewrite(&text, own.sources, own.deal, changes, count, &own.diags), wanted);
	char *copy = wanted == WEIR_OK ? strdup(text.data) : strdup(io_complaint(&own, own.diags.count - 1));
	weir_text_free(&text);
	io_free(&own);
	return copy;
}

static char *rewrite(const weir_deal_change *changes, size_t count, weir_status wanted)
{
	return rewrite_of(io_load_text(deal_text), changes, count, wanted);
}

static char *replaced(const char *text, const char *old, const char *new)
{
	return io_replace(text, old, new);
}

START_TEST(numbers_in_their_places)
{
	static const struct {
		weir_deal_change change;
		const char *old, *new;
	} one[] = {
		{ { "A", "size", 790000050 }, "size = \"8000.00\"", "size = \"7900000.50\"" },
		{ { "A", "coupon", 0.0359 }, "coupon='3%'", "coupon='3.59%'" },
		{ { "A", "coupon", 0.04 }, "coupon='3%'", "coupon='4%'" },
		{ { "spare", "initial", 1234 }, "initial='5.00'", "initial='12.34'" },
		{ { "cash", "initial", 100 }, "<account id=\"cash\"", "<account id=\"cash\" initial=\"1.00\"" },
		{ { "trustee", "amount", 701 }, "amount=\"7.00\"", "amount=\"7.01\"" },
		{ { "months", "", 4.5 }, "formula=\"6\"", "formula=\"4.5\"" },
		{ { "floor", "", 6000 }, "formula=\"50.00 yuan\"", "formula=\"60.00 yuan\"" },
		{ { "part", "", 0.0275 }, "formula=\"2.5%\"", "formula=\"2.75%\"" },
	};
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		char *text = rewrite(&one[i].change, 1, WEIR_OK), *wanted = replaced(deal_text, one[i].old, one[i].new);
		ck_assert_str_eq(text, wanted);
		free(text);
		free(wanted);
	}
	const weir_deal_change all[] = { { "part", "", 0.03 }, { "A", "coupon", 0.05 }, { "A", "size", 100 } };
	char *text = rewrite(all, 3, WEIR_OK);
	ck_assert_ptr_nonnull(strstr(text, "size = \"1.00\" coupon='5%'"));
	ck_assert_ptr_nonnull(strstr(text, "formula=\"3%\"/></values>"));
	ck_assert_int_eq(strlen(text), strlen(deal_text) - strlen("8000.00") + strlen("1.00") - strlen("2.5%") + strlen("3%"));
	free(text);
}
END_TEST

/* Attributes whose names are not those of the numbers; each stands once in its deal. */
START_TEST(numbers_of_supports_and_fees)
{
	static const struct {
		const char *deal;
		weir_deal_change change;
		const char *old, *new;
	} one[] = {
		{ "shortfall-cap", { "payer", "cap", 712345 }, " cap=\"6000.00\"", " cap=\"7123.45\"" },
		{ "liquidity-facility", { "facility", "draw_rate", 0.0625 }, "draw-rate=\"6%\"", "draw-rate=\"6.25%\"" },
		{ "liquidity-facility", { "facility", "commitment_rate", 0.009 }, "commitment-rate=\"0.8%\"",
		  "commitment-rate=\"0.9%\"" },
		{ "coupon-and-fee-raised", { "servicer", "raised_rate", 0.0075 }, "raised-rate=\"0.5%\"",
		  "raised-rate=\"0.75%\"" },
		{ "coupon-and-fee-raised", { "handling", "raised_amount", 4441 }, "raised-amount=\"33.30\"",
		  "raised-amount=\"44.41\"" },
		{ "with-principal", { "vat", "surcharge.rate", 0.11 }, "surcharge=\"12%\"", "surcharge=\"11%\"" },
		{ "ledgers-reserve", { "SUB", "period_yield", 0.0175 }, "period-yield=\"2%\"", "period-yield=\"1.75%\"" },
	};
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		char path[256];
		snprintf(path, sizeof path, "tests/deals/%s/deal.xml", one[i].deal);
		io_load before = io_load_path(path);
		const weir_source *source = weir_sources_get(before.sources, before.deal->node.place);
		char *wanted = replaced(source->text, one[i].old, one[i].new);
		char *text = rewrite_of(io_load_path(path), &one[i].change, 1, WEIR_OK);
		ck_assert_str_eq(text, wanted);
		free(text);
		free(wanted);
		io_free(&before);
	}
}
END_TEST

START_TEST(the_last_change_of_a_number_counts)
{
	const weir_deal_change changes[] = { { "A", "coupon", 0.05 }, { "A", "size", 700000 }, { "A", "coupon", 0.02 } };
	char *text = rewrite(changes, 3, WEIR_OK), *size = replaced(deal_text, "8000.00", "7000.00");
	char *wanted = replaced(size, "'3%'", "'2%'");
	ck_assert_str_eq(text, wanted);
	free(text);
	free(size);
	free(wanted);
}
END_TEST

#define ROWS(a, b, c)                                                                                                  \
	"<row date=\"2024-04-09\" amount=\"" a "\"/><row period=\"2\" share=\"25%%\"/><row period=\"3\" "                       \
	"amount=\"" b "\"/><row period=\"4\" amount=\"" c "\"/></principal>"

/* 2,000.01, a quarter, 2,000.01 and 1,999.98 of 8,000.00. Of 9.30 they are 2.325011…, 2.325, 2.325011…, 2.324976…: 2.33,
 * 2.33 and 2.32 beside the quarter, 9.305 in all: half a cent too much, a cent off the last. A target keeps what its rows
 * come to: a balance is not added up. */
START_TEST(plans_by_amounts_move_with_the_size)
{
	static const struct {
		const char *style, *last;
	} styles[] = { { "planned", "2.31" }, { "target", "2.32" } };
	for (int i = 0; i < 2; i++) {
		char plan[512], wanted[512];
		snprintf(plan, sizeof plan, "<principal style=\"%s\">" ROWS("2000.01", "2000.01", "1999.98"), styles[i].style);
		snprintf(wanted, sizeof wanted, "size = \"9.30\" coupon='3%%'><principal style=\"%s\">" ROWS("2.33", "2.33", "%s"),
		         styles[i].style, styles[i].last);
		char *deal = replaced(deal_text, "<principal style=\"pass-through\"/>", plan);
		const weir_deal_change change = { "A", "size", 930 };
		char *text = rewrite_of(io_load_text(deal), &change, 1, WEIR_OK);
		ck_assert_msg(strstr(text, wanted) != NULL, "%s", text);
		free(deal);
		free(text);
	}
}
END_TEST

/* Amounts in a file of their own would stay behind. */
START_TEST(a_plan_in_a_file_cannot_move)
{
	const weir_deal_change sized = { "T", "size", 100000 }, coupon = { "T", "coupon", 0.02 };
	const char *path = "tests/deals/planned-and-target/deal.xml";
	char *said = rewrite_of(io_load_path(path), &sized, 1, WEIR_INPUT);
	ck_assert_msg(strstr(said, "the principal plan of class \"T\" stands by amounts in a file of its own") != NULL, "%s", said);
	free(said);
	free(rewrite_of(io_load_path(path), &coupon, 1, WEIR_OK));
}
END_TEST

START_TEST(numbers_without_a_place)
{
	static const weir_deal_change none[] = { { "X", "size", 1 }, { "A", "threshold", 1 }, { "months", "size", 1 } };
	for (int i = 0; i < 3; i++) {
		char *said = rewrite(&none[i], 1, WEIR_INPUT);
		ck_assert_msg(strstr(said, "stands in no place of its own") != NULL, "%s", said);
		free(said);
	}
}
END_TEST

START_TEST(writing_with_little_memory)
{
	io_load own = io_load_text(deal_text);
	const weir_deal_change changes[] = { { "A", "size", 100 }, { "cash", "initial", 100 } };
	int failed = 0;
	for (long n = 1;; n++) {
		weir_text text = { 0 };
		weir_diags diags = { 0 };
		weir_alloc_fail_from(n);
		weir_status status = weir_deal_rewrite(&text, own.sources, own.deal, changes, 2, &diags);
		weir_alloc_fail_from(0);
		weir_text_free(&text);
		weir_diags_free(&diags);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 1);
	io_free(&own);
}
END_TEST

Suite *weir_suite_io_structure(void)
{
	Suite *suite = suite_create("io/structure");
	TCase *all = tcase_create("structure");
	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, everything_as_written);
	tcase_add_test(all, what_is_not_written);
	tcase_add_test(all, residual_classes_have_no_size);
	tcase_add_test(all, all_faults_at_once);
	tcase_add_test(all, loading_with_little_memory);
	tcase_add_test(all, numbers_in_their_places);
	tcase_add_test(all, numbers_of_supports_and_fees);
	tcase_add_test(all, the_last_change_of_a_number_counts);
	tcase_add_test(all, plans_by_amounts_move_with_the_size);
	tcase_add_test(all, a_plan_in_a_file_cannot_move);
	tcase_add_test(all, numbers_without_a_place);
	tcase_add_test(all, writing_with_little_memory);
	suite_add_tcase(suite, all);
	return suite;
}
