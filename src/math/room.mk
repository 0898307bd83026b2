# SPDX-License-Identifier: GPL-3.0-or-later
# math: vec/ in pure arithmetic; the other files on GSL.
libweir_hot_la_SOURCES += \
	%D%/roots.c \
	%D%/roots.h \
	%D%/vec/elementary.c \
	%D%/vec/elementary.h \
	%D%/vec/elementary_tables.h \
	%D%/vec/quad.c \
	%D%/vec/quad.h
