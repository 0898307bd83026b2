/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money, decimals, rates and the rounding rule. Expected values are written out by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/money.h"

Suite *weir_suite_base_money(void);

static weir_parse parse_cents(const char *text, int digits, double *cents)
{
	return weir_cents_parse(text, strlen(text), digits, cents);
}

static weir_parse parse_rate(const char *text, double *rate)
{
	return weir_rate_parse(text, strlen(text), rate);
}

static void expect_cents(const char *text, int digits, double expected)
{
	double cents = -1;
	ck_assert_int_eq(parse_cents(text, digits, &cents), WEIR_PARSE_OK);
	ck_assert_double_eq(cents, expected);
}

static void expect_rate(const char *text, double expected)
{
	double rate = -1;
	ck_assert_msg(parse_rate(text, &rate) == WEIR_PARSE_OK, "\"%s\" is not read", text);
	ck_assert_msg(rate == expected, "\"%s\" is %.17g, not %.17g", text, rate, expected);
}

static void expect_no_rate(const char *text, weir_parse expected)
{
	double rate = -1;
	weir_parse result = parse_rate(text, &rate);
	ck_assert_msg(result == expected, "\"%s\" gives %d, not %d", text, (int)result, (int)expected);
}

START_TEST(cents_are_whole)
{
	expect_cents("36000000.00", 2, 3600000000.0);
	expect_cents("1234567.89", 2, 123456789);
	expect_cents("-0.07", 2, -7);
	expect_cents("+17.3", 2, 1730);
	expect_cents("0", 2, 0);
	expect_cents("41.5300", 2, 4153); /* zeros beyond the cent are no parts of a cent */
	expect_cents("987", 0, 987);      /* a currency without a minor unit */
	expect_cents("1.234", 3, 1234);   /* and one with thousandths */
}
END_TEST

START_TEST(cents_refuse_what_is_no_amount)
{
	static const struct {
		const char *text;
		weir_parse result;
	} bad[] = {
		{ "", WEIR_PARSE_SYNTAX },      { "-", WEIR_PARSE_SYNTAX },       { ".", WEIR_PARSE_SYNTAX },
		{ "12.", WEIR_PARSE_SYNTAX },   { "1,234", WEIR_PARSE_SYNTAX },   { "1.2.3", WEIR_PARSE_SYNTAX },
		{ " 12", WEIR_PARSE_SYNTAX },   { "12 ", WEIR_PARSE_SYNTAX },     { "1e3", WEIR_PARSE_SYNTAX },
		{ "--1", WEIR_PARSE_SYNTAX },   { "nan", WEIR_PARSE_SYNTAX },     { "1.005", WEIR_PARSE_DIGITS },
		{ "0.001", WEIR_PARSE_DIGITS }, { "22517998136852.49", WEIR_PARSE_RANGE },
		{ "99999999999999999999", WEIR_PARSE_RANGE },
		{ "9223372036854775807", WEIR_PARSE_RANGE }, /* INT64_MAX whole units overflow as cents */
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		double cents = -41;
		weir_parse result = parse_cents(bad[i].text, 2, &cents);
		ck_assert_msg(result == bad[i].result, "\"%s\" gives %d", bad[i].text, (int)result);
		ck_assert_double_eq(cents, -41); /* untouched */
	}
}
END_TEST

/* 2^51 = 2,251,799,813,685,248 cents is the last amount. */
START_TEST(cents_end_at_the_limit)
{
	double cents;
	expect_cents("22517998136852.48", 2, WEIR_CENTS_MAX);
	expect_cents("-22517998136852.48", 2, -WEIR_CENTS_MAX);
	ck_assert_int_eq(parse_cents("-22517998136852.49", 2, &cents), WEIR_PARSE_RANGE);
}
END_TEST

static void expect_written(double cents, int digits, const char *expected)
{
	char buffer[40];
	int length = weir_cents_format(cents, digits, buffer);
	ck_assert_str_eq(buffer, expected);
	ck_assert_int_eq(length, (int)strlen(expected));
}

START_TEST(cents_are_written_with_all_digits)
{
	expect_written(123456789, 2, "1234567.89");
	expect_written(7, 2, "0.07");
	expect_written(-7, 2, "-0.07");
	expect_written(-130, 2, "-1.30");
	expect_written(0, 2, "0.00");
	expect_written(-0.0, 2, "0.00");
	expect_written(0, 0, "0");
	expect_written(9870, 0, "9870");
	expect_written(1234, 3, "1.234");
	expect_written(WEIR_CENTS_MAX, 2, "22517998136852.48");
}
END_TEST

START_TEST(cents_survive_text)
{
	static const double amounts[] = { 1, -1, 99, 100, 101, 3600000000.0, -98765432109.0, WEIR_CENTS_MAX - 1 };
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		for (int digits = 0; digits <= 4; digits++) {
			char buffer[40];
			double back = 0;
			int length = weir_cents_format(amounts[i], digits, buffer);
			ck_assert_int_eq(weir_cents_parse(buffer, (size_t)length, digits, &back), WEIR_PARSE_OK);
			ck_assert_double_eq(back, amounts[i]);
		}
}
END_TEST

START_TEST(rates_carry_their_unit)
{
	expect_rate("3.59%", 0.0359);
	expect_rate("25bp", 0.0025);
	expect_rate("25BP", 0.0025);
	expect_rate("-17bps", -0.0017);
	expect_rate("2.5\xE2\x80\xB0", 0.0025); /* per mille */
	expect_rate("4.75 %", 0.0475);
	expect_rate("100%", 1);
	expect_rate("0", 0);
	expect_rate("0.00", 0);
	expect_rate("0.0000000001%", 1e-12);     /* the last of 12 places in natural units */
	expect_rate("3.59000000000000%", 0.0359); /* zeros behind them do not count */
}
END_TEST

START_TEST(rates_refuse_bare_numbers)
{
	expect_no_rate("3.59", WEIR_PARSE_UNIT);
	expect_no_rate("0.0359", WEIR_PARSE_UNIT);
	expect_no_rate("3.59 percent", WEIR_PARSE_UNIT);
	expect_no_rate("25b", WEIR_PARSE_UNIT);
	expect_no_rate("3%%", WEIR_PARSE_UNIT);
	expect_no_rate("%", WEIR_PARSE_SYNTAX);
	expect_no_rate("", WEIR_PARSE_SYNTAX);
	expect_no_rate("1.2.3%", WEIR_PARSE_SYNTAX);
	expect_no_rate("3.%", WEIR_PARSE_SYNTAX);
	expect_no_rate("0.00000000001%", WEIR_PARSE_DIGITS); /* 1e-13 */
	expect_no_rate("400001%", WEIR_PARSE_RANGE);
	expect_no_rate("-400001%", WEIR_PARSE_RANGE);
}
END_TEST

/* A rate is the double nearest to its decimal, whatever the unit it was written in. */
START_TEST(rates_in_any_unit_are_the_same_double)
{
	double percent, points;
	ck_assert_int_eq(parse_rate("0.0123%", &percent), WEIR_PARSE_OK);
	ck_assert_int_eq(parse_rate("1.23bp", &points), WEIR_PARSE_OK);
	ck_assert_double_eq(percent, points);
	ck_assert_double_eq(percent, 0.000123);
}
END_TEST

START_TEST(decimals_keep_units_and_scale)
{
	weir_decimal decimal;
	ck_assert_int_eq(weir_decimal_parse("-12.340", 7, &decimal), WEIR_PARSE_OK);
	ck_assert_int_eq(decimal.units, -12340);
	ck_assert_int_eq(decimal.scale, 3);
	ck_assert_double_eq(weir_decimal_double(decimal), -12.34);
	ck_assert_int_eq(weir_decimal_parse("12.34567", 5, &decimal), WEIR_PARSE_OK); /* the span ends at 12.34 */
	ck_assert_int_eq(decimal.units, 1234);
	ck_assert_int_eq(weir_decimal_parse("0.1234567890123456789", 21, &decimal), WEIR_PARSE_DIGITS); /* 19 places */
	ck_assert_int_eq(weir_decimal_parse("0.0000000000000000000", 21, &decimal), WEIR_PARSE_OK);
	ck_assert_int_eq(decimal.units, 0);
}
END_TEST

/* 9007199254740993 = 2^53 + 1 lies between two doubles; a tenth of it, 900719925474099.3, is nearest to
 * 900719925474099.25 (spacing 1/8). */
START_TEST(decimals_past_2_to_the_53)
{
	weir_decimal decimal = { 9007199254740993, 1 };
	ck_assert_double_eq(weir_decimal_double(decimal), 900719925474099.25);
	decimal.units = -decimal.units;
	ck_assert_double_eq(weir_decimal_double(decimal), -900719925474099.25);
}
END_TEST

START_TEST(half_goes_away_from_zero)
{
	ck_assert_double_eq(weir_round_half_away(0.5), 1);
	ck_assert_double_eq(weir_round_half_away(-0.5), -1);
	ck_assert_double_eq(weir_round_half_away(2.5), 3); /* not to even */
	ck_assert_double_eq(weir_round_half_away(-2.5), -3);
	ck_assert_double_eq(weir_round_half_away(1234.4999), 1234);
	ck_assert_double_eq(weir_round_half_away(-1234.5001), -1235);
	ck_assert_double_eq(weir_round_half_away(0.49999999999999994), 0); /* the double below a half: adding 0.5 errs */
	ck_assert_double_eq(weir_round_half_away(4503599627370495.5), 4503599627370496.0);
	ck_assert_double_eq(weir_round_half_away(4503599627370497.0), 4503599627370497.0);
	ck_assert_double_eq(weir_round_half_away(1e300), 1e300);
	ck_assert(isnan(weir_round_half_away(NAN))); /* a value that was complained about */
	ck_assert(isnan(weir_round_quad((weir_quad)NAN)));
}
END_TEST

/* 1,234,567 cents at 3.6 % for 1 of 8 years: 1,234,567 x 36 / 8000 = 5555.5515: not a tie.
 * 100 x 3.5 % x 1/7 = 0.5 exactly: a tie, though 0.035 is no double and 1/7 is none either. */
START_TEST(quad_rounding_decides_ties)
{
	weir_quad rate = weir_quad_from_decimal(0.035);
	ck_assert_double_eq(weir_round_quad((weir_quad)100 * rate * 1 / 7), 1);
	ck_assert_double_eq(weir_round_quad(-((weir_quad)100 * rate * 1 / 7)), -1);
	ck_assert_double_eq(weir_round_quad((weir_quad)1234567 * weir_quad_from_decimal(0.036) / 8), 5556);
	ck_assert_double_eq(weir_round_quad((weir_quad)7.4999), 7);
}
END_TEST

/* 30/360: 90,000,000.00 yuan at 4.115 % for 47 days is 9e9 x 0.04115 x 47 / 360 = 48,351,250 cents. Half a cent more
 * must go up; what lies 1e-12 below that must not. */
START_TEST(quad_rounding_is_exact_beside_a_tie)
{
	weir_quad tie = (weir_quad)96702501 / 2;
	ck_assert_double_eq(weir_round_quad((weir_quad)9e9 * weir_quad_from_decimal(0.04115) * 47 / 360), 48351250);
	ck_assert_double_eq(weir_round_quad(tie), 48351251);
	ck_assert_double_eq(weir_round_quad(-tie), -48351251);
	ck_assert_double_eq(weir_round_quad(tie - (weir_quad)1e-12), 48351250);
	ck_assert_double_eq(weir_round_quad(tie / 3 * 3), 48351251); /* a third and back: one rounding off at most */
}
END_TEST

/* Doubles get this one wrong: 1.005 is a little less than its decimal, so 100 x 1.005 in doubles is below 100.5. */
START_TEST(decimals_come_back_exact)
{
	ck_assert_double_lt(100 * 1.005, 100.5);
	ck_assert_double_eq(weir_round_quad(100 * weir_quad_from_decimal(1.005)), 101);
	ck_assert(weir_quad_from_decimal(0.25) == (weir_quad)0.25);
	ck_assert(weir_quad_from_decimal(0.1) * 10 - 1 < (weir_quad)1e-30);
	double third = 1.0 / 3; /* no decimal of 12 places: stays itself */
	ck_assert(weir_quad_from_decimal(third) == (weir_quad)third);
	ck_assert(weir_quad_from_decimal(1e250) == (weir_quad)1e250);
}
END_TEST

/* The sum of two doubles is often the neighbour of the decimal's double. */
START_TEST(rates_add_up)
{
	double sum = 0.1 + 0.2;
	ck_assert_double_ne(sum, 0.3);
	ck_assert_double_eq(weir_rate_normal(sum), 0.3);
	ck_assert_double_ne(0.0105 + 0.0025, 0.013);
	ck_assert_double_eq(weir_rate_normal(0.0105 + 0.0025), 0.013);
	ck_assert_double_eq(weir_rate_normal(-0.0125 - 0.0001), -0.0126);
}
END_TEST

/* Every decimal of 6 places between -2 % and 2 % is recognised, whatever way it was reached. */
START_TEST(decimals_round_trip)
{
	for (int units = -20000; units <= 20000; units += 7) {
		double rate = weir_decimal_double((weir_decimal){ units, 6 });
		ck_assert(weir_quad_from_decimal(rate) == (weir_quad)((int64_t)units * 1000000) / (weir_quad)1e12);
		ck_assert_double_eq(weir_rate_normal(rate), rate);
	}
}
END_TEST

Suite *weir_suite_base_money(void)
{
	Suite *suite = suite_create("base_money");
	TCase *texts = tcase_create("texts");
	tcase_add_test(texts, cents_are_whole);
	tcase_add_test(texts, cents_refuse_what_is_no_amount);
	tcase_add_test(texts, cents_end_at_the_limit);
	tcase_add_test(texts, cents_are_written_with_all_digits);
	tcase_add_test(texts, cents_survive_text);
	tcase_add_test(texts, rates_carry_their_unit);
	tcase_add_test(texts, rates_refuse_bare_numbers);
	tcase_add_test(texts, rates_in_any_unit_are_the_same_double);
	tcase_add_test(texts, decimals_keep_units_and_scale);
	tcase_add_test(texts, decimals_past_2_to_the_53);
	suite_add_tcase(suite, texts);
	TCase *rounding = tcase_create("rounding");
	tcase_add_test(rounding, half_goes_away_from_zero);
	tcase_add_test(rounding, quad_rounding_decides_ties);
	tcase_add_test(rounding, quad_rounding_is_exact_beside_a_tie);
	tcase_add_test(rounding, decimals_come_back_exact);
	tcase_add_test(rounding, rates_add_up);
	tcase_add_test(rounding, decimals_round_trip);
	suite_add_tcase(suite, rounding);
	return suite;
}
