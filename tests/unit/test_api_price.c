/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_price.c: prices against a curve through weir.h: spreads, key rates, price-yield tables, calls, indexed pools. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io_fixture.h"

Suite *weir_suite_api_price(void);

#define TWO_FIRMS "tests/deals/two-firms/deal.xml"
#define LEASEBACK "deals/ex3-sale-leaseback/deal.xml"
#define CURVE(date, points)                                                                             \
	"<market xmlns=\"urn:weir:market:1\"><curve id=\"c\" date=\"" date "\" quotes=\"zero\" compounding=\"annual\" " \
	"day-count=\"ACT/365F\" interpolation=\"log-linear-discount\">" points "</curve></market>"
#define FLAT(date, rate) CURVE(date, "<point tenor=\"1 year\" rate=\"" rate "\"/>")

static weir_session *session;
static char *csv;

static void setup(void)
{
	io_enter();
	session = NULL;
	csv = NULL;
}

static void teardown(void)
{
	weir_text_release(csv);
	weir_session_close(session);
	io_leave();
}

static void open_deal(const char *path)
{
	ck_assert_int_eq(weir_session_open(&session, path), WEIR_EXIT_DONE);
}

static void price(const weir_price_request *request)
{
	int exit = weir_session_price(session, request);
	size_t count = weir_session_message_count(session);
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%s", count ? weir_session_message(session, count - 1, NULL) : "");
}

/* The field of a table's column in the row whose first fields are `row` ("base,A1"); "" when it is empty. */
static const char *field(const char *table, const char *row, const char *column)
{
	static char found[200];
	int number = -1, k = 0;
	weir_text_release(csv);
	csv = weir_session_table(session, 0, table);
	ck_assert_msg(csv != NULL, "no table %s", table);
	const char *c = csv, *line = csv;
	for (;; c++) {
		size_t length = strcspn(c, ",\n");
		if (length == strlen(column) && strncmp(c, column, length) == 0)
			number = k;
		k++;
		c += length;
		if (*c == '\n')
			break;
	}
	ck_assert_msg(number >= 0, "no column %s", column);
	while (line && (strncmp(line, row, strlen(row)) != 0 || line[strlen(row)] != ',')) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	ck_assert_msg(line && *line, "no row %s in\n%s", row, csv);
	for (k = 0; k < number; k++)
		line += strcspn(line, ",\n") + 1;
	snprintf(found, sizeof found, "%.*s", (int)strcspn(line, ",\n"), line);
	return found;
}

static double number(const char *table, const char *row, const char *column)
{
	const char *text = field(table, row, column);
	return *text ? atof(text) : NAN;
}

/* Under a flat curve of 2 %, compounded and counted as the yield, every spread is the yield less 2 %; and back. */
START_TEST(a_flat_curve)
{
	char path[300];
	snprintf(path, sizeof path, "%s", io_write("m.xml", FLAT("2025-03-20", "2%")));
	weir_price_request request = { .class_id = "A", .price = "101.25", .curve = path };
	open_deal(TWO_FIRMS);
	price(&request);
	double yield = number("price", "A", "yield");
	ck_assert_double_eq_tol(number("price", "A", "z_spread"), yield - 0.02, 2e-10);
	ck_assert_double_eq_tol(number("price", "A", "spread_duration"), number("price", "A", "modified"), 2e-6);
	ck_assert_double_eq_tol(number("price", "A", "effective_duration"), number("price", "A", "modified"), 1e-4);
	ck_assert_double_eq_tol(number("price", "A", "nominal_spread"), yield - 0.02, 2e-10);
	ck_assert_double_eq_tol(number("price", "A", "curve_yield"), 0.02, 1e-10);
	ck_assert(number("price", "A", "z_spread") < 0);
	ck_assert_double_eq_tol(number("key_rates", "base,A,all", "duration"), number("price", "A", "spread_duration"), 1e-6);
	ck_assert_str_eq(field("price", "A", "curve"), "c");
	ck_assert_str_eq(field("price", "A", "yield_to_call"), "");
	ck_assert_double_eq(number("price", "A", "yield_to_maturity"), yield);
	request.price = NULL;
	request.spread = "150bp";
	price(&request);
	ck_assert_double_eq_tol(number("price", "A", "yield"), 0.035, 2e-10);
	ck_assert_double_eq_tol(number("price", "A", "z_spread"), 0.015, 2e-10);
}
END_TEST

#define ZEROS                                                                                           \
	"<point tenor=\"3 months\" rate=\"1.9%\"/><point tenor=\"1 year\" rate=\"2.1%\"/><point tenor=\"2 years\" " \
	"rate=\"2.25%\"/><point tenor=\"5 years\" rate=\"2.6%\"/>"

/* The Z-spread, yield, modified duration and convexity of ex3's class A3 at 101.70, on zero rates of 1.9 % to 2.6 %, as
 * QuantLib 1.29 gives them for the same payments (CashFlows::zSpread, yieldRate, duration, convexity; ZeroCurve with Linear,
 * DiscountCurve). */
START_TEST(quantlib_agrees)
{
	static const struct {
		const char *compounding;
		double linear, log_linear, yield, modified, convexity;
	} wanted[] = {
		{ "annual", 0.025078836275, 0.024588440794, 0.047834962457, 1.902960, 5.951423 },
		{ "semi-annual", 0.024648095286, 0.024163249572, 0.047276202623, 1.947942, 5.284629 },
		{ "continuous", 0.024225045006, 0.023745684755, 0.046726094926, 1.993988, 4.540425 },
	};
	char path[300];
	open_deal(LEASEBACK);
	for (int k = 0; k < 6; k++) {
		char *linear = io_replace(CURVE("2022-03-28", ZEROS), "log-linear-discount", "linear-zero");
		snprintf(path, sizeof path, "%s", io_write("m.xml", k % 2 ? linear : CURVE("2022-03-28", ZEROS)));
		free(linear);
		weir_price_request request = { .class_id = "A3",
			                       .price = "101.7",
			                       .curve = path,
			                       .compounding = wanted[k / 2].compounding };
		price(&request);
		ck_assert_double_eq_tol(number("price", "A3", "z_spread"),
		                        k % 2 ? wanted[k / 2].linear : wanted[k / 2].log_linear, 1.1e-10);
		ck_assert_double_eq_tol(number("price", "A3", "yield"), wanted[k / 2].yield, 1.1e-10);
		ck_assert_double_eq_tol(number("price", "A3", "modified"), wanted[k / 2].modified, 1.1e-6);
		ck_assert_double_eq_tol(number("price", "A3", "convexity"), wanted[k / 2].convexity, 1.1e-6);
	}
}
END_TEST

/* The rows of prices give their yields, which give the prices back. */
START_TEST(prices_and_yields)
{
	weir_price_request request = { .class_id = "A3", .prices = "98.5:101.5:1.5", .curve = "cgb" };
	open_deal(LEASEBACK);
	price(&request);
	char *table = weir_session_table(session, 0, "price_yield"), yield[40];
	size_t lines = 0;
	for (const char *c = table; *c; c++)
		lines += *c == '\n';
	weir_text_release(table);
	ck_assert_uint_eq(lines, 1 + 3);
	static const char *const prices[] = { "base,A3,98.500000", "base,A3,100.000000", "base,A3,101.500000" };
	for (int i = 0; i < 3; i++) {
		snprintf(yield, sizeof yield, "%.8f%%", 100 * number("price_yield", prices[i], "yield"));
		weir_price_request back = { .class_id = "A3", .yield = yield };
		price(&back);
		ck_assert_double_eq_tol(number("price", "A3", "clean"), 98.5 + 1.5 * i, 1e-6);
		price(&request);
	}
}
END_TEST

/* At the market of the sample every rated class stands at its grade's spread over the curve's yield for its WAL; the
 * subordinated class has no grade. */
START_TEST(spreads_by_grade)
{
	weir_price_request request = { .curve = "cgb", .spreads = "abs" };
	open_deal(LEASEBACK);
	price(&request);
	/* A1: 250 million in two halves after 184 and 365 days, WAL 0.752055; 290 bp at half a year, 300 at one */
	double wal = number("price", "A1", "wal");
	ck_assert_double_eq_tol(wal, (184 / 365.0 + 1) / 2, 1e-6);
	ck_assert_double_eq_tol(number("price", "A1", "nominal_spread"), 0.029 + 0.001 * (wal - 0.5) / 0.5, 1e-8);
	ck_assert_double_eq_tol(number("price", "A1", "yield"),
	                        number("price", "A1", "curve_yield") + number("price", "A1", "nominal_spread"), 2e-10);
	ck_assert_str_eq(field("price", "SUB", "flag"), "no-grade");
	ck_assert_str_eq(field("price", "SUB", "clean"), "");
	size_t count = weir_session_message_count(session), told = 0;
	int severity;
	for (size_t i = 0; i < count; i++)
		told += strstr(weir_session_message(session, i, &severity), "is an assumption: made up") && severity == 2;
	ck_assert_uint_eq(told, 2);
}
END_TEST

/* Forward balances start with what is outstanding at settlement and follow the class's payments. A1 of the sample is 250
 * million, half of it repaid on 2022-09-28, the rest on 2023-03-28. */
START_TEST(forward_balances)
{
	weir_price_request request = { .class_id = "A1", .settlement = "2022-10-15" };
	open_deal(LEASEBACK);
	price(&request);
	ck_assert_str_eq(field("forward_balances", "base,A1,", "balance"), "125000000.00");
	ck_assert_str_eq(field("forward_balances", "base,A1,", "date"), "2022-10-15");
	ck_assert_str_eq(field("forward_balances", "base,A1,2", "principal"), "125000000.00");
	ck_assert_str_eq(field("forward_balances", "base,A1,2", "factor"), "0.0000000000");
}
END_TEST

/* A call repays early: its yield is that of the payments as called, the yield to maturity that of the run without calls. */
START_TEST(calls)
{
	weir_price_request request = { .price = "99" };
	open_deal("tests/deals/clean-up-call/deal.xml");
	price(&request);
	const char *sets[] = { "calls.off=yes" };
	double as_called = number("price", "A", "yield_to_call"), held = number("price", "A", "yield_to_maturity");
	ck_assert_double_eq(number("price", "A", "yield"), as_called);
	ck_assert(as_called > held); /* below par, repaid early */
	ck_assert_str_eq(field("price", "A", "call_date"), "2024-07-09");
	request.sets = sets;
	request.set_count = 1;
	price(&request);
	ck_assert_double_eq_tol(number("price", "A", "yield_to_maturity"), held, 1e-10);
	ck_assert_str_eq(field("price", "A", "yield_to_call"), "");
}
END_TEST

/* Four floating loans pass to the classes what they bring: what rests on the index moves with the curve, so a class that
 * takes the rest is shorter than its payments, held, would be; class A, with a coupon of its own, is not. */
START_TEST(indexed_pools_are_projected_again)
{
	char path[300];
	snprintf(path, sizeof path, "%s", io_write("m.xml", FLAT("2020-01-01", "2%")));
	weir_price_request request = { .curve = path };
	open_deal("tests/deals/floating-loans/deal.xml");
	price(&request);
	ck_assert(number("price", "SUB", "effective_duration") < number("price", "SUB", "spread_duration") - 0.5);
	ck_assert_double_eq_tol(number("price", "A", "effective_duration"), number("price", "A", "spread_duration"), 0.01);
}
END_TEST

START_TEST(what_it_refuses)
{
	static const struct {
		weir_price_request request;
		const char *message;
	} wrong[] = {
		{ { .spread = "1%" }, "a spread needs the curve that it is over" },
		{ { .spreads = "abs" }, "a spread needs the curve that it is over" },
		{ { .spread = "1", .curve = "cgb" }, "\"1\" is no spread; write it with its unit" },
		{ { .spread = "1%", .price = "100", .curve = "cgb" }, "each say what a class is worth; give one of them" },
		{ { .curve = "cgc" }, "there is no curve \"cgc\" in \"deals/ex3-sale-leaseback/market.xml\"; did you mean \"cgb\"?" },
		{ { .curve = "nowhere.xml" }, "cannot read \"nowhere.xml\"" },
		{ { .curve = "cgb", .spreads = "ab" }, "there is no list of spreads \"ab\"" },
		{ { .yield = "-100%" }, "nothing has a price; give one above -100%" },
		{ { .yield = "-400.1%", .compounding = "quarterly" }, "nothing has a price; give one above -400%" },
		{ { .prices = "101:99:1" }, "\"101:99:1\" is no row of prices; write FROM:TO:STEP" },
		{ { .prices = "99:101" }, "is no row of prices" },
		{ { .prices = "99:101:1:1" }, "is no row of prices" },
		{ { .prices = "99:101:0" }, "is no row of prices" },
		{ { .prices = "1:1000:0.001" }, "makes more than 10000 prices" },
	};
	open_deal(LEASEBACK);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		int exit = weir_session_price(session, &wrong[i].request);
		size_t count = weir_session_message_count(session);
		ck_assert(exit == WEIR_EXIT_INPUT || exit == WEIR_EXIT_IO);
		ck_assert_uint_gt(count, 0);
		const char *message = weir_session_message(session, count - 1, NULL);
		ck_assert_msg(strstr(message, wrong[i].message) != NULL, "%s", message);
	}
}
END_TEST

START_TEST(memory_may_be_short)
{
	weir_price_request request = { .curve = "cgb", .prices = "99:101:1" };
	int failed = 0;
	open_deal("deals/ex3-sale-leaseback/deal.xml");
	for (long n = 1;; n += 1 + n / 20) {
		weir_alloc_fail_from(n);
		int exit = weir_session_price(session, &request);
		weir_alloc_fail_from(0);
		if (exit == WEIR_EXIT_DONE)
			break;
		ck_assert_int_eq(exit, WEIR_EXIT_INTERNAL);
		failed++;
	}
	ck_assert_int_gt(failed, 20);
	price(&request);
}
END_TEST

Suite *weir_suite_api_price(void)
{
	Suite *suite = suite_create("api_price");
	TCase *test = tcase_create("api_price");
	tcase_set_timeout(test, 60);
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, a_flat_curve);
	tcase_add_test(test, quantlib_agrees);
	tcase_add_test(test, prices_and_yields);
	tcase_add_test(test, spreads_by_grade);
	tcase_add_test(test, forward_balances);
	tcase_add_test(test, calls);
	tcase_add_test(test, indexed_pools_are_projected_again);
	tcase_add_test(test, what_it_refuses);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
