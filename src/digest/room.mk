# SPDX-License-Identifier: GPL-3.0-or-later
# digest: SHA-256 on OpenSSL libcrypto.
libweir_core_la_SOURCES += \
	%D%/sha256.c \
	%D%/sha256.h
