/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sha256.h: SHA-256 (FIPS 180-4), by which results name the inputs they came from. */
#ifndef WEIR_DIGEST_SHA256_H
#define WEIR_DIGEST_SHA256_H

#include <stddef.h>

#include "base/status.h"

#define WEIR_SHA256_BYTES 32
#define WEIR_SHA256_HEX_BYTES (2 * WEIR_SHA256_BYTES + 1) /* with the NUL */

/* The digest of `size` bytes (`data` may be NULL when `size` is 0). WEIR_NO_MEMORY when the library could not make
 * one; the digest is then untouched. */
weir_status weir_sha256(unsigned char digest[WEIR_SHA256_BYTES], const void *data, size_t size);

/* The same digest in lower-case hexadecimal with a NUL. */
weir_status weir_sha256_hex(char hex[WEIR_SHA256_HEX_BYTES], const void *data, size_t size);

#endif
