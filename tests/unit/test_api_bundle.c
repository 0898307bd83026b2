/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_api_bundle.c: bundles made, verified, and changed in between. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/weir.h"
#include "base/alloc.h"
#include "io/bundle.h"
#include "io/load.h"
#include "io_fixture.h"

Suite *weir_suite_api_bundle(void);

#define SMALLEST WEIR_SRCDIR "/tests/deals/pro-rata-shortage-last/deal.xml"

static weir_session *session;
static char zip[512];
static char *report, *messages;

static void setup(void)
{
	io_enter();
	snprintf(zip, sizeof zip, "%s", io_write("b.zip", ""));
	session = NULL;
	report = messages = NULL;
}

static void teardown(void)
{
	weir_alloc_fail_from(0);
	weir_session_close(session);
	weir_text_release(report);
	weir_text_release(messages);
	io_leave();
}

static void make(const char *deal, const weir_inputs *inputs, const weir_request *request)
{
	const weir_inputs none = { 0 };
	const weir_request usual = { .no_report = 1 };
	weir_session_close(session);
	ck_assert_int_eq(weir_session_open_inputs(&session, deal, inputs ? inputs : &none), WEIR_EXIT_DONE);
	int exit = weir_session_bundle(session, request ? request : &usual, zip);
	ck_assert_msg(exit == WEIR_EXIT_DONE, "%d: %s", exit,
	              weir_session_message(session, weir_session_message_count(session) - 1, NULL));
}

static void verify(int wanted)
{
	weir_text_release(report);
	weir_text_release(messages);
	int exit = weir_bundle_verify(zip, 0, &report, &messages);
	ck_assert_msg(exit == wanted, "%d, not %d: %s%s", exit, wanted, report ? report : "", messages ? messages : "");
}

static void expect_report(const char *words)
{
	ck_assert_msg(report && strstr(report, words), "\"%s\" lacks \"%s\"", report ? report : "", words);
}

static char *read_file(size_t *size)
{
	char *bytes;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_file_read(&bytes, size, zip, &diags), WEIR_OK);
	return bytes;
}

/* Writes the bundle again with the first `old` of a member replaced by `new` of the same length; with `listed` the manifest
 * gets the new hash, as somebody would who wants to hide it. */
static void change(const char *name, const char *old, const char *new, int listed)
{
	size_t size, count, length;
	char *bytes = read_file(&size), hash[WEIR_SHA256_HEX_BYTES], was[WEIR_SHA256_HEX_BYTES];
	weir_archive *archive;
	weir_archive_member members[64];
	ck_assert_int_eq(weir_archive_open(&archive, bytes, size), WEIR_OK);
	count = weir_archive_count(archive);
	for (size_t i = 0; i < count; i++) {
		weir_archive_entry entry;
		char *text;
		ck_assert_int_eq(weir_archive_entry_get(&entry, archive, i), WEIR_OK);
		ck_assert_int_eq(weir_archive_read(&text, &length, archive, i, 1u << 30), WEIR_OK);
		if (strcmp(entry.name, name) == 0) {
			char *at = strstr(text, old);
			ck_assert_ptr_nonnull(at);
			weir_sha256_hex(was, text, length);
			memcpy(at, new, strlen(new));
			weir_sha256_hex(hash, text, length);
		}
		members[i] = (weir_archive_member){ entry.name, text, length };
	}
	if (listed)
		memcpy(strstr((char *)(uintptr_t)members[0].bytes, was), hash, sizeof hash - 1);
	weir_text out = { 0 }, why = { 0 };
	ck_assert_int_eq(weir_archive_write(&out, members, count, &why), WEIR_OK);
	FILE *file = fopen(zip, "wb");
	ck_assert_uint_eq(fwrite(out.data, 1, out.length, file), out.length);
	fclose(file);
	for (size_t i = 0; i < count; i++)
		weir_free((char *)(uintptr_t)members[i].bytes);
	weir_text_free(&out);
	weir_archive_close(archive);
	weir_free(bytes);
}

START_TEST(made_and_verified)
{
	size_t size, again;
	make(SMALLEST, NULL, NULL);
	char *first = read_file(&size);
	ck_assert_ptr_nonnull(strstr(weir_session_summary(session), zip));
	verify(WEIR_EXIT_DONE);
	expect_report("agree, all of them\n");
	ck_assert_ptr_null(messages);
	/* the same input, the same bytes, also from a session that ran something else before */
	const weir_request other = { .no_report = 1 }, usual = { .no_report = 1 };
	ck_assert_int_eq(weir_session_run(session, &other), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_bundle(session, &usual, zip), WEIR_EXIT_DONE);
	char *second = read_file(&again);
	ck_assert_uint_eq(size, again);
	ck_assert_mem_eq(first, second, size);
	weir_free(first);
	weir_free(second);
}
END_TEST

/* Period 1 pays the last of three classes 175.68 (see the deal's comment). */
START_TEST(a_cent_less)
{
	make(SMALLEST, NULL, NULL);
	change("results/tables/classes.csv", "175.68", "175.67", 0);
	verify(WEIR_EXIT_NO);
	expect_report("results/tables/classes.csv: was changed: its SHA-256 is not the one listed\n");
	expect_report("the bundle has \"175.67\", the run gives \"175.68\"\n");
	/* hidden in the manifest, it still is not what the deal pays */
	make(SMALLEST, NULL, NULL);
	change("results/results.xml", ">175.68<", ">175.67<", 1);
	verify(WEIR_EXIT_NO);
	ck_assert_ptr_null(strstr(report, "was changed"));
	expect_report("the bundle has \"175.67\", the run gives \"175.68\"\n");
}
END_TEST

START_TEST(changed_deal)
{
	make(SMALLEST, NULL, NULL);
	change("inputs/deal.xml", "currency=\"CNY\"", "currency=\"EUR\"", 1);
	verify(WEIR_EXIT_NO);
	expect_report("currency: the bundle has \"CNY\", the run gives \"EUR\"\n");
	make(SMALLEST, NULL, NULL);
	change("inputs/deal.xml", "</deal>", "<deal/>", 1);
	verify(WEIR_EXIT_NO);
	expect_report("the deal in the bundle could not be run\n");
	ck_assert_ptr_nonnull(strstr(messages, "inputs/deal.xml:"));
	ck_assert_ptr_null(strstr(messages, "/weir-"));
}
END_TEST

/* An attribute that is no cell: the first line that differs is told. */
START_TEST(changed_between_cells)
{
	make(SMALLEST, NULL, NULL);
	change("results/results.xml", "<total", "<totaL", 1);
	verify(WEIR_EXIT_NO);
	ck_assert_msg(strstr(report, "run again: 1 difference") != NULL, "%s", report);
}
END_TEST

START_TEST(another_engine)
{
	make(SMALLEST, NULL, NULL);
	char mine[64], theirs[64];
	snprintf(mine, sizeof mine, "engine %s\n", weir_version());
	snprintf(theirs, sizeof theirs, "engine %s\n", weir_version());
	theirs[7] = '9';
	change("MANIFEST", mine, theirs, 0);
	verify(WEIR_EXIT_NO); /* the results say who made them */
	expect_report("not the engine that made it");
	make(SMALLEST, NULL, NULL);
	change("MANIFEST", mine, theirs, 0);
	snprintf(mine, sizeof mine, "engine_version\">%s<", weir_version());
	snprintf(theirs, sizeof theirs, "engine_version\">%s<", weir_version());
	theirs[16] = '9';
	change("results/results.xml", mine, theirs, 1);
	verify(WEIR_EXIT_DONE);
	expect_report("checked by weir ");
}
END_TEST

/* A manifest that names files elsewhere reads none of them. */
START_TEST(paths_of_the_manifest)
{
	const char *const sets[] = { "haircut=5.00%", "haircut=5%" };
	const weir_request request = { .no_report = 1, .sets = sets, .set_count = 2 };
	make(SMALLEST, NULL, &request);
	verify(WEIR_EXIT_DONE);
	change("MANIFEST", "set haircut=5.00%", "curve ../x/y.xml#", 0);
	verify(WEIR_EXIT_INPUT);
	ck_assert_ptr_nonnull(strstr(messages, "names no file of the bundle"));
}
END_TEST

/* Scenarios of a file outside the deal's folder, whose path must not be in the bundle. */
START_TEST(files_from_elsewhere)
{
	static const char scenarios[] = "<scenarios xmlns=\"urn:weir:scenarios:1\"><scenario id=\"hard\" en=\"Hard\">"
	                                "<receipts factor=\"93%\"/></scenario></scenarios>";
	char name[600];
	size_t size;
	const char *const asked[] = { name };
	const weir_request request = { .no_report = 1, .scenarios = asked, .scenario_count = 1 };
	snprintf(name, sizeof name, "%s#hard", io_write("elsewhere.xml", scenarios));
	make(SMALLEST, NULL, &request);
	verify(WEIR_EXIT_DONE);
	char *bytes = read_file(&size);
	weir_bundle bundle;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_bundle_open(&bundle, "b", bytes, size, &diags), WEIR_OK);
	ck_assert_str_eq(bundle.manifest.scenarios.items[0], "outside/1/elsewhere.xml#hard");
	char folder[600];
	snprintf(folder, sizeof folder, "%s", zip);
	*strrchr(folder, '/') = '\0';
	for (size_t m = 0; m < bundle.manifest.member_count; m++) {
		char *text;
		size_t length;
		ck_assert_int_eq(weir_bundle_read(&text, &length, &bundle, bundle.manifest.members[m].name), WEIR_OK);
		ck_assert_ptr_null(strstr(text, folder));
		weir_free(text);
	}
	weir_bundle_close(&bundle);
	weir_free(bytes);
}
END_TEST

START_TEST(no_bundle)
{
	io_write("b.zip", "PK, but no zip");
	verify(WEIR_EXIT_INPUT);
	ck_assert_ptr_nonnull(strstr(messages, "is no bundle: it is no zip file"));
	unlink(zip);
	verify(WEIR_EXIT_IO);
}
END_TEST

/* Nothing is written where the folder is not there. */
START_TEST(nowhere_to_write)
{
	const weir_request request = { .no_report = 1 };
	char path[600];
	snprintf(path, sizeof path, "%s/b.zip", zip);
	ck_assert_int_eq(weir_session_open(&session, SMALLEST), WEIR_EXIT_DONE);
	ck_assert_int_eq(weir_session_bundle(session, &request, path), WEIR_EXIT_IO);
}
END_TEST

static int is_folder(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* Memory that ends at any moment: the status says so, and nothing is left behind. */
START_TEST(memory_short)
{
	const weir_request request = { .no_report = 1 };
	int exit = WEIR_EXIT_INTERNAL;
	char temporary[600];
	snprintf(temporary, sizeof temporary, "%s", zip);
	strcpy(strrchr(temporary, '/'), "/own");
	mkdir(temporary, 0700);
	setenv("TMPDIR", temporary, 1);
	ck_assert_int_eq(weir_session_open(&session, SMALLEST), WEIR_EXIT_DONE);
	for (long n = 1; exit != WEIR_EXIT_DONE; n += 1 + n / 24) {
		weir_alloc_fail_from(n);
		exit = weir_session_bundle(session, &request, zip);
		weir_alloc_fail_from(0);
		ck_assert_msg(exit == WEIR_EXIT_DONE || exit == WEIR_EXIT_INTERNAL, "the %ldth allocation gives %d", n, exit);
		ck_assert_msg(n < 1000000, "%s", weir_session_message(session, weir_session_message_count(session) - 1, NULL));
	}
	exit = WEIR_EXIT_INTERNAL;
	for (long n = 1; exit != WEIR_EXIT_DONE; n += 1 + n / 24) {
		weir_text_release(report);
		weir_text_release(messages);
		weir_alloc_fail_from(n);
		exit = weir_bundle_verify(zip, 0, &report, &messages);
		weir_alloc_fail_from(0);
		ck_assert_msg(exit == WEIR_EXIT_DONE || exit == WEIR_EXIT_INTERNAL, "the %ldth allocation gives %d", n, exit);
	}
	unsetenv("TMPDIR");
	ck_assert(is_folder(temporary));
	ck_assert_int_eq(rmdir(temporary), 0); /* empty */
}
END_TEST

Suite *weir_suite_api_bundle(void)
{
	Suite *suite = suite_create("api_bundle");
	TCase *tc = tcase_create("all");
	tcase_set_timeout(tc, 120);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, made_and_verified);
	tcase_add_test(tc, a_cent_less);
	tcase_add_test(tc, changed_deal);
	tcase_add_test(tc, changed_between_cells);
	tcase_add_test(tc, another_engine);
	tcase_add_test(tc, paths_of_the_manifest);
	tcase_add_test(tc, files_from_elsewhere);
	tcase_add_test(tc, no_bundle);
	tcase_add_test(tc, nowhere_to_write);
	tcase_add_test(tc, memory_short);
	suite_add_tcase(suite, tc);
	return suite;
}
