# SPDX-License-Identifier: GPL-3.0-or-later
# archive: zip files on libzip, for Word files and bundles.
libweir_core_la_SOURCES += \
	%D%/archive.h \
	%D%/archive_read.c \
	%D%/archive_write.c
