# SPDX-License-Identifier: GPL-3.0-or-later
# math: vec/ in pure arithmetic; the other files on GSL.
libweir_hot_la_SOURCES += \
	%D%/compounding.c \
	%D%/compounding.h \
	%D%/curve.c \
	%D%/curve.h \
	%D%/integer_program.c \
	%D%/integer_program.h \
	%D%/roots.c \
	%D%/roots.h \
	%D%/vec/elementary.c \
	%D%/vec/elementary.h \
	%D%/vec/elementary_tables.h \
	%D%/vec/quad.c \
	%D%/vec/quad.h
