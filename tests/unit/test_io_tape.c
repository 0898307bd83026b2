/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tapes: contracts, IP items and rows from CSV files, and what is said about broken ones. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io_fixture.h"

Suite *weir_suite_io_tape(void);

static weir_date day(const char *text)
{
	return weir_date_parse(text, strlen(text));
}

/* The small deal with `files` beside its inline contract. */
static io_load load_with(const char *files)
{
	char pool[256];
	snprintf(pool, sizeof pool, "<pool>%s", files);
	return io_load_with("<pool>", pool);
}

/* The small deal with a tape. */
static io_load load_tape(const char *tape)
{
	io_write("tape.csv", tape);
	return load_with("<tape href=\"tape.csv\"/>");
}

#define HEADER "id,kind,obligor,amount,rate,repayment,first-due,every,instalments"
#define LOAN "loan,B02,100.00,5%,bullet,2023-06-25,3 months,4"

START_TEST(a_tape_holds_all_kinds)
{
	io_load load = load_tape(
		"\xEF\xBB\xBFkind,id,obligor,obligor-zh,industry,amount,face,discount,royalty-first-year,"
		"principal-share,rate,"
		"repayment,first-due,every,instalments,guarantor,note\r\n"
		"loan,N1,X1,\"甲,乙\",制造业,\"1234567.89\",,,,,4.98%,level,2023-06-25,1 month,12,X2,\"says "
		"\"\"so\"\"\"\r\n"
		"\r\n"
		"receivable,V1,X2,丙,制造业,,900.00,7.2%,,,,,2023-12-01,,,,\r\n"
		"royalty,R1,X1,,,,,,2600.00,88%,,,2023-06-05,3 months,12,lender,\r\n");
	for (size_t i = 0; i < load.diags.count; i++)
		fprintf(stderr, "# %s\n", io_complaint(&load, i));
	ck_assert_int_eq(load.status, WEIR_OK);
	const weir_pool_terms *pool = &load.deal->pool;
	ck_assert_int_eq(pool->contract_count, 4);
	/* the tape comes first in the file, the inline contract after it */
	const weir_contract *loan = &pool->contracts[0], *bill = &pool->contracts[1],
		*royalty = &pool->contracts[2];
	ck_assert_str_eq(loan->id, "N1");
	ck_assert_double_eq(loan->amount_cents, 123456789);
	ck_assert_str_eq(loan->note, "says \"so\"");
	ck_assert_int_eq(loan->every_months, 1);
	ck_assert_str_eq(pool->obligors[loan->obligor].zh, "甲,乙");
	ck_assert_int_eq(loan->obligor, royalty->obligor);
	ck_assert_ptr_eq(pool->obligors[loan->obligor].industry,
		pool->obligors[bill->obligor].industry); /* one text */
	ck_assert_int_eq(loan->guarantor, bill->obligor); /* named before its own record */
	ck_assert_str_eq(pool->obligors[royalty->guarantor].id, "lender");
	ck_assert_int_eq(pool->obligors[royalty->guarantor].party, 0);
	ck_assert_int_eq(royalty->royalty, 0);
	ck_assert_double_eq(pool->royalties[0].royalty_first_year_cents, 260000);
	ck_assert(isnan(bill->discount_years) && bill->count == 1 && bill->royalty == -1);
	/* a contract points at its record: the second line, behind the mark and the header */
	unsigned line, column;
	weir_sources_locate(load.sources, loan->place, &line, &column);
	ck_assert(line == 2 && column == 1);
	weir_sources_locate(load.sources, bill->place, &line, &column);
	ck_assert(line == 4 && column == 1);
	io_free(&load);
}
END_TEST

/* One tape in the small deal and the only thing to say about it. */
static const struct {
	const char *tape, *complaint;
} faults[] = {
	{ HEADER ",colour\nC1," LOAN ",red\n", "tape.csv:1:67: error: *\"colour\"* [unknown-column]" },
	{ HEADER ",guarante\nC1," LOAN ",\n", "tape.csv:1:67: error: *\"guarante\"* [unknown-column]" },
	{ HEADER ",rate\nC1," LOAN ",5%\n", "tape.csv:1:67: error: *\"rate\"* [duplicate-column]" },
	{ "id,kind,amount\nC1,loan,5.00\n", "tape.csv:1:1: error: *\"obligor\"* [missing-column]" },
	{ HEADER "\nC1," LOAN ",9\n", "tape.csv:2:1: error: * [tape-columns]" },
	{ HEADER "\nC1,loan\n", NULL },
	{ HEADER "\n", "tape.csv:1:1: error: * [empty-tape]" },
	{ "", "tape.csv:1:1: error: * [empty-tape]" },
	{ HEADER "\n," LOAN "\n", "tape.csv:2:1: error: * [missing-attribute]" },
	{ HEADER "\nC1,loan,B02,\"1,000.00\",5%,bullet,2023-06-25,3 months,4\n",
		  "tape.csv:2:14: error: *\"1,000.00\"* [bad-amount]" },
	{ HEADER "\nC1,loan,B02,100.00,5,bullet,2023-06-25,3 months,4\n",
		  "tape.csv:2:20: error: *\"5\"* [bad-rate]" },
	{ HEADER "\nC1,loan,B02,100.00,5%,bulet,2023-06-25,3 months,4\n",
		  "tape.csv:2:23: error: *\"bulet\"* [bad-value]" },
	{ HEADER "\n  C1 , loan ,B02,100.00,5%,bullet,25/06/2023,3 months,4\n",
		  "tape.csv:2:35: error: *\"25/06/2023\"* [bad-date]" },
	{ HEADER "\nC1,loan,B02,100.00,,bullet,2023-06-25,3 months,4\n",
		  "tape.csv:2:1: error: *\"C1\"* [missing-attribute]" },
	{ HEADER ",through\nC1," LOAN ",trust9\n", "tape.csv:2:52: error: *\"trust9\"* [unknown-id]" },
	{ HEADER "\nB01," LOAN "\n", NULL }, /* the id of the inline contract */
	{ HEADER "\nC 1," LOAN "\n", "tape.csv:2:1: error: *\"C 1\"* [bad-id]" },
	{ HEADER "\nC1,loan,B\"2,1.00,5%,bullet,2023-06-25,3 months,4\n",
		  "tape.csv:2:10: error: * [tape-syntax]" },
	{ HEADER "\nC1,\"loan\"x,B2,1.00,5%,bullet,2023-06-25,3 months,4\n",
		  "tape.csv:2:10: error: * [tape-syntax]" },
	{ HEADER "\nC1,loan,\"B2,1.00,5%,bullet\n,2023-06-25,3 months,4\n",
		  "tape.csv:2:1: error: * [tape-syntax]" },
	{ "id;kind;obligor\nC1;loan;B2\n", NULL },
	{ HEADER "\nC1,loan,\xB0\xA1,1.00,5%,bullet,2023-06-25,3 months,4\n",
		  "tape.csv:2:9: error: the byte 0xB0 is not UTF-8 text; save the file with the encoding "
		"UTF-8 [not-utf8]" },
};

START_TEST(a_fault_is_said_once_at_its_place)
{
	io_load load = load_tape(faults[_i].tape);
	if (faults[_i].complaint)
		io_expect_only(&load, faults[_i].complaint);
	else
		ck_assert_int_eq(load.status, WEIR_INPUT);
	io_free(&load);
}
END_TEST

START_TEST(a_short_record_says_so_and_what_it_lacks)
{
	io_load load = load_tape(HEADER "\nC1,loan\nC2," LOAN "\n");
	io_expect(&load, "tape.csv:2:1: error: * [tape-columns]");
	ck_assert_uint_eq(load.diags.errors, 1);
	ck_assert_int_eq(load.deal->pool.contract_count, 2);
	io_free(&load);
}
END_TEST

START_TEST(a_semicolon_tape_is_explained)
{
	io_load load = load_tape("id;kind;obligor\nC1;loan;B2\n");
	io_expect(&load, "tape.csv:1:1: error: * [tape-syntax]");
	io_free(&load);
}
END_TEST

START_TEST(reading_goes_on_behind_bad_quotes)
{
	io_load load = load_tape(HEADER "\nC1,loan,B\"2,1.00\nC2," LOAN "\nC3,loan,B02,1.00,x,bullet,"
		"2023-06-25,3 months,4\n");
	io_expect(&load, "tape.csv:2:10: error: * [tape-syntax]");
	io_expect(&load, "tape.csv:4:18: error: *\"x\"* [bad-rate]");
	ck_assert_uint_eq(load.diags.errors, 2);
	io_free(&load);
}
END_TEST

START_TEST(duplicates_name_both_places)
{
	io_load load = load_tape(HEADER "\nC1," LOAN "\nC2," LOAN "\nC1," LOAN "\n");
	ck_assert_uint_eq(load.diags.errors, 1);
	ck_assert_int_eq(load.diags.items[0].code, WEIR_CODE_DUPLICATE_ID);
	ck_assert_ptr_nonnull(strstr(io_complaint(&load, 0), "tape.csv:4:1: error: the contract \"C1\""));
	ck_assert_ptr_nonnull(strstr(load.diags.items[0].text, "tape.csv:2:1;"));
	io_free(&load);
}
END_TEST

START_TEST(obligors_must_agree)
{
	io_load load = load_tape(HEADER ",obligor-en,region\nC1," LOAN ",Two,S\nC2," LOAN ",Too,S\n");
	io_expect_only(&load, "tape.csv:3:1: error: *\"B02\"* [contract-terms]");
	io_free(&load);
}
END_TEST

START_TEST(long_lists_of_faults_end)
{
	size_t size = 64 * 400;
	char *tape = malloc(size);
	ck_assert_ptr_nonnull(tape);
	strcpy(tape, HEADER "\n");
	char *at = tape + strlen(tape);
	for (int i = 0; i < 350; i++)
		at += sprintf(at, "C%d,loan,B02,1.00,5,bullet,2023-06-25,3 months,4\n", i);
	io_load load = load_tape(tape);
	/* 200 are listed; the 350 - 200 behind them are counted */
	ck_assert_uint_eq(load.diags.errors, 201);
	ck_assert_ptr_nonnull(strstr(io_complaint(&load, load.diags.count - 1),
	                             "150 more errors in this tape are not listed; correct the 200 above "
	"first"));
	io_free(&load);
	free(tape);
}
END_TEST

START_TEST(rows_come_from_a_second_file)
{
	io_write("rows.csv", "contract,row,date,principal,income,up-to,rate,amount,factor,share\n"
	                     "E1,,2023-08-08,40.00,1.00,,,,,\nR1,tier,,,,,2%,,,\nE1,instalment,2024-08-08,"
	"60.00,,,,,,\n"
	                     "R1,milestone,2024-01-01,,,,,5.00,,\nR1,tier,,,,100.00,3%,,,\n");
	io_write("tape.csv", "id,kind,obligor,amount,rate,repayment,sales-first-year,principal-share,"
		"first-due,every,instalments\n"
	                     "E1,loan,B02,100.00,5%,explicit,,,,,\nR1,royalty,B02,,,,900.00,50%,2023-06-05,3 "
	"months,4\n");
	io_load load = load_with("<tape href=\"tape.csv\"/><schedule href=\"rows.csv\"/>");
	for (size_t i = 0; i < load.diags.count; i++)
		fprintf(stderr, "# %s\n", io_complaint(&load, i));
	ck_assert_int_eq(load.status, WEIR_OK);
	const weir_pool_terms *pool = &load.deal->pool;
	const weir_contract *e = &pool->contracts[0], *r = &pool->contracts[1];
	ck_assert(e->row_count == 2 && e->count == 2 && r->row_count == 3);
	const weir_contract_row *rows = pool->rows + e->row_first;
	ck_assert(rows[0].a == 4000 && rows[0].b == 100 && rows[1].a == 6000 && isnan(rows[1].b));
	ck_assert(rows[1].date == day("2024-08-08"));
	rows = pool->rows + r->row_first; /* by use, then as given */
	ck_assert(rows[0].use == WEIR_ROW_TIER && isinf(rows[0].a) && rows[1].a == 10000 && rows[2].a == 500);
	io_free(&load);
}
END_TEST

START_TEST(bad_rows_are_said)
{
	io_write("rows.csv", "contract,row,date,principal\nB01,instalment,,40.00\nB07,instalment,2024-01-01,"
		"5.00\nB01,tears,,\n");
	io_load load = load_with("<schedule href=\"rows.csv\"/>");
	io_expect(&load, "rows.csv:2:1: error: * [missing-attribute]");
	io_expect(&load, "rows.csv:3:1: error: *\"B07\"* [unknown-id]");
	io_expect(&load, "rows.csv:4:5: error: *\"tears\"* [bad-value]");
	io_free(&load);
}
END_TEST

START_TEST(ip_terms_follow_kind_and_filing)
{
	static const struct {
		const char *line;
		const char *expires;
	} items[] = {
		/* IP.md section 1; the last day is the day before the anniversary */
		{ "P1,invention,2003-03-10,", "2023-03-09" },
		{ "P2,utility-model,2016-02-29,", "2026-02-27" }, /* 2016-02-29 + 10 years = 2026-02-28 */
		{ "P3,design,2021-05-31,", "2031-05-30" },
		{ "P4,design,2021-06-01,", "2036-05-31" },
		{ "P5,trademark,,2019-11-07", "2029-11-06" },
		{ "P6,copyright,2001-05-05,2003-07-09", "2053-12-31" },
		{ "P7,software,2001-05-05,", "2051-12-31" },
		{ "P8,layout,2018-08-08,", "2028-08-07" },
		{ "P9,data,,2022-01-01", "2024-12-31" },
		{ "P10,invention,,", "" }, /* without a date nothing follows */
	};
	char text[1024] = "# a comment\nid,kind,filed,granted\n";
	for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
		strcat(text, items[i].line);
		strcat(text, "\n");
	}
	io_write("ip.csv", text);
	io_load load = load_with("<ip href=\"ip.csv\"/>");
	ck_assert_int_eq(load.status, WEIR_OK);
	for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
		char date[11];
		const weir_ip *ip = &load.deal->pool.ip[i];
		ck_assert_str_eq(weir_date_format(ip->expires, date), items[i].expires);
		ck_assert_int_eq(ip->expires_derived, items[i].expires[0] != '\0');
	}
	/* one disclosure for each term without a confirmed source: both designs, trademark, copyright,
	 * software, layout, data */
	ck_assert_uint_eq(load.diags.count, 7);
	io_free(&load);
}
END_TEST

START_TEST(utf8_is_checked)
{
	static const struct {
		const char *text;
		size_t bad;
	} texts[] = {
		{ "plain text, long enough for words", 33 }, { "甲乙丙", 9 }, { "\xF0\x9F\x98\x80", 4 },
		{ "12345678\xC3", 8 },            /* cut off */
		{ "\xC0\x80", 0 },                /* overlong */
		{ "\xED\xA0\x80", 0 },            /* a surrogate */
		{ "\xF4\x90\x80\x80", 0 },        /* beyond U+10FFFF */
		{ "abc\x01" "defgh", 3 },         /* a control character */
		{ "1234567\x1F" "90", 7 },
		{ "\xE7\x94", 0 },
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		ck_assert_uint_eq(weir_utf8_check(texts[i].text, strlen(texts[i].text)), texts[i].bad);
	ck_assert_uint_eq(weir_utf8_check("a\0b", 3), 1);
}
END_TEST

Suite *weir_suite_io_tape(void)
{
	Suite *suite = suite_create("io_tape");
	TCase *tests = tcase_create("tape");
	tcase_add_checked_fixture(tests, io_enter, io_leave);
	tcase_add_test(tests, a_tape_holds_all_kinds);
	tcase_add_loop_test(tests, a_fault_is_said_once_at_its_place, 0, sizeof faults / sizeof *faults);
	tcase_add_test(tests, a_short_record_says_so_and_what_it_lacks);
	tcase_add_test(tests, a_semicolon_tape_is_explained);
	tcase_add_test(tests, reading_goes_on_behind_bad_quotes);
	tcase_add_test(tests, duplicates_name_both_places);
	tcase_add_test(tests, obligors_must_agree);
	tcase_add_test(tests, long_lists_of_faults_end);
	tcase_add_test(tests, rows_come_from_a_second_file);
	tcase_add_test(tests, bad_rows_are_said);
	tcase_add_test(tests, ip_terms_follow_kind_and_filing);
	tcase_add_test(tests, utf8_is_checked);
	suite_add_tcase(suite, tests);
	return suite;
}
