/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 against the examples of FIPS 180 and of NIST's "Cryptographic Algorithm Validation Program" (SHAVS). */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "digest/sha256.h"

Suite *weir_suite_digest(void);

static void expect(const char *data, size_t size, const char *hex)
{
	char made[WEIR_SHA256_HEX_BYTES];
	ck_assert_int_eq(weir_sha256_hex(made, data, size), WEIR_OK);
	ck_assert_str_eq(made, hex);
}

START_TEST(fips_example_one_block)
{
	expect("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

/* 56 bytes: the padding no longer fits into the first block */
START_TEST(fips_example_two_blocks)
{
	const char *text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	ck_assert_uint_eq(strlen(text), 56);
	expect(text, 56, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(fips_example_long)
{
	size_t size = 1000000;
	char *text = malloc(size);
	ck_assert_ptr_nonnull(text);
	memset(text, 'a', size);
	expect(text, size, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(text);
}
END_TEST

START_TEST(empty_message)
{
	const char *hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	expect("", 0, hex);
	expect(NULL, 0, hex);
}
END_TEST

/* SHAVS, SHA256ShortMsg, Len = 8: a byte that is no text; and a NUL inside the message counts */
START_TEST(bytes_are_not_text)
{
	expect("\xd3", 1, "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
	char with[WEIR_SHA256_HEX_BYTES], without[WEIR_SHA256_HEX_BYTES];
	ck_assert_int_eq(weir_sha256_hex(with, "ab\0c", 4), WEIR_OK);
	ck_assert_int_eq(weir_sha256_hex(without, "ab", 2), WEIR_OK);
	ck_assert_str_ne(with, without);
}
END_TEST

START_TEST(binary_and_hexadecimal_agree)
{
	unsigned char digest[WEIR_SHA256_BYTES];
	ck_assert_int_eq(weir_sha256(digest, "abc", 3), WEIR_OK);
	ck_assert_uint_eq(digest[0], 0xba);
	ck_assert_uint_eq(digest[7], 0xea);
	ck_assert_uint_eq(digest[31], 0xad);
}
END_TEST

Suite *weir_suite_digest(void)
{
	Suite *suite = suite_create("digest");
	TCase *cases = tcase_create("sha256");
	tcase_add_test(cases, fips_example_one_block);
	tcase_add_test(cases, fips_example_two_blocks);
	tcase_add_test(cases, fips_example_long);
	tcase_add_test(cases, empty_message);
	tcase_add_test(cases, bytes_are_not_text);
	tcase_add_test(cases, binary_and_hexadecimal_agree);
	suite_add_tcase(suite, cases);
	return suite;
}
