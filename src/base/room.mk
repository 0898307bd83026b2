# SPDX-License-Identifier: GPL-3.0-or-later
# base: arena, text, money, diagnostics, the allocation seam.
libweir_hot_la_SOURCES += \
	%D%/alloc.c \
	%D%/alloc.h \
	%D%/arena.c \
	%D%/arena.h \
	%D%/diag.c \
	%D%/diag.h \
	%D%/diag_codes.def \
	%D%/lanes.h \
	%D%/money.c \
	%D%/money.h \
	%D%/path.c \
	%D%/path.h \
	%D%/source.c \
	%D%/source.h \
	%D%/status.c \
	%D%/status.h \
	%D%/text.c \
	%D%/text.h
