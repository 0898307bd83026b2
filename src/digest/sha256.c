/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest/sha256.h"

#include <openssl/evp.h>
#include <string.h>

weir_status weir_sha256(unsigned char digest[WEIR_SHA256_BYTES], const void *data, size_t size)
{
	unsigned char made[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	if (EVP_Digest(size ? data : "", size, made, &length, EVP_sha256(), NULL) != 1)
		return WEIR_NO_MEMORY;
	if (length != WEIR_SHA256_BYTES)
		return WEIR_INTERNAL;
	memcpy(digest, made, WEIR_SHA256_BYTES);
	return WEIR_OK;
}

weir_status weir_sha256_hex(char hex[WEIR_SHA256_HEX_BYTES], const void *data, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[WEIR_SHA256_BYTES];
	weir_status status = weir_sha256(digest, data, size);
	if (status != WEIR_OK)
		return status;
	for (size_t i = 0; i < WEIR_SHA256_BYTES; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[2 * WEIR_SHA256_BYTES] = '\0';
	return WEIR_OK;
}
