/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_strat.c: stratification through weir.h: percentages that add up, words in both languages, requests that are refused,
 * short memory. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/session.h"
#include "base/alloc.h"
#include "base/text.h"
#include "io_fixture.h"

Suite *weir_suite_api_strat(void);

static weir_session *session;

static void setup(void)
{
	io_enter();
	session = NULL;
}

static void teardown(void)
{
	weir_session_close(session);
	io_leave();
}

/* Opens io_deal with its pool replaced. */
static void open_with(const char *pool)
{
	static const char loan[] = "<contract id=\"B01\" kind=\"loan\" obligor=\"B01\" obligor-en=\"One\" amount=\"8000000.00\" "
	                           "rate=\"4.98%\"\n"
	                           "  repayment=\"bullet\" first-due=\"2023-06-25\" every=\"3 months\" instalments=\"4\"/>";
	char *text = io_replace(io_deal, loan, pool);
	weir_session_close(session);
	int status = weir_session_open(&session, io_write("deal.xml", text));
	free(text);
	ck_assert_msg(status == WEIR_EXIT_DONE, "%s", weir_session_message(session, 0, NULL));
}

#define LOAN(id, obligor, amount, rate, more)                                                                          \
	"<contract id=\"" id "\" kind=\"loan\" obligor=\"" obligor "\" obligor-en=\"" obligor "\" amount=\"" amount "\" "    \
	"rate=\"" rate "\" repayment=\"bullet\" first-due=\"2023-06-25\" every=\"3 months\" instalments=\"4\" " more "/>\n"

static void open_thirds(void)
{
	open_with(LOAN("L1", "O1", "3000000.00", "4%", "grade=\"AA\" industry=\"chips\"")
	          LOAN("L2", "O2", "3000000.00", "5%", "grade=\"AA\" industry=\"films\"")
	          LOAN("L3", "O2", "3000000.00", "5.01%", "grade=\"BB+\" industry=\"films\""));
}

static int strat(const char *by, const char *lang)
{
	weir_strat_request request = { .by = by, .lang = lang };
	return weir_session_strat(session, &request);
}

static void expect_csv(const char *table, const char *wanted)
{
	char *csv = weir_session_table(session, 0, table);
	ck_assert_msg(csv && strstr(csv, wanted), "no \"%s\" in\n%s", wanted, csv ? csv : "");
	weir_text_release(csv);
}

START_TEST(ties_in_the_largest_remainder)
{
	open_thirds();
	/* 33.333 % of contracts and of the amount: the first of the equal remainders gets the hundredth that is missing */
	static const char bands[] = "rate=4%,5%";
	const char *const own[] = { bands };
	weir_strat_request request = { .by = "rate", .bands = own, .band_count = 1 };
	ck_assert_int_eq(weir_session_strat(session, &request), WEIR_EXIT_DONE);
	expect_csv("strat", "1,rate,up to 4%,,,1,0.3334,1,3000000.00,3120000.00,0.3334,0.3334,0.04,");
	expect_csv("strat", "1,rate,over 4% to 5%,,,1,0.3333,1,3000000.00,3150000.00,0.3333,0.6667,0.05,");
	expect_csv("strat", "1,rate,over 5%,,,1,0.3333,1,3000000.00,3150300.00,0.3333,1,0.0501,");
	/* of the pool: (4 + 5 + 5.01) / 3; O2 has two thirds: 1/9 + 4/9; of the bands 3 x 1/9 */
	expect_csv("strat_measures", ",pool,rate-average,0.0467");
	expect_csv("strat_measures", ",pool,herfindahl,0.555556");
	expect_csv("strat_measures", ",pool,top1,0.666666666667");
	expect_csv("strat_measures", "1,rate,herfindahl,0.333333");
	expect_csv("strat_measures", "1,rate,effective-number,3.000000");
}
END_TEST

START_TEST(both_languages)
{
	open_thirds();
	ck_assert_int_eq(strat("industry,industry:rating", "both"), WEIR_EXIT_DONE);
	const char *told = weir_session_summary(session);
	ck_assert_ptr_nonnull(strstr(told, "Industry  Contracts        %  Obligors     Principal        %  Cumulative   Rate"));
	ck_assert_ptr_nonnull(strstr(told, "films             2   66.67%         1  6,000,000.00   66.67%      66.67%  5.01%"));
	ck_assert_ptr_nonnull(strstr(told, "Total             3  100.00%         2  9,000,000.00  100.00%           –  4.67%"));
	ck_assert_ptr_nonnull(strstr(told, "Industry  Grade  Contracts"));
	ck_assert_ptr_nonnull(strstr(told, "films     BB+            1   33.33%"));
	ck_assert_ptr_nonnull(strstr(told, "行业   信用等级  笔数"));
	ck_assert_ptr_nonnull(strstr(told, "合计                3   100.00%     2  9,000,000.00"));
	ck_assert_ptr_nonnull(strstr(told, "赫芬达尔指数：0.5556"));
	/* two obligors of three are no pair: chips has one, films one */
	expect_csv("strat_measures", "1,industry,same-pairs,0\n");
}
END_TEST

START_TEST(attributes_of_a_prospectus_that_the_pool_has)
{
	open_thirds();
	ck_assert_int_eq(strat(NULL, NULL), WEIR_EXIT_DONE);
	/* O1 with 3,000,000.00 is on an edge, O2 has 6,000,000.00 */
	expect_csv("strat", "1,obligor-balance,\"over 1,000,000 to 3,000,000\",,,1,");
	expect_csv("strat", "5,industry,films");
	char *csv = weir_session_table(session, 0, "strat");
	ck_assert_ptr_null(strstr(csv, "region"));
	ck_assert_ptr_null(strstr(csv, "ltv"));
	weir_text_release(csv);
}
END_TEST

static const char *last_message(void)
{
	size_t count = weir_session_message_count(session);
	return count ? weir_session_message(session, count - 1, NULL) : "";
}

static void refuse(weir_strat_request request, const char *wanted)
{
	ck_assert_int_eq(weir_session_strat(session, &request), WEIR_EXIT_INPUT);
	ck_assert_msg(strstr(last_message(), wanted) != NULL, "no \"%s\" in \"%s\"", wanted, last_message());
}

START_TEST(what_is_refused)
{
	static const char *const bands[] = { "rate=5%,5%", "rate=5", "industry=1", "rte=5%",
		                             "rate=",      "rate",   "ltv=150%,nan" };
	open_thirds();
	refuse((weir_strat_request){ .by = "industri" }, "no attribute \"industri\"; did you mean \"industry\"?");
	refuse((weir_strat_request){ .by = "zzz" }, "no attribute \"zzz\"; these are known: obligor-balance, term,");
	refuse((weir_strat_request){ .by = "" }, "no attribute \"\"");
	refuse((weir_strat_request){ .by = "grade," }, "no attribute \"\"");
	refuse((weir_strat_request){ .by = "grade:rating" }, "\"grade:rating\" cannot be crossed");
	refuse((weir_strat_request){ .by = "grade:rate:term:kind" }, "at most 3 attributes");
	refuse((weir_strat_request){ .by = "grade", .sort = "amont" }, "did you mean \"amount\"?");
	refuse((weir_strat_request){ .by = "grade", .weight = "x" }, "give principal or receivable");
	refuse((weir_strat_request){ .by = "grade", .lang = "fr" }, "give en, zh or both");
	refuse((weir_strat_request){ .by = "grade", .top = -1 }, "give 1 to 2000");
	static const char *const wanted[] = { "bands overlap at \"5%\"", "the end of a band cannot be \"5\"; give a rate",
		                              "\"industry\" is no number", "did you mean \"rate\"?",
		                              "the bands of \"rate\" are empty", "", "cannot be \"nan\"" };
	for (size_t i = 0; i < 7; i++)
		if (*wanted[i])
			refuse((weir_strat_request){ .bands = &bands[i], .band_count = 1 }, wanted[i]);
	weir_strat_request no_file = { .bands = &bands[5], .band_count = 1 }; /* "rate" without = is a file */
	ck_assert_int_eq(weir_session_strat(session, &no_file), WEIR_EXIT_IO);
}
END_TEST

static void refuse_file(const char *text, const char *wanted)
{
	const char *path = io_write("bands.csv", text);
	refuse((weir_strat_request){ .bands = &path, .band_count = 1 }, wanted);
}

START_TEST(files_of_bands)
{
	open_thirds();
	const char *path = io_write("bands.csv", "# ours\nbands,attribute\n4.5% 5%,rate\n\"12, 24\",term\n");
	weir_strat_request request = { .by = "rate", .bands = &path, .band_count = 1 };
	ck_assert_int_eq(weir_session_strat(session, &request), WEIR_EXIT_DONE);
	expect_csv("strat", "1,rate,over 4.5% to 5%,,,1,");
	refuse_file("attribute,bands\nrate,5% 4%\n", "bands.csv:2:6: error: bands overlap at \"4%\"");
	refuse_file("attribute,bands\nrate,5%\nrate,6%\n", "duplicate-id");
	refuse_file("attribute,bands\nregion,5%\n", "bands.csv:2:1: error: \"region\" is no number");
	refuse_file("attribute,band\nrate,5%\n", "missing-column");
	refuse_file("attribute,bands\nrate,\n", "bands");
	refuse_file("attribute,bands\n", "empty-tape");
}
END_TEST

/* --- random tapes ----------------------------------------------------------------------------------------------- */

static unsigned long long state;

static int dice(int sides)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int)((state >> 33) % (unsigned)sides);
}

static void write_tape(void)
{
	static const char *const words[] = { "a", "b, with a comma", "c", "=1+1", "软件", "AA+", "AA", "" };
	weir_text tape = { 0 };
	int rows = 1 + dice(90);
	weir_text_add(&tape, "id,kind,obligor,industry,region,grade,guarantee,amount,rate,repayment,start,first-due,every,"
	                     "instalments\n");
	for (int i = 0; i < rows; i++) {
		int obligor = dice(30);
		weir_text_printf(&tape, "C%d,loan,O%d,%s,\"%s\",\"%s\",\"%s\",", i, obligor, obligor % 3 ? "x" : "y",
		                 words[obligor % 8], words[dice(8)], words[dice(8)]);
		weir_text_printf(&tape, "%d.%02d,%d.%d%%,level-principal,2023-0%d-0%d,2023-08-1%d,%d months,%d\n",
		                 1 + dice(900000), dice(100), dice(12), dice(10), 1 + dice(7), 1 + dice(9), dice(10),
		                 1 + dice(6), 1 + dice(9));
	}
	io_write("tape.csv", tape.data);
	weir_text_free(&tape);
}

/* Every column of percentages makes 100 %, cumulated shares end there, and amounts make the pool. */
static void columns_foot(void)
{
	const weir_table *table = weir_results_table(session->results[0], "strat");
	double contracts = 0, shares = 0, principal = 0;
	ck_assert_uint_gt(table->row_count, 0);
	for (size_t r = 0; r < table->row_count; r++) {
		const weir_cell *row = weir_table_cell(table, r, 0);
		contracts += round(row[WEIR_COL_strat_contracts_share].number * 10000);
		shares += round(row[WEIR_COL_strat_share].number * 10000);
		principal += row[WEIR_COL_strat_principal].number;
		ck_assert_double_eq(round(row[WEIR_COL_strat_cumulative_share].number * 10000), shares);
		if (r + 1 < table->row_count &&
		    weir_table_cell(table, r + 1, WEIR_COL_strat_table)->number == row[WEIR_COL_strat_table].number)
			continue;
		ck_assert_double_eq(contracts, 10000);
		ck_assert_double_eq(shares, 10000);
		ck_assert_double_eq(principal, session->pool->principal_cents);
		contracts = shares = principal = 0;
	}
}

START_TEST(random_tapes)
{
	static const char *const lists[] = { NULL, "obligor,grade:rate,industry:region:guarantee", "balance,age,vintage,maturity",
		                             "frequency:term,rate-type,repayment,kind,trust,cover,guarantor,ip-holder" };
	for (unsigned long long seed = 1; seed <= 24; seed++) {
		state = seed * 99991;
		write_tape();
		open_with("<tape href=\"tape.csv\"/>");
		weir_strat_request request = { .by = lists[dice(4)],
			                       .top = dice(3) ? 0 : 1 + dice(5),
			                       .weight = dice(2) ? "receivable" : NULL,
			                       .sort = dice(2) ? "amount" : NULL };
		ck_assert_int_eq(weir_session_strat(session, &request), WEIR_EXIT_DONE);
		columns_foot();
	}
}
END_TEST

/* A stratification that counts another pool than the first, or whose shares are no whole, is not printed. */
START_TEST(tables_that_do_not_foot)
{
	static const int columns[] = { WEIR_COL_strat_contracts, WEIR_COL_strat_principal, WEIR_COL_strat_contracts_share,
		                       WEIR_COL_strat_share };
	open_thirds();
	ck_assert_int_eq(strat("industry,grade", NULL), WEIR_EXIT_DONE);
	weir_results *results = session->results[0];
	weir_table *table = results->tables[0];
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_OK);
	for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
		weir_cell *cell = &table->cells[3 * table->column_count + columns[c]]; /* the second table's last row */
		double kept = cell->number;
		cell->number += columns[c] == WEIR_COL_strat_contracts || columns[c] == WEIR_COL_strat_principal ? 1 : 0.0001;
		ck_assert_int_eq(weir_results_foot(results, &diags), WEIR_INTERNAL);
		ck_assert_ptr_nonnull(strstr(diags.items[0].text, "every stratification counts the whole pool"));
		cell->number = kept;
		weir_diags_free(&diags);
		diags = (weir_diags){ 0 };
	}
}
END_TEST

START_TEST(memory_may_be_short)
{
	int failed = 0;
	open_thirds();
	for (long n = 1;; n += 1 + n / 40) {
		weir_alloc_fail_from(n);
		int status = strat("grade:industry,rate,obligor", "both");
		weir_alloc_fail_from(0);
		if (status == WEIR_EXIT_DONE)
			break;
		ck_assert_int_eq(status, WEIR_EXIT_INTERNAL);
		failed++;
	}
	ck_assert_int_gt(failed, 40);
}
END_TEST

Suite *weir_suite_api_strat(void)
{
	Suite *suite = suite_create("api_strat");
	TCase *test = tcase_create("api_strat");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, ties_in_the_largest_remainder);
	tcase_add_test(test, both_languages);
	tcase_add_test(test, attributes_of_a_prospectus_that_the_pool_has);
	tcase_add_test(test, what_is_refused);
	tcase_add_test(test, files_of_bands);
	tcase_add_test(test, random_tapes);
	tcase_add_test(test, tables_that_do_not_foot);
	tcase_add_test(test, memory_may_be_short);
	suite_add_tcase(suite, test);
	return suite;
}
