/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_io_market.c: market files: curves and spreads as read, and faults at their places. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_io_market(void);

#define START "<market xmlns=\"urn:weir:market:1\">\n"
#define END "\n</market>"
#define CURVE(attributes, points)                                                                               \
	START "<curve id=\"c\" date=\"2023-01-31\" day-count=\"ACT/365F\" interpolation=\"linear-zero\" " attributes \
	      ">" points "</curve>" END
#define GRADE(points) START "<spreads id=\"s\" date=\"2023-01-31\"><grade id=\"AA+\">" points "</grade></spreads>" END

/* Loads a market into a loaded small deal; `load` takes its complaints. */
static weir_market read_market(io_load *load, const char *text, weir_status wanted)
{
	weir_market market;
	ck_assert_int_eq(load->status, WEIR_OK);
	load->status = weir_market_load(&market, load->deal, io_write("market.xml", text), &load->diags);
	weir_diags_sort(&load->diags);
	if (load->status != wanted)
		for (size_t i = 0; i < load->diags.count; i++)
			fprintf(stderr, "# %s\n", io_complaint(load, i));
	ck_assert_int_eq(load->status, wanted);
	return market;
}

/* 31 January and a month is 28 February; 2 weeks are 14 days. Zero rates of 1.83 % and 2.41 % compounded quarterly. */
START_TEST(a_curve_as_written)
{
	io_load load = io_load_text(io_deal);
	weir_market m = read_market(
	        &load,
	        CURVE("quotes=\"zero\" compounding=\"quarterly\" frequency=\"2\" en=\"E\" zh=\"中\" source=\"S\" "
	              "label=\"third-party\" note=\"N\"",
	              "<point tenor=\"2 weeks\" rate=\"1.83%\"/><point tenor=\"1 month\" rate=\"2.41%\"/>"
	              "<point tenor=\"2 years\" rate=\"-15bp\"/>"),
	        WEIR_OK);
	ck_assert_int_eq(m.curve_count, 1);
	const weir_rate_curve *c = weir_market_curve(&m, "c");
	ck_assert_ptr_eq(c, &m.curves[0]);
	ck_assert(c->quotes == WEIR_QUOTE_ZERO && c->compounding == WEIR_COMPOUND_QUARTERLY && c->frequency == 2);
	ck_assert(c->interpolation == WEIR_CURVE_LINEAR_ZERO && c->label == WEIR_LABEL_THIRD_PARTY);
	ck_assert_str_eq(c->node.zh, "中");
	ck_assert_str_eq(c->source, "S");
	ck_assert_int_eq(c->count, 3);
	ck_assert_double_eq(c->years[0], 14 / 365.0);
	ck_assert_double_eq(c->years[1], 28 / 365.0);
	ck_assert_double_eq(c->years[2], 731 / 365.0); /* 2024 has a 29 February */
	ck_assert_double_eq(c->rates[2], -0.0015);
	ck_assert(c->tenors[1].step == 1 && c->tenors[1].unit == WEIR_STEP_MONTHS);
	ck_assert_double_eq_tol(weir_curve_rate(&c->curve, 0, 28 / 365.0, WEIR_COMPOUND_QUARTERLY), 0.0241, 1e-15);
	ck_assert_double_eq(weir_rate_curve_years(c, c->date + 73), 0.2);
	ck_assert_ptr_null(weir_market_curve(&m, "d"));
	io_free(&load);
}
END_TEST

START_TEST(spreads_as_written)
{
	io_load load = io_load_text(io_deal);
	weir_market m = read_market(&load,
	                            START "<spreads id=\"s\" date=\"2023-01-31\" label=\"assumption\"><grade id=\"AA+\">"
	                                  "<point years=\"0.75\" spread=\"45bp\"/><point years=\"2\" spread=\"0.7%\"/></grade>"
	                                  "<grade id=\"A-\"><point years=\"1\" spread=\"-5bp\"/></grade></spreads>"
	                                  "<spreads id=\"t\" date=\"2023-02-01\"><grade id=\"AAA(sf)\">"
	                                  "<point years=\"1\" spread=\"0\"/></grade></spreads>" END,
	                            WEIR_OK);
	ck_assert_int_eq(m.spreads_count, 2);
	const weir_spreads *s = weir_market_spreads(&m, "s");
	ck_assert_int_eq(s->grade_count, 2);
	ck_assert(s->label == WEIR_LABEL_ASSUMPTION);
	const weir_grade_spread *grade = weir_spreads_grade(s, "AA+");
	ck_assert_double_eq_tol(weir_grade_spread_at(grade, 1), 0.0045 + 0.0025 / 5, 1e-17); /* a fifth of the way */
	ck_assert_double_eq(weir_grade_spread_at(weir_spreads_grade(s, "A-"), 4), -0.0005);
	ck_assert_ptr_nonnull(weir_spreads_grade(weir_market_spreads(&m, "t"), "AAA(sf)"));
	ck_assert_ptr_null(weir_market_spreads(&m, "u"));
	io_free(&load);
}
END_TEST

/* The sample's numbers are assumptions, and it gives its own quotes back. */
START_TEST(the_sample_market)
{
	io_load load = io_load_path("deals/ex3-sale-leaseback/deal.xml");
	weir_market m;
	ck_assert_int_eq(load.status, WEIR_OK);
	ck_assert_int_eq(weir_market_load(&m, load.deal, "deals/ex3-sale-leaseback/market.xml", &load.diags), WEIR_OK);
	const weir_rate_curve *c = weir_market_curve(&m, "cgb");
	ck_assert(c->label == WEIR_LABEL_ASSUMPTION && m.spreads[0].label == WEIR_LABEL_ASSUMPTION);
	for (int i = 0; i < c->count; i++)
		ck_assert_double_eq_tol(weir_rate_curve_par(c, c->date, c->years[i]), c->rates[i], 1e-14);
	io_free(&load);
}
END_TEST

#define PAR "quotes=\"par\""
#define POINT "<point tenor=\"1 year\" rate=\"2%\"/>"

static const struct {
	const char *text, *wanted;
} faults[] = {
	{ CURVE("quotes=\"zero\"", POINT), "market.xml:2:1: error: the curve \"c\" does not say how its rates compound; *missing-attribute]" },
	{ CURVE(PAR " compounding=\"annual\"", POINT), "market.xml:2:1: error: the par rates of the curve \"c\" are coupons, *contract-terms]" },
	{ CURVE(PAR, POINT "\n<point tenor=\"12 months\" rate=\"2.1%\"/>"), "market.xml:3:1: error: this tenor is not longer than the one before it; *date-order]" },
	{ CURVE(PAR, "<point tenor=\"1 year\" rate=\"-130%\"/>"), "market.xml:2:*: error: with this rate the curve \"c\" has no discount factors*out-of-range]" },
	{ CURVE(PAR, "<point tenor=\"400 years\" rate=\"2%\"/>"), "market.xml:2:*: error: this tenor ends behind the year 2199*out-of-range]" },
	{ CURVE(PAR, "<point tenor=\"1 year\" rate=\"2\"/>"), "market.xml:2:*: error: \"2\" is not a rate; *bad-rate]" },
	{ CURVE(PAR, ""), "market.xml:2:*missing-element]" },
	{ CURVE("quotes=\"par\" frequency=\"3\"", POINT), "market.xml:2:*bad-value]" },
	{ CURVE("quotes=\"swap\"", POINT), "market.xml:2:*bad-value]" },
	{ GRADE("<point years=\"0\" spread=\"5bp\"/>"), "market.xml:2:*: error: the first life must lie above 0 years; *date-order]" },
	{ GRADE("<point years=\"2\" spread=\"5bp\"/><point years=\"1.5\" spread=\"5bp\"/>"), "market.xml:2:*: error: this life is not longer*date-order]" },
	{ START "<spreads id=\"s\" date=\"2023-01-31\"><grade id=\"AA\"><point years=\"1\" spread=\"5bp\"/></grade>"
	        "<grade id=\"AA\"><point years=\"1\" spread=\"6bp\"/></grade></spreads>" END, "market.xml:2:*duplicate-id]" },
	{ START "<spreads id=\"s\" date=\"2023-01-31\"><grade id=\"AA\"><point years=\"1\" spread=\"5bp\"/></grade></spreads>\n"
	        "<spreads id=\"s\" date=\"2023-01-31\"><grade id=\"AA\"><point years=\"1\" spread=\"5bp\"/></grade></spreads>" END,
	  "market.xml:3:*duplicate-id]" },
};

START_TEST(faults_have_places)
{
	io_load load = io_load_text(io_deal);
	read_market(&load, faults[_i].text, WEIR_INPUT);
	io_expect_only(&load, faults[_i].wanted);
	io_free(&load);
}
END_TEST

/* Whatever stands there and wherever memory ends: a status, no leak. */
START_TEST(memory_may_be_short)
{
	static const char text[] = CURVE(PAR, POINT "<point tenor=\"2 years\" rate=\"2.2%\"/>");
	int failed = 0;
	for (long n = 1;; n += 1 + n / 50) {
		io_load load = io_load_text(io_deal);
		weir_market m;
		const char *path = io_write("market.xml", text);
		weir_alloc_fail_from(n);
		weir_status status = weir_market_load(&m, load.deal, path, &load.diags);
		weir_alloc_fail_from(0);
		io_free(&load);
		if (status == WEIR_OK)
			break;
		ck_assert_int_eq(status, WEIR_NO_MEMORY);
		failed++;
	}
	ck_assert_int_gt(failed, 5);
}
END_TEST

Suite *weir_suite_io_market(void)
{
	Suite *suite = suite_create("io_market");
	TCase *test = tcase_create("io_market");
	tcase_add_checked_fixture(test, io_enter, io_leave);
	tcase_add_test(test, a_curve_as_written);
	tcase_add_test(test, spreads_as_written);
	tcase_add_test(test, the_sample_market);
	tcase_add_loop_test(test, faults_have_places, 0, sizeof faults / sizeof *faults);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
