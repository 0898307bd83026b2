/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "io/bundle.h"
#include "io_fixture.h"

Suite *weir_suite_io_bundle(void);

Suite *weir_suite_io_bundle(void);

/* FIPS 180-4's example: the SHA-256 of "abc" (NIST, examples with intermediate values). */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* --- zip files -------------------------------------------------------------------------------------------------- */

static weir_text zip_of(const weir_archive_member *members, size_t count)
{
	weir_text zip = { 0 }, why = { 0 };
	ck_assert_int_eq(weir_archive_write(&zip, members, count, &why), WEIR_OK);
	ck_assert_ptr_null(why.data);
	return zip;
}

static const weir_archive_member two[] = { { "b/two.csv", "1,2\n", 4 }, { "a.txt", "", 0 } };

START_TEST(archive_round_trip)
{
	weir_text zip = zip_of(two, 2), again = zip_of(two, 2);
	weir_archive *archive;
	weir_archive_entry entry;
	char *bytes;
	size_t length;
	ck_assert_uint_eq(zip.length, again.length);
	ck_assert_mem_eq(zip.data, again.data, zip.length);
	ck_assert_int_eq(weir_archive_open(&archive, zip.data, zip.length), WEIR_OK);
	ck_assert_uint_eq(weir_archive_count(archive), 2);
	ck_assert_int_eq(weir_archive_entry_get(&entry, archive, 0), WEIR_OK);
	ck_assert_str_eq(entry.name, "b/two.csv");
	ck_assert_uint_eq(entry.size, 4);
	ck_assert_int_eq(entry.odd, 0);
	ck_assert_int_eq(weir_archive_read(&bytes, &length, archive, 0, 4), WEIR_OK);
	ck_assert_uint_eq(length, 4);
	ck_assert_str_eq(bytes, "1,2\n");
	weir_free(bytes);
	ck_assert_int_eq(weir_archive_read(&bytes, &length, archive, 0, 3), WEIR_NO);
	ck_assert_int_eq(weir_archive_read(&bytes, &length, archive, 1, 0), WEIR_OK);
	ck_assert_uint_eq(length, 0);
	weir_free(bytes);
	ck_assert_int_eq(weir_archive_read(&bytes, &length, archive, 2, 9), WEIR_NO);
	weir_archive_close(archive);
	weir_text_free(&zip);
	weir_text_free(&again);
}
END_TEST

START_TEST(archive_damage)
{
	weir_text zip = zip_of(two, 2);
	weir_archive *archive;
	char *bytes;
	size_t length;
	for (size_t cut = 1; cut < zip.length; cut += 7)
		ck_assert_int_eq(weir_archive_open(&archive, zip.data, cut), WEIR_NO);
	/* a byte of the packed "1,2\n": its local header is 30 bytes and the name */
	zip.data[30 + strlen("b/two.csv") + 2] ^= 0x41;
	ck_assert_int_eq(weir_archive_open(&archive, zip.data, zip.length), WEIR_OK);
	ck_assert_int_eq(weir_archive_read(&bytes, &length, archive, 0, 4), WEIR_NO);
	weir_archive_close(archive);
	weir_text_free(&zip);
}
END_TEST

/* --- names ------------------------------------------------------------------------------------------------------ */

START_TEST(safe_names)
{
	static const char *const good[] = { "MANIFEST", "inputs/deal.xml", "a/b/c..d/.e", "inputs/合同.csv", "..." };
	static const char *const bad[] = { "", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/./b", "a\\b", "C:a",
		                           "a\nb", "a\tb", "a\x7F", "a\xFF", "\xE5\x90", "a\xC2\x9B" "1m" };
	char long_name[WEIR_MEMBER_NAME_MAX + 2];
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(weir_member_name_is_safe(good[i]), "\"%s\" is safe", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!weir_member_name_is_safe(bad[i]), "\"%s\" is not safe", bad[i]);
	memset(long_name, 'n', sizeof long_name);
	long_name[WEIR_MEMBER_NAME_MAX] = '\0';
	ck_assert_int_eq(weir_member_name_is_safe(long_name), 1);
	long_name[WEIR_MEMBER_NAME_MAX] = 'n';
	long_name[WEIR_MEMBER_NAME_MAX + 1] = '\0';
	ck_assert_int_eq(weir_member_name_is_safe(long_name), 0);
}
END_TEST

static void expect_name(weir_bundle_names *names, const char *path, const char *wanted)
{
	weir_diags diags = { 0 };
	const char *name;
	ck_assert_int_eq(weir_bundle_name(&name, names, path, &diags), WEIR_OK);
	ck_assert_str_eq(name, wanted);
	weir_diags_free(&diags);
}

START_TEST(names_of_files)
{
	weir_bundle_names names;
	weir_arena *arena;
	weir_diags diags = { 0 };
	char deal[512], folder[512], path[1200];
	const char *name;
	io_enter();
	strcpy(deal, io_write("deal.xml", "x"));
	strcpy(folder, deal);
	*strrchr(folder, '/') = '\0';
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_int_eq(weir_bundle_names_begin(&names, arena, deal), WEIR_OK);
	expect_name(&names, deal, "inputs/deal.xml");
	snprintf(path, sizeof path, "%s/./sub//tape.csv", folder);
	expect_name(&names, path, "inputs/sub/tape.csv");
	/* by another way to the same folder */
	snprintf(path, sizeof path, "%s/../%s", folder, strrchr(deal, '/') - strlen(strrchr(folder, '/')) + 1);
	expect_name(&names, path, "inputs/deal.xml");
	/* elsewhere: a number for each folder, and nothing of the path; below the first one its own way */
	expect_name(&names, "/etc/passwd", "outside/1/passwd");
	expect_name(&names, "/dev/null", "outside/2/null");
	expect_name(&names, "/etc/../etc/passwd", "outside/1/passwd");
	snprintf(path, sizeof path, "%s/../nothing-here", folder);
	ck_assert_int_eq(weir_bundle_name(&name, &names, path, &diags), WEIR_IO);
	ck_assert_uint_eq(diags.errors, 1);
	weir_diags_free(&diags);
	weir_bundle_names_free(&names);
	weir_arena_destroy(arena);
	io_leave();
}
END_TEST

/* --- manifests -------------------------------------------------------------------------------------------------- */

static weir_text manifest_text(void)
{
	weir_manifest manifest = { .engine = "0.1.0", .id = "ex", .deal = "inputs/deal.xml", .contracts = 1 };
	weir_text text = { 0 };
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_manifest_list_add(&manifest.sets, "A.coupon=3.59%"), WEIR_OK);
	ck_assert_int_eq(weir_manifest_list_add(&manifest.sets, "haircut=5%"), WEIR_OK);
	ck_assert_int_eq(weir_manifest_add(&manifest, "inputs/tape.csv", "1,2\n", 4), WEIR_OK);
	ck_assert_int_eq(weir_manifest_add(&manifest, "inputs/deal.xml", "abc", 3), WEIR_OK);
	ck_assert_int_eq(weir_manifest_write(&manifest, &text, &diags), WEIR_OK);
	weir_manifest_free(&manifest);
	return text;
}

START_TEST(manifest_round_trip)
{
	weir_text text = manifest_text();
	weir_manifest manifest = { 0 };
	weir_arena *arena;
	weir_diags diags = { 0 };
	ck_assert_ptr_nonnull(strstr(text.data, "\n" ABC "  inputs/deal.xml\n"));
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_int_eq(weir_manifest_read(&manifest, arena, "M", text.data, text.length, &diags), WEIR_OK);
	ck_assert_str_eq(manifest.engine, "0.1.0");
	ck_assert_str_eq(manifest.id, "ex");
	ck_assert_str_eq(manifest.deal, "inputs/deal.xml");
	ck_assert_ptr_null(manifest.variant);
	ck_assert_int_eq(manifest.contracts, 1);
	ck_assert_uint_eq(manifest.sets.count, 2);
	ck_assert_str_eq(manifest.sets.items[0], "A.coupon=3.59%");
	ck_assert_str_eq(manifest.sets.items[1], "haircut=5%");
	ck_assert_uint_eq(manifest.scenarios.count, 0);
	ck_assert_uint_eq(manifest.member_count, 2);
	ck_assert_str_eq(weir_manifest_find(&manifest, "inputs/deal.xml")->hash, ABC);
	ck_assert_ptr_null(weir_manifest_find(&manifest, "inputs/deal"));
	weir_manifest_free(&manifest);
	weir_arena_destroy(arena);
	weir_text_free(&text);
}
END_TEST

/* Fails unless the manifest is refused with a complaint that has the words. */
static void expect_refused(const char *text, const char *words)
{
	weir_manifest manifest = { 0 };
	weir_arena *arena;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_arena_create(&arena), WEIR_OK);
	ck_assert_int_eq(weir_manifest_read(&manifest, arena, "M", text, strlen(text), &diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.count, 1);
	ck_assert_msg(strstr(diags.items[0].text, words) != NULL, "\"%s\" lacks \"%s\"", diags.items[0].text, words);
	weir_diags_free(&diags);
	weir_manifest_free(&manifest);
	weir_arena_destroy(arena);
}

START_TEST(manifest_faults)
{
	static const char head[] = "weir bundle 1\nengine 1\nid d\ndeal a\n" ABC "  a\n";
	static const struct {
		const char *line, *words;
	} faults[] = {
		{ "engine 2\n", "line 6: given twice: \"engine 2\"" },
		{ "wine red\n", "line 6: not understood: \"wine red\"" },
		{ "set\n", "line 6: not understood: \"set\"" },
		{ "contracts perhaps\n", "not \"yes\"" },
		{ "set x=1", "line 6: cut off in \"set x=1\"" },
		{ ABC "  ../a\n", "no name for a file of a bundle: \"../a\"" },
		{ ABC "  a\n", "lists twice \"a\"" },
		{ ABC "  a/b\n", "lists as file and as folder \"a\"" },
		{ ABC " a\n", "not understood" },
	};
	expect_refused("", "is not the manifest of a bundle");
	expect_refused("weir bundle 1", "is not the manifest of a bundle");
	expect_refused("weir bundle 2\nengine 1\n", "newer kind of bundle");
	expect_refused("weir bundle 1\nid d\ndeal a\n" ABC "  a\n", "ends without the line \"engine\"");
	expect_refused("weir bundle 1\nengine 1\nid d\ndeal b\n" ABC "  a\n", "does not list its deal \"b\"");
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char text[512];
		snprintf(text, sizeof text, "%s%s", head, faults[i].line);
		expect_refused(text, faults[i].words);
	}
}
END_TEST

START_TEST(manifest_refuses_to_write)
{
	weir_manifest manifest = { .engine = "0.1.0", .id = "ex", .deal = "inputs/deal.xml", .prepared_by = "one\ntwo" };
	weir_text text = { 0 };
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_manifest_write(&manifest, &text, &diags), WEIR_INPUT);
	manifest.prepared_by = NULL;
	ck_assert_int_eq(weir_manifest_add(&manifest, "inputs/a:b", "", 0), WEIR_OK);
	ck_assert_int_eq(weir_manifest_write(&manifest, &text, &diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 2);
	weir_manifest_free(&manifest);
	weir_diags_free(&diags);
	weir_text_free(&text);
}
END_TEST

/* --- bundles ---------------------------------------------------------------------------------------------------- */

/* A bundle of two files with one member put in the place of another, NULL: none, and one more, NULL: none. */
static weir_text bundle_of(const char *deal, const char *tape, const char *more)
{
	weir_text manifest = manifest_text();
	weir_archive_member members[4] = { { WEIR_MANIFEST_NAME, manifest.data, manifest.length } };
	size_t count = 1;
	if (deal)
		members[count++] = (weir_archive_member){ "inputs/deal.xml", deal, strlen(deal) };
	if (tape)
		members[count++] = (weir_archive_member){ "inputs/tape.csv", tape, strlen(tape) };
	if (more)
		members[count++] = (weir_archive_member){ more, "x", 1 };
	weir_text zip = zip_of(members, count);
	weir_text_free(&manifest);
	return zip;
}

static void expect_states(const char *deal, const char *tape, const char *more, weir_member_state deal_state,
                          weir_member_state tape_state, size_t extra)
{
	weir_text zip = bundle_of(deal, tape, more);
	weir_bundle bundle;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_bundle_open(&bundle, "b.zip", zip.data, zip.length, &diags), WEIR_OK);
	ck_assert_int_eq(bundle.states[0], deal_state);
	ck_assert_int_eq(bundle.states[1], tape_state);
	ck_assert_uint_eq(bundle.extra.count, extra);
	ck_assert_int_eq(weir_bundle_is_whole(&bundle), deal_state == WEIR_MEMBER_AS_LISTED &&
	                                                        tape_state == WEIR_MEMBER_AS_LISTED && extra == 0);
	weir_bundle_close(&bundle);
	weir_text_free(&zip);
}

START_TEST(bundle_states)
{
	const weir_member_state same = WEIR_MEMBER_AS_LISTED, other = WEIR_MEMBER_ALTERED, gone = WEIR_MEMBER_MISSING;
	expect_states("abc", "1,2\n", NULL, same, same, 0);
	expect_states("abd", "1,2\n", NULL, other, same, 0);
	expect_states("1,2\n", "abc", NULL, other, other, 0);
	expect_states("abc", NULL, NULL, same, gone, 0);
	expect_states("abc", "1,2\n", "inputs/more", same, same, 1);
	/* folders of their own, as other programs pack them, are no files */
	weir_text manifest = manifest_text();
	const weir_archive_member members[] = { { "inputs/", "", 0 },
		                                { "../", "", 0 },
		                                { "inputs/deal.xml", "abc", 3 },
		                                { "inputs/tape.csv", "1,2\n", 4 },
		                                { WEIR_MANIFEST_NAME, manifest.data, manifest.length } };
	weir_text zip = zip_of(members, 5);
	weir_bundle bundle;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_bundle_open(&bundle, "b.zip", zip.data, zip.length, &diags), WEIR_OK);
	ck_assert_int_eq(weir_bundle_is_whole(&bundle), 1);
	weir_bundle_close(&bundle);
	weir_text_free(&zip);
	weir_text_free(&manifest);
}
END_TEST

static void expect_no_bundle(const weir_text *zip, const char *words)
{
	weir_bundle bundle;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_bundle_open(&bundle, "b.zip", zip->data, zip->length, &diags), WEIR_INPUT);
	ck_assert_uint_eq(diags.errors, 1);
	ck_assert_msg(strstr(diags.items[0].text, words) != NULL, "\"%s\" lacks \"%s\"", diags.items[0].text, words);
	weir_diags_free(&diags);
	weir_bundle_close(&bundle);
}

START_TEST(no_bundles)
{
	static const char *const unsafe[] = { "../evil", "/evil", "inputs/../../evil", "inputs\\evil", "a:b" };
	const weir_archive_member plain[] = { { "a.txt", "x", 1 } };
	weir_text zip = zip_of(plain, 1), nothing = { 0 };
	expect_no_bundle(&zip, "it has no file MANIFEST");
	expect_no_bundle(&nothing, "it has no file MANIFEST");
	weir_text_free(&zip);
	for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++) {
		zip = bundle_of("abc", "1,2\n", unsafe[i]);
		expect_no_bundle(&zip, "leads out of its folder");
		weir_text_free(&zip);
	}
	zip = bundle_of("abc", "1,2\n", "inputs/folder/"); /* with a byte in it */
	expect_no_bundle(&zip, "no plain name");
	zip.length /= 2;
	expect_no_bundle(&zip, "or a damaged one");
	weir_text_free(&zip);
}
END_TEST

/* Where the member `name` has its directory entry (PK 1 2): APPNOTE 4.3.12. */
static unsigned char *directory_entry(weir_text *zip, const char *name)
{
	size_t length = strlen(name);
	for (size_t i = 0; i + 46 + length <= zip->length; i++)
		if (memcmp(zip->data + i, "PK\1\2", 4) == 0 && memcmp(zip->data + i + 46, name, length) == 0)
			return (unsigned char *)zip->data + i;
	ck_abort_msg("no entry of %s", name);
	return NULL;
}

START_TEST(links_and_lies)
{
	weir_text zip = bundle_of("abc", "1,2\n", "inputs/link");
	unsigned char *entry = directory_entry(&zip, "inputs/link");
	entry[41] = 0xA1; /* external attributes: a symbolic link, 0120777 << 16 */
	entry[40] = 0xFF;
	expect_no_bundle(&zip, "a link");
	weir_text_free(&zip);
	/* it says that 0x70000000 bytes come out, 1.75 GB: refused before anything is unpacked */
	zip = bundle_of("abc", "1,2\n", NULL);
	unsigned char *tape = directory_entry(&zip, "inputs/tape.csv");
	tape[27] = 0x70;
	weir_bundle bundle;
	weir_diags diags = { 0 };
	ck_assert_int_eq(weir_bundle_open(&bundle, "b.zip", zip.data, zip.length, &diags), WEIR_INPUT);
	weir_diags_free(&diags);
	weir_bundle_close(&bundle);
	weir_text_free(&zip);
}
END_TEST

START_TEST(unpacked_and_gone)
{
	weir_text zip = bundle_of("abc", "1,2\n", NULL);
	weir_bundle bundle;
	weir_scratch *scratch;
	weir_diags diags = { 0 };
	char path[600], folder[512];
	struct stat about;
	ck_assert_int_eq(weir_bundle_open(&bundle, "b.zip", zip.data, zip.length, &diags), WEIR_OK);
	for (int interrupted = 0; interrupted < 2; interrupted++) {
		ck_assert_int_eq(weir_scratch_create(&scratch, 3, &diags), WEIR_OK);
		ck_assert_int_eq(weir_bundle_unpack(&bundle, scratch, &diags), WEIR_OK);
		snprintf(folder, sizeof folder, "%s", weir_scratch_folder(scratch));
		snprintf(path, sizeof path, "%s/inputs/tape.csv", folder);
		ck_assert_int_eq(stat(path, &about), 0);
		ck_assert_int_eq(about.st_size, 4);
		ck_assert_int_eq(stat(folder, &about), 0);
		ck_assert_uint_eq(about.st_mode & 0777, 0700);
		if (interrupted)
			weir_scratch_discard();
		else
			weir_scratch_destroy(scratch);
		ck_assert_int_ne(stat(folder, &about), 0);
		if (interrupted)
			weir_scratch_destroy(scratch);
	}
	weir_bundle_close(&bundle);
	weir_text_free(&zip);
}
END_TEST

START_TEST(scratch_room)
{
	weir_scratch *scratch;
	weir_diags diags = { 0 };
	weir_status status = WEIR_OK;
	int files = 0;
	ck_assert_int_eq(weir_scratch_create(&scratch, 1, &diags), WEIR_OK);
	while (status == WEIR_OK && files < 1000) {
		char name[32];
		snprintf(name, sizeof name, "f%d", files);
		status = weir_scratch_put(scratch, name, "", 0, &diags);
		files += status == WEIR_OK;
	}
	ck_assert_int_eq(status, WEIR_IO);
	ck_assert_int_ge(files, 1);
	ck_assert_uint_eq(diags.errors, 1);
	weir_scratch_destroy(scratch);
	weir_diags_free(&diags);
}
END_TEST

START_TEST(memory_short)
{
	weir_text zip = bundle_of("abc", "1,2\n", "inputs/more");
	weir_status status = WEIR_NO_MEMORY;
	for (long n = 1; status != WEIR_OK; n++) {
		weir_bundle bundle;
		weir_scratch *scratch = NULL;
		weir_diags diags = { 0 };
		ck_assert_int_lt(n, 1000);
		weir_alloc_fail_from(n);
		status = weir_bundle_open(&bundle, "b.zip", zip.data, zip.length, &diags);
		if (status == WEIR_OK)
			status = weir_scratch_create(&scratch, 3, &diags);
		if (status == WEIR_OK)
			status = weir_bundle_unpack(&bundle, scratch, &diags);
		weir_alloc_fail_from(0);
		ck_assert_msg(status == WEIR_OK || status == WEIR_NO_MEMORY, "the %ldth allocation gives status %d", n,
		              (int)status);
		weir_scratch_destroy(scratch);
		weir_bundle_close(&bundle);
		weir_diags_free(&diags);
	}
	weir_text_free(&zip);
}
END_TEST

Suite *weir_suite_io_bundle(void)
{
	Suite *suite = suite_create("io_bundle");
	TCase *tc = tcase_create("all");
	tcase_add_test(tc, archive_round_trip);
	tcase_add_test(tc, archive_damage);
	tcase_add_test(tc, safe_names);
	tcase_add_test(tc, names_of_files);
	tcase_add_test(tc, manifest_round_trip);
	tcase_add_test(tc, manifest_faults);
	tcase_add_test(tc, manifest_refuses_to_write);
	tcase_add_test(tc, bundle_states);
	tcase_add_test(tc, no_bundles);
	tcase_add_test(tc, links_and_lies);
	tcase_add_test(tc, unpacked_and_gone);
	tcase_add_test(tc, scratch_room);
	tcase_add_test(tc, memory_short);
	suite_add_tcase(suite, tc);
	return suite;
}
