/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios that are put together: includes in one file and several, families, and the files that come with weir. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "io/file.h"
#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_io_scenario_files(void);

#define START "<scenarios xmlns=\"urn:weir:scenarios:1\">\n"
#define END "\n</scenarios>"

/* Loads a file by its path, or a shipped one by its name. */
static weir_scenarios load_scenarios(io_load *load, const char *path, weir_status wanted)
{
	weir_scenarios scenarios;
	ck_assert_int_eq(load->status, WEIR_OK);
	load->status = weir_scenarios_load(&scenarios, load->deal, path, &load->diags);
	weir_diags_sort(&load->diags);
	if (load->status != wanted)
		for (size_t i = 0; i < load->diags.count; i++)
			fprintf(stderr, "# %s\n", io_complaint(load, i));
	ck_assert_int_eq(load->status, wanted);
	return scenarios;
}

static weir_scenarios read_scenarios(io_load *load, const char *text, weir_status wanted)
{
	return load_scenarios(load, io_write("scenarios.xml", text), wanted);
}

/* Values of a scenario's shocks, one after the other. */
static void expect_values(const weir_scenarios *scenarios, const char *id, const double *values, int count)
{
	const weir_scenario *scenario = weir_scenarios_find(scenarios, id);
	ck_assert_ptr_nonnull(scenario);
	ck_assert_int_eq(scenario->shock_count, count);
	for (int i = 0; i < count; i++)
		ck_assert_msg(scenario->shocks[i].value == values[i], "%s: shock %d is %.17g", id, i,
			scenario->shocks[i].value);
}

#define EXPECT(scenarios, id, ...)                                                                  \
	expect_values(scenarios, id, (const double[]){ __VA_ARGS__ },                               \
		(int)(sizeof((const double[]){ __VA_ARGS__ }) / sizeof(double)))

/* --- includes --------------------------------------------------------------------------------------------------- */

START_TEST(included_shocks_come_first)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load, START
		"<scenario id=\"c\" include=\"b a\"><rate add=\"31bp\"/></scenario>"
		"<scenario id=\"a\"><rate add=\"17bp\"/><rate add=\"18bp\"/></scenario>"
		"<scenario id=\"b\" include=\"a\"><rate add=\"23bp\"/></scenario>"
		"<scenario id=\"over\" base=\"a\"><rate add=\"41bp\"/></scenario>"
		"<scenario id=\"with\" include=\"b over\" base=\"d\"/>"
		"<scenario id=\"d\"><rate add=\"51bp\"/></scenario>" END, WEIR_OK);
	EXPECT(&s, "a", 0.0017, 0.0018);
	EXPECT(&s, "b", 0.0017, 0.0018, 0.0023);
	EXPECT(&s, "c", 0.0017, 0.0018, 0.0023, 0.0031); /* "a" once */
	EXPECT(&s, "over", 0.0017, 0.0018, 0.0041);
	EXPECT(&s, "with", 0.0051, 0.0017, 0.0018, 0.0023, 0.0041); /* its own base, not that of "over" */
	ck_assert_uint_eq(load.diags.count, 0);
	io_free(&load);
}
END_TEST

/* Makes folders below the test's. */
static void make_folder(const char *name)
{
	char path[256];
	snprintf(path, sizeof path, "%s", io_write("mark", ""));
	strcpy(strrchr(path, '/') + 1, name);
	ck_assert_int_eq(mkdir(path, 0700), 0);
}

START_TEST(files_include_files)
{
	make_folder("bank");
	make_folder("bank/house");
	io_write("bank/all.xml", START "<scenario id=\"x\" include=\"house/one.xml#y\"><rate add=\"7bp\"/></scenario>"
		"<scenario id=\"unused\"><receipts factor=\"3%\" obligor=\"NOBODY\"/></scenario>" END);
	io_write("bank/house/one.xml", START "<scenario id=\"y\"><rate add=\"3bp\"/></scenario>" END);
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load, START
		"<scenario id=\"S\" include=\"bank/all.xml#x bank/house/one.xml#y\"><rate add=\"11bp\"/></scenario>"
		"<scenario id=\"T\" include=\"bank/all.xml#x\"/>" END, WEIR_OK);
	EXPECT(&s, "S", 0.0003, 0.0007, 0.0011);
	EXPECT(&s, "T", 0.0003, 0.0007);
	ck_assert_int_eq(s.count, 2);
	io_free(&load);
}
END_TEST

/* Faults of a scenario file beside another.xml, which has the scenario "x" and is in a circle with "back". */
static const struct {
	const char *text, *complaint;
} faults[] = {
	{ "<scenario id=\"a\" include=\"b\"/>", "scenarios.xml:2:27: error: *\"b\" in *scenarios.xml\"* [unknown-scenario]" },
	{ "<scenario id=\"a\" include=\"stress\"/><scenario id=\"stess\"/>",
	  "scenarios.xml:2:27: error: *mean \"stess\"* [unknown-scenario]" },
	{ "<scenario id=\"a\" include=\"a\"/>", "scenarios.xml:2:27: error: *\"a\" > \"a\"* [include-cycle]" },
	{ "<scenario id=\"a\" include=\"b\"/><scenario id=\"b\" include=\"c\"/><scenario id=\"c\" include=\"x1 a\"/>"
	  "<scenario id=\"x1\"/>", "scenarios.xml:2:90: error: *\"a\" > \"b\" > \"c\" > \"a\"* [include-cycle]" },
	{ "<scenario id=\"a\" base=\"a\"/>", "scenarios.xml:2:24: error: *its own base* [include-cycle]" },
	{ "<scenario id=\"a\" base=\"x1 x2\"/><scenario id=\"x1\"/><scenario id=\"x2\"/>",
	  "scenarios.xml:2:24: error: *\"x1 x2\"* [bad-value]" },
	{ "<scenario id=\"a\" include=\"another.xml#z\"/>",
	  "scenarios.xml:2:27: error: *\"z\" in *another.xml\"* [unknown-scenario]" },
	{ "<scenario id=\"back\" include=\"another.xml#x\"/>",
	  "another.xml:2:27: error: *\"back\" > \"x\" > \"back\"* [include-cycle]" },
	{ "<scenario id=\"a\" include=\"nowhere.xml#x\"/>", "scenarios.xml:2:27: error: * [file-unreadable]" },
	{ "<scenario id=\"a\" include=\"../up.xml#x\"/>", "scenarios.xml:2:27: error: *leaves* [xml-forbidden]" },
	{ "<scenario id=\"a\" include=\"/etc/up.xml#x\"/>", "scenarios.xml:2:27: error: *leaves* [xml-forbidden]" },
	{ "<scenario id=\"a\" include=\"leese#base\"/>",
	  "scenarios.xml:2:27: error: *\"leese\"*leese.xml*mean \"lease\"* [unknown-scenario]" },
	{ "<scenario id=\"a\" include=\"lease#bese\"/>",
	  "scenarios.xml:2:27: error: *\"bese\" in \"lease\"*mean \"base\"* [unknown-scenario]" },
	{ "<scenario id=\"a\" include=\"faulty.xml#x faulty.xml#lost\"/>",
	  "faulty.xml:2:36: error: *\"5\"* [bad-rate]" }, /* the other may be in what could not be read */
	{ "<scenario id=\"a\" include=\"strange.xml#s\"/>", "strange.xml:2:49: error: *\"NOBODY\"* [unknown-id]" },
	{ "<scenario id=\"a\"/><family id=\"f\" scenarios=\"a b\"/>",
	  "scenarios.xml:2:47: error: *\"b\"*\"f\"* [unknown-scenario]" },
	{ "<scenario id=\"a\"/><family id=\"f\" scenarios=\"a a\"/>",
	  "scenarios.xml:2:47: error: *\"a\" twice* [duplicate-id]" },
	{ "<scenario id=\"a\"/><family id=\"f\"/>", "scenarios.xml:2:19: error: *\"f\"* [missing-attribute]" },
	{ "<scenario id=\"a\"/><family id=\"f\" scenarios=\"a\"/><family id=\"f\" scenarios=\"a\"/>",
	  "scenarios.xml:2:49: error: *scenarios.xml:2:19* [duplicate-id]" },
	{ "<scenario id=\"a\" label=\"guess\"/>", "scenarios.xml:2:25: error: *\"guess\"* [bad-value]" },
};

START_TEST(faults_of_includes)
{
	char text[512];
	io_write("another.xml", START "<scenario id=\"x\" include=\"scenarios.xml#back\"/>" END);
	io_write("faulty.xml", START "<scenario id=\"x\"><receipts factor=\"5\"/></scenario>" END);
	io_write("strange.xml", START "<scenario id=\"s\"><receipts factor=\"5%\" obligor=\"NOBODY\"/></scenario>" END);
	io_load load = io_load_text(io_deal);
	snprintf(text, sizeof text, START "%s" END, faults[_i].text);
	read_scenarios(&load, text, WEIR_INPUT);
	io_expect_only(&load, faults[_i].complaint);
	ck_assert_uint_eq(load.diags.count, 1);
	io_free(&load);
}
END_TEST

START_TEST(deep_includes)
{
	char *text = malloc(65536), *at = text;
	ck_assert_ptr_nonnull(text);
	io_load load = io_load_text(io_deal);
	at += sprintf(at, START "<scenario id=\"s0\"><rate add=\"1bp\"/></scenario>\n");
	for (int i = 1; i <= 66; i++)
		at += sprintf(at, "<scenario id=\"s%d\" include=\"s%d s%d\"/>\n", i, i - 1, i > 1 ? i - 2 : 0);
	sprintf(at, END);
	weir_scenarios s = read_scenarios(&load, text, WEIR_INPUT);
	EXPECT(&s, "s64", 0.0001); /* each once, however many ways lead to it */
	for (size_t i = 0; i < load.diags.count; i++)
		ck_assert_str_eq(weir_code_text(load.diags.items[i].code), "xml-limit");
	io_free(&load);
	free(text);
}
END_TEST

/* --- families --------------------------------------------------------------------------------------------------- */

START_TEST(families)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = read_scenarios(&load, START
		"<family id=\"grid\" en=\"Grid\" zh=\"网格\" scenarios=\"c a\"/>"
		"<scenario id=\"a\" family=\"named\"/><scenario id=\"b\" family=\"listed\"/>"
		"<scenario id=\"c\" family=\"named\" source=\"rating report, 2024\" label=\"document\"/>"
		"<family id=\"listed\"/>" END, WEIR_OK);
	ck_assert_int_eq(s.family_count, 3);
	const weir_family *grid = weir_scenarios_find_family(&s, "grid"), *named = weir_scenarios_find_family(&s, "named");
	const weir_family *listed = weir_scenarios_find_family(&s, "listed");
	ck_assert(grid->count == 2 && grid->scenarios[0] == 2 && grid->scenarios[1] == 0);
	ck_assert_str_eq(grid->node.zh, "网格");
	ck_assert(named->count == 2 && named->scenarios[0] == 0 && named->scenarios[1] == 2);
	ck_assert(listed->count == 1 && listed->scenarios[0] == 1);
	ck_assert_ptr_null(weir_scenarios_find_family(&s, "none"));
	ck_assert_str_eq(s.items[2].source, "rating report, 2024");
	ck_assert_int_eq(s.items[2].label, WEIR_LABEL_DOCUMENT);
	ck_assert_int_eq(s.items[0].label, WEIR_LABEL_NONE);
	io_free(&load);
}
END_TEST

/* --- shipped files ---------------------------------------------------------------------------------------------- */

/* What says nothing without the deal's support or servicing is disclosed; else shipped files load in silence. */
static const struct {
	const char *name;
	int scenarios;
	size_t disclosures;
} shipped[] = { { "general", 31, 0 }, { "ip", 18, 3 }, { "lease", 15, 0 }, { "small-business", 16, 0 } };

START_TEST(shipped_files_say_what_they_rest_on)
{
	weir_share_name names[8];
	ck_assert_uint_eq(weir_share_names(names, 8, "stress/", ".xml"), sizeof shipped / sizeof *shipped);
	ck_assert_str_eq(names[_i].text, shipped[_i].name);
	io_load load = io_load_text(io_deal);
	weir_scenarios s = load_scenarios(&load, shipped[_i].name, WEIR_OK);
	ck_assert_int_eq(s.count, shipped[_i].scenarios);
	for (int i = 0; i < s.count; i++) {
		const weir_scenario *scenario = &s.items[i];
		ck_assert(scenario->node.en && scenario->node.zh && scenario->source);
		ck_assert(scenario->label == WEIR_LABEL_THIRD_PARTY || scenario->label == WEIR_LABEL_ASSUMPTION);
		ck_assert_str_eq(scenario->family, shipped[_i].name);
	}
	ck_assert_int_eq(s.family_count, 1);
	ck_assert_str_eq(s.families[0].node.id, shipped[_i].name);
	ck_assert(s.families[0].node.en && s.families[0].node.zh);
	ck_assert_int_eq(s.families[0].count, s.count);
	ck_assert_uint_eq(load.diags.count, shipped[_i].disclosures);
	ck_assert_uint_eq(load.diags.errors + load.diags.warnings, 0);
	io_free(&load);
}
END_TEST

START_TEST(the_lease_family)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios s = load_scenarios(&load, "lease", WEIR_OK);
	/* RULES.md section 6.5: recovery -30 %, CPR +-50 %, front-loaded by 20 %, -50 bp, on a total of 3 %, CPR of 5 % and a
	 * recovery of 30 %: 30 % x 0.7 = 21 %; 5 % x 1.5 = 7.5 % */
	EXPECT(&s, "base", 0.03, 1, 0.3);
	EXPECT(&s, "combined-severe-up", 0.03, 1, 0.21, -0.005);
	EXPECT(&s, "combined-mild-down", 0.03, 1, 0.24, -0.0025);
	EXPECT(&s, "spread-25", 0.03, 1, 0.3, -0.0025);
	const weir_shock *severe = weir_scenarios_find(&s, "combined-severe-up")->shocks;
	ck_assert(severe[1].values[0] == 0.075 && severe[0].values[4] == 0.14 && severe[0].values[5] == 0.06);
	ck_assert(weir_scenarios_find(&s, "combined-severe-down")->shocks[1].values[0] == 0.025);
	ck_assert(weir_scenarios_find(&s, "cpr-up-50")->shocks[1].values[0] == 0.075);
	ck_assert(weir_scenarios_find(&s, "cpr-down-25")->shocks[1].values[0] == 0.0375);
	io_free(&load);
}
END_TEST

START_TEST(a_family_over_ones_own_base)
{
	io_load load = io_load_text(io_deal);
	weir_scenarios own = read_scenarios(&load, START "<scenario id=\"base\" source=\"own\" label=\"document\">"
		"<default total=\"4.4%\" timing=\"30% 70%\"/><prepay smm=\"1%\"/><recovery rate=\"15%\"/>"
		"<recovery rate=\"60%\" channel=\"disposal\"/></scenario>"
		"<scenario id=\"mine\" include=\"base small-business#combined-mild-up\"/>" END, WEIR_OK);
	weir_scenarios s;
	ck_assert_int_eq(weir_scenarios_load_over(&s, load.deal, "small-business", &own.items[0], &load.diags), WEIR_OK);
	ck_assert_uint_eq(load.diags.count, 0);
	/* recovery -10 %: 15 % x 0.9, 60 % x 0.9; CPR +200 %: 1 % x 3 */
	EXPECT(&s, "base", 0.044, 1, 0.15, 0.6);
	EXPECT(&s, "combined-mild-up", 0.044, 1, 0.135, 0.54, -0.0025);
	EXPECT(&s, "no-recovery", 0.044, 1, 0, 0);
	EXPECT(&own, "mine", 0.044, 1, 0.135, 0.54, -0.0025);
	ck_assert(weir_scenarios_find(&s, "combined-mild-up")->shocks[1].values[0] == 0.03);
	ck_assert(weir_scenarios_find(&own, "mine")->shocks[1].values[0] == 0.03);
	ck_assert_str_eq(weir_scenarios_find(&s, "base")->source, "own");
	ck_assert_int_eq(weir_scenarios_find(&s, "base")->label, WEIR_LABEL_DOCUMENT);
	io_free(&load);
}
END_TEST

START_TEST(a_folder_of_ones_own_goes_first)
{
	char folder[256];
	make_folder("stress");
	snprintf(folder, sizeof folder, "%s", io_write("stress/lease.xml", START
		"<scenario id=\"one\"><rate add=\"9bp\"/></scenario>" END));
	*strstr(folder, "/stress") = '\0';
	io_write("stress/house.xml", START "<scenario id=\"two\" include=\"lease#one\"/>" END);
	io_load load = io_load_text(io_deal);
	setenv("WEIR_SHARE", folder, 1);
	weir_scenarios lease = load_scenarios(&load, "lease", WEIR_OK), house = load_scenarios(&load, "house", WEIR_OK);
	EXPECT(&lease, "one", 0.0009);
	EXPECT(&house, "two", 0.0009);
	io_write("stress/house.xml", START "<scenario id=\"two\" include=\"own.xml#one\"/>" END);
	load_scenarios(&load, "house", WEIR_INPUT);
	unsetenv("WEIR_SHARE");
	io_expect_only(&load, "stress/house.xml:2:29: error: *\"own.xml\"* [xml-forbidden]");
	io_free(&load);
}
END_TEST

START_TEST(the_rating_targets)
{
	/* RULES.md sections 6.1 and 6.2 */
	static const char *const rows[] = {
		"\nAAA,lease,default,5.0,0.06%,", "\nBB+,lease,default,1.8,7.96%,", "\nAAA,small-business,default,20.5,0.02%,",
		"\nA-,small-business,default,10.5,0.36%,", "\nBB-,retail,default,1.2,26%,", "\nBBB,corporate-loan,default,2.3,,",
		"\nAA,npl,recovery,0.875,,"
	};
	const char *text;
	size_t size, lines = 0, labels = 0;
	int owned;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_share_read(&text, &size, &owned, "rating-targets.csv", &diags), WEIR_OK);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_msg(strstr(text, rows[i]) != NULL, "there is no row %s", rows[i] + 1);
	for (const char *p = text; (p = strchr(p, '\n')); p++)
		lines += p[1] != '#' && p[1] != '\0';
	for (const char *p = text; (p = strstr(p, "\",third-party\n")); p++)
		labels++;
	ck_assert_uint_eq(lines, labels + 1); /* the header has none */
}
END_TEST

START_TEST(memory_may_end_anywhere)
{
	int done = 0;
	for (long n = 1; !done; n += 1 + n / 12) {
		io_load load = io_load_text(io_deal);
		const char *path = io_write("scenarios.xml", START "<scenario id=\"a\" include=\"lease#rr b\"/>"
			"<scenario id=\"b\" include=\"lease#recovery-20 a\" base=\"lease#base\"><prepay cpr=\"1% 2%\"/></scenario>"
			"<family id=\"f\" scenarios=\"a b\"/>" END);
		weir_scenarios s;
		weir_alloc_fail_from(n);
		weir_status status = weir_scenarios_load(&s, load.deal, path, &load.diags);
		long asked = weir_alloc_count();
		weir_alloc_fail_from(0);
		done = asked < n;
		ck_assert_int_eq(status, done ? WEIR_INPUT : WEIR_NO_MEMORY);
		io_free(&load);
	}
}
END_TEST

Suite *weir_suite_io_scenario_files(void)
{
	Suite *suite = suite_create("io_scenario_files");
	TCase *tests = tcase_create("files");
	tcase_add_checked_fixture(tests, io_enter, io_leave);
	tcase_add_test(tests, included_shocks_come_first);
	tcase_add_test(tests, files_include_files);
	tcase_add_loop_test(tests, faults_of_includes, 0, sizeof faults / sizeof *faults);
	tcase_add_test(tests, deep_includes);
	tcase_add_test(tests, families);
	tcase_add_loop_test(tests, shipped_files_say_what_they_rest_on, 0, sizeof shipped / sizeof *shipped);
	tcase_add_test(tests, the_lease_family);
	tcase_add_test(tests, a_family_over_ones_own_base);
	tcase_add_test(tests, a_folder_of_ones_own_goes_first);
	tcase_add_test(tests, the_rating_targets);
	tcase_add_test(tests, memory_may_end_anywhere);
	suite_add_tcase(suite, tests);
	return suite;
}
